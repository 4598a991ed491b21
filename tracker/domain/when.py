"""Time as reports tell it: intervals of whole days that keep the precision they were told with, and the periods people ask about."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tracker.domain.kinds import Precision
from tracker.errors import UsageError

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day on which the thing told may have happened, and how exactly it was told.

    `start` and `end` are both None only when the text gives no date (precision open, in an extraction). In the store an undated
    claim has no start, the publication day as its latest end, and precision open.
    """

    start: date | None
    end: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"an interval can't end ({self.end}) before it starts ({self.start})")

    @classmethod
    def day(cls, day: date) -> Interval:
        """One day."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Interval:
        """A whole month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)

    @classmethod
    def year(cls, year: int) -> Interval:
        """A whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    @classmethod
    def open_until(cls, latest: date | None) -> Interval:
        """An undated claim, known by the day it was published."""
        return cls(None, latest, Precision.OPEN)

    def edtf(self) -> str | None:
        """The interval in EDTF level 0/1 (Library of Congress, 2019): "2024-12-02", "2024-12", "2024-11-30/2024-12-02", "../2024-12-15"."""
        if self.end is None:
            return f"{self.start}/.." if self.start else None
        if self.start is None:
            return f"../{self.end}"
        if self.start == self.end:
            return str(self.start)
        if self.precision is Precision.MONTH:
            return f"{self.start:%Y-%m}"
        if self.precision is Precision.YEAR:
            return f"{self.start:%Y}"
        return f"{self.start}/{self.end}"

    def overlaps(self, other: Interval) -> bool:
        """Whether a day lies in both; an open end reaches for ever."""
        return (self.start is None or other.end is None or self.start <= other.end) and (
            other.start is None or self.end is None or other.start <= self.end
        )

    def told(self) -> str:
        """For people: "2 Dec 2024", "30 Nov–2 Dec 2024", "Dec 2024", "by 15 Dec 2024 (undated)", "undated"."""
        if self.start is None:
            return f"by {_told_day(self.end)} (undated)" if self.end else "undated"
        if self.end is None:
            return f"from {_told_day(self.start)}"
        if self.start == self.end:
            return _told_day(self.start)
        if self.precision is Precision.MONTH:
            return f"{self.start:%b %Y}"
        if self.precision is Precision.YEAR:
            return f"{self.start:%Y}"
        if (self.start.year, self.start.month) == (self.end.year, self.end.month):
            return f"{self.start.day}–{_told_day(self.end)}"
        if self.start.year == self.end.year:
            return f"{self.start.day} {self.start:%b}–{_told_day(self.end)}"
        return f"{_told_day(self.start)}–{_told_day(self.end)}"


EARLIEST_YEAR, LATEST_YEAR = 1850, 2100


def is_report_day(day: date) -> bool:
    """Whether a report can have been published on a day; one of another age is a slip."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _told_day(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else ""  # five times as quick as strftime, and no locale changes it


UNDATED_DAYS = 14
"""How long before its telling an undated claim may have happened: "is moored at Norfolk", told this year and told last year, are two stays."""


def reach(interval: Interval, published: date | None) -> tuple[date, date] | None:
    """The first and last day that something told may be about, None where nothing dates it.

    What is told as still open ends with its telling; an undated claim, known by its last day, reaches UNDATED_DAYS back.
    """
    return reach_of(interval.start, interval.end, published)


def reach_of(start: date | None, end: date | None, published: date | None) -> tuple[date, date] | None:
    """The same of the ends of an interval."""
    if start is None:
        return (end - timedelta(days=UNDATED_DAYS), end) if end else None
    return start, end or max(start, published or start)


def age_days(end: date | None, as_of: datetime) -> int | None:
    """Whole days from the end of an interval to the as-of time, never below 0; None without an end."""
    return max(0, (as_of.date() - end).days) if end else None


def told_age(days: int | None, *, at_least: bool = False) -> str:
    """For people: "3 d", "≥ 3 d" for an undated claim, "unknown" without one."""
    if days is None:
        return "unknown"
    return f"{'≥ ' if at_least else ''}{days} d"


def utc_now() -> datetime:
    """The clock, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def parse_moment(text: str, now: datetime | None = None) -> datetime:
    """An as-of time: an ISO date (its end, 23:59:59 UTC) or date-time, "today", "now", "-7d". Raises UsageError."""
    now = now or utc_now()
    text = text.strip()
    if text in ("now", "today"):
        return now
    try:
        if re.fullmatch(r"-\d{1,6}d", text):
            return now - timedelta(days=int(text[1:-1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f'"{text}" is no time; use 2024-12-08, 2024-12-08T06:00Z, today or -7d') from None


def parse_period(text: str, as_of: datetime) -> Interval:
    """A period: "2024-12-02", "2024-12", "2024", "2024-W50", "2024-11-30..2024-12-05" (either end may be left out), "today", "-7d".

    `-7d` is the day seven days before as-of. Raises UsageError with what would work.
    """
    text = text.strip()
    if ".." in text:
        first, last = (part.strip() for part in text.split("..", 1))
        start = parse_period(first, as_of).start if first else None
        end = parse_period(last, as_of).end if last else None
        if start and end and start > end:
            raise UsageError(f'"{text}" ends before it starts')
        return Interval(start, end, Precision.RANGE)
    try:
        if text == "today":
            return Interval.day(as_of.date())
        if text == "yesterday":
            return Interval.day(as_of.date() - timedelta(days=1))
        if re.fullmatch(r"-\d{1,5}d", text):
            return Interval.day(as_of.date() - timedelta(days=int(text[1:-1])))
        if told := _written(text):
            return told
    except (ValueError, OverflowError):
        pass
    raise UsageError(f'"{text}" is no date; use 2024-12-02, 2024-12, 2024-W50, 2024-11-30..2024-12-05, today or -7d')


def _written(text: str) -> Interval | None:
    """A day, month, year or week in ISO 8601; None for anything else. Raises ValueError for one that no calendar has."""
    if re.fullmatch(r"\d{4}", text):
        return Interval.year(int(text))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return Interval.month(int(text[:4]), int(text[5:]))
    if match := re.fullmatch(r"(\d{4})-W(\d{1,2})", text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Interval(monday, monday + timedelta(days=6), Precision.RANGE)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return Interval.day(date.fromisoformat(text))
    return None


def parse_edtf(text: str) -> Interval:
    """What `Interval.edtf` writes, read back: "2024-12-02", "2024-12", "2024", "2024-11-30/2024-12-02", "../2024-12-15" (undated, known by then).

    A time behind a day ("2024-12-02T06:00Z", "2024-12-02 00:00:00") is left out: a movement has days. Raises UsageError with what would work.
    """
    ends = [re.sub(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}\S*$", r"\1", part.strip()) for part in text.strip().split("/")]
    try:
        first, last = (None if end == ".." else _written(end) for end in (ends[0], ends[-1]))
        if len(ends) == 1 and first:
            return first
        if len(ends) == 2 and last and ends[0] == "..":
            return Interval.open_until(last.end)
        if len(ends) == 2 and first and last:
            one_day = first.start == last.end
            return Interval(first.start, last.end, Precision.DAY if one_day else Precision.RANGE)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f'"{text}" is no date; use 2024-12-02, 2024-12, 2024, 2024-11-30/2024-12-02, or ../2024-12-15 (undated, known by then)')


def parse_day(text: str, as_of: datetime) -> date:
    """One day, by the same words as `parse_period`; a longer period is refused."""
    period = parse_period(text, as_of)
    if period.start is None or period.start != period.end:
        raise UsageError(f'"{text}" is more than one day; use 2024-12-02, today or -7d')
    return period.start
