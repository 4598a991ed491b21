"""Stage 4, days: whether a day is the end of a span: "until Monday", "until noon on Monday", "through late Monday", "up to and including Monday"."""

from __future__ import annotations

import re

_UNTIL, _THROUGH = ("until ", "till "), ("until ", "till ", "through ", "up to ")
_HOUR = re.compile(
    r"(?:until|till|through|up to) (?:and including |at least |about |around |shortly before |shortly after |early |late |the )*"
    r"(?:(?:noon|midday|midnight|dawn|dusk|sunrise|sunset|lunchtime|mid-morning|mid-afternoon|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|hours|h|o'clock)?"
    r"|\d{4} ?(?:hours|h)?|(?:early |late )?(?:hours|morning|afternoon|evening|night|end)),? ?)?(?:on |of |in )?(?:the )?"
)
_LONGEST = 44
"""Characters between the word and the day, at most."""


def ends_span(low: str, start: int, *, through: bool = False) -> bool:
    """Whether "until" (or "through", where asked) leads to the day that begins at an offset of a text in small letters, the hour told or not."""
    words = _THROUGH if through else _UNTIL
    if low.endswith(words, 0, start):
        return True
    front = low[max(0, start - _LONGEST) : start]
    at = max(front.rfind(word) for word in words)
    return at >= 0 and _HOUR.fullmatch(front, at) is not None
