"""Stage 6, hosts: what a place, a day or people are told to have seen or had of a ship."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind
from tracker.extract.act import Act
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Group, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger
from tracker.extract.where import host_of, port_meant


def hosted(act: Act) -> list[Told] | None:
    """What the place in front of a verb saw or had of ships; None where the act is theirs, in that place: "Sasebo hosts the carrier"."""
    rule, trigger, actors = act.trigger.rule, act.trigger, act.actors
    if not rule.host or (rule.needs != "host" and act.slots.get(rule.host)):
        return None
    if rule.needs == "host":
        act.slots = {}
    letting = rule.id == "host.lets" or rule.id in _HAS
    host = host_of(act.scene.line, trigger, act.before, passages=rule.kind is EventKind.TRANSIT or letting) or _still_host(act)
    if host is None and rule.needs == "host" and actors and actors.first >= trigger.last:
        host = _port_told(act)
    if host is None:
        return None if rule.needs != "host" else _seen_off_to(act, actors) if actors else []
    if moved := _seen_to(act.scene.line, trigger, actors) or _let_through(act, actors, host):
        slots = {MAIN_SLOT[moved]: host}
        return [tell(act.scene, trigger, actors.vessels, actors.spans, moved, slots, act.taken, act.discourse)] if actors else []
    if rule.id in ("host.waves", "host.gets", "host.lets"):
        return []  # "Portsmouth cheered the frigate", "Malta got two patrol boats"
    measured = next((p for p in act.near[:1] if p.how == "off" and host.entry and host.entry.kind in WATER_KINDS), None)
    act.slots[rule.host] = measured or host  # "The Ionian Sea has her now, south of Corfu"
    if host.is_passage and rule.id in _HAS:
        act.kind = EventKind.TRANSIT  # "By evening the Strait of Gibraltar had her"
    if act.kind is EventKind.IN_PORT and not _is_dry(act.scene.line, trigger, host):
        act.kind = EventKind.AT_SEA
    return None


def _still_host(act: Act) -> PlaceMention | None:
    """The port that opens a sentence and was the host of a verb before: "Lisbon saw off the frigate A on Monday and took in the corvette B"."""
    line, trigger = act.scene.line, act.trigger
    opens = act.scene.places[0] if act.scene.places else None
    if opens is None or opens.first or not opens.is_port or line.low(trigger.chain - 1) not in ("and", "then") or trigger.passive:
        return None
    return opens if any(f.first < trigger.chain and any(rule.host for rule, _ in f.data) for f in line.found("trigger")) else None


_HAS = frozenset(["host.has", "host.sees", "host.hers"])
_HOLDS = frozenset(["held", "holds", "hosted", "hosts", "sheltered", "shelters", "housed", "houses", "berthed"])
_PORT_SENTENCES = 2


def _port_told(act: Act) -> PlaceMention | None:
    """The port told before that a pronoun or a part of it stands for as a host: "when it held six submarines", "its dock held a tanker"."""
    line, trigger, discourse = act.scene.line, act.trigger, act.discourse
    if line.low(trigger.first) not in _HOLDS:
        return None
    own = line.low(trigger.chain - 1) in line.doc.lexicon.sets["port_parts"] and line.low(trigger.chain - 2) in ("its", "the")
    if not own and line.low(trigger.chain - 1) != "it":
        return None
    here = next((p for p in reversed(act.scene.places) if p.entry and p.is_port and p.last <= trigger.chain), None)
    near = act.scene.number - discourse.port_told <= _PORT_SENTENCES
    return here or (port_meant(line, discourse, act.scene.number) if near else None)


def _is_dry(line: Line, trigger: Trigger, host: PlaceMention) -> bool:
    """Whether ships that a place has lie in port there."""
    return host.is_port or host.name.lower() in line.doc.lexicon.sets["port_lands"] or "alongside" in line.lows[trigger.last :]


def _seen_to(line: Line, trigger: Trigger, actors: Group | None) -> EventKind | None:
    """What a host saw its guests do: "Rota saw her off", "Guam saw her go", "Toulon had her back"."""
    if actors is None or trigger.rule.needs != "host":
        return None
    words = {line.low(max(actors.last, trigger.last)), *(line.low(line.at_offset(end - 1) + 1) for _, end in actors.spans)}
    if line.low(trigger.last) in ("her", "it", "them", "him"):
        words.add(line.low(trigger.last + 1))  # "…, for which Sasebo saw her leave"
    sets = line.doc.lexicon.sets
    if line.low(trigger.first) in sets["have"] and "again" in words:
        return EventKind.ARRIVAL  # "Wilhelmshaven had her again on Friday"
    return EventKind.DEPARTURE if words & sets["seen_off"] else EventKind.ARRIVAL if words & sets["seen_in"] else None


def _let_through(act: Act, actors: Group | None, host: PlaceMention) -> EventKind | None:
    """What ships did that a strait let through or a port let in: "the Suez Canal let the frigate X through", "Kiel let X in"."""
    if actors is None or act.trigger.rule.id != "host.lets":
        return None
    line, sets = act.scene.line, act.scene.line.doc.lexicon.sets
    behind, right_behind = line.low(actors.last), line.low(act.trigger.last)
    if host.is_passage:
        return EventKind.TRANSIT if behind in sets["seen_through"] else None
    return EventKind.ARRIVAL if host.is_port and "in" in (behind, right_behind) else None


_OFF_TO = frozenset(["to", "on", "from", "for", "at", ",", ".", ""])


def _seen_off_to(act: Act, actors: Group) -> list[Told]:
    """A departure that a day or people, and no place, saw: "June saw HMCS Kingston off to the Baltic", "His family saw the frigate off"."""
    scene, trigger, near, before, taken, discourse = act.scene, act.trigger, act.near, act.before, act.taken, act.discourse
    line = scene.line
    if home := _had_home(line, trigger, actors, near):
        event = tell(scene, trigger, actors.vessels, actors.spans, EventKind.ARRIVAL, home, taken, discourse)
        return [event]
    if (place := _found_by_time(line, trigger, actors, near)) and trigger.rule.id in _HAS:
        kind = EventKind.IN_PORT if place.is_port and place.how == "in" else EventKind.AT_SEA
        return [tell(scene, trigger, actors.vessels, actors.spans, kind, {"place": place}, taken, discourse)]
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


def _found_by_time(line: Line, trigger: Trigger, actors: Group, near: list[PlaceMention]) -> PlaceMention | None:
    """Where a time of day or a day had a ship that the sentence told of before: "…, and the evening had her off Cadiz"."""
    at = line.low(trigger.chain - 1)
    timed = at in line.doc.lexicon.sets["times_told"] or at in line.doc.lexicon.weekdays or at in line.doc.lexicon.months or at.isdecimal()
    if not timed or line.low(trigger.last) not in ("her", "it", "them") or actors.vessels[0].plural != (line.low(trigger.last) == "them"):
        return None
    place = next((p for p in near[:1] if p.how in ("in", "off") and p.entry and p.first - trigger.last <= _HOME_TOKENS), None)
    return place if line.starting("preposition", trigger.last + 1) else None


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
