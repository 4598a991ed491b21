"""The main use case: read inputs, extract, resolve, store; each document whole or not at all, and none stops another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from tracker.analysis.merge import merge
from tracker.collector import set_aside
from tracker.domain.records import DocumentText, IngestSummary, VesselRecord
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
from tracker.resolve.identity import resolve
from tracker.resolve.strengths import strength_claims
from tracker.store import repository, versions
from tracker.store.engine import session

Progress = Callable[[str], None]


def ingest(inputs: list[str], options: ReadOptions, url: str, progress: Progress | None = None) -> IngestSummary:
    """Read inputs into the store at a URL, made where there is none. `progress` hears the name of each input before it is read.

    An input that can't be read is counted with its reason and the others go on. Raises StoreError for the store's own troubles.
    """
    ensure_store(url)
    gazetteer, summary = gazetteer_at(url), IngestSummary()
    with set_aside():
        _take_in_all(inputs, options, url, gazetteer, summary, progress)
    return summary


def _take_in_all(inputs: list[str], options: ReadOptions, url: str, gazetteer: Gazetteer, summary: IngestSummary, progress: Progress | None) -> None:
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
                    _take_in(document, name, gazetteer, url, summary)
        except InputError as error:
            _failed(summary, error)


def _failed(summary: IngestSummary, error: InputError) -> None:
    where, _, why = str(error).partition(": ")
    summary.failures.append((where, why or str(error)))


def _take_in(document: DocumentText, name: str, gazetteer: Gazetteer, url: str, summary: IngestSummary) -> None:
    """Extract one document and store it, in one transaction."""
    if document.source is None:
        document = replace(document, source="Unknown source")
    with session(url) as work:
        if repository.has_document(work, document.sha256):
            summary.duplicates += 1
            return
        extraction = extract(document.text, document.published, gazetteer)
        resolved = resolve(extraction, document, repository.source_key(document.source or ""))
        decided, counts = Decided(work, resolved), strength_claims(extraction, document)
        if versions.is_known(work, document.address):
            brought = replace(resolved, new=decided.new)
            stored, told = take_in(work, document, Arrival(brought, utc_now(), extraction.language, extraction.warnings, tuple(counts)))
            summary.versions.append(told)
        else:
            stored = repository.store_document(
                work,
                document,
                new=decided.new,
                known=resolved.known,
                claims=decided.claims,
                merge=partial(merge, tree=gazetteer.places.tree),
                ingested_at=utc_now(),
                language=extraction.language,
                warnings=extraction.warnings,
                said=resolved.said,
                strengths=counts,
            )
            decided.keep(stored.events)
    _suggest(decided.new, gazetteer, summary)
    summary.documents += 1
    summary.vessels_new += stored.vessels_new
    summary.vessels_known += stored.vessels_known
    summary.events += stored.events_new
    summary.claims += stored.claims
    summary.counts += len(counts)
    summary.warnings.extend(f"{name}: {warning}" for warning in (*document.warnings, *extraction.warnings))


def _suggest(records: Iterable[VesselRecord], gazetteer: Gazetteer, summary: IngestSummary) -> None:
    """Tell of names that the register doesn't have and nearly has."""
    for record in records:
        if record.name and (keys := near.near(record.name, record.country, gazetteer.vessels)):
            line = near.told(record.name, keys, gazetteer.vessels)
            if line not in summary.near:
                summary.near.append(line)
