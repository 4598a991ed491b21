"""What stands behind a report: every printed line leads to events, claims and words, and every file of a report carries them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.report import scenes
from tests.report.test_pages import HOSTILE, PICTURES, facts_of
from tracker.errors import InputError, NothingFound
from tracker.report.blocks import Book, Bullets, Table
from tracker.report.book import write_report
from tracker.report.carried import evidence_in, into_png
from tracker.report.evidence import Evidence, evidence_of, read_evidence
from tracker.report.explain import reasons, sections
from tracker.report.layout import movement_book, movement_post

FILES = ("a.pdf", "a.png", "a.html", "a.md")


def evidence(book: Book | None = None) -> Evidence:
    facts = scenes.tartus_facts()
    return evidence_of(book or movement_book(facts, ()), facts, scenes.tartus_events(), scenes.tartus_claims())


def test_every_numbered_line_of_a_report_is_a_statement_with_events_and_claims() -> None:
    book = movement_book(scenes.tartus_facts(), ())
    lines = [line for block in book.blocks if isinstance(block, Bullets) for line in block.lines]
    lines += [line for block in book.blocks if isinstance(block, Table) for group in block.groups for row in group.rows for line in row]
    assert all(line.events for line in lines if line.refs)
    for reason in reasons(evidence(), "all"):
        for event, claims in reason.events:
            assert claims, f"{reason.id}: no claim stands behind {event['event_id']}"


def test_the_numbers_of_a_statement_are_those_of_its_claims() -> None:
    made = evidence()
    by_event = {row["event_id"]: row for row in made.events}
    for row in made.statements:
        if row["n"]:
            assert row["n"] == sorted({n for event in row["events"] for n in by_event[event]["n"]}), row


CASES = [
    ("key-points-2", 1, {"c01", "c02", "c03"}),
    ("strength-3", 1, {"c10"}),  # seen there, arrival not told: Novorossiysk
    ("[2]", 1, {"c04", "c06", "c07"}),
    ("2", 1, {"c04", "c06", "c07"}),
    ("composition", 7, None),
]


@pytest.mark.parametrize(("what", "number", "claims"), CASES, ids=[what for what, _, _ in CASES])
def test_what_can_be_asked_for(what: str, number: int, claims: set[str] | None) -> None:
    found = reasons(evidence(), what)
    assert len(found) == number
    if claims is not None:
        assert {row["claim_id"] for reason in found for row in reason.rows()} == claims


def test_an_id_is_found_by_its_beginning() -> None:
    ids = {row["event_id"]: f"{row['event_id']}{'0' * 13}" for row in scenes.tartus_events()}
    facts = scenes.tartus_facts()
    made = evidence_of(movement_book(facts, ()), facts, scenes.tartus_events(), scenes.tartus_claims())
    longer = read_evidence(json.dumps(json.loads(made.as_bytes())).replace('"e04"', f'"{ids["e04"]}"').encode(), "it")
    [reason] = reasons(longer, "e040")
    assert "left Tartus" in reason.text
    assert {claim["claim_id"] for _, claims in reason.events for claim in claims} == {"c04", "c05"}


def test_nothing_asked_is_the_key_points_and_the_counts() -> None:
    assert {reason.id.rpartition("-")[0] for reason in reasons(evidence())} == {"key-points", "strength"}


@pytest.mark.parametrize("what", ["key-points-99", "9999", "nonsense", "e0"])
def test_what_is_not_there_is_answered_with_what_is(what: str) -> None:
    with pytest.raises(NothingFound, match="key-points, strength"):
        reasons(evidence(), what)


def test_only_what_the_page_shows_is_carried() -> None:
    shown = sections(evidence(movement_post(scenes.tartus_facts(), ())))
    assert set(shown) == {"key-points", "vessels"}
    assert set(sections(evidence())) > {"key-points", "strength", "composition", "daily-events", "planned-denied"}


def test_the_same_report_has_the_same_record_and_reads_back_as_it_was() -> None:
    data = evidence().as_bytes()
    assert evidence().as_bytes() == data
    assert read_evidence(data, "it").as_bytes() == data


def test_tables_are_those_on_the_page() -> None:
    names, rows = evidence().tables["strength"]
    assert names == ("Group", "Named vessels", "Number", "Which", "Sources", "Events")
    assert [row["Number"] for row in rows][-2:] == ["1", "4"]
    assert rows[0]["Events"]


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_carries_it_and_still_opens(tmp_path: Path, name: str) -> None:
    data = evidence().as_bytes()
    path = write_report(scenes.tartus_facts(), PICTURES, tmp_path / name, evidence=data).path
    assert evidence_in(path).as_bytes() == data
    if name == "a.png":
        with Image.open(path) as picture:
            picture.load()
            assert picture.width == 1600
    if name == "a.pdf":
        assert list(PdfReader(path).attachments) == ["evidence.json"]
    if name == "a.md":
        assert path.read_text(encoding="utf-8").rstrip().endswith("-->")


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "--> <!--", *HOSTILE], ids=range(2 + len(HOSTILE)))
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_words_of_a_source_end_no_element_and_no_comment(tmp_path: Path, name: str, text: str) -> None:
    facts = facts_of(text)
    row = scenes.event("e1", "ru/yelnya", "departure", "2024-12-02", doc="d1", origin=text)
    made = evidence_of(movement_book(facts, ()), facts, [row], [scenes.claim("c1", "e1", "d1", text)])
    path = write_report(facts, {}, tmp_path / name, evidence=made.as_bytes()).path
    assert evidence_in(path).claims[0]["quote"] == text
    page = path.read_text(encoding="utf-8")
    assert page.count("<script" if name == "a.html" else "\n<!-- ") == 1


WRONG = [
    ("plain.pdf", b"%PDF-1.7\nbroken", "broken"),
    ("plain.png", b"\x89PNG\r\n\x1a\n", "carries no evidence"),
    ("plain.html", b"<html></html>", "carries no evidence"),
    ("plain.md", b"<!-- tracker-evidence AAAA -->", "damaged"),
    ("plain.md", b"<!-- tracker-evidence AAA -->", "damaged"),
    ("plain.bin", bytes(range(256)), "carries no evidence"),
    ("plain.json", b"{}", "no evidence of a report"),
    ("plain.json", b"[" * 100_000, "no evidence of a report"),
    ("plain.json", b'{"format": "x", "head": {}, "statements": [], "events": [], "claims": [], "sources": []}', "does not read"),
    (
        "plain.json",
        b'{"format": "tracker-evidence-1", "head": {}, "statements": [{"text": 1}], "events": [], "claims": [], "sources": []}',
        "lacks columns",
    ),
]


@pytest.mark.parametrize(("name", "data", "why"), WRONG, ids=[f"{name} {why}" for name, _, why in WRONG])
def test_what_carries_nothing_is_told_in_a_line(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=why):
        evidence_in(tmp_path / name)


def test_a_picture_that_says_too_much_is_not_unpacked() -> None:
    picture = io.BytesIO()
    Image.new("1", (1, 1)).save(picture, "PNG")
    data = into_png(picture.getvalue(), b"[" + b" " * 10_000_000)
    assert len(data) < 50_000
