"""Vessels of which nothing was told for days, and on how many of those days anything was told of the waters where they were last. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.told import Told
from tracker.analysis.whereabouts import latest


@dataclass(frozen=True, slots=True)
class Silence:
    """A vessel not told of since its last event. `watched` counts the days since on which some report told of the same water."""

    vessel: str  # key
    last: Told
    days: int
    watched: int


def unseen(histories: Mapping[str, Sequence[Told]], on: date, days: int, reports: Mapping[str, Collection[date]]) -> list[Silence]:
    """Vessels whose last event ended more than `days` days before a day, the longest silence first.

    `reports`: vessel key -> the days on which reports told of the water where it was last.
    """
    found = []
    for vessel, events in histories.items():
        number = latest(events, on)
        last = None if number is None else events[number]
        if last is None or last.end is None or (on - last.end).days <= days:
            continue
        watched = sum(last.end < day <= on for day in set(reports.get(vessel, ())))
        found.append(Silence(vessel, last, (on - last.end).days, watched))
    return sorted(found, key=lambda s: (-s.days, s.vessel))
