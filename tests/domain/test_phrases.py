"""How events read: honest about what is told, and never a plan or a denial as if it had happened."""

from __future__ import annotations

import pytest

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.phrases import told_act, told_modality, told_place

PLACES = [
    (("departure", None, "Tartus", None, None), "left Tartus"),
    (("departure", None, "Tartus", "Baltiysk", None), "left Tartus for Baltiysk"),
    (("departure", None, None, None, None), "put to sea"),
    (("departure", None, None, "Tartus", None), "put to sea for Tartus"),
    (("arrival", None, None, "Tartus", "naval_base"), "arrived at Tartus"),
    (("arrival", None, None, "Mediterranean Sea", "sea"), "arrived in the Mediterranean Sea"),
    (("arrival", None, None, None, None), "arrived"),
    (("underway", None, None, "Tartus", None), "heading for Tartus"),
    (("underway", None, None, None, None), "under way"),
    (("transit", "Suez Canal", None, None, "canal"), "passed the Suez Canal"),
    (("transit", None, None, None, None), "in transit"),
    (("in_port", "Tartus", None, None, "naval_base"), "in Tartus"),
    (("in_port", None, None, None, None), "in port"),
    (("at_sea", "Tartus", None, None, "naval_base"), "off Tartus"),
    (("at_sea", "Crete", None, None, "island"), "off Crete"),
    (("at_sea", "Mediterranean Sea", None, None, "sea"), "in the Mediterranean Sea"),
    (("at_sea", None, None, None, None), "at sea"),
    (("replenishment", "Crete", None, None, "island"), "replenishment off Crete"),
    (("escort", None, None, None, None), "escort"),
]


@pytest.mark.parametrize(("event", "words"), PLACES)
def test_where_an_event_leaves_a_vessel(event: tuple, words: str) -> None:
    assert told_place(*event) == words


ACTS = [
    ("departure", "origin", "to leave Tartus", "did not leave Tartus"),
    ("arrival", "destination", "to arrive at Tartus", "did not arrive at Tartus"),
    ("underway", "destination", "to head for Tartus", "did not head for Tartus"),
    ("transit", "place", "to pass Tartus", "did not pass Tartus"),
    ("in_port", "place", "to be in Tartus", "not in Tartus"),
    ("at_sea", "place", "to be off Tartus", "not off Tartus"),
    ("escort", "place", "planned escort off Tartus", "no escort off Tartus"),
    ("replenishment", "place", "planned replenishment off Tartus", "no replenishment off Tartus"),
    ("departure", None, "to put to sea", "did not put to sea"),
    ("underway", None, "to be under way", "not under way"),
]


@pytest.mark.parametrize(("kind", "slot", "planned", "negated"), ACTS)
def test_plans_and_denials(kind: str, slot: str | None, planned: str, negated: str) -> None:
    slots = [("Tartus" if slot == name else None) for name in ("place", "origin", "destination")]
    assert told_act(kind, *slots, "planned", "naval_base") == planned
    assert told_act(kind, *slots, "negated", "naval_base") == negated


@pytest.mark.parametrize("kind", EventKind)
def test_what_happened_reads_as_the_place_does(kind: EventKind) -> None:
    for modality in (Modality.ASSERTED, Modality.REPORTED, Modality.POSSIBLE):
        assert told_act(kind, "Tartus", None, None, modality) == told_place(kind, "Tartus", None, None)


def test_the_hedge_is_kept() -> None:
    assert told_modality("reported", "reportedly") == "reported (“reportedly”)"
    assert told_modality("possible", None) == "possible"
    assert told_modality("asserted", None) == "asserted"
