"""Vessels that move together: told in one movement, of one kind, at one place, on shared days, more than once. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from tracker.analysis.told import Told, happened, spot

MOST_AT_A_PLACE = 60
"""More vessels than this at one place on one day are a harbour, not a group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Vessels and how often each two of them were told together, at least."""

    vessels: tuple[str, ...]  # keys
    times: int
    events: tuple[str, ...]  # ids
    first: date
    last: date
    chained: bool  # not every two of them were told together


def groups(histories: Mapping[str, Sequence[Told]], least: int = 2) -> list[Group]:
    """Groups of vessels of which each is tied to another by at least so many shared movements, the largest first."""
    together = _together(histories)
    tied = {pair: acts for pair, acts in together.items() if len(acts) >= least}
    found = []
    for members in _components(tied):
        acts = sorted({act for pair, those in tied.items() if pair[0] in members for act in those})
        events = tuple(sorted({e.id for v in members for e in histories[v] if _act(e) in set(acts)}))
        chained = any(pair not in tied for pair in combinations(sorted(members), 2))
        times = min(len(those) for pair, those in tied.items() if pair[0] in members)
        days = [day for _, _, day in acts]
        found.append(Group(tuple(sorted(members)), times, events, min(days), max(days), chained))
    return sorted(found, key=lambda g: (-len(g.vessels), -g.times, g.vessels))


def _act(event: Told) -> tuple[str, str, date] | None:
    """What is shared by vessels that do one thing together: kind, place and day."""
    where = spot(event)
    return (event.kind, where, event.start) if where and event.start and event.start == event.end and happened(event) else None


def _together(histories: Mapping[str, Sequence[Told]]) -> dict[tuple[str, str], set[tuple[str, str, date]]]:
    acting: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for vessel, events in histories.items():
        for event in events:
            if act := _act(event):
                acting[act].add(vessel)
    pairs: dict[tuple[str, str], set[tuple[str, str, date]]] = defaultdict(set)
    for act, vessels in acting.items():
        if len(vessels) <= MOST_AT_A_PLACE:
            for pair in combinations(sorted(vessels), 2):
                pairs[pair].add(act)
    return pairs


def _components(pairs: Mapping[tuple[str, str], object]) -> list[set[str]]:
    parts: list[set[str]] = []
    for pair in sorted(pairs):
        touching = [part for part in parts if part & set(pair)]
        merged = set(pair).union(*touching)
        parts = [part for part in parts if part not in touching] + [merged]
    return parts
