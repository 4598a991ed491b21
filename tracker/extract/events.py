"""Stage 6 and 7, events: each trigger with its vessels, places, date and stance; each slot with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.acts_by_noun import acts_by_noun
from tracker.extract.around import PARTS
from tracker.extract.at_their_hour import at_their_hour
from tracker.extract.by_verb import BASE_TOO, events_of_verb
from tracker.extract.carried import lain_before, stay_to_come, told_in_halves, where_seen_off, where_supplied, where_watched, with_the_watched
from tracker.extract.clauses import find_triggers
from tracker.extract.company import brought_by, in_attendance, in_company, in_her_place, in_line_with, not_with_them, on_heels, through_it, trailed
from tracker.extract.corefer import Vessel
from tracker.extract.dated_asides import dated_asides
from tracker.extract.dated_passages import dated_passages
from tracker.extract.each_in_turn import each_in_turn
from tracker.extract.forms import saw_her
from tracker.extract.friends import friends_do_it_too, with_shape_companions
from tracker.extract.fronted import fronted_rule, parted_rule
from tracker.extract.gapped import gapped
from tracker.extract.groups import before_phrase, joined
from tracker.extract.itinerary import itinerary
from tracker.extract.line import Line, holds, may_hold
from tracker.extract.mention import VesselMention
from tracker.extract.modality import Stance
from tracker.extract.other_she import other_meant
from tracker.extract.place_mention import PlaceMention
from tracker.extract.plausible import goes_by
from tracker.extract.quiet import CLOSE_TOKENS, ends_call
from tracker.extract.rest import WIDE_KM, asides_of, entry_of, ranked_of, rest_of
from tracker.extract.same_time import dated_beside
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.shapes import read_shapes
from tracker.extract.sides import are_rivals
from tracker.extract.spells import spells_told
from tracker.extract.stances import stance_of
from tracker.extract.stations import without_verb
from tracker.extract.stops_told import port_follows, stops_told
from tracker.extract.telling import RECALLED, tell
from tracker.extract.verbs import Trigger
from tracker.extract.where import host_of
from tracker.extract.where_with import told_back, where_others_lie
from tracker.extract.who import and_aside, doer, goes_on_after, subject_of
from tracker.gazetteer.lexicon import Rule

_WEEK = timedelta(days=7)
_HER = frozenset(["her", "it", "him"])


def read_scene(scene: Scene, discourse: Discourse, vessels: Sequence[VesselMention]) -> list[Told]:
    """The events that a sentence tells, in order."""
    told: list[Told] = []
    spoken_of = discourse.fleet.subject
    leading: Group | None = None  # the subject of the sentence's first clause: whom the next sentence may leave unsaid
    if _only_points(scene.line):
        return told
    if listed := dated_passages(scene, discourse):
        return listed
    found = scene.ahead if scene.ahead and scene.ahead.holds_for(vessels, scene.places) else None
    triggers = found.triggers if found else find_triggers(scene.line, vessels, scene.places)
    scene.opening = triggers[0].chain if triggers else scene.line.size
    told.extend(in_company(scene, discourse) or on_heels(scene, discourse))
    if told:
        triggers = [t for t in triggers if t.rule.id != "escort.heels"]  # "In her wake came HMS Argyll"
        along = told[0].rule == "company.with"
        triggers = [t for t in triggers if not (along and t.first == 0 and t.rule.object == "escort")]  # "Accompanying Kent are A and B"
        triggers = [t for t in triggers if not (along and scene.line.low(t.last) == "with")]  # "The frigates sailed with the carrier"
        leading = Group(0, 0, discourse.fleet.subject, tuple(told[0].spans[0] for _ in discourse.fleet.subject))
    by_noun, between = acts_by_noun(scene, discourse)
    told.extend(by_noun)
    for event in by_noun:
        _remember(event, discourse, earlier=False)
    scene, first = _read_verbs(scene, triggers, between, discourse, told)
    _read_beside(scene, triggers, discourse, told)
    discourse.fleet.subject = _last_she(scene.line, told) or _goes_on_about(scene, discourse, leading or first, spoken_of)
    if "accompanied" in scene.line.words:
        told = [event for event in told if not _only_goes_along(scene.line, event, told)]
    told = friends_do_it_too(scene, told, discourse)
    with_shape_companions(scene, told)
    if "until" in scene.line.words:
        told = [event for event in told if not (_only_goes_on(event, told) or _only_ends_watch(scene.line, event, told))]
    for event in told:
        if event.rule == "log.passes":
            _note_watchers(event, discourse)
        if event.rule == "company.kept":  # "The destroyer is not alone; the tanker X keeps her company. They …"
            discourse.fleet.subject = tuple(dict.fromkeys((*discourse.fleet.subject, *event.vessels)))
    return told


def _only_goes_on(event: Told, told: list[Told]) -> bool:
    """Whether a stay to come only goes on one whose end is known: "is paying Egypt a visit and is to stay in port until 14 June"."""
    if event.kind is not EventKind.IN_PORT or event.interval is not None or event.stance.modality is not Modality.PLANNED or event.main is None:
        return False
    stays = [e for e in told if e is not event and e.kind is EventKind.IN_PORT and e.main and e.interval and e.vessels == event.vessels]
    return any(e.main and e.main.name == event.main.name and e.interval and e.interval.end != e.interval.start for e in stays)


_UNTIL_TOKENS = 9


def _only_ends_watch(line: Line, event: Told, told: list[Told]) -> bool:
    """Whether a whereabouts only says how long others were watched: "shadowed the corvette until she was in the North Sea"."""
    span = event.sources.get("trigger", ("", None))[1]
    wet = event.main is not None and event.main.entry is not None and event.main.entry.kind in WATER_KINDS and event.main.how == "in"
    if event.kind is not EventKind.AT_SEA or event.rule != "be.stay" or span is None or not wet:
        return False
    at = line.at_start(span[0])
    return "until" in line.lows[max(at - _UNTIL_TOKENS, 0) : at] and any(e.kind is EventKind.ESCORT and e.span == event.span for e in told)


def _read_verbs(
    scene: Scene, triggers: list[Trigger], between: tuple[int, int], discourse: Discourse, told: list[Told]
) -> tuple[Scene, Group | None]:
    """Read what each verb tells; the scene with who saw it, and the first subject. `between`: the tokens of an act told by a noun."""
    subject: Group | None = None
    seer: Group | None = None  # who saw the subject: "A found B as it left and followed it"
    leading: Group | None = None
    doubtful = bool(triggers) and _may_tell_no_act(scene.line)
    for number, trigger in enumerate(triggers):
        if between[0] <= trigger.first < between[1]:
            continue
        behind = triggers[number + 1] if number + 1 < len(triggers) else None
        watches = trigger.rule.seen or trigger.rule.host or scene.line.low(trigger.first) in _WATCHES
        act = next((t for t in triggers[number + 1 :] if t.first > trigger.first), None) if watches else None  # "had seen" fires twice
        if act and _sees_act(scene, trigger, act):
            behind = act
            scene = changed(scene, watched=host_of(scene.line, trigger, scene.places, passages=True), seen_from=trigger.chain)
            if not any(trigger.reach[0] <= g.first < trigger.chain for g in scene.groups):
                behind.reach = (trigger.reach[0], behind.reach[1])  # "and 6 March saw her enter Brest"
            continue
        if doubtful and (_is_habit(scene.line, trigger) or _is_condition(scene.line, trigger) or _is_of_namesake(scene, trigger)):
            continue
        meant, actors, events = _read_verb(scene, trigger, behind, subject, seer, discourse)
        if events:
            _plan_with(scene, trigger, events, told)
            events = [part for event in events for part in _by_place(scene, trigger, event)]
        closed = _closes_aside(scene.line, trigger) if subject else None
        if actors and meant.rule.subject != "after" and closed is None:
            subject = doer(scene, meant, actors)
            seer = subject if subject is not actors else seer
        if closed is not None and behind and behind.reach[0] < closed <= behind.chain:
            behind.reach = (closed, behind.reach[1])  # "called at Malta, the day that the tug X left Naples, and sailed on Friday"
        for event in _shared(scene, trigger, events, told) if events and told else events:
            if _heads_on(scene.line, event, told) or _comes_to_visit(scene.line, trigger, event, told):
                continue
            _headed_before(scene.line, event, told, discourse)
            told.append(event)
            event.earlier = _is_told_of_before(scene.line, trigger, event)
            _remember(event, discourse, earlier=_tells_back(scene.line, trigger) and len(told) > 1)
        nobody = scene.line.low(0) == "it" and actors is not None and not any(actors.first <= g.first < actors.last for g in scene.groups)
        if events or (meant.rule.subject != "after" and not nobody):  # "A had B for a partner" goes on about A, "It was cold" about nobody
            leading = leading or actors
    return scene, leading


def _read_verb(
    scene: Scene, trigger: Trigger, behind: Trigger | None, subject: Group | None, seer: Group | None, discourse: Discourse
) -> tuple[Trigger, Group | None, list[Told]]:
    """The first meaning of a word that tells something, who does it, and what it tells; `behind`: the next word of movement."""
    meant, actors = trigger, None
    events: list[Told] = []
    for rule in _meanings(scene, trigger):
        meant = trigger if rule is trigger.rule else changed(trigger, rule=rule)
        actors = seer if seer and goes_on_after(scene, meant) else subject_of(scene, meant, subject, discourse)
        events = events_of_verb(scene, meant, actors, discourse)
        if events and actors and (other := other_meant(scene, meant, actors, events, discourse)):
            actors, events = other, events_of_verb(scene, meant, other, discourse)
            for group in [g for g in scene.groups if (g.first, g.last) == (other.first, other.last)]:
                group.vessels, group.spans = other.vessels, other.spans  # whom the next sentence speaks of
        if not events and rule.seen and behind and behind.form == "ing":
            seen_so = changed(meant, reach=(meant.reach[0], behind.reach[1]))  # "was seen at noon steering east off Crete"
            events = events_of_verb(scene, seen_so, actors, discourse)
        if events:
            break
    if meant.rule.id in ("carry.bring", "carry.active"):
        events += brought_by(scene, meant, events)
    return meant, actors, events


def _add(told: list[Told], more: Sequence[Told], discourse: Discourse) -> None:
    """Add events that no verb tells, and keep them in mind."""
    told.extend(more)
    for event in more:
        if event.kind is not EventKind.AT_SEA:  # "of the exercise off Crete" ends no stay in port
            _remember(event, discourse, earlier=False)


def _read_beside(scene: Scene, triggers: Sequence[Trigger], discourse: Discourse, told: list[Told]) -> None:
    """Add what a sentence tells beside its verbs, and settle what its events take from each other."""
    _plan_before(scene, triggers, discourse, told)
    if told and (more := without_verb(scene, told, discourse)):
        _add(told, more, discourse)
    told.extend(_on_watch(scene, discourse, told))
    if not told and (more := stops_told(scene, discourse) or itinerary(scene, discourse)):
        _add(told, more, discourse)
    if more := port_follows(scene, told, discourse):
        _add(told, more, discourse)
    if more := read_shapes(scene, discourse, told):
        _add(told, more, discourse)
    told.extend(in_her_place(scene, told, discourse))
    told.extend(spells_told(scene, told))
    told.extend(gapped(scene, told, discourse))
    if told:
        in_line_with(scene, told)
        told.extend(through_it(scene, told))
    if more := read_rest(scene, discourse, told):
        _add(told, more, discourse)
    if not told:
        return
    _passing(scene, told)
    told.extend(in_attendance(scene, told) or trailed(scene, told))
    told.extend(not_with_them(scene, told))
    _without_supplied(told)
    told_in_halves(told)
    with_the_watched(scene.line, told, discourse)
    where_supplied(told)
    where_watched(scene.line, told)
    where_seen_off(scene, told, scene.places)
    where_others_lie(scene, told, discourse)
    lain_before(scene, told)
    stay_to_come(told)
    dated_beside(scene, told, discourse)
    each_in_turn(scene, told)
    if len(scene.groups) > 1:
        at_their_hour(scene, told)


_UNTIL = frozenset(["until", "till", "as", "when", "before", "while"])
_ONE = frozenset(["she", "it"])


def _last_she(line: Line, told: Sequence[Told]) -> tuple[Vessel, ...]:
    """The ship that others watched, if the sentence ends in what she did then: "HMS Kent shadowed the tug until she was clear of the bank"."""
    if _UNTIL.isdisjoint(line.words) or _ONE.isdisjoint(line.words):
        return ()
    watched = next((e for e in reversed(told) if e.kind is EventKind.ESCORT), None)
    seen = [v for v, role in watched.roles if role is Role.ESCORTED] if watched else []
    at = line.at_offset((watched.sources.get("trigger", ("", None))[1] or (0, 0))[0]) if watched else line.size
    last = next((n for n in range(line.size - 1, at, -1) if line.low(n) in _ONE), None)
    if len(seen) != 1 or seen[0].plural or last is None:
        return ()
    return (seen[0],) if not _UNTIL.isdisjoint(line.lows[max(last - _UNTIL_TOKENS, at) : last]) else ()


def _goes_on_about(scene: Scene, discourse: Discourse, leading: Group | None, spoken_of: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """Whom the next sentence goes on about; `leading`: the subject of the first clause, `spoken_of`: whom the sentence before spoke of."""
    if keeps_to_her(scene, spoken_of):
        return spoken_of
    first = scene.groups[0] if scene.groups else None
    if first and line_opens_it(scene.line) and first.first <= 4:
        return first.vessels  # "It is the carrier's fourth call at Limassol. It was here …"
    if first and first.first <= 1 and len(first.vessels) == 1 and first.vessels[0].name and scene.line.low(first.last) not in ("'", "’"):
        return first.vessels  # whom a sentence opens with the next goes on about
    if leading:
        return leading.vessels
    others = len(spoken_of) == 1 and not spoken_of[0].name
    if first and others and len(first.vessels) == 1 and discourse.fleet.is_hero(first.vessels[0]):
        return first.vessels  # "Built in Norway and chartered last year, Protector replaces …"
    return first.vessels if first and first.first <= 3 else discourse.fleet.subject


def _only_goes_along(line: Line, event: Told, told: list[Told]) -> bool:
    """Whether "accompanied by" only tells who did the same: "the carrier X, accompanied by the destroyer Y, came into Busan"."""
    span = event.sources.get("trigger", ("", None))[1]
    if event.kind is not EventKind.ESCORT or span is None or line.low(line.at_start(span[0])) != "accompanied":
        return False
    if any(e.rule == "company.with" and set(e.vessels) <= set(event.vessels) for e in told):
        return True  # "HMS Kent left Malta. RFA Tideforce accompanied her."
    if line.low(line.at_start(span[0]) - 1) in line.doc.lexicon.sets["be"]:
        return False  # "the tanker was accompanied by HMS Kent throughout its passage of the strait"
    together = any(e.kind in _TOGETHER and set(event.vessels) <= set(e.vessels) for e in told)
    return together and not _watched_among(event.vessels)


_MOVED_TOGETHER = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})
_TOGETHER = _MOVED_TOGETHER | {EventKind.IN_PORT, EventKind.AT_SEA, EventKind.UNDERWAY}


def _watched_among(vessels: Sequence[Vessel]) -> bool:
    """Whether some ships of those told together are of a navy that the others watch: "lay off Crete, accompanied by HMS Tyne"."""
    lone = [Group(0, 0, (vessel,), ()) for vessel in vessels]
    return any(are_rivals(one, other) for one, other in combinations(lone, 2))


_POINTERS = frozenset(["here", "below", "above", "found", "online"])


def _only_points(line: Line) -> bool:
    """Whether a sentence only points to a list: "The full list of the warships that have passed the strait is here"."""
    if _POINTERS.isdisjoint(line.lows[-4:]) or line.doc.lexicon.sets["overviews"].isdisjoint(line.lows[:6]):
        return False
    return holds(line.lows[:8], line.doc.lexicon.sets["listings"])


def _passing(scene: Scene, told: list[Told]) -> None:
    """Whoever is seen in a strait going by passes it: "In the Dardanelles passengers could watch Toronto go by"."""
    sighted = [e for e in told if e.kind is EventKind.AT_SEA and e.main and e.main.is_passage]
    passed = any(e.kind is EventKind.TRANSIT for e in told)
    if sighted and not passed and scene.line.holds(scene.line.doc.lexicon.sets["by_passing"]):
        for event in sighted:
            event.kind = EventKind.TRANSIT


def _without_supplied(told: list[Told]) -> None:
    """Drop the whereabouts of who is told to be replenished there in the same sentence."""
    supplied = [e for e in told if e.kind is EventKind.REPLENISHMENT and e.main]
    for event in [e for e in told if e.kind is EventKind.AT_SEA and e.main and e.rule in ("be.stay", "rest.where", "sea.state")] if supplied else ():
        if any(s.main and event.main and s.main.name == event.main.name and set(event.vessels) <= set(s.vessels) for s in supplied):
            told.remove(event)


_RELATIVE = frozenset(["which", "who"])
_ASIDE_TOKENS = 16


def _closes_aside(line: Line, trigger: Trigger) -> int | None:
    """The comma that closes a verb's aside, which "and" goes on behind: "escorted the tanker Sibir, which was bound for Tartus, and returned"."""
    opened = next((n for n in (trigger.chain - 1, trigger.chain - 2) if line.low(n) in _RELATIVE and line.text(n - 1) == ","), None)
    opened = _aside_of_time(line, trigger) if opened is None else opened
    if opened is None and (joined_on := _and_aside_closes(line, trigger)) is not None:
        return joined_on
    if opened is None:
        return None
    closed = next((n for n in range(trigger.last, min(trigger.last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    return closed if closed is not None and line.low(closed + 1) in ("and", "but", "then", "before") else None


def _and_aside_closes(line: Line, trigger: Trigger) -> int | None:
    """The comma that closes the participle's aside behind "and" in which a verb stands: "… and, relieved by HMS Kent, returned"."""
    comma = next((n for n in range(trigger.chain - 1, max(trigger.chain - 4, 0), -1) if line.text(n) == ","), None)
    if comma is None or line.low(comma - 1) not in ("and", "but", "then"):
        return None
    closed = next((n for n in range(trigger.last, min(trigger.last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    return closed if closed is not None and and_aside(line, closed + 1) else None


_TIME_TOKENS = 22


def _aside_of_time(line: Line, trigger: Trigger) -> int | None:
    """The token that opens an aside with a time and a subject of its own: "called on Monday, the day that the frigate X left, and …"."""
    begin = max(trigger.chain - _TIME_TOKENS, 0)
    if "," not in line.texts[begin + 1 : max(trigger.chain - 1, 0)]:
        return None
    comma = next(n for n in range(trigger.chain - 2, begin, -1) if line.text(n) == ",")
    lexicon, opens = line.doc.lexicon, line.lows[comma + 1 : comma + 1 + _OPENING_TOKENS]
    if opens[:1] and opens[0] in _AT_TIME:
        return comma + 1
    at = next((n for n, low in enumerate(opens) if low in ("that", "after", "before", "when", "as", "on")), 0)
    return comma + 1 if at and any(low in lexicon.sets["opens_time"] for low in opens[:at]) else None


_OPENING_TOKENS = 5
_AT_TIME = frozenset(["when", "where", "while", "as", "after", "before", "since"])


def _by_place(scene: Scene, trigger: Trigger, event: Told) -> list[Told]:
    """An event of which a list tells a place for each part: "monitored two ships at Bajo de Masinloc, one vessel at Ayungin Shoal and …"."""
    if event.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or len(event.vessels) < 2:
        return [event]
    groups = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    parts: list[tuple[PlaceMention, list[Group]]] = []
    waiting: list[Group] = []
    for group in groups:
        waiting.append(group)
        at = next((p for p in scene.places if p.entry and p.slot == "place" and _stands_at(scene.line, group, p)), None)
        if at and at.first < trigger.reach[1]:
            parts.append((at, waiting))
            waiting = []
    told = {v for _, some in parts for g in some for v in g.vessels}
    if len(parts) < 2 or waiting or not set(event.vessels) <= told:
        return [event]
    ends = [some[0].first for _, some in parts[1:]] + [trigger.reach[1]]
    days = [
        [d for d in scene.dates if d.interval and p.end <= d.start < scene.line.ends[min(n, scene.line.size) - 1]]
        for (p, _), n in zip(parts, ends, strict=True)
    ]
    told_parts = [_part_of(event, place, joined(some)) for place, some in parts]
    if all(len(some) == 1 for some in days) and any(some[0] is not days[0][0] for some in days):
        for part, (day,) in zip(told_parts, days, strict=True):  # "spotted two 70 km off Crete on Tuesday, and two others off Malta on Wednesday"
            part.interval, part.sources["date"] = day.interval, ("clause", (day.start, day.end))
    return told_parts


_FAR = frozenset(["about", "some", "around", "approximately", "roughly", "of", "just", "nearly"])


def _stands_at(line: Line, group: Group, place: PlaceMention) -> bool:
    """Whether a place stands behind vessels, with no more than how far off between: "two others about 220 km east-northeast of Malta"."""
    if 0 < place.first - group.last <= CLOSE_TOKENS:
        return True
    between = line.lows[group.last : place.first]
    far = any(low.isdecimal() for low in between)
    known = line.doc.lexicon.sets["units"] | _FAR
    return (
        far and len(between) <= _FAR_TOKENS and all(low in known or low.replace(".", "").isdecimal() or low.startswith(_COMPASS) for low in between)
    )


_FAR_TOKENS = 10
_COMPASS = ("north", "south", "east", "west", "off", "(", ")", "-")


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
    if subject[0] in first or (len(first) > 1 and any(v.name for v in first)):
        return False
    with_her = any(a == "with" and b in _HER for a, b in pairwise(line.lows))
    return with_her or not first[0].name or any(_is_object(line, n) for n in line.where(_HER))


def _is_object(line: Line, at: int) -> bool:
    """Whether "her" is whom somebody does something to, and not whose something is: "The frigate X followed her to Malta"."""
    behind = line.low(at + 1)
    if line.low(at) == "it":
        verb = line.ending("trigger", at)
        return verb is not None and any(rule.object == "escort" for rule, _ in verb.data)
    led = line.starting("preposition", at + 1) is not None and behind not in ("own", "past", "last", "next")
    return not behind.isalpha() or led or behind in ("company", "as", "and", "up", "again") or line.starting("trigger", at + 1) is not None


def line_opens_it(line: Line) -> bool:
    """Whether a sentence opens with "It is" or "It was"."""
    return line.low(0) == "it" and line.low(1) in ("is", "was")


def _plan_with(scene: Scene, trigger: Trigger, events: list[Told], told: list[Told]) -> None:
    """What follows on a plan is planned as well: "will visit India before returning", "will train at sea and call at Manila"."""
    line, word = scene.line, scene.line.low(trigger.chain - 1)
    aside = word == "," and bool(told) and _told_in_aside(line, told[-1])  # "X, which is to leave Malta on Monday, docked at Valletta"
    then = (trigger.form in ("ing", "state") and word in ("before", ",") and not aside) or trigger.rule.id == "sea.after"
    then = then or (trigger.rule.nominal and "after" in line.lows[max(trigger.chain - 3, 0) : trigger.chain])  # "is to return after a call at Malta"
    joint = (trigger.form == "base" or line.low(trigger.first) == "be") and word in ("and", ",", "or", "then")
    joint = joint or (trigger.form == "ing" and word == "and" and _will_be_doing(line, trigger))
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


_DOING_TOKENS = 14


def _will_be_doing(line: Line, trigger: Trigger) -> bool:
    """Whether "and" joins a participle to one of what will be: "will be calling at Salalah tomorrow and leaving it on Wednesday"."""
    begin = max(trigger.chain - _DOING_TOKENS, 0)
    return any(line.lows[n : n + 2] == ["will", "be"] and line.low(n + 2).endswith("ing") for n in range(begin, trigger.chain))


_ASIDE_REACH = 6


def _told_in_aside(line: Line, event: Told) -> bool:
    """Whether an event was told by a verb in a clause of "which" behind a comma."""
    first = line.at_start((event.sources.get("trigger", ("", None))[1] or (0, 0))[0])
    return any(line.low(n) in _RELATIVE and line.text(n - 1) == "," for n in range(max(first - _ASIDE_REACH, 1), first))


def _plan_before(scene: Scene, triggers: Sequence[Trigger], discourse: Discourse, told: list[Told]) -> None:
    """What opens a planned sentence is planned as well: "After putting into Singapore for fuel, she will go on to Aden"."""
    line = scene.line
    if len(told) < 2 or not triggers or line.low(0) not in line.doc.lexicon.sets["opens_plan"] or triggers[0].form not in ("ing", "state"):
        return
    first, then = told[0], told[1]
    at = line.span(triggers[0].first, triggers[0].last)
    if first.sources.get("trigger", ("", None))[1] != at or first.vessels != then.vessels or then.stance.modality is not Modality.PLANNED:
        return
    known = any(e.kind is first.kind and set(e.vessels) & set(first.vessels) for e in discourse.told[-RECALLED:] if e not in told)
    if first.interval is None and not known and first.stance.modality is Modality.ASSERTED:
        first.stance = then.stance


def _meanings(scene: Scene, trigger: Trigger) -> list[Rule]:
    """What a word may mean, likeliest first: who tracks a ship with a ship escorts her."""
    rules = [trigger.rule, *trigger.others]
    turned = fronted_rule(scene, trigger) if trigger.chain == scene.opening or "which" in scene.line.words else None
    if turned or (turned := parted_rule(scene, trigger) if trigger.rule.id == "move.front" else None):
        return [turned, *rules]  # "Into Valletta the frigate had slipped"
    if trigger.rule.id == "depart.out-of" and _is_signal(scene, trigger):
        return [scene.line.doc.lexicon.rules["sea.operate"]]  # "her signal came from the Bay of Biscay": where she is
    if trigger.rule.id == "sea.state" and _deploys_on(scene, trigger):
        return sorted(rules, key=lambda r: r.id != "depart.deployed")  # "The frigate deployed on 11 April to the Mediterranean"
    if (
        trigger.rule.id == "sea.state"
        and scene.line.low(trigger.first) in _STOPS
        and trigger.chain == trigger.first
        and _takes_vessel(scene, trigger)
    ):
        return [scene.line.doc.lexicon.rules["sea.attack"], *rules]  # "stopped the tanker X off Natal"
    if trigger.rule.id == "noun.call" and ends_call(scene, trigger):
        return [scene.line.doc.lexicon.rules["noun.stay"]]  # "have wrapped up a call at Visakhapatnam"
    if trigger.rule.id in ("see.spot", "escort.see") and _is_farewell(scene, trigger):
        return [scene.line.doc.lexicon.rules["depart.phrase"]]  # "was seen off by families in Plymouth on Monday"
    over = scene.line.low(trigger.first + 1) == "over"
    if trigger.rule.id == "escort.handed" and (over or scene.line.low(trigger.first) == "relieved"):
        return [*rules, scene.line.doc.lexicon.rules["sea.relieve"]]  # of no watch told before: both are where one relieves the other
    if trigger.others and (meeting := _goes_alongside(scene, trigger)):
        return [meeting]
    if trigger.others and not trigger.passive and any(r.subject == "object" for r in trigger.others) and _takes_vessel(scene, trigger):
        return sorted(rules, key=lambda r: r.subject != "object")  # "Denmark sent the frigate X to the area"
    if not trigger.others or not trigger.rule.seen or trigger.form not in ("past", "part", "pres"):
        return rules
    left = any(trigger.reach[0] <= g.first and g.last <= trigger.chain for g in scene.groups)
    behind = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    links = {scene.line.low(before_phrase(scene.line, g.first)) for g in behind}
    aside = "by" in links and scene.line.low(trigger.last) == "by" and trigger.chain == trigger.first  # "arrived in Oran, tracked by USS Cole"
    watched = "by" in links if trigger.passive else aside or (left and any(_right_behind(scene.line, trigger, g) for g in behind[:1]))
    return sorted(rules, key=lambda r: r.object != "escort") if watched else rules


_OFF_SO = frozenset(["by", "on", "from", "at", "in", "with", ",", ".", "yesterday", "today", "last", "this"])


def _is_farewell(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships are told to have been seen off, and not off some place: "had been seen off on 18 May", "was seen off by families"."""
    line = scene.line
    off = trigger.passive and line.low(trigger.last - 1) == "seen" and line.low(trigger.last) == "off"
    return off and line.low(trigger.last + 1) in _OFF_SO and line.starting("place", trigger.last + 1) is None


_STOPS = frozenset(["stopped", "halted", "detained", "inspected", "stop", "stops"])


def _deploys_on(scene: Scene, trigger: Trigger) -> bool:
    """Whether "deployed" is a verb with its day behind it, and no state."""
    line = scene.line
    if line.low(trigger.first) != "deployed" or trigger.last - trigger.first != 1 or not line.doc.lexicon.sets["be"].isdisjoint(line.words):
        return False
    start = line.starts[trigger.last] if trigger.last < line.size else -1
    day = line.starts[trigger.last + 1] if line.low(trigger.last) in ("on", "in") and trigger.last + 1 < line.size else start
    return any(d.start in (start, day) and d.interval for d in scene.dates)


def _right_behind(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether nothing but what belongs to their phrase parts ships from a verb: "tracked three Russian warships"."""
    return group.first == trigger.last or before_phrase(line, group.first) == trigger.last - 1


def _goes_alongside(scene: Scene, trigger: Trigger) -> Rule | None:
    """The rule of meeting, where what a ship comes alongside is another ship and no quay: "came alongside USNS Kanawha"."""
    if scene.line.low(trigger.last - 1) != "alongside":
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
    return at is not None and not related and (line.low(at + 1) in ("of", "from") or trigger.chain - at <= CLOSE_TOKENS)


def _on_watch(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """Who goes by in a strait's log: "2 March: HMS Echo, northbound"."""
    line, watch = scene.line, discourse.watch
    if watch is None or not watch.is_passage:
        return []
    way_told = discourse.way_told in [(line.sentence.block, scene.number - n) for n in (0, 1)]  # "0540, southbound. Tambov again, a tug in front."
    if not scene.groups and line.size <= _WAY_TOKENS and not line.doc.lexicon.sets["bound_ways"].isdisjoint(line.words):
        discourse.way_told = (line.sentence.block, scene.number)
    if not scene.groups or not (way_told or _tells_passing(line)):
        return []
    passed = {v for e in told if e.kind in (EventKind.TRANSIT, EventKind.AT_SEA, EventKind.IN_PORT) for v in e.vessels}
    groups = [g for g in scene.groups if passed.isdisjoint(g.vessels) and all(v.name or v.count for v in g.vessels)]
    groups = [g for g in groups if line.low(before_phrase(line, g.first)) not in line.doc.lexicon.sets["agents"]]
    first = next(iter(groups), None)
    if first is None or (scene.places and any(p.is_passage and p.name != watch.name for p in scene.places)):
        return []
    between = Trigger(line.doc.lexicon.rules["log.passes"], "state", first.first, first.last, first.first, False, (0, line.size))
    each = [g for g in groups if g is first or way_told or goes_by(line, g.last)]  # "Saratov S/B, Orsk N/B"
    return [tell(scene, between, g.vessels, g.spans, EventKind.TRANSIT, {"place": watch}, stance_of(line, between, g), discourse) for g in each]


_WAY_TOKENS = 8


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


def read_rest(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """The whereabouts that no verb of the lexicon tells."""
    found = []
    if scene.line.low(0) in ("not", "never") and scene.line.low(1) in ("since", "before"):
        return []  # "Not since 2011 had a ship of the fleet been in Colombo"
    entries = entry_of(scene, discourse) if not told and _in_log(scene, discourse) else []
    if not entries and not scene.places:
        return []
    for group, place, kind, between in (
        entries or ranked_of(scene, discourse, told) or [*asides_of(scene, told), *dated_asides(scene, told), *rest_of(scene, discourse, told)]
    ):
        slots = {MAIN_SLOT[kind]: place}
        found.append(tell(scene, between, group.vessels, group.spans, kind, slots, _heard(scene.line, between, group), discourse))
    return found


_EXPECTS = frozenset(["expects", "expect", "awaits", "await"])


def _heard(line: Line, between: Trigger, group: Group) -> Stance:
    """How firmly a place is told of vessels in front of it, by the words of its own clause too: "isn't going anywhere near Malta"."""
    if group.first >= between.last:
        links = not line.doc.lexicon.sets["be"].isdisjoint(line.lows[between.first : between.last])  # "A ship in Tartus could be HMS Kent"
        return stance_of(line, changed(between, first=between.last, chain=between.first) if links else between, group)
    told = line.low(before_phrase(line, group.first))
    if told in _EXPECTS:
        return Stance(Modality.PLANNED, told)  # "Portugal's navy expects the Boikiy off Lisbon on Monday"
    if told in line.doc.lexicon.sets["puts_ships"] and line.words.isdisjoint(line.doc.lexicon.sets["pictures"]):
        return Stance(Modality.REPORTED, told)
    chain = max((n + 1 for n in range(between.first, between.last) if line.low(n) in (",", "and", "but")), default=between.first)
    return stance_of(line, changed(between, first=between.last, chain=chain), group)


def _tells_back(line: Line, trigger: Trigger) -> bool:
    """Whether a clause tells what was before that in front of it: "arrived … after leaving …", "is in Brest; before that she was in Lisbon"."""
    return line.low(trigger.chain - 1) == "after" or "before that" in " ".join(line.lows[max(trigger.reach[0] - 2, 0) : trigger.chain])


_SINCE = frozenset(["since", "now", "just"])


def _is_told_of_before(line: Line, trigger: Trigger, event: Told) -> bool:
    """Whether a verb tells a call or stay as done before: "had visited Lisbon", "has already called at Lisbon", "before that she was in Lisbon"."""
    if event.kind not in (EventKind.ARRIVAL, EventKind.IN_PORT):
        return False
    helpers = line.lows[trigger.chain : trigger.first]
    perfect = "had" in helpers or (not {"has", "have"}.isdisjoint(helpers) and ("already" in helpers or "previously" in helpers))
    perfect = perfect or trigger.rule.id == "arrive.been"  # "Her last port was Lisbon"
    return (perfect and _SINCE.isdisjoint(line.words)) or _tells_back(line, trigger)


def _remember(event: Told, discourse: Discourse, *, earlier: bool) -> None:
    """Keep an event in mind; one told as `earlier` than the one before it, "arrived … after leaving …", leaves the ship where that has it."""
    discourse.told.append(event)
    back = [vessel for vessel in event.vessels if told_back(event, vessel, discourse)]
    event.earlier = len(back) == len(event.vessels)
    if not (event.earlier and event.kind in discourse.last):
        discourse.last[event.kind] = event
    single = all(v.name or v.count for v in event.vessels) and any(v.name for v in event.vessels)
    if len(event.vessels) > 1 and single and event.kind is not EventKind.ESCORT and event.vessels not in discourse.fleet.focus[-4:]:
        discourse.fleet.note(event.vessels)
    _note_watchers(event, discourse)
    if event.kind is EventKind.TRANSIT and len(event.vessels) > 2:
        discourse.fleet.note(event.vessels)  # "passed the Channel with a frigate and a tanker": the trio
    main, happened = event.main, event.stance.modality not in (Modality.PLANNED, Modality.NEGATED)
    comes = event.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and event.stance.modality is not Modality.NEGATED
    for vessel in event.vessels:
        if vessel in back or (earlier and comes and vessel in discourse.lying):
            continue
        if comes and not happened and event.interval is None and vessel in discourse.lies:
            continue  # "is in Durban. Lisbon is her next port. She sails on Friday"
        if comes and main and _holds_port(main):
            discourse.lying[vessel] = main
            if happened:
                discourse.lies[vessel] = main
        elif event.kind is EventKind.AT_SEA and main and event.rule.startswith("inport.") and _holds_port(changed(main, how=None)):
            discourse.lying[vessel] = main  # "lay off Singapore for months. Then she sailed for …"
        elif event.kind in (EventKind.DEPARTURE, EventKind.AT_SEA, EventKind.TRANSIT) and not (earlier or _is_older(event, vessel, discourse)):
            discourse.lying.pop(vessel, None)
            if happened:
                discourse.lies.pop(vessel, None)


def _holds_port(place: PlaceMention) -> bool:
    """Whether a ship that came to a place lies in port there: a port, or an island or small country told for its port, "arrived in Malta"."""
    entry = place.entry
    small = entry is not None and (entry.kind is PlaceKind.ISLAND or (entry.kind is PlaceKind.COUNTRY and (entry.radius_km or WIDE_KM) < WIDE_KM))
    return place.is_port or (small and place.how != "off")


def _note_watchers(event: Told, discourse: Discourse) -> None:
    """Keep in mind who only watches: "the pair" is then sooner the two that are watched."""
    if event.kind is not EventKind.ESCORT:
        discourse.fleet.watchers.difference_update(event.vessels)
        return
    roles = dict(event.roles)
    for vessel in event.vessels:
        if roles.get(vessel) is Role.ESCORT and not any(vessel in e.vessels and e.kind is not EventKind.ESCORT for e in discourse.told[-RECALLED:]):
            discourse.fleet.watchers.add(vessel)
        else:
            discourse.fleet.watchers.discard(vessel)


def _is_older(event: Told, vessel: Vessel, discourse: Discourse) -> bool:
    """Whether an event is dated before the arrival or stay that was told of a vessel: "came in on Saturday … left Toulon on 1 February"."""
    if event.interval is None or event.interval.end is None:
        return False
    kinds = (EventKind.ARRIVAL, EventKind.IN_PORT)
    stay = next((e for e in reversed(discourse.told[-RECALLED:]) if e is not event and vessel in e.vessels and e.kind in kinds), None)
    since = stay.interval.start if stay and stay.interval else None
    return since is not None and event.interval.end < since


_WATCHES = frozenset(["watched", "watches"])


def _sees_act(scene: Scene, trigger: Trigger, behind: Trigger) -> bool:
    """Whether what is seen is what the next verb tells: "observers saw Yantar go by"."""
    line, at = scene.line, behind.first
    if behind.chain != at or (behind.form != "base" and line.low(at) not in BASE_TOO):
        return False
    if saw_her(line, at) and trigger.last == at - 1:
        return True
    return any(
        g.first >= trigger.last and (g.last == at or (g.first - trigger.last <= CLOSE_TOKENS and line.text(g.last) == "," == line.text(at - 1)))
        for g in scene.groups
    )


def _shared(scene: Scene, trigger: Trigger, events: list[Told], told: list[Told]) -> list[Told]:
    """Events, with an escort beside a passage given its place and day: "tailed a warship on its passage of …", "passed Dover, shadowed by X"."""
    before = told[-1]
    for event in events:
        if event.kind is EventKind.ESCORT and _is_aside(scene.line, trigger) and set(event.vessels) & set(before.vessels):
            _take_over(event, before)
        at_sea = event.kind is EventKind.AT_SEA and before.kind is EventKind.ESCORT
        at_sea = at_sea and (event.rule == "transit.state" or _opens_aside(scene.line, before, event) or _met_there(scene, before, event))
        if (event.kind is EventKind.TRANSIT or at_sea) and before.kind is EventKind.ESCORT and set(event.vessels) <= set(before.vessels):
            aside = before.interval is None and not before.main and before.sentence == event.sentence
            if not before.main:
                before.places["place"] = event.places["place"]
                before.sources["place"] = event.sources["place"]
            if aside and event.interval and before.stance.modality is event.stance.modality:
                before.interval, before.sources["date"] = event.interval, event.sources.get("date", ("sentence", None))
        if event.kind is EventKind.ESCORT and not event.places:
            _where_escorted(event, told)
    return events


_MEANWHILE, _PRONOUNS = frozenset(["as", "while"]), frozenset(["it", "they", "she", "both"])


def _met_there(scene: Scene, escort: Told, event: Told) -> bool:
    """Whether the watched are where they are watched: "shadowed the tanker X operating in the North Sea", "as it crossed the bay"."""
    line, at = scene.line, event.sources.get("trigger", ("", None))[1]
    watched = {v for v, role in escort.roles if role is Role.ESCORTED}
    if at is None or event.main is None or escort.span != event.span or set(event.vessels) != watched:
        return False
    token = line.at_start(at[0])
    if line.low(token - 1) in _PRONOUNS:
        return line.low(token - 2) in _MEANWHILE
    return line.low(token).endswith("ing") and any(g.last == token and set(g.vessels) == watched for g in scene.groups)


def _opens_aside(line: Line, escort: Told, event: Told) -> bool:
    """Whether a sentence opens with who watches, and goes on with where the watched one was: "Trailed by HMS Tyne, the tug was off Dover"."""
    at = escort.sources.get("trigger", ("", None))[1]
    token = line.at_offset(at[0]) if at else line.size
    aside = token <= 1 or (line.text(token - 1) == "," and line.low(token).endswith("ing"))  # "HMS Tyne, shadowing the tug, was off Dover"
    return escort.span == event.span and aside and event.main is not None


def _is_aside(line: Line, trigger: Trigger) -> bool:
    """Whether a participle without a form of "be" hangs on the verb before it: "passed Dover on Monday, watched by two cutters"."""
    if (
        trigger.rule.id == "escort.under"
        and trigger.form == "state"
        and trigger.chain > 1
        and line.low(trigger.chain - 1) not in line.doc.lexicon.sets["be"]
    ):
        return True  # "passed Dover on Monday under the eyes of two cutters"
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
    if told and event.rule == "depart.out-of" and _came_from(line, event, told[-1]):
        told[-1].places["origin"], told[-1].sources["origin"] = event.places["origin"], event.sources["origin"]
        return True
    if event.kind is not EventKind.UNDERWAY or not told or "destination" not in event.places:
        return False
    before = told[-1]
    if before.kind is EventKind.ESCORT and set(event.vessels) <= set(
        before.vessels
    ):  # "saw them up the Channel and on through the North Sea as they …"
        before = next((e for e in reversed(told) if e.span == event.span and e.kind is EventKind.TRANSIT and e.vessels == event.vessels), before)
    there = before.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and before.main is not None and set(before.vessels) >= set(event.vessels)
    if there and before.span == event.span and _says_which_way(line, event) and _is_wide(event.places["destination"]):
        return True  # "called at Djibouti en route to East Africa": a land that a call is on the way to is told in passing
    if there and before.main and before.main.name == event.places["destination"].name and before.stance.modality is event.stance.modality:
        return True  # "Colombo received two frigates, sent there to …"
    fits = (
        before.kind in (EventKind.DEPARTURE, EventKind.TRANSIT)
        and before.vessels == event.vessels
        and before.stance.modality is event.stance.modality
    )
    if not fits or before.places.get("destination", event.places["destination"]).name != event.places["destination"].name:
        return False
    (_, end), (start, _) = before.sources["trigger"][1] or (0, 0), event.sources["trigger"][1] or (0, 0)
    between = range(line.at_start(end), line.at_start(start))
    if any(line.low(n) in ("while", "who") or (line.low(n) == "which" and line.low(n - 1) != "after") for n in between):
        return False
    if "back" in line.lows[line.at_start(start) : line.at_start(start) + 3]:
        return False  # "put out on Monday, only to turn back for Brest"
    day = event.sources.get("date", ("", None))[1]
    now = day is not None and line.doc.low[day[0] : day[1]] in line.doc.lexicon.sets["now"]  # "have left … and are now sailing west"
    if now and event.rule == "arrive.return" and before.kind is EventKind.DEPARTURE:
        return False  # "left San Diego in May and is now returning to the United States"
    own = event.sources.get("date", ("", None))[0] != "sentence"  # not that on which somebody tells it
    if before.interval is None and event.interval is not None and own and not now:
        before.interval, before.sources["date"] = event.interval, event.sources.get("date", ("clause", None))
    before.places["destination"] = event.places["destination"]
    before.sources["destination"] = event.sources["destination"]
    return True


def _came_from(line: Line, event: Told, before: Told) -> bool:
    """Whether what follows an arrival only says where the ships came from: "arrived at Kiel, having come from Oslo"."""
    start = (event.sources["trigger"][1] or (0, 0))[0]
    come = line.low(line.at_start(start)) == "come" and line.low(line.at_start(start) - 1) == "having"
    same = before.kind is EventKind.ARRIVAL and before.vessels == event.vessels and before.sentence == event.sentence
    plain = event.interval in (None, before.interval) and before.stance.modality is event.stance.modality
    return come and same and plain and "origin" in event.places and "origin" not in before.places


_COMES = frozenset(["coming", "inbound", "arriving", "fresh"])


def _headed_before(line: Line, event: Told, told: list[Told], discourse: Discourse) -> None:
    """Take where the same ships are bound or come from, told in an aside in front, for a movement's slots: "Bound for Malta, she left Toulon"."""
    before = told[-1] if told else None
    if before is None or before.sentence != event.sentence or not set(before.vessels) <= set(event.vessels):
        return
    (first, last), (start, _) = before.sources["trigger"][1] or (0, 0), event.sources["trigger"][1] or (0, 0)
    between = line.lows[line.at_start(last) : line.at_start(start)]
    leads = line.text(line.at_start(first) - 1) in ("", ",", ":")
    heading = before.places.get("destination")
    passing = event.kind in _ON_THE_WAY_DO and (heading is None or _is_wide(heading))
    if leads and before.rule in ("way.state", "way.bound") and line.low(line.at_start(first)) in _WAYS and passing:
        if event.main is None and "place" in before.places:
            event.places["place"], event.sources["place"] = before.places["place"], before.sources["place"]
        _untell(told, discourse)  # "On her way up the Red Sea she was refuelled by the Arctic", "En route to India, she will call at Port Louis"
        return
    if before.vessels != event.vessels or before.stance.modality is not event.stance.modality:
        return
    between = between[between.index(",") :] if leads and "," in between else between  # "Bound for Hawaii and the exercise, she left …"
    opens = line.at_start(first) <= 2  # "On her way to the Baltic she passed the Great Belt"
    behind = before.rule in ("way.bound", "way.state") and _stands_behind(line, before, first)  # "Two tankers bound for Tartus passed the Bosphorus"
    opens = opens or behind
    if ("," not in between and not opens) or not PARTS.isdisjoint(between) or before.interval not in (None, event.interval):
        return
    slot = None
    if before.kind is EventKind.UNDERWAY and before.rule in ("way.state", "way.bound", "way.head"):
        takes = event.kind in (EventKind.DEPARTURE, EventKind.TRANSIT) and (behind or leads)
        slot = "destination" if takes and "place" not in before.places and "origin" not in before.places else None
    elif before.kind is EventKind.DEPARTURE and event.kind is EventKind.ARRIVAL and line.low(line.at_start(first)) in _COMES:
        slot = "origin"
    if slot and slot in before.places and event.places.get(slot, before.places[slot]).name == before.places[slot].name:
        event.places[slot], event.sources[slot] = before.places[slot], before.sources[slot]
        _untell(told, discourse)


def _is_wide(place: PlaceMention) -> bool:
    """Whether a place is a land or a region, which tells a ship's way only in passing."""
    return place.entry is not None and place.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)


def _untell(told: list[Told], discourse: Discourse) -> None:
    """Take back the event told last."""
    last = told.pop()
    if discourse.told and discourse.told[-1] is last:
        discourse.told.pop()


_WAYS = frozenset(["en", "on"])
_ON_THE_WAY_DO = (EventKind.ARRIVAL, EventKind.IN_PORT, EventKind.REPLENISHMENT)
_ON_THE_WAY = frozenset(["route", "way", "voyage", "passage"])


def _says_which_way(line: Line, event: Told) -> bool:
    """Whether "en route to" or "on her way to" stands behind a verb without a comma or a verb of its own."""
    start = line.at_start((event.sources["trigger"][1] or (0, 0))[0])
    led = event.rule in ("way.state", "way.bound") and line.low(start) in _WAYS and not _ON_THE_WAY.isdisjoint(line.lows[start : start + 3])
    sets = line.doc.lexicon.sets
    return led and line.low(start - 1) not in ("and", ",", "but", "now") and line.low(start - 1) not in sets["be"] | sets["adverbs"]


def _stands_behind(line: Line, event: Told, start: int) -> bool:
    """Whether a word of movement only says of which ships a sentence speaks, right behind their names."""
    return any(line.at_start(start) - line.at_offset(span[1] - 1) == 1 for span in event.spans)


def _comes_to_visit(line: Line, trigger: Trigger, event: Told, told: list[Told]) -> bool:
    """Whether "on a visit" only says what ships came for: "Into Algiers came the frigate on a port visit of three days"."""
    last = told[-1] if told else None
    if last is not None and _dates_next_stop(event, last):
        return True
    if trigger.rule.id != "inport.state" or line.low(trigger.first) != "on" or last is None or event.main is None:
        return False
    if set(event.vessels) != set(last.vessels) or event.stance.modality is not last.stance.modality or event.sentence != last.sentence:
        return False
    goes = last.kind is EventKind.DEPARTURE and "destination" not in last.places and event.main.how == "to" and last.main is not event.main
    if goes and "," not in line.lows[line.at_start((last.sources["trigger"][1] or (0, 0))[0]) : trigger.first]:
        last.places["destination"], last.sources["destination"] = event.main, event.sources["place"]  # "left Colombo on a visit to India"
    elif last.kind is not EventKind.ARRIVAL or last.main is None or event.main.name != last.main.name:
        return False
    if last.interval is None and event.interval is not None and event.interval.start and {"until", "till", "from"}.isdisjoint(line.words):
        last.interval, last.sources["date"] = Interval.day(event.interval.start), event.sources.get("date", ("clause", None))
    return True


def _dates_next_stop(event: Told, last: Told) -> bool:
    """Take the day on which ships are to be in their next port for that stop: "Kiel is the next port of HMS Kent, which is to be there on Monday"."""
    stays = event.rule == "be.stay" and event.kind in (EventKind.IN_PORT, EventKind.ARRIVAL)
    if not stays or event.main is None or event.interval is None or last.interval is not None:
        return False
    stop = last.places.get("destination")
    same = stop is not None and stop.name == event.main.name and last.vessels == event.vessels and last.sentence == event.sentence
    if not same or event.stance.modality is not Modality.PLANNED or last.rule not in ("arrive.stop", "way.goal", "arrive.next"):
        return False
    last.kind, last.stance, last.interval = EventKind.ARRIVAL, event.stance, event.interval
    last.sources["date"] = event.sources.get("date", ("clause", None))
    return True


def _may_tell_no_act(line: Line) -> bool:
    """Whether a sentence holds words by which a clause may tell a habit, a condition or what a person did: most hold none."""
    words = line.words
    if "every" in words or not _SPANS_OF_HABIT.isdisjoint(words) or may_hold(words, line.doc.lexicon.habit):
        return True
    return not _CONDITIONS.isdisjoint(words) or line.low(0) == "had" or ("named" in words and "who" in words)


def _is_habit(line: Line, trigger: Trigger) -> bool:
    """Whether a clause tells what is done again and again; "for a regularly scheduled deployment" is done once."""
    begin, end = max(trigger.reach[0], trigger.first - 6), min(trigger.reach[1], trigger.last + (10 if trigger.form in ("pres", "base") else 6))
    if "every" in line.words and _every_time(line, trigger):
        return True
    if not _SPANS_OF_HABIT.isdisjoint(line.words) and _over_years(line, trigger):
        return True
    if not may_hold(line.words, line.doc.lexicon.habit) or not holds(line.lows[begin:end], line.doc.lexicon.habit):
        return False
    words = [w for n, w in enumerate(line.lows[begin:end], begin) if not _is_done_once(line, n)]
    return holds(words, line.doc.lexicon.habit)  # "with the ritual of every January" tells of this one


_SPANS_OF_HABIT = frozenset(["years", "decade", "decades", "times"])
_MANY = frozenset(["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "several", "many", "numerous", "some", "dozen", "of"])
_YEARS_TOKENS = 12


def _over_years(line: Line, trigger: Trigger) -> bool:
    """Whether a move is told as done again and again: "In recent years frigates have called there", "has visited Malta three times in five years"."""
    if trigger.rule.kind not in _MOVED_TOGETHER:
        return False
    opening = line.lows[:_OPENING_SPAN]
    if (
        opening[0] in ("in", "over", "during")
        and line.low(1) in ("the", "recent", "previous", "past")
        and not {"recent", "past", "last"}.isdisjoint(opening)
    ):
        return not {"years", "decade", "decades"}.isdisjoint(opening)
    end = min(trigger.reach[1], trigger.last + _YEARS_TOKENS)
    return any(line.low(n) == "times" and line.low(n - 1) in _MANY for n in range(trigger.last, end))


_OPENING_SPAN = 6


def _is_done_once(line: Line, at: int) -> bool:
    """Whether a word tells no habit: "a regularly scheduled call", "with the ritual of every January", "was used to monitor the frigate"."""
    if line.low(at) == "used":
        return line.low(at - 1) in ("was", "were", "been", "being")
    return line.low(at + 1) == "scheduled" or (line.low(at) == "every" and line.low(at - 1) == "of")


_NAMED_FOR = frozenset(["for", "after", "in"])


def _is_of_namesake(scene: Scene, trigger: Trigger) -> bool:
    """Whether a clause tells what the person did whom a ship is named for: "is named for a captain who fought in Vietnam and was taken to Hanoi"."""
    line = scene.line
    if "named" not in line.words or "who" not in line.words:
        return False
    at = next((n for n in range(trigger.chain - 1, 0, -1) if line.low(n) == "named"), None)
    if at is None or line.low(at + 1) not in _NAMED_FOR or "who" not in line.lows[at : trigger.chain]:
        return False
    who = line.lows.index("who", at)
    return not any(who < g.first < trigger.chain for g in scene.groups)


_EVERY_TOKENS = 12


def _every_time(line: Line, trigger: Trigger) -> bool:
    """Whether a clause tells what is done whenever something else is: "Every time they pass, a frigate will watch them"."""
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - _EVERY_TOKENS, -1), -1) if line.low(n) == "every"), None)
    return at is not None and line.low(at + 1) == "time" and line.low(at + 2) in ("they", "it", "she", "one", "a", "the", "russian", "chinese")


_CONDITIONS = frozenset(["if", "unless"])


def _is_condition(line: Line, trigger: Trigger) -> bool:
    """Whether a clause only tells on what something depends: "unless they are returning to their base", "Had she left on Monday, she would …"."""
    if line.low(0) == "had" and "would" in line.words and "," in line.lows[trigger.last :] and line.lows.index("would") > trigger.last:
        return True
    if _CONDITIONS.isdisjoint(line.words):
        return False
    at = next((n for n in range(trigger.chain - 1, max(trigger.reach[0] - 1, trigger.chain - 12, -1), -1) if line.low(n) in _CONDITIONS), None)
    if at is None or not {",", ";", "then"}.isdisjoint(line.lows[at : trigger.chain]):
        return False
    return (
        line.low(at) == "unless"
        or (at == 0 and (trigger.form == "pres" or line.low(trigger.chain) in ("is", "are")))
        or (line.low(at - 1) in ("only", "but") and trigger.form in ("pres", "ing"))
    )
