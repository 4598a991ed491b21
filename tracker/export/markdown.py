"""A Markdown table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TextIO

from tracker.domain.shown import shown
from tracker.export.cells import as_text


def write_md(rows: Sequence[dict[str, Any]], columns: Sequence[str], stream: TextIO) -> None:
    """A table in GitHub's Markdown; marks inside a value are escaped, line ends become spaces."""
    stream.write(f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n")
    for row in rows:
        stream.write(f"| {' | '.join(_cell(row.get(name)) for name in columns)} |\n")


def _cell(value: Any) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(shown(as_text(value)).split()))
