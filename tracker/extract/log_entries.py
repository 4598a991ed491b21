"""Stage 6, entries of a ship's own log that no verb tells: "Limassol, 9 Feb – cancelled", "Next: Salalah (8 Mar)", "Courbet to Kochi", "Bahia in"."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality
from tracker.extract.dates import DateMention
from tracker.extract.events import remember_told
from tracker.extract.groups import joined
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.ships_log_shape import struck_out
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_MARKS = frozenset([",", ";", ".", "(", ")", "–", "—", "-", ":", "/", "and", "then"])
_OPENING_TOKENS = 3


def log_entry(scene: Scene, discourse: Discourse) -> list[Told]:
    """What a sentence of an entry tells of the ships whose log it is, by its shape alone; empty where it has none of these shapes."""
    line = scene.line
    if (discourse.block_date or (-1,))[0] != line.sentence.block:
        return _to_come(scene, discourse)
    told = (
        _to_come(scene, discourse)
        or _each_to_hers(scene, discourse)
        or _all_in(scene, discourse)
        or _with_others(scene, discourse)
        or _gets_under_way(scene, discourse)
    )
    for event in told:
        remember_told(event, discourse)
    return told


def _of_keeper(scene: Scene, discourse: Discourse) -> Group:
    """The ships whose log it is, as those of a sentence that leaves them out."""
    span = scene.line.span(0, 1)
    return Group(0, 0, discourse.keeper, tuple(span for _ in discourse.keeper))


def _event(
    scene: Scene, discourse: Discourse, group: Group, kind: EventKind, place: PlaceMention, stance: Stance, day: DateMention | None = None
) -> Told:
    """The event of ships and a place that a sentence tells by its shape, on a day of its own or on that of the entry."""
    line = scene.line
    here = line.sentence.start <= place.start < line.sentence.end
    first = place.first if here else group.first
    trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", first, first + 1, first, False, (0, line.size))
    event = tell(scene, trigger, group.vessels, group.spans, kind, {MAIN_SLOT[kind]: place}, stance, discourse)
    dated = day or (discourse.block_date[1] if discourse.block_date else None)
    if dated and dated.interval:
        event.interval, event.sources["date"] = dated.interval, ("clause" if day else "heading", (dated.start, dated.end))
    event.stance = stance
    return event


def _struck_out(scene: Scene, discourse: Discourse) -> list[Told]:
    """The call that an entry tells to have come to nothing: "Jakarta, 12 April – dropped for want of a berth"."""
    line, said = scene.line, struck_out(scene.line)
    port = next((p for p in scene.places if p.is_port), None)
    if said is None or port is None or scene.groups or port.last > said or len([p for p in scene.places if p.is_port]) > 1:
        return []
    return [_event(scene, discourse, _of_keeper(scene, discourse), EventKind.ARRIVAL, port, Stance(Modality.NEGATED, line.text(said)))]


def _to_come(scene: Scene, discourse: Discourse) -> list[Told]:
    """The ports that an entry tells as those to come, each with its day behind it: "Next: Salalah (8 March), Mumbai (15 March)"."""
    line = scene.line
    if line.low(0) not in line.doc.lexicon.sets["opens_to_come"] or scene.groups:
        return []
    ports = [p for p in scene.places if p.is_port]
    pairs = [(p, next((d for d in scene.dates if 0 <= line.at_offset(d.start) - p.last <= _OPENING_TOKENS), None)) for p in ports]
    told, keeper = Stance(Modality.PLANNED, line.text(0)), _of_keeper(scene, discourse)
    return [_event(scene, discourse, keeper, EventKind.ARRIVAL, port, told, day) for port, day in pairs if day]


def _each_to_hers(scene: Scene, discourse: Discourse) -> list[Told]:
    """Ships with the port that each went to: "Courbet to Kochi, Mistral to Mumbai", "Hobart detached for Guam"."""
    line, pairs = scene.line, list[tuple[Group, PlaceMention]]()
    for group in scene.groups:
        place = next((p for p in scene.places if p.entry and group.last < p.first <= group.last + _OPENING_TOKENS), None)
        between = line.lows[group.last : place.first] if place else []
        words = [low for low in between if low not in line.doc.lexicon.sets["leaves_company"] and low != "off"]
        if place and words in (["to"], ["for"]) and (group.first == 0 or line.text(group.first - 1) in _MARKS):
            pairs.append((group, place))
    return [_event(scene, discourse, group, EventKind.UNDERWAY, place, Stance(Modality.ASSERTED)) for group, place in pairs]


def told_first(scene: Scene, discourse: Discourse) -> list[Told]:
    """What an entry tells by its shape whatever its words: a call that came to nothing, ports each with its ship in brackets."""
    if (discourse.block_date or (-1,))[0] != scene.line.sentence.block:
        return []
    events = _struck_out(scene, discourse) or _each_in_hers(scene, discourse) or _in_and_out(scene, discourse) or _home(scene, discourse)
    for event in events:
        remember_told(event, discourse)
    return events


def beside_verbs(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """What the entry of a ship's log tells beside its verbs: the waters that it opens with, "2 June – Bab el-Mandeb, escorted by FS Alsace"."""
    line = scene.line
    block, opened = discourse.block_date or (-1, None)
    if block != line.sentence.block or opened is None:
        return told
    waters = _opening_waters(scene, opened)
    if waters and not any(e.main and e.main.name == waters.name for e in told):
        kind = EventKind.TRANSIT if waters.is_passage else EventKind.AT_SEA
        told = [_event(scene, discourse, _of_keeper(scene, discourse), kind, waters, Stance(Modality.ASSERTED)), *told]
        remember_told(told[0], discourse)
    if waters:
        discourse.entry_waters = (block, waters)
    before = discourse.entry_waters[1] if discourse.entry_waters and discourse.entry_waters[0] == block else None
    for event in told:
        if event.kind in _ON_THE_WAY and event.main is None and before is not None:
            event.places["place"], event.sources["place"] = before, ("sentence before", (before.start, before.end))
    return told


_ON_THE_WAY = frozenset([EventKind.ESCORT, EventKind.REPLENISHMENT])


def _opening_waters(scene: Scene, opened: DateMention) -> PlaceMention | None:
    """The sea or passage that stands right behind the day of an entry, with a comma behind it."""
    line = scene.line
    place = next((p for p in scene.places if p.entry and (p.is_passage or p.entry.kind in WATER_KINDS) and p.how is None), None)
    if place is None or not opened.start <= line.sentence.start <= opened.end or line.text(place.last) != ",":
        return None
    between = line.texts[line.at_start(opened.end) : place.first]
    return place if all(text in _MARKS for text in between) else None


def _each_in_hers(scene: Scene, discourse: Discourse) -> list[Told]:
    """Ports with the ship that lay in each in brackets: "Colombo (Mistral); Trincomalee (Courbet)"."""
    line, found = scene.line, list[tuple[Group, PlaceMention]]()
    if "(" not in line.texts:
        return []
    told = [(v, span) for group in scene.groups for v, span in zip(group.vessels, group.spans, strict=True)]
    for vessel, span in told:
        first, last = line.at_start(span[0]), line.at_offset(span[1] - 1) + 1
        place = next((p for p in scene.places if p.is_port and p.last == first - 1), None)
        if place and line.text(place.last) == "(" and line.text(last) == ")":
            found.append((Group(first, last, (vessel,), (span,)), place))
    if not found or len(found) < len(told):
        return []
    return [_event(scene, discourse, group, EventKind.IN_PORT, place, Stance(Modality.ASSERTED)) for group, place in found]


def _in_and_out(scene: Scene, discourse: Discourse) -> list[Told]:
    """The port that ships came into or left by one word behind it, each with its day: "14 June – Mumbai in", "26 May – Souda Bay in / 28 May out"."""
    line, events = scene.line, list[Told]()
    port = next((p for p in scene.places if p.is_port and p.how is None), None)
    if port is None or line.low(port.last) not in _IN_OUT or any(g.first < port.first for g in scene.groups):
        return []
    for at in range(port.last, line.size):
        if line.low(at) in _IN_OUT and (line.text(at + 1) in _MARKS or at + 1 == line.size):
            day = next((d for d in scene.dates if line.at_offset(d.end - 1) + 1 == at), None)
            kind = EventKind.ARRIVAL if line.low(at) == "in" else EventKind.DEPARTURE
            events.append(_event(scene, discourse, _of_keeper(scene, discourse), kind, port, Stance(Modality.ASSERTED), day))
    return events


_IN_OUT = frozenset(["in", "out"])


def _port_of_entry(scene: Scene, discourse: Discourse) -> PlaceMention | None:
    """The port that the entry told last in front of a sentence."""
    block = scene.line.sentence.block
    return next((e.main for e in reversed(discourse.told[-_RECALLED:]) if e.block == block and e.main and e.main.is_port), None)


_RECALLED = 8


def _all_in(scene: Scene, discourse: Discourse) -> list[Told]:
    """Ships told to be in the port of their entry: "Salvador. Bahia and Defensora in"."""
    line, port = scene.line, _port_of_entry(scene, discourse)
    if port is None or scene.places or not scene.groups or scene.groups[0].first > 1:
        return []
    who = joined(scene.groups)
    if line.low(who.last) not in ("in", "inside") or (line.text(who.last + 1) not in _MARKS and who.last + 1 < line.size):
        return []
    return [_event(scene, discourse, who, EventKind.IN_PORT, port, Stance(Modality.ASSERTED))]


def _with_others(scene: Scene, discourse: Discourse) -> list[Told]:
    """Ships that a sentence only names behind the waters of its entry: "5 April – Bay of Bengal, exercise. USS Somerset and JS Akebono"."""
    line = scene.line
    block, waters = discourse.entry_waters or (-1, None)
    if waters is None or waters.is_passage or block != line.sentence.block or scene.places or not scene.groups or scene.groups[0].first > 1:
        return []
    held = {n for g in scene.groups for n in range(g.first, g.last)}
    words = [low for n, low in enumerate(line.lows) if n not in held and low.isalpha() and line.texts[n].islower()]
    if not line.doc.lexicon.sets["among_ships"].issuperset(words):
        return []
    return [_event(scene, discourse, group, EventKind.AT_SEA, waters, Stance(Modality.ASSERTED)) for group in scene.groups]


def _home(scene: Scene, discourse: Discourse) -> list[Told]:
    """The return that an entry tells by "home" beside a port: "Hobart home, Sydney", "Home, Brest, after 132 days"."""
    line = scene.line
    at = next((n for n in line.where(_HOME)), None)
    port = next((p for p in scene.places if p.is_port and at is not None and 0 < p.first - at <= _OPENING_TOKENS), None)
    if at is None or port is None or line.low(at + 1) not in (",", ":", "in", "to", "at", "–"):
        return []
    before = [g for g in scene.groups if g.last == at]
    if not before and at > 0 and line.text(at - 1) not in _MARKS:
        return []
    who = before[0] if before else _of_keeper(scene, discourse)
    return [_event(scene, discourse, who, EventKind.ARRIVAL, port, Stance(Modality.ASSERTED))]


_HOME = frozenset(["home"])


def _gets_under_way(scene: Scene, discourse: Discourse) -> list[Told]:
    """The departure that an entry tells by one word: "11 June: Underway." """
    line = scene.line
    dated = {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    words = [low for n, low in enumerate(line.lows) if n not in dated and low not in _MARKS and not low.isdecimal()]
    port = discourse.lying.get(discourse.keeper[0])
    if port is None or words not in (["underway"], ["under", "way"], ["left"], ["off"]):
        return []
    return [_event(scene, discourse, _of_keeper(scene, discourse), EventKind.DEPARTURE, port, Stance(Modality.ASSERTED))]
