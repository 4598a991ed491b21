"""Where labels go so that none covers another: greedy, over many candidate positions, in inches; pure geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = tuple[float, float]

_PADDING_IN = 0.035
_DISTANCES_IN = (0.10, 0.22, 0.40, 0.65, 0.95, 1.35, 1.85, 2.45)
_DIRECTIONS = 24
_LEADER_FROM_IN = 0.17
_SAMPLES = 24
_FEW = 20
_NO_LEADER = ((math.nan, math.nan), (math.nan, math.nan))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any paper."""
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top

    def nearest(self, x: float, y: float) -> Point:
        """Its point nearest to another point."""
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where a label could go. The leader runs from what it labels to the box, where they stand apart."""

    box: Box
    cost: float
    leader: tuple[Point, Point] | None = None


class _Wanted:
    """The candidates of one label as arrays: boxes with their padding, costs, points along each leader (NaN where there is none)."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = choices
        self.boxes = _table([_four(choice.box) for choice in choices], 4) + np.array([-_PADDING_IN, -_PADDING_IN, _PADDING_IN, _PADDING_IN])
        self.costs = np.array([choice.cost for choice in choices], dtype=np.float64)
        ends = np.array([choice.leader or _NO_LEADER for choice in choices], dtype=np.float64).reshape(-1, 2, 2)
        self.leaders = ends[:, :1] + np.linspace(0.06, 0.97, _SAMPLES)[:, None] * (ends[:, 1:] - ends[:, :1])


class _Paper:
    """What is taken already: boxes and leaders that nothing may touch, and points that are better left free, each with its weight."""

    def __init__(self, frame: Box, boxes: Sequence[Box], points: Sequence[tuple[float, float, float]]) -> None:
        self.frame = frame
        self.boxes = _table([_four(box) for box in boxes], 4)
        self.points = _table(points, 3)
        self.leaders = _table([], 2)

    def best(self, wanted: _Wanted) -> int | None:
        """Number of the cheapest candidate that covers nothing; None where each would."""
        if not wanted.choices:
            return None
        free = self._inside(wanted.boxes)
        for spoils, candidates in ((self._touches, wanted.boxes), (self._cuts, wanted.boxes), (self._crosses, wanted.leaders)):
            left = np.flatnonzero(free)  # the dear tests come last and see only what the cheap ones left
            free[left] = ~spoils(candidates[left])
        cost = np.where(free, wanted.costs + self._covered(wanted.boxes), np.inf)
        return int(np.argmin(cost)) if free.any() else None

    def take(self, wanted: _Wanted, number: int) -> None:
        """Mark a candidate as taken, its leader too."""
        self.boxes = np.vstack((self.boxes, _table([_four(wanted.choices[number].box)], 4)))
        leader = wanted.leaders[number]
        if not np.isnan(leader).any():
            self.leaders = np.vstack((self.leaders, leader))

    def _inside(self, boxes: Floats) -> NDArray[np.bool_]:
        frame = self.frame
        return (boxes[:, 0] >= frame.left) & (boxes[:, 1] >= frame.bottom) & (boxes[:, 2] <= frame.right) & (boxes[:, 3] <= frame.top)

    def _touches(self, boxes: Floats) -> NDArray[np.bool_]:
        a, b = boxes[:, None, :], self.boxes[None, :, :]
        hit = (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
        return np.asarray(np.any(hit, axis=1), dtype=np.bool_)

    def _covered(self, boxes: Floats) -> Floats:
        covered: Floats = (_holds(boxes, self.points[:, :2]) * self.points[None, :, 2]).sum(axis=1)
        return covered

    def _cuts(self, boxes: Floats) -> NDArray[np.bool_]:
        return np.asarray(np.any(_holds(boxes, self.leaders), axis=1), dtype=np.bool_)

    def _crosses(self, leaders: Floats) -> NDArray[np.bool_]:
        x, y, b = leaders[..., 0, None], leaders[..., 1, None], self.boxes[None, None, :, :]
        inside = (b[..., 0] < x) & (x < b[..., 2]) & (b[..., 1] < y) & (y < b[..., 3])
        return np.asarray(np.any(inside, axis=(1, 2)), dtype=np.bool_)


def _holds(boxes: Floats, points: Floats) -> NDArray[np.bool_]:
    """Which box holds which point."""
    a, x, y = boxes[:, None, :], points[None, :, 0], points[None, :, 1]
    return np.asarray((a[..., 0] <= x) & (x <= a[..., 2]) & (a[..., 1] <= y) & (y <= a[..., 3]), dtype=np.bool_)


def place(
    wanted: Sequence[Sequence[Choice]], frame: Box, boxes: Sequence[Box] = (), points: Sequence[tuple[float, float, float]] = ()
) -> list[Choice | None]:
    """Choose a place for each label, or None where every candidate would cover something.

    Labels go one after another into what is still free. Where they are few, or the order given leaves some out, other orders are tried too
    (least choice first, most hemmed in first, backwards). The one that leaves out fewest (the first named matter most), then costs least,
    is kept.
    """
    tables = [_Wanted(choices) for choices in wanted]
    middles = [_middle(choices) for choices in wanted]
    hemmed = [sum(math.dist(a, b) < 1.2 for b in middles) for a in middles]
    numbers = range(len(wanted))
    best: list[Choice | None] = []
    for order in (list(numbers), sorted(numbers, key=lambda n: len(wanted[n])), sorted(numbers, key=lambda n: -hemmed[n]), list(reversed(numbers))):
        chosen = _greedy(tables, order, _Paper(frame, boxes, points))
        best = min((best or chosen), chosen, key=_cost)
        if all(best) and len(best) > _FEW:
            break
    return best


def around(x: float, y: float, width: float, height: float, *, clear: float = 0.0) -> list[Choice]:
    """Candidates round a point, near ones and those to its right first; `clear` keeps away from the point's own mark."""
    choices = []
    for distance in _DISTANCES_IN:
        for step in range(_DIRECTIONS):
            angle = 2 * math.pi * step / _DIRECTIONS
            across, up = (max(-1.0, min(1.0, 1.42 * f(angle))) for f in (math.cos, math.sin))
            middle_x, middle_y = x + across * (width / 2 + distance + clear), y + up * (height / 2 + distance + clear)
            box = Box(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)
            near = box.nearest(x, y)
            leader = ((x, y), near) if math.dist((x, y), near) > _LEADER_FROM_IN + clear else None
            choices.append(Choice(box, 3 * distance + 0.25 * (1 - math.cos(angle)) + 0.1 * (up < 0) + (0.8 if leader else 0), leader))
    return choices


def _greedy(wanted: Sequence[_Wanted], order: Sequence[int], paper: _Paper) -> list[Choice | None]:
    chosen: list[Choice | None] = [None] * len(wanted)
    for number in order:
        if (best := paper.best(wanted[number])) is not None:
            chosen[number] = wanted[number].choices[best]
            paper.take(wanted[number], best)
    return chosen


def _cost(chosen: Sequence[Choice | None]) -> tuple[float, float]:
    """Left out, of which the first named weigh up to three times the last; then what the chosen places cost."""
    left_out = sum(1 + 2 * (len(chosen) - number) / len(chosen) for number, choice in enumerate(chosen) if choice is None)
    return left_out, sum(choice.cost for choice in chosen if choice)


def _middle(choices: Sequence[Choice]) -> Point:
    if not choices:
        return (0.0, 0.0)
    box = choices[0].box
    return (box.left + box.right) / 2, (box.bottom + box.top) / 2


def _four(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def _table(rows: Sequence[Sequence[float]], columns: int) -> Floats:
    return np.asarray(rows, dtype=np.float64).reshape(-1, columns)
