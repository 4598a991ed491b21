"""`tracker places list | show`."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock
from tracker.cli.show import arranged, day, show, tell
from tracker.domain import columns
from tracker.domain.kinds import PlaceKind
from tracker.settings import database_url

app = typer.Typer(no_args_is_help=True, help="Places: ports, straits, seas, and what is told of them.", epilog="Example: tracker places show Tartus")
TABLE = (
    ("place", "place"),
    ("kind", "kind"),
    ("country", "country"),
    ("water", "water"),
    ("parent", "parent"),
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
    with open_reader(database_url(db), now) as reader:
        area = reader.find_place(inside)["key"] if inside else None
        tree = reader.tree()
        rows = [
            row
            for row in reader.places()
            if (whole or row["events"] or area or kind or country)
            and (not area or tree.inside(row["place_key"], area))
            and (not kind or row["kind"] == kind)
            and (not country or row["country"] == country.upper())
        ]
    for row in rows:
        row["last_told"], row["age"] = (
            day(row["last_end"]) if row["last_end"] else None,
            f"{row['age_days']} d" if row["age_days"] is not None else None,
        )
    show(
        arranged(rows, sort, limit, columns.PLACES),
        how=format.value,
        columns=columns.PLACES,
        table=TABLE,
        as_of=now,
        note="places",
        nothing="no place fits; try --all",
    )


@app.command("show", epilog="Example: tracker places show 'Strait of Gibraltar'")
def show_(name: Annotated[str, typer.Argument(help="Any name of the place.")], as_of: AsOfOption = None, db: DbOption = None) -> None:
    """Show a place: what and where it is, what holds it, and every event there or inside it."""
    from tracker.cli.cards import event_lines, wrapped
    from tracker.domain.kinds import AREA_KINDS
    from tracker.store.queries import EventFilter
    from tracker.store.reader import open_reader

    now = clock(as_of)
    with open_reader(database_url(db), now) as reader:
        place = reader.find_place(name)
        names = [alias for alias in reader.place_aliases(place["key"]) if alias != place["name"]]
        events = reader.events(EventFilter(area=place["key"]))
    point = (
        "an area, not a point"
        if place["kind"] in AREA_KINDS
        else f"{place['latitude']:.3f}, {place['longitude']:.3f} (within {place['radius_km']:g} km)"
        if (place["latitude"] is not None)
        else "no coordinates are known"
    )
    print(place["name"])
    for label, value in (
        ("kind", place["kind"].replace("_", " ")),
        ("country", place["country"]),
        ("position", point),
        ("lies in", place["parent"]),
        ("on the water", place["water"]),
        ("joins", (place["waters"] or "").replace("|", " and ")),
        ("UN/LOCODE", place["unlocode"]),
        ("also called", ", ".join(names)),
        ("events", len(events)),
    ):
        if value not in (None, ""):
            print(wrapped(f"{label:>13}  {value}", 15))
    for event in events:
        print()
        for line in event_lines(event, vessel=True):
            print(line)
    tell(f"as of {now:%Y-%m-%d %H:%M} UTC")
