"""`tracker db init | upgrade | check | backup`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DbOption
from tracker.cli.show import tell
from tracker.errors import StoreError
from tracker.settings import database_url

app = typer.Typer(no_args_is_help=True, help="The store itself: make it, bring it up to date, check it, save it.", epilog="Example: tracker db check")


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="db")


@app.command("init", epilog="Example: tracker db init --db fleet.db")
def init(db: DbOption = None) -> None:
    """Make a new store with the register and the gazetteer in it; one that stands is never overwritten."""
    from tracker.intake.seeding import make_store

    url = database_url(db)
    make_store(url)
    tell(f"made {url.removeprefix('sqlite:///')}")


@app.command("upgrade", epilog="Example: tracker db upgrade")
def upgrade(db: DbOption = None) -> None:
    """Bring a store that an earlier version made up to date, without losing anything, and add what the seeds have gained."""
    from tracker.intake.seeding import reseed
    from tracker.store.migrate import upgrade as run

    url = database_url(db)
    before, after = run(url)
    reseed(url)
    tell(f"at revision {after}" if before == after else f"brought from revision {before} to {after}")
    if before != after:
        tell("`tracker ingest --again` reads what is in it with today's rules")


@app.command("check", epilog="Example: tracker db check")
def check(db: DbOption = None) -> None:
    """Check the store: the file, its links, and that every quote stands in its document."""
    from tracker.export import write
    from tracker.store.migrate import check as run

    rows = [{"check": name, "result": result} for name, result in run(database_url(db))]
    write(rows, ("check", "result"), "table", sys.stdout)
    if bad := [row["check"] for row in rows if row["result"] != "ok"]:
        raise StoreError(f"{len(bad)} checks failed: {', '.join(bad)}")


@app.command("backup", epilog="Example: tracker db backup fleet-2024-12-08.db")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where to save it.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    db: DbOption = None,
) -> None:
    """Save a SQLite store to a file, also while it is in use."""
    from tracker.store.migrate import backup as run

    run(database_url(db), target, force=force)
    tell(f"saved {target}")
