"""Stage 6, asides with a day: until when ships were in a place, where the sentence tells something else of them."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import EventKind
from tracker.extract.day_of import place_aside
from tracker.extract.groups import before_phrase
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Group, Scene, Told
from tracker.extract.verbs import Trigger

_UNTIL = frozenset(["until", "till"])
_LONGEST = 12
"""No aside of the kind has more tokens."""
_FILLS = frozenset(["the", "last", "late", "early", "in", "at", "off", "still", "only", "port", "harbour", "harbor"])
Found = tuple[Group, PlaceMention, EventKind, Trigger]


def dated_asides(scene: Scene, told: list[Told]) -> list[Found]:
    """What asides tell: "HMS Kent, in Malta until Friday, is off Crete", "Off Malta until Monday, the carrier passed the canal"."""
    line = scene.line
    if not told or not scene.places or not scene.dates:
        return []
    found = list(_on_days(scene, told))
    if line.words.isdisjoint(_UNTIL):
        return found
    for group, begin, close in _asides(scene):
        if not any(set(e.vessels) & set(group.vessels) for e in told):
            continue
        place = next((p for p in scene.places if begin < p.first and p.last <= close and p.entry), None)
        kind = _kind(scene, begin, close, place) if place else None
        if place is None or kind is None or not _only_that(scene, begin, close, place):
            continue
        known = any(e.kind is kind and e.main and e.main.name == place.name and set(e.vessels) & set(group.vessels) for e in told)
        if not known:
            trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", begin + 1, begin + 1, begin + 1, False, (begin + 1, close))
            found.append((group, place, kind, trigger))
    return found


def _on_days(scene: Scene, told: list[Told]) -> Iterator[Found]:
    """Each place of an aside that holds nothing but places with days: "HMS Kent, off Crete on Monday and off Malta on Tuesday, is in Rota"."""
    for group in scene.groups:
        span = place_aside(scene, group.last)
        if span is None or not any(set(e.vessels) & set(group.vessels) for e in told):
            continue
        places = [p for p in scene.places if span[0] < p.first and p.last <= span[1] and p.entry and p.slot == "place"]
        for number, place in enumerate(places):
            until = places[number + 1].first - 1 if number + 1 < len(places) else span[1]
            kind = kind_of(place)
            if kind and not any(e.kind is kind and e.main and e.main.name == place.name for e in told):
                rule = scene.line.doc.lexicon.rules["rest.where"]
                yield group, place, kind, Trigger(rule, "state", place.first, place.first, place.first, False, (place.first - 1, until))


def _asides(scene: Scene) -> Iterator[tuple[Group, int, int]]:
    """Each aside behind ships or in front of them, as the tokens of the stops that shut it in."""
    line = scene.line
    for group in scene.groups:
        front = before_phrase(line, group.first)
        if line.text(front) == "," and 0 < front <= _LONGEST and not any(line.text(n) == "," for n in range(front)):
            yield group, -1, front
        close = next((n for n in range(group.last + 1, min(group.last + _LONGEST, line.size)) if line.text(n) == ","), None)
        if line.text(group.last) == "," and close is not None:
            yield group, group.last, close


def _kind(scene: Scene, begin: int, close: int, place: PlaceMention) -> EventKind | None:
    """What an aside tells by its preposition, where it says until when."""
    if place.slot != "place" or _UNTIL.isdisjoint(scene.line.lows[begin + 1 : close]):
        return None
    land = place.how == "in" and place.name.lower() in scene.line.doc.lexicon.sets["port_lands"]
    return EventKind.IN_PORT if land else kind_of(place)


def _only_that(scene: Scene, begin: int, close: int, place: PlaceMention) -> bool:
    """Whether an aside holds nothing but a place, a day behind "until", and small words."""
    line = scene.line
    days = [d for d in scene.dates if begin < line.at_offset(d.start) < close]
    held = {n for d in days for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)} | set(range(place.first, place.last))
    return bool(days) and all(n in held or line.low(n) in _UNTIL or line.low(n) in _FILLS for n in range(begin + 1, close))
