"""Stage 2, dates: absolute, relative, ranges, weekdays; each becomes an interval that keeps the precision it was told with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.extract.line import Found, Line
from tracker.extract.spans import leftmost_longest
from tracker.gazetteer.lexicon import Lexicon, Relative

FUTURE_DAYS = 90
"""A day without a year is the nearest one to publication that lies no further ahead than this."""
_HISTORY_YEARS = 6
"""A claim whose date lies further back than this is history, not news; see `is_history`."""


@dataclass(slots=True)  # not frozen, for speed
class DateMention:
    """Words that name a time. `interval` is None where it can't be known (no publication date, or a vague word)."""

    start: int
    end: int
    interval: Interval | None
    kind: str  # absolute, weekday, relative, carry, next_day, vague
    warning: str | None = None
    bare: Interval | None = None  # of a range opened by "since" or "until": the day itself
    days: int = 0  # of an offset: how many days after the date told before
    number: int = 0  # of a day without a month: "the 5th"


Read = tuple[Interval | None, str]  # the interval, and the kind of the mention


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern and what makes a mention of its match."""

    regex: re.Pattern[str]
    opens: frozenset[str]  # the words that its match can begin with; YEAR stands for every number of four digits, NUMBER for the others
    needs: frozenset[str]  # what a sentence must hold for the pattern to fit: month, week, days, year, ordinal, digit
    read: Callable[[re.Match[str], date | None], Read]


NUMBER, YEAR = "0", "2000"
_BESIDE, _AND = re.compile(r",?\s*\(?(?:the\s+)?"), re.compile(r"\s+and\s+")
_ORD = r"(?:st|nd|rd|th)?"
_DAY_ALONE = re.compile(r"\bthe\s+([0-3]?\d)(?:st|nd|rd|th)\b$")
_ABOUT = "(?:more than|over|nearly|almost|about|around|at least|the (?:last|past))"
_MONTH_LED = (
    "(?:" + "|".join(f"(?<={word} )" for word in ["in", "since", "during", "throughout", "through", "until", "of", "by", "last", "this"]) + ")"
)
_DASH = r"\s*(?:-|to|until|till|through|and)\s*"


@lru_cache(maxsize=4)
def _month_words(lexicon: Lexicon) -> str:
    return "|".join(sorted(lexicon.months, key=len, reverse=True))


@dataclass(frozen=True)
class _Readers:
    """What makes an interval of a match, each for the patterns that name it."""

    lexicon: Lexicon

    def one_day(self, match: re.Match[str], published: date | None) -> Read:
        return _day(_told_year(match, published), self.lexicon.months[match["m"]], int(match["d"]), published), "absolute"

    def day_range(self, match: re.Match[str], published: date | None) -> Read:
        groups, months = match.groupdict(), self.lexicon.months
        first, second = months[groups["m"]], months[groups.get("m2") or groups["m"]]
        end = _day(_told_year(match, published), second, int(groups["d2"]), published)
        if not end or not end.start:
            return None, "absolute"
        start = _day(end.start.year if first <= second else end.start.year - 1, first, int(groups["d"]), published)
        if not start or not start.start or start.start > end.start:
            return None, "absolute"
        return Interval(start.start, end.start, Precision.RANGE), "absolute"

    def part(self, match: re.Match[str], published: date | None) -> Read:
        whole = _month(_told_year(match, published), self.lexicon.months[match["m"]], published)
        return (_part_of(whole, match["part"]) if whole else None), "absolute"

    def weeks(self, match: re.Match[str], published: date | None) -> Read:
        whole = _month(_told_year(match, published), self.lexicon.months[match["m"]], published)
        return (_weeks_of(whole, match["part"], match["span"]) if whole else None), "absolute"

    def whole_month(self, match: re.Match[str], published: date | None) -> Read:
        return _month(_int(match, "y"), self.lexicon.months[match["m"]], published), "absolute"

    def month_of_year(self, match: re.Match[str], published: date | None) -> Read:
        offset = {"last": -1, "this": 0, "next": 1}[match["which"]]
        return (Interval.month(published.year + offset, self.lexicon.months[match["m"]]) if published else None), "absolute"

    def iso(self, match: re.Match[str], _: date | None) -> Read:
        return _exact(int(match["y"]), int(match["mm"]), int(match["d"])), "absolute"

    def bare_year(self, match: re.Match[str], _: date | None) -> Read:
        return Interval.year(int(match["y"])), "absolute"

    def weekday(self, match: re.Match[str], published: date | None) -> Read:
        return _weekday(self.lexicon.weekdays[match["w"]], match["which"], published), "weekday"

    def weekday_day(self, match: re.Match[str], published: date | None) -> Read:
        return _day_of_week(int(match["d"]), self.lexicon.weekdays[match["w"]], published), "absolute"

    def offset(self, match: re.Match[str], published: date | None) -> Read:
        return None, f"offset{-self._days(match) if 'ear' in match[0] or 'before' in match[0] else self._days(match)}"

    def _days(self, match: re.Match[str]) -> int:
        number = 1 if match["n"] == "a" else int(match["n"]) if match["n"].isdigit() else self.lexicon.numbers.get(match["n"], 0)
        return number * (7 if match["unit"].startswith("week") else 1)

    def day_alone(self, match: re.Match[str], published: date | None) -> Read:
        return _day_of_month(int(match["d"]), published), "absolute"

    def duration(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        found = Interval(published - timedelta(days=days), published, Precision.RANGE) if published and 0 < days < 60 else None
        return found, "duration"

    def ago(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        return (Interval.day(published - timedelta(days=days)) if published and 0 < days < 4000 else None), "relative"


@lru_cache(maxsize=4)
def patterns(lexicon: Lexicon) -> tuple[Pattern, ...]:
    """The patterns, over text that is folded and in lower case (so every dash is "-")."""
    month, week = rf"(?P<m>{_month_words(lexicon)})\b\.?", "|".join(sorted(lexicon.weekdays, key=len, reverse=True))
    month2 = month.replace("?P<m>", "?P<m2>")
    year = r"(?:,?\s+(?P<y>(?:19|20)\d\d)\b|,?\s+(?:of\s+)?(?P<which>last|this|next)\s+yea[r]\b)?"  # spelled so that no pattern needs the word
    day, day2 = rf"(?P<d>[0-3]?\d){_ORD}", rf"(?P<d2>[0-3]?\d){_ORD}"
    glued = rf"(?P<d>[0-3]?\d)-?(?P<m>{_month_words(lexicon)})-?(?P<y>(?:19|20)\d\d)?\b"  # "07Dec2020"
    glued2 = glued.replace("<d>", "<d2>").replace("<m>", "<m2>")
    number = "|".join(w for w in lexicon.numbers if " " not in w)
    lead = r"(?:(?:between|from)\s+)?"
    read = _Readers(lexicon)
    ordinal_lead = ("on", "of", "since", "until", "by", "and", "from", "to")
    months, weekdays, numbers, between = tuple(lexicon.months), tuple(lexicon.weekdays), tuple(number.split("|")), ("between", "from")
    table: tuple[tuple[tuple[str, ...], str, Callable[[re.Match[str], date | None], Read]], ...] = (
        ((YEAR,), r"(?P<y>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)\b", read.iso),
        ((NUMBER,), r"(?P<d>[0-3]?\d)[./](?P<mm>[01]?\d)[./](?P<y>(?:19|20)\d\d)\b", read.iso),
        ((YEAR,), rf"(?P<y>(?:19|20)\d\d)\s+{month}\s+{day}\b(?!\s*:)", read.one_day),
        ((NUMBER, *between), rf"{lead}{day}\s+{month}{_DASH}{day2}\s+{month2}{year}", read.day_range),
        ((*months, *between), rf"{lead}{month}\s+{day}{_DASH}{month2}\s+{day2}\b{year}", read.day_range),
        ((NUMBER, *between), rf"{lead}{day}{_DASH}{day2}\s+(?:of\s+)?{month}{year}", read.day_range),
        ((*months, *between), rf"{lead}{month}\s+{day}{_DASH}{day2}\b{year}", read.day_range),
        (("early", "late"), rf"(?P<part>early|late)\s+in\s+{month}{year}", read.part),
        (months, rf"{month}\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b", read.month_of_year),
        (
            ("early", "mid", "late", "the"),
            rf"(?P<part>early|mid|late|the start of|the beginning of|the middle of|the end of)(?:\s+|-){month}{year}",
            read.part,
        ),
        (
            ("first", "second", "third", "fourth", "last", "final", "opening"),
            rf"(?P<part>{'|'.join(_ORDER)}|last|final)\s+(?P<span>{'|'.join(_SPANS)})\s+(?:of|in)\s+{month}{year}",
            read.weeks,
        ),
        ((NUMBER,), rf"{day}\s+(?:of\s+)?{month}{year}", read.one_day),
        ((NUMBER,), rf"{glued.replace('<y>', '<y1>')}-{glued2}", read.day_range),
        ((NUMBER,), glued, read.one_day),
        (months, rf"{month}\s+{day}\b(?!\s*%|:\d){year}", read.one_day),
        (months, rf"{month},?\s+(?P<y>(?:19|20)\d\d)\b", read.whole_month),
        (
            months,
            rf"{_MONTH_LED}{month}(?!\w)(?P<y>)?",
            read.whole_month,
        ),
        ((YEAR,), r"(?<=in )(?P<y>(?:19|20)\d\d)\b(?!-)", read.bare_year),
        (weekdays, rf"(?P<w>{week})(?:\s+(?:morning|afternoon|evening|night))?,?\s+\((?P<d>[0-3]?\d){_ORD}\)", read.weekday_day),
        (
            ordinal_lead,
            rf"(?:{'|'.join(ordinal_lead)})\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+(?:of|fleet|{_month_words(lexicon)}|[a-z]+\s+(?:ship|fleet|time)))",
            read.day_alone,
        ),
        (("for",), rf"for\s+(?:{_ABOUT}\s+)?(?P<n>a|\d{{1,2}}|{number})\s+(?P<unit>days?|weeks?)\b", read.duration),
        (weekdays, rf"(?P<w>{week})\.?,?\s+(?:the\s+)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b", read.weekday_day),
        (
            (NUMBER, *numbers),
            rf"(?P<n>\d{{1,2}}|{number}) (?P<unit>days?|weeks?) (?:later|after that|earlier|before that|before\b(?! (?:the|it|she|he|they)))\b",
            read.offset,
        ),
        (
            ("last", "next", "this", "past", "coming", *weekdays),
            rf"(?:(?P<which>last|next|this past|this|past|coming)\s+)?(?P<w>{week})\b\.?",
            read.weekday,
        ),
        ((NUMBER, *numbers), rf"(?P<n>\d{{1,3}}|{number}) (?P<unit>days?|weeks?) ago\b", read.ago),
    )
    return tuple(Pattern(re.compile(rf"\b{pattern}"), frozenset(opens), _needs(pattern), reader) for opens, pattern, reader in table)


def _needs(pattern: str) -> frozenset[str]:
    """What a pattern cannot do without."""
    signs = (("?P<m>", "month"), ("?P<w>", "week"), ("?P<unit>", "days"), (r"year\b", "year"), (r"(?:st|nd|rd|th)\b", "ordinal"))
    return frozenset(need for sign, need in signs if sign in pattern) or frozenset(["digit"])


@lru_cache(maxsize=128)
def _openers(lexicon: Lexicon, there: frozenset[str]) -> dict[str, tuple[Pattern, ...]]:
    """For a sentence that holds so much: a word, YEAR or NUMBER, and the patterns whose match can begin with it, in their order."""
    table = [p for p in patterns(lexicon) if p.needs <= there]
    return {word: tuple(p for p in table if word in p.opens) for word in {word for p in table for word in p.opens}}


def _int(match: re.Match[str], group: str) -> int | None:
    value = match.groupdict().get(group)
    return int(value) if value else None


def _told_year(match: re.Match[str], published: date | None) -> int | None:
    """The year of a match: its number, or "last year" against publication."""
    which = match.groupdict().get("which")
    if which and published:
        return published.year + {"last": -1, "this": 0, "next": 1}[which]
    return _int(match, "y")


def _exact(year: int, month: int, day: int) -> Interval | None:
    try:
        return Interval.day(date(year, month, day))
    except ValueError:
        return None


def _day(year: int | None, month: int, day: int, published: date | None) -> Interval | None:
    if year:
        return _exact(year, month, day)
    if published is None:
        return None
    fitting = [found for y in (published.year + 1, published.year, published.year - 1) if (found := _exact(y, month, day)) and found.start]
    return next((f for f in fitting if f.start and f.start <= published + timedelta(days=FUTURE_DAYS)), None)


def _day_of_month(day: int, published: date | None) -> Interval | None:
    """The last day of that number on or before publication."""
    if published is None:
        return None
    index = published.year * 12 + published.month - 1
    for back in range(3):
        year, month = (index - back) // 12, (index - back) % 12 + 1
        found = _exact(year, month, day)
        if found and found.start and found.start <= published:
            return found
    return None


def _day_of_week(day: int, weekday: int, published: date | None) -> Interval | None:
    """The day of that number nearest to publication that falls on the weekday, or the last one of that number where none does."""
    if published is None:
        return None
    for back in sorted(range(-20, 60), key=abs):
        found = published - timedelta(days=back)
        if found.day == day and found.weekday() == weekday:
            return Interval.day(found)
    return _day_of_month(day, published)


def _month(year: int | None, month: int, published: date | None) -> Interval | None:
    if year:
        return Interval.month(year, month)
    if published is None:
        return None
    nearest = next(
        y for y in (published.year + 1, published.year, published.year - 1) if date(y, month, 1) <= published + timedelta(days=FUTURE_DAYS)
    )
    return Interval.month(nearest, month)


def _part_of(whole: Interval, part: str) -> Interval | None:
    if not whole.start or not whole.end:
        return None
    start, end = whole.start, whole.end
    if part in ("early", "the start of", "the beginning of"):
        end = start.replace(day=10)
    elif part in ("mid", "the middle of"):
        start, end = start.replace(day=11), start.replace(day=20)
    else:
        start = start.replace(day=21)
    return Interval(start, end, Precision.PART_OF_MONTH)


_SPANS = {"week": 7, "two weeks": 14, "fortnight": 14, "half": 15, "few days": 5, "days": 5}
_ORDER = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}


def _weeks_of(whole: Interval, part: str, span: str) -> Interval | None:
    """A stretch of a month: "the first week of July", "the second half of May", "the last days of June"."""
    if not whole.start or not whole.end:
        return None
    days = _SPANS[span]
    if part in _ORDER:
        start = whole.start + timedelta(days=_ORDER[part] * days)
        end = whole.end if span == "half" and part == "second" else min(start + timedelta(days=days - 1), whole.end)
    else:
        start, end = whole.end - timedelta(days=days - 1), whole.end
    return Interval(start, end, Precision.PART_OF_MONTH) if start <= end else None


def _weekday(number: int, which: str | None, published: date | None) -> Interval | None:
    if published is None:
        return None
    back = (published.weekday() - number) % 7
    if which in ("next", "coming"):
        return Interval.day(published + timedelta(days=((number - published.weekday()) % 7) or 7))
    if which == "last" and back == 0:
        back = 7
    return Interval.day(published - timedelta(days=back))


def relative(word: Relative, published: date | None) -> Interval | None:
    """The interval of a relative word, or None without a publication date."""
    if published is None:
        return None
    if word.feast:
        return _day(None, *word.feast, published)
    if word.days:
        first, last = (published + timedelta(days=d) for d in word.days)
        return Interval(first, last, Precision.DAY if first == last else Precision.RANGE)
    monday = published - timedelta(days=published.weekday())
    if word.weekend is not None:
        saturday = monday + timedelta(days=5 + 7 * (word.weekend if published.weekday() < 5 or word.weekend == 0 else 0))
        return Interval(saturday, saturday + timedelta(days=1), Precision.RANGE)
    if word.week is not None:
        start = monday + timedelta(weeks=word.week)
        return Interval(published if word.from_today else start, start + timedelta(days=6), Precision.RANGE)
    if word.month is not None:
        index = published.year * 12 + published.month - 1 + word.month
        whole = Interval.month(index // 12, index % 12 + 1)
    else:
        whole = Interval.year(published.year + (word.year or 0))
    return Interval(published, whole.end, Precision.RANGE) if word.from_today else whole


def find_dates(line: Line) -> list[DateMention]:
    """The times named in a sentence, in order."""
    published = line.doc.published
    found = [_relative(f, published) for f in line.found("relative") if not _by_now(line, f)]
    if openers := _openers_of(line):
        found.extend(_fitting(line, openers, published))
    if not _LOOSE.isdisjoint(line.kinds):
        for kind in LOOSE:
            found.extend(DateMention(f.start, f.end, None, kind) for f in leftmost_longest(line.found(kind)))
    if found and (places := line.found("place")):
        found = [m for m in found if not any(p.start <= m.start and m.end < p.end for p in places)]  # "Mar del Plata" is no month
    return _joined(line.doc.low, leftmost_longest(found), published) if found else found


def _relative(found: Found, published: date | None) -> DateMention:
    return DateMention(found.start, found.end, relative(found.data, published), "absolute" if found.data.feast else "relative")


def _by_now(line: Line, found: Found) -> bool:
    """Whether "now" only ends a span that the text leaves open: "should have reached Busan by now"."""
    return line.low(found.first) == "now" and line.low(found.first - 1) == "by"


def _fitting(line: Line, openers: Mapping[str, tuple[Pattern, ...]], published: date | None) -> Iterator[DateMention]:
    """What the patterns find: each is tried where a word stands that can open it, and from left to right its matches don't overlap."""
    low, end, reach = line.doc.low, line.sentence.end, dict[int, int]()
    follows = _behind_number(line.doc.lexicon)
    for at, word in [(at, word) for at, word in enumerate(line.lows) if word in openers or word[0].isdecimal()]:
        start, numeral = line.starts[at], word[0].isdecimal()
        if numeral and len(word) < 4 and line.low(at + 1) not in follows and (word.isdecimal() or word.endswith(_ORDINALS)):
            continue  # "(DDG 115)": no month and no unit follows
        for pattern in openers.get(_opener(word) if numeral else word, ()):
            match = pattern.regex.match(low, start, end)
            if match is None or start < reach.get(id(pattern), 0):
                continue
            reach[id(pattern)] = match.end()
            if word != "on" and _DAY_ALONE.search(match[0]) and line.doc.text[match.end() + 1 : match.end() + 2].isupper():
                continue  # "a P-3C of the 5th Air Group"
            interval, kind = pattern.read(match, published)
            if kind.startswith("offset"):
                yield DateMention(start, match.end(), None, "offset", days=int(kind[6:]))
            elif interval is not None or kind == "weekday" or published is None:
                alone = _DAY_ALONE.search(match[0]) if kind == "absolute" else None
                yield DateMention(start, match.end(), interval, kind, number=int(alone[1]) if alone else 0)


_UNITS, _YEARS = frozenset(["day", "days", "week", "weeks"]), frozenset(["year"])
_ORDINALS = ("st", "nd", "rd", "th")
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"\d\d?[a-z]{3}")
LOOSE = ("carry", "next_day", "day_before")
"""Kinds of words for a day that only the text around them tells."""
_LOOSE = frozenset(LOOSE)


@lru_cache(maxsize=4)
def _behind_number(lexicon: Lexicon) -> frozenset[str]:
    """The tokens that stand behind the first number of a date."""
    return frozenset((*lexicon.months, *_UNITS, *"-./", "of", "to", "until", "till", "through", "and"))


def _opener(number: str) -> str:
    return YEAR if len(number) == 4 and number.isdecimal() else NUMBER


def _openers_of(line: Line) -> Mapping[str, tuple[Pattern, ...]] | None:
    """What can open a date in a sentence, None where nothing there can."""
    words, lexicon = line.words, line.doc.lexicon
    digits = [word for word in words if word[0].isdecimal()] if _DIGIT.search(line.doc.low, line.sentence.start, line.sentence.end) else []
    if not digits and _time_words(lexicon).isdisjoint(words):
        return None
    signs = (("month", lexicon.months), ("week", lexicon.weekdays), ("days", _UNITS), ("year", _YEARS))
    there = [need for need, known in signs if not words.isdisjoint(known)]
    if digits:
        there.append("digit")
        if any(word.endswith(_ORDINALS) for word in digits):
            there.append("ordinal")
        if "month" not in there and any(_GLUED.match(word) for word in digits):
            there.append("month")
    openers = _openers(lexicon, frozenset(there))
    return openers if digits or not words.isdisjoint(openers) else None


@lru_cache(maxsize=4)
def _time_words(lexicon: Lexicon) -> frozenset[str]:
    """The words that a pattern without a number needs one of."""
    return frozenset((*lexicon.months, *lexicon.weekdays, *_UNITS, *_YEARS))


def _as_one(low: str, before: DateMention, mention: DateMention) -> DateMention | None:
    """Two neighbours that tell one date: "Monday, 2 December", "between 2 and 5 December". None where each stands for itself."""
    if before.end <= mention.start and _BESIDE.fullmatch(low, before.end, mention.start) and {before.kind, mention.kind} == {"weekday", "absolute"}:
        day, exact = sorted((before, mention), key=lambda m: m.kind != "weekday")
        told, meant = day.interval and day.interval.start, exact.interval and exact.interval.start
        clash = told and meant and told.weekday() != meant.weekday()
        warning = f'"{low[before.start : mention.end]}": weekday and date do not agree; the date is taken' if clash else None
        return DateMention(before.start, mention.end, exact.interval, "absolute", warning)
    if not (before.interval and mention.interval and _AND.fullmatch(low, before.end, mention.start)):
        return None
    first, last, between = before.interval.start, mention.interval.end, low.endswith("between ", 0, before.start)
    neighbours = before.kind == mention.kind == "weekday" and first and last and (last - first).days == 1  # "on Monday and Tuesday"
    if not (first and last and first <= last and (between or neighbours)):
        return None
    return DateMention(before.start, mention.end, Interval(first, last, Precision.RANGE), "absolute" if between else "weekday")


def _joined(low: str, found: list[DateMention], published: date | None) -> list[DateMention]:
    """Weekday and date told together are one; "since" and "until" open a range towards publication; "between A and B" spans both."""
    out: list[DateMention] = []
    for mention in found:
        before = low[max(0, mention.start - 9) : mention.start]
        if out and (one := _as_one(low, out[-1], mention)):
            out[-1] = one
            continue
        mention = _narrowed(low, mention, out[-1] if out else None)
        if before.endswith("since ") and published:
            mention = _in_the_past(mention, published)
        if mention.interval and mention.interval.start and published and before.endswith("since ") and mention.interval.start <= published:
            since = Interval(mention.interval.start, published, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, since, mention.kind, bare=mention.interval)
        elif (
            mention.interval
            and mention.interval.end
            and before.endswith(("until ", "till "))
            and out
            and out[-1].interval
            and out[-1].interval.start
            and (0 < (mention.interval.end - out[-1].interval.start).days < 40)
            and " will " not in low[out[-1].end : mention.start]
        ):
            until = Interval(out[-1].interval.start, mention.interval.end, Precision.RANGE)
            out[-1] = DateMention(out[-1].start, out[-1].end, until, out[-1].kind, bare=out[-1].interval)
            continue
        elif mention.interval and mention.interval.end and published and before.endswith(("until ", "till ")) and mention.interval.end > published:
            until = Interval(published, mention.interval.end, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, until, mention.kind, bare=mention.interval)
        out.append(mention)
    return out


def _in_the_past(mention: DateMention, published: date) -> DateMention:
    """A day or month behind "since", a year back where it would lie ahead."""
    whole = mention.interval
    if whole is None or whole.start is None or whole.end is None or whole.start <= published:
        return mention
    try:
        return replace(
            mention, interval=replace(whole, start=whole.start.replace(year=whole.start.year - 1), end=whole.end.replace(year=whole.end.year - 1))
        )
    except ValueError:
        return mention


_PARTS = (
    ("early", "early"),
    ("late", "late"),
    ("mid", "mid"),
    ("mid-", "mid"),
    ("middle of", "mid"),
    ("end of", "late"),
    ("start of", "early"),
    ("beginning of", "early"),
)


def _narrowed(low: str, mention: DateMention, last: DateMention | None) -> DateMention:
    """A month told by a word, with its part: "early this month"; a day without a month, in the month told just before: "in May … on the 19th"."""
    whole = mention.interval
    if whole and whole.precision is Precision.MONTH and mention.kind == "relative":
        words = low[max(0, mention.start - 14) : mention.start].rstrip()
        part = next((part for word, part in _PARTS if words.endswith(word)), None)
        return replace(mention, interval=_part_of(whole, part)) if part else mention
    day = _DAY_ALONE.search(low, mention.start, mention.end)
    month = last.interval if last else None
    if day and whole and month and month.start and month.precision is Precision.MONTH and mention.start - (last.end if last else 0) < 80:
        told = int(day[1])
        return replace(mention, interval=Interval.day(month.start.replace(day=told))) if told <= 28 else mention
    return mention


_FAR = timedelta(days=200)
"""A day without a month is told of a month that lies no further back than this."""


def in_month(low: str, mentions: list[DateMention], last: Interval | None, published: date | None) -> list[DateMention]:
    """The times of a sentence, a day without a month in the month told before it: "entered Kiel on 3 October and left on the 5th"."""
    if published is None or not any(m.number for m in mentions):
        return mentions
    out: list[DateMention] = []
    for mention in mentions:
        back = any(map(low[max(mention.start - 40, 0) : mention.start].__contains__, _BACK))
        found = _day_behind(last, mention.number, published, back=back) if mention.number and last else None
        out.append(replace(mention, interval=found) if found else mention)
        last = out[-1].bare or out[-1].interval or last
    return out


_BACK = ("having ", "after ", "had ")
"""They tell of a day before the one told last."""


def _day_behind(last: Interval | None, number: int, published: date, *, back: bool) -> Interval | None:
    """The day of a number in the month of the date told last, or in the month behind it where the number is smaller."""
    day = last.end if last else None
    if day is None or day > published or published - day > _FAR:
        return None
    whole = last is not None and last.precision in (Precision.MONTH, Precision.PART_OF_MONTH)  # "in May … on the 19th"
    index = day.year * 12 + day.month - 1 + (number < day.day and not back and not whole)
    found = _exact(index // 12, index % 12 + 1, number)
    if found and found.start and found.start > published and number < day.day:
        found = _exact(day.year, day.month, number)
    return found if found and found.start and found.start <= published else None


def is_history(interval: Interval | None, published: date | None) -> bool:
    """Whether a date lies so far before publication that the text tells history."""
    return bool(interval and interval.end and published and interval.end.year < published.year - _HISTORY_YEARS)
