"""Stage 6, who: subjects that stand behind their verb: "In the harbour lay HMS Kent", "Seen off Crete was the tanker X"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.beside_verb import copula_between, her_own, is_leader, is_purpose, object_behind, of_another, pronoun_behind, whole_subject
from tracker.extract.fronted_subject import fronted_subject, opens_sentence
from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.pronouns import object_pronoun
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.sides import are_rivals
from tracker.extract.told_aside import with_pronoun
from tracker.extract.verbs import Trigger

Answer = tuple[Group | None]
"""Who acts, or that nobody does, where a step has decided it."""


def who_behind(scene: Scene, trigger: Trigger, before: Group | None, left: list[Group], right: list[Group], discourse: Discourse) -> Answer | None:
    """Who acts where a sentence has them behind their verb or noun: "Leaving Malta on Monday was X", "the arrival of X"."""
    line, rule = scene.line, trigger.rule
    if right and not left and rule.subject == "before" and not rule.object and line.low(trigger.chain - 1) == "there":
        return (joined(right),)  # "There sailed from Kiel on Monday the frigate X"
    if right and left and line.low(trigger.chain - 1) == "there" and _there_comes(scene, trigger, right[0]):
        return (joined(right),)  # "Off Cyprus, where the frigate A was, there arrived the destroyer B"
    if right and len(left) == 1 and before is None and _goes_with(scene, trigger, left[0], right[0]):
        return (joined([left[0], *right]),)  # "With HMS Kent sailed from Malta on Monday the tanker A and the tug B"
    if not left and before is None and (told := pronoun_behind(scene, trigger, discourse)):
        return (told,)
    if rule.nominal and right and line.low(trigger.last - 1) == "of" and before_phrase(line, right[0].first) == trigger.last - 1:
        return (right[0],)  # "ended at Souda Bay, where Sunday brought the arrival of the carrier"
    if rule.nominal and not left and line.low(trigger.last - 1) in ("of", "by") and of_another(scene, trigger, right):
        return (None,)
    if not right and not left and before is None and (named := _named_far_behind(scene, trigger)):
        return (named,)
    if not left and (owner := her_own(scene, trigger, discourse)):
        return (owner,)
    if right and trigger.form in ("state", "part", "past") and _opens_part(line, trigger.chain) and copula_between(line, trigger, right):
        return (joined(right),)  # "She will be its fourth ship: already on station in the Red Sea are the frigates A and B"
    if not right or left or before is not None:
        return None
    turned = (
        trigger.form in ("state", "ing", "base")
        or line.low(trigger.chain - 1) == "what"
        or (trigger.chain == 0 and trigger.form in ("past", "part") and line.low(0) != "left")
    )  # "Leaving Malta on Monday was X", "What left Malta was X"
    if rule.id in _STOP_RULES and _beyond_clause(line, right[0]) and (vessels := discourse.fleet.subject):
        span = line.span(trigger.first, trigger.first + 1)
        return (Group(trigger.first, trigger.first, vessels, tuple(span for _ in vessels)),)
    if _behind_its_places(scene, trigger, right[0]):
        return (right[0],)  # "On Friday weighed anchor from Callao the frigate X"
    stated = rule.subject == "both" or (turned and rule.subject == "before" and copula_between(line, trigger, right))
    if stated and is_leader(scene, trigger):
        return (_stated_behind(scene, trigger, right, discourse),)
    return (right[0],) if _inverted(scene, trigger, right[0]) else None


def _opens_part(line: Line, at: int) -> bool:
    """Whether a colon or semicolon stands in front of a token, with no more than adverbs between."""
    while at > 0 and line.low(at - 1) in line.doc.lexicon.sets["adverbs"]:
        at -= 1
    return line.text(at - 1) in (":", ";")


_STOP_RULES = frozenset(["arrive.stop", "arrive.stopped", "arrive.next", "arrive.made"])
_NEXT_CLAUSE = frozenset(["there", "where", "when", "as", "while", "because", "since", "but", "and"])


def _beyond_clause(line: Line, group: Group) -> bool:
    """Whether vessels behind a stop open a clause of their own: "Rio comes next, on 20 December, and there the frigate X will join her"."""
    at = before_phrase(line, group.first)
    if line.text(at) in (":", ";"):
        return True  # "São Tomé came after that: a patrol boat trained with her off Príncipe"
    return line.low(at) in _NEXT_CLAUSE and (line.text(at - 1) == "," or line.low(at - 1) == "and")


_FRONTED_TOKENS = 4


def _goes_with(scene: Scene, trigger: Trigger, ahead: Group, group: Group) -> bool:
    """Whether a sentence opens with whom those behind its verb went with: "With HMS Kent sailed from Malta the tanker A"."""
    line, rule = scene.line, trigger.rule
    if line.low(0) != "with" or before_phrase(line, ahead.first) != 0 or ahead.last != trigger.chain or rule.object or rule.seen or rule.copula:
        return False
    if trigger.form not in ("past", "pres") or trigger.chain != trigger.first or rule.kind is EventKind.ESCORT:
        return False
    at = before_phrase(line, group.first)
    timed = any(line.at_offset(d.end - 1) == at for d in scene.dates)
    placed = any(p.last - 1 == at for p in scene.places)
    return (timed or placed or at == trigger.last - 1) and line.low(at + 1) in ("the", "a", "an", "two", "three") and not are_rivals(ahead, group)


def _there_comes(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether "there" stands for who comes behind the verb, though others stand in front: "In the train of A there came into Malta B"."""
    line, rule = scene.line, trigger.rule
    if rule.object or rule.subject not in ("before", "inverted") or trigger.form not in ("past", "pres") or trigger.chain != trigger.first:
        return False
    return line.starting("preposition", before_phrase(line, group.first)) is None and line.low(trigger.chain - 2) not in ("and", "from", "out")


def _named_far_behind(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom a sentence names behind its "are", an aside in front of it: "Still to be seen in Malta, the paper noted, are the frigates A and B"."""
    line, be = scene.line, scene.line.doc.lexicon.sets["be"]
    if (
        trigger.chain > _FRONTED_TOKENS
        or trigger.form not in ("part", "past", "state", "ing")
        or trigger.rule.object
        or not is_leader(scene, trigger)
    ):
        return None
    group = next((g for g in scene.groups if g.first >= trigger.last), None)
    at = before_phrase(line, group.first) if group else 0
    if group is None or line.low(at) not in be or not be.isdisjoint(line.lows[trigger.last : at]):
        return None
    return group if line.text(at - 1) == "," or line.low(at - 1) in ("still", "also") else None


def behind_comma(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The subject of the clause behind the comma that ends an absolute phrase: "Malta left astern, she steered for Rota"."""
    line = scene.line
    comma = next((n for n in range(trigger.last, line.size) if line.text(n) == ","), line.size)
    if line.low(comma + 1) in ("she", "it", "they"):
        vessels, span = discourse.fleet.pronoun(line.low(comma + 1)), line.span(comma + 1, comma + 2)
        return Group(comma + 1, comma + 2, vessels, tuple(span for _ in vessels)) if vessels else None
    return next((g for g in scene.groups if g.first > comma and before_phrase(line, g.first) == comma), None)


_PLACE_ASIDE_TOKENS = 12


def place_aside(scene: Scene, trigger: Trigger) -> int | None:
    """The comma that opens an aside about the place a sentence opens with, where it closes right in front of the verb."""
    line = scene.line
    opening = next((p for p in scene.places if p.entry and p.how and p.last <= trigger.chain), None)
    if opening is None or opening.first > 3 or line.text(trigger.chain - 1) != "," or line.text(opening.last) != ",":
        return None
    return opening.last if 1 < trigger.chain - opening.last <= _PLACE_ASIDE_TOKENS else None


def _inverted(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether a place opens the sentence and the subject stands right behind its verb: "To Yokosuka on Friday returned the destroyer X"."""
    line, rule = scene.line, trigger.rule
    if rule.object or rule.seen or trigger.form not in ("past", "part", "pres") or before_phrase(line, group.first) != trigger.last - 1:
        return False
    opening = next((p for p in scene.places if p.how and p.last <= trigger.chain), None)
    aside = place_aside(scene, trigger) is not None
    if opening is None or line.low(trigger.last - 1) in line.doc.lexicon.function or not (aside or is_leader(scene, trigger)):
        return False
    led = line.ending("preposition", opening.first) or line.ending("preposition", opening.first - 1)
    after = line.low(opening.last) in ("after", "following")  # "In Severomorsk after the exercises in the Barents Sea returned the destroyer X"
    return led is not None and led.first <= 1 and (aside or after or not _other_noun(scene, opening.last, trigger.chain))


_HOURS = frozenset(["hours", "hour", "morning", "afternoon", "evening", "night", "noon", "dawn", "midday"])
_ARTICLES = frozenset(["the", "a", "an", "two", "three", "four", "five", "both"])


def _behind_its_places(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether a verb that opens its sentence has its subject behind its places and days, as in translations: "Sailed from Callao on Friday the …"."""
    line, rule = scene.line, trigger.rule
    if rule.object or rule.seen or rule.copula or rule.subject != "before" or trigger.passive or trigger.form not in ("past", "part", "pres"):
        return False
    ends = {p.last for p in scene.places} | {line.at_offset(d.end - 1) + 1 for d in scene.dates}
    begin = before_phrase(line, group.first) + 1
    while begin not in ends and begin > trigger.last and line.text(begin - 1).islower() and line.text(begin - 1).isalpha():
        begin -= 1  # "the transport ARA Canal Beagle"
    if begin not in ends or begin <= trigger.last or line.low(begin) not in _ARTICLES or not _PRONOUNS.isdisjoint(line.lows[:begin]):
        return False
    opens = trigger.chain == 0 or trigger.chain in ends or line.low(trigger.chain - 1) in _HOURS
    parts = line.doc.lexicon.sets["port_parts"] | _ARTICLES
    behind = next((n for n in range(trigger.last, begin) if line.low(n) not in parts), begin)  # "from the naval base Mar del Plata"
    return opens and not _other_noun(scene, behind, begin)


_PRONOUNS = frozenset(["she", "it", "they", "he", "which", "who", "that", ","])


def _other_noun(scene: Scene, first: int, last: int) -> bool:
    """Whether words that are no time and no little ones stand between two tokens."""
    line = scene.line
    lead_in, adverbs = line.doc.lexicon.sets["lead_in"], line.doc.lexicon.sets["adverbs"]
    held = {n for p in scene.places for n in range(p.first, p.last)}
    held |= {n for d in scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end - 1) + 1)}
    return any(n not in held and line.low(n) not in lead_in and line.low(n) not in adverbs for n in range(first, last))


def behind_verb(scene: Scene, trigger: Trigger, left: list[Group], right: list[Group], discourse: Discourse) -> Group | None:
    """Whom a verb of hosting, bringing or coming in names behind it: "Colombo welcomed the frigate X", "into Malta came X"."""
    line, rule = scene.line, trigger.rule
    if rule.subject == "after" and rule.host and trigger.passive and left:
        return whole_subject(scene, trigger, left, discourse)  # "was welcomed at Colombo"
    owned = [g for g in right if line.low(g.last) not in ("'", "’") or line.low(g.last + 1) != "s"]
    right = owned or right  # "took in HMS Prince of Wales's escort HMS Richmond"
    if rule.subject == "after":
        related = None if right or not rule.host else _which_it_hosts(scene, trigger)
        return joined(right) if right else related or object_pronoun(scene, trigger, discourse)
    if rule.subject == "object" and rule.id.startswith("carry") and (taken := _which_it_took(scene, trigger)):
        return taken
    straight = bool(right) and (right[0].first == trigger.last or before_phrase(line, right[0].first) == trigger.last - 1)
    direct = right[0] if right and (straight or object_behind(scene, trigger, right[0])) else None
    if direct and line.text(direct.last) in ("'", "’") and line.low(direct.last + 1) == "s":
        return None  # "took the frigate's place"
    return direct or (object_pronoun(scene, trigger, discourse) if rule.subject == "object" else None)


def _which_it_took(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom a relative clause tells to be taken somewhere by others: "freed the dhow X, which the frigate Y then took to Bosaso"."""
    line = scene.line
    taker = next((g for g in reversed(scene.groups) if g.last <= trigger.chain), None)
    at = before_phrase(line, taker.first) if taker and trigger.chain - taker.last <= 1 else 0
    if line.low(at) not in ("which", "that", "whom") or trigger.passive:
        return None
    return next((g for g in scene.groups if g.last in (at, at - 1)), None)


def _which_it_hosts(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom a relative clause with a host as its subject speaks of: "the carrier X, which Da Nang hosted in March"."""
    line = scene.line
    host = next((p for p in reversed(scene.places) if p.last <= trigger.chain), None)
    at = host.first - 1 - (line.low(host.first - 1) == "the") if host else -1
    if line.low(at) not in ("which", "that", "whom"):
        return None
    return next((g for g in reversed(scene.groups) if g.last in (at, at - 1)), None)


def _stated_behind(scene: Scene, trigger: Trigger, right: list[Group], discourse: Discourse) -> Group:
    """Whom a state or noun that opens a clause names behind it: "Tied up at Sasebo is the carrier X", "With the arrival of A at Malta, B is …"."""
    line, rule = scene.line, trigger.rule
    if rule.nominal and line.low(trigger.last - 1) == "of":
        return right[0]  # "With the arrival of A at Malta, B is …"
    if rule.nominal and trigger.chain <= _LED_IN_BY and opens_sentence(line, trigger):
        return next((g for g in right if not _linked(line, g)), fronted_subject(scene, trigger) or right[0])  # "On arrival there A relieved B"
    linked = next((n for n, g in enumerate(right) if line.low(before_phrase(line, g.first)) in line.doc.lexicon.sets["be"]), 0)
    if linked and all(_linked(line, g) or line.low(before_phrase(line, g.first)) == "of" for g in right[:linked]):
        right = right[linked:]  # "Back in Malta, to support the crew of the destroyer, is the frigate X"
    if rule.nominal:
        right = [g for g in right if not _linked(line, g)] or right
    right = [g for n, g in enumerate(right) if n == 0 or not is_purpose(line, g)]  # "deployed the corvette X to follow a cutter"
    return with_pronoun(scene, joined(right), discourse)


_UPON, _COMPANY = frozenset(["upon", "on", "before", "after", "following", "during"]), frozenset(["with", "by", "alongside", "from"])


def upon_her(scene: Scene, trigger: Trigger, left: list[Group]) -> bool:
    """Whether an act told as somebody's own is the subject's: "will exercise with a Maltese ship upon its departure on Friday"."""
    line = scene.line
    at = trigger.first - 1 - (line.low(trigger.first - 1) in ("a", "an", "the"))
    if line.low(at) in ("after", "following"):
        return True  # "rejoined the group off Crete after a stop in Piraeus"
    owned = line.low(trigger.first) in ("her", "its", "their") and line.low(trigger.first - 1) in _UPON
    return owned and line.low(before_phrase(line, left[-1].first)) in _COMPANY


_LED_IN_BY = 4


def _linked(line: Line, group: Group) -> bool:
    """Whether a word in front of vessels makes them no subject: "with her visit to Odesa and an exercise with the frigate X behind her"."""
    before = before_phrase(line, group.first)
    return line.low(before) != "of" and (line.ending("preposition", before + 1) is not None or line.low(before) in ("by", "with", "and"))
