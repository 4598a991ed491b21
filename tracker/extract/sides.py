"""Stage 6, sides: whether ships that a sentence tells together are of one side, of friends, or watch each other."""

from __future__ import annotations

from tracker.domain.kinds import VesselType
from tracker.extract.scene import Group

WATCHED_FLEETS = frozenset(["RU", "CN", "IR", "KP", "SU"])
MERCHANTS = frozenset({VesselType.CARGO_SHIP, VesselType.TANKER, VesselType.VESSEL})


def of_other_nations(one: Group, other: Group) -> bool:
    """Whether two groups are told, or known by their names, to be of different nations."""
    mine = {c for v in one.vessels for c in ((v.country,) if v.country else v.flags)}
    theirs = {c for v in other.vessels for c in ((v.country,) if v.country else v.flags)}
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def are_rivals(one: Group, other: Group) -> bool:
    """Whether one group of two is of a navy that others watch, and the other of none: who follows it is no company for it."""
    nations = ({c for v in group.vessels for c in ((v.country,) if v.country else v.flags)} for group in (one, other))
    mine, theirs = (bool(WATCHED_FLEETS & codes) for codes in nations)
    return of_other_nations(one, other) and mine != theirs


def is_watched_by(one: Group, other: Group) -> bool:
    """Whether a group of ships is of a navy that those of another group watch."""
    return are_rivals(one, other) and any(v.country in WATCHED_FLEETS or not WATCHED_FLEETS.isdisjoint(v.flags) for v in one.vessels)


def are_strangers(one: Group, other: Group) -> bool:
    """Whether two groups are of different nations that are no friends: who follows watches."""
    return of_other_nations(one, other) and not are_friends(one, other)


def are_friends(one: Group, other: Group) -> bool:
    """Whether all ships of a group are known to be of the nation of those of another, or of navies that nobody watches: no shadow, but company."""
    mine = {c for v in one.vessels for c in ((v.country,) if v.country else v.flags)}
    theirs = [{v.country} if v.country else set(v.flags) for v in other.vessels]
    if not mine or not all(theirs):
        return False
    allied = WATCHED_FLEETS.isdisjoint(mine) and not any(v.type in MERCHANTS for v in (*one.vessels, *other.vessels))
    return all(not mine.isdisjoint(flags) or (allied and WATCHED_FLEETS.isdisjoint(flags)) for flags in theirs)
