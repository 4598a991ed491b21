"""`tracker demo`: the whole path in one go, on reports in our own words from invented sources."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.options import DbOption
from tracker.cli.show import tell
from tracker.errors import StoreError, TrackerError
from tracker.resources import resource
from tracker.settings import as_url, database_url, nearest_settings, sqlite_path

SINCE, UNTIL, AREA, COUNTRY = "2024-11-30", "2025-01-31", "Mediterranean Sea", "RU"


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("demo", epilog="Example: tracker demo")(demo)


def demo(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the store, the pictures and the reports go.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="TIME", help="The clock for ages (default: now, UTC).")] = None,
    db: DbOption = None,
) -> None:
    """Make a store of the demo reports, show its vessels and events, and draw the plots and the report.

    In a working copy the store is the working copy's own and the files go to reports/; elsewhere all goes to ./tracker-demo/. A store that
    holds other documents is never written to.
    """
    url, folder = _where(out, db)
    _fill(url)
    folder.mkdir(parents=True, exist_ok=True)
    clock = ["--as-of", as_of] if as_of else []
    _run(["vessels", "list", "--db", url, *clock])
    _run(["events", "list", "--db", url, *clock])
    made = []
    for name, words in _pictures(folder).items():
        _run([*words, "-o", str(folder / name), "--db", url, *clock])
        made.append(folder / name)
    tell("")
    tell("made:")
    for path in made:
        tell(f"  {_short(path)}")
    tell(f"  {_short(sqlite_path(url) or Path(url))}")


def _where(out: Path | None, db: str | None) -> tuple[str, Path]:
    """The store and the folder of the demo."""
    settings = nearest_settings(Path.cwd())
    if out is not None:
        return as_url(db or str(out / "tracker.db")), out
    if db or os.environ.get("TRACKER_DB"):
        return database_url(db), (settings.parent / "reports" if settings else Path.cwd() / "tracker-demo")
    if settings is not None:
        return database_url(), settings.parent / "reports"
    folder = Path.cwd() / "tracker-demo"
    return as_url(str(folder / "tracker.db")), folder


def _fill(url: str) -> None:
    """A fresh store of the demo reports alone, put in the place of an earlier demo only when it is whole."""
    from tracker.domain.when import utc_now
    from tracker.intake.documents import ingest
    from tracker.intake.options import ReadOptions
    from tracker.store import migrate
    from tracker.store.engine import connect
    from tracker.store.reader import open_reader

    path = sqlite_path(url)
    if path is None:
        raise StoreError("the demo makes a SQLite store of its own; give --db a file, or leave it out")
    if migrate.exists(url):
        with open_reader(url, utc_now()) as reader:
            if others := reader.foreign_documents():
                raise StoreError(f"{path} holds {others} documents that are no demo reports and is left alone; use `tracker demo --out tracker-demo`")
    partial = path.with_name(f"{path.name}.part")
    _remove(partial)
    partial_url = as_url(str(partial))
    try:
        summary = ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), partial_url)
    finally:
        connect(partial_url).dispose()
    if summary.failures:
        raise TrackerError(f"the demo reports could not be read: {summary.failures[0][0]}: {summary.failures[0][1]}")
    _remove(path)
    partial.replace(path)
    tell(f"read {summary.documents} demo reports into {_short(path)}: {summary.events} events, all from invented sources")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _pictures(folder: Path) -> dict[str, list[str]]:
    scope = ["--area", AREA, "--country", COUNTRY, "--since", SINCE, "--until", UNTIL]
    return {
        "movements.pdf": ["report", "movements", *scope],
        "movements.png": ["report", "movements", *scope],
        "timeline.png": ["plot", "timeline", *scope],
        "map.png": ["plot", "map", *scope],
    }


def _run(words: list[str]) -> None:
    """Run a command as a person would, and say which."""
    from tracker.cli.app import build

    tell(f"\n$ tracker {' '.join(f'{w!r}' if ' ' in w else w for w in _spoken(words))}")
    build(words)(words, standalone_mode=False)


def _spoken(words: list[str]) -> list[str]:
    """The words of a command without the store, which a plain command finds by itself."""
    at = words.index("--db")
    return [_short(Path(w)) if w.startswith("/") else w for w in (*words[:at], *words[at + 2 :])]


def _short(path: Path) -> str:
    """A path as seen from here, where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
