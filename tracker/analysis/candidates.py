"""Which vessels an unnamed one may have been, by where each could have been on the day. Pure, from told events only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tracker.analysis import whereabouts
from tracker.analysis.conflicts import HOURS_A_DAY, speeds
from tracker.analysis.sea import Sea
from tracker.analysis.told import Told, spot
from tracker.analysis.whereabouts import History


class Rank(IntEnum):
    """How well a vessel fits, the best first."""

    THERE = 0  # told to be at that very place then
    NEAR = 1  # last told at that place, longer ago
    POSSIBLE = 2  # could have come from, or gone on to, where it was told
    UNKNOWN = 3  # nothing told that helps
    TOO_FAR = 4  # no ship of its type could have made it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A vessel that an unnamed one may be. `before` and `after`: what was told around the day; `needed_kn`: the speed of the harder leg."""

    vessel: str  # key
    rank: Rank
    before: Told | None
    after: Told | None
    least_nm: float | None = None
    needed_kn: float | None = None


def candidates(histories: Mapping[str, Sequence[Told]], types: Mapping[str, str], place: str | None, on: date, sea: Sea) -> list[Candidate]:
    """The vessels in the order in which each could have been at a place (by key) on a day. `types`: vessel key -> type, for its speed."""
    found = [_candidate(vessel, events, types[vessel], place, on, sea) for vessel, events in histories.items()]
    return sorted(found, key=lambda one: (one.rank, one.needed_kn or 0.0, one.vessel))


def _candidate(vessel: str, events: Sequence[Told], kind: str, place: str | None, on: date, sea: Sea) -> Candidate:
    answer = History(events).where(on)
    before = None if answer.event is None else events[answer.event]
    after = None if answer.after is None else events[answer.after]
    legs = [leg for event in (before, after) if event and place and (leg := _leg(event, place, on, sea))]
    least_nm, needed = max(legs, key=lambda leg: leg[1], default=(None, None))
    if needed is not None and needed > speeds().get(kind, speeds()["default"]):
        return Candidate(vessel, Rank.TOO_FAR, before, after, least_nm, needed)
    if before is not None and place and _at(before, place, sea):
        sure = answer.certainty in (whereabouts.PRESENT, whereabouts.PROBABLY, whereabouts.UNCLEAR)
        return Candidate(vessel, Rank.THERE if sure else Rank.NEAR, before, after, least_nm, needed)
    return Candidate(vessel, Rank.POSSIBLE if legs else Rank.UNKNOWN, before, after, least_nm, needed)


def _at(event: Told, place: str, sea: Sea) -> bool:
    here = spot(event)
    return here is not None and (here == place or sea.tree.inside(here, place) or sea.tree.inside(place, here))


def _leg(event: Told, place: str, on: date, sea: Sea) -> tuple[float, float] | None:
    """The least way in nautical miles between an event and a place, and the speed in knots that it takes; none where nobody can tell."""
    here = spot(event)
    if here is None or event.end is None:
        return None
    if _at(event, place, sea):
        return 0.0, 0.0
    way = sea.way(here, place)
    if way is None:
        return None
    apart = max((on - event.end).days, ((event.start or event.end) - on).days, 0)
    return way.least_nm, way.least_nm / ((apart + 1) * HOURS_A_DAY)
