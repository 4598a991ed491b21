"""Stage 2, places: names of the gazetteer with the preposition before them, waters told by their two sides, and words for a place told before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.kinds import PASSAGE_KINDS, PORT_KINDS, WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.finer import MARKS, UNLISTED, in_land, named_finely, offset_from, unlisted_entry
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention, is_capital
from tracker.extract.spans import leftmost_longest
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon


@dataclass(slots=True)  # not frozen, for speed
class PlaceMention:
    """Words that name a place. `entry` is None for one that the gazetteer doesn't have; `how` is the class of the preposition before it."""

    start: int
    end: int
    first: int
    last: int
    name: str
    entry: PlaceEntry | None
    how: str | None = None
    slot: str | None = None
    anaphor: str | None = None  # port, passage, zone or any: stands for a place told before
    owned: bool = False  # another place in front of it says whose it is: "Mozambique's port of Maputo"
    guess: bool = False  # nothing but its capital and the preposition speak for its being a place

    @property
    def is_port(self) -> bool:
        """Whether it is a port, base, shipyard or anchorage."""
        return self.entry is not None and self.entry.kind in PORT_KINDS

    @property
    def is_passage(self) -> bool:
        """Whether it is a strait, canal or channel."""
        return self.entry is not None and self.entry.kind in PASSAGE_KINDS


def find_places(line: Line, vessels: Sequence[VesselMention]) -> list[PlaceMention]:
    """The place mentions of a sentence outside its vessel mentions, in order."""
    found = list(_named(line)) if line.found("place") else []
    if not _PARTS_SIDES.isdisjoint(line.words):
        found[:0] = _between(line)
    if not _SEVERAL.keys().isdisjoint(line.words):
        found[:0] = _several_named(line)
    if not _place_words(line.doc.lexicon).isdisjoint(line.texts):
        found.extend(_unlisted(line))
    if line.found("nation"):
        found.extend(_national(line))
    if "in" in line.words:
        found.extend(_are_in(line))
    if "gulf" in line.words and (gulf := _the_gulf(line)):
        found.append(gulf)
    if "(" in line.texts and not _SMALL_LANDS.isdisjoint(line.words):
        found[:0] = _twice_named(line)
    if line.found("anaphor"):
        found.extend(_pointing(line))
    if not _WHOSE.isdisjoint(line.words) and not _SHORES.isdisjoint(line.words):
        found[:0] = _of_its_owner(line, vessels)
    if not _ZONE.isdisjoint(line.words):
        found[:0] = _zones(line, found)
    if "namesake" in line.words:
        found.extend(_namesakes(line, vessels))
    if not MARKS.keys().isdisjoint(line.words):
        found.extend(_marked(line))
    if found and not _LIST_GAPS.isdisjoint(line.lows):
        found.extend(_listed_with(line, found))
    found.extend(m for m in _guessed(line) if not any(o.first < m.last and m.first < o.last for o in found))
    if not found:
        return found
    taken = {n for v in vessels for n in range(v.first, v.last)}
    kept = _where_unlisted(line, leftmost_longest([m for m in found if taken.isdisjoint(range(m.first, m.last))]))
    owners = [
        (then is not None and (_lends_name(line, m, then) or _of_waters(line, m, then)))
        or (line.low(m.last) in _APOSTROPHES and _owns(line, m, then))
        for m, then in zip(kept, [*kept[1:], None], strict=False)
    ]
    kept = [changed(m, owned=True) if number and owners[number - 1] else m for number, m in enumerate(kept) if not owners[number]]
    kept = [changed(m, how="off", slot="place") if m.how == "through" and _lies_around(line, m) else m for m in kept]
    explained = [number > 0 and _explains(line, kept[number - 1], m) for number, m in enumerate(kept)]
    kept = [m for m, aside in zip(kept, explained, strict=True) if not aside]
    return named_finely(line, [_with_bracket(line, m) for m in kept] if "(" in line.words else kept)


_APOSTROPHES = frozenset(["'", "’"])
_BRACKET_TOKENS = 4


def _with_bracket(line: Line, mention: PlaceMention) -> PlaceMention:
    """A place with a land, or its own letters, in brackets behind it: "Subic Bay (Philippines)", "Papua New Guinea (PNG)"."""
    if line.text(mention.last) != "(" or mention.entry is None:
        return mention
    land = line.starting("place", mention.last + 1)
    last = (
        land.last
        if land
        else mention.last + 2
        if line.text(mention.last + 1).isupper() and len(line.text(mention.last + 1)) <= _BRACKET_TOKENS
        else 0
    )
    if line.text(last) != ")" or last == 0:
        return mention
    if land and not any(line.doc.gazetteer.places.entries[key].kind is PlaceKind.COUNTRY for key in land.data[:1]):
        return mention
    return changed(mention, last=last + 1, end=line.ends[last])


def _where_unlisted(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Places without those that nobody listed where the one behind says where they lie: "the Naval Operating Base in Subic", "at Ream, Cambodia"."""
    kept: list[PlaceMention] = []
    for mention in places:
        last = kept[-1] if kept else None
        if last and last.guess and mention.entry and (named := in_land(line, last, mention) or offset_from(line, last, mention)):
            kept[-1] = named
            continue
        if last and last.guess and line.text(last.last) == "(" and mention.first == last.last + 1 and line.text(mention.last) == ")":
            continue  # "near Claromecó (Buenos Aires)": what is told is where that lies
        between = line.lows[last.last : mention.first] if last else ()
        unlisted = last is not None and (last.guess or (last.entry is not None and last.entry.key.startswith(UNLISTED)))
        if last and unlisted and last.how != "off" and mention.is_port and between == ["in"]:
            kept[-1] = changed(mention, start=last.start, first=last.first, how=last.how, slot=last.slot)
            continue  # "reached Ogden Point in Victoria"
        facility = last is not None and line.low(last.last - 1) in line.doc.lexicon.sets["facility_words"]
        if last and last.entry is None and not last.anaphor and mention.entry and last.how != "off" and mention.how in (None, "in"):
            lies = list(between) in ([","], ["in"], ["at"], ["in", "the"], ["on", "the"]) if facility else list(between) == [","] and last.guess
            if lies and mention.entry.kind not in WATER_KINDS:
                kept[-1] = changed(mention, start=last.start, first=last.first, how=last.how, slot=last.slot)
                continue
        kept.append(mention)
    return kept


_SEVERAL = {"seas": "Sea", "straits": "Strait", "gulfs": "Gulf", "oceans": "Ocean", "canals": "Canal"}
_LIST_GAPS = frozenset([",", "and", "&"])


def _several_named(line: Line) -> list[PlaceMention]:
    """Waters that share their word: "in the Barents and Norwegian Seas", "the Norwegian, North, and Baltic Seas"."""
    found: list[PlaceMention] = []
    for at in line.where(_SEVERAL.keys()):
        names: list[tuple[int, int]] = []
        last = at
        while last > 0 and line.text(last - 1)[:1].isupper():
            first = last - 1 - (line.text(last - 2)[:1].isupper() and line.low(last - 2) in ("south", "east", "north", "west"))
            names.append((first, last))
            last = first
            while last > 0 and line.low(last - 1) in _LIST_GAPS:
                last -= 1
            if last == first:
                break
        entries = [line.doc.gazetteer.places.named(f"{line.told(a, b)} {_SEVERAL[line.low(at)]}") for a, b in names]
        if len(names) < 2 or not all(entries) or "and" not in line.lows[names[-1][0] : at]:
            continue
        how, slot = _preposition(line, names[-1][0])
        for (a, b), known in reversed(list(zip(names, entries, strict=True))):
            end = at + 1 if b == at else b
            told = _mention(line, a, end, known[0].name, known[0], how=how)
            found.append(changed(told, how=how, slot=slot))
    return found


_LENT_TOKENS = 5


def _lends_name(line: Line, mention: PlaceMention, behind: PlaceMention | None) -> bool:
    """Whether waters or a land only say where the port told behind them is: "the Black Sea port of Novorossiysk", "the Pacific island of Guam"."""
    if behind is None or behind.entry is None or mention.entry is None or not 2 <= behind.first - mention.last <= _LENT_TOKENS:
        return False
    between = line.lows[mention.last : behind.first]
    if mention.entry.kind is PlaceKind.ISLAND and mention.how and between[0] == "in":
        return False  # "off the Senkaku Islands in the city of Ishigaki"
    named = between[-1] == "of" or (between[-1] == "the" and between[-2] == "of") or between[-1] in ("at", "in")
    words = line.doc.lexicon.sets["kinds_of_ports"]
    return (
        named
        and mention.entry.kind not in PORT_KINDS
        and not words.isdisjoint(between[:-1])
        and all(map(str.islower, line.texts[mention.last : behind.first]))
    )


def _owns(line: Line, mention: PlaceMention, behind: PlaceMention | None) -> bool:
    """Whether a place only says whose the next one is: "Japan's Yonaguni Island", "Malaysia's port of Kota Kinabalu"."""
    if line.low(mention.last) in ("'", "’") and line.low(mention.last + 1) != "s":
        return _owns_plurally(line, mention)
    if line.low(mention.last) not in ("'", "’") or line.low(mention.last + 1) != "s":
        return False
    if mention.is_port and mention.how and (behind is None or behind.entry is None) and line.text(mention.last + 2)[:1].isupper():
        return False  # "moored in Sevastopol's South Bay"
    lies = behind is not None and behind.how == "in" and not behind.is_port  # "sailed into Souda's port in western Crete"
    if (
        mention.is_port
        and (behind is None or lies)
        and mention.how
        and not line.doc.lexicon.sets["port_parts"].isdisjoint(line.lows[mention.last + 2 :][:5])
    ):
        return False  # "lies in Murmansk's 35th shipyard"
    parts = line.doc.lexicon.sets["port_parts"]
    at = next((n for n in range(mention.last + 2, mention.last + 5) if line.low(n) in parts and line.low(n + 1) not in parts), None)
    if mention.is_port and mention.how is None and at and line.low(at + 1) in line.doc.lexicon.sets["host_verbs"]:
        return False  # "Suva's wharf has the cruiser X alongside", "Trincomalee's naval dockyard welcomed back the patrol ship X"
    if behind is not None and _is_city_of(line, mention, behind):
        return True
    at = mention.last + 2
    while line.low(at) in line.doc.lexicon.sets["sides"] or line.text(at) == "-":
        at += 1  # "off Crete's southern coast"
    return line.low(at) not in line.doc.lexicon.sets["owned_waters"] or (behind is not None and behind.first - mention.last <= 5)


_WATER_WORDS = frozenset(["waters", "zone", "sea"])
_WATER_GAPS = _WATER_WORDS | {"'", "’", "s", "territorial", "contiguous", "the", "off", "around", "near", "surrounding", "coastal", "disputed"}


def _of_waters(line: Line, mention: PlaceMention, behind: PlaceMention | None) -> bool:
    """Whether a land is only told as that of the waters off the place named behind: "entered Japanese territorial waters around Kuba Island"."""
    if behind is None or behind.entry is None or mention.entry is None:
        return False
    gap = line.lows[mention.last : behind.first]
    if mention.name.endswith(ZONE_NAME):
        return behind.how in ("in", "off") and gap in (["at"], ["at", "the"], ["near"], ["near", "the"], ["off"], ["off", "the"], ["around", "the"])
    if mention.entry.kind is not PlaceKind.COUNTRY or not (behind.how == "off" or _lies_around(line, changed(behind, owned=True))):
        return False
    days = any(map(line.doc.lexicon.weekdays.__contains__, gap))  # "entered Japanese waters on Monday, near the Senkaku Islands"
    gap = [word for word in gap if not (days and (word in line.doc.lexicon.weekdays or word in ("on", ",")))]
    wet = not _WATER_WORDS.isdisjoint(gap) or not _WATER_WORDS.isdisjoint(line.lows[mention.first : mention.last])
    return wet and _WATER_GAPS.issuperset(gap)


_LIMITS = frozenset(["waters", "sea", "seas", "limit", "limits", "zone", "area"])


def _lies_around(line: Line, place: PlaceMention) -> bool:
    """Whether "around" stands in front of land, and tells no way around it: "in Japanese waters around the Senkaku Islands"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    island = place.entry is not None and place.entry.kind is PlaceKind.ISLAND
    if line.low(at) not in ("around", "surrounding", "round"):
        return False
    several = island and line.low(place.last - 1) in _SEVERAL_ISLES and line.low(at - 1) not in _WAYS and not _moves_at(line, at)
    return line.low(at - 1) in _LIMITS or (island and place.owned) or several


_SEVERAL_ISLES, _WAYS = frozenset(["islands", "isles", "shoals", "reefs", "islets"]), frozenset(["way", "passage", "voyage", "detour", "out", "back"])


def _moves_at(line: Line, at: int) -> bool:
    """Whether a verb of going somewhere stands right before a token: "sailed around the Falkland Islands"."""
    found = line.ending("trigger", at) or line.ending("trigger", at + 1)
    return found is not None and any(rule.kind in _GOING for rule, _ in found.data)


_GOING = frozenset([EventKind.TRANSIT, EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.ARRIVAL])


_CITY_TOKENS = 9


def _is_city_of(line: Line, mention: PlaceMention, behind: PlaceMention) -> bool:
    """Whether a land is only told as that of the port named behind "of": "Brazil's southeastern port city of Santos"."""
    between = line.lows[mention.last + 2 : behind.first]
    if not 1 < len(between) <= _CITY_TOKENS or behind.entry is None or not behind.is_port or between[-1] not in ("of", "at", "in"):
        return False
    return between[-2] in line.doc.lexicon.sets["kinds_of_ports"] and "," not in between


def _owns_plurally(line: Line, mention: PlaceMention) -> bool:
    """Whether a land in the plural only says whose something is: "to show the United States' commitment"."""
    behind = line.text(mention.last + 1)
    dry = behind.lower() not in line.doc.lexicon.sets["owned_waters"] | line.doc.lexicon.sets["coasts"] | line.doc.lexicon.sets["sides"]
    return line.low(mention.last - 1).endswith("s") and behind.isalpha() and behind.islower() and dry


def _named(line: Line) -> Iterator[PlaceMention]:
    berths, fronts = not line.doc.lexicon.sets["berth_words"].isdisjoint(line.words), line.doc.lexicon.sets["name_fronts"]
    for found in line.found("place"):
        text = line.doc.text[found.start : found.end]
        if (text.isascii() and text == text.lower()) or _is_adjective(line, found):
            continue
        entry = line.doc.gazetteer.places.entries[found.data[0]]
        if (
            found.first == 0
            and text.lower() in line.doc.lexicon.sets["plain_words"]
            and line.text(found.last)[:1].islower()
            and line.low(found.last) not in ("and", "or")
        ):
            continue  # "Mobile cranes", "Split ends"
        if line.low(found.first - 1) in ("berth", "pier", "hangar") and line.text(found.first - 1)[:1].isupper():
            continue  # "Berth Lima"
        then = line.text(found.last)
        if (then[:1].isupper() and _names_exercise(line, found.last)) or (berths and _names_berth(line, found.first, found.last)):
            continue
        listed = line.low(found.first - 1) in ("and", ",") and line.ending("place", found.first - 1)  # "called at Split and Bar"
        if len(text) <= 3 and not text.isupper() and not (_preposition(line, found.first)[0] or line.ending("trigger", found.first) or listed):
            continue  # Goa, Bar and Rio need a second sign
        if (line.low(found.first - 1) in fronts and _is_second_word(line, found)) or (then == "of" and _reaches_on(line, found)):
            continue
        if meant := _meant(line, text, entry):
            entry = meant
        first = (_short_told(line, found.first) if line.text(found.first - 1) == ")" else None) or found.first
        last = (_behind_held(line, found.last) if then == "-" else None) or (
            _behind_port(line, found.last) if entry.kind in PORT_KINDS else found.last
        )
        yield _mention(line, first, last, entry.name, entry)


def _meant(line: Line, text: str, entry: PlaceEntry) -> PlaceEntry | None:
    """The place that a name means in a text that tells more of it than its sentence: a shoal, a base or a town of another land."""
    shoal, low = _shoal_meant(line, text) if line.doc.shallows else None, text.lower()
    if shoal is None and low.endswith(" naval base"):
        shoal = _base_meant(line, text, entry)
    return shoal or (_town_meant(line, text, entry) if low in _TOWNS_OF_SEVERAL_LANDS else None)


_QUAY_TOKENS, _HELD = 2, frozenset(["controlled", "held", "administered", "governed", "claimed"])


_SMALL_LANDS = frozenset(["shoal", "reef", "island", "islands", "atoll", "bank"])
_SECOND_NAME_TOKENS = 3


def _twice_named(line: Line) -> Iterator[PlaceMention]:
    """Shoals and islands with another name in brackets inside their own: "left Escoda (Sabina) Shoal"."""
    for at in (n for n, text in enumerate(line.texts) if text == "(" and n > 0 and is_capital(line.text(n - 1))):
        close = next((n for n in range(at + 2, at + 2 + _SECOND_NAME_TOKENS) if line.text(n) == ")"), None)
        if close is None or line.low(close + 1) not in _SMALL_LANDS or not is_capital(line.text(close + 1)):
            continue
        sort = line.text(close + 1)
        first = at - 1
        while first > 0 and (is_capital(line.text(first - 1)) or line.text(first - 1) == "-") and at - first < _SECOND_NAME_TOKENS:
            first -= 1
        named = (f"{line.told(first, at)} {sort}", f"{line.told(at + 1, close)} {sort}", f"{line.told(at - 1, at)} {sort}")
        if entry := next((e for name in named for e in line.doc.gazetteer.places.named(name)), None):
            yield _mention(line, first, close + 2, entry.name, entry)


def _behind_held(line: Line, last: int) -> int | None:
    """The token behind the waters that belong to a land: "entered Taiwan-controlled waters"."""
    return last + 3 if line.text(last) == "-" and line.low(last + 1) in _HELD and line.low(last + 2) == "waters" else None


def _behind_port(line: Line, last: int) -> int:
    """The token behind a port's name and what of it is named there: "in Puerto Princesa City, Palawan", "at the Port Klang Cruise Centre"."""
    if line.text(last) == "City":
        return last + 1
    for at in range(last, last + _QUAY_TOKENS):
        if not line.text(at)[:1].isupper():
            break
        if at > last and _names_quay(line, at):
            return at + 1
    return last


_EXERCISE_NAMES = 3


def _names_exercise(line: Line, last: int) -> bool:
    """Whether a name only opens that of an exercise with its year: "Indo-Pacific Endeavour 2019", "Baltic Protector 24"."""
    lexicon, at = line.doc.lexicon, last
    while at - last < _EXERCISE_NAMES and is_capital(line.text(at)) and line.low(at) not in lexicon.months and line.low(at) not in lexicon.weekdays:
        at += 1
    year = line.text(at)
    dated = year.isdecimal() and ((len(year) == 4 and year[:2] in ("19", "20")) or (len(year) == 2 and line.low(at + 1) not in lexicon.months))
    return at > last and dated and not any(line.starting("place", n) or line.starting("prefix", n) for n in range(last, at))


def _names_berth(line: Line, first: int, last: int) -> bool:
    """Whether a name is only that of a berth in a port told beside it: "Victoria Quay in Fremantle", "Fremantle's Victoria Quay"."""
    at = next((n for n in (last, last + 1) if line.text(n)[:1].isupper() and line.low(n) in line.doc.lexicon.sets["berth_words"]), None)
    if at is None:
        return False
    if line.low(first - 1) == "s" and line.text(first - 2) in ("'", "’") and line.ending("place", first - 2):
        return True
    at += 1 + line.low(at + 1).isdecimal()
    return line.low(at) in ("in", ",", "at", "on") and line.starting("place", at + 1) is not None


def _reaches_on(line: Line, found: Found) -> bool:
    """Whether a name only opens a longer one: "the Channel of Mozambique"."""
    return any(found.first < f.first < found.last < f.last for f in line.found("place"))


def _shoal_meant(line: Line, text: str) -> PlaceEntry | None:
    """The shoal or reef that a short name means in a text that tells it in full: "sixteen miles south of Scarborough"."""
    for word in line.doc.shallows:
        if (named := line.doc.gazetteer.places.named(f"{text} {word.title()}")) and line.doc.says(f"{text.lower()} {word}"):
            return named[0]
    return None


_TOWNS_OF_SEVERAL_LANDS = {
    "portland": {
        "Portland, Oregon": r"oregon|portland, ore\b",
        "Portland, Maine": r"(?<!uss )maine\b|portland, me\b",
        "Portland, Victoria": r"portland, vic",
    }
}


def _town_meant(line: Line, text: str, entry: PlaceEntry) -> PlaceEntry | None:
    """The town of another land that a bare name means in a text that tells its state: "left Portland" behind "the Maine coast"."""
    for name, signs in _TOWNS_OF_SEVERAL_LANDS.get(text.lower(), {}).items():
        if name != entry.name and re.search(signs, line.doc.low):
            return next(iter(line.doc.gazetteer.places.named(name)), None)
    return None


def _base_meant(line: Line, text: str, entry: PlaceEntry) -> PlaceEntry | None:
    """The base of another country that a name means in a text without that one's land and ships: "returned to Devonport Naval Base"."""
    short = text.lower().removesuffix(" naval base")
    if short == text.lower() or not entry.country:
        return None
    lexicon, land = line.doc.lexicon, land_of(line, entry.country)
    prefixes = {prefix.lower() for prefix, country in lexicon.prefixes.items() if country == entry.country}
    if land is None or line.doc.says(land.name.lower()) or not prefixes.isdisjoint(line.doc.parts):
        return None
    named = line.doc.gazetteer.places.named(text[: len(short)])
    return named[0] if named and named[0].kind is PlaceKind.NAVAL_BASE and named[0].country != entry.country else None


def _is_second_word(line: Line, found: Found) -> bool:
    """Whether a name is the end of another that nobody listed: "San Cristobal" is no Cristóbal, "New Plymouth" no Plymouth."""
    return line.text(found.first - 1)[:1].isupper() and not any(f.first < found.first < f.last for f in line.found("place"))


_COMPASS_WORDS = frozenset(["eastern", "western", "northern", "southern", "central"])


def _pointing(line: Line) -> Iterator[PlaceMention]:
    """Words for a place told before: "there", "the port", "the outer harbour", "its usual berth"."""
    sets = line.doc.lexicon.sets
    for found in line.found("anaphor"):
        first = found.first
        reach = range(1, _HERE_TOKENS) if line.low(found.first) == "here" else (1, 2)
        if line.low(found.last) in ("of", "at", "in", "around", "off", "near") and any(line.starting("place", found.last + n) for n in reach):
            continue  # "the port of Tartus" names it, "here at Her Majesty's Naval Base Portsmouth" too
        if line.text(found.last) == "," and _home_named(line, found.last + 1, found.last + 1 + (line.low(found.last + 1) == "the")):
            continue  # "her home port, Cartagena"
        if line.low(found.last) == "port" and line.low(found.last + 1) == "of":
            continue  # "her base port of Plymouth"
        if line.low(found.last) in _TOWNS and line.low(found.last + 1) == "of" and line.starting("place", found.last + 2) is not None:
            continue  # "left the southern port city of Bandar Abbas"
        if line.low(found.last - 1) in _AREAS and line.low(first - 1) == "in" and line.low(first - 2) in _NATIONS | _PORTS:
            continue  # "visited two other countries in the region"
        if line.low(found.last) in _OF_A_HULL:
            continue  # "rammed on the port bow of the cutter"
        if line.low(found.last) in ("of", "there", "here") or _begins_name(line, found) or _is_existential(line, found):
            continue
        if found.data == "land" and not _owns_coast(line, found.last) and not _comes_or_leaves(line, found):
            continue  # "the country's navy"
        if found.data not in ("any", "zone"):
            while first > 0 and found.first - first < 4 and line.low(first - 1) in sets["place_modifiers"]:
                first -= 1
            if line.low(first - 1) not in sets["pointers"]:
                continue
            first -= 1
        if line.low(found.first) == "basin" and not _COMPASS_WORDS.isdisjoint(line.lows[first : found.first]):
            continue  # "remains in the eastern basin": of a sea
        hosts = line.low(found.last) in sets["host_verbs"] - sets["be"] and line.low(found.last + 1) in _GUESTS  # "The city had her for a week"
        if line.low(found.first) == "city" and not hosts and (_preposition(line, first)[0] is None or first == 0):
            continue  # "make the city its homeport"
        ashore = line.low(found.first - 1) in sets["facilities"] and line.lows[found.first - 2 : found.first] != ["on", "station"]
        kind = "port" if found.data == "any" and ashore else found.data
        yield _mention(line, first, found.last, line.doc.text[line.starts[first] : found.end], None, anaphor=kind)


_ENDS_IN = frozenset(["", ".", ",", ";", "–", "—", "again", "too", "already", "now"])


def _are_in(line: Line) -> Iterator[PlaceMention]:
    """ "In" with nothing behind it, of the port that is spoken of: "Both carriers are in", "The frigate is in again"."""
    be, ships = line.doc.lexicon.sets["be"], ("type", "vessel", "prefix", "group")
    for at in line.where(_IN):
        ends = line.low(at + 1) in _ENDS_IN and _IN_WHICH.isdisjoint(line.lows[max(at - _WHICH_TOKENS, 0) : at])
        if ends and line.low(at - 1) in be and any(f.first < at for kind in ships for f in line.found(kind)):
            yield changed(_mention(line, at, at + 1, "in", None, anaphor="port"), how="in", slot="place")


_HERS, _NAMED_TOKENS = frozenset(["its", "her", "the", "their", "his"]), 3


def _namesakes(line: Line, vessels: Sequence[VesselMention]) -> Iterator[PlaceMention]:
    """The port that a ship of the sentence is named for: "HMCS Vancouver returned to its namesake port"."""
    ports, named = line.doc.lexicon.sets["namesake_ports"], line.doc.gazetteer.places.named
    for at in line.where(_NAMESAKE):
        last = next((n + 1 for n in range(at + _NAMED_TOKENS - 1, at, -1) if line.low(n) in ports), None)
        if last is None or line.low(at - 1) not in _HERS or (line.low(last) == "of" and line.text(last + 1)[:1].isupper()):
            continue  # "her namesake city of Mobile" names it
        entry = next((e for v in vessels if v.name for e in named(v.name) if e.kind in PORT_KINDS), None)
        if entry:
            yield _mention(line, at - 1, last, entry.name, entry)


_NAMESAKE = frozenset(["namesake"])
_IN, _IN_WHICH, _WHICH_TOKENS = frozenset(["in"]), frozenset(["that", "which", "what", "where"]), 6
_HERE_TOKENS = 8
_AREAS, _PORTS = frozenset(["region", "area"]), frozenset(["ports", "navies", "allies", "partners"])
_OF_A_HULL = frozenset(["bow", "side", "quarter", "beam", "stern", "list", "engine", "propeller", "shaft"])
_TOWNS = frozenset(["city", "town", "village", "area"])
_GUESTS = frozenset(["her", "it", "them", "the", "a", "an", "two", "three", "both"])
_SAYS_WHERE = frozenset(["and", "from", "she", "it", "they", "was", "were", "but", "then", "who", "which"])


def _comes_there(line: Line, at: int) -> bool:
    """Whether a verb of movement in the past tense stands at a token, with its subject still to come."""
    verb = line.starting("trigger", at)
    if verb is None or not any(form == "past" for _, form in verb.data):
        return False
    return line.low(verb.last) in ("the", "a", "an", "two", "three", "on") or line.text(verb.last)[:1].isupper()


_COAST_TOKENS = 4


def _owns_coast(line: Line, last: int) -> bool:
    """Whether a land is only told for its coast or waters: "lie off the state's coast", "operating off the country's west coast"."""
    if line.text(last) not in ("'", "’") or line.low(last + 1) != "s":
        return False
    return not line.doc.lexicon.sets["coasts"].isdisjoint(line.lows[last + 2 : last + 2 + _COAST_TOKENS])


_REMAINS = frozenset(["remain", "remains", "remained", "remaining", "stay", "stays", "stayed", "staying", "arrived", "arrives", "arrive", "docked"])


def _comes_or_leaves(line: Line, found: Found) -> bool:
    """Whether a land is what a ship comes to or leaves: "A few days later she left the country"."""
    if line.low(found.first - 1) == "the" and line.low(found.first - 2) == "in" and line.low(found.first - 3) in _REMAINS:
        return line.text(found.last) not in ("'", "’", "-")  # "will remain in the country until Friday"
    verb = line.ending("trigger", found.first - 1) if line.low(found.first - 1) == "the" else None
    moves = verb is not None and any(rule.kind is EventKind.DEPARTURE and rule.direct for rule, _ in verb.data)
    return moves and not line.text(found.last)[:1].isupper() and line.text(found.last) not in ("'", "’", "-")


def _is_existential(line: Line, found: Found) -> bool:
    """Whether "there" only says that something is or comes: "there has been no sighting", "out of Zeebrugge there sailed two minehunters"."""
    sets = line.doc.lexicon.sets
    if line.low(found.first) == "there" and line.low(found.first - 1) not in _SAYS_WHERE and _comes_there(line, found.last):
        return True
    return line.low(found.first) == "there" and line.low(found.last) in (
        sets["be"] | sets["have"] | {"would", "will", "may", "might", "seems", "appears"}
    )


_STAYS = frozenset(["until", "till", "lay", "lies", "remained", "remains", "stays", "stayed", "spent"])


def _begins_name(line: Line, found: Found) -> bool:
    if any(f.first < found.last < f.last for f in line.found("place")):
        return True
    stays = found.first == 0 and line.low(0) in ("there", "here") and not _STAYS.isdisjoint(line.words)
    if stays and line.low(1) in ("the", "she", "it", "they", "both", "all"):
        return False  # "There the carrier will be until 29 July"
    capital = line.text(found.last - 1)[:1].isupper()
    alone = found.last - found.first == 1 and line.low(found.first - 1) == "the" and not line.text(found.last)[:1].isupper()
    return capital and not (alone and line.low(found.first) in ("strait", "straits", "canal", "gulf"))  # "crossed the Strait westbound"


def _national(line: Line) -> Iterator[PlaceMention]:
    """A country told by its adjective: "the Syrian coast", "Philippine waters"."""
    for nation in line.found("nation"):
        wet = (
            line.low(nation.last) in ("coast", "coastline", "waters", "shore", "shores", "mainland", "territorial")
            and line.low(nation.last + 1) != "guard"
        )
        if line.low(nation.last) == "capital" and (capital := _capital(line, nation)):
            yield capital
        if line.low(nation.last + 1) == "controlled" and line.low(nation.last + 2) == "waters" and (entry := land_of(line, nation.data)):
            name = f"{entry.name} {ZONE_NAME}"  # "left Irish-controlled waters"
            yield _mention(line, nation.first, nation.last + 3, name, changed(entry, name=name, kind=PlaceKind.SEA))
        if _some_port(line, nation.last) and (entry := land_of(line, nation.data)):
            yield _mention(line, nation.first, nation.last + 1, entry.name, entry)
        if wet and (entry := land_of(line, nation.data)):
            last = nation.last + (2 if line.low(nation.last) == "territorial" and line.low(nation.last + 1) == "waters" else 1)
            mention = _mention(line, nation.first, last, entry.name, entry)
            how = "off" if mention.how in ("in", None) else mention.how
            yield changed(mention, how=how, slot=mention.slot or "place")


_WHOSE = frozenset(["its", "their", "country", "nation", "republic"])
_SHORES = frozenset(["waters", "border", "borders", "shore", "shores", "coast", "coastline", "zone", "eez"])
_COMPASS_POINTS = ("north", "south", "east", "west", "northern", "southern", "eastern", "western")
_OF_NAVY = 3  # "the support ship SS-750 of the Russian Navy"
_DENIED_TOKENS = 8
_SHORE_ADJECTIVES = frozenset(["territorial", "maritime", "sea", "coastal", "own", "national", "exclusive", "economic", *_COMPASS_POINTS])


def _of_its_owner(line: Line, vessels: Sequence[VesselMention]) -> Iterator[PlaceMention]:
    """Waters told as those of the land that speaks or watches: "The Lithuanian army spotted a Russian corvette five miles off its sea border"."""
    ships = {n for v in vessels for n in range(v.first, v.last + _OF_NAVY * (line.lows[v.last : v.last + 2] == ["of", "the"]))}
    for at in line.where(_SHORES):
        first = at
        while line.low(first - 1) in _SHORE_ADJECTIVES:
            first -= 1
        last, whose = at + 1, line.low(first - 1)
        if line.low(last) == "(" and line.low(last + 1) == "eez":
            last += 3
        if whose == "s" and line.low(first - 3) in _WHOSE and line.low(first - 4) == "the":
            first -= 4
        elif whose in ("its", "their"):
            first -= 1
        elif line.low(last) == "of" and line.low(last + 1) == "the" and line.low(last + 2) in _WHOSE:
            last, first = last + 3, first - (whose == "the")
        else:
            continue
        if "no" in line.lows[max(first - _DENIED_TOKENS, 0) : first]:
            continue  # "that no research would be done in its waters"
        if line.low(last) == "guard" or not (owner := _land_in_front(line, first, ships)):
            continue
        zone = line.low(at) in _ZONE
        name = f"{owner.name} {ZONE_NAME}" if zone else owner.name
        mention = _mention(line, first, last, name, changed(owner, name=name, kind=PlaceKind.SEA) if zone else owner)
        if zone and mention.how:
            yield mention
        elif mention.how in ("in", "off", "through") or line.low(first - 1) == "near":
            yield changed(mention, how="off", slot="place")


def _land_in_front(line: Line, before: int, ships: set[int]) -> PlaceEntry | None:
    """The land told last in front of a token as one that acts, outside what tells of ships: "Estonia's navy", "the Lithuanian army"; None for two."""
    entries = line.doc.gazetteer.places.entries
    told = [land_of(line, f.data) for kind in ("nation", "navy") for f in line.found(kind) if f.last <= before and f.first not in ships]
    told += [entries[f.data[0]] for f in line.found("place") if f.last <= before and f.first not in ships and _is_country(line, f)]
    lands = {land.key: land for land in told if land}
    return next(iter(lands.values())) if len(lands) == 1 else None


_LISTED_TOKENS = 10


def _some_port(line: Line, at: int) -> bool:
    """Whether ports are told by their land alone: "visited Norwegian ports", "for a Russian port"; not "the Norwegian ports of Bergen and Bodø"."""
    one = line.low(at) == "port" and line.low(at - 2) in ("a", "an", "unnamed", "unspecified")
    if not (one or line.low(at) == "ports") or line.low(at + 1) in ("of", "authority", "authorities"):
        return False
    return not any(at < f.first <= at + _LISTED_TOKENS for f in line.found("place"))


def _capital(line: Line, nation: Found) -> PlaceMention | None:
    """The port that a capital is: "lay in the Cuban capital". None where its name stands beside it."""
    named = line.doc.gazetteer.places.named(line.doc.lexicon.capitals.get(nation.data, ""))
    behind = nation.last + 1 + (line.low(nation.last + 1) in (",", "of", "city", "("))
    if not named or line.starting("place", behind) or line.text(nation.last + 1)[:1].isupper():
        return None
    return _mention(line, nation.first, nation.last + 1, named[0].name, named[0])


_GULF = "Persian Gulf"


def _the_gulf(line: Line) -> PlaceMention | None:
    """The Gulf, by which papers mean one where no other is spoken of: "arrived in the Gulf last month"."""
    at = next((n for n, text in enumerate(line.texts) if text == "Gulf" and line.texts[n - 1 : n] == ["the"]), None)
    if at is None or line.low(at + 1) == "of" or line.text(at + 1)[:1].isupper() or any(f.first <= at < f.last for f in line.found("place")):
        return None
    named = line.doc.gazetteer.places.named(_GULF)
    return _mention(line, at, at + 1, named[0].name, named[0]) if named and not _OTHER_GULF.search(line.doc.text) else None


_PLYMOUTH_SOUND = "plymouth-sound"


MEANT_BY_TEXT = frozenset(["sea", "sound", "channel"])
"""Of a place whose name ends so the text may say which one it is."""


def channel_meant(line: Line, place: PlaceMention, told: PlaceMention | None) -> PlaceMention:
    """The channel that "the Channel" is: the one told before: "patrolled the Mozambique Channel. She left the Channel in May"."""
    if line.lows[place.first : place.last][-2:] == ["east", "sea"] and "vietnam" in line.doc.low and "korea" not in line.doc.low:
        sea = next(iter(line.doc.gazetteer.places.named("South China Sea")), None)  # as Vietnamese papers call it
        return changed(place, name=sea.name, entry=sea) if sea else place
    if line.lows[place.last - 1] == "sound" and place.last - place.first == 1 + (line.low(place.first) == "the") and "plymouth" in line.doc.low:
        sound = line.doc.gazetteer.places.entries.get(_PLYMOUTH_SOUND)  # and not the Øresund
        return changed(place, name=sound.name, entry=sound) if sound else place
    if told is None or told.entry is None or place.entry is None or told.name == place.name or line.lows[place.last - 1] != "channel":
        return place
    bare = place.last - place.first - (line.low(place.first) == "the") == 1
    return changed(place, name=told.name, entry=told.entry) if bare else place


_OTHER_GULF = re.compile(r"\bGulf of [A-Z]|(?<!Persian )(?<!Arabian )(?<!the )\bGulf\b(?! (?:States|War|Coast|states|war|coast|Cooperation))")
_ZONE = frozenset(["zone", "eez"])
ZONE_NAME = "Exclusive Economic Zone"


def _zones(line: Line, found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """A country's economic zone, which is a water of its own: "Vietnam's exclusive economic zone", "the Irish EEZ", "the EEZ of the Netherlands"."""
    zones, names = [], line.doc.lexicon.sets["economic_zones"]
    lands = [(m.first, m.last, m.entry) for m in found if m.entry and m.entry.kind is PlaceKind.COUNTRY]
    lands += [(f.first, f.last, entry) for f in line.found("nation") if (entry := land_of(line, f.data))]
    for first, last, entry in lands:
        at = last + 2 if line.low(last + 1) == "s" else last + (line.low(last) in ("'", "’"))
        end = next((at + n for n in (3, 2, 1) if at + n <= line.size and " ".join(line.lows[at : at + n]) in names), None)
        of = first - (line.low(first - 1) == "the") - 1
        begin = next((of - n for n in (3, 2, 1) if line.low(of) == "of" and n <= of and " ".join(line.lows[of - n : of]) in names), None)
        if end or begin is not None:
            name = f"{entry.name} {ZONE_NAME}"
            end = end + 3 if end and line.lows[end : end + 3] == ["(", "eez", ")"] else end
            zones.append(_mention(line, first if begin is None else begin, end or last, name, changed(entry, name=name, kind=PlaceKind.SEA)))
    return zones


def land_of(line: Line, code: str) -> PlaceEntry | None:
    """The country with a code."""
    return _countries(line.doc.gazetteer).get(code)


@lru_cache(maxsize=4)
def _countries(gazetteer: Gazetteer) -> dict[str, PlaceEntry]:
    """The countries of the gazetteer by their codes, of several the first."""
    places = [p for p in reversed([*gazetteer.places.entries.values()]) if p.country]
    wide = sorted((p for p in places if p.kind is PlaceKind.ISLAND), key=lambda p: p.radius_km or 0)  # Greenland and the Faroes are no countries
    return {**{p.country: p for p in wide if p.country}, **{p.country: p for p in places if p.kind is PlaceKind.COUNTRY and p.country}}


_FLEETS_TOKENS, _COMMAND_TOKENS = 8, 5


_ISLANDS = frozenset(["island", "islands"])
_BASES_OF = frozenset(["base", "bases", "homeport", "homeports"])


def _of_bases(line: Line, found: Found) -> bool:
    """Whether waters only tell on which side bases lie that no name tells: "to its Pacific base", but "the Black Sea base of Sevastopol"."""
    at = found.last
    if line.low(at) == "and" and (other := line.starting("place", at + 1)) and _is_water(line, other):
        at = other.last
    return line.low(at) in _BASES_OF and line.low(at + 1) not in ("of", "at", "in")


def _is_water(line: Line, found: Found) -> bool:
    """Whether a place is a sea or another open water."""
    return line.doc.gazetteer.places.entries[found.data[0]].kind in WATER_KINDS


def _is_adjective(line: Line, found: Found) -> bool:
    after, behind = line.low(found.last), line.low(found.last + 1)
    if line.text(found.last) == "-" and behind in line.doc.lexicon.sets["place_adjective"]:
        return _behind_held(line, found.last) is None
    island = after in _ISLANDS and line.low(found.last + 1) in _NATIONS and line.low(found.last + 2) != "of"
    if (after in _NATIONS or island) and _is_water(line, found):
        return True  # "visited this Pacific island nation"
    if after in line.doc.lexicon.sets["not_a_place_after"] or (after in _ISLANDS and line.text(found.last)[:1].isupper() and _is_water(line, found)):
        return True  # "with Pacific Island partners"
    if after == "naval" and line.text(found.last)[0].isupper() and _is_country(line, found):
        return True  # "at U.S. Naval Station Rota"
    if (after in _BASES_OF or (after == "and" and "bases" in line.words)) and _is_water(line, found) and _of_bases(line, found):
        return True  # "returned to their Atlantic and Pacific bases"
    if line.text(found.last)[:1].isupper() and "Command" in line.texts[found.last : found.last + _COMMAND_TOKENS]:
        return all(line.text(n)[:1].isupper() or line.text(n) == "-" for n in range(found.last, line.texts.index("Command", found.last)))
    fleets = after[:1].isdecimal() and (behind == "fleet" or "fleets" in line.lows[found.last + 1 : found.last + _FLEETS_TOKENS])
    if fleets or line.lows[max(found.first - 3, 0) : found.first] == ["rim", "of", "the"]:
        return True  # "a destroyer in the US 3rd Fleet", "en route to the Rim of the Pacific exercise"
    if line.text(found.last) == "-" and line.ends[found.last - 1] == line.starts[found.last] and _is_of_lands(line, found):
        return True
    navies = line.found("navy")
    return bool(navies) and any(f.first <= found.first and f.last >= found.last and f.last - f.first > found.last - found.first for f in navies)


_NATIONS = frozenset(["nation", "nations", "country", "countries", "state", "states", "neighbour", "neighbor", "neighbours", "neighbors"])


def _is_country(line: Line, found: Found) -> bool:
    """Whether a place is a country."""
    return line.doc.gazetteer.places.entries[found.data[0]].kind is PlaceKind.COUNTRY


def _is_of_lands(line: Line, found: Found) -> bool:
    """Whether hyphens join lands to tell whose an exercise is: "the South Africa-Russia-China drills"."""
    entries, last = line.doc.gazetteer.places.entries, found.last
    while line.text(last) == "-" and (other := line.starting("place", last + 1)) and entries[other.data[0]].kind is PlaceKind.COUNTRY:
        last = other.last
    return last > found.last and entries[found.data[0]].kind is PlaceKind.COUNTRY and line.text(last)[:1].islower()


_PARTS_SIDES = frozenset(["between", "separating", "separates", "divides"])


def _between(line: Line) -> Iterator[PlaceMention]:
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
                        yield _halfway(line, at, _mention(line, at, last, entry.name, entry, how=None if entered else "through"))
                        return
    yield from (_halfway(line, at, place) for place in _between_islands(line, at))


_HALFWAY = frozenset(["midway", "halfway", "way"])


def _halfway(line: Line, at: int, place: PlaceMention) -> PlaceMention:
    """A place between two sides, where a ship is told to be and passes none: "was midway between Malta and Crete"."""
    if line.low(at - 1) not in _HALFWAY:
        return place
    return changed(place, first=at - 1, start=line.starts[at - 1], how="in", slot="place")


_WATER_TOKENS = 5
_ENTERED = frozenset(["entered", "enter", "enters", "entering"])
_NARROWS = frozenset(["strait", "waterway", "channel", "waters", "water", "passage", "seaway", "sea"])


def _is_land(line: Line, name: str) -> bool:
    """Whether a side of a water is a whole country."""
    return any(p.kind is PlaceKind.COUNTRY for p in line.doc.gazetteer.places.named(name.removeprefix("mainland ").title()))


def _is_water_between(line: Line, at: int) -> bool:
    """Whether what lies between two sides is told to be water: "the narrow strait between China and Taiwan"."""
    return line.ending("trigger", at) is not None or not _NARROWS.isdisjoint(line.lows[max(at - _WATER_TOKENS, 0) : at])


def _between_islands(line: Line, at: int) -> Iterator[PlaceMention]:
    """A passage without a name, told by two islands: the second stands for it ("between that island and Yonaguni Island")."""
    joint = next((n for n in range(at + 1, min(at + 9, line.size)) if line.low(n) == "and"), None)
    if joint is None or line.low(at - 1) in line.doc.lexicon.sets["not_passing"]:
        return
    found = line.starting("place", joint + 1)
    first = any(line.starting("place", n) for n in range(at + 1, joint)) or any(line.low(n) == "island" for n in range(at + 1, joint))
    entry = line.doc.gazetteer.places.entries[found.data[0]] if found else None
    if found and entry and first and entry.kind is PlaceKind.ISLAND:
        yield _mention(line, at, found.last, entry.name, entry, how="through")


def _pair(behind: str, one: str, other: str) -> bool:
    head, found, tail = f" {behind} ".partition(" from " if " and " not in f" {behind} " else " and ")
    return bool(found) and f" {one} " in f"{head} " and f" {other} " in f" {tail}" and len(head.split()) <= 7 and f" {tail}".find(f" {other} ") <= 30


def _end_of(line: Line, at: int, words: str) -> int:
    parts = words.split()
    for n in range(at, line.size - len(parts) + 1):
        if [line.low(n + k) for k in range(len(parts))] == parts and line.low(n - 1) != "between":
            last = n + len(parts)
    return last


@lru_cache(maxsize=4)
def _place_words(lexicon: Lexicon) -> frozenset[str]:
    """The words that mark a run of capitalised words as a place."""
    return lexicon.place_first | lexicon.place_last


_HARBOURS = frozenset(["port", "harbour", "harbor"])


def _names_quay(line: Line, at: int) -> bool:
    """Whether a token ends the name of a part of a port: "Port Klang Cruise Centre"."""
    return line.low(at) in line.doc.lexicon.sets["berth_words"] or line.low(at) in ("centre", "center")


def _is_port(line: Line, found: Found) -> bool:
    """Whether a place is a port."""
    return line.doc.gazetteer.places.entries[found.data[0]].kind in PORT_KINDS


def _unlisted(line: Line) -> Iterator[PlaceMention]:
    """Capitalised runs that a word such as Cape or Shoal marks as a place."""
    lexicon, last = line.doc.lexicon, 0
    marks = _place_words(lexicon)
    behind = next((n for n in range(line.size, 0, -1) if line.texts[n - 1] in marks), 0)
    for at in [n for n, text in enumerate(line.texts[:behind]) if text[0].isupper()]:
        if at < last or ((nation := line.starting("nation", at)) and nation.last - at == 1 and line.starting("place", at + 1)):
            continue  # within the run before, or "the Russian Black Sea"
        last = at
        while last < line.size and (
            (
                line.text(last)[:1].isupper()
                and line.text(last)[:1].isalpha()
                and line.low(last) not in lexicon.weekdays
                and line.low(last) not in lexicon.months
            )
            or (last == at + 1 and line.low(last) == "of" and line.text(at) in lexicon.place_first and line.text(last + 1)[:1].isupper())
        ):
            last += 1
        known = line.starting("place", at)
        if known and known.last == last - 1 and line.low(last - 1) in _HARBOURS:
            continue  # "at Qingdao Port"
        if nation and nation.last == last - 1 and line.low(last - 1) in _BASES and line.low(last) in ("of", "at"):
            continue  # "at the Syrian Port of Latakia"
        if known and known.last < last and _names_quay(line, last - 1) and _is_port(line, known):
            continue  # "at the Port Klang Cruise Centre"
        if (
            last - at >= 2
            and (line.text(at) in lexicon.place_first or line.text(last - 1) in lexicon.place_last)
            and (line.ending("preposition", at) or line.low(at - 1) == "the" or _is_verb_before(line, at))
        ):
            of = next((n for n in range(at + 1, last - 1) if line.low(n) == "of"), None)
            if of and line.low(at) == "port" and any(f.first == of + 1 and f.last == last for f in line.found("place")):
                continue  # "the Port of Trincomalee"
            if _BASES.issuperset(line.lows[at:last]) or (line.low(at) == "naval" and line.low(last - 1) in lexicon.sets["naval_bodies"]):
                continue  # "the Naval Base of Las Palmas", "the Naval Service said"
            if told := _known_within(line, at, last):
                yield told
                continue
            here = line.low(last) == "here" and line.low(last - 1) in lexicon.sets["facility_words"]  # "at the Naval Dockyard here"
            yield _mention(line, at, last, line.told(at, last), None if here else unlisted_entry(line, at, last), anaphor="port" if here else None)


def _is_verb_before(line: Line, at: int) -> bool:
    """Whether a verb of movement stands right before a token: "entered Fisher Reef"."""
    word = line.text(at - 1)
    return len(word) > 1 and word.islower() and line.ending("trigger", at) is not None


def _known_within(line: Line, first: int, last: int) -> PlaceMention | None:
    """A place that is known under the shorter name: "Oahu Island", "Joint Base Pearl Harbor"; None for a name of its own."""
    opens = line.starting("place", first)
    if opens and opens.last == last - 1 and line.low(last - 1) in _ISLANDS:
        entry = line.doc.gazetteer.places.entries[opens.data[0]]
        return _mention(line, first, last, entry.name, entry) if entry.kind is PlaceKind.ISLAND else None
    ends = line.ending("place", last)
    if ends and ends.first > first and _BASES.issuperset({*line.lows[first : ends.first]} - {"joint"}) and _is_port(line, ends):
        entry = line.doc.gazetteer.places.entries[ends.data[0]]
        return _mention(line, first, last, entry.name, entry)
    return None


_BASES = frozenset(["naval", "base", "station", "port", "harbour", "harbor", "dock", "dockyard", "yard", "facility", "anchorage"])
_LONGEST_GUESS = 4


def _marked(line: Line) -> Iterator[PlaceMention]:
    """Names that nobody listed with a word for what they are: "the Danish town of Kirkeby", "off Kirkeby island"."""
    for at in line.where(MARKS.keys()):
        kind = MARKS[line.low(at)]
        if not line.text(at).islower():
            continue
        if line.low(at + 1) == "of" or (line.low(at + 1) in _LIES and line.low(at) in _HELD_AT):
            first, last = at + 2, _run_of_name(line, at + 2)
            end = last
        elif line.text(at + 1) == "," and line.low(at - 1) in _OF_HERS and is_capital(line.text(at + 2)):
            first, last = at + 2, _run_of_name(line, at + 2)  # "her home port, Kirkeby"
            end = last
        else:
            first = _run_before(line, at)
            last, end = at - (line.low(at) == "base" and line.low(at - 1) == "naval"), at + 1
        front = first - (line.low(first - 1) == "the")
        begin = _begin_of_phrase(line, at if end == last else first)
        led = end == last or line.ending("preposition", front) or line.ending("trigger", first)
        hers = begin > 1 and line.begins(frozenset(["vessel", "prefix"]), end)  # but "In the port of Kirkeby HMS Kent"
        if first >= last or not led or not _may_begin(line, first) or hers:
            continue
        if any(f.first < last and first < f.last for kind in ("place", "nation", "navy", "vessel") for f in line.found(kind)):
            continue
        named = [line.low(n) for n in range(first, last) if line.text(n).isalpha()]
        if len(named) > _LONGEST_GUESS or not line.doc.lexicon.sets["no_place"].isdisjoint(named) or line.starting("vessel", first):
            continue
        name = line.told(first, last)
        told = _mention(line, first, end, name, PlaceEntry(UNLISTED + name.lower(), name, kind))
        if told.how is None and end == last:
            how, slot = _preposition(line, begin)
            told = changed(told, how=how, slot=slot)
        if told.how or begin == 0 or line.ending("trigger", first) or line.ending("trigger", begin):
            yield told


_PHRASE_TOKENS = 5


def _begin_of_phrase(line: Line, at: int) -> int:
    """Where the words begin that lead to a name with a word for what it is: "the small Peruvian port of Kirkeby"."""
    begin, before = at, line.doc.lexicon.sets["before_place"]
    while begin > max(at - _PHRASE_TOKENS, 0):
        nation = line.ending("nation", begin)
        if nation is None and line.low(begin - 1) not in before:
            break
        begin = nation.first if nation else begin - 1
    return begin


_LIST_ENDS = frozenset([".", "", "on", "before", "during", "this", "last"])
_IN_LISTS = frozenset([*PORT_KINDS, PlaceKind.COUNTRY, PlaceKind.ISLAND])


def _listed_with(line: Line, found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Names that nobody listed among places that are known: "called at Toulon, Kirkeby and Malta"."""
    told: list[PlaceMention] = []
    for one in found:
        if one.entry is None or one.anaphor or one.entry.kind not in _IN_LISTS or line.low(one.last) not in (",", "and"):
            continue
        joint = one.last + (line.low(one.last + 1) == "and")
        if not is_capital(line.text(joint + 1)) or not _may_begin(line, joint + 1) or line.starting("vessel", joint + 1):
            continue
        first, last = joint + 1, _run_of_name(line, joint + 1)
        words = [line.low(n) for n in range(first, last) if line.text(n).isalpha()]
        behind = last + 1 + (line.low(last + 1) == "and")
        then = line.starting("place", behind) if line.low(last) in (",", "and") and line.low(joint) == "," and joint == one.last else None
        among = then is not None and (behind > last + 1 or line.low(last) == "and" or line.low(then.last) in (",", "and"))
        among = (
            among and then is not None and not (line.text(last) == "," and _is_land_or_coast(line, then))
        )  # "Fleet Base West, Rockingham, Western Australia"
        closes = line.low(joint) == "and" and one.how in ("in", "to", None) and one.is_port and line.low(last) in _LIST_ENDS
        if (among or closes) and 1 <= len(words) <= 2 and min(map(len, words)) > 2 and line.doc.lexicon.sets["no_place"].isdisjoint(words):
            name = line.told(first, last)
            told.append(PlaceMention(*line.span(first, last), first, last, name, PlaceEntry(UNLISTED + name.lower(), name, PlaceKind.PORT)))
    return told


def _is_land_or_coast(line: Line, found: Found) -> bool:
    return line.doc.gazetteer.places.entries[found.data[0]].kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.COAST)


_LIES, _OF_HERS = frozenset(["at", "in"]), frozenset(["home", "her", "its", "their"])
_HELD_AT = frozenset(["base", "shipyard", "harbour", "harbor", "anchorage", "station", "yard", "dockyard", "terminal"])
"""What is told to be at a place: "the naval base at Kirkeby"."""
_BEHIND_NAMES = frozenset(["base", "port", "island", "islet", "atoll", "strait", "shipyard", "anchorage", "roadstead", "peninsula"])


def _run_before(line: Line, at: int) -> int:
    """Where the capitalised run begins that stands in front of a word for a port or island, itself where there is none."""
    first = at = at - (line.low(at) == "base" and line.low(at - 1) == "naval")
    if line.low(at) == "base":
        return at  # "the Northern Fleet base"
    if line.low(at + (line.low(at) == "naval")) not in _BEHIND_NAMES or line.low(at - 1).endswith(
        ("ian", "ean", "ese", "ish", "can")
    ):  # "put into a Sicilian port"
        return at
    while first > 0 and is_capital(line.text(first - 1)) and line.low(first - 1) not in line.doc.lexicon.function and at - first <= _LONGEST_GUESS:
        first -= 1
    return first


def _guessed(line: Line) -> Iterator[PlaceMention]:
    """Capitalised runs behind a preposition or straight behind a verb that may name a place that nobody listed: "they are to lie at Sant Feliu"."""
    if not line.found("trigger"):
        return
    for found in line.found("preposition"):
        first = found.last
        if is_capital(line.text(first)) and _leads(line, found) and (last := _guess_at(line, first)):
            how, slot = ("off", "place") if found.data[0] == "from" and _is_distance(line, first) else found.data
            stays = line.ending("trigger", found.first) if how == "in" and line.low(first - 1) in ("in", "at") else None
            name = line.told(first, last)
            if (
                stays and "lake" not in line.lows[first:last] and any(rule.id == "be.stay" for rule, _ in stays.data)
            ):  # "has been in Kirkeby since Monday"
                yield PlaceMention(*line.span(first, last), first, last, name, PlaceEntry(UNLISTED + name.lower(), name, PlaceKind.PORT), how, slot)
                continue
            yield PlaceMention(*line.span(first, last), first, last, name, None, how, slot, guess=True)
    for found in line.found("trigger"):
        first = found.last
        if not is_capital(line.text(first)) or not line.text(first - 1).islower() or not any(rule.direct for rule, _ in found.data):
            continue
        if last := _guess_at(line, first):
            if told := _known_within(line, first, last):
                yield told
                continue
            yield PlaceMention(*line.span(first, last), first, last, line.told(first, last), None, None, None, guess=True)


_LEADS = frozenset(["in", "at", "from", "to", "into", "off", "near", "toward", "towards"])


def _leads(line: Line, found: Found) -> bool:
    """Whether a preposition leads to a place: "for" only right behind a verb, or as the end of a phrase such as "bound for"."""
    word = line.low(found.last - 1)
    if word == "for":
        return found.last - found.first > 1 or line.ending("trigger", found.first) is not None
    return word in _LEADS or found.data[0] == "off"


def _guess_at(line: Line, first: int) -> int:
    """The token behind a name that begins at one and may be a place's, 0 where it may not."""
    lexicon, sets = line.doc.lexicon, line.doc.lexicon.sets
    if not _may_begin(line, first) or (line.starting("vessel", first) and line.low(first - 1) != "at"):
        return 0
    last = _run_of_name(line, first)
    words = [line.low(n) for n in range(first, last) if line.text(n).isalpha()]
    behind = line.low(last)
    bracket = line.starting("place", last + 1) if behind == "(" else None
    fronted = first <= 1 and (line.low(last) in _SUBJECTS or line.starting("prefix", last) is not None)
    closed = (
        fronted
        or (bracket is not None and line.text(bracket.last) == ")")
        or behind in sets["behind_place"]
        or behind.isdecimal()
        or behind in lexicon.weekdays
        or last >= line.size
    )
    return last if closed and len(words) <= _LONGEST_GUESS and sets["no_place"].isdisjoint(words) else 0


_SUBJECTS = frozenset(["the", "a", "an", "she", "it", "they", "he", "both", "two", "three"])
_LINKS = frozenset(["de", "do", "da", "dos", "das", "del", "du", "di", "la", "los", "las", "sur"])


def _run_of_name(line: Line, first: int) -> int:
    """The token behind a run of capitalised words, with what joins them: "Saint-Cyr", "Cox's Bazar", "St. Ives", "Porto do Sul"."""
    last = first
    while last < line.size:
        joined = last > first and line.starts[last] == line.ends[last - 1]
        timed = line.low(last) in line.doc.lexicon.months or line.low(last) in line.doc.lexicon.weekdays
        if is_capital(line.text(last)) and (joined or not timed):
            last += 1
        elif last > first and (size := _link(line, last, joined=joined)):
            last += size
        else:
            break
    return last


def _link(line: Line, at: int, *, joined: bool) -> int:
    """How many tokens join two capitalised words to one name, 0 for none; `joined` where no space parts them from the first."""
    text = line.text(at)
    if joined and text == "-" and at + 1 < line.size and line.starts[at + 1] == line.ends[at]:
        size = 1
    elif joined and text in ("'", "’") and line.low(at + 1) == "s":
        size = 2
    else:
        size = 1 if text in _LINKS or (joined and text == "." and line.low(at - 1) in ("st", "ste")) else 0
    return size if size and is_capital(line.text(at + size)) else 0


_OTHER_KINDS = frozenset(["nation", "navy", "type", "group", "prefix", "class", "number", "place", "hedge"])


def _may_begin(line: Line, at: int) -> bool:
    """Whether a capitalised token can begin a place's name that nobody listed."""
    text, low, lexicon = line.text(at), line.low(at), line.doc.lexicon
    if (text.isupper() and len(text) > 1) or low in lexicon.weekdays or low in lexicon.months or low in lexicon.function:
        return False
    if low in lexicon.definite or low in lexicon.sets["titles"] or low in lexicon.sets["forenames"]:
        return False
    if line.text(at + 1) in (".", "-", "'", "’") and _run_of_name(line, at) == at + 1:
        return line.text(at + 1) == "." and at + 2 >= line.size
    return not line.begins(_OTHER_KINDS, at)


def _mention(
    line: Line, first: int, last: int, name: str, entry: PlaceEntry | None, *, how: str | None = None, anaphor: str | None = None
) -> PlaceMention:
    start, end = line.span(first, last)
    slot = None
    if how is None:
        how, slot = _preposition(line, first)
    before = line.low(first - 1 - (line.low(first - 1) == "the"))
    if how == "through" and before == "across" and entry is not None and entry.kind not in PASSAGE_KINDS:
        how, slot = "in", "place"  # "were seen across the West Philippine Sea"
    if how == "from" and _is_distance(line, first):
        how, slot = "off", "place"  # "lay 12 kilometres from Langeland"
    if how is None and before == "by" and entry is not None and entry.kind in PASSAGE_KINDS:
        how, slot = "through", "via"
    if how == "in" and _are_its_waters(line, last) and entry is not None and entry.kind in (*PORT_KINDS, PlaceKind.COUNTRY):
        how = "off"  # "was in British Gibraltar Territorial Waters"
    if how is None and first == 0 and line.text(last) in (",", ":") and entry is not None:
        how, slot = "in", "place"  # a caption or a dateline: "Tartus, Dec. 5: …"
    capitals = line.told(first, last).isupper() or (entry is not None and entry.kind in WATER_KINDS)
    if how is None and first == 0 and line.text(last) == "(" and entry is not None and capitals:
        how, slot = "in", "place"  # "PHILIPPINE SEA (Dec. 9, 2024) USS Cole …"
    return PlaceMention(start, end, first, last, name, entry, how, slot, anaphor)


_ITS_TOKENS = 3


def _are_its_waters(line: Line, last: int) -> bool:
    """Whether the waters of a place are told that ends in front of a token: "Gibraltar Territorial Waters", "Australia's northern waters"."""
    if line.low(last) in ("territorial", "waters") or line.low(last - 1) == "waters":
        return True
    if line.low(last + 1) == "s" and line.low(last + 2) == "vicinity":
        return True  # "have been in Australia's vicinity since Monday"
    at = next((n for n in range(last + 2, last + 2 + _ITS_TOKENS) if line.low(n) == "waters"), None) if line.low(last + 1) == "s" else None
    return at is not None and all(line.text(n).isalpha() and line.text(n).islower() for n in range(last + 2, at))


def _is_distance(line: Line, first: int) -> bool:
    """Whether a place is what a distance is told from: "12 kilometres or so from the southern end of Langeland"."""
    at = next((n for n in range(first - 1, max(first - 8, 0), -1) if line.low(n) == "from"), None)
    return at is not None and any(line.low(n) in line.doc.lexicon.sets["distances"] for n in range(max(at - 3, 0), at))


_FRONT_TOKENS = 12
_WAYS_OUT = frozenset(["through", "via", "into", "to"])


def _preposition(line: Line, first: int) -> tuple[str | None, str | None]:
    at = first
    for _ in range(_FRONT_TOKENS):
        found = line.ending("preposition", at)
        if found and line.low(found.first - 1) in line.doc.lexicon.sets["anchorages"] and line.low(found.first) in ("off", "outside", "near"):
            front = found.first - 1 - (line.low(found.first - 2) in ("the", "an", "its", "her", "their"))
            if (out := line.ending("preposition", front)) and out.data[0] == "from":
                return "from", "origin"  # "sailed from the anchorage off Tartus"
        if found and found.data[0] == "off" and _leaves_side(line, found.first):
            return "from", "origin"  # "set sail from the south of Iran"
        if found and not (line.low(found.first) == "of" and found.last - found.first == 1):
            verb = line.starting("trigger", found.first - 1) if line.low(found.first) == "out" and line.low(found.last - 1) not in _WAYS_OUT else None
            if verb and verb.last >= found.last:
                return "from", "origin"  # "put out from Sasebo"
            return _outer(line, found) or found.data
        owner = line.ending("nation", at) or (line.ending("place", at - 2) if line.low(at - 1) == "s" else None)
        if owner:  # "through Denmark's Great Belt", "at the Omani port of Duqm"
            at = owner.first
            continue
        sort = line.low(at)
        if at < first - 1 and (sort in line.doc.lexicon.sets["kinds_of_ports"] or sort in _FACES) and (waters := line.ending("place", at)):
            at = waters.first  # "at the Black Sea port of Novorossiysk"
            continue
        if at < first - 1 and sort in _EASTERN and line.low(at - 1) == "far":
            at -= 1  # "to Russia's Far Eastern port of Vladivostok"
            continue
        if at < first - 1 and sort in line.doc.lexicon.sets["kinds_of_ports"] and (navy := line.ending("navy", at)):
            at = navy.first  # "at the Royal Navy base of Faslane"
            continue
        if at < first - 1 and sort in line.doc.lexicon.sets["kinds_of_ports"] and _is_regional(line, at - 1):
            at -= 1  # "in the Crimean port of Feodosia"
            continue
        if at == first and line.low(at - 1) == "s" and line.low(at - 3) in line.doc.lexicon.sets["services"] and line.text(at - 3)[:1].isupper():
            at = _begin_of_service(line, at - 3)  # "at the Maritime Self-Defense Force's Yokosuka Base"
            continue
        if line.text(at - 2) == "-" and line.low(at - 1) in line.doc.lexicon.sets["place_adjective"]:
            at -= 3  # "off Taiwan-held Kinmen"
            continue
        if at == first and (facility := _facility_front(line, at)):
            return facility
        if at > 2 and at < first and line.low(at) == "of" and (told := _scenery(line, at)):
            at = told  # "is returning to her normal stomping ground of the Caribbean"
            continue
        if at == first and (epithet := _begin_of_epithet(line, at)):
            at = epithet  # "in the strategically important Black Sea"
            continue
        if at <= 0 or not (line.low(at - 1) in line.doc.lexicon.sets["before_place"] or _is_part(line, at)):
            return _of_what_is_named(line, at, first)
        at -= 1
    return None, None


def _begin_of_epithet(line: Line, at: int) -> int:
    """Where a praising or telling word of two parts begins in front of a place, 0 without one: "hotly disputed", "oil-rich", "long and narrow"."""
    words = [line.text(n) for n in range(at - 4, at)]
    if at <= len(words) or not words[3].islower() or not words[3].isalpha():
        return 0
    if words[2].endswith("ly") and words[2].islower() and words[1].lower() in ("the", "a", "its", "their"):
        return at - 2
    compound = words[2] == "-" and words[1].islower() and words[0].lower() in ("the", "a")
    return at - 3 if compound else 0


def _begin_of_service(line: Line, at: int) -> int:
    """Where the capitalised name of a navy or guard begins that ends at a token, its article with it."""
    while at > 0 and (line.text(at - 1)[:1].isupper() or line.text(at - 1) in ("-", ".")):
        at -= 1
    return at


_SCENERY_TOKENS = 4


def _scenery(line: Line, of: int) -> int | None:
    """The token behind the article of a few words that only paint a place: "to her stomping ground of the Caribbean"; None for people and offices."""
    sets, at = line.doc.lexicon.sets, of - 1
    while of - at < _SCENERY_TOKENS and line.text(at).isalpha() and line.text(at).islower() and line.low(at) not in line.doc.lexicon.function:
        at -= 1
    words = line.lows[at + 1 : of]
    if line.low(at) not in ("the", "her", "its", "their") or len(words) < 2 or words[-1] not in sets["scenery"]:
        return None
    return at + 1


def _leaves_side(line: Line, first: int) -> bool:
    """Whether ships are told to set out from a side of a land, and not to be off it: "set sail from south of Iran"."""
    at = first - (line.low(first - 1) == "the")
    verb = line.ending("trigger", at) if line.low(at - 1) == "from" else None
    return verb is not None and any(rule.kind is EventKind.DEPARTURE for rule, _ in verb.data)


def _is_regional(line: Line, at: int) -> bool:
    """Whether a token may be the adjective of a land or coast that no list has: "Crimean", "Sicilian"."""
    word = line.text(at)
    return at > 0 and word.isalpha() and word[:1].isupper() and word[1:].islower() and len(word) > 3 and line.low(at) not in line.doc.lexicon.function


_EASTERN = frozenset(["eastern", "east"])
_BASE_TOKENS = 4
_FACES = frozenset(["naval", "coastal", "fishing", "commercial", "seaside", "northern", "southern", "eastern", "western"])


def _short_told(line: Line, at: int) -> int | None:
    """The first token of a base's words with their short form in brackets in front of its name: "Fleet Activities (FLEACT) Yokosuka"."""
    if line.text(at - 3) != "(" or not line.text(at - 2).isupper() or line.low(at - 4) not in line.doc.lexicon.sets["base_words"]:
        return None
    first = at - 4
    while first > at - 4 - _BASE_TOKENS and line.text(first - 1)[:1].isupper():
        first -= 1
    return first


_FACILITY_TOKENS = 7


def _facility_front(line: Line, first: int) -> tuple[str, str] | None:
    """The preposition in front of a facility that is told before its port: "docked at the Marina Bay Cruise Centre, Singapore"."""
    if line.text(first - 1) != "," or first < 4:
        return None
    at = first - 1
    while (
        at > 0
        and first - at < _FACILITY_TOKENS
        and (line.text(at - 1)[:1].isupper() or line.text(at - 1).isdecimal() or line.low(at - 1) in ("the", "of"))
    ):
        at -= 1
    found = line.ending("preposition", at)
    words = line.lows[at : first - 1]
    if found is None or found.data[0] not in ("in", "to", "from") or line.doc.lexicon.sets["facility_words"].isdisjoint(words):
        return None
    return found.data if not any(at <= f.first < first - 1 for f in line.found("place") if f.last >= first - 1) else None


def _is_part(line: Line, at: int) -> bool:
    """Whether "of" stands at a token behind a word for a part of the place: "the tip of Brittany"."""
    return line.low(at) == "of" and line.text(at - 1).islower() and line.low(at - 1) not in line.doc.lexicon.function


def _of_what_is_named(line: Line, comma: int, first: int) -> tuple[str | None, str | None]:
    """The preposition in front of what a place's name explains: "returned to the main base of the fleet, the city of Baltiysk"."""
    named = comma == first or (comma == first - 1 and line.low(comma) == "the")
    if named and (word := _home_named(line, comma, first)) is not None:
        at = next((f for n in range(word, max(word - 7, 0), -1) if (f := line.ending("preposition", n)) and line.low(f.first) != "of"), None)
        return at.data if at else (None, None)
    explains = (
        line.text(comma - 1) in _APPOSING
        and "of" in line.lows[comma:first]
        and not {"city", "port", "town", "base"}.isdisjoint(line.lows[comma:first])
    )
    if not explains or not {"base", "port", "harbour", "harbor", "station", "basing"} & set(line.lows[max(comma - 8, 0) : comma]):
        return None, None
    at = next((f for n in range(comma - 1, max(comma - 9, 0), -1) if (f := line.ending("preposition", n)) and line.low(f.first) != "of"), None)
    return at.data if at else (None, None)


_APPOSING = frozenset([",", "–", "—"])
_FLEETS = frozenset(["fleet", "flotilla", "navy"])


def _home_named(line: Line, comma: int, first: int) -> int | None:
    """The token of the word that a place right behind a comma names: "in her home port, Cartagena", "at the main base of the fleet – Baltiysk"."""
    hyphen = line.text(comma - 1) == "-" and line.starts[comma - 1] > line.ends[comma - 2] and line.starts[comma] > line.ends[comma - 1]
    if line.text(comma - 1) not in _APPOSING and not hyphen:
        return None
    word = comma - 2
    if line.low(word) in _FLEETS and (of := next((n for n in range(word - 1, max(word - 5, 1), -1) if line.low(n) == "of"), None)):
        word = of - 1
    if line.low(word) not in ("port", "base", "homeport", "harbour", "harbor", "station", "capital", "destination"):
        return None
    found = line.starting("place", first)
    closed = found is not None and (line.low(found.last) in line.doc.lexicon.sets["behind_place"] or line.low(found.last) == "city")
    fronts = range(max(word - 3, 0), word)
    words = set(line.lows[fronts.start : word])
    of_nation = any(line.starting("nation", n) for n in fronts) and not {"a", "an"} & words
    return word if closed and (of_nation or not {"her", "its", "their", "his", "home", "main", "naval"}.isdisjoint(words)) else None


def _outer(line: Line, found: Found) -> tuple[str, str] | None:
    """The preposition before a word for a part of a place: "to the naval base in Tartus" goes to Tartus."""
    how, _ = found.data
    sets, at = line.doc.lexicon.sets, found.first
    if how != "in" or line.low(at - 1) not in sets["facilities"]:
        return None
    for _ in range(6):
        at -= 1
        if (outer := line.ending("preposition", at)) and not (line.low(outer.first) == "of" and outer.last - outer.first == 1):
            verb = line.starting("trigger", outer.first - 1)
            if verb and verb.last >= found.first:
                return None  # "took up her berth in Souda Bay": no part of a place
            if verb and line.low(outer.first) == "out" and verb.last >= outer.last:
                return "from", "origin"  # "put out from the naval base at Sasebo"
            return outer.data  # type: ignore[no-any-return]  # the table of prepositions holds nothing else
        if navy := line.ending("navy", at):  # "for the United States Navy's base on Guam"
            at = navy.first
            continue
        if not (line.low(at - 1) in sets["place_modifiers"] or line.low(at - 1) in sets["before_place"] or line.low(at - 1) in sets["facilities"]):
            return None
    return None


_DISTRICTS, _NEARBY = frozenset(["prefecture", "province", "county", "oblast", "governorate"]), 5
_QUARTERS = frozenset(
    ["northern", "southern", "eastern", "western", "north", "south", "east", "west", "northeastern", "northwestern", "southwestern"]
)
_LIES_IN = frozenset(
    tuple(words.split()) for words in (",", "in", "of the", ", in", "(", ", on the", "on the", "' s", "’ s", ", the", "in the", ", in the")
)
"""What stands between a place and the one that says where it lies."""


def _explains(line: Line, before: PlaceMention | None, mention: PlaceMention) -> bool:
    """Whether a place only says where the one before it lies: "Tartus, Syria", "the base in Tartus"."""
    if before is None or mention.entry is None or before.entry is None:
        wide = mention.entry is not None and mention.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.COAST, PlaceKind.ISLAND)
        return (
            wide and before is not None and before.guess and line.lows[before.last : mention.first] in (["in"], [",", "in"])
        )  # "Capones Island in Zambales"
    behind = before.last + (line.low(before.last) in line.doc.lexicon.sets["port_parts"])  # "Qingdao Port in Shandong Province"
    if line.low(mention.last) in _DISTRICTS and mention.first - before.last <= _NEARBY and line.low(behind) in (",", "in", "("):
        return True  # "Kure in Japan's Hiroshima prefecture"
    land = mention.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.COAST, PlaceKind.ISLAND)
    if land and not before.is_port and line.lows[before.last : mention.first] == [",", "off"]:
        return mention.entry.country in (before.entry.country, None) or before.entry.country is None  # "at the Luconia Shoals, off Sarawak"
    between = [low for low in line.lows[before.last : mention.first] if low not in _QUARTERS]
    if tuple(between) not in _LIES_IN:
        between = [low for low in line.lows[behind : mention.first] if low not in _QUARTERS] if before.is_port else []  # "Jubail Port, Saudi Arabia"
    if tuple(between) not in _LIES_IN:
        return False
    if before.is_passage and between == ["of", "the"]:
        return True  # "the Dover strait of the English Channel"
    inside = line.doc.gazetteer.places.tree.inside(before.entry.key, mention.entry.key)
    listed = line.low(mention.last) in ("and", "or") or (line.text(mention.last) == "," and line.starting("place", mention.last + 1) is not None)
    shore = between == ["in"] or (between == [","] and before.is_port and not listed)  # "at Subic Bay, Zambales"
    inside = inside or (mention.entry.kind is PlaceKind.COAST and shore and mention.entry.country == before.entry.country)
    return inside or (mention.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION) and mention.entry.country == before.entry.country)


_ARMED = frozenset(["navy", "fleet", "navies", "forces", "guard"])
_CALLS = frozenset(["call", "calls", "called", "calling"])


def is_set_aside(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only told to be another than the one meant: "at Mumbai, not Kochi, …", "to Malta rather than to Souda Bay"."""
    if _flies_its_flag(line, place) or ("free" in line.words and line.lows[max(place.first - 3, 0) : place.first] == ["free", "and", "open"]):
        return True  # "a commitment to a free and open Indo-Pacific"
    if "home" in line.words and line.low(place.first - 1) in _CALLS and "home" in line.lows[place.last : place.last + 5]:
        return True  # "one of the four destroyers that call Rota, Spain, home"
    if place.entry and place.entry.kind is PlaceKind.COUNTRY and _is_kept_safe(line, place):
        return True  # "to ensure the security of British waters, HMS Tyne shadowed the tanker"
    if "with" in line.words and place.entry and place.entry.kind is PlaceKind.COUNTRY and _as_partner(line, place):
        return True  # "trained with India, Japan and the United States"
    if "by" in line.words and place.entry and place.entry.kind in (PlaceKind.COUNTRY, PlaceKind.ISLAND) and _lays_claim(line, place):
        return True  # "near a reef claimed by China, Taiwan and Vietnam"
    if line.low(place.first - 1) == "in" and line.low(place.first - 2) in _ASHORE:
        return True  # "placed authorities in Athens on alert"
    source = line.low(place.first - 2) if line.low(place.first - 1) == "in" else ""
    if (source in line.doc.lexicon.sets["sources"] or source in _OFFICES) and _says_so(line, place):
        return True  # "the Defense Ministry in Tokyo said", "according to officials in Manila"
    if (
        place.entry
        and place.entry.kind is PlaceKind.COUNTRY
        and not (line.words.isdisjoint(line.doc.lexicon.sets["strife"]) and line.words.isdisjoint(_ATTACKS))
        and _is_at_strife(line, place)
    ):
        return True  # "sailed amid the tensions between Greece and Turkey"
    if line.low(place.last + (line.low(place.last) in ("base", "port"))) in _WHO_SAYS:
        return True  # "according to Sasebo base sources"
    if place.entry and place.entry.kind in WATER_KINDS and not line.words.isdisjoint(line.doc.lexicon.sets["finished"]) and _is_finished(line, place):
        return True
    if "not" not in line.words and "rather" not in line.words and "instead" not in line.words:
        return False
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    if place.how and line.low(at) not in ("not", "than", "of"):
        found = line.ending("preposition", at + 1)
        at = found.first - 1 if found else at - 1
    if (line.low(at - 1), line.low(at)) in (("rather", "than"), ("instead", "of")):
        return True
    return line.low(at) == "not" and line.text(at - 1) in (",", "and", "(", "—", "–", ";")


def _is_at_strife(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told for its war or dispute: "due to the conflict in Syria", "amid the tensions between Greece and Turkey"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    if line.low(at) == "and" and (other := line.ending("place", at)) and "between" in line.lows[max(other.first - 2, 0) : other.first]:
        at = other.first - 1 - (line.low(other.first - 1) == "the")
    if line.low(at) in ("on", "against", "at") and line.low(at - 1) in _ATTACKS:
        return True  # "involved in missile attacks on Ukraine"
    return line.low(at) in ("in", "between", "of", "with", "against") and not line.doc.lexicon.sets["strife"].isdisjoint(line.lows[at - 1 : at])


_ASHORE = frozenset(["authorities", "diplomats", "lawmakers", "leaders", "residents", "locals", "politicians"])
_ATTACKS = frozenset(["attack", "attacks", "strike", "strikes", "raid", "raids", "bombardment", "assault", "assaults", "missiles"])
_WHO_SAYS = frozenset(["sources", "officials", "authorities"])
_SAFETY = frozenset(["protection", "security", "defence", "defense", "safety", "integrity", "sovereignty"])
_KEEPS_SAFE = frozenset(["protect", "defend", "safeguard", "secure", "police"])


def _is_kept_safe(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told as what ships are there to protect: "in line with its duty to protect Greek waters"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return (line.low(at) == "of" and line.low(at - 1) in _SAFETY) or (line.low(at) in _KEEPS_SAFE and line.low(at - 1) == "to")


_PARTNER_TOKENS = 20


def _as_partner(line: Line, place: PlaceMention) -> bool:
    """Whether a land is one of those with whom something is done, and no place: "held drills with India, Japan and the United States"."""
    for at in range(place.first - 1, max(place.first - _PARTNER_TOKENS, -1), -1):
        low, land = line.low(at), any(f.first <= at < f.last for f in line.found("place"))
        if low == "with":
            return True
        if low not in (",", "and", "the", "both") and low not in _FORCES and not land:
            return False
    return False


_CLAIMED = frozenset(["claimed", "disputed", "contested", "occupied"])


def _lays_claim(line: Line, place: PlaceMention) -> bool:
    """Whether a land is only told to claim another place: "a reef that is claimed by China, Taiwan and Vietnam"."""
    if _CLAIMED.isdisjoint(line.words):
        return False
    for at in range(place.first - 1, max(place.first - _PARTNER_TOKENS, 0), -1):
        low = line.low(at)
        if low == "by":
            return line.low(at - 1) in _CLAIMED
        if low not in (",", "and", "the", "both") and not any(f.first <= at < f.last for f in line.found("place")):
            return False
    return False


_FORCES = frozenset(
    ["naval", "armed", "forces", "navies", "navy", "troops", "counterparts", "from", "of", "allied", "ships", "warships", "vessels", "units", "crews"]
)


_FLAGS = frozenset(["flagged", "registered", "flag", "flags", "incorporated", "reflagged"])


def _is_force_of(line: Line, place: PlaceMention) -> bool:
    """Whether a land only says whose a force is: "headed by the commander of the Pacific Fleet of Russia, berthed here"."""
    of = place.first - 1 - (line.low(place.first - 1) == "the")
    return line.low(of) == "of" and place.entry is not None and place.entry.kind is PlaceKind.COUNTRY and line.low(of - 1) in _ARMED


def _flies_its_flag(line: Line, place: PlaceMention) -> bool:
    """Whether a land only tells whose flag a ship flies: "flagged under the Cook Islands", "under the Panama flag", "registered in Gabon"."""
    if "of" in line.words and _is_force_of(line, place):
        return True
    if _FLAGS.isdisjoint(line.words):
        return False
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    flagged = (
        line.low(at) in ("under", "in", "of", "to", "by", "with")
        and line.low(at - 1) in _FLAGS
        and (line.low(at - 1) != "flag" or line.low(at) == "of")
    )
    return flagged or line.low(place.last) in ("flag", "flags")


_SAID = frozenset(
    [
        "said",
        "says",
        "say",
        "told",
        "announced",
        "confirmed",
        "reported",
        "stated",
        "added",
        "remarked",
        "noted",
        "estimated",
        "estimates",
        "believe",
        "believes",
        "think",
    ]
)
_SOURCE_TOKENS = 5
_OFFICES = frozenset(["command", "office", "bureau", "agency", "guard", "department", "administration", "commission"])


def _says_so(line: Line, place: PlaceMention) -> bool:
    """Whether those in a place only tell what is told: a word of saying stands behind the place, or closely in front of them."""
    front = line.lows[max(place.first - _SOURCE_TOKENS, 0) : place.first - 2]
    last = place.last
    while line.text(last) == "," and line.text(last + 1)[:1].isupper() and last - place.last < _SOURCE_TOKENS:
        last = next(n for n in range(last + 1, line.size + 1) if not line.text(n)[:1].isupper())  # "in Naha, Okinawa Prefecture, said"
    last += last > place.last and line.text(last) == ","
    return line.low(last) in _SAID or "according" in front or not _SAID.isdisjoint(front)


_FINISHED_TOKENS = 12


def _is_finished(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only that of what was over by then: "came home to Toulon, an exercise in the North Sea done"."""
    begin = next((n for n in range(place.first - 1, max(place.first - _FINISHED_TOKENS, 0), -1) if line.text(n) == ","), None)
    end = next((n for n in range(place.last, min(place.last + _FINISHED_TOKENS, line.size)) if not line.text(n).isalnum()), None)
    if begin is None or end is None or line.low(end - 1) not in line.doc.lexicon.sets["finished"]:
        return False
    within = line.lows[begin + 1 : end]
    return {"and", "is", "was", "are", "were", "has", "had"}.isdisjoint(within) and not any(
        form in ("past", "part", "state", "ing")
        for f in line.found("trigger")
        if begin < f.first < end and not line.starting("preposition", f.first)
        for _, form in f.data
    )


_DOORS = frozenset(["entrance", "entrances", "approaches", "approach", "mouth", "exit", "gateway", "gates"])


def at_door(line: Line, place: PlaceMention) -> PlaceMention:
    """A place of which only the way in is told: "turned back at the entrance to the Dardanelles" is off it."""
    if place.how != "to" or _DOORS.isdisjoint(line.words):
        return place
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    front = at - 2 - (line.low(at - 2) in ("the", "its", "northern", "southern", "eastern", "western"))
    front -= line.low(front) == "the"
    told = line.low(at) == "to" and line.low(at - 1) in _DOORS and line.low(front) in ("at", "off", "in", "near", "before", "outside", "by")
    return changed(place, how="off", slot="place") if told else place
