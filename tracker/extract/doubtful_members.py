"""Stage 7, ships of whom alone a word of doubt is told beside others: "HMS Kent and possibly HMS Argyll left", "A left, probably with B"."""

from __future__ import annotations

from tracker.domain.kinds import Modality
from tracker.extract.line import Found, Line
from tracker.extract.modality import DOUBTS_OF_MEMBERS, Stance, is_of_member
from tracker.extract.scene import Scene, Told, replace_told

_ENDS = frozenset([",", ")", "–", "—", ";"])
_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])


def doubtful_members(scene: Scene, told: list[Told]) -> None:
    """Tell less firmly of ships that a word of doubt sets off from those told with them."""
    line = scene.line
    if line.words.isdisjoint(DOUBTS_OF_MEMBERS):
        return
    for hedge in (h for h in line.found("hedge") if is_of_member(line, h)):
        for event in list(told):
            _set_apart(line, hedge, event, told)


def _set_apart(line: Line, hedge: Found, event: Told, told: list[Told]) -> None:
    """Part an event in that of the ships in doubt and that of the others."""
    doubt = Modality(hedge.data.modality)
    weaker = event.stance.modality is Modality.ASSERTED or (event.stance.modality is Modality.REPORTED and doubt is Modality.POSSIBLE)
    if event.roles or not weaker or len(event.vessels) == 1 or len(event.spans) != len(event.vessels):
        return
    begin = hedge.last + (line.text(hedge.last) == ",")
    triggers = {f.first for f in line.found("trigger") if f.first > begin}
    end = next((n for n in range(begin, line.size) if line.text(n) in _ENDS or n in triggers), line.size)
    apart = [n for n, span in enumerate(event.spans) if line.ends[hedge.last - 1] <= span[0] < line.ends[min(end, line.size - 1)]]
    if not apart or len(apart) == len(event.vessels):
        return
    doubted = replace_told(event, event.kind)
    doubted.places, doubted.stance = dict(event.places), Stance(doubt, line.told(hedge.first, hedge.last))
    doubted.vessels, doubted.spans = tuple(event.vessels[n] for n in apart), tuple(event.spans[n] for n in apart)
    kept = [n for n in range(len(event.vessels)) if n not in apart]
    event.vessels, event.spans = tuple(event.vessels[n] for n in kept), tuple(event.spans[n] for n in kept)
    told.insert(next(n for n, one in enumerate(told) if one is event) + 1, doubted)
