"""Stage 2, dates: absolute, relative, ranges, weekdays; each becomes an interval that keeps the precision it was told with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.domain.kinds import Precision
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.calendar_days import NUMBER, YEAR, day_told, exact_day, in_part, month_beside
from tracker.extract.date_patterns import Pattern, patterns
from tracker.extract.figured_days import figured_days
from tracker.extract.line import Found, Line
from tracker.extract.spans import leftmost_longest
from tracker.extract.until import ends_span
from tracker.gazetteer.lexicon import Lexicon, Relative

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


_BESIDE, _AND = re.compile(r",?\s*\(?(?:the\s+)?"), re.compile(r"\s+and\s+")
_OR = re.compile(r"\s+or\s+(?:(?:early|late)\s+)?(?:on\s+)?")
_DAYS_ALONE = re.compile(
    r"(?:between|from|of)\s+(?:the\s+)?([0-3]?\d)(?:st|nd|rd|th)?\s+(?:and|to|on|until|till|through)\s+(?:the\s+)?([0-3]?\d)(?:st|nd|rd|th)?"
)
_DAY_ALONE = re.compile(
    r"\b(?:(?:the|on|of|this|day|next|past|coming)\s+([0-3]?\d)(?:st|nd|rd|th)|(?:the|day|next|past|coming)\s+([0-3]?\d))$|^([0-3]?\d)(?:st|nd|rd|th)?\s+of\s+the\s+month$"
)


@lru_cache(maxsize=128)
def _openers(lexicon: Lexicon, there: frozenset[str]) -> dict[str, tuple[Pattern, ...]]:
    """For a sentence that holds so much: a word, YEAR or NUMBER, and the patterns whose match can begin with it, in their order."""
    table = [p for p in patterns(lexicon) if p.needs <= there]
    return {word: tuple(p for p in table if word in p.opens) for word in {word for p in table for word in p.opens}}


def relative(word: Relative, published: date | None) -> Interval | None:
    """The interval of a relative word, or None without a publication date."""
    if published is None:
        return None
    if word.feast:
        return day_told(None, *word.feast, published)
    if word.days:
        first, last = (published + timedelta(days=d) for d in word.days)
        return Interval(first, last, Precision.DAY if first == last else Precision.RANGE)
    monday = published - timedelta(days=published.weekday())
    if word.weekend is not None:
        saturday = monday + timedelta(days=5 + 7 * (word.weekend if published.weekday() < 5 or word.weekend > 0 else min(word.weekend + 1, 0)))
        return Interval(saturday, saturday + timedelta(days=1), Precision.RANGE)
    if word.week is not None:
        start = monday + timedelta(weeks=word.week, days=4 * word.late)
        if word.late:
            return Interval(max(start, published), start + timedelta(days=2), Precision.RANGE)
        return Interval(published if word.from_today else start, published if word.to_today else start + timedelta(days=6), Precision.RANGE)
    if word.month is not None:
        whole = month_beside(word.month, published)
    else:
        whole = Interval.year(published.year + (word.year or 0))
    if whole and word.to_today:
        return Interval(whole.start, published, Precision.RANGE)
    return Interval(published, whole.end, Precision.RANGE) if whole and word.from_today else whole


def find_dates(line: Line) -> list[DateMention]:
    """The times named in a sentence, in order."""
    published = line.doc.published
    found = [_relative(f, published) for f in line.found("relative") if not _by_now(line, f) and not _of_named_days(line, f)]
    if "/" in line.words:
        found.extend(DateMention(start, end, Interval.day(day), "absolute") for start, end, day in figured_days(line))
    if openers := _openers_of(line):
        found.extend(_fitting(line, openers, published))
    if not _LOOSE.isdisjoint(line.kinds):
        for kind in LOOSE:
            loose = [f for f in leftmost_longest(line.found(kind)) if not _of_clause(line, f)]
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
    found = _joined(line.doc.low, leftmost_longest(found), published) if found else found
    return [_with_article(line, m) for m in found] if "of" in line.words else found


_NTH_OF = re.compile(r"\d{1,2}(?:st|nd|rd|th) of\b")


def _with_article(line: Line, mention: DateMention) -> DateMention:
    """A day with the article in front of it: "on the 16th of July"."""
    low = line.doc.low
    if mention.start < 4 or low[mention.start - 4 : mention.start] != "the " or not _NTH_OF.match(low, mention.start):
        return mention
    return changed(mention, start=mention.start - 4)


_CLOSES = frozenset(["", ".", ",", ";", ")"])


def _since_that(line: Line) -> Iterator[DateMention]:
    """A "since" at the end of a clause, which looks back on the day told before: "has not been seen since"."""
    for at, word in enumerate(line.lows):
        if word == "since" and line.low(at + 1) in _CLOSES and line.low(at - 1) not in ("ever", "long"):
            yield DateMention(line.starts[at], line.ends[at], None, "ever_since")


def _relative(found: Found, published: date | None) -> DateMention:
    return DateMention(found.start, found.end, relative(found.data, published), "absolute" if found.data.feast else "relative")


def _of_named_days(line: Line, found: Found) -> bool:
    """Whether a week is told by its days, or by the one behind it: "over the weekend of 7-8 December", "spent the week before off Crete"."""
    if line.low(found.first) in _SPENT and line.low(found.last) in ("before", "previous", "preceding"):
        return True
    if line.low(found.last) != "of" or line.low(found.last - 1) != "weekend":
        return False
    behind = line.low(found.last + 1 + (line.low(found.last + 1) == "the"))
    return behind[:1].isdecimal() or behind in line.doc.lexicon.months


_SPENT = frozenset(["spent", "spending", "spend"])


def _by_now(line: Line, found: Found) -> bool:
    """Whether "now" only ends a span that the text leaves open, or gives a reason: "should have reached Busan by now", "now that she is back"."""
    if line.low(found.last - 1) == "now" and (line.low(found.last) == "that" or line.low(found.first - 1) in _UNITS):
        return True  # "for a week now" lasts up to today
    if line.low(found.first) != "now" or line.low(found.first - 1) != "by":
        return False
    return (
        _ARE.isdisjoint(line.lows[max(found.first - 2, 0) : found.last + 2]) or line.low(found.last + 2) in _NOT_YET
    )  # but "by now she is off Malta"


_ARE, _NOT_YET = frozenset(["is", "are"]), frozenset(["expected", "due", "to", "likely", "supposed", "thought", "believed"])


def _of_a_day(line: Line, found: Found) -> int:
    """1 where words that carry a date over mean a single day: "that day" and "later in the day", but not "that month"."""
    return int(_WHOLE.isdisjoint(line.lows[found.first : found.last]))


def _of_clause(line: Line, found: Found) -> bool:
    """Whether "on the day" opens a clause that says which day: "got there on the day the other sailed"."""
    if line.lows[found.first : found.last] not in (["on", "the", "day"], ["the", "day"], ["on", "that", "day"]):
        return False
    cleft = line.low(found.last) == "that" and line.lows[found.first - 2 : found.first] in (["it", "was"], ["was", "it"])
    return line.low(found.last) in _OPENS_CLAUSE and not cleft  # but "It was on that day that she sailed"


_OPENS_CLAUSE = frozenset(["the", "that", "she", "it", "they", "he", "when", "her", "its", "a"])
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
    low, end = line.doc.low, line.sentence.end
    reach: dict[int, int] = {}
    follows = _behind_number(line.doc.lexicon)
    for at in sorted({*line.where(openers.keys()), *line.numerals}):
        start, word = line.starts[at], line.lows[at]
        if word in _SHORT_DAYS and line.texts[at].islower():
            continue  # "sat in Toulon", "they wed"
        numeral = word[0].isdecimal()
        if not numeral and word not in openers:
            continue  # no digit that counts: "²"
        bare = numeral and len(word) < 4 and line.low(at + 1) not in follows and (word.isdecimal() or word.endswith(_ORDINALS))
        if bare and not (line.low(at + 1) == "," and line.low(at + 2).isdecimal() and line.low(at + 3) in ("and", ",")):
            continue  # "(DDG 115)": no month and no unit follows, as one does of "3, 4 and 5 December"
        for pattern in openers.get(_opener(word) if numeral else word, ()):
            match = pattern.regex.match(low, start, end)
            if match is None or start < reach.get(id(pattern), 0):
                continue
            reach[id(pattern)] = match.end()
            if word != "on" and _DAY_ALONE.search(match[0]) and _numbers_unit(line, match.end()):
                continue  # "a P-3C of the 5th Air Group"
            interval, kind = pattern.read(match, published)
            if kind in ("offset0", "duration0"):
                continue  # "two hours later"
            if counted := _COUNTED.fullmatch(kind):
                yield DateMention(start, match.end(), interval, counted[1], days=int(counted[2]))
            elif interval is not None or kind == "weekday" or published is None:
                single = kind == "absolute" and interval is not None and interval.start == interval.end  # and not "between the 25th and the 28th"
                alone = _DAY_ALONE.search(match[0]) if single else None
                yield DateMention(start, match.end(), interval, kind, number=int(alone[1] or alone[2] or alone[3]) if alone else 0)


def _numbers_unit(line: Line, end: int) -> bool:
    """Whether an ordinal numbers what is told behind it in capitals: "of the 5th Air Group", but not "on the morning of the 5th HMS Kent left"."""
    at = line.at_offset(end)
    return line.text(at)[:1].isupper() and not line.begins(_SHIPS, at)


_SHIPS = frozenset(["vessel", "prefix"])
_SHORT_DAYS = frozenset(["sat", "sun", "wed", "mon"])
_COUNTED = re.compile(r"(offset|stay|duration|began|following|week_then|month_then|weekend_then|month_named|day_then|month_off)(-?\d+)")
_UNITS, _YEARS, _LONG = (
    frozenset(["day", "days", "week", "weeks", "hours", "nights", "night", "fortnight"]),
    frozenset(["year"]),
    frozenset(["month", "months", "year", "years"]),
)
_ORDINALS = ("st", "nd", "rd", "th")
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(r"\d\d?(?:\d{4}z?)?[a-z]{3}")
LOOSE = ("carry", "next_day", "day_before", "ever_since")
"""Kinds of words for a day that only the text around them tells."""
_LOOSE = frozenset(LOOSE)


@lru_cache(maxsize=4)
def _behind_number(lexicon: Lexicon) -> frozenset[str]:
    """The tokens that stand behind the first number of a date."""
    return frozenset((*lexicon.months, *_UNITS, *_LONG, *_ORDINALS, *"-./", "of", "to", "or", "until", "till", "through", "and"))


def _opener(number: str) -> str:
    return YEAR if len(number) == 4 and number.isdecimal() else NUMBER


def _openers_of(line: Line) -> Mapping[str, tuple[Pattern, ...]] | None:
    """What can open a date in a sentence, None where nothing there can."""
    words, lexicon = line.words, line.doc.lexicon
    digits = [line.lows[at] for at in line.numerals if line.lows[at][0].isdecimal()]
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
    return openers if digits or not openers.keys().isdisjoint(words) else None


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
        ("span", ("week", "month", "weekend")),
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
        if before is day and (ranged := _range_meant(before, exact.interval)):
            return DateMention(before.start, mention.end, ranged, "absolute", warning, bare=exact.interval)
        return DateMention(before.start, mention.end, exact.interval, "absolute", warning)
    if together := _in_told_year(low, before, mention):
        return together
    if mention.kind == "weekday" and before.kind in _WEEKDAY_BESIDE and _ON_WEEKDAY.fullmatch(low, before.end, max(before.end, mention.start)):
        back = before.kind == "day_before" or before.days < 0
        return replace(mention, start=before.start, kind="weekday_before" if back else "weekday_then")  # "two days later, on Thursday"
    beside = before.end <= mention.start and _BESIDE.fullmatch(low, before.end, mention.start)
    if beside and mention.kind == "absolute" and low[before.start : before.end] in _SAYS_WHEN and _is_day(before) and _is_day(mention):
        return DateMention(before.start, mention.end, mention.interval, "absolute")  # "yesterday, 2 May"
    if not (before.interval and mention.interval and _spans(low, before, mention)):
        return None
    first, last = before.interval.start, mention.interval.end
    if first and last and first > last and before.kind == mention.kind == "weekday" and (first - last).days < 7:
        first -= timedelta(days=7)  # "from Saturday to Monday", told on a Sunday
    if not (first and last and first <= last):
        return None
    return DateMention(before.start, mention.end, Interval(first, last, Precision.RANGE), "weekday" if before.kind == "weekday" else "absolute")


_SAYS_WHEN = frozenset(["yesterday", "tomorrow"])


_WEEKDAY_BESIDE = frozenset(["offset", "next_day", "day_before"])
_ON_WEEKDAY = re.compile(r",? (?:on )?|,? \(")


def _is_day(mention: DateMention) -> bool:
    """Whether a date tells one day."""
    return mention.interval is not None and mention.interval.precision is Precision.DAY


def _range_meant(day: DateMention, exact: Interval | None) -> Interval | None:
    """The range that "since" or "until" opens with a weekday whose date stands behind it: "until Friday (Sept. 1)", "since Friday (Dec. 16)"."""
    if day.interval is None or day.bare is None or exact is None:
        return None
    start, end = (exact.start, day.interval.end) if day.interval.start == day.bare.start else (day.interval.start, exact.end)
    return Interval(start, end, Precision.RANGE) if start and end and start < end else None


_OF_YEAR = re.compile(r"\s*,?\s*(?:in\s+)?")


def _in_told_year(low: str, before: DateMention, mention: DateMention) -> DateMention | None:
    """A month or day beside words for a year: "a year ago, in August", "in May two years ago", "last year in May"."""
    if before.end > mention.start or not _OF_YEAR.fullmatch(low, before.end, mention.start):
        return None
    year, part = sorted((before, mention), key=lambda m: m.kind != "relative")
    whole, told = year.interval, part.interval
    if year.kind != "relative" or part.kind != "absolute" or not (whole and whole.start and told and told.start and told.end):
        return None
    if whole.precision is not Precision.YEAR or told.precision is Precision.YEAR or _YEAR_TOLD.search(low, part.start, part.end):
        return None
    back = whole.start.year - told.start.year
    moved = replace(told, start=_in_year(told.start, told.start.year + back), end=_in_year(told.end, told.end.year + back))
    return DateMention(before.start, mention.end, moved, "absolute")


_YEAR_TOLD = re.compile(r"(?:19|20)\d\d|year")
_OVERNIGHT = len("overnight")
_NIGHT_OF = re.compile(r"\s*(?:from|into|to|on|of|,)?\s*(?:the\s+)?")
_OWN_LEAD = re.compile("since|until")


_TO = re.compile(r"\s*(?:to|until|till|through|-)\s*")
_FROM = ("from ", "night of ", "overnight ", "from early on ", "from late on ")


_TOLD_OF_DAYS = re.compile(r"\s+(?:were|was|saw|had|have|found|brought|will)\b")  # "Monday and Tuesday were spent off Crete"


def _spans(low: str, before: DateMention, mention: DateMention) -> bool:
    """Whether two days are the ends of one span: "between Monday and Friday", "from Monday to Friday", "Monday through Friday"."""
    if _AND.fullmatch(low, before.end, mention.start):
        led = low.endswith(("on ", "both "), 0, before.start) or _TOLD_OF_DAYS.match(low, mention.end) is not None
        return low.endswith("between ", 0, before.start) or (led and _next_to(before, mention))
    if _OR.fullmatch(low, before.end, mention.start):
        return _next_to(before, mention)
    if not (to := _TO.fullmatch(low, before.end, mention.start)):
        return False
    weekdays = before.kind == mention.kind == "weekday" and (to[0].strip() in ("-", "through") or _DAY_ENDS.match(low, mention.end) is not None)
    return weekdays or low.endswith(_FROM, 0, before.start)


_DAY_ENDS = re.compile(r"[.,;)]|$|\s+(?:in|at|off|near)\b")


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
            told = one.interval
            if (
                told
                and told.end
                and told.precision is Precision.DAY
                and published
                and told.end > published
                and ends_span(low, one.start, through=True)
            ):
                one = replace(one, interval=Interval(published, told.end, Precision.RANGE), bare=told)  # "will stay until Friday (Sept. 1)"
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
        if out and (one := _day_to_day(low, out[-1], mention)):
            out[-1] = one
            continue
        if out and out[-1].kind == "carry" and mention.interval and _ALL_DAY.fullmatch(low, out[-1].start, max(mention.start, out[-1].start)):
            out.pop()  # "all day Monday"
        mention = _narrowed(low, mention, out[-1] if out else None)
        if (counted := _counted_to(low, mention)) is not None:
            while out and out[-1].end > counted.start:
                out.pop()  # "the day before" of "the day before 4 December"
            mention = counted
        if out and _within(low, out[-1], mention):
            out.pop()
        if before.endswith("since ") and published:
            mention = _in_the_past(mention, published)
        if mention.interval and mention.interval.start and published and before.endswith("since ") and mention.interval.start <= published:
            since = Interval(mention.interval.start, published, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, since, mention.kind, bare=mention.interval)
        elif (until := before == "until " or ends_span(low, mention.start, through=True)) and (begun := _begun(low, out, mention)):
            out[begun[0]] = begun[1]
            continue
        elif until and mention.interval and mention.interval.end and published and mention.interval.end > published:
            stay = Interval(published, mention.interval.end, Precision.RANGE)
            mention = DateMention(mention.start, mention.end, stay, mention.kind, bare=mention.interval)
        out.append(mention)
    return out


_HOUR_LED = r"(?:(?:late|early|the (?:night|morning|evening) of)\s+(?:on\s+)?)?"
_OPENS_SPAN = re.compile(rf"(?:from|between)\s+{_HOUR_LED}$")
_SPANS_TO = re.compile(rf"(?:\s+(?:night|morning|evening|afternoon))?\)?\s+(?:to|through|until|till|and)\s+{_HOUR_LED}")
_SPANS_BACK = 24
_LONGEST_TOLD = 40


def _day_to_day(low: str, first: DateMention, last: DateMention) -> DateMention | None:
    """The span between days told twice or with an hour: "from Wednesday (July 1) to Thursday (July 2)", "from late Monday to Tuesday"."""
    start, end = first.interval, last.interval
    if not (start and end and start.start and end.start and start.start == start.end and end.start == end.end):
        return None
    if not 0 < (end.start - start.start).days < _LONGEST_TOLD or not _SPANS_TO.fullmatch(low, first.end, last.start):
        return None
    at = first.start + len("between ") if low.startswith(("from ", "between "), first.start) else first.start
    opens = _OPENS_SPAN.search(low, max(at - _SPANS_BACK, 0), at) or low.startswith(("from ", "between "), first.start)
    return replace(first, end=last.end, interval=Interval(start.start, end.end, Precision.RANGE), kind="absolute") if opens else None


_ALL_DAY = re.compile(r"all day(?: on)? |all night(?: on)? |throughout the day (?:on )?")
_TO_A_DAY = re.compile(
    r"(?:\b(?P<n>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|the) (?P<unit>day|week|night)s?|\b(?:the )?(?P<eve>eve)) "
    r"(?P<way>before|after|ahead of|prior to|following|of|ending|to)(?: on)?(?: the)? $"
)
_COUNTS = {
    "a": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_BEFORE_A_DAY = 40
_WEEK_DAYS = 7


def _counted_to(low: str, mention: DateMention) -> DateMention | None:
    """A day counted from the one told behind it: "two days before 4 December", "the day after Christmas", "the week ending 8 December"."""
    day = mention.interval.start if mention.kind == "absolute" and _is_day(mention) and mention.interval else None
    told = _TO_A_DAY.search(low, max(mention.start - _BEFORE_A_DAY, 0), mention.start) if day else None
    if day is None or told is None:
        return None
    way, unit, number = told["way"], told["unit"], told["n"]
    if way in ("of", "ending", "to"):
        if told["eve"] and way == "of":
            return replace(mention, start=told.start(), interval=Interval.day(day - timedelta(days=1)))
        ends = unit == "week" and number == "the" and way != "of"
        return replace(mention, start=told.start(), interval=Interval(day - timedelta(days=6), day, Precision.RANGE)) if ends else None
    back = way in ("before", "ahead of", "prior to")
    if told["eve"]:
        return None
    if number == "the" and low.startswith("s ", told.end("unit")):
        return replace(mention, start=told.start(), interval=None)  # "in the days before 4 December" tells no day
    days = (_WEEK_DAYS if unit == "week" else 1) * (_COUNTS.get(number) or int(number))
    step = timedelta(days=-days if back else days)
    if number == "the" and days > 1:
        first, last = sorted((day + step, day + timedelta(days=-1 if back else 1)))
        return replace(mention, start=told.start(), interval=Interval(first, last, Precision.RANGE))  # "in the week before 4 December"
    return replace(mention, start=told.start(), interval=Interval.day(day + step))


_FINER = re.compile(r"\s*,?\s*(?:on|from|between)?\s*(?:the\s+)?")


def _within(low: str, week: DateMention, mention: DateMention) -> bool:
    """Whether days told right behind a week are those meant: "visits Palau this week, from the 17th to the 19th"."""
    whole, told = week.interval, mention.interval
    if week.kind != "relative" or mention.kind not in ("absolute", "weekday") or not _FINER.fullmatch(low, week.end, max(week.end, mention.start)):
        return False
    if not (whole and told and whole.start and whole.end and told.start and told.end and "week" in low[week.start : week.end]):
        return False
    return 0 < (whole.end - whole.start).days <= _WEEK and told.end - told.start < whole.end - whole.start


_WEEK = 7
_NEW_CLAUSE = (" will ", " did not ", "while ", "whereas ", ";", " but ", ", then ", " put off ", "postponed", "delayed", " has ", " have ")
"""They part two days of one sentence: "leaves on Monday, while the others stay until Tuesday"."""


_OTHERS_STAY = re.compile(
    r" and (?!(?:then|also|still|she|it|they|both|so)\b)(?!(?:stays?|remains?|lies?|is|are) )"
    r"(?:[^\s,;.]+ ){1,6}(?:(?<!to )(?:stay|remain)s?|lies|(?:is|are)(?! to)) "
)
"""Who else stays until the second: "HMS Kent leaves on Friday, and HMS Tyne stays until Monday"."""


def _begun(low: str, out: list[DateMention], mention: DateMention) -> tuple[int, DateMention] | None:
    """The day told before that a day behind "until" ends, and its place among the days: "from the 1st until the 6th"."""
    at = next((n for n in range(len(out) - 1, -1, -1) if out[n].kind not in ("stay", "duration")), None)
    start = out[at].interval if at is not None else None
    if at is None or start is None or start.start is None or mention.interval is None or mention.interval.end is None:
        return None
    one = out[at]
    between = low[one.end : mention.start]
    if not 0 < (mention.interval.end - start.start).days < 40 or any(map(between.__contains__, _NEW_CLAUSE)) or _OTHERS_STAY.search(between):
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
    return exact_day(month // 12, month % 12 + 1, day)


_NIGHT_TO = ("night to ", "night into ", "overnight to ", "overnight into ", "night leading to ", "night going into ", "night before ")
"""They open a night that ends on the day behind them: "in the night to Tuesday"."""
_WEEKEND_OF = ("weekend of ", "weekend of the ")
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
    if whole and whole.start and whole.start == whole.end and whole.start.weekday() > 4 and low.endswith(_WEEKEND_OF, 0, mention.start):
        saturday = whole.start - timedelta(days=whole.start.weekday() - 5)
        return replace(mention, interval=Interval(saturday, saturday + timedelta(days=1), Precision.RANGE))
    if whole and whole.start and whole.start == whole.end and low.endswith(_NIGHT_TO, 0, mention.start):
        return replace(mention, interval=Interval(whole.start - timedelta(days=1), whole.start, Precision.RANGE))
    worded = mention.kind in ("relative", "absolute") and not _DIGIT.search(low, mention.start, mention.end)
    if worded and whole and whole.start and (year := _YEAR_BEHIND.match(low, mention.end)) and whole.start == whole.end:
        return replace(mention, end=year.end(), interval=exact_day(int(year[1]), whole.start.month, whole.start.day), kind="absolute")
    if whole and whole.precision is Precision.MONTH and mention.kind == "relative":
        words = low[max(0, mention.start - 14) : mention.start].rstrip()
        part = next((part for word, part in _PARTS if words.endswith(word)), None)
        return replace(mention, interval=in_part(whole, part)) if part else mention
    month = last.interval if last else None
    if (both := _DAYS_ALONE.fullmatch(low, mention.start, mention.end)) and whole and last and month and mention.start - last.end < _NEAR_MONTH:
        return replace(mention, interval=_from_to(month, int(both[1]), int(both[2])) or whole) if month.precision is Precision.MONTH else mention
    day = _DAY_ALONE.search(low, mention.start, mention.end)
    if day and whole and month and last and last.kind == "absolute" and month.precision is Precision.DAY and month.start:
        return replace(mention, interval=_first_from(month.start, int(day[1])) or whole)
    if day and whole and month and month.start and month.precision is Precision.MONTH and mention.start - (last.end if last else 0) < 80:
        told = int(day[1])
        return replace(mention, interval=Interval.day(month.start.replace(day=told))) if told <= 28 else mention
    return mention


_NEAR_MONTH = 80


def _from_to(month: Interval, first: int, last: int) -> Interval | None:
    """From one day of a month to another, or to one of the month behind it."""
    if month.start is None or month.end is None:
        return None
    start = exact_day(month.start.year, month.start.month, first)
    end = _first_from(start.start, last) if start and start.start else None
    return Interval(start.start, end.end, Precision.RANGE) if start and end else None


_FAR = timedelta(days=330)
"""A day without a month is told of a month that lies no further back than this."""


def in_month(low: str, mentions: list[DateMention], last: Interval | None, published: date | None) -> list[DateMention]:
    """The times of a sentence, a day without a month in the month told before it: "entered Kiel on 3 October and left on the 5th"."""
    if published is None or not mentions or not any(m.number or _DAYS_ALONE.fullmatch(low, m.start, m.end) for m in mentions):
        return mentions
    out: list[DateMention] = []
    for mention in mentions:
        back = any(map(low[max(mention.start - 40, 0) : mention.start].__contains__, _BACK))
        both = _DAYS_ALONE.fullmatch(low, mention.start, mention.end)
        if both and last and last.precision in (Precision.MONTH, Precision.PART_OF_MONTH, Precision.DAY) and last.start and last.start <= published:
            month = last if last.precision is Precision.MONTH else Interval.month(last.start.year, last.start.month)
            told = _from_to(month, int(both[1]), int(both[2]))
            out.append(replace(mention, interval=told) if told and told.end and told.end <= published else mention)
            last = out[-1].interval or last
            continue
        found = _day_behind(last, mention.number, published, back=back) if mention.number and last else None
        out.append(replace(mention, interval=found) if found else mention)
        last = out[-1].bare or out[-1].interval or last
    return out


_THAT_YEAR = re.compile(r",?\s+(?:of\s+|in\s+)?(?:that|the same) yea[r]\b")
_OF = re.compile(r"\s+of\s+")


def of_that_time(low: str, mentions: list[DateMention], last: Interval | None, year: int | None) -> list[DateMention]:
    """The times of a sentence, those of a month or year told before it: "on the 20th of that month", "May 8 of that year"."""
    out: list[DateMention] = []
    for mention in mentions:
        if out and mention.kind == "carry" and low.endswith("month", 0, mention.end) and _OF.fullmatch(low, out[-1].end, mention.start):
            month = next((d.interval for d in reversed(out[:-1]) if d.interval), last)
            found = exact_day(month.start.year, month.start.month, out[-1].number) if out[-1].number and month and month.start else None
            if found:
                out[-1] = replace(out[-1], end=mention.end, interval=found, number=0)
                continue
        start, end = (mention.interval.start, mention.interval.end) if mention.interval else (None, None)
        if mention.interval and start and end:
            that = _THAT_YEAR.match(low, mention.end) if mention.kind == "absolute" else None
            if that and (told := _year_told_before(low, mention.start)):
                year = told
            if that and year and start.year - _YEARS_BACK < year < start.year:
                begin, until = (_in_year(day, day.year + year - start.year) for day in (start, end))
                mention = replace(mention, end=that.end(), interval=replace(mention.interval, start=begin, end=until))
            else:
                year = start.year
        out.append(mention)
    return out


_YEARS_BACK = 60
_YEAR_CHARS = 160


def _year_told_before(low: str, at: int) -> int | None:
    """The year that was told last in the words in front, if only of a thing: "in the 2022 series …, which on 2 July of that year lay in Rota"."""
    told = _LONG_YEAR.findall(low, max(at - _YEAR_CHARS, 0), at)
    return int(told[-1]) if told else None


_SOON_AFTER, _LATELY = timedelta(days=125), timedelta(days=60)
_LONG_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLIER_TIME = frozenset(["last", "first", "previous", "previously", "earlier", "before", "since", "commissioned", "built", "launched"])


def _not_news(line: Line, whole: Interval, published: date) -> bool:
    """Whether a time without a year is hardly of these weeks: long ago, or ahead where nothing is planned."""
    if whole.start and whole.start > published:
        return line.words.isdisjoint(_PLANNED)
    return bool(whole.end and published - whole.end > _LATELY)


_CAPTION_DAY = re.compile(r"[A-Z][A-Z .,'’-]+[^()\n]{0,40}\((?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?),? (?:19|20)\d\d\)")


def _under_caption(line: Line) -> bool:
    """Whether the paragraph opens with the place and the full day of a picture: "GUAM (Feb. 16, 2018) … On Feb. 21 she is due to sail"."""
    text, start = line.doc.text, line.sentence.start
    return "(" in text and _CAPTION_DAY.match(text, text.rfind("\n", 0, start) + 1) is not None


_PLANNED = frozenset(["will", "due", "expected", "scheduled", "planned", "is", "are", "next"])


def in_told_year(line: Line, mentions: list[DateMention], told: Interval | None) -> tuple[list[DateMention], Interval | None]:
    """Times without a year, in the year told just before them: "In May 2023 she passed Aden. In June she called at Muscat"; and the last of them."""
    published, low, here = line.doc.published, line.doc.low, False
    if published is None or not mentions or not (told or any(_LONG_YEAR.search(low, m.start, m.end) for m in mentions)):
        return mentions, None
    out: list[DateMention] = []
    last = None
    for mention in mentions:
        whole = mention.interval
        if mention.kind == "absolute" and whole and whole.start and whole.end and not mention.bare:
            if _LONG_YEAR.search(low, mention.start, mention.end):
                opens = whole.precision is not Precision.YEAR or (line.low(0) == "in" and line.at_offset(mention.start) == 1)
                at = line.at_offset(mention.start)
                opens = opens and line.doc.lexicon.sets["static"].isdisjoint(line.lows[max(at - 2, 0) : at])
                told, here, last = (whole if opens else None), opens, (None if whole.precision is Precision.YEAR else whole)
            elif (
                told
                and told.start
                and told.end
                and (here or _not_news(line, whole, published) or _under_caption(line))
                and "year" not in low[mention.start : mention.end]
            ):
                year = told.start.year + (whole.start.month < told.start.month)
                moved = replace(whole, start=_in_year(whole.start, year), end=_in_year(whole.end, whole.end.year - whole.start.year + year))
                if moved.start and moved.start < whole.start and (here or moved.start - told.end <= _SOON_AFTER):
                    mention, last = replace(mention, interval=moved), moved
        out.append(mention)
    return out, last if _EARLIER_TIME.isdisjoint(line.words) else None


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


_BACK = ("having ", "after ", "had ")
"""They tell of a day before the one told last."""


def _day_behind(last: Interval | None, number: int, published: date, *, back: bool) -> Interval | None:
    """The day of a number in the month of the date told last, or in the month behind it where the number is smaller."""
    day = last.end if last else None
    if day is None or day > published or published - day > _FAR:
        return None
    brief = last is not None and last.start and last.end and (last.end - last.start).days < _BRIEF and last.start != last.end
    within = _day_within(last, number) if brief and last else None
    if within:
        return within
    whole = last is not None and last.precision in (Precision.MONTH, Precision.PART_OF_MONTH)  # "in May … on the 19th"
    index = day.year * 12 + day.month - 1 + (number < day.day and not back and not whole)
    found = exact_day(index // 12, index % 12 + 1, number)
    if found and found.start and found.start > published and number < day.day:
        found = exact_day(day.year, day.month, number)
    return found if found and found.start and found.start <= published else None


_BRIEF = 16
"""A span of fewer days than that holds a number once."""


def _day_within(span: Interval, number: int) -> Interval | None:
    """The day of a number that lies within a span told last: "24–29 January … fuel on the 27th"."""
    for day in (span.start, span.end):
        found = exact_day(day.year, day.month, number) if day else None
        if found and found.start and span.start and span.end and span.start <= found.start <= span.end:
            return found
    return None


def is_history(interval: Interval | None, published: date | None) -> bool:
    """Whether a date lies so far before publication that the text tells history."""
    return bool(interval and interval.end and published and interval.end.year < published.year - _HISTORY_YEARS)
