"""The one way to fold a name: for comparison (`fold`), for keys (`slug`) and for search in text (`fold_text`)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = re.compile(r"[\"'“”‘’«»„`´ʼʹ′]")
_OTHER = re.compile(r"[\W_]+")
_SPECIAL = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ß": "ss",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
    }
)


def fold(name: str) -> str:
    """The form under which two spellings of one name are equal: no case, accents, quotes or punctuation; single spaces."""
    return _fold_short(name) if len(name) <= _SHORT else _fold(name)


_SHORT = 60
"""Names are asked for again and again; what is longer is none, and not kept in memory."""


def _fold(name: str) -> str:
    bare = name.lower() if name.isascii() else _bare(_bare(name))  # twice: casefold may yield characters that decompose again
    return _OTHER.sub(" ", _QUOTES.sub("", bare)).strip()


_fold_short = lru_cache(maxsize=8192)(_fold)


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def slug(name: str) -> str:
    """A name as part of a key: folded, hyphens for spaces."""
    return fold(name).replace(" ", "-")


def _one_for_one() -> dict[int, str]:
    """Each character that folds to exactly one other; characters that would change the length stay as they are."""
    table: dict[int, str] = {}
    for code in (*range(0x00C0, 0x0250), *range(0x0400, 0x0460), *range(0x1E00, 0x1F00)):
        char = chr(code)
        folded = "".join(c for c in unicodedata.normalize("NFKD", char.translate(_SPECIAL)) if not unicodedata.combining(c))
        if len(folded) == 1:
            table[code] = folded
    for quote in "‘’ʼ`´ʹ′":
        table[ord(quote)] = "'"
    for quote in "“”„«»":
        table[ord(quote)] = '"'
    for dash in "‐‑‒–—−":
        table[ord(dash)] = "-"
    for space in "\u00a0\u2009\u202f\u2007":
        table[ord(space)] = " "
    return table


FOLD_TEXT = _one_for_one()


def fold_text(text: str) -> str:
    """Text with accents, quotes, dashes and spaces made plain, one character for one, so that every offset still holds. Case is kept."""
    if text.isascii():
        return text.replace("`", "'")
    return _FOLDING.sub(_folded, text)


_FOLDING = re.compile("[`\u0080-\U0010ffff]+")  # by runs: a table for every character of a text is ten times slower


def _folded(run: re.Match[str]) -> str:
    return run[0].translate(FOLD_TEXT)
