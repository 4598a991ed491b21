"""JSON: one array of objects, or an object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from tracker.export.cells import as_text


def write_json(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """An array of objects, a field a line; written row by row, for `json.dump` gives a stream each bracket and comma by itself."""
    stream.write("[")
    for number, row in enumerate(rows):
        told = json.dumps(as_object(row, columns), ensure_ascii=False, indent=1).replace("\n", "\n ")
        stream.write(f"{',' if number else ''}\n {told}")
    stream.write("\n]\n" if rows else "]\n")


def write_jsonl(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """An object a line."""
    for row in rows:
        stream.write(json.dumps(as_object(row, columns), ensure_ascii=False) + "\n")


def as_object(row: dict[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """A row as JSON has it: these columns in this order, days and times as ISO text."""
    return {name: as_text(value) if isinstance(value := row.get(name), date) else value for name in columns}
