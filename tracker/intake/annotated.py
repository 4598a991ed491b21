"""Reviewed documents as annotated documents, in the format that `tracker evaluate` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tracker.errors import InputError
from tracker.intake.review import ADDED_RULE
from tracker.store import migrate
from tracker.store.engine import session
from tracker.store.reviewed import Reviewed, reviewed
from tracker.store.revision import check_revision


def write_annotated(url: str, folder: Path, *, whole: bool) -> list[str]:
    """Write one JSON file a reviewed document into a folder and return the names. `whole`: only documents without a claim left to review.

    Raises InputError where the folder can't be written to.
    """
    check_revision(migrate.revision(url), url)
    with session(url) as work:
        files = _files(work, whole=whole)
    try:
        if files:
            folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}") from None
    return sorted(files)


def _files(work: Session, *, whole: bool) -> dict[str, dict[str, Any]]:
    return {f"reviewed-{d.id[:12]}.json": annotated(d) for d in reviewed(work, ADDED_RULE, whole=whole)}


def annotated(document: Reviewed) -> dict[str, Any]:
    """A reviewed document with its vessels and its events. Claims of one act with the same slots are one event of several vessels."""
    numbers = {vessel.key: f"v{n}" for n, vessel in enumerate(document.vessels, 1)}
    events: dict[tuple[Any, ...], dict[str, Any]] = {}
    for claim in document.claims:
        told = {
            "kind": claim.kind,
            "place": claim.place,
            "origin": claim.origin,
            "destination": claim.destination,
            "start": claim.start_day.isoformat() if claim.start_day else None,
            "end": claim.end_day.isoformat() if claim.start_day and claim.end_day else None,
            "modality": claim.modality,
            "evidence": claim.quote,
        }
        event = events.setdefault((claim.act_id, *told.values()), {"vessels": []} | told)
        event["vessels"].append(numbers[claim.vessel_key])
    return {
        "document": {
            "id": f"reviewed-{document.id[:12]}",
            "url": document.url,
            "publisher": document.source,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
            "text": document.text,
        },
        "vessels": [_vessel(vessel, numbers[vessel.key], document) for vessel in document.vessels],
        "events": list(events.values()),
    }


def _vessel(vessel: Any, number: str, document: Reviewed) -> dict[str, Any]:
    mentions = dict.fromkeys(c.mention for c in document.claims if c.vessel_key == vessel.key and c.mention)
    return {
        "id": number,
        "name": vessel.name,
        "count": vessel.count,
        "type": vessel.type,
        "class": vessel.class_name,
        "project": vessel.project,
        "country": vessel.country,
        "hull": vessel.hull,
        "mentions": list(mentions),
    }
