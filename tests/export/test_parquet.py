"""Parquet: a type for every column, and one line where pyarrow isn't there."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime

import pytest

from tests.export.hostile import HOSTILE
from tracker.domain import columns
from tracker.errors import UsageError
from tracker.export import write_bytes
from tracker.export.parquet import type_of

ROWS = [
    {"event_id": "a", "vessel": name, "end": date(2024, 12, 2), "as_of": datetime(2024, 12, 8, tzinfo=UTC), "count": 2, "demo": False}
    for name in HOSTILE.values()
] + [{"event_id": "b"}]
NAMES = ("event_id", "vessel", "end", "as_of", "count", "demo", "latitude")


def written() -> bytes:
    stream = io.BytesIO()
    write_bytes(ROWS, NAMES, "parquet", stream)
    return stream.getvalue()


def test_rows_come_back_with_their_types() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(io.BytesIO(written()))
    assert table.to_pylist() == [{name: row.get(name) for name in NAMES} for row in ROWS]
    assert [str(field.type) for field in table.schema] == ["string", "string", "date32[day]", "timestamp[us, tz=UTC]", "int64", "bool", "double"]


def test_the_same_rows_give_the_same_bytes() -> None:
    pytest.importorskip("pyarrow")
    assert written() == written()


def test_without_pyarrow_a_line_says_what_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"tracker\[parquet\].*csv"):
        written()


@pytest.mark.parametrize("name", sorted({*columns.EVENTS, *columns.VESSELS, *columns.CLAIMS, *columns.PLACES, *columns.SOURCES, *columns.DOCUMENTS}))
def test_no_day_or_time_is_text(name: str) -> None:
    """The names of days and times follow a habit; a new one must not fall through to text."""
    looks_like = "date32" if name in ("start", "end", "published") or name.endswith("_published") or name == "last_end" else None
    looks_like = looks_like or ("timestamp" if name == "as_of" or name.endswith("_at") else None)
    assert type_of(name) == looks_like or looks_like is None
