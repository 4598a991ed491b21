"""Comma- and tab-separated values with a header line (RFC 4180)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.export.cells import as_text

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def guarded(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it. `unguarded` takes it off again."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def unguarded(cell: str) -> str:
    """The text behind a guarded cell."""
    return cell[1:] if _GUARDED.match(cell) else cell


class _BareLines:
    """Passes each line on with a line feed for its end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        return self._stream.write(line.removesuffix("\r\n") + "\n")


def write_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Comma-separated, quoted where needed. Lines end in a bare line feed, as other tools on a command line expect."""
    writer = csv.writer(_BareLines(stream), lineterminator="\r\n")  # so that the csv module also quotes a lone carriage return
    writer.writerow(columns)
    writer.writerows([as_text(row.get(name)) for name in columns] for row in rows)


def write_tsv(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Tab-separated; tabs and line ends inside a value become spaces, so that a line is a row."""
    stream.write("\t".join(columns) + "\n")
    for row in rows:
        stream.write("\t".join(" ".join(as_text(row.get(name)).split()) for name in columns) + "\n")
