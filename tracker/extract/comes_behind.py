"""Stage 6, who comes behind others and does as they did: "followed her in the next day", "at noon the tanker Pechenga followed her"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.sides import are_friends, are_strangers
from tracker.extract.verbs import Trigger

_THEM = frozenset(["her", "it", "them", "him", "suit"])
_WAYS = {"in": EventKind.ARRIVAL, "into": EventKind.ARRIVAL, "out": EventKind.DEPARTURE, "through": EventKind.TRANSIT}
_MOVES = frozenset(_WAYS.values())
_ENDS = frozenset(["the", "a", "on", "an", "at", "port", "later", "soon", "shortly", "some", "two"])


def comes_behind(scene: Scene, trigger: Trigger, actors: Group, discourse: Discourse) -> bool:
    """Whether who follows those of the act told last only did the same after them, and watches nobody."""
    if trigger.passive or not scene.line.low(trigger.first).startswith("follow") or scene.line.low(trigger.last) not in _THEM:
        return False
    kind = discourse.told[-1].kind
    return kind is _way_told(scene.line, trigger) or (kind in _MOVES and _in_their_turn(scene, trigger, actors, discourse))


def _way_told(line: Line, trigger: Trigger) -> EventKind | None:
    """What who follows others does as they did: "followed her in the next day", "followed them out on Tuesday"."""
    behind = trigger.last + 1
    if line.low(trigger.first) != "followed" or (line.low(behind) == "through" and line.low(behind + 2) in ("night", "day", "morning", "dark")):
        return None
    ends = not line.text(behind + 1).isalpha() or line.low(behind + 1) in _ENDS
    return _WAYS.get(line.low(behind)) if ends and not line.starting("place", behind + 1) else None


def _in_their_turn(scene: Scene, trigger: Trigger, actors: Group, discourse: Discourse) -> bool:
    """Whether ships of one side, or of none that is known, follow at an hour or on a day of their own: "at noon two supply ships followed them"."""
    line, last = scene.line, discourse.told[-1]
    led = Group(0, 0, last.vessels, last.spans)
    if last.sentence < scene.number - 1 or not set(actors.vessels).isdisjoint(last.vessels) or are_strangers(led, actors):
        return False
    ends = trigger.last + 1
    if not line.text(ends) or line.text(ends) in (".", ",", ";", ")"):
        return are_friends(led, actors) or _opens_with_time(scene, trigger, actors) or _are_of_them(actors, led)
    later = line.doc.lexicon.sets["some_time_after"]
    return not later.isdisjoint(line.lows[ends : ends + _TIME_TOKENS]) or any(line.at_offset(d.start) in (ends, ends + 1) for d in scene.dates)


def _are_of_them(actors: Group, led: Group) -> bool:
    """Whether who follows may be of those counted: "Three ships passed the strait. First came the frigate A; the tug B followed her"."""
    whole = led.vessels[0]
    return len(led.vessels) == 1 and not whole.name and sum(v.count or 0 for v in actors.vessels) < (whole.count or 0)


def _opens_with_time(scene: Scene, trigger: Trigger, actors: Group) -> bool:
    """Whether an hour or a day opens the clause of those who follow: "at noon a frigate followed them"."""
    line = scene.line
    at = actors.first - 1
    front = line.lows[max(trigger.reach[0], at - _TIME_TOKENS) : actors.first]
    return not _HOURS.isdisjoint(front) or any(trigger.reach[0] <= line.at_offset(d.start) < actors.first for d in scene.dates)


_TIME_TOKENS = 5
_HOURS = frozenset(
    ["noon", "midday", "midnight", "dawn", "dusk", "sunset", "sunrise", "nightfall", "daybreak", "o'clock", "hours", "hour", "minutes", "later"]
)
