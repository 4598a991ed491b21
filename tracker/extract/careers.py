"""Stage 6, lives: what tells of a ship's or somebody's whole life, and of no movement now: careers, ships that are museums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene

_SPAN_LEADS = frozenset(["during", "over", "throughout", "in", "since", "across"])
_LAUNCHED = frozenset(["launched", "launching", "launch", "commissioned", "commissioning", "delivered", "delivery"])
_LIFE_TOKENS = 9
_BESIDE_MUSEUM = re.compile(r"\b(?:beside|near|next|alongside|opposite|visits?|visited|from|hms|uss|hmas|hmcs)\b")
_MUSEUM, _WORD = re.compile("museum"), re.compile(r"\w+")
_NEAR_CHARACTERS = 60


def tells_career(line: Line) -> bool:
    """Whether a sentence sums up a ship's life: "Since she was launched in 1968 she has …", "Over its three decades of service, it has …"."""
    if line.low(0) not in _SPAN_LEADS:
        return False
    opening = line.lows[1:_LIFE_TOKENS]
    if line.low(0) == "since":
        return not _LAUNCHED.isdisjoint(opening)
    return "career" in opening or ("service" in opening and not {"decades", "years"}.isdisjoint(opening))


def tells_in_general(line: Line) -> bool:
    """Whether a sentence tells what ships do at all times, did in a war of old or do in a book: "In peacetime HMS Kent patrols the Channel"."""
    return line.holds(line.doc.lexicon.sets["in_general"])


_LONG_YEARS, _SINCE_TOKENS = 6, 8


def since_long_ago(line: Line, first: int) -> bool:
    """Whether ships are told behind a token, or anywhere, to be where they are for so many years: "has been moored on the Thames since 1971"."""
    published = line.doc.published
    if "since" not in line.words or published is None:
        return False
    end = min(first + _SINCE_TOKENS, line.size) if first else line.size
    at = next((n for n in range(first, end) if line.low(n) == "since"), None)
    year = line.low(at + 1) if at is not None else ""
    return len(year) == len("1971") and year.isdecimal() and 0 < int(year) <= published.year - _LONG_YEARS


def is_museum(scene: Scene, actors: Group) -> bool:
    """Whether ships lie where they do because they are museums: "You cannot miss HMS Belfast: she is moored in London", where a text says so."""
    if scene.dates or not scene.line.doc.says("museum"):
        return False
    name = actors.vessels[0].name
    return bool(name) and len(actors.vessels) == 1 and _is_told_museum(scene.line.doc.low, (name or "").lower())


def _is_told_museum(text: str, name: str) -> bool:
    """Whether a ship's name and "museum" stand near each other in a text, and no word that makes the museum another's."""
    museums = _museums(text)
    if name not in museums.told:
        museums.told[name] = any(_is_hers(front, behind, name) for front, behind in museums.near.get(_first_word(name), ()))
    return museums.told[name]


@dataclass(slots=True)
class _Museums:
    """What a text tells of museums: what stands in front of and behind the word, by each word there, and of which names it is known already."""

    near: dict[str, list[tuple[str, str]]]
    told: dict[str, bool]


@lru_cache(maxsize=2)
def _museums(text: str) -> _Museums:
    """The museums of a text, looked for once: a text may speak of thousands, and of as many ships."""
    near: dict[str, list[tuple[str, str]]] = {}
    for found in _MUSEUM.finditer(text):
        beside = text[max(found.start() - _NEAR_CHARACTERS, 0) : found.start()], text[found.start() : found.start() + _NEAR_CHARACTERS]
        for word in {*_WORD.findall(beside[0]), *_WORD.findall(beside[1])}:
            near.setdefault(word, []).append(beside)
    return _Museums(near, {})


def _first_word(name: str) -> str:
    found = _WORD.search(name)
    return found[0] if found else ""


def _is_hers(front: str, behind: str, name: str) -> bool:
    told = front.rfind(name)
    if told >= 0 and not _BESIDE_MUSEUM.search(front[told:]) and "." not in front[told:]:
        return True
    told = behind.find(name)
    return told >= 0 and "." not in behind[:told] and "beside" not in behind[:told]
