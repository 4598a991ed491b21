"""Stage 8, the outcome: what was told, once for each happening, as the records of one document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role, VesselType
from tracker.domain.names import fold
from tracker.domain.records import ExtractedEvent, ExtractedVessel, Extraction, Said, VesselEntry, changed
from tracker.domain.when import Interval
from tracker.extract.confidence import confidence
from tracker.extract.corefer import GENERIC, Vessel, identify
from tracker.extract.finer import key_of
from tracker.extract.line import Text
from tracker.extract.names import CIVIL
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Told
from tracker.extract.strengths.reader import strengths_of
from tracker.extract.type_told import type_told
from tracker.extract.unquoted import told_span
from tracker.extract.whole_text import settle_groups
from tracker.gazetteer.lexicon import flat

_TWINS = 50
"""So many events of a vessel and kind told last are compared with a new one."""
_NUMERAL = re.compile(r"[ -](?:I{1,3}|IV|V|M|Batch \d|\d)$")
_IN_WORD = re.compile(r"\w")


def outcome_of(doc: Text, discourse: Discourse, told: list[Told]) -> Extraction:
    """What a document tells, as records: its vessels, its events once each, its counts and its warnings."""
    settle_groups(doc, discourse.fleet, told)
    for event in told:
        _name_members(event)
        _without_past_plan(doc, event)
    _without_later_ports(doc, told)
    events = _without_visits_again(doc, _together(doc, _each_when_told(doc, _each_where_told(told))))
    acting = {v for event in events for v in event.vessels}
    vessels = [v for v in discourse.fleet.vessels if v in acting or (v.name and v.mentions)]
    for vessel in discourse.fleet.vessels:
        if len(vessel.members) == 1 and not vessel.name:
            vessel.members[0].mentions.extend(vessel.mentions)
    ids = {vessel: f"v{number}" for number, vessel in enumerate(vessels, 1)}
    spoken = _countries(doc, vessels)
    read = {ids[v]: _vessel(doc, ids[v], v, _row_of(doc, v, spoken) if v.name else None, spoken) for v in vessels}
    beside = Counter([event.span for event in events])
    found = [_event(doc, ids, event) for event in events]
    return Extraction(
        vessels=tuple(read.values()),
        events=tuple([changed(e, confidence=confidence(e, read, beside[e.span], doc.lexicon.confidence)) for e in found]),
        warnings=tuple(dict.fromkeys(discourse.warnings)),
        language="en",
        strengths=strengths_of(doc, discourse.strengths),
    )


_CIVIL_TOLD = re.compile(
    r"\b(?:MV|M/V|MT|M/T|MS|M/S|MF|SS|M\.[VTS]|mv|m/v)\b"
    r"|\b(?:[Cc]ruise|[Cc]ruise [Ss]hip|[Ll]iner|ferry|(?:motor )?yacht|trawler|fishing \w+|dhow|dredger|whaler|barge"
    r"|pilot boat|(?:merchant|container|cargo) (?:ship|vessel)|bulker|bulk carrier|freighter|passenger (?:ship|vessel)|drill ?ship|sailboat)\b"
)
_NEVER_MERCHANTS = frozenset(VesselType) - CIVIL - {VesselType.INTELLIGENCE_SHIP, VesselType.HOSPITAL_SHIP, VesselType.WARSHIP}


def _row_of(doc: Text, vessel: Vessel, spoken: frozenset[str]) -> VesselEntry | None:
    """The row of the register that a named vessel is: no warship's where it is told to be a merchant: "MV Hamburg", "the tanker Minerva"."""
    entry = identify(vessel, doc.gazetteer, spoken, doc.published)
    if entry is None or entry.type in CIVIL:
        return entry
    if vessel.type in _MERCHANTS and entry.type in _NEVER_MERCHANTS:
        return None
    return None if any(_CIVIL_TOLD.search(doc.text, a, b) for a, b in vessel.mentions) else entry


_MERCHANTS = frozenset({VesselType.TANKER, VesselType.CARGO_SHIP})


_NOW_IN = ("docks", "arrives", "visits", "calls", "berths")


def _without_later_ports(doc: Text, told: list[Told]) -> None:
    """Take from departures the port, told elsewhere, where their ships came only later: "is in Tunis on 21 May. … put to sea on 5 May"."""
    denied = [e for e in told if e.kind in _IN_PORTS and e.stance.modality is Modality.NEGATED and e.main]
    for event in told:
        off = [e.main for e in denied if e.span == event.span and set(e.vessels) & set(event.vessels)]
        leaves = event.kind is EventKind.DEPARTURE and event.main and event.stance.modality is not Modality.NEGATED
        verb = event.sources.get("trigger", ("", None))[1]
        behind = verb is not None and event.main is not None and event.span[0] <= event.main.start < verb[0]
        if leaves and behind and any(p and event.main and p.start == event.main.start for p in off):
            del event.places["origin"], event.sources["origin"]  # "cancelled her call at Da Nang and sailed for Busan"
        left = event.interval.end if event.interval else None
        port = event.main if event.kind is EventKind.DEPARTURE and event.sources.get("origin", ("",))[0] == "document" else None
        if port is None or left is None or port.end > event.span[0]:
            continue  # "Lumut had KD Lekiu back, 81 days after she left it"
        there = [e for e in told if e is not event and e.main and e.main.name == port.name and set(e.vessels) & set(event.vessels)]
        days = [day for e in there if (day := _first_day_there(doc, e))]
        if days and min(days) > left:
            del event.places["origin"], event.sources["origin"]


def _first_day_there(doc: Text, event: Told) -> date | None:
    """The first day of an event; publication of one told as news without a day: "HMS Kent docks in Malta. She sailed on 20 September"."""
    if event.interval:
        return event.interval.start
    at = event.sources.get("trigger", ("", None))[1]
    return doc.published if at and doc.low[slice(*at)].endswith(_NOW_IN) else None


_IN_PORTS = frozenset({EventKind.IN_PORT, EventKind.ARRIVAL})
_VISIT_NOUNS = frozenset(["noun.visit", "noun.stay", "inport.visit"])


def _without_visits_again(doc: Text, told: list[Told]) -> list[Told]:
    """Without calls that a noun only speaks of again: "came into Cork on Friday. … The visit of the ship is to strengthen ties."."""
    calls, praise = [e for e in told if e.kind in _IN_PORTS and e.main], doc.lexicon.sets["visit_praise"]
    again = (e for e in told if e.rule in _VISIT_NOUNS and e.interval is None and e.main and not praise.isdisjoint(_WORDS.findall(doc.low, *e.span)))
    gone = [e for e in again if any(_is_of_call(e, call) for call in calls)]
    return [e for e in told if e not in gone] if gone else told


_WORDS = re.compile(r"[a-z]+")


def _is_of_call(stay: Told, call: Told) -> bool:
    """Whether a stay is that of a call told by a verb."""
    same = call.rule not in _VISIT_NOUNS and stay.kind in _IN_PORTS and set(stay.vessels) <= set(call.vessels)
    return same and stay.main is not None and call.main is not None and stay.main.name == call.main.name


def _each_where_told(told: list[Told]) -> list[Told]:
    """The calls of a group at several ports at once, each without those told to be in another: "SNMG1 visits Riga and Klaipeda. X is in Riga"."""
    calls: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for event in told:
        at = event.sources.get("trigger", ("", None))[1]
        if event.kind in _IN_PORTS and event.main and at and len(event.vessels) > 1:
            calls[at].append(event)
    for several in calls.values():
        ports, whole, days = {e.main.name for e in several if e.main}, set(several[0].vessels), several[0]
        if len(ports) < 2 or any(set(e.vessels) != whole for e in several):
            continue
        for one in told:
            alone = one not in several and one.kind in _IN_PORTS and one.main is not None and one.main.name in ports
            if not alone or one.main is None or not set(one.vessels) < whole:
                continue
            if one.interval is None and days.interval:
                one.interval, one.sources["date"] = days.interval, days.sources.get("date", ("document", None))
            for event in [e for e in several if e.main and e.main.name != one.main.name]:
                kept = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if v not in one.vessels]
                event.vessels, event.spans = tuple(v for v, _ in kept), tuple(s for _, s in kept)
    return [event for event in told if event.vessels]


_HAPPENED = frozenset({Modality.ASSERTED, Modality.REPORTED})
_COMES_OR_GOES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE})


def _each_when_told(doc: Text, told: list[Told]) -> list[Told]:
    """Without the undated coming of a group each of whose ships has her day: "Six ships came. The first, A, came on Friday, the rest on Monday"."""
    kept: list[Told] = []
    for event in told:
        whole = set(event.vessels)
        if event.kind in _COMES_OR_GOES and event.interval is None and len(whole) > 1:
            alike = [e for e in told if e.kind is event.kind and e.interval and set(e.vessels) < whole and _places_agree(doc, e, event)]
            days = {e.interval.start for e in alike if e.interval and e.stance.modality in _HAPPENED}
            if len(days) > 1 and whole == {v for e in alike for v in e.vessels}:
                continue
        kept.append(event)
    return kept


def _members_of(vessel: Vessel) -> tuple[Vessel, ...]:
    """Those who make up a group that the text names or counts later, who may be a number named later still; else the vessel itself."""
    if vessel.name or not vessel.members:
        return (vessel,)
    return tuple(m for v in vessel.members for m in ((v.members if v is not vessel and not v.name and vessel not in v.members else ()) or (v,)))


def _name_members(event: Told) -> None:
    """Put the named members in the place of vessels that the text names only later."""
    pairs = [(m, s) for v, s in zip(event.vessels, event.spans, strict=True) for m in _members_of(v)]
    spans: dict[Vessel, tuple[int, int]] = {}
    for vessel, span in pairs:
        spans.setdefault(vessel, span)
    event.roles = tuple(dict.fromkeys((m, r) for v, r in event.roles for m in _members_of(v)))
    event.vessels, event.spans = tuple(spans), tuple(spans.values())


def _without_past_plan(doc: Text, event: Told) -> None:
    """Take a day now gone from a plan that only follows on what was told for that day: "left on Monday. HMS Tyne is to follow"."""
    at, until = event.sources.get("date", ("", None)), event.interval.end if event.interval else None
    if event.stance.modality is not Modality.PLANNED or until is None or doc.published is None or until >= doc.published:
        return
    if at[1] is None or not event.span[0] <= at[1][0] < event.span[1]:
        event.interval = None
        event.sources.pop("date", None)


def _countries(doc: Text, vessels: list[Vessel]) -> frozenset[str]:
    told = {v.country for v in vessels if v.country}
    sure = {entry.country for v in vessels if len(v.keys) == 1 for entry in (doc.gazetteer.vessels.entries[v.keys[0]],)}
    return frozenset(c for c in told | sure if c)


def _vessel(doc: Text, number: str, vessel: Vessel, entry: VesselEntry | None, spoken: frozenset[str]) -> ExtractedVessel:
    whole = doc.original or doc.text
    spans = [told_span(whole, doc.text, *span) for span in sorted(set(vessel.mentions))]
    mentions = dict.fromkeys([whole[a:b] for a, b in spans])
    return ExtractedVessel(
        id=number,
        name=_plain(vessel.name),
        count=None if vessel.group and not vessel.name and vessel.count == 1 else vessel.count,
        type=type_told(doc, vessel, entry),
        class_name=_plain_class(vessel.class_name) or (_class_told(doc, entry) if entry else None),
        project=vessel.project or (entry.project if entry else None),
        hull=vessel.hull or (entry.hull if entry else None),
        country=vessel.country or (entry.country if entry else _owner_of_class(doc, vessel.class_name, spoken)),
        register=entry.key if entry else None,
        mentions=tuple(mentions),
        mention_spans=tuple(spans),
        said=tuple(Said(slot, value, _sentence(doc, at)) for (slot, value), at in vessel.said.items()),
    )


def _sentence(doc: Text, at: int) -> tuple[int, int]:
    """The span of the sentence in which an offset lies."""
    found = doc.sentences[bisect_right(doc.sentences, at, key=attrgetter("start")) - 1]
    return found.start, found.end


def _plain_class(told: str | None) -> str | None:
    """A class as it is mostly written: "Oscar-II" is Oscar II."""
    return _HYPHENED.sub(" ", told) if told else None


_HYPHENED = re.compile(r"-(?=[IVX]{1,4}$)")


def _class_told(doc: Text, entry: VesselEntry) -> str | None:
    """The class of a register's row, by the word that the text has for it: "Type 23" and not Duke, "Ropucha" and not Ropucha II."""
    words = _class_words(entry.project or "", entry.class_name or "")
    return next((word for word, surface in words if _has_word(doc, surface)), entry.class_name)


@lru_cache(maxsize=8192)
def _class_words(project: str, class_name: str) -> tuple[tuple[str, str], ...]:
    """The words for a project and class of the register, narrowest first, each as it is written and as a text is searched for it."""
    broad = _NUMERAL.sub("", class_name).removeprefix("Improved ").removeprefix("Modified ")
    words = (project if project[:1].isalpha() else f"Type {project}" if project else None, class_name, broad)
    return tuple((word, flat(word)) for word in words if word)


def _has_word(doc: Text, word: str) -> bool:
    """Whether a word stands in a text, with or without a plural s: asked once of each, as many vessels share a class."""
    if word not in doc.class_words:
        doc.class_words[word] = _stands_in(doc.low, word)
    return doc.class_words[word]


def _stands_in(low: str, word: str) -> bool:
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        end += low.startswith("s", end) and not _IN_WORD.match(low, end + 1)
        if not _IN_WORD.match(low, end) and not (at and _IN_WORD.match(low, at - 1)):
            return True
        at = low.find(word, at + 1)
    return False


def _owner_of_class(doc: Text, class_name: str | None, spoken: frozenset[str]) -> str | None:
    """The one country that has ships of a class, among those that the text speaks of where several have."""
    owners = doc.gazetteer.vessels.classes.get(fold(class_name), ()) if class_name else ()
    known = owners if len(owners) == 1 else [c for c in owners if c in spoken]
    return known[0] if len(known) == 1 else None


def _plain(name: str | None) -> str | None:
    return " ".join(name.split()) if name else None


def _event(doc: Text, ids: dict[Vessel, str], event: Told) -> ExtractedEvent:
    whole = doc.original or doc.text
    start, end = told_span(whole, doc.text, *event.span)
    names = {slot: _name(event.places.get(slot)) for slot in ("place", "origin", "destination")}
    keys = {slot: key_of(event.places.get(slot)) for slot in ("place", "origin", "destination")}
    return ExtractedEvent(
        vessels=tuple([ids[v] for v in event.vessels]),
        kind=event.kind,
        interval=event.interval or Interval.open_until(None),
        modality=event.stance.modality,
        hedge=event.stance.hedge,
        evidence=whole[start:end],
        span=(start, end),
        rule=event.rule,
        place=names["place"],
        origin=names["origin"],
        destination=names["destination"],
        place_key=keys["place"],
        origin_key=keys["origin"],
        destination_key=keys["destination"],
        roles=tuple((ids[v], Role(r)) for v, r in event.roles),
        slots=tuple([(slot, where, span) for slot, (where, span) in event.sources.items()]),
        vessel_spans=tuple([(ids[v], told_span(whole, doc.text, *span)) for v, span in zip(event.vessels, event.spans, strict=True)]),
    )


def _name(place: PlaceMention | None) -> str | None:
    return place.name if place else None


def _together(doc: Text, told: list[Told]) -> list[Told]:
    """One event for each happening: the same told twice becomes the fuller one."""
    kept: dict[int, Told] = {}
    of_vessel: dict[tuple[EventKind, Vessel], list[int]] = defaultdict(list)  # where the last events of a vessel stand
    for number, event in enumerate(told):
        beside = sorted({n for v in event.vessels for n in of_vessel[event.kind, v][-_TWINS:]})
        twin = next((n for n in beside if _same(doc, kept[n], event)), None)
        at = number if twin is None else twin
        if twin is None:
            kept[at] = event
        elif _fullness(event) + _tells_better(doc, event, kept[at]) > _fullness(kept[at]):
            finer = _told_finer(doc, kept[at].main, event.main) and set(kept[at].vessels) < set(event.vessels)
            event.vessels, event.spans = (kept[at].vessels, kept[at].spans) if finer else _all_vessels(event, kept[at])
            _fill(doc, event, kept[at])
            kept[at] = event
        else:
            kept[at].vessels, kept[at].spans = _all_vessels(kept[at], event)
            _fill(doc, kept[at], event)
        for vessel in kept[at].vessels:
            if at not in of_vessel[event.kind, vessel][-_TWINS:]:
                of_vessel[event.kind, vessel].append(at)
    events = list(kept.values())
    for event in events:
        _date_headline(doc, event, events)
    told_below = {e.kind for e in events if doc.blocks[e.block].kind != "heading"}
    events = [event for event in events if not (event.kind in told_below and _headline_of_another(doc, event, events))]
    events = [event for event in events if not (event.rule == "caption.place" and _only_captions(doc, event, events))]
    return [event for event in events if not (event.rule == "noun.stay" and _only_says_when(doc, event, events))]


_CALLED = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT})


def _only_says_when(doc: Text, event: Told, events: list[Told]) -> bool:
    """Whether a stay that the text tells elsewhere only says when something is done: "arrived in Busan. During its stay the group will train"."""
    if event.interval is not None or not doc.low.startswith(("during ", "throughout "), event.span[0]):
        return False
    calls = (e for e in events if e is not event and e.kind in _CALLED and e.stance.modality is not Modality.NEGATED)
    return any(_places_agree(doc, e, event) and set(e.vessels) & set(event.vessels) for e in calls)


_LEAD_SENTENCES = 4


def _date_headline(doc: Text, event: Told, events: list[Told]) -> None:
    """Give an arrival that a headline tells the day on which the lead has its ships berth: "Kent back in Rota", then "Kent docked on Friday"."""
    if event.kind is not EventKind.ARRIVAL or event.interval or event.main is None or doc.blocks[event.block].kind != "heading":
        return
    if event.sentence > 1 or event.stance.modality not in _FIRM:
        return
    for lead in events:
        day = lead.interval
        if lead.kind is not EventKind.IN_PORT or lead.stance.modality not in _FIRM or not 0 < lead.sentence - event.sentence <= _LEAD_SENTENCES:
            continue
        if set(event.vessels) <= set(lead.vessels) and day and day.start and day.start == day.end and _places_agree(doc, lead, event):
            event.interval, event.sources["date"] = day, lead.sources.get("date", ("document", None))
            return


def _only_captions(doc: Text, event: Told, events: list[Told]) -> bool:
    """Whether a caption says in short what the text below it tells: "USS X: Guam", then "The X pulled into Guam on Monday"."""
    below = [e for e in events if e.rule != "caption.place" and event.block < e.block <= event.block + 2 and set(e.vessels) & set(event.vessels)]
    return any(event.main and (p.name == event.main.name or _one_in_other(doc, p, event.main)) for e in below for p in e.places.values())


def _headline_of_another(doc: Text, event: Told, events: list[Told]) -> bool:
    """Whether a headline only says in general what the text then tells of particular vessels: "Russian ships leave Tartus"."""
    if doc.blocks[event.block].kind != "heading" or any(v.name for v in event.vessels):
        return False
    vague = all(v.type in GENERIC and not v.count for v in event.vessels)
    if not vague and event.block != 0:
        return False
    if vague:
        return True
    same = [e for e in events if e is not event and e.kind is event.kind and doc.blocks[e.block].kind != "heading"]
    return any(_places_agree(doc, e, event) for e in same)


def _places_agree(doc: Text, one: Told, other: Told) -> bool:
    a, b = one.main, other.main
    return a is None or b is None or a.name == b.name or _one_in_other(doc, a, b)


def _same(doc: Text, one: Told, other: Told) -> bool:
    if one.kind is not other.kind or (one.stance.modality is Modality.NEGATED) != (other.stance.modality is Modality.NEGATED):
        return False
    if (one.stance.modality is Modality.PLANNED) != (other.stance.modality is Modality.PLANNED):
        headed = "heading" in (doc.blocks[one.block].kind, doc.blocks[other.block].kind)
        if one.interval != other.interval or (one.kind in _MOVES and not headed and one.sentence != other.sentence):
            return False  # "She had come from Surabaya. After the review she will sail for Natuna"
        if not headed and set(one.vessels) != set(other.vessels):
            return False  # "The tug is at anchor off Skagen and is expected to join the frigates"
    if not (set(one.vessels) <= set(other.vessels) or set(other.vessels) <= set(one.vessels)) or _change_sides(one, other):
        return False
    a, b = one.main, other.main
    if (a is None) != (b is None) and one.interval and one.interval == other.interval and one.span == other.span:
        return True  # "Cork saw off HMS Tyne, which cast off at noon on Friday"
    if not _places_agree(doc, one, other):
        return False
    if a and b and a.name != b.name and one.sources.get("trigger") == other.sources.get("trigger") and one.span == other.span:
        return False  # "patrolled the Arabian Sea and the Gulf of Aden"
    if a and b and one.span == other.span and one.kind is EventKind.DEPARTURE and a.is_port != b.is_port and _is_sea(a, b):
        return False  # "left Primorsk on Monday and sailed from the Baltic through the Danish Straits"
    if (
        a
        and b
        and a.is_port != b.is_port
        and _is_sea(a, b)
        and (one.stance.modality is Modality.PLANNED) != (other.stance.modality is Modality.PLANNED)
    ):
        return False  # "has entered the Mediterranean. She is to visit Souda Bay"
    if one.kind is EventKind.AT_SEA and a and b and a.name != b.name and one.interval and other.interval and one.interval != other.interval:
        return False  # "was in the Baltic this week. On Monday she passed Bornholm with HMS Tyne"
    if (one.interval is None) != (other.interval is None):
        dated, bare = (one, other) if one.interval else (other, one)
        on_way = dated.rule.startswith("arrive.return") and bare.rule == "shape.arrival" and one.span == other.span
        again = dated.main is None and bare.main and one.kind in _MOVES and not on_way and _told_again(dated, bare) and not _one_of_tour(bare)
        if _one_way(dated, bare):
            return True
        near = abs(dated.sentence - bare.sentence) <= _TOLD_AGAIN and one.kind in _MOVES
        finer = near and (_told_finer(doc, a, b) or _told_finer(doc, b, a))
        if not (again or finer or (a and b and a.name == b.name)) or _another_time(doc, dated, bare):
            return False
        return not (one.kind in _STAYS and set(dated.vessels) < set(bare.vessels))
    if one.interval is None or other.interval is None:
        return True
    return one.interval.overlaps(other.interval)


_TOLD_AGAIN, _MOVES = 2, frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL})
"""A move told without its day is told with the day alone so many sentences off: "has left Cork. The navy said she sailed on Tuesday"."""


def _change_sides(one: Told, other: Told) -> bool:
    """Whether who watches in one of two events is watched in the other: "The convoy, escorted by the X, passed. HMS Kent shadowed the convoy"."""
    if set(one.vessels) == set(other.vessels) or any(e.kind is not EventKind.ESCORT or not (e.main or e.interval) for e in (one, other)):
        return False
    if any(len({role for _, role in event.roles}) < 2 or len({v for v, _ in event.roles}) < 2 for event in (one, other)):
        return False  # of whom one side alone is told
    first, second = ({v for v, role in event.roles if role is Role.ESCORT} for event in (one, other))
    return any(v in second and role is Role.ESCORTED for v, role in one.roles) or any(v in first and role is Role.ESCORTED for v, role in other.roles)


def _one_way(dated: Told, bare: Told) -> bool:
    """Whether a departure told with its day and port is told again with where it led: "left Rota on Friday to begin her journey to Norfolk"."""
    if dated.kind is not EventKind.DEPARTURE or bare.main or not dated.main or not 0 <= bare.sentence - dated.sentence <= 1:
        return False
    if set(bare.vessels) < set(dated.vessels):
        return False  # "The three left Tunis on Friday. The tanker had left for Bari two days before"
    return "destination" in bare.places and "destination" not in dated.places and bare.stance.modality is dated.stance.modality


def _told_again(dated: Told, bare: Told) -> bool:
    """Whether one of two sentences near each other tells the day of a move and the other the port."""
    behind = dated.sentence - bare.sentence
    if behind < 0 and dated.rule.startswith("arrive.return") != bare.rule.startswith("arrive.return"):
        return False  # "returned home on Friday. She had made stops in Seward and Kodiak"
    return 0 < behind <= _TOLD_AGAIN or (0 < -behind <= _TOLD_AGAIN and bare.main is not None and bare.main.is_port)


def _one_of_tour(event: Told) -> bool:
    """Whether a port is one of those to which a voyage led: "arrived home on Sunday. Her cruise took her to Lisbon and Hamburg"."""
    return event.kind is EventKind.ARRIVAL and event.rule.startswith("carry")


_LONG_AGO = timedelta(days=30)
_CURRENT_CHARS = 24
_FORMERLY = (" last ", " previously ", " had earlier ")
_CURRENT = re.compile(r"\b(?:has|have|is|are|now|will)\b")


def _another_time(doc: Text, dated: Told, bare: Told) -> bool:
    """Whether what is told as news is told of an earlier time too: "has called at Kiel. She had called at Kiel in May as well"."""
    then = dated.sources.get("trigger", ("", None))[1]
    if then and dated.sentence > bare.sentence and doc.low[max(then[0] - _CURRENT_CHARS, 0) : then[0]].endswith(_FORMERLY):
        return True  # "The ship entered Port Victoria. She last visited it on 18 June"
    until, at = dated.interval.end if dated.interval else None, bare.sources.get("trigger", ("", None))[1]
    if until is None or doc.published is None or doc.published - until <= _LONG_AGO or dated.sentence == bare.sentence or at is None:
        return False
    return doc.blocks[bare.block].kind == "heading" or bool(_CURRENT.search(doc.low, max(at[0] - _CURRENT_CHARS, bare.span[0]), at[1]))


_STAYS = frozenset({EventKind.AT_SEA, EventKind.IN_PORT})
"""Of two ships told to be in port one may stay until a day that is told of her alone."""


def _one_in_other(doc: Text, a: PlaceMention, b: PlaceMention) -> bool:
    tree = doc.gazetteer.places.tree
    return bool(a.entry and b.entry) and (tree.inside(a.entry.key, b.entry.key) or tree.inside(b.entry.key, a.entry.key))  # type: ignore[union-attr]  # checked


def _fullness(event: Told) -> int:
    sides = 2 * len(event.vessels) if event.kind is EventKind.ESCORT else 0  # who watched whom is what an escort tells
    return len(event.places) + 2 * (event.interval is not None) + (MAIN_SLOT[event.kind] in event.places) + sides


def _tells_better(doc: Text, event: Told, kept: Told) -> bool:
    """Whether of two tellings, equally full, the second is the better quote: below a headline, of more ships, or of the port and not its land."""
    return _below(doc, event, kept) or _of_more(event, kept) or _told_finer(doc, kept.main, event.main)


def _below(doc: Text, event: Told, kept: Told) -> bool:
    """Whether the text tells again what only a headline told: of equals the text is the better quote."""
    return doc.blocks[kept.block].kind == "heading" and doc.blocks[event.block].kind != "heading"


def _of_more(event: Told, kept: Told) -> bool:
    """Whether a sentence tells the same of more ships: of equals it is the better quote."""
    same = event.interval == kept.interval and event.stance.modality is kept.stance.modality and event.places.keys() == kept.places.keys()
    return same and len(event.vessels) > len(kept.vessels) and all(p.name == kept.places[slot].name for slot, p in event.places.items())


def _all_vessels(one: Told, other: Told) -> tuple[tuple[Vessel, ...], tuple[tuple[int, int], ...]]:
    apart = one.kind is EventKind.REPLENISHMENT and one.span != other.span  # "takes on fuel from X during a fueling at sea" is one
    if one.kind is EventKind.ESCORT or apart or _elsewhere(one, other):
        return one.vessels, one.spans
    together = dict(zip((*one.vessels, *other.vessels), (*one.spans, *other.spans), strict=True))
    first = dict(zip(one.vessels, one.spans, strict=True))
    return tuple(together), tuple(first.get(v, s) for v, s in together.items())


def _fill(doc: Text, event: Told, again: Told) -> None:
    """Take what an event that is told twice lacks from where it is told again: its day, or where it went from or to."""
    told = {event.stance.modality, again.stance.modality}
    if event.interval is None and again.interval is not None and (len(told) == 1 or told <= _FIRM):
        event.interval, event.sources["date"] = again.interval, again.sources.get("date", ("document", None))
    if event.kind not in (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT):
        return
    if _told_finer(doc, event.main, again.main) and again.main:
        slot = MAIN_SLOT[event.kind]
        event.places[slot], event.sources[slot] = again.main, again.sources.get(slot, ("document", None))
    for slot in ("origin", "destination", "place"):
        if slot not in event.places and slot in again.places and not any(p.name == again.places[slot].name for p in event.places.values()):
            event.places[slot], event.sources[slot] = again.places[slot], again.sources.get(slot, ("document", None))


def _is_sea(*places: PlaceMention) -> bool:
    """Whether one of some places is a sea."""
    return any(p.entry is not None and p.entry.kind in WATER_KINDS for p in places)


def _told_finer(doc: Text, wide: PlaceMention | None, place: PlaceMention | None) -> bool:
    """Whether a port is told where another sentence tells only its land: "called at a port in Malta", then "called at Valletta"."""
    if wide is None or place is None or wide.entry is None or place.entry is None or not place.is_port or wide.is_port:
        return False
    return wide.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION) and doc.gazetteer.places.tree.inside(place.entry.key, wide.entry.key)


_FIRM = frozenset({Modality.ASSERTED, Modality.REPORTED})


def _elsewhere(one: Told, other: Told) -> bool:
    """Whether what is told again is told of more vessels and a wider place: "Two ships head for Syria", of which one is heading for Tartus."""
    a, b = one.main, other.main
    return bool(a and b and a.name != b.name and set(other.vessels) > set(one.vessels))
