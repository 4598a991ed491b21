"""How sure extraction is of an event: the chance that its kind, its vessels, its main place and its date are what the text tells.

A logistic model over the ladder of evidence: which rule read the event, where each slot came from, how its vessels are told. Its weights are data
(`seeds/lexicon/confidence.yaml`), fitted to annotated documents by `make calibrate`; `tracker evaluate DIR --reliability` shows how well they hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tracker.domain.kinds import MAIN_SLOT
from tracker.domain.records import ExtractedEvent, ExtractedVessel

BIAS = "bias"
_LONG_SENTENCE = 260


def confidence(event: ExtractedEvent, vessels: Mapping[str, ExtractedVessel], beside: int, weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the event is right. `beside`: how many events its sentence tells."""
    total = weights.get(BIAS, 0.0) + sum([weights.get(sign, 0.0) for sign in signs(event, vessels, beside)])
    return round(1 / (1 + math.exp(-total)), 3)


def signs(event: ExtractedEvent, vessels: Mapping[str, ExtractedVessel], beside: int) -> list[str]:
    """What speaks for or against an event, by name: the features of the model."""
    sources = {slot: where for slot, where, _ in event.slots}
    main, told = MAIN_SLOT[event.kind], [vessels[v] for v in event.vessels]
    place = getattr(event, main)
    found = [
        f"rule {event.rule}",
        f"kind {event.kind.value}",
        f"modality {event.modality.value}",
        f"place {sources.get(main, 'none') if place else 'none'}",
        f"date {sources.get('date', 'none') if event.interval.start else 'none'}",
        "named" if all(v.name for v in told) else "counted" if all(v.name or v.count for v in told) else "vague",
    ]
    if place and not getattr(event, f"{main}_key"):
        found.append("place unlisted")
    if len(told) > 2:
        found.append("several vessels")
    if any(end - start <= 5 for _, (start, end) in event.vessel_spans):
        found.append("pronoun")
    if event.span[1] - event.span[0] > _LONG_SENTENCE:
        found.append("long sentence")
    if beside > 2:
        found.append("many events in the sentence")
    return found
