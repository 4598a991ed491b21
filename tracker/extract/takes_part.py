"""Stage 4, of whom a text goes on to speak behind a sentence that only tells who takes part: "A and B took part for Manila; the navy sent C"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tracker.extract.corefer import Vessel
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group
from tracker.extract.sides import are_rivals

_THEM = frozenset(["them", "her", "it"])
_OTHERS = frozenset(["by", "against", "from", "of", "like", "than"])


def goes_on_about(line: Line, groups: Sequence[Group], spoken_of: tuple[Vessel, ...], discourse: Discourse) -> tuple[Vessel, ...]:
    """Whom "they" means behind a sentence without movement: who is with those `spoken_of` before, all who take part, else who is told first."""
    if line.low(0) == "with" and line.low(1) in _THEM and line.low(2) in line.doc.lexicon.sets["be"] and spoken_of:
        here = groups[0]
        if here.first <= 4 and not are_rivals(Group(0, 0, spoken_of, ()), here):
            return _as_one(discourse, (*spoken_of, *here.vessels))  # "The frigates A and B form the group. With them is the tanker C"
    if len(groups) > 1 and not line.words.isdisjoint(line.doc.lexicon.sets["takes_part"]):
        told = [g for g in groups if line.low(before_phrase(line, g.first)) not in _OTHERS]
        clear = all(v.name or v.count for g in told for v in g.vessels) and not any(are_rivals(a, b) for a, b in combinations(told, 2))
        if clear and len(told) > 1:
            return _as_one(discourse, tuple(v for g in told for v in g.vessels))
    return groups[0].vessels


def _as_one(discourse: Discourse, vessels: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """Vessels kept in mind as told together."""
    whole = tuple(dict.fromkeys(vessels))
    discourse.fleet.note(whole)
    return whole
