"""Claims and their documents, as the use cases of review find and add them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.records import Claim, DocumentText
from tracker.store import ledger as ledgers
from tracker.store.ledger import Ledger
from tracker.store.repository import claim_of, document_row, source_key
from tracker.store.tables import ClaimRow, DocumentRow, EventAlias, EventRow, ReadClaimRow, SourceRow


def event_ids(work: Session, prefix: str) -> list[str]:
    """The ids of events that begin so, found by former ids too."""
    now = work.scalars(select(col(EventRow.id)).where(col(EventRow.id).startswith(prefix, autoescape=True)))
    once = work.scalars(select(col(EventAlias.event_id)).where(col(EventAlias.old_id).startswith(prefix, autoescape=True)))
    return sorted({*now, *once})


def claim_ids(work: Session, prefix: str) -> list[str]:
    """The ids of claims that begin so."""
    return sorted(work.scalars(select(col(ClaimRow.id)).where(col(ClaimRow.id).startswith(prefix, autoescape=True))))


def of_event(work: Session, event: str) -> list[str]:
    """The ids of an event's claims."""
    return sorted(work.scalars(select(col(ClaimRow.id)).where(col(ClaimRow.event_id) == event)))


def of_vessel(work: Session, vessel: str) -> list[str]:
    """The ids of a vessel's claims."""
    return sorted(work.scalars(select(col(ClaimRow.id)).where(col(ClaimRow.vessel_key) == vessel)))


def read_of_vessel(work: Session, vessel: str) -> list[str]:
    """The ids of the claims that stand for a vessel or were read of it."""
    read = work.scalars(select(col(ReadClaimRow.id)).where(col(ReadClaimRow.vessel_key) == vessel))
    return sorted({*of_vessel(work, vessel), *read})


def claim(work: Session, number: str) -> Claim | None:
    """The claim of an id as it stands, None where there is none."""
    row = work.get(ClaimRow, number, populate_existing=True)
    document = work.get(DocumentRow, row.document_id) if row else None
    return claim_of(row, document.published, document.source_key) if row and document else None


def ensure_document(ledger: Ledger, document: DocumentText, at: datetime) -> None:
    """Put a document with its source into the store, where they are not there yet."""
    source = document.source or "Unknown source"
    if ledgers.row_of(ledger.work, SourceRow, (source_key(source),)) is None:
        ledger.insert(SourceRow, {"key": source_key(source), "name": source, "reliability": "F", "note": None})
    if ledgers.row_of(ledger.work, DocumentRow, (document.sha256,)) is None:
        ledger.insert(DocumentRow, document_row(document, at, "en", ()))
