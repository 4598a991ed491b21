"""Stage 7, places behind an aside: "returned on Monday, after five months in the Gulf, to Mumbai" tells where to, though the aside parts the two."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Scene, Told

_SLOTS = {
    EventKind.ARRIVAL: {"to": "destination", "in": "destination", "into": "destination"},
    EventKind.DEPARTURE: {"from": "origin", "to": "destination", "toward": "destination"},
}
_LONGEST = 16
"""No aside of the kind has more tokens."""
_ENDS = frozenset([".", ",", ";", "on", "for", "and", "to", "", "this", "after"])


def set_behind_aside(scene: Scene, told: Sequence[Told]) -> None:
    """Give a departure or an arrival that lacks such a place the one that follows it behind an aside: "left Rota, after a week there, for Malta"."""
    line = scene.line
    for event in told:
        span = event.sources.get("trigger", ("", None))[1]
        if event.kind not in _SLOTS or span is None or span[0] < line.starts[0] or line.ends[-1] < span[1]:
            continue
        verb, slots = line.at_start(span[0]), _SLOTS[event.kind]
        place = next((p for p in scene.places if p.first > verb and p.how in slots and _follows_aside(line, verb, p)), None)
        if place is None or place.entry is None or place.is_passage or any(p.start == place.start for e in told for p in e.places.values()):
            continue
        if not any(p.name == place.name for p in event.places.values()):
            event.places.setdefault(slots[place.how or ""], place)


def _follows_aside(line: Line, verb: int, place: PlaceMention) -> bool:
    """Whether a place with its preposition stands right behind the comma that closes an aside, which opens behind a verb."""
    led = line.ending("preposition", place.first) or line.ending("preposition", place.first - 1)
    if led is None or line.text(led.first - 1) != "," or line.low(place.last) not in _ENDS:
        return False
    close = led.first - 1
    opens = [n for n in range(verb + 1, close) if line.text(n) == ","]
    if len(opens) != 1 or close - opens[0] > _LONGEST:
        return False
    return {"and", "she", "they", "it", ";", ":"}.isdisjoint(line.lows[opens[0] : close])
