"""Stage 1, a sentence with its tokens and everything the matcher found in it: what the later stages read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import chain, pairwise, repeat
from operator import attrgetter
from typing import Any, TypeVar

from tracker.extract.matcher import Matcher, matcher_of
from tracker.extract.roster_names import roster_names
from tracker.extract.text import WORD, Block, Sentence, blocks, sentences, token_spans, words_in
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon, flat

_T = TypeVar("_T")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PARTICIPANTS = re.compile(r"\b(?:participants|participating|taking part|attending)\b[^.\n]{0,60}(?::|\bare\b)")
_COMMON, _IN_WORD, _FIGURE = re.compile(r"[a-z]{3,}"), re.compile(r"\w"), re.compile(r"\d")
_SPEECH = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)
_SIDE_NUMBERS = re.compile(
    r"\b(?:ships?|vessels?|cutters?|boats?|frigates?|destroyers?|corvettes?|submarines?|ccg|guard"
    r"|(?:hull|side|pennant|bow|with|the) numbers?|(?:ship|vessel|cutter|boat|ships|vessels|cutters|boats) numbered|nos?\.|hulls?)[ -]"
    r"(\d{3,5}(?:(?:, and|,| and) \d{3,5}\b)*)(?![\d,.]\d)\b"
)
_IN_BRACKETS = re.compile(r"[a-z][\"”']? \((\d{3,4})\)")
_UNIT_OF_SHIPS = re.compile(r"\bunit of (?:[\w'’-]+ ){0,3}?(?:war)?(?:ships|vessels)\b")
_FLEETS_OF_SHIPS = [  # looked for apart, each by its first letter, in a quarter of the time that one for all takes
    re.compile(r"\d(?:st|nd|rd|th) (?:(?:escort |naval )?(?:fleet|flotilla)|group of (?:[\w']+ ){0,4}ships)\b"),
    re.compile(r"(?:naval|navy|escort) fleet (?:left|set|departed|returned|sailed|arrived|comprising|composed|consisting|made|of)\b"),
    re.compile(r"(?:naval|[Nn]avy) fleet (?:docked|berthed|anchored|moved|entered|called|visited|passed|reached|crossed|headed)\b"),
]
_FLEET_OF = re.compile(r"\bfleet of (?:[\w'’-]+ ){0,4}(?:ships|vessels|warships|destroyers|frigates)\b")
_THE_FLEET_GOES = re.compile(
    r"\b[Tt]he fleet (?:(?:was|has|had|is|will|be|been|also|then|later|earlier|first|last|further|next|subsequently) ){0,3}"
    r"(?:pass|enter|left|leav|sail|arriv|depart|return|cross|head|mov|reach|observed|seen|spotted|sighted|visit|call|transit|steam|dock|anchor|travers|due\b)"
)
_FLEETS_OF_CADETS = re.compile(r"(?:(?:training|goodwill|dunmu|friendship|midshipm[ae]n) fleet|goodwill squadron|fleet of friendship)\b")
_RANK_AND_FORENAME = re.compile(r"([A-Za-z]+)\.?\s([A-Z][a-z]+)\s(?:[A-Z]\.\s)?$")
_DIED = re.compile(r"\b(?:who (?:has )?died|has died)(?: (?:on|in|last|this|peacefully)\b[^.;]{0,40})?,? (?:aged|at the age of|at age) \d")
_OPENING_CHARACTERS = 900
_NAME_REACH = 40  # characters in front of a surname that hold the rank and the forename
_FEW_ASKED = 100  # words that are looked for one by one before all words of the text are listed
_SAID_IN_FULL = (".”", "!”", '."', '!"')
_FEWEST_SPOKEN = 4  # spaces within quotation marks: fewer are a name or a word held at arm's length


@cache
def _by_first_letters(phrases: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by the first two letters of the first word of each."""
    found = defaultdict[str, list[str]](list)
    for phrase in phrases:
        found[phrase.split()[0][:2]].append(phrase)
    return {letters: tuple(several) for letters, several in found.items()}


def holds(words: Sequence[str], phrases: frozenset[str]) -> bool:
    """Whether one of some phrases stands among words."""
    held = _longest_words(phrases).intersection(words)
    if not held:
        return False
    rarest, text = _by_longest_word(phrases), f" {' '.join(words)} "
    return any(phrase in text for word in held for phrase in rarest[word])


def may_hold(words: Collection[str], phrases: frozenset[str]) -> bool:
    """Whether words hold the rarest word of one of some phrases: what a sentence as a whole can't hold, no part of it can."""
    return not _longest_words(phrases).isdisjoint(words)


@cache
def _by_longest_word(phrases: frozenset[str]) -> dict[str, list[str]]:
    """Phrases, a space at either end, by the longest word of each: the rarest, most often."""
    found = defaultdict[str, list[str]](list)
    for phrase in phrases:
        found[max(phrase.split(), key=len)].append(f" {phrase} ")
    return dict(found)


@cache
def _longest_words(phrases: frozenset[str]) -> frozenset[str]:
    """The longest word of each phrase: two frozen sets are compared many times as fast as a dictionary and a list."""
    return frozenset(_by_longest_word(phrases))


@dataclass(slots=True, eq=False)  # not frozen, for speed
class Found:
    """A match in token numbers: tokens first..last-1."""

    first: int
    last: int
    start: int
    end: int
    data: Any


@dataclass(eq=False)
class Text:
    """A document as the stages see it."""

    text: str
    published: date | None
    gazetteer: Gazetteer
    lexicon: Lexicon
    original: str = ""  # with the quotes round names
    _common: dict[str, bool] = field(default_factory=dict)  # words that were asked for, and whether they are common
    _said: dict[str, bool] = field(default_factory=dict)  # the same of words looked for anywhere in the text
    _surnames: dict[str, bool] = field(default_factory=dict)  # the same of names, and whether they are a person's in full
    logged_names: set[str] = field(default_factory=set)  # in a port's log, names that are words or places too
    class_words: dict[str, bool] = field(default_factory=dict)  # words for classes of ships, and whether the text has them

    @cached_property
    def low(self) -> str:
        """The text folded and in lower case, of the same length."""
        lowered = _SURROGATES.sub("?", flat(self.text))
        return lowered if len(lowered) == len(self.text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text)

    def is_common(self, word: str) -> bool:
        """Whether the text writes a word in lower case somewhere: no name, unless a sign says so. A list of all is made where many are asked for."""
        if word not in self._common:
            self._common[word] = self._writes_in_lower_case(word)
        return self._common[word]

    def is_surname(self, word: str) -> bool:
        """Whether the text tells somebody of that name in full, a rank or title in front: "Petty Officer 2nd Class Walter Drummond"."""
        if word not in self._surnames:
            titles, found = self.lexicon.sets["titles"], False
            at = self.text.find(word)
            while at >= 0 and not found:
                told = _RANK_AND_FORENAME.search(self.text, max(at - _NAME_REACH, 0), at)
                found = told is not None and (told[1].lower() in titles or told[1] == "Class") and told[2].lower() not in titles
                at = self.text.find(word, at + 1)
            self._surnames[word] = found
        return self._surnames[word]

    def _writes_in_lower_case(self, word: str) -> bool:
        if not _COMMON.fullmatch(word):
            return False
        if len(self._common) > _FEW_ASKED:
            return word in self.written
        at = self.text.find(word)
        while at >= 0 and (_IN_WORD.match(self.text, at + len(word)) or (at and _IN_WORD.match(self.text, at - 1))):
            at = self.text.find(word, at + 1)
        return at >= 0

    @cached_property
    def written(self) -> frozenset[str]:
        """The words of the text as it writes them."""
        return frozenset(WORD.findall(self.text))

    def says(self, words: str) -> bool:
        """Whether some words stand anywhere in the text, whatever their case: many sentences ask for the same ones."""
        if words not in self._said:
            self._said[words] = words in self.low
        return self._said[words]

    @cached_property
    def speech(self) -> list[tuple[int, int]]:
        """The spans of what is quoted at some length, in order: speech, and no ship's name in quotes."""
        return [m.span() for m in _SPEECH.finditer(self.text) if m[0].count(" ") >= _FEWEST_SPOKEN - m[0].endswith(_SAID_IN_FULL)]

    def is_spoken(self, offset: int) -> bool:
        """Whether an offset lies in what is quoted at some length."""
        at = bisect_right(self.speech, (offset, len(self.text))) - 1
        return at >= 0 and self.speech[at][0] <= offset < self.speech[at][1]

    @cached_property
    def is_obituary(self) -> bool:
        """Whether the text opens with somebody's death and age, and so tells a life: what ships did in it is history."""
        opening = self.low[:_OPENING_CHARACTERS]
        return "died" in opening and _DIED.search(opening) is not None

    @cached_property
    def lists_participants(self) -> bool:
        """Whether the text lists who takes part in what it tells: "Taking part are:", "The participants, as the navy announced:"."""
        return _PARTICIPANTS.search(self.low) is not None

    @cached_property
    def roster(self) -> dict[int, int]:
        """Where the names stand with which the lines of a roster open, "Tonnerre – Gulf of Guinea"; empty where the text is none."""
        return roster_names(self.text, self.gazetteer, self.lexicon)

    @cached_property
    def numbers_a_fleet(self) -> bool:
        """Whether the text tells of a fleet in small letters that sails, "the 44th fleet", "A naval fleet left": a group of ships, and no command."""
        if "fleet" not in self.text:
            return False
        if any(fleet.search(self.text) for fleet in _FLEETS_OF_SHIPS) or _FLEETS_OF_CADETS.search(self.low) is not None:
            return True
        if _FLEET_OF.search(self.text):
            return True
        return "Fleet" not in self.text and _THE_FLEET_GOES.search(self.text) is not None  # no command: "The fleet passed the strait on Friday"

    @cached_property
    def sails_in_units(self) -> bool:
        """Whether the text has a unit of ships, as reports from the Russian have it: "the unit of warships and auxiliary vessels"."""
        return "unit of" in self.low and _UNIT_OF_SHIPS.search(self.low) is not None

    @cached_property
    def side_numbers(self) -> frozenset[str]:
        """The numbers by which the text tells ships, "frigates 542 and 546", "the Nanchang (101)": they may stand for them alone later on."""
        told = (number for m in _SIDE_NUMBERS.finditer(self.low) for number in re.findall(r"\d+", m[1]))
        found: Iterable[str] = chain(told, _IN_BRACKETS.findall(self.low))
        return frozenset(number for number in found if not (len(number) == len("2024") and number.startswith(("19", "20"))))

    @cached_property
    def shallows(self) -> list[str]:
        """The words for shallow waters that the text holds: most texts hold none, and every place of it asks."""
        return [word for word in ("shoal", "reef") if word in self.low]

    @cached_property
    def parts(self) -> frozenset[str]:
        """What spaces part in the text, each once."""
        return frozenset(self.low.split())

    @cached_property
    def points_back(self) -> bool:
        """Whether the text may tell a time by one told before it, "that month", "the same year": every sentence with a time asks."""
        return " that " in self.low or " the same " in self.low

    @cached_property
    def blocks(self) -> list[Block]:
        """Headings, bullets and paragraphs."""
        return blocks(self.text)

    def number_of(self, sentence: Sentence) -> int:
        """Which sentence of the text it is, counted from 0."""
        return bisect_left(self.sentences, sentence.start, key=attrgetter("start"))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence, in order."""
        return sentences(self.text, self.blocks)

    @cached_property
    def words(self) -> list[list[str]]:
        """The folded words of every sentence, in order: most sentences are asked for nothing else."""
        return words_in(self.low, self.sentences)

    @cached_property
    def matcher(self) -> Matcher:
        """What finds the surfaces of the gazetteer and the lexicon."""
        return matcher_of(self.gazetteer, self.lexicon)

    def line(self, sentence: Sentence) -> Line:
        """A sentence with its tokens and the matches that lie in it."""
        return Line(self, sentence)


_BEYOND = [""] * 128
"""What is found beyond either end of a sentence, put behind its tokens: a list is counted from its end below none, and no rule looks as far."""


def _plainer(lows: list[str]) -> None:
    """Read "prior to" as the "before" that it means."""
    for at, (one, other) in enumerate(pairwise(lows)):
        if one == "prior" and other == "to":
            lows[at : at + 2] = ["before", "before"]


class Line:
    """One sentence, ready to be read. The tokens stand in four lists, one for each thing to be known of them."""

    low: Callable[[int], str]
    """The folded text of a token, or "" beyond either end: the look-up of a list itself, as nothing else is asked so often."""
    text: Callable[[int], str]
    """The text of a token, or "" beyond either end."""
    found: Callable[[str], Sequence[Found]]
    """Matches of a kind, by start, longest first: the look-up of a table as well."""

    def __init__(self, doc: Text, sentence: Sentence) -> None:
        self.doc, self.sentence = doc, sentence
        text, low = doc.text, doc.low
        spans = token_spans(low, sentence)
        self.size = len(spans)  # how many tokens
        self.starts: Sequence[int]
        self.ends: Sequence[int]
        self.starts, self.ends = zip(*spans, strict=True) if spans else ((), ())
        parts = [*map(slice, self.starts, self.ends)]
        self.texts = [*map(text.__getitem__, parts)]
        self.lows = [*map(low.__getitem__, parts)]  # folded and in lower case
        if "prior" in self.lows:
            _plainer(self.lows)
        self.low, self.text = (self.lows + _BEYOND).__getitem__, (self.texts + _BEYOND).__getitem__
        self.words = frozenset(self.lows)
        self.numerals = self._numerals(low)  # the tokens that begin with a digit, in order
        self._starting: dict[tuple[str, int], Found] = {}  # kind and first token -> the longest match
        self._ending: dict[tuple[str, int], Found] = {}  # kind and the token behind -> the longest match
        self._kept: dict[tuple[object, int], Any] = {}
        self.fronts: dict[int, int] = {}  # first token of a phrase -> the token in front of it, as far as it was asked for
        matches = self._matches(doc.matcher)
        self.kinds = matches.keys()  # of what matches the sentence holds
        self.found = {**doc.matcher.nothing, **matches}.__getitem__
        starting, ending = self._starting, self._ending
        for kind, several in matches.items():
            for found in reversed(several):  # the longest match of a token comes first, and is kept last
                starting[kind, found.first] = ending[kind, found.last] = found

    def _numerals(self, low: str) -> list[int]:
        if _FIGURE.search(low, self.sentence.start, self.sentence.end) is None:
            return []
        return [at for at, word in enumerate(self.lows) if word[0].isdecimal()]

    def _matches(self, matcher: Matcher) -> dict[str, list[Found]]:
        """The matches that begin and end with a token, overlapping ones too."""
        low, starts, ends, lows, surfaces = self.doc.low, self.starts, self.ends, self.lows, matcher.surfaces
        by_kind: dict[str, list[Found]] = defaultdict(list)
        meant, opened = map(matcher.alone.get, lows), map(matcher.opening.get, zip(lows, [*lows[1:], ""], strict=True))
        for first, (alone, longer) in enumerate(zip(meant, opened, strict=True)):
            if longer is not None:
                start = starts[first]
                for length in longer.get(self.low(first + 2)) or longer.get("", ()):
                    kinds = surfaces[low[start : start + length]]
                    if not kinds:
                        continue
                    last = bisect_left(ends, start + length, first)
                    if last < self.size and ends[last] == start + length:
                        for kind, data in kinds:
                            by_kind[kind].append(Found(first, last + 1, start, start + length, data))
            if alone is not None:
                for kind, data in alone:
                    by_kind[kind].append(Found(first, first + 1, starts[first], ends[first], data))
        return by_kind

    def ending(self, kind: str, at: int) -> Found | None:
        """The longest match of a kind whose last token is number at-1."""
        return self._ending.get((kind, at))

    def starting(self, kind: str, at: int) -> Found | None:
        """The longest match of a kind whose first token is number at."""
        return self._starting.get((kind, at))

    def begins(self, kinds: frozenset[str], at: int) -> bool:
        """Whether a match of one of some kinds begins with token number at."""
        return any(map(self._starting.__contains__, zip(kinds, repeat(at), strict=False)))

    def once(self, read: Callable[[Line, int], _T], at: int) -> _T:
        """What is read at a token, kept for the next stage that asks for the same."""
        key = (read, at)
        if key not in self._kept:
            self._kept[key] = read(self, at)
        return self._kept[key]  # type: ignore[no-any-return]  # what `read` returned

    def where(self, words: AbstractSet[str]) -> list[int]:
        """The numbers of the tokens that are one of some words, in order; most sentences hold none, which their set of words tells at once."""
        if words.isdisjoint(self.words):
            return []
        lows, held = self.lows, words & self.words
        found = [*map(lows.index, held)]
        if sum(map(lows.count, held)) > len(found):
            for first in [*found]:
                at = first
                for _ in range(lows.count(lows[first]) - 1):  # a word that stands there several times
                    at = lows.index(lows[first], at + 1)
                    found.append(at)
        found.sort()
        return found

    def words_before(self) -> Collection[str]:
        """The words of the sentence before in the text."""
        number = self.doc.number_of(self.sentence)
        return self.doc.words[number - 1] if number else ()

    def holds(self, phrases: frozenset[str]) -> bool:
        """Whether one of some phrases stands in the sentence."""
        return may_hold(self.words, phrases) and holds(self.lows, phrases)

    def opens(self, at: int, phrases: frozenset[str]) -> bool:
        """Whether the three words from a token on begin with one of some phrases."""
        words = self.lows[at : at + 3]
        alike = _by_first_letters(phrases).get(words[0][:2]) if words else None
        return alike is not None and " ".join(words).startswith(alike)

    def ends_with(self, at: int, phrases: frozenset[str]) -> bool:
        """Whether the words in front of a token, three at most, end in one of some phrases."""
        return any(" ".join(self.lows[max(at - size, 0) : at]) in phrases for size in (1, 2, 3))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens first..last-1."""
        return self.starts[first], self.ends[last - 1]

    def told(self, first: int, last: int) -> str:
        """The words of the text from token first to token last-1."""
        return self.doc.text[self.starts[first] : self.ends[last - 1]]

    def at_offset(self, offset: int) -> int:
        """The number of the token that holds or follows an offset."""
        return bisect_right(self.ends, offset)

    def at_start(self, offset: int) -> int:
        """The number of the first token that begins at an offset or behind it."""
        return bisect_left(self.starts, offset)
