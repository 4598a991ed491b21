"""Composition: a picture of the force in an area on a day, a symbol and a name for each vessel, in rows by sort, marked by how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tracker.analysis.fleet import Certainty
from tracker.domain.kinds import Modality
from tracker.errors import NothingFound
from tracker.report import legend
from tracker.report.cells import Cells, records
from tracker.report.legend import symbol
from tracker.report.style import (
    BODY_PT,
    FAMILIES,
    SMALL_PT,
    TINY_PT,
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
    printable,
    shorten,
    source_note,
    text_width,
    theme_of,
    told_moment,
    wrap,
)

MOST = 160
"""More vessels than this are no picture; the list has them."""
_COLUMNS, _LEFT_IN, _EDGE_IN, _CELL_IN, _PAD_IN, _HEAD_IN = 5, 2.05, 0.22, 0.56, 0.12, 0.95
_BOLD = 0.88  # of the room in which a plain line fits, a bold one
_SURE = (Certainty.PRESENT, Certainty.PROBABLY, Certainty.UNCLEAR, Certainty.LAST_SEEN)
Row = Mapping[str, Any]


def draw_composition(rows: Cells, *, on: date, as_of: datetime, title: str, theme: str | Theme = "light") -> Figure:
    """Draw the vessels of a frame with the columns of `columns.FLEET` (and `demo`), the surest first in each row.

    Raises NothingFound where there are none.
    """
    colours = theme_of(theme)
    vessels = records(rows)
    if not vessels:
        raise NothingFound("no vessel to draw; try another day or a wider area")
    kept = vessels[:MOST]
    left_out = f"{counted(len(vessels) - MOST, 'vessel')} left out for lack of room" if len(vessels) > MOST else ""
    named = {sure: sum(v["certainty"] == sure and not _unnamed(v) for v in vessels) for sure in _SURE}
    unnamed = sum(_unnamed(v) for v in vessels)
    counts = [f"{number} {sure.value}" for sure, number in named.items() if number]
    if unnamed:
        counts.append(f"{counted(unnamed, 'unnamed record')}, which may be the same ships")
    subtitle = f"On {on.day} {on:%b %Y} · as of {told_moment(as_of)} · {', '.join(counts)}"
    with look(colours):
        return _drawn(_by_family(kept), colours, (title, subtitle, left_out), rows, as_of)


def _unnamed(vessel: Row) -> bool:
    return str(vessel["vessel_key"]).startswith("unnamed/")


def _by_family(vessels: Sequence[Row]) -> list[tuple[Family, list[Row]]]:
    order = {sure.value: rank for rank, sure in enumerate(_SURE)}
    found: list[tuple[Family, list[Row]]] = []
    for family in FAMILIES:
        mine = [v for v in vessels if family_of(v["type"]) is family]
        if mine:
            found.append((family, sorted(mine, key=lambda v: (order.get(v["certainty"], 9), _unnamed(v), str(v["vessel"])))))
    return found


def _drawn(groups: Sequence[tuple[Family, list[Row]]], theme: Theme, words: tuple[str, str, str], rows: Cells, as_of: datetime) -> Figure:
    keys = [symbol(sure.value, **_looks("o", sure, theme)) for sure in _SURE]
    keys.append(symbol("reported or possible", marker="o", markersize=8, markerfacecolor=theme.paper, markeredgecolor=theme.ink, fillstyle="left"))
    legend_rows = legend.rows_of([keys])
    heights = [-(-len(vessels) // _COLUMNS) * _CELL_IN + 2 * _PAD_IN for _, vessels in groups]
    below = legend.height_of(legend_rows) + 0.62
    total = _HEAD_IN + sum(heights) + below
    figure = blank(WIDTH_IN, total, theme)
    head(figure, theme, words[0], [words[1]], demo=is_demo(rows))
    foot(figure, theme, source_note(rows, as_of=as_of), words[2])
    legend.write(figure, theme, legend_rows, 0.42)
    top = total - _HEAD_IN
    for number, ((family, vessels), height) in enumerate(zip(groups, heights, strict=True)):
        if number % 2 == 0:
            _add(figure, Rectangle((_EDGE_IN / 2, top - height), WIDTH_IN - _EDGE_IN, height, facecolor=theme.band, edgecolor="none", zorder=0))
        _group(figure, family, vessels, theme, top, height)
        top -= height
    return figure


def _group(figure: Figure, family: Family, vessels: Sequence[Row], theme: Theme, top: float, height: float) -> None:
    name = family.name[0].upper() + family.name[1:]
    lines = wrap(name, (_LEFT_IN - 0.35) * _BOLD, BODY_PT)
    y = top - _PAD_IN - _CELL_IN / 2 + 0.06 + 0.08 * (len(lines) - 1)
    for line in lines:
        _write(figure, _EDGE_IN + 0.05, y, shorten(line, _LEFT_IN - 0.35, BODY_PT, "bold"), theme.ink, BODY_PT, weight="bold")
        y -= 0.16
    _write(figure, _EDGE_IN + 0.05, y - 0.02, counted(len(vessels), "record"), theme.muted, TINY_PT)
    cell = (WIDTH_IN - _LEFT_IN - _EDGE_IN) / _COLUMNS
    for number, vessel in enumerate(vessels):
        x, y = _LEFT_IN + number % _COLUMNS * cell, top - _PAD_IN - (number // _COLUMNS + 0.5) * _CELL_IN
        _vessel(figure, family, vessel, theme, x, y, cell)


def _vessel(figure: Figure, family: Family, vessel: Row, theme: Theme, x: float, y: float, cell: float) -> None:
    looks = _looks(family.marker, Certainty(vessel["certainty"]), theme)
    if vessel["modality"] != Modality.ASSERTED:
        looks |= {"fillstyle": "left", "markerfacecoloralt": theme.paper}
    _add(figure, Line2D([x + 0.13], [y], linestyle="none", **looks))
    room = cell - 0.38
    colour = theme.ink if Certainty(vessel["certainty"]).counts else theme.muted
    _write(figure, x + 0.32, y + 0.13, shorten(printable(vessel["vessel"]), room, SMALL_PT, "bold"), colour, SMALL_PT, weight="bold")
    facts = " · ".join(str(part) for part in (vessel["class"], vessel["hull"], vessel["country"]) if part)
    lines = [shorten(printable(facts), room, TINY_PT)] if facts else []
    place, gap = printable(vessel["place"] or "no place told"), f"{vessel['gap_days']} d before" if vessel["gap_days"] else "that day"
    lines.append(f"{shorten(place, room - text_width(f' · {gap}', TINY_PT), TINY_PT)} · {gap}")
    for number, line in enumerate(lines):
        _write(figure, x + 0.32, y - 0.015 - 0.135 * number, line, theme.muted, TINY_PT)


def _looks(marker: str, sure: Certainty, theme: Theme) -> dict[str, Any]:
    looks: dict[str, Any] = {"marker": marker, "markersize": 12 if marker != "o" else 11, "markeredgecolor": theme.ink, "markeredgewidth": 1.0}
    fills = {Certainty.PRESENT: theme.area, Certainty.PROBABLY: _pale(theme)}
    return looks | {"markerfacecolor": fills.get(sure, theme.paper)} | ({"markeredgecolor": theme.faint} if sure is Certainty.LAST_SEEN else {})


def _pale(theme: Theme) -> str:
    return "#9CC7E4" if theme.name == "light" else "#2F5B78"


def _write(figure: Figure, x: float, y: float, text: str, colour: str, points: float, weight: str = "normal") -> None:
    _add(figure, Text(x, y, text, fontsize=points, color=colour, va="center_baseline", fontweight=weight))


def _add(figure: Figure, artist: Any) -> None:
    artist.set_transform(figure.dpi_scale_trans)
    figure.add_artist(artist)
