"""Versions of documents: another text of a page that the store has, and what people decide about documents: withdraw, restore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.analysis.comparison import What, compare, words
from tracker.domain.records import Claim, DocumentText, StrengthClaim
from tracker.domain.when import utc_now
from tracker.errors import UsageError
from tracker.intake.deciding import By, Done, deciding, merging, write_down
from tracker.resolve.decided import standing
from tracker.resolve.identity import Resolved
from tracker.store import decisions, forming, ledger, repository, versions
from tracker.store.decisions import Record
from tracker.store.ledger import Ledger
from tracker.store.repository import Stored
from tracker.store.tables import DocumentRow


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is kept of a document besides what it says: its records of vessels, when it came in, its language and warnings."""

    resolved: Resolved
    at: datetime
    language: str | None
    warnings: tuple[str, ...]
    strengths: tuple[StrengthClaim, ...] = ()


def take_in(work: Session, document: DocumentText, arrival: Arrival) -> tuple[Stored, str]:
    """Store another text of a page that the store has: of all its versions one stands. Returns what that did, also as one line."""
    book, resolved = Ledger(work), arrival.resolved
    stored = repository.store_document(
        work,
        document,
        new=resolved.new,
        known=resolved.known,
        claims=(),
        merge=merging(work),
        ingested_at=arrival.at,
        language=arrival.language,
        warnings=arrival.warnings,
        said=resolved.said,
        strengths=arrival.strengths,
    )
    page = document.address or ""
    before = versions.claims_of(work, versions.of_page(work, page))
    versions.settle(book, page)
    reads = [*decisions.as_read(work, before), *resolved.claims]
    carried = _carry(work, document, reads)
    stands = standing(reads, decisions.about(work, reads))
    vessels = {claim.vessel for _, told in stands for claim in told}
    there = forming.events_of(work, vessels)
    decisions.rewrite(book, stands, merging(book.work))
    new = forming.events_of(work, vessels) - there
    return Stored(stored.vessels_new, stored.vessels_known, len(new), versions.count_standing(work, document.sha256)), _told(work, document, carried)


def _carry(work: Session, document: DocumentText, reads: Sequence[Claim]) -> int:
    """What people decided about sentences that a new version repeats holds for it too: a decision of its own, so that it is seen and undone."""
    replaced = versions.replaced_by(work, document.sha256)
    old = [claim for claim in reads if claim.document in replaced]
    new = [claim for claim in reads if claim.document == document.sha256]
    same = (one for one in compare(old, new) if one.what is What.SAME and one.old and one.new and words(one.old) == words(one.new))
    onto = {one.old.id: one.new.id for one in same if one.old and one.new}
    book = Ledger(work)
    count = decisions.carry(book, onto)
    if count:
        why = f"{document.url} repeats what they are about"
        decisions.write_down(book, Record("tracker", "carry", versions.DOCUMENT, document.sha256, why), utc_now())
    return count


def _told(work: Session, document: DocumentText, carried: int) -> str:
    row = ledger.row_of(work, DocumentRow, (document.sha256,))
    others = len(versions.of_page(work, document.address)) - 1
    told = "an earlier version than the one in the store" if row and row["replaced_by"] else "a new version; what the earlier said no longer stands"
    told += f"; what people decided of {carried} of its claims holds" if carried else ""
    return f"{document.url}: {told} ({others + 1} by now); `tracker sources versions {document.sha256[:8]}` compares them"


def withdraw(url: str, document: str, by: By, on: date | None = None) -> Done:
    """Let a document, by id, make no events from a day on (today): its source took it back, or it should never have been read.

    What it told is kept, and stands for what was known before that day. Raises UsageError for a day ahead.
    """
    day = on or utc_now().date()
    if day > utc_now().date():
        raise UsageError(f"--on {day} lies ahead")
    with deciding(url) as book:
        decisions.decide(book, versions.DOCUMENT, document, versions.WITHDRAW, {"on": day.isoformat()})
        _bring_up_to_date(book, document)
        return write_down(book, by, "withdraw", versions.DOCUMENT, document, f"withdrew document {document[:12]}")


def restore(url: str, document: str, by: By) -> Done:
    """Let a document, by id, make events again: one that was withdrawn, or one that a version replaced and that stands beside it.

    Raises UsageError for one that stands.
    """
    with deciding(url) as book:
        row = ledger.row_of(book.work, DocumentRow, (document,))
        if versions.withdrawn_on(book.work, document):
            decisions.withdraw(book, versions.DOCUMENT, document, versions.WITHDRAW)
        elif row and row["replaced_by"]:
            decisions.decide(book, versions.DOCUMENT, document, versions.KEEP, {})
            versions.settle(book, row["address"])
        else:
            raise UsageError(f"document {document[:12]} stands already")
        _bring_up_to_date(book, document)
        return write_down(book, by, "restore", versions.DOCUMENT, document, f"restored document {document[:12]}")


def _bring_up_to_date(book: Ledger, document: str) -> None:
    """Apply every decision to the claims of a document."""
    reads = decisions.as_read(book.work, versions.claims_of(book.work, [document]))
    decisions.rewrite(book, standing(reads, decisions.about(book.work, reads)), merging(book.work))
