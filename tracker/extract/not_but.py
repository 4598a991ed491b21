"""Stage 6, a place set right: "HMS Kent was not in Rota but in Cadiz" denies the one place of her and tells the other."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.act import Act
from tracker.extract.modality import Stance
from tracker.extract.rest import kind_of
from tracker.extract.scene import Told, replace_told

_STAYS = frozenset([EventKind.IN_PORT, EventKind.AT_SEA])
_BUT_TOKENS, _NOT = 3, frozenset(["not", "n't"])


def not_but(act: Act, told: list[Told]) -> list[Told]:
    """Where ships are told to be behind a "but", with the denial left to the place in front of it."""
    line, event, trigger = act.scene.line, told[0] if told else None, act.trigger
    if event is None or len(told) > 1 or event.kind not in _STAYS or event.stance.modality is not Modality.NEGATED or event.main is None:
        return told
    if _NOT.isdisjoint(line.lows[trigger.chain : trigger.last + 2]):
        return told
    places = [p for p in act.scene.places if p.first >= trigger.last]
    for one, other in pairwise(places):
        between = line.lows[one.last : other.first]
        if "but" not in between or len(between) > _BUT_TOKENS or event.main not in (one, other):
            continue
        kind = kind_of(other) or event.kind
        there = replace_told(event, kind)
        there.stance, there.places = Stance(Modality.ASSERTED), {MAIN_SLOT[kind]: other}
        event.kind = kind_of(one) or event.kind
        event.places = {MAIN_SLOT[event.kind]: one}
        for said in (event, there):
            said.sources = {**said.sources, "place": ("clause", (said.places["place"].start, said.places["place"].end))}
        return [event, there]
    if "but" in line.lows[max(event.main.first - _BUT_TOKENS, trigger.last) : event.main.first]:
        event.stance = Stance(Modality.ASSERTED)
    return told
