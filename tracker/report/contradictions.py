"""What doesn't go together among the told events of named vessels: clashes, and passages that nobody told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.analysis.conflicts import Conflict, What, conflicts
from tracker.analysis.sea import Sea
from tracker.report import sentences
from tracker.report.told import ToldEvent


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two events that clash, and in what; or two between which a passage is missing."""

    what: str
    first: ToldEvent
    second: ToldEvent
    missing: bool = False


def contradictions(events: Iterable[ToldEvent], sea: Sea, names: Mapping[str, str]) -> tuple[Contradiction, ...]:
    """Clashes between events of one named vessel, in order of time, then the missing passages; sightings that fit one after the other are none."""
    by_vessel: dict[str, list[ToldEvent]] = {}
    for event in events:
        if event.named:
            by_vessel.setdefault(event.vessel_key, []).append(event)
    found = [clash for history in by_vessel.values() for one in conflicts(history, sea, history[0].type) if (clash := _told(one, sea, names))]
    return tuple(sorted(found, key=lambda c: (c.missing, c.first.order, c.second.order)))


def _told(one: Conflict, sea: Sea, names: Mapping[str, str]) -> Contradiction | None:
    if not isinstance(one.first, ToldEvent) or not isinstance(one.second, ToldEvent):
        return None
    return Contradiction(f"{one.first.vessel}: {_what(one, sea, names)}", one.first, one.second, one.what is What.MISSING)


def _what(one: Conflict, sea: Sea, names: Mapping[str, str]) -> str:
    if one.what is What.DENIED:
        return "told and denied"
    if one.what is What.MISSING:
        return "no passage told of " + ", nor of ".join(sea.straits(link.joins, names) for link in one.links)
    return f"at least {one.least_nm:,.0f} nm by sea in {one.hours} hours at most, {one.needed_kn:,.0f} knots"


def told(event: ToldEvent) -> str:
    """One side of a contradiction, in words."""
    return sentences.sentence([event])
