"""Rows to files and terminals, one format a file; `write` is the one door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TextIO

Row = dict[str, Any]
FORMATS = {"table": "table", "csv": "separated", "tsv": "separated", "json": "json_rows", "jsonl": "json_rows", "md": "markdown"}
"""Format -> module of this package; the module has `write_<format>(rows, columns, stream)`."""


def write(rows: Sequence[Row], columns: Sequence[str], how: str, stream: TextIO) -> None:
    """Write rows with these columns, in this order. Dates and times become ISO text; an unknown value is empty (null in JSON)."""
    writer: Callable[[Sequence[Row], Sequence[str], TextIO], None] = getattr(import_module(f"tracker.export.{FORMATS[how]}"), f"write_{how}")
    writer(rows, columns, stream)
