"""The queue of review: its order, its list, its keys, and what it writes for `tracker evaluate`."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.analysis.urgency import urgency
from tracker.cli.review import Desk, marked, queue, work_through
from tracker.intake.deciding import By
from tracker.store.queries import EventFilter
from tracker.store.reader import open_reader

TEXT = (
    "The oiler Yelnya left Tartus on 3 December 2024. Two Russian frigates were reportedly in Tartus on 2 December 2024.\n\n"
    "The Russian intelligence ship Kildin possibly passed the Bosphorus on 1 December 2024."
)


@pytest.fixture
def url(run, store: Path, tmp_path: Path) -> str:
    file = tmp_path / "report.txt"
    file.write_text(TEXT)
    assert run("ingest", file, "--published", "2024-12-05", "--source", "Wire A")[0] == 0
    return f"sqlite:///{store}"


def queued(run, *words: str) -> list[dict]:
    code, out, _ = run("review", *words, "--format", "json")
    return json.loads(out) if code == 0 else []


def press(url: str, keys: str, answers: Sequence[str] = ()) -> int:
    """Work through the queue with these keys."""
    with open_reader(url, datetime(2024, 12, 20, tzinfo=UTC)) as reader:
        rows = queue(reader.unreviewed(EventFilter()))
        pressed, answered = iter(keys), iter(answers)
        desk = Desk(url, By("Ann"), lambda: next(pressed, ""), lambda _: next(answered))
        return work_through(rows, lambda row: reader.document_text(row["document_id"]), desk)


def test_a_doubtful_move_of_a_named_vessel_told_as_a_fact_comes_first() -> None:
    sure = {"confidence": 0.5, "named": True}
    assert urgency("departure", "asserted", **sure) > urgency("in_port", "asserted", **sure)
    assert urgency("departure", "asserted", **sure) > urgency("departure", "possible", **sure)
    assert urgency("departure", "asserted", **sure) > urgency("departure", "asserted", 0.5, named=False)
    assert urgency("departure", "asserted", 0.9, named=True) < urgency("departure", "asserted", **sure)
    assert urgency("in_port", "asserted", 1.0, named=True) == 0


def test_the_list_is_in_order_and_filtered(run, url: str) -> None:
    rows = queued(run)
    assert len(rows) == 3
    assert [row["urgency"] for row in rows] == sorted((row["urgency"] for row in rows), reverse=True)
    assert [row["vessel"] for row in queued(run, "--vessel", "Kildin")] == ["Kildin"]
    assert len(queued(run, "--limit", "1")) == 1
    code, out, err = run("review")
    assert code == 0
    assert "Yelnya" in out
    assert "3 claims" in err


def test_each_key_does_what_it_says(run, url: str) -> None:
    first = [row["claim_id"] for row in queued(run)]
    assert press(url, "xas") == 1  # x means nothing; a accepts, s skips; then the keys end
    assert [row["claim_id"] for row in queued(run)] == first[1:]
    assert press(url, "r") == 1
    assert [row["claim_id"] for row in queued(run)] == first[2:]
    assert press(url, "e", ("at_sea", "2024-12-01", "Black Sea", "reported")) == 1
    assert queued(run) == []
    actions = [row["action"] for row in json.loads(run("history", "--format", "json")[1])]
    assert actions == ["edit", "reject", "accept"]
    edited = next(row for row in json.loads(run("events", "list", "--format", "json")[1]) if row["kind"] == "at_sea")
    assert (edited["place"], edited["start"], edited["modality"]) == ("Black Sea", "2024-12-01", "reported")


def test_on_a_terminal_one_key_decides(run, url: str) -> None:
    controller, terminal = pty.openpty()
    os.write(controller, b"a")
    process = subprocess.Popen([sys.executable, "-m", "tracker", "review", "--limit", "1"], stdin=terminal, stdout=terminal, stderr=subprocess.PIPE)
    assert "1 claim decided" in process.communicate(timeout=60)[1].decode()
    assert process.returncode == 0
    os.close(terminal)
    os.close(controller)
    assert len(queued(run)) == 2


def test_a_wrong_answer_is_told_and_the_claim_stays(run, url: str, capsys) -> None:
    before = queued(run)
    assert press(url, "eq", ("sailing", "", "", "")) == 0
    assert "is none of departure" in capsys.readouterr().err
    assert queued(run) == before


def test_the_sentence_shows_what_filled_each_slot(run, url: str, capsys) -> None:
    press(url, "sssq")
    out = capsys.readouterr().out
    assert "Yelnya: vessel]" in out
    assert "[Tartus: origin]" in out
    assert "read by rule" in out
    assert marked("Yelnya left Tartus.", (0, 19), [("origin", (12, 18)), ("vessel", (0, 6))]) == "[Yelnya: vessel] left [Tartus: origin]."


def test_reviewed_documents_are_annotated_documents(run, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "corrections"
    assert run("review", "export", folder)[0] == 3
    press(url, "aar")
    code, out, _ = run("review", "export", folder)
    assert (code, len(out.splitlines())) == (0, 1)
    data = json.loads((folder / out.strip()).read_text())
    assert data["document"]["text"] == TEXT
    assert len(data["events"]) == 2
    assert run("evaluate", folder)[0] == 0
    scorer = Path(__file__).parent.parent / "corpus" / "score.py"
    command = f"{sys.executable} -m tracker extract {{text}} --published {{date}} --format json"
    scored = subprocess.run([sys.executable, str(scorer), str(folder), "--cmd", command], capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stderr
    assert "events" in scored.stdout


def test_what_people_decided_is_shown(run, url: str) -> None:
    (event,) = (row["event_id"] for row in json.loads(run("events", "list", "--vessel", "Yelnya", "--format", "json")[1]))
    assert run("events", "list", "--status", "accepted")[0] == 3
    assert "accepted" not in run("events", "show", event)[1]
    assert run("events", "accept", event)[0] == 0
    for shown in (("events", "list"), ("events", "show", event), ("vessels", "show", "Yelnya"), ("where", "Yelnya", "--on", "2024-12-04")):
        code, out, _ = run(*shown)
        assert code == 0
        assert "accepted" in out, shown
    assert [row["event_id"] for row in json.loads(run("events", "list", "--status", "accepted", "--format", "json")[1])] == [event]
    assert event not in run("events", "list", "--status", "open", "--format", "json")[1]
    assert "Yelnya" in run("vessels", "list", "--status", "accepted")[1]
    assert "Kildin" not in run("vessels", "list", "--status", "accepted")[1]
    (answer,) = json.loads(run("where", "Yelnya", "--on", "2024-12-04", "--format", "json")[1])
    assert answer["status"] == "accepted"


def test_the_status_known_on_a_day_filters_too(run, url: str) -> None:
    (event,) = (row["event_id"] for row in json.loads(run("events", "list", "--vessel", "Yelnya", "--format", "json")[1]))
    assert run("events", "accept", event)[0] == 0
    known = ("--known-on", "2030-01-01", "--status", "accepted")
    assert [row["event_id"] for row in json.loads(run("events", "list", *known, "--format", "json")[1])] == [event]
    assert "Yelnya" in run("vessels", "list", *known)[1]


def test_an_edited_claim_says_so(run, url: str) -> None:
    (event,) = (row["event_id"] for row in json.loads(run("events", "list", "--vessel", "Kildin", "--format", "json")[1]))
    assert run("events", "edit", event, "--date", "2024-12-02")[0] == 0
    (row,) = json.loads(run("events", "list", "--vessel", "Kildin", "--format", "json")[1])
    assert "edited by a person" in run("events", "show", row["event_id"])[1]
