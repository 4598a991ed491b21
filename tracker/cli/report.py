"""`tracker report movements`, and what all reports share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker import __version__
from tracker.cli import asked, made
from tracker.cli.filters import AreaOption, CountryOption, KnownOnOption, SinceOption, UntilOption, event_filter, period
from tracker.cli.options import AsOfOption, DbOption, clock
from tracker.cli.show import tell
from tracker.domain import columns
from tracker.domain.kinds import EventKind, PlaceKind, Precision
from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.report.book import Written
    from tracker.report.facts import MovementFacts, Request
    from tracker.report.pages import Paper
    from tracker.store.reader import Reader, Row


MOST_LANES = 24
"""A timeline of more vessels than this fills pages that nobody reads; `tracker plot timeline` draws them all."""


class Size(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


OutOption = Annotated[
    list[Path], typer.Option("--output", "-o", metavar="FILE", help="Where to write it: FILE.pdf, .png, .html or .md; several are allowed.")
]
TitleOption = Annotated[str | None, typer.Option("--title", help="Title, instead of one made from the area and the country.")]
PaperOption = Annotated[Size, typer.Option("--paper", help="Paper of a PDF.")]
EmptyOption = Annotated[bool, typer.Option("--allow-empty", help="Write the report even when nothing is found; otherwise exit code 3 and no file.")]

app = typer.Typer(
    no_args_is_help=True,
    help="Reports to read and to publish: every statement with its source.",
    epilog="Example: tracker report movements --area 'Mediterranean Sea' --country RU --since 2024-11-30 --until 2024-12-15 -o brief.pdf",
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    import_module("tracker.cli.report_more")  # adds its own to the app
    made.attach(app)
    parent.add_typer(app, name="report")


@app.callback()
def _family() -> None:
    """Reports to read and to publish: every statement with its source."""


@app.command(epilog="Example: tracker report movements --area 'Mediterranean Sea' --country RU --since 2024-11-30 --until 2024-12-15 -o brief.pdf")
def movements(
    context: typer.Context,
    output: OutOption,
    area: AreaOption = None,
    country: CountryOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOnOption = None,
    title: TitleOption = None,
    paper: PaperOption = Size.A4,
    allow_empty: EmptyOption = False,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Who came, went and was where, in an area and a period, with a map, a timeline and the sentence behind every line.

    The same store, options and --as-of give the same bytes. Made by program and marked as a draft: read the quoted sentences before you publish.
    """
    from tracker.cli import knowledge
    from tracker.report.book import report_suffix, write_report
    from tracker.report.facts import movement_facts
    from tracker.report.lint import refuse

    for path in output:
        report_suffix(path)
    now = clock(as_of)
    span = Interval(*period(since, until, now), Precision.RANGE)
    with opened(db, now) as reader:
        wanted = event_filter(reader, now, country=country, until=until, known_on=known_on)
        events, places = knowledge.events(reader, wanted), reader.places()
        wish = request(reader, places, area, span, now, title, wanted.country)
        claims = knowledge.claims(reader, events, wanted.known_on)
        facts = refuse(movement_facts(events, claims, wish))
    if facts.empty and not allow_empty:
        raise NothingFound(f"nothing is told of {wish.scope.name} in that period; drop a filter, or write an empty report with --allow-empty")
    drawn = figures(facts, events, places, wish)
    for path in output:
        named(write_report(facts, drawn, path, paper=paper_of(paper)))
    made.enter(context, facts, claims, output)


def paper_of(paper: Size) -> Paper:
    """The page behind `--paper`."""
    from tracker.report.pages import Paper

    return Paper.LETTER if paper is Size.LETTER else Paper.A4


def named(written: Written) -> None:
    """Name a report that was written, with what its reader should know."""
    for warning in written.warnings:
        tell(f"tracker: {warning}")
    print(written.path)


def opened(db: str | None, now: datetime) -> Reader:
    """The store."""
    from tracker.store.reader import open_reader

    return open_reader(database_url(db), now)


def request(
    reader: Reader, places: Sequence[Row], area: str | None, span: Interval, now: datetime, title: str | None, country: str | None
) -> Request:
    """What is asked for, with the places and horizons that the answer needs."""
    from tracker.analysis.scope import Scope
    from tracker.analysis.whereabouts import horizons
    from tracker.report.facts import Request

    return Request(
        scope=asked.scope(reader, area) if area else Scope("all waters"),
        period=span,
        as_of=now,
        horizons={EventKind(kind): days for kind, days in horizons().items()},
        version=__version__,
        title=title,
        country=country,
        country_name=next((row["place"] for row in places if row["kind"] == PlaceKind.COUNTRY and row["country"] == country), None),
        sea=asked.sea(reader),
        straits={row["key"]: tuple(row["waters"].split("|")) for row in reader.straits()},
        homes=reader.home_ports(),
        names={row["place_key"]: row["place"] for row in places},
    )


def figures(facts: MovementFacts, events: Sequence[Row], places: Sequence[Row], request: Request) -> Mapping[str, str]:
    """The map and the timeline of the events that the report tells of, as SVG texts; a map is left out where no place is told."""
    from tracker.gazetteer.areas import read_areas
    from tracker.report.book import as_svg
    from tracker.report.maps import draw_map
    from tracker.report.style import PRINTED_IN, PRINTED_LANES_IN
    from tracker.report.timeline import draw_timeline, timeline_pages
    from tracker.resources import resource
    from tracker.store.frames import frame

    rows = [row for row in events if row["event_id"] in facts.told]
    if not rows:
        return {}
    told = frame(rows, columns.EVENTS)
    common: dict[str, Any] = {"as_of": request.as_of, "period": request.period, "width_in": PRINTED_IN}
    lanes, title = _lanes(rows)
    figures, laned = {}, frame(lanes, columns.EVENTS)
    for page in range(1, timeline_pages(laned, page_in=PRINTED_LANES_IN, **common) + 1):
        figures[f"timeline-{page}"] = as_svg(draw_timeline(laned, title=title, page=page, page_in=PRINTED_LANES_IN, **common), title)
    heading = request.scope.name if request.scope.key else request.title or request.scope.name
    try:
        drawn = draw_map(
            told,
            frame(places, columns.PLACES),
            read_areas(resource("seeds", "areas.geojson")),
            title=heading,
            **common,
        )
    except NothingFound:
        return figures
    return figures | {"map": as_svg(drawn, "Map")}


def _lanes(rows: Sequence[Row]) -> tuple[Sequence[Row], str]:
    """The rows for the timeline and its title: of many vessels, those of which most is told."""
    counts = Counter(row["vessel_key"] for row in rows)
    if len(counts) <= MOST_LANES:
        return rows, "Timeline"
    chosen = {key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_LANES]}
    return [row for row in rows if row["vessel_key"] in chosen], f"Timeline: the {MOST_LANES} vessels of which most is told, of {len(counts)}"
