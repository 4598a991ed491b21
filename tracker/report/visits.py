"""The report on a place: who was there when, comings and goings, who was last seen there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.fleet import DAY, Stay, history_of, stays
from tracker.analysis.scope import Scope
from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.report import sentences
from tracker.report.blocks import Block, Book, Column, Group, Heading, Line, Paragraph, Table
from tracker.report.cited import cited
from tracker.report.facts import MovementFacts
from tracker.report.layout import (
    book_of,
    changed_blocks,
    composition_blocks,
    contradiction_blocks,
    daily_blocks,
    key_point_blocks,
    method_blocks,
    picture_blocks,
    planned_denied_blocks,
    post_of,
    source_blocks,
    told_period,
    without_refs,
)
from tracker.report.told import ToldEvent

MOST_POSTED = 18


@dataclass(frozen=True, slots=True)
class Visit:
    """Days in a row on which a vessel counts as at the place, in pieces of one certainty each."""

    vessel: ToldEvent  # any of its events: who it is
    stays: tuple[Stay, ...]

    @property
    def first(self) -> date:
        """The first day."""
        return self.stays[0].first

    @property
    def last(self) -> date:
        """The last day that a report vouches for."""
        return self.stays[-1].last

    @property
    def events(self) -> tuple[ToldEvent, ...]:
        """The events behind it, each once."""
        told = {e.id: e for stay in self.stays for e in stay.events if isinstance(e, ToldEvent)}
        return tuple(told.values())


def visits_of(histories: Mapping[str, Sequence[ToldEvent]], scope: Scope, since: date | None, until: date) -> list[Visit]:
    """The visits of vessels at a place, from a day (each one's first event, where none is given) to another, in order of time."""
    found = []
    for events in histories.values():
        days = [day for event in events if (day := event.start or event.end)]
        first = since or min(days, default=until)
        found += [Visit(events[0], tuple(row)) for row in _rows(stays(history_of(events), scope, min(first, until), until))]
    return sorted(found, key=lambda v: (v.first, not v.vessel.named, v.vessel.vessel, v.last))


def _rows(found: Iterable[Stay]) -> list[list[Stay]]:
    """Stays that follow each other without a day between, together."""
    rows: list[list[Stay]] = []
    for stay in found:
        if rows and rows[-1][-1].last + DAY == stay.first:
            rows[-1].append(stay)
        else:
            rows.append([stay])
    return rows


def place_book(facts: MovementFacts, visits: Sequence[Visit], pictures: Iterable[str] = ()) -> Book:
    """The pages of a report on a place."""
    return book_of(facts, told_period(facts.head.period), _blocks(facts, visits, tuple(pictures)))


def place_post(facts: MovementFacts, visits: Sequence[Visit], pictures: Iterable[str] = ()) -> Book:
    """The one page of it that can be posted."""
    full = place_book(facts, visits, pictures)
    blocks: list[Block] = [Heading("Key points", "key-points"), *without_refs(full.section("key-points"))]
    blocks += [Heading("Who was here when", "visits"), *without_refs(_visit_blocks(facts, visits[-MOST_POSTED:]))]
    return post_of(facts, full, blocks)


def _blocks(facts: MovementFacts, visits: Sequence[Visit], pictures: Sequence[str]) -> Iterable[Block]:
    yield Heading("Key points", "key-points")
    yield from key_point_blocks(facts)
    if facts.empty:
        yield from changed_blocks(facts)
        yield from method_blocks(facts)
        return
    yield Heading("Who was here when", "visits")
    yield from _visit_blocks(facts, visits)
    yield from picture_blocks("timeline", pictures)
    yield Heading("Where they were last told to be", "composition")
    yield from composition_blocks(facts)
    yield Heading("Daily events", "daily-events")
    yield from daily_blocks(facts)
    yield Heading("Planned and denied", "planned-denied")
    yield from planned_denied_blocks(facts)
    yield Heading("Contradictions", "contradictions")
    yield from contradiction_blocks(facts)
    yield from changed_blocks(facts)
    yield from source_blocks(facts)
    yield from method_blocks(facts)


def _visit_blocks(facts: MovementFacts, visits: Sequence[Visit]) -> Iterable[Block]:
    if not visits:
        yield Paragraph(Line(f"No report puts a vessel in {sentences.called(facts.head.area)} on a day of this period."))
        return
    columns = (Column("Days", 2.6), Column("Vessel", 3.2), Column("Certainty", 2.4), Column("By", 3.8))
    rows = tuple(_visit(one, facts) for one in visits)
    yield Table(columns, (Group(rows),), "Who was here when")
    text = (
        "Present: told to be here that day, or to have come before and left after. Probably: last told here, not too old. "
        "A row ends with the last day that a report vouches for; the vessel may have stayed longer."
    )
    yield Paragraph(Line(text), quiet=True)


def _visit(one: Visit, facts: MovementFacts) -> tuple[Line, ...]:
    days = Interval(one.first, one.last, Precision.RANGE).told()
    note = sentences.described(one.vessel) if one.vessel.named else ""
    who = Line(strong=one.vessel.vessel, note=note) if one.vessel.named else Line(sentences.subject(one.vessel))
    acts = "; ".join(dict.fromkeys(f"{sentences.act(event)} {sentences.when(event.interval)}" for event in one.events))
    by = cited(facts, one.events, acts, hedged=any(event.hedged for event in one.events))
    return Line(days, note=sentences.counted((one.last - one.first).days + 1, "day")), who, Line(_sure(one)), by


def _sure(one: Visit) -> str:
    """How sure each part of a visit is: "present", "present 30 Nov, probably 1–13 Dec 2024"."""
    if len(one.stays) == 1:
        return one.stays[0].certainty.value
    return ", ".join(f"{stay.certainty.value} {_short(stay)}" for stay in one.stays)


def _short(stay: Stay) -> str:
    return Interval(stay.first, stay.last, Precision.RANGE).told().removesuffix(f" {stay.last.year}")
