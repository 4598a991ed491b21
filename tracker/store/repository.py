"""The one place that writes to the store's tables. Each function works inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Table, and_, bindparam, delete, insert, or_, select, union_all, update
from sqlmodel import Session, SQLModel, col

from tracker.domain.kinds import EventKind, Modality, Precision, ReviewStatus, Role
from tracker.domain.names import fold, slug
from tracker.domain.records import Claim, DocumentText, Event, PlaceEntry, Said, StrengthClaim, VesselEntry, VesselRecord
from tracker.domain.when import UNDATED_DAYS, Interval, reach
from tracker.errors import NothingFound
from tracker.store.tables import (
    ClaimRow,
    DocumentRow,
    EventAlias,
    EventRow,
    PlaceAlias,
    PlaceRow,
    ReviewRow,
    SaidRow,
    SourceRow,
    StrengthRow,
    VesselAlias,
    VesselRow,
)
from tracker.store.writing import write

Merge = Callable[[Sequence[Claim]], list[Event]]
Span = tuple[date, date, Any]
"""First day, last day, and the stored row that they are of; None for a claim of the document at hand."""


def _table(row: type[SQLModel]) -> Table:
    return row.__table__  # type: ignore[attr-defined, no-any-return]  # every table class has one


_CLAIM, _EVENT, _ALIAS = _table(ClaimRow), _table(EventRow), _table(EventAlias)
_DOCUMENT, _SOURCE, _VESSEL = _table(DocumentRow), _table(SourceRow), _table(VesselRow)
# What every document asks and writes is put into words once, over the tables: making a statement costs as much as running it.
_DOCUMENT_THERE = select(_DOCUMENT.c.id).where(_DOCUMENT.c.id == bindparam("id"))
_DOCUMENTS_THERE = select(_DOCUMENT.c.id).where(_DOCUMENT.c.id.in_(bindparam("ids", expanding=True)))
_SOURCE_THERE = select(_SOURCE.c.key).where(_SOURCE.c.key == bindparam("key"))
_VESSELS_THERE = select(_VESSEL.c.key).where(_VESSEL.c.key.in_(bindparam("keys", expanding=True)))
_CLAIMS = (
    select(_CLAIM, _DOCUMENT.c.published, _DOCUMENT.c.source_key)
    .join(_DOCUMENT, _DOCUMENT.c.id == _CLAIM.c.document_id)
    .where(_CLAIM.c.vessel_key.in_(bindparam("vessels", expanding=True)), _CLAIM.c.kind.in_(bindparam("kinds", expanding=True)))
)
_BEGUN = _CLAIM.c.start_day <= bindparam("last")
_UNDATED = and_(_CLAIM.c.start_day.is_(None), _CLAIM.c.end_day <= bindparam("last_undated"))
_CLAIMS_AROUND = union_all(  # in two parts, each of which the index answers: one condition with "or" would read a vessel's whole history
    _CLAIMS.where(_CLAIM.c.end_day >= bindparam("first"), or_(_BEGUN, _UNDATED)),
    _CLAIMS.where(_CLAIM.c.end_day.is_(None), _BEGUN),
)
_EVENTS_BEFORE = select(_EVENT).where(_EVENT.c.id.in_(bindparam("ids", expanding=True)))
_MOVE_CLAIM = update(_CLAIM).where(_CLAIM.c.id == bindparam("claim")).values(event_id=bindparam("event"), credibility=bindparam("grade"))
_MOVE_ALIAS = update(_ALIAS).where(_ALIAS.c.event_id == bindparam("gone")).values(event_id=bindparam("target"))
_DROP_ALIAS = delete(_ALIAS).where(_ALIAS.c.old_id == bindparam("old"))
_ALTER_EVENT = update(_EVENT).where(_EVENT.c.id == bindparam("event"))  # the columns are those of the values that it is run with
_DROP_EVENT = delete(_EVENT).where(_EVENT.c.id == bindparam("gone"))


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing one document did."""

    vessels_new: int
    vessels_known: int
    events_new: int
    claims: int
    events: tuple[str, ...] = ()  # the ids of those that its claims are in or may have changed


def has_document(work: Session, sha256: str) -> bool:
    """Whether a document with this text is in the store."""
    return work.connection().execute(_DOCUMENT_THERE, {"id": sha256}).first() is not None


def documents_there(work: Session, ids: Iterable[str]) -> frozenset[str]:
    """Which of some documents are in the store, by the hashes of their texts."""
    return frozenset(work.connection().execute(_DOCUMENTS_THERE, {"ids": list(ids)}).scalars())


def has_vessels(work: Session) -> bool:
    """Whether any vessel is in the store, as there is once it was seeded."""
    return work.connection().execute(select(_VESSEL.c.key).limit(1)).first() is not None


def seed(work: Session, places: Iterable[PlaceEntry], vessels: Iterable[VesselEntry]) -> None:
    """Put the gazetteer and the register into the store; rows that stand there already stay as they are."""
    places, vessels = list(places), list(vessels)
    known_places = set(work.scalars(select(col(PlaceRow.key))))
    known_vessels = set(work.scalars(select(col(VesselRow.key))))
    new_places = [p for p in _parents_first(places) if p.key not in known_places]
    new_vessels = [v for v in vessels if v.key not in known_vessels]
    db = work.connection()
    _insert(db, PlaceRow, [place_row(p) for p in new_places])
    _insert(db, PlaceAlias, [row for p in new_places for row in place_aliases(p)])
    _insert(db, VesselRow, [vessel_row(v) for v in new_vessels])
    _insert(db, VesselAlias, [row for v in new_vessels for row in vessel_aliases(v)])


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


def _insert(db: Connection, row: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    write(db, _insertion(row), rows)


@cache
def _insertion(row: type[SQLModel]) -> Insert:
    return insert(_table(row))


def place_row(p: PlaceEntry) -> dict[str, Any]:
    """The columns of a place of the gazetteer."""
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


def place_aliases(p: PlaceEntry) -> list[dict[str, Any]]:
    """The names of a place, its own first."""
    return [{"place_key": p.key, "alias": a, "folded": fold(a)} for a in dict.fromkeys((p.name, *p.aliases))]


def vessel_row(v: VesselEntry) -> dict[str, Any]:
    """The columns of a vessel of the register."""
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


def vessel_aliases(v: VesselEntry) -> list[dict[str, Any]]:
    """The names of a vessel of the register, its own first."""
    return [{"vessel_key": v.key, "alias": a, "folded": fold(a)} for a in dict.fromkeys(n for n in (v.name, v.native_name, *v.aliases) if n)]


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
    strengths: Sequence[StrengthClaim] = (),
    said: Sequence[tuple[str, Said]] = (),
) -> Stored:
    """Put a document with its vessels, claims and counts into the store and bring the events of these vessels up to date.

    `said`: what it says of vessels, by key. The document must not be there yet (`has_document`).
    """
    db = work.connection()
    _ensure_source(db, document.source or "Unknown source")
    _insert(db, DocumentRow, [document_row(document, ingested_at, language, warnings)])
    _insert(db, StrengthRow, [strength_row(one) for one in strengths])
    _insert(db, SaidRow, said_rows(document, said))
    vessels_new = _ensure_vessels(db, new)
    before = _claims_near(db, claims)
    events = merge([*map(_claim_of, before), *claims])
    events_new = _replace_events(work, events, claims, {row.id: (row.event_id, row.credibility) for row in before})
    return Stored(vessels_new, len(set(known)) + len(new) - vessels_new, events_new, len(claims), tuple(event.id for event in events))


def _ensure_source(db: Connection, name: str) -> None:
    if db.execute(_SOURCE_THERE, {"key": source_key(name)}).first() is None:
        _insert(db, SourceRow, [{"key": source_key(name), "name": name, "reliability": "F", "note": None}])


def grade_source(work: Session, key: str, grade: str, *, who: str, why: str, at: datetime) -> str:
    """Set a source's reliability, keep who did so, when and why as a review row, and return the grade it had. Raises NothingFound."""
    row = work.get(SourceRow, key)
    if row is None:
        raise NothingFound(f'no source "{key}"; they are listed by `tracker sources list`')
    before, row.reliability = row.reliability, grade
    work.add(ReviewRow(at=at, who=who, action="grade", target_kind="source", target_id=key, why=why, **_both_sides(key, before, grade)))
    return before


def _both_sides(key: str, before: str, after: str) -> dict[str, Any]:
    return {side: {"rows": [["source", [key], {"reliability": grade}]]} for side, grade in (("before", before), ("after", after))}


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
        "address": d.address,
        "known_from": None,
        "replaced_by": None,
        "replaced_on": None,
        "text": d.text,
        "page_starts": list(d.page_starts),
        "warnings": [*d.warnings, *warnings],
    }


def said_rows(document: DocumentText, said: Iterable[tuple[str, Said]]) -> list[dict[str, Any]]:
    """The rows of what a document says of vessels."""
    return [
        {
            "document_id": document.sha256,
            "vessel_key": vessel,
            "slot": one.slot,
            "value": one.value,
            "quote": document.text[slice(*one.span)],
            "quote_start": one.span[0],
            "quote_end": one.span[1],
        }
        for vessel, one in said
    ]


def put_said(work: Session, document: DocumentText, said: Iterable[tuple[str, Said]]) -> None:
    """Put what a stored document says of vessels in the place of what it was read to say."""
    db = work.connection()
    db.execute(delete(_table(SaidRow)).where(col(SaidRow.document_id) == document.sha256))
    _insert(db, SaidRow, said_rows(document, said))


def put_counts(work: Session, document: str, counts: Iterable[StrengthClaim]) -> None:
    """Put the counts of a stored document in the place of those that it was read to tell."""
    db = work.connection()
    db.execute(delete(_table(StrengthRow)).where(col(StrengthRow.document_id) == document))
    _insert(db, StrengthRow, [strength_row(one) for one in counts])


def ensure_vessels(work: Session, records: Sequence[VesselRecord]) -> int:
    """Put records of vessels into the store where they aren't yet; returns how many were new."""
    return _ensure_vessels(work.connection(), records)


def _ensure_vessels(db: Connection, records: Sequence[VesselRecord]) -> int:
    if not records:
        return 0
    there = set(db.execute(_VESSELS_THERE, {"keys": [r.key for r in records]}).scalars())
    fresh = [r for r in records if r.key not in there]
    _insert(
        db,
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
    _insert(db, VesselAlias, [{"vessel_key": r.key, "alias": r.name, "folded": fold(r.name)} for r in fresh if r.name])
    return len(fresh)


def _claims_near(db: Connection, claims: Sequence[Claim]) -> list[Any]:
    """The stored claims that new ones can bear on: of one vessel and kind, joined by days that they share or that others between them share.

    Nothing else can change by them (`analysis.merge`). The days read are those told, and more only where a chain of claims leads out of them.
    """
    told: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for c in claims:
        if days := reach(c.interval, c.published):
            told[c.vessel, c.kind.value].append((*days, None))
    joined = [span for spans in told.values() for span in spans]
    asked = {"vessels": sorted({vessel for vessel, _ in told}), "kinds": sorted({kind for _, kind in told})}
    first, last = date.max, date.min
    while joined and (min(span[0] for span in joined) < first or max(span[1] for span in joined) > last):
        first, last = min(span[0] for span in joined), max(span[1] for span in joined)
        window = {"first": first, "last": last, "last_undated": last + timedelta(days=UNDATED_DAYS)}
        joined = _joined(told, db.execute(_CLAIMS_AROUND, asked | window).all())
    return [row for _, _, row in joined if row is not None]


def _joined(told: dict[tuple[str, str], list[Span]], rows: Sequence[Any]) -> list[Span]:
    """Of stored claims those that days join to the ones told, with these."""
    spans = {key: list(new) for key, new in told.items()}
    for row in rows:
        days = reach(Interval(row.start_day, row.end_day, Precision(row.precision)), row.published)
        if days and (row.vessel_key, row.kind) in spans:
            spans[row.vessel_key, row.kind].append((*days, row))
    return [span for those in spans.values() for chain in _chains(those) if any(row is None for _, _, row in chain) for span in chain]


def _chains(spans: list[Span]) -> Iterator[list[Span]]:
    """Spans in groups that are joined by shared days."""
    chain: list[Span] = []
    until = date.min
    for span in sorted(spans, key=itemgetter(0)):
        if chain and span[0] > until:
            yield chain
            chain = []
        chain.append(span)
        until = max(until, span[1])
    if chain:
        yield chain


def _claim_of(row: Any) -> Claim:
    """A row of `_CLAIMS_AROUND` as a record."""
    return claim_of(row, row.published, row.source_key)


def claim_of(row: Any, published: date | None, source: str) -> Claim:
    """A row of the table of claims as a record, with the publication and the source of its document."""
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
        marks=tuple(row.marks.split("\n")) if row.marks else (),
    )


def _replace_events(work: Session, events: Sequence[Event], claims: Sequence[Claim], homes: dict[str, tuple[str, int]]) -> int:
    """Write the events that a document may have changed anew, keep the ids that went as aliases, and return how many are new.

    `homes`: the event that each stored claim among `events` was in, and its credibility. A claim bears the credibility of its event.
    """
    if not claims:
        return 0
    home, db = {claim: event for event in events for claim in event.claims}, work.connection()
    there = {row.id: row for row in db.execute(_EVENTS_BEFORE, {"ids": sorted({event for event, _ in homes.values()})})} if homes else {}
    _insert(db, ClaimRow, [claim_row(c, home[c.id].id, home[c.id].credibility) for c in claims])
    rows = {event.id: event_row(event) for event in events}
    gone = sorted(set(there) - set(rows))
    now = {claim: (home[claim].id, home[claim].credibility) for claim in homes}
    if moved := [{"claim": claim, "event": now[claim][0], "grade": now[claim][1]} for claim, old in homes.items() if now[claim] != old]:
        write(db, _MOVE_CLAIM, moved)
    if altered := [values for id_, values in rows.items() if id_ in there and _differs(there[id_], values)]:
        write(db, _ALTER_EVENT, [{"event": values["id"], **values} for values in altered])
    if fresh := [values for id_, values in rows.items() if id_ not in there]:
        _insert(db, EventRow, [values | {"status": ReviewStatus.OPEN.value} for values in fresh])
        write(db, _DROP_ALIAS, [{"old": values["id"]} for values in fresh])  # an event that a later report parts from another has its id back
    if gone:
        targets = [{"gone": old, "target": (home.get(there[old].lead_claim_id) or home[old]).id} for old in gone]
        write(db, _MOVE_ALIAS, targets)
        write(db, _DROP_EVENT, targets)
        _insert(db, EventAlias, [{"old_id": row["gone"], "event_id": row["target"]} for row in targets])
    work.expire_all()
    return max(0, len(set(rows) - set(there)) - len(gone))


def _differs(row: Any, values: dict[str, Any]) -> bool:
    return any(getattr(row, column) != value for column, value in values.items())


def claim_row(c: Claim, event: str, credibility: int | None = None) -> dict[str, Any]:
    """The row of a claim in an event, which gives it its credibility; without one it keeps its own."""
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
        "credibility": c.credibility if credibility is None else credibility,
        "marks": "\n".join(c.marks) or None,
    }


def strength_row(s: StrengthClaim) -> dict[str, Any]:
    """The row of a strength claim."""
    return {
        "id": s.id,
        "document_id": s.document,
        "place": s.place,
        "place_key": s.place_key,
        "start_day": s.interval.start,
        "end_day": s.interval.end,
        "precision": s.interval.precision.value,
        "edtf": s.interval.edtf(),
        "count": s.count,
        "count_most": s.count_most,
        "bound": s.bound.value,
        "what": s.what,
        "type": s.type.value,
        "class_name": s.class_name,
        "country": s.country,
        "subset": s.subset,
        "part_of": s.part_of,
        "modality": s.modality.value,
        "hedge": s.hedge,
        "quote": s.quote,
        "quote_start": s.quote_start,
        "quote_end": s.quote_end,
        "count_start": s.count_start,
        "count_end": s.count_end,
        "page": s.page,
        "rule": s.rule,
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
