"""Tiny builders: rows of events and claims of a small history, the withdrawal from Tartus in December 2024."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tracker.analysis.scope import Scope
from tracker.analysis.sea import Sea, read_passages
from tracker.domain.kinds import EventKind, PlaceKind
from tracker.domain.tree import PlaceTree
from tracker.domain.when import parse_period
from tracker.report.facts import MovementFacts, Request, movement_facts

AS_OF = datetime(2024, 12, 20, 12, 0, tzinfo=UTC)
HORIZONS = dict.fromkeys(EventKind, 2) | {EventKind.IN_PORT: 14, EventKind.ARRIVAL: 14, EventKind.AT_SEA: 5}
TREE = PlaceTree.of(
    [
        ("mediterranean-sea", None, None),
        ("tartus", "syria", "mediterranean-sea"),
        ("syria", None, None),
        ("novorossiysk", None, "black-sea"),
        ("black-sea", None, None),
        ("souda-bay", None, "mediterranean-sea"),
        ("strait-of-gibraltar", None, None),
        ("oresund", None, None),
        ("crete", None, "mediterranean-sea"),
        ("baltiysk", None, "baltic-sea"),
        ("baltic-sea", None, None),
        ("north-atlantic-ocean", None, None),
    ]
)
POINTS = {
    "tartus": (34.9, 35.87),
    "novorossiysk": (44.7, 37.8),
    "souda-bay": (35.49, 24.14),
    "baltiysk": (54.65, 19.9),
    "strait-of-gibraltar": (35.96, -5.55),
    "oresund": (55.8, 12.75),
}
MEDITERRANEAN = Scope(
    "Mediterranean Sea",
    "mediterranean-sea",
    PlaceKind.SEA,
    TREE.within("mediterranean-sea"),
    TREE.ancestors("mediterranean-sea"),
    {"strait-of-gibraltar": ("mediterranean-sea", "north-atlantic-ocean")},
)
TARTUS = Scope("Tartus", "tartus", PlaceKind.NAVAL_BASE, TREE.within("tartus"), TREE.ancestors("tartus"))
WORLD = Scope("all waters")

SHIPS: dict[str, dict[str, Any]] = {
    "ru/yelnya": {"vessel": "Yelnya", "count": 1, "type": "oiler", "class": "Altay", "project": "160", "hull": None, "country": "RU"},
    "ru/admiral-gorshkov": {
        "vessel": "Admiral Gorshkov",
        "count": 1,
        "type": "frigate",
        "class": "Admiral Gorshkov",
        "project": "22350",
        "hull": "454",
        "country": "RU",
    },
    "ru/admiral-golovko": {
        "vessel": "Admiral Golovko",
        "count": 1,
        "type": "frigate",
        "class": "Admiral Gorshkov",
        "project": "22350",
        "hull": "456",
        "country": "RU",
    },
    "ru/novorossiysk": {
        "vessel": "Novorossiysk",
        "count": 1,
        "type": "submarine",
        "class": "Improved Kilo",
        "project": "636.3",
        "hull": None,
        "country": "RU",
    },
    "ru/sparta": {"vessel": "Sparta", "count": 1, "type": "cargo_ship", "class": None, "project": None, "hull": None, "country": "RU"},
    "unnamed/frigates": {
        "vessel": "2 × frigate, unnamed",
        "count": 2,
        "type": "frigate",
        "class": None,
        "project": None,
        "hull": None,
        "country": "RU",
    },
    "unnamed/submarine": {
        "vessel": "1 × submarine, unnamed",
        "count": 1,
        "type": "submarine",
        "class": None,
        "project": None,
        "hull": None,
        "country": "RU",
    },
}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "d1": {"source": "Demo Satellite Desk", "title": "Tartus still full at the end of November", "published": "2024-12-01", "url": None},
    "d2": {
        "source": "Demo Wire A",
        "title": "Russian ships put to sea from Tartus",
        "published": "2024-12-03",
        "url": "https://wire-a.example/ships-put-to-sea",
    },
    "d3": {"source": "Demo Wire B", "title": "Oiler leaves Syria", "published": "2024-12-04", "url": "https://wire-b.example/oiler"},
    "d4": {"source": "Demo Harbour Watch", "title": "Frigates back at the mole", "published": "2024-12-06", "url": None},
    "d5": {"source": "Demo Satellite Desk", "title": "Roads off Tartus", "published": "2024-12-10", "url": None},
    "d6": {"source": "Demo Wire A", "title": "Two cargo ships head for Syria", "published": "2024-12-14", "url": None},
}


def event(
    id_: str,
    vessel: str,
    kind: str,
    start: str | None,
    end: str | None = None,
    *,
    doc: str = "d2",
    modality: str = "asserted",
    precision: str | None = None,
    ship: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A row with the keys of columns.EVENTS, as far as a report reads them; places by name, their keys made from it."""
    end = end or start
    told = precision or ("open" if start is None else "day" if start == end else "range")
    keys = {f"{slot}_key": more[slot].lower().replace(" ", "-") for slot in ("place", "origin", "destination") if more.get(slot)}
    return {
        "event_id": id_,
        "vessel_key": vessel,
        "kind": kind,
        "start": start,
        "end": end,
        "precision": told,
        "modality": modality,
        "hedge": None,
        "roots": 1,
        "document_id": doc,
        "demo": True,
        **(ship or SHIPS[vessel]),
        **keys,
        **more,
    }


def claim(id_: str, event_id: str, doc: str, quote: str, at: int = 0, **more: Any) -> dict[str, Any]:
    """A row with the keys of columns.CLAIMS, as far as a report reads them."""
    return {
        "claim_id": id_,
        "event_id": event_id,
        "document_id": doc,
        "quote": quote,
        "quote_start": at,
        "source_grade": "F",
        "credibility": 6,
        "page": None,
        "archive_url": None,
        "retrieved_at": "2024-12-18T09:00:00Z",
        "demo": True,
        **DOCUMENTS.get(doc, {}),
        **more,
    }


def tartus_events() -> list[dict[str, Any]]:
    """The story, as rows."""
    return [
        event("e01", "ru/yelnya", "in_port", "2024-11-30", doc="d1", place="Tartus"),
        event("e02", "ru/admiral-gorshkov", "in_port", "2024-11-30", doc="d1", place="Tartus"),
        event("e03", "ru/admiral-golovko", "in_port", "2024-11-30", doc="d1", place="Tartus"),
        event("e04", "ru/yelnya", "departure", "2024-12-02", origin="Tartus", roots=2),
        event("e05", "unnamed/frigates", "departure", "2024-12-02", modality="reported", hedge="according to local observers", origin="Tartus"),
        event("e06", "unnamed/submarine", "departure", "2024-12-02", modality="reported", hedge="according to local observers", origin="Tartus"),
        event("e07", "ru/yelnya", "in_port", "2024-12-05", doc="d4", modality="negated", place="Tartus"),
        event("e08", "ru/admiral-gorshkov", "at_sea", "2024-12-09", doc="d5", place="Tartus"),
        event("e09", "ru/novorossiysk", "in_port", "2024-12-05", "2024-12-06", doc="d4", modality="possible", hedge="likely", place="Tartus"),
        event("e10", "ru/sparta", "arrival", None, "2024-12-14", doc="d6", modality="planned", hedge="expected", destination="Tartus"),
        event("e11", "ru/sparta", "underway", None, "2024-12-14", doc="d6", modality="possible", hedge="probably", destination="Tartus"),
    ]


def tartus_claims() -> list[dict[str, Any]]:
    """The claims behind the story."""
    full = "Images of 30 November show the frigates Admiral Gorshkov and Admiral Golovko alongside at Tartus."
    crowd = "According to local observers, two frigates and a submarine also left the harbour that day."
    return [
        claim("c01", "e01", "d1", "The oiler Yelnya was moored at the southern pier on the same day.", 98),
        claim("c02", "e02", "d1", full),
        claim("c03", "e03", "d1", full),
        claim("c04", "e04", "d2", "The Russian fleet oiler Yelnya sailed from Tartus on 2 December, pictures taken from the shore show."),
        claim("c05", "e04", "d3", "The tanker Yelnya left Tartus on Monday.", credibility=2),
        claim("c06", "e05", "d2", crowd, 100),
        claim("c07", "e06", "d2", crowd, 100),
        claim("c08", "e07", "d4", "The oiler Yelnya was not in the port.", 70),
        claim("c09", "e08", "d5", "Admiral Gorshkov lay off Tartus on 9 December."),
        claim("c10", "e09", "d4", "A submarine, likely the Novorossiysk, was at its usual pier."),
        claim("c11", "e10", "d6", "Sparta is expected at Tartus.", 50),
        claim("c12", "e11", "d6", "Sparta is probably heading for Tartus."),
    ]


def request(scope: Scope = MEDITERRANEAN, period: str = "2024-11-30..2024-12-15", **more: Any) -> Request:
    """What is asked for; the clock stands at noon on 20 December 2024."""
    return Request(
        scope=scope,
        period=parse_period(period, AS_OF),
        horizons=HORIZONS,
        version="0.1",
        sea=Sea(TREE, POINTS, read_passages()),
        straits={"strait-of-gibraltar": ("mediterranean-sea", "north-atlantic-ocean")},
        homes={"ru/yelnya": "baltiysk"},
        names={"baltiysk": "Baltiysk", "strait-of-gibraltar": "Strait of Gibraltar", "north-atlantic-ocean": "North Atlantic Ocean"},
        **({"as_of": AS_OF, "country": "RU", "country_name": "Russia"} | more),
    )


def tartus_facts(**more: Any) -> MovementFacts:
    """The facts of the story."""
    return movement_facts(tartus_events(), tartus_claims(), request(**more))
