"""Days away from home, passages, silences and groups, on small histories."""

from __future__ import annotations

import pytest

from tests.analysis.history import SEA, TREE, Ev, d, ev
from tracker.analysis.deployments import deployments
from tracker.analysis.groups import groups
from tracker.analysis.silence import unseen
from tracker.analysis.transits import INFERRED, TOLD, passages, with_stays

DEPLOYMENTS: list[tuple[str, list[Ev], tuple[int, int | None] | None]] = [
    ("left on one of three days", [ev("departure", 1, 3, "baltiysk"), ev("in_port", 9, at="tartus")], (27, 29)),
    ("the departure is not on record", [ev("in_port", 5, at="tartus")], (25, None)),
    ("came home", [ev("departure", 1, at="baltiysk"), ev("arrival", 9, at="baltiysk")], None),
    ("came home and left again", [ev("departure", 1, at="baltiysk"), ev("arrival", 9, at="baltiysk"), ev("departure", 20, at="baltiysk")], (10, 10)),
    ("a departure from elsewhere begins nothing", [ev("departure", 1, at="baltiysk"), ev("departure", 12, at="tartus")], (29, 29)),
    ("a planned departure is none", [ev("departure", 1, at="baltiysk", modality="planned")], None),
    ("nothing is told", [], None),
]


@pytest.mark.parametrize(("events", "days"), [row[1:] for row in DEPLOYMENTS], ids=[row[0] for row in DEPLOYMENTS])
def test_days_away_on_the_thirtieth(events: list[Ev], days: tuple[int, int | None] | None) -> None:
    found = deployments({"v": events}, {"v": "baltiysk"}, d(30), TREE)
    assert [(one.least, one.most) for one in found] == ([days] if days else [])


def test_a_vessel_without_a_known_home_is_left_out() -> None:
    assert deployments({"v": [ev("departure", 1, at="baltiysk")]}, {}, d(30), TREE) == []


STRAIT, WATERS = frozenset({"turkish-straits", "bosphorus"}), ("black-sea", "aegean-sea")
DIRECTIONS: list[tuple[str, list[Ev], tuple[str | None, str | None]]] = [
    ("told by the destination", [ev("transit", 5, at="bosphorus", to="black-sea")], ("black-sea", TOLD)),
    ("told by a port beyond", [ev("transit", 5, at="bosphorus", to="sevastopol")], ("black-sea", TOLD)),
    ("told by the origin", [ev("transit", 5, at="bosphorus", origin="novorossiysk")], ("aegean-sea", TOLD)),
    (
        "seen on both sides",
        [ev("in_port", 1, at="tartus"), ev("transit", 5, at="bosphorus"), ev("in_port", 8, at="sevastopol")],
        ("black-sea", INFERRED),
    ),
    ("seen on one side only", [ev("in_port", 1, at="tartus"), ev("transit", 5, at="bosphorus")], (None, None)),
]


@pytest.mark.parametrize(("events", "expected"), [row[1:] for row in DIRECTIONS], ids=[row[0] for row in DIRECTIONS])
def test_which_way(events: list[Ev], expected: tuple[str | None, str | None]) -> None:
    [found] = passages({"v": events}, STRAIT, WATERS, SEA)
    assert (found.towards, found.how) == expected


BEYOND = [  # a strait, the waters that it joins, where she went or what she came from, and which way that is
    ("bosphorus", ("black-sea", "sea-of-marmara"), {"to": "aegean-sea"}, "sea-of-marmara"),
    ("bosphorus", ("black-sea", "sea-of-marmara"), {"to": "tartus"}, "sea-of-marmara"),
    ("bosphorus", ("black-sea", "sea-of-marmara"), {"to": "brest"}, "sea-of-marmara"),
    ("bosphorus", ("black-sea", "sea-of-marmara"), {"origin": "baltiysk"}, "black-sea"),
    ("oresund", ("kattegat", "baltic-sea"), {"to": "brest"}, "kattegat"),
    ("oresund", ("kattegat", "baltic-sea"), {"origin": "souda-bay"}, "baltic-sea"),
    ("suez-canal", ("levantine-sea", "red-sea"), {"to": "souda-bay"}, "levantine-sea"),
    ("suez-canal", ("levantine-sea", "red-sea"), {"to": "brest"}, None),  # the ocean lies at both ends
]


@pytest.mark.parametrize(("strait", "waters", "slots", "towards"), BEYOND)
def test_a_place_far_beyond_a_strait_tells_the_way_where_there_is_no_other(
    strait: str, waters: tuple[str, str], slots: dict[str, str], towards: str | None
) -> None:
    [found] = passages({"v": [ev("transit", 5, at=strait, **slots)]}, frozenset({strait}), waters, SEA)
    assert (found.towards, found.how) == (towards, TOLD if towards else None)


def test_days_since_the_last_passage_and_in_the_black_sea() -> None:
    events = [
        ev("transit", 1, at="bosphorus", to="black-sea"),
        ev("transit", 15, at="bosphorus", to="aegean-sea"),
        ev("transit", 20, at="bosphorus", to="black-sea"),
    ]
    found = with_stays(passages({"v": events}, STRAIT, WATERS, SEA), "black-sea", d(30))
    assert [p.since_last for p in found] == [None, 14, 5]
    assert [(p.days_inside, p.still_inside) for p in found] == [(14, False), (None, False), (10, True)]


def test_who_was_not_seen_and_how_well_the_water_was_watched() -> None:
    histories = {
        "a": [ev("in_port", 1, at="tartus")],
        "b": [ev("in_port", 25, at="tartus")],
        "c": [ev("arrival", 3, at="tartus", modality="planned")],
    }
    [silent] = unseen(histories, d(30), 20, {"a": [d(1), d(5), d(5), d(9), d(31)]})
    assert (silent.vessel, silent.days, silent.watched) == ("a", 29, 2)
    assert unseen(histories, d(30), 29, {}) == []


def test_vessels_that_were_told_together_twice_are_a_group() -> None:
    def sailing(*days: tuple[int, str]) -> list[Ev]:
        return [ev("at_sea", day, at=place) for day, place in days]

    histories = {
        "a": sailing((1, "black-sea"), (5, "aegean-sea")),
        "b": sailing((1, "black-sea"), (5, "aegean-sea")),
        "c": sailing((1, "black-sea")),
        "d": sailing((9, "red-sea")),
    }
    [group] = groups(histories)
    assert group.vessels == ("a", "b")
    assert (group.times, group.first, group.last, len(group.events)) == (2, d(1), d(5), 4)
    assert {v for g in groups(histories, least=1) for v in g.vessels} == {"a", "b", "c"}
