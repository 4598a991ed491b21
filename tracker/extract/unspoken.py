"""Stage 5 and 6, rows of `quiet.yaml`: whether what stands around a word of movement takes the movement from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from tracker.extract.line import Line
from tracker.extract.verbs import Trigger
from tracker.gazetteer.quiet import Around, Quieted

_SOON_TOKENS, _LATELY_TOKENS = 9, 2


class Standing(Protocol):
    """Something that begins and ends with tokens of a sentence."""

    first: int
    last: int


def is_quieted(quieted: Quieted, line: Line, trigger: Trigger, vessels: Sequence[Standing], places: Sequence[Standing]) -> bool:
    """Whether any of the rows about a word's rule, or about the word itself, holds."""
    around = (line, trigger, vessels, places)
    for rows in (quieted.by_rule.get(trigger.rule.id), quieted.by_word.get(line.low(trigger.first))):
        for row in rows or ():
            if row.sign and row.sign.isdisjoint(line.words):
                continue
            if _holds(row.needs, *around, whole=True) and not _holds(row.unless, *around, whole=False):
                return True
    return False


def _holds(around: Around, line: Line, trigger: Trigger, vessels: Sequence[Standing], places: Sequence[Standing], *, whole: bool) -> bool:
    """Whether the `whole` of it stands there, or else any of it."""
    for where, words in around.words:
        if (trigger.form in words if where == "form" else not words.isdisjoint(_WORDS[where](line, trigger))) is not whole:
            return not whole
    for flag, wanted in around.flags:
        if (_FLAGS[flag](line, trigger, places) is wanted) is not whole:
            return not whole
    for kind, tokens in around.near:
        if _follows(tokens, trigger, vessels if kind == "vessel" else places) is not whole:
            return not whole
    return whole


def _follows(tokens: int, trigger: Trigger, things: Sequence[Standing]) -> bool:
    """Whether a thing begins at most so many tokens behind a word of movement."""
    return any(0 <= thing.first - trigger.last <= tokens for thing in things)


_WORDS: dict[str, Callable[[Line, Trigger], Collection[str]]] = {
    "verb": lambda line, t: (line.low(t.first),),
    "ends": lambda line, t: (line.low(t.last - 1),),
    "front": lambda line, t: (line.low(t.first - 1),),
    "front_too": lambda line, t: (line.low(t.first - 2),),
    "before": lambda line, t: (line.low(t.chain - 1),),
    "behind": lambda line, t: (line.low(t.last),),
    "behind_too": lambda line, t: (line.low(t.last + 1),),
    "lately": lambda line, t: line.lows[max(t.chain - _LATELY_TOKENS, 0) : t.chain],
    "soon": lambda line, t: line.lows[t.last : t.last + _SOON_TOKENS],
    "inside": lambda line, t: line.lows[t.chain : t.first],
    "opens": lambda line, t: (line.low(0),),
    "ahead": lambda line, t: line.lows[: t.first],
    "sentence": lambda line, t: line.words,
}
_FLAGS: dict[str, Callable[[Line, Trigger, Sequence[Standing]], bool]] = {
    "passive": lambda line, t, places: t.passive,
    "bare": lambda line, t, places: t.chain == t.first,
    "alone": lambda line, t, places: t.last - t.first == 1,
    "stops": lambda line, t, places: not line.text(t.last).isalpha(),
    "placed": lambda line, t, places: any(place.last == t.chain for place in places),
}
