"""Lines that cite: words with the numbers of their sources and the ids of the events behind them."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.report.blocks import Line
from tracker.report.facts import MovementFacts
from tracker.report.told import ToldEvent


def cited(
    facts: MovementFacts,
    events: Iterable[ToldEvent | None],
    text: str = "",
    *,
    strong: str = "",
    note: str = "",
    hedged: bool = False,
    numbered: bool = True,
) -> Line:
    """A line that rests on some events; without `numbered` the source numbers stay away, as where they would be too many to read."""
    behind = [event for event in events if event is not None]
    refs = facts.refs_of(behind) if numbered else ()
    return Line(text, strong, note, refs, hedged, tuple(dict.fromkeys(event.id for event in behind)))
