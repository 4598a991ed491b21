"""Counts whose number stands behind: "PLA naval vessels: 9", "the number of warships in the Black Sea rose from four to six"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Strength
from tracker.extract.strengths.claims import basis_of, holds, placed
from tracker.extract.strengths.counted import Counted, Number, number_ending
from tracker.extract.strengths.frames import CHANGE, LABEL, THERE, Frame, Reading, chain, is_number
from tracker.gazetteer.counts import CountWords

_MARKS = (":", "–", "—", "=", "-")
_AMOUNTS = frozenset(["number", "count", "total", "tally"])
_REMEMBERED = 4  # sentences for which a label finds the area told last
_REACH = 14  # tokens between the vessels and the words of amount


def area_before(number: int, discourse: Discourse) -> PlaceMention | None:
    """The area that a label without one takes from the sentences before it."""
    told = discourse.area
    return told[1] if told and number - told[0] <= _REMEMBERED else None


def may_label(line: Line) -> bool:
    """Whether a number may stand behind its vessels: right behind a mark, or with a word of amount in front of them."""
    if not line.words.isdisjoint(_AMOUNTS):
        return True
    return not line.words.isdisjoint(_MARKS) and any(text in _MARKS and is_number(line, at + 2) for at, text in enumerate(line.texts[:-1]))


def labelled(reading: Reading) -> Iterator[Strength]:
    """The count of a sentence whose number stands behind its vessels."""
    line = reading.line
    for sort in reading.sorts:
        told, area = _after_colon(reading, sort.last) or _after_amount(reading, sort.left, sort.last), _named_area(reading)
        if told is None or area is None or reading.words["no_count"].inside(line.lows, 0, line.size):
            continue
        number, rule, at = told
        one = Counted(sort.left, number.last, number, (sort.left, sort.last), sort.type, sort.country, sort.class_name, sort.subset)
        basis = basis_of(reading, one, Frame(rule, at, at + 1, chain(line, at)), (0, line.size))
        if basis is None:
            continue
        if basis.interval is None and area[1] == "sentence before" and reading.discourse.interval:
            basis.interval, basis.source = reading.discourse.interval, ("sentence before", None)
        yield placed(reading, one, area, basis, rule)
        return


def _after_colon(reading: Reading, at: int) -> tuple[Number, str, int] | None:
    """ "PLA naval vessels: 9", as a whole line, or with a place in between."""
    line = reading.line
    colon = next((n for n in range(at, min(at + 8, line.size)) if line.text(n) in _MARKS), None)
    if colon is None or not all(_is_place_or_detail(reading, n) for n in range(at, colon)):
        return None
    for end in range(min(colon + 6, line.size), colon + 1, -1):
        number = number_ending(line, end, reading.words)
        if number and number.first == colon + 1:
            return (number, LABEL, colon) if line.text(end) in ("", ".", "(", ",", ";", "ships", "vessels", "sorties") else None
    return None


def _is_place_or_detail(reading: Reading, at: int) -> bool:
    return any(p.first - 3 <= at < p.last for p in reading.places) or reading.line.text(at) in ("(", ")", "*", "detected", "operating")


def _after_amount(reading: Reading, left: int, last: int) -> tuple[Number, str, int] | None:
    """ "The number of warships in the Black Sea rose from four to six", "… is six"."""
    line, words = reading.line, reading.words
    if line.low(left - 1) != "of" or line.low(left - 2) not in _AMOUNTS:
        return None
    for at in range(last, min(last + _REACH, line.size)):
        if size := words["amounts"].starting(line.lows, at):
            number = _number_at(line, at + size, words)
            return (number, THERE, at) if number else None
        if size := words["change"].starting(line.lows, at):
            to = next((n for n in range(at + size, min(at + size + 9, line.size)) if line.low(n) == "to"), None)
            number = _number_at(line, to + 1, words) if to is not None else None
            return (number, CHANGE, at) if number else None
    return None


def _number_at(line: Line, at: int, words: CountWords) -> Number | None:
    """The number that begins at a token, its bound words included."""
    for end in range(min(at + 7, line.size), at, -1):
        number = number_ending(line, end, words)
        if number and number.first == at:
            return number
    return None


def _named_area(reading: Reading) -> tuple[PlaceMention, str] | None:
    """The area of a label: in its own sentence, in the heading, or told in one of the sentences just before."""
    here = [p for p in reading.places if p.entry and holds(reading.line, p)]
    if here:
        return here[0], "clause"
    if reading.discourse.heading_place:
        return reading.discourse.heading_place, "heading"
    told = area_before(reading.number, reading.discourse)
    return (told, "sentence before") if told else None
