"""Stage 2, places that nobody listed, told as such by the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracker.domain.kinds import PORT_KINDS, PlaceKind
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.finer import MARKS, UNLISTED, unlisted_entry
from tracker.extract.line import Found, Line
from tracker.extract.mention import is_capital
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import is_distance, leads_to, mention_of
from tracker.gazetteer.lexicon import Lexicon

ISLANDS = frozenset(["island", "islands"])


@lru_cache(maxsize=4)
def place_words(lexicon: Lexicon) -> frozenset[str]:
    """The words that mark a run of capitalised words as a place."""
    return lexicon.place_first | lexicon.place_last


_HARBOURS = frozenset(["port", "harbour", "harbor"])


def names_quay(line: Line, at: int) -> bool:
    """Whether a token ends the name of a part of a port: "Port Klang Cruise Centre"."""
    return line.low(at) in line.doc.lexicon.sets["berth_words"] or line.low(at) in ("centre", "center")


def _is_port(line: Line, found: Found) -> bool:
    """Whether a place is a port."""
    return line.doc.gazetteer.places.entries[found.data[0]].kind in PORT_KINDS


def unlisted_places(line: Line) -> Iterator[PlaceMention]:
    """Capitalised runs that a word such as Cape or Shoal marks as a place."""
    lexicon, last = line.doc.lexicon, 0
    marks = place_words(lexicon)
    behind = next((n for n in range(line.size, 0, -1) if line.texts[n - 1] in marks), 0)
    for at in [n for n, text in enumerate(line.texts[:behind]) if text[0].isupper()]:
        if at < last or (at == 0 and line.starting("preposition", 0) and line.size > 1 and line.text(1)[0].isupper()):
            continue  # within the run before, or "In Wismar Bay the frigate …"
        if (nation := line.starting("nation", at)) and nation.last - at == 1 and line.starting("place", at + 1):
            continue  # "the Russian Black Sea"
        last = at
        while (
            last < line.size
            and (
                (
                    line.text(last)[:1].isupper()
                    and line.text(last)[:1].isalpha()
                    and line.low(last) not in lexicon.weekdays
                    and line.low(last) not in lexicon.months
                    and not (last - at >= 2 and line.starting("prefix", last))  # "In Wismar Bay HMS Kent …"
                )
                or (last == at + 1 and line.low(last) == "of" and line.text(at) in lexicon.place_first and line.text(last + 1)[:1].isupper())
            )
        ):
            last += 1
        known = line.starting("place", at)
        if known and known.last == last - 1 and line.low(last - 1) in _HARBOURS:
            continue  # "at Qingdao Port"
        if nation and nation.last == last - 1 and line.low(last - 1) in _BASES and line.low(last) in ("of", "at"):
            continue  # "at the Syrian Port of Latakia"
        if known and known.last < last and names_quay(line, last - 1) and _is_port(line, known):
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
            yield mention_of(line, at, last, line.told(at, last), None if here else unlisted_entry(line, at, last), anaphor="port" if here else None)


def _is_verb_before(line: Line, at: int) -> bool:
    """Whether a verb of movement stands right before a token: "entered Fisher Reef"."""
    word = line.text(at - 1)
    return len(word) > 1 and word.islower() and line.ending("trigger", at) is not None


def _known_within(line: Line, first: int, last: int) -> PlaceMention | None:
    """A place that is known under the shorter name: "Oahu Island", "Joint Base Pearl Harbor"; None for a name of its own."""
    opens = line.starting("place", first)
    if opens and opens.last == last - 1 and line.low(last - 1) in ISLANDS:
        entry = line.doc.gazetteer.places.entries[opens.data[0]]
        return mention_of(line, first, last, entry.name, entry) if entry.kind is PlaceKind.ISLAND else None
    ends = line.ending("place", last)
    if ends and ends.first > first and _BASES.issuperset({*line.lows[first : ends.first]} - {"joint"}) and _is_port(line, ends):
        entry = line.doc.gazetteer.places.entries[ends.data[0]]
        return mention_of(line, first, last, entry.name, entry)
    return None


_BASES = frozenset(["naval", "base", "station", "port", "harbour", "harbor", "dock", "dockyard", "yard", "facility", "anchorage"])
_LONGEST_GUESS = 4


def marked_places(line: Line) -> Iterator[PlaceMention]:
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
        told = mention_of(line, first, end, name, PlaceEntry(UNLISTED + name.lower(), name, kind))
        if told.how is None and end == last:
            how, slot = leads_to(line, begin)
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


def listed_with(line: Line, found: Sequence[PlaceMention]) -> list[PlaceMention]:
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
        lands = one.entry.kind is PlaceKind.COUNTRY  # "Fleet Base West, Rockingham, Western Australia", but "Egypt, Kenia, Oman and Jordan"
        among = among and then is not None and (lands or not (line.text(last) == "," and _is_land_or_coast(line, then)))
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


def guessed_places(line: Line) -> Iterator[PlaceMention]:
    """Capitalised runs behind a preposition or straight behind a verb that may name a place that nobody listed: "they are to lie at Sant Feliu"."""
    if not line.found("trigger"):
        return
    for found in line.found("preposition"):
        first = found.last
        if is_capital(line.text(first)) and _leads(line, found) and (last := _guess_at(line, first)):
            how, slot = ("off", "place") if found.data[0] == "from" and is_distance(line, first) else found.data
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


_OF_PERSONS = frozenset(
    ["according", "thanks", "due", "owing", "similar", "attributed", "credited", "told", "spoke", "linked", "known", "belonging", "loyal"]
)
_LEADS = frozenset(["in", "at", "from", "to", "into", "off", "near", "toward", "towards"])


def _leads(line: Line, found: Found) -> bool:
    """Whether a preposition leads to a place: "for" only right behind a verb, or as the end of a phrase such as "bound for"."""
    word = line.low(found.last - 1)
    if word == "to" and line.low(found.last - 2) in _OF_PERSONS:
        return False  # "according to Yörük Işık"
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
        or (behind.isdecimal() and not _is_series(line, last))
        or behind in lexicon.weekdays
        or last >= line.size
    )
    return last if closed and len(words) <= _LONGEST_GUESS and sets["no_place"].isdisjoint(words) else 0


def _is_series(line: Line, at: int) -> bool:
    """Whether a number of one or two digits is the last word of a ship's name and opens no day: "arrived near Yi Peng 3 on Friday"."""
    return len(line.low(at)) <= 2 and line.low(at + 1) not in line.doc.lexicon.months and line.low(at + 1) not in ("-", "–", "to", "and", "/")


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
