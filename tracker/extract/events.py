"""Stage 6 and 7, events: each trigger with its vessels, places, date and stance; each slot with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role
from tracker.domain.records import changed
from tracker.extract.clauses import Trigger, find_triggers
from tracker.extract.corefer import Vessel
from tracker.extract.dates import DateMention
from tracker.extract.line import Line, holds
from tracker.extract.mention import VesselMention
from tracker.extract.modality import Stance, stance
from tracker.extract.places import PlaceMention
from tracker.extract.plausible import goes_by
from tracker.extract.rest import WIDE_KM, asides_of, entry_of, how_often, kind_of, rest_of
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.when import carry_over, resolved, set_ahead, since_then, when_told
from tracker.extract.where import fill_slots, has_needed, host_of, is_bare_copula, is_dry, set_known_port, stay_known, told_before
from tracker.extract.who import before_phrase, doer, joined, object_pronoun, of_other_nations, other_side, subject_of, with_companions, with_those_too
from tracker.gazetteer.lexicon import Rule

_LEADING = frozenset(["leads", "lead", "heads", "led"])
_DENYING = frozenset(["no", "neither", "none"])
_CLOSE_TOKENS = 3
_WEEK = timedelta(days=7)
_NEAR = 4
"""Who takes over a watch takes over one that was told no more sentences before."""
_HER = frozenset(["her", "it", "him"])
_RECALLED = 40
"""So many events told last are looked at for what a sentence goes on about."""
_ROLES = {"escort": (Role.ESCORT, Role.ESCORTED), "supply": (Role.SUPPLIER, Role.RECEIVER)}


def read_scene(scene: Scene, discourse: Discourse, vessels: Sequence[VesselMention]) -> list[Told]:
    """The events that a sentence tells, in order."""
    told: list[Told] = []
    subject: Group | None = None
    spoken_of = discourse.fleet.subject
    leading: Group | None = None  # the subject of the sentence's first clause: whom the next sentence may leave unsaid
    if _only_points(scene.line):
        return told
    triggers = find_triggers(scene.line, vessels, scene.places)
    scene.opening = triggers[0].chain if triggers else scene.line.size
    told.extend(in_company(scene, discourse))
    if told:
        leading = Group(0, 0, discourse.fleet.subject, tuple(told[0].spans[0] for _ in discourse.fleet.subject))
    for number, trigger in enumerate(triggers):
        if (trigger.rule.seen or trigger.rule.host) and number + 1 < len(triggers) and _sees_act(scene, trigger, triggers[number + 1]):
            scene = changed(scene, watched=host_of(scene.line, trigger, scene.places))
            continue
        if _is_habit(scene.line, trigger) or _is_condition(scene.line, trigger):
            continue
        for rule in _meanings(scene, trigger):
            meant = trigger if rule is trigger.rule else changed(trigger, rule=rule)
            actors = subject_of(scene, meant, subject, discourse)
            events = _events(scene, meant, actors, discourse)
            if not events and rule.seen and number + 1 < len(triggers) and triggers[number + 1].form == "ing":
                seen_so = changed(meant, reach=(meant.reach[0], triggers[number + 1].reach[1]))  # "was seen at noon steering east off Crete"
                events = _events(scene, seen_so, actors, discourse)
            if events:
                break
        _plan_with(scene, trigger, events, told)
        events = [part for event in events for part in _by_place(scene, trigger, event)]
        if actors and meant.rule.subject != "after" and not (subject and _in_closed_aside(scene.line, trigger)):
            subject = doer(scene, meant, actors)
        for event in _shared(scene, trigger, events, told):
            if _heads_on(scene.line, event, told):
                continue
            told.append(event)
            _remember(event, discourse, earlier=scene.line.low(trigger.chain - 1) == "after" and len(told) > 1)
        if actors and leading is None:
            leading = actors
    _plan_before(scene, triggers, discourse, told)
    told.extend(_gapped(scene, told))
    told.extend(_on_watch(scene, discourse, told))
    told.extend(read_rest(scene, discourse, told))
    _passing(scene, told)
    told.extend(_in_attendance(scene, told))
    if keeps_to_her(scene, spoken_of):
        discourse.fleet.subject = spoken_of
        return told
    opening = scene.groups[0] if scene.groups and scene.groups[0].first <= 1 else None
    told_of = scene.groups[0] if scene.groups and line_opens_it(scene.line) and scene.groups[0].first <= 4 else None
    if told_of:
        discourse.fleet.subject = told_of.vessels  # "It is the carrier's fourth call at Limassol. It was here …"
    elif opening and len(opening.vessels) == 1 and opening.vessels[0].name and scene.line.low(opening.last) not in ("'", "’"):
        discourse.fleet.subject = opening.vessels  # whom a sentence opens with the next goes on about
    elif leading:
        discourse.fleet.subject = leading.vessels
    elif scene.groups and scene.groups[0].first <= 3:
        discourse.fleet.subject = scene.groups[0].vessels
    return told


_POINTERS = frozenset(["here", "below", "above", "found", "online"])
_LISTINGS = frozenset(["list", "lists", "gallery", "table", "overview"])


def _only_points(line: Line) -> bool:
    """Whether a sentence only points to a list: "The full list of the warships that have passed the strait is here"."""
    if _POINTERS.isdisjoint(line.lows[-4:]) or _LISTINGS.isdisjoint(line.lows[:6]):
        return False
    return holds(line.lows[:8], line.doc.lexicon.sets["listings"])


def _passing(scene: Scene, told: list[Told]) -> None:
    """Whoever is seen in a strait going by passes it: "In the Dardanelles passengers could watch Toronto go by"."""
    sighted = [e for e in told if e.kind is EventKind.AT_SEA and e.main and e.main.is_passage]
    passed = any(e.kind is EventKind.TRANSIT for e in told)
    if sighted and not passed and holds(scene.line.lows, scene.line.doc.lexicon.sets["by_passing"]):
        for event in sighted:
            event.kind = EventKind.TRANSIT


_RELATIVE = frozenset(["which", "who"])
_ASIDE_TOKENS = 16


def _in_closed_aside(line: Line, trigger: Trigger) -> bool:
    """Whether a verb stands in an aside that "and" goes on behind: "escorted the tanker Sibir, which was bound for Tartus, and returned"."""
    opened = next((n for n in (trigger.chain - 1, trigger.chain - 2) if line.low(n) in _RELATIVE and line.text(n - 1) == ","), None)
    if opened is None:
        return False
    closed = next((n for n in range(trigger.last, min(trigger.last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    return closed is not None and line.low(closed + 1) in ("and", "but", "then", "before")


def _by_place(scene: Scene, trigger: Trigger, event: Told) -> list[Told]:
    """An event of which a list tells a place for each part: "monitored two ships at Bajo de Masinloc, one vessel at Ayungin Shoal and …"."""
    if event.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or len(event.vessels) < 2:
        return [event]
    groups = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    parts: list[tuple[PlaceMention, list[Group]]] = []
    waiting: list[Group] = []
    for group in groups:
        waiting.append(group)
        at = next((p for p in scene.places if p.entry and p.slot == "place" and 0 < p.first - group.last <= 3), None)
        if at and at.first < trigger.reach[1]:
            parts.append((at, waiting))
            waiting = []
    told = {v for _, some in parts for g in some for v in g.vessels}
    if len(parts) < 2 or waiting or not set(event.vessels) <= told:
        return [event]
    return [_part_of(event, place, joined(some)) for place, some in parts]


def _part_of(event: Told, place: PlaceMention, group: Group) -> Told:
    inside = place.is_port and place.how == "in"
    part = replace_told(event, EventKind.IN_PORT if inside else EventKind.AT_SEA)
    part.vessels, part.spans, part.roles = group.vessels, group.spans, event.roles
    part.places = {"place": place}
    part.sources["place"] = ("clause", (place.start, place.end))
    return part


def keeps_to_her(scene: Scene, subject: tuple[Vessel, ...]) -> bool:
    """Whether a sentence about others goes on about her: "The tanker X is with her. She …", "A freighter brought her stores. She …"."""
    line = scene.line
    if len(subject) != 1 or not subject[0].name or not scene.groups or scene.groups[0].first > 1 or _HER.isdisjoint(line.words):
        return False
    first = scene.groups[0].vessels
    if subject[0] in first or len(first) > 1:
        return False
    with_her = any(a == "with" and b in _HER for a, b in pairwise(line.lows))
    return with_her or not first[0].name


def line_opens_it(line: Line) -> bool:
    """Whether a sentence opens with "It is" or "It was"."""
    return line.low(0) == "it" and line.low(1) in ("is", "was")


def _plan_with(scene: Scene, trigger: Trigger, events: list[Told], told: list[Told]) -> None:
    """What follows on a plan is planned as well: "will visit India before returning", "will train at sea and call at Manila"."""
    line, word = scene.line, scene.line.low(trigger.chain - 1)
    then = (trigger.form in ("ing", "state") and word in ("before", ",")) or trigger.rule.id == "sea.after"
    joint = (trigger.form == "base" or line.low(trigger.first) == "be") and word in ("and", ",", "or", "then")
    will = next((h for h in line.found("hedge") if h.data.modality == "planned" and h.last <= trigger.chain), None)
    before = told[-1].stance if told and (then or joint) else None
    if before is None and word == "before" and then and will:
        before = Stance(Modality.PLANNED, line.told(will.first, will.last))
    for event in events:
        if before and before.modality in (Modality.PLANNED, Modality.POSSIBLE) and event.stance.modality is Modality.ASSERTED:
            event.stance = before
            ahead = told[-1].interval if told else None
            if ahead and ahead.start and event.interval and event.interval.start and ahead.start - event.interval.start == _WEEK:
                event.interval = ahead  # "will sail on Wednesday, holding an exercise …": one Wednesday, which lies ahead
            if word == "," and told and event.interval == told[-1].interval and event.kind in (EventKind.IN_PORT, EventKind.ARRIVAL):
                event.interval = None  # "will sail on Tuesday, visiting Guam": the day is the sailing's
                event.sources.pop("date", None)


def _plan_before(scene: Scene, triggers: Sequence[Trigger], discourse: Discourse, told: list[Told]) -> None:
    """What opens a planned sentence is planned as well: "After putting into Singapore for fuel, she will go on to Aden"."""
    line = scene.line
    if len(told) < 2 or line.low(0) not in line.doc.lexicon.sets["opens_plan"] or triggers[0].form not in ("ing", "state"):
        return
    first, then = told[0], told[1]
    at = line.span(triggers[0].first, triggers[0].last)
    if first.sources.get("trigger", ("", None))[1] != at or first.vessels != then.vessels or then.stance.modality is not Modality.PLANNED:
        return
    known = any(e.kind is first.kind and set(e.vessels) & set(first.vessels) for e in discourse.told[-_RECALLED:] if e not in told)
    if first.interval is None and not known and first.stance.modality is Modality.ASSERTED:
        first.stance = then.stance


def _meanings(scene: Scene, trigger: Trigger) -> list[Rule]:
    """What a word may mean, likeliest first: who tracks a ship with a ship escorts her."""
    rules = [trigger.rule, *trigger.others]
    if trigger.rule.id == "depart.out-of" and _is_signal(scene, trigger):
        return [scene.line.doc.lexicon.rules["sea.operate"]]  # "her signal came from the Bay of Biscay": where she is
    if meeting := _goes_alongside(scene, trigger):
        return [meeting]
    if any(r.subject == "object" for r in trigger.others) and not trigger.passive and _takes_vessel(scene, trigger):
        return sorted(rules, key=lambda r: r.subject != "object")  # "Denmark sent the frigate X to the area"
    if not trigger.others or not trigger.rule.seen or trigger.form not in ("past", "part", "pres"):
        return rules
    left = any(trigger.reach[0] <= g.first and g.last <= trigger.chain for g in scene.groups)
    behind = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    links = {scene.line.low(before_phrase(scene.line, g.first)) for g in behind}
    watched = "by" in links if trigger.passive else left and any(before_phrase(scene.line, g.first) == trigger.last - 1 for g in behind[:1])
    return sorted(rules, key=lambda r: r.object != "escort") if watched else rules


def _goes_alongside(scene: Scene, trigger: Trigger) -> Rule | None:
    """The rule of meeting, where what a ship comes alongside is another ship and no quay: "came alongside USNS Kanawha"."""
    if not trigger.others or scene.line.low(trigger.last - 1) != "alongside":
        return None
    another = any(trigger.last <= g.first and before_phrase(scene.line, g.first) == trigger.last - 1 for g in scene.groups)
    return next((rule for rule in trigger.others if rule.object == "meet"), None) if another else None


def _takes_vessel(scene: Scene, trigger: Trigger) -> bool:
    """Whether vessels stand right behind a verb as its object."""
    return any(before_phrase(scene.line, g.first) == trigger.last - 1 for g in scene.groups if g.first >= trigger.last)


def _is_signal(scene: Scene, trigger: Trigger) -> bool:
    """Whether what comes from somewhere is a ship's signal and not the ship: "the last signal of the tanker X came from …"."""
    line = scene.line
    at = next((n for n in range(trigger.chain - 1, trigger.reach[0] - 1, -1) if line.low(n) in line.doc.lexicon.sets["signals"]), None)
    related = not {"which", "who", "that"}.isdisjoint(line.lows[at : trigger.chain]) if at is not None else True
    return at is not None and not related and (line.low(at + 1) in ("of", "from") or trigger.chain - at <= _CLOSE_TOKENS)


def _on_watch(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """Who goes by in a strait's log: "2 March: HMS Echo, northbound"."""
    line, watch = scene.line, discourse.watch
    if watch is None or not watch.is_passage or not scene.groups or not _tells_passing(line):
        return []
    passed = {v for e in told if e.kind in (EventKind.TRANSIT, EventKind.AT_SEA, EventKind.IN_PORT) for v in e.vessels}
    groups = [g for g in scene.groups if passed.isdisjoint(g.vessels) and all(v.name or v.count for v in g.vessels)]
    groups = [g for g in groups if line.low(before_phrase(line, g.first)) not in line.doc.lexicon.sets["agents"]]
    first = next(iter(groups), None)
    if first is None or (scene.places and any(p.is_passage and p.name != watch.name for p in scene.places)):
        return []
    between = Trigger(line.doc.lexicon.rules["log.passes"], "state", first.first, first.last, first.first, False, (0, line.size))
    each = [g for g in groups if g is first or goes_by(line, g.last)]  # "Saratov S/B, Orsk N/B"
    return [_told(scene, between, g.vessels, g.spans, EventKind.TRANSIT, {"place": watch}, _stance(line, between, g), discourse) for g in each]


def _tells_passing(line: Line) -> bool:
    """Whether a word of a log says that something passed: "northbound", "S/B"."""
    halves = any(a in ("n", "s", "e", "w") and b == "/" and c == "b" for a, b, c in zip(line.lows, line.lows[1:], line.lows[2:], strict=False))
    halves = halves or any(text in ("NB", "SB") and line.text(n + 1) != "-" for n, text in enumerate(line.texts))
    goes = any(a in line.doc.lexicon.sets["goes_by"] and b in ("north", "south", "east", "west", "up", "down") for a, b in pairwise(line.lows))
    return halves or goes or not line.doc.lexicon.sets["by_watch"].isdisjoint(line.words)


def _in_log(scene: Scene, discourse: Discourse) -> bool:
    """Whether the sentence is an entry of a log: its block opens with a date, or is a bullet under one."""
    block = scene.line.sentence.block
    return (discourse.block_date or (-1,))[0] == block or (discourse.heading_date is not None and scene.line.doc.blocks[block].kind == "bullet")


def in_company(scene: Scene, discourse: Discourse) -> list[Told]:
    """Vessels told to be with the one of the sentence before do what it does: "With her came the destroyers A and B"."""
    line = scene.line
    opens = line.low(0) in line.doc.lexicon.sets["company_opens"] and not line.doc.lexicon.sets["company_verbs"].isdisjoint(line.lows[1:8])
    leads = not line.words.isdisjoint(_LEADING) and any(a in _LEADING and b in ("it", "them", "the") for a, b in pairwise(line.lows))
    lists = bool(line.found("group")) and not line.doc.lexicon.sets["lists_members"].isdisjoint(line.lows[:8])
    along = None if opens or leads or lists else _gone_along(scene) or _sails_with(scene)
    near = not (opens or leads or lists or along) and _lies_near(line)
    if not (opens or leads or lists or along or near):
        return []
    last = next((e for e in reversed(discourse.told[-_RECALLED:]) if e.sentence == scene.number - 1), None)
    known = {m for v in last.vessels for m in (v, *v.members)} if last else set()
    joining = [g for g in along or scene.groups if last and known.isdisjoint(g.vessels)]
    if near and (last is None or last.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or last.stance.modality is Modality.NEGATED):
        return []
    if along and last and any(of_other_nations(Group(0, 0, last.vessels, last.spans), g) for g in joining):
        return []  # "She was accompanied by HMS Tyne": who watches her
    if last is None or not joining or (along and last.kind not in _MOVED) or any(p.slot == "place" and p.entry for p in scene.places):
        return []
    event = replace_told(last, last.kind)
    event.places, event.rule = dict(last.places), "company.with"
    event.span, event.sentence, event.block = (line.sentence.start, line.sentence.end), scene.number, line.sentence.block
    group = joined(joining)
    discourse.fleet.subject = tuple(dict.fromkeys((*last.vessels, *group.vessels)))
    event.vessels, event.spans = group.vessels, group.spans
    event.sources = {slot: ("sentence before", span) for slot, (_, span) in last.sources.items()}
    discourse.fleet.note(tuple(dict.fromkeys((*last.vessels, *group.vessels))))
    if own := next((d for d in scene.dates if d.interval and (d.interval.start == d.interval.end or line.at_offset(d.start) <= 2)), None):
        event.interval, event.sources["date"] = own.interval, ("clause", (own.start, own.end))
    return [event]


def _lies_near(line: Line) -> bool:
    """Whether a sentence opens with ships that lie near the one told before: "Not far from her lies the tug X", "Next to it were A and B"."""
    if line.low(0) not in line.doc.lexicon.sets["near_her"]:
        return False
    at = next((n for n in range(1, 5) if line.low(n) in ("her", "it", "him", "them")), None)
    return at is not None and line.low(at + 1) in line.doc.lexicon.sets["lies"]


_MOVED = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY})


def _gone_along(scene: Scene) -> list[Group] | None:
    """The vessels that are told to have gone with the one of the sentence before: "The cruiser A and the destroyer B returned with it"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if "with" not in line.words and "along" not in line.words:
        return None
    for at in range(1, line.size):
        with_her = line.low(at) == "with" and line.low(at + 1) in ("it", "her", "him", "them")
        along = line.low(at) == "along" and line.low(at + 1) in (",", ".", "", ";", "too")
        verb = at - 1 - (line.low(at - 1) in ("along", "in", "out", "back", "off", "home", "together"))
        if (with_her or along) and line.low(verb) in sets["company_verbs"] and not line.text(at + 2).isalpha():
            before = [g for g in scene.groups if g.last <= verb and verb - g.last <= 2 and not before_phrase_of(line, g.first)]
            return before or None
    return None


def _sails_with(scene: Scene) -> list[Group] | None:
    """The vessels that a sentence says are with the one told before: "She is in company with the tanker X", "It was accompanied by a tug"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if line.low(0) not in ("she", "it", "they", "he", "both") or not scene.groups:
        return None
    at = before_phrase(line, scene.groups[0].first)
    told = " ".join(line.lows[1 : at + 1])
    return [scene.groups[0]] if told in sets["in_company_with"] else None


def before_phrase_of(line: Line, first: int) -> bool:
    """Whether what is told of is somebody else's: "the crew of the tug X"."""
    return line.low(before_phrase(line, first)) in ("of", "from", "aboard", "on")


def read_rest(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """The whereabouts that no verb of the lexicon tells."""
    found = []
    entries = entry_of(scene, discourse) if not told and _in_log(scene, discourse) else []
    for group, place, kind, between in entries or [*asides_of(scene, told), *rest_of(scene, discourse, told)]:
        slots = {MAIN_SLOT[kind]: place}
        found.append(_told(scene, between, group.vessels, group.spans, kind, slots, _heard(scene.line, between, group), discourse))
    return found


def _heard(line: Line, between: Trigger, group: Group) -> Stance:
    """How firmly a place is told of vessels in front of it, by the words of its own clause too: "isn't going anywhere near Malta"."""
    if group.first >= between.last:
        return _stance(line, between, group)
    chain = max((n + 1 for n in range(between.first, between.last) if line.low(n) in (",", "and", "but")), default=between.first)
    return _stance(line, changed(between, first=between.last, chain=chain), group)


def _remember(event: Told, discourse: Discourse, *, earlier: bool) -> None:
    """Keep an event in mind; one told as `earlier` than the one before it, "arrived … after leaving …", leaves the ship where that has it."""
    discourse.last[event.kind] = event
    discourse.told.append(event)
    _note_watchers(event, discourse)
    main = event.main
    for vessel in event.vessels:
        if event.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and main and _holds_port(main):
            discourse.lying[vessel] = main
        elif event.kind in (EventKind.DEPARTURE, EventKind.AT_SEA, EventKind.TRANSIT) and not (earlier or _is_older(event, vessel, discourse)):
            discourse.lying.pop(vessel, None)


def _holds_port(place: PlaceMention) -> bool:
    """Whether a ship that came to a place lies in port there: a port, or an island or small country told for its port, "arrived in Malta"."""
    entry = place.entry
    small = entry is not None and (entry.kind is PlaceKind.ISLAND or (entry.kind is PlaceKind.COUNTRY and (entry.radius_km or WIDE_KM) < WIDE_KM))
    return place.is_port or (small and place.how != "off")


def _note_watchers(event: Told, discourse: Discourse) -> None:
    """Keep in mind who only watches: "the pair" is then sooner the two that are watched."""
    roles = dict(event.roles)
    for vessel in event.vessels:
        role = roles.get(vessel) if event.kind is EventKind.ESCORT else None
        if role is Role.ESCORT and not any(vessel in e.vessels and e.kind is not EventKind.ESCORT for e in discourse.told[-_RECALLED:]):
            discourse.fleet.watchers.add(vessel)
        else:
            discourse.fleet.watchers.discard(vessel)


def _is_older(event: Told, vessel: Vessel, discourse: Discourse) -> bool:
    """Whether an event is dated before the arrival or stay that was told of a vessel: "came in on Saturday … left Toulon on 1 February"."""
    kinds = (EventKind.ARRIVAL, EventKind.IN_PORT)
    stay = next((e for e in reversed(discourse.told[-_RECALLED:]) if e is not event and vessel in e.vessels and e.kind in kinds), None)
    since = stay.interval.start if stay and stay.interval else None
    until = event.interval.end if event.interval else None
    return bool(since and until and until < since)


def _sees_act(scene: Scene, trigger: Trigger, behind: Trigger) -> bool:
    """Whether what is seen is what the next verb tells: "observers saw Yantar go by"."""
    if behind.form != "base" or behind.chain != behind.first:
        return False
    line, at = scene.line, behind.first
    return any(
        g.first >= trigger.last and (g.last == at or (g.first - trigger.last <= _CLOSE_TOKENS and line.text(g.last) == "," == line.text(at - 1)))
        for g in scene.groups
    )


def _in_attendance(scene: Scene, told: list[Told]) -> list[Told]:
    """An escort that stands beside a movement: "passed the Great Belt, with two Danish warships for company"."""
    line, more = scene.line, []
    for group in scene.groups if told else ():
        first = group.first - 1 - (line.low(group.first - 1) in ("a", "the", "its", "her"))
        if line.low(first - 1) in ("exercise", "exercises", "drill", "drills", "visit", "meeting", "passex"):
            continue
        if line.low(first) not in ("with", "and", ",") or not line.opens(group.last, line.doc.lexicon.sets["in_attendance"]):
            continue
        event = next((e for e in told if e.kind is not EventKind.ESCORT and not set(group.vessels) & set(e.vessels)), None)
        if event:
            escort = replace_told(event, EventKind.ESCORT)
            escort.vessels, escort.spans = (*event.vessels, *group.vessels), (*event.spans, *group.spans)
            escort.places = {"place": p} if (p := event.places.get("place")) else {}
            escort.roles = (*((v, Role.ESCORTED) for v in event.vessels), *((v, Role.ESCORT) for v in group.vessels))
            more.append(escort)
    return more


def _shared(scene: Scene, trigger: Trigger, events: list[Told], told: list[Told]) -> list[Told]:
    """Events, with an escort beside a passage given its place and day: "tailed a warship on its passage of …", "passed Dover, shadowed by X"."""
    before = told[-1] if told else None
    if before is None:
        return events
    for event in events:
        if event.kind is EventKind.ESCORT and _is_aside(scene.line, trigger) and set(event.vessels) & set(before.vessels):
            _take_over(event, before)
        if event.kind is EventKind.TRANSIT and before.kind is EventKind.ESCORT and set(event.vessels) <= set(before.vessels):
            aside = before.interval is None and not before.main and before.sentence == event.sentence
            if not before.main:
                before.places["place"] = event.places["place"]
                before.sources["place"] = event.sources["place"]
            if aside and event.interval and before.stance.modality is event.stance.modality:
                before.interval, before.sources["date"] = event.interval, event.sources.get("date", ("sentence", None))
        if event.kind is EventKind.ESCORT and not event.places:
            _where_escorted(event, told)
    return events


def _is_aside(line: Line, trigger: Trigger) -> bool:
    """Whether a participle without a form of "be" hangs on the verb before it: "passed Dover on Monday, watched by two cutters"."""
    return not trigger.passive and trigger.form in ("past", "part") and line.low(trigger.last) == "by"


def _take_over(event: Told, before: Told) -> None:
    """Give an escort told in an aside the day of the movement beside it, and its place where that is at sea or a passage."""
    if before.stance.modality in (Modality.PLANNED, Modality.POSSIBLE) and event.stance.modality is Modality.ASSERTED:
        event.stance = before.stance
    if event.stance.modality is not before.stance.modality:
        return
    if event.interval is None and before.interval is not None:
        event.interval, event.sources["date"] = before.interval, before.sources.get("date", ("sentence", None))
    if event.main is None and before.kind in (EventKind.TRANSIT, EventKind.AT_SEA) and before.main:
        event.places["place"], event.sources["place"] = before.main, before.sources.get("place", ("sentence", None))


def _where_escorted(event: Told, told: list[Told]) -> None:
    """Give an escort the place and day that its sentence tells of the escorted: "loitered off Malta on Monday until HMS Scimitar shadowed her"."""
    escorted = {v for v, role in event.roles if role is Role.ESCORTED}
    known = next((e for e in reversed(told) if e.kind is EventKind.AT_SEA and e.main and escorted and escorted == set(e.vessels)), None)
    if (
        known is None
        or known.span != event.span
        or (known.rule == "see.spot" and event.rule == "escort.shadow")
        or known.stance.modality is not event.stance.modality
    ):
        return
    event.places["place"], event.sources["place"] = known.places["place"], known.sources["place"]
    if known.interval and (event.interval is None or event.sources.get("date", ("",))[0] in ("heading", "sentence")):
        event.interval, event.sources["date"] = known.interval, known.sources["date"]


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
    if any(low in (";", "while", "who", "which") for low in line.lows[line.at_start(end) : line.at_start(start)]):
        return False
    if before.interval is None and event.interval is not None:
        before.interval, before.sources["date"] = event.interval, event.sources.get("date", ("clause", None))
    before.places["destination"] = event.places["destination"]
    before.sources["destination"] = event.sources["destination"]
    return True


def _is_habit(line: Line, trigger: Trigger) -> bool:
    begin, end = trigger.reach[0], trigger.reach[1]
    return holds(line.lows[max(begin, trigger.first - 6) : min(end, trigger.last + 6)], line.doc.lexicon.habit)


_CONDITIONS = frozenset(["if", "unless"])


def _is_condition(line: Line, trigger: Trigger) -> bool:
    """Whether a clause only tells on what something depends: "unless they are returning to their base"."""
    if _CONDITIONS.isdisjoint(line.words):
        return False
    at = next((n for n in range(trigger.chain - 1, max(trigger.reach[0] - 1, trigger.chain - 12, -1), -1) if line.low(n) in _CONDITIONS), None)
    if at is None or not {",", ";", "then"}.isdisjoint(line.lows[at : trigger.chain]):
        return False
    return (
        line.low(at) == "unless" or (at == 0 and trigger.form == "pres") or (line.low(at - 1) in ("only", "but") and trigger.form in ("pres", "ing"))
    )


def _events(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> list[Told]:
    line, rule = scene.line, trigger.rule
    if actors is None and not rule.object:
        return []
    if (rule.nominal and _is_over(line, trigger)) or (rule.id == "depart.leave" and _leaves_thing(scene, trigger)):
        return []
    if rule.id == "inport.past" and line.low(trigger.last - 1) == "stationed" and actors and not any(v.name or v.count for v in actors.vessels):
        return []  # "Russian vessels stationed in Tartus" are none in particular
    if _only_able(line, trigger):
        return []
    if actors and how_often(line, actors):
        return []
    if rule.needs == "begun" and line.doc.lexicon.sets["begun"].isdisjoint(line.lows):
        return []
    if rule.id == "sea.operate" and trigger.passive and line.low(trigger.last) == "by":
        return []  # "is operated by a firm in Malta"
    if rule.again and trigger.form == "ing" and line.low(trigger.chain - 1) in ("of", "for"):
        return []  # "has been accused of gathering information"
    if rule.subject == "object" and line.low(trigger.chain - 1) == "it":
        return []  # "it took USS Cole four days to …"
    taken = _stance(line, trigger, actors)
    places = [p for n, p in enumerate(scene.places) if not any(_explains(line, p, o) for o in scene.places[max(n - 2, 0) : n])]
    right = [told_before(scene, p, discourse) for p in places if _begins_behind(trigger) <= p.first < trigger.reach[1]]
    left = [told_before(scene, p, discourse) for p in places if trigger.reach[0] <= p.first < trigger.chain]
    ports = rule.kind in (EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.IN_PORT) and not any(p and not p.guess for p in (*right, *left))
    near = [p for p in right if p and (ports or not p.guess or (p.how == "off" and not any(o and not o.guess for o in right)))]
    before = [p for p in left if p and not p.guess and not _elsewhere_told(line, p, trigger) and not _of_clause_before(scene, p, trigger)]
    if rule.again and rule.subject == "after":
        before = []  # where the one before it watched
    if rule.object == "escort" and _goes_after_seen(line, trigger):
        before = []  # "spotted the tanker off Ushant and shadowed her": where she was spotted
    near = [p for p in near if not _is_of_part(scene, trigger, actors, p)]
    if kept := _passage_it(scene, trigger, discourse, near):
        near = [kept, *near]
    kind, slots = fill_slots(line, rule, trigger, near, before, scene.places)
    main = MAIN_SLOT[kind]
    if main not in slots and scene.watched and trigger.form == "base" and kind in (EventKind.DEPARTURE, EventKind.ARRIVAL):
        slots[main] = scene.watched  # "Taranto saw the two depart"
    if rule.host and (rule.needs == "host" or not slots.get(rule.host)):
        slots = {} if rule.needs == "host" else slots
        host = host_of(line, trigger, before)
        if host:
            if moved := _seen_to(line, trigger, actors):
                return [_told(scene, trigger, actors.vessels, actors.spans, moved, {MAIN_SLOT[moved]: host}, taken, discourse)] if actors else []
            slots[rule.host] = host
            kind = EventKind.AT_SEA if kind is EventKind.IN_PORT and not host.is_port else kind
        elif rule.needs == "host":
            return []
    if rule.needs == "before":
        return _as_before(scene, trigger, actors, taken, discourse) if actors else []
    if rule.object == "escort" and (behind := _followers(scene, trigger)):
        return _as_before(scene, trigger, behind, taken, discourse)
    if rule.object == "escort" and actors and (moved := _follows_her(line, trigger)) and discourse.told and discourse.told[-1].kind is moved:
        return _as_before(scene, trigger, actors, taken, discourse)
    if rule.object == "meet" and actors:
        actors = with_those_too(scene, trigger, actors)
    if rule.object:
        return _with_object(scene, trigger, actors, kind, slots, taken, discourse, near)
    if actors is None:
        return []
    actors = with_companions(scene, trigger, actors)
    event = _told(scene, trigger, actors.vessels, actors.spans, kind, slots, taken, discourse)
    if trigger.form == "pres" and event.kind is EventKind.UNDERWAY and rule.id == "depart.sail" and event.stance.modality is Modality.PLANNED:
        event.kind = EventKind.DEPARTURE  # "sails for Malaysia on Friday"
    unseen = taken.modality is Modality.NEGATED and rule.seen and trigger.passive  # "has not been seen"
    if unseen and line.low(trigger.chain - 1) == "what":
        return []  # "What won't be seen is a submarine"
    joined_them = kind is EventKind.DEPARTURE and rule.needs == "place_or_date" and _with_others(scene, trigger)
    if event.stance.modality is Modality.NEGATED and event.kind is EventKind.ARRIVAL and not event.places and (off := _waits_off(event, discourse)):
        event.places["destination"], event.sources["destination"] = off, ("document", (off.start, off.end))
    if rule.needs and not unseen and not joined_them and not has_needed(rule.needs, event):
        return []
    if event.main is None and event.kind in (EventKind.DEPARTURE, EventKind.ARRIVAL) and rule.id != "noun.begun":
        set_known_port(scene, trigger, event, discourse)
    if rule.id == "depart.out" and not _is_out(event):
        return []
    if rule.copula and event.main is None and stay_known(scene, trigger, event, discourse):
        return [event]
    if rule.copula and not is_bare_copula(line, trigger, event):
        return []
    if "respectively" in line.lows[trigger.last : trigger.reach[1] + 1]:
        return _respectively(event, near)
    if "via" not in event.places and (way := next((p for p in before if p.how == "through" and p.is_passage and p.last <= scene.opening), None)):
        event.places["via"] = way  # "By way of the Osumi Strait she left …"
    more = _further_ports(scene, event, near) or _further_stops(scene, event, near, discourse) or _ports_before(line, trigger, event, before)
    return [event, *_passages(event, near), *more]


def _goes_after_seen(line: Line, trigger: Trigger) -> bool:
    """Whether "and" joins a verb to one of seeing: "spotted the tanker off Ushant and shadowed her to the Channel"."""
    if line.low(trigger.chain - 1) != "and" or trigger.reach[0] == 0:
        return False
    return any(f.last == trigger.reach[0] and any(rule.seen for rule, _ in f.data) for f in line.found("trigger"))


def _only_able(line: Line, trigger: Trigger) -> bool:
    """Whether a verb only tells what a ship can do or can't: "can operate in the Antarctic", "is too wide to pass the Panama Canal"."""
    chain = line.lows[trigger.chain : trigger.first]
    if "can" in chain and not trigger.passive and not trigger.rule.seen and not trigger.rule.plans:
        return True
    return "to" in chain and "too" in line.lows[max(trigger.chain - 3, 0) : trigger.first]


def _is_out(event: Told) -> bool:
    """Whether a ship that is out of a place has left it: "is out of the Baltic again", but not "is out of Norfolk", where she is based."""
    event.places.pop("destination", None)  # "is out of the Baltic, her visit to Tallinn done"
    if event.main is None or event.main.entry is None:
        return False
    return (event.main.is_port and event.interval is not None) or event.main.is_passage or event.main.entry.kind in WATER_KINDS


def _waits_off(event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port off which ships wait that have not come in: "was seen off Plymouth, although she has not come in"."""
    last = next((e for e in reversed(discourse.told[-_RECALLED:]) if set(e.vessels) & set(event.vessels)), None)
    if last is None or last.kind is not EventKind.AT_SEA or event.sentence - last.sentence > 1:
        return None
    return last.main if last.main and last.main.is_port and last.main.how == "off" else None


def _is_of_part(scene: Scene, trigger: Trigger, actors: Group | None, place: PlaceMention) -> bool:
    """Whether a place is told of some of the ships alone: "four warships were seen in the strait, two of them south of Crete"."""
    if actors is None or trigger.rule.object or trigger.rule.subject == "after":
        return False
    of = next((g for g in scene.groups if trigger.last < g.first and 0 <= place.first - g.last <= 3 and g.vessels[0].partial), None)
    return of is not None and not set(of.vessels) & set(actors.vessels) and scene.line.low(of.first - 1) in (",", ":", ";", "–", "—", "(", "with")


def _seen_to(line: Line, trigger: Trigger, actors: Group | None) -> EventKind | None:
    """What a host saw its guests do: "Rota saw her off", "Guam saw her go", "Toulon had her back"."""
    if actors is None or trigger.rule.needs != "host":
        return None
    word = line.low(max(actors.last, trigger.last))
    sets = line.doc.lexicon.sets
    return EventKind.DEPARTURE if word in sets["seen_off"] else EventKind.ARRIVAL if word in sets["seen_in"] else None


def _is_over(line: Line, trigger: Trigger) -> bool:
    """Whether an act told by a noun is only said to be over: "ended a friendly call at Myanmar"."""
    return any(line.low(n) in line.doc.lexicon.sets["noun_over"] for n in range(max(trigger.chain - 6, 0), trigger.chain)) or (
        line.low(trigger.first - 1) in ("earlier", "previous", "past", "former", "recent")
    )


def _explains(line: Line, place: PlaceMention, before: PlaceMention) -> bool:
    """Whether a place only says which the one before it is: "near Ushant, the island off the tip of Brittany"."""
    at = before.last
    if line.text(at) != "," or line.low(at + 1) not in ("the", "a", "an") or not 0 < place.first - at <= 10:
        return False
    if place.anaphor:
        return place.first <= at + 2
    between = line.lows[at + 2 : place.first]
    told = any(line.low(n) != "near" and line.starting("trigger", n) for n in range(at + 2, place.first))
    return not told and "," not in between and not line.doc.lexicon.sets["kinds_of_place"].isdisjoint(between)


_PARTS = frozenset(["while", "whereas", "but", ";", "although"])


def _elsewhere_told(line: Line, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether a place in front of a verb is another clause's, or only where a ship is based: "…, homeported in Rota, is on patrol"."""
    based = not line.doc.lexicon.sets["static"].isdisjoint(line.lows[max(place.first - 3, 0) : place.first])
    return based or not _PARTS.isdisjoint(line.lows[place.last : trigger.chain])


def _begins_behind(trigger: Trigger) -> int:
    """The first token behind a trigger's verb: "conducted a routine Taiwan Strait transit" holds its place."""
    return trigger.first + 1 if trigger.rule.light and trigger.rule.kind is EventKind.TRANSIT else trigger.last


def _of_clause_before(scene: Scene, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether "and" with a new subject parts a place from a verb: "was refuelled off Crete, and both ships are working with the Italians"."""
    if trigger.reach[0] == 0 or place.first < trigger.reach[0]:
        return False
    between = [g for g in scene.groups if place.last <= g.first and g.last <= trigger.chain]
    return any(scene.line.low(before_phrase(scene.line, g.first)) == "and" and trigger.chain - g.last <= _CLOSE_TOKENS for g in between)


def _leaves_thing(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is left is no place: "leaves the announcement with nothing new"."""
    line, sets, at = scene.line, scene.line.doc.lexicon.sets, trigger.last
    if line.low(at) in ("each", "one") and line.low(at + 1) in ("other", "another"):
        return True  # "took leave of each other"
    if at < line.size and any(d.start == line.starts[at] for d in scene.dates):
        return False  # "left the same afternoon"
    if line.low(at) not in ("the", "a", "an", "its", "their", "no", "nothing", "little", "many", "some", "one", "only"):
        return False
    if line.low(at) == "the" and any(line.starting("group", n) for n in (at + 1, at + 2)):
        return True  # "left the group on Thursday"
    placed = any(at <= p.first <= at + 8 for p in scene.places)
    return not placed and not any(line.low(n) in sets["facilities"] or line.low(n) in sets["left_behind"] for n in range(at + 1, at + 6))


def _as_before(scene: Scene, trigger: Trigger, actors: Group, taken: Stance, discourse: Discourse) -> list[Told]:
    """The movement of others told just before, done by these too: "A left Tartus on Monday; B followed on Tuesday"."""
    last = discourse.told[-1] if discourse.told else None
    behind = scene.line.low(trigger.last)
    ends = trigger.rule.object is not None or not behind.isalpha() or behind in scene.line.doc.lexicon.sets["alone"]
    if not ends and not any(scene.line.at_offset(d.start) == trigger.last for d in scene.dates):
        return []  # "the group had followed the base for years"
    kinds = (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT)
    if last is None or last.kind not in kinds or scene.number - last.sentence > 1 or set(actors.vessels) & set(last.vessels):
        return []
    event = _told(scene, trigger, actors.vessels, actors.spans, last.kind, dict(last.places), taken, discourse)
    for slot, (_, span) in last.sources.items():
        if slot in event.places:
            event.sources[slot] = ("sentence before" if scene.number > last.sentence else "clause", span)
    if (
        event.interval is None
        and last.interval
        and not scene.line.doc.lexicon.sets["hours"].isdisjoint(scene.line.lows[trigger.last : trigger.last + 6])
    ):
        event.interval, event.sources["date"] = last.interval, last.sources.get("date", ("clause", None))  # "followed an hour later"
    return [event]


def _followers(scene: Scene, trigger: Trigger) -> Group | None:
    """Who does the same some time after, and watches nobody: "passed the strait, followed an hour later by Minsk and the tug"."""
    line = scene.line
    if line.low(trigger.first) != "followed" or line.low(trigger.last) == "by":
        return None
    by = next((n for n in range(trigger.last, min(trigger.last + 9, line.size)) if line.low(n) == "by"), None)
    if by is None or line.doc.lexicon.sets["some_time_after"].isdisjoint(line.lows[trigger.last : by]):
        return None
    groups = [g for g in scene.groups if by < g.first < trigger.reach[1]]
    return joined(groups) if groups else None


_THEM = frozenset(["her", "it", "them", "him", "suit"])
_WAYS = {"in": EventKind.ARRIVAL, "into": EventKind.ARRIVAL, "out": EventKind.DEPARTURE, "through": EventKind.TRANSIT}


def _follows_her(line: Line, trigger: Trigger) -> EventKind | None:
    """What who follows others does as they did: "followed her in the next day", "followed them out on Tuesday"."""
    if line.low(trigger.first) != "followed" or trigger.passive or line.low(trigger.last) not in _THEM:
        return None
    behind = trigger.last + 1
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


def _with_others(scene: Scene, trigger: Trigger) -> bool:
    """Whether other vessels stand right behind the verb as company: "may have sailed with the frigates"."""
    return scene.line.low(trigger.last) == "with" and any(g.first - trigger.last in (1, 2) for g in scene.groups)


def _passage_it(scene: Scene, trigger: Trigger, discourse: Discourse, near: Sequence[PlaceMention]) -> PlaceMention | None:
    """The passage told before, where a verb of passing has only a pronoun: "crossed it in October"."""
    line = scene.line
    here = [p for p in scene.places if p.is_passage and p.last <= trigger.first]
    known = here[-1] if here else discourse.places.get("passage")
    pronoun = trigger.rule.kind is EventKind.TRANSIT and line.low(trigger.last) == "it" and not any(p.is_passage for p in near)
    return changed(known, how=None, slot=None, first=trigger.last, last=trigger.last + 1) if known and pronoun else None


def _respectively(event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """One event for each vessel and its place: "bound for Port Said and Vladivostok respectively"."""
    slot = MAIN_SLOT[event.kind]
    first = event.places.get(slot)
    places = [p for p in near if first and p.first >= first.first]
    if len(places) != len(event.vessels) or len(places) < 2:
        return [event]
    pairs = []
    for vessel, span, place in zip(event.vessels, event.spans, places, strict=True):
        one = replace_told(event, event.kind)
        one.vessels, one.spans, one.places = (vessel,), (span,), {**event.places, slot: place}
        one.sources = {**event.sources, slot: ("clause", (place.start, place.end))}
        pairs.append(one)
    return pairs


def _further_ports(scene: Scene, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """An arrival at each place of a list: "called at Tunis, Algiers and Oran", "will visit Malta (3 May) and Oran (9 May)"."""
    line, slot = scene.line, MAIN_SLOT[event.kind]
    first = event.places.get(slot)
    if event.kind in (EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.REPLENISHMENT) or first is None or first not in near:
        return []
    more, last = [], first
    for place in near[list(near).index(first) + 1 :]:
        if (
            place.how not in (None, first.how)
            or (event.kind is EventKind.TRANSIT and not place.is_passage)
            or not _lists(line, last.last + _bracketed(line, last.last), place.first)
        ):
            break
        another = replace_told(event, event.kind)
        another.places = {slot: place}
        another.roles = event.roles
        another.sources = {**event.sources, slot: ("clause", (place.start, place.end))}
        inside = range(place.last, place.last + _bracketed(line, place.last))
        if day := next((d for d in scene.dates if line.at_offset(d.start) in inside), None):
            another.interval, another.sources["date"] = day.interval, ("clause", (day.start, day.end))
        more.append(another)
        last = place
    return more


def _bracketed(line: Line, at: int) -> int:
    """How many tokens a short aside in brackets has that opens at a token, 0 where none does."""
    if line.text(at) != "(":
        return 0
    close = next((n for n in range(at + 1, min(at + 9, line.size)) if line.text(n) == ")"), at - 1)
    return close + 1 - at


def _ports_before(line: Line, trigger: Trigger, event: Told, before: Sequence[PlaceMention]) -> list[Told]:
    """The further ports of a list that a verb in the passive speaks of: "On the way Nuuk and Halifax were visited"."""
    slot, last, more = MAIN_SLOT[event.kind], event.main, []
    if not trigger.passive or last is None or not before or before[-1] is not last or last.how is not None:
        return []
    for place in reversed(before[:-1]):
        if place.how is not None or not _lists(line, place.last, last.first):
            break
        another = replace_told(event, event.kind)
        another.places, another.sources = {slot: place}, {**event.sources, slot: ("clause", (place.start, place.end))}
        more.append(another)
        last = place
    return more


def _gapped(scene: Scene, told: list[Told]) -> list[Told]:
    """What a clause without its verb says of other vessels: "A put in at Malta on Monday, B at Souda Bay the next day"."""
    line, more = scene.line, []
    for group in scene.groups if told else ():
        model = next((e for e in reversed(told) if e.span[0] == line.sentence.start and e.spans[0][0] < line.starts[group.first]), None)
        if model is None or model.kind is EventKind.ESCORT or any(set(group.vessels) & set(e.vessels) for e in told):
            continue
        before = before_phrase(line, group.first)
        end = next((g.first for g in scene.groups if g.first >= group.last), line.size)
        places = [p for p in scene.places if group.last <= p.first < end and p.how in (getattr(model.main, "how", None), "in")]
        dates = [d for d in scene.dates if group.last <= line.at_offset(d.start) < end]
        first = min([p.first for p in places] + [line.at_offset(d.start) for d in dates], default=end)
        joined_on = line.low(before) in (",", ";", "and", "while") and _only_small(line, group.last, first, [])
        if not joined_on or not (places or dates) or any(line.starting("trigger", n) for n in range(group.last, first)):
            continue
        event = replace_told(model, model.kind)
        slot = MAIN_SLOT[model.kind]
        event.vessels, event.spans = group.vessels, group.spans
        event.places = {slot: places[0]} if places else {s: p for s, p in model.places.items() if s == slot}
        event.interval = dates[0].interval if dates and dates[0].interval else None if dates else model.interval
        more.append(event)
    return more


def _further_stops(scene: Scene, event: Told, near: Sequence[PlaceMention], discourse: Discourse) -> list[Told]:
    """The stations of one verb, each with its day: "was in Valletta on 3 December, off Crete on the 5th and in Souda Bay two days later"."""
    line, last = scene.line, event.main
    more: list[Told] = []
    if last is None or last not in near or event.kind not in (EventKind.AT_SEA, EventKind.IN_PORT, EventKind.ARRIVAL, EventKind.TRANSIT):
        return []
    for place in sorted(near, key=lambda p: p.first):
        if place.first < last.last:
            continue
        if event.kind is EventKind.TRANSIT and place.how == "into" and place.first - last.last <= 1 + (line.low(place.first - 1) == "the"):
            last = place  # "through the Tsugaru Strait into the Pacific on 3 December, and through …"
            if more:
                more[-1].places["destination"] = place
                more[-1].sources["destination"] = ("clause", (place.start, place.end))
            continue
        between = [d for d in scene.dates if last.end <= d.start and d.end <= place.start]
        kind = event.kind if event.kind in (EventKind.ARRIVAL, EventKind.TRANSIT) else kind_of(place)
        if not between or not kind or (kind is EventKind.TRANSIT) != place.is_passage or not _only_small(line, last.last, place.first, between):
            break
        stop = replace_told(event, kind)
        stop.places, stop.roles = {MAIN_SLOT[kind]: place}, event.roles
        stop.sources = {"trigger": event.sources["trigger"], MAIN_SLOT[kind]: ("clause", (place.start, place.end))}
        stop.interval = None
        if day := _day_of_stop(scene, place, near) or _day_in_front(line, between[-1], last):
            stop.interval = resolved(day, discourse, between[0].interval if day not in between else event.interval)
            stop.sources["date"] = ("clause", (day.start, day.end))
        more.append(stop)
        last = place
    return more


def _day_of_stop(scene: Scene, place: PlaceMention, near: Sequence[PlaceMention]) -> DateMention | None:
    """The day told behind a station of a voyage, or behind where it led: "through the Osumi Strait into the East China Sea on the 7th"."""
    line = scene.line
    led = next((p.last for p in near if p.how == "into" and 0 < p.first - place.last <= 2), place.last)
    return next((d for d in scene.dates if d.start >= place.end and _only_small(line, led, line.at_offset(d.start), [])), None)


def _day_in_front(line: Line, day: DateMention, last: PlaceMention) -> DateMention | None:
    """The day told in front of a station, behind the mark of the list: "and on 6 December through the Kerch Strait"."""
    at = line.at_offset(day.start)
    return day if any(line.low(n) in ("and", ",", ";", "then") for n in range(max(at - 3, last.last), at)) else None


def _only_small(line: Line, first: int, last: int, dates: Sequence[DateMention]) -> bool:
    """Whether only little words, marks and the given dates stand between two tokens, with a mark of a list where a date stands."""
    words = [(n, line.low(n)) for n in range(first, last) if not any(d.start <= line.starts[n] < d.end for d in dates)]
    small = line.doc.lexicon.sets["between_stops"]
    return all(w in small or line.ending("preposition", n + 1) is not None for n, w in words) and (
        not dates or any(w in (",", "and", "then", ";") for _, w in words)
    )


def _lists(line: Line, first: int, last: int) -> bool:
    """Whether only marks of a list, and what opens the next place, stand between two places."""
    held = {n for f in line.found("place") for n in range(f.first, f.last)}  # "at Haakonsvern in Norway, Lisbon and Rota"
    words = [line.low(n) for n in range(first, last) if n not in held]
    small = {
        ",",
        "and",
        "then",
        "in",
        "at",
        "the",
        "through",
        "across",
        "all",
        "way",
        "northern",
        "southern",
        "eastern",
        "western",
        "off",
        "next",
        "later",
        "finally",
    }
    return bool({",", "and"} & set(words)) and set(words) <= small


def read_caption(scene: Scene, discourse: Discourse) -> list[Told]:
    """A caption without a verb: a place before a colon, vessels behind it: "Off Tartus, Dec. 10: two frigates and a tug"; or the other way round."""
    line = scene.line
    mark = next((n for n in range(1, line.size - 1) if line.text(n) in _CAPTION_MARKS and line.starts[n + 1] > line.ends[n]), None)
    if mark is None:
        return []
    if all(g.last <= mark for g in scene.groups) and all(p.first > mark for p in scene.places):
        return _ships_then_place(scene, discourse, mark)
    groups = [g for g in scene.groups if g.first > mark]
    places = [p for p in scene.places if p.last <= mark and p.slot == "place"]
    if line.text(mark) != ":" or not groups or not places or any(g.first < mark for g in scene.groups):
        return []
    main = next((p for p in places if p.how == "off"), places[0])
    return [_captioned(scene, discourse, joined(groups), main, mark)]


_CAPTION_MARKS = frozenset([":", "–", "—", "-", "|"])


def _ships_then_place(scene: Scene, discourse: Discourse, mark: int) -> list[Told]:
    """Ships before a mark and nothing but where they are behind it: "USS Nimitz (CVN-68): Philippine Sea", "CNS A and CNS B: Sanya and Dalian"."""
    line, places = scene.line, [p for p in scene.places if p.entry and _may_hold_ships(p)]
    vessels = joined(scene.groups) if scene.groups else None
    if vessels is None or not places or len(places) != len(scene.places) or not all(v.name for v in vessels.vessels):
        return []
    covered = {n for g in scene.groups for n in range(g.first, g.last)} | {n for p in places for n in range(p.first, p.last)}
    small = {"and", ",", "the", "(", ")", ".", "&", "in", "off", "at", "near", "-"}
    for n in range(line.size):
        hull = n < mark and (line.text(n).isupper() or line.text(n).isdigit())
        land = n > places[-1].last - 1 and line.text(n)[:1].isupper()
        if n != mark and n not in covered and line.low(n) not in small and not hull and not land:
            return []
    apart = len(places) == len(vessels.vessels) > 1
    if len(places) > 1 and not apart:
        return []
    pairs = list(zip(vessels.vessels, vessels.spans, strict=True))
    parts = [Group(vessels.first, vessels.last, (v,), (s,)) for v, s in pairs] if apart else [vessels]
    if scene.line.doc.blocks[line.sentence.block].kind == "heading":
        discourse.heading_place, discourse.captioned = (None if apart else places[0]), vessels.vessels
    return [_captioned(scene, discourse, group, place, mark) for group, place in zip(parts, places, strict=True)]


def _may_hold_ships(place: PlaceMention) -> bool:
    """Whether a place is one where ships are, and no land."""
    return place.is_port or place.is_passage or (place.entry is not None and place.entry.kind in (*WATER_KINDS, PlaceKind.ISLAND))


def _captioned(scene: Scene, discourse: Discourse, group: Group, main: PlaceMention, mark: int) -> Told:
    line = scene.line
    kind = EventKind.IN_PORT if main.is_port and main.how in ("in", None) else EventKind.AT_SEA
    taken, span = stance(line, mark, mark, mark, (0, mark)), (line.sentence.start, line.sentence.end)
    event = Told(group.vessels, group.spans, kind, "caption.place", taken, span, scene.number, line.sentence.block, {"place": main})
    dated = next((d for d in scene.dates), None)
    event.interval = resolved(dated, discourse) if dated else (discourse.heading_date.interval if discourse.heading_date else None)
    event.sources = {"place": ("clause", (main.start, main.end)), **({"date": ("clause", (dated.start, dated.end))} if dated else {})}
    return event


def _stance(line: Line, trigger: Trigger, actors: Group | None) -> Stance:
    if trigger.rule.plans:
        off = next((h for h in line.found("hedge") if h.data.id == "called-off" and h.first >= trigger.last), None)
        return Stance(Modality.NEGATED, line.told(off.first, off.last)) if off else Stance(Modality.PLANNED, line.told(trigger.first, trigger.last))
    if trigger.rule.denies:
        return Stance(Modality.NEGATED, line.told(trigger.first, trigger.last))
    if trigger.chain == 0 and line.low(0) == "to":
        return Stance(Modality.PLANNED, line.text(0))  # "To sail from Pearl Harbor today: …"
    if (kept := _prevented_by(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(kept))
    denied = _denied_by(line, actors) if actors and actors.first >= trigger.reach[0] else None
    if actors and denied is not None and line.low(actors.first + 1) not in ("fewer", "less", "more"):
        return Stance(Modality.NEGATED, line.text(denied))
    taken = stance(line, trigger.chain, trigger.first, trigger.last, (trigger.reach[0], max(trigger.reach[1], trigger.last)))
    before = line.lows[max(trigger.chain - 1, 0) : trigger.first]
    joint = before[-1:] in (["and"], ["then"]) and before[:-1] in ([], [","], ["and"])  # "until Friday, then sail for Malta"
    if (trigger.form == "base" or line.low(trigger.first) == "be") and joint and taken.modality is Modality.ASSERTED:
        ahead = [h for h in line.found("hedge") if h.last <= trigger.first and h.data.modality in ("planned", "possible")]
        taken = Stance(Modality(ahead[-1].data.modality), line.told(ahead[-1].first, ahead[-1].last)) if ahead else taken
    if _is_counted_on(line, trigger, actors) and taken.modality is not Modality.NEGATED:
        return Stance(Modality.PLANNED, line.text(trigger.chain))
    if trigger.rule.nominal and taken.modality is not Modality.NEGATED and (denied := _not_made(line, trigger)) is not None:
        return Stance(Modality.NEGATED, line.text(denied))
    if trigger.rule.nominal and taken.modality is not Modality.NEGATED:
        planning = next((n for n in range(*trigger.reach) if line.low(n) in line.doc.lexicon.sets["noun_planned"]), None)
        taken = taken if planning is None else Stance(Modality.PLANNED, line.text(planning))
    if trigger.rule.seen and trigger.passive and taken.modality is Modality.POSSIBLE and line.low(trigger.chain) in ("can", "could"):
        return Stance(Modality.ASSERTED)  # "can be seen"
    if trigger.rule.attributes and taken.modality is Modality.ASSERTED and line.words.isdisjoint(line.doc.lexicon.sets["pictures"]):
        return Stance(Modality.REPORTED, line.told(trigger.first, trigger.last))
    if taken.modality is Modality.ASSERTED and line.doc.is_spoken(line.starts[trigger.first]):
        return Stance(Modality.REPORTED)  # somebody says so: “The ships have left”
    return taken


_PREVENTED_TOKENS = 9


def _prevented_by(line: Line, trigger: Trigger) -> int | None:
    """The token that tells what kept ships from an act: "a hitch stopped her leaving", "prevented the frigate from sailing"."""
    sets = line.doc.lexicon.sets
    if trigger.form not in ("ing", "state") or sets["prevents"].isdisjoint(line.words):
        return None
    from_ = line.low(trigger.chain - 1) == "from"
    for at in range(trigger.chain - 1 - from_, max(trigger.chain - _PREVENTED_TOKENS, -1), -1):
        word = line.low(at)
        if word in sets["prevents"]:
            return at if from_ or word in sets["prevents_doing"] else None
        if not word.isalnum() or (not from_ and word in ("at", "in", "for", "and", "before", "after", "while", "off", "by")):
            return None
    return None


_NOT_MADE_TOKENS = 8


def _not_made(line: Line, trigger: Trigger) -> int | None:
    """The word that denies the verb which an act told by a noun hangs on: "did not make the stop in Colombo", "made no call at Malta"."""
    words = range(max(trigger.first - _NOT_MADE_TOKENS, 0), trigger.first)
    begin = max((n + 1 for n in words if not line.text(n).isalpha() or line.low(n) in ("and", "but", "that", "which")), default=words.start)
    denied = next((n for n in range(begin, trigger.first) if line.low(n) in _DENYING or line.low(n) in ("not", "never")), None)
    sets = line.doc.lexicon.sets
    return denied if denied is not None and not sets["makes_call"].isdisjoint(line.lows[begin : trigger.first]) else None


def _is_counted_on(line: Line, trigger: Trigger, actors: Group | None) -> bool:
    """Whether somebody only counts on what a verb tells: "expects the frigate to reach Busan"."""
    to = trigger.form == "base" and line.low(trigger.chain) == "to" and trigger.rule.object != "escort"
    return to and actors is not None and actors.last == trigger.chain


def _denied_by(line: Line, actors: Group) -> int | None:
    """The token that denies the subject itself: "no ship", "neither", "none of the three", "not one of them"."""
    if _DENYING.isdisjoint(line.words) and "not" not in line.words:
        return None
    if line.low(actors.first) in _DENYING:
        return actors.first
    before = range(max(actors.first - 4, 0), actors.first)
    if line.low(actors.first - 1) == "not":
        return actors.first - 1
    of = actors.first - 1 if line.low(actors.first - 1) == "of" else actors.first - 2 if line.low(actors.first - 1) == "the" else 0
    if line.low(of) != "of":
        return None
    return next((n for n in before if line.low(n) in _DENYING or (line.low(n) == "not" and line.low(n + 1) == "one")), None)


def _passages(event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """A strait or canal on the way of a departure or arrival is a transit of its own."""
    via = event.places.pop("via", None)
    if via is None or not via.is_passage or event.kind is EventKind.TRANSIT:
        return []
    more = replace_told(event, EventKind.TRANSIT)
    more.places = {"place": via, **({"destination": event.places["destination"]} if "destination" in event.places else {})}
    more.sources = {**event.sources, "place": ("clause", (via.start, via.end))}
    return [more]


def _with_object(
    scene: Scene,
    trigger: Trigger,
    actors: Group | None,
    kind: EventKind,
    slots: dict[str, PlaceMention],
    taken: Stance,
    discourse: Discourse,
    near: Sequence[PlaceMention],
) -> list[Told]:
    """An act with two sides: who escorts whom, who supplies whom."""
    right = [g for g in scene.groups if trigger.first < g.first < trigger.reach[1]]
    if actors is None and right and (inverted := _named_last(scene, trigger)):
        actors, right = inverted, [g for g in right if g.last < inverted.first]
    own = before_phrase(scene.line, right[0].first) < trigger.last and not trigger.rule.again if right else False
    if right and trigger.form != "state" and not own and line_preposition(scene.line, right[0].first):
        right = []
    if right and trigger.rule.object == "escort" and not trigger.rule.light and scene.line.low(before_phrase(scene.line, right[0].first)) == "with":
        right = [] if scene.line.low(trigger.last - 1) != "with" else right  # "followed a day later with X" follows nobody
    handed = trigger.rule.again and trigger.rule.subject == "after"
    if handed:
        right = []  # those behind the verb are who watches now
    subject = actors
    other = joined(right) if right else None if handed else object_pronoun(scene, trigger, discourse, actors)
    if subject and other and not right and set(subject.vessels) == set(other.vessels):
        before = next((g for g in reversed(scene.groups) if g.last <= trigger.chain and set(g.vessels).isdisjoint(other.vessels)), None)
        if before and subject.last == trigger.chain:
            other = Group(other.first, other.last, before.vessels, before.spans)  # "X loitered there, and Y stuck to her"
        elif before:
            subject = before
            slots = {slot: p for slot, p in slots.items() if p.first >= trigger.chain}  # "picked her up off Crete and stayed with her"
    if other is None and trigger.form == "state":
        other = _owner_in(scene, trigger, discourse, actors)
    if other and actors and right and _is_itself(trigger, actors, other):
        other = _another(scene, right[0], actors, discourse)
    if trigger.rule.again and (other is None or trigger.rule.needs == "watch"):
        told_before_it = handed or trigger.rule.needs == "watch"
        other = _escorted_before(scene, actors, discourse) or (None if told_before_it else _seen_before(scene, actors, discourse))
        if trigger.rule.needs == "watch" and not _ends_there(scene, trigger):
            return []
        relieved = next((g for g in scene.groups if g.first > trigger.last and scene.line.low(trigger.last) == "from"), None)
        if relieved and trigger.rule.needs == "watch" and discourse.fleet.watchers.isdisjoint(relieved.vessels):
            return []  # "It took over from the Saviz", who watched nobody
    if not handed and (trigger.passive or trigger.rule.reversed or _done_by_right(scene.line, trigger, right)):
        subject, other = other, subject
    if _comes_behind(scene.line, trigger, subject, other):
        return []
    vessels = dict.fromkeys((*(subject.vessels if subject else ()), *(other.vessels if other else ())))
    if other is None and actors and _stocks_up(scene.line, trigger, slots):
        return [_told(scene, trigger, actors.vessels, actors.spans, EventKind.IN_PORT, slots, taken, discourse)]
    alone = _supplied_alone(scene.line, trigger, subject) or _acts_at_sea(scene.line, trigger, subject, slots)
    if (
        (not other and not (trigger.rule.object == "supply" and len(vessels) > 1) and not alone)
        or (trigger.rule.object in ("supply", "meet") and (len(vessels) < 2 or subject is None) and not alone)
        or (other is not None and len(vessels) == len(other.vessels) and not _has_watcher(scene.line, trigger))
    ):
        return []
    spans = {v: s for g in (subject, other) if g for v, s in zip(g.vessels, g.spans, strict=True)}
    if subject and not trigger.passive and (followed := _follows_out(scene.line, trigger, near)):
        return [_told(scene, trigger, subject.vessels, subject.spans, EventKind.DEPARTURE, {"origin": followed}, taken, discourse)]
    event = _told(scene, trigger, tuple(vessels), tuple(spans[v] for v in vessels), kind, slots, taken, discourse)
    if kind is EventKind.ESCORT and event.main is None and other and not right:
        _where_she_is(scene, trigger, subject, other, event, discourse)
    if trigger.rule.object == "meet" and not _supplies(scene.line, trigger):
        return [event] if event.main else []
    if trigger.rule.object == "meet":
        event.kind = EventKind.REPLENISHMENT
    active, passive = _ROLES.get(trigger.rule.object or "escort", _ROLES["supply"])
    event.roles = (
        *((v, active) for v in (subject.vessels if subject else ())),
        *((v, passive) for v in (other.vessels if other else ()) if not subject or v not in subject.vessels),
    )
    event.places.pop("via", None)
    if event.kind is EventKind.ESCORT:
        _without(event, "origin")  # "… and a P-3C out of Naha": where the plane comes from
    if trigger.rule.needs == "through" and not has_needed("through", event):
        return []
    through = event.places.get("place")
    if kind is EventKind.ESCORT and through and through.is_passage and through.how == "through":
        passing = replace_told(event, EventKind.TRANSIT)
        passing.vessels = other.vessels if other else ()
        passing.spans = tuple(spans[v] for v in passing.vessels)
        passing.places = {"place": through, **({"destination": event.places["destination"]} if "destination" in event.places else {})}
        return [_at_its_end(event), passing, *_further_legs(event, passing, near)]
    return [_at_its_end(event), *_further_legs(event, None, near)]


def _at_its_end(event: Told) -> Told:
    """An escort has one place: the water that it is told to lead to where it has no other: "followed her as far as the Bay of Biscay"."""
    end = event.places.get("destination") if event.kind is EventKind.ESCORT else None
    wet = end and end.entry and (end.is_passage or end.entry.kind in WATER_KINDS)
    if end and wet and "place" not in event.places:
        event.places["place"], event.sources["place"] = end, event.sources.get("destination", ("clause", (end.start, end.end)))
    if end and "place" in event.places:
        event.places.pop("destination")
        event.sources.pop("destination", None)
    return event


def _ends_there(scene: Scene, trigger: Trigger) -> bool:
    """Whether no object follows a verb: "took over off Crete", and not "took over the merchants"."""
    line, at = scene.line, trigger.last
    return not line.text(at).isalpha() or bool(line.starting("preposition", at)) or line.low(at) in line.doc.lexicon.sets["alone"] | {"as", "from"}


def _named_last(scene: Scene, trigger: Trigger) -> Group | None:
    """Who does what a participle opens a sentence with, named behind a form of "be": "Trailing the ships through the Channel was HMS Somerset"."""
    line = scene.line
    if trigger.form != "ing" or trigger.chain > 1:
        return None
    return next((g for g in scene.groups if g.first > trigger.last and line.low(before_phrase(line, g.first)) in line.doc.lexicon.sets["be"]), None)


def _done_by_right(line: Line, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether a participle without "be" tells who watches whom: "passed the strait, watched by two patrol boats"."""
    return bool(right) and trigger.form in ("past", "part") and line.low(before_phrase(line, right[0].first)) == "by"


def _where_she_is(scene: Scene, trigger: Trigger, subject: Group | None, other: Group, event: Told, discourse: Discourse) -> None:
    """Give an escort the place where the sentence has just told the other to be: "X loitered off Crete, and the tug Y stayed with her"."""
    last = discourse.told[-1] if discourse.told else None
    main = last.main if last else None
    if last is None or main is None or last.sentence != scene.number or set(last.vessels) != set(other.vessels) or subject is None:
        return
    if (
        last.kind in (EventKind.AT_SEA, EventKind.TRANSIT)
        and main.last <= subject.first
        and subject.last == trigger.chain
        and event.stance.modality is last.stance.modality
    ):
        event.places["place"] = main
        event.sources["place"] = last.sources.get("place", ("clause", (main.start, main.end)))


def _comes_behind(line: Line, trigger: Trigger, behind: Group | None, ahead: Group | None) -> bool:
    """Whether those that follow are of one company with those ahead: "the carrier led, followed by two frigates"."""
    if line.low(trigger.first) != "followed" or line.low(trigger.last) != "by" or trigger.passive or not behind:
        return False
    return ahead is None or not of_other_nations(ahead, behind)


def _follows_out(line: Line, trigger: Trigger, near: Sequence[PlaceMention]) -> PlaceMention | None:
    """The port out of which ships follow others, and so leave: "were to follow them out of Kiel"."""
    if trigger.rule.object != "escort" or not line.low(trigger.first).startswith("follow") or not near:
        return None
    return (
        near[0]
        if near[0].is_port and near[0].how == "from" and line.low(near[0].first - 1 - (line.low(near[0].first - 1) == "the")) == "of"
        else None
    )


def _is_itself(trigger: Trigger, actors: Group, other: Group) -> bool:
    """Whether "the ship" that is watched was taken for the one that watches."""
    return trigger.rule.object == "escort" and not trigger.passive and not trigger.rule.reversed and actors.vessels == other.vessels


def _another(scene: Scene, told: Group, actors: Group, discourse: Discourse) -> Group | None:
    """The vessel told last that isn't among the actors, or a new one: "HMS Portland has been shadowing the vessel"."""
    if scene.line.low(told.first) != "the":
        return None
    before = other_side(actors, discourse)
    vessels = before or (discourse.fleet.other_than(actors.vessels, told.spans[0], scene.number),)
    return Group(told.first, told.last, vessels, tuple(told.spans[0] for _ in vessels))


_STAYS = frozenset([EventKind.AT_SEA, EventKind.IN_PORT, EventKind.REPLENISHMENT])
"""Whoever lies or cruises somewhere has one place: "is moored in Poti with Drazki from Bulgaria"."""


def _without(event: Told, *slots: str) -> None:
    for slot in slots:
        event.places.pop(slot, None)
        event.sources.pop(slot, None)


def _further_legs(event: Told, passing: Told | None, near: Sequence[PlaceMention]) -> list[Told]:
    """The further legs of an escort: "tailed her past Gibraltar, on through the Channel and into the North Sea"."""
    main, more = event.places.get("place"), []
    if event.kind is not EventKind.ESCORT or main is None:
        return []
    for place in near:
        if (
            place.start == main.start
            or place.how not in ("through", "in", "into")
            or place.entry is None
            or place.is_port
            or place.entry.kind is PlaceKind.COUNTRY
        ):
            continue
        leg = replace_told(event, EventKind.ESCORT)
        leg.places, leg.roles = {"place": place}, event.roles
        more.append(leg)
        if place.is_passage and place.how == "through":
            through = replace_told(event, EventKind.TRANSIT)
            escorted = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if (v, Role.ESCORTED) in event.roles]
            through.vessels, through.spans = tuple(v for v, _ in escorted), tuple(s for _, s in escorted)
            through.places = {"place": place}
            more.append(through)
    return more


def _owner_in(scene: Scene, trigger: Trigger, discourse: Discourse, actors: Group | None) -> Group | None:
    """Whose heels, wake or tail the words speak of: "has two ships on their heels"."""
    line = scene.line
    for at in range(trigger.first, trigger.last):
        if line.low(at) in ("her", "its", "their"):
            several = line.low(at) == "their"
            before = [g for g in scene.groups if actors and g.last <= actors.first and several == (len(g.vessels) > 1 or g.vessels[0].plural)]
            vessels = before[-1].vessels if before else discourse.fleet.pronoun("they" if several else "she")
            left = tuple(v for v in vessels if actors is None or v not in actors.vessels)
            span = line.span(at, at + 1)
            return Group(at, at + 1, left, tuple(span for _ in left)) if left else None
    return None


def _escorted_before(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Whom the last escort told was about: "HMS Mersey took up the watch off the Isle of Wight"."""
    last = discourse.last.get(EventKind.ESCORT)
    if actors is None or last is None or scene.number - last.sentence > _NEAR:
        return None
    vessels = tuple(v for v, role in last.roles if role is Role.ESCORTED and v not in actors.vessels)
    return Group(actors.last, actors.last, vessels, tuple(actors.spans[0] for _ in vessels)) if vessels else None


def _seen_before(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Whom the sentence before was about, where no escort was told yet: "… entered the strait. JS Onami gathered intelligence"."""
    last = discourse.told[-1] if discourse.told else None
    if actors is None or last is None or scene.number - last.sentence > 2 or set(actors.vessels) & set(last.vessels):
        return None
    return Group(actors.last, actors.last, last.vessels, tuple(actors.spans[0] for _ in last.vessels))


def _supplied_alone(line: Line, trigger: Trigger, subject: Group | None) -> bool:
    """Whether who supplies is left unsaid: "takes on stores at sea"."""
    at_sea = any(line.low(n) == "at" and line.low(n + 1) == "sea" for n in range(trigger.first, trigger.reach[1]))
    return trigger.rule.object == "supply" and subject is not None and at_sea


def _stocks_up(line: Line, trigger: Trigger, slots: dict[str, PlaceMention]) -> bool:
    """Whether a ship is told to take on fuel or stores in a port: "In Guam, she will refuel"."""
    place = slots.get("place")
    return trigger.rule.object == "supply" and not trigger.rule.reversed and place is not None and (place.is_port or is_dry(line, place))


def _acts_at_sea(line: Line, trigger: Trigger, subject: Group | None, slots: dict[str, PlaceMention]) -> bool:
    """Whether what is done with others, whom the text leaves open, tells where the subject is: "drilled with submarines in the Barents Sea"."""
    stem = line.low(trigger.first).removesuffix("ing")
    doing = any(stem.startswith(verb) for verb in line.doc.lexicon.sets["joint_acts"])
    return trigger.rule.object == "meet" and subject is not None and doing and "place" in slots


def _supplies(line: Line, trigger: Trigger) -> bool:
    return any(line.low(n) in line.doc.lexicon.sets["supplies"] for n in range(trigger.last, trigger.reach[1]))


def line_preposition(line: Line, first: int) -> bool:
    """Whether vessels stand behind a preposition that makes them no object: "is to follow for the carrier"."""
    return line.low(before_phrase(line, first)) in ("for", "from", "of", "to", "in")


def _has_watcher(line: Line, trigger: Trigger) -> bool:
    """Whether a navy or armed force stands in the clause of an escort whose other side is no vessel: "the Swedish Navy escorted …"."""
    begin, end = trigger.reach
    forces = any(begin <= f.first < end for kind in ("navy", "nation") for f in line.found(kind))
    return forces or any(line.low(n) in line.doc.lexicon.sets["forces"] for n in range(begin, end))


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
    if kind is EventKind.ARRIVAL and "origin" in slots and event.main and slots["origin"].name == event.main.name:
        _without(event, "origin")  # "called at Malta, and from there …"
    if kind in _STAYS and "place" in slots:
        _without(event, "origin", "destination")
    event.sources["trigger"] = ("clause", scene.line.span(trigger.first, trigger.last))
    interval, source = when_told(scene, trigger, kind, discourse, planned=taken.modality is Modality.PLANNED)
    event.interval = interval
    if source:
        event.sources["date"] = source
    carry_over(scene, trigger, event, discourse)
    since_then(scene, trigger, event, discourse)
    published = scene.line.doc.published
    if published and event.interval and event.interval.start and event.interval.start > published:
        set_ahead(scene, trigger, event, source)
    if event.main is None and kind is EventKind.IN_PORT:
        set_known_port(scene, trigger, event, discourse)
    placed = trigger.rule.id.endswith(".state") or trigger.rule.id in ("sea.operate", "sea.act")
    ours = not discourse.captioned or set(vessels) <= set(discourse.captioned)
    if event.main is None and discourse.heading_place and kind in (EventKind.AT_SEA, EventKind.IN_PORT) and placed and ours:
        event.places["place"] = discourse.heading_place
        event.sources["place"] = ("heading", (discourse.heading_place.start, discourse.heading_place.end))
    return event
