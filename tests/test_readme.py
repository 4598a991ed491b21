"""The README's tour really runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import checkout, resource


def commands() -> list[str]:
    root = checkout()
    assert root
    blocks = re.findall(r"```\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("tracker ") and " ingest " not in line]


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the demo reports."""
    path = tmp_path_factory.mktemp("readme") / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{path}")
    return path


def test_there_is_a_tour() -> None:
    assert len(commands()) >= 10


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_tour(run, demo_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str) -> None:
    monkeypatch.setenv("TRACKER_DB", str(demo_store))
    monkeypatch.chdir(tmp_path)
    if made := re.search(r"explain (\S+)", line):  # a file that an earlier line of the tour makes
        maker = next(other for other in commands() if f"-o {made[1]}" in other)
        assert run(*shlex.split(maker, comments=True)[1:])[0] == 0
    code, out, err = run(*shlex.split(line, comments=True)[1:])
    assert code == 0, err
    assert out


def test_what_the_tour_says_of_yelnya(run, demo_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DB", str(demo_store))
    answer = run("where", "Yelnya", "--on", "2024-12-05")[1]
    assert "probably" in answer
    assert "left Tartus" in answer
    assert "3 days before" in answer
