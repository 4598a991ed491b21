"""Which water each place lies on: the column is fresh, true to the outlines, and its rules hold on small scenes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import Area, PlaceEntry
from tracker.errors import SeedError
from tracker.gazetteer.areas import Waters, read_areas
from tracker.gazetteer.places import PlaceIndex, read_places
from tracker.gazetteer.waters import Filler, main, read_exceptions, refreshed, rim
from tracker.resources import resource

SEEDS = resource("seeds")
POINT_KINDS = {PlaceKind.PORT, PlaceKind.NAVAL_BASE, PlaceKind.ANCHORAGE, PlaceKind.SHIPYARD}
PLACES = PlaceIndex.of(read_places(SEEDS / "places.csv"))
KEYS = {place.name: place.key for place in PLACES.entries.values()}


def test_the_column_is_fresh() -> None:
    assert refreshed(SEEDS) == (SEEDS / "places.csv").read_text(encoding="utf-8")


def test_no_port_lies_in_a_water_whose_outline_does_not_hold_it() -> None:
    areas = read_areas(SEEDS / "areas.geojson")
    waters, excepted = Waters.of(areas), read_exceptions(SEEDS / "water-exceptions.csv", KEYS)
    wrong = []
    for place in PLACES.entries.values():
        if place.kind in POINT_KINDS and place.key not in excepted and place.latitude is not None and place.longitude is not None:
            claimed = {key for key in PLACES.tree.ancestors(place.key) if key in areas}
            wrong += [(place.name, key) for key in claimed - set(waters.at(place.latitude, place.longitude))]
    assert wrong == []


def test_hardly_a_port_is_without_water() -> None:
    """Those that are lie on rivers and lakes, far from any sea."""
    dry = {place.name for place in PLACES.entries.values() if place.kind in POINT_KINDS and not place.water}
    assert {"Manaus", "Nizhny Novgorod", "Petrozavodsk", "Wuchang Shipyard"} <= dry
    assert len(dry) <= 20


def square(key: str, west: float, south: float, east: float, north: float) -> Area:
    ring = ((west, south), (east, south), (east, north), (west, north))
    return Area(key, (ring,))


AREAS = {area.key: area for area in (square("great-sea", 0, 0, 20, 10), square("west-sea", 0, 0, 10, 10), square("east-sea", 10, 0, 20, 10))}


def place(key: str, kind: PlaceKind, lat: float | None = None, lon: float | None = None, **more: object) -> PlaceEntry:
    return PlaceEntry(key, key, kind, latitude=lat, longitude=lon, **more)  # type: ignore[arg-type]


def water_of(wanted: PlaceEntry, *others: PlaceEntry, exceptions: dict[str, str | None] | None = None) -> str | None:
    seas = (
        place("great-sea", PlaceKind.SEA, 5, 10),
        place("west-sea", PlaceKind.SEA, 5, 5, parent="great-sea"),
        place("east-sea", PlaceKind.SEA, 5, 15, parent="great-sea"),
    )
    return Filler.of([*seas, wanted, *others], Waters.of(AREAS), exceptions or {}).water_of(wanted)


@pytest.mark.parametrize(
    ("wanted", "water"),
    [
        (place("a", PlaceKind.PORT, 5, 5), "west-sea"),
        (place("a", PlaceKind.PORT, 5, 25), None),
        (place("a", PlaceKind.PORT), None),
        (place("a", PlaceKind.COUNTRY, 5, 5), None),
        (place("a", PlaceKind.REGION, 5, 5), None),
        (place("a", PlaceKind.ISLAND, 5, 5, radius_km=50), "west-sea"),
        (place("a", PlaceKind.ISLAND, 5, 9.9, radius_km=100), "great-sea"),
        (place("a", PlaceKind.BAY, 5, 5), None),
        (place("a", PlaceKind.BAY, 5, 5, parent="great-sea"), None),
        (place("a", PlaceKind.STRAIT, 5, 10, waters=("west-sea", "east-sea")), "great-sea"),
        (place("a", PlaceKind.STRAIT, 5, 10, waters=("west-sea", "east-sea"), parent="great-sea"), None),
        (place("a", PlaceKind.STRAIT, 5, 10), None),
    ],
)
def test_the_rules(wanted: PlaceEntry, water: str | None) -> None:
    assert water_of(wanted) == water


def test_what_holds_others_lies_on_what_all_have_in_common() -> None:
    island = place("island", PlaceKind.ISLAND, 5, 5, radius_km=10)
    assert water_of(island, place("port", PlaceKind.PORT, 5, 5.1, parent="island")) == "west-sea"
    assert water_of(island, place("port", PlaceKind.PORT, 5, 15, parent="island")) == "great-sea"


def test_an_exception_goes_before_the_outlines() -> None:
    port = place("a", PlaceKind.PORT, 5, 5)
    assert water_of(port, exceptions={"a": "east-sea"}) == "east-sea"
    assert water_of(port, exceptions={"a": None}) is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Atlantis,Black Sea,because", "no place 'Atlantis'"),
        ("Odesa,Sea of Dreams,because", "no place 'Sea of Dreams'"),
        ("Odesa,Black Sea,", "reason is empty"),
        ("Odesa,Black Sea,because\nOdesa,Black Sea,twice", "Odesa stands there already"),
    ],
)
def test_a_broken_exception_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "water-exceptions.csv"
    path.write_text(f"place,water,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(SeedError, match=rf"water-exceptions\.csv:\d: {message}"):
        read_exceptions(path, KEYS)


def test_a_stale_cell_is_filled_anew_and_nothing_else_changes(tmp_path: Path) -> None:
    for name in ("places.csv", "areas.geojson", "water-exceptions.csv"):
        shutil.copy(SEEDS / name, tmp_path / name)
    text = (tmp_path / "places.csv").read_text(encoding="utf-8")
    stale = "".join(line.replace(",Levantine Sea,\n", ",Black Sea,\n") for line in text.splitlines(keepends=True))
    assert stale != text
    (tmp_path / "places.csv").write_text(stale, encoding="utf-8")
    assert refreshed(tmp_path) == text


def test_the_command_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert main(["--nonsense"]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_rim_goes_all_around() -> None:
    points = rim(60, 20, 111.195)
    assert points[0] == pytest.approx((61, 20), abs=1e-3)
    assert points[2] == pytest.approx((60, 22), abs=1e-3)
    assert len(points) == 8
