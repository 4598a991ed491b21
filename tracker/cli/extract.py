"""`tracker extract`."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.reading import MaxSizeOption, PrivateOption, PublishedOption, TimeoutOption, TitleOption, UrlOption, read_options
from tracker.cli.show import counted, tell
from tracker.domain.shown import shown
from tracker.errors import InputError

if TYPE_CHECKING:
    from tracker.domain.records import DocumentText, ExtractedStrength, Extraction


class ExtractFormat(StrEnum):
    """How an extraction is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("extract", no_args_is_help=True, epilog="Example: tracker extract report.html --published 2024-12-08 --format json")(extract_)


def extract_(
    inputs: Annotated[list[str], typer.Argument(metavar="PATH…|-", help="Files, folders or URLs, or - for standard input.")],
    published: PublishedOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
    format: Annotated[ExtractFormat | None, typer.Option("--format", "-f", help="A table on a terminal, else JSON.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell for each event the rule, the words and what filled each slot.")] = False,
    no_register: Annotated[bool, typer.Option("--no-register", help="Read without the register of vessels.")] = False,
    allow_private: PrivateOption = False,
    max_size: MaxSizeOption = "5MB",
    timeout: TimeoutOption = 20.0,
) -> None:
    """Show what would be read from reports, with spans and rules; no store is touched."""
    from tracker.extract.pipeline import extract
    from tracker.gazetteer.index import load_gazetteer
    from tracker.intake.reading import expand, read_document

    options = read_options(published=published, title=title, url=url, max_size=max_size, allow_private=allow_private, timeout=timeout)
    gazetteer = load_gazetteer(register=not no_register)
    read: list[tuple[DocumentText, Extraction]] = []
    failures: list[InputError] = []
    for name in expand(inputs):
        try:
            for document in [name] if isinstance(name, InputError) else read_document(name, options):
                if isinstance(document, InputError):
                    failures.append(document)
                else:
                    read.append((document, extract(document.text, document.published, gazetteer)))
        except InputError as error:
            failures.append(error)
    _write(read, explain, format or (ExtractFormat.TABLE if sys.stdout.isatty() else ExtractFormat.JSON))
    for failure in failures[:-1]:
        tell(f"tracker: {failure}")
    if failures:
        raise failures[-1]


def _write(read: list[tuple[DocumentText, Extraction]], explain: bool, how: ExtractFormat) -> None:
    if explain:
        from tracker.extract.explain import explained

        for document, extraction in read:
            print(f"# {document.path or document.url or 'standard input'}")
            for line in explained(extraction, document.text):
                print(shown(line))
        return
    if how is ExtractFormat.TABLE:
        _tables(read)
        return
    from tracker.extract.contract import as_json

    objects: list[dict[str, Any]] = [as_json(extraction, document) for document, extraction in read]
    if how is ExtractFormat.JSONL:
        for one in objects:
            print(json.dumps(one, ensure_ascii=False))
    elif objects:
        print(json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=1))


def _tables(read: list[tuple[DocumentText, Extraction]]) -> None:
    from tracker.domain.phrases import told_modality, told_place
    from tracker.export import write
    from tracker.extract.explain import called

    for document, extraction in read:
        vessels = {v.id: v for v in extraction.vessels}
        rows = [
            {
                "when": e.interval.told(),
                "vessels": ", ".join(called(vessels[v]) for v in e.vessels),
                "event": told_place(e.kind, e.place, e.origin, e.destination),
                "certainty": told_modality(e.modality, e.hedge),
                "quote": e.evidence,
            }
            for e in extraction.events
        ]
        found = ", ".join((counted(len(extraction.vessels), "vessels"), counted(len(rows), "events"), counted(len(extraction.strengths), "counts")))
        tell(f"{document.title or document.path or 'standard input'}: {found}")
        for warning in (*document.warnings, *extraction.warnings):
            tell(f"warning: {warning}")
        if rows:
            write(rows, ("when", "vessels", "event", "certainty", "quote"), "table", sys.stdout)
        if extraction.strengths:
            write([_count(one) for one in extraction.strengths], ("when", "count", "area", "certainty", "quote"), "table", sys.stdout)


def _count(one: ExtractedStrength) -> dict[str, Any]:
    from tracker.domain.phrases import told_count, told_modality

    return {
        "when": one.interval.told(),
        "count": f"{told_count(one.count, one.count_most, one.bound)} {one.subset or one.what}",
        "area": one.place,
        "certainty": told_modality(one.modality, one.hedge),
        "quote": one.evidence,
    }
