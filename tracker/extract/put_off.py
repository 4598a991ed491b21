"""Stage 6, movements put off to another day: "her departure was postponed until Friday", "delayed her return to 20 May": planned for then."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import Interval
from tracker.extract.act import Act
from tracker.extract.dates import DateMention
from tracker.extract.day_by_tense import on_or_after
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.scene import Told

_TO = frozenset(["until", "till", "to", "by"])
_KINDS = frozenset(EventKind) - {EventKind.UNDERWAY}
_REACH = 12
"""Tokens between the words for putting off and the new day, at most."""


def set_new_day(act: Act, event: Told) -> None:
    """Set the day to which a sentence tells that a movement was put off, as a plan; the day on which it was to be is none any more."""
    line = act.scene.line
    puts = line.doc.lexicon.sets["puts_off"]
    if event.kind not in _KINDS or not (act.trigger.rule.nominal or act.trigger.rule.id == "transit.state") or puts.isdisjoint(line.words):
        return
    at = next((n for n in range(max(act.trigger.chain - _REACH, 0), min(act.trigger.last + _REACH, line.size)) if line.low(n) in puts), None)
    day = _new_day(line, at, act) if at is not None else None
    if at is None or day is None or (whole := day.bare or day.interval) is None:
        return
    event.stance = Stance(Modality.PLANNED, line.low(at))
    told = on_or_after(whole, line.doc.published) if day.kind == "weekday" else _next_year(whole, line)
    event.interval, event.sources["date"] = told, ("clause", (day.start, day.end))


def _new_day(line: Line, at: int, act: Act) -> DateMention | None:
    """The day behind "until" or "to" that a word for putting off leads to; None where a verb stands between."""
    for day in act.scene.dates:
        first = line.at_offset(day.start)
        lead = line.low(first) if line.low(first) in _TO else line.low(first - 1) if line.low(first - 1) != "the" else line.low(first - 2)
        if at < first <= at + _REACH and lead in _TO and ";" not in line.lows[at:first]:
            return day
    return None


def _next_year(whole: Interval, line: Line) -> Interval:
    """A day of the year told, or the next one where the text names none and it would lie behind."""
    published = line.doc.published
    if published is None or whole.end is None or whole.start is None or whole.end >= published or str(whole.end.year) in line.lows:
        return whole
    try:
        return replace(whole, start=whole.start.replace(year=whole.start.year + 1), end=whole.end.replace(year=whole.end.year + 1))
    except ValueError:
        return whole
