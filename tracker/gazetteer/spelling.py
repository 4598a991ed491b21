"""How words are written inside a sentence, read from `seeds/spelling.txt`: what a text all in capitals no longer shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tracker.errors import SeedError
from tracker.resources import resource


@cache
def load_spelling(path: Path | None = None) -> Mapping[str, str]:
    """Word in capitals -> the word as it is written: "THE" -> "the", "NATO" -> "NATO".

    Raises SeedError with the line of what is no such word, or stands twice.
    """
    path = path or resource("seeds", "spelling.txt")
    words: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word = line.strip()
        if not word or word.startswith("#"):
            continue
        if not word.isalpha() or not (word.islower() or word.isupper()) or word.upper() in words:
            raise SeedError(f"{path.name}: line {number}: {word!r} is no word in small letters or capitals, or stands twice")
        words[word.upper()] = word
    return words
