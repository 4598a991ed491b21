"""Markdown tables that no value can break."""

from __future__ import annotations

import io

import pytest

from tracker.export import write


def written(value: object) -> str:
    stream = io.StringIO()
    write([{"who": value, "n": 1}], ("who", "n"), "md", stream)
    return stream.getvalue()


def test_a_table() -> None:
    assert written("Yelnya") == "| who | n |\n| --- | --- |\n| Yelnya | 1 |\n"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("a|b", r"a\|b"),
        ("two\nlines", "two lines"),
        ("<script>", r"\<script\>"),
        ("[a](b)", r"\[a\](b)"),
        ("*b* _i_ `c`", r"\*b\* \_i\_ \`c\`"),
        ("back\\slash", r"back\\slash"),
        (None, ""),
    ],
)
def test_marks_are_escaped(value: object, cell: str) -> None:
    assert written(value).splitlines()[2] == f"| {cell} | 1 |"
