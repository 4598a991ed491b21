"""Where every vessel stood on a day: the store's few index seeks choose what reading all its events would choose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import claim, document, make_store, put
from tracker.domain.kinds import EventKind, Modality
from tracker.store import queries
from tracker.store.queries import EventFilter
from tracker.store.reader import Reader, Row, open_reader

AS_OF = datetime(2024, 12, 31, 12, tzinfo=UTC)
RANK = {"in_port": 0, "arrival": 1, "at_sea": 2, "escort": 2, "replenishment": 2, "departure": 3, "transit": 4, "underway": 5}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A vessel with a history that has every kind of trap, and one with only a plan."""
    url = make_store(f"sqlite:///{tmp_path_factory.mktemp('standings')}/tracker.db")
    put(
        url,
        document("x"),
        claim("c1", "arrival", first="2024-12-02", destination="tartus"),
        claim("c2", "in_port", first="2024-12-02", place="tartus"),  # the same day: an arrival goes before a stay
        claim("c3", "departure", first=None, last="2024-12-04", origin="tartus"),
        claim("c4", "at_sea", first="2024-12-04", place="mediterranean-sea"),  # the same day: dated goes before undated
        claim("c5", "in_port", first="2024-12-08", last="2024-12-20", place="baltiysk"),
        claim("c6", "at_sea", first="2024-12-10", place="mediterranean-sea"),  # over while the longer one lasts
        claim("c7", "departure", first="2024-12-12", modality="planned", origin="baltiysk"),
        claim("c8", "departure", first="2024-12-25", origin="baltiysk"),
        claim("d1", "departure", first="2024-12-05", modality="planned", vessel="ru/kildin", origin="tartus"),
    )
    return url


DAYS = [
    (1, None, "c2"),
    (2, "c1", "c4"),
    (3, "c1", "c4"),
    (4, "c4", "c5"),
    (8, "c5", "c6"),
    (10, "c5", "c8"),
    (20, "c5", "c8"),
    (24, "c5", "c8"),
    (25, "c8", None),
]


@pytest.mark.parametrize(("day", "latest", "after"), DAYS)
def test_a_day(url: str, day: int, latest: str | None, after: str | None) -> None:
    with open_reader(url, AS_OF) as reader:
        (row,) = reader.standings(date(2024, 12, day))
    assert (row["event_id"], row["after_event_id"]) == (latest, after)


def test_what_a_row_holds(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        (row,) = reader.standings(date(2024, 12, 3))
    told = {
        "vessel": "Yelnya",
        "kind": "arrival",
        "destination": "Tartus",
        "main_key": "tartus",
        "main_kind": "naval_base",
        "start": date(2024, 12, 2),
        "age_days": 29,
        "as_of": AS_OF,
        "after_kind": "at_sea",
        "after_start": date(2024, 12, 4),
        "after_place": "Mediterranean-Sea",
        "after_place_key": "mediterranean-sea",
    }
    assert {name: row[name] for name in told} == told


def chosen(rows: list[Row], on: date) -> tuple[str | None, str | None]:
    """The same choice, by reading every event of a vessel."""
    happened = [row for row in rows if row["modality"] not in ("planned", "negated")]

    def order(row: Row) -> tuple:
        return row["end"], row["start"] is not None, RANK[row["kind"]], row["event_id"]

    before = max((row for row in happened if (row["start"] or row["end"]) <= on), key=order, default=None)
    after = min(
        (row for row in happened if row["start"] and row["start"] > on),
        key=lambda row: (row["start"], row["end"], RANK[row["kind"]], row["event_id"]),
        default=None,
    )
    return before and before["event_id"], after and after["event_id"]


def ask(reader: Reader, on: date) -> dict[str, tuple[str | None, str | None]]:
    return {row["vessel_key"]: (row["event_id"], row["after_event_id"]) for row in reader.standings(on)}


told = st.tuples(
    st.sampled_from(["ru/yelnya", "ru/kildin"]),
    st.sampled_from(list(EventKind)),
    st.sampled_from(list(Modality)),
    st.integers(0, 30),
    st.integers(-1, 12),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, max_size=12))
def test_any_history(tmp_path_factory: pytest.TempPathFactory, history: list[tuple]) -> None:
    url = make_store(f"sqlite:///{tmp_path_factory.mktemp('any')}/tracker.db")
    claims = []
    for number, (vessel, kind, modality, day, lasts) in enumerate(history):
        start = date(2024, 12, 1) + timedelta(days=day)
        first, last = (None, str(start)) if lasts < 0 else (str(start), str(start + timedelta(days=lasts)))
        claims.append(claim(f"c{number:02}", kind, first=first, last=last, vessel=vessel, modality=modality))
    put(url, document("x"), *claims)
    with open_reader(url, AS_OF) as reader:
        events = reader.events(EventFilter())
        for on in (date(2024, 11, 30) + timedelta(days=n) for n in range(0, 48, 3)):
            right = {key: chosen([row for row in events if row["vessel_key"] == key], on) for key in {row["vessel_key"] for row in events}}
            assert ask(reader, on) == {key: answer for key, answer in right.items() if answer != (None, None)}


def test_both_questions_use_their_indexes(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        plans = [
            " ".join(row["detail"] for row in reader._rows(f"EXPLAIN QUERY PLAN {sql}", parameters))
            for sql, parameters in (queries.standings(EventFilter(), on=AS_OF.date()), queries.lasting(EventFilter(), on=AS_OF.date()))
        ]
    assert "COVERING INDEX ix_event_happened (vessel_key=? AND end_day<?)" in plans[0]
    assert "COVERING INDEX ix_event_starts (vessel_key=? AND start_day>?)" in plans[0]
    assert "INDEX ix_event_lasting (end_day>?)" in plans[1]


def test_the_words_of_the_queries_are_those_of_the_indexes(tmp_path: Path) -> None:
    """An index over part of the rows is used only where a query says its condition in the same words."""
    from tracker.store.tables import HAPPENED

    assert f"e.{HAPPENED}" == queries.HAPPENED
