"""Legs on a map: bowed, dashed and dated, for a straight line would look like a track."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.report.cards import told_days
from tracker.report.ground import Canvas
from tracker.report.labels import Box, Choice, place
from tracker.report.scene import Leg
from tracker.report.style import TINY_PT, counted, text_width

TOLD_DASH, ORDER_DASH = (0, (5, 2)), (0, (1.2, 2.2))
Curve = list[tuple[float, float]]
"""Points of a leg in inches."""
_STEPS, _SHORT_IN, _BOW = 121, 0.14, 0.16


def bowed(start: tuple[float, float], end: tuple[float, float]) -> Curve:
    """A gentle bow from one point to another, a little short of both."""
    (x0, y0), (x1, y1) = start, end
    bend_x, bend_y = (x0 + x1) / 2 - _BOW * (y1 - y0), (y0 + y1) / 2 + _BOW * (x1 - x0)
    gap = min(_SHORT_IN / max(math.dist(start, end), 1e-6), 0.3)
    return [
        ((1 - t) ** 2 * x0 + 2 * t * (1 - t) * bend_x + t * t * x1, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * bend_y + t * t * y1)
        for t in np.linspace(gap, 1 - gap, _STEPS)
    ]


def draw_leg(canvas: Canvas, leg: Leg, curve: Curve) -> None:
    """A dashed bow with its head; pale where it is planned or hedged."""
    colour = canvas.theme.muted if leg.planned else canvas.theme.ink
    alpha = 0.5 if leg.planned or all(move.hedged for move in leg.moves) else 0.85
    body = [point for point in curve if math.dist(point, curve[-1]) > 0.1]
    canvas.axes.add_artist(
        Line2D(
            [x for x, _ in body],
            [y for _, y in body],
            color=colour,
            linewidth=1.2,
            alpha=alpha,
            zorder=5,
            linestyle=TOLD_DASH if leg.told else ORDER_DASH,
            transform=canvas.inches,
            gid=f"leg {leg.origin} {leg.destination}",
        )
    )
    (x0, y0), (x1, y1) = curve[-3], curve[-1]
    angle = math.atan2(y1 - y0, x1 - x0)
    wings = [(x1 - 0.12 * math.cos(angle + turn), y1 - 0.12 * math.sin(angle + turn)) for turn in (0.42, -0.42)]
    canvas.axes.add_artist(
        Polygon([(x1, y1), *wings], closed=True, facecolor=colour, edgecolor="none", alpha=alpha, zorder=5, transform=canvas.inches)
    )


def name_legs(canvas: Canvas, curves: Sequence[tuple[Leg, Curve]], boxes: Sequence[Box]) -> list[Box]:
    """Write who and when beside each leg, where there is room; returns the paper that takes."""
    labels = [leg_label(leg, years=canvas.years) for leg, _ in curves]
    wanted = [_beside(curve, text_width(label, TINY_PT) + 0.04) for label, (_, curve) in zip(labels, curves, strict=True)]
    chosen = place(wanted, canvas.sheet.box, boxes)
    halo = [withStroke(linewidth=2.2, foreground=canvas.theme.paper, alpha=0.85)]
    for label, choice in zip(labels, chosen, strict=True):
        if choice:
            canvas.axes.add_artist(
                Text(
                    choice.box.left + 0.02,
                    (choice.box.bottom + choice.box.top) / 2,
                    label,
                    fontsize=TINY_PT,
                    fontstyle="italic",
                    color=canvas.theme.ink,
                    va="center_baseline",
                    zorder=7,
                    transform=canvas.inches,
                    path_effects=halo,
                    gid="leg label",
                )
            )
    return [choice.box for choice in chosen if choice]


def leg_label(leg: Leg, *, years: bool) -> str:
    """Who, and from the earlier report to the later: "Sparta, 11–22 Dec"."""
    vessels = list(dict.fromkeys(move.vessel for move in leg.moves))
    who = vessels[0] if len(vessels) == 1 else counted(len(vessels), "vessel")
    if leg.told and len(leg.moves) == 1:
        return f"{who}, {'planned ' if leg.planned else ''}{told_days(leg.moves[0], years=years)}"
    last = max(move.end for move in leg.moves) if leg.told else max(move.first for move in leg.moves)
    first = min(move.first for move in leg.first) if leg.told else min(move.end for move in leg.first)
    return f"{who}, {'planned ' if leg.planned else ''}{_stretch(first, last, years=years)}"


def _stretch(first: date, last: date, *, years: bool) -> str:
    told = Interval(first, last, Precision.RANGE).told()
    return told if years else told.rsplit(" ", 1)[0]


def _beside(curve: Curve, width: float) -> list[Choice]:
    choices = []
    for number in (60, 51, 69, 42, 78, 33, 87, 24, 96):
        x, y = curve[number]
        for up in (0.10, -0.10, 0.0):
            box = Box(x - width / 2, y + up - 0.065, x + width / 2, y + up + 0.065)
            choices.append(Choice(box, abs(number - 60) / 60 + (0.5 if up == 0 else 0)))
    return choices
