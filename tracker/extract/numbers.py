"""Stage 2, ships told by a number or by another word alone: "the three", "two of them", "the visitors"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.kinds import VesselType
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention
from tracker.extract.phrases import counters_left, only_day

RANKS = ("first", "second", "third", "fourth", "fifth")
"""Which of the ships told together a word means; "last" is another."""
_ORDERED = frozenset(["first", "former"])
_LEFT_OVER = frozenset(["rest", "remainder"])
_BIGGER = frozenset(["larger", "smaller", "bigger", "older", "newer", "largest", "smallest"])
_OPENING = frozenset(["one", "neither", "each", "others", "other", "latter", "former", "last", *RANKS, *_LEFT_OVER, *_BIGGER])


_BEFOREOTHER = frozenset(["", ",", ";", "and", "while", "but", "as", ":"])
_BEFORE_RANK = _BEFOREOTHER | {"where", "when", "whereas", "before", "after"}
_BEFORE_SURE = frozenset(["only", "these", "them", "those", "with", "by"])


def _openings(line: Line, words: frozenset[str], kind: str) -> list[int]:
    """The tokens that are one of some words or begin a match of a kind, in order."""
    matches = line.found(kind)
    figures = _figures(line) if kind == "number" else []
    if not (matches or figures) and words.isdisjoint(line.words):
        return []
    return sorted({*[f.first for f in matches], *figures, *line.where(words)})


_SOME_TOLD = frozenset(["them", "another"])


def _figures(line: Line) -> list[int]:
    """The tokens at which figures stand for ships told before: "has 15 of them", "another 13 lie at anchor"."""
    if _SOME_TOLD.isdisjoint(line.words) or not line.doc.lexicon.sets["counted_else"].isdisjoint(line.words):
        return []
    of_them = (n for n in line.where(_SOME_TOLD) if line.low(n) == "them" and line.low(n - 1) == "of" and line.low(n - 2).isdecimal())
    behind = (n + 1 for n in line.where(_SOME_TOLD) if line.low(n) == "another" and line.low(n + 1).isdecimal())
    return [*(n - 2 for n in of_them), *behind]


def _figure(line: Line, at: int) -> Found | None:
    """A number written in figures, as one in words is found."""
    told = line.low(at).isdecimal() and len(line.low(at)) < _LONGEST_FIGURE
    return Found(at, at + 1, line.starts[at], line.ends[at], int(line.low(at))) if told else None


_LONGEST_FIGURE = 4


@dataclass(slots=True)
class _Bare:
    """A number without a noun: the token it stands at, the end of what belongs to it, and how it is told."""

    at: int
    last: int
    count: int
    them: bool  # "two of them", "two of the nine"
    as_object: bool  # what a verb or "by" does or is done with
    elsewhere: bool  # "with one more in the Sea of Azov"
    listed: bool  # "the other two: …"


def bare_numbers(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """A number that stands for ships told before: "the three", "two of them", "as many as four were", "the other two", "both", "the others"."""
    for at in _openings(line, _OPENING, "number"):
        if at in taken:
            continue
        if told := _by_word(line, at):
            yield told
        elif (bare := _bare(line, at, taken)) and (mention := _told_of(line, bare)):
            yield mention


def _bare(line: Line, at: int, taken: set[int]) -> _Bare | None:
    """The number at a token, where no noun says what it counts and the words behind it show that it stands for ships; else None."""
    sets, word, behind = line.doc.lexicon.sets, line.low(at), line.low(at + 1)
    number = line.starting("number", at) or _figure(line, at)
    of_them = behind == "of" and line.low(at + 2) == "them"  # "9 of them went on to the Bosphorus"
    if not number or number.last - number.first > 1 or not (word.isalpha() or of_them or line.low(at - 1) == "another"):
        return None
    of_number = behind == "of" and line.low(at + 2) == "the" and (line.low(at + 3).isdecimal() or bool(line.starting("number", at + 3)))
    of_number = of_number and at + 3 not in taken
    them = behind == "of" and (line.low(at + 2) in ("them", "these", "those") or of_number)
    last = at + 3 + of_number if them else at + 1 + (behind in ("more", "others"))
    if line.low(at - 1) == "other" and line.low(at - 3) == "being":
        return None  # "an exercise of three navies, China and Iran being the other two"
    if _is_of_others(line, at, them=them) or (of_number and _counts_else(line, last)):
        return None
    if line.text(last) == "-" and line.starts[last] == line.ends[last - 1]:
        return None  # "the thirty-second campaign"
    listed = line.text(last) in ("-", "–", "—", ":", "(") and line.low(at - 1) in ("another", "other", "the", "further", "more")
    as_agent = _is_agent(line, at, last)
    as_object = as_agent or _is_object(line, at, last)
    dated = line.low(at - 1) in ("other", "remaining") and (_goes_on_with(line, last) or _shares_verb(line, at, last))
    elsewhere = behind == "more" and line.low(at - 1) in _PART_MARKS and _at_place(line, last)  # "with one more in the Sea of Azov"
    ends = line.low(last) in (",", ".", ";", ")", "") and not (line.low(at - 1) == "the" or word == "both")
    counted = ends and line.low(at - 1) in sets["be"] and line.low(at - 2) == "there"  # "In the Mediterranean there were five, including …"
    shown = them or listed or as_object or dated or elsewhere or counted or _acts_behind_aside(line, at, last)
    shown = shown or ((line.low(at - 1) in _POINTING or word == "both") and _did(line, last))
    noted = word == "both" and _does(line, at, last)
    shown = shown or noted
    if not shown and (ends or line.low(last) not in sets["after_bare_number"]) and not _is_auxiliary(line, last):
        return None
    counts_else = word == "one" or (not noted and line.low(at - 1) in sets["before_other_numbers"])
    others = as_object and line.low(at - 1) in ("other", "remaining")
    if counts_else and not (as_agent or them or elsewhere or others or line.low(at - 2) in _OF_ALL):
        return None
    return _Bare(at, last, number.data, them, as_object, elsewhere, listed)


_LED_TOKENS = 3


def _did(line: Line, at: int) -> bool:
    """Whether a verb of movement in the past stands at a token, and no ships right behind it: "The two visited Kiel", but "the two moored ships"."""
    at += line.low(at) in line.doc.lexicon.sets["adverbs"] or line.low(at) in ("then", "both", "all")
    if line.text(at)[:1].isupper():
        return False
    found = line.starting("trigger", at)
    if found is None or not any(form == "past" for _, form in found.data):
        behind, led = line.low(at + 1), line.starting("preposition", at + 1)  # "The two lumbered back out of Tartus", "The two conducted a drill"
        acts = line.low(at).endswith("ed") or line.low(at) in line.doc.lexicon.sets["past_acts"]
        return acts and (led is not None or behind in ("a", "an", "the", "back", "on", "out", "their", "no"))
    then = range(found.last, found.last + _LED_TOKENS)
    return not any(line.starting(kind, n) for n in then for kind in ("type", "group") if line.low(n - 1) not in ("the", "a", "an", "by", "with"))


_OPENS_BOTH = frozenset(["", ",", ";", ":", "–", "—", "-", "."])


def _does(line: Line, at: int, last: int) -> bool:
    """Whether "both" opens a note and a verb in the present stands behind it: "22 Aug – both pass south of Malta"."""
    found = line.starting("trigger", last) if line.low(at - 1) in _OPENS_BOTH else None
    if found is None or not any(form in ("pres", "base") for _, form in found.data):
        return False
    return not any(line.starting(kind, n) for n in range(found.last, found.last + _LED_TOKENS) for kind in ("type", "group"))


_ASIDE_TOKENS, _ASIDE_OPENS = 16, frozenset(["judging", "to", "going", "if", "according", "the", "it", "he", "she", "they", "by", "as", "in"])


def _acts_behind_aside(line: Line, at: int, last: int) -> bool:
    """Whether a number that opens a sentence has its verb behind an aside: "At least four, judging by their signals, have sailed"."""
    if line.text(last) != "," or at > 2 or counters_left(line, at) != 0 or line.low(last + 1) not in _ASIDE_OPENS:
        return False
    close = next((n for n in range(last + 2, min(last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    return close is not None and (_is_auxiliary(line, close + 1) or line.starting("trigger", close + 1) is not None)


_OF_ALL = frozenset(["none", "all", "any", "one", "two", "three", "each", "most"])


def _is_of_others(line: Line, at: int, *, them: bool) -> bool:
    """Whether a number counts no ships: "every three", "two of which", "seven of those tested", "exercises, one of them in the Ionian Sea"."""
    if line.low(at - 1) == "every" or (line.low(at + 1) == "of" and line.low(at + 2) in ("which", "whom")):
        return True
    if them and line.low(at + 2) == "those" and line.text(at + 3).isalpha() and not _is_auxiliary(line, at + 3):
        return True
    aside = them and line.text(at - 1) == ","
    if aside and not line.doc.lexicon.sets["people"].isdisjoint(line.lows[:at]) and not any(f.first < at for f in line.found("type")):
        return True  # "nine sailors signed on again, one of them with the boat surfaced in the strait"
    return aside and line.low(at - 2) in line.doc.lexicon.sets["told_in_part"]


_POINTING = frozenset(["the", "these", "those", "all", "other", "remaining"])
_CLAUSE_OPENS = frozenset(["", ",", "and", ";", "but", "while", "whereas", "–", "—", ":"])


def _told_of(line: Line, bare: _Bare) -> VesselMention | None:
    """The mention that a number makes, with the words in front of it that point; None in the middle of a clause, where it counts something else."""
    at, last, behind = bare.at, bare.last, line.low(bare.at + 1)
    same = line.low(at - 1) == "same" and line.low(at - 2) in ("the", "these", "those")
    first = at - 2 if same else counters_left(line, at)
    pointed = line.low(at - 1) in _POINTING or same or line.low(at) == "both"
    alone = not bare.them and behind not in ("more", "others") and not pointed
    if alone and not bare.elsewhere and line.low(first - 1) not in _CLAUSE_OPENS and not only_day(line, first):
        return None
    part = line.low(first - 1) == "of" and line.low(first - 2) in ("none", "all", "each", "neither", "any")
    first = first - 2 if part else first
    if line.low(at - 1) in ("other", "remaining") and line.low(at - 2) == "the":
        start, end = line.span(at - 2, last)
        return VesselMention(start, end, at - 2, last, type=VesselType.VESSEL, count=bare.count, plural=True, det="rest", word="others")
    if behind == "others" and line.low(at - 1) == "the":
        start, end = line.span(at - 1, last)  # "the two others followed on Saturday"
        return VesselMention(start, end, at - 1, last, type=VesselType.VESSEL, count=bare.count, plural=True, det="rest", word="others")
    start, end = line.span(first, last)
    if bare.listed and line.low(at - 1) == "another":
        first, (start, end) = at - 1, line.span(at - 1, last)
    det = _points(line, bare, pointed=pointed, part=part)
    return VesselMention(start, end, first, last, type=VesselType.VESSEL, count=bare.count, plural=bare.count > 1, det=det)


def _points(line: Line, bare: _Bare, *, pointed: bool, part: bool) -> str:
    """How a number points to ships told before."""
    if bare.them and (pointed or line.low(bare.at) == "both"):
        return "definite"
    if line.low(bare.at + 1) in ("more", "others") or line.low(bare.at - 1) == "other":
        return "more"
    if bare.them:
        return "part"
    if bare.as_object:
        return "epithet"
    return "definite" if pointed or part else "some"


def _counts_else(line: Line, at: int) -> bool:
    """Whether a plain noun stands at a token, so that what is counted in front of it is no ships: "one of the two lecturers had left"."""
    sets, low = line.doc.lexicon.sets, line.low(at)
    if not (line.text(at).isalpha() and line.text(at).islower()) or low in sets["stops"] | sets["adverbs"] | sets["after_bare_number"]:
        return False
    small = _is_auxiliary(line, at) or low in line.doc.lexicon.function
    return not small and not any(line.starting(kind, at) for kind in ("trigger", "preposition", "type", "group"))


def _is_object(line: Line, at: int, last: int) -> bool:
    """Whether a number is what a verb is done to, and something of place or time follows: "tailed the ten in the Osumi Strait"."""
    sets = line.doc.lexicon.sets
    behind = line.starting("preposition", last) or line.low(last) in sets["stops"] or not line.text(last).isalpha() or _goes_with(line, last)
    others = _of_the_other(line, at)  # "stayed with the other two"
    if line.low(at) != "both" and line.low(at - 1) not in ("the", "all") and not others:
        return False
    first = at - (line.low(at) != "both") - others
    first -= first > 1 and line.low(first - 1) == "of" and not line.ending("trigger", first)  # "the arrival of all three"
    done = line.ending("trigger", first) is not None or line.low(first - 1) in sets["shows"]
    done = done or (line.low(at - 1) == "the" and line.ending("trigger", first - 1) is not None)
    done = done or (others and line.low(at - 3) in _WITH_OTHERS)
    return bool(behind and line.low(last) != "of" and done)


_WITH_OTHERS = frozenset(["with", "without", "from", "behind"])


def _goes_with(line: Line, at: int) -> bool:
    """Whether what a number's ships are seen or made to do stands at a token: "watched the two slip past", "Pictures show the two arriving"."""
    found = line.starting("trigger", at)
    moves = found is not None and any(form in ("base", "ing") for _, form in found.data)
    return line.low(at) in ("back", "again", "home") or (moves and not any(line.starting("type", n) for n in range(at + 1, at + 3)))


def _is_agent(line: Line, at: int, last: int) -> bool:
    """Whether a number is by whom something was done: "Malta was left by both on Monday", "the strait was passed by all three"."""
    first = at - (line.low(at - 1) in ("all", "the")) - 2 * _of_the_other(line, at)
    if line.low(first - 1) != "by" or not (line.low(at) == "both" or first < at):
        return False
    ends = line.starting("preposition", last) or line.low(last) in line.doc.lexicon.sets["stops"] or line.text(last) in (",", ".", ";", "")
    return bool(ends) and any(f.last < first for f in line.found("trigger"))


def _of_the_other(line: Line, at: int) -> bool:
    """Whether "the other" or "the remaining" stands in front of a number."""
    return line.low(at - 1) in ("other", "remaining") and line.low(at - 2) == "the"


_AND, _LATER = frozenset(["and", ",", ";", "while", "but"]), frozenset(["later", "after", "earlier", "next", "following"])


def _shares_verb(line: Line, at: int, last: int) -> bool:
    """Whether other ships have the verb of those in front, and their own day or port: "HMS Kent left for Rota, the other two for Oran later"."""
    if not _of_the_other(line, at) or line.low(at - 3) not in _AND or not any(f.last < at for f in line.found("trigger")):
        return False
    return line.starting("preposition", last) is not None or not _LATER.isdisjoint(line.lows[last : last + 3])


def _by_word(line: Line, at: int) -> VesselMention | None:
    """ "A second one", "neither", "the others", "the latter": words that stand for ships without a number of their own."""
    word, behind = line.low(at), line.low(at + 1)
    if word == "one" and line.low(at - 1) in ("second", "third", "fourth", "another", "further") and behind != "of":
        first = at - 2 if line.low(at - 2) == "a" else at - 1
        if line.low(first - 1 - (line.low(first - 1) in ("the", "its", "her"))) in _OF_WHAT_IS_DONE:
            return None  # "came back from the second one last Tuesday" speaks of a cruise
        start, end = line.span(first, at + 1)
        return VesselMention(start, end, first, at + 1, type=VesselType.VESSEL, count=1, det="more")
    if word == "one" and line.low(at - 1) in ("remaining", "last") and line.low(at - 2) == "the" and _acts(line, at + 1):
        start, end = line.span(at - 2, at + 1)
        return VesselMention(start, end, at - 2, at + 1, type=VesselType.VESSEL, count=1, det="rest", word="other")
    if word in _BIGGER and line.low(at - 1) == "the" and behind == "of" and (whole := _of_whole(line, at + 2)) and _acts(line, whole):
        start, end = line.span(at - 1, whole)  # "the larger of the two put into Malta"
        return VesselMention(start, end, at - 1, whole, type=VesselType.VESSEL, count=1, det="part", word="one")
    if (
        word == "neither"
        and behind not in ("nor", "of")
        and "nor" not in line.words
        and not line.starting("type", at + 1)
        and not line.text(at + 1)[:1].isupper()
    ):
        start, end = line.span(at, at + 1)
        return VesselMention(start, end, at, at + 1, type=VesselType.VESSEL, count=2, plural=True, det="definite")
    if word == "each" and line.low(at - 1) in _CLAUSE_OPENS and _acts(line, at + 1):
        start, end = line.span(at, at + 1)
        return VesselMention(start, end, at, at + 1, type=VesselType.VESSEL, count=None, plural=True, det="definite")
    opens = line.low(at - 1) == "the" and (line.low(at - 2) in _BEFOREOTHER or only_day(line, at - 1))
    if word == "other" and opens:
        last = at + 1 + (behind == "one")
        if not (_acts(line, last) or _gapped(line, at)):
            return None
        start, end = line.span(at - 1, last)
        return VesselMention(start, end, at - 1, last, type=VesselType.VESSEL, count=1, det="rest", word="other")
    if (word in RANKS or word == "last") and line.text(at).islower() and (told := _by_rank(line, at)):
        return told
    if word in _LEFT_OVER and opens and _goes_on_with(line, at + 1):
        start, end = line.span(at - 1, at + 1)
        return VesselMention(start, end, at - 1, at + 1, type=VesselType.VESSEL, count=None, plural=True, det="rest", word="others")
    if word in ("others", "latter", "former") and line.low(at - 1) in ("the", "two", "three"):
        start, end = line.span(at - 1, at + 1)
        return VesselMention(start, end, at - 1, at + 1, type=VesselType.VESSEL, count=None, plural=word == "others", det="rest", word=word)
    return None


_OF_WHAT_IS_DONE = frozenset(["from", "after", "during", "before", "on", "in"])


def _by_rank(line: Line, at: int) -> VesselMention | None:
    """ "The first", "the last-named", "the second of them", "the last two": one or some of the ships told together, by their order."""
    last = at + 3 if line.text(at + 1) == "-" and line.low(at + 2) in ("named", "mentioned") else at + 1
    number = line.starting("number", last)
    count = number.data if number and line.text(last).isalpha() else 1
    last += count > 1
    whole = _of_whole(line, last + 1) if line.low(last) == "of" else None
    sure = count > 1 or whole is not None or last == at + 3  # "only the last two came back", "the second of them", "all but the last-named"
    before = line.low(at - 2) in (_BEFORE_RANK | _BEFORE_SURE if sure else _BEFORE_RANK) or only_day(line, at - 1)
    ordered = not _ORDERED.isdisjoint(line.lows[: at + 1]) or (line.low(at) in _LATE_RANKS and _others_act(line, at))
    if line.low(at - 1) != "the" or (at > 1 and not only_day(line, at - 1) and not (before and (sure or ordered))):
        return None  # "three of which are Dutch while the last was put together in Karachi"
    last = whole or last
    if not (_goes_on_with(line, last) or (last == at + 1 and _gapped(line, at))):
        return None
    order = -1 if line.low(at) == "last" else RANKS.index(line.low(at)) + 1
    start, end = line.span(at - 1, last)
    return VesselMention(start, end, at - 1, last, type=VesselType.VESSEL, count=count, plural=count > 1, det="rest", word="rank", number=str(order))


_LATE_RANKS = frozenset(["third", "fourth", "fifth"])


def _others_act(line: Line, at: int) -> bool:
    """Whether others have acted in front of a rank: "A and B went on to Malta, while the third made for Oran"."""
    return any(f.last < at - 1 for f in line.found("trigger"))


def ranked_ship(line: Line, first: int, last: int) -> VesselMention | None:
    """The third or a later one of the ships told together, told with a plain noun: "the third ship sailed for Oran"."""
    if line.low(first - 1) not in _LATE_RANKS or line.low(first - 2) != "the" or line.lows[first:last] not in _PLAIN or not _acts(line, last):
        return None
    start, end = line.span(first - 2, last)
    order = str(RANKS.index(line.low(first - 1)) + 1)
    return VesselMention(start, end, first - 2, last, type=VesselType.VESSEL, count=1, det="rest", word="rank", number=order)


_PLAIN = (["ship"], ["vessel"], ["unit"], ["warship"])


def _of_whole(line: Line, at: int) -> int | None:
    """The token behind "them", "these", "the three" or "the pair"."""
    if line.low(at) in ("them", "these"):
        return at + 1
    counted = line.low(at) == "the" and (line.starting("number", at + 1) or line.starting("group", at + 1))
    return counted.last if counted else None


def _goes_on_with(line: Line, at: int) -> bool:
    """Whether words for ships told before have a verb behind them, or in a list only a day: "the first left on Monday, the rest on Tuesday"."""
    if _acts(line, at) or line.low(at) in line.doc.lexicon.sets["goes_after"]:
        return True
    listed = line.starting("preposition", at) and line.low(at) in ("on", "in") and line.starting("place", at + 1) is None
    if line.low(at) == "in" and line.low(at + 1) not in line.doc.lexicon.months and not line.low(at + 1).isdecimal():
        return line.low(at + 1) in _PARTS_OF_MONTH and bool(line.found("trigger"))  # "the first in ten years" is no ship
    return bool(listed) and bool(line.found("trigger")) and line.found("trigger")[0].last < at


_PARTS_OF_MONTH = frozenset(["early", "mid", "late"])


def _gapped(line: Line, at: int) -> bool:
    """Whether a word for a ship shares the verb of "one" or "the first" in front: "One put in at Rhodes, the other at Kos"."""
    if line.low(at - 2) not in _GAPS or not (line.low(at + 1) in ("to", "for") or _at_place(line, at + 1)):
        return False
    led = line.starting("preposition", at + 1)
    if led is None or not any(line.starting("place", n) for n in range(led.last, led.last + 2)):
        return False
    opening = next((n for n in range(at - 2) if line.low(n) in _ONE_OF_TWO and line.low(n - 1) in ("", "the", ",", ";", ":")), None)
    return opening is not None and any(opening < f.first < at - 1 for f in line.found("trigger"))


_GAPS, _ONE_OF_TWO = frozenset([",", ";", "and", "while"]), frozenset(["one", "first", "former"])


def _acts(line: Line, at: int) -> bool:
    """Whether a verb of movement or an auxiliary stands at a token, or a heading: "the other stays", "the other for Tunis"."""
    return _is_auxiliary(line, at) or bool(line.starting("trigger", at)) or (line.low(at) == "for" and bool(line.starting("place", at + 1)))


def _is_auxiliary(line: Line, at: int) -> bool:
    return line.low(at) in line.doc.lexicon.sets["auxiliaries"] and line.low(at) != "to"


def epithets(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """ "The visitors", "the intruder", "the Russians": ships told before, by another word."""
    sets = line.doc.lexicon.sets
    for at in line.where(_FLAGSHIP):
        if at not in taken and line.low(at - 1) in ("the", "its", "their") and _stands_alone(line, at + 1):
            start, end = line.span(at - 1, at + 1)
            yield VesselMention(start, end, at - 1, at + 1, type=VesselType.WARSHIP, count=1, det="epithet", noun="flagship")
    for at in line.where(sets["beside_her_alone"]):
        number = line.ending("number", at)
        first = at - 1 if number is None else number.first - 1  # "her two companions"
        if at not in taken and line.low(first) in _HERS and _stands_alone(line, at + 1):
            (start, end), several = line.span(first, at + 1), line.low(at).endswith("s")
            count = 1 if not several else number.data if number else None
            yield VesselMention(start, end, first, at + 1, type=VesselType.VESSEL, count=count, plural=several, det="consort", noun=line.low(at))
    for at in _openings(line, sets["epithets"], "nation"):
        word, first = line.low(at), _begin_of_epithet(line, at)
        hers = word in sets["guests"] and line.low(first) in _HERS and line.low(first - 1) != "as"  # "escorted its guests to their berth"
        if at in taken or (line.low(first) not in ("the", "both", "these", "those") and not hers):
            continue
        people = None if line.starting("type", at + 1) else line.starting("nation", at)  # "the Turkish patrol vessel"
        alone = (
            people and people.last <= at + 2 and (_stands_alone(line, people.last) or _done_to(line, first, word)) and "seas" not in line.words
        )  # "the Norwegian, North and Baltic Seas"
        nation = people.data if people and alone else None
        if (word not in sets["epithets"] and nation is None) or (word == "unit" and not _stands_alone(line, at + 1)):
            continue
        last = people.last if people and nation else at + 1  # "the South Koreans"
        start, end, word = *line.span(first, last), line.low(last - 1)
        plural = word.endswith("s") and not word.endswith("ss")
        number = line.ending("number", at) if first < at - 1 else None
        count = number.data if number else None if plural or (nation and word.endswith(_ONE_OR_SEVERAL)) else 1
        yield VesselMention(
            start,
            end,
            first,
            last,
            type=VesselType.VESSEL,
            country=nation,
            count=count,
            plural=plural,
            det="epithet",
            foreign=word in sets["guests"],
        )


def _done_to(line: Line, first: int, word: str) -> bool:
    """Whether a nation's people do something later, or a verb does it to them: "shadowed the Russians together with the cutter"."""
    later = line.low(first + 2) in _LATER
    if word.endswith("s"):
        return later or line.ending("trigger", first) is not None
    return later and line.starting("trigger", first + 3) is not None  # "The Russian then headed for the Baltic"


_LATER = frozenset(["then", "later", "soon", "now", "also", "both"])


_FLAGSHIP = frozenset(["flagship"])
_HERS = frozenset(["her", "its", "their"])
_EPITHET_TOKENS = 7
_ONE_OR_SEVERAL = ("ese", "sh", "ch")
"""Nations' adjectives that end so stand for one or for several: "the British", "the Chinese"."""


def _begin_of_epithet(line: Line, at: int) -> int:
    """The first token of "the 65,000-tonne giant", "the unwelcome visitor": the article in front of measures and plain adjectives."""
    lexicon, first = line.doc.lexicon, at - 1
    if line.ending("number", at) and line.low(at - 2) in ("the", "these", "those") and line.low(at).endswith("s"):
        return at - 2  # "the two sisters", "the two Russians"
    if line.low(at) not in lexicon.sets["epithets"] or line.low(at) == "unit":
        return first
    while first > max(at - _EPITHET_TOKENS, 0):
        low, text = line.low(first), line.text(first)
        if low in lexicon.sets["ranks"]:
            return at - 1  # "is the latest visitor to Falmouth"
        plain = (
            text.isalpha() and text.islower() and low not in lexicon.function and low not in lexicon.definite and not line.starting("trigger", first)
        )
        if not (plain or text.isdecimal() or text in ("-", ",")):
            break
        first -= 1
    return first


def _stands_alone(line: Line, at: int) -> bool:
    """Whether a nation's name is no adjective here: a verb, a mark or a preposition follows it."""
    return (
        _is_auxiliary(line, at)
        or line.low(at) in (",", ".", ";", "over", "on", "in", "as", "out", "through", "into", "off", "from", "to", "")
        or bool(line.starting("trigger", at))
    )


OTHER = frozenset(["other", "rest", "remainder", "last", "second", "third", "fourth", "fifth", "remaining"])
POINTS_BACK = OTHER | {"first"}
_PART_MARKS = frozenset([",", ":", ";", "and", "while", "but", "with", "–", "—", "("])


_NOT_WHERE = frozenset(["from", "for", "to", "by", "with", "of", "toward", "towards"])


def _at_place(line: Line, at: int) -> bool:
    """Whether a preposition of place and a place it leads to stand at a token: "one off Cyprus", but not "one from Russia"."""
    found = line.starting("preposition", at)
    return found is not None and line.low(at) not in _NOT_WHERE and any(line.starting("place", n) for n in range(found.last, found.last + 3))


def _others_elsewhere(line: Line, mentions: list[VesselMention], whole: VesselMention) -> Iterator[VesselMention]:
    """So many more ships at another place: "keeps eight warships in the Black Sea, one in the Sea of Azov and three in the Mediterranean"."""
    for at in range(whole.last + 1, line.size - 2):
        number = line.starting("number", at)
        count = 1 if line.low(at) == "another" else number.data if number and number.last == at + 1 else int(line.low(at)) if _digits(line, at) else 0
        if not count or line.low(at) == "one" or line.low(at - 1) not in _PART_MARKS or not _at_place(line, at + 1):
            continue
        if not any(m.first < at + 1 and at < m.last for m in mentions) and any(whole.last <= p.first < at for p in line.found("place")):
            start, end = line.span(at, at + 1)
            yield VesselMention(start, end, at, at + 1, type=VesselType.VESSEL, count=count, plural=count > 1, det="more")


_FURTHER = frozenset(["another", "others", "more", "second", "third", "fourth", "fifth", "sixth"])
_MORE_FRONT = _PART_MARKS | {"meanwhile", "then", "only"}


def _further(line: Line, mentions: list[VesselMention]) -> Iterator[VesselMention]:
    """Further ships of the sort told last, without a noun: "A third was off Malta", "two others, farther out, were seen on Wednesday"."""
    for at in line.where(_FURTHER):
        word, number = line.low(at), line.ending("number", at)
        first, last, count = at, at + 1, 1
        if word in ("others", "more"):
            if number is None or not isinstance(number.data, int):
                continue
            first, count = number.first, number.data
        elif word != "another":
            first = at - 1
            if line.low(first) != "a":
                continue
        front = line.low(first - 1) if first else ""
        if line.low(last) in line.doc.lexicon.sets["people"]:
            continue  # "Two more aircraft"
        if (
            (front and front not in _MORE_FRONT)
            or any(m.first < last and first < m.last for m in mentions)
            or not (_does_or_lies(line, last) or _goes_on_with(line, last))
        ):
            continue
        start, end = line.span(first, last)
        yield VesselMention(start, end, first, last, type=VesselType.VESSEL, count=count, plural=count > 1, det="more", word="further")


def _does_or_lies(line: Line, at: int) -> bool:
    """Whether a verb of movement, or a place, stands at a token or behind an aside that begins there."""
    comma = line.text(at) == ","
    if comma:
        at = next((n for n in range(at + 1, at + _MORE_ASIDE) if line.text(n) == ","), at) + 1
    while line.low(at) in line.doc.lexicon.sets["auxiliaries"] or line.low(at) in line.doc.lexicon.sets["adverbs"]:
        at += 1
        if line.starting("preposition", at) and _at_place(line, at):
            return True
    return bool(line.starting("trigger", at)) or _at_place(line, at)


_MORE_ASIDE = 8


def _digits(line: Line, at: int) -> bool:
    return line.low(at).isdecimal() and len(line.low(at)) < 3


_DAY_TOKENS = 6


def _one_behind_day(line: Line) -> int:
    """The token of a "one" that only words for a day stand in front of, else -1: "On 4 December, one passed the Bosphorus"."""
    at = next((n for n in range(1, _DAY_TOKENS) if line.low(n) == "one"), -1) if "one" in line.words else -1
    return at if at > 0 and only_day(line, at) and line.low(at + 1) not in ("day", "week") else -1


def parts(line: Line, mentions: list[VesselMention]) -> Iterator[VesselMention]:
    """Some of the ships counted before in the sentence: "two submarines, one off Crete, the other in Tartus", "the third remained in port"."""
    if len(line.found("place")) > 1:
        counted = next((m for m in mentions if m.plural and not m.name and m.count and m.count > 1 and not m.group), None)
        if counted:
            elsewhere = list(_others_elsewhere(line, mentions, counted))
            mentions = [*mentions, *elsewhere]
            yield from elsewhere
    if not _FURTHER.isdisjoint(line.words):
        yield from _further(line, mentions)
    if OTHER.isdisjoint(line.words) and "one" not in line.words:
        return
    whole = next((m for m in mentions if m.plural and not m.name and m.count and m.count > 1), None)
    of_whole = (
        whole is not None and line.low(0) == "of" and whole.first <= 3 and line.text(whole.last) == ","
    )  # "Of the two tankers, one docked at Oran"
    opening = 0 if line.low(0) == "one" else 1 if line.low(0) == "the" or line.lows[:2] == ["only", "one"] else _one_behind_day(line)
    for at in range(whole.last if whole else opening, line.size) if whole or opening >= 0 else ():
        word, later = line.low(at), bool(whole) or at > opening
        first = at if word == "one" else at - 1
        if (word != "one" and (word not in OTHER or line.low(first) != "the")) or (later and line.low(first - 1) not in _PART_MARKS):
            continue
        if later and not whole and (line.low(opening) != "one" or word != "other"):
            continue  # "One was off Crete, the other off Malta"
        verb = line.low(at + 1) in line.doc.lexicon.sets["be"] or line.low(at + 1) == "had" or bool(line.starting("trigger", at + 1))
        verb = verb and (
            line.low(first - 1) != "," or word != "one" or line.low(at + 1) in line.doc.lexicon.sets["be"] or of_whole or not later
        )  # "are there, one dry-docked"
        if line.low(at + 1) == "of" or not (verb or (later and _at_place(line, at + 1))):
            continue
        if not any(m.first < at + 1 and first < m.last for m in mentions):
            start, end = line.span(first, at + 1)
            rest = word in ("rest", "remainder")
            yield VesselMention(
                start, end, first, at + 1, type=VesselType.VESSEL, count=None if rest else 1, plural=rest, det="part", word="" if whole else "one"
            )
