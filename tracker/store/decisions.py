"""What people decided: kept, applied to claims, and written down so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from tracker.domain.decisions import Decisions, gathered, told_id
from tracker.domain.records import Claim
from tracker.store import ledger as ledgers
from tracker.store import versions
from tracker.store.forming import form, let_go
from tracker.store.ledger import Change, Ledger
from tracker.store.repository import Merge, claim_of, claim_row
from tracker.store.tables import ClaimRow, DecisionRow, DocumentRow, PlaceRow, ReadClaimRow, ReviewRow, SaidRow, StrengthRow, VesselRow

Standing = tuple[Claim, tuple[Claim, ...]]
CLAIM, VESSEL = "claim", "vessel"
_CHUNK = 500  # values in one IN
_ANY = select(col(DecisionRow.action)).limit(1)


def any_decision(work: Session) -> bool:
    """Whether anybody decided anything."""
    return work.connection().execute(_ANY).first() is not None


def about(work: Session, claims: Sequence[Claim], vessels: Iterable[str] = ()) -> Decisions:
    """The decisions that concern some claims, as they were read, and some vessels besides theirs, by key."""
    of_vessels = _vessel_decisions(work, {claim.vessel for claim in claims} | set(vessels))
    identified = {row.target_id: tuple(row.value["to"]) for row in of_vessels if row.action == "identify"}
    ids = {claim.id for claim in claims}
    ids |= {told_id(claim.id, vessel) for claim in claims for vessel in identified.get(claim.vessel, ())}
    rows = _rows(work, CLAIM, ids)
    moved = {row.target_id: str(row.value["to"]) for row in rows if row.action == "move"}
    of_vessels += _vessel_decisions(work, set(moved.values()))
    told = ((row.target_kind, row.target_id, row.action, row.value) for row in (*rows, *of_vessels))
    return gathered(told, versions.silent(work, {claim.document for claim in claims}))


def _vessel_decisions(work: Session, keys: set[str]) -> list[DecisionRow]:
    """The decisions about some vessels, and about those that they were merged into or identified as."""
    seen: set[str] = set()
    found: list[DecisionRow] = []
    while keys:
        seen |= keys
        rows = _rows(work, VESSEL, keys)
        found += rows
        keys = {key for row in rows for key in _onward(row)} - seen
    return found


def _onward(row: DecisionRow) -> list[str]:
    """The vessels to which a decision leads."""
    if row.action == "alias":
        return [str(span["to"]) for span in row.value["spans"]]
    to = row.value.get("to", [])
    return [to] if isinstance(to, str) else to


def _rows(work: Session, kind: str, ids: Collection[str]) -> list[DecisionRow]:
    wanted = sorted(ids)
    return [
        row
        for start in range(0, len(wanted), _CHUNK)
        for row in work.scalars(
            select(DecisionRow)
            .where(col(DecisionRow.target_kind) == kind, col(DecisionRow.target_id).in_(wanted[start : start + _CHUNK]))
            .execution_options(populate_existing=True)
        )
    ]


def decision(work: Session, kind: str, target: str, action: str) -> dict[str, Any] | None:
    """The value of one decision, None where there is none."""
    row = ledgers.row_of(work, DecisionRow, (kind, target, action))
    return row["value"] if row else None


def decide(ledger: Ledger, kind: str, target: str, action: str, value: dict[str, Any]) -> None:
    """Keep a decision; an earlier one of the same kind about the same thing gives way."""
    ledger.put(DecisionRow, {"target_kind": kind, "target_id": target, "action": action, "value": value})


def withdraw(ledger: Ledger, kind: str, target: str, action: str) -> None:
    """Let a decision go, where there is one."""
    if decision(ledger.work, kind, target, action) is not None:
        ledger.delete(DecisionRow, (kind, target, action))


def as_read(work: Session, ids: Iterable[str]) -> list[Claim]:
    """The claims, as they were read, behind some that stand in the store or were rejected; each once."""
    found: dict[str, Claim] = {}
    for number in ids:
        claim = _as_read(work, number)
        found[claim.id] = claim
    return list(found.values())


def _as_read(work: Session, number: str) -> Claim:
    row = work.get(ClaimRow, number, populate_existing=True)
    kept = work.get(ReadClaimRow, _read_id(work, number, row), populate_existing=True)
    if kept is not None:
        row = _row_of_json(kept.claim)
    assert row is not None  # an id comes from the store's own tables
    document = work.get(DocumentRow, row.document_id)
    assert document is not None  # claims point at documents by foreign key
    return claim_of(row, document.published, document.source_key)


def _read_id(work: Session, number: str, row: ClaimRow | None) -> str:
    """The id under which a claim was read: its own, but where an unnamed record was told of several vessels."""
    if row is not None:
        kept = work.scalars(select(ReadClaimRow).where(col(ReadClaimRow.document_id) == row.document_id).execution_options(populate_existing=True))
        return next((k.id for k in kept if number in k.told), number)
    value = decision(work, CLAIM, number, "reject")
    return str(value["read"]) if value else number


def carry(ledger: Ledger, onto: Mapping[str, str]) -> int:
    """Decide about claims what was decided about others (old id -> new id, as they were read); returns how many decisions that are."""
    rows = _rows(ledger.work, CLAIM, onto)
    for row in rows:
        new = onto[row.target_id]
        decide(ledger, CLAIM, new, row.action, row.value | ({"read": new} if "read" in row.value else {}))
    return len(rows)


def decided(work: Session, claims: Sequence[Claim]) -> frozenset[str]:
    """The ids, of some claims as they were read, of those about which somebody decided, or about whose unnamed vessel."""
    keys = {claim.vessel for claim in claims}
    identified = {row.target_id: tuple(row.value["to"]) for row in _rows(work, VESSEL, keys) if row.action == "identify"}
    owner = {claim.id: claim.id for claim in claims}
    owner |= {told_id(claim.id, vessel): claim.id for claim in claims for vessel in identified.get(claim.vessel, ())}
    found = {owner[row.target_id] for row in _rows(work, CLAIM, owner)}
    return frozenset(found | {claim.id for claim in claims if claim.vessel in identified})


def changed_claims(work: Session, changes: Sequence[Change]) -> set[str]:
    """The ids, as they were read, of the claims that decisions changed or took away and on which some changes may bear.

    They are those that the changes name, and whatever is told of a vessel concerned because a merge, an identification or a move leads there.
    """
    named = {change.key[0] for change in changes if change.table in ("claim", "read_claim")}
    named |= {change.key[1] for change in changes if change.table == "decision" and change.key[0] == CLAIM}
    leading = list(work.scalars(select(DecisionRow).where(col(DecisionRow.action).in_(("merge", "identify", "move")))))
    vessels = _leading_to(_vessels_named(work, changes), leading)
    named |= {str(row.value["read"]) for row in leading if row.action == "move" and row.value["to"] in vessels}
    found: set[str] = set()
    for column, keys in ((col(ReadClaimRow.vessel_key), sorted(vessels)), (col(ReadClaimRow.id), sorted(named))):
        for start in range(0, len(keys), _CHUNK):
            found |= set(work.scalars(select(col(ReadClaimRow.id)).where(column.in_(keys[start : start + _CHUNK]))))
    return found


def _vessels_named(work: Session, changes: Sequence[Change]) -> set[str]:
    """The keys of the vessels that some changes are about."""
    vessels = set(vessels_of(work, changes)) | {change.key[0] for change in changes if change.table == "vessel"}
    for change in changes:
        if change.table == "decision" and change.key[0] == VESSEL:
            vessels.add(change.key[1])
            vessels |= {key for side in (change.before, change.after) for key in _targets(side)}
    return vessels


def _targets(decided: Mapping[str, Any] | None) -> list[str]:
    """The vessels that a merge or an identification, as a row of its table, leads to."""
    to = ((decided or {}).get("value") or {}).get("to", [])
    return [to] if isinstance(to, str) else list(to)


def _leading_to(vessels: set[str], decided: Sequence[DecisionRow]) -> set[str]:
    """Some vessels with all that were merged into them or identified as them, directly or through others."""
    before: dict[str, set[str]] = {}
    for row in decided:
        if row.target_kind == VESSEL:
            for key in _targets({"value": row.value}):
                before.setdefault(key, set()).add(row.target_id)
    found, todo = set(vessels), list(vessels)
    while todo:
        fresh = before.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return found


def is_known(work: Session, number: str) -> bool:
    """Whether a claim of this id stands in the store, was read, or was rejected."""
    return any(
        ledgers.row_of(work, table, key) is not None
        for table, key in ((ClaimRow, (number,)), (ReadClaimRow, (number,)), (DecisionRow, (CLAIM, number, "reject")))
    )


def is_told_so(work: Session, read: Claim, told: Sequence[Claim]) -> bool:
    """Whether these claims stand for one that was read, value for value."""
    there = _present(work, [read])
    return {c.id: claim_row(c, there[c.id].event_id, there[c.id].credibility) if c.id in there else None for c in told} == {
        number: {name: getattr(row, name) for name in ClaimRow.model_fields} for number, row in there.items()
    }


def vessels_of(work: Session, changes: Iterable[Change]) -> list[str]:
    """The keys of the vessels whose claims, events or decisions some changes concern."""
    keys: set[str] = set()
    for change in changes:
        values = [side for side in (change.before, change.after) if side]
        keys |= {side["vessel_key"] for side in values if side.get("vessel_key")}
        claim = change.key[1] if change.table == "decision" else change.key[0] if change.table == "claim" else None
        if claim and (row := ledgers.row_of(work, ClaimRow, (claim,))):
            keys.add(row["vessel_key"])
    return sorted(keys)


def in_use(work: Session, back: Sequence[Change]) -> str | None:
    """What stands in the way of taking rows away: a vessel or document of which claims tell that stay."""
    goes = {change.key[0] for change in back if change.table == "claim" and (change.after is None or "vessel_key" in change.after)}
    for table, column in (("vessel", col(ClaimRow.vessel_key)), ("document", col(ClaimRow.document_id))):
        keys = [change.key[0] for change in back if change.table == table and change.after is None]
        for at in range(0, len(keys), _CHUNK):
            told = work.execute(select(column, col(ClaimRow.id)).where(column.in_(keys[at : at + _CHUNK])))
            if stays := sorted(key for key, claim in told if claim not in goes):
                return f"{table} {stays[0]} has claims by now"
    return _places_in_use(work, {change.key[0] for change in back if change.table == "place" and change.after is None}, goes)


def _places_in_use(work: Session, places: set[str], goes: set[str]) -> str | None:
    """What stands in the way of taking places away: claims that stay, counts, other places, home ports."""
    if not places:
        return None
    told = or_(*(column.in_(places) for column in (col(ClaimRow.place_key), col(ClaimRow.origin_key), col(ClaimRow.destination_key))))
    inside = or_(col(PlaceRow.parent_key).in_(places), col(PlaceRow.water_key).in_(places))
    if set(work.scalars(select(col(ClaimRow.id)).where(told))) - goes:
        return f"claims tell of {', '.join(sorted(places)[:3])} by now"
    if work.scalars(select(col(StrengthRow.id)).where(col(StrengthRow.place_key).in_(places)).limit(1)).first():
        return f"counts tell of {', '.join(sorted(places)[:3])} by now"
    if others := sorted(set(work.scalars(select(col(PlaceRow.key)).where(inside))) - places):
        return f"{others[0]} lies there"
    if home := work.scalars(select(col(VesselRow.key)).where(col(VesselRow.home_port_key).in_(places)).limit(1)).first():
        return f"{home} has its home port there"
    return None


def rejected(work: Session, prefix: str) -> list[str]:
    """The ids of rejected claims that begin so."""
    rows = work.scalars(
        select(col(DecisionRow.target_id)).where(
            col(DecisionRow.target_kind) == CLAIM,
            col(DecisionRow.action) == "reject",
            col(DecisionRow.target_id).startswith(prefix, autoescape=True),
        )
    )
    return sorted(rows)


def _row_of_json(values: dict[str, Any]) -> ClaimRow:
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("start_day", "end_day")}
    return ClaimRow(**values | days)


def _json_of(claim: Claim) -> dict[str, Any]:
    """A claim as it was read: without the grade, which its event gives it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in claim_row(claim, claim.id, 6).items()}


def keep_read(ledger: Ledger, standing: Sequence[Standing]) -> None:
    """Keep the claims as they were read wherever something else stands for them; forget those that stand for themselves."""
    for read, told in standing:
        there = ledgers.row_of(ledger.work, ReadClaimRow, (read.id,))
        if told == (read,):
            if there:
                ledger.delete(ReadClaimRow, (read.id,))
            continue
        row = {"id": read.id, "document_id": read.document, "vessel_key": read.vessel, "claim": _json_of(read), "told": [c.id for c in told]}
        if there != row:
            ledger.put(ReadClaimRow, row)


def forget_read(ledger: Ledger, ids: Iterable[str]) -> None:
    """Let claims go that a person had added: nothing is kept of them but the history."""
    for number in ids:
        if ledgers.row_of(ledger.work, ReadClaimRow, (number,)) is not None:
            ledger.delete(ReadClaimRow, (number,))


def rewrite(ledger: Ledger, standing: Sequence[Standing], merge: Merge) -> None:
    """Bring the claims of the store, and the events of their vessels, to what stands for each claim that was read."""
    there = _present(ledger.work, [read for read, _ in standing])
    wanted = {claim.id: claim for _, told in standing for claim in told}
    vessels = sorted({row.vessel_key for row in there.values()} | {claim.vessel for claim in wanted.values()})
    goes = sorted(there.keys() - wanted.keys())
    parted = let_go(ledger, goes)
    for number in goes:
        ledger.delete(ClaimRow, (number,))
    for number, claim in wanted.items():
        row = there.get(number)
        values = claim_row(claim, row.event_id, row.credibility) if row else claim_row(claim, number)
        if row is None:
            ledger.insert(ClaimRow, values)
        elif changed := {name: value for name, value in values.items() if getattr(row, name) != value}:
            ledger.update(ClaimRow, (number,), changed)
    keep_read(ledger, standing)
    form(ledger, vessels, merge, parted)


def _present(work: Session, reads: Sequence[Claim]) -> dict[str, ClaimRow]:
    """The rows that stand for some claims now."""
    ids = {read.id for read in reads}
    for read in reads:
        if kept := ledgers.row_of(work, ReadClaimRow, (read.id,)):
            ids = (ids - {read.id}) | set(kept["told"])
    rows = [work.get(ClaimRow, number, populate_existing=True) for number in sorted(ids)]
    present = {row.id: row for row in rows if row is not None}
    for row in present.values():
        work.expunge(row)
    return present


@dataclass(frozen=True, slots=True)
class Record:
    """What goes into the history: who did what to what, and why."""

    who: str
    action: str
    target_kind: str
    target_id: str
    why: str | None = None


def write_down(ledger: Ledger, record: Record, at: datetime) -> int:
    """Add a row to the history with everything that the ledger changed, and return its number."""
    changes = ledger.changes()
    row = ReviewRow(
        at=at,
        who=record.who,
        action=record.action,
        target_kind=record.target_kind,
        target_id=record.target_id,
        why=record.why,
        before={"rows": [[c.table, list(c.key), c.before] for c in changes]},
        after={"rows": [[c.table, list(c.key), c.after] for c in changes]},
    )
    ledger.work.add(row)
    ledger.work.flush()
    assert row.id is not None  # the database numbers it
    return row.id


def changes_of(row: ReviewRow) -> list[Change]:
    """What a row of the history changed."""
    before, after = (row.before or {}).get("rows", []), (row.after or {}).get("rows", [])
    return [Change(table, tuple(key), old, new) for (table, key, old), (_, _, new) in zip(before, after, strict=True)]


def standing_history(work: Session, limit: int) -> list[ReviewRow]:
    """The latest rows of the history that were not undone and are no undoing, the latest first."""
    undone = select(col(ReviewRow.target_id)).where(col(ReviewRow.action) == "undo")
    rows = work.scalars(select(ReviewRow).where(col(ReviewRow.action) != "undo").order_by(col(ReviewRow.id).desc()))
    over = set(work.scalars(undone))
    return [row for row in rows if str(row.id) not in over][:limit]


def forget_document(ledger: Ledger, document: str, merge: Merge) -> None:
    """Take a document with its claims out of the store and bring the events of its vessels up to date; decisions about it stay."""
    work = ledger.work
    claims = list(work.scalars(select(ClaimRow).where(col(ClaimRow.document_id) == document)))
    vessels = sorted({row.vessel_key for row in claims})
    parted = let_go(ledger, [row.id for row in claims])
    for row in claims:
        work.expunge(row)
        ledger.delete(ClaimRow, (row.id,))
    for number in list(work.scalars(select(col(ReadClaimRow.id)).where(col(ReadClaimRow.document_id) == document))):
        ledger.delete(ReadClaimRow, (number,))
    form(ledger, vessels, merge, parted)
    work.execute(delete(SaidRow).where(col(SaidRow.document_id) == document))
    work.execute(delete(StrengthRow).where(col(StrengthRow.document_id) == document))
    ledger.delete(DocumentRow, (document,))
