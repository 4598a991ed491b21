"""`tracker evaluate`: the figures in every format, the misses, the reliability table, the floors, and what wrong input costs."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

OWN = Path(__file__).parent.parent / "corpus" / "own"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A folder of three annotated documents."""
    folder = tmp_path / "few"
    folder.mkdir()
    for file in sorted(OWN.glob("*.json"))[:3]:
        shutil.copy(file, folder)
    return folder


def test_the_figures_are_told(run, few: Path) -> None:
    code, out, err = run("evaluate", few)
    assert code == 0
    rows = {line.split()[0]: line.split() for line in out.splitlines()}
    assert {"vessels", "named", "events", "+place", "+date", "modality", "quotes"} <= set(rows)
    assert float(rows["vessels"][-1]) <= 1
    assert "3 documents" in err


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "md"])
def test_every_format_tells_the_same(run, few: Path, format: str) -> None:
    code, out, _ = run("evaluate", few, "--format", format)
    assert code == 0
    if format in ("csv", "tsv"):
        rows = list(csv.DictReader(io.StringIO(out), delimiter="," if format == "csv" else "\t"))
    elif format == "md":
        assert out.startswith("| group | measure |")
        return
    else:
        rows = json.loads(out) if format == "json" else [json.loads(line) for line in out.splitlines()]
    events = next(row for row in rows if row["measure"] == "events")
    assert int(events["right"]) <= min(int(events["gold"]), int(events["found"]))
    assert float(events["recall"]) == pytest.approx(int(events["right"]) / int(events["gold"]))


def test_misses_are_listed_up_to_so_many_of_a_document(run, few: Path) -> None:
    code, out, _ = run("evaluate", few, "--misses", "2", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert rows
    assert {row["document"] for row in rows} <= {file.stem for file in few.iterdir()}
    assert max(sum(r["document"] == row["document"] for r in rows) for row in rows) <= 2
    assert all(row["what"] and row["told"] for row in rows)


def test_the_reliability_table_covers_every_event(run, few: Path) -> None:
    _, figures, _ = run("evaluate", few, "--format", "json")
    code, out, _ = run("evaluate", few, "--reliability", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert rows[-1]["bin"] == "ECE"
    assert sum(row["events"] for row in rows[:-1]) == next(row for row in json.loads(figures) if row["measure"] == "events")["found"]
    assert all(0 <= row["confidence"] <= 1 for row in rows[:-1])


def test_without_the_register_fewer_vessels_are_known(run, few: Path) -> None:
    found = []
    for words in ((), ("--no-register",)):
        _, out, _ = run("evaluate", few, "--format", "json", *words)
        found.append(next(row["right"] for row in json.loads(out) if row["measure"] == "vessels"))
    assert found[1] <= found[0]


def test_floors_are_pinned_held_and_lowered(run, few: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert run("evaluate", few, "--floors", floors, "--pin")[0] == 0
    assert run("evaluate", few, "--floors", floors)[0] == 0
    data = json.loads(floors.read_text())
    data["few"]["figures"]["vessels"] = 1.5
    floors.write_text(json.dumps(data))
    code, _, err = run("evaluate", few, "--floors", floors)
    assert code == 1
    assert "vessels fell below its floor" in err
    code, _, err = run("evaluate", few, "--floors", floors, "--pin")
    assert code == 1
    assert "--lower REASON" in err
    assert run("evaluate", few, "--floors", floors, "--pin", "--lower", "a test")[0] == 0
    assert json.loads(floors.read_text())["few"]["lowered"] == ["a test"]
    (few / next(few.iterdir()).name).unlink()
    code, _, err = run("evaluate", few, "--floors", floors)
    assert code == 1
    assert "other documents" in err


BROKEN = {"empty": "", "text": "not json", "list": "[]", "parts": '{"document": {}}', "types": '{"document": 3, "vessels": 4, "events": {}}'}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_document_costs_one_line(run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    code, out, err = run("evaluate", tmp_path)
    assert code == 1
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "a.json" in err


def test_wrong_usage(run, few: Path, tmp_path: Path) -> None:
    assert run("evaluate", few, "--pin")[0] == 2
    (tmp_path / "none").mkdir()
    assert run("evaluate", tmp_path / "none")[0] in (1, 3)
    assert run("evaluate", tmp_path / "missing")[0] in (1, 2)
    assert run("evaluate", few, "--floors", tmp_path / "no-such.json")[0] == 1
