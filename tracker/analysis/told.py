"""What the questions need to know of an event, and the few things they all ask of one. Pure."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import Protocol

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision

MOVES = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT})
"""Kinds that change where a vessel is; the others say where it is."""
STAYS = frozenset({EventKind.IN_PORT, EventKind.AT_SEA})
"""Kinds that hold through their whole interval, where it was told by its days ("from 2 to 5 December", not "in December")."""
UNREAL = frozenset({Modality.PLANNED, Modality.NEGATED})
"""Modalities of what did not happen, or not yet."""
_ASSERTED, _RANGE = Modality.ASSERTED, Precision.RANGE  # a member looked up by its class costs ten times a constant, and these are asked in thousands
_MAIN_KEY: dict[str, attrgetter[str | None]] = {kind: attrgetter(f"{slot}_key") for kind, slot in MAIN_SLOT.items()}


class Told(Protocol):
    """An event as the questions read it. Place keys are None where no place is told, or one that the gazetteer doesn't have."""

    @property
    def id(self) -> str:
        """The event's id."""

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
        """Its last day; of an undated one the day by which it was known."""

    @property
    def precision(self) -> str:
        """How exactly its interval is told."""

    @property
    def place_key(self) -> str | None:
        """Where."""

    @property
    def origin_key(self) -> str | None:
        """Where from."""

    @property
    def destination_key(self) -> str | None:
        """Where to."""

    @property
    def placed(self) -> bool:
        """Whether any place is told, one that the gazetteer doesn't have included."""


def spot(event: Told) -> str | None:
    """The key of the place that an event is chiefly about."""
    return _MAIN_KEY[event.kind](event)


def happened(event: Told) -> bool:
    """Whether it is told as something that was, however weakly: neither planned nor denied, and known by some day."""
    return event.modality not in UNREAL and event.end is not None


def firm(event: Told) -> bool:
    """Whether it is told as a fact and with its days."""
    return event.modality == _ASSERTED and event.start is not None


def holds(kind: str, start: date | None, end: date | None, on: date, precision: str) -> bool:
    """Whether a stay is told to last through a day."""
    if kind not in STAYS or start is None or end is None or not start <= on <= end:
        return False
    return start == end or precision == _RANGE


def changing(kind: str, start: date | None, end: date | None, on: date) -> bool:
    """Whether a day lies among those on one of which a move happened, before the last of them: it may have happened by then or not."""
    return kind in MOVES and start is not None and end is not None and start <= on < end


_RANK = {"in_port": 0, "arrival": 1, "at_sea": 2, "escort": 2, "replenishment": 2, "departure": 3, "transit": 4, "underway": 5}


def order(kind: str, start: date | None, end: date | None) -> tuple[date, bool, int]:
    """Which of two events is the later: by end, dated before undated, and on one day a departure behind a stay."""
    return end or date.min, start is not None, _RANK.get(kind, 0)
