"""`tracker report explain`: from a number or a sentence of a report to the claims and the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, clock, opened
from tracker.cli.report import app
from tracker.cli.show import counted, day, show, tell, tell_grades
from tracker.domain import columns
from tracker.errors import NoStore, NothingFound, StoreError

if TYPE_CHECKING:
    from tracker.report.evidence import Evidence
    from tracker.report.explain import Reason
    from tracker.store.reader import Reader

MOST_EVENTS = 8
"""A statement that rests on more is explained only where it is asked for."""
Row = dict[str, Any]


@app.command(epilog="Example: tracker report explain brief.pdf strength-6")
def explain(
    report: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="The file of a report (.pdf, .png, .html, .md), the folder of its annex, or the id of an event.")
    ],
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="WHAT", help="What of it: a statement (key-points-2), a section (strength), a source (3), the id of an event or a claim, all."
        ),
    ] = None,
    format: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Show which claims stand behind a statement or a number: its events, their claims, and of each the words, the source and the grade.

    A report's file carries all this with it, so no store is needed; where there is one, it is said what has changed in it since.
    """
    from tracker.report.carried import evidence_in
    from tracker.report.explain import reasons

    if _is_event(report):
        with opened(db, clock(as_of)) as reader:
            _show(_of_event(reader, report), format)
        return
    evidence = evidence_in(Path(report))
    found = reasons(evidence, what)
    if not found:
        raise NothingFound("the report says nothing that rests on an event")
    _show(found, format, in_short=what is None)
    _say_of(evidence, what)
    _compare(found, db, as_of)


def _is_event(report: str) -> bool:
    return report.isalnum() and not Path(report).exists()


def _of_event(reader: Reader, prefix: str) -> list[Reason]:
    """An event of the store with its claims, as a report would explain it."""
    from tracker.cli.events import one_event
    from tracker.report import sentences
    from tracker.report.explain import Reason
    from tracker.report.told import read_events
    from tracker.store.queries import EventFilter

    number = one_event(reader, prefix)
    claims = reader.claims(event=number)
    rows = [row for row in reader.events(EventFilter(vessels=(claims[0]["vessel_key"],))) if row["event_id"] == number]
    told = sentences.sentence(read_events(rows))
    graded = tuple(row | {"n": None, "grade": f"{row['source_grade']}{row['credibility']}"} for row in claims)
    return [Reason(number, told, ((rows[0] | {"told": told}, graded),))]


def _show(found: Sequence[Reason], format: Format, *, in_short: bool = False) -> None:
    rows = [row for reason in found for row in reason.rows()]
    if format is not Format.TABLE:
        show(rows, how=format.value, columns=columns.EXPLAINED, table=(), clock="", nothing="")
        return
    for number, reason in enumerate(found):
        if number:
            print()
        for line in _lines(reason, MOST_EVENTS if in_short else None):
            print(line)
    tell_grades(rows)


def _lines(reason: Reason, most: int | None) -> Iterator[str]:
    """A statement, below it its events unless they are more than so many, and below each of these its claims with their words."""
    from tracker.cli.cards import bold, quote_line, said_by, wrapped
    from tracker.report.blocks import printable

    yield bold(wrapped(f"{reason.id}  {printable(reason.text)}", 4))
    if most and len(reason.events) > most:
        yield f"  rests on {len(reason.events)} events: ask for {reason.id} to see them"
        return
    for event, claims in reason.events:
        yield wrapped(f"{printable(event['told'])} event {event['event_id']}", 4, first=2)
        for claim in claims:
            shown = {name: printable(value) if isinstance(value, str) else value for name, value in claim.items()}
            number = f"[{claim['n']}] " if claim["n"] else ""
            yield quote_line(shown["quote"])
            yield wrapped(f"{number}{said_by(shown | {'published': _day(claim['published'])})} · claim {claim['claim_id']}", 6, first=4)


def _day(value: Any) -> Any:
    from tracker.report.told import as_day

    return as_day(value)


def _say_of(evidence: Evidence, what: str | None) -> None:
    """Which report it was, and what else may be asked of it."""
    from tracker.report.explain import sections

    head = evidence.head
    known = f"data cut-off {day(_day(head.get('cut_off')))}"
    tell(f"{head.get('title')} · as of {head.get('as_of')} · {known} · {head.get('state')}{' · DEMO' if head.get('demo') else ''}")
    if what is None:
        tell(f"more to ask for: {', '.join(f'{name} ({number})' for name, number in sections(evidence).items())}, [1], an id, all")


def _compare(found: Iterable[Reason], db: str | None, as_of: str | None) -> None:
    """Say what became of the claims in the store, where there is one. Raises NoStore where one was asked for by name."""
    claims = {claim["claim_id"]: claim for reason in found for _, those in reason.events for claim in those}
    try:
        with opened(db, clock(as_of)) as reader:
            now = {row["claim_id"]: row for row in reader.claims()}
    except (NoStore, StoreError):
        if db:
            raise
        return
    kept = {number: now[number] for number in claims if number in now}
    if not kept:
        tell("the store knows none of these claims: it is not the one of this report, or they were rejected since")
        return
    changed = [number for number, row in kept.items() if any(_text(row[name]) != claims[number][name] for name in ("modality", "hedge", "when"))]
    parts = [
        f"{len(kept)} of {counted(len(claims), 'claims')} still {'stand' if len(kept) > 1 else 'stands'} in the store",
        f"{len(changed)} changed since ({', '.join(sorted(changed)[:5])})" if changed else "",
        f"gone: {', '.join(sorted(claims.keys() - kept.keys())[:5])}" if len(kept) < len(claims) else "",
    ]
    tell("; ".join(part for part in parts if part))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
