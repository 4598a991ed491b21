"""Stage 2, flags: whose flag the words behind a ship tell: "the tanker Minerva, flying the Greek flag", "X (Panama flag)", "registered in Malta"."""

from __future__ import annotations

from tracker.domain.kinds import PlaceKind, VesselType
from tracker.domain.records import changed
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention

FLAG_WORDS = frozenset(["flag", "flagged", "registered", "registry", "reflagged", "flags"])
_FLAGS = frozenset(["flag", "flags", "registry"])
_TO_LAND = frozenset(["of", "in", "to", "under", "with", "at", "by", ":", "the", "-"])
_ENDS = frozenset([",", ")", ".", ";", "", "–", "-"])
_LAND, _OWN = ("nation", "place"), ("nation", "place", "type")
_TOKENS = 8


def with_flag(line: Line, mention: VesselMention) -> VesselMention:
    """A ship with the country whose flag the words right behind her tell; what her own phrase tells of it stays."""
    vague = not mention.name and mention.det not in ("a", "count") and mention.type is VesselType.VESSEL
    if mention.country or mention.group or vague:
        return mention  # "The tanker Kola was in. The vessel, registered in Panama, …" goes on about her
    if (land := _land_in_brackets(line, mention.last)) is not None:
        return changed(mention, country=land)
    apposed = line.low(mention.last) == "," and line.low(mention.last + 1) in ("a", "an")  # "X, a tanker sailing under the Greek flag"
    told = _OWN if apposed else _LAND
    for at in range(mention.last, min(mention.last + _TOKENS, line.size)):
        if line.low(at) in FLAG_WORDS:
            country = _land_behind(line, at) or (_land_before(line, at, mention.last) if line.low(at) not in ("registered", "reflagged") else None)
            return changed(mention, country=country) if country else mention
        if line.low(at) not in line.doc.lexicon.sets["leads_flag"] and not any(f.first <= at < f.last for of in told for f in line.found(of)):
            return mention
    return mention


def _land_in_brackets(line: Line, at: int) -> str | None:
    """The country that stands alone in brackets behind a ship: "the tanker Blue Coral (Liberia)"."""
    if line.text(at) != "(":
        return None
    land = line.starting("place", at + 1)
    entry = line.doc.gazetteer.places.entries[land.data[0]] if land and isinstance(land.data, tuple) and line.text(land.last) == ")" else None
    return entry.country if entry and entry.kind is PlaceKind.COUNTRY else None


def _land_of(line: Line, first: int) -> str | None:
    """The country that a nation's adjective or the name of a land at a token tells."""
    if nation := line.starting("nation", first):
        return str(nation.data)
    return _of_place(line, line.starting("place", first))


def _of_place(line: Line, place: Found | None) -> str | None:
    data = place.data if place else None
    entries = line.doc.gazetteer.places.entries
    return next((entries[key].country for key in data), None) if isinstance(data, tuple) else None


def _land_behind(line: Line, at: int) -> str | None:
    """The country behind a word for a flag: "flagged in Panama", "under the flag of Malta", "flag: Greece"."""
    first = at + 1
    while line.low(first) in _TO_LAND and first < at + 4:
        first += 1
    led = first > at + 1
    return _land_of(line, first) if led else None


def _land_before(line: Line, at: int, begin: int) -> str | None:
    """The country in front of a word for a flag: "the Greek flag", "Panama-flagged"."""
    end = at - (line.text(at - 1) == "-")
    if end < at and line.text(at + 1) not in _ENDS:
        return None  # "HMS Kent, the Panama-flagged tanker Minerva and …"
    nation, place = line.ending("nation", end), line.ending("place", end)
    if nation and nation.first >= begin:
        return str(nation.data)
    return _of_place(line, place) if place and place.first >= begin else None
