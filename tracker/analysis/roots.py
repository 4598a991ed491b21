"""Independent origins of claims: who repeats whom counts once. Pure, and the same whatever order the claims come in.

Two claims have one root where they share any of these, or are tied by others that do:

1. the source, or a document of no known source;
2. a mark: the address of the document, someone both name as having said it (a claim that names another claim's source shares that source's
   mark), or a run of words that stands around both (`resolve.origins` makes the marks);
3. the words of the quote.

Every sign is compared for equality alone, so that the work grows with the claims and not with their pairs, and what a claim is tied to never
depends on which claim came first. A wrong tie makes a root too few and never one too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

from tracker.domain.names import fold
from tracker.domain.records import Claim

RUN = 7
"""Ordinary words in a row that make a fingerprint: shorter runs are the trade's common phrases."""
WINDOW = 4
"""Of so many fingerprints in a row the least is kept (winnowing): no shared run of RUN + WINDOW - 1 words is missed."""

_WORD = re.compile(r"[^\W\d_]+")


def count_roots(claims: Sequence[Claim]) -> int:
    """The number of independent origins."""
    return len(set(root_numbers(claims))) if len(claims) > 1 else len(claims)


def root_numbers(claims: Sequence[Claim]) -> list[int]:
    """A number for each claim, equal for claims of one root."""
    if len(claims) == 1:
        return [0]
    parent = list(range(len(claims)))

    def top(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first: dict[str, int] = {}
    for number, claim in enumerate(claims):
        for sign in _signs(claim):
            parent[top(number)] = top(first.setdefault(sign, number))
    return [top(number) for number in range(len(claims))]


def _signs(claim: Claim) -> Iterator[str]:
    yield said_by(claim.source) if claim.source else f"document {claim.document}"
    yield f"words {fold(claim.quote)}"
    yield from claim.marks


def said_by(who: str) -> str:
    """The mark of someone, by the key of a source or of whoever a text names: one namespace, so that "according to X" meets X itself."""
    return f"by {who}"


def fingerprints(text: str) -> frozenset[str]:
    """Marks of the runs of ordinary words in a text, none in a short one.

    Capitalised words and numbers are left out: names and dates are what independent reports of one movement share, and what copyists respell.
    """
    words = [*filter(str.islower, _WORD.findall(text))]
    hashes = [*map(_hash, map(" ".join, _runs(words, RUN)))]
    least = {*map(min, _runs(hashes, WINDOW))} if len(hashes) > WINDOW else {*sorted(hashes)[:1]}
    return frozenset([f"run {one}" for one in least])


def _runs(parts: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Every run of so many parts."""
    return zip(*(parts[at:] for at in range(size)), strict=False)


@lru_cache(maxsize=4096)
def _hash(run: str) -> str:
    """The hash of a run of words; the texts around the claims of one document overlap, so that most runs are asked for more than once."""
    return blake2b(run.encode(), digest_size=5).hexdigest()
