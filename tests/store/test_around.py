"""Where every vessel was on some days: the store's few index seeks tell what its whole histories tell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import claim, document, make_store, put
from tracker.analysis import fleet
from tracker.analysis.scope import Scope, scope_of
from tracker.analysis.whereabouts import latest, where
from tracker.domain.kinds import EventKind, Modality, PlaceKind
from tracker.domain.told import ToldRow
from tracker.store import queries
from tracker.store.queries import EventFilter
from tracker.store.reader import Reader, open_reader

AS_OF = datetime(2024, 12, 31, 12, tzinfo=UTC)
FIRST, LAST = date(2024, 11, 30), date(2025, 1, 17)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A vessel with a history that has every kind of trap, and one with only a plan."""
    url = make_store(f"sqlite:///{tmp_path_factory.mktemp('around')}/tracker.db")
    put(
        url,
        document("x"),
        claim("c1", "arrival", first="2024-12-02", destination="tartus"),
        claim("c2", "in_port", first="2024-12-02", place="tartus"),  # the same day
        claim("c3", "departure", first=None, last="2024-12-04", origin="tartus"),
        claim("c4", "at_sea", first="2024-12-04"),  # tells no place
        claim("c5", "in_port", first="2024-12-08", last="2024-12-20", place="baltiysk"),
        claim("c6", "at_sea", first="2024-12-10", place="mediterranean-sea"),  # over while the longer one lasts
        claim("c7", "departure", first="2024-12-12", modality="planned", origin="baltiysk"),
        claim("c8", "departure", first="2024-12-25", origin="baltiysk"),
        claim("d1", "departure", first="2024-12-05", modality="planned", vessel="ru/kildin", origin="tartus"),
    )
    return url


AROUND = [
    (1, 1, "c1 c2"),
    (2, 2, "c1 c2 c4"),
    (5, 5, "c3 c4 c5"),
    (9, 9, "c3 c4 c5 c6"),
    (15, 15, "c5 c6 c8"),
    (24, 24, "c5 c8"),
    (26, 26, "c8"),
    (3, 9, "c1 c2 c3 c4 c5 c6"),
    (5, 30, "c3 c4 c5 c6 c8"),
]


@pytest.mark.parametrize(("first", "last", "expected"), AROUND)
def test_what_is_read(url: str, first: int, last: int, expected: str) -> None:
    with open_reader(url, AS_OF) as reader:
        found = reader.around(date(2024, 12, first), date(2024, 12, last))
    assert sorted(told.id for told in found["ru/yelnya"]) == expected.split()
    assert found.keys() == {"ru/yelnya"}


def test_only_what_tells_a_place(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        found = reader.around(date(2024, 12, 5), date(2024, 12, 5), placed=True)
    assert [told.id for told in found["ru/yelnya"]] == ["c3", "c5"]


def test_without_what_comes_after(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        found = reader.around(date(2024, 12, 9), date(2024, 12, 9), after=False)
    assert [told.id for told in found["ru/yelnya"]] == ["c3", "c4", "c5"]


def test_a_row_is_that_of_the_event(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        whole = {row["event_id"]: ToldRow.of(row) for row in reader.events(EventFilter())}
        found = reader.around(FIRST, LAST)["ru/yelnya"]
    assert [whole[told.id] for told in found] == found


told = st.tuples(
    st.sampled_from(["ru/yelnya", "ru/kildin"]),
    st.sampled_from(list(EventKind)),
    st.sampled_from(list(Modality)),
    st.integers(0, 30),
    st.integers(-1, 12),
    st.sampled_from([None, "tartus", "baltiysk", "mediterranean-sea", "syria"]),
)
SLOT = {EventKind.DEPARTURE: "origin", EventKind.ARRIVAL: "destination", EventKind.UNDERWAY: "destination"}


def filled(url: str, history: list[tuple]) -> str:
    make_store(url)
    claims = []
    for number, (vessel, kind, modality, day, lasts, place) in enumerate(history):
        start = date(2024, 12, 1) + timedelta(days=day)
        first, last = (None, str(start)) if lasts < 0 else (str(start), str(start + timedelta(days=lasts)))
        places = {SLOT.get(kind, "place"): place} if place else {}
        claims.append(claim(f"c{number:02}", kind, first=first, last=last, vessel=vessel, modality=modality, **places))
    put(url, document("x"), *claims)
    return url


def scope_in(reader: Reader, key: str) -> Scope:
    kinds = {row["key"]: PlaceKind(row["kind"]) for row in reader.place_kinds()}
    return scope_of(key, key, kinds, reader.tree(), {})


def answer(events: list[ToldRow], on: date) -> tuple:
    found = where(events, on)
    return found.certainty, *(None if number is None else events[number].id for number in (found.event, found.after))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, max_size=12))
def test_any_history_is_answered_as_from_the_whole(tmp_path_factory: pytest.TempPathFactory, history: list[tuple]) -> None:
    url = filled(f"sqlite:///{tmp_path_factory.mktemp('any')}/tracker.db", history)
    with open_reader(url, AS_OF) as reader:
        whole: dict[str, list[ToldRow]] = {}
        for row in reader.events(EventFilter()):
            whole.setdefault(row["vessel_key"], []).append(ToldRow.of(row))
        for on in (FIRST + timedelta(days=n) for n in range(0, 48, 3)):
            few, placed = reader.around(on, on), reader.around(on, on, placed=True)
            for key, events in whole.items():
                assert answer(few.get(key, []), on) == answer(events, on)
                assert answer(placed.get(key, []), on) == answer([e for e in events if e.placed], on)
                number = latest(events, on)
                begun = reader.around(on, on, after=False).get(key, [])
                again = latest(begun, on)
                assert (again is None) == (number is None)
                assert again is None or number is None or begun[again].id == events[number].id


def standings(histories: dict[str, list[ToldRow]], scope: Scope, on: date) -> dict[str, fleet.Standing]:
    found = {key: fleet.standing(fleet.history_of(events), scope, on) for key, events in histories.items()}
    return {key: one for key, one in found.items() if one.event or one.after}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(told, max_size=12), st.integers(0, 30), st.integers(0, 15))
def test_a_period_is_answered_as_from_the_whole(tmp_path_factory: pytest.TempPathFactory, history: list[tuple], day: int, days: int) -> None:
    url = filled(f"sqlite:///{tmp_path_factory.mktemp('any')}/tracker.db", history)
    first, last = FIRST + timedelta(days=day), FIRST + timedelta(days=day + days)
    with open_reader(url, AS_OF) as reader:
        scope = scope_in(reader, "mediterranean-sea")
        whole: dict[str, list[ToldRow]] = {}
        for row in reader.events(EventFilter()):
            whole.setdefault(row["vessel_key"], []).append(ToldRow.of(row))
        few = reader.around(first, last, placed=True)
        for number in range(days + 1):
            on = first + timedelta(days=number)
            assert standings(few, scope, on) == standings(whole, scope, on)
        touched = {event.vessel_key for event in reader.touching(list(whole), scope.inside)}
    happened = {key: [e for e in events if e.modality not in ("planned", "negated")] for key, events in whole.items()}
    assert touched == {key for key, events in happened.items() if any(map(scope.touches, events))}


def test_every_question_uses_its_index(url: str) -> None:
    with open_reader(url, AS_OF) as reader:
        asked = queries.around(EventFilter(), first=date(2024, 12, 1), last=AS_OF.date(), placed=True, after=True, longest=12)
        asked.append((queries.LONGEST, {}))
        plans = [" ".join(row["detail"] for row in reader._rows(f"EXPLAIN QUERY PLAN {sql}", parameters)) for sql, parameters in asked]
    assert "ix_event_happened (vessel_key=? AND end_day<?)" in plans[0]
    assert "e USING INDEX ix_event_happened (vessel_key=? AND end_day=?)" in plans[0]  # one that holds plans too costs a look at each row
    assert "ix_event_starts (vessel_key=? AND start_day>?)" in plans[1]
    assert "ix_event_lasting (end_day>? AND end_day<?)" in plans[2]
    assert "ix_event_end (end_day>? AND end_day<?)" in plans[3]
    assert "ix_event_days" in plans[4]


@pytest.mark.parametrize(("longest", "found"), [(None, "c5"), (12, "c5"), (5, "c5"), (4, "")])
def test_what_lasts_no_longer_than_the_longest_is_looked_at(url: str, longest: int | None, found: str) -> None:
    """On the 15th a stay from the 8th to the 20th lasts; if none lasted longer than four days it could not end on the 20th."""
    with open_reader(url, AS_OF) as reader:
        lasting = queries.around(EventFilter(), first=date(2024, 12, 15), last=date(2024, 12, 15), placed=True, after=True, longest=longest)[2]
        assert " ".join(row[1] for row in reader._connection.values(*lasting)) == found


def test_the_longest_event_is_known_and_is_none_in_an_empty_store(url: str, tmp_path: Path) -> None:
    with open_reader(url, AS_OF) as reader:
        assert reader._connection.longest_days() == 12
    with open_reader(make_store(f"sqlite:///{tmp_path}/tracker.db"), AS_OF) as reader:
        assert reader._connection.longest_days() == 0


def test_the_words_of_the_queries_are_those_of_the_indexes() -> None:
    """An index over part of the rows is used only where a query says its condition in the same words."""
    from tracker.store.tables import HAPPENED

    assert f"e.{HAPPENED}" == queries.HAPPENED
