"""Two processes that read reports into one store at once: nothing lost, nothing doubled, nobody turned away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tracker.store.engine import session

ROUNDS = 20
SHIPS = ("Admiral Gorshkov", "Admiral Golovko", "Yelnya", "Kildin", "Vyazma", "Ivan Gren")


def write_reports(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        told = " ".join(f"{ship} left Tartus on {(number + k) % 9 + 1} December 2024." for k, ship in enumerate(SHIPS))
        (folder / f"{number}.md").write_text(f"---\nsource: Paper {number % 4}\npublished: 2024-12-15\n---\nReport {number}. {told}")
    return folder


def start(folder: Path, store: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tracker", "ingest", str(folder)]
    env = os.environ | {"TRACKER_DB": str(store)}
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def held(store: Path) -> list[tuple]:
    queries = (
        "SELECT id, source_key FROM document ORDER BY id",
        "SELECT id, event_id, credibility, marks FROM claim ORDER BY id",
        "SELECT id, vessel_key, start_day, claim_count, root_count, credibility FROM event ORDER BY id",
    )
    with session(f"sqlite:///{store}") as work:
        return [tuple(row) for query in queries for row in work.connection().execute(text(query))]


@pytest.mark.parametrize("fresh", [True, False], ids=["into a store that neither finds", "into a store that stands"])
def test_two_processes_leave_what_one_would(run, tmp_path: Path, fresh: bool) -> None:
    halves = [write_reports(tmp_path / "one", range(8)), write_reports(tmp_path / "two", range(5, 14))]  # three reports are in both
    alone = tmp_path / "alone.db"
    assert run("ingest", *halves, "--db", alone)[0] == 0
    for number in range(ROUNDS):
        store = tmp_path / f"{number}.db"
        if not fresh:
            assert run("db", "init", "--db", store)[0] == 0
        for process in [start(folder, store) for folder in halves]:
            _, told = process.communicate(timeout=300)
            assert process.returncode == 0, told
            assert "locked" not in told and "Traceback" not in told
        assert held(store) == held(alone)
