"""Stage 6, watches that others take over: "HMS Kent shadowed the tug, relieved on Tuesday by HMS Argyll", who then watches her too."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Role
from tracker.domain.records import changed
from tracker.extract.act import Act
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group, Told
from tracker.extract.telling import tell

_RELIEVED = frozenset(["relieved", "replaced", "succeeded"])
_BETWEEN_TOKENS = 5


def relievers(act: Act) -> list[Group]:
    """The ships behind a verb of watching that are only told to have relieved those who watch."""
    line = act.scene.line
    if act.trigger.rule.object != "escort" or act.trigger.passive or _RELIEVED.isdisjoint(line.words):
        return []
    return [g for g in act.scene.groups if g.first > act.trigger.last and _relieved_by(line, g)]


def _relieved_by(line: Line, group: Group) -> int:
    """The token of "relieved" in an aside in front of ships, "by" and a time between; 0 where they relieve nobody."""
    by = before_phrase(line, group.first)
    if line.low(by) != "by":
        return 0
    at = next((n for n in range(by - 1, max(by - 1 - _BETWEEN_TOKENS, 0), -1) if line.low(n) in _RELIEVED), 0)
    front = at - 1 - (line.low(at - 1) in line.doc.lexicon.sets["adverbs"])
    opens = line.text(front) in (",", "(", "–", "—") and line.low(front - 1) not in ("and", "but", "then")
    return at if at and opens and "," not in line.lows[at:by] else 0


def also_watched(act: Act, told: list[Told], groups: list[Group]) -> list[Told]:
    """What those tell who relieved the watchers of an escort: whom these watched, they watched after them."""
    watch = next((e for e in told if e.kind is EventKind.ESCORT), None)
    if watch is None:
        return []
    watched = tuple(v for v, role in watch.roles if role is Role.ESCORTED)
    spans = dict(zip(watch.vessels, watch.spans, strict=True))
    found = []
    for group in groups:
        at = _relieved_by(act.scene.line, group)
        trigger = changed(act.trigger, first=at, last=at + 1, chain=at, reach=(at, act.trigger.reach[1]))
        vessels, seen = (*group.vessels, *watched), (*group.spans, *(spans[v] for v in watched))
        event = tell(act.scene, trigger, vessels, seen, EventKind.ESCORT, {}, act.taken, act.discourse)
        day = next((d for d in act.scene.dates if act.scene.line.starts[at] < d.start < group.spans[0][0]), None)
        if day is not None:
            event.interval, event.sources["date"] = day.interval, ("clause", (day.start, day.end))
        event.roles = (*((v, Role.ESCORT) for v in group.vessels), *((v, Role.ESCORTED) for v in watched))
        found.append(event)
    return found if watched else []
