"""Which water each place lies on: fills the column `water` of `seeds/places.csv` from the outlines, for maintainers.

    python -m tracker.gazetteer.waters --check    is the column what the outlines say?
    python -m tracker.gazetteer.waters --write    make it so

The rules, in order: a row of `seeds/water-exceptions.csv`; nothing for a country, a region, or a water that is alone at the top or has a water for
its parent; for a passage what its two `waters` have in common; else the smallest outline around the point, of an island or a coast also around
points on all its sides. What holds other places lies only on what it and all of them have in common, so that no place inherits a sea it does
not touch: Crete lies on the Eastern Mediterranean, since its north is on the Sea of Crete and its south on the Libyan Sea.
"""

from __future__ import annotations

import csv
import io
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from tracker.domain.geo import EARTH_RADIUS_KM
from tracker.domain.kinds import PASSAGE_KINDS, WATER_KINDS, PlaceKind
from tracker.domain.records import PlaceEntry
from tracker.domain.tree import PlaceTree
from tracker.errors import SeedError
from tracker.gazetteer.areas import OUTLINED_KINDS, Waters, read_areas
from tracker.gazetteer.places import read_places
from tracker.gazetteer.rows import rows_of
from tracker.resources import resource

WIDE_KINDS = frozenset({PlaceKind.ISLAND, PlaceKind.COAST})
"""Kinds that have more than one side: looked at all around, half their radius from the middle."""

NO_WATER_KINDS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
"""Kinds that may lie on several seas, or none."""


CLAIMED_NAMES = frozenset({"west-philippine-sea", "north-natuna-sea"})
"""Parts of the South China Sea under the name that one country gives them: outlined, but no port is said to lie on them."""


@dataclass(frozen=True)
class Filler:
    """Places, outlines and exceptions, and from them the water of each place."""

    places: Mapping[str, PlaceEntry]
    children: Mapping[str, Sequence[PlaceEntry]]
    tree: PlaceTree  # by parent alone: what `water` says so far is not believed
    waters: Waters
    exceptions: Mapping[str, str | None]

    @classmethod
    def of(cls, places: Iterable[PlaceEntry], waters: Waters, exceptions: Mapping[str, str | None]) -> Filler:
        """From places as read, outlines, and exceptions by key (None: on no water)."""
        by_key = {place.key: place for place in places}
        children: dict[str, list[PlaceEntry]] = defaultdict(list)
        for place in by_key.values():
            if place.parent:
                children[place.parent].append(place)
        return cls(by_key, children, PlaceTree.of((p.key, p.parent, None) for p in by_key.values()), waters, exceptions)

    def water_of(self, place: PlaceEntry) -> str | None:
        """The most specific water a place lies on, or None: inland, on several seas, or said by its parent already."""
        if place.key in self.exceptions:
            return self.exceptions[place.key]
        if place.kind in NO_WATER_KINDS:
            return None
        if place.kind in PASSAGE_KINDS:
            return self._unless_inside(place, self._common(place.waters)) if place.waters else None
        if place.kind not in WATER_KINDS:
            return self._common([*self._around(place), *self._below(place)])
        if place.parent is None or self.places[place.parent].kind in WATER_KINDS:
            return None
        return self._unless_inside(place, self._common(self._around(place)))

    def _unless_inside(self, place: PlaceEntry, water: str | None) -> str | None:
        return None if water is None or self.tree.inside(place.key, water) else water

    def _around(self, place: PlaceEntry) -> list[str]:
        """The smallest water at each point looked at, leaving out the place itself and what lies inside it."""
        if place.latitude is None or place.longitude is None:
            return []
        points = [(place.latitude, place.longitude)]
        if place.kind in WIDE_KINDS:
            points += rim(place.latitude, place.longitude, (place.radius_km or 0) / 2)
        hits = ([key for key in self.waters.at(lat, lon) if key not in CLAIMED_NAMES and not self.tree.inside(key, place.key)] for lat, lon in points)
        return [keys[0] for keys in hits if keys]

    def _below(self, place: PlaceEntry) -> list[str]:
        """The water of every place that has this one for a parent."""
        return [water for child in self.children.get(place.key, ()) if (water := self.water_of(child))]

    def _common(self, keys: Iterable[str]) -> str | None:
        """The most specific water that all of these are or lie in."""
        chains = [{key, *self.tree.ancestors(key)} for key in set(keys)]
        shared = reduce(set.intersection, chains) if chains else set()
        waters = [key for key in shared if self.places[key].kind in OUTLINED_KINDS]
        return max(waters, key=lambda key: (len(self.tree.ancestors(key)), key), default=None)


def rim(lat: float, lon: float, radius_km: float) -> list[tuple[float, float]]:
    """Eight points around a position, as (latitude, longitude)."""
    step = math.degrees(radius_km / EARTH_RADIUS_KM)
    turns = [math.radians(45 * eighth) for eighth in range(8)]
    return [(lat + step * math.cos(turn), lon + step * math.sin(turn) / math.cos(math.radians(lat))) for turn in turns]


def read_exceptions(path: Path, keys: Mapping[str, str]) -> dict[str, str | None]:
    """Key of a place -> key of its water, or None for "on no water"; `keys` maps names to keys. Raises SeedError with file and line."""
    found: dict[str, str | None] = {}
    for row in rows_of(path):
        place, water, reason = row.needed("place"), row.text("water"), row.needed("reason")
        row.done()
        for name in filter(None, (place, water)):
            if name not in keys:
                row.fail(f"no place {name!r}")
        if keys[place] in found:
            row.fail(f"{place} stands there already ({reason})")
        found[keys[place]] = keys[water] if water else None
    return found


def filled(seeds: Path) -> dict[str, str]:
    """What the column `water` should say, by name of the place; empty for none."""
    places = read_places(seeds / "places.csv")
    names = {place.key: place.name for place in places}
    exceptions = read_exceptions(seeds / "water-exceptions.csv", {place.name: place.key for place in places})
    filler = Filler.of(places, Waters.of(read_areas(seeds / "areas.geojson")), exceptions)
    return {place.name: names.get(filler.water_of(place) or "", "") for place in places}


def refreshed(seeds: Path) -> str:
    """The text of `places.csv` with the column `water` filled anew; every other cell as it was."""
    water = filled(seeds)
    with (seeds / "places.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    name, column = header.index("name"), header.index("water")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *([*row[:column], water[row[name]], *row[column + 1 :]] for row in rows)])
    return out.getvalue()


def main(arguments: Sequence[str]) -> int:
    """`--check` tells whether the column is fresh (0) or not (1); `--write` fills it."""
    path = resource("seeds", "places.csv")
    if list(arguments) not in (["--check"], ["--write"]):
        sys.stderr.write("usage: python -m tracker.gazetteer.waters --check | --write\n")
        return 2
    try:
        text = refreshed(path.parent)
    except SeedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if arguments[0] == "--write":
        path.write_text(text, encoding="utf-8", newline="")
        return 0
    stale = [new for old, new in zip(path.read_text(encoding="utf-8").splitlines(), text.splitlines(), strict=True) if old != new]
    sys.stderr.write("\n".join([*stale, f"{len(stale)} rows to fill anew\n"]))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
