"""The lane of a vessel: honest ends, no overlap, and never another answer than `where`."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.history import TREE, Ev, d, ev
from tracker.analysis.presence import Segment, State, lane
from tracker.analysis.whereabouts import LAST_SEEN, UNKNOWN, where

LANES = [
    ("nothing is told", [], 1, 5, ["1-5 unknown unknown -"]),
    (
        "one day in port",
        [ev("in_port", 2, at="tartus")],
        1,
        20,
        ["1-1 unknown unknown -", "2-2 in_port present tartus", "3-16 in_port probably tartus", "17-20 unknown unknown -"],
    ),
    ("a stay told by its days", [ev("in_port", 2, 4, "tartus")], 2, 4, ["2-4 in_port present tartus"]),
    ("a stay told by its month", [ev("in_port", 1, 31, "tartus", precision="month")], 5, 6, ["5-6 in_port probably tartus"]),
    (
        "came and left",
        [ev("arrival", 2, at="tartus"), ev("departure", 28, at="tartus")],
        1,
        29,
        ["1-1 unknown unknown -", "2-27 in_port present tartus", "28-29 at_sea probably -"],
    ),
    (
        "left on one of three days",
        [ev("in_port", 1, at="tartus"), ev("departure", 3, 5, "tartus")],
        1,
        6,
        ["1-2 in_port present tartus", "3-4 in_port unclear tartus", "5-6 at_sea probably -"],
    ),
    ("a hedge is never more than probable", [ev("in_port", 2, 4, "tartus", modality="reported")], 2, 4, ["2-4 in_port probably tartus"]),
    (
        "plans and denials make nothing",
        [ev("arrival", 2, at="tartus", modality="planned"), ev("in_port", 3, at="tartus", modality="negated")],
        1,
        5,
        ["1-5 unknown unknown -"],
    ),
    (
        "an undated report counts from its publication",
        [ev("in_port", None, 3, "tartus")],
        1,
        4,
        ["1-2 unknown unknown -", "3-4 in_port probably tartus"],
    ),
    ("who arrives at a sea is at sea", [ev("arrival", 2, at="black-sea")], 2, 2, ["2-2 at_sea probably black-sea"]),
    ("a passage", [ev("transit", 2, at="bosphorus")], 2, 5, ["2-4 transit probably bosphorus", "5-5 unknown unknown -"]),
]


def told(segment: Segment) -> str:
    first, last = ((day - date(2024, 12, 1)).days + 1 for day in (segment.first, segment.last))
    return f"{first}-{last} {segment.state.value} {segment.certainty} {segment.place or '-'}"


@pytest.mark.parametrize(("events", "first", "last", "expected"), [row[1:] for row in LANES], ids=[row[0] for row in LANES])
def test_a_lane(events: list[Ev], first: int, last: int, expected: list[str]) -> None:
    assert [told(s) for s in lane(events, d(first), d(last), afloat={"black-sea"})] == expected


def test_the_days_on_which_it_came_and_left_are_kept() -> None:
    came, left = ev("arrival", 1, at="tartus"), ev("departure", 3, 5, "tartus")
    stay, leaving, gone = lane([came, left], d(1), d(6))
    assert stay.began is came
    assert stay.ended is leaving.ended is gone.began is left
    assert gone.ended is None


def test_a_stay_that_nobody_saw_begin_or_end_has_no_told_ends() -> None:
    [seen] = lane([ev("in_port", 2, at="tartus")], d(2), d(2))
    assert (seen.began, seen.ended) == (None, None)


def test_images_of_two_days_and_a_departure_are_no_conflict() -> None:
    events = [ev("in_port", 0, at="tartus"), ev("in_port", 1, at="tartus"), ev("departure", 2, at="tartus")]
    segments = lane(events, d(0), d(3), tree=TREE)
    assert [s.state for s in segments] == [State.IN_PORT, State.AT_SEA]
    assert not any(s.contested for s in segments)


def test_two_ports_on_one_day_are_contested() -> None:
    segments = lane([ev("in_port", 5, at="tartus"), ev("in_port", 5, at="baltiysk"), ev("in_port", 9, at="tartus")], d(5), d(9), tree=TREE)
    assert [s.contested for s in segments if s.first == d(5)] == [True]
    assert not segments[-1].contested
    inside = lane([ev("in_port", 5, at="tartus"), ev("at_sea", 5, at="levantine-sea")], d(5), d(5), tree=TREE)
    assert not inside[0].contested


PLACES = st.sampled_from(["tartus", "baltiysk", "black-sea", None])
EVENTS = st.lists(
    st.builds(
        lambda kind, first, days, at, modality, precision: (
            ev(kind, first, None if first is None else first + days, at, modality=modality, precision=precision)
            if first is not None
            else ev(kind, None, days, at, modality=modality)
        ),
        st.sampled_from(["departure", "arrival", "transit", "in_port", "at_sea", "underway", "escort", "replenishment"]),
        st.one_of(st.none(), st.integers(-5, 40)),
        st.integers(0, 12),
        PLACES,
        st.sampled_from(["asserted", "reported", "possible", "planned", "negated"]),
        st.sampled_from(["day", "range", "month", "part_of_month"]),
    ),
    max_size=8,
)


@given(EVENTS, st.integers(-10, 60), st.integers(0, 40))
def test_a_lane_covers_each_day_once_and_says_what_where_says(events: list[Ev], first: int, days: int) -> None:
    segments = lane(events, d(first), d(first + days), tree=TREE)
    covered = [date.fromordinal(n) for s in segments for n in range(s.first.toordinal(), s.last.toordinal() + 1)]
    assert covered == [d(day) for day in range(first, first + days + 1)]
    for segment in segments:
        for ordinal in range(segment.first.toordinal(), segment.last.toordinal() + 1):
            sure = where(events, date.fromordinal(ordinal)).certainty
            assert segment.certainty == (UNKNOWN if sure == LAST_SEEN else sure)


@given(EVENTS)
def test_neighbours_differ_and_unknown_has_no_place(events: list[Ev]) -> None:
    segments = lane(events, d(0), d(60))
    for one, other in pairwise(segments):
        assert (one.state, one.certainty, one.place) != (other.state, other.certainty, other.place)
    assert all(s.place is None and not s.events for s in segments if s.state is State.UNKNOWN)
