"""How many vessels were in an area at the start and at the end of a period, and why the figures differ: pure, from told events only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.kinds import AREA_KINDS, EventKind, Modality, PlaceKind
from tracker.report.sentences import called
from tracker.report.told import ToldEvent

MOVES = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT})
"""Kinds that change where a vessel is; the others say where it is."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The place or area a report is about. `inside` are the keys of places in it, itself among them; `around` those that hold it."""

    name: str
    key: str | None = None  # None: the whole world
    kind: PlaceKind | None = None
    inside: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    borders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a strait's key -> keys of the waters that it joins

    @property
    def is_area(self) -> bool:
        """Whether it is an area, which a vessel does not leave by leaving a port in it."""
        return self.kind in AREA_KINDS

    def holds(self, key: str | None) -> bool:
        """Whether a place lies in it; everything does when it is the whole world."""
        return self.key is None or key in self.inside

    def touches(self, event: ToldEvent) -> bool:
        """Whether any place of the event lies in it."""
        return self.key is None or any(key in self.inside for key in (event.place_key, event.origin_key, event.destination_key) if key)


class Side(StrEnum):
    """Where an event leaves its vessel."""

    IN = "in"
    OUT = "out"
    UNCLEAR = "unclear"


def side(event: ToldEvent, scope: Scope) -> Side:
    """Where the vessel is once the event is over, seen from the scope; unclear where the places told do not say."""
    match event.kind:
        case EventKind.DEPARTURE:
            return _after_departure(event, scope)
        case EventKind.ARRIVAL:
            return _at(event.destination_key or event.place_key, scope)
        case EventKind.TRANSIT:
            return _after_transit(event, scope)
        case EventKind.UNDERWAY:
            return _at(event.place_key, scope)
        case _:
            return _at(event.place_key, scope)


def _at(key: str | None, scope: Scope) -> Side:
    if key is None or key in scope.around:
        return Side.UNCLEAR
    return Side.IN if scope.holds(key) else Side.OUT


def _after_departure(event: ToldEvent, scope: Scope) -> Side:
    origin = event.origin_key or event.place_key
    if origin == scope.key or not scope.is_area:
        return Side.OUT if scope.holds(origin) else _at(origin, scope)
    return _at(origin, scope)


def _after_transit(event: ToldEvent, scope: Scope) -> Side:
    waters = scope.borders.get(event.place_key or "", ())
    if waters and all(scope.holds(water) for water in waters):
        return Side.IN
    if not any(scope.holds(water) for water in waters) and not scope.holds(event.place_key):
        return _at(event.place_key, scope)
    if event.destination_key and event.destination_key not in scope.around:
        return _at(event.destination_key, scope)
    return Side.OUT if event.origin_key and scope.holds(event.origin_key) else Side.UNCLEAR


class Certainty(StrEnum):
    """How sure it is that a vessel is in the scope on a day."""

    PRESENT = "present"
    PROBABLY = "probably"
    LAST_SEEN = "last seen"  # too long ago to count
    UNCLEAR = "unclear"  # the last report does not say on which side it is
    GONE = "gone"
    UNKNOWN = "unknown"  # nothing told by that day

    @property
    def counts(self) -> bool:
        """Whether a vessel of this certainty is counted as there."""
        return self in (Certainty.PRESENT, Certainty.PROBABLY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one vessel on one day, and the event that says so."""

    certainty: Certainty
    event: ToldEvent | None = None
    place: str | None = None
    age: int | None = None  # whole days from the event's end to the day; at least, when the event is undated


def standing(history: Sequence[ToldEvent], scope: Scope, on: date, horizons: Mapping[EventKind, int]) -> Standing:
    """What one vessel's history tells of a day: the latest event known by then decides, and grows old by its kind's horizon in days."""
    latest = max((e for e in history if _counts_by(e, on)), key=_recency, default=None)
    if latest is None:
        return Standing(Certainty.UNKNOWN)
    end = latest.interval.end or on
    age = max(0, (on - end).days)
    return Standing(_certainty(latest, scope, age, horizons), latest, whereabouts(latest), age)


def _counts_by(event: ToldEvent, on: date) -> bool:
    known = (event.interval.start if event.kind not in MOVES else None) or event.interval.end
    return event.happened and known is not None and known <= on and side_told(event)


def side_told(event: ToldEvent) -> bool:
    """Whether the event says anything of where the vessel was."""
    return bool(whereabouts(event))


def _recency(event: ToldEvent) -> tuple[date, date, bool, int, str]:
    end = event.interval.end or date.max
    return end, event.interval.start or end, event.kind in MOVES, event.modality is Modality.ASSERTED, event.id


def _certainty(event: ToldEvent, scope: Scope, age: int, horizons: Mapping[EventKind, int]) -> Certainty:
    where = side(event, scope)
    if where is Side.UNCLEAR:
        return Certainty.UNCLEAR
    if where is Side.OUT:
        return Certainty.GONE
    if age > horizons[event.kind]:
        return Certainty.LAST_SEEN
    sure = age == 0 and event.kind not in MOVES and event.modality is Modality.ASSERTED and not event.undated
    return Certainty.PRESENT if sure else Certainty.PROBABLY


def whereabouts(event: ToldEvent) -> str | None:
    """Where an event puts its vessel, in a few words: "Tartus", "left Tartus", "under way to Baltiysk"; None where it says nothing."""
    match event.kind:
        case EventKind.DEPARTURE:
            left = event.origin or event.place
            return f"left {called(left)}" if left else None
        case EventKind.ARRIVAL:
            return event.destination or event.place
        case EventKind.TRANSIT:
            return f"passed {called(event.place)}" if event.place else None
        case EventKind.UNDERWAY:
            return (
                event.place
                or (f"under way to {called(event.destination)}" if event.destination else None)
                or (f"under way from {called(event.origin)}" if event.origin else None)
            )
        case EventKind.AT_SEA:
            return f"at sea, {event.place}" if event.place else None
        case _:
            return event.place


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """One line of the strength table: so many vessels, which ones, and the events behind it."""

    key: str
    label: str
    vessels: tuple[str, ...]
    events: tuple[ToldEvent, ...]
    sign: int = 0  # +1 adds to the count at the end, -1 takes away, 0 stands apart

    @property
    def count(self) -> int:
        """How many vessels."""
        return len(self.vessels)


@dataclass(frozen=True, slots=True)
class Strength:
    """The strength table of named vessels; `why_not` says why there is none."""

    rows: tuple[StrengthRow, ...] = ()
    why_not: str | None = None

    def row(self, key: str) -> StrengthRow:
        """A line by its key: start, in, seen, out, lost, end, uncertain."""
        return next(row for row in self.rows if row.key == key)


def strength(
    histories: Mapping[str, Sequence[ToldEvent]], scope: Scope, since: date | None, until: date, horizons: Mapping[EventKind, int]
) -> Strength:
    """The table for a period, of named vessels only: unnamed ones told on two days may be the same ships."""
    if scope.key is None:
        return Strength(why_not="No area was named, so no vessel comes in or goes out.")
    if since is None:
        return Strength(why_not="The period has no beginning, so there is no strength at its start.")
    found: dict[str, list[tuple[str, ToldEvent]]] = {key: [] for key, _, _ in _LINES}
    for history in histories.values():
        if history and history[0].named:
            for key, event in _lines_of(history, scope, since, until, horizons):
                found[key].append((history[0].vessel, event))
    return Strength(tuple(_row(key, label, sign, found[key]) for key, label, sign in _LINES))


_LINES = (
    ("start", "At the start", 1),
    ("in", "Told to have come in", 1),
    ("seen", "Seen there, arrival not told", 1),
    ("out", "Told to have left, or seen elsewhere", -1),
    ("lost", "Not reported again, too old to count", -1),
    ("end", "At the end", 0),
    ("uncertain", "Uncertain at the end, not counted", 0),
)


def _row(key: str, label: str, sign: int, found: Iterable[tuple[str, ToldEvent]]) -> StrengthRow:
    pairs = sorted(found, key=lambda pair: pair[0].casefold())
    return StrengthRow(key, label, tuple(name for name, _ in pairs), tuple(event for _, event in pairs), sign)


def _lines_of(
    history: Sequence[ToldEvent], scope: Scope, since: date, until: date, horizons: Mapping[EventKind, int]
) -> Iterable[tuple[str, ToldEvent]]:
    """On which lines of the table one vessel stands, and by which event."""
    first = standing([e for e in history if not (e.kind in MOVES and (e.interval.end or since) >= since)], scope, since, horizons)
    last = standing(history, scope, until, horizons)
    if first.event and first.certainty.counts:
        yield "start", first.event
    if last.event and last.certainty.counts:
        yield "end", last.event
    if last.event and last.certainty in (Certainty.LAST_SEEN, Certainty.UNCLEAR) and any(scope.touches(e) for e in history):
        yield "uncertain", last.event
    yield from _change(history, scope, since, first, last)


def _change(history: Sequence[ToldEvent], scope: Scope, since: date, first: Standing, last: Standing) -> Iterable[tuple[str, ToldEvent]]:
    if last.event is None or first.certainty.counts == last.certainty.counts:
        return
    if last.certainty.counts:
        came = [
            e
            for e in history
            if e.happened and e.kind in MOVES and (e.interval.end or since) >= since and side(e, scope) is Side.IN and _crosses(e, scope)
        ]
        yield ("in", came[-1]) if came else ("seen", last.event)
    elif last.certainty is Certainty.GONE:
        yield "out", last.event
    else:
        yield "lost", last.event


def _crosses(event: ToldEvent, scope: Scope) -> bool:
    """Whether an event that ends inside tells of coming in: from a place outside, by a border, or into the scope itself by name."""
    if event.kind is EventKind.DEPARTURE or (event.origin_key and scope.holds(event.origin_key)):
        return False
    return event.kind is EventKind.TRANSIT or bool(event.origin_key) or not scope.is_area or event.destination_key == scope.key
