"""The ground of a map: land, water, graticule, scale, shaded areas, and faint names of what lies around."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Transform

from tracker.domain.geo import KM_PER_NM, distance_km
from tracker.domain.kinds import PlaceKind
from tracker.domain.records import PlaceEntry
from tracker.report.coasts import Coast, Extent
from tracker.report.labels import Box, Choice, place
from tracker.report.raster import Ground
from tracker.report.scene import Site
from tracker.report.style import SMALL_PT, TINY_PT, Theme, figure_of, printable, text_width
from tracker.report.view import Sheet

_SURROUNDINGS = frozenset({PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.GULF, PlaceKind.BAY, PlaceKind.COUNTRY})
KM_A_DEGREE = 111.2
SYMBOL_IN = 0.16
_SCALES_NM = (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Canvas:
    """What everything on a map is drawn with."""

    axes: Axes
    sheet: Sheet
    theme: Theme
    as_of: datetime
    years: bool  # whether dates need their year

    @property
    def inches(self) -> Transform:
        """Inches from the lower left corner of the figure."""
        return figure_of(self.axes).dpi_scale_trans


def draw_ground(canvas: Canvas, coast: Coast) -> None:
    """Land, lakes, shore, graticule and frame."""
    axes, theme, extent = canvas.axes, canvas.theme, canvas.sheet.extent
    for rings, colour, zorder in ((coast.land, theme.land, 2.0), (coast.lakes, theme.water, 2.1), (coast.islands, theme.land, 2.2)):
        axes.add_artist(PolyCollection(list(rings), facecolors=colour, edgecolors="none", zorder=zorder, gid="land"))
    axes.add_artist(LineCollection(list(coast.shore), colors=theme.shore, linewidths=0.55, zorder=2.3, gid="shore"))
    step = next(s for s in (0.5, 1, 2, 5, 10, 15, 30, 45) if extent.width / s <= 12)
    east, north = (
        np.arange(math.ceil(low / step) * step, high + 1e-9, step) for low, high in ((extent.west, extent.east), (extent.south, extent.north))
    )
    axes.set_xticks(list(east), [told_degrees(lon, "E", "W") for lon in east], fontsize=TINY_PT, color=theme.muted)
    axes.set_yticks(list(north), [told_degrees(lat, "N", "S") for lat in north], fontsize=TINY_PT, color=theme.muted)
    axes.tick_params(length=3, color=theme.faint, pad=2)
    axes.grid(color=theme.muted, linewidth=0.4, alpha=0.22, zorder=2.5)
    axes.set_axisbelow(False)
    for spine in axes.spines.values():
        spine.set(color=theme.faint, linewidth=0.8, zorder=12)


def told_degrees(degrees: float, plus: str, minus: str) -> str:
    """A line of the graticule in words: "30° E", "0°", "180°"; beyond 180 it is counted from the other side."""
    folded = (degrees + 180) % 360 - 180
    if abs(folded) < 1e-9 or abs(folded + 180) < 1e-9:
        return f"{abs(folded):.0f}°"
    return f"{abs(folded):g}° {plus if folded > 0 else minus}"


def shade(canvas: Canvas, areas: Iterable[Site]) -> None:
    """Outlines of areas under the land, so that the coast clips them to water."""
    looks: dict[str, Any] = {"closed": True, "transform": canvas.axes.transData}
    colour = canvas.theme.area
    for site in areas:
        for ring in turned_rings(site.rings, canvas.sheet.extent):
            canvas.axes.add_artist(Polygon(ring, facecolor=colour, alpha=0.15, edgecolor="none", zorder=1.2, gid=f"area {site.key}", **looks))
            canvas.axes.add_artist(Polygon(ring, fill=False, edgecolor=colour, alpha=0.45, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1.3, **looks))


def draw_errors(canvas: Canvas, sites: Iterable[Site]) -> None:
    """A circle round each point that is known no closer than its symbol is wide: the place is somewhere within."""
    looks: dict[str, Any] = {"transform": canvas.inches, "zorder": 4}
    for site in vague(sites, canvas.sheet.degree_in):
        middle, reach = canvas.sheet.at(*site.point), site.radius_km / KM_A_DEGREE * canvas.sheet.degree_in
        canvas.axes.add_artist(Circle(middle, reach, facecolor=canvas.theme.ink, edgecolor="none", alpha=0.08, **looks))
        canvas.axes.add_artist(Circle(middle, reach, fill=False, edgecolor=canvas.theme.muted, linewidth=0.8, gid=f"error {site.key}", **looks))


def vague(sites: Iterable[Site], degree_in: float) -> list[Site]:
    """The places whose radius of error is wider than a symbol, where a degree of latitude takes so many inches."""
    return [site for site in sites if site.radius_km / KM_A_DEGREE * degree_in > SYMBOL_IN]


def turned_rings(rings: Iterable[Sequence[tuple[float, float]]], extent: Extent) -> list[list[tuple[float, float]]]:
    """Rings of (lon, lat), each as often as it shows on the map, with longitudes as the map counts them."""
    found = []
    for ring in rings:
        west, east = min(lon for lon, _ in ring), max(lon for lon, _ in ring)
        south, north = min(lat for _, lat in ring), max(lat for _, lat in ring)
        if south < extent.north and north > extent.south:
            found += [
                [(lon + turn, lat) for lon, lat in ring] for turn in (-360.0, 0.0, 360.0) if west + turn < extent.east and east + turn > extent.west
            ]
    return found


def open_water(areas: Iterable[Site], ground: Ground) -> dict[str, list[tuple[float, float, float]]]:
    """For each area that shows on the map: points on its water in inches, each with its distance from the middle as a share of the map."""
    found = {}
    width = ground.sheet.box.right - ground.sheet.box.left
    for site in areas:
        spots = ground.centres(ground.filled(turned_rings(site.rings, ground.sheet.extent)) & ~ground.land)
        spots = spots[:: max(1, len(spots) // 400)]
        if len(spots):
            away = np.hypot(*(spots - spots.mean(axis=0)).T) / width
            found[site.key] = [(float(x), float(y), float(far)) for (x, y), far in zip(spots, away, strict=True)]
    return found


def name_surroundings(canvas: Canvas, around: Iterable[PlaceEntry], boxes: Sequence[Box], told: Collection[str], ground: Ground) -> None:
    """Names of seas on water and of countries on land, in faint letters and where there is room, so that a reader knows where the map is.

    They stand at the middle of a place that has one, say nothing of any vessel, and never stand for an area of which something is told.
    """
    theme, names, wanted = canvas.theme, [], []
    for key, name, kind, latitude, longitude, radius_km in _surrounding(around, canvas.sheet):
        reach = radius_km / KM_A_DEGREE * canvas.sheet.degree_in
        if key not in told and 0.25 < reach < 6:
            land = kind == PlaceKind.COUNTRY
            names.append((printable(name).upper() if land else printable(name), land))
            wanted.append(_near(*canvas.sheet.at(latitude, longitude), text_width(names[-1][0], SMALL_PT), min(reach / 4, 0.35), ground, land=land))
    for (name, land), choice in zip(names, place(wanted, canvas.sheet.box, boxes), strict=True):
        if choice:
            canvas.axes.add_artist(
                Text(
                    (choice.box.left + choice.box.right) / 2,
                    (choice.box.bottom + choice.box.top) / 2,
                    name,
                    fontsize=TINY_PT if land else SMALL_PT,
                    fontstyle="normal" if land else "italic",
                    color=theme.faint,
                    ha="center",
                    va="center_baseline",
                    zorder=3,
                    transform=canvas.inches,
                    gid="surroundings",
                )
            )


def _near(x: float, y: float, width: float, reach: float, ground: Ground, *, land: bool) -> list[Choice]:
    """Candidates near a point, all of whose letters stand on the right ground; with some air around them."""
    shifts = np.array([(dx, dy) for dx in np.linspace(-reach, reach, 7) for dy in np.linspace(-reach, reach, 7)])
    letters = np.array([(part * width / 2, up) for part in (-1, -0.5, 0, 0.5, 1) for up in (-0.05, 0.05)])
    middles = np.array((x, y)) + shifts
    right = (ground.on_land(middles[:, None, :] + letters[None, :, :]) == land).mean(axis=1)
    return [
        Choice(Box(mx - width / 2 - 0.1, my - 0.1, mx + width / 2 + 0.1, my + 0.1), float(np.hypot(*shift)) + 3 * (1 - share))
        for (mx, my), shift, share in zip(middles.tolist(), shifts, right.tolist(), strict=True)
        if share >= 0.7
    ]


def _surrounding(around: Iterable[PlaceEntry], sheet: Sheet) -> list[tuple[str, str, PlaceKind, float, float, float]]:
    """Key, name, kind, latitude, longitude and radius of what could be named on the sheet, the largest first."""
    rows = [
        (place.key, place.name, place.kind, place.latitude, place.longitude, place.radius_km)
        for place in around
        if place.kind in _SURROUNDINGS and place.latitude is not None and place.longitude is not None and place.radius_km is not None
    ]
    return sorted((row for row in rows if sheet.extent.holds(row[3], row[4])), key=lambda row: (-row[5], row[0]))


def draw_scale(canvas: Canvas, points: Collection[tuple[float, float]]) -> Box:
    """A bar of nautical miles, true at the middle latitude, in the lower corner that holds fewer points; returns the paper it takes."""
    extent, box, theme = canvas.sheet.extent, canvas.sheet.box, canvas.theme
    degree_nm = distance_km(extent.mid_latitude, 0, extent.mid_latitude, 0.5) * 2 / KM_PER_NM
    inch_nm = degree_nm * extent.width / (box.right - box.left)
    length_nm = max((n for n in _SCALES_NM if n / inch_nm <= 2.0), default=_SCALES_NM[0])
    length = length_nm / inch_nm
    crowds = [sum(low < x < high and y < box.bottom + 1 for x, y in points) for low, high in ((box.right - 3, box.right), (box.left, box.left + 3))]
    left, y = box.right - 0.2 - length if crowds[0] <= crowds[1] else box.left + 0.2, box.bottom + 0.16
    taken = Box(left - 0.12, box.bottom + 0.05, left + length + 0.12, y + 0.26)
    looks: dict[str, Any] = {"transform": canvas.inches, "gid": "scale"}
    canvas.axes.add_artist(
        Rectangle(
            (taken.left, taken.bottom),
            taken.right - taken.left,
            taken.top - taken.bottom,
            facecolor=theme.paper,
            alpha=0.75,
            edgecolor="none",
            zorder=7.5,
            **looks,
        )
    )
    for half, colour in ((0, theme.ink), (1, theme.paper)):
        canvas.axes.add_artist(
            Rectangle(
                (left + half * length / 2, y - 0.025), length / 2, 0.05, facecolor=colour, edgecolor=theme.ink, linewidth=0.7, zorder=8, **looks
            )
        )
    words = f"{length_nm} nm at {told_degrees(round(extent.mid_latitude), 'N', 'S')}"
    canvas.axes.add_artist(Text(left + length / 2, y + 0.06, words, fontsize=TINY_PT, color=theme.ink, ha="center", va="bottom", zorder=8, **looks))
    return taken
