"""How sure extraction is of an event: the chance that its kind, its vessels, its main place and its date are what the text tells.

A logistic model over the ladder of evidence: which rule read the event, where each slot came from, how its vessels are told. Its weights are data
(`seeds/lexicon/confidence.yaml`), fitted to annotated documents by `make calibrate`; `tracker evaluate DIR --reliability` shows how well they hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from tracker.domain.kinds import MAIN_SLOT
from tracker.domain.records import ExtractedEvent, ExtractedVessel

BIAS = "bias"
_LONG_SENTENCE = 260


def confidence(event: ExtractedEvent, vessels: Mapping[str, ExtractedVessel], beside: int, weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the event is right. `beside`: how many events its sentence tells."""
    total = weights.get(BIAS, 0.0) + sum(weights.get(sign, 0.0) for sign in signs(event, vessels, beside))
    return round(1 / (1 + math.exp(-total)), 3)


def signs(event: ExtractedEvent, vessels: Mapping[str, ExtractedVessel], beside: int) -> Iterator[str]:
    """What speaks for or against an event, by name: the features of the model."""
    sources = {slot: where for slot, where, _ in event.slots}
    yield f"rule {event.rule}"
    yield f"kind {event.kind.value}"
    yield f"modality {event.modality.value}"
    main = MAIN_SLOT[event.kind]
    yield f"place {sources.get(main, 'none') if getattr(event, main) else 'none'}"
    yield f"date {sources.get('date', 'none') if event.interval.start else 'none'}"
    if getattr(event, main) and not getattr(event, f"{main}_key"):
        yield "place unlisted"
    told = [vessels[v] for v in event.vessels]
    yield "named" if all(v.name for v in told) else "counted" if all(v.name or v.count for v in told) else "vague"
    if len(told) > 2:
        yield "several vessels"
    if any(end - start <= 5 for _, (start, end) in event.vessel_spans):
        yield "pronoun"
    if event.span[1] - event.span[0] > _LONG_SENTENCE:
        yield "long sentence"
    if beside > 2:
        yield "many events in the sentence"
