"""Legends that stand below a picture: keys set one after another in rows, each with its sample, so that none covers data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tracker.report.style import SMALL_PT, WIDTH_IN, Theme, text_width

ROW_IN, SAMPLE_IN, GAP_IN, EDGE_IN = 0.215, 0.26, 0.22, 0.22


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: its words, and what draws its sample into a box (left, middle height, width) in inches."""

    label: str
    sample: Callable[[float, float, float], Sequence[Artist]]


def swatch(label: str, *, glyph: str = "", glyph_colour: str = "white", **looks: Any) -> Key:
    """A key with a small bar."""

    def sample(x: float, y: float, width: float) -> list[Artist]:
        bar = Rectangle((x, y - 0.055), width, 0.11, **looks)
        return [bar, Text(x + width / 2, y, glyph, fontsize=7, color=glyph_colour, ha="center", va="center")] if glyph else [bar]

    return Key(label, sample)


def stroke(label: str, *, end: str | None = None, **looks: Any) -> Key:
    """A key with a line, perhaps with a marker at its end."""

    def sample(x: float, y: float, width: float) -> list[Artist]:
        line = Line2D([x, x + width - (0.05 if end else 0)], [y, y], **looks)
        tip = [Line2D([x + width - 0.04], [y], marker=end, markersize=5, color=looks.get("color"), linestyle="none")] if end else []
        return [line, *tip]

    return Key(label, sample)


def symbol(label: str, **looks: Any) -> Key:
    """A key with a marker."""
    return Key(label, lambda x, y, width: [Line2D([x + width / 2], [y], linestyle="none", **looks)])


def upright(label: str, **looks: Any) -> Key:
    """A key with a line that stands."""
    return Key(label, lambda x, y, width: [Line2D([x + width / 2] * 2, [y - 0.07, y + 0.07], **looks)])


def rows_of(groups: Sequence[Sequence[Key]], width_in: float = WIDTH_IN) -> list[list[Key]]:
    """The keys in rows: each group begins a row and goes on in further rows where it must."""
    rows: list[list[Key]] = []
    width_in -= 2 * EDGE_IN - GAP_IN
    for group in (g for g in groups if g):
        used = width_in + 1
        for key in group:
            wide = _width(key)
            if used + wide > width_in:
                rows.append([])
                used = 0.0
            rows[-1].append(key)
            used += wide
    return rows


def height_of(rows: Sequence[Sequence[Key]]) -> float:
    """Height of the legend, in inches."""
    return len(rows) * ROW_IN


def write(figure: Figure, theme: Theme, rows: Sequence[Sequence[Key]], bottom_in: float) -> None:
    """Draw the rows with the last one standing on `bottom_in`."""
    for number, row in enumerate(reversed(rows)):
        x, y = EDGE_IN, bottom_in + (number + 0.5) * ROW_IN
        for key in row:
            words = Text(x + SAMPLE_IN + 0.07, y, key.label, fontsize=SMALL_PT, color=theme.ink, va="center_baseline")
            words.set_gid("legend")
            for artist in (*key.sample(x, y, SAMPLE_IN), words):
                artist.set_transform(figure.dpi_scale_trans)
                figure.add_artist(artist)
            x += _width(key)


def _width(key: Key) -> float:
    return SAMPLE_IN + 0.07 + text_width(key.label, SMALL_PT) + GAP_IN
