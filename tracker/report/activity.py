"""Activity: arrivals and departures a day, a week or a month, stacked by what sort of vessel, arrivals up and departures down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import MONTHS, Interval
from tracker.errors import NothingFound
from tracker.report import legend
from tracker.report.cells import Cells, column
from tracker.report.legend import Key, swatch
from tracker.report.movements import Movement, movements
from tracker.report.style import (
    BODY_PT,
    FAMILIES,
    SMALL_PT,
    WIDTH_IN,
    Family,
    Theme,
    blank,
    counted,
    family_of,
    foot,
    head,
    is_demo,
    look,
    source_note,
    theme_of,
    told_moment,
    told_period,
)

COLOURS = ("#0072B2", "#CC79A7", "#56B4E9", "#E69F00", "#D55E00", "#009E73", "#7A5C00", "#999999", "#44AA99")
"""One for each family of `style.FAMILIES`, after Okabe and Ito (2008), told apart by colour-blind readers; the order of the stack helps."""
_LEFT_IN, _RIGHT_IN, _HEAD_IN, _PLOT_IN, _AXIS_IN = 0.95, 0.35, 0.95, 4.4, 0.5
_DAYS, _WEEKS = 21, 200
"""Up to so many days a bar is a day, up to so many it is a week, else a month."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of days and how many vessels of each family came and left in it, hedged ones apart."""

    first: date
    last: date
    came: Mapping[tuple[str, bool], int]
    left: Mapping[tuple[str, bool], int]


def draw_activity(events: Cells, *, as_of: datetime, period: Interval, title: str, theme: str | Theme = "light") -> Figure:
    """Draw the dated arrivals and departures of `events` (columns of `columns.EVENTS`), each in the stretch of its last possible day.

    Planned and denied ones are left out, undated ones are counted in a note. Raises NothingFound where there are none.
    """
    colours = theme_of(theme)
    moves = [m for m in movements(events) if m.kind in (EventKind.ARRIVAL, EventKind.DEPARTURE) and m.known]
    dated = [m for m in moves if not m.undated and _in(m, period)]
    if not dated:
        raise NothingFound(f"no dated arrival or departure to draw in {told_period(period)}")
    counts = {str(one): int(number) for one, cell in zip(column(events, "event_id"), column(events, "count"), strict=True) if (number := cell)}
    bins, unit = bins_of(dated, period, counts)
    subtitle = (
        f"Vessels that arrived and left, by {unit} · period: {told_period(period)} · as of {told_moment(as_of)} · {counted(len(dated), 'event')}"
    )
    undated = sum(m.undated for m in moves)
    note = f"{counted(undated, 'undated event')} left out · " if undated else ""
    note += "a move told of several days stands at the last of them"
    with look(colours):
        return _drawn(bins, colours, (title, subtitle, note), events, as_of)


def _in(move: Movement, period: Interval) -> bool:
    return (period.start is None or move.end >= period.start) and (period.end is None or move.end <= period.end)


def bins_of(moves: Sequence[Movement], period: Interval, counts: Mapping[str, int]) -> tuple[list[Bin], str]:
    """The stretches from the first day to the last, empty ones too, and what they are: day, week or month. `counts`: event id -> vessels in it."""
    first = period.start or min(m.end for m in moves)
    last = period.end or max(m.end for m in moves)
    unit = "day" if (last - first).days < _DAYS else "week" if (last - first).days < _WEEKS else "month"
    begin = {"day": first, "week": first - timedelta(days=first.weekday()), "month": first.replace(day=1)}[unit]
    bins = []
    while begin <= last:
        after = _next(begin, unit)
        inside = [m for m in moves if begin <= m.end < after]
        bins.append(Bin(begin, after - timedelta(days=1), _count(inside, EventKind.ARRIVAL, counts), _count(inside, EventKind.DEPARTURE, counts)))
        begin = after
    return bins, unit


def _next(day: date, unit: str) -> date:
    if unit == "month":
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=1 if unit == "day" else 7)


def _count(moves: Sequence[Movement], kind: EventKind, counts: Mapping[str, int]) -> dict[tuple[str, bool], int]:
    found: dict[tuple[str, bool], int] = {}
    for move in (m for m in moves if m.kind is kind):
        key = (family_of(move.type).name, move.modality is not Modality.ASSERTED)
        found[key] = found.get(key, 0) + counts.get(move.event_id, 1)
    return found


def _drawn(bins: Sequence[Bin], theme: Theme, words: tuple[str, str, str], events: Cells, as_of: datetime) -> Figure:
    families = [f for f in FAMILIES if any((f.name, hedged) in side for b in bins for side in (b.came, b.left) for hedged in (False, True))]
    keys = [swatch(f.name, facecolor=_colour(f), edgecolor="none") for f in families]
    hedge = swatch("reported or possible", facecolor=theme.paper, edgecolor=theme.muted, hatch="////", linewidth=0.6)
    rows: list[list[Key]] = legend.rows_of([keys, [hedge]])
    below = _AXIS_IN + legend.height_of(rows) + 0.52
    total = _HEAD_IN + _PLOT_IN + below
    figure = blank(WIDTH_IN, total, theme)
    head(figure, theme, words[0], [words[1]], demo=is_demo(events))
    foot(figure, theme, source_note(events, as_of=as_of), words[2])
    legend.write(figure, theme, rows, 0.42)
    width = WIDTH_IN - _LEFT_IN - _RIGHT_IN
    axes = figure.add_axes((_LEFT_IN / WIDTH_IN, below / total, width / WIDTH_IN, _PLOT_IN / total), facecolor="none")
    for number, one in enumerate(bins):
        _stack(axes, number, one.came, families, theme, 1)
        _stack(axes, number, one.left, families, theme, -1)
    _axis(axes, bins, theme)
    return figure


def _colour(family: Family) -> str:
    return COLOURS[FAMILIES.index(family)]


def _stack(axes: Axes, x: int, counts: Mapping[tuple[str, bool], int], families: Sequence[Family], theme: Theme, sign: int) -> None:
    base = 0
    for family in families:
        for hedged in (False, True):
            number = counts.get((family.name, hedged), 0)
            if number:
                looks: dict[str, Any] = (
                    {"hatch": "////", "edgecolor": theme.paper, "linewidth": 0.4} if hedged else {"edgecolor": theme.paper, "linewidth": 0.8}
                )
                bottom = base if sign > 0 else -base - number
                axes.add_patch(Rectangle((x - 0.36, bottom), 0.72, number, facecolor=_colour(family), zorder=2, **looks))
                base += number


def _axis(axes: Axes, bins: Sequence[Bin], theme: Theme) -> None:
    tall = max(1, *(sum(side.values()) for b in bins for side in (b.came, b.left)))
    axes.set(xlim=(-0.6, len(bins) - 0.4), ylim=(-tall * 1.15, tall * 1.15))
    axes.axhline(0, color=theme.ink, linewidth=1.0, zorder=3)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=9))
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axes.grid(axis="y", color=theme.grid, linewidth=0.7)
    axes.set_axisbelow(True)
    step = max(1, -(-len(bins) // 16))
    shown = range(0, len(bins), step)
    axes.set_xticks(list(shown), [_named(bins[n]) for n in shown], fontsize=SMALL_PT, color=theme.muted)
    axes.tick_params(axis="both", length=0, labelsize=SMALL_PT)
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(False)
    for y, word in ((0.75, "arrived"), (0.25, "left")):
        axes.text(-0.062, y, word, transform=axes.transAxes, rotation=90, ha="center", va="center", fontsize=BODY_PT, color=theme.muted)


def _named(one: Bin) -> str:
    month = MONTHS[one.first.month - 1][:3]
    if (one.last - one.first).days > 7:
        return f"{month} {one.first.year}"
    if one.first == one.last:
        return f"{one.first.day} {month}"
    return f"{one.first.day} {month}–\n{one.last.day} {MONTHS[one.last.month - 1][:3]}"
