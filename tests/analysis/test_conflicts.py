"""What can't both be true, and what fits one after the other."""

from __future__ import annotations

import pytest

from tests.analysis.history import SEA, Ev, ev
from tracker.analysis.conflicts import What, conflicts, speeds
from tracker.domain.kinds import VesselType

TABLE: list[tuple[str, list[Ev], list[What]]] = [
    ("had not moved, then left", [ev("in_port", 0, 1, "tartus"), ev("departure", 2, at="tartus")], []),
    ("in Tartus on the 5th, in the Baltic on the 6th", [ev("in_port", 5, at="tartus"), ev("at_sea", 6, at="baltic-sea")], [What.TOO_FAST]),
    ("in two ports on one day", [ev("in_port", 5, at="tartus"), ev("in_port", 5, at="baltiysk")], [What.TOO_FAST]),
    ("in a port and in its sea", [ev("in_port", 5, at="tartus"), ev("at_sea", 5, at="mediterranean-sea")], []),
    ("two ports that a day's run joins", [ev("in_port", 5, at="tartus"), ev("in_port", 6, at="souda-bay")], []),
    ("in Tartus until the 9th, in the Baltic on the 10th", [ev("in_port", 1, 9, "tartus"), ev("at_sea", 10, at="baltic-sea")], [What.TOO_FAST]),
    ("left on one of nine days, in the Baltic on the 10th", [ev("departure", 1, 9, "tartus"), ev("at_sea", 10, at="baltic-sea")], [What.MISSING]),
    ("two stays that overlap", [ev("in_port", 1, 9, "tartus"), ev("in_port", 5, 12, "baltiysk")], [What.TOO_FAST]),
    ("told and denied", [ev("in_port", 5, at="tartus"), ev("in_port", 5, at="tartus", modality="negated")], [What.DENIED]),
    ("denied of another day", [ev("in_port", 5, at="tartus"), ev("in_port", 6, at="tartus", modality="negated")], []),
    ("not seen is no denial", [ev("at_sea", 5, at="black-sea"), ev("at_sea", 5, modality="negated")], []),
    ("a plan clashes with nothing", [ev("in_port", 5, at="tartus"), ev("arrival", 5, at="baltiysk", modality="planned")], []),
    ("an undated report clashes with nothing", [ev("in_port", 5, at="tartus"), ev("in_port", None, 5, "baltiysk")], []),
    ("in December is no day", [ev("in_port", 5, at="tartus"), ev("in_port", 1, 31, "baltiysk", precision="month")], []),
    ("time enough, no passage told", [ev("in_port", 1, at="tartus"), ev("in_port", 20, at="baltiysk")], [What.MISSING]),
    (
        "time enough, both passages told",
        [
            ev("in_port", 1, at="tartus"),
            ev("transit", 8, at="strait-of-gibraltar"),
            ev("transit", 16, at="oresund"),
            ev("in_port", 20, at="baltiysk"),
        ],
        [],
    ),
    ("out of the Black Sea without the Bosphorus", [ev("in_port", 1, at="novorossiysk"), ev("at_sea", 9, at="levantine-sea")], [What.MISSING]),
]


@pytest.mark.parametrize(("events", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_conflicts(events: list[Ev], expected: list[What]) -> None:
    assert [found.what for found in conflicts(events, SEA, "frigate")] == expected
    assert [found.what for found in conflicts(events[::-1], SEA, "frigate")] == expected


def test_a_leg_tells_distance_hours_and_speed() -> None:
    [leg] = conflicts([ev("in_port", 5, at="tartus"), ev("at_sea", 6, at="baltic-sea")], SEA, "frigate")
    assert leg.hours == 48
    assert leg.least_nm is not None
    assert leg.needed_kn == pytest.approx(leg.least_nm / 48)
    assert leg.needed_kn > speeds()["frigate"]


def test_a_slower_ship_is_doubted_sooner() -> None:
    events = [ev("departure", 5, at="tartus"), ev("arrival", 5, at="souda-bay")]  # 575 nm in a day: 24 kn
    assert not conflicts(events, SEA, "frigate")
    assert [found.what for found in conflicts(events, SEA, "tug")] == [What.TOO_FAST]


def test_a_missing_passage_names_its_straits() -> None:
    [missing] = conflicts([ev("in_port", 1, at="novorossiysk"), ev("at_sea", 9, at="levantine-sea")], SEA, "frigate")
    assert [link.passages[0] for link in missing.links] == ["bosphorus"]


def test_the_speeds_are_of_known_types() -> None:
    assert set(speeds()) - {"default"} <= {kind.value for kind in VesselType}
