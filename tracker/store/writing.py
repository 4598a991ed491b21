"""Statements run for many rows, past SQLAlchemy's handling of each value, which takes longer than the database does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Update

Values = dict[str, Any]


def write(db: Connection, statement: Insert | Update | Delete, rows: Sequence[Values]) -> None:
    """Run a statement for rows that all have the same names; a row to insert must have every column for which the table has a default."""
    if rows:
        words, values_of = _prepared(statement, tuple(rows[0]), db.dialect)
        db.exec_driver_sql(words, [*map(values_of, rows)])


@lru_cache(maxsize=128)
def _prepared(statement: Insert | Update | Delete, names: tuple[str, ...], dialect: Dialect) -> tuple[str, Callable[[Values], Any]]:
    """A statement in the database's words, and what makes the driver's values of a row's: in order, or by name where it wants names."""
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup or list(compiled.params)
    types = [compiled.binds[name].type.dialect_impl(dialect) for name in order]
    turned = [(at, turn) for at, kind in enumerate(types) if (turn := kind.bind_processor(dialect))]

    def values_of(values: Values) -> Any:
        found = [*map(values.__getitem__, order)]
        for at, turn in turned:
            found[at] = turn(found[at])
        return tuple(found) if compiled.positional else dict(zip(order, found, strict=True))

    return str(compiled), values_of
