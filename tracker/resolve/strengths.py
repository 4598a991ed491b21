"""A document's counts as the store keeps them: strength claims, with ids that depend on nothing but the text."""

from __future__ import annotations

import hashlib

from tracker.domain.records import DocumentText, ExtractedStrength, Extraction, StrengthClaim
from tracker.resolve.identity import known_by, page_of


def strength_claims(extraction: Extraction, document: DocumentText) -> tuple[StrengthClaim, ...]:
    """The strength claims of a document, in the order of its text."""
    ids = {one.id: _id(one, document) for one in extraction.strengths}
    return tuple({ids[one.id]: _claim(one, ids, document) for one in extraction.strengths}.values())


def _id(one: ExtractedStrength, document: DocumentText) -> str:
    parts = (document.sha256, one.place_key or one.place, *one.count_span, *one.span, one.type, one.subset)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _claim(one: ExtractedStrength, ids: dict[str, str], document: DocumentText) -> StrengthClaim:
    return StrengthClaim(
        id=ids[one.id],
        document=document.sha256,
        place=one.place,
        place_key=one.place_key,
        count=one.count,
        count_most=one.count_most,
        bound=one.bound,
        what=one.what,
        type=one.type,
        country=one.country,
        class_name=one.class_name,
        subset=one.subset,
        part_of=ids[one.part_of] if one.part_of else None,
        interval=known_by(one.interval, one.modality, document.published),
        modality=one.modality,
        hedge=one.hedge,
        quote=one.evidence,
        quote_start=one.span[0],
        quote_end=one.span[1],
        count_start=one.count_span[0],
        count_end=one.count_span[1],
        rule=one.rule,
        page=page_of(one.span[0], document.page_starts),
    )
