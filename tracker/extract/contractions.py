"""Stage 1, contractions: "she's left", "they'll call" and "hasn't" are read as the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon

_MARK = re.compile(r"['’](?:t|ll|re|ve|s|d)\b")
_WORD = re.compile(r"[A-Za-z]+$")
_WORD_CHARS = 8
_WHOLE = {"ll": " will", "re": " are", "ve": " have"}
_CUT = {"ca": "can not", "wo": "will not", "sha": "shall not"}
_HELPERS = frozenset(["is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "could", "would", "should", "might", "must", "need"])
_PRONOUNS = frozenset(["she", "he", "it", "we", "they", "that", "there"])
_NEXT = re.compile(r"\W+(?:(?:\w+ly|now|also|just|still|not|already|since|both|all) )*(\w+)")


def contractions(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that stand for words run together, and those words."""
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        word = _WORD.search(text, max(start - _WORD_CHARS, 0), start)
        before, tail = word[0].lower() if word else "", mark[0][1:]
        if tail in _WHOLE and before:
            yield start, end, _WHOLE[tail]
        elif tail == "t" and before.endswith("n") and before[:-1] in _HELPERS:
            yield start - 1, end, " not"
        elif tail == "t" and word and before.endswith("n") and before[:-1] in _CUT:
            yield word.start(), end, _CUT[before[:-1]]
        elif tail in ("s", "d") and before in _PRONOUNS:
            yield start, end, _meant(text, end, lexicon, had=tail == "d")
    at = text.find("cannot")
    while at >= 0:
        yield at + 3, at + 6, " not"
        at = text.find("cannot", at + 6)


def _meant(text: str, end: int, lexicon: Lexicon, *, had: bool) -> str:
    """What "'s" and "'d" behind a pronoun stand for, by the word behind them."""
    behind = _NEXT.match(text, end)
    word = behind[1].lower() if behind else ""
    if had:
        return " had" if word.endswith("ed") or word in lexicon.sets["done_forms"] else " would"
    return " has" if word in lexicon.sets["done_forms"] else " is"
