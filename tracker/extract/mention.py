"""Stage 2, what a vessel mention is, and the runs of capitalised words that names are made of."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import VesselType
from tracker.extract.line import Line

_LONGEST_NAME = 6
_HULL_LETTERS = 4
_PENNANT_LETTERS = 1
_GLUE = frozenset("-'’")
_SHORTENED = frozenset(["St", "Ste", "Mt", "Ft"])
"""Words that a name has with a full stop: "HMS St. Albans"."""


CROWD = "crowd"
"""The word of a mention that tells ships by a word for many: "a number of military vessels"."""
NOBODY = "nobody"
"""The word of a mention that says that there is no such ship: "no Russian warship"."""


@dataclass(slots=True)  # not frozen, for speed
class VesselMention:
    """Words that stand for one vessel or several. `start`..`end` is the whole phrase, `name` the name in it."""

    start: int
    end: int
    first: int  # tokens first..last-1
    last: int
    name: str | None = None
    keys: tuple[str, ...] = ()  # register keys the name may mean
    weak: bool = False  # nothing speaks for its being a vessel's name yet
    signed: bool = False  # a prefix, hull, type word or quotes say that the name is a vessel's
    type: VesselType | None = None
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = None
    count: int | None = 1
    plural: bool = False
    group: bool = False
    det: str = "bare"  # definite, a, count, several, part, bare, consort (hers, told or new); former: a name that a ship bore before
    owner: str | None = None  # the navy or fleet that the phrase names
    word: str | None = None  # of a group: "task force", "convoy"
    number: str = ""  # of a group: "44th"; of a ship: "another", or its rank as a figure
    flags: frozenset[str] = frozenset()  # the countries whose register has a vessel of the name
    kinds: frozenset[VesselType] = frozenset()  # the types of those vessels
    classes: frozenset[str] = frozenset()  # the classes and projects of those vessels, folded
    noun: str | None = None  # the word for what it is, of one that no name tells: "boat"
    sort: str | None = None  # what kind of plain vessel the words tell: "trawler", "yacht"
    foreign: bool = False  # told to be guests: "the foreign ships", "the visitors"
    watching: bool | None = None  # told as those who watch others, or whom others watch: "the shadowing frigate", "the shadowed vessel"
    acted_on: bool = False  # right behind a verb, which somebody else does to them
    relieved: bool = False  # right behind a verb by which somebody takes over from them
    acts: bool = False  # right in front of a verb
    other: bool = False  # told to be another than the one spoken of: "the other frigate"
    hers: bool = False  # told as another than she: "the ship she replaced", "the destroyer and the frigate"
    beside: VesselType | None = None  # the type of the ship that "and" joins to it: "the frigate and the tanker"
    attributes: tuple[tuple[int, int], ...] = ()  # spans of appositions that speak of it

    @property
    def numbered(self) -> str:
        """The word for a group with its number: "44th task force"."""
        return f"{self.number} {self.word}"


def is_capital(text: str) -> bool:
    """Whether a token begins with a capital letter."""
    return text[:1].isupper() and text[0].isalpha()


def is_pennant(text: str) -> bool:
    """Whether a token is a pennant number: "D34", "P202"."""
    return text[0].isalpha() and text[-1].isdecimal() and text.isupper() and len(text) <= 5


def apart_pennant(line: Line, at: int) -> bool:
    """Whether a token is the letter of a pennant number that is written apart: "F 451", "L 14"."""
    text, number = line.text(at), line.text(at + 1)
    if len(text) > _PENNANT_LETTERS or not (text.isupper() and text.isascii()) or not (number.isdecimal() and 1 < len(number) <= _HULL_LETTERS):
        return False
    return line.starts[at + 1] - line.ends[at] == 1


def leads_hull(line: Line, at: int) -> bool:
    """Whether a token is the letters of a hull number: "CG-55", "LHD-8"."""
    text, number = line.text(at), line.text(at + 2)
    if not (text.isupper() and 1 < len(text) <= _HULL_LETTERS and line.text(at + 1) in ("-", "‐") and number.isdecimal()):
        return False
    return line.ends[at] == line.starts[at + 1] and line.ends[at + 1] == line.starts[at + 2]


def _goes_on(line: Line, at: int) -> bool:
    """Whether a hyphen or apostrophe joins a further part of a name, and not a possessive s."""
    behind = at + 1
    owns = line.lows[behind] == "s" and (line.text(at) != "-" or line.text(behind) == "s") if behind < line.size else True  # but "YUNUS-S"
    return not owns and line.starts[behind] == line.ends[at] and line.texts[behind][0].isalpha()


_OWNING_KINDS = frozenset(["group", "nation", "navy"])


def _begins_group(line: Line, at: int) -> bool:
    """Whether the words behind "of" tell to what group or navy a ship belongs: "FGS Datteln of Standing NATO Mine Countermeasures Group One"."""
    if line.low(at) == "royal" and line.low(at + 2) in line.doc.lexicon.sets["services"]:
        return True  # "KDB Darussalam of Royal Brunei Navy"
    if line.low(at) in ("project", "type") and line.low(at + 1)[:1].isdecimal():
        return True  # "the frigate Admiral Golovko of Project 22350"
    return line.begins(_OWNING_KINDS, at) or line.low(at) in line.doc.lexicon.sets["group_opens"]


def _numbered(line: Line, at: int, last: int) -> bool:
    """Whether a hyphen and a short number end a name: "Kilektor-1"."""
    glued = line.text(last) == "-" and line.ends[last - 1] == line.starts[last] and line.starts[last + 1 : last + 2] == (line.ends[last],)
    digits, word = line.text(last + 1), line.text(last - 1)
    goes_on = line.text(last + 2) == "-" or line.low(last + 2) in ("class", "type")
    return glued and last - at == 1 and digits.isdecimal() and len(digits) < 3 and len(word) > _SHORT and word[1:].islower() and not goes_on


_SHORT = 4


_RANKS = frozenset(
    ["pvt", "pfc", "cpl", "ens", "gen", "adm", "alm", "cdt", "cte", "capt", "cap", "lt", "sgt", "gral", "col", "maj", "dr", "st", "ste"]
)


_OFFICERS = frozenset(["commanding", "captain", "capt", "commander", "cmdr", "cdr", "skipper"])
"""Behind a ship's name they are no part of it: "BRP Alcaraz Commanding Officer Capt. Cruz"."""


def _no_sunday(line: Line, at: int) -> bool:
    """Whether what stands behind "Sun" shows it to be part of a name: "the Leopard Sun left", "the Chungmugong Yi Sun Shin"."""
    text = line.text(at)
    return text[:1].islower() or text == "-" or (is_capital(text) and text.isalpha() and line.low(at) not in line.doc.lexicon.months)


def _elided(line: Line, at: int) -> bool:
    """Whether a "d'" with a capital behind it stands at a token, as French names have it."""
    return line.text(at + 1) in ("'", "’") and is_capital(line.text(at + 2)) and line.starts[at + 2] == line.ends[at + 1] == line.ends[at] + 1


_AUXILIARIES = frozenset(["AO", "AOE", "AKE", "AE", "AFS", "AH", "AGOS", "AGS", "AGM", "ATF", "ATS", "EPF", "ESB", "ESD", "ARC", "AKR", "ARS"])


def _leads_auxiliary(line: Line, at: int) -> bool:
    """Whether the letters of a hull number of the sealift stand at a token: "T-AO 201", "T-AKE-7"."""
    return line.text(at) == "T" and line.text(at + 1) == "-" and line.text(at + 2) in _AUXILIARIES


_FITTED = frozenset(["equipped", "armed", "capable", "fitted", "powered", "carrying", "built", "designed", "based", "led"])


def capital_run(line: Line, at: int) -> int:
    """The end of a run of capitalised words from a token on, with the particles, hyphens and numerals that names have."""
    lexicon, texts, starts, ends = line.doc.lexicon, line.texts, line.starts, line.ends
    last, words = at, 0
    while last < line.size and words < _LONGEST_NAME:
        text, low = texts[last], line.lows[last]
        if last > at and (is_pennant(text) or (len(text) == 1 and line.text(last + 1) == "/") or leads_hull(line, last) or apart_pennant(line, last)):
            break  # "DIAMOND D34", "Saratov S/B", "Leyte Gulf CG-55", "Limnos F 451"
        if last > at and (text == "IMO" or _leads_auxiliary(line, last)):
            break  # "the tanker Vengery IMO 9255701", "Patuxent T-AO 201"
        if last > at and texts[last + 1 : last + 2] == ["-"] and line.low(last + 2) in _FITTED:
            break  # "the USS Shoup Aegis-equipped destroyer"
        if (
            is_capital(text)
            and low not in lexicon.months
            and (low not in lexicon.weekdays or (low == "sun" and last > at and _no_sunday(line, last + 1)))  # "the tanker Leopard Sun"
            and not (last > at and (text in lexicon.prefixes or low in _OFFICERS or line.starting("group", last) or line.starting("type", last)))
        ):
            last, words = last + 1, words + 1
        elif text == "." and last == at + 1 and line.lows[at] in _RANKS and is_capital(line.text(last + 1)):
            last += 1  # "ORP Gen. Tadeusz Kościuszko"
        elif low == "d" and last > at and _elided(line, last):
            last, words = last + 3, words + 1  # "Commandant d'Estienne d'Orves"
        elif text in _GLUE and last > at and starts[last] == ends[last - 1] and _goes_on(line, last):
            last += 2
        elif (
            last > at
            and low in lexicon.particles
            and is_capital(line.text(last + 1))
            and not (line.text(last + 1).isupper() and len(line.text(last + 1)) > 2 and not texts[at].isupper())
            and line.low(last + 1) not in lexicon.months
            and line.low(last + 1) not in lexicon.weekdays
            and (not line.starting("place", last + 1) or is_capital(line.text(last + 2)))
            and not (low == "of" and _begins_group(line, last + 1))
            and not (low == "the" and line.starting("nation", last + 1))  # "HMS Kent the British frigate", against "Peter the Great"
        ) or (last > at and text == "." and (len(texts[last - 1]) == 1 or texts[last - 1] in _SHORTENED) and is_capital(line.text(last + 1))):
            last += 1
        else:
            break
    return last + 2 if _numbered(line, at, last) else last
