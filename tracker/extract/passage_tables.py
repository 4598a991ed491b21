"""Stage 1, tables of passages: a column of straits says "Strait" with each of its names, and one of who watched says "watched by"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEAD = re.compile(r"^[^\n|]*(?:\|[^\n|]*){2,}$", re.MULTILINE)
_STRAIT = re.compile(r"\s*(?:strait|straits|passage|waterway|choke ?point|where)\s*", re.IGNORECASE)
_WATCHERS = re.compile(
    r"\s*(?:seen|watched|monitored|shadowed|escorted|tracked|observed|spotted|followed) by\s*|\s*(?:escorts?|shadows?|watchers?)\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*(?:no\.?|nr\.?|#|pos\.?|item)\s*", re.IGNORECASE)
_NAME = re.compile(r"\s*([A-ZÀ-Þ][^\W\d_]+)\s*")
_FEWEST_CELLS = 3


def passage_tables(text: str) -> Iterator[tuple[int, int, str]]:
    """What the cells of a table below the names of its columns leave unsaid, and the numbers of its rows."""
    if text.count("|") < _FEWEST_CELLS * 2:
        return
    for head in _HEAD.finditer(text):
        columns = head[0].split("|")
        straits, watchers, numbers = ({n for n, c in enumerate(columns) if what.fullmatch(c)} for what in (_STRAIT, _WATCHERS, _NUMBER))
        if not straits | watchers | (numbers & {0}):
            continue
        for start, end in _rows(text, head.end(), len(columns)):
            yield from _cells(text, start, end, straits, watchers, numbered=0 in numbers)


def _rows(text: str, at: int, columns: int) -> Iterator[tuple[int, int]]:
    """The rows of a table that are as wide as its head."""
    while at < len(text) and text[at] == "\n":
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        if text.count("|", at, end) != columns - 1:
            return
        yield at + 1, end
        at = end


def _cells(text: str, start: int, end: int, straits: set[int], watchers: set[int], *, numbered: bool) -> Iterator[tuple[int, int, str]]:
    """What is put into the cells of a row, or taken out."""
    at = start
    for number, cell in enumerate(text[start:end].split("|")):
        name = _NAME.fullmatch(cell) if number in straits else None
        if name:
            yield at + name.end(1), at + name.end(1), " Strait"
        elif number in watchers and any(map(str.isalpha, cell)):
            first = at + len(cell) - len(cell.lstrip())
            yield first, first, "watched by "
        elif number == 0 and numbered and cell.strip().isdecimal():
            yield at, at + len(cell) + 1, ""
        at += len(cell) + 1
