"""Stage 1, small counts in figures: "the 3 left", "all 4", "2 of the 6" and "5 Chinese and 5 Russian warships" are read as if they were spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = re.compile(r"[1-9](?<![\w.,:/(#-].)(?:(?<=1)[0-2]|(?<!1))(?![\w%°/:-]|[.,]\d)")
_LEADS = frozenset(["the", "all", "other", "these", "those", "least", "another", "than", "only", "remaining", "first", "last"])
_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_UNIT = re.compile(
    r" ?(?:\d|[ap]\.?m\b|%|kts?\b|nm\b|km\b|mi\b|ft\b|m\b|o'clock"
    r"|\s*(?:nautical|miles?|kilomet\w+|met(?:re|er)s?|feet|knots?|tons?|tonnes?|per|percent|million|billion|thousand|hundred|hours?|minutes?|days?"
    rf"|nights?|weeks?|months?|years?|degrees|inch\w*)\b|\s*of\s+(?:last|this|next)\b|\s*(?:of\s+)?(?:{_MONTHS})[a-z]*\b)",
    re.IGNORECASE,
)
_PART = re.compile(r" (?:of (?:the|them|these|those|its|her|their|whom|which)|other|more|such|further|additional)\b")
_OF_NATION = re.compile(r" [A-Z][a-z]+,? and (?:[2-9]|1[0-2]) [A-Z][a-z]+ ")
_MONTH = re.compile(rf"(?:{_MONTHS})[a-z]*\.?", re.IGNORECASE)
_WORD_CHARS = 11


def small_counts(text: str) -> Iterator[tuple[int, int, str]]:
    """The figures of a text that count ships without a word for them, and the words for the figures."""
    for found in _COUNT.finditer(text):
        start, end = found.span()
        before = text[max(start - _WORD_CHARS, 0) : start].split()
        last = before[-1] if before else ""
        counts = last.lower() in _LEADS and not _UNIT.match(text, end)
        if counts or ((_PART.match(text, end) or _OF_NATION.match(text, end)) and not _MONTH.fullmatch(last)):  # not "on Dec. 3 of the fleet's ships"
            yield start, end, _WORDS[int(found[0]) - 2]
