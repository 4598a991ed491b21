"""`--annex`: the tables of a report for programs, with the same ids, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource

AS_OF = ("--as-of", "2025-02-01")
REPORTS = {
    "movements": ("movements", "--area", "Mediterranean Sea", "--country", "RU", "--since", "2024-11-30", "--until", "2024-12-15"),
    "vessel": ("vessel", "Yelnya", "--since", "2024-11-28", "--until", "2025-01-12"),
    "place": ("place", "Tartus", "--since", "2024-11-30", "--until", "2024-12-31"),
    "diff": ("diff", "Mediterranean Sea", "--from", "2024-12-01", "--to", "2024-12-15"),
}


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the demo reports."""
    path = tmp_path_factory.mktemp("annex") / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{path}")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("words", REPORTS.values(), ids=REPORTS)
def test_ids_and_numbers_are_those_of_the_report(run, demo_url: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder, page = tmp_path / "annex", tmp_path / "report.md"
    code, out, err = run("report", *words, "-o", str(page), "--annex", str(folder), "--db", demo_url, *AS_OF)
    assert (code, out.splitlines()) == (0, [str(page), str(folder)]), err
    events, claims, sources = (rows(folder / f"{name}.csv") for name in ("events", "claims", "sources"))
    ids = {row["event_id"] for row in events}
    assert {row["event_id"] for row in claims} == ids
    assert {one for row in events for one in row["claim_ids"].split("|")} == {row["claim_id"] for row in claims}
    assert {row["n"] for row in claims} == {row["n"] for row in sources}
    text = page.read_text(encoding="utf-8")
    for row in sources:
        assert f"**\\[{row['n']}\\] {row['source']}.**" in text
    for row in rows(folder / "statements.csv"):
        assert set(row["events"].split("|")) <= ids
    whole = json.loads((folder / "report.json").read_bytes())
    assert {row["event_id"] for row in whole["events"]} == ids
    assert whole["files"] == sorted(path.name for path in folder.iterdir())
    assert run("report", "explain", str(folder), "all", "--db", demo_url)[0] == 0


def test_the_map_file_has_the_same_events_and_no_point_for_a_sea(run, demo_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    assert run("report", *REPORTS["movements"], "-o", str(tmp_path / "a.md"), "--annex", str(folder), "--db", demo_url, *AS_OF)[0] == 0
    features = json.loads((folder / "events.geojson").read_bytes())["features"]
    assert {feature["id"] for feature in features} == {row["event_id"] for row in rows(folder / "events.csv")}
    by_id = {feature["id"]: feature for feature in features}
    off_syria = [row["event_id"] for row in rows(folder / "events.csv") if row["place"] == "Syria" and row["kind"] == "at_sea"]
    assert off_syria
    assert all((by_id[key]["geometry"] or {"type": ""})["type"] != "Point" for key in off_syria)
    assert all(feature["properties"]["n"] for feature in features)


def test_the_same_question_gives_the_same_bytes_and_replaces_what_stood_there(run, demo_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    words = ("-o", str(tmp_path / "a.md"), "--annex", str(folder), "--db", demo_url, *AS_OF)
    assert run("report", *REPORTS["movements"], *words)[0] == 0
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run("report", *REPORTS["vessel"], *words)[0] == 0
    assert {path.name for path in folder.iterdir()} != set(first)
    assert run("report", *REPORTS["movements"], *words)[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "annex"]


def test_a_folder_with_other_things_is_left_alone_and_nothing_is_written(run, demo_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    code, out, err = run("report", *REPORTS["vessel"], "-o", str(tmp_path / "a.md"), "--annex", str(folder), "--db", demo_url, *AS_OF)
    assert (code, out) == (2, "")
    assert "notes.txt" in err
    assert [path.name for path in tmp_path.iterdir()] == ["annex"]
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_a_report_that_fails_leaves_no_annex(run, demo_url: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    words = ("-o", str(tmp_path / "taken" / "a.md"), "--annex", str(tmp_path / "annex"), "--db", demo_url, *AS_OF)
    code, _, err = run("report", *REPORTS["vessel"], *words)
    assert code == 1
    assert err.startswith(f"tracker: {tmp_path / 'taken' / 'a.md'}: ")
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_empty_report_has_an_empty_annex(run, demo_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "annex"
    words = ("--since", "1990", "--until", "1991", "--allow-empty", "-o", str(tmp_path / "a.md"), "--annex", str(folder), "--db", demo_url, *AS_OF)
    assert run("report", "vessel", "Yelnya", *words)[0] == 0
    assert rows(folder / "events.csv") == []
    assert run("report", "explain", str(folder), "--db", demo_url)[0] == 3
