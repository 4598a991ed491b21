"""`tracker ingest`."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import DbOption
from tracker.cli.reading import MaxSizeOption, PrivateOption, PublishedOption, TimeoutOption, TitleOption, UrlOption, read_options
from tracker.cli.show import tell
from tracker.errors import InputError, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.domain.records import IngestSummary

SHOWN_WARNINGS = 20


class SummaryFormat(StrEnum):
    """How the summary is written."""

    TABLE = "table"
    JSON = "json"


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command(
        "ingest", no_args_is_help=True, epilog="Example: tracker ingest reports/ report.pdf --source 'Harbour Watch' --published 2024-12-08"
    )(ingest_)


def ingest_(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH…|URL…|-", help="Files, folders, URLs, or - for standard input: text, Markdown, HTML, PDF, posts as JSON (lines)."
        ),
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read what is in the store again with today's rules, all of it or the documents named by id or URL."),
    ] = False,
    published: PublishedOption = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Who speaks, where the document doesn't say.")] = None,
    title: TitleOption = None,
    url: UrlOption = None,
    archive_url: Annotated[str | None, typer.Option("--archive-url", help="Where a copy is archived.")] = None,
    allow_private: PrivateOption = False,
    max_size: MaxSizeOption = "5MB",
    timeout: TimeoutOption = 20.0,
    format: Annotated[SummaryFormat, typer.Option("--format", "-f", help="How to write the summary.")] = SummaryFormat.TABLE,
    db: DbOption = None,
) -> None:
    """Read reports into the store: each document whole or not at all, none twice, and a bad one never stops the others.

    Another text of a page that the store has is a new version: the later one stands (tracker sources versions). With --again: stored
    documents are read anew; what people decided stays as it is.
    """
    from tracker.intake.documents import ingest

    if again:
        given = {"--published": published, "--source": source, "--title": title, "--url": url, "--archive-url": archive_url}
        if named := [name for name, value in given.items() if value]:
            raise UsageError(f"{named[0]} can't be given with --again: stored documents keep what was said of them")
        _read_again(inputs, format, database_url(db))
        return
    if not inputs:
        raise UsageError("nothing to read: name files, folders or URLs, or - for standard input")
    if url and len(inputs) > 1:
        raise UsageError(f"--url is the address of one document, and {len(inputs)} inputs are given")
    options = read_options(
        published=published,
        source=source,
        title=title,
        url=url,
        archive_url=archive_url,
        max_size=max_size,
        allow_private=allow_private,
        timeout=timeout,
    )
    with _progress(inputs) as progress:
        summary = ingest(inputs, options, database_url(db), progress)
    _tell_of(summary)
    show_summary(summary, format)
    if summary.failures:
        raise InputError(f"{len(summary.failures)} of the inputs could not be read; whatever else was given is in the store")


def _tell_of(summary: IngestSummary) -> None:
    """Say on stderr what taking documents in met: warnings, new versions, names that are nearly others, what could not be read."""
    for warning in summary.warnings[:SHOWN_WARNINGS]:
        tell(f"warning: {warning}")
    if len(summary.warnings) > SHOWN_WARNINGS:
        tell(f"… and {len(summary.warnings) - SHOWN_WARNINGS} more warnings")
    for line in (*summary.versions[:SHOWN_WARNINGS], *summary.near[:SHOWN_WARNINGS]):
        tell(f"note: {line}")
    for where, why in summary.failures:
        tell(f"not read: {where}: {why}")


def _read_again(names: list[str] | None, how: SummaryFormat, url: str) -> None:
    from tracker.domain.when import utc_now
    from tracker.intake.again import read_again
    from tracker.store.reader import open_reader

    with open_reader(url, utc_now()) as reader:
        chosen = [str(reader.find_document(name)["document_id"]) for name in names] if names else None
    with _progress(chosen or ["stored documents"]) as progress:
        done = read_again(url, chosen, progress)
    if how is SummaryFormat.JSON:
        json.dump(asdict(done), sys.stdout, indent=1)
        print()
    else:
        print(done.told())


def show_summary(summary: IngestSummary, how: SummaryFormat) -> None:
    """Write to stdout what taking documents in did."""
    if how is SummaryFormat.JSON:
        json.dump(asdict(summary), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for label, value in (
        ("documents", summary.documents),
        ("duplicates", summary.duplicates),
        ("failures", len(summary.failures)),
        ("vessels, new", summary.vessels_new),
        ("vessels, known", summary.vessels_known),
        ("events, new", summary.events),
        ("claims", summary.claims),
        ("counts", summary.counts),
    ):
        print(f"{label:15}{value:>7}")


@contextmanager
def _progress(inputs: list[str]) -> Iterator[Callable[[str], None] | None]:
    """A line on stderr that names the input at hand, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.status import Status

    count = 0
    with Status("reading", console=Console(stderr=True)) as status:

        def hear(name: str) -> None:
            nonlocal count
            count += 1
            status.update(f"reading {count}: {name[-60:]}")

        yield hear
