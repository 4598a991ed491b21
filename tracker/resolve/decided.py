"""Claims as people's decisions leave them: the claims that stand for each one that was read. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.domain.decisions import Decisions, told_id
from tracker.domain.kinds import EventKind, Modality, Precision, VesselType
from tracker.domain.records import Claim, VesselRecord
from tracker.domain.when import Interval
from tracker.resolve.identity import unnamed_label

Standing = tuple[Claim, tuple[Claim, ...]]
"""A claim as it was read, and those that stand for it: itself, itself changed, one for each vessel that an unnamed record is, or none."""

_PLACES = ("place", "origin", "destination", "place_key", "origin_key", "destination_key", "hedge")


def standing(claims: Iterable[Claim], decisions: Decisions) -> list[Standing]:
    """Each claim with those that stand for it."""
    return [(claim, tuple(_told(claim, decisions))) for claim in claims]


def _told(claim: Claim, decisions: Decisions) -> Iterator[Claim]:
    if claim.document in decisions.silent:
        return
    vessels = decisions.identified.get(claim.vessel, (claim.vessel,))
    for vessel in vessels:
        number = claim.id if len(vessels) == 1 else told_id(claim.id, vessel)
        if decisions.rejected & {claim.id, number}:
            continue
        bearer = decisions.moved.get(number) or decisions.bearer(vessel, claim.interval.start, claim.interval.end)
        told = replace(claim, id=number, vessel=decisions.final(bearer))
        for changed in dict.fromkeys((claim.id, number)):
            told = edited(told, decisions.edits.get(changed, {}))
        yield told


def standing_vessels(records: Iterable[VesselRecord], decisions: Decisions) -> tuple[VesselRecord, ...]:
    """The records that a document brings, without those that are other vessels by now, and as people put them."""
    left = (r for r in records if r.key not in decisions.merged and r.key not in decisions.identified)
    return tuple(_put_right(record, decisions.vessel_edits.get(record.key, {})) for record in left)


def _put_right(record: VesselRecord, values: Mapping[str, Any]) -> VesselRecord:
    if not values:
        return record
    right = replace(record, **{**values, "type": VesselType(values.get("type", record.type))})
    return right if right.name else replace(right, label=unnamed_label(right.count, right.type))


def edited(claim: Claim, values: Mapping[str, Any]) -> Claim:
    """A claim with some fields as a person put them; `start` and `end` are ISO days and come with `precision`."""
    interval = claim.interval
    if "precision" in values:
        interval = Interval(_day(values["start"]), _day(values["end"]), Precision(values["precision"]))
    return replace(
        claim,
        kind=EventKind(values.get("kind", claim.kind)),
        modality=Modality(values.get("modality", claim.modality)),
        interval=interval,
        **{name: values[name] for name in _PLACES if name in values},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
