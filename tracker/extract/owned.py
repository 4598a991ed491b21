"""Stage 6, what is a ship's: her wreck, a film about her, her sonar: they tell no movement of hers."""

from __future__ import annotations

from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group

PAST_LIVES = frozenset(["museum", "served"])


def is_thing_of(line: Line, actors: Group) -> bool:
    """Whether a sentence speaks of what is left of a ship, or of a work about her: "the wreck of the cruiser lies off Crimea", "a film about …"."""
    sets = line.doc.lexicon.sets
    if line.words.isdisjoint(sets["wrecks"]) and line.words.isdisjoint(sets["works"]) and line.words.isdisjoint(PAST_LIVES):
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


_RATE_LEADS, RATE_SPANS = frozenset(["per", "every", "each"]), frozenset(["hour", "day", "week", "month", "year"])


def tells_rate(line: Line, actors: Group) -> bool:
    """Whether unnamed ships are only counted by the day or year: "About 40 ships a day pass the Strait of Hormuz"."""
    if line.words.isdisjoint(RATE_SPANS) or any(v.name for v in actors.vessels):
        return False
    if line.low(actors.last) == "a" and line.low(actors.last + 1) in RATE_SPANS:
        return True
    counted = all(v.count is None or v.count > 1 for v in actors.vessels)
    return counted and any(line.low(n) in RATE_SPANS and line.low(n - 1) in _RATE_LEADS for n in range(actors.last, line.size))


def tells_crew(line: Line, actors: Group) -> bool:
    """Whether what is done is done to a ship's people: "The crew of the Moskva was evacuated to Sevastopol"."""
    at = before_phrase(line, actors.first)
    return line.low(at) == "of" and line.low(at - 1) in line.doc.lexicon.sets["crews"]


def befalls_hand(line: Line, actors: Group) -> bool:
    """Whether what is done is done to one of a ship's people or to her owner: "A sailor from USS Cole was arrested in Rota"."""
    at = before_phrase(line, actors.first)
    return line.low(at) in _OF_SHIP and line.low(at - 1) in line.doc.lexicon.sets["hands"]


_OF_SHIP = frozenset(["of", "from", "aboard", "on", "in"])
