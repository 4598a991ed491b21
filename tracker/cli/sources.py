"""`tracker sources list | documents | grade`; single documents are in `documents`."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import documents as single
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import arranged, fitting, show, since_last, tell, told_clock
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
_WIDE_TERMINAL = 150  # columns
NARROW_DOCUMENTS = (("id", "id"), ("published", "published"), ("document", "what"), ("claims", "claims"))
"""Some lines a document, for terminals where DOCUMENTS would break every cell."""
DOCUMENTS = (
    ("id", "id"),
    ("published", "published"),
    ("source", "source"),
    ("title", "title"),
    ("kind", "kind"),
    ("state", "state"),
    ("claims", "claims"),
    ("url", "url"),
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    single.attach(app)
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
        row["age"] = since_last(row, "last_published")
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
        row["kind"], row["id"] = row["media_type"].rsplit("/", 1)[-1], row["document_id"][:8]
        state = None if row["state"] == "current" else row["state"]
        row["what"] = "\n".join(filter(None, (row["title"] or "untitled", " · ".join(filter(None, (row["source"], row["kind"], state))), row["url"])))
    show(
        rows,
        how=format.value,
        columns=columns.DOCUMENTS,
        table=fitting(DOCUMENTS, NARROW_DOCUMENTS, _WIDE_TERMINAL),
        clock=told,
        note="documents",
        nothing="no document yet; try `tracker ingest FILE`",
    )


@app.command("grade", epilog='Example: tracker sources grade "Demo Wire A" B --why "Right in eleven of twelve cases that images settled"')
def grade(
    source: Annotated[str, typer.Argument(help="The name of a source, or its key.")],
    letter: Annotated[str, typer.Argument(metavar="GRADE", help="A reliable, B usually, C fairly, D not usually, E unreliable, F can't be judged.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="What the judgement stands on.")],
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who judges (default: the user's name).")] = None,
    db: DbOption = None,
) -> None:
    """Grade a source A to F. Who did so, when and why is kept; the credibility of what it tells stays as it is, for the two are kept apart."""
    from tracker.domain.grades import legend
    from tracker.intake.grading import grade_source
    from tracker.store.reader import open_reader

    url = database_url(db)
    with open_reader(url, clock(None)) as reader:
        key = reader.find_source(source)
    before = grade_source(url, key, letter.upper(), why=why, who=who)
    tell(f"{key}: {before} to {letter.upper()} · {legend({letter.upper()})}")
