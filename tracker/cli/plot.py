"""`tracker plot timeline | map`, and the family that `plot_force` adds to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import (
    AreaOption,
    ClassOption,
    CountryOption,
    KindOption,
    KnownOnOption,
    ModalityOption,
    NamedOption,
    SinceOption,
    SourceOption,
    TypeOption,
    UntilOption,
    VesselOption,
    event_filter,
    period,
)
from tracker.cli.lettered import lettered
from tracker.cli.options import AsOfOption, DbOption, FontOption, clock, opened
from tracker.domain import columns
from tracker.domain.kinds import EventKind, Modality, Precision, VesselType
from tracker.domain.when import Interval
from tracker.errors import NothingFound

if TYPE_CHECKING:
    from tracker.store.reader import Reader


class Colours(StrEnum):
    """The themes of a picture."""

    LIGHT = "light"
    DARK = "dark"


OutOption = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it: FILE.png, FILE.svg or FILE.pdf.")]
ThemeOption = Annotated[Colours, typer.Option("--theme", help="Light for paper, dark for a screen.")]
WidthOption = Annotated[int, typer.Option("--width", min=400, max=6000, metavar="PX", help="Width of a PNG in pixels.")]
TitleOption = Annotated[str | None, typer.Option("--title", help="Title, instead of one made from the filters.")]

app = typer.Typer(
    no_args_is_help=True,
    help="Draw what is told: lanes, a map, comings and goings, a force, the calendar of a strait.",
    epilog="Example: tracker plot map --area 'Mediterranean Sea' --since 2024-11-30 -o map.png; with Chinese names: --font NotoSansSC.ttf",
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    import_module("tracker.cli.plot_force")  # adds its own to the app
    parent.add_typer(app, name="plot")


@app.command(epilog="Example: tracker plot timeline --area Tartus --since 2024-11-30 --until 2024-12-31 -o tartus.png")
def timeline(
    output: OutOption,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    area: AreaOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    vessel: VesselOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    named: NamedOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    theme: ThemeOption = Colours.LIGHT,
    width: WidthOption = 1200,
    font: FontOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Draw a lane for each vessel: in port, at sea, in transit; what nobody tells is drawn as unknown."""
    with lettered(font, output):
        now = clock(as_of)
        filters = _filters(country, type, class_name, area, kind, modality, vessel, source, since, until, named, known_on)
        with opened(db, now) as reader:
            events = _events(reader, now, filters)
        from tracker.report.style import save_pages, told_period
        from tracker.report.timeline import draw_timelines

        asked, heading = _period(since, until, now), title or _title("Timeline of movements", filters)
        figures = draw_timelines(events, as_of=now, period=asked, title=heading, theme=theme.value, of_area=area is not None)
        if not figures:
            raise NothingFound(f"no event to draw in {told_period(asked)}")
        _name(save_pages(figures, output, title=heading, width_px=width))


@app.command("map", epilog="Example: tracker plot map --country RU --since 2024-12 -o december.png --theme dark")
def map_(
    output: OutOption,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    area: AreaOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    vessel: VesselOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    named: NamedOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    theme: ThemeOption = Colours.LIGHT,
    width: WidthOption = 1200,
    font: FontOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Draw a map of where vessels were told to be: places as points, seas as areas, no position made up."""
    with lettered(font, output):
        now = clock(as_of)
        filters = _filters(country, type, class_name, area, kind, modality, vessel, source, since, until, named, known_on)
        with opened(db, now) as reader:
            events = _events(reader, now, filters)
            rows = reader.places()
        from tracker.gazetteer.areas import read_areas
        from tracker.report.maps import draw_map
        from tracker.report.style import save
        from tracker.resources import resource
        from tracker.store.frames import frame

        heading, places = title or _title("Map of movements", filters), frame(rows, columns.PLACES)
        outlines = read_areas(resource("seeds", "areas.geojson"))
        figure = draw_map(events, places, outlines, as_of=now, period=_period(since, until, now), title=heading, theme=theme.value)
        _name([save(figure, output, title=heading, width_px=width)])


def _filters(
    country: str | None,
    type: VesselType | None,
    class_name: str | None,
    area: str | None,
    kind: EventKind | None,
    modality: Modality | None,
    vessel: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    named: bool | None,
    known_on: str | None,
) -> dict[str, Any]:
    """The options as `event_filter` takes them; in the order of the commands' options."""
    return dict(locals())


def _events(reader: Reader, now: datetime, filters: dict[str, Any]) -> Any:
    """The frame of the events that fit, names in the filters replaced by those that the store knows. Raises NothingFound for none."""
    from tracker.cli.knowledge import events as known_by
    from tracker.store.frames import frame

    rows = known_by(reader, event_filter(reader, now, **filters))
    if not rows:
        raise NothingFound("no event fits, so there is nothing to draw; drop a filter")
    if filters["vessel"]:
        filters["vessel"] = reader.find_vessels(filters["vessel"])[0]["label"]
    if filters["area"]:
        filters["area"] = reader.find_place(filters["area"])["name"]
    return frame(rows, columns.EVENTS)


def _period(since: str | None, until: str | None, now: datetime) -> Interval:
    first, last = period(since, until, now)
    return _named_month(first, last) or Interval(first, last, Precision.RANGE)


def _named_month(first: date | None, last: date | None) -> Interval | None:
    """The month or year that a stretch is, so that it is told as one."""
    if first is None or last is None:
        return None
    return next(
        (whole for whole in (Interval.month(first.year, first.month), Interval.year(first.year)) if (whole.start, whole.end) == (first, last)), None
    )


def _title(what: str, filters: dict[str, Any]) -> str:
    """A title from the filters: "Map of movements: Mediterranean Sea · RU · frigates"."""
    from tracker.domain.kinds import TYPE_PLURALS

    named = {True: "named vessels", False: "unnamed vessels"}.get(filters["named"])
    words = [
        filters["vessel"],
        filters["area"],
        filters["country"] and filters["country"].upper(),
        filters["type"] and TYPE_PLURALS[filters["type"]],
        filters["class_name"] and f"{filters['class_name']} class",
        filters["kind"] and filters["kind"].value.replace("_", " "),
        filters["modality"] and filters["modality"].value,
        named,
        filters["source"] and f"told by {filters['source']}",
        filters["known_on"] and f"as known on {filters['known_on']}",
    ]
    return f"{what}: {' · '.join(word for word in words if word) or 'all vessels'}"


def _name(paths: Sequence[Path]) -> None:
    """Name the files that were written."""
    for path in paths:
        print(path)
