"""The list of the reports that were made: written by each, shown by `tracker report list`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.options import DbOption, Format, FormatOption, LimitOption
from tracker.cli.show import fitting, show, tell
from tracker.domain import columns
from tracker.domain.when import parse_period, utc_now
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.report.facts import MovementFacts

Row = dict[str, Any]
_ID_LENGTH = 16
_ELSEWHERE = frozenset({"output", "db", "as_of", "known_on"})
"""Options that say where, or that have a column of their own."""
_WIDE_TERMINAL = 150  # columns
NARROW = (("id", "report_id"), ("report", "what"), ("claims", "claims"), ("no longer stand", "stale"))
"""Some lines a report, for terminals where TABLE would break every cell."""
TABLE = (
    ("id", "report_id"),
    ("made", "made"),
    ("kind", "kind"),
    ("title", "title"),
    ("file", "file"),
    ("as of", "as_of_day"),
    ("events", "events"),
    ("claims", "claims"),
    ("no longer stand", "stale"),
)


def attach(app: typer.Typer) -> None:
    """Add this command to the family `report`."""
    app.command("list", epilog="Example: tracker report list")(list_)


def enter(context: typer.Context, facts: MovementFacts, claims: Iterable[Row], paths: Sequence[Path]) -> None:
    """Note reports that were written: their options, and the events and claims in them. A store that can't be written to goes without."""
    from tracker.store.reports import Made, keep

    words, now = context.params, utc_now()
    known_on = parse_period(words["known_on"], facts.head.as_of).end if words["known_on"] else None
    options = {name: str(value) for name, value in words.items() if value and name not in _ELSEWHERE}
    printed = tuple(sorted(row["claim_id"] for row in claims if row["event_id"] in facts.refs))
    for path in paths:
        number = hashlib.sha256(path.read_bytes()).hexdigest()[:_ID_LENGTH]
        kind, head = str(context.info_name), facts.head
        made = Made(number, kind, head.title, path.name, now, head.as_of, known_on, options, tuple(sorted(facts.refs)), printed)
        if not keep(database_url(words["db"]), made):
            tell("note: the store can't be written to now; the report is not in its list (tracker report list)")
            return


def list_(format: FormatOption = Format.TABLE, limit: LimitOption = None, db: DbOption = None) -> None:
    """List the reports that were made, and how many of the claims printed in each no longer stand: replaced, withdrawn, rejected, read anew."""
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), utc_now()) as reader:
        rows = reader.reports()
        stand = {row["claim_id"] for row in reader.claims()} if rows else set()
    for row in rows:
        row["stale"] = sum(number not in stand for number in row["claims"])
        row["events"], row["claims"] = len(row["events"]), len(row["claims"])
        row["options"] = " ".join(f"--{name} '{value}'" for name, value in row["options"].items())
        row["made"], row["as_of_day"] = f"{row['made_at']:%Y-%m-%d %H:%M}", f"{row['of_time']:%Y-%m-%d}"
        row["what"] = f"{row['title']}\n{row['file']} · as of {row['as_of_day']}\nmade {row['made']}"
    show(
        rows[-limit:] if limit else rows,
        how=format.value,
        columns=columns.REPORTS,
        table=fitting(TABLE, NARROW, _WIDE_TERMINAL),
        clock="times are UTC",
        note="reports",
        nothing="no report was made from this store; try `tracker report movements -o brief.pdf`",
    )
