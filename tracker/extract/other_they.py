"""Stage 6, "they" who do something to ships named behind the verb: not these ships, "HMS Kent was joined by HMS Tyne, and they saw the three off"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.corefer import Vessel
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.verbs import Trigger

_PRONOUNS = frozenset(["they", "she", "it", "both"])
_TOGETHER = frozenset([EventKind.ESCORT, EventKind.AT_SEA])
_RECALLED, _SENTENCES = 6, 3


def other_they(scene: Scene, trigger: Trigger, actors: Group | None, right: Sequence[Group], discourse: Discourse) -> Group | None:
    """Who acts, where a pronoun was taken for the ships to which it is done; None where it stands for others already."""
    if actors is None or not right or trigger.passive or trigger.rule.reversed or actors.last - actors.first != 1:
        return None
    object_ = set(right[0].vessels)
    if scene.line.low(actors.first) not in _PRONOUNS or not set(actors.vessels) & object_:
        return None
    several = scene.line.low(actors.first) in ("they", "both")
    vessels = _told_in_front(scene, actors, object_) or _last_beside(discourse, scene.number, object_)
    if several and len(vessels) == 1:
        vessels = _with_her(discourse, scene.number, vessels[0], object_)
    if not vessels or several != (len(vessels) > 1 or vessels[0].plural):
        return None
    span = scene.line.span(actors.first, actors.last)
    return Group(actors.first, actors.last, vessels, tuple(span for _ in vessels))


def _told_in_front(scene: Scene, actors: Group, object_: set[Vessel]) -> tuple[Vessel, ...]:
    """The ships that the sentence tells in front of a pronoun, none of which are those behind the verb."""
    front = [g for g in scene.groups if g.last <= actors.first]
    told = tuple(dict.fromkeys(v for g in front for v in g.vessels))
    return () if object_ & set(told) else told


def _last_beside(discourse: Discourse, number: int, object_: set[Vessel]) -> tuple[Vessel, ...]:
    """The others of the watch or meeting that the text told last of some ships."""
    for event in reversed(discourse.told[-_RECALLED:]):
        if number - event.sentence > _SENTENCES:
            break
        if event.kind in _TOGETHER and object_ & set(event.vessels) and (left := tuple(v for v in event.vessels if v not in object_)):
            return left
    return ()


def _with_her(discourse: Discourse, number: int, vessel: Vessel, object_: set[Vessel]) -> tuple[Vessel, ...]:
    """A ship and those whom the sentence has told her to meet: "HMS Tyne joined her, and they saw the three off"."""
    for event in reversed(discourse.told[-_RECALLED:]):
        if event.sentence == number and event.kind in _TOGETHER and vessel in event.vessels and not object_ & set(event.vessels):
            return event.vessels
    return ()


def taken_for_joined(line: Line, inside: Sequence[Group], at: int) -> tuple[Vessel, ...]:
    """The two ships that "together they" stands for behind a clause in which one joined the other."""
    if line.low(at - 1) != "together" or len(inside) != 2:
        return ()
    one, other = inside[0].vessels, inside[1].vessels
    single = len(one) == len(other) == 1 and not (one[0].plural or other[0].plural)
    return (*one, *other) if single and set(one).isdisjoint(other) else ()
