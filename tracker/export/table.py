"""Tables for people: drawn on a terminal, plain and aligned when piped."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import category, east_asian_width

from tracker.domain.shown import shown
from tracker.export.cells import as_text

if TYPE_CHECKING:
    from rich.text import Text

_GAP = "  "
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_FIRST_ODD = "\u0300"  # below it every letter takes one column
_NUMBERS = frozenset({"age", "events", "claims", "documents", "count", "age_days", "n", "no longer stand"})
_WHOLE = frozenset({"age", "country", "cc", "events", "hull", "id", "published", "first", "last", "last event"})  # never broken over lines
_LONGEST_WORD = 24  # columns; a longer one (a URL) is broken rather than squeezing the others


def write_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """A table; on a terminal it fits the width and wraps inside cells, in a pipe each row is a line. A cell's later lines are details."""
    if stream.isatty():
        _drawn(rows, columns, stream)
    else:
        _plain(rows, columns, stream)


def _plain(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    cells = [[" ".join(shown(as_text(row.get(name))).split()) for name in columns] for row in rows]
    heads = [_head(name) for name in columns]
    widths = [max(map(_columns, column)) for column in zip(heads, *cells, strict=True)]
    for row in [heads, *cells]:
        stream.write(_GAP.join(cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


def _columns(text: str) -> int:
    """How many columns a text takes on a terminal: letters of some scripts take two, marks over letters and signs of direction none."""
    if text.isascii() or max(text) < _FIRST_ODD:
        return len(text)
    return sum(0 if category(one) in _NO_WIDTH else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _drawn(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    from rich import box  # a terminal pays for it, a pipe does not
    from rich.console import Console
    from rich.table import Table

    console = Console(file=stream, width=shutil.get_terminal_size((100, 24)).columns, highlight=False)
    cells = [[shown(as_text(row.get(name))) for name in columns] for row in rows]
    widths = fitted([_needs(name, [row[n] for row in cells]) for n, name in enumerate(columns)], console.width - 2 * (len(columns) - 1))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), header_style="bold", collapse_padding=True)
    for name, width in zip(columns, widths, strict=True):
        table.add_column(_head(name), overflow="fold", justify="right" if name in _NUMBERS else "left", width=width)
    for row in cells:
        table.add_row(*map(_styled, row))
    console.print(table)


def _needs(name: str, cells: Sequence[str]) -> tuple[int, int]:
    """The least and the greatest width that a column can use."""
    from rich.cells import cell_len  # some scripts take two columns a character

    lines = [line for text in (_head(name), *cells) for line in text.split("\n")]
    natural = max(map(cell_len, lines))
    if name in _WHOLE:
        return natural, natural
    return min(_LONGEST_WORD, max(cell_len(word) for line in lines for word in line.split() or [""])), natural


def fitted(needs: Sequence[tuple[int, int]], width: int) -> list[int]:
    """Column widths that together fit `width`: each between its least and its greatest, narrow columns whole before wide ones grow."""
    given = [max(1, least) for least, _ in needs]
    while sum(given) > width and max(given) > 1:  # a very narrow terminal: the widest give way
        given[given.index(max(given))] -= 1
    free = width - sum(given)
    while free > 0:
        growing = [n for n, (_, greatest) in enumerate(needs) if given[n] < greatest]
        if not growing:
            break
        given[min(growing, key=lambda n: given[n])] += 1
        free -= 1
    return given


def _styled(text: str) -> Text:
    from rich.text import Text

    first, _, details = text.partition("\n")
    return Text(first) if not details else Text.assemble(first, ("\n" + details, "dim"))


def _head(name: str) -> str:
    return name.replace("_", " ")
