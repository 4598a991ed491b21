"""Floors that figures must keep: pinned in a file with the hash of the corpus they were measured on; they rise freely and fall only on purpose."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.errors import InputError, TrackerError

CEILINGS = frozenset({"firmer", "invented date", "invented place"})
"""Figures that are better when smaller."""
_STEP = 200
"""Floors are pinned in steps of 1/200, so that they move only when something does."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A figure on the wrong side of its floor (or ceiling)."""

    name: str
    figure: float
    pinned: float

    def __str__(self) -> str:
        side = "rose above its ceiling" if self.name in CEILINGS else "fell below its floor"
        return f"{self.name} {side}: {self.figure:.3f}, pinned {self.pinned:.3f}"


def read_floors(path: Path, corpus: str, digest: str) -> dict[str, float]:
    """The pinned figures of a corpus. Raises InputError where there are none or where they were measured on another corpus."""
    pinned = _read(path).get(corpus)
    if not isinstance(pinned, dict):
        raise InputError(f'{path}: no floors for "{corpus}"; pin them with --pin')
    if pinned.get("corpus") != digest:
        raise InputError(f'{path}: the floors of "{corpus}" were measured on other documents; measure anew and pin them with --pin')
    return {str(name): float(value) for name, value in pinned["figures"].items()}


def broken(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[Broken]:
    """The figures that do not keep their floor."""
    found = []
    for name, pinned in floors.items():
        figure = figures.get(name, 1.0 if name in CEILINGS else 0.0)
        if (figure > pinned + 1e-9) if name in CEILINGS else (figure < pinned - 1e-9):
            found.append(Broken(name, figure, pinned))
    return found


def pin(path: Path, corpus: str, digest: str, figures: Mapping[str, float], reason: str | None) -> Sequence[Broken]:
    """Write the figures as floors. A floor that would fall raises TrackerError without a reason; with one, the reason is kept beside it.

    Returns the floors that fell.
    """
    data = _read(path) if path.exists() else {}
    before = data.get(corpus, {})
    fallen = broken(figures, before.get("figures", {})) if before.get("corpus") == digest else []
    if fallen and not reason:
        raise TrackerError(f"{'; '.join(map(str, fallen))}; to lower it give --lower REASON and put the same line into the changelog")
    lowered = [*before.get("lowered", []), *([reason] if fallen and reason else [])]
    data[corpus] = {"corpus": digest, "figures": {name: _rounded(name, value) for name, value in sorted(figures.items())}, "lowered": lowered}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return fallen


def _rounded(name: str, value: float) -> float:
    return (math.ceil(value * _STEP - 1e-9) if name in CEILINGS else math.floor(value * _STEP + 1e-9)) / _STEP


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{path}: not a file of floors: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise InputError(f"{path}: not a file of floors")
    return data
