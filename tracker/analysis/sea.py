"""Closed waters, the passages between them, and the least distance by sea between two places. Pure.

The distance is a lower bound: great circles from the first place over the passages that cannot be avoided (each at the first position among
its straits) to the last. Land in the way makes the true one longer. A sea is no point: from or to an area the distance counts only from or to
the passage into it, and within one water it is 0.
"""

from __future__ import annotations

import heapq
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.domain.geo import distance_nm
from tracker.domain.tree import PlaceTree
from tracker.resources import resource

OCEAN = "ocean"
Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Link:
    """Two waters and the passages that join them, by key."""

    joins: tuple[str, str]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """What `seeds/passages.toml` says."""

    closed: tuple[str, ...]
    links: tuple[Link, ...]
    montreux: Mapping[str, Any]  # passages, sea, days, riparian


@cache
def read_passages(path: Path | None = None) -> Passages:
    """The closed waters and their links (default: the shipped ones)."""
    told = tomllib.loads((path or resource("seeds", "passages.toml")).read_text(encoding="utf-8"))
    links = tuple(Link((one, other), tuple(link["passages"])) for link in told["link"] for one, other in [link["joins"]])
    return Passages(tuple(told["closed"]), links, told["montreux"])


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way by sea: its least length, and the links in it, each by its passages."""

    least_nm: float
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Sea:
    """The waters as a graph. `points` are the positions of places that are points."""

    tree: PlaceTree
    points: Mapping[str, Point]
    passages: Passages

    def water(self, key: str) -> str | None:
        """The closed water in which a place lies, `ocean`, or None: inland, on several waters, or in a passage."""
        if self.link_of(key):
            return None
        inside = {key, *self.tree.ancestors(key)}
        closed = [water for water in self.passages.closed if water in inside]
        if closed:
            return closed[0]
        return OCEAN if any(up.endswith("-ocean") for up in inside) else None

    def link_of(self, key: str) -> Link | None:
        """The link that a strait or canal, or a place in it, belongs to."""
        inside = {key, *self.tree.ancestors(key)}
        return next((link for link in self.passages.links if inside & set(link.passages)), None)

    def way(self, origin: str, destination: str) -> Way | None:
        """The shortest way between two places, by key; None where one of them can't be put on a water or no link leads there."""
        starts, goals = self._sides(origin), self._sides(destination)
        if not starts or not goals:
            return None
        if starts & goals:
            return Way(self._apart(self.points.get(origin), self.points.get(destination)), ())
        return self._search(origin, destination, starts, goals)

    def straits(self, joins: tuple[str, str], names: Mapping[str, str]) -> str:
        """The ways between two waters, for people: "Bosphorus", "Danish Straits or Kiel Canal"."""
        return " or ".join(names.get(link.passages[0], link.passages[0]) for link in self.passages.links if link.joins == joins)

    def sides(self, strait: Iterable[str], waters: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
        """The waters, closed ones and `ocean`, that lie on one side alone of a strait (by key of it and what lies in it), for each water it joins.

        The Aegean lies beyond the Sea of Marmara, and so does every ocean: there is no other way out of the Black Sea. The ocean lies on both sides
        of the Suez Canal, so only the sea at each end tells a side.
        """
        one, other = map(self.water, waters)
        link = next((link for key in sorted(strait) if (link := self.link_of(key))), None)
        if link and (one is None) != (other is None) and (one or other) in link.joins:  # one end lies in the passage: it leads to the other water
            known, *_ = filter(None, (one, other))
            beyond = link.joins[1] if link.joins[0] == known else link.joins[0]
            one, other = one or beyond, other or beyond
        if one is None or other is None or one == other:
            return frozenset(), frozenset()
        on_one, on_other = (self._reached(water, link.joins if link else ()) for water in (one, other))
        return (on_one - on_other) | {one}, (on_other - on_one) | {other}

    def _reached(self, water: str, closed: tuple[str, ...]) -> frozenset[str]:
        """The waters that a ship can come to from one of them, were there no passage between two that are joined."""
        found, todo = {water}, [water]
        while todo:
            at = todo.pop()
            onward = {end for link in self.passages.links if at in link.joins and link.joins != closed for end in link.joins} - found
            found |= onward
            todo += sorted(onward)
        return frozenset(found)

    def _search(self, origin: str, destination: str, starts: frozenset[str], goals: frozenset[str]) -> Way | None:
        queue: list[tuple[float, int, str, Point | None, tuple[Link, ...]]] = [
            (0.0, number, water, self.points.get(origin), ()) for number, water in enumerate(sorted(starts))
        ]
        heapq.heapify(queue)
        best: Way | None = None
        count = len(queue)
        while queue:
            length, _, water, at, links = heapq.heappop(queue)
            if best and length >= best.least_nm:
                break
            if water in goals:
                whole = Way(length + self._apart(at, self.points.get(destination)), links)
                best = whole if best is None or whole.least_nm < best.least_nm else best
                continue
            for link, beyond in self._onward(water, links):
                gate = self._gate(link)
                heapq.heappush(queue, (length + self._apart(at, gate), count, beyond, gate, (*links, link)))
                count += 1
        return best

    def _onward(self, water: str, links: tuple[Link, ...]) -> Iterator[tuple[Link, str]]:
        for link in self.passages.links:
            if water in link.joins and link not in links and self._gate(link):
                yield link, link.joins[1] if link.joins[0] == water else link.joins[0]

    def _sides(self, key: str) -> frozenset[str]:
        """The waters on which a place is: both sides of a passage."""
        link = self.link_of(key)
        if link:
            return frozenset(link.joins)
        water = self.water(key)
        return frozenset({water}) if water else frozenset()

    def _gate(self, link: Link) -> Point | None:
        """Where a link is passed; a link without a position leads nowhere, or the way through it would be too short."""
        return next((self.points[key] for key in link.passages if key in self.points), None)

    @staticmethod
    def _apart(one: Point | None, other: Point | None) -> float:
        return distance_nm(*one, *other) if one and other else 0.0
