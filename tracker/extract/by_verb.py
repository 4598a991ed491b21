"""Stage 6, one verb: the events that one word of movement tells of its vessels, with the places, passages and stops of its clause."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, PASSAGE_KINDS, WATER_KINDS, EventKind, Modality
from tracker.domain.records import changed
from tracker.extract.around import places_around
from tracker.extract.company import as_before, followers, with_others
from tracker.extract.groups import before_phrase
from tracker.extract.hosted import seen_off_to, seen_to
from tracker.extract.joined import with_companions, with_those_too, with_tower
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.places import PlaceMention
from tracker.extract.quiet import tells_nothing
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.slots import fill_slots
from tracker.extract.stances import stance_of
from tracker.extract.stations import each_its_place, further_ports, further_stops, passages, ports_before, told_again
from tracker.extract.telling import RECALLED, tell
from tracker.extract.two_sided import with_object
from tracker.extract.verbs import Trigger
from tracker.extract.where import has_needed, host_of, is_bare_copula, set_known_port, stay_known

BASE_TOO = frozenset(["put", "set", "cast", "come", "run", "quit", "cut"])
"""Verbs whose past or participle is the base too: "saw the destroyer put out"."""


def events_of_verb(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> list[Told]:
    """What a word of movement tells of those who act, none where it tells nothing."""
    if tells_nothing(scene, trigger, actors):
        return []
    line, rule = scene.line, trigger.rule
    seen = scene.seen_from is not None and trigger.form == "base" and not line.lows[trigger.chain : trigger.first]
    taken = stance_of(line, changed(trigger, chain=scene.seen_from, reach=(scene.seen_from or 0, trigger.reach[1])) if seen else trigger, actors)
    near, before = places_around(scene, trigger, actors, discourse)
    kind, slots = fill_slots(line, rule, trigger, near, before, scene.places)
    main = MAIN_SLOT[kind]
    if rule.id == "carry.active" and trigger.form == "base" and main in slots and slots[main].how in ("off", "in"):
        return []  # "is to bring 54 ships together off Kronstadt"
    if (
        main not in slots
        and scene.watched
        and (trigger.form == "base" or line.low(trigger.first) in BASE_TOO)
        and kind in (EventKind.DEPARTURE, EventKind.ARRIVAL)
    ):
        slots[main] = scene.watched  # "Taranto saw the two depart"
    if (
        kind is EventKind.ESCORT
        and not slots
        and scene.watched
        and scene.watched.entry
        and scene.watched.entry.kind in {*WATER_KINDS, *PASSAGE_KINDS}
    ):
        slots[main] = scene.watched  # "The North Sea saw HMS Kent shadow the tanker X"
    if main not in slots and scene.watched and scene.watched.is_passage and kind is EventKind.TRANSIT:
        slots[main] = scene.watched  # "The Bosphorus saw her pass"
    if rule.host and (rule.needs == "host" or not slots.get(rule.host)):
        slots = {} if rule.needs == "host" else slots
        host = host_of(line, trigger, before, passages=rule.kind is EventKind.TRANSIT)
        if host:
            if moved := seen_to(line, trigger, actors):
                return [tell(scene, trigger, actors.vessels, actors.spans, moved, {MAIN_SLOT[moved]: host}, taken, discourse)] if actors else []
            if rule.id in ("host.waves", "host.gets"):
                return []  # "Portsmouth cheered the frigate", "Malta got two patrol boats"
            measured = next((p for p in near[:1] if p.how == "off" and host.entry and host.entry.kind in WATER_KINDS), None)
            slots[rule.host] = measured or host  # "The Ionian Sea has her now, south of Corfu"
            dry = host.is_port or host.name.lower() in line.doc.lexicon.sets["port_lands"] or "alongside" in line.lows[trigger.last :]
            kind = EventKind.AT_SEA if kind is EventKind.IN_PORT and not dry else kind
        elif rule.needs == "host":
            return seen_off_to(scene, trigger, actors, near, before, taken, discourse) if actors else []
    if rule.needs == "before":
        return as_before(scene, trigger, actors, taken, discourse) if actors else []
    if rule.object == "escort" and (behind := followers(scene, trigger)):
        return as_before(scene, trigger, behind, taken, discourse)
    if rule.object == "escort" and actors and (moved := _follows_her(line, trigger)) and discourse.told and discourse.told[-1].kind is moved:
        return as_before(scene, trigger, actors, taken, discourse)
    if rule.object == "meet" and actors:
        actors = with_those_too(scene, trigger, actors)
    if rule.object:
        return with_object(scene, trigger, actors, kind, slots, taken, discourse, near)
    if actors is None:
        return []
    actors = with_companions(scene, trigger, with_tower(scene, trigger, actors))
    event = tell(scene, trigger, actors.vessels, actors.spans, kind, slots, taken, discourse)
    if trigger.form == "pres" and event.kind is EventKind.UNDERWAY and rule.id == "depart.sail" and event.stance.modality is Modality.PLANNED:
        event.kind = EventKind.DEPARTURE  # "sails for Malaysia on Friday"
    return _as_far_as_told(scene, trigger, event, taken, near, before, discourse)


def _as_far_as_told(
    scene: Scene, trigger: Trigger, event: Told, taken: Stance, near: list[PlaceMention], before: list[PlaceMention], discourse: Discourse
) -> list[Told]:
    """The event if the clause has what its rule needs, with the further places, passages and stops that the clause tells."""
    line, rule = scene.line, trigger.rule
    unseen = taken.modality is Modality.NEGATED and rule.seen and trigger.passive  # "has not been seen"
    if unseen and line.low(trigger.chain - 1) == "what":
        return []  # "What won't be seen is a submarine"
    joined_them = event.kind is EventKind.DEPARTURE and rule.needs == "place_or_date" and with_others(scene, trigger)
    if event.stance.modality is Modality.NEGATED and event.kind is EventKind.ARRIVAL and not event.places and (off := _waits_off(event, discourse)):
        event.places["destination"], event.sources["destination"] = off, ("document", (off.start, off.end))
    stays = event.stance.modality is Modality.NEGATED and event.kind is EventKind.DEPARTURE and not event.places
    if (stays or _left_since(line, trigger, event, discourse)) and (berth := discourse.lying.get(event.vessels[0])):
        event.places["origin"], event.sources["origin"] = berth, ("document", (berth.start, berth.end))  # "called at Malta. She has not left yet"
    bare = trigger.form == "ing" and trigger.chain == trigger.first and not event.places
    if bare and rule.id in ("depart.sail", "depart.steam") and (line.text(trigger.first - 1) == "," or _told_right_before(scene, trigger)):
        return []  # "passed the strait on Monday, sailing in line"
    if (rule.copula or rule.id == "stay.behind") and event.main is None and stay_known(scene, trigger, event, discourse):
        return [event]
    if rule.needs and not unseen and not joined_them and not has_needed(rule.needs, event):
        if rule.id != "sea.state" or not _is_afloat(line, trigger, event, discourse):
            return []
        dated = event.sources.get("date")
        if dated and dated[1] and line.text(trigger.chain - 1) == "," and dated[1][0] < line.starts[trigger.chain]:
            event.interval = None  # "put out on July 5, is still at sea"
            event.sources.pop("date")
        return [event]
    if event.main is None and event.kind in (EventKind.DEPARTURE, EventKind.ARRIVAL) and rule.id != "noun.begun":
        set_known_port(scene, trigger, event, discourse)
    if rule.id == "depart.out" and not _is_out(event):
        return []
    if rule.copula and not is_bare_copula(line, trigger, event, near):
        return []
    if "respectively" in line.lows[trigger.last : trigger.reach[1] + 1]:
        return each_its_place(event, near)
    if "via" not in event.places and (way := next((p for p in before if p.how == "through" and p.is_passage and p.last <= scene.opening), None)):
        event.places["via"] = way  # "By way of the Osumi Strait she left …"
    if rule.id == "carry.active" and before and before[-1].is_passage and before[-1].how is None and before[-1].last == trigger.chain:
        event.places.setdefault("via", before[-1])  # "The Kiel Canal let her into the North Sea"
    more = further_ports(scene, event, near) or further_stops(scene, event, near, discourse) or ports_before(line, trigger, event, before)
    return [event, *passages(event, near), *(more or told_again(scene, event, discourse))]


def _told_right_before(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships stand right in front of a verb."""
    return any(g.last == trigger.first for g in scene.groups)


_WHILE = frozenset(["when", "whenever", "while", "if", "once", "until", "unless", "before", "what", "how", "as"])
_LATELY = 6


def _is_afloat(line: Line, trigger: Trigger, event: Told, discourse: Discourse) -> bool:
    """Whether ships are told to be or stay at sea and no more: "Ten submarines are at sea at the moment", "Porter will stay at sea"."""
    chain = line.lows[trigger.chain : trigger.first]
    copula = not line.doc.lexicon.sets["be"].isdisjoint(chain) or any(word.startswith(("stay", "remain")) for word in chain)
    at_sea = line.lows[trigger.last - 2 : trigger.last] == ["at", "sea"] and line.low(trigger.last) not in _NO_END
    if not copula or not at_sea:
        return False
    opener = line.low(before_phrase(line, line.at_offset(event.spans[0][0])))
    if event.main is not None or opener in _WHILE or not all(v.name or v.count for v in event.vessels):
        return False
    known = (e for e in discourse.told[-_LATELY:] if e.kind is EventKind.AT_SEA and e.stance.modality is event.stance.modality)
    return not any(set(e.vessels) & set(event.vessels) for e in known)


_NO_END = frozenset(["level", "or", "when", "while", "with", "as", "by", "under", "during", "because"])


def _is_out(event: Told) -> bool:
    """Whether a ship that is out of a place has left it: "is out of the Baltic again", but not "is out of Norfolk", where she is based."""
    event.places.pop("destination", None)  # "is out of the Baltic, her visit to Tallinn done"
    if event.main is None or event.main.entry is None:
        return False
    return (event.main.is_port and event.interval is not None) or event.main.is_passage or event.main.entry.kind in WATER_KINDS


def _left_since(line: Line, trigger: Trigger, event: Told, discourse: Discourse) -> bool:
    """Whether nothing but that ships left is told of them right behind where they lay: "called at Malta on Monday. She has since left"."""
    last = discourse.told[-1] if discourse.told else None
    lay = last is not None and last.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and event.sentence - last.sentence <= 1
    if (
        event.kind is not EventKind.DEPARTURE
        or event.places
        or event.interval
        or not lay
        or last is None
        or not set(event.vessels) <= set(last.vessels)
    ):
        return False
    ends = not line.text(trigger.last).isalpha() or line.low(trigger.last) in line.doc.lexicon.sets["alone"]
    return ends and trigger.rule.id in ("depart.leave", "depart.sail", "depart.ship", "depart.gone", "depart.phrase")


def _waits_off(event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port off which ships wait that have not come in: "was seen off Plymouth, although she has not come in"."""
    last = next((e for e in reversed(discourse.told[-RECALLED:]) if set(e.vessels) & set(event.vessels)), None)
    if last is None or last.kind is not EventKind.AT_SEA or event.sentence - last.sentence > 1:
        return None
    return last.main if last.main and last.main.is_port and last.main.how == "off" else None


_THEM = frozenset(["her", "it", "them", "him", "suit"])
_WAYS = {"in": EventKind.ARRIVAL, "into": EventKind.ARRIVAL, "out": EventKind.DEPARTURE, "through": EventKind.TRANSIT}


def _follows_her(line: Line, trigger: Trigger) -> EventKind | None:
    """What who follows others does as they did: "followed her in the next day", "followed them out on Tuesday"."""
    if line.low(trigger.first) != "followed" or trigger.passive or line.low(trigger.last) not in _THEM:
        return None
    behind = trigger.last + 1
    if line.low(behind) == "through" and line.low(behind + 2) in ("night", "day", "morning", "dark"):
        return None
    ends = not line.text(behind + 1).isalpha() or line.low(behind + 1) in (
        "the",
        "a",
        "on",
        "an",
        "at",
        "port",
        "later",
        "soon",
        "shortly",
        "some",
        "two",
    )
    return _WAYS.get(line.low(behind)) if ends and not line.starting("place", behind + 1) else None
