"""Pictures on pages: written by a renderer of our own, which must put everything where matplotlib's puts it."""

from __future__ import annotations

import io
import re

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from tracker.report.style import LIGHT, look, svg
from tracker.report.vector import worded

NAMES = ["Admiral Golovko", "Ельня", "Évora, Çanakkale", "gypsy", "سفينة", "a < b & c", "(≥ 15 d)"]
NUMBER = re.compile(r"-?\d+\.\d+|-?\d+")


@pytest.fixture
def figure() -> Figure:
    with look(LIGHT):
        made = Figure(figsize=(6, 4))
        axes = made.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.plot([0, 1, 2], [1, 0, 1], marker="o", linestyle=(0, (3, 2)), alpha=0.5)
        axes.fill([0, 1, 1], [0, 0, 1], facecolor="#0072B2", hatch="////")
        for number, name in enumerate(NAMES):
            for va in ("top", "bottom", "center_baseline"):
                axes.text(number / 4, number / 9, name, ha=("left", "center", "right")[number % 3], va=va, fontweight=("normal", "bold")[number % 2])
    return made


def written(figure: Figure, *, ours: bool) -> str:
    with look(LIGHT):
        mpl.rcParams["svg.fonttype"] = "none"
        if ours:
            return worded(figure, {"Date": None})
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def texts(drawn: str) -> list[tuple[str, float, float]]:
    """Each text with its place on the page."""
    found = []
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]*)</text>", drawn):
        x, y = (float(re.search(rf'\b{name}="([^"]+)"', attributes)[1]) for name in "xy")
        found.append((text, x, y))
    return found


def paths(drawn: str) -> list[list[float]]:
    return [[float(number) for number in NUMBER.findall(path)] for path in re.findall(r' d="([^"]*)"', drawn)]


def test_words_stand_where_matplotlib_puts_them(figure):
    ours, theirs = texts(written(figure, ours=True)), texts(written(figure, ours=False))
    assert [text for text, *_ in ours] == [text for text, *_ in theirs]
    for (text, x, y), (_, other_x, other_y) in zip(ours, theirs, strict=True):
        assert (x, y) == pytest.approx((other_x, other_y), abs=0.05), text


def test_lines_and_areas_run_where_matplotlib_draws_them(figure):
    ours, theirs = paths(written(figure, ours=True)), paths(written(figure, ours=False))
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine == pytest.approx(other, abs=0.006)


def test_a_picture_on_a_page_is_smaller_and_the_same_each_time(figure):
    assert written(figure, ours=True) == written(figure, ours=True)
    assert len(written(figure, ours=True)) < 0.8 * len(written(figure, ours=False))


def test_the_figure_is_left_as_it_was(figure):
    dots = figure.dpi
    svg(figure, "Timeline", words=True)
    assert figure.dpi == dots
    assert "<text" not in svg(figure, "Timeline", words=False)
