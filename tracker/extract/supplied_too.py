"""Stage 6, replenishments told one after the other: "RFA X refuelled HMS Kent off Crete. HMS Tyne was refuelled as well" is by RFA X."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Role
from tracker.extract.act import Act
from tracker.extract.line import Line
from tracker.extract.scene import Group, Told
from tracker.extract.verbs import Trigger

_SENTENCES = 2
_TOO = frozenset(["too", "also", "likewise", "next", "then", "similarly", "afterwards", "later", "alongside", "beam"])


def supplied_too(act: Act, actors: Group | None, subject: Group | None, other: Group | None) -> tuple[Group | None, Group | None]:
    """Who supplies and who is supplied, where only these are told right behind another replenishment: the same ship supplies them."""
    scene, trigger = act.scene, act.trigger
    alone = actors is not None and (subject is None or other is None) and trigger.rule.id in ("supply.refuel", "supply.give")
    if not alone or actors is None or trigger.form not in ("past", "part", "pres") or not all(v.name or v.count for v in actors.vessels):
        return subject, other
    last = next((e for e in reversed(act.discourse.told[-2:]) if e.kind is EventKind.REPLENISHMENT and scene.number - e.sentence <= _SENTENCES), None)
    supplier = [v for v, role in last.roles if role is Role.SUPPLIER] if last else []
    if last is None or len(supplier) != 1 or set(supplier) & set(actors.vessels) or not _goes_on(scene.line, trigger, last, actors):
        return subject, other
    span = scene.line.span(trigger.first, trigger.last)
    return Group(trigger.first, trigger.first, tuple(supplier), (span,)), actors


def _goes_on(line: Line, trigger: Trigger, last: Told, actors: Group) -> bool:
    """Whether a clause goes on with the replenishments told before it, of others: "as well", "on Tuesday", "on the other beam"."""
    ends = not line.text(trigger.last).isalpha() or line.low(trigger.last) in ("as", "on", "in", "at", "from", "the", "a", "an", "two", "three")
    again = not _TOO.isdisjoint(line.lows[trigger.chain : trigger.last + 6])
    return (trigger.passive or ends or again) and set(actors.vessels).isdisjoint(last.vessels)
