"""Stage 4, craft told in passing: two dhows or fishing boats that ships stopped are not "the two" where a text is about two ships of a navy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.domain.kinds import VesselType

if TYPE_CHECKING:
    from tracker.extract.corefer import Vessel

_GROUPS, _PAIR = 12, 2


def named_pair(focus: Sequence[tuple[Vessel, ...]], recent: Sequence[Vessel], subject: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """The two named ships of a text in which the last two told together are craft of nobody's: "stopped two dhows. … The two sailed home"."""
    told = [group for group in focus[-_GROUPS:] if sum(v.count or 0 for v in group) == _PAIR]
    if not told or told[-1] == subject or not _are_craft(told[-1]):
        return ()
    together = next((g for g in reversed(told) if len(g) == 2 and all(v.name for v in g)), ())
    named = tuple(v for v in recent if v.name)
    return together or (named if len(named) == 2 and len({v.country for v in named}) == 1 else ())


def _are_craft(group: tuple[Vessel, ...]) -> bool:
    """Whether a group is some craft without a name, a type or a flag."""
    return len(group) == 1 and not group[0].name and not group[0].country and not group[0].group and group[0].type is VesselType.VESSEL
