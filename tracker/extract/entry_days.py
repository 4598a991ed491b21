"""Stage 4, days that count from the entry of a log: "Tue 3rd – HMS Kent in, leaves Friday", "back tomorrow", "in since Monday"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tracker.domain.kinds import Modality, Precision
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.port_words import DUE
from tracker.extract.scene import Discourse, Told

_AHEAD = DUE | {
    "until",
    "till",
    "leaves",
    "leave",
    "sails",
    "sail",
    "departs",
    "arrives",
    "returns",
    "will",
    "to",
    "next",
    "by",
    "for",
    "through",
    "goes",
}
_REACH = 5
_OFFSETS = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1, "yesterday": -1, "last night": -1}


def of_entry(line: Line, dates: Sequence[DateMention], discourse: Discourse) -> list[DateMention]:
    """The days of a sentence with those that count from the day of its entry, where that is another than the day of publication."""
    entry, day = _entry(line, discourse)
    if entry is None or day is None:
        return list(dates)
    return [d if d.start <= max(entry.start, line.sentence.start) else _counted(line, d, day) for d in dates]


def still_ahead(line: Line, told: Sequence[Told], discourse: Discourse) -> None:
    """Make plans of what an entry tells of a later day than its own: "Tue 3rd – HMS Kent in, leaves Friday"."""
    _, day = _entry(line, discourse)
    for event in told if day else ():
        span = event.sources.get("date", ("", None))[1]
        words = line.doc.low[slice(*span)] if span else ""
        counted = words in _OFFSETS or (bool(words) and words.split()[0].strip(".,") in line.doc.lexicon.weekdays)
        later = event.interval is not None and event.interval.start is not None and day is not None and event.interval.start > day
        if counted and later and event.stance.modality is Modality.ASSERTED:
            event.stance = Stance(Modality.PLANNED)


def _entry(line: Line, discourse: Discourse) -> tuple[DateMention | None, date | None]:
    """The words of the day of the entry that a sentence is in, and the day; none where it is the day of publication or a longer time."""
    block, opens = discourse.block_date or (-1, None)
    entry = opens if opens and block == line.sentence.block else discourse.heading_date
    day = entry.interval.start if entry and entry.interval and entry.interval.start == entry.interval.end else None
    published = line.doc.published
    return (entry, day) if day and published and day < published else (None, None)


def _counted(line: Line, mention: DateMention, day: date) -> DateMention:
    """A weekday as the nearest one to an entry, ahead of it or before, and "tomorrow" as the day behind it."""
    offset = _OFFSETS.get(line.doc.low[mention.start : mention.end])
    if offset is not None and mention.kind == "relative":
        return changed(mention, interval=Interval.day(day + timedelta(days=offset)), kind="absolute")
    told = mention.bare or mention.interval
    if mention.kind != "weekday" or told is None or told.start is None or told.start != told.end:
        return mention
    at = line.at_offset(mention.start)
    ahead = mention.bare is None and not _AHEAD.isdisjoint(line.lows[max(at - _REACH, 0) : at])
    behind = (day.weekday() - told.start.weekday()) % 7
    then = day + timedelta(days=7 - behind) if ahead else day - timedelta(days=behind)
    if mention.bare:
        return changed(mention, interval=Interval(then, day, Precision.RANGE), bare=Interval.day(then))
    return changed(mention, interval=Interval.day(then), kind="absolute")
