"""Words beside the answers."""

from __future__ import annotations

import pytest

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
