"""A figure as SVG with its words as text, for the pages of a report: what matplotlib's own renderer writes, sooner and a third smaller.

Only what a page can't show is left out: thousandths of a point, and groups with the names of artists.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from matplotlib import _path
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from tracker.report.widths import line_height, plain_extent

_DECIMALS = 2
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_POINTS_AN_INCH = 72


def worded(figure: Figure, metadata: Mapping[str, str | None]) -> str:
    """The text of an SVG file; `metadata` as `Figure.savefig` takes it."""
    drawn, dots = io.StringIO(), figure.dpi
    width, height = figure.get_size_inches() * _POINTS_AN_INCH
    figure.dpi = _POINTS_AN_INCH
    try:
        renderer = _Renderer(float(width), float(height), drawn, metadata=dict(metadata))
        figure.draw(renderer)
        renderer.finalize()
    finally:
        figure.dpi = dots
    return drawn.getvalue()


_Own: Any = RendererSVG
"""Matplotlib's renderer, of which its stubs tell no types."""


class _Renderer(_Own):  # type: ignore[misc]  # as above
    """Matplotlib's renderer with measures that are looked up instead of taken anew for each text, and looks that are written once."""

    def __init__(self, width: float, height: float, out: io.StringIO, *, metadata: dict[str, str | None]) -> None:
        self._flip = Affine2D().scale(1, -1).translate(0, height).get_matrix()
        self._looks: dict[Any, str] = {}
        super().__init__(width, height, out, metadata=metadata)

    def open_group(self, s: str, gid: str | None = None) -> None:
        """No group: a page has no use for them."""

    def close_group(self, s: str) -> None:
        """No group, as above."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """As it is, from the letters of the packaged font where they simply stand one after another."""
        extent = None if ismath else plain_extent(s, prop.get_size_in_points(), bold=prop.get_weight() == "bold")
        return extent or super().get_text_width_height_descent(s, prop, ismath)

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return line_height(prop.get_size_in_points())

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """A line of text where its artist is anchored, on the baseline `y` points below the top of the page."""
        if mtext is None or angle or ismath or gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        at, _ = mtext.get_transform().transform(mtext.get_unitless_position())
        key = (
            tuple(prop.get_family()),
            prop.get_size(),
            prop.get_weight(),
            prop.get_style(),
            gc.get_rgb(),
            gc.get_alpha(),
            mtext.get_horizontalalignment(),
        )
        self.writer.element("text", s, attrib={"x": _told(at), "y": _told(y), "style": _words_look(*key)})

    def _get_style(self, gc: Any, rgbFace: Any) -> str:  # noqa: N803  matplotlib's name
        offset, dashes = gc.get_dashes()
        paint = None if rgbFace is None else tuple(rgbFace)
        hatch = (gc.get_hatch(), gc.get_hatch_color(), gc.get_hatch_linewidth())
        line = (gc.get_linewidth(), gc.get_rgb(), gc.get_joinstyle(), gc.get_capstyle(), offset, None if dashes is None else tuple(dashes))
        key = (paint, gc.get_forced_alpha(), gc.get_alpha(), hatch, line)
        if key not in self._looks:
            self._looks[key] = super()._get_style(gc, rgbFace)
        return self._looks[key]

    def _make_flip_transform(self, transform: Transform) -> Transform:
        return Affine2D(self._flip @ transform.get_matrix()) if transform.is_affine else super()._make_flip_transform(transform)

    def _convert_path(self, path: Any, transform: Any = None, clip: Any = None, simplify: Any = None, sketch: Any = None) -> str:
        box = (0.0, 0.0, self.width, self.height) if clip else None
        codes = [b"M", b"L", b"Q", b"C", b"z"]
        return str(_path.convert_to_string(path, transform, box, simplify, sketch, _DECIMALS, codes, False).decode("ascii"))  # type: ignore[attr-defined]


def _told(points: float) -> str:
    return f"{points:.{_DECIMALS}f}"


@cache
def _words_look(families: tuple[str, ...], size: float, weight: str | int, style: str, colour: Any, alpha: float | None, where: str) -> str:
    looks = {
        "font-size": f"{size:g}px",
        "font-family": ", ".join(f"'{name}'" for name in families),
        "font-style": style,
        "font-weight": "700" if weight == "bold" else str(weight),
        "fill": to_hex(colour),
        "opacity": f"{colour[3] if alpha is None else alpha:g}",
        "text-anchor": _ANCHORS[where],
    }
    plain = {"font-style": "normal", "font-weight": "normal", "opacity": "1", "text-anchor": "start"}
    return "; ".join(f"{name}: {value}" for name, value in looks.items() if plain.get(name) != value)
