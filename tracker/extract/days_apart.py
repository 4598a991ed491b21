"""Stage 7, ships that did the same so long before or after: "HMS Kent reached Rota on Friday, two days behind HMS Tyne"."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import Interval
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene, Told, replace_told

_MOVED = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})
_SPANS = frozenset(["minutes", "minute", "hour", "hours", "day", "days", "week", "weeks", "fortnight", "month", "months"])
_HOURS = frozenset(["minutes", "minute", "hour", "hours"])
_ORDER = {"after": -1, "behind": -1, "later than": -1, "before": 1, "ahead of": 1, "in front of": 1, "earlier than": 1}
"""Whether the ships told behind such a word were earlier or later than those in front of it."""
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_CLOSES = frozenset([".", ",", ";", "", ")", ":", "–", "—"])
_FAR_TOKENS = 30


def days_apart(scene: Scene, told: list[Told]) -> None:
    """Add the ships of a sentence than which others are told to have moved so much later or sooner."""
    line = scene.line
    for group in scene.groups:
        if line.text(group.last) not in _CLOSES:
            _date_clause(line, group, told)
            continue
        found = _apart(line, group)
        if found is None or not all(v.name or v.count for v in group.vessels):
            continue
        at, days = found
        last = next((e for e in reversed(told) if e.kind in _MOVED and not e.roles and _stands_ahead(line, e, at)), None)
        if last is None or last.stance.modality is Modality.NEGATED or set(group.vessels) >= set(last.vessels):
            continue
        for event in [e for e in told if e.span == last.span and e.kind is last.kind]:
            kept = {v: s for v, s in zip(event.vessels, event.spans, strict=True) if v not in group.vessels}
            event.vessels, event.spans = tuple(kept) or event.vessels, tuple(kept.values()) or event.spans
        event = replace_told(last, last.kind)
        event.vessels, event.spans, event.places = group.vessels, group.spans, dict(last.places)
        event.places.pop("origin" if last.kind is not EventKind.DEPARTURE else "destination", None)
        event.interval = _moved(last.interval, days)
        if event.interval is None:
            event.sources.pop("date", None)
        told.append(event)


def _date_clause(line: Line, group: Group, told: list[Told]) -> None:
    """Date what a clause tells by how long before or after another act it was: "left Rota on 9 May, two days after HMS Tyne had put to sea"."""
    found = _apart(line, group)
    if found is None or found[1] is None:
        return
    at, days = found
    act = next((e for e in told if set(e.vessels) == set(group.vessels) and not _stands_ahead(line, e, at)), None)
    last = next((e for e in reversed(told) if not e.roles and _stands_ahead(line, e, at)), None)
    if act is None or last is None or act.interval is not None or act.roles or act.stance.modality is Modality.NEGATED:
        return
    act.interval = _moved(last.interval, days)
    if act.interval is not None and "date" in last.sources:
        act.sources["date"] = last.sources["date"]


def _apart(line: Line, group: Group) -> tuple[int, int | None] | None:
    """The token at which a time between two ships is told in front of the second, and the days between, if they are told: "two days behind"."""
    end = before_phrase(line, group.first)
    for words, sign in _ORDER.items():
        size = len(words.split())
        if " ".join(line.lows[end - size + 1 : end + 1]) != words:
            continue
        noun = end - size
        if line.low(noun) not in _SPANS or line.text(noun - 2 - (line.low(noun - 1) == "few")) not in (",", "–", "—", "and", "("):
            return None
        many = 0 if line.low(noun) in _HOURS else _COUNTS.get(line.low(noun - 1)) if line.low(noun).startswith("day") else None
        return noun, None if many is None else sign * many
    return None


def _moved(interval: Interval | None, days: int | None) -> Interval | None:
    """The day so many days from that of an event, where it is one day."""
    if interval is None or days is None or interval.start is None or interval.start != interval.end:
        return None
    return Interval.day(interval.start + timedelta(days=days)) if days else interval


def _stands_ahead(line: Line, event: Told, at: int) -> bool:
    """Whether the word that tells an event stands not far in front of a token."""
    span = event.sources.get("trigger", ("", None))[1]
    return span is not None and 0 <= at - line.at_offset(span[1] - 1) <= _FAR_TOKENS
