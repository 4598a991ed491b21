"""The command `tracker`: which family of commands lives in which file, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise

import typer

from tracker import __version__
from tracker.domain.shown import shown
from tracker.errors import NothingFound, TrackerError, UsageError

FAMILIES: dict[str, str] = {
    "demo": "tracker.cli.demo",
    "ingest": "tracker.cli.ingest",
    "extract": "tracker.cli.extract",
    "evaluate": "tracker.cli.evaluate",
    "vessels": "tracker.cli.vessels",
    "events": "tracker.cli.events",
    "places": "tracker.cli.places",
    "sources": "tracker.cli.sources",
    "where": "tracker.cli.where",
    "fleet": "tracker.cli.fleet.app",
    "counts": "tracker.cli.counts",
    "plot": "tracker.cli.plot",
    "report": "tracker.cli.report",
    "export": "tracker.cli.exports",
    "import": "tracker.cli.imports",
    "review": "tracker.cli.review",
    "history": "tracker.cli.history",
    "undo": "tracker.cli.undo",
    "db": "tracker.cli.db",
}
"""First word of a command -> module; the module has `register(app)`, which adds its commands. Only the module asked for is imported."""


def build(words: list[str]) -> typer.Typer:
    """The app with the family that the words ask for, or with all of them when they ask for none (help, a typing error)."""
    app = typer.Typer(
        name="tracker",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Naval movements from open-source reports: who went where, when, by whose word.",
        epilog="Example: tracker demo; tracker vessels list; tracker where Yelnya --on 2024-12-05",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    asked = next((w for w in words if not w.startswith("-")), None)
    for family in [asked] if asked in FAMILIES else FAMILIES:
        import_module(FAMILIES[family]).register(app)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tracker {__version__}")
        raise typer.Exit


def _root(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version and stop.")) -> None:
    pass


def main(words: list[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 fine, 1 failure, 2 wrong usage, 3 nothing found."""
    words = sys.argv[1:] if words is None else words
    try:
        _check_text(words)
        build(words)(words, standalone_mode=True)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except TrackerError as error:
        from tracker.cli.show import talked

        print(talked(f"tracker: {_told(error, words)}"), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("tracker: stopped", file=sys.stderr)
        return 130
    return 0


_STORELESS = frozenset({"demo", "extract", "evaluate", "db"})


def _told(error: TrackerError, words: list[str]) -> str:
    """An error in a line; where a store without any report is why nothing was found, with that in place of advice about filters."""
    line = shown(" ".join(str(error).split()))
    if not isinstance(error, NothingFound) or words[0] in _STORELESS or "ingest FILE" in line or not _is_empty(words):
        return line
    return f"{line.split('; ')[0]}; the store holds no report yet, try `tracker ingest FILE`"


def _is_empty(words: list[str]) -> bool:
    """Whether the store that a command line asks is there and holds no document."""
    from tracker.domain.when import utc_now
    from tracker.settings import database_url
    from tracker.store.reader import open_reader

    given = [after for before, after in pairwise(words) if before == "--db"]
    given += [word.removeprefix("--db=") for word in words if word.startswith("--db=")]
    try:
        with open_reader(database_url(given[-1] if given else None), utc_now()) as reader:
            return not reader.holds_documents()
    except TrackerError:
        return False


def _check_text(words: list[str]) -> None:
    """Refuse a word whose bytes are no text in this terminal's encoding."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise UsageError(f"{word.encode('utf-8', 'replace').decode()} is no text in this terminal's encoding")


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show "≥" or "Ельня" shows "?" in their place
    sys.exit(main())
