"""Stage 2, the phrase around the name of a place: the preposition before it, and what of the place is meant."""

from __future__ import annotations

from tracker.domain.kinds import PASSAGE_KINDS, PORT_KINDS, WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import PlaceEntry
from tracker.extract.line import Found, Line
from tracker.extract.place_mention import PlaceMention


def mention_of(
    line: Line, first: int, last: int, name: str, entry: PlaceEntry | None, *, how: str | None = None, anaphor: str | None = None
) -> PlaceMention:
    """The mention that the tokens of a name make with the words that lead to it."""
    start, end = line.span(first, last)
    slot = None
    if how is None:
        how, slot = leads_to(line, first)
    before = line.low(first - 1 - (line.low(first - 1) == "the"))
    if how == "through" and before == "across" and entry is not None and entry.kind not in PASSAGE_KINDS:
        how, slot = "in", "place"  # "were seen across the West Philippine Sea"
    if how == "through" and entry is not None and entry.kind not in PASSAGE_KINDS and _lies_along(line, first):
        ashore = not _QUAYS.isdisjoint(line.lows[max(first - _SHORE_TOKENS, 0) : first])  # "along the quay in Rota"
        how, slot = ("in" if ashore else "off"), "place"  # "lay along the eastern coast of Gotland"
    if how == "from" and is_distance(line, first):
        how, slot = "off", "place"  # "lay 12 kilometres from Langeland"
    if how is None and before == "by" and entry is not None and entry.kind in PASSAGE_KINDS:
        how, slot = "through", "via"
    if how == "in" and _are_its_waters(line, last) and entry is not None and entry.kind in (*PORT_KINDS, PlaceKind.COUNTRY):
        how = "off"  # "was in British Gibraltar Territorial Waters"
    if how == "in" and line.low(last) == "area" and line.low(first - 1) == "the" and entry is not None and entry.kind in _DRY:
        how = "off"  # "was seen in the Gotland area"
    if how is None and first == 0 and line.text(last) in (",", ":") and entry is not None:
        how, slot = "in", "place"  # a caption or a dateline: "Tartus, Dec. 5: …"
    capitals = line.told(first, last).isupper() or (entry is not None and entry.kind in WATER_KINDS)
    if how is None and first == 0 and line.text(last) == "(" and entry is not None and capitals:
        how, slot = "in", "place"  # "PHILIPPINE SEA (Dec. 9, 2024) USS Cole …"
    return PlaceMention(start, end, first, last, name, entry, how, slot, anaphor)


_DRY = frozenset([*PORT_KINDS, PlaceKind.COUNTRY, PlaceKind.ISLAND, PlaceKind.COAST])
_ITS_TOKENS = 3
_SHORE_TOKENS = 6
_QUAYS = frozenset(
    ["quay", "quays", "quayside", "pier", "piers", "wharf", "jetty", "mole", "waterfront", "promenade", "seafront", "berth", "berths", "dock"]
)


def _lies_along(line: Line, first: int) -> bool:
    """Whether a shore is told along which a ship is, and no aircraft: "was along the Syrian coast", but not "flying along the Libyan coast"."""
    at = next((n for n in range(first - 1, max(first - _SHORE_TOKENS, -1), -1) if line.low(n) == "along"), None)
    return at is not None and (not line.low(at - 1).endswith("ing") or line.ending("trigger", at) is not None)


def _are_its_waters(line: Line, last: int) -> bool:
    """Whether the waters of a place are told that ends in front of a token: "Gibraltar Territorial Waters", "Australia's northern waters"."""
    if line.low(last) in ("territorial", "waters") or line.low(last - 1) == "waters":
        return True
    if line.low(last + 1) == "s" and line.low(last + 2) == "vicinity":
        return True  # "have been in Australia's vicinity since Monday"
    at = next((n for n in range(last + 2, last + 2 + _ITS_TOKENS) if line.low(n) == "waters"), None) if line.low(last + 1) == "s" else None
    return at is not None and all(line.text(n).isalpha() and line.text(n).islower() for n in range(last + 2, at))


def is_distance(line: Line, first: int) -> bool:
    """Whether a place is what a distance is told from: "12 kilometres or so from the southern end of Langeland"."""
    at = next((n for n in range(first - 1, max(first - 8, 0), -1) if line.low(n) == "from"), None)
    far = line.doc.lexicon.sets["distances"]
    return at is not None and any(line.low(n) in far and line.text(n - 1) not in ("-", "‑") for n in range(max(at - 3, 0), at))


_FRONT_TOKENS = 12
_FOR = frozenset(["for", "toward", "towards"])
_WAYS_OUT = frozenset(["through", "via", "into", "to"])


def _whose_port(line: Line, at: int) -> int | None:
    """Where the waters, the navy or the region begin that stand in front of a kind of port: "at the Black Sea port of Novorossiysk"."""
    sort = line.low(at)
    is_port = sort in line.doc.lexicon.sets["kinds_of_ports"]
    if (is_port or sort in _FACES) and (waters := line.ending("place", at)):
        return waters.first
    if sort in _EASTERN and line.low(at - 1) == "far":
        return at - 1  # "to Russia's Far Eastern port of Vladivostok"
    if is_port and (navy := line.ending("navy", at)):
        return navy.first  # "at the Royal Navy base of Faslane"
    return at - 1 if is_port and _is_regional(line, at - 1) else None  # "in the Crimean port of Feodosia"


def leads_to(line: Line, first: int) -> tuple[str | None, str | None]:
    """How a text leads to the name at a token ("in", "off", "from" …) and what slot that fills; None where it doesn't say."""
    at = first
    for _ in range(_FRONT_TOKENS):
        found = line.ending("preposition", at)
        if found and line.low(found.first - 1) in line.doc.lexicon.sets["anchorages"] and line.low(found.first) in ("off", "outside", "near"):
            front = found.first - 1 - (line.low(found.first - 2) in ("the", "an", "its", "her", "their"))
            if (out := line.ending("preposition", front)) and out.data[0] == "from":
                return "from", "origin"  # "sailed from the anchorage off Tartus"
        if found and found.data[0] == "off" and _leaves_side(line, found.first):
            return "from", "origin"  # "set sail from the south of Iran"
        if found and found.data[0] == "off" and line.low(found.first - 1) == "the" and line.low(found.first - 2) in _FOR:
            return "toward", "destination"  # "set sail for the north of the Indian Ocean"
        if found and not (line.low(found.first) == "of" and found.last - found.first == 1):
            verb = line.starting("trigger", found.first - 1) if line.low(found.first) == "out" and line.low(found.last - 1) not in _WAYS_OUT else None
            if verb and verb.last >= found.last:
                return "from", "origin"  # "put out from Sasebo"
            return _outer(line, found) or found.data
        owner = line.ending("nation", at) or (line.ending("place", at - 2) if line.low(at - 1) == "s" else None)
        if owner:  # "through Denmark's Great Belt", "at the Omani port of Duqm"
            at = owner.first
            continue
        if at < first - 1 and (whose := _whose_port(line, at)) is not None:
            at = whose
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
        if at == first and line.text(at - 1) == "," and line.low(at - 2) in _OWN_PORTS and line.low(at - 3) in _WHOSE_PORT:
            at -= 1  # "arrived at its homeport, Mayport"
            continue
        if line.text(at - 1) == "-" and line.low(at) in _FACES_AND_QUARTERS and line.low(at - 2) in _QUARTERS:
            at -= 2  # "in the north-western part of the Black Sea"
            continue
        if at == first and (epithet := _begin_of_epithet(line, at)):
            at = epithet  # "in the strategically important Black Sea"
            continue
        modified = line.low(first - 1) == "of" and line.low(first - 2) != "end" and line.low(at - 1) in line.doc.lexicon.sets["place_modifiers"]
        if modified and at < first - 1:
            at -= 1  # "to her usual port of Yokosuka"
            continue
        if at <= 0 or not (line.low(at - 1) in line.doc.lexicon.sets["before_place"] or _is_part(line, at)):
            return _of_what_is_named(line, first)
        at -= 1
    return None, None


_OWN_PORTS, _WHOSE_PORT = frozenset(["homeport", "port", "home", "base"]), frozenset(["its", "her", "their", "home", "new"])


def _begin_of_epithet(line: Line, at: int) -> int:
    """Where a praising or telling word of two parts begins in front of a place, 0 without one: "hotly disputed", "oil-rich", "long and narrow"."""
    words = [line.text(n) for n in range(at - 4, at)]
    if line.low(at - 1) in _EXTENTS and (number := _begin_of_extent(line, at - 1)):
        return number
    if at <= len(words) or not words[3].islower() or not words[3].isalpha():
        return 0
    if words[2].endswith("ly") and words[2].islower() and words[1].lower() in ("the", "a", "its", "their"):
        return at - 2
    compound = words[2] == "-" and words[1].islower() and words[0].lower() in ("the", "a")
    return at - 3 if compound else 0


_EXTENTS = frozenset(["wide", "long", "broad", "deep"])


def _begin_of_extent(line: Line, at: int) -> int:
    """Where the number begins by which a place is wide or long, 0 without one: "the 110-mile-wide Taiwan Strait", "the 81 mile long strait"."""
    at -= line.text(at - 1) == "-"
    if line.low(at - 1) not in line.doc.lexicon.sets["distances"] and line.low(at - 1) not in line.doc.lexicon.sets["measures"]:
        return 0
    number = at - 2 - (line.text(at - 2) == "-")
    return number if line.low(number).isdecimal() else 0


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
_QUARTERS = frozenset(["north", "south", "mid"])
_FACES_AND_QUARTERS = frozenset(["eastern", "western", "east", "west", "northern", "southern"])
_BASE_TOKENS = 4
_FACES = frozenset(["naval", "coastal", "fishing", "commercial", "seaside", "northern", "southern", "eastern", "western"])


def short_told(line: Line, at: int) -> int | None:
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


def _of_what_is_named(line: Line, first: int) -> tuple[str | None, str | None]:
    """The preposition in front of what a place's name explains: "returned to the main base of the fleet, the city of Baltiysk"."""
    front = home_front(line, first)
    found = line.ending("preposition", front) if front is not None else None
    return found.data if found else (None, None)


_STATIONS = frozenset(["naval", "station", "base", "submarine", "hmnb"])
_APPOSING = frozenset([",", "–", "—"])
_BASING = frozenset(["base", "port", "homeport", "harbour", "harbor", "station", "capital", "destination", "home", "point", "deployment", "basing"])
_SORTS = frozenset(["city", "port", "town", "base", "village"])
_FLEETS = frozenset(["fleet", "flotilla", "navy"])
_OWNERS = _FLEETS | frozenset(["the", "its", "her", "his", "their", "our", "of", "s", "'", "’", "place", "-"])
_HOMES = frozenset(["her", "its", "their", "his", "home", "main", "naval", "permanent"])
_PORTS = frozenset(["ports", "bases", "harbours", "harbors"])
_HOME_TOKENS = 10


def home_front(line: Line, first: int) -> int | None:
    """Where the words begin of which a place is the name: "in her home port, Cartagena", "the fleet's main base – the hero city of Sevastopol"."""
    at = _begin_of_sort(line, first)
    if line.text(at - 1) not in _APPOSING and not _is_dash(line, at - 1):
        return None
    word = at - 2
    word -= 2 * (line.lows[max(word - 2, 0) : word + 1] == ["port", "of", "call"])  # "to its next port of call, Port Victoria"
    if line.low(word) in _FLEETS:
        word = next((n - 1 for n in range(word - 1, max(word - 5, 1), -1) if line.low(n) == "of"), word)
    one_of = line.low(word) in _PORTS and "one" in line.lows[max(word - _HOME_TOKENS, 0) : word]
    if line.low(word) not in _BASING and not one_of and not (line.low(word) in _STOPS and line.low(word - 1) in _IN_ORDER):
        return None
    begin = _begin_of_home(line, word)
    words = set(line.lows[begin:word])
    if at < first - 1 and line.low(first - 1) == "of":
        return begin  # "the city of", "the port of"
    found = line.starting("place", first)
    closed = found is not None and (line.low(found.last) in line.doc.lexicon.sets["behind_place"] or line.low(found.last) == "city")
    if closed and (one_of or _is_that_one(line, word)):
        return next(
            (n for n in range(word, max(word - _HOME_TOKENS, 0), -1) if (f := line.ending("preposition", n)) and line.low(f.first) != "of"), None
        )
    of_nation = any(line.starting("nation", n) for n in range(begin, word)) and not {"a", "an"} & words
    return begin if closed and (of_nation or not _HOMES.isdisjoint(words)) else None


_ITS = frozenset(["its", "her", "their", "the", "a"])


def _begin_of_sort(line: Line, first: int) -> int:
    """Where the words begin that say of what sort a place is: "the hero city of Sevastopol", "the Sevastopol"."""
    at = first
    if line.low(at - 1) == "s" and (land := line.ending("place", at - 2) or line.ending("nation", at)):
        return land.first  # "at one of the world's oldest ports, South Africa's Cape Town"
    if line.low(at - 1) == "of" and line.low(at - 2) in _SORTS:
        at -= 2
        while line.low(at - 1) in line.doc.lexicon.sets["before_place"] or (line.text(at - 1) == "-" and not _is_dash(line, at - 1)):
            at -= 1
        at -= line.text(at - 1)[:1].isupper() and line.low(at - 2) == "the"  # "the Apulian base of Taranto"
    while line.low(at - 1) in _STATIONS and line.text(at - 1)[:1].isupper():
        at -= 1  # "at her base port, Naval Station Korsør"
    return at - (line.low(at - 1) == "the")


def _begin_of_home(line: Line, word: int) -> int:
    """Where the phrase of a word for a base begins: behind a preposition other than "of", or what has no place in it."""
    sets, at = line.doc.lexicon.sets, word
    while word - at < _HOME_TOKENS:
        found = line.ending("preposition", at)
        if found and line.low(found.first) != "of":
            break
        low = line.low(at - 1)
        if not (low in _OWNERS or low in _BASING or low in sets["place_modifiers"] or low in sets["before_place"] or line.text(at - 1)[:1].isupper()):
            break
        at -= 1
    return at


def _is_dash(line: Line, at: int) -> bool:
    """Whether a hyphen stands for a dash, between spaces."""
    return line.text(at) == "-" and line.starts[at] > line.ends[at - 1] and line.starts[at + 1] > line.ends[at]


def _is_that_one(line: Line, word: int) -> bool:
    """Whether a word for a port tells which it is, so that a name behind its comma is its name: "off the capital, Lima", "to the nearest port, …"."""
    if line.low(word) == "capital":
        return line.low(word - 1) in ("the", "'s", "s", "its", "their")
    words = line.lows[max(word - 3, 0) : word]
    told = any(w.endswith(("est", "most")) and len(w) > 5 for w in words) or line.low(word - 1) in _IN_ORDER
    return told and not {"the", "s", "its", "her", "their"}.isdisjoint(words)


_IN_ORDER, _STOPS = frozenset(["next", "first", "second", "third", "last", "final", "previous"]), frozenset(["stop", "call", "halt"])


def _outer(line: Line, found: Found) -> tuple[str, str] | None:
    """The preposition before a word for a part of a place: "to the naval base in Tartus" goes to Tartus."""
    how, _ = found.data
    sets, at = line.doc.lexicon.sets, found.first
    if line.lows[max(at - 3, 0) : at] == ["port", "of", "call"]:
        at -= 2  # "after its departure from its fifth port of call in Jakarta"
        at -= line.low(at - 2) in sets["ranks"]
        return ("from", "origin") if line.low(at - 2 - (line.low(at - 2) in _ITS)) == "from" else None
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


_STATE_TOKENS = (2, 1)


def behind_state(line: Line, at: int) -> int:
    """The token behind the state or province that says where a place of a list lies: "Cleveland, Ohio, and Halifax, Nova Scotia"."""
    if line.text(at) != "," or not line.text(at + 1)[:1].isupper():
        return at
    states = line.doc.lexicon.sets["american_states"]
    size = next((n for n in _STATE_TOKENS if " ".join(line.lows[at + 1 : at + 1 + n]) in states), 0)
    end = at + 1 + size
    return (
        at if size == 0 or line.text(end) not in (",", ";", "and", ".") else end + (line.text(end) == "." and line.text(end + 1) in (",", ";", "and"))
    )
