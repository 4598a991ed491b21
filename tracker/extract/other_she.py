"""Stage 6, whom "she" or "the ship" means where the sentence before told of two, and a port or a verb says which of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import WATER_KINDS, EventKind, PlaceKind, Role
from tracker.extract.corefer import Vessel
from tracker.extract.pronouns import PRONOUNS
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.telling import RECALLED
from tracker.extract.verbs import Trigger

_SHIP = frozenset(["ship", "vessel", "warship", "boat"])
_AT_PORTS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.IN_PORT, EventKind.UNDERWAY})
_STOPPED = frozenset(["sea.attack", "sea.rescue", "sea.befell"])


def other_meant(scene: Scene, trigger: Trigger, actors: Group, events: Sequence[Told], discourse: Discourse) -> Group | None:
    """The other ship of the sentence before, where she is meant: "HMS Kent shadowed the Boikiy. She had left Baltiysk"."""
    if taker := _who_took_over(scene, trigger, actors, events[0], discourse):
        return Group(actors.first, actors.last, (taker, *actors.vessels[1:]), actors.spans)
    if len(actors.vessels) != 1:
        return None
    if at_home := _of_that_type(scene, actors, events[0], discourse):
        return Group(actors.first, actors.last, (at_home,), actors.spans)
    if not _points_back(scene, actors):
        return None
    one = actors.vessels[0]
    before = next((e for e in reversed(discourse.told[-RECALLED:]) if one in e.vessels and scene.number - e.sentence == 1), None)
    if before is None or len(before.vessels) != 2 or events[0].kind not in _AT_PORTS:
        return None
    other = next(v for v in before.vessels if v is not one)
    if other.plural or other.group or (other.count or 1) > 1:
        return None
    meant = _is_hers(actors, other, before, events[0]) or _is_brought(trigger, one, before) or _had_come(scene, trigger, one, before, events[0])
    return Group(actors.first, actors.last, (other,), actors.spans) if meant else None


def _who_took_over(scene: Scene, trigger: Trigger, actors: Group, event: Told, discourse: Discourse) -> Vessel | None:
    """Who watches on whom the sentence before told that she watched no more: "HMS Kent handed them on to HMS Tyne. She will escort them to Texel"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.rule not in _HANDED or trigger.rule.object != "escort" or event.kind is not EventKind.ESCORT:
        return None
    if scene.number - last.sentence != 1 or scene.line.low(actors.first) not in _SHE or actors.first > 0 or actors.vessels[0] in last.vessels:
        return None
    takers = [v for v, role in last.roles if role is Role.ESCORT]
    watched = {v for v, role in last.roles if role is Role.ESCORTED}
    same = watched & {v for v, role in event.roles if role is Role.ESCORTED}
    return takers[0] if len(takers) == 1 and same and takers[0] not in actors.vessels else None


_HANDED, _SHE = ("escort.hand", "escort.handed"), ("she", "it")


def _of_that_type(scene: Scene, actors: Group, event: Told, discourse: Discourse) -> Vessel | None:
    """The ship of a type that is told to be in her own land's port, where a rival of that type was told last: "The frigate is back in Plymouth"."""
    line, land = scene.line, _land(event)
    bare = line.low(actors.first) == "the" and actors.last - actors.first == 2 and line.starting("type", actors.last - 1) is not None
    if not bare or land is None or event.kind not in _AT_PORTS or land in (mine := _nations(actors.vessels[0])) or not mine:
        return None
    one = actors.vessels[0]
    told = (v for e in reversed(discourse.told[-RECALLED:]) for v in e.vessels if v is not one and v.name and v.type == one.type)
    other = next((v for v in told if land in _nations(v)), None)
    return other if other and are_rivals(actors, Group(actors.first, actors.last, (other,), actors.spans)) else None


def _points_back(scene: Scene, actors: Group) -> bool:
    """Whether words without a name or a type stand for a ship: "she", "the vessel"."""
    line, last = scene.line, actors.last - 1
    if line.low(actors.first) in PRONOUNS:
        return actors.last - actors.first == 1
    if line.low(actors.first) != "the" or line.low(last) not in _SHIP or last - actors.first > _MEASURED_TOKENS:
        return False
    between = range(actors.first + 1, last)
    return not any(line.text(n).isalpha() and (line.text(n)[0].isupper() or line.ending("type", n + 1)) for n in between)  # "the 3,800-ton vessel"


_MEASURED_TOKENS = 6


def _nations(vessel: Vessel) -> frozenset[str]:
    return frozenset([vessel.country]) if vessel.country else vessel.flags


def _land(event: Told) -> str | None:
    """The country of the port that an event is about."""
    entry = event.main.entry if event.main else None
    return entry.country if entry and entry.kind not in WATER_KINDS else None


def _is_hers(actors: Group, other: Vessel, before: Told, event: Told) -> bool:
    """Whether a port is of the other ship's country, and the one taken for her watched her or was watched by her: no guest of hers."""
    mine, theirs, land = _nations(actors.vessels[0]), _nations(other), _land(event)
    watched = before.kind is EventKind.ESCORT and are_rivals(actors, Group(actors.first, actors.last, (other,), actors.spans))
    if not watched or land is None:
        return False
    if land in mine and event.main and event.main.entry and event.main.entry.kind is PlaceKind.COUNTRY:
        return land not in theirs and bool(theirs)  # "HMS Tyne shadowed the Yantar. The ship had entered British waters"
    return len(theirs) == 1 and land in theirs and land not in mine


def _is_brought(trigger: Trigger, one: Vessel, before: Told) -> bool:
    """Whether a ship that stopped or helped another is told to be brought somewhere: this happens to the other."""
    stopped = before.rule in _STOPPED or (one, Role.ESCORT) in before.roles
    return stopped and trigger.passive and trigger.rule.id.startswith("carry") and before.vessels[0] is one


def _had_come(scene: Scene, trigger: Trigger, one: Vessel, before: Told, event: Told) -> bool:
    """Whether what had been before tells whence a ship came that was met and watched, and not her watcher."""
    line, land = scene.line, _land(event)
    had = "had" in line.lows[trigger.chain : trigger.first] and trigger.chain - 1 <= 1
    return had and (one, Role.ESCORT) in before.roles and land not in _nations(one) and event.kind is not EventKind.UNDERWAY
