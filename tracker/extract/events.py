"""Stage 6 and 7, events: each trigger with its vessels, places, date and stance; each slot with where it came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role
from tracker.domain.when import Interval
from tracker.extract.clauses import Trigger, find_triggers
from tracker.extract.corefer import Fleet, Vessel
from tracker.extract.dates import DateMention, is_history
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.places import PORT_KINDS, PlaceMention
from tracker.extract.vessels import VesselMention
from tracker.gazetteer.lexicon import Rule

_PRONOUNS = frozenset(["it", "she", "they", "he"])
_NEAR_TOKENS = 24
_ROLES = {"escort": (Role.ESCORT, Role.ESCORTED), "supply": (Role.SUPPLIER, Role.RECEIVER)}


@dataclass(frozen=True, slots=True)
class Group:
    """Vessels told together: tokens first..last-1, the vessels, and the span of each one's mention."""

    first: int
    last: int
    vessels: tuple[Vessel, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(eq=False, slots=True)
class Told:
    """An event as one clause tells it, before the document's events are put together."""

    vessels: tuple[Vessel, ...]
    spans: tuple[tuple[int, int], ...]
    kind: EventKind
    rule: str
    stance: Stance
    span: tuple[int, int]
    sentence: int
    block: int
    places: dict[str, PlaceMention] = field(default_factory=dict)
    interval: Interval | None = None
    roles: tuple[tuple[Vessel, Role], ...] = ()
    sources: dict[str, tuple[str, tuple[int, int] | None]] = field(default_factory=dict)

    @property
    def main(self) -> PlaceMention | None:
        """The place the event is chiefly about."""
        return self.places.get(MAIN_SLOT[self.kind])


@dataclass(eq=False)
class Discourse:
    """What the text has told so far and what governs the sentence at hand."""

    fleet: Fleet = field(default_factory=Fleet)
    places: dict[str, PlaceMention] = field(default_factory=dict)  # port, passage, any -> the last told
    interval: Interval | None = None  # the last date told
    last: dict[EventKind, Told] = field(default_factory=dict)
    heading_date: DateMention | None = None
    heading_place: PlaceMention | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all its mentions."""

    line: Line
    number: int
    groups: Sequence[Group]
    places: Sequence[PlaceMention]
    dates: Sequence[DateMention]


def group_mentions(line: Line, mentions: Sequence[VesselMention], resolved: Sequence[tuple[Vessel, ...]]) -> list[Group]:
    """Mentions that only list marks part, as groups."""
    groups: list[Group] = []
    for mention, vessels in zip(mentions, resolved, strict=True):
        spans = tuple((mention.start, mention.end) for _ in vessels)
        before = groups[-1] if groups else None
        if before and before.vessels[-1].group and _defines(line, before.last, mention.first):
            members = tuple(dict.fromkeys((*(v for v in before.vessels if not v.group), *vessels)))
            before.vessels[-1].members = members
            groups[-1] = Group(before.first, mention.last, members, tuple((mention.start, mention.end) for _ in members))
            continue
        if (
            before
            and all(line.low(n) in line.doc.lexicon.sets["list_marks"] for n in range(before.last, mention.first))
            and mention.first - before.last <= 5
        ):
            fresh = [(v, s) for v, s in zip(vessels, spans, strict=True) if v not in before.vessels]
            groups[-1] = Group(before.first, mention.last, (*before.vessels, *(v for v, _ in fresh)), (*before.spans, *(s for _, s in fresh)))
        else:
            groups.append(Group(mention.first, mention.last, vessels, spans))
    return [_members_alone(group) for group in groups]


def _members_alone(group: Group) -> Group:
    """A list whose first names how many and the rest who: "two warships, the frigate A and the tanker B" are two."""
    first, rest = group.vessels[0], group.vessels[1:]
    if first.name or first.count is None or first.count != len(rest) or len(rest) < 2 or not all(v.name for v in rest):
        return group
    first.members = rest
    return Group(group.first, group.last, rest, group.spans[1:])


def _defines(line: Line, first: int, last: int) -> bool:
    """Whether the words between a group and a list tell who is in it: "the CSG, made up of …"."""
    words = " ".join(line.low(n) for n in range(first, last))
    return words.strip(", :(") in line.doc.lexicon.sets["members"] or any(
        words.strip(", :(").startswith(f"{m} ") and last - first <= 6 for m in line.doc.lexicon.sets["members"]
    )


def read_scene(scene: Scene, discourse: Discourse, vessels: Sequence[VesselMention]) -> list[Told]:
    """The events that a sentence tells, in order."""
    told: list[Told] = []
    subject: Group | None = None
    leading: Group | None = None  # the subject of the sentence's first clause: whom the next sentence may leave unsaid
    for trigger in find_triggers(scene.line, vessels, scene.places):
        if _is_habit(scene.line, trigger):
            continue
        actors = _subject(scene, trigger, subject, discourse)
        if actors and trigger.rule.subject != "after":
            subject = actors
        for event in _events(scene, trigger, actors, discourse):
            if _heads_on(scene.line, event, told):
                continue
            told.append(event)
            discourse.last[event.kind] = event
        if actors and leading is None:
            leading = actors
    if leading:
        discourse.fleet.subject = leading.vessels
    return told


def _heads_on(line: Line, event: Told, told: list[Told]) -> bool:
    """Take a heading told with a departure or transit of the same vessels as its destination: "left Sydney bound for Pearl Harbor"."""
    if event.kind is not EventKind.UNDERWAY or not told or "destination" not in event.places:
        return False
    before = told[-1]
    fits = (
        before.kind in (EventKind.DEPARTURE, EventKind.TRANSIT)
        and before.vessels == event.vessels
        and before.stance.modality is event.stance.modality
    )
    if not fits or before.places.get("destination", event.places["destination"]).name != event.places["destination"].name:
        return False
    (_, end), (start, _) = before.sources["trigger"][1] or (0, 0), event.sources["trigger"][1] or (0, 0)
    if any(t.low in (";", "and", "while", "then", "who", "which") for t in line.tokens if end <= t.start < start):
        return False
    before.places["destination"] = event.places["destination"]
    before.sources["destination"] = event.sources["destination"]
    return True


def _is_habit(line: Line, trigger: Trigger) -> bool:
    begin, end = trigger.reach[0], trigger.reach[1]
    return any(line.low(n) in line.doc.lexicon.habit for n in range(max(begin, trigger.first - 6), min(end, trigger.last + 4)))


# --- who


def _subject(scene: Scene, trigger: Trigger, before: Group | None, discourse: Discourse) -> Group | None:
    line, rule = scene.line, trigger.rule
    left = [g for g in scene.groups if g.last <= trigger.chain and g.first >= trigger.reach[0]]
    right = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    if rule.subject == "after":
        return _joined(right) if right else None
    if rule.subject == "both" and right and not left and before is None and _leads(scene, trigger):
        return _joined(right)
    if rule.seen and not trigger.passive and trigger.form == "past":
        return _joined(right) if right else None  # who sees is not where the seen one is
    word = line.low(trigger.chain - 1)
    if (
        before
        and word in ("and", ",", "then", "before", "after", "but", "while", "or")
        and (not left or before.last > left[-1].last or _object_of_other(left, before, word))
    ):
        return before
    if pronoun := _pronoun(scene, trigger, left, discourse):
        return pronoun
    if left:
        return _not_agent(line, left)
    if rule.subject == "both" and right:
        return _joined(right)
    if before:
        return before
    if rule.copula:
        return None
    earlier = [g for g in scene.groups if g.last <= trigger.chain]
    if earlier:
        return _not_agent(line, earlier)
    colon = next((n for n in range(trigger.last, len(line.tokens)) if line.text(n) == ":"), None)
    if colon is not None and _leads(scene, trigger) and (behind := [g for g in scene.groups if g.first > colon]):
        return behind[0]  # "En route to the Mediterranean: six landing ships"
    return _unspoken(scene, trigger, discourse)


def _leads(scene: Scene, trigger: Trigger) -> bool:
    """Whether nothing but places, dates and little words stands before a trigger: "Tied up at Sasebo is the carrier …"."""
    pronoun = any(scene.line.low(n) in _PRONOUNS for n in range(trigger.chain))
    return not pronoun and not any(g.first < trigger.first for g in scene.groups)


def _object_of_other(left: Sequence[Group], before: Group, word: str) -> bool:
    return word == "and" and before.last <= left[-1].first


def _joined(groups: Sequence[Group]) -> Group:
    vessels: dict[Vessel, tuple[int, int]] = {}
    for group in groups:
        for vessel, span in zip(group.vessels, group.spans, strict=True):
            vessels.setdefault(vessel, span)
    return Group(groups[0].first, groups[-1].last, tuple(vessels), tuple(vessels.values()))


def _not_agent(line: Line, left: Sequence[Group]) -> Group:
    for group in reversed(left):
        if line.low(group.first - 1) not in line.doc.lexicon.sets["agents"]:
            return group
    return left[-1]


def _pronoun(scene: Scene, trigger: Trigger, left: Sequence[Group], discourse: Discourse) -> Group | None:
    line = scene.line
    for at in range(trigger.chain - 1, max(trigger.reach[0] - 1, trigger.chain - 4), -1):
        if line.low(at) in _PRONOUNS and (not left or left[-1].last <= at):
            inside = [g for g in scene.groups if g.last <= at]
            several = line.low(at) == "they"
            near = next((g for g in reversed(inside) if several == (len(g.vessels) > 1 or g.vessels[0].plural)), None)
            vessels = near.vessels if near else discourse.fleet.pronoun(line.low(at))
            if not vessels or (line.low(at) == "it" and line.low(at + 1) in ("'", "’", "was", "is") and not near and not vessels):
                return None
            span = (line.tokens[at].start, line.tokens[at].end)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels))
    return None


def _unspoken(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The vessel of the sentences before, for a telegraph style that leaves it out: "Passed the Suez Canal on April 16"."""
    line = scene.line
    covered = {n for m in (*scene.places,) for n in range(m.first, m.last)}
    for at in range(trigger.chain):
        word = line.low(at)
        if (
            at in covered
            or word in line.doc.lexicon.sets["lead_in"]
            or not word.isalpha()
            or any(d.start <= line.tokens[at].start < d.end for d in scene.dates)
        ):
            continue
        return None
    if trigger.form in ("base", "pres", "ing") and not scene.dates:
        return None
    vessels = discourse.fleet.subject
    if not vessels:
        return None
    span = (line.tokens[trigger.first].start, line.tokens[trigger.last - 1].end)
    return Group(trigger.first, trigger.first, vessels, tuple(span for _ in vessels))


# --- what


def _events(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> list[Told]:
    line, rule = scene.line, trigger.rule
    taken = _stance(line, trigger, actors)
    right = [_told_before(scene, p, discourse) for p in scene.places if trigger.last <= p.first < trigger.reach[1]]
    left = [_told_before(scene, p, discourse) for p in scene.places if trigger.reach[0] <= p.first < trigger.chain]
    near, before = [p for p in right if p], [p for p in left if p]
    kind, slots = _slots(line, rule, trigger, near, before)
    if rule.host and not slots.get(rule.host):
        host = next((p for p in before if p.is_port), None)
        if host:
            slots[rule.host] = host
    if rule.object:
        return _with_object(scene, trigger, actors, kind, slots, taken, discourse)
    if actors is None:
        return []
    actors = _with_companions(scene, trigger, actors)
    event = _told(scene, trigger, actors.vessels, actors.spans, kind, slots, taken, discourse)
    unseen = taken.modality is Modality.NEGATED and rule.seen and trigger.passive  # "has not been seen"
    if rule.needs and not unseen and not _has(rule.needs, event):
        return []
    if rule.copula and not _bare_copula(line, trigger, event):
        return []
    return [event, *_passages(event, near), *_further_ports(line, event, near)]


def _further_ports(line: Line, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """An arrival at each place of a list: "called at Tunis, Algiers and Oran"."""
    first = event.places.get("destination")
    if event.kind is not EventKind.ARRIVAL or first is None or first not in near:
        return []
    more, last = [], first
    for place in near[list(near).index(first) + 1 :]:
        if place.how not in (None, first.how) or not all(line.low(n) in (",", "and", "then", "in", "at") for n in range(last.last, place.first)):
            break
        another = replace_told(event, EventKind.ARRIVAL)
        another.places = {"destination": place}
        another.sources = {**event.sources, "destination": ("clause", (place.start, place.end))}
        more.append(another)
        last = place
    return more


def read_caption(scene: Scene, discourse: Discourse) -> list[Told]:
    """A caption without a verb: a place before a colon, vessels behind it: "Off Tartus, Dec. 10: two frigates and a tug"."""
    line = scene.line
    colon = next((n for n in range(len(line.tokens)) if line.text(n) == ":"), None)
    if colon is None:
        return []
    groups = [g for g in scene.groups if g.first > colon]
    places = [p for p in scene.places if p.last <= colon and p.slot == "place"]
    if not groups or not places or any(g.first < colon for g in scene.groups):
        return []
    main = next((p for p in places if p.how == "off"), places[0])
    kind = EventKind.IN_PORT if main.is_port and main.how == "in" else EventKind.AT_SEA
    joined = _joined(groups)
    span = (line.sentence.start, line.sentence.end)
    event = Told(
        joined.vessels,
        joined.spans,
        kind,
        "caption.place",
        stance(line, colon, colon, colon, (0, colon)),
        span,
        scene.number,
        line.sentence.block,
        {"place": main},
    )
    dated = next((d for d in scene.dates), None)
    event.interval = _resolved(dated, discourse) if dated else (discourse.heading_date.interval if discourse.heading_date else None)
    event.sources = {"place": ("clause", (main.start, main.end)), **({"date": ("clause", (dated.start, dated.end))} if dated else {})}
    return [event]


def _with_companions(scene: Scene, trigger: Trigger, actors: Group) -> Group:
    """The actors with those told behind the verb as in their company: "left Tartus together with the tug X"."""
    line = scene.line
    company = [
        g
        for g in scene.groups
        if trigger.last <= g.first < trigger.reach[1]
        and line.low(g.first - 1) in ("with", "alongside")
        and line.low(g.first - 2) in ("together", "along", "company", ",", "port", "sea")
    ]
    return _joined([actors, *company]) if company else actors


def _stance(line: Line, trigger: Trigger, actors: Group | None) -> Stance:
    if trigger.rule.denies:
        return Stance(Modality.NEGATED, line.doc.text[line.tokens[trigger.first].start : line.tokens[trigger.last - 1].end])
    if actors and line.low(actors.first) in ("no", "neither", "none") and line.low(actors.first + 1) not in ("fewer", "less"):
        return Stance(Modality.NEGATED, line.text(actors.first))
    return stance(line, trigger.chain, trigger.first, trigger.last, (trigger.reach[0], max(trigger.reach[1], trigger.last)))


def _told_before(scene: Scene, place: PlaceMention, discourse: Discourse) -> PlaceMention | None:
    """The place a mention stands for, when it points back; None when nothing was told that it could mean."""
    if not place.anaphor:
        return place
    earlier = [p for p in scene.places if p.last <= place.first and p.entry and (place.anaphor == "any" or (place.anaphor == "port" and p.is_port))]
    known = earlier[-1] if earlier else discourse.places.get(place.anaphor)
    how = place.how or ("in" if place.name in ("there", "here") else None)
    return replace(place, name=known.name, entry=known.entry, how=how, slot=place.slot or ("place" if how == "in" else None)) if known else None


def _slots(
    line: Line, rule: Rule, trigger: Trigger, near: Sequence[PlaceMention], before: Sequence[PlaceMention]
) -> tuple[EventKind, dict[str, PlaceMention]]:
    kind = rule.kind
    classes = {p.how for p in near}
    for how, then in rule.by:
        if how in classes:
            kind = then
            break
    if rule.id == "transit.pass":
        near = [_passage_meant(line, place) for place in near]
    slots: dict[str, PlaceMention] = {}
    if kind is EventKind.AT_SEA:  # "in the Philippine Sea 20 miles off Yonaguni": the nearer word is the better place
        near = sorted(
            near, key=lambda p: (p.how != "off" or p.first - trigger.last > _NEAR_TOKENS, p.entry is not None and p.entry.kind is PlaceKind.COUNTRY)
        )
    for number, place in enumerate(near):
        slot = _slot_of(rule, kind, trigger, place, number)
        if slot and slot not in slots:
            slots[slot] = place
    main = MAIN_SLOT[kind]
    if main not in slots and before and before[-1].slot:
        fronted = before[0] if trigger.reach[0] == 0 else before[-1]
        if _slot_of(rule, kind, trigger, fronted, 1) == main:
            slots[main] = fronted
    return _settle(rule, kind, slots)


def _passage_meant(line: Line, place: PlaceMention) -> PlaceMention:
    """The strait or canal that is meant when a port is passed: "passed Gibraltar"."""
    name = line.doc.lexicon.passes.get(place.name)
    found = line.doc.gazetteer.places.named(name) if name else ()
    return replace(place, name=found[0].name, entry=found[0]) if found else place


def _slot_of(rule: Rule, kind: EventKind, trigger: Trigger, place: PlaceMention, number: int) -> str | None:
    """The slot of a place, by the preposition before it and the kind of event."""
    if rule.direct and number == 0 and trigger.last - trigger.first > 1 and place.first - trigger.last <= 1 and kind is not EventKind.TRANSIT:
        return rule.direct  # the preposition belongs to the trigger: "absent from Tartus"
    if place.how is None:
        return rule.direct if number == 0 and rule.direct and place.first - trigger.last <= 4 else None
    slot = place.slot
    if place.how == "through":
        return "via" if kind is not EventKind.TRANSIT and kind not in (EventKind.ESCORT, EventKind.AT_SEA) else "place"
    if slot == "place":
        if number == 0 and rule.direct and place.first - trigger.last <= 1 and place.how == "in" and kind is not EventKind.DEPARTURE:
            return rule.direct
        if kind is EventKind.ARRIVAL:
            return "destination"
        if kind is EventKind.DEPARTURE:
            return "origin" if place.how == "in" and place.is_port else None
        return None if kind in (EventKind.UNDERWAY, EventKind.TRANSIT) else "place"
    if slot == "destination" and kind in (EventKind.IN_PORT, EventKind.AT_SEA):
        return "destination" if place.how in ("toward",) else None
    return slot


def _settle(rule: Rule, kind: EventKind, slots: dict[str, PlaceMention]) -> tuple[EventKind, dict[str, PlaceMention]]:
    """The kind once the main place is known: a port or a sea, a passage or a port."""
    main = slots.get(MAIN_SLOT[kind])
    if main is None:
        return kind, slots
    inside = main.how in ("in", None)
    if kind is EventKind.AT_SEA and rule.port and main.is_port and inside:
        return rule.port, slots
    if (
        kind is EventKind.IN_PORT
        and main.entry
        and ((main.entry.kind in WATER_KINDS and main.entry.kind is not PlaceKind.BAY) or (not inside and main.how == "off"))
    ):
        return EventKind.AT_SEA, slots
    if kind in (EventKind.ARRIVAL, EventKind.DEPARTURE) and main.is_passage:
        slots = {**{s: p for s, p in slots.items() if s != MAIN_SLOT[kind]}, "place": main}
        return EventKind.TRANSIT, slots
    if kind is EventKind.TRANSIT and main.entry and main.entry.kind in (PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.COUNTRY, PlaceKind.REGION):
        return EventKind.AT_SEA, slots
    return kind, slots


def _has(needs: str, event: Told) -> bool:
    """Whether what a rule needs was found."""
    if needs == "main":
        return event.main is not None
    if needs == "passage":
        return event.main is not None and (event.kind is not EventKind.TRANSIT or event.main.entry is None or event.main.entry.kind not in PORT_KINDS)
    if needs == "destination":
        return "destination" in event.places or event.kind is not EventKind.UNDERWAY
    if needs == "place":
        return event.main is not None
    if needs == "place_or_date":
        return bool(event.places) or event.interval is not None
    return True


def _bare_copula(line: Line, trigger: Trigger, event: Told) -> bool:
    """Whether "is", "stayed" or "remains" stands right before its place ("was south of Crete"), or a word of place and time only."""
    main = event.main
    if main is None or main.first < trigger.last:
        return False
    return main.first - trigger.last <= 9 and not any(
        line.low(n) in ("a", "an", "part", "one", "capable", "home", "responsible", "able")
        for n in range(trigger.last, min(trigger.last + 2, main.first))
    )


def _passages(event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """A strait or canal on the way of a departure or arrival is a transit of its own."""
    via = event.places.pop("via", None)
    if via is None or not via.is_passage or event.kind is EventKind.TRANSIT:
        return []
    more = replace_told(event, EventKind.TRANSIT)
    more.places = {"place": via, **({"destination": event.places["destination"]} if "destination" in event.places else {})}
    more.sources = {**event.sources, "place": ("clause", (via.start, via.end))}
    return [more]


def replace_told(event: Told, kind: EventKind) -> Told:
    """A copy of an event with another kind and no places."""
    return Told(
        event.vessels,
        event.spans,
        kind,
        event.rule,
        event.stance,
        event.span,
        event.sentence,
        event.block,
        {},
        event.interval,
        (),
        dict(event.sources),
    )


def _with_object(
    scene: Scene, trigger: Trigger, actors: Group | None, kind: EventKind, slots: dict[str, PlaceMention], taken: Stance, discourse: Discourse
) -> list[Told]:
    """An act with two sides: who escorts whom, who supplies whom."""
    right = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    subject, other = (actors, _joined(right) if right else None)
    if trigger.passive:
        subject, other = other, subject
    vessels = dict.fromkeys((*(subject.vessels if subject else ()), *(other.vessels if other else ())))
    if (
        not other
        or (trigger.rule.object == "supply" and len(vessels) < 2)
        or (len(vessels) == len(other.vessels) and not _has_watcher(scene.line, trigger))
    ):
        return []
    spans = {v: s for g in (subject, other) if g for v, s in zip(g.vessels, g.spans, strict=True)}
    active, passive = _ROLES[trigger.rule.object or "escort"]
    event = _told(scene, trigger, tuple(vessels), tuple(spans[v] for v in vessels), kind, slots, taken, discourse)
    event.roles = (
        *((v, active) for v in (subject.vessels if subject else ())),
        *((v, passive) for v in other.vessels if not subject or v not in subject.vessels),
    )
    event.places.pop("via", None)
    return [event]


def _has_watcher(line: Line, trigger: Trigger) -> bool:
    """Whether a navy or armed force stands in the clause of an escort whose other side is no vessel: "the Swedish Navy escorted …"."""
    begin, end = trigger.reach
    forces = any(begin <= f.first < end for kind in ("navy", "nation") for f in line.found(kind))
    return forces or any(line.low(n) in line.doc.lexicon.sets["forces"] for n in range(begin, end))


# --- when and where from


def _told(
    scene: Scene,
    trigger: Trigger,
    vessels: tuple[Vessel, ...],
    spans: tuple[tuple[int, int], ...],
    kind: EventKind,
    slots: dict[str, PlaceMention],
    taken: Stance,
    discourse: Discourse,
) -> Told:
    event = Told(
        vessels,
        spans,
        kind,
        trigger.rule.id,
        taken,
        (scene.line.sentence.start, scene.line.sentence.end),
        scene.number,
        scene.line.sentence.block,
        slots,
    )
    event.sources = {slot: ("clause", (p.start, p.end)) for slot, p in slots.items()}
    event.sources["trigger"] = ("clause", scene.line.span(trigger.first, trigger.last))
    interval, source = _when(scene, trigger, kind, discourse)
    event.interval = interval
    if source:
        event.sources["date"] = source
    _carry(scene, trigger, event, discourse)
    published = scene.line.doc.published
    if published and event.interval and event.interval.start and event.interval.start > published:
        _ahead(scene, trigger, event, source)
    if event.main is None and discourse.heading_place and kind in (EventKind.AT_SEA, EventKind.IN_PORT) and trigger.rule.id.endswith(".state"):
        event.places["place"] = discourse.heading_place
        event.sources["place"] = ("heading", (discourse.heading_place.start, discourse.heading_place.end))
    return event


def _ahead(scene: Scene, trigger: Trigger, event: Told, source: tuple[str, tuple[int, int] | None] | None) -> None:
    """What is told as past in a year left open was a year ago; whatever else lies ahead is a plan, however firmly it is told."""
    span = source[1] if source else None
    year_told = span is not None and re.search(r"(?:19|20)\d\d", scene.line.doc.text[span[0] : span[1]])
    past = trigger.form in ("past", "part") and event.stance.modality is not Modality.PLANNED
    if past and not year_told and event.interval and event.interval.start and event.interval.end:
        event.interval = replace(event.interval, start=_year_before(event.interval.start), end=_year_before(event.interval.end))
    elif event.stance.modality is Modality.ASSERTED:
        event.stance = Stance(Modality.PLANNED)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _when(scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse) -> tuple[Interval | None, tuple[str, tuple[int, int] | None] | None]:
    """The date of an event: of its clause, else of its sentence, else of the heading above."""
    line = scene.line
    best: tuple[int, DateMention] | None = None
    exact = any(d.kind in ("absolute", "weekday", "relative") for d in scene.dates)
    for mention in scene.dates:
        if (exact and mention.kind == "carry") or _dates_the_saying(line, mention):
            continue
        at = line.at_offset(mention.start)
        if at < trigger.first and trigger.reach[0] > 0 and any(line.low(n) in ("before", "after") for n in range(at, trigger.chain)):
            continue  # "anchored on 1 October before sailing on": the day is the other verb's
        inside = trigger.reach[0] <= at < trigger.reach[1]
        distance = (trigger.first - at if at < trigger.first else at - trigger.last) + (0 if inside else 25)
        if at < trigger.first and trigger.reach[0] > 0:
            distance += 15  # it stands behind another verb
        if best is None or distance < best[0]:
            best = (distance, mention)
    if best:
        mention = best[1]
        interval = _resolved(mention, discourse, _before(scene, mention))
        return interval, ("clause" if best[0] < 25 else "sentence", (mention.start, mention.end))
    if discourse.heading_date and discourse.heading_date.interval:
        return discourse.heading_date.interval, ("heading", (discourse.heading_date.start, discourse.heading_date.end))
    return None, None


def _dates_the_saying(line: Line, mention: DateMention) -> bool:
    """Whether a date tells when something was said and not when it happened: "officials said on Tuesday"."""
    at = line.at_offset(mention.start)
    while at > 0 and line.low(at - 1) in line.doc.lexicon.sets["said_on"]:
        at -= 1
    return any(h.last == at and h.data.id == "says" for h in line.found("hedge"))


def _before(scene: Scene, mention: DateMention) -> Interval | None:
    return next((d.interval for d in reversed(scene.dates) if d.end <= mention.start and d.interval), None)


def _resolved(mention: DateMention, discourse: Discourse, before: Interval | None = None) -> Interval | None:
    if mention.kind == "carry":
        return before or discourse.interval
    if mention.kind in ("next_day", "day_before"):
        last = before or discourse.interval
        step = timedelta(days=1 if mention.kind == "next_day" else -1)
        return Interval.day(last.end + step) if last and last.end else None
    return mention.interval


def _carry(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """ "also", "likewise": the date and the main place of the same movement told just before."""
    last = discourse.last.get(event.kind)
    words = {scene.line.low(n) for n in range(trigger.reach[0], min(trigger.reach[1] + 1, len(scene.line.tokens)))}
    if last is None or not words & scene.line.doc.lexicon.too or scene.number - last.sentence > 2:
        return
    slot = MAIN_SLOT[event.kind]
    if slot not in event.places and slot in last.places:
        event.places[slot] = last.places[slot]
        event.sources[slot] = ("sentence before", last.sources.get(slot, ("", None))[1])
    if (
        event.interval is None
        and last.interval is not None
        and (slot not in event.places or event.places[slot].name == (last.main.name if last.main else None))
    ):
        event.interval = last.interval
        event.sources["date"] = ("sentence before", last.sources.get("date", ("", None))[1])


def is_old(event: Told, line: Line) -> bool:
    """Whether an event is told as history."""
    return is_history(event.interval, line.doc.published)
