"""Distances against an authority; points and outlines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.geo import distance_km, distance_nm, in_ring

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


def test_one_degree_of_latitude_is_sixty_nautical_miles() -> None:
    assert distance_nm(0, 0, 1, 0) == pytest.approx(60.04, abs=0.01)


def test_a_quarter_of_the_globe() -> None:
    assert distance_km(0, 0, 90, 0) == pytest.approx(10007.6, abs=0.5)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_symmetric_and_bounded(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    there, back = distance_km(lat1, lon1, lat2, lon2), distance_km(lat2, lon2, lat1, lon1)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20015.2


SQUARE = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))
ACROSS = ((170.0, -10.0), (190.0, -10.0), (190.0, 10.0), (170.0, 10.0))


@pytest.mark.parametrize(
    ("lat", "lon", "ring", "inside"),
    [
        (15, 15, SQUARE, True),
        (25, 15, SQUARE, False),
        (15, 9, SQUARE, False),
        (0, 175, ACROSS, True),
        (0, -175, ACROSS, True),
        (0, 165, ACROSS, False),
        (0, -165, ACROSS, False),
    ],
)
def test_a_point_and_an_outline(lat: float, lon: float, ring: tuple[tuple[float, float], ...], inside: bool) -> None:
    assert in_ring(lat, lon, ring) is inside
