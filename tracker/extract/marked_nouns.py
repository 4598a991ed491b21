"""Stage 5, nouns of movement that a word beside them marks: "the reported departure of", "preparations for her visit", "the passage is expected"."""

from __future__ import annotations

from tracker.domain.kinds import Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.verbs import Trigger

_MARKS = (("noun_called_off", Modality.NEGATED), ("noun_guessed", Modality.POSSIBLE), ("noun_claimed", Modality.REPORTED))
_OWNING = frozenset(["the", "a", "an", "her", "its", "their", "this", "s"])
_COMING = frozenset(["planned", "scheduled", "intended", "proposed", "projected"])
_WENT_ON = frozenset(["began", "started", "took", "went", "ended", "followed", "lasted", "saw", "marked", "was", "were", "brought"])


def marked_noun(line: Line, trigger: Trigger) -> Stance | None:
    """How firmly the word beside a noun lets it tell its act: "the alleged visit" is claimed, "the apparent departure" guessed."""
    sets, before = line.doc.lexicon.sets, line.low(trigger.first - 1)
    for name, modality in _MARKS:
        if before in sets[name]:
            return Stance(modality, line.text(trigger.first - 1))
    if before in _COMING and _lies_ahead(line, trigger):
        return Stance(Modality.PLANNED, line.text(trigger.first - 1))
    if (ready := _readied_for(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ready))
    coming = _told_to_come(line, trigger)
    return None if coming is None else Stance(Modality.PLANNED, line.told(coming - 1, coming + 1))


def _lies_ahead(line: Line, trigger: Trigger) -> bool:
    """Whether "planned" in front of a noun tells that the act is to come: "The planned departure was announced", "ahead of her planned return"."""
    owner = trigger.first - 2
    if line.low(owner) not in _OWNING:
        return False
    if line.lows[owner - 2 : owner] == ["ahead", "of"] or line.low(owner - 1) == "before":
        return True
    behind = next((n for n in range(trigger.last, line.size) if line.low(n) in _WENT_ON), None)
    went = behind is not None and not (line.low(behind) in ("was", "were") and line.low(behind + 1) in _ANNOUNCED)
    return owner <= 1 and not went


_ANNOUNCED = frozenset(["announced", "confirmed", "revealed", "disclosed", "reported", "agreed"])


def _readied_for(line: Line, trigger: Trigger) -> int | None:
    """The word that tells that people only make ready for an act: "Preparations for the departure of", "asked for permission for a visit by"."""
    lead = trigger.first - 1
    while lead > 0 and (line.low(lead) in _OWNING or line.low(lead) in ("planned", "next", "long", "first") or line.low(lead).endswith("ing")):
        lead -= 1
    return lead - 1 if line.low(lead) == "for" and line.low(lead - 1) in line.doc.lexicon.sets["made_ready"] else None


def _told_to_come(line: Line, trigger: Trigger) -> int | None:
    """The word behind a noun and its ships that puts the act ahead: "The passage of A and the tanker B through the Bosphorus is expected"."""
    planned = line.doc.lexicon.sets["noun_planned"]
    for n in range(trigger.last, line.size):
        if line.text(n) in (",", ";", ":", "(") or line.low(n) in ("which", "that", "who", "after", "before"):
            return None
        if line.low(n) in ("is", "are"):
            return n + 1 if line.low(n + 1) in planned else None
    return None
