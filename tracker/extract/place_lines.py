"""Stage 1, a place on a line of its own: "In the Black Sea:" over "There are five enemy ships" is read as one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COUNTED = r"(?:there (?:is|are)|on (?:combat )?duty|\d{1,2}\b|one\b|two\b|three\b|four\b|five\b|six\b|no\b)"
_PLACE_LINE = re.compile(
    rf"(?:^|\n)[ \t]*(?:[-*•–][ \t]+)?(?:[Ii]n|[Oo]ff|[Aa]t) (?:the )?[A-Z][^\n.:;,]{{2,36}}:([ \t]*\n{{1,2}}[ \t]*)(?={_COUNTED}[^\n]{{8,}})", re.I
)


def place_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """What parts a line of nothing but a place from the count of ships below it, and the space that stands for it."""
    if ":" not in text:
        return
    for found in _PLACE_LINE.finditer(text):
        yield found.start(1), found.end(1), " "
