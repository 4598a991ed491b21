"""The family `tracker fleet`, and what its commands share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from typing import Annotated, Any

import typer

from tracker.cli.show import aged, counted, fitting, show
from tracker.domain.phrases import told_modality, told_type
from tracker.domain.when import parse_day

Row = dict[str, Any]
Cells = Sequence[tuple[str, str]]

app = typer.Typer(
    no_args_is_help=True,
    help="Questions about many vessels: who is in an area, what changed, who was not seen, what does not fit.",
    epilog="Example: tracker fleet at 'Mediterranean Sea' --on 2024-12-05",
)
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day asked about (default: as-of).")]
AreaArgument = Annotated[str, typer.Argument(metavar="PLACE|AREA", help="A place or area, with all that lies inside it.")]
_WIDE_TERMINAL = 140  # columns


def register(parent: typer.Typer) -> None:
    """Add this family."""
    for commands in ("presence", "conduct", "ways"):  # each adds its own to the app
        import_module(f"tracker.cli.fleet.{commands}")
    parent.add_typer(app, name="fleet")


def asked_day(on: str | None, now: datetime) -> date:
    """The day asked about."""
    return parse_day(on, now) if on else now.date()


def complete(row: Row) -> Row:
    """Add what people see: who, how firmly, how old, by whose words."""
    from tracker.cli.cards import said_by

    row["type_told"], row["age"] = told_type(row["type"]), aged(row)
    facts = (row["type_told"] if not row["vessel_key"].startswith("unnamed/") else None, row["class"], row["country"])
    row["who"] = "\n".join(filter(None, (row["vessel"], " · ".join(filter(None, facts)))))
    if row.get("event_id"):
        row["told"] = told_modality(row["modality"], row["hedge"])
        row["where_and_when"] = f"{row['place']}\n{row['when']} · {row['told']}"
        row["said"] = f"{said_by(row)}\n{row['event_id']}"
    return row


def answer(rows: list[Row], how: str, columns: Sequence[str], *, wide: Cells, narrow: Cells, clock: str, note: str, nothing: str) -> None:
    """Write the rows of an answer: wide or narrow on a terminal, the wide one plain in a pipe. Raises NothingFound where there are none."""
    show(rows, how=how, columns=columns, table=fitting(wide, narrow, _WIDE_TERMINAL), clock=clock, note=note, nothing=nothing)


def days(number: int | None) -> str:
    """A number of days for people."""
    return "" if number is None else counted(number, "days")
