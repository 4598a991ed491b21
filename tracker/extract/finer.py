"""Stage 2, places told more finely than the gazetteer has them: a part of a sea, a prefecture, a place that nobody listed in a land that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.line import Line

if TYPE_CHECKING:
    from tracker.extract.place_mention import PlaceMention

_PARTS = frozenset(
    ["northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern", "southwestern"],
)
_DISTRICTS = frozenset(["prefecture", "governorate", "oblast"])
_WIDE = frozenset([PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.GULF])
_SMALL_KM = 60
"""Of an island no larger than this its own name says enough."""
_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND, PlaceKind.COAST])


def named_finely(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence, each with the most specific name that is told; where they lie on the map stays that of what is known."""
    if not _DISTRICTS.isdisjoint(line.words):
        places = [_district(line, place) for place in places]
    if not _PARTS.isdisjoint(line.words):
        places = [_part_of_sea(line, place) for place in places]
    return list(places)


def in_land(line: Line, one: PlaceMention, land: PlaceMention) -> PlaceMention | None:
    """A place that nobody listed, with the land in which it is told to lie: "off Pandaquit, Zambales"; None where the land says it all."""
    between = line.lows[one.last : land.first]
    aside = between == ["("] and line.text(land.last) == ")"  # "at Claromecó (Argentina)"
    if land.entry is None or land.entry.kind not in _LANDS or not _says_which_land(between, aside=aside):
        return None
    if land.entry.kind is PlaceKind.ISLAND and (land.entry.radius_km or 0) <= _SMALL_KM:
        return None  # "at Santa Rita, Guam"
    if not line.doc.lexicon.sets["facility_words"].isdisjoint(line.lows[one.first : one.last]):
        return None
    kind = PlaceKind.REGION if one.how == "off" else PlaceKind.PORT
    last = land.last + aside
    return changed(
        one,
        last=last,
        end=line.ends[last - 1] if aside else land.end,
        name=line.told(one.first, one.last),
        entry=changed(land.entry, kind=kind),
        guess=False,
    )


_IN_LAND = ([","], ["in"], ["in", "the"], ["on"], [",", "in"], [",", "in", "the"], [",", "on"])


def _says_which_land(between: list[str], *, aside: bool) -> bool:
    """Whether words lead from a place to the land in which it lies: "in northern Norway", "on the island of Crete"."""
    if between[-3:] == ["the", "island", "of"]:
        between = between[:-3]
    elif between[-1:] and between[-1] in _PARTS:
        between = between[:-1]
    return between in _IN_LAND or (aside and between == ["("])


_SIDES = frozenset(["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"])
_ABOUT = frozenset(
    [".", "about", "some", "around", "roughly", "approximately", "just", "nearly", "only", "to", "the", "off", "from", "of", "nautical", "-", "kms"]
)


def offset_from(line: Line, one: PlaceMention, known: PlaceMention) -> PlaceMention | None:
    """A place that nobody listed, told by how far it lies from one that is known: "docked in Marfa, 2 km south of Valletta"."""
    if not one.guess or known.entry is None or known.how != "off" or line.text(one.last) != ",":
        return None
    between = line.lows[one.last + 1 : known.first]
    far = line.doc.lexicon.sets["distances"]
    measured = not _SIDES.isdisjoint(between) or not (far | {"kms"}).isdisjoint(between)
    if not measured or not all(w in _ABOUT or w in far or w in _SIDES or w.replace(".", "").isdecimal() for w in between):
        return None
    kind = PlaceKind.REGION if one.how == "off" else PlaceKind.PORT
    entry = changed(known.entry, kind=kind)
    return changed(one, last=known.last, end=known.end, name=line.told(one.first, one.last), entry=entry, guess=False)


_KIND_FIRST = {
    "Cape": PlaceKind.COAST,
    "Point": PlaceKind.COAST,
    "Gulf": PlaceKind.GULF,
    "Bay": PlaceKind.BAY,
    "Loch": PlaceKind.BAY,
    "Lough": PlaceKind.BAY,
    "Strait": PlaceKind.STRAIT,
    "Straits": PlaceKind.STRAIT,
    "Isla": PlaceKind.ISLAND,
    "Isle": PlaceKind.ISLAND,
    "Port": PlaceKind.PORT,
    "Puerto": PlaceKind.PORT,
}
_KIND_LAST = {
    "Island": PlaceKind.ISLAND,
    "Islands": PlaceKind.ISLAND,
    "Reef": PlaceKind.ISLAND,
    "Shoal": PlaceKind.ISLAND,
    "Atoll": PlaceKind.ISLAND,
    "Strait": PlaceKind.STRAIT,
    "Straits": PlaceKind.STRAIT,
    "Channel": PlaceKind.CHANNEL,
    "Passage": PlaceKind.CHANNEL,
    "Bay": PlaceKind.BAY,
    "Sound": PlaceKind.BAY,
    "Fjord": PlaceKind.BAY,
    "Gulf": PlaceKind.GULF,
    "Sea": PlaceKind.SEA,
    "Peninsula": PlaceKind.COAST,
}
MARKS = {
    "port": PlaceKind.PORT,
    "seaport": PlaceKind.PORT,
    "harbour": PlaceKind.PORT,
    "harbor": PlaceKind.PORT,
    "town": PlaceKind.PORT,
    "city": PlaceKind.PORT,
    "village": PlaceKind.PORT,
    "homeport": PlaceKind.PORT,
    "roadstead": PlaceKind.PORT,
    "anchorage": PlaceKind.ANCHORAGE,
    "roads": PlaceKind.ANCHORAGE,
    "terminal": PlaceKind.PORT,
    "dockyard": PlaceKind.SHIPYARD,
    "yard": PlaceKind.SHIPYARD,
    "base": PlaceKind.NAVAL_BASE,
    "station": PlaceKind.NAVAL_BASE,
    "shipyard": PlaceKind.SHIPYARD,
    "island": PlaceKind.ISLAND,
    "islet": PlaceKind.ISLAND,
    "atoll": PlaceKind.ISLAND,
    "peninsula": PlaceKind.COAST,
    "strait": PlaceKind.STRAIT,
}
"""What a word beside a name says that it is."""

UNLISTED = "?"
"""What the key of a place begins with that the gazetteer doesn't have."""


def key_of(place: PlaceMention | None) -> str | None:
    """The key in the gazetteer of a place that is told; None for one that the gazetteer doesn't have."""
    return place.entry.key if place and place.entry and not place.entry.key.startswith(UNLISTED) else None


def unlisted_entry(line: Line, first: int, last: int) -> PlaceEntry | None:
    """What sort of place the words of a name tell that nobody listed: "Marsden Sound" is a bay, "Cape Warren" a cape; None where they don't."""
    kind = _KIND_LAST.get(line.text(last - 1)) or _KIND_FIRST.get(line.text(first))
    name = line.told(first, last)
    return PlaceEntry(UNLISTED + name.lower(), name, kind) if kind else None


def _district(line: Line, place: PlaceMention) -> PlaceMention:
    """A place whose name is that of the land around it: "off Kagoshima Prefecture"."""
    if place.entry is None or line.low(place.last) not in _DISTRICTS or not place.is_port:
        return place
    name = f"{place.entry.name} {line.text(place.last).title()}"
    return changed(place, last=place.last + 1, end=line.ends[place.last], name=name, entry=changed(place.entry, kind=PlaceKind.REGION))


def _part_of_sea(line: Line, place: PlaceMention) -> PlaceMention:
    """A part of a sea told by a word in front: "the northern Baltic Sea"."""
    word = line.low(place.first - 1)
    if place.entry is None or place.entry.kind not in _WIDE or place.name != place.entry.name:
        return place
    if word not in _PARTS:
        return place
    name = f"{word.title()} {place.name}"
    known = line.doc.gazetteer.places.named(name)
    entry = known[0] if known else place.entry
    return changed(place, name=entry.name if known else name, entry=entry)
