"""Where a row stands on the globe, as a GeoJSON geometry (RFC 7946): a point only where the place is one, an area as its outline, else nothing.

Degrees WGS 84, longitude first. Outer rings run anticlockwise (3.1.6), and what crosses the antimeridian is cut there (3.1.9).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker.domain.kinds import AREA_KINDS, MAIN_SLOT, EventKind, Modality, PlaceKind
from tracker.domain.records import Area

Geometry = dict[str, Any]
Point = tuple[float, float]
_DIGITS = 6  # of a degree: a tenth of a metre
_WIDE_KM = 40.0
"""An island or passage known no closer than this is no point."""
_WIDE_KINDS = frozenset({PlaceKind.ISLAND, PlaceKind.STRAIT, PlaceKind.CHANNEL})


def at_place(event: Mapping[str, Any]) -> str | None:
    """The key of the place where an event (a row with kind, modality and `main_key`) puts its vessel.

    None for a plan or a denial, and for a vessel under way: where it is heading is not where it is.
    """
    if event["kind"] == EventKind.UNDERWAY or event["modality"] in (Modality.PLANNED, Modality.NEGATED):
        return None
    key: str | None = event["main_key"]
    return key


def slot_of(kind: str) -> str:
    """The slot that holds the place which `at_place` gives the key of."""
    return MAIN_SLOT[EventKind(kind)]


def geometry_of(place: Mapping[str, Any], areas: Mapping[str, Area]) -> Geometry | None:
    """The geometry of a place (a row of `columns.PLACES`): its point, else the outline of its key in `areas`, else None."""
    latitude, longitude = place["latitude"], place["longitude"]
    wide = place["kind"] in _WIDE_KINDS and (place["radius_km"] or 0) > _WIDE_KM
    if latitude is not None and longitude is not None and place["kind"] not in AREA_KINDS and not wide:
        return {"type": "Point", "coordinates": _position((longitude, latitude))}
    area = areas.get(place["place_key"])
    return outline(area.rings) if area else None


def outline(rings: Sequence[Sequence[Point]]) -> Geometry:
    """A Polygon or MultiPolygon of rings of (lon, lat) that may run beyond 180 degrees."""
    polygons = [[_closed(piece)] for ring in rings for piece in split(ring)]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def split(ring: Sequence[Point]) -> list[list[Point]]:
    """The pieces of a ring on either side of the antimeridian, each within -180 to 180, anticlockwise and open."""
    west = [list(piece) for piece in _side(ring, east=False)]
    east = [[(lon - 360, lat) for lon, lat in piece] for piece in _side(ring, east=True)]
    return [piece if signed_area(piece) > 0 else piece[::-1] for piece in (*west, *east) if signed_area(piece)]


def signed_area(ring: Sequence[Point]) -> float:
    """Square degrees, positive for an anticlockwise ring."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _side(ring: Sequence[Point], *, east: bool) -> Iterator[list[Point]]:
    """The pieces of a ring on one side of 180 degrees: its chains there, joined along the meridian."""
    inside = [(lon > 180) == east for lon, _ in ring]
    if all(inside):
        yield list(ring)
        return
    chains = list(_chains(ring, inside))
    ends = sorted((lat, number, last) for number, chain in enumerate(chains) for last, (_, lat) in enumerate((chain[0], chain[-1])))
    mate = {low[1:]: high[1:] for low, high in zip(ends[::2], ends[1::2], strict=True)}
    mate |= {high: low for low, high in mate.items()}
    left = set(range(len(chains)))
    while left:
        number, piece = min(left), []
        while number in left:
            left.remove(number)
            piece += chains[number]
            number = mate[number, 1][0]
        yield [point for point, before in zip(piece, (piece[-1], *piece), strict=False) if point != before]


def _chains(ring: Sequence[Point], inside: Sequence[bool]) -> Iterator[list[Point]]:
    """The runs of a ring's points that are inside, each with the points where it meets the meridian at both its ends."""
    size = len(ring)
    for start in (n for n in range(size) if inside[n] and not inside[n - 1]):
        chain = [_crossing(ring[start - 1], ring[start])]
        number = start
        while inside[number % size]:
            chain.append(ring[number % size])
            number += 1
        yield [*chain, _crossing(ring[(number - 1) % size], ring[number % size])]


def _crossing(one: Point, other: Point) -> Point:
    share = (180 - one[0]) / (other[0] - one[0])
    return 180.0, one[1] + share * (other[1] - one[1])


def _closed(ring: Sequence[Point]) -> list[list[float]]:
    return [_position(point) for point in (*ring, ring[0])]


def _position(point: Point) -> list[float]:
    return [round(point[0], _DIGITS), round(point[1], _DIGITS)]
