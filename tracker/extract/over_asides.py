"""Stage 6, a list over asides: the ships in front of an aside act with those behind it, "HMS Kent, built in 1998, and HMS Argyll left"."""

from __future__ import annotations

from tracker.extract.groups import before_phrase, finite, joined
from tracker.extract.line import Line
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

_ASIDE_TOKENS, _TAIL_TOKENS = 26, 14
_OF_ONE = frozenset(["is", "was", "has"])
_BEFORE_NOUN = frozenset(["on", "the", "a", "of", "in", "her", "its", "at", "by", "for", "under", "with"])
_OPENERS = frozenset(["which", "who", "whose", "with", "without", "a", "an", "the", "once", "now", "formerly", "under", "both"])
_STOPS = frozenset([";", ":", "while", "but", "when", "before", "after"])
_FORMS = frozenset(["past", "pres", "base", "part", "ing", "state"])


def with_both_sides(scene: Scene, trigger: Trigger, found: Group) -> Group:
    """A subject with those that "and" joins to it over an aside: the rest of its list stands in front of the aside, or behind it."""
    line = scene.line
    if len(scene.groups) > 1 and found.first >= trigger.last and not trigger.rule.object and (rest := _behind_relative(scene, found)):
        return joined([found, rest])
    if (
        len(scene.groups) < 2
        or not ("," in line.lows[: trigger.chain] or ("with" in line.words and "and" in line.words))
        or not found.last <= trigger.chain
        or trigger.rule.object
        or trigger.rule.nominal
    ):
        return found
    if line.low(trigger.chain) in _OF_ONE or trigger.form not in _FORMS or found.first == found.last:
        return found
    nearest = next((g for g in reversed(scene.groups) if g.last <= trigger.chain and _reaches(line, g, trigger)), None)
    if nearest is None:
        return found
    ahead = next((g for g in reversed(scene.groups) if g.last < nearest.first and _closed_aside(line, g, nearest)), None)
    if ahead is None or not {*found.vessels} <= {*ahead.vessels, *nearest.vessels} or set(ahead.vessels) & set(nearest.vessels):
        return found
    return joined([ahead, nearest])


_WHICH, _RELATIVE_TOKENS = frozenset(["which", "who"]), 22


def _behind_relative(scene: Scene, found: Group) -> Group | None:
    """The ships with which a list behind a verb goes on over a relative clause: "In Malta are HMS Kent, which left Rota in May, and HMS Argyll"."""
    line, comma = scene.line, found.last
    if line.text(comma) != "," or line.low(comma + 1) not in _WHICH:
        return None
    for group in scene.groups:
        at = before_phrase(line, group.first)
        if at <= comma + 2 or line.low(at) != "and" or line.text(at - 1) != "," or set(group.vessels) & set(found.vessels):
            continue
        ends = line.text(group.last) in (".", ";", "") and at - comma <= _RELATIVE_TOKENS and ";" not in line.lows[comma:at]
        return group if ends and all(v.name or v.count for v in group.vessels) else None
    return None


def _reaches(line: Line, group: Group, trigger: Trigger) -> bool:
    """Whether vessels stand right in front of a verb, or nothing but an aside of their own parts them from it."""
    if not all(v.name or v.count for v in group.vessels):
        return False
    at = group.last
    if at == trigger.chain or (at == trigger.chain - 1 and line.text(at) == ","):
        return True  # "…, and B, together with C, left"
    if trigger.chain - at > _TAIL_TOKENS or line.text(at) != "," or line.text(trigger.chain - 1) != ",":
        return False
    return trigger.chain - at > 2 and line.low(at + 1) != "and" and not any(_acts(line, n) for n in range(at + 1, trigger.chain - 1))


def _closed_aside(line: Line, group: Group, behind: Group) -> bool:
    """Whether ", …, and" parts vessels that open the sentence from others behind, and no verb of their own stands there."""
    at, end = group.last, before_phrase(line, behind.first)
    if line.low(end) == "and" and _with_her_own(line, at, end):
        return all(v.name or v.count for v in group.vessels)
    if line.low(end) != "and" or line.text(end - 1) not in (",", "–", "—", ")") or end - at > _ASIDE_TOKENS or end - at < 3:
        return False
    if line.text(at) not in (",", "–", "—", "(") or not all(v.name or v.count for v in group.vessels):
        return False
    inside = line.lows[at + 1 : end - 1]
    if not _STOPS.isdisjoint(inside) or any(_acts(line, n) for n in range(before_phrase(line, group.first) + 1)):
        return False
    if any(line.text(n) == "," and _acts(line, n + 1) for n in range(at + 2, end - 2)):
        return False  # "HMS Kent, which left Rota, was off Malta, and HMS Argyll, …": her own verb stands behind the aside
    relative = inside[0] in _OPENERS or inside[:2] in (["on", "which"], ["in", "which"])
    return relative or not any(_acts(line, n) for n in range(at + 1, end - 1))


_OWN_TOKENS = 8


def _with_her_own(line: Line, at: int, end: int) -> bool:
    """Whether only what a ship has with her stands between her and "and": "HMS Kent with her helicopter and the tanker Tidespring left"."""
    own = line.low(at) == "with" and line.low(at + 1) in ("her", "its", "their", "a", "an") and 2 < end - at <= _OWN_TOKENS
    return own and "," not in line.lows[at:end] and not any(_acts(line, n) for n in range(at + 2, end))


def _acts(line: Line, at: int) -> bool:
    """Whether a verb stands at a token, and no noun as in "on board"."""
    return finite(line, at) and line.low(at - 1) not in _BEFORE_NOUN and not line.text(at - 1).isdecimal()
