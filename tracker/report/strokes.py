"""Many small marks drawn as few artists: lines and markers of one look are gathered and handed to matplotlib together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from tracker.report.style import font

Point = tuple[float, float]


class Strokes:
    """Gathers lines and markers by their looks, and draws each look as one artist."""

    def __init__(self) -> None:
        self._lines: dict[tuple[tuple[str, Any], ...], list[Sequence[Point]]] = {}
        self._points: dict[tuple[tuple[str, Any], ...], list[Point]] = {}

    def line(self, *points: Point, **looks: Any) -> None:
        """A line through some points; `looks` are those of a LineCollection: colors, linewidths, linestyles, zorder, gid."""
        self._lines.setdefault(tuple(sorted(looks.items())), []).append(points)

    def point(self, x: float, y: float, **looks: Any) -> None:
        """A marker; `looks` are those of a Line2D, or `glyph` for a letter as the marker."""
        self._points.setdefault(tuple(sorted(looks.items())), []).append((x, y))

    def draw(self, axes: Axes) -> None:
        """Put everything that was gathered on the axes."""
        for look, lines in self._lines.items():
            axes.add_artist(LineCollection([list(line) for line in lines], **dict(look)))
        for look, points in self._points.items():
            looks = dict(look)
            if glyph := looks.pop("glyph", None):
                looks |= {"marker": glyph_path(glyph), "markeredgewidth": 0}
            axes.add_artist(Line2D([x for x, _ in points], [y for _, y in points], linestyle="none", **looks))


@cache
def glyph_path(glyph: str) -> Path:
    """The outline of a letter, centred, to be used as a marker."""
    path = TextPath((0, 0), glyph, size=10, prop=font(10, "bold"))
    box = path.get_extents()
    return path.transformed(Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2))
