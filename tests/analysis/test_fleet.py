"""Who was in an area on a day, and what changed between two."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from tests.analysis.history import BLACK_SEA, BORDERS, MEDITERRANEAN, TARTUS, TREE, Ev, d, ev
from tests.analysis.test_presence import EVENTS
from tracker.analysis.fleet import SIGNS, Certainty, Change, difference, history_of, standing, stays
from tracker.analysis.scope import Scope, scope_of
from tracker.domain.kinds import PlaceKind

SEEN = [ev("in_port", 1, at="tartus")]
STANDINGS = [
    ("seen there that day", SEEN, MEDITERRANEAN, 1, Certainty.PRESENT),
    ("seen there a week before", SEEN, MEDITERRANEAN, 8, Certainty.PROBABLY),
    ("seen there too long ago", SEEN, MEDITERRANEAN, 20, Certainty.LAST_SEEN),
    ("not yet told of", SEEN, MEDITERRANEAN, 0, Certainty.UNKNOWN),
    ("seen elsewhere", SEEN, BLACK_SEA, 1, Certainty.GONE),
    ("left the port", [*SEEN, ev("departure", 2, at="tartus")], TARTUS, 2, Certainty.GONE),
    ("left the port, not the sea", [*SEEN, ev("departure", 2, at="tartus")], MEDITERRANEAN, 2, Certainty.PROBABLY),
    ("left the port on one of three days", [*SEEN, ev("departure", 2, 4, "tartus")], TARTUS, 3, Certainty.UNCLEAR),
    ("left the port on one of three days, not the sea", [*SEEN, ev("departure", 2, 4, "tartus")], MEDITERRANEAN, 3, Certainty.PROBABLY),
    ("came before and left after", [ev("arrival", 1, at="tartus"), ev("departure", 28, at="tartus")], MEDITERRANEAN, 25, Certainty.PRESENT),
    (
        "at sea there before and left the sea after",
        [ev("at_sea", 1, at="levantine-sea"), ev("transit", 28, at="strait-of-gibraltar", origin="mediterranean-sea")],
        MEDITERRANEAN,
        25,
        Certainty.PRESENT,
    ),
    (
        "the same, hedged",
        [ev("at_sea", 1, at="levantine-sea", modality="reported"), ev("transit", 28, at="strait-of-gibraltar", origin="mediterranean-sea")],
        MEDITERRANEAN,
        25,
        Certainty.LAST_SEEN,
    ),
    ("passed out", [ev("transit", 2, at="strait-of-gibraltar", origin="mediterranean-sea")], MEDITERRANEAN, 2, Certainty.GONE),
    ("passed, no way told", [ev("transit", 2, at="strait-of-gibraltar")], MEDITERRANEAN, 2, Certainty.UNCLEAR),
    ("under way, no place told, tells no border", [*SEEN, ev("underway", 2)], MEDITERRANEAN, 3, Certainty.PROBABLY),
    ("possibly elsewhere takes no one out", [*SEEN, ev("in_port", 3, at="baltiysk", modality="possible")], MEDITERRANEAN, 3, Certainty.UNCLEAR),
    ("hedged is never more than probable", [ev("in_port", 1, at="tartus", modality="reported")], MEDITERRANEAN, 1, Certainty.PROBABLY),
    ("a plan is nothing", [ev("arrival", 1, at="tartus", modality="planned")], MEDITERRANEAN, 2, Certainty.UNKNOWN),
]


@pytest.mark.parametrize(("events", "scope", "day", "expected"), [row[1:] for row in STANDINGS], ids=[row[0] for row in STANDINGS])
def test_a_standing(events: list[Ev], scope: Scope, day: int, expected: Certainty) -> None:
    assert standing(history_of(events), scope, d(day)).certainty is expected


def test_the_stays_of_a_vessel_in_an_area() -> None:
    history = history_of([ev("arrival", 1, at="tartus"), ev("departure", 9, at="tartus"), ev("in_port", 30, at="baltiysk")])
    assert [(s.first, s.last, s.certainty, len(s.events)) for s in stays(history, MEDITERRANEAN, d(0), d(40))] == [
        (d(1), d(8), Certainty.PRESENT, 1),
        (d(9), d(14), Certainty.PROBABLY, 1),
    ]
    assert [(s.first, s.last) for s in stays(history, TARTUS, d(0), d(40))] == [(d(1), d(8))]


@given(EVENTS)
def test_stays_say_what_standings_say(events: list[Ev]) -> None:
    history = history_of(events)
    found = stays(history, MEDITERRANEAN, d(0), d(45))
    for day in range(46):
        mine = [s.certainty for s in found if s.first <= d(day) <= s.last]
        one = standing(history, MEDITERRANEAN, d(day)).certainty
        assert mine == ([one] if one.counts else [])


CHANGES = [
    ("stayed", SEEN, MEDITERRANEAN, Change.STAYED),
    ("left", [*SEEN, ev("departure", 4, at="tartus")], TARTUS, Change.LEFT),
    ("came", [ev("in_port", 0, at="baltiysk"), ev("arrival", 4, at="tartus", origin="novorossiysk")], MEDITERRANEAN, Change.CAME),
    ("came into the port by name", [ev("arrival", 4, at="tartus")], TARTUS, Change.CAME),
    ("seen, its coming not told", [ev("in_port", 4, at="tartus")], MEDITERRANEAN, Change.SEEN),
    ("seen elsewhere", [*SEEN, ev("in_port", 4, at="baltiysk")], MEDITERRANEAN, Change.LEFT),
    ("no longer told of", [ev("at_sea", 1, at="levantine-sea")], MEDITERRANEAN, Change.LOST),
    ("last seen long before", [ev("in_port", -30, at="tartus")], MEDITERRANEAN, Change.UNCERTAIN),
    ("never there", [ev("in_port", 1, at="baltiysk")], MEDITERRANEAN, None),
]


@pytest.mark.parametrize(("events", "scope", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_from_the_first_to_the_tenth(events: list[Ev], scope: Scope, expected: Change | None) -> None:
    found = difference({"v": history_of(events)}, scope, d(1), d(10))
    assert [one.change for one in found] == ([expected] if expected else [])


@given(EVENTS, EVENTS, EVENTS)
def test_start_and_what_changed_make_the_end(one: list[Ev], two: list[Ev], three: list[Ev]) -> None:
    histories = {str(n): history_of(events) for n, events in enumerate((one, two, three))}
    found = difference(histories, MEDITERRANEAN, d(5), d(30))
    start, end = (sum(standing(h, MEDITERRANEAN, d(day)).certainty.counts for h in histories.values()) for day in (5, 30))
    assert start + sum(SIGNS.get(one.change, 0) for one in found) == end
    assert Counter(one.change for one in found)[Change.STAYED] + sum(one.change in (Change.LEFT, Change.LOST) for one in found) == start


@given(EVENTS)
def test_a_day_differs_in_nothing_from_itself(events: list[Ev]) -> None:
    found = difference({"v": history_of(events)}, MEDITERRANEAN, d(9), d(9))
    assert all(one.change in (Change.STAYED, Change.UNCERTAIN) for one in found)


@given(EVENTS, EVENTS)
def test_who_is_there_of_two_fleets_is_who_is_there_of_each(one: list[Ev], two: list[Ev]) -> None:
    def there(histories: dict[str, list[Ev]]) -> set[str]:
        return {v for v, events in histories.items() if standing(history_of(events), MEDITERRANEAN, d(9)).certainty.counts}

    assert there({"a": one, "b": two}) == there({"a": one}) | there({"b": two})


KINDS = dict.fromkeys(("tartus", "novorossiysk", "baltiysk", "sevastopol"), PlaceKind.PORT) | {
    "syria": PlaceKind.COUNTRY,
    "russia": PlaceKind.COUNTRY,
    "mediterranean-sea": PlaceKind.SEA,
    "levantine-sea": PlaceKind.SEA,
    "black-sea": PlaceKind.SEA,
    "baltic-sea": PlaceKind.SEA,
}


def test_off_a_country_is_in_a_sea_only_if_its_whole_shore_is() -> None:
    scope = scope_of("Mediterranean Sea", "mediterranean-sea", KINDS, TREE, BORDERS)
    assert standing(history_of([ev("at_sea", 1, at="syria")]), scope, d(1)).certainty is Certainty.PRESENT
    assert standing(history_of([ev("at_sea", 1, at="russia")]), scope, d(1)).certainty is Certainty.GONE
    black = scope_of("Black Sea", "black-sea", KINDS, TREE, BORDERS)
    assert standing(history_of([ev("at_sea", 1, at="russia")]), black, d(1)).certainty is Certainty.UNCLEAR  # it has a Baltic shore as well
    assert scope_of("Tartus", "tartus", KINDS, TREE, BORDERS).astride == frozenset()
