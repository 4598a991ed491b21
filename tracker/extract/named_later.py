"""Stage 4, ships told without a name whom the text names later: "Two tankers left Kiel. The Alpha and the Beta …"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.by_type import by_type, put_names
from tracker.extract.corefer import (
    CAPTION_SENTENCES,
    FEW,
    GENERIC,
    HARDLY_BY_CHANCE,
    IN_LONG_TURN,
    IN_TURN,
    LONG_TURN,
    NEAR_SENTENCES,
    TURN_SENTENCES,
    Fleet,
    Vessel,
    may_be,
    of_others,
    surely,
)
from tracker.extract.mention import NOBODY


def name_members(fleet: Fleet, named: Sequence[Vessel], sentence: int) -> None:
    """Vessels named together are the ones that were only counted before: "Two Iranian ships … The frigate A and the tanker B"."""
    if len(named) > 1 and (_name_each(fleet, named, sentence) or _name_others(fleet, named)):
        return
    if len(named) > 1:
        for one in named:
            if any(v is not one and v.name and v.type is one.type and not of_others(v, one) for v in named):
                continue  # "A frigate left Kiel. The frigates A and B are in refit": who knows which
            fresh = one.type is None and all(v.seen_in < sentence for v in named if v is not one)  # "the Liaoning and the five"
            if fresh or (one.type not in GENERIC and one.type is not None):
                name_members(fleet, [one], sentence)
    for one in named:
        if not one.name or one.seen_in < sentence:
            return
    fitting = []
    for vessel in reversed(fleet.recent):  # they stand in the order they were seen in
        if sentence - vessel.seen_in > NEAR_SENTENCES:
            break
        if vessel.name or vessel.members or vessel in named or vessel.seen_in >= sentence or vessel.word == NOBODY:
            continue
        if vessel.count == len(named) and all(may_be(vessel, v) for v in named) and (len(named) > 1 or surely(vessel, named[0])):
            fitting.append(vessel)
    if not fitting:
        return
    told = next((v for v in fitting if not v.number or v.group), fitting[0])  # "A frigate left, another came in. HMS Kent …" is the first
    told.members = tuple(named)
    for member in named:
        member.formerly = told
        _inherit(member, told)
    fleet.put_members()


def _name_others(fleet: Fleet, named: Sequence[Vessel]) -> bool:
    """Name all of a group of which so far some were told: "Four ships, including A, are due. The ships — A, B, C and D — …"."""
    for vessel in reversed(fleet.recent):
        partly = bool(vessel.members) and vessel.members[0] is vessel and vessel.count == len(named)
        if partly and all(v.name for v in named) and set(vessel.members[1:]) < set(named):
            vessel.members = tuple(named)
            fleet.put_members()
            return True
    return False


def _name_each(fleet: Fleet, named: Sequence[Vessel], sentence: int) -> bool:
    """Name those told one by one by their types just before: "A U.S. destroyer and a Canadian frigate … USS Chung-Hoon and HMCS Montreal …"."""
    if not all(v.name and v.seen_in == sentence for v in named):
        return False
    for group in reversed(fleet.focus[-FEW:]):
        fits = len(group) == len(named) and all(not v.name and v.count == 1 and not v.members and not v.group for v in group)
        near = fits and all(0 < sentence - v.seen_in <= TURN_SENTENCES for v in group)
        if near and all(surely(v, one) and may_be(v, one) for v, one in zip(group, named, strict=True)):
            for vessel, one in zip(group, named, strict=True):
                vessel.members, one.formerly = (one,), vessel
            fleet.put_members()
            return True
    return False


def name_defined(fleet: Fleet, named: Vessel, sentence: int) -> None:
    """A ship whose name explains a phrase that points back is the one it points to: "A tanker was stopped. The tanker, named Kiwala, …"."""
    if named.seen_in < sentence or named.formerly is not None:
        return
    told = [
        v
        for v in fleet.recent
        if not v.name and v.count == 1 and not (v.plural or v.group or v.members) and 0 < sentence - v.last_sentence <= NEAR_SENTENCES
    ]
    fitting = [v for v in told if may_be(v, named) and (v.type is named.type or (named.type in (None, *GENERIC) and len(told) == 1))]
    if len(fitting) == 1:
        fitting[0].members, named.formerly = (named,), fitting[0]
        fleet.put_members()


def name_by_types(fleet: Fleet, named: Sequence[Vessel], sentence: int) -> None:
    """Name all of a mixed list by their types: "A frigate and two tugs passed. The frigate A was followed by the tugs B and C"."""
    for group in reversed(fleet.focus[-FEW:]):
        told = [v for v in group if not v.name]
        mixed = len(group) > 1 and all(v.count and v.type not in GENERIC and v.type and not v.members and not v.group for v in told)
        if not told or not mixed or not all(0 < sentence - v.seen_in <= TURN_SENTENCES for v in told):
            continue
        fresh = [v for v in named if v not in group]
        if sum(v.count or 0 for v in told) != len(fresh) or not (len(fresh) > 1 or any(v in fleet.here and v.formerly for v in group)):
            continue
        taken = by_type(told, fresh) if all(n.type or n.kinds for n in fresh) else None
        if taken:
            put_names(taken)
            fleet.put_members()
            return


def name_lead(fleet: Fleet, named: Vessel, sentence: int) -> None:
    """The first ship named is the one that a text opens with: "A freighter was stopped on Monday. The Fitburg had left Ust-Luga …"."""
    if named.seen_in < sentence or (named.type and named.type not in GENERIC) or any(v.name for v in fleet.vessels if v is not named):
        return
    told = [v for v in fleet.vessels if v is not named and v.seen_in < sentence]  # "HMS Tyne shadowed a corvette" tells of two
    one = [
        v
        for v in told
        if v.count == 1
        and not v.group
        and (v.type not in GENERIC or (v.country and v.country == named.country))
        and sentence - v.seen_in <= TURN_SENTENCES
        and not v.members
    ]
    if len(one) == 1 and len(told) <= IN_TURN and may_be(one[0], named):
        one[0].members, named.formerly = (named,), one[0]
        fleet.put_members()


def name_hero(fleet: Fleet, named: Vessel, sentence: int) -> None:
    """The one ship that a text names is the one of her navy told by her type, though a caption named her before: "A US warship … USS X …"."""
    if not named.name or named.formerly is not None or named.seen_in > CAPTION_SENTENCES:
        return
    if any(v is not named and (v.name or v.members) for v in fleet.vessels):
        return
    told = [v for v in fleet.vessels if not v.name and v.count == 1 and not v.group and v.seen_in > named.seen_in]
    if len(told) != 1 or sentence - told[0].seen_in > 1 or told[0].seen_in > CAPTION_SENTENCES + 2 or not told[0].country:
        return
    if told[0].country in (named.country, *named.flags) and may_be(told[0], named):
        told[0].members, named.formerly = (named,), told[0]
        fleet.put_members()


def name_subject(fleet: Fleet, named: Sequence[Vessel], sentence: int) -> None:
    """Vessels that "they are" names are the ones told just before: "The foreign ships came in today. They are the frigate A and the tanker B"."""
    told = fleet.subject[0] if len(fleet.subject) == 1 else None
    many = sum(v.count or 0 for v in named)
    if told is None or told.name or told.members or not told.plural or told.count not in (None, many) or len(named) < 2:
        return
    mixed = told.count == many and all(v.name or v.type not in GENERIC for v in named)
    if sentence - told.last_sentence <= 2 and all((v.name or mixed) and v.seen_in == sentence for v in named):
        told.members = tuple(named)
        for member in named:
            member.formerly, member.country = told, member.country or told.country
        fleet.put_members()


def identify_as(fleet: Fleet, told: Vessel, named: Sequence[Vessel], sentence: int) -> None:
    """Named vessels are the ones that a text has only counted or told by their type: "A frigate left Malta. It was HMS Kent"."""
    several = len(named) > 1 and (told.group or (told.count is None and told.plural))
    as_many = several if told.group else told.count == len(named) or several
    if told.name or told.members or told in named or not as_many or sentence - told.seen_in > NEAR_SENTENCES:
        return
    if all(may_be(told, v) and v.formerly is None for v in named):
        told.members = tuple(named)
        for member in named:
            member.formerly = told
            _inherit(member, told)
        fleet.put_members()


def identify_each(fleet: Fleet, told: Sequence[Vessel], named: Sequence[Vessel]) -> None:
    """Ships told one by one by their types are as many named ones: "A frigate and a tug came in. They were identified as A and B"."""
    taken = by_type(told, named) if all(v.formerly is None for v in named) and not any(v.name for v in told) else None
    if taken:
        put_names(taken, typed=True)
        fleet.put_members()


def name_in_turn(fleet: Fleet, sentence: int) -> None:
    """Vessels named one by one are those counted before: "Three ships tied up … In front was the A. Astern of her came the B and the C"."""
    counted: list[Vessel] = []
    for vessel in reversed(fleet.recent):  # they stand in the order they were seen in
        if sentence - vessel.seen_in > LONG_TURN:
            break
        near = sentence - vessel.seen_in <= (LONG_TURN if (vessel.count or 0) > HARDLY_BY_CHANCE else TURN_SENTENCES)
        if near and not vessel.name and not vessel.members and 1 < (vessel.count or 0) < IN_LONG_TURN and vessel.seen_in < sentence:
            counted.append(vessel)
    for vessel in reversed(counted):
        if any(v is not vessel and v.seen_in == vessel.seen_in and v.type is vessel.type for v in counted):
            continue  # "with four vessels in Portsmouth and two in Birkenhead"
        others = fleet.watchers | fleet.apart
        named = [v for v in fleet.recent if v.name and v.seen_in > vessel.seen_in and v not in others and _is_free(v)]
        again = [v for v in fleet.here if v.name and v not in others and _is_free(v)]
        if len(named) < len(set(again)) == vessel.count and _are_new(fleet, again, vessel):
            named = list(dict.fromkeys(again))  # of whom a headline told one: "Three ships … The carrier A led, followed by B and C"
        fitting = [v for v in named if may_be(vessel, v) and _may_be_of(v, vessel.country)]
        if len(fitting) == vessel.count and (vessel.country or len(named) == len(fitting)) and vessel not in fleet.watchers:
            vessel.members = tuple(fitting)
            for member in fitting:
                member.formerly = vessel
            fleet.put_members()
            fleet.note(fitting)
            if set(fleet.subject) < set(fitting):
                fleet.subject = tuple(fitting)  # "The frigates A and B, …, and the corvette C are the participants. They …"
            return
        if typed := _typed_in_turn(fleet, vessel, sentence):
            vessel.members = typed
            fleet.put_members()
            return


def _typed_in_turn(fleet: Fleet, counted: Vessel, sentence: int) -> tuple[Vessel, ...]:
    """Ships told one by one by their types that are as many as were counted: "Five ships passed. First came two destroyers; a frigate and …"."""
    if counted.type not in GENERIC or counted.group or (counted.count or 0) < HARDLY_BY_CHANCE or sentence - counted.seen_in > TURN_SENTENCES:
        return ()
    later = [v for v in fleet.recent if v.seen_in > counted.seen_in and v not in fleet.watchers and not v.members and not _other_nation(counted, v)]
    told = all(v.count and not v.group and not v.partial and (v.name or v.hull or v.type not in GENERIC) for v in later)
    unnamed = [v for v in later if not v.name]
    fits = told and len(later) > 1 and unnamed and sum(v.count or 0 for v in later) == counted.count
    return tuple(later) if fits else ()


def _are_new(fleet: Fleet, named: Sequence[Vessel], counted: Vessel) -> bool:
    """Whether all but one of some vessels are told since others were counted."""
    return sum(v.seen_in > counted.seen_in for v in dict.fromkeys(named)) == (counted.count or 0) - 1 > 1


def _other_nation(one: Vessel, other: Vessel) -> bool:
    """Whether two vessels are told to be of different nations, or only of one of them it is told and the other's name tells another."""
    return bool(other.country and one.country and other.country != one.country) or bool(
        one.country and other.flags and one.country not in other.flags
    )


def _may_be_of(vessel: Vessel, country: str | None) -> bool:
    """Whether nothing tells that a ship is not of a nation: of her whom no register knows the text tells it by the group she is of."""
    return not country or country == vessel.country or country in vessel.flags or not (vessel.country or vessel.flags)


def _is_free(vessel: Vessel) -> bool:
    """Whether a named vessel has not been found to be one of those that a number told before."""
    return vessel.formerly is None or vessel.formerly.count is None


def _inherit(named: Vessel, told: Vessel) -> None:
    """Take over for a named ship what is told of her before her name: "A Russian spy ship was seen off Yonaguni. The vessel is the Karelia"."""
    vague = (named.type is None or named.type in GENERIC) and not named.country and len(named.kinds) > 1
    if vague and told.type in named.kinds and told.country in named.flags and len(told.members) == 1:
        named.type, named.country = told.type, told.country
