"""Two acts of one sentence tell what each of them tells alone, however they are joined."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from tracker.domain.kinds import MAIN_SLOT
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)
ACTS = {
    "lay in Rota": "lying in Rota",
    "arrived in Kiel on Monday": "arriving in Kiel on Monday",
    "left Toulon on Tuesday": "leaving Toulon on Tuesday",
    "passed the Strait of Gibraltar on Wednesday": "passing the Strait of Gibraltar on Wednesday",
    "patrolled off Crete": "patrolling off Crete",
    "was seen off Ushant": "being seen off Ushant",
    "shadowed the Russian frigate Boikiy in the Channel": "shadowing the Russian frigate Boikiy in the Channel",
    "refuelled from RFA Tidespring off Malta": "refuelling from RFA Tidespring off Malta",
    "returned to Plymouth on Friday": "returning to Plymouth on Friday",
    "trained with HMS Argyll in the Baltic": "training with HMS Argyll in the Baltic",
}
JOINTS = {
    "and": "The frigate HMS Kent {one} and {two}.",
    "and, after a comma": "The frigate HMS Kent {one}, and {two}.",
    "then": "The frigate HMS Kent {one}, then {two}.",
    "and then": "The frigate HMS Kent {one} and then {two}.",
    "but": "The frigate HMS Kent {one} but {two}.",
    "before": "The frigate HMS Kent {one} before {doing}.",
    "after": "The frigate HMS Kent {one} after {doing}.",
    "after, in front": "After {doing}, the frigate HMS Kent {one}.",
    "a sentence of its own": "The frigate HMS Kent {one}. She {two}.",
    "a sentence of the frigate's": "The frigate HMS Kent {one}. The frigate {two}.",
}


def _told(text: str, gazetteer: Gazetteer) -> set[tuple[frozenset[str | None], str, str | None]]:
    """Who did what where: names, kind, main place."""
    found = extract(text, PUBLISHED, gazetteer)
    names = {vessel.id: vessel.name for vessel in found.vessels}
    return {(frozenset(names[v] for v in event.vessels), event.kind.value, getattr(event, MAIN_SLOT[event.kind])) for event in found.events}


@pytest.mark.parametrize("joint", JOINTS)
def test_two_acts_tell_what_each_tells_alone(joint: str, gazetteer: Gazetteer) -> None:
    alone = {act: _told(f"The frigate HMS Kent {act}.", gazetteer) for act in ACTS}
    missed = []
    for one, two in permutations(ACTS, 2):
        text = JOINTS[joint].format(one=one, two=two, doing=ACTS[two])
        if not alone[one] | alone[two] <= _told(text, gazetteer):
            missed.append(text)
    assert missed == []
