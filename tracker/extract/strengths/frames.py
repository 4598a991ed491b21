"""Which words make a number of vessels a count of those in an area: "there are", "has", "are operating", "detected", or no verb at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line, holds
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene
from tracker.extract.strengths.counted import Counted, Number, Sort
from tracker.gazetteer.counts import CountWords

THERE, HOLD, STAY, SEEN, DUTY, CHANGE, LABEL, PART, ONLY, NONE = (
    f"count.{name}" for name in ("there", "hold", "stay", "seen", "duty", "change", "label", "part", "only", "none")
)
"""The rules, by which words made a number a count."""
_REACH = 14  # tokens between a count and its verb
_MOVES = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.UNDERWAY, EventKind.REPLENISHMENT, EventKind.ESCORT})
_AUXILIARY = frozenset(
    [
        "been",
        "being",
        "reported",
        "said",
        "believed",
        "thought",
        "understood",
        "to",
        "known",
        "spread",
        "all",
        "at",
        "present",
        "the",
        "moment",
        "not",
    ]
)


@dataclass(slots=True)
class Reading:
    """A sentence being read for its counts."""

    line: Line
    number: int
    places: Sequence[PlaceMention]
    scene: Scene
    discourse: Discourse
    words: CountWords
    sorts: Sequence[Sort]  # every phrase that may be counted


@dataclass(slots=True)
class Frame:
    """The words that make a number a count: their rule and tokens, and the first token of their auxiliaries."""

    rule: str
    first: int
    last: int
    chain: int


def frame_of(reading: Reading, one: Counted, counted: Sequence[Counted]) -> Frame | None:
    """The words that make one of the numbers of a sentence a count; None for a number of vessels that do something else, or never were."""
    line, words = reading.line, reading.words
    start, end = clause(line, one.first)
    if (
        words["no_count"].inside(line.lows, start, end)
        or holds(line.lows[start:end], line.doc.lexicon.habit)
        or words["rate"].starting(line.lows, one.last)
    ):
        return None
    if one.number.of is not None:
        whole = one.first <= 1 and place_begins(line, one.last) and _part_told(reading, one)
        return Frame(LABEL, one.first, one.first, one.first) if whole else None
    frame = (
        _there(line, one, words)
        or _held(line, one, words)
        or _grown(line, one, words)
        or _staying(reading, one, counted, end)
        or _with(line, one)
        or _alone(reading, one, counted)
    )
    if frame and frame.rule != SEEN and (one.number.count == 0 or one.number.only):
        frame.rule = ONLY if one.number.count else NONE
    return frame


def clause(line: Line, at: int) -> tuple[int, int]:
    """The tokens between the marks and words that end a clause."""
    cuts = (";", "while", "whereas", "but", "although", "though", "because")
    start = next((n + 1 for n in range(at - 1, -1, -1) if line.low(n) in cuts), 0)
    end = next((n for n in range(at, line.size) if line.low(n) in cuts), line.size)
    return start, end


def _back(line: Line, at: int, through: frozenset[tuple[str, ...]], most: int) -> int:
    """The token behind the first one, going left, that is none of some words."""
    while at > 0 and most > 0 and ((line.low(at - 1),) in through or line.low(at - 1).isdecimal() or line.low(at - 1) in line.doc.lexicon.months):
        at, most = at - 1, most - 1
    return at


def _there(line: Line, one: Counted, words: CountWords) -> Frame | None:
    """ "There are seven ships", "In the Black Sea are seven ships"."""
    at = _back(line, one.first, words["between_there_and_count"].phrases | words["be"].phrases, _REACH)
    be = [n for n in range(at, one.first) if words["be"].starting(line.lows, n)]
    if not be or line.low(0) == "among":
        return None  # "Among the 12 ships in … were two frigates" counts a part
    there = next((n for n in range(at, be[0]) if line.low(n) == "there"), None)
    placed = any(f.last in (be[0], be[0] - 1) for f in line.found("place"))
    if there is None and not placed:
        return None
    return Frame(THERE, be[-1], be[-1] + 1, min(be[0], at if there is None else there + 1))


def _held(line: Line, one: Counted, words: CountWords) -> Frame | None:
    """ "Russia has seven ships in …", "the navy counted seven ships in …"."""
    at = one.first
    while line.low(at - 1) in line.doc.lexicon.sets["adverbs"] or line.low(at - 1) in (":", "that", "the"):
        at -= 1
    for begin in dict.fromkeys((at, _before_aircraft(line, at))):
        for name, rule in (("hold", HOLD), ("seen_before", SEEN)):
            if size := words[name].ending(line.lows, begin):
                return Frame(rule, begin - size, begin, chain(line, begin - size))
    return None


def _before_aircraft(line: Line, at: int) -> int:
    """The token behind the verb of a list that begins with aircraft: "detected 27 PLA aircraft, 9 vessels …"."""
    begin, aircraft = at, False
    sets = line.doc.lexicon.sets
    while begin > 0 and at - begin < _REACH:
        word = line.low(begin - 1)
        aircraft = aircraft or word in sets["aircraft"] or word in ("balloons", "balloon", "sorties")
        known = word in (",", "and", "of", "military", "balloons", "balloon", "sorties") or word in sets["aircraft"] or is_number(line, begin)
        if not known and not line.ending("nation", begin) and not line.ending("navy", begin):
            break
        begin -= 1
    return begin if aircraft else at


def chain(line: Line, at: int) -> int:
    """The first token of the auxiliaries and adverbs in front of a verb."""
    sets = line.doc.lexicon.sets
    while at > 0 and (line.low(at - 1) in sets["auxiliaries"] or line.low(at - 1) in sets["adverbs"]):
        at -= 1
    return at


def _grown(line: Line, one: Counted, words: CountWords) -> Frame | None:
    """ "The grouping has shrunk to seven ships"."""
    if line.low(one.first - 1) not in ("to", "at"):
        return None
    at = one.first
    while at > 0 and one.first - at < _REACH:
        if size := words["change"].ending(line.lows, at):
            return Frame(CHANGE, at - size, at, chain(line, at - size))
        place = line.ending("place", at)
        if not (place or (line.low(at - 1),) in words["between_change_and_number"].phrases or is_number(line, at)):
            return None
        at = place.first if place else at - 1
    return None


def is_number(line: Line, end: int) -> bool:
    """Whether a number ends right before a token."""
    return line.low(end - 1).isdecimal() or line.ending("number", end) is not None


def _staying(reading: Reading, one: Counted, counted: Sequence[Counted], end: int) -> Frame | None:
    """ "Seven ships were operating in …", "seven ships remain in …", "nine vessels operating around … were detected"."""
    line, words = reading.line, reading.words
    counts = {n for c in counted for n in range(c.first, c.last)}
    passed = counts | {n for p in reading.places for n in range(p.first - 3, p.last) if n >= one.last}
    passed |= {n for d in reading.scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end))}
    passed |= {n for kind in ("navy", "nation", "number", "vessel") for f in line.found(kind) for n in range(f.first, f.last)}
    passed |= _bracketed(line, one.last)
    frame: Frame | None = None
    at = one.last
    while at < min(end, one.last + _REACH + 10):
        step = _stays_at(line, at, words)
        if step and step.rule == SEEN:
            return step
        if step:
            frame = frame or step
            at = step.last
            continue
        if words["not_staying"].starting(line.lows, at) or (at not in counts and is_move(line, at)):
            return frame
        if frame is None and not ((line.lows[at],) in words["between_count_and_verb"].phrases or at in passed or line.lows[at].isdecimal()):
            return None
        at += 1
    return frame


def _bracketed(line: Line, at: int) -> set[int]:
    """The tokens in brackets that open at a token."""
    if line.text(at) != "(":
        return set()
    closed = next((n for n in range(at, min(at + _REACH, line.size)) if line.text(n) == ")"), at)
    return set(range(at, closed + 1))


def is_move(line: Line, at: int) -> bool:
    """Whether a verb that tells a movement and nothing else begins at a token; "near" and "around" are prepositions here."""
    found = line.starting("trigger", at)
    if found is None or line.starting("preposition", at):
        return False
    kinds = [rule.kind for rule, form in found.data if form not in ("noun", "state")]
    return bool(kinds) and all(kind in _MOVES for kind in kinds)


def _stays_at(line: Line, at: int, words: CountWords) -> Frame | None:
    """The frame whose first word is a token: a finite verb of staying, or a form of "be" or a participle with what makes it one."""
    lows = line.lows
    sets, be = line.doc.lexicon.sets, at
    while line.low(be) in sets["be"] or (be > at and (line.low(be) in _AUXILIARY or line.low(be) in sets["adverbs"])):
        be += 1
    is_be = be > at
    if is_be and words["seen"].ending(lows, be) and place_begins(line, be):
        return Frame(SEEN, be - 1, be, chain(line, at))  # "have been reported in …"
    for name, rule in (("duty", DUTY), ("stay", STAY), *((("seen", SEEN),) if is_be else (("stay_finite", STAY),))):
        if size := words[name].starting(lows, be):
            return Frame(rule, be, be + size, chain(line, at))
    if not is_be and (size := words["seen"].starting(lows, at)) and place_begins(line, at + size):
        return Frame(SEEN, at, at + size, at)  # "8 ships detected around …"
    if is_be and (place_begins(line, be) or line.low(be) == "there"):
        return Frame(STAY, be - 1, be, chain(line, at))
    return None


def place_begins(line: Line, at: int) -> bool:
    """Whether a preposition of place with a place behind it stands at a token."""
    found = line.starting("preposition", at)
    return found is not None and found.data[0] in ("in", "off") and any(found.last <= p.first <= found.last + 4 for p in line.found("place"))


def _with(line: Line, one: Counted) -> Frame | None:
    """ "With seven ships in the Mediterranean, …"."""
    opens = line.low(one.first - 1) == "with" and (one.first == 1 or line.low(one.first - 2) in (",", "–", "—", "and"))
    return Frame(HOLD, one.first - 1, one.first, one.first - 1) if opens and place_begins(line, one.last) else None


def _alone(reading: Reading, one: Counted, counted: Sequence[Counted]) -> Frame | None:
    """ "Seven ships in the Black Sea", "Black Sea: seven ships": no verb at all."""
    line = reading.line
    sets = line.doc.lexicon.sets
    nouns = {n for c in counted for n in range(c.first, c.last)}
    verbs = any(f.first not in nouns and any(form not in ("state", "noun") for _, form in f.data) for f in line.found("trigger"))
    if verbs or not line.words.isdisjoint(sets["be"]) or not line.words.isdisjoint(sets["have"]) or "will" in line.words:
        return None
    opened = _label_end(reading)
    dated = next((line.at_offset(d.end) for d in reading.scene.dates if line.at_offset(d.start) <= 2), 0)
    begins = one.first <= max(opened, dated + 1 if dated else 0) or (opened and one.first > opened)
    area_behind = any(p.first >= one.last and p.how in ("in", "off") and p.entry and _ends_there(reading, one, p) for p in reading.places)
    if not begins or not (opened or area_behind or (reading.discourse.heading_place and line.size - one.last <= _REACH)):
        return None
    return Frame(LABEL, one.first, one.first, one.first)


def _ends_there(reading: Reading, one: Counted, place: PlaceMention) -> bool:
    """Whether nothing but parts stands between a count and its area, and nothing that may be a verb right behind it."""
    line, words = reading.line, reading.words
    begin = line.starting("preposition", one.last)
    commas = line.text(one.last) in (",", "(") and (words["them"].inside(line.lows, one.last, place.first) or line.text(one.last) == "(")
    dated = any(line.at_start(d.start) <= place.last + 1 <= line.at_offset(d.end) for d in reading.scene.dates)
    closed = dated or not line.text(place.last).isalpha()
    return closed and (commas or (begin is not None and place.first - begin.last <= 5))


def _label_end(reading: Reading) -> int:
    """The token behind "Black Sea:" at the head of a sentence; 0 where there is none."""
    line = reading.line
    for place in reading.places:
        if place.first <= 3 and line.text(place.last) in (":", "–", "—", "-") and place.entry:
            return place.last + 1
    return 0


def _part_told(reading: Reading, one: Counted) -> bool:
    """Whether "four of the nine ships in …" goes on to say what the four are, and not what they do."""
    return predicated(reading, one.number, one.last, one) is not None


def predicated(reading: Reading, number: Number, at: int, whole: Counted) -> Counted | None:
    """What a number of a whole are: the sort or the set told behind it in its clause."""
    line, words = reading.line, reading.words
    stop = next((n for n in range(at, line.size) if line.text(n) in (",", ";", ")") or line.low(n) in ("while", "but")), line.size)
    for begin in range(at, stop):
        for subset in words.subsets:
            if size := subset.behind.starting(line.lows, begin) or subset.words.starting(line.lows, begin):
                return Counted(number.first, begin + size, number, (begin, begin + size), whole.type, whole.country, None, subset.name)
    sort = next((s for s in reading.sorts if at <= s.first < stop and s.first - at <= _REACH), None)
    if sort is None or not _is_link(reading, at, sort.left):
        return None
    begin = sort.left if sort.left >= at and line.low(sort.left) not in ("a", "an") else sort.first
    return Counted(number.first, sort.last, number, (begin, sort.last), sort.type, sort.country, sort.class_name, sort.subset)


def _is_link(reading: Reading, first: int, last: int) -> bool:
    """Whether only an area and a form of "be" stand between a number and what it is of: "of the ten ships in the Caspian Sea seven are corvettes"."""
    line = reading.line
    placed = {n for p in reading.places for n in range(p.first - 3, p.last)}
    return all(n in placed or line.low(n) in line.doc.lexicon.sets["be"] or line.low(n) in ("a", "an", "as", "being") for n in range(first, last))
