"""Where land and areas lie on a map, as a grid of cells on the paper: quick to ask, exact to a tenth of an inch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tracker.report.coasts import Coast, Extent
from tracker.report.view import Sheet

CELLS_AN_INCH = 16
_LAKE_IN = 0.5
"""Lakes as wide as this on the paper are water; the Caspian Sea is a lake in the data."""
Grid = NDArray[np.bool_]
"""Rows from south to north, columns from west to east."""


class Ground:
    """The land of a sheet, cell by cell."""

    def __init__(self, coast: Coast, sheet: Sheet) -> None:
        self.sheet = sheet
        wide = _LAKE_IN * sheet.extent.width / (sheet.box.right - sheet.box.left)
        self.land = self.filled(coast.land) & ~self.filled(lake for lake in coast.lakes if np.ptp(lake[:, 0]) > wide)

    def filled(self, rings: Iterable[Sequence[tuple[float, float]] | NDArray[np.float64]]) -> Grid:
        """The cells inside rings of (lon, lat)."""
        box = self.sheet.box
        size = max(1, round((box.right - box.left) * CELLS_AN_INCH)), max(1, round((box.top - box.bottom) * CELLS_AN_INCH))
        image = Image.new("1", size)
        pen = ImageDraw.Draw(image)
        for ring in rings:
            pen.polygon(_scaled(ring, self.sheet.extent, size), fill=1)
        return np.asarray(image, dtype=bool)

    def on_land(self, points: NDArray[np.float64]) -> Grid:
        """Whether points in inches lie on land; outside the sheet they don't."""
        column, row = self._cells(points)
        high, wide = self.land.shape
        inside = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
        return np.asarray(inside & self.land[row.clip(0, high - 1), column.clip(0, wide - 1)], dtype=np.bool_)

    def centres(self, cells: Grid) -> NDArray[np.float64]:
        """The middles of some cells, in inches."""
        row, column = np.nonzero(cells)
        box = self.sheet.box
        return np.column_stack((box.left + (column + 0.5) / CELLS_AN_INCH, box.bottom + (row + 0.5) / CELLS_AN_INCH))

    def _cells(self, points: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        box = self.sheet.box
        column, row = (points[..., 0] - box.left) * CELLS_AN_INCH, (points[..., 1] - box.bottom) * CELLS_AN_INCH
        return np.floor(column).astype(np.intp), np.floor(row).astype(np.intp)


def _scaled(ring: Sequence[tuple[float, float]] | NDArray[np.float64], extent: Extent, size: tuple[int, int]) -> list[float]:
    """The ring in cells: x, y, x, y, …"""
    points = (np.asarray(ring, dtype=np.float64) - (extent.west, extent.south)) * (size[0] / extent.width, size[1] / extent.height)
    flat: list[float] = points.ravel().tolist()
    return flat
