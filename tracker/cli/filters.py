"""The filters that lists, plots and reports share, and what they mean in the store."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.domain.kinds import EventKind, Modality, ReviewStatus, VesselType
from tracker.domain.when import parse_period
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

CountryOption = Annotated[str | None, typer.Option("--country", metavar="CC", help="Country, two letters (RU, US, CN).")]
TypeOption = Annotated[VesselType | None, typer.Option("--type", metavar="TYPE", help="Vessel type: frigate, oiler, submarine, …")]
ClassOption = Annotated[str | None, typer.Option("--class", metavar="CLASS", help="Vessel class: Altay, Arleigh Burke, …")]
AreaOption = Annotated[str | None, typer.Option("--area", "--place", metavar="NAME", help="A place or area, with all that lies inside it.")]
KindOption = Annotated[
    EventKind | None, typer.Option("--kind", metavar="KIND", help="departure, arrival, transit, in_port, at_sea, underway, replenishment, escort.")
]
ModalityOption = Annotated[Modality | None, typer.Option("--modality", metavar="HOW", help="asserted, reported, possible, planned, negated.")]
VesselOption = Annotated[str | None, typer.Option("--vessel", metavar="NAME", help="A vessel, by any of its names, its key or its hull number.")]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Told by this source.")]
StatusOption = Annotated[ReviewStatus | None, typer.Option("--status", metavar="STATUS", help="As people left it: open, partly accepted, accepted.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on: 2024-12-02, 2024-12, 2024-W50, -7d.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")]
NamedOption = Annotated[bool | None, typer.Option("--named/--unnamed", help="Only vessels with a name, or only those without.")]
KnownOnOption = Annotated[str | None, typer.Option("--known-on", metavar="DATE", help="Only what was published by this day.")]


def event_filter(
    reader: Reader,
    as_of: datetime,
    *,
    country: str | None = None,
    type: VesselType | None = None,
    class_name: str | None = None,
    area: str | None = None,
    kind: EventKind | None = None,
    modality: Modality | None = None,
    vessel: str | None = None,
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    named: bool | None = None,
    status: ReviewStatus | None = None,
    known_on: str | None = None,
) -> EventFilter:
    """The filter behind some options. Raises UsageError for one that makes no sense, NothingFound for a name that the store doesn't have."""
    from tracker.store.queries import EventFilter

    first, last = period(since, until, as_of)
    return EventFilter(
        vessels=tuple(row["key"] for row in reader.find_vessels(vessel)) if vessel else None,
        country=country_code(country),
        type=type.value if type else None,
        class_name=reader.find_class(class_name) if class_name else None,
        kind=kind.value if kind else None,
        modality=modality.value if modality else None,
        area=reader.find_place(area)["key"] if area else None,
        source=reader.find_source(source) if source else None,
        since=first,
        until=last,
        named=named,
        status=status.value if status else None,
        known_on=parse_period(known_on, as_of).end if known_on else None,
    )


def period(since: str | None, until: str | None, as_of: datetime) -> tuple[date | None, date | None]:
    """The first and last day of `--since` and `--until`. Raises UsageError where they are the wrong way round."""
    first = parse_period(since, as_of).start if since else None
    last = parse_period(until, as_of).end if until else None
    if since and not until and ".." in since:
        last = parse_period(since, as_of).end
    if first and last and first > last:
        raise UsageError(f"--since {first} is after --until {last}")
    return first, last


def country_code(text: str | None) -> str | None:
    """A two-letter country code in capitals. Raises UsageError for anything else."""
    if text is None:
        return None
    if len(text) != 2 or not (text.isascii() and text.isalpha()):
        raise UsageError(f'--country "{text}" is no two-letter code; use RU, US, CN, …')
    return text.upper()


def described(**words: Any) -> str:
    """The filters in words, for titles: "RU · frigate · Mediterranean Sea"."""
    return " · ".join(str(word) for word in words.values() if word)
