"""Tables for people: drawn on a terminal, plain and aligned when piped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.export.cells import as_text

_GAP = "  "


def write_table(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """A table; on a terminal it fits the width and wraps inside cells, in a pipe each row is a line."""
    if stream.isatty():
        _drawn(rows, columns, stream)
    else:
        _plain(rows, columns, stream)


def _plain(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    cells = [[" ".join(as_text(row.get(name)).split()) for name in columns] for row in rows]
    heads = [_head(name) for name in columns]
    widths = [max(len(head), *(len(row[n]) for row in cells)) if cells else len(head) for n, head in enumerate(heads)]
    for row in [heads, *cells]:
        stream.write(_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


def _drawn(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    from rich import box  # a terminal pays for it, a pipe does not
    from rich.console import Console
    from rich.table import Table

    width = int(os.environ.get("COLUMNS") or 0) or shutil.get_terminal_size((100, 24)).columns
    console = Console(file=stream, width=width, highlight=False)
    table = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, collapse_padding=True, show_edge=False, header_style="bold", expand=False
    )
    for name in columns:
        table.add_column(_head(name), overflow="fold", justify="right" if name in _NUMBERS else "left", ratio=None, no_wrap=name in _SHORT)
    for row in rows:
        table.add_row(*(_escape(as_text(row.get(name))) for name in columns))
    console.print(table)


_NUMBERS = frozenset({"age", "events", "claims", "documents", "count", "age_days"})
_SHORT = frozenset({"age", "country", "events", "hull", "id", "published"})


def _head(name: str) -> str:
    return name.replace("_", " ")


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)
