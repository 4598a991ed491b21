"""Stage 6, the kind that a clause means: whom a voyage takes on is on the way, who is back in port lies there, a call of two days is a stay."""

from __future__ import annotations

from collections.abc import Callable

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Precision
from tracker.domain.records import changed
from tracker.extract.act import Act
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Told
from tracker.extract.slots import passage_meant
from tracker.extract.verbs import Trigger


def set_kind_meant(act: Act, event: Told) -> None:
    """Give an event the kind that its clause means, where the verb and its place alone say another."""
    if _comes_up_to(act, event) or _stays_until(act, event):
        return
    for kind, means, told in _MEANT:
        if event.kind is kind and told(act, event):
            _turn_into(event, means)
            return


def _turn_into(event: Told, kind: EventKind) -> None:
    """Give an event another kind, its main place in the slot that holds it there."""
    main, slot = event.main, MAIN_SLOT[kind]
    if main is not None and slot != MAIN_SLOT[event.kind] and kind is not EventKind.UNDERWAY:
        event.sources[slot] = event.sources.get(MAIN_SLOT[event.kind], ("clause", (main.start, main.end)))
        event.sources = {s: v for s, v in event.sources.items() if s == slot or s not in ("place", "origin", "destination")}
        event.places = {slot: main}
    event.kind = kind


_UP = frozenset(["up", "down"])


def _comes_up_to(act: Act, event: Told) -> bool:
    """Make an arrival of going up a river or bay to a port: "came up the Thames to London", no more at sea than in any other port's approaches."""
    line, trigger = act.scene.line, act.trigger
    if event.kind is not EventKind.AT_SEA or trigger.form not in ("past", "part", "pres", "base") or line.words.isdisjoint(_UP):
        return False
    water, port = event.main, next((p for p in act.near if p.how == "to" and p.is_port), None)
    if water is None or port is None or water.entry is None or water.entry.kind not in (PlaceKind.BAY, PlaceKind.GULF, PlaceKind.COAST):
        return False
    if _UP.isdisjoint(line.lows[trigger.first : water.first]) or not water.last <= port.first <= water.last + _TO_TOKENS:
        return False
    event.places["place"], event.sources["place"] = port, ("clause", (port.start, port.end))
    _turn_into(event, EventKind.ARRIVAL)
    return True


_TILL, _CALL_WORDS = frozenset(["until", "till"]), frozenset(["stops", "stop", "stopover", "calls", "call", "scale", "stopping", "calling", "visit"])


def _stays_until(act: Act, event: Told) -> bool:
    """Make a stay of a call that lasts until a day to come: "stops over in Colombo until Sunday"."""
    line, trigger, port = act.scene.line, act.trigger, event.places.get("destination")
    published, day = line.doc.published, event.interval
    if (
        event.kind is not EventKind.ARRIVAL
        or port is None
        or not port.is_port
        or line.low(port.last) not in _TILL
        or trigger.form not in ("pres", "ing")
    ):
        return False
    if _CALL_WORDS.isdisjoint(line.lows[trigger.first : trigger.last]) or not (published and day and day.start and day.end and day.end > published):
        return False
    if event.stance.modality is Modality.PLANNED and event.stance.hedge is None:
        event.stance = changed(event.stance, modality=Modality.ASSERTED)
    event.interval = changed(day, start=published, precision=Precision.RANGE)
    _turn_into(event, EventKind.IN_PORT)
    return True


_TO_TOKENS = 4
_BE = frozenset(["is", "was", "are", "were"])
_GOING = frozenset(["sailing", "travelling", "traveling", "steaming", "transiting", "voyaging", "moving", "proceeding"])


def _is_on_passage(act: Act, event: Told) -> bool:
    """Whether ships are told to be on the way from one port to another, and neither to leave nor to arrive: "was sailing from Cork to Brest"."""
    line, first = act.scene.line, act.trigger.first
    if event.kind is not EventKind.DEPARTURE or line.low(first) not in _GOING or event.stance.modality is Modality.PLANNED:
        return False
    helper = first - 1 - (line.low(first - 1) in line.doc.lexicon.sets["adverbs"])
    if first == 0:  # "Sailing the other way, from Alaska to Tromsø, is the icebreaker Healy"
        group = next((g for g in act.scene.groups if event.places["destination"].last < g.first), None) if "destination" in event.places else None
        return group is not None and "origin" in event.places and not _BE.isdisjoint(line.lows[event.places["destination"].last : group.first])
    return line.low(helper) in ("is", "was", "are", "were", "been", "while") and {"origin", "destination"} <= event.places.keys()


_MAKES = frozenset(
    ["make", "makes", "making", "perform", "performs", "conduct", "conducts", "undertake", "undertakes", "continue", "continues", "continuing"]
)
_VOYAGES = frozenset(["passage", "transition", "transfer", "crossing", "voyage", "journey", "trip"])


def _makes_passage(act: Act, event: Told) -> bool:
    """Whether ships are told in the present to make a voyage from one port to another: "makes a planned passage from Baltiysk to Tartus"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.id not in ("depart.out-of", "arrive.transfer") or event.stance.modality is Modality.PLANNED or event.interval is not None:
        return False
    present = trigger.form in ("pres", "base", "ing") and line.low(trigger.first) in _MAKES and line.low(trigger.chain - 1) != "to"
    return present and {"origin", "destination"} <= event.places.keys() and not _VOYAGES.isdisjoint(line.lows[trigger.first : trigger.last])


_LEFT_BEHIND = frozenset(["depart.behind", "depart.left-behind"])


def _is_passed(act: Act, event: Told) -> bool:
    """Whether what ships have behind them is the passage that a town stands for, where they didn't lie: "With Gibraltar well astern, …"."""
    place = event.places.get("origin")
    if act.trigger.rule.id not in _LEFT_BEHIND or place is None or not act.discourse.lies.keys().isdisjoint(event.vessels):
        return False
    if act.scene.line.low(place.first - 1) in ("left", "leaves", "leaving", "leave"):
        return False
    passage = passage_meant(act.scene.line, place)
    event.places["origin"] = passage
    return passage is not place


def _is_carried_on(act: Act, event: Told) -> bool:
    """Whether a voyage, and no ship, takes ships from one place to another, or on to one: "The exercise took them from Guam to Oahu"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.id != "carry.active" or "destination" not in event.places or _is_by_ship(act):
        return False
    on = "on" in line.lows[trigger.last : event.places["destination"].first] and event.stance.modality is Modality.PLANNED
    return on or ("origin" in event.places and event.kind is EventKind.DEPARTURE)


def _is_by_ship(act: Act) -> bool:
    """Whether who takes ships somewhere is a ship: "Two tugs took her to Kiel", not "The voyage of HMS Kent took her to Kiel"."""
    line, trigger = act.scene.line, act.trigger
    group = next((g for g in reversed(act.scene.groups) if trigger.reach[0] <= g.first and g.last <= trigger.chain), None)
    if group is None:
        return False
    return line.text(group.last) not in ("'", "’") and line.low(before_phrase(line, group.first)) != "of"


_OUTSIDE_TOKENS = 5


def _lies_outside(act: Act, event: Told) -> bool:
    """Whether ships lie right outside a port, in its anchorage: "is anchored outside Tobruk", not "is anchored off Tobruk"."""
    line, port = act.scene.line, event.main
    if "outside" not in line.words or act.trigger.rule.kind is not EventKind.IN_PORT or port is None or not port.is_port:
        return False
    return port.first - act.trigger.last <= _OUTSIDE_TOKENS and "outside" in line.lows[act.trigger.last : port.first]


def _stops_off(act: Act, event: Told) -> bool:
    """Whether ships stopped off a coast, and did not stop off somewhere: "stopped off Ireland on Monday", not "stopped off at Cork"."""
    line, trigger, place = act.scene.line, act.trigger, event.main
    stops = trigger.rule.id == "arrive.in" and line.low(trigger.first).startswith("stop") and line.low(trigger.last - 1) == "off"
    return stops and place is not None and place.first == trigger.last and line.low(trigger.last) not in ("in", "at")


def _to_anchorage(act: Act, event: Told) -> bool:
    """Whether ships are brought to an anchorage near some place: "was moved to an anchorage off Porvoo"."""
    line, trigger, place = act.scene.line, act.trigger, event.main
    if "anchorage" not in line.words or trigger.rule.kind is not EventKind.ARRIVAL or place is None or place.how != "off":
        return False
    words = line.lows[trigger.last : place.first]
    return "anchorage" in words and not {"to", "into"}.isdisjoint(words)


def _shelters(act: Act, event: Told) -> bool:
    """Whether ships only sheltered in a bay: "sheltered from the storm in the Bay of the Seine"."""
    line, trigger, place = act.scene.line, act.trigger, event.main
    if place is None or place.entry is None or place.entry.kind is not PlaceKind.BAY or place.is_port:
        return False
    return any(low.startswith("shelter") for low in line.lows[trigger.first : trigger.last + 1])


def _is_stationed(act: Act, event: Told) -> bool:
    """Whether ships are told to have been deployed to some water, on no day or since one: "has been deployed to the Gulf of Aden since May"."""
    line, trigger, place = act.scene.line, act.trigger, event.places.get("destination")
    state = trigger.rule.id == "sea.state" and line.low(trigger.first) == "deployed"
    if (
        not state
        or place is None
        or not (event.interval is None or line.low(place.last) == "since")
        or place.entry is None
        or place.entry.kind not in WATER_KINDS
    ):
        return False
    return event.stance.modality is not Modality.PLANNED and "been" in line.lows[trigger.chain - 1 : trigger.first]


_STOPS = frozenset(["destination", "port", "stop", "call"])


def _is_next_stop(act: Act, event: Told) -> bool:
    """Whether ships are to be on a day in the port that is told to be their next: "Manama is her next destination; she is to be there on Monday"."""
    line, ahead = act.scene.line, event.stance.modality is Modality.PLANNED and event.interval is not None
    if not ahead or act.trigger.rule.id != "be.stay" or "next" not in line.words or event.interval is None:
        return False
    return event.interval.start == event.interval.end and any(line.low(n + 1) in _STOPS for n in line.where(_NEXT))


_NEXT = frozenset(["next"])
_WORKS = frozenset(["maintenance", "repairs", "repair", "rest", "overhaul", "refit", "upkeep", "docking"])
_WORK_TOKENS = 5


def _will_lie(act: Act, event: Told) -> bool:
    """Whether ships are to lie somewhere for some time: "will berth at Salalah for five days", "goes alongside in Oslo for repairs"."""
    line, trigger = act.scene.line, act.trigger
    if event.stance.modality is not Modality.PLANNED or trigger.rule.id not in ("arrive.dock", "arrive.berth") or event.main is None:
        return False
    at = next((n for n in range(event.main.last, min(event.main.last + 2, line.size)) if line.low(n) == "for"), None)
    at = at if at is not None else trigger.last if line.low(trigger.last) == "for" else None
    return at is not None and not (_WORKS | _SPANS).isdisjoint(line.lows[at : at + _WORK_TOKENS])


def _will_be(act: Act, event: Told) -> bool:
    """Whether ships are to be somewhere from one day to another: "will be in Mumbai from Tuesday to Friday"."""
    days = event.interval
    if act.trigger.rule.id != "be.stay" or event.stance.modality is not Modality.PLANNED or days is None or event.main is None:
        return False
    return days.start != days.end and act.scene.line.low(event.main.last) in ("from", "between")


_SEES = frozenset(["see", "have", "find"])
_TO_COME = ("be.stay", "host.", "inport.state")
_SPAN_OPENS = frozenset(["until", "till", "from", "between", "through", "for", "over", "during", "since"])


def _is_to_come(act: Act, event: Told) -> bool:
    """Whether ships that are to be in a port on a day, or by one, are to come there: "is to be in Oslo on Friday", "Goa should see her by May"."""
    days = event.interval
    if event.stance.modality is not Modality.PLANNED or not act.trigger.rule.id.startswith(_TO_COME):
        return False
    if days is None:  # "Odesa will have her this time"
        behind = act.scene.line.lows[act.trigger.last :]
        return act.trigger.rule.id == "host.sees" and act.scene.line.low(act.trigger.first) in _SEES and _SPAN_OPENS.isdisjoint(behind)
    line, by = act.scene.line, event.sources.get("date", ("", None))[1]
    if act.trigger.rule.id == "inport.state" and (by is None or line.low(line.at_offset(by[0]) - 1) != "by"):
        return False  # "will berth alongside Pier 8 on Thursday", but "should be at her berth in Portsmouth by Monday"
    if event.main is None or line.low(event.main.last) == "for" or "open" in line.lows[act.trigger.chain : event.main.first]:
        return False  # "is to be in Cork for a visit on 20 December", "will be open to visitors in Tallinn on Saturday"
    return _on_a_day(line, event) and (days.start == days.end or act.trigger.rule.host is not None)


def _on_a_day(line: Line, event: Told) -> bool:
    """Whether an event is told of a day or a time at which it happens, and of no span that opens with "from" or "until"."""
    source, span = event.sources.get("date", ("", None))
    if source != "clause" or span is None:
        return False
    at = line.at_offset(span[0])
    words = line.lows[max(at - 1, 0) : line.at_offset(span[1] - 1) + 1]
    return not {"to", "and", "-", "–"} & set(words[1:]) and _SPAN_OPENS.isdisjoint(words[:2])


_ONE_THERE = frozenset(["her", "it", "them", "a", "an"])


def who_joins(act: Act, told: list[Told]) -> list[Told]:
    """What a meeting in port tells, told as the arrival of who joins the others there on a day: "joined her there on the 11th"."""
    line, trigger = act.scene.line, act.trigger
    if line.low(trigger.first) == "joined" and (trigger.passive or _by_whom(act)):
        return _joined_by(act, told)
    if not line.low(trigger.first).startswith("join") or line.low(trigger.last) not in _ONE_THERE or act.actors is None:
        return told
    for event in told:
        if event.kind is EventKind.IN_PORT and event.interval is not None and _on_a_day(line, event) and event.main:
            joined = {v: s for v, s in zip(event.vessels, event.spans, strict=True) if v in act.actors.vessels}
            if joined and event.stance.modality is not Modality.NEGATED:
                act.discourse.fleet.note(event.vessels)
                event.vessels, event.spans = tuple(joined), tuple(joined.values())
                _turn_into(event, EventKind.ARRIVAL)
    return told


def _by_whom(act: Act) -> bool:
    """Whether a participle tells by whom ships were joined: "arrived on Monday, joined two days later by HMS Tyne"."""
    line, trigger = act.scene.line, act.trigger
    behind = next((g for g in act.scene.groups if g.first > trigger.last), None)
    return behind is not None and line.text(trigger.first - 1) == "," and line.low(before_phrase(line, behind.first)) == "by"


def _joined_by(act: Act, told: list[Told]) -> list[Told]:
    """The same of those by whom others, told to be in that port, were joined: "called at Tallinn, where they were joined by HMCS Halifax"."""
    line = act.scene.line
    behind = [g for g in act.scene.groups if g.first > act.trigger.last]
    for event in told:
        came = {v: s for v, s in zip(event.vessels, event.spans, strict=True) if any(v in g.vessels for g in behind)}
        others = [v for v in event.vessels if v not in came]
        before = [e for e in act.discourse.told[-_RECALLED:] if e is not event and e.sentence >= event.sentence - 1 and set(others) <= set(e.vessels)]
        there = any(e.kind in _LIES and e.main and event.main and e.main.name == event.main.name for e in before)
        if event.kind is not EventKind.IN_PORT or not came or not others or not there:
            continue
        act.discourse.fleet.note(event.vessels)
        event.vessels, event.spans = tuple(came), tuple(came.values())
        source = event.sources.get("date", ("", None))[1]
        where = next((n for n in range(act.trigger.first, -1, -1) if line.low(n) in ("where", ";")), -1)
        if source and line.sentence.start <= source[0] and line.at_offset(source[0]) > where and _on_a_day(line, event):
            _turn_into(event, EventKind.ARRIVAL)  # "is in Malta, and on Monday she was joined there by the frigate X"
    return told


_RECALLED, _LIES = 6, frozenset({EventKind.IN_PORT, EventKind.ARRIVAL})


def _fuels_in_port(act: Act, event: Told) -> bool:
    """Whether ships take on their stores in port, and nobody supplies them: "refuelled at Rota", not "refuelled off Rota"."""
    place = event.main
    return act.trigger.rule.id == "supply.alone" and place is not None and place.how != "off" and (place.entry is None or not _is_water(place))


def _is_water(place: PlaceMention) -> bool:
    return place.entry is not None and (place.entry.kind in WATER_KINDS or place.is_passage)


_CALLING = frozenset(["stopping", "calling"])


def _is_calling(act: Act, event: Told) -> bool:
    """Whether a call is told that goes on: "The carrier is stopping in Hawaii"."""
    line, trigger = act.scene.line, act.trigger
    if line.low(trigger.first) not in _CALLING or {"is", "are"}.isdisjoint(line.lows[trigger.chain : trigger.first]) or event.main is None:
        return False
    today = event.interval is None or event.interval.start == line.doc.published
    inside = event.main.how in ("in", None) and trigger.rule.id.startswith("arrive.in")
    return today and inside and event.stance.modality in (Modality.ASSERTED, Modality.REPORTED)


_STILL_OUT = frozenset(["after", "from", "following", "since", "until", "till", "by"])


def _is_back_now(act: Act, event: Told) -> bool:
    """Whether ships are told to be back in a port now, and not when they came: "is back in Cochin for repairs", not "is back after a month"."""
    line, trigger = act.scene.line, act.trigger
    if not trigger.rule.id.startswith(_BACK) or event.stance.modality not in (Modality.ASSERTED, Modality.REPORTED):
        return False
    copula = {"is", "are"} & set(line.lows[trigger.chain : trigger.last])
    if _has_been_back(line, trigger):
        return True
    today = event.interval is None or (event.interval.start == event.interval.end == line.doc.published)
    after = line.low(0) in _STILL_OUT and "," in line.lows[: trigger.chain]  # "After six months away, the frigate is back in Rota"
    return bool(copula) and today and not after and _STILL_OUT.isdisjoint(line.lows[trigger.last :])


def _has_been_back(line: Line, trigger: Trigger) -> bool:
    """Whether ships have lain in port since they came back: "has been back in Rota since Friday", "for a week"."""
    been = "been" in line.lows[trigger.chain : trigger.last] and not {"has", "have"}.isdisjoint(line.lows[trigger.chain : trigger.last])
    return been and not {"since", "for"}.isdisjoint(line.lows[trigger.last : trigger.last + _BACK_TOKENS])


def _is_stay(act: Act, event: Told) -> bool:
    """Whether an arrival in a port is told as a stay there."""
    port = event.places.get("destination")
    if port is None or port.entry is None or port.how == "off" or port.is_passage or port.entry.kind in WATER_KINDS:
        return False
    return _is_back_now(act, event) or _lasts(act, event) or _will_lie(act, event) or _will_be(act, event) or _is_calling(act, event)


def _goes_to_stay(act: Act, event: Told) -> bool:
    """Whether ships go to a port for a time told, and are so told to come there: "moves on to Lahaina for two nights", "went to Rota for a visit"."""
    line, trigger, port = act.scene.line, act.trigger, event.places.get("destination")
    if trigger.rule.id != "way.head" or line.low(trigger.first) not in _GOES or port is None or not port.is_port or port.how != "to":
        return False
    if line.low(port.last) != "for":
        return False
    spent = line.lows[port.last + 1 : port.last + _FOR_TOKENS]
    return not (_SPANS | _PARTS | line.doc.lexicon.sets["pauses"]).isdisjoint(spent)


_BACK = ("arrive.back", "arrive.home")
_BACK_TOKENS = 7
_GOES = frozenset(["go", "goes", "going", "went", "gone", "move", "moves", "moving", "moved"])
_PARTS = frozenset(["first", "last", "rest", "remainder", "start", "end", "whole", "first half", "second"])
_FOR_TOKENS = 6
_CALLS = frozenset(["noun.call", "noun.visit"])
_DURING = frozenset(["during", "after", "following"])
_SPANS = frozenset(["day", "days", "week", "weeks", "night", "nights", "month", "months", "hour", "hours", "weekend"])
_CALL_TOKENS, _CALL_DAYS = 5, 30


def _lasts(act: Act, event: Told) -> bool:
    """Whether a call is told with how long it lasts, and not as one that was made: "a two-day stop at Oban is planned"."""
    line, trigger = act.scene.line, act.trigger
    told = trigger.rule.id in _CALLS and not trigger.rule.light
    return told and (_is_long(line, trigger) or _is_spanned(act, event)) and not _is_paid(line, trigger)


def _is_spanned(act: Act, event: Told) -> bool:
    """Whether the days of a call are told in the phrase that opens with "during" or "after": "during the port call in Oslo from 3 to 6 December"."""
    span, line, trigger = event.interval, act.scene.line, act.trigger
    days = (span.end - span.start).days if span and span.start and span.end else 0
    return 0 < days < _CALL_DAYS and not _DURING.isdisjoint(line.lows[max(trigger.first - _CALL_TOKENS, 0) : trigger.first + 1])


def _is_long(line: Line, trigger: Trigger) -> bool:
    """Whether a noun of calling has its length in front: "a four-day port call in Hobart", "the week-long stop at Dakar"."""
    front = range(trigger.first - 1, max(trigger.first - _CALL_TOKENS, 0), -1)
    return any(line.low(n) in _SPANS and (line.text(n - 1) == "-" or line.text(n + 1) in ("-", "'", "’")) for n in front)


_PAYS = frozenset(
    ["for", "on", "made", "make", "makes", "making", "paid", "pay", "pays", "paying", "begin", "began", "begins", "start", "started", "starts"]
)


def _is_paid(line: Line, trigger: Trigger) -> bool:
    """Whether a call is told as what ships make or come for: "arrived for a two-day stop in Oslo", "made a short call at Oban"."""
    return not _PAYS.isdisjoint(line.lows[max(trigger.first - _CALL_TOKENS - 2, 0) : trigger.first])


_CALLED, _IN_TURN = frozenset(["calling", "visiting"]), frozenset(["before", "after", "to", "since", "upon", "on", "by", "without"])


def _calls_in_turn(act: Act, event: Told) -> bool:
    """Whether "calling" or "visiting" tells a call in its turn and no stay: "left Brazil before calling at Cape Town", not "is visiting Oslo"."""
    line, trigger = act.scene.line, act.trigger
    return trigger.rule.id == "inport.state" and line.low(trigger.first) in _CALLED and line.low(trigger.chain - 1) in _IN_TURN


_AFTER, _LEAVE_TOKENS, _AWAY_TOKENS = frozenset(["after"]), 4, 6


def _ends_voyage(act: Act, event: Told) -> bool:
    """Whether a berthing is told as the end of a voyage: "berthed at Rota, 95 days after she had left", "After a month at sea she moored"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.id != "inport.past" or trigger.chain != trigger.first or event.main is None or "after" not in line.words:
        return False
    if line.low(0) == "after" and "," in line.lows[: trigger.chain] and not _SPANS.isdisjoint(line.lows[:_AWAY_TOKENS]):
        return True
    for at in line.where(_AFTER):
        if at > trigger.last and line.low(at - 1) in _SPANS:
            acts = (f for n in range(at + 1, at + 1 + _LEAVE_TOKENS) if (f := line.starting("trigger", n)))
            return any(rule.kind is EventKind.DEPARTURE for f in acts for rule, _ in f.data)
    return False


_MEANT: tuple[tuple[EventKind, EventKind, Callable[[Act, Told], bool]], ...] = (
    (EventKind.DEPARTURE, EventKind.UNDERWAY, _is_on_passage),
    (EventKind.DEPARTURE, EventKind.UNDERWAY, _makes_passage),
    (EventKind.ARRIVAL, EventKind.UNDERWAY, _makes_passage),
    (EventKind.DEPARTURE, EventKind.TRANSIT, _is_passed),
    (EventKind.DEPARTURE, EventKind.UNDERWAY, _is_carried_on),
    (EventKind.ARRIVAL, EventKind.UNDERWAY, _is_carried_on),
    (EventKind.ARRIVAL, EventKind.AT_SEA, _stops_off),
    (EventKind.ARRIVAL, EventKind.IN_PORT, _is_stay),
    (EventKind.AT_SEA, EventKind.IN_PORT, _lies_outside),
    (EventKind.AT_SEA, EventKind.ARRIVAL, _to_anchorage),
    (EventKind.UNDERWAY, EventKind.AT_SEA, _is_stationed),
    (EventKind.UNDERWAY, EventKind.ARRIVAL, _goes_to_stay),
    (EventKind.IN_PORT, EventKind.AT_SEA, _shelters),
    (EventKind.IN_PORT, EventKind.ARRIVAL, _is_next_stop),
    (EventKind.IN_PORT, EventKind.ARRIVAL, _is_to_come),
    (EventKind.IN_PORT, EventKind.ARRIVAL, _calls_in_turn),
    (EventKind.IN_PORT, EventKind.ARRIVAL, _ends_voyage),
    (EventKind.REPLENISHMENT, EventKind.IN_PORT, _fuels_in_port),
)
"""From which kind to which, and what tells so."""
