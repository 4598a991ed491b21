"""Stage 6, verbs that tell no act: habits, conditions, what namesakes did."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.line import Line, holds, may_hold
from tracker.extract.scene import Scene, Told
from tracker.extract.verbs import Trigger

MOVED_TOGETHER = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})


def may_tell_no_act(line: Line) -> bool:
    """Whether a sentence holds words by which a clause may tell a habit, a condition or what a person did: most hold none."""
    words = line.words
    if "every" in words or not _SPANS_OF_HABIT.isdisjoint(words) or may_hold(words, line.doc.lexicon.habit):
        return True
    if "against" in words or line.low(0) in ("had", "should") or line.opens(0, _IN_CASE):
        return True
    return not _CONDITIONS.isdisjoint(words) or ("named" in words and "who" in words)


def is_habit(line: Line, trigger: Trigger) -> bool:
    """Whether a clause tells what is done again and again; "for a regularly scheduled deployment" is done once."""
    begin, end = max(trigger.reach[0], trigger.first - 6), min(trigger.reach[1], trigger.last + (10 if trigger.form in ("pres", "base") else 6))
    if "every" in line.words and _every_time(line, trigger):
        return True
    if not _SPANS_OF_HABIT.isdisjoint(line.words) and _over_years(line, trigger):
        return True
    if not may_hold(line.words, line.doc.lexicon.habit) or not holds(line.lows[begin:end], line.doc.lexicon.habit):
        return False
    words = [w for n, w in enumerate(line.lows[begin:end], begin) if not _is_done_once(line, n)]
    return holds(words, line.doc.lexicon.habit)  # "with the ritual of every January" tells of this one


_SPANS_OF_HABIT = frozenset(["years", "decade", "decades", "times"])
_MANY = frozenset(["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "several", "many", "numerous", "some", "dozen", "of"])
_YEARS_TOKENS = 12


def _over_years(line: Line, trigger: Trigger) -> bool:
    """Whether a move is told as done again and again: "In recent years frigates have called there", "has visited Malta three times in five years"."""
    if trigger.rule.kind not in MOVED_TOGETHER:
        return False
    opening = line.lows[:_OPENING_SPAN]
    if (
        opening[0] in ("in", "over", "during")
        and line.low(1) in ("the", "recent", "previous", "past")
        and not {"recent", "past", "last"}.isdisjoint(opening)
    ):
        return not {"years", "decade", "decades"}.isdisjoint(opening)
    end = min(trigger.reach[1], trigger.last + _YEARS_TOKENS)
    return any(line.low(n) == "times" and line.low(n - 1) in _MANY for n in range(trigger.last, end))


_OPENING_SPAN = 6


def _is_done_once(line: Line, at: int) -> bool:
    """Whether a word tells no habit: "a regularly scheduled call", "with the ritual of every January", "was used to monitor the frigate"."""
    if line.low(at) == "used":
        return line.low(at - 1) in ("was", "were", "been", "being")
    return line.low(at + 1) == "scheduled" or (line.low(at) == "every" and line.low(at - 1) == "of")


_NAMED_FOR = frozenset(["for", "after", "in"])


def is_of_namesake(scene: Scene, trigger: Trigger) -> bool:
    """Whether a clause tells what the person did whom a ship is named for: "is named for a captain who fought in Vietnam and was taken to Hanoi"."""
    line = scene.line
    if "named" not in line.words or "who" not in line.words:
        return False
    at = next((n for n in range(trigger.chain - 1, 0, -1) if line.low(n) == "named"), None)
    if at is None or line.low(at + 1) not in _NAMED_FOR or "who" not in line.lows[at : trigger.chain]:
        return False
    who = line.lows.index("who", at)
    return not any(who < g.first < trigger.chain for g in scene.groups)


_EVERY_TOKENS = 12


def _every_time(line: Line, trigger: Trigger) -> bool:
    """Whether a clause tells what is done whenever something else is: "Every time they pass, a frigate will watch them"."""
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - _EVERY_TOKENS, -1), -1) if line.low(n) == "every"), None)
    return at is not None and line.low(at + 1) == "time" and line.low(at + 2) in ("they", "it", "she", "one", "a", "the", "russian", "chinese")


_CONDITIONS = frozenset(["if", "unless"])


def is_condition(line: Line, trigger: Trigger) -> bool:
    """Whether a clause only tells on what something depends: "unless they are returning to their base", "Had she left on Monday, she would …"."""
    if line.low(0) == "had" and "would" in line.words and "," in line.lows[trigger.last :] and line.lows.index("would") > trigger.last:
        return True
    if line.low(0) == "should" and "," in line.lows[trigger.last :] and "," not in line.lows[: trigger.first]:
        return True  # "Should HMS Kent leave Rota, the quay would be free"
    if line.low(trigger.first).endswith("ing") and line.low(trigger.chain - 1) == "against":
        return True  # "warned HMS Kent against entering Odesa"
    if line.opens(0, _IN_CASE) and "," in line.lows[trigger.last :] and "," not in line.lows[: trigger.first]:
        return True  # "In the event that HMS Kent leaves Rota, the quay will be closed"
    if _CONDITIONS.isdisjoint(line.words):
        return False
    at = next((n for n in range(trigger.chain - 1, max(trigger.reach[0] - 1, trigger.chain - 12, -1), -1) if line.low(n) in _CONDITIONS), None)
    if at is None or not {",", ";", "then"}.isdisjoint(line.lows[at : trigger.chain]):
        return False
    return (
        line.low(at) == "unless"
        or (at == 0 and (trigger.form == "pres" or line.low(trigger.chain) in ("is", "are")))
        or (line.low(at - 1) in ("only", "but") and trigger.form in ("pres", "ing"))
    )


_IN_CASE = frozenset(["in the event", "in case", "provided that", "on condition that", "supposing that"])
_UNTIL_THEN, _CAN = frozenset(["before", "until"]), frozenset(["can", "could", "may", "might"])
_AGAINST = frozenset(["against"])
_CLOSES_CONDITION = frozenset([",", ";", "then"])
_ASKS_IF = frozenset(["as", "known", "clear", "unclear", "sure", "see", "asked", "ask", "say", "unknown"])


def in_condition(line: Line, first: int, last: int) -> bool:
    """Whether what stands between two tokens is only what something depends on: "If HMS Kent calls at Rota, the quay will be closed"."""
    if line.low(0) == "should" or line.opens(0, _IN_CASE) or (line.low(0) in _UNTIL_THEN and not _CAN.isdisjoint(line.lows[:last])):
        return "," in line.lows[last:] and _CLOSES_CONDITION.isdisjoint(line.lows[:last])
    if line.low(0) == "had" and "would" in line.words:
        return line.lows.index("would") > last
    if "against" in line.words and any(first < n < last and line.low(n + 1).endswith("ing") for n in line.where(_AGAINST)):
        return True
    at = next((n for n in line.where(_CONDITIONS) if n < first and _CLOSES_CONDITION.isdisjoint(line.lows[n:last])), None)
    return at is not None and line.low(at - 1) not in _ASKS_IF and line.doc.lexicon.sets["be"].isdisjoint(line.lows[at:last])


_OUGHT, _RECALLED = frozenset(["ought", "should"]), 8


def came_after_all(line: Line, trigger: Trigger, event: Told, told: Sequence[Told]) -> bool:
    """Whether a clause only says when ships should have made a move that they were told to have made: "They ought to have come a week ago"."""
    words = line.lows[trigger.chain : trigger.first]
    if event.kind not in MOVED_TOGETHER or "have" not in words or _OUGHT.isdisjoint(words):
        return False
    made = {v for e in told[-_RECALLED:] if e.kind is event.kind and e.stance.modality is Modality.ASSERTED for v in e.vessels}
    return made.issuperset(event.vessels)
