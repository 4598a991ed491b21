"""The dossier of one vessel: record, where it is last known, its lane through the period, every event with its words, what does not fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.analysis.presence import Segment, State, lane
from tracker.domain.kinds import Modality, Precision
from tracker.domain.tree import PlaceTree
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
    told_period,
    without_refs,
)
from tracker.report.told import ToldEvent
from tracker.report.voyage_blocks import away_blocks, passage_blocks

STATES = {State.IN_PORT: "in port", State.AT_SEA: "at sea", State.TRANSIT: "in passage", State.UNKNOWN: "nothing told"}
Row = Mapping[str, Any]


def vessel_book(facts: MovementFacts, record: Row, segments: Sequence[Segment], names: Mapping[str, str], pictures: Iterable[str] = ()) -> Book:
    """The pages of a dossier. `record`: what the store keeps of the vessel, with `aliases`; `segments`: its lane; `names`: place key -> name."""
    return book_of(facts, told_period(facts.head.period), _blocks(facts, record, segments, names, tuple(pictures)))


def vessel_post(facts: MovementFacts, record: Row, segments: Sequence[Segment], names: Mapping[str, str], pictures: Iterable[str] = ()) -> Book:
    """The one page of a dossier that can be posted."""
    named = tuple(pictures)
    full = vessel_book(facts, record, segments, names, named)
    blocks: list[Block] = [Heading("Last known", "last-known"), *without_refs(full.section("last-known"))]
    blocks += [
        *(replace(picture, title="") for picture in picture_blocks("map", named)),
        Heading("Lane", "lane"),
        *without_refs(full.section("lane")),
    ]
    return post_of(facts, full, blocks)


def segments_of(events: Sequence[ToldEvent], since: date | None, until: date, afloat: Collection[str], tree: PlaceTree) -> list[Segment]:
    """The lane of the events of one vessel, from a day (its first event, where none is given) to another."""
    days = [day for event in events if event.end and (day := event.start or event.end)]
    first = since or min(days, default=until)
    return lane(events, min(first, until), until, afloat=afloat, tree=tree)


def _blocks(facts: MovementFacts, record: Row, segments: Sequence[Segment], names: Mapping[str, str], pictures: Sequence[str]) -> Iterable[Block]:
    yield Heading("Last known", "last-known")
    yield from _last_known(facts)
    yield Heading("Record", "record")
    yield from _record(record)
    if facts.empty:
        yield from changed_blocks(facts, "the vessel")
        yield from method_blocks(facts)
        return
    yield from picture_blocks("map", pictures)
    yield from picture_blocks("timeline", pictures)
    yield Heading("Lane", "lane")
    yield from lane_blocks(segments, names, facts.lasting)
    yield Heading("Events", "daily-events")
    yield from daily_blocks(facts)
    yield from passage_blocks(facts)
    yield from away_blocks(facts)
    yield Heading("Planned and denied", "planned-denied")
    yield from planned_denied_blocks(facts)
    yield Heading("Contradictions", "contradictions")
    yield from contradiction_blocks(facts)
    yield from changed_blocks(facts, "the vessel")
    yield from source_blocks(facts)
    yield from method_blocks(facts)


def _last_known(facts: MovementFacts) -> Iterable[Block]:
    if facts.empty or not facts.composition:
        yield Paragraph(Line(f"No report in the store tells of this vessel in this period ({told_period(facts.head.period)})."))
        return
    lines = []
    for row in facts.composition:
        event, day = row.standing.event, Interval.day(facts.on).told()
        if event is None:
            lines.append(Line(f"nothing told of its place by {day}.", strong=f"{row.vessel}:"))
            continue
        age = (facts.head.as_of.date() - event.end).days if event.end else None
        old = "" if age is None else f" The report is {'at least ' if event.undated else ''}{sentences.counted(max(0, age), 'day')} old."
        sure = f"On {day}: {CERTAINTY_WORDS[row.standing.certainty]}."
        text = f"{sentences.sentence([event])}{old} {sure}"
        lines.append(cited(facts, [event], text, strong="Last told:", hedged=event.hedged))
    rests = f"{sentences.counted(facts.counts.events, 'event')} from {sentences.counted(facts.counts.documents, 'report')}."
    yield Bullets((*lines, cited(facts, (facts.lasting[key] for key in sorted(facts.told)), rests, strong="In all:", numbered=False)))


_RECORD = (
    ("name", "Name"),
    ("native_name", "In its own script"),
    ("prefix", "Prefix"),
    ("hull", "Hull number"),
    ("type", "Type"),
    ("class_name", "Class"),
    ("project", "Project"),
    ("country", "Country"),
    ("operator", "Operator"),
    ("fleet", "Fleet"),
    ("home_port", "Home port"),
    ("commissioned", "Commissioned"),
    ("ended", "Last year of service"),
    ("status", "Status"),
    ("imo", "IMO number"),
    ("mmsi", "MMSI"),
    ("key", "Key in this store"),
)


def _record(record: Row) -> Iterable[Block]:
    known = [(title, record.get(name)) for name, title in _RECORD if record.get(name) not in (None, "")]
    rows = [(Line(title), Line(sentences.type_words(str(value)) if title == "Type" else str(value))) for title, value in known]
    others = [alias for alias in record.get("aliases", ()) if alias not in (record.get("name"), record.get("native_name"))]
    if others:
        rows.append((Line("Also written"), Line(", ".join(others))))
    yield Table((Column("What", 2.2), Column("As the store has it", 7)), (Group(tuple(rows)),), "The record of the vessel")
    where = "It stands in the project's register." if record.get("in_register") else "It is not in the project's register: reports alone tell of it."
    yield Paragraph(Line(where), quiet=True)


def lane_blocks(segments: Sequence[Segment], names: Mapping[str, str], lasting: Mapping[str, ToldEvent]) -> Iterable[Block]:
    """A lane as a table: days, state, place, how sure, and how it began and ended. `lasting`: the events by id."""
    columns = (Column("Days", 2.6), Column("State", 1.5), Column("Place", 2.4), Column("Certainty", 1.5), Column("Began", 2), Column("Ended", 2))
    rows = tuple(
        (
            Line(
                Interval(one.first, one.last, Precision.RANGE).told(),
                note=sentences.counted(one.days, "day"),
                events=tuple(key for key in one.events if key in lasting),
            ),
            Line(STATES[one.state], note="contested" if one.contested else ""),
            Line(names.get(one.place or "", "–") if one.state is not State.UNKNOWN else "–"),
            Line("–" if one.state is State.UNKNOWN else one.certainty),
            *(_move(lasting.get(move.id) if move else None, one.state) for move in (one.began, one.ended)),
        )
        for one in segments
    )
    yield Table(columns, (Group(rows),), "What it was doing, day by day, as far as anyone tells")
    text = "“Unclear” are days on one of which a move is told to have happened. No segment is longer than what vouches for it."
    yield Paragraph(Line(text), quiet=True)


def _move(event: ToldEvent | None, state: State) -> Line:
    if event is None:
        return Line("–" if state is State.UNKNOWN else "not told")
    hedge = "" if event.modality is Modality.ASSERTED else sentences.MODALITY_WORDS[event.modality]
    return Line(event.interval.told(), note=hedge, hedged=event.hedged, events=(event.id,))
