"""The register and gazetteer that a store reads with: the shipped ones, and what its desk put in beside them (`tracker import register|places`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.kinds import PlaceKind, Status, VesselType
from tracker.domain.records import PlaceEntry, VesselEntry
from tracker.gazetteer.index import Gazetteer, load_gazetteer
from tracker.gazetteer.places import PlaceIndex
from tracker.gazetteer.vessels import VesselIndex
from tracker.store import migrate
from tracker.store.engine import session
from tracker.store.tables import PlaceAlias, PlaceRow, ReviewRow, VesselAlias, VesselRow

IMPORTED = "import"
"""The action of a list in the history."""


def gazetteer_at(url: str) -> Gazetteer:
    """What the store at a URL knows of vessels and places; the shipped lists where there is none."""
    if not migrate.exists(url):
        return load_gazetteer()
    with session(url) as work:
        return gazetteer_of(work)


def gazetteer_of(work: Session) -> Gazetteer:
    """What the store knows of vessels and places: the shipped register and gazetteer, with the rows that they don't have."""
    shipped = load_gazetteer()
    if work.execute(select(col(ReviewRow.id)).where(col(ReviewRow.action) == IMPORTED).limit(1)).first() is None:
        return shipped
    vessels = set(work.scalars(select(col(VesselRow.key)).where(col(VesselRow.in_register)))) - shipped.vessels.entries.keys()
    places = set(work.scalars(select(col(PlaceRow.key)))) - shipped.places.entries.keys()
    if not vessels and not places:
        return shipped
    return _joined(tuple(_vessels(work, sorted(vessels))), tuple(_places(work, sorted(places))))


@lru_cache(maxsize=4)
def _joined(vessels: tuple[VesselEntry, ...], places: tuple[PlaceEntry, ...]) -> Gazetteer:
    shipped = load_gazetteer()
    return Gazetteer(
        VesselIndex.of((*shipped.vessels.entries.values(), *vessels), shipped.vessels.preferred) if vessels else shipped.vessels,
        PlaceIndex.of((*shipped.places.entries.values(), *places)) if places else shipped.places,
    )


def _vessels(work: Session, keys: list[str]) -> Iterable[VesselEntry]:
    always = col(VesselAlias.since).is_(None) & col(VesselAlias.until).is_(None)
    names = _names(work.execute(select(col(VesselAlias.vessel_key), col(VesselAlias.alias)).where(always).order_by(col(VesselAlias.alias))), keys)
    for row in _rows(keys, lambda some: work.scalars(select(VesselRow).where(col(VesselRow.key).in_(some))).all()):
        yield VesselEntry(
            key=row.key,
            name=row.name or row.label,
            type=VesselType(row.type),
            native_name=row.native_name,
            aliases=tuple(name for name in names[row.key] if name not in (row.name, row.native_name)),
            prefix=row.prefix,
            hull=row.hull,
            class_name=row.class_name,
            project=row.project,
            country=row.country,
            operator=row.operator,
            fleet=row.fleet,
            home_port=row.home_port_key,
            commissioned=row.commissioned,
            ended=row.ended,
            status=Status(row.status) if row.status else None,
            imo=row.imo,
            mmsi=row.mmsi,
        )


def _places(work: Session, keys: list[str]) -> Iterable[PlaceEntry]:
    names = _names(work.execute(select(col(PlaceAlias.place_key), col(PlaceAlias.alias)).order_by(col(PlaceAlias.alias))), keys)
    for row in _rows(keys, lambda some: work.scalars(select(PlaceRow).where(col(PlaceRow.key).in_(some))).all()):
        yield PlaceEntry(
            key=row.key,
            name=row.name,
            kind=PlaceKind(row.kind),
            country=row.country,
            latitude=row.latitude,
            longitude=row.longitude,
            radius_km=row.radius_km,
            parent=row.parent_key,
            water=row.water_key,
            waters=tuple(row.waters.split("|")) if row.waters else (),
            unlocode=row.unlocode,
            aliases=tuple(name for name in names[row.key] if name != row.name),
        )


Row = TypeVar("Row", VesselRow, PlaceRow)
_AT_ONCE = 500
"""So many keys are asked for in one query."""


def _rows(keys: list[str], ask: Callable[[list[str]], Iterable[Row]]) -> list[Row]:
    found = [row for at in range(0, len(keys), _AT_ONCE) for row in ask(keys[at : at + _AT_ONCE])]
    return sorted(found, key=lambda row: row.key)


def _names(pairs: Iterable[Any], keys: list[str]) -> dict[str, list[str]]:
    wanted, names = set(keys), defaultdict[str, list[str]](list)
    for key, name in pairs:
        if key in wanted:
            names[key].append(name)
    return names
