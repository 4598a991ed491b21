"""What the list commands share: choosing columns, sorting, limiting, writing, and the line that tells the clock."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tracker.domain.when import told_age
from tracker.errors import NothingFound, UsageError

Row = dict[str, Any]


def width() -> int:
    """Columns of the terminal."""
    return int(os.environ.get("COLUMNS") or 0) or shutil.get_terminal_size((100, 24)).columns


def arranged(rows: list[Row], sort: str | None, limit: int | None, columns: Sequence[str]) -> list[Row]:
    """Rows in the order and number asked for; unknown values come last. Raises UsageError for a column that isn't there."""
    if sort:
        name, reverse = sort.removeprefix("-"), sort.startswith("-")
        if name not in columns:
            raise UsageError(f"--sort: no column {name!r}; there are {', '.join(columns)}")
        known = [row for row in rows if row.get(name) is not None]
        rows = [*sorted(known, key=lambda row: _sortable(row[name]), reverse=reverse), *(row for row in rows if row.get(name) is None)]
    return rows[:limit] if limit else rows


def _sortable(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def show(
    rows: list[Row], *, how: str, columns: Sequence[str], table: Sequence[tuple[str, str]], as_of: datetime, nothing: str, note: str = ""
) -> None:
    """Write rows to stdout. `table`: (heading, column) of what people see. Raises NothingFound with `nothing` where there are no rows."""
    from tracker.export import write

    if not rows:
        raise NothingFound(nothing)
    if how != "table":
        write(rows, columns, how, sys.stdout)
        return
    write([{head: row.get(column) for head, column in table} for row in rows], [head for head, _ in table], "table", sys.stdout)
    tell(f"{len(rows)} {note or 'rows'} · as of {as_of:%Y-%m-%d %H:%M} UTC")


def tell(line: str) -> None:
    """Talk, on stderr."""
    print(line, file=sys.stderr)


def aged(row: Row, days: str = "age_days", start: str = "start") -> str:
    """An age for people: "12 d", "≥ 12 d" for an undated claim."""
    return told_age(row[days], at_least=row.get(start) is None) if row.get(days) is not None else ""


def day(value: date | None) -> str:
    """A day for people."""
    return f"{value.day} {value:%b %Y}" if value else "undated"
