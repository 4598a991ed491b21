"""Annotated documents: one JSON file each, with the text, its vessels and its events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracker.domain.kinds import EventKind, Modality
from tracker.errors import InputError

_PARTS = {"document", "vessels", "events"}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated document. `vessels` and `events` are as the file has them: dicts of JSON values."""

    path: Path
    text: str
    published: date | None
    vessels: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]


def read_gold(folder: Path) -> list[Gold]:
    """The annotated documents of a folder, by file name. Raises InputError for a folder without any, or a file that is none."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder}: no annotated documents (*.json) there")
    return [_gold(path) for path in files]


def corpus_hash(golds: Sequence[Gold]) -> str:
    """SHA-256 over the bytes of the files in order: the same corpus, the same hash."""
    digest = hashlib.sha256()
    for gold in golds:
        digest.update(gold.path.read_bytes())
    return digest.hexdigest()


def _gold(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not set(data) >= _PARTS:
            raise InputError(f"{path}: not an annotated document; it needs document, vessels and events")
        document = data["document"]
        published = date.fromisoformat(document["published"]) if document.get("published") else None
        gold = Gold(path, str(document["text"]), published, tuple(data["vessels"]), tuple(data["events"]))
        _check(gold)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not an annotated document: {' '.join(str(error).split()) or type(error).__name__}") from None
    return gold


def _check(gold: Gold) -> None:
    """Every event is of a known kind and modality, speaks of vessels of the document, and quotes it."""
    known = {vessel["id"] for vessel in gold.vessels}
    for number, event in enumerate(gold.events, 1):
        EventKind(event["kind"])
        Modality(event["modality"])
        if unknown := set(event["vessels"]) - known:
            raise ValueError(f"event {number}: no vessel {', '.join(sorted(unknown))}")
        if event.get("evidence") and event["evidence"] not in gold.text:
            raise ValueError(f"event {number}: the evidence is not in the text")
