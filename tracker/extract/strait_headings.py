"""Stage 1, headings of a list of straits: "SOYA" over the passages of a sheet of straits is read as "SOYA Strait"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon

_ABOUT = re.compile(r"\b(?:straits|strait passages|strait transits|passages of the straits|choke ?points)\b", re.IGNORECASE)
_HEADING = re.compile(
    r"^[ \t]*(?:#+[ \t]*|\*\*)?([A-ZÀ-Þ][^\W\d_]{3,15})(?:\*\*)?:?[ \t]*\n"
    r"(?=(?:[ \t]*\n)?[ \t]*(?:[-*•][ \t]+)?(?:\d|[A-Z][a-z]{2,8}\.? \d|Nothing|None|No ))",
    re.MULTILINE,
)
_LED = "passed|through|transited|via|crossed|cleared|entered"
_HEAD_CHARS, _FEWEST = 200, 2


def strait_headings(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Where such a heading, or a passage through the strait that it names, lacks the word, and the word."""
    if not _ABOUT.search(text, 0, _HEAD_CHARS):
        return
    headings = [h for h in _HEADING.finditer(text) if h.start() and h[1].lower() not in lexicon.months and h[1].lower() not in lexicon.weekdays]
    headings = [h for h in headings if not h[1].lower().endswith("bound") and h[1].lower() not in _NO_STRAITS]
    if len(headings) < _FEWEST:
        return
    for heading in headings:
        yield heading.end(1), heading.end(1), " Strait"
    names = "|".join(dict.fromkeys(h[1].capitalize() for h in headings))
    for led in re.finditer(rf"\b(?:{_LED}) (?:the )?(?:{names})\b(?! (?:Strait|Channel|Island))", text):
        yield led.end(), led.end(), " Strait"


_NO_STRAITS = frozenset(
    ["notes", "summary", "others", "remarks", "legend", "sources", "captions", "photos", "arrivals", "departures", "north", "south"]
)
