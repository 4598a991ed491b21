"""The blocks of passages, deployments and silences."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracker.domain.when import Interval
from tracker.report import sentences
from tracker.report.blocks import Block, Column, Group, Heading, Line, Paragraph, Picture, Table
from tracker.report.cited import cited
from tracker.report.facts import MovementFacts
from tracker.report.strength import whereabouts
from tracker.report.told import ToldEvent
from tracker.report.voyages import UNSEEN_DAYS, AwayRow, PassageRow, SilentRow, days_told

BARS = "deployments"
"""The name of the picture of the bars."""
MOST = 60
"""Longer tables than this are read on a screen."""


def passage_blocks(facts: MovementFacts) -> Iterable[Block]:
    """Who passed which strait, and which way."""
    rows = facts.voyages.passages
    if not rows:
        return
    yield Heading("Strait transits", "transits")
    columns = (Column("When", 2.2), Column("Vessel", 3), Column("Passed", 2.6), Column("Towards", 2.6), Column("How", 2.2))
    yield Table(columns, (Group(tuple(_passage(row, facts) for row in rows[:MOST])),), "Passages of straits and canals")
    yield from _more(len(rows), "transits STRAIT")


def _passage(row: PassageRow, facts: MovementFacts) -> tuple[Line, ...]:
    towards = Line(row.towards, note="by the reports before and after" if row.inferred else "") if row.towards else Line("not told")
    return (
        Line(row.event.interval.told()),
        _vessel(row.event, facts),
        Line(row.event.place or "–", hedged=row.event.hedged),
        towards,
        _how(row.event, facts),
    )


def away_blocks(facts: MovementFacts, pictures: Collection[str] = ()) -> Iterable[Block]:
    """How long the vessels have been away from home, as bars where they are among the pictures, and as a table."""
    rows = facts.voyages.away
    if not rows:
        return
    yield Heading("Deployments", "deployments")
    if BARS in pictures:
        caption = "How long each vessel has been away from its home port"
        yield Picture(BARS, f"Deployments as bars: {caption[0].lower()}{caption[1:]}. The table below has the same days.", caption)
    columns = (Column("Vessel", 3), Column("Home port", 2.2), Column("Days away", 1.6, numeric=True), Column("Since", 3), Column("Last told", 3))
    yield Table(columns, (Group(tuple(_away(row, facts) for row in rows[:MOST])),), "Vessels away from their home ports")
    yield from _more(len(rows), "deployments")
    text = (
        f"Days on {Interval.day(facts.on).told()}. A range comes from a departure told of several days; “≥” stands where the departure is not "
        "on record, and the days are those since the first report of the vessel elsewhere."
    )
    yield Paragraph(Line(text), quiet=True)


def _away(row: AwayRow, facts: MovementFacts) -> tuple[Line, ...]:
    since = f"left {row.home}" if row.most is not None else f"first told elsewhere: {whereabouts(row.since) or 'at sea'}"
    return (
        _vessel(row.last, facts),
        Line(row.home),
        Line(days_told(row)),
        cited(facts, [row.since], row.since.interval.told(), note=since, hedged=row.since.hedged),
        cited(facts, [row.last], whereabouts(row.last) or "at sea", note=row.last.interval.told(), hedged=row.last.hedged),
    )


def silent_blocks(facts: MovementFacts) -> Iterable[Block]:
    """Who was not told of for long."""
    rows = facts.voyages.silent
    if not rows:
        return
    yield Heading("Not seen", "not-seen")
    columns = (
        Column("Vessel", 3),
        Column("Last told", 3),
        Column("When", 2.4),
        Column("Days since", 1.5, numeric=True),
        Column("Days watched", 1.6, numeric=True),
    )
    yield Table(columns, (Group(tuple(_silent(row, facts) for row in rows[:MOST])),), f"Vessels not told of for more than {UNSEEN_DAYS} days")
    yield from _more(len(rows), "unseen")
    yield Paragraph(
        Line("Days watched: on how many of the days since then some report told of the area. No report is no proof of absence."), quiet=True
    )


def _silent(row: SilentRow, facts: MovementFacts) -> tuple[Line, ...]:
    days = f"≥ {row.days}" if row.last.undated else str(row.days)
    place = cited(facts, [row.last], whereabouts(row.last) or "–", hedged=row.last.hedged)
    return _vessel(row.last, facts), place, Line(row.last.interval.told()), Line(days), Line(str(row.watched))


def _more(number: int, command: str) -> Iterable[Block]:
    if number > MOST:
        yield Paragraph(Line(f"{number - MOST} more are left out here; `tracker fleet {command}` lists them all."), quiet=True)


def _vessel(event: ToldEvent, facts: MovementFacts) -> Line:
    note = ", ".join(part for part in (sentences.type_words(event.type), None if facts.head.country else event.country) if part)
    return Line(strong=event.vessel, note=note) if event.named else Line(event.vessel)


def _how(event: ToldEvent, facts: MovementFacts) -> Line:
    word = sentences.MODALITY_WORDS[event.modality]
    return cited(facts, [event], f"{word}, “{event.hedge}”" if event.hedge else word)
