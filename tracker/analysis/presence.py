"""A vessel's presence as a lane of segments: in port, at sea, in transit, or unknown, each with its certainty and the events behind it. Pure.

The lane is the answer of `whereabouts.History.where` for every day of a period, with days that have the same answer put together, so that a
lane and `tracker where` never differ. Segments share no day. A segment's `began` and `ended` are the told moves that opened and closed
it, each on one of the days of its interval ("left between 30 Nov and 2 Dec"); None where nobody tells it, and the segment is then only as long
as it is vouched for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tracker.analysis.told import MOVES, Told, changing, spot
from tracker.analysis.whereabouts import LAST_SEEN, UNKNOWN, History
from tracker.domain.kinds import EventKind
from tracker.domain.tree import PlaceTree

DAY = timedelta(days=1)


class State(StrEnum):
    """What a vessel is doing, as far as anyone tells."""

    IN_PORT = "in_port"
    AT_SEA = "at_sea"
    TRANSIT = "transit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of one state. `place` is a key, None where none is told; `events` the ids behind it, the last of them the one that decides."""

    first: date
    last: date
    state: State
    certainty: str
    place: str | None = None
    events: tuple[str, ...] = ()
    began: Told | None = None
    ended: Told | None = None
    contested: bool = False  # two stays told as facts for one of the days, at places that exclude each other

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def lane(events: Sequence[Told], first: date, last: date, *, afloat: Collection[str] = (), tree: PlaceTree | None = None) -> list[Segment]:
    """The segments of one vessel's events that cover every day from `first` to `last`, in order.

    `afloat` are the keys of places that are open water: whoever arrives there is at sea. With a `tree`, days for which two places that
    exclude each other are told as facts are marked as contested.
    """
    history = History(events)
    cuts = [first, *(day for day in history.days_of_change() if first < day <= last)]
    pieces = [_piece(history, begin, end - DAY, afloat, tree) for begin, end in zip(cuts, [*cuts[1:], last + DAY], strict=True)]
    return _with_ends(_joined(pieces), {event.id: event for event in events})


def _piece(history: History, begin: date, end: date, afloat: Collection[str], tree: PlaceTree | None) -> Segment:
    """The segment of days whose answer is that of their first."""
    answer = history.where(begin)
    if answer.event is None or answer.certainty in (UNKNOWN, LAST_SEEN):
        return Segment(begin, end, State.UNKNOWN, UNKNOWN)
    event = history.events[answer.event]
    state, place = _before(event) if changing(event.kind, event.start, event.end, begin) else state_of(event, afloat)
    contested = tree is not None and _contested(history.holding(begin), tree)
    return Segment(begin, end, state, answer.certainty, place, (event.id,), contested=contested)


def state_of(event: Told, afloat: Collection[str] = ()) -> tuple[State, str | None]:
    """What a vessel is doing once an event is told, and the key of the place."""
    match EventKind(event.kind):
        case EventKind.IN_PORT:
            return State.IN_PORT, event.place_key
        case EventKind.ARRIVAL:
            return (State.AT_SEA if event.destination_key in afloat else State.IN_PORT), event.destination_key
        case EventKind.TRANSIT:
            return State.TRANSIT, event.place_key
        case EventKind.DEPARTURE:
            return State.AT_SEA, None
        case _:
            return State.AT_SEA, event.place_key


def _before(event: Told) -> tuple[State, str | None]:
    """What a vessel was doing before a move."""
    return (State.IN_PORT, event.origin_key) if event.kind == EventKind.DEPARTURE else (State.AT_SEA, None)


def _contested(stays: Sequence[Told], tree: PlaceTree) -> bool:
    keys = {key for key in map(spot, stays) if key}
    return any(not (tree.inside(a, b) or tree.inside(b, a)) for a in keys for b in keys)


def _joined(pieces: Iterable[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and (last.state, last.certainty, last.place, last.contested) == (piece.state, piece.certainty, piece.place, piece.contested):
            events = tuple(dict.fromkeys((*last.events, *piece.events)))
            joined[-1] = replace(last, last=piece.last, events=events)
        else:
            joined.append(piece)
    return joined


def _with_ends(segments: list[Segment], events: dict[str, Told]) -> list[Segment]:
    """The segments with the moves that opened and closed them."""
    done = []
    for number, segment in enumerate(segments):
        after = segments[number + 1] if number + 1 < len(segments) else None
        done.append(replace(segment, began=_began(segment, events), ended=_ended(segment, after, events)))
    return done


def _began(segment: Segment, events: dict[str, Told]) -> Told | None:
    opening = events[segment.events[0]] if segment.events else None
    return opening if opening and opening.kind in MOVES and opening.start and opening.end == segment.first else None


def _ended(segment: Segment, after: Segment | None, events: dict[str, Told]) -> Told | None:
    if after is None or not after.events or segment.state is State.UNKNOWN:
        return None
    closing = events[after.events[0]]
    if segment.state is State.IN_PORT:
        closes = closing.kind == EventKind.DEPARTURE and closing.origin_key in (None, segment.place)
    else:
        closes = closing.kind in (EventKind.ARRIVAL, EventKind.TRANSIT)
    return closing if closes and closing.start else None
