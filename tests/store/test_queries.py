"""Every SELECT gives the same rows whichever way it is run: through sqlite3, through SQLAlchemy, and on PostgreSQL where one is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.builders import claim, document, make_store, put
from tracker.domain import columns
from tracker.domain.kinds import VesselType
from tracker.domain.records import Said, VesselRecord
from tracker.intake import identity
from tracker.intake.deciding import By, bring_up_to_date
from tracker.intake.versions import withdraw
from tracker.store import reader as reading
from tracker.store import reports, repository, versions
from tracker.store.engine import connect, session
from tracker.store.ledger import Ledger
from tracker.store.queries import EventFilter
from tracker.store.reader import Reader, Row, open_reader
from tracker.store.reports import Made

AS_OF = datetime(2024, 12, 20, 23, 59, 59, tzinfo=UTC)
POSTGRES = os.environ.get("TRACKER_TEST_POSTGRES")
FRIGATES = VesselRecord("unnamed/0123", "2 × frigate, unnamed", None, 2, VesselType.FRIGATE, country="RU")


def fill(url: str) -> str:
    """Named and unnamed vessels, dated and undated, firm and hedged, planned and denied, two sources on one event, an undated document."""
    make_store(url)
    put(url, document("Yelnya left Tartus. Two frigates left too."), claim("a1", origin="tartus"), claim("a2", vessel=FRIGATES.key), new=(FRIGATES,))
    put(url, document("Yelnya sailed.", source="Wire B", published="2024-12-04"), claim("a0", modality="reported", published="2024-12-04"))
    hedged = replace(
        claim("b1", "at_sea", first="2024-12-09", vessel="ru/kildin", modality="reported", place="mediterranean-sea"), hedge="reportedly"
    )
    put(url, document("Kildin is about.", source="Wire B", published="2024-12-10", url="https://example.org/1"), hedged)
    put(url, document("She is in Baltiysk."), claim("b2", "in_port", first=None, last="2024-12-12", vessel="ru/kildin", place="baltiysk"))
    put(url, document("She will come."), claim("a3", "arrival", first="2024-12-30", modality="planned", destination="baltiysk"))
    put(url, document("She did not pass.", published=None), claim("a4", "transit", first="2024-12-05", modality="negated", place="syria"))
    old = document("Kildin left Baltiysk.", published="2024-12-02", address="wire.example/1")
    put(url, old, claim("d1", vessel="ru/kildin", origin="baltiysk"))
    put(url, document("Nothing of that is so.", published="2024-12-06", address="wire.example/1"))
    taken_back = document("Kildin sank.", published="2024-12-06")
    put(url, taken_back, claim("d2", vessel="ru/kildin", origin="tartus"))
    with session(url) as work:
        versions.settle(Ledger(work), "wire.example/1")
        bring_up_to_date(Ledger(work), ["d1"])
        repository.put_said(work, document("She will come."), [("ru/kildin", Said("type", "cruiser", (0, 3)))])
    withdraw(url, taken_back.sha256, By("Ann"), date(2024, 12, 15))
    identity.add_alias(url, "ru/kildin", "Zarya", By("Ann"), until=date(2016, 12, 31))
    at = datetime(2024, 12, 16, 7, 8, 9, tzinfo=UTC)
    made = Made("f0", "movements", "Brief", "b.pdf", at, at, date(2024, 12, 10), {"area": "Tartus"}, ("a0",), ("a0", "d1"))
    assert reports.keep(url, made) and reports.keep(url, made)  # the same once more is the same row
    return url


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill(f"sqlite:///{tmp_path_factory.mktemp('queries')}/tracker.db")


@pytest.fixture(scope="module")
def postgres() -> str:
    if not POSTGRES:
        pytest.skip("TRACKER_TEST_POSTGRES names no database")
    with connect(POSTGRES).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return fill(POSTGRES)


FILTERS = [
    EventFilter(),
    EventFilter(vessels=("ru/yelnya", "ru/kildin")),
    EventFilter(vessels=()),
    EventFilter(country="RU", type="oiler", class_name="ALTAY"),
    EventFilter(kind="departure", modality="asserted"),
    EventFilter(area="mediterranean-sea"),
    EventFilter(area="syria", since=date(2024, 12, 1), until=date(2024, 12, 31)),
    EventFilter(source="wire-b"),
    EventFilter(named=True),
    EventFilter(named=False),
    EventFilter(known_on=date(2024, 12, 4)),
    EventFilter(since=date(2024, 12, 9)),
    EventFilter(until=date(2024, 12, 2)),
]


def _bare(row: Row) -> Row:
    """A document without when it was read."""
    return row | {"ingested_at": None}


QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    **{f"events {number}": (lambda r, f=f: r.events(f)) for number, f in enumerate(FILTERS)},
    **{f"vessels {number}": (lambda r, f=f: r.vessels(f)) for number, f in enumerate(FILTERS)},
    **{f"around {day}": (lambda r, d=day: r.around(date(2024, 12, d), date(2024, 12, d))) for day in (1, 2, 5, 9, 11, 12, 31)},
    "around a period": lambda r: r.around(date(2024, 12, 2), date(2024, 12, 12), placed=True),
    "around oilers": lambda r: r.around(date(2024, 12, 5), date(2024, 12, 6), EventFilter(type="oiler"), after=False),
    "histories": lambda r: r.histories(EventFilter(country="RU", named=True), date(2024, 12, 9)),
    "touching": lambda r: r.touching(["ru/yelnya", "ru/kildin"], ["tartus", "baltiysk"]),
    "events by id": lambda r: r.events_of(["a0", "b1", "zz"]),
    "reported": lambda r: r.reported(date(2024, 12, 2), date(2024, 12, 31)),
    "register": lambda r: r.vessels(EventFilter(), register=True),
    "claims": lambda r: r.claims(),
    "claims of an event": lambda r: r.claims(event="a0"),
    "claims of a vessel": lambda r: r.claims(vessel="ru/kildin"),
    "claims known on a day": lambda r: r.known_claims(EventFilter(known_on=date(2024, 12, 4), country="RU")),
    "claims known near places": lambda r: r.known_claims(EventFilter(known_on=date(2024, 12, 31)), ["tartus"]),
    "claims in brief": lambda r: sorted(r.claim_briefs(EventFilter(known_on=date(2024, 12, 31), country="RU", kind="departure"), ["tartus"])),
    "claims by id": lambda r: sorted(r.claims_of([row["claim_id"] for row in r.claims()][:3]), key=lambda row: row["claim_id"]),
    "claims of a document": lambda r: r.claims(document=document("She will come.").sha256),
    "places": lambda r: r.places(),
    "place names": lambda r: r.place_names(),
    "positions": lambda r: r.positions(),
    "sources": lambda r: r.sources(),
    "documents": lambda r: [{**row, "ingested_at": None} for row in r.documents()],
    "text": lambda r: r.document_text(document("She will come.").sha256),
    "cut-off": lambda r: r.cut_off(),
    "cut-off on a day": lambda r: r.cut_off(date(2024, 12, 5)),
    "a document": lambda r: _bare(r.find_document("https://wire.example/1/")),
    "versions": lambda r: list(map(_bare, r.versions(document("Nothing of that is so.", address="x").sha256))),
    "silent claims": lambda r: r.silent_claims(),
    "claims as read": lambda r: r.read_claims(document("Kildin left Baltiysk.").sha256),
    "who told what no longer stands": lambda r: r.silent_home("d1"),
    "decisions": lambda r: sorted(r.decisions(), key=str),
    "changed documents": lambda r: r.changed_documents(),
    "said": lambda r: r.said(),
    "reports": lambda r: r.reports(),
    "vessels by identity": lambda r: r.vessel_identities(),
    "vessel by name on a day": lambda r: r.find_vessels("zarya", date(2016, 5, 1)),
    "foreign": lambda r: r.foreign_documents(),
    "event ids": lambda r: r.event_ids("a"),
    "a former id": lambda r: r.event_ids("a1"),
    "vessel by name": lambda r: r.find_vessels("Ельня"),
    "vessel by hull": lambda r: r.find_vessels("ssv 512"),
    "vessel record": lambda r: r.vessel_record("ru/yelnya"),
    "place by name": lambda r: r.find_place("tartous"),
    "place aliases": lambda r: r.place_aliases("tartus"),
    "source": lambda r: r.find_source("WIRE b"),
    "class": lambda r: r.find_class("altay"),
    "tree": lambda r: sorted(r.tree().within("mediterranean-sea")),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_sqlalchemy_gives_the_rows_of_sqlite3(url: str, ask: Callable[[Reader], Any]) -> None:
    with open_reader(url, AS_OF) as light, Reader(reading._Other(url), AS_OF) as heavy:
        assert ask(light) == ask(heavy)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_postgresql_gives_the_rows_of_sqlite(url: str, postgres: str, ask: Callable[[Reader], Any]) -> None:
    with open_reader(url, AS_OF) as light, open_reader(postgres, AS_OF) as other:
        assert _sorted(ask(light)) == _sorted(ask(other))


def _sorted(answer: Any) -> Any:
    """PostgreSQL orders text by its locale, so lists are compared as sets of rows; the CLI promises no order among equals."""
    return sorted(answer, key=repr) if isinstance(answer, list) else answer


COUNTS = {0: 6, 1: 5, 2: 0, 3: 3, 4: 2, 5: 2, 6: 2, 7: 2, 8: 5, 9: 1, 10: 4, 11: 3, 12: 2}


@pytest.mark.parametrize(("number", "count"), COUNTS.items())
def test_how_many_events_a_filter_finds(url: str, number: int, count: int) -> None:
    with open_reader(url, AS_OF) as reader:
        assert len(reader.events(FILTERS[number])) == count, FILTERS[number]


def test_histories_are_those_of_the_events(url: str) -> None:
    from tracker.domain.told import ToldRow

    for until in (None, date(2024, 12, 9)):
        with open_reader(url, AS_OF) as reader:
            expected: dict[str, list[ToldRow]] = {}
            for row in reader.events(EventFilter(named=True, until=until)):
                expected.setdefault(row["vessel_key"], []).append(ToldRow.of(row))
            assert reader.histories(EventFilter(named=True), until) == expected


def test_a_place_counts_an_event_that_names_two_places_in_it_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tracker.db"
    make_store(url)
    claims = (claim("a1", origin="tartus", destination="syria", first="2024-12-02"), claim("a2", "in_port", first="2024-12-09", place="tartus"))
    put(url, document("From Tartus to Syria."), *claims)
    put(url, document("To Tartus."), claim("a3", "arrival", first="2024-12-30", modality="planned", destination="tartus"))
    with open_reader(url, AS_OF) as reader:
        counted = {row["place_key"]: (row["events"], row["last_end"]) for row in reader.places() if row["events"]}
        assert counted["mediterranean-sea"] == counted["tartus"] == (3, date(2024, 12, 9))  # a plan counts, and is not the latest
        assert counted["syria"] == (3, date(2024, 12, 9))


def test_a_centre_of_an_area_is_no_position(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        points = {row["place_key"]: (row["latitude"], row["longitude"]) for row in reader.places() if row["latitude"] is not None}
        assert reader.positions() == points and "tartus" in points and "mediterranean-sea" not in points


def test_rows_have_the_columns_they_promise(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        promised = (
            (reader.events(EventFilter()), columns.EVENTS),
            (reader.claims(), columns.CLAIMS),
            (reader.places(), columns.PLACES),
            (reader.sources(), columns.SOURCES),
            (reader.documents(), columns.DOCUMENTS),
        )
        for rows, names in promised:
            assert all(set(names) <= row.keys() for row in rows)
        assert set(columns.VESSELS) - {"certainty"} <= reader.vessels(EventFilter())[0].keys()


def test_days_are_dates_and_times_are_utc(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        row = reader.events(EventFilter(vessels=("ru/yelnya",)))[0]
        assert (row["start"], row["published"], row["age_days"]) == (date(2024, 12, 2), date(2024, 12, 3), 18)
        assert {type(reader.documents()[0]["ingested_at"])} == {datetime}
        assert reader.documents()[0]["ingested_at"].tzinfo is UTC


def test_a_vessels_last_known_is_its_latest_told_event_by_as_of(url: str) -> None:
    def last(day: int) -> dict[str, str | None]:
        with open_reader(url, datetime(2024, 12, day, 12, tzinfo=UTC)) as reader:
            return {row["vessel_key"]: row["last_place"] for row in reader.vessels(EventFilter())}

    assert last(1) == {"ru/yelnya": None, "ru/kildin": None, FRIGATES.key: None}
    assert last(10)["ru/kildin"] == "in Mediterranean-Sea"
    assert last(12)["ru/kildin"] == "in Baltiysk"
    assert last(31)["ru/yelnya"] == "left Tartus"  # it was to arrive on the 30th: a plan is no presence


def test_last_known_places_are_index_seeks(url: str) -> None:
    from tracker.store import queries

    sql, parameters = queries.vessels(EventFilter(), register=False, by=AS_OF.date())
    with open_reader(url, AS_OF) as reader:
        plan = [row["detail"] for row in reader._rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    assert not [step for step in plan if step.startswith("SCAN") and not step.startswith("SCAN v")]


def test_a_frame_has_exactly_the_columns_of_its_rows(url: str) -> None:
    from tracker.store.frames import frame

    with open_reader(url, AS_OF) as reader:
        assert tuple(frame(reader.events(EventFilter()), columns.EVENTS).columns) == columns.EVENTS
    empty = frame([], columns.PLACES)
    assert (tuple(empty.columns), len(empty)) == (columns.PLACES, 0)


def test_a_store_in_a_folder_that_cannot_be_written_to_is_still_read(url: str, tmp_path: Path) -> None:
    from tracker.store.engine import copy_sqlite

    copy = tmp_path / "sealed" / "100% #1?.db"
    copy.parent.mkdir()
    copy_sqlite(Path(url.removeprefix("sqlite:///")), copy)
    copy.parent.chmod(0o500)
    try:
        with open_reader(f"sqlite:///{copy}", AS_OF) as reader:
            assert len(reader.events(EventFilter())) == COUNTS[0]
    finally:
        copy.parent.chmod(0o700)


def test_the_reader_cannot_write(url: str) -> None:
    from tracker.errors import StoreError

    with open_reader(url, AS_OF) as reader, pytest.raises(StoreError, match="readonly"):
        reader._rows("DELETE FROM event")
