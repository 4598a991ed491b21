"""Stage 1, small counts in figures: "the 3 left", "all 4", "2 of the 6" and "5 Chinese and 5 Russian warships" are read as if they were spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = re.compile(r"[1-9](?<![\w.,:/(#-].)(?:(?<=1)[0-2]|(?<!1))(?![\w%°/:-]|[.,]\d)")
_LEADS = frozenset(["the", "all", "other", "these", "those", "least", "another", "than", "only", "remaining", "first", "last"])
_UNIT = re.compile(
    r" ?(?:\d|[ap]\.?m\b|%|kts?\b|nm\b|km\b|mi\b|ft\b|m\b|o'clock"
    r"|\s*(?:nautical|miles?|kilomet\w+|met(?:re|er)s?|feet|knots?|tons?|tonnes?|per|percent|million|billion|thousand|hundred|hours?|minutes?|days?"
    r"|nights?|weeks?|months?|years?|degrees|inch\w*)\b|\s*of\s+(?:last|this|next)\b)",
    re.IGNORECASE,
)
_PART = re.compile(r" (?:of (?:the|them|these|those|its|her|their|whom|which)|other|more|such|further|additional)\b")
_OF_NATION = re.compile(r" [A-Z][a-z]+,? and (?:[2-9]|1[0-2]) [A-Z][a-z]+ ")
_NEXT = re.compile(r" (?:of )?([A-Za-z]+)")
_WORD_CHARS, _DAY_CHARS = 11, 34
_DAY_LED = re.compile(
    r"(?:\b(?:around|about|until|till|since|by)|\b(?:day|night|morning|evening|afternoon) (?:of|from)(?: (?:the )?[0-3]?\d (?:to|on))?) (?:the )?$",
    re.IGNORECASE,
)
"""In front of a day without its month: "until the 12", "in the night of the 11 to the 12"."""


def small_counts(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The figures of a text that count ships without a word for them, and the words for the figures."""
    months = lexicon.months
    for found in _COUNT.finditer(text):
        start, end = found.span()
        before, behind = text[max(start - _WORD_CHARS, 0) : start].split(), _NEXT.match(text, end)
        last = before[-1].lower() if before else ""
        dated = last.rstrip(".") in months or (behind is not None and behind[1].lower() in months)  # "on Dec. 3 of the fleet's ships", "the 4 May"
        dated = dated or (last == "the" and _DAY_LED.search(text, max(start - _DAY_CHARS, 0), start) is not None)
        counts = (last in _LEADS and not _UNIT.match(text, end)) or _PART.match(text, end) or _OF_NATION.match(text, end)
        if counts and not dated:
            yield start, end, _WORDS[int(found[0]) - 2]
