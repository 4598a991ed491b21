"""Names of the register that look like one that it doesn't have: suggestions for a person, never applied."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.domain.names import fold
from tracker.gazetteer.vessels import VesselIndex

LEAST = 88  # of 100: "Alexandr Shabalin" and "Aleksandr Shabalin" have 91, "Kildin" and "Kilden" 83
_SHORTEST = 6  # letters: among shorter names one letter makes another ship


def near(name: str, country: str | None, vessels: VesselIndex, n: int = 3) -> list[str]:
    """Keys of vessels in the register whose name is nearly this one, best first; of the same country where it is known, and of the same number."""
    from rapidfuzz import fuzz, process  # only a new name needs it

    folded = fold(name)
    if len(folded) < _SHORTEST:
        return []
    found = process.extract(folded, vessels.folded, scorer=fuzz.ratio, limit=20, score_cutoff=LEAST)
    keys = (key for spelling, _, surface in found if _numbers(spelling) == _numbers(folded) for key in vessels.surfaces[surface])
    return list(dict.fromkeys(key for key in keys if country is None or vessels.entries[key].country in (None, country)))[:n]


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+|\b[ivx]+\b", name)


def told(name: str, keys: Iterable[str], vessels: VesselIndex) -> str:
    """One line for people: "Alexandr Shabalin is not in the register; perhaps Aleksandr Shabalin (ru/aleksandr-shabalin)"."""
    return f"{name} is not in the register; perhaps {', '.join(f'{vessels.entries[key].name} ({key})' for key in keys)}"
