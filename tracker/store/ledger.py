"""Writes that remember what they changed, so that they can be undone to the last value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, and_, delete, insert, select, tuple_, update
from sqlmodel import Session, SQLModel

from tracker.store.tables import (
    ClaimRow,
    DecisionRow,
    DocumentRow,
    EventAlias,
    EventRow,
    PlaceAlias,
    PlaceRow,
    ReadClaimRow,
    SourceRow,
    VesselAlias,
    VesselRow,
)

Values = dict[str, Any]
Key = tuple[Any, ...]
TABLES: dict[str, type[SQLModel]] = {
    str(table.__tablename__): table
    for table in (SourceRow, DocumentRow, PlaceRow, PlaceAlias, VesselRow, VesselAlias, ClaimRow, ReadClaimRow, EventRow, EventAlias, DecisionRow)
}
"""What people's decisions may change, parents before those that point at them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after: all its columns where it came or went (None on the other side), else those that differ. JSON values."""

    table: str
    key: Key
    before: Values | None
    after: Values | None

    def reversed(self) -> Change:
        """The change that undoes this one."""
        return Change(self.table, self.key, self.after, self.before)


class Ledger:
    """Writes to one transaction, each row's first state kept."""

    def __init__(self, work: Session) -> None:
        self.work = work
        self._first: dict[tuple[str, Key], Values | None] = {}

    def insert(self, table: type[SQLModel], row: Values) -> None:
        """Add a row."""
        self.touch(table, [tuple(row[column.name] for column in _primary(table))])
        self._run(insert(_table(table)), [row])

    def insert_all(self, table: type[SQLModel], rows: Sequence[Values]) -> None:
        """Add many rows at once."""
        keys = [tuple(row[column.name] for column in _primary(table)) for row in rows]
        there = rows_of(self.work, table, keys)
        for key in keys:
            self._first.setdefault((str(table.__tablename__), key), there.get(key))
        self._run(insert(_table(table)), rows)

    def update(self, table: type[SQLModel], key: Key, values: Values) -> None:
        """Change some columns of a row."""
        self.touch(table, [key])
        self._run(update(_table(table)).where(_is(table, key)).values(**values))

    def delete(self, table: type[SQLModel], key: Key) -> None:
        """Take a row away."""
        self.touch(table, [key])
        self._run(delete(_table(table)).where(_is(table, key)))

    def put(self, table: type[SQLModel], row: Values) -> None:
        """Add a row, or change the one that has its key."""
        key = tuple(row[column.name] for column in _primary(table))
        if row_of(self.work, table, key) is None:
            self.insert(table, row)
        else:
            self.update(table, key, row)

    def touch(self, table: type[SQLModel], keys: Iterable[Key]) -> None:
        """Remember rows as they are, before something else writes to them."""
        for key in keys:
            if (str(table.__tablename__), key) not in self._first:
                self._first[str(table.__tablename__), key] = row_of(self.work, table, key)

    def changes(self) -> list[Change]:
        """What is different now, row by row."""
        now = {name: rows_of(self.work, table, [key for of, key in self._first if of == name]) for name, table in TABLES.items()}
        return [change for (name, key), first in self._first.items() if (change := _change(name, key, first, now[name].get(key)))]

    def _run(self, statement: Any, rows: Sequence[Values] | None = None) -> None:
        self.work.connection().execute(statement, rows)


def row_of(work: Session, table: type[SQLModel], key: Key) -> Values | None:
    """A row as JSON values, None where there is none."""
    found = work.connection().execute(select(_table(table)).where(_is(table, key))).mappings().first()
    return {name: _plain(value) for name, value in found.items()} if found else None


_AT_ONCE = 400
"""So many rows are asked for in one query."""


def rows_of(work: Session, table: type[SQLModel], keys: Sequence[Key]) -> dict[Key, Values]:
    """Rows as JSON values, by key; those that are not there are left out."""
    columns, found = _primary(table), dict[Key, Values]()
    for at in range(0, len(keys), _AT_ONCE):
        some = keys[at : at + _AT_ONCE]
        asked = columns[0].in_([key[0] for key in some]) if len(columns) == 1 else tuple_(*columns).in_(some)
        for row in work.connection().execute(select(_table(table)).where(asked)).mappings():
            found[tuple(row[column.name] for column in columns)] = {name: _plain(value) for name, value in row.items()}
    return found


def holds(work: Session, changes: Sequence[Change]) -> bool:
    """Whether every row still is as the changes left it."""
    return len(held(work, changes)) == len(changes)


def held(work: Session, changes: Iterable[Change]) -> list[Change]:
    """The changes whose rows still are as they left them, in their order; asked for a table at a time, for a list may have made thousands."""
    keys: dict[str, list[Key]] = {}
    told = list(changes)
    for change in told:
        keys.setdefault(change.table, []).append(change.key)
    now = {table: rows_of(work, TABLES[table], some) for table, some in keys.items()}
    return [change for change in told if _as_left(now[change.table].get(change.key), change.after)]


def make(ledger: Ledger, changes: Sequence[Change]) -> None:
    """Make changes: rows that come first, parents before children; then those that change; then those that go, children first."""
    order = list(TABLES)
    ranked = sorted(changes, key=lambda change: order.index(change.table))
    for change in ranked:
        if change.before is None and change.after is not None:
            ledger.insert(TABLES[change.table], _typed(change.table, change.after))
    for change in ranked:
        if change.before is not None and change.after is not None:
            ledger.update(TABLES[change.table], change.key, _typed(change.table, change.after))
    for change in reversed(ranked):
        if change.after is None:
            ledger.delete(TABLES[change.table], change.key)


def _change(table: str, key: Key, before: Values | None, after: Values | None) -> Change | None:
    if before == after:
        return None
    if before is None or after is None:
        return Change(table, key, before, after)
    names = [name for name in before if before[name] != after[name]]
    return Change(table, key, {name: before[name] for name in names}, {name: after[name] for name in names})


def _as_left(row: Values | None, left: Values | None) -> bool:
    if row is None or left is None:
        return row is left
    return all(row[name] == value for name, value in left.items())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: str, values: Mapping[str, Any]) -> Values:
    columns = _table(TABLES[table]).columns
    return {name: _of_type(columns[name], value) for name, value in values.items()}


def _of_type(column: Column[Any], value: Any) -> Any:
    kind = getattr(column.type, "python_type", None)
    if isinstance(value, str) and kind in (date, datetime):
        return datetime.fromisoformat(value) if kind is datetime else date.fromisoformat(value)
    return value


def _table(table: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(table.__tablename__)]


def _primary(table: type[SQLModel]) -> list[Column[Any]]:
    return list(_table(table).primary_key.columns)


def _is(table: type[SQLModel], key: Key) -> Any:
    return and_(*(column == value for column, value in zip(_primary(table), key, strict=True)))
