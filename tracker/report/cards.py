"""The small cards of a map: a place with the vessels told of it, a line each, shortened where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from matplotlib.transforms import Transform

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.when import age_days
from tracker.report.labels import Box
from tracker.report.movements import Movement
from tracker.report.scene import Entry, Site
from tracker.report.style import SMALL_PT, TINY_PT, Theme, family_of, shorten, text_width

_ROW_IN, _HEAD_IN, _PAD_IN, _SYMBOL_IN, _WIDEST_IN = 0.135, 0.15, 0.05, 0.16, 3.1
_DID = {
    EventKind.DEPARTURE: "left",
    EventKind.ARRIVAL: "arrived",
    EventKind.TRANSIT: "passed",
    EventKind.IN_PORT: "in port",
    EventKind.AT_SEA: "off here",
    EventKind.UNDERWAY: "under way",
    EventKind.REPLENISHMENT: "replenished",
    EventKind.ESCORT: "escort",
}
OLD_DAYS, FAINTEST = 30, 0.4
"""Knowledge fades from full to faint over so many days."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card: a vessel and what is told of it."""

    name: str
    told: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its size in inches."""

    site: Site
    head: str
    lines: tuple[Line, ...]
    more: str
    symbols: bool
    width: float
    height: float


def card(site: Site, most: int, *, years: bool) -> Card:
    """A card with at most so many lines. An area's card has no symbols: they would look like positions."""
    symbols, count = site.latitude is not None, len(site.entries)
    shown = site.entries if most and count == most + 1 else site.entries[:most]  # a line "and 1 more" would take the same room
    head = site.name if symbols and count == 1 else f"{site.name} · {count}"
    lines = tuple(_line(entry, years=years, area=not symbols) for entry in shown)
    hidden = count - len(lines)
    more = f"and {hidden} more" if lines and hidden else ""
    wide = max(
        [
            text_width(head, SMALL_PT, "bold"),
            text_width(more, TINY_PT) + _SYMBOL_IN,
            *(_SYMBOL_IN * symbols + text_width(line.name, TINY_PT, "bold") + text_width(line.told, TINY_PT) for line in lines),
        ]
    )
    height = _HEAD_IN + _ROW_IN * (len(lines) + bool(more)) + 2 * _PAD_IN - 0.02
    return Card(site, shorten(head, _WIDEST_IN, SMALL_PT, "bold"), lines, more, symbols, min(wide, _WIDEST_IN) + 2 * _PAD_IN + 0.02, height)


def _line(entry: Entry, *, years: bool, area: bool) -> Line:
    move = entry.move
    did = "at sea" if area and move.kind is EventKind.AT_SEA else _DID[move.kind]
    hedge = f", {move.modality}" if move.modality in (Modality.REPORTED, Modality.POSSIBLE) else ""
    bound = f" for {move.destination}" if move.kind is EventKind.DEPARTURE and move.destination else ""
    told = f"\u00a0{did} {told_days(move, years=years)}{bound}{hedge}"
    room = _WIDEST_IN - _SYMBOL_IN - text_width(told, TINY_PT)
    return Line(shorten(move.vessel, max(room, 0.6), TINY_PT, "bold"), told, entry)


def told_days(move: Movement, *, years: bool) -> str:
    """The days of an event, short; with the year where the map holds several."""
    told = move.when.removesuffix(" (undated)")
    return told if years else told.replace(f" {move.end.year}", "")


def strength(move: Movement, as_of: datetime) -> float:
    """How strongly an event is drawn: 1 for news of the day, fainter with age."""
    age = min(age_days(move.end, as_of) or 0, OLD_DAYS)
    return 1 - (1 - FAINTEST) * age / OLD_DAYS


def faces(moves: Sequence[Movement], theme: Theme) -> tuple[str, str]:
    """Edge and face of the symbol for some events: hollow where all are hedged."""
    colour = theme.kinds[max(moves, key=lambda move: (move.end, move.first)).kind]
    return colour, theme.paper if all(move.hedged for move in moves) else colour


def draw_card(axes: Axes, made: Card, box: Box, theme: Theme, as_of: datetime, inches: Transform) -> None:
    """Draw a card into its box, in inches."""
    size = box.right - box.left, box.top - box.bottom
    axes.add_artist(
        FancyBboxPatch(
            (box.left, box.bottom),
            *size,
            boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=theme.paper,
            alpha=0.86,
            edgecolor=theme.faint,
            linewidth=0.5,
            linestyle="-" if made.symbols else (0, (3, 2)),
            zorder=8,
            transform=inches,
            gid=f"card {made.site.key}",
        )
    )
    left, y = box.left + _PAD_IN, box.top - _PAD_IN - _HEAD_IN / 2
    axes.add_artist(
        Text(
            left,
            y,
            made.head,
            fontsize=SMALL_PT,
            fontweight="bold",
            fontstyle="normal" if made.symbols else "italic",
            color=theme.ink,
            va="center_baseline",
            zorder=9,
            transform=inches,
            gid="place",
        )
    )
    y -= _HEAD_IN / 2 + _ROW_IN / 2 - 0.01
    for line in made.lines:
        _draw_line(axes, line, left, y, made, theme, as_of, inches)
        y -= _ROW_IN
    if made.more:
        axes.add_artist(
            Text(
                left + _SYMBOL_IN * made.symbols, y, made.more, fontsize=TINY_PT, color=theme.muted, va="center_baseline", zorder=9, transform=inches
            )
        )


def _draw_line(axes: Axes, line: Line, left: float, y: float, made: Card, theme: Theme, as_of: datetime, inches: Transform) -> None:
    move, latest = line.entry.move, line.entry.latest
    if made.symbols:
        edge, face = faces([move], theme) if latest else (theme.faint, theme.paper)
        axes.add_artist(
            Line2D(
                [left + 0.055],
                [y + 0.005],
                marker=family_of(move.type).marker,
                markersize=5.2,
                color=edge,
                markerfacecolor=face,
                markeredgewidth=1.0,
                linestyle="none",
                alpha=strength(move, as_of) if latest else 1,
                zorder=9,
                transform=inches,
            )
        )
        left += _SYMBOL_IN
    ink = theme.ink if latest else theme.muted
    looks: dict[str, Any] = {"fontsize": TINY_PT, "color": ink, "va": "center_baseline", "zorder": 9, "transform": inches}
    axes.add_artist(Text(left, y, line.name, fontweight="bold" if latest else "normal", **looks))
    axes.add_artist(Text(left + text_width(line.name, TINY_PT, "bold" if latest else "normal"), y, line.told, **looks))
