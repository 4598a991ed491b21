"""Closed waters, ways and least distances."""

from __future__ import annotations

import pytest

from tests.analysis.history import SEA
from tracker.analysis.sea import OCEAN, read_passages
from tracker.gazetteer.places import read_places
from tracker.resources import resource

WAYS = [
    ("tartus", "souda-bay", 0, (560, 600)),
    ("tartus", "novorossiysk", 1, (580, 1000)),
    ("tartus", "baltiysk", 2, (3500, 3800)),
    ("tartus", "baltic-sea", 2, (3300, 3500)),
    ("tartus", "red-sea", 1, (280, 340)),
    ("tartus", "bab-el-mandeb", 1, (1300, 1700)),
    ("black-sea", "sevastopol", 0, (0, 0)),
    ("brest", "baltiysk", 1, (850, 1100)),
]


@pytest.mark.parametrize(("origin", "destination", "links", "between"), WAYS)
def test_the_least_way(origin: str, destination: str, links: int, between: tuple[float, float]) -> None:
    way = SEA.way(origin, destination)
    assert way is not None
    assert len(way.links) == links
    assert between[0] <= way.least_nm <= between[1]


def test_a_way_back_is_as_long() -> None:
    for origin, destination, _, _ in WAYS:
        there, back = SEA.way(origin, destination), SEA.way(destination, origin)
        assert there and back
        assert there.least_nm == pytest.approx(back.least_nm)


def test_waters() -> None:
    assert SEA.water("tartus") == "mediterranean-sea"
    assert SEA.water("brest") == OCEAN
    assert SEA.water("syria") is None
    assert SEA.water("bosphorus") is None  # a passage lies between two
    assert SEA.way("syria", "tartus") is None


def test_every_passage_and_water_is_a_place() -> None:
    places = {place.key: place for place in read_places(resource("seeds", "places.csv"))}
    known = set(places)
    told = read_passages()
    named = {*told.closed, *(key for link in told.links for key in (*link.passages, *link.joins)), *told.montreux["passages"], told.montreux["sea"]}
    assert named - known == {OCEAN}
    assert all(water in told.closed or water == OCEAN for link in told.links for water in link.joins)
    assert all(any(places[key].latitude is not None for key in link.passages) for link in told.links)
