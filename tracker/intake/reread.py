"""Why a claim was read: its document read once more, and what filled each slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tracker.domain.records import ExtractedEvent, Extraction
from tracker.extract.pipeline import extract
from tracker.intake.known import gazetteer_at


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a document that filled a slot ("vessel", "origin", "date", …); `where` tells how near they stand to the verb."""

    slot: str
    where: str
    span: tuple[int, int] | None


def marks(claim: dict[str, Any], text: str, url: str) -> list[Mark]:
    """What filled the slots of a claim (a row of `columns.CLAIMS`), in order of the text; none where it isn't read so any more. `url`: its store."""
    found = next((e for e in _read(text, claim["published"], url).events if _same(e, claim)), None)
    if found is None:
        return []
    vessels = [Mark("vessel", "mention", span) for _, span in found.vessel_spans if text[span[0] : span[1]] == claim["mention"]]
    slots = [Mark(slot, where, span) for slot, where, span in found.slots]
    return sorted((*vessels, *slots), key=lambda mark: mark.span or (len(text), 0))


def _same(event: ExtractedEvent, claim: dict[str, Any]) -> bool:
    if event.span != (claim["quote_start"], claim["quote_end"]) or event.rule != claim["rule"]:
        return False
    told = [event.evidence[start - event.span[0] : end - event.span[0]] for _, (start, end) in event.vessel_spans]
    return claim["mention"] in told or claim["mention"] not in event.evidence


@lru_cache(maxsize=1)
def _read(text: str, published: date | None, url: str) -> Extraction:
    return extract(text, published, gazetteer_at(url))
