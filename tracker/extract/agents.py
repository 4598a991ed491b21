"""Stage 6, who does what is done: the ships behind "by", named behind a passive, or behind a colon."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.verbs import Trigger


def done_by(scene: Scene, trigger: Trigger) -> Group | None:
    """By whom an act that opens the sentence was done: "Taking on fuel from A was practised by B"."""
    if trigger.form != "ing" or trigger.chain > 1:
        return None
    return next((g for g in scene.groups if g.first > trigger.last and scene.line.low(before_phrase(scene.line, g.first)) == "by"), None)


def named_behind(scene: Scene, trigger: Trigger, left: Sequence[Group], right: Sequence[Group]) -> Group | None:
    """The vessels that a verb's end names: "Among the ships that left Tartus were A and B", "The ships seen at Tartus included A"."""
    line, first = scene.line, left[-1].vessels[0]
    ranked = not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[: left[-1].last]) and line.low(left[-1].last) == "to"
    only = "only" in line.lows[left[-1].first : left[-1].last] and left[-1].first <= 1 and trigger.chain == left[-1].last
    if not first.name and (ranked or (only and trigger.form != "base")):
        named = next((g for g in scene.groups if g.first >= trigger.last and g.vessels[0].name), None)
        be = line.doc.lexicon.sets["be"]
        return named if named and not be.isdisjoint(line.lows[trigger.last : named.first]) else None  # "The first ship to dock at Gdynia was X"
    if first.name or not (first.plural or line.low(left[-1].first) == "one"):
        return None
    front = line.low(before_phrase(line, left[-1].first))
    if front == "among" or line.low(left[-1].first) == "one":
        right = [g for g in scene.groups if g.first >= trigger.last]
    links = line.doc.lexicon.sets["be"] if front == "among" else _IS if line.low(left[-1].first) == "one" else _INCLUDED
    if trigger.rule.object and front == "among":  # "Among the ships escorting HMS Kent are A and B"
        right = right[next((n for n, g in enumerate(right) if line.low(before_phrase(line, g.first)) in links), 0) :]
    return joined(right) if right and line.low(before_phrase(line, right[0].first)) in links else None


_IS, _INCLUDED = frozenset(["is", "was"]), frozenset(["included", "include", "were", "are"])


def behind_colon(scene: Scene, trigger: Trigger) -> Group | None:
    """The vessels listed behind a colon, up to a sentence's end or a full clause."""
    line = scene.line
    if ":" not in line.words:
        return None
    colon = next((n for n in range(trigger.last, line.size) if line.text(n) == ":"), None)
    if colon is None:
        return None
    listed: list[Group] = []
    for group in scene.groups:
        if group.first > colon and (not listed or group.first - listed[-1].last <= 8):
            listed.append(group)
    return joined(listed) if listed else None


def shared_agent(line: Line, trigger: Trigger, groups: Sequence[Group]) -> Group | None:
    """By whom two things were done that "and" joins: "was met off Ushant by HMS Kent on Tuesday and escorted through the Channel"."""
    if not trigger.passive or "by" not in line.words or line.low(trigger.chain - 1) not in ("and", "then"):
        return None
    left = [g for g in groups if trigger.first - _AGENT_TOKENS < g.first and g.last < trigger.chain]
    by = next((g for g in reversed(left) if line.low(before_phrase(line, g.first)) == "by"), None)
    whole = range(by.last, trigger.chain) if by else range(0)
    return by if not any(line.text(n) == ";" or line.low(n) in ("who", "which", "while") for n in whole) else None


_AGENT_TOKENS = 20


def agent(scene: Scene, trigger: Trigger, right: Sequence[Group]) -> Group | None:
    """Who acts in the passive of a verb of movement: "the strait was crossed by two destroyers", "the EEZ, swarmed by 240 ships"."""
    rule = trigger.rule
    if rule.seen or rule.object or rule.passive or rule.id.startswith("carry") or trigger.form not in ("part", "past") or not right:
        return None
    line = scene.line
    if line.low(trigger.last - 1) == "by" and before_phrase(line, right[0].first) == trigger.last - 1:
        return right[0] if trigger.passive or not any(g.last == trigger.chain for g in scene.groups) else None  # "was passed by the tanker X"
    by = next((n for n in range(trigger.last, min(trigger.last + 9, right[0].first)) if scene.line.low(n) == "by"), None)
    return right[0] if by is not None and before_phrase(scene.line, right[0].first) == by else None


_BY_TOKENS, _OWNING = (
    6,
    frozenset(["on", "in", "at", "for", "again", "before", "after", "only", "and", "when", "yesterday", "today", "late", "early"]),
)


def agent_pronoun(scene: Scene, trigger: Trigger, right: Sequence[Group], discourse: Discourse) -> Group | None:
    """Who acts in a passive that has them as a pronoun: "Malta was left by her on Friday"."""
    line, rule = scene.line, trigger.rule
    if right or not trigger.passive or rule.seen or rule.object or rule.passive or rule.id.startswith("carry") or "by" not in line.words:
        return None
    ahead = range(trigger.last - 1, min(trigger.last + _BY_TOKENS, line.size))
    by = next((n for n in ahead if line.low(n) == "by" and line.low(n + 1) in ("her", "it", "them")), None)
    if by is None or not (line.low(by + 2) in _OWNING or not line.text(by + 2).isalpha()):
        return None
    vessels, span = discourse.fleet.pronoun(line.low(by + 1)), line.span(by + 1, by + 2)
    return Group(by + 1, by + 2, vessels, tuple(span for _ in vessels)) if vessels else None


def done_to(scene: Scene, trigger: Trigger, right: Sequence[Group]) -> Group | None:
    """To whom a participle that opens a sentence is done, named last: "Escorted into Valletta by the cutter X was the tanker Y"."""
    line = scene.line
    if trigger.chain or trigger.form not in ("part", "past") or not right or line.low(before_phrase(line, right[0].first)) != "by":
        return None
    return next((g for g in right[1:] if line.low(before_phrase(line, g.first)) in line.doc.lexicon.sets["be"]), None)
