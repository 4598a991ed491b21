"""`tracker report movements`, and what all reports ask of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

import typer

from tracker import __version__
from tracker.cli import asked, made, tallies
from tracker.cli.filters import AreaOption, CountryOption, KnownOnOption, SinceOption, UntilOption, event_filter, period
from tracker.cli.options import AsOfOption, DbOption, FontOption, clock, opened
from tracker.cli.report_files import (
    AnnexOption,
    EmptyOption,
    Files,
    OutOption,
    PaperOption,
    ReviewedOption,
    Size,
    TitleOption,
    Told,
    ready,
    reviewed,
    write,
)
from tracker.domain.kinds import EventKind, PlaceKind, Precision
from tracker.domain.when import Interval

if TYPE_CHECKING:
    from tracker.analysis.scope import Scope
    from tracker.report.blocks import Book
    from tracker.report.facts import Request
    from tracker.store.reader import Reader, Row

_MOST_PLACES = 20
"""Of so many places the counts told are set beside the vessels that can be named there."""
app = typer.Typer(
    no_args_is_help=True,
    help="Reports to read and to publish: every statement with its source.",
    epilog="Example: tracker report movements --area 'Mediterranean Sea' --country RU --since 2024-11-30 --until 2024-12-15 -o brief.pdf",
)


def register(parent: typer.Typer) -> None:
    """Add this family."""
    for commands in ("report_subjects", "report_explain"):  # each adds its own to the app
        import_module(f"tracker.cli.{commands}")
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
    font: FontOption = None,
    annex: AnnexOption = None,
    reviewed_only: ReviewedOption = False,
    allow_empty: EmptyOption = False,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Who came, went and was where, in an area and a period, with a map, a timeline and the sentence behind every line.

    The same store, options and --as-of give the same bytes. Made by program and marked as a draft: read the quoted sentences before you publish.
    """
    from tracker.cli import knowledge
    from tracker.cli.corrections import corrections
    from tracker.report.facts import movement_facts
    from tracker.report.layout import movement_book, movement_post
    from tracker.report.lint import refuse

    files = ready(Files(output, paper, annex, font, allow_empty=allow_empty))
    now = clock(as_of)
    span = Interval(*period(since, until, now), Precision.RANGE)
    with opened(db, now) as reader:
        wanted = event_filter(reader, now, country=country, until=until, known_on=known_on)
        events, places = reviewed(knowledge.events(reader, wanted), only=reviewed_only), reader.places()
        wish = request(reader, places, area, span, now, title, wanted.country)
        counts = tallies.rows_of(reader, replace(wanted, country=None, area=wish.scope.key))
        wish = replace(wish, within=_counted_in(reader, counts))
        changed = corrections(reader, wish, wanted, now.date())
        told = Told(events, knowledge.claims(reader, events, wanted.known_on), places, wish, changed)
    facts = replace(refuse(movement_facts(told.events, told.claims, told.request, count_rows=counts)), corrections=told.changed)

    def pages(post: bool, drawn: Sequence[str]) -> Book:
        return (movement_post if post else movement_book)(facts, drawn)

    write(facts, told, pages, files, f"nothing is told of {told.request.scope.name} in that period")
    made.enter(context, facts, told.claims, output)


def _counted_in(reader: Reader, counts: Sequence[Row]) -> dict[str, Scope]:
    """The scopes of the places of which counts are told; of a great many, those of which most are told."""
    told, tree = Counter(row["place_key"] for row in counts if row["place_key"]), reader.tree()
    return {key: asked.scope(reader, key, tree) for key, _ in told.most_common(_MOST_PLACES)}


def request(
    reader: Reader, places: Sequence[Row], area: str | None, span: Interval, now: datetime, title: str | None, country: str | None
) -> Request:
    """What is asked for, with the places and horizons that the answer needs."""
    from tracker.analysis.scope import Scope
    from tracker.analysis.whereabouts import horizons
    from tracker.report.facts import Request

    tree = reader.tree()
    return Request(
        scope=asked.scope(reader, area, tree) if area else Scope("all waters"),
        period=span,
        as_of=now,
        horizons={EventKind(kind): days for kind, days in horizons().items()},
        version=__version__,
        title=title,
        country=country,
        country_name=next((row["place"] for row in places if row["kind"] == PlaceKind.COUNTRY and row["country"] == country), None),
        sea=asked.sea(reader, tree),
        straits={row["key"]: tuple(row["waters"].split("|")) for row in reader.straits()},
        homes=reader.home_ports(),
        names={row["place_key"]: row["place"] for row in places},
    )
