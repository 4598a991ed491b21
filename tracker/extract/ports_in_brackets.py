"""Stage 2, a land's port told in brackets behind it: "a four-day visit to Algeria (Port of Algiers)" leads to the port."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention

_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND])
_SMALL = frozenset(["port", "of", "the", "naval", "base", "harbour", "harbor", "city", "in", "at"])


def ports_in_brackets(line: Line, places: list[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence, a land with one of its ports in brackets behind it as that port."""
    if len(places) < 2:
        return places
    ports: dict[int, PlaceMention] = {}
    for land, port in pairwise(places):
        between = line.lows[land.last : port.first]
        inside = between[:1] == ["("] and _SMALL.issuperset(between[1:]) and line.text(port.last) == ")"
        if inside and land.entry and port.entry and land.entry.kind in _LANDS and port.is_port and port.entry.country == land.entry.country:
            ports[land.start] = changed(port, first=land.first, last=port.last + 1, start=land.start, how=land.how, slot=land.slot)
            ports[port.start] = port
    return [ports.get(p.start, p) for p in places if p.start not in ports or ports[p.start] is not p] if ports else places
