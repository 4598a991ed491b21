"""One way to fold a name; folding a text keeps every offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.names import fold, fold_text, slug

SAME = [
    ("Yelnya", "YELNYA"),
    ("İskenderun", "Iskenderun"),
    ("Świnoujście", "Swinoujscie"),
    ("“Kildin”", "Kildin"),
    ("Zyb'", "Zyb"),
    ("Cape St. Vincent", "cape st vincent"),
    ("Baie-de-Seine", "baie de seine"),
    ("Ålesund", "Alesund"),
    ("Łódź", "Lodz"),
    ("Müritz", "Muritz"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_other_scripts_stay_themselves() -> None:
    assert fold("Ельня") == "ельня"
    assert fold("山东舰") == "山东舰"


def test_slug() -> None:
    assert slug("Admiral Gorshkov") == "admiral-gorshkov"
    assert slug("Zyb' / 560") == "zyb-560"


@given(st.text(max_size=200))
def test_folding_a_text_keeps_every_offset(text: str) -> None:
    assert len(fold_text(text)) == len(text)


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
