"""Options that many commands share, each written once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.domain.when import parse_moment, utc_now
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.store.reader import Reader


class Format(StrEnum):
    """How a list is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to write it: a table for people, the rest for programs.")]
DbOption = Annotated[
    str | None, typer.Option("--db", metavar="URL", help="The store: a file or a URL. Else TRACKER_DB, tracker.toml, the user's data folder.")
]
FontOption = Annotated[
    Path | None, typer.Option("--font", metavar="FILE", help="A font for letters that the packaged ones lack (Chinese, Japanese, Korean, …).")
]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="TIME", help="The clock for ages (default: now, UTC).")]
LimitOption = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="At most so many rows.")]
SortOption = Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help="Order by this column; -COLUMN for the other way round.")]


def clock(as_of: str | None) -> datetime:
    """The as-of time behind `--as-of`. Raises UsageError."""
    return parse_moment(as_of) if as_of else utc_now()


def opened(db: str | None, now: datetime) -> Reader:
    """The store behind `--db`, to be read. Raises NoStore."""
    from tracker.store.reader import open_reader

    return open_reader(database_url(db), now)
