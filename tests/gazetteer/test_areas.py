"""The outlines of the waters: drawn well, nested in their parents, separated at the right straits, and read strictly."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.domain.geo import distance_km, in_ring
from tracker.domain.kinds import PlaceKind
from tracker.domain.records import Area, PlaceEntry
from tracker.domain.tree import PlaceTree
from tracker.errors import SeedError
from tracker.gazetteer.areas import OUTLINED_KINDS, Ring, Waters, read_areas, square_degrees, waters_at
from tracker.gazetteer.places import PlaceIndex, read_places
from tracker.gazetteer.waters import CLAIMED_NAMES
from tracker.resources import resource

PATH = resource("seeds", "areas.geojson")
AREAS = read_areas(PATH)
WATERS = Waters.of(AREAS)
FEATURES = json.loads(PATH.read_text(encoding="utf-8"))["features"]
PLACES = PlaceIndex.of(read_places(resource("seeds", "places.csv")))
ABOVE = PlaceTree.of((p.key, p.parent, p.water if p.kind in OUTLINED_KINDS else None) for p in PLACES.entries.values())
TOLERANCE = 0.03  # degrees; outlines are written to a hundredth

SEPARATED = [
    ("black-sea", "sea-of-marmara"),
    ("sea-of-marmara", "aegean-sea"),
    ("black-sea", "aegean-sea"),
    ("black-sea", "sea-of-azov"),
    ("mediterranean-sea", "sea-of-marmara"),
    ("mediterranean-sea", "atlantic-ocean"),
    ("mediterranean-sea", "gulf-of-cadiz"),
    ("mediterranean-sea", "red-sea"),
    ("mediterranean-sea", "gulf-of-suez"),
    ("mediterranean-sea", "bay-of-biscay"),
    ("adriatic-sea", "ionian-sea"),
    ("adriatic-sea", "tyrrhenian-sea"),
    ("tyrrhenian-sea", "ionian-sea"),
    ("aegean-sea", "ionian-sea"),
    ("levantine-sea", "aegean-sea"),
    ("western-mediterranean", "central-mediterranean"),
    ("central-mediterranean", "eastern-mediterranean"),
    ("baltic-sea", "kattegat"),
    ("kattegat", "skagerrak"),
    ("skagerrak", "north-sea"),
    ("baltic-sea", "north-sea"),
    ("baltic-sea", "atlantic-ocean"),
    ("gulf-of-finland", "gulf-of-riga"),
    ("gulf-of-bothnia", "gulf-of-finland"),
    ("western-baltic", "southern-baltic"),
    ("north-sea", "english-channel"),
    ("north-sea", "norwegian-sea"),
    ("irish-sea", "celtic-sea"),
    ("celtic-sea", "english-channel"),
    ("barents-sea", "white-sea"),
    ("barents-sea", "norwegian-sea"),
    ("barents-sea", "kara-sea"),
    ("kara-sea", "laptev-sea"),
    ("norwegian-sea", "greenland-sea"),
    ("chukchi-sea", "bering-sea"),
    ("arctic-ocean", "atlantic-ocean"),
    ("arctic-ocean", "pacific-ocean"),
    ("persian-gulf", "gulf-of-oman"),
    ("red-sea", "gulf-of-aden"),
    ("gulf-of-suez", "gulf-of-aqaba"),
    ("arabian-sea", "bay-of-bengal"),
    ("bay-of-bengal", "andaman-sea"),
    ("andaman-sea", "strait-of-malacca"),
    ("strait-of-malacca", "south-china-sea"),
    ("andaman-sea", "gulf-of-thailand"),
    ("sea-of-japan", "east-china-sea"),
    ("sea-of-japan", "yellow-sea"),
    ("east-china-sea", "yellow-sea"),
    ("sea-of-japan", "sea-of-okhotsk"),
    ("south-china-sea", "philippine-sea"),
    ("east-china-sea", "philippine-sea"),
    ("south-china-sea", "east-china-sea"),
    ("south-china-sea", "sulu-sea"),
    ("sulu-sea", "celebes-sea"),
    ("java-sea", "south-china-sea"),
    ("bering-sea", "gulf-of-alaska"),
    ("bering-sea", "sea-of-okhotsk"),
    ("caribbean-sea", "gulf-of-mexico"),
    ("caribbean-sea", "pacific-ocean"),
    ("caribbean-sea", "north-atlantic-ocean"),
    ("gulf-of-mexico", "north-atlantic-ocean"),
    ("atlantic-ocean", "pacific-ocean"),
    ("atlantic-ocean", "indian-ocean"),
    ("indian-ocean", "pacific-ocean"),
    ("north-atlantic-ocean", "south-atlantic-ocean"),
    ("north-pacific-ocean", "south-pacific-ocean"),
    ("timor-sea", "arafura-sea"),
    ("coral-sea", "tasman-sea"),
    ("chesapeake-bay", "delaware-bay"),
]

OPEN_WATER = {  # (latitude, longitude) by hand, well away from any shore or limit
    "mediterranean-sea": [(34, 25), (38, 5), (34, 18), (43, 15), (36, -3), (40, 12)],
    "levantine-sea": [(34, 33), (33, 31), (32.5, 28), (35.5, 34.9), (36, 31.5)],
    "aegean-sea": [(38.5, 25), (37.3, 26), (39.5, 25.6), (36, 24.5), (40, 24.9)],
    "black-sea": [(43, 34), (42.5, 29), (44, 31), (43, 39), (45.5, 31)],
    "baltic-sea": [(55, 17), (57, 19.7), (58.5, 20.3), (62, 19.5), (59.8, 25), (54.6, 12)],
    "north-sea": [(56, 3), (53, 3), (59, 1), (60, 3), (54.5, 7)],
    "norwegian-sea": [(66, 3), (70, 8), (64, 0), (68, 8), (72, 12)],
    "barents-sea": [(72, 35), (74, 45), (70.5, 40), (77, 40), (72, 28)],
    "kara-sea": [(73, 65), (75, 75), (78, 80), (71.5, 62), (76.5, 90)],
    "red-sea": [(20, 38.5), (25, 36), (16, 41), (28.5, 33.2), (22, 37.8)],
    "persian-gulf": [(27, 51), (28.5, 50), (26, 53), (25.3, 54), (29, 49.3)],
    "arabian-sea": [(15, 63), (20, 65), (18, 60), (12, 48), (24.8, 58.5), (10, 68)],
    "bay-of-bengal": [(14, 88), (10, 85), (18, 90), (20, 88.5), (7, 88)],
    "south-china-sea": [(15, 114), (10, 112), (19, 117), (6, 111), (10, 101.5), (19, 108)],
    "east-china-sea": [(29, 125), (27, 123), (31, 125), (26, 122.5), (30.5, 128)],
    "yellow-sea": [(36, 123), (34, 123), (38, 123), (38.7, 119.5), (35, 121.5)],
    "sea-of-japan": [(40, 135), (38, 132), (44, 138), (41.5, 131.5), (48, 141)],
    "sea-of-okhotsk": [(54, 149), (50, 147), (57, 145), (46, 145), (60, 157)],
    "bering-sea": [(58, -178), (57, 170), (60, -172), (55, -175), (63, -177)],
    "philippine-sea": [(18, 132), (25, 135), (12, 130), (22, 128), (15, 140), (30, 136)],
    "coral-sea": [(-17, 154), (-15, 150), (-20, 158), (-12, 147), (-25, 156)],
    "tasman-sea": [(-38, 160), (-35, 155), (-42, 155), (-40, 168), (-33, 165)],
    "gulf-of-mexico": [(25, -90), (27, -95), (28, -86), (22, -94), (25, -85)],
    "caribbean-sea": [(15, -75), (13, -65), (18, -82), (12, -80), (16, -68)],
    "north-atlantic-ocean": [(40, -40), (25, -50), (55, -30), (10, -35), (48, -15), (33, -75)],
    "south-atlantic-ocean": [(-20, -20), (-35, -45), (-10, 5), (-45, -55), (-30, 10)],
    "north-pacific-ocean": [(40, 160), (30, -150), (20, 170), (45, -170), (15, -120), (50, -140)],
    "south-pacific-ocean": [(-20, -150), (-40, -100), (-10, 175), (-30, -120), (-50, -80)],
    "indian-ocean": [(-20, 80), (-35, 60), (-10, 100), (5, 70), (-30, 40)],
    "arctic-ocean": [(88, 0), (85, -120), (80, 170), (75, 160), (73, -140), (74, -67)],
    "southern-ocean": [(-65, 0), (-65, 90), (-63, 180), (-70, -110), (-58, -45)],
    "gulf-of-guinea": [(3, 2), (2, 6), (4, -3), (1, 8), (5, 4)],
    "gulf-of-alaska": [(57, -146), (59, -148), (56, -140), (58, -142), (55.5, -152)],
}

CROSSED = [  # a ship that crosses the gate leaves the one water for the other
    "strait-of-hormuz",
    "bab-el-mandeb",
    "strait-of-otranto",
    "strait-of-messina",
    "strait-of-sicily",
    "strait-of-dover",
    "bering-strait",
    "miyako-strait",
    "osumi-strait",
    "tokara-strait",
    "yonaguni-strait",
    "la-perouse-strait",
    "bashi-channel",
    "luzon-strait",
    "balabac-strait",
    "sibutu-passage",
    "bohai-strait",
    "irbe-strait",
    "windward-passage",
    "mona-passage",
    "yucatan-channel",
    "cabot-strait",
    "bear-island-gap",
    "kara-strait",
    "kerch-strait",
    "karimata-strait",
    "antikythera-strait",
    "kasos-strait",
    "denmark-strait",
    "torres-strait",
    "ten-degree-channel",
    "corinth-canal",
]


def edges(ring: Ring) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def contains(area: Area, lat: float, lon: float) -> bool:
    return any(in_ring(lat, lon, ring) for ring in area.rings)


def gap(area: Area, lat: float, lon: float) -> float:
    """Degrees from a position to the nearest edge."""
    return min(_to_edge((lon + turn, lat), *edge) for ring in area.rings for edge in edges(ring) for turn in (0, 360, -360))


def _to_edge(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    part = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    return math.hypot(p[0] - a[0] - part * dx, p[1] - a[1] - part * dy)


def inner_points(area: Area, n: int = 12) -> Iterator[tuple[float, float]]:
    """Positions on an n × n grid over each ring that lie inside it."""
    for ring in area.rings:
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        for i in range(n):
            for j in range(n):
                lat = min(lats) + (i + 0.5) * (max(lats) - min(lats)) / n
                lon = min(lons) + (j + 0.5) * (max(lons) - min(lons)) / n
                if in_ring(lat, lon, ring):
                    yield lat, lon


def outlined_parent(key: str) -> str | None:
    """The nearest place above a water that has an outline: by its parents, else by its water."""
    place: PlaceEntry | None = PLACES.entries[key]
    while place and place.parent:
        if place.parent in AREAS:
            return place.parent
        place = PLACES.entries[place.parent]
    return None


def test_there_are_many_and_each_is_a_water_of_the_gazetteer() -> None:
    assert len(AREAS) >= 300
    for feature in FEATURES:
        said, place = feature["properties"], PLACES.entries[feature["properties"]["key"]]
        assert (said["name"], said["kind"]) == (place.name, place.kind)
        assert place.kind in OUTLINED_KINDS
        assert said["parent"] == outlined_parent(place.key), place.name


def test_every_sea_of_the_gazetteer_but_a_few_has_an_outline() -> None:
    kinds = {PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.GULF}
    assert {p.key for p in PLACES.entries.values() if p.kind in kinds} - set(AREAS) == set()


def test_no_ring_crosses_itself() -> None:
    for area in AREAS.values():
        for ring in area.rings:
            lines = edges(ring)
            crossings = [(a, c) for i, (a, b) in enumerate(lines) for c, d in lines[i + 2 :] if cross(a, b, c, d)]
            assert not crossings, (area.key, crossings)
            assert len(set(ring)) == len(ring), area.key


def test_a_water_lies_inside_its_parent() -> None:
    outside = []
    for feature in FEATURES:
        key, parent = feature["properties"]["key"], feature["properties"]["parent"]
        if parent is None:
            continue
        points = [(lat, lon) for ring in AREAS[key].rings for lon, lat in ring] + list(inner_points(AREAS[key], 6))
        outside += [(key, parent, point) for point in points if not contains(AREAS[parent], *point) and gap(AREAS[parent], *point) > TOLERANCE]
    assert not outside


@pytest.mark.parametrize("pair", SEPARATED, ids=" | ".join)
def test_waters_are_separated(pair: tuple[str, str]) -> None:
    one, other = sorted((AREAS[key] for key in pair), key=square_degrees)
    shared = [point for point in inner_points(one, 40) if contains(other, *point) and gap(other, *point) > TOLERANCE]
    assert not shared


def test_only_waters_inside_each_other_share_water() -> None:
    """Oceans' loose parts ("Central Pacific") and the waters with a claimed name are the exceptions."""
    shared = set()
    for key, area in AREAS.items():
        if PLACES.entries[key].kind is PlaceKind.OCEAN or key in CLAIMED_NAMES:
            continue
        for point in inner_points(area, 8):
            for other in WATERS.at(*point):
                apart = not (ABOVE.inside(key, other) or ABOVE.inside(other, key) or other in CLAIMED_NAMES)
                if apart and PLACES.entries[other].kind is not PlaceKind.OCEAN and gap(AREAS[other], *point) > TOLERANCE:
                    shared.add((key, other))
    assert shared == set()


@pytest.mark.parametrize("key", OPEN_WATER)
def test_open_water_is_inside(key: str) -> None:
    assert len(OPEN_WATER[key]) >= 5
    assert [point for point in OPEN_WATER[key] if key not in waters_at(*point, {key: AREAS[key]})] == []


@pytest.mark.parametrize(
    ("lat", "lon", "waters"),
    [
        (34.9, 35.87, ["levantine-sea", "eastern-mediterranean", "mediterranean-sea"]),
        (44.62, 33.53, ["black-sea"]),
        (58, -179.9, ["bering-sea", "north-pacific-ocean", "pacific-ocean"]),
        (58, 179.9, ["bering-sea", "north-pacific-ocean", "pacific-ocean"]),
        (47.37, 8.54, []),
        (55.75, 37.62, []),
    ],
)
def test_the_most_specific_water_comes_first(lat: float, lon: float, waters: list[str]) -> None:
    assert waters_at(lat, lon, AREAS) == waters


def gated() -> list[PlaceEntry]:
    return [place for place in PLACES.entries.values() if place.gate]


@pytest.mark.parametrize("place", gated(), ids=lambda place: place.key)
def test_a_gate_crosses_its_strait(place: PlaceEntry) -> None:
    """The passage's own point is no farther from the gate than the passage is long, and the gate has two ends."""
    assert place.gate and place.latitude is not None and place.longitude is not None and place.radius_km
    (lat1, lon1), (lat2, lon2) = place.gate
    middle = ((lat1 + lat2) / 2, (lon1 + lon2) / 2)
    assert distance_km(lat1, lon1, lat2, lon2) > 1
    assert distance_km(*middle, place.latitude, place.longitude) <= max(place.radius_km, distance_km(lat1, lon1, lat2, lon2))


@pytest.mark.parametrize("key", CROSSED)
def test_the_two_waters_lie_on_either_side_of_the_gate(key: str) -> None:
    place = PLACES.entries[key]
    assert place.gate and len(place.waters) == 2
    left, right = (mostly_met(place, sign) for sign in (1, -1))
    assert {left, right} == set(place.waters)


def mostly_met(place: PlaceEntry, sign: int) -> str | None:
    """Which of a passage's two waters a ship meets, going three lengths of the gate straight out to one side."""
    assert place.gate
    (lat1, lon1), (lat2, lon2) = place.gate
    shrink = math.cos(math.radians((lat1 + lat2) / 2))
    across, along = lat2 - lat1, (lon2 - lon1) * shrink
    met: Counter[str] = Counter()
    for tenth in range(1, 31):
        lat = (lat1 + lat2) / 2 + sign * tenth / 10 * along
        lon = (lon1 + lon2) / 2 - sign * tenth / 10 * across / shrink
        met.update(water for water in place.waters if contains(AREAS[water], lat, lon))
    return max(met, key=met.__getitem__, default=None)


def test_what_a_passage_joins_is_a_water_or_another_passage() -> None:
    for place in PLACES.entries.values():
        if place.waters:
            assert place.kind in OUTLINED_KINDS and len(set(place.waters)) == 2, place.name
            assert all(PLACES.entries[water].kind in OUTLINED_KINDS for water in place.waters), place.name


SQUARE = [[10, 50], [11, 50], [12, 50], [12, 51], [12, 52], [11, 52], [10, 52], [10, 51], [10, 50]]


def feature(**changes: object) -> dict[str, object]:
    whole: dict[str, object] = {
        "type": "Feature",
        "properties": {"key": "black-sea", "name": "Black Sea", "kind": "sea", "parent": None},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    return whole | changes


def write(tmp_path: Path, *features: object) -> Path:
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    areas = read_areas(write(tmp_path, feature()))
    assert areas == {"black-sea": Area("black-sea", (tuple((float(x), float(y)) for x, y in SQUARE[:-1]),))}


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (feature(type="Thing"), "not a Feature"),
        (feature(id=1), "not a Feature"),
        (feature(properties={"key": "black-sea"}), "properties are not"),
        (feature(properties={"key": "baltic", "name": "Black Sea", "kind": "sea", "parent": None}), "not the slug"),
        (feature(properties={"key": "black-sea", "name": "Black Sea", "kind": "port", "parent": None}), "is no water"),
        (feature(properties={"key": "black-sea", "name": "Black Sea", "kind": "sea", "parent": "The World"}), "is no key"),
        (feature(geometry={"type": "Point", "coordinates": [10, 50]}), "neither Polygon nor MultiPolygon"),
        (feature(geometry={"type": "Polygon", "coordinates": [SQUARE, SQUARE]}), "no holes"),
        (feature(geometry={"type": "Polygon", "coordinates": [SQUARE[:-1]]}), "not closed"),
        (feature(geometry={"type": "Polygon", "coordinates": [[[10, 50], [12, 50], [12, 52], [10, 50]]]}), "3 vertices"),
        (feature(geometry={"type": "Polygon", "coordinates": [[[10, 95], *SQUARE[1:-1], [10, 95]]]}), "a position is not"),
        (feature(geometry={"type": "Polygon", "coordinates": [[["10", 50], *SQUARE[1:-1], ["10", 50]]]}), "a position is not"),
        (feature(geometry={"type": "Polygon", "coordinates": [[[True, 50], *SQUARE[1:-1], [True, 50]]]}), "a position is not"),
    ],
)
def test_a_broken_feature_is_named(tmp_path: Path, broken: object, message: str) -> None:
    with pytest.raises(SeedError, match=rf"areas\.geojson: feature 2.*{message}"):
        read_areas(write(tmp_path, feature(properties={"key": "red-sea", "name": "Red Sea", "kind": "sea", "parent": None}), broken))


def test_a_water_drawn_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="feature 2: black-sea stands there already"):
        read_areas(write(tmp_path, feature(), feature()))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type": "FeatureCollection", "features": {}}', '{"type": "Feature", "features": []}'])
def test_a_file_that_is_no_collection_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=r"areas\.geojson"):
        read_areas(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"none\.geojson"):
        read_areas(tmp_path / "none.geojson")
