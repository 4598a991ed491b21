"""Points only for points, outlines for areas, and polygons as RFC 7946 wants them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.records import Area
from tracker.export.geometry import at_place, geometry_of, outline, signed_area, split
from tracker.gazetteer.areas import read_areas
from tracker.resources import resource

SQUARE = ((170.0, 0.0), (190.0, 0.0), (190.0, 10.0), (170.0, 10.0))
AREAS = {"mediterranean-sea": Area("mediterranean-sea", (((0.0, 30.0), (30.0, 30.0), (30.0, 40.0)),))}


def place(key: str, kind: str, latitude: float | None = 35.0, longitude: float | None = 20.0, radius_km: float | None = 5) -> dict:
    return {"place_key": key, "kind": kind, "latitude": latitude, "longitude": longitude, "radius_km": radius_km}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (place("tartus", "port"), "Point"),
        (place("bosphorus", "strait"), "Point"),
        (place("mediterranean-sea", "sea"), "Polygon"),
        (place("baltic-sea", "sea"), None),  # a sea without an outline has no dot instead
        (place("syria", "country"), None),
        (place("crete", "island", radius_km=130), None),
        (place("malta", "island", radius_km=20), "Point"),
        (place("taiwan-strait", "strait", radius_km=180), None),
        (place("nowhere", "port", None, None), None),
    ],
    ids=lambda value: value["place_key"] if isinstance(value, dict) else "",
)
def test_what_a_place_is_on_a_map(row: dict, kind: str | None) -> None:
    geometry = geometry_of(row, AREAS)
    assert (geometry and geometry["type"]) == kind


def test_longitude_comes_first() -> None:
    assert geometry_of(place("tartus", "port", 34.9, 35.87), {}) == {"type": "Point", "coordinates": [35.87, 34.9]}


@pytest.mark.parametrize(
    ("kind", "modality", "key"),
    [
        ("in_port", "asserted", "tartus"),
        ("departure", "reported", "tartus"),
        ("underway", "asserted", None),
        ("arrival", "planned", None),
        ("in_port", "negated", None),
    ],
)
def test_where_an_event_puts_its_vessel(kind: str, modality: str, key: str | None) -> None:
    assert at_place({"kind": kind, "modality": modality, "main_key": "tartus"}) == key


def test_a_square_over_the_antimeridian_becomes_two() -> None:
    assert outline([SQUARE]) == {
        "type": "MultiPolygon",
        "coordinates": [
            [[[180.0, 10.0], [170.0, 10.0], [170.0, 0.0], [180.0, 0.0], [180.0, 10.0]]],
            [[[-180.0, 0.0], [-170.0, 0.0], [-170.0, 10.0], [-180.0, 10.0], [-180.0, 0.0]]],
        ],
    }


def test_a_clockwise_ring_is_turned() -> None:
    (ring,) = outline([((0, 0), (0, 1), (1, 1), (1, 0))])["coordinates"]
    assert signed_area([tuple(point) for point in ring[:-1]]) > 0


def test_a_bay_that_opens_over_the_line_is_cut_into_its_three_pieces() -> None:
    """A U on its side: one body west of the line, two arms east of it."""
    pieces = split([(170, 0), (190, 0), (190, 2), (175, 2), (175, 8), (190, 8), (190, 10), (170, 10)])
    assert sorted(round(signed_area(piece)) for piece in pieces) == [20, 20, 70]


OUTLINES = read_areas(resource("seeds", "areas.geojson"))


@pytest.mark.parametrize("area", OUTLINES.values(), ids=OUTLINES)
def test_every_outline_of_ours_is_a_polygon_by_the_book(area: Area) -> None:
    pieces = [piece for ring in area.rings for piece in split(ring)]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for piece in pieces for lon, lat in piece)
    assert all(signed_area(piece) > 0 for piece in pieces)
    assert math.isclose(sum(map(signed_area, pieces)), sum(abs(signed_area(ring)) for ring in area.rings))
    for piece in pieces:
        assert all(one != other for one, other in pairwise((*piece, piece[0])))


stars = st.lists(st.floats(1, 9), min_size=3, max_size=12).map(
    lambda radii: [(180 + r * math.cos(2 * math.pi * n / len(radii)), r * math.sin(2 * math.pi * n / len(radii))) for n, r in enumerate(radii)]
)


@given(stars, st.floats(-8, 8))
def test_cutting_loses_nothing(star: list[tuple[float, float]], aside: float) -> None:
    ring = [(lon + aside, lat) for lon, lat in star]
    pieces = split(ring)
    assert math.isclose(sum(map(signed_area, pieces)), signed_area(ring), rel_tol=1e-6, abs_tol=1e-6)
    assert all(-180 <= lon <= 180 for piece in pieces for lon, _ in piece)
    assert all(abs(one[0] - other[0]) < 180 for piece in pieces for one, other in pairwise(piece))
