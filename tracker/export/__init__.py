"""Rows to files and terminals, one format a file; `write` is the one door for text, `write_bytes` for any format."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, BinaryIO, TextIO

Row = dict[str, Any]
FORMATS = {
    "table": "table",
    "csv": "separated",
    "tsv": "separated",
    "json": "json_rows",
    "jsonl": "json_rows",
    "md": "markdown",
    "geojson": "geojson",
    "kml": "kml",
    "bibtex": "bibtex",
    "csl": "csl",
    "parquet": "parquet",
}
"""Format -> module of this package; the module has `write_<format>(rows, columns, stream)`."""
_BINARY = frozenset({"parquet"})


def write(rows: Sequence[Row], columns: Sequence[str], how: str, stream: TextIO) -> None:
    """Write rows with these columns, in this order. Dates and times become ISO text; an unknown value is empty (null in JSON)."""
    _writer(how)(rows, columns, stream)


def write_bytes(rows: Sequence[Row], columns: Sequence[str], how: str, stream: BinaryIO) -> None:
    """`write` into a file of bytes; text is UTF-8 with bare line feeds. The same rows give the same bytes. Raises UsageError as the formats do."""
    if how in _BINARY:
        _writer(how)(rows, columns, stream)
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    try:
        write(rows, columns, how, text)
    finally:
        text.detach()  # flushes, and leaves the caller's stream open


def _writer(how: str) -> Callable[[Sequence[Row], Sequence[str], Any], None]:
    writer: Callable[[Sequence[Row], Sequence[str], Any], None] = getattr(import_module(f"tracker.export.{FORMATS[how]}"), f"write_{how}")
    return writer
