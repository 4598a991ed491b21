"""Stage 2, names with which the lines of a roster open: "Tonnerre – Gulf of Guinea" beside "HMS Queen Elizabeth – Rosyth"."""

from __future__ import annotations

import re

from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon

_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:de|da|di|von|van|the|of|[A-ZÀ-Þ][\w.'’-]*)){0,4}"
_HULL = r"(?: \([A-Z]{1,4}[- ]?\d{1,4}\))?"
_ENTRY = re.compile(rf"^[ \t•*-]*({_NAME}){_HULL}((?:,| and| &) {_NAME}{_HULL})* ?(?: [–—-]|:) (?=(\S+))", re.MULTILINE)
_FEWEST, _KNOWN_SHARE = 4, 0.5


def roster_names(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> dict[int, int]:
    """Where the names begin and end with which the lines of a roster open; empty where a text is none."""
    if text.count("\n") < _FEWEST:
        return {}
    prefixes, names, known = lexicon.prefixes, dict[int, int](), 0
    for entry in _ENTRY.finditer(text):
        if entry[3] in prefixes or entry[3][:1] in "•*-":
            return {}  # "Portsmouth – HMS Kent" lists ports
        words = entry[1].split(" ")
        bare = words[1:] if words[0] in prefixes and len(words) > 1 else words
        start = entry.end(1) - len(" ".join(bare))
        names[start] = entry.end(1)
        known += words[0] in prefixes or bool(gazetteer.vessels.named(" ".join(bare)))
    return names if len(names) >= _FEWEST and known >= _KNOWN_SHARE * len(names) else {}
