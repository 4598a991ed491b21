"""Stage 6, a number whose ships a sentence names one by one behind it: "Two frigates left Malta, HMS Kent for Rota and HMS Argyll for Gibraltar"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.corefer import GENERIC, Vessel, may_be
from tracker.extract.line import Line
from tracker.extract.scene import Group

_FIRST_TOKENS, _LEAD_TOKENS = 3, 5
_LEADS = frozenset([",", "and", "one", "other", "another", "first", "second", "third", "the", ":", "namely", "them", "of", "–", "—", "("])


def named_apart(line: Line, groups: Sequence[Group], before: Sequence[int], verbs: Sequence[int]) -> tuple[int, ...]:
    """The numbers of the groups that name the ships which the first counts; `before`: the token ahead of each, `verbs`: where verbs stand."""
    head = groups[0].vessels[0]
    if len(groups[0].vessels) != 1 or head.name or head.group or (head.count or 0) < 2 or groups[0].first > _FIRST_TOKENS:
        return ()
    if len(groups) != 1 + (head.count or 0) or not any(groups[0].last <= n < groups[1].first for n in verbs):
        return ()
    for group, at in zip(groups[1:], before[1:], strict=True):
        alone = len(group.vessels) == 1 and group.vessels[0].name and _is_of(head, group.vessels[0])
        lead = line.lows[max(at - _LEAD_TOKENS, 0) : at + 1]
        if not alone or line.low(at) not in _LEADS or not {",", "and", ":", "(", "–", "—"} & set(lead) or group.last in verbs:
            return ()
    return tuple(range(1, len(groups)))


def _is_of(head: Vessel, vessel: Vessel) -> bool:
    """Whether a named ship may be one of those counted."""
    return may_be(head, vessel) and (vessel.type is head.type or vessel.type is None or head.type in GENERIC)
