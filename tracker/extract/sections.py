"""Stage 3, lists under headings: "Arrivals", "In port", "Northbound" or a port's name, with a ship on each line below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.extract.groups import joined
from tracker.extract.line import Line, Text
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.verbs import Trigger
from tracker.extract.when import when_told
from tracker.gazetteer.lexicon import Lexicon

_TITLE_CHARS, _TITLE_WORDS, _ENTRY_CHARS, _OPENING_TOKENS = 60, 7, 160, 3
_BULLETS = frozenset("-*•–")
_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=2)
def _heads(lexicon: Lexicon) -> dict[str, EventKind]:
    """The words that head such a list, with what stands under them."""
    sets = lexicon.sets
    heads = (
        (sets["section_arrivals"], EventKind.ARRIVAL),
        (sets["section_departures"], EventKind.DEPARTURE),
        (sets["section_in_port"], EventKind.IN_PORT),
        (sets["section_at_sea"], EventKind.AT_SEA),
        (sets["section_passages"], EventKind.TRANSIT),
    )
    return {phrase: kind for phrases, kind in heads for phrase in phrases}


_ALONE = {"in": EventKind.ARRIVAL, "out": EventKind.DEPARTURE, "inward": EventKind.ARRIVAL, "outward": EventKind.DEPARTURE}
"""Words that head a list where a line holds nothing else."""
_DATED = re.compile(r"\d{1,2}/\d{1,2}\s+\w")
_ONE_WORD = re.compile(r"^\W*(?:in|out|inward|outward|expected|due)\W*$", re.MULTILINE)


def titles_of(doc: Text) -> list[tuple[int, EventKind, bool]]:
    """The lines of a text that head lists of ships, in order: the number of the block, what stands under it, and whether that is yet to come."""
    phrases = _heads(doc.lexicon)
    if not any(phrase in doc.low for phrase in phrases) and not _ONE_WORD.search(doc.low):
        return []
    found = []
    for number, block in enumerate(doc.blocks):
        if block.end - block.start > _TITLE_CHARS or doc.text[block.end - 1] == "." or _DATED.match(doc.low, block.start, block.end):
            continue  # "07/03 USNS Supply, westbound" heads no list
        words = [word for word in _LETTERS.findall(doc.low, block.start, block.end) if word not in doc.lexicon.months]
        plain = [word for word in words if word not in doc.lexicon.sets["section_planned"]]
        told = _kind_of_title(" ".join(plain), phrases)
        if not plain and words and words[0] in ("expected", "due"):
            told = EventKind.ARRIVAL  # "Expected", in the log of a port
        if told:
            found.append((number, told, len(plain) < len(words)))
    return found


def _kind_of_title(words: str, phrases: Mapping[str, EventKind]) -> EventKind | None:
    """What a line of few words heads: "Arrivals", "In port at Rota", "Bosphorus northbound"."""
    if not words or words.count(" ") >= _TITLE_WORDS:
        return None
    if words in _ALONE:
        return _ALONE[words]
    opens = next((k for phrase, k in phrases.items() if words == phrase or (words.startswith(f"{phrase} ") and not phrase.endswith("ed"))), None)
    return opens or next((kind for phrase, kind in phrases.items() if words.endswith(f" {phrase}") and kind is EventKind.TRANSIT), None)


def title_above(doc: Text, titles: Sequence[tuple[int, EventKind, bool]], block: int) -> tuple[int, EventKind, bool] | None:
    """The nearest heading above a block, where only lines as short as entries stand between; None without one."""
    at = bisect_left(titles, block, key=itemgetter(0))
    above = titles[at - 1] if at else None
    if above is None or any(b.end - b.start > _ENTRY_CHARS for b in doc.blocks[above[0] + 1 : block + 1]):
        return None
    return above


def read_entry(scene: Scene, discourse: Discourse) -> list[Told]:
    """What an entry of such a list tells: "HMS Portland – from Plymouth" under "Arrivals", "frigate Admiral Makarov" under "Sevastopol"."""
    line, block = scene.line, scene.line.doc.blocks[scene.line.sentence.block]
    if listed := _behind_colon(scene, discourse):
        return listed
    if not discourse.titles and discourse.heading_place is None:
        return []
    if not _is_entry(scene) or block.end - block.start > _ENTRY_CHARS:
        return []
    doc, head = line.doc, discourse.heading_place
    title = title_above(doc, discourse.titles, line.sentence.block)
    kind = title[1] if title else None
    wide = all(p.entry and p.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION) for p in scene.places)  # "on Indo-Pacific Deployment"
    marked = doc.text[max(block.start - 2, 0) : block.start].strip() in _BULLETS
    if title is None and head is not None and wide and (marked or (_only_ships(scene) and _is_by_places(doc, discourse))):
        kind = EventKind.IN_PORT if head.is_port else EventKind.AT_SEA if head.entry and head.entry.kind in WATER_KINDS else None
    slots = _slots(scene, discourse, kind) if kind else {}
    if kind is None or MAIN_SLOT[kind] not in slots or (kind is EventKind.TRANSIT and slots["place"].how == "off"):
        return []
    who, span = joined(scene.groups), (line.sentence.start, line.sentence.end)
    taken = _stance_of(
        line, who.first, planned=bool(title and title[2]), heading=doc.text[doc.blocks[title[0]].start : doc.blocks[title[0]].end] if title else ""
    )
    event = Told(who.vessels, who.spans, kind, "section.entry", taken, span, scene.number, line.sentence.block, slots)
    event.sources = {slot: ("clause" if span[0] <= p.start < span[1] else "heading", (p.start, p.end)) for slot, p in slots.items()}
    if title:
        event.sources["trigger"] = ("heading", (doc.blocks[title[0]].start, doc.blocks[title[0]].end))
    elif head:
        event.sources["trigger"] = ("heading", (head.start, head.end))
    _date_entry(scene, discourse, event)
    return [event]


def _behind_colon(scene: Scene, discourse: Discourse) -> list[Told]:
    """What a line tells that lists its ships behind its own heading, each with her day: "Northbound: USS Ross, 3 May; HMS Kent, the day after"."""
    line, doc, block = scene.line, scene.line.doc, scene.line.doc.blocks[scene.line.sentence.block]
    colon = doc.low.find(":", block.start, min(block.start + _HEAD_CHARS, block.end))
    head = doc.low[block.start : colon].strip("-*• ")
    head = head.rsplit(", ", 1)[-1] if head[:1].isdecimal() else head  # "26 February, arrivals: HMS Kent"
    kind = _kind_of_title(head, _heads(doc.lexicon)) if colon > block.start else None
    groups = [g for g in scene.groups if line.starts[g.first] > colon]
    if (
        kind is None
        or line.text(line.size - 1) == "?"
        or len(groups) < len(scene.groups)
        or not all(v.name or v.count for g in groups for v in g.vessels)
    ):
        return []
    behind = [f for f in line.found("trigger") if line.starts[f.first] > colon]
    acts = any(form not in ("noun", "state") and rule.kind is not EventKind.REPLENISHMENT for f in behind for rule, form in f.data)  # "…, bunkers"
    if acts or groups[0].first - line.at_offset(colon) > _OPENING_TOKENS + 1 or not line.words.isdisjoint(doc.lexicon.sets["auxiliaries"]):
        return []
    slots = _slots(scene, discourse, kind)
    if kind is EventKind.TRANSIT and (passage := discourse.places.get("passage")):
        slots.setdefault("place", passage)
    if MAIN_SLOT[kind] not in slots:
        return []
    who, span = joined(groups), (line.sentence.start, line.sentence.end)
    planned = not doc.lexicon.sets["section_planned"].isdisjoint(_LETTERS.findall(head))
    taken = Stance(Modality.PLANNED, head) if planned else Stance(Modality.ASSERTED)
    event = Told(who.vessels, who.spans, kind, "section.entry", taken, span, scene.number, line.sentence.block, slots)
    event.sources = {slot: ("clause" if span[0] <= p.start < span[1] else "heading", (p.start, p.end)) for slot, p in slots.items()}
    event.sources["trigger"] = ("heading", (block.start, colon))
    own = next(iter(scene.dates), None)
    day = own or (discourse.heading_date if discourse.kept and not planned else None)
    if day and day.interval:
        event.interval, event.sources["date"] = day.interval, ("clause" if own else "heading", (day.start, day.end))
    return [event]


_HEAD_CHARS = 60


def _stance_of(line: Line, first: int, *, planned: bool, heading: str) -> Stance:
    """The stance of an entry: its own words', or that of a heading of what is yet to come: "Expected arrivals"."""
    own = stance(line, first, first, first, (0, line.size))
    return Stance(Modality.PLANNED, heading) if planned and own.modality is Modality.ASSERTED else own


def _date_entry(scene: Scene, discourse: Discourse, event: Told) -> None:
    """Give an entry its own day, else that of the heading; the day of the page is none of what is yet to come."""
    own = next((d for d in scene.dates if d.interval), None)
    if own and event.stance.modality is Modality.PLANNED:
        first = scene.groups[0].first
        coming = Trigger(scene.line.doc.lexicon.rules["arrive.expected"], "state", first, first + 1, first, False, (0, scene.line.size))
        event.interval, source = when_told(scene, coming, event.kind, discourse, planned=True)
        if source:
            event.sources["date"] = source
        return
    dated = own or (discourse.heading_date if event.stance.modality is not Modality.PLANNED else None)
    if dated and dated.interval:
        event.interval, event.sources["date"] = dated.interval, ("clause" if own else "heading", (dated.start, dated.end))
    elif event.stance.modality is not Modality.PLANNED and discourse.day and discourse.day_told <= 0:
        event.interval, event.sources["date"] = discourse.day, ("heading", None)


_MARKS, _FEWEST_HEADS = " \t:*#–—-", 2
_AT = re.compile(r"(?:in|at|off|near) (?:the )?|the ", re.IGNORECASE)
_AT_HOME = re.compile(r"\bhome[ -]?port|\bbased\b|\bstationed\b")


def _is_by_places(doc: Text, discourse: Discourse) -> bool:
    """Whether a text lists ships by where they are, under two places or more: "South China Sea", and below it "USS Cole (DDG 67)"."""
    if discourse.place_heads < 0:
        heads = (doc.text[b.start : b.end].strip(_MARKS) for b in doc.blocks if b.end - b.start <= _TITLE_CHARS)
        named = doc.gazetteer.places.named
        discourse.place_heads = 0 if _AT_HOME.search(doc.low) else sum(bool(named(_AT.sub("", head, count=1).title())) for head in heads)
    return discourse.place_heads >= _FEWEST_HEADS


def _is_entry(scene: Scene) -> bool:
    """Whether a line is nothing but ships, and what marks, numbers and places say of them."""
    line = scene.line
    if not scene.groups or scene.groups[0].first > _OPENING_TOKENS or (line.text(line.size - 1) == "." and not _only_ships(scene)):
        return False
    if any(form not in ("noun", "state") for found in line.found("trigger") for _, form in found.data):
        return False
    return line.words.isdisjoint(line.doc.lexicon.sets["auxiliaries"]) and all(v.name or v.count for g in scene.groups for v in g.vessels)


def _only_ships(scene: Scene) -> bool:
    """Whether a sentence opens its block and names ships without a verb: "USS Abraham Lincoln (CVN-72), with USS O'Kane (DDG-77)."."""
    line = scene.line
    held = {n for g in scene.groups for n in range(g.first, g.last)}
    words = [low for n, low in enumerate(line.lows) if n not in held and low.isalpha() and line.texts[n].islower()]
    return line.sentence.start == line.doc.blocks[line.sentence.block].start and line.doc.lexicon.sets["among_ships"].issuperset(words)


def _slots(scene: Scene, discourse: Discourse, kind: EventKind) -> dict[str, PlaceMention]:
    """The places of an entry: its own where it tells one, else the heading's or the log's."""
    home = discourse.heading_place or discourse.watch
    home = discourse.haven if kind in _OF_PORTS and home and home.is_passage else home
    slots: dict[str, PlaceMention] = {}
    for place in (p for p in scene.places if p.entry):
        towards = place.slot == "destination" or _is_led(scene.line, place, ("for", "to"))
        away = place.slot == "origin" or _is_led(scene.line, place, ("from", "ex"))
        if kind in (EventKind.ARRIVAL, EventKind.DEPARTURE) and not (towards or away) and place.how in ("in", "off"):
            continue  # "for exercises in the Gulf of Cádiz", under "Out"
        slot = "destination" if towards else "origin" if away else MAIN_SLOT[kind]
        if home is not None and place.entry and place.entry.kind is PlaceKind.REGION:
            continue  # "on Indo-Pacific Deployment"
        if kind is EventKind.TRANSIT and slot == "place" and not place.is_passage:
            continue  # "HNLMS Groningen, Brunsbüttel 0500, Holtenau 1310"
        slots.setdefault(slot, place)
    if home is not None and (kind is not EventKind.TRANSIT or home.is_passage) and (kind is not EventKind.AT_SEA or not home.is_port):
        slots.setdefault(MAIN_SLOT[kind], home)
    if kind in (EventKind.IN_PORT, EventKind.AT_SEA):
        return {"place": slots["place"]} if "place" in slots else {}
    return slots


_OF_PORTS = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.IN_PORT})


def _is_led(line: Line, place: PlaceMention, words: tuple[str, ...]) -> bool:
    return line.low(place.first - 1) in words
