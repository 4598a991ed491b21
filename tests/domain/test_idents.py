"""Check digits and the folding of hull numbers."""

from __future__ import annotations

import pytest

from tracker.domain.idents import fold_hull, is_imo, is_mmsi


@pytest.mark.parametrize(
    ("number", "right"), [("9074729", True), ("9074728", False), ("907472", False), ("90747290", False), ("abcdefg", False), ("", False)]
)
def test_imo(number: str, right: bool) -> None:
    assert is_imo(number) is right


@pytest.mark.parametrize(("number", "right"), [("273123456", True), ("812345678", False), ("012345678", False), ("27312345", False)])
def test_mmsi(number: str, right: bool) -> None:
    assert is_mmsi(number) is right


@pytest.mark.parametrize(("one", "other"), [("CVN-72", "CVN 72"), ("f217", "F217"), ("C-110-4", "C1104")])
def test_hulls_that_are_one(one: str, other: str) -> None:
    assert fold_hull(one) == fold_hull(other)
