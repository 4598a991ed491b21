"""Claims of documents that no longer stand, for questions about days on which they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.kinds import MAIN_SLOT

if TYPE_CHECKING:
    from tracker.domain.records import Claim
    from tracker.store.reader import Reader

Row = dict[str, Any]
_NAMES = {"id": "claim_id", "start_day": "start", "end_day": "end"}


def former_claims(reader: Reader, known_on: date) -> list[Row]:
    """The rows that `Reader.claims` gives, of documents that still stood on a day and don't now; people's decisions are applied to them."""
    from tracker.cli.claims import as_claim
    from tracker.domain.decisions import gathered
    from tracker.resolve.decided import standing

    rows = {row["claim_id"]: row for row in map(as_read_row, reader.silent_claims()) if known_on < row["until"]}
    if not rows:
        return []
    claims = [as_claim(row) for row in rows.values()]
    vessels, kinds = reader.vessel_identities(), {row["key"]: row["kind"] for row in reader.place_kinds()}
    told = [(rows[read.id], one) for read, those in standing(claims, gathered(reader.decisions())) for one in those]
    return [_as_told(row, claim, kinds) | vessels[claim.vessel] for row, claim in told if claim.vessel in vessels]


def as_read_row(row: Row) -> Row:
    """A claim as it was read (`read`, its row in the store) with the names that questions use, beside what the row tells of its document."""
    days = {name: date.fromisoformat(value) if isinstance(value := row["read"][name], str) else value for name in ("start_day", "end_day")}
    return {_NAMES.get(name, name): value for name, value in (row["read"] | days).items()} | {k: v for k, v in row.items() if k != "read"}


def _as_told(row: Row, claim: Claim, kinds: dict[str, str]) -> Row:
    """The row of a claim as it stood."""
    main_key = getattr(claim, f"{MAIN_SLOT[claim.kind]}_key")
    return row | dict(_told(claim)) | {"decided": None, "main_key": main_key, "main_kind": kinds.get(main_key)}


def _told(claim: Claim) -> Iterator[tuple[str, Any]]:
    """What decisions may change of a claim."""
    yield from (("claim_id", claim.id), ("vessel_key", claim.vessel), ("kind", claim.kind.value), ("modality", claim.modality.value))
    yield from (("start", claim.interval.start), ("end", claim.interval.end), ("precision", claim.interval.precision.value))
    yield from (("edtf", claim.interval.edtf()), ("hedge", claim.hedge))
    for slot in ("place", "origin", "destination"):
        yield from ((slot, getattr(claim, slot)), (f"{slot}_key", getattr(claim, f"{slot}_key")))
