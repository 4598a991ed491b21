"""Families of phrases written in one: "come|pull off <own> berth" stands for six of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from tracker.errors import SeedError


def spread(phrase: str, families: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every phrase that a written one stands for.

    `|` parts words of which one stands there, or none where nothing stands beside it ("|the quay"), `_` joins words that stand there together,
    and `<x>` is any word of the family x.
    """
    if "|" not in phrase and "<" not in phrase:
        yield phrase
        return
    for words in product(*(_choices(part, families) for part in phrase.split(" "))):
        yield " ".join(word.replace("_", " ") for word in words if word)


def _choices(part: str, families: Mapping[str, Sequence[str]]) -> list[str]:
    choices = list[str]()
    for word in part.split("|"):
        if not word.startswith("<"):
            choices.append(word)
        elif word[1:-1] in families:
            choices.extend(families[word[1:-1]])
        else:
            raise SeedError(f"verbs.yaml: no family of words is {word}")
    return choices
