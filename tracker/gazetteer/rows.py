"""Strict rows of a seed CSV: every column is taken or the reader is loud, and every error names file and line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from tracker.errors import SeedError

Kind = TypeVar("Kind", bound=StrEnum)


class Row:
    """One line of a CSV; fields are taken out as they are used, and `done` looks at what is left."""

    __slots__ = ("_cells", "where")

    def __init__(self, cells: dict[str, str], where: str) -> None:
        self._cells = cells
        self.where = where

    def fail(self, why: str) -> NoReturn:
        """Raise SeedError with file and line."""
        raise SeedError(f"{self.where}: {why}")

    def text(self, column: str) -> str | None:
        """A cell, or None where it is empty."""
        try:
            value = self._cells.pop(column)
        except KeyError:
            self.fail(f"no column {column}")
        if value != value.strip():
            self.fail(f"{column}: spaces around {value!r}")
        return value or None

    def needed(self, column: str) -> str:
        """A cell that must not be empty."""
        return self.text(column) or self.fail(f"{column} is empty")

    def items(self, column: str) -> tuple[str, ...]:
        """A cell of `|`-separated items; empty items are refused."""
        value = self.text(column)
        items = tuple(value.split("|")) if value else ()
        if any(not item or item != item.strip() for item in items):
            self.fail(f"{column}: an empty item or spaces around one in {value!r}")
        return items

    def number(self, column: str, low: float, high: float) -> float | None:
        """A decimal number within bounds, or None."""
        value = self.text(column)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            self.fail(f"{column}: {value!r} is no number")
        if not low <= number <= high:
            self.fail(f"{column}: {value} is not within {low:g} and {high:g}")
        return number

    def year(self, column: str) -> int | None:
        """A year from 1750 (Constitution and Victory serve still) to 2060, or None."""
        number = self.number(column, 1750, 2060)
        if number is not None and number != int(number):
            self.fail(f"{column}: {number} is no year")
        return None if number is None else int(number)

    def kind(self, column: str, kinds: type[Kind]) -> Kind | None:
        """A value of a closed set, or None."""
        value = self.text(column)
        if value is None:
            return None
        try:
            return kinds(value)
        except ValueError:
            self.fail(f"{column}: {value!r} is not one of {', '.join(kinds)}")

    def country(self, column: str) -> str | None:
        """Two capital letters (ISO 3166-1 alpha-2), or None."""
        value = self.text(column)
        if value is not None and not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
            self.fail(f"{column}: {value!r} is no two-letter country code")
        return value

    def done(self) -> None:
        """Refuse columns that nothing took."""
        if self._cells:
            self.fail(f"unknown columns {', '.join(self._cells)}")


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a CSV with a header line. Raises SeedError for a missing file, a wrong cell count or text that is not UTF-8."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, None)
            if not header:
                raise SeedError(f"{path.name}:1: no header")
            for cells in reader:
                where = f"{path.name}:{reader.line_num}"
                if len(cells) != len(header):
                    raise SeedError(f"{where}: {len(cells)} cells where the header has {len(header)}")
                yield Row(dict(zip(header, cells, strict=True)), where)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SeedError(f"{path}: {error}") from None
