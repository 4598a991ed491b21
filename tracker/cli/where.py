"""`tracker where VESSEL`."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import KnownOnOption
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, clock
from tracker.cli.show import aged, counted, day, tell, told_clock
from tracker.domain import columns
from tracker.domain.kinds import Precision
from tracker.domain.when import Interval, parse_day, parse_period
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.store.reader import Reader

Row = dict[str, Any]


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
    from tracker.export import write
    from tracker.store.reader import open_reader

    now = clock(as_of)
    asked = parse_day(on, now) if on else now.date()
    known = parse_period(known_on, now).end if known_on else None
    with open_reader(database_url(db), now) as reader:
        answers = [_answer(reader, found, asked, known) for found in reader.find_vessels(vessel)]
        told = told_clock(reader, known)
    if format is not Format.TABLE:
        write(answers, columns.WHERE, format.value, sys.stdout)
        return
    for number, answer in enumerate(answers):
        if number:
            print()
        _tell(answer)
    tell(told)


def _answer(reader: Reader, vessel: Row, asked: date, known_on: date | None) -> Row:
    """The row of the answer; besides `columns.WHERE` the events before and after, under `before` and `after`."""
    from tracker.analysis.whereabouts import where
    from tracker.cli import knowledge
    from tracker.domain.phrases import told_place
    from tracker.store.queries import EventFilter

    events = knowledge.events(reader, EventFilter(vessels=(vessel["key"],), known_on=known_on))
    found = where([knowledge.ToldRow(row) for row in events], asked)
    before = events[found.event] if found.event is not None else None
    after = events[found.after] if found.after is not None else None
    answer: Row = {"vessel_key": vessel["key"], "vessel": vessel["label"], "on": asked, "certainty": found.certainty, "as_of": reader.as_of}
    if before:
        same = ("kind", "modality", "when", "age_days", "event_id", "source", "published", "quote")
        answer |= {name: before[name] for name in same} | {
            "place": told_place(before["kind"], before["place"], before["origin"], before["destination"], before["main_kind"]),
            "place_key": before["main_key"],
        }
    return answer | {"before": before, "after": after, "known_on": known_on}


def _tell(answer: Row) -> None:
    from tracker.cli.cards import bold, fact_lines, quote_line, said_by, wrapped
    from tracker.domain.phrases import told_modality

    before, after = answer["before"], answer["after"]
    print(bold(wrapped(f"{answer['vessel']} on {day(answer['on'])} · {_verdict(answer)}", 4)))
    if before:
        firm = told_modality(before["modality"], before["hedge"])
        print(wrapped(f"{before['when']} · {answer['place']} · {firm} · age {aged(before)}", 6, first=4))
        print(quote_line(before["quote"]))
        print(wrapped(f"{said_by(before)} · {before['event_id']}", 4, first=4))
    for line in fact_lines([("next known" if before else "first known", after and _event(after)), ("in between", _gap(answer))]):
        print(line)


def _verdict(answer: Row) -> str:
    from tracker.analysis.whereabouts import LAST_SEEN, PRESENT, UNKNOWN, horizons

    if answer["certainty"] == UNKNOWN:
        return "unknown: no report places it by then"
    if answer["certainty"] == PRESENT:
        return f"present: {answer['place']}"
    gap = (answer["on"] - answer["before"]["end"]).days
    if answer["certainty"] == LAST_SEEN:
        horizon = counted(horizons().get(answer["kind"], 0), "days")
        return f"not known, last seen {counted(gap, 'days')} before: {answer['place']} (such a report holds for {horizon})"
    by = f", by a report {counted(gap, 'days')} before" if gap > 0 else ""
    return f"probably{by}: {answer['place']}"


def _event(row: Row) -> str:
    from tracker.domain.phrases import told_modality, told_place

    place = told_place(row["kind"], row["place"], row["origin"], row["destination"], row["main_kind"])
    return f"{row['when']} · {place} · {told_modality(row['modality'], row['hedge'])} · {row['event_id']}"


def _gap(answer: Row) -> str | None:
    """The days without any report between the last event before and the first one after."""
    before, after = answer["before"], answer["after"]
    if not before or not after or after["start"] <= before["end"] + timedelta(days=1):
        return None
    first, last = before["end"] + timedelta(days=1), after["start"] - timedelta(days=1)
    return f"no report on {counted((last - first).days + 1, 'days')}, {Interval(first, last, Precision.RANGE).told()}"
