"""Overlaps between spans are settled here and nowhere else: first, then longest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol, TypeVar


class Spanned(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""


S = TypeVar("S", bound=Spanned)
_START, _END = attrgetter("start"), attrgetter("end")


def leftmost_longest(spans: Iterable[S]) -> list[S]:
    """The spans that remain when each overlap goes to the one that starts first, and of these to the longest."""
    found = list(spans)
    if len(found) < 2:
        return found
    found.sort(key=_END, reverse=True)
    found.sort(key=_START)  # of those with one start the longest stays first
    kept: list[S] = []
    reach = -1
    for span in found:
        if span.start >= reach:
            kept.append(span)
            reach = span.end
    return kept


def longest_first(spans: Iterable[S]) -> list[S]:
    """The spans that remain when each overlap goes to the longest, and of equals to the first."""
    found = list(spans)
    if len(found) < 2:
        return found
    found.sort(key=_START)
    if _lie_apart(found):
        return found
    kept: list[S] = []  # in the order of their starts
    lengths = [s.start - s.end for s in found]
    for number in sorted(range(len(found)), key=lengths.__getitem__):
        span = found[number]
        at = bisect_left(kept, span.end, key=_START)
        if not at or kept[at - 1].end <= span.start:
            kept.insert(at, span)
    return kept


def _lie_apart(spans: list[S]) -> bool:
    """Whether no two of some spans overlap, which stand in the order of their starts: most often so."""
    reach = -1
    for span in spans:
        if span.start < reach:
            return False
        reach = span.end
    return True
