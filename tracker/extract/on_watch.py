"""Stage 6, who goes by in a strait's log: "2 March: HMS Echo, northbound", "13 January, 0820, westbound: the frigate A. Astern of her the tug B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, Role
from tracker.extract.dates import DateMention
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.plausible import goes_by
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sections import title_above
from tracker.extract.sides import are_strangers
from tracker.extract.stances import stance_of
from tracker.extract.telling import RECALLED, tell
from tracker.extract.verbs import Trigger

_WAY_TOKENS = 8
_OPENED = re.compile(
    r"(?:[^\n:]|(?<=\d):(?=\d)){0,40}?\b(?:(?:north|south|east|west|up|down|in|out|northeast|northwest|southeast|southwest)bound|(?:up|down|north|south|east|west)(?=:))"
    r"\b[^:\n]{0,16}:",
    re.IGNORECASE,
)
_OF_PORT = re.compile(r"[^\n:]{0,30}?\b(?:arrivals|departures)\b[^\n:]{0,30}:")
_PASSED = frozenset({EventKind.TRANSIT, EventKind.AT_SEA, EventKind.IN_PORT})


def _way_just_told(scene: Scene, discourse: Discourse) -> bool:
    """Whether the sentence before tells a way and no ship, on this line or the one above: "0540, southbound. Tambov again, a tug in front."."""
    doc, block, (told_in, told_by) = scene.line.doc, scene.line.sentence.block, discourse.way_told
    headed = doc.text[doc.blocks[told_in].end - 1] == ":"  # "Bosphorus northbound:" heads a list
    return 0 <= scene.number - told_by <= 1 and (block == told_in or (block == told_in + 1 and not headed))


def on_watch(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """The ships of a sentence that a strait's log tells to pass, with who keeps beside them."""
    watch, line = _watched(scene, discourse), scene.line
    if watch is None or line.text(line.size - 1) == "?" or any(line.low(n - 1) != "or" for n in line.where(_DENIES)):
        return []
    block = line.sentence.block
    if _OF_PORT.match(line.doc.low, line.doc.blocks[block].start, line.doc.blocks[block].end):
        return []
    way_told = _way_just_told(scene, discourse)
    if not scene.groups and line.size <= _WAY_TOKENS and not line.doc.lexicon.sets["bound_ways"].isdisjoint(line.words):
        discourse.way_told = (block, scene.number)
    if not scene.groups:
        return _those_before(scene, discourse, watch) if not told else []
    row = any(p is watch for p in scene.places) and line.text(watch.last) == "|"
    above = title_above(line.doc, discourse.titles, block) if discourse.titles else None
    row = row or (above is not None and above[1] is EventKind.TRANSIT and not above[2] and line.doc.blocks[block].kind == "bullet")
    opened, passing = row or _opens_with_way(line), row or _tells_passing(line) or any(line.low(g.last) in _COMPASS for g in scene.groups)
    passing = passing or (discourse.kept and all(e.rule in _BOUND for e in told) and _to_waters(scene))
    if not (way_told or opened or passing) and not told and not _KEPT.isdisjoint(line.words):
        return _kept_beside(scene, discourse, watch)
    if not (way_told or opened or passing) or (opened and not (way_told or passing) and _tells_otherwise(scene, told)):
        return []
    groups = _going_by(scene, discourse, told, whole=opened and not way_told)
    first = next(iter(groups), None)
    passages = {p.name: p for p in scene.places if p.is_passage and p.how not in ("from", "to", "toward", "into")}
    if first is None or (any(name != watch.name for name in passages) and not opened) or watch.name in passages:
        passages = {}
        if first is None or any(p.is_passage and p.name != watch.name for p in scene.places):
            return []
    between = Trigger(line.doc.lexicon.rules["log.passes"], "state", first.first, first.last, first.first, False, (0, line.size))
    each = [
        g for g in groups if g is first or way_told or opened or goes_by(line, g.last) or (_goes_with(line, g) and not are_strangers(first, g))
    ]  # "Saratov S/B, Orsk N/B"
    each = [part for g in each for part in (_last_apart(line, g) if _keeps_beside(line, g) else (g,))]
    beside = [g for g in each if _keeps_beside(line, g)]
    each = [g for g in each if g not in beside]
    through = list(passages.values()) or [watch]  # "South: A and B, Bosphorus 0945, Dardanelles by dusk"
    events = [
        tell(scene, between, g.vessels, g.spans, EventKind.TRANSIT, _slots(scene, p, told, discourse), _stance(line, between, g), discourse)
        for g in each
        for p in through
    ]
    _come_from(scene, told, events)
    _bound_for(told, events)
    each = [g for g in each for _ in through]
    if opened:
        _of_the_entry(scene, events, discourse)
    _each_on_her_day(scene, each, events)
    _last_day(scene, events)
    return events + _watching(scene, discourse, between, beside, events, watch)


_DENIES = frozenset(["not", "n't", "never", "neither", "nor", "cancelled", "canceled", "pulled", "withdrawn"])


def _stance(line: Line, between: Trigger, group: Group) -> Stance:
    """How firmly ships are told to pass: as a plan where a word in front of them says so, "two sweepers are expected before dark: A and B, E/B"."""
    taken = stance_of(line, between, group)
    plans = [h for h in line.found("hedge") if h.data.modality == "planned"]
    be = line.doc.lexicon.sets["be"]
    plan = next((h for h in plans if h.last <= group.first and "," not in line.lows[h.last : between.first]), None)
    due = next((n for n in line.where(_DUE) if group.last <= n <= group.last + 2 and be.issuperset(set(line.lows[group.last : n]) - {","})), None)
    if due is not None and taken.modality in (Modality.ASSERTED, Modality.REPORTED):
        return Stance(Modality.PLANNED, line.low(due))  # "KIL-158 is due down on Tuesday"
    plan = plan or next((h for h in plans if group.last <= h.first <= group.last + 1 and be.issuperset(line.lows[group.last : h.first])), None)
    if plan and taken.modality is Modality.ASSERTED:
        return Stance(Modality.PLANNED, line.told(plan.first, plan.last))
    waits = next((n for n in line.where(_WAITS) if line.low(n + 1) in ("for", "to")), None)  # "on the list for Monday's northbound convoy"
    return Stance(Modality.PLANNED, line.low(waits)) if waits is not None and taken.modality is Modality.ASSERTED else taken


_DUE = frozenset(["due", "expected", "awaited", "announced", "promised"])
_WAITS = frozenset(["waiting", "booked", "list", "lists", "queueing", "queuing", "queue", "ready", "pencilled"])


def _slots(scene: Scene, passage: PlaceMention, told: Sequence[Told], discourse: Discourse) -> dict[str, PlaceMention]:
    """The places of a passage: the strait, and where the ships come from and go: "Dardanelles N/B, coming from the Aegean: A and B"."""
    slots = {"place": passage}
    if (way := _way_of(scene.line)) in discourse.ways:
        slots["destination"] = discourse.ways[way]  # "N/B = for the Black Sea"
    taken = {p.name for e in told for p in e.places.values()}
    for place in scene.places:
        opens = place.last <= scene.groups[0].first and ":" in scene.line.texts[place.last : scene.groups[0].first]
        word = scene.line.low(place.first - 1 - (scene.line.low(place.first - 1) == "the"))
        slot = "origin" if word in ("from", "ex") else "destination" if word in _TOWARDS else None
        behind = (
            slot == "destination"
            and place.first >= scene.groups[-1].last
            and not told
            and place.entry is not None
            and place.entry.kind in WATER_KINDS
        )
        if (opens or behind) and slot and place.entry and place.name not in taken and place is not passage:
            slots.setdefault(slot, place)
    return slots


_BOUND = frozenset(["way.state", "way.bound-to", "transit.bound-direct"])
_TOWARDS = frozenset(["for", "to", "towards", "toward", "into"])


def _to_waters(scene: Scene) -> bool:
    """Whether an entry tells a ship and no more than the waters she went to: "5 December: USS Carney to the Black Sea"."""
    line, last = scene.line, scene.groups[-1].last
    if any(form in ("past", "pres", "part", "ing") for f in line.found("trigger") for _, form in f.data):
        return False
    wet = (p for p in scene.places if p.entry is not None and p.entry.kind in WATER_KINDS and p.first >= last)
    return any(line.low(p.first - 1 - (line.low(p.first - 1) == "the")) in _TOWARDS for p in wet)


def _bound_for(told: list[Told], events: Sequence[Told]) -> None:
    """Give a passage the waters to which the same words tell the ship to be bound: "HMS Echo northbound to the Black Sea" is one passage."""
    for event in events:
        way = next((e for e in told if e.kind is EventKind.UNDERWAY and set(e.vessels) == set(event.vessels) and "destination" in e.places), None)
        if way and way.stance.modality is event.stance.modality and way.rule in _BOUND:
            event.places.setdefault("destination", way.places["destination"])
            event.sources.setdefault("destination", way.sources["destination"])
            told.remove(way)


_LETTERED = re.compile(r"\b(?:([nsew])/b|([nsew])b(?= \d|:)|(north|south|east|west)bound)\b")
_LEGEND = re.compile(r"\b(?:([nsew])/b|([nsew])b|(north|south|east|west)bound)\s?=\s?(?:for|to|towards?|into|bound for)\s(?:the\s)?")


def _way_of(line: Line) -> str:
    """The letter of the way that a sentence tells, or the entry in front of it."""
    told = _LETTERED.search(line.doc.low, line.sentence.start, line.sentence.end)
    return (told[1] or told[2] or told[3][0]) if told else ""


def note_ways(line: Line, places: Sequence[PlaceMention], discourse: Discourse) -> None:
    """Remember where the ways of a log lead, as its head explains: "N/B = for the Black Sea, S/B = for the Med"."""
    for told in _LEGEND.finditer(line.doc.low, line.sentence.start, line.sentence.end):
        place = next((p for p in places if p.entry and abs(p.start - told.end()) <= len("the ")), None)
        if place is not None:
            discourse.ways[told[1] or told[2] or told[3][0]] = place


def watched_here(told: Sequence[Told], discourse: Discourse) -> None:
    """Give a watch on those who passed in an entry the strait that they passed: "HDMS Diana kept them company"."""
    for event in told if discourse.kept and discourse.watch is not None and discourse.watch.is_passage else ():
        if event.kind is not EventKind.ESCORT or event.places:
            continue
        passed = [e for e in discourse.told[-RECALLED:] if e.block == event.block and e.rule == "log.passes" and set(e.vessels) & set(event.vessels)]
        if passed and passed[-1].main is not None and event.sentence != passed[-1].sentence:
            event.places, event.sources["place"] = {"place": passed[-1].main}, passed[-1].sources["place"]


def _come_from(scene: Scene, told: list[Told], events: Sequence[Told]) -> None:
    """Make of where those who pass are told to be coming from the origin of their passage: "Dardanelles N/B, coming from the Aegean: A and B"."""
    for event in [e for e in told if e.kind is EventKind.DEPARTURE and "origin" in e.places]:
        span = event.sources.get("trigger", ("", None))[1]
        if span is None or not scene.line.doc.low.startswith("coming from", span[0]):
            continue
        same = [e for e in events if set(e.vessels) <= set(event.vessels)]
        for passage in same:
            passage.places.setdefault("origin", event.places["origin"])
            passage.sources.setdefault("origin", event.sources["origin"])
        if same:
            told.remove(event)


def _of_the_entry(scene: Scene, events: Sequence[Told], discourse: Discourse) -> None:
    """Give those who pass the day of their entry, not another that it tells of them: "30 July, westbound: A, the other way on Monday next"."""
    block, dated = discourse.block_date or (-1, None)
    opening = next((d for d in scene.dates if d.start == scene.line.sentence.start), dated if block == scene.line.sentence.block else None)
    for event in events if opening is not None and opening.interval else ():
        if opening is not None and event.stance.modality is not Modality.PLANNED:
            event.interval, event.sources["date"] = opening.interval, ("heading", (opening.start, opening.end))


def _last_day(scene: Scene, events: Sequence[Told]) -> None:
    """Give ships that only wait the day for which they do so, the last one told: "At Suez on Sunday, on the list for Monday's convoy"."""
    days = [d for d in scene.dates if d.interval]
    for event in events if len(days) > 1 else ():
        if event.stance.modality is Modality.PLANNED:
            event.interval, event.sources["date"] = days[-1].interval, ("clause", (days[-1].start, days[-1].end))


def _going_by(scene: Scene, discourse: Discourse, told: Sequence[Told], *, whole: bool) -> list[Group]:
    """The ships of a sentence of which nothing else is told, in the `whole` entry no passage yet."""
    line = scene.line
    known = {v for e in told if e.kind in _PASSED for v in e.vessels}
    if whole:
        block = line.sentence.block
        known |= {v for e in discourse.told[-RECALLED:] if e.block == block and e.kind is EventKind.TRANSIT for v in e.vessels}
    known |= {v for e in told if e.stance.modality is Modality.PLANNED for v in e.vessels}
    leads = scene.groups[0].vessels if whole else ()
    known |= {v for e in told if e.kind is EventKind.ESCORT for v, role in e.roles if role is Role.ESCORT and v not in leads}
    groups = [g for g in scene.groups if known.isdisjoint(g.vessels) and all(v.name or v.count for v in g.vessels)]
    groups = [g for n, g in enumerate(groups) if not any(set(g.vessels) <= set(e.vessels) for e in groups[:n])]  # "two tugs …: A and B"
    beside = line.doc.lexicon.sets["agents"] - (_GO_ALONG if whole else frozenset())
    return [g for g in groups if line.low(before_phrase(line, g.first)) not in beside]


_IN_LINE = frozenset(["astern", "behind", "ahead", "leading", "trailing", "following", "company", "tow", "train", "wake"])


def _goes_with(line: Line, group: Group) -> bool:
    """Whether a ship is told to go with the one that passes: "Boikiy southbound with the tanker Kola", "USS Gravely N/B, Rotterdam astern of her"."""
    end = next(n for n in range(group.last, line.size + 1) if line.low(n) in _SEGMENT_ENDS)
    return line.low(before_phrase(line, group.first)) == "with" or not _IN_LINE.isdisjoint(line.lows[group.last : end])


_GO_ALONG = frozenset(["behind", "between", "of", "within"])  # who is behind others in an entry of those who pass passes too
_BESIDE = frozenset(["quarter", "beam", "side", "flank", "quarters"])
_KEPT = _BESIDE | {"with"}
_SEGMENT_ENDS = frozenset([",", ";", ".", "", "(", "and"])


def _keeps_beside(line: Line, group: Group) -> bool:
    """Whether a ship is told to keep at another's side: "CG boat on her port side", "HSwMS Göteborg K21 on the Swedish side"."""
    end = next(n for n in range(group.last, line.size + 1) if line.low(n) in _SEGMENT_ENDS)
    return not _BESIDE.isdisjoint(line.lows[group.last : end]) and not {"on", "off", "at"}.isdisjoint(line.lows[group.last : end])


def _last_apart(line: Line, group: Group) -> tuple[Group, ...]:
    """The last ship of a list apart from the others: "the frigate HMS Kent, coast guard boat SG-85 on her quarter"."""
    if len(group.vessels) < 2:
        return (group,)
    first = line.at_offset(group.spans[-1][0])
    ahead = Group(group.first, line.at_offset(group.spans[-2][1] - 1) + 1, group.vessels[:-1], group.spans[:-1])
    return ahead, Group(first, group.last, group.vessels[-1:], group.spans[-1:])


def _kept_beside(scene: Scene, discourse: Discourse, watch: PlaceMention) -> list[Told]:
    """The watch that a sentence of an entry tells of those who passed: "HDMS Lauge stayed on Yelnya's port quarter", "HMS Tyne on her beam"."""
    line, block = scene.line, scene.line.sentence.block
    passed = [e for e in discourse.told[-RECALLED:] if e.kind is EventKind.TRANSIT and e.block == block]
    others = {v for g in scene.groups if not (_keeps_beside(line, g) or line.low(g.last) == "with") for v in g.vessels}
    passed = [e for e in passed if not others or others & set(e.vessels)]
    ours = [Group(0, 0, e.vessels, e.spans) for e in passed]
    with_her = [g for g in scene.groups if line.low(g.last) == "with" and line.low(g.last + 1) in ("her", "them", "him") and ours]
    beside = [g for g in scene.groups if _keeps_beside(line, g)][:1] or [g for g in with_her if are_strangers(ours[-1], g)][:1]
    if not beside or not passed or {v for e in passed for v in e.vessels} & set(beside[0].vessels):
        return []
    between = Trigger(line.doc.lexicon.rules["log.passes"], "state", beside[0].first, beside[0].last, beside[0].first, False, (0, line.size))
    return _watching(scene, discourse, between, beside, [], watch, passed)


def _watching(
    scene: Scene,
    discourse: Discourse,
    between: Trigger,
    beside: Sequence[Group],
    events: Sequence[Told],
    watch: PlaceMention,
    passed: Sequence[Told] = (),
) -> list[Told]:
    """The watch that those beside keep on those who pass, in the same sentence or in the one before."""
    passing = (
        list(events) or list(passed) or [e for e in discourse.told[-RECALLED:] if e.sentence == scene.number - 1 and e.kind is EventKind.TRANSIT]
    )
    if not beside or not passing:
        return []
    watched = {v: s for e in passing for v, s in zip(e.vessels, e.spans, strict=True)}
    spans = tuple(watched.values()) if events else tuple(scene.line.span(beside[0].first, beside[0].last) for _ in watched)
    found = []
    for group in beside:
        escort = tell(
            scene, between, (*group.vessels, *watched), (*group.spans, *spans), EventKind.ESCORT, {"place": watch}, passing[0].stance, discourse
        )
        escort.rule, escort.interval = "escort.heels", passing[0].interval
        escort.roles = (*((v, Role.ESCORT) for v in group.vessels), *((v, Role.ESCORTED) for v in watched))
        found.append(escort)
    return found


_WHOSE = frozenset(["both", "same", "all", "back", "again", "up", "down", "north", "south", "east", "west"])
_OPENING = 8


def _those_before(scene: Scene, discourse: Discourse, watch: PlaceMention) -> list[Told]:
    """The same ships as before: "[29 Oct 09:15] Both past the Drogden light", "Same pair N/B on the 17th", "Back S/B on Thursday"."""
    line = scene.line
    if any(form in ("past", "pres", "part", "base") and rule.kind is not EventKind.TRANSIT for f in line.found("trigger") for rule, form in f.data):
        return []
    if here := _at_an_hour(scene, discourse):
        return here
    at = next((n for n in range(min(_OPENING, line.size)) if line.low(n) in _WHOSE), None)
    through = next((p for p in scene.places if p.entry and (p.how == "through" or p.is_passage)), None)
    if at is None or not _only_opens(scene, at) or not (through or _tells_passing(line) or line.low(at) == "back" or line.low(at) in _COMPASS):
        return []
    count = (
        2
        if line.low(at) == "both"
        else next((n for w, n in _COUNTS.items() if line.low(at + 1) == w), 0 if line.low(at) in ("same", "all", "again") else 1)
    )
    groups = (discourse.fleet.subject, *discourse.fleet.focus[:-4:-1])
    if sort := line.doc.lexicon.types.get(line.low(at - 1)):
        groups = tuple((v,) for v in reversed(discourse.fleet.recent) if v.type is sort[0])[:1]  # "1900: tug back, alone, northbound"
    whom = next((g for g in groups if g and (len(g) == count or not count)), ())
    went = {v for e in discourse.told[-RECALLED:] if e.kind is EventKind.TRANSIT for v in e.vessels}
    if not whom or not (went.issuperset(whom) or line.low(at) in _COMPASS):
        return []
    trigger = Trigger(line.doc.lexicon.rules["log.passes"], "state", at, at + 1, at, False, (0, line.size))
    own = Group(at, at + 1, whom, tuple(line.span(at, at + 1) for _ in whom))
    slots = {"place": through if through and through.is_passage else watch}
    return [tell(scene, trigger, whom, own.spans, EventKind.TRANSIT, slots, stance_of(line, trigger, own), discourse)]


_AT_HOUR = re.compile(r"\s?(?:at |by |about |around )?(?:[01]\d|2[0-3])[:.h]?[0-5]\d\b")


def _at_an_hour(scene: Scene, discourse: Discourse) -> list[Told]:
    """A further passage of an entry's ships, told by its name and an hour: "S/B 1400 the submarine X. Dardanelles 2315"."""
    line, block = scene.line, scene.line.sentence.block
    place = next((p for p in scene.places if p.is_passage and p.first <= 1), None)
    passed = [e for e in discourse.told[-RECALLED:] if e.kind is EventKind.TRANSIT and e.block == block and e.rule == "log.passes"]
    if place is None or not passed or not _AT_HOUR.match(line.doc.low, place.end):
        return []
    whom = tuple(dict.fromkeys(v for e in passed if e.sentence == passed[-1].sentence for v in e.vessels))
    trigger = Trigger(line.doc.lexicon.rules["log.passes"], "state", place.first, place.last, place.first, False, (0, line.size))
    spans = tuple(line.span(place.first, place.last) for _ in whom)
    return [tell(scene, trigger, whom, spans, EventKind.TRANSIT, {"place": place}, passed[-1].stance, discourse)]


def _only_opens(scene: Scene, at: int) -> bool:
    """Whether nothing but the opening of an entry, or a type of ship, stands in front of a token: "29 Oct, 09:15: Both", "1900: tug back"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    small = sets["bound_ways"] | {"the", "and", "then", "at"}
    dated = {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    return all(
        n in dated or not low.isalpha() or low in small or (n == at - 1 and low in line.doc.lexicon.types) for n, low in enumerate(line.lows[:at])
    )


_COUNTS = {"group": 0, "two": 2, "pair": 2, "three": 3, "trio": 3, "four": 4, "ship": 1, "boat": 1, "hull": 1}


def _watched(scene: Scene, discourse: Discourse) -> PlaceMention | None:
    """The strait that an entry's row, a heading or the head of the log names."""
    line, first = scene.line, scene.groups[0].first if scene.groups else 0
    ahead = [p for p in scene.places if p.is_passage and p.last <= first]
    if discourse.kept and len(ahead) == 1 and ":" in line.texts[ahead[0].last : first]:
        return ahead[0]  # "In the Sound, according to Helsingborg: PM-82 northbound on the 7th"
    if "|" in line.texts and (row := next((p for p in scene.places if p.is_passage and p.first < first and line.text(p.last) == "|"), None)):
        return row
    heading = discourse.heading_place
    if heading is not None and heading.is_passage:
        return heading
    return discourse.watch if discourse.watch is not None and discourse.watch.is_passage else None


def _opens_with_way(line: Line) -> bool:
    """Whether the entry in which a sentence stands opens with a way and a colon: "13 January, 0820, westbound: …"."""
    block = line.doc.blocks[line.sentence.block]
    return _OPENED.match(line.doc.text, block.start, block.end) is not None


def _tells_otherwise(scene: Scene, told: Sequence[Told]) -> bool:
    """Whether a further sentence of an entry tells something else of its ships than that they pass: a verb, a place, a question."""
    line = scene.line
    if told or line.text(line.size - 1) == "?" or line.sentence.start == line.doc.blocks[line.sentence.block].start:
        return bool(told)
    moves = [f for f in line.found("trigger") if f.first or line.low(0) not in ("escorts", "escort", "sat", "wed", "sun")]  # "Escorts ahead: A, B"
    return any(form in ("past", "pres", "part", "base") for f in moves for _, form in f.data) or bool(scene.places)


def expected_to_pass(told: Sequence[Told], discourse: Discourse) -> None:
    """Make of who is due, in a strait's log, one who is to pass: "KIL-158 is due down on Tuesday", "RFA Tidespring is booked for tomorrow's"."""
    watch = discourse.watch
    for event in told if discourse.kept and watch is not None and watch.is_passage else ():
        if event.kind is EventKind.ARRIVAL and event.rule == "arrive.expected" and not event.places and watch is not None:
            event.kind, event.places = EventKind.TRANSIT, {"place": watch}
            event.sources["place"] = ("document", (watch.start, watch.end))


def _each_on_her_day(scene: Scene, groups: Sequence[Group], events: Sequence[Told]) -> None:
    """Give each ship of a line her own day: "Northbound: Saratov on Monday; Orsk, Tuesday before dawn; Azov, Wednesday"."""
    line, days = scene.line, [d for d in scene.dates if d.interval]
    if len(days) < 2 or len(groups) < 2:
        return
    ends = [*(line.starts[g.first] for g in groups[1:]), line.sentence.end]
    own: list[DateMention | None] = [
        next((d for d in days if line.starts[g.first] < d.start < end), None) for g, end in zip(groups, ends, strict=True)
    ]
    for number in range(len(groups) - 2, -1, -1):  # "Novocherkassk and Yamal, Monday; Azov, Thursday"
        between = line.lows[groups[number].last : groups[number + 1].first]
        if own[number] is None and ";" not in between:
            own[number] = own[number + 1]
    for event, day in zip(events, own, strict=True):
        if day is not None and event.stance.modality is not Modality.PLANNED:
            event.interval, event.sources["date"] = day.interval, ("clause", (day.start, day.end))


_COMPASS = frozenset(["north", "south", "east", "west", "up", "down", "northward", "southward", "eastward", "westward"])
_COMES = frozenset(["come", "came", "comes", "coming", "go", "went", "gone", "goes", "passed", "pass"])
_OTHER_WAY = frozenset(
    [("other", "way"), ("same", "way"), ("opposite", "way"), ("opposite", "direction"), ("other", "direction"), ("same", "direction")]
)
_CLOSES = frozenset([",", ".", ";", "", "at", "again", "with", "for", "in", "on"])


def _tells_passing(line: Line) -> bool:
    """Whether a word of a log says that something passed: "northbound", "S/B", "went north", "out, north, 0810"."""
    halves = any(a in ("n", "s", "e", "w") and b == "/" and c == "b" for a, b, c in zip(line.lows, line.lows[1:], line.lows[2:], strict=False))
    halves = halves or any(text in ("NB", "SB", "EB", "WB") and line.text(n + 1) != "-" for n, text in enumerate(line.texts))
    goes = any((a in line.doc.lexicon.sets["goes_by"] and b in _COMPASS) or (a, b) in _OTHER_WAY for a, b in pairwise(line.lows))
    goes = goes or any(a in _COMES and b == "through" and not line.starting("place", n + 2) for n, (a, b) in enumerate(pairwise(line.lows)))
    alone = any(line.low(n) in _COMPASS and line.low(n - 1) == "," and line.low(n + 1) in _CLOSES for n in line.where(_COMPASS))
    return halves or goes or alone or not line.doc.lexicon.sets["by_watch"].isdisjoint(line.words)
