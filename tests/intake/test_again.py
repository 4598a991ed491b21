"""Reading stored documents again: today's rules reach what was read before, and what people decided stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import claim, document, put
from tests.intake.test_decisions import ALL, FIRST, listed, told
from tests.intake.test_versions import whole
from tracker.domain.records import Claim
from tracker.intake import review
from tracker.intake.deciding import By
from tracker.intake.seeding import ensure_store
from tracker.store import migrate
from tracker.store.engine import session

BY = By("Ann")
SECOND = "The Russian landing ship Alexandr Shabaline reached Tartus on 6 December 2024. On 3 December 2024 the oiler Yelnya sailed from Tartus."


def again(run, *words: str) -> dict[str, int]:
    code, out, err = run("ingest", "--again", "--format", "json", *words)
    assert code == 0, err
    found: dict[str, int] = json.loads(out)
    return found


def sql(store: Path, *statements: str) -> None:
    with session(f"sqlite:///{store}") as work:
        for statement in statements:
            work.connection().execute(text(statement))


def test_what_is_read_as_before_stays_untouched(run, store: Path, take) -> None:
    take(FIRST, source="first")
    take(SECOND, source="second")
    before = whole(f"sqlite:///{store}")
    assert again(run) == {"documents": 2, "changed": 0, "new": 0, "gone": 0, "altered": 0, "kept": 0}
    assert whole(f"sqlite:///{store}") == before


def test_an_older_reading_becomes_what_reading_now_gives(run, store: Path, take) -> None:
    take(FIRST, source="first")
    take(SECOND, source="second")
    fresh = told(store)
    assert any(row.credibility == 2 for row in claims(store))
    sql(
        store,
        "DELETE FROM event WHERE vessel_key LIKE 'unnamed/%'",
        "DELETE FROM claim WHERE vessel_key LIKE 'unnamed/%'",
        "UPDATE claim SET marks = NULL, credibility = 6, confidence = 0.5",
        "UPDATE event SET credibility = 6",
        "UPDATE claim SET modality = 'possible' WHERE kind = 'arrival'",
        "UPDATE event SET modality = 'possible' WHERE kind = 'arrival'",
    )
    done = again(run)
    assert (done["documents"], done["changed"], done["new"], done["gone"]) == (2, 2, 1, 0)
    assert told(store) == fresh
    assert again(run)["changed"] == 0


def claims(store: Path) -> list:
    with session(f"sqlite:///{store}") as work:
        return list(work.connection().execute(text("SELECT * FROM claim")))


@pytest.mark.parametrize("decide", ALL, ids=lambda f: f.__name__)
def test_decisions_stand_after_reading_again(run, store: Path, take, decide: Callable) -> None:
    take(FIRST, source="first")
    decide(run)
    decided = told(store)
    sql(store, "UPDATE claim SET marks = NULL")
    again(run)
    assert told(store) == decided
    assert run("undo")[0] == 0
    undone = told(store)
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))
    assert again(run)["changed"] == 0
    assert told(store) == undone


OLD = claim("01d1", first="2024-12-02", origin="tartus", quote="The oiler Yelnya left Tartus on 3 December 2024.")


def old_store(store: Path, old: Claim = OLD) -> str:
    """A store in which older rules read the sentence on Yelnya as of another day."""
    url = f"sqlite:///{store}"
    ensure_store(url)
    put(url, document(FIRST, published="2024-12-08"), old)
    return url


def as_it_stands(url: str) -> None:
    """Nobody decides anything."""


DECIDED: list[tuple[str, Callable[[str], object], list[tuple[str, str]]]] = [
    ("nobody looked: today's reading", as_it_stands, [("Yelnya", "2024-12-03")]),
    ("accepted: as it was accepted", lambda url: review.accept(url, "01d1", BY), [("Yelnya", "2024-12-02")]),
    ("rejected: not again in another reading", lambda url: review.reject(url, "01d1", BY), []),
    (
        "edited: as it was put right",
        lambda url: review.edit(url, "01d1", review.Edit(interval=review.Interval.day(date(2024, 12, 1))), BY),
        [("Yelnya", "2024-12-01")],
    ),
]


@pytest.mark.parametrize(("decide", "expected"), [case[1:] for case in DECIDED], ids=[case[0] for case in DECIDED])
def test_what_a_person_judged_is_not_read_otherwise(run, store: Path, decide: Callable[[str], object], expected: list[tuple[str, str]]) -> None:
    url = old_store(store)
    decide(url)
    done = again(run)
    assert (done["changed"], done["kept"]) == (1, int(decide is not as_it_stands))
    found = [(row["vessel"], row["start"]) for row in listed(run) if row["vessel_key"] == "ru/yelnya"]
    assert found == expected
    assert {row["vessel"] for row in listed(run)} >= {"2 × frigate, unnamed", "Alexandr Shabaline"}
    assert all(result == "ok" for _, result in migrate.check(url))


def test_notes_and_rows_of_spreadsheets_stay(run, store: Path, tmp_path: Path, take) -> None:
    take(FIRST, source="first")
    words = ("--kind", "arrival", "--place", "Tartus", "--date", "2024-12-07", "--quote", "Kildin came in on Saturday.")
    assert run("events", "add", "Kildin", *words)[0] == 0
    (tmp_path / "sheet.csv").write_text("vessel,kind,place,date,source\nYelnya,arrival,Baltiysk,2024-12-20,Log\n")
    assert run("import", "events", tmp_path / "sheet.csv")[0] == 0
    before = whole(f"sqlite:///{store}")
    assert again(run)["documents"] == 1
    assert whole(f"sqlite:///{store}") == before


def test_only_the_documents_that_are_named(run, store: Path, take) -> None:
    take(FIRST, source="first")
    take(SECOND, source="second")
    sql(store, "UPDATE claim SET confidence = 0.5")
    number = hashlib.sha256(FIRST.encode()).hexdigest()[:8]
    assert again(run, number)["documents"] == 1
    assert again(run)["changed"] == 1


def test_a_store_from_before_versions_were_told_apart_learns_them(run, store: Path, take) -> None:
    take(FIRST, source="first")
    take(SECOND, source="second")
    sql(store, "UPDATE document SET address = 'wire.example/1'", "UPDATE document SET published = '2024-12-09' WHERE source_key = 'second'")
    again(run)
    assert {row["source"] for row in listed(run)} == {"second"}
    assert {row["source"] for row in listed(run, "--known-on", "2024-12-08")} == {"first"}
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))


REFUSED = [
    (("ingest", "--again", "--published", "2024-12-01"), 2, "can't be given with --again"),
    (("ingest", "--again", "nothing"), 3, "no document"),
    (("ingest", "--source", "Wire"), 2, "nothing to read"),
    (("ingest", "a.txt", "b.txt", "--url", "https://wire.example/1"), 2, "address of one document"),
]


@pytest.mark.parametrize(("words", "code", "why"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_what_makes_no_sense_is_refused_in_one_line(run, store: Path, take, words: tuple[str, ...], code: int, why: str) -> None:
    take(FIRST, source="first")
    found, _, err = run(*words)
    assert (found, why in err) == (code, True), err


def test_there_must_be_a_store(run, store: Path) -> None:
    assert run("ingest", "--again")[0] == 3


def test_when_it_was_first_read_stays(run, store: Path, take) -> None:
    take(FIRST, source="first")
    sql(store, "UPDATE document SET ingested_at = '2024-12-10 00:00:00.000000'", "UPDATE claim SET confidence = 0.5")
    assert again(run)["changed"] == 1
    (row,) = json.loads(run("sources", "documents", "--format", "json")[1])
    assert datetime.fromisoformat(row["ingested_at"]) == datetime(2024, 12, 10, tzinfo=UTC)
