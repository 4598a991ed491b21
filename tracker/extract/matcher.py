"""One pass over the text finds every surface of the gazetteer and the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat

Match = tuple[int, int, int, str, Any]
"""A surface found in a text: where it starts, where it ends as a negative number, which of all matches it is, its kind, and what the table of
its kind says of it. So the matches sort by start and longest first, and no comparison gets further than the number."""


class Matcher:
    """An automaton over every surface; overlapping matches are all kept, word boundaries are checked."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        surfaces: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for kind, table in tables.items():
            for surface, data in table.items():
                surfaces[surface].append((kind, data))
        # of each surface: whether it begins and ends like a word, and what it may be
        self._payloads = [(surface[0].isalnum(), surface[-1].isalnum(), tuple(kinds)) for surface, kinds in surfaces.items()]
        self._automaton = AhoCorasick(list(surfaces), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)

    def find(self, low: str) -> list[Match]:
        """Matches in a text that is folded and in lower case, by start, longest first."""
        found: list[Match] = []
        payloads, around = self._payloads, f"{low} "  # no letter before the first character, none behind the last
        for number, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True):
            begins, ends, kinds = payloads[number]
            if (begins and around[start - 1].isalnum()) or (ends and around[end].isalnum()):
                continue
            for kind, data in kinds:
                found.append((start, -end, len(found), kind, data))
        found.sort()
        return found


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
