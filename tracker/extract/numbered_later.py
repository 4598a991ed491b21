"""Stage 4, navies that number their groups: ships listed first, and only then told by their number, "the 30th escort task group"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.extract.corefer import Vessel
    from tracker.extract.mention import VesselMention

_NAVIES = frozenset(["CN", "IR"])
"""They send out groups with a running number; of others a number tells a standing command, "the 5th Fleet's strike group"."""
_BACK = 4
"""The ships were told no more than so many sentences before."""


def now_numbered(
    mention: VesselMention, vessels: Sequence[Vessel], focus: Sequence[tuple[Vessel, ...]], watchers: Iterable[Vessel], sentence: int
) -> tuple[Vessel, ...]:
    """The ships that a text told together before it tells the number of their group, where it tells of no other group of theirs."""
    if any(v.group and v.number and not v.name and v.number != mention.number for v in vessels):
        return ()  # "The 61st flotilla takes the place of the 60th"
    watching = set(watchers)
    told = {g for g in focus if len(g) > 1 and all(v.name for v in g) and watching.isdisjoint(g) and all(_is_theirs(v, mention) for v in g)}
    widest = max(told, key=len, default=())
    if not widest or any(not set(g) <= set(widest) for g in told):
        return ()
    return widest if sentence - max(v.last_sentence for v in widest) <= _BACK else ()


def _is_theirs(vessel: Vessel, mention: VesselMention) -> bool:
    """Whether a ship is of a navy that numbers its groups, and of the nation that is told of the group."""
    nations = frozenset([vessel.country]) if vessel.country else vessel.flags
    return bool(nations & _NAVIES) and (mention.country is None or mention.country in nations)
