"""Stage 6, passengers: the ship on which those go of whom a verb of movement is told."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.groups import before_phrase
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

_MOVES = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.UNDERWAY})


def carrier_of(scene: Scene, trigger: Trigger, right: Sequence[Group]) -> Group | None:
    """The ship that carries those who are told to move: "A contingent left Jinhae aboard the destroyer X", "troops left Oran on the Y"."""
    line, rule = scene.line, trigger.rule
    if rule.kind not in _MOVES or rule.object or rule.seen or rule.copula or rule.nominal or not _tells(scene, trigger):
        return None
    for group in right:
        at = before_phrase(line, group.first)
        link = line.low(at)
        end = at - 1 if link == "board" and line.low(at - 1) == "on" else at
        if not all(v.name for v in group.vessels) or link not in ("aboard", "board", "on") or not _closes(scene, trigger, end):
            continue
        if link != "on" or _people_ahead(scene, trigger):
            return group
    return None


def _tells(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb tells that somebody moves: "sailors are heading out", "300 sailors deployed aboard", and not "the sailors heading out"."""
    if trigger.form == "ing":
        return trigger.chain < trigger.first
    deployed = trigger.form == "state" and scene.line.low(trigger.first) == "deployed" and trigger.rule.kind is EventKind.DEPARTURE
    return trigger.form in ("past", "pres", "part", "base") or (deployed and _people_ahead(scene, trigger))


def _closes(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether the verb, its place or its day ends right in front of a token."""
    line = scene.line
    if at == trigger.last or any(p.last == at for p in scene.places if p.last > trigger.first):
        return True
    return any(line.at_offset(d.end - 1) == at - 1 for d in scene.dates if d.start >= line.starts[trigger.first])


def _people_ahead(scene: Scene, trigger: Trigger) -> bool:
    """Whether people stand in front of a verb."""
    sets = scene.line.doc.lexicon.sets
    return not (sets["people"] | sets["crews"]).isdisjoint(scene.line.lows[trigger.reach[0] : trigger.chain])
