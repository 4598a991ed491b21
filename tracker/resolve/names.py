"""A name that stands by itself, in a spreadsheet or a question, to the vessel or place that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tracker.domain.kinds import VesselType
from tracker.domain.names import fold
from tracker.domain.records import PlaceEntry, VesselEntry
from tracker.errors import InputError
from tracker.gazetteer.lexicon import Lexicon
from tracker.gazetteer.places import PlaceIndex
from tracker.gazetteer.vessels import VesselIndex, pick

_WITH_HULL = re.compile(r"(?P<name>.*\S)\s*[(\[](?P<hull>[^()\[\]]*\d[^()\[\]]*)[)\]]")


def bare_name(name: str, lexicon: Lexicon) -> tuple[str, str | None, str | None]:
    """A name without what is written around it, the country of its prefix and its hull: "USS Porter (DDG 78)" -> ("Porter", "US", "DDG 78")."""
    name = name.strip().strip("\"'“”«»")
    match = _WITH_HULL.fullmatch(name)
    name, hull = (match["name"], match["hull"]) if match else (name, None)
    first, _, rest = name.partition(" ")
    if rest.strip() and first in lexicon.prefixes:
        return rest.strip().strip("\"'“”«»"), lexicon.prefixes[first] or lexicon.prefix_default.get(first), hull
    return name, None, hull


def find_vessel(
    name: str,
    vessels: VesselIndex,
    *,
    country: str | None = None,
    type: VesselType | None = None,
    hull: str | None = None,
    class_name: str | None = None,
    project: str | None = None,
    on: date | None = None,
) -> VesselEntry | None:
    """The vessel of the register that a name and what stands beside it mean; None for one that the register doesn't have.

    Raises InputError where several fit and nothing tells them apart.
    """
    found = [v for v in vessels.named(name) if not country or not v.country or v.country == country]
    if not found:
        return None
    one = pick(found, country=country, type=type, hull=hull, class_name=class_name, project=project, on=on)
    one = one or vessels.entries.get(vessels.preferred.get(fold(name), ""))
    if one is None or one not in found:
        raise InputError(f'"{name}" is the name of {_listed([v.key for v in found])}; give a hull, class, project or type, or the vessel_key')
    return one


def find_place(name: str, places: PlaceIndex) -> PlaceEntry | None:
    """The place that a name or key means, an own name before another's alias; None for one that the gazetteer doesn't have.

    Raises InputError where several places bear the name alike.
    """
    if name in places.entries:
        return places.entries[name]
    found = places.named(name)
    own = [place for place in found if place.name == name] or [place for place in found if fold(place.name) == fold(name)] or list(found)
    if len(own) > 1:
        raise InputError(f'"{name}" is the name of {_listed([place.key for place in own])}; write the key of the one that is meant')
    return own[0] if own else None


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys[:4]) + (", …" if len(keys) > 4 else "")
