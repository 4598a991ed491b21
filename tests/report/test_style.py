from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import combinations

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb
from pypdf import PdfReader

from tracker.domain.kinds import EventKind, Precision, VesselType
from tracker.domain.when import Interval
from tracker.errors import UsageError
from tracker.report import style
from tracker.report.timeline import draw_timeline

MONTH = Interval.month(2024, 12)


@pytest.fixture(scope="module")
def figure(frames):
    return draw_timeline(frames.events(*frames.tartus()), as_of=frames.as_of, period=MONTH, title="Tartus")


@pytest.mark.parametrize("suffix", style.SUFFIXES)
def test_the_same_figure_gives_the_same_bytes(frames, tmp_path, suffix):
    files = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in files:
        style.save(draw_timeline(frames.events(*frames.tartus()), as_of=frames.as_of, period=MONTH, title="Tartus"), path, title="Tartus")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) > 5000


def test_the_users_own_matplotlib_settings_change_nothing(frames, tmp_path):
    plain = style.save(draw_timeline(frames.events(*frames.tartus()), as_of=frames.as_of, period=MONTH, title="Tartus"), tmp_path / "a.png")
    with mpl.rc_context({"font.family": ["serif"], "font.size": 20, "lines.linewidth": 9, "savefig.dpi": 30}):
        other = style.save(draw_timeline(frames.events(*frames.tartus()), as_of=frames.as_of, period=MONTH, title="Tartus"), tmp_path / "b.png")
        assert mpl.rcParams["font.size"] == 20
    assert plain.read_bytes() == other.read_bytes()


def test_no_file_says_when_it_was_made(figure, tmp_path):
    assert b"CreationDate" not in style.save(figure, tmp_path / "a.pdf").read_bytes()
    assert "<dc:date>" not in style.save(figure, tmp_path / "a.svg").read_text()


@pytest.mark.parametrize(("width", "pixels"), [(1200, 1200), (800, 800), (2400, 2400)])
def test_a_png_is_as_wide_as_asked(figure, tmp_path, width, pixels):
    head = style.save(figure, tmp_path / "a.png", width_px=width).read_bytes()[16:20]
    assert int.from_bytes(head, "big") == pixels


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.png.txt"])
def test_another_suffix_is_refused_and_nothing_written(figure, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.png, \.svg, \.pdf"):
        style.save(figure, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_in_capitals_is_understood(figure, tmp_path):
    assert style.save(figure, tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")


def test_a_missing_folder_is_named(figure, tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        style.save(figure, tmp_path / "nowhere" / "a.png")


def test_a_failed_save_leaves_the_old_file_and_no_draft(figure, tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(type(figure), "savefig", lambda *_, **__: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(MemoryError):
        style.save(figure, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_pages_go_into_one_pdf_and_into_numbered_pictures(figure, tmp_path):
    assert style.save_pages([figure, figure], tmp_path / "a.pdf") == [tmp_path / "a.pdf"]
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 2
    assert [path.name for path in style.save_pages([figure, figure], tmp_path / "a.png")] == ["a.png", "a-2.png"]


@pytest.mark.parametrize("theme", style.THEMES.values(), ids=style.THEMES)
def test_colours_of_kinds_can_be_told_apart_by_everyone(theme):
    assert set(theme.kinds) == set(EventKind)
    for one, other in combinations(theme.kinds.values(), 2):
        for see in (lambda c: c, deuteranope):
            assert distance(see(to_rgb(one)), see(to_rgb(other))) > 0.09, (one, other)


def deuteranope(rgb):
    """What red-green blind readers see, after Viénot, Brettel and Mollon (1999), in linear light."""
    red, green, blue = rgb
    return 0.293 * red + 0.707 * green, 0.293 * red + 0.707 * green, -0.022 * red + 0.022 * green + blue


def distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def test_each_type_has_one_symbol():
    listed = [type_ for family in style.FAMILIES for type_ in family.types]
    assert sorted(listed) == sorted(VesselType)
    assert len({family.marker for family in style.FAMILIES}) == len(style.FAMILIES)
    assert style.family_of("hovercraft") is style.family_of("vessel")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ельня", "Ельня"),
        ("Έλλη", "Έλλη"),
        ("طرطوس", "طرطوس"),
        ("TCG Kınalıada", "TCG Kınalıada"),
        ("遼寧 Liaoning", "[Liaoning] Liaoning"),
        ("a\n b\t c", "a b c"),
    ],
)
def test_what_the_font_lacks_becomes_a_hollow_box(text, printed):
    assert style.printable(text) == printed


@pytest.mark.parametrize("width", [0.3, 0.8, 1.5, 9.0])
def test_a_shortened_text_fits(width):
    short = style.shorten("Naval Station Norfolk, Virginia", width, 8)
    assert style.text_width(short, 8) <= max(width, 0.3)
    assert short.endswith("…") == (width < 2)


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Interval(None, None, Precision.OPEN), "all dates"),
        (Interval(None, date(2024, 12, 5), Precision.RANGE), "until 5 Dec 2024"),
        (Interval(date(2024, 12, 5), None, Precision.RANGE), "since 5 Dec 2024"),
        (MONTH, "Dec 2024"),
        (Interval(date(2024, 11, 30), date(2024, 12, 5), Precision.RANGE), "30 Nov–5 Dec 2024"),
    ],
)
def test_a_period_in_words(period, told):
    assert style.told_period(period) == told


def test_the_source_note_says_what_it_rests_on(frames):
    rows = [frames.event("Yelnya", "departure", "2024-12-02", document_id=f"d{n}", source=f"Wire {n % 2}", demo=n == 2) for n in range(3)]
    note = style.source_note(frames.events(*rows), as_of=datetime(2024, 12, 8, 6, tzinfo=UTC))
    assert note.startswith("DEMO: invented sources · 3 reports of 2 sources · data cut-off 2 Dec 2024 · as of 8 Dec 2024, 06:00 UTC · tracker ")
    rows[2]["demo"] = False
    assert "DEMO" not in style.source_note(frames.events(*rows), as_of=frames.as_of)


def test_an_unknown_theme_is_refused():
    with pytest.raises(UsageError, match="light, dark"):
        style.theme_of("sepia")


def test_only_packaged_fonts_are_used(figure, tmp_path):
    fonts = re.findall(rb"/FontName /(\S+)", style.save(figure, tmp_path / "a.pdf").read_bytes())
    assert fonts
    assert all(b"DejaVuSans" in font for font in fonts)
