"""The main use case: read inputs, extract, resolve, store; each document whole or not at all, and none stops another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from sqlmodel import Session

from tracker.analysis.merge import merge
from tracker.collector import set_aside
from tracker.domain.records import DocumentText, Extraction, IngestSummary, StrengthClaim, VesselRecord
from tracker.domain.when import utc_now
from tracker.errors import InputError
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.intake.decided import Decided
from tracker.intake.known import gazetteer_at
from tracker.intake.options import ReadOptions
from tracker.intake.reading import expand, read_document
from tracker.intake.seeding import ensure_store
from tracker.intake.versions import Arrival, take_in
from tracker.resolve import near
from tracker.resolve.identity import Resolved, resolve
from tracker.resolve.strengths import strength_claims
from tracker.store import repository, versions
from tracker.store.decisions import any_decision
from tracker.store.engine import session, settle
from tracker.store.repository import Stored

Progress = Callable[[str], None]
Named = tuple[str, DocumentText]
"""A document with the name of the input that it came from."""
_BATCH, _BATCH_CHARS, _BATCH_S = 32, 250_000, 0.5
"""So many documents are stored at a time, or of so many characters, or whose reading took so long."""


def ingest(inputs: list[str], options: ReadOptions, url: str, progress: Progress | None = None) -> IngestSummary:
    """Read inputs into the store at a URL, made where there is none. `progress` hears the name of each input before it is read.

    An input that can't be read is counted with its reason and the others go on. Raises StoreError for the store's own troubles.
    """
    ensure_store(url)
    gazetteer, summary = gazetteer_at(url), IngestSummary()
    with set_aside():
        _take_in_all(inputs, options, url, gazetteer, summary, progress)
    settle(url)
    return summary


def _take_in_all(inputs: list[str], options: ReadOptions, url: str, gazetteer: Gazetteer, summary: IngestSummary, progress: Progress | None) -> None:
    for batch in _batches(_documents(inputs, options, summary, progress)):
        _take_in(batch, gazetteer, url, summary)


def _documents(inputs: list[str], options: ReadOptions, summary: IngestSummary, progress: Progress | None) -> Iterator[Named]:
    """Every document of the inputs with the name of its input; what can't be read is written down as a failure."""
    for name in expand(inputs):
        if isinstance(name, InputError):
            _failed(summary, name)
            continue
        if progress:
            progress(name)
        try:
            for document in read_document(name, options):
                if isinstance(document, InputError):
                    _failed(summary, document)
                else:
                    yield name, document if document.source is not None else replace(document, source="Unknown source")
        except InputError as error:
            _failed(summary, error)


def _failed(summary: IngestSummary, error: InputError) -> None:
    where, _, why = str(error).partition(": ")
    summary.failures.append((where, why or str(error)))


def _batches(documents: Iterable[Named]) -> Iterator[list[Named]]:
    """Documents a few at a time. A batch ends early where reading it takes long, as from the network: what was read is soon in the store."""
    batch: list[Named] = []
    begun, size = monotonic(), 0
    for named in documents:
        batch.append(named)
        size += len(named[1].text)
        if len(batch) == _BATCH or size >= _BATCH_CHARS or monotonic() - begun > _BATCH_S:
            yield batch
            batch, begun, size = [], monotonic(), 0
    if batch:
        yield batch


def _take_in(batch: Sequence[Named], gazetteer: Gazetteer, url: str, summary: IngestSummary) -> None:
    """Extract some documents and store them in one transaction: opening and closing one takes as long as storing a document.

    Nobody is kept from writing while the documents are read, so those that another process stored meanwhile are left out.
    """
    fresh: dict[str, Named] = {}
    for name, document in batch:
        fresh.setdefault(document.sha256, (name, document))
    with session(url) as work:
        there = repository.documents_there(work, fresh)
    read, broken = [], 0
    for name, document in fresh.values():
        if document.sha256 not in there:
            try:
                read.append(_read(name, document, gazetteer))
            except InputError as error:
                summary.failures.append((name, str(error)))
                broken += 1
    with session(url) as work:
        there = repository.documents_there(work, [one.document.sha256 for one in read])
        decided = any_decision(work)
        new = [one for one in read if one.document.sha256 not in there]
        for one in new:
            _store(work, one, gazetteer, summary, decided=decided)
    summary.duplicates += len(batch) - len(new) - broken


@dataclass(frozen=True, slots=True)
class _Read:
    """A document, the name of its input, and what was read in it."""

    name: str
    document: DocumentText
    extraction: Extraction
    resolved: Resolved
    counts: Sequence[StrengthClaim]


def _read(name: str, document: DocumentText, gazetteer: Gazetteer) -> _Read:
    extraction = extract(document.text, document.published, gazetteer)
    resolved = resolve(extraction, document, repository.source_key(document.source or ""))
    return _Read(name, document, extraction, resolved, strength_claims(extraction, document))


def _store(work: Session, read: _Read, gazetteer: Gazetteer, summary: IngestSummary, *, decided: bool) -> None:
    """Store what was read. `decided`: whether people decided anything that it may be about."""
    document, extraction, resolved = read.document, read.extraction, read.resolved
    stands = Decided(work, resolved) if decided else None
    new = stands.new if stands else resolved.new
    if versions.is_known(work, document.address):
        brought = replace(resolved, new=new)
        stored, told = take_in(work, document, Arrival(brought, utc_now(), extraction.language, extraction.warnings, tuple(read.counts)))
        summary.versions.append(told)
    else:
        stored = repository.store_document(
            work,
            document,
            new=new,
            known=resolved.known,
            claims=stands.claims if stands else resolved.claims,
            merge=partial(merge, tree=gazetteer.places.tree),
            ingested_at=utc_now(),
            language=extraction.language,
            warnings=extraction.warnings,
            said=resolved.said,
            strengths=read.counts,
        )
        if stands:
            stands.keep(stored.events)
    _suggest(new, gazetteer, summary)
    _count(read, stored, summary)


def _count(read: _Read, stored: Stored, summary: IngestSummary) -> None:
    summary.documents += 1
    summary.vessels_new += stored.vessels_new
    summary.vessels_known += stored.vessels_known
    summary.events += stored.events_new
    summary.claims += stored.claims
    summary.counts += len(read.counts)
    summary.warnings.extend(f"{read.name}: {warning}" for warning in (*read.document.warnings, *read.extraction.warnings))


def _suggest(records: Iterable[VesselRecord], gazetteer: Gazetteer, summary: IngestSummary) -> None:
    """Tell of names that the register doesn't have and nearly has."""
    for record in records:
        if record.name and (keys := near.near(record.name, record.country, gazetteer.vessels)):
            line = near.told(record.name, keys, gazetteer.vessels)
            if line not in summary.near:
                summary.near.append(line)
