"""A sentence with its tokens and everything the matcher found in it: what the later stages read."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from tracker.extract.matcher import Match, matcher_of
from tracker.extract.text import Block, Sentence, Token, blocks, sentences, tokens
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True, eq=False)  # not frozen, for speed
class Found:
    """A match in token numbers: tokens first..last-1."""

    first: int
    last: int
    start: int
    end: int
    data: Any


@dataclass(eq=False)
class Text:
    """A document as the stages see it."""

    text: str
    published: date | None
    gazetteer: Gazetteer
    lexicon: Lexicon

    @cached_property
    def low(self) -> str:
        """The text folded and in lower case, of the same length."""
        lowered = _SURROGATES.sub("?", flat(self.text))
        return lowered if len(lowered) == len(self.text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that the text writes in lower case somewhere: no names, unless a sign says so."""
        return frozenset(re.findall(r"\b[a-z]{3,}\b", self.text))

    @cached_property
    def blocks(self) -> list[Block]:
        """Headings, bullets and paragraphs."""
        return blocks(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence, in order."""
        return sentences(self.text, self.blocks)

    @cached_property
    def _matches(self) -> tuple[list[int], list[Match]]:
        found = sorted(matcher_of(self.gazetteer, self.lexicon).find(self.low), key=lambda m: (m.start, -m.end))
        return [m.start for m in found], found

    def matches(self, start: int, end: int) -> Iterator[Match]:
        """The matches that lie between two offsets."""
        starts, found = self._matches
        for match in found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]:
            if match.end <= end:
                yield match

    def line(self, sentence: Sentence) -> Line:
        """A sentence with its tokens and matches."""
        return Line(self, sentence, tokens(self.text, self.low, sentence), list(self.matches(sentence.start, sentence.end)))


@dataclass(eq=False)
class Line:
    """One sentence, ready to be read."""

    doc: Text
    sentence: Sentence
    tokens: list[Token]
    matches: list[Match]
    lows: list[str] = field(init=False)  # the folded text of every token
    size: int = field(init=False)  # how many tokens
    _by_kind: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list))
    _starting: dict[tuple[str, int], Found] = field(default_factory=dict)
    _ending: dict[tuple[str, int], Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lows = [token.low for token in self.tokens]
        self.size = len(self.lows)
        firsts = {token.start: number for number, token in enumerate(self.tokens)}
        lasts = {token.end: number + 1 for number, token in enumerate(self.tokens)}
        for m in self.matches:
            if m.start in firsts and m.end in lasts:
                found = Found(firsts[m.start], lasts[m.end], m.start, m.end, m.data)
                self._by_kind[m.kind].append(found)
                self._starting.setdefault((m.kind, found.first), found)  # matches come longest first
                if (known := self._ending.get((m.kind, found.last))) is None or found.first < known.first:
                    self._ending[m.kind, found.last] = found

    def found(self, kind: str) -> list[Found]:
        """Matches of a kind, by start, longest first."""
        return self._by_kind.get(kind, [])

    def ending(self, kind: str, at: int) -> Found | None:
        """The longest match of a kind whose last token is number at-1."""
        return self._ending.get((kind, at))

    def starting(self, kind: str, at: int) -> Found | None:
        """The longest match of a kind whose first token is number at."""
        return self._starting.get((kind, at))

    def low(self, at: int) -> str:
        """The folded text of a token, or "" beyond either end."""
        return self.lows[at] if 0 <= at < self.size else ""

    def text(self, at: int) -> str:
        """The text of a token, or "" beyond either end."""
        return self.tokens[at].text if 0 <= at < self.size else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens first..last-1."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def at_offset(self, offset: int) -> int:
        """The number of the token that holds or follows an offset."""
        return next((n for n, t in enumerate(self.tokens) if t.end > offset), len(self.tokens))
