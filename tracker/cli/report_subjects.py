"""`tracker report vessel | place | diff`: reports on one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import knowledge, made
from tracker.cli.filters import ClassOption, CountryOption, KnownOnOption, SinceOption, TypeOption, UntilOption, event_filter, period
from tracker.cli.fleet.app import AreaArgument
from tracker.cli.options import AsOfOption, DbOption, FontOption, clock, opened
from tracker.cli.report import app, request
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
from tracker.domain.kinds import WATER_KINDS, Precision
from tracker.domain.when import Interval, parse_day
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.report.blocks import Book
    from tracker.report.told import ToldEvent
    from tracker.store.reader import Reader


@app.command(epilog="Example: tracker report vessel Yelnya --since 2024-11-28 --until 2025-01-12 -o yelnya.pdf -o yelnya.png")
def vessel(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="VESSEL", help="Any name, key or hull number of the vessel.")],
    output: OutOption,
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
    """A dossier of one vessel: its record, where it is last known, its lane, a map, every event with its sentence, what does not fit."""
    from tracker.report.dossier import segments_of, vessel_book, vessel_post
    from tracker.report.facts import last_day, movement_facts
    from tracker.report.lint import refuse

    files, now = ready(Files(output, paper, annex, font, allow_empty=allow_empty)), clock(as_of)
    with opened(db, now) as reader:
        record = reader.vessel_record(_one_vessel(reader, name))
        heading = title or f"Dossier: {record['label']}"
        told = _told(reader, now, heading, since, until, known_on, only=reviewed_only, vessel=record["key"])
        afloat = {row["key"] for row in reader.place_kinds() if row["kind"] in WATER_KINDS}
        tree = reader.tree()
    facts = replace(refuse(movement_facts(told.events, told.claims, told.request)), corrections=told.changed)
    until_day = last_day(told.request)
    segments = segments_of(_histories(told).get(record["key"], []), told.request.period.start, until_day, afloat, tree)

    def pages(post: bool, drawn: Sequence[str]) -> Book:
        return (vessel_post if post else vessel_book)(facts, record, segments, told.names, drawn)

    write(facts, told, pages, files, f"nothing is told of {record['label']} in that period")
    made.enter(context, facts, told.claims, output)


@app.command(epilog="Example: tracker report place Tartus --since 2024-11-30 --until 2024-12-31 -o tartus.pdf")
def place(
    context: typer.Context,
    area: AreaArgument,
    output: OutOption,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
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
    """Who was at a place when: stays with their ends, comings and goings, who was last seen there, each with its source."""
    from tracker.report.facts import last_day, movement_facts
    from tracker.report.lint import refuse
    from tracker.report.visits import place_book, place_post, visits_of

    files, now = ready(Files(output, paper, annex, font, allow_empty=allow_empty)), clock(as_of)
    with opened(db, now) as reader:
        heading = title or f"{reader.find_place(area)['name']}: who was here when{f', {country.upper()}' if country else ''}"
        told = _told(reader, now, heading, since, until, known_on, only=reviewed_only, area=area, country=country, type=type, class_name=class_name)
    span = told.request.period
    visits = visits_of(_histories(told), told.request.scope, span.start, last_day(told.request))
    also = frozenset(event.id for visit in visits for event in visit.events)
    facts = replace(refuse(movement_facts(told.events, told.claims, told.request, also)), corrections=told.changed)

    def pages(post: bool, drawn: Sequence[str]) -> Book:
        return (place_post if post else place_book)(facts, visits, drawn)

    write(facts, told, pages, files, f"nothing is told of {told.request.scope.name} in that period")
    made.enter(context, facts, told.claims, output)


@app.command(epilog="Example: tracker report diff 'Mediterranean Sea' --from 2024-12-01 --to 2024-12-08 --country RU -o week.pdf")
def diff(
    context: typer.Context,
    area: AreaArgument,
    output: OutOption,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day (default: as-of).")] = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
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
    """What changed in an area between two days: who came, left, stayed, or can't be told, and the events in between."""
    from tracker.report.changes import changes_of, diff_book, diff_post
    from tracker.report.facts import movement_facts
    from tracker.report.lint import refuse

    files, now = ready(Files(output, paper, annex, font, allow_empty=allow_empty)), clock(as_of)
    since, until = parse_day(first, now), parse_day(last, now) if last else now.date()
    if since > until:
        raise UsageError(f"--from {since} is after --to {until}")
    with opened(db, now) as reader:
        heading = title or f"What changed: {reader.find_place(area)['name']}{f', {country.upper()}' if country else ''}"
        days = (str(since), str(until))
        told = _told(reader, now, heading, *days, known_on, only=reviewed_only, area=area, country=country, type=type, class_name=class_name)
    rows = changes_of(_histories(told), told.request.scope, since, until)
    also = frozenset(event.id for row in rows for event in (row.by, row.first.event, row.last.event) if event is not None)
    facts = replace(refuse(movement_facts(told.events, told.claims, told.request, also)), corrections=told.changed)

    def pages(post: bool, drawn: Sequence[str]) -> Book:
        return (diff_post if post else diff_book)(facts, rows, since, until, drawn)

    files = replace(files, allow_empty=allow_empty or bool(rows))
    write(facts, told, pages, files, f"nothing is told of {told.request.scope.name} on these days")
    made.enter(context, facts, told.claims, output)


def _one_vessel(reader: Reader, name: str) -> str:
    """The key of the one vessel of a name. Raises NothingFound for none, UsageError for several."""
    found = reader.find_vessels(name)
    if len(found) > 1:
        keys = ", ".join(row["key"] for row in found[:5])
        raise UsageError(f'{len(found)} vessels are called "{name}": {keys}{", …" if len(found) > 5 else ""}; name one by its key')
    key: str = found[0]["key"]
    return key


def _told(
    reader: Reader,
    now: datetime,
    title: str | None,
    since: str | None,
    until: str | None,
    known_on: str | None,
    *,
    only: bool,
    area: str | None = None,
    **filters: Any,
) -> Told:
    """Everything that a report needs from the store; with `only`, of the events those that people accepted."""
    from tracker.cli.corrections import corrections

    span = Interval(*period(since, until, now), Precision.RANGE)
    wanted = event_filter(reader, now, until=until, known_on=known_on, **filters)
    events, places = reviewed(knowledge.events(reader, wanted), only=only), reader.places()
    wish = request(reader, places, area, span, now, title, wanted.country)
    changed = corrections(reader, wish, wanted, now.date())
    return Told(events, knowledge.claims(reader, events, wanted.known_on), places, wish, changed)


def _histories(told: Told) -> dict[str, list[ToldEvent]]:
    """Vessel key -> its events, in the order of their days."""
    from tracker.report.told import read_events

    histories: dict[str, list[ToldEvent]] = {}
    for event in read_events(told.events):
        histories.setdefault(event.vessel_key, []).append(event)
    return histories
