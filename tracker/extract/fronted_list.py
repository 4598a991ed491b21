"""Stage 2, lists of places that open a sentence: in "In Malta, Oran and Tunis she took on fuel" the preposition counts for each of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention

_LEADS = frozenset(["in", "at", "off"])
_JOINTS = frozenset([",", "and", "the", "then", "both"])
_SUBJECTS = frozenset(["she", "they", "it", "the", "her", "their", "its", "both", "all"])


def listed_in_front(line: Line, places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places of a sentence, those of a list that opens it with the preposition of the first, where the ships stand right behind it."""
    opening = fronted_list(line, places)
    return [changed(p, how=opening[0].how, slot=opening[0].slot) if p.how is None and p in opening else p for p in places]


def fronted_list(line: Line, places: Sequence[PlaceMention]) -> Sequence[PlaceMention]:
    """The places of a list that opens a sentence behind one preposition; none where no ships stand right behind it."""
    if len(places) < 2 or line.low(0) not in _LEADS or places[0].first > 2 or places[0].how not in _LEADS or "and" not in line.words:
        return ()
    end = 1
    while end < len(places) and _joins(line, places[end - 1], places[end], places[0].how):
        end += 1
    last = places[end - 1].last
    subject = line.low(last) in _SUBJECTS or line.text(last) == ","
    subject = subject or any(line.starting(kind, last) for kind in ("prefix", "vessel", "type", "number"))
    return places[:end] if end > 1 and subject and "and" in line.lows[places[0].last : places[end - 1].first] else ()


def _joins(line: Line, before: PlaceMention, place: PlaceMention, how: str | None) -> bool:
    """Whether a place goes on with a list, and does not only tell in which land the one before it lies."""
    between = line.lows[before.last : place.first]
    land = place.entry is not None and place.entry.kind is PlaceKind.COUNTRY
    return place.how in (None, how) and not place.anaphor and not land and bool(between) and _JOINTS.issuperset(between)
