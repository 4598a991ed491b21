"""Stored documents read again with today's rules: what is read otherwise takes the place of what was; what people decided stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.records import Claim, DocumentText, changed
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.intake.deciding import bring_up_to_date, deciding, merging
from tracker.intake.known import gazetteer_at
from tracker.intake.review import ADDED_RULE
from tracker.intake.rows import MEDIA_TYPE as SPREADSHEET_ROW
from tracker.resolve.decided import standing, standing_vessels
from tracker.resolve.identity import UNNAMED, resolve
from tracker.resolve.strengths import strength_claims
from tracker.store import decisions, repository, versions, vessels
from tracker.store.ledger import Ledger
from tracker.store.tables import DocumentRow, SourceRow

_UNGRADED = 6


@dataclass(slots=True)
class Reread:
    """What reading again did, counted. `altered`: claims told otherwise; `kept`: claims that stayed because people had decided about them."""

    documents: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0
    altered: int = 0
    kept: int = 0

    def told(self) -> str:
        """One line for people."""
        claims = f"claims: {self.new} new, {self.gone} gone, {self.altered} told otherwise; {self.kept} kept as people decided"
        return f"read {self.documents} document{'' if self.documents == 1 else 's'} again, {self.changed} changed; {claims}"


def read_again(url: str, documents: Sequence[str] | None = None, progress: Callable[[str], None] | None = None) -> Reread:
    """Read documents, by id, or all there are, again; each whole or not at all. `progress` hears the id of each before it is read.

    Rows of spreadsheets and people's own notes stay: no rule read them. Raises NoStore, OlderStore, NewerStore, StoreError.
    """
    gazetteer, done = gazetteer_at(url), Reread()
    with deciding(url) as book:
        pages = versions.pages(book.work)
        chosen = list(documents) if documents is not None else sorted(book.work.scalars(select(col(DocumentRow.id))))
    for page in pages:
        with deciding(url) as book:
            _settle(book, page)
    for number in chosen:
        if progress:
            progress(number)
        with deciding(url) as book:
            row = book.work.get(DocumentRow, number)
            if row is not None and row.media_type != SPREADSHEET_ROW:
                _read(book, row, gazetteer, done)
    return done


def _settle(book: Ledger, page: str) -> None:
    """Let the version of a page stand that should, as in a store that was made before versions were told apart."""
    versions.settle(book, page)
    if book.changes():
        bring_up_to_date(book, versions.claims_of(book.work, versions.of_page(book.work, page)))


def _read(book: Ledger, row: DocumentRow, gazetteer: Gazetteer, done: Reread) -> None:
    work = book.work
    there = {claim.id: changed(claim, credibility=_UNGRADED) for claim in decisions.as_read(work, versions.claims_of(work, [row.id]))}
    if any(claim.rule == ADDED_RULE for claim in there.values()):
        return
    document = _document(work, row)
    extraction = extract(document.text, document.published, gazetteer)
    told = resolve(extraction, document, row.source_key)
    decided = decisions.decided(work, list(there.values()))
    wanted = {claim.id: claim for claim in _left(told.claims, there, decided)}
    done.documents += 1
    done.kept += len(decided)
    repository.put_said(work, document, told.said)
    repository.put_counts(work, document.sha256, strength_claims(extraction, document))
    if wanted == there:
        return
    about = decisions.about(work, list(wanted.values()), (record.key for record in told.new))
    repository.ensure_vessels(work, standing_vessels(told.new, about))
    _replace(book, there, wanted)
    done.changed += 1
    done.new += len(wanted.keys() - there.keys())
    done.gone += len(there.keys() - wanted.keys())
    done.altered += sum(wanted[number] != there[number] for number in wanted.keys() & there.keys())


def _document(work: Session, row: DocumentRow) -> DocumentText:
    """A stored document as it was read."""
    return DocumentText(
        text=row.text,
        sha256=row.id,
        media_type=row.media_type,
        path=row.path,
        url=row.url,
        address=row.address,
        archive_url=row.archive_url,
        title=row.title,
        source=work.get_one(SourceRow, row.source_key).name,
        author=row.author,
        published=row.published,
        page_starts=tuple(row.page_starts),
    )


def _left(read: Iterable[Claim], there: Mapping[str, Claim], decided: Collection[str]) -> list[Claim]:
    """The claims of a document: those about which people decided as they were then, but for the signs of their origin, and what else is read now."""
    now = {claim.id: claim for claim in read}
    kept = [changed(there[number], marks=now[number].marks) if number in now else there[number] for number in sorted(decided)]
    fresh = [claim for claim in now.values() if claim.id not in decided and not any(_of_one_sentence(claim, other) for other in kept)]
    return [*kept, *fresh]


def _of_one_sentence(claim: Claim, decided: Claim) -> bool:
    """Whether a claim is another reading of what a person has judged: the same kind and vessel, told by the same words."""
    unnamed = claim.vessel.startswith(UNNAMED) and decided.vessel.startswith(UNNAMED)
    same_words = claim.quote_start < decided.quote_end and decided.quote_start < claim.quote_end
    return claim.kind is decided.kind and (claim.vessel == decided.vessel or unnamed) and same_words


def _replace(book: Ledger, there: Mapping[str, Claim], wanted: Mapping[str, Claim]) -> None:
    """Put the claims of a document in the place of those it had."""
    gone = there.keys() - wanted.keys()
    stands = standing(wanted.values(), decisions.about(book.work, list(wanted.values())))
    decisions.rewrite(book, [*stands, *((there[number], ()) for number in sorted(gone))], merging(book.work))
    decisions.forget_read(book, gone)
    told = {claim.vessel for claim in wanted.values()}
    for key in sorted({there[number].vessel for number in gone} - told):
        if key.startswith(UNNAMED):
            vessels.drop_if_empty(book, key)
