"""Rows of an events frame as the pictures need them: typed, with their days read and their place in a few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.domain.kinds import EventKind, Modality, Precision, VesselType
from tracker.domain.when import Interval, age_days, told_age
from tracker.report.cells import Cells, records
from tracker.report.style import as_day, printable

MOMENTS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.REPLENISHMENT})
"""Kinds that happen on some day of their interval; the others last."""
_VAGUE = frozenset({Precision.PART_OF_MONTH, Precision.MONTH, Precision.YEAR})
_SLOTS = ("place", "origin", "destination", "place_key", "origin_key", "destination_key")
_SHIP = ("vessel_key", "vessel", "type", "country", "class", "project", "hull")
_READ = ("event_id", *_SHIP, "kind", "modality", "precision", "start", "end", "last_published", "published", *_SLOTS)
_TYPE_ORDER = {type_.value: rank for rank, type_ in enumerate(VesselType)}


@dataclass(frozen=True, slots=True)
class Movement:
    """One event of one vessel. `start` is None for an undated claim, whose `end` is the day it was published."""

    event_id: str
    vessel_key: str
    vessel: str
    type: str
    country: str
    detail: str  # class or project and hull, in small print
    kind: EventKind
    modality: Modality
    precision: Precision
    start: date | None
    end: date
    place: str | None
    origin: str | None
    destination: str | None
    place_key: str | None
    origin_key: str | None
    destination_key: str | None

    @property
    def undated(self) -> bool:
        """Whether the text gave no date, so that only the day of publication bounds it."""
        return self.start is None

    @property
    def first(self) -> date:
        """The first day on which it may have happened, as far as it is known."""
        return self.start or self.end

    @property
    def when(self) -> str:
        """Its days as they were told, for people."""
        return Interval(self.start, self.end, self.precision).told()

    @property
    def within(self) -> bool:
        """Whether it happened on some day of its interval, not on all of them."""
        return self.first != self.end and (self.kind in MOMENTS or self.precision in _VAGUE)

    @property
    def known(self) -> bool:
        """Whether it says where the vessel was: what is planned or denied doesn't."""
        return self.modality not in (Modality.PLANNED, Modality.NEGATED)

    @property
    def hedged(self) -> bool:
        """Whether it is told less firmly than as a fact."""
        return self.modality is not Modality.ASSERTED

    @property
    def where_key(self) -> str | None:
        """Key of the place at which the event puts the vessel; None for a vessel under way, whose destination is no position."""
        if self.kind is EventKind.DEPARTURE:
            return self.origin_key or self.place_key
        if self.kind is EventKind.ARRIVAL:
            return self.destination_key or self.place_key
        return self.place_key

    @property
    def where(self) -> str | None:
        """Name of the place at which the event puts the vessel."""
        if self.kind is EventKind.DEPARTURE:
            return self.origin or self.place
        if self.kind is EventKind.ARRIVAL:
            return self.destination or self.place
        return self.place

    def places_told(self) -> str:
        """The places of the event in a few words: "Tartus", "Tartus → Baltiysk", "place not told"."""
        if self.kind is EventKind.DEPARTURE and not self.destination:
            return f"{self.where} →" if self.where else "place not told"
        if self.kind in (EventKind.ARRIVAL, EventKind.UNDERWAY) or (self.kind is EventKind.DEPARTURE and self.destination):
            origin, destination = self.origin or "", self.destination or ""
            return f"{origin} → {destination}".strip() if destination else (self.place or (f"{origin} →" if origin else "place not told"))
        if self.kind is EventKind.TRANSIT and not self.place and (self.origin or self.destination):
            return f"{self.origin or ''} → {self.destination or ''}".strip()
        return self.place or "place not told"

    def age(self, as_of: datetime) -> str:
        """How old the knowledge is: "3 d", "≥ 3 d" for an undated claim."""
        return told_age(age_days(self.end, as_of), at_least=self.undated)


def movements(events: Cells) -> list[Movement]:
    """The rows of an events frame, in order of time; rows that have no day at all are left out."""
    rows = [_movement(row) for row in records(events, _READ)]
    return sorted((row for row in rows if row), key=lambda m: (m.first, m.end, m.vessel_key, m.event_id))


def by_vessel(moves: Iterable[Movement]) -> list[tuple[Movement, ...]]:
    """The movements of each vessel: by country, then type, named vessels first, then by name."""
    lanes: dict[str, list[Movement]] = {}
    for move in moves:
        lanes.setdefault(move.vessel_key, []).append(move)
    return [tuple(lane) for lane in sorted(lanes.values(), key=_lane_order)]


def _lane_order(lane: list[Movement]) -> tuple[str, bool, int, str, str]:
    vessel = lane[0]
    unnamed = vessel.vessel_key.startswith("unnamed/")
    return vessel.country or "~", unnamed, _TYPE_ORDER.get(vessel.type, 99), vessel.vessel.casefold(), vessel.vessel_key


def _movement(row: dict[str, Any]) -> Movement | None:
    start, end = as_day(row.get("start")), as_day(row.get("end"))
    end = end or start or as_day(row.get("last_published")) or as_day(row.get("published"))
    if end is None:
        return None
    kind_of_ship = row.get("class") or (f"Project {row['project']}" if row.get("project") else None)
    return Movement(
        event_id=str(row.get("event_id") or ""),
        vessel_key=str(row["vessel_key"]),
        vessel=printable(row.get("vessel") or row["vessel_key"]),
        type=str(row.get("type") or "vessel"),
        country=str(row.get("country") or ""),
        detail=printable(" · ".join(part for part in (kind_of_ship, row.get("hull")) if part)),
        kind=EventKind(row["kind"]),
        modality=Modality(row["modality"]),
        precision=Precision(row.get("precision") or ("range" if start else "open")),
        start=start,
        end=end,
        **{slot: printable(row[slot]) if row.get(slot) else None for slot in ("place", "origin", "destination")},
        **{slot: row.get(slot) for slot in ("place_key", "origin_key", "destination_key")},
    )
