"""Spreadsheets: which column is which, in whatever dialect, and rows that are none."""

from __future__ import annotations

from collections import Counter

import pytest

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.names import fold
from tracker.errors import InputError, TrackerError, UsageError
from tracker.intake.sheet import read_sheet, words


def rows(text: str | bytes, **mapping: str) -> list[dict[str, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [{field: cell for field, _, cell in row.cells} for row in read_sheet(data, "a.csv", mapping).rows]


YELNYA = {"vessel": "Yelnya", "kind": "left", "origin": "Tartus"}
DIALECTS = {
    "commas": "Ship,Event,From\nYelnya,left,Tartus\n",
    "semicolons": "Ship;Event;From\nYelnya;left;Tartus\n",
    "tabs": "Ship\tEvent\tFrom\nYelnya\tleft\tTartus\n",
    "carriage returns": "Ship,Event,From\r\nYelnya,left,Tartus\r\n",
    "byte-order mark": "\ufeffShip,Event,From\nYelnya,left,Tartus\n",
    "spaces": " Ship , Event , From \n Yelnya , left , Tartus \n",
    "blank rows": "Ship,Event,From\n,,\nYelnya,left,Tartus\n\n",
    "quotes": '"Ship","Event","From"\n"Yelnya","left","Tartus"\n',
    "guarded": "Ship,Event,From\nYelnya,left,Tartus\n",
    "JSON lines": '{"ship": "Yelnya", "EVENT": "left", "from": "Tartus", "end": null}\n\n',
}


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_dialects(text: str) -> None:
    assert rows(text) == [YELNYA]


def test_utf_16_and_numbers() -> None:
    assert rows("Ship,Event\nЕльня,left\n".encode("utf-16")) == [{"vessel": "Ельня", "kind": "left"}]
    assert rows('{"vessel": "F101", "count": 2, "demo": true}') == [{"vessel": "F101", "count": "2", "demo": "True"}]


def test_a_guard_against_formulas_is_taken_off() -> None:
    assert rows("vessel,quote\nYelnya,'- Yelnya left.\nKildin,'plain'\n") == [
        {"vessel": "Yelnya", "quote": "- Yelnya left."},
        {"vessel": "Kildin", "quote": "'plain'"},
    ]


def test_the_mapping_goes_before_the_names() -> None:
    text = "ship,remarks,quote\nYelnya,She left.,no\n"
    assert rows(text, remarks="quote") == [{"vessel": "Yelnya", "quote": "She left."}]


def test_columns_that_nobody_knows_are_named_and_our_own_are_not() -> None:
    assert read_sheet(b"ship,colour,event_id\nYelnya,grey,1\n", "a.csv", {}).unknown == ("colour",)


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    sheet = read_sheet(b'ship,quote\nA,"two\nlines"\n,\nB,x\nC\nD,x,y\n', "a.csv", {})
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.bad == ((5, "1 cells where the header has 2"), (6, "3 cells where the header has 2"))


BAD_LINES = ['{"vessel": "A"', "[1]", '{"vessel": ["A"]}', '{"vessel": "\\ud800"}', '"text"']


@pytest.mark.parametrize("line", BAD_LINES)
def test_lines_that_are_no_rows(line: str) -> None:
    sheet = read_sheet(f'{{"vessel": "B"}}\n{line}\n'.encode(), "a.jsonl", {})
    assert [row.number for row in sheet.rows] == [1]
    assert [number for number, _ in sheet.bad] == [2]


@pytest.mark.parametrize(
    ("text", "mapping", "error", "told"),
    [
        ("ship,vessel\na,b\n", {}, UsageError, "ship and vessel both mean vessel; say which with --map"),
        ("ship,x\na,b\n", {"y": "quote"}, UsageError, "has no column y; it has ship, x"),
        ("ship,x\na,b\n", {"x": "colour"}, UsageError, "no field colour; there are vessel, "),
        ("ship,ship\na,b\n", {}, InputError, "two columns are called ship"),
        ('ship,x\n"a,b\n', {}, InputError, "line "),
        ("", {}, InputError, "it is empty"),
        ("\x00\x01\x02", {}, InputError, "binary"),
    ],
)
def test_files_that_cannot_be_read(text: str, mapping: dict[str, str], error: type[TrackerError], told: str) -> None:
    with pytest.raises(error, match=told):
        read_sheet(text.encode(), "a.csv", mapping)


def test_no_word_of_the_seeds_means_two_things() -> None:
    for table in ("fields", "kinds", "modalities"):
        said = Counter(fold(word) for means in words()[table].values() for word in means)
        assert {word for word, count in said.items() if count > 1} == set(), table
    ignored = {fold(column) for column in words()["ignored"]["columns"]}
    assert not ignored & {fold(word) for means in words()["fields"].values() for word in means}
    assert set(words()["kinds"]) == set(EventKind)
    assert set(words()["modalities"]) == set(Modality)
