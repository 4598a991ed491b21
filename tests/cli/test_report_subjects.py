"""The dossier, the place and the difference: what they say of the demo, and what a wrong question costs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource

AS_OF = ("--as-of", "2025-02-01")


@pytest.fixture(scope="module")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the demo reports."""
    path = tmp_path_factory.mktemp("reports") / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), f"sqlite:///{path}")
    return str(path)


def made(run, demo_url: str, tmp_path: Path, *words: str, name: str = "report.md") -> Path:
    path = tmp_path / name
    code, out, err = run("report", *words, "-o", str(path), "--db", demo_url, *AS_OF)
    assert code == 0, err
    assert out.splitlines()[-1] == str(path)
    return path


YELNYA = ("vessel", "Yelnya", "--since", "2024-11-28", "--until", "2025-01-12")
TARTUS = ("place", "Tartus", "--since", "2024-11-30", "--until", "2024-12-31")
WEEKS = ("diff", "Mediterranean Sea", "--from", "2024-12-01", "--to", "2024-12-15")


def test_the_dossier_tells_record_lane_events_and_words(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, *YELNYA).read_text(encoding="utf-8")
    for part in ("# Dossier: Yelnya", "## Record", "Ельня", "6813095", "## Lane", "nothing told", "## Events", "## Sources", "## Method and limits"):
        assert part in text
    assert "possibly arrived at Severomorsk" in text
    assert "“Yelnya is leaving Tartus this morning.”" in text
    assert "20 days old" in text


def test_a_dossier_is_about_the_whole_world_so_nothing_is_elsewhere_and_no_side_is_unclear(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, "vessel", "Sparta II").read_text(encoding="utf-8")
    assert "under way to Baltiysk on 29 Jan 2025 (“according to”). The report is 3 days old. On 1 Feb 2025: last seen." in text
    everywhere = made(run, demo_url, tmp_path, "movements", "--since", "2024-11-25", "--until", "2025-01-31").read_text(encoding="utf-8")
    composition = everywhere.split("## Composition")[1].split("\n## ")[0]
    assert not re.search(r"\| (elsewhere|unclear) \|", composition)


def test_the_place_tells_who_was_here_when(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, *TARTUS).read_text(encoding="utf-8")
    assert "# Tartus: who was here when" in text
    golovko = next(line for line in text.splitlines() if "**Admiral Golovko**" in line and "present 30 Nov" in line)
    assert "30 Nov–13 Dec 2024" in golovko
    assert "present 30 Nov, probably 1–13 Dec" in golovko


def test_the_difference_adds_up_and_names_its_sources(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, *WEEKS).read_text(encoding="utf-8")
    found = re.search(r"(\d+) on 1 Dec 2024 \+ (\d+) − (\d+) = (\d+) on 15 Dec 2024; (\d+) uncertain", text)
    assert found
    start, came, left, end, _ = map(int, found.groups())
    assert start + came - left == end > 0
    assert "There at the start, not told of since (1)" in text
    assert "not compared" in text


@pytest.mark.parametrize("words", [YELNYA, TARTUS, WEEKS], ids=["vessel", "place", "diff"])
def test_every_kind_of_page_and_the_same_bytes_twice(run, demo_url: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    first, second = (made(run, demo_url, tmp_path, *words, name=f"{n}.pdf").read_bytes() for n in (1, 2))
    assert first == second
    assert len(PdfReader(tmp_path / "1.pdf").pages) >= 3
    assert made(run, demo_url, tmp_path, *words, name="page.png").read_bytes().startswith(b"\x89PNG")
    assert "<html" in made(run, demo_url, tmp_path, *words, name="page.html").read_text(encoding="utf-8")


def test_every_line_of_the_difference_has_a_source(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, *WEEKS).read_text(encoding="utf-8")
    table = text.split("## Vessels")[1].split("## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| **") and " on 1 Dec" not in line and line.count("|") == 5]
    vessels = [row for row in rows if row.split("|")[4].strip()]
    assert len(vessels) >= 6
    assert all("[" in row.split("|")[4] for row in vessels)


WRONG = [
    (("vessel", "Nobody At All"), 3, "no vessel"),
    (("vessel", "Yelnya", "--since", "1990", "--until", "1991"), 3, "nothing is told of Yelnya"),
    (("place", "Atlantis"), 3, "no place"),
    (("diff", "Tartus", "--from", "2024-12-09", "--to", "2024-12-01"), 2, "is after"),
]


@pytest.mark.parametrize(("words", "code", "line"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_question_costs_a_line_and_leaves_no_file(run, demo_url: str, tmp_path: Path, words: tuple[str, ...], code: int, line: str) -> None:
    path = tmp_path / "report.md"
    got, out, err = run("report", *words, "-o", str(path), "--db", demo_url, *AS_OF)
    assert (got, out) == (code, "")
    assert line in err
    assert err.count("\n") == 1
    assert not path.exists()


def test_an_empty_dossier_can_be_had(run, demo_url: str, tmp_path: Path) -> None:
    text = made(run, demo_url, tmp_path, "vessel", "Yelnya", "--since", "1990", "--until", "1991", "--allow-empty").read_text(encoding="utf-8")
    assert "No report in the store tells of this vessel in this period" in text


def test_a_wrong_suffix_is_wrong_usage(run, demo_url: str, tmp_path: Path) -> None:
    assert run("report", "vessel", "Yelnya", "-o", str(tmp_path / "x.doc"), "--db", demo_url)[0] == 2
