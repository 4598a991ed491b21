"""Stage 3, what the entries of a log have in common: whom they leave out, how they follow in time, how they tell a call that came to nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from tracker.domain.when import Interval
from tracker.extract.calendar_words import MONTH, WEEKDAY, WEEKDAY_WORD
from tracker.extract.dates import DateMention, in_month
from tracker.extract.line import Line, Text
from tracker.extract.logs import is_log
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse

_WEEKDAY = rf"(?:{WEEKDAY_WORD}[,.]?\s*)?"
_OPENING = re.compile(rf"(?:[-*•]\s*)?(?:{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?\s*{MONTH}|{_WEEKDAY}{MONTH}[a-z]*\.?\s+\d)")
_FEWEST_UNSPOKEN, _UNSPOKEN_SHARE = 3, 0.4


def note_shape(doc: Text, lines: Sequence[tuple[Line, Sequence[VesselMention], Sequence[DateMention]]], discourse: Discourse) -> None:
    """Keep in mind whether a text is a log that leaves out of whom it tells, and where its entries reach the day of publication."""
    if lines and is_log(doc):
        discourse.leaves_out = _leaves_out([(line, vessels) for line, vessels, _ in lines])
        discourse.log_end = _log_end([(line, dates) for line, _, dates in lines])


def _leaves_out(lines: Sequence[tuple[Line, Sequence[VesselMention]]]) -> bool:
    """Whether a log leaves out of whom it tells: many of its entries open with a day and name no ship, "26 Feb – Suez Canal. 3 Mar – Djibouti"."""
    opening = [
        vessels_behind if _only_dated(line) and then.sentence.block == line.sentence.block else vessels
        for (line, vessels), (then, vessels_behind) in pairwise([*lines, lines[-1]])
        if line.sentence.start == line.doc.blocks[line.sentence.block].start and _opens_dated(line)
    ]
    unspoken = sum(not vessels for vessels in opening)
    return unspoken >= _FEWEST_UNSPOKEN and unspoken >= _UNSPOKEN_SHARE * len(opening)


def _opens_dated(line: Line) -> bool:
    """Whether a sentence opens with a day as an entry does."""
    return _OPENING.match(line.doc.low, line.sentence.start, line.sentence.start + _ENTRY_CHARS) is not None


def _only_dated(line: Line) -> bool:
    """Whether a sentence is nothing but a day: "Saturday 24 August." """
    return line.size <= _DAY_TOKENS and all(low.isdecimal() or not low.isalpha() or _DATE_WORD.match(low) for low in line.lows)


_DATE_WORD = re.compile(rf"(?:{MONTH}|{WEEKDAY})")
_DAY_TOKENS = 7
_ENTRY_CHARS = 24


def _log_end(lines: Sequence[tuple[Line, Sequence[DateMention]]]) -> int:
    """Where the last entry of a log begins that lies before publication, where such entries follow each other in time; -1 elsewhere."""
    past = list[tuple[int, date]]()
    for line, dates in lines:
        first = next((d for d in dates if d.kind == "absolute" and d.interval and line.at_offset(d.start) <= 1), None)
        start, published = first.interval.start if first and first.interval else None, line.doc.published
        if start and published and start <= published:
            past.append((line.sentence.start, start))
    in_turn = len(past) > 2 and all(a <= b for (_, a), (_, b) in pairwise(past))
    return past[-1][0] if in_turn else -1


def in_entry(line: Line, dates: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The days of a log's entry: none of an entry in front of the last ones lies ahead, and a day without a month is of the entry's.

    "16 January" in a log that goes on until December; "24–29 January – … took fuel on the 27th".
    """
    published = line.doc.published
    if published is None or (not discourse.keeper and discourse.log_end < 0):
        return dates
    if line.sentence.start < discourse.log_end:
        dates = [replace(d, interval=_year_before(d.interval)) if _lies_ahead(line, d, published) else d for d in dates]
    block, opened = discourse.block_date or (-1, None)
    if opened is None or block != line.sentence.block:
        return dates
    settled = in_month(line.doc.low, dates, opened.interval, published)
    return [d if d is before else replace(d, number=0) for d, before in zip(settled, dates, strict=True)]


def _lies_ahead(line: Line, day: DateMention, published: date) -> bool:
    """Whether a day that opens an entry, told without its year, was taken for one to come."""
    told = day.interval.start if day.interval else None
    opens = day.kind == "absolute" and line.at_offset(day.start) <= 1
    return opens and told is not None and told > published and _YEAR.search(line.doc.text, day.start, day.end) is None


def _year_before(told: Interval | None) -> Interval | None:
    """The same days a year before."""
    if told is None or told.start is None or told.end is None:
        return told
    start, end = (day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day) for day in (told.start, told.end))
    return replace(told, start=start, end=end)


_YEAR = re.compile(r"(?:19|20)\d\d")


def opens_with_port(line: Line, places: list[PlaceMention], first: DateMention) -> bool:
    """Whether a port and its day open an entry of a log: "Jakarta, 12 Apr – Struck out"."""
    port, at = next((p for p in places if p.entry), None), line.at_offset(first.start)
    if port is None or port.first > 0 or not 0 <= at - port.last <= 1 or (at > port.last and line.text(port.last) not in (",", "(", ":", "–", "-")):
        return False
    behind = line.low(line.at_offset(first.end))
    return behind in (":", "-", "–", "—", ".", "", ";", ")") and is_log(line.doc)


def struck_out(line: Line) -> int | None:
    """The word by which an entry tells that its call came to nothing: "Jakarta, 12 April – dropped for want of a berth"."""
    words = line.doc.lexicon.sets["struck_out"]
    return next((n for n in line.where(words) if line.low(n + 1) in _ENDS_STRUCK or line.low(n + 1) in line.doc.lexicon.function), None)


_ENDS_STRUCK = frozenset(["", ".", ",", ";", ":", ")", "–", "—", "owing", "because", "due", "after", "for", "out"])
