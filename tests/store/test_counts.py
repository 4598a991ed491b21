"""Counts in the store: written with their document or not at all, the same whatever comes first, read back by area and day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import document, make_store, put, strength
from tracker.domain import columns
from tracker.errors import StoreError
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.store import migrate
from tracker.store.engine import session
from tracker.store.queries import EventFilter
from tracker.store.reader import open_reader

AS_OF = datetime(2024, 12, 20, 23, 59, 59, tzinfo=UTC)
TEXT = "As of 10 December 2024 there are seven Russian ships in the Mediterranean, four of them Kalibr carriers."


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/tracker.db"


def ids(url: str, f: EventFilter) -> list[str]:
    with open_reader(url, AS_OF) as reader:
        return [row["count_id"] for row in reader.counts(f)]


def read(url: str, folder: Path, name: str, told: str) -> None:
    (folder / name).write_text(told, encoding="utf-8")
    ingest([str(folder / name)], ReadOptions(published=date(2024, 12, 11), source="Navy B"), url)


def test_a_document_brings_its_counts(url: str, tmp_path: Path) -> None:
    read(url, tmp_path, "a.txt", TEXT)
    with open_reader(url, AS_OF) as reader:
        whole, part = reader.counts(EventFilter())
        stored = reader.document_text(whole["document_id"])
    assert (whole["told"], whole["place"], whole["country"], whole["when"], whole["age_days"]) == ("7", "Mediterranean Sea", "RU", "10 Dec 2024", 10)
    assert (part["count"], part["subset"], part["part_of"]) == (4, "Kalibr carriers", whole["count_id"])
    assert stored[whole["count_start"] : whole["count_end"]] == "seven Russian ships"
    assert stored[whole["quote_start"] : whole["quote_end"]] == whole["quote"] == TEXT
    assert set(columns.COUNTS) <= whole.keys()
    assert all(result == "ok" for _, result in migrate.check(url))


def test_reading_again_changes_nothing_and_order_does_not_show(url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    second = "There are no Russian ships in the Sea of Azov."
    for store, order in ((url, (TEXT, second, TEXT)), (other, (second, TEXT))):
        for number, told in enumerate(order):
            read(store, tmp_path, f"{number}.txt", told)
    assert ids(url, EventFilter()) == ids(other, EventFilter())
    assert len(ids(url, EventFilter())) == 3


def test_an_undated_count_is_known_by_its_publication(url: str, tmp_path: Path) -> None:
    read(url, tmp_path, "a.txt", "There are seven Russian ships in the Black Sea.")
    with open_reader(url, AS_OF) as reader:
        (row,) = reader.counts(EventFilter())
    assert (row["start"], row["end"], row["when"]) == (None, date(2024, 12, 11), "by 11 Dec 2024 (undated)")


def test_a_count_told_for_a_week_not_over_ends_with_its_telling(url: str, tmp_path: Path) -> None:
    read(url, tmp_path, "a.txt", "In December there were seven Russian ships in the Black Sea.")
    with open_reader(url, AS_OF) as reader:
        (row,) = reader.counts(EventFilter())
    assert (row["start"], row["end"]) == (date(2024, 12, 1), date(2024, 12, 11))


def test_a_document_that_fails_leaves_no_count(url: str) -> None:
    make_store(url)
    twice = strength("s1", 7)
    with pytest.raises(StoreError):
        put(url, document("Seven ships."), strengths=(twice, twice))
    with session(url) as work:
        assert [work.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("strength_claim", "document")] == [0, 0]


FILTERS = [
    (EventFilter(), ["s1", "s2", "s3", "s4"]),
    (EventFilter(area="mediterranean-sea"), ["s1", "s3"]),
    (EventFilter(area="baltiysk"), ["s2"]),
    (EventFilter(country="RU"), ["s3"]),
    (EventFilter(since=date(2024, 12, 3)), ["s3", "s4"]),
    (EventFilter(until=date(2024, 12, 1)), ["s1"]),
    (EventFilter(source="wire-b"), ["s4"]),
    (EventFilter(type="frigate"), ["s2"]),
]


@pytest.mark.parametrize(("f", "found"), FILTERS)
def test_filters(url: str, f: EventFilter, found: list[str]) -> None:
    make_store(url)
    put(
        url,
        document("Counts."),
        strengths=(
            strength("s1", 7),
            strength("s2", 2, "2024-12-02", place="baltiysk", kind="frigate"),
            strength("s3", 4, "2024-12-02", "2024-12-09", place="mediterranean-sea", country="RU"),
        ),
    )
    put(url, document("More.", source="Wire B", published="2024-12-10"), strengths=(strength("s4", 9, None, "2024-12-10", place="syria"),))
    assert ids(url, f) == found


def test_an_older_store_has_none_until_it_is_upgraded(tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path}/old.db"
    migrate.init(old, to="0005")
    migrate.upgrade(old)
    assert ids(old, EventFilter()) == []
