"""Stage 6, places of a tour: whether a place is where the patrol was that a movement ended, "returned after a patrol in the Caribbean Sea"."""

from __future__ import annotations

from tracker.domain.kinds import WATER_KINDS, PlaceKind
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention

_ENDED = frozenset(["after", "following", "completing", "concluding", "finishing", "ending", "completed", "concluded"])
_TOUR_TOKENS = 16
_GOES = frozenset(["to", "toward"])
_WHERE = _GOES | {"in", "off"}
_WATERS = WATER_KINDS | {PlaceKind.STRAIT, PlaceKind.CHANNEL}


def is_of_tour(line: Line, place: PlaceMention) -> bool:
    """Whether a place is told as where the patrol was that a movement ended, and so is none of its places."""
    if _ENDED.isdisjoint(line.words) or place.how not in _WHERE or place.entry is None:
        return False
    if place.how == "in" and place.entry.kind not in _WATERS:
        return False
    how = next((f for n in range(place.first, place.first - 5, -1) if (f := line.ending("preposition", n))), None)
    if how is None:
        return False
    spans, told = line.doc.lexicon.sets["voyage_spans"], False
    if place.how in _GOES and line.low(how.first - 1) not in spans:
        return False  # "left Rota after a week of exercises for Toulon"
    for at in range(how.first - 1, max(how.first - _TOUR_TOKENS, -1), -1):
        if line.low(at) in _ENDED:
            return told
        spent = line.low(at + 1) == "of" and line.low(at + 2).endswith("ing")  # "after months of hunting smugglers in the Gulf"
        told = told or (line.low(at) in spans and (spent or line.low(at + 1) != "of"))
        if line.text(at) in (",", ";", ":") and not line.text(at + 1)[:1].isdecimal() and not line.text(at - 1)[:1].isdecimal():
            return False
    return False
