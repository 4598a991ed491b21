"""`tracker report movements` on a store of the demo reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.cli.app import main
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.resources import resource
from tracker.settings import as_url

AREA = ["--area", "Mediterranean Sea", "--country", "RU", "--since", "2024-11-30", "--until", "2024-12-15", "--as-of", "2025-02-01"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "tracker.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), as_url(str(path)))
    return str(path)


def test_several_files_are_written_and_named(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / name for name in ("brief.pdf", "brief.md")]
    assert main(["report", "movements", "--db", store, *AREA, *(word for path in paths for word in ("-o", str(path)))]) == 0
    assert capsys.readouterr().out.split() == [str(path) for path in paths]
    text = paths[1].read_text(encoding="utf-8")
    assert "Yelnya" in text
    assert "left Tartus on 2 Dec 2024" in text
    assert "Nimitz" not in text
    assert "as of 1 Feb 2025" in text
    assert "DEMO" in text


def test_nothing_found_is_said_and_no_file_is_made(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.pdf"
    words = ["report", "movements", "--db", store, "--area", "Baltic Sea", "--since", "1999-01-01", "--until", "1999-12-31", "-o", str(path)]
    assert main(words) == 3
    assert "--allow-empty" in capsys.readouterr().err
    assert not path.exists()
    assert main([*words, "--allow-empty"]) == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_a_suffix_that_can_not_be_written_is_wrong_usage(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "movements", "--db", store, "-o", str(tmp_path / "brief.docx")]) == 2
    assert "brief.docx" in capsys.readouterr().err


def test_what_was_not_yet_published_is_left_out(store: str, tmp_path: Path) -> None:
    path = tmp_path / "known.md"
    assert main(["report", "movements", "--db", store, *AREA, "--known-on", "2024-12-03", "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert "3 Dec 2024, the newest report used" in text
    assert "Demo Quarterly Brief" not in text
