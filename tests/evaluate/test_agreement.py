"""The project's measures and the reference scorer tell the same figures."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tracker.domain.records import DocumentText
from tracker.evaluate.gold import read_gold
from tracker.evaluate.run import evaluate
from tracker.extract.contract import as_json
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.resources import resource

CORPUS = Path(__file__).parent.parent / "corpus"


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("corpus", ["dev", "own", "held"])
def test_both_scorers_agree(corpus: str, gazetteer: Gazetteer) -> None:
    score = scorer()
    theirs = score.Score(score.Gazetteer(resource("seeds", "places.csv")))
    golds = read_gold(CORPUS / corpus)
    misses = []
    for gold in golds:
        document = DocumentText(text=gold.text, sha256="", media_type="text/plain", published=gold.published)
        misses.extend(theirs.add(json.loads(gold.path.read_text(encoding="utf-8")), as_json(extract(gold.text, gold.published, gazetteer), document)))
    ours = evaluate(golds, gazetteer)
    assert {n: (t.gold, t.found, t.right) for n, t in ours.tallies.items()} == {n: (t.gold, t.pred, t.hit) for n, t in theirs.tally.items()}
    assert {n: (t.gold, t.found, t.right) for n, t in ours.kinds.items()} == {n: (t.gold, t.pred, t.hit) for n, t in theirs.kind.items()}
    assert ours.shares == {name: share for name, share in theirs.share.items() if share[1]}
    assert [miss.what for miss in ours.misses] == [what for what, _, _ in misses]
