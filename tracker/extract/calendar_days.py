"""Stage 4, days: what the calendar and the day of publication make of a number, a name or a part: "the 5th", "May", "early", "last Monday"."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval

Read = tuple[Interval | None, str]
"""What a pattern of days makes of its match: the interval, and the kind of the mention."""
NUMBER, YEAR = "0", "2000"
"""They stand for the numbers that can open a date: YEAR for those of four digits."""
FUTURE_DAYS = 90
"""A day without a year is the nearest one to publication that lies no further ahead than this."""


def exact_day(year: int, month: int, day: int) -> Interval | None:
    """The day of these numbers, None where no calendar has it."""
    try:
        return Interval.day(date(year, month, day))
    except ValueError:
        return None


def day_told(year: int | None, month: int, day: int, published: date | None) -> Interval | None:
    """The day of a month, of the year that is told or else of the one nearest to publication."""
    if year:
        return exact_day(year, month, day)
    if published is None:
        return None
    fitting = [found for y in (published.year + 1, published.year, published.year - 1) if (found := exact_day(y, month, day)) and found.start]
    return next((f for f in fitting if f.start and f.start <= published + timedelta(days=FUTURE_DAYS)), None)


def last_day_numbered(day: int, published: date | None) -> Interval | None:
    """The last day of that number on or before publication."""
    if published is None:
        return None
    index = published.year * 12 + published.month - 1
    for back in range(3):
        year, month = (index - back) // 12, (index - back) % 12 + 1
        found = exact_day(year, month, day)
        if found and found.start and found.start <= published:
            return found
    return None


def day_on_weekday(day: int, weekday: int, published: date | None) -> Interval | None:
    """The day of that number nearest to publication that falls on the weekday, or the last one of that number where none does."""
    if published is None:
        return None
    for back in sorted(range(-20, 60), key=abs):
        found = published - timedelta(days=back)
        if found.day == day and found.weekday() == weekday:
            return Interval.day(found)
    return last_day_numbered(day, published)


def month_told(year: int | None, month: int, published: date | None) -> Interval | None:
    """A month, of the year that is told or else of the one nearest to publication."""
    if year:
        return Interval.month(year, month)
    if published is None:
        return None
    nearest = next(
        y for y in (published.year + 1, published.year, published.year - 1) if date(y, month, 1) <= published + timedelta(days=FUTURE_DAYS)
    )
    return Interval.month(nearest, month)


def month_beside(months: int, published: date | None) -> Interval | None:
    """The month so many months from that of publication."""
    if published is None:
        return None
    index = published.year * 12 + published.month - 1 + months
    return Interval.month(index // 12, index % 12 + 1)


def season_told(year: int | None, which: str, first: int, published: date | None) -> Interval | None:
    """Three months from the first on: without a year those that began last, or begin soon."""
    if year is None:
        if published is None:
            return None
        year = published.year - (date(published.year, first, 1) > published + timedelta(days=0 if which == "last" else FUTURE_DAYS))
        if which == "next":
            year += date(year, first, 1) <= published
        elif which == "last" and (three_months(year, first).end or published) >= published:
            year -= 1
    return three_months(year, first)


EASTERTIDE = {
    "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "easter sunday": 0, "easter monday": 1,
    "whit sunday": 49, "whit monday": 50,
}  # fmt: skip
"""Days named for a weekday, by how far they lie from Easter."""


def easter(year: int) -> date:
    """Easter Sunday of the Western calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + rest - 7 * ((a + 11 * h + 22 * rest) // 451) + 114, 31)
    return date(year, month, day + 1)


QUARTERS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3, "final": 3}


def three_months(year: int, first: int) -> Interval:
    """A season or a quarter, by its first month."""
    index = year * 12 + first + 1
    return Interval(date(year, first, 1), Interval.month(index // 12, index % 12 + 1).end, Precision.RANGE)


STRETCHES = {
    "day": 1,
    "week": 7,
    "two weeks": 14,
    "fortnight": 14,
    "half": 15,
    "third": 10,
    "ten days": 10,
    "decade": 10,
    "ten-day period": 10,
    "few days": 10,
    "days": 10,
}
ORDER = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1, "closing": -1}


def stretch_of(whole: Interval, nth: str, what: str) -> Interval | None:
    """Some days of a month: "the first week of July", "the second half of May", "the last ten days of June"."""
    if not whole.start or not whole.end:
        return None
    days, order = STRETCHES[what], ORDER[nth]
    if order < 0 or (what == "half" and order == 1):
        begin = whole.start.replace(day=16 if what == "half" else 21 if days == 10 else whole.end.day - days + 1)
        return Interval.day(begin) if days == 1 else Interval(begin, whole.end, Precision.PART_OF_MONTH)
    begin = whole.start + timedelta(days=days * order)
    if days == 1:
        return Interval.day(begin)
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


def weekday_told(number: int, which: str | None, published: date | None) -> Interval | None:
    """A weekday: the last one on or before publication, or the next one."""
    if published is None:
        return None
    back = (published.weekday() - number) % 7
    if which in ("next", "coming"):
        return Interval.day(published + timedelta(days=((number - published.weekday()) % 7) or 7))
    if which == "last" and back == 0:
        back = 7
    return Interval.day(published - timedelta(days=back))
