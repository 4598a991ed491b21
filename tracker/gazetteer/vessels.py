"""The register: a strict reader of `seeds/vessels-*.csv`, keys that never depend on order, and the rules that tell namesakes apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from tracker.domain.idents import fold_hull, is_imo, is_mmsi
from tracker.domain.kinds import NEAR_TYPES, Status, VesselType
from tracker.domain.names import fold, slug
from tracker.domain.records import VesselEntry
from tracker.errors import SeedError
from tracker.gazetteer.places import suggest
from tracker.gazetteer.rows import Row, rows_of

OUT_OF_SERVICE = frozenset({Status.DECOMMISSIONED, Status.LOST})


def read_vessels(paths: Iterable[Path]) -> list[VesselEntry]:
    """Every vessel of the files, in their order, each with its key.

    Raises SeedError with file and line for a broken row, and for two rows that no rule can give different keys.
    """
    rows = [(row.where, vessel_of(row)) for path in paths for row in rows_of(path)]
    vessels = _with_keys([vessel for _, vessel in rows])
    seen: dict[str, str] = {}
    for (where, _), vessel in zip(rows, vessels, strict=True):
        if vessel.key in seen:
            raise SeedError(f"{where}: {vessel.name} can't be told from the one on {seen[vessel.key]}: give project, hull or class")
        seen[vessel.key] = where
    return vessels


def vessel_of(row: Row) -> VesselEntry:
    """The vessel of a row, without its key. Raises SeedError."""
    name, kind = row.needed("name"), row.kind("type", VesselType)
    if kind is None:
        row.fail("type is empty")
    imo, mmsi, home_port = row.text("imo"), row.text("mmsi"), row.text("home_port")
    vessel = VesselEntry(
        key="",
        name=name,
        type=kind,
        native_name=row.text("native_name"),
        aliases=row.items("aliases"),
        prefix=row.text("prefix"),
        hull=row.text("hull_number"),
        designator=row.text("designator"),
        class_name=row.text("class_name"),
        project=row.text("project"),
        country=row.country("country"),
        operator=row.text("operator"),
        fleet=row.text("fleet"),
        home_port=slug(home_port) if home_port else None,
        commissioned=row.year("commissioned"),
        ended=row.year("ended"),
        status=row.kind("status", Status),
        imo=imo,
        mmsi=mmsi,
    )
    row.done()
    if imo and not is_imo(imo):
        row.fail(f"imo: {imo} has a wrong check digit")
    if mmsi and not is_mmsi(mmsi):
        row.fail(f"mmsi: {mmsi} is no ship's MMSI")
    if vessel.commissioned and vessel.ended and vessel.ended < vessel.commissioned:
        row.fail(f"ended {vessel.ended} before it was commissioned in {vessel.commissioned}")
    return vessel


def _with_keys(vessels: Sequence[VesselEntry]) -> list[VesselEntry]:
    """Keys `cc/name-slug`. Of namesakes the first to be commissioned keeps the plain key, so that no newcomer can take it over;
    the others append project, hull, class or type: the first of these that tells them apart."""
    namesakes: dict[str, list[VesselEntry]] = defaultdict(list)
    for vessel in vessels:
        namesakes[plain_key(vessel)].append(vessel)
    keys = {id(v): key for plain, group in namesakes.items() for v, key in _keys_of(plain, group)}
    return [replace(vessel, key=keys[id(vessel)]) for vessel in vessels]


def plain_key(vessel: VesselEntry) -> str:
    """The key of a vessel that has no namesake: `cc/name-slug`."""
    return f"{(vessel.country or 'xx').lower()}/{slug(vessel.name)}"


def _keys_of(plain: str, group: list[VesselEntry]) -> Iterable[tuple[VesselEntry, str]]:
    first, *later = sorted(group, key=lambda v: (v.commissioned or 9999, v.status in OUT_OF_SERVICE, v.hull or "~", v.class_name or "~"))
    yield first, plain
    for vessel in later:
        marks = [mark for mark in (vessel.project, vessel.hull, vessel.class_name, vessel.type) if mark]
        alone = next((m for m in marks if sum(m in (v.project, v.hull, v.class_name, v.type) for v in later) == 1), "-".join(marks))
        yield vessel, f"{plain}-{slug(alone)}"


def read_shared_names(path: Path, vessels: Iterable[VesselEntry]) -> dict[str, str]:
    """Folded name -> key of the vessel that is meant where no rule decides; each row an exception with its reason. Raises SeedError."""
    known = {vessel.key: vessel for vessel in vessels}
    preferred: dict[str, str] = {}
    for row in rows_of(path):
        name, country, key = row.needed("name"), row.country("country"), row.needed("key")
        row.needed("reason")
        row.done()
        if key not in known or known[key].country != country:
            row.fail(f"no vessel {key} of {country}")
        preferred[fold(name)] = key
    return preferred


@dataclass(frozen=True)
class VesselIndex:
    """Vessels by key, by any name and by hull number."""

    entries: Mapping[str, VesselEntry]
    surfaces: Mapping[str, tuple[str, ...]]  # a name as it is written -> keys
    preferred: Mapping[str, str]  # folded name -> the key meant where no rule decides (`seeds/shared_names.csv`)
    classes: Mapping[str, tuple[str, ...]]  # folded class name -> countries that have it
    class_types: Mapping[str, VesselType]  # folded class name -> the type of its vessels, where all are of one
    _by_name: Mapping[str, tuple[str, ...]] = field(repr=False)
    _by_hull: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, vessels: Iterable[VesselEntry], preferred: Mapping[str, str] | None = None) -> VesselIndex:
        """Index vessels."""
        entries = {vessel.key: vessel for vessel in vessels}
        surfaces: dict[str, dict[str, None]] = defaultdict(dict)
        by_name: dict[str, dict[str, None]] = defaultdict(dict)
        by_hull: dict[str, dict[str, None]] = defaultdict(dict)
        classes: dict[str, dict[str, None]] = defaultdict(dict)
        for vessel in entries.values():
            for surface in filter(None, (vessel.name, vessel.native_name, *vessel.aliases)):
                surfaces[surface][vessel.key] = None
                by_name[fold(surface)][vessel.key] = None
            if vessel.hull:
                by_hull[fold_hull(vessel.hull)][vessel.key] = None
            if vessel.class_name:
                classes[fold(vessel.class_name)][vessel.country or ""] = None
        for vessel in entries.values():  # "a Type 23 frigate" may be the Royal Navy's, too, whose class has another name
            if vessel.project and (fold(vessel.project) in classes or _DESIGNATION.fullmatch(vessel.project)):
                classes[fold(vessel.project)][vessel.country or ""] = None
        by_name_and_hull = ({name: tuple(keys) for name, keys in table.items()} for table in (surfaces, classes, by_name, by_hull))
        one, two, three, four = by_name_and_hull
        return cls(entries, one, preferred or {}, two, _class_types(entries.values()), three, four)

    def named(self, name: str) -> tuple[VesselEntry, ...]:
        """Vessels that bear or bore this name, however spelt."""
        return tuple(self.entries[key] for key in self._by_name.get(fold(name), ()))

    def by_hull(self, hull: str) -> tuple[VesselEntry, ...]:
        """Vessels with this hull number, of whatever country."""
        return tuple(self.entries[key] for key in self._by_hull.get(fold_hull(hull), ()))

    def suggest(self, name: str, n: int = 3) -> list[str]:
        """Names that look like this one, best first."""
        return suggest(name, self.surfaces, n)

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """A name as it is written -> folded."""
        return {surface: fold(surface) for surface in self.surfaces}


_DESIGNATION = re.compile(r"[A-Z]{1,6}[- ]?\d{2,4}[A-Z]{0,3}|PPA|FDI|MILGEM|KDX-I+|KSS-I+")
"""Projects that go for a class by themselves: "a K130 corvette", "the PPA Francesco Morosini"."""


def _class_types(vessels: Iterable[VesselEntry]) -> dict[str, VesselType]:
    types: dict[str, set[VesselType]] = defaultdict(set)
    for vessel in vessels:
        if vessel.class_name and vessel.type:
            types[fold(vessel.class_name)].add(vessel.type)
        if vessel.project and _DESIGNATION.fullmatch(vessel.project):
            types[fold(vessel.project)].add(vessel.type)
    return {name: next(iter(found)) for name, found in types.items() if len(found) == 1}


def pick(
    candidates: Sequence[VesselEntry],
    *,
    country: str | None = None,
    type: VesselType | None = None,
    hull: str | None = None,
    class_name: str | None = None,
    project: str | None = None,
    on: date | None = None,
) -> VesselEntry | None:
    """The one vessel that the signs point to, or None where it stays open.

    Signs that a text states are binding in this order: hull, country, project, class, type; one that no candidate fits is passed over
    as the text's slip, except country, which rules out. Then the era: a vessel that was out of service on the day, or not yet
    commissioned, gives way to one that served.
    """
    left = [v for v in candidates if not country or not v.country or v.country == country]
    signs: list[Callable[[VesselEntry], bool]] = []
    if hull:
        signs.append(lambda v: bool(v.hull) and fold_hull(v.hull or "") == fold_hull(hull))
    if project:
        signs.append(lambda v: fold(v.project or "") == fold(project))
    if class_name:
        signs.append(lambda v: fold(v.class_name or "") == fold(class_name))
    if type and type not in (VesselType.WARSHIP, VesselType.VESSEL):
        signs.append(lambda v: v.type == type or frozenset({v.type, type}) in NEAR_TYPES)
    for fits in signs:
        if len(left) > 1:
            left = [v for v in left if fits(v)] or left
    if len(left) > 1:
        best = max(served(v, on) for v in left)
        left = [v for v in left if served(v, on) == best]
    return left[0] if len(left) == 1 else None


def served(vessel: VesselEntry, on: date | None) -> int:
    """Whether a vessel was in service on a day, as far as the register knows: 2 yes, 1 it can't be told, 0 no. Without a day: whether it is now."""
    if on is None:
        return 0 if vessel.status in OUT_OF_SERVICE or vessel.status == Status.BUILDING else 2
    if vessel.commissioned and on.year < vessel.commissioned - 1:  # trials come before commissioning
        return 0
    if vessel.ended:
        return 2 if on.year <= vessel.ended else 0
    if vessel.status in OUT_OF_SERVICE:
        return 1
    if vessel.commissioned is None:
        return 1
    return 2
