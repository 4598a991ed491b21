"""Whether two claims can tell one movement, and whether one denies the other. Pure and symmetric where the word is."""

from __future__ import annotations

from datetime import date

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision
from tracker.domain.names import fold
from tracker.domain.records import Claim, Event
from tracker.domain.tree import PlaceTree
from tracker.domain.when import reach

SLOTS = ("place", "origin", "destination")
STATES = frozenset({EventKind.IN_PORT, EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.ESCORT})
"""Kinds that last: "from 1 to 10 December" tells of all those days, where it gives a departure one of them."""

Told = Claim | Event


def days(told: Told) -> tuple[date, date] | None:
    """The first and last day that a claim or event may be about, None where nothing dates it."""
    return reach(told.interval, told.published if isinstance(told, Claim) else told.last_published)


def agree(one: Claim, other: Claim, tree: PlaceTree) -> bool:
    """Whether two claims of one vessel, kind and family (told, planned, denied) can tell one movement.

    They share a day, and slot by slot their places are equal, or one lies inside the other, or one of the two leaves it open. Stricter are:
    undated claims, which agree only with undated ones of the same places told within UNDATED_DAYS of each other; denials, which agree only
    where they deny the same, for to deny more is another statement; and stays told from day to day, which agree only with the same days.
    """
    a, b = days(one), days(other)
    if a is None or b is None:
        return a is b and one.document == other.document and same_places(one, other)
    if (one.interval.start is None) != (other.interval.start is None) or a[0] > b[1] or b[0] > a[1]:
        return False
    if one.interval.start is None:
        return same_places(one, other)
    same_days = one.interval == other.interval
    if one.modality is Modality.NEGATED:
        return same_days and same_places(one, other)
    return (same_days or not (is_stay(one) or is_stay(other))) and all(_compatible(one, other, slot, tree) for slot in SLOTS)


def same_places(one: Told, other: Told) -> bool:
    """Whether two claims tell the same in every slot."""
    return all(place_of(one, slot) == place_of(other, slot) for slot in SLOTS)


def is_stay(told: Told) -> bool:
    """Whether something that lasts is told from one day to another."""
    return told.kind in STATES and told.interval.precision is Precision.RANGE


def place_of(told: Told, slot: str) -> str | None:
    """The key of a slot's place; for a place outside the gazetteer its folded name behind a question mark."""
    key: str | None = getattr(told, f"{slot}_key")
    name = getattr(told, slot)
    return key or (f"?{fold(name)}" if name else None)


def _compatible(one: Told, other: Told, slot: str, tree: PlaceTree) -> bool:
    a, b = place_of(one, slot), place_of(other, slot)
    return a is None or b is None or a == b or tree.inside(a, b) or tree.inside(b, a)


def denies(denial: Told, told: Told, tree: PlaceTree) -> bool:
    """Whether a denial leaves no room for what is told of the same vessel and kind.

    It denies every day and place on which the thing told may have happened, or one of the days of a stay. "Did not leave on 26 January" leaves room
    for "left between 25 and 27 January"; "did not leave Tartus" leaves room for "left Syria".
    """
    no, yes = days(denial), days(told)
    if no is None or yes is None or not all(_within(told, denial, slot, tree) for slot in SLOTS):
        return False
    return (no[0] <= yes[0] and yes[1] <= no[1]) or (is_stay(told) and yes[0] <= no[0] and no[1] <= yes[1])


def _within(told: Told, denial: Told, slot: str, tree: PlaceTree) -> bool:
    inner, outer = place_of(told, slot), place_of(denial, slot)
    return outer is None or (inner is not None and tree.inside(inner, outer))


def excludes(one: Told, other: Told, tree: PlaceTree) -> bool:
    """Whether two things told of one vessel and kind, each on one and the same day, are at places that no water and no country both hold.

    Nearer places a ship may reach within a day; speeds are for `analysis.conflicts`, which sees every kind.
    """
    slot = MAIN_SLOT[one.kind]
    a, b = getattr(one, f"{slot}_key"), getattr(other, f"{slot}_key")
    day = one.interval.start
    same_day = day == one.interval.end == other.interval.start == other.interval.end
    if a is None or b is None or not same_day or one.kind is EventKind.UNDERWAY:
        return False
    return not ({a, *tree.ancestors(a)} & {b, *tree.ancestors(b)})
