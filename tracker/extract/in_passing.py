"""Stage 4, ships that a sentence names only in passing: "the loss of the troopship X", "her sister X is in refit", "Last year the corvette X …"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tracker.extract.corefer import Vessel
from tracker.extract.dates import DateMention
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene

_PARTNERED = frozenset(["with", "against"])


def is_in_passing(line: Line, group: Group) -> bool:
    """Whether ships are told only as those that were lost, are remembered or were trained with: no sentence goes on about them."""
    sets = line.doc.lexicon.sets
    if line.words.isdisjoint(sets["losses"]) and line.words.isdisjoint(sets["drills"]):
        return False
    at = before_phrase(line, group.first)
    if line.low(at) == "of":
        return line.low(at - 1) in sets["losses"]
    return line.low(at) in _PARTNERED and line.low(at - 1) in sets["drills"]


_SISTERS, _SISTER_TOKENS = frozenset(["sister", "sisters", "sistership", "predecessor", "namesake"]), 6
_LONG_AGO = timedelta(days=100)
_OPENING_TOKENS = 3


def is_of_another(scene: Scene, subject: Sequence[Vessel], discourse: Discourse) -> bool:
    """Whether a sentence only says of another ship what sister she is, or what was long ago: the text goes on about its subject."""
    if len(subject) != 1 or not subject[0].name or not scene.groups:
        return False
    line = scene.line
    first = next((g for g in scene.groups if subject[0] not in g.vessels), scene.groups[0])
    if not _SISTERS.isdisjoint(line.lows[max(first.first - _SISTER_TOKENS, 0) : first.last]):
        return not line.words.isdisjoint(line.doc.lexicon.sets["spells_in_yard"] | _IN_DOCK)
    if any(subject[0] in g.vessels for g in scene.groups):
        return False
    old = next((d for d in scene.dates if line.at_offset(d.start) < first.first), None)
    return bool(old and line.at_offset(old.start) <= _OPENING_TOKENS and _is_old(old, discourse))


_IN_DOCK = frozenset(["alongside", "drydock", "dock", "reserve", "decommissioned", "laid"])


def _is_old(day: DateMention, discourse: Discourse) -> bool:
    """Whether a day lies long before publication, where the last one told was of these weeks."""
    last, published = discourse.interval, discourse.published
    told, lately = day.interval.end if day.interval else None, last.end if last else None
    return bool(told and lately and published and published - told > _LONG_AGO and published - lately < _LONG_AGO)
