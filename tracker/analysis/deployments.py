"""How long vessels have been away from home: since the last departure from the home port that is on record. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.told import Told, happened, spot
from tracker.domain.kinds import EventKind
from tracker.domain.tree import PlaceTree


@dataclass(frozen=True, slots=True)
class Deployment:
    """A vessel away from home. Days are counted to the day asked about; `most` is None where the departure itself is not on record."""

    vessel: str  # key
    home: str  # key
    since: Told  # the departure from home, or the first event away from it
    least: int
    most: int | None
    last: Told  # the latest event


def deployments(histories: Mapping[str, Sequence[Told]], homes: Mapping[str, str], on: date, tree: PlaceTree) -> list[Deployment]:
    """The deployments under way on a day, of vessels whose home port is known, the longest first."""
    found = [_deployment(vessel, homes[vessel], events, on, tree) for vessel, events in histories.items() if vessel in homes]
    return sorted((d for d in found if d), key=lambda d: (-d.least, d.vessel))


def _deployment(vessel: str, home: str, events: Sequence[Told], on: date, tree: PlaceTree) -> Deployment | None:
    told = sorted((e for e in events if happened(e) and e.start and (e.end or date.max) <= on), key=lambda e: (e.end or date.max, e.id))
    away: list[Told] = []
    for event in told:
        where = spot(event)
        if where and tree.inside(where, home):
            away = [event] if event.kind == EventKind.DEPARTURE else []
        elif away or where:
            away.append(event)
    if not away or away[0].start is None or away[0].end is None:
        return None
    since = away[0]
    left_home = since.kind == EventKind.DEPARTURE and tree.inside(spot(since) or "", home)
    return Deployment(vessel, home, since, (on - away[0].end).days, (on - away[0].start).days if left_home else None, away[-1])
