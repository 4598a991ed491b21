"""Comma- and tab-separated values with a header line (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.export.cells import as_text


def write_csv(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Comma-separated, quoted where needed."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([as_text(row.get(name)) for name in columns] for row in rows)


def write_tsv(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """Tab-separated; tabs and line ends inside a value become spaces, so that a line is a row."""
    stream.write("\t".join(columns) + "\n")
    for row in rows:
        stream.write("\t".join(" ".join(as_text(row.get(name)).split()) for name in columns) + "\n")
