"""Stage 1, contractions: "she's left", "they'll call" and "hasn't" are read as the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon

_NOT = re.compile(r"\b(?:(?:is|are|was|were|has|have|had|do|does|did|could|would|should|might|must|need)(n['’]t)|(ca|wo|sha)n['’]t)\b", re.IGNORECASE)
_STEMS = {"ca": "cannot", "wo": "will not", "sha": "shall not"}
_VERB = re.compile(r"(?<=[A-Za-z])['’](ll|re|ve)\b")
_OF_PRONOUN = re.compile(r"\b(?:she|he|it|we|they|that|there)(['’]([ds]))\b", re.IGNORECASE)
_WHOLE = {"ll": " will", "re": " are", "ve": " have"}
_NEXT = re.compile(r"\W+(?:(?:\w+ly|now|also|just|still|not|already|since|both|all) )*(\w+)")


def contractions(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that stand for words run together, and those words."""
    for found in _NOT.finditer(text):
        yield (*found.span(1), " not") if found[1] else (*found.span(), _STEMS[found[2].lower()])
    for found in _VERB.finditer(text):
        yield *found.span(), _WHOLE[found[1]]
    for found in _OF_PRONOUN.finditer(text):
        yield *found.span(1), _meant(text, found, lexicon)


def _meant(text: str, found: re.Match[str], lexicon: Lexicon) -> str:
    """What "'s" and "'d" behind a pronoun stand for, by the word behind them."""
    behind = _NEXT.match(text, found.end())
    word = behind[1].lower() if behind else ""
    if found[2] == "d":
        return " had" if word.endswith("ed") or word in lexicon.sets["done_forms"] else " would"
    return " has" if word in lexicon.sets["done_forms"] else " is"
