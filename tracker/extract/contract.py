"""The JSON of `tracker extract`: a contract. Fields may be added, never renamed or removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.domain.records import DocumentText, ExtractedEvent, ExtractedStrength, ExtractedVessel, Extraction


def as_json(extraction: Extraction, document: DocumentText) -> dict[str, Any]:
    """One document's extraction as a JSON object; days as ISO text, null where the text gives no date."""
    return {
        "document": {
            "path": document.path,
            "title": document.title,
            "url": document.url,
            "published": _day(document.published),
            "sha256": document.sha256,
            "source": document.source,
            "language": extraction.language,
        },
        "vessels": [_vessel(vessel) for vessel in extraction.vessels],
        "events": [_event(event) for event in extraction.events],
        "strengths": [_strength(strength) for strength in extraction.strengths],
        "warnings": [*document.warnings, *extraction.warnings],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _vessel(v: ExtractedVessel) -> dict[str, Any]:
    return {
        "id": v.id,
        "name": v.name,
        "count": v.count,
        "type": v.type.value,
        "class": v.class_name,
        "project": v.project,
        "hull": v.hull,
        "country": v.country,
        "register": v.register,
        "mentions": list(v.mentions),
    }


def _event(e: ExtractedEvent) -> dict[str, Any]:
    dated = e.interval.start is not None
    return {
        "vessels": list(e.vessels),
        "kind": e.kind.value,
        "place": e.place,
        "origin": e.origin,
        "destination": e.destination,
        "start": _day(e.interval.start),
        "end": _day(e.interval.end) if dated else None,
        "precision": e.interval.precision.value,
        "modality": e.modality.value,
        "hedge": e.hedge,
        "evidence": e.evidence,
        "span": list(e.span),
        "rule": e.rule,
        "confidence": e.confidence,
        "roles": {vessel: role.value for vessel, role in e.roles},
        "slots": _slots(e.slots),
    }


def _strength(s: ExtractedStrength) -> dict[str, Any]:
    dated = s.interval.start is not None
    return {
        "id": s.id,
        "place": s.place,
        "count": s.count,
        "count_most": s.count_most,
        "bound": s.bound.value,
        "what": s.what,
        "type": s.type.value,
        "class": s.class_name,
        "country": s.country,
        "subset": s.subset,
        "part_of": s.part_of,
        "start": _day(s.interval.start),
        "end": _day(s.interval.end) if dated else None,
        "precision": s.interval.precision.value,
        "modality": s.modality.value,
        "hedge": s.hedge,
        "evidence": s.evidence,
        "span": list(s.span),
        "count_span": list(s.count_span),
        "rule": s.rule,
        "slots": _slots(s.slots),
    }


def _slots(slots: tuple[tuple[str, str, tuple[int, int] | None], ...]) -> list[dict[str, Any]]:
    return [{"slot": slot, "from": where, "span": list(span) if span else None} for slot, where, span in slots]
