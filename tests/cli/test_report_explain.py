"""`tracker report explain`: from a number to the words, with the store and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource

AREA = ("--area", "Mediterranean Sea", "--country", "RU", "--since", "2024-11-30", "--until", "2024-12-15", "--as-of", "2025-02-01")


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the demo reports."""
    path = tmp_path_factory.mktemp("explain") / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{path}")
    return str(path)


@pytest.fixture
def page(run, demo_url: str, tmp_path: Path) -> Path:
    """A report of it."""
    path = tmp_path / "brief.md"
    assert run("report", "movements", *AREA, "-o", str(path), "--db", demo_url)[0] == 0
    return path


def test_a_key_point_leads_to_its_words(run, demo_url: str, page: Path) -> None:
    code, out, err = run("report", "explain", str(page), "key-points-2", "--db", demo_url)
    assert code == 0
    assert "Images of 30 November show the frigates" in " ".join(out.split())
    assert "[1] Demo Satellite Desk [F6], published 1 Dec 2024" in " ".join(out.split())
    assert "3 of 3 claims still stand in the store" in err
    assert "as of 2025-02-01" in err


def test_a_count_leads_to_every_vessel_in_it(run, demo_url: str, page: Path) -> None:
    told = json.loads(run("report", "explain", str(page), "strength", "--format", "json", "--db", demo_url)[1])
    for statement in {row["statement_id"] for row in told}:
        mine = [row for row in told if row["statement_id"] == statement]
        count = int(mine[0]["text"].split(" · ")[1].strip("+−"))
        assert len({row["event_id"] for row in mine}) == count > 0


def test_no_store_is_needed(run, page: Path, store: Path) -> None:
    code, out, err = run("report", "explain", str(page), "3")
    assert code == 0
    assert "“The Russian fleet oiler Yelnya sailed from Tartus" in out
    assert "in the store" not in err
    assert not store.exists()
    assert run("report", "explain", str(page), "3", "--db", str(store))[0] == 3


def test_what_changed_since_is_said(run, demo_url: str, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(Path(demo_url).read_bytes())
    [row, *_] = json.loads(run("report", "explain", str(page), "3", "--format", "json", "--db", demo_url)[1])
    assert run("events", "reject", row["event_id"], "--why", "a test", "--db", str(other))[0] == 0
    assert "the store knows none of these claims" in run("report", "explain", str(page), "3", "--db", str(other))[2]
    err = run("report", "explain", str(page), "key-points", "--db", str(other))[2]
    assert f"gone: {row['claim_id']}" in err or row["claim_id"] in err


def test_an_event_of_the_store_is_explained_the_same_way(run, demo_url: str, page: Path) -> None:
    [row, *_] = json.loads(run("report", "explain", str(page), "3", "--format", "json", "--db", demo_url)[1])
    code, out, _ = run("report", "explain", row["event_id"][:10], "--db", demo_url)
    assert code == 0
    assert out.count("“") == 3
    assert "left Tartus on 2 Dec 2024" in out


WRONG = [("nowhere.pdf", 1, "No such file"), ("deadbeef", 3, 'no event "deadbeef"')]


@pytest.mark.parametrize(("report", "code", "line"), WRONG, ids=[report for report, _, _ in WRONG])
def test_what_is_no_report_costs_a_line(run, demo_url: str, tmp_path: Path, report: str, code: int, line: str) -> None:
    got, out, err = run("report", "explain", report, "--db", demo_url)
    assert (got, out) == (code, "")
    assert line in err


def test_a_line_that_is_not_there(run, demo_url: str, page: Path) -> None:
    code, out, err = run("report", "explain", str(page), "key-points-99", "--db", demo_url)
    assert (code, out) == (3, "")
    assert "key-points, strength" in err


def test_a_mark_of_a_terminal_in_a_file_is_not_obeyed(run, demo_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    assert run("report", "movements", *AREA, "-o", str(tmp_path / "a.md"), "--annex", str(folder), "--db", demo_url)[0] == 0
    whole = folder / "report.json"
    whole.write_text(whole.read_text(encoding="utf-8").replace("The Russian fleet oiler", "The \\u001b[31mfleet"), encoding="utf-8")
    out = run("report", "explain", str(folder), "3", "--db", demo_url)[1]
    assert "fleet Yelnya" in out
    assert "\x1b" not in out
