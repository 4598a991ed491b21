"""Stage 4, days: the patterns by which a text tells a day or a span of days, and what each reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.extract.calendar_days import (
    EASTERTIDE,
    NUMBER,
    ORDER,
    QUARTERS,
    STRETCHES,
    YEAR,
    Read,
    day_on_weekday,
    day_told,
    easter,
    exact_day,
    in_part,
    last_day_numbered,
    month_beside,
    month_told,
    season_told,
    stretch_of,
    three_months,
    weekday_told,
)
from tracker.extract.year_patterns import year_rows
from tracker.gazetteer.lexicon import Lexicon


@dataclass(frozen=True)
class Pattern:
    """A pattern and what makes a mention of its match; it is compiled when a text first holds a word that it can begin with."""

    written: str
    opens: frozenset[str]  # the words that its match can begin with; YEAR stands for every number of four digits, NUMBER for the others
    needs: frozenset[str]  # what a sentence must hold for the pattern to fit: month, week, days, year, ordinal, digit
    read: Callable[[re.Match[str], date | None], Read]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What finds it."""
        return re.compile(rf"\b{self.written}")


_ORD = r"(?:\s?(?:th|st|nd|rd)\b)?"
_ABOUT = "(?:more than|over|nearly|almost|about|around|at least|the (?:last|past))"
_SETTING_OUT = (
    "leaving|sailing|departing|setting|putting|slipping|having|she|it|they|arriving|reaching|entering|returning|passing|transiting|crossing|clearing|"
    "going|coming|calling|docking|visiting|exercising|being|using|undocking|welcoming|greeting|receiving|berthing|mooring|anchoring|tying|making"
    "|(?:her|its|their|the) (?:departure|sailing|arrival|return)"
)
_MONTH_LEADS = [
    "in",
    "since",
    "from",
    "during",
    "throughout",
    "through",
    "until",
    "of",
    "by",
    "this",
    "before",
    "spent",
    "spend",
    "spends",
    "saw out",
]
_MONTH_LEADS += [f"{word} for" for word in ("planned", "scheduled", "set", "fixed", "foreseen", "envisaged", "slated", "due", "booked", "down")]
_MONTH_LEADS += ["moved to", "postponed to", "put off to", "pushed back to", "put back to", "brought forward to", "deferred to", "delayed to"]
_MONTH_TELLS = (
    "saw|sees|found|finds|brought|brings|took|had|has|witnessed|marked|(?:was|is) (?:when|the month)|(?:was|were) spent|went by|passed with|"
    "(?:will|should|would|may|is to|are to) (?:see|bring|find|have|mark)"
)
"""What a month is told to have seen or brought."""
_MONTH_LED = "(?:" + "|".join(f"(?<={word} )" for word in _MONTH_LEADS) + ")"
_BEHIND_SEASON = "and|but|when|while|with|to|for|at|in|on|off|from|as|the|a|she|it|they|is|was|were"
_HOUR = (
    r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|hours|hrs|h\b)?|noon|midnight|midday|dawn|dusk|daybreak|sunrise|sunset|nightfall|first light)"
)
_NO_UNIT = r"(?!\s+(?:convoy|escort|squadron|flotilla|task|naval|strike|carrier|amphibious)\b)"
"""Behind an ordinal it tells no day: "On Friday the 30th escort group left"."""
_DAYS_BETWEEN = r"(?:,\s*[0-3]?\d(?:st|nd|rd|th)?(?=,|\s+and\b)){0,3}(?:,(?=\s+and\b))?"
"""Of "3, 4 and 5 December"."""
_DASH = r"\s*(?:-|to|until|till|through|thru|and)\s*"


@lru_cache(maxsize=4)
def _month_words(lexicon: Lexicon) -> str:
    return "|".join(sorted(lexicon.months, key=len, reverse=True))


@dataclass(frozen=True)
class _Readers:
    """What makes an interval of a match, each for the patterns that name it."""

    lexicon: Lexicon

    def one_day(self, match: re.Match[str], published: date | None) -> Read:
        return day_told(_told_year(match, published), self.lexicon.months[match["m"]], int(match["d"]), published), "absolute"

    def day_and_month(self, match: re.Match[str], published: date | None) -> Read:
        """A day and its month in figures: "on the morning of 21/6"."""
        month, day = int(match["mm"]), int(match["d"])
        return (day_told(None, month, day, published) if 1 <= month <= 12 else None), "absolute"

    def day_range(self, match: re.Match[str], published: date | None) -> Read:
        groups, months = match.groupdict(), self.lexicon.months
        first, second = months[groups["m"]], months[groups.get("m2") or groups["m"]]
        end = day_told(_told_year(match, published), second, int(groups["d2"]), published)
        if not end or not end.start:
            return None, "absolute"
        start = day_told(end.start.year if first <= second else end.start.year - 1, first, int(groups["d"]), published)
        if not start or not start.start or start.start > end.start:
            return None, "absolute"
        return Interval(start.start, end.start, Precision.RANGE), "absolute"

    def part(self, match: re.Match[str], published: date | None) -> Read:
        whole = month_told(_told_year(match, published), self.lexicon.months[match["m"]], published)
        return (in_part(whole, match["part"]) if whole else None), "absolute"

    def so_far(self, match: re.Match[str], published: date | None) -> Read:
        """A month up to the day of the report, or what is left of it: "arrived earlier in March", told in March."""
        whole = month_told(_told_year(match, published), self.lexicon.months[match["m"]], published)
        if not (whole and whole.start and whole.end and published and whole.start <= published <= whole.end):
            return whole, "absolute"
        earlier = match["part"] == "earlier"
        return Interval(whole.start if earlier else published, published if earlier else whole.end, Precision.RANGE), "absolute"

    def stretch(self, match: re.Match[str], published: date | None) -> Read:
        """A stretch of a month: "the second half of May", "the last week of this month"."""
        groups = match.groupdict()
        if groups.get("m"):
            whole = month_told(_told_year(match, published), self.lexicon.months[groups["m"]], published)
        else:
            whole = month_beside({"last": -1, "next": 1}.get(groups["of"], 0), published)
        return (stretch_of(whole, match["nth"], match["what"]) if whole else None), "absolute"

    def stretch_counted(self, match: re.Match[str], published: date | None) -> Read:
        """So many days at an end of a month: "the last three days of November", "the first two weeks of this month"."""
        if match["m"]:
            whole = month_told(_told_year(match, published), self.lexicon.months[match["m"]], published)
        else:
            whole = month_beside({"last": -1, "next": 1}.get(match["rel"], 0), published)
        days = self._days(match)
        if whole is None or not whole.start or not whole.end or not 0 < days < _LONGEST_STRETCH:
            return None, "absolute"
        if ORDER[match["nth"]] < 0:
            return Interval(whole.end - timedelta(days=days - 1), whole.end, Precision.RANGE), "absolute"
        return Interval(whole.start, whole.start + timedelta(days=days - 1), Precision.RANGE), "absolute"

    def day_of_month(self, match: re.Match[str], published: date | None) -> Read:
        """A day of a month told beside that of publication or of the day told before: "the 22nd of last month", "the 2nd of the following month"."""
        day = int(match["d"]) if match["d"] else _ORDINALS.index(match["word"]) + 1
        if match["rel"] == "the":
            return last_day_numbered(day, published), "absolute"  # "left on the second of the month"
        if match["rel"].startswith("the") and match["rel"] not in _THIS:
            return None, f"day_then{day}"
        whole = month_beside({"last": -1, "next": 1}.get(match["rel"], 0), published)
        return (exact_day(whole.start.year, whole.start.month, day) if whole and whole.start else None), "absolute"

    def months(self, match: re.Match[str], published: date | None) -> Read:
        """Several months: "from December to March", "in July and August"."""
        groups, number = match.groupdict(), self.lexicon.months
        last = month_told(_told_year(match, published), number[groups["m2"]], published)
        if not last or not last.start:
            return None, "absolute"
        first = Interval.month(_int(match, "y1") or last.start.year - (number[groups["m"]] > number[groups["m2"]]), number[groups["m"]])
        begin = in_part(first, groups["p1"]) if groups.get("p1") else first
        end = in_part(last, groups["p2"]) if groups.get("p2") else last
        if not (begin and end and begin.start and end.end and begin.start <= end.end):
            return None, "absolute"
        return Interval(begin.start, end.end, Precision.RANGE), "absolute"

    def month_to_day(self, match: re.Match[str], published: date | None) -> Read:
        """From a month to a day of another: "from December to 4 March"."""
        last = day_told(_told_year(match, published), self.lexicon.months[_either(match, "m2")], int(_either(match, "d2")), published)
        if not last or not last.start:
            return None, "absolute"
        number = self.lexicon.months[match["m"]]
        first = Interval.month(last.start.year - (number > last.start.month), number)
        begin = in_part(first, match["p1"]) if match["p1"] else first
        return (Interval(begin.start, last.end, Precision.RANGE) if begin and begin.start and begin.start < last.start else None), "absolute"

    def day_to_month(self, match: re.Match[str], published: date | None) -> Read:
        """From a day to the end of a month: "from 4 March to May"."""
        last = month_told(_told_year(match, published), self.lexicon.months[match["m2"]], published)
        end = in_part(last, match["p2"]) if last and match["p2"] else last
        if not end or not end.start or not end.end:
            return None, "absolute"
        number = self.lexicon.months[_either(match, "m")]
        first = exact_day(end.start.year - (number > end.start.month), number, int(_either(match, "d")))
        return (Interval(first.start, end.end, Precision.RANGE) if first and first.start and first.start < end.end else None), "absolute"

    def season(self, match: re.Match[str], published: date | None) -> Read:
        """A season: "last spring", "in the summer of 2023", "all winter"."""
        first = self.lexicon.seasons[match["s"]]
        return season_told(_int(match, "y"), match["which"], first, published), "season"

    def ahead(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        return (Interval.day(published + timedelta(days=days)) if published and 0 < days < 60 else None), "ahead"

    def long_ago(self, match: re.Match[str], published: date | None) -> Read:
        """Months or years ago: "two months ago" is a month, "three years ago" a year."""
        number = self._number(match["n"])
        if published is None or not 0 < number < 200:
            return None, "relative"
        return (Interval.year(published.year - number) if match["long"].startswith("year") else month_beside(-number, published)), "relative"

    def whole_month(self, match: re.Match[str], published: date | None) -> Read:
        month, which = self.lexicon.months[match["m"]], match.groupdict().get("which")
        if published and which:
            back = (published.month - month) % 12
            return month_beside(-(back or 12) if which == "last" else (12 - back), published), "absolute"
        return month_told(_int(match, "y"), month, published), "absolute"

    def month_of_year(self, match: re.Match[str], published: date | None) -> Read:
        offset = {"last": -1, "this": 0, "next": 1}[match["which"]]
        return (Interval.month(published.year + offset, self.lexicon.months[match["m"]]) if published else None), "absolute"

    def iso(self, match: re.Match[str], _: date | None) -> Read:
        return exact_day(int(match["y"]), int(match["mm"]), int(match["d"])), "absolute"

    def iso_range(self, match: re.Match[str], _: date | None) -> Read:
        """Two days in figures: "2024-12-03 to 2024-12-06"."""
        begun, ended = (exact_day(int(match[f"y{n}"]), int(match[f"mm{n}"]), int(match[f"d{n}"])) for n in ("", "2"))
        if not begun or not ended or not begun.start or not ended.end or begun.start > ended.end:
            return None, "absolute"
        return Interval(begun.start, ended.end, Precision.RANGE), "absolute"

    def figures(self, match: re.Match[str], published: date | None) -> Read:
        """A day in figures that tell two, with the day or the month in front: the one that lies nearer to publication, else the day in front."""
        year, one, two = int(match["y"]), int(match["d"]), int(match["mm"])
        told = exact_day(year, two, one)
        other = exact_day(year, one, two) if "/" in match[0] else None
        if told is None or other is None or not told.start or not other.start or published is None:
            return told or other, "absolute"
        return min((told, other), key=lambda day: abs((day.start or published) - published)), "absolute"

    def bare_year(self, match: re.Match[str], _: date | None) -> Read:
        return Interval.year(int(match["y"])), "absolute"

    def weekday(self, match: re.Match[str], published: date | None) -> Read:
        return weekday_told(self.lexicon.weekdays[match["w"]], match["which"], published), "weekday"

    def weekday_of(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday of a week that is told: "Tuesday last week", "Friday of next week", "the Tuesday before last"."""
        if published is None:
            return None, "weekday"
        number = self.lexicon.weekdays[match["w"]]
        if match["rel"] == "before last":
            found = weekday_told(number, "last", published)
            return (Interval.day(found.start - timedelta(days=7)) if found and found.start else None), "weekday"
        monday = published - timedelta(days=published.weekday())
        return Interval.day(monday + timedelta(days=number + {"last": -7, "this": 0, "next": 7}[match["rel"].split()[0]])), "weekday"

    def eastertide(self, match: re.Match[str], published: date | None) -> Read:
        """A day that counts from Easter: "on Good Friday"."""
        if published is None:
            return None, "weekday"
        told = _told_year(match, published)
        days = [easter(year) + timedelta(days=EASTERTIDE[match["w"]]) for year in ((told,) if told else (published.year, published.year - 1))]
        return Interval.day(next((day for day in days if day <= published + timedelta(days=_SOON)), days[0])), "absolute"

    def past(self, match: re.Match[str], published: date | None) -> Read:
        """So many days up to publication: "over the last ten days"."""
        days = self._days(match)
        return (Interval(published - timedelta(days=days), published, Precision.RANGE) if published and 0 < days < _LONG_AGO else None), "relative"

    def weekday_week(self, match: re.Match[str], published: date | None) -> Read:
        """A week behind the coming weekday: "on Friday week"."""
        if published is None:
            return None, "weekday"
        ahead = (self.lexicon.weekdays[match["w"]] - published.weekday()) % 7
        return Interval.day(published + timedelta(days=ahead + 7)), "weekday"

    def weekday_then(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday counted from the day told before: "the following Monday", "that Wednesday"."""
        before = {"that": "weekday_that", "the": "weekday_that", "before": "weekday_before"}
        kind = {**before, "the previous": "weekday_before", "the preceding": "weekday_before"}.get(match["then"], "weekday_then")
        return weekday_told(self.lexicon.weekdays[match["w"]], None, published), kind

    def weekday_of_that(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday of the week told before, or of the one behind it: "on Friday of that week", "on the Tuesday of the following week"."""
        same = match["then"] in ("that", "the same", "that same")
        return weekday_told(self.lexicon.weekdays[match["w"]], None, published), "weekday_in" if same else "weekday_after"

    def hours_to(self, match: re.Match[str], published: date | None) -> Read:
        """The day and night that end on a weekday: "in the 24 hours to 6 a.m. Wednesday"."""
        day = weekday_told(self.lexicon.weekdays[match["w"]], None, published)
        return (Interval(day.start - timedelta(days=1), day.start, Precision.RANGE) if day and day.start else None), "absolute"

    def hour_to_hour(self, match: re.Match[str], published: date | None) -> Read:
        """From an hour of one weekday to an hour of another: "between 6 a.m. Monday and 6 a.m. Tuesday"."""
        day = weekday_told(self.lexicon.weekdays[match["w2"]], None, published)
        begun = weekday_told(self.lexicon.weekdays[match["w"]], None, day.start) if day else None
        return (Interval(begun.start, day.end, Precision.RANGE) if day and begun else None), "absolute"

    def quarter(self, match: re.Match[str], published: date | None) -> Read:
        """A quarter of a year: "the first quarter of 2014", "the last quarter of this year"."""
        year, number = _told_year(match, published), QUARTERS[match["nth"]]
        return (three_months(year, 3 * number + 1) if year else None), "absolute"

    def weekday_day(self, match: re.Match[str], published: date | None) -> Read:
        return day_on_weekday(int(match["d"]), self.lexicon.weekdays[match["w"]], published), "absolute"

    def offset(self, match: re.Match[str], published: date | None) -> Read:
        back = any(word in match[0] for word in ("earlier", "before", "previously", "prior"))
        return None, f"offset{-self._days(match) if back else self._days(match)}"

    def months_off(self, match: re.Match[str], published: date | None) -> Read:
        """Months counted from what was told before: "left Brest in May. Two months later she was back"."""
        back = any(word in match[0] for word in ("earlier", "before", "previously"))
        number = self._number(match["n"])
        return None, f"month_off{-number if back else number}"

    def days_since(self, match: re.Match[str], published: date | None) -> Read:
        """The day so long before the one told: "reached Vallejo on 8 April. It was 147 days since she had left Seattle"."""
        return None, f"offset{-self._days(match)}"

    def before_that(self, match: re.Match[str], published: date | None) -> Read:
        """The day of a departure counted back from an arrival: "arrived on Friday, six days after sailing from Norfolk"."""
        return None, f"began{self._days(match)}"

    def _days(self, match: re.Match[str]) -> int:
        number, unit = self._number(match["n"]), match["unit"]
        if unit == "hours":
            return number // 24 if number % 24 == 0 else 0
        return number * (7 if unit.startswith("week") else 14 if unit == "fortnight" else 1)

    def _number(self, word: str) -> int:
        return _FEW.get(word) or (int(word) if word.isdecimal() else self.lexicon.numbers.get(word, 0))

    def days_after(self, match: re.Match[str], published: date | None) -> Read:
        """The days behind the one told before: "Over the next three days she worked up off Brest"."""
        return None, f"following{self._days(match)}"

    def span_then(self, match: re.Match[str], published: date | None) -> Read:
        """The week or month behind that of the day told before: "sailed on the 3rd. The following week she called at Oran"."""
        back = any(word in match[0] for word in ("previous", "preceding", "before"))
        return None, f"{match['span']}_then{-1 if back else 1}"

    def weekend_then(self, match: re.Match[str], published: date | None) -> Read:
        """The weekend of the week told before, or the one behind it: "sailed on the 3rd. That weekend she called at Oran"."""
        if any(word in match[0] for word in ("previous", "preceding", "before")):
            return None, "weekend_then-1"
        return None, f"weekend_then{int('follow' in match[0] or 'next' in match[0] or 'after' in match[0])}"

    def in_two_days(self, match: re.Match[str], published: date | None) -> Read:
        return None, "offset2"

    def month_then(self, match: re.Match[str], published: date | None) -> Read:
        """The month of that name behind the day told before: "deployed in August 2013, returning the following April"."""
        return None, f"month_named{self.lexicon.months[match['m']]}"

    def part_of_that(self, match: re.Match[str], published: date | None) -> Read:
        """A part of the month told before, or of the month of publication: "at the start of the month"."""
        whole = month_beside(0, published)
        return (in_part(whole, match["part"].removesuffix(" in")) if whole else None), "month_part"

    def nth_weekday(self, match: re.Match[str], published: date | None) -> Read:
        """A weekday counted in its month: "the first Monday of May"."""
        whole, nth = month_told(_told_year(match, published), self.lexicon.months[match["m"]], published), ORDER[match["nth"]]
        if not whole or not whole.start or not whole.end:
            return None, "absolute"
        number = self.lexicon.weekdays[match["w"]]
        if nth < 0:
            return Interval.day(whole.end - timedelta(days=(whole.end.weekday() - number) % 7)), "absolute"
        return Interval.day(whole.start + timedelta(days=(number - whole.start.weekday()) % 7 + 7 * nth)), "absolute"

    def day_in_words(self, match: re.Match[str], published: date | None) -> Read:
        """A day whose number is a word: "the fifth of May"."""
        return day_told(_told_year(match, published), self.lexicon.months[match["m"]], _ORDINALS.index(match["word"]) + 1, published), "absolute"

    def day_alone(self, match: re.Match[str], published: date | None) -> Read:
        return last_day_numbered(int(match["d"]), published), "absolute"

    def numbers(self, match: re.Match[str], published: date | None) -> Read:
        """From one day without a month to another: "between the 25th and the 28th"."""
        end = last_day_numbered(int(match["d2"]), published)
        start = last_day_numbered(int(match["d"]), end.start) if end else None
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
        day, number = weekday_told(self.lexicon.weekdays[match["w"]], None, published), self._number(match["n"])
        return (Interval.day(day.start - timedelta(days=7 * number)) if day and day.start and 0 < number < 60 else None), "weekday"

    def ago(self, match: re.Match[str], published: date | None) -> Read:
        days = self._days(match)
        return (Interval.day(published - timedelta(days=days)) if published and 0 < days < 4000 else None), "relative"


_THIS = frozenset(["the current", "the present", "the running"])
_SOON, _LONG_AGO = 30, 100
_FEW = {"a": 1, "twenty-four": 24, "forty-eight": 48}
_BETWEEN = ("between", "from")
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
_ORDINALS = (*_UNITS, *_TEENS, "twentieth", *(f"twenty-{unit}" for unit in _UNITS), "thirtieth", "thirty-first")
_ORDINAL_WORDS = tuple(dict.fromkeys(word.split("-")[0] for word in _ORDINALS))
_ORDINAL_PATTERN = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_LONGEST_STRETCH = 29
_ORDINAL_LEAD = ("on", "of", "since", "until", "by", "and", "from", "to")
Row = tuple[tuple[str, ...], str, Callable[[re.Match[str], date | None], Read]]
"""The words that a match can begin with, the pattern, and what reads its match."""


class _Fragments:
    """The pieces of which the patterns are made, from the words of a lexicon."""

    lead = r"(?:(?:between|from)\s+)?"
    part1, part2 = r"(?:(?P<p1>early|mid|late)[ -])?", r"(?:(?P<p2>early|mid|late)[ -])?"
    year = r"(?:,?\s+(?:of\s+)?(?P<y>(?:(?:19|20)\d\d|1[678]\d[1-46-9]))\b|,?\s+(?:of\s+)?(?P<which>last|this|next)\s+yea[r]\b)?"
    beside = r"(?:\s?\([a-z]{3,9}\.?\))?"  # "from 9 (Mon) to 11 (Wed) December"
    day, day2 = rf"(?P<d>[0-3]?\d){_ORD}", rf"(?P<d2>[0-3]?\d){_ORD}"

    def __init__(self, lexicon: Lexicon) -> None:
        self.months, self.weekdays, self.seasons = tuple(lexicon.months), tuple(lexicon.weekdays), tuple(lexicon.seasons)
        self.numbers = tuple(w for w in lexicon.numbers if " " not in w)
        self.month_words, self.season, self.number = _month_words(lexicon), "|".join(self.seasons), "|".join(self.numbers)
        self.week = "|".join(sorted(lexicon.weekdays, key=len, reverse=True))
        self.month = rf"(?P<m>{self.month_words})\b\.?"
        self.month2 = self.month.replace("?P<m>", "?P<m2>")
        self.glued = rf"(?P<d>[0-3]?\d)-?(?P<m>{self.month_words})-?(?P<y>(?:19|20)\d\d)?\b"  # "07Dec2020"
        self.glued2 = self.glued.replace("<d>", "<d2>").replace("<m>", "<m2>")


def _twin(fragment: str) -> str:
    """The same with other names for its groups, for where it stands in another order: "March 4" beside "4 March"."""
    return re.sub(r"\?P<(\w+)>", r"?P<\1b>", fragment)


def _either(match: re.Match[str], group: str) -> str:
    """What a group told, in one order or the other."""
    return match[group] or match[f"{group}b"]


@lru_cache(maxsize=4)
def patterns(lexicon: Lexicon) -> tuple[Pattern, ...]:
    """The patterns, over text that is folded and in lower case (so every dash is "-"), in the order in which they are tried."""
    fragments, read = _Fragments(lexicon), _Readers(lexicon)
    table = (
        tuple(
            row
            for rows in (_spans, _translated, _months_told, _stretches, _days, _numbered, _counted, _hours, _relative)
            for row in rows(fragments, read)
        )
        + year_rows()
    )
    return tuple(Pattern(pattern, frozenset(opens), _needs(pattern), reader) for opens, pattern, reader in table)


def _spans(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Days in figures, spans between days or months, and seasons: "2024-12-03", "from 3 to 9 May", "March and April", "last summer"."""
    return (
        (
            (YEAR,),
            rf"(?P<y>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)(?:{_DASH}|/)(?P<y2>(?:19|20)\d\d)-(?P<mm2>[01]\d)-(?P<d2>[0-3]\d)\b",
            read.iso_range,
        ),
        ((YEAR,), r"(?P<y>(?:19|20)\d\d)(?P<mark>[-/.])(?P<mm>[01]?\d)(?P=mark)(?P<d>[0-3]?\d)\b", read.iso),
        ((NUMBER,), r"(?P<d>[0-3]?\d)[./-](?P<mm>[0-3]?\d)[./-](?P<y>(?:19|20)\d\d)\b", read.figures),
        (
            (NUMBER,),
            r"(?:(?<=on )|(?<=of )|(?<=the )|(?<=since )|(?<=until )|(?<=from )|(?<=day ))(?!24/7)(?P<d>[0-3]?\d)/(?P<mm>[01]?\d)\b(?![/\d])"
            rf"(?!\s+(?:of\s+)?(?:{w.month_words})\b)",
            read.day_and_month,
        ),
        ((YEAR,), rf"(?P<y>(?:19|20)\d\d)\s+{w.month}\s+{w.day}\b(?!\s*:)", read.one_day),
        (
            _BETWEEN,
            rf"(?:between|from)\s+{_HOUR}\s+(?:on\s+)?{w.day}\s+{w.month}\s+(?:and|to|until|till)\s+{_HOUR}\s+(?:on\s+)?{w.day2}\s+{w.month2}{w.year}",
            read.day_range,
        ),
        (
            _BETWEEN,
            rf"(?:between|from)\s+{_HOUR}\s+(?:on\s+)?{w.month}\s+{w.day}\s+(?:and|to|until|till)\s+{_HOUR}\s+(?:on\s+)?{w.month2}\s+{w.day2}\b{w.year}",
            read.day_range,
        ),
        (
            (NUMBER, *_BETWEEN),
            rf"{w.lead}(?:the\s+)?{w.day}\s+(?:of\s+)?{w.month}{w.beside}{_DASH}(?:the\s+)?{w.day2}\s+(?:of\s+)?{w.month2}{w.year}{w.beside}",
            read.day_range,
        ),
        ((*w.months, *_BETWEEN), rf"{w.lead}{w.month}\s+{w.day}{w.beside}{_DASH}{w.month2}\s+{w.day2}\b{w.year}{w.beside}", read.day_range),
        (
            (NUMBER, *_BETWEEN),
            rf"{w.lead}(?:the\s+)?{w.day}{_DAYS_BETWEEN}{w.beside}{_DASH}(?:the\s+)?{w.day2}{w.beside}\s+(?:of\s+)?{w.month}{w.year}",
            read.day_range,
        ),
        ((NUMBER,), rf"{w.day}/{w.day2}\s+(?:of\s+)?{w.month}{w.year}", read.day_range),
        ((NUMBER,), rf"{w.day}\s+or\s+(?:the\s+)?{w.day2}\s+(?:of\s+)?{w.month}{w.year}", read.day_range),
        (
            (*_BETWEEN, *w.weekdays),
            rf"{w.lead}(?:{w.week})\.?,?\s+(?:the\s+)?{w.day}{_DASH}(?:{w.week})\.?,?\s+(?:the\s+)?{w.day2}\s+(?:of\s+)?{w.month}{w.year}",
            read.day_range,
        ),
    )


def _translated(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Days as translations have them: "the day 17", "the next 23", "on this 20th", "from 15th to 19th", "in the night of the 22 to the 23"."""
    ends = r"(?=[,.;:)]|$|\s+(?:and|to|at|in|from|with|for)\b(?!\s+\d))"
    near = r"(?:(?<=around )|(?<=about )|(?<=towards )|(?<=night of )|(?<=morning of )|(?<=day of )|(?<=evening of )|(?<=afternoon of ))"
    nights = r"(?<=night )(?:of|from)\s+(?:the\s+)?"
    return (
        (("the",), rf"the\s+(?:(?:past|next|last|coming|same)\s+)?day\s+{w.day}{ends}", read.day_alone),
        (("on", "in", "the"), rf"(?:on\s+|in\s+)?the\s+day\s+(?:of\s+)?(?:the\s+)?{w.day}\s+(?:of\s+)?{w.month}{w.year}", read.one_day),
        (("the",), rf"the\s+(?:past|next|coming)\s+{w.day}{ends}", read.day_alone),
        (("the",), rf"{near}the\s+{w.day}{ends}", read.day_alone),
        (("until", "till", "since", "by"), rf"(?:until|till|since|by)\s+the\s+(?:day\s+)?{w.day}{ends}", read.day_alone),
        (("this",), r"this\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)(?=[,.;)]|$)", read.day_alone),
        (
            ("of",),
            r"(?:(?<=morning )|(?<=afternoon )|(?<=evening )|(?<=night )|(?<=noon ))of\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b"
            rf"(?!\s+(?:of|(?:{w.month_words}))\b)",
            read.day_alone,
        ),
        (
            _BETWEEN,
            rf"(?:between|from)\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th){_DASH}(?P<d2>[0-3]?\d)(?:st|nd|rd|th)(?=[,.;)]|$|\s+and\b)",
            read.numbers,
        ),
        (("of", "from"), rf"{nights}{w.day}\s+(?:to|on)\s+(?:the\s+)?{w.day2}\s+(?:of\s+)?{w.month}{w.year}", read.day_range),
        (("of", "from"), rf"{nights}{w.day}\s+(?:to|on)\s+the\s+{w.day2}{ends}", read.numbers),
        (w.months, rf"{w.month},\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b{w.year}", read.one_day),
        (
            (NUMBER,),
            rf"(?P<d>[0-3]?\d){_ORD}\s+of\s+(?P<rel>this|the|the current|the present|the running|last|next)\s+mont[h]\b(?P<word>)",
            read.day_of_month,
        ),
    )


def _months_told(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Spans from one month to another, or between a month and a day: "from December to 4 March", "March and April"."""
    return (
        (
            _BETWEEN,
            rf"(?:from|between)\s+{w.part1}{w.month}(?:,?\s+(?P<y1>(?:19|20)\d\d))?{_DASH}{w.part2}{w.month2}(?!\s+\d\d?\b){w.year}",
            read.months,
        ),
        (
            _BETWEEN,
            rf"(?:from|between)\s+{w.part1}{w.month}{_DASH}(?:(?:the\s+)?{w.day2}\s+(?:of\s+)?{w.month2}|{_twin(w.month2)}\s+{_twin(w.day2)}\b){w.year}",
            read.month_to_day,
        ),
        (
            _BETWEEN,
            rf"(?:from|between)\s+(?:(?:the\s+)?{w.day}\s+(?:of\s+)?{w.month}|{_twin(w.month)}\s+{_twin(w.day)}){_DASH}{w.part2}{w.month2}(?!\s+\d\d?\b){w.year}",
            read.day_to_month,
        ),
        (w.months, rf"{w.month}\s*(?:-|to|through)\s*{w.month2}(?!\s+\d\d?\b){w.year}", read.months),
        (w.months, rf"(?<=in ){w.month}\s+or\s+{w.month2}(?!\s+\d\d?\b){w.year}", read.months),
        (w.months, rf"{w.month}\s+and\s+{w.month2}(?P<y>)?(?=\s+(?:{_MONTH_TELLS}|have)\b)", read.months),
        (
            ("in", "during", "through", "throughout", "over", "spent", "spend"),
            rf"\w+\s+{w.month}\s+and\s+{w.month2}(?!\s+\d\d?\b){w.year}",
            read.months,
        ),
    )


def _stretches(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Stretches of a month, days of a month that is told beside them, and seasons: "the last week of May", "the 2nd of last month", "last summer"."""
    return (
        (
            tuple(ORDER),
            rf"(?P<nth>{'|'.join(ORDER)})\s+(?P<what>{'|'.join(STRETCHES)})\s+(?:of|in)\s+"
            rf"(?:{w.month}{w.year}|(?P<of>the|this|last|next)\s+(?:mont[h])\b)",
            read.stretch,
        ),
        (
            ("first", "last", "opening", "final", "closing"),
            rf"(?P<nth>first|last|opening|final|closing)\s+(?P<n>\d{{1,2}}|{w.number})\s+(?P<unit>days|weeks)\s+(?:of|in)\s+"
            rf"(?:{w.month}{w.year}|(?P<rel>the|this|last|next)\s+mont[h]\b)",
            read.stretch_counted,
        ),
        (
            (NUMBER, *_ORDINAL_LEAD),
            rf"(?:(?:{'|'.join(_ORDINAL_LEAD)})\s+the\s+)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)\s+of\s+"
            r"(?P<rel>last|this|next|the following|the next)\s+mont[h]\b(?P<word>)",
            read.day_of_month,
        ),
        (
            _ORDINAL_WORDS,
            rf"(?P<word>{_ORDINAL_PATTERN})\s+of\s+(?P<rel>last|this|next|the following|the next|the)\s+(?P<span>month)\b(?P<d>)",
            read.day_of_month,
        ),
        (
            (*w.seasons, "last", "this", "next", "in", "all", "over", "during", "through", "throughout", "the", "since", "until"),
            r"(?P<which>last|this|next|in|in the|all|over the|during the|all through the|through the|throughout the|since the|since|until(?: the)?)"
            rf"\s+(?P<s>{w.season})\b"
            rf"(?:\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b)?(?!\s+(?!(?:{_BEHIND_SEASON})\b)[a-z])",
            read.season,
        ),
        (w.seasons, rf"(?P<which>)(?P<s>{w.season})\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b", read.season),
    )


def _days(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Days, parts of months and months that a calendar names: "3 December 2024", "the first Monday of May", "in early June"."""
    return (
        ((*w.months, *_BETWEEN), rf"{w.lead}{w.month}\s+{w.day}{_DAYS_BETWEEN}{w.beside}{_DASH}{w.day2}\b{w.year}{w.beside}", read.day_range),
        (w.months, rf"{w.month}\s+{w.day}\s+or\s+{w.day2}\b{w.year}", read.day_range),
        (
            tuple(ORDER),
            rf"(?P<nth>{'|'.join(ORDER)})\s+(?P<w>{w.week})\s+(?:of|in)\s+{w.month}{w.year}",
            read.nth_weekday,
        ),
        (
            _ORDINAL_WORDS,
            rf"(?P<word>{_ORDINAL_PATTERN})\s+of\s+{w.month}{w.year}",
            read.day_in_words,
        ),
        (("earlier", "later"), rf"(?P<part>earlier|later)\s+in\s+(?P<m>{w.month_words})\b(?!\s+\d){w.year}", read.so_far),
        (("early", "late"), rf"(?P<part>early|late)\s+in\s+{w.month}{w.year}", read.part),
        (w.months, rf"{w.month}\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b", read.month_of_year),
        (
            ("early", "mid", "late", "the"),
            rf"(?P<part>early|mid|late|the start of|the beginning of|the middle of|the end of)(?:\s+|-){w.month}{w.year}",
            read.part,
        ),
        (
            (NUMBER,),
            rf"(?P<d>[0-3]\d)[0-2]\d[0-5]\d\s?(?:[a-z]|utc|gmt|local)?\s?(?P<m>{w.month_words})\s?(?:(?P<y>(?:19|20)\d\d)|(?P<yy>[0-4]\d))\b",
            read.one_day,
        ),  # "031200Z DEC 24", the day and hour of a signal
        ((NUMBER,), rf"(?P<d>[0-3]\d)[0-2]\d[0-5]\d\s?(?:z|utc|gmt|local)\s?(?P<m>{w.month_words})\b", read.one_day),
        ((NUMBER,), rf"(?<!\d:)(?<!\d: ){w.day}\.?\s+(?:of\s+)?{w.month}{w.year}", read.one_day),
        ((NUMBER,), rf"{w.glued.replace('<y>', '<y1>')}-{w.glued2}", read.day_range),
        ((NUMBER,), w.glued, read.one_day),
        ((NUMBER,), rf"(?P<d>[0-3]?\d)-?(?P<m>{w.month_words})-?(?P<yy>[0-3]\d)\b", read.one_day),
        (w.months, rf"{w.month}(?:\s+|(?<=\.)){w.day}\b(?!\s*%|:\d){w.year}", read.one_day),
        (w.months, rf"{w.month}\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b{w.year}", read.one_day),
        (w.months, rf"{w.month}\s+the\s+(?P<word>{_ORDINAL_PATTERN})\b{w.year}", read.day_in_words),
        (w.months, rf"{w.month}\s+(?P<word>{_ORDINAL_PATTERN})(?=[,.;:)]|$|\s+(?:and|to|at|in|from|with|for|off)\b){w.year}", read.day_in_words),
        (w.months, rf"(?P<m>{w.month_words})-(?P<d>[0-3]?\d)-(?P<y>(?:19|20)\d\d)\b", read.one_day),
        ((NUMBER,), rf"{w.day}(?P<mark>[/.])(?P<m>{w.month_words})(?P=mark)(?P<y>(?:19|20)\d\d)\b", read.one_day),
        (w.months, rf"{w.month},?\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b", read.whole_month),
        (
            w.months,
            rf"{_MONTH_LED}{w.month}(?!\w)(?P<y>)?",
            read.whole_month,
        ),
        (
            w.months,
            rf"{w.month}(?P<y>)?(?=(?:, [\w' ]{{2,30}},)?\s+(?:{_MONTH_TELLS}"
            r"|(?:she|it|they|the \w+) (?:has |had )?spent)\b)",
            read.whole_month,
        ),
        (("last", "next"), rf"(?P<which>last|next)\s+{w.month}(?!\w|\.?\s+\d)", read.whole_month),
        (w.months, rf"(?<=\n){w.month}(?P<y>)?(?=:?$)", read.whole_month),
    )


def _numbered(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Years and days told by a number alone, and how long something lasts: "in 2024", "on the 3rd", "for three days"."""
    return (
        ((YEAR,), r"(?<=in )(?P<y>(?:19|20)\d\d)\b(?!-)", read.bare_year),
        (w.weekdays, rf"(?P<w>{w.week})(?:\s+(?:morning|afternoon|evening|night))?,?\s+\((?P<d>[0-3]?\d){_ORD}\)", read.weekday_day),
        (
            (*_ORDINAL_LEAD, "as"),
            rf"(?:(?:{'|'.join(_ORDINAL_LEAD)}|as (?:early|late|far back) as)\s+the|on)\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b"
            rf"(?!\s+(?:of\b(?!\s+(?:that|the|the same|this) mont[h]\b)|fleet|(?:{w.month_words})\b|(?!local\b)[a-z]+\s+(?:ship|fleet|time)))"
            rf"{_NO_UNIT}",
            read.day_alone,
        ),
        (
            _BETWEEN,
            rf"(?:between|from)\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th){_DASH}the\s+(?P<d2>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+(?:of|{w.month_words})\b)",
            read.numbers,
        ),
        (
            ("on",),
            rf"on\s+the\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)\s+and\s+(?:the\s+)?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+(?:of\b|{w.month_words})\b)",
            read.numbers,
        ),
        (("for",), rf"for\s+(?!the (?:last|past)\b)(?:{_ABOUT}\s+)?(?P<n>a|\d{{1,2}}|{w.number})\s+(?P<unit>days?|weeks?|hours)\b", read.duration),
        ((NUMBER, *w.numbers), rf"(?P<n>\d{{1,2}}|{w.number}) (?P<unit>days|weeks)(?= (?:she|it|they) had\b)", read.duration),
        (
            ("of", "spent", "spend", "spending", "stay", "stayed", "staying", "remained"),
            rf"\w+\s+(?!the (?:last|past)\b)(?:{_ABOUT}\s+)?(?P<n>a|\d{{1,2}}|{w.number})\s+(?P<unit>days?|weeks?)\b"
            rf"(?!\s+of\s+(?:{w.month_words}|the month|this month|last month|next month)\b)",
            read.stay,
        ),
        (
            (NUMBER, *w.numbers),
            rf"(?P<n>\d{{1,2}}|{w.number})[- ](?P<unit>day|week)[- ](?:\w+[- ])?(?:visit|call|stay|stop|stopover|port)\b",
            read.stay,
        ),
        (
            w.weekdays,
            rf"(?P<w>{w.week})\.?,?\s+(?:the\s+)?(?P<d>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s+(?:of\s+)?(?:{w.month_words})\b){_NO_UNIT}",
            read.weekday_day,
        ),
    )


def _after_stays(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Days counted from what was told before, as the time that something took: "after four days there", "After a three-day passage, she …"."""
    return (
        (
            ("after",),
            rf"after\s+(?:only |just |another )?(?P<n>\d{{1,2}}|{w.number}) (?P<unit>days|weeks|nights)"
            r"(?= there\b| in (?:port|harbou?r)\b|[,.;]|$| (?:she|it|they|both|the (?:ship|frigate|destroyer|pair|two|group))\b)",
            read.offset,
        ),
        (
            ("after",),
            rf"(?:(?<=[.;:] )|(?<=\n))after\s+(?:only |just |another |a )?(?P<n>\d{{1,2}}|{w.number})[ -](?P<unit>days?|weeks|nights)"
            r"(?: (?:at sea|on passage|of sailing|under way|underway)| (?:passage|voyage|crossing|trip|sail))(?=,| (?:she|it|they|both)\b)",
            read.offset,
        ),
    )


def _counted(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Days and spans counted from what was told before, and hours: "a week later", "the following month", "24 hours to Friday"."""
    return (
        (
            (NUMBER, "a", *w.numbers),
            rf"(?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>days?|weeks?|hours|nights?|fortnight) (?:to the day )?"
            r"(?:later|afterwards?|thereafter|on(?=,| (?:she|it|they|the (?:ship|frigate|destroyer|pair|two|group)|hms|uss)\b)"
            r"|after that|earlier|previously"
            r"|prior(?! to)|after(?=[.;]|$)|before that|before\b(?! (?:the|it|she|he|they)))\b(?! than)",
            read.offset,
        ),
        (
            ("twenty", "forty"),
            r"(?P<n>twenty-four|forty-eight) (?P<unit>hours) (?:later|afterwards?|after that|earlier|before that|before(?=[,.;]|$)|on(?=,))\b",
            read.offset,
        ),
        (
            ("the",),
            rf"the (?:next|following) (?P<n>\d{{1,2}}|{w.number}) (?P<unit>days|weeks)\b",
            read.days_after,
        ),
        (("the",), r"the day after next\b(?P<unit>)", read.in_two_days),
        (
            (NUMBER, "a", *w.numbers),
            rf"(?P<n>a|\d{{1,2}}|{w.number}) (?P<long>months?) "
            r"(?:later|afterwards?|thereafter|after that|earlier|previously|before(?=[,.;]|$))\b(?! than)",
            read.months_off,
        ),
        *_after_stays(w, read),
        (("the",), rf"the following {w.month}(?!\w|\.?\s+\d)", read.month_then),
        (("the",), r"the (?:following|next|previous|preceding) (?P<span>week|month)\b(?! (?:on|of)|['’]s)", read.span_then),
        (
            ("that", "the"),
            r"(?P<span>)(?:(?:that|that same|the same|the following|the next|the previous|the preceding) weekend\b"
            r"|the weekend (?:after|before|that followed)(?=[,.;]|$| (?:she|it|they|the|hms|uss)\b))",
            read.weekend_then,
        ),
        (
            ("the",),
            r"the (?P<span>week|month) (?:after|before|that followed|after that|before that)\b(?=[,.;]|$| (?:she|it|they|both|the two|hms|uss)\b)",
            read.span_then,
        ),
        (
            ("the", "early", "late"),
            r"(?P<part>the start of|the beginning of|the middle of|the end of|early in|late in) the (?P<span>month)\b(?! of)",
            read.part_of_that,
        ),
        (
            (NUMBER, "a", *w.numbers),
            rf"(?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>days?|weeks?) after(?= (?:{_SETTING_OUT})\b)",
            read.before_that,
        ),
    )


def _hours(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Hours up to a weekday, or from one to another: "24 hours to Friday", "from noon on Monday to noon on Tuesday"."""
    return (
        (
            ("hour", "hours"),
            rf"(?<=24[ -])hours?(?:[ -]period)?,?\s+(?:up\s+)?(?:to|until|till|ending|ended)\s+(?:at\s+)?(?:{_HOUR}\s+)?(?:on\s+)?(?P<w>{w.week})\b",
            read.hours_to,
        ),
        (
            _BETWEEN,
            rf"(?:between|from)\s+{_HOUR}\s+(?:on\s+)?(?P<w>{w.week})\s+(?:and|to|until|till)\s+(?:{_HOUR}\s+)?(?:on\s+)?(?P<w2>{w.week})\b",
            read.hour_to_hour,
        ),
    )


def _relative(w: _Fragments, read: _Readers) -> tuple[Row, ...]:
    """Quarters, weekdays and times that count from publication: "the first quarter of 2024", "last Monday", "two weeks ago"."""
    return (
        (tuple(QUARTERS), rf"(?P<nth>{'|'.join(QUARTERS)})\s+quarter\s+of\s+(?P<y>(?:19|20)\d\d)\b", read.quarter),
        (tuple(QUARTERS), rf"(?P<nth>{'|'.join(QUARTERS)})\s+quarter\s+of\s+(?P<which>last|this|next)\s+year\b", read.quarter),
        (
            ("the", "that"),
            rf"(?P<then>the following|the next|that|the previous|the preceding)\s+(?P<w>{w.week})\b(?!\s+(?:last|this|of))",
            read.weekday_then,
        ),
        (("the",), rf"the\s+(?P<w>{w.week})\s+(?P<then>before|after)\b(?=[,.;]|$|\s+(?:she|it|they|the|hms|uss)\b)", read.weekday_then),
        (
            ("the",),
            rf"(?:(?<=on )|(?<=by )|(?<=until ))(?P<then>the)\s+(?P<w>{w.week})\b(?=,?\s+(?:of that week|she|it|they|the (?!\d)|hms|uss)\b|[.;]|$)",
            read.weekday_then,
        ),
        (w.weekdays, rf"(?P<w>{w.week})\s+of\s+(?P<then>that|the same|that same|the following|the next)\s+wee[k]\b", read.weekday_of_that),
        (
            w.weekdays,
            rf"(?P<w>{w.week})\s+of\s+the\s+week\s+(?P<then>after|that followed)\b(?=[,.;]|$|\s+(?:and|she|it|they|the|hms|uss)\b)",
            read.weekday_of_that,
        ),
        (w.weekdays, rf"(?P<w>{w.week})\s+(?:of\s+)?(?P<rel>(?:last|this|next) week|before last)\b", read.weekday_of),
        (w.weekdays, rf"(?P<w>{w.week})\s+week\b", read.weekday_week),
        (tuple(feast.split()[0] for feast in EASTERTIDE), rf"(?P<w>{'|'.join(EASTERTIDE)})\b{w.year}", read.eastertide),
        (("last", "this", "next"), rf"(?P<rel>(?:last|this|next) week),? on (?P<w>{w.week})\b", read.weekday_of),
        (
            ("last", "next", "this", "past", "coming", *w.weekdays),
            rf"(?!(?<=the )sun\b)(?:(?P<which>last|next|this past|this|past|coming)\s+)?(?P<w>{w.week})\b\.?",
            read.weekday,
        ),
        ((NUMBER, *w.numbers), rf"(?P<n>\d{{1,3}}|{w.number}) (?P<unit>days?|weeks?) (?:ago\b|back(?=[.,;)]|$))", read.ago),
        (
            ("it",),
            rf"it (?:was|had been) (?:now |just |only |exactly |then )?(?P<n>a|\d{{1,3}}|{w.number}) (?P<unit>days?|weeks?|fortnight) since\b",
            read.days_since,
        ),
        (("it",), rf"it (?:is|has been) (?:now |just |only )?(?P<n>\d{{1,3}}|{w.number}) (?P<unit>days?|weeks?) since\b", read.ago),
        ((NUMBER, *w.numbers), rf"(?P<n>\d{{1,3}}|{w.number}) (?P<unit>days?|weeks?) (?:have|has) (?:passed|gone by) since\b", read.ago),
        ((NUMBER, "a", *w.numbers), rf"(?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>weeks?) ago (?:on )?(?P<w>{w.week})\b", read.weeks_ago),
        (w.weekdays, rf"(?P<w>{w.week}) (?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>weeks?) ago\b", read.weeks_ago),
        ((NUMBER, "a", *w.numbers), rf"(?<!half )(?P<n>a|\d{{1,3}}|{w.number}) (?P<long>months?|years?) ago\b", read.long_ago),
        (("the",), rf"the (?:last|past) (?P<n>\d{{1,2}}|{w.number}) (?P<unit>days|weeks)\b(?! (?:of|in|at|before)\b)", read.past),
        ((NUMBER, "a", *w.numbers), rf"(?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>days?|weeks?) (?:from now|hence)\b", read.ahead),
        (("in",), rf"in (?P<n>a|\d{{1,2}}|{w.number}) (?P<unit>days?|weeks?)(?: ?['’]? ?time)?\b(?! of)", read.ahead),
    )


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
        ("?P<span>", "span"),
        (r"year\b", "year"),
        (r"(?:st|nd|rd|th)\b", "ordinal"),
    )
    return frozenset(need for sign, need in signs if sign in pattern) or frozenset(["digit"])


def _int(match: re.Match[str], group: str) -> int | None:
    value = match.groupdict().get(group)
    return int(value) if value else None


def _told_year(match: re.Match[str], published: date | None) -> int | None:
    """The year of a match: its number, or "last year" against publication."""
    which = match.groupdict().get("which")
    if which and published:
        return published.year + {"last": -1, "this": 0, "next": 1}[which]
    return _int(match, "y") or (2000 + int(short) if (short := match.groupdict().get("yy")) else None)
