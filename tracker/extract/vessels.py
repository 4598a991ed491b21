"""Stage 2, vessels: names of the register, names after a prefix or a type word, and unnamed ones told by type and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain.kinds import VesselType
from tracker.domain.names import fold
from tracker.extract.line import Found, Line
from tracker.extract.plausible import PLACE_SIGNS, QUOTES, is_vessel_name
from tracker.extract.spans import longest_first

_HULL_IN_BRACKETS = re.compile(r"\s*[(\[]\s*((?:[A-Z]{1,4}(?:-[A-Z]{1,4})?[- ]?)?\d{1,4}[A-Z]?(?:-\d{1,2})?|[A-Z]{1,2}-\d{3}-\d)\s*[)\]]")
_HULL_BARE = re.compile(
    r"\s+((?:[A-Z]{1,4}-?\s?\d{2,4})|\d{3})\b(?!\s*(?:[%:]|nm\b|km\b|miles|nautical|meters|metres|ton|sailors|crew|people|personnel|days|yards))"
)
_PROJECT = re.compile(r"\bproject\s+(\d{2,5}[A-Z]{0,3}(?:\.\d{1,2})?[A-Z]?)\b", re.I)
_TYPE_NUMBER = re.compile(r"\b(type\s+\d{2,4}[A-Z]{0,3})\b", re.I)
_HULL_NAME = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
_NUMERAL = re.compile(r"[A-Z]|[IVX]{2,4}")
_LONGEST_NAME = 6
_GENERIC = frozenset({VesselType.WARSHIP, VesselType.VESSEL})


@dataclass(frozen=True, slots=True)
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
    det: str = "bare"  # definite, a, count, several, part, bare
    owner: str | None = None  # the navy or fleet that the phrase names
    word: str | None = None  # of a group: "task force", "convoy"
    flags: frozenset[str] = frozenset()  # the countries whose register has a vessel of the name
    attributes: tuple[tuple[int, int], ...] = ()  # spans of appositions that speak of it


@dataclass(slots=True)
class _Phrase:
    """What stands to the left of a head."""

    first: int
    det: str = "bare"
    count: int | None = None
    country: str | None = None
    class_name: str | None = None
    project: str | None = None
    owner: str | None = None


def find_vessels(line: Line, confirmed: frozenset[str]) -> list[VesselMention]:
    """The vessel mentions of a sentence, in order. `confirmed`: folded names that a sign elsewhere in the text shows to be vessels'."""
    names = _names(line, confirmed)
    heads = _heads(line, [m for m in names if not m.weak])
    merged = [m for m in _merge(line, heads, names) if m.signed or not m.weak]
    merged.extend(m for m in names if m.weak and m not in merged and _listed(line, m, merged, fold(m.name or "") in confirmed))
    merged = [_named_behind_hull(line, m) for m in merged]
    kept = [m for m in merged if m.name or not any(o is not m and o.first <= m.first and m.last <= o.last for o in merged)]
    return sorted(kept, key=lambda m: m.start)


def _only_nations(line: Line, first: int, last: int) -> bool:
    """Whether between two names stand only list marks, and the nation that owns the second: "and Canada's Calgary"."""
    owned = {n for f in (*line.found("nation"), *line.found("place")) for n in range(f.first, f.last)}
    return all(line.low(n) in (",", "and", "&", "the", "'", "’", "s") or n in owned for n in range(first, last))


def _named_behind_hull(line: Line, mention: VesselMention) -> VesselMention:
    """A vessel told by its number with its name behind it: "B-261 Novorossiysk"."""
    known = line.starting("vessel", mention.last) if mention.name and _HULL_NAME.fullmatch(mention.name) else None
    if known is None or not _is_capital(line.text(known.first)):
        return mention
    named = _named(line, known.first, known.last, line.doc.text[known.start : known.end], keys=known.data, signed=True)
    return replace(mention, name=named.name, keys=named.keys, flags=named.flags, hull=mention.hull or mention.name, end=known.end, last=known.last)


def _listed(line: Line, weak: VesselMention, others: list[VesselMention], confirmed: bool) -> bool:
    """Whether a name that may be a place's stands in a list of vessels: "Minsk and the submarine X", "X (108), Zhanjiang and Y"."""
    if line.low(weak.first - 1) in PLACE_SIGNS or any(o.first <= weak.first < o.last for o in others):
        return False
    for other in others:
        first, last = (other.last, weak.first) if other.last <= weak.first else (weak.last, other.first)
        gap = [line.low(n) for n in range(first, last)]
        joined = bool(gap) and len(gap) <= 5 and _only_nations(line, first, last) and ("and" in gap or "&" in gap or confirmed)
        if joined and other.name and other.signed and line.low(min(other.first, weak.first) - 1) not in PLACE_SIGNS:
            return True
    return False


# --- names


def _names(line: Line, confirmed: frozenset[str]) -> list[VesselMention]:
    found = [*_after_prefix(line), *_in_register(line)]
    kept = (_with_hull(line, m) for m in longest_first(found) if not _names_a_class(line, m))
    return [m if m.signed or is_vessel_name(line, m.first, m.last, m.name or "", confirmed) else replace(m, weak=True) for m in kept]


def _names_a_class(line: Line, mention: VesselMention) -> bool:
    """Whether the name stands for its class: "Altay-class", "the Slava class"."""
    return line.low(mention.last) == "class" or (line.text(mention.last) in ("-", "‐", "–") and line.low(mention.last + 1) == "class")


def _after_prefix(line: Line) -> Iterator[VesselMention]:
    prefixes = line.doc.lexicon.prefixes
    if not line.found("prefix"):
        return
    for at, token in enumerate(line.tokens):
        text, behind = token.text, at + 1
        if text not in prefixes and "." in (line.text(at + 1),) and token.text.isupper():
            text, behind = _dotted(line, at)
        if text not in prefixes:
            continue
        begin, last = _name_from(line, behind)
        base = line.starting("place", at)
        if last > begin and not (base and base.last >= last):  # HMAS Stirling is a base
            country = prefixes[text] or None
            name = line.doc.text[line.tokens[begin].start : line.tokens[last - 1].end]
            yield _named(line, at, last, name, signed=True, country=country, prefix=text)


def _dotted(line: Line, at: int) -> tuple[str, int]:
    """A prefix written with full stops, "I.R.I.S.", and the number of the token behind it."""
    last = at
    while line.text(last).isupper() and len(line.text(last)) <= 2 and line.text(last + 1) == "." and last < len(line.tokens):
        last += 2
    if line.text(last).isupper() and len(line.text(last)) == 1:
        last += 1
    return (line.doc.text[line.tokens[at].start : line.tokens[last - 1].end] if last > at else ""), last


def _name_from(line: Line, at: int) -> tuple[int, int]:
    """Tokens begin..last-1 of a name that starts at a token, quotes left out; empty when there is none."""
    if line.text(at) in QUOTES:
        at += 1
    known = line.starting("vessel", at)
    last = max(_capitals(line, at), known.last if known and line.text(at)[:1].isupper() else at)
    return at, last


def _capitals(line: Line, at: int) -> int:
    """The end of a run of capitalised words from a token on, with the particles, hyphens and numerals that names have."""
    lexicon, last, words = line.doc.lexicon, at, 0
    while last < len(line.tokens) and words < _LONGEST_NAME:
        token, low = line.tokens[last], line.low(last)
        glued = last > at and token.start == line.tokens[last - 1].end
        if (
            _is_capital(token.text)
            and low not in lexicon.months
            and low not in lexicon.weekdays
            and not (last > at and (token.text in lexicon.prefixes or line.starting("group", last) or line.starting("type", last)))
        ):
            last, words = last + 1, words + 1
        elif (
            glued
            and token.text in "-'’"
            and last + 1 < len(line.tokens)
            and line.tokens[last + 1].start == token.end
            and line.text(last + 1)[:1].isalpha()
        ):
            last += 2
        elif (
            last > at
            and low in lexicon.particles
            and _is_capital(line.text(last + 1))
            and (not line.starting("place", last + 1) or _is_capital(line.text(last + 2)))
        ) or (last > at and token.text == "." and len(line.text(last - 1)) == 1 and _is_capital(line.text(last + 1))):
            last += 1
        else:
            break
    return last


def _is_capital(text: str) -> bool:
    return bool(text) and text[0].isupper() and text[0].isalpha()


def _in_register(line: Line) -> Iterator[VesselMention]:
    for found in line.found("vessel"):
        text = line.doc.text[found.start : found.end]
        if not (text[0].isupper() or not text[0].isalpha() or not text[0].isascii()) or (text.isdigit()) or _is_dateline(line, found):
            continue
        last = found.last + (_NUMERAL.fullmatch(line.text(found.last)) is not None and line.text(found.last + 1) != ".")
        if last > found.last:  # "Eagle S" is not the Eagle
            yield _named(line, found.first, last, line.doc.text[found.start : line.tokens[last - 1].end], signed=False)
        else:
            yield _named(line, found.first, found.last, text, keys=found.data, signed=False)


def _is_dateline(line: Line, found: Found) -> bool:
    """Whether the name is the place in front of a report: "SEOUL, Sept. 29 --", "MANILA — "."""
    if found.first or not line.doc.text[found.start : found.end].isupper() or line.sentence.start != line.doc.blocks[line.sentence.block].start:
        return False
    return line.text(found.last) in (",", "(", "—", "–", "-") and not line.doc.text[line.sentence.start : line.sentence.end].isupper()


def _named(
    line: Line, first: int, last: int, name: str, *, keys: tuple[str, ...] = (), signed: bool, country: str | None = None, prefix: str | None = None
) -> VesselMention:
    if not keys:
        keys = tuple(v.key for v in line.doc.gazetteer.vessels.named(name))
    if prefix and country is None and prefix in line.doc.lexicon.prefix_default:
        known = {line.doc.gazetteer.vessels.entries[k].country for k in keys if line.doc.gazetteer.vessels.entries[k].prefix == prefix}
        country = next(iter(known)) if len(known) == 1 else line.doc.lexicon.prefix_default[prefix]
    start, end = line.span(first, last)
    flags = frozenset(line.doc.gazetteer.vessels.entries[k].country or "" for k in keys)
    return VesselMention(start, end, first, last, flags=flags, name=name.strip("\"'“”‘’«»„"), keys=keys, signed=signed, country=country, det="name")


def _with_hull(line: Line, mention: VesselMention) -> VesselMention:
    """A name with the hull number in brackets or right behind it."""
    text, at = line.doc.text, mention.end
    if text[at : at + 1] in QUOTES:
        at += 1
    match = _HULL_IN_BRACKETS.match(text, at)
    if not match and mention.last < len(line.tokens):
        match = _HULL_BARE.match(text, at)
        if match and re.fullmatch(r"(?:19|20)\d\d", match[1]):
            match = None
    if not match or re.fullmatch(r"(?:19|20)\d\d", match[1]) or match.end() > line.sentence.end:
        last, country, class_name = _right_of(line, mention.last)
        return replace(mention, country=mention.country or country, class_name=class_name) if last > mention.last else mention
    _, country, class_name = _right_of(line, line.at_offset(match.end() - 1) + 1)
    mention = replace(mention, country=mention.country or country, class_name=class_name)
    return replace(mention, end=match.end(), last=line.at_offset(match.end() - 1) + 1, hull=match[1], signed=True)


# --- heads: type words


def _heads(line: Line, names: list[VesselMention]) -> list[VesselMention]:
    taken = {n for m in names for n in range(m.first, m.last)}
    taken |= {n for kind in ("navy", "place") for f in line.found(kind) for n in range(f.first, f.last)}
    words = [f for kind in ("type", "group") for f in line.found(kind) if not taken.intersection(range(f.first, f.last))]
    heads = []
    for found in longest_first(words):
        mention = _head(line, found)
        if mention:
            heads.append(mention)
    heads.extend(_epithets(line, taken))
    taken |= {n for h in heads for n in range(h.first, h.last)}
    classes = list(_class_heads(line, taken))
    taken |= {n for h in classes for n in range(h.first, h.last)}
    return [*heads, *_type_numbers(line, heads), *classes, *_bare_numbers(line, taken)]


def _epithets(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """ "The visitors", "the intruder", "the Russians": ships told before, by another word."""
    sets = line.doc.lexicon.sets
    for at in range(1, len(line.tokens)):
        word = line.low(at)
        if at in taken or line.low(at - 1) not in ("the", "both", "these", "those"):
            continue
        people = line.starting("nation", at)
        nation = people.data if people and people.last == at + 1 and _stands_alone(line, at + 1) else None
        if word not in sets["epithets"] and nation is None:
            continue
        start, end = line.span(at - 1, at + 1)
        plural = word.endswith("s") and not word.endswith("ss")
        yield VesselMention(start, end, at - 1, at + 1, type=VesselType.VESSEL, country=nation, count=None if plural else 1, plural=plural, det="epithet")


def _stands_alone(line: Line, at: int) -> bool:
    """Whether a nation's name is no adjective here: a verb, a mark or a preposition follows it."""
    return _is_auxiliary(line, at) or line.low(at) in (",", ".", ";", "in", "as", "out", "through", "into", "off", "from", "to", "") or bool(line.starting("trigger", at))


def _class_heads(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """A class told in the place of a type: "three Kilos", "a Ropucha", "the Udaloy"."""
    classes = line.doc.gazetteer.vessels.class_types
    for found in (*line.found("class"), *line.found("classes")):
        text, last = line.doc.text[found.start : found.end], found.last
        kind = classes.get(found.data)
        if kind is None or not _is_capital(text) or not taken.isdisjoint(range(found.first, last)) or line.text(last) in ("-", "‐", "–"):
            continue
        if line.low(last) in ("class", "boat", "type") or line.starting("type", last) or _is_capital(line.text(last)):
            continue
        phrase = _left_of(line, found.first)
        if phrase.det not in ("a", "count", "part", "several") or phrase.class_name:
            continue
        plural = (phrase.count or 2) > 1
        start, end = line.span(phrase.first, last)
        name = text[: len(found.data)]
        yield VesselMention(
            start, end, phrase.first, last, type=kind, class_name=name, country=phrase.country, count=phrase.count, plural=plural, det=phrase.det
        )


def _bare_numbers(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """A number that stands for ships told before: "the three", "two of them", "as many as four were", "the other two", "both", "the others"."""
    sets = line.doc.lexicon.sets
    for at in range(len(line.tokens)):
        if at in taken:
            continue
        word, behind = line.low(at), line.low(at + 1)
        number = line.starting("number", at)
        if word == "one" and line.low(at - 1) in ("second", "third", "fourth", "another", "further") and line.low(at + 1) != "of":
            first = at - 2 if line.low(at - 2) == "a" else at - 1
            start, end = line.span(first, at + 1)
            yield VesselMention(start, end, first, at + 1, type=VesselType.VESSEL, count=1, det="more")
            continue
        if word == "neither" and behind not in ("nor", "of") and not line.starting("type", at + 1):
            start, end = line.span(at, at + 1)
            yield VesselMention(start, end, at, at + 1, type=VesselType.VESSEL, count=2, plural=True, det="definite")
            continue
        if word in ("others", "latter", "former") and line.low(at - 1) in ("the", "two", "three"):
            start, end = line.span(at - 1, at + 1)
            yield VesselMention(start, end, at - 1, at + 1, type=VesselType.VESSEL, count=None, plural=word == "others", det="rest", word=word)
            continue
        if not number or number.last - number.first > 1 or not word.isalpha():
            continue
        of_number = behind == "of" and line.low(at + 2) == "the" and (line.low(at + 3).isdigit() or bool(line.starting("number", at + 3)))
        of_number = of_number and at + 3 not in taken
        them = behind == "of" and (line.low(at + 2) in ("them", "these", "those") or of_number)
        if line.low(at - 1) == "every" or (behind == "of" and line.low(at + 2) in ("which", "whom")):
            continue
        last = at + 3 + of_number if them else at + 1 + (behind in ("more", "others"))
        ends = line.low(last) in (",", ".", ";", ")", "") and not (line.low(at - 1) == "the" or word == "both")
        if not them and (ends or line.low(last) not in sets["after_bare_number"]) and not _is_auxiliary(line, last):
            continue
        if word == "one" or line.low(at - 1) in (
            "of",
            "day",
            "days",
            "-",
            "pier",
            "no",
            "number",
            "by",
            "about",
            "for",
            "in",
            "$",
            "chapter",
            "phase",
            "part",
        ):
            if not (them or line.low(at - 2) in ("none", "all", "any", "one", "two", "three", "each", "most")):
                continue
        first = _counters_left(line, at)
        if not them and behind not in ("more", "others") and line.low(at - 1) not in ("the", "these", "those", "all", "other") and word != "both":
            if line.low(first - 1) not in ("", ",", "and", ";", "but", "–", "—", ":"):
                continue  # a number in the middle of a clause counts something else
        part = line.low(first - 1) == "of" and line.low(first - 2) in ("none", "all", "each", "neither", "any")
        first = first - 2 if part else first
        definite = line.low(at - 1) in ("the", "these", "those", "all", "other") or word == "both" or part
        start, end = line.span(first, last)
        rest = line.low(at - 1) == "other" and line.low(at - 2) == "the"
        if rest:
            start, end = line.span(at - 2, last)
            yield VesselMention(start, end, at - 2, last, type=VesselType.VESSEL, count=number.data, plural=True, det="rest", word="others")
            continue
        det = "more" if behind in ("more", "others") or line.low(at - 1) == "other" else "part" if them else "definite" if definite else "some"
        yield VesselMention(start, end, first, last, type=VesselType.VESSEL, count=number.data, plural=number.data > 1, det=det)


def _is_auxiliary(line: Line, at: int) -> bool:
    return line.low(at) in line.doc.lexicon.sets["auxiliaries"] and line.low(at) != "to"


def _type_numbers(line: Line, heads: list[VesselMention]) -> Iterator[VesselMention]:
    """ "The Type 23" without a word for what it is."""
    for match in _TYPE_NUMBER.finditer(line.doc.text, line.sentence.start, line.sentence.end):
        first = line.at_offset(match.start())
        last = line.at_offset(match.end() - 1) + 1
        if (
            line.low(first - 1) != "the"
            or any(h.first <= first < h.last for h in heads)
            or line.low(last) in ("-", "class")
            or line.starting("vessel", last)
        ):
            continue
        start, end = line.span(first - 1, last)
        yield VesselMention(start, end, first - 1, last, type=VesselType.WARSHIP, class_name=match[1], det="definite")


def _head(line: Line, found: Found) -> VesselMention | None:
    lexicon, after = line.doc.lexicon, line.low(found.last)
    if line.starting("type", found.last) and found.data is not None:
        return None  # "two FREMM frigates"
    if after in lexicon.compounds or (line.text(found.last) == "-" and line.tokens[found.last].start == found.end):
        return None
    group = found.data is None
    if line.low(found.first - 1) in lexicon.land_words or (after == "of" and line.doc.low[found.start : found.end] in ("carrier", "carriers")):
        return None
    kind, plural = (None, False) if group else found.data
    phrase = _left_of(line, found.first)
    country = phrase.country
    last, right_country, class_name = _right_of(line, found.last)
    if last > found.last and phrase.det == "definite" and plural and _is_superlative(line, phrase.first, found.first):
        phrase.det = "several"  # "the largest ships of the Navy" are told here for the first time
    hull = (
        line.text(last)
        if not group and not plural and re.fullmatch(r"\d{3,5}", line.text(last)) and line.low(last + 1) not in line.doc.lexicon.sets["units"]
        else None
    )
    last += hull is not None  # "coast guard ship 5901"
    if group and (line.low(phrase.first - 1), line.low(phrase.first - 2)) == ("of", "rest"):
        phrase.first, phrase.det = phrase.first - 2 - (line.low(phrase.first - 3) == "the"), "several"  # "the rest of her strike group"
    if not group and line.low(found.last - 1) in lexicon.sets["consorts"] and line.low(phrase.first) in ("her", "its", "his", "their"):
        phrase.det = "several"  # "her escorts" are told here for the first time
    if any(line.low(n) == "such" for n in range(phrase.first, found.first)):
        return None  # "two such vessels" are none in particular
    start, end = line.span(phrase.first, last)
    count = phrase.count
    if group:
        count = lexicon.group_counts.get(line.low(found.last - 1), count)
    elif count is None:
        count = None if plural else 1
    elif count > 1:
        plural = True
    return VesselMention(
        start,
        end,
        phrase.first,
        last,
        type=kind or VesselType.WARSHIP,
        class_name=phrase.class_name or class_name,
        project=phrase.project,
        hull=hull,
        country=country or right_country,
        count=count,
        plural=plural or group,
        group=group,
        det=phrase.det,
        owner=phrase.owner,
        word=line.doc.low[found.start : found.end] if group else None,
    )


def _is_superlative(line: Line, first: int, last: int) -> bool:
    return any(line.low(n).endswith("est") or line.low(n) == "most" for n in range(first, last))


def _left_of(line: Line, at: int) -> _Phrase:
    """The determiner, number, nation, class and adjectives before a head."""
    phrase, good, unknown = _Phrase(at), at, 0
    while at > 0:
        step = _step_left(line, at, phrase)
        if step is None:
            word = line.low(at - 1)
            if (
                unknown >= 3
                or not word.isalpha()
                or word in line.doc.lexicon.function
                or line.ending("trigger", at)
                or (_is_capital(line.text(at - 1)) and at - 1 > 0 and not _owned_by_service(line, at))
            ):
                break
            unknown, at = unknown + 1, at - 1
            continue
        at = good = step
        if phrase.det != "bare":
            break
    phrase.first = good
    return phrase


def _owned_by_service(line: Line, at: int) -> bool:
    """Whether capitalised words before a head name the service that owns it: "a Federal Police cutter"."""
    first = at
    while first > 0 and at - first < 3 and _is_capital(line.text(first - 1)):
        first -= 1
    return line.low(first - 1) in ("a", "an", "the", "another") and not line.starting("vessel", first) and line.low(at - 1) in line.doc.lexicon.sets["services"]


def _step_left(line: Line, at: int, phrase: _Phrase) -> int | None:
    """One known element further to the left, or None where there is none."""
    low = line.low(at - 1)
    if (other := line.ending("type", at)) and line.text(at - 1) != "-":
        return other.first
    if (measured := _measure_left(line, at)) is not None:
        return measured
    if phrase.class_name is None and (found := _class_before(line, at)):
        phrase.class_name = found[1]
        return found[0]
    if (match := _numbered_before(line, at)) is not None:
        if match[1].lower().startswith("type"):
            phrase.class_name = phrase.class_name or match[1]
        else:
            phrase.project = match[1]
        return match[0]
    for kind in ("navy", "nation"):
        if nation := line.ending(kind, at):
            phrase.country = phrase.country or nation.data
            if kind == "navy":
                phrase.owner = phrase.owner or line.doc.low[nation.start : nation.end]
            if line.low(nation.last - 1) == "s" and line.text(nation.last - 2) in ("'", "’") and phrase.det == "bare":
                phrase.det = "definite"
            owns = line.low(nation.last - 1) == "s" and line.low(nation.first - 1) == "of"
            return _part_left(line, nation.first, phrase) if owns else nation.first
    if low == "s" and line.text(at - 2) in ("'", "’") and at >= 3:
        return _owner_left(line, at, phrase)
    return _determiner_left(line, at, phrase, low)


def _owner_left(line: Line, at: int, phrase: _Phrase) -> int | None:
    owner = line.ending("navy", at - 2) or line.ending("nation", at - 2)
    place = line.ending("place", at - 2)
    if owner:
        phrase.country = phrase.country or owner.data
    elif place:
        entry = line.doc.gazetteer.places.entries[place.data[0]]
        phrase.country = phrase.country or entry.country
        owner = place
    if owner is None and line.low(at - 3) in line.doc.lexicon.sets["services"] and line.low(at - 4) == "the":
        phrase.det = "definite"
        return at - 4  # "the Navy's one carrier"
    if owner is None:
        return None
    phrase.det = "definite" if phrase.det == "bare" else phrase.det
    first = owner.first - 1 if line.low(owner.first - 1) == "the" else owner.first
    return _part_left(line, first, phrase) if line.low(first - 1) == "of" else first


def _part_left(line: Line, at: int, phrase: _Phrase) -> int:
    """The start of "two of" before a token, when a number stands there."""
    part, digits = line.ending("number", at - 1), line.low(at - 2)
    if part is None and (not digits.isdigit() or line.low(at - 3) in line.doc.lexicon.months):
        return at  # "on October 21 of the …" counts nothing
    phrase.det, phrase.count = "part", part.data if part else int(digits)
    return _counters_left(line, part.first if part else at - 2)


def _measure_left(line: Line, at: int) -> int | None:
    """The start of a measure that stands as an adjective: "44-meter", "3,200-ton"."""
    if line.low(at - 1) not in line.doc.lexicon.sets["measures"] or line.text(at - 2) not in ("-", "‐") or not line.low(at - 3).isdigit():
        return None
    first = at - 3
    return first - 2 if line.text(first - 1) == "," and line.low(first - 2).isdigit() else first


def _determiner_left(line: Line, at: int, phrase: _Phrase, low: str) -> int | None:
    lexicon = line.doc.lexicon
    number = line.ending("number", at)
    if number or (low.isdigit() and len(low) <= 3 and line.text(at - 2) not in ("-", ".", "/") and not _thousands(line, at - 1)):
        phrase.count = number.data if number else int(low)
        first = number.first if number else at - 1
        definite = line.low(first - 1) in ("the", "these", "those", "both", "its", "their", "all") or low == "both"
        phrase.det = "definite" if definite else "count"
        return _counters_left(line, first)
    if low in ("a", "an") or (low in lexicon.another and low not in lexicon.modifiers):
        phrase.det, phrase.count = "a", 1
        return at - 1
    if low in lexicon.definite:
        phrase.det = "definite"
        if line.low(at - 2) == "of":
            return _part_left(line, at - 1, phrase)
        return at - 2 if line.low(at - 2) in ("all", "both") else at - 1
    if low in lexicon.several and low not in lexicon.modifiers:
        phrase.det = "several"
        return at - 1
    if low in lexicon.modifiers or (low == "-" and line.tokens[at - 1].end == line.tokens[at].start if at < len(line.tokens) else False):
        return at - 1
    return None


def _thousands(line: Line, at: int) -> bool:
    """Whether a number is the end of a larger one: "65,000"."""
    return line.text(at - 1) == "," and line.low(at - 2).isdigit() and line.tokens[at - 2].end == line.tokens[at].start - 1


def _counters_left(line: Line, at: int) -> int:
    """The number of the first token of the words in front of a count: "no fewer than", "at least"."""
    for words in line.doc.lexicon.counters:
        size = words.count(" ") + 1
        if at >= size and " ".join(line.low(n) for n in range(at - size, at)) == words:
            return at - size
    return at


def _class_before(line: Line, at: int) -> tuple[int, str] | None:
    """The first token and the name of a class told right before a token: "Altay-class", "Improved Kilo", "X class"."""
    end, marked = at, False
    if line.low(end - 1) == "class":
        end, marked = end - 1, True
        if line.text(end - 1) == "-":
            end -= 1
    if _NUMERAL.fullmatch(line.text(end - 1)) and line.ending("class", end - 1):
        end -= 1  # "a Udaloy I destroyer"
    known = line.ending("class", end)
    if known and (_is_capital(line.text(known.first)) or not line.text(known.first)[:1].isalpha()):
        first = (
            known.first - 1
            if line.low(known.first - 1) == "improved"
            or (marked and _is_capital(line.text(known.first - 1)) and line.starting("vessel", known.first - 1))
            else known.first
        )
        if not marked and line.ending("vessel", end) and not _article(line, first):
            return None
        return first, line.doc.text[line.tokens[first].start : line.tokens[end - 1].end]
    if not marked:
        return None
    first = end
    while first > 0 and _is_capital(line.text(first - 1)) and end - first < 4 and not line.ending("nation", first) and not line.ending("navy", first):
        first -= 1
    return (first, line.doc.text[line.tokens[first].start : line.tokens[end - 1].end]) if first < end else None


def _article(line: Line, at: int) -> bool:
    return line.low(at - 1) in ("a", "an") or line.ending("number", at) is not None or at == 0


def _numbered_before(line: Line, at: int) -> tuple[int, str] | None:
    """ "Project 636.3" or "Type 054A" that ends right before a token."""
    if at < 2:
        return None
    end = line.tokens[at - 1].end
    begin = line.tokens[max(0, at - 6)].start
    for pattern in (_PROJECT, _TYPE_NUMBER):
        for match in pattern.finditer(line.doc.text, begin, end):
            if match.end() == end:
                return line.at_offset(match.start()), match[1]
    return None


def _right_of(line: Line, at: int) -> tuple[int, str | None, str | None]:
    """The end of a head's "of the Ropucha class", "of the Russian Navy"; with the country and class told there."""
    country = class_name = None
    for _ in range(2):
        if line.low(at) not in ("of", "from", "belonging") or at + 1 >= len(line.tokens):
            break
        begin = at + 1 + (line.low(at + 1) == "the") + (line.low(at + 1) == "to") * 1
        navy = line.starting("navy", begin) or line.starting("nation", begin)
        known = line.starting("class", begin)
        if navy and line.starting("navy", begin):
            at, country = navy.last, navy.data
            at = _further_owner(line, at)
        elif (run := _owner_run(line, begin)) > begin:
            at, country = _further_owner(line, run), country or (navy.data if navy else None)
        elif known and line.low(known.last) in ("class", "-"):
            at, class_name = known.last + (2 if line.low(known.last) == "-" else 1), line.doc.text[known.start : known.end]
        else:
            run = _capitals(line, begin)
            if run > begin and (line.low(run) == "class" or line.low(run - 1) == "class"):
                class_name = re.sub(r"[\s-]*class$", "", line.doc.text[line.tokens[begin].start : line.tokens[run - 1].end], flags=re.I)
                at = run + (line.low(run) == "class")
            else:
                break
    return min(at, len(line.tokens)), country, class_name


def _owner_run(line: Line, at: int) -> int:
    """The end of a service's name from a token on: "Bureau of Fisheries", "Northern Fleet", "her strike group", "IRGC"; the token itself if none."""
    sets, begin = line.doc.lexicon.sets, at
    if line.low(at) in ("her", "his", "its", "their"):
        group = line.starting("group", at + 1)
        return group.last if group else begin
    last = _capitals(line, at)
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


# --- names and heads together


def _merge(line: Line, heads: list[VesselMention], names: list[VesselMention]) -> list[VesselMention]:
    """Names take the attributes of the heads beside them; a head with an unknown name behind it becomes a name."""
    out: list[VesselMention] = []
    left = {m.first: m for m in names}
    used: set[int] = set()
    for head in heads:
        named = list(_names_behind(line, head, left))
        if named:
            out.extend(named)
            used.update(m.last for m in named)
            continue
        if before := _name_before(line, head, names):
            left[before.first] = _take(line, left.get(before.first, before), head)
            continue
        out.append(head)
    out.extend(m for m in left.values() if m.last not in used and not any(o.first <= m.first and m.last <= o.last and o.name for o in out))
    out = [m for m in out if m.name or m.det != "bare" or m.country or m.class_name or _owned(line, m)]  # a bare "ships" means none in particular
    return _without_appositions(line, sorted(out, key=lambda m: m.first))


def _owned(line: Line, mention: VesselMention) -> bool:
    """Whether a phrase ends in whose the ships are: "ships of her strike group"."""
    return mention.plural and any(line.low(n) == "of" for n in range(mention.first, mention.last))


def _without_appositions(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unnamed mentions that only explain the one before them are taken into it: "the submarine, a boat used for training, …"."""
    kept: list[VesselMention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if (
            before
            and not mention.name
            and mention.det == "a"
            and mention.first - before.last == 1
            and line.text(before.last) == ","
            and (mention.type in _GENERIC or mention.type == before.type or (before.type in _GENERIC and line.text(mention.last) == ","))
            and (before.count or 1) == 1
            and not before.plural
        ):
            kept[-1] = replace(
                before,
                attributes=(*before.attributes, (mention.start, mention.end)),
                type=mention.type if before.type in _GENERIC else before.type,
                class_name=before.class_name or mention.class_name,
                country=before.country or mention.country,
                project=before.project or mention.project,
            )
            continue
        if before and before.name and before.attributes and mention.det == "a" and not mention.name and line.low(mention.first - 1) in ("and", "or"):
            gap = range(before.last, mention.first)
            closed = any(line.text(n) == "," for n in range(mention.last, mention.last + 9))
            if len(gap) <= 24 and closed and sum(line.text(n) == "," for n in gap) <= 1:
                kept[-1] = replace(before, attributes=(*before.attributes, (mention.start, mention.end)))
                continue
        if before and before.name and not mention.name and not mention.plural and _is_superlative(line, mention.first, mention.last):
            gap = [line.low(n) for n in range(before.last, mention.first)]
            if gap[:1] == [","] and len(gap) <= 6 and any(line.text(n) == "," for n in range(mention.last, mention.last + 6)):
                kept[-1] = replace(before, attributes=(*before.attributes, (mention.start, mention.end)), type=before.type or mention.type)
                continue  # "CCG 5901, at 12,000 tons the biggest ship of its kind, …"
        named = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].name), None)
        if (
            named is not None
            and mention.det == "a"
            and mention.class_name
            and line.text(mention.first - 1) == ","
            and _of_class(line, kept[named], mention)
        ):
            kept[named] = replace(kept[named], attributes=(*kept[named].attributes, (mention.start, mention.end)), class_name=mention.class_name)
            continue
        kept.append(mention)
    return kept


def _of_class(line: Line, name: VesselMention, mention: VesselMention) -> bool:
    """Whether the register has a named vessel in the class that a later phrase tells: "where X is going, a Ropucha class landing vessel that …"."""
    entries = (line.doc.gazetteer.vessels.entries[key] for key in name.keys)
    return not mention.name and any(fold(entry.class_name or "") == fold(mention.class_name or "") for entry in entries)


def _names_behind(line: Line, head: VesselMention, known: dict[int, VesselMention]) -> Iterator[VesselMention]:
    """The names right behind a head: one after a singular, a list after a plural."""
    at, first = head.last, True
    while at < len(line.tokens):
        begin = at
        if line.text(begin) in QUOTES or (
            first and line.text(begin) in (",", ":") and known.get(begin + 1) and _told_between(line, head, known[begin + 1])
        ):
            begin += 1
        mention = known.get(begin)
        if mention is None:
            low = line.low(begin)
            ok = (
                _is_capital(line.text(begin))
                and low not in line.doc.lexicon.months
                and low not in line.doc.lexicon.weekdays
                and not line.starting("nation", begin)
            )
            last = _capitals(line, begin) if ok else begin
            if last == begin or (line.low(last) in ("class", "-") and line.low(last + 1) in ("class", "")):
                return
            if head.group and not known.get(begin):
                return
            name = line.doc.text[line.tokens[begin].start : line.tokens[last - 1].end]
            mention = _with_hull(line, _named(line, begin, last, name, signed=True))
        if head.group and mention.first == head.last and not head.plural:
            return
        single = replace(head, count=1, plural=False)
        taken = _take(line, mention, single)
        yield replace(taken, start=head.start, first=head.first) if first else taken
        at, first = mention.last + (line.text(mention.last) in QUOTES), False
        if not head.plural:
            return
        at = _list_mark(line, at)
        if at < 0:
            return


def _told_between(line: Line, head: VesselMention, name: VesselMention) -> bool:
    """Whether a comma between a head and a name joins them: "the frigates, A and B, …", "a second cargo ship, Sparta, has …"."""
    return head.plural or (head.det in ("a", "definite") and line.text(name.last) in (",", ".", ")", ""))


def _list_mark(line: Line, at: int) -> int:
    """The token behind a mark of a list (", ", " and ", ", and the "), or -1."""
    begin = at
    while line.low(at) in (",", "and", "&", "or"):
        at += 1
    if at == begin:
        return -1
    return at if _is_capital(line.text(at)) or line.text(at) in QUOTES else -1


def _name_before(line: Line, head: VesselMention, names: list[VesselMention]) -> VesselMention | None:
    """The name that a head without name speaks of: "Yelnya, a fleet oiler, …", "the Yelnya oiler", "the Shandong strike group"."""
    for name in names:
        if name.last == head.first or (name.last + 1 == head.first and line.text(name.last) in QUOTES):
            return name
        comma = line.text(name.last) in (",", "(") or (line.text(name.last) in QUOTES and line.text(name.last + 1) == ",")
        if comma and 0 < head.first - name.last <= 2 and not head.plural and head.count in (1, None):
            closed = line.text(head.last) in (",", ".", ")", ";", "") or line.low(head.last) in ("of", "that", "which", "who", "with", "from")
            if name.weak and line.low(name.first - 1) in PLACE_SIGNS:
                continue
            if head.det == "a" or (head.det == "definite" and closed) or (head.det == "bare" and closed):
                return name
    return None


def _take(line: Line, name: VesselMention, head: VesselMention) -> VesselMention:
    """A name with a head's attributes."""
    lead = head.group
    return replace(
        name,
        signed=True,
        type=name.type if lead else head.type or name.type,
        class_name=name.class_name or head.class_name,
        project=name.project or head.project,
        country=name.country or head.country,
        attributes=(*name.attributes, (head.start, head.end)) if head.start > name.start else name.attributes,
        word=head.word if lead else name.word,
        end=max(name.end, head.end) if head.first == name.last else name.end,
        last=max(name.last, head.last) if head.first == name.last else name.last,
        group=lead or name.group,
    )
