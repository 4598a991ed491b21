"""What people decide does the same to a store on PostgreSQL as on SQLite; run where TRACKER_TEST_POSTGRES names a database."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import claim, document, make_store, put
from tests.intake.test_undo import BY, STEPS, scene, tables
from tracker.domain.when import Interval, Precision
from tracker.errors import NothingFound, UsageError
from tracker.intake.deciding import undo
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.store.engine import connect
from tracker.store.queries import EventFilter
from tracker.store.reader import open_reader

POSTGRES = os.environ.get("TRACKER_TEST_POSTGRES", "")
pytestmark = pytest.mark.skipif(not POSTGRES, reason="TRACKER_TEST_POSTGRES names no database")
AS_OF = datetime(2024, 12, 20, tzinfo=UTC)


@pytest.fixture
def postgres() -> str:
    """A PostgreSQL database without any table."""
    with connect(POSTGRES).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return POSTGRES


def decide(url: str, steps: list[tuple[str, int, int]]) -> int:
    """Do some steps and return how many changed anything."""
    done = 0
    for name, a, b in steps:
        with contextlib.suppress(UsageError, NothingFound):
            STEPS[name](url, a, b)
            done += 1
    return done


def plain(url: str) -> dict[str, list[str]]:
    """Every table, moments left out: decisions of two stores are not made at one."""
    return {name: sorted(repr([None if isinstance(v, datetime) else v for v in row]) for row in rows) for name, rows in tables(url).items()}


SEQUENCES = [[(name, seed * 7 + n, seed * 3 + n) for n, name in enumerate(sorted(STEPS))] for seed in range(4)]


@pytest.mark.parametrize("steps", SEQUENCES, ids=range(len(SEQUENCES)))
def test_decisions_and_undo_are_those_of_sqlite(tmp_path: Path, postgres: str, steps: list[tuple[str, int, int]]) -> None:
    urls = scene(f"sqlite:///{tmp_path}/tracker.db"), scene(postgres)
    before, other = map(plain, urls)
    assert before == other
    done = {decide(url, steps) for url in urls}
    assert len(done) == 1
    assert plain(urls[0]) == plain(urls[1])
    for url in urls:
        undo(url, done.copy().pop(), BY)
        assert plain(url) == before


def test_reports_are_taken_in_as_into_sqlite(tmp_path: Path, postgres: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text("The frigate Admiral Gorshkov left Tartus on 2 December 2024. Two corvettes arrived in Baltiysk on 3 December 2024.")
    told = []
    for url in (f"sqlite:///{tmp_path}/tracker.db", postgres):
        first, again = (ingest([str(report)], ReadOptions(), url) for _ in range(2))
        assert (first.documents, first.failures, again.duplicates) == (1, [], 1)
        with open_reader(url, AS_OF) as reader:
            told.append(reader.events(EventFilter()))
    assert told[0] == told[1]
    assert len(told[0]) == 2


def test_what_has_no_day_stands_where_it_stands_in_sqlite(tmp_path: Path, postgres: str) -> None:
    told = []
    open_ended = replace(claim("a2", "at_sea", place="syria"), interval=Interval(date(2024, 12, 3), None, Precision.RANGE))
    for url in (f"sqlite:///{tmp_path}/tracker.db", postgres):
        make_store(url)
        put(url, document("Yelnya is in Tartus."), claim("a1", "in_port", first="2024-12-10", place="tartus"))
        put(url, document("She has been off Syria since.", published=None), open_ended)
        put(url, document("She came."), claim("a3", "arrival", first=None, last="2024-12-05", destination="tartus"))
        with open_reader(url, AS_OF) as reader:
            told.append(
                (reader.events(EventFilter()), reader.vessels(EventFilter()), reader.claims(), [row["document_id"] for row in reader.documents()])
            )
    assert told[0] == told[1]
