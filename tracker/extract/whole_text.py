"""Stage 8, before the outcome: who the groups are of which one part of a text tells and another names the members."""

from __future__ import annotations

from tracker.domain.kinds import NEAR_TYPES, VesselType
from tracker.extract.corefer import GENERIC, Fleet, Vessel, surely
from tracker.extract.line import Text


def settle_groups(doc: Text, fleet: Fleet) -> None:
    """Give groups that the text leaves without members those whom it lists for the same group, or names as many of elsewhere."""
    open_ones = [v for v in fleet.vessels if _is_open(v)]
    for group in open_ones:
        members = _of_the_same(doc, group, fleet) or _as_many(doc, group, fleet) or _named_together(doc, group, fleet)
        if members:
            group.members = members
    for one in [v for v in fleet.vessels if _is_lead(doc, v)]:
        one.members = _the_one_named(one, fleet)


def _is_open(vessel: Vessel) -> bool:
    """Whether a vessel stands for several whom nothing has named."""
    several = vessel.plural or vessel.group or (vessel.count or 1) > 1
    return several and not vessel.name and not vessel.members and not vessel.partial and bool(vessel.mentions)


def _of_the_same(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The members of the one group of the same nation that the text lists, where this one is told before that list or points back to it."""
    told = doc.low[group.mentions[0][0] : group.mentions[0][1]]
    if not group.group or group.number or group.type not in GENERIC or not _OTHERS.isdisjoint(told.split()):
        return ()
    listed = {v.members for v in fleet.vessels if v is not group and _is_listed(v) and _may_be_the_same(group, v)}
    if len(listed) != 1:
        return ()
    members = next(iter(listed))
    if (group.count or 1) > 1 and sum(v.count or 0 for v in members) != group.count:
        return ()
    if "carrier" in told and not any(VesselType.AIRCRAFT_CARRIER in (v.type, *v.kinds) for v in members):
        return ()
    return members


_OTHERS = frozenset(["rest", "other", "another", "more", "second", "standing", "snmg1", "snmg2", "snmcmg1", "snmcmg2"])
"""They tell of a group that is not the one whose ships the text lists, or may not be."""


def _is_listed(vessel: Vessel) -> bool:
    return not vessel.name and len(vessel.members) > 1 and sum(bool(v.name) for v in vessel.members) > 1


def _may_be_the_same(group: Vessel, whole: Vessel) -> bool:
    """Whether a group may be the one whose members are told: of no other nation, fleet or number."""
    nations = {c for v in (whole, *whole.members) for c in ([v.country] if v.country else [])} or {c for v in whole.members for c in v.flags}
    if group.country and nations and group.country not in nations:
        return False
    if whole.number:
        return False
    return group.owner is None or whole.owner in (None, group.owner)


def _as_many(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships of a nation that the whole text names, where they are as many as it counts and told near it."""
    if not group.count or group.count < 2 or not group.country or group in fleet.watchers:
        return ()
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v not in fleet.watchers and _fits(v, group))
    if len(named) != group.count or _of_unknown(named, group, fleet):
        return ()
    first = [v.seen_in for v in named]
    behind = group.seen_in - max(first)  # so many sentences after them
    near = -_NEAR <= min(first) - group.seen_in <= _NEAR
    return named if near and (behind <= 1 or _points_back(doc, group)) else ()


def _named_together(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships that a text names at once near a group of their nation, where it names no other of that nation."""
    told = doc.low[group.mentions[0][0] : group.mentions[0][1]].split()
    again = group.plural and group.count is None and len(group.mentions) > 1 and group.type in GENERIC  # "Russian warships … The group …"
    leads = group.plural and group.count is None and group.seen_in <= _LEAD and group.type in GENERIC  # "Russian warships left Malta on Monday."
    as_group = group.group or again or leads or any(v.group and v.members == (group,) for v in fleet.vessels)
    if not as_group or (group.count or 1) > 1 or group.number or not group.country or not _OTHERS.isdisjoint(told) or "carrier" in told:
        return ()
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v not in fleet.watchers and _fits(v, group))
    if len(named) < 2 or _of_unknown(named, group, fleet) or (group in fleet.watchers):
        return ()
    first = {v.seen_in for v in named}
    at_once = len(first) == 1 or (group.group and max(first) - min(first) < len(named) and all(_in_list(doc, v) for v in named))
    if leads and not (again or group.group) and not 0 < min(first) - group.seen_in <= _SOON:
        return ()
    return named if at_once and abs(min(first) - group.seen_in) <= _NEAR else ()


def _in_list(doc: Text, vessel: Vessel) -> bool:
    """Whether a vessel is named first in a line of its own, as in a list: "The ships:", "- cruiser Varyag", "- tanker Pechenga"."""
    at = vessel.mentions[0][0]
    return any(block.kind in ("bullet", "heading") and block.start <= at < block.end for block in doc.blocks)


def _of_unknown(named: tuple[Vessel, ...], group: Vessel, fleet: Fleet) -> bool:
    """Whether most of some ships may be of any nation, where the text tells of other nations' ships too."""
    known = sum(group.country == v.country or group.country in v.flags for v in named)
    others = any(v.country not in (None, group.country) and v is not group for v in fleet.vessels)
    return 2 * known < len(named) and others


def _is_lead(doc: Text, vessel: Vessel) -> bool:
    """Whether a lead tells of one ship without her name: "A British warship has left Cadiz"."""
    if vessel.name or vessel.members or vessel.plural or vessel.group or vessel.count != 1 or vessel.partial or not vessel.mentions:
        return False
    told = doc.low[vessel.mentions[0][0] : vessel.mentions[0][1]].split()
    none = doc.low.endswith("no ", 0, vessel.mentions[0][0]) or told[0] == "no"
    return vessel.seen_in <= _LEAD and vessel.country is not None and _OTHERS.isdisjoint(told) and told[0] != "the" and not none


def _the_one_named(lead: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The one ship of her nation and type that a text names, told soon behind the lead; none where it names more."""
    named = [v for v in fleet.vessels if v.name and v.mentions and _fits(v, lead) and (surely(lead, v) or _of_the_type(v, lead))]
    if len(named) != 1 or not 0 < named[0].seen_in - lead.seen_in <= _NEAR or (named[0] in fleet.watchers) != (lead in fleet.watchers):
        return ()
    return tuple(named)


def _of_the_type(named: Vessel, lead: Vessel) -> bool:
    """Whether a ship of no known nation is of the very type that a lead tells: "A Panama-flagged tanker …", then "The tanker Ocean Star"."""
    return not named.country and not named.flags and named.type is lead.type and lead.type not in GENERIC


_LEAD = 1
"""The last sentence of a headline and lead."""
_SOON = 2
"""The names of ships that a lead tells without a number stand no more than so many sentences behind it."""
_NEAR = 6
"""The names of ships that a text counts stand no more than so many sentences off."""


def _points_back(doc: Text, group: Vessel) -> bool:
    """Whether ships are told as known: "the two Russian ro-ros"."""
    begin = group.mentions[0][0]
    return doc.low.startswith("the ", begin) or doc.low.endswith(("the ", "the other "), 0, begin) or doc.low.startswith(("both ", "all "), begin)


def _fits(vessel: Vessel, group: Vessel) -> bool:
    if vessel.country:
        if vessel.country != group.country:
            return False
    elif vessel.flags and group.country not in vessel.flags:
        return False
    if group.type in GENERIC or vessel.type in GENERIC or vessel.type is None:
        return True
    return vessel.type is group.type or frozenset((vessel.type, group.type)) in NEAR_TYPES
