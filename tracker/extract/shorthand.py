"""Stage 1, shorthand of posts and notes: "2x Kilo", "12 nm W of Crete", "A + B", a nation's flag: read as if they were written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tracker.gazetteer.lexicon import Lexicon

_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
_SIDE = re.compile(r"(?<![\w.&'’-])(?:[NS]{1,2}[EW]|[EW][NS][EW]|[NSEW])(?= of (?:the )?[A-Z])")
"""A side of the compass in front of a place: "S of Crete", "60 nm WNW of the Azores"."""
_TIMES = re.compile(r"(?<![\w.,/-])(\d{1,2}) ?[x×](?= ?(?:[A-Z]|[a-z]{3}))(?! ?\d)(?: (?=\w))?")
"""A count in front of what is counted: "2x Kilo", "1 x tug"."""
_TIMES_BEHIND = re.compile(r"(?<=[\w)]) ?\(?[x×](\d{1,2})\b\)?(?![.,]?\d)")
_COUNTED = re.compile(r"[A-Z][\w-]*(?:[ /-][A-Z0-9][\w-]*){0,2}$|[a-z]+(?: [a-z]+)?$")
"""A count behind what is counted: "Buyan-M x3", "Steregushchiy class (x2)"."""
_PLUS = re.compile(r"(?<=[\w)\"”]) ?\+ ?(?=[A-Z]|\d{1,2} |a |an |the |one |two |three |tug|oiler|tanker|sub)")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2} ?")
_PICTURE = re.compile(
    "(?<=\\S)(?: *(?:(?![\u2190-\u21ff])[\u2300-\u23ff\u2600-\u2712\u2719-\u2793\U0001f000-\U0001f1e5\U0001f200-\U0001faff\ufe0f\u200d])+)+"
)
_ARROW = re.compile(r"(?: ?[:–-])? *(?:[➡→⟶⇒]\ufe0f?|->|=>|>>) *(?=[A-Z])")
"""An arrow between places, or behind a ship's name: "Port Said → Novorossiysk"."""
_WAY = re.compile(r"(?P<from>(?:(?<=: )|(?<=- )|(?<=– )|(?<=\. )|^)(?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}))$")
_BOUND = re.compile(r"\b([NSEW])['’-]?bound\b")
"""A direction: "N'bound", "Sbound"."""
_AMPERSAND = re.compile(r"(?<=[\w)]) & (?=[A-Z]|the |her |a )")
_WITH = re.compile(r"\bw/ ?(?=[A-Za-z0-9])")


def shorthand(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The shorthand of a text and the words for it."""
    for found in _SIDE.finditer(text) if " of " in text else ():
        yield *found.span(), _side(found[0])
    if "x" in text or "×" in text:
        yield from _counts(text, lexicon)
    if "+" in text:
        yield from ((*found.span(), " and ") for found in _PLUS.finditer(text))
    yield from _arrows(text)
    if "bound" in text:
        yield from ((*found.span(), f"{_SIDES[found[1]]}bound") for found in _BOUND.finditer(text))
    if " & " in text:
        yield from ((*found.span(), " and ") for found in _AMPERSAND.finditer(text))
    if "w/" in text:
        yield from ((*found.span(), "with ") for found in _WITH.finditer(text))
    if not text.isascii():
        yield from ((*found.span(), _of_flag(lexicon)(found)) for found in _FLAG.finditer(text))
        yield from ((*found.span(), "") for found in _PICTURE.finditer(text))


def _side(letters: str) -> str:
    """A side of the compass in words: "S" is south, "NNE" the north-east."""
    if len(letters) == 1:
        return _SIDES[letters]
    last, first = letters[-1], next(letter for letter in letters if letter in ("NS" if letters[-1] in "EW" else "EW"))
    north, east = (first, last) if last in "EW" else (last, first)
    return f"{_SIDES[north]}-{_SIDES[east]}"


def _counts(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Counts with a sign of multiplication, in front of what is counted or behind it; the figure stands in front."""
    for found in _TIMES.finditer(text):
        yield *found.span(), f"{found[1]} "
    for found in _TIMES_BEHIND.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        what = _COUNTED.search(text, max(line, found.start() - 40), found.start())
        if what is None or found[1] == "0":
            continue
        yield what.start(), what.start(), f"{found[1]} "
        yield *found.span(), ""


def _arrows(text: str) -> Iterator[tuple[int, int, str]]:
    """Arrows from one place to the next: "from Port Said to Novorossiysk"; behind anything else they only say where a ship is bound."""
    for arrow in _ARROW.finditer(text) if ">" in text or not text.isascii() else ():
        begin = max(text.rfind("\n", 0, arrow.start()) + 1, arrow.start() - 60)
        if arrow.start() == begin:
            continue  # the mark of a list
        way = _WAY.search(text, begin, arrow.start())
        if way and way.start("from") > begin and not _SEA.match(text, arrow.end()):
            yield way.start("from"), way.start("from"), "from "
            yield *arrow.span(), " to "
        else:
            yield *arrow.span(), " bound for "


_SEA = re.compile(r"(?:the )?(?:[A-Z]\w{2,15} )?(?:Sea|Ocean|Gulf|Med|Mediterranean|Baltic|Aegean|Marmara|Atlantic|Pacific|Kattegat|Skagerrak)\b")
"""Waters: what stands in front of the arrow to them is a ship, and no port."""


def _of_flag(lexicon: Lexicon) -> Callable[[re.Match[str]], str]:
    """What stands for a flag: the nation's adjective in front of a word for a ship, else nothing."""

    def told(flag: re.Match[str]) -> str:
        code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag[0].rstrip())
        behind = flag.string[flag.end() : flag.end() + 40].split()
        words = [word.strip(",.:;").lower() for word in behind[:2]]
        ship = any(" ".join(words[:size]) in lexicon.types for size in (1, 2))
        return f"{lexicon.adjective_of[code]} " if ship and code in lexicon.adjective_of else ""

    return told
