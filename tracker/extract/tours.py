"""The patrol or deployment that an arrival ends: "returned home on Friday after a 60-day patrol in the Caribbean Sea"."""

from __future__ import annotations

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.extract.line import Line
from tracker.extract.places import PlaceMention
from tracker.extract.scene import Scene, Told, replace_told
from tracker.extract.verbs import Trigger

TOUR = "tour.ended"
_ENDED = frozenset(["after", "following", "completing", "concluding", "finishing", "ending", "completed", "concluded"])
_PATROLS = frozenset(["patrol", "patrols", "operations"])
_TOUR_TOKENS = 16
_JOINTS = frozenset([",", "and", "the", "in"])
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
        told = told or (line.low(at) in spans and line.low(at + 1) != "of")
        if line.text(at) in (",", ";", ":") and not line.text(at + 1)[:1].isdecimal() and not line.text(at - 1)[:1].isdecimal():
            return False
    return False


def ended_tours(scene: Scene, trigger: Trigger, event: Told) -> list[Told]:
    """Where ships were on the patrol that their arrival ended, the waters of a list each."""
    if event.kind is not EventKind.ARRIVAL or event.stance.modality not in (Modality.ASSERTED, Modality.REPORTED):
        return []
    line, behind = scene.line, [p for p in scene.places if p.first >= trigger.last]
    first = next((n for n, p in enumerate(behind) if is_of_tour(line, p)), None)
    if (
        first is None
        or _PATROLS.isdisjoint(line.lows[trigger.last : behind[first].first])
        or not _ENDED.isdisjoint(line.lows[trigger.chain : trigger.last])
    ):
        return []
    told, last = [], behind[first]
    for place in behind[first:]:
        if place is not last and not (set(line.lows[last.last : place.first]) <= _JOINTS or is_of_tour(line, place)):
            break
        last = place
        if place.entry is None or (place.entry.kind not in _WATERS and place.how != "off") or place.how in _GOES:
            continue
        tour = replace_told(event, EventKind.AT_SEA)
        tour.rule, tour.interval, tour.places = TOUR, None, {"place": place}
        tour.sources = {s: v for s, v in event.sources.items() if s not in ("date", "destination", "origin")}
        tour.sources["place"] = ("clause", (place.start, place.end))
        told.append(tour)
    return told
