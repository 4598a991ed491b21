"""Stage 7, how long ships stay that a text told to come in: "put in at Sydney on Monday. They are to stay five days"."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.verbs import Trigger

_LONGEST, _RECALLED = 60, 12


def tells_length(scene: Scene, trigger: Trigger) -> bool:
    """Whether so many days stand right behind a verb of staying: "are to stay five days"."""
    return any(_is_length(scene.line, d.kind, d.days) and trigger.first <= scene.line.at_offset(d.start) <= trigger.last for d in scene.dates)


def _is_length(line: Line, kind: str, days: int) -> bool:
    return kind in ("stay", "duration") and 1 < days <= _LONGEST


def from_the_day_they_came(scene: Scene, events: list[Told], discourse: Discourse) -> None:
    """Date a stay to come whose length alone is told from the day on which its ships came in."""
    days = [d.days for d in scene.dates if _is_length(scene.line, d.kind, d.days)]
    if len(days) != 1:
        return
    for event in events:
        if event.kind is not EventKind.IN_PORT or event.stance.modality is not Modality.PLANNED or event.interval is not None:
            continue
        came = next((e for e in reversed([*discourse.told[-_RECALLED:], *events]) if _is_coming(e, event)), None)
        if came is not None and came.interval is not None and (begin := came.interval.start) is not None:
            event.interval = Interval(begin, begin + timedelta(days=days[0] - 1), Precision.RANGE)
            event.sources["date"] = ("document", came.sources.get("date", ("", None))[1])


def _is_coming(came: Told, stay: Told) -> bool:
    """Whether an arrival on a known day is that of a stay's ships, at its place."""
    if came.kind is not EventKind.ARRIVAL or came.interval is None or came.interval.start != came.interval.end:
        return False
    return set(stay.vessels) <= set(came.vessels) and came.main is not None and stay.main is not None and came.main.name == stay.main.name
