"""Stage 4, whom a text is about: the name that it tells early and at least as often as any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from tracker.extract.again import stands_alone
from tracker.extract.line import Text
from tracker.extract.mention import VesselMention
from tracker.gazetteer.lexicon import flat

_HERO_SENTENCES, _HERO_TOLD = 4, 2


def hero_of(doc: Text, mentions: Mapping[int, list[VesselMention]]) -> str:
    """The name, folded, that a text tells early and at least as often as any other: whom the text is about. "" where there is none."""
    first: dict[str, int] = {}
    for number in sorted(mentions):
        for mention in mentions[number]:
            if mention.name:
                first.setdefault(flat(mention.name), number)
    early = {name: _how_often(doc, name) for name, number in first.items() if number < _HERO_SENTENCES}
    often = max(early, key=early.__getitem__, default="")
    if not often or early[often] < _HERO_TOLD:
        return ""
    rivals = _told_oftener(doc, first.keys() - early.keys(), early[often])
    return "" if any(_how_often(doc, name) > early[often] for name in rivals) else often


_MANY_RIVALS, _OPENING_LETTERS = 24, 4


def _told_oftener(doc: Text, names: Collection[str], often: int) -> Collection[str]:
    """Of many names those that may be told more often than so: the text would be searched once for each, and is counted by its letters once for all.

    A name, or the last word of one, stands nowhere that its opening letters don't.
    """
    if len(names) < _MANY_RIVALS:
        return names
    openings = Counter(map("".join, zip(*(doc.low[n:] for n in range(_OPENING_LETTERS)), strict=False)))
    short = [name for name in names if len(name) < _OPENING_LETTERS]
    return [*short, *(n for n in names if any(openings[told[:_OPENING_LETTERS]] > often for told in (n, n.split()[-1])))]


def _how_often(doc: Text, name: str) -> int:
    """How often a name is told, in full or by its last word."""
    return max(doc.low.count(name), _last_word_told(doc, name))


def _last_word_told(doc: Text, name: str) -> int:
    """How often the last word of a name that can stand for it alone is told."""
    last = name.split()[-1]
    return doc.low.count(last) if len(last) > 3 and stands_alone(doc, last, whole=False) else 0
