"""Intervals keep the precision they were told with; periods mean what people mean."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval, age_days, parse_day, parse_edtf, parse_moment, parse_period, told_age
from tracker.errors import UsageError

AS_OF = datetime(2024, 12, 15, 12, 0, tzinfo=UTC)

PERIODS = [
    ("2024-12-02", date(2024, 12, 2), date(2024, 12, 2)),
    ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-W50", date(2024, 12, 9), date(2024, 12, 15)),
    ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
    ("2024-11-30..2024-12-05", date(2024, 11, 30), date(2024, 12, 5)),
    ("2024-11..2024-12-05", date(2024, 11, 1), date(2024, 12, 5)),
    ("2024-11-30..", date(2024, 11, 30), None),
    ("..2024-12-05", None, date(2024, 12, 5)),
    ("today", date(2024, 12, 15), date(2024, 12, 15)),
    ("yesterday", date(2024, 12, 14), date(2024, 12, 14)),
    ("-7d", date(2024, 12, 8), date(2024, 12, 8)),
    ("-7d..today", date(2024, 12, 8), date(2024, 12, 15)),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_a_period(text: str, start: date | None, end: date | None) -> None:
    period = parse_period(text, AS_OF)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["", "soon", "2024-13", "2024-02-30", "2024-W60", "02/12/2024", "2024-12-05..2024-12-01", "-d", "-9999999d", "0000"])
def test_no_period(text: str) -> None:
    with pytest.raises(UsageError):
        parse_period(text, AS_OF)


def test_a_day_is_one_day() -> None:
    assert parse_day("2024-12-02", AS_OF) == date(2024, 12, 2)
    with pytest.raises(UsageError, match="more than one day"):
        parse_day("2024-12", AS_OF)


TOLD = [
    (Interval.day(date(2024, 12, 2)), "2024-12-02", "2 Dec 2024"),
    (Interval(date(2024, 12, 3), date(2024, 12, 5), Precision.RANGE), "2024-12-03/2024-12-05", "3–5 Dec 2024"),
    (Interval(date(2024, 11, 30), date(2024, 12, 2), Precision.RANGE), "2024-11-30/2024-12-02", "30 Nov–2 Dec 2024"),
    (Interval(date(2024, 12, 30), date(2025, 1, 2), Precision.RANGE), "2024-12-30/2025-01-02", "30 Dec 2024–2 Jan 2025"),
    (Interval.month(2024, 12), "2024-12", "Dec 2024"),
    (Interval.year(2024), "2024", "2024"),
    (Interval.open_until(date(2024, 12, 15)), "../2024-12-15", "by 15 Dec 2024 (undated)"),
    (Interval.open_until(None), None, "undated"),
]


@pytest.mark.parametrize(("interval", "edtf", "told"), TOLD)
def test_told_as_it_was_told(interval: Interval, edtf: str | None, told: str) -> None:
    assert (interval.edtf(), interval.told()) == (edtf, told)


def test_an_interval_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Interval(date(2024, 12, 2), date(2024, 12, 1), Precision.RANGE)


days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
intervals = st.tuples(days, days).map(lambda pair: Interval(min(pair), max(pair), Precision.RANGE))


@given(intervals, intervals)
def test_overlap_is_symmetric_and_holds_with_itself(one: Interval, other: Interval) -> None:
    assert one.overlaps(one)
    assert one.overlaps(other) == other.overlaps(one)


def test_ages() -> None:
    assert age_days(date(2024, 12, 2), AS_OF) == 13
    assert age_days(date(2025, 1, 1), AS_OF) == 0
    assert age_days(None, AS_OF) is None
    assert (told_age(13), told_age(13, at_least=True), told_age(None)) == ("13 d", "≥ 13 d", "unknown")


def test_moments() -> None:
    assert parse_moment("2024-12-08") == datetime(2024, 12, 8, 23, 59, 59, tzinfo=UTC)
    assert parse_moment("2024-12-08T06:00+02:00") == datetime(2024, 12, 8, 4, 0, tzinfo=UTC)
    assert parse_moment("-7d", AS_OF) == datetime(2024, 12, 8, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["8 December", "", "-7", "-999999d", "-99999999999d", "0001-01-01T00:00+14:00", "2024-02-30", "24-12-08"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(UsageError, match="is no time"):
        parse_moment(text, AS_OF)


EDTF = [
    ("2024-12-02", Interval.day(date(2024, 12, 2))),
    ("2024-12-02T06:30Z", Interval.day(date(2024, 12, 2))),
    ("2024-12-02 00:00:00", Interval.day(date(2024, 12, 2))),
    ("2024-12", Interval.month(2024, 12)),
    ("2024", Interval.year(2024)),
    ("2024-11-30/2024-12-02", Interval(date(2024, 11, 30), date(2024, 12, 2), Precision.RANGE)),
    ("2024-11/2024-12-02", Interval(date(2024, 11, 1), date(2024, 12, 2), Precision.RANGE)),
    ("2024-12-02/2024-12-02", Interval.day(date(2024, 12, 2))),
    ("../2024-12-15", Interval.open_until(date(2024, 12, 15))),
]


@pytest.mark.parametrize(("text", "interval"), EDTF)
def test_edtf(text: str, interval: Interval) -> None:
    assert parse_edtf(text) == interval


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "2024-12-02/..", "2024-13", "2024-02-30", "2 Dec 2024", "02/12/2024", "2024-12-02/2024-12-01", "today", "a/b/c"]
)
def test_what_is_no_edtf(text: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        parse_edtf(text)


days = st.dates(min_value=date(1000, 1, 1))


@given(days, days, st.sampled_from(["day", "month", "year", "range", "open"]))
def test_edtf_reads_back_what_it_writes(one: date, other: date, how: str) -> None:
    first, last = sorted((one, other))
    interval = {
        "day": Interval.day(one),
        "month": Interval.month(one.year, one.month),
        "year": Interval.year(one.year),
        "range": Interval(first, last, Precision.DAY if first == last else Precision.RANGE),
        "open": Interval.open_until(one),
    }[how]
    assert parse_edtf(interval.edtf() or "") == interval
