"""`tracker plot activity | composition | straits`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from tracker.cli import asked
from tracker.cli.filters import (
    AreaOption,
    ClassOption,
    CountryOption,
    KnownOnOption,
    NamedOption,
    SinceOption,
    SourceOption,
    TypeOption,
    UntilOption,
    event_filter,
    period,
)
from tracker.cli.fleet.app import AreaArgument, OnOption, Row, asked_day
from tracker.cli.fleet.presence import there
from tracker.cli.fleet.ways import transit_rows
from tracker.cli.lettered import lettered
from tracker.cli.options import AsOfOption, DbOption, FontOption, clock, opened
from tracker.cli.plot import Colours, OutOption, ThemeOption, TitleOption, WidthOption, app
from tracker.domain import columns
from tracker.domain.kinds import Precision
from tracker.domain.told import LAST_SEEN_DAYS
from tracker.domain.when import Interval, parse_period
from tracker.errors import NothingFound


@app.command(epilog="Example: tracker plot activity --area Tartus --since 2024-11-25 --until 2024-12-31 -o tartus.png")
def activity(
    output: OutOption,
    area: AreaOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    theme: ThemeOption = Colours.LIGHT,
    width: WidthOption = 1200,
    font: FontOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Draw arrivals and departures by day, week or month and by what sort of vessel; hedged ones striped, undated ones left out and counted."""
    from tracker.cli import knowledge
    from tracker.report.activity import draw_activity
    from tracker.report.style import save
    from tracker.store.frames import frame

    with lettered(font, output):
        now = clock(as_of)
        with opened(db, now) as store:
            f = event_filter(store, now, country=country, type=type, class_name=class_name, area=area, source=source, since=since, until=until)
            rows = knowledge.events(store, replace(f, known_on=parse_period(known_on, now).end if known_on else None))
            where = store.find_place(area)["name"] if area else "all waters"
        heading = title or f"Activity: {where}{f' · {country.upper()}' if country else ''}"
        figure = draw_activity(
            frame(rows, columns.EVENTS), as_of=now, period=Interval(*period(since, until, now), Precision.RANGE), title=heading, theme=theme.value
        )
        print(save(figure, output, title=heading, width_px=width))


@app.command(epilog="Example: tracker plot composition 'Mediterranean Sea' --on 2024-12-05 --country RU -o force.png")
def composition(
    area: AreaArgument,
    output: OutOption,
    on: OnOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    named: NamedOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    theme: ThemeOption = Colours.LIGHT,
    width: WidthOption = 1200,
    font: FontOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Draw the force in an area on a day: a symbol for each vessel, by what sort it is and how sure it is that it is there."""
    from tracker.report.composition import draw_composition
    from tracker.report.style import save
    from tracker.store.frames import frame

    with lettered(font, output):
        now = clock(as_of)
        today = asked_day(on, now)
        with opened(db, now) as store:
            f = event_filter(store, now, country=country, type=type, class_name=class_name, named=named, known_on=known_on)
            scope = asked.scope(store, area)
            rows, _ = there(asked.fleet_on(store, f, scope, today), scope, today, LAST_SEEN_DAYS)
        heading = title or f"Force: {scope.name}{f' · {country.upper()}' if country else ''}"
        figure = draw_composition(frame(rows, (*columns.FLEET, "demo", "document_id")), on=today, as_of=now, title=heading, theme=theme.value)
        print(save(figure, output, title=heading, width_px=width))


@app.command(epilog="Example: tracker plot straits 'Strait of Gibraltar' --year 2024 -o gibraltar.png")
def straits(
    strait: Annotated[str, typer.Argument(metavar="STRAIT", help="A strait, canal or channel.")],
    output: OutOption,
    year: Annotated[int | None, typer.Option("--year", min=1900, max=2200, help="The year (default: that of as-of).")] = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    theme: ThemeOption = Colours.LIGHT,
    width: WidthOption = 1200,
    font: FontOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Draw the calendar of a strait: every dated passage of a year, by which way it led."""
    from tracker.report.straits import draw_straits
    from tracker.report.style import save
    from tracker.store.frames import frame

    with lettered(font, output):
        now = clock(as_of)
        asked_year = year or now.year
        with opened(db, now) as store:
            f = event_filter(store, now, country=country, type=type, class_name=class_name, known_on=known_on)
            name, rows = transit_rows(store, strait, f, date(asked_year, 1, 1), date(asked_year, 12, 31), now)
            if not rows:
                _, others = transit_rows(store, strait, f, None, None, now)
                raise NothingFound(f"no dated passage of {name} is told in {asked_year}; {_other_years(others)}")
        heading = title or f"{name}: passages of {asked_year}{f' · {country.upper()}' if country else ''}"
        figure = draw_straits(frame(rows, (*columns.TRANSITS, "demo", "document_id")), year=asked_year, as_of=now, title=heading, theme=theme.value)
        print(save(figure, output, title=heading, width_px=width))


def _other_years(rows: Sequence[Row]) -> str:
    """What to ask for instead: the years of which passages are told."""
    years = sorted({row["end"].year for row in rows if row["start"] and row["end"]})
    return f"there are some in {', '.join(map(str, years))} (--year)" if years else "none is told of any other year either"
