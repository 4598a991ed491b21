"""Stage 1, movements told behind their place: "her Manila visit" and "a Suez Canal transit" are read as "her visit to Manila", "a transit of …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.kinds import PASSAGE_KINDS, PORT_KINDS, WATER_KINDS, PlaceKind
from tracker.gazetteer.places import PlaceIndex

_LINKS = {
    **dict.fromkeys(("visit", "port visit", "homecoming"), " to "),
    **dict.fromkeys(("call", "port call", "stop", "stopover", "stay"), " at "),
    **dict.fromkeys(("arrival",), " in "),
    **dict.fromkeys(("departure",), " from "),
    **dict.fromkeys(("transit", "passage"), " of "),
    **dict.fromkeys(("deployment",), " to "),
    **dict.fromkeys(("trials",), " in "),
}
_OWNERS = r"her|its|their|[\w’']+['’]s|\w+s['’]|a|an|another|the|this"
_ACTS = (
    r"wraps? up|wrapped up|ends?|ended|completes?|completed|concludes?|concluded|begins?|began|starts?|started|makes?|made|after|during|following|for"
)
_SORTS = r"planned|scheduled|brief|short|goodwill|first|second|last|next|recent|long|\w+-day|\w+-week|\w+-month|annual|surprise|unannounced"
_TOLD = re.compile(
    rf"(?<![\w-])(?:(?:{_OWNERS}|{_ACTS})(?: (?:{_SORTS}))* )"
    r"((?:[A-ZÀ-Þ][\w.'’-]+ ){0,2}[A-ZÀ-Þ][\w'’-]+) "
    r"(port visit|port call|visit|homecoming|call|stopover|stop|stay|arrival|departure|transit|passage|deployment|trials)"
    r"(?=[\s.,;:]|$)(?! (?:to|at|in|of) [A-ZÀ-Þ])",
)


def _strait(name: str, places: PlaceIndex) -> str:
    """The strait or canal that a town's name stands for: "Suez transit" is one of the Suez Canal."""
    whole = (name, f"{name} Canal", f"{name} Strait", f"Strait of {name}")
    return next((one for one in whole if any(place.kind in PASSAGE_KINDS for place in places.named(one))), name)


_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.ISLAND])


def port_first(text: str, places: PlaceIndex) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that tell a place and then the movement, and the same turned round."""
    for told in _TOLD.finditer(text):
        name, act = told[1], told[2]
        kinds = {place.kind for place in places.named(name)}
        if act in ("transit", "passage"):
            name = _strait(name, places)
            kinds = {place.kind for place in places.named(name)}
            fits = not kinds.isdisjoint(PASSAGE_KINDS)
        elif act in ("deployment", "trials"):
            fits = not kinds.isdisjoint(WATER_KINDS)
        else:
            fits = not kinds.isdisjoint(PORT_KINDS | _LANDS)
        if fits:
            wet = not kinds.isdisjoint(WATER_KINDS | PASSAGE_KINDS)
            yield told.start(1), told.end(2), f"{act}{_LINKS[act]}{'the ' if wet else ''}{name}"
