"""`tracker where VESSEL`: on a day, or as a lane through a period."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.filters import KnownOnOption, SinceOption, UntilOption, period
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, clock
from tracker.cli.show import aged, counted, day, fitting, show, tell, tell_grades, told_clock
from tracker.domain import columns
from tracker.domain.kinds import Modality, Precision
from tracker.domain.told import ToldRow
from tracker.domain.when import Interval, parse_day, parse_period
from tracker.errors import NothingFound, UsageError
from tracker.settings import database_url

if TYPE_CHECKING:
    from tracker.analysis.presence import Segment
    from tracker.store.reader import Reader

Row = dict[str, Any]


def register(parent: typer.Typer) -> None:
    """Add this command."""
    parent.command("where", epilog="Example: tracker where Yelnya --on 2024-12-05 --known-on 2024-12-04")(where_)


def where_(
    vessel: Annotated[str, typer.Argument(help="Any name, key or hull number of the vessel.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day asked about (default: as-of).")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Tell where a vessel was on a day, how sure that is, how old the knowledge is, and who says so.

    With --since or --until: its whole lane through the period, in port, at sea, in transit, and the days of which nobody tells.
    """
    from tracker.export import write
    from tracker.store.reader import open_reader

    now = clock(as_of)
    known = parse_period(known_on, now).end if known_on else None
    if since or until:
        if on:
            raise UsageError("--on asks about a day, --since and --until about a period; use one of them")
        _lanes(vessel, period(since, until, now), known, format, now, db)
        return
    from tracker.cli.renaming import vessels_called

    asked = parse_day(on, now) if on else now.date()
    with open_reader(database_url(db), now) as reader:
        called = vessels_called(reader, vessel, asked)
        answers = [_answer(reader, found, asked, known) | {"who": _who(found, called)} for found in called]
        told = told_clock(reader, known)
    if format is not Format.TABLE:
        write(answers, columns.WHERE, format.value, sys.stdout)
        return
    for number, answer in enumerate(answers):
        if number:
            print()
        _tell(answer)
    tell(told)
    tell_grades([answer["before"] for answer in answers if answer["before"]])


def _who(vessel: Row, called: Sequence[Row]) -> str:
    """A vessel in the head of its answer; of several of one name with what tells them apart."""
    from tracker.domain.phrases import told_type

    facts = (told_type(vessel["type"]), vessel["hull"], vessel["key"])
    return f"{vessel['label']} ({', '.join(filter(None, facts))})" if len(called) > 1 else str(vessel["label"])


def _answer(reader: Reader, vessel: Row, asked: date, known_on: date | None) -> Row:
    """The row of the answer; besides `columns.WHERE` the events before and after, under `before` and `after`."""
    from tracker.analysis.whereabouts import where
    from tracker.cli import knowledge
    from tracker.store.queries import EventFilter

    events = knowledge.events(reader, EventFilter(vessels=(vessel["key"],), known_on=known_on))
    found = where([ToldRow.of(row) for row in events], asked)
    before = events[found.event] if found.event is not None else None
    after = events[found.after] if found.after is not None else None
    answer: Row = {"vessel_key": vessel["key"], "vessel": vessel["label"], "on": asked, "certainty": found.certainty, "as_of": reader.as_of}
    if before:
        same = ("kind", "modality", "when", "age_days", "event_id", "source", "published", "quote", "status")
        answer |= {name: before[name] for name in same} | {
            "place": _place(before),
            "place_key": before["main_key"],
        }
    if after:
        answer |= {"next_event_id": after["event_id"], "next_when": after["when"], "next_place": _place(after)}
    silent = _silent(before, after, asked)
    return answer | {
        "before": before,
        "after": after,
        "known_on": known_on,
        "silent_from": silent and silent[0],
        "silent_until": silent and silent[1],
    }


def _place(row: Row) -> str:
    from tracker.domain.phrases import told_place

    return told_place(row["kind"], row["place"], row["origin"], row["destination"], row["main_kind"])


def _silent(before: Row | None, after: Row | None, asked: date) -> tuple[date, date] | None:
    """The days around the one asked about of which no report tells: from the last event to the next one, or to that day."""
    first = before["end"] + timedelta(days=1) if before else None
    last = after["start"] - timedelta(days=1) if after else asked
    return (first, last) if first and first <= asked and first <= last else None


def _tell(answer: Row) -> None:
    from tracker.cli.cards import bold, fact_lines, quote_line, said_by, wrapped
    from tracker.domain.phrases import told_modality

    before, after = answer["before"], answer["after"]
    print(bold(wrapped(f"{answer['who']} on {day(answer['on'])} · {_verdict(answer)}", 4)))
    if before:
        firm = told_modality(before["modality"], before["hedge"])
        print(wrapped(f"{before['when']} · {answer['place']} · {firm} · age {aged(before)}", 6, first=4))
        print(quote_line(before["quote"]))
        print(wrapped(f"{said_by(before)} · {before['event_id']}", 4, first=4))
    for line in fact_lines(
        [("next known" if before else "first known", after and _event(after)), ("in between" if after else "since then", _gap(answer))]
    ):
        print(line)


def _verdict(answer: Row) -> str:
    from tracker.analysis.whereabouts import LAST_SEEN, PRESENT, UNCLEAR, UNKNOWN, horizons

    if answer["certainty"] == UNCLEAR:
        return f"unclear, told of one of the days {answer['before']['when']}: {answer['place']}"
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
    from tracker.domain.phrases import told_modality

    return f"{row['when']} · {_place(row)} · {told_modality(row['modality'], row['hedge'])} · {row['event_id']}"


def _gap(answer: Row) -> str | None:
    """The days without any report around the one asked about, and what that means for a vessel that is not known to have stayed."""
    first, last = answer["silent_from"], answer["silent_until"]
    if first is None or not answer["before"]:
        return None
    from tracker.analysis.whereabouts import LAST_SEEN

    silence = f"no report on {counted((last - first).days + 1, 'days')}, {Interval(first, last, Precision.RANGE).told()}"
    return f"{silence}: it could be anywhere" if answer["certainty"] == LAST_SEEN else silence


LANE = (
    ("days", "told_days"),
    ("state", "told_state"),
    ("place", "place"),
    ("certainty", "certainty"),
    ("began", "began"),
    ("ended", "ended"),
    ("events", "told_events"),
)
NARROW_LANE = (("days", "told_days"), ("state", "state_and_ends"), ("certainty", "certainty"), ("events", "told_events"))
_WIDE_TERMINAL = 130  # columns
_LANE_DAYS = 366 * 30
_SHOWN = 3  # ids in a table


def _lanes(vessel: str, asked: tuple[date | None, date | None], known: date | None, format: Format, now: datetime, db: str | None) -> None:
    """Write the lanes of the vessels of a name."""
    from tracker.cli.renaming import vessels_called
    from tracker.store.reader import open_reader

    with open_reader(database_url(db), now) as reader:
        found = vessels_called(reader, vessel)
        rows = [row for one in found for row in _lane(reader, one, asked, known, now)]
        told = told_clock(reader, known)
    if format is Format.TABLE and rows:
        tell(f"{', '.join(dict.fromkeys(row['vessel'] for row in rows))}")
    table = fitting(LANE, NARROW_LANE, _WIDE_TERMINAL)
    show(rows, how=format.value, columns=columns.PRESENCE, table=table, clock=told, note="segments", nothing="no event of this vessel is told")


def _lane(reader: Reader, vessel: Row, asked: tuple[date | None, date | None], known: date | None, now: datetime) -> list[Row]:
    """The rows of one vessel's lane, from its first event where no beginning is asked for, to as-of where no end is."""
    from tracker.analysis.presence import lane
    from tracker.cli import knowledge
    from tracker.domain.kinds import WATER_KINDS
    from tracker.store.queries import EventFilter

    events = knowledge.events(reader, EventFilter(vessels=(vessel["key"],), known_on=known))
    days = [row["start"] or row["end"] for row in events if row["end"]]
    if not days:
        return []
    first, last = asked[0] or min(days), asked[1] or now.date()
    if last < first or (last - first).days > _LANE_DAYS:
        raise NothingFound(f"a lane from {first} to {last} can't be told; use --since and --until")
    afloat = {row["key"] for row in reader.place_kinds() if row["kind"] in WATER_KINDS}
    names = reader.place_names()
    segments = lane([ToldRow.of(row) for row in events], first, last, afloat=afloat, tree=reader.tree())
    moves = {row["event_id"]: _move(row) for row in events}
    return [_segment(one, vessel, names, moves, now) for one in segments]


def _move(row: Row) -> str:
    """When a move happened, with how firmly it is told where that is not as a fact."""
    return str(row["when"]) + ("" if row["modality"] == Modality.ASSERTED else f" ({row['modality']})")


def _segment(one: Segment, vessel: Row, names: Mapping[str, str], moves: Mapping[str, str], now: datetime) -> Row:
    state = one.state.value.replace("_", " ") + (" (contested)" if one.contested else "")
    place = names.get(one.place or "")
    ends = [f"{word} {moves[move.id]}" for word, move in (("began", one.began), ("ended", one.ended)) if move]
    more = f" … {len(one.events) - _SHOWN} more" if len(one.events) > _SHOWN else ""
    return {
        "vessel_key": vessel["key"],
        "vessel": vessel["label"],
        "first": one.first,
        "last": one.last,
        "days": one.days,
        "state": one.state.value,
        "certainty": one.certainty,
        "place": place,
        "place_key": one.place,
        "began": one.began and moves[one.began.id],
        "ended": one.ended and moves[one.ended.id],
        "contested": one.contested,
        "events": " ".join(one.events),
        "as_of": now,
        "told_days": Interval(one.first, one.last, Precision.RANGE).told(),
        "told_state": state,
        "state_and_ends": "\n".join([f"{state}: {place}" if place else state, *ends]),
        "told_events": " ".join(one.events[:_SHOWN]) + more,
    }
