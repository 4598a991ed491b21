"""Stage 1, lists of ships under a colon: "In the Baltic:" with a ship on each line below is read as one sentence, "In the Baltic: A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.gazetteer.lexicon import Lexicon

_COLON = re.compile(r":[ \t]{0,4}(?=\n)")
_ITEM = re.compile(r"(?:[ \t]*\n){1,2}[ \t]*(?:[-*•–·▪]|\d{1,2}[.)])[ \t]+([^\n]{2,100})(?=\n|$)")
_BARE = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*([^\n:]{2,60}?)[ \t]*(?=\n|$)")
_OF_LAND = re.compile(r"(?:[ \t]*\n){1,2}[ \t]*(?:[-*•–·▪][ \t]+)?([A-Z][\w .'’-]{1,24}?)(?:: | [–—-] | \()([^\n]{2,140})(?=\n|$)")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_HULL = re.compile(r"\((?:[A-Z]{1,4}[- ]?)?\d{1,4}\)|\b[A-Z]{1,3}[- ]?\d{2,4}\b")
_ASIDE = re.compile(r" ?,(?! and\b) | +[-–—] +")
_MOST, _LONGEST_HEAD = 30, 400


def run_on_lists(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """What parts the ships of such a list, each with the mark of a list within a sentence that stands for it."""
    at = 0
    while colon := _COLON.search(text, at):
        head, at = text[max(text.rfind("\n", at, colon.start()) + 1, colon.start() - _LONGEST_HEAD, 0) : colon.start()], colon.end()
        by_nation = _by_nation(text, at, head, lexicon)
        items = by_nation or _items(text, at, _ITEM, lexicon) or _items(text, at, _BARE, lexicon)
        if not items or (len(items) == 1 and not _ITEM.match(text, at)) or not _leads_ships(head.rsplit(". ", 1)[-1], lexicon):
            continue
        for number, (start, end, last) in enumerate(items):
            before = items[number - 1][2] if number else start
            yield before, end, " " if not number else " and " if number == len(items) - 1 else ", "
            if not by_nation and (aside := _ASIDE.search(text, end, last)):
                yield *aside.span(), " ("  # "HMS Kent, Type 23 frigate", "Ivan Gren – landing ship"
                yield last, last, ")"
        at = items[-1][2]
        if text[at : at + 1] not in (".", ";"):
            yield at, at, "."


def _leads_ships(head: str, lexicon: Lexicon) -> bool:
    """Whether a line before a colon may tell where ships are or what they did; those of a section, "In port:", are read as headings."""
    words = [word for word in map(str.lower, _WORD.findall(head)) if word not in lexicon.months]
    plain, sets = " ".join(words), lexicon.sets
    sections = (sets[name] for name in ("section_arrivals", "section_departures", "section_in_port", "section_at_sea", "section_passages"))
    phrases = [phrase for phrases in sections for phrase in phrases]
    if any(plain == phrase or (plain.startswith(f"{phrase} ") and phrase[-2:] != "ed") or plain.endswith(f" {phrase}") for phrase in phrases):
        return False
    return bool(words)


def _items(text: str, at: int, pattern: re.Pattern[str], lexicon: Lexicon) -> list[tuple[int, int, int]]:
    """The lines of a list from an offset on: where what parts them begins and ends, and their own end. Empty where one is no mere ship."""
    items = list[tuple[int, int, int]]()
    while len(items) < _MOST and (found := pattern.match(text, at)):
        if not _is_ship(found[1], lexicon):
            return [] if pattern is _ITEM else items
        items.append((found.start(), found.start(1), found.start(1) + len(found[1].rstrip(" \t;,."))))
        at = found.end()
    return items


def _by_nation(text: str, at: int, head: str, lexicon: Lexicon) -> list[tuple[int, int, int]]:
    """The lines of a list of participants, each behind the name of its land: "- China: destroyer Baotou, supply ship Gaoyouhu"."""
    if lexicon.sets["participants"].isdisjoint(map(str.lower, _WORD.findall(head))):
        return []
    items = list[tuple[int, int, int]]()
    while len(items) < _MOST and (found := _OF_LAND.match(text, at)):
        if _is_ship(found[1], lexicon) or not _is_ship(found[2], lexicon):
            break
        items.append((found.start(), found.start(2), found.start(2) + len(found[2].rstrip(" \t;,."))))
        at = found.end()
    return items if len(items) > 1 else []


def _is_ship(item: str, lexicon: Lexicon) -> bool:
    """Whether a line is a ship's name with no more than what she is: a prefix, a type or a number beside it, no verb, no day, no place of her own."""
    words = _WORD.findall(item)
    lows = {word.lower() for word in words}
    known = any(word in lexicon.prefixes for word in words) or any(low in lexicon.types for low in lows) or _HULL.search(item)
    if not known or item[0].isdecimal() or item.rstrip()[-1:] in ":?!" or ". " in item or not any(word[0].isupper() for word in words):
        return False
    if (aside := _ASIDE.search(item)) and not _says_what(item[aside.end() :], lexicon):
        return False  # "HMS Kent – Baltic Sea"
    own = lexicon.sets["auxiliaries"] | lexicon.sets["tells_more_in_list"]
    return lows.isdisjoint(own) and lows.isdisjoint(lexicon.months) and lows.isdisjoint(lexicon.weekdays)


def _says_what(aside: str, lexicon: Lexicon) -> bool:
    """Whether an aside says what a ship is: her type, class, project or number."""
    lows = {word.lower() for word in _WORD.findall(aside)}
    return any(low in lexicon.types for low in lows) or not lows.isdisjoint(_CLASSES) or _HULL.search(aside) is not None


_CLASSES = frozenset(["class", "project", "type"])
