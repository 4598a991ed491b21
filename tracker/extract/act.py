"""Stage 6, an act: what a word of movement tells before it is known whose it is: its kind, its places, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.records import changed
from tracker.extract.around import places_around
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.slots import fill_slots
from tracker.extract.stances import stance_of
from tracker.extract.verbs import Trigger


@dataclass(slots=True)
class Act:
    """A word of movement with what its clause says of it; `near` are the places behind the word, `before` those in front of it."""

    scene: Scene
    trigger: Trigger
    actors: Group | None
    discourse: Discourse
    taken: Stance
    near: list[PlaceMention]
    before: list[PlaceMention]
    kind: EventKind
    slots: dict[str, PlaceMention]


def read_act(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> Act:
    """What a clause tells with a word of movement."""
    line = scene.line
    seen = scene.seen_from is not None and trigger.form == "base" and not line.lows[trigger.chain : trigger.first]
    seen = seen and _OTHER_CLAUSE.isdisjoint(line.lows[scene.seen_from or 0 : trigger.chain])
    judged = changed(trigger, chain=scene.seen_from, reach=(scene.seen_from or 0, trigger.reach[1])) if seen else trigger
    taken = stance_of(line, judged, actors)
    near, before = places_around(scene, trigger, actors, discourse)
    kind, slots = fill_slots(line, trigger, near, before, scene.places)
    if trigger.rule.id == "carry.active" and actors and _is_taken_off(line, actors):
        berth = next((p for p in near if p.first >= actors.last and p.is_port), None)
        kind, slots = EventKind.DEPARTURE, {"origin": berth} if berth else {}
    if taken.modality is Modality.PLANNED and trigger.rule.id == "arrive.return" and _came_there(scene, slots.get("destination"), discourse):
        slots = {}  # "put into Rota on Friday and is due to return on Sunday"
    return Act(scene, trigger, actors, discourse, taken, near, before, kind, slots)


def _came_there(scene: Scene, place: PlaceMention | None, discourse: Discourse) -> bool:
    """Whether the sentence has told the ships of a verb to have come to a place or to lie there."""
    last = discourse.told[-1] if discourse.told else None
    return place is not None and last is not None and last.sentence == scene.number and last.kind in _LIES and last.main is place


_LIES = frozenset([EventKind.ARRIVAL, EventKind.IN_PORT])


_OTHER_CLAUSE = frozenset(["when", "where", "while", "because", "after", "before"])


def _is_taken_off(line: Line, actors: Group) -> bool:
    """Whether ships are told to be pulled or pushed from where they lay: "tugs eased the carrier off her berth at Rosyth"."""
    at = actors.last + 1
    own = line.low(at) in ("her", "its", "the", "their")
    return line.low(actors.last) == "off" and own and line.low(at + 1) in line.doc.lexicon.sets["own_berths"]
