"""Stage 4, names for ships told by their types: in "A destroyer and two frigates came in: Forbin, Languedoc and Provence" Forbin is the destroyer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.extract.corefer import GENERIC, Vessel, may_be

_PAIR, _MARKS = 2, frozenset([",", "(", "–", "—", "-", ":"])


def by_type(told: Sequence[Vessel], named: Sequence[Vessel]) -> dict[Vessel, tuple[Vessel, ...]] | None:
    """Which of some named ships each of those told by type and number is; None where they are not as many, or one of them can be none of these.

    Who is known to be of a type is taken for it first, the others in the order in which they stand.
    """
    counted = [v for v in told if not v.name]
    if not counted or any(v.group or v.members or not v.count or v.type is None or v.type in GENERIC for v in counted):
        return None
    if sum(v.count or 0 for v in counted) != len(named) or not all(v.name for v in named):
        return None
    taken: dict[Vessel, list[Vessel]] = {v: [] for v in counted}
    for sure in (True, False):
        for one in named:
            if any(one in ships for ships in taken.values()):
                continue
            free = [v for v in counted if len(taken[v]) < (v.count or 0) and may_be(v, one)]
            fits = next((v for v in free if not sure or one.type is v.type or (one.type is None and one.kinds == {v.type})), None)
            if fits is not None:
                taken[fits].append(one)
    if any(len(ships) != v.count for v, ships in taken.items()):
        return None
    return {v: tuple(n for n in named if n in ships) for v, ships in taken.items()}


def named_in_list(text: str, vessels: Sequence[Vessel], spans: Sequence[tuple[int, int]]) -> tuple[int, dict[Vessel, tuple[Vessel, ...]]] | None:
    """Where the names begin in a list that tells the same ships twice, and who is who: "a frigate and an oiler, HMS Kent and RFA Tidespring".

    Two lists stand in it, each closed by its own "and", with a comma, a dash or a bracket between them; else None.
    """
    first = next((n for n, v in enumerate(vessels) if v.name), 0)
    if first < _PAIR or len(vessels) - first < _PAIR:
        return None
    between = [text[one[1] : other[0]].strip() for one, other in pairwise(spans)]
    if between[first - 1] not in _MARKS or not between[first - 2].endswith("and") or not between[-1].endswith("and"):
        return None
    taken = by_type(vessels[:first], vessels[first:])
    told = [(v, member) for v, members in (taken or {}).items() for member in members]
    return (first, taken) if taken and all(member.type in (None, v.type) for v, member in told) else None


def put_names(taken: dict[Vessel, tuple[Vessel, ...]], *, typed: bool = False) -> None:
    """Let named ships stand for those told by their types; `typed`: and be of the type that is told of them."""
    for vessel, members in taken.items():
        vessel.members = members
        for member in members:
            member.formerly, member.country = vessel, member.country or (None if member.flags else vessel.country)
            if typed:
                member.type = member.type or vessel.type
