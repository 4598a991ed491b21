"""Stage 4, days: parts of a year and days in bare figures: "early 2024", "Q3 2024", "the first half of last year", "20241205", "5.12.24"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.extract.calendar_days import NUMBER, YEAR, Read, exact_day, three_months

YearRow = tuple[tuple[str, ...], str, Callable[[re.Match[str], date | None], Read]]
_PARTS = {
    "early": (1, 4), "early in": (1, 4), "mid": (5, 4), "the middle of": (5, 4), "late": (9, 4), "late in": (9, 4),
    "the start of": (1, 3), "the beginning of": (1, 3), "the end of": (10, 3),
}  # fmt: skip
"""Parts of a year, by their first month and how many months they have: its thirds, as of a month, and the quarter at an end."""
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_HALVES = {"first": 1, "second": 7, "1st": 1, "2nd": 7}
_WHICH = {"last": -1, "this": 0, "next": 1}
_NOT_A_DAY = r"(?![./-]?\d)"


def year_rows() -> tuple[YearRow, ...]:
    """What tells a part of a year, and a day in figures without a mark or with a short year."""
    told = r"(?P<y>(?:19|20)\d\d)\b"
    return (
        (("early", "late", "mid", "the"), rf"(?P<part>{_PART})(?: the year)?[ -]{told}", _part),
        (("early", "late", "mid", "the"), rf"(?P<part>{_PART}) (?P<which>this|last|next) year\b", _part),
        (("early", "the"), r"(?P<part>early in|the start of|the beginning of) the(?P<which>) year\b", _part),
        ((*_HALVES,), rf"(?P<half>first|second|1st|2nd) half of {told}", _half),
        ((*_HALVES,), r"(?P<half>first|second|1st|2nd) half of (?P<which>this|last|next) year\b", _half),
        (("q1", "q2", "q3", "q4"), rf"q(?P<q>[1-4])(?: of|,)? {told}", _quarter),
        ((YEAR,), r"(?:(?<=in the year )|(?<=during )|(?<=throughout )|(?<=since ))(?P<y>(?:19|20)\d\d)\b(?!-)", _year),
        ((NUMBER,), r"(?P<y>20\d\d)(?P<mm>[01]\d)(?P<d>[0-3]\d)\b", _figures),
        ((YEAR,), r"(?P<y>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)t(?=\d\d)", _figures),
        ((NUMBER,), rf"(?<![\d./-])(?P<d>[0-3]?\d)(?P<mark>[./-])(?P<mm>[01]?\d)(?P=mark)(?P<yy>\d\d)\b{_NOT_A_DAY}", _near_figures),
        (
            (NUMBER,),
            rf"(?:(?<=on )|(?<=since )|(?<=until )|(?<=from ))(?P<d>[0-3]?\d)\.(?P<mm>[01]?\d)\b{_NOT_A_DAY}(?! (?:nm|km|kn|m)\b|%)",
            _dotted,
        ),
    )


def _year_of(match: re.Match[str], published: date | None) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    return published.year + _WHICH.get(groups.get("which") or "this", 0) if published else None


def _months(year: int, first: int, count: int) -> Interval:
    last = first + count - 1
    return Interval(date(year, first, 1), date(year, last, monthrange(year, last)[1]), Precision.RANGE)


def _part(match: re.Match[str], published: date | None) -> Read:
    """A part of a year: "early in 2024", "mid-2023", "at the end of last year"."""
    year = _year_of(match, published)
    return (_months(year, *_PARTS[match["part"]]) if year else None), "absolute"


def _half(match: re.Match[str], published: date | None) -> Read:
    """Half a year: "the first half of 2024"."""
    year = _year_of(match, published)
    return (_months(year, _HALVES[match["half"]], 6) if year else None), "absolute"


def _quarter(match: re.Match[str], _: date | None) -> Read:
    """A quarter by its number: "Q3 2024"."""
    return three_months(int(match["y"]), 3 * int(match["q"]) - 2), "absolute"


def _year(match: re.Match[str], _: date | None) -> Read:
    return Interval.year(int(match["y"])), "absolute"


def _figures(match: re.Match[str], _: date | None) -> Read:
    """A day in figures alone: "20241205", "2024-12-05T14:30Z"."""
    return exact_day(int(match["y"]), int(match["mm"]), int(match["d"])), "absolute"


_NEAR = timedelta(days=400)


def _near_figures(match: re.Match[str], published: date | None) -> Read:
    """A day with a short year, the day in front or the month, if it lies near publication: "5.12.24", "12/05/24"."""
    if published is None:
        return None, "absolute"
    year, one, two = 2000 + int(match["yy"]), int(match["d"]), int(match["mm"])
    days = [exact_day(year, two, one), exact_day(year, one, two) if match["mark"] == "/" else None]
    near = [day for day in days if day and day.start and abs(day.start - published) <= _NEAR]
    return min(near, key=lambda day: abs((day.start or published) - published), default=None), "absolute"


_AHEAD = timedelta(days=90)


def _dotted(match: re.Match[str], published: date | None) -> Read:
    """A day and its month with a dot between: "on 5.12.", the last one that lies no further ahead than a plan would."""
    years = (published.year + 1, published.year, published.year - 1) if published else ()
    days = [exact_day(year, int(match["mm"]), int(match["d"])) for year in years]
    return next((day for day in days if day and day.start and published and day.start <= published + _AHEAD), None), "absolute"
