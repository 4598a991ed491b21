"""Where a vessel was on a day, by the events known: the last before, the first after, and how sure that makes one. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from tracker.resources import resource

PRESENT, PROBABLY, LAST_SEEN, UNKNOWN = "present", "probably", "last seen", "unknown"
STAYS = frozenset({"in_port", "at_sea"})
"""Kinds that hold through their whole interval."""


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


def certainty(kind: str, modality: str, start: date | None, end: date | None, on: date) -> str:
    """How sure an event that is the latest before a day makes one of where the vessel is on that day; a hedged one gives no better than probably."""
    if end is None:
        return UNKNOWN
    if start is not None and kind in STAYS and start <= on <= end and start == end and modality == "asserted":
        return PRESENT
    return PROBABLY if (on - end).days <= horizons().get(kind, 0) else LAST_SEEN


def order(kind: str, start: date | None, end: date | None) -> tuple[date, bool, int]:
    """Which of two events is the later: by end, dated before undated, and on one day a departure behind a stay."""
    rank = {"in_port": 0, "arrival": 1, "at_sea": 2, "escort": 2, "replenishment": 2, "departure": 3, "transit": 4, "underway": 5}
    return end or date.min, start is not None, rank.get(kind, 0)


def where(events: Sequence[Told], on: date) -> Answer:
    """The event that tells best where a vessel was on a day, and the first one after. Plans and denials never make presence."""
    told = [(number, e) for number, e in enumerate(events) if e.modality not in ("planned", "negated") and e.end is not None]
    before = [(n, e) for n, e in told if (e.start or e.end or date.max) <= on]
    after = min(
        ((n, e) for n, e in told if e.start is not None and e.start > on),
        key=lambda item: order(item[1].kind, item[1].start, item[1].end),
        default=None,
    )
    covering = [(n, e) for n, e in before if e.start is not None and e.end is not None and e.end >= on and e.kind in STAYS]
    chosen = _best(covering) or _best(before)
    if chosen is None:
        return Answer(UNKNOWN, None, after[0] if after else None)
    number, event = chosen
    return Answer(certainty(event.kind, event.modality, event.start, event.end, on), number, after[0] if after else None)


def _best(events: Iterable[tuple[int, Told]]) -> tuple[int, Told] | None:
    firm = {"asserted": 2, "reported": 1, "possible": 0}
    return max(events, key=lambda item: (*order(item[1].kind, item[1].start, item[1].end), firm.get(item[1].modality, 0), -item[0]), default=None)
