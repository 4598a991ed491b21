"""Told events of one vessel that can't both be true: two ports on one day, or told and denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.geo import distance_km
from tracker.domain.kinds import EventKind, Modality
from tracker.domain.tree import PlaceTree
from tracker.report import sentences
from tracker.report.told import ToldEvent

FAR_KM = 400.0
"""A ship makes about this much in half a day; ports nearer than this may both be true of one day."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two events that clash, and in what."""

    what: str
    first: ToldEvent
    second: ToldEvent


def contradictions(events: Iterable[ToldEvent], tree: PlaceTree, points: Mapping[str, tuple[float, float]]) -> tuple[Contradiction, ...]:
    """Clashes between events of the same named vessel, in order of time; sightings that fit one after the other are none."""
    by_vessel: dict[str, list[ToldEvent]] = {}
    for event in events:
        if event.named and event.modality is not Modality.PLANNED and not event.undated:
            by_vessel.setdefault(event.vessel_key, []).append(event)
    found = [clash for history in by_vessel.values() for clash in _clashes(history, tree, points)]
    return tuple(sorted(found, key=lambda c: (c.first.order, c.second.order)))


def _clashes(history: Sequence[ToldEvent], tree: PlaceTree, points: Mapping[str, tuple[float, float]]) -> Iterable[Contradiction]:
    for first, second in _overlapping(sorted(history, key=lambda e: e.order)):
        if (first.modality is Modality.NEGATED) != (second.modality is Modality.NEGATED):
            if _denies(first, second, tree):
                yield Contradiction(f"{first.vessel}: told and denied", first, second)
        elif first.happened and _two_ports(first, second, tree):
            apart = _apart(first, second, points)
            if apart is None or apart >= FAR_KM:
                yield Contradiction(f"{first.vessel}: in two ports on one day{f', {apart:,.0f} km apart' if apart else ''}", first, second)


def _overlapping(history: Sequence[ToldEvent]) -> Iterable[tuple[ToldEvent, ToldEvent]]:
    """Pairs whose days overlap; the history is in order of its days, so the search for a partner ends at the first that starts too late."""
    for at, first in enumerate(history):
        for second in history[at + 1 :]:
            if not first.interval.overlaps(second.interval):
                break
            yield first, second


def _two_ports(first: ToldEvent, second: ToldEvent, tree: PlaceTree) -> bool:
    if first.kind is not EventKind.IN_PORT or second.kind is not EventKind.IN_PORT or not _one_day(first) or not _one_day(second):
        return False
    return bool(first.place_key and second.place_key) and not _compatible(first.place_key, second.place_key, tree)


def _one_day(event: ToldEvent) -> bool:
    return event.interval.start is not None and event.interval.start == event.interval.end


def _denies(one: ToldEvent, other: ToldEvent, tree: PlaceTree) -> bool:
    """Whether one says "not" of the very days of the other, at the same place. "Not seen", without a place, is no more than not seen."""
    denied, happened = (one, other) if one.modality is Modality.NEGATED else (other, one)
    if denied.kind is not happened.kind or not _covers(denied, happened):
        return False
    if denied.kind is EventKind.AT_SEA and not denied.place_key:
        return False
    pairs = ((denied.place_key, happened.place_key), (denied.origin_key, happened.origin_key), (denied.destination_key, happened.destination_key))
    return all(_compatible(left, right, tree) for left, right in pairs)


def _covers(denied: ToldEvent, happened: ToldEvent) -> bool:
    days, told_days = denied.interval, happened.interval
    return (
        days.start is not None
        and days.end is not None
        and told_days.start is not None
        and told_days.end is not None
        and days.start <= told_days.start
        and told_days.end <= days.end
    )


def _compatible(one: str | None, other: str | None, tree: PlaceTree) -> bool:
    return one is None or other is None or tree.inside(one, other) or tree.inside(other, one)


def _apart(first: ToldEvent, second: ToldEvent, points: Mapping[str, tuple[float, float]]) -> float | None:
    one, other = points.get(first.place_key or ""), points.get(second.place_key or "")
    return distance_km(*one, *other) if one and other else None


def told(event: ToldEvent) -> str:
    """One side of a contradiction, in words."""
    return sentences.sentence([event])
