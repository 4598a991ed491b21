"""The words by which a text counts the vessels in an area, read strictly from `seeds/counts.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.domain.kinds import Bound
from tracker.errors import SeedError
from tracker.gazetteer.lexicon import flat
from tracker.resources import resource

_WORD = re.compile(r"n't|\w+|[^\w\s]")
_WORDS = (
    "be",
    "between_there_and_count",
    "hold",
    "seen_before",
    "seen",
    "stay",
    "stay_finite",
    "duty",
    "between_count_and_verb",
    "change",
    "amounts",
    "between_change_and_number",
    "part",
    "them",
    "topic",
    "no_count",
    "rate",
    "not_there",
    "not_staying",
)


class Phrases:
    """Phrases to be found among the words of a sentence, by where they begin or end; of several the longest."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self.phrases = frozenset(tuple(_WORD.findall(flat(surface))) for surface in surfaces)
        self._first: dict[str, list[tuple[str, ...]]] = {}
        self._last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(self.phrases, key=lambda p: (-len(p), p)):
            self._first.setdefault(phrase[0], []).append(phrase)
            self._last.setdefault(phrase[-1], []).append(phrase)

    def starting(self, words: Sequence[str], at: int) -> int:
        """How many words the longest phrase has that begins at a word; 0 for none."""
        phrases = self._first.get(words[at]) if 0 <= at < len(words) else None
        return next((len(p) for p in phrases if tuple(words[at : at + len(p)]) == p), 0) if phrases else 0

    def ending(self, words: Sequence[str], at: int) -> int:
        """How many words the longest phrase has that ends right before a word; 0 for none."""
        phrases = self._last.get(words[at - 1]) if 0 < at <= len(words) else None
        return next((len(p) for p in phrases if len(p) <= at and tuple(words[at - len(p) : at]) == p), 0) if phrases else 0

    def inside(self, words: Sequence[str], first: int, last: int) -> bool:
        """Whether a phrase stands among the words first..last-1."""
        begin = max(first, 0)
        around = words[begin : max(last, begin)]
        if self._first.keys().isdisjoint(around):
            return False
        return any(0 < self.starting(words, at) <= last - at for at, word in enumerate(around, begin) if word in self._first)


@dataclass(frozen=True, slots=True)
class Subset:
    """A set of vessels that no type word tells: words that stand for it, that follow a type word, that stand before one."""

    name: str
    words: Phrases
    behind: Phrases
    inside: Phrases


@dataclass(frozen=True, slots=True)
class CountWords:
    """Everything `extract.counted` and `extract.strengths` ask of words."""

    before: Mapping[Bound, Phrases]
    behind: Mapping[Bound, Phrases]
    about_numbers: frozenset[str]
    none: Phrases
    only: Phrases
    units: frozenset[str]
    naval: frozenset[str]
    subsets: tuple[Subset, ...]
    subset_openers: frozenset[str]  # the first words of what stands for a set
    behind_openers: frozenset[str]  # the first words of what follows a type word and makes a set
    inside: Phrases  # of every set
    whole: frozenset[str]  # rules whose count is of all that there are
    words: Mapping[str, Phrases]

    def __getitem__(self, name: str) -> Phrases:
        """A list of words by its name."""
        return self.words[name]


@cache
def load_counts(path: Path | None = None) -> CountWords:
    """Read the words. Raises SeedError for a file that is broken, leaves a list out, has an unknown one, or says one thing twice."""
    path = path or resource("seeds", "counts.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        words = data["words"]
        if wrong := set(words).symmetric_difference(_WORDS):
            raise SeedError(f"{path.name}: words: unknown or missing: {', '.join(sorted(wrong))}")
        for name, phrases in words.items():
            _once(phrases, f"{path.name}: {name}")
        subsets = tuple(Subset(n, *(Phrases(row[part]) for part in ("words", "behind", "inside"))) for n, row in data["subsets"].items())
        return CountWords(
            before=_bounds(data["before"], f"{path.name}: before"),
            behind=_bounds(data["behind"], f"{path.name}: behind"),
            about_numbers=frozenset(map(flat, data["numbers"]["about"])),
            none=Phrases(data["numbers"]["none"]),
            only=Phrases(data["numbers"]["only"]),
            units=frozenset(data["units"]["words"]),
            naval=frozenset(data["units"]["naval"]),
            subsets=subsets,
            subset_openers=frozenset(phrase[0] for subset in subsets for phrase in subset.words.phrases),
            behind_openers=frozenset(phrase[0] for subset in subsets for phrase in subset.behind.phrases),
            inside=Phrases(word for row in data["subsets"].values() for word in row["inside"]),
            whole=frozenset(data["frames"]["whole"]),
            words={name: Phrases(phrases) for name, phrases in words.items()},
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SeedError(f"{path.name}: {' '.join(str(error).split())}") from None


def _bounds(table: Mapping[str, list[str]], where: str) -> dict[Bound, Phrases]:
    _once([phrase for phrases in table.values() for phrase in phrases], where)
    return {Bound(name): Phrases(phrases) for name, phrases in table.items()}


def _once(phrases: Sequence[str], where: str) -> None:
    seen: set[str] = set()
    for phrase in phrases:
        if flat(phrase) in seen:
            raise SeedError(f"{where}: {phrase!r} stands twice")
        seen.add(flat(phrase))
