"""The last look before a report is set: no sentence firmer than its claims, no line without a source, no number that doesn't add up."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.analysis.fleet import Certainty
from tracker.domain.kinds import FIRMNESS, Modality
from tracker.errors import TrackerError
from tracker.report.facts import MovementFacts, Statement
from tracker.report.told import ToldEvent

WORDS: dict[Modality, tuple[str, ...]] = {
    Modality.REPORTED: ("reportedly",),
    Modality.POSSIBLE: ("possibly",),
    Modality.PLANNED: ("expected",),
    Modality.NEGATED: (" not ",),
}
"""What a sentence must say of an event that is told less firmly than as a fact; every one of its events asks for its own."""


def refuse(facts: MovementFacts) -> MovementFacts:
    """The facts, if they may be printed. Raises TrackerError that names the first thing wrong."""
    wrong = next(faults(facts), None)
    if wrong:
        raise TrackerError(f"the report was not written, for {wrong}; this is a fault of the program: please report it")
    return facts


def faults(facts: MovementFacts) -> Iterator[str]:
    """What is wrong with a report, in words."""
    for point in facts.key_points:
        yield from _statement(point, facts)
    for line in (line for day in facts.days for line in day.lines):
        if not line.refs:
            yield f"the line on {line.events[0].vessel} ({line.events[0].id}) has no source"
    for row in facts.composition:
        event = row.standing.event
        if row.standing.certainty is Certainty.PRESENT and event and not _as_fact(event):
            yield f"{row.vessel} is called present by what is only {event.modality.value}"
        if event and not row.refs:
            yield f"the place of {row.vessel} has no source"
    for count in facts.told_counts:
        if not facts.refs.get(count.claim.id):
            yield f"the count of {count.claim.what} in {count.claim.place} has no source"
    yield from _sum(facts)


def _as_fact(event: ToldEvent) -> bool:
    return FIRMNESS[event.modality] == FIRMNESS[Modality.ASSERTED]


def _statement(point: Statement, facts: MovementFacts) -> Iterator[str]:
    if not point.refs or not point.events:
        yield f"no claim stands behind “{point.text}”"
    text = f" {point.text.casefold()} "
    for event in (facts.lasting[key] for key in point.events if key in facts.lasting):
        needed = WORDS.get(event.modality)
        if needed and not any(word in text for word in needed):
            yield f"“{point.text}” is firmer than {event.id}, which is {event.modality.value}"


def _sum(facts: MovementFacts) -> Iterator[str]:
    table = facts.strength
    if not table.rows:
        return
    told = sum(row.count * row.sign for row in table.rows)
    if told != table.row("end").count:
        yield f"the strength table does not add up: {told} and {table.row('end').count}"
    for row in table.rows:
        for name, event in zip(row.vessels, row.events, strict=True):
            if not facts.refs_of([event]):
                yield f"{name} stands in the strength table without a source"
