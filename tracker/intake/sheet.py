"""A spreadsheet saved as CSV, or JSON lines: its rows, with the columns under the names of our fields."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.domain.names import fold
from tracker.errors import InputError, UsageError
from tracker.export.separated import unguarded
from tracker.intake.encoding import decode
from tracker.resources import resource


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the file as a spreadsheet counts (the header is row 1; in JSON lines the line), and (field, column, text) of its cells."""

    number: int
    cells: tuple[tuple[str, str, str], ...]

    def get(self, field: str) -> str | None:
        """The text of a field, None where the row has none."""
        return next((text for name, _, text in self.cells if name == field), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that can be read, the columns that were left out because nobody knows what they mean, and (row, why) of rows that are none."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...]
    bad: tuple[tuple[int, str], ...]


@cache
def words() -> Mapping[str, Any]:
    """The names of columns and the words of cells, from `seeds/spreadsheet.toml`."""
    return tomllib.loads(resource("seeds", "spreadsheet.toml").read_text(encoding="utf-8"))


def read_sheet(data: bytes, name: str, mapping: Mapping[str, str]) -> Sheet:
    """The rows of a file. `mapping`: column -> field, before what the columns are called.

    Raises InputError where the file as a whole can't be read, UsageError for a mapping that doesn't fit it.
    """
    records = read_records(data, name)
    columns = columns_of(records)
    fields = fields_of(columns, mapping, name, words()["fields"])
    ignored = {fold(column) for column in words()["ignored"]["columns"]}
    rows, bad = [], []
    for number, cells in records:
        if isinstance(cells, str):
            bad.append((number, cells))
        elif told := tuple((fields[column], column, cell.strip()) for column, cell in cells.items() if column in fields and cell.strip()):
            rows.append(SheetRow(number, told))
    return Sheet(tuple(rows), tuple(c for c in columns if c not in fields and fold(c) not in ignored), tuple(bad))


Record = tuple[int, dict[str, str] | str]
"""A row's number in the file, with its cells by column, or with what is wrong with it."""


def read_records(data: bytes, name: str) -> list[Record]:
    """The rows of a file of CSV (commas, semicolons or tabs) or JSON lines. Raises InputError where the file as a whole can't be read."""
    text, _ = decode(data, name)
    return list(_json_lines(text) if text.lstrip().startswith("{") else _csv(text, name))


def columns_of(records: Sequence[Record]) -> list[str]:
    """The columns that any row has, in order."""
    return list(dict.fromkeys(column for _, cells in records if not isinstance(cells, str) for column in cells))


def _csv(text: str, name: str) -> Iterator[Record]:
    """Each row's number with its cells, or with what is wrong with it."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        header = [column.strip() for column in next(reader)]
        if double := sorted({column for column in header if column and header.count(column) > 1}):
            raise InputError(f"{name}: two columns are called {', '.join(double)}")
        for number, cells in enumerate(reader, 2):
            if len(cells) != len(header) and any(cells):
                yield number, f"{len(cells)} cells where the header has {len(header)}"
            elif any(cells):
                yield number, {column: unguarded(cell) for column, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise InputError(f"{name}: line {reader.line_num}: {error}") from None


def _json_lines(text: str) -> Iterator[Record]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "the line is no JSON"
            continue
        yield number, _texts(record) if isinstance(record, dict) else "the line is no object"


def _texts(record: dict[str, Any]) -> dict[str, str] | str:
    if nested := [name for name, value in record.items() if isinstance(value, (dict, list))]:
        return f"{', '.join(nested)}: a list or an object, not a value"
    cells = {name: "" if value is None else str(value) for name, value in record.items()}
    return cells if _is_text("".join((*cells, *cells.values()))) else "half a character: \\ud800 to \\udfff are no text"


def _is_text(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def fields_of(columns: Sequence[str], mapping: Mapping[str, str], name: str, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Column -> field, first by the mapping, then by what the column is called. `known`: field -> names of columns that mean it.

    Raises UsageError for a mapping that doesn't fit, and for two columns that mean one field.
    """
    for column, field in mapping.items():
        if field not in known:
            raise UsageError(f"--map {column}={field}: no field {field}; there are {', '.join(known)}")
        if column not in columns:
            raise UsageError(f"--map {column}={field}: {name} has no column {column}; it has {', '.join(columns)}")
    by_name = {fold(called): field for field, names in known.items() for called in names}
    fields = {column: by_name[fold(column)] for column in columns if fold(column) in by_name and by_name[fold(column)] not in mapping.values()}
    fields |= mapping
    for field in known:
        if len(same := [column for column in columns if fields.get(column) == field]) > 1:
            raise UsageError(f"{name}: {' and '.join(same)} both mean {field}; say which with --map COLUMN={field}")
    return fields
