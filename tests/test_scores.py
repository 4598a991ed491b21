"""Extraction on the development corpus, by the reference scorer: a ratchet.

A floor goes up when the figures do; down only with a line in the changelog.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from tracker.domain.records import DocumentText
from tracker.extract.contract import as_json
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.resources import resource

CORPUS = Path(__file__).parent / "corpus"
PINNED = json.loads((Path(__file__).parent / "pinned_scores.json").read_text())


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(gazetteer: Gazetteer) -> dict[str, float]:
    score = scorer()
    total = score.Score(score.Gazetteer(resource("seeds", "places.csv")))
    for file in sorted((CORPUS / "dev").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        document = gold["document"]
        published = date.fromisoformat(document["published"]) if document.get("published") else None
        read = DocumentText(text=document["text"], sha256="", media_type="text/plain", published=published)
        total.add(gold, as_json(extract(document["text"], published, gazetteer), read))
    figures = {name: tally.prf()[2] for name, tally in total.tally.items()} | {"precision": total.tally["events"].prf()[0]}
    return figures | {name: hits / count for name, (hits, count) in total.share.items() if count}


def test_the_corpus_is_the_one_the_floors_were_measured_on() -> None:
    digest = hashlib.sha256()
    for file in sorted((CORPUS / "dev").glob("*.json")):
        digest.update(file.read_bytes())
    assert digest.hexdigest() == PINNED["corpus"], "the corpus changed: measure anew and pin the new floors"


@pytest.mark.parametrize("name", PINNED["floors"])
def test_no_figure_falls_below_its_floor(result: dict[str, float], name: str) -> None:
    assert result[name] >= PINNED["floors"][name]


@pytest.mark.parametrize("name", PINNED["ceilings"])
def test_no_error_rises_above_its_ceiling(result: dict[str, float], name: str) -> None:
    assert result[name] <= PINNED["ceilings"][name]
