"""Stage 2, ships told without their noun: "another 13", "a further three", "two others", "four Russian ones", "half of them"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import VesselType
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention
from tracker.extract.phrases import counters_left

_MORE = frozenset(["more", "others", "further", "another"])
_ONES, _PEOPLE_END = frozenset(["one", "ones"]), "s"
PARTS = frozenset(["half", "most", "some", "many", "several"])
"""Some of the ships told before, in front of "of them"."""
_KINDS = frozenset(["kind", "class", "type", "sort"])
_LONGEST_FIGURE = 3
_POINTS = frozenset(["the", "these", "those", "its", "her", "their", "all", "both"])
_OPENS = frozenset(["", ",", ";", ":", "and", "while", "but", "with", "–", "—", "as", "when", "that", "to", "by"])


def ellipses(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """The ships of a sentence that a number tells with "more", "others" or a nation, and those that are some of "them"."""
    words = line.words
    if not words.isdisjoint(_MORE) and (line.found("number") or line.numerals):
        yield from (m for at in line.where(_MORE) if (m := _more(line, at)) and taken.isdisjoint(range(m.first, m.last)))
    if "nation" in line.kinds:
        yield from (m for m in (*_of_nation(line), *_by_people(line)) if taken.isdisjoint(range(m.first, m.last)))
    if not words.isdisjoint(_KINDS):
        yield from (m for at in line.where(_KINDS) if (m := _of_her_kind(line, at)) and taken.isdisjoint(range(m.first, m.last)))
    if "them" in words or "these" in words:
        yield from (m for at in line.where(PARTS) if (m := _part(line, at)) and taken.isdisjoint(range(m.first, m.last)))


def _more(line: Line, at: int) -> VesselMention | None:
    """So many further ships: "a further three", "another 13", "two others", "about 30 more"."""
    word = line.low(at)
    if word in ("more", "others"):
        counted, last = _number_before(line, at), at + 1
        first = counters_left(line, counted[0]) if counted else at
    else:
        counted = _number_behind(line, at + 1)
        first, last = at - (word == "further" and line.low(at - 1) in ("a", "another", "yet")), counted[0] if counted else at
        if word == "further" and first == at:
            return None
    if counted is None or line.low(first - 1) in _POINTS or line.low(first) in _POINTS or not _stands(line, first, last):
        return None
    figure = any(line.low(n).isdecimal() for n in range(first, last))
    return _mention(line, first, last, counted[1], word="further" if figure else None)


def _of_nation(line: Line) -> Iterator[VesselMention]:
    """Ships of another nation behind those that a noun tells: "a Dutch minehunter and a Belgian one", "four Russian ones"."""
    for at in line.where(_ONES):
        nation = line.ending("nation", at)
        counted = _number_before(line, nation.first) or _article_before(line, nation.first) if nation else None
        if nation and line.low(at) == "one" and line.low(nation.first - 1) == "the" and line.low(nation.first - 2) in _OPENS:
            start, end = line.span(nation.first - 1, at + 1)  # "the Dutch ship left for Kiel and the German one for Rota"
            yield VesselMention(start, end, nation.first - 1, at + 1, type=VesselType.VESSEL, country=nation.data, det="epithet", noun="ship")
        aside = counted is not None and line.text(counted[0] - 1) in (",", "(", "–", "—")  # "the Numancia, a Spanish one, left"
        if nation and counted and not aside and (line.low(at) == "ones") == (counted[1] > 1) and line.low(counted[0] - 1) not in _POINTS:
            yield _mention(line, counters_left(line, counted[0]), at + 1, counted[1], country=nation.data)


def _by_people(line: Line) -> Iterator[VesselMention]:
    """Ships told by their nation's people: "shadowed three Russians", "Four Russians were with them"; who they are the text has told before."""
    for nation in line.found("nation"):
        plain = nation.last - nation.first == 1 and line.low(nation.first).endswith(_PEOPLE_END) and line.text(nation.last) not in ("'", "’")
        counted = _number_before(line, nation.first) if plain else None
        if counted and counted[1] > 1 and line.low(counted[0] - 1) not in _POINTS and _stands(line, counted[0], nation.last):
            yield _mention(line, counters_left(line, counted[0]), nation.last, counted[1], country=nation.data)


def _of_her_kind(line: Line, at: int) -> VesselMention | None:
    """Other ships, told by what they and one told before are: "one of her kind lay off Oahu", "another of the class", "two of her type"."""
    first = at - 3
    if line.low(at - 1) not in ("her", "its", "their", "the", "this", "that") or line.low(at - 2) != "of":
        return None
    counted = (first, 1) if line.low(first) in ("one", "another") else _number_before(line, at - 2)
    dated = line.low(first - 1).isdecimal() or line.low(first - 1) in line.doc.lexicon.weekdays  # "in 2014 one of her kind lay off Oahu"
    if counted is None or not (_stands(line, first, at + 1) or (dated and _stands(line, 0, at + 1))):
        return None
    return _mention(line, counted[0], at + 1, counted[1], word=None)


def _part(line: Line, at: int) -> VesselMention | None:
    """Some of the ships told before: "half of them", "most of these"."""
    whole = at + 2
    if line.low(at + 1) != "of" or line.low(whole) not in ("them", "these") or line.low(at - 1) in _POINTS or not _stands(line, at, whole + 1):
        return None
    start, end = line.span(at, whole + 1)
    half = "half" if line.low(at) == "half" else ""
    return VesselMention(start, end, at, whole + 1, type=VesselType.VESSEL, count=None, plural=True, det="part", word="some", number=half)


def _mention(line: Line, first: int, last: int, count: int, country: str | None = None, word: str | None = "further") -> VesselMention:
    """Further ships; only beside some told just before, where `word` says so."""
    start, end = line.span(first, last)
    return VesselMention(start, end, first, last, type=VesselType.VESSEL, count=count, plural=count > 1, country=country, det="more", word=word)


def _number_before(line: Line, at: int) -> tuple[int, int] | None:
    """The first token of a number that ends right before a token, and what it tells."""
    if number := line.ending("number", at):
        return (number.first, number.data) if isinstance(number.data, int) else None
    low = line.low(at - 1)
    return (at - 1, int(low)) if at > 0 and _is_figure(line, at - 1) else None


def _number_behind(line: Line, at: int) -> tuple[int, int] | None:
    """The token behind a number that begins at a token, and what it tells."""
    if number := line.starting("number", at):
        return (number.last, number.data) if isinstance(number.data, int) and number.data > 1 else None
    return (at + 1, int(line.low(at))) if _is_figure(line, at) else None


def _article_before(line: Line, at: int) -> tuple[int, int] | None:
    return (at - 1, 1) if line.low(at - 1) in ("a", "an", "another") else None


def _is_figure(line: Line, at: int) -> bool:
    low = line.low(at)
    glued = line.text(at - 1) in ("-", ".", "/", "$", "€", "£") or line.text(at + 1) in ("-", "/", "%")
    return low.isdecimal() and 0 < len(low) < _LONGEST_FIGURE and int(low) > 1 and not glued


def _stands(line: Line, first: int, last: int) -> bool:
    """Whether no noun goes on from words that tell ships: they act, or something is told or done to them, or lie somewhere."""
    behind, sets = line.low(last), line.doc.lexicon.sets
    if behind in ("of", "than", "-") or behind in sets["people"] or (behind.isalpha() and line.starting("type", last)):
        return False
    verb = line.starting("trigger", last)
    acts = behind in sets["auxiliaries"] or (verb is not None and any(form != "noun" for _, form in verb.data))
    if acts and behind != "to":
        return line.low(first - 1) in _OPENS or first == 0
    ends = not behind.isalpha() or line.starting("preposition", last) is not None
    front = line.low(first - 1)
    told = front in sets["be"] or front in sets["shows"] or line.ending("trigger", first) is not None or front in ("with", "by", "there", "and")
    return ends and told
