"""Stage 2, bare lists of names behind words that say that they are ships': "Their names: A, B and C", "identified them as A and B"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, capital_run, is_capital
from tracker.extract.names import named_mention
from tracker.extract.plausible import QUOTES, is_person

SAYS_NAMES = frozenset(["identified", "named", "names"])
"""In a sentence of which nothing else is known they may lead a list of names."""
_JOINTS, _POINTS = frozenset([",", "and", "&"]), frozenset(["the", "these", "both"])
_LONGEST, _FEWEST, _MOST = 4, 2, 12
_STOPS = frozenset([".", ")", ";", ",", "", "–", "—"])
_LINKS = frozenset(["are", "were", "as", "being", "of", "(", ":"])


def names_listed(line: Line) -> Iterator[VesselMention]:
    """The names, two or more of them, of a list that words in front of it open: "the ships are A and B", "the two frigates (A and B)"."""
    for link in line.where(_LINKS):
        at = link + 1
        opens = line.ends_with(at, line.doc.lexicon.sets["opens_names"]) or _behind_ships(line, link)
        if not opens or not (names := _names(line, at)):
            continue
        yield from (named_mention(line, first, last, line.told(first, last), signed=True) for first, last in names)
        return


def _behind_ships(line: Line, link: int) -> bool:
    """Whether several ships are told right in front of "are", a colon or a bracket."""
    kind = line.ending("type", link) if line.low(link) != "as" else None
    if kind is None or not kind.data[1]:
        return False
    return line.low(kind.first - 1) in _POINTS or line.low(kind.first - 1) in line.doc.lexicon.numbers


def _names(line: Line, at: int) -> list[tuple[int, int]]:
    """The first and last tokens of the names of a list that begins at a token; none where anything but names stands in it."""
    names: list[tuple[int, int]] = []
    joined = ""
    while len(names) < _MOST:
        at += line.low(at) == "the"
        at += line.text(at) in QUOTES
        last = _end_of_name(line, at)
        if last is None:
            return []
        names.append((at, last))
        at, joints = last + (line.text(last) in QUOTES), 0
        while line.low(at) in _JOINTS:
            joined, at, joints = line.low(at), at + 1, joints + 1
        if not joints or not (is_capital(line.text(at)) or line.low(at) == "the" or line.text(at) in QUOTES):
            break
    closed = _are_ships(line, at) or line.text(at) in _STOPS or line.text(at - 1) == "," or line.low(at) in line.doc.lexicon.sets["auxiliaries"]
    return names if len(names) >= _FEWEST and joined in _JOINTS and closed else []


def _are_ships(line: Line, at: int) -> bool:
    """Whether a word for several ships ends a list of quoted names: "composed of the “A”, “B” and “C” ships"."""
    kind = line.starting("type", at) if line.text(at - 1) in QUOTES else None
    return kind is not None and bool(kind.data[1])


def _end_of_name(line: Line, at: int) -> int | None:
    """The end of a name at a token, where no nation, month, person or type of ship stands there."""
    if not is_capital(line.text(at)) or line.begins(_NO_NAMES, at):
        return None
    last, sets = capital_run(line, at), line.doc.lexicon.sets
    words = line.lows[at:last]
    fits = at < last <= at + _LONGEST and not is_person(line, at, last) and words[0] not in line.doc.lexicon.months
    return last if fits and not (sets["titles"] | sets["forenames"] | line.doc.lexicon.weekdays.keys()) & set(words[:1]) else None


_NO_NAMES = frozenset(["nation", "navy", "group", "prefix", "type"])
