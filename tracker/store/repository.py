"""The one place that writes to the store's tables. Each function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from tracker.domain.kinds import EventKind, Modality, Precision, Role
from tracker.domain.names import fold, slug
from tracker.domain.records import Claim, DocumentText, Event, PlaceEntry, VesselEntry, VesselRecord
from tracker.domain.when import Interval
from tracker.store.tables import ClaimRow, DocumentRow, EventAlias, EventRow, PlaceAlias, PlaceRow, SourceRow, VesselAlias, VesselRow

Merge = Callable[[Sequence[Claim]], list[Event]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing one document did."""

    vessels_new: int
    vessels_known: int
    events_new: int
    claims: int


def has_document(work: Session, sha256: str) -> bool:
    """Whether a document with this text is in the store."""
    return work.execute(select(col(DocumentRow.id)).where(col(DocumentRow.id) == sha256)).first() is not None


def seed(work: Session, places: Iterable[PlaceEntry], vessels: Iterable[VesselEntry]) -> None:
    """Put the gazetteer and the register into the store; rows that stand there already stay as they are."""
    places, vessels = list(places), list(vessels)
    known_places = set(work.scalars(select(col(PlaceRow.key))))
    known_vessels = set(work.scalars(select(col(VesselRow.key))))
    new_places = [p for p in _parents_first(places) if p.key not in known_places]
    new_vessels = [v for v in vessels if v.key not in known_vessels]
    _insert(work, PlaceRow, [_place_row(p) for p in new_places])
    _insert(work, PlaceAlias, [{"place_key": p.key, "alias": a, "folded": fold(a)} for p in new_places for a in dict.fromkeys((p.name, *p.aliases))])
    _insert(work, VesselRow, [_entry_row(v) for v in new_vessels])
    _insert(
        work,
        VesselAlias,
        [
            {"vessel_key": v.key, "alias": a, "folded": fold(a)}
            for v in new_vessels
            for a in dict.fromkeys(n for n in (v.name, v.native_name, *v.aliases) if n)
        ],
    )


def _parents_first(places: Sequence[PlaceEntry]) -> list[PlaceEntry]:
    """Places in an order in which each stands behind those it points at."""
    by_key = {p.key: p for p in places}
    order: dict[str, PlaceEntry] = {}

    def put(place: PlaceEntry, path: frozenset[str]) -> None:
        for up in (place.parent, place.water):
            if up and up not in order and up not in path and up in by_key:
                put(by_key[up], path | {up})
        order[place.key] = place

    for place in places:
        if place.key not in order:
            put(place, frozenset({place.key}))
    return list(order.values())


def _insert(work: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:  # the table and not the class: the ORM's way of inserting costs twice as much and leaves out what is None
        work.connection().execute(insert(table.__table__), rows)


def _place_row(p: PlaceEntry) -> dict[str, Any]:
    return {
        "key": p.key,
        "name": p.name,
        "kind": p.kind.value,
        "country": p.country,
        "latitude": p.latitude,
        "longitude": p.longitude,
        "radius_km": p.radius_km,
        "parent_key": p.parent,
        "water_key": p.water,
        "waters": "|".join(p.waters) or None,
        "unlocode": p.unlocode,
    }


def _entry_row(v: VesselEntry) -> dict[str, Any]:
    return {
        "key": v.key,
        "name": v.name,
        "label": v.name,
        "count": 1,
        "type": v.type.value,
        "class_name": v.class_name,
        "project": v.project,
        "hull": v.hull,
        "country": v.country,
        "native_name": v.native_name,
        "prefix": v.prefix,
        "operator": v.operator,
        "fleet": v.fleet,
        "home_port_key": v.home_port,
        "commissioned": v.commissioned,
        "ended": v.ended,
        "status": v.status.value if v.status else None,
        "imo": v.imo,
        "mmsi": v.mmsi,
        "in_register": True,
    }


def source_key(name: str) -> str:
    """The key of a source's name."""
    return slug(name) or "unknown"


def store_document(
    work: Session,
    document: DocumentText,
    *,
    new: Sequence[VesselRecord],
    known: Iterable[str],
    claims: Sequence[Claim],
    merge: Merge,
    ingested_at: datetime,
    language: str | None,
    warnings: Sequence[str],
) -> Stored:
    """Put a document with its vessels and claims into the store and bring the events of these vessels up to date.

    The document must not be there yet (`has_document`).
    """
    _ensure_source(work, document.source or "Unknown source")
    _insert(work, DocumentRow, [document_row(document, ingested_at, language, warnings)])
    vessels_new = _ensure_vessels(work, new)
    told = _Told(tuple(sorted({c.vessel for c in claims})), tuple(sorted({c.kind.value for c in claims})))
    before, homes = _claims_of(work, told)
    events = merge([*before, *claims])
    events_new = _replace_events(work, told, events, claims, homes)
    return Stored(vessels_new, len(set(known)) + len(new) - vessels_new, events_new, len(claims))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document's claims are about: no other vessel's events, and no other kind's, can change by them."""

    vessels: tuple[str, ...]
    kinds: tuple[str, ...]


def _ensure_source(work: Session, name: str) -> None:
    if work.get(SourceRow, source_key(name)) is None:
        _insert(work, SourceRow, [{"key": source_key(name), "name": name, "reliability": "F", "note": None}])


def document_row(d: DocumentText, ingested_at: datetime, language: str | None, warnings: Sequence[str]) -> dict[str, Any]:
    """The row of a document."""
    return {
        "id": d.sha256,
        "source_key": source_key(d.source or "Unknown source"),
        "title": d.title,
        "author": d.author,
        "url": d.url,
        "archive_url": d.archive_url,
        "path": d.path,
        "published": d.published,
        "published_from": d.published_from,
        "retrieved_at": d.retrieved_at,
        "ingested_at": ingested_at,
        "media_type": d.media_type,
        "language": language,
        "based_on": d.based_on,
        "demo": d.demo,
        "text": d.text,
        "page_starts": list(d.page_starts),
        "warnings": [*d.warnings, *warnings],
    }


def _ensure_vessels(work: Session, records: Sequence[VesselRecord]) -> int:
    there = set(work.scalars(select(col(VesselRow.key)).where(col(VesselRow.key).in_([r.key for r in records]))))
    fresh = [r for r in records if r.key not in there]
    _insert(
        work,
        VesselRow,
        [
            {
                "key": r.key,
                "name": r.name,
                "label": r.label,
                "count": r.count,
                "type": r.type.value,
                "class_name": r.class_name,
                "project": r.project,
                "hull": r.hull,
                "country": r.country,
                "in_register": False,
            }
            for r in fresh
        ],
    )
    _insert(work, VesselAlias, [{"vessel_key": r.key, "alias": r.name, "folded": fold(r.name)} for r in fresh if r.name])
    return len(fresh)


def _claims_of(work: Session, told: _Told) -> tuple[list[Claim], dict[str, str]]:
    """The claims that may be of one event with those of a document, and the event that each is in."""
    if not told.vessels:
        return [], {}
    rows = work.execute(
        select(ClaimRow, col(DocumentRow.published), col(DocumentRow.source_key))
        .join(DocumentRow, col(DocumentRow.id) == col(ClaimRow.document_id))
        .where(col(ClaimRow.vessel_key).in_(told.vessels), col(ClaimRow.kind).in_(told.kinds))
    ).all()
    return [claim_of(row, published, source) for row, published, source in rows], {row.id: row.event_id for row, _, _ in rows}


def claim_of(row: ClaimRow, published: date | None, source: str) -> Claim:
    """A row of the table as a record."""
    return Claim(
        id=row.id,
        document=row.document_id,
        vessel=row.vessel_key,
        kind=EventKind(row.kind),
        interval=Interval(row.start_day, row.end_day, Precision(row.precision)),
        modality=Modality(row.modality),
        quote=row.quote,
        quote_start=row.quote_start,
        quote_end=row.quote_end,
        rule=row.rule,
        act=row.act_id,
        place=row.place,
        origin=row.origin,
        destination=row.destination,
        place_key=row.place_key,
        origin_key=row.origin_key,
        destination_key=row.destination_key,
        hedge=row.hedge,
        role=Role(row.role) if row.role else None,
        mention=row.mention,
        page=row.page,
        credibility=row.credibility,
        confidence=row.confidence,
        published=published,
        source=source,
    )


def _replace_events(work: Session, told: _Told, events: Sequence[Event], claims: Sequence[Claim], homes: dict[str, str]) -> int:
    """Write the events that a document may have changed anew, keep the ids that went as aliases, and return how many are new."""
    if not told.vessels:
        return 0
    home = {claim: event.id for event in events for claim in event.claims}
    rows = work.scalars(select(EventRow).where(col(EventRow.vessel_key).in_(told.vessels), col(EventRow.kind).in_(told.kinds)))
    there = {row.id: row for row in rows}
    _insert(work, ClaimRow, [claim_row(c, home[c.id]) for c in claims])
    fresh = {e.id for e in events} - set(there)
    gone = set(there) - {e.id for e in events}
    for claim, old in homes.items():
        if home[claim] != old:
            work.execute(update(ClaimRow).where(col(ClaimRow.id) == claim).values(event_id=home[claim]))
    for event in events:
        row, values = there.get(event.id), event_row(event)
        if row is not None and any(getattr(row, column) != value for column, value in values.items()):
            work.execute(update(EventRow).where(col(EventRow.id) == event.id).values(**values))
    _insert(work, EventRow, [event_row(event) for event in events if event.id in fresh])
    for old in gone:
        target = home.get(there[old].lead_claim_id) or home[old]
        work.execute(update(EventAlias).where(col(EventAlias.event_id) == old).values(event_id=target))
        work.execute(delete(EventRow).where(col(EventRow.id) == old))
        _insert(work, EventAlias, [{"old_id": old, "event_id": target}])
    work.expire_all()
    return max(0, len(fresh) - len(gone))


def claim_row(c: Claim, event: str) -> dict[str, Any]:
    """The row of a claim in an event."""
    return {
        "id": c.id,
        "document_id": c.document,
        "vessel_key": c.vessel,
        "event_id": event,
        "act_id": c.act,
        "kind": c.kind.value,
        "place": c.place,
        "origin": c.origin,
        "destination": c.destination,
        "place_key": c.place_key,
        "origin_key": c.origin_key,
        "destination_key": c.destination_key,
        "start_day": c.interval.start,
        "end_day": c.interval.end,
        "precision": c.interval.precision.value,
        "edtf": c.interval.edtf(),
        "modality": c.modality.value,
        "hedge": c.hedge,
        "role": c.role.value if c.role else None,
        "mention": c.mention,
        "quote": c.quote,
        "quote_start": c.quote_start,
        "quote_end": c.quote_end,
        "page": c.page,
        "rule": c.rule,
        "confidence": c.confidence,
        "credibility": c.credibility,
    }


def event_row(e: Event) -> dict[str, Any]:
    """The row of an event, its status left to the store."""
    return {
        "id": e.id,
        "vessel_key": e.vessel,
        "kind": e.kind.value,
        "place": e.place,
        "origin": e.origin,
        "destination": e.destination,
        "place_key": e.place_key,
        "origin_key": e.origin_key,
        "destination_key": e.destination_key,
        "start_day": e.interval.start,
        "end_day": e.interval.end,
        "precision": e.interval.precision.value,
        "edtf": e.interval.edtf(),
        "modality": e.modality.value,
        "hedge": e.hedge,
        "credibility": e.credibility,
        "claim_count": len(e.claims),
        "root_count": e.roots,
        "lead_claim_id": e.lead,
        "first_published": e.first_published,
        "last_published": e.last_published,
    }
