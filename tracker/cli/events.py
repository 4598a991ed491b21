"""`tracker events list | show`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker.cli.filters import (
    AreaOption,
    ClassOption,
    CountryOption,
    KindOption,
    KnownOnOption,
    ModalityOption,
    NamedOption,
    SinceOption,
    SourceOption,
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
)
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import aged, arranged, day, show, tell
from tracker.domain import columns
from tracker.errors import NothingFound
from tracker.settings import database_url

app = typer.Typer(
    no_args_is_help=True, help="Movement events, each with the sentence that tells it.", epilog="Example: tracker events list --vessel Yelnya"
)
PLAIN = (
    ("when", "when"),
    ("vessel", "vessel"),
    ("event", "told"),
    ("certainty", "how_sure"),
    ("age", "age"),
    ("source", "source"),
    ("published", "published"),
    ("quote", "quote"),
    ("id", "event_id"),
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="events")


@app.command("list", epilog="Example: tracker events list --area Tartus --since 2024-11-30 --until 2024-12-05 --format jsonl")
def list_(
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    area: AreaOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    vessel: VesselOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    named: NamedOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List movement events, oldest first, with date, vessel, place, certainty, source and quote."""
    from tracker.domain.phrases import told_modality, told_place
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        chosen = event_filter(
            reader,
            now,
            country=country,
            type=type,
            class_name=class_name,
            area=area,
            kind=kind,
            modality=modality,
            vessel=vessel,
            source=source,
            since=since,
            until=until,
            named=named,
            known_on=known_on,
        )
        rows = arranged(reader.events(chosen), sort, limit, columns.EVENTS)
    if format is Format.TABLE and sys.stdout.isatty() and rows:
        _lines(rows)
        tell(f"{len(rows)} events · as of {now:%Y-%m-%d %H:%M} UTC")
        return
    for row in rows:
        row["told"] = told_place(row["kind"], row["place"], row["origin"], row["destination"], row["main_kind"])
        row["how_sure"], row["age"] = told_modality(row["modality"], row["hedge"]), aged(row)
    show(rows, how=format.value, columns=columns.EVENTS, table=PLAIN, as_of=now, note="events", nothing="no event fits; drop a filter")


def _lines(rows: list) -> None:  # type: ignore[type-arg]  # rows
    from tracker.cli.cards import event_lines

    for row in rows:
        for line in event_lines(row, vessel=True):
            print(line)


@app.command("show", epilog="Example: tracker events show 3fa9")
def show_(
    event: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or its first characters.")], as_of: AsOfOption = None, db: DbOption = None
) -> None:
    """Show an event: every claim behind it with its sentence in context, its source and the rule that read it."""
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        ids = reader.event_ids(event)
        if len(ids) != 1:
            raise NothingFound(f'no event "{event}"' if not ids else f'{len(ids)} events begin with "{event}": {", ".join(ids[:5])}')
        claims = reader.claims(event=ids[0])
        print(f"event {ids[0]}: {claims[0]['vessel']}, {claims[0]['kind']}, {len(claims)} claim{'s' * (len(claims) > 1)}")
        for claim in claims:
            _claim(claim, reader.document_text(claim["document_id"]))
    tell(f"as of {now:%Y-%m-%d %H:%M} UTC")


def _claim(claim: dict, text: str) -> None:  # type: ignore[type-arg]  # a row
    from tracker.cli.cards import wrapped
    from tracker.domain.phrases import told_modality, told_place

    start, end = claim["quote_start"], claim["quote_end"]
    before, after = text[max(0, start - 120) : start].rsplit("\n", 1)[-1], text[end : end + 120].split("\n", 1)[0]
    print()
    where = told_place(claim["kind"], claim["place"], claim["origin"], claim["destination"])
    print(wrapped(f"{claim['when']}: {where} · {told_modality(claim['modality'], claim['hedge'])} · age {aged(claim)}", 4))
    print(wrapped(f"    {before}»{' '.join(text[start:end].split())}«{after}", 4))
    print(
        f"    {claim['source']} [{claim['source_grade']}{claim['credibility']}], {claim['title'] or 'untitled'}, published {day(claim['published'])}"
    )
    for label in ("url", "archive_url", "retrieved_at"):
        if claim[label]:
            print(f"    {label.replace('_', ' ')}: {claim[label]}")
    page = f" (page {claim['page']})" if claim["page"] else ""
    print(
        f"    characters {start}–{end}{page} of document {claim['document_id'][:12]} · mention “{claim['mention']}” · rule {claim['rule']}"
        f"{' · role ' + claim['role'] if claim['role'] else ''}{' · DEMO' if claim['demo'] else ''}"
    )
