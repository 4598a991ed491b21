"""Words of others never steer the terminal of the one who reads them."""

from __future__ import annotations

import pytest

from tracker.domain.shown import shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("left Tartus – “now” ≥ 3\u00a0d", "left Tartus – “now” ≥ 3\u00a0d"),
        ("طرطوس\u200f", "طرطوس\u200f"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31mred\x1b]0;title\x07\x9b0m", "�[31mred�]0;title��0m"),
        ("a \u202ereversed\u202c and \u2066isolated\u2069 word", "a reversed and isolated word"),
    ],
)
def test_signs_that_steer_or_turn_are_not_shown(text: str, seen: str) -> None:
    assert shown(text) == seen
