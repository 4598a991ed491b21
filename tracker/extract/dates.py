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
    kind: str  # absolute, weekday, relative, ahead, duration, stay, offset, or one of LOOSE
    warning: str | None = None
    bare: Interval | None = None  # of a range opened by "since" or "until": the day itself
    days: int = 0  # of an offset: how many days after the date told before; of a stay or duration: how many
    number: int = 0  # of a day without a month: "the 5th"
    which: bool = False  # "on which day": the last day of what was told before


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
_SETTING_OUT = "leaving|sailing|departing|setting|putting|slipping|having|she|it|they"
_MONTH_LEADS = ["in", "since", "during", "throughout", "through", "until", "of", "by", "this", "before", "spent", "spend", "spends"]
_MONTH_LED = "(?:" + "|".join(f"(?<={word} )" for word in _MONTH_LEADS) + ")"
_BEHIND_SEASON = "and|but|when|while|with|to|for|at|in|on|off|from|as|the|a|she|it|they|is|was|were"
_HOUR = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|hours|hrs|h\b)?|noon|midnight)"
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
        return (in_part(whole, match["part"]) if whole else None), "absolute"

    def so_far(self, match: re.Match[str], published: date | None) -> Read:
        """A month up to the day of the report, or what is left of it: "arrived earlier in March", told in March."""
        whole = _month(_told_year(match, published), self.lexicon.months[match["m"]], published)
        if not (whole and whole.start and whole.end and published and whole.start <= published <= whole.end):
            return whole, "absolute"
        earlier = match["part"] == "earlier"
        return Interval(whole.start if earlier else published, published if earlier else whole.end, Precision.RANGE), "absolute"

    def stretch(self, match: re.Match[str], published: date | None) -> Read:
        """A stretch of a month: "the second half of May", "the last week of this month"."""
        groups = match.groupdict()
        if groups.get("m"):
            whole = _month(_told_year(match, published), self.lexicon.months[groups["m"]], published)
        else:
            whole = _month_beside({"last": -1, "next": 1}.get(groups["of"], 0), published)
        return (_stretch_of(whole, match["nth"], match["what"]) if whole else None), "absolute"

    def months(self, match: re.Match[str], published: date | None) -> Read:
        """Several months: "from December to March", "in July and August"."""
        groups, number = match.groupdict(), self.lexicon.months
        last = _month(_told_year(match, published), number[groups["m2"]], published)
        if not last or not last.start:
            return None, "absolute"
        first = Interval.month(_int(match, "y1") or last.start.year - (number[groups["m"]] > number[groups["m2"]]), number[groups["m"]])
        begin = in_part(first, groups["p1"]) if groups.get("p1") else first
        end = in_part(last, groups["p2"]) if groups.get("p2") else last
        if not (begin and end and begin.start and end.end and begin.start <= end.end):
            return None, "absolute"
        return Interval(begin.start, end.end, Precision.RANGE), "absolute"

    def season(self, match: re.Match[str], published: date | None) -> Read:
        """A season: "last spring", "in the summer of 2023", "all winter"."""
        first = self.lexicon.seasons[match["s"]]
        return _season(_int(match, "y"), match["which"], first, published), "season"

    def ahead(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        return (Interval.day(published + timedelta(days=days)) if published and 0 < days < 60 else None), "ahead"

    def long_ago(self, match: re.Match[str], published: date | None) -> Read:
        """Months or years ago: "two months ago" is a month, "three years ago" a year."""
        number = self._number(match["n"])
        if published is None or not 0 < number < 200:
            return None, "relative"
        return (Interval.year(published.year - number) if match["long"].startswith("year") else _month_beside(-number, published)), "relative"

    def whole_month(self, match: re.Match[str], published: date | None) -> Read:
        month, which = self.lexicon.months[match["m"]], match.groupdict().get("which")
        if published and which:
            back = (published.month - month) % 12
            return _month_beside(-(back or 12) if which == "last" else (12 - back), published), "absolute"
        return _month(_int(match, "y"), month, published), "absolute"

    def month_of_year(self, match: re.Match[str], published: date | None) -> Read:
        offset = {"last": -1, "this": 0, "next": 1}[match["which"]]
        return (Interval.month(published.year + offset, self.lexicon.months[match["m"]]) if published else None), "absolute"

    def iso(self, match: re.Match[str], _: date | None) -> Read:
        return _exact(int(match["y"]), int(match["mm"]), int(match["d"])), "absolute"

    def bare_year(self, match: re.Match[str], _: date | None) -> Read:
        return Interval.year(int(match["y"])), "absolute"

    def weekday(self, match: re.Match[str], published: date | None) -> Read:
        return _weekday(self.lexicon.weekdays[match["w"]], match["which"], published), "weekday"

    def weekday_of(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday of a week that is told: "Tuesday last week", "Friday of next week", "the Tuesday before last"."""
        if published is None:
            return None, "weekday"
        number = self.lexicon.weekdays[match["w"]]
        if match["rel"] == "before last":
            found = _weekday(number, "last", published)
            return (Interval.day(found.start - timedelta(days=7)) if found and found.start else None), "weekday"
        monday = published - timedelta(days=published.weekday())
        return Interval.day(monday + timedelta(days=number + {"last": -7, "this": 0, "next": 7}[match["rel"].split()[0]])), "weekday"

    def weekday_then(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday counted from the day told before: "the following Monday", "that Wednesday"."""
        kind = {"that": "weekday_that", "the previous": "weekday_before", "the preceding": "weekday_before"}.get(match["then"], "weekday_then")
        return _weekday(self.lexicon.weekdays[match["w"]], None, published), kind

    def hours_to(self, match: re.Match[str], published: date | None) -> Read:
        """The day and night that end on a weekday: "in the 24 hours to 6 a.m. Wednesday"."""
        day = _weekday(self.lexicon.weekdays[match["w"]], None, published)
        return (Interval(day.start - timedelta(days=1), day.start, Precision.RANGE) if day and day.start else None), "absolute"

    def hour_to_hour(self, match: re.Match[str], published: date | None) -> Read:
        """From an hour of one weekday to an hour of another: "between 6 a.m. Monday and 6 a.m. Tuesday"."""
        day = _weekday(self.lexicon.weekdays[match["w2"]], None, published)
        begun = _weekday(self.lexicon.weekdays[match["w"]], None, day.start) if day else None
        return (Interval(begun.start, day.end, Precision.RANGE) if day and begun else None), "absolute"

    def quarter(self, match: re.Match[str], published: date | None) -> Read:
        """A quarter of a year: "the first quarter of 2014", "the last quarter of this year"."""
        year, number = _told_year(match, published), _QUARTERS[match["nth"]]
        return (_months_from(year, 3 * number + 1) if year else None), "absolute"

    def weekday_day(self, match: re.Match[str], published: date | None) -> Read:
        return _day_of_week(int(match["d"]), self.lexicon.weekdays[match["w"]], published), "absolute"

    def offset(self, match: re.Match[str], published: date | None) -> Read:
        return None, f"offset{-self._days(match) if 'ear' in match[0] or 'before' in match[0] else self._days(match)}"

    def before_that(self, match: re.Match[str], published: date | None) -> Read:
        """The day of a departure counted back from an arrival: "arrived on Friday, six days after sailing from Norfolk"."""
        return None, f"began{self._days(match)}"

    def _days(self, match: re.Match[str]) -> int:
        number, unit = self._number(match["n"]), match["unit"]
        if unit == "hours":
            return number // 24 if number % 24 == 0 else 0
        return number * (7 if unit.startswith("week") else 1)

    def _number(self, word: str) -> int:
        return 1 if word == "a" else int(word) if word.isdigit() else self.lexicon.numbers.get(word, 0)

    def day_alone(self, match: re.Match[str], published: date | None) -> Read:
        return _day_of_month(int(match["d"]), published), "absolute"

    def numbers(self, match: re.Match[str], published: date | None) -> Read:
        """From one day without a month to another: "between the 25th and the 28th"."""
        end = _day_of_month(int(match["d2"]), published)
        start = _day_of_month(int(match["d"]), end.start) if end else None
        return (Interval(start.start, end.end, Precision.RANGE) if start and end else None), "absolute"

    def duration(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        found = Interval(published - timedelta(days=days), published, Precision.RANGE) if published and 0 < days < 60 else None
        return found, f"duration{days}"

    def stay(self, match: re.Match[str], _: date | None) -> Read:
        """How long a stay lasts: "a call of five days", "a four-day visit"."""
        return None, f"stay{self._days(match)}"

    def weeks_ago(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday so many weeks back: "two weeks ago on Monday", "Monday a week ago"."""
        day, number = _weekday(self.lexicon.weekdays[match["w"]], None, published), self._number(match["n"])
        return (Interval.day(day.start - timedelta(days=7 * number)) if day and day.start and 0 < number < 60 else None), "weekday"

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
    seasons, season = tuple(lexicon.seasons), "|".join(lexicon.seasons)
    part1, part2 = r"(?:(?P<p1>early|mid|late)[ -])?", r"(?:(?P<p2>early|mid|late)[ -])?"
    ordinal_lead = ("on", "of", "since", "until", "by", "and", "from", "to")
    months, weekdays, numbers, between = tuple(lexicon.months), tuple(lexicon.weekdays), tuple(number.split("|")), ("between", "from")
    table: tuple[tuple[tuple[str, ...], str, Callable[[re.Match[str], date | None], Read]], ...] = (
        ((YEAR,), r"(?P<y>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)\b", read.iso),
        ((NUMBER,), r"(?P<d>[0-3]?\d)[./](?P<mm>[01]?\d)[./](?P<y>(?:19|20)\d\d)\b", read.iso),
        ((YEAR,), rf"(?P<y>(?:19|20)\d\d)\s+{month}\s+{day}\b(?!\s*:)", read.one_day),
        ((NUMBER, *between), rf"{lead}{day}\s+{month}{_DASH}{day2}\s+{month2}{year}", read.day_range),
        ((*months, *between), rf"{lead}{month}\s+{day}{_DASH}{month2}\s+{day2}\b{year}", read.day_range),
        ((NUMBER, *between), rf"{lead}(?:the\s+)?{day}{_DASH}(?:the\s+)?{day2}\s+(?:of\s+)?{month}{year}", read.day_range),
        (between, rf"(?:from|between)\s+{part1}{month}(?:,?\s+(?P<y1>(?:19|20)\d\d))?{_DASH}{part2}{month2}(?!\s+\d\d?\b){year}", read.months),
        (months, rf"{month}\s*(?:-|to|through)\s*{month2}(?!\s+\d\d?\b){year}", read.months),
        (("in", "during", "through", "throughout", "over", "spent", "spend"), rf"\w+\s+{month}\s+and\s+{month2}(?!\s+\d\d?\b){year}", read.months),
        (
            tuple(_ORDER),
            rf"(?P<nth>{'|'.join(_ORDER)})\s+(?P<what>{'|'.join(_SPANS)})\s+(?:of|in)\s+"
            rf"(?:{month}{year}|(?P<of>the|this|last|next)\s+(?:mont[h])\b)",
            read.stretch,
        ),
        (
            (*seasons, "last", "this", "next", "in", "all", "over", "during", "through", "throughout", "the", "since"),
            r"(?P<which>last|this|next|in|in the|all|over the|during the|all through the|through the|throughout the|since the|since)"
            rf"\s+(?P<s>{season})\b"
            rf"(?:\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b)?(?!\s+(?!(?:{_BEHIND_SEASON})\b)[a-z])",
            read.season,
        ),
        (seasons, rf"(?P<which>)(?P<s>{season})\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b", read.season),
        ((*months, *between), rf"{lead}{month}\s+{day}{_DASH}{day2}\b{year}", read.day_range),
        (("earlier", "later"), rf"(?P<part>earlier|later)\s+in\s+(?P<m>{_month_words(lexicon)})\b(?!\s+\d){year}", read.so_far),
        (("early", "late"), rf"(?P<part>early|late)\s+in\s+{month}{year}", read.part),
        (months, rf"{month}\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b", read.month_of_year),
        (
            ("early", "mid", "late", "the"),
            rf"(?P<part>early|mid|late|the start of|the beginning of|the middle of|the end of)(?:\s+|-){month}{year}",
            read.part,
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
        (
            months,
            rf"{month}(?P<y>)?(?=\s+(?:saw|found|brought|took|(?:was|is) (?:when|the month)|will (?:see|bring)"
            r"|(?:she|it|they|the \w+) (?:has |had )?spent)\b)",
            read.whole_month,
        ),
        (("last", "next"), rf"(?P<which>last|next)\s+{month}(?!\w|\s+\d)", read.whole_month),
        ((YEAR,), r"(?<=in )(?P<y>(?:19|20)\d\d)\b(?!-)", read.bare_year),
        (weekdays, rf"(?P<w>{week})(?:\s+(?:morning|afternoon|evening|night))?,?\s+\((?P<d>[0-3]?\d){_ORD}\)", read.weekday_day),
        (
            ordinal_lead,
            rf"(?:{'|'.join(ordinal_lead)})\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b"
            rf"(?!\s+(?:of(?!\s+(?:that|the|the same|this) mont[h]\b)|fleet|{_month_words(lexicon)}|[a-z]+\s+(?:ship|fleet|time)))",
            read.day_alone,
        ),
        (
            between,
            rf"(?:between|from)\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th){_DASH}the\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+(?:of|{_month_words(lexicon)}))",
            read.numbers,
        ),
        (("for",), rf"for\s+(?:{_ABOUT}\s+)?(?P<n>a|\d{{1,2}}|{number})\s+(?P<unit>days?|weeks?|hours)\b", read.duration),
        ((NUMBER, *numbers), rf"(?P<n>\d{{1,2}}|{number}) (?P<unit>days|weeks)(?= (?:she|it|they) had\b)", read.duration),
        (
            ("of", "spent", "spend", "spending", "stay", "stayed", "staying", "remained"),
            rf"\w+\s+(?:{_ABOUT}\s+)?(?P<n>a|\d{{1,2}}|{number})\s+(?P<unit>days?|weeks?)\b",
            read.stay,
        ),
        ((NUMBER, *numbers), rf"(?P<n>\d{{1,2}}|{number})[- ](?P<unit>day|week)[- ](?:\w+[- ])?(?:visit|call|stay|stop|stopover|port)\b", read.stay),
        (weekdays, rf"(?P<w>{week})\.?,?\s+(?:the\s+)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b", read.weekday_day),
        (
            (NUMBER, "a", *numbers),
            rf"(?P<n>a|\d{{1,2}}|{number}) (?P<unit>days?|weeks?|hours) "
            r"(?:later|afterwards?|on(?=,)|after that|earlier|before that|before\b(?! (?:the|it|she|he|they)))\b(?! than)",
            read.offset,
        ),
        (
            (NUMBER, "a", *numbers),
            rf"(?P<n>a|\d{{1,2}}|{number}) (?P<unit>days?|weeks?) after(?= (?:{_SETTING_OUT})\b)",
            read.before_that,
        ),
        (
            ("hour", "hours"),
            rf"(?<=24[ -])hours?(?:[ -]period)?,?\s+(?:up\s+)?(?:to|until|till|ending|ended)\s+(?:at\s+)?(?:{_HOUR}\s+)?(?:on\s+)?(?P<w>{week})\b",
            read.hours_to,
        ),
        (
            between,
            rf"(?:between|from)\s+{_HOUR}\s+(?:on\s+)?(?P<w>{week})\s+(?:and|to|until|till)\s+(?:{_HOUR}\s+)?(?:on\s+)?(?P<w2>{week})\b",
            read.hour_to_hour,
        ),
        (tuple(_QUARTERS), rf"(?P<nth>{'|'.join(_QUARTERS)})\s+quarter\s+of\s+(?P<y>(?:19|20)\d\d)\b", read.quarter),
        (tuple(_QUARTERS), rf"(?P<nth>{'|'.join(_QUARTERS)})\s+quarter\s+of\s+(?P<which>last|this|next)\s+year\b", read.quarter),
        (
            ("the", "that"),
            rf"(?P<then>the following|the next|that|the previous|the preceding)\s+(?P<w>{week})\b(?!\s+(?:last|this|of))",
            read.weekday_then,
        ),
        (weekdays, rf"(?P<w>{week})\s+(?:of\s+)?(?P<rel>(?:last|this|next) week|before last)\b", read.weekday_of),
        (
            ("last", "next", "this", "past", "coming", *weekdays),
            rf"(?!(?<=the )sun\b)(?:(?P<which>last|next|this past|this|past|coming)\s+)?(?P<w>{week})\b\.?",
            read.weekday,
        ),
        ((NUMBER, *numbers), rf"(?P<n>\d{{1,3}}|{number}) (?P<unit>days?|weeks?) ago\b", read.ago),
        ((NUMBER, "a", *numbers), rf"(?P<n>a|\d{{1,2}}|{number}) (?P<unit>weeks?) ago (?:on )?(?P<w>{week})\b", read.weeks_ago),
        (weekdays, rf"(?P<w>{week}) (?P<n>a|\d{{1,2}}|{number}) (?P<unit>weeks?) ago\b", read.weeks_ago),
        ((NUMBER, "a", *numbers), rf"(?P<n>a|\d{{1,3}}|{number}) (?P<long>months?|years?) ago\b", read.long_ago),
        (("in",), rf"in (?P<n>a|\d{{1,2}}|{number}) (?P<unit>days?|weeks?)(?: ?['’]? ?time)?\b(?! (?:of|the))", read.ahead),
    )
    return tuple(Pattern(re.compile(rf"\b{pattern}"), frozenset(opens), _needs(pattern), reader) for opens, pattern, reader in table)


def _needs(pattern: str) -> frozenset[str]:
    """What a pattern cannot do without."""
    if "?P<of>" in pattern:
        return frozenset()  # a month by its name or as "the month"
    signs = (
        ("?P<m>", "month"),
        ("?P<w>", "week"),
        ("?P<unit>", "days"),
        ("?P<long>", "long"),
        ("?P<s>", "season"),
        (r"year\b", "year"),
        (r"(?:st|nd|rd|th)\b", "ordinal"),
    )
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


def _month_beside(months: int, published: date | None) -> Interval | None:
    """The month so many months from that of publication."""
    if published is None:
        return None
    index = published.year * 12 + published.month - 1 + months
    return Interval.month(index // 12, index % 12 + 1)


def _season(year: int | None, which: str, first: int, published: date | None) -> Interval | None:
    """Three months from the first on: without a year those that began last, or begin soon."""
    if year is None:
        if published is None:
            return None
        year = published.year - (date(published.year, first, 1) > published + timedelta(days=0 if which == "last" else FUTURE_DAYS))
        if which == "next":
            year += date(year, first, 1) <= published
        elif which == "last" and (_months_from(year, first).end or published) >= published:
            year -= 1
    return _months_from(year, first)


_QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3, "final": 3}


def _months_from(year: int, first: int) -> Interval:
    index = year * 12 + first + 1
    return Interval(date(year, first, 1), Interval.month(index // 12, index % 12 + 1).end, Precision.RANGE)


_SPANS = {"week": 7, "two weeks": 14, "fortnight": 14, "half": 15, "third": 10, "ten days": 10, "few days": 5, "days": 5}
_ORDER = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1, "closing": -1}


def _stretch_of(whole: Interval, nth: str, what: str) -> Interval | None:
    """Some days of a month: "the first week of July", "the second half of May", "the last ten days of June"."""
    if not whole.start or not whole.end:
        return None
    days, order = _SPANS[what], _ORDER[nth]
    if order < 0 or (what == "half" and order == 1):
        begin = whole.start.replace(day=16 if what == "half" else 21 if days == 10 else whole.end.day - days + 1)
        return Interval(begin, whole.end, Precision.PART_OF_MONTH)
    begin = whole.start + timedelta(days=days * order)
    return Interval(begin, min(begin + timedelta(days=days - 1), whole.end), Precision.PART_OF_MONTH) if begin <= whole.end else None


def in_part(whole: Interval, part: str) -> Interval | None:
    """A part of a month: "early", "the middle of"."""
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
        saturday = monday + timedelta(days=5 + 7 * (word.weekend if published.weekday() < 5 or word.weekend > 0 else 0))
        return Interval(saturday, saturday + timedelta(days=1), Precision.RANGE)
    if word.week is not None:
        start = monday + timedelta(weeks=word.week)
        return Interval(published if word.from_today else start, published if word.to_today else start + timedelta(days=6), Precision.RANGE)
    if word.month is not None:
        whole = _month_beside(word.month, published)
    else:
        whole = Interval.year(published.year + (word.year or 0))
    if whole and word.to_today:
        return Interval(whole.start, published, Precision.RANGE)
    return Interval(published, whole.end, Precision.RANGE) if whole and word.from_today else whole


def find_dates(line: Line) -> list[DateMention]:
    """The times named in a sentence, in order."""
    published = line.doc.published
    found = [_relative(f, published) for f in line.found("relative") if not _by_now(line, f)]
    if openers := _openers_of(line):
        found.extend(_fitting(line, openers, published))
    if not _LOOSE.isdisjoint(line.kinds):
        for kind in LOOSE:
            loose = leftmost_longest(line.found(kind))
            found.extend(
                DateMention(
                    f.start, f.end, None, kind, days=_of_a_day(line, f) if kind == "carry" else 0, which="which" in line.lows[f.first : f.last]
                )
                for f in loose
            )
    if found and "place" in line.kinds:
        found = [m for m in found if not any(f.start < m.end < f.end for f in line.found("place"))]  # "Mar del Plata"
    if "since" in line.words:
        found.extend(_since_that(line))
        found = [mention for mention in found if not _of_record(line, mention)]
    return _joined(line.doc.low, leftmost_longest(found), published) if found else found


_CLOSES = frozenset(["", ".", ",", ";", ")"])


def _since_that(line: Line) -> Iterator[DateMention]:
    """A "since" at the end of a clause, which looks back on the day told before: "has not been seen since"."""
    for at, word in enumerate(line.lows):
        if word == "since" and line.low(at + 1) in _CLOSES and line.low(at - 1) not in ("ever", "long"):
            yield DateMention(line.starts[at], line.ends[at], None, "ever_since")


def _relative(found: Found, published: date | None) -> DateMention:
    return DateMention(found.start, found.end, relative(found.data, published), "absolute" if found.data.feast else "relative")


def _by_now(line: Line, found: Found) -> bool:
    """Whether "now" only ends a span that the text leaves open, or gives a reason: "should have reached Busan by now", "now that she is back"."""
    if line.low(found.last - 1) == "now" and line.low(found.last) == "that":
        return True
    return line.low(found.first) == "now" and line.low(found.first - 1) == "by"


def _of_a_day(line: Line, found: Found) -> int:
    """1 where words that carry a date over mean a single day: "that day" and "later in the day", but not "that month"."""
    return int(_WHOLE.isdisjoint(line.lows[found.first : found.last]))


_WHOLE = frozenset(["month", "week", "then", "time", "days", "period", "weekend"])


def _of_record(line: Line, mention: DateMention) -> bool:
    """Whether "since" says how long something had not been: "the first such visit since June", "the largest haul since 2019"."""
    at = line.at_offset(mention.start)
    if mention.kind == "ever_since":
        return line.low(at) == "ever" and line.low(at + 2) not in ("", ".", ",", ";", ")", "and")  # "ever since she was paid off"
    at -= line.low(at) != "since"
    if line.low(at) != "since":
        return False
    begin = next((n + 1 for n in range(at - 1, max(at - 11, -1), -1) if line.low(n) in (",", ";", "and", "but")), max(at - 10, 0))
    return not line.doc.lexicon.sets["records"].isdisjoint(line.lows[begin:at]) and line.doc.lexicon.sets["have"].isdisjoint(line.lows[begin:at])


def _fitting(line: Line, openers: Mapping[str, tuple[Pattern, ...]], published: date | None) -> Iterator[DateMention]:
    """What the patterns find: each is tried where a word stands that can open it, and from left to right its matches don't overlap."""
    low, end, reach = line.doc.low, line.sentence.end, dict[int, int]()
    follows = _behind_number(line.doc.lexicon)
    for at in [at for at, word in enumerate(line.lows) if word in openers or word[0].isdecimal()]:
        start, word = line.starts[at], line.lows[at]
        if word in _SHORT_DAYS and line.texts[at].islower():
            continue  # "sat in Toulon", "they wed"
        numeral = word[0].isdecimal()
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
            if kind in ("offset0", "duration0"):
                continue  # "two hours later"
            if counted := _COUNTED.fullmatch(kind):
                yield DateMention(start, match.end(), interval, counted[1], days=int(counted[2]))
            elif interval is not None or kind == "weekday" or published is None:
                single = kind == "absolute" and interval is not None and interval.start == interval.end  # and not "between the 25th and the 28th"
                alone = _DAY_ALONE.search(match[0]) if single else None
                yield DateMention(start, match.end(), interval, kind, number=int(alone[1]) if alone else 0)


_SHORT_DAYS = frozenset(["sat", "sun", "wed", "mon"])
_COUNTED = re.compile(r"(offset|stay|duration|began)(-?\d+)")
_UNITS, _YEARS, _LONG = frozenset(["day", "days", "week", "weeks", "hours"]), frozenset(["year"]), frozenset(["month", "months", "year", "years"])
_ORDINALS = ("st", "nd", "rd", "th")
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"\d\d?[a-z]{3}")
LOOSE = ("carry", "next_day", "day_before", "ever_since")
"""Kinds of words for a day that only the text around them tells."""
_LOOSE = frozenset(LOOSE)


@lru_cache(maxsize=4)
def _behind_number(lexicon: Lexicon) -> frozenset[str]:
    """The tokens that stand behind the first number of a date."""
    return frozenset((*lexicon.months, *_UNITS, *_LONG, *"-./", "of", "to", "until", "till", "through", "and"))


def _opener(number: str) -> str:
    return YEAR if len(number) == 4 and number.isdecimal() else NUMBER


def _openers_of(line: Line) -> Mapping[str, tuple[Pattern, ...]] | None:
    """What can open a date in a sentence, None where nothing there can."""
    words, lexicon = line.words, line.doc.lexicon
    digits = [word for word in words if word[0].isdecimal()] if _DIGIT.search(line.doc.low, line.sentence.start, line.sentence.end) else []
    signs = _time_words(lexicon)
    there = {need for word in signs.keys() & words for need in signs[word]}
    if not digits and not there:
        return None
    if digits:
        there.add("digit")
        if any(word.endswith(_ORDINALS) for word in digits):
            there.add("ordinal")
        if "month" not in there and any(_GLUED.match(word) for word in digits):
            there.add("month")
    openers = _openers(lexicon, frozenset(there))
    return openers if digits or not words.isdisjoint(openers) else None


@lru_cache(maxsize=4)
def _time_words(lexicon: Lexicon) -> dict[str, list[str]]:
    """The words that a pattern without a number needs one of, and what each of them is to the patterns (`Pattern.needs`)."""
    signs = (
        ("month", lexicon.months),
        ("week", lexicon.weekdays),
        ("days", _UNITS),
        ("year", _YEARS),
        ("long", _LONG),
        ("season", lexicon.seasons),
    )
    needs: dict[str, list[str]] = {}
    for need, words in signs:
        for word in words:
            needs.setdefault(word, []).append(need)
    return needs


def _as_one(low: str, before: DateMention, mention: DateMention) -> DateMention | None:
    """Two neighbours that tell one date: "Monday, 2 December", "between 2 and 5 December". None where each stands for itself."""
    if before.end <= mention.start and _BESIDE.fullmatch(low, before.end, mention.start) and {before.kind, mention.kind} == {"weekday", "absolute"}:
        day, exact = sorted((before, mention), key=lambda m: m.kind != "weekday")
        told, meant = day.interval and day.interval.start, exact.interval and exact.interval.start
        clash = told and meant and told.weekday() != meant.weekday()
        warning = f'"{low[before.start : mention.end]}": weekday and date do not agree; the date is taken' if clash else None
        return DateMention(before.start, mention.end, exact.interval, "absolute", warning)
    if not (before.interval and mention.interval and _spans(low, before, mention)):
        return None
    first, last = before.interval.start, mention.interval.end
    if first and last and first > last and before.kind == mention.kind == "weekday" and (first - last).days < 7:
        first -= timedelta(days=7)  # "from Saturday to Monday", told on a Sunday
    if not (first and last and first <= last):
        return None
    return DateMention(before.start, mention.end, Interval(first, last, Precision.RANGE), "weekday" if before.kind == "weekday" else "absolute")


_UNTIL = ("until ", "till ", "through ")
_OVERNIGHT = len("overnight")
_NIGHT_OF = re.compile(r"\s*(?:from|into|to|on|of|,)?\s*(?:the\s+)?")
_OWN_LEAD = re.compile("since|until")


_TO = re.compile(r"\s*(?:to|until|till|through|-)\s*")
_FROM = ("from ", "night of ", "overnight ", "from early on ", "from late on ")


def _spans(low: str, before: DateMention, mention: DateMention) -> bool:
    """Whether two days are the ends of one span: "between Monday and Friday", "from Monday to Friday", "Monday through Friday"."""
    if _AND.fullmatch(low, before.end, mention.start):
        return low.endswith("between ", 0, before.start) or (low.endswith("on ", 0, before.start) and _next_to(before, mention))
    if not (to := _TO.fullmatch(low, before.end, mention.start)):
        return False
    weekdays = before.kind == mention.kind == "weekday" and to[0].strip() in ("-", "through")
    return weekdays or low.endswith(_FROM, 0, before.start)


def _next_to(before: DateMention, mention: DateMention) -> bool:
    """Whether two weekdays follow one another: "on Monday and Tuesday"."""
    one, other = before.interval and before.interval.end, mention.interval and mention.interval.start
    return before.kind == mention.kind == "weekday" and bool(one and other and (other - one).days in (1, -6))


def _joined(low: str, found: list[DateMention], published: date | None) -> list[DateMention]:
    """Weekday and date told together are one; "since" and "until" open a range towards publication; "between A and B" spans both."""
    out: list[DateMention] = []
    for mention in found:
        before = low[max(0, mention.start - 9) : mention.start]
        before = f"{own[0]} " if (own := _OWN_LEAD.match(low, mention.start, mention.end)) else before
        if out and (one := _as_one(low, out[-1], mention)):
            out[-1] = one
            continue
        if (
            out
            and out[-1].end - out[-1].start == _OVERNIGHT
            and low.endswith("overnight", 0, out[-1].end)
            and _NIGHT_OF.fullmatch(low, out[-1].end, mention.start)
        ):
            out.pop()  # "overnight from Monday to Tuesday", "overnight into Tuesday"
            before = low[max(0, mention.start - 9) : mention.start]
        mention = _narrowed(low, mention, out[-1] if out else None)
        if before.endswith("since ") and published:
            mention = _in_the_past(mention, published)
        if mention.interval and mention.interval.start and published and before.endswith("since ") and mention.interval.start <= published:
            since = Interval(mention.interval.start, published, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, since, mention.kind, bare=mention.interval)
        elif before.endswith(_UNTIL) and (begun := _begun(low, out, mention)):
            out[begun[0]] = begun[1]
            continue
        elif mention.interval and mention.interval.end and published and before.endswith(_UNTIL) and mention.interval.end > published:
            until = Interval(published, mention.interval.end, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, until, mention.kind, bare=mention.interval)
        out.append(mention)
    return out


_NEW_CLAUSE = (" will ", "while ", "whereas ", ";", " but ")
"""They part two days of one sentence: "leaves on Monday, while the others stay until Tuesday"."""


def _begun(low: str, out: list[DateMention], mention: DateMention) -> tuple[int, DateMention] | None:
    """The day told before that a day behind "until" ends, and its place among the days: "from the 1st until the 6th"."""
    at = next((n for n in range(len(out) - 1, -1, -1) if out[n].kind not in ("stay", "duration")), None)
    start = out[at].interval if at is not None else None
    if at is None or start is None or start.start is None or mention.interval is None or mention.interval.end is None:
        return None
    one = out[at]
    between = low[one.end : mention.start]
    if not 0 < (mention.interval.end - start.start).days < 40 or any(map(between.__contains__, _NEW_CLAUSE)):
        return None
    return at, replace(one, interval=Interval(start.start, mention.interval.end, Precision.RANGE), bare=start)


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


def _first_from(start: date, day: int) -> Interval | None:
    """The first day of a number on or after a day, None where that month is too short: "on 16 August … until the 18th"."""
    month = start.year * 12 + start.month - 1 + (day < start.day)
    return _exact(month // 12, month % 12 + 1, day)


_NIGHT_TO = ("night to ", "night into ", "overnight to ", "overnight into ", "night leading to ", "night going into ", "night before ")
"""They open a night that ends on the day behind them: "in the night to Tuesday"."""
_WEEK_OF = ("week of ", "week of the ", "week beginning ", "week starting ")
_YEAR_BEHIND = re.compile(r",?\s+((?:19|20)\d\d)\b")
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
    if whole and whole.start and whole.start == whole.end and low.endswith(_WEEK_OF, 0, mention.start):
        monday = whole.start - timedelta(days=whole.start.weekday())
        return replace(mention, interval=Interval(monday, monday + timedelta(days=6), Precision.RANGE))
    if whole and whole.start and whole.start == whole.end and low.endswith(_NIGHT_TO, 0, mention.start):
        return replace(mention, interval=Interval(whole.start - timedelta(days=1), whole.start, Precision.RANGE))
    worded = mention.kind in ("relative", "absolute") and not _DIGIT.search(low, mention.start, mention.end)
    if worded and whole and whole.start and (year := _YEAR_BEHIND.match(low, mention.end)) and whole.start == whole.end:
        return replace(mention, end=year.end(), interval=_exact(int(year[1]), whole.start.month, whole.start.day), kind="absolute")
    if whole and whole.precision is Precision.MONTH and mention.kind == "relative":
        words = low[max(0, mention.start - 14) : mention.start].rstrip()
        part = next((part for word, part in _PARTS if words.endswith(word)), None)
        return replace(mention, interval=in_part(whole, part)) if part else mention
    day = _DAY_ALONE.search(low, mention.start, mention.end)
    month = last.interval if last else None
    if day and whole and month and last and last.kind == "absolute" and month.precision is Precision.DAY and month.start:
        return replace(mention, interval=_first_from(month.start, int(day[1])) or whole)
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


_THAT_YEAR = re.compile(r",?\s+(?:of\s+|in\s+)?(?:that|the same) yea[r]\b")
_OF = re.compile(r"\s+of\s+")


def of_that_time(low: str, mentions: list[DateMention], last: Interval | None, year: int | None) -> list[DateMention]:
    """The times of a sentence, those of a month or year told before it: "on the 20th of that month", "May 8 of that year"."""
    if not mentions or not (" that " in low or " the same " in low):
        return mentions
    out: list[DateMention] = []
    for mention in mentions:
        if out and mention.kind == "carry" and low.endswith("month", 0, mention.end) and _OF.fullmatch(low, out[-1].end, mention.start):
            month = next((d.interval for d in reversed(out[:-1]) if d.interval), last)
            found = _exact(month.start.year, month.start.month, out[-1].number) if out[-1].number and month and month.start else None
            if found:
                out[-1] = replace(out[-1], end=mention.end, interval=found, number=0)
                continue
        start, end = (mention.interval.start, mention.interval.end) if mention.interval else (None, None)
        if mention.interval and start and end:
            that = _THAT_YEAR.match(low, mention.end) if mention.kind == "absolute" else None
            if that and year and start.year - _YEARS_BACK < year < start.year:
                begin, until = (_in_year(day, day.year + year - start.year) for day in (start, end))
                mention = replace(mention, end=that.end(), interval=replace(mention.interval, start=begin, end=until))
            else:
                year = start.year
        out.append(mention)
    return out


_YEARS_BACK = 60


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


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
