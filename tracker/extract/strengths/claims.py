"""What a count tells besides its number: the area, the day, how firmly, whose vessels."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import AREA_KINDS, PASSAGE_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Scene, Strength
from tracker.extract.strengths.counted import Counted, Number, number_ending, told_words
from tracker.extract.strengths.frames import CHANGE, HOLD, LABEL, NONE, ONLY, SEEN, STAY, THERE, Frame, Reading, clause, is_move, is_number
from tracker.extract.verbs import Trigger
from tracker.extract.when import when_told
from tracker.gazetteer.counts import CountWords
from tracker.gazetteer.lexicon import Rule

AREAS = AREA_KINDS | PASSAGE_KINDS | {PlaceKind.ISLAND}
"""Kinds of places in which vessels are counted by whatever words; ports ask for words that tell of all that lie there."""
REMEMBERED = 2  # sentences for which a text that counts goes on counting, and "four of the 15" finds its fifteen
_NEAR = 30  # tokens between a count and its area


def _after_change(reading: Reading, one: Counted, frame: Frame) -> Scene:
    """The sentence without the days of the number before a change: "fell from 18 in February to nine"."""
    line = reading.line
    number = one.number.first if one.number.first > frame.first else one.first
    dates = [d for d in reading.scene.dates if not frame.first <= line.at_offset(d.start) < number]
    return Scene(line, reading.number, (), reading.places, dates, opening=reading.scene.opening)


_PERFECT = frozenset(["has", "have"])
_PAST = frozenset(["was", "were", "had", "kept", "maintained"])


@dataclass(slots=True)
class Basis:
    """What the words of a frame tell of every count that hangs on them: the day and the firmness, with where the day was found."""

    interval: Interval | None
    source: tuple[str, tuple[int, int] | None] | None
    stance: Stance


def basis_of(reading: Reading, one: Counted, frame: Frame, reach: tuple[int, int]) -> Basis | None:
    """The day and firmness of a count whose frame reaches over some tokens; None for what is planned, ahead, or of a past that nothing dates."""
    line = reading.line
    trigger = Trigger(Rule(frame.rule, EventKind.AT_SEA), "state", frame.first, frame.last, frame.chain, False, reach)
    taken = _stance(line, one, frame, trigger)
    if taken is None:
        return None
    reading.scene.opening = min(one.first, frame.first)
    scene = _after_change(reading, one, frame) if frame.rule == CHANGE else reading.scene
    interval, source = when_told(scene, trigger, EventKind.AT_SEA, reading.discourse)
    if interval and interval.start and line.doc.published and interval.start > line.doc.published:
        return None
    past = frame.rule in (THERE, HOLD, NONE, ONLY) and line.low(frame.last - 1) in _PAST and _PERFECT.isdisjoint(line.lows[frame.chain : frame.last])
    if past and interval is None and taken.modality is Modality.ASSERTED:
        return None
    return Basis(interval, source, taken)


def claim_of(reading: Reading, one: Counted, frame: Frame, area: tuple[PlaceMention, str] | None) -> Strength | None:
    """The count that a frame makes of a number of vessels in an area; None where they don't go together."""
    if area is None or not _fits(reading, one, frame, area[0]):
        return None
    basis = basis_of(reading, one, frame, (0, clause(reading.line, one.first)[1]))
    if basis is None:
        return None
    if one.country is None and frame.rule in (HOLD, ONLY, NONE):
        one.country = _owner(reading.line, frame)
    return placed(reading, one, area, basis, frame.rule)


def placed(reading: Reading, one: Counted, area: tuple[PlaceMention, str], basis: Basis, rule: str) -> Strength:
    """A count with its area and basis, and where each was found."""
    told = strength_at(reading, one, area[0], basis.interval, basis.stance, rule)
    told.sources["place"] = (area[1], (area[0].start, area[0].end))
    if basis.source:
        told.sources["date"] = basis.source
    return told


def strength_at(
    reading: Reading,
    one: Counted,
    place: PlaceMention,
    interval: Interval | None,
    taken: Stance,
    rule: str,
    part_of: Strength | None = None,
) -> Strength:
    """A count told by the sentence at hand, its sources left open."""
    line = reading.line
    span, counted = (line.sentence.start, line.sentence.end), line.span(one.first, one.last)
    return Strength(one, told_words(line, one.sort), place, interval, taken, rule, span, counted, reading.number, part_of)


def _stance(line: Line, one: Counted, frame: Frame, trigger: Trigger) -> Stance | None:
    """How firmly a count is told; None for a plan, which is none. "Not a single ship" denies nothing."""
    taken = stance(line, frame.chain, frame.first, frame.last, trigger.reach)
    if taken.modality is Modality.PLANNED:
        return None
    if one.number.denied and taken.modality is not Modality.NEGATED and not _contracted(line, frame.chain - 4, one.first):
        return None  # "any ships" are none only where they are denied
    if taken.modality is Modality.NEGATED and one.number.count == 0:
        return _said_so(line, frame)
    return taken


def _contracted(line: Line, first: int, last: int) -> bool:
    """Whether "n't" stands between two tokens."""
    return "n't" in line.lows[max(first, 0) : last]


def _said_so(line: Line, frame: Frame) -> Stance:
    """The firmness of a count of none, apart from the word that denies."""
    for hedge in line.found("hedge"):
        if hedge.data.scope == "sentence" and hedge.data.modality == "reported" and not frame.chain <= hedge.first < frame.last:
            return Stance(Modality.REPORTED, line.doc.text[hedge.start : hedge.end])
    return Stance(Modality.ASSERTED)


def _owner(line: Line, frame: Frame) -> str | None:
    """Whose ships they are by the subject of a verb of having: "Russia has", "the Russian Navy keeps"."""
    for at in (frame.chain, frame.chain - (line.low(frame.chain - 1) in line.doc.lexicon.sets["forces"])):
        for kind in ("navy", "nation"):
            if found := line.ending(kind, at):
                return str(found.data)
    place = line.ending("place", frame.chain)
    if place and (place.first == 0 or line.text(place.first - 1) == "," or line.low(place.first - 1) in ("that", "said")):
        entry = line.doc.gazetteer.places.entries[place.data[0]]
        return entry.country if entry.kind is PlaceKind.COUNTRY else None
    return None


def area_of(reading: Reading, one: Counted, frame: Frame) -> tuple[PlaceMention, str] | None:
    """The area of a count, and where it was found: behind it in its clause, in front of it, in a topic, in the heading, told before."""
    line, discourse = reading.line, reading.discourse
    start, end = clause(line, one.first)
    behind = [p for p in reading.places if one.last <= p.first < min(end, one.last + _NEAR) and holds(line, p)]
    if behind and number_of(reading, behind[0]):
        behind = []  # "eleven ships: six in the Black Sea and five in …"
    before = [p for p in reading.places if start <= p.first and p.last <= one.first and (holds(line, p) or is_topic(line, p, reading.words))]
    for place in (*behind[:2], *reversed(before)):
        if meant := _meant(reading, place):
            return _with_its_pair(reading, meant), "clause"
    if discourse.heading_place and frame.rule in (LABEL, THERE, ONLY, NONE):
        return discourse.heading_place, "heading"
    return None


def _meant(reading: Reading, place: PlaceMention) -> PlaceMention | None:
    """The place itself, or for "there" the one told before it: in its sentence, else of the last count, else the last water."""
    if place.entry or not place.anaphor:
        return place if place.entry else None
    here = [p for p in reading.places if p.entry and p.last <= place.first]
    earlier = [one.place for one in reading.discourse.strengths[-1:]]
    known = (here or earlier)[-1] if here or earlier else reading.discourse.places.get("water")
    return changed(known, start=place.start, end=place.end, how="in") if known else None


def _with_its_pair(reading: Reading, place: PlaceMention) -> PlaceMention:
    """A place with another that shares its count: ten ships "in the Arabian Sea and the Gulf of Aden" are ten in neither alone."""
    line, at = reading.line, place.last
    if place.anaphor or line.low(at) not in ("and", "or", "&"):
        return place
    other = next((p for p in reading.places if at < p.first <= at + 3 and p.entry), None)
    if other is None or any(is_number(line, n) for n in range(at + 2, other.first + 1)):
        return place
    return changed(place, end=other.end, last=other.last, name=f"{place.name} and {other.name}", entry=None)


def holds(line: Line, place: PlaceMention) -> bool:
    """Whether a place is told as where something is."""
    if place.entry is None and not place.anaphor:
        return False
    if (
        place.how == "through"
        and place.entry
        and ((place.entry.kind in PASSAGE_KINDS and line.low(place.first) == "between") or _around(line, place))
    ):
        return True
    return place.how in ("in", "off") or (place.anaphor is not None and place.how is None)


def _around(line: Line, place: PlaceMention) -> bool:
    """ "Around the Senkaku Islands", which with a word of staying is no way past them."""
    return line.low(place.first - 1 - (line.low(place.first - 1) == "the")) == "around"


def is_topic(line: Line, place: PlaceMention, words: CountWords) -> bool:
    """Whether a place opens the sentence as its topic: "As to the Mediterranean, …", "Black Sea: …"."""
    at = place.first - (line.low(place.first - 1) == "the")
    label = place.first <= 3 and line.text(place.last) in (":", "–", "—", "-")
    return label or words["topic"].ending(line.lows, at) > 0


def _fits(reading: Reading, one: Counted, frame: Frame, place: PlaceMention) -> bool:
    """Whether nothing between a count and its area makes it something else, and the area is one; of a port only what is told of all its ships."""
    line, words = reading.line, reading.words
    behind = max(one.last, frame.last) if frame.first >= one.last else one.last
    between = (behind, place.first) if place.first >= behind and not place.anaphor else (one.last, min(one.last + 2, line.size))
    if words["not_there"].inside(line.lows, *between):
        return False
    if any(is_move(line, n) for n in range(*between)):
        return False
    if place.entry is None or place.entry.kind in AREAS:
        alone = frame.rule == STAY and one.number.count == 1 and not one.number.only
        return not alone or _goes_on(reading)
    if place.how == "off":
        return False  # "off Tartus" is not in Tartus
    remain = frame.rule == STAY and line.low(frame.first).startswith("remain")
    pictured = frame.rule in (SEEN, STAY) and not line.words.isdisjoint(line.doc.lexicon.sets["pictures"])
    return frame.rule in (THERE, HOLD, ONLY, NONE, CHANGE) or remain or pictured


def _goes_on(reading: Reading) -> bool:
    """Whether the text is counting: then "one ship is in the Sea of Azov" counts too, and is no ship in particular."""
    return bool(reading.discourse.strengths) and reading.number - reading.discourse.strengths[-1].sentence <= REMEMBERED


def number_of(reading: Reading, place: PlaceMention) -> Number | None:
    """The number that stands alone right before a place: "and two in the Mediterranean", "none in the Black Sea"."""
    line = reading.line
    at = line.ending("preposition", place.first - (line.low(place.first - 1) == "the"))
    if at is None or place.entry is None or place.how not in ("in", "off"):
        return None
    if line.low(at.first - 1) == "none":
        return Number(at.first - 1, at.first, 0, only=True)
    number = number_ending(line, at.first - (line.low(at.first - 1) == "more"), reading.words)
    return number if number and line.low(number.first - 1) in (",", "and", ";", "with", "but", ":") else None
