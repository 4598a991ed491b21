"""Stage 1, before everything: a text without what only its layout put in, lines wrapped at a width and gaps between words, and the way back.

Mail, text files and many pages cut off PDFs are wrapped at some 50 to 100 characters; justified columns have several spaces between words. What
is read is read in the even text, and every span and quote of it is told by the offsets of the text as it was given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.records import Extraction, changed

_GAP = re.compile(r"(?<=\S)(?: (?=[^\S\n])|[\t\v\f\r\x1c-\x1f\x85\u2028\u2029])[^\S\n]*+(?=\S)")
_LINE = re.compile(r"[^\n]+")
_OWN_LINE = re.compile(r"[-*•·–—#>|]|\d{1,3}[.)/]|\s*$")
"""What opens a line that stands for itself: a mark of a list, a heading, a quotation or a table."""
_WIDTHS = range(40, 131)
_FEWEST, _MOST_WRAPPED = 3, 0.6
_LONG_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Even:
    """A text without gaps, and where its stretches stood: stretch n begins at `here[n]` in it and at `there[n]` in the text as given."""

    text: str
    here: tuple[int, ...]
    there: tuple[int, ...]

    def back(self, span: tuple[int, int]) -> tuple[int, int]:
        """The span in the text as given."""
        return self._origin(span[0]), self._origin(span[1] - 1) + 1 if span[1] > span[0] else self._origin(span[1])

    def _origin(self, at: int) -> int:
        n = bisect_right(self.here, at) - 1
        return self.there[n] + at - self.here[n]


def unchanged(text: str) -> Even:
    """A text that stays where it is."""
    return Even(text, (0,), (0,))


def even(text: str) -> Even | None:
    """The text with one space for every gap in a line and every break of a wrapped line; None where there are none, as in nearly every text."""
    cuts = sorted([*_wraps(text), *(m.span() for m in _GAP.finditer(text))])
    if not cuts:
        return None
    parts, here, there, at, size = [], [0], [0], 0, 0
    for start, end in cuts:
        glue = "" if text[start - 1] == "-" and text[start:end].count("\n") and text[start - 2 : start - 1].isalpha() else " "
        parts += [text[at:start], glue]
        size += start - at + len(glue)
        at = end
        here.append(size)
        there.append(end)
    return Even("".join([*parts, text[at:]]), tuple(here), tuple(there))


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """The breaks of lines that a width made, and no writer: where the first word of the next line would not have fitted behind.

    A text is held to be wrapped when three breaks in five inside its paragraphs are such ones, for the width of its longest line.
    """
    lines = [m.span() for m in _LINE.finditer(text)]
    lengths = [end - start for start, end in lines]
    long = [n for n in lengths if n >= _WIDTHS.stop]
    usual = [n for n in lengths if n < _WIDTHS.stop]
    if len(usual) <= _FEWEST or max(usual) < _WIDTHS.start or len(long) > _LONG_SHARE * len(lengths):
        return
    width, breaks, soft = max(usual), 0, []
    for (start, end), (then, last) in pairwise(lines):
        if then - end != 1 or _OWN_LINE.match(text, then, last):
            continue
        breaks += 1
        word = text[then:last].split(None, 1)
        if word and end - start + 1 + len(word[0]) > width:
            line, next_line = text[start:end], text[then:last]
            soft.append((start + len(line.rstrip()), last - len(next_line.lstrip())))
    if len(soft) >= _FEWEST and len(soft) >= _MOST_WRAPPED * breaks:
        yield from soft


def told_back(found: Extraction, text: str, read: Even) -> Extraction:
    """What was read in an even text, with the spans and the words of the text as it was given."""

    def slots(told: tuple[tuple[str, str, tuple[int, int] | None], ...]) -> tuple[tuple[str, str, tuple[int, int] | None], ...]:
        return tuple((slot, source, read.back(span) if span else None) for slot, source, span in told)

    vessels, events, strengths = [], [], []
    for vessel in found.vessels:
        spans = tuple(map(read.back, vessel.mention_spans))
        said = tuple(changed(one, span=read.back(one.span)) for one in vessel.said)
        vessels.append(changed(vessel, mentions=tuple(text[a:b] for a, b in spans), mention_spans=spans, said=said))
    for event in found.events:
        start, end = span = read.back(event.span)
        takes_part = tuple((who, read.back(where)) for who, where in event.vessel_spans)
        events.append(changed(event, span=span, evidence=text[start:end], slots=slots(event.slots), vessel_spans=takes_part))
    for one in found.strengths:
        start, end = span = read.back(one.span)
        strengths.append(changed(one, span=span, evidence=text[start:end], count_span=read.back(one.count_span), slots=slots(one.slots)))
    return changed(found, vessels=tuple(vessels), events=tuple(events), strengths=tuple(strengths))
