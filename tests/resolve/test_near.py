"""A name that the register nearly has is suggested; one that is another ship's is not."""

from __future__ import annotations

import pytest

from tracker.gazetteer.index import Gazetteer
from tracker.resolve.near import near

CASES = [
    ("Alexandr Shabalin", "RU", "ru/aleksandr-shabalin"),
    ("Alexandr Shabalin", None, "ru/aleksandr-shabalin"),
    ("Admiral Golovkо", "RU", "ru/admiral-golovko"),
    ("Alexandr Shabalin", "US", None),
    ("Yelna", "RU", None),
    ("Sea Wanderer", "RU", None),
]


@pytest.mark.parametrize(("name", "country", "key"), CASES)
def test_near_names(gazetteer: Gazetteer, name: str, country: str | None, key: str | None) -> None:
    found = near(name, country, gazetteer.vessels)
    assert found[:1] == ([key] if key else [])
