"""Stage 1, lands told behind their ports: "called at Riga, Latvia, on Friday and Cork, Ireland" is read as "called at Riga on Friday and Cork"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.kinds import PORT_KINDS, PlaceKind
from tracker.gazetteer.places import PlaceIndex

_LAND = re.compile(r"(?<=[\wÀ-ÿ]), (?P<land>(?:the )?[A-ZÀ-Þ][\w’'-]+(?: of [A-ZÀ-Þ][\w’'-]+| [A-ZÀ-Þ][\w’'-]+)?)(?=(?P<closed>,?)(?:[\s.;:)(]|$))")
_PORT = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?:[ -](?:[A-ZÀ-Þ][\w’'-]*|de|la|el|of))*$")
_GOES_ON = re.compile(
    r" (?:on|in|from|to|for|between|during|until|since|at|by|last|this|early|late|earlier|yesterday|today|via|through|with|before|after|as|instead"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|and(?! (?:the|a|an|she|it|they|her|its|his|both|all|is|was)\b)(?! (?:HMS|USS|INS|[A-Z]{3,5}) )) "
)
_LANDS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_FAR, _WORDS = 40, 3


def lands_behind(text: str, places: PlaceIndex) -> Iterator[tuple[int, int, str]]:
    """The lands between commas that only say where the port in front of them lies, with the comma behind where the sentence goes straight on."""
    for told in _LAND.finditer(text):
        name = told["land"].removeprefix("the ")
        named = places.named(name)
        lands = {p.country for p in named}
        if len(lands) == 1 and all(p.kind in _LANDS for p in named) and _port_of(text, told.start(), next(iter(lands)), places):
            on = told["closed"] and _GOES_ON.match(text, told.end() + 1)
            yield told.start(), told.end() + bool(on), ""


def _port_of(text: str, end: int, land: str | None, places: PlaceIndex) -> bool:
    """Whether a port right in front of an offset is known by its name alone to lie in a land, and opens no line, as a dateline does."""
    begin = max(text.rfind("\n", 0, end) + 1, end - _FAR)
    found = _PORT.search(text, begin, end)
    if found is None or land is None:
        return False
    words = list(re.finditer(r"\S+", found[0]))
    for word in words[-_WORDS:]:
        start = found.start() + word.start()
        named = places.named(text[start:end])
        if named:
            opens = start == begin and begin < end - len(text[start:end]) + 1 and (start == 0 or text[start - 1] == "\n")
            ports = [p for p in named if p.kind in PORT_KINDS]
            return not opens and bool(ports) and all(p.country == land for p in ports) and all(p.country in (land, None) for p in named)
    return False
