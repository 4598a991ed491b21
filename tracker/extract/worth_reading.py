"""Stage 1, which sentences are read: those that hold a word that could name a vessel, a place or a time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from tracker.extract.calendar_words import MONTH
from tracker.extract.ellipses import PARTS
from tracker.extract.line import Line, Text
from tracker.extract.matcher import TELLING, Matcher
from tracker.extract.names_listed import SAYS_NAMES
from tracker.extract.numbers import POINTS_BACK
from tracker.extract.plausible import QUOTES

_EPITHETS = ("sisters", "twins", "unit", "visitor", "visitors", "intruder", "intruders", "newcomer", "newcomers", "giant")
_REFERRING = frozenset(["neither", "each", "rest", "remainder", "latter", "former", "others", "other", "flagship", *_EPITHETS])
_LEFT_OPEN = frozenset(["confirmed", "verified", "unconfirmed", "confirmation"])  # "This has not been confirmed."
_POINTS = frozenset(["this", "that", "it", "the", "these", "none", "neither", "no"])
_SIGNS = frozenset(["aboard", "sister", "captain", "crew", "skipper", "seized", "boarded", "hijacked", "detained", *SAYS_NAMES])
_SOME_TOLD = frozenset({"them", "another"})
_NAMING = frozenset({"vessel", "type", "group", "prefix", "number", "class", "classes", "nation"})
_TIME_WORDS = (r"\d", r"(?:day|week)s?\b", rf"\b{MONTH}(?:\b|uary|ch|il|e|y|ust|t|tember|ober|ember)")  # three looked for apart take half as long
_TIME, _PLAIN_TIME = [re.compile(word) for word in _TIME_WORDS], [re.compile(word, re.ASCII) for word in _TIME_WORDS]


def worth_reading(doc: Text) -> Iterator[tuple[int, Line]]:
    """The sentences, with their numbers, that hold a word that could name a vessel, a place or a time: most sentences of most texts hold none."""
    telling, times = doc.matcher.telling, [-1, -1, -1]
    time, of_time = -1, _PLAIN_TIME if doc.low.isascii() else _TIME  # `time`: where the next word of time stands
    signs = _signs(doc.matcher)
    for number, (sentence, words) in enumerate(zip(doc.sentences, doc.words, strict=True)):
        if time < sentence.start:
            times = [at if at >= sentence.start else _next(word, doc.low, sentence.start) for word, at in zip(of_time, times, strict=True)]
            time = min(times)
        opens_entry = bool(words) and words[0] in doc.lexicon.weekdays  # "THU: Nothing out."
        left_open = bool(words) and words[0] in _POINTS and not _LEFT_OPEN.isdisjoint(words)
        if time < sentence.end or opens_entry or left_open or (not signs.isdisjoint(words) and _may_tell(doc, number, telling)):
            line = Line(doc, sentence)
            names = not SAYS_NAMES.isdisjoint(words) and "and" in words
            if (
                time < sentence.end
                or opens_entry
                or names
                or not TELLING.isdisjoint(line.kinds)
                or _says_not_done(line.words, sentence.end - sentence.start)
                or left_open
            ):
                yield number, line


def _next(word: re.Pattern[str], low: str, start: int) -> int:
    """Where a word stands next in a text, or the end of the text."""
    found = word.search(low, start)
    return found.start() if found else len(low)


_DONE = frozenset(["seen", "sighted", "spotted", "observed", "left", "sailed", "arrived", "returned", "moved"])
_NOT = frozenset(["not", "never", "neither", "none", "nothing", "nobody", "yet", "n't", "t"])
_OF_THEM = frozenset(["she", "it", "they", "both", "neither", "them", "her"])
_SHORT = 80
_STATES = frozenset(
    ["moored", "berthed", "docked", "anchored", "alongside", "port", "harbour", "harbor", "sea", "underway", "departed", "back", "gone", "off"]
)


def _says_not_done(words: Collection[str], size: int) -> bool:
    """Whether a sentence without a vessel, place or time may tell something of ships told before: "She has not been seen since", "Both have left"."""
    if not (_DONE.isdisjoint(words) or _NOT.isdisjoint(words)):
        return True
    return size < _SHORT and not _OF_THEM.isdisjoint(words) and not (_DONE.isdisjoint(words) and _STATES.isdisjoint(words))


@lru_cache(maxsize=4)
def _signs(matcher: Matcher) -> frozenset[str]:
    """Words of which each sentence that tells something holds one: what rules out most sentences of most texts at one glance."""
    return _DONE | _OF_THEM | SAYS_NAMES | matcher.telling.keys()


def _may_tell(doc: Text, number: int, telling: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a sentence may hold one of some surfaces: each is known by one of its words."""
    words, sentence = doc.words[number], doc.sentences[number]
    if _says_not_done(words, sentence.end - sentence.start) or ("and" in words and not SAYS_NAMES.isdisjoint(words)):
        return True
    if telling.keys().isdisjoint(words):
        return False
    known = telling.keys() & words
    text = doc.low[sentence.start : sentence.end]
    return any(not telling[word] or any(map(text.__contains__, telling[word])) for word in known)


def may_hold_vessel(line: Line) -> bool:
    """Whether a sentence holds a word that could name or count a vessel, or a sign of a name."""
    if not _NAMING.isdisjoint(line.kinds) or not _REFERRING.isdisjoint(line.words):
        return True
    if not _SIGNS.isdisjoint(line.words):
        return True  # "Iran seized the Niovi", "Her sister Karel is in the Red Sea"
    if ("fleet" in line.words and line.doc.numbers_a_fleet) or ("unit" in line.words and line.doc.sails_in_units):
        return True  # "The fleet will return in May"
    if not line.words.isdisjoint(line.doc.lexicon.sets["beside_her_alone"]):
        return True  # "Her shadow put into Portsmouth"
    if line.numerals and not line.doc.side_numbers.isdisjoint(line.words):
        return True  # "The 3304 left on Tuesday"
    if not line.words.isdisjoint(line.doc.lexicon.sets["hull_types"]):
        return True  # "Forrestal (CV-59) arrived in Naples"
    if line.low(0) in ("the", "of") and not POINTS_BACK.isdisjoint(line.lows[1:5]):
        return True  # "The third remained in port"
    if ("them" in line.words or "these" in line.words) and not PARTS.isdisjoint(line.words):
        return True  # "Most of them are at Sevastopol"
    if line.low(0) == "another" or (line.low(0) == "a" and line.low(1) in POINTS_BACK):
        return True  # "Another was off Malta", "A third left on Monday"
    if line.numerals and "the" in line.words and any(b.isdecimal() and len(b) < 4 and (a[:1].isupper() or a == "-") for a, b in pairwise(line.texts)):
        return True  # "The Hong Tai 58 left Kaohsiung"
    if "the" in line.words and line.found("trigger") and any(a in ("The", "the") and b[:1].isupper() for a, b in pairwise(line.texts)):
        return True  # "The Fitburg left Saint Petersburg"
    if not _SOME_TOLD.isdisjoint(line.words) and (line.found("number") or any(low.isdecimal() for low in line.lows)):
        return True  # "At Whitsun Reef a satellite picture has 15 of them"
    numbered = line.texts[0][:1].isupper() and any(low.isdecimal() for low in line.lows[1:5]) and bool(line.found("trigger"))  # "Yi Peng 3 sailed"
    return numbered or (not QUOTES.isdisjoint(line.words) and any(a in QUOTES and b[:1].isupper() for a, b in pairwise(line.texts)))
