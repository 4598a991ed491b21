"""Stage 3, logs: whether a text is kept as one, whose it is, and the strait or port that it watches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import PASSAGE_KINDS, PORT_KINDS
from tracker.domain.records import PlaceEntry, changed
from tracker.extract.calendar_words import MONTH, WEEKDAY_WORD
from tracker.extract.dates import DateMention
from tracker.extract.line import Line, Text
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.places import find_places
from tracker.extract.scene import Group

_DAY = rf"(?:{WEEKDAY_WORD}[,.]?\s*)"
_NTH = "\\d{1,2}(?:st|nd|rd|th)?"
_ENTRY = re.compile(
    rf"[;\n][ \t]*(?:[-*•]\s*)?(?:{_DAY}(?=[:–—-])|{_DAY}{_NTH}(?=\s*[.:,–—-])|{_DAY}?{_NTH}(?:-{_NTH})?\s*{MONTH}"
    rf"|{_DAY}?{MONTH}[a-z]*\.?\s+\d{{1,2}}|{_DAY}?\d{{1,2}}/\d{{1,2}}(?![/\d]))"
)


def opens_with_one(groups: list[Group]) -> bool:
    """Whether a sentence opens with one named vessel."""
    return bool(groups) and groups[0].first <= 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name)


_LOGS = frozenset(["log", "logbook", "diary", "journal"])


def titles_log(line: Line, groups: list[Group]) -> bool:
    """Whether a title says whose log a text is: "Log of the survey ship Enterprise"."""
    return len(groups) == 1 and len(groups[0].vessels) == 1 and bool(groups[0].vessels[0].name) and not _LOGS.isdisjoint(line.words)


_WAYS = re.compile(r"\n[ \t]*(?:[-*•]\s*)?(north|south|east|west|up|down|in|out)bound\b[^:\n]{0,16}:")
_WEEKDAY = re.compile(r"\n[ \t]*(?:[-*•#]+\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday)[.:]?[ \t]*(?=\n)")


def is_log(doc: Text) -> bool:
    """Whether the text is kept as a log: at least three of its blocks or clauses open with a day, or two with different ways."""
    entries = len(_ENTRY.findall(f"\n{doc.low}")) + (len(_WEEKDAY.findall(doc.low)) if "day\n" in doc.low else 0)
    return entries >= 3 or ("bound" in doc.low and len(set(_WAYS.findall(doc.low))) > 1)


_ITEM = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*\S|\d{4} |\d{1,2}[:.]\d\d |[^\n.:]{3,40}(?:\(?[a-z]{1,3}[ -]?\d{1,4}\)?|\(\d{2,4}\)) ?[.:|–—-] "
    r"|[^\W\d_]{3,10} \d{1,2} [^\W\d_]{3,10}[.:]"
    rf"|{WEEKDAY_WORD}[,.]? ?(?:\d{{1,2}}(?:st|nd|rd|th)?)?[ .:,–—-])",
    re.MULTILINE,
)


def keeps_entries(doc: Text) -> bool:
    """Whether a text is kept in short entries: by days, hours, weekdays, bullets, or ships with their pennants in front of a mark."""
    return is_log(doc) or len(_ITEM.findall(doc.low)) >= _FEWEST_ITEMS


_FEWEST_ITEMS = 3


_AT_STRAIT = {"Istanbul": "Bosphorus", "Port Said": "Suez Canal", "Suez": "Suez Canal", "Brunsbüttel": "Kiel Canal", "Puttgarden": "Fehmarn Belt"}
"""The strait or canal of ports that lie at its end, on other waters."""
_TELLS_WAYS = re.compile(r"\b(?:north|south|east|west|up|down|in|out)bound\b|\b[nsew]/b\b|\b[ns]b \d")


def strait_of(doc: Text, head: Sequence[PlaceMention], told: PlaceMention | None) -> PlaceMention | None:
    """What a log of ways watches: the strait on which its ports lie, of two straits the waters that hold both: "Istanbul and Çanakkale, …, S/B"."""
    ports = [p for p in head if p.is_port and p.entry]
    if not ports or (told is not None and told.is_passage) or len(_TELLS_WAYS.findall(doc.low)) < _FEWEST_WAYS:
        return told
    entries = doc.gazetteer.places.entries
    straits = [_strait_by(doc, port) for port in ports]
    keys = {strait.key for strait in straits if strait}
    if len(keys) > 1:
        parents = {strait.parent for strait in straits if strait}
        keys = {parent for parent in parents if parent} if len(parents) == 1 else set()
    entry = entries.get(next(iter(keys))) if len(keys) == 1 and all(straits) else None
    return changed(ports[0], name=entry.name, entry=entry) if entry is not None and entry.kind in PASSAGE_KINDS else told


def _strait_by(doc: Text, port: PlaceMention) -> PlaceEntry | None:
    """The strait or canal on which a port lies."""
    places, name = doc.gazetteer.places, _AT_STRAIT.get(port.name)
    named = next((e for e in places.named(name) if e.name == name), None) if name else None
    water = places.entries.get(port.entry.water) if port.entry and port.entry.water else None
    return named or (water if water and water.kind in PASSAGE_KINDS else None)


_FEWEST_WAYS = 2
WATCHED_LINES = 3
_TITLE_TOKENS = 16
_LOOKOUTS = {"hoe": "Plymouth", "rock": "Gibraltar", "barrakka": "Valletta", "barracca": "Valletta"}
"""Where those sit who watch a port, and by which a title tells it: "Seen from the Hoe", "Rock Watch"."""
_LED = frozenset(["from", "for", "to", "ex"])


def watched(doc: Text, lines: list[tuple[int, Line]], mentions: dict[int, list[VesselMention]], *, listed: bool) -> PlaceMention | None:
    """The one strait or port that the head of a log names: whatever passes, comes or goes there is told without it below."""
    titled = titled_places(lines, mentions, listed=listed) if lines else []
    kept = listed or is_log(doc)
    alike = all(_lies_by(titled[0], p) for p in titled) if titled else False
    alike = alike or bool(titled and titled[0].is_passage and not any(p.is_passage for p in titled[1:]))  # "Dover Strait, from Dover"
    if alike and (kept or titled[0].is_port):
        return titled[0]  # "Ship movements at Gibraltar, week ending 15 December"
    if not kept:
        return None
    head = [
        p
        for number, line in lines[:WATCHED_LINES]
        if number < WATCHED_LINES and line.text(line.size - 1) != "?"
        for p in find_places(line, mentions[number])
        if p.entry and not (p.is_port and line.low(p.first - 1) in _LED)
    ]
    passages, ports = {p.name: p for p in head if p.is_passage}, {p.name: p for p in head if p.is_port}
    return next((next(iter(named.values())) for named in (passages, ports) if len(named) == 1), None)


def _is_none_watched(mention: VesselMention) -> bool:
    """Whether a ship in a title is only where somebody watches from: "as seen by a ferry passenger"."""
    return mention.name is None and mention.det == "a" and mention.count == 1 and mention.country is None


def _lies_by(place: PlaceMention, other: PlaceMention) -> bool:
    """Whether two places of a title are one, or parts of one harbour: "Cobh & Haulbowline sightings"."""
    one, two = place.entry, other.entry
    if place.name == other.name or one is None or two is None:
        return place.name == other.name
    return place.is_port and other.is_port and (one.key == two.parent or one.parent == two.key)


def titled_places(lines: list[tuple[int, Line]], mentions: dict[int, list[VesselMention]], *, listed: bool) -> list[PlaceMention]:
    """The straits and ports that the title of a log names; of a text that is kept as none, only where its title says that it watches them."""
    number, line = lines[0]
    if number > 0 or line.text(line.size - 1) == "?":
        return []
    says = line.size <= _TITLE_TOKENS and all(_is_none_watched(m) for m in mentions[number]) and line.holds(line.doc.lexicon.sets["watches_place"])
    if not says and not (listed or is_log(line.doc)):
        return []
    named = _outside_brackets(line, find_places(line, mentions[number]))
    return named or (_lookout(line) if says else [])


def _lookout(line: Line) -> list[PlaceMention]:
    """The port over which the place of a title looks out: "Seen from the Hoe" is Plymouth's."""
    at = next((n for n, low in enumerate(line.lows) if low in _LOOKOUTS), None)
    if at is None:
        return []
    entry = next(iter(line.doc.gazetteer.places.named(_LOOKOUTS[line.lows[at]])), None)
    return [PlaceMention(line.starts[at], line.ends[at], at, at + 1, entry.name, entry)] if entry else []


def _outside_brackets(line: Line, places: list[PlaceMention]) -> list[PlaceMention]:
    """The ports and passages of a title without those that it only gives more finely: "Øresund watch (Helsingør, Drogden)"."""
    opened = line.lows.index("(") if "(" in line.words else line.size
    found = [p for p in places if p.is_port or p.is_passage]
    return [p for p in found if p.first < opened] or found


def haven_of(lines: list[tuple[int, Line]], mentions: dict[int, list[VesselMention]], watch: PlaceMention) -> PlaceMention | None:
    """The one port that the head of a strait's log names, "in = arrived at Gibraltar, W/B = through the Strait", else the one it is called after."""
    head = [
        p for number, line in lines[:WATCHED_LINES] if number < WATCHED_LINES for p in find_places(line, mentions[number]) if p.entry and p.is_port
    ]
    if len({p.name for p in head}) == 1:
        return head[0]
    places = lines[0][1].doc.gazetteer.places.named(watch.name.removeprefix("Strait of "))
    port = next((e for e in places if e.kind in PORT_KINDS), None)
    return changed(watch, name=port.name, entry=port) if port and not head else None


_OPENS_PROSE = frozenset(["in", "all", "over", "during", "since", "between", "from", "earlier", "later", "last", "this", "next"])


def opens_log(line: Line, kind: str, first: DateMention) -> bool:
    """Whether a date opens an entry of a log, and so holds for all of it: "18 Feb – Slipped from Toulon. …"."""
    begin, end = line.at_offset(first.start), line.at_offset(first.end)
    end += line.low(end) in _CLOSES_LABEL
    behind = line.low(end)
    if begin and behind in (":", "-", "–", "—") and _LEADS_LABEL.issuperset(line.lows[:begin]):
        return True  # "[5 December]: …", "Week of 2 December: …", "As of 5 December: …"
    if line.low(0) in _OPENS_PROSE:
        return False  # "In the autumn, …", "Earlier this month, …"
    if kind != "bullet" and behind == "," and first.kind == "relative":
        return False  # "Today, the minister announced that …"
    shortened = line.doc.low[first.end - 1] == "."  # "27 Feb. Azov back at the mole"
    opens = kind == "bullet" or shortened or behind in (",", ":", "-", "–", "—", ".") or "/" in line.lows[:3]
    return begin == 0 and opens


_CLOSES_LABEL = frozenset(["]", ")", "night", "morning", "evening", "afternoon"])
_LEADS_LABEL = frozenset(["[", "(", "as", "of", "week", "the", "on"])
