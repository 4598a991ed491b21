"""How many vessels a text says are in an area: strengths. No movement, and read beside the events, which know nothing of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.records import ExtractedStrength
from tracker.domain.when import Interval
from tracker.extract.dates import DateMention, is_history
from tracker.extract.finer import key_of
from tracker.extract.line import Line, Text
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene, Strength
from tracker.extract.strengths.claims import AREAS, REMEMBERED, area_of, claim_of, holds, is_topic
from tracker.extract.strengths.counted import Counted, find_counted, find_sorts
from tracker.extract.strengths.frames import Reading, frame_of
from tracker.extract.strengths.labels import area_before, labelled, may_label
from tracker.extract.strengths.parts import elliptical, may_go_on, parts_of_earlier, take_list
from tracker.gazetteer.counts import CountWords, load_counts

_MOST_SORTS, _MOST_COUNTED = 40, 16
"""So many phrases of vessels, and so many with a number, are read in one sentence: one with more is a table or noise."""
_NONE = frozenset(["no", "any", "zero", "single"])


def read_strengths(line: Line, number: int, places: Sequence[PlaceMention], dates: Sequence[DateMention], discourse: Discourse) -> None:
    """Add the counts of a sentence to those of the text."""
    if not _may_count(line, number, dates, discourse) or line.text(line.size - 1) == "?":
        return
    words = load_counts()
    if not _may_be_placed(line, number, places, discourse, words):
        return
    sorts = find_sorts(line, words)[:_MOST_SORTS]
    counted = find_counted(line, sorts, words)[:_MOST_COUNTED]
    if not counted and not may_label(line) and not (_recent(number, discourse) and may_go_on(line, words)):
        return
    free = [p for p in places if not any(c.first < p.last and p.first < c.last for c in counted)]
    told = _read(Reading(line, number, free, Scene(line, number, (), free, dates), discourse, words, sorts), counted)
    discourse.strengths.extend(one for one in told if not is_history(one.interval, line.doc.published))


def _may_count(line: Line, number: int, dates: Sequence[DateMention], discourse: Discourse) -> bool:
    """Whether a sentence holds a number and a word for vessels, or goes on about a count told just before."""
    if not ("type" in line.kinds or "classes" in line.kinds or _recent(number, discourse) or not line.words.isdisjoint(load_counts().units)):
        return False
    return not line.words.isdisjoint(_NONE) or any(_is_free(line, at, dates) for at in _numbers(line))


def _may_be_placed(line: Line, number: int, places: Sequence[PlaceMention], discourse: Discourse, words: CountWords) -> bool:
    """Whether an area for a count can be found at all: in the sentence, in the heading, or told just before."""
    if discourse.heading_place or area_before(number, discourse) or _recent(number, discourse):
        return True
    return any(holds(line, place) or is_topic(line, place, words) for place in places)


def _numbers(line: Line) -> list[int]:
    """The tokens at which a number begins."""
    return [*[found.first for found in line.found("number")], *[at for at in line.numerals if line.lows[at][0].isdecimal()]]


def _is_free(line: Line, at: int, dates: Sequence[DateMention]) -> bool:
    """Whether a number is none of a day, a hull or a larger word: of "3 December", "(165)", "DDG-78"."""
    start = line.starts[at]
    joined = line.text(at - 1) == "-" and line.ends[at - 1] == start and line.text(at - 2).isalpha()
    return not joined and line.text(at + 1) != ")" and not any(date.start <= start < date.end for date in dates)


def _recent(number: int, discourse: Discourse) -> bool:
    return bool(discourse.strengths) and number - discourse.strengths[-1].sentence <= REMEMBERED


def _read(reading: Reading, counted: list[Counted]) -> list[Strength]:
    """The counts of a sentence: those that a frame makes, those listed with them, and their parts."""
    told: list[Strength] = []
    taken: set[int] = set()
    for number, one in enumerate(counted):
        if number in taken or one.article or (one.definite and one.number.of is None):
            continue
        frame = frame_of(reading, one, counted)
        if frame is None:
            continue
        found = claim_of(reading, one, frame, area_of(reading, one, frame))
        if found:
            told.append(found)
            taken.add(number)
            take_list(reading, counted, number, found, told, taken)
        if found or not told:
            told.extend(elliptical(reading, one, frame))
    if not told:
        told.extend(labelled(reading))
    told.extend(parts_of_earlier(reading, counted) if not told else ())
    return told


def note_area(number: int, places: Sequence[PlaceMention], discourse: Discourse) -> None:
    """Remember the area told last, for labels that stand without one."""
    for place in places:
        if place.entry and place.entry.kind in AREAS and place.how in ("in", "off"):
            discourse.area = (number, place)


def strengths_of(doc: Text, told: Sequence[Strength]) -> tuple[ExtractedStrength, ...]:
    """The counts of a text, each told once, in order."""
    kept: list[Strength] = []
    for one in told:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    ids = {id(one): f"s{number}" for number, one in enumerate(kept, 1)}
    return tuple(_extracted(doc, one, ids) for one in kept)


def _same(one: Strength, other: Strength) -> bool:
    return _key(one) == _key(other) and (one.part_of is None) == (other.part_of is None)


def _key(one: Strength) -> tuple[object, ...]:
    counted, number = one.counted, one.counted.number
    return one.place.name, number.count, number.most, number.bound, counted.type, counted.country, counted.subset, one.interval, one.stance.modality


def _extracted(doc: Text, one: Strength, ids: dict[int, str]) -> ExtractedStrength:
    counted, number = one.counted, one.counted.number
    return ExtractedStrength(
        id=ids[id(one)],
        place=one.place.name,
        place_key=key_of(one.place),
        count=number.count,
        count_most=number.most,
        bound=number.bound,
        what=one.what,
        type=counted.type,
        country=counted.country,
        class_name=counted.class_name,
        subset=counted.subset,
        part_of=ids.get(id(one.part_of)) if one.part_of else None,
        interval=one.interval or Interval.open_until(None),
        modality=one.stance.modality,
        hedge=one.stance.hedge,
        evidence=(doc.original or doc.text)[one.span[0] : one.span[1]],
        span=one.span,
        count_span=one.count_span,
        rule=one.rule,
        slots=tuple((slot, where, span) for slot, (where, span) in one.sources.items()),
    )
