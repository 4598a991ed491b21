"""The closed sets of the field: what kinds of events, vessels, places and certainties there are."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class EventKind(StrEnum):
    """What a vessel did or where it was."""

    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    TRANSIT = "transit"
    IN_PORT = "in_port"
    AT_SEA = "at_sea"
    UNDERWAY = "underway"
    REPLENISHMENT = "replenishment"
    ESCORT = "escort"


class Modality(StrEnum):
    """How firmly a claim is told, firmest first; `negated` denies it."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    POSSIBLE = "possible"
    PLANNED = "planned"
    NEGATED = "negated"


class Precision(StrEnum):
    """How exactly a date was told."""

    DAY = "day"
    RANGE = "range"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


class Bound(StrEnum):
    """What a told number of vessels is: the number itself, a least, a most, a rough one, or the lower of two."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    BETWEEN = "between"


class VesselType(StrEnum):
    """What sort of vessel; `warship` and `vessel` where a text says no more."""

    AIRCRAFT_CARRIER = "aircraft_carrier"
    AMPHIBIOUS_ASSAULT_SHIP = "amphibious_assault_ship"
    LANDING_SHIP = "landing_ship"
    CRUISER = "cruiser"
    DESTROYER = "destroyer"
    FRIGATE = "frigate"
    CORVETTE = "corvette"
    PATROL_SHIP = "patrol_ship"
    MISSILE_BOAT = "missile_boat"
    MINE_WARFARE_SHIP = "mine_warfare_ship"
    SUBMARINE = "submarine"
    OILER = "oiler"
    TUG = "tug"
    RESCUE_SHIP = "rescue_ship"
    INTELLIGENCE_SHIP = "intelligence_ship"
    RESEARCH_SHIP = "research_ship"
    CARGO_SHIP = "cargo_ship"
    TANKER = "tanker"
    HOSPITAL_SHIP = "hospital_ship"
    TRAINING_SHIP = "training_ship"
    ICEBREAKER = "icebreaker"
    AUXILIARY = "auxiliary"
    WARSHIP = "warship"
    VESSEL = "vessel"


class PlaceKind(StrEnum):
    """What sort of place."""

    NAVAL_BASE = "naval_base"
    PORT = "port"
    ANCHORAGE = "anchorage"
    SHIPYARD = "shipyard"
    STRAIT = "strait"
    CANAL = "canal"
    CHANNEL = "channel"
    SEA = "sea"
    OCEAN = "ocean"
    GULF = "gulf"
    BAY = "bay"
    ISLAND = "island"
    COAST = "coast"
    REGION = "region"
    COUNTRY = "country"


class Status(StrEnum):
    """Service status of a vessel in the register."""

    ACTIVE = "active"
    RESERVE = "reserve"
    REFIT = "refit"
    DECOMMISSIONED = "decommissioned"
    LOST = "lost"
    BUILDING = "building"


class ReviewStatus(StrEnum):
    """What people said of an event's claims: nothing yet, that some are right, that all are."""

    OPEN = "open"
    PARTLY = "partly accepted"
    ACCEPTED = "accepted"

    @classmethod
    def of(cls, reviewed: Collection[bool]) -> ReviewStatus:
        """The status of an event by whether each of its claims was reviewed."""
        if not any(reviewed):
            return cls.OPEN
        return cls.ACCEPTED if all(reviewed) else cls.PARTLY


class Role(StrEnum):
    """A vessel's part in an act that has several."""

    ESCORT = "escort"
    ESCORTED = "escorted"
    SHADOWER = "shadower"
    SHADOWED = "shadowed"
    SUPPLIER = "supplier"
    RECEIVER = "receiver"


AREA_KINDS = frozenset({PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.GULF, PlaceKind.BAY, PlaceKind.COAST, PlaceKind.REGION, PlaceKind.COUNTRY})
"""Kinds that are areas: never drawn as a point."""

WATER_KINDS = frozenset({PlaceKind.SEA, PlaceKind.OCEAN, PlaceKind.GULF, PlaceKind.BAY})
"""Kinds that are a body of water, with an outline in `seeds/areas.geojson` where one was drawn."""

PORT_KINDS = frozenset({PlaceKind.PORT, PlaceKind.NAVAL_BASE, PlaceKind.SHIPYARD, PlaceKind.ANCHORAGE})
"""Kinds in which a vessel lies in port."""

PASSAGE_KINDS = frozenset({PlaceKind.STRAIT, PlaceKind.CANAL, PlaceKind.CHANNEL})
"""Kinds that are passed through."""

MAIN_SLOT: dict[EventKind, str] = {
    EventKind.DEPARTURE: "origin",
    EventKind.ARRIVAL: "destination",
    EventKind.UNDERWAY: "destination",
    EventKind.TRANSIT: "place",
    EventKind.IN_PORT: "place",
    EventKind.AT_SEA: "place",
    EventKind.REPLENISHMENT: "place",
    EventKind.ESCORT: "place",
}
"""The slot that holds the place an event is chiefly about, as the development corpus is annotated."""

FIRMNESS: dict[Modality, int] = {Modality.NEGATED: -1, Modality.PLANNED: 0, Modality.POSSIBLE: 1, Modality.REPORTED: 2, Modality.ASSERTED: 3}
"""Order of firmness; an output is never firmer than its source."""

TYPE_PLURALS: dict[VesselType, str] = {t: t.value.replace("_", " ") + "s" for t in VesselType} | {
    VesselType.CORVETTE: "corvettes",
    VesselType.AUXILIARY: "auxiliaries",
}

NEAR_TYPES = frozenset(
    frozenset(pair)
    for pair in (
        (VesselType.OILER, VesselType.TANKER),
        (VesselType.OILER, VesselType.AUXILIARY),
        (VesselType.TUG, VesselType.RESCUE_SHIP),
        (VesselType.FRIGATE, VesselType.DESTROYER),
        (VesselType.CORVETTE, VesselType.MISSILE_BOAT),
        (VesselType.CORVETTE, VesselType.PATROL_SHIP),
        (VesselType.CORVETTE, VesselType.FRIGATE),
        (VesselType.LANDING_SHIP, VesselType.AMPHIBIOUS_ASSAULT_SHIP),
        (VesselType.DESTROYER, VesselType.CRUISER),
        (VesselType.INTELLIGENCE_SHIP, VesselType.RESEARCH_SHIP),
        (VesselType.CARGO_SHIP, VesselType.AUXILIARY),
    )
)
"""Types that the press takes for one another."""

AUXILIARY_TYPES = frozenset(
    {
        VesselType.OILER,
        VesselType.TUG,
        VesselType.RESCUE_SHIP,
        VesselType.INTELLIGENCE_SHIP,
        VesselType.RESEARCH_SHIP,
        VesselType.CARGO_SHIP,
        VesselType.TANKER,
        VesselType.HOSPITAL_SHIP,
        VesselType.TRAINING_SHIP,
        VesselType.ICEBREAKER,
        VesselType.AUXILIARY,
    }
)
"""What "auxiliary" may mean."""
