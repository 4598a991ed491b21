"""Stage 2, the phrase around a type word: determiner, number, nation, class and adjectives in front of it, owner and class behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.kinds import PlaceKind
from tracker.extract.designations import designation_before
from tracker.extract.line import Line
from tracker.extract.mention import capital_run, is_capital
from tracker.gazetteer.lexicon import Lexicon

_PROJECT = re.compile(r"\bproject\s+(\d{2,5}[A-Z]{0,3}(?:\.\d{1,2})?[A-Z]?)\b", re.I)
TYPE_NUMBER = re.compile(r"\b([Tt](?i:ype)[\s-]+\d{2,4}[A-Za-rt-z]{0,3}?)s?\b")
_FLYING = frozenset(["flagged", "registered"])
_GOES_ON = frozenset(["class", "flagged", "registered", "owned", "operated", "managed", "built"])
_ORDINALS = ("st", "nd", "rd", "th")
_NUMBERED = frozenset(["project", "type"])
_ARTICLES = frozenset(["a", "an", "the", "another"])
_TYPE_GAP = re.compile(r"[\s-]+(?=\d)")
_NUMERAL = re.compile(r"[A-Z]|[IVX]{2,4}")
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Phrase:
    """What stands to the left of a head."""

    first: int
    det: str = "bare"
    count: int | None = None
    country: str | None = None
    class_name: str | None = None
    project: str | None = None
    owner: str | None = None
    number: str = ""  # "86th"


def left_of(line: Line, at: int) -> Phrase:
    """The determiner, number, nation, class and adjectives before a head, read once: vessels and counts ask for the same heads."""
    return line.once(_left_of, at)


_SO = frozenset(["still", "yet", "already", "now", "then", "only", "just"])
_OPENED = frozenset(["‘", "“"])


def _left_of(line: Line, at: int) -> Phrase:
    phrase, good, unknown = Phrase(at), at, 0
    while at > 0:
        step = _step_left(line, at, phrase)
        if step is None:
            word = line.low(at - 1)
            if line.text(at - 1) in _OPENED and at > 1:
                at -= 1
                continue  # "a Russian ‘subsea spy ship’"
            if (behind := _behind_quoted(line, at)) is not None or (behind := _behind_comma(line, at)) is not None:
                at = behind
                continue
            if unknown == 0 and _of_unknown_service(line, at):
                at = good = at - 1
                continue
            if (
                unknown >= 3
                or not word.isalpha()
                or (word in line.doc.lexicon.function and not (word in _SO and line.text(at) == "-"))  # "still-unnamed"
                or ((verb := line.ending("trigger", at)) and any(form != "noun" for _, form in verb.data))
                or (is_capital(line.text(at - 1)) and at - 1 > 0 and not _owned_by_service(line, at))
            ):
                break
            unknown, at = unknown + 1, at - 1
            continue
        at = good = step
        if phrase.det != "bare":
            break
    phrase.first = good
    return phrase


_CLOSED = frozenset(["’", "”", '"', "'"])
_QUOTED_WORDS = 3


def _behind_quoted(line: Line, at: int) -> int | None:
    """The quote that opens little words in front of a head: "the two "shadow fleet" tankers"."""
    if line.text(at - 1) not in _CLOSED:
        return None
    for first in range(at - 2, max(at - 3 - _QUOTED_WORDS, -1), -1):
        if line.text(first) in _CLOSED or line.text(first) in _OPENED:
            return first if first < at - 2 else None
        if not line.text(first).islower() or line.low(first) == "s":
            return None
    return None


def _behind_comma(line: Line, at: int) -> int | None:
    """The first of two adjectives that a comma parts behind a number: "two stateless, sanctioned oil tankers"."""
    low = line.low(at - 2)
    if line.text(at - 1) == "," and low in _GOES_ON and at > 3 and line.text(at - 3) == "-":
        return at - 1  # "The Nimitz-class, nuclear-powered aircraft carrier", "a Panama-flagged, Greek-owned tanker"
    if line.text(at - 1) != "," or at < 3 or not line.text(at - 2).islower() or not line.starting("number", at - 3):
        return None
    several = low.endswith("s") and not low.endswith(("less", "ous"))  # "In two weeks, sanctioned tankers …"
    return None if several or low in line.doc.lexicon.function or line.starting("number", at - 2) or line.ending("trigger", at - 1) else at - 2


def _owned_by_service(line: Line, at: int) -> bool:
    """Whether capitalised words before a head name who owns it or where it is from: "a Federal Police cutter", "another Portsmouth ship"."""
    first = at
    while first > 0 and at - first < 3 and is_capital(line.text(first - 1)) and line.low(first - 1) not in _ARTICLES:
        first -= 1
    before = line.low(first - 1)
    if before in _ARTICLES and before != "the":
        return True  # nobody calls a ship "a Florida"
    return before == "the" and not line.starting("vessel", first) and line.low(at - 1) in line.doc.lexicon.sets["services"]


_LETTERS = range(3, 8)


def _of_unknown_service(line: Line, at: int) -> bool:
    """Whether letters that nobody lists say whose a ship is whose name stands behind: "HMS Kent and PMB tug Ocean Marvel"."""
    word, front = line.text(at - 1), line.low(at - 2)
    if len(word) not in _LETTERS or not (word.isupper() and word.isalpha()) or line.starting("vessel", at - 1) or line.starting("prefix", at - 1):
        return False
    kind = line.starting("type", at)
    if kind is None or not (front in _SHARES or front in ("", "by", "with", "comprising", "of", "including")):
        return False
    return is_capital(line.text(kind.last)) or (line.text(kind.last) in ("'", "‘", '"', "“") and is_capital(line.text(kind.last + 1)))


_SHARES = frozenset([",", "and", "or"])
_YEAR_TOLD = re.compile(r"(?:19|20)\d\d")


def _step_left(line: Line, at: int, phrase: Phrase) -> int | None:
    """One known element further to the left, or None where there is none."""
    low = line.low(at - 1)
    if (
        low == ")"
        and line.text(at - 3) == "("
        and line.text(at - 2).isupper()
        and (line.low(at - 4) in line.doc.lexicon.sets["services"] or (line.text(at - 2).isalpha() and is_capital(line.text(at - 4))))
    ):
        return at - 3  # "four Royal Australian Navy (RAN) ships"
    if low == ")" and (project := _project_in_brackets(line, at, phrase)) is not None:
        return project
    if low == "one" and line.low(at - 2) == "s" and line.text(at - 3) in ("'", "’"):
        return at - 1  # "the Navy's one icebreaker"
    if (other := line.ending("type", at)) and line.text(at - 1) != "-":
        if (service := line.ending("navy", at)) and service.first < other.first:
            phrase.country = phrase.country or service.data
            return service.first  # "a Royal Fleet Auxiliary tanker"
        return other.first
    if (measured := measure_left(line, at)) is not None:
        return measured
    if line.low(at) in ("militia", "maritime") and (named := _militia_named(line, at)) is not None:
        return named
    if _YEAR_TOLD.fullmatch(low) and line.starting("group", at) is not None and (line.low(at - 2) in ("s", "the") or line.ending("navy", at - 1)):
        return at - 1  # "the Navy's 2012 Cruise Training Task Group"
    if low in line.doc.lexicon.sets["place_adjective"] and line.text(at - 2) == "-" and (first := _shared_left(line, at)) is not None:
        return first
    if low in line.doc.lexicon.sets["place_adjective"] and low != "class" and line.text(at - 2) == "-" and (flag := line.ending("place", at - 2)):
        if low in _FLYING:
            phrase.country = line.doc.gazetteer.places.entries[flag.data[0]].country
        return flag.first  # "a Panama-flagged vessel"
    if phrase.class_name is None and (found := class_before(line, at)):
        phrase.class_name = found[1]
        return found[0]
    if phrase.class_name is None and (told := designation_before(line, at)) is not None:
        phrase.class_name = told[1]
        return told[0]
    if (match := _numbered_before(line, at)) is not None:
        if match[1].lower().startswith("type"):
            phrase.class_name = phrase.class_name or match[1]
        else:
            phrase.project = match[1]
        return match[0]
    if (
        (home := line.ending("place", at) or line.ending("vessel", at))
        and line.low(home.first - 1) in ("a", "an")
        and is_capital(line.text(home.first))
        and not line.ending("nation", at)  # "a UK frigate"
    ):
        return home.first  # "a New Hampshire sailboat"
    if line.starting("type", at) and (land := line.ending("place", at)) and line.low(land.first - 1) in _ARTICLES and isinstance(land.data, tuple):
        entry = line.doc.gazetteer.places.entries[land.data[0]]
        if entry.kind is PlaceKind.COUNTRY and not line.ending("nation", at):
            phrase.country = phrase.country or entry.country
            return land.first  # "the Solomon Islands police boat"
    if (owned := _nation_left(line, at, phrase)) is not None:
        return owned
    if low == "s" and line.text(at - 2) in ("'", "’") and at >= 3:
        return _owner_left(line, at, phrase)
    return _determiner_left(line, at, phrase, low)


def _shared_left(line: Line, at: int) -> int | None:
    """The mark in front of a word that shares its place with the one before: "three U.S.-owned, -operated and -flagged ships"."""
    if line.low(at - 3) not in _SHARES:
        return None
    first = at - 3 - (line.low(at - 4) in _SHARES)
    return first if line.low(first - 1) in line.doc.lexicon.sets["place_adjective"] and line.text(first - 2) == "-" else None


def _nation_left(line: Line, at: int, phrase: Phrase) -> int | None:
    """The navy or nation in front of a ship, whose she then is: "the Royal Navy's two frigates", "a Greek tanker"."""
    for kind in ("navy", "nation"):
        if nation := line.ending(kind, at):
            if line.text(nation.last) != "-" or line.low(nation.last + 1) not in line.doc.lexicon.sets["tells_no_flag"]:
                phrase.country = phrase.country or nation.data
            if kind == "navy":
                phrase.owner = phrase.owner or line.doc.low[nation.start : nation.end]
            if line.low(nation.last - 1) == "s" and line.text(nation.last - 2) in ("'", "’") and phrase.det == "bare":
                phrase.det = "definite"
            owns = line.low(nation.last - 1) == "s" and line.low(nation.first - 1) == "of"
            return _part_left(line, nation.first, phrase) if owns else nation.first
    return None


_BRACKET_TOKENS = 6
_SHORT_PROJECT = re.compile(r"[( ](?:[Pp]roject|[Pp]r\.?|[Tt]ype)?[ -]?(\d{3,5}[A-Z]{0,3}(?:\.\d{1,2})?[A-Z]?)\b")


def _project_in_brackets(line: Line, at: int, phrase: Phrase) -> int | None:
    """The opening bracket of a project told between a class and a type: "the Ropucha-class (Project 775) landing ship", "(Type 052D)"."""
    first = next((n for n in range(at - 2, max(at - _BRACKET_TOKENS, -1), -1) if line.text(n) == "("), None)
    if first is not None and line.low(first - 1) == "class" and is_capital(line.text(first + 1)):
        told = class_before(line, first)
        phrase.class_name = phrase.class_name or (told[1] if told else None)
        return first if told is None else told[0]  # "the Suffren-class (Barracuda) submarine"
    if first is None or not line.low(at - 2)[:1].isdecimal():
        return None
    match = _SHORT_PROJECT.match(line.doc.text, line.starts[first], line.ends[at - 1])
    if match is None:
        return None
    phrase.project = phrase.project or match[1]
    return first


_MILITIA_WORDS = 4


def _militia_named(line: Line, at: int) -> int | None:
    """The first token of the names of a fishing fleet in front of "militia", behind a number or an owner: "Six Qiong Sansha Yu militia ships"."""
    first = at
    while first > 0 and is_capital(line.text(first - 1)) and at - first < _MILITIA_WORDS and not line.ending("number", first):
        first -= 1
    owned = line.low(first - 1) == "s" or line.ending("number", first) or line.low(first - 1).isdecimal()
    return first if first < at and owned and not line.ending("nation", at) else None


def _owner_left(line: Line, at: int, phrase: Phrase) -> int | None:
    owner = line.ending("navy", at - 2) or line.ending("nation", at - 2)
    place = line.ending("place", at - 2)
    if owner:
        phrase.country = phrase.country or owner.data
    elif place:
        entry = line.doc.gazetteer.places.entries[place.data[0]]
        phrase.country = phrase.country or entry.country
        owner = place
    if owner is None and (first := _the_service(line, at - 3)) is not None:
        phrase.det = "definite"  # "the Navy's one carrier", "the Coast Guard's sole icebreaker"
        return _part_left(line, first, phrase) if line.low(first - 1) == "of" else first
    if owner is None and line.text(at - 3).isupper() and len(line.text(at - 3)) > 1 and line.low(at - 4) == "the":
        phrase.det = "definite"
        return at - 4  # "the RMN's patrol vessel"
    one = any(f.first in (at, at + 1) and not f.data[1] for f in line.found("type"))
    if owner is None and one and (band := line.ending("group", at - 2)):  # "a US Navy strike group's aircraft carrier"
        front = left_of(line, band.first)
        phrase.det, phrase.country = "definite", phrase.country or front.country
        return front.first
    if owner is None:
        return None
    phrase.det = "definite" if phrase.det == "bare" else phrase.det
    first = owner.first - 1 if line.low(owner.first - 1) == "the" else owner.first
    return _part_left(line, first, phrase) if line.low(first - 1) == "of" else first


def _the_service(line: Line, last: int) -> int | None:
    """The first token of "the" and a service or owner that ends at a token: "the Coast Guard", "the nation"."""
    sets, first = line.doc.lexicon.sets, last
    if line.low(last) not in sets["services"] and line.low(last) not in sets["owners"]:
        return None
    while is_capital(line.text(first)) and is_capital(line.text(first - 1)) and last - first < 3 and line.low(first - 1) != "the":
        first -= 1
    return first - 1 if line.low(first - 1) == "the" else None


def _part_left(line: Line, at: int, phrase: Phrase) -> int:
    """The start of "two of" before a token, when a number stands there."""
    part, digits = line.ending("number", at - 1), line.low(at - 2)
    if part is None and (not digits.isdecimal() or line.low(at - 3 - (line.text(at - 3) == ".")) in line.doc.lexicon.months):
        return at  # "on October 21 of the …" counts nothing, nor "on Oct. 21 of the …"
    first = part.first if part else at - 2
    whole = line.low(first) == "both" or line.low(first - 1) == "all"  # "all three of the frigates"
    phrase.det, phrase.count = "definite" if whole else "part", part.data if part else int(digits)
    return counters_left(line, first)


_OPENS_PART = frozenset(["", "only", "than", "just", "that", "when", "while", "but", "and", "where", "before", "after"])
"""In front of "one of the two frigates" where it is no apposition."""


_FRONTED = frozenset(
    ["according", "on", "in", "at", "during", "meanwhile", "however", "separately", "earlier", "later", "currently", "today", "yesterday"]
)


_DAY_TOKENS = 6


def only_day(line: Line, last: int) -> bool:
    """Whether a sentence opens with words for a day and no others up to a token: "By 4 December only two remained"."""
    if last > _DAY_TOKENS or line.low(last - 1) in ("on", "by", "the", "that", "a"):
        return False
    lexicon, small = line.doc.lexicon, line.doc.lexicon.sets["says_when"]
    return all(w in small or w.isdecimal() or w in lexicon.months or w in lexicon.weekdays for w in line.lows[:last])


def _opens_part(line: Line, at: int) -> bool:
    """Whether a word, or the first comma behind a phrase that opens the sentence, stands in front of what is no apposition."""
    if line.text(at) == ",":
        fronted = line.low(0) in _FRONTED and "," not in line.lows[:at]  # "According to the embassy, one of the three ships is in"
        return fronted or only_day(line, at)
    return line.low(at) in _OPENS_PART or (at >= 0 and only_day(line, at + 1))  # "By Friday one of the three frigates was in"


def measure_left(line: Line, at: int) -> int | None:
    """The start of a measure that stands as an adjective: "44-meter", "3,200-ton", "£3 billion"."""
    if line.low(at - 1) in ("billion", "million", "bn") and line.low(at - 2).replace(".", "").isdecimal():
        return at - 2 - (line.text(at - 3) in ("£", "$", "€"))
    if _SUM.fullmatch(line.low(at - 1)) and line.text(at - 2) in ("£", "$", "€", "."):
        return at - 2 if line.text(at - 2) != "." else at - 4 if line.text(at - 4) in ("£", "$", "€") else None  # "£3bn", "£3.2bn"
    if line.low(at - 1) not in line.doc.lexicon.sets["measures"]:
        return None
    first = at - 3 if line.text(at - 2) in ("-", "‐") else at - 2 if line.low(at - 1) in _UNITS else -1  # "a 500 tonne patrol ship"
    if first < 0 or not line.low(first).isdecimal():
        return None
    if line.text(first - 1) == "," and line.low(first - 2).isdecimal():
        return first - 2
    return first - 1 if len(line.low(first)) == _GROUPED and line.low(first - 1).isdecimal() else first  # "the 12 500 ton vessel"


_GROUPED = 3
_UNITS = frozenset(["ton", "tons", "tonne", "tonnes", "metre", "metres", "meter", "meters", "foot", "feet", "ft", "m", "t", "dwt", "teu", "gt"])


_SUM = re.compile(r"\d+(?:bn|m|mn|billion|million)")


def _determiner_left(line: Line, at: int, phrase: Phrase, low: str) -> int | None:
    lexicon = line.doc.lexicon
    if low in ("more", "further") and line.ending("number", at - 1):
        at -= 1  # "five more ships"
    number, low = line.ending("number", at), line.low(at - 1)
    if (
        low.isdecimal()
        and is_capital(line.text(at - 2))
        and at > 2
        and line.doc.text[line.ends[at - 2] : line.starts[at - 1]] == " "
        and _singular(line, at)
    ):
        return None  # "the Haiyang Dizhi 8 survey vessel"
    if low == "very" and line.low(at) in lexicon.sets["ranks"]:
        return at - 1  # "the navy's very first frigate"
    month = at - 2 - (line.text(at - 2) == ".")  # "on Oct. 21 of the fleet's ships"
    if low.isdecimal() and line.low(month) in lexicon.months and _is_day(line, at - 1, month):
        return None  # "After the visit on March 30 Russian ships headed home"
    if (number or low.isdecimal()) and line.text(at) == "-" and (line.low(at + 1).endswith("ed") or line.low(at + 1) in ("time", "off")):
        return number.first if number else at - 1  # "three-masted", "9-crewed" and "one-time" count no ships
    if number or (low.isdecimal() and len(low) <= 3 and not _is_glued(line, at - 1) and not _thousands(line, at - 1)):
        return _count_left(line, number.first if number else at - 1, number.data if number else int(low), low, phrase)
    if low in ("a", "an") or (low in lexicon.another and low not in lexicon.modifiers):
        phrase.det, phrase.count = "a", 1
        return at - 1
    if low in ("neither", "either"):
        phrase.det, phrase.count = "definite", 2
        return at - 1
    if low == "said" and line.low(at - 2) != "the":
        return None  # "officials said Chinese ships trailed her"
    if low == "that" and not _singular(line, at) and line.begins(_SHIPS_BEGIN, at):
        return None  # "He added that Chinese vessels returned"
    if low in lexicon.definite:
        phrase.det = "definite"
        if line.low(at - 2) == "of":
            return _part_left(line, at - 1, phrase)
        return at - 2 if line.low(at - 2) in ("all", "both") else at - 1
    if low[:1].isdecimal() and low.endswith(_ORDINALS) and (line.text(at) == "fleet" or _leads_group(line, at)):
        phrase.number = low  # "the 44th fleet", "the 86th flotilla"
        return at - 1
    if low in ("only", "sole", "lone") and line.low(at - 2) in ("s", "'", "’", "its", "her", "the"):
        return at - 1  # "France's only carrier"
    if low == "any" and line.low(at - 2) not in ("not", "without", "nor"):
        phrase.det = "such"  # "any foreign ship may use it" is none in particular
        return at - 1
    if low == "most" and line.low(at - 2) in ("the", "s", "its", "her", "their"):
        return at - 1  # "one of the most advanced warships"
    if low == "of" and line.low(at - 2) in lexicon.sets["crowd_of"] and (crowd := _crowd_left(line, at - 2)) is not None:
        phrase.det = "several"
        return crowd
    if low in lexicon.several and low not in lexicon.modifiers:
        phrase.det = "several"
        return at - 1 - (low == "more" and line.low(at - 2) == "no")  # "No more Philippine vessels were there"
    if escorts(line, at - 1) or (low == "tracked" and line.low(at - 2) not in _TRACKED_ONES):
        return None  # "The Royal Navy tracked Russian vessels"
    watching = low in lexicon.sets["watching_ones"] or low in lexicon.sets["watched_ones"]
    watching = watching and line.low(at - 2) in ("the", "both")  # "the shadowing frigate", "the shadowed vessel"
    if watching or low in lexicon.modifiers or (low == "-" and line.ends[at - 1] == line.starts[at] if at < line.size else False):
        return at - 1
    return None


def _crowd_left(line: Line, at: int) -> int | None:
    """The first token of "a large number of", "scores of"; None where it is a number told: "the number of"."""
    sizes, first = line.doc.lexicon.sets["crowd_size"], at
    while line.low(first - 1) in sizes:
        first -= 1
    return None if line.low(first - 1) in ("the", "this", "that") else first


def _leads_group(line: Line, at: int) -> bool:
    """Whether a word for a group stands at a token, or behind a nation or navy there: "the 27th Chinese naval escort task force"."""
    for _ in range(_NATION_WORDS):
        if line.starting("group", at):
            return True
        nation = line.starting("nation", at) or line.starting("navy", at)
        if nation is None and line.low(at) not in line.doc.lexicon.modifiers:
            return False
        at = nation.last if nation else at + 1
    return False


_NATION_WORDS = 4
_SHIPS_BEGIN = frozenset(["type", "nation", "navy"])


def _count_left(line: Line, first: int, count: int, low: str, phrase: Phrase) -> int:
    """Where a phrase begins that a number opens, with what it is a part of: "two of the three frigates"."""
    if line.low(first - 1) == "s" and line.text(first - 2) in ("'", "’") and "of" in line.words:
        owned = Phrase(first)
        whose = _owner_left(line, first, owned)
        if whose is not None and owned.det == "part":
            phrase.det, phrase.count, phrase.country = owned.det, owned.count, phrase.country or owned.country
            return whose  # "two of the navy's three submarines"
    phrase.count = count
    definite = line.low(first - 1) in ("the", "these", "those", "both", "its", "their", "all") or low == "both"
    if line.low(first - 1) == "same" and line.low(first - 2) in ("the", "these", "those"):
        phrase.det = "definite"
        return first - 2  # "the same four vessels"
    phrase.det = "definite" if definite else "count"
    if definite and line.low(first - 2) == "of" and (line.low(first - 3) != "one" or _opens_part(line, first - 4)):
        return _part_left(line, first - 1, phrase)  # "two of the three frigates"
    part = line.ending("number", first - 1) if line.low(first - 1) == "of" else None
    if part and part.data < (phrase.count or 0) and _opens_part(line, part.first - 1):
        return _part_left(line, first, phrase)  # "One of three frigates in Toulon left"
    return counters_left(line, first)


def _is_day(line: Line, at: int, month: int) -> bool:
    """Whether a number behind a month is its day, and no count: "on March 4 a squad", against "in March 4 ships" and "on 3 March 4 ships"."""
    front = line.low(month - 1)
    return is_capital(line.text(month)) and len(line.low(at)) <= 2 and front != "in" and not front[:1].isdecimal()


def escorts(line: Line, at: int) -> bool:
    """Whether a participle tells what is done with the ships behind it, and not which they are: "was tasked with escorting Russian ships"."""
    return line.low(at) in ("escorting", "accompanying") and (line.low(at - 1) in _DOES or line.low(at - 2) in _GIVEN)


_TRACKED_ONES = frozenset(["the", "these", "those", "all", "other", "most", "few"])
_DOES = frozenset(["is", "are", "was", "were", "been", "be", "busy", "by", "while", "after", "before", "began", "started", "kept"])
_GIVEN = frozenset(["tasked", "charged", "entrusted", "busied", "responsible", "tasks", "job", "task", "duty"])


def _singular(line: Line, at: int) -> bool:
    """Whether a type word in the singular follows within a few tokens."""
    found = next((f for n in range(at, at + 4) if (f := line.starting("type", n))), None)
    return found is not None and not found.data[1]


def _is_glued(line: Line, at: int) -> bool:
    """Whether a mark joins a number to what stands before it: the 14 of "K-14" and "3.14", but not of "In the Baltic - 14 vessels"."""
    mark = line.text(at - 1)
    return mark in (".", "/") or (mark == "-" and not line.ends[at - 2] < line.starts[at - 1] < line.ends[at - 1] < line.starts[at])


def _thousands(line: Line, at: int) -> bool:
    """Whether a number is the end of a larger one: "65,000"."""
    return line.text(at - 1) == "," and line.low(at - 2).isdecimal() and line.ends[at - 2] == line.starts[at] - 1


def counters_left(line: Line, at: int) -> int:
    """The number of the first token of the words in front of a count: "no fewer than", "at least"."""
    for words in _counters(line.doc.lexicon).get(line.low(at - 1), ()):
        if tuple(line.lows[max(at - len(words), 0) : at]) == words:
            return at - len(words)
    return at


@lru_cache(maxsize=4)
def _counters(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """The words that stand in front of a count, under the last of them, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for counter in lexicon.counters:
        words = tuple(counter.split(" "))
        found.setdefault(words[-1], []).append(words)
    return found


_SERIES = frozenset(["flight", "batch", "block"])


def class_before(line: Line, at: int) -> tuple[int, str] | None:
    """The first token and the name of a class told right before a token: "Altay-class", "Improved Kilo", "X class"."""
    end, marked = at, False
    if line.low(end - 2) in _SERIES and line.low(end - 3) == "class":
        end -= 2  # "a River-class Batch 2 patrol ship"
    typed = line.text(end - 1) == "type" and is_capital(line.text(end - 2 - (line.text(end - 2) == "-")))  # "the Stereguschy type corvette"
    if line.low(end - 1) == "class" or typed:
        end, marked = end - 1, True
        if line.text(end - 1) == "-":
            end -= 1
    behind = end
    if _NUMERAL.fullmatch(line.text(end - 1)) and line.ending("class", end - 1):
        end -= 1  # "a Udaloy I destroyer"
    elif line.low(end - 2) in _SERIES and line.ending("class", end - 2):
        end = behind = end - 2  # "the Arleigh Burke Flight IIA destroyer"
    elif line.text(end - 2) == "." and line.text(end - 1).isdecimal() and (told := line.ending("class", end - 3 - (line.text(end - 4) == "-"))):
        end = told.last  # "the Gepard 3.9 frigate"
    elif marked and _FIGURE.fullmatch(line.text(end - 1)) and is_capital(line.text(end - 2 - (line.text(end - 2) == "-"))):
        end -= 1 + (line.text(end - 2) == "-")  # "a Grisha 5-class corvette", "a Jiangkai-2 class frigate"
    known = line.ending("class", end)
    if known and (is_capital(line.text(known.first)) or not line.text(known.first)[:1].isalpha()):
        first = known.first - 1 if line.low(known.first - 1) == "improved" or (marked and _is_named_too(line, known.first - 1)) else known.first
        if not marked and line.ending("vessel", end) and not _article(line, first):
            return None
        return _over_designator(line, first) if marked else first, line.told(first, behind)
    if not marked:
        return None
    first = end
    while first > 0 and end - first < 4 and not line.ending("nation", first) and not line.ending("navy", first):
        mark = line.text(first - 1) == "." and len(line.text(first - 2)) == 1  # "Henry J. Kaiser-class"
        mark = mark or (line.text(first - 1) == "-" and line.starts[first] == line.ends[first - 1])  # "Yasen-M class"
        mark = mark or (
            line.low(first - 1) in _PARTICLES and is_capital(line.text(first)) and line.low(first - 2) not in _ARTICLES
        )  # "Thaon di Revel-class"
        if not is_capital(line.text(first - 1 - mark)) or line.low(first - 1) in ("the", "a", "an") or (first == 1 and line.starting("number", 0)):
            break
        first -= 1 + mark
    return (_over_designator(line, first), line.told(first, behind)) if first < end else None


_PARTICLES = frozenset(["di", "de", "da", "do", "dos", "del", "della", "van", "von", "al", "el"])


def _over_designator(line: Line, first: int) -> int:
    """The first token of a class with the letters and number in front of it that it goes by too: "IR-120 Ghadir Class"."""
    lettered = (
        line.text(first - 1).isdecimal() and line.text(first - 2) == "-" and line.text(first - 3).isupper() and not is_capital(line.text(first - 4))
    )
    return first - 3 if lettered and line.starts[first - 1] == line.ends[first - 3] + 1 else first


def _is_named_too(line: Line, at: int) -> bool:
    """Whether a name in front of a class is part of the class's, and no ship's own: "USS Barry Arleigh Burke-class destroyer" is the Barry."""
    return is_capital(line.text(at)) and line.starting("vessel", at) is not None and not line.starting("prefix", at - 1)


def _article(line: Line, at: int) -> bool:
    return line.low(at - 1) in ("a", "an") or line.ending("number", at) is not None or at == 0


def _numbered_before(line: Line, at: int) -> tuple[int, str] | None:
    """ "Project 636.3" or "Type 054A" that ends right before a token."""
    if at < 2 or _NUMBERED.isdisjoint(line.words):
        return None
    end = line.ends[at - 1]
    begin = line.starts[max(0, at - 6)]
    for pattern in (_PROJECT, TYPE_NUMBER):
        for match in pattern.finditer(line.doc.text, begin, end):
            if match.end() == end:
                return line.at_offset(match.start()), numbered_class(match[1])
    return None


def numbered_class(told: str) -> str:
    """A class told by its number as it is mostly written: "Type-23" is Type 23."""
    return _TYPE_GAP.sub(" ", told, count=1)


_BEHIND_PROJECT = re.compile(r"(?:\s+of(?: the)?|\s*\(|,)\s*(?:project|pr\.)[ -]?(\d{2,5}[A-Z]{0,3}(?:\.\d{1,2})?[A-Z]?)\b\)?", re.I)
_PROJECT_CHARS = 32


def project_behind(line: Line, at: int) -> tuple[int, str] | None:
    """The end of a project told behind a head or name, and its number: "frigates of Project 22350", "Boikiy (project 20380)"."""
    if _PROJECT_WORDS.isdisjoint(line.words) or not 0 < at < line.size:
        return None
    begin = line.ends[at - 1]
    match = _BEHIND_PROJECT.match(line.doc.text, begin, min(begin + _PROJECT_CHARS, line.sentence.end))
    return (line.at_offset(match.end() - 1) + 1, match[1]) if match else None


_PROJECT_WORDS = frozenset(["project", "pr"])


def right_of(line: Line, at: int) -> tuple[int, str | None, str | None]:
    """The end of a head's "of the Ropucha class", "of the Russian Navy"; with the country and class told there."""
    country = class_name = None
    if (own := _whose_too(line, at)) > at:
        return own, country, class_name
    for _ in range(2):
        if line.low(at) not in ("of", "from", "belonging") or at + 1 >= line.size:
            break
        begin = at + 1 + (line.low(at + 1) == "the") + (line.low(at + 1) == "to") * 1
        navy = line.starting("navy", begin) or line.starting("nation", begin)
        of_nation = line.starting("nation", begin)
        known = line.starting("class", begin) or (of_nation and line.starting("class", of_nation.last))  # "of the Russian Ropucha class"
        if (line.lows[begin : begin + 2] == ["coast", "guard"] or line.low(begin) == "coastguard") and (at < 3 or line.low(at - 2) == "by"):
            return begin + 1 + (line.low(begin) == "coast"), country, class_name  # "boats of the coast guard"
        if navy and line.starting("navy", begin):
            at, country = navy.last + (line.text(navy.last) == "Fleet"), navy.data  # "of Pakistan Navy Fleet"
            at = _further_owner(line, at)
        elif (run := _navies(line, begin, line.low(at))) > begin:
            return min(run, line.size), country, class_name
        elif navy and line.text(begin).isupper() and line.low(at) == "from" and line.starting("trigger", navy.last):
            at, country = navy.last, country or navy.data  # "Warships from the US left Guam"
        elif (run := _owner_run(line, begin)) > begin and line.low(run) not in line.doc.lexicon.sets["tells_no_flag"] and line.low(run) != "design":
            at, country = _further_owner(line, run), country or (navy.data if navy else None)
        elif known and line.low(known.last) in ("class", "-", "type"):
            at, class_name = known.last + (2 if line.low(known.last) == "-" else 1), line.doc.text[known.start : known.end]
        else:
            run = capital_run(line, begin)
            if run > begin and (line.low(run) in ("class", "type") or line.low(run - 1) == "class"):
                class_name = re.sub(r"[\s-]*class$", "", line.told(begin, run), flags=re.I)
                at = run + (line.low(run) in ("class", "type"))
            else:
                break
    return min(at, line.size), country, class_name


_OWNERS_TOO = frozenset(["theirs", "hers", "ours"])


def _whose_too(line: Line, at: int) -> int:
    """The end of words that give a ship the owner of those told before: "a frigate of theirs", "an oiler of the same navy"; else the token."""
    if line.low(at) not in ("of", "from"):
        return at
    if line.low(at + 1) in _OWNERS_TOO:
        return at + 2
    same = line.lows[at + 1 : at + 3] == ["the", "same"]
    return at + 4 if same and line.low(at + 3) in line.doc.lexicon.sets["services"] else at


_NAVIES_TOKENS = 5


def _navies(line: Line, begin: int, link: str) -> int:
    """The end of several owners from a token on: ships "of nine other navies", "of South Africa and China"; the token itself if there are none."""
    words = line.doc.lexicon.sets["owning_nations"]
    for at in range(begin, min(begin + _NAVIES_TOKENS, line.size)):
        if line.low(at) in words and at > begin:
            return at + 1
        if not line.text(at).isalpha() or (line.low(at) in line.doc.lexicon.function and line.low(at) != "the"):
            break
    at, countries = begin, 0
    while (land := line.starting("place", at)) and isinstance(land.data, tuple):
        if line.doc.gazetteer.places.entries[land.data[0]].kind is not PlaceKind.COUNTRY:
            break
        countries, last = countries + 1, land.last
        if line.low(last) not in (",", "and"):
            return last if countries > 1 and link == "of" else begin
        at = last + 1 + (line.low(last + 1) == "and")
    return begin


def _owner_run(line: Line, at: int) -> int:
    """The end of a service's name from a token on: "Bureau of Fisheries", "Northern Fleet", "her strike group", "IRGC"; the token itself if none."""
    sets, begin = line.doc.lexicon.sets, at
    if line.low(at) in ("her", "his", "its", "their"):
        group = line.starting("group", at + 1)
        return group.last if group else begin
    last = capital_run(line, at)
    if last == at or line.starting("place", at) or line.starting("vessel", at):
        return begin
    if line.low(last - 1) in sets["services"] or line.low(at) in sets["services"] or (last - at == 1 and line.text(at).isupper() and last > at):
        return last
    return begin


def _further_owner(line: Line, at: int) -> int:
    """The end of "and IRGC", "(PCG)" behind the name of a service."""
    if line.low(at) == "and" and line.text(at + 1).isupper() and len(line.text(at + 1)) > 2 and not line.starting("prefix", at + 1):
        return at + 2
    if line.text(at) == "(" and line.text(at + 1).isupper() and line.text(at + 2) == ")":
        return at + 3
    return at


_HOMES = ("place", "nation", "navy")


def behind_home(line: Line, first: int) -> int:
    """The token behind whose ship it is: "Drazki from Bulgaria, …", "Diponegoro of the Indonesian Navy, …", "Vigour (Singapore), …"."""
    comma = line.text(first) == "," and line.low(first + 1) in ("of", "from")
    link, start = line.low(first + comma), first
    if link not in ("from", "of", "("):
        return first
    first += comma
    begin = first + 1 + (line.low(first + 1) == "the")
    home = next((found for kind in _HOMES if (found := line.starting(kind, begin))), None)
    if home is None:
        return start
    if link == "(":
        return home.last + 1 if line.text(home.last) == ")" else first
    last = _end_of_force(line, home.last)
    return last if not comma or line.text(last) == "," else start


def _end_of_force(line: Line, at: int) -> int:
    """The token behind what goes on with a land's name: "of the Turkish Navy", "of the Japan Maritime Self-Defense Force"."""
    for n in range(at, at + _FORCE_TOKENS):
        if line.low(n) in line.doc.lexicon.sets["services"]:
            return n + 1
        if not (line.text(n)[:1].isupper() or line.text(n) == "-"):
            break
    return at


_FORCE_TOKENS = 6
