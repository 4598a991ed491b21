"""Deployments as bars: from a vessel's leaving home, or the first report of it elsewhere, to its last report, and on to the day asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.report import legend, sentences
from tracker.report.cells import Cells
from tracker.report.lanes import Axis
from tracker.report.legend import Key, stroke, swatch
from tracker.report.style import (
    BODY_PT,
    SMALL_PT,
    TINY_PT,
    WIDTH_IN,
    Theme,
    blank,
    foot,
    head,
    is_demo,
    look,
    printable,
    shorten,
    source_note,
    text_width,
    theme_of,
    told_moment,
)
from tracker.report.timeline import ticks_of
from tracker.report.voyages import AwayRow, days_told

MOST = 24
"""More bars than this fill more than a page; the table has them all."""
_LEFT_IN, _RIGHT_IN, _EDGE_IN, _ROW_IN, _BAR_IN, _HEAD_IN, _AXIS_IN = 1.9, 1.0, 0.22, 0.29, 0.13, 0.78, 0.42


def draw_deployments(
    rows: Sequence[AwayRow], events: Cells, *, on: date, as_of: datetime, title: str, theme: str | Theme = "light", width_in: float = WIDTH_IN
) -> Figure:
    """Draw the longest deployments, the longest first. `events`: the rows of `columns.EVENTS` that they rest on, for the source note.

    Raises NothingFound where there are none.
    """
    if not rows:
        raise NothingFound("no vessel is told to be away from its home port; see `tracker fleet deployments`")
    colours, shown = theme_of(theme), rows[:MOST]
    told = f"On {Interval.day(on).told()} · as of {told_moment(as_of)} · {sentences.counted(len(rows), 'vessel')} away from home"
    left_out = f"the {MOST} longest of {len(rows)}" if len(rows) > MOST else ""
    with look(colours):
        return _drawn(shown, _axis(shown, on, width_in), colours, (title, told, left_out, source_note(events, as_of=as_of)), demo=is_demo(events))


def _axis(rows: Sequence[AwayRow], on: date, width_in: float) -> Axis:
    first = min((row.since.start or on for row in rows), default=on)
    first = min(first, on - timedelta(days=7))
    return Axis(first - timedelta(days=max(1, (on - first).days // 40)), on, width_in - _LEFT_IN - _RIGHT_IN, _LEFT_IN, _RIGHT_IN)


def _drawn(rows: Sequence[AwayRow], axis: Axis, theme: Theme, words: tuple[str, str, str, str], *, demo: bool) -> Figure:
    width = axis.left_in + axis.width_in + axis.right_in
    keys = legend.rows_of([_keys(rows, theme)], width)
    below = _AXIS_IN + legend.height_of(keys) + 0.46
    total = _HEAD_IN + len(rows) * _ROW_IN + below
    figure = blank(width, total, theme)
    title, subtitle, left_out, note = words
    head(figure, theme, title, [subtitle], demo=demo)
    foot(figure, theme, note, left_out)
    legend.write(figure, theme, keys, 0.40)
    pen = _Pen(figure)
    _days(pen, axis, theme, below, total - _HEAD_IN)
    for number, row in enumerate(rows):
        y = total - _HEAD_IN - (number + 0.5) * _ROW_IN
        if number % 2 == 0:
            pen.box(_EDGE_IN / 2, y - _ROW_IN / 2, width - _EDGE_IN, _ROW_IN, facecolor=theme.band, edgecolor="none", zorder=0)
        _row(pen, row, axis, theme, y)
    return figure


class _Pen:
    """Draws on a figure in inches."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def box(self, left: float, bottom: float, width: float, height: float, **looks: Any) -> None:
        self._add(Rectangle((left, bottom), width, height, **looks))

    def line(self, xs: Sequence[float], ys: Sequence[float], **looks: Any) -> None:
        self._add(Line2D(xs, ys, **looks))

    def text(self, x: float, y: float, text: str, points: float, colour: str, **looks: Any) -> None:
        self._add(Text(x, y, text, fontsize=points, color=colour, **({"va": "center_baseline"} | looks)))

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._figure.dpi_scale_trans)
        self._figure.add_artist(artist)


def _days(pen: _Pen, axis: Axis, theme: Theme, bottom: float, top: float) -> None:
    """The axis below the bars, and its lines behind them."""
    for x, label in ticks_of(axis):
        left = axis.left_in + x
        pen.line([left, left], [bottom - 0.05, top], color=theme.grid, linewidth=0.7, zorder=0.5)
        pen.text(left, bottom - 0.08, label, SMALL_PT, theme.muted, va="top")
    end = axis.left_in + axis.width_in
    pen.line([end, end], [bottom - 0.05, top + 0.03], color=theme.ink, linewidth=1.0, zorder=1)


def _row(pen: _Pen, row: AwayRow, axis: Axis, theme: Theme, y: float) -> None:
    room = axis.left_in - _EDGE_IN - 0.15
    pen.text(_EDGE_IN, y + 0.055, shorten(printable(row.last.vessel), room, BODY_PT, "bold"), BODY_PT, theme.ink, fontweight="bold", gid="vessel")
    home = printable(f"home {row.home}")
    whole = f"{sentences.type_words(row.last.type)} · {home}"
    small = whole if text_width(whole, TINY_PT) <= room else home
    pen.text(_EDGE_IN, y - 0.075, shorten(small, room, TINY_PT), TINY_PT, theme.muted)
    first, sure, last, end = (axis.left_in + x for x in ends_of(row, axis))
    middle = y - _BAR_IN / 2
    if row.most is None:
        pen.line([first - 0.09, first], [y, y], color=theme.area, linewidth=1.3, linestyle=(0, (1.2, 1.2)), zorder=2)
    elif sure > first:
        pen.box(first, middle, sure - first, _BAR_IN, facecolor=theme.paper, edgecolor=theme.area, hatch="////", linewidth=0.8, zorder=2)
    pen.box(sure, middle, max(last - sure, 0.02), _BAR_IN, facecolor=theme.area, edgecolor=theme.area, linewidth=0.8, zorder=2, gid="told")
    if end > last:
        pen.box(last, middle, end - last, _BAR_IN, facecolor=theme.paper, edgecolor=theme.area, linewidth=0.8, linestyle=(0, (2.5, 1.5)), zorder=1.8)
    text = f"{days_told(row)} d"
    pen.text(axis.left_in + axis.width_in + axis.right_in - _EDGE_IN - text_width(text, BODY_PT), y, text, BODY_PT, theme.ink, gid="days")


def ends_of(row: AwayRow, axis: Axis) -> tuple[float, float, float, float]:
    """A bar in inches: where it may begin, where it has begun, where the last report ends, and the day asked about."""
    since, last = row.since.interval, row.last.interval
    first = axis.x(since.start or since.end or axis.last)
    sure = max(first, axis.x(since.end or axis.last))
    known = max(sure, min(axis.x(last.end or axis.last) + axis.width_in / axis.days, axis.width_in))
    return first, sure, known, axis.width_in


def _keys(rows: Sequence[AwayRow], theme: Theme) -> list[Key]:
    keys = {
        swatch("away, up to the last report", facecolor=theme.area, edgecolor="none"): True,
        swatch("left on some day within", facecolor=theme.paper, edgecolor=theme.area, hatch="////", linewidth=0.8): any(
            row.most is not None and row.least != row.most for row in rows
        ),
        stroke("departure not on record", color=theme.area, linewidth=1.3, linestyle=(0, (1.2, 1.2))): any(row.most is None for row in rows),
        swatch("nothing told since", facecolor=theme.paper, edgecolor=theme.area, linewidth=0.8, linestyle=(0, (2.5, 1.5))): True,
    }
    return [key for key, there in keys.items() if there]
