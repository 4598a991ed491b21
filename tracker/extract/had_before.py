"""Stage 6, what ships had done before they left: "left Colombo on Friday. She had come in on Monday": the Monday before, and to Colombo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.line import Line, Text
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Told
from tracker.extract.verbs import Trigger

_RECALLED, _SENTENCES = 8, 3
_WEEK, _COMES = timedelta(days=7), frozenset([EventKind.ARRIVAL, EventKind.IN_PORT])
_DONE = _COMES | {EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.AT_SEA, EventKind.UNDERWAY}
_HAPPENED = frozenset([Modality.ASSERTED, Modality.REPORTED])


def week_before(line: Line, told: Sequence[Told], discourse: Discourse) -> None:
    """Take for a weekday of what "had" been done the one before the day that the text told of the same ships."""
    if "had" not in line.words:
        return
    for event in told:
        if event.kind not in _DONE or event.stance.modality not in _HAPPENED:
            continue
        span = event.sources.get("date", ("", None))[1]
        if event.interval is None or event.interval.start != event.interval.end or event.interval.start is None or span is None:
            continue
        said = line.doc.low[span[0] : span[1]]
        if said.startswith("by ") or line.doc.low.endswith("by ", 0, span[0]):
            continue  # "left Rota on Thursday. By Saturday she had reached Malta"
        since = (_left(event, discourse) or _others_came(event, discourse)) if event.kind in _COMES else None
        since = since or (_then(event, discourse) if _only_back(line, event, span) else None)
        weekday = any(day in said for day in line.doc.lexicon.weekdays) and not any(c.isdigit() for c in said)
        if not (weekday and had_done(line.doc, event) and since and since.interval and since.interval.start):
            continue
        if event.interval.start > since.interval.start:
            event.interval = replace(event.interval, start=event.interval.start - _WEEK, end=event.interval.start - _WEEK)


def had_done(doc: Text, event: Told) -> bool:
    """Whether the verb of an event is told with "had": as done before the rest."""
    span = event.sources.get("trigger", ("", None))[1]
    return span is not None and "had" in doc.low[max(span[0] - _HAD_CHARS, 0) : span[0]].split()[-_HAD_TOKENS:]


_HAD_CHARS = 30
_HAD_TOKENS = 3
_SAYS = frozenset(["said", "says", "by", "reported", "announced", "confirmed"])


def _only_back(line: Line, event: Told, day: tuple[int, int]) -> bool:
    """Whether "had" looks back for sure: its day stands behind the verb, nobody says it as news, and it isn't "by" a day."""
    verb = event.sources.get("trigger", ("", None))[1]
    if event.interval is not None and event.interval.start == line.doc.published:
        return True  # "stopped the dhow on Friday. She had been sent there on Thursday, the navy said", told on a Thursday
    return verb is not None and verb[1] <= day[0] and event.stance.modality is Modality.ASSERTED and _SAYS.isdisjoint(line.words)


def _then(event: Told, discourse: Discourse) -> Told | None:
    """What the text told last of the same ships on one day: "A and B trained on Friday. B had come in on Tuesday"."""
    for before in reversed(discourse.told[-_RECALLED:]):
        if before.earlier or before.stance.modality not in _HAPPENED or not 0 < event.sentence - before.sentence <= _SENTENCES:
            continue
        if before.interval is not None and before.interval.start is not None and set(event.vessels) & set(before.vessels):
            return before if before.interval.start == before.interval.end else None
    return None


def _left(event: Told, discourse: Discourse) -> Told | None:
    """The departure of the same ships that the text told last, on one day."""
    for before in reversed(discourse.told[-_RECALLED:]):
        if before.kind is not EventKind.DEPARTURE or not 0 < event.sentence - before.sentence <= _SENTENCES:
            continue
        dated = before.interval is not None and before.interval.start is not None and before.interval.start == before.interval.end
        if dated and before.stance.modality in _HAPPENED and set(event.vessels) & set(before.vessels):
            return before
    return None


def _others_came(event: Told, discourse: Discourse) -> Told | None:
    """The arrival of others at the same port in the sentence before, on one day: "Kent reached Rota on Friday. Tyne had arrived on Monday"."""
    for before in reversed(discourse.told[-_RECALLED:]):
        same = before.kind is EventKind.ARRIVAL and before.main and event.main and before.main.name == event.main.name
        dated = before.interval is not None and before.interval.start is not None and before.interval.start == before.interval.end
        if same and dated and event.sentence - before.sentence == 1 and before.stance.modality in _HAPPENED:
            return before
    return None


def port_left(trigger: Trigger, event: Told, line: Line, discourse: Discourse) -> PlaceMention | None:
    """The port to which ships "had" come: the one that they were just told to have left."""
    if event.kind is not EventKind.ARRIVAL or "had" not in line.lows[trigger.chain : trigger.first]:
        return None
    for before in reversed(discourse.told[-_RECALLED:]):
        if event.sentence - before.sentence > _SENTENCES:
            break
        if before.kind is EventKind.DEPARTURE and before.stance.modality in _HAPPENED and set(event.vessels) <= set(before.vessels):
            return before.main if before.main and before.main.is_port else None
    return None
