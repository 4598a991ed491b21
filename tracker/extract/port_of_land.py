"""Stage 6, the port that an adjective picks out of those told before: "called at Luanda and Durban. She left the Angolan port on Friday"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene

_EVENTS = 30
"""Among the ports of so many events told last one is looked for."""


def land_told(line: Line, place: PlaceMention) -> str | None:
    """The code of the land whose adjective stands in the words for a place: "the Angolan port"."""
    if place.anaphor != "port" or place.last - place.first < _LEAST_TOKENS:
        return None
    return next((f.data for f in line.found("nation") if place.first <= f.first and f.last < place.last), None)


_LEAST_TOKENS = 3


def port_of_land(scene: Scene, place: PlaceMention, discourse: Discourse, code: str) -> PlaceMention | None:
    """The port of a land told last in front of a place; None where none was told."""
    here = (p for p in reversed(scene.places) if p.last <= place.first)
    last = [p for p in (discourse.places.get("port"),) if p]
    return next((p for p in (*here, *last, *_ports(discourse)) if p.is_port and p.entry and p.entry.country == code), None)


def _ports(discourse: Discourse) -> Iterator[PlaceMention]:
    """The places that the text has told with its last events, the latest first."""
    for event in reversed(discourse.told[-_EVENTS:]):
        yield from reversed(event.places.values())
