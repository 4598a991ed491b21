"""Stage 5, a present tense that tells what is to come, by the time told with it: "She sails shortly", "is leaving on Thursday"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.line import Line, holds
from tracker.extract.modality import DOES, Stance
from tracker.extract.verbs import Trigger

_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])
_MOVES = frozenset([EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.UNDERWAY])
_LATE = frozenset(["before", "until", "till"])
_IS, _ON = frozenset(["is", "are"]), frozenset(["on", "this", "next", "by"])
_FRONT_TOKENS, _PHRASE_TOKENS, _OPENS_TOKENS = 6, 6, 2


def foretold(line: Line, trigger: Trigger, taken: Stance) -> Stance:
    """The stance of a verb in the present tense: a plan where its clause tells a time to come."""
    going = trigger.form == "ing" and trigger.rule.kind in _MOVES and not _IS.isdisjoint(line.lows[trigger.chain : trigger.first])
    bare = trigger.form == "base" and trigger.chain == trigger.first  # "they sail shortly"
    finite = trigger.form == "pres" or bare or line.low(trigger.chain) in DOES
    if taken.modality not in _FIRM or not (going or finite) or trigger.rule.copula:
        return taken
    if line.low(trigger.chain) in DOES and not _LATE.isdisjoint(line.lows[trigger.last : trigger.reach[1] + 1]):
        return Stance(Modality.PLANNED, line.text(trigger.chain))  # "does not leave before Monday"
    if line.holds(times := line.doc.lexicon.sets["times_to_come"]) and holds(_clause(line, trigger), times):
        return Stance(Modality.PLANNED)
    if line.low(0) in ("in", "within") and finite and _after_so_long(line, trigger):
        return Stance(Modality.PLANNED, line.text(0))
    if trigger.form == "pres" and trigger.rule.kind in _ENDS_OF_WAY and "in" in line.words and _in_so_long(line, trigger):
        return Stance(Modality.PLANNED, "in")
    if trigger.form == "pres" and trigger.rule.kind in _MOVES and line.low(0) in _ONCE and _opens_with_time(line, trigger):
        return Stance(Modality.PLANNED, line.text(0))
    return Stance(Modality.PLANNED) if going and _on_weekday(line, trigger) else taken


_ENDS_OF_WAY = frozenset([EventKind.DEPARTURE, EventKind.ARRIVAL])


def _in_so_long(line: Line, trigger: Trigger) -> bool:
    """Whether so many days or weeks stand behind a verb of leaving or coming: "leaves Malta in two weeks"."""
    numbers = line.doc.lexicon.numbers
    near = (n for n in range(trigger.last, min(max(trigger.reach[1], trigger.last), line.size - 2)) if line.low(n) == "in")
    counted = (n for n in near if line.low(n + 1) in numbers or line.low(n + 1).isdecimal() or line.low(n + 1) in ("a", "an"))
    return any(line.low(n + 2) in _LENGTHS for n in counted)


_ONCE, _PASTS = frozenset(["once", "when", "as"]), frozenset(["had", "was", "were", "did", "been", "year", "years"])
_SHORTEST = 3


def _opens_with_time(line: Line, trigger: Trigger) -> bool:
    """Whether a sentence opens with what must happen first, and nothing in it is past: "Once repaired, she returns to Plymouth"."""
    ahead = line.lows[: trigger.chain]
    if trigger.chain < _SHORTEST or not _PASTS.isdisjoint(ahead) or (line.low(0) == "as" and line.lows[1:3] != ["soon", "as"]):
        return False
    done = (f for f in line.found("trigger") if f.last <= trigger.chain)
    return line.low(1) not in ("a", "an", "again", "more") and all(form != "past" for f in done for _, form in f.data)


_ASIDES = frozenset(["that", "which", "who", "whose", "where", "when"])
_ENDS, _TIME_TOKENS = frozenset([",", ";", ":", "and", "but", "while"]) | _ASIDES, 5


def _clause(line: Line, trigger: Trigger) -> list[str]:
    """The words of a verb's clause, with a time that "after" or "before" parts from it: "docks in Oslo after Christmas"."""
    end = max(trigger.reach[1], trigger.last)
    end = next((n for n in range(trigger.last, end) if line.low(n) in _ASIDES), end)
    far = range(end, min(end + _TIME_TOKENS, line.size))
    return [*line.lows[trigger.reach[0] : end], *line.lows[end : next((n for n in far if line.low(n) in _ENDS), far.stop)]]


def _after_so_long(line: Line, trigger: Trigger) -> bool:
    """Whether a sentence opens with so many days or weeks: "In two weeks the frigate docks in Oslo"."""
    return trigger.chain <= _FRONT_TOKENS + _PHRASE_TOKENS and any(low in _LENGTHS for low in line.lows[1:4])


_LENGTHS = frozenset(["days", "weeks", "week", "months", "month", "hours"])


def _on_weekday(line: Line, trigger: Trigger) -> bool:
    """Whether a weekday is told right in the clause of what somebody is about: "is leaving Durban on Thursday", "On Thursday she is leaving".

    In "seen off Malta on Friday, HMS Kent is heading for Rota" it is another act's.
    """
    weekdays, end = line.doc.lexicon.weekdays, max(trigger.reach[1], trigger.last)
    days = [n for n in range(trigger.reach[0] + 1, end) if line.low(n) in weekdays and line.low(n - 1) in _ON]
    return any(n > trigger.chain or n <= _OPENS_TOKENS or not line.text(n - 2).isalnum() for n in days)
