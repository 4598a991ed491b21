"""KML: well formed whatever the names, one style a kind, and no time that nobody told."""

from __future__ import annotations

import html
import io
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from tests.export.hostile import HOSTILE
from tracker.domain.kinds import EventKind
from tracker.export import write

KML = "{http://www.opengis.net/kml/2.2}"
ROW = {
    "event_id": "aaaa1",
    "vessel": "Yelnya",
    "kind": "departure",
    "start": date(2024, 12, 2),
    "end": date(2024, 12, 3),
    "headline": "Yelnya: left Tartus",
    "geometry": {"type": "Point", "coordinates": [35.87, 34.9]},
    "quote": "Yelnya left Tartus.",
    "source": "Wire A",
    "published": date(2024, 12, 3),
    "modality": "reported",
    "hedge": "reportedly",
    "age_days": 17,
    "as_of": datetime(2024, 12, 20, tzinfo=UTC),
}
NAMES = ("event_id", "vessel", "hull", "kind")


def placemark(**changes: object) -> ElementTree.Element:
    stream = io.StringIO()
    write([ROW | changes], NAMES, "kml", stream)
    found = ElementTree.fromstring(stream.getvalue()).find(f"{KML}Document/{KML}Placemark")
    assert found is not None
    return found


def test_what_a_placemark_holds_in_the_order_of_the_schema() -> None:
    assert [child.tag.removeprefix(KML) for child in placemark()] == ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]


def test_its_words() -> None:
    told = placemark().findtext(f"{KML}description")
    assert told == "“Yelnya left Tartus.”<br/>Wire A, 2024-12-03<br/>reported (“reportedly”)<br/>as of 2024-12-20T00:00:00Z, age 17 days"
    assert placemark(demo=True).findtext(f"{KML}description", "").startswith("DEMO")


def test_unknown_values_are_left_out() -> None:
    assert [data.get("name") for data in placemark().iter(f"{KML}Data")] == ["event_id", "vessel", "kind"]


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (date(2024, 12, 2), date(2024, 12, 3), ["begin", "end"]),
        (None, date(2024, 12, 3), ["end"]),
        (None, None, None),
    ],
)
def test_an_undated_event_has_no_begin(start: date | None, end: date | None, span: list[str] | None) -> None:
    found = placemark(start=start, end=end).find(f"{KML}TimeSpan")
    assert (found if found is None else [child.tag.removeprefix(KML) for child in found]) == span


def test_the_age_of_an_undated_event_is_at_least() -> None:
    assert "age at least 17 days" in placemark(start=None).findtext(f"{KML}description", "")


def test_every_kind_has_a_style() -> None:
    stream = io.StringIO()
    write([ROW], NAMES, "kml", stream)
    styles = [style.get("id") for style in ElementTree.fromstring(stream.getvalue()).iter(f"{KML}Style")]
    assert styles == list(EventKind)
    assert placemark().findtext(f"{KML}styleUrl") == "#departure"
    assert placemark(kind="port").find(f"{KML}styleUrl") is None


SQUARE = [[[0, 0], [1, 0], [1, 1], [0, 0]]]


@pytest.mark.parametrize(
    ("geometry", "tag", "rings"),
    [
        (None, None, 0),
        ({"type": "Polygon", "coordinates": SQUARE}, "Polygon", 1),
        ({"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]}, "MultiGeometry", 2),
    ],
)
def test_geometries(geometry: dict | None, tag: str | None, rings: int) -> None:
    found = placemark(geometry=geometry)
    assert len(list(found.iter(f"{KML}LinearRing"))) == rings
    assert found[-1].tag == f"{KML}{tag or 'ExtendedData'}"


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names(name: str) -> None:
    """XML reads a carriage return as a line feed and can't hold control characters; all else comes back."""
    can_hold = "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in name).replace("\r\n", "\n")
    found = placemark(vessel=name, headline=name, quote=name, event_id=name)
    assert found.findtext(f"{KML}name") == can_hold
    description = found.findtext(f"{KML}description", "").split("<br/>")[0]
    assert html.unescape(description) == f"“{can_hold}”"
    assert "<b" not in description
