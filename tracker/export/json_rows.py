"""JSON: one array of objects, or an object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from tracker.export.cells import as_text


def write_json(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """An array of objects."""
    json.dump([as_object(row, columns) for row in rows], stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def write_jsonl(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """An object a line."""
    for row in rows:
        stream.write(json.dumps(as_object(row, columns), ensure_ascii=False) + "\n")


def as_object(row: dict[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """A row as JSON has it: these columns in this order, days and times as ISO text."""
    return {name: as_text(value) if isinstance(value := row.get(name), date) else value for name in columns}
