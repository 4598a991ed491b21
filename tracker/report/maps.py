"""The map: coasts without a network, vessels at places, areas as areas, and legs that are never passed off as tracks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from tracker.domain.kinds import EventKind
from tracker.domain.records import Area
from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.gazetteer.index import load_gazetteer
from tracker.report import legend
from tracker.report.cards import Card, card, draw_card, faces, strength
from tracker.report.cells import Cells
from tracker.report.coasts import CREDIT, Coast, Extent, read_coast
from tracker.report.ground import Canvas, draw_errors, draw_ground, draw_scale, name_surroundings, open_water, shade, turned_rings, vague
from tracker.report.labels import Box, Choice, around, place
from tracker.report.legend import Key, stroke, swatch, symbol
from tracker.report.legs import ORDER_DASH, TOLD_DASH, bowed, draw_leg, name_legs
from tracker.report.raster import Ground
from tracker.report.scene import Leg, Scene, Site, scene
from tracker.report.style import (
    FAMILIES,
    HEAD_LINE_IN,
    KIND_NAMES,
    SMALL_PT,
    TINY_PT,
    WIDTH_IN,
    Theme,
    blank,
    counted,
    family_of,
    figure_of,
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
    wrap,
)
from tracker.report.view import Sheet, extent_of, fitted

_MANY_POINTS, _LONGEST_LEADER_IN = 150, 0.7
_MOST_CARDS = 60
"""Places with a card on one map; those of which less is told are marked without one and named below it."""
_LEFT_IN, _RIGHT_IN, _HEAD_IN, _TICKS_IN, _NOTE_IN = 0.62, 0.22, 0.80, 0.28, 0.17
_MOST_NAMED, _MOST_NOTES, _MOST_LEGS, _CROWDED = 6, 7, 30, 9
_LINES: tuple[tuple[float, tuple[int, ...]], ...] = ((8, (9, 6, 4, 2)), (14, (6, 4, 2, 1)), (26, (3, 1)), (45, (1,)), (math.inf, ()))
"""Up to so many cards on a map: the numbers of lines that are tried, until all cards find room."""
Spots = Mapping[str, Sequence[tuple[float, float, float]]]
Placed = tuple[Card, Choice]


def draw_map(
    events: Cells,
    places: Cells,
    areas: Mapping[str, Area],
    *,
    as_of: datetime,
    period: Interval,
    title: str,
    extent: Extent | None = None,
    theme: str | Theme = "light",
    width_in: float = WIDTH_IN,
) -> Figure:
    """Draw where vessels were told to be.

    `events` and `places` have the columns of `columns.EVENTS` and `columns.PLACES`; `places` must hold every place that the events name (more
    does no harm); `areas` are outlines by place key. Without an extent the map shows all that is told.
    `width_in` is the width of the figure in inches. Raises NothingFound where no event names a place.
    """
    colours, seen = theme_of(theme), scene(events, places, areas)
    if not seen.moves:
        raise NothingFound(f"no event with a place to draw in {told_period(period)}")
    shown = extent or extent_of(
        [site.point for site in seen.points], [[(lat, lon) for lon, lat in ring] for site in seen.areas for ring in site.rings]
    )
    vessels, sites = {move.vessel_key for move in seen.moves}, len(seen.points) + len(seen.areas)
    subtitle = head_lines(
        [f"Period: {told_period(period)}", f"as of {told_moment(as_of)}", counted(len(vessels), "vessel"), f"last told at {counted(sites, 'place')}"],
        width_in,
    )
    with look(colours):
        canvas, unnamed = _map(seen, shown, colours, as_of, width_in, _HEAD_IN + HEAD_LINE_IN * (len(subtitle) - 1))
        return _page(canvas, seen, unnamed, (title, subtitle, source_note(events, as_of=as_of)), demo=is_demo(events))


def _map(seen: Scene, extent: Extent, theme: Theme, as_of: datetime, page: float, above: float) -> tuple[Canvas, list[str]]:
    """The map itself on a page of the right height, and the names of places for which there was no room."""
    width = page - _LEFT_IN - _RIGHT_IN
    extent, height = fitted(extent, width)
    lines = len(_notes(seen, extent, page)) + (len(seen.points) + len(seen.areas) > _CROWDED)
    below = 0.42 + legend.height_of(_legend(seen, extent, theme, page, height / extent.height)) + 0.06 + _NOTE_IN * lines + 0.1 + _TICKS_IN
    total = above + height + below
    figure = blank(page, total, theme)
    axes = figure.add_axes((_LEFT_IN / page, below / total, width / page, height / total), facecolor=theme.water)
    axes.set_gid("map")
    axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north))
    years = len({day.year for move in seen.moves for day in (move.first, move.end)}) > 1
    canvas = Canvas(axes, Sheet(extent, Box(_LEFT_IN, below, page - _RIGHT_IN, below + height)), theme, as_of, years)
    coast = read_coast(extent)
    draw_ground(canvas, coast)
    shade(canvas, seen.areas)
    return canvas, _content(canvas, seen, coast)


def _page(canvas: Canvas, seen: Scene, unnamed: Sequence[str], words: tuple[str, Sequence[str], str], *, demo: bool) -> Figure:
    """Everything round the map."""
    figure, theme, box = figure_of(canvas.axes), canvas.theme, canvas.sheet.box
    title, subtitle, note = words
    page = float(figure.get_figwidth())
    head(figure, theme, title, subtitle, demo=demo)
    foot(figure, theme, note, CREDIT)
    legend.write(figure, theme, _legend(seen, canvas.sheet.extent, theme, page, canvas.sheet.degree_in), 0.42)
    left_out = [_without_name(sorted(unnamed), page - 0.5)] if unnamed else []
    for number, line in enumerate([*_notes(seen, canvas.sheet.extent, page), *left_out]):
        y = box.bottom - _TICKS_IN - _NOTE_IN * (number + 0.95)
        figure.text(0.22 / page, y / figure.get_figheight(), line, fontsize=SMALL_PT, color=theme.muted, va="bottom", gid="margin")
    return figure


def _content(canvas: Canvas, seen: Scene, coast: Coast) -> list[str]:
    """Draw points, legs, cards, scale and names; returns the names of places for which there was no room."""
    sheet = canvas.sheet
    inside = [site for site in seen.points if sheet.extent.holds(*site.point)]
    where = {key: sheet.at(*end) for key, end in seen.ends.items()} | {site.key: sheet.at(*site.point) for site in inside}
    curves = [(leg, bowed(where[leg.origin], where[leg.destination])) for leg in drawn_legs(seen, sheet.extent)]
    draw_errors(canvas, inside)
    for leg, curve in curves:
        draw_leg(canvas, leg, curve)
    _draw_points(canvas, inside, where)
    ground = Ground(coast, sheet)
    free = open_water(seen.areas, ground)
    sites = [*inside, *(site for site in seen.areas if site.key in free)]
    taken = [draw_scale(canvas, where.values()), *(Box(x - 0.09, y - 0.09, x + 0.09, y + 0.09) for x, y in where.values())]
    on_legs = [(x, y, 0.4) for _, curve in curves for x, y in curve[::6]]
    placed, unnamed = _set_cards(_Room(canvas, where, free, taken, on_legs), sites)
    for made, choice in placed:
        if choice.leader:
            xs, ys = zip(*choice.leader, strict=True)
            canvas.axes.add_artist(Line2D(xs, ys, color=canvas.theme.muted, linewidth=0.7, zorder=5.5, transform=canvas.inches, gid="leader"))
        draw_card(canvas.axes, made, choice.box, canvas.theme, canvas.as_of, canvas.inches)
    taken += [choice.box for _, choice in placed]
    taken += name_legs(canvas, curves, taken)
    name_surroundings(canvas, load_gazetteer(register=False).places.entries.values(), taken, {site.key for site in sites}, ground)
    return unnamed


def drawn_legs(seen: Scene, extent: Extent) -> list[Leg]:
    """The legs with both ends on the map; where they are too many to be read, those that one report tells from end to end."""
    inside = [leg for leg in seen.legs if extent.holds(*seen.ends[leg.origin]) and extent.holds(*seen.ends[leg.destination])]
    return inside if len(inside) <= _MOST_LEGS else [leg for leg in inside if leg.told][:_MOST_LEGS]


@dataclass(frozen=True, slots=True)
class _Room:
    """What cards have to find their places among."""

    canvas: Canvas
    where: Mapping[str, tuple[float, float]]  # of points, in inches
    free: Spots  # open water of areas
    taken: Sequence[Box]
    legs: Sequence[tuple[float, float, float]]

    def attempt(self, sites: Sequence[Site], lines: int, placed: Sequence[Placed] = ()) -> tuple[list[Placed], list[Site]]:
        """Cards of so many lines, each with its place, and the sites whose cards found none."""
        cards = [card(site, lines, years=self.canvas.years) for site in sites]
        wanted = [_choices(made, self.where, self.free) for made in cards]
        if not lines:  # a bare name far from its place helps nobody
            wanted = [[choice for choice in choices if not choice.leader or math.dist(*choice.leader) <= _LONGEST_LEADER_IN] for choices in wanted]
        chosen = place(wanted, self.canvas.sheet.box, [*self.taken, *(choice.box for _, choice in placed)], self.legs)
        found = [(made, choice) for made, choice in zip(cards, chosen, strict=True) if choice]
        return found, [site for site, choice in zip(sites, chosen, strict=True) if not choice]


def _set_cards(room: _Room, sites: Sequence[Site]) -> tuple[list[Placed], list[str]]:
    """Find a place for each card, all with as many lines as leave room for all; what finds none even then stands as a bare name."""
    waiting = sorted(sites, key=lambda site: (-sum(e.latest for e in site.entries), -len(site.entries), site.key))
    waiting, beyond = waiting[:_MOST_CARDS], waiting[_MOST_CARDS:]
    ranked, placed = waiting, list[Placed]()
    for lines in next(levels for most, levels in _LINES if len(ranked) <= most):
        placed, waiting = room.attempt(ranked, lines)
        if not waiting:
            break
    bare, nameless = room.attempt(waiting, 0, placed)
    return [*placed, *bare], [site.name for site in (*nameless, *beyond)]


def _choices(made: Card, where: Mapping[str, tuple[float, float]], free: Spots) -> list[Choice]:
    """Where a card may go: round its point; or on the water of its area, or beside that with a leader."""
    key, width, height = made.site.key, made.width, made.height
    if key in where:
        return around(*where[key], width, height, clear=0.03)
    within = [Choice(Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2), 3 * far) for x, y, far in free[key]]
    x, y, _ = min(free[key], key=lambda spot: spot[2])
    return [*within, *(Choice(choice.box, choice.cost + 4, choice.leader) for choice in around(x, y, width, height) if choice.leader)]


def _draw_points(canvas: Canvas, sites: Sequence[Site], where: Mapping[str, tuple[float, float]]) -> None:
    """The points of a map; on a crowded one the small rings of places that all have left are one artist, which is drawn in no time."""
    left = [site for site in sites if not site.present] if len(sites) > _MANY_POINTS else []
    rings = [where[site.key] for site in left]
    looks: dict[str, Any] = {"marker": "o", "markersize": 4.5, "color": canvas.theme.muted, "markerfacecolor": canvas.theme.paper, "zorder": 6}
    xs, ys = [x for x, _ in rings], [y for _, y in rings]
    canvas.axes.add_artist(Line2D(xs, ys, linestyle="none", transform=canvas.inches, gid="points left", **looks))
    gone = {site.key for site in left}
    for site in sites:
        if site.key not in gone:
            _draw_point(canvas, site, where[site.key])


def _draw_point(canvas: Canvas, site: Site, at: tuple[float, float]) -> None:
    """The symbol of the vessels last told at a place, with their number; a small ring where all have been told elsewhere since."""
    theme, moves, (x, y) = canvas.theme, site.present, at
    looks: dict[str, Any] = {"linestyle": "none", "transform": canvas.inches}
    if not moves:
        canvas.axes.add_artist(
            Line2D([x], [y], marker="o", markersize=4.5, color=theme.muted, markerfacecolor=theme.paper, zorder=6, gid=f"point {site.key}", **looks)
        )
        return
    edge, face = faces(moves, theme)
    size = 8.0 if len(moves) == 1 else min(11.5 + len(moves) / 8, 16)
    marker = family_of(moves[0].type).marker if len(moves) == 1 else "o"
    canvas.axes.add_artist(Line2D([x], [y], marker="o", markersize=size + 3, color=theme.paper, alpha=0.75, zorder=5.8, **looks))
    canvas.axes.add_artist(
        Line2D(
            [x],
            [y],
            marker=marker,
            markersize=size,
            color=edge,
            markerfacecolor=face,
            markeredgewidth=1.3,
            zorder=6,
            alpha=max(strength(move, canvas.as_of) for move in moves),
            gid=f"point {site.key}",
            **looks,
        )
    )
    if len(moves) > 1:
        canvas.axes.add_artist(
            Text(
                x,
                y,
                str(len(moves)),
                fontsize=TINY_PT,
                fontweight="bold",
                color=theme.paper if face != theme.paper else edge,
                ha="center",
                va="center_baseline",
                transform=canvas.inches,
                zorder=6.5,
            )
        )


def _notes(seen: Scene, extent: Extent, page: float) -> list[str]:
    """What the map can't show as a place on it, in lines that fit the page."""
    away = [site for site in seen.points if not extent.holds(*site.point)]
    away += [site for site in seen.areas if not turned_rings(site.rings, extent)]
    inside = [leg for leg in seen.legs if extent.holds(*seen.ends[leg.origin]) and extent.holds(*seen.ends[leg.destination])]
    skipped = {
        "planned event": seen.planned,
        "denied event": seen.denied,
        "leg off the map": len(seen.legs) - len(inside),
        "leg between reports (too many to read)": len(inside) - len(drawn_legs(seen, extent)),
    }
    told = {
        "Areas without an outline, and places without a position": _list(seen.outside),
        "Beyond this map": _list(away),
        "No place told": _some(seen.placeless),
        "Not drawn": ", ".join(_several(number, what) for what, number in skipped.items() if number),
    }
    lines = [line for words, what in told.items() if what for line in wrap(f"{words}: {what}.", page - 0.5, SMALL_PT)]
    if len(lines) > _MOST_NOTES:
        lines[_MOST_NOTES - 1 :] = [shorten(" ".join(lines[_MOST_NOTES - 1 :]), page - 0.5, SMALL_PT)]
    return lines


def _without_name(names: Sequence[str], room: float) -> str:
    """The places that are marked without a name, as many of them as one line has room for."""

    def naming(shown: int) -> str:
        rest = f" and {len(names) - shown} more" if shown < len(names) else ""
        return f"Marked without a name, for want of room: {', '.join(names[:shown])}{rest}."

    if text_width(naming(len(names)), SMALL_PT) <= room:
        return naming(len(names))
    told = f"Marked without a name, for want of room: {counted(len(names), 'place')}."
    for shown in range(1, len(names)):  # each name makes it longer; from all to few would measure hundreds of lines that are far too long
        line = naming(shown)
        if text_width(line, SMALL_PT) > room:
            break
        told = line
    return told


def _several(number: int, what: str) -> str:
    noun, space, rest = what.partition(" ")
    return counted(number, what) if noun != "leg" else f"{counted(number, noun)}{space}{rest}"


def _list(sites: Sequence[Site]) -> str:
    return " · ".join(f"{site.name} ({len(site.entries)}: {_some([entry.move.vessel for entry in site.entries])})" for site in sites)


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _legend(seen: Scene, extent: Extent, theme: Theme, page: float, degree_in: float) -> list[list[Key]]:
    """What the map shows, and only that, in rows."""
    legs = drawn_legs(seen, extent)
    here = [entry.move for site in seen.points for entry in site.entries if entry.latest]
    kinds = [
        symbol(
            "departed, not told where since" if kind is EventKind.DEPARTURE else f"last told: {KIND_NAMES[kind]}",
            marker="o",
            markersize=7,
            color=theme.kinds[kind],
        )
        for kind in EventKind
        if any(move.kind is kind for move in here)
    ]
    shapes = {family_of(entry.move.type) for site in seen.points for entry in site.entries}
    types = [symbol(family.name, marker=family.marker, markersize=6.5, color=theme.muted) for family in FAMILIES if family in shapes]
    grey = theme.muted
    marks = {
        symbol("reported or possible", marker="o", markersize=6.5, color=grey, markerfacecolor=theme.paper, markeredgewidth=1.3): any(
            move.hedged for move in here
        ),
        Key("fades over 30 days of age", lambda x, y, width: _fading(x, y, grey)): bool(here),
        symbol("since told elsewhere", marker="o", markersize=4.5, color=grey, markerfacecolor=theme.paper): any(
            not entry.latest for site in seen.points for entry in site.entries
        ),
        symbol("within the circle", marker="o", markersize=9, color=grey, alpha=0.5): bool(
            vague([site for site in seen.points if extent.holds(*site.point)], degree_in)
        ),
        swatch("somewhere in this area", facecolor=theme.area, alpha=0.2, edgecolor=theme.area, linestyle=(0, (4, 3))): bool(seen.areas),
        stroke("from–to as told, no track", color=theme.ink, linewidth=1.2, linestyle=TOLD_DASH, end=">"): any(leg.told for leg in legs),
        stroke("order of reports, not track", color=theme.ink, linewidth=1.2, linestyle=ORDER_DASH, end=">"): any(not leg.told for leg in legs),
    }
    return legend.rows_of([[*kinds, *types], [key for key, shown in marks.items() if shown]], page)


def _fading(x: float, y: float, colour: str) -> list[Line2D]:
    return [
        Line2D([x + 0.05 + 0.085 * n], [y], marker="o", markersize=5.5, color=colour, linestyle="none", alpha=alpha)
        for n, alpha in enumerate((1, 0.7, 0.4))
    ]
