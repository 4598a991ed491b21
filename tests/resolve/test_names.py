"""A name by itself to the vessel or place that is meant; where nothing tells, nobody guesses."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.kinds import PlaceKind, VesselType
from tracker.domain.records import PlaceEntry, VesselEntry
from tracker.errors import InputError
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon
from tracker.gazetteer.places import PlaceIndex
from tracker.gazetteer.vessels import VesselIndex
from tracker.resolve.names import bare_name, find_place, find_vessel

NAMES = [
    ("Yelnya", ("Yelnya", None, None)),
    (" “Yelnya” ", ("Yelnya", None, None)),
    ("USS Porter (DDG 78)", ("Porter", "US", "DDG 78")),
    ("USS Porter [DDG-78]", ("Porter", "US", "DDG-78")),
    ("RFS Yelnya", ("Yelnya", "RU", None)),
    ("Dmitry Donskoy (ex)", ("Dmitry Donskoy (ex)", None, None)),  # no digit, no hull
    ("USS", ("USS", None, None)),
]


@pytest.mark.parametrize(("told", "parts"), NAMES)
def test_what_is_written_around_a_name(told: str, parts: tuple) -> None:
    assert bare_name(told, load_lexicon()) == parts


VESSELS = [
    ("Admiral Grigorovich", {}, "ru/admiral-grigorovich"),
    ("ADMIRAL GRIGOROVICH", {"country": "RU"}, "ru/admiral-grigorovich"),
    ("Yelnya", {"type": VesselType.OILER}, "ru/yelnya"),
    ("Yelnya", {"project": "160"}, "ru/yelnya"),
    ("Yelnya", {"country": "US"}, None),
    ("Nobody's Ship", {}, None),
]


@pytest.mark.parametrize(("name", "marks", "key"), VESSELS)
def test_a_vessel(gazetteer: Gazetteer, name: str, marks: dict, key: str | None) -> None:
    found = find_vessel(name, gazetteer.vessels, on=date(2024, 12, 2), **marks)
    assert (found.key if found else None) == key


def test_namesakes_that_nothing_tells_apart() -> None:
    vessels = VesselIndex.of(
        [VesselEntry("it/leone", "Leone", VesselType.TUG, country="IT"), VesselEntry("es/leone", "Leone", VesselType.TUG, country="ES")]
    )
    with pytest.raises(InputError, match="is the name of it/leone, es/leone; give a hull"):
        find_vessel("Leone", vessels)
    assert find_vessel("Leone", vessels, country="ES") == vessels.entries["es/leone"]


PLACES = [("Tartus", "tartus"), ("tartous", "tartus"), ("tartus", "tartus"), ("Mediterranean Sea", "mediterranean-sea"), ("Nowhere at all", None)]


@pytest.mark.parametrize(("name", "key"), PLACES)
def test_a_place(gazetteer: Gazetteer, name: str, key: str | None) -> None:
    found = find_place(name, gazetteer.places)
    assert (found.key if found else None) == key


def test_places_of_one_name() -> None:
    port = PlaceEntry("san-juan", "San Juan", PlaceKind.PORT, aliases=("Puerto",))
    bay = PlaceEntry("puerto-bay", "Puerto Bay", PlaceKind.BAY, aliases=("Puerto", "san juan"))
    places = PlaceIndex.of([bay, port])
    with pytest.raises(InputError, match="is the name of puerto-bay, san-juan; write the key"):
        find_place("Puerto", places)
    assert find_place("San Juan", places) is port  # its own name goes before another's alias
    assert find_place("puerto-bay", places) is bay
