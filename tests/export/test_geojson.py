"""GeoJSON: a feature a row, and nothing in a value can break it."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest

from tests.export.hostile import HOSTILE
from tracker.export import write

POINT = {"type": "Point", "coordinates": [35.87, 34.9]}
ROW = {"event_id": "aaaa1", "vessel": "Yelnya", "start": date(2024, 12, 2), "end": None, "geometry": POINT, "other": 1}
NAMES = ("event_id", "vessel", "start", "end")


def written(*rows: dict) -> str:
    stream = io.StringIO()
    write(rows, NAMES, "geojson", stream)
    return stream.getvalue()


def test_a_feature() -> None:
    assert json.loads(written(ROW)) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "aaaa1",
                "geometry": POINT,
                "properties": {"event_id": "aaaa1", "vessel": "Yelnya", "start": "2024-12-02", "end": None},
            }
        ],
    }


def test_a_row_without_a_place_has_a_null_geometry() -> None:
    (feature,) = json.loads(written(ROW | {"geometry": None}))["features"]
    assert feature["geometry"] is None


def test_a_line_a_feature() -> None:
    assert written(ROW, ROW).count("\n") == 4


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_come_back(name: str) -> None:
    (feature,) = json.loads(written(ROW | {"vessel": name}))["features"]
    assert feature["properties"]["vessel"] == name
