"""The figures of extraction are a ratchet: no corpus falls below its floors, and a floor that was lowered has its line in the changelog."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.errors import InputError, TrackerError
from tracker.evaluate.floors import broken, pin, read_floors
from tracker.evaluate.gold import corpus_hash, read_gold
from tracker.evaluate.measure import calibration_error, reliability
from tracker.evaluate.run import evaluate
from tracker.gazetteer.index import Gazetteer

ROOT = Path(__file__).resolve().parents[2]
CORPUS, FLOORS = ROOT / "tests" / "corpus", ROOT / "tests" / "floors.json"
LARGEST_CALIBRATION_ERROR = 0.10


@pytest.mark.parametrize("corpus", ["dev", "own", "fresh", "wide", "later", "retold", "held", "blind", "apart"])
def test_no_figure_falls_below_its_floor(corpus: str, gazetteer: Gazetteer) -> None:
    golds = read_gold(CORPUS / corpus)
    measures = evaluate(golds, gazetteer)
    assert broken(measures.figures(), read_floors(FLOORS, corpus, corpus_hash(golds))) == []
    if corpus == "held":
        assert calibration_error(reliability(measures.judged)) <= LARGEST_CALIBRATION_ERROR


def test_every_lowered_floor_has_its_line_in_the_changelog() -> None:
    changelog = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    reasons = [reason for pinned in json.loads(FLOORS.read_text(encoding="utf-8")).values() for reason in pinned["lowered"]]
    assert [reason for reason in reasons if reason not in changelog] == []


def test_enough_texts_of_our_own_are_held_out_and_quiet() -> None:
    own, held = read_gold(CORPUS / "own"), read_gold(CORPUS / "held")
    assert min(len(own), len(held)) >= 20
    assert sum(not gold.events for gold in (*own, *held)) >= 10


FIGURES = {"events": 0.8, "firmer": 0.04}


@pytest.mark.parametrize(
    ("today", "names"),
    [
        ({"events": 0.8, "firmer": 0.04}, []),
        ({"events": 0.9, "firmer": 0.0}, []),
        ({"events": 0.79, "firmer": 0.04}, ["events"]),
        ({"events": 0.8, "firmer": 0.05}, ["firmer"]),
        ({"events": 0.8}, ["firmer"]),
        ({}, ["events", "firmer"]),
    ],
)
def test_broken_tells_what_is_on_the_wrong_side(today: dict[str, float], names: list[str]) -> None:
    assert [b.name for b in broken(today, FIGURES)] == names


def test_a_floor_falls_only_with_a_reason_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert pin(path, "a", "hash", FIGURES, None) == []
    before = path.read_bytes()
    with pytest.raises(TrackerError, match=r"events fell below its floor: 0\.700, pinned 0\.800"):
        pin(path, "a", "hash", {"events": 0.7, "firmer": 0.04}, None)
    assert path.read_bytes() == before
    assert [b.name for b in pin(path, "a", "hash", {"events": 0.7, "firmer": 0.04}, "for a cause")] == ["events"]
    assert json.loads(path.read_text())["a"]["lowered"] == ["for a cause"]
    pin(path, "b", "other", FIGURES, None)
    assert read_floors(path, "a", "hash") == {"events": 0.7, "firmer": 0.04}


def test_floors_of_another_corpus_do_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    pin(path, "a", "hash", FIGURES, None)
    with pytest.raises(InputError, match="other documents"):
        read_floors(path, "a", "changed")
    with pytest.raises(InputError, match='no floors for "b"'):
        read_floors(path, "b", "hash")
