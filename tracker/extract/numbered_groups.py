"""Stage 2, groups told by their numbers with one noun for both: "the 35th and 36th escort task forces", "the 45th and the 46th flotilla"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.domain.kinds import VesselType
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_NOUNS = frozenset(
    ["taskforces", "forces", "groups", "flotillas", "fleets", "squadrons", "detachments", "squads", "formations", "taskforce", "force"]
)
_NOUNS |= frozenset(["group", "flotilla", "fleet", "squadron", "detachment"])
_ORDINALS = ("st", "nd", "rd", "th")
_BETWEEN = 5
_JOINS = frozenset(["and", "&"])


def numbered_groups(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """The groups of a sentence that a number without a noun of its own tells, or a noun for two that were told by their numbers."""
    if not _NOUNS.isdisjoint(line.words):
        yield from _side_by_side(line, taken)
        yield from _both_groups(line, taken)
    elif line.numerals and "the" in line.words:
        yield from _by_number_alone(line, taken)


def _side_by_side(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """The groups of which a sentence tells two numbers; the second is told by its own phrase where the noun stands in the singular."""
    for at in line.where(_JOINS):
        before, behind = at - 1, at + 1 + (line.low(at + 1) == "the")
        if not (_is_ordinal(line, before) and _is_ordinal(line, behind)):
            continue
        noun = next((n for n in range(behind + 1, min(behind + 1 + _BETWEEN, line.size)) if line.low(n) in _NOUNS), None)
        if noun is None or any(not line.text(n).isalpha() for n in range(behind + 1, noun)):
            continue
        nation = next((f.data for f in line.found("nation") if behind < f.first <= noun), None)
        word = _word(line, (" ".join(line.lows[behind + 1 : noun]), line.low(noun).removesuffix("s")))
        first = before - (line.low(before - 1) == "the")
        yield _group(line, (first, before + 1), line.low(before), word, nation)
        if line.low(noun).endswith("s") and taken.isdisjoint(range(behind, noun + 1)):
            yield _group(line, (behind, noun + 1), line.low(behind), word, nation)


def _both_groups(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """The ships of two groups told before: "the two escort taskforces", "both flotillas"."""
    for at in line.where(_NOUNS):
        first = next((n for n in range(at - 1, max(at - _BETWEEN, -1), -1) if line.low(n) in ("two", "both")), None)
        if first is None or not line.low(at).endswith("s") or any(not line.text(n).isalpha() or n in taken for n in range(first, at + 1)):
            continue
        if line.low(first - 1) == "the" or line.low(first) == "both":
            first -= line.low(first - 1) == "the"
            yield VesselMention(*line.span(first, at + 1), first, at + 1, type=VesselType.VESSEL, count=None, plural=True, det="epithet")


_TOLD = re.compile(
    r"\b(\d+(?:st|nd|rd|th))(?:(?: and | & )(?:the )?(\d+(?:st|nd|rd|th)))?((?: [a-z-]+){0,4}?)"
    r" (task ?forces?|task groups?|flotillas?|squadrons?|fleets?)\b"
)
_DATES = frozenset(["on", "until", "till", "from", "since", "before", "after", "between", "to", "of", "for", "and"])
_LAST_DAY = 31


@lru_cache(maxsize=4)
def _numbers(low: str) -> dict[str, tuple[str, str]]:
    """The numbers of groups that a text in small letters tells, each with the words for the group."""
    told: dict[str, tuple[str, str]] = {}
    for match in _TOLD.finditer(low):
        for number in filter(None, match.group(1, 2)):
            told.setdefault(number, (match[3].strip(), match[4].removesuffix("s")))
    return told


def _by_number_alone(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """Groups that their number alone tells, once the text has told what they are: "the 41st, composed of A and B", "the 40th's three ships"."""
    for at in line.numerals:
        if line.low(at - 1) != "the" or at in taken or not _is_ordinal(line, at):
            continue
        told = _numbers(line.doc.low).get(line.low(at))
        day = int(line.low(at)[:-2]) <= _LAST_DAY and line.low(at - 2) in _DATES
        alone = not line.text(at + 1).isalpha() or line.low(at + 1) in line.doc.lexicon.function or line.starting("trigger", at + 1) is not None
        if told and not day and (alone or line.low(at + 1) in ("alone", "itself", "also", "then", "later", "now")):
            yield _group(line, (at - 1, at + 1), line.low(at), _word(line, told), None)


def _is_ordinal(line: Line, at: int) -> bool:
    return line.low(at)[:1].isdecimal() and line.low(at).endswith(_ORDINALS)


def _word(line: Line, told: tuple[str, str]) -> str:
    """The words for a group, as many as the lexicon has of them: "escort task force"."""
    words = " ".join(told).split()
    known = (" ".join(words[at:]) for at in range(len(words)))
    return next((word for word in known if word in line.doc.lexicon.groups), words[-1])


def _group(line: Line, tokens: tuple[int, int], number: str, word: str, nation: str | None) -> VesselMention:
    start, end = line.span(*tokens)
    told = VesselMention(start, end, *tokens, type=VesselType.WARSHIP, country=nation, count=None, plural=True, group=True)
    told.det, told.word, told.number, told.noun = "definite", word, number, word.split()[-1]
    return told
