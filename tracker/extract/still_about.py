"""Stage 6, whom a further verb is about: its sentence's subject, over the ships this did something with, "met HMS Kent before calling at Malta"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.main_clause import heads
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

_SUBORDINATES = frozenset(["before", "after", "while"])
_JOINTS = frozenset(["and", "then", "but"])
_OPENS = frozenset(
    ["and", ",", ";", ":", "while", "but", "as", "when", "where", "which", "who", "that", "until", "before", "after", "because", "since", "whom", "–"]
)
_PARTS = frozenset([";", ":", "while", "when", "where", "which", "who", "that", "whose", "as", "until", "because", "but"])
_LONGEST, _TIME_TOKENS = 12, 7
_WAYS = frozenset(["on", "en", "while", "whilst", "during", "in"])


def still_about(scene: Scene, trigger: Trigger, before: Group | None, left: Sequence[Group]) -> Group | None:
    """The subject in front of the ships nearest to a verb, where these are only whom it did something with; None where they may act."""
    line = scene.line
    if not left or trigger.rule.subject not in ("before", "both") or trigger.rule.nominal or (before is None and len(left) < 2):
        return None
    other = left[-1]
    ahead = before if before and set(before.vessels) != set(other.vessels) else None  # "was replaced by HMS Kent before calling at Malta"
    subject = ahead or next(iter(heads(line, left[:-1])[-1:]), None)
    if subject is None or subject.last > other.first or set(subject.vessels) & set(other.vessels):
        return None
    led = before_phrase(line, other.first)
    if line.low(led) == "with" and line.text(led - 1) == "," and other.last == trigger.chain and trigger.rule.kind is EventKind.UNDERWAY:
        return None  # "is in Rota, with HMS Tyne on her way to Colombo"
    link = _link(scene, trigger, other.last)
    if not link or not is_complement(line, subject, other):
        return None
    return None if link == "way" and is_watched(line, subject, other) else subject


def _link(scene: Scene, trigger: Trigger, first: int) -> str:
    """How a verb is joined to what stands in front of it: "sub" for "before calling", "and", "way" for "on her way"; "" for none of these."""
    line, chain = scene.line, trigger.chain
    if line.low(chain - 1) in _SUBORDINATES and (trigger.form in ("ing", "state") or line.low(chain) == "being"):
        return "sub"
    if line.low(chain) == "then" and line.text(chain - 1) == ",":
        return "and"  # "trained with HMS Kent, then headed for Lisbon"
    if trigger.rule.id == "sea.after" and line.low(chain) == "after":
        return "sub"  # "met the tanker X, after patrolling off Crete"
    if trigger.form == "state" and trigger.rule.kind is EventKind.UNDERWAY and line.low(chain) in _WAYS and line.text(chain - 1) != ",":
        return "way"
    at = next((n for n in range(chain - 1, max(chain - _TIME_TOKENS, first) - 1, -1) if line.low(n) in _JOINTS), None)
    if at is None or not (trigger.form in ("past", "pres") or trigger.passive):
        return ""
    if at == chain - 1:
        return "and" if line.low(at) == "but" else ""  # "and" right in front of a verb is looked at elsewhere
    lexicon, dated = line.doc.lexicon, {n for d in scene.dates for n in range(line.at_offset(d.start), line.at_offset(d.end - 1) + 1)}
    between = (n for n in range(at + 1, chain))
    told = (n in dated or line.low(n) in lexicon.sets["adverbs"] or line.low(n) in lexicon.sets["opens_time"] | _LATER for n in between)
    return "and" if all(told) else ""


_LATER = frozenset(["later", "that", "the", "same", "next", "following", "a", "few", "on", "in", "two", "three", "four", "some", "after", "soon"])


def is_complement(line: Line, subject: Group, other: Group) -> bool:
    """Whether ships are only whom those in front did something with, by a verb or preposition right in front of them, in one clause."""
    at = before_phrase(line, other.first)
    if not subject.last <= at < subject.last + _LONGEST or line.low(at) in _OPENS:
        return False
    between = line.lows[subject.last : at]
    if not _PARTS.isdisjoint(between) or (at == subject.last and not line.text(at).islower()):
        return False
    return line.text(at).isalpha() and line.text(at).islower()


def is_watched(line: Line, subject: Group, other: Group) -> bool:
    """Whether a verb between ships tells that the first watch or see the others, who may be those on the way."""
    between = [f for f in line.found("trigger") if subject.last <= f.first < other.first]
    return any(rule.object == "escort" or rule.seen for f in between for rule, _ in f.data)


_COMES_BACK = frozenset(["returned", "returns", "return", "came", "went", "turned", "put", "headed"])


def before_she_left(line: Line, subject: Group, other: Group, at: int) -> bool:
    """Whether "she" behind "before" is who did something with the ships nearest to it: "refuelled from the tanker X before she returned to Malta"."""
    return is_complement(line, subject, other) and (not is_watched(line, subject, other) or line.low(at + 1) in _COMES_BACK)
