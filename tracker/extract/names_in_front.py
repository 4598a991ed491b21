"""Stage 2, vessels: the unknown names that stand in front of what a ship is: "the Kiwala tanker", "Hetman Sahaydachny frigate entered Odesa"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import VesselType
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, capital_run
from tracker.extract.names import named_mention
from tracker.extract.unknown import LONGEST, NAMED_FOR, SHORTEST, begin_of_run, is_known, may_be_ship

_DOES = r"(?:[,'’]| (?:is|was|has|had|will|would|may|then|also|left|sailed|entered|arrived|departed|passed|anchored|headed|remained)\b)"
_OPENS_MEMBERS = frozenset(["including", "comprising", "consisting", "of", "includes", "included", "comprises", "with"])
_SIDES = frozenset([VesselType.VESSEL, VesselType.WARSHIP, VesselType.TANKER, VesselType.CARGO_SHIP, None])
"""Types in front of which an owner's or a maker's name stands as often as the ship's: "the Rosneft tanker"."""
_FINITE = frozenset(["past", "pres", "part"])


def unknown_in_front(line: Line, head: VesselMention, names: Sequence[VesselMention]) -> VesselMention | None:
    """The unknown name between "the" and what a ship is, told alone too or in a list: "the Kiwala tanker" where "the Kiwala was" is told."""
    at, front = head.first - 1, head.first - 1
    if head.det != "bare" or head.plural or head.group or front < 0:
        return None
    if (in_turn := _listed_in_front(line, head, names) or _plainly_in_front(line, head)) is not None:
        return in_turn
    if line.low(front - 1) != "the" and line.low(front - 2) == "the":
        front -= 1  # "the Academic Pashin tanker"
    words = line.texts[max(front, 0) : at + 1]
    if line.low(front - 1) != "the" or len(line.text(at)) < SHORTEST:
        return None
    if not all(w[:1].isupper() and w[1:].islower() and not line.doc.is_common(w.lower()) for w in words):
        return None
    if any(is_known(line, n) for n in range(front, at + 1)):
        return None
    comma = _behind_of_list(line, front - 1)
    listed = comma < front - 1 and any(m.last == comma and (m.signed or m.keys) for m in names)  # "the destroyer A, the Pechenega tanker and a tug"
    name = line.told(front, at + 1)
    if not listed and (len(words) > 1 or re.search(rf"\b[Tt]he {re.escape(name)}{_DOES}", line.doc.text) is None):
        return None
    return named_mention(line, front, at + 1, name, signed=True)


def _plainly_in_front(line: Line, head: VesselMention) -> VesselMention | None:
    """A name of two words or more in front of a naval type in small letters: "the Admiral Kulakov destroyer", "Hetman Sahaydachny frigate left"."""
    last = head.first
    if not line.text(last).islower() or head.type in _SIDES:
        return None
    first = begin_of_run(line, last)
    plain = first
    first -= first < last and line.low(first - 1) in NAMED_FOR
    if not 1 < last - first <= LONGEST or not may_be_ship(line, plain, last):
        return None
    if not all(line.text(n)[1:].islower() and not line.doc.is_common(line.low(n)) for n in range(first, last)):
        return None
    led = line.low(first - 1) == "the" or line.ending("nation", first) is not None
    if not led and not ((first == 0 or line.text(first - 1) == ",") and _acts(line, head.last)):
        return None
    return named_mention(line, first, last, line.told(first, last), signed=True)


def _acts(line: Line, at: int) -> bool:
    """Whether a finite verb stands at a token."""
    if line.low(at) in line.doc.lexicon.sets["auxiliaries"]:
        return True
    verb = line.starting("trigger", at)
    return verb is not None and all(form in _FINITE for _, form in verb.data)


def _behind_of_list(line: Line, first: int) -> int:
    """The token at which the item of a list ends in front of a comma or "and" that leads to the item at a token."""
    comma = first - (line.low(first - 1) in ("and", "with"))
    return comma - (line.text(comma - 1) == ",")


def _listed_in_front(line: Line, head: VesselMention, names: Sequence[VesselMention]) -> VesselMention | None:
    """The unknown name of a list that tells each name in front of its type: "the Boikiy corvette, Yakov Grebelskiy sea tug and SB-123 tug"."""
    last = head.first
    short = last - 3 if line.text(last - 2) == "-" and line.text(last - 1).isdecimal() and line.text(last - 3).isupper() else last
    first = begin_of_run(line, last) if short == last else short
    if not 0 < last - first <= LONGEST or (short == last and any(line.doc.is_common(w) for w in line.lows[first:last])):
        return None
    item = first - (line.low(first - 1) == "the")
    behind = _behind_of_list(line, item)
    if line.low(item - 1) in _OPENS_MEMBERS and line.low(head.last) in (",", "and"):
        second = head.last + 1 + (line.low(head.last + 1) in ("and", "the"))
        beside = next((m.last for m in names if m.first == second), second if is_known(line, second) else capital_run(line, second))
        sibling = beside > second and line.starting("type", beside) is not None
        return named_mention(line, first, last, line.told(first, last), signed=True) if sibling else None
    kind = next((f for f in line.found("type") if f.last == behind), None) if behind < item else None
    if kind is None or not any(m.last == kind.first and (m.signed or m.keys) for m in names):
        return None
    return named_mention(line, first, last, line.told(first, last), signed=True)
