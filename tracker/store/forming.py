"""The events of some vessels made anew after people changed their claims; old ids stay findable as far as anything stands behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, select
from sqlmodel import Session, SQLModel, col

from tracker.domain.kinds import ReviewStatus
from tracker.domain.records import Event
from tracker.store.ledger import Ledger
from tracker.store.repository import Merge, claim_of, event_row
from tracker.store.tables import ClaimRow, EventAlias, EventRow

DECIDED = ("accept", "edit")
"""Decisions after which a claim counts as reviewed."""
CLAIM, DOCUMENT, EVENT, DECISION = (SQLModel.metadata.tables[name] for name in ("claim", "document", "event", "decision"))
_AT_ONCE = 500  # values in one IN
_OF_EVENTS: BindParameter[Any] = bindparam("events", expanding=True)
_REVIEWED = (
    select(CLAIM.c.id)
    .join(DECISION, and_(DECISION.c.target_kind == "claim", DECISION.c.target_id == CLAIM.c.id))
    .where(CLAIM.c.event_id.in_(_OF_EVENTS), DECISION.c.action.in_(bindparam("actions", expanding=True)))
)
_HOMES = select(CLAIM.c.id, CLAIM.c.event_id).where(CLAIM.c.event_id.in_(_OF_EVENTS))
_STATUS = select(EVENT.c.id, EVENT.c.status).where(EVENT.c.id.in_(_OF_EVENTS))


def _claim_rows(work: Session, vessels: Collection[str]) -> Sequence[Any]:
    rows = select(CLAIM, DOCUMENT.c.published, DOCUMENT.c.source_key).join(DOCUMENT, DOCUMENT.c.id == CLAIM.c.document_id)
    return work.connection().execute(rows.where(CLAIM.c.vessel_key.in_(vessels))).all()


def events_of(work: Session, vessels: Collection[str]) -> set[str]:
    """The ids of the events of some vessels."""
    return set(work.connection().execute(select(EVENT.c.id).where(EVENT.c.vessel_key.in_(vessels))).scalars())


def let_go(ledger: Ledger, claims: Collection[str]) -> list[Any]:
    """Take away the events that some claims lead and return their rows; the claims can then be taken away too."""
    rows = ledger.work.connection().execute(select(EVENT).where(EVENT.c.lead_claim_id.in_(claims))).all()
    for row in rows:
        ledger.delete(EventRow, (row.id,))
    return list(rows)


def form(ledger: Ledger, vessels: Collection[str], merge: Merge, parted: Sequence[Any] = ()) -> None:
    """Bring the events of some vessels to what their claims make, and mark them; `parted` are those that `let_go` took away before.

    Only what differs is written, so that a decision costs what it changes.
    """
    rows = _claim_rows(ledger.work, vessels)
    homes, grades = {row.id: row.event_id for row in rows}, {row.id: row.credibility for row in rows}
    events = merge([claim_of(row, row.published, row.source_key) for row in rows])
    there = {row.id: row for row in ledger.work.connection().execute(select(EVENT).where(EVENT.c.vessel_key.in_(vessels)))}
    wanted = {event.id: event_row(event) for event in events}
    gone = [row for number, row in there.items() if number not in wanted]
    for row in gone:
        ledger.delete(EventRow, (row.id,))
    for number, values in wanted.items():
        if number not in there:
            ledger.insert(EventRow, values | {"status": ReviewStatus.OPEN.value})
        elif changed := {name: value for name, value in values.items() if getattr(there[number], name) != value}:
            ledger.update(EventRow, (number,), changed)
    new = {claim: event.id for event in events for claim in event.claims}
    for event in events:  # a claim bears the credibility of its event
        for claim in event.claims:
            if (homes[claim], grades[claim]) != (event.id, event.credibility):
                ledger.update(ClaimRow, (claim,), {"event_id": event.id, "credibility": event.credibility})
    _keep_old_ids(ledger, events, [*gone, *parted], homes, new)
    mark(ledger, wanted)


def _keep_old_ids(ledger: Ledger, events: Sequence[Event], gone: Sequence[Any], homes: dict[str, str], new: dict[str, str]) -> None:
    """An event that went leads to the one that has its leading claim, else any of its claims; with none left, its id leads nowhere and is let go."""
    live = {event.id for event in events}
    for old in gone:
        if old.id in live:
            continue
        heirs = sorted(event for claim, event in new.items() if homes[claim] == old.id)
        target = new.get(old.lead_claim_id) or next(iter(heirs), None)
        for alias in _aliases(ledger.work, event=old.id):
            _lead(ledger, alias, target)
        if target:
            ledger.put(EventAlias, {"old_id": old.id, "event_id": target})
    for alias in ledger.work.scalars(select(col(EventAlias.old_id)).where(col(EventAlias.old_id).in_(live))).all():
        ledger.delete(EventAlias, (alias,))


def _aliases(work: Session, event: str) -> list[str]:
    return list(work.scalars(select(col(EventAlias.old_id)).where(col(EventAlias.event_id) == event)))


def _lead(ledger: Ledger, alias: str, target: str | None) -> None:
    if target and target != alias:
        ledger.update(EventAlias, (alias,), {"event_id": target})
    else:
        ledger.delete(EventAlias, (alias,))


def mark(ledger: Ledger, events: Iterable[str]) -> None:
    """Mark some events, by id, as reviewed, in part or not, by the decisions about their claims."""
    db, ids = ledger.work.connection(), sorted(events)
    for part in (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)):
        reviewed = set(db.execute(_REVIEWED, {"events": part, "actions": DECIDED}).scalars())
        decided: dict[str, list[bool]] = {}
        for claim, event in db.execute(_HOMES, {"events": part}):
            decided.setdefault(event, []).append(claim in reviewed)
        for event, status in db.execute(_STATUS, {"events": part}).all():
            wanted = ReviewStatus.of(decided.get(event, [])).value
            if wanted != status:
                ledger.update(EventRow, (event,), {"status": wanted})
