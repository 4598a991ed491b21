"""Stage 8, texts about other matters: a lone, undated whereabouts in a text on a shipyard, a budget, a trial or a book tells no movement of now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.line import Text
from tracker.extract.scene import Told

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 60
"""A shorter text is a note or a post: it has no room to be about anything else."""
_MOST_TOLD = 2
_SHARE = 0.01
"""The share of words of other matters from which on a text is about them."""
_NEAR_DAYS, _LONGEST_DAYS = 75, 400


def is_about_other_matters(doc: Text, told: Sequence[Told]) -> bool:
    """Whether all that a text seems to tell is one or two acts without a day of late, and its words are those of yards, money, courts or books.

    Texts that do tell movements have a day with them as good as always, or tell more of them.
    """
    if (
        not told
        or len({(event.kind, tuple(map(id, event.vessels))) for event in told}) > _MOST_TOLD
        or any(_is_of_late(doc, event) for event in told)
    ):
        return False
    words = _WORD.findall(doc.low)
    return len(words) >= _FEWEST_WORDS and sum(map(doc.lexicon.sets["other_matters"].__contains__, words)) >= _SHARE * len(words)


def _is_of_late(doc: Text, event: Told) -> bool:
    """Whether an event has a day near the one on which its text was published; where that is unknown, any day."""
    interval, published = event.interval, doc.published
    if interval is None:
        return False
    if interval.start and interval.end and (interval.end - interval.start).days > _LONGEST_DAYS:
        return False  # "since 1973"
    day = interval.end or interval.start
    return published is None or day is None or abs((day - published).days) <= _NEAR_DAYS
