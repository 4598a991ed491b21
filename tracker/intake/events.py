"""The use case of an analyst's spreadsheet: each row a document, a claim and its event; all rows or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tracker.analysis.merge import merge
from tracker.domain.records import DocumentText, Extraction, IngestSummary
from tracker.domain.when import utc_now
from tracker.errors import InputError
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon
from tracker.intake.known import gazetteer_at
from tracker.intake.rows import RowReader
from tracker.intake.seeding import ensure_store
from tracker.intake.sheet import read_sheet
from tracker.resolve.identity import UNQUOTED, resolve
from tracker.store import repository
from tracker.store.engine import session


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a file is read. `mapping`: column -> field, where its name doesn't say it; `source`: who speaks in rows that don't say."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    skip_bad: bool = False
    dry_run: bool = False


def import_events(data: bytes, name: str, options: SheetOptions, url: str) -> tuple[IngestSummary, int]:
    """Put the rows of a file into the store at a URL, made where there is none; returns what was done and how many rows had no quote.

    A row that was imported before is a duplicate. Where a row is wrong, it is among the failures, and without `skip_bad` nothing is written.
    Raises InputError and UsageError for the file as a whole.
    """
    gazetteer, summary = gazetteer_at(url), IngestSummary()
    sheet = read_sheet(data, name, options.mapping)
    reader = RowReader(gazetteer, load_lexicon(), options.source, Path(name).name)
    good: list[tuple[DocumentText, Extraction]] = []
    bad = list(sheet.bad)
    for row in sheet.rows:
        try:
            good.append(reader.read(row))
        except InputError as error:
            bad.append((row.number, str(error)))
    summary.failures = [(f"{name}: row {number}", why) for number, why in sorted(bad)]
    summary.warnings = [f"{name}: column {column} is not known and was left out; --map '{column}=FIELD' says what it is" for column in sheet.unknown]
    if good and not options.dry_run and (options.skip_bad or not bad):
        ensure_store(url)
        _store(good, gazetteer, url, summary)
    return summary, sum(told.events[0].rule == UNQUOTED for _, told in good)


def _store(good: Iterable[tuple[DocumentText, Extraction]], gazetteer: Gazetteer, url: str, summary: IngestSummary) -> None:
    """Store the rows in one transaction."""
    with session(url) as work:
        for document, extraction in good:
            if repository.has_document(work, document.sha256):
                summary.duplicates += 1
                continue
            told = resolve(extraction, document, repository.source_key(document.source or ""))
            stored = repository.store_document(
                work,
                document,
                new=told.new,
                known=told.known,
                claims=told.claims,
                merge=partial(merge, tree=gazetteer.places.tree),
                ingested_at=utc_now(),
                language=None,
                warnings=(),
            )
            summary.documents += 1
            summary.vessels_new += stored.vessels_new
            summary.vessels_known += stored.vessels_known
            summary.events += stored.events_new
            summary.claims += stored.claims
