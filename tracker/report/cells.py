"""Tables for pictures, as pandas frames or as plain rows: one way to read both, so that a report need not load pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Cells: TypeAlias = "pd.DataFrame | Sequence[Mapping[str, Any]]"


def value(cell: Any) -> Any:
    """A cell, or None for one that is empty in any of the ways a frame knows."""
    return None if cell is None or cell == "" or _is_nothing(cell) else cell


def _is_nothing(cell: Any) -> bool:
    try:
        return bool(cell != cell)  # NaN and NaT are not equal to themselves
    except (TypeError, ValueError):  # pandas' NA has no truth, and what holds several values is something
        return type(cell).__name__ == "NAType"


def column(table: Cells, name: str) -> list[Any]:
    """The values of a column; none where the table has no such column."""
    if isinstance(table, Sequence):
        return [value(row[name]) for row in table if name in row]
    return [value(cell) for cell in table[name].tolist()] if name in table else []


def records(table: Cells, names: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """The rows of a table, with these columns as far as it has them, or with all."""
    if isinstance(table, Sequence):
        return [{name: value(row[name]) for name in names or row if name in row} for row in table]
    names = [str(name) for name in table.columns if names is None or name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*(column(table, name) for name in names), strict=True)]
