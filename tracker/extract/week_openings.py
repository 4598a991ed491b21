"""Stage 1, weekdays that open the entries of a week: "Tue pm: HMS Kent in" and "Tuesday's movements" are read as "Tuesday afternoon: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.extract.calendar_words import WEEKDAY_NAME

_OWN = "movements?|arrivals|traffic|sightings|ships|log|entry|list"
_PARTS = {"am": "morning", "a.m.": "morning", "a.m": "morning", "pm": "afternoon", "p.m.": "afternoon", "p.m": "afternoon", "eve": "evening"}
_OPENING = re.compile(
    rf"^(?P<lead>[ \t]*(?:[-*•·][ \t]+)?)(?P<on>on )?(?P<day>{WEEKDAY_NAME})\b(?P<dot>\.?)(?P<own>['’]s (?:{_OWN}))?"
    r"(?P<nth>,? (?:the )?[0-3]?\d(?P<rank>st|nd|rd|th)?(?![\w/.:]))?(?P<part>,? (?:a\.m\.?|p\.m\.?|am|pm|eve|morning|afternoon|evening|night)\b)?"
    r"(?P<mark>[ \t]*(?:[:.,–—-](?=[ \t\n])|$))",
    re.IGNORECASE | re.MULTILINE,
)
_PORT = re.compile(r"[ \t]+(?=(?:In|Out|IN|OUT|Arr|Dep|Arrived|Sailed|Arrivals|Departures|Departed)\b\.?\s?:)")
_FEWEST_DAYS = 3


def week_openings(text: str) -> Iterator[tuple[int, int, str]]:
    """What makes the weekdays of a week's entries plain; nothing where fewer than three of them open lines."""
    found = list(_OPENING.finditer(text)) if "\n" in text else []
    if len({opening["day"].lower()[:3] for opening in found}) < _FEWEST_DAYS:
        return
    for opening in found:
        mark, end = opening["mark"].strip(), opening.end()
        port = _PORT.match(text, end)
        told = _plain(opening, ":" if port else mark)
        if told is not None and (port or told != opening[0]):
            yield opening.start(), port.end() if port else end, f"{told}\n" if port else told


def _plain(opening: re.Match[str], mark: str) -> str | None:
    """A day as a log has it, with a colon where it stands alone on its line; None for the "On Tuesday," of prose."""
    if opening["on"] and mark in (",", "."):
        return None
    nth, part = opening["nth"] or "", (opening["part"] or "").strip(" ,").lower()
    if nth and not opening["rank"] and mark == ":":
        nth += "th"
    part = f" {_PARTS.get(part, part)}" if part else ""
    return f"{opening['lead']}{opening['day']}{opening['dot']}{nth}{part}{opening['mark'] if mark == opening['mark'].strip() != '' else ':'}"
