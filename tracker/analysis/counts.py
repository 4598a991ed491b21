"""Told counts of vessels beside the vessels that our events name there: what can be named, what can't, and what contradicts. Pure.

A vessel is **counted** by a claim, **perhaps** counted, or not: by country, type, class and set, as far as both sides tell them. Of those counted we
can **name** the ones that our events put in the area on the day of the claim, surely or probably (`analysis.fleet`).
A claim is **contradicted** only when more vessels that it surely counts were surely there, on the one day that it speaks of, than its number allows,
and its words speak of all that were there. Whatever else goes beyond the number fits together, and the reason is given: another bound, a
sighting that may have missed some, a day that is not told, vessels of which the sort or the presence is not sure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from tracker.analysis.fleet import Certainty, Standing, standing
from tracker.analysis.scope import Scope
from tracker.analysis.told import firm
from tracker.analysis.whereabouts import History, horizons
from tracker.domain.kinds import PORT_KINDS, Bound, EventKind, Modality, VesselType
from tracker.domain.names import fold
from tracker.domain.records import StrengthClaim
from tracker.resources import resource

_AUXILIARIES = frozenset(
    {
        VesselType.OILER,
        VesselType.TUG,
        VesselType.RESCUE_SHIP,
        VesselType.INTELLIGENCE_SHIP,
        VesselType.RESEARCH_SHIP,
        VesselType.HOSPITAL_SHIP,
        VesselType.TRAINING_SHIP,
        VesselType.ICEBREAKER,
        VesselType.AUXILIARY,
    }
)
_TRADERS = frozenset({VesselType.CARGO_SHIP, VesselType.TANKER})
_UNTOLD = frozenset({VesselType.WARSHIP, VesselType.VESSEL})
"""Types that say too little to tell whether a vessel is of another one."""


@dataclass(frozen=True, slots=True)
class Ship:
    """A vessel as counts ask of it; `least` is the number of ships that an unnamed record stands for, at least."""

    key: str
    name: str | None
    type: VesselType
    history: History
    country: str | None = None
    class_name: str | None = None
    project: str | None = None
    least: int = 1
    document: str | None = None  # of its first event: an unnamed record of the document that counts is most often the count itself


class Member(StrEnum):
    """Whether a count is of a vessel."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Verdict(StrEnum):
    """What a count and the vessels that we name make together."""

    FITS = "fits"
    APART = "more, but no contradiction"
    CLASH = "contradiction"
    UNCOMPARED = "can't be compared"


@dataclass(frozen=True, slots=True)
class Placed:
    """A vessel that our events put in the area on the day, and by what."""

    ship: Ship
    standing: Standing


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A count beside what we can name. `named` are surely of the counted sort and there; `perhaps` may be of it, or may be there."""

    claim: StrengthClaim
    on: date
    named: tuple[Placed, ...] = ()
    perhaps: tuple[Placed, ...] = ()
    unnamed: int = 0  # ships of other documents' records without a name, at least; they may be the same ships
    verdict: Verdict = Verdict.UNCOMPARED
    why: str = ""
    others: tuple[str, ...] = field(default=())  # ids of counts that exclude this one


@cache
def subsets(path: Path | None = None) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Set -> what makes a vessel a member of it, from `seeds/subsets.toml`."""
    data: dict[str, dict[str, Any]] = tomllib.loads((path or resource("seeds", "subsets.toml")).read_text(encoding="utf-8"))
    return {name: {part: frozenset(map(fold, values)) for part, values in rows.items()} for name, rows in data.items()}


# --- who is counted


def member(ship: Ship, claim: StrengthClaim) -> Member:
    """Whether a count is of a vessel, as far as both tell."""
    answers = (_by_country(ship, claim), _by_type(ship.type, claim), _by_class(ship, claim), _by_subset(ship, claim))
    if Member.NO in answers:
        return Member.NO
    return Member.PERHAPS if Member.PERHAPS in answers else Member.YES


def _by_country(ship: Ship, claim: StrengthClaim) -> Member:
    if claim.country is None or ship.country is None:
        return Member.PERHAPS
    return Member.YES if ship.country == claim.country else Member.NO


def _by_type(kind: VesselType, claim: StrengthClaim) -> Member:
    if claim.type is VesselType.VESSEL:  # "ships": a submarine is called a boat, and who counts a navy's ships leaves out traders
        return Member.PERHAPS if kind is VesselType.SUBMARINE or kind in _TRADERS else Member.YES
    if claim.type is VesselType.WARSHIP:
        if kind in _TRADERS:
            return Member.NO
        return Member.PERHAPS if kind in _AUXILIARIES or kind is VesselType.VESSEL else Member.YES
    if kind is claim.type:
        return Member.YES
    return Member.PERHAPS if kind in _UNTOLD else Member.NO


def _by_class(ship: Ship, claim: StrengthClaim) -> Member:
    if claim.class_name is None:
        return Member.YES
    if ship.class_name is None:
        return Member.PERHAPS
    return Member.YES if fold(ship.class_name) == fold(claim.class_name) else Member.NO


def _by_subset(ship: Ship, claim: StrengthClaim) -> Member:
    if claim.subset is None:
        return Member.YES
    known = subsets().get(claim.subset)
    if known is None:
        return Member.PERHAPS
    kind = fold(ship.type)
    if kind in known.get("not_types", ()) or ("only_types" in known and kind not in known["only_types"]):
        return Member.NO
    if "not_types" in known:
        return Member.PERHAPS if ship.type in _UNTOLD else Member.YES
    if "only_types" in known:
        return Member.PERHAPS
    return _by_project(ship, known)


def _by_project(ship: Ship, known: Mapping[str, frozenset[str]]) -> Member:
    if ship.project is None and ship.class_name is None:
        return Member.PERHAPS
    if ship.project is not None:
        return Member.YES if fold(ship.project) in known["projects"] else Member.NO
    return Member.YES if fold(ship.class_name or "") in known["classes"] else Member.NO


# --- which counts bear on a day


def day_of(claim: StrengthClaim, on: date) -> date | None:
    """The day on which a count is looked at when a day is asked about: its own last one, not later; None where it begins after it."""
    start, end = claim.interval.start, claim.interval.end
    if end is None or (start or end) > on:
        return None
    return min(end, on)


def bearing(claims: Iterable[StrengthClaim], scope: Scope, on: date) -> list[StrengthClaim]:
    """The counts of exactly this area that are no older on a day than a sighting may be, the latest first; each with its parts behind it."""
    horizon = horizons()[EventKind.IN_PORT if scope.kind in PORT_KINDS else EventKind.AT_SEA]
    dated = [(day, one) for one in claims if one.place_key == scope.key and (day := day_of(one, on)) and (on - day).days <= horizon]
    dated.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].document, pair[1].count_start, pair[1].id))
    return [one for _, one in dated]


# --- a count beside our names


def most(claim: StrengthClaim) -> int | None:
    """The greatest number that a count allows; None where it sets no bound."""
    if claim.bound in (Bound.AT_LEAST, Bound.ABOUT):
        return None
    return claim.count_most if claim.bound is Bound.BETWEEN else claim.count


def least(claim: StrengthClaim) -> int | None:
    """The least number that a count allows; None where it sets no bound."""
    return None if claim.bound in (Bound.AT_MOST, Bound.ABOUT) else claim.count


def reconcile(claim: StrengthClaim, ships: Iterable[Ship], scope: Scope, on: date, whole: Iterable[str] = ()) -> Reconciled:
    """A count beside the vessels that our events put in its area on a day. `whole`: the rules of counts that speak of all that were there."""
    if claim.modality in (Modality.NEGATED, Modality.PLANNED):
        return Reconciled(claim, on, why="it is told not to be so")
    named, perhaps, unnamed = [], [], 0
    for ship in ships:
        belongs, there = member(ship, claim), standing(ship.history, scope, on)
        if belongs is Member.NO or there.event is None:
            continue
        if ship.name is None:
            unnamed += ship.least if there.certainty.counts and ship.document != claim.document else 0
        elif belongs is Member.YES and there.certainty.counts:
            named.append(Placed(ship, there))
        elif there.certainty.counts or (there.certainty is Certainty.UNCLEAR and scope.touches(there.event)):
            perhaps.append(Placed(ship, there))
    verdict, why = _judge(claim, named, whole=claim.rule in frozenset(whole))
    return Reconciled(claim, on, _in_order(named), _in_order(perhaps), unnamed, verdict, why)


def _in_order(placed: Iterable[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(placed, key=lambda one: (one.standing.certainty is not Certainty.PRESENT, one.ship.name or "", one.ship.key)))


def _judge(claim: StrengthClaim, named: Sequence[Placed], *, whole: bool) -> tuple[Verdict, str]:
    limit = most(claim)
    if limit is None or len(named) <= limit:
        return Verdict.FITS, ""
    sure = [one for one in named if one.standing.certainty is Certainty.PRESENT and one.standing.event is not None and firm(one.standing.event)]
    reasons = []
    if len(sure) <= limit:
        reasons.append(f"{len(named) - len(sure)} of them only probably there")
    if not whole:
        reasons.append("its words don't say that these were all")
    if claim.interval.start is None:
        reasons.append("its day is not told")
    elif claim.interval.start != claim.interval.end:
        reasons.append("it holds for several days")
    if claim.modality is Modality.POSSIBLE:
        reasons.append("it is only possible")
    if reasons:
        return Verdict.APART, "; ".join(reasons)
    return Verdict.CLASH, f"{len(sure)} named vessels of the kind were there that day"


# --- counts beside each other


def same_set(one: StrengthClaim, other: StrengthClaim) -> bool:
    """Whether two counts are of the same vessels: area, country, type, class and set told alike."""
    return _set(one) == _set(other)


def _set(one: StrengthClaim) -> tuple[object, ...]:
    kind = VesselType.WARSHIP if one.subset else one.type
    return one.place_key or one.place, one.country, kind, fold(one.class_name or ""), one.subset


def exclude(one: StrengthClaim, other: StrengthClaim) -> bool:
    """Whether two counts can't both be true: the same set on the same single day, told as facts or reported, and no number allowed by both."""
    firmly = all(c.modality in (Modality.ASSERTED, Modality.REPORTED) for c in (one, other))
    one_day = one.interval.start is not None and one.interval.start == one.interval.end == other.interval.start == other.interval.end
    if not (firmly and one_day and same_set(one, other)):
        return False
    return _beyond(least(one), most(other)) or _beyond(least(other), most(one))


def _beyond(lower: int | None, upper: int | None) -> bool:
    return lower is not None and upper is not None and lower > upper


def exclusions(claims: Sequence[StrengthClaim], whole: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Count id -> ids of the counts that exclude it. Only counts of all that were there are compared: two sightings may both have missed some."""
    rules = frozenset(whole)
    groups: dict[tuple[object, ...], list[StrengthClaim]] = {}
    for claim in claims:
        if claim.rule in rules or claim.part_of:
            groups.setdefault((_set(claim), claim.interval.start), []).append(claim)
    return {
        one.id: others
        for group in groups.values()
        for one in group
        if (others := tuple(sorted(o.id for o in group if o is not one and exclude(one, o))))
    }
