"""Stage 8, types: of what type a vessel of the register is, by what the text says of her.

A text that has a name alone ("HMS Kent left Plymouth") speaks of a warship, whatever the register knows of her: annotators and readers
take a type only from the text, from a class, a hull number or a type word told near the name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from operator import attrgetter

from tracker.domain.kinds import VesselType
from tracker.domain.records import VesselEntry
from tracker.extract.corefer import GENERIC, Vessel
from tracker.extract.line import Text
from tracker.gazetteer.lexicon import Lexicon, flat

_SHY = frozenset(
    {
        VesselType.FRIGATE,
        VesselType.DESTROYER,
        VesselType.CORVETTE,
        VesselType.CRUISER,
        VesselType.PATROL_SHIP,
        VesselType.MISSILE_BOAT,
        VesselType.MINE_WARFARE_SHIP,
    }
)
"""Types that a text seldom means by a name alone: a carrier or a submarine is known to every reader."""
_NAVY = re.compile(r"Navy|Naval|JMSDF|Marine Nationale")


def type_told(doc: Text, vessel: Vessel, entry: VesselEntry | None) -> VesselType:
    """The type of a vessel: the text's own word, else the register's where the text leads to it, else "warship" or "vessel"."""
    told = _own_word(doc, vessel, entry)
    if told is None and _is_plain_warship(doc, vessel):
        return VesselType.WARSHIP
    if told is None and entry is not None and entry.type is VesselType.AUXILIARY and _is_plain_vessel(doc, vessel):
        return VesselType.VESSEL
    if told is not None:
        return told
    if entry is None:
        return _by_hull(doc, vessel) or (vessel.type if vessel.type is VesselType.WARSHIP else _by_prefix(doc, vessel))
    if vessel.type is not VesselType.WARSHIP and (entry.type not in _SHY or not _NAVY.search(entry.operator or "")):
        return entry.type
    led = vessel.hull or vessel.class_name or vessel.project or _named_near(doc, vessel, entry)
    return entry.type if led else VesselType.WARSHIP


def _own_word(doc: Text, vessel: Vessel, entry: VesselEntry | None) -> VesselType | None:
    """The type that the text's own words tell, narrowed where they say less than they mean."""
    kind = vessel.type if vessel.type and vessel.type not in GENERIC else None
    if kind is VesselType.TANKER and (vessel.owner or (entry and entry.type is VesselType.OILER)):
        return VesselType.OILER  # a navy's tanker
    if (
        kind is VesselType.AUXILIARY
        and entry
        and entry.type is VesselType.OILER
        and any(_SUPPLY_SHIP.search(doc.low, a, b) for a, b in vessel.mentions)
    ):
        return entry.type  # "the supply ship X", but "the support vessel X" as it is told
    if kind is VesselType.PATROL_SHIP and entry and entry.type is VesselType.ICEBREAKER:
        return entry.type  # "the Coast Guard cutter Healy"
    if kind in _LADEN and entry and entry.type is VesselType.AUXILIARY:
        return entry.type  # "the dry cargo ship USNS Alan Shepard", "the Makran, a tanker rebuilt"
    return kind


_PLAIN_WARSHIPS = re.compile(r"\b(?:littoral combat ship|command ship|battleship|lcs)s?\b")


_PLAIN_VESSELS = re.compile(r"\b(?:drill ?ship|drilling ship|pipelayer|pipe-?laying (?:ship|vessel)|trawler|yacht|ferry|cruise ship|dredger)s?\b")


def _is_plain_vessel(doc: Text, vessel: Vessel) -> bool:
    """Whether the text's own words tell a ship of no navy's kind: "the drillship Fatih"."""
    return any(_PLAIN_VESSELS.search(doc.low, start, end) for start, end in vessel.mentions)


def _is_plain_warship(doc: Text, vessel: Vessel) -> bool:
    """Whether the text's own words tell a warship of a kind that has no type of its own: "the littoral combat ship USS Tulsa (LCS 16)"."""
    return any(_PLAIN_WARSHIPS.search(doc.low, start, end) for start, end in vessel.mentions)


_LADEN = frozenset({VesselType.TANKER, VesselType.CARGO_SHIP})
_SUPPLY_SHIP = re.compile(r"\bsupply (?:ship|vessel)\b")
_LETTERS = re.compile(r"[A-Za-z]{2,5}(?=[ -]?\d)")


def _by_hull(doc: Text, vessel: Vessel) -> VesselType | None:
    """The type that the letters of a hull number tell of a vessel that no register has: "Nautilus (SSN 571)"."""
    letters = _LETTERS.match(vessel.hull or "")
    return doc.lexicon.types.get(letters[0].lower(), (None, False))[0] if letters else None


def _by_prefix(doc: Text, vessel: Vessel) -> VesselType:
    """What the prefix of a navy's ships tells of a vessel that no register has: "HMS Renown" is a warship."""
    sets = doc.lexicon.sets
    for start, end in vessel.mentions if vessel.name else ():
        first = doc.text[start:end].removeprefix("the ").removeprefix("The ").split(" ", 1)[0].replace(".", "")
        if first in _TANKER_PREFIXES:
            return VesselType.TANKER
        if first in doc.lexicon.prefixes and first not in sets["prefixes_of_no_navy"]:
            return VesselType.AUXILIARY if first in sets["prefixes_of_auxiliaries"] else VesselType.WARSHIP
    return VesselType.VESSEL


_TANKER_PREFIXES = frozenset(["MT", "M/T"])


def _named_near(doc: Text, vessel: Vessel, entry: VesselEntry) -> bool:
    """Whether a word for a ship's type or class stands in a sentence that names her, or in one beside it; a sister of the ship told is like her."""
    words, of_class = _words_for(doc.lexicon, entry.type), _class_words(entry.class_name, entry.project)
    for start, end in vessel.mentions:
        if _SISTER.search(doc.low, max(start - _SISTER_CHARS, 0), end + _SISTER_CHARS):
            return True
        at = bisect_right(doc.sentences, start, key=attrgetter("start")) - 1
        near = doc.sentences[max(at - 1, 0) : at + 2]
        if near and (words.search(doc.low, near[0].start, near[-1].end) or of_class.search(doc.low, near[0].start, near[-1].end)):
            return True
    return False


_SISTER, _SISTER_CHARS = re.compile(r"\bsister\b"), 18


@cache
def _words_for(lexicon: Lexicon, kind: VesselType) -> re.Pattern[str]:
    """A pattern for the words of a type."""
    words = sorted((word for word, (of, _) in lexicon.types.items() if of is kind), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


@lru_cache(maxsize=1024)
def _class_words(class_name: str | None, project: str | None) -> re.Pattern[str]:
    """A pattern for the words that tell a class or project of the register: "Duke-class", "Type 23", "Project 22160"."""
    told = [rf"{re.escape(flat(class_name))}[- ]class"] if class_name else []
    number = flat(project).removeprefix("type ") if project else ""
    return re.compile(rf"\b(?:{'|'.join([*told, *([rf'(?:type|project) {re.escape(number)}'] if number else [])]) or '(?!)'})\b")
