"""Stage 6, the port that a log watches as the place of what it tells: where ships come to, lie and leave from without a word of it."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, EventKind
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.port_words import DUE
from tracker.extract.scene import Scene, Told

_AT_BERTH = frozenset(["wharf", "quay", "pier", "jetty", "mole", "steps", "stage", "dock"])


def names_berth(line: Line, place: PlaceMention) -> bool:
    """Whether a place only names a berth of the port that is watched: "berthed at Victoria Quay"."""
    return line.low(place.last) in _AT_BERTH and line.text(place.last)[:1].isupper()


def only_how_long(line: Line, day: DateMention) -> bool:
    """Whether a time only says what a ship came for: "arr. 1800 for the weekend"."""
    at = line.at_offset(day.start)
    lead = at if line.low(at) == "for" else at - 1 - (line.low(at - 1) in ("the", "a"))
    return day.kind == "relative" and line.low(lead) == "for" and DUE.isdisjoint(line.lows[:lead]) and not line.lows[lead - 1].startswith("plan")


def settled(line: Line, told: list[Told], watch: PlaceMention) -> None:
    """Let ships come to the watched port where the place of their arrival is where they came from or went on to: "came round from Cape Town"."""
    onward = {p.start for e in told if e.kind is EventKind.DEPARTURE and (p := e.places.get("destination"))}
    came_from = {p.start for e in told if e.kind is EventKind.ARRIVAL and (p := e.places.get("origin"))}
    _bound_then(told)
    for again in [e for e in told if e.rule == "shape.arrival" and (p := e.places.get("destination")) and p.start in onward]:
        told.remove(again)  # "then off to San Diego" is a departure for it
    for event in told:
        span = event.sources.get("trigger", ("", None))[1]
        at = line.at_offset(span[0]) if span and line.sentence.start <= span[0] < line.sentence.end else line.size
        origin, destination = event.places.get("origin"), event.places.get("destination")
        if event.rule == "depart.out-of" and line.low(at) in ("came", "come", "comes", "coming") and origin and origin.name != watch.name:
            event.kind = EventKind.ARRIVAL
        elif (
            event.rule.startswith("way.")
            and event.kind is EventKind.ARRIVAL
            and destination
            and _goes_on(line, at)
            and destination.name != watch.name
        ):
            event.kind = EventKind.DEPARTURE  # "came down from Kochi and went on to Manila"
        elif event.kind in _STAYS and event.main and event.main.name != watch.name and _is_here(line, event.main):
            pass  # "has been here since April"
        elif event.rule == "sea.state" and event.main and event.main.name == watch.name and _still_in(line, at):
            event.kind = EventKind.IN_PORT  # "Charles de Gaulle still in."
        elif event.kind is EventKind.UNDERWAY and line.low(at) == "sailed" and destination:
            event.kind = EventKind.DEPARTURE  # "sailed in company for Hawaii"
        elif event.kind is EventKind.DEPARTURE and origin and origin.start in came_from and origin.name != watch.name:
            pass  # "Arr 6 May ex Karachi, Dep 9 May"
        elif event.kind is EventKind.ARRIVAL and destination and destination.name != watch.name and _told_of_others(line, at, destination, onward):
            pass
        else:
            continue
        slot = MAIN_SLOT[event.kind]
        event.places[slot], event.sources[slot] = watch, ("heading", (watch.start, watch.end))


_STAYS = frozenset([EventKind.ARRIVAL, EventKind.IN_PORT])


def _is_here(line: Line, place: PlaceMention) -> bool:
    """Whether a place was told only before an entry, or by "here": not where the entry itself says that ships are."""
    told = line.sentence.start <= place.start < line.sentence.end
    return not told or line.low(line.at_offset(place.start)) == "here"


def _goes_on(line: Line, at: int) -> bool:
    """Whether words of movement tell that ships went on from the port that is watched: "went on to Manila"."""
    return line.low(at) in ("went", "gone", "goes", "moved", "pushed", "carried") and line.low(at + 1) == "on"


def _still_in(line: Line, at: int) -> bool:
    """Whether words of being somewhere say no more than that a ship is in port: "still in"."""
    return line.low(at) == "still" and line.low(at + 1) in ("in", "here")


def _told_of_others(line: Line, at: int, place: PlaceMention, onward: set[int]) -> bool:
    """Whether the place of an arrival is where ships went on to, or told in an aside: "has not come: engine trouble in Walvis Bay"."""
    aside = place.first > at and ":" in line.lows[at : place.first]
    trials = place.how == "off" and place.first < at  # "away for trials off Hyères, returned 1800"
    return place.start in onward or aside or trials


def _bound_then(told: list[Told]) -> None:
    """Give a departure told by a word alone where its ships are told to be bound: "Out 13 October 0800, destination given as Souda"."""
    for left in [e for e in told if e.rule == "log.departure" and "destination" not in e.places]:
        way = next((e for e in told if e.kind is EventKind.UNDERWAY and e.vessels == left.vessels and "destination" in e.places), None)
        if way and way.stance.modality is left.stance.modality:
            left.places["destination"], left.sources["destination"] = way.places["destination"], way.sources["destination"]
            told.remove(way)


def places_at_port(scene: Scene, kind: EventKind, clause: tuple[int, int, int], watch: PlaceMention) -> dict[str, PlaceMention] | None:
    """The places of an act of a port's log: that port, and where ships come from or go; None where the clause tells another port.

    `clause`: the tokens where it begins, where its word of movement stands, and where it ends.
    """
    line, slots = scene.line, dict[str, PlaceMention]()
    begin, word, end = clause
    for place in (p for p in scene.places if begin <= p.first < end and p.entry):
        led = line.low(place.first - 1) if line.low(place.first - 1) != "the" else line.low(place.first - 2)
        if led in ("from", "ex") and kind is EventKind.ARRIVAL:
            slots.setdefault("origin", place)
        elif kind is EventKind.DEPARTURE and (led in ("for", "to", "towards", "toward") or line.low(place.last) == "bound"):
            slots.setdefault("destination", place)
        elif place.name != watch.name and _is_elsewhere(kind, place, word, led):
            return None
    slots[MAIN_SLOT[kind]] = watch
    return slots


def _is_elsewhere(kind: EventKind, place: PlaceMention, word: int, led: str) -> bool:
    """Whether a place says that an act is at another port than the one that is watched: "in at Portland", "alongside in Brest"."""
    if kind is EventKind.ARRIVAL:
        return led in ("for", "to", "at") and place.first > word
    return kind is EventKind.IN_PORT and place.first >= word - 1 and not place.anaphor
