"""`tracker events list | show`; what people decide about them is in `judging`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import judging, knowledge
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
    StatusOption,
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
)
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import Row, aged, arranged, counted, show, tell, tell_grades, told_clock, width
from tracker.domain import columns
from tracker.errors import NothingFound
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.store.reader import Reader

app = typer.Typer(
    no_args_is_help=True, help="Movement events, each with the sentence that tells it.", epilog="Example: tracker events list --vessel Yelnya"
)
PLAIN = (
    ("when", "when"),
    ("vessel", "vessel"),
    ("event", "act"),
    ("told", "told"),
    ("age", "age"),
    ("source", "source"),
    ("published", "published"),
    ("reviewed", "reviewed"),
    ("id", "event_id"),
    ("quote", "quote"),
)
DRAWN = (("when", "when_and_age"), ("event", "who_and_act"), ("quote", "quoted"), ("source", "said"))
"""For wide terminals; on narrow ones an event is a paragraph."""
_WIDE_TERMINAL = 120  # columns
_CONTEXT = 120  # characters shown before and after a quote


def register(parent: typer.Typer) -> None:
    """Add this family."""
    judging.attach(app)
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
    status: StatusOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List movement events, oldest first, with date, vessel, place, certainty, source and quote."""
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
            status=status,
            known_on=known_on,
        )
        rows, told = arranged(knowledge.events(reader, chosen), sort, limit, columns.EVENTS), told_clock(reader, chosen.known_on)
    drawn = sys.stdout.isatty()
    if format is Format.TABLE and drawn and width() < _WIDE_TERMINAL and rows:
        _paragraphs(rows)
        tell(f"{counted(len(rows), 'events')} · {told}")
        tell_grades(rows)
        return
    for row in rows if format is Format.TABLE else ():
        _complete(row)
    show(
        rows,
        how=format.value,
        columns=columns.EVENTS,
        table=DRAWN if drawn else PLAIN,
        clock=told,
        note="events",
        nothing="no event fits; drop a filter",
    )


def _complete(row: Row) -> None:
    """Add what people see: what the event tells, how firmly, and the cells of the drawn table."""
    from tracker.cli.cards import reviewed, said_by
    from tracker.domain.phrases import told_act, told_modality

    row["reviewed"] = reviewed(row)
    row["act"] = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row["main_kind"])
    row["told"], row["age"] = told_modality(row["modality"], row["hedge"]), aged(row)
    row["when_and_age"] = f"{row['when']}\n{row['age']}"
    row["who_and_act"] = f"{row['vessel']}: {row['act']}\n{row['told']}"
    row["quoted"] = f"“{' '.join(row['quote'].split())}”"
    row["said"] = f"{said_by(row)}\n{row['event_id']}"


def _paragraphs(rows: list[Row]) -> None:
    from tracker.cli.cards import event_lines

    for number, row in enumerate(rows):
        if number:
            print()
        for line in event_lines(row, vessel=True):
            print(line)


@app.command("show", epilog="Example: tracker events show 067c")
def show_(
    event: Annotated[str, typer.Argument(metavar="ID", help="An event's id, or its first characters.")],
    format: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Show an event: every claim behind it with its sentence in context, its source and the rule that read it."""
    from tracker.export import write
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), clock(as_of)) as reader:
        claims = reader.claims(event=one_event(reader, event))
        if format is not Format.TABLE:
            write(claims, columns.CLAIMS, format.value, sys.stdout)
            return
        _head(claims)
        for claim in claims:
            _claim(claim, reader.document_text(claim["document_id"]))
        tell(told_clock(reader))
        tell_grades(claims)


def one_event(reader: Reader, prefix: str) -> str:
    """The id of the one event that begins so. Raises NothingFound for none and for several."""
    ids = reader.event_ids(prefix)
    if not ids and (document := reader.silent_home(prefix)):
        raise NothingFound(f'"{prefix}" was told by a document that was replaced or withdrawn; see: tracker sources show {document[:8]}')
    if not ids:
        raise NothingFound(f'no event "{prefix}"; ids are in the lists: tracker events list')
    if len(ids) > 1:
        more = ", …" if len(ids) > 5 else ""
        raise NothingFound(f'{len(ids)} events begin with "{prefix}": {", ".join(ids[:5])}{more}')
    return ids[0]


def _head(claims: list[Row]) -> None:
    from tracker.cli.cards import bold, wrapped

    first = claims[0]
    sources = len({claim["source_key"] for claim in claims})
    print(bold(wrapped(f"{first['vessel']} · {first['kind'].replace('_', ' ')} · event {first['event_id']}", 4)))
    print(f"{counted(len(claims), 'claims')} of {counted(sources, 'sources')}")


def _claim(claim: Row, text: str) -> None:
    from tracker.cli.cards import bold, fact_lines, reviewed, said_by, wrapped
    from tracker.domain.phrases import told_act, told_modality

    act = told_act(claim["kind"], claim["place"], claim["origin"], claim["destination"], claim["modality"], claim["main_kind"])
    print()
    print(bold(wrapped(f"{claim['when']} · {act} · {told_modality(claim['modality'], claim['hedge'])} · age {aged(claim)}", 4)))
    print(wrapped(_in_context(text, claim["quote_start"], claim["quote_end"]), 4, first=4))
    where = f"characters {claim['quote_start']}–{claim['quote_end']} of document {claim['document_id'][:12]}"
    for line in fact_lines(
        [
            ("source", said_by(claim)),
            ("title", claim["title"]),
            ("url", claim["url"]),
            ("archived", claim["archive_url"]),
            ("retrieved", f"{claim['retrieved_at']:%Y-%m-%d %H:%M} UTC" if claim["retrieved_at"] else None),
            ("quote at", where),
            ("vessel as told", f"“{claim['mention']}”" if claim["mention"] else None),
            ("role", claim["role"]),
            ("read by rule", claim["rule"]),
            ("reviewed", reviewed(claim)),
        ]
    ):
        print(line)


def _in_context(text: str, start: int, end: int) -> str:
    """The quote between »«, with the words around it in its paragraph."""
    before = text[max(0, start - _CONTEXT) : start].rsplit("\n\n", 1)[-1]
    after = text[end : end + _CONTEXT].split("\n\n", 1)[0]
    if start > _CONTEXT and len(before) == _CONTEXT:
        before = "… " + before.partition(" ")[2]
    if len(after) == _CONTEXT and end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + " …"
    return f"{before}»{text[start:end]}«{after}"
