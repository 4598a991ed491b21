"""The report of what changed in an area between two days: who came, left, stayed, or can't be told, and the events in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis.fleet import Change, Standing, difference, faded, history_of
from tracker.analysis.scope import Scope
from tracker.domain.told import LAST_SEEN_DAYS
from tracker.domain.when import Interval
from tracker.report import sentences
from tracker.report.blocks import Block, Book, Bullets, Column, Group, Heading, Line, Paragraph, Table
from tracker.report.cited import cited
from tracker.report.facts import CERTAINTY_WORDS, MovementFacts
from tracker.report.layout import (
    book_of,
    changed_blocks,
    contradiction_blocks,
    daily_blocks,
    method_blocks,
    picture_blocks,
    planned_denied_blocks,
    post_of,
    source_blocks,
    without_refs,
)
from tracker.report.strength import whereabouts
from tracker.report.told import ToldEvent

TITLES = {
    Change.CAME: "Told to have come in",
    Change.SEEN: "There at the end, their coming is not told",
    Change.LEFT: "Told to have left, or seen elsewhere",
    Change.LOST: "There at the start, not told of since",
    Change.STAYED: "There at both ends",
    Change.UNCERTAIN: "Uncertain, not counted",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What became of one vessel."""

    vessel: ToldEvent  # any of its events: who it is
    change: Change
    first: Standing
    last: Standing
    by: ToldEvent | None


def changes_of(histories: Mapping[str, Sequence[ToldEvent]], scope: Scope, since: date, until: date) -> list[ChangeRow]:
    """What became of each named vessel from the end of one day to that of another; without those of which little was told for long before."""
    named = {key: events for key, events in histories.items() if events and events[0].named}
    found = difference({key: history_of(events) for key, events in named.items()}, scope, since, until)
    rows = [
        ChangeRow(named[d.vessel][0], d.change, d.first, d.last, d.by if isinstance(d.by, ToldEvent) else None)
        for d in found
        if not faded(d, since, LAST_SEEN_DAYS)
    ]
    order = list(TITLES)
    return sorted(rows, key=lambda r: (order.index(r.change), r.vessel.vessel.casefold()))


def diff_book(facts: MovementFacts, rows: Sequence[ChangeRow], since: date, until: date, pictures: Iterable[str] = ()) -> Book:
    """The pages of a report of what changed; `facts` are those of the days from `since` to `until`."""
    return book_of(facts, _between(since, until), _blocks(facts, rows, since, until, tuple(pictures)))


def diff_post(facts: MovementFacts, rows: Sequence[ChangeRow], since: date, until: date, pictures: Iterable[str] = ()) -> Book:
    """The one page of it that can be posted."""
    named = tuple(pictures)
    full = diff_book(facts, rows, since, until, named)
    blocks: list[Block] = [Heading("What changed", "changes"), *without_refs(full.section("changes"))]
    if rows:
        blocks += [Heading("Vessels", "vessels"), *without_refs(full.section("vessels"))]
    return post_of(facts, full, [*blocks, *(replace(picture, title="") for picture in picture_blocks("map", named))])


def _between(since: date, until: date) -> str:
    return f"from {Interval.day(since).told()} to {Interval.day(until).told()}"


def _blocks(facts: MovementFacts, rows: Sequence[ChangeRow], since: date, until: date, pictures: Sequence[str]) -> Iterable[Block]:
    yield Heading("What changed", "changes")
    yield Bullets(tuple(_points(facts, rows, since, until)))
    if rows:
        yield Heading("Vessels", "vessels")
        yield from _vessels(facts, rows, since, until)
    if facts.empty:
        yield from changed_blocks(facts)
        yield from method_blocks(facts)
        return
    yield from picture_blocks("map", pictures)
    yield from picture_blocks("timeline", pictures)
    yield Heading("Daily events", "daily-events")
    yield from daily_blocks(facts)
    yield Heading("Planned and denied", "planned-denied")
    yield from planned_denied_blocks(facts)
    yield Heading("Contradictions", "contradictions")
    yield from contradiction_blocks(facts)
    yield from changed_blocks(facts)
    yield from source_blocks(facts)
    yield from method_blocks(facts)


def _points(facts: MovementFacts, rows: Sequence[ChangeRow], since: date, until: date) -> Iterable[Line]:
    count = Counter(row.change for row in rows)
    start = count[Change.STAYED] + count[Change.LEFT] + count[Change.LOST]
    end = count[Change.STAYED] + count[Change.CAME] + count[Change.SEEN]
    came, left = count[Change.CAME] + count[Change.SEEN], count[Change.LEFT] + count[Change.LOST]
    yield cited(
        facts,
        [event for row in rows for event in (row.first.event, row.last.event, row.by) if isinstance(event, ToldEvent)],
        f"{start} on {Interval.day(since).told()} + {came} − {left} = {end} on {Interval.day(until).told()}; {count[Change.UNCERTAIN]} uncertain.",
        strong="Named vessels there:",
        numbered=False,
    )
    for row in rows:
        if row.change in (Change.CAME, Change.LEFT) and row.by is not None:
            yield cited(facts, [row.by], sentences.sentence([row.by]), hedged=row.by.hedged)
    if not came and not left:
        yield Line("No named vessel is told to have come or left, and none of those there at the start was lost from sight.")
    if facts.counts.groups:
        groups = sentences.counted(facts.counts.groups, "unnamed vessel or group is", "unnamed vessels or groups are")
        yield Line(f"{groups} told of in between and not compared: on two days they may be the same ships.")


def _vessels(facts: MovementFacts, rows: Sequence[ChangeRow], since: date, until: date) -> Iterable[Block]:
    first, last = (f"On {day.day} {day:%b %Y}" for day in (since, until))
    columns = (Column("Vessel", 3), Column(first, 2.6), Column(last, 2.6), Column("By", 4))
    groups = []
    for change, title in TITLES.items():
        mine = [row for row in rows if row.change is change]
        if mine:
            groups.append(Group(tuple(_cells(row, facts) for row in mine), f"{title} ({len(mine)})"))
    yield Table(columns, tuple(groups), "What became of each vessel")
    text = (
        "Each day is answered as of its end, by the last report known of before or on it. Vessels that can't be told and were last told of over "
        f"{LAST_SEEN_DAYS} days before the first are left out."
    )
    yield Paragraph(Line(text), quiet=True)


def _cells(row: ChangeRow, facts: MovementFacts) -> tuple[Line, ...]:
    note = sentences.described(row.vessel)
    by = row.by
    told = Line("–") if by is None else cited(facts, [by], f"{sentences.act(by)} {sentences.when(by.interval)}", hedged=by.hedged)
    return Line(strong=row.vessel.vessel, note=note), _standing(row.first), _standing(row.last), told


def _standing(one: Standing) -> Line:
    place = whereabouts(one.event) if isinstance(one.event, ToldEvent) else None
    return Line(CERTAINTY_WORDS[one.certainty], note=place or "", events=(one.event.id,) if one.event else ())
