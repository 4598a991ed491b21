"""Stage 3, logs: whether a text is kept as one, whose it is, and the strait or port that it watches."""

from __future__ import annotations

import re

from tracker.extract.dates import DateMention
from tracker.extract.line import Line, Text
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.places import find_places
from tracker.extract.scene import Group
from tracker.extract.worth_reading import MONTH

_DAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\\s*)"
_NTH = "\\d{1,2}(?:st|nd|rd|th)?"
_ENTRY = re.compile(rf"[;\n][ \t]*(?:[-*•]\s*)?(?:{_DAY}(?=[:–—-])|{_DAY}?{_NTH}(?:-{_NTH})?\s*{MONTH}|{_DAY}?{MONTH}[a-z]*\.?\s+\d{{1,2}})")


def opens_with_one(groups: list[Group]) -> bool:
    """Whether a sentence opens with one named vessel."""
    return bool(groups) and groups[0].first <= 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name)


_LOGS = frozenset(["log", "logbook", "diary", "journal"])


def titles_log(line: Line, groups: list[Group]) -> bool:
    """Whether a title says whose log a text is: "Log of the survey ship Enterprise"."""
    return len(groups) == 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name) and not _LOGS.isdisjoint(line.words)


def is_log(doc: Text) -> bool:
    """Whether the text is kept as a log: at least three of its blocks or clauses open with a day."""
    return len(_ENTRY.findall(f"\n{doc.low}")) >= 3


WATCHED_LINES = 3


def watched(lines: list[tuple[int, Line]], mentions: dict[int, list[VesselMention]]) -> PlaceMention | None:
    """The one strait or port that the head of a log names: whatever passes, comes or goes there is told without it below."""
    titled = [p for number, line in lines[:1] if number == 0 for p in find_places(line, mentions[number]) if p.is_port or p.is_passage]
    if len({p.name for p in titled}) == 1:
        return titled[0]  # "Ship movements at Gibraltar, week ending 15 December"
    head = [p for number, line in lines[:WATCHED_LINES] if number < WATCHED_LINES for p in find_places(line, mentions[number]) if p.entry]
    passages, ports = {p.name: p for p in head if p.is_passage}, {p.name: p for p in head if p.is_port}
    return next((next(iter(named.values())) for named in (passages, ports) if len(named) == 1), None)


_OPENS_PROSE = frozenset(["in", "all", "over", "during", "since", "between", "from", "earlier", "later", "last", "this", "next"])


def opens_log(line: Line, kind: str, first: DateMention) -> bool:
    """Whether a date opens an entry of a log, and so holds for all of it: "18 Feb – Slipped from Toulon. …"."""
    behind = line.low(line.at_offset(first.end))
    if line.low(0) in _OPENS_PROSE:
        return False  # "In the autumn, …", "Earlier this month, …"
    if kind != "bullet" and behind == "," and first.kind == "relative":
        return False  # "Today, the minister announced that …"
    return line.at_offset(first.start) == 0 and (kind == "bullet" or behind in (",", ":", "-", "–", "—", "."))
