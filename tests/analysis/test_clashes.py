"""Which words of a source go with a vessel's record, and which don't."""

from __future__ import annotations

import pytest

from tracker.analysis.clashes import degree
from tracker.domain.kinds import VesselType

CLASSES = frozenset({"kilo", "improved kilo", "alligator", "duke", "ropucha ii", "krivak"})
CASES = [
    ("type", "cruiser", {"type": "frigate"}, "clash"),
    ("type", "frigate", {"type": "destroyer"}, "near"),
    ("type", "warship", {"type": "frigate"}, None),
    ("type", "vessel", {"type": "oiler"}, None),
    ("type", "frigate", {"type": "warship"}, None),
    ("type", "auxiliary", {"type": "research_ship"}, None),
    ("type", "tug", {"type": "auxiliary"}, None),
    ("type", "auxiliary", {"type": "frigate"}, "clash"),
    ("type", "tanker", {"type": "tug"}, "clash"),
    ("class", "KILO", {"class": "Improved Kilo"}, None),
    ("class", "Ropucha", {"class": "Ropucha II"}, None),
    ("class", "Type 23", {"class": "Duke", "project": "Type 23"}, None),
    ("class", "Grigorovich", {"class": "Admiral Grigorovich"}, None),
    ("class", "The Duke", {"class": "Duke"}, None),
    ("class", "Krivak", {"class": "Alligator", "project": "1171"}, "clash"),
    ("class", "Tapir", {"class": "Alligator", "project": "1171"}, "near"),
    ("class", "Kilo", {"class": None}, None),
    ("project", "Project 1155", {"project": "1155"}, None),
    ("project", "636", {"project": "636.3"}, "near"),
    ("project", "22800", {"project": "21631"}, "clash"),
    ("hull", "DDG 78", {"hull": "DDG-78"}, None),
    ("hull", "CVH 550", {"hull": "C550"}, None),
    ("hull", "017", {"hull": "117"}, "clash"),
    ("hull", "905", {"hull": None}, None),
    ("country", "RU", {"country": "RU"}, None),
    ("country", "BY", {"country": "RU"}, "clash"),
]


@pytest.mark.parametrize(("slot", "said", "record", "expected"), CASES)
def test_how_what_was_said_goes_with_the_record(slot: str, said: str, record: dict[str, str | None], expected: str | None) -> None:
    assert degree(slot, said, record, CLASSES) == expected


@pytest.mark.parametrize("one", VesselType)
@pytest.mark.parametrize("other", VesselType)
def test_types_go_with_each_other_whichever_was_said(one: VesselType, other: VesselType) -> None:
    assert degree("type", one, {"type": other}, CLASSES) == degree("type", other, {"type": one}, CLASSES)
    assert (degree("type", one, {"type": one}, CLASSES)) is None
