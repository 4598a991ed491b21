"""Stage 4, ships that a sentence names only with a thing: "the loss of the troopship X", "after a drill with Omani corvettes they …"."""

from __future__ import annotations

from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group

_PARTNERED = frozenset(["with", "against"])


def is_in_passing(line: Line, group: Group) -> bool:
    """Whether ships are told only as those that were lost, are remembered or were trained with: no sentence goes on about them."""
    sets = line.doc.lexicon.sets
    if line.words.isdisjoint(sets["losses"]) and line.words.isdisjoint(sets["drills"]):
        return False
    at = before_phrase(line, group.first)
    if line.low(at) == "of":
        return line.low(at - 1) in sets["losses"]
    return line.low(at) in _PARTNERED and line.low(at - 1) in sets["drills"]
