"""Stage 3, notes on a port: "Tartus, picture of 3 February", "Fig. 2. Vladivostok, 8 Oct.": the port and the day of which the lines below tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Noted, Told

_HEAD_TOKENS, _LEAD_TOKENS, _LONGEST_BLOCK, _NUMBER_CHARS = 32, 6, 260, 9
_LETTERS = re.compile(r"[a-z]+")
_FIGURE = re.compile(r"[\W\d]*(?:(?:fig|figure|image|picture|photo|frame|pic)s?\b\.?)?[\W\d]*(?:naval base(?: at)?|port of)?[\W\d]*", re.IGNORECASE)
_FIGURES = re.compile(r"(?:fig|figure|image|picture|frame)\b")
_CLOSES = frozenset([",", ":", "–", "—", "-", "(", ".", "/", ";", "|", "today", "yesterday", "now", "this"])
_VERB_FORMS = frozenset(["past", "pres", "part", "ing"])
_SAME_DAY = frozenset(["same"])


def note_head(line: Line, mentions: Sequence[VesselMention], places: Sequence[PlaceMention], dates: Sequence[DateMention], told: Discourse) -> None:
    """Keep the port that a line heads a note on: "Norfolk waterfront, Sunday 10 Sept.", "Novorossiysk, same day (SAR): two frigates"."""
    if told.noted and mentions and line.sentence.block == told.noted.block:
        told.noted.own = True
    if not places or not places[0].is_port or places[0].anaphor or places[0].first > _LEAD_TOKENS:
        return
    port, sets, first = places[0], line.doc.lexicon.sets, mentions[0].first if mentions else line.size
    behind = port.last + (line.low(port.last) in sets["port_parts"])
    if not _opens(line, port) or line.low(behind) not in _CLOSES or first < port.last or first > _HEAD_TOKENS:
        return
    if any(form in _VERB_FORMS for f in line.found("trigger") if f.first < first for _, form in f.data):
        return
    days = [d for d in dates if d.interval and not dates_the_saying(line, d)]
    again = told.noted is not None or _is_bare(line, port, dates)
    if not (again or _is_pictured(line) or (behind > port.last and days)):
        return
    same = again and not _SAME_DAY.isdisjoint(line.words)
    interval = days[0].interval if days else told.noted.interval if same and told.noted else None
    told.noted = Noted(port, interval, line.sentence.block, (port.start, port.end), own=bool(mentions))
    told.places["port"] = told.places["any"] = port


def note_on(line: Line, discourse: Discourse) -> Noted | None:
    """The note that a line belongs to: one whose ships stand in the paragraph of its head ends with that."""
    noted = discourse.noted
    return None if noted is None or (noted.own and line.sentence.block != noted.block) else noted


_OPENING_CHARS = 300


def _is_bare(line: Line, port: PlaceMention, dates: Sequence[DateMention]) -> bool:
    """Whether a sentence is nothing but a port, and a day, in a text that opens with word of pictures: "Nampo, 27 May."."""
    if any(low.isalpha() and not _is_held(line, n, port, dates) for n, low in enumerate(line.lows)):
        return False
    words, sets = frozenset(_LETTERS.findall(line.doc.low, 0, _OPENING_CHARS)), line.doc.lexicon.sets
    return not (words.isdisjoint(sets["observations"]) and words.isdisjoint(sets["image_words"]))


def _is_held(line: Line, at: int, port: PlaceMention, dates: Sequence[DateMention]) -> bool:
    """Whether a token belongs to a port or a day."""
    return port.first <= at < port.last or any(d.start <= line.starts[at] < d.end for d in dates)


def _opens(line: Line, port: PlaceMention) -> bool:
    """Whether nothing but the number of a figure or a post stands in front of a port in its paragraph or sentence."""
    text, block, begin = line.doc.text, line.doc.blocks[line.sentence.block], line.sentence.start
    numbered = begin - block.start < _NUMBER_CHARS and _FIGURE.fullmatch(text[begin : port.start]) is not None  # "Fig. 1. Fokino"
    return numbered or _FIGURE.fullmatch(text[block.start : port.start]) is not None


def _is_pictured(line: Line) -> bool:
    """Whether a paragraph opens with a figure, or tells of a picture."""
    block, sets = line.doc.blocks[line.sentence.block], line.doc.lexicon.sets
    words = frozenset(_LETTERS.findall(line.doc.low, block.start, min(block.end, block.start + _LONGEST_BLOCK)))
    pictured = not (words.isdisjoint(sets["observations"]) and words.isdisjoint(sets["image_words"]))
    return pictured or _FIGURES.match(line.doc.low, block.start) is not None


_MOVES = frozenset([EventKind.ARRIVAL, EventKind.DEPARTURE])
_SHORT_BLOCK = 220


def _is_note(line: Line) -> bool:
    """Whether a sentence stands in a paragraph as short as those of notes."""
    block = line.doc.blocks[line.sentence.block]
    return block.end - block.start <= _SHORT_BLOCK


def date_as_noted(line: Line, dates: Sequence[DateMention], told: Sequence[Told], discourse: Discourse) -> None:
    """Give what lies in the port of a note the day of the note: "Tartus, picture of 3 February. Two tugs are alongside"."""
    noted = note_on(line, discourse)
    if noted is None:
        return
    for event in told:
        if event.kind in _MOVES and not event.places and _is_note(line):  # "USS Mitscher came back on Friday"
            event.places[MAIN_SLOT[event.kind]], event.sources[MAIN_SLOT[event.kind]] = noted.place, ("heading", noted.span)
    if noted.interval is None or any(d.interval for d in dates):
        return
    for event in told:
        here = event.main is not None and event.main.name == noted.place.name
        if here and event.kind is EventKind.IN_PORT and event.interval is None and event.stance.modality is not Modality.PLANNED:
            event.interval, event.sources["date"] = noted.interval, ("heading", noted.span)
