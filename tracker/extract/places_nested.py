"""Stage 2, places told one within another: "in the Red Sea near Hodeidah" is off Hodeidah, "between Crete and Cyprus" is off Crete."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.domain.kinds import WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention

_GOING = frozenset([EventKind.TRANSIT, EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.ARRIVAL])
_STRETCHES = frozenset(
    [
        "midway",
        "halfway",
        "somewhere",
        "roughly",
        "waters",
        "area",
        "areas",
        "sea",
        "stretch",
        "triangle",
        "position",
        "point",
        "now",
        "still",
        "currently",
    ]
)


def goes_before(line: Line, at: int) -> bool:
    """Whether the word of movement nearest to a token tells a voyage: "sailed south between", but not "was seen between"."""
    triggers = line.found("trigger")
    nearest = next((f for f in reversed(triggers) if f.last <= at), None) or next(iter(triggers), None)
    return nearest is not None and any(rule.kind in _GOING for rule, _ in nearest.data)


def told_nested(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence, those that only say more exactly where in a sea a ship was in the sea's stead, and two shores as one place."""
    if "between" in line.words:
        places = _between_shores(line, places)
    kept: list[PlaceMention] = []
    for place in places:
        if kept and not place.is_passage and _is_within(line, kept[-1], place) and not _is_wide(place, kept[-1]):
            kept[-1] = changed(place, start=kept[-1].start, first=kept[-1].first)
            continue
        kept.append(place)
    return kept


def _between_shores(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Places with the shores between which a ship was as one: "is operating between Crete and Cyprus", "in the Kattegat between A and B"."""
    kept: list[PlaceMention] = []
    number = 0
    while number < len(places):
        place, number = places[number], number + 1
        last = _last_shore(line, places[number - 1 :]) if place.entry and _opens_between(line, place) else 0
        if not last:
            kept.append(place)
            continue
        number += last
        water, other = kept[-1] if kept else None, places[number - 1]
        if water and water.entry and (water.entry.kind in WATER_KINDS or water.is_passage) and place.first - water.last <= _COMMA_TOKENS:
            continue  # the water says where
        kept.append(changed(place, last=other.last, end=other.end, how="off", slot="place"))
    return kept


def _last_shore(line: Line, places: Sequence[PlaceMention]) -> int:
    """How many places a first shore goes together with: "Crete, Cyprus and Egypt", "the island of Bornholm and Sweden"; 0 without an "and"."""
    for number, (one, other) in enumerate(pairwise(places), 1):
        gap = line.lows[one.last : other.first]
        if other.how is not None or other.entry is None or not gap or gap[0] not in (",", "and"):
            return 0
        if not all(line.low(n) in line.doc.lexicon.sets["before_place"] for n in range(one.last + 1, other.first)):
            return 0
        if gap[0] == "and":
            return number
    return 0


_COMMA_TOKENS = 3


def _opens_between(line: Line, place: PlaceMention) -> bool:
    """Whether a place is the first shore of where a ship was: "was seen between Crete", and not "relations between Iran", "sailed between"."""
    at = place.first - 1
    while line.low(at) in line.doc.lexicon.sets["before_place"] or line.ending("nation", at + 1):
        at -= 1
    if line.low(at) != "between" or goes_before(line, at):
        return False
    front = line.low(at - 1)
    if at == 0 or front in line.doc.lexicon.sets["be"] or front in _STRETCHES or front == ",":
        return True
    if front in line.doc.lexicon.weekdays or front in line.doc.lexicon.months:
        return True
    return any(line.ending(kind, at) is not None for kind in ("trigger", "place", "vessel", "type"))


_MEASURES = frozenset(
    ["about", "some", "around", "roughly", "approximately", "just", "to", "the", "nautical", "-", "a", "few", "several", ",", "less", "than"]
)
_LONGEST_OFFSET, _WIDE_KM, _BROAD_KM = 11, 300, 100
_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION])


def _is_wide(place: PlaceMention, sea: PlaceMention) -> bool:
    """Whether a place says hardly more than the sea it is told with, as a long coast or a land does: "in the Arabian Sea off Oman"."""
    if place.entry is None or sea.entry is None:
        return False
    wide = place.entry.radius_km or 0
    return (place.entry.kind in _LANDS and wide >= _WIDE_KM) or wide >= (sea.entry.radius_km or 0)


def _is_within(line: Line, sea: PlaceMention, place: PlaceMention) -> bool:
    """Whether a place is told to say where in a sea a ship was: "in the Black Sea, some 20 miles off Crimea"."""
    if place.how != "off" or sea.how != "in" or place.entry is None or sea.entry is None:
        return False
    if sea.entry.kind not in WATER_KINDS and not (sea.is_passage and (sea.entry.radius_km or 0) >= _BROAD_KM):
        return False
    if not 0 < place.first - sea.last <= _LONGEST_OFFSET:
        return False
    at = place.first
    while at > sea.last and line.ending("preposition", at) is None and line.low(at - 1) in line.doc.lexicon.sets["before_place"]:
        at -= 1  # "south of the island of Hogland"
    led = line.ending("preposition", at)
    if led is not None and line.low(led.first) == "of" and line.low(led.first - 1) in ("island", "port"):
        led = next((f for n in range(led.first - 1, sea.last, -1) if (f := line.ending("preposition", n))), None)
    if led is None or led.first < sea.last:
        return False
    far = line.doc.lexicon.sets["distances"]
    return all(word in _MEASURES or word in far or word.replace(".", "").isdecimal() for word in line.lows[sea.last : led.first])
