"""The place or area a question is about, and on which side of its border an event leaves a vessel. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.analysis.told import Told
from tracker.domain.kinds import AREA_KINDS, WATER_KINDS, EventKind, PlaceKind
from tracker.domain.tree import PlaceTree


@dataclass(frozen=True, slots=True)
class Scope:
    """The place or area asked about. `inside` are the keys of places in it, itself among them; `around` those that hold it."""

    name: str
    key: str | None = None  # None: the whole world
    kind: PlaceKind | None = None
    inside: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    borders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a strait's key -> keys of the waters that it joins
    astride: frozenset[str] = frozenset()  # keys of countries and regions of which a water can't tell whether they lie on it

    @property
    def is_area(self) -> bool:
        """Whether it is an area, which a vessel does not leave by leaving a port in it."""
        return self.kind in AREA_KINDS

    def holds(self, key: str | None) -> bool:
        """Whether a place lies in it; everything does when it is the whole world."""
        return self.key is None or key in self.inside

    def touches(self, event: Told) -> bool:
        """Whether any place of the event lies in it."""
        return self.key is None or any(key in self.inside for key in (event.place_key, event.origin_key, event.destination_key) if key)


def scope_of(name: str, key: str, kinds: Mapping[str, PlaceKind], tree: PlaceTree, borders: Mapping[str, tuple[str, ...]]) -> Scope:
    """The scope of a place, from the kinds of all places.

    For a water, a country or region whose every place on a water lies in it counts as inside ("off Syria" is in the Mediterranean); of another
    one, and of one without such places, nobody can tell.
    """
    inside, around, kind = tree.within(key) | {key}, tree.ancestors(key), kinds[key]
    if kind not in WATER_KINDS:
        return Scope(name, key, kind, inside, around, borders)
    lands = {place for place, what in kinds.items() if what in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.COAST)} - inside
    shores: dict[str, set[bool]] = {land: set() for land in lands}
    for place in kinds:
        ancestors = tree.ancestors(place)
        if any(kinds.get(up) in WATER_KINDS for up in ancestors):
            for land in lands & ancestors:
                shores[land].add(place in inside)
    ashore = frozenset(land for land, sides in shores.items() if sides == {True})
    wholly_out = {land for land, sides in shores.items() if sides == {False}}
    return Scope(name, key, kind, inside | ashore, around, borders, frozenset(lands - ashore - wholly_out))


class Side(StrEnum):
    """Where an event leaves its vessel."""

    IN = "in"
    OUT = "out"
    UNCLEAR = "unclear"


def side(event: Told, scope: Scope) -> Side:
    """Where the vessel is once the event is over, seen from the scope; unclear where the places told do not say. Nothing is outside the world."""
    if scope.key is None:
        return Side.IN
    match EventKind(event.kind):
        case EventKind.DEPARTURE:
            return _after_departure(event, scope)
        case EventKind.ARRIVAL:
            return _at(event.destination_key or event.place_key, scope)
        case EventKind.TRANSIT:
            return _after_transit(event, scope)
        case _:
            return _at(event.place_key, scope)


def side_before(event: Told, scope: Scope) -> Side:
    """Where the vessel was before a move, seen from the scope."""
    if scope.key is None:
        return Side.IN
    match EventKind(event.kind):
        case EventKind.DEPARTURE:
            return _at(event.origin_key or event.place_key, scope)
        case EventKind.ARRIVAL:
            return _at(event.origin_key, scope)
        case EventKind.TRANSIT:
            return _before_transit(event, scope)
        case _:
            return _at(event.place_key, scope)


def crosses(event: Told, scope: Scope) -> bool:
    """Whether an event that ends inside tells of coming in: from a place outside, by a border, or into the scope itself by name."""
    if event.kind == EventKind.DEPARTURE or (event.origin_key and scope.holds(event.origin_key)):
        return False
    return event.kind == EventKind.TRANSIT or bool(event.origin_key) or not scope.is_area or event.destination_key == scope.key


def _at(key: str | None, scope: Scope) -> Side:
    if key is None or key in scope.around or key in scope.astride:
        return Side.UNCLEAR
    return Side.IN if scope.holds(key) else Side.OUT


def _after_departure(event: Told, scope: Scope) -> Side:
    origin = event.origin_key or event.place_key
    if origin == scope.key or not scope.is_area:
        return Side.OUT if scope.holds(origin) else _at(origin, scope)
    return _at(origin, scope)


def _after_transit(event: Told, scope: Scope) -> Side:
    waters = scope.borders.get(event.place_key or "", ())
    if waters and all(scope.holds(water) for water in waters):
        return Side.IN
    if not any(scope.holds(water) for water in waters) and not scope.holds(event.place_key):
        return _at(event.place_key, scope)
    if event.destination_key and event.destination_key not in scope.around:
        return _at(event.destination_key, scope)
    return Side.OUT if event.origin_key and scope.holds(event.origin_key) else Side.UNCLEAR


def _before_transit(event: Told, scope: Scope) -> Side:
    waters = scope.borders.get(event.place_key or "", ())
    if waters and all(scope.holds(water) for water in waters):
        return Side.IN
    if not any(scope.holds(water) for water in waters) and not scope.holds(event.place_key):
        return _at(event.place_key, scope)
    return _at(event.origin_key, scope)
