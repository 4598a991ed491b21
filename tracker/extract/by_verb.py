"""Stage 6, one verb: the events that one word of movement tells of its vessels, with the places, passages and stops of its clause."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, PASSAGE_KINDS, WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.extract.act import Act, read_act
from tracker.extract.carried import where_pictured
from tracker.extract.comes_behind import comes_behind
from tracker.extract.company import as_before, followers, with_others
from tracker.extract.filled_alongside import filled_alongside
from tracker.extract.groups import before_phrase, joined
from tracker.extract.hosted import hosted
from tracker.extract.joined import with_companions, with_those_too, with_tower
from tracker.extract.kind_meant import set_kind_meant, who_joins
from tracker.extract.led_in import brought_in
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.no_act import came_after_all
from tracker.extract.not_but import not_but
from tracker.extract.place_mention import SHALLOWS, PlaceMention
from tracker.extract.put_off import set_new_day
from tracker.extract.quiet import tells_nothing
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.slots import stands_in_front
from tracker.extract.stations import (
    bound_across,
    each_its_day,
    each_its_place,
    further_ports,
    further_stops,
    moves_in_front,
    on_two_days,
    passages,
    ports_before,
    told_again,
)
from tracker.extract.telling import RECALLED, tell
from tracker.extract.together import exercises_together, leaves_port_behind, meet_each_other
from tracker.extract.two_sided import with_object
from tracker.extract.verbs import Trigger
from tracker.extract.where import has_needed, is_bare_copula, set_known_port, stay_known

BASE_TOO = frozenset(["put", "set", "cast", "come", "run", "quit", "cut"])
"""Verbs whose past or participle is the base too: "saw the destroyer put out"."""


def events_of_verb(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> list[Told]:
    """What a word of movement tells of those who act, none where it tells nothing."""
    if tells_nothing(scene, trigger, actors):
        return []
    act = read_act(scene, trigger, actors, discourse)
    if _brings_together(act):
        return []
    _set_watched_place(act)
    told = hosted(act)
    if told is None:
        told = _as_told_before(act)
    if told is not None:
        return told
    if trigger.rule.object in ("meet", "supply") and actors:
        actors = with_those_too(scene, trigger, actors)
    if trigger.rule.object:
        return meet_each_other(act, actors) or who_joins(act, with_object(act, actors))
    told = _of_actors(act, actors) if actors else []
    return not_but(act, told) if "but" in scene.line.words else told


def _brings_together(act: Act) -> bool:
    """Whether ships are only to be brought together somewhere: "is to bring 54 ships together off Kronstadt"."""
    place = act.slots.get(MAIN_SLOT[act.kind])
    return act.trigger.rule.id == "carry.active" and act.trigger.form == "base" and place is not None and place.how in ("off", "in")


def _set_watched_place(act: Act) -> None:
    """Fill the place of an act that a place saw: "Taranto saw the two depart", "The Bosphorus saw her pass"."""
    watched, main, trigger = act.scene.watched, MAIN_SLOT[act.kind], act.trigger
    if watched is None or main in act.slots:
        return
    if act.kind in (EventKind.DEPARTURE, EventKind.ARRIVAL):
        fits = trigger.form == "base" or act.scene.line.low(trigger.first) in BASE_TOO
    elif act.kind is EventKind.ESCORT:  # "The North Sea saw HMS Kent shadow the tanker X"
        fits = not act.slots and watched.entry is not None and watched.entry.kind in {*WATER_KINDS, *PASSAGE_KINDS}
    else:
        fits = act.kind is EventKind.TRANSIT and watched.is_passage
    if fits:
        act.slots[main] = watched


def _as_told_before(act: Act) -> list[Told] | None:
    """The act told before, where others do the same: "Two tugs followed her in"; None for an act of its own."""
    scene, trigger, discourse = act.scene, act.trigger, act.discourse
    if trigger.rule.needs == "before":
        return as_before(scene, trigger, act.actors, act.taken, discourse) if act.actors else []
    if trigger.rule.object != "escort":
        return None
    if behind := followers(scene, trigger):
        return as_before(scene, trigger, behind, act.taken, discourse)
    if act.actors and discourse.told and comes_behind(scene, trigger, act.actors, discourse):
        return as_before(scene, trigger, act.actors, act.taken, discourse)
    alone = act.actors and scene.dates and not trigger.passive and scene.line.low(trigger.first) == "followed"
    if alone and act.actors and scene.line.text(trigger.last) == "," and scene.line.low(trigger.last + 1) in ("and", "while", "but"):
        return (
            as_before(scene, trigger, act.actors, act.taken, discourse) or None
        )  # "On Tuesday two frigates followed, and on Friday a tug went home"
    return None


def _of_actors(act: Act, actors: Group) -> list[Told]:
    """What those who act did, and those who went along."""
    scene, trigger = act.scene, act.trigger
    actors = _with_her(act, with_companions(scene, trigger, with_tower(scene, trigger, actors)))
    if trigger.rule.id in _BOARDED and (boarders := _boarders(scene, trigger, actors)):
        actors = joined([boarders, actors])
    event = tell(scene, trigger, actors.vessels, actors.spans, act.kind, act.slots, act.taken, act.discourse)
    if trigger.form == "pres" and event.kind is EventKind.UNDERWAY and trigger.rule.id == "depart.sail" and event.stance.modality is Modality.PLANNED:
        event.kind = EventKind.DEPARTURE  # "sails for Malaysia on Friday"
    if (
        event.kind is EventKind.DEPARTURE
        and trigger.rule.id == "depart.sail"
        and scene.line.opens(trigger.last, _AS_ONE)
        and "origin" not in event.places
    ):
        event.kind = EventKind.UNDERWAY  # "will sail as a group to Guam"
    filled_alongside(act, event)
    return _as_far_as_told(act, event)


_AS_ONE = frozenset(["as a group", "as a pair", "as a unit", "as one group", "as one", "as a squadron", "as a formation", "as a convoy"])


def _with_her(act: Act, actors: Group) -> Group:
    """The actors with the ship of the text before in whose company they went: "Two tankers went up the Channel in her company"."""
    line, trigger = act.scene.line, act.trigger
    if line.words.isdisjoint(_COMPANY):
        return actors
    at = next((n for n in line.where(_COMPANY) if n > trigger.last and line.low(n - 1) in _HERS and line.low(n - 2) == "in"), None)
    if at is None or act.kind not in (EventKind.TRANSIT, EventKind.ARRIVAL, EventKind.DEPARTURE):
        return actors
    several = line.low(at - 1) == "their"
    here = [g for g in act.scene.groups if g.last <= trigger.chain and several == (len(g.vessels) > 1) and set(g.vessels).isdisjoint(actors.vessels)]
    whom = here[-1].vessels if here else act.discourse.fleet.pronoun("they" if several else "she")
    vessels = tuple(v for v in whom if v not in actors.vessels)
    other = Group(at - 1, at, vessels, tuple(line.span(at - 1, at) for _ in vessels))
    if not vessels or any(g.first > trigger.last and g.last < at for g in act.scene.groups) or are_rivals(actors, other):
        return actors
    return joined([actors, other])


_COMPANY, _HERS = frozenset(["company"]), frozenset(["her", "its", "their"])


_BOARDER_TOKENS = 3


def _who_boards(scene: Scene, trigger: Trigger, boarded: Group) -> Group | None:
    """The ship in front of a verb of boarding or attack, told herself or by her people: "Marines from HMS Kent boarded the tanker"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    group = next((g for g in reversed(scene.groups) if g.last <= trigger.chain and trigger.chain - g.last <= 1), None) or _over_aside(scene, trigger)
    if (
        group is None
        or (group.first < trigger.reach[0] and line.text(trigger.chain - 1) != ",")
        or set(group.vessels) & set(boarded.vessels)
        or line.text(group.last) in ("'", "’")
    ):
        return None
    at = before_phrase(line, group.first)
    if line.low(at) not in sets["agents"] and line.low(at) != "aboard":
        return group if all(v.name or v.count for v in group.vessels) else None
    own = line.low(at) in ("from", "of", "aboard") and not (sets["people"] | sets["crews"]).isdisjoint(line.lows[max(at - _BOARDER_TOKENS, 0) : at])
    return group if own else None


def _over_aside(scene: Scene, trigger: Trigger) -> Group | None:
    """The ship that opens a sentence, over an aside behind her: "The destroyer X, which was deployed off Aden, intercepted the tanker"."""
    line, group = scene.line, scene.groups[0] if scene.groups else None
    opens = (
        group is not None and before_phrase(line, group.first) < 0 and line.low(group.last) in (",", "and") and line.text(trigger.chain - 1) == ","
    )
    return group if opens and group is not None and group.last < trigger.chain - 1 else None


_BOARDED = frozenset(["sea.attack", "sea.rescue", "sea.befell", "sea.state"])
_FROM_TOKENS = 6


def _boarders(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """The ship whose people, or who herself, boarded, stopped or attacked another."""
    active = trigger.rule.id in ("sea.attack", "sea.rescue")
    return (_who_boards(scene, trigger, actors) if active else None) or _boarded_from(scene, trigger, actors)


def _boarded_from(scene: Scene, trigger: Trigger, boarded: Group) -> Group | None:
    """The ship whose people a passive tells to have boarded another: "was boarded off Aden by marines from USS Momsen"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if line.low(trigger.chain) not in sets["be"] | sets["have"] or "by" not in line.lows[trigger.last : trigger.reach[1]]:
        return None
    for group in scene.groups:
        at = before_phrase(line, group.first)
        if (
            not trigger.last <= group.first < trigger.reach[1]
            or set(group.vessels) & set(boarded.vessels)
            or not all(v.name or v.count for v in group.vessels)
        ):
            continue
        words = line.lows[max(at - _FROM_TOKENS, trigger.last) : at]
        people = sets["people"] | sets["crews"]
        if line.low(at) in ("from", "of", "aboard") and "by" in words and not people.isdisjoint(words[words.index("by") :]):
            return group
    return None


_EACH = frozenset(["respectively", "respective"])
_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})


def _as_far_as_told(act: Act, event: Told) -> list[Told]:
    """The event if the clause has what its rule needs, with the further places, passages and stops that the clause tells."""
    scene, trigger, rule, discourse = act.scene, act.trigger, act.trigger.rule, act.discourse
    if _tells_no_event(act, event):
        return []
    if scene.line.low(trigger.last - 1) == "there" and event.main and event.main.first >= trigger.last and event.kind is EventKind.ARRIVAL:
        event.places.pop("destination", None)  # "is due back there on Saturday, and the other ship lies at Malta"
        event.sources.pop("destination", None)
    _set_port_told_before(act, event)
    if (rule.copula or rule.id == "stay.behind") and _left_unsaid(act, event) and stay_known(scene, trigger, event, discourse):
        return [event]
    if rule.seen and trigger.passive and event.main is None and (pictured := where_pictured(scene, event, discourse)):
        event.kind = EventKind.IN_PORT if pictured.is_port and pictured.how in ("in", None) else EventKind.AT_SEA
        event.places, event.sources["place"] = {"place": pictured}, ("sentence before", (pictured.start, pictured.end))
    leaves_port_behind(scene.line, event, trigger)
    _set_port_left(act, event)
    if _lacks_what_it_needs(act, event):
        return exercises_together(act, event) or _afloat(act, event)
    if (
        event.main is None
        and event.kind in (EventKind.DEPARTURE, EventKind.ARRIVAL)
        and rule.id not in ("noun.begun", "depart.deployed", "depart.begin")
    ):
        set_known_port(scene, trigger, event, discourse)
    if rule.id == "stay.behind" and event.main and event.main.name.lower().split()[-1] in SHALLOWS:
        event.kind = EventKind.AT_SEA  # "got to Second Thomas Shoal. The Magbanua stayed behind"
    if rule.id == "depart.out" and not _is_out(event):
        return []
    if rule.copula and not is_bare_copula(scene.line, trigger, event, act.near):
        return []
    each = not _EACH.isdisjoint(scene.line.words) and not _EACH.isdisjoint(scene.line.lows[trigger.last :])
    if each and (told := each_its_day(scene.line, event, act.near) or each_its_place(scene, event, act.near)):
        return told
    if twice := on_two_days(scene.line, event):
        return twice
    _set_way(act, event)
    set_kind_meant(act, event)
    _without_end_of_stay(scene.line, event)
    set_new_day(act, event)
    more = further_ports(scene, event, act.near) or further_ports(scene, event, act.before)  # "Through the Bosphorus and the Dardanelles went …"
    near = [act.before[-1], *act.near] if stands_in_front(trigger, act.before) else act.near
    stops = further_stops(scene, more[-1] if more else event, near, discourse, verb=trigger.last)
    if event.kind is EventKind.UNDERWAY and event.stance.modality in _FIRM and not _were_sent(scene.line, trigger):
        _settle_legs(trigger, event, stops)
    listed = further_ports(scene, stops[-1], near) if stops and stops[-1].interval is None else []  # "called at Split on 3 May, Bari and Malta"
    more = more + stops + listed
    more = more or ports_before(scene.line, trigger, event, act.before) or moves_in_front(scene, trigger, event, act.before)
    return [
        event,
        *passages(scene.line, event, act.near),
        *bound_across(event, act.near),
        *(more or told_again(scene, event, discourse)),
    ]


def _were_sent(line: Line, trigger: Trigger) -> bool:
    """Whether ships were sent to several waters at once, and not to one after the other: "deployed to the Red Sea and the Gulf of Aden"."""
    return line.low(trigger.first).startswith("deploy") and {"is", "are", "being"}.isdisjoint(line.lows[trigger.chain : trigger.first])


def _settle_legs(trigger: Trigger, event: Told, stops: list[Told]) -> None:
    """Make arrivals of the legs of a way that ships have behind them, "went to Malta, then to Rota", and plans of those to come, "is heading for"."""
    if trigger.form in ("past", "part"):
        for leg in (event, *stops)[: len(stops)]:
            leg.kind = EventKind.ARRIVAL
    elif event.stance.modality is Modality.ASSERTED:
        for leg in stops:
            leg.stance = Stance(Modality.PLANNED)


def _left_unsaid(act: Act, event: Told) -> bool:
    """Whether a verb of staying leaves its place unsaid, but for what an act before it told: "arrived in Lisbon and will stay until Monday"."""
    main, lying = event.main, act.discourse.lying.get(event.vessels[0])
    return main is None or bool(lying and main.last < act.trigger.chain and main.name == lying.name)


def _set_port_told_before(act: Act, event: Told) -> None:
    """Set the port of ships told before that have not come in, have not left, or have left since."""
    denied, discourse = event.stance.modality is Modality.NEGATED and not event.places, act.discourse
    if denied and event.kind is EventKind.ARRIVAL and (off := _waits_off(event, discourse)):
        event.places["destination"], event.sources["destination"] = off, ("document", (off.start, off.end))
    stays = denied and event.kind is EventKind.DEPARTURE  # "called at Malta. She has not left yet"
    if not event.places and act.trigger.form in ("past", "base") and (same := _done_in_turn(act, event)) and same.main:
        event.places[MAIN_SLOT[event.kind]], event.interval = same.main, event.interval or same.interval
        event.sources[MAIN_SLOT[event.kind]] = ("document", (same.main.start, same.main.end))
    if (stays or _left_since(act.scene.line, act.trigger, event, discourse)) and (berth := discourse.lying.get(event.vessels[0])):
        event.places["origin"], event.sources["origin"] = berth, ("document", (berth.start, berth.end))


_MOVES, _RANK_TOKENS = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE}), 5


def _done_in_turn(act: Act, event: Told) -> Told | None:
    """The movement told just before of which a clause says who made it first: "… came to Malta on Friday. The first ship to arrive was HMS Kent"."""
    line, first = act.scene.line, act.trigger.first
    if event.kind is EventKind.TRANSIT:
        return _passed_too(act, event)
    front = line.lows[max(first - _RANK_TOKENS, 0) : first - 1]
    if event.kind not in _MOVES or line.low(first - 1) != "to" or line.doc.lexicon.sets["ranks"].isdisjoint(front):
        return None
    if not line.doc.lexicon.sets["be"].isdisjoint(front) or line.doc.lexicon.sets["be"].isdisjoint(line.lows[first + 1 :]):
        return None  # "First up the Liffey is to be the Andromède"
    return next((e for e in reversed(act.discourse.told[-3:]) if e.kind is event.kind and act.scene.number - e.sentence <= 1 and e.main), None)


_CROSSES = frozenset(["passed", "crossed", "transited"])


def _passed_too(act: Act, event: Told) -> Told | None:
    """The passage of others told just before that ships made on a day of their own: "Kent passed the Bosphorus on Monday. Tyne passed on Friday"."""
    line, trigger = act.scene.line, act.trigger
    level, day = event.sources.get("date", ("", None))
    if line.low(trigger.first) not in _CROSSES or trigger.last - trigger.first > 1 or level != "clause" or day is None or event.interval is None:
        return None
    if not 0 <= line.at_start(day[0]) - trigger.last <= 1:
        return None  # "passed the inspection on Friday"
    near = [e for e in act.discourse.told[-3:] if act.scene.number - e.sentence <= 1 and e.kind is EventKind.TRANSIT and e.main]
    return next((e for e in reversed(near) if set(e.vessels).isdisjoint(event.vessels)), None)


def _only_sails(line: Line, trigger: Trigger, event: Told) -> bool:
    """Whether a verb of sailing tells only how or how far ships sailed: "is sailing south", "sailed 60 miles south of its tip"."""
    if event.kind is EventKind.UNDERWAY and trigger.rule.id in ("depart.sail", "depart.steam") and not event.places:
        return True  # "is sailing south"
    sailed = trigger.rule.id in ("depart.sail", "depart.steam") and trigger.form == "ing" and line.low(trigger.chain - 1) in ("after", "following")
    if sailed and (event.main is None or event.main.last <= trigger.chain):
        return True  # "returned to Chabahar after sailing in international waters for 91 days"
    far = event.kind is EventKind.DEPARTURE and trigger.rule.id == "depart.sail" and not event.places
    return far and _measured(line, trigger.last)  # "sailed 60 miles south of its tip"


def _tells_no_event(act: Act, event: Told) -> bool:
    """Whether the clause only says how ships went, or whom nobody will see: "passed the strait, sailing in line", "What won't be seen is X"."""
    line, trigger = act.scene.line, act.trigger
    if _is_unseen(act) and line.low(trigger.chain - 1) == "what":
        return True
    if trigger.form == "ing" and _tells_which(act):
        return True
    carrier = act.actors is not None and trigger.first < act.actors.first <= trigger.first + _ABOARD_TOKENS
    if line.low(trigger.first + 1) == "aboard" and trigger.rule.kind in _MOVES and not carrier:
        return True  # "they were travelling aboard a ferry when they saw the warships"
    if trigger.rule.id == "noun.visit" and event.kind is EventKind.AT_SEA and not (event.main and event.main.first >= trigger.reach[0]):
        return True  # "this visit of the ships will strengthen the ties between Bangladesh and Japan"
    if (
        trigger.rule.seen
        and not trigger.passive
        and act.actors
        and line.low(act.actors.last) == "off"
        and line.low(act.actors.last + 1) in _WHERE_SENT_OFF
    ):
        return True  # "people from the embassy saw the task force off at the port"
    if came_after_all(line, trigger, event, act.discourse.told):
        return True
    if trigger.rule.id == "way.ahead" and event.main and not event.main.is_port:
        return True  # "with the Channel before her"
    if trigger.rule.seen and not trigger.passive and act.actors and event.main and _of_act_behind(line, act.actors.last, event.main):
        return True
    if (
        (trigger.rule.id == "noun.call" or (trigger.rule.id == "arrive.call" and event.stance.modality is Modality.PLANNED))
        and line.low(trigger.last - 1 - (trigger.rule.id == "noun.call")).startswith(_VISITS)
        and event.main
        and event.main.entry
        and event.main.entry.kind in _NO_PORTS
        and _is_wide(event.main)
    ):
        return True  # "her first port visit in the Indo-Pacific"
    if (
        trigger.rule.id in _JOINT_ACTS
        and event.main
        and _TALKS.intersection(line.lows[trigger.first : event.main.first])
        and _at_table(line, trigger.first, event.main)
    ):
        return True  # "had taken part in exchanges in Germany and in a conference in Nigeria"
    takes_part = trigger.rule.id in _JOINT_ACTS and line.low(trigger.first) in _TAKES_PART and event.main and event.main.last <= trigger.chain
    if takes_part and event.kind is EventKind.IN_PORT and event.stance.modality is Modality.PLANNED:
        return True  # "At Vladivostok the ships will take part in exercises": where these are held
    if _only_sails(line, trigger, event):
        return True
    if trigger.rule.id == "sea.state" and trigger.first == 0 and not any(g.first >= trigger.last for g in act.scene.groups):
        be = next((n for n in range(trigger.last, line.size) if line.low(n) in ("is", "are", "was", "were")), line.size)
        if not _DRILLS.isdisjoint(line.lows[be : be + _DRILL_TOKENS]):
            return True  # "Under way in the Black Sea are the major manoeuvres Sea Breeze"
    which = line.low(trigger.first) == "held" and trigger.passive and line.low(trigger.chain - 1) in ("which", "that")
    if which and act.actors and act.actors.last < trigger.chain - 2:
        return True  # "to join the drill, which will be held off Honolulu"
    sails = event.kind is EventKind.DEPARTURE and trigger.rule.id == "depart.sail" and not event.places
    if sails and line.low(trigger.last) in ("in", "within") and "waters" in line.lows[trigger.last : trigger.last + _WATERS_TOKENS]:
        return True  # "continued to sail in territorial waters"
    bare = trigger.form == "ing" and trigger.chain == trigger.first and not event.places
    how = bare and trigger.rule.id in ("depart.sail", "depart.steam")
    return how and (line.text(trigger.first - 1) == "," or _told_right_before(act.scene, trigger))


_MOVES = frozenset({EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.ARRIVAL, EventKind.TRANSIT})
_ABOARD_TOKENS = 6
_WHERE_SENT_OFF = frozenset(["at", "from", "in", "on", "with", ".", ","])
_TALKS = frozenset(["exchanges", "conference", "conferences", "seminar", "seminars", "workshop", "workshops", "symposium", "meeting", "meetings"])


def _at_table(line: Line, since: int, place: PlaceMention) -> bool:
    """Whether what ships take part in at a place is none that is held at sea."""
    words = line.lows[since : place.first]
    at = max(n for n, low in enumerate(words) if low in _TALKS)
    lands = {"and", ",", "in", "at", "the"} | {low for f in line.found("place") for low in line.lows[f.first : f.last]}
    return _DRILLS.isdisjoint(words) and all(low in lands for low in words[at + 1 :])


_JOINT_ACTS, _TAKES_PART = ("sea.operate", "sea.act"), frozenset(["take", "takes", "taking", "participate", "participates", "participating"])

_EVERY = frozenset(["all", "most", "many", "every", "any", "few"])


def _tells_which(act: Act) -> bool:
    """Whether a verb only says of which ships something holds: "a stop for all cruise ships operating around Antarctica"."""
    group, at = act.actors, act.trigger.first
    if group is None or group.last != at or act.trigger.chain != at or any(v.name or v.count for v in group.vessels):
        return False
    return act.scene.line.low(group.first) in _EVERY or act.scene.line.low(group.first - 1) in _EVERY


_WATERS_TOKENS = 4
_DRILL_TOKENS = 6
_DRILLS = frozenset(["exercise", "exercises", "maneuvers", "manoeuvres", "drills", "drill"])
_VISITS = ("visit", "call", "stop")
_PORTLESS_KM = 1000
_NO_PORTS = frozenset([PlaceKind.OCEAN, PlaceKind.SEA, PlaceKind.REGION])


def _is_wide(place: PlaceMention) -> bool:
    """Whether a place is far too wide for a call there to say anything."""
    return (place.entry.radius_km or 0) > _PORTLESS_KM if place.entry else False


def _of_act_behind(line: Line, at: int, place: PlaceMention) -> bool:
    """Whether a place is that of what ships are seen to do: "Pictures show the frigate arriving in Malta"."""
    act = line.starting("trigger", at)
    doing = act is not None and any(form == "ing" and not rule.copula for rule, form in act.data)
    return doing and act is not None and 0 <= place.first - act.last <= 1 + (line.low(place.first - 1) == "the")


_MEASURE_TOKENS = 6
_COMPASS = ("north", "south", "east", "west")


def _measured(line: Line, at: int) -> bool:
    """Whether a direction from something stands behind a verb: "sailed some 60 nautical miles south of its tip"."""
    behind = range(at, min(at + _MEASURE_TOKENS, line.size - 1))
    return any(line.low(n).startswith(_COMPASS) and line.low(n + 1) == "of" for n in behind)


def _is_unseen(act: Act) -> bool:
    """Whether ships are told not to have been seen."""
    return act.taken.modality is Modality.NEGATED and act.trigger.rule.seen and act.trigger.passive


def _without_end_of_stay(line: Line, event: Told) -> None:
    """Take from ships that came in the day until which they are to stay: "called at Lisbon, to stay there until 20 December"."""
    source, span = event.sources.get("date", ("", None))
    if event.kind is not EventKind.ARRIVAL or event.stance.modality not in _FIRM or source != "clause" or span is None:
        return
    at = line.at_offset(span[0])
    late = not {"not", "n't"}.isdisjoint(line.lows[max(at - _NOT_UNTIL_TOKENS, 0) : at])  # "did not arrive in Malta until Friday"
    if not late and (line.low(at) in _UNTIL or line.low(at - 1) in _UNTIL):
        event.interval = None
        event.sources.pop("date", None)


_UNTIL, _NOT_UNTIL_TOKENS = frozenset(["until", "till"]), 10
_COMES_BACK = frozenset(["arrive.return", "arrive.back-alone", "arrive.back"])


def _set_port_left(act: Act, event: Told) -> None:
    """Set the port that ships come back to where their sentence tells that they had left it: "left Oran and returned two days later"."""
    line, trigger, told = act.scene.line, act.trigger, act.discourse.told
    left = told[-1] if told and told[-1].sentence == act.scene.number and told[-1].kind is EventKind.DEPARTURE else None
    if event.kind is not EventKind.ARRIVAL or event.main is not None or left is None or not set(event.vessels) <= set(left.vessels):
        return
    again = trigger.rule.id in _COMES_BACK or "again" in line.lows[trigger.first : trigger.last + 2] or _after_coming(line, trigger)
    port = left.places.get("origin")
    firm = left.stance.modality in _FIRM and event.stance.modality in _FIRM
    if again and firm and port is not None and (port.is_port or port.name.lower() in line.doc.lexicon.sets["port_lands"]):
        event.places["destination"], event.sources["destination"] = port, ("document", (port.start, port.end))


def _after_coming(line: Line, trigger: Trigger) -> bool:
    """Whether "after" leads to the arrival at the port that was left: "left Malta, three days after reaching it", "… a week after she came in"."""
    she = line.low(trigger.chain - 1) in ("she", "it", "they")
    return line.low(trigger.chain - 1 - she) == "after" and (she or trigger.form == "ing") and not trigger.rule.id.startswith("arrive.return")


def _lacks_what_it_needs(act: Act, event: Told) -> bool:
    """Whether the clause has not what its rule needs to tell an event."""
    needs = act.trigger.rule.needs
    if not needs or _is_unseen(act) or has_needed(needs, event):
        return False
    if _comes_from(act, event) or _goes_home(act, event) or _leaves_home(act, event) or brought_in(act, event) or _is_expected_back(act):
        return False
    joins = event.kind is EventKind.DEPARTURE and needs == "place_or_date" and act.trigger.form != "ing" and with_others(act.scene, act.trigger)
    return not joins


_BACK = frozenset(["back", "home"])


def _is_expected_back(act: Act) -> bool:
    """Whether ships are to come back, which says where to: "is expected back before Christmas"."""
    line, trigger = act.scene.line, act.trigger
    return trigger.rule.id == "arrive.expected" and not _BACK.isdisjoint(line.lows[trigger.first : trigger.last])


def _comes_from(act: Act, event: Told) -> bool:
    """Whether named ships are told to be under way from a place, wherever to: "A second ship, the Rayo, is on the way from Las Palmas"."""
    chain = act.scene.line.lows[act.trigger.chain : act.trigger.first]
    links = not act.scene.line.doc.lexicon.sets["be"].isdisjoint(chain)
    return act.trigger.rule.id == "way.from" and links and "origin" in event.places and all(v.name for v in event.vessels)


_HOMEWARD = frozenset(["returning", "heading", "sailing", "steaming", "going", "coming"])


def _goes_home(act: Act, event: Told) -> bool:
    """Whether ships are told to be going home, wherever that is: "The carrier is returning home after eight months"."""
    line, trigger = act.scene.line, act.trigger
    be = not line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.chain : trigger.first])
    heads = line.low(trigger.first) in _HOMEWARD and line.low(trigger.first + 1) == "home"
    heads = heads or (trigger.rule.id == "way.state" and line.low(trigger.last) == "home")  # "is on her way home"
    if line.lows[trigger.first - 1 : trigger.last] == ["homeward", "bound"]:
        heads, be = True, be or not line.doc.lexicon.sets["be"].isdisjoint(line.lows[max(trigger.first - 3, 0) : trigger.first])
    if not be or not heads or not all(v.name for v in event.vessels):
        return False
    event.kind = EventKind.UNDERWAY
    event.places.pop("destination", None)
    return True


_HOMES = frozenset(["homeport", "homeports", "port", "ports", "base", "bases"])


def _leaves_home(act: Act, event: Told) -> bool:
    """Whether named ships are told to have left a port, wherever that is: "HMS Kent has left her home port", "set sail from a naval base"."""
    line, trigger = act.scene.line, act.trigger
    begin = trigger.last + (line.low(trigger.last) == "from") + 2 * (line.lows[trigger.last : trigger.last + 2] == ["out", "of"])
    if event.kind is not EventKind.DEPARTURE or line.low(begin) not in _WHOSE or not all(v.name for v in event.vessels):
        return False
    sort = line.low(begin + 1) in _HOME_SORTS
    base = line.low(begin) in _THEIR_OWN and line.low(begin + 1) == "base"  # "steamed out of their base within the hour"
    return line.low(begin + 1 + sort) in _HOMES and (sort or base or line.low(begin + 1).startswith("homeport"))


_THEIR_OWN = frozenset(["her", "its", "their", "his"])
_WHOSE, _HOME_SORTS = frozenset(["her", "its", "their", "his", "a", "an", "the"]), frozenset(["home", "naval", "military", "unnamed", "undisclosed"])


def _afloat(act: Act, event: Told) -> list[Told]:
    """A stay at sea that is told without a place: "put out on July 5, is still at sea"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.id != "sea.state" or not _is_afloat(line, trigger, event, act.discourse):
        return []
    dated = event.sources.get("date")
    if dated and dated[1] and line.text(trigger.chain - 1) == "," and dated[1][0] < line.starts[trigger.chain]:
        event.interval = None
        event.sources.pop("date")
    return [event]


def _set_way(act: Act, event: Told) -> None:
    """Set the passage in front of the verb that the ships took: "By way of the Osumi Strait she left", "The Kiel Canal let her into the sea"."""
    before, trigger = act.before, act.trigger
    way = next((p for p in before if p.how == "through" and p.is_passage and p.last <= act.scene.opening), None)
    if way:
        event.places.setdefault("via", way)
    if trigger.rule.id == "carry.active" and before and before[-1].is_passage and before[-1].how is None and before[-1].last == trigger.chain:
        event.places.setdefault("via", before[-1])
    if event.kind is EventKind.UNDERWAY and event.main and event.main.is_passage and (end := _beyond(act.scene, event.main)):
        event.places["destination"] = end  # "making for the Bosphorus, meaning to pass to the Mediterranean"
        event.sources["destination"] = ("clause", (end.start, end.end))


_GOES_THROUGH = frozenset(["pass", "go", "sail", "enter", "reach", "cross", "proceed", "continue", "get", "head", "move"])
_MEANING_TOKENS = 9


def _beyond(scene: Scene, passage: PlaceMention) -> PlaceMention | None:
    """The water to which ships bound for a passage mean to go through it."""
    line = scene.line
    water = next((p for p in scene.places if p.first >= passage.last and p.entry), None)
    if water is None or water.entry is None or water.entry.kind not in WATER_KINDS or water.how not in ("to", "into", "in", None):
        return None
    means = (n for n in range(passage.last, water.first) if line.low(n) == "to" and line.low(n + 1) in _GOES_THROUGH)
    return water if (to := next(means, None)) is not None and water.first - to <= _MEANING_TOKENS else None


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
    behind = line.low(trigger.last)
    ends = not line.text(trigger.last).isalpha() or behind in line.doc.lexicon.sets["alone"]
    ends = ends or (behind in _LEAVES_WITH and line.low(trigger.last + 1) in _NO_PLACE)  # "has since left for the north"
    return ends and trigger.rule.id in ("depart.leave", "depart.sail", "depart.ship", "depart.gone", "depart.phrase")


_LEAVES_WITH, _NO_PLACE = frozenset(["for", "with", "in", "under", "without"]), frozenset(["the", "a", "an", "her", "its", "their", "sea", "home"])


def _waits_off(event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port off which ships wait that have not come in: "was seen off Plymouth, although she has not come in"."""
    last = next((e for e in reversed(discourse.told[-RECALLED:]) if set(e.vessels) & set(event.vessels)), None)
    if last is None or last.kind is not EventKind.AT_SEA or event.sentence - last.sentence > 1:
        return None
    return last.main if last.main and last.main.is_port and last.main.how == "off" else None
