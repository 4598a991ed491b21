"""Names that are at once ships and places, persons or words: a table of sentences and what each names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.domain.names import fold
from tracker.extract.line import Text
from tracker.extract.pipeline import extract
from tracker.extract.places import find_places
from tracker.extract.vessels import find_vessels
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon

CASES = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))


def vessels_of(text: str, gazetteer: Gazetteer) -> list[str]:
    return [fold(v.name) for v in extract(text, date(2024, 12, 15), gazetteer).vessels if v.name]


def places_of(text: str, gazetteer: Gazetteer) -> list[str]:
    doc = Text(text, date(2024, 12, 15), gazetteer, load_lexicon())
    found = []
    for sentence in doc.sentences:
        line = doc.line(sentence)
        found.extend(p.name for p in find_places(line, find_vessels(line, frozenset())) if p.entry)
    return found


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_names(case: dict, gazetteer: Gazetteer) -> None:
    assert sorted(vessels_of(case["text"], gazetteer)) == sorted({fold(name) for name in case["vessels"]})
    if case["places"] is not None:
        found, tree = set(places_of(case["text"], gazetteer)), gazetteer.places.tree
        keys = [entry.key for name in found for entry in gazetteer.places.named(name)]
        for name in set(case["places"]) - found:  # a place that only says where the one before it lies is not told twice
            assert any(tree.inside(key, gazetteer.places.named(name)[0].key) or gazetteer.places.entries[key].kind == "shipyard" for key in keys)
        ships = {fold(name) for name in case["vessels"]}
        assert not [p for p in places_of(case["text"], gazetteer) if fold(p) in ships and p not in case["places"]]
