"""Events as a few lines of text, for `show` commands and for lists on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from tracker.cli.show import aged, day, width
from tracker.domain.phrases import told_modality, told_place


def wrapped(text: str, indent: int) -> str:
    """Text wrapped to the terminal, later lines indented."""
    return "\n".join(
        textwrap.wrap(" ".join(text.split()) if indent == 0 else text, min(width(), 110), subsequent_indent=" " * indent, break_long_words=False)
        or [""]
    )


def event_lines(row: dict[str, Any], *, vessel: bool = False) -> Iterator[str]:
    """An event: when, what, how sure; then its sentence, then who says so and when."""
    where = told_place(row["kind"], row["place"], row["origin"], row["destination"], row.get("main_kind"))
    head = f"{row['when']}: {row['vessel'] + ' ' if vessel else ''}{where} · {told_modality(row['modality'], row['hedge'])} · age {aged(row)}"
    yield wrapped(head, 4)
    yield textwrap.indent(wrapped(f"“{' '.join(row['quote'].split())}”", 1), "    ")
    grade = f"{row.get('grade') or row.get('source_grade')}{row['credibility']}"
    page = f", page {row['page']}" if row["page"] else ""
    count = f" · {row['claims']} claims of {row['roots']} roots" if row.get("claims", 1) > 1 else ""
    demo = " · DEMO" if row["demo"] else ""
    yield f"    {row['source']} [{grade}], published {day(row['published'])}{page}{count} · {row['event_id']}{demo}"
