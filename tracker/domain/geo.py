"""Positions on the sphere: the one distance, and whether a point lies inside an outline."""

from __future__ import annotations

import math
from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of WGS 84 (IUGG)."""
KM_PER_NM = 1.852


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine), degrees in, kilometres out."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    dphi, dlam = phi2 - phi1, math.radians(lon2 - lon1)
    h = math.sin(dphi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(dlam / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def distance_nm(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in nautical miles."""
    return distance_km(lat1, lon1, lat2, lon2) / KM_PER_NM


def in_ring(lat: float, lon: float, ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a point lies inside a ring of (lon, lat) vertices, by even-odd crossing in plain degrees.

    A ring across the date line is written with longitudes beyond 180; the point is tried at lon and lon ± 360.
    """
    return any(_crossings(lat, lon + turn, ring) % 2 for turn in (0.0, 360.0, -360.0))


def _crossings(lat: float, lon: float, ring: Sequence[tuple[float, float]]) -> int:
    count = 0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            count += 1
    return count
