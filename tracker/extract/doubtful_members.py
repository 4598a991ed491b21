"""Stage 7, ships of whom alone a word of doubt is told beside others: "HMS Kent and possibly HMS Argyll left", "A left, probably with B"."""

from __future__ import annotations

from tracker.domain.kinds import Modality
from tracker.extract.line import Found, Line
from tracker.extract.modality import DOUBTS_OF_MEMBERS, Stance, is_of_member
from tracker.extract.scene import Scene, Told, replace_told

_ENDS = frozenset([",", ")", "–", "—", ";"])
_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])
_MARKS = frozenset(["?", "probably", "possibly", "probable", "possible", "unconfirmed", "tbc", "likely", "presumably", "presumed"])


def doubtful_members(scene: Scene, told: list[Told]) -> None:
    """Tell less firmly of ships that a word of doubt sets off from those told with them."""
    line = scene.line
    if "(" in line.words:
        for at in [n for n in line.where(_MARKS) if line.text(n - 1) == "(" and line.text(n + 1) == ")"]:
            for event in [e for e in told if e.stance.modality is Modality.ASSERTED]:
                _set_apart(event, told, [n for n, span in enumerate(event.spans) if span[1] == line.ends[at - 2]], line.text(at))
    if line.words.isdisjoint(DOUBTS_OF_MEMBERS):
        return
    for hedge in (h for h in line.found("hedge") if line.text(h.first - 1) != "(" and is_of_member(line, h)):
        doubt = Modality(hedge.data.modality)
        for event in [e for e in told if e.stance.modality in _FIRM and e.stance.modality is not doubt]:
            _set_apart(event, told, _behind(line, hedge, event), line.told(hedge.first, hedge.last), doubt)


def _behind(line: Line, hedge: Found, event: Told) -> list[int]:
    """The numbers of the ships of an event that a word of doubt stands in front of."""
    begin = hedge.last + (line.text(hedge.last) == ",")
    triggers = {f.first for f in line.found("trigger") if f.first > begin}
    end = next((n for n in range(begin, line.size) if line.text(n) in _ENDS or n in triggers), line.size)
    return [n for n, span in enumerate(event.spans) if line.ends[hedge.last - 1] <= span[0] < line.ends[min(end, line.size - 1)]]


def _set_apart(event: Told, told: list[Told], apart: list[int], words: str, doubt: Modality = Modality.POSSIBLE) -> None:
    """Part an event in that of the ships in doubt and that of the others."""
    if event.roles or not apart or len(apart) == len(event.vessels) or len(event.spans) != len(event.vessels):
        return
    doubted = replace_told(event, event.kind)
    doubted.places, doubted.stance = dict(event.places), Stance(doubt, words)
    doubted.vessels, doubted.spans = tuple(event.vessels[n] for n in apart), tuple(event.spans[n] for n in apart)
    kept = [n for n in range(len(event.vessels)) if n not in apart]
    event.vessels, event.spans = tuple(event.vessels[n] for n in kept), tuple(event.spans[n] for n in kept)
    told.insert(next(n for n, one in enumerate(told) if one is event) + 1, doubted)
