"""Stage 7, days of arrival told without a verb: "bound for Baltiysk, ETA Friday", "left for Split, with arrival planned for 19 May"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.records import changed
from tracker.extract.dates import DateMention
from tracker.extract.day_by_tense import on_or_after
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.scene import Told


def due_there(line: Line, dates: Sequence[DateMention], told: list[Told]) -> None:
    """Make of the day behind "ETA" or "arrival planned for" that of an arrival where ships are headed, and none of their being on the way."""
    for at in (n for n in line.where(DUE) if line.low(n) in _ETA or _tells_arrival(line, n)):
        day = next((d for d in dates if d.interval and 0 < line.at_offset(d.start) - at <= _DAY_TOKENS), None)
        event = next((e for e in told if e.kind in (EventKind.UNDERWAY, EventKind.DEPARTURE) and "destination" in e.places), None)
        if day is None or day.interval is None or event is None or any(e.kind is EventKind.ARRIVAL for e in told):
            continue
        when = on_or_after(day.interval, line.doc.published) if day.kind == "weekday" else day.interval
        arrival = changed(event, kind=EventKind.ARRIVAL, places={"destination": event.places["destination"]}, interval=when, roles=())
        arrival.stance, arrival.sources = Stance(Modality.PLANNED, line.text(at)), {**event.sources, "date": ("clause", (day.start, day.end))}
        if event.sources.get("date", ("", None))[1] == (day.start, day.end):
            event.interval = None
            event.sources.pop("date")
        told.append(arrival)


DUE, _ETA = frozenset(["eta", "due", "arrival"]), frozenset(["eta"])
_FORESEEN = frozenset(["planned", "expected", "scheduled", "estimated", "due", "set", "foreseen"])
_DAY_TOKENS, _FORESEEN_TOKENS = 4, 3


def _tells_arrival(line: Line, at: int) -> bool:
    """Whether a word leads to the day of an arrival: "left for Split, due on Friday", "with arrival planned for 19 May"."""
    if line.low(at) == "due":
        return line.text(at - 1) == "," and line.low(at + 1) not in ("to", "in", "at", "back", "for")
    near = line.lows[max(at - _FORESEEN_TOKENS, 0) : at + _FORESEEN_TOKENS]
    return not _FORESEEN.isdisjoint(near) and line.low(at + 1) not in ("in", "at", "of")
