"""Stage 1, every surface of the gazetteer and the lexicon under its first tokens, so that one look-up of each token of a text finds them all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tracker.domain.names import fold
from tracker.extract.text import WORD, tokens_of
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat
from tracker.gazetteer.vessels import VesselIndex

Meanings = tuple[tuple[str, Any], ...]
"""What a surface may be: kinds, each with what its table says."""


class Matcher:
    """Surfaces and what they may be; `alone` and `opening` are the ways in, by the first token and by the first two."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        surfaces: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for kind, table in tables.items():
            for surface, data in table.items():
                surfaces[surface].append((kind, data))
        self.nothing: dict[str, tuple[()]] = dict.fromkeys(tables, ())  # what a sentence without any surface holds of each kind
        self.surfaces = {surface: tuple(kinds) for surface, kinds in surfaces.items()}
        self.alone: dict[str, Meanings] = {}  # surfaces of one token
        # first and second token -> third token, "" for none -> lengths of the surfaces that begin so, and of those of two tokens, longest first
        self.opening: dict[tuple[str, str], dict[str, tuple[int, ...]]] = defaultdict(dict)
        for surface in sorted(surfaces, key=len, reverse=True):
            first, *others = tokens_of(surface)
            if not others:
                self.alone[first] = self.surfaces[surface]
                continue
            by_third = self.opening[first, others[0]]
            third = others[1] if len(others) > 1 else ""
            by_third[third] = tuple(dict.fromkeys((*by_third.get(third, ()), len(surface))))
        for by_third in self.opening.values():
            short = by_third.get("", ())
            for third, lengths in by_third.items() if short else ():
                by_third[third] = tuple(sorted({*lengths, *short}, reverse=True))


@lru_cache(maxsize=4)
def words_of(matcher: Matcher, kinds: frozenset[str], little: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Words of which every surface of some kinds holds one: of each the longest that is no little word of the language, of equals the last.

    With each word the surfaces that it stands for, none where it is a surface by itself.
    """
    found: dict[str, tuple[str, ...]] = {}
    for surface, meanings in matcher.surfaces.items():
        if any(kind in kinds for kind, _ in meanings):
            word = max(reversed(WORD.findall(surface)), key=lambda word: (word not in little, len(word)), default=surface)
            found[word] = () if word == surface or found.get(word) == () else (*found.get(word, ()), surface)
    return found


_NICKNAMES = {"burkes": "arleigh burke", "ticos": "ticonderoga"}
"""What several ships of a class are called for short: "two Burkes at Rota"."""


def _classes(vessels: VesselIndex) -> dict[str, str]:
    """The classes, folded and as they are written ("Sa'ar 6", "Yasen-M"), each with its folded name."""
    known = {name: name for name in vessels.classes if len(name) > 2}
    for entry in vessels.entries.values():
        for told in (entry.class_name, entry.project):
            if told and fold(told) in known:
                known.setdefault(flat(told), fold(told))
    return known


@lru_cache(maxsize=4)
def matcher_of(gazetteer: Gazetteer, lexicon: Lexicon) -> Matcher:
    """The matcher over a gazetteer and a lexicon, built once."""
    return Matcher(
        {
            "vessel": _surfaces(_hyphened(gazetteer.vessels.surfaces)),
            "place": _surfaces(gazetteer.places.surfaces),
            "class": _classes(gazetteer.vessels),
            "classes": {f"{name}s": name for name in gazetteer.vessels.class_types if len(name) > 2} | _NICKNAMES,
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
            "ever_since": dict.fromkeys(lexicon.ever_since),
            "number": lexicon.numbers,
            "anaphor": lexicon.place_anaphora,
            "prefix": {flat(prefix): prefix for prefix in lexicon.prefixes},
        }
    )


_NUMBERED = re.compile(r"(.*[^\W\d]) (\d{1,2})")


def _hyphened(table: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    """The names of a table, those that end in a number with a hyphen in front of it too: "Yuan Wang-5"."""
    numbered = ((_NUMBERED.fullmatch(surface), keys) for surface, keys in table.items())
    return {**{f"{told[1]}-{told[2]}": keys for told, keys in numbered if told}, **table}


def _surfaces(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, dict[str, None]] = defaultdict(dict)
    for surface, keys in table.items():
        if len(surface) > 1:
            merged[flat(surface)].update(dict.fromkeys(keys))
    return {surface: tuple(keys) for surface, keys in merged.items()}
