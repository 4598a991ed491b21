"""Stage 1, openings of a log's entries: "WB 13/01 0820 HMS Kent" and "[13 Jan 08:20] Westbound: …" are read as "13 January, 0820, westbound: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.extract.calendar_words import MONTH_WORD, WEEKDAY_NAME, WEEKDAY_WORD
from tracker.gazetteer.lexicon import Lexicon

_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_WAYS = {"n": "northbound", "s": "southbound", "e": "eastbound", "w": "westbound", "ne": "northeastbound", "nw": "northwestbound"}
_WAYS |= {"se": "southeastbound", "sw": "southwestbound"}
_WEEK = rf"(?:{WEEKDAY_WORD}|mo|di|mi|do|fr|sa|so)"
_AFTER_DAY = r"(?:\d{4}|\d\d[:.]\d\d|[NSEW]{1,2}/?B|[a-z]+bound)\b"
_PART = re.compile(
    rf"(?P<figures>(?:(?P<w1>{_WEEK})\b[.,]?\s*)?(?P<d1>[0-3]?\d)(?:\s?[-–]\s?(?P<until>[0-3]?\d))?(?:/|\.(?=\d\d?\.))(?P<m1>[01]?\d)"
    r"(?:[/.](?P<year>(?:20|19)?\d\d))?\.?(?![\w/]))"
    rf"|(?P<named>(?:(?P<w2>{_WEEK})\b[.,]?\s+)?(?:(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[-–/]\s?[0-3]?\d)?\s?(?P<m2>{MONTH_WORD})\b\.?|(?P<m3>{MONTH_WORD})\.?\s(?P<d3>[0-3]?\d)\b))"
    rf"|(?P<alone>(?P<w4>{WEEKDAY_NAME}\b)(?=[ \t]*[:.,|–—-]| {_AFTER_DAY}|\n))|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d(?![\d-]))"
    rf"|(?P<beside>(?P<w3>{_WEEK})\b[.,]?\s+(?:the\s)?(?P<d4>[0-3]?\d)(?:st|nd|rd|th)?(?!\w|:\d|/|[.]\d)"
    rf"|(?:the\s)?(?P<d5>[0-3]?\d)(?:st|nd|rd|th)(?=\s?(?:[:.,|–—-]\s|\n)| {_AFTER_DAY}))"
    r"|(?P<hour>(?:[01]\d|2[0-3])[0-5]\d(?:\s?[-–]\s?(?:[01]\d|2[0-3])[0-5]\d)?(?=\W)(?:\s?(?:hrs|hours|h|lt|utc|z)\b)?|(?:[01]?\d|2[0-3])[:.][0-5]\d\b(?:\s?(?:hrs|h|lt|utc|z)\b)?"
    r"|(?:early|late|later|morning|noon|afternoon|evening|night|dawn|dusk|a\.m\.|p\.m\.|am|pm)(?=\s?[\]|,:\t]))"
    r"|(?P<way>(?P<short>[NS][EW]?|[EW])(?:\s?/\s?B|B|[- ]?[Bb](?:oun)?d)\b(?!-)|(?:NE|NW|SE|SW|[NS]|[EW])\s[Ll]ane\b"
    r"|(?P<to>[NSEW] ?(?:to|-|–|>|→) ?[NSEW])\b|(?P<fine>[NSEW]?[NS][EW](?=\s?[-–—:|]))|(?:north|south|east|west|up|down|in|out)bound\b"
    r"|(?:up|down)(?= \([a-z]+bound\):|:|,\s\d)(?:\s\([a-z]+bound\))?)"
    r"|(?P<port>(?:in|out|arrived|sailed|arr|dep)\b\.?(?P<said>\s?\([a-z ]{3,30}\))?(?=\s?[:|\t]))"
    r"|(?P<letter>[NSEW](?=\s*[\t|]|\s+(?:[01]\d|2[0-3])[0-5]\d\b))"
    r"|(?P<mark>[\s,;:|()\[\]–—-]{1,40}|(?<=\n)[-*•]\s+)",
    re.IGNORECASE,
)
_LANE = re.compile(r"\b([NS][EW]?|[EW])(?:[ -]?[Bb]ound|[ -][Ll]ane|/?B(?![- ]?\d)(?=[ \t]*(?:[.,;)\n]|$)))(?!\w)|(?<=, )(?:[NSEW]?[NS][EW])(?=[,.])")
_LINE = re.compile(r"(?<![^\n])[ \t]*(?:[-*•·]\s+)?(?=[^\n]*\w)")
_FEWEST = 3
_HEAD_CHARS = 400


@dataclass
class _Opening:
    """What opens a line: where it begins and ends, its day, its hour and its way."""

    start: int
    end: int
    day: re.Match[str] | None = None
    hour: str = ""
    way: str = ""
    port: bool = False  # whether it tells of a port: "in", "out"
    odd: bool = False  # whether it is written in a hand of its own: figures for a month, letters for a way, brackets


def log_openings(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The openings of a log's entries that are written in short, and what stands for each: "13 January, 0820, westbound: "."""
    if _SHORT.search(text) is None:
        return
    of_port = _WATCHES_WAYS.search(text) is None
    found = [opening for line in _LINE.finditer(text) if (opening := _opening(text, line.end(), of_port=of_port))]
    if len({opening.way[:4] for opening in found if opening.way[:4] in ("arri", "depa")}) == 1 and not any(o.day for o in found if o.port):
        found = [opening for opening in found if not opening.port]  # "In: …" alone heads a list of places or a remark
    few = sum(bool(opening.day or opening.way) for opening in found) < _FEWEST and len({opening.way for opening in found if opening.way}) < 2
    if few or _is_thread(found) or _is_numbered(found):
        return
    head = _head(text[:_HEAD_CHARS], lexicon)
    day_first = _day_first(found, head[0])
    months, year = head
    _under_ways(text, found)
    for opening in found:
        if told := opening.day and (opening.day["m2"] or opening.day["m3"]):
            months = months if head[0] else [lexicon.months[told.lower()]] if told.lower() in lexicon.months else months  # "Thu 5 Dec", then "Fri 6"
        if opening.odd:
            yield opening.start, opening.end, _written_out(text, opening, (months, year), day_first=day_first)
    yield from _days_within(text, found, day_first=day_first)
    opened = {opening.start: opening.end for opening in found if opening.odd}
    for way in _LANE.finditer(text):
        if not any(start <= way.start() < end for start, end in opened.items()):
            letters = (way[1] or way[0]).lower()
            word = _WAYS.get(letters) or _WAYS[letters[0]]
            yield (
                *way.span(),
                word.capitalize() if text[way.end() : way.end() + 1] == ":" else word,
            )  # "AIS gave the tug X, SW bound", "in the NE lane"


_CLOSES_LINE = re.compile(r"[ \t]*:?[ \t]*(?:\n|$)")


def _under_ways(text: str, found: list[_Opening]) -> None:
    """Give the entries under a way that heads them that way: "Northbound:", and below it "2 December Saratov"."""
    way, last = "", 0
    for opening in found:
        alone = opening.way and not opening.day and not opening.hour and _CLOSES_LINE.match(text, opening.end)
        way = opening.way if alone and not opening.port else "" if "\n\n" in text[last : opening.start] and not opening.day else way
        if opening.day and way and not opening.way:
            opening.way, opening.odd = way, True
        elif opening.way and not alone:
            way = ""
        last = opening.end


_SHORT = re.compile(
    rf"^[^\w\n]{{0,12}}(?:{_WEEK}[^\w\n]{{1,6}})?"
    rf"(?:\d{{1,2}}[/.]\d|[NSEW]{{1,2}}/?B\b|[NSEW]{{1,2}} [Ll]ane|(?:[^\n:]{{0,14}}[, ])?(?:[NSEW] to [NSEW]|[NS][EW]):"
    rf"|\[?\d|(?i:{_WEEK})[^\w\n]{{1,6}}(?:the )?\d|(?i:{WEEKDAY_NAME}\b)[^\w\n]|(?i:{MONTH_WORD})\.? \d"
    r"|(?:Up|Down|In|Out)(?:bound)?(?: \([a-z]+\))?:)",
    re.MULTILINE,
)


_WATCHES_WAYS = re.compile(r"bound\b|\b[NSEW]{1,2} ?/? ?B\b|\blane\b|\b(?:in|out)\s?=")


_DAYS_TOLD = ("figures", "named", "beside", "alone", "iso")


def _opening(text: str, at: int, *, of_port: bool) -> _Opening | None:
    """The opening of the line at an offset; None where it has no day, no hour and no way."""
    opening, last = _Opening(at, at), at
    while part := _PART.match(text, last):
        kind = part.lastgroup and next(
            name for name in ("figures", "named", "beside", "alone", "iso", "hour", "way", "port", "letter", "mark") if part[name] is not None
        )
        if kind == "mark":
            if "\n" in part[0]:
                break
            opening.odd |= "[" in part[0]
        elif kind in _DAYS_TOLD:
            if opening.day:
                break
            opening.day, opening.odd = part, opening.odd or kind not in ("named", "alone")
        elif kind == "hour":
            if opening.hour:
                break
            opening.hour = part[0]
        elif opening.way:
            break
        elif kind == "port" and opening.day and of_port:
            opening.odd = True
            break  # "Tue 12 Sep: In: HMS Kent. Out: RFA Tidesurge"
        elif kind == "port":
            opening.way, opening.odd = ("arrivals" if part[0].lower().startswith(("in", "arr")) else "departures") + (part["said"] or ""), True
            opening.port = True
        else:
            opening.way = _way_of(part)
            opening.odd |= (
                opening.day is not None and text[part.start() - 1] == " " and text[part.start() - 2].isalnum()
            )  # "Monday northbound HMS Kent"
            opening.odd |= not part[0].lower().endswith("bound") or kind == "letter"
        last = part.end()
        opening.end = last
    if opening.day and opening.day["alone"] and opening.hour and text[last : last + 2] == ". ":
        opening.end, opening.odd = last + 2, True  # "Monday, 0630. HMS Kent northbound."
    return opening if (opening.day or opening.hour or opening.way) and text[last : last + 1] != "=" else None  # "NB = towards the Black Sea"


_PORT_LABEL = re.compile(r"(?:In|Out|IN|OUT|Arr|Dep|Arrived|Sailed)\b\.?\s?:")


def _way_of(part: re.Match[str]) -> str:
    """The word for a way: "S/B", "SB" and "S" are southbound, "NE lane" is northeastbound."""
    low = part[0].lower()
    if low.startswith(("up", "down")):
        return low.split()[1].strip("()") if " " in low else f"{low.removesuffix('bound')}bound"
    if low in ("northbound", "southbound", "eastbound", "westbound", "upbound", "downbound", "inbound", "outbound"):
        return low
    if part["fine"] and len(low) > 2:
        return _WAYS[low[0]]  # "ENE", "SSW"
    letters = (part["to"] or "")[-1:].lower() or (part["short"] or low.split()[0]).lower()
    return _WAYS[letters]


_WITHIN = re.compile(r"(?<=, )([0-3]?\d)/(1[0-2]|0?\d)(?=[.,;)]|$)(?![.]\d)", re.MULTILINE)


def _days_within(text: str, found: list[_Opening], *, day_first: bool) -> Iterator[tuple[int, int, str]]:
    """The days in figures behind a comma in such a log: "Kent off Dover, 22/7."."""
    ends = {opening.start: opening.end for opening in found}
    for day in _WITHIN.finditer(text) if "/" in text else ():
        if (day_first or int(day[1]) > len(_MONTHS)) and int(day[2]) and not any(a <= day.start() < b for a, b in ends.items()):
            yield *day.span(), f"{int(day[1])} {_MONTHS[int(day[2]) - 1]}"


def _is_thread(found: list[_Opening]) -> bool:
    """Whether what looks like days only counts the posts of a thread: "1/7 …", "2/7 …", "3/7 …"."""
    pairs = [(int(o.day["d1"]), int(o.day["m1"])) for o in found if o.day and o.day["figures"] and not o.day["w1"]]
    return len(pairs) > 1 and pairs[0][0] == 1 and all(b[0] - a[0] == 1 and a[1] == b[1] for a, b in pairwise(pairs))


def _is_numbered(found: list[_Opening]) -> bool:
    """Whether what looks like days numbers the items of a list: "1st: …", "2nd: …", "3rd: …"."""
    numbers = [int(o.day["d5"]) for o in found if o.day and o.day["d5"]]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _day_first(found: list[_Opening], months: list[int]) -> bool:
    """Whether figures tell the day before the month, as the entries or the head of the log tell: "14/4" does, "4/14" does not."""
    days = [o.day for o in found if o.day and o.day["figures"]]
    pairs = [(int(day["d1"]), int(day["m1"])) for day in days]
    if any(month > len(_MONTHS) for _, month in pairs):
        return False
    if days and all("." in day[0].rstrip(".") and "/" not in day[0] for day in days):
        return True  # "3.3."
    return any(day > len(_MONTHS) for day, _ in pairs) or (bool(months) and all(month in months for _, month in pairs))


def _head(text: str, lexicon: Lexicon) -> tuple[list[int], int | None]:
    """The months and the year that the head of a log tells."""
    words = re.findall(r"[a-z]+", text.lower().split("\n\n")[0] if "\n\n" in text else text.lower())
    months = list(dict.fromkeys(lexicon.months[word] for word in words if word in lexicon.months))
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    return months, int(year[0]) if year else None


def _written_out(text: str, opening: _Opening, head: tuple[list[int], int | None], *, day_first: bool) -> str:
    """An opening as a log would have it in words; as it stands where its day cannot be told."""
    told, day = text[opening.start : opening.end], _day_of(opening.day, head, day_first=day_first) if opening.day else ""
    if day is None:
        return told
    alone = text[opening.end : opening.end + 1] in ("", "\n")
    if _PORT_LABEL.match(text, opening.end) and not opening.way:
        return f"{', '.join(part for part in (day, opening.hour) if part)}:\n"
    if opening.day and opening.day["alone"] and opening.hour and told.endswith(". "):
        return f"{', '.join(part for part in (day, opening.hour, opening.way) if part)}: "
    dashed = told.rstrip()[-1:] in ("–", "—") and not (opening.hour or opening.way)
    close = "" if alone else f" {told.rstrip()[-1:]} " if dashed else ". " if told.rstrip().endswith(".") or text[opening.end] == "." else ": "
    return ", ".join(part for part in (day, opening.hour, opening.way) if part) + (close if text[opening.end : opening.end + 1] != "." else "")


def _day_of(part: re.Match[str], head: tuple[list[int], int | None], *, day_first: bool) -> str | None:
    """A day in words: "13/01" is 13 January, "Mo 21" the 21st of the month at the head; None where that is not known."""
    week = next((_NAMES[_WEEKDAYS[key]] for name in ("w1", "w2", "w3") if part[name] and (key := _key(part[name])) in _WEEKDAYS), "")
    if part["figures"]:
        if not day_first:
            return None
        month, span = int(part["m1"]), part["d1"] + (f"-{part['until']}" if part["until"] else "")
        year = part["year"] and (part["year"] if len(part["year"]) == 4 else f"20{part['year']}")
        return f"{week} {int(part['d1']) if not part['until'] else span} {_MONTHS[month - 1]} {year or ''}".strip() if 1 <= month <= 12 else None
    if part["named"] or part["alone"]:
        return part["named"] or part["alone"]
    if part["iso"]:
        year, month, day_told = map(int, part["iso"].split("-"))
        return f"{day_told} {_MONTHS[month - 1]} {year}" if 1 <= month <= len(_MONTHS) else None
    day = int(part["d4"] or part["d5"])
    month_told = _month_of(day, _NAMES.index(week) if week else None, head)
    return f"{week} {day} {_MONTHS[month_told - 1]}".strip() if month_told else None


def _key(week: str) -> str:
    low = week.lower()
    return low[:3] if len(low) > 2 else low


def _month_of(day: int, weekday: int | None, head: tuple[list[int], int | None]) -> int | None:
    """The month of a day that an entry tells without one: the one at the head, of several the one in which its weekday falls so."""
    months, year = head
    if len(months) == 1:
        return months[0]
    for month in months if year and weekday is not None else ():
        for of_year in (year, year + 1 if year else None):
            try:
                if of_year and date(of_year, month, day).weekday() == weekday:
                    return month
            except ValueError:
                continue
    return None
