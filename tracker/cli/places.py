"""`tracker places list | show`."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.filters import country_code
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import Row, arranged, day, fitting, show, since_last, tell, tell_grades, told_clock
from tracker.domain import columns
from tracker.domain.kinds import PlaceKind
from tracker.settings import database_url

app = typer.Typer(no_args_is_help=True, help="Places: ports, straits, seas, and what is told of them.", epilog="Example: tracker places show Tartus")
_WIDE_TERMINAL = 120  # columns
NARROW = (("place", "what"), ("lies in", "within"), ("events", "events"), ("last event", "last_told"), ("age", "age"))
"""Two lines a place, for terminals where TABLE would break names."""
TABLE = (
    ("place", "place"),
    ("kind", "kind_told"),
    ("cc", "country"),
    ("lies in", "parent"),
    ("on the water", "water"),
    ("events", "events"),
    ("last event", "last_told"),
    ("age", "age"),
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    parent.add_typer(app, name="places")


@app.command("list", epilog="Example: tracker places list --inside 'Mediterranean Sea'")
def list_(
    inside: Annotated[str | None, typer.Option("--inside", "--area", metavar="NAME", help="Only places inside this one.")] = None,
    kind: Annotated[PlaceKind | None, typer.Option("--kind", metavar="KIND", help="naval_base, port, strait, sea, …")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CC", help="Country, two letters.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="The whole gazetteer, also places without any event.")] = False,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """List the places of which the store knows an event. An area has no coordinates: its centre is no position."""
    from tracker.store.reader import open_reader

    now = clock(as_of)
    wanted = country_code(country)
    with open_reader(database_url(db), now) as reader:
        area = reader.find_place(inside)["key"] if inside else None
        tree = reader.tree()
        rows = [
            row
            for row in reader.places()
            if (whole or row["events"] or area or kind or wanted)
            and (not area or tree.inside(row["place_key"], area))
            and (not kind or row["kind"] == kind)
            and (not wanted or row["country"] == wanted)
        ]
        told = told_clock(reader)
    for row in rows:
        _complete(row)
    show(
        arranged(rows, sort, limit, columns.PLACES),
        how=format.value,
        columns=columns.PLACES,
        table=fitting(TABLE, NARROW, _WIDE_TERMINAL),
        clock=told,
        note="places",
        nothing="no place fits; try --all",
    )


def _complete(row: Row) -> None:
    """Add what people see: kind and days in words, and the cells of the narrow table."""
    row["kind_told"] = row["kind"].replace("_", " ")
    row["last_told"], row["age"] = day(row["last_end"]) if row["last_end"] else None, since_last(row, "last_end")
    row["what"] = f"{row['place']}\n{' · '.join(filter(None, (row['kind_told'], row['country'])))}"
    row["within"] = "\n".join(dict.fromkeys(filter(None, (row["parent"], row["water"]))))


@app.command("show", epilog="Example: tracker places show 'Strait of Gibraltar'")
def show_(name: Annotated[str, typer.Argument(help="Any name of the place.")], as_of: AsOfOption = None, db: DbOption = None) -> None:
    """Show a place: what and where it is, what holds it, and every event there or inside it."""
    from tracker.cli.cards import bold, event_lines, fact_lines
    from tracker.store.queries import EventFilter
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        place = reader.find_place(name)
        names = [alias for alias in reader.place_aliases(place["key"]) if alias != place["name"]]
        events = reader.events(EventFilter(area=place["key"]))
        joined = [reader.find_place(key)["name"] for key in (place["waters"] or "").split("|") if key]
        told = told_clock(reader)
    print(bold(place["name"]))
    for line in fact_lines(
        [
            ("kind", place["kind"].replace("_", " ")),
            ("country", place["country"]),
            ("position", _position(place)),
            ("lies in", place["parent"]),
            ("on the water", place["water"]),
            ("joins", " and ".join(joined)),
            ("UN/LOCODE", place["unlocode"]),
            ("also called", ", ".join(names)),
            ("events", len(events)),
        ]
    ):
        print(line)
    for event in events:
        print()
        for line in event_lines(event, vessel=True):
            print(line)
    tell(told)
    tell_grades(events)


def _position(place: Row) -> str:
    from tracker.domain.kinds import AREA_KINDS

    if place["kind"] in AREA_KINDS:
        return "an area, not a point"
    if place["latitude"] is None:
        return "no coordinates are known"
    point = f"{place['latitude']:.3f}, {place['longitude']:.3f}"
    return f"{point} (within {place['radius_km']:g} km)" if place["radius_km"] else f"{point} (how exact isn't known)"
