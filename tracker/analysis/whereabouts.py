"""Where a vessel was on a day, by the events known: the last before, the first after, and how sure that makes one. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from tracker.domain.kinds import FIRMNESS, Modality, Precision
from tracker.resources import resource

PRESENT, PROBABLY, LAST_SEEN, UNKNOWN = "present", "probably", "last seen", "unknown"
STAYS = frozenset({"in_port", "at_sea"})
"""Kinds that hold through their whole interval, where it was told by its days ("from 2 to 5 December", not "in December")."""


class Told(Protocol):
    """What the questions need to know of an event."""

    @property
    def kind(self) -> str:
        """The event's kind."""

    @property
    def modality(self) -> str:
        """How firmly it is told."""

    @property
    def start(self) -> date | None:
        """Its first day, None where undated."""

    @property
    def end(self) -> date | None:
        """Its last day."""

    @property
    def precision(self) -> str:
        """How exactly its interval is told."""

    @property
    def spot(self) -> str | None:
        """The key of the place it is chiefly about."""


@dataclass(frozen=True, slots=True)
class Answer:
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
    if modality == Modality.ASSERTED and _holds(kind, start, end, on, precision):
        return PRESENT
    return PROBABLY if (on - end).days <= horizons().get(kind, 0) else LAST_SEEN


def _holds(kind: str, start: date | None, end: date | None, on: date, precision: str) -> bool:
    """Whether a stay is told to last through a day."""
    if kind not in STAYS or start is None or end is None or not start <= on <= end:
        return False
    return start == end or precision == Precision.RANGE


def order(kind: str, start: date | None, end: date | None) -> tuple[date, bool, int]:
    """Which of two events is the later: by end, dated before undated, and on one day a departure behind a stay."""
    rank = {"in_port": 0, "arrival": 1, "at_sea": 2, "escort": 2, "replenishment": 2, "departure": 3, "transit": 4, "underway": 5}
    return end or date.min, start is not None, rank.get(kind, 0)


def latest(events: Sequence[Told], on: date) -> int | None:
    """The number of the latest event that had begun by a day; plans and denials don't count."""
    chosen = _best((n, e) for n, e in enumerate(events) if _happened(e) and (e.start or e.end or date.max) <= on)
    return chosen[0] if chosen else None


def where(events: Sequence[Told], on: date) -> Answer:
    """The event that tells best where a vessel was on a day, and the first one after. Plans and denials never make presence."""
    told = [(number, e) for number, e in enumerate(events) if _happened(e)]
    before = [(n, e) for n, e in told if (e.start or e.end or date.max) <= on]
    after = min(((n, e) for n, e in told if e.start is not None and e.start > on), key=lambda item: (item[1].start, _order_of(item[1])), default=None)
    holding = [(n, e) for n, e in before if _holds(e.kind, e.start, e.end, on, e.precision)]
    firm = [(n, e) for n, e in holding if e.modality == Modality.ASSERTED]
    chosen = _best(firm) or _best(holding) or _best(before)
    later = after[0] if after else None
    if chosen is None:
        return Answer(UNKNOWN, None, later)
    number, event = chosen
    if after and _bracketed(event, after[1], on):
        return Answer(PRESENT, number, later)
    return Answer(certainty(event.kind, event.modality, event.start, event.end, on, event.precision), number, later)


def _happened(event: Told) -> bool:
    return event.modality not in (Modality.PLANNED, Modality.NEGATED) and event.end is not None


def _bracketed(before: Told, after: Told, on: date) -> bool:
    """Whether a vessel was at a place by a day and left it after, with nothing told in between."""
    came = before.kind in ("arrival", "in_port") and before.start is not None and before.end is not None and before.end <= on
    firm = before.modality == after.modality == Modality.ASSERTED
    return came and firm and after.kind == "departure" and before.spot is not None and before.spot == after.spot


def _order_of(event: Told) -> tuple[date, bool, int]:
    return order(event.kind, event.start, event.end)


def _best(events: Iterable[tuple[int, Told]]) -> tuple[int, Told] | None:
    return max(events, key=lambda item: (*_order_of(item[1]), FIRMNESS[Modality(item[1].modality)], -item[0]), default=None)
