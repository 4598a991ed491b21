"""Another text of a page is another version: one stands, none is lost, and the order in which they came doesn't matter."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.intake.test_decisions import listed, one
from tests.intake.test_undo import tables
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.intake.seeding import make_store
from tracker.store import migrate
from tracker.store.engine import copy_sqlite, session
from tracker.store.tables import DocumentRow

PAGE = "https://wire.example/yelnya"
FIRST = ("The oiler Yelnya left Tartus on 2 December 2024. Two Russian frigates left Tartus on 3 December 2024.", "2024-12-05")
SECOND = ("The oiler Yelnya left Tartus on 4 December 2024. The Kildin reached Tartus on 3 December 2024.", "2024-12-08")
THIRD = ("This report was taken back by its author.", "2024-12-09")
OTHER = ("The oiler Yelnya left Tartus on 2 December 2024, the port said.", "2024-12-06")


def whole(url: str) -> dict[str, list]:
    """What the store holds, but for when its documents were read, and the order of ids that lead to others."""
    found = tables(url)
    with session(url) as work:
        names = [name for name in DocumentRow.model_fields if name not in ("ingested_at", "path")]
        found["document"] = [tuple(map(str, row)) for row in work.connection().execute(text(f"SELECT {', '.join(names)} FROM document ORDER BY id"))]
    return {name: rows for name, rows in found.items() if name != "event_alias"}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "tracker.db"
    make_store(f"sqlite:///{path}")
    return path


SENTENCES = (
    "The oiler Yelnya left Tartus on 2 December 2024.",
    "The oiler Yelnya left Tartus on 3 December 2024.",
    "Two Russian frigates left Tartus on 3 December 2024.",
    "The Kildin is in Tartus.",
    "The tug Sergey Kolbasin reached Tartus on 4 December 2024.",
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["a", "a", "b"]), st.sets(st.sampled_from(SENTENCES), max_size=3)), min_size=2, max_size=4, unique_by=str),
    st.data(),
)
def test_any_order_of_ingesting_gives_the_same_store(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, versions: list[tuple[str, set[str]]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("orders")
    found = []
    numbered = list(enumerate(versions))
    for order in (numbered, data.draw(st.permutations(numbered))):
        path = folder / f"{len(found)}.db"
        copy_sqlite(seeded, path)
        for number, (page, sentences) in order:
            file = folder / f"{number}.txt"
            file.write_text(" ".join([f"Report {number}.", *sorted(sentences)]))
            options = ReadOptions(published=None, url=f"https://wire.example/{page}", source="Wire A")
            told = f"---\npublished: 2024-12-{10 + number}\n---\n{file.read_text()}"
            file.write_text(told)
            ingest([str(file)], options, f"sqlite:///{path}")
        assert [result for _, result in migrate.check(f"sqlite:///{path}") if result != "ok"] == []
        found.append(whole(f"sqlite:///{path}"))
    assert found[0] == found[1]


def test_the_later_version_stands_and_says_so(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    err = take(*SECOND, url=PAGE)
    assert "a new version" in err and "tracker sources versions" in err
    assert [(row["vessel"], row["start"]) for row in listed(run)] == [("Kildin", "2024-12-03"), ("Yelnya", "2024-12-04")]
    assert "an earlier version" in take("The Kildin left Tartus on 30 November 2024.", "2024-12-01", url=PAGE)
    assert len(listed(run)) == 2
    states = [(row["published"], row["state"], row["until"]) for row in json.loads(run("sources", "documents", "--format", "json")[1])]
    assert states == [("2024-12-01", "replaced", "2024-12-05"), ("2024-12-05", "replaced", "2024-12-08"), ("2024-12-08", "current", None)]


def test_what_was_known_on_a_day_is_what_the_version_of_that_day_told(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    before = [row | {"as_of": None} for row in listed(run)]
    take(*OTHER, url="https://paper.example/1", source="Paper")
    take(*SECOND, url=PAGE)
    take(*THIRD, url=PAGE)
    assert {row["vessel"] for row in listed(run)} == {"Yelnya"}
    assert [row | {"as_of": None} for row in listed(run, "--known-on", "2024-12-05")] == before
    (yelnya,) = (row for row in listed(run, "--known-on", "2024-12-07") if row["vessel"] == "Yelnya")
    assert (yelnya["claims"], yelnya["roots"]) == (2, 2)
    assert [(row["vessel"], row["start"]) for row in listed(run, "--known-on", "2024-12-08")] == [
        ("Yelnya", "2024-12-02"),
        ("Kildin", "2024-12-03"),
        ("Yelnya", "2024-12-04"),
    ]
    assert listed(run, "--known-on", "2024-12-04") == []


def test_a_report_by_what_was_known_quotes_the_version_of_that_day(run, store: Path, take, tmp_path: Path) -> None:
    take(*FIRST, url=PAGE)
    take(*SECOND, url=PAGE)
    words = ("--since", "2024-12-01", "--until", "2024-12-31", "--as-of", "2024-12-31")
    for known, day in (("2024-12-06", "2 December"), ("2024-12-09", "4 December")):
        assert run("report", "movements", *words, "--known-on", known, "-o", tmp_path / "r.md")[0] == 0
        assert f"Yelnya left Tartus on {day}" in (tmp_path / "r.md").read_text()


def test_decisions_hold_for_what_was_known_before_too(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    identify = ("--as", "Admiral Gorshkov", "--as", "Admiral Golovko")
    assert run("vessels", "identify", "2 frigates, Tartus, 2024-12-03", *identify)[0] == 0
    assert run("events", "reject", one(run, vessel="Yelnya")["event_id"], "--why", "not she")[0] == 0
    take(*SECOND, url=PAGE)
    assert {row["vessel"] for row in listed(run, "--known-on", "2024-12-06")} == {"Admiral Gorshkov", "Admiral Golovko"}
    assert run("undo")[0] == 0
    assert {row["vessel"] for row in listed(run, "--known-on", "2024-12-06")} == {"Admiral Gorshkov", "Admiral Golovko", "Yelnya"}
    assert {row["vessel"] for row in listed(run)} == {"Yelnya", "Kildin"}


def test_the_versions_are_compared_slot_by_slot(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    assert run("sources", "versions", PAGE)[0] == 3
    assert run("events", "accept", one(run, vessel="Yelnya")["event_id"])[0] == 0
    take(*SECOND, url=PAGE)
    rows = json.loads(run("sources", "versions", PAGE, "--format", "json")[1])
    assert [(row["what"], row["vessel"], row["slots"], row["decided"]) for row in rows] == [
        ("changed", "Yelnya", "date: 2 Dec 2024 -> 4 Dec 2024", "accept"),
        ("gone", "2 × frigate, unnamed", None, None),
        ("new", "Kildin", None, None),
    ]
    _, out, _ = run("sources", "versions", PAGE)
    assert "1 to 2: 1 gone, 1 changed, 1 new, 0 same" in out
    code, out, _ = run("sources", "show", rows[0]["old_document_id"][:8])
    assert code == 0 and "replaced on 8 Dec 2024" in out and "Yelnya: left Tartus, 2 Dec 2024" in out
    assert run("sources", "show", rows[0]["old_document_id"], "--text")[1] == FIRST[0]


def test_a_withdrawn_document_tells_nothing_and_is_kept(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    before = whole(f"sqlite:///{store}")
    assert run("sources", "withdraw", PAGE, "--why", "taken back", "--on", "2024-12-07")[0] == 0
    assert listed(run) == []
    assert len(listed(run, "--known-on", "2024-12-06")) == 2
    assert listed(run, "--known-on", "2024-12-07") == []
    assert [row["state"] for row in json.loads(run("sources", "documents", "--format", "json")[1])] == ["withdrawn"]
    assert run("review", "export", store.parent / "out")[0] == 3  # it is no document to learn from
    assert run("sources", "withdraw", PAGE, "--on", "2024-12-07")[0] == 2  # it is so already
    assert run("undo")[0] == 0
    assert whole(f"sqlite:///{store}") == before


def test_a_version_that_is_withdrawn_brings_none_back(run, store: Path, take) -> None:
    take(*FIRST, url=PAGE)
    take(*SECOND, url=PAGE)
    assert run("sources", "withdraw", PAGE)[0] == 0
    assert listed(run) == []
    first = json.loads(run("sources", "documents", "--format", "json")[1])[0]["document_id"]
    assert run("sources", "restore", first, "--why", "the second was of another page")[0] == 0
    assert {row["vessel"] for row in listed(run)} == {"Yelnya", "2 × frigate, unnamed"}
    assert run("undo", "2")[0] == 0
    assert {row["vessel"] for row in listed(run)} == {"Yelnya", "Kildin"}


@pytest.mark.parametrize("first", ["reject", "withdraw", "restore"])
def test_undoing_what_was_decided_before_a_version_came_gives_what_reading_all_gives(run, store: Path, take, first: str) -> None:
    take("The Kildin left Tartus on 1 December 2024.", "2024-12-04", url=PAGE)
    take(*FIRST, url=PAGE)
    if first == "reject":
        assert run("events", "reject", one(run, vessel="Yelnya")["event_id"])[0] == 0
    elif first == "withdraw":
        assert run("sources", "withdraw", PAGE)[0] == 0
    else:
        oldest = json.loads(run("sources", "documents", "--format", "json")[1])[0]["document_id"]
        assert run("sources", "restore", oldest)[0] == 0
        assert {row["vessel"] for row in listed(run)} == {"Kildin", "Yelnya", "2 × frigate, unnamed"}
    take(*SECOND, url=PAGE)
    assert run("undo")[0] == 0
    assert [(row["vessel"], row["start"]) for row in listed(run)] == [("Kildin", "2024-12-03"), ("Yelnya", "2024-12-04")]
    assert [result for _, result in migrate.check(f"sqlite:///{store}") if result != "ok"] == []


def test_posts_that_share_the_address_of_their_channel_are_no_versions(run, store: Path, tmp_path: Path) -> None:
    days = zip(("2024-12-03", "2024-12-05"), ("2", "4"), strict=True)
    channel = "https://chat.example/channel"
    posts = [{"text": f"The oiler Yelnya left Tartus on {day} December 2024.", "url": channel, "published": told} for told, day in days]
    (tmp_path / "posts.jsonl").write_text("\n".join(map(json.dumps, posts)))
    assert run("ingest", tmp_path / "posts.jsonl", "--source", "Channel")[0] == 0
    assert [row["start"] for row in listed(run)] == ["2024-12-02", "2024-12-04"]


REFUSED = [
    (("sources", "show", "nothing"), 3, "no document"),
    (("sources", "show", "%"), 3, "no document"),
    (("sources", "withdraw", PAGE, "--on", "2999-01-01"), 2, "lies ahead"),
    (("sources", "restore", PAGE), 2, "stands already"),
    (("sources", "versions", "https://wire.example/other"), 3, "no document"),
]


@pytest.mark.parametrize(("words", "code", "why"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_what_makes_no_sense_is_refused_in_one_line(run, store: Path, take, words: tuple[str, ...], code: int, why: str) -> None:
    take(*FIRST, url=PAGE)
    before = whole(f"sqlite:///{store}")
    found, _, err = run(*words)
    assert (found, why in err) == (code, True), err
    assert whole(f"sqlite:///{store}") == before


REPEATED = f"Corrected. {FIRST[0].replace('Two Russian frigates', 'Three Russian frigates')}"


@pytest.mark.parametrize("decide", ["reject", "edit", "accept"])
def test_what_was_decided_of_a_sentence_holds_for_a_version_that_repeats_it(run, store: Path, take, decide: str) -> None:
    take(*FIRST, url=PAGE)
    event = one(run, vessel="Yelnya")["event_id"]
    assert run("events", decide, event, *(("--modality", "possible") if decide == "edit" else ()))[0] == 0
    before = [(row["vessel"], row["modality"], row["status"]) for row in listed(run) if row["vessel"] == "Yelnya"]
    assert "of 1 of its claims holds" in take(REPEATED, "2024-12-08", url=PAGE)
    assert [(row["vessel"], row["modality"], row["status"]) for row in listed(run) if row["vessel"] == "Yelnya"] == before
    assert {row["vessel"] for row in listed(run)} - {"Yelnya"} == {"3 × frigate, unnamed"}
    assert json.loads(run("history", "--format", "json")[1])[0]["who"] == "tracker"
    assert run("undo")[0] == 0
    assert [(row["modality"], row["status"]) for row in listed(run) if row["vessel"] == "Yelnya"] == [("asserted", "open")]
    assert [result for _, result in migrate.check(f"sqlite:///{store}") if result != "ok"] == []


def test_the_id_of_an_event_that_no_longer_stands_leads_to_its_document(run, take, store: Path) -> None:
    take(*FIRST, url=PAGE)
    event = one(run, vessel="Yelnya")
    take(*SECOND, url=PAGE)
    code, _, err = run("events", "show", event["event_id"])
    assert (code, f"tracker sources show {event['document_id'][:8]}" in err) == (3, True)


def test_all_orders_of_three_versions(run, take, store: Path, seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for number, order in enumerate(itertools.permutations((FIRST, SECOND, OTHER))):
        path = tmp_path / f"{number}.db"
        copy_sqlite(seeded, path)
        monkeypatch.setenv("TRACKER_DB", str(path))
        for version in order:
            take(*version, url=PAGE)
        found.append(whole(f"sqlite:///{path}"))
    assert all(one_ == found[0] for one_ in found)
