"""Stage 8, before the outcome: who the groups are of which one part of a text tells and another names the members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from tracker.domain.kinds import NEAR_TYPES, EventKind, VesselType
from tracker.domain.when import Interval
from tracker.extract.corefer import GENERIC, Fleet, Vessel, are_no_warships, may_be, surely
from tracker.extract.grown_groups import grow_led_groups
from tracker.extract.line import Text
from tracker.extract.scene import Told


def settle_groups(doc: Text, fleet: Fleet, told: Sequence[Told]) -> None:
    """Give groups that the text leaves without members those whom it lists for the same group, or names as many of elsewhere."""
    open_ones = [v for v in fleet.vessels if _is_open(v)]
    for group in open_ones:
        if ranked := _ranked(doc, group, fleet):
            group.members = ranked
            continue
        members = (
            _its_ships(doc, group, fleet)
            or _of_the_same(doc, group, fleet)
            or _as_many(doc, group, fleet)
            or _named_together(doc, group, fleet)
            or _listed_next(doc, group, fleet)
        )
        if members:
            group.members = members
    for one in [v for v in fleet.vessels if v.hull and v.hull.isdecimal() and not (v.name or v.members or v.plural)]:
        one.members = _of_that_number(doc, one, fleet)
    grow_led_groups(doc, fleet, told)
    for one in [v for v in fleet.vessels if _is_lead(doc, v)]:
        one.members = _the_one_named(doc, one, fleet, told)


def _of_that_number(doc: Text, numbered: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The one ship that a text names of which the register has the number by which it tells another: "the frigate 546 … the Yancheng"."""
    entries = doc.gazetteer.vessels.entries
    named = [v for v in fleet.vessels if v.name and v.hull in (None, numbered.hull) and any(entries[k].hull == numbered.hull for k in v.keys)]
    return (named[0],) if len(named) == 1 and may_be(numbered, named[0]) else ()


def _ranked(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships that a text names by their rank among those it counts: "Two tankers passed. The first, Jaguar, …; the second, Argent, …"."""
    if group.count is None or group.group or not 1 < group.count <= _MOST_RANKED:
        return ()
    later = (v for v in fleet.vessels if v.name and v.mentions and 0 <= v.seen_in - group.seen_in <= _SOON)
    ranked = tuple(v for v in later if _RANKED.search(doc.low, max(v.mentions[0][0] - _RANK_LETTERS, group.mentions[0][1]), v.mentions[0][0]))
    if len(ranked) != group.count or any(v.country and group.country not in (None, v.country) for v in ranked):
        return ()
    for vessel in ranked:
        if vessel.type is None and group.type not in GENERIC and group.type not in vessel.kinds:
            vessel.type, vessel.keys = group.type, ()  # a tanker is no training ship of the same name
    return ranked


_RANKED = re.compile(r"\b(?:the (?:first|second|third|fourth|last|other)|one|another), (?:the )?\Z")
_MOST_RANKED, _RANK_LETTERS = 4, 20


def _is_open(vessel: Vessel) -> bool:
    """Whether a vessel stands for several whom nothing has named."""
    several = vessel.plural or vessel.group or (vessel.count or 1) > 1
    return several and not vessel.name and not vessel.members and not vessel.partial and bool(vessel.mentions)


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SHIPS = r"(two|three|four|five|six) (?:\w+ )?(?:war)?ships"
_LIST_LETTERS = 40


def _its_ships(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships that a text counts as those of a numbered group and names right behind: "the 40th's three warships, the destroyer A, …"."""
    if not group.number.endswith(("st", "nd", "rd", "th")):
        return ()
    whose = rf"\bthe {group.number}(?: [a-z-]+){{0,4}}['’]s? {_SHIPS}|\b{_SHIPS} of the {group.number}\b[^,.:;]{{0,40}}"
    for told in re.finditer(whose, doc.low):
        count, end = _COUNTS[told[1] or told[2]], told.end()
        named: list[Vessel] = []
        for vessel, at in sorted(((v, m) for v in fleet.vessels if v.name for m in v.mentions), key=lambda one: one[1]):
            if at[0] >= end and at[0] - end <= _LIST_LETTERS and "." not in doc.low[end : at[0]]:
                named, end = [*named, vessel], at[1]
        if len(named) == count:
            return tuple(named)
    return ()


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
    if not group.count or group.count < 2 or group in fleet.watchers:
        return ()
    if not group.country:
        return _all_named_behind(group, fleet)
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v not in fleet.watchers | fleet.apart and _fits(v, group))
    if len(named) != group.count or _of_unknown(named, group, fleet):
        return ()
    first = [v.seen_in for v in named]
    behind = group.seen_in - max(first)  # so many sentences after them
    near = -_NEAR <= min(first) - group.seen_in <= _NEAR
    return named if near and (behind <= 1 or _points_back(doc, group)) else ()


def _all_named_behind(group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships that a text names right behind those it counts, of whatever nation, where it names as many and no others: "Two tankers left Kiel"."""
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v not in fleet.watchers | fleet.apart)
    first = [v.seen_in - group.seen_in for v in named]
    if len(named) != group.count or not 0 < min(first) <= _SOON or max(first) > _NEAR or any(v.formerly not in (None, group) for v in named):
        return ()
    several = [v for v in fleet.vessels if v is not group and _is_open(v) and v not in fleet.watchers and v.count]
    odd = sum(not _may_be_one(v, group) for v in named)
    return named if not several and odd <= (group.count >= _WITH_TENDER) else ()  # "six minehunters", one of them the support ship that leads


_WITH_TENDER = 4


def _may_be_one(vessel: Vessel, group: Vessel) -> bool:
    """Whether nothing speaks against a ship's being one of some that the text counts by their type."""
    if are_no_warships(group, vessel):
        return False
    types = {vessel.type} if vessel.type else vessel.kinds
    known = group.type in GENERIC or not types or not types.isdisjoint({group.type, *GENERIC})
    return known or any(frozenset((one, group.type)) in NEAR_TYPES for one in types)


def _named_together(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships that a text names at once near a group of their nation, where it names no other of that nation."""
    told = doc.low[group.mentions[0][0] : group.mentions[0][1]].split()
    again = group.plural and group.count is None and len(group.mentions) > 1 and group.type in GENERIC  # "Russian warships … The group …"
    leads = group.plural and group.count is None and group.seen_in <= _LEAD and group.type in GENERIC  # "Russian warships left Malta on Monday."
    as_group = group.group or again or leads or any(v.group and v.members == (group,) for v in fleet.vessels)
    if not as_group or (group.count or 1) > 1 or group.number or not group.country or not _OTHERS.isdisjoint(told) or "carrier" in told:
        return ()
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v not in fleet.watchers | fleet.apart and _fits(v, group))
    if len(named) < 2 or _of_unknown(named, group, fleet) or (group in fleet.watchers):
        return ()
    first = {v.seen_in for v in named}
    at_once = len(first) == 1 or (group.group and max(first) - min(first) < len(named) and all(_in_list(doc, v) for v in named))
    if leads and not (again or group.group) and not 0 < min(first) - group.seen_in <= _SOON:
        return ()
    return named if at_once and abs(min(first) - group.seen_in) <= _NEAR else ()


def _listed_next(doc: Text, group: Vessel, fleet: Fleet) -> tuple[Vessel, ...]:
    """The ships with whose list the next sentence opens, none told before: "A NATO task group put into Oslo. The frigates A and B will stay"."""
    begin, behind = group.mentions[0][0], group.seen_in + 1
    told = doc.low[begin : group.mentions[0][1]].split()
    if not group.group or (group.count or 1) > 1 or "carrier" in told or not _OTHERS.isdisjoint(told) or group in fleet.watchers:
        return ()
    named = tuple(v for v in fleet.vessels if v.name and v.mentions and v.seen_in == behind)
    at_once = len(named) > 1 and any(set(g) == set(named) for g in fleet.focus) and fleet.watchers.isdisjoint(named) and fleet.apart.isdisjoint(named)
    if not at_once or behind >= len(doc.sentences) or not all(_fits(v, group) for v in named if group.country):
        return ()
    one = doc.sentences[behind]
    fresh = not any(v.seen_in <= group.seen_in for v in fleet.vessels if v is not group and v.name)
    return named if fresh and min(v.mentions[0][0] for v in named) - one.start <= _OPENING_LETTERS else ()


_OPENING_LETTERS = 4


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
    if vessel.country is None and (told[0] not in _ONE or vessel.type in _VAGUE):
        return False
    return vessel.seen_in <= _LEAD and _OTHERS.isdisjoint(told) and (told[0] != "the" or vessel.country is None) and not none


_ONE = frozenset(["a", "an", "the"])
_VAGUE = frozenset([None, VesselType.VESSEL])


def _the_one_named(doc: Text, lead: Vessel, fleet: Fleet, told: Sequence[Told]) -> tuple[Vessel, ...]:
    """The one ship of her nation and type that a text names, told soon behind the lead; none where it names more."""
    if lead.country is None:
        return _whom_it_is_about(lead, fleet, told)
    named = [v for v in fleet.vessels if v.name and v.mentions and _fits(v, lead) and (surely(lead, v) or _of_the_type(v, lead))]
    if len(named) != 1 or not 0 < named[0].seen_in - lead.seen_in <= _NEAR or (named[0] in fleet.watchers) != (lead in fleet.watchers):
        return ()
    if _is_another(doc, named[0]) or _came_before(lead, named[0], told):
        return ()
    return tuple(named)


def _whom_it_is_about(lead: Vessel, fleet: Fleet, told: Sequence[Told]) -> tuple[Vessel, ...]:
    """The ship whom a text is about, where a lead of no nation may tell of her: "A destroyer has left Portsmouth", then "HMS Duncan …"."""
    hero = next((v for v in fleet.vessels if fleet.is_hero(v) and v.mentions), None)
    if hero is None or not may_be(lead, hero) or not 0 < hero.seen_in - lead.seen_in <= _NEAR:
        return ()
    watches = hero in fleet.watchers or any(e.kind is EventKind.ESCORT and hero in e.vessels for e in told)
    if not watches if lead in fleet.watchers else hero in fleet.watchers:
        return ()
    return () if _came_before(lead, hero, told) else (hero,)


def _is_another(doc: Text, vessel: Vessel) -> bool:
    """Whether the text tells a ship as one beside those told before: "Another Dutch ship, HMS Evertsen, …"."""
    begin, end = vessel.mentions[0]
    return not _OTHERS.isdisjoint(doc.low[max(begin - _FRONT_LETTERS, 0) : end].replace(",", " ").split())


def _came_before(lead: Vessel, named: Vessel, told: Sequence[Told]) -> bool:
    """Whether a named ship did the same in the same place on another day, or does it to the other: "The call came soon after that of USS Florida"."""
    hers = [e for e in told if named in e.vessels]
    for event in told:
        if lead not in event.vessels:
            continue
        if named in event.vessels:
            return True
        day = event.interval
        alike = [e for e in hers if _CALLS.get(e.kind, e.kind) is _CALLS.get(event.kind, event.kind) and event.main and e.main]
        if any(event.main and e.main and event.main.name == e.main.name and _days_apart(day, e.interval) for e in alike):
            return True
    return False


def _days_apart(one: Interval | None, other: Interval | None) -> bool:
    """Whether two known times lie days apart."""
    if one is None or other is None or None in (one.start, one.end, other.start, other.end):
        return False
    return bool(one.start and one.end and other.start and other.end and max(one.start - other.end, other.start - one.end) > _DAYS)


_CALLS = {EventKind.IN_PORT: EventKind.ARRIVAL}
_DAYS, _FRONT_LETTERS = timedelta(days=3), 24


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
