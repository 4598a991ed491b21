"""Stage 1, every surface of the gazetteer and the lexicon under its first tokens, so that one look-up of each token of a text finds them all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.domain.names import fold
from tracker.extract.text import WORD, tokens_of
from tracker.gazetteer.cache import kept
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat, load_lexicon
from tracker.gazetteer.vessels import VesselIndex
from tracker.resources import resource

Meanings = tuple[tuple[str, Any], ...]
"""What a surface may be: kinds, each with what its table says."""


@dataclass(frozen=True)
class Ways:
    """What of a matcher takes long to make and can be kept ready: the surfaces of names, and the ways in to all surfaces."""

    names: dict[str, dict[str, Any]]  # kind -> surface -> what the gazetteer says of it
    alone: tuple[str, ...]  # surfaces of one token
    # first and second token -> third token, "" for none -> lengths of the surfaces that begin so, and of those of two tokens, longest first
    opening: dict[tuple[str, str], dict[str, tuple[int, ...]]]
    telling: dict[str, tuple[str, ...]]
    """Words of which every surface that may tell something holds one, each with the surfaces it stands for, none where it is one by itself."""

    @classmethod
    def of(cls, names: dict[str, dict[str, Any]], tables: Mapping[str, Mapping[str, Any]], little: frozenset[str]) -> Ways:
        """The ways in to the surfaces of all tables; `little` are words of which none tells a surface."""
        alone: list[str] = []
        opening: dict[tuple[str, str], dict[str, tuple[int, ...]]] = defaultdict(dict)
        for surface in sorted({surface for table in tables.values() for surface in table}, key=lambda surface: (-len(surface), surface)):
            first, *others = tokens_of(surface)
            if not others:
                alone.append(surface)
                continue
            by_third = opening[first, others[0]]
            third = others[1] if len(others) > 1 else ""
            by_third[third] = tuple(dict.fromkeys((*by_third.get(third, ()), len(surface))))
        for by_third in opening.values():
            short = by_third.get("", ())
            for third, lengths in by_third.items() if short else ():
                by_third[third] = tuple(sorted({*lengths, *short}, reverse=True))
        return cls(names, tuple(alone), dict(opening), _telling_words(tables, little))


TELLING = frozenset({"vessel", "type", "group", "place", "anaphor", "relative", "nation", "prefix", "carry", "next_day", "day_before"})
"""The kinds of surfaces that may tell something."""


def _telling_words(tables: Mapping[str, Mapping[str, Any]], little: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Words of which every telling surface holds one: of each the longest that is no little word of the language, of equals the last."""
    found: dict[str, tuple[str, ...]] = {}
    for surface in dict.fromkeys(surface for kind, table in tables.items() if kind in TELLING for surface in table):
        word = max(reversed(WORD.findall(surface)), key=lambda word: (word not in little, len(word)), default=surface)
        found[word] = () if word == surface or found.get(word) == () else (*found.get(word, ()), surface)
    return found


class _Surfaces(dict[str, Meanings]):
    """What surfaces may be, put together from the tables when a text holds one; nothing for any other words, which are not kept."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__()
        self._tables = tuple(tables.items())

    def __missing__(self, surface: str) -> Meanings:
        found = tuple((kind, table[surface]) for kind, table in self._tables if surface in table)
        if found:
            self[surface] = found
        return found


class Matcher:
    """Surfaces and what they may be; `alone` and `opening` are the ways in, by the first token and by the first two."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]], ways: Ways) -> None:
        self.nothing: dict[str, tuple[()]] = dict.fromkeys(tables, ())  # what a sentence without any surface holds of each kind
        self.surfaces = _Surfaces(tables)
        self.alone: dict[str, Meanings] = {}  # token -> what it may be
        of_one = frozenset(ways.alone)
        for kind, table in tables.items():
            for surface in of_one & table.keys():
                self.alone[surface] = (*self.alone.get(surface, ()), (kind, table[surface]))
        self.opening, self.telling = ways.opening, ways.telling


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
    """The matcher over a gazetteer and a lexicon, built once; its ways in are kept ready where both are the shipped ones."""
    told = _of_words(lexicon)

    def build() -> Ways:
        names = _names(gazetteer)
        return Ways.of(names, names | told, lexicon.function)

    if gazetteer.shipped and lexicon is load_lexicon():
        seeds, own = resource("seeds"), Path(__file__)
        sources = (*seeds.glob("*.csv"), *(seeds / "lexicon").glob("*.yaml"), own, own.with_name("text.py"))
        ways = kept(f"ways-{gazetteer.shipped}", sources, Ways, build)
    else:
        ways = build()
    return Matcher(ways.names | told, ways)


def _names(gazetteer: Gazetteer) -> dict[str, dict[str, Any]]:
    """The surfaces of a gazetteer by their kinds."""
    return {
        "vessel": _surfaces(_hyphened(gazetteer.vessels.surfaces)),
        "place": _surfaces(gazetteer.places.surfaces),
        "class": _classes(gazetteer.vessels),
        "classes": {f"{name}s": name for name in gazetteer.vessels.class_types if len(name) > 2} | _NICKNAMES,
    }


def _of_words(lexicon: Lexicon) -> dict[str, Mapping[str, Any]]:
    """The surfaces of a lexicon by their kinds."""
    return {
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
