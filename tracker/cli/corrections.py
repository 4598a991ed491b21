"""What publishers changed since, for a report: every version of a page beside the one before it, and every document that was taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.analysis.comparison import Difference
    from tracker.domain.records import Claim
    from tracker.domain.when import Interval
    from tracker.report.corrections import Change, Correction
    from tracker.report.facts import Request
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]


def corrections(reader: Reader, wish: Request, f: EventFilter, today: date) -> tuple[Correction, ...]:
    """What was known by a day to have changed of what a report could tell: claims in its area and period, and later news of its area.

    Of the vessels that fit `f`, and a little further back than its period: what was told shortly before still counts at its beginning.
    """
    from tracker.report.corrections import Correction

    vessels, found, reached = reader.vessel_identities(), [], _reached(wish)
    for document, on, differences in _changes(reader, f.known_on or today):
        of = [one for one in differences if one.slots or one.old is None or one.new is None]
        changes = tuple(_change(one, vessels) for one in of if _matters(one, on, wish, reached) and _fits(one, f, vessels))
        if changes:
            stands = document["document_id"] if document["state"] != "withdrawn" else None
            found.append(Correction(document["source"], document["title"], on, changes, stands))
    return tuple(sorted(found, key=lambda one: (one.on, one.outlet, one.document_id or "", one.changes[0].act)))


def _changes(reader: Reader, known_on: date) -> Iterator[tuple[Row, date, list[Difference]]]:
    """(The later version or the document taken back, since when, what it tells otherwise), of each page once."""
    from tracker.analysis.comparison import compare
    from tracker.cli.documents import as_read

    seen: set[str] = set()
    for number in reader.changed_documents():
        if number in seen:
            continue
        versions = reader.versions(number)
        seen |= {row["document_id"] for row in versions}
        for old, new in pairwise(versions):
            if new["known_from"] <= known_on:
                yield new | {"state": "current"}, new["known_from"], compare(as_read(reader, old), as_read(reader, new))
        for row in versions:
            if row["state"] == "withdrawn" and row["until"] <= known_on:
                yield row, row["until"], compare(as_read(reader, row), ())


def _reached(wish: Request) -> Interval:
    """The period of a report with the days before it on which a telling still counts at its beginning."""
    start = wish.period.start
    return replace(wish.period, start=start and start - timedelta(days=max(wish.horizons.values(), default=0)))


def _fits(one: Difference, f: EventFilter, vessels: dict[str, Row]) -> bool:
    """Whether a vessel of a difference is one that the filter asks for."""
    keys = {claim.vessel for claim in (one.old, one.new) if claim}
    asked = (("country", f.country), ("type", f.type), ("class", f.class_name))
    return any((not f.vessels or key in f.vessels) and _is(vessels.get(key, {}), asked) for key in keys)


def _is(vessel: Row, asked: Sequence[tuple[str, str | None]]) -> bool:
    return all(not wanted or str(vessel.get(column) or "").casefold() == wanted.casefold() for column, wanted in asked)


def _matters(one: Difference, on: date, wish: Request, reached: Interval) -> bool:
    from tracker.domain.when import Interval

    claims = [claim for claim in (one.old, one.new) if claim]
    there = any(wish.scope.holds(key) for claim in claims for key in (claim.place_key, claim.origin_key, claim.destination_key) if key)
    now = Interval.day(on).overlaps(wish.period) or any(_told_for(claim).overlaps(reached) for claim in claims)
    return now and (there or wish.scope.key is None)


def _told_for(claim: Claim) -> Any:
    """The days that a claim is about; of an undated one the day by which it was known."""
    from tracker.domain.when import Interval

    undated = claim.interval.start is None and claim.interval.end is not None
    return Interval.day(claim.interval.end) if undated and claim.interval.end else claim.interval


def _change(one: Difference, vessels: dict[str, Row]) -> Change:
    from tracker.domain.kinds import Modality
    from tracker.domain.phrases import told_act
    from tracker.report.corrections import Change

    claim = one.new or one.old
    assert claim is not None  # a difference has a side
    act = told_act(claim.kind, claim.place, claim.origin, claim.destination, claim.modality)
    name = vessels[claim.vessel]["vessel"] if claim.vessel in vessels else claim.mention or claim.vessel
    quotes: Sequence[str | None] = [side.quote if side else None for side in (one.old, one.new)]
    hedged = claim.modality in (Modality.REPORTED, Modality.POSSIBLE)
    told = f"{act}, {claim.interval.told()}{f' ({claim.modality.value})' if hedged else ''}"
    return Change(one.what.value, str(name), told, one.slots, quotes[0], quotes[1], hedged)
