"""Which claims a person should look at first: those that are least sure and matter most. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tracker.resources import resource


@cache
def weights(path: Path | None = None) -> Mapping[str, Any]:
    """What `seeds/review.toml` says: `kind`, `modality` and `name` -> weight, and the confidence of a claim that has none."""
    return dict(tomllib.loads((path or resource("seeds", "review.toml")).read_text(encoding="utf-8")))


def urgency(kind: str, modality: str, confidence: float | None, *, named: bool) -> float:
    """(1 - confidence) times what it would cost to be wrong; 0 is nothing to look at."""
    told = weights()
    doubt = 1 - (told["unknown_confidence"] if confidence is None else confidence)
    return float(doubt * told["kind"][kind] * told["modality"][modality] * told["name"]["named" if named else "unnamed"])
