"""Stage 1, texts all in capitals: written as they would be in a sentence, for a capital tells a name and a text of capitals tells none.

Signals, notices to mariners and old wire copy are in capitals throughout. Small words are those of `seeds/spelling.txt`; names of the register and
the gazetteer are written as these write them, where a sign stands in front of the ones that are words as well ("HMS DIAMOND", "FRIGATE DEFENDER").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon
from tracker.gazetteer.spelling import load_spelling

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_LETTER = re.compile(r"[a-zà-þа-я]")
_OPENS = re.compile(r"(?:^|[.!?…]|\n)[\W_]*$")
_MOST_SMALL, _FEWEST_LETTERS = 0.1, 60
_BEFORE = 12
_Names = Mapping[str, tuple[tuple[str, ...], ...]]


def in_small_letters(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> str:
    """The text, of the same length; as it is unless nine letters in ten are capitals."""
    if text.islower() or not _is_in_capitals(text):
        return text
    spelling, names = load_spelling(), _names(gazetteer)
    words = [*_LETTERS.finditer(text)]
    lows = [m[0].lower() for m in words]
    told = [_written(m[0], spelling) for m in words]
    for at, low in enumerate(lows):
        for name in names.get(low, ()):
            if tuple(w.lower() for w in name) == tuple(lows[at : at + len(name)]) and (len(name) > 1 or _is_signed(text, words, at, lexicon)):
                told[at : at + len(name)] = name
                break
    for at, low in enumerate(lows):
        if low == "may" and not _is_month(text, words[at], lows[at - 1] if at else ""):
            told[at] = low
    out, end = [], 0
    for match, word in zip(words, told, strict=True):
        opens = _OPENS.search(text, max(match.start() - _BEFORE, 0), match.start()) is not None
        word = word[:1].upper() + word[1:] if opens else word
        out += [text[end : match.start()], word if len(word) == len(match[0]) else match[0]]
        end = match.end()
    return "".join([*out, text[end:]])


def _is_in_capitals(text: str) -> bool:
    head = text[:400]
    small = len(_SMALL_LETTER.findall(head))
    if small > _MOST_SMALL * len(head):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= _FEWEST_LETTERS and sum(map(str.islower, text)) <= _MOST_SMALL * letters


def _written(word: str, spelling: Mapping[str, str]) -> str:
    """A word as a sentence has it; one that isn't known is a name."""
    if not word.isupper():
        return word
    stem, mark, tail = word.partition("'") if "'" in word else word.partition("’")
    if len(stem) == 1 and stem != "A":
        return word
    return (spelling.get(stem) or stem.capitalize()) + mark + tail.lower()


_BEFORE_MONTH = frozenset(["in", "of", "early", "mid", "late", "since", "until", "by", "last", "this", "next", "from", "to", "and"])
_DAY_BESIDE = re.compile(r"\d(?:st|nd|rd|th)?\W{0,2}$|^\W{0,2}\d", re.IGNORECASE)


def _is_month(text: str, word: re.Match[str], before: str) -> bool:
    """Whether "MAY" is the month: a number stands beside it, or what stands before months."""
    beside = text[max(word.start() - 5, 0) : word.start()], text[word.end() : word.end() + 3]
    return before in _BEFORE_MONTH or any(_DAY_BESIDE.search(part) for part in beside)


def _is_signed(text: str, words: list[re.Match[str]], at: int, lexicon: Lexicon) -> bool:
    """Whether a ship's prefix or a type stands right in front of a name that is a word as well."""
    if not at or text[words[at - 1].end() : words[at].start()].strip(" \"'“‘«"):
        return False
    before = words[at - 1][0]
    return before in lexicon.prefixes or before.lower() in lexicon.types


@lru_cache(maxsize=2)
def _names(gazetteer: Gazetteer) -> _Names:
    """The names of several words, and those of one that is a word as well, by their first word: the longest first."""
    spelling = load_spelling()
    found: dict[str, set[tuple[str, ...]]] = {}
    for surface in _surfaces(gazetteer):
        words = tuple(m[0] for m in _LETTERS.finditer(surface))
        if len(words) > 1 or (words and words[0].upper() in spelling and len(words[0]) > 2):
            found.setdefault(words[0].lower(), set()).add(words)
    return {first: tuple(sorted(names, key=lambda name: (-len(name), name))) for first, names in found.items()}


def _surfaces(gazetteer: Gazetteer) -> Iterable[str]:
    for place in gazetteer.places.entries.values():
        yield from (name for name in (place.name, *place.aliases) if not name.isupper())
    for vessel in gazetteer.vessels.entries.values():
        yield from (name for name in (vessel.name, *vessel.aliases) if not name.isupper())
