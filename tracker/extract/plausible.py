"""Stage 2, whether a name of the register that no type word, prefix or hull marks is meant as a vessel: many are also places, persons or words."""

from __future__ import annotations

import re
from itertools import pairwise

from tracker.domain.kinds import PORT_KINDS, PlaceKind
from tracker.domain.names import fold
from tracker.extract.line import Line
from tracker.extract.mention import capital_run, is_capital
from tracker.extract.names_in_notes import is_noted

PLACE_SIGNS = frozenset(("in", "at", "from", "to", "near", "off", "into", "towards", "toward", "for", "of"))
_DESIGNATOR = re.compile(r"(?:^|[\s-])([A-Z][A-Za-z]{0,2})-?\d{1,3}[A-Z]{0,2}\s+$")
_SHORT_YEAR = re.compile(r"(?:20)?\d\d")
QUOTES = frozenset("\"'“”‘’«»„")


_BESIDE = frozenset(["independently", "ahead", "astern", "abeam", "company"])


def _whose_place(line: Line, first: int) -> bool:
    """Whether words in front of a name say that a ship's place is taken: "will join the force, taking the place of Admiral Essen"."""
    return line.lows[max(first - 2, 0) : first] == ["place", "of"] and line.low(first - 4 if line.low(first - 3) == "the" else first - 3) in _TAKES


def _is_last_one(line: Line, first: int, last: int) -> bool:
    """Whether a name behind "the" is told to be one of several: "as the Krasnodar, the last one, passed Gibraltar"."""
    told = line.low(first - 1) == "the" and line.text(last) == "," and line.low(last + 1) == "the"
    return told and line.low(last + 2) in _ONES and line.low(last + 3) in ("one", "ship", "boat", "of") and "," in line.texts[last + 3 :]


_ONES = frozenset(["last", "first", "second", "third", "fourth", "only"])
_TAKES = frozenset(["take", "takes", "took", "taking", "taken", "in"])


_RANKS = frozenset(["first", "second", "third", "fourth", "fifth", "sixth", "other", "last", "latter", "former", "older", "younger", "larger"])
_BEFORE_RANK = frozenset(["", ";", ",", "and", "while", "but", ":", "–", "—", "of", "when", "as", "where", "whereas"])
RANKED = _RANKS | {"one", "another"}


def told_by_rank(line: Line, first: int, last: int) -> bool:
    """Whether a name between commas says which of the ships told before is meant: "The first, Jaguar, sailed; the other, the Argent, stayed"."""
    at = first - 1 - (line.low(first - 1) == "the")
    if line.text(at) != "," or line.text(last) != ",":
        return False
    word = line.low(at - 1)
    if word in ("one", "another"):
        return line.low(at - 2) in _BEFORE_RANK
    return word in _RANKS and line.low(at - 2) == "the" and line.low(at - 3) in _BEFORE_RANK


def _is_another(line: Line, first: int, last: int, folded: str) -> bool:
    """Whether a name is plainly somebody's or something's else: a longer name's, an agency's that was told something, a month's."""
    if names_other(line, first, last) or _inside_longer(line, first, last) or _opens_numbered(line, first, last):
        return True
    before = line.low(first - 1)
    if before in ("told", "tells"):
        return True  # "the minister told Anadolu on Thursday"
    return folded in line.doc.lexicon.months and before.isdecimal()  # "3 Sep, westbound: …"


def _is_meant_again(line: Line, first: int, before: str, *, is_place: bool) -> bool:
    """Whether a name that another sentence shows to be a vessel's is that vessel here too, and not the place of its name."""
    sets = line.doc.lexicon.sets
    if before == "from" and _supplied_from(line, first):
        return True  # "filled her tanks from Aotearoa"
    if before == "of" and _has_captain(line, first - 1):
        return True  # "Captain Ivan Ingham of Perth had a good word for them"
    if before == "of" and line.low(first - 2) in _BESIDE:
        return True  # "has been operating independently of Bataan and Carter Hall"
    listed = line.text(first - 1) == "," and not (first == 2 and line.low(0) in sets["adverbs"])  # "Meanwhile, Perth left Suva"
    return not (is_place and (before in PLACE_SIGNS or listed or _is_left(line, first)))


def is_vessel_name(line: Line, first: int, last: int, name: str, confirmed: frozenset[str]) -> bool:
    """Whether the name at tokens first..last-1 is a vessel's here. `confirmed`: folded names that another sentence shows to be vessels'."""
    lexicon, sets, folded = line.doc.lexicon, line.doc.lexicon.sets, fold(name)
    before, after = line.low(first - 1), line.low(last)
    if first <= 1 and line.doc.roster.get(line.starts[first]) == line.ends[last - 1]:
        return True  # "Tonnerre – Gulf of Guinea" among lines of that kind
    if _is_another(line, first, last, folded):
        return False
    led = line.low(last) in ("amphibious", "carrier", "expeditionary") and line.text(last)[:1].isupper()  # "the Bataan Amphibious Ready Group"
    if (group := line.starting("group", last)) and (led or folded not in lexicon.ordinary):
        return line.low(group.last - 1) not in ("flotilla", "squadron", "detachment")  # "the Kola Flotilla" is named for a place
    if line.text(first - 1) in QUOTES and line.text(last) in QUOTES and folded not in confirmed and (" " not in folded or line.found("type")):
        return bool(line.found("type"))
    is_place = bool(line.doc.gazetteer.places.named(name))
    if _is_of_class_before(line, first, name) or (
        line.lows[last : last + 2] == ["astern", "of"] and before not in PLACE_SIGNS and line.doc.gazetteer.vessels.named(name)
    ):
        return True  # "Rotterdam astern of her"
    if line.lows[last : last + 2] == ["among", "them"] and before == "the":
        return True  # "Three frigates came in, the Hydra among them"
    if folded in confirmed:
        return _is_meant_again(line, first, before, is_place=is_place)
    if is_person(line, first, last):
        return False
    if not RANKED.isdisjoint(line.words) and told_by_rank(line, first, last) and bool(line.found("trigger")):
        return True
    if _is_sister(line, first) or _of_its_nation(line, first, last, name) or _of_its_navy(line, first, last, name):
        return True
    if acts(line, first, last) or _acted_on(line, first, last) or _whose_place(line, first) or _is_last_one(line, first, last):
        return True
    if before in _PARTS_OPEN and _of_those(line):
        return True
    if after == "and" and before not in PLACE_SIGNS and _has_consorts(line, last + 1):
        return True
    if after in ("or", "and", "nor") and not is_place and folded not in lexicon.ordinary and _full_name(line, last + 1):
        return True
    if before == "the" and _lies_in_list(line, first, last):
        return True
    if before == "the" and _has_article(line, first, last, folded) and not (" " in folded and _with_the(line, name)):
        return True
    if before not in PLACE_SIGNS and goes_by(line, last) and not _is_water(line, name):
        return True
    if before not in PLACE_SIGNS and line.low(last) in ("is", "was") and line.lows[last + 1 : last + 3] in _HOMEWARD:
        return True  # "Hydra is homeward bound"
    known = is_place or folded in lexicon.ordinary
    if is_noted(line, first, last, known=known):
        return True
    if known or before in sets["where_no_ship"]:
        return False
    if " " in folded or "-" in name:
        article = before == "the" and (after.endswith("ed") or after in sets["plain_pasts"])  # "The Viktor Leonov zigzagged off Faslane"
        return article or bool(line.found("trigger") or line.found("type")) or not folded.isascii()
    if len(folded) <= 4 or line.doc.is_common(folded) or after in sets["of_a_town"]:
        return False
    opens = first == 1 and (line.low(0) in lexicon.function or line.low(0) == "the" or line.low(0) in sets["opens_before_name"])
    if line.text(first - 1)[:1].isupper() and not opens:
        return False
    if line.text(first - 1) == "," and _names_region(line, first - 1, last, name):
        return False
    return bool(line.found("trigger") or line.found("type"))


def _names_region(line: Line, comma: int, last: int, name: str) -> bool:
    """Whether a name behind a town of the ship's own land is the province's after which she is called: "left Lumut, Perak, on 3 May"."""
    town = line.ending("place", comma)
    if town is not None and line.doc.gazetteer.vessels.named(line.doc.text[town.start : town.end]):
        return False  # "the destroyers Nanchang, Lhasa and Anshan"
    entries = [line.doc.gazetteer.places.entries[key] for key in town.data] if town and isinstance(town.data, tuple) else []
    lands = {entry.country for entry in entries}
    return line.starting("trigger", last) is None and any(v.country in lands for v in line.doc.gazetteer.vessels.named(name))


def _is_left(line: Line, first: int) -> bool:
    """Whether a verb that takes a place stands right in front of a name: "HMCS Fredericton left Halifax", where HMCS Halifax is told too."""
    verb = line.ending("trigger", first)
    return verb is not None and any(rule.direct in ("origin", "destination") for rule, _ in verb.data)


_NAME_TOKENS = 4


def _has_captain(line: Line, at: int) -> bool:
    """Whether a captain's title and name stand in front of a token, and no more."""
    first = at
    while first > 0 and at - first < _NAME_TOKENS and line.text(first - 1)[:1].isupper():
        first -= 1
    return at - first > 1 and line.low(first) in ("captain", "commander", "capt", "cmdr", "cdr")


def _supplied_from(line: Line, first: int) -> bool:
    """Whether a verb of taking fuel or stores stands in front of a name, "from" with it."""
    verb = line.ending("trigger", first)
    return verb is not None and any(rule.object == "supply" for rule, _ in verb.data)


def _is_sister(line: Line, first: int) -> bool:
    """Whether a name is told as a sister ship's: "her sister Spey", "its sister ship, the Comfort"."""
    at = first - 1
    while at >= first - 3 and line.low(at) in ("the", ",", "ship", "vessel", "ships"):
        at -= 1
    return line.low(at) == "sister" and line.low(at - 1) in ("her", "its", "the", "their", "a", "and", "s")


_WAYS = frozenset(["out", "back", "home", "past", "clear", "away", "along", "up", "down", "again", "there", "here"])


def _of_its_nation(line: Line, first: int, last: int, name: str) -> bool:
    """Whether "the" and its navy's nation stand before a name: "the Spanish Blas de Lezo, the German Hamburg"; no town is called so."""
    nation = line.ending("nation", first)
    if nation is None or line.low(nation.first - 1) != "the":
        return False
    behind, lexicon = line.low(last), line.doc.lexicon
    ends = not behind.isalpha() or behind in lexicon.function or behind in _WAYS or line.starting("trigger", last) is not None
    owners = {v.country for v in line.doc.gazetteer.vessels.named(name)}
    return (ends or behind in lexicon.sets["auxiliaries"]) and behind != "-" and nation.data in owners


def _of_its_navy(line: Line, first: int, last: int, name: str) -> bool:
    """Whether a navy is told to own what is named: "the Royal Navy's Iron Duke", and not "the Royal Navy's First Sea Lord"."""
    if line.low(first - 1) != "s" or line.text(first - 2) not in ("'", "’") or line.text(last)[:1].isupper():
        return False
    navy = line.ending("navy", first) or line.ending("navy", first - 2)
    return navy is not None and any(v.country == navy.data for v in line.doc.gazetteer.vessels.named(name))


_HOMEWARD = (["homeward", "bound"], ["outward", "bound"])


def _is_of_class_before(line: Line, first: int, name: str) -> bool:
    """Whether the class of a ship of that name stands right in front of it: "The Ropucha Minsk came up from the Dardanelles"."""
    kind = line.ending("class", first)
    if kind is None:
        return False
    of_class = fold(line.doc.text[kind.start : kind.end])
    return any(of_class == fold(v.class_name or "") for v in line.doc.gazetteer.vessels.named(name))


_COMPASS = frozenset(["north", "south", "east", "west", "up", "down"])


def goes_by(line: Line, last: int) -> bool:
    """Whether the words behind a name say which way it goes: "Novocherkassk, southbound", "Orsk N/B"."""
    at = last + (line.low(last) in (",", "is", "was"))
    if line.low(at) in line.doc.lexicon.sets["bound_ways"] or (at > last and line.low(at) in _COMPASS and line.text(at + 1) in (",", ".", ";")):
        return True
    return line.low(at) in ("n", "s", "e", "w") and line.low(at + 1) == "/" and line.low(at + 2) == "b"


def _is_water(line: Line, name: str) -> bool:
    """Whether a name is that of a sea or a passage too: "Malacca Strait, westbound"."""
    return any(place.kind not in PORT_KINDS for place in line.doc.gazetteer.places.named(name))


_LISTED_BEHIND = frozenset([",", "and", ":", ";", "while"])


def _lies_in_list(line: Line, first: int, last: int) -> bool:
    """Whether a list tells where what is named lies: "the Kent was off Crete, the Argyll off Malta and the Iron Duke in Rota"."""
    if line.low(first - 2) not in _LISTED_BEHIND or line.low(last) not in ("off", "in", "at", "near"):
        return False
    if "and the" not in line.doc.low[line.sentence.start : line.sentence.end] or not line.starting("place", last + 1):
        return False
    return line.text(first)[1:].islower() and not line.starting("place", first)


def _with_the(line: Line, name: str) -> bool:
    """Whether a name of several words is a place's that "the" stands before: "the Philippine Sea", not "the Iwo Jima" nor "the New Orleans"."""
    return any(p.kind not in PORT_KINDS and p.kind is not PlaceKind.ISLAND for p in line.doc.gazetteer.places.named(name))


def _has_article(line: Line, first: int, last: int, folded: str) -> bool:
    """Whether "the" makes a town's name or a word a ship's: "the Kaliningrad left", "The Gravely, which was nearby, …"."""
    sets = line.doc.lexicon.sets
    if folded in sets["with_article"] or not line.text(first)[1:].islower() or len(folded) < 4:
        return False
    behind = line.low(last)
    if behind == "," and line.low(last + 1) == "the" and " and the " in line.doc.low[line.ends[last] : line.sentence.end]:
        return line.starting("vessel", last + 2) is not None  # "the Wasp, the Kearsarge and the Oak Hill"
    if behind == "," and line.low(last + 1) not in ("which", "who", "a", "an", "once", "with", "now", "then"):
        return False
    if not line.text(last)[:1].islower() and behind != ",":
        return False
    verb = (
        behind in sets["be"]
        or behind in sets["have"]
        or any(form in ("past", "pres") for f in line.found("trigger") if f.first == last for _, form in f.data)
    )
    return (verb or behind == ",") and behind != "works" and not line.starting("group", last)


_PARTS_OPEN = frozenset([",", "and", "the", ";", "while", "but"])
_THOSE_TOKENS = 6


def _of_those(line: Line) -> bool:
    """Whether a sentence opens with some ships of which it then names each: "Of the two frigates, Kent left Malta and Argyll was off Crete"."""
    if line.low(0) != "of" or line.low(1) not in ("the", "these", "those"):
        return False
    comma = next((n for n in range(2, _THOSE_TOKENS) if line.text(n) == ","), 0)
    return any(f.last <= comma and f.data[1] for f in line.found("type"))


_OWN = frozenset(["her", "its", "two", "three", "four", "five", "six", "several"])
_CONSORTS = frozenset(["screen", "consorts", "escorts", "escort", "group"])
_CONSORT_TOKENS = 4


def _has_consorts(line: Line, at: int) -> bool:
    """Whether ships told at a token go with what is named in front: "Boxer and her amphibious group", "Bataan and three destroyers"."""
    if line.low(at) not in _OWN:
        return False
    own, reach = line.low(at) in ("her", "its"), range(at + 1, at + _CONSORT_TOKENS)
    if own and any(line.low(n) in _CONSORTS for n in reach):
        return True
    return any(f.first in reach for f in line.found("type")) and not own


def _full_name(line: Line, at: int) -> bool:
    """Whether a vessel's name of several words stands at a token: what is told beside it is a vessel too."""
    found = line.starting("vessel", at)
    return found is not None and found.last - found.first > 1


_DRILLS = frozenset(["exercise", "exercises", "mission", "maneuvers", "manoeuvres", "drills", "drill"])
"""Behind a name they make it an exercise's: "the Ocean Shield maneuvers"."""
_QUOTES = frozenset(['"', "'", "“", "”", "‘", "’"])


def names_other(line: Line, first: int, last: int) -> bool:
    """Whether the words beside the name make it an exercise's, an air base's, a town's."""
    lexicon, after = line.doc.lexicon, line.low(last)
    if last < line.size and _SHORT_YEAR.fullmatch(after) and line.starts[last] - line.ends[last - 1] == 1:
        return line.text(last + 1) != "-"  # "La Perouse 25" is an exercise
    quoted = line.text(first - 1) in _QUOTES and line.text(last) in _QUOTES  # "the 'Malabar' exercise"
    if line.low(first - 1 - quoted) in ("exercise", "operation", "exercises", "mission") or line.low(last + quoted) in _DRILLS:
        return True
    if line.text(last) in ("-", "‐", "–") and line.low(last + 1) in lexicon.sets["place_adjective"]:
        return True  # "the Bremerton-based ship"
    capital = line.text(last)[:1].isupper()
    if capital and any(line.text(n)[:1].isupper() and line.low(n) in lexicon.sets["berth_words"] for n in (last, last + 1)):
        return True  # "Liverpool Cruise Terminal"
    if _is_aircraft(line, first, last) or after in lexicon.not_vessel_after or line.text(last) in lexicon.place_last:
        return True
    copula = after in ("is", "was") and line.low(last + 1) in ("a", "the", "an")
    return copula and any(line.low(n) in lexicon.sets["of_a_town"] for n in range(last + 2, last + 8))


_PARTS_NAMES = frozenset(["and", "or", "with", "from", "by", "in", "as", "while"])
"""Behind these an aircraft is another thing than the name in front: "shadowed by the Magbanua and an aircraft"."""


def _is_aircraft(line: Line, first: int, last: int) -> bool:
    """Whether a name is an aircraft's: "P-3C Orion", "Orion maritime patrol planes"."""
    sets, before = line.doc.lexicon.sets, line.text(first - 1)
    numbered = before and not before.isalpha()
    if numbered and (found := _DESIGNATOR.search(line.doc.text[line.starts[max(first - 3, 0)] : line.starts[first]])):
        return found[1].lower() in sets["aircraft_marks"]
    if sets["aircraft"].isdisjoint(line.words):
        return False
    beside = next((n for n in range(last, last + 3) if not line.text(n).isalpha() or line.low(n) in _PARTS_NAMES), last + 3)
    return any(line.low(n) in sets["aircraft"] for n in range(last, beside))


def _inside_longer(line: Line, first: int, last: int) -> bool:
    """Whether the name is part of a longer run: of a place, a navy, a fleet, or of another's full name."""
    size = last - first
    longer = [f for kind in ("place", "navy", "nation") for f in line.found(kind) if f.last - f.first > size]
    return any(f.first <= first and f.last >= last for f in longer) if longer else False


def _opens_numbered(line: Line, first: int, last: int) -> bool:
    """Whether the name only opens a longer one that ends in a number: the "Hai Yang" of "the Hai Yang Di Zhi 12"."""
    if not is_capital(line.text(last)) or not any(low.isdecimal() for low in line.lows[last + 1 : last + 4]):
        return False
    run = capital_run(line, first)
    return run > last and line.low(run).isdecimal() and len(line.low(run)) <= 3


def is_person(line: Line, first: int, last: int) -> bool:
    """Whether the name is a person's: a title before it, a first name, a verb that only people do, an office told behind it."""
    sets, before = line.doc.lexicon.sets, line.low(first - 1 - (line.text(first - 1) == "."))
    if before in sets["titles"] or line.low(last) in sets["person_verbs"]:
        return True
    if line.low(last) in ("was", "is", "had", "has") and line.low(last + 1) in sets["person_verbs"]:
        return True
    office = line.text(last + 1)[:1].isupper() and line.low(last + 1) != "not"
    if line.low(last) in ("was", "is") and office and not line.starting("place", last + 1):
        return True  # "was First Lord"
    if line.text(last) == "," and any(line.low(n) in sets["offices"] for n in range(last + 1, last + 6)):
        return True
    if before in ("said", "added", "explained", "recalled") and line.low(last) in _ENDS_SPEAKER and line.text(first - 2) in _ENDS_SPEECH:
        return True  # "… mission ready," said Drummond
    if before == "then" and line.low(first - 2) == "the":
        return True  # "with the then Prince of Wales"
    if last - first == 1 and line.doc.is_surname(line.text(first)):
        return True
    forename = line.text(first - 1)
    return forename.isalpha() and forename[:1].isupper() and forename[1:].islower() and before in sets["forenames"]


_ENDS_SPEAKER = frozenset([".", ",", "", "of", "during", "in", "while", "after", "upon", "when"])
_ENDS_SPEECH = frozenset([",", "”", '"', "’", "'"])


def acts(line: Line, first: int, last: int) -> bool:
    """Whether the name is the subject of what only a ship does: "Minsk passed the Great Belt", "Dragon left Portsmouth"."""
    before = line.low(first - 1)
    if before in PLACE_SIGNS or (
        before
        and before not in (",", ";", ":", "and", "that", "when", "while", "as", "after", "before", "but", "–", "—", "-", "the", '"', "“", "‘", "'")
        and not _ends_time(line, first - 1)
    ):
        return False
    at = _over_helpers(line, last)
    ship_verbs = line.doc.lexicon.sets["ship_verbs"]
    if line.opens(at, ship_verbs):
        return True
    if line.low(at) == "and" and (other := line.starting("vessel", at + 1)) and line.opens(_over_helpers(line, other.last), ship_verbs):
        return True  # "Dagestan and Tatarstan fired missiles"
    found = line.starting("trigger", at)
    if line.low(at) in ("reached", "visited", "left", "entered") and line.low(at - 1) in ("is", "was", "been", "be"):
        return False  # "Before Murmansk is reached, …"
    if found is None or (line.low(at) in line.doc.lexicon.sets["human_moves"] and not _waters(line, at)):
        return False
    if line.starting("place", first) and any(rule.host or rule.seen for rule, _ in found.data):
        return False  # "Rota saw her off"
    ahead = line.low(last) in _AHEAD
    if ahead and any(place.kind in _LANDS for place in line.doc.gazetteer.places.named(line.told(first, last))):
        return False  # "Georgia should join NATO in the Black Sea"
    forms = _FORMS_AHEAD if ahead else _FORMS
    return any(form in forms and not rule.copula and rule.id != "host.has" for rule, form in found.data) and _waters(line, at)


def _ends_time(line: Line, at: int) -> bool:
    """Whether a token ends the time that opens a clause: "On 7 December Yelnya sailed", "Two days later Yelnya sailed"."""
    low, lexicon = line.low(at), line.doc.lexicon
    if low.isdecimal():
        return line.low(at - 1) in lexicon.months
    return low in lexicon.months or low in lexicon.weekdays or low in _TIMES


_TIMES = frozenset(["yesterday", "today", "later", "earlier", "ago", "week", "month", "morning", "afternoon", "evening", "night", "day"])
_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION])
_FORMS = frozenset(["past", "pres", "part", "ing"])
_FORMS_AHEAD = frozenset(["base", "part"])
_AHEAD = frozenset(["will", "would", "should", "may", "might", "could", "must", "is", "does", "did"])


_HELPERS = frozenset(["has", "had", "have", "is", "was", "been", "now", "then", "also", "later", "again", "last", "first", "both", "soon", "all"])


def _over_helpers(line: Line, last: int) -> int:
    """The token behind a name and the helping words of its verb: "Kentucky last docked", "Kent has since left"."""
    at = last
    if line.low(at) in _MODALS:
        at += 1 + (line.low(at + 1) == "not")  # "should tie up at Salamis", "does not leave Rota before Monday"
    elif line.low(at) == "is" and line.low(at + 1) in ("to", "not", "due", "expected", "scheduled"):
        to = next((n for n in range(at + 1, at + _TO_TOKENS) if line.low(n) == "to"), None)
        at = to + 1 if to is not None else at
    while line.low(at) in _HELPERS and at < last + 4:
        at += 1
    return at


_MODALS, _TO_TOKENS = frozenset(["will", "would", "should", "may", "might", "could", "must", "does", "did"]), 4


def _waters(line: Line, at: int) -> bool:
    """Whether a port, a passage, a sea or a vessel stands behind a verb."""
    entries = line.doc.gazetteer.places.entries
    places = (entries[f.data[0]] for f in line.found("place") if f.first > at)
    wet = any(p.kind.value in line.doc.lexicon.sets["wet_kinds"] for p in places)
    return wet or any(f.first > at for f in line.found("type")) or any(f.first > at for f in line.found("prefix"))


def _acted_on(line: Line, first: int, last: int) -> bool:
    """Whether the name is the object of what is done to ships: "to relieve Tulsa", "with New Orleans in company"."""
    sets, before = line.doc.lexicon.sets, line.low(first - 1)
    verb = line.low(first - 2) if before == "the" else before
    if verb in sets["ship_objects"] and bool(line.found("trigger")):
        return True
    if before == "from" and line.low(first - 2) == "over":
        return True  # "took over from Arctic"
    company = line.lows[last : last + 7] if "company" in line.words else []
    if before == "and" and line.ending("vessel", first - 1):
        other = line.ending("vessel", first - 1)
        return other is not None and line.low(other.first - 1) == "with" and any(a == "in" and b == "company" for a, b in pairwise(company))
    return before == "with" and (line.low(first - 2) in ("together", "along") or any(a == "in" and b == "company" for a, b in pairwise(company)))
