"""The gazetteer: a strict reader of `seeds/places.csv` and an index over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from tracker.domain.kinds import PlaceKind
from tracker.domain.names import fold, slug
from tracker.domain.records import PlaceEntry
from tracker.domain.tree import PlaceTree
from tracker.errors import SeedError
from tracker.gazetteer.rows import Row, rows_of


def read_places(path: Path) -> list[PlaceEntry]:
    """Every place of the file, in its order, with `parent`, `water` and `waters` as keys.

    Raises SeedError with file and line for a broken row, a name given twice, or a name that no row has.
    """
    rows = [(row.where, place_of(row)) for row in rows_of(path)]
    keys = _keys(rows)

    def key_of(name: str, where: str, column: str) -> str:
        if name not in keys:
            raise SeedError(f"{where}: {column}: no place {name!r}")
        return keys[name]

    return [
        replace(
            place,
            key=keys[place.name],
            parent=place.parent and key_of(place.parent, where, "parent"),
            water=place.water and key_of(place.water, where, "water"),
            waters=tuple(key_of(name, where, "waters") for name in place.waters),
        )
        for where, place in rows
    ]


def _keys(rows: Sequence[tuple[str, PlaceEntry]]) -> dict[str, str]:
    """Name -> key. Of names that fold alike, the one written in plain letters keeps the plain key, the others append their country."""
    keys: dict[str, str] = {}
    lines: dict[str, str] = {}
    for where, place in sorted(rows, key=lambda item: (not item[1].name.isascii(), "-" in item[1].name)):
        if place.name in keys:
            raise SeedError(f"{where}: {place.name} stands on {lines[slug(place.name)]} already")
        key = slug(place.name)
        if key in lines:
            key = f"{key}-{(place.country or place.kind).lower()}"
        keys[place.name], lines[key] = key, where
    return keys


def place_of(row: Row) -> PlaceEntry:
    """The place of a row, without its key; `parent`, `water` and `waters` are names still. Raises SeedError."""
    name, kind = row.needed("name"), row.kind("kind", PlaceKind)
    if kind is None:
        row.fail("kind is empty")
    place = PlaceEntry(
        key="",
        name=name,
        kind=kind,
        country=row.country("country"),
        latitude=row.number("lat", -90, 90),
        longitude=row.number("lon", -180, 180),
        radius_km=row.number("radius_km", 0.1, 20000),
        parent=row.text("parent"),
        water=row.text("water"),
        waters=row.items("waters"),
        gate=_gate(row),
        unlocode=_unlocode(row),
        aliases=row.items("aliases"),
    )
    row.done()
    if (place.latitude is None) != (place.longitude is None):
        row.fail("lat without lon, or lon without lat")
    return place


def _gate(row: Row) -> tuple[tuple[float, float], tuple[float, float]] | None:
    value = row.text("gate")
    if value is None:
        return None
    match = re.fullmatch(r"(-?[\d.]+) (-?[\d.]+);(-?[\d.]+) (-?[\d.]+)", value)
    if not match:
        row.fail(f'gate: {value!r} is not "lat lon;lat lon"')
    lat1, lon1, lat2, lon2 = map(float, match.groups())
    if max(abs(lat1), abs(lat2)) > 90 or max(abs(lon1), abs(lon2)) > 180:
        row.fail(f"gate: {value!r} is out of range")
    return (lat1, lon1), (lat2, lon2)


def _unlocode(row: Row) -> str | None:
    value = row.text("unlocode")
    if value and not re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", value):
        row.fail(f"unlocode: {value!r} is not five letters")
    return value


@dataclass(frozen=True)
class PlaceIndex:
    """Places by key and by any name, and what lies inside what."""

    entries: Mapping[str, PlaceEntry]
    surfaces: Mapping[str, tuple[str, ...]]  # a name as it is written -> keys
    _by_name: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, places: Iterable[PlaceEntry]) -> PlaceIndex:
        """Index places; a place's own name goes before another's alias."""
        entries = {place.key: place for place in places}
        surfaces: dict[str, list[str]] = defaultdict(list)
        by_name: dict[str, list[str]] = defaultdict(list)
        for names_of in (lambda p: (p.name,), lambda p: p.aliases):
            for place in entries.values():
                for surface in names_of(place):
                    if place.key not in surfaces[surface]:
                        surfaces[surface].append(place.key)
                    if place.key not in by_name[fold(surface)]:
                        by_name[fold(surface)].append(place.key)
        return cls(entries, {s: tuple(k) for s, k in surfaces.items()}, {n: tuple(k) for n, k in by_name.items()})

    def named(self, name: str) -> tuple[PlaceEntry, ...]:
        """Places with this name or alias, however spelt; an own name first."""
        return tuple([self.entries[key] for key in self._by_name.get(fold(name), ())])

    @cached_property
    def tree(self) -> PlaceTree:
        """What lies inside what, by parent and by water."""
        return PlaceTree.of((p.key, p.parent, p.water) for p in self.entries.values())

    def suggest(self, name: str, n: int = 3) -> list[str]:
        """Names that look like this one, best first."""
        return suggest(name, self.surfaces, n)


def suggest(name: str, surfaces: Iterable[str], n: int = 3) -> list[str]:
    """Up to n of the surfaces that look like this name, best first ("did you mean")."""
    from rapidfuzz import fuzz, process  # only a typing error needs it

    found = process.extract(name, list(surfaces), scorer=fuzz.WRatio, processor=fold, limit=n, score_cutoff=75)
    return [surface for surface, _, _ in found]
