"""Stage 6, what one verb tells of several places, days or ships: lists of ports, stations with their days, clauses without their verb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.between_places import end_of_land, ends_station, leads_on, lists_on, only_small
from tracker.extract.counted_days import resolved
from tracker.extract.dates import DateMention
from tracker.extract.day_by_tense import next_of_year, on_or_after, year_behind
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import behind_state
from tracker.extract.rest import kind_of, kind_of_aside
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.slots import passage_meant
from tracker.extract.telling import as_stay, spans_stay, without_slots
from tracker.extract.verbs import Trigger


def passage_it(scene: Scene, trigger: Trigger, discourse: Discourse, near: Sequence[PlaceMention]) -> PlaceMention | None:
    """The passage told before, where a verb of passing has only a pronoun: "crossed it in October"."""
    line = scene.line
    here = [p for p in scene.places if p.is_passage and p.last <= trigger.first]
    known = here[-1] if here else discourse.places.get("passage")
    if any(p.is_passage for p in near):
        return None
    told = line.low(trigger.last) == "it" or (line.low(trigger.last - 1) == "through" and _ends_clause(line, trigger.last))
    told = told or bool(
        here and trigger.form == "past" and line.low(trigger.last) in _ONWARDS
    )  # "9 ships passed the Kerch Strait to the Sea of Azov, 7 passed to the Black Sea"
    return changed(known, how=None, slot=None, first=trigger.last, last=trigger.last + 1) if known and told else None


_ONWARDS = frozenset(["to", "toward", "towards", "into"])
_ENDS = frozenset(
    [
        "",
        ".",
        ",",
        ";",
        "both",
        "on",
        "in",
        "at",
        "again",
        "last",
        "yesterday",
        "early",
        "late",
        "without",
        "after",
        "before",
        "twice",
        "once",
        "and",
        "that",
    ]
)


def _ends_clause(line: Line, at: int) -> bool:
    """Whether nothing that a ship could pass follows a verb: "She went through on Tuesday", "had gone through both ways"."""
    return line.low(at) in _ENDS and not any(line.starting("place", n) for n in (at + 1, at + 2))


_QUARTERS = frozenset([",", "northern", "southern", "eastern", "western", "in", "the"])


def _in_land(line: Line, place: PlaceMention, behind: PlaceMention) -> bool:
    """Whether a land between commas only says where a port lies: "will call at Ceuta, northern Morocco, for fuel"."""
    land = behind.entry is not None and behind.entry.kind is PlaceKind.COUNTRY and place.is_port
    closed = line.low(behind.last) not in ("and", "or") and (line.text(behind.last) != "," or line.starting("place", behind.last + 1) is None)
    return land and closed and set(line.lows[place.last : behind.first]) <= _QUARTERS and line.lows[place.last : behind.first] != [","]


def bound_across(event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """Where ships are bound that cross a sea, too: "proceeded to the Atlantic Ocean through the Barents Sea"."""
    sea = event.places.get("place")
    bound = next((p for p in near if p.how in ("to", "toward") and p.entry is not None), None)
    if event.kind is not EventKind.AT_SEA or sea is None or sea.entry is None or sea.how != "through" or bound is None:
        return []
    if sea.entry.kind not in (PlaceKind.SEA, PlaceKind.OCEAN):
        return []  # "came up Tokyo Bay to its Yokosuka pier"
    way = replace_told(event, EventKind.UNDERWAY)
    way.places["destination"] = bound
    way.sources["destination"] = ("clause", (bound.start, bound.end))
    return [way]


def each_its_day(line: Line, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """A call at each of two ports on the two days told: "visited Dubai and Kuwait on May 7 and 12, respectively"."""
    span = event.sources.get("date", ("", None))[1]
    first, day = event.main, event.interval
    places = [p for p in near if first and p.first >= first.first]
    if span is None or day is None or day.start is None or day.end is None or " and " not in line.doc.low[slice(*span)]:
        return []
    if len(places) != 2 or (len(event.vessels) > 1 and not all(v.name for v in event.vessels)):
        return []
    calls = []
    for place, on in zip(places, _both_ends(day), strict=True):
        call = replace_told(event, EventKind.ARRIVAL if event.kind is EventKind.IN_PORT else event.kind)
        call.places, call.interval = {MAIN_SLOT[call.kind]: place}, on
        call.sources = {**event.sources, MAIN_SLOT[call.kind]: ("clause", (place.start, place.end))}
        calls.append(call)
    return calls


_MOVES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})


def on_two_days(line: Line, event: Told) -> list[Told]:
    """The same move of one ship on each of two days: "left Sasebo on Sept. 12 and 22", and not of several, on days that follow each other."""
    span, day = event.sources.get("date", ("", None))[1], event.interval
    if event.kind not in _MOVES or span is None or day is None or day.start is None or day.end is None or (day.end - day.start).days < _APART:
        return []
    told = line.doc.low[slice(*span)]
    between = told.startswith("between") or line.doc.low.endswith("between ", 0, span[0])
    if " and " not in told or between or len(event.vessels) > 1 or (event.vessels[0].count or 0) > 1:
        return []
    moves = [replace_told(event, event.kind), replace_told(event, event.kind)]
    for move, on in zip(moves, _both_ends(day), strict=True):
        move.places, move.roles, move.interval = dict(event.places), event.roles, on
        move.sources = dict(event.sources)
    return moves


_APART = 2


def _both_ends(told: Interval) -> tuple[Interval, Interval]:
    """The two days told together, or the two months: "on 3 and 7 May", "in October and November of 2016"."""
    first, last = told.start, told.end
    if first is None or last is None:
        return told, told
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return Interval.month(first.year, first.month), Interval.month(last.year, last.month)
    return Interval.day(first), Interval.day(last)


def each_its_place(scene: Scene, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """One event for each vessel, its place and its day: "bound for Port Said and Vladivostok respectively"; none where they aren't as many."""
    slot = MAIN_SLOT[event.kind]
    slot = "destination" if slot not in event.places and "destination" in event.places else slot  # "left for Malta and Oran respectively"
    first = event.places.get(slot)
    places = [p for p in near if first and p.first >= first.first]
    if len(places) != len(event.vessels) or len(places) < 2:
        return []
    days = [d for d in scene.dates if d.interval and d.start >= places[-1].end and d.interval.start == d.interval.end]
    pairs = []
    for number, (vessel, span, place) in enumerate(zip(event.vessels, event.spans, places, strict=True)):
        one = replace_told(event, event.kind)
        one.vessels, one.spans, one.places = (vessel,), (span,), {**event.places, slot: place}
        one.sources = {**event.sources, slot: ("clause", (place.start, place.end))}
        if len(days) == len(places):
            one.interval, one.sources["date"] = days[number].interval, ("clause", (days[number].start, days[number].end))
        pairs.append(one)
    return pairs


def further_ports(scene: Scene, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """An arrival at each place of a list: "called at Tunis, Algiers and Oran", "will visit Malta (3 May) and Oran (9 May)"."""
    line, slot = scene.line, MAIN_SLOT[event.kind]
    first = event.places.get(slot)
    at = next((n for n, p in enumerate(near) if first and p.start == first.start), None)  # of Gibraltar the strait may be meant
    if event.kind in (EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.REPLENISHMENT) or first is None or at is None:
        return []
    if line.low(first.first - 1) == "between":
        return []  # "lay between Malta and Tunis"
    more, last, end = list[Told](), first, _behind_land(line, behind_state(line, first.last))
    for place in near[at + 1 :]:
        if place.last <= end:
            continue
        begin = _begin_described(line, place)
        afloat = event.kind is EventKind.AT_SEA and place.how in ("in", "off") and first.how in ("in", "off") and kind_of(place) is EventKind.AT_SEA
        if (
            (place.how not in (None, first.how) and not afloat and begin == place.first)
            or (event.kind is EventKind.TRANSIT and not place.is_passage and not _is_water(place) and kind_of(place) is not EventKind.AT_SEA)
            or not lists_on(line, end + _bracketed(line, end), begin, denied=event.stance.modality is Modality.NEGATED)
            or (event.kind is EventKind.AT_SEA and _says_where(line, last, place))
            or _opens_anew(line, last, place)
            or (event.kind is EventKind.ARRIVAL and _in_land(line, last, place))
        ):
            break
        if event.kind is EventKind.TRANSIT and _is_water(place) and not place.is_passage and kind_of(place) is not EventKind.AT_SEA:
            last, end = place, _behind_land(line, behind_state(line, place.last))
            continue  # "will pass the Suez Canal, the Red Sea and Bab el-Mandeb": two passages
        another = replace_told(event, _kind_of_leg(event, place))
        another.places = {slot: place}
        another.roles = event.roles
        another.sources = {**event.sources, slot: ("clause", (place.start, place.end))}
        last, end = place, _behind_land(line, behind_state(line, place.last))
        _set_bracketed_day(scene, another, end)
        told_at = event.sources.get("date", ("", None))[1]
        if told_at and told_at[0] >= first.end and another.interval is event.interval and line.text(first.last) == "(":
            another.interval = None  # "called at Split (3 to 6 May), Bari (8 May) and Valletta"
            another.sources.pop("date", None)
        more.append(another)
    return more


def _is_water(place: PlaceMention) -> bool:
    """Whether a place is a sea or a part of one."""
    return place.entry is not None and place.entry.kind in WATER_KINDS


_GOES_ON = frozenset(["follows", "followed", "is", "was", "will", "comes", "came", "had", "has"])


def _opens_anew(line: Line, last: PlaceMention, place: PlaceMention) -> bool:
    """Whether a place opens the next clause behind a list that is at its end: "has visited Split and Bari, and Valletta is to follow"."""
    if line.low(place.first - 1) != "and" or line.text(place.first - 2) != ",":
        return False
    return line.low(last.first - 1) == "and" or line.low(place.last) in _GOES_ON


_DESCRIBED_TOKENS = 5


def _begin_described(line: Line, place: PlaceMention) -> int:
    """Where the words begin that say what a place of a list is: "Albany, the naval base at Durban and Oran", but "Thilawa, the port of Yangon"."""
    first, sorts = place.first, line.doc.lexicon.sets["kinds_of_ports"]
    if line.low(first - 1) not in ("of", "at", "in") or line.low(first - 2) not in sorts:
        return first
    front = range(first - 2, max(first - 2 - _DESCRIBED_TOKENS, 0), -1)
    begin = next((n for n in front if line.low(n) in ("the", "a") and line.low(n - 1) in (",", "and", "then")), first)
    behind = place.last + 1 + (line.low(place.last + 1) in ("and", "the"))
    goes_on = line.low(place.last) in (",", "and") and line.starting("place", behind) is not None
    return begin if goes_on or line.low(begin - 1) in ("and", "then") else first


def _kind_of_leg(event: Told, place: PlaceMention) -> EventKind:
    """The kind of a further place of a verb of passing: "crossed the Sea of Marmara and the Bosphorus" passes a strait, and is at sea."""
    if not event.rule.startswith("transit.") or event.kind not in (EventKind.TRANSIT, EventKind.AT_SEA):
        return event.kind
    return EventKind.TRANSIT if place.is_passage else EventKind.AT_SEA


_LAND_TOKENS = 8


def _behind_land(line: Line, at: int) -> int:
    """The token behind the land that says where a place of a list lies: "Shanghai in the Republic of China (3-5 May)", "Cádiz in Spain, Malta, …"."""
    if line.low(at) != "in":
        return at
    land = next((f for n in range(at + 1, at + _LAND_TOKENS) if (f := line.starting("place", n))), None)
    plain = land is not None and not any(line.text(n) in (",", "(", ")") for n in range(at, land.first))
    if land is None or not plain:
        return at
    goes_on = line.low(land.last) in (",", "and") and line.starting("place", land.last + 1 + (line.low(land.last + 1) in ("and", "the"))) is not None
    return land.last if line.text(land.last) == "(" or goes_on else at


def _set_bracketed_day(scene: Scene, event: Told, at: int) -> None:
    """Set the day that stands in brackets behind a place of a list."""
    inside = range(at, at + _bracketed(scene.line, at))
    if day := next((d for d in scene.dates if scene.line.at_offset(d.start) in inside), None):
        event.interval, event.sources["date"] = day.interval, ("clause", (day.start, day.end))


def _says_where(line: Line, place: PlaceMention, behind: PlaceMention) -> bool:
    """Whether a land between commas only says where a small place lies: "54 miles from Capones Island, Zambales, on Saturday"."""
    apart = line.lows[place.last : behind.first] == [","] and line.low(behind.last) not in ("and", "or")
    land = behind.entry is not None and behind.entry.kind in (PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.ISLAND, PlaceKind.COAST)
    if apart and line.text(behind.last) == "," and line.starting("place", behind.last + 1 + (line.low(behind.last + 1) == "the")) is not None:
        return False  # "will pass through Hawaii, Japan, South Korea and Malaysia"
    return apart and (land or line.low(behind.last) != ",") and behind.how is None


def told_again(scene: Scene, event: Told, discourse: Discourse) -> list[Told]:
    """The same once more on another day: "was seen off Crete on 3 May and again on the 9th", "in January and in November as well"."""
    line = scene.line
    if event.interval is None or event.main is None or line.words.isdisjoint(_AGAIN | _TWICE | _WAYS | _FIRST) or "and" not in line.words:
        return []
    source, span = event.sources.get("date", ("", None))
    first = next((n for n, d in enumerate(scene.dates) if span == (d.start, d.end)), None)
    if first is None or source != "clause":
        return []
    more: list[Told] = []
    last = scene.dates[first]
    for day in scene.dates[first + 1 :]:
        between = [line.low(n) for n in range(line.at_offset(last.end - 1) + 1, line.at_offset(day.start))]
        behind = line.lows[line.at_offset(day.end - 1) + 1 :][:2]
        if "and" not in between or not (line.doc.lexicon.sets["between_times"] | _WAYS).issuperset(between):
            break
        front = line.lows[: line.at_offset(last.start)]
        both_ways = not (_WAYS.isdisjoint(between) or _WAYS.isdisjoint(front))
        in_turn = "first" in front[-_FIRST_TOKENS:] and "then" in between  # "first on Tuesday and then on Friday"
        if not more and not both_ways and not in_turn and _AGAIN.isdisjoint((*between, *behind)) and _TWICE.isdisjoint(front):
            break
        once_more = replace_told(event, event.kind)
        once_more.places, once_more.roles = dict(event.places), event.roles
        once_more.interval = resolved(day, discourse, last.interval)
        once_more.sources["date"] = ("clause", (day.start, day.end))
        more.append(once_more)
        last = day
    return more


_AGAIN = frozenset(["again", "also", "too", "well", "time", "more"])
_TWICE = frozenset(["twice", "thrice"])
_FIRST, _FIRST_TOKENS = frozenset(["first"]), 2
_WAYS = frozenset(
    ["northbound", "southbound", "eastbound", "westbound", "inbound", "outbound", "inward", "outward", "northward", "southward", "back"]
)
"""Ways that a strait is passed on one day and on another: "northbound on Monday and southbound on Friday"."""


def _bracketed(line: Line, at: int) -> int:
    """How many tokens a short aside in brackets has that opens at a token, 0 where none does."""
    if line.text(at) != "(":
        return 0
    close = next((n for n in range(at + 1, min(at + 9, line.size)) if line.text(n) == ")"), at - 1)
    return close + 1 - at


def ports_before(line: Line, trigger: Trigger, event: Told, before: Sequence[PlaceMention]) -> list[Told]:
    """The further ports of a list that a passive or a host's verb speaks of: "Nuuk and Halifax were visited", "Aqaba and Jeddah received her"."""
    slot, last, more = MAIN_SLOT[event.kind], event.main, []
    hosts = trigger.rule.host == slot
    if (
        not (trigger.passive or hosts or trigger.rule.id == "depart.behind")
        or last is None
        or not before
        or before[-1] is not last
        or last.how is not None
    ):
        return []
    for place in reversed(before[:-1]):
        if (place.how is not None and place.first) or not lists_on(line, place.last, last.first) or _opens_anew(line, place, last):
            break
        another = replace_told(event, event.kind)
        another.places, another.sources = {slot: place}, {**event.sources, slot: ("clause", (place.start, place.end))}
        if hosts and line.text(trigger.last) == ",":
            another.interval = None  # "Veracruz and Galveston come later, the Texan port on May 28"
            another.sources.pop("date", None)
        more.append(another)
        last = place
    return more


_FRONT = {"into": EventKind.ARRIVAL, "from": EventKind.DEPARTURE, "through": EventKind.TRANSIT, "off": EventKind.AT_SEA}
_THEN = frozenset(["and", "then", "later", ",", "the", "out", "into", "in", "through", "past", "off", "from", "of", "on", "next", "finally", "also"])


def moves_in_front(scene: Scene, trigger: Trigger, event: Told, before: Sequence[PlaceMention]) -> list[Told]:
    """The moves that open a sentence in front of their one verb: "Out of Brest on Monday and into Rota on Friday went the frigate X"."""
    line, places = scene.line, [p for p in before if p.entry and p.last <= trigger.chain]
    if trigger.rule.id != "move.front" or len(places) < 2 or "and" not in line.words or places[0].first > _FRONT_TOKENS:
        return []
    ends = [p.first for p in places[1:]] + [trigger.chain]
    days = [[d for d in scene.dates if p.last <= line.at_offset(d.start) < end] for p, end in zip(places, ends, strict=True)]
    hows = [p.how for p in places]
    for n in range(1, len(places)):
        held = {m for d in days[n - 1] for m in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
        between = [line.low(m) for m in range(places[n - 1].last, places[n].first) if m not in held]
        if "and" not in between or not _THEN.issuperset(between):
            return []
        hows[n] = hows[n] if hows[n] in _FRONT else hows[n - 1] if hows[n] in (None, "in") else None
    if any(how not in _FRONT for how in hows):
        return []
    moves = [event, *(replace_told(event, event.kind) for _ in places[1:])]
    sources = dict(event.sources)
    for move, how, place, day in zip(moves, hows, places, days, strict=True):
        kind = _FRONT[how or ""]
        move.kind = EventKind.AT_SEA if kind is EventKind.TRANSIT and not place.is_passage else kind
        slot = MAIN_SLOT[move.kind]
        move.places, move.sources, move.roles = {slot: place}, {**sources, slot: ("clause", (place.start, place.end))}, event.roles
        if day:
            move.interval, move.sources["date"] = day[0].interval, ("clause", (day[0].start, day[0].end))
        elif sum(map(len, days)) > 1:
            move.interval = None
            move.sources.pop("date", None)
    return moves[1:]


_FRONT_TOKENS = 3
_STAYS = frozenset({EventKind.AT_SEA, EventKind.IN_PORT})
_COUNTED = frozenset(["offset", "next_day", "day_before"])
"""Kinds of days that count from the one told before: "a day later", "the next day"."""


_ENDS_GAP, _GAP_MARKS = frozenset([",", ".", ";", ""]), frozenset([",", ";", "and"])


def _fronted_day(scene: Scene, model: Told, before: int) -> DateMention | None:
    """The day in front of ships of whom the act of others holds as well, whose own day opens the sentence; it is set there again."""
    line = scene.line
    own = next((d for d in scene.dates if d.interval and line.at_offset(d.start) <= 1), None)
    day = next((d for d in scene.dates if d is not own and line.at_offset(d.end - 1) == before), None)
    if own is None or day is None or day.interval is None or own.start > model.spans[0][0]:
        return None
    opens = line.at_offset(day.start) - 1
    opens -= line.low(opens) in ("on", "in", "at")
    if line.low(opens) not in _GAP_MARKS:
        return None
    if model.sources.get("date", ("", None))[1] == (day.start, day.end):
        model.interval, model.sources["date"] = own.interval, ("clause", (own.start, own.end))
    return day


def _later_act(line: Line, event: Told, group: Group, model: Told) -> bool:
    """Whether what is told of ships is another act, told further behind them: "A left on Monday and B on Tuesday, and the two met off Crete"."""
    span = event.sources.get("trigger", ("", None))[1]
    return event.kind is not model.kind and span is not None and event.rule == "sea.meet" and line.starts[group.last - 1] < span[0]


def _with_other_side(model: Told, event: Told, group: Group) -> None:
    """Let a group do what an event tells in the place of who does it there, with the other side where it has two."""
    role = dict(model.roles).get(model.vessels[0])
    stay = [(v, s) for v, s in zip(model.vessels, model.spans, strict=True) if role and dict(model.roles).get(v) is not role]
    event.vessels, event.spans = (*group.vessels, *(v for v, _ in stay)), (*group.spans, *(s for _, s in stay))
    if role:
        event.roles = (*((v, role) for v in group.vessels), *((v, r) for v, r in model.roles if r is not role))


def without_verb(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """What a clause without its verb says of other vessels: "A put in at Malta on Monday, B at Souda Bay the next day"."""
    line, more = scene.line, []
    for group in scene.groups if told else ():
        model = next((e for e in reversed(told) if e.span[0] == line.sentence.start and e.spans[0][0] < line.starts[group.first]), None)
        if (
            model is None
            or model.kind is EventKind.ESCORT
            or any(set(group.vessels) & set(e.vessels) and not _later_act(line, e, group, model) for e in told)
        ):
            continue
        before = before_phrase(line, group.first)
        end = next((g.first for g in scene.groups if g.first >= group.last), line.size)
        bound = model.places.get("destination") if model.main is None else None  # "left for Curaçao, the tanker B for Belize"
        hows = (bound.how,) if bound else (getattr(model.main, "how", None), "in", "off" if model.kind in _STAYS else "in")
        places = [p for p in scene.places if group.last <= p.first < end and p.how in hows]
        left, led = model.places.get("origin"), model.places.get("destination")
        if not places and left and led and led.how in ("to", "toward"):  # "left Malta for Rota, the tanker B for Cadiz"
            bound, places = led, [p for p in scene.places if group.last <= p.first < end and p.how == led.how]
        dates = [d for d in scene.dates if group.last <= line.at_offset(d.start) < end]
        first = min([p.first for p in places] + [line.at_offset(d.start) for d in dates], default=end)
        joined = line.low(before) in (",", ";", "and", "while") or (line.low(before) == "with" and line.low(before - 1) == ",")
        joined_on = joined and only_small(line, group.last, first, [])
        if not (dates or places) and line.text(group.last) in _ENDS_GAP and (fronted := _fronted_day(scene, model, before)):
            dates, joined_on = [fronted], True  # "On 3 May HMS Kent left Cork, on 4 May HMS Argyll"
        if not joined_on or not (places or dates) or any(line.starting("trigger", n) for n in range(group.last, first)):
            continue
        lies = places and (model.kind in _STAYS or (model.kind is EventKind.UNDERWAY and places[0].how == "in"))  # "is on her way to Rota, B in Oran"
        there = kind_of_aside(line, places[0]) if lies else None
        event = replace_told(model, there if there in _STAYS else model.kind)
        slot = "destination" if bound else MAIN_SLOT[event.kind]
        _with_other_side(model, event, group)
        event.places = {slot: places[0]} if places else {s: p for s, p in model.places.items() if s == slot}
        if bound and left:
            event.places["origin"] = left
        event.interval = model.interval
        if dates:
            event.interval = dates[0].interval or (resolved(dates[0], discourse, model.interval) if dates[0].kind in _COUNTED else None)
        if dates and dates[0].kind == "weekday" and model.stance.modality is Modality.PLANNED:
            event.interval = on_or_after(event.interval, line.doc.published)
        begin, published = event.interval.start if event.interval else None, line.doc.published
        if begin and published and begin > published and event.stance.modality is Modality.ASSERTED:
            event.stance = Stance(Modality.PLANNED)  # "leaves Malta today and HMS Tyne on 20 December"
        more.append(event)
    return more


def further_stops(scene: Scene, event: Told, near: Sequence[PlaceMention], discourse: Discourse, *, verb: int = 0) -> list[Told]:
    """The stations of one verb, each with its day: "was in Valletta on 3 December, off Crete on the 5th and in Souda Bay two days later"."""
    line, last = scene.line, event.main
    more: list[Told] = []
    if last is None or last not in near or event.kind not in _STATIONED:
        return []
    told_at = event.sources.get("date", ("", None))[1]
    in_front = told_at is not None and told_at[1] <= last.start  # "On Monday she was in Malta, on Wednesday in Tunis and on Friday in Algiers"
    for told in [*sorted(near, key=lambda p: p.first), *_beyond(scene, near)]:
        place = _passed_there(line, event, told)
        if place.anaphor and place.how == "from" and place.first >= last.last:
            if event.places.get("origin") is told:
                without_slots(event, "origin")
            continue  # "first to Malta and from there to Rota"
        if place.first < last.last:
            continue
        if event.kind is EventKind.TRANSIT and place.how == "into" and place.first - last.last <= 1 + (line.low(place.first - 1) == "the"):
            last = place  # "through the Tsugaru Strait into the Pacific on 3 December, and through …"
            if more:
                more[-1].places["destination"] = place
                more[-1].sources["destination"] = ("clause", (place.start, place.end))
            continue
        between = [d for d in scene.dates if last.end <= d.start and d.end <= place.start]
        kind = _kind_of_station(event, place)
        begin = max(last.last, verb)
        leads = bool(between) and only_small(line, begin, place.first, between)
        leads = leads or (ends_station(scene, place.last) and leads_on(scene, begin, place.first, spent=event.kind in _STAYS))
        if not kind or (kind is EventKind.TRANSIT) != place.is_passage or not leads:
            break
        if line.text(place.last) in ("'", "’") and line.low(place.last + 1) == "s":
            break  # "was off Kinmen on Friday, Taiwan's coast guard said"
        if kind is EventKind.DEPARTURE and (place.how != last.how or _day_of_stop(scene, place, near) is None):
            break  # "left Lisbon on 3 December and Cadiz on the 9th"
        stop = replace_told(event, kind)
        stop.places, stop.roles = {MAIN_SLOT[kind]: place}, event.roles
        stop.sources = {"trigger": event.sources["trigger"], MAIN_SLOT[kind]: ("clause", (place.start, place.end))}
        stop.interval = event.interval if in_front and not between else None
        before = _day_in_front(line, between[-1], last) if between else None
        if day := (in_front and before) or _day_of_stop(scene, place, near) or before:
            earlier = more[-1].interval if more else event.interval
            stop.interval = in_its_turn(line, event, resolved(day, discourse, earlier), day, earlier)
            stop.sources["date"] = ("clause", (day.start, day.end))
            called = kind is EventKind.ARRIVAL and stop.stance.modality is not Modality.PLANNED
            if called and stop.interval and spans_stay(scene, (day.start, day.end), stop.interval):
                as_stay(stop)  # "called at Lisbon in May and at Toulon from 20 to 24 October"
        more.append(stop)
        last = place
    return more


def _beyond(scene: Scene, near: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places right behind those of a clause, to which only words lead on that begin a clause elsewhere: "called at Rota before Malta"."""
    last, more = max(near, key=lambda p: p.last), list[PlaceMention]()
    for place in scene.places:
        if place.first < last.last or place in near:
            continue
        if not ends_station(scene, place.last) or not leads_on(scene, last.last, place.first):
            break
        more.append(place)
        last = place
    return more


_STATIONED = frozenset({*_MOVES, EventKind.AT_SEA, EventKind.IN_PORT, EventKind.UNDERWAY, EventKind.REPLENISHMENT})
_LEADS_TO = frozenset(["to", "toward", None])


def _kind_of_station(event: Told, place: PlaceMention) -> EventKind | None:
    """What the next station of a voyage tells: the same as the one before it, or where ships stay, what its preposition makes of it."""
    if event.kind is EventKind.UNDERWAY:
        return event.kind if place.how in _LEADS_TO else None
    if event.kind is EventKind.REPLENISHMENT:
        return event.kind if place.how in ("in", "off") else None
    same = event.kind in _MOVES or (event.kind is EventKind.IN_PORT and place.how is None and place.is_port)
    return event.kind if same else kind_of(place)


def _passed_there(line: Line, event: Told, place: PlaceMention) -> PlaceMention:
    """The strait or canal that a port stands for in a list of passages: "passed the Suez Canal on the 3rd and Gibraltar on the 9th"."""
    name = line.doc.lexicon.passes.get(place.name) if event.kind is EventKind.TRANSIT and place.how is None else None
    found = line.doc.gazetteer.places.named(name) if name else ()
    return changed(place, name=found[0].name, entry=found[0]) if found else place


def in_its_turn(line: Line, event: Told, interval: Interval | None, day: DateMention, earlier: Interval | None) -> Interval | None:
    """The day of a stop to come, behind that of the stop before: "is expected in Lisbon on Friday and in Cadiz on Monday"."""
    if event.stance.modality is Modality.PLANNED and day.kind == "absolute":
        return year_behind(line, day, next_of_year(line, day, interval, lasts=False), earlier)
    if day.kind != "weekday" or event.stance.modality is not Modality.PLANNED:
        return interval
    ahead = on_or_after(interval, line.doc.published)
    behind = ahead and earlier and ahead.start and earlier.end and ahead.start == ahead.end and ahead.start < earlier.end
    return Interval.day(ahead.start + timedelta(days=7)) if behind and ahead and ahead.start else ahead


_FOLLOWS = frozenset(["followed", "follows"])


def _day_of_stop(scene: Scene, place: PlaceMention, near: Sequence[PlaceMention]) -> DateMention | None:
    """The day told behind a station of a voyage, or behind where it led: "through the Osumi Strait into the East China Sea on the 7th"."""
    line = scene.line
    led = next((p.last for p in near if p.how == "into" and 0 < p.first - place.last <= 2), place.last)
    if line.text(led) == "," and (land := end_of_land(line, led + 1)) and line.text(land) == ",":
        led = land + 1  # "visited Singapore from 6 to 9 May and Kuantan, Malaysia, from 12 to 15 May"
    led += place.how is None and line.low(led) in _FOLLOWS  # "called at Lisbon on 3 December, and Cadiz followed on the 9th"
    return next((d for d in scene.dates if d.start >= place.end and only_small(line, led, line.at_offset(d.start), [])), None)


def _day_in_front(line: Line, day: DateMention, last: PlaceMention) -> DateMention | None:
    """The day told in front of a station, behind the mark of the list: "and on 6 December through the Kerch Strait"."""
    at = line.at_offset(day.start)
    return day if any(line.low(n) in ("and", ",", ";", "then") for n in range(max(at - 3, last.last), at)) else None


_ONWARD = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE})


def passages(line: Line, event: Told, near: Sequence[PlaceMention]) -> list[Told]:
    """A strait or canal on the way of a departure or arrival is a transit of its own, and a port "by way of" which it led a call."""
    _goes_by_port(line, event)
    via = event.places.pop("via", None)
    if via is None or event.kind is EventKind.TRANSIT:
        return []
    if via.is_port and event.main is not None and _is_sea(event.main):
        via = passage_meant(line, via)  # "left the Mediterranean via Gibraltar"
    if via.is_port and not via.is_passage and event.kind in _ONWARD and line.low(via.first - 1) in _BY_WAY:
        return _ports_on_way(line, event, near, via)
    if not via.is_passage:
        return []
    more = replace_told(event, EventKind.TRANSIT)
    more.places = {"place": via, **({"destination": event.places["destination"]} if "destination" in event.places else {})}
    more.sources = {**event.sources, "place": ("clause", (via.start, via.end))}
    return [more]


_BY_WAY = frozenset(["of", "via"])
_SEAS = frozenset([PlaceKind.SEA, PlaceKind.OCEAN])


def _is_sea(place: PlaceMention) -> bool:
    return place.entry is not None and place.entry.kind in _SEAS


def _goes_by_port(line: Line, event: Told) -> None:
    """Make a departure again of what a port by way of which ships sailed made a passage: "sailed for Haifa by way of Lisbon"."""
    port = event.places.get("place")
    if event.kind is not EventKind.TRANSIT or port is None or not port.is_port or port.is_passage or line.low(port.first - 1) not in _BY_WAY:
        return
    source = event.sources.pop("place", ("clause", (port.start, port.end)))
    event.places.pop("place")
    if "destination" in event.places:
        event.kind, event.places["via"] = EventKind.DEPARTURE, port
    else:  # "The return took her by way of Lagos"
        event.kind, event.places["destination"], event.sources["destination"] = EventKind.ARRIVAL, port, source


def _ports_on_way(line: Line, event: Told, near: Sequence[PlaceMention], via: PlaceMention) -> list[Told]:
    """A call at each port of a list by way of which ships went: "returned to Kiel via Lisbon and Rota"."""
    calls, last = list[Told](), via
    for place in [via, *(p for p in near if p.first > via.last)]:
        if place is not via and not (place.how in (None, "through") and place.is_port and lists_on(line, last.last, place.first)):
            break
        call = replace_told(event, EventKind.ARRIVAL)
        call.places, call.interval = {"destination": place}, None
        if event.kind is EventKind.DEPARTURE and event.stance.modality is Modality.ASSERTED:
            call.stance = Stance(Modality.PLANNED)  # "left Kiel for Haifa by way of Lisbon"
        call.sources = {"trigger": event.sources["trigger"], "destination": ("clause", (place.start, place.end))}
        calls.append(call)
        last = place
    return calls
