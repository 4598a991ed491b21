"""An event and a claim as the questions read them: what the store gives in thousands, so it is small."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

LAST_SEEN_DAYS = 90
"""A vessel last told of so many days before is worth a line among those that can't be told; one of longer ago is counted."""


class ToldRow(NamedTuple):
    """The few columns of an event from which presence is worked out."""

    vessel_key: str
    id: str
    kind: str
    modality: str
    start: date | None
    end: date | None
    precision: str
    place_key: str | None
    origin_key: str | None
    destination_key: str | None
    placed: bool  # whether any place is told, one that the gazetteer doesn't have included

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> ToldRow:
        """The same of a row with the names of `columns.EVENTS`."""
        return cls(
            row["vessel_key"],
            row["event_id"],
            row["kind"],
            row["modality"],
            row["start"],
            row["end"],
            row["precision"],
            row["place_key"],
            row["origin_key"],
            row["destination_key"],
            placed=any(row[slot] for slot in ("place", "origin", "destination")),
        )


class ClaimBrief(NamedTuple):
    """The few columns of a claim that tell whether it can bear on an answer."""

    id: str
    document: str
    vessel_key: str
    kind: str
    modality: str
    start: date | None
    end: date | None
    published: date | None
    source_key: str
    place_key: str | None
    origin_key: str | None
    destination_key: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> ClaimBrief:
        """The same of a row with the names of `columns.CLAIMS`."""
        return cls(row["claim_id"], row["document_id"], *(row[name] for name in cls._fields[2:]))
