"""The whole path in one go."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tracker.resources import resource


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that the demo makes."""
    from tracker.cli.app import main

    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--out", str(folder), "--as-of", "2025-02-01"]) == 0
    return folder


def ask(run, made: Path, *words: str) -> list[dict]:
    code, out, _ = run(*words, "--db", made / "tracker.db", "--format", "json", "--as-of", "2025-02-01")
    assert code == 0
    return json.loads(out)


def test_the_files_are_there(made: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in made.iterdir()}
    assert {"movements.pdf", "movements.png", "timeline.png", "map.png", "tracker.db"} <= set(sizes)
    assert all(size > 10_000 for size in sizes.values() if size)


def test_the_withdrawal_is_told(run, made: Path) -> None:
    events = ask(run, made, "events", "list", "--vessel", "Yelnya")
    told = [(e["kind"], e["origin"] or e["destination"] or e["place"], e["edtf"], e["modality"]) for e in events]
    assert ("in_port", "Tartus", "2024-12-01", "asserted") in told
    assert ("departure", "Tartus", "2024-12-02", "asserted") in told
    assert ("in_port", "Tartus", "2024-12-05", "negated") in told
    departure = next(e for e in events if e["kind"] == "departure")
    assert departure["claims"] == 3  # two wires and a post; the hedged one does not make it less, nor firmer
    assert departure["demo"] is True


def test_who_waits_off_the_port_waits_where_she_came(run, made: Path) -> None:
    told = [(e["kind"], e["place"]) for e in ask(run, made, "events", "list", "--vessel", "Sparta II")]
    assert ("at_sea", "Tartus") in told


def test_unnamed_vessels_stay_unnamed(run, made: Path) -> None:
    labels = [v["vessel"] for v in ask(run, made, "vessels", "list", "--unnamed")]
    assert "2 × frigate, unnamed" in labels
    assert "3 × frigate, unnamed" in labels


def test_elsewhere(run, made: Path) -> None:
    miyako = ask(run, made, "events", "list", "--area", "Miyako Strait")
    assert {e["vessel"] for e in miyako} == {"Nanjing", "Huanggang"}
    suez = ask(run, made, "events", "list", "--area", "Suez Canal")
    assert "Harry S. Truman" in {e["vessel"] for e in suez}


def test_nothing_comes_from_the_land_war(run, made: Path) -> None:
    for event in ask(run, made, "events", "list"):
        assert "Hama" not in (event["place"] or "", event["destination"] or "")


def test_the_store_is_sound(run, made: Path) -> None:
    assert run("db", "check", "--db", made / "tracker.db")[0] == 0


def test_a_second_demo_takes_the_first_ones_place(run, tmp_path: Path, made: Path) -> None:
    before = ask(run, made, "vessels", "list")
    assert run("demo", "--out", made, "--as-of", "2025-02-01")[0] == 0
    assert ask(run, made, "vessels", "list") == before


def test_a_store_with_other_documents_is_left_alone(run, tmp_path: Path) -> None:
    report = tmp_path / "mine.txt"
    report.write_text("The Russian oiler Yelnya left Tartus on 2 December 2024.")
    run("ingest", report, "--db", tmp_path / "tracker.db")
    code, _, err = run("demo", "--out", tmp_path)
    assert code == 1
    assert "no demo reports" in err
    assert run("sources", "documents", "--db", tmp_path / "tracker.db")[1].count("mine.txt") == 0


def test_the_pdf_says_what_its_source_says() -> None:
    from pypdf import PdfReader

    source = resource("seeds", "demo", "2025-01-12-quarterly-brief.typ").read_text(encoding="utf-8")
    body = "".join(line for line in source.splitlines(keepends=True) if not line.startswith(("//", "#", "=")))
    pages = " ".join(page.extract_text() for page in PdfReader(resource("seeds", "demo", "2025-01-12-quarterly-brief.pdf")).pages)

    def plain(text: str) -> str:
        return "".join(c for c in text.replace("’", "'") if c.isalnum())

    for sentence in re.split(r"\.\s+", body):
        assert plain(sentence) in plain(pages), sentence


def test_demo_reports_are_plainly_invented() -> None:
    from tracker.intake.options import ReadOptions
    from tracker.intake.reading import expand, read_document

    documents = [d for name in expand([str(resource("seeds", "demo"))]) for d in read_document(str(name), ReadOptions())]
    assert len(documents) >= 10
    for document in documents:
        assert document.source.startswith("Demo "), document.path
        assert document.demo
        assert document.published
        assert document.based_on
        assert document.title
    assert {d.media_type for d in documents} >= {"text/plain", "text/markdown", "text/html", "application/pdf", "application/jsonl"}
