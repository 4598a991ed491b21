"""Where a vessel was on a day, and how sure that is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.history import Ev, d, ev
from tracker.analysis.whereabouts import LAST_SEEN, PRESENT, PROBABLY, UNCLEAR, UNKNOWN, History, certainty, horizons, latest, where
from tracker.domain.kinds import EventKind, Modality

HISTORY = [ev("in_port", 1), ev("departure", 2), ev("arrival", 20, modality="planned"), ev("at_sea", 9, modality="reported")]
CASES = [
    (1, PRESENT, 0, 1),
    (2, PROBABLY, 1, 3),
    (5, PROBABLY, 1, 3),
    (8, LAST_SEEN, 1, 3),
    (9, PROBABLY, 3, None),
    (14, PROBABLY, 3, None),
    (15, LAST_SEEN, 3, None),
    (25, LAST_SEEN, 3, None),
]


@pytest.mark.parametrize(("day", "sure", "event", "after"), CASES)
def test_a_history(day: int, sure: str, event: int, after: int | None) -> None:
    answer = where(HISTORY, d(day))
    assert (answer.certainty, answer.event) == (sure, event)
    assert answer.after == (after if after is None or HISTORY[after].modality != "planned" else None)


def test_before_the_first_report_nothing_is_known() -> None:
    assert where(HISTORY[1:2], d(1)).certainty == UNKNOWN
    assert where([], d(1)).event is None


def test_plans_and_denials_never_make_presence() -> None:
    assert where([ev("arrival", 1, modality="planned"), ev("in_port", 1, modality="negated")], d(3)).certainty == UNKNOWN


def test_an_undated_claim_counts_from_the_day_it_was_published() -> None:
    history = [ev("in_port", None, 10)]
    assert where(history, d(9)).certainty == UNKNOWN
    assert where(history, d(10)).certainty == PROBABLY


def test_on_one_day_a_departure_is_behind_a_stay() -> None:
    history = [ev("departure", 2), ev("in_port", 2)]
    assert where(history[::-1], d(3)).event == 1


def test_the_horizons_are_data() -> None:
    assert horizons()["in_port"] == 14
    assert horizons()["at_sea"] == 5
    assert horizons()["underway"] == horizons()["transit"] == 2


def at(kind: str, first: int, last: int | None = None, precision: str | None = None, modality: str = "asserted", spot: str | None = "tartus") -> Ev:
    return ev(kind, first, last, spot, precision=precision, modality=modality)


STAYS = [
    (at("in_port", 2, 9, "range"), PRESENT),
    (at("at_sea", 2, 9, "range"), PRESENT),
    (at("in_port", 2, 9, "range", "reported"), PROBABLY),  # hedged: no better than probably
    (at("in_port", 1, 31, "month"), PROBABLY),  # "in December" is some day of December
    (at("in_port", 1, 10, "part_of_month"), PROBABLY),
    (at("departure", 2, 9, "range"), UNCLEAR),  # left on one of these days: it may be gone or not
    (at("in_port", 5), PRESENT),
    (at("in_port", 5, modality="possible"), PROBABLY),
]


@pytest.mark.parametrize(("event", "sure"), STAYS)
def test_only_a_firm_stay_told_by_its_days_holds_through_a_day(event: Ev, sure: str) -> None:
    assert where([event], d(5)).certainty == sure


BRACKETS = [
    ([at("arrival", 1), at("departure", 28)], PRESENT),
    ([at("in_port", 1), at("departure", 28)], PRESENT),
    ([at("arrival", 1), at("departure", 28, spot="baltiysk")], LAST_SEEN),
    ([at("arrival", 1), at("departure", 28, modality="reported")], LAST_SEEN),
    ([at("arrival", 1, modality="reported"), at("departure", 28)], LAST_SEEN),
    ([at("arrival", 1), at("at_sea", 10), at("departure", 28)], LAST_SEEN),
    ([at("arrival", 1), at("departure", 28, modality="planned")], LAST_SEEN),
    ([at("arrival", 1), at("in_port", 28)], LAST_SEEN),  # it may have gone out and come back
    ([at("arrival", 1, spot=None), at("departure", 28, spot=None)], LAST_SEEN),
    ([at("arrival", 1, 31, "month"), at("departure", 40)], UNCLEAR),  # it may yet arrive
]


@pytest.mark.parametrize(("events", "sure"), BRACKETS)
def test_between_an_arrival_and_a_departure_it_was_there(events: list[Ev], sure: str) -> None:
    assert where(events, d(20)).certainty == sure


def test_a_firm_stay_is_told_before_a_vaguer_one() -> None:
    history = [at("in_port", 1, 31, "range", "possible", "baltiysk"), at("in_port", 5)]
    assert where(history, d(5)).event == 1


def test_the_latest_event_by_a_day() -> None:
    history = [at("in_port", 1), at("departure", 9), at("arrival", 20, modality="planned")]
    assert [latest(history, d(day)) for day in (5, 9, 25)] == [0, 1, 1]
    assert latest(history, date(2024, 11, 30)) is None


def test_certainty_of_one_event_is_that_of_a_history_of_one() -> None:
    for event, expected in STAYS:
        assert certainty(event.kind, event.modality, event.start, event.end, d(5), event.precision) == expected


told = st.tuples(st.sampled_from(list(EventKind)), st.integers(1, 25), st.integers(-1, 4), st.sampled_from(list(Modality)))


@given(st.lists(told, max_size=10))
def test_a_day_is_answered_alike_with_and_without_an_index(history: list[tuple[EventKind, int, int, Modality]]) -> None:
    events = [ev(kind, first if lasts >= 0 else None, first + max(lasts, 0), modality=how) for kind, first, lasts, how in history]
    indexed = History(events)
    assert [where(events, d(day)) for day in range(1, 31)] == [indexed.where(d(day)) for day in range(1, 31)]
