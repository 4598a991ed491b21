"""Stage 6, what stands between two places of one verb: marks of a list, days, and the words by which a voyage goes on from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tracker.domain.kinds import PlaceKind
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.mention import capital_run
from tracker.extract.scene import Scene

_HOMEWARD = (["way", "home"], ["way", "back"], ["return", "voyage"], ["return", "journey"], ["homeward", "voyage"])
"""Of "on the way home", between two ports of call."""


def only_small(line: Line, first: int, last: int, dates: Sequence[DateMention]) -> bool:
    """Whether only little words, marks and the given dates stand between two tokens, with a mark of a list where a date stands."""
    aside = next((range(n, n + 4) for n in range(first, last - 3) if line.low(n) == "on" and line.lows[n + 2 : n + 4] in _HOMEWARD), range(0))
    words = [(n, line.low(n)) for n in range(first, last) if n not in aside and not any(d.start <= line.starts[n] < d.end for d in dates)]
    small = line.doc.lexicon.sets["between_stops"]
    return all(w in small or line.ending("preposition", n + 1) is not None for n, w in words) and (
        not dates or any(w in (",", "and", "then", ";") for _, w in words)
    )


_LISTS = frozenset(
    [
        ",",
        ";",
        "and",
        "then",
        "most",
        "recently",
        "finally",
        "lastly",
        "last",
        "eventually",
        "ultimately",
        "in",
        "at",
        "the",
        "to",
        "into",
        "through",
        "across",
        "all",
        "way",
        "northern",
        "southern",
        "eastern",
        "western",
        "off",
        "next",
        "later",
        "of",
        "port",
        "island",
        "city",
    ]
)
_NEARNESS = frozenset(["near", "around"])
_ALTERNATIVES = frozenset(["or", "nor"])


def lists_on(line: Line, first: int, last: int, *, denied: bool = False) -> bool:
    """Whether only marks of a list, and what opens the next place, stand between two places; of what is denied "or" is such a mark too."""
    first = _behind_purpose(line, first, last)
    nations = {n for f in line.found("nation") for n in range(f.first, f.last)}
    held = nations | {n for f in line.found("place") for n in range(f.first, f.last)}  # "at Haakonsvern in Norway, Lisbon and Rota"
    near = next((n for n in range(last - 1, first, -1) if n not in nations and line.low(n) not in ("the", "port", "of", "island")), last)
    if line.low(near) in _NEARNESS and "and" in line.lows[first:near]:
        held.add(near)  # "off Constanta and, later, near the port of Poti"
    if line.low(last - 2) == "the" and line.low(last - 1) in line.doc.lexicon.sets["before_place"]:
        held.add(last - 1)  # "in the Red Sea, the disputed South China Sea and the Gulf of Oman"
    told = [line.low(n) for n in range(first, last) if n not in held]
    too = told[told[:1] == [","] :]
    words = {",", *too[3:]} if too[:3] == ["as", "well", "as"] else set(told)  # "patrolled the Mediterranean as well as the Black Sea"
    joins = {",", ";", "and", *(_ALTERNATIVES if denied else ())}
    return not joins.isdisjoint(words) and words <= (_LISTS | joins | line.doc.lexicon.sets["place_epithets"])


_PURPOSE_TOKENS = 6


def _behind_purpose(line: Line, first: int, last: int) -> int:
    """The comma that closes what a port was called at for, "called at Malta, for repairs, and at Oran"; else the token behind the port."""
    if line.text(first) != "," or line.low(first + 1) not in ("for", "after"):
        return first
    close = next((n for n in range(first + 2, min(first + 2 + _PURPOSE_TOKENS, last)) if line.text(n) == ","), first)
    return close if line.low(close + 1) == "and" else first


_PHRASES = (
    (("as", "well", "as"), ("and",)),
    (("but", "also"), ("and",)),
    (("followed", "by"), ("then",)),
    (("from", "there"), ("then",)),
    (("after", "that"), ("then",)),
    (("after", "which"), ("then",)),
    (("at", "sea"), ()),
    (("the", "way", "home"), ("return",)),
    (("the", "way", "back"), ("return",)),
    (("the", "way", "out"), ("return",)),
    (("the", "way", "there"), ("return",)),
    (("the", "way", "north"), ("return",)),
    (("the", "way", "south"), ("return",)),
)
"""Phrases between two stations, and the one word as which they count there."""


def leads_on(scene: Scene, first: int, last: int, *, spent: bool = False) -> bool:
    """Whether tokens first..last-1 only lead on from one station of a voyage to the next: ", after a week at sea," "on the way home".

    `spent`: a number stands for the time spent there, "three days in Rota and four in Malta", and for no other ships.
    """
    line, lexicon = scene.line, scene.line.doc.lexicon
    if not 0 < last - first <= _GAP_TOKENS:
        return False
    dated = {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    words = _shortened([line.low(n) for n in range(first, last) if n not in dated])
    if lexicon.sets["leads_on"].isdisjoint(words):
        return False
    known = lexicon.sets["leads_on"] | lexicon.sets["between_stops"] | lexicon.sets["between_stations"]
    timed = not _SPANS.isdisjoint(words)
    if "after" in words and any(a in _SPANS and b in _LIES for a, b in pairwise(words)):
        return False  # "arrived in Gibraltar after a week in Lisbon"
    return all(w in known or ((spent or timed) and (w in lexicon.numbers or w.isdecimal())) for w in words)


_LIES = frozenset(["in", "off", "at", "of"])
_SPANS = frozenset(["hours", "day", "days", "night", "nights", "week", "weeks", "month", "months"])


def ends_station(scene: Scene, at: int) -> bool:
    """Whether a token behind a place opens no clause of which the place is the subject or the scene: "and, a week later, Malta had her in"."""
    line = scene.line
    if not line.text(at).isalpha() or any(line.at_offset(d.start) == at for d in scene.dates):
        return True
    return line.low(at) in line.doc.lexicon.sets["behind_station"] or line.starting("preposition", at) is not None


_GAP_TOKENS = 16


def _shortened(words: list[str]) -> list[str]:
    """Words with each known phrase put as the one word as which it counts."""
    short, at = list[str](), 0
    while at < len(words):
        found = next(((p, as_) for p, as_ in _PHRASES if tuple(words[at : at + len(p)]) == p), None)
        short += found[1] if found else words[at : at + 1]
        at += len(found[0]) if found else 1
    return short


def end_of_land(line: Line, at: int) -> int:
    """The end of the name of a land or province that begins at a token; zero where none does."""
    entries = line.doc.gazetteer.places.entries
    if (known := line.starting("place", at)) is not None:
        return known.last if entries[known.data[0]].kind in _PROVINCES else 0
    dated = line.low(at) in line.doc.lexicon.months or line.low(at) in line.doc.lexicon.weekdays
    return 0 if dated or line.begins(_SHIPS, at) or not line.text(at)[:1].isupper() else capital_run(line, at)


_SHIPS = frozenset(["vessel", "prefix", "nation", "navy", "type"])
_PROVINCES = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND])
