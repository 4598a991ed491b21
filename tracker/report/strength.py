"""How many vessels were in an area at the start and at the end of a period, and why the figures differ: pure, from told events only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis import fleet
from tracker.analysis.fleet import Certainty, Change, history_of
from tracker.analysis.scope import Scope
from tracker.analysis.told import MOVES
from tracker.analysis.whereabouts import History
from tracker.domain.kinds import EventKind
from tracker.report.sentences import called
from tracker.report.told import ToldEvent


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one vessel on one day, and the event that says so."""

    certainty: Certainty
    event: ToldEvent | None = None
    place: str | None = None
    age: int | None = None  # whole days from the event's end to the day; at least, when the event is undated


def standing(events: Sequence[ToldEvent], scope: Scope, on: date) -> Standing:
    """What one vessel's history tells of a day."""
    return _standing(history_of(events), scope, on)


def _standing(history: History, scope: Scope, on: date) -> Standing:
    found = fleet.standing(history, scope, on)
    event = found.event if isinstance(found.event, ToldEvent) else None
    if event is None:
        return Standing(found.certainty)
    return Standing(found.certainty, event, whereabouts(event), max(0, (on - (event.end or on)).days))


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


def strength(histories: Mapping[str, Sequence[ToldEvent]], scope: Scope, since: date | None, until: date) -> Strength:
    """The table for a period, of named vessels only: unnamed ones told on two days may be the same ships."""
    if scope.key is None:
        return Strength(why_not="No area was named, so no vessel comes in or goes out.")
    if since is None:
        return Strength(why_not="The period has no beginning, so there is no strength at its start.")
    found: dict[str, list[tuple[str, ToldEvent]]] = {key: [] for key, _, _ in _LINES}
    for history in histories.values():
        if history and history[0].named:
            for key, event in _lines_of(history, scope, since, until):
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
_LINE_OF = {Change.CAME: "in", Change.SEEN: "seen", Change.LEFT: "out", Change.LOST: "lost"}


def _row(key: str, label: str, sign: int, found: Iterable[tuple[str, ToldEvent]]) -> StrengthRow:
    pairs = sorted(found, key=lambda pair: pair[0].casefold())
    return StrengthRow(key, label, tuple(name for name, _ in pairs), tuple(event for _, event in pairs), sign)


def _lines_of(events: Sequence[ToldEvent], scope: Scope, since: date, until: date) -> Iterable[tuple[str, ToldEvent]]:
    """On which lines of the table one vessel stands, and by which event. At the start no move of the period has happened yet."""
    by_then = history_of([e for e in events if not (e.kind in MOVES and (e.end or since) >= since)])
    first, last = fleet.standing(by_then, scope, since), fleet.standing(history_of(events), scope, until)
    if isinstance(first.event, ToldEvent) and first.certainty.counts:
        yield "start", first.event
    if isinstance(last.event, ToldEvent) and last.certainty.counts:
        yield "end", last.event
    doubtful = last.certainty in (Certainty.LAST_SEEN, Certainty.UNCLEAR) and any(scope.touches(e) for e in events)
    if isinstance(last.event, ToldEvent) and doubtful:
        yield "uncertain", last.event
    changed = fleet.changed(events, scope, since, until, first, last)
    if changed and changed[0] in _LINE_OF and isinstance(changed[1], ToldEvent):
        yield _LINE_OF[changed[0]], changed[1]
