from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fonts import block_font
from tracker.cli.app import main
from tracker.resources import resource

FIRST, LAST = ["--since", "2024-11-30"], ["--until", "2024-12-31"]
AS_OF = ["--as-of", "2025-02-10"]


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> str:
    """A store with a few demo reports."""
    url = str(tmp_path_factory.mktemp("store") / "t.db")
    reports = sorted(resource("seeds", "demo").glob("2024-12-0*"))[:3]
    assert main(["ingest", *map(str, reports), "--db", url]) == 0
    return url


@pytest.fixture
def plot(store, tmp_path, capsys):
    def run(*words: str, name: str = "a.png") -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["plot", *words, "-o", str(tmp_path / name), "--db", store])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("what", ["timeline", "map"])
@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("b.svg", b"<?xml"), ("c.pdf", b"%PDF"), ("D.PNG", b"\x89PNG")])
def test_a_picture_in_each_format_and_its_name_on_stdout(plot, tmp_path, what, name, begins):
    code, out, _ = plot(what, *FIRST, *LAST, *AS_OF, name=name)
    assert code == 0
    assert out == f"{tmp_path / name}\n"
    assert (tmp_path / name).read_bytes().startswith(begins)


def text_of(path: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages).replace("\0", "")  # pypdf keeps both bytes of a letter


@pytest.mark.parametrize(
    ("what", "words", "title"),
    [
        ("timeline", ["--country", "ru", "--type", "oiler"], "Timeline of movements: RU · oilers"),
        ("map", ["--area", "mediterranean sea"], "Map of movements: Mediterranean Sea"),
        ("map", ["--vessel", "yelnya", "--modality", "asserted"], "Map of movements: Yelnya · asserted"),
        ("timeline", ["--unnamed", "--kind", "departure"], "Timeline of movements: departure · unnamed vessels"),
        ("timeline", [], "Timeline of movements: all vessels"),
        ("map", ["--title", "Out of Tartus"], "Out of Tartus"),
    ],
)
def test_the_title_tells_the_filters(plot, tmp_path, what, words, title):
    assert plot(what, *words, *FIRST, *LAST, *AS_OF, name="a.pdf")[0] == 0
    text = text_of(tmp_path / "a.pdf")
    assert title in text
    assert "31 Dec 2024 · as of 10 Feb 2025" in text
    assert "DEMO" in text


def test_filters_choose_what_is_drawn(plot, tmp_path):
    assert plot("timeline", "--type", "oiler", *AS_OF, name="a.pdf")[0] == 0
    text = text_of(tmp_path / "a.pdf")
    assert "Yelnya" in text and "frigate" not in text


def test_a_whole_month_is_told_as_one(plot, tmp_path):
    assert plot("timeline", "--since", "2024-12", "--until", "2024-12", *AS_OF, name="a.pdf")[0] == 0
    assert "Period: Dec 2024 ·" in text_of(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--since", "2031-01-01"], 3, "no event fits"),
        (["--vessel", "Yelnaya"], 3, "did you mean Yelnya"),
        (["--area", "Tartsu"], 3, "did you mean"),
        (["--since", "2024-13"], 2, "no date"),
        (["--since", "2024-12-05", "--until", "2024-12-01"], 2, "after"),
        (["--country", "Russia"], 2, "two-letter"),
        (["--theme", "sepia"], 2, "sepia"),
        (["--width", "10"], 2, "400"),
        (["--kind", "sailing"], 2, "sailing"),
    ],
)
@pytest.mark.parametrize("what", ["timeline", "map"])
def test_refusals_write_no_file(plot, tmp_path, what, words, code, message):
    got, out, err = plot(what, *words)
    assert (got, out) == (code, "")
    assert message in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.html"])
@pytest.mark.parametrize("what", ["timeline", "map"])
def test_an_unknown_suffix_is_one_line(plot, tmp_path, what, name):
    code, out, err = plot(what, name=name)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and ".png, .svg, .pdf" in err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_one_line(plot):
    code, _, err = plot("map", name="nowhere/a.png")
    assert code == 2 and err.count("\n") == 1 and "nowhere" in err


@pytest.mark.parametrize("what", ["timeline", "map"])
def test_without_a_store(tmp_path, capsys, what):
    assert main(["plot", what, "-o", str(tmp_path / "a.png"), "--db", str(tmp_path / "none.db")]) == 3
    assert "no store at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_output_is_required(store, capsys):
    assert main(["plot", "map", "--db", store]) == 2
    assert "-o" in capsys.readouterr().err


def test_width_and_theme(plot, tmp_path):
    assert plot("timeline", "--width", "800", "--theme", "dark", *AS_OF)[0] == 0
    assert int.from_bytes((tmp_path / "a.png").read_bytes()[16:20], "big") == 800


def test_twice_the_same_bytes_across_processes(store, tmp_path):
    for seed in "12":
        command = [sys.executable, "-m", "tracker", "plot", "map", "-o", str(tmp_path / f"{seed}.png"), "--db", store, *AS_OF]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
    assert (tmp_path / "1.png").read_bytes() == (tmp_path / "2.png").read_bytes()


@pytest.mark.parametrize("words", [["plot", "--help"], ["plot", "map", "--help"], ["plot", "timeline", "--help"]])
def test_help_has_an_example_and_is_light(words):
    code = f"import sys; from tracker.cli.app import main; main({words}); print({{'matplotlib', 'pandas', 'numpy', 'sqlalchemy'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Example: tracker plot" in done.stdout
    assert done.stdout.endswith("set()\n")


PLOTS = [
    ["timeline", *FIRST, *LAST],
    ["map", *FIRST, *LAST],
    ["activity", *FIRST, *LAST],
    ["composition", "Mediterranean Sea", "--on", "2024-12-03"],
]


@pytest.mark.parametrize("words", PLOTS, ids=[words[0] for words in PLOTS])
def test_a_font_that_is_asked_for_draws_what_the_packaged_ones_lack(plot, tmp_path, words):
    font = block_font(tmp_path / "cjk.ttf", "山东舰")
    assert plot(*words, *AS_OF, "--title", "Force of 山东舰", "--font", str(font))[::2] == (0, "")


def test_without_such_a_font_a_name_is_told_in_latin_letters_and_that_is_said(plot, tmp_path):
    code, _, err = plot(*PLOTS[0], *AS_OF, "--title", "Force of 山东舰", name="a.pdf")
    assert (code, "a.pdf: letters that the fonts can't draw are told in Latin ones: 山东舰 as [Shandong]; --font FILE" in err) == (0, True)
    assert "Force of [Shandong]" in text_of(tmp_path / "a.pdf")


@pytest.mark.parametrize("suffix", [".ttf", ".otf"])
def test_either_sort_of_font_is_inside_a_pdf_and_its_words_can_be_found(plot, tmp_path, suffix):
    font = block_font(tmp_path / f"cjk{suffix}", "山东舰")
    assert plot(*PLOTS[0], *AS_OF, "--title", "Force of 山东舰", "--font", str(font), name="a.pdf")[::2] == (0, "")
    assert "山东舰" in text_of(tmp_path / "a.pdf")
    assert b"TestBlocks" in (tmp_path / "a.pdf").read_bytes()


@pytest.mark.parametrize("data", [None, b"", b"no font at all"])
def test_a_font_that_is_none_is_told_in_one_line_and_nothing_is_written(plot, tmp_path, data):
    font = tmp_path / "broken.ttf"
    if data is not None:
        font.write_bytes(data)
    code, out, err = plot("timeline", *FIRST, *LAST, "--font", str(font), name="none.png")
    assert (code, out) == (1, "")
    assert err.splitlines() == [f"tracker: {font}: no font that can be read; give a .ttf, .otf or .ttc file"]
    assert not (tmp_path / "none.png").exists()


def test_a_strait_without_passages_in_a_year_tells_the_years_that_have_some(store, plot, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("The Russian oiler Yelnya passed the Strait of Gibraltar on 12 December 2023.")
    assert main(["ingest", str(report), "--published", "2023-12-14", "--source", "Harbour Watch", "--db", store]) == 0
    code, _, err = plot("straits", "Strait of Gibraltar", "--year", "2019", *AS_OF)
    assert (code, "there are some in 2023 (--year)" in err) == (3, True), err
    code, _, err = plot("straits", "Bosphorus", "--year", "2019", *AS_OF)
    assert (code, "none is told of any other year either" in err) == (3, True), err
