"""Tables: plain and aligned in a pipe, within the width on a terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tracker.export import write
from tracker.export.table import fitted

ROWS = [
    {"vessel": "Yelnya\noiler · Altay · RU", "last known": "left Tartus", "age": "18 d", "events": 4},
    {"vessel": "2 × frigate, unnamed", "last known": "in the Mediterranean Sea, south of Crete", "age": "≥ 3 d", "events": 1},
]
NAMES = ("vessel", "last known", "age", "events")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(width: int, monkeypatch: pytest.MonkeyPatch, rows: list[dict] = ROWS) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    write(rows, NAMES, "table", stream)
    return [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in stream.getvalue().splitlines()]


def test_in_a_pipe_a_row_is_a_line() -> None:
    stream = io.StringIO()
    write(ROWS, NAMES, "table", stream)
    assert stream.getvalue().splitlines() == [
        "vessel                     last known                                age    events",
        "Yelnya oiler · Altay · RU  left Tartus                               18 d   4",
        "2 × frigate, unnamed       in the Mediterranean Sea, south of Crete  ≥ 3 d  1",
    ]


@pytest.mark.parametrize("width", [30, 60, 80, 160])
def test_a_terminal_is_never_overrun(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(len, drawn(width, monkeypatch))) <= width


def test_a_wide_terminal_needs_no_second_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = drawn(160, monkeypatch)
    assert len(lines) == 2 + 2 + 1  # head, rule, two lines of Yelnya, one of the frigates
    assert "in the Mediterranean Sea, south of Crete" in lines[-1]


def test_words_are_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    words = set(" ".join(drawn(60, monkeypatch)).split())
    assert {"Mediterranean", "frigate,", "unnamed", "Tartus"} <= words


def test_what_looks_like_markup_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"vessel": "[bold]Yelnya[/bold]", "last known": "x", "age": "1 d", "events": 1}
    assert "[bold]Yelnya[/bold]" in drawn(80, monkeypatch, [row])[2]


needs = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + pair[1])), min_size=1, max_size=9)


@given(needs, st.integers(20, 200))
def test_widths_fit_and_are_within_what_each_column_can_use(needs: list[tuple[int, int]], width: int) -> None:
    given_ = fitted(needs, width)
    assert sum(given_) <= max(width, len(needs))
    assert all(wide <= greatest for wide, (_, greatest) in zip(given_, needs, strict=True))
    if sum(least for least, _ in needs) <= width:
        assert all(wide >= least for wide, (least, _) in zip(given_, needs, strict=True))
        assert sum(given_) == min(width, sum(greatest for _, greatest in needs))


def test_in_a_pipe_letters_that_take_two_columns_and_marks_that_take_none_stay_aligned() -> None:
    stream = io.StringIO()
    names = ("汾河", "طَرطوس", "Ельня\u200e", "Yelnya")
    write([{"vessel": name, "cc": "|"} for name in names], ("vessel", "cc"), "table", stream)
    lines = stream.getvalue().splitlines()
    assert [cell_len(line[: line.index("|")]) for line in lines[1:]] == [len("vessel") + 2] * len(names)
