"""One look-up of each token finds every surface of the gazetteer and the lexicon that begins with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tracker.extract.text import TOKEN, WORD
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat

Match = tuple[int, int, int, int, str, Any]
"""A surface found in a sentence: tokens first..last-1, where it starts and ends in the text, its kind, and what the table of the kind says of it."""

Meanings = tuple[tuple[str, Any], ...]
"""What a surface may be: kinds, each with what its table says."""


class Matcher:
    """Every surface under its first token; the matches that begin and end with a token are all kept, overlapping ones too."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        surfaces: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for kind, table in tables.items():
            for surface, data in table.items():
                surfaces[surface].append((kind, data))
        self._surfaces = {surface: tuple(kinds) for surface, kinds in surfaces.items()}
        # first token -> what it means alone, and second token -> lengths of the surfaces that begin with both
        self._opening: dict[str, tuple[Meanings, dict[str, tuple[int, ...]]]] = {}
        for surface in sorted(surfaces, key=len, reverse=True):
            first, *others = TOKEN.findall(surface) or [""]
            alone, longer = self._opening.get(first, ((), {}))
            if others:
                longer[others[0]] = tuple(dict.fromkeys((*longer.get(others[0], ()), len(surface))))
            self._opening[first] = (alone if others else self._surfaces[surface], longer)

    def find(self, low: str, starts: Sequence[int], ends: Sequence[int], tokens: Sequence[str]) -> list[Match]:
        """Matches in a sentence of a text that is folded and in lower case, by its tokens: by start, longest first."""
        found: list[Match] = []
        surfaces, count = self._surfaces, len(ends)
        for first, opened in enumerate(map(self._opening.get, tokens)):
            if opened is None:
                continue
            alone, longer = opened
            start = starts[first]
            if longer and first + 1 < count:
                for length in longer.get(tokens[first + 1], ()):
                    kinds = surfaces.get(low[start : start + length])
                    if kinds and (last := _token_end(ends, start + length, first)):
                        found.extend([(first, last, start, start + length, kind, data) for kind, data in kinds])
            for kind, data in alone:
                found.append((first, first + 1, start, ends[first], kind, data))
        return found

    def words(self, kinds: frozenset[str]) -> frozenset[str]:
        """Words of which every surface of some kinds holds at least one: of each surface the longest, which is the rarest, most often."""
        wanted = (surface for surface, found in self._surfaces.items() if any(kind in kinds for kind, _ in found))
        return frozenset(max(WORD.findall(surface), key=len, default=surface) for surface in wanted)


def _token_end(ends: Sequence[int], end: int, first: int) -> int:
    """The number behind the token that ends at an offset, looked for from token number `first` on; 0 where none ends there."""
    at = bisect_left(ends, end, first)
    return at + 1 if at < len(ends) and ends[at] == end else 0


@lru_cache(maxsize=4)
def words_of(matcher: Matcher, kinds: frozenset[str]) -> frozenset[str]:
    """The words of a matcher for some kinds, gathered once."""
    return matcher.words(kinds)


@lru_cache(maxsize=4)
def matcher_of(gazetteer: Gazetteer, lexicon: Lexicon) -> Matcher:
    """The matcher over a gazetteer and a lexicon, built once."""
    return Matcher(
        {
            "vessel": _surfaces(gazetteer.vessels.surfaces),
            "place": _surfaces(gazetteer.places.surfaces),
            "class": {name: name for name in gazetteer.vessels.classes if len(name) > 2},
            "classes": {f"{name}s": name for name in gazetteer.vessels.class_types if len(name) > 2},
            "type": lexicon.types,
            "group": dict.fromkeys(lexicon.groups),
            "nation": lexicon.nations,
            "navy": lexicon.navies,
            "trigger": lexicon.triggers,
            "preposition": lexicon.prepositions,
            "hedge": lexicon.hedges,
            "relative": lexicon.relative,
            "carry": dict.fromkeys(lexicon.carry),
            "next_day": dict.fromkeys(lexicon.next_day),
            "day_before": dict.fromkeys(lexicon.day_before),
            "number": lexicon.numbers,
            "anaphor": lexicon.place_anaphora,
            "prefix": {flat(prefix): prefix for prefix in lexicon.prefixes},
        }
    )


def _surfaces(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, dict[str, None]] = defaultdict(dict)
    for surface, keys in table.items():
        if len(surface) > 1:
            merged[flat(surface)].update(dict.fromkeys(keys))
    return {surface: tuple(keys) for surface, keys in merged.items()}
