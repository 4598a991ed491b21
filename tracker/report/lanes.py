"""The plan of a timeline, pure geometry in inches: which bar goes on which level of its lane, and which words fit above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.report.movements import Movement
from tracker.report.style import TINY_PT, shorten, text_width

LEVEL_IN, LANE_PAD_IN, BAR_IN = 0.285, 0.09, 0.125
NARROW_IN = 0.075
"""A bar narrower than this gets a marker, or nobody would see it."""
MARKER_IN, ARROW_IN = 0.13, 0.5
_GAP_IN = 0.07
_TOUCH_IN = 0.03
"""So far may the drawings of two bars of a level reach into each other: days side by side stay on one level."""
_SHORTEST_IN = 0.42


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to inches: `first` at 0 and the end of `last` at `width_in`, with room for words at both sides."""

    first: date
    last: date
    width_in: float
    left_in: float = 0.0
    right_in: float = 0.0

    @property
    def days(self) -> int:
        """How many days the axis holds."""
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.width_in / self.days

    def holds(self, move: Movement) -> bool:
        """Whether any day of it lies on the axis."""
        return move.first <= self.last and move.end >= self.first


@dataclass(frozen=True, slots=True)
class Bar:
    """An event in its lane. `left` to `right` is its whole interval on the axis; the label is empty where there was no room."""

    move: Movement
    level: int
    left: float
    right: float
    label: str
    label_left: float
    cut_left: bool  # goes on before the axis
    cut_right: bool

    @property
    def narrow(self) -> bool:
        """Whether it is too narrow to be seen as a bar."""
        return self.right - self.left < NARROW_IN


@dataclass(frozen=True, slots=True)
class Lane:
    """A vessel's lane: its bars, and the gaps between known events, in inches."""

    bars: tuple[Bar, ...]
    levels: int
    gaps: tuple[tuple[float, float], ...]
    left_out: int  # labels for which there was no room

    @property
    def height_in(self) -> float:
        """Height with its padding."""
        return self.levels * LEVEL_IN + LANE_PAD_IN


@dataclass(slots=True)
class _Level:
    """How far a level is taken: by bars and by the words above them."""

    bars: float = -1.0
    words: float = -1.0
    last: str = ""


def plan(moves: Sequence[Movement], axis: Axis, most_levels: int = 4) -> Lane:
    """Lay out the movements of one vessel, in order of time, each on the first level that has room for its bar and its words."""
    levels = [_Level()]
    bars, left_out = [], 0
    for move in sorted((m for m in moves if axis.holds(m)), key=lambda m: (m.first, m.end, m.event_id)):
        bar, missing = _set(move, axis, levels, most_levels)
        bars.append(bar)
        left_out += missing
    return Lane(tuple(bars), len(levels), gaps_between([m for m in moves if m.known], axis), left_out)


def gaps_between(known: Sequence[Movement], axis: Axis) -> tuple[tuple[float, float], ...]:
    """The stretches between known events of which nothing is told, in inches on the axis."""
    gaps: list[tuple[float, float]] = []
    seen_until: date | None = None
    for move in sorted(known, key=lambda m: (m.first, m.end)):
        if seen_until and (move.first - seen_until).days > 1:
            left, right = axis.x(seen_until + timedelta(days=1)), axis.x(move.first)
            if right > 0 and left < axis.width_in:
                gaps.append((max(0.0, left), min(axis.width_in, right)))
        seen_until = max(move.end, seen_until) if seen_until else move.end
    return tuple(gaps)


def label_of(move: Movement) -> str:
    """The words above a bar."""
    told = move.places_told()
    return f"by {move.end.day} {move.end:%b}: {told}" if move.undated else told


def _set(move: Movement, axis: Axis, levels: list[_Level], most: int) -> tuple[Bar, bool]:
    left, right = max(0.0, axis.x(move.first)), min(axis.width_in, axis.x(move.end + timedelta(days=1)))
    seen_left, seen_right = _seen(move, left, right)
    words = label_of(move)
    chosen, label_left, label = _room(levels, most, (seen_left, seen_right), words, axis.width_in)
    level = levels[chosen]
    level.bars = max(level.bars, seen_right - _TOUCH_IN)
    if label:
        level.words, level.last = label_left + text_width(label, TINY_PT) + _GAP_IN, words
    missing = not label and level.last != words
    cut_left = move.start is not None and move.start < axis.first
    return Bar(move, chosen, left, right, label, label_left, cut_left, move.end > axis.last), missing


def _seen(move: Movement, left: float, right: float) -> tuple[float, float]:
    """The stretch that its drawing takes, marker or arrow included."""
    if move.undated:
        return max(0.0, right - ARROW_IN), right + 0.03
    if right - left < NARROW_IN:
        return (left + right - MARKER_IN) / 2, (left + right + MARKER_IN) / 2
    return left, right


def _room(levels: list[_Level], most: int, seen: tuple[float, float], words: str, width_in: float) -> tuple[int, float, str]:
    """Level, left end of the label and label; adds a level where none has room, and shortens or drops the label where no more may be added."""
    (left, right), wide = seen, text_width(words, TINY_PT)
    for number, level in enumerate(levels):
        start = _label_left(level, left, right, wide, width_in)
        if level.bars <= left and start is not None:
            return number, start, words
        if level.bars <= left and level.last == words and level.words > left:
            return number, left, ""  # the same words still stand above
    if len(levels) < most:
        levels.append(_Level())
        return len(levels) - 1, _label_left(levels[-1], left, right, wide, width_in) or max(0.0, left), words
    number = min(range(len(levels)), key=lambda n: (levels[n].bars > left, levels[n].words))
    start = max(left, levels[number].words)
    room = min(right, width_in) - start
    return (number, start, shorten(words, room, TINY_PT)) if room >= _SHORTEST_IN else (number, left, "")


def _label_left(level: _Level, left: float, right: float, wide: float, width_in: float) -> float | None:
    """Where the words can start: at the bar's left end, a little further along a wide bar, or pulled back from the right edge."""
    start = max(min(left, width_in - wide), 0.0)
    if level.words <= start:
        return start
    return level.words if level.words + wide <= min(right, width_in) else None
