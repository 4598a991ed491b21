"""Vessels and their names, as people's decisions change them."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from tracker.store.ledger import Ledger, row_of
from tracker.store.tables import ClaimRow, PositionRow, VesselAlias, VesselRow


def move_names(ledger: Ledger, gone: str, keep: str) -> None:
    """Give a vessel the names of another, which loses them."""
    for row in ledger.work.scalars(select(VesselAlias).where(col(VesselAlias.vessel_key) == gone).order_by(col(VesselAlias.alias))).all():
        ledger.put(VesselAlias, row.model_dump() | {"vessel_key": keep})
        ledger.delete(VesselAlias, (gone, row.alias))


def drop_if_empty(ledger: Ledger, key: str) -> None:
    """Take away a vessel that the register doesn't have, once nothing tells of it."""
    record = row_of(ledger.work, VesselRow, (key,))
    if record is None or record["in_register"]:
        return
    for told in (col(ClaimRow.vessel_key), col(PositionRow.vessel_key)):
        if ledger.work.execute(select(told).where(told == key).limit(1)).first() is not None:
            return
    for alias in ledger.work.scalars(select(col(VesselAlias.alias)).where(col(VesselAlias.vessel_key) == key)).all():
        ledger.delete(VesselAlias, (key, alias))
    ledger.delete(VesselRow, (key,))
