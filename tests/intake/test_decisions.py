"""Decisions last: a document that is read again tells what people left of it, and undoing works with documents in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from tests.intake.test_undo import tables
from tracker.errors import StoreError
from tracker.intake.deciding import merging
from tracker.store import decisions, migrate
from tracker.store.engine import connect, session
from tracker.store.ledger import Ledger
from tracker.store.tables import DocumentRow

FIRST = (
    "Two Russian frigates left Tartus on 2 December 2024. The oiler Yelnya left Tartus on 3 December 2024.\n\n"
    "The Russian landing ship Alexandr Shabaline entered the Mediterranean on 4 December 2024."
)
SECOND = "The Russian landing ship Alexandr Shabaline reached Tartus on 6 December 2024. The oiler Yelnya left Tartus on 3 December 2024."


@pytest.fixture
def read(run, store: Path, tmp_path: Path) -> Callable[[str, str], None]:
    """Read a report under a name."""

    def take(name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text)
        assert run("ingest", file, "--published", "2024-12-08", "--source", name)[0] == 0

    return take


def listed(run, *words: str) -> list[dict]:
    code, out, _ = run("events", "list", *words, "--format", "json")
    return json.loads(out) if code == 0 else []


def one(run, **wanted: str) -> dict:
    (found,) = (row for row in listed(run) if all(row[name] == value for name, value in wanted.items()))
    return found


def reread(store: Path, read: Callable[[str, str], None], name: str, text: str) -> None:
    """Take a document out of the store and read it again."""
    url = f"sqlite:///{store}"
    with session(url) as work:
        for number in work.scalars(select(DocumentRow.id).where(DocumentRow.text == text)).all():
            decisions.forget_document(Ledger(work), number, merging(work))
    read(name, text)


SHABALIN, UNLISTED = "ru/aleksandr-shabalin", "ru/alexandr-shabaline-unlisted"


def decide_reject(run) -> None:
    assert run("events", "reject", one(run, vessel="Yelnya")["event_id"], "--why", "not she")[0] == 0


def decide_accept(run) -> None:
    assert run("events", "accept", one(run, vessel="Yelnya")["event_id"])[0] == 0


def decide_edit(run) -> None:
    words = ("--kind", "in_port", "--date", "2024-12-01", "--modality", "possible")
    assert run("events", "edit", one(run, vessel="Yelnya")["event_id"], *words)[0] == 0


def decide_merge(run) -> None:
    assert run("vessels", "merge", SHABALIN, UNLISTED)[0] == 0


def decide_alias(run) -> None:
    assert run("vessels", "alias", "add", SHABALIN, "Alexandr Shabaline")[0] == 0


def decide_split(run) -> None:
    claims = ("--claims", one(run, vessel="Yelnya")["event_id"])
    assert run("vessels", "split", "ru/yelnya", *claims, "--as", "Other Yelnya")[0] == 0


def decide_identify(run) -> None:
    names = ("--as", "Admiral Gorshkov", "--as", "Admiral Golovko")
    assert run("vessels", "identify", "2 frigates, Tartus, 2024-12-02", *names)[0] == 0


def decide_vessel(run) -> None:
    assert run("vessels", "edit", UNLISTED, "--hull", "110")[0] == 0


ALL = [decide_reject, decide_accept, decide_edit, decide_merge, decide_alias, decide_split, decide_identify, decide_vessel]


@pytest.mark.parametrize("decide", ALL, ids=lambda f: f.__name__)
def test_a_decision_survives_reading_the_document_again(run, store: Path, read, decide: Callable) -> None:
    read("first", FIRST)
    unread = listed(run)
    decide(run)
    decided = listed(run)
    assert decided != unread or decide is decide_vessel
    reread(store, read, "first", FIRST)
    clock = {"as_of": None}
    assert [row | clock for row in listed(run)] == [row | clock for row in decided]
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))


def test_what_people_said_of_a_vessel_holds_for_the_next_document(run, store: Path, read) -> None:
    read("first", FIRST)
    decide_merge(run)
    read("second", SECOND)
    assert {row["vessel_key"] for row in listed(run, "--vessel", "Alexandr Shabaline")} == {SHABALIN}
    assert UNLISTED not in {row["vessel_key"] for row in listed(run)}
    code, out, _ = run("vessels", "show", UNLISTED)
    assert code == 0
    assert "Aleksandr Shabalin" in out.splitlines()[0]


@pytest.mark.parametrize("decide", [d for d in ALL if d is not decide_vessel], ids=lambda f: f.__name__)
def test_undoing_after_another_document_came_in_gives_what_reading_both_gives(run, store: Path, read, tmp_path: Path, decide: Callable) -> None:
    read("first", FIRST)
    read("second", SECOND)
    plain = told(store)
    connect(f"sqlite:///{store}").dispose()
    for file in store.parent.iterdir():
        file.unlink()
    read("first", FIRST)
    decide(run)
    read("second", SECOND)
    assert told(store) != plain
    code, _, err = run("undo")
    assert code == 0, err
    assert told(store) == plain
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))


def told(store: Path) -> dict[str, list[tuple]]:
    """What the store says of vessels and events."""
    found = tables(f"sqlite:///{store}")
    return {name: found[name] for name in ("vessel", "vessel_alias", "claim", "event", "decision", "read_claim")}


def test_a_vessel_that_documents_tell_of_by_now_stays(run, store: Path, read) -> None:
    assert run("db", "init")[0] == 0
    assert run("vessels", "add", "Alexandr Shabaline", "--type", "landing_ship", "--country", "RU")[0] == 0
    read("first", FIRST)
    before = told(store)
    code, _, err = run("undo")
    assert code == StoreError.exit_code
    assert "has claims by now" in err
    assert told(store) == before


def test_an_event_of_ones_own(run, store: Path, read) -> None:
    read("first", FIRST)
    words = ("--kind", "arrival", "--place", "Tartus", "--date", "2024-12-07", "--quote", "Kildin came in on Saturday.", "--who", "Ann")
    assert run("events", "add", "Kildin", *words)[0] == 0
    row = one(run, vessel="Kildin")
    assert (row["source"], row["quote"], row["destination"], row["modality"], row["status"]) == (
        "analyst Ann",
        "Kildin came in on Saturday.",
        "Tartus",
        "reported",
        "accepted",
    )
    read("second", SECOND)
    assert run("undo")[0] == 0
    assert "Kildin" not in {row["vessel"] for row in listed(run)}
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))


def test_a_rejected_claim_stands_again_when_it_is_accepted(run, store: Path, read) -> None:
    read("first", FIRST)
    event = one(run, vessel="Yelnya")["event_id"]
    decide_reject(run)
    assert "Yelnya" not in {row["vessel"] for row in listed(run)}
    assert run("events", "accept", event)[0] == 0
    assert one(run, vessel="Yelnya")["status"] == "accepted"
    assert run("undo", "2")[0] == 0
    assert one(run, vessel="Yelnya")["status"] == "open"


REFUSED = [
    (("events", "accept", "nothing"), 3, 'no event "nothing"'),
    (("events", "edit", "{event}"), 2, "nothing to edit"),
    (("events", "edit", "{event}", "--date", "2025-01-02"), 2, "--modality planned"),
    (("events", "edit", "{event}", "--place", "Nowhere"), 3, "no place"),
    (("events", "edit", "{event}", "--destination", "Tartus"), 2, "both Tartus"),
    (("events", "add", "Kildin", "--kind", "arrival", "--quote", " "), 2, "--quote is empty"),
    (("vessels", "merge", "ru/yelnya", "Yelnya"), 2, "one vessel already"),
    (("vessels", "merge", "ru/yelnya", "{unnamed}"), 2, "identify"),
    (("vessels", "identify", "{unnamed}", "--as", "Admiral Gorshkov"), 2, "stands for 2"),
    (("vessels", "identify", "2 frigates, Tartus, 2023-01-01"), 3, "no unnamed record"),
    (("vessels", "identify", "frigates at Tartus"), 2, "what, where and when"),
    (("vessels", "identify", "ru/yelnya", "--as", "Kildin"), 2, "what, where and when"),
    (("vessels", "split", "ru/yelnya", "--claims", "zzz", "--as", "X"), 3, "no claim"),
    (("vessels", "alias", "add", "ru/yelnya", "Kildin"), 2, "in the register"),
    (("vessels", "edit", "ru/yelnya"), 2, "nothing to edit"),
    (("vessels", "add", "Alexandr Shabaline", "--type", "tug", "--country", "RU"), 2, "there already"),
    (("undo",), 3, "nothing to undo"),
    (("history",), 3, "nobody decided"),
]


@pytest.mark.parametrize(("words", "code", "why"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_what_makes_no_sense_is_refused_in_one_line(run, store: Path, read, words: tuple[str, ...], code: int, why: str) -> None:
    read("first", FIRST)
    before = told(store)
    event, unnamed = one(run, vessel="Yelnya")["event_id"], next(row["vessel_key"] for row in listed(run) if "unnamed" in row["vessel_key"])
    found, _, err = run(*(word.format(event=event, unnamed=unnamed) for word in words))
    assert (found, why in err) == (code, True), err
    assert told(store) == before


def test_the_history_tells_who_and_why_and_what_was_taken_back(run, store: Path, read) -> None:
    read("first", FIRST)
    decide_reject(run)
    assert run("undo", "--who", "Bob")[0] == 0
    rows = json.loads(run("history", "--format", "json")[1])
    assert [(row["action"], row["why"], row["undone"]) for row in rows] == [("undo", None, False), ("reject", "not she", True)]
    assert rows[0]["who"] == "Bob"
    assert len(json.loads(run("history", "Yelnya", "--format", "json")[1])) == 2
    assert run("history", "Kildin")[0] == 3


def test_the_history_tells_what_changed_from_what_to_what(run, store: Path, read) -> None:
    read("first", FIRST)
    decide_edit(run)
    decide_alias(run)
    assert run("sources", "grade", json.loads(run("sources", "list", "--format", "json")[1])[0]["source"], "B", "--why", "often right")[0] == 0
    grade, alias, edit = (row["what"] for row in json.loads(run("history", "--format", "json")[1]))
    assert grade == "grade: F -> B"
    assert alias.startswith("name: Alexandr Shabaline")
    assert edit.startswith("date: 2024-12-03 -> 2024-12-01; kind: departure -> in_port; ")
    assert "modality: asserted -> possible" in edit
    assert edit.endswith("1 claim, 1 event")


def test_of_vessels_that_an_unnamed_one_may_be_those_come_of_which_something_is_told(run, store: Path, read) -> None:
    read("first", FIRST)
    words = ("vessels", "identify", "2 frigates, Tartus, 2024-12-02", "--format", "json")
    code, out, err = run(*words)
    everyone = json.loads(run(*words, "--all")[1])
    told = json.loads(out) if code == 0 else []
    assert len(everyone) > len(told)
    assert [row["vessel_key"] for row in everyone if row["fits"] != "unknown"] == [row["vessel_key"] for row in told]
    assert "--all lists" in err
