"""The rules as data: nothing stands twice, and every rule tells an event of the table of sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
import yaml

from tests.extract.cases import CASES
from tracker.errors import SeedError
from tracker.extract import line, pipeline
from tracker.extract.matcher import matcher_of
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, load_lexicon
from tracker.gazetteer.quiet import read_quiet
from tracker.gazetteer.shapes import read_shapes
from tracker.gazetteer.spread import spread
from tracker.resources import resource

LEXICON = resource("seeds", "lexicon")
QUIET = yaml.safe_load((LEXICON / "quiet.yaml").read_text(encoding="utf-8"))["quiet"]
SHAPES = yaml.safe_load((LEXICON / "shapes.yaml").read_text(encoding="utf-8"))
VERBS_FILE = yaml.safe_load((LEXICON / "verbs.yaml").read_text(encoding="utf-8"))
VERBS = VERBS_FILE["verbs"]
WORDS = yaml.load((LEXICON / "words.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def twice(words: list[str]) -> list[str]:
    return [word for word, count in Counter(map(str, words)).items() if count > 1]


def test_every_rule_tells_an_event_of_the_table(gazetteer: Gazetteer) -> None:
    told = {event.rule for case in CASES for event in extract(case["text"], date(2024, 12, 15), gazetteer).events}
    assert told == set(load_lexicon().rules)


def with_lexicon(changed: Lexicon, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a lexicon read that has the surfaces of the shipped one: their index, which takes a second to build, is that of the shipped one."""
    index = matcher_of(gazetteer, load_lexicon())
    monkeypatch.setattr(pipeline, "load_lexicon", lambda: changed)
    monkeypatch.setattr(line, "matcher_of", lambda *_: index)


@pytest.mark.parametrize("row", QUIET, ids=lambda row: row["id"])
def test_a_row_of_quiet_words_changes_what_its_example_tells(row: dict, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[tuple[str, ...]]:
        return [(event.rule, event.kind, event.modality) for event in extract(row["example"], date(2024, 12, 15), gazetteer).events]

    lexicon = load_lexicon()
    quiet = told()
    others = read_quiet([other for other in QUIET if other is not row], lexicon.rules, lexicon.sets)
    with_lexicon(replace(lexicon, quiet=others), gazetteer, monkeypatch)
    assert told() != quiet


def test_quiet_words_have_one_id_each() -> None:
    assert not twice([row["id"] for row in QUIET])


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"id": "x", "of": ["no.such"]}, "no rule of verbs.yaml"),
        ({"id": "x", "behind": ["by"]}, "what the row is about"),
        ({"id": "x", "verb": ["@no_such"]}, "no set of words.yaml"),
        ({"id": "x", "verb": ["left"], "behnd": ["by"]}, "unknown fields behnd"),
    ],
)
def test_a_broken_row_of_quiet_words_is_refused_by_name(row: dict, wrong: str) -> None:
    lexicon = load_lexicon()
    with pytest.raises(SeedError, match=wrong):
        read_quiet([row], lexicon.rules, lexicon.sets)


@pytest.mark.parametrize("row", SHAPES["shapes"], ids=lambda row: row["id"])
def test_a_shape_tells_what_nothing_else_tells_of_its_example(row: dict, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str]:
        return [event.rule for event in extract(row["example"], date(2024, 12, 15), gazetteer).events]

    lexicon, shaped = load_lexicon(), told()
    assert any(rule.startswith("shape.") for rule in shaped)
    others = {**SHAPES, "shapes": [other for other in SHAPES["shapes"] if other is not row]}
    with_lexicon(replace(lexicon, shapes=read_shapes(others, lexicon.sets, lexicon.function)), gazetteer, monkeypatch)
    assert told() != shaped


def test_shapes_have_one_id_each() -> None:
    assert not twice([row["id"] for row in SHAPES["shapes"]])


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"id": "x", "kind": "stay", "shape": "PLACE SHIP"}, "a word that must stand there"),
        ({"id": "x", "kind": "swim", "shape": "PLACE holds SHIP"}, "no kind of event and no act is swim"),
        ({"id": "x", "kind": "stay", "shape": "PORT holds SHIP"}, "no slot is PORT"),
        ({"id": "x", "kind": "stay", "shape": "PLACE @no_such SHIP"}, "no set of words.yaml"),
        ({"id": "x", "kind": "stay", "shape": "PLACE holds SHIP", "by": 1}, "unknown fields by"),
    ],
)
def test_a_broken_shape_is_refused_by_name(row: dict, wrong: str) -> None:
    lexicon = load_lexicon()
    with pytest.raises(SeedError, match=wrong):
        read_shapes({"words": {}, "shapes": [row]}, lexicon.sets, lexicon.function)


@pytest.mark.parametrize("rule", VERBS, ids=lambda rule: rule["id"])
def test_a_rule_has_no_word_twice(rule: dict) -> None:
    for field in ("lemmas", "words", "nouns", "light"):
        assert not twice(rule.get(field, []))


def test_a_phrase_belongs_to_one_rule() -> None:
    """A phrase of two words or more means one thing; single verbs may mean several ("see", "join") and are tried in the order of the file."""
    families = VERBS_FILE["families"]
    written = [(rule["id"], str(phrase)) for rule in VERBS for field in ("lemmas", "words") for phrase in rule.get(field, [])]
    phrases = {(rule, phrase) for rule, form in written for phrase in spread(form, families) if phrase.count(" ") > 1}
    assert not twice([phrase for _, phrase in phrases])


@pytest.mark.parametrize("name", WORDS["sets"])
def test_a_set_has_no_word_twice(name: str) -> None:
    assert not twice(WORDS["sets"][name])


@pytest.mark.parametrize("name", ["ordinary", "function", "definite", "several", "habit", "particles"])
def test_a_list_has_no_word_twice(name: str) -> None:
    assert not twice(WORDS[name])


def test_a_word_for_a_vessel_means_one_type() -> None:
    types = yaml.safe_load((LEXICON / "types.yaml").read_text(encoding="utf-8"))
    assert not twice([word for words in types["types"].values() for word in words])
    assert not twice(types["groups"])
