"""Stage 6, who: whose act a participle behind "in" tells beside another's name: "took over from HMS Kent in patrolling the Gulf"."""

from __future__ import annotations

from tracker.extract.groups import before_phrase, joined
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

_INSTEAD = frozenset(
    ["replaced", "replaces", "replace", "replacing", "relieved", "relieves", "relieve", "relieving", "over", "succeeded", "succeeds"]
)
_TOO = frozenset(w + end for w in ("join", "assist", "help", "support", "aid") for end in ("", "s", "ed", "ing"))
_BETWEEN_TOKENS = 6


def in_doing(scene: Scene, trigger: Trigger) -> Group | None:
    """The ship that does what another did, or both where one helps the other: "joined HMS Kent in patrolling the Gulf"."""
    line, at = scene.line, trigger.chain - 1
    if trigger.form != "ing" or trigger.chain != trigger.first or line.low(at) != "in":
        return None
    other = next((g for g in scene.groups if g.last == at), None)
    one = next((g for g in reversed(scene.groups) if other and g.last < other.first and not set(g.vessels) & set(other.vessels)), None)
    if one is None or other is None or before_phrase(line, other.first) - one.last > _BETWEEN_TOKENS:
        return None
    between = line.lows[one.last : other.first]
    if "," in between or "by" in between:
        return None
    if not _INSTEAD.isdisjoint(between):
        return one
    return joined([one, other]) if not _TOO.isdisjoint(between) else None
