"""The counts that reports tell of an area, beside the vessels that the same store can name there: one table of a movement report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis.counts import Placed, Reconciled, Ship, Verdict, exclusions, reconcile
from tracker.analysis.fleet import Certainty, history_of
from tracker.analysis.scope import Scope
from tracker.domain.kinds import Modality, VesselType
from tracker.domain.phrases import told_count, told_modality
from tracker.domain.records import StrengthClaim
from tracker.domain.when import Interval, told_age
from tracker.gazetteer.counts import load_counts
from tracker.report.blocks import Block, Column, Group, Heading, Line, Paragraph, Table
from tracker.report.told import Row, ToldClaim, ToldEvent, claim_row
from tracker.store.counts import as_strength

MOST_COUNTS = 40
"""More counts than this are left to `tracker counts list`, the oldest first."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """A count of the report: what is told, by which document, and what we can name of it; that is None for a place whose scope isn't at hand."""

    claim: StrengthClaim
    told: ToldClaim
    found: Reconciled | None

    @property
    def events(self) -> frozenset[str]:
        """The ids of the events by which we name vessels."""
        placed = (*self.found.named, *self.found.perhaps) if self.found else ()
        return frozenset(one.standing.event.id for one in placed if one.standing.event)

    @property
    def words(self) -> str:
        """What is counted, with its number: "at least 12 PLAN ships"."""
        claim = self.claim
        return f"{told_count(claim.count, claim.count_most, claim.bound)} {claim.subset or claim.what}"


def count_lines(
    rows: Iterable[Row], histories: Mapping[str, Sequence[ToldEvent]], scopes: Mapping[str, Scope], period: Interval, country: str | None
) -> tuple[CountLine, ...]:
    """The counts of the area and the period, oldest first. With a country, those of it and those that tell none. `scopes`: by place key."""
    wanted = [(as_strength(row), row) for row in rows if row["country"] in (country, None) or not country]
    claims = [(claim, row) for claim, row in wanted if _in_period(claim, period)]
    whole, ships = load_counts().whole, _ships(histories)
    others = exclusions([claim for claim, _ in claims], whole)
    found = []
    for claim, row in claims:
        day = _day(claim, period)
        scope = scopes.get(claim.place_key or "")
        made = reconcile(claim, ships, scope, day, whole) if day and scope else None
        found.append(
            CountLine(claim, claim_row({**row, "claim_id": claim.id, "event_id": claim.id}), made and replace(made, others=others.get(claim.id, ())))
        )
    return tuple(found)


def _in_period(claim: StrengthClaim, period: Interval) -> bool:
    days = claim.interval if claim.interval.start else Interval(claim.interval.end, claim.interval.end, claim.interval.precision)
    return claim.interval.end is not None and days.overlaps(period)


def _day(claim: StrengthClaim, period: Interval) -> date | None:
    end = claim.interval.end
    return min(end, period.end) if end and period.end else end


def _ships(histories: Mapping[str, Sequence[ToldEvent]]) -> list[Ship]:
    return [
        Ship(
            key=key,
            name=first.vessel if first.named else None,
            type=VesselType(first.type),
            history=history_of(events),
            country=first.country,
            class_name=first.class_name,
            project=first.project,
            least=first.count or 1,
            document=first.document_id,
        )
        for key, events in histories.items()
        for first in events[:1]
    ]


def count_blocks(lines: Sequence[CountLine], refs: Mapping[str, tuple[int, ...]], on: date) -> Iterable[Block]:
    """The table of the counts told, nothing where there are none; `refs`: count id -> numbers of its sources, `on`: the day of the clock."""
    if not lines:
        return
    yield Heading("Counts told", "counts-told")
    columns = (
        Column("Told for", 2),
        Column("Count", 3.6),
        Column("Area", 2),
        Column("We can name", 4),
        Column("Age", 0.9, numeric=True),
    )
    rows = tuple(_cells(line, refs, on) for line in lines[-MOST_COUNTS:])
    yield Table(columns, (Group(rows),), "How many vessels reports say were there, and how many of them can be named")
    left = len(lines) - MOST_COUNTS
    yield Paragraph(
        Line(
            "Counts are told by the reports and are no movements. Named are the vessels of the counted sort that the store's events put in the "
            "area on the last day that the count speaks of; fewer names than ships is no contradiction."
            + (f" {left} older counts are left out; `tracker counts list` has them." if left > 0 else "")
        ),
        quiet=True,
    )


def _cells(line: CountLine, refs: Mapping[str, tuple[int, ...]], on: date) -> tuple[Line, ...]:
    claim, end = line.claim, line.claim.interval.end
    hedged = claim.modality is not Modality.ASSERTED
    what = Line(
        line.words if not claim.part_of else f"of these, {line.words}",
        note=told_modality(claim.modality, claim.hedge) if hedged else "",
        refs=refs.get(claim.id, ()),
        hedged=hedged,
    )
    age = told_age(max(0, (on - end).days) if end else None, at_least=claim.interval.start is None)
    return Line(claim.interval.told()), what, Line(claim.place), _named(line, refs), Line(age)


def _named(line: CountLine, refs: Mapping[str, tuple[int, ...]]) -> Line:
    """Whom we can name, by whose words, and what doesn't go together."""
    found = line.found
    if found is None:
        return Line("–")
    if found.verdict is Verdict.UNCOMPARED:
        return Line("–", note=found.why)
    names = _names(found.named)
    told = f"{len(found.named)}: {names}" if names else "none"
    perhaps = f"perhaps {_names(found.perhaps)}" if found.perhaps else ""
    wrong = "" if found.verdict is Verdict.FITS else f"{found.verdict}: {found.why}"
    other = "another report excludes it" if found.others else ""
    return Line(told, note="; ".join(filter(None, (perhaps, wrong, other))), refs=_together(line.events, refs))


def _together(ids: Iterable[str], refs: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({number for key in ids for number in refs.get(key, ())}))


def count_clashes(lines: Sequence[CountLine], refs: Mapping[str, tuple[int, ...]]) -> tuple[tuple[Line, ...], ...]:
    """What contradicts a count, each with its two sides: vessels that we name beyond its number, or another count; each pair once."""
    by_id = {line.claim.id: line for line in lines}
    rows = []
    for line in lines:
        found = line.found
        if found and found.verdict is Verdict.CLASH:
            names = Line(f"{_names(found.named)}, told to be there", refs=_together(line.events, refs))
            rows.append((Line(strong=f"{line.claim.place}: more ships named than counted"), _side(line, refs), names))
        for other in (by_id[key] for key in (found.others if found else ()) if key > line.claim.id and key in by_id):
            rows.append((Line(strong=f"{line.claim.place}: two counts of one day"), _side(line, refs), _side(other, refs)))
    return tuple(rows)


def _side(line: CountLine, refs: Mapping[str, tuple[int, ...]]) -> Line:
    hedge = " reportedly" if line.claim.modality is Modality.REPORTED else ""
    return Line(f"{line.words}{hedge} in the area, {line.claim.interval.told()}", refs=refs.get(line.claim.id, ()))


def _names(placed: Iterable[Placed]) -> str:
    return ", ".join(f"{one.ship.name}{_doubt(one.standing.certainty)}" for one in placed)


def _doubt(sure: Certainty) -> str:
    return "" if sure is Certainty.PRESENT else f" ({sure.value})"
