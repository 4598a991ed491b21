"""Stage 1, quotes round names: a ship's name in quotes is read as one without, and quoted in the end as the text has it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import Lexicon

_MARKS = "\"“”„«»‘’'"
_DOUBLE = re.compile(r"[“\"„«]([^\s“”\"„«»\n][^“”\"„«»\n]{0,38}?)[,.;]?[”\"“»]")
_SINGLE = re.compile(r"(?<![\w’'])[‘']([^\s‘’'\n](?:[^‘’'\n]|(?<=\w)[’'](?=\w)){0,38}?)[,.;]?[’'](?![\w])")
_JOINS = re.compile(r",? (?:and )?(?:the )?")
_WORD = re.compile(r"[^\s-]+")
_SIGN = re.compile(r"[A-Z][\w -]{1,24}[- ][Cc]lass|\d{2,5}")  # a "Kilo-class" submarine, a cutter with the bow number "4305"
_NUMBER = re.compile(r"\bnumber(?:ed)?:? $")
_SMALL = frozenset(["of", "the", "de", "la", "le", "di", "da", "do", "dos", "del", "na", "al", "el", "und", "van", "der"])
_BEFORE = re.compile(r"([\w/.'’]+)(?:[ \t]+\([A-Z]{2,5}\))?[ \t]+$")  # "large landing ship (BDK) “X”"
_LOOKED_AT = 24


def unquoted(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> str:
    """The text, of the same length, with spaces for the quotes round what is a ship's name: one of the register, or one that words beside it show."""
    if not any(mark in text for mark in _MARKS):
        return text
    found = [m for pattern in (_DOUBLE, _SINGLE) for m in pattern.finditer(text) if _may_be_name(m[1]) or _SIGN.fullmatch(m[1])]
    if not found:
        return text
    shown = {m[1] for m in found if _is_shown(text, m, gazetteer, lexicon)}
    for one, then in pairwise(sorted(found, key=re.Match.start)):
        if one[1] in shown and _JOINS.fullmatch(text, one.end(), then.start()):
            shown.add(then[1])  # "the “Kama” and the “Lahav”"
    marks = [at for m in found if m[1] in shown for at in (m.start(), m.end() - 1)]
    if not marks:
        return text
    plain = list(text)
    for at in marks:
        plain[at] = " "
    return "".join(plain)


def _may_be_name(words: str) -> bool:
    """Whether every word has a capital or is a number, as in a name of a few words."""
    parts = _WORD.findall(words)
    return 0 < len(parts) <= 5 and parts[0][0].isupper() and all(w[0].isupper() or w[0].isdecimal() or w in _SMALL for w in parts)


def _is_shown(text: str, found: re.Match[str], gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Whether a quoted name is the register's, or words beside it say that it is a ship's: "frigate “X”", "“X”, a tanker"."""
    name = found[1]
    if _SIGN.fullmatch(name):
        return not name.isdecimal() or _NUMBER.search(text, max(found.start() - _LOOKED_AT, 0), found.start()) is not None
    first, _, rest = name.partition(" ")
    known = bool(gazetteer.vessels.named(name)) and not gazetteer.places.named(name)  # of a town's name the quotes make a ship's
    if known or (first in lexicon.prefixes and rest):
        return True
    kinds = _last_words(lexicon)
    before = _BEFORE.search(text, max(found.start() - _LOOKED_AT, 0), found.start())
    word = before[1] if before else ""
    if word in lexicon.prefixes or word.lower() in kinds or word.lower() in _SIGNS or word.lower().endswith(("-flagged", "-class")):
        return True
    aside = _KIND_BEFORE.search(text, max(found.start() - _LOOKED_AT, 0), found.start())
    if aside and aside[1].lower() in kinds:
        return True  # "two support ships, the “Ataman”"
    behind = _ASIDE.match(text, found.end())
    return behind is not None and any(w.lower() in kinds for w in _WORD.findall(behind[1]))


_SIGNS = frozenset(["sister", "sisters", "named", "christened"])
_KIND_BEFORE = re.compile(r"(\w+), (?:the |named |called )?$")
_ASIDE = re.compile(r",? \(?(?:an?|the) ((?:[\w-]+ ){0,3}[\w-]+)")


@lru_cache(maxsize=4)
def _last_words(lexicon: Lexicon) -> frozenset[str]:
    """The last words of what types of ships are called: "frigate", "carriers"."""
    return frozenset(surface.split()[-1] for surface in lexicon.types)


def told_span(original: str, plain: str, start: int, end: int) -> tuple[int, int]:
    """The span of a slice with the quote that its edge parts from the name inside: “Kama” left, and not Kama” left."""
    if original is plain:
        return start, end
    told, read = original[start:end], plain[start:end]
    taken = 0 if told == read else sum(a != b for a, b in zip(told, read, strict=True))
    if taken % 2 and start and original[start - 1] != plain[start - 1]:
        return start - 1, end
    if taken % 2 and original[end : end + 1] != plain[end : end + 1]:
        return start, end + 1
    return start, end
