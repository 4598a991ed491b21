"""What publishers changed since: pages that now tell something else, and documents that were taken back. Told in words, with what the page said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.when import Interval
from tracker.report.blocks import Block, Bullets, Heading, Line, Paragraph

MOST_CHANGES = 40
"""So many changes are printed; more are the matter of `tracker sources versions`."""


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that went, came or was moved from one version of a page to the next."""

    what: str  # "gone", "new" or "changed"
    vessel: str
    act: str  # what it told, and when; of a changed one the later telling
    slots: tuple[tuple[str, str | None, str | None], ...]  # (slot, before, after)
    old_quote: str | None
    new_quote: str | None
    hedged: bool = False  # told less firmly than as a fact


@dataclass(frozen=True, slots=True)
class Correction:
    """Another text of a page, or the taking back of one; `document_id` is the text that stands now, None where none does."""

    outlet: str
    title: str | None
    on: date  # since when it is known
    changes: tuple[Change, ...]
    document_id: str | None


def correction_blocks(corrections: Sequence[Correction], numbers: Mapping[str, int], of: str = "the area") -> Iterable[Block]:
    """The section; `numbers`: document id -> its number among the sources; `of`: what the report is about."""
    yield Heading("Corrections", "corrections")
    lines = [line for one in corrections for line in _lines(one, numbers)]
    if not lines:
        yield Paragraph(Line(f"None known: no page changed what it tells of {of} and the period, and none was withdrawn."))
        return
    yield Bullets(tuple(lines[:MOST_CHANGES]))
    if len(lines) > MOST_CHANGES:
        left_out = f"{len(lines) - MOST_CHANGES} more are left out here; `tracker sources versions` tells the changes of a page."
        yield Paragraph(Line(left_out), quiet=True)


def _lines(one: Correction, numbers: Mapping[str, int]) -> Iterator[Line]:
    number, withdrawn = numbers.get(one.document_id or ""), one.document_id is None
    title = "" if number else one.title or ""  # a numbered source has it in the list
    for change in one.changes:
        head = f"{one.outlet}, {Interval.day(one.on).told()}, {'withdrawn' if withdrawn else _WHAT[change.what]}:"
        said = " · ".join(part for part in (title, _quotes(change, withdrawn=withdrawn)) if part)
        yield Line(_told(change), head, said, (number,) if number else (), change.hedged)


_WHAT = {"changed": "changed", "gone": "no longer told", "new": "new in the text"}


def _told(change: Change) -> str:
    slots = ", ".join(_slot(*slot) for slot in change.slots)
    return f"{change.vessel}: {change.act}{f'; {slots}' if slots else ''}."


def _slot(slot: str, before: str | None, after: str | None) -> str:
    """What a changed slot was; what it is now stands before it."""
    if slot == "hedge":
        return f"“{before}” stood with it" if before else f"without “{after}” before"
    name = "certainty" if slot == "modality" else slot
    return f"{name} was {before}" if before else f"no {name} was told"


def _quotes(change: Change, *, withdrawn: bool) -> str:
    """The words of the page, before and now."""
    before, now = (" ".join(quote.split()) if quote else "" for quote in (change.old_quote, change.new_quote))
    if withdrawn or before == now:
        return f"“{before}”"
    return " · ".join(f"{when}: “{quote}”" for when, quote in (("before", before), ("now", now)) if quote)
