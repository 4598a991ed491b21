"""How firmly a clause tells its act: each way to guess, cite, plan or deny, with acts of three kinds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)
WHO = "the frigate Surcouf"
SAID = (f"{WHO} had left Tartus on Monday", f"{WHO} has left Tartus", f"{WHO} was in Tartus on Monday")
TABLE = yaml.safe_load((Path(__file__).parent / "hedges.yaml").read_text(encoding="utf-8"))


def sentences(frame: str) -> list[str]:
    """The frame with each act, or with the ship where it has its own verb."""
    told = [frame.format(said=said, who=WHO) for said in (SAID if "{said}" in frame else SAID[:1])]
    return [text[0].upper() + text[1:] for text in told]


@pytest.mark.parametrize(("modalities", "frame"), [(key, frame) for key, frames in TABLE.items() for frame in frames])
def test_a_clause_is_told_as_firmly_as_its_words(modalities: str, frame: str, gazetteer: Gazetteer) -> None:
    for text in sentences(frame):
        told = {str(event.modality) for event in extract(text, PUBLISHED, gazetteer).events}
        assert told, text
        assert told <= set(modalities.split()), text


@pytest.mark.parametrize("said", SAID)
def test_a_bare_clause_asserts(said: str, gazetteer: Gazetteer) -> None:
    assert {str(event.modality) for event in extract(f"T{said[1:]}.", PUBLISHED, gazetteer).events} == {"asserted"}
