"""Words of time and of place, each in plain sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.evaluate.matching import PlaceNames
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 18)
HERE = Path(__file__).parent
DAYS = yaml.safe_load((HERE / "days.yaml").read_text(encoding="utf-8"))
PLACES = yaml.safe_load((HERE / "where.yaml").read_text(encoding="utf-8"))
FRAMES = {
    "gone": (
        "The frigate Surcouf left Tartus {}.",
        "The frigate Surcouf was seen {} in Tartus.",
        "Two frigates passed the Bosphorus {}, the ministry said.",
    ),
    "ahead": (
        "The frigate Surcouf will leave Tartus {}.",
        "The frigate Surcouf is to arrive in Tartus {}.",
        "The frigate Surcouf is due in Tartus {}.",
    ),
}


@pytest.mark.parametrize(("when", "words", "meant"), [(when, *row) for when, rows in DAYS.items() for row in rows.items()])
def test_words_of_time(when: str, words: str, meant: str, gazetteer: Gazetteer) -> None:
    for frame in FRAMES[when]:
        events = extract(frame.format(words), PUBLISHED, gazetteer).events
        assert [event.interval.edtf() or "" for event in events] == [meant], frame


@pytest.mark.parametrize(("words", "meant"), PLACES.items())
def test_words_of_place(words: str, meant: list[str], gazetteer: Gazetteer) -> None:
    names = PlaceNames(gazetteer.places.entries.values())
    for text in (f"The frigate Surcouf was seen {words} on Monday.", f"The frigate Surcouf is {words}."):
        events = extract(text, PUBLISHED, gazetteer).events
        assert [str(event.kind) for event in events] == [meant[1]], text
        assert names.same(events[0].place or events[0].destination, meant[0]), text
