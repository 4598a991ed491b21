"""Stage 6, ships led in or out where no place is told: "led the minehunters A and B in on Friday", "is to lead the two out to sea"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.act import Act
from tracker.extract.corefer import Vessel
from tracker.extract.line import Line
from tracker.extract.scene import Told

LEADS = frozenset(["led", "leads", "lead", "leading"])
_WAYS = {"in": EventKind.ARRIVAL, "home": EventKind.ARRIVAL, "out": EventKind.DEPARTURE}
_BEHIND = frozenset(["", ".", ",", ";", ")", "on", "late", "early", "yesterday", "today", "again", "together", "after", "before", "while", "and"])


def brought_in(act: Act, event: Told) -> bool:
    """Make of ships led in or out the arrival or departure that a word behind them tells, its place left to the text before."""
    line, trigger, actors = act.scene.line, act.trigger, act.actors
    if trigger.rule.id != "carry.active" or trigger.passive or event.places or actors is None or actors.first < trigger.last:
        return False
    land = line.starting("place", actors.last + 1) if line.low(actors.last) == "of" else None
    at = land.last if land else actors.last  # "led A and Orion of France in"
    kind = _WAYS.get(line.low(at))
    if line.low(trigger.first) not in LEADS:
        return False  # "the tugs that brought her in" tell of no more than a berth
    if kind is None or not _is_all(line, at) or not all(v.name or v.count for v in event.vessels):
        return False
    event.kind = kind
    return True


def _is_all(line: Line, at: int) -> bool:
    """Whether a word for a way stands alone, and leads to no place: "in on Friday", "out to sea", not "in the Red Sea"."""
    at += 1 + 2 * (line.low(at) == "out" and line.lows[at + 1 : at + 3] == ["to", "sea"])
    return line.low(at) in _BEHIND or line.low(at) in line.doc.lexicon.weekdays


def leads_somewhere(line: Line, at: int) -> bool:
    """Whether who leads others behind a token leads them somewhere: "led the two in", "leads them out of Kiel", not "leads them off Crete"."""
    behind = range(at + 1, next((n for n in range(at + 1, line.size) if line.low(n) in _CLOSES), line.size))
    return any(line.low(n) in _TO or (line.low(n) in _WAYS and _is_all(line, n)) for n in behind)


def led_together(line: Line, told: Sequence[Told]) -> tuple[Vessel, ...]:
    """Who leads and whom they lead, of whom the text speaks as one then: "HMS Kent led the two in. They …"."""
    both = [e for e in told if e.rule == "carry.active"] if not LEADS.isdisjoint(line.words) else []
    if len(both) != _PAIR or both[0].kind is not both[1].kind or set(both[0].vessels) & set(both[1].vessels):
        return ()
    return (*both[1].vessels, *both[0].vessels)


_PAIR = 2
_CLOSES = frozenset(["with", ";", "while", "where", "which", "who"])
_TO = frozenset(["into", "through", "to", "from", "home"])
