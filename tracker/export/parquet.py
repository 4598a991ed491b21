"""Parquet, by pyarrow where it is installed (`pip install 'tracker[parquet]'`): days as dates, times in UTC, counts as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from tracker.errors import UsageError
from tracker.export.cells import as_text

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES: dict[str, frozenset[str]] = {
    "date32": frozenset({"start", "end", "published", "first_published", "last_published", "last_end"}),
    "timestamp": frozenset({"as_of", "retrieved_at", "ingested_at"}),
    "int64": frozenset(
        {"count", "credibility", "claims", "roots", "age_days", "quote_start", "quote_end", "page", "events", "documents"},
    ),
    "float64": frozenset({"confidence", "latitude", "longitude", "radius_km"}),
    "bool_": frozenset({"demo"}),
}
"""Type -> columns; all others are text. By name and not by value, so that a column has one type whatever it holds."""


def type_of(column: str) -> str:
    """The name of a column's type."""
    return next((name for name, columns in _TYPES.items() if column in columns), "string")


def write_parquet(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: BinaryIO) -> None:
    """A Parquet file. Raises UsageError where pyarrow isn't installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("--format parquet needs pyarrow; install it with pip install 'tracker[parquet]', or use csv or jsonl") from None
    table = pa.table({name: _column(pa, name, [row.get(name) for row in rows]) for name in columns})
    pq.write_table(table, stream, compression="zstd")


def _column(pa: Any, name: str, values: list[Any]) -> pa.Array:
    kind = type_of(name)
    if kind == "string":
        return pa.array([None if value is None else as_text(value) for value in values], pa.string())
    return pa.array(values, pa.timestamp("us", tz="UTC") if kind == "timestamp" else getattr(pa, kind)())
