"""Stage 2, ships told by the number on their side alone: "frigate 542", "a destroyer with hull number 117", "two ships numbered 2301 and 2501"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.kinds import VesselType
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_PENNANT, _ANY_NUMBER = re.compile(r"\d{3,5}"), re.compile(r"\d{1,5}")
_LETTERS = re.compile(r"[A-Z]{1,4}")
_OPENS_ASIDE = frozenset([",", "("])
_INTRO_TOKENS = 6
_BEHIND_NUMBER = frozenset(
    [",", ".", ";", ":", ")", "(", "-", "–", "—", "", "and", "or", "as", "that", "which", "who", "while", "but", "also", "both"]
)


def pennant_behind(line: Line, at: int, *, bare: bool) -> tuple[str, int] | None:
    """The number on the side of the ship whose phrase ends at a token, and the token behind it; `bare`: no article stands in front."""
    if not line.numerals:
        return None
    if _PENNANT.fullmatch(line.text(at)) and line.low(at + 1) not in line.doc.lexicon.sets["units"]:
        if bare and (_is_year_or_size(line, at) or not _ends_phrase(line, at + 1)):
            return None
        return line.text(at), at + 1  # "coast guard ship 5901"
    begin = _introduced(line, at) if line.text(at) != "(" else None  # what brackets hold is read with names
    if begin is None or _is_year_or_size(line, begin):
        return None
    behind = _behind_pennant(line, begin) or begin + 1
    aside = line.text(at) == "," == line.text(behind)
    return line.doc.text[line.starts[begin] : line.ends[behind - 1]], behind + aside  # "a spy ship, hull number 796, …"


def _ends_phrase(line: Line, at: int) -> bool:
    """Whether a phrase can end in front of a token: a mark, a verb or a little word stands there, and no noun that is counted."""
    low = line.low(at)
    if low in _BEHIND_NUMBER or low in line.doc.lexicon.sets["auxiliaries"] or low in line.doc.lexicon.sets["adverbs"]:
        return True
    return line.starting("trigger", at) is not None or line.starting("preposition", at) is not None


def _introduced(line: Line, at: int) -> int | None:
    """The number that words behind a ship say is on her side: "with hull number 117", "numbered 156", "(bow number 3105)"."""
    sets = line.doc.lexicon.sets
    n = at + (line.text(at) in _OPENS_ASIDE)
    n += line.low(n) in sets["bears_number"]
    n += line.low(n) in ("the", "a", "their", "its", "her")
    n += line.low(n) in sets["number_where"]
    if line.low(n) not in sets["number_told"] or n - at > _INTRO_TOKENS:
        return None
    n += 1
    n += line.text(n) in (".", ":")
    plain = _ANY_NUMBER.fullmatch(line.text(n)) is not None
    return n if (plain and line.low(n + 1) not in sets["units"]) or (not plain and _behind_pennant(line, n)) else None


def by_number(line: Line, head: VesselMention) -> list[VesselMention]:
    """Ships told by their pennant numbers: "two other CCG ships, 3502 and 3103, …", "two frigates with hull numbers 538 and 542"."""
    if not line.numerals or not head.plural or head.group:
        return []
    at = head.last + (line.text(head.last) in (",", "(", ":", "–", "—"))
    at += line.low(at) == "the" and at > head.last  # "four cutters—the 3063, 3064, 3302 and 3105"
    borne = False
    if not _PENNANT.fullmatch(line.text(at)):
        introduced, borne = _introduced(line, head.last), line.low(at) in line.doc.lexicon.sets["bears_number"]
        if introduced is None:
            return []
        at = introduced
    ships = numbered_ships(line, at, changed(head, hull=None, plural=False, count=1, det="name"), lettered=True)
    if borne and all((ship.hull or "").isdecimal() and line.doc.text.count(ship.hull or "") < _TOLD_TWICE for ship in ships):
        return []  # "four ships with the hull numbers …", of whom the text goes on to speak as one
    if len(ships) < 2 or head.count not in (None, len(ships)):
        return []
    return [changed(ships[0], first=head.first), *ships[1:]]  # "the destroyer A and the frigates 333 and 343": one list


def numbered_ships(line: Line, at: int, like: VesselMention, *, lettered: bool = False) -> list[VesselMention]:
    """A list of ships of which nothing but pennant numbers is told, from a token on."""
    ships: list[VesselMention] = []
    while at < line.size and (behind := _behind_pennant(line, at)) and (lettered or behind == at + 1):
        start, end = line.span(at, behind)
        ships.append(changed(like, start=start, end=end, first=at, last=behind, hull=line.doc.text[start:end], attributes=()))
        at = behind
        while line.low(at) in (",", "and", "&"):
            at += 1
    return ships


def _behind_pennant(line: Line, at: int) -> int:
    """The token behind a pennant number, with its letters or without: "2301", "P-1214"; zero where none stands."""
    if _PENNANT.fullmatch(line.text(at)):
        return 0 if _is_year_or_size(line, at) else at + 1
    lettered = _LETTERS.fullmatch(line.text(at)) and line.text(at + 1) == "-" and _PENNANT.fullmatch(line.text(at + 2))
    return at + 3 if lettered and line.starts[at + 2] == line.ends[at] + 1 else 0


def _is_year_or_size(line: Line, at: int) -> bool:
    """Whether a number is a part of a larger one or of a measure, or may be a year."""
    behind = line.low(at + 1)
    larger = line.text(at + 1) == "," and line.text(at + 2).isdecimal() and line.ends[at + 1] == line.starts[at + 2]
    return larger or behind in line.doc.lexicon.sets["units"] or (line.text(at).startswith(("19", "20")) and len(line.text(at)) == 4)


_TOLD_TWICE = 2


def told_again(line: Line, taken: set[int]) -> Iterator[VesselMention]:
    """A ship by the number alone that the text has told as hers: "The 3304 left on Tuesday", "By Friday 5901 was off Luzon"."""
    if not line.numerals or not line.doc.side_numbers:
        return
    for at, text in enumerate(line.texts):
        if text not in line.doc.side_numbers or at in taken or _is_year_or_size(line, at) or not _ends_phrase(line, at + 1):
            continue
        if line.doc.text.count(text) < _TOLD_TWICE or line.text(at - 1) in ("-", "–", ".", "/", "№") or line.low(at + 1) == "-":
            continue
        first = at - (line.low(at - 1) == "the")
        yield VesselMention(*line.span(first, at + 1), first, at + 1, type=VesselType.VESSEL, hull=text, count=1, det="name")
