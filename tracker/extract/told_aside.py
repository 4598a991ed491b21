"""Stage 6, who: subjects in asides and relative clauses, in front of the verb or opened by a participle."""

from __future__ import annotations

from tracker.extract.groups import attends, before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.pronouns import ALL_PRONOUNS
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.verbs import Trigger

_ASIDE_TOKENS = 40
"""An aside between a subject and its verb is no longer than so many tokens."""


def before_aside(scene: Scene, trigger: Trigger) -> Group | None:
    """The vessels of which an aside tells that closes right before a verb: "USS Ross, which has joined the French group, is in Limassol"."""
    owner, line = _told_in_aside(scene, trigger.chain), scene.line
    if owner and line.text(owner.last) == "," and before_phrase(line, owner.first) > 0:
        return _told_in_aside(scene, owner.last + 1, end=trigger.chain) or owner  # "A, another ship that replaced B, after her refit, left"
    return owner


def over_time_aside(line: Line, trigger: Trigger) -> bool:
    """Whether only an aside of time parts a verb from "and": "left Hull and, after meeting the tanker X off Cornwall, headed to Rota"."""
    if line.text(trigger.chain - 1) != ",":
        return False
    opened = next((n for n in range(trigger.chain - 2, max(trigger.chain - _TIME_TOKENS, 0), -1) if line.text(n) == ","), None)
    return opened is not None and line.low(opened - 1) in ("and", "but", "then") and line.low(opened + 1) in _TIMES


_TIME_TOKENS, _TIMES = 16, frozenset(["after", "before", "following", "once", "while"])


def _told_in_aside(scene: Scene, chain: int, end: int | None = None) -> Group | None:
    """The vessels in front of an aside that closes at the token before `chain`; `end`: where a further one behind it ends."""
    line = scene.line
    asides = line.doc.lexicon.sets["opens_aside"]
    reached = max(chain - _ASIDE_TOKENS, 0)
    if "," not in line.lows[reached : max(chain - 2, 0)]:
        return None
    opened = next(
        (
            n
            for n in range(chain - 2, reached, -1)
            if line.text(n - 1) == ","
            and (
                (line.low(n) in asides and (end is None or line.low(n) in ("which", "who")))
                or _led_relative(line, n)
                or _says_which(line, n)
                or (end is None and (_is_absolute(scene, n) or is_participle(line, n) or _some_time_after(line, n) or _by_another(scene, n, chain)))
            )
        ),
        None,
    )
    if opened is None or any(line.text(n) == ";" for n in range(opened, end or chain)):
        return None
    return next((g for g in scene.groups if g.last in (opened - 1, opened - 2) and line.text(opened - 2) in (",", ")", line.text(g.last - 1))), None)


_ABSOLUTE_TOKENS = 7


def _is_absolute(scene: Scene, at: int) -> bool:
    """Whether an aside tells what others had done or had to bear: "HMS Kent, the tanker X having been left off Ceuta, went on alone"."""
    lows = scene.line.lows[at + 1 : at + _ABSOLUTE_TOKENS]
    having = next((at + 1 + n for n, low in enumerate(lows) if low in ("having", "being")), None)
    return having is not None and any(at <= g.first and g.last == having for g in scene.groups)


def _led_relative(line: Line, at: int) -> bool:
    """Whether a relative clause opens behind a preposition or a number: "from which she took fuel", "two of which had left"."""
    return line.low(at + 1) in ("which", "whom", "whose") or (line.low(at + 1) == "of" and line.low(at + 2) in ("which", "whom", "them"))


def with_asides(scene: Scene, trigger: Trigger, owner: Group) -> Group:
    """A subject with those told in an aside to be in its company: "HMS Kent, accompanied by HMS Tyne, left on Monday"."""
    line = scene.line
    beside = [g for g in scene.groups if owner.last < g.first and g.last <= trigger.chain and is_beside_her(line, g)]
    beside = [g for g in beside if {"which", "who", "that", "after"}.isdisjoint(line.lows[owner.last : g.first])]
    return joined([owner, *beside]) if beside else owner


def _by_another(scene: Scene, first: int, last: int) -> bool:
    """Whether an aside only says what a ship is to others: "HMS Trent, the replacement for HMS Medway, …", "the tug X, sent to help the Y, …"."""
    line, inside = scene.line, [g for g in scene.groups if first <= before_phrase(scene.line, g.first) + 1 and g.last <= last]
    links = line.doc.lexicon.sets["to_another"]
    return bool(inside) and all(
        line.low(at := before_phrase(line, g.first)) in links
        or (line.text(g.last) in ("'", "’") and line.low(g.last + 1) == "s")
        or (line.low(at - 1) == "to" and first < at - 1 and line.low(at) != "be")
        for g in inside
    )


def _says_which(line: Line, at: int) -> bool:
    """Whether words behind a comma say of a ship which one it is: "HMS Kent, the frigate that HMS Duncan relieved in April, …"."""
    if line.low(at) not in ("the", "a", "an", "one", "another"):
        return False
    if any(line.low(n) in ("that", "which", "whom", "who", "whose") and line.text(n - 1) != "," for n in range(at + 2, at + 7)):
        return True
    noun = next((n for n in range(at + 1, at + _NOUN_TOKENS) if line.low(n) in _UNITS or line.ending("type", n + 1) is not None), None)
    if noun is None or (line.low(at) == "the" and line.low(noun) not in _UNITS) or "," in line.lows[at:noun]:
        return False
    closed = next((n for n in range(noun, line.size) if line.text(n) == ","), line.size)
    if "and" in line.lows[noun:closed]:
        return False  # "HMS Kent, a tanker from Norway and two tugs, left"
    return line.low(noun + 1) in ("of", "in", "from", "with", "on") or line.low(noun + 1).endswith("ing")  # "a unit of the Navy in the second group"


_UNITS, _NOUN_TOKENS = frozenset(["unit", "member", "representative"]), 5


def is_participle(line: Line, at: int) -> bool:
    """Whether an aside opens with a participle or a word before one: "Hessen, last seen off Crete with the tanker Spessart, …"."""
    low = line.low(at)
    return low.isalpha() and line.text(at).islower() and (low.endswith(("ed", "ing")) or low in line.doc.lexicon.sets["participle_opens"])


_SPANS_OF_TIME = frozenset(["hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"])


def _some_time_after(line: Line, at: int) -> bool:
    """Whether an aside opens with some time after an act: "HMS Kent, two months after leaving Key West, is in …"."""
    opened = (
        line.starting("number", at) is not None
        or line.low(at) in ("a", "some", "several", "just", "only", "less", "more", "barely")
        or line.low(at).isdecimal()
    )
    return opened and any(line.low(n) in _SPANS_OF_TIME and line.low(n + 1) in ("after", "before", "out", "into") for n in range(at + 1, at + 5))


_APPOSITION_TOKENS = 9


def in_apposition(line: Line, first: int, last: int) -> bool:
    """Whether only what explains the vessel told last stands in front of "that": "relieves HMS Diamond, a sister ship that has been …"."""
    opened = line.text(first) == "," and line.low(first + 1) in ("a", "an", "the", "her", "its", "their", "another")
    if not opened or last - first > _APPOSITION_TOKENS:
        return False
    return all(line.text(n).isalnum() or line.text(n) in ("-", "'", "’") for n in range(first + 1, last))


def last_alone(group: Group) -> Group:
    """The vessel that a group names last: of whom "which is" speaks."""
    return Group(group.first, group.last, group.vessels[-1:], group.spans[-1:])


def before_relative(scene: Scene, group: Group) -> Group | None:
    """The first of a list, with a relative clause in commas behind it: "the destroyer A, which serves as flagship, B and C are …"."""
    line, comma = scene.line, before_phrase(scene.line, group.first)
    if line.text(comma) != "," or len(group.vessels) < 2 or not all(v.name for v in group.vessels):
        return None
    opened = next((n for n in range(comma - 1, max(comma - _ASIDE_TOKENS, 0), -1) if line.low(n) in ("which", "who") or line.text(n) == ";"), None)
    if opened is None or line.text(opened - 1) != "," or any(opened < g.first < comma for g in scene.groups):
        return None
    first = next((g for g in scene.groups if g.last in (opened - 1, opened - 2) and all(v.name for v in g.vessels)), None)
    own = first and line.low(before_phrase(line, first.first))
    return first if first and own not in line.doc.lexicon.sets["agents"] and not set(first.vessels) & set(group.vessels) else None


def is_beside_her(line: Line, group: Group) -> bool:
    """Whether vessels stand behind words of company: "accompanied by X", "together with X", "along with X"."""
    at = before_phrase(line, group.first)
    if line.low(group.last + 1) == "company" and attends(line, group.first, group.last):
        return True
    return (line.low(at - 1), line.low(at)) in (
        ("accompanied", "by"),
        ("together", "with"),
        ("along", "with"),
        ("followed", "by"),
        ("company", "with"),
        ("joined", "by"),
        ("preceded", "by"),
    )


def with_pronoun(scene: Scene, group: Group, discourse: Discourse) -> Group:
    """A subject with the pronoun that a list joins to it: "she and a ship of the host navy"."""
    line, at = scene.line, before_phrase(scene.line, group.first)
    if line.low(at) != "and" or line.low(at - 1) not in ALL_PRONOUNS:
        return group
    more = tuple(v for v in discourse.fleet.pronoun(line.low(at - 1)) if v not in group.vessels)
    if len(more) == 1:
        discourse.fleet.joined = more[0]
    span = line.span(at - 1, at)
    return Group(at - 1, group.last, (*more, *group.vessels), (*(span for _ in more), *group.spans))


_OWN = frozenset(["her", "its", "their"])


def owned_aside(line: Line, last: int) -> set[int]:
    """The tokens of an aside in front of a verb that says what a port is to ships: "Malta, her next stop, was reached on Friday"."""
    if line.text(last - 1) != ",":
        return set()
    first = next((n for n in range(last - 2, max(last - _ASIDE_TOKENS // 4, 0), -1) if line.text(n) == ","), None)
    return set(range(first, last)) if first is not None and line.low(first + 1) in _OWN else set()
