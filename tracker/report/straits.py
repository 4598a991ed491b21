"""The calendar of a strait: a row a month, a column a day, and each told passage where it happened, by which way it led."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tracker.domain.kinds import Modality
from tracker.domain.when import MONTHS
from tracker.errors import NothingFound
from tracker.report import legend
from tracker.report.cells import Cells, column, records
from tracker.report.legend import Key, swatch
from tracker.report.style import (
    BODY_PT,
    TINY_PT,
    WIDTH_IN,
    Theme,
    as_day,
    blank,
    counted,
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

WAYS = ("#0072B2", "#D55E00")
"""The colours of the two ways; a passage whose way isn't told is grey."""
_LEFT_IN, _RIGHT_IN, _HEAD_IN, _TOP_IN, _LEVEL_IN, _PAD_IN, _LEAST_IN = 0.75, 0.25, 0.95, 0.22, 0.2, 0.1, 0.3


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage in one month: its first and last day there, and the level that it is drawn on."""

    label: str
    first: int
    last: int
    towards: str | None
    hedged: bool
    level: int


def draw_straits(rows: Cells, *, year: int, as_of: datetime, title: str, theme: str | Theme = "light") -> Figure:
    """Draw the passages of a year from a frame with the columns of `columns.TRANSITS` (and `demo`). Raises NothingFound where there are none."""
    colours = theme_of(theme)
    passages = records(rows)
    months = [marks_of(passages, year, month) for month in range(1, 13)]
    if not any(months):
        raise NothingFound(f"no dated passage to draw in {year}")
    ways = list(dict.fromkeys(str(p["towards"]) for p in passages if p["towards"]))
    number = sum(_touches(p, date(year, 1, 1), date(year, 12, 31)) for p in passages)
    subtitle = f"Passages told in {year} · as of {told_moment(as_of)} · {counted(number, 'passage')}"
    with look(colours):
        return _drawn(months, sorted(ways), year, colours, (title, subtitle), rows, as_of)


def _touches(passage: Mapping[str, Any], first: date, last: date) -> bool:
    begin, end = as_day(passage["start"]), as_day(passage["end"])
    return begin is not None and end is not None and begin <= last and end >= first


def marks_of(passages: Sequence[Mapping[str, Any]], year: int, month: int) -> list[Mark]:
    """The passages of a month, each on the first level that has room for its days and its name."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day_in = (WIDTH_IN - _LEFT_IN - _RIGHT_IN) / 31
    levels: list[float] = []
    marks = []
    for passage in sorted((p for p in passages if _touches(p, first, last)), key=lambda p: (as_day(p["start"]) or first, str(p["vessel"]))):
        begin, end = max(as_day(passage["start"]) or first, first).day, min(as_day(passage["end"]) or last, last).day
        label = printable(passage["vessel"])
        left, right = begin - 1.0, max(end + 0.1, begin - 1 + (text_width(label, TINY_PT) + 0.3) / day_in)
        level = next((number for number, taken in enumerate(levels) if taken <= left), len(levels))
        levels[level : level + 1] = [right]
        marks.append(Mark(label, begin, end, passage["towards"], passage["modality"] != Modality.ASSERTED, level))
    return marks


def _drawn(
    months: Sequence[Sequence[Mark]], ways: Sequence[str], year: int, theme: Theme, words: tuple[str, str], rows: Cells, as_of: datetime
) -> Figure:
    keys: list[Key] = [swatch(f"towards {way}", facecolor=WAYS[number % 2], edgecolor="none") for number, way in enumerate(ways)]
    marks = [mark for month in months for mark in month]
    if any(mark.towards not in ways for mark in marks):
        keys.append(swatch("way not told", facecolor=theme.faint, edgecolor="none"))
    if any(mark.hedged for mark in marks):
        keys.append(swatch("reported or possible", facecolor=theme.paper, edgecolor=theme.muted, hatch="////", linewidth=0.6))
    if as_of.date() < date(year, 12, 31):
        keys.append(swatch("after the as-of day", facecolor=theme.grid, alpha=0.6, edgecolor="none"))
    legend_rows = legend.rows_of([keys])
    heights = [max(_LEAST_IN, (max((m.level for m in marks), default=-1) + 1) * _LEVEL_IN + _PAD_IN) for marks in months]
    below = legend.height_of(legend_rows) + 0.62
    tall = _TOP_IN + sum(heights)
    total = _HEAD_IN + tall + below
    figure = blank(WIDTH_IN, total, theme)
    head(figure, theme, words[0], [words[1]], demo=is_demo(rows))
    inferred = " · ways not told are those of the reports around" if "inferred" in column(rows, "direction") else ""
    foot(figure, theme, source_note(rows, as_of=as_of), f"a passage told of several days is a bar over them{inferred}")
    legend.write(figure, theme, legend_rows, 0.42)
    width = WIDTH_IN - _LEFT_IN - _RIGHT_IN
    axes = figure.add_axes((_LEFT_IN / WIDTH_IN, below / total, width / WIDTH_IN, tall / total), facecolor="none")
    axes.set(xlim=(0, width), ylim=(tall, 0))
    axes.axis("off")
    _grid(axes, heights, year, theme, width / 31, as_of)
    top = _TOP_IN
    for month, height in zip(months, heights, strict=True):
        for mark in month:
            _mark(axes, mark, ways, theme, top + _PAD_IN / 2, width / 31)
        top += height
    return figure


def _grid(axes: Axes, heights: Sequence[float], year: int, theme: Theme, day_in: float, as_of: datetime) -> None:
    for day in range(1, 32):
        axes.text((day - 0.5) * day_in, _TOP_IN / 2, str(day), fontsize=TINY_PT, color=theme.muted, ha="center", va="center_baseline")
    top = _TOP_IN
    for month, height in enumerate(heights, 1):
        last = calendar.monthrange(year, month)[1]
        if month % 2:
            axes.add_patch(Rectangle((0, top), last * day_in, height, facecolor=theme.band, edgecolor="none", zorder=0))
        axes.text(-0.12, top + height / 2, MONTHS[month - 1][:3], fontsize=BODY_PT, color=theme.ink, ha="right", va="center_baseline")
        for day in range(1, last + 1):
            if date(year, month, day) > as_of.date():
                axes.add_patch(Rectangle(((day - 1) * day_in, top), day_in, height, facecolor=theme.grid, alpha=0.35, edgecolor="none", zorder=0.5))
            if date(year, month, day).weekday() == 0:
                axes.plot([(day - 1) * day_in] * 2, [top, top + height], color=theme.grid, linewidth=0.6, zorder=0.6)
        top += height


def _mark(axes: Axes, mark: Mark, ways: Sequence[str], theme: Theme, top: float, day_in: float) -> None:
    colour = WAYS[ways.index(mark.towards) % 2] if mark.towards in ways else theme.faint
    left, y = (mark.first - 1) * day_in, top + mark.level * _LEVEL_IN
    long = max(0.16, (mark.last - mark.first + 1) * day_in - 0.04)
    looks: dict[str, Any] = {"hatch": "////", "facecolor": theme.paper} if mark.hedged else {"facecolor": colour}
    bar = Rectangle((left + 0.02, y + 0.03), long if mark.last > mark.first else 0.16, _LEVEL_IN - 0.06, edgecolor=colour, **looks)
    bar.set(linewidth=0.8, zorder=2)
    axes.add_patch(bar)
    single = mark.last == mark.first
    x = left + (0.23 if single else 0.07)
    room = 31 * day_in - x
    text = shorten(mark.label, max(room, 0.3), TINY_PT)
    axes.text(
        x,
        y + _LEVEL_IN / 2,
        text,
        fontsize=TINY_PT,
        color=theme.ink,
        va="center_baseline",
        zorder=3,
        bbox=None if single else {"facecolor": theme.paper, "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
    )
