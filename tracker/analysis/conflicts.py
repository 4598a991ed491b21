"""Told events of one vessel that can't both be true, legs that no ship could make, and passages that nobody told of. Pure.

Reports that fit one after the other are no conflict: "had not moved on 1 December" and "left on 2 December" are two true sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from tracker.analysis.sea import Link, Sea
from tracker.analysis.told import Told, happened, holds
from tracker.domain.kinds import EventKind, Modality, Precision
from tracker.domain.tree import PlaceTree
from tracker.resources import resource

HOURS_A_DAY = 24
_LOOSE = frozenset({Precision.MONTH, Precision.YEAR, Precision.PART_OF_MONTH, Precision.OPEN})


class What(StrEnum):
    """What is wrong between two events."""

    DENIED = "told and denied"
    TOO_FAST = "impossible leg"
    MISSING = "missing passage"  # no clash: the passage between is not on record


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two events of one vessel that don't go together, the earlier first."""

    what: What
    first: Told
    second: Told
    least_nm: float | None = None  # by sea, at least
    hours: int | None = None  # at most, from the beginning of the day on which it can first have left to the end of that by which it came
    needed_kn: float | None = None
    links: tuple[Link, ...] = ()  # the straits between


@cache
def speeds(path: Path | None = None) -> Mapping[str, int]:
    """The speed in knots that a vessel of a type can hardly keep up, from `seeds/speeds.toml`; "default" for the rest."""
    return dict(tomllib.loads((path or resource("seeds", "speeds.toml")).read_text(encoding="utf-8")))


def conflicts(events: Sequence[Told], sea: Sea, vessel_type: str) -> list[Conflict]:
    """What doesn't go together among the events of one vessel, in order of time."""
    dated = sorted((e for e in events if e.start and e.end), key=lambda e: (e.start or date.min, e.end or date.min, e.id))
    found = [*_denials(dated, sea.tree), *_legs([e for e in dated if happened(e)], sea, vessel_type)]
    return sorted(found, key=lambda c: (c.first.start or date.min, c.second.start or date.min, c.first.id, c.second.id))


def _denials(dated: Sequence[Told], tree: PlaceTree) -> Iterator[Conflict]:
    for at, first in enumerate(dated):
        for second in dated[at + 1 :]:
            if _first_day(second) > _last_day(first):
                break
            if Modality.PLANNED in (first.modality, second.modality):
                continue
            if (first.modality == Modality.NEGATED) != (second.modality == Modality.NEGATED) and _denies(first, second, tree):
                yield Conflict(What.DENIED, first, second)


def _denies(one: Told, other: Told, tree: PlaceTree) -> bool:
    """Whether one says "not" of the very days of the other, at the same place. "Not seen", without a place, is no more than not seen."""
    denied, told = (one, other) if one.modality == Modality.NEGATED else (other, one)
    if denied.kind != told.kind or not (_first_day(denied) <= _first_day(told) and _last_day(told) <= _last_day(denied)):
        return False
    if denied.kind == EventKind.AT_SEA and not denied.place_key:
        return False
    pairs = ((denied.place_key, told.place_key), (denied.origin_key, told.origin_key), (denied.destination_key, told.destination_key))
    return all(a is None or b is None or tree.inside(a, b) or tree.inside(b, a) for a, b in pairs)


def _legs(told: Sequence[Told], sea: Sea, vessel_type: str) -> Iterator[Conflict]:
    """Legs between one place told and the next, of events dated to the day or to a range of days."""
    placed = [e for e in told if e.precision not in _LOOSE and _spot(e)]
    limit = speeds().get(vessel_type, speeds()["default"])
    passed = [e for e in told if e.kind == EventKind.TRANSIT and e.place_key]
    for first, second in pairwise(placed):
        leg = _leg(first, second, sea)
        if leg is None:
            continue
        if leg.needed_kn is not None and leg.needed_kn > limit:
            yield leg
        elif leg.links and (missing := tuple(link for link in leg.links if not _on_record(link, passed, first, second, sea))):
            yield Conflict(What.MISSING, first, second, leg.least_nm, leg.hours, leg.needed_kn, missing)


def _leg(first: Told, second: Told, sea: Sea) -> Conflict | None:
    origin, destination = _spot(first), _spot(second)
    if not origin or not destination or sea.tree.inside(origin, destination) or sea.tree.inside(destination, origin):
        return None
    way = sea.way(origin, destination)
    if way is None:
        return None
    hours = max(1, (_came_by(second) - _left_from(first)).days + 1) * HOURS_A_DAY
    return Conflict(What.TOO_FAST, first, second, way.least_nm, hours, way.least_nm / hours, way.links)


def _left_from(event: Told) -> date:
    """The first day on which the vessel can have been gone: of a stay told by its days, the last of them."""
    return _last_day(event) if holds(event.kind, event.start, event.end, _last_day(event), event.precision) else _first_day(event)


def _came_by(event: Told) -> date:
    """The last day on which the vessel can have come: of a stay told by its days, the first of them."""
    return _first_day(event) if holds(event.kind, event.start, event.end, _first_day(event), event.precision) else _last_day(event)


def _spot(event: Told) -> str | None:
    """The place at which an event finds its vessel. Of an arrival that is where it arrives, for it may have started long before."""
    match EventKind(event.kind):
        case EventKind.DEPARTURE:
            return event.origin_key
        case EventKind.ARRIVAL:
            return event.destination_key or event.place_key
        case _:
            return event.place_key


def _on_record(link: Link, passed: Sequence[Told], first: Told, second: Told, sea: Sea) -> bool:
    """Whether a passage between the waters of a link is told of between two events."""
    return any(
        _last_day(e) >= _first_day(first) and _first_day(e) <= _last_day(second)
        for e in passed
        if e.place_key and (through := sea.link_of(e.place_key)) and through.joins == link.joins
    )


def _first_day(event: Told) -> date:
    return event.start or date.min


def _last_day(event: Told) -> date:
    return event.end or date.max
