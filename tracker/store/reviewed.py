"""Documents that people reviewed, with what stands of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.store.forming import DECIDED
from tracker.store.tables import ClaimRow, DecisionRow, DocumentRow, ReadClaimRow, SourceRow, VesselRow
from tracker.store.versions import silent


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document, and its claims and their vessels as people left them."""

    id: str
    source: str
    url: str | None
    title: str | None
    published: date | None
    text: str
    claims: tuple[ClaimRow, ...]
    vessels: tuple[VesselRow, ...]


def reviewed(work: Session, own: str, *, whole: bool) -> Iterator[Reviewed]:
    """The documents with a reviewed claim, rejected ones included; with `whole` only those without a claim that is left. By id.

    A document that was replaced or withdrawn is none: it tells nothing any more, whatever its text says.

    `own`: the rule of claims that people made themselves, whose notes are no documents to learn from.
    """
    accepted = _targets(work, *DECIDED)
    gone = {row.document_id for row in work.scalars(select(ReadClaimRow)) if not row.told}
    touched = gone | set(work.scalars(select(col(ClaimRow.document_id)).where(col(ClaimRow.id).in_(accepted), col(ClaimRow.rule) != own)))
    for number in sorted(touched - silent(work, touched)):
        claims = tuple(
            work.scalars(select(ClaimRow).where(col(ClaimRow.document_id) == number).order_by(col(ClaimRow.quote_start), col(ClaimRow.id)))
        )
        if whole and any(claim.id not in accepted for claim in claims):
            continue
        document = work.get_one(DocumentRow, number)
        source = work.get_one(SourceRow, document.source_key)
        keys = list(dict.fromkeys(claim.vessel_key for claim in claims))
        vessels = tuple(work.get_one(VesselRow, key) for key in keys)
        yield Reviewed(number, source.name, document.url, document.title, document.published, document.text, claims, vessels)


def _targets(work: Session, *actions: str) -> set[str]:
    query = select(col(DecisionRow.target_id)).where(col(DecisionRow.target_kind) == "claim", col(DecisionRow.action).in_(actions))
    return set(work.scalars(query))
