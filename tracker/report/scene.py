"""What a map shows, before anything is drawn: vessels at places, vessels in areas, legs, and what can't be shown as a place at all.

Two promises live here. A vessel of which no place is known gets no point. An area gets its outline, never a point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.kinds import AREA_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.records import Area
from tracker.report.cells import Cells, column
from tracker.report.movements import Movement, by_vessel, movements
from tracker.report.style import printable

_WIDE_KM = 40.0
"""An island or strait known no closer than this is named on the map without a point."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A vessel's last event at a place; `latest` when it has no later one with a place elsewhere."""

    move: Movement
    latest: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A place with what is told of it. `latitude` and `longitude` are None for an area; `rings` are an area's outline.

    `radius_km` is how far from its point a place may be, 0 where nobody says.
    """

    key: str
    name: str
    entries: tuple[Entry, ...]
    latitude: float | None = None
    longitude: float | None = None
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()
    radius_km: float = 0.0

    @property
    def present(self) -> list[Movement]:
        """The events for which vessels get their symbol here: those last told here, without the departed where others are there."""
        latest = [entry.move for entry in self.entries if entry.latest]
        return [move for move in latest if move.kind is not EventKind.DEPARTURE] or latest

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude of a place that is a point."""
        if self.latitude is None or self.longitude is None:
            raise ValueError(f"{self.name} is no point")
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Leg:
    """From one point to another: told of one event, or only the order of two reports of one vessel."""

    origin: str
    destination: str
    told: bool
    planned: bool
    moves: tuple[Movement, ...]  # the event that told it, or the later of the two reports
    first: tuple[Movement, ...]  # the earlier of the two reports, or the same event


@dataclass(frozen=True, slots=True)
class Scene:
    """All that goes on a map."""

    points: tuple[Site, ...]
    areas: tuple[Site, ...]  # with an outline
    outside: tuple[Site, ...]  # areas without an outline, and places that the gazetteer can't locate
    legs: tuple[Leg, ...]
    placeless: tuple[str, ...]  # vessels of which events are told, but no place
    planned: int
    denied: int
    ends: Mapping[str, tuple[float, float]]  # latitude and longitude of every end of a leg

    @property
    def moves(self) -> list[Movement]:
        """The events that are shown at a place."""
        return [entry.move for site in (*self.points, *self.areas, *self.outside) for entry in site.entries]


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    radius_km: float

    @property
    def is_point(self) -> bool:
        return self.latitude is not None and self.longitude is not None and self.kind not in AREA_KINDS


def scene(events: Cells, places: Cells, areas: Mapping[str, Area]) -> Scene:
    """Sort the events of a frame into what a map can show and what it can't."""
    moves = movements(events)
    known_places = _places(places, {key for move in moves for key in (move.place_key, move.origin_key, move.destination_key)})
    vessels = by_vessel(move for move in moves if move.known)
    sites: dict[str, list[Entry]] = {}
    names: dict[str, str] = {}
    for vessel in vessels:
        for entry in _entries(vessel):
            key = entry.move.where_key or f"?{entry.move.where}"
            sites.setdefault(key, []).append(entry)
            names.setdefault(key, entry.move.where or key)
    found = [_site(key, names[key], entries, known_places.get(key), areas.get(key)) for key, entries in sorted(sites.items())]
    planned = [move for move in moves if move.modality is Modality.PLANNED]
    legs = _legs(vessels, planned, known_places)
    with_place = {entry.move.vessel_key for site in found for entry in site.entries}
    return Scene(
        points=tuple(site for site in found if site.latitude is not None),
        areas=tuple(site for site in found if site.rings),
        outside=tuple(site for site in found if site.latitude is None and not site.rings),
        legs=legs,
        placeless=tuple(sorted({move.vessel for move in moves if move.known and move.vessel_key not in with_place})),
        planned=len(planned),
        denied=sum(move.modality is Modality.NEGATED for move in moves),
        ends={
            key: (place.latitude or 0.0, place.longitude or 0.0)
            for leg in legs
            for key in (leg.origin, leg.destination)
            if (place := known_places[key]).is_point
        },
    )


def _places(places: Cells, named: Collection[str | None]) -> dict[str, _Place]:
    """The places that events name, by key."""
    columns = [column(places, name) for name in ("place_key", "place", "kind", "latitude", "longitude", "radius_km")]
    return {
        key: _placed(printable(name), kind, latitude, longitude, radius)
        for key, name, kind, latitude, longitude, radius in zip(*columns, strict=True)
        if key in named
    }


def _placed(name: str, kind: str, latitude: float | None, longitude: float | None, radius_km: float | None) -> _Place:
    vague = kind == PlaceKind.ISLAND and (radius_km or 0) > _WIDE_KM
    return _Place(name, kind, None if vague else latitude, None if vague else longitude, radius_km or 0.0)


def _entries(vessel: Sequence[Movement]) -> list[Entry]:
    """The vessel's last event at each place that is told of it; the newest first."""
    located = [move for move in vessel if move.where_key or move.where]
    if not located:
        return []
    newest = max(located, key=lambda move: (move.end, move.first))
    last_at = {move.where_key or move.where: move for move in sorted(located, key=lambda move: (move.end, move.first))}
    return [Entry(move, move is newest) for move in reversed(last_at.values())]


def _site(key: str, name: str, entries: list[Entry], place: _Place | None, area: Area | None) -> Site:
    ranked = tuple(sorted(entries, key=lambda e: (not e.latest, -e.move.end.toordinal(), e.move.vessel)))
    if place and place.is_point:
        return Site(key, place.name, ranked, place.latitude, place.longitude, radius_km=place.radius_km)
    return Site(key, place.name if place else name, ranked, rings=area.rings if area else ())


def _legs(vessels: Iterable[Sequence[Movement]], planned: Iterable[Movement], places: Mapping[str, _Place]) -> tuple[Leg, ...]:
    points = {key for key, place in places.items() if place.is_point}
    found: dict[tuple[str, str, bool, bool], list[tuple[Movement, Movement]]] = {}
    for move in (*(move for vessel in vessels for move in vessel), *planned):
        if move.origin_key in points and move.destination_key in points and move.origin_key != move.destination_key:
            found.setdefault((str(move.origin_key), str(move.destination_key), True, not move.known), []).append((move, move))
    for vessel in vessels:
        told = {(move.origin_key, move.destination_key) for move in vessel}
        for before, after in _steps(vessel):
            ends = (str(before.where_key), str(after.where_key))
            if ends[0] in points and ends[1] in points and ends not in told:
                found.setdefault((*ends, False, False), []).append((before, after))
    return tuple(
        Leg(*key, moves=tuple(after for _, after in pairs), first=tuple(before for before, _ in pairs)) for key, pairs in sorted(found.items())
    )


def _steps(vessel: Sequence[Movement]) -> list[tuple[Movement, Movement]]:
    """Pairs of consecutive located events whose order is sure: both dated, and the second not before the first is over."""
    located = [move for move in vessel if move.where_key or move.where]
    return [
        (before, after)
        for before, after in pairwise(located)
        if before.where_key != after.where_key and not before.undated and not after.undated and after.first >= before.end
    ]
