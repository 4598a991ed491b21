"""Counts that lean on another: its parts ("four of them Kalibr carriers"), those listed with it, the same vessels in another area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.domain.kinds import FIRMNESS, Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.scene import Strength
from tracker.extract.strengths.claims import REMEMBERED, claim_of, number_of, strength_at
from tracker.extract.strengths.counted import Counted, Number, number_ending
from tracker.extract.strengths.frames import CHANGE, LABEL, NONE, PART, SEEN, Frame, Reading, clause, predicated
from tracker.gazetteer.counts import CountWords

_OPENING = 8  # tokens in which "of them" must stand to open a sentence
_REACH = 14  # tokens between a count and a part in brackets
_NEAR = 30  # tokens between a count and the words that lead to its parts


def take_list(reading: Reading, counted: Sequence[Counted], number: int, first: Strength, told: list[Strength], taken: set[int]) -> None:
    """The counts that follow one in its sentence: its parts ("including two frigates", "four of them Kalibr carriers") or others beside it."""
    line, words = reading.line, reading.words
    told.extend(_of_them(reading, counted, first, taken, told))
    end, part = first.counted.last, False
    for at in range(number + 1, len(counted)):
        one = counted[at]
        if at in taken:
            continue
        lead = _part_lead(line, one.first, words)
        gap = line.lows[end : one.first - lead]
        if lead and _only_area_between(reading, end, one.first - lead):
            part = True
        elif not (gap and all(word in (",", "and", "&", "plus") for word in gap)) and not (part and not gap):
            if not (_in_brackets(line, end, one) or (one.subset and not lead and _listed_behind_area(reading, end, one, first))):
                continue
            part = True
        if one.definite:
            continue
        parts = part or (one.subset is not None and first.counted.subset is None and first.rule == LABEL)
        taken.add(at)
        told.append(_beside(reading, one, first, part=parts))
        end = one.last


def _part_lead(line: Line, at: int, words: CountWords) -> int:
    """How many tokens right before a count lead to a part: "including", ", with"."""
    size = words["part"].ending(line.lows, at) or (line.text(at - 1) == ":")
    if size == 1 and line.low(at - 1) == "with" and line.low(at - 2) != ",":
        return 0
    return size


def _listed_behind_area(reading: Reading, end: int, one: Counted, first: Strength) -> bool:
    """Whether a set is told beside a count behind its area: "2 ships in the Sea of Azov, and no Kalibr carriers"."""
    placed = {n for p in reading.places for n in range(p.first - 3, p.last)}
    between = all(n in placed or reading.line.low(n) in (",", "and") for n in range(end, one.first))
    return between or first.rule == LABEL


def _only_area_between(reading: Reading, first: int, last: int) -> bool:
    """Whether no other count or sentence stands between a count and the words that lead to its parts."""
    return ";" not in reading.line.lows[first:last] and last - first <= _NEAR


def _in_brackets(line: Line, end: int, one: Counted) -> bool:
    return line.text(one.first - 1) in ("(", "–", "—") and one.first - end <= _REACH


def _beside(reading: Reading, one: Counted, first: Strength, *, part: bool) -> Strength:
    """A count that takes area, day and firmness from one told with it."""
    one.country = one.country or (first.counted.country if part or not one.class_name else None)
    whole = first if part else None
    taken = _weaker(first.stance, _own_hedge(reading.line, one))
    told = strength_at(reading, one, first.place, first.interval, taken, PART if part else first.rule, whole)
    told.sources = dict(first.sources)
    return told


def _own_hedge(line: Line, one: Counted) -> Stance:
    """A hedge right around a count: "two of them possibly submarines"."""
    for hedge in line.found("hedge"):
        modality = Modality(hedge.data.modality)
        if one.first - 3 <= hedge.first < one.last and modality in (Modality.POSSIBLE, Modality.REPORTED):
            return Stance(modality, line.doc.text[hedge.start : hedge.end])
    return Stance(Modality.ASSERTED)


def _weaker(one: Stance, other: Stance) -> Stance:
    return other if FIRMNESS[other.modality] < FIRMNESS[one.modality] else one


def _of_them(reading: Reading, counted: Sequence[Counted], first: Strength, taken: set[int], told: Sequence[Strength]) -> Iterator[Strength]:
    """Parts told by a pronoun: "four of them Kalibr carriers", "two of which are submarines"."""
    used = {n for one in told for n in range(one.counted.first, one.counted.last)}
    end = clause(reading.line, first.counted.first)[1]
    for at in range(first.counted.last, end - 2):
        if reading.line.low(at) != "of" or not reading.words["them"].starting(reading.line.lows, at + 1) or at in used:
            continue
        number = number_ending(reading.line, at, reading.words)
        if number is None or number.first < first.counted.last:
            continue
        part = predicated(reading, number, at + 2, first.counted)
        if part:
            taken |= {n for n, one in enumerate(counted) if part.first <= one.first < part.last}
            yield _beside(reading, part, first, part=True)
    if first.counted.number.of is not None:
        part = predicated(reading, first.counted.number, first.counted.last, first.counted)
        first.counted.number = Number(first.counted.number.first, first.counted.number.last, first.counted.number.of)
        if part:
            yield _beside(reading, part, first, part=True)


def elliptical(reading: Reading, first: Counted, frame: Frame) -> Iterator[Strength]:
    """ "…, and two in the Mediterranean": the vessels of a count in another area."""
    if frame.rule == CHANGE:
        return
    for place in reading.places:
        number = number_of(reading, place) if place.first >= first.last else None
        if number is None or number.first < first.last:
            continue
        one = Counted(number.first, number.last, number, first.sort, first.type, first.country, first.class_name)
        rule = NONE if number.count == 0 and frame.rule != SEEN else frame.rule
        found = claim_of(reading, one, Frame(rule, frame.first, frame.last, frame.chain), (place, "clause"))
        if found:
            yield found


def may_go_on(line: Line, words: CountWords) -> bool:
    """Whether a sentence may tell a part of a count before it."""
    return "of" in line.lows[:_OPENING] or words["part"].starting(line.lows, 0) > 0


def parts_of_earlier(reading: Reading, counted: Sequence[Counted]) -> Iterator[Strength]:
    """Parts of a count told in a sentence just before: "Four of them carry Kalibr missiles", "Among them are two submarines"."""
    line, words = reading.line, reading.words
    wholes = [one for one in reading.discourse.strengths[-6:] if one.part_of is None and reading.number - one.sentence <= REMEMBERED]
    for at in range(min(_OPENING, line.size)):
        if line.low(at) != "of":
            continue
        number = number_ending(line, at, words)
        whole = _whole_meant(line, at, wholes, words)
        part = predicated(reading, number, _behind_whole(line, at + 2), whole.counted) if number and number.first <= 2 and whole else None
        if part and whole:
            yield _beside(reading, part, whole, part=True)
            return
    lead = words["part"].starting(line.lows, 0)
    if lead and line.low(0) != "with" and wholes:
        for one in (c for c in counted if not c.definite and (c.first <= lead + 1 or line.low(c.first - 1) in ("and", ","))):
            yield _beside(reading, one, wholes[-1], part=True)


def _behind_whole(line: Line, at: int) -> int:
    """The token behind "of the 15", "of the 15 ships"."""
    while line.low(at).isdecimal() or line.starting("number", at) or line.starting("type", at) or line.starting("nation", at):
        at += 1
    return at


def _whole_meant(line: Line, at: int, wholes: Sequence[Strength], words: CountWords) -> Strength | None:
    """Which count "of them" or "of the 15" speaks of."""
    if words["them"].starting(line.lows, at + 1):
        return wholes[-1] if wholes else None
    if line.low(at + 1) != "the":
        return None
    number = number_ending(line, at + 3, words)
    told = (number.of or number.count) if number else None
    return next((one for one in reversed(wholes) if one.counted.number.count == told), None)
