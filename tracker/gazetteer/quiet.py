"""Where a word of movement tells no movement: the rows of `seeds/lexicon/quiet.yaml`, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import SeedError

PLACES = ("verb", "ends", "front", "front_too", "before", "behind", "behind_too", "lately", "soon", "inside", "opens", "ahead", "sentence", "form")
"""Where the words of a row are looked for; what each means is told at the top of the file."""
_FLAGS, _NEAR = ("passive", "bare", "alone", "stops", "placed"), ("vessel", "place")
_ROW = {"id", "example", "of", "act", "not"}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a word of movement: words by where they stand, flags, and how near a vessel or a place follows, in words."""

    words: tuple[tuple[str, frozenset[str]], ...]
    flags: tuple[tuple[str, bool], ...]
    near: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """One row: all of `needs` must hold, and nothing of `unless` may."""

    id: str
    needs: Around
    unless: Around
    sign: frozenset[str] = frozenset()  # words of which every sentence of the row holds one; none where that can't be said


@dataclass(frozen=True, slots=True)
class Quieted:
    """Rows by what they are about: by the id of a rule, and by the first word of movement where they are about all rules."""

    by_rule: Mapping[str, tuple[Quiet, ...]]
    by_word: Mapping[str, tuple[Quiet, ...]]


def read_quiet(rows: list[dict[str, Any]], rules: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> dict[str, Quieted]:
    """The rows by what they make of a word: `tell` (it tells nothing) and `link` (it is no act). Raises SeedError for a broken row."""
    found: dict[str, tuple[dict[str, list[Quiet]], dict[str, list[Quiet]]]] = {"tell": ({}, {}), "link": ({}, {})}
    for row in rows:
        name = str(row.get("id"))
        if unknown := set(row) - _ROW - set(PLACES) - set(_FLAGS) - set(_NEAR):
            raise SeedError(f"quiet.yaml: {name}: unknown fields {', '.join(sorted(unknown))}")
        if row.get("act", "tell") not in found or not ("of" in row or "verb" in row):
            raise SeedError(f"quiet.yaml: {name}: `act` is tell or link, and `of` or `verb` must say what the row is about")
        needs = _around(name, row, sets)
        quiet = Quiet(name, needs, _around(name, row.get("not", {}), sets), _sign(needs))
        by_rule, by_word = found[row.get("act", "tell")]
        for rule in _about(name, row["of"], rules) if "of" in row else ():
            by_rule.setdefault(rule, []).append(quiet)
        for word in () if "of" in row else dict(quiet.needs.words)["verb"]:
            by_word.setdefault(word, []).append(quiet)
    return {act: Quieted(_frozen(by_rule), _frozen(by_word)) for act, (by_rule, by_word) in found.items()}


def _frozen(rows: dict[str, list[Quiet]]) -> dict[str, tuple[Quiet, ...]]:
    return {key: tuple(values) for key, values in rows.items()}


def _about(name: str, of: list[str] | dict[str, Any], rules: Mapping[str, Any]) -> list[str]:
    """The ids of the rules that a row is about."""
    if isinstance(of, dict):
        ids = [rule_id for rule_id, rule in rules.items() if all(getattr(rule, field, None) == value for field, value in of.items())]
    else:
        ids = [rule_id for rule_id in of if rule_id in rules]
    if not ids or (isinstance(of, list) and len(ids) < len(of)):
        raise SeedError(f"quiet.yaml: {name}: no rule of verbs.yaml is {of}")
    return ids


def _around(name: str, row: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> Around:
    return Around(
        tuple((place, _words(name, row[place], sets)) for place in PLACES if place in row),
        tuple((flag, bool(row[flag])) for flag in _FLAGS if flag in row),
        tuple((kind, int(row[kind])) for kind in _NEAR if kind in row),
    )


def _sign(needs: Around) -> frozenset[str]:
    """The fewest words of which one must stand in the sentence; those of the verb itself, which led to the row, only where there are no others."""
    told = [(place == "verb", len(words), words) for place, words in needs.words if place != "form" and "" not in words]
    return min(told, key=lambda one: one[:2])[2] if told else frozenset()


def _words(name: str, words: Iterable[str], sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words as they are, and those of a set where one is named by @."""
    try:
        return frozenset(one for word in words for one in (sets[word[1:]] if word.startswith("@") else (word,)))
    except (KeyError, AttributeError) as error:
        raise SeedError(f"quiet.yaml: {name}: {error} is no word and no set of words.yaml") from None
