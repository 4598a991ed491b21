"""Which piece of the world a map shows, and where on the paper a point of it lies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.report.coasts import Extent
from tracker.report.labels import Box

Position = tuple[float, float]
"""Latitude, longitude."""

SMALLEST_DEG = 7.0
"""A map of one port is at least so high and wide in degrees of latitude, so that its surroundings tell where it is."""
_MARGIN = 0.16
_NORTH, _SOUTH = 84.0, -78.0
_WORLD = (-58.0, 78.0)
_WIDE_SHAPES, _NARROW_SHAPES, _WIDE_IN = (0.475, 0.654), (0.62, 0.9), 8.0
"""Least and most height of a map as a share of its width: on a wide picture, and on a narrow one, where cards need the height."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map on the paper: a box of the world in a box of inches, a degree of longitude as wide as it is at the middle latitude."""

    extent: Extent
    box: Box

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a position lies, in inches from the lower left corner of the figure."""
        x = (self.extent.turned(longitude) - self.extent.west) / self.extent.width
        y = (latitude - self.extent.south) / self.extent.height
        return self.box.left + x * (self.box.right - self.box.left), self.box.bottom + y * (self.box.top - self.box.bottom)

    @property
    def degree_in(self) -> float:
        """Inches a degree of latitude."""
        return (self.box.top - self.box.bottom) / self.extent.height


def extent_of(positions: Sequence[Position], outlines: Iterable[Sequence[Position]] = ()) -> Extent:
    """The smallest box round some positions, with a margin; outlines count where they aren't oceans, or where nothing else is told.

    The box goes over the date line where that makes it smaller. Without anything at all it is the world.
    """
    rings = [list(ring) for ring in outlines]
    small = [ring for ring in rings if _span([lon for _, lon in ring])[1] <= 50]
    corners = [corner for ring in (small if positions or small else rings) for corner in ring]
    found = [*positions, *corners]
    if not found:
        return Extent(-180, 180, *_WORLD)
    west, width = _span([lon for _, lon in found])
    south, north = min(lat for lat, _ in found), max(lat for lat, _ in found)
    stretch = math.cos(math.radians((south + north) / 2))
    wide, high = width * stretch, north - south
    least = max((SMALLEST_DEG - max(wide, high)) / 2, 0.5)
    margin = max(_MARGIN * high, 0.6 * _MARGIN * wide, least)
    aside = max(_MARGIN * wide, 0.6 * _MARGIN * high, least) / max(stretch, 0.2)
    if width + 2 * aside >= 300:
        return Extent(west + width / 2 - 180, west + width / 2 + 180, min(south - margin, _WORLD[0]), min(max(north + margin, _WORLD[1]), _NORTH))
    return Extent(west - aside, west + width + aside, max(south - margin, _SOUTH), min(north + margin, _NORTH))


def fitted(extent: Extent, width_in: float) -> tuple[Extent, float]:
    """The extent widened to a shape that suits a page, and the height of the map in inches."""
    stretch = math.cos(math.radians(extent.mid_latitude))
    lowest, highest = (share * width_in for share in (_WIDE_SHAPES if width_in >= _WIDE_IN else _NARROW_SHAPES))
    height_in = width_in * extent.height / (extent.width * stretch)
    if height_in > highest:
        wider = min(extent.height * width_in / (highest * stretch), 360.0)
        middle = (extent.west + extent.east) / 2
        return Extent(middle - wider / 2, middle + wider / 2, extent.south, extent.north), highest
    if height_in < lowest:
        return _taller(extent, extent.height * lowest / height_in), lowest
    return extent, height_in


def _taller(extent: Extent, height: float) -> Extent:
    south, north = extent.mid_latitude - height / 2, extent.mid_latitude + height / 2
    if north > _NORTH:
        south, north = south - (north - _NORTH), _NORTH
    return Extent(extent.west, extent.east, max(south, -89.0), north)


def _span(longitudes: Sequence[float]) -> tuple[float, float]:
    """Where the shortest stretch that holds all longitudes begins, and how long it is."""
    around = sorted({(lon + 180) % 360 - 180 for lon in longitudes})
    gaps = [(around[(n + 1) % len(around)] - lon) % 360 or 360.0 for n, lon in enumerate(around)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return around[(widest + 1) % len(around)], 360 - gaps[widest]
