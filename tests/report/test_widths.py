"""Widths from advances are those that matplotlib sets."""

from __future__ import annotations

import pytest

from tracker.report.style import _MEASURE, font
from tracker.report.widths import plain_width

TEXTS = ["Admiral Golovko", "AVATo, Tartus → Baltiysk", "21–29 Jan 2025", "Ельня", "Έλλη", "frigate · Gorshkov · 454", "≥ 15 d", "“Told”, l'été"]


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("text", TEXTS)
def test_they_are_as_wide_as_they_are_drawn(text: str, weight: str) -> None:
    drawn = _MEASURE.get_text_width_height_descent(text, font(8.0, weight), ismath=False)[0] / 72
    assert plain_width(text, 8.0, bold=weight == "bold") == pytest.approx(drawn, rel=0.01)


@pytest.mark.parametrize("text", ["سفينة", "דקר", "山", "e\u0301", "👩"])
def test_letters_that_join_or_are_missing_are_left_to_the_engine(text: str) -> None:
    assert plain_width(text, 8.0, bold=False) is None
