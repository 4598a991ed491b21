"""The outlines of the waters (`seeds/areas.geojson`): a strict reader, and which waters a position lies in, the most specific first."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tracker.domain.geo import in_ring
from tracker.domain.kinds import PASSAGE_KINDS, WATER_KINDS
from tracker.domain.names import slug
from tracker.domain.records import Area
from tracker.errors import SeedError

Ring = tuple[tuple[float, float], ...]

LEAST, MOST = 8, 60
"""Vertices of a ring: fewer would be a box, more would no longer be coarse."""

OUTLINED_KINDS = WATER_KINDS | PASSAGE_KINDS
"""Kinds of place that may have an outline."""

_NUMBERS = {int, float}  # by type(): a JSON true is an int to isinstance


def read_areas(path: Path) -> dict[str, Area]:
    """Every outline by the key of its place, in the file's order. Raises SeedError that names the file and the feature."""
    areas: dict[str, Area] = {}
    for number, feature in enumerate(_features(path), start=1):
        where = f"{path.name}: feature {number}"
        area = _area(feature, where)
        if area.key in areas:
            raise SeedError(f"{where}: {area.key} stands there already")
        areas[area.key] = area
    return areas


def _features(path: Path) -> list[Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedError(f"{path.name}: {error}") from None
    if not isinstance(data, dict) or set(data) != {"type", "features"} or data["type"] != "FeatureCollection":
        raise SeedError(f"{path.name}: not a FeatureCollection with features alone")
    features = data["features"]
    if not isinstance(features, list):
        raise SeedError(f"{path.name}: features is no list")
    return features


def _area(feature: Any, where: str) -> Area:
    if not isinstance(feature, dict) or set(feature) != {"type", "properties", "geometry"} or feature["type"] != "Feature":
        _fail(where, "not a Feature with properties and geometry alone")
    properties, geometry = feature["properties"], feature["geometry"]
    if not isinstance(properties, dict) or set(properties) != {"key", "name", "kind", "parent"}:
        _fail(where, "properties are not key, name, kind, parent")
    key, name, parent = properties["key"], properties["name"], properties["parent"]
    if not (isinstance(key, str) and isinstance(name, str) and key and key.startswith(slug(name))):
        _fail(where, f"key {key!r} is not the slug of the name {name!r}")
    if parent is not None and not (isinstance(parent, str) and parent and parent == slug(parent)):
        _fail(where, f"parent {parent!r} is no key")
    if properties["kind"] not in {kind.value for kind in OUTLINED_KINDS}:
        _fail(where, f"kind {properties['kind']!r} is no water")
    return Area(key, tuple(_ring(ring, f"{where} ({name})") for ring in _outer_rings(geometry, where)))


def _outer_rings(geometry: Any, where: str) -> list[Any]:
    if not isinstance(geometry, dict) or set(geometry) != {"type", "coordinates"} or not isinstance(geometry["coordinates"], list):
        _fail(where, "no geometry with type and coordinates alone")
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"])
    if not polygons:
        _fail(where, f"geometry {geometry['type']!r} is neither Polygon nor MultiPolygon, or empty")
    if any(not isinstance(polygon, list) or len(polygon) != 1 for polygon in polygons):
        _fail(where, "a polygon has one ring: no holes")
    return [polygon[0] for polygon in polygons]


def _ring(ring: Any, where: str) -> Ring:
    if not _is_positions(ring):
        _fail(where, "a position is not [longitude, latitude] within -180..360 and -90..90")
    if ring[0] != ring[-1]:
        _fail(where, "a ring is not closed")
    if not LEAST <= len(ring) - 1 <= MOST:
        _fail(where, f"a ring of {len(ring) - 1} vertices, not {LEAST} to {MOST}")
    return tuple((float(lon), float(lat)) for lon, lat in ring[:-1])


def _is_positions(ring: Any) -> bool:
    """Whether this is a list of positions; asked of all at once, since thousands are read at every start."""
    if not isinstance(ring, list) or not ring or set(map(type, ring)) != {list} or set(map(len, ring)) != {2}:
        return False
    numbers = [number for position in ring for number in position]
    if not set(map(type, numbers)) <= _NUMBERS:
        return False
    lons, lats = numbers[::2], numbers[1::2]
    return bool(min(lons) >= -180 and max(lons) <= 360 and min(lats) >= -90 and max(lats) <= 90)


def _fail(where: str, why: str) -> NoReturn:
    raise SeedError(f"{where}: {why}")


def square_degrees(area: Area) -> float:
    """The size of an outline, in square degrees shrunk by the cosine of the latitude: good enough to tell small from large."""
    return sum(abs(_shoelace(ring)) for ring in area.rings)


def _shoelace(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum((x2 - x1) * (math.sin(math.radians(y1)) + math.sin(math.radians(y2))) for (x1, y1), (x2, y2) in pairs) * math.degrees(1) / 2


@dataclass(frozen=True)
class Waters:
    """Outlines made ready for many positions: the smallest first, each ring with its box."""

    _rings: Sequence[tuple[str, tuple[float, float, float, float], Ring]]

    @classmethod
    def of(cls, areas: Mapping[str, Area]) -> Waters:
        """Make outlines ready."""
        small_first = sorted(areas.values(), key=lambda area: (square_degrees(area), area.key))
        return cls([(area.key, _box(ring), ring) for area in small_first for ring in area.rings])

    def at(self, lat: float, lon: float) -> list[str]:
        """Keys of the waters a position lies in. A water inside another is smaller, so the most specific comes first."""
        hits = (
            key
            for key, (west, south, east, north), ring in self._rings
            if south <= lat <= north and _may_span(west, east, lon) and in_ring(lat, lon, ring)
        )
        return list(dict.fromkeys(hits))


def _box(ring: Ring) -> tuple[float, float, float, float]:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return min(lons), min(lats), max(lons), max(lats)


def _may_span(west: float, east: float, lon: float) -> bool:
    return west <= lon <= east or west <= lon + 360 <= east or west <= lon - 360 <= east


def waters_at(lat: float, lon: float, areas: Mapping[str, Area]) -> list[str]:
    """Keys of the waters a position lies in, most specific first; for many positions make a `Waters` once."""
    return Waters.of(areas).at(lat, lon)
