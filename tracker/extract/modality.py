"""Stage 5, modality: how firmly a clause tells what it tells, and by which word."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import Modality
from tracker.extract.line import Found, Line

_ORDER = (Modality.NEGATED, Modality.PLANNED, Modality.POSSIBLE, Modality.REPORTED)
_VERB_REACH = 7  # tokens between a word of scope "verb" and its verb


@dataclass(frozen=True, slots=True)
class Stance:
    """A modality and the word that makes it, None for an assertion."""

    modality: Modality
    hedge: str | None = None


def stance(line: Line, first: int, last: int, clause: tuple[int, int]) -> Stance:
    """The stance towards a verb at tokens first..last-1 in a clause of tokens clause[0]..clause[1]-1; the weakest word found decides."""
    found: dict[Modality, Found] = {}
    for hedge in line.found("hedge"):
        if _reaches(hedge, first, last, clause):
            found.setdefault(Modality(hedge.data.modality), hedge)
    for modality in _ORDER:
        if modality in found:
            hedge = found[modality]
            return Stance(modality, line.doc.text[hedge.start : hedge.end])
    return Stance(Modality.ASSERTED)


def _reaches(hedge: Found, first: int, last: int, clause: tuple[int, int]) -> bool:
    if hedge.first >= first and hedge.last <= last:
        return False
    if hedge.data.scope == "sentence":
        return True
    if not clause[0] <= hedge.first < clause[1]:
        return False
    if hedge.data.scope == "clause":
        return True
    return 0 <= first - hedge.last <= _VERB_REACH
