"""Stage 7, ships that did the same at an hour of their own, without a verb: "HMS Kent passed the strait at 0800 and HMS Argyll at 0930"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene, Told, replace_told

_MOVED = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})
_JOINTS = frozenset(["and", ",", ";", "then"])
_HOURS = frozenset(["noon", "midnight", "dawn", "dusk", "sunrise", "sunset", "daybreak", "midday", "lunchtime", "nightfall"])
_SPANS = frozenset(["minutes", "minute", "hour", "hours", "day", "days", "later", "afterwards", "after", "behind", "astern"])
_COUNTS = frozenset(["a", "an", "half", "some", "two", "three", "four", "five", "ten", "twenty", "thirty", "forty", "few", "shortly", "soon"])
_MARKS = frozenset([":", ".", "am", "pm", "hours", "a", "p", "m", "around", "about"])
_DAYS = frozenset(["day", "days"])
_CLOSES = frozenset([".", ",", ";", "", "and", ")"])
_HOUR_TOKENS, _LONGEST = 7, 24


def at_their_hour(scene: Scene, told: list[Told]) -> None:
    """Add the ships of a sentence that are told with an hour alone, behind those whose movement it tells."""
    line = scene.line
    for group in scene.groups:
        if line.low(before_phrase(line, group.first)) not in _JOINTS or not _timed(line, group.last):
            continue
        if not all(v.name or v.count for v in group.vessels):
            continue
        last = next((e for e in reversed(told) if e.kind in _MOVED and not e.roles and _stands_ahead(line, e, group)), None)
        if last is None or last.stance.modality is Modality.NEGATED:
            continue
        if any(e.kind is last.kind and not set(group.vessels).isdisjoint(e.vessels) for e in told):
            continue
        event = replace_told(last, last.kind)
        event.vessels, event.spans, event.places = group.vessels, group.spans, dict(last.places)
        if not _DAYS.isdisjoint(line.lows[group.last : group.last + _HOUR_TOKENS]):
            event.interval = None  # "HMS Kent left on Monday, HMS Tyne a day later"
            event.sources.pop("date", None)
        told.append(event)


def _stands_ahead(line: Line, event: Told, group: Group) -> bool:
    """Whether the word that tells an event stands not far in front of ships."""
    span = event.sources.get("trigger", ("", None))[1]
    return span is not None and 0 <= group.first - line.at_offset(span[1] - 1) <= _LONGEST


def _timed(line: Line, at: int) -> bool:
    """Whether an hour or a short while after, and nothing else, stands at a token: "at 0930", "twenty minutes later"."""
    end = next((n for n in range(at, min(at + _HOUR_TOKENS, line.size + 1)) if n > at and line.low(n) in _CLOSES), None)
    words = line.lows[at:end] if end else []
    if not words:
        return False
    if words[0] in ("at", "around", "about"):
        return len(words) > 1 and all(w.isdecimal() or w in _HOURS or w in _MARKS for w in words[1:])
    return (
        words[-1] in _SPANS and words != ["astern"] and all(w.isdecimal() or w in _SPANS or w in _COUNTS or w in ("an", "and", "the") for w in words)
    )
