"""What stands behind a report: each statement, the events behind it, their claims and the words of the sources, as plain data.

The same record goes into every file of a report (`carried`) and into its annex, so that a number can be followed to its words without the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.domain import columns
from tracker.errors import InputError
from tracker.report import sentences
from tracker.report.blocks import Block, Book, Bullets, Heading, Line, Paragraph, Picture, Table, printable
from tracker.report.facts import MovementFacts, SourceEntry
from tracker.report.told import Row, as_day, read_events

FORMAT = "tracker-evidence-1"
TABLES = ("statements", "events", "claims", "sources")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The record: `head` says which report it is; the tables are rows with the columns of `columns.STATEMENTS` and its neighbours."""

    head: Mapping[str, Any]
    statements: Sequence[Row] = ()
    events: Sequence[Row] = ()
    claims: Sequence[Row] = ()
    sources: Sequence[Row] = ()
    tables: Mapping[str, tuple[tuple[str, ...], list[Row]]] = field(default_factory=dict)
    """The report's own tables as printed, by the anchor of their section: columns and rows. They stand in the annex and are not carried."""

    def as_bytes(self) -> bytes:
        """The record as JSON in UTF-8, the same bytes for the same record."""
        record = {"format": FORMAT, "head": self.head} | {name: getattr(self, name) for name in TABLES}
        return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def evidence_of(book: Book, facts: MovementFacts, events: Iterable[Row], claims: Iterable[Row]) -> Evidence:
    """The record of a report. `events`, `claims`: rows of `columns.EVENTS` and `columns.CLAIMS`, of which those that the report uses are kept."""
    statements = list(_statements(book))
    used = {event for row in statements for event in row["events"]}
    number_of = {entry.document_id: entry.number for entry in facts.sources}
    behind = [_claim(row, number_of) for row in claims if row["event_id"] in used and row["document_id"] in number_of]
    behind.sort(key=lambda row: (row["n"], row["quote_start"], row["claim_id"]))
    by_event: dict[str, list[Row]] = {}
    for row in behind:
        by_event.setdefault(row["event_id"], []).append(row)
    told = {event.id: sentences.sentence([event]) for event in read_events(row for row in events if row["event_id"] in used)}
    rows = [_event(row, told[row["event_id"]], by_event.get(row["event_id"], [])) for row in events if row["event_id"] in told]
    numbers = {row["n"] for row in behind}
    sources = [_source(entry) for entry in facts.sources if entry.number in numbers]
    return Evidence(_head(book, facts), statements, rows, behind, sources, _tables(book))


def read_evidence(data: bytes, name: str) -> Evidence:
    """The record behind some bytes. Raises InputError that names the file."""
    try:
        record = json.loads(data)
        found = [[dict(row) for row in record[table]] for table in TABLES]
        head = dict(record["head"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(f"{name}: what it carries is no evidence of a report") from None
    if record.get("format") != FORMAT:
        raise InputError(f'{name}: its evidence is written as "{printable(str(record.get("format")))[:40]}", which this version does not read')
    for table, rows in zip(TABLES, found, strict=True):
        if any(not set(_COLUMNS[table]) <= set(row) for row in rows):
            raise InputError(f"{name}: its evidence lacks columns of {table}")
    statements, events, claims, sources = found
    return Evidence(head, statements, events, claims, sources)


def _head(book: Book, facts: MovementFacts) -> dict[str, Any]:
    head = facts.head
    return {
        "title": book.title,
        "area": head.area,
        "country": head.country,
        "since": _text(head.period.start),
        "until": _text(head.period.end),
        "as_of": head.as_of.isoformat().replace("+00:00", "Z"),
        "cut_off": _text(head.cut_off),
        "state": head.state,
        "events": facts.counts.events,
        "demo": head.demo,
        "version": head.version,
    }


def _statements(book: Book) -> Iterator[Row]:
    """Every line or row of a table that rests on events; its id is its section and its place there."""
    counts: dict[str, int] = {}
    for anchor, title, lines in _lines(book.blocks):
        events = tuple(dict.fromkeys(event for line in lines for event in line.events))
        counts[anchor] = counts.get(anchor, 0) + 1
        if events:
            text = " · ".join(words for line in lines if (words := _words(line)))
            refs = sorted({n for line in lines for n in line.refs})
            yield {
                "statement_id": f"{anchor}-{counts[anchor]}",
                "section": anchor,
                "text": printable(f"{title}: {text}" if title else text),
                "n": refs,
                "events": list(events),
            }


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, str, Sequence[Line]]]:
    """The lines of each bullet, paragraph and row, with the anchor of their section and the title that they stand under."""
    anchor = "head"
    for block in blocks:
        match block:
            case Heading():
                anchor = block.anchor
            case Picture() if block.title:
                anchor = block.anchor
            case Paragraph():
                yield anchor, "", (block.line,)
            case Bullets():
                yield from ((anchor, "", (line,)) for line in block.lines)
            case Table():
                yield from ((anchor, group.title, row) for group in block.groups for row in group.rows)
            case _:
                pass


def _words(line: Line) -> str:
    return " ".join(part for part in (line.strong, line.text, f"({line.note})" if line.note else "") if part)


def _tables(book: Book) -> dict[str, tuple[tuple[str, ...], list[Row]]]:
    """The tables of a report as printed: a column a column, and before them the group, after them the numbers and the ids behind a row."""
    found: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
    anchor = "head"
    for block in book.blocks:
        if isinstance(block, Heading):
            anchor = block.anchor
        elif isinstance(block, Table):
            heads = tuple(printable(column.head) for column in block.columns)
            name = anchor if anchor not in found else f"{anchor}-{sum(key.startswith(anchor) for key in found) + 1}"
            rows = [_printed(heads, group.title, row) for group in block.groups for row in group.rows]
            found[name] = (("Group", *heads, "Sources", "Events"), rows)
    return found


def _printed(heads: Sequence[str], group: str, row: Sequence[Line]) -> Row:
    refs = sorted({n for line in row for n in line.refs})
    events = dict.fromkeys(event for line in row for event in line.events)
    cells = {head: printable(_words(line)) for head, line in zip(heads, row, strict=True)}
    return {"Group": group, **cells, "Sources": refs, "Events": list(events)}


def _event(row: Row, told: str, claims: Sequence[Row]) -> Row:
    more = {"told": told, "claim_ids": [claim["claim_id"] for claim in claims], "n": sorted({claim["n"] for claim in claims})}
    return _plain({**row, **more}, columns.REPORT_EVENTS)


def _claim(row: Row, number_of: Mapping[str, int]) -> Row:
    grade = f"{row.get('source_grade') or 'F'}{row.get('credibility') or 6}"
    return _plain({**row, "n": number_of[row["document_id"]], "grade": grade}, columns.REPORT_CLAIMS)


def _source(entry: SourceEntry) -> Row:
    row = {
        "n": entry.number,
        "document_id": entry.document_id,
        "source": entry.outlet,
        "title": entry.title,
        "published": entry.published,
        "retrieved": entry.retrieved,
        "url": entry.url,
        "archive_url": entry.archive_url,
        "grades": list(entry.grades),
        "demo": entry.demo,
    }
    return _plain(row, columns.REPORT_SOURCES)


_DAYS = frozenset({"start", "end", "published", "retrieved"})


def _plain(row: Row, names: Sequence[str]) -> Row:
    """These columns of a row, days as ISO text."""
    return {name: _text(as_day(row.get(name))) if name in _DAYS else row.get(name) for name in names}


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None


_COLUMNS = {
    "statements": columns.STATEMENTS,
    "events": columns.REPORT_EVENTS,
    "claims": columns.REPORT_CLAIMS,
    "sources": columns.REPORT_SOURCES,
}
