"""Stage 6, what is a ship's: her wreck, a film about her, her sonar: they tell no movement of hers."""

from __future__ import annotations

from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group

_PAST_LIVES = frozenset(["museum", "served"])


def is_thing_of(line: Line, actors: Group) -> bool:
    """Whether a sentence speaks of what is left of a ship, or of a work about her: "the wreck of the cruiser lies off Crimea", "a film about …"."""
    sets = line.doc.lexicon.sets
    if line.words.isdisjoint(sets["wrecks"]) and line.words.isdisjoint(sets["works"]) and line.words.isdisjoint(_PAST_LIVES):
        return False
    at = before_phrase(line, actors.first)
    if "museum" in line.lows[at + 1 : actors.last] or (line.low(at) in ("on", "aboard") and line.low(at - 1) == "served"):
        return True  # "the museum ship HMS Belfast", "He served on HMS Ocean in the Gulf"
    behind = line.low(actors.last + 1) == "s" and line.low(actors.last + 2) in sets["wrecks"]
    told = line.low(at) in ("about", "on", "of") and line.low(at - 1) in sets["works"]
    return behind or told or (line.low(at) == "of" and line.low(at - 1) in sets["wrecks"])


def owns_subject(line: Line, actors: Group) -> bool:
    """Whether a sentence speaks of what is a ship's, and not where she is: "The destroyer's sonar was made in Brest"."""
    at = actors.last
    if line.text(at) not in ("'", "’") or line.low(at + 1) != "s":
        return False
    return line.text(at + 2).islower() and line.low(at + 2) not in line.doc.lexicon.sets["hers"]
