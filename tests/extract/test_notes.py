"""Whole logs, lists, threads and translated bulletins: how many of the acts that they tell are read, and how many are read that they don't tell."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.domain.names import fold
from tracker.domain.records import ExtractedVessel
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

NOTES = yaml.load((Path(__file__).parent / "notes.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
# Of each kind of text: the pairs of ship and act that are read, and those that the text doesn't tell. The first may only rise, the second only fall.
READ = {"port": 274, "strait": 284, "thread": 153, "timeline": 352, "translated": 166}
WRONG = {"port": 42, "strait": 43, "thread": 42, "timeline": 46, "translated": 82}


def is_meant(told: str, vessel: ExtractedVessel) -> bool:
    """Whether a vessel is the one of a line of acts: one of the names there, or for "@tug" one without a name of which the text says so."""
    if told.startswith("@"):
        words = fold(" ".join((vessel.type or "", vessel.class_name or "", *vessel.mentions)))
        return vessel.name is None and any(fold(word) in words for word in told[1:].split("/"))
    names = [fold(name) for name in (vessel.name or "", *vessel.mentions)]
    return any(fold(one) in name for one in told.split("/") for name in names)


def compared(note: dict, gazetteer: Gazetteer) -> tuple[int, int]:
    """The acts of a text that are read, and the acts that are read but not told there."""
    found = extract(note["text"], date.fromisoformat(note["published"]), gazetteer)
    vessels = {v.id: v for v in found.vessels}
    pairs = [(vessels[v], event.kind.value) for event in found.events for v in event.vessels]
    right = 0
    for lines, counts in ((note["acts"], True), (note.get("may", []), False)):
        for ship, kinds in (line.split(" | ") for line in lines):
            pair = next((p for p in pairs if p[1] in kinds.split("/") and is_meant(ship, p[0])), None)
            if pair:
                pairs.remove(pair)
                right += counts
    return right, len(pairs)


@pytest.fixture(scope="module")
def counted(gazetteer: Gazetteer) -> dict[str, tuple[int, int]]:
    """Of each kind of text the acts that are read, and those that are read but not told."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for note in NOTES:
        right, wrong = compared(note, gazetteer)
        sums[note["id"].split("-")[0]][0] += right
        sums[note["id"].split("-")[0]][1] += wrong
    return {kind: (right, wrong) for kind, (right, wrong) in sums.items()}


@pytest.mark.parametrize("kind", READ)
def test_no_fewer_acts_are_read(kind: str, counted: dict[str, tuple[int, int]]) -> None:
    assert counted[kind][0] >= READ[kind]


@pytest.mark.parametrize("kind", WRONG)
def test_no_more_acts_are_read_that_nobody_told(kind: str, counted: dict[str, tuple[int, int]]) -> None:
    assert counted[kind][1] <= WRONG[kind]


def test_ids_and_acts_are_in_order() -> None:
    ids = [note["id"] for note in NOTES]
    assert len(set(ids)) == len(ids)
    assert {note["id"].split("-")[0] for note in NOTES} == set(READ) == set(WRONG)
    assert all(line.count(" | ") == 1 for note in NOTES for line in (*note["acts"], *note.get("may", [])))
