"""One value that holds who and where, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tracker.errors import SeedError
from tracker.gazetteer.cache import kept
from tracker.gazetteer.places import PlaceIndex, read_places
from tracker.gazetteer.vessels import VesselIndex, read_shared_names, read_vessels
from tracker.resources import resource


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The register of vessels and the gazetteer of places."""

    vessels: VesselIndex
    places: PlaceIndex
    shipped: str | None = None
    """Under which name what is made of it may be kept; None where it is not the shipped seeds alone."""


@cache
def load_gazetteer(seeds: Path | None = None, *, register: bool = True) -> Gazetteer:
    """Read both from a folder of seeds (default: the shipped one); `register=False` leaves the vessels out. Raises SeedError."""
    folder = seeds or resource("seeds")
    if seeds is not None:
        return _load(folder, register=register)
    name = "gazetteer" if register else "places"
    return kept(name, folder.glob("*.csv"), Gazetteer, lambda: replace(_load(folder, register=register), shipped=name))


def _load(folder: Path, *, register: bool) -> Gazetteer:
    places = read_places(folder / "places.csv")
    known = {place.key for place in places}
    vessels = read_vessels(sorted(folder.glob("vessels-*.csv"))) if register else []
    for vessel in vessels:
        if vessel.home_port and vessel.home_port not in known:
            raise SeedError(f"vessels-*.csv: {vessel.key}: no home port {vessel.home_port!r} in places.csv")
    return Gazetteer(VesselIndex.of(vessels, read_shared_names(folder / "shared_names.csv", vessels) if register else None), PlaceIndex.of(places))
