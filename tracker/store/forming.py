"""The events of some vessels made anew after people changed their claims; old ids stay findable as far as anything stands behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select, update
from sqlmodel import Session, col

from tracker.domain.kinds import ReviewStatus
from tracker.domain.records import Claim, Event
from tracker.store.ledger import Ledger
from tracker.store.repository import Merge, claim_of, event_row
from tracker.store.tables import ClaimRow, DecisionRow, DocumentRow, EventAlias, EventRow

DECIDED = ("accept", "edit")
"""Decisions after which a claim counts as reviewed."""


def claims_of(work: Session, vessels: Collection[str]) -> list[Claim]:
    """Every claim of some vessels, by key."""
    rows = work.execute(
        select(ClaimRow, col(DocumentRow.published), col(DocumentRow.source_key))
        .join(DocumentRow, col(DocumentRow.id) == col(ClaimRow.document_id))
        .where(col(ClaimRow.vessel_key).in_(vessels))
        .execution_options(populate_existing=True)
    ).all()
    return [claim_of(row, published, source) for row, published, source in rows]


def events_of(work: Session, vessels: Collection[str]) -> set[str]:
    """The ids of the events of some vessels."""
    return set(work.scalars(select(col(EventRow.id)).where(col(EventRow.vessel_key).in_(vessels))))


def take_apart(ledger: Ledger, vessels: Collection[str]) -> list[EventRow]:
    """Take away the events of some vessels and return them; their claims can then be changed."""
    work = ledger.work
    rows = list(work.scalars(select(EventRow).where(col(EventRow.vessel_key).in_(vessels)).execution_options(populate_existing=True)))
    for row in rows:
        work.expunge(row)
        ledger.delete(EventRow, (row.id,))
    return rows


def form(ledger: Ledger, vessels: Collection[str], gone: Sequence[EventRow], merge: Merge) -> None:
    """Make the events of some vessels from their claims, after `take_apart` returned the old ones."""
    claims = claims_of(ledger.work, vessels)
    events = merge(claims)
    query = select(col(ClaimRow.id), col(ClaimRow.event_id), col(ClaimRow.credibility)).where(col(ClaimRow.vessel_key).in_(vessels))
    rows = ledger.work.execute(query).all()
    homes, grades = {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}
    for event in events:
        ledger.insert(EventRow, event_row(event) | {"status": ReviewStatus.OPEN.value})
    new = {claim: event.id for event in events for claim in event.claims}
    for event in events:  # a claim bears the credibility of its event
        for claim in event.claims:
            if (homes[claim], grades[claim]) != (event.id, event.credibility):
                ledger.update(ClaimRow, (claim,), {"event_id": event.id, "credibility": event.credibility})
    _keep_old_ids(ledger, events, gone, homes, new)
    mark(ledger.work, vessels)


def settle(ledger: Ledger, vessels: Collection[str], merge: Merge) -> None:
    """Make the events of some vessels anew where they aren't what their claims make, and mark them."""
    rows = ledger.work.scalars(select(EventRow).where(col(EventRow.vessel_key).in_(vessels)).execution_options(populate_existing=True)).all()
    there = {row.id: row for row in rows}
    ledger.touch(EventRow, ((number,) for number in there))
    wanted = {event.id: event_row(event) for event in merge(claims_of(ledger.work, vessels))}
    same = there.keys() == wanted.keys() and all(getattr(there[n], name) == value for n, row in wanted.items() for name, value in row.items())
    if same:
        mark(ledger.work, vessels)
    else:
        form(ledger, vessels, take_apart(ledger, vessels), merge)


def _keep_old_ids(ledger: Ledger, events: Sequence[Event], gone: Sequence[EventRow], homes: dict[str, str], new: dict[str, str]) -> None:
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


def mark(work: Session, vessels: Iterable[str]) -> None:
    """Mark the events of some vessels as reviewed, in part or not, by the decisions about their claims."""
    keys = tuple(vessels)
    decided: dict[str, list[bool]] = {}
    reviewed = select(col(DecisionRow.target_id)).where(col(DecisionRow.target_kind) == "claim", col(DecisionRow.action).in_(DECIDED))
    query = select(col(ClaimRow.event_id), col(ClaimRow.id).in_(reviewed)).where(col(ClaimRow.vessel_key).in_(keys))
    for event, yes in work.execute(query):
        decided.setdefault(event, []).append(bool(yes))
    rows = work.execute(select(col(EventRow.id), col(EventRow.status)).where(col(EventRow.vessel_key).in_(keys))).all()
    for event, status in rows:
        wanted = ReviewStatus.of(decided.get(event, [])).value
        if wanted != status:
            work.execute(update(EventRow).where(col(EventRow.id) == event).values(status=wanted).execution_options(synchronize_session=False))
