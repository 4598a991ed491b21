"""From what the store tells to the files of a report: figures, pages, annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.beside import beside
from tracker.cli.drawing import matplotlib_ready
from tracker.cli.show import tell
from tracker.domain.kinds import ReviewStatus
from tracker.errors import NothingFound

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tracker.report.blocks import Book
    from tracker.report.corrections import Correction
    from tracker.report.facts import MovementFacts, Request

MOST_LANES = 24
"""A timeline of more vessels than this fills pages that nobody reads; `tracker plot timeline` draws them all."""
Row = dict[str, Any]
Pages = Callable[[bool, Sequence[str]], "Book"]
"""The pages of a report, or the one page of it that can be posted, with the figures of these names."""
Titled = tuple["Figure", str]
"""A figure and its title."""


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
AnnexOption = Annotated[Path | None, typer.Option("--annex", metavar="DIR", help="Also write the tables as CSV, JSON and GeoJSON into this folder.")]
ReviewedOption = Annotated[bool, typer.Option("--reviewed-only", help="Only events all of whose claims people accepted.")]


@dataclass(frozen=True)
class Files:
    """Which files are wanted, and how."""

    output: Sequence[Path]
    paper: Size = Size.A4
    annex: Path | None = None
    font: Path | None = None
    allow_empty: bool = False


@dataclass(frozen=True)
class Told:
    """What a report is made from: rows of `columns.EVENTS`, `columns.CLAIMS` and `columns.PLACES`, what is asked, and what publishers changed."""

    events: list[Row]
    claims: list[Row]
    places: list[Row]
    request: Request
    changed: tuple[Correction, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Place key -> name."""
        return {row["place_key"]: row["place"] for row in self.places}


def ready(files: Files) -> Files:
    """The files, once their names are known to be good. Raises UsageError."""
    matplotlib_ready()
    from tracker.report.book import report_suffix

    for path in files.output:
        report_suffix(path)
    return files


def reviewed(events: list[Row], *, only: bool) -> list[Row]:
    """The events, or those of them that people accepted whole."""
    return [row for row in events if row["status"] == ReviewStatus.ACCEPTED] if only else events


def write(facts: MovementFacts, told: Told, pages: Pages, files: Files, nothing: str) -> None:
    """Write the files of a report and name them. Raises NothingFound with `nothing` where nothing is told, unless that is allowed."""
    from tracker.report.book import write_book
    from tracker.report.evidence import evidence_of
    from tracker.report.fonts import read_font, using
    from tracker.report.pages import Paper
    from tracker.report.style import LIGHT, look

    if facts.empty and not files.allow_empty:
        raise NothingFound(f"{nothing}; drop a filter, or write an empty report with --allow-empty")
    font = read_font(files.font) if files.font else None
    with using(font), look(LIGHT):
        drawn = {} if facts.empty else figures(facts, told, {path.suffix.lower() for path in files.output})
    paper = Paper.LETTER if files.paper is Size.LETTER else Paper.A4
    with _annex(files.annex, pages, facts, told):
        for path in files.output:
            book = pages(path.suffix.lower() == ".png", tuple(drawn))
            evidence = evidence_of(book, facts, told.events, told.claims)
            pictures = {name: each.outlined if path.suffix.lower() == ".html" else each.worded for name, each in drawn.items()}
            written = write_book(book, pictures, path, paper=paper, evidence=evidence.as_bytes(), font=font)
            for warning in written.warnings:
                tell(f"tracker: {warning}")
            print(written.path)
    if files.annex:
        print(files.annex)


def _annex(folder: Path | None, pages: Pages, facts: MovementFacts, told: Told) -> AbstractContextManager[None]:
    """The annex, complete before the first file of the report is written, and in its place after the last."""
    from tracker.cli.annex import annex
    from tracker.report.evidence import evidence_of

    if folder is None:
        return nullcontext()
    return annex(folder, evidence_of(pages(False, ()), facts, told.events, told.claims), told.events, told.claims, told.places)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as SVG, its letters as outlines and as text; empty where no file wants it."""

    outlined: str
    worded: str


def figures(facts: MovementFacts, told: Told, ends: Set[str]) -> dict[str, Picture]:
    """The timeline, the deployments and the map of the events that the report tells of, for files with these suffixes."""
    rows = [row for row in told.events if row["event_id"] in facts.told]
    if not rows:
        return {}
    on_map = beside(lambda: _written(_map(rows, told), ends))
    return _written(_bars(facts, rows, told.request), ends) | on_map()


def _written(drawn: Mapping[str, Titled], ends: Set[str]) -> dict[str, Picture]:
    from tracker.report.style import svg

    def made(titled: Titled, wanted: Set[str], *, words: bool) -> str:
        return svg(*titled, words=words) if ends & wanted else ""

    return {name: Picture(made(one, {".html"}, words=False), made(one, {".pdf", ".png"}, words=True)) for name, one in drawn.items()}


def _bars(facts: MovementFacts, rows: Sequence[Row], request: Request) -> dict[str, Titled]:
    """The pages of the timeline, and the days away from home where more than one vessel is."""
    from tracker.report.deployment_bars import draw_deployments
    from tracker.report.style import PRINTED_IN, PRINTED_LANES_IN
    from tracker.report.timeline import draw_timelines
    from tracker.report.voyage_blocks import BARS

    lanes, title = _lanes(rows)
    size: dict[str, Any] = {"width_in": PRINTED_IN, "page_in": PRINTED_LANES_IN}
    pages = draw_timelines(lanes, as_of=request.as_of, period=request.period, title=title, of_area=request.scope.key is not None, **size)
    drawn: dict[str, Titled] = {f"timeline-{number}": (page, title) for number, page in enumerate(pages, 1)}
    away = facts.voyages.away
    if len(away) > 1:
        title = "Deployments: days away from home"
        drawn[BARS] = draw_deployments(away, rows, on=facts.on, as_of=request.as_of, title=title, width_in=PRINTED_IN), title
    return drawn


def _map(rows: Sequence[Row], told: Told) -> dict[str, Titled]:
    """The map; none where no place is told."""
    from tracker.gazetteer.areas import read_areas
    from tracker.report.maps import draw_map
    from tracker.report.style import PRINTED_IN
    from tracker.resources import resource

    request = told.request
    name = request.scope.name if request.scope.key else request.title or request.scope.name
    heading = name[:1].upper() + name[1:]
    areas = read_areas(resource("seeds", "areas.geojson"))
    try:
        drawn = draw_map(rows, told.places, areas, as_of=request.as_of, period=request.period, title=heading, width_in=PRINTED_IN)
    except NothingFound:
        return {}
    return {"map": (drawn, "Map")}


def _lanes(rows: Sequence[Row]) -> tuple[Sequence[Row], str]:
    """The rows for the timeline and its title: of many vessels, those of which most is told."""
    counts = Counter(row["vessel_key"] for row in rows)
    if len(counts) <= MOST_LANES:
        return rows, "Timeline"
    chosen = {key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_LANES]}
    return [row for row in rows if row["vessel_key"] in chosen], f"Timeline: the {MOST_LANES} vessels of which most is told, of {len(counts)}"
