"""`tracker sources list`."""

from __future__ import annotations

import typer

from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import arranged, show, told_clock
from tracker.domain import columns
from tracker.settings import database_url

app = typer.Typer(no_args_is_help=True, help="Sources: who says so, and how reliable they are held to be.", epilog="Example: tracker sources list")
TABLE = (
    ("source", "source"),
    ("grade", "reliability"),
    ("documents", "documents"),
    ("claims", "claims"),
    ("events", "events"),
    ("first", "first_published"),
    ("last", "last_published"),
    ("age", "age"),
)
DOCUMENTS = (("published", "published"), ("source", "source"), ("title", "title"), ("kind", "kind"), ("claims", "claims"), ("url", "url"))


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="sources")


@app.command("list", epilog="Example: tracker sources list --sort -claims --format md")
def list_(
    format: FormatOption = Format.TABLE, sort: SortOption = None, limit: LimitOption = None, as_of: AsOfOption = None, db: DbOption = None
) -> None:
    """List the sources with their reliability (A to F; F: it can't be judged) and what they told."""
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        rows, told = reader.sources(), told_clock(reader)
    for row in rows:
        row["age"] = f"{row['age_days']} d" if row["age_days"] is not None else None
    show(
        arranged(rows, sort, limit, columns.SOURCES),
        how=format.value,
        columns=columns.SOURCES,
        table=TABLE,
        clock=told,
        note="sources",
        nothing="no source yet; try `tracker ingest FILE`",
    )


@app.command("documents", epilog="Example: tracker sources documents --format csv")
def documents(
    format: FormatOption = Format.TABLE, sort: SortOption = None, limit: LimitOption = None, as_of: AsOfOption = None, db: DbOption = None
) -> None:
    """List the documents in the store."""
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        rows, told = arranged(reader.documents(), sort, limit, columns.DOCUMENTS), told_clock(reader)
    for row in rows:
        row["kind"] = row["media_type"].rsplit("/", 1)[-1]
    show(
        rows,
        how=format.value,
        columns=columns.DOCUMENTS,
        table=DOCUMENTS,
        clock=told,
        note="documents",
        nothing="no document yet; try `tracker ingest FILE`",
    )
