"""JSON: keys in their order, dates as ISO text, unknown values as null."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

from tracker.export import write

ROW = {"end": date(2024, 12, 2), "as_of": datetime(2024, 12, 8, 23, 59, 59, tzinfo=UTC), "who": "Ельня", "n": 2, "demo": False, "other": 1}
NAMES = ("who", "end", "as_of", "n", "demo", "hull")


def written(rows: list[dict], how: str) -> str:
    stream = io.StringIO()
    write(rows, NAMES, how, stream)
    return stream.getvalue()


def test_an_object() -> None:
    (row,) = json.loads(written([ROW], "json"))
    assert list(row.items()) == [
        ("who", "Ельня"),
        ("end", "2024-12-02"),
        ("as_of", "2024-12-08T23:59:59Z"),
        ("n", 2),
        ("demo", False),
        ("hull", None),
    ]


def test_text_stays_as_it_is_written() -> None:
    assert "Ельня" in written([ROW], "json")


def test_lines() -> None:
    text = written([ROW, {**ROW, "who": "two\nlines"}], "jsonl")
    assert [json.loads(line)["who"] for line in text.splitlines()] == ["Ельня", "two\nlines"]


def test_no_rows() -> None:
    assert json.loads(written([], "json")) == []
    assert written([], "jsonl") == ""
