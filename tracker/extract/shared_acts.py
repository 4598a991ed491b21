"""Stage 7, what events of one sentence take from each other: whom a watch goes with, where ships were headed, a visit told twice."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, PlaceKind, Role
from tracker.domain.when import Interval
from tracker.extract.around import PARTS
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.verbs import Trigger


def shared(scene: Scene, trigger: Trigger, events: list[Told], told: list[Told]) -> list[Told]:
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


def heads_on(line: Line, event: Told, told: list[Told]) -> bool:
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
    _plan_too(event, before)
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


def _plan_too(event: Told, before: Told) -> None:
    """Plan a heading that a phrase adds to what is planned, on its day: "will pass Gibraltar on Tuesday on her way to Malta"."""
    planned = before.stance.modality is Modality.PLANNED and event.stance.modality is Modality.ASSERTED
    if not planned or event.rule not in ("way.state", "way.from") or before.sentence != event.sentence:
        return
    if event.interval is None or event.sources.get("date", ("", None))[1] == before.sources.get("date", ("", None))[1]:
        event.stance, event.interval = before.stance, before.interval
        if "date" in before.sources:
            event.sources["date"] = before.sources["date"]


def _came_from(line: Line, event: Told, before: Told) -> bool:
    """Whether what follows an arrival only says where the ships came from: "arrived at Kiel, having come from Oslo", "to Kiel coming from Oslo"."""
    start = (event.sources["trigger"][1] or (0, 0))[0]
    at = line.at_start(start)
    come = (line.low(at) == "come" and line.low(at - 1) == "having") or (line.low(at) in _COMING and line.low(at - 1) not in _BE)
    same = before.kind in (EventKind.ARRIVAL, EventKind.TRANSIT) and before.vessels == event.vessels and before.sentence == event.sentence
    plain = event.interval in (None, before.interval) and before.stance.modality is event.stance.modality
    return come and same and plain and "origin" in event.places and "origin" not in before.places


_COMING, _BE = frozenset(["coming", "proceeding"]), frozenset(["is", "are", "was", "were", "been", "before", "after"])
_COME_THERE = frozenset({EventKind.ARRIVAL, EventKind.TRANSIT})
_COMES = frozenset(["coming", "inbound", "arriving", "fresh"])


def headed_before(line: Line, event: Told, told: list[Told], discourse: Discourse) -> None:
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
    if before.vessels == event.vessels and _only_from_where(line, before, first) and event.kind in (EventKind.ARRIVAL, EventKind.IN_PORT):
        if event.kind is EventKind.ARRIVAL and "origin" not in event.places:
            event.places["origin"], event.sources["origin"] = before.places["origin"], before.sources["origin"]
        _untell(told, discourse)  # "HMS Kent, arriving from Toulon, is to dock in Malta on Friday"
        return
    if before.vessels != event.vessels or before.stance.modality is not event.stance.modality:
        return
    if _comes_there(before, event):
        _untell(told, discourse)
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
    elif before.kind is EventKind.DEPARTURE and event.kind in _COME_THERE and line.low(line.at_start(first)) in _COMES:
        slot = "origin"
    if slot and slot in before.places and event.places.get(slot, before.places[slot]).name == before.places[slot].name:
        event.places[slot], event.sources[slot] = before.places[slot], before.sources[slot]
        _untell(told, discourse)


def _comes_there(before: Told, event: Told) -> bool:
    """Whether ships come where the verb before said that they went: "went to Rota, arriving on 3 May", "went on to Oslo and got there"."""
    goal = before.places.get("destination")
    if before.kind is not EventKind.UNDERWAY or event.kind is not EventKind.ARRIVAL or goal is None or event.main is None:
        return False
    return goal.name == event.main.name and before.interval in (None, event.interval)


def _only_from_where(line: Line, before: Told, first: int) -> bool:
    """Whether an aside only says where ships that arrive come from."""
    return (
        before.rule == "arrive.in" and set(before.places) == {"origin"} and line.low(line.at_start(first)) == "arriving" and before.interval is None
    )


def _is_wide(place: PlaceMention) -> bool:
    """Whether a place is a land or a region, which tells a ship's way only in passing."""
    return place.entry is not None and place.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)


def _untell(told: list[Told], discourse: Discourse) -> None:
    """Take back the event told last."""
    last = told.pop()
    if discourse.told and discourse.told[-1] is last:
        discourse.told.pop()


def came_as_expected(told: list[Told]) -> None:
    """Leave out what was only counted on where the sentence tells that it came: "HMS Kent, long expected in Malta, arrived on Monday"."""
    for plan in [e for e in told if e.rule == "arrive.expected" and e.stance.modality is Modality.PLANNED and e.main]:
        came = next((e for e in told if e.kind in _LIES_THERE and e.stance.modality in _FIRM and e.vessels == plan.vessels), None)
        if came is None or came.sentence != plan.sentence or (came.main and plan.main and came.main.name != plan.main.name):
            continue
        if came.main is None and plan.main is not None:
            came.places[MAIN_SLOT[came.kind]], came.sources[MAIN_SLOT[came.kind]] = plan.main, ("sentence", (plan.main.start, plan.main.end))
        told[:] = [e for e in told if e is not plan]


_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])
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


def comes_to_visit(line: Line, trigger: Trigger, event: Told, told: list[Told]) -> bool:
    """Whether "on a visit" only says what ships came for: "Into Algiers came the frigate on a port visit of three days"."""
    last = told[-1] if told else None
    if last is not None and (_dates_next_stop(event, last) or _of_its_land(event, last)):
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


_LIES_THERE = (EventKind.ARRIVAL, EventKind.IN_PORT)


def _of_its_land(event: Told, last: Told) -> bool:
    """Whether a visit is to the land of the port where its ships were just told to be: "docked in Manila, starting a visit to the Philippines"."""
    if event.kind not in _LIES_THERE or last.kind not in _LIES_THERE or event.main is None or last.main is None:
        return False
    if event.sources["trigger"] == last.sources["trigger"]:
        return False  # "visited Bari, Valletta and Malta"
    land, port = event.main.entry, last.main.entry
    if land is None or port is None or land.kind is not PlaceKind.COUNTRY or not last.main.is_port or land.country != port.country:
        return False
    same = set(event.vessels) == set(last.vessels) and event.sentence == last.sentence and event.stance.modality is last.stance.modality
    return same and (event.interval is None or last.interval is None or event.interval.start == last.interval.start)


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
