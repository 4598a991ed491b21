"""Stage 1, days that a log tells short: "11 – Sailed" under "April", "March: 3: Rota. 9: Malta" and "Mon 5/8." are read with their months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.extract.calendar_words import MONTH, WEEKDAY_WORD

_FULL = rf"{MONTH}(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
_DAYS = rf"[0-3]?\d(?:st|nd|rd|th)?(?:\s?(?:-|–|/|&|to|and)\s?(?:{WEEKDAY_WORD}[,.]? )?[0-3]?\d(?:st|nd|rd|th)?)?"
_WEEKDAY = rf"(?:{WEEKDAY_WORD}[,.]? ?)"
_WEEKDAY_WITHIN = re.compile(rf"(?<=[-–/&\s])({WEEKDAY_WORD}[,.]? )(?=\d)", re.IGNORECASE)
_HEADING = re.compile(rf"^[ \t#*]*({_FULL})(?:,? ((?:19|20)\d\d))?[ \t]*:?[ \t*]*$", re.IGNORECASE | re.MULTILINE)
_BARE_DAY = re.compile(rf"^[ \t•*-]*{_WEEKDAY}?({_DAYS})(?=(?: [–—-]|:)[ \t])", re.IGNORECASE | re.MULTILINE)
_CHRONICLE = re.compile(rf"^[ \t•*-]*({_FULL})(?: ((?:19|20)\d\d))?(?::| [–—-])[ \t]+(?={_DAYS}(?::| [–—-])[ \t])", re.IGNORECASE | re.MULTILINE)
_NEXT_DAY = re.compile(rf"(?:(?<=[.;,]) |(?<=[.;,]\)) )({_DAYS})(?=(?::| [–—-]) )", re.IGNORECASE)
_RUN_ON = re.compile(rf"(?<=[.;]) (?=(?:{_DAYS} {_FULL}|{_FULL} {_DAYS})(?: ?:| [–—-]) )", re.IGNORECASE)
_FIGURES = re.compile(rf"^[ \t•*-]*({_WEEKDAY}?)([0-3]?\d)/([0-3]?\d)([.:]?)(?=\s)", re.IGNORECASE | re.MULTILINE)
_BARE_ENTRY = re.compile(
    rf"^[ \t•*-]*[0-3]?\d(?:(?: ?(?:-|–|/|to) ?)[0-3]?\d)?( ?)({MONTH}[a-z]{{0,6}}\.?)((?: ?(?:19|20)\d\d)?)"
    rf"(?=[ \t]+[^\W\d])(?![ \t]+(?:{MONTH}|to|and|until)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ONE = rf"[0-3]?\d(?:st|nd|rd|th)? ?{_FULL}"
_PLACE_FIRST = re.compile(
    rf"^[ \t•*|-]*([A-ZÀ-Þ][^\W\d_][^\d\n:;–|]{{1,36}}?)[ \t]*[,:|]?[ \t]+\(?(?:({_ONE})|([–—-]))[ \t]*[/|][ \t]*"
    rf"(?:({_ONE})|([–—-]))(?=[ \t)|.;]|$)\)?",
    re.IGNORECASE | re.MULTILINE,
)
"""A port with the days on which ships came in and left: "Da Nang 1 Oct / 4 Oct", "Kure – / 20 Sep"."""
_NAMES = ("", *["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"])
_FEWEST, _YEAR_MONTHS, _ENTRY_CHARS = 3, 12, 120
"""So few days told short are none of a log's."""


def log_days(text: str) -> Iterator[tuple[int, int, str]]:
    """What makes the short days of a log whole: the month behind its number, and a line of its own for each entry."""
    yield from _under_months(text)
    yield from _in_chronicles(text)
    yield from _run_on(text)
    if "/" in text:
        yield from _in_figures(text)
    yield from _without_mark(text)
    yield from _place_first(text)


def _under_months(text: str) -> Iterator[tuple[int, int, str]]:
    """The month of a heading behind the days that open the lines under it: "April", then "24-28 – Singapore"."""
    headings = list(_HEADING.finditer(text))
    if not headings:
        return
    ends = [m.start() for m in headings[1:]] + [len(text)]
    found = [(heading, list(_BARE_DAY.finditer(text, heading.end(), end))) for heading, end in zip(headings, ends, strict=True)]
    if sum(len(days) for _, days in found) < _FEWEST:
        return
    for heading, days in found:
        if _goes_up([int(re.match(r"\d+", m[1])[0]) for m in days]):  # type: ignore[index]  # the pattern opens with a figure
            month = f" {heading[1].rstrip('.')}" + (f" {heading[2]}" if heading[2] else "")
            yield from ((m.end(1), m.end(1), month) for m in days)
            yield from ((*w.span(1), "") for m in days for w in _WEEKDAY_WITHIN.finditer(text, m.start(1), m.end(1)))


def _goes_up(days: Sequence[int]) -> bool:
    """Whether days follow each other, as the numbers of a list that begins with one in every month do not: then they are the list's."""
    return list(days) == sorted(days) and (len(days) < _FEWEST or list(days) != list(range(1, len(days) + 1)))


def _in_chronicles(text: str) -> Iterator[tuple[int, int, str]]:
    """The month that opens a line behind each day of it, every day on a line of its own: "March: 4-7: Rota, Spain. 9: Gibraltar"."""
    for opening in _CHRONICLE.finditer(text):
        end = text.find("\n", opening.end())
        end = len(text) if end < 0 else end
        month = f" {opening[1].rstrip('.')}" + (f" {opening[2]}" if opening[2] else "")
        first = re.compile(_DAYS, re.IGNORECASE).match(text, opening.end())
        if first is None:
            continue
        yield opening.start(1), opening.end(), ""
        yield first.end(), first.end(), month
        for day in _NEXT_DAY.finditer(text, first.end(), end):
            yield day.start(), day.start() + 1, "\n"
            yield day.end(1), day.end(1), month


def _run_on(text: str) -> Iterator[tuple[int, int, str]]:
    """The entries of a log that runs on in one paragraph, each on a line of its own: "18 Feb: Toulon; 26 Feb: Suez Canal; 3 March: Djibouti"."""
    found = list(_RUN_ON.finditer(text))
    for mark in found:
        if sum(text.count("\n", min(m.start(), mark.start()), max(m.start(), mark.start())) == 0 for m in found) >= _FEWEST - 1:
            yield mark.start(), mark.end(), "\n"


def _in_figures(text: str) -> Iterator[tuple[int, int, str]]:
    """The days that open lines in figures alone, where one of them tells which figure is the month: "Mon 5/8." beside "Wed 28/8."."""
    found = list(_FIGURES.finditer(text))
    firsts, seconds = [int(m[2]) for m in found], [int(m[3]) for m in found]
    if len(found) < _FEWEST or (not any(m[1] for m in found) and len(set(seconds)) == 1):
        return  # "1/9 …", "2/9 …" number the posts of a thread
    if max(firsts) > _YEAR_MONTHS >= max(seconds):
        days = True
    elif max(seconds) > _YEAR_MONTHS >= max(firsts):
        days = False
    else:
        return
    for mark in found:
        day, month = (mark[2], mark[3]) if days else (mark[3], mark[2])
        if 1 <= int(month) <= _YEAR_MONTHS:
            yield mark.start(2), mark.end(), f"{day} {_NAMES[int(month)]} –"


def _without_mark(text: str) -> Iterator[tuple[int, int, str]]:
    """The mark behind the days of a log whose entries have none, and the space in front of the month: "07MAY Wilhelmshaven", "09-12MAY Rota"."""
    found = [m for m in _BARE_ENTRY.finditer(text) if text.find("\n", m.end()) - m.end() < _ENTRY_CHARS]
    if len(found) <= _FEWEST:
        return
    for mark in found:
        yield mark.start(1), mark.end(1), " "
        yield mark.end(), mark.end(), " –"


def _place_first(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines of a list of calls, their days in front: "1 Oct - 4 Oct – Da Nang" for "Da Nang 1 Oct / 4 Oct"."""
    found = [m for m in _PLACE_FIRST.finditer(text) if m[2] or m[4]]
    if len(found) < _FEWEST:
        return
    for call in found:
        port, came, left = call[1].strip(), call[2], call[4]
        told = f"{came} - {left} – {port}" if came and left else f"{came} – {port} in" if came else f"{left} – {port} out"
        yield call.start(1), call.end(), told
