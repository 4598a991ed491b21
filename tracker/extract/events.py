"""Stage 6 and 7, events: each trigger with its vessels, places, date and stance; each slot with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role
from tracker.domain.records import changed
from tracker.extract.acts_by_noun import acts_by_noun
from tracker.extract.at_their_hour import at_their_hour
from tracker.extract.behind_aside import set_behind_aside
from tracker.extract.by_verb import BASE_TOO, events_of_verb
from tracker.extract.carried import (
    lain_before,
    stay_to_come,
    told_in_halves,
    where_missed,
    where_seen_off,
    where_supplied,
    where_watched,
    with_the_watched,
)
from tracker.extract.clauses import find_triggers
from tracker.extract.company import (
    brought_by,
    in_attendance,
    in_company,
    in_her_place,
    in_line_with,
    not_with_them,
    on_heels,
    through_it,
    trailed,
    without_who_stays,
)
from tracker.extract.corefer import Vessel, of_others
from tracker.extract.dated_asides import dated_asides
from tracker.extract.dated_passages import dated_passages
from tracker.extract.day_by_tense import next_of_year
from tracker.extract.days_apart import days_apart
from tracker.extract.doubtful_members import doubtful_members
from tracker.extract.drills_came import drills_came
from tracker.extract.each_in_turn import each_in_turn
from tracker.extract.entry_days import still_ahead
from tracker.extract.forms import saw_her
from tracker.extract.friends import friends_do_it_too, with_shape_companions
from tracker.extract.fronted_list import fronted_list
from tracker.extract.further_clauses import further_clauses
from tracker.extract.gapped import gapped
from tracker.extract.groups import before_phrase, joined
from tracker.extract.in_passing import is_in_passing, is_of_another
from tracker.extract.itinerary import itinerary
from tracker.extract.led_in import led_together
from tracker.extract.length_of_stay import from_the_day_they_came
from tracker.extract.line import Line, holds
from tracker.extract.meanings import meanings
from tracker.extract.mention import NOBODY, VesselMention
from tracker.extract.modality import Stance
from tracker.extract.no_act import MOVED_TOGETHER, is_condition, is_habit, is_of_namesake, may_tell_no_act
from tracker.extract.on_watch import expected_to_pass, on_watch, watched_here
from tracker.extract.other_she import other_meant
from tracker.extract.place_mention import PlaceMention
from tracker.extract.port_log import told_at_port
from tracker.extract.port_places import settled
from tracker.extract.quiet import CLOSE_TOKENS
from tracker.extract.rest import WIDE_KM, asides_of, entry_of, ranked_of, rest_of
from tracker.extract.same_time import dated_beside
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.shapes import read_shapes
from tracker.extract.shared_acts import came_as_expected, comes_to_visit, headed_before, heads_on, shared
from tracker.extract.sides import are_rivals
from tracker.extract.since_return import come_since
from tracker.extract.spells import spells_told
from tracker.extract.stances import stance_of
from tracker.extract.stations import without_verb
from tracker.extract.stops_told import port_follows, stops_told
from tracker.extract.telling import RECALLED, tell
from tracker.extract.verbs import Trigger
from tracker.extract.when import set_next_year
from tracker.extract.where import host_of
from tracker.extract.where_with import told_back, where_others_lie
from tracker.extract.who import and_aside, doer, goes_on_after, subject_of

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
    if (discourse.watch or discourse.keeper) and "sat" in scene.line.words:
        triggers = [t for t in triggers if not _is_weekday(scene, t)]  # "Sat 13th. Nothing moved."
    scene.opening = triggers[0].chain if triggers else scene.line.size
    told.extend(in_company(scene, discourse) or on_heels(scene, discourse))
    if told:
        triggers = [t for t in triggers if t.rule.id != "escort.heels"]  # "In her wake came HMS Argyll"
        along = told[0].rule == "company.with"
        triggers = [t for t in triggers if not (along and t.first == 0 and t.rule.object == "escort")]  # "Accompanying Kent are A and B"
        triggers = [t for t in triggers if not (along and scene.line.low(t.last) == "with")]  # "The frigates sailed with the carrier"
        leading = Group(0, 0, discourse.fleet.subject, tuple(told[0].spans[0] for _ in discourse.fleet.subject))
    came, until = drills_came(scene, discourse)
    triggers = [t for t in triggers if not until[0] <= t.first < until[1]]  # "There followed exercises off Crete with HMS Kent"
    by_noun, between = acts_by_noun(scene, discourse)
    by_noun = [*came, *by_noun]
    told.extend(by_noun)
    for event in by_noun:
        remember_told(event, discourse, earlier=False)
    scene, first = _read_verbs(scene, triggers, between, discourse, told)
    _read_beside(scene, triggers, discourse, told)
    discourse.fleet.subject = _last_she(scene.line, told) or _goes_on_about(scene, discourse, leading or first or _turned_to(scene, told), spoken_of)
    if spoken_of and discourse.fleet.subject and discourse.fleet.subject[0].word == NOBODY:
        discourse.fleet.subject = spoken_of  # "No submarine. There she is"
    if "accompanied" in scene.line.words:
        told = [event for event in told if not _only_goes_along(scene.line, event, told)]
    told = friends_do_it_too(scene, told, discourse)
    with_shape_companions(scene, told)
    if "until" in scene.line.words:
        told = [event for event in told if not (_only_goes_on(event, told) or _only_ends_watch(scene.line, event, told))]
    if passing := tuple(dict.fromkeys(v for e in told if e.rule == "log.passes" for v in e.vessels)):
        discourse.fleet.subject = passing if len(told) == sum(e.rule == "log.passes" for e in told) else discourse.fleet.subject
        discourse.fleet.note(passing)
    for event in told:
        if event.rule == "company.kept":  # "The destroyer is not alone; the tanker X keeps her company. They …"
            discourse.fleet.subject = tuple(dict.fromkeys((*discourse.fleet.subject, *event.vessels)))
    if led := led_together(scene.line, told):
        discourse.fleet.subject = led
        discourse.fleet.note(led)
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
    before = False  # whether the sentence goes back to what was before ships came where they are
    doubtful = bool(triggers) and may_tell_no_act(scene.line)
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
        if doubtful and (is_habit(scene.line, trigger) or is_condition(scene.line, trigger) or is_of_namesake(scene, trigger)):
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
        for event in shared(scene, trigger, events, told) if events and told else events:
            if heads_on(scene.line, event, told) or comes_to_visit(scene.line, trigger, event, told):
                continue
            if _was_on_the_way(scene.line, event, discourse):
                before = True
                continue
            headed_before(scene.line, event, told, discourse)
            without_who_stays(scene.line, event, told)
            told.append(event)
            event.earlier = _is_told_of_before(scene.line, trigger, event)
            if before:
                continue  # "On the way to Piraeus they met …" where they lie there by now
            back = _tells_back(scene.line, trigger) and len(told) > 1
            remember_told(event, discourse, earlier=back or _on_her_way(scene.line, event))
        nobody = (
            "it" in (scene.line.low(0), scene.line.low(trigger.chain - 1))
            and actors is not None
            and not any(actors.first <= g.first < actors.last for g in scene.groups)
        )
        aside = actors is not None and _is_absolute(scene.line, trigger, actors)
        if not aside and (
            events or (meant.rule.subject != "after" and not nobody)
        ):  # "A had B for a partner" goes on about A, "It was cold" about nobody
            leading = leading or actors
    return scene, leading


def _is_weekday(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb is the short form of a weekday that opens the entry of a log: "Sat 13th – HMS Kent out"."""
    line, at = scene.line, trigger.first
    return (
        line.low(at) == "sat"
        and (at == 0 or line.text(at - 1) == "(")
        and any(d.start <= n < d.end for d in scene.dates for n in (line.starts[at], line.ends[at] + 1))
    )


_SETS_BACK = frozenset(["on", "en", "during", "while"])


def _was_on_the_way(line: Line, event: Told, discourse: Discourse) -> bool:
    """Whether a sentence opens with a way that ships have behind them: "On the way to Piraeus they met HMS Kent", of ships told to lie there."""
    to = event.places.get("destination")
    if event.rule != "way.state" or event.kind is not EventKind.UNDERWAY or to is None or line.low(0) not in _SETS_BACK:
        return False
    ports = [discourse.lies_at(vessel) for vessel in event.vessels]
    return all(port is not None and port.name == to.name for port in ports)


def _is_absolute(line: Line, trigger: Trigger, actors: Group) -> bool:
    """Whether a verb tells beside its sentence what others had done: "made HMS Kent welcome, a harbour tug having met her outside"."""
    return line.low(trigger.chain) == "having" and actors.last == trigger.chain and line.text(before_phrase(line, actors.first)) == ","


def _read_verb(
    scene: Scene, trigger: Trigger, behind: Trigger | None, subject: Group | None, seer: Group | None, discourse: Discourse
) -> tuple[Trigger, Group | None, list[Told]]:
    """The first meaning of a word that tells something, who does it, and what it tells; `behind`: the next word of movement."""
    meant, actors = trigger, None
    events: list[Told] = []
    for rule in meanings(scene, trigger):
        meant = trigger if rule is trigger.rule else changed(trigger, rule=rule)
        actors = seer if seer and goes_on_after(scene, meant) else subject_of(scene, meant, subject, discourse)
        if actors and meant.form == "base" and rule.kind is EventKind.DEPARTURE and (there := _all_there(scene, actors, discourse)):
            actors = there
        if actors and rule.nominal and not scene.groups and (came := _who_came(scene, meant, actors, discourse)):
            actors = came
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
    if meant.rule.id in ("carry.bring", "carry.active", "carry.taking"):
        events += brought_by(scene, meant, events, discourse)
    return meant, actors, events


def _who_came(scene: Scene, trigger: Trigger, actors: Group, discourse: Discourse) -> Group | None:
    """All who came to a port whose stay there a noun tells, where the text spoke of one of them since: "The stay in Oran is to last till Monday"."""
    port = next((p for p in scene.places if p.is_port and trigger.last - 1 <= p.first <= trigger.last + 1), None)
    if port is None or trigger.rule.kind is not EventKind.IN_PORT or len(actors.vessels) > 1:
        return None
    came = (e for e in reversed(discourse.told) if e.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and e.main and e.main.name == port.name)
    last = next((e for e in came if set(actors.vessels) <= set(e.vessels)), None)
    if last is None or len(last.vessels) == 1:
        return None
    return Group(actors.first, actors.last, last.vessels, tuple(actors.spans[0] for _ in last.vessels))


def _all_there(scene: Scene, actors: Group, discourse: Discourse) -> Group | None:
    """All who lie in a port that "the ships" are to leave: "A came on Thursday. B and C docked on Friday. On Sunday the ships will leave"."""
    if scene.line.lows[actors.first : actors.last] not in _THE_SHIPS:
        return None
    port, fleet = discourse.lies_at(actors.vessels[0]), discourse.fleet
    late = (v for v in fleet.recent if v.name and v not in fleet.watchers and scene.number - v.last_sentence <= _THERE_SENTENCES)
    there = tuple(v for v in late if port and (own := discourse.lies_at(v)) and own.name == port.name)
    if not set(actors.vessels) < set(there):
        return None
    return Group(actors.first, actors.last, there, tuple(actors.spans[0] for _ in there))


_THE_SHIPS = (["the", "ships"], ["the", "vessels"], ["the", "warships"], ["the", "visitors"], ["the", "visiting", "ships"], ["all", "the", "ships"])
_THERE_SENTENCES = 5


def _add(told: list[Told], more: Sequence[Told], discourse: Discourse) -> None:
    """Add events that no verb tells, and keep them in mind."""
    told.extend(more)
    for event in more:
        if event.kind is not EventKind.AT_SEA:  # "of the exercise off Crete" ends no stay in port
            remember_told(event, discourse, earlier=False)
        else:
            discourse.beside = event


def pass_again(scene: Scene, discourse: Discourse) -> list[Told]:
    """What a log's sentence without ships tells of those before it: "Chiker again! Down at 0700"."""
    told: list[Told] = []
    _add(told, on_watch(scene, discourse, told), discourse)
    return told


def _read_beside(scene: Scene, triggers: Sequence[Trigger], discourse: Discourse, told: list[Told]) -> None:
    """Add what a sentence tells beside its verbs, and settle what its events take from each other."""
    _plan_before(scene, triggers, discourse, told)
    if told and (more := without_verb(scene, told, discourse)):
        _add(told, more, discourse)
    expected_to_pass(told, discourse)
    if passing := on_watch(scene, discourse, told):
        _add(told, passing, discourse)
    watched_here(told, discourse)
    if discourse.watch and (more := told_at_port(scene, discourse, told)):
        _add(told, more, discourse)
    if not told and (more := stops_told(scene, discourse) or itinerary(scene, discourse)):
        _add(told, more, discourse)
    if told and (more := come_since(scene, told, discourse)):
        _add(told, more, discourse)
    if more := port_follows(scene, told, discourse):
        _add(told, more, discourse)
    if more := read_shapes(scene, discourse, told):
        where_missed(scene, more, discourse)
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
    if discourse.watch and discourse.watch.is_port:
        settled(scene.line, told, discourse.watch)
        still_ahead(scene.line, told, discourse)
    _passing(scene, told)
    if "expected" in scene.line.words and len(told) > 1:
        came_as_expected(told)
    told.extend(in_attendance(scene, told) or trailed(scene, told))
    told.extend(not_with_them(scene, told))
    told_in_halves(told)
    with_the_watched(scene.line, told, discourse)
    where_supplied(told)
    _without_supplied(told)
    where_watched(scene.line, told)
    where_seen_off(scene, told, scene.places)
    where_others_lie(scene, told, discourse)
    lain_before(scene, told)
    stay_to_come(told)
    if scene.dates:
        from_the_day_they_came(scene, told, discourse)
    if "," in scene.line.words:
        set_behind_aside(scene, told)
    dated_beside(scene, told, discourse)
    each_in_turn(scene, told)
    doubtful_members(scene, told)
    if len(scene.groups) > 1:
        at_their_hour(scene, told)
        days_apart(scene, told)


_UNTIL = frozenset(["until", "till", "as", "when", "before", "while"])
_OPENING, _PARTS = 4, frozenset([":", ";"])
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


def _turned_to(scene: Scene, told: Sequence[Told]) -> Group | None:
    """Of whom a sentence without a verb of movement tells, where it names nobody before them: "On Sunday it was the turn of the other two"."""
    first = scene.groups[0] if scene.groups else None
    return first if first and any(e.rule.startswith("shape.") and e.vessels == first.vessels for e in told) else None


def _goes_on_about(scene: Scene, discourse: Discourse, leading: Group | None, spoken_of: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """Whom the next sentence goes on about; `leading`: the subject of the first clause, `spoken_of`: whom the sentence before spoke of."""
    if keeps_to_her(scene, spoken_of) or _met_by_others(scene, discourse, spoken_of) or is_of_another(scene, spoken_of, discourse):
        return spoken_of
    first = next((g for g in scene.groups if not (spoken_of and is_in_passing(scene.line, g))), None)
    if first and line_opens_it(scene.line) and first.first <= 4:
        return first.vessels  # "It is the carrier's fourth call at Limassol. It was here …"
    if first and first.first <= 1 and len(first.vessels) == 1 and first.vessels[0].name and scene.line.low(first.last) not in ("'", "’"):
        return first.vessels  # whom a sentence opens with the next goes on about
    if leading and not (spoken_of and is_in_passing(scene.line, leading)):
        return leading.vessels
    others = len(spoken_of) == 1 and not spoken_of[0].name
    if first and others and len(first.vessels) == 1 and discourse.fleet.is_hero(first.vessels[0]):
        return first.vessels  # "Built in Norway and chartered last year, Protector replaces …"
    return first.vessels if first and first.first <= 3 else discourse.fleet.subject


def _met_by_others(scene: Scene, discourse: Discourse, spoken_of: tuple[Vessel, ...]) -> bool:
    """Whether others did something with the ship that the text speaks of, and it goes on about her: "Tugs and a patrol boat met her off Kiel"."""
    line = scene.line
    if len(spoken_of) != 1 or not spoken_of[0].name or any(spoken_of[0] in g.vessels for g in scene.groups):
        return False
    here = [e for e in discourse.told[-2:] if e.sentence == scene.number and e.kind is not EventKind.ESCORT and len(e.vessels) > 1]
    return any(spoken_of[0] in e.vessels for e in here) and any(_is_object(line, n) for n in line.where(_HER))


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


_TOGETHER = MOVED_TOGETHER | {EventKind.IN_PORT, EventKind.AT_SEA, EventKind.UNDERWAY}


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
    if subject and scene.groups and all(is_in_passing(line, g) for g in scene.groups):
        return True  # "The voyage marks the loss of the troopship X. On Tuesday the ship …"
    if subject and scene.groups and _opens_with_pronoun(line, scene.groups[0].first, several=len(subject) > 1 or subject[0].plural):
        return subject[0] not in scene.groups[0].vessels  # "She trained with the corvette X. She …"
    if len(subject) != 1 or not subject[0].name or not scene.groups or scene.groups[0].first > 1 or _HER.isdisjoint(line.words):
        return False
    first = scene.groups[0].vessels
    if subject[0] in first or (len(first) > 1 and any(v.name for v in first)):
        return False
    with_her = any(a == "with" and b in _HER for a, b in pairwise(line.lows))
    return with_her or not first[0].name or any(_is_object(line, n) for n in line.where(_HER))


def _opens_with_pronoun(line: Line, before: int, *, several: bool) -> bool:
    """Whether a sentence opens with the pronoun of one ship or of several, in front of all ships that it tells."""
    at = next((n for n in range(min(before, _OPENING)) if line.low(n) in (("they",) if several else _ONE)), None)
    if at is None or not _PARTS.isdisjoint(line.lows[at:before]):
        return False
    is_what = line.low(at) in ("it", "they") and line.low(at + 1) in line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]
    return not is_what  # "It was the turn of HMS Kent. She …", "They are the frigates A and B. They …"


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
    leaves = word == "after" and trigger.form == "ing" and trigger.rule.kind is EventKind.DEPARTURE and all(e.interval is None for e in events)
    if before is None and will and ((word == "before" and then) or leaves):  # "will go on to Rota after leaving Malta"
        before = Stance(Modality.PLANNED, line.told(will.first, will.last))
    for event in events:
        if before and before.modality in (Modality.PLANNED, Modality.POSSIBLE) and event.stance.modality in (Modality.ASSERTED, Modality.REPORTED):
            event.stance = before
            day = next((d for d in scene.dates if (d.start, d.end) == event.sources.get("date", ("", None))[1]), None)
            if day and day.kind == "absolute":
                event.interval = next_of_year(line, day, event.interval, lasts=False)
            ahead = told[-1].interval if told else None
            if ahead and ahead.start and event.interval and event.interval.start and ahead.start - event.interval.start == _WEEK:
                event.interval = ahead  # "will sail on Wednesday, holding an exercise …": one Wednesday, which lies ahead
            if before.modality is Modality.PLANNED:
                set_next_year(line, event)
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


def _in_log(scene: Scene, discourse: Discourse) -> bool:
    """Whether the sentence is an entry of a log: its block opens with a date, or is a bullet under one."""
    block = scene.line.sentence.block
    return (discourse.block_date or (-1,))[0] == block or (discourse.heading_date is not None and scene.line.doc.blocks[block].kind == "bullet")


def read_rest(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """The whereabouts that no verb of the lexicon tells."""
    found = []
    if any(
        a == "there" and b in _SUBJECTS and c in _POINTS for a, b, c in zip(scene.line.lows, scene.line.lows[1:], scene.line.lows[2:], strict=False)
    ):
        return []  # "There she goes, northbound"
    if scene.line.low(0) in ("not", "never") and scene.line.low(1) in ("since", "before"):
        return []  # "Not since 2011 had a ship of the fleet been in Colombo"
    entries = entry_of(scene, discourse) if not told and _in_log(scene, discourse) else []
    if not entries and not scene.places:
        return []
    for group, place, kind, between in (
        entries or ranked_of(scene, discourse, told) or [*asides_of(scene, told), *dated_asides(scene, told), *rest_of(scene, discourse, told)]
    ):
        opening = fronted_list(scene.line, scene.places)
        for one in opening if place in opening and group.first >= opening[-1].last else (place,):
            slots = {MAIN_SLOT[kind]: one}
            found.append(tell(scene, between, group.vessels, group.spans, kind, slots, _heard(scene.line, between, group), discourse))
            if entries and discourse.keeper and kind is EventKind.IN_PORT:
                remember_told(found[-1], discourse)  # "15 January – Brest. Sailed next morning"
            elif entries and discourse.keeper:
                discourse.entry_waters = (scene.line.sentence.block, one)
    for group, place, kind, between in further_clauses(scene, [*told, *found]):
        stance = _heard(scene.line, between, group)
        found.append(tell(scene, between, group.vessels, group.spans, kind, {MAIN_SLOT[kind]: place}, stance, discourse))
    return found


_SUBJECTS, _POINTS = frozenset(["she", "they", "he", "it"]), frozenset(["goes", "go", "comes", "come"])
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


def _on_her_way(line: Line, event: Told) -> bool:
    """Whether a stop is one of a voyage whose end was told: "is due in Kiel on Sunday. On its way north it made stops at Vigo and Brest"."""
    firm = event.stance.modality in (Modality.ASSERTED, Modality.REPORTED)
    return firm and line.low(0) == "on" and line.low(2) == "way" and event.kind is EventKind.ARRIVAL


_SINCE = frozenset(["since", "now", "just"])


def _shares_had(line: Line, trigger: Trigger) -> bool:
    """Whether "and" goes on with what a verb in front told with "had": "She had sailed from Rota on 4 December and called at Oran"."""
    at = trigger.chain - 1
    if trigger.form not in ("past", "part") or line.low(at) not in ("and", "then", ","):
        return False
    verb = next((f for f in reversed(line.found("trigger")) if f.last <= at and any(form in ("past", "part") for _, form in f.data)), None)
    return verb is not None and line.low(verb.first - 1) == "had" and _NEW_SUBJECT.isdisjoint(line.lows[verb.last : at])


_NEW_SUBJECT = frozenset([";", ":", "which", "who", "that", "but", "while", "when", "where", "she", "they", "it"])


def _is_told_of_before(line: Line, trigger: Trigger, event: Told) -> bool:
    """Whether a verb tells a call or stay as done before: "had visited Lisbon", "has already called at Lisbon", "before that she was in Lisbon"."""
    if event.kind not in (EventKind.ARRIVAL, EventKind.IN_PORT):
        return False
    helpers = line.lows[trigger.chain : trigger.first]
    perfect = "had" in helpers or (not {"has", "have"}.isdisjoint(helpers) and ("already" in helpers or "previously" in helpers))
    perfect = perfect or trigger.rule.id == "arrive.been"  # "Her last port was Lisbon"
    perfect = perfect or ("had" in line.words and not helpers and _shares_had(line, trigger))
    return (perfect and _SINCE.isdisjoint(line.words)) or _tells_back(line, trigger)


def remember_told(event: Told, discourse: Discourse, *, earlier: bool = False) -> None:
    """Keep an event in mind; one told as `earlier` than the one before it, "arrived … after leaving …", leaves the ship where that has it."""
    discourse.told.append(event)
    back = [vessel for vessel in event.vessels if told_back(event, vessel, discourse)]
    event.earlier = len(back) == len(event.vessels)
    if not (event.earlier and event.kind in discourse.last):
        discourse.last[event.kind] = event
    single = all(v.name or v.count for v in event.vessels) and any(v.name for v in event.vessels)
    supplied = event.kind is EventKind.REPLENISHMENT and any(of_others(event.vessels[0], v) for v in event.vessels[1:])
    apart = event.kind is EventKind.ESCORT or supplied  # "The frigates were refuelled by the German tanker X. The group …"
    if len(event.vessels) > 1 and single and not apart and event.vessels not in discourse.fleet.focus[-4:]:
        discourse.fleet.note(event.vessels)
    _note_watchers(event, discourse)
    if event.kind is EventKind.TRANSIT and len(event.vessels) > 2:
        discourse.fleet.note(event.vessels)  # "passed the Channel with a frigate and a tanker": the trio
    main, happened = event.main, event.stance.modality not in (Modality.PLANNED, Modality.NEGATED)
    comes = event.kind in (EventKind.ARRIVAL, EventKind.IN_PORT) and event.stance.modality is not Modality.NEGATED
    for vessel in event.vessels:
        before = vessel in back or (earlier and comes and vessel in discourse.lying)
        if before and not _goes_on_listing(event, vessel, discourse):
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


def _goes_on_listing(event: Told, vessel: Vessel, discourse: Discourse) -> bool:
    """Whether the port where a vessel lies is the one in front of this in a list of those called at: "After visiting Doha and Kochi, she left"."""
    last = discourse.told[-2] if len(discourse.told) > 1 else None
    return (
        last is not None
        and last.sources.get("trigger") == event.sources.get("trigger")
        and last.kind is event.kind
        and last.main is not None
        and last.main is discourse.lying.get(vessel)
    )


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
