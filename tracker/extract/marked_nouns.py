"""Stage 5, nouns of movement that a word beside them marks: "the reported departure of", "preparations for her visit", "the passage is expected"."""

from __future__ import annotations

from tracker.domain.kinds import Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.verbs import Trigger

_OWNING = frozenset(["the", "a", "an", "her", "its", "their", "this", "s"])
_COMING = frozenset(["planned", "scheduled", "intended", "proposed", "projected"])
_WENT_ON = frozenset(["began", "started", "took", "went", "ended", "followed", "lasted", "saw", "marked", "was", "were", "brought"])


def marked_noun(line: Line, trigger: Trigger) -> Stance | None:
    """How firmly the word beside a noun lets it tell its act: "the alleged visit" is claimed, "the apparent departure" guessed."""
    sets, before = line.doc.lexicon.sets, line.low(trigger.first - 1)
    marks = ((sets["noun_called_off"], Modality.NEGATED), (sets["noun_guessed"], Modality.POSSIBLE), (sets["noun_claimed"], Modality.REPORTED))
    for words, modality in marks:
        if before in words:
            return Stance(modality, line.text(trigger.first - 1))
    if before in _COMING and _lies_ahead(line, trigger):
        return Stance(Modality.PLANNED, line.text(trigger.first - 1))
    if (ready := _readied_for(line, trigger)) is not None:
        return Stance(Modality.PLANNED, line.text(ready))
    if (points := _pointed_to(line, trigger)) is not None:
        return Stance(Modality.POSSIBLE, line.text(points))
    return _told_behind(line, trigger)


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
    lead = _lead_of(line, trigger)
    if line.low(lead) in line.doc.lexicon.sets["readies"]:
        return lead  # "is preparing the departure of"
    return lead - 1 if line.low(lead) == "for" and line.low(lead - 1) in line.doc.lexicon.sets["made_ready"] else None


def _lead_of(line: Line, trigger: Trigger) -> int:
    """The token in front of a noun, its article and what "planned" or "next" says of it."""
    lead = trigger.first - 1
    while lead > 0 and (line.low(lead) in _OWNING or line.low(lead) in ("planned", "next", "long", "first")):
        lead -= 1
    return lead


_POINTS = frozenset(["points", "point", "pointing", "pointed", "hints", "hint"])


def _pointed_to(line: Line, trigger: Trigger) -> int | None:
    """The word by which signs only point to an act: "A gap in the record points to the departure of HMS Kent"."""
    to = _lead_of(line, trigger)
    return to - 1 if line.low(to) in ("to", "at") and line.low(to - 1) in _POINTS else None


_TAKES_PLACE = frozenset(["take", "happen", "go", "follow", "begin", "start", "be"])
_SET_FOR = frozenset(["rescheduled", "scheduled", "planned", "fixed", "set", "approved", "agreed", "prepared", "arranged", "considered", "discussed"])


_LISTED_TOKENS, _VERBS = 7, frozenset(["is", "are", "was", "were", "has", "have", "will"])


def _goes_on_listing(line: Line, at: int) -> bool:
    """Whether behind a comma a name goes on with a list, up to its "and"."""
    behind = line.lows[at : at + _LISTED_TOKENS]
    verb = next((n for n, low in enumerate(behind) if low in _VERBS), len(behind))
    return line.text(at)[:1].isupper() and "and" in behind[:verb]


def _told_behind(line: Line, trigger: Trigger) -> Stance | None:
    """What the first verb behind a noun and its ships tells of the act: "The passage of A and B is expected", "has been scrapped"."""
    planned, sets = line.doc.lexicon.sets["noun_planned"], line.doc.lexicon.sets
    for n in range(trigger.last, line.size):
        if line.text(n) == "," and _goes_on_listing(line, n + 1):
            continue  # "The visit of USS Cole, USS Mason and USS Carney has been scrapped"
        if line.text(n) in (",", ";", ":", "(") or line.low(n) in ("which", "that", "who", "after", "before"):
            return None
        low, behind = line.low(n), line.lows[n + 1 : n + 4]
        if low in ("and", "but") and behind[:1] and behind[0] in _VERBS:
            return None  # "is in Toulon after a stop in Rota and will go on to Piraeus"
        if low == "will" and behind[:1] and behind[0] in _TAKES_PLACE:
            return Stance(Modality.PLANNED, line.text(n))
        if low == "will" and behind[:1] in (["not"], ["n't"], ["never"]):
            return Stance(Modality.NEGATED, line.told(n, n + 2))
        if low in ("is", "are", "was", "were", "has", "have"):
            told = next((word for word in behind if word not in ("been", "being", "now", "also")), "")
            if told in sets["noun_called_off"] or told in sets["noun_denied"]:
                return Stance(Modality.NEGATED, told)
            coming = told in _SET_FOR or (told in planned and low in ("is", "are"))
            return Stance(Modality.PLANNED, told) if coming and low not in ("was", "were") else None
    return None
