"""What a document's vessels and events are in the store: keys for vessels, ids for claims and acts."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.kinds import TYPE_PLURALS, Modality, Precision, VesselType
from tracker.domain.names import slug
from tracker.domain.records import Claim, DocumentText, ExtractedEvent, ExtractedVessel, Extraction, Said, VesselRecord
from tracker.domain.when import Interval
from tracker.gazetteer.attribution import load_attributions
from tracker.resolve.origins import marks

UNNAMED = "unnamed"
UNQUOTED = "import.unquoted"
"""The rule of a claim whose quote is a row of a spreadsheet: no one's words, so that nothing in them tells of a copy."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document's vessels that the register doesn't have, the keys of those it has, its claims, and what it says of vessels by their keys."""

    new: tuple[VesselRecord, ...]
    known: frozenset[str]
    claims: tuple[Claim, ...]
    said: tuple[tuple[str, Said], ...] = ()


def resolve(extraction: Extraction, document: DocumentText, source: str) -> Resolved:
    """Records and claims for an extraction of a document. `source` is the source's key."""
    records = {vessel.id: record_of(vessel, document.sha256) for vessel in extraction.vessels}
    acting = {vessel for event in extraction.events for vessel in event.vessels}
    mentioned = {v.id: v for v in extraction.vessels}
    claims = {claim.id: claim for event in extraction.events for claim in _claims(event, records, mentioned, document, source)}
    new = {r.key: r for number, r in records.items() if mentioned[number].register is None and (mentioned[number].name or number in acting)}
    known = frozenset(v.register for v in extraction.vessels if v.register)
    said = {(records[v.id].key, s.slot, s.value): (records[v.id].key, s) for v in extraction.vessels for s in v.said}
    return Resolved(tuple(new.values()), known, tuple(claims.values()), tuple(said.values()))


def record_of(vessel: ExtractedVessel, document: str) -> VesselRecord:
    """The record of a vessel: under its register key, else `cc/slug-unlisted` (`xx` without a country); an unnamed one belongs to its document."""
    return VesselRecord(
        key=_key(vessel, document),
        label=vessel.name or unnamed_label(vessel.count, vessel.type),
        name=vessel.name,
        count=vessel.count,
        type=vessel.type,
        class_name=vessel.class_name,
        project=vessel.project,
        hull=vessel.hull,
        country=vessel.country,
    )


def _key(vessel: ExtractedVessel, document: str) -> str:
    if vessel.register:
        return vessel.register
    if vessel.name:
        return f"{(vessel.country or 'xx').lower()}/{slug(vessel.name)}-unlisted"
    where = vessel.mention_spans[0] if vessel.mention_spans else (0, 0)
    return f"{UNNAMED}/{_hash(document, *where, vessel.type)[:12]}"


def unnamed_label(count: int | None, kind: VesselType) -> str:
    """What people read for an unnamed vessel: "submarine, unnamed", "2 × frigate, unnamed", "frigates, unnamed"."""
    word = kind.value.replace("_", " ")
    if count is None:
        return f"{TYPE_PLURALS[kind]}, unnamed"
    return f"{word}, unnamed" if count == 1 else f"{count} × {word}, unnamed"


def _claims(
    event: ExtractedEvent, records: Mapping[str, VesselRecord], vessels: Mapping[str, ExtractedVessel], document: DocumentText, source: str
) -> list[Claim]:
    interval = known_by(event.interval, event.modality, document.published)
    act = _hash(document.sha256, event.kind, *event.span, event.place, event.origin, event.destination, interval.edtf())[:16]
    spans, roles = dict(event.vessel_spans), dict(event.roles)
    signs = () if event.rule == UNQUOTED else marks(document, event.span, load_attributions())
    claims = []
    for number in event.vessels:
        span = spans.get(number) or next(iter(vessels[number].mention_spans), event.span)
        claims.append(
            Claim(
                id=_hash(document.sha256, event.kind, *span, *event.span, records[number].key, act)[:16],
                document=document.sha256,
                vessel=records[number].key,
                kind=event.kind,
                interval=interval,
                modality=event.modality,
                quote=event.evidence,
                quote_start=event.span[0],
                quote_end=event.span[1],
                rule=event.rule,
                act=act,
                place=event.place,
                origin=event.origin,
                destination=event.destination,
                place_key=event.place_key,
                origin_key=event.origin_key,
                destination_key=event.destination_key,
                hedge=event.hedge,
                role=roles.get(number),
                mention=document.text[span[0] : span[1]],
                page=page_of(event.span[0], document.page_starts),
                confidence=event.confidence,
                published=document.published,
                source=source,
                marks=signs,
            )
        )
    return claims


def known_by(told: Interval, modality: Modality, published: date | None) -> Interval:
    """An interval as a claim has it: an undated one is known by the publication day, and what is told as past can't end after it."""
    if told.start is None and told.end is None:
        return Interval.open_until(published)
    if published and told.start and told.end and told.start <= published < told.end and modality not in (Modality.PLANNED, Modality.NEGATED):
        return Interval(told.start, published, Precision.DAY if told.start == published else Precision.RANGE)
    return told


def page_of(offset: int, page_starts: tuple[int, ...]) -> int | None:
    """The page on which an offset lies, counted from 1; None for a text without pages."""
    return bisect.bisect_right(page_starts, offset) if page_starts else None


def _hash(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
