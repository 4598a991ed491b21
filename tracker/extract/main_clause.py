"""Stage 6, whom a sentence goes on about: its own subject and none told beside it, "Kent left with the tug X; on Tuesday she was off Crete"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

_GOES_ON = frozenset([";", "and", "but", "then", "yet", "so", "–", "—"])
_JOINT_TOKENS = 9


def goes_on(line: Line, first: int, at: int) -> bool:
    """Whether a main clause that goes on about its subject begins between two tokens: "; on Tuesday she …", ", and a day later was …"."""
    for n in range(at - 1, max(at - _JOINT_TOKENS, first) - 1, -1):
        if line.low(n) in _GOES_ON:
            return True
        if line.low(n) in line.doc.lexicon.sets["opens_below"]:
            return False
    return False


def until_when(line: Line, last: int, at: int) -> bool:
    """Whether a pronoun goes on about who did something "until" a day: "HMS Kent shadowed the Boikiy until Sunday, when she turned back"."""
    return line.low(at - 1) == "when" and not _UNTIL.isdisjoint(line.lows[last : at - 1])


_UNTIL = frozenset(["until", "till"])


def heads(line: Line, groups: Sequence[Group]) -> list[Group]:
    """Those of some vessels that nothing in front of them makes others' company or object: no preposition, no verb but one of watching."""
    return [g for g in groups if _is_head(line, g)]


def _is_head(line: Line, group: Group) -> bool:
    at = before_phrase(line, group.first)
    if at < 0:
        return True
    if line.low(at) in line.doc.lexicon.sets["beside_subject"] or line.ending("preposition", at + 1) is not None:
        return False
    if line.low(at - 1) == "to" and line.low(at).isalpha():
        return False  # "left Malta to relieve HMS Tyne"
    verb = line.ending("trigger", at + 1) if line.low(at) not in line.doc.lexicon.months else None  # "in March HMS Kent"
    return verb is None or any(rule.seen or rule.object == "escort" for rule, _ in verb.data)


_OWN_OPENERS = frozenset(["while", "whilst", "whereas", "but", ";"])


def of_own_clause(scene: Scene, trigger: Trigger, before: Group) -> Group | None:
    """Whom a verb goes on about in a clause whose first verb is unknown: "…, while the tug X landed a sick man and left by dusk"."""
    line = scene.line
    for group in reversed(scene.groups):
        if group.last > trigger.chain:
            continue
        if group.first < before.last or line.low(before_phrase(line, group.first)) not in _OWN_OPENERS:
            return None
        verb = line.low(group.last)
        acts = verb.isalpha() and line.text(group.last).islower() and verb not in _NO_VERB and line.starting("preposition", group.last) is None
        return group if acts and {",", ";", ":"}.isdisjoint(line.lows[group.last : trigger.chain]) else None
    return None


_NO_VERB = frozenset(["and", "or", "who", "which", "that", "with", "also"])
