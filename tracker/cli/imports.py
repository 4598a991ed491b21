"""`tracker import events | register | places | store`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.ingest import SummaryFormat, show_summary
from tracker.cli.judging import WhoOption, WhyOption, done
from tracker.cli.options import DbOption
from tracker.cli.show import counted, tell
from tracker.errors import InputError, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.intake.deciding import By
    from tracker.intake.own_lists import ListSummary

app = typer.Typer(
    no_args_is_help=True,
    help="What others have written down: spreadsheets of events, a desk's own vessels and places, whole stores.",
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


MapOption = Annotated[list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is, where its name doesn't say it.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Check every row and write nothing.")]


@app.command("register", epilog="Example: tracker import register coast-guard.csv --map 'Bow=hull_number'")
def register_(
    file: FileArgument,
    map: MapOption = None,
    dry_run: DryRunOption = False,
    why: WhyOption = None,
    who: WhoOption = None,
    format: Annotated[SummaryFormat, typer.Option("--format", "-f", help="How to write the summary.")] = SummaryFormat.TABLE,
    db: DbOption = None,
) -> None:
    """Put a list of vessels beside the shipped register, in this store: reports read from now on know them by name.

    A row (CSV or JSON lines) needs a name and a type. Its other fields: native_name, aliases (Alpha|Bravo), prefix, hull_number, designator,
    class_name, project, country, operator, fleet, home_port, commissioned, ended, status, imo, mmsi. A vessel that the register has stays as it is.
    What documents told of a vessel of the name goes to the listed one; tracker ingest --again reads the documents of the store once more.
    """
    from tracker.intake.deciding import By
    from tracker.intake.own_lists import import_vessels

    _list(import_vessels, file, _mapping(map or []), dry_run, By.of(who, why), format, db, "vessels")


@app.command("places", epilog="Example: tracker import places anchorages.csv")
def places(
    file: FileArgument,
    map: MapOption = None,
    dry_run: DryRunOption = False,
    why: WhyOption = None,
    who: WhoOption = None,
    format: Annotated[SummaryFormat, typer.Option("--format", "-f", help="How to write the summary.")] = SummaryFormat.TABLE,
    db: DbOption = None,
) -> None:
    """Put a list of places beside the shipped gazetteer, in this store: reports read from now on know them by name.

    A row (CSV or JSON lines) needs a name and a kind (port, naval_base, anchorage, strait, sea, …). Its other fields: country, lat, lon, radius_km,
    parent, water, waters, unlocode, aliases (Alpha|Bravo). A place without lat and lon has no position and gets none; its water is read off the
    outlines where the row doesn't say it. A place that the gazetteer has stays as it is.
    """
    from tracker.intake.deciding import By
    from tracker.intake.own_lists import import_places

    _list(import_places, file, _mapping(map or []), dry_run, By.of(who, why), format, db, "places")


def _list(
    take: Callable[..., ListSummary],
    file: str,
    mapping: dict[str, str],
    dry_run: bool,
    by: By,
    format: SummaryFormat,
    db: str | None,
    what: str,
) -> None:
    from tracker.intake.own_lists import ListOptions

    summary = take(_bytes(file), "standard input" if file == "-" else file, ListOptions(mapping, dry_run), database_url(db), by)
    for warning in summary.warnings:
        tell(f"warning: {warning}")
    for where, why in summary.failures:
        tell(f"{where}: {why}")
    if format is SummaryFormat.JSON:
        print(json.dumps({"new": summary.new, "known": summary.known, "failed": len(summary.failures)}, ensure_ascii=False, indent=2))
    else:
        print(f"{counted(len(summary.new), what)} new, {len(summary.known)} known already")
    if summary.failures:
        raise InputError(f"{counted(len(summary.failures), 'rows')} wrong, so nothing was written")
    if summary.done:
        done(summary.done)
    elif summary.new:
        tell("dry run: nothing was written")


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
