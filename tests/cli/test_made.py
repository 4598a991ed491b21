"""The list of the reports that were made: what is in each, and what of it no longer stands."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from tests.cli.test_lists import on_a_terminal
from tests.intake.test_versions import FIRST, PAGE, SECOND

REPORT = ("report", "movements", "--since", "2024-12-01", "--until", "2024-12-31", "--as-of", "2024-12-31", "-o")


def reports(run) -> list[dict]:
    code, out, _ = run("report", "list", "--format", "json")
    return json.loads(out) if code == 0 else []


def test_a_report_is_listed_once_with_what_it_was_made_from(run, store: Path, tmp_path: Path, take) -> None:
    take(*FIRST, url=PAGE)
    assert reports(run) == []
    assert run(*REPORT, tmp_path / "r.md", "-o", tmp_path / "r.html", "--title", "A brief")[0] == 0
    first = (tmp_path / "r.md").read_bytes()
    assert run(*REPORT, tmp_path / "r.md", "--title", "A brief")[0] == 0
    assert (tmp_path / "r.md").read_bytes() == first
    rows = {row["file"]: row for row in reports(run)}
    assert set(rows) == {"r.md", "r.html"}
    assert {(row["kind"], row["title"], row["events"], row["claims"], row["stale"]) for row in rows.values()} == {("movements", "A brief", 2, 2, 0)}
    assert "--since '2024-12-01'" in rows["r.md"]["options"]
    assert run("report", "vessel", "Yelnya", "--as-of", "2024-12-31", "-o", tmp_path / "y.md")[0] == 0
    assert [(row["kind"], row["events"]) for row in reports(run) if row["file"] == "y.md"] == [("vessel", 1)]


def test_a_new_version_of_a_document_tells_in_which_reports_the_old_one_was(run, store: Path, tmp_path: Path, take) -> None:
    take(*FIRST, url=PAGE)
    assert run(*REPORT, tmp_path / "r.md", "--title", "A brief")[0] == 0
    take(*SECOND, url=PAGE)
    assert [row["stale"] for row in reports(run)] == [2]
    changes = json.loads(run("sources", "versions", PAGE, "--format", "json")[1])
    assert [(row["what"], row["reports"]) for row in changes] == [("changed", "A brief (r.md)"), ("gone", "A brief (r.md)"), ("new", None)]
    assert "in: A brief (r.md)" in run("sources", "versions", PAGE)[1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_store_that_can_only_be_read_still_makes_reports(run, store: Path, tmp_path: Path, take) -> None:
    take(*FIRST, url=PAGE)
    store.chmod(stat.S_IRUSR)
    store.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        code, _, err = run(*REPORT, tmp_path / "r.md")
    finally:
        store.parent.chmod(stat.S_IRWXU)
    assert (code, "can't be written to" in err) == (0, True)
    assert (tmp_path / "r.md").exists()


def test_a_store_in_which_somebody_writes_all_the_time_still_makes_reports(run, store: Path, tmp_path: Path, take) -> None:
    import sqlite3

    take(*FIRST, url=PAGE)
    other = sqlite3.connect(store, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        code, _, err = run(*REPORT, tmp_path / "r.md")
    finally:
        other.rollback()
        other.close()
    assert (code, "can't be written to" in err) == (0, True)
    assert reports(run) == []


def test_a_narrow_terminal_shows_a_report_with_its_file_and_clock(run, store: Path, tmp_path: Path, take) -> None:
    take(*FIRST, url=PAGE)
    assert run(*REPORT, tmp_path / "r.md", "--title", "A brief")[0] == 0
    out = on_a_terminal(store, ["report", "list"], {"COLUMNS": "80"})
    assert re.search(r"^[0-9a-f]{16} +A brief +\d+ +0", out, re.MULTILINE), out
    assert "r.md · as of 2024-12-31" in out
