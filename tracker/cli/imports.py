"""`tracker import events | store`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.ingest import SummaryFormat, show_summary
from tracker.cli.options import DbOption
from tracker.cli.show import counted, tell
from tracker.errors import InputError, UsageError
from tracker.settings import database_url

app = typer.Typer(
    no_args_is_help=True,
    help="What others have written down: spreadsheets of events, whole stores.",
    epilog="Example: tracker import events fleet.csv",
)
FileArgument = Annotated[str, typer.Argument(metavar="FILE|-", help="The file, or - for standard input.")]


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="import")


@app.command("events", epilog="Example: tracker import events fleet.csv --map 'Remarks=quote' --source 'Fleet desk'")
def events(
    file: FileArgument,
    map: Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is, where its name doesn't say it.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Who speaks in rows that don't say.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave wrong rows out and write the others.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row and write nothing.")] = False,
    format: Annotated[SummaryFormat, typer.Option("--format", "-f", help="How to write the summary.")] = SummaryFormat.TABLE,
    db: DbOption = None,
) -> None:
    """Take in a spreadsheet of events, saved as CSV or JSON lines: a row is a document of its source that makes one claim.

    A row needs a vessel (or a type, for an unnamed one), a kind and a source. Its other fields: place, origin, destination, date (2024-12-02,
    2024-12, 2024-11-30/2024-12-02) or start and end, quote, title, url, published, type, class, project, hull, country, count, modality, hedge.
    A row without a quote stands for itself: its claim quotes the row and is marked import.unquoted. A row without a modality is reported.
    Nothing is written unless every row is right, and no row is taken in twice.
    """
    from tracker.intake.events import SheetOptions, import_events

    options = SheetOptions(_mapping(map or []), source, skip_bad, dry_run)
    summary, unquoted = import_events(_bytes(file), "standard input" if file == "-" else file, options, database_url(db))
    for warning in summary.warnings:
        tell(f"warning: {warning}")
    for where, why in summary.failures:
        tell(f"{where}: {why}")
    show_summary(summary, format)
    if unquoted:
        tell(f"{counted(unquoted, 'rows')} without a quote, marked import.unquoted")
    if summary.failures and not skip_bad:
        raise InputError(f"{counted(len(summary.failures), 'rows')} wrong, so nothing was written; mend, or leave out with --skip-bad")


@app.command("store", epilog="Example: tracker export all -o fleet.jsonl; tracker import store fleet.jsonl --db copy.db")
def store(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `tracker export all` wrote.")],
    db: DbOption = None,
) -> None:
    """Fill an empty store with a whole one, all or nothing: exported again, it gives the same bytes."""
    from tracker.intake.seeding import ensure_store
    from tracker.store.dump import restore

    if not file.is_file():
        raise InputError(f"{file}: there is no such file")
    url = database_url(db)
    ensure_store(url)
    count = restore(lambda: file.open("rb"), file.name, url)
    tell(f"{counted(count, 'records')} from {file}")


def _mapping(given: list[str]) -> dict[str, str]:
    """Column -> field. Raises UsageError for what is no pair."""
    pairs = [text.rpartition("=") for text in given]
    if bad := next((text for text, (column, sign, field) in zip(given, pairs, strict=True) if not (column and sign and field)), None):
        raise UsageError(f'--map "{bad}" is no COLUMN=FIELD, as in "Remarks=quote"')
    return {column.strip(): field.strip() for column, _, field in pairs}


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if not path.exists():
        raise InputError(f"{file}: there is no such file")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None
