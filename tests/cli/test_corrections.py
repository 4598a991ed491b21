"""What publishers changed since stands in every report, in every format and only once it was known."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tracker.cli.app import main

PAGE, TUG = "https://wire.example/yelnya", "https://other.example/tug"
BEFORE = "The oiler Yelnya left Tartus on 2 December 2024. Two Russian frigates left Tartus on 3 December 2024."
NOW = "The oiler Yelnya reportedly left Tartus on 4 December 2024. The Kildin reached Tartus on 3 December 2024."
TAKEN_BACK = "The tug Sergey Kolbasin left Tartus on 5 December 2024."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("changed")
    url = str(folder / "t.db")
    for number, (text, page, source, day) in enumerate(
        ((BEFORE, PAGE, "Harbour Wire", "2024-12-05"), (NOW, PAGE, "Harbour Wire", "2024-12-08"), (TAKEN_BACK, TUG, "Other", "2024-12-06"))
    ):
        file = folder / f"{number}.txt"
        file.write_text(text)
        assert main(["ingest", str(file), "--url", page, "--source", source, "--published", day, "--db", url]) == 0
    assert main(["sources", "withdraw", TUG, "--on", "2024-12-09", "--why", "taken back", "--db", url]) == 0
    return url


def section(store: str, folder: Path, *words: str) -> str:
    """The corrections of a report, in Markdown."""
    report = ["report", "movements", "--since", "2024-11-30", "--until", "2024-12-15", "--as-of", "2025-01-01", "--db", store]
    assert main([*report, *words, "-o", str(folder / "a.md")]) == 0
    return (folder / "a.md").read_text().split("## Corrections")[1].split("\n## ")[0]


def test_what_a_page_changed_and_what_was_taken_back_is_told_with_the_words_of_both(store: str, tmp_path: Path) -> None:
    changed, gone, new, withdrawn = section(store, tmp_path, "--area", "Tartus").strip().split("\n")
    assert "Harbour Wire, 8 Dec 2024, changed:" in changed
    assert "Yelnya: left Tartus, 4 Dec 2024 (reported); date was 2 Dec 2024, without “reportedly” before, certainty was asserted." in changed
    assert "before: “The oiler Yelnya left Tartus on 2 December 2024.” · now: “The oiler Yelnya reportedly left" in changed
    assert changed.endswith("\\[1\\]")
    assert "no longer told:** 2 × frigate, unnamed: left Tartus, 3 Dec 2024." in gone
    assert "new in the text:** Kildin: arrived at Tartus, 3 Dec 2024." in new
    assert "Other, 9 Dec 2024, withdrawn:** Sergey Kolbasin: left Tartus, 5 Dec 2024." in withdrawn
    assert withdrawn.count(TAKEN_BACK) == 2  # the title, for it is no source now, and the quote


def test_what_was_not_known_yet_or_is_told_of_elsewhere_is_not_there(store: str, tmp_path: Path) -> None:
    none = "None known: no page changed what it tells of the area and the period, and none was withdrawn."
    assert none in section(store, tmp_path, "--area", "Tartus", "--known-on", "2024-12-07")
    assert none in section(store, tmp_path, "--area", "Baltiysk", "--allow-empty")
    later = section(store, tmp_path, "--area", "Tartus", "--known-on", "2024-12-08")
    assert "changed" in later
    assert "withdrawn:" not in later
    assert "withdrawn:" in section(store, tmp_path)


def subject(store: str, folder: Path, *words: str) -> str:
    """The corrections of a report on one subject, in Markdown."""
    assert main(["report", *words, "--as-of", "2025-01-01", "--db", store, "--allow-empty", "-o", str(folder / "s.md")]) == 0
    return (folder / "s.md").read_text().split("## Corrections")[1].split("\n## ")[0]


def test_a_dossier_has_those_of_its_vessel_alone(store: str, tmp_path: Path) -> None:
    yelnya = subject(store, tmp_path, "vessel", "Yelnya")
    assert "Yelnya: left Tartus, 4 Dec 2024 (reported)" in yelnya
    assert "Kildin" not in yelnya
    assert "Sergey Kolbasin" not in yelnya
    assert "withdrawn:" in subject(store, tmp_path, "vessel", "Sergey Kolbasin"), "nothing else is told of her"
    none = "None known: no page changed what it tells of the vessel and the period, and none was withdrawn."
    assert none in subject(store, tmp_path, "vessel", "Ivan Gren")


def test_reports_on_a_place_and_on_what_changed_have_those_of_their_vessels(store: str, tmp_path: Path) -> None:
    days = {"place": ("--since", "2024-11-30", "--until", "2024-12-15"), "diff": ("--from", "2024-11-30", "--to", "2024-12-15")}
    for report, period in days.items():
        assert subject(store, tmp_path, report, "Tartus", *period).count("2024") > 4
        assert "Kildin" not in subject(store, tmp_path, report, "Tartus", *period, "--type", "tug")
        assert "Sergey Kolbasin" in subject(store, tmp_path, report, "Tartus", *period, "--type", "tug")


def test_what_was_told_shortly_before_the_period_counts_at_its_beginning(store: str, tmp_path: Path) -> None:
    soon, late = (subject(store, tmp_path, "diff", "Tartus", "--from", day, "--to", "2024-12-31") for day in ("2024-12-15", "2024-12-25"))
    assert "withdrawn:" in soon
    assert "None known" in late


def test_every_format_has_them(store: str, tmp_path: Path) -> None:
    outputs = [word for name in ("b.pdf", "b.html", "b.png") for word in ("-o", str(tmp_path / name))]
    section(store, tmp_path, "--area", "Tartus", *outputs)
    pdf = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "b.pdf").pages)
    for text in (pdf, (tmp_path / "b.html").read_text()):
        assert "date was 2 Dec 2024, without “reportedly” before" in text
        assert "Sergey Kolbasin: left Tartus, 5 Dec 2024." in text
