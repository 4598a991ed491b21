"""`tracker export`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

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
from tracker.cli.options import AsOfOption, DbOption, clock
from tracker.cli.show import counted, tell, told_clock
from tracker.domain import columns
from tracker.errors import NothingFound, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.cli.chosen import Choice


class What(StrEnum):
    """What is exported."""

    EVENTS = "events"
    VESSELS = "vessels"
    CLAIMS = "claims"
    PLACES = "places"
    SOURCES = "sources"
    DOCUMENTS = "documents"
    ALL = "all"


class FileFormat(StrEnum):
    """How a file is written."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    GEOJSON = "geojson"
    KML = "kml"
    PARQUET = "parquet"
    BIBTEX = "bibtex"
    CSL = "csl"


ROWS = (FileFormat.CSV, FileFormat.TSV, FileFormat.JSON, FileFormat.JSONL, FileFormat.PARQUET)
ON_A_MAP = (FileFormat.GEOJSON, FileFormat.KML)
CITED = (FileFormat.BIBTEX, FileFormat.CSL)
FORMATS: dict[What, tuple[FileFormat, ...]] = {
    What.EVENTS: (*ROWS, *ON_A_MAP),
    What.VESSELS: (*ROWS, *ON_A_MAP),
    What.CLAIMS: (*ROWS, *ON_A_MAP),
    What.PLACES: (*ROWS, *ON_A_MAP),
    What.SOURCES: (*ROWS, *CITED),
    What.DOCUMENTS: (*ROWS, *CITED),
    What.ALL: (FileFormat.JSONL,),
}
"""The first is the default."""
SUFFIXES = {f".{how}": how for how in FileFormat} | {".ndjson": FileFormat.JSONL, ".bib": FileFormat.BIBTEX}
FILTERS = ("country", "type", "class_name", "area", "kind", "modality", "vessel", "source", "since", "until", "named", "known_on")


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("export", no_args_is_help=True, epilog="Example: tracker export events --area Tartus --since 2024-12 -o tartus.geojson")(export_)


def export_(
    what: Annotated[What, typer.Argument(metavar="WHAT", help="events, vessels, claims, places, sources, documents, or all: the whole store.")],
    format: Annotated[
        FileFormat | None,
        typer.Option("--format", "-f", help="csv, tsv, json, jsonl, parquet; geojson, kml for what has a place; bibtex, csl for sources, documents."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to (default: standard output).")] = None,
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
    whole: Annotated[bool, typer.Option("--register", "--whole", help="Vessels and places without any event too.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="In csv and tsv, no ' before what a spreadsheet would take for a formula.")] = False,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Write what the store holds for other programs; the filters are those of events, whatever is exported of what stands behind them.

    The same store and --as-of give the same bytes. The format follows from the suffix of FILE, where --format doesn't say it.
    A map file has a point only for a known point, an outline for a sea; a plan, a denial and a vessel under way have no place on it.
    """
    filters = {name: value for name, value in locals().items() if name in FILTERS}
    how = chosen_format(what, format, output)
    if what is What.ALL:
        _everything(filters, output, database_url(db))
        return
    from tracker.cli.chosen import Choice
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        choice = Choice(reader, event_filter(reader, now, **filters), whole=whole)
        rows, names = _rows(choice, what, how)
        told = told_clock(reader, choice.f.known_on)
    if not rows:
        raise NothingFound(f"nothing to export: no {what} in the store that fit; drop a filter, or see `tracker {_LISTS[what]}`")
    _write(rows, names, how, output, exact=exact)
    if output:
        print(output)
    tell(f"{counted(len(rows), What.DOCUMENTS if how in CITED else what)} · {told}")


_LISTS = {
    What.EVENTS: "events list",
    What.VESSELS: "vessels list",
    What.CLAIMS: "events list",
    What.PLACES: "places list",
    What.SOURCES: "sources list",
    What.DOCUMENTS: "sources documents",
}


def chosen_format(what: What, format: FileFormat | None, output: Path | None) -> FileFormat:
    """The format asked for, by name or by the file's suffix. Raises UsageError for one that makes no sense for this."""
    by_suffix = SUFFIXES.get(output.suffix.lower()) if output else None
    how = format or by_suffix or FORMATS[what][0]
    if how not in FORMATS[what]:
        raise UsageError(f"{what} can't be written as {how}; use --format {', '.join(FORMATS[what])}")
    if how is FileFormat.PARQUET and output is None and sys.stdout.isatty():
        raise UsageError("parquet is no text for a terminal; give a file with -o FILE")
    return how


def _rows(choice: Choice, what: What, how: FileFormat) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The rows and columns of an export."""
    if how in CITED:
        return choice.documents, columns.DOCUMENTS
    rows, names = choice.rows(what), COLUMNS[what]
    if how not in ON_A_MAP:
        return rows, names
    from tracker.cli.chosen import PLACED, located
    from tracker.gazetteer.areas import read_areas
    from tracker.resources import resource

    areas = read_areas(resource("seeds", "areas.geojson"))
    return located(what, rows, choice.reader.places(), areas), tuple(dict.fromkeys((*names, *PLACED)))


COLUMNS: dict[What, tuple[str, ...]] = {
    What.EVENTS: columns.EVENTS,
    What.VESSELS: columns.VESSELS,
    What.CLAIMS: columns.CLAIMS,
    What.PLACES: columns.PLACES,
    What.SOURCES: columns.SOURCES,
    What.DOCUMENTS: columns.DOCUMENTS,
}


def _write(rows: list[dict[str, Any]], names: tuple[str, ...], how: FileFormat, output: Path | None, *, exact: bool) -> None:
    from tracker.export import write_bytes

    if how in (FileFormat.CSV, FileFormat.TSV) and not exact:
        from tracker.export.separated import guarded

        rows = [{name: guarded(row.get(name)) for name in names} for row in rows]
    with _target(output) as stream:
        write_bytes(rows, names, how.value, stream)


@contextmanager
def _target(output: Path | None) -> Iterator[BinaryIO]:
    """The file, there whole or not at all, or standard output."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from tracker.export.files import whole

    with whole(output) as stream:
        yield stream


def _everything(filters: dict[str, Any], output: Path | None, url: str) -> None:
    """The whole store, one record a line."""
    if given := [name for name, value in filters.items() if value is not None]:
        raise UsageError(f"`export all` is the whole store and takes no filter ({', '.join(given)}); use `export events`, …")
    from tracker.store.dump import dump

    with _target(output) as stream:
        count = dump(url, stream)
    if output:
        print(output)
    tell(counted(count, "records"))
