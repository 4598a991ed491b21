"""Stage 2, names of vessels: after a prefix, in the register, with the hull number beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.domain.idents import fold_hull
from tracker.domain.kinds import VesselType
from tracker.domain.names import fold
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, apart_pennant, capital_run, is_capital, leads_hull
from tracker.extract.phrases import project_behind, right_of
from tracker.extract.plausible import QUOTES, is_vessel_name
from tracker.extract.spans import longest_first
from tracker.gazetteer.index import Gazetteer

_HULL_IN_BRACKETS = re.compile(
    r"\s*[(\[]\s*(?:(?:[Hh]ull|[Pp]ennant|[Ss]ide|[Bb]ow|[Tt]actical)(?:\s+(?:[Nn]o\.?|[Nn]umber))?\s+|[Nn]o\.\s*|#\s*|[Bb]/[Nn]\s*)?"
    r"((?:[A-Z]{1,4}(?:-[A-Z]{1,4})?[- ]?)?\d{1,5}[A-Z]?(?:-\d{1,2})?|[A-Z]{1,2}-\d{3}-\d)\s*[)\]]"
)
_HULL_BARE = re.compile(
    r"\s+((?:[A-Z]{1,4}-?\s?\d{2,4})|\d{3})\b(?!\s*(?:[%:]|nm\b|km\b|miles|nautical|meters|metres|ton|sailors|crew|people|personnel|days|yards))"
)
_HULL_ASIDE = re.compile(r",\s+([A-Z]{2,4}-\d{1,4})(?=,)")
"""Behind a name between commas: "Ranger, CV-61, left"."""
_HERS = frozenset(["her", "its", "their"])
_HULL_GLUED = re.compile(r"[-‐–](\d{2,4})\b(?!-?(?:class|type|ton|metre|meter|foot))")
"""Behind a name with a prefix: "KRI Diponegoro-365"."""
_HULL_NAME = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
_NUMBER_NAME = re.compile(r"[A-Z]{3,5}[ -]?\d{3,5}")
"""A service's letters and a number: "CCG 3304" can be nothing but a ship."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERAL = re.compile(r"[A-Z]|[IVX]{2,4}")


def find_names(line: Line, confirmed: frozenset[str]) -> list[VesselMention]:
    """The names of vessels in a sentence; `weak` ones may be something else's. `confirmed`: names that another sentence shows to be vessels'."""
    found = [*_after_prefix(line), *_in_register(line), *_numbered(line), *_before_type(line)]
    if not found:
        return found
    kept = (with_hull(line, m) for m in longest_first(found) if not _names_a_class(line, m))
    names = list(kept)
    for mention in names:
        if line.low(mention.first - 1) in line.doc.lexicon.sets["beside_her"] and line.low(mention.first - 2) in _HERS:
            mention.signed = True  # "her sister Psara"
        if line.low(mention.last - 2) == "guard" and _NUMBER_OF_CUTTER.fullmatch(line.text(mention.last - 1)):
            mention.signed = True  # "under the escort of China Coast Guard 3305"
        if mention.keys and not mention.hull and (hull := _own_hull_before(line, mention)):
            mention.signed, mention.hull = True, hull  # "F221 Hessen left Kiel", "the frigate 016 Quang Trung"
        mention.weak = not (mention.signed or is_vessel_name(line, mention.first, mention.last, mention.name or "", confirmed))
    return [*names, *_numbers_behind(line, names)]


_HULL_BEFORE = re.compile(r"(?<![\w.,-])((?:[A-Z]{1,4}[- ]?)?\d{2,5})[ -]$")
_HULL_CHARS = 12


def _own_hull_before(line: Line, mention: VesselMention) -> str | None:
    """The number right in front of a name that the register knows for the hull number of one of its ships."""
    if not mention.first or not line.text(mention.first - 1 - (line.text(mention.first - 1) == "-"))[-1:].isdecimal():
        return None
    begin = max(mention.start - _HULL_CHARS, line.sentence.start)
    match = _HULL_BEFORE.search(line.doc.text, begin, mention.start)
    if match is None:
        return None
    entries, told = line.doc.gazetteer.vessels.entries, fold_hull(match[1])
    known = {fold_hull(entries[key].hull or "") for key in mention.keys} - {""}
    alike = told in known or (told.isdecimal() and any(hull.lstrip("abcdefghijklmnopqrstuvwxyz") == told for hull in map(str.lower, known)))
    return match[1] if alike else None


_NUMBERED_NAME = re.compile(r"([A-Z][\w' -]*[a-z]) (\d{1,3})")
_ENDS_LIST = frozenset(["", ".", ",", ";", ")", "–", "—", "-", "and"])


def _numbers_behind(line: Line, names: list[VesselMention]) -> Iterator[VesselMention]:
    """Ships of one name of which all but the first are told by their numbers alone: "the Haijian 51, 23 and 46"."""
    for one in names:
        named = _NUMBERED_NAME.fullmatch(one.name or "")
        if named is None or one.hull:
            continue
        at = one.last
        numbers: list[int] = []
        while line.low(at) in (",", "and"):
            number = at + 1 + (line.low(at) == "," and line.low(at + 1) == "and")
            if not line.text(number).isdecimal() or len(line.text(number)) > len("100"):
                break
            numbers.append(number)
            at = number + 1
        ends = line.low(at) in _ENDS_LIST or line.starting("trigger", at) is not None or line.low(at) in line.doc.lexicon.sets["auxiliaries"]
        if numbers and "and" in line.lows[one.last : numbers[-1]] and ends:
            for number in numbers:
                yield named_mention(line, number, number + 1, f"{named[1]} {line.text(number)}", signed=True, country=one.country)


def _names_a_class(line: Line, mention: VesselMention) -> bool:
    """Whether the name stands for its class: "Altay-class", "the Slava class"."""
    behind = mention.last + (line.text(mention.last) == "-" and line.text(mention.last + 1) == "type")  # "the La Fayette-type frigate Surcouf"
    typed = line.text(behind) == "type" and (line.low(mention.first - 1) == "the" or line.starting("type", behind + 1) is not None)
    if typed or line.low(mention.last) == "class" or (line.text(mention.last) in ("-", "‐", "–") and line.low(mention.last + 1) == "class"):
        return True
    return "class" in line.kinds and _is_bare_class(line, mention)


def _is_bare_class(line: Line, mention: VesselMention) -> bool:
    """Whether a class is told without its word, in front of a type: "USS Cole, an Arleigh Burke guided-missile destroyer, …"."""
    known = line.starting("class", mention.first)
    last = _behind_series(line, mention.last)
    kind = line.starting("type", last)
    if last > mention.last:
        return known is not None and known.last == mention.last and kind is not None
    if known is None or known.last != mention.last or mention.hull:
        return False
    several = line.low(mention.first - 1) in ("a", "an", "another") or line.ending("number", mention.first) is not None
    if kind is None and _is_hers(line, mention):
        return True
    if kind is None:
        return (
            several and not is_capital(line.text(mention.last)) and line.text(mention.last) not in ("'", "’", "-", "‐", "(")
        )  # "an Arleigh Burke left"
    named = line.starting("prefix", kind.last) or line.starting("vessel", kind.last)
    return several or named is not None or line.low(kind.last - 1).endswith("s")


def _is_hers(line: Line, mention: VesselMention) -> bool:
    """Whether a ship of the class is named right behind it: "Steregushchiy Sovershennyy (333)", "Steregushchiy III Gremyashchiy"."""
    behind = line.starting("vessel", mention.last + (line.text(mention.last) in _SERIES))
    if behind is None or mention.hull or not mention.name:
        return False
    series = mention.name.rsplit(" ", 1)
    name, known = line.doc.text[behind.start : behind.end], fold(series[0] if series[-1] in _SERIES else mention.name)
    return any(known in (fold(v.class_name or ""), fold(v.class_name or "").split(" ")[0]) for v in line.doc.gazetteer.vessels.named(name))


_SERIES = frozenset(["I", "II", "III", "IV", "V"])


def _behind_series(line: Line, at: int) -> int:
    """The token behind the number of a series of a class: "the Arleigh Burke Flight IIA destroyer", "the Gepard 3.9 frigate"."""
    if line.low(at) in ("flight", "batch", "block"):
        return at + 2
    return at + 3 if line.text(at).isdecimal() and line.text(at + 1) == "." and line.text(at + 2).isdecimal() else at


def _after_prefix(line: Line) -> Iterator[VesselMention]:
    prefixes = line.doc.lexicon.prefixes
    if not line.found("prefix") and (_LETTERS.isdisjoint(line.words) or "." not in line.words):
        return
    for at in sorted({*[f.first for f in line.found("prefix")], *[n - 1 for n in line.where(_IN_PREFIX) if n]}):
        text, behind = line.texts[at], at + 1
        if text not in prefixes and line.text(at + 1) == ".":
            short = f"{text}.{line.text(at + 2)}"  # "Zr.Ms."
            text, behind = (
                (short, at + 3 + (line.text(at + 3) == ".")) if short in prefixes else _dotted(line, at) if text.isupper() else (text, behind)
            )
        if (
            behind == at + 1
            and text in _MERCHANT_PREFIXES
            and line.text(behind) == "."
            and is_capital(line.text(at + 2))
            and line.starts[at + 1] == line.ends[at]
        ):
            behind = at + 2  # "MV. True Confidence"
        if text not in prefixes and line.text(at + 1) == "/" and (short := f"{text}/{line.text(at + 2)}") in prefixes:
            text, behind = short, at + 3  # "M/T Jaguar"
        if text not in prefixes or (at and line.text(at - 1).isdecimal() and line.text(behind) in _SIDES):
            continue  # "50 KM North of Malta"
        bracketed = behind == at + 1 and line.text(at - 1) == "(" and line.text(behind) == ")"
        numbered = line.text(behind).isdecimal() and is_capital(line.text(behind + 1))  # "KBV 003 Amfitrite"
        begin, last = _name_from(line, behind + (bracketed or numbered))
        if last - begin == 1 and leads_hull(line, begin):
            start, end = line.span(at, begin + 3)  # "KRI REM-331": a ship by her number
            hull = line.told(begin, begin + 3)
            yield VesselMention(start, end, at, begin + 3, hull=hull, signed=True, country=prefixes[text] or None, det="name")
            continue
        if last - begin == 1 and line.low(begin) in _SHIP_TOO and line.low(last).isdecimal():
            continue  # "CCG Vessel 5901"
        while last - begin > 1 and line.low(last - 1) in line.doc.lexicon.sets["ends_no_name"]:
            last -= 1  # "the USS Kent Committee", "HMS Kent Association"
        if line.low(begin) in line.doc.lexicon.sets["ends_no_name"] and (last - begin == 1 or line.low(begin) == "systems"):
            continue  # "BAE Systems" builds ships
        begin += last - begin > 1 and line.low(begin) in _SHIP_TOO  # "U.S. Coast Guard (USCG) Cutter Stratton", "RNOV Ship Khassab"
        base = line.starting("place", at)
        if line.low(last - 1) in _ASHORE and last - begin > 1:
            continue  # "BNS Shaheed Moazzam Naval Base"
        last += last > begin and text in _MERCHANT_PREFIXES and _ends_in_number(line, last)
        if last > begin and not (base and base.last >= last):  # HMAS Stirling is a base
            country = "CA" if text in _OF_CANADA and line.low(begin - 1) == "ships" else prefixes[text] or None
            name = line.told(begin, last)
            first = at - bracketed  # "the Nigerian Navy Ship (NNS) Thunder"
            yield named_mention(line, first, last, name, signed=True, country=country, prefix=text)


def _ends_in_number(line: Line, at: int) -> bool:
    """Whether the number behind a merchant ship's name goes on with it: "MT Yi Cheng 6", against "MV Ruen 260 nautical miles off Socotra"."""
    sets, low = line.doc.lexicon.sets, line.low(at + 1)
    counted = low in sets["units"] or low in sets["people"] or low in sets["crews"] or low in line.doc.lexicon.months or is_capital(line.text(at + 1))
    return line.text(at).isdecimal() and len(line.text(at)) < _HULL_DIGITS and not counted and low not in _BEHIND_MEASURE


_HULL_DIGITS = 3
_BEHIND_MEASURE = frozenset(
    ["%", "-", ":", "/", "of", "to", "or", "hours", "days", "nm", "km", "miles", "nautical", "others", "more", "tonnes", "tons", "times", "years"]
)
_MERCHANT_PREFIXES = frozenset(["mv", "m/v", "MV", "M/V", "MT", "M/T", "MS", "M/S", "FV", "F/V"])
_SIDES = frozenset(["North", "South", "East", "West", "NE", "NW", "SE", "SW", "N", "S", "E", "W", "Northeast", "Northwest", "Southeast", "Southwest"])
_MERCHANTS = frozenset([VesselType.TANKER, VesselType.CARGO_SHIP])
_SHIP_TOO = frozenset(["cutter", "ship", "ships", "vessel"])
_OF_CANADA = frozenset(["HMC"])
"""Before "ships" they are Canada's, and no cutter's: "HMC Ships Kingston and Glace Bay"."""
_ASHORE = frozenset(["base", "academy", "headquarters", "dockyard", "hospital"])
_STRANGE_KINDS = ("nation", "navy", "type", "group", "prefix", "number")
_NAME_TOKENS = 3


def _before_type(line: Line) -> Iterator[VesselMention]:
    """Merchant ships with their names between "the" and what they are: "the Grace 1 supertanker", "the British-flagged Stena Impero tanker"."""
    for kind in line.found("type"):
        surface = " ".join(line.lows[kind.first : kind.last])
        merchant = kind.data[0] in _MERCHANTS or surface in line.doc.lexicon.sets["liners"]
        if not merchant or not line.text(kind.first).islower() or line.low(kind.last - 1).endswith("s"):
            continue
        first = kind.first
        while first > 0 and kind.first - first <= _NAME_TOKENS and (is_capital(line.text(first - 1)) or (line.low(first - 1).isdecimal())):
            first -= 1
        if line.low(first - 1) == "of" and is_capital(line.text(first - 2)) and line.low(first - 3) == "the" and line.text(first - 2).istitle():
            first -= 2  # "the Pride of Kent ferry"
        line_of_norway = line.low(first + (line.low(first) == "the")) == "norwegian" and surface.startswith("cruise")
        while first < kind.first and (line.low(first) == "the" or (line.starting("nation", first) and not line_of_norway)):
            first += 1
        flagged = line.low(first - 1) in ("flagged", "owned", "registered", "operated", "linked") or line.starting("nation", first - 1) is not None
        if first == kind.first or not (line.low(first - 1) == "the" or flagged) or not _may_be_merchant(line, first, kind.first):
            continue
        yield named_mention(line, first, kind.first, line.told(first, kind.first), signed=True)


def _may_be_merchant(line: Line, first: int, last: int) -> bool:
    """Whether capitalised words may be the name of a merchant ship: they are no place, company or class of ships."""
    lexicon, single = line.doc.lexicon, last - first == 1
    companies, closing = lexicon.sets["ship_owners"], lexicon.sets["owners_end"]
    own = first + (line.low(first) == "norwegian")  # "the Norwegian Dawn cruise ship"
    if any(line.starting(kind, n) for kind in _STRANGE_KINDS for n in range(own, last)) or line.low(last - 1) in closing:
        return False
    if any(line.low(n) in lexicon.months or line.low(n) in lexicon.weekdays for n in range(first, last)) or not is_capital(line.text(first)):
        return False
    known = any((f := line.starting(kind, first)) and f.last >= last for kind in ("place", "class"))
    known = known or (line.starting("place", first) is not None and line.ending("place", last) is not None)  # "the Dover Calais ferry"
    owner = all(line.low(n) in companies for n in range(first, last))
    return not known and not owner and not (single and (line.text(first).isupper() or line.low(first) in lexicon.sets["titles"]))


_NUMBER_OF_SHIP = re.compile(r"\d{2,5}")


def _numbered(line: Line) -> Iterator[VesselMention]:
    """Ships that have no name but a number: "CCG 4303", "Haijing 2502"."""
    series = line.doc.lexicon.sets["numbered_ships"]
    if "guard" in line.words:
        yield from _of_coast_guard(line)
    if line.words.isdisjoint(series):
        return
    for at, low in enumerate(line.lows):
        last = at + 1 + (line.text(at + 1) in ("-", "‐", "–"))
        number = line.text(last)
        if (
            low in series
            and is_capital(line.text(at))
            and _NUMBER_OF_SHIP.fullmatch(number)
            and line.low(last + 1) not in line.doc.lexicon.sets["units"]
        ):
            found = named_mention(line, at, last + 1, line.told(at, last + 1), signed=True, country="CN")
            yield changed(found, hull=number, type=None if found.keys else VesselType.PATROL_SHIP)


def _of_coast_guard(line: Line) -> Iterator[VesselMention]:
    """Ships told by their service and their number: "China Coast Guard 3305"."""
    for navy in line.found("navy"):
        number = line.text(navy.last)
        if line.low(navy.last - 1) != "guard" or not _NUMBER_OF_CUTTER.fullmatch(number) or not is_capital(line.text(navy.first)):
            continue
        if line.low(navy.last + 1) in line.doc.lexicon.sets["units"] or line.starting("type", navy.last + 1) or line.text(navy.last + 1) == ",000":
            continue
        named = named_mention(line, navy.first, navy.last + 1, line.told(navy.first, navy.last + 1), signed=True, country=navy.data)
        yield changed(named, hull=number, type=None if named.keys else VesselType.PATROL_SHIP)


_NUMBER_OF_CUTTER = re.compile(r"\d{4,5}")
_IN_PREFIX = frozenset([".", "/"])
_LETTERS = frozenset([*"scflbpnrkmvt", "zr", "hr"])
"""What stands alone in a prefix written with full stops."""


def _dotted(line: Line, at: int) -> tuple[str, int]:
    """A prefix written with full stops, "I.R.I.S.", and the number of the token behind it."""
    last = at
    while line.text(last).isupper() and len(line.text(last)) <= 2 and line.text(last + 1) == "." and last < line.size:
        last += 2
    if line.text(last).isupper() and len(line.text(last)) == 1:
        last += 1
    told = line.told(at, last) if last > at else ""
    return told if told in line.doc.lexicon.prefixes else told.replace(".", ""), last


def _name_from(line: Line, at: int) -> tuple[int, int]:
    """Tokens begin..last-1 of a name that starts at a token, quotes left out; empty when there is none."""
    if line.text(at) in QUOTES:
        at += 1
    if line.low(at) == "dr" and line.text(at + 1) == "." and is_capital(line.text(at + 2)):
        return at, capital_run(line, at + 2)  # "KRI dr. Soeharso"
    known = line.starting("vessel", at)
    run = capital_run(line, at)
    last = max(run, known.last if known and line.text(at)[:1].isupper() else at)
    if run - at > 2 and (named := _before_class(line, at, last)):
        return at, named  # "the USS Barry Arleigh Burke-class destroyer"
    if line.low(at) in _OF_LAND and line.low(run) == "of" and run == last and is_capital(line.text(run + 1)):
        return at, capital_run(line, run + 1)  # "MV Isle of Arran", "HMS Duke of Kent"
    if known and at < known.last < run and line.starting("trigger", known.last) and line.low(known.last).endswith(("ed", "es", "ing")):
        return at, known.last  # "Photo: IRIS Alvand Docked at the Syrian Port of Latakia"
    if run - at > 1 and line.doc.blocks[line.sentence.block].kind == "heading":
        last = _in_headline(line, at, last, known.last if known else 0)
    return at, last


_OF_LAND = frozenset(
    ["isle", "pride", "spirit", "city", "star", "duke", "earl", "maid", "princess", "empress", "prince", "lord", "lady", "county", "port"]
)


def _before_class(line: Line, at: int, last: int) -> int | None:
    """The end of a name from a token on that the ship's class follows among capitalised words; None where there is no class."""
    end = last - (line.low(last - 1) == "class")
    if end == last and line.low(last) != "class":
        return None
    found = line.ending("class", end - (line.text(end - 1) == "-"))
    return found.first if found and found.first > at else None


def _in_headline(line: Line, at: int, last: int, known: int) -> int:
    """The end of a name in a headline that begins every word with a capital: as the text below has it, else as the register has it."""
    below = (n for n in range(last, at, -1) if line.doc.text.find(line.told(at, n), line.sentence.end) >= 0)
    return next(below, known or last)


_ELIDED = re.compile(r"d['’][A-Z]")
"""How a French name may begin: "the patrol ship d'Entrecasteaux"."""


def _in_register(line: Line) -> Iterator[VesselMention]:
    for found in line.found("vessel"):
        text = line.doc.text[found.start : found.end]
        if text.startswith("The ") and text[4:5].islower():
            continue  # "The monster" at the start of a sentence
        if line.text(found.first - 1) == "." and line.low(found.first - 2) in ("st", "ste", "mt", "ft"):
            continue  # "arrived from St. Pierre"
        if (
            not (text[0].isupper() or not text[0].isalpha() or not text[0].isascii() or _ELIDED.match(text))
            or (text.isdecimal())
            or is_dateline(line, found.first, found.last)
            or _ends_base(line, found.first, found.last)
            or (line.text(found.first - 1) == "New" and found.first > 0)  # "the defence ministry in New Delhi"
        ):
            continue
        letter = _NUMERAL.fullmatch(line.text(found.last)) is not None and not apart_pennant(line, found.last)
        last = found.last + (letter and line.text(found.last + 1) not in (".", "/"))
        if last > found.last:  # "Eagle S" is not the Eagle
            yield named_mention(line, found.first, last, line.doc.text[found.start : line.ends[last - 1]], signed=False)
        else:
            yield named_mention(line, found.first, found.last, text, keys=found.data, signed=_NUMBER_NAME.fullmatch(text) is not None)


def _ends_base(line: Line, first: int, last: int) -> bool:
    """Whether a name only ends that of a base: "homeported at Naval Station Norfolk and …"."""
    base = line.ending("place", last)
    return base is not None and base.first < first and line.low(first - 1) in line.doc.lexicon.sets["bases"]


def is_dateline(line: Line, first: int, last: int) -> bool:
    """Whether a name is the place in front of a report: "SEOUL, Sept. 29 --", "MANILA — "."""
    block = line.doc.blocks[line.sentence.block]
    if first or not line.told(first, last).isupper() or line.sentence.start != block.start:
        return False
    return line.text(last) in (",", "(", "—", "–", "-") and not line.doc.text[block.start : block.end].isupper()


def named_mention(
    line: Line, first: int, last: int, name: str, *, keys: tuple[str, ...] = (), signed: bool, country: str | None = None, prefix: str | None = None
) -> VesselMention:
    """The mention of a name at tokens first..last-1, with what the register and the prefix say of it."""
    if not keys:
        keys = tuple(v.key for v in line.doc.gazetteer.vessels.named(name) or line.doc.gazetteer.vessels.named(name.replace("St. ", "St ")))
    if prefix in _CIVIL_PREFIXES:
        keys = civil(line, keys)
    if prefix and country is None and prefix in line.doc.lexicon.prefix_default:
        rows = [line.doc.gazetteer.vessels.entries[k] for k in keys]
        known = {row.country for row in rows if row.prefix == prefix or f"{prefix} {name}" in row.aliases}
        country = next(iter(known)) if len(known) == 1 else line.doc.lexicon.prefix_default[prefix]
        if not keys and (town := line.starting("place", last - 1)) and line.doc.gazetteer.places.entries[town.data[0]].country == "SE":
            country = "SE"  # "HMS Karlskrona"
    start, end = line.span(first, last)
    flags, kinds, classes = _in_service_of(line.doc.gazetteer, keys)
    plain = name.strip("\"'“”‘’«»„")
    return VesselMention(
        start, end, first, last, flags=flags, kinds=kinds, classes=classes, name=plain, keys=keys, signed=signed, country=country, det="name"
    )


_CIVIL_PREFIXES = frozenset(["mv", "m/v", "MV", "M/V", "MT", "M/T", "MS", "M/S", "MF", "SS"])
CIVIL = frozenset(
    {
        VesselType.OILER,
        VesselType.AUXILIARY,
        VesselType.CARGO_SHIP,
        VesselType.TANKER,
        VesselType.VESSEL,
        VesselType.RESEARCH_SHIP,
        VesselType.TUG,
        VesselType.TRAINING_SHIP,
    }
)


def civil(line: Line, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of a name without those of navies' warships: "MV Hamburg" and "the liner Queen Elizabeth" are none."""
    entries = line.doc.gazetteer.vessels.entries
    return tuple(key for key in keys if entries[key].type in CIVIL)


@lru_cache(maxsize=4096)
def _in_service_of(gazetteer: Gazetteer, keys: tuple[str, ...]) -> tuple[frozenset[str], frozenset[VesselType], frozenset[str]]:
    """The countries, the types and the classes of the vessels with some keys."""
    entries = [gazetteer.vessels.entries[key] for key in keys]
    classes = frozenset(fold(name) for entry in entries for name in (entry.class_name, entry.project) if name)
    return frozenset(entry.country or "" for entry in entries), frozenset(entry.type for entry in entries), classes


def with_hull(line: Line, mention: VesselMention) -> VesselMention:
    """A name with the hull number in brackets or right behind it."""
    text, at = line.doc.text, mention.end
    if text[at : at + 1] in QUOTES:
        at += 1
    match = _HULL_IN_BRACKETS.match(text, at)
    if not match and mention.signed and mention.last < line.size:
        match = _HULL_GLUED.match(text, at)
    if not match and mention.last < line.size:
        match = _HULL_BARE.match(text, at) or _HULL_ASIDE.match(text, at)
        if match and _YEAR.fullmatch(match[1]):
            match = None
    if not match or _YEAR.fullmatch(match[1]) or match.end() > line.sentence.end:
        last, country, class_name = right_of(line, mention.last)
        if project := project_behind(line, last):
            mention = changed(mention, project=project[1])
        if class_name and last > mention.last:
            mention = changed(mention, last=last, end=line.ends[last - 1])  # "the corvette Sovershenny of the Steregushchiy class and …"
        return changed(mention, country=mention.country or country, class_name=class_name) if class_name or last > mention.last else mention
    behind = line.at_offset(match.end() - 1) + 1
    last, country, class_name = right_of(line, behind)
    project = project_behind(line, last)
    number = project[1] if project else None
    told = mention.country or country
    return changed(mention, country=told, class_name=class_name, project=number, end=match.end(), last=behind, hull=match[1], signed=True)


def with_pennant(line: Line, mention: VesselMention) -> VesselMention:
    """An unnamed ship with the hull number in brackets behind it: "a Luyang III-class destroyer (hull number 155)"."""
    if mention.name or mention.hull or mention.plural or mention.group or line.text(mention.last) not in ("(", "["):
        return mention
    match = _HULL_IN_BRACKETS.match(line.doc.text, mention.end)
    if not match or _YEAR.fullmatch(match[1]) or len(match[1]) < _FEWEST_FIGURES or match.end() > line.sentence.end:
        return mention
    behind = line.at_offset(match.end() - 1) + 1
    return changed(mention, end=match.end(), last=behind, hull=match[1])


_FEWEST_FIGURES = 2
_OTHER_KINDS = frozenset(["place", "nation", "navy", "type", "group", "prefix"])


def named_behind_hull(line: Line, mention: VesselMention) -> VesselMention:
    """A vessel told by its number with its name behind it: "B-261 Novorossiysk"."""
    at = mention.last + (line.text(mention.last) in QUOTES)
    if not mention.name or not _HULL_NAME.fullmatch(mention.name) or not is_capital(line.text(at)):
        return mention
    known = line.starting("vessel", at)
    if known is None and at > mention.last:
        return mention
    first, last = (known.first, known.last) if known else (mention.last, capital_run(line, mention.last))
    strange = line.begins(_OTHER_KINDS, first)
    if known is None and (strange or "-" not in mention.name or last - first > 3):
        return mention
    named = named_mention(line, first, last, line.told(first, last), keys=known.data if known else (), signed=True)
    return changed(
        mention,
        name=named.name,
        keys=named.keys,
        flags=named.flags,
        kinds=named.kinds,
        classes=named.classes,
        hull=mention.hull or mention.name,
        end=line.ends[last - 1],
        last=last,
    )
