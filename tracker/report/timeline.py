"""The timeline: a lane a vessel, what is told as bars over their whole interval, and what isn't told as unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import MONTHS, Interval
from tracker.errors import NothingFound
from tracker.report import legend
from tracker.report.cells import Cells
from tracker.report.lanes import ARROW_IN, BAR_IN, LANE_PAD_IN, LEVEL_IN, Axis, Bar, Lane, plan
from tracker.report.legend import Key, stroke, swatch, symbol, upright
from tracker.report.movements import Movement, by_vessel, movements
from tracker.report.strokes import Strokes
from tracker.report.style import (
    BODY_PT,
    HATCHES,
    HEAD_LINE_IN,
    KIND_NAMES,
    MODALITY_NAMES,
    SMALL_PT,
    TINY_PT,
    WIDTH_IN,
    Theme,
    blank,
    counted,
    foot,
    head,
    head_lines,
    is_demo,
    look,
    shorten,
    source_note,
    text_width,
    theme_of,
    told_moment,
    told_period,
)

LANES_A_PAGE = 60
PAGE_IN = 21.0
"""Height of the lanes on a page, at most."""
GLYPHS = {
    EventKind.IN_PORT: "⚓",
    EventKind.AT_SEA: "≈",
    EventKind.TRANSIT: "⇄",
    EventKind.DEPARTURE: "↗",
    EventKind.ARRIVAL: "↘",
    EventKind.UNDERWAY: "→",
    EventKind.REPLENISHMENT: "+",
    EventKind.ESCORT: "∥",
}
"""A sign for each kind inside its bar, so that colour isn't the only tell."""
_MARGINS, _NARROW_MARGINS, _WIDE_IN = (2.75, 1.3), (1.9, 1.2), 9.0
"""Room left and right of the lanes, on a picture of nine inches or more and on a narrower one."""
_LEVELS = ((12, 6), (30, 4), (60, 3), (math.inf, 2))
_NARROW_LEVELS = ((20, 6), (math.inf, 2))
"""Up to so many lanes: how many levels each may have."""
_EDGE_IN, _AXIS_IN, _HEAD_IN = 0.22, 0.44, 0.92
_TALL_IN, _TOP_AXIS_IN = 6.0, 0.24
_SHORTEST_AXIS_DAYS = 7
_FULL_ENOUGH = 0.25
"""A last page with less of its height in use takes lanes from the pages before it: one lane alone on a page looks forgotten."""
Row = tuple[tuple[Movement, ...], Lane]
"""The movements of a vessel and where its lane has them."""
_DASH = (0, (1, 2.6))
_LAST, _LAST_THERE = "last told, age", "last told there, age"


def draw_timeline(
    events: Cells,
    *,
    as_of: datetime,
    period: Interval,
    title: str,
    theme: str | Theme = "light",
    page: int = 1,
    width_in: float = WIDTH_IN,
    page_in: float = PAGE_IN,
    of_area: bool = False,
) -> Figure:
    """Draw a page of up to 60 lanes. `events` has the columns of `columns.EVENTS`; `period` is what was asked for, either end may be open.
    `width_in` and `page_in` are the width of the figure and the most height that lanes may take, in inches.

    `of_area`: only events of one area are drawn, so what was told last may have been told of elsewhere.
    A bar covers every day on which the thing may have happened. Raises NothingFound where no event has a day in the period.
    """
    pages = _paged(events, as_of, period, width_in, page_in, _LAST_THERE if of_area else _LAST)
    if not pages.rows:
        raise NothingFound(f"no event to draw in {told_period(period)}")
    if not 1 <= page <= len(pages.rows):
        raise NothingFound(f"the timeline has {counted(len(pages.rows), 'page')}, there is no page {page}")
    return _page(pages, page, theme_of(theme), title)


def draw_timelines(
    events: Cells,
    *,
    as_of: datetime,
    period: Interval,
    title: str,
    theme: str | Theme = "light",
    width_in: float = WIDTH_IN,
    page_in: float = PAGE_IN,
    of_area: bool = False,
) -> list[Figure]:
    """Every page of a timeline, none where there is nothing to draw. As `draw_timeline`."""
    pages = _paged(events, as_of, period, width_in, page_in, _LAST_THERE if of_area else _LAST)
    return [_page(pages, number, theme_of(theme), title) for number in range(1, len(pages.rows) + 1)]


@dataclass(frozen=True, slots=True)
class _Paged:
    """A timeline laid out in pages."""

    events: Cells
    as_of: datetime
    period: Interval
    axis: Axis
    rows: Sequence[Sequence[Row]]  # of each page
    last: str  # what the column at the right tells


def _paged(events: Cells, as_of: datetime, period: Interval, width_in: float, page_in: float, last: str) -> _Paged:
    moves = movements(events)
    axis = axis_for(moves, as_of, period, width_in)
    return _Paged(events, as_of, period, axis, _pages(moves, axis, page_in), last)


def _page(pages: _Paged, number: int, theme: Theme, title: str) -> Figure:
    told = [row for rows in pages.rows for row in rows]
    counts = [counted(len(told), "vessel"), counted(sum(len(lane.bars) for _, lane in told), "event")]
    part = [f"page {number} of {len(pages.rows)}"] if len(pages.rows) > 1 else []
    width_in = pages.axis.left_in + pages.axis.width_in + pages.axis.right_in
    subtitle = head_lines([f"Period: {told_period(pages.period)}", f"as of {told_moment(pages.as_of)}", *counts, *part], width_in)
    with look(theme):
        return _drawn(pages.rows[number - 1], pages.axis, theme, pages.as_of, (title, subtitle, pages.last), pages.events)


def _pages(moves: Sequence[Movement], axis: Axis, page_in: float) -> list[list[Row]]:
    """The lanes in pages of at most 60, fewer where they are high; a last page is never nearly empty."""
    vessels = [lane for lane in by_vessel(moves) if any(axis.holds(move) for move in lane)]
    steps = _LEVELS if axis.width_in + axis.left_in + axis.right_in >= _WIDE_IN else _NARROW_LEVELS
    most = next(levels for lanes, levels in steps if len(vessels) <= lanes)
    rows = [(vessel, plan(vessel, axis, most)) for vessel in vessels]
    pages = _filled(rows, page_in)
    if len(pages) < 2 or _height(pages[-1]) > page_in * _FULL_ENOUGH:
        return pages
    level = sum(map(_height, pages)) / len(pages) + max(lane.height_in for _, lane in rows)
    even = _filled(rows, min(page_in, level))
    return even if len(even) == len(pages) else pages


def _filled(rows: Iterable[Row], page_in: float) -> list[list[Row]]:
    """The lanes in as few pages as hold them, in their order."""
    pages: list[list[Row]] = []
    height = math.inf
    for row in rows:
        if height + row[1].height_in > page_in or len(pages[-1]) == LANES_A_PAGE:
            pages.append([])
            height = 0.0
        pages[-1].append(row)
        height += row[1].height_in
    return pages


def _height(page: Iterable[Row]) -> float:
    return sum(lane.height_in for _, lane in page)


def axis_for(moves: Sequence[Movement], as_of: datetime, period: Interval, width_in: float = WIDTH_IN) -> Axis:
    """The days to draw: the period, an open end taken from the events; never less than a week."""
    first = period.start or min((move.first for move in moves), default=as_of.date())
    last = period.end or max((move.end for move in moves), default=as_of.date())
    last = max(last, first)
    missing = _SHORTEST_AXIS_DAYS - ((last - first).days + 1)
    if missing > 0:
        first, last = first - timedelta(days=missing // 2), last + timedelta(days=missing - missing // 2)
    left, right = _MARGINS if width_in >= _WIDE_IN else _NARROW_MARGINS
    return Axis(first, last, width_in - left - right, left, right)


def _drawn(page: Sequence[Row], axis: Axis, theme: Theme, as_of: datetime, words: tuple[str, Sequence[str], str], events: Cells) -> Figure:
    lanes = [lane for _, lane in page]
    width = axis.left_in + axis.width_in + axis.right_in
    drawn = [bar.move for lane in lanes for bar in lane.bars]
    rows = legend.rows_of(_keys(drawn, theme, gaps=any(lane.gaps for lane in lanes), now=axis.first <= as_of.date() <= axis.last), width)
    height_in = sum(lane.height_in for lane in lanes)
    below = _AXIS_IN + legend.height_of(rows) + 0.36 + 0.16
    total = _HEAD_IN + HEAD_LINE_IN * (len(words[1]) - 1) + (_TOP_AXIS_IN if height_in > _TALL_IN else 0) + height_in + below
    figure = blank(width, total, theme)
    head(figure, theme, words[0], words[1], demo=is_demo(events))
    foot(figure, theme, source_note(events, as_of=as_of), _left_out(lanes))
    legend.write(figure, theme, rows, 0.40)
    axes = figure.add_axes((axis.left_in / width, below / total, axis.width_in / width, height_in / total), facecolor="none")
    axes.set_gid("lanes")
    axes.set(xlim=(0, axis.width_in), ylim=(height_in, 0))
    _background(axes, lanes, axis, theme, as_of)
    strokes, top = Strokes(), 0.0
    for vessel, lane in page:
        _lane(axes, strokes, vessel, lane, theme, top)
        _margins(axes, vessel, axis, theme, top, as_of)
        top += lane.height_in
    strokes.draw(axes)
    axes.text(axis.width_in + axis.right_in - _EDGE_IN, -0.05, words[2], fontsize=TINY_PT, color=theme.muted, ha="right", va="bottom", gid="column")
    return figure


def _left_out(lanes: Iterable[Lane]) -> str:
    missing = sum(lane.left_out for lane in lanes)
    return f"{counted(missing, 'place name')} left out for lack of room" if missing else ""


# -- what stands behind the bars


def _background(axes: Axes, lanes: Sequence[Lane], axis: Axis, theme: Theme, as_of: datetime) -> None:
    bottom = sum(lane.height_in for lane in lanes)
    top = 0.0
    for number, lane in enumerate(lanes):
        if number % 2 == 0:
            band = Rectangle(
                (-axis.left_in + _EDGE_IN / 2, top),
                axis.left_in + axis.width_in + axis.right_in - _EDGE_IN,
                lane.height_in,
                facecolor=theme.band,
                edgecolor="none",
                zorder=0,
            )
            axes.add_artist(band).set_clip_on(False)
        top += lane.height_in
    _ticks(axes, axis, theme, both_sides=bottom > _TALL_IN)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    now = axis.x(as_of.date()) + (as_of.hour * 60 + as_of.minute + 1) / 1440 * axis.width_in / axis.days
    if 0 <= now <= axis.width_in:
        axes.add_patch(Rectangle((now, 0), axis.width_in - now, bottom, facecolor=theme.grid, alpha=0.35, edgecolor="none", zorder=0.5))
        axes.plot([now, now], [-0.04, bottom], color=theme.ink, linewidth=1.0, zorder=1, clip_on=False, gid="as-of")


def _ticks(axes: Axes, axis: Axis, theme: Theme, *, both_sides: bool) -> None:
    ticks = ticks_of(axis)
    axes.set_xticks([x for x, _ in ticks], [label for _, label in ticks], fontsize=SMALL_PT, color=theme.muted, ha="left")
    axes.set_yticks([])
    axes.tick_params(axis="x", length=4, color=theme.faint, labeltop=both_sides, top=both_sides, pad=2)
    axes.grid(axis="x", color=theme.grid, linewidth=0.7, zorder=0.6)
    axes.set_axisbelow(True)


def ticks_of(axis: Axis) -> list[tuple[float, str]]:
    """Where the axis has ticks, and their labels: the day or month, and below it what changes less often."""
    days = [axis.first + timedelta(days=n) for n in range(axis.days)] if axis.days <= 120 else []
    if days:
        step = next(s for s in (1, 2, 7, 14) if axis.width_in * s / axis.days >= 0.28)
        chosen = [d for d in days if (d.weekday() == 0 if step == 7 else (d - date(2024, 1, 1)).days % step == 0)]
        return _labelled(axis, chosen or days[:1], lambda d: str(d.day), lambda d: f"{d:%b %Y}")
    months = [date(y, m, 1) for y in range(axis.first.year, axis.last.year + 1) for m in range(1, 13) if axis.first <= date(y, m, 1) <= axis.last]
    step = next((s for s in (1, 3, 6, 12) if axis.width_in * 30.4 * s / axis.days >= 0.38), 12)
    years = max(1, math.ceil(0.5 / max(axis.width_in * 365 / axis.days, 1e-6))) if step == 12 else 1
    chosen = [m for m in months if (m.month - 1) % step == 0 and m.year % years == 0]
    if step == 12:
        return [(axis.x(m), str(m.year)) for m in chosen]
    return _labelled(axis, chosen, lambda d: MONTHS[d.month - 1][:3], lambda d: str(d.year))


def _labelled(axis: Axis, days: Sequence[date], upper: Callable[[date], str], lower: Callable[[date], str]) -> list[tuple[float, str]]:
    """A label of two lines where the lower changes, unless the next change comes too soon for its words to stand."""
    changes = [n for n, day in enumerate(days) if n == 0 or lower(day) != lower(days[n - 1])]
    reach = {n: axis.x(days[after]) for n, after in pairwise(changes)}
    labels: list[tuple[float, str]] = []
    for n, day in enumerate(days):
        left, under = axis.x(day), lower(day)
        fits = n in changes and left + text_width(under, SMALL_PT) + 0.08 <= reach.get(n, math.inf)
        labels.append((left, f"{upper(day)}\n{under if fits else ' '}"))  # two lines each, so that the upper ones stand level above the lanes too
    return labels


# -- lanes


def _lane(axes: Axes, strokes: Strokes, vessel: Sequence[Movement], lane: Lane, theme: Theme, top: float) -> None:
    y = top + LANE_PAD_IN / 2 + LEVEL_IN - BAR_IN / 2 - 0.02
    for left, right in lane.gaps:
        strokes.line(
            (left + 0.02, y),
            (right - 0.02, y),
            colors=theme.faint,
            linewidths=1.5,
            linestyles=_DASH,
            capstyle="round",
            zorder=1.5,
            gid=f"unknown {vessel[0].vessel_key}",
        )
    for bar in lane.bars:
        y = top + LANE_PAD_IN / 2 + (bar.level + 1) * LEVEL_IN - BAR_IN / 2 - 0.02
        if bar.move.undated:
            _draw_arrow(strokes, bar, theme, y)
        else:
            _draw_bar(axes, strokes, bar, theme, y)
        _cuts(strokes, bar, theme, y)
        if bar.label:
            axes.text(
                bar.label_left,
                y - BAR_IN / 2 - 0.025,
                bar.label,
                fontsize=TINY_PT,
                color=theme.ink if bar.move.known else theme.muted,
                va="baseline",
                ha="left",
                zorder=4,
                gid="label",
            )


def looks_of(kind: EventKind, modality: Modality, theme: Theme) -> dict[str, Any]:
    """How a claim of this kind and firmness fills its bar."""
    colour = theme.kinds[kind]
    match modality:
        case Modality.ASSERTED:
            return {"facecolor": colour, "edgecolor": colour, "linewidth": 0.8}
        case Modality.REPORTED | Modality.POSSIBLE:
            return {"facecolor": mixed(colour, theme.paper, 0.22), "edgecolor": colour, "linewidth": 1.0, "hatch": HATCHES[modality]}
        case Modality.PLANNED:
            return {"facecolor": theme.paper, "edgecolor": colour, "linewidth": 1.2, "linestyle": (0, (2.5, 1.5))}
        case _:
            return {"facecolor": theme.paper, "edgecolor": theme.faint, "linewidth": 0.9}


def mixed(colour: str, paper: str, share: float) -> tuple[float, float, float]:
    """A colour thinned with paper."""
    ink, ground = to_rgb(colour), to_rgb(paper)
    red, green, blue = (share * a + (1 - share) * b for a, b in zip(ink, ground, strict=True))
    return red, green, blue


def _draw_bar(axes: Axes, strokes: Strokes, bar: Bar, theme: Theme, y: float) -> None:
    """The whole interval as a bar; thin between two posts where it happened on some day within."""
    move, looks = bar.move, looks_of(bar.move.kind, bar.move.modality, theme)
    tall = BAR_IN * (0.5 if move.within else 1.0)
    axes.add_artist(Rectangle((bar.left, y - tall / 2), bar.right - bar.left, tall, zorder=3, gid=_gid(move), **looks))
    middle, colour = (bar.left + bar.right) / 2, theme.kinds[move.kind]
    if move.modality is Modality.NEGATED:
        _draw_cross(strokes, bar, theme, y, tall)
    elif bar.narrow:
        strokes.point(middle, y, marker="s", markersize=8.2, color=colour, markerfacecolor=looks["facecolor"], zorder=3.3, clip_on=False)
        _sign(strokes, move, theme, middle, y)
    elif move.within:
        for x in (bar.left, bar.right):
            strokes.line((x, y - BAR_IN / 2), (x, y + BAR_IN / 2), colors=colour, linewidths=1.2, zorder=3.1)
    elif bar.right - bar.left > 0.12:
        if move.hedged:
            strokes.point(middle, y, marker="s", markersize=7.6, color=theme.paper, zorder=3.3)
        _sign(strokes, move, theme, middle, y)


def _draw_cross(strokes: Strokes, bar: Bar, theme: Theme, y: float, tall: float) -> None:
    if bar.narrow:
        strokes.point((bar.left + bar.right) / 2, y, marker="x", markersize=6.5, markeredgewidth=1.4, color=theme.muted, zorder=3.3, clip_on=False)
        return
    for turn in (tall / 2, -tall / 2):
        strokes.line((bar.left, y + turn), (bar.right, y - turn), colors=theme.muted, linewidths=0.9, zorder=3.2)


def _sign(strokes: Strokes, move: Movement, theme: Theme, x: float, y: float) -> None:
    strokes.point(x, y, glyph=GLYPHS[move.kind], markersize=6, color=theme.kinds[move.kind] if move.hedged else _on(theme), zorder=3.4, clip_on=False)


def _draw_arrow(strokes: Strokes, bar: Bar, theme: Theme, y: float) -> None:
    """An undated claim: known by the day of publication, open to the left."""
    move = bar.move
    colour = theme.kinds[move.kind] if move.modality is not Modality.NEGATED else theme.muted
    left = max(0.0, bar.right - ARROW_IN)
    looks = {"colors": colour, "linewidths": 1.5, "zorder": 3}
    strokes.line((left, y), (bar.right, y), linestyles="-" if move.modality is Modality.ASSERTED else (0, (3, 1.5)), gid=_gid(move), **looks)
    strokes.line((left + 0.06, y - 0.045), (left, y), (left + 0.06, y + 0.045), **looks)
    strokes.line((bar.right, y - BAR_IN / 2), (bar.right, y + BAR_IN / 2), **looks)
    if move.modality is Modality.NEGATED:
        strokes.point((left + bar.right) / 2, y, marker="x", markersize=6.5, markeredgewidth=1.4, color=colour, zorder=3.3)


def _cuts(strokes: Strokes, bar: Bar, theme: Theme, y: float) -> None:
    """Small triangles where a bar goes on beyond the axis."""
    for cut, x, marker in ((bar.cut_left, bar.left, "<"), (bar.cut_right, bar.right, ">")):
        if cut:
            strokes.point(
                x,
                y,
                marker=marker,
                markersize=5,
                color=theme.kinds[bar.move.kind],
                markeredgecolor=theme.paper,
                markeredgewidth=0.6,
                zorder=3.6,
                clip_on=False,
            )


def _gid(move: Movement) -> str:
    return f"event {move.event_id}"


def _on(theme: Theme) -> str:
    return "#FFFFFF" if theme.name == "light" else "#10161C"


# -- left and right of the lanes


def _name_in(vessel: str, room: float) -> str:
    """The name of a lane as far as there is room; of "2 × auxiliary, unnamed" the last word goes first."""
    whole = shorten(vessel, room, BODY_PT, "bold")
    return whole if whole == vessel else shorten(vessel.removesuffix(", unnamed"), room, BODY_PT, "bold")


def _margins(axes: Axes, vessel: Sequence[Movement], axis: Axis, theme: Theme, top: float, as_of: datetime) -> None:
    one = vessel[0]
    middle = top + LANE_PAD_IN / 2 + LEVEL_IN / 2
    small = " · ".join(part for part in (one.type.replace("_", " "), one.detail, one.country) if part)
    left, room = -axis.left_in + _EDGE_IN, axis.left_in - _EDGE_IN - 0.15
    axes.text(
        left,
        middle - 0.015,
        _name_in(one.vessel, room),
        fontsize=BODY_PT,
        fontweight="bold",
        color=theme.ink,
        va="bottom",
        gid="vessel",
    )
    axes.text(left, middle + 0.02, shorten(small, room, TINY_PT), fontsize=TINY_PT, color=theme.muted, va="top", gid="vessel-type")
    known = [move for move in vessel if move.known and move.first <= as_of.date()]
    x = axis.width_in + axis.right_in - _EDGE_IN
    if known:
        last = max(known, key=lambda move: (move.end, move.first))
        axes.text(x, middle - 0.015, last.age(as_of), fontsize=BODY_PT, color=theme.ink, ha="right", va="bottom", gid="age")
        axes.text(
            x, middle + 0.02, _short_when(last, axis.right_in - _EDGE_IN - 0.1), fontsize=TINY_PT, color=theme.muted, ha="right", va="top", gid="last"
        )
    else:
        told = "later than as-of" if any(move.known for move in vessel) else "nothing known"
        axes.text(x, middle, told, fontsize=TINY_PT, color=theme.muted, ha="right", va="center", gid="age")


def _short_when(move: Movement, room_in: float) -> str:
    told = move.when.removesuffix(" (undated)")
    return told if text_width(told, TINY_PT) < room_in else f"to {move.end.day} {move.end:%b %Y}"


# -- legend


def _keys(moves: Sequence[Movement], theme: Theme, *, gaps: bool, now: bool) -> list[list[Key]]:
    """What the picture shows, and only that: kinds in the first row, then how firmly and how exactly it is told."""
    kinds = [
        swatch(KIND_NAMES[kind], glyph=GLYPHS[kind], glyph_colour=_on(theme), facecolor=theme.kinds[kind], edgecolor="none")
        for kind in EventKind
        if any(move.kind is kind for move in moves)
    ]
    certainty = [_certainty(modality, theme) for modality in Modality if any(move.modality is modality for move in moves)]
    marks = {
        stroke("some day within", color=theme.muted, linewidth=4.2, solid_capstyle="butt"): any(move.within for move in moves if not move.undated),
        Key("undated, known by", lambda x, y, width: _arrow_sample(x, y, width, theme.muted)): any(move.undated for move in moves),
        stroke("unknown: nothing told", color=theme.faint, linewidth=1.5, linestyle=_DASH): gaps,
        upright("as of", color=theme.ink, linewidth=1.0): now,
    }
    return [kinds, [*certainty, *(key for key, shown in marks.items() if shown)]]


def _certainty(modality: Modality, theme: Theme) -> Key:
    if modality is Modality.NEGATED:
        return symbol(MODALITY_NAMES[modality], marker="x", markersize=6.5, markeredgewidth=1.4, color=theme.muted)
    grey = replace(theme, kinds=dict.fromkeys(EventKind, theme.muted))
    return swatch(MODALITY_NAMES[modality], **looks_of(EventKind.IN_PORT, modality, grey))


def _arrow_sample(x: float, y: float, width: float, colour: str) -> list[Line2D]:
    return [
        Line2D([x, x + width], [y, y], color=colour, linewidth=1.5),
        Line2D([x + 0.06, x, x + 0.06], [y - 0.045, y, y + 0.045], color=colour, linewidth=1.5),
        Line2D([x + width] * 2, [y - 0.06, y + 0.06], color=colour, linewidth=1.8),
    ]
