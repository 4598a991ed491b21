"""CSV and TSV: what was written can be read back, whatever the words were."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.export import write
from tracker.export.separated import guarded, unguarded

NAMES = ("who", "said")


def written(rows: list[dict], how: str, names: tuple[str, ...] = NAMES) -> str:
    stream = io.StringIO()
    write(rows, names, how, stream)
    return stream.getvalue()


CELLS = [
    (None, ""),
    ("", ""),
    (0, "0"),
    (True, "yes"),
    (False, "no"),
    (date(2024, 12, 2), "2024-12-02"),
    (datetime(2024, 12, 2, 6, 30, tzinfo=UTC), "2024-12-02T06:30:00Z"),
    (("a", "b"), "a|b"),
    (34.905, "34.905"),
    ("Ельня", "Ельня"),
    ('two "quoted", words\nand a line', 'two "quoted", words\nand a line'),
    ("=1+1", "=1+1"),  # data stays exact: what a spreadsheet makes of it is the spreadsheet's
]


@pytest.mark.parametrize(("value", "text"), CELLS)
def test_a_csv_cell(value: object, text: str) -> None:
    assert list(csv.DictReader(io.StringIO(written([{"who": "x", "said": value}], "csv"), newline=""))) == [{"who": "x", "said": text}]


@given(st.lists(st.fixed_dictionaries({name: st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) for name in NAMES})))
def test_csv_gives_back_the_very_words(rows: list[dict]) -> None:
    assert list(csv.DictReader(io.StringIO(written(rows, "csv"), newline=""))) == rows


def test_columns_come_in_their_order_and_unknown_keys_are_left_out() -> None:
    assert written([{"said": "b", "other": "c", "who": "a"}], "csv") == "who,said\na,b\n"
    assert written([], "csv") == "who,said\n"


def test_a_tsv_line_is_a_row_whatever_the_value() -> None:
    assert written([{"who": "a\tb", "said": "one\ntwo\r\nthree\u2028four"}], "tsv") == "who\tsaid\na b\tone two three four\n"


FORMULAS = [
    ("=1+1", "'=1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("- Yelnya left", "'- Yelnya left"),
    ("+7 (495) 123", "'+7 (495) 123"),
    ("\t=1", "'\t=1"),
    ("'=1", "''=1"),
    ("-12.5", "-12.5"),
    (-12.5, -12.5),
    ("'quoted'", "'quoted'"),
    ("Yelnya", "Yelnya"),
    (None, None),
]


@pytest.mark.parametrize(("value", "cell"), FORMULAS)
def test_a_guarded_cell_is_no_formula(value: object, cell: object) -> None:
    assert guarded(value) == cell


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("'=+-@1a\t\r"))
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
