"""A document that comes in, as people's earlier decisions leave what it tells."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from tracker.resolve.decided import standing, standing_vessels
from tracker.resolve.identity import Resolved
from tracker.store import decisions
from tracker.store.forming import mark
from tracker.store.ledger import Ledger


class Decided:
    """What a document brings after the decisions: `new` records of vessels, and `claims`."""

    def __init__(self, work: Session, resolved: Resolved) -> None:
        known = decisions.about(work, resolved.claims, (record.key for record in resolved.new))
        self._work, self._standing = work, standing(resolved.claims, known)
        self.new = standing_vessels(resolved.new, known)
        self.claims = tuple(claim for _, told in self._standing for claim in told)

    def keep(self, events: Iterable[str]) -> None:
        """Once the document is stored: keep what was read and no longer stands, and mark the events that it touched by what people decided."""
        ledger = Ledger(self._work)
        decisions.keep_read(ledger, self._standing)
        mark(ledger, events)
