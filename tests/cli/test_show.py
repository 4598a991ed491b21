"""Words beside the answers."""

from __future__ import annotations

import pytest

from tracker.cli.cards import wrapped
from tracker.cli.show import counted


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [
        (1, "vessels", "1 vessel"),
        (2, "vessels", "2 vessels"),
        (0, "clashes", "0 clashes"),
        (1, "clashes", "1 clash"),
        (1, "cases", "1 case"),
        (1, "classes", "1 class"),
        (1, "passages", "1 passage"),
    ],
)
def test_a_number_with_its_noun(number: int, noun: str, told: str) -> None:
    assert counted(number, noun) == told


def test_an_age_is_never_parted_from_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in range(40, 110):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = wrapped("2 Dec 2024 · 2 × frigate, unnamed: left Tartus · reported (“According to”) · age ≥ 61 d · and more", 4).split("\n")
        assert any("age ≥ 61 d" in line for line in lines), lines
