"""The words by which a text names whom it has something from, read strictly from `seeds/attribution.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from tracker.domain.names import fold, slug
from tracker.errors import SeedError
from tracker.gazetteer.lexicon import load_lexicon
from tracker.resources import resource

Words = tuple[str, ...]
K = TypeVar("K")


@dataclass(frozen=True)
class Attributions:
    """Every word folded; a phrase is a tuple of words."""

    before: frozenset[Words]  # stand before a name
    after: frozenset[Words]  # stand behind it
    no_name: frozenset[str]
    describing: frozenset[str]
    inside: frozenset[str]
    bodies: dict[Words, str]  # how a state's body is named -> its word in a mark
    nations: dict[str, str]  # adjective or possessive -> country, in small letters
    same: dict[str, str]  # key of another name -> the key that counts

    @cached_property
    def idle(self) -> frozenset[str]:
        """Words that say nothing of who speaks."""
        return frozenset((*self.describing, *self.no_name, *self.nations, *self.inside))

    @cached_property
    def body_words(self) -> frozenset[str]:
        """The first words of the names of bodies."""
        return frozenset(words[0] for words in self.bodies)


@cache
def load_attributions(path: Path | None = None) -> Attributions:
    """Read the words. Raises SeedError for a file that is broken or says one thing twice."""
    path = path or resource("seeds", "attribution.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Attributions(
            before=frozenset(map(_words, data["before"])),
            after=frozenset(map(_words, data["after"])),
            no_name=frozenset(map(fold, data["no_name"])),
            describing=frozenset(word for phrase in data["describing"] for word in _words(phrase)),
            inside=frozenset(data["inside"]),
            bodies=_inverted(data["bodies"], path.name, _words),
            nations={fold(word): country.lower() for word, country in load_lexicon().nations.items()},
            same=_inverted(data["same"], path.name, slug),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SeedError(f"{path.name}: {' '.join(str(error).split())}") from None


def _words(phrase: str) -> Words:
    return tuple(fold(phrase).split())


def _inverted(table: dict[str, list[str]], file: str, key: Callable[[str], K]) -> dict[K, str]:
    """Other name -> the name that counts."""
    found: dict[K, str] = {}
    for name, others in table.items():
        for other in others:
            if key(other) in found:
                raise SeedError(f"{file}: {other!r} stands twice")
            found[key(other)] = name
    return found
