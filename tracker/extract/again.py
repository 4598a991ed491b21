"""Stage 2, names told once with a sign and then without: "USS Rafael Peralta (DDG 115) … Peralta left San Diego"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tracker.domain.records import changed
from tracker.extract.line import Line, Text
from tracker.extract.mention import VesselMention, is_capital, is_pennant
from tracker.extract.names import is_dateline, named_mention
from tracker.extract.plausible import PLACE_SIGNS, is_person, names_other
from tracker.extract.text import tokens_of
from tracker.gazetteer.lexicon import flat

_SHORTEST = 4
Names = Mapping[str, tuple[tuple[str, ...], ...]]
"""The folded first word of a name -> the folded words of the names that begin with it, longest first."""


def told_names(doc: Text, mentions: Iterable[VesselMention], *, logged: bool = False) -> Names:
    """The names that signed mentions give, with the last word of each that can stand for it alone; in a port's log (`logged`) any name can."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for mention in mentions:
        if mention.name and (number := _number_of(mention.name)):
            found.setdefault(number, set()).add((number,))
        if mention.name and mention.signed and _NUMBERED.fullmatch(mention.name):
            numbered = tuple(tokens_of(mention.name.lower()))
            found.setdefault(numbered[0], set()).add(numbered)  # "The trawler Melkart-5 … The Melkart-5"
        if mention.name and mention.signed and (article := _ARTICLE.search(mention.name)) and stands_alone(doc, article[1].lower(), whole=False):
            found.setdefault(article[1].lower(), set()).add((article[1].lower(),))
        known = logged and bool(mention.keys) and not mention.weak
        if not mention.name or not (mention.signed or known) or not mention.name.replace(" ", "").replace(".", "").isalpha():
            continue
        words = tuple(flat(mention.name).split())
        initial = "." in mention.name and len(words) > 1 and words[0].isalpha()  # "Emory S. Land": a person's, whose last word stands for it
        for name in (words[-1:],) if "." in mention.name else (words, words[-1:]):
            if name == words[-1:] and not stands_alone(doc, name[0], whole=len(words) == 1, person=initial):
                if not logged or len(words) > 1 or len(name[0]) < _SHORTEST:
                    continue
                doc.logged_names.add(name[0])
            found.setdefault(name[0], set()).add(name)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


_NUMBERED = re.compile(r"[^\W\d_]{4,}-\d{1,4}")
_ARTICLE = re.compile(r" (?:al|el|as|ad|an|ar)-([A-Za-z]{4,})$", re.I)
"""The last word of an Arabic name, which stands for it without its article: "Anwar el-Sadat … the Sadat"."""
_FEWEST_DIGITS = 3


def _number_of(name: str) -> str | None:
    """The number that ends a name and can stand for it: of "CCG 5901" the number in "the 5901"."""
    last = name.replace("-", " ").split()[-1]
    return last if last.isdecimal() and len(last) >= _FEWEST_DIGITS and last != name else None


def stands_alone(doc: Text, word: str, *, whole: bool, person: bool = False) -> bool:
    """Whether one word can be a vessel's name without a sign: no word of the language or the field (but a `person`'s), no place."""
    lexicon = doc.lexicon
    known = (word in lexicon.ordinary and not person) or word in lexicon.function or word in lexicon.months or word in lexicon.weekdays
    place = bool(doc.gazetteer.places.named(word))
    return len(word) >= _SHORTEST and not known and not place and (whole or not doc.is_common(word))


def find_again(line: Line, mentions: list[VesselMention], names: Names) -> list[VesselMention]:
    """The mentions of a sentence with those added that repeat a name, or its last word, without any sign."""
    more = [m for at in line.where(names.keys()) if (m := _repeated(line, at, names[line.lows[at]], mentions))]
    return sorted([*mentions, *more], key=lambda m: m.start) if more else mentions


def _repeated(line: Line, at: int, names: tuple[tuple[str, ...], ...], mentions: list[VesselMention]) -> VesselMention | None:
    size = next((len(name) for name in names if tuple(line.lows[at : at + len(name)]) == name), 0)
    last = at + size
    if size and line.text(at).isdecimal():
        return _numbered(line, at, mentions)
    titled = size > 2 and line.text(at + 1) == "." and is_capital(line.text(at + 2))  # "The dr. Wahidin Sudirohusodo"
    if not size or not (titled or is_capital(line.text(at))) or any(m.first < last and at < m.last for m in mentions):
        return None
    place = line.starting("place", at)
    if size == 1 and line.lows[at] in line.doc.logged_names:
        return named_mention(line, at, last, line.told(at, last), signed=False) if _opens_entry(line, at, last) else None
    if is_person(line, at, last) or names_other(line, at, last) or (place and place.last >= last) or line.low(at - 1) in PLACE_SIGNS - {"of", "for"}:
        return None
    if at == 0 and is_dateline(line, at, last):
        return None  # "QINGDAO - The destroyer Qingdao left …"
    joined = (
        line.text(last) in ("-", "’", "'") and line.ends[last - 1] == line.starts[last] and line.low(last + 1) != "s" if last < line.size else False
    )
    led = (
        at > 0 and is_capital(line.text(at - 1)) and not (at == 1 and (line.low(0) in line.doc.lexicon.function or line.low(0) in ("the", "a", "an")))
    )
    part_of_longer = led or is_capital(line.text(last))
    if joined or part_of_longer or line.low(last) == "class":
        return None
    return named_mention(line, at, last, line.told(at, last), signed=False)


_MOVES = frozenset(
    ["in", "out", "back", "away", "off", "home", "gone", "to", "still", "alongside", "inbound", "outbound", "also", "and", "again", "expected", "due"]
)
_VAGUE = frozenset(["also", "and", "again"])
"""Behind a bare name that may be a wind's or a town's they don't tell that it is a ship's: "Bora again"."""
_TOLD_FORMS = frozenset(["past", "pres"])
_LED_BY = frozenset([",", ";", ":", ".", "–", "—", "-", "and", "/", "(", ")"])


def find_logged(line: Line, mentions: list[VesselMention], hulls: Mapping[str, str]) -> list[VesselMention]:
    """The mentions of an entry of a port's log with the ships added that it tells by a bare name or pennant: "Mersey out at 1500", "P63 back"."""
    told = [m for m in mentions if m.type or not (m.name and m.name.lower() in hulls)]
    mentions, more = told, []
    for found in line.found("vessel"):
        free = not any(m.first < found.last and found.first < m.last for m in mentions)
        moves = found.last < line.size and line.low(found.last) not in _VAGUE
        if free and moves and is_capital(line.text(found.first)) and _opens_entry(line, found.first, found.last):
            name = line.told(found.first, found.last)
            more.append(named_mention(line, found.first, found.last, name, keys=found.data, signed=False))
    for at in line.where(hulls.keys()) if hulls else ():
        if line.text(at).isupper() and line.text(at - 1) != "(" and not any(m.first <= at < m.last for m in [*mentions, *more]):
            more.append(named_mention(line, at, at + 1, hulls[line.lows[at]], signed=False))
    return sorted([*mentions, *more], key=lambda m: m.start) if more else mentions


def hulls_told(mentions: Iterable[VesselMention]) -> dict[str, str]:
    """The pennants by which a text tells ships beside their names, each with its ship's name: "LÉ Róisín (P51)"."""
    told: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.name and mention.hull and is_pennant(mention.hull):
            told.setdefault(mention.hull.lower(), set()).add(mention.name)
    return {hull: next(iter(names)) for hull, names in told.items() if len(names) == 1}


_BERTH_TOKENS = 5


def _opens_entry(line: Line, at: int, last: int) -> bool:
    """Whether a name that is a word or a place too stands where the entry of a log has its ship, and does what ships do: "1640 Hampton out"."""
    behind = line.low(last) in _MOVES or any(f.first == last and any(form in _TOLD_FORMS for _, form in f.data) for f in line.found("trigger"))
    lies = line.low(last) in ("on", "at") and not line.doc.lexicon.sets["berths_of_log"].isdisjoint(line.lows[last : last + _BERTH_TOKENS])
    behind = behind or lies  # "Prince of Wales at Princess Royal Jetty"
    front = all(low in _LED_BY or not low.isalpha() or low in line.doc.lexicon.weekdays or low in line.doc.lexicon.months for low in line.lows[:at])
    return behind and (front or line.low(at - 1) in (",", ";", "and", ":"))


_FEWEST_LETTERS = 4


def told_short(read: Iterable[tuple[Line, list[VesselMention]]]) -> dict[str, VesselMention]:
    """The letters that stand for strike groups from where they are told on: "the Harry S. Truman Carrier Strike Group (HSTCSG)"."""
    short: dict[str, VesselMention] = {}
    for line, mentions in read:
        for mention in mentions if "(" in line.words else ():
            letters = line.text(mention.last + 1) if line.text(mention.last) == "(" else ""
            named = mention.group and mention.name and line.text(mention.last + 2) == ")"
            if named and letters.isalpha() and letters.isupper() and len(letters) >= _FEWEST_LETTERS:
                short.setdefault(letters.lower(), mention)
    return short


def with_short(line: Line, mentions: list[VesselMention], short: Mapping[str, VesselMention]) -> list[VesselMention]:
    """The mentions of a sentence with the groups that only their letters tell: "HSTCSG left Norfolk in May"."""
    more = []
    for at in line.where(short.keys()):
        letters = line.text(at).isupper() and line.text(at - 1) != "(" and not any(m.first <= at < m.last for m in mentions)
        if letters:
            first = at - (line.low(at - 1) == "the")
            start, end = line.span(first, at + 1)
            more.append(changed(short[line.low(at)], start=start, end=end, first=first, last=at + 1, attributes=()))
    return sorted([*mentions, *more], key=lambda m: m.start) if more else mentions


def _numbered(line: Line, at: int, mentions: list[VesselMention]) -> VesselMention | None:
    """A ship told by her number alone: "the 5901 left", "shadowed the 5901"."""
    sets, behind = line.doc.lexicon.sets, line.low(at + 1)
    if line.low(at - 1) != "the" or any(m.first <= at < m.last for m in mentions):
        return None
    goes_on = not behind.isalnum() or behind in sets["auxiliaries"] or behind in sets["adverbs"] or behind in line.doc.lexicon.function
    if not goes_on and not any(form != "noun" for found in line.found("trigger") if found.first == at + 1 for _, form in found.data):
        return None
    return named_mention(line, at - 1, at + 1, line.text(at), signed=False)
