"""Stage 6, what a text tells of old days or of a story: "In 1943 she joined the Home Fleet. She escorted convoys", "In the trailer X sails"."""

from __future__ import annotations

from functools import lru_cache

from tracker.domain.kinds import Modality
from tracker.extract.dates import is_history
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Told

_NEAR_SENTENCES = 3
_NOT_PAST = frozenset(["is", "are", "has", "have", "will", "now", "today", "currently"])
_OF_STORIES = (
    "film",
    "movie",
    "sequel",
    "trailer",
    "starring",
    "screenplay",
    "script",
    "novel",
    "hollywood",
    "netflix",
    "actor",
    "thriller",
    "episode",
)
_FEWEST_WORDS = 4


def is_not_of_now(event: Told, line: Line, discourse: Discourse) -> bool:
    """Whether an event is history, goes on with what the paragraph told as history, or is of a film that the text is about."""
    at = (line.sentence.block, line.doc.number_of(line.sentence))
    if is_history(event.interval, line.doc.published):
        discourse.old = at
        return True
    block, number = discourse.old
    goes_on = block == at[0] and 0 < at[1] - number <= _NEAR_SENTENCES and event.interval is None
    if goes_on and event.stance.modality is Modality.ASSERTED and line.words.isdisjoint(_NOT_PAST):
        return True
    return _is_of_film(line.doc.low) and _in_the_present(event, line)


@lru_cache(maxsize=4)
def _is_of_film(text: str) -> bool:
    """Whether a text is about a film or a novel, by the words of that trade."""
    return sum(word in text for word in _OF_STORIES) >= _FEWEST_WORDS


def _in_the_present(event: Told, line: Line) -> bool:
    """Whether the word that tells an event is a verb in the present tense, as stories are retold."""
    span = event.sources.get("trigger", ("", None))[1]
    words = line.doc.low[slice(*span)].split() if span else []
    return any(word in ("is", "are") or (word.endswith("s") and not word.endswith("ss")) for word in words)
