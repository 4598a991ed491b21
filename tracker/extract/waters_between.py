"""Stage 2, waters told by their two sides: "between Okinawa and Miyako Island", "halfway from Malta to Crete"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import PASSAGE_KINDS, WATER_KINDS, PlaceKind
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import mention_of
from tracker.extract.places_nested import goes_before


def waters_between(line: Line) -> Iterator[PlaceMention]:
    """Waters told by their sides: "between Okinawa and Miyako Island"."""
    lows = line.lows
    at = next(lows.index(word) for word in ("between", "separating", "separates", "divides") if word in lows)
    behind = " ".join(lows[at + 1 : at + 16])
    for name, one, other in line.doc.lexicon.between:
        for left, right in ((one, other), (other, one)):
            for a in left:
                for b in right if f" {a} " in f" {behind} " else ():
                    if _pair(behind, a, b):
                        if _is_land(line, a) and _is_land(line, b) and not _is_water_between(line, at):
                            return  # "tensions between China and Taiwan"
                        last = _end_of(line, at, b)
                        last += line.low(last) in ("island", "islands")  # "between Okinawa and Miyakojima island in Okinawa Prefecture"
                        entry = line.doc.gazetteer.places.named(name)[0]
                        entered = not _ENTERED.isdisjoint(line.lows[max(at - _WATER_TOKENS, 0) : at])
                        yield _halfway(line, at, mention_of(line, at, last, entry.name, entry, how=None if entered else "through"))
                        return
    yield from (_halfway(line, at, place) for place in _between_islands(line, at))


_HALFWAY = frozenset(["midway", "halfway", "way"])


def _halfway(line: Line, at: int, place: PlaceMention) -> PlaceMention:
    """A place between two sides, where a ship is told to be and passes none: "was midway between Malta and Crete"."""
    if line.low(at - 1) in _HALFWAY:
        return changed(place, first=at - 1, start=line.starts[at - 1], how="in", slot="place")
    told = any(f.last <= at and place.entry and place.entry.key in f.data for f in line.found("place"))  # "the Tsugaru Strait, located between"
    return place if told or place.how != "through" or goes_before(line, at) else changed(place, how="in" if place.is_passage else "off", slot="place")


_WATER_TOKENS = 5
_ENTERED = frozenset(["entered", "enter", "enters", "entering"])
_NARROWS = frozenset(["strait", "waterway", "channel", "waters", "water", "passage", "seaway", "sea"])


def _is_land(line: Line, name: str) -> bool:
    """Whether a side of a water is a whole country."""
    return any(p.kind is PlaceKind.COUNTRY for p in line.doc.gazetteer.places.named(name.removeprefix("mainland ").title()))


def _is_water_between(line: Line, at: int) -> bool:
    """Whether what lies between two sides is told to be water: "the narrow strait between China and Taiwan"."""
    return line.ending("trigger", at) is not None or not _NARROWS.isdisjoint(line.lows[max(at - _WATER_TOKENS, 0) : at])


def _is_of_water(line: Line, at: int) -> bool:
    """Whether a water is told in front of its shores, and says where: "in the Kattegat between Grenaa and Anholt"."""
    water = line.ending("place", at)
    return water is not None and line.doc.gazetteer.places.entries[water.data[0]].kind in (*WATER_KINDS, *PASSAGE_KINDS)


def _between_islands(line: Line, at: int) -> Iterator[PlaceMention]:
    """A passage without a name, told by two islands: the second stands for it ("between that island and Yonaguni Island")."""
    joint = next((n for n in range(at + 1, min(at + 9, line.size)) if line.low(n) == "and"), None)
    if joint is None or line.low(at - 1) in line.doc.lexicon.sets["not_passing"] or _is_of_water(line, at):
        return
    found = line.starting("place", joint + 1)
    first = any(line.starting("place", n) for n in range(at + 1, joint)) or any(line.low(n) == "island" for n in range(at + 1, joint))
    entry = line.doc.gazetteer.places.entries[found.data[0]] if found else None
    if found and entry and first and entry.kind is PlaceKind.ISLAND:
        yield mention_of(line, at, found.last, entry.name, entry, how="through")


def _pair(behind: str, one: str, other: str) -> bool:
    head, found, tail = f" {behind} ".partition(" from " if " and " not in f" {behind} " else " and ")
    return bool(found) and f" {one} " in f"{head} " and f" {other} " in f" {tail}" and len(head.split()) <= 7 and f" {tail}".find(f" {other} ") <= 30


def _end_of(line: Line, at: int, words: str) -> int:
    parts = words.split()
    for n in range(at, line.size - len(parts) + 1):
        if [line.low(n + k) for k in range(len(parts))] == parts and line.low(n - 1) != "between":
            last = n + len(parts)
    return last
