"""How events and vessels read in a few words; the same words in lists, pictures and reports."""

from __future__ import annotations

from tracker.domain.kinds import PASSAGE_KINDS, WATER_KINDS, Bound, EventKind, Modality, PlaceKind

_NEAR = frozenset(
    {
        PlaceKind.PORT,
        PlaceKind.NAVAL_BASE,
        PlaceKind.ANCHORAGE,
        PlaceKind.SHIPYARD,
        PlaceKind.ISLAND,
        PlaceKind.COAST,
        PlaceKind.COUNTRY,
        PlaceKind.REGION,
    }
)


def told_place(kind: str, place: str | None, origin: str | None, destination: str | None, place_kind: str | None = None) -> str:
    """Where an event leaves a vessel: "in Tartus", "off Tartus", "left Tartus for Baltiysk", "heading for Tartus", "passed the Dardanelles"."""
    kind = EventKind(kind)
    if kind is EventKind.DEPARTURE:
        left = f"left {_the(origin)}" if origin else "put to sea"
        return f"{left} for {_the(destination)}" if destination else left
    if kind is EventKind.ARRIVAL:
        return f"arrived {_in(destination, place_kind)}" if destination else "arrived"
    if kind is EventKind.UNDERWAY:
        return f"heading for {_the(destination)}" if destination else "under way"
    if kind is EventKind.TRANSIT:
        onward = f" for {_the(destination)}" if destination else ""
        return f"passed {_the(place)}{onward}" if place else "in transit"
    if kind is EventKind.IN_PORT:
        return f"in {_the(place)}" if place else "in port"
    where = _at_sea(place, place_kind)
    if kind is EventKind.AT_SEA:
        return where or "at sea"
    act = "replenishment" if kind is EventKind.REPLENISHMENT else "escort"
    return f"{act} {where}" if where else act


_PLAIN_VERBS = {"left": "leave", "put": "put", "arrived": "arrive", "passed": "pass", "heading": "head"}


def told_act(kind: str, place: str | None, origin: str | None, destination: str | None, modality: str, place_kind: str | None = None) -> str:
    """What an event tells, never as if a plan or a denial had happened: "left Tartus", "to leave Tartus", "did not leave Tartus", "not in Tartus"."""
    told = told_place(kind, place, origin, destination, place_kind)
    if modality not in (Modality.PLANNED, Modality.NEGATED):
        return told
    planned = modality == Modality.PLANNED
    if kind == EventKind.AT_SEA and not place and not planned:
        return "not seen"  # "no sign of", "has not been observed": it may be at sea all the same
    first, _, rest = told.partition(" ")
    if first in _PLAIN_VERBS:
        return f"{'to' if planned else 'did not'} {_PLAIN_VERBS[first]} {rest}".rstrip()
    if kind in (EventKind.REPLENISHMENT, EventKind.ESCORT):
        return f"{'planned' if planned else 'no'} {told}"
    return f"to be {told}" if planned else f"not {told}"


def _at_sea(place: str | None, place_kind: str | None) -> str | None:
    if not place:
        return None
    return f"off {_the(place)}" if place_kind in _NEAR or place_kind is None else f"in {_the(place)}"


def _in(place: str | None, place_kind: str | None) -> str:
    return f"in {_the(place)}" if place_kind in (PlaceKind.COUNTRY, PlaceKind.REGION, *WATER_KINDS, *PASSAGE_KINDS) else f"at {_the(place)}"


def _the(place: str | None) -> str:
    """A place with its article, as in running text."""
    if not place:
        return ""
    words = place.split()
    wants = words[-1] in (
        "Sea",
        "Ocean",
        "Strait",
        "Straits",
        "Canal",
        "Channel",
        "Gulf",
        "Mediterranean",
        "Islands",
        "Atlantic",
        "Pacific",
        "Skagerrak",
        "Kattegat",
        "Bosphorus",
        "Dardanelles",
        "Belt",
    ) or words[0] in ("Strait", "Gulf", "Sea", "Bay", "Straits", "Bight", "Eastern", "Western", "Central")
    return f"the {place}" if wants and words[0] != "The" else place


ACTS: dict[EventKind, str] = {
    EventKind.DEPARTURE: "left",
    EventKind.ARRIVAL: "arrived",
    EventKind.TRANSIT: "transit",
    EventKind.IN_PORT: "in port",
    EventKind.AT_SEA: "at sea",
    EventKind.UNDERWAY: "under way",
    EventKind.REPLENISHMENT: "replenishment",
    EventKind.ESCORT: "escort",
}
"""One or two words for a kind."""


def told_modality(modality: str, hedge: str | None) -> str:
    """How firm, for people: "asserted", "reported (“reportedly”)"."""
    return modality if modality == Modality.ASSERTED or not hedge else f"{modality} (“{hedge}”)"


def told_type(kind: str) -> str:
    """A vessel type for people."""
    return kind.replace("_", " ")


_BOUND_WORDS = {Bound.AT_LEAST: "at least ", Bound.AT_MOST: "at most ", Bound.ABOUT: "about "}


def told_count(count: int, count_most: int | None, bound: str) -> str:
    """A told number of vessels: "7", "at least 12", "about 40", "5 to 7"."""
    if bound == Bound.BETWEEN and count_most is not None:
        return f"{count} to {count_most}"
    return f"{_BOUND_WORDS.get(Bound(bound), '')}{count}"
