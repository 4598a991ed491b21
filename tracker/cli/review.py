"""`tracker review`: the queue of claims that nobody has looked at, by what it would cost to be wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from tracker.cli import judging
from tracker.cli.filters import (
    AreaOption,
    ClassOption,
    CountryOption,
    KindOption,
    ModalityOption,
    NamedOption,
    SinceOption,
    SourceOption,
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
)
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, clock
from tracker.cli.show import Row, counted, fitting, show, tell, told_clock
from tracker.domain import columns
from tracker.domain.kinds import EventKind, Modality
from tracker.errors import NothingFound, TrackerError, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.intake.deciding import By
    from tracker.intake.review import Edit
    from tracker.store.reader import Reader

TABLE = (
    ("urgency", "urgency"),
    ("sure", "confidence"),
    ("when", "when"),
    ("vessel", "vessel"),
    ("event", "act"),
    ("told", "told"),
    ("source", "source"),
    ("claim", "claim_id"),
    ("quote", "quote"),
)
NARROW = (("urgency", "urgency"), ("sure", "confidence"), ("what was read, and its words", "read"))
_WIDE_TERMINAL = 120  # columns
Word = TypeVar("Word", EventKind, Modality)
KEYS = "a accept · e edit · r reject · s skip · q quit"

app = typer.Typer(help="What was read and nobody has looked at yet.", epilog="Example: tracker review --vessel Yelnya --limit 10")


def register(parent: typer.Typer) -> None:
    """Add this family; without a word it is the queue."""
    parent.add_typer(app, name="review")


@app.callback(invoke_without_command=True)
def review(
    context: typer.Context,
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
    format: FormatOption = Format.TABLE,
    limit: LimitOption = None,
    why: judging.WhyOption = None,
    who: judging.WhoOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Review claims, the most urgent first: on a terminal one key each (a accept, e edit, r reject, s skip, q quit), in a pipe as a list."""
    from tracker.store.reader import open_reader

    if context.invoked_subcommand:
        return
    now, url = clock(as_of), database_url(db)
    with open_reader(url, now) as reader:
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
        )
        rows, told = queue(reader.unreviewed(chosen))[:limit], told_clock(reader)
        if rows and format is Format.TABLE and sys.stdin.isatty() and sys.stdout.isatty():
            _at_the_terminal(reader, url, rows, who, why)
            return
    show(
        rows,
        how=format.value,
        columns=columns.QUEUE,
        table=fitting(TABLE, NARROW, _WIDE_TERMINAL),
        clock=told,
        note="claims",
        nothing="nothing to review; drop a filter, or read more with `tracker ingest`",
    )


def queue(rows: list[Row]) -> list[Row]:
    """Claims in the order in which they are worth a look, with how urgent each is and what people see."""
    from tracker.analysis.urgency import urgency
    from tracker.domain.phrases import told_act, told_modality

    for row in rows:
        row["urgency"] = round(urgency(row["kind"], row["modality"], row["confidence"], named=row["vessel_name"] is not None), 2)
        row["act"] = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row["main_kind"])
        row["told"] = told_modality(row["modality"], row["hedge"])
        head = f"{row['vessel']}: {row['act']} · {row['when']} · {row['told']}"
        row["read"] = f"{head}\n“{' '.join(row['quote'].split())}”\n{row['source']} · {row['claim_id']}"
    return sorted(rows, key=lambda row: (-row["urgency"], row["claim_id"]))


def _at_the_terminal(reader: Reader, url: str, rows: list[Row], who: str | None, why: str | None) -> None:
    from tracker.cli.keys import read_key
    from tracker.intake.deciding import By

    desk = Desk(url, By.of(who, why), read_key, input)
    decided = work_through(rows, lambda row: reader.document_text(row["document_id"]), desk)
    tell(f"{counted(decided, 'claims')} decided, {len(rows) - decided} left; `tracker undo` takes the last one back")


@dataclass(frozen=True)
class Desk:
    """Who decides, where, and how the keys and the answers come in."""

    url: str
    by: By
    key: Callable[[], str]
    ask: Callable[[str], str]


def work_through(rows: Sequence[Row], text: Callable[[Row], str], desk: Desk) -> int:
    """Show claims one after the other and do what the keys say; returns how many were decided."""
    decided = 0
    for number, row in enumerate(rows, 1):
        print(f"\n{number} of {len(rows)} · " + "\n".join(card(row, text(row), desk.url)))
        while (did := _one(row, desk)) is None:
            tell(KEYS)
        if did == "q":
            break
        decided += did != "s"
    return decided


def _one(row: Row, desk: Desk) -> str | None:
    """Do what a key says; None for a key that means nothing, or a decision that could not be made."""
    from tracker.intake.review import accept, edit, reject

    print(KEYS, flush=True)
    key = desk.key().lower() or "q"
    try:
        match key:
            case "a":
                judging.done(accept(desk.url, row["claim_id"], desk.by, alone=True))
            case "r":
                judging.done(reject(desk.url, row["claim_id"], desk.by, alone=True))
            case "e":
                judging.done(edit(desk.url, row["claim_id"], _asked(desk), desk.by, alone=True))
            case "s" | "q":
                pass
            case _:
                return None
    except TrackerError as error:
        tell(f"tracker: {error}")
        return None
    return key


def _asked(desk: Desk) -> Edit:
    """What to change, asked word by word; an empty answer leaves it as it is."""
    from tracker.intake.review import Edit

    kind = desk.ask(f"kind ({', '.join(EventKind)}): ").strip()
    date = desk.ask("date (2024-12-02, 2024-12, open): ").strip()
    place = desk.ask("place: ").strip()
    modality = desk.ask(f"firmness ({', '.join(Modality)}): ").strip()
    return Edit(
        _member(EventKind, kind) if kind else None,
        judging.interval(date or None),
        judging.place_named(desk.url, place or None),
        modality=_member(Modality, modality) if modality else None,
    )


def _member(words: type[Word], text: str) -> Word:
    try:
        return words(text)
    except ValueError:
        raise UsageError(f'"{text}" is none of {", ".join(words)}') from None


def card(row: Row, text: str, url: str) -> list[str]:
    """A claim for review: what was read, the sentence with the words that filled each slot marked, the rule, the source."""
    from tracker.cli.cards import bold, fact_lines, said_by, wrapped
    from tracker.intake.reread import marks

    found = marks(row, text, url)
    sure = "unknown" if row["confidence"] is None else f"{row['confidence']:.2f}"
    fills = " · ".join(
        f"{m.slot} ← {m.where}" + (f" “{' '.join(text[m.span[0] : m.span[1]].split())}” {m.span[0]}–{m.span[1]}" if m.span else "") for m in found
    )
    return [
        f"urgency {row['urgency']:.2f} · confidence {sure} · claim {row['claim_id']}",
        bold(wrapped(f"{row['when']} · {row['vessel']}: {row['act']} · {row['told']}", 4)),
        wrapped(marked(text, (row["quote_start"], row["quote_end"]), [(m.slot, m.span) for m in found if m.span]), 4, first=4),
        *fact_lines([("read by rule", row["rule"]), ("slots", fills), ("source", said_by(row))]),
    ]


def marked(text: str, quote: tuple[int, int], spans: Sequence[tuple[str, tuple[int, int]]]) -> str:
    """A quote with the words that filled its slots in brackets, each with its slot: "[Yelnya: vessel] left [Tartus: origin]"."""
    told, at = [], quote[0]
    for slot, (start, end) in sorted(spans, key=lambda item: item[1]):
        if at <= start and end <= quote[1]:
            told.append(f"{text[at:start]}[{text[start:end]}: {slot}]")
            at = end
    return "".join(told) + text[at : quote[1]]


@app.command("export", epilog="Example: tracker review export corrections/")
def export_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder for the files, one a document; made where there is none.")],
    whole: Annotated[bool, typer.Option("--whole/--any", help="Documents reviewed to the end, or any that was begun.")] = True,
    db: DbOption = None,
) -> None:
    """Write reviewed documents as annotated ones, in the format of `tracker evaluate`: people's corrections become test data."""
    from tracker.intake.annotated import write_annotated

    names = write_annotated(database_url(db), folder, whole=whole)
    if not names:
        raise NothingFound("no document was reviewed to the end; `tracker review` is the queue, --any takes those begun")
    for name in names:
        print(name)
    tell(f"{counted(len(names), 'documents')} in {folder}")
