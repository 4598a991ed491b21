"""Stage 2, days in figures, in a text whose entries open with them: "22/1", "8/3 (Sat) HMS Kent left", "04/03 USS Cole", "Sunday 3/10"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from tracker.extract.calendar_words import WEEKDAY_WORD
from tracker.extract.line import Line

_DAY = re.compile(rf"(?:\b{WEEKDAY_WORD}[.,]? )?(?<![\d/.])(\d{{1,2}}/\d{{1,2}})\b(?![/\d])(?:\s*\({WEEKDAY_WORD}\b[^)\n]{{0,12}}\))?")
_FIGURES = re.compile(r"(?<![\d/.])((\d{1,2})/(\d{1,2}))\b(?![/\d])")
_OPENS = re.compile(rf"^[ \t]*(?:[-*•][ \t]*)?(?:{WEEKDAY_WORD}[.,]? )?\d{{1,2}}/\d{{1,2}}\b(?![/\d])", re.MULTILINE)
_PADDED = re.compile(r"(?<![\d/.])(?:0\d/\d\d|\d\d/0\d)(?![/\d])")
_FEWEST, _FIRST_POST, _AHEAD, _BACK = 3, 2, timedelta(days=30), timedelta(days=200)


def figured_days(line: Line) -> Iterator[tuple[int, int, date]]:
    """The days in figures of a sentence, where a log tells its days so: where their words begin and end, and the day."""
    days = days_of_entries(line.doc.low, line.doc.published)
    for told in _DAY.finditer(line.doc.low, line.sentence.start, line.sentence.end) if days else ():
        if day := days.get(told[1]):
            yield told.start(), told.end(), day


@lru_cache(maxsize=8)
def days_of_entries(low: str, published: date | None) -> Mapping[str, date]:
    """The days of a log by their figures: the day or the month in front, as lies nearer to publication; posts of a thread have none."""
    told = {m[1]: (int(m[2]), int(m[3])) for m in _FIGURES.finditer(low)}
    opens = max(len(set(_OPENS.findall(low))), len(set(_PADDED.findall(low))))
    if opens < _FEWEST or published is None or _numbers_posts(list(told.values())):
        return {}
    read = [{key: _day(*((a, b) if month_first else (b, a)), published) for key, (a, b) in told.items()} for month_first in (False, True)]
    known = [{key: day for key, day in days.items() if day} for days in read if all(days.values())]
    near = [days for days in known if min(days.values()) >= published - _BACK]
    return min(near, key=lambda days: published - min(days.values()), default={})


def _numbers_posts(told: list[tuple[int, int]]) -> bool:
    """Whether figures count the posts of a thread: "1/6", "2/6", "3/6"."""
    return told[0][0] <= _FIRST_POST and all(number == told[0][0] + n and number <= whole for n, (number, whole) in enumerate(told))


def _day(month: int, day: int, published: date) -> date | None:
    """The last such day that lies no further ahead than a plan would; None where the year has none."""
    try:
        told = date(published.year, month, day)
        return told if told <= published + _AHEAD else date(published.year - 1, month, day)
    except ValueError:
        return None
