"""`--reviewed-only`: nothing in a report that nobody accepted."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource

AS_OF = ("--as-of", "2025-02-01")
MED = ("movements", "--area", "Mediterranean Sea", "--country", "RU", "--since", "2024-11-30", "--until", "2024-12-15")


@pytest.fixture
def demo_url(tmp_path: Path) -> str:
    """A store of the demo reports that a test may change."""
    path = tmp_path / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{path}")
    return str(path)


def test_without_a_review_there_is_nothing_to_print(run, demo_url: str, tmp_path: Path) -> None:
    code, out, err = run("report", *MED, "--reviewed-only", "-o", str(tmp_path / "a.md"), "--db", demo_url, *AS_OF)
    assert (code, out) == (3, "")
    assert "nothing is told" in err


def test_only_what_people_accepted_is_printed(run, demo_url: str, tmp_path: Path) -> None:
    annex, page = tmp_path / "annex", tmp_path / "a.md"
    words = ("-o", str(page), "--annex", str(annex), "--db", demo_url, *AS_OF)
    assert run("report", *MED, *words)[0] == 0
    with (annex / "events.csv").open(encoding="utf-8", newline="") as stream:
        every = list(csv.DictReader(stream))
    accepted = [row["event_id"] for row in every if row["vessel"] == "Yelnya"][:3]
    for event in accepted:
        assert run("events", "accept", event, "--db", demo_url)[0] == 0
    assert run("report", *MED, *words)[0] == 0
    assert re.search(r"draft, partly reviewed: 3 of 2\d events", page.read_text(encoding="utf-8"))
    for report in (MED, ("vessel", "Yelnya"), ("place", "Tartus"), ("diff", "Tartus", "--from", "2024-12-01", "--to", "2024-12-03")):
        assert run("report", *report, "--reviewed-only", *words)[0] == 0
        text = page.read_text(encoding="utf-8")
        assert "Kildin" not in text
        assert "| State | reviewed" in text
        with (annex / "events.csv").open(encoding="utf-8", newline="") as stream:
            assert {row["event_id"] for row in csv.DictReader(stream)} <= set(accepted)
