"""Which claims can bear on the events that are asked for: the others need be neither read nor merged. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tracker.analysis.merge import touching
from tracker.domain.told import ClaimBrief
from tracker.domain.when import reach_of

Want = Callable[[ClaimBrief], bool]
"""What an event must have, as far as a claim of it shows that: an event that has it has a claim that has it."""


def bearing(claims: Iterable[ClaimBrief], wants: Sequence[Want]) -> set[str]:
    """The ids of the claims of every part (`merge.touching`) in which each want is met by some claim.

    Nothing that `merge` makes of the other claims can be asked for, and what it makes of these is what it makes of all.
    """
    groups: dict[tuple[str, str], list[ClaimBrief]] = defaultdict(list)
    for claim in claims:
        groups[claim.vessel_key, claim.kind].append(claim)
    parts = (part for group in groups.values() for part in touching(group, _days))
    return {claim.id for part in parts if all(any(map(want, part)) for want in wants) for claim in part}


def _days(claim: ClaimBrief) -> tuple[date, date] | None:
    return reach_of(claim.start, claim.end, claim.published)
