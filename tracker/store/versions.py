"""Which documents stand: those that a later version of their page replaced, or that people withdrew, make no events."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.versions import Version, terms
from tracker.store.ledger import Ledger
from tracker.store.tables import ClaimRow, DecisionRow, DocumentRow, ReadClaimRow

DOCUMENT, WITHDRAW, KEEP = "document", "withdraw", "keep"
_CHUNK = 500  # values in one IN


def is_known(work: Session, address: str | None) -> bool:
    """Whether the store has a text of this page."""
    return address is not None and work.execute(select(col(DocumentRow.id)).where(col(DocumentRow.address) == address).limit(1)).first() is not None


def of_page(work: Session, address: str | None) -> list[str]:
    """The ids of the documents that are versions of a page; none without an address."""
    return list(work.scalars(select(col(DocumentRow.id)).where(col(DocumentRow.address) == address))) if address else []


def pages(work: Session) -> list[str]:
    """The addresses of which the store has a document, sorted."""
    return sorted(set(work.scalars(select(col(DocumentRow.address)).where(col(DocumentRow.address).is_not(None)))))


def settle(ledger: Ledger, address: str) -> None:
    """Write down how long each version of a page stands, where that isn't written so."""
    kept = _decided(ledger.work, KEEP, of_page(ledger.work, address))
    columns = (DocumentRow.id, DocumentRow.published, DocumentRow.retrieved_at, DocumentRow.ingested_at)
    terms_there = (DocumentRow.known_from, DocumentRow.replaced_by, DocumentRow.replaced_on)
    rows = ledger.work.execute(select(*map(col, (*columns, *terms_there))).where(col(DocumentRow.address) == address)).all()
    found = terms(Version(row.id, row.published, row.retrieved_at or row.ingested_at, row.id in kept) for row in rows)
    for row in rows:
        term = found[row.id]
        values: dict[str, Any] = {"known_from": term.known_from, "replaced_by": term.replaced_by, "replaced_on": term.replaced_on}
        if any(getattr(row, name) != value for name, value in values.items()):
            ledger.update(DocumentRow, (row.id,), values)


def silent(work: Session, documents: Iterable[str]) -> frozenset[str]:
    """Of some documents those whose claims make no events: replaced or withdrawn."""
    wanted = sorted(set(documents))
    replaced = {
        number
        for start in range(0, len(wanted), _CHUNK)
        for number in work.scalars(
            select(col(DocumentRow.id)).where(col(DocumentRow.id).in_(wanted[start : start + _CHUNK]), col(DocumentRow.replaced_by).is_not(None))
        )
    }
    return frozenset(replaced | _decided(work, WITHDRAW, wanted))


def withdrawn_on(work: Session, document: str) -> date | None:
    """The day from which a document is withdrawn, None where it isn't."""
    row = work.get(DecisionRow, (DOCUMENT, document, WITHDRAW), populate_existing=True)
    return date.fromisoformat(row.value["on"]) if row else None


def claims_of(work: Session, documents: Collection[str]) -> list[str]:
    """The ids of the claims of some documents: those that stand, and those as they were read where others or none stand for them."""
    stand = select(col(ClaimRow.id)).where(col(ClaimRow.document_id).in_(documents))
    read = select(col(ReadClaimRow.id)).where(col(ReadClaimRow.document_id).in_(documents))
    return sorted({*work.scalars(stand), *work.scalars(read)})


def replaced_by(work: Session, document: str) -> frozenset[str]:
    """The ids of the documents that a version took the place of."""
    return frozenset(work.scalars(select(col(DocumentRow.id)).where(col(DocumentRow.replaced_by) == document)))


def count_standing(work: Session, document: str) -> int:
    """How many claims of a document stand."""
    return len(work.scalars(select(col(ClaimRow.id)).where(col(ClaimRow.document_id) == document)).all())


def _decided(work: Session, action: str, documents: Collection[str]) -> set[str]:
    return {
        number
        for start in range(0, len(documents), _CHUNK)
        for number in work.scalars(
            select(col(DecisionRow.target_id)).where(
                col(DecisionRow.target_kind) == DOCUMENT,
                col(DecisionRow.action) == action,
                col(DecisionRow.target_id).in_(list(documents)[start : start + _CHUNK]),
            )
        )
    }
