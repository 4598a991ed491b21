"""Stage 3, what governs the lines behind it: headings of dates and places, datelines, the day of a list."""

from __future__ import annotations

import re

from tracker.extract.dates import DateMention
from tracker.extract.line import Line, Text
from tracker.extract.logs import is_log, opens_log
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse
from tracker.extract.ships_log_shape import opens_with_port
from tracker.extract.text import DATELINE, opening_dateline
from tracker.extract.where_with import note_port

_HEAD_BLOCKS = 3
_CAPTION = re.compile(r"(?:Pics?|Photos?|Figs?|Captions?|Pictures?|Images?)\.?\b(?:\s?\d{1,2}[.:)]|:?$)", re.IGNORECASE)
_REPORT_DAYS = 3
"""A report is dated so many days before its publication at most."""


def only_sets_scene(
    doc: Text, line: Line, number: int, mentions: list[VesselMention], places: list[PlaceMention], dates: list[DateMention], discourse: Discourse
) -> bool:
    """Whether a line is a dateline or heads what stands under it; where a report is written and of which day a log tells is kept."""
    block, short = doc.blocks[line.sentence.block], line.sentence.end - line.sentence.start <= _HEADING_CHARS
    opens = line.sentence.start == block.start
    if opens and discourse.heading_date and _CAPTION.match(doc.text, block.start, block.end):
        discourse.heading_date = None  # a caption below a diary tells no day of its last entry
    if opens and places and (here := _written_at(doc, line, places[0])) and not _is_newsroom(doc, here):
        discourse.places["here"] = here
    if _is_dateline(doc, line):
        for place in [p for p in places[:1] if p.first == 0 and p.entry and p.is_port and not _is_newsroom(doc, p)]:
            note_port(line, place, discourse, number)  # "DURBAN, Dec. 12 (AP) -- The frigate X came into port"
        return True
    if short and not mentions and _governs(line, number, places, dates, discourse):
        return True
    if dates and opens and dates[0].interval and (opens_log(line, block.kind, dates[0]) or opens_with_port(line, places, dates[0])):
        discourse.block_date = (line.sentence.block, dates[0])
    elif opens and block.kind == "text" and discourse.keeper and discourse.block_date and _goes_on(line, discourse.block_date[0]):
        _go_on(line, discourse.block_date, discourse)
    discourse.fleet.opens_block = opens
    discourse.fleet.number = number
    return False


def _go_on(line: Line, entry: tuple[int, DateMention], discourse: Discourse) -> None:
    """A log's paragraph without a day goes on with the entry above it, with its day and its waters."""
    block = line.sentence.block
    discourse.block_date = (block, entry[1])
    if discourse.entry_waters and discourse.entry_waters[0] == entry[0]:
        discourse.entry_waters = (block, discourse.entry_waters[1])


_SKIPPED_BLOCKS = 3


def _goes_on(line: Line, entry: int) -> bool:
    """Whether a paragraph stands so close behind an entry's that it can be its next sentence; those between say nothing that is read."""
    return 0 < line.sentence.block - entry <= _SKIPPED_BLOCKS


def _is_newsroom(doc: Text, place: PlaceMention) -> bool:
    """Whether so much is reported from a place that a dateline says nothing of where ships are: "LONDON (Reuters) -"."""
    return place.name.lower() in doc.lexicon.sets["newsrooms"]


_SECTIONS = frozenset(
    ["in", "port", "at", "sea", "underway", "alongside", "harbour", "harbor", "arrivals", "departures", "arrived", "sailed", "expected", "ships", ":"]
)
"""The words of headings over ships in port or at sea, which tell nothing by themselves."""
_HEADING_CHARS = 70


def _governs(line: Line, number: int, places: list[PlaceMention], dates: list[DateMention], discourse: Discourse) -> bool:
    """Whether a short sentence without ships is a heading of nothing but a date or a place, which then governs what stands under it."""
    if discourse.voyage and discourse.voyage[:2] == (line.sentence.block, number - 1):
        return False  # "Rota 1-3 Dec; Souda Bay 7-9 Dec"
    if not places and not dates and line.doc.blocks[line.sentence.block].kind == "heading" and _SECTIONS.issuperset(line.lows):
        discourse.heading_place, discourse.captioned = None, ()
        return True
    if any(form != "noun" for found in line.found("trigger") if line.low(found.first) not in _DAYS_TOO for _, form in found.data):
        return False
    rest = sum(map(str.isalnum, line.texts)) - _hours_told(line, dates)
    days = [d for d in dates if d.kind == "absolute" or (d.kind == "weekday" and (line.text(line.size - 1) == ":" or _fills_block(line, d)))]
    days = days or [
        d for d in dates if discourse.kept and d.kind == "relative" and d.interval and d.interval.start == d.interval.end and _fills_block(line, d)
    ]
    dated = sum(sum(map(str.isalnum, line.texts[line.at_start(d.start) : line.at_start(d.end)])) for d in days)
    if discourse.keeper and dates and any(p.entry for p in places) and line.at_offset(dates[0].start) == 0:
        return False  # "15 Jan – Gibraltar." is an entry of a ship's log
    goes_on = line.doc.blocks[line.sentence.block].end - line.sentence.end > 2
    if dates and dated >= rest - 2 and dated and goes_on and any(p.entry for p in places):
        return True  # "QINGDAO, Dec. 8 (Xinhua) --" dates the report, not what it tells
    if discourse.keeper and any(p.entry for p in places):
        return False  # "15 Jan – Gibraltar, fuel" is an entry of a ship's log
    if days and line.sentence.block <= _HEAD_BLOCKS and not line.words.isdisjoint(line.doc.lexicon.sets["report_labels"]):
        return True  # "Last updated: 8 March 2025"
    if dates and dated >= rest - 2 and dated:
        heading = days[0]
        in_a_log = discourse.heading_date is not None or line.sentence.block > _HEAD_BLOCKS
        block = line.doc.blocks[line.sentence.block]
        if _POST.match(line.doc.text, block.start, block.end) or (discourse.leaves_out and goes_on):
            discourse.block_date = (line.sentence.block, heading)  # "5/ 18 July. A satellite caught …" dates that post alone
        elif in_a_log or not heading.interval or heading.kind != "absolute" or not _dates_the_report(line, heading):
            strait = next((p for p in places if p.entry and p.is_passage), None)  # "Bosphorus traffic, 2-8 December"
            discourse.heading_date, discourse.heading_place = heading, strait
            if heading.interval:
                discourse.note_date(heading.interval, number)
        return True  # a date at the head that is the publication day dates the document, not what stands under it
    if line.doc.blocks[line.sentence.block].kind == "heading" and len(places) == 1 and places[0].is_passage and _tells_way(line, places[0]):
        discourse.heading_place, discourse.captioned = places[0], ()
        return True
    placed = sum(p.last - p.first for p in places if p.entry)
    alone = line.text(line.size - 1) == ":" and line.sentence.end == line.doc.blocks[line.sentence.block].end and _goes_below(line)
    if (alone or line.doc.blocks[line.sentence.block].kind == "heading") and places and placed >= rest - 2 and places[0].entry:
        discourse.heading_place, discourse.captioned = places[0], ()
        if not places[0].is_port:
            discourse.port_told = -9  # no port told above it is meant below
            discourse.places.pop("port", None)
        return True
    return False


_DAYS_TOO = frozenset(["sat", "sun", "wed"])
_HOUR_BEHIND = re.compile(r"(?:,? ?(?:at )?|t)(\d{1,2}[:.]\d\d(?::\d\d)?|\d{4})(?: ?(?:hrs|hours|h|z|utc|gmt|local|local time|[a-z]{3,4}))?$")


def _hours_told(line: Line, dates: list[DateMention]) -> int:
    """How many tokens of a line tell only the hour of the day in front of them: "2024-12-05 14:30 UTC"."""
    low, end = line.doc.low, line.sentence.end
    hour = _HOUR_BEHIND.fullmatch(low, dates[0].end, end - low.endswith(":", 0, end)) if dates else None
    return sum(map(str.isalnum, line.texts[line.at_offset(dates[0].end) :])) if hour else 0


def _goes_below(line: Line) -> bool:
    """Whether a sentence fills its block, and lines stand below it."""
    block = line.doc.blocks[line.sentence.block]
    return line.sentence.start == block.start and line.sentence.block + 1 < len(line.doc.blocks)


def _tells_way(line: Line, place: PlaceMention) -> bool:
    """Whether a heading is nothing but a strait and a way through it: "Great Belt northbound"."""
    others = [low for n, low in enumerate(line.lows) if not place.first <= n < place.last and low.isalpha()]
    return bool(others) and line.doc.lexicon.sets["bound_ways"].issuperset(others)


def _fills_block(line: Line, day: DateMention) -> bool:
    """Whether a weekday stands alone in its paragraph, behind the first: the heading of what was seen on it."""
    block = line.doc.blocks[line.sentence.block]
    return line.sentence.block > 0 and line.doc.text[block.start : block.end].strip(" .:*#-") == line.doc.text[day.start : day.end].strip(" .:")


_POST = re.compile(r"\d{1,2}/(?:\d{1,2})?\s")
"""What opens a post of a thread."""


def _dates_the_report(line: Line, heading: DateMention) -> bool:
    """Whether a date at the head is the report's: the publication day, or with a city one right before it: "New Delhi, March 24"."""
    published, day = line.doc.published, heading.interval.start if heading.interval else None
    if published is None or day is None:
        return False
    first = line.at_offset(heading.start)
    city = first > 1 and line.text(first - 1) == "," and line.text(first - 2)[:1].isupper()
    return day == published or (city and 0 < (published - day).days <= _REPORT_DAYS and not is_log(line.doc))


def opens_list(line: Line, dates: list[DateMention], discourse: Discourse) -> None:
    """Remember the day of a line with a colon for the list below it: "On Monday these movements were seen:", "Over the past 24 hours:"."""
    block, kinds = line.sentence.block, line.doc.blocks
    days = [d for d in dates if d.interval]
    if line.text(line.size - 1) == ":" and len(days) == 1 and block + 1 < len(kinds) and kinds[block + 1].kind == "bullet":
        discourse.list_date = (block, days[0])
    elif discourse.list_date and discourse.list_date[0] in (block, block - 1) and kinds[block].kind == "bullet":
        discourse.list_date = (block, discourse.list_date[1])


def _is_dateline(doc: Text, line: Line) -> bool:
    start, end = line.sentence.start, line.sentence.end
    opening = opening_dateline(doc.text, start, doc.blocks[line.sentence.block].end)
    return bool(DATELINE.fullmatch(doc.text, start, end)) or (opening is not None and opening.end() == end)


_SHORT_CITY = 3


def _written_at(doc: Text, line: Line, place: PlaceMention) -> PlaceMention | None:
    """The place of a dateline, at which "here" is: "NORFOLK, Va. – ", "VISAKHAPATNAM: The frigates …", "Jakarta (ANTARA) - ". None elsewhere."""
    begin, block = line.sentence.start, doc.blocks[line.sentence.block]
    if place.entry is None:
        return None
    dashed = DATELINE.match(doc.text, begin, block.end)
    if dashed and place.end <= dashed.end():
        return place
    if line.sentence.block > _HEAD_BLOCKS or place.first > 0:
        return None
    goes_on = any(low.isalpha() for low in line.lows[place.last :]) and doc.text[begin : line.sentence.end].isupper()  # a headline
    capitals = doc.text[place.start : place.end].isupper() and place.end - place.start > _SHORT_CITY and not goes_on
    close = (
        next((n for n in range(place.last + 1, min(place.last + 5, line.size)) if line.text(n) == ")"), None)
        if line.text(place.last) == "("
        else None
    )
    told_by = close is not None and line.text(close + 1) in ("-", "–", "—", ";", ":", "")
    return place if (capitals and line.text(place.last) in (",", ":", "(", "—", "–", "-", ".")) or told_by else None
