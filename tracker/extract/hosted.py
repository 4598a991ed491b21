"""Stage 6, hosts: what a place, a day or people are told to have seen or had of a ship."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.places import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger


def seen_to(line: Line, trigger: Trigger, actors: Group | None) -> EventKind | None:
    """What a host saw its guests do: "Rota saw her off", "Guam saw her go", "Toulon had her back"."""
    if actors is None or trigger.rule.needs != "host":
        return None
    word = line.low(max(actors.last, trigger.last))
    sets = line.doc.lexicon.sets
    return EventKind.DEPARTURE if word in sets["seen_off"] else EventKind.ARRIVAL if word in sets["seen_in"] else None


_OFF_TO = frozenset(["to", "on", "from", "for", "at", ",", ".", ""])


def seen_off_to(
    scene: Scene, trigger: Trigger, actors: Group, near: list[PlaceMention], before: list[PlaceMention], taken: Stance, discourse: Discourse
) -> list[Told]:
    """A departure that a day or people, and no place, saw: "June saw HMCS Kingston off to the Baltic", "His family saw the frigate off"."""
    line = scene.line
    if home := _had_home(line, trigger, actors, near):
        event = tell(scene, trigger, actors.vessels, actors.spans, EventKind.ARRIVAL, home, taken, discourse)
        return [event]
    sees = line.low(trigger.first) in line.doc.lexicon.sets["sees_off"] and line.low(actors.last) == "off"
    if not sees or actors.first < trigger.last or line.low(actors.last + 1) not in _OFF_TO:
        return []
    slots = {
        slot: p for p in near if (slot := {"from": "origin", "to": "destination", "toward": "destination", "into": "destination"}.get(p.how or ""))
    }
    if "origin" not in slots and (quay := next((p for p in reversed(before) if p.is_port and p.how == "in"), None)):
        slots["origin"] = quay  # "Families at Portsmouth waved the frigate off"
    event = tell(scene, trigger, actors.vessels, actors.spans, EventKind.DEPARTURE, slots, taken, discourse)
    return [event] if slots or event.interval else []


_HOME_TOKENS = 4


def _had_home(line: Line, trigger: Trigger, actors: Group, near: list[PlaceMention]) -> dict[str, PlaceMention]:
    """The port that a day or people, and no place, had ships home in: "November will have both ships home in Halifax"."""
    at = max(actors.last, trigger.last)
    if actors.first < trigger.last or line.low(at) not in ("home", "back") or line.starting("trigger", at + 1):
        return {}
    if line.low(at) == "back" and line.starting("trigger", at):
        return {}  # a verb of its own
    port = next((p for p in near if p.how in ("in", "to", "home", None) and 0 < p.first - at <= _HOME_TOKENS), None)
    return {"destination": port} if port else {}
