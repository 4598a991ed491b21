"""A report as a list of blocks: headings, lines with [n], tables, figures and numbered sources; every format prints the same list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """Some words on one matter: a strong beginning, the text, a note in small print, and the numbers of the sources behind them."""

    text: str = ""
    strong: str = ""
    note: str = ""
    refs: tuple[int, ...] = ()
    hedged: bool = False  # told less firmly than as a fact: printed in italics
    events: tuple[str, ...] = ()  # ids of the events behind it; not printed


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's title; `anchor` is what links lead to."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line that stands for itself; `quiet` for small print."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, and whether it holds figures."""

    head: str
    share: float
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table under a common title (none when it is empty)."""

    rows: tuple[tuple[Line, ...], ...]
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may run over pages, its head repeated on each; `caption` says what it holds, for those who can't see it."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure by its name among the figures of a report, and what it shows in words."""

    name: str
    alt: str
    caption: str
    title: str = ""  # it is a section of its own then, under this anchor
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words as a source has them; `where` is "p. 3" in a PDF."""

    text: str
    where: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source with its quotes; `back` are anchors and names of the places that rest on it."""

    number: int
    outlet: str
    details: str
    url: str
    archive_url: str
    grade: str
    quotes: tuple[Quoted, ...]
    back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The list of sources."""

    entries: tuple[Source, ...]


Block = Heading | Paragraph | Bullets | Table | Picture | Sources


@dataclass(frozen=True, slots=True)
class Book:
    """A report: what stands on every page, and its blocks. `stamp` is the as-of time as a UNIX time in seconds."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]  # names and values under the title
    running: str  # the running head
    foot: str
    mark: str  # "DEMO" on pages that rest on demo reports, else empty
    stamp: int
    blocks: tuple[Block, ...]

    def section(self, anchor: str) -> tuple[Block, ...]:
        """The blocks under a heading, up to the next heading."""
        found: list[Block] = []
        inside = False
        for block in self.blocks:
            if isinstance(block, Heading):
                inside = block.anchor == anchor
            elif inside:
                found.append(block)
        return tuple(found)


Telling = Callable[[str], str]
"""Text -> the same with letters that can be drawn."""
_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, none for anything else; asking `dataclasses.fields` for each of a hundred thousand lines takes seconds."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]


_UNPRINTED = "events"


def as_data(value: Any) -> Any:
    """What is printed of a book as plain data for JSON; each block carries the name of its class as `is`."""
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    if names := _names(type(value)):
        return {"is": type(value).__name__} | {name: as_data(getattr(value, name)) for name in names if name != _UNPRINTED}
    return value


_UNPRINTABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\uf8ff\\U000f0000-\\U000ffffd\\U00100000-\\U0010fffd]"
)
"""Controls, halves of letters, letters of nobody's, and the invisible marks that turn the direction of the text around them: out of place in a
name, and a way to make a line read as another."""


def printable(text: str, told: Telling | None = None) -> str:
    """Text on one line without controls or direction marks; `told` replaces the letters that can't be drawn."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most texts, and ASCII is in every font
        return text.strip()
    kept = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", " ".join(text.split())))
    return told(kept) if told else kept


def cleaned(value: Any, told: Telling | None = None) -> Any:
    """A book, or any part of it, with every text printable. As `printable`."""
    if isinstance(value, str):
        return printable(value, told)
    if isinstance(value, tuple):
        new = tuple([cleaned(item, told) for item in value])
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    changes: dict[str, Any] = {}
    for name in _names(type(value)):
        old = getattr(value, name)
        if (new_part := cleaned(old, told)) is not old:
            changes[name] = new_part
    return replace(value, **changes) if changes else value


def texts(value: Any) -> Iterator[str]:
    """Every text in a book."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, tuple):
            todo.extend(one)
        elif names := _names(type(one)):
            todo.extend(getattr(one, name) for name in names)
