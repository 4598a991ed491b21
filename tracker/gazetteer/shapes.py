"""Sentences that are turned round: the shapes of `seeds/lexicon/shapes.yaml`, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.kinds import EventKind
from tracker.errors import SeedError

ACTS = ("stay", "come", "go", "leave", "pass", "work", "lie", "meet", "too", "with", "another", "call")
"""What a shape tells without saying more: the place, or what was told before, decides what that makes."""
_SLOTS = frozenset(["SHIP", "OTHER", "HERS", "THE", "PLACE", "PLACES", "FROM", "TO", "DAY", "^", "^^", "$", "..", "...."])
_COMMON = frozenset(
    ["the", "a", "an", "of", "to", "in", "on", "at", "by", "for", "from", "with", "is", "was", "are", "were", "has", "have", "had", "that", "out"]
)
_PLACED = frozenset(["PLACE", "PLACES", "FROM", "TO"])
_ROW = {"id", "shape", "kind", "plans", "denies", "example"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a shape: a slot, or some words of which one must stand there; each as its tokens."""

    slot: str
    words: frozenset[tuple[str, ...]] = frozenset()
    optional: bool = False
    opening: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # the words by the first of each


@dataclass(frozen=True, slots=True)
class Shape:
    """A turned sentence: its parts in order, and what they tell."""

    number: int  # its place in the file
    id: str
    parts: tuple[Part, ...]
    kind: str  # a kind of event, or one of ACTS
    plans: bool
    denies: bool
    signs: frozenset[str]  # words of which every sentence of the shape holds one
    others: tuple[frozenset[str], ...]  # further such words, for each other part that must stand there
    placed: bool  # whether a place must stand in it


def read_shapes(data: Mapping[str, Any], sets: Mapping[str, frozenset[str]], common: frozenset[str]) -> dict[str, tuple[Shape, ...]]:
    """The shapes by their signs; `common` are words that most sentences hold. Raises SeedError for a broken row."""
    common |= _COMMON
    found = list[Shape]()
    for row in data["shapes"]:
        for line in [row["shape"]] if isinstance(row.get("shape"), str) else row.get("shape", ()):
            for name, words in data["words"].items():
                line = line.replace(f"<{name}>", words)
            found.append(_shape(row, line, sets, common, len(found)))
    by_sign: dict[str, list[Shape]] = {}
    for shape in found:
        for sign in shape.signs:
            by_sign.setdefault(sign, []).append(shape)
    return {sign: tuple(some) for sign, some in by_sign.items()}


def _shape(row: Mapping[str, Any], line: str, sets: Mapping[str, frozenset[str]], common: frozenset[str], number: int) -> Shape:
    name = str(row.get("id"))
    if unknown := set(row) - _ROW:
        raise SeedError(f"shapes.yaml: {name}: unknown fields {', '.join(sorted(unknown))}")
    if row.get("kind") not in (*ACTS, *(kind.value for kind in EventKind)):
        raise SeedError(f"shapes.yaml: {name}: no kind of event and no act is {row.get('kind')}")
    parts = tuple(_part(name, word, sets) for word in line.split())
    told = [part for part in parts if part.words and not part.optional]
    if not told:
        raise SeedError(f"shapes.yaml: {name}: a shape needs a word that must stand there")
    signs = sorted((_signs(part, common) for part in told), key=lambda some: _rarity(some, common))
    return Shape(
        number,
        name,
        parts,
        str(row["kind"]),
        bool(row.get("plans")),
        bool(row.get("denies")),
        signs[0],
        tuple(signs[1:]),
        any(part.slot in _PLACED and not part.optional for part in parts),
    )


_SHORT = 4


def _signs(part: Part, common: frozenset[str]) -> frozenset[str]:
    """The rarest word of each alternative of a part: the longest that is none of the common ones."""
    return frozenset(max(words, key=lambda word: (word not in common, len(word))) for words in part.words)


def _rarity(some: frozenset[str], common: frozenset[str]) -> tuple[int, int]:
    """How rare some words are, as far as can be told: common and short ones count most, a mark even more."""
    return len(some & common) + sum(len(word) < _SHORT for word in some) + _MARK * (not any(map(str.isalpha, some))), len(some)


_MARK = 9


def _part(name: str, word: str, sets: Mapping[str, frozenset[str]]) -> Part:
    optional, word = (True, word[1:]) if word.startswith("?") and len(word) > 1 else (False, word)
    if word in _SLOTS:
        return Part(word, optional=optional)
    if word != word.lower():
        raise SeedError(f"shapes.yaml: {name}: no slot is {word}")
    words = frozenset(_words(name, word.split("|"), sets))
    return Part("", words, optional, _by_first(words))


def _by_first(some: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Words by the first of each, the longest first: one look-up of a token finds those that may stand there."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in sorted(some, key=lambda words: (-len(words), words)):
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def _words(name: str, some: Iterable[str], sets: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, ...]]:
    for word in some:
        if word.startswith("@") and word[1:] not in sets:
            raise SeedError(f"shapes.yaml: {name}: {word} is no set of words.yaml")
        yield from (tuple(w.split()) for w in sets[word[1:]]) if word.startswith("@") else (tuple(word.replace("-", "_-_").split("_")),)
