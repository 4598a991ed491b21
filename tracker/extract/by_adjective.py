"""Stage 2, places told by an adjective: the coast and the waters of a land, its ports and its capital: "the Syrian coast", "in Cornish waters"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.line import Found, Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import mention_of
from tracker.gazetteer.index import Gazetteer

ZONE_NAME = "Exclusive Economic Zone"
_WET = frozenset(["coast", "coastline", "waters", "seas", "shore", "shores", "mainland", "territorial"])
_LISTED_TOKENS = 10


def told_by_adjective(line: Line) -> Iterator[PlaceMention]:
    """The places of a sentence that an adjective tells."""
    if line.found("nation"):
        yield from _national(line)
    if not _WET.isdisjoint(line.words):
        yield from _regional(line)


def _national(line: Line) -> Iterator[PlaceMention]:
    """A country told by its adjective: "the Syrian coast", "Philippine waters"."""
    for nation in line.found("nation"):
        wet = line.low(nation.last) in _WET and line.low(nation.last + 1) != "guard"
        if line.low(nation.last) == "capital" and (capital := _capital(line, nation)):
            yield capital
        if line.low(nation.last + 1) == "controlled" and line.low(nation.last + 2) == "waters" and (entry := land_of(line, nation.data)):
            name = f"{entry.name} {ZONE_NAME}"  # "left Irish-controlled waters"
            yield mention_of(line, nation.first, nation.last + 3, name, changed(entry, name=name, kind=PlaceKind.SEA))
        if _some_port(line, nation.last) and (entry := land_of(line, nation.data)):
            yield mention_of(line, nation.first, nation.last + 1, entry.name, entry)
        if wet and (entry := land_of(line, nation.data)) and not _told_finer(line, nation):
            yield _off(line, nation.first, nation.last, entry)


def _told_finer(line: Line, nation: Found) -> bool:
    """Whether a port of the land says where in its waters: "close to Syrian territorial waters at Tartus"."""
    at = nation.last + (2 if line.low(nation.last) == "territorial" else 1)
    port = line.starting("place", at + 1) if line.low(at) == "at" else None
    return port is not None and any(line.doc.gazetteer.places.entries[key].country == nation.data for key in port.data)


def _regional(line: Line) -> Iterator[PlaceMention]:
    """A land that is no country told by its adjective: "the Cornish coast", "Hawaiian waters"."""
    adjectives = line.doc.lexicon.adjectives
    for at in line.where(_WET):
        name = adjectives.get(line.text(at - 1))
        if name and (known := line.doc.gazetteer.places.named(name)) and line.low(at + 1) != "guard":
            yield _off(line, at - 1, at, known[0])


def _off(line: Line, first: int, wet: int, land: PlaceEntry) -> PlaceMention:
    """The waters of a land, from its adjective to the word for them: a ship in them is off it."""
    last = wet + (2 if line.low(wet) == "territorial" and line.low(wet + 1) == "waters" else 1)
    mention = mention_of(line, first, last, land.name, land)
    how = "off" if mention.how in ("in", None) else mention.how
    return changed(mention, how=how, slot=mention.slot or "place")


def _some_port(line: Line, at: int) -> bool:
    """Whether ports are told by their land alone: "visited Norwegian ports", "for a Russian port"; not "the Norwegian ports of Bergen and Bodø"."""
    one = line.low(at) == "port" and line.low(at - 2) in ("a", "an", "unnamed", "unspecified")
    if not (one or line.low(at) == "ports") or line.low(at + 1) in ("of", "authority", "authorities"):
        return False
    return not any(at < f.first <= at + _LISTED_TOKENS for f in line.found("place"))


def goes_on_in_capitals(line: Line, at: int) -> bool:
    """Whether a name goes on at a token, and no day stands there: "the Gulf Cooperation Council", but "in the Gulf Wednesday"."""
    return line.text(at)[:1].isupper() and line.low(at) not in line.doc.lexicon.weekdays and line.low(at) not in line.doc.lexicon.months


def _capital(line: Line, nation: Found) -> PlaceMention | None:
    """The port that a capital is: "lay in the Cuban capital". None where its name stands beside it."""
    named = line.doc.gazetteer.places.named(line.doc.lexicon.capitals.get(nation.data, ""))
    behind = nation.last + 1 + (line.low(nation.last + 1) in (",", "of", "city", "("))
    if not named or line.starting("place", behind) or goes_on_in_capitals(line, nation.last + 1):
        return None
    return mention_of(line, nation.first, nation.last + 1, named[0].name, named[0])


def land_of(line: Line, code: str) -> PlaceEntry | None:
    """The country with a code."""
    return _countries(line.doc.gazetteer).get(code)


@lru_cache(maxsize=4)
def _countries(gazetteer: Gazetteer) -> dict[str, PlaceEntry]:
    """The countries of the gazetteer by their codes, of several the first."""
    places = [p for p in reversed([*gazetteer.places.entries.values()]) if p.country]
    wide = sorted((p for p in places if p.kind is PlaceKind.ISLAND), key=lambda p: p.radius_km or 0)  # Greenland and the Faroes are no countries
    return {**{p.country: p for p in wide if p.country}, **{p.country: p for p in places if p.kind is PlaceKind.COUNTRY and p.country}}
