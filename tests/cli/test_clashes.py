"""What a source says of a vessel is kept as said, listed against its record, and overwrites nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

CRUISER = "The Russian cruiser Admiral Grigorovich (494) left Tartus on 2 December 2024. The warship passed the Bosphorus on 4 December 2024."
SAID = [
    (CRUISER, {("type", "cruiser"), ("hull", "494"), ("country", "RU")}),
    ("The frigates Admiral Grigorovich and Admiral Essen left Tartus.", {("type", "frigate")}),
    ("On Monday the Krivak-class frigate Admiral Grigorovich left Tartus.", {("type", "frigate"), ("class", "Krivak")}),
    ("The warship Admiral Grigorovich left Tartus.", set()),
]


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text[:40] for text, _ in SAID])
def test_what_a_text_says_of_a_vessel_is_read_with_its_sentence(gazetteer: Gazetteer, text: str, expected: set[tuple[str, str]]) -> None:
    (vessel,) = (v for v in extract(text, date(2024, 12, 5), gazetteer).vessels if v.name == "Admiral Grigorovich")
    assert {(one.slot, one.value) for one in vessel.said} == expected
    assert all("Grigorovich" in text[slice(*one.span)] for one in vessel.said)


def clashes(run, *words: str) -> list[dict]:
    code, out, _ = run("vessels", "clashes", "--format", "json", "--as-of", "2024-12-31", *words)
    return json.loads(out) if code == 0 else []


def test_a_clash_is_listed_and_shown_and_the_record_stays(run, store: Path, take) -> None:
    take(CRUISER, "2024-12-05", source="Wire A")
    take("The cruiser Admiral Grigorovich was seen off Tartus on 8 December 2024.", "2024-12-09", source="Wire B")
    (row,) = clashes(run)
    assert (row["vessel_key"], row["slot"], row["said"], row["record"]) == ("ru/admiral-grigorovich", "type", "cruiser", "frigate")
    assert (row["degree"], row["documents"], row["sources"], row["source"], row["age_days"]) == ("clash", 2, 2, "Wire B", 22)
    assert "cruiser Admiral Grigorovich" in row["quote"]
    _, out, _ = run("vessels", "show", "Admiral Grigorovich")
    assert "said otherwise  cruiser (type; Wire B, 9 Dec 2024)" in out
    assert "type  frigate" in out
    assert [row["said"] for row in clashes(run, "Grigorovich")] == ["cruiser"]
    assert clashes(run, "Yelnya") == []
    assert clashes(run, "--country", "US") == []


def test_words_that_may_mean_the_same_are_listed_when_asked(run, store: Path, take) -> None:
    take("The destroyer Admiral Grigorovich left Tartus on 2 December 2024.")
    assert clashes(run) == []
    assert [(row["said"], row["degree"]) for row in clashes(run, "--near")] == [("destroyer", "near")]


def test_a_record_that_was_put_right_no_longer_clashes(run, store: Path, take) -> None:
    take("The Russian frigate Novik Two left Tartus on 2 December 2024.", source="Wire A")
    take("The Russian cruiser Novik Two reached Baltiysk on 20 December 2024.", "2024-12-21", source="Wire B")
    assert [(row["vessel"], row["said"], row["in_register"]) for row in clashes(run)] == [("Novik Two", "cruiser", False)]
    assert run("vessels", "edit", "Novik Two", "--type", "cruiser")[0] == 0
    assert [row["said"] for row in clashes(run)] == ["frigate"]
    assert run("undo")[0] == 0
    assert [row["said"] for row in clashes(run)] == ["cruiser"]


def test_what_a_replaced_or_withdrawn_document_said_is_no_clash(run, store: Path, take) -> None:
    page = "https://wire.example/1"
    take(CRUISER, "2024-12-05", url=page)
    take(CRUISER.replace("cruiser", "frigate"), "2024-12-06", url=page)
    assert clashes(run) == []
    assert run("sources", "restore", json.loads(run("sources", "documents", "--format", "json")[1])[0]["document_id"])[0] == 0
    assert len(clashes(run)) == 1


def test_vessels_that_were_made_one_are_asked_as_one(run, store: Path, take) -> None:
    take("The Russian cruiser Novik Two left Tartus on 2 December 2024.")
    assert run("vessels", "merge", "ru/admiral-grigorovich", "ru/novik-two-unlisted")[0] == 0
    assert [(row["vessel_key"], row["said"]) for row in clashes(run)] == [("ru/admiral-grigorovich", "cruiser")]
