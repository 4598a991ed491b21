"""Events as a few lines of text, for `show` commands and for lists on a terminal."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

from tracker.cli.show import aged, day, grade_of, width
from tracker.domain.kinds import ReviewStatus
from tracker.domain.phrases import told_act, told_modality
from tracker.domain.shown import shown

_READABLE = 110  # longer lines of prose tire the eye
_AGE = re.compile(r"\bage (≥ )?\d+ d\b")  # stays on one line
_HELD = "\ue000"  # stands for a space at which no line is broken, while lines are broken


def wrapped(text: str, indent: int, *, first: int = 0) -> str:
    """Text wrapped to the terminal; the first line and the later ones indented."""
    columns = max(min(width(), _READABLE), indent + 20)
    text = _AGE.sub(lambda age: age[0].replace(" ", _HELD), shown(text))
    lines = textwrap.wrap(text, columns, initial_indent=" " * first, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(_HELD, " ")


def bold(text: str) -> str:
    """Text in bold on a terminal; as it is in a pipe or where NO_COLOR is set."""
    text = shown(text)
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def fact_lines(facts: list[tuple[str, Any]]) -> Iterator[str]:
    """Facts under each other, their labels aligned; those without a value are left out."""
    known = [(label, value) for label, value in facts if value not in (None, "")]
    column = max((len(label) for label, _ in known), default=0) + 2
    for label, value in known:
        yield wrapped(f"{label:>{column}}  {value}", column + 2, first=0)


def event_lines(row: dict[str, Any], *, vessel: bool = False) -> Iterator[str]:
    """An event: when, what, how sure; then its sentence, then who says so and when."""
    act = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row.get("main_kind"))
    who = f"{row['vessel']}: " if vessel else ""
    yield bold(wrapped(f"{row['when']} · {who}{act} · {told_modality(row['modality'], row['hedge'])} · age {aged(row)}", 4))
    yield quote_line(row["quote"])
    yield wrapped(f"{said_by(row)} · {row['event_id']}", 4, first=4)


def quote_line(quote: str) -> str:
    """A sentence in its marks, indented."""
    return wrapped(f"“{' '.join(quote.split())}”", 5, first=4)


def said_by(row: dict[str, Any]) -> str:
    """Who says so: "Wire A [F6], published 3 Dec 2024, page 2 · 2 claims, 2 independent · DEMO"."""
    page = f", page {row['page']}" if row["page"] else ""
    count = f" · {row['claims']} claims, {row['roots']} independent" if (row.get("claims") or 1) > 1 else ""
    people = f" · {reviewed(row)}" if reviewed(row) else ""
    return f"{row['source']} [{grade_of(row)}], published {day(row['published'])}{page}{count}{people}{' · DEMO' if row['demo'] else ''}"


_REVIEWED = {"accept": "accepted", "edit": "edited by a person", ReviewStatus.ACCEPTED: "accepted", ReviewStatus.PARTLY: "partly accepted"}


def reviewed(row: dict[str, Any]) -> str:
    """What people said of an event or a claim, empty where nobody looked."""
    return _REVIEWED.get(row.get("decided") or row.get("status") or "", "")
