"""`tracker counts list | compare`: how many vessels reports say are in an area, and how many of them we can name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli import asked, tallies
from tracker.cli.filters import AreaOption, CountryOption, KnownOnOption, SinceOption, SourceOption, UntilOption, event_filter
from tracker.cli.fleet.app import AreaArgument, OnOption, asked_day
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import aged, arranged, counted, day, fitting, show, tell, told_clock
from tracker.domain import columns
from tracker.domain.phrases import told_modality
from tracker.domain.when import parse_day
from tracker.settings import database_url

if TYPE_CHECKING:
    from datetime import date

    from tracker.cli.tallies import Compared
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]

app = typer.Typer(
    no_args_is_help=True,
    help="Counts: how many vessels reports say are in an area on a day, and how many of them we can name.",
    epilog="Example: tracker counts list --area 'Mediterranean Sea'",
)
_WIDE_TERMINAL = 200  # columns; on a narrower one the words of a count would stand in a column of two
_LIST_WIDE = (
    ("when", "when"),
    ("area", "place"),
    ("told", "told"),
    ("of what", "of_what"),
    ("cc", "country"),
    ("part of", "part_of"),
    ("how", "how"),
    ("age", "age"),
    ("source", "said"),
    ("published", "published"),
    ("id", "count_id"),
    ("quote", "quote"),
)
_LIST_NARROW = (("when", "when"), ("area", "place"), ("count", "told_of_what"), ("age", "age"), ("source", "said"))
_COMPARE_WIDE = (
    ("told for", "when"),
    ("told", "told"),
    ("of what", "of_what"),
    ("named", "named_told"),
    ("vessels", "vessels"),
    ("perhaps", "vessels_perhaps"),
    ("verdict", "judged"),
    ("how", "how"),
    ("age", "age"),
    ("source", "said"),
    ("quote", "quote"),
)
_COMPARE_NARROW = (("told for", "when"), ("count", "told_of_what"), ("we name", "names"), ("verdict", "judged"), ("age", "age"))


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="counts")


@app.command("list", epilog="Example: tracker counts list --area Tartus --since 2024-12-01 --until 2024-12-15 --format csv")
def list_(
    area: AreaOption = None,
    country: CountryOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    on: OnOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List how many vessels reports say are in an area, oldest first, with the day, the bound, the source and the words.

    --on keeps the counts told for that day; an undated one counts for the day of its publication. --country asks for counts that tell whose they are.
    """
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        f = event_filter(reader, now, country=country, area=area, source=source, since=since, until=until, known_on=known_on)
        asked_on = parse_day(on, now) if on else None
        rows, untold = _listed(reader, f, asked_on)
        told = told_clock(reader, f.known_on)
    for row in rows:
        _complete(row)
    show(
        arranged(rows, sort, limit, columns.COUNTS),
        how=format.value,
        columns=columns.COUNTS,
        table=fitting(_LIST_WIDE, _LIST_NARROW, _WIDE_TERMINAL),
        clock=told,
        note="counts",
        nothing="no count is told there and then; try a wider area, other days, or no --country",
    )
    if untold:
        tell(f"{counted(untold, 'more counts')} {'does' if untold == 1 else 'do'} not tell whose they are: leave out --country to see them")


def _listed(reader: Reader, f: EventFilter, on: date | None) -> tuple[list[Row], int]:
    """The counts of a filter and a day, and how many more there are that tell no country."""
    every = [row for row in tallies.rows_of(reader, replace(f, country=None)) if on is None or (row["start"] or row["end"]) <= on <= row["end"]]
    rows = [row for row in every if f.country in (None, row["country"])]
    return rows, sum(row["country"] is None for row in every) if f.country else 0


@app.command("compare", epilog="Example: tracker counts compare Tartus --on 2024-12-05 --country RU")
def compare(
    area: AreaArgument,
    on: OnOption = None,
    country: CountryOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Compare the counts told of an area with the vessels that our events put there: "we can name 5 of 7", and what contradicts.

    A count bears on a day for as long as a sighting does (5 days at sea, 14 in port), and both are looked at on the day that it speaks of.
    """
    from tracker.store.reader import open_reader

    now = clock(as_of)
    today = asked_day(on, now)
    with open_reader(database_url(db), now) as reader:
        f = event_filter(reader, now, country=country, known_on=known_on)
        scope, fleet = asked.scope(reader, area), asked.fleet(reader, f)
        rows = tallies.bearing_rows(reader, f, scope)
        fleet.fetch_vessels()
        told = told_clock(reader, f.known_on)
    found = [_row(one, today) for one in tallies.compared(rows, fleet, scope, today)]
    show(
        arranged(found, sort, limit, columns.COMPARED),
        how=format.value,
        columns=columns.COMPARED,
        table=fitting(_COMPARE_WIDE, _COMPARE_NARROW, _WIDE_TERMINAL),
        clock=told,
        note="counts",
        nothing=f"no count told of {scope.name} bears on {day(today)}; `tracker counts list --area` shows those of other days",
    )


def _complete(row: Row) -> Row:
    """Add what people see."""
    row["age"], row["how"] = aged(row), told_modality(row["modality"], row["hedge"])
    row["of_what"] = row["subset"] or row["what"]
    row["told_of_what"] = f"{row['told']} {row['of_what']}\n{row['how']}"
    row["said"] = f"{row['source']} [{row['grade']}{row['credibility']}]"
    return row


def _row(one: Compared, on: date) -> Row:
    found, row = one.found, _complete(dict(one.row))
    named, perhaps = tallies.named_vessels(found.named), tallies.named_vessels(found.perhaps)
    row |= {
        "compared_on": found.on,
        "gap_days": (on - found.on).days,
        "named": len(found.named),
        "perhaps": len(found.perhaps),
        "unnamed": found.unnamed,
        "verdict": found.verdict.value,
        "why": "; ".join(filter(None, (found.why, f"excluded by {', '.join(found.others)}" if found.others else ""))),
        "vessels": ", ".join(named),
        "vessels_perhaps": ", ".join(perhaps),
        "event_ids": " ".join(placed.standing.event.id for placed in (*found.named, *found.perhaps) if placed.standing.event),
    }
    row["named_told"] = tallies.named_words(one)
    row["names"] = "\n".join(filter(None, (row["named_told"], row["vessels"])))
    row["judged"] = tallies.verdict_words(one) or "fits"
    return row
