"""`tracker vessels clashes`: what sources say of a vessel itself, and its record doesn't hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import CountryOption, country_code
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import arranged, day, show, told_clock
from tracker.domain import columns
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.store.reader import Reader

Row = dict[str, Any]
TABLE = (
    ("vessel", "vessel"),
    ("slot", "slot"),
    ("said", "said_told"),
    ("record", "record_told"),
    ("degree", "degree"),
    ("documents", "documents"),
    ("last said by", "source"),
    ("published", "published"),
    ("age", "age"),
    ("quote", "quoted"),
)


def attach(app: typer.Typer) -> None:
    """Add this command to the family `vessels`."""
    app.command("clashes", epilog="Example: tracker vessels clashes --near")(clashes)


def clashes(
    vessel: Annotated[str | None, typer.Argument(metavar="[VESSEL]", help="A vessel, by any of its names, its key or its hull number.")] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Also words that may mean the same ship: destroyer and frigate, Project 636 and 636.3.")
    ] = False,
    country: CountryOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List what sources say of vessels against their record: another type, class, project, hull or country. Neither overwrites the other."""
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), clock(as_of)) as reader:
        keys = {row["key"] for row in reader.find_vessels(vessel)} if vessel else None
        rows, told = clash_rows(reader, keys), told_clock(reader)
    wanted = country_code(country)
    rows = [row for row in rows if (near or row["degree"] == "clash") and wanted in (None, row["country"])]
    show(
        arranged(rows, sort, limit, columns.CLASHES),
        how=format.value,
        columns=columns.CLASHES,
        table=TABLE,
        clock=told,
        note="clashes",
        nothing="no source says of a vessel what its record doesn't" + ("" if near else "; --near also lists words that may mean the same"),
    )


def clash_rows(reader: Reader, keys: Iterable[str] | None = None) -> list[Row]:
    """Rows of `columns.CLASHES`, of some vessels by key or of all; clashes before near words, then by vessel. Besides them `country`."""
    from tracker.analysis.clashes import degree
    from tracker.domain.decisions import gathered
    from tracker.domain.names import fold

    vessels, decisions = reader.vessel_identities(), gathered(reader.decisions())
    classes = frozenset(fold(row["class"]) for row in vessels.values() if row["class"])
    wanted = None if keys is None else set(keys)
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in reader.said():
        key = decisions.final(row["vessel_key"])
        if key in vessels and (wanted is None or key in wanted):
            groups.setdefault((key, row["slot"], row["said"]), []).append(row)
    found = []
    for (key, slot, said), rows in groups.items():
        how = degree(slot, said, vessels[key], classes)
        if how:
            found.append(_row(key, vessels[key], rows, reader) | {"degree": how.value})
    return sorted(found, key=lambda row: (row["degree"], row["vessel"], row["vessel_key"], row["slot"], row["said"]))


def _row(key: str, vessel: Row, rows: list[Row], reader: Reader) -> Row:
    from tracker.domain.phrases import told_type
    from tracker.domain.when import age_days, told_age

    last, days = rows[-1], [row["published"] for row in rows if row["published"]]
    age = age_days(max(days, default=None), reader.as_of)
    record, is_type = vessel[last["slot"]], last["slot"] == "type"
    return last | {
        "vessel_key": key,
        "vessel": vessel["vessel"],
        "country": vessel["country"],
        "in_register": bool(vessel["in_register"]),
        "record": record,
        "said_told": told_type(last["said"]) if is_type else last["said"],
        "record_told": told_type(record) if is_type else record,
        "documents": len(rows),
        "sources": len({row["source"] for row in rows}),
        "first_published": min(days, default=None),
        "last_published": max(days, default=None),
        "age_days": age,
        "as_of": reader.as_of,
        "age": told_age(age) if age is not None else None,
        "quoted": f"“{' '.join(last['quote'].split())}”",
    }


def told_clashes(rows: Iterable[Row]) -> str | None:
    """Clashes as a line of a vessel's card: "cruiser (type; Wire A, 3 Dec 2024)"; None without any."""
    told = (f"{row['said_told']} ({row['slot']}; {row['source']}, {day(row['published'])})" for row in rows if row["degree"] == "clash")
    return "; ".join(told) or None
