"""Sources and their grades: a person's judgement, kept with its reason; shown with what it means."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.builders import claim, document, make_store, put

WHY = "right in eleven of twelve cases that images settled"


@pytest.fixture
def filled(store: Path) -> Path:
    url = make_store(f"sqlite:///{store}")
    put(url, document("Yelnya left Tartus."), claim("a1", origin="tartus"))
    put(url, document("Yelnya sailed from Tartus on 2 December.", source="Wire B"), claim("b2", origin="tartus"))
    return store


def test_a_grade_is_kept_with_who_when_and_why_and_shown_with_its_meaning(run, filled: Path) -> None:
    code, out, err = run("sources", "grade", "wire a", "b", "--why", WHY, "--who", "Ada")
    assert (code, out) == (0, "")
    assert "wire-a: F to B" in err and "usually reliable" in err
    with sqlite3.connect(filled) as work:
        (kept,) = work.execute("SELECT who, action, target_kind, target_id, why, before, after FROM review").fetchall()
    assert kept[:5] == ("Ada", "grade", "source", "wire-a", WHY)
    assert [json.loads(side)["rows"] for side in kept[5:]] == [[["source", ["wire-a"], {"reliability": grade}]] for grade in "FB"]
    _, out, err = run("sources", "list", "--format", "json")
    assert {row["source"]: row["reliability"] for row in json.loads(out)} == {"Wire A": "B", "Wire B": "F"}
    assert "grades:" not in err
    _, _, err = run("sources", "list")
    assert "B usually reliable, F can't be judged (source)" in err


def test_events_show_both_grades_and_a_grade_of_the_source_leaves_the_claim_alone(run, filled: Path) -> None:
    before = json.loads(run("events", "show", "a1", "--format", "json")[1])
    assert [row["credibility"] for row in before] == [2, 2]
    run("sources", "grade", "Wire A", "B", "--why", WHY)
    _, out, err = run("events", "show", "a1")
    assert "Wire A [B2]" in out and "Wire B [F2]" in out
    assert "B usually reliable, F can't be judged (source); 2 probably true (claim)" in err
    for words in (("where", "Yelnya", "--on", "2024-12-03"), ("vessels", "show", "Yelnya"), ("places", "show", "Tartus")):
        _, out, err = run(*words)
        assert "[B2]" in out and "grades: B usually reliable" in err, words


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("wire a", "G", "--why", WHY), 2, "A (reliable)"),
        (("wire a", "B", "--why", " "), 2, "--why"),
        (("wire a", "B"), 2, "--why"),
        (("wyre a", "B", "--why", WHY), 3, "did you mean Wire A"),
    ],
)
def test_what_is_no_grade_is_refused_and_nothing_kept(run, filled: Path, words: tuple[str, ...], code: int, told: str) -> None:
    got, _, err = run("sources", "grade", *words)
    assert got == code
    assert told in err
    with sqlite3.connect(filled) as work:
        assert work.execute("SELECT count(*) FROM review").fetchone() == (0,)
