"""Stage 4, weekdays in a log's entry: under "Friday 6 October", "She had been off Gotland on Wednesday" tells of the 4th."""

from __future__ import annotations

import re
from datetime import timedelta

from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.calendar_words import WEEKDAY
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.scene import Discourse

_WEEK, _HALF = 7, 3
_OF_THE_DAY = frozenset(["overnight"])


def beside_entry(line: Line, dates: list[DateMention], discourse: Discourse) -> list[DateMention]:
    """The days of a sentence with the bare weekdays that are nearest to the day of its entry, not to that of the report."""
    if not discourse.kept or (discourse.watch is not None and discourse.watch.is_port):
        return dates
    note_week(line, dates, discourse)
    dates = [_before_next(line, mention) for mention in dates]
    day = _day_of_entry(line, discourse)
    if day is None and discourse.week and line.sentence.block:
        return [_within(mention, discourse.week) for mention in dates]
    return [_near(line, mention, day) for mention in dates] if day else dates


_NEXT_ENTRY = re.compile(rf"\n[ \t]*(?:[-*•][ \t]*)?({WEEKDAY})[a-z]*\b")
_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR = 3


def _before_next(line: Line, mention: DateMention) -> DateMention:
    """The weekday that opens an entry a week back, where it would be the day of publication and the entry below is of a weekday behind it."""
    told, published = mention.interval, line.doc.published
    opens = mention.kind == "weekday" and mention.start == line.sentence.start
    if not opens or told is None or told.start is None or told.end is None or told.start != published:
        return mention
    below = _NEXT_ENTRY.search(line.doc.low, line.sentence.end)
    if below is None or not 0 < (_KEYS.index(below[1]) - published.weekday()) % _WEEK <= _NEAR:
        return mention
    back = timedelta(days=_WEEK)
    return changed(mention, interval=Interval(told.start - back, told.end - back, told.precision))


def note_week(line: Line, dates: list[DateMention], discourse: Discourse) -> None:
    """Remember the week that a title tells: "Traffic off Istanbul, 2-8 December 2024"."""
    if line.sentence.block or discourse.week:
        return
    spans = [d.interval for d in dates if d.kind == "absolute" and d.interval and d.interval.start and d.interval.end]
    discourse.week = next((i for i in spans if i.start and i.end and _HALF <= (i.end - i.start).days < _WEEK), None)


def _within(mention: DateMention, week: Interval) -> DateMention:
    """A weekday of the week that the title tells: "Saratov on Monday"."""
    told = mention.interval
    if mention.kind != "weekday" or not (told and told.start and told.end and week.start and week.end) or told.start <= week.end:
        return mention
    moved = timedelta(days=-_WEEK * ((told.start - week.end).days // _WEEK + 1))
    if told.start + moved < week.start:
        moved += timedelta(days=_WEEK)
    return changed(mention, interval=Interval(told.start + moved, told.end + moved, told.precision)) if told.start + moved <= week.end else mention


def _day_of_entry(line: Line, discourse: Discourse) -> Interval | None:
    """The one day of the entry in which a sentence stands."""
    block, opened = discourse.block_date or (-1, None)
    told = opened if block == line.sentence.block else discourse.heading_date
    day = told.interval if told else None
    return day if day and day.start and day.start == day.end else None


def _near(line: Line, mention: DateMention, day: Interval) -> DateMention:
    told, published = mention.interval, line.doc.published
    words = line.doc.low[mention.start : mention.end]
    if words in _OF_THE_DAY and published and day.start and day.start < published and told and told.start and told.end:
        back = day.start - published
        return changed(mention, interval=Interval(told.start + back, told.end + back, told.precision))  # "berthed overnight", of the entry's night
    opens = mention.start <= line.doc.blocks[line.sentence.block].start
    if mention.kind != "weekday" or opens or not (told and told.start and told.end and day.start and published) or told.start > published:
        return mention
    apart = (told.start - day.start).days
    moved = timedelta(days=((apart + _HALF) % _WEEK) - _HALF - apart)
    if not moved or told.end + moved > published:
        return mention
    return changed(mention, interval=Interval(told.start + moved, told.end + moved, told.precision))
