"""`tracker where VESSEL`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import KnownOnOption
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, clock
from tracker.cli.show import tell
from tracker.domain import columns
from tracker.domain.when import age_days, parse_day, parse_period, told_age
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.store.reader import Reader


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    modality: str
    start: date | None
    end: date | None
    row: dict[str, Any]


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("where", epilog="Example: tracker where Yelnya --on 2024-12-05 --known-on 2024-12-04")(where_)


def where_(
    vessel: Annotated[str, typer.Argument(help="Any name, key or hull number of the vessel.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day asked about (default: as-of).")] = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Tell where a vessel was on a day, how sure that is, how old the knowledge is, and who says so."""
    import sys

    from tracker.export import write
    from tracker.store.reader import open_reader

    now = clock(as_of)
    day = parse_day(on, now) if on else now.date()
    known = parse_period(known_on, now).end if known_on else None
    with open_reader(database_url(db), now) as reader:
        answers = [_answer(reader, found, day, known) for found in reader.find_vessels(vessel)]
    if format is Format.TABLE:
        for answer in answers:
            _tell(answer, day)
        tell(f"as of {now:%Y-%m-%d %H:%M} UTC" + (f", by what was published until {known}" if known else ""))
    else:
        write([{**answer, "as_of": now} for answer in answers], columns.WHERE, format.value, sys.stdout)


def _answer(reader: Reader, vessel: dict[str, Any], day: date, known: date | None) -> dict[str, Any]:
    from tracker.analysis.whereabouts import where
    from tracker.domain.phrases import told_place

    events = _known(reader, vessel["key"], known)
    found = where(events, day)
    answer: dict[str, Any] = {"vessel_key": vessel["key"], "vessel": vessel["label"], "on": day, "certainty": found.certainty}
    if found.event is not None:
        row = events[found.event].row
        answer |= {
            "place": told_place(row["kind"], row["place"], row["origin"], row["destination"], row.get("main_kind")),
            "place_key": row.get("main_key"),
            "kind": row["kind"],
            "modality": row["modality"],
            "hedge": row["hedge"],
            "when": row["when"],
            "start": row["start"],
            "age_days": age_days(row["end"], reader.as_of),
            "days_before": max(0, (day - row["end"]).days),
            "event_id": row["event_id"],
            "source": row["source"],
            "published": row["published"],
            "quote": row["quote"],
        }
    if found.after is not None:
        later = events[found.after].row
        onward = told_place(later["kind"], later["place"], later["origin"], later["destination"], later.get("main_kind"))
        answer["next"] = f"{later['when']}: {onward} ({later['modality']})"
    return answer


def _known(reader: Reader, key: str, known: date | None) -> list[_Event]:
    """The vessel's events; with `known`, as they were from what was published by then."""
    from tracker.store.queries import EventFilter

    if known is None:
        return [_Event(r["kind"], r["modality"], r["start"], r["end"], r) for r in reader.events(EventFilter(vessels=(key,)))]
    from tracker.analysis.merge import merge
    from tracker.cli.claims import as_claim

    rows = {row["claim_id"]: row for row in reader.claims(vessel=key) if row["published"] and row["published"] <= known}
    merged = merge([as_claim(row) for row in rows.values()], reader.tree())
    return [
        _Event(
            e.kind,
            e.modality,
            e.interval.start,
            e.interval.end,
            {
                **rows[e.lead],
                "place": e.place,
                "origin": e.origin,
                "destination": e.destination,
                "start": e.interval.start,
                "end": e.interval.end,
                "when": e.interval.told(),
                "modality": e.modality.value,
                "hedge": e.hedge,
                "event_id": e.id,
            },
        )
        for e in merged
    ]


def _tell(answer: dict[str, Any], day: date) -> None:
    from tracker.cli.cards import wrapped
    from tracker.domain.phrases import told_modality

    if answer["certainty"] == "unknown":
        print(f"{answer['vessel']} on {day}: unknown. Nothing in the store places it by then; it could be anywhere.")
    else:
        certainty = {"present": "present", "probably": "probably", "last seen": "not known; last seen"}[answer["certainty"]]
        gap = f", {answer['days_before']} d before" if answer["days_before"] else ""
        firm = told_modality(answer["modality"], answer["hedge"])
        print(
            wrapped(
                f"{answer['vessel']} on {day}: {certainty} {answer['place']} ({answer['when']}{gap}) · {firm} · "
                f"age {told_age(answer['age_days'], at_least=answer['start'] is None)}",
                4,
            )
        )
        print(wrapped(f"    “{' '.join(answer['quote'].split())}”", 5))
        print(f"    {answer['source']}, published {answer['published'] or 'undated'} · event {answer['event_id']}")
    if answer.get("next"):
        print(wrapped(f"    next known, {answer['next']}", 6))
