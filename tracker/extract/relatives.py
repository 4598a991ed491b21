"""Stage 6, relative clauses: whose they are, and whom their "which" and "of whom" pick out."""

from __future__ import annotations

from tracker.domain.kinds import PlaceKind
from tracker.extract.groups import CLAUSE_OPENERS, before_phrase
from tracker.extract.line import Line
from tracker.extract.pronouns import PRONOUNS
from tracker.extract.scene import Group, Scene
from tracker.extract.verbs import Trigger

OWNED_TOKENS = 4
_RELATIVES = frozenset(["that", "which", "whom", "whose"])
_JOINED = frozenset(["and", "or", "but", "then", "while", "before", "after", "as", "when", "where", "that", "which", "who", "if", "because", "to"])


def head_of_relative(scene: Scene, trigger: Trigger) -> Group | None:
    """The head of a relative clause with a subject of its own, behind which its verb goes on: "The tanker that HMS Kent escorted is now in Malta"."""
    line = scene.line
    if _RELATIVES.isdisjoint(line.words) or line.low(trigger.chain - 1) in _JOINED:
        return None
    ahead = [g for g in scene.groups if g.last <= trigger.chain]
    for group in reversed(ahead[1:]):
        at = before_phrase(line, group.first)
        at -= line.low(at) not in _RELATIVES and line.low(at - 1) == "whose"  # "the frigate whose place HMS Kent took"
        if line.low(at) not in _RELATIVES:
            continue
        begin = at - (line.low(at - 1) in ("from", "with", "by", "to", "of", "for", "in"))
        begin -= line.text(begin - 1) == ","
        head = next((g for g in ahead if g.last == begin), None)
        acts = [f for f in line.found("trigger") if group.last <= f.first and f.last <= trigger.chain]
        if head is None or not acts or trigger.chain - ahead[-1].last < 1 or ";" in line.lows[begin : trigger.chain]:
            return None
        return head
    return None


_OPENS_CLAUSE = _JOINED - {"to", "and", "or"} | {"said", "says", "because", "until", "since", "though", "although", ";", "she", "it", "they"}
LEADS_OTHERS = frozenset(["with", "by", "from", "of", "for", "against", "to", "alongside", "near", "between", "around"])


def told_by_relative(scene: Scene, trigger: Trigger) -> Group | None:
    """The head of a relative clause that tells of others with her, behind which her own verb goes on.

    "A survey ship that was in a stand-off with Greek vessels last year has returned to Cyprus".
    """
    line = scene.line
    if _RELATIVES.isdisjoint(line.words) or line.low(trigger.chain - 1) in _JOINED | {"she", "it", "they"}:
        return None
    auxiliaries, ahead = line.doc.lexicon.sets["auxiliaries"], [g for g in scene.groups if g.last <= trigger.chain]
    if trigger.form not in ("past", "pres") and line.low(trigger.chain) not in auxiliaries:
        return None
    for group in ahead[:-1]:
        at = group.last + (line.text(group.last) == ",")
        verb = line.low(at + 1) in auxiliaries or line.starting("trigger", at + 1) is not None
        if line.low(at) not in ("that", "which", "who") or not verb or trigger.chain - at <= _FEWEST_TOLD:
            continue
        if not _OPENS_CLAUSE.isdisjoint(line.lows[at + 1 : trigger.chain]) or "," in line.lows[at + 1 : trigger.chain - 1]:
            return None
        beside = ahead[-1]
        led = line.low(before_phrase(line, beside.first)) in LEADS_OTHERS
        return group if led or beside.last < trigger.chain - 1 else None
    return None


_FEWEST_TOLD = 2


_WHOLE = frozenset(["both", "all", "neither", "none"])
_WHOM = frozenset(["which", "whom", "them"])


def all_of_which(scene: Scene, trigger: Trigger) -> Group | None:
    """All of those in front of a relative clause, or the one that it picks: "A and B, both of which left", "A and B, the first of which left"."""
    line = scene.line
    if "of" not in line.words or _WHOM.isdisjoint(line.words):
        return None
    for n in range(trigger.chain - 1, max(trigger.chain - OWNED_TOKENS, 1), -1):
        if line.low(n) not in _WHOM or line.low(n - 1) != "of":
            continue
        whole, order = line.low(n - 2) in _WHOLE, _ORDER.get(line.low(n - 2)) if line.low(n - 3) == "the" else None
        end = n - 2 - (order is not None)
        group = next((g for g in scene.groups if g.last in (end, end - 1)), None)
        if group is None or line.text(end - 1) != "," or (not whole and order is None):
            return None
        if whole:
            return group
        return Group(group.first, group.last, (group.vessels[order or 0],), (group.spans[order or 0],)) if len(group.vessels) > 1 else None
    return None


_ORDER = {"first": 0, "former": 0, "second": 1, "latter": -1, "last": -1}


def of_which(line: Line, first: int, last: int) -> bool:
    """Whether a clause speaks of some of the ships in front of it: "13 vessels passed, four of which had come from the Bosphorus"."""
    for n in range(first, last - 1) if "of" in line.words and not _WHOM.isdisjoint(line.words) else ():
        if line.low(n) == "of" and line.low(n + 1) in ("which", "whom"):
            some = line.ending("number", n) or line.starting("number", n + 2) or line.low(n - 1).isdecimal() or line.low(n + 2).isdecimal()
            return bool(some) or line.low(n - 1) in _SOME or line.low(n + 2) in _SOME
    return False


_SOME = frozenset(["some", "most", "many", "several", "half", "both", "all", "none"])


def own_noun(scene: Scene, trigger: Trigger) -> bool:
    """Whether a clause in front of a verb opens with a subject that is no vessel: "before Russian tanks crossed into Ukraine"."""
    line, begin = scene.line, max(trigger.chain - 8, trigger.reach[0] - 1, 0)
    if trigger.form not in ("past", "pres", "part") or CLAUSE_OPENERS.isdisjoint(line.lows[begin + 1 : trigger.chain]):
        return False
    small = line.doc.lexicon.sets["adverbs"]
    at = next(n for n in range(trigger.chain - 1, begin, -1) if line.low(n) in CLAUSE_OPENERS)
    if any(g.last > at and g.first < trigger.chain for g in scene.groups):
        return False
    words = [n for n in range(at + 1, trigger.chain) if line.text(n).isalpha() and line.low(n) not in small]
    covered = {n for p in scene.places for n in range(p.first, p.last)}
    lands = {n for p in scene.places if p.entry and p.entry.kind is PlaceKind.COUNTRY for n in range(p.first, p.last)}
    land = trigger.form == "past" and lands.issuperset(words)  # "since 2008, when Russia joined the mission"
    plain = bool(words) and all(line.text(n).isalpha() for n in range(at + 1, trigger.chain)) and (land or covered.isdisjoint(words))
    return (
        plain and PRONOUNS.isdisjoint([line.low(n) for n in words]) and line.low(words[0]) not in ("there", "both", "all", "they", "these", "those")
    )
