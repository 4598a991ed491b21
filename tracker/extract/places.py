"""Stage 2, places: names of the gazetteer with the preposition before them, waters told by their two sides, and words for a place told before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.domain.kinds import PORT_KINDS, WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.by_adjective import ZONE_NAME, goes_on_in_capitals, land_of, told_by_adjective
from tracker.extract.finer import MARKS, UNLISTED, in_land, named_finely, offset_from
from tracker.extract.fronted_list import listed_in_front
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention, is_capital
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import home_front, leads_to, mention_of, short_told
from tracker.extract.places_guessed import ISLANDS, guessed_places, listed_with, marked_places, names_quay, place_words, unlisted_places
from tracker.extract.places_nested import told_nested
from tracker.extract.ports_in_brackets import ports_in_brackets
from tracker.extract.spans import leftmost_longest
from tracker.extract.waters_between import waters_between


def find_places(line: Line, vessels: Sequence[VesselMention]) -> list[PlaceMention]:
    """The place mentions of a sentence outside its vessel mentions, in order."""
    found = list(_named(line)) if line.found("place") else []
    if not _PARTS_SIDES.isdisjoint(line.words):
        found[:0] = waters_between(line)
    if not _SEVERAL.keys().isdisjoint(line.words):
        found[:0] = _several_named(line)
    if not place_words(line.doc.lexicon).isdisjoint(line.texts):
        found.extend(unlisted_places(line))
    found.extend(told_by_adjective(line))
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
        found.extend(marked_places(line))
    if found and not _LIST_GAPS.isdisjoint(line.lows):
        found.extend(listed_with(line, found))
    found.extend(m for m in guessed_places(line) if not any(o.first < m.last and m.first < o.last for o in found))
    if not found:
        return found
    taken = {n for v in vessels for n in range(v.first, v.last)}
    kept = _where_unlisted(line, leftmost_longest([m for m in found if taken.isdisjoint(range(m.first, m.last))]))
    kept = _named_apart(line, kept) if "straits" in line.words else kept
    owners = [
        (then is not None and (_lends_name(line, m, then) or _of_waters(line, m, then)))
        or (line.low(m.last) in _APOSTROPHES and _owns(line, m, then))
        for m, then in zip(kept, [*kept[1:], None], strict=False)
    ]
    kept = [changed(m, owned=True) if number and owners[number - 1] else m for number, m in enumerate(kept) if not owners[number]]
    kept = [changed(m, how="off", slot="place") if m.how == "through" and _lies_around(line, m) else m for m in kept]
    kept = ports_in_brackets(line, kept) if "(" in line.texts else kept
    explained = [number > 0 and _explains(line, kept[number - 1], m) for number, m in enumerate(kept)]
    kept = told_nested(line, [m for m, aside in zip(kept, explained, strict=True) if not aside])
    return listed_in_front(line, named_finely(line, [_with_bracket(line, m) for m in kept] if "(" in line.words else kept))


_LEADS_TO_NAMES = frozenset(["of", "the", "-", "–", "—", ",", ":", "(", "both", "strait", "straits"])


def _named_apart(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Places without the straits that those behind them name: "passed the Black Sea straits of the Bosphorus and the Dardanelles"."""
    kept, tree = list[PlaceMention](), line.doc.gazetteer.places.tree
    for place in places:
        last = kept[-1] if kept else None
        between = line.lows[last.last : place.first] if last else ()
        if (
            last
            and last.is_passage
            and place.is_passage
            and between
            and _LEADS_TO_NAMES.issuperset(between)
            and last.entry
            and place.entry
            and tree.inside(place.entry.key, last.entry.key)
        ):
            kept[-1] = changed(place, start=last.start, first=last.first, how=last.how, slot=last.slot)
            continue
        kept.append(place)
    return kept


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
        how, slot = leads_to(line, names[-1][0])
        for (a, b), known in reversed(list(zip(names, entries, strict=True))):
            end = at + 1 if b == at else b
            told = mention_of(line, a, end, known[0].name, known[0], how=how)
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
    if mention.is_port and line.low(mention.last + 2) == "turn":
        return False  # "it was Lisbon's turn to receive her"
    lies = behind is not None and behind.how == "in" and not behind.is_port  # "sailed into Souda's port in western Crete"
    if (
        mention.is_port
        and (behind is None or lies or behind.first - mention.last > _LENT_TOKENS + 1)
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
    at = place.first - 1
    while line.low(at) in line.doc.lexicon.sets["before_place"]:
        at -= 1  # "around the disputed Senkaku Islands"
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
        if len(text) <= 3 and not text.isupper() and not (leads_to(line, found.first)[0] or line.ending("trigger", found.first) or listed):
            continue  # Goa, Bar and Rio need a second sign
        if (line.low(found.first - 1) in fronts and _is_second_word(line, found)) or (
            (then == "of" or line.low(found.first) == "the") and _reaches_on(line, found)
        ):
            continue
        if meant := _meant(line, text, entry):
            entry = meant
        first = (short_told(line, found.first) if line.text(found.first - 1) == ")" else None) or found.first
        last = (_behind_held(line, found.last) if then == "-" else None) or (
            _behind_port(line, found.last) if entry.kind in PORT_KINDS else found.last
        )
        yield mention_of(line, first, last, entry.name, entry)


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
            yield mention_of(line, first, close + 2, entry.name, entry)


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
        if at > last and names_quay(line, at):
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
    """Whether a name only opens a longer one: "the Channel of Mozambique", "the Channel Islands"."""
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


_NAMES_IT = frozenset([",", "-", "–", "—"])
_NAMED_TOKENS = 8


def _is_named_behind(line: Line, mark: int) -> bool:
    """Whether the place behind a mark names what is in front of it."""
    named = next((f.first for f in line.found("place") if mark < f.first <= mark + _NAMED_TOKENS), None)
    front = home_front(line, named) if named is not None else None
    return front is not None and front < mark


def _pointing(line: Line) -> Iterator[PlaceMention]:
    """Words for a place told before: "there", "the port", "the outer harbour", "its usual berth"."""
    sets = line.doc.lexicon.sets
    for found in line.found("anaphor"):
        first = found.first
        reach = range(1, _HERE_TOKENS) if line.low(found.first) == "here" else (1, 2)
        if line.low(found.last) in ("of", "at", "in", "around", "off", "near") and any(line.starting("place", found.last + n) for n in reach):
            continue  # "the port of Tartus" names it, "here at Her Majesty's Naval Base Portsmouth" too
        mark = found.last + (line.low(found.last) in ("port", "base"))  # "her base port, …"
        if line.text(mark) in _NAMES_IT and _is_named_behind(line, mark):
            continue  # "her home port, Cartagena", "the naval base – the city of Baltiysk"
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
            in_port, modifiers = found.data == "port", sets["place_modifiers"]
            while first > 0 and found.first - first < 4 and (line.low(first - 1) in modifiers or (in_port and line.ending("nation", first))):
                first = nation.first if (nation := line.ending("nation", first)) else first - 1
            if line.low(first - 1) not in sets["pointers"]:
                continue
            first -= 1
        if line.low(found.first) == "basin" and not _COMPASS_WORDS.isdisjoint(line.lows[first : found.first]):
            continue  # "remains in the eastern basin": of a sea
        hosts = line.low(found.last) in sets["host_verbs"] - sets["be"] and line.low(found.last + 1) in _GUESTS  # "The city had her for a week"
        if line.low(found.first) == "city" and not hosts and (leads_to(line, first)[0] is None or first == 0):
            continue  # "make the city its homeport"
        ashore = line.low(found.first - 1) in sets["facilities"] and line.lows[found.first - 2 : found.first] != ["on", "station"]
        kind = "port" if found.data == "any" and ashore else found.data
        yield mention_of(line, first, found.last, line.doc.text[line.starts[first] : found.end], None, anaphor=kind)


_ENDS_IN = frozenset(["", ".", ",", ";", "–", "—", "again", "too", "already", "now"])


def _are_in(line: Line) -> Iterator[PlaceMention]:
    """ "In" with nothing behind it, of the port that is spoken of: "Both carriers are in", "The frigate is in again"."""
    be, ships = line.doc.lexicon.sets["be"], ("type", "vessel", "prefix", "group")
    for at in line.where(_IN):
        ends = line.low(at + 1) in _ENDS_IN and _IN_WHICH.isdisjoint(line.lows[max(at - _WHICH_TOKENS, 0) : at])
        if ends and line.low(at - 1) in be and any(f.first < at for kind in ships for f in line.found(kind)):
            yield changed(mention_of(line, at, at + 1, "in", None, anaphor="port"), how="in", slot="place")


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
            yield mention_of(line, at - 1, last, entry.name, entry)


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
        mention = mention_of(line, first, last, name, changed(owner, name=name, kind=PlaceKind.SEA) if zone else owner)
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


_GULF = "Persian Gulf"


def _the_gulf(line: Line) -> PlaceMention | None:
    """The Gulf, by which papers mean one where no other is spoken of: "arrived in the Gulf last month"."""
    at = next((n for n, text in enumerate(line.texts) if text == "Gulf" and (line.low(n - 1) == "the" or _is_part_of_gulf(line, n - 1))), None)
    if at is None or line.low(at + 1) == "of" or goes_on_in_capitals(line, at + 1) or any(f.first <= at < f.last for f in line.found("place")):
        return None
    named = line.doc.gazetteer.places.named(_GULF)
    return mention_of(line, at, at + 1, named[0].name, named[0]) if named and not _OTHER_GULF.search(line.doc.text) else None


def _is_part_of_gulf(line: Line, at: int) -> bool:
    """Whether a word says which part of the Gulf: "the northern Gulf"."""
    return line.low(at).endswith("ern") and line.low(at - 1) == "the" and line.text(at).islower()


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


_OTHER_GULF = re.compile(
    r"\bGulf of [A-Z]|(?<!Persian )(?<!Arabian )(?<![Tt]he )(?<!ern )\bGulf\b(?! (?:States|War|Coast|states|war|coast|Cooperation))"
)
_ZONE = frozenset(["zone", "eez"])


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
            zones.append(mention_of(line, first if begin is None else begin, end or last, name, changed(entry, name=name, kind=PlaceKind.SEA)))
    return zones


_FLEETS_TOKENS, _COMMAND_TOKENS = 8, 5
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


_PRESS = frozenset(["journal", "mail", "times", "news", "independent", "observer", "herald", "tribune", "gazette", "chronicle", "insider"])


def _names_paper(line: Line, at: int) -> bool:
    """Whether capitalised words from a token on end in one for a newspaper: "Defence Journal", "Mail"."""
    last = at + (line.low(at) not in _PRESS)
    return line.low(last) in _PRESS and line.text(last)[:1].isupper()


def _is_adjective(line: Line, found: Found) -> bool:
    after, behind = line.low(found.last), line.low(found.last + 1)
    if line.text(found.last) == "-" and behind in line.doc.lexicon.sets["place_adjective"]:
        return _behind_held(line, found.last) is None
    island = after in ISLANDS and line.low(found.last + 1) in _NATIONS and line.low(found.last + 2) != "of"
    if (after in _NATIONS or island) and _is_water(line, found):
        return True  # "visited this Pacific island nation"
    if after in line.doc.lexicon.sets["not_a_place_after"] or (after in ISLANDS and line.text(found.last)[:1].isupper() and _is_water(line, found)):
        return True  # "with Pacific Island partners"
    if line.text(found.last)[:1].isupper() and not _PRESS.isdisjoint(line.lows[found.last : found.last + 2]) and _names_paper(line, found.last):
        return True  # "told the UK Defence Journal"
    if after in _QUAYS and line.text(found.last)[0].isupper() and _is_country(line, found):
        return True  # "went to the US Quay"
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


_QUAYS = frozenset(["quay", "pier", "jetty", "wharf", "dock", "basin", "berth", "mole"])
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
    if line.low(mention.first) == "far" and before.is_port and before.entry.country == "RU" and mention.first - before.last <= _NEARBY:
        return True  # "in Vladivostok, in Russia's Far East"
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
    owned = (before.entry.country, line.doc.lexicon.territories.get(before.entry.country or ""))  # "in Guam, USA", "at Noumea, France"
    return inside or (mention.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION) and mention.entry.country in owned)


_DOORS = frozenset(["entrance", "entrances", "approaches", "approach", "mouth", "exit", "gateway", "gates"])


def at_door(line: Line, place: PlaceMention) -> PlaceMention:
    """A place of which only the way in is told: "turned back at the entrance to the Dardanelles" is off it."""
    if place.how != "to" or _DOORS.isdisjoint(line.words):
        return place
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    front = at - 2 - (line.low(at - 2) == "the" or line.low(at - 2) in line.doc.lexicon.sets["place_modifiers"])
    front -= line.low(front) == "the"
    told = line.low(at) == "to" and line.low(at - 1) in _DOORS and line.low(front) in ("at", "off", "in", "on", "near", "before", "outside", "by")
    return changed(place, how="off", slot="place") if told else place
