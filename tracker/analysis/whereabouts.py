"""Where a vessel was on a day, by the events known: the last before, the first after, and how sure that makes one. Pure."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.analysis.told import UNREAL, Told, changing, firm, happened, holds, order, spot
from tracker.domain.kinds import FIRMNESS, EventKind, Modality, Precision
from tracker.resources import resource

PRESENT, PROBABLY, UNCLEAR, LAST_SEEN, UNKNOWN = "present", "probably", "unclear", "last seen", "unknown"
_CAME = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT})
_DEPARTURE, _ASSERTED = EventKind.DEPARTURE, Modality.ASSERTED


class Answer(NamedTuple):
    """Where a vessel was: the certainty and the numbers of the events in the sequence asked about, None where there is none."""

    certainty: str
    event: int | None
    after: int | None = None


@cache
def horizons(path: Path | None = None) -> Mapping[str, int]:
    """Days for which an event of a kind still makes "probably", from `seeds/horizons.toml`."""
    return dict(tomllib.loads((path or resource("seeds", "horizons.toml")).read_text(encoding="utf-8")))


def certainty(kind: str, modality: str, start: date | None, end: date | None, on: date, precision: str = Precision.DAY) -> str:
    """How sure an event that is the latest before a day makes one of where the vessel is on that day; a hedged one gives no better than probably."""
    if end is None:
        return UNKNOWN
    if changing(kind, start, end, on):
        return UNCLEAR
    if modality == _ASSERTED and holds(kind, start, end, on, precision):
        return PRESENT
    return PROBABLY if (on - end).days <= horizons().get(kind, 0) else LAST_SEEN


def judge(before: Told | None, after: Told | None, on: date) -> str:
    """How sure the last event that had begun by a day, and the first that begins after it, make one of that day."""
    if before is None:
        return UNKNOWN
    if after is not None and _bracketed(before, after, on):
        return PRESENT
    return certainty(before.kind, before.modality, before.start, before.end, on, before.precision)


def _bracketed(before: Told, after: Told, on: date) -> bool:
    """Whether a vessel was at a place by a day and left it after, with nothing told in between."""
    if before.kind not in _CAME or after.kind != _DEPARTURE or not (firm(before) and firm(after)):
        return False
    return before.end is not None and before.end <= on and spot(before) is not None and spot(before) == spot(after)


def latest(events: Sequence[Told], on: date) -> int | None:
    """The number of the latest event that had begun by a day; plans and denials don't count."""
    begun = ((n, e) for n, e in enumerate(events) if happened(e) and (e.start or e.end or date.max) <= on)
    return max(begun, key=_rank, default=(None, None))[0]


def where(events: Sequence[Told], on: date) -> Answer:
    """The event that tells best where a vessel was on a day, and the first one after. Plans and denials never make presence.

    One pass through the events; `History` answers for many days.
    """
    around: list[tuple[int, Told]] = []
    over: list[tuple[int, Told]] = []
    later: list[tuple[int, Told]] = []
    for item in enumerate(events):
        event = item[1]
        start, end = event.start, event.end
        if end is None or event.modality in UNREAL:
            continue
        if end <= on:
            over.append(item)
        if start is None:
            continue
        if start > on:
            later.append(item)
        elif end >= on:
            around.append(item)
    after = min(later, key=_soonest) if len(later) > 1 else later[0] if later else None
    return _answer(_best_of(around, over, on), after, on)


def _answer(before: tuple[int, Told] | None, after: tuple[int, Told] | None, on: date) -> Answer:
    sure = judge(before and before[1], after and after[1], on)
    return Answer(sure, before and before[0], after and after[0])


def _best_of(around: Sequence[tuple[int, Told]], over: Sequence[tuple[int, Told]], on: date) -> tuple[int, Told] | None:
    """Of the events whose interval holds a day and of those that were over by then the one that tells best: a stay told for that day before all."""
    if len(over) == 1 and not around:
        return over[0]
    stays = [item for item in around if holds(item[1].kind, item[1].start, item[1].end, on, item[1].precision)]
    facts = [item for item in stays if item[1].modality == _ASSERTED]
    return _best(facts) or _best(stays) or _best([*around, *over])


class History:
    """The events of one vessel, arranged so that a day is answered without going through all of them."""

    def __init__(self, events: Sequence[Told]) -> None:
        self.events = events
        told = [(n, e) for n, e in enumerate(events) if happened(e)]
        self._ended = sorted(told, key=_rank)
        self._ends = [e.end or date.min for _, e in self._ended]
        self._begun = sorted(((n, e) for n, e in told if e.start), key=_soonest)
        self._starts = [e.start or date.max for _, e in self._begun]
        self._longest = max(((e.end or date.max) - (e.start or date.max) for _, e in self._begun), default=timedelta(0))

    def where(self, on: date) -> Answer:
        """The event that tells best where the vessel was on a day, and the first one after."""
        later = bisect_right(self._starts, on)
        after = self._begun[later] if later < len(self._begun) else None
        over = bisect_right(self._ends, on)
        return _answer(_best_of(self._around(on, later), self._ended[max(0, over - 1) : over], on), after, on)

    def holding(self, on: date) -> list[Told]:
        """The stays told as a fact to last through a day."""
        around = self._around(on, bisect_right(self._starts, on))
        return [e for _, e in around if firm(e) and holds(e.kind, e.start, e.end, on, e.precision)]

    def days_of_change(self) -> list[date]:
        """The days, in order, on which the answer may change; before the first nothing is known."""
        ends = ((e.end, horizons().get(e.kind, 0)) for _, e in self._ended if e.end and e.end < date.max - timedelta(days=400))
        after = (end + timedelta(days=days) for end, horizon in ends for days in (0, 1, horizon + 1))
        return sorted({*self._starts, *after})

    def _around(self, on: date, begun: int) -> list[tuple[int, Told]]:
        """The dated events whose interval holds a day."""
        first = bisect_left(self._starts, on - self._longest) if on.toordinal() > self._longest.days else 0
        return [item for item in self._begun[first:begun] if item[1].end and item[1].end >= on]


def _rank(item: tuple[int, Told]) -> tuple[date, bool, int, int, int]:
    number, event = item
    return *order(event.kind, event.start, event.end), FIRMNESS[Modality(event.modality)], -number


def _soonest(item: tuple[int, Told]) -> tuple[date, date, bool, int, int, int]:
    return item[1].start or date.max, *_rank(item)


def _best(events: Iterable[tuple[int, Told]]) -> tuple[int, Told] | None:
    return max(events, key=_rank, default=None)
