"""`tracker import events`: the line for each wrong row, the summary, the exit code, and our own exports read back."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource

GOOD = "Ship,What,Port,Date,Outlet,Remarks\nYelnya,left,Tartus,2024-12-02,Wire A,Yelnya left Tartus on Monday.\n"
BAD = GOOD + "Yelnya,flew,Tartus,2024-12-03,Wire A,\n,left,Tartus,2024-12-03,Wire A,\n"
TYPED = ("--map", "Remarks=quote")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "fleet.csv"
    path.write_text(GOOD.replace("Ship,", "Ship,Type,").replace("Yelnya,left", "Yelnya,oiler,left"))
    return path


def test_a_spreadsheet(run, store: Path, sheet: Path) -> None:
    code, out, err = run("import", "events", str(sheet), *TYPED)
    assert code == 0, err
    assert [line.split() for line in out.splitlines() if line.startswith(("documents", "events", "claims"))] == [
        ["documents", "1"],
        ["events,", "new", "1"],
        ["claims", "1"],
    ]
    (event,) = [json.loads(line) for line in run("events", "list", "--format", "jsonl")[1].splitlines()]
    assert (event["vessel_key"], event["kind"], event["origin"]) == ("ru/yelnya", "departure", "Tartus")
    assert (event["quote"], event["rule"], event["modality"]) == ("Yelnya left Tartus on Monday.", "import.quoted", "reported")


def test_a_column_that_nobody_knows_is_told(run, store: Path, sheet: Path) -> None:
    err = run("import", "events", str(sheet))[2]
    assert "column Remarks is not known and was left out; --map 'Remarks=FIELD'" in err
    assert "1 row without a quote, marked import.unquoted" in err


def test_wrong_rows_are_a_line_each_and_nothing_is_written(run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(BAD.replace("Yelnya", "Admiral Grigorovich"))
    code, _, err = run("import", "events", str(path), *TYPED)
    lines = err.splitlines()
    assert code == 1
    assert lines[0].startswith(f'{path}: row 3: kind: "flew" is not one of')
    assert lines[1] == f"{path}: row 4: no vessel"
    assert lines[-1] == "tracker: 2 rows wrong, so nothing was written; mend, or leave out with --skip-bad"
    assert not store.exists()
    code, out, err = run("import", "events", str(path), *TYPED, "--skip-bad", "--format", "json")
    assert (code, json.loads(out)["documents"], len(json.loads(out)["failures"])) == (0, 1, 2)


def test_standard_input(run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"ship": "Yelnya", "type": "oiler", "kind": "left", "source": "A"}\n')))
    assert run("import", "events", "-")[0] == 0
    assert "Yelnya" in run("vessels", "list")[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--map", "Remarks"), 2, "COLUMN=FIELD"),
        (("--map", "Remarks=colour"), 2, "no field colour"),
        (("--map", "Colour=quote"), 2, "no column Colour"),
    ],
)
def test_mappings_that_make_no_sense(run, store: Path, sheet: Path, words: tuple[str, ...], code: int, told: str) -> None:
    found, _, err = run("import", "events", str(sheet), *words)
    assert (found, told in err) == (code, True), err


def test_files_that_are_not_there(run, store: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        code, _, err = run("import", "events", str(path))
        assert (code, err.count("\n")) == (1, 1)


@pytest.mark.parametrize("how", ["csv", "tsv", "jsonl"])
def test_our_own_export_reads_back(run, tmp_path: Path, how: str) -> None:
    first, second = f"sqlite:///{tmp_path}/first.db", f"sqlite:///{tmp_path}/second.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), first)
    assert run("export", "events", "-o", str(tmp_path / f"events.{how}"), "--db", first)[0] == 0
    code, _, err = run("import", "events", str(tmp_path / f"events.{how}"), "--db", second)
    assert code == 0, err
    assert "warning" not in err
    same = (
        "kind",
        "place_key",
        "origin_key",
        "destination_key",
        "start",
        "end",
        "precision",
        "edtf",
        "modality",
        "hedge",
        "source",
        "published",
        "demo",
    )

    def told(url: str) -> list[tuple]:
        rows = [json.loads(line) for line in run("events", "list", "--format", "jsonl", "--db", url)[1].splitlines()]
        keys = [None if row["vessel_key"].startswith("unnamed/") else row["vessel_key"] for row in rows]
        return sorted((str(key), row["vessel"], *(str(row[name]) for name in same)) for key, row in zip(keys, rows, strict=True))

    assert told(first) == told(second)
