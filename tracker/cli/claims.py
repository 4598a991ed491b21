"""Rows of claims as records."""

from __future__ import annotations

from typing import Any

from tracker.domain.kinds import EventKind, Modality, Precision, Role
from tracker.domain.records import Claim
from tracker.domain.when import Interval


def as_claim(row: dict[str, Any]) -> Claim:
    """The record behind a row of `columns.CLAIMS`."""
    return Claim(
        id=row["claim_id"],
        document=row["document_id"],
        vessel=row["vessel_key"],
        kind=EventKind(row["kind"]),
        interval=Interval(row["start"], row["end"], Precision(row["precision"])),
        modality=Modality(row["modality"]),
        quote=row["quote"],
        quote_start=row["quote_start"],
        quote_end=row["quote_end"],
        rule=row["rule"],
        act=row["act_id"],
        place=row["place"],
        origin=row["origin"],
        destination=row["destination"],
        place_key=row["place_key"],
        origin_key=row["origin_key"],
        destination_key=row["destination_key"],
        hedge=row["hedge"],
        role=Role(row["role"]) if row["role"] else None,
        mention=row["mention"],
        page=row["page"],
        credibility=row["credibility"],
        confidence=row["confidence"],
        published=row["published"],
        source=row["source_key"],
        marks=tuple(row["marks"].split("\n")) if row["marks"] else (),
    )
