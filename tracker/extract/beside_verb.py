"""Stage 6, who: what a group beside a verb is: the whole subject, another verb's object, a purpose, an owner."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.crews import OWNERS, crew_opens
from tracker.extract.fronted_subject import LEADS_IN
from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.pronouns import PRONOUNS, is_agent
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.told_aside import before_relative, is_beside_her, with_pronoun
from tracker.extract.verbs import Trigger

EVERY = frozenset(["both", "all"])


def object_behind(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether only where and when part an object from its verb: "sent from Kiel to the Fehmarn Belt the tender Elbe"."""
    line, begin = scene.line, before_phrase(scene.line, group.first) + 1
    told = {n for p in scene.places for n in range(p.first, p.last)}
    told |= {n for d in scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end - 1) + 1)}
    told |= {n for f in line.found("preposition") for n in range(f.first, f.last)}
    if begin - 1 not in told or line.ending("preposition", begin):
        return False
    return all(n in told or line.low(n) in ("the", "last", "this") for n in range(trigger.last, begin))


_BEHIND_TOKENS = 14


def pronoun_behind(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The subject behind a phrase that opens a sentence: "On arrival in the Gulf of Aden she relieved X", "Upon leaving Malta it …"."""
    line = scene.line
    if not (trigger.rule.nominal or trigger.form == "ing") or not 0 < trigger.chain <= 4 or not LEADS_IN.issuperset(line.lows[: trigger.chain]):
        return None
    at = next((n for n in range(trigger.last, min(trigger.last + _BEHIND_TOKENS, line.size)) if line.low(n) in ("she", "it", "they")), None)
    if at is None or any(trigger.last <= g.first < at for g in scene.groups):
        return None
    vessels, span = discourse.fleet.pronoun(line.low(at)), line.span(at, at + 1)
    return Group(trigger.chain, trigger.chain, vessels, tuple(span for _ in vessels)) if vessels else None


def copula_between(line: Line, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether a form of "be" or "have" links words to the vessels behind: "Gone from Tartus are A and B", "Sailed from Kiel have A and B"."""
    links = [line.low(before_phrase(line, g.first)) for g in right[: 1 if trigger.rule.object else 2]]
    inverted = trigger.chain == 0 and trigger.form in ("past", "part") and links[:1] in (["have"], ["has"], ["had"])
    return inverted or not line.doc.lexicon.sets["be"].isdisjoint(links)


def her_own(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whose act a noun with "her" in front of it, which opens a sentence, tells: "Her call at Malta was the first of a frigate since 2010"."""
    line, at = scene.line, trigger.first - 1
    if not trigger.rule.nominal or at != 0 or line.low(at) not in OWNERS or not trigger.rule.id.startswith("noun."):
        return None
    vessels = discourse.fleet.pronoun(OWNERS[line.low(at)])
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


def of_another(scene: Scene, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether an act told by a noun is somebody else's: "After a visit of the minister to Valletta the frigate Kent left"."""
    line, at = scene.line, trigger.last
    if any(before_phrase(line, g.first) == at - 1 for g in right) or any(p.first <= at + 1 < p.last + 1 for p in scene.places):
        return False
    behind, sets = line.lows[at : at + 4], line.doc.lexicon.sets
    return not all(sets[people].isdisjoint(behind) for people in ("people", "offices", "titles"))


def is_leader(scene: Scene, trigger: Trigger) -> bool:
    """Whether nothing but places, dates and little words stands before a trigger: "Tied up at Sasebo is the carrier …"."""
    return PRONOUNS.isdisjoint(scene.line.lows[: trigger.chain]) and not any(g.first < trigger.first for g in scene.groups)


def whole_subject(scene: Scene, trigger: Trigger, left: Sequence[Group], discourse: Discourse) -> Group:
    """The subject among the vessels left of a verb, with those told as in its company there."""
    line = scene.line
    if all(is_agent(line, g) for g in left):
        left = [g for g in scene.groups if g.last <= trigger.chain] or left
        if len(left) > 1 and crew_opens(line, left[0]):
            return left[0]  # "Sailors from USS Boxer, assigned to the Nimitz group, and the 13th Marine Expeditionary Unit arrived"
    group = with_pronoun(scene, _not_agent(line, left), discourse)
    both = not EVERY.isdisjoint(line.lows[trigger.chain : trigger.first])
    if both and len(group.vessels) == 1 and len(left) > 1:
        return joined(left[-2:])
    beside = [g for g in left if g.first > group.first and is_beside_her(line, g)]
    if listed := before_relative(scene, group):
        return joined([listed, group])
    return joined([group, *beside]) if beside else group


def _not_agent(line: Line, left: Sequence[Group]) -> Group:
    for group in reversed(left):
        if not is_agent(line, group) and not is_purpose(line, group):
            return group
    return left[-1]


def is_purpose(line: Line, group: Group) -> bool:
    """Whether vessels are what somebody is to do something to: "is there to track Russian ships"."""
    verb = line.low(group.first - 1)
    return line.low(group.first - 2) == "to" and verb.isalpha() and verb not in ("the", "a", "join")
