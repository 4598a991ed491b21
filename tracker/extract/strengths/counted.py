"""Stage 2, counts: a number with the vessels it counts, whether it is a least, a most or a rough one, and which set of vessels it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.kinds import Bound, VesselType
from tracker.extract.line import Line
from tracker.extract.mention import is_capital
from tracker.extract.phrases import left_of, right_of
from tracker.extract.spans import longest_first
from tracker.gazetteer.counts import CountWords, load_counts

_MOST_DIGITS = 4
_YEARS = range(1900, 2100)
_FAR = 3
"""So many words that nobody knows may stand between a number and what it counts: "1,200 wooden fishing boats"."""
_ARTICLES = frozenset(["a", "an"])


@dataclass(slots=True)  # not frozen, for speed
class Number:
    """Tokens first..last-1 that tell a number, with the words for its bound."""

    first: int
    last: int
    count: int
    bound: Bound = Bound.EXACTLY
    most: int | None = None  # the greater number of a range
    only: bool = False  # told as all there is: "only four", "four in all"
    of: int | None = None  # of "four of the nine" the nine
    denied: bool = False  # "any", which is none where the clause denies it


@dataclass(slots=True)  # not frozen, for speed
class Counted:
    """Vessels with their number: tokens first..last-1, of which sort[0]..sort[1]-1 say what is counted."""

    first: int
    last: int
    number: Number
    sort: tuple[int, int]
    type: VesselType
    country: str | None = None
    class_name: str | None = None
    subset: str | None = None
    article: bool = False  # the number is "a": one vessel, but no count unless it stands in a list of counts
    definite: bool = False  # "the seven ships": told before


@dataclass(slots=True)  # not frozen, for speed
class Sort:
    """What may be counted: tokens first..last-1, the phrase around them from token `left` on."""

    first: int
    last: int
    left: int
    type: VesselType
    country: str | None = None
    class_name: str | None = None
    subset: str | None = None


def find_counted(line: Line, sorts: Sequence[Sort], words: CountWords) -> list[Counted]:
    """The sorts of a sentence that have a number, in order."""
    found = []
    for sort in sorts:
        number = number_before(line, sort.left, sort.first, words)
        article = number is None and line.low(_lead(line, sort)) in _ARTICLES
        if number is None and article:
            number = Number(_lead(line, sort), _lead(line, sort) + 1, 1)
        if number is not None and _is_of_all(line, number, sort):
            begin = _behind_bound(line, number.last, words)
            definite = number.of is None and not number.only and _is_definite(line, number)
            found.append(
                Counted(
                    number.first,
                    sort.last,
                    number,
                    (begin, sort.last),
                    sort.type,
                    sort.country or _nation_between(line, number.last, sort.first),
                    sort.class_name,
                    sort.subset or _subset_inside(line, number.last, sort.last if sort.type is VesselType.VESSEL else sort.first, words),
                    article,
                    definite,
                )
            )
    return found


_NUMBERS_CLASS = frozenset(["type", "project", "flight", "batch", "class", "pr"])
_NOT_ALL = frozenset(["more", "other", "further", "additional", "extra", "new", "such", "another"])
_NARROWING = frozenset(["capable", "able", "that", "which", "who", "with", "for", "to"])


def _is_of_all(line: Line, number: Number, sort: Sort) -> bool:
    """Whether a number is of all such vessels: not "two more ships", "no new ships", "no ships capable of …"."""
    if not _NOT_ALL.isdisjoint(line.lows[number.last : sort.first]) and line.low(number.last - 1) != "more":
        return False
    return number.count > 0 or line.low(sort.last) not in _NARROWING


def _is_definite(line: Line, number: Number) -> bool:
    """Whether the vessels were told before: "the seven ships", "one of the corvettes"."""
    of_them = line.low(number.last) == "of" and line.low(number.last + 1) in line.doc.lexicon.definite
    owned = line.low(number.first - 1) == "s" and line.low(number.first - 2) in ("'", "’")
    return of_them or owned or line.low(number.first - 1) in line.doc.lexicon.definite - {"said"}


def _behind_bound(line: Line, at: int, words: CountWords) -> int:
    """The token behind what stands between a number and what it counts: "or more", "of the", "more"."""
    at += max((p.starting(line.lows, at) for p in words.behind.values()), default=0)
    while line.low(at) in ("of", "the", "more", "other", "further", "these", "those"):
        at += 1
    return at


def _lead(line: Line, sort: Sort) -> int:
    """The token where an article of a sort would stand."""
    return sort.left if line.low(sort.left) in _ARTICLES else sort.left - 1


def find_sorts(line: Line, words: CountWords) -> list[Sort]:
    """The phrases of a sentence that may be counted, in order."""
    heads = longest_first([*_subset_heads(line, words), *_type_heads(line), *_class_heads(line), *_unit_heads(line, words)])
    return [_sort(line, head, words) for head in heads]


@dataclass(slots=True)
class _Head:
    """A word for vessels, by tokens and offsets."""

    first: int
    last: int
    start: int
    end: int
    type: VesselType
    subset: str | None = None
    class_name: str | None = None


def _type_heads(line: Line) -> Iterator[_Head]:
    lexicon = line.doc.lexicon
    for found in line.found("type"):
        after = line.low(found.last)
        joined = line.text(found.last) == "-" and line.starts[found.last] == found.end
        if after in lexicon.compounds or joined or line.starting("type", found.last):
            continue
        if line.low(found.first - 1) in lexicon.land_words and line.low(found.first - 1) != "missile":
            continue
        yield _Head(found.first, found.last, found.start, found.end, found.data[0])


def _class_heads(line: Line) -> Iterator[_Head]:
    """ "three Kilos"."""
    for found in line.found("classes"):
        kind = line.doc.gazetteer.vessels.class_types.get(found.data)
        if kind is not None and is_capital(line.text(found.first)):
            yield _Head(found.first, found.last, found.start, found.end, kind, class_name=line.doc.text[found.start : found.start + len(found.data)])


def _subset_heads(line: Line, words: CountWords) -> Iterator[_Head]:
    """ "Kalibr carriers", which are no aircraft carriers."""
    openers = () if line.words.isdisjoint(words.subset_openers) else [n for n, low in enumerate(line.lows) if low in words.subset_openers]
    for at in openers:
        for subset in words.subsets:
            if size := subset.words.starting(line.lows, at):
                yield _Head(at, at + size, line.starts[at], line.ends[at + size - 1], _type_of(subset.name), subset.name)


def _type_of(subset: str) -> VesselType:
    return VesselType.WARSHIP if subset.endswith("carriers") else VesselType.VESSEL


def _unit_heads(line: Line, words: CountWords) -> Iterator[_Head]:
    if line.words.isdisjoint(words.units):
        return
    for at in range(1, line.size):
        if line.lows[at] in words.units and line.low(at - 1) in words.naval:
            yield _Head(at, at + 1, line.starts[at], line.ends[at], VesselType.WARSHIP)


def _sort(line: Line, head: _Head, words: CountWords) -> Sort:
    phrase = left_of(line, head.first)
    last, country, class_name = right_of(line, head.last)
    type_ = head.type
    if type_ is VesselType.VESSEL and any(line.low(n) in ("naval", "navy") or line.starting("navy", n) for n in range(phrase.first, last)):
        type_ = VesselType.WARSHIP
    sort = Sort(head.first, last, phrase.first, type_, phrase.country or country, head.class_name or phrase.class_name or class_name, head.subset)
    for subset in words.subsets if sort.subset is None and line.low(last) in words.behind_openers else ():
        if size := subset.behind.starting(line.lows, last):
            sort.subset, sort.last = subset.name, last + size
            break
    return sort


def _nation_between(line: Line, first: int, last: int) -> str | None:
    """The country told between a number and a word for vessels, where words that nobody knows part them."""
    return next((str(f.data) for kind in ("navy", "nation") for f in line.found(kind) if first <= f.first and f.last <= last), None)


def _subset_inside(line: Line, first: int, last: int, words: CountWords) -> str | None:
    """The set that words between a number and a word for vessels make: "four Kalibr-armed ships"."""
    if not words.inside.inside(line.lows, first, last):
        return None
    return next((subset.name for subset in words.subsets if subset.inside.inside(line.lows, first, last)), None)


def number_before(line: Line, left: int, head: int, words: CountWords) -> Number | None:
    """The number in the phrase in front of a word for vessels, from token `left` on, or right in front of it."""
    definite = line.low(left) in line.doc.lexicon.definite
    end, far = head, left if definite else max(left - _FAR, 0)
    while end > far:
        if none := words.none.ending(line.lows, end):
            return Number(end - none, end, 0, only=True)
        if line.low(end - 1) == "any":
            return Number(end - 1, end, 0, only=True, denied=True)
        if number := number_ending(line, end, words):
            class_word = number.first - 1 - (line.text(number.first - 1) == "-")
            if line.low(class_word) not in _NUMBERS_CLASS:
                return number
            end, far = class_word, min(far, max(class_word - _FAR, 0))  # "three Type 23 frigates", "Project 775 landing ships"
            continue
        if end < head and line.ending("type", end):
            return None  # "two frigates and Russian vessels" counts no vessels
        if size := words.inside.ending(line.lows, end):
            end, far = end - size, far - size
            continue
        if end <= left and _parts_number(line, end, words):
            return None
        end -= 1
    return None


def _parts_number(line: Line, end: int, words: CountWords) -> bool:
    """Whether the word in front of a token belongs to no phrase of vessels: a mark, a verb, a word of grammar."""
    word = line.low(end - 1)
    if any(p.inside(line.lows, end - 2, end + 1) for p in words.behind.values()) or line.ending("nation", end):
        return False
    lexicon = line.doc.lexicon
    if word in lexicon.months or word in lexicon.weekdays:
        return True
    return not word.isalpha() or word in lexicon.function or line.ending("trigger", end) is not None


def number_ending(line: Line, end: int, words: CountWords) -> Number | None:
    """The number whose last token is number end-1, with the words around it that make a bound or a range of it."""
    plain = _plain_number(line, end)
    if plain is None:
        return None
    first, count, rough = plain
    number = Number(first, end, count, Bound.ABOUT if rough else Bound.EXACTLY)
    _take_range(line, number)
    _take_whole(line, number)
    _take_bound(line, number, words)
    return number


def _plain_number(line: Line, end: int) -> tuple[int, int, bool] | None:
    """The first token, the value, and whether it is not to be taken to the letter."""
    if end <= 0:
        return None
    if found := line.ending("number", end):
        surface = line.doc.low[found.start : found.end]
        if surface == "both":
            return None
        tens = line.ending("number", found.first - 1) if line.low(found.first - 1) == "-" and found.data < 10 else None
        if tens and tens.data % 10 == 0:
            return tens.first, tens.data + found.data, False  # "twenty-two"
        return (found.first, found.data, surface in load_counts().about_numbers) if found.data > 1 or surface == "one" else None
    digits = line.low(end - 1)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        return None
    before = line.text(end - 2)
    if len(digits) == _MOST_DIGITS and int(digits) in _YEARS:
        return None
    if before == "," and line.low(end - 3).isdecimal() and line.starts[end - 1] == line.ends[end - 2] and len(digits) == 3:
        return (end - 3, int(line.low(end - 3)) * 1000 + int(digits), False) if len(line.low(end - 3)) <= 2 else None
    glued = end >= 2 and line.starts[end - 1] == line.ends[end - 2]
    return None if glued and before in (".", "/", ":", "$", "€", "№", "#") else (end - 1, int(digits), False)


_RANGE_MARKS = frozenset(["to", "-", "–", "or", "and"])


def _take_range(line: Line, number: Number) -> None:
    """ "5 to 7", "5-7", "five or six", "between 5 and 7"."""
    mark = line.low(number.first - 1)
    if mark not in _RANGE_MARKS:
        return
    lower = _plain_number(line, number.first - 1)
    if lower is None or not lower[1] < number.count:
        return
    opened = line.low(lower[0] - 1)
    if (mark == "and") != (opened == "between") or opened == "from":
        return  # "rose from four to six" tells two numbers
    number.most, number.count, number.bound = number.count, lower[1], Bound.BETWEEN
    number.first = lower[0] - (opened == "between")


def _take_whole(line: Line, number: Number) -> None:
    """ "four of the nine": nine is the whole, four the number."""
    at = number.first
    if line.low(at - 1) not in ("the", "these", "those", "its", "their") or line.low(at - 2) != "of" or number.bound is Bound.BETWEEN:
        return
    part = _plain_number(line, at - 2)
    if part:
        number.of, number.count, number.first = number.count, part[1], part[0]


def _take_bound(line: Line, number: Number, words: CountWords) -> None:
    for _ in range(3):  # "only about a dozen", "a total of at least 12"
        size, bound = max(((p.ending(line.lows, number.first), b) for b, p in words.before.items()), key=lambda one: one[0])
        if not size:
            break
        number.only = number.only or words.only.ending(line.lows, number.first) > 0
        if number.bound in (Bound.EXACTLY, Bound.ABOUT) and bound is not Bound.EXACTLY:
            number.bound = bound
        number.first -= size
    for bound, phrases in words.behind.items():
        if number.bound is Bound.EXACTLY and phrases.starting(line.lows, number.last):
            number.bound = bound
    if words.only.starting(line.lows, number.last) > 1:  # "seven in all"
        number.only = True


def told_words(line: Line, span: Sequence[int]) -> str:
    """The words of some tokens, with single spaces."""
    return " ".join(line.told(span[0], span[1]).split())
