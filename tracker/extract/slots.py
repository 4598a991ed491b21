"""Stage 6, slots: which place fills which slot of an event, and what kind the places make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import changed
from tracker.extract.fronted import lifted_out
from tracker.extract.line import Line
from tracker.extract.place_mention import SHALLOWS, PlaceMention
from tracker.extract.place_phrase import home_front
from tracker.extract.tours import is_of_tour
from tracker.extract.verbs import Trigger, is_bare_absolute

NEAR_TOKENS, CLOSE_TOKENS = 24, 4
LAND_KINDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND])


def fill_slots(
    line: Line, trigger: Trigger, near: Sequence[PlaceMention], before: Sequence[PlaceMention], places: Sequence[PlaceMention]
) -> tuple[EventKind, dict[str, PlaceMention]]:
    """The kind of an event and the place of each slot; `near` are behind the trigger, `before` in front of it, `places` all of the sentence."""
    near = _as_told(line, trigger, near)
    if trigger.rule.id == "move.front" and any(p.first <= CLOSE_TOKENS and p.how == "into" for p in before):
        near = [p for p in near if p.how not in ("in", "off")]  # "Into Malta came HMS Kent, a year in the Gulf behind her"
    kind, near = _as_meant(line, trigger, _kind_by_place(line, trigger, near, before), near, before)
    slots = _slots_behind(line, trigger, kind, [p for p in near if p.how] if stands_in_front(trigger, before) else near)
    if before or "where" in line.words:
        _from_in_front(line, trigger, kind, slots, before, places)
    _from_elsewhere(line, trigger, kind, slots, before, places)
    main = MAIN_SLOT[kind]
    if kind is EventKind.ARRIVAL and main in slots and slots[main].how in ("to", "home", None) and _goes_on(line, trigger):
        entry = slots[main].entry
        if rule_of_call(trigger) and entry is not None and entry.kind not in WATER_KINDS:
            return EventKind.IN_PORT, {"place": slots[main]}  # "is paying a five-day visit to Oslo"
        return EventKind.UNDERWAY, slots
    if kind is EventKind.ARRIVAL and main in slots and slots[main].how == "in" and _is_paying_call(line, trigger):
        return EventKind.IN_PORT, {"place": slots[main]}  # "was making a port visit in Varna"
    if kind is EventKind.UNDERWAY and _went_to(line, trigger, slots.get("destination")):
        return EventKind.ARRIVAL, {s: p for s, p in slots.items() if s != "place"}
    return _settle(line, trigger, kind, slots)


def rule_of_call(trigger: Trigger) -> bool:
    """Whether words tell a call: "is paying a visit to"."""
    return trigger.rule.id == "arrive.call"


def _is_paying_call(line: Line, trigger: Trigger) -> bool:
    """Whether a call is told as going on: "was making a port visit in Varna"."""
    going_on = trigger.form == "ing" and not {"is", "are", "was", "were"}.isdisjoint(line.lows[trigger.chain : trigger.first])
    return rule_of_call(trigger) and going_on and "been" not in line.lows[trigger.chain : trigger.first]


def _there_behind(line: Line, trigger: Trigger) -> int | None:
    """The "there" right behind a verb, or behind its pronoun: "was towed there", "brought her there from Porkkala"."""
    at = trigger.last + (line.low(trigger.last) in ("her", "it", "them", "him"))
    return at if line.low(at) == "there" else None


def _as_told(line: Line, trigger: Trigger, near: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """The places behind a verb, each with the preposition that it has for this verb: "weighed anchor off Tartus" is from there."""
    rule = trigger.rule
    if rule.kind in (EventKind.ARRIVAL, EventKind.DEPARTURE) and not line.doc.lexicon.sets["voyage_spans"].isdisjoint(line.words):
        near = [_of_voyage(line, trigger, place, rule.kind) for place in near]
        near = [place for place in near if not is_of_tour(line, place)]
    if rule.id in ("carry.bring", "carry.active") and (there := _there_behind(line, trigger)):
        near = [changed(p, how="to", slot="destination") if p.first == there else p for p in near]  # "was towed there from Sevastopol"
    if rule.id == "depart.leave" and line.low(trigger.last - 1) in _FAREWELLS:
        near = [changed(p, how="from", slot="origin") if p.how == "to" else p for p in near]  # "said goodbye to Malta"
    if (rule.id == "way.head" and trigger.form == "ing") or (
        rule.id in ("carry.send", "carry.deploy", "depart.deploy") and line.low(trigger.first) != "deployed"
    ):
        near = [changed(p, how="to", slot="destination") if line.low(p.first) == "there" else p for p in near]  # "was sent there"
    if rule.id == "way.head" and line.low(trigger.first) in _HEADS:
        near = [changed(p, how="toward") if p.how == "into" and _is_wide(p) else p for p in near]  # "left Brest, heading out into the Atlantic"
    if rule.id in ("depart.sail", "depart.steam") and "to" in line.words:
        near = [p for p in near if p.how not in ("in", "off") or not _to_do(line, trigger.last, p.first)]
    if rule.id in ("depart.sail", "depart.steam") and line.low(trigger.last) == "for" and near and _for_work(line, trigger, near[0]):
        near = [changed(near[0], how="toward", slot="destination"), *near[1:]]
    if rule.id in ("depart.sail", "depart.steam") and near and _is_sailed(line, trigger, near[0]):
        near = [changed(near[0], how="through" if near[0].is_passage else "in", slot="place"), *near[1:]]  # "sails the Baltic Sea"
    if rule.id == "depart.ship" and "anchor" in line.lows[trigger.first : trigger.last]:
        near = [changed(place, how="from", slot="origin") if place.how == "off" else place for place in near]  # "weighed anchor off Tartus"
    if rule.id == "arrive.return" and ("from" in line.lows[trigger.first : trigger.last] or _from_voyage(line, trigger, near)):
        near = [changed(p, how="from", slot="origin") if _was_out_there(p) else p for p in near]  # "returned from a deployment to the Red Sea"
    if rule.id in ("sea.act", "sea.operate") and "against" in line.words:
        near = [p for p in near if not _of_enemy(line, trigger, p)]
    if rule.id == "transit.pass" and line.low(trigger.last - 1) == "from" and near and near[0].is_passage:
        near = [changed(near[0], how="through", slot="place"), *near[1:]]  # "passed from the Bosphorus", as translations have it
    if rule.kind is EventKind.TRANSIT and "enter" in line.words:
        near = [changed(p, how="into", slot="destination") if p.how is None and _to_enter(line, p) else p for p in near]
    if rule.id == "way.near" and near and _is_facility(line, trigger.last, near[0]):
        near = [changed(near[0], how=None, slot=None), *near[1:]]  # "approaches a naval port in Zhoushan"
    if rule.id == "way.homeward":
        near = [
            changed(p, how="from", slot="origin") if _was_out_there(p) else p for p in near
        ]  # "on her way back from a patrol in the Gulf of Aden"
    if rule.needs != "behind" and "being" in line.words:
        near = [p for p in near if line.low(p.last) != "being" or line.text(p.first - 1) != ","]  # "saw her put out, Tartus being her destination"
    return near


_HEADS = frozenset(["heading", "headed", "heads", "head"])


def _is_wide(place: PlaceMention) -> bool:
    """Whether a place is a sea."""
    return place.entry is not None and place.entry.kind in WATER_KINDS


def _is_sailed(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether waters are what a ship sails: "sails the Baltic Sea", "cruised the Gulf of Aden", "sailed the Taiwan Strait"."""
    waters = place.entry is not None and (place.entry.kind in WATER_KINDS or place.is_passage)
    return waters and place.how is None and not trigger.passive and line.lows[trigger.last : place.first] in ([], ["the"])


def _for_work(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether a place is that of what ships sail for: "sailed for a refit in Gibraltar", but "sailed for a week in the Baltic"."""
    between = line.lows[trigger.last + 1 : place.first]
    timed = not line.doc.lexicon.sets["voyage_spans"].isdisjoint(between) or not _SPANS.isdisjoint(between)
    return place.how in ("in", "off") and 1 < len(between) <= _WORK_TOKENS and not timed and not any(low.isdecimal() or low == "," for low in between)


_WORK_TOKENS = 7


def _of_enemy(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether a land is only that of whom ships act against: "performed strikes against targets in Syria and Iraq"."""
    dry = place.entry is not None and place.entry.kind in LAND_KINDS and place.how in ("in", None)
    at = next((n for n in range(place.first - 1, max(trigger.last, place.first - _ENEMY_TOKENS), -1) if line.low(n) == "against"), None)
    return dry and at is not None and {",", ";", "from"}.isdisjoint(line.lows[at : place.first])


_ENEMY_TOKENS = 12


def _to_enter(line: Line, place: PlaceMention) -> bool:
    """Whether ships go through a passage to come into a place: "passed the Bosphorus to enter the Black Sea"."""
    at = place.first - (line.low(place.first - 1) == "the")
    return line.lows[max(at - 2, 0) : at] == ["to", "enter"]


_CALLED_AT = frozenset(["countries", "nations", "ports", "states", "cities", "islands"])


def _in_waters_of_calls(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether ships visited ports that are only counted, in waters that are named: "visited five ports in the Mediterranean"."""
    wide = place.entry is not None and place.entry.kind in WATER_KINDS and place.how == "in"
    return wide and line.low(trigger.first).startswith("visit") and not _CALLED_AT.isdisjoint(line.lows[trigger.last : place.first])


def _is_facility(line: Line, first: int, place: PlaceMention) -> bool:
    """Whether nothing but a base or port in it stands between a token and a place: "a naval base in Zhoushan"."""
    between = line.lows[first : place.first - 1]
    sets = line.doc.lexicon.sets
    parts = sets["facilities"] | sets["port_parts"]
    return place.how == "in" and 1 < len(between) <= _WORK_TOKENS and between[-1] in parts and "," not in between


_FAREWELLS = frozenset(["goodbye", "farewell", "adieu"])


def _as_they(line: Line, trigger: Trigger) -> bool:
    """Whether a verb stands in a clause that only says at what time something happened: "as they sailed", "while the two ships sailed"."""
    return not {"as", "while"}.isdisjoint(line.lows[max(trigger.chain - _AS_TOKENS, 0) : trigger.chain])


_AS_TOKENS = 4


def _by_way_of_land(line: Line, place: PlaceMention) -> bool:
    """Whether a voyage only led by way of a land or port, which is no passage: "sailed to Tokyo via Egypt and Singapore"."""
    land = place.entry is not None and place.entry.kind in LAND_KINDS
    return place.how == "through" and line.low(place.first - 1) == "via" and not place.is_passage and (land or place.is_port)


def _is_drilled_at(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether ships put to sea for what they are to do off a place: "put to sea on Friday for an exercise off the Hel peninsula"."""
    purpose = line.lows[trigger.last : place.first] if trigger.rule.id == "depart.ship" and place.how == "off" else []
    return "for" in purpose and not line.doc.lexicon.sets["drills"].isdisjoint(purpose[purpose.index("for") :])


_SAILED_TOGETHER = {"from": EventKind.DEPARTURE, "to": EventKind.UNDERWAY, "toward": EventKind.UNDERWAY, "into": EventKind.ARRIVAL}
"""What ships that sail together do, by how a place is told: "sailed together from Portsmouth", "in company to Brest", "in formation into the bay"."""


def _kind_by_place(line: Line, trigger: Trigger, near: Sequence[PlaceMention], before: Sequence[PlaceMention]) -> EventKind:
    """What a verb tells with the prepositions at hand: "sails for Malta" is under way, "sailed into Malta" has arrived."""
    rule = trigger.rule
    kind = rule.kind
    fronted = [p for p in before if p.first <= 3 and p.how in ("into", "from", "through")]
    if rule.id in ("depart.sail", "depart.steam") and trigger.form == "ing" and not near:
        opens = line.starting("preposition", 0) is not None
        fronted = fronted or [p for p in before if opens and p.first <= CLOSE_TOKENS and p.how in ("off", "in")]  # "Off Crete she was sailing"
    classes = {p.how for p in near if not (_by_way_of_land(line, p) or _is_drilled_at(line, trigger, p))} or {
        p.how for p in fronted
    }  # "Into the Baltic none of them had gone"
    if rule.kind is EventKind.IN_PORT and near and near[0].how == "in":
        classes = {"in"}  # "is in overhaul at Kronstadt, near Saint Petersburg"
    sets_out = rule.kind is EventKind.DEPARTURE and line.low(trigger.chain - 1) in ("before", "after") and line.low(trigger.last) == "for"
    if rule.id == "way.state" and near and near[0].how in ("to", "toward"):
        classes = {near[0].how}  # "is headed for Arctic waters and a trip through the Northwest Passage"
    for how, then, forms in rule.by:
        if how in classes and trigger.form in forms and not (sets_out and then is EventKind.UNDERWAY):  # "before sailing for Malta"
            kind = then
            break
    if kind is EventKind.DEPARTURE and rule.id in ("depart.sail", "depart.steam") and trigger.form == "ing" and holds_course(line, trigger):
        kind = EventKind.UNDERWAY  # "is sailing south", "was steaming west on Tuesday"
    if kind is EventKind.DEPARTURE and rule.id in ("depart.sail", "depart.steam") and classes == {"toward"} and _as_they(line, trigger):
        kind = EventKind.UNDERWAY  # "shadowed the corvettes as they sailed toward the North Sea", "… while the pair sailed towards Kiel"
    if rule.id == "arrive.in" and line.low(trigger.last - 1) == "home" and near and near[0].how == "through" and not near[0].is_port:
        kind = EventKind.TRANSIT if near[0].is_passage else EventKind.AT_SEA  # "sailed home through the Mediterranean", and is not told to be there
    if rule.id == "transit.pass" and line.low(trigger.last - 1) == "through" and near and near[0].how in ("to", "toward") and not trigger.passive:
        kind = EventKind.UNDERWAY  # "moves through a safe corridor towards the Suez Canal"
    if rule.id in ("carry.bring", "carry.active") and _there_behind(line, trigger) and trigger.form in ("past", "part"):
        kind = EventKind.ARRIVAL
    if rule.id == "arrive.reach" and near and _in_waters_of_calls(line, trigger, near[0]):
        kind = EventKind.AT_SEA  # "visited four countries during their patrols in the Eastern Pacific"
    be = not line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.chain : trigger.first])
    if rule.id == "arrive.dock" and trigger.form == "ing" and line.text(trigger.chain - 1) == ":":
        kind = EventKind.IN_PORT  # "KRI Teluk Banten-516: docking at Surabaya", in a list of positions
    if rule.id == "arrive.call" and line.low(trigger.first) == "paying" and be:
        kind = EventKind.IN_PORT  # "is at present paying Egypt an official visit"
    if rule.id == "depart.phrase" and line.low(trigger.last - 1) == "off" and near and near[0].how == "off":
        kind = EventKind.AT_SEA  # "was sailing off the coast of West Africa"
    if rule.id == "depart.begin" and line.low(trigger.last - 1) in _WORK_AT_SEA and near and near[0].how in ("in", "off"):
        kind = EventKind.AT_SEA  # "began a patrol in the Barents Sea"
    if rule.id == "depart.phrase" and line.low(trigger.first) in _COME and near and near[0].how == "into":
        kind = EventKind.ARRIVAL  # "passed the strait and came out into the Celebes Sea"
    if rule.id == "arrive.return" and trigger.form == "ing" and near and near[0].how == "from" and _straight_from(line, trigger, near[0]):
        kind = EventKind.DEPARTURE  # "a task group returning from Syria", but "returning to port from Panama"
    if rule.id == "arrive.return" and kind is EventKind.UNDERWAY and near and _is_return(line, trigger, near[0]):
        kind = EventKind.ARRIVAL
    if rule.id == "sea.operate" and line.low(trigger.first) in _SAILED and near:
        kind = EventKind.TRANSIT if near[0].is_passage and near[0].how == "through" else _SAILED_TOGETHER.get(near[0].how or "", kind)
    if rule.id == "depart.out-of" and line.low(trigger.first) in _COME and "to" in classes and any(p.is_port and p.how == "to" for p in near):
        kind = EventKind.ARRIVAL  # "came from Oslo to Kiel"
    if rule.id == "depart.deploy" and trigger.passive and "from" in classes and not classes.isdisjoint(("to", "toward")):
        kind = EventKind.UNDERWAY  # "was rushed there from the Gulf of Aden"
    remains = rule.id == "depart.leave" and (trigger.passive or _only_left(line, trigger))
    if remains and ((near and near[0].how == "in") or line.low(trigger.last) in ("in", "at")):
        kind = rule.kind if "by" in line.lows[trigger.last : trigger.reach[1]] else EventKind.IN_PORT  # "a tug is left at Tartus"
    ahead = not _AHEAD.isdisjoint(line.lows[max(trigger.first - 4, 0) : trigger.first])  # "Friday should see her back in Malta"
    if rule.id == "arrive.back" and line.low(trigger.first - 1) in _FOUND and trigger.first == trigger.chain and not ahead:
        kind = EventKind.IN_PORT  # "an image finds them back in their berth"
    return kind


def _only_left(line: Line, trigger: Trigger) -> bool:
    """Whether "left" behind a noun tells what remains: "is the only ship left in Rota"."""
    front = line.lows[max(trigger.chain - _LEFT_TOKENS, 0) : trigger.chain]
    return trigger.chain == trigger.first and bool(front) and front[-1] in _REMAINS and not {"only", "last", "sole"}.isdisjoint(front)


_LEFT_TOKENS = 4
_REMAINS = frozenset(["ship", "ships", "one", "ones", "vessel", "vessels", "frigate", "frigates", "warship", "warships", "boat"])


def _straight_from(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether nothing but "from" leads from a verb to a place: "returning from Syria"."""
    return line.lows[trigger.last : place.first] in (["from"], ["from", "the"])


_RETURNS, _THEN, _WILL = frozenset(["returning", "coming"]), frozenset(["after", "following", "since"]), frozenset(["will", "would", "since"])


def _is_return(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether a participle tells that ships came back, and not that they are on the way: "before returning to Cork on 3 May", "will be returning"."""
    word, chain = line.low(trigger.chain - 1), line.lows[trigger.chain : trigger.first]
    if word == "before" and _dated(line, trigger):
        return True  # "will call at Lisbon before returning to Portsmouth on 20 December"
    if line.low(trigger.first) not in _RETURNS or place.entry is None or place.entry.kind in WATER_KINDS:
        return False
    if word in _THEN or not _WILL.isdisjoint(chain):
        return True
    return not chain and word in (",", "and") and trigger.chain > 1 and _dated(line, trigger)  # "completed her tour, returning to Cork on 3 May"


def _dated(line: Line, trigger: Trigger) -> bool:
    """Whether a day or month stands behind a verb in its clause."""
    lexicon, words = line.doc.lexicon, line.lows[trigger.last : trigger.reach[1]]
    return any(low.isdecimal() or low in lexicon.weekdays or low in lexicon.months or low in _TIMES_TOLD for low in words)


_TIMES_TOLD = frozenset(["month", "week", "weekend", "tomorrow", "spring", "summer", "autumn", "fall", "winter"])


def _as_meant(
    line: Line, trigger: Trigger, kind: EventKind, near: Sequence[PlaceMention], before: Sequence[PlaceMention]
) -> tuple[EventKind, Sequence[PlaceMention]]:
    """The places behind a verb as what it tells takes them, and that once more: who is "ushered out" has left."""
    rule = trigger.rule
    if rule.id == "arrive.welcome" and near and "from" in line.lows[trigger.last : near[0].first]:
        near = []  # "welcomed the frigate back from six months in the Pacific"
    if rule.id == "arrive.call":
        near = [
            changed(p, how="to", slot="destination") if p.first < trigger.last and p.how in (None, "in") else p for p in near
        ]  # "paid Malta a visit"
        near = near[1:] if len(near) > 1 and _is_port_in(line, near[1], near[0]) else near  # "paying Egypt a visit, at Alexandria to be exact"
    if rule.id == "sea.fire":
        near = _fired_from(near)
    if rule.id in ("carry.bring", "carry.active") and kind is EventKind.ARRIVAL and line.low(trigger.last) == "out" and not near:
        kind = EventKind.DEPARTURE  # "From waters north of Taiwan two ships were ushered out"
        near = [changed(p, how="from", slot="origin") for p in before[:1] if line.low(0) in ("from", "out")]
    if rule.id == "inport.held":
        near = [changed(place, how="in", slot="place") if place.how == "to" else place for place in near]  # "has confined her to Toulon"
    if rule.id in ("stay.unmoved", "inport.absence"):
        near = [changed(place, how="in", slot="place") if place.how == "from" else place for place in near]
    if kind is EventKind.TRANSIT:
        near = [passage_meant(line, place) if rule.id == "transit.pass" or place.how == "through" else place for place in near]
    if kind is EventKind.DEPARTURE and rule.direct == "origin" and near and near[0].how == "off":
        between = line.lows[trigger.last : near[0].first]
        left = "waters" in between or not line.doc.lexicon.sets["anchorages"].isdisjoint(between)  # "left its anchorage off Tartus"
        apart = left and near[0].first - trigger.last <= CLOSE_TOKENS + 1
        near = [changed(near[0], how="from", slot="origin"), *near[1:]] if apart else near  # "left the waters off Kinmen"
    if rule.copula and line.low(trigger.chain - 1) == "there" and before and before[-1].how in ("in", "off"):
        near = [before[-1]]  # "In the Sea of Azov there was one ship, and in …"
    if len(near) > 1 and _is_waters_of(line, near[0], near[1]) and kind is EventKind.DEPARTURE and near[0].first == trigger.last:
        near = [changed(near[0], how="from", slot="origin"), *near[2:]]  # "left Danish waters northwest of Skagen"
    elif len(near) > 1 and (_is_waters_of(line, near[0], near[1]) or _is_land_of(line, near[0], near[1])):
        near = near[1:]
    return kind, near


def _is_port_in(line: Line, port: PlaceMention, land: PlaceMention) -> bool:
    """Whether a port lies in a land told before it."""
    if port.entry is None or land.entry is None or not port.is_port or land.entry.kind is not PlaceKind.COUNTRY:
        return False
    return line.doc.gazetteer.places.tree.inside(port.entry.key, land.entry.key)


def stands_in_front(trigger: Trigger, before: Sequence[PlaceMention]) -> bool:
    """Whether the place that a passive speaks of stands in front of it: "Rota was visited on Monday and Cadiz on Friday"."""
    return trigger.passive and trigger.rule.direct is not None and bool(before) and before[-1].how is None and before[-1].last == trigger.chain


def _slots_behind(line: Line, trigger: Trigger, kind: EventKind, near: Sequence[PlaceMention]) -> dict[str, PlaceMention]:
    """The slots that the places behind a verb fill, the first for each."""
    slots: dict[str, PlaceMention] = {}
    if kind is EventKind.DEPARTURE and near and near[0].how in ("in", "home") and _own_port(line, trigger, near[0]):
        near = [changed(near[0], how="from", slot="origin"), *near[1:]]
    if kind is EventKind.DEPARTURE:  # "leaves with a short halt at Souda on the way"
        near = [p for p in near if p.how != "in" or _HALTS.isdisjoint(line.lows[max(p.first - _HALT_TOKENS, trigger.last) : p.first])]
    if kind in _MEETS:  # "in the Philippine Sea 20 miles off Yonaguni": the nearer word is the better place
        here = _told_as_one(line, near)
        first = sorted(near[:here], key=lambda p: (not _is_offset(line, trigger, p, near), p.entry is not None and p.entry.kind is PlaceKind.COUNTRY))
        near = [*first, *near[here:]]
    for number, place in enumerate(near):
        slot = _slot_of(kind, trigger, place, number) or _straight_behind(line, trigger, kind, place, number)
        if slot and slot not in slots:
            slots[slot] = place
    return slots


_MEETS = frozenset([EventKind.AT_SEA, EventKind.ESCORT, EventKind.REPLENISHMENT])


def _told_as_one(line: Line, near: Sequence[PlaceMention]) -> int:
    """How many of some places, the first ones, may tell one whereabouts: "in Malta on Monday and in Tunis on Wednesday" tells two."""
    days = line.doc.lexicon.weekdays.keys() | line.doc.lexicon.months.keys()
    for number in range(1, len(near)):
        between = line.lows[near[number - 1].last : near[number].first]
        joint = next((n for n in range(len(between) - 2, -1, -1) if between[n] in _NEXT_PLACE), None)
        if joint is not None and between[joint + 1] in _WHERE and (between[0] == "and" or not days.isdisjoint(between)):
            return number
    return len(near)


_NEXT_PLACE, _WHERE = frozenset(["and", ",", "then"]), frozenset(["in", "off", "at", "near"])
_OWN_PORT = frozenset(
    [
        "former",
        "previous",
        "old",
        "its",
        "her",
        "their",
        "the",
        "home",
        "port",
        "ports",
        "homeport",
        "homeports",
        "base",
        "bases",
        "respective",
        "in",
        "-",
    ]
)


def _own_port(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether ships leave their own port somewhere: "departed their home ports in Puerto Rico"."""
    words = line.lows[trigger.last : place.first]
    return trigger.rule.direct == "origin" and len(words) > 2 and _OWN_PORT.issuperset(words)


def _from_in_front(
    line: Line, trigger: Trigger, kind: EventKind, slots: dict[str, PlaceMention], before: Sequence[PlaceMention], places: Sequence[PlaceMention]
) -> None:
    """Fill the slots that places in front of a verb tell: "the strait was crossed by two destroyers", "From Tartus she came to Novorossiysk"."""
    rule = trigger.rule
    main = MAIN_SLOT[kind]
    clause = "where" in line.lows[max(trigger.chain - _WHERE_TOKENS, 0) : trigger.chain]
    heads = kind is EventKind.DEPARTURE and line.low(trigger.last) in ("for", "to", "toward", "towards")  # "Beirut is where she has set sail for"
    if main not in slots and clause and not heads and (related := _where(line, trigger, places)):
        slots[main] = related  # "in Thailand last week, is now at Port Klang, where it stays until Tuesday"
    if main not in slots and before and before[-1].slot:
        first = before[0] if trigger.reach[0] == 0 else before[-1]
        if kind in _MEETS and first is before[0] and len(before) > 1 and before[1].first - first.last <= CLOSE_TOKENS:
            first = next((p for p in before[:2] if _is_offset(line, trigger, p, before)), first)  # "In the Black Sea near Snake Island she was met"
        if _slot_of(kind, trigger, first, 1) == main and (_leads_to(line, kind, first) or _comes_there(line, trigger, first)):
            slots[main] = first
    if rule.subject == "inverted" and kind is EventKind.DEPARTURE and "destination" not in slots:
        bound = next((p for p in before if p.how in ("to", "toward") and p.first <= _VOYAGE_TOKENS), None)
        slots.update({"destination": bound} if bound else {})  # "From Rota to Mayport went USS Donald Cook"
    if (
        rule.needs == "behind"
        and before
        and before[-1].how is None
        and before[-1].last in (trigger.first, trigger.chain)
        and not _in_time(line, before)
    ):
        slots[main] = before[-1]  # "put the Suez Canal behind her"
    if main not in slots and _done_to(line, trigger) and rule.direct == main and before and before[-1].how is None:
        slots[main] = before[-1]  # "the strait was crossed by two destroyers"
    if kind is EventKind.ARRIVAL and "origin" not in slots and before and line.low(0) == "from" and before[0].first <= 2:
        slots["origin"] = before[0]  # "From Tartus she came to Novorossiysk"


def _from_elsewhere(
    line: Line, trigger: Trigger, kind: EventKind, slots: dict[str, PlaceMention], before: Sequence[PlaceMention], places: Sequence[PlaceMention]
) -> None:
    """Fill what is still open from places further off: of an aside, a picture, a cleft, a relative clause."""
    rule = trigger.rule
    main = MAIN_SLOT[kind]
    if main not in slots and trigger.passive and rule.direct == main and (spoken := _spoken_of(line, trigger, places)):
        slots[main] = spoken  # "the strait, which parts the two islands, was crossed by …"
    if (
        main not in slots
        and kind is EventKind.TRANSIT
        and (seen := next((p for p in places if p.last <= trigger.first and p.how == "in" and line.doc.lexicon.passes.get(p.name)), None))
    ):
        slots[main] = passage_meant(line, seen)  # "Observers at Gibraltar saw her go by"
    if main not in slots and rule.direct == main and not trigger.passive and (related := _related(line, trigger, places)):
        slots[main] = related  # "After that came Kiel, which the frigate reached on Monday"
    if main not in slots and not _WHICH.isdisjoint(line.words) and (led := _by_which(line, trigger, kind, places)):
        slots[led[0]] = led[1]  # "Malta, to which she went back on Monday"
    if main not in slots and "it" in line.words and (lifted := lifted_out(line, trigger, kind, places, _WHICH_SLOTS)):
        slots[lifted[0]] = lifted[1]  # "It was Malta that she called at in May"
    if main not in slots and rule.seen and (pictured := _pictured(line, trigger, places)):
        slots[main] = pictured
    if main not in slots and (named := _clefted(line, trigger, places, direct=rule.direct == main)):
        slots[main] = named
    if kind is EventKind.DEPARTURE and "origin" not in slots and not before and (stayed := _left_after(line, trigger, places)):
        slots.pop("destination", None) if slots.get("destination") is stayed else None
        slots["origin"] = changed(stayed, how="from", slot="origin")
    if kind in (EventKind.DEPARTURE, EventKind.TRANSIT) and "destination" not in slots and (ahead := _led_ahead(line, before)):
        slots["destination"] = ahead
    if main not in slots and (relative := _where(line, trigger, places)):
        stranded = kind is EventKind.DEPARTURE and line.low(trigger.last) in ("for", "to")  # "Beirut is where she has set sail for"
        slots["destination" if stranded else main] = changed(relative, how="toward", slot="destination") if stranded else relative


_LEFT_AFTER, _AFTER_TOKENS, _STAY_GAP = frozenset(["after", "following", "end", "ending", "concluding", "completing"]), 14, 9
_STAYED = frozenset(
    ["day", "days", "week", "weeks", "night", "nights", "month", "months", "hours", "weekend", "fortnight", "visit", "stay", "call", "stop",
     "stopover", "halt", "repairs", "refit", "maintenance", "overhaul", "upkeep", "docking", "rest", "respite", "year", "years"]
)  # fmt: skip


def _left_after(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The port that ships left at the end of the stay told behind: "left for Brest on Friday after a week in Cork", not "after exercises at sea"."""
    if _LEFT_AFTER.isdisjoint(line.words):
        return None
    at = next((n for n in range(trigger.last, min(trigger.last + _AFTER_TOKENS, line.size)) if line.low(n) in _LEFT_AFTER), None)
    port = next((p for p in places if at is not None and at < p.first <= at + _STAY_GAP), None)
    if at is None or port is None or not port.is_port or port.how not in ("in", "to"):
        return None
    between = line.lows[at : port.first]
    told = any(w.endswith("ing") and w not in _LEFT_AFTER for w in between)  # "after spending a week in Cork", read apart
    return None if told or _STAYED.isdisjoint(between) or not {",", ";", "and", "but"}.isdisjoint(line.lows[trigger.last : at]) else port


def _done_to(line: Line, trigger: Trigger) -> bool:
    """Whether what stands in front of a verb is what it is done to: "was crossed by", "saw the Bosphorus passed by two corvettes"."""
    by = "by" in (line.low(trigger.last), line.low(trigger.last - 1))
    return trigger.passive or (by and trigger.form in ("past", "part") and trigger.chain == trigger.first) or is_bare_absolute(line, trigger)


_ASIDE_TOKENS = 18


def _spoken_of(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place of which an aside between commas tells in front of a passive: "The Great Belt, which leads to the Baltic, was passed by X"."""
    if line.text(trigger.chain - 1) != ",":
        return None
    fits = (p for p in places if p.entry and p.how is None and p.last < trigger.chain - 1 and line.text(p.last) == ",")
    return next((p for p in fits if trigger.chain - p.last <= _ASIDE_TOKENS and ";" not in line.lows[p.last : trigger.chain]), None)


_RELATED_TOKENS = 8


def _related(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place of which a relative clause says what ships did to it: "Oslo was followed by Kiel, Germany, which she entered on the 3rd"."""
    begin = max(trigger.chain - _RELATED_TOKENS, 1)
    at = next((n for n in range(trigger.chain - 2, begin - 1, -1) if line.low(n) in ("which", "that")), None)
    if at is None or line.low(at + 1) == "no" or any(at < f.first < trigger.chain for f in line.found("trigger")):
        return None
    end = at - (line.text(at - 1) == ",")
    land = (p for p in places if p.entry and line.text(p.last) == "," and _behind_land(line, p.last) == at)
    return next((p for p in places if p.last == end and p.entry), None) or next(land, None)


_WHICH = frozenset(["which", "where", "whence"])
_STAYS_IN = ("place", frozenset([EventKind.IN_PORT, EventKind.AT_SEA, EventKind.TRANSIT, EventKind.ESCORT]))
_GOES_TO = ("destination", frozenset([EventKind.ARRIVAL, EventKind.UNDERWAY, EventKind.DEPARTURE]))
_COMES_TO = ("destination", frozenset([EventKind.ARRIVAL]))  # "Oran, at which she called"
_COMES_FROM = ("origin", frozenset([EventKind.DEPARTURE, EventKind.ARRIVAL]))
_WHICH_SLOTS = {
    "to": (_GOES_TO,),
    "into": (_GOES_TO,),
    "for": (_GOES_TO,),
    "from": (_COMES_FROM,),
    "of": (_COMES_FROM,),
    "through": (_STAYS_IN,),
    "in": (_STAYS_IN, _COMES_TO),
    "off": (_STAYS_IN,),
    "at": (_STAYS_IN, _COMES_TO),
}


def _by_which(line: Line, trigger: Trigger, kind: EventKind, places: Sequence[PlaceMention]) -> tuple[str, PlaceMention] | None:
    """The place in front of a clause of "to which" or "from which", and its slot: "Malta, from which the frigate sailed on Monday"."""
    begin = max(trigger.chain - _RELATED_TOKENS, 1)
    at = next((n for n in range(trigger.chain - 1, begin - 1, -1) if line.low(n) in _WHICH), None)
    if at is None or any(at < f.first < trigger.chain for f in line.found("trigger")) or (line.low(at) == "where" and line.low(at - 1) != "from"):
        return None
    whence = line.low(at) == "whence" and line.low(at - 1) != "from"
    slot = next((s for s, kinds in _WHICH_SLOTS.get("from" if whence else line.low(at - 1), ()) if kind in kinds), None)
    at += whence
    at -= line.low(at - 1) == "of"  # "out of which"
    if line.low(at) == "of" and line.low(at - 1) != "out":
        return None
    end = at - 1 - (line.text(at - 2) == ",")
    place = _before_apposition(line, places, end) or next((p for p in places if end in (p.last, _behind_land(line, p.last)) and p.entry), None)
    return (slot, place) if slot and place else None


_COMMA = frozenset([","])
_SAYS_MORE = frozenset(["the", "a", "an", "its", "her", "their", "once", "now", "still"])


def _before_apposition(line: Line, places: Sequence[PlaceMention], end: int) -> PlaceMention | None:
    """The place of which an aside that ends at a token says what it is: "Victoria, the capital of the province, from which she sailed"."""
    commas = [n for n in line.where(_COMMA) if n < end - 1]
    at = commas[-1] if commas else -1
    near = next((p for p in places if p.last == at and p.entry), None)
    if near is None or line.low(at + 1) not in _SAYS_MORE:
        return None
    return None if any(near.last < f.first < end for f in line.found("trigger")) else near


def _pictured(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that a picture shows: "Monday's picture of Latakia brought to light two corvettes"."""
    pictures = line.doc.lexicon.sets["pictures"]
    for place in places:
        of = place.first - 1 - (line.low(place.first - 1) == "the")
        if place.last <= trigger.chain and place.entry and line.low(of) == "of" and line.low(of - 1) in pictures:
            return changed(place, how="off" if place.how == "off" else "in", slot="place")
    return None


_COMPASS = ("north", "south", "east", "west")


def holds_course(line: Line, trigger: Trigger) -> bool:
    """Whether a direction stands behind a verb that ships are told to go on with: "is sailing south"."""
    be = not line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.chain : trigger.first])
    return be and line.low(trigger.last).startswith(_COMPASS)


_TO, _NO_AIM = frozenset(["to"]), frozenset(["close", "due", "way", "back", "on"])
_TO_WHERE = frozenset(["sea", "port", "harbour", "harbor", "shore", "home", "base", "and", "within", "either", "windward", "leeward"])


def _to_do(line: Line, first: int, last: int) -> bool:
    """Whether a ship is told to sail for what she does at a place: "sailed to take part in a drill in the Baltic", "to guard the shoals off X"."""
    for at in line.where(_TO):
        word = line.low(at + 1 + (line.low(at + 1).endswith("ly")))
        aim = word.isalpha() and word not in line.doc.lexicon.function and word not in _TO_WHERE and line.text(at + 1)[:1].islower()
        if first <= at < last - 1 and aim and line.low(at - 1) not in _NO_AIM and line.starting("place", at + 1) is None:
            return True
    return False


_SAILED = frozenset(["sailed", "sail", "steamed", "steam", "sailing", "steaming"])
_COME = frozenset(["come", "came", "comes"])
_VOYAGE_TOKENS = 7


def _from_voyage(line: Line, trigger: Trigger, near: Sequence[PlaceMention]) -> bool:
    """Whether ships return from a voyage of some length: "returned from a six-month deployment to the Gulf"."""
    at = next((n for n in range(trigger.last, line.size) if line.low(n) != "on" and line.low(n) not in line.doc.lexicon.weekdays), trigger.last)
    if line.low(at) != "from" or not near or near[0].how not in ("to", "toward"):
        return False  # "returned Tuesday from a deployment to the Gulf"
    spans = line.doc.lexicon.sets["voyage_spans"]
    first = near[0].first
    while line.low(first - 1) in _HALVES:
        first -= 1  # "a deployment to the North and South Atlantic"
    return any(line.low(n) in spans for n in range(first - 2, max(first - 4, trigger.last), -1))


_HALVES = frozenset(["and", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"])


def _was_out_there(place: PlaceMention) -> bool:
    """Whether a place behind "from a deployment" is where that was."""
    away = place.entry is not None and (place.entry.kind in WATER_KINDS or place.entry.kind in LAND_KINDS)
    return place.how in ("in", "off") or (place.how in ("to", "toward") and away)


def _of_voyage(line: Line, trigger: Trigger, place: PlaceMention, kind: EventKind) -> PlaceMention:
    """A place where a voyage goes or went, told behind its length: "home from three months in the Gulf", "sails for a patrol off Iceland"."""
    if place.how not in ("in", "off") or place.first < trigger.last:
        return place
    how = next((f for n in range(place.first, place.first - 4, -1) if (f := line.ending("preposition", n))), None)
    span = how.first - 1 - 2 * (line.lows[how.first - 2 : how.first] == ["of", "duty"]) if how else 0
    if how is None or line.low(span) not in line.doc.lexicon.sets["voyage_spans"]:
        return place
    begin = max(trigger.last - 1, how.first - _VOYAGE_TOKENS)
    opened = next((n for n in range(how.first - 2, begin - 1, -1) if line.low(n) in ("from", "for", ",")), None)
    if opened is None or line.low(opened) == "," or (line.low(opened) == "for" and trigger.form == "ing" and line.low(span) in _SPANS):
        return place  # "has been sailing for weeks near Malta"
    if line.low(opened) == "from":
        return changed(place, how="from", slot="origin")
    return changed(place, how="toward", slot="destination") if kind is EventKind.DEPARTURE else place


def _went_to(line: Line, trigger: Trigger, place: PlaceMention | None) -> bool:
    """Whether a ship is told to have gone to a port, one stop of many: "called at Singapore, then went north to Manila"."""
    rule = trigger.rule
    if place is None or rule.id != "way.head" or trigger.form not in ("past", "base", "pres") or place.how != "to" or not place.is_port:
        return False
    if trigger.form != "past":  # "will go on to Abu Dhabi and Muscat"
        more = line.starting("place", place.last + 1 + (line.low(place.last + 1) == "and"))
        return (
            line.low(trigger.first) in ("go", "goes")
            and line.low(trigger.first + 1) == "on"
            and more is not None
            and line.low(place.last) in ("and", ",")
        )
    on = line.low(trigger.first + 1) == "on" or line.low(trigger.first - 1) in ("then", "later", "next", "finally")
    return on and line.low(trigger.first) == "went"


_CLEFT_TOKENS = 12
_TO_WHICH = frozenset(["to", "into", "from", "through", "in", "for"])


def _clefted(line: Line, trigger: Trigger, places: Sequence[PlaceMention], *, direct: bool) -> PlaceMention | None:
    """The place that opens a sentence as what a verb is done to: "Kiel was the port that she entered", "It was Kiel to which she returned"."""
    place = next((p for p in places if p.entry and p.how is None and p.first <= 3), None)
    if place is None or not 0 < trigger.chain - place.last <= _CLEFT_TOKENS or any(p.first >= trigger.last for p in places):
        return None
    be, at = line.doc.lexicon.sets["be"], place.last
    if line.low(at) in _TO_WHICH and line.low(at + 1) == "which":
        return place if line.low(0) == "it" and line.low(1) in be else None
    kinds = line.doc.lexicon.sets["kinds_of_ports"] | {"strait", "canal"}
    is_port = direct and place.first <= 1 and line.low(at) in be and line.low(at + 1) == "the"
    return place if is_port and not kinds.isdisjoint(line.lows[at + 2 : at + 5]) and "of" not in line.lows[at : trigger.chain] else None


def _led_ahead(line: Line, before: Sequence[PlaceMention]) -> PlaceMention | None:
    """Where ships go, told in front of their verb: "For Oslo she left Kiel", "From Kiel to Oslo she sailed"."""
    if not before or before[0].first > 2:
        return None
    if before[0].how in ("toward", "to") and line.low(0) in ("for", "to", "towards", "toward"):
        return before[0]
    pair = len(before) > 1 and before[0].how == "from" and line.low(0) == "from" and before[1].how in ("to", "toward")
    return before[1] if pair and before[1].first - before[0].last <= 2 else None


def _goes_on(line: Line, trigger: Trigger) -> bool:
    """Whether a verb that ends in "to" tells what goes on: "is moving to the Red Sea", "is being towed to Aliağa"."""
    to = (
        line.low(trigger.last - 1) == "to"
        or line.low(trigger.last) == "to"
        or (line.low(trigger.last) == "home" and line.low(trigger.last + 1) == "to")
    )
    words = line.lows[trigger.chain : trigger.first]
    be = not {"is", "are", "was", "were"}.isdisjoint(words)
    return to and be and ((trigger.form == "ing") or "being" in words)


def _is_waters_of(line: Line, first: PlaceMention, then: PlaceMention) -> bool:
    """Whether a country's waters are told, and right behind them where in them: "entered Japanese waters near the Senkaku Islands"."""
    waters = first.how == "off" and first.entry is not None and first.entry.kind is PlaceKind.COUNTRY
    apart = not _APART.isdisjoint(line.lows[first.last : then.first])  # "off Malta on Monday, off Tunis on Tuesday", "off Malta and off Crete"
    return waters and not apart and then.how == "off" and then.entry is not None and then.first - first.last <= CLOSE_TOKENS


_DAY_TOKENS = 7
_JOINTS = frozenset(["and", "or", "then"])
_APART = _JOINTS | {","}


def _is_land_of(line: Line, first: PlaceMention, then: PlaceMention) -> bool:
    """Whether a land is told, and right behind it the port there: "is moored in Syria at Tartus", "arrived on Crete at Souda Bay"."""
    land = first.how == "in" and first.entry is not None and first.entry.kind in LAND_KINDS
    if land and then.is_port and then.how == "in" and line.low(then.first - 1) == "at" and then.entry and first.entry:
        lexicon, gap = line.doc.lexicon, line.lows[first.last : then.first - 1]
        days = all(w in (",", "on") or w.isdecimal() or w in lexicon.months or w in lexicon.weekdays for w in gap)
        if days and len(gap) <= _DAY_TOKENS and then.entry.country == first.entry.country:
            return True  # "will arrive in the Philippines on 21 September, at Subic Bay"
    beside = 0 < then.first - first.last <= 2 and line.low(then.first - 1) in ("at", "in", "the") and line.low(first.last) not in _JOINTS
    there = then.entry is None or first.entry is None or first.entry.country in (None, then.entry.country)
    return land and then.is_port and then.how == "in" and beside and there


def _leads_to(line: Line, kind: EventKind, place: PlaceMention) -> bool:
    """Whether a place in front of a verb of going somewhere is where it leads: one that opens the sentence or that a relative clause speaks of."""
    related = line.low(place.last + (line.low(place.last) == ",")) in ("which", "that")
    led = kind in (EventKind.ARRIVAL, EventKind.UNDERWAY) or (kind is EventKind.DEPARTURE and place.how == "from")
    return not led or place.first <= 5 or related


def _in_time(line: Line, before: Sequence[PlaceMention]) -> bool:
    """Whether places only say where a time was spent: "two years in the Falklands and the Gulf behind her"."""
    first = before[-2] if len(before) > 1 and before[-2].how in ("in", "off") else None
    return first is not None and not line.doc.lexicon.sets["voyage_spans"].isdisjoint(line.lows[max(first.first - 4, 0) : first.first])


def _comes_there(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether "there" parts a place from the verb that goes with it: "the day on which, out of Zeebrugge, there sailed two minehunters"."""
    return line.low(trigger.chain - 1) == "there" and trigger.chain - place.last <= CLOSE_TOKENS


_WHERE_TOKENS = 14


def _where(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place that a clause of "where" speaks of: "the Gulf of Aden, where her sister keeps up the patrols"."""
    for place in places if "where" in line.words else ():
        last = _behind_day(line, place.last)
        at = last + (line.low(last) == ",")
        if line.text(place.last) == "," and (close := _closes_aside(line, place.last)):
            at = close + 1  # "Eilat, the base on the Red Sea, was where"
        elif line.text(at)[:1].isupper() and line.low(place.last) == ",":
            at = _behind_land(line, place.last)  # "Souda Bay, Crete, where"
        if line.text(at) in ("'", "’") and line.low(at + 1) == "s" and line.low(at + 2) in line.doc.lexicon.sets["port_parts"]:
            at += 3  # "Sasebo's quay was where the carrier lay"
        begin = at
        sets = line.doc.lexicon.sets
        while at < begin + 5 and (line.low(at) in sets["be"] or line.low(at) in sets["adverbs"] or line.low(at) in sets["auxiliaries"]):
            at += 1  # "Tartus is possibly also where X is going"
        if line.low(at) in ("in", ",") and line.low(at - 1) != "where":
            at = _behind_land(line, at)  # "Stanley in the Falkland Islands, where"
        if place.entry and line.low(at) == "where" and at < trigger.first and trigger.chain - at <= 14:
            return changed(place, how="off" if place.how == "off" else "in", slot="place")
    return None


_DAY_WORDS = frozenset(["on", "the", "in", "early", "late", "last", "this", "of", "yesterday", "today", "morning", "afternoon", "evening"])


def _behind_day(line: Line, at: int) -> int:
    """The token behind a day that parts a place from what is told of it: "left Malta on 3 December, where she …"; the given one without a day."""
    lexicon, last = line.doc.lexicon, at
    while last < at + _DAY_TOKENS and (
        line.low(last) in _DAY_WORDS or line.text(last)[:1].isdecimal() or line.low(last) in lexicon.months or line.low(last) in lexicon.weekdays
    ):
        last += 1
    return last if line.text(last) == "," and line.low(last + 1) == "where" else at


def _fired_from(near: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Where a ship is that fires or flies from there, and not what she aims at: "fired missiles at targets in Syria from the Caspian"."""
    wet = [p for p in near if p.entry and (p.entry.kind in WATER_KINDS or p.how == "off" or p.is_passage)]
    return [changed(p, how="in", slot="place") for p in wet if p.how == "from"] or [p for p in wet if p.how in ("in", "off")]


def _behind_land(line: Line, at: int) -> int:
    """The token behind the land that a place is said to lie in, and its comma."""
    last = at + 1 + (line.low(at + 1) == "the")
    begin = last
    while line.text(last)[:1].isupper() and last < begin + 4:
        last += 1
    return last + (line.low(last) == ",") if last > begin else at


_SEAS = frozenset([PlaceKind.SEA, PlaceKind.GULF, PlaceKind.BAY])


def _is_offset(line: Line, trigger: Trigger, place: PlaceMention, near: Sequence[PlaceMention]) -> bool:
    """Whether a place is told as the point that a position is measured from, near the verb or near the water told first."""
    if place.how != "off":
        return False
    begin = max((p.last for p in near if p.last <= place.first), default=trigger.last)
    lexicon = line.doc.lexicon
    parts = (line.low(n) in ("and", "then") or line.low(n) in lexicon.months or line.low(n) in lexicon.weekdays for n in range(begin, place.first))
    far = line.doc.lexicon.sets["distances"].isdisjoint(line.lows[begin : place.first])  # "in the North Sea on Tuesday, 60 miles east of Aberdeen"
    in_sea = any(p.last == begin and p.how == "in" and p.entry and p.entry.kind in _SEAS for p in near)
    if in_sea and far and place.entry is not None and place.entry.kind is PlaceKind.COUNTRY:
        return False  # "in the Java Sea off Indonesia": the sea says more
    if begin > trigger.last and far and any(parts):
        return False  # "was in Valletta on 3 December and off Crete on the 5th": another station
    if begin > trigger.last and line.text(begin) == "," and far and place.is_passage:
        return False  # "in the Gulf of Aden, just south of the Bab el-Mandeb"
    return place.first - trigger.last <= NEAR_TOKENS or place.first - begin <= NEAR_TOKENS // 2


def _closes_aside(line: Line, first: int) -> int | None:
    """The comma that closes an aside about a place in front of "was where", None where there is none."""
    for at in range(first + 2, min(first + ABOUT_TOKENS, line.size - 2)):
        if line.text(at) == ",":
            told = line.low(at + 1) in line.doc.lexicon.sets["be"] and "where" in line.lows[at + 2 : at + 5]
            return at if told else None
    return None


ABOUT_TOKENS = 20


def passage_meant(line: Line, place: PlaceMention) -> PlaceMention:
    """The strait or canal that is meant when a port is passed: "passed Gibraltar"."""
    name = line.doc.lexicon.passes.get(place.name)
    found = line.doc.gazetteer.places.named(name) if name else ()
    return changed(place, name=found[0].name, entry=found[0]) if found else place


_AIM_TOKENS = 14


def _slot_of(kind: EventKind, trigger: Trigger, place: PlaceMention, number: int) -> str | None:
    """The slot of a place, by the preposition before it and the kind of event."""
    rule = trigger.rule
    if kind in (EventKind.DEPARTURE, EventKind.UNDERWAY) and rule.id == "sea.operate":
        return place.slot  # "sailed together from Portsmouth"
    if place.how == "from" and kind is EventKind.ARRIVAL and not rule.denies:
        return "origin"  # "in from Malta"
    if (
        rule.direct
        and number == 0
        and trigger.last - trigger.first > 1
        and place.first - trigger.last <= 1
        and (kind is not EventKind.TRANSIT or rule.denies)
    ):
        return rule.direct  # the preposition belongs to the trigger: "absent from Tartus"
    if rule.direct and number == 0 and place.anaphor == "any" and place.first == trigger.last and place.last - place.first == 1:
        return rule.direct  # "left there on Monday"
    if place.how is None:
        if rule.id == "arrive.in" and number == 0 and place.first == trigger.last:
            return "destination"  # "arrived San Diego"
        if rule.id == "depart.sail" and trigger.form == "past" and number == 0 and place.first == trigger.last and place.is_port:
            return "origin"  # "HMS Kent sailed Portsmouth on Monday"
        far = _AIM_TOKENS if rule.id == "way.aim" else 4  # "the destination of the frigates Kent and Tyne is thought to be Tartus"
        return rule.direct if number == 0 and rule.direct and place.first - trigger.last <= far + 2 * place.owned else None
    slot = place.slot
    if place.how == "off" and rule.direct == "origin" and number == 0 and _right_behind(trigger, place):
        return rule.direct  # "left Japanese waters"
    if place.how == "through":
        return "via" if kind is not EventKind.TRANSIT and kind not in (EventKind.ESCORT, EventKind.AT_SEA) else "place"
    if slot == "place":
        stays = kind is EventKind.IN_PORT and rule.kind is EventKind.DEPARTURE  # "one of the boats was left in Tartus"
        if number == 0 and rule.direct and place.first - trigger.last <= 1 and place.how == "in" and kind is not EventKind.DEPARTURE:
            return "place" if stays else rule.direct
        if kind is EventKind.ARRIVAL:
            return "destination"
        if kind is EventKind.DEPARTURE:
            return "origin" if place.how == "in" and place.is_port else None
        return None if kind in (EventKind.UNDERWAY, EventKind.TRANSIT) else "place"
    if slot == "destination" and (rule.nominal or rule.light) and kind is EventKind.IN_PORT and place.how == "to":
        return "place"  # "the visit of the frigate to Port Louis", "completed their visit to Muscat"
    if slot == "destination" and kind in (EventKind.IN_PORT, EventKind.AT_SEA):
        return "destination" if place.how in ("toward",) else None
    return slot


_STRAIGHT_TOKENS = 10
_PARTS_OF_DAYS = frozenset(
    ["on", "early", "late", "this", "morning", "afternoon", "evening", "yesterday", "today", "earlier", "last", "night", "week"]
)


_OWN_FLEETS = frozenset(["fleet", "navy", "flotilla", "country", "squadron"])


def _straight_behind(line: Line, trigger: Trigger, kind: EventKind, place: PlaceMention, number: int) -> str | None:
    """The slot of a place that only words for its sort part from the verb, or whose it is: "left the port of Varna", "the Navy's Yokosuka base"."""
    direct, begin, lexicon = trigger.rule.direct, trigger.last, line.doc.lexicon
    if trigger.rule.id == "arrive.in" and line.low(begin - 1).startswith("arriv"):
        direct = "destination"  # "arrives the Port of Auckland"
    while begin < place.first and (line.low(begin) in _PARTS_OF_DAYS or line.low(begin) in lexicon.weekdays):
        begin += 1  # "reached on Monday afternoon the port of Toulon"
    owner = begin + (line.low(begin) in ("the", "its", "their"))
    if line.low(owner) in _OWN_FLEETS and line.text(owner + 1) in ("'", "’") and line.low(owner + 2) == "s":
        begin = owner + 3  # "left the Fleet's main naval base of Severomorsk"
    held = line.text(place.first - 2) == "-" and line.low(place.first - 1) in lexicon.sets["place_adjective"]
    end = place.first - 3 * held  # "entered the waters of Taiwan-held Kinmen"
    between = line.lows[begin:end]
    if direct and not number and place.how is None and kind is trigger.rule.kind and home_front(line, place.first) == trigger.last:
        return direct  # "entered the fleet's main base – the hero city of Sevastopol"
    if direct is None or number or place.how is not None or kind is not trigger.rule.kind or not 0 < len(between) <= _STRAIGHT_TOKENS:
        return None
    sets = line.doc.lexicon.sets
    sorts = sets["before_place"] | sets["facilities"] | sets["place_modifiers"] | sets["kinds_of_ports"] | sets["owned_waters"]
    if between[-1] == "s" and (line.low(place.first - 3) in sets["services"] or line.ending("navy", place.first - 2)):
        return direct if all(line.text(n)[:1].isupper() or line.low(n) in ("the", "-", ".") for n in range(trigger.last, place.first - 2)) else None
    nations = {n for f in (*line.found("nation"), *line.found("place")) if f.last <= place.first for n in range(f.first, f.last)}
    told = all(low in sorts or n in nations for n, low in enumerate(between, begin))
    told = told and between[0] != "and" and (between[-1] == "of" or between[-2:] == ["of", "the"] or place.first - 1 in nations)
    return direct if told else None


def _right_behind(trigger: Trigger, place: PlaceMention) -> bool:
    """Whether waters are what a verb is done to: "left Japanese waters", and not "left for waters off Japan"."""
    return place.first - trigger.last <= 1 and place.last - place.first > 1


_HALTS, _HALT_TOKENS = frozenset(["halt", "stop", "stops", "stopover", "call", "calls", "break", "layover"]), 4
_FOUND = frozenset(["them", "it", "her", "him"])
_DENIALS = frozenset(["not", "never", "no", "none", "neither", "without", "n't", "t"])
_LASTING = frozenset(["until", "till", "throughout", "including", "over"])
_AHEAD = frozenset(["will", "expected", "due", "would", "should", "has", "have", "needs", "need"])
_OPEN_SEA = (PlaceKind.SEA, PlaceKind.OCEAN)
_AT_WORK = frozenset(["work", "station", "post", "patrol", "sea"])


Settled = tuple[EventKind, dict[str, PlaceMention]]


def _settle(line: Line, trigger: Trigger, kind: EventKind, slots: dict[str, PlaceMention]) -> Settled:
    """The kind once the main place is known: a port or a sea, a passage or a port."""
    main, settle = slots.get(MAIN_SLOT[kind]), _SETTLED_BY.get(kind)
    return (settle(line, trigger, main, slots) if main and settle else None) or (kind, slots)


def _settle_stay(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """A stay in port that is a call on the way, or lies in no port."""
    if trigger.rule.id == "inport.state" and _calls_on_the_way(line, trigger):
        return EventKind.ARRIVAL, {**{s: p for s, p in slots.items() if s != "place"}, "destination": main}
    between = _is_between(line, main)
    at_sea = main.entry is not None and (
        main.is_passage
        or (main.entry.kind in WATER_KINDS and main.entry.kind is not PlaceKind.BAY)
        or (main.how == "off" and main.anaphor != "port")
        or (main.entry.kind is PlaceKind.REGION and trigger.rule.id == "inport.spend")  # "spent six months in the Middle East"
        or (main.name.lower().split()[-1] in SHALLOWS and trigger.rule.id == "inport.spend")
    )
    return (EventKind.AT_SEA, slots) if between or at_sea else None


def _is_between(line: Line, place: PlaceMention) -> bool:
    """Whether a place is one of two that ships are between: "lay between Malta and Tunis", "patrols between Tartus and Latakia"."""
    return line.low(place.first - 1) == "between" and not {"pier", "piers", "berth"} & line.words


def _settle_at_sea(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """Being somewhere, which is coming there, passing there, or lying in a port there."""
    rule, inside = trigger.rule, main.how in ("in", None)
    if rule.copula and inside and _will_be(line, trigger, main):
        return EventKind.ARRIVAL, {"destination": main}
    seen = rule.copula or (rule.seen and rule.id in ("see.spot", "see.picked"))
    sails = rule.id in ("depart.sail", "depart.steam") and trigger.form in ("pres", "ing")
    if sails and inside and main.is_passage and main.name.lower() in line.doc.lexicon.sets["narrow_ways"]:
        return EventKind.TRANSIT, slots  # a caption: "sails in the Bosphorus"
    if (seen or sails) and inside and main.is_passage and goes_through(line, main.last, max(trigger.reach[1], main.last + _WAY_TOKENS)):
        return EventKind.TRANSIT, slots
    if seen and not rule.copula and main.is_passage and main.how == "through":
        return EventKind.TRANSIT, {**slots, "place": main}  # "were tracked through the Dover Strait"
    land = main.name.lower() in line.doc.lexicon.sets["port_lands"]
    denied = not _DENIALS.isdisjoint(line.lows[trigger.chain : max(main.first, trigger.last)])
    still_in = rule.id == "sea.state" and line.lows[trigger.first : trigger.last] == ["still", "in"]
    told_in = ((rule.copula or rule.id == "stay.spend") and not denied) or ((rule.copula or still_in or rule.id.startswith("see.")) and land)
    met = rule.object == "meet" and ("at", "sea") in pairwise(line.lows)  # "is done with Odesa, where …, plans to meet others at sea"
    if rule.port and inside and not met and not _is_between(line, main) and (main.is_port or is_dry(line, main, at=not told_in)):
        return rule.port, slots
    return None


def _will_be(line: Line, trigger: Trigger, main: PlaceMention) -> bool:
    """Whether a ship is told to be somewhere on a day to come, and so to come there: "will be in Gdynia on Monday", not "until Monday"."""
    words, behind = line.lows[trigger.chain : trigger.last], line.lows[trigger.last : trigger.reach[1] + 1]
    lasts = not _LASTING.isdisjoint(behind) or _from_to(behind) or _for_days(behind)  # "will be in Gdynia until Monday": a stay
    lasts = lasts or _through_day(line, trigger)
    ahead = trigger.form == "base" and "be" in words and not _AHEAD.isdisjoint(words) and "still" not in words
    ahead = ahead or ("must" in words and "by" in behind)  # "must be in Cork by Friday"
    open_sea = main.entry is not None and main.entry.kind in _OPEN_SEA
    return ahead and not lasts and not open_sea and "open" not in line.lows[trigger.last : main.first]


def _through_day(line: Line, trigger: Trigger) -> bool:
    """Whether "through" leads to a day: "will be in Cartagena through Wednesday"."""
    lexicon, ends = line.doc.lexicon, line.lows[trigger.last : trigger.reach[1] + 2]
    days = lexicon.weekdays.keys() | lexicon.months.keys() | _DAYTIMES
    return any(one == "through" and (two in days or two.isdecimal()) for one, two in pairwise(ends))


_DAYTIMES = frozenset(["late", "early", "mid", "today", "tomorrow", "tonight"])
_WORK_AT_SEA = frozenset(["patrol", "trials"])
_HELPS = frozenset(["assist", "assists", "assisted", "help", "helps", "helped"])


def _settle_arrival(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """An arrival at what is no port: a sea in which a ship is at work, a strait that she enters or stops in."""
    rule, waters = trigger.rule, main.entry is not None and main.entry.kind in WATER_KINDS
    helps = line.low(trigger.first) in _HELPS and main.how == "off"  # "assisted a boat off Florida"
    leads = rule.id == "carry.active" and (helps or (main.how == "in" and waters))  # "leads the group in the Red Sea"
    works = rule.id == "arrive.back" and not _AT_WORK.isdisjoint(
        line.lows[trigger.last : min(trigger.last + 2, main.first)]
    )  # "is back at her work in the Gulf of Aden"
    stops = main.is_passage and rule.passage is None and main.how == "in"  # "had stopped in Sunda Strait"
    waits = main.is_passage and main.how == "off"  # "arrived at the entrance to the Suez Canal"
    if leads or works or stops or waits:
        return EventKind.AT_SEA, {"place": main}
    return _passes(line, trigger, EventKind.ARRIVAL, main, slots)


def _settle_departure(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """A departure from a strait, which is a passage of it."""
    return _passes(line, trigger, EventKind.DEPARTURE, main, slots)


def _passes(line: Line, trigger: Trigger, kind: EventKind, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """The passage that coming to a strait or leaving it is."""
    if not main.is_passage or _ends_at(line, trigger, kind, main) or line.low(main.last - 1) == "area":
        return None  # "was in the Bashi Channel on Friday, and has left the area"
    return EventKind.TRANSIT, {**{s: p for s, p in slots.items() if s != MAIN_SLOT[kind]}, "place": main}


_OPEN_WATER = (PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.BAY, PlaceKind.GULF)


_VIA = frozenset(["via"])
_ISLANDS_KM = 50
"""Islands so wide are no passage, whatever a ship does there."""
_PAST = frozenset(["past", "by"])


def _goes_past(line: Line, trigger: Trigger) -> bool:
    """Whether the words tell that ships went past something: "passed Bergen", "slipped past Brest", "rounded Skagen"."""
    words = line.lows[trigger.first : trigger.last]
    return (words[0].startswith(("pass", "round")) and len(words) == 1) or words[-1] in _PAST


def _settle_transit(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """A passage of what is no strait: "crossed the Arabian Sea", "had gone by the Senkaku Islands"."""
    if main.entry is None:
        return None
    open_water = main.entry.kind in _OPEN_WATER and not main.name.endswith(("Passage", "Route"))
    chain = (main.entry.radius_km or 0) >= _ISLANDS_KM and "between" not in line.words
    by_island = main.entry.kind is PlaceKind.ISLAND and (main.how != "through" or chain)  # "steamed past the Paracel Islands"
    if main.how == "through" and not main.is_passage and main.entry.kind not in WATER_KINDS and line.low(main.first - 1) in _VIA:
        return EventKind.UNDERWAY, {}  # "is heading home via Singapore": no more than the way
    by_port = (
        main.is_port
        and not trigger.passive
        and trigger.rule.id == "transit.pass"
        and _goes_past(line, trigger)
        and line.low(main.last) not in ("-", "to", "'", "’")
    )
    return (EventKind.AT_SEA, slots) if open_water or by_island or by_port else None


def _settle_way(line: Line, trigger: Trigger, main: PlaceMention, slots: dict[str, PlaceMention]) -> Settled | None:
    """A way that, once told as made, ends in the port it led to: "made its way back to Norfolk on Friday"."""
    if trigger.rule.id == "sea.operate":
        return None  # "sailed together to Rota"
    return (trigger.rule.port, slots) if trigger.rule.port and main.is_port and line.text(main.last) not in ("'", "’") else None


_SETTLED_BY: dict[EventKind, Callable[[Line, Trigger, PlaceMention, dict[str, PlaceMention]], Settled | None]] = {
    EventKind.IN_PORT: _settle_stay,
    EventKind.AT_SEA: _settle_at_sea,
    EventKind.ARRIVAL: _settle_arrival,
    EventKind.DEPARTURE: _settle_departure,
    EventKind.TRANSIT: _settle_transit,
    EventKind.UNDERWAY: _settle_way,
}


def _ends_at(line: Line, trigger: Trigger, kind: EventKind, main: PlaceMention) -> bool:
    """Whether a ship is told to have come to a strait, and not through it, or to have left a wide channel: "reached the Bab el-Mandeb"."""
    sets = line.doc.lexicon.sets
    if kind is EventKind.DEPARTURE:
        return trigger.rule.id == "depart.leave" and main.name.lower() in sets["wide_channels"]
    comes_to = trigger.rule.id == "arrive.move-into" and line.low(trigger.last - 1) == "to"
    return main.how != "through" and (comes_to or line.low(trigger.first) in sets["comes_as_far"])


_VOYAGE_GOES_ON = frozenset([",", "and", "before", "then", "to"])  # "before calling at Malta", "prior to calling at Malta"


def _calls_on_the_way(line: Line, trigger: Trigger) -> bool:
    """Whether a participle behind a comma tells the calls of a voyage: "crossed the Mediterranean, calling at Malta"."""
    return line.low(trigger.first) in ("calling", "visiting") and trigger.chain == trigger.first and line.low(trigger.chain - 1) in _VOYAGE_GOES_ON


_SPANS = frozenset(["day", "days", "night", "nights", "week", "weeks", "fortnight", "month", "months", "hours"])


def _for_days(words: Sequence[str]) -> bool:
    """Whether words tell how long a stay is: "for another two days", "for a week"."""
    return any(word == "for" and not _SPANS.isdisjoint(words[n + 1 : n + 5]) for n, word in enumerate(words))


def _from_to(words: Sequence[str]) -> bool:
    """Whether words tell the first and last day of a stay: "from 23 to 27 December"."""
    dashes = (n for n, word in enumerate(words) if word in ("-", "–") and 0 < n < len(words) - 1)
    if any(words[n - 1].isdecimal() and words[n + 1].isdecimal() and len(words[n - 1]) < len("100") > len(words[n + 1]) for n in dashes):
        return True  # "will be in Gdynia on 20-22 December"
    at = next((n for n, word in enumerate(words) if word in ("from", "between")), None)
    return (
        at is not None
        and any(w.isdecimal() for w in words[at + 1 : at + 3])
        and not {"to", "and", "until", "-", "–"}.isdisjoint(words[at + 2 : at + 6])
    )


_WAY_TOKENS = 4
_HEADS = frozenset(["heading", "headed", "steaming", "sailing", "going"])
_ON_ITS_WAY = (["on", "its", "way"], ["on", "her", "way"], ["on", "their", "way"])


def goes_through(line: Line, first: int, last: int) -> bool:
    """Whether a word behind a strait tells the way that a ship in it goes: "was in the Bosphorus on Monday, northbound"."""
    behind = line.lows[first : min(last, first + 9)]
    on_way = any(behind[n : n + 3] in _ON_ITS_WAY or behind[n : n + 2] == ["en", "route"] for n in range(len(behind)))
    heads = any(a in _HEADS and b.startswith(_COMPASS) for a, b in pairwise(behind))  # "was spotted in the Bosphorus heading south"
    return on_way or heads or not line.doc.lexicon.sets["bound_ways"].isdisjoint(behind)


_HAVENS = frozenset(["port", "harbour", "harbor", "ports", "docks", "dockyard"])


def is_dry(line: Line, main: PlaceMention, *, at: bool = False) -> bool:
    """Whether a ship told to be in an island or a small country lies in its port: "was at Malta", "is in Bahrain"; `at`: only behind "at"."""
    word, sets = "in" if main.anaphor == "any" else line.low(main.first - 1), line.doc.lexicon.sets
    if main.entry is not None and not _HAVENS.isdisjoint(line.lows[max(main.first - 4, 0) : main.first]) and main.how == "in":
        return main.entry.kind not in WATER_KINDS  # "in the port of La Réunion"
    if main.entry is None or main.entry.kind not in (PlaceKind.ISLAND, PlaceKind.COUNTRY) or word not in ("at", "in", "on"):
        return False
    if word == "in" and (at or (main.name.lower() not in sets["port_lands"] and (main.anaphor == "any" or main.entry.kind is not PlaceKind.COUNTRY))):
        return False
    return sets["no_dry_land"].isdisjoint(main.name.lower().split())
