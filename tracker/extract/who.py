"""Stage 6, who: the vessels that do what a trigger tells."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.agents import agent, agent_pronoun, behind_colon, done_by, done_to, named_behind
from tracker.extract.corefer import Vessel
from tracker.extract.forms import saw_her
from tracker.extract.fronted_subject import LEADS_IN, fronted_subject, opens_sentence
from tracker.extract.groups import CLAUSE_OPENERS, attends, before_phrase, joined
from tracker.extract.joined import OBJECTS
from tracker.extract.line import Line
from tracker.extract.main_clause import goes_on, heads
from tracker.extract.over_asides import with_both_sides
from tracker.extract.passengers import carrier_of
from tracker.extract.pronouns import ALL_PRONOUNS, PRONOUNS, is_agent, object_pronoun, pronoun_of
from tracker.extract.relatives import LEADS_OTHERS, OWNED_TOKENS, all_of_which, head_of_relative, of_which, own_noun, told_by_relative
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.sides import are_rivals
from tracker.extract.still_about import still_about
from tracker.extract.verbs import Trigger, is_bare_absolute

_ASIDE_TOKENS = 40
"""An aside between a subject and its verb is no longer than so many tokens."""
_EVERY = frozenset(["both", "all"])


def subject_of(scene: Scene, trigger: Trigger, before: Group | None, discourse: Discourse) -> Group | None:
    """The vessels that do what a trigger tells; `before` is the subject of the clause before. None where there are none."""
    found = _all_but(scene, trigger, discourse) or _subject_of(scene, trigger, before, discourse)
    if found and found is not before and _only_spoken_of(scene.line, found, trigger):
        return None
    return _without_excepted(scene, with_both_sides(scene, trigger, found)) if found else None


_BUT = frozenset(["but", "except"])


def _all_but(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Who "all but the tanker" are: those told together with her, without her."""
    line = scene.line
    if "all" not in line.words or _BUT.isdisjoint(line.words):
        return None
    for group in scene.groups:
        at = before_phrase(line, group.first)
        if line.low(at) in _BUT and line.low(at - 1) == "all" and group.last <= trigger.first and trigger.chain - group.last <= OWNED_TOKENS:
            whole = next((g for g in reversed(discourse.fleet.focus) if set(group.vessels) < set(g)), ())
            left = tuple(v for v in whole if v not in group.vessels)
            return Group(at - 1, group.last, left, tuple(line.span(at - 1, group.last) for _ in left)) if left else None
    return None


def _without_excepted(scene: Scene, found: Group) -> Group:
    """A subject without those that the sentence excepts: "With the exception of the tanker they left", "Apart from HMS Kent, the ships …"."""
    line = scene.line
    if len(found.vessels) < 2 or line.words.isdisjoint(_EXCEPTS):
        return found
    excepted = {v for g in scene.groups if line.ends_with(before_phrase(line, g.first) + 1, line.doc.lexicon.sets["excepting"]) for v in g.vessels}
    pairs = [(v, s) for v, s in zip(found.vessels, found.spans, strict=True) if v not in excepted]
    if not pairs or len(pairs) == len(found.vessels):
        return found
    return Group(found.first, found.last, tuple(v for v, _ in pairs), tuple(s for _, s in pairs))


_EXCEPTS = frozenset(["exception", "apart", "except", "excepting", "excluding", "without", "minus", "bar", "save", "not", "than"])


def _only_spoken_of(line: Line, group: Group, trigger: Trigger) -> bool:
    """Whether vessels in front of a verb only say whose or of what its subject is: "HMS Kent's former captain", "A book about the Ark Royal"."""
    if not group.first < group.last <= trigger.chain:
        return False
    sets, at = line.doc.lexicon.sets, before_phrase(line, group.first)
    link, noun = line.low(at), line.low(at - 1)
    if link == "as" and noun == "such":
        return True  # "Frigates such as HMS Kent patrol the North Atlantic"
    relative = line.low(group.last + (line.text(group.last) == ",")) in ("which", "that", "who")
    if link == "about" and noun.isalpha() and at > 0 and not relative:  # "asked about the tug, which is now off Malta"
        return True
    if link == "for" and group.last == trigger.chain and at > 1 and noun in sets["made_for"]:
        return True  # "The contract for the frigates was signed in Athens"
    if link == "of" and trigger.rule.seen and trigger.passive and noun in sets["titles"] | sets["people"]:
        return True  # "A sailor of HMS Kent was found dead in Portsmouth"
    if link == "from" and 0 < at <= _FEW_IN_FRONT and noun.isalpha() and noun not in line.doc.lexicon.function and not line.ending("trigger", at):
        return not line.ending("type", at) and line.low(0) in (
            "the",
            "a",
            "an",
            "some",
            "two",
            "three",
            "several",
        )  # "The spill from the tanker reached …"
    if link == "of" and noun in _FLOWN:
        return True  # "The aircraft of the carrier returned to Severomorsk"
    owned = line.text(group.last) in ("'", "’") and trigger.chain - group.last <= OWNED_TOKENS
    word = line.low(trigger.chain - 1)
    sister = word in sets["hers_and_not_she"] | sets["beside_her_alone"] or (word == "ship" and line.low(trigger.chain - 2) == "sister")
    return owned and (sister or word in sets["offices"] | sets["people"])


_FEW_IN_FRONT = 5
_FLOWN = frozenset(["aircraft", "helicopters", "helicopter", "jets", "planes", "fighters", "drones"])
Answer = tuple[Group | None]
"""Who acts, or that nobody does, where a step has decided it."""


def _subject_of(scene: Scene, trigger: Trigger, before: Group | None, discourse: Discourse) -> Group | None:
    """The vessels that do what a verb tells; `before` are those of the verb in front of it."""
    left, right = _sides(scene, trigger)
    told = (
        _in_set_phrase(scene, trigger, discourse)
        or _by_its_rule(scene, trigger, left, right, discourse)
        or _behind(scene, trigger, before, left, right, discourse)
        or _who_is_seen(scene, trigger, left, right, discourse)
    )
    return told[0] if told else _left_of(scene, trigger, before, left, right, discourse)


def _sides(scene: Scene, trigger: Trigger) -> tuple[list[Group], list[Group]]:
    """The vessels within the reach of a verb, in front of it and behind it."""
    left = [g for g in scene.groups if g.last <= trigger.first and g.first >= trigger.reach[0]]
    right = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    if right and left and (aside := _place_aside(scene, trigger)) is not None:
        left = [g for g in left if g.first < aside]  # "Into Rota, home of the squadron, came the destroyer X"
    if left and left[-1].first == trigger.chain and scene.line.low(trigger.chain) in _EVERY:
        left = left[-1:]  # "HMS Kent came in on Monday, HMS Tyne a day later; both are in Malta"
    if left and left[-1].first >= trigger.chain and left[0].first < trigger.chain:
        left = [g for g in left if g.first < trigger.chain]  # "HMS Kent was among the ships to leave"
    if len(left) > 1 and "not" in scene.line.words:
        left = [g for g in left if not _set_apart(scene.line, g)] or left  # "A and B, and not C, left"
    return left, right


def _set_apart(line: Line, group: Group) -> bool:
    """Whether an aside says of vessels that they are not those meant: "HMS Kent and HMS Tyne, and not HMS Mersey, had sailed"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "not" and line.low(at - 1) in ("and", "but", ",") and line.text(group.last) == ","


def _in_set_phrase(scene: Scene, trigger: Trigger, discourse: Discourse) -> Answer | None:
    """Who acts in a phrase that has the ships in a place of its own: "X, where the frigates A and B lie, is her next port"."""
    line, rule = scene.line, trigger.rule
    aims = trigger.form == "state" and "where" in line.lows[: trigger.chain] and rule.kind in (EventKind.ARRIVAL, EventKind.UNDERWAY)
    if aims and (owner := _possessor(scene, trigger, [], discourse)):
        return (owner,)  # "Valparaíso, where the frigates A and B lie, is her next port"
    if line.low(0) == "among" and line.low(1) == "those" and line.low(2) in ("that", "who", "which") and (among := _among_those(scene, trigger)):
        return (among,)
    if (trigger.passive or trigger.form in ("past", "part")) and (spared := _absolute(scene, trigger, discourse)) is not None:
        return (spared,)
    if line.low(trigger.first) == "it" and (whom := next((g for g in scene.groups if line.low(before_phrase(line, g.first)) == "for"), None)):
        return (whom,)  # "For the Patagonia, once the others had gone, it was off to Puerto Belgrano"
    if rule.id == "depart.deploy" and not trigger.passive and (sent := _whom_they_sent(scene, trigger)):
        return (sent,)  # "France has sent the frigate X out of Brest"
    if trigger.form == "state" and not _HERS.isdisjoint(line.words) and (watched := _watched_on_way(scene, trigger)):
        return (watched,)
    if "spent" in line.words and (spent := _time_spent(scene, trigger, discourse)):
        return (spent,)
    if rule.id == "depart.behind" and (near := [g for g in scene.groups if g.last <= trigger.first and not is_agent(line, g)]):
        return (near[-1],)  # "…, the day on which INS Shardul put Port Louis astern"
    return None


_SPENT_TOKENS = 9


def _time_spent(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Who did something in a time that a sentence has for its subject: "Most of the week was spent exercising off Oman with the corvette X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    at = next((n for n in range(max(trigger.chain - 2, 0), trigger.first + 1) if line.low(n) == "spent"), None)
    if at is None or at > _SPENT_TOKENS or sets["be"].isdisjoint(line.lows[max(at - 3, 0) : at]) or any(g.first < at for g in scene.groups):
        return None
    if sets["times_spent"].isdisjoint(line.lows[:at]) and not any(line.at_offset(d.start) < at for d in scene.dates):
        return None
    vessels, span = discourse.fleet.subject, line.span(at, at + 1)
    return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None


_SENDS = frozenset(["sent", "send", "sends", "sending", "dispatched", "dispatches", "deployed", "deploys"])


def _whom_they_sent(scene: Scene, trigger: Trigger) -> Group | None:
    """The ships right behind a verb of sending, whoever sends them."""
    line = scene.line
    if line.low(trigger.first) not in _SENDS:
        return None
    return next((g for g in scene.groups if g.first >= trigger.last and before_phrase(line, g.first) == trigger.last - 1), None)


_HERS = frozenset(["its", "her", "their"])
_EN_ROUTE = frozenset(["during", "on", "throughout", "in"])
_WAY_TOKENS = 3


def _watched_on_way(scene: Scene, trigger: Trigger) -> Group | None:
    """Whose passage is told right behind those who are watched: "took over the escort of the frigates A and B during their passage of the strait"."""
    line = scene.line
    own = next((n for n in range(trigger.first, max(trigger.first - _WAY_TOKENS, 0), -1) if line.low(n) in _HERS), None)
    if own is None or line.low(own - 1) not in _EN_ROUTE:
        return None
    near = next((g for g in scene.groups if g.last == own - 1), None)
    if near is None or line.low(before_phrase(line, near.first)) != "of":
        return None
    several = len(near.vessels) > 1 or near.vessels[0].plural
    return near if several == (line.low(own) == "their") else None


def _among_those(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom a sentence names at its end: "Among those that left Malta on Monday were A and B"."""
    be = scene.line.doc.lexicon.sets["be"]
    named = next((g for g in scene.groups if g.first >= trigger.last and scene.line.low(before_phrase(scene.line, g.first)) in be), None)
    return named if named and trigger.chain <= _AMONG_TOKENS else None


_AMONG_TOKENS = 5


def _by_its_rule(scene: Scene, trigger: Trigger, left: list[Group], right: list[Group], discourse: Discourse) -> Answer | None:
    """Who acts where the rule of a word says on which side of it they stand, or whom they do something to."""
    rule = trigger.rule
    if rule.subject in ("after", "object", "inverted"):
        return (_behind_verb(scene, trigger, left, right, discourse),)
    if acting := agent(scene, trigger, right) or agent_pronoun(scene, trigger, right, discourse):
        return (acting,)
    if rule.object == "escort" and trigger.form == "base" and (going := _who_goes_to_watch(scene, trigger, discourse)):
        return (going,)
    if rule.object in ("escort", "supply") and (undergoing := done_to(scene, trigger, right)):
        return (undergoing,)
    return None


def _behind(scene: Scene, trigger: Trigger, before: Group | None, left: list[Group], right: list[Group], discourse: Discourse) -> Answer | None:
    """Who acts where a sentence has them behind their verb or noun: "Leaving Malta on Monday was X", "the arrival of X"."""
    line, rule = scene.line, trigger.rule
    if right and not left and rule.subject == "before" and not rule.object and line.low(trigger.chain - 1) == "there":
        return (joined(right),)  # "There sailed from Kiel on Monday the frigate X"
    if right and left and line.low(trigger.chain - 1) == "there" and _there_comes(scene, trigger, right[0]):
        return (joined(right),)  # "Off Cyprus, where the frigate A was, there arrived the destroyer B"
    if right and len(left) == 1 and before is None and _goes_with(scene, trigger, left[0], right[0]):
        return (joined([left[0], *right]),)  # "With HMS Kent sailed from Malta on Monday the tanker A and the tug B"
    if not left and before is None and (told := _pronoun_behind(scene, trigger, discourse)):
        return (told,)
    if rule.nominal and right and line.low(trigger.last - 1) == "of" and before_phrase(line, right[0].first) == trigger.last - 1:
        return (right[0],)  # "ended at Souda Bay, where Sunday brought the arrival of the carrier"
    if rule.nominal and not left and line.low(trigger.last - 1) in ("of", "by") and _of_another(scene, trigger, right):
        return (None,)
    if not right and not left and before is None and (named := _named_far_behind(scene, trigger)):
        return (named,)
    if not left and (owner := _her_own(scene, trigger, discourse)):
        return (owner,)
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
    stated = rule.subject == "both" or (turned and rule.subject == "before" and _copula_between(line, trigger, right))
    if stated and _leads(scene, trigger):
        return (_stated_behind(scene, trigger, right, discourse),)
    return (right[0],) if _inverted(scene, trigger, right[0]) else None


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
    if trigger.chain > _FRONTED_TOKENS or trigger.form not in ("part", "past", "state", "ing") or trigger.rule.object or not _leads(scene, trigger):
        return None
    group = next((g for g in scene.groups if g.first >= trigger.last), None)
    at = before_phrase(line, group.first) if group else 0
    if group is None or line.low(at) not in be or not be.isdisjoint(line.lows[trigger.last : at]):
        return None
    return group if line.text(at - 1) == "," or line.low(at - 1) in ("still", "also") else None


def _who_is_seen(scene: Scene, trigger: Trigger, left: list[Group], right: list[Group], discourse: Discourse) -> Answer | None:
    """Whom a verb of seeing tells of: who sees is not where the seen one is."""
    line, rule = scene.line, trigger.rule
    if not rule.seen:
        return None
    if left and _seen_in_headline(line, trigger, left[-1]):
        return (left[-1],)
    perfect = not line.doc.lexicon.sets["have"].isdisjoint(line.lows[trigger.chain : trigger.first])
    if trigger.passive or (trigger.form == "part" and not perfect):
        return None
    if len(right) > 1 and right[-1].last >= trigger.reach[1] - 1 < line.size - 1:
        link = line.low(before_phrase(line, right[-1].first))
        right = right[:-1] if link in ("and", "while", "but") else right  # "spotted the tanker off Ushant and HMS Tyne shadowed it"
    return (_with_pronoun(scene, joined(right), discourse) if right else object_pronoun(scene, trigger, discourse),)


_GOES_ON = frozenset(["and", ",", "then", "before", "after", "but", "while", "or"])


def _left_of(scene: Scene, trigger: Trigger, before: Group | None, left: list[Group], right: list[Group], discourse: Discourse) -> Group | None:
    """Who acts where they stand in front of their verb, or are those of the verb in front of it."""
    line, word = scene.line, _joint(scene, trigger)
    if goes_on_about := still_about(scene, trigger, before, left):
        return goes_on_about
    if before and trigger.form in ("past", "pres", "part", "state") and and_aside(line, trigger.chain):
        return before  # "shadowed the tug A and, relieved by HMS Kent, returned to Plymouth"
    if before and _theirs_who_act(line, trigger, before) and not (left and _theirs_who_act(line, trigger, left[-1])):
        return before
    if trigger.form == "ing" and left and left[-1].last == trigger.chain and line.low(before_phrase(line, left[-1].first)) == "with":
        return left[-1]  # "British ships kept watch, with HMS Tyne shadowing the frigate"
    if "whose" in line.words and (owned := _whose(scene, trigger)) is not None:
        return owned[0]
    if line.low(trigger.chain) in _AT_PRESENT and (present := _now_aside(scene, trigger)):
        return present
    if word in ("they", "both") and (behind := behind_colon(scene, trigger)):
        return behind  # "they came in one after another: A, then B"
    if word in ("which", "who") and (told := _told_before(scene, trigger.chain - 1)):
        return told
    stands = trigger.form != "ing" and (trigger.form != "state" or line.low(trigger.chain) in line.doc.lexicon.sets["be"])
    if word == "," and stands and (owner := _before_aside(scene, trigger)):
        return _with_asides(scene, trigger, owner)
    if stands and (head := head_of_relative(scene, trigger) or told_by_relative(scene, trigger)):
        return head
    if before and word in _GOES_ON:
        in_row = word if trigger.form != "state" or word != "," else ""
        nearer = left and before.last <= left[-1].last
        while_ing = word in ("while", "after", "before") and trigger.form == "ing"
        if not nearer or while_ing or _object_of_other(line, left, before, in_row):
            return before
    return _in_front(scene, trigger, before, left, right, word, discourse)


_AT_PRESENT = frozenset(["now", "currently", "presently"])


def _now_aside(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom an aside tells the whereabouts of: "relieved the cutter X, currently moored in Mayport", "under the flagship Y, now in Antwerp"."""
    line, comma = scene.line, trigger.chain - 1
    if line.text(comma) not in (",", "(") or trigger.form not in ("part", "past", "state", "ing"):
        return None
    return next((g for g in scene.groups if g.last == comma), None)


_AND_ASIDE_TOKENS = 18


def and_aside(line: Line, chain: int) -> bool:
    """Whether a participle's aside behind "and" closes right in front of a verb: "left Malta and, joined by two tugs, headed for Suez"."""
    if line.text(chain - 1) != ",":
        return False
    opened = next((n for n in range(chain - 2, max(chain - _AND_ASIDE_TOKENS, 0), -1) if line.text(n) == ","), None)
    if opened is None or line.low(opened - 1) not in ("and", "but", "then") or line.text(opened - 2) == ",":
        return False
    return _participle(line, opened + 1) or line.low(opened + 1) == "without"


def _whose(scene: Scene, trigger: Trigger) -> Answer | None:
    """Who does what a clause of "whose" tells: nobody where it is a thing, else the ship named in it: "A, whose escort, the tug B, left Malta, …"."""
    line, ahead = scene.line, range(trigger.chain - 1, max(trigger.chain - _WHOSE_TOKENS, 0), -1)
    at = next((n for n in ahead if line.low(n) == "whose"), None)
    if at is None or any(line.starting("trigger", n) or line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in range(at + 2, trigger.chain)):
        return None
    inside = [g for g in scene.groups if at < g.first and g.last <= trigger.chain]
    if inside:
        return (inside[-1],) if inside[-1].last >= trigger.chain - 1 else None
    sets, noun = line.doc.lexicon.sets, line.low(trigger.chain - 1)
    if not _CREWS.keys().isdisjoint(line.lows[at + 1 : at + 3]) and line.text(at - 1) == ",":
        owner = next((g for g in scene.groups if g.last == at - 1), None)
        return (_last_alone(owner),) if owner else None  # "took over from the cutter B, whose crew thereupon left for Virginia"
    other = noun in sets["beside_her_alone"] | sets["people"] | sets["offices"] | sets["hers_and_not_she"]
    return (None,) if other and "," not in line.lows[at : trigger.chain] else None


_WHOSE_TOKENS = 9


def _told_before(scene: Scene, which: int) -> Group | None:
    """The one of a list told further in front whose mention stands right before "which": "had six ships there, among them the X, which left Kiel"."""
    end = scene.line.ends[which - 2] if scene.line.text(which - 1) == "," and which > 1 else None
    for group in scene.groups if end is not None else ():
        some = len(group.vessels) > 1 and not group.vessels[0].name and (group.vessels[0].count or 0) > 1  # "six ships, among them the X"
        for vessel, span in zip(group.vessels, group.spans, strict=True):
            if span[1] == end and (some or group.last < which - 1) and vessel.name:
                return Group(which - 2, which - 1, (vessel,), (span,))
    return None


def _absolute(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whom a passive tells of that names nobody: "Malta having been left on Monday, the frigate …", "Once Malta was left, …"."""
    line = scene.line
    if is_bare_absolute(line, trigger):
        return _behind_comma(scene, trigger, discourse)
    if not trigger.passive:
        return None
    place = next((p for p in scene.places if p.last == trigger.chain and p.how is None), None)
    if place is None or "by" in line.lows[trigger.last :]:
        return None
    opens = place.first - 1 - (line.low(place.first - 1) == "the")
    if line.low(trigger.chain) != "having" and not (opens == 0 and line.low(opens) in _BEFORE_MAIN):
        return None
    return next((g for g in scene.groups if g.first >= trigger.last and line.text(before_phrase(line, g.first)) == ","), None)


def _behind_comma(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The subject of the clause behind the comma that ends an absolute phrase: "Malta left astern, she steered for Rota"."""
    line = scene.line
    comma = next((n for n in range(trigger.last, line.size) if line.text(n) == ","), line.size)
    if line.low(comma + 1) in ("she", "it", "they"):
        vessels, span = discourse.fleet.pronoun(line.low(comma + 1)), line.span(comma + 1, comma + 2)
        return Group(comma + 1, comma + 2, vessels, tuple(span for _ in vessels)) if vessels else None
    return next((g for g in scene.groups if g.first > comma and before_phrase(line, g.first) == comma), None)


_BEFORE_MAIN = frozenset(["before", "after", "once", "when", "as", "until", "since"])


_PLACE_ASIDE_TOKENS = 12


def _place_aside(scene: Scene, trigger: Trigger) -> int | None:
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
    aside = _place_aside(scene, trigger) is not None
    if opening is None or line.low(trigger.last - 1) in line.doc.lexicon.function or not (aside or _leads(scene, trigger)):
        return False
    led = line.ending("preposition", opening.first) or line.ending("preposition", opening.first - 1)
    return led is not None and led.first <= 1 and (aside or not _other_noun(scene, opening.last, trigger.chain))


def _other_noun(scene: Scene, first: int, last: int) -> bool:
    """Whether words that are no time and no little ones stand between two tokens."""
    line = scene.line
    lead_in, adverbs = line.doc.lexicon.sets["lead_in"], line.doc.lexicon.sets["adverbs"]
    held = {n for p in scene.places for n in range(p.first, p.last)}
    held |= {n for d in scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end - 1) + 1)}
    return any(n not in held and line.low(n) not in lead_in and line.low(n) not in adverbs for n in range(first, last))


def _behind_verb(scene: Scene, trigger: Trigger, left: list[Group], right: list[Group], discourse: Discourse) -> Group | None:
    """Whom a verb of hosting, bringing or coming in names behind it: "Colombo welcomed the frigate X", "into Malta came X"."""
    line, rule = scene.line, trigger.rule
    if rule.subject == "after" and rule.host and trigger.passive and left:
        return _whole_subject(scene, trigger, left, discourse)  # "was welcomed at Colombo"
    owned = [g for g in right if line.low(g.last) not in ("'", "’") or line.low(g.last + 1) != "s"]
    right = owned or right  # "took in HMS Prince of Wales's escort HMS Richmond"
    if rule.subject == "after":
        related = None if right or not rule.host else _which_it_hosts(scene, trigger)
        return joined(right) if right else related or object_pronoun(scene, trigger, discourse)
    if rule.subject == "object" and rule.id.startswith("carry") and (taken := _which_it_took(scene, trigger)):
        return taken
    direct = right[0] if right and (before_phrase(line, right[0].first) == trigger.last - 1 or _object_behind(scene, trigger, right[0])) else None
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
    right = [g for n, g in enumerate(right) if n == 0 or not _is_purpose(line, g)]  # "deployed the corvette X to follow a cutter"
    return _with_pronoun(scene, joined(right), discourse)


_UPON, _COMPANY = frozenset(["upon", "on", "before", "after", "following", "during"]), frozenset(["with", "by", "alongside", "from"])


def _upon_her(scene: Scene, trigger: Trigger, left: list[Group]) -> bool:
    """Whether an act told as somebody's own is the subject's: "will exercise with a Maltese ship upon its departure on Friday"."""
    line = scene.line
    owned = line.low(trigger.first) in ("her", "its", "their") and line.low(trigger.first - 1) in _UPON
    return owned and line.low(before_phrase(line, left[-1].first)) in _COMPANY


def _in_front(
    scene: Scene, trigger: Trigger, before: Group | None, left: list[Group], right: list[Group], word: str, discourse: Discourse
) -> Group | None:
    """The subject in front of a verb that `word` joins to it: a pronoun, whom an aside or a relative clause speaks of, the vessels told last."""
    line = scene.line
    if before and left and trigger.rule.nominal and before.last <= left[-1].first and _upon_her(scene, trigger, left):
        return before
    if not left and right and (carrier := carrier_of(scene, trigger, right)):
        return carrier
    if not left and (crewed := _her_crew(scene, trigger, word, discourse)):
        return crewed
    if word == "while" and len(left) > 1 and trigger.form in ("state", "ing") and line.low(before_phrase(line, left[-1].first)) in ("with", "by"):
        return left[0]  # "was in a collision with the tanker X while underway off Malta"
    if trigger.form == "base" and saw_her(line, trigger.chain) and (seen := discourse.fleet.pronoun(line.low(trigger.chain - 1))):
        at = trigger.chain - 1
        return Group(at, at + 1, seen, tuple(line.span(at, at + 1) for _ in seen))
    if pronoun := pronoun_of(scene, trigger, left, discourse):
        return pronoun
    if word in line.doc.lexicon.sets["people"] and not (
        left and (left[-1].last >= trigger.chain or _beside_ships(line, left[-1].last, trigger.chain))
    ):
        return None  # "40 Sailors went ashore"
    if not left and word in line.doc.lexicon.sets["tasks"] and (owner := _whose_task(scene, trigger, discourse)):
        return owner
    if word in ("that", "who", "which") and line.low(trigger.chain - 2) in line.doc.lexicon.sets["crews"]:
        return None  # "relieving the party that spent the winter there"
    if own_noun(scene, trigger) or (word == "who" and not (left and left[-1].last >= trigger.chain - 2)):
        return None
    if trigger.form == "ing" and (told := _of_participle(scene, trigger, left)) is not None:
        return told[0]
    if len(left) > 1 and trigger.form in ("ing", "state") and (head := _over_relative(scene, trigger, left)):
        return head
    if left and line.text(trigger.chain - 1) == "," and (owner := _before_aside(scene, trigger)):
        return _with_asides(scene, trigger, owner)
    if before and trigger.form == "state" and len(left) == 1 and _right_behind_with(line, left[0], trigger.chain):
        return joined([before, *left])  # "HMS Kent is off Malta with her escorts, on the way to Japan"
    if left and (named := named_behind(scene, trigger, left, right)):
        return named
    if left and word in ("which", "who", "that") and all(line.text(n) in (",", ")") for n in range(left[-1].last, trigger.chain - 1)):
        cleft = line.low(0) == "it" and line.low(1) in line.doc.lexicon.sets["be"] and before_phrase(line, left[-1].first) == 1
        return _last_alone(left[-1]) if line.low(trigger.chain) in ("is", "was", "has") and not cleft else left[-1]
    alone = trigger.rule.copula or len(left[-1].vessels) == 1 if left else False
    if alone and word in ("which", "that", "who") and _in_apposition(line, left[-1].last, trigger.chain - 1):
        return _last_alone(left[-1])
    if whole := all_of_which(scene, trigger):
        return whole
    if of_which(line, left[-1].last if left else trigger.reach[0], trigger.chain) or (left and _other_subject(line, left[-1].last, trigger.chain)):
        return None
    if left and word == "and" and trigger.form in ("past", "pres") and (first := _of_row(scene, trigger, left)):
        return first
    if len(left) > 1 and word in ("and", "then") and line.low(before_phrase(line, left[-1].first)) in _RELIEVES:
        return left[-2]  # "HMS Kent will relieve HMS Tyne and then return to Plymouth"
    if left and trigger.form in ("past", "pres") and goes_on(line, left[-1].last, trigger.chain):
        if before and before.last <= left[0].first and not heads(line, left):
            return before  # "left Malta with the tug X, and on Tuesday was off Crete"
        left = _up_to_head(line, left)
    if left:
        return _whole_subject(scene, trigger, left, discourse)
    return _subject_elsewhere(scene, trigger, before, right, discourse)


def _up_to_head(line: Line, left: list[Group]) -> list[Group]:
    """The vessels in front of a verb that goes on about its sentence's subject, as far as this: "left with the tug X, and on Tuesday was …"."""
    last = heads(line, left)[-1:]
    return left[: left.index(last[0]) + 1] if last else left


def _of_participle(scene: Scene, trigger: Trigger, left: list[Group]) -> Answer | None:
    """Who does what a participle tells, where the words in front of the ships or of the verb decide it."""
    line = scene.line
    if _of_others(scene, trigger):
        return (None,)
    if left and (leaver := _who_leaves(scene, left[-1])):
        return (leaver,)  # "HMS Kent left the group heading for Toulon"
    if not left or left[-1].last != trigger.chain:
        return None
    if trigger.chain == trigger.first and is_agent(line, left[-1]) and left[-1].vessels[0].plural:
        return (left[-1],)  # "gathered intelligence on Russian warships travelling around the UK"
    if _holds_crew(line, before_phrase(line, left[-1].first)):
        return (left[-1],)  # "to replace the crew aboard the destroyer X operating in the Gulf of Aden"
    if _is_purpose(line, left[-1]):
        return (left[-1] if all(v.name or v.count for v in left[-1].vessels) else None,)  # "is there to track Russian ships passing the strait"
    return None


def _holds_crew(line: Line, at: int) -> bool:
    """Whether a token joins a ship to her people: "the crew of the destroyer X", "troops aboard the X"."""
    return line.low(at) == "aboard" or (line.low(at) == "of" and line.low(at - 1) in _CREW_WORDS)


_RELIEVES = frozenset(["relieve", "relieves", "relieved", "replace", "replaces", "replaced"])
_LEAVES = frozenset(["left", "leaves", "leaving", "leave", "departed", "quit"])


def _who_leaves(scene: Scene, group: Group) -> Group | None:
    """Who leaves an unnamed group of ships that stands right behind the verb."""
    at = before_phrase(scene.line, group.first)
    if scene.line.low(at) not in _LEAVES or group.vessels[0].name:
        return None
    return next((g for g in reversed(scene.groups) if g.last <= at and at - g.last <= 2), None)


def _over_relative(scene: Scene, trigger: Trigger, left: Sequence[Group]) -> Group | None:
    """The head of a relative clause that names another and is closed: "HMS Kent, which replaced HMS Tyne, after spending a month off Crete, left"."""
    line, inside, head = scene.line, left[-1], left[-2]
    closed = line.text(inside.last) == "," and line.low(inside.last + 1) in ("after", "before", "having", "while")
    closed = closed and trigger.chain - inside.last <= _OVER_TOKENS
    between = line.lows[head.last : inside.first]
    return head if closed and not {"which", "who", "that"}.isdisjoint(between) and ";" not in between else None


_OVER_TOKENS = 6


def _of_row(scene: Scene, trigger: Trigger, left: Sequence[Group]) -> Group | None:
    """Who leads a row of verbs: "BRP Rajah Humabon rendered the customary meeting for the visitors and escorted them to their berth"."""
    line, first, last = scene.line, left[0], left[-1]
    at = before_phrase(line, last.first)
    if len(left) < 2 or is_agent(line, first) or line.low(at) not in _DONE_FOR or line.low(before_phrase(line, first.first)) in LEADS_OTHERS:
        return None
    between = [low for low in line.lows[first.last : at] if low.isalpha()]
    return first if between and between[0].endswith("ed") else None


_DONE_FOR = frozenset(["for", "to", "with", "of", "from"])


def _right_behind_with(line: Line, group: Group, chain: int) -> bool:
    """Whether ships stand behind "with", and nothing but a comma parts them from a phrase."""
    with_ = "with" in (line.low(before_phrase(line, group.first)), line.low(group.first - 1))
    return with_ and group.last == chain - 1 and line.text(chain - 1) == ","


_OWNERS = {"her": "she", "its": "it", "their": "they"}


_CREWS = {"crew": "she", "crews": "they"}
_CREW_KINDS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.ESCORT})


_CREW_WORDS = frozenset(["crew", "crewmembers"])


def _her_crew(scene: Scene, trigger: Trigger, word: str, discourse: Discourse) -> Group | None:
    """The ship whose crew is told to do what she does: "The crew passed the Panama Canal on their way home", "they departed Alameda in May"."""
    line, at = scene.line, trigger.chain - 1
    theirs = word == "they" and not discourse.fleet.pronoun("they") and _tells_of_crew(line, at)
    crew = word in _CREWS and line.low(at - 1) in ("the", "her", "its", "their") and at <= _CREW_TOKENS
    if (
        not (theirs or crew)
        or trigger.passive
        or (trigger.rule.kind not in _CREW_KINDS and trigger.rule.id != "inport.unload")
        or trigger.form not in ("past", "pres", "part", "base")
    ):
        return None
    vessels = discourse.fleet.pronoun("she" if theirs else _CREWS[word])
    if len(vessels) == 1 and not vessels[0].name and (named := _last_named(discourse)):
        vessels = (named,)  # "The crew intercepted a Russian ship. The crew operated off Attu"
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


def _tells_of_crew(line: Line, at: int) -> bool:
    """Whether a crew is told in front of a token, or in the sentence before."""
    return not (_CREW_WORDS.isdisjoint(line.lows[:at]) and _CREW_WORDS.isdisjoint(line.words_before()))


def _last_named(discourse: Discourse) -> Vessel | None:
    """The ship told last by her name alone."""
    return next((e.vessels[0] for e in reversed(discourse.told) if len(e.vessels) == 1 and e.vessels[0].name), None)


_CREW_TOKENS = 12


def _whose_task(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whose task a verb behind "is to" tells: "Her task was to patrol between Malta and Crete"."""
    line, at = scene.line, trigger.chain - 2
    if "to" not in line.lows[trigger.chain : trigger.first] or line.low(at) not in _OWNERS:
        return None
    vessels = discourse.fleet.pronoun(_OWNERS[line.low(at)])
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


def _seen_in_headline(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether a headline leaves out the "was" of a ship that is seen: "Russian frigate spotted in the Channel, a tug in tow"."""
    bare = trigger.form == "past" and trigger.chain == trigger.first and not trigger.passive and group.last == trigger.chain
    return bare and any(f.first == trigger.last and f.data[0] in ("in", "off") for f in line.found("preposition"))


_BESIDE_TOKENS = 8


def _beside_ships(line: Line, last: int, chain: int) -> bool:
    """Whether "and" joins aircraft or people to the ships in front of it: "Three frigates and two aircraft combed the Baltic"."""
    return line.low(last) in ("and", "with") and chain - last <= _BESIDE_TOKENS and "," not in line.lows[last:chain]


def _object_behind(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether only where and when part an object from its verb: "sent from Kiel to the Fehmarn Belt the tender Elbe"."""
    line, begin = scene.line, before_phrase(scene.line, group.first) + 1
    told = {n for p in scene.places for n in range(p.first, p.last)}
    told |= {n for d in scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end - 1) + 1)}
    told |= {n for f in line.found("preposition") for n in range(f.first, f.last)}
    if begin - 1 not in told or line.ending("preposition", begin):
        return False
    return all(n in told or line.low(n) in ("the", "last", "this") for n in range(trigger.last, begin))


_BEHIND_TOKENS = 14
_LED_IN_BY = 4


def _of_others(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships in general, told right before a participle, are who does it: "is there to track ships passing the strait"."""
    kind = scene.line.ending("type", trigger.chain)
    if kind is None or not kind.data[1]:
        return False
    return not any(g.first < trigger.chain <= g.last for g in scene.groups) and not any(g.first <= kind.first < g.last for g in scene.groups)


def _pronoun_behind(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The subject behind a phrase that opens a sentence: "On arrival in the Gulf of Aden she relieved X", "Upon leaving Malta it …"."""
    line = scene.line
    if not (trigger.rule.nominal or trigger.form == "ing") or not 0 < trigger.chain <= 4 or not LEADS_IN.issuperset(line.lows[: trigger.chain]):
        return None
    at = next((n for n in range(trigger.last, min(trigger.last + _BEHIND_TOKENS, line.size)) if line.low(n) in ("she", "it", "they")), None)
    if at is None or any(trigger.last <= g.first < at for g in scene.groups):
        return None
    vessels, span = discourse.fleet.pronoun(line.low(at)), line.span(at, at + 1)
    return Group(trigger.chain, trigger.chain, vessels, tuple(span for _ in vessels)) if vessels else None


def _joint(scene: Scene, trigger: Trigger) -> str:
    """The word that joins a verb to what stands before it, a day or place set in between left out: "and, on 3 December, reached Djibouti"."""
    line, at = scene.line, trigger.chain - 1
    if line.low(at) != ",":
        return line.low(at)
    opened = next((n for n in range(at - 1, max(at - 9, 0), -1) if line.text(n) == ","), None)
    if opened is None or line.low(opened - 1) not in ("and", "then", "but"):
        return ","
    set_in = any(opened < line.at_offset(d.start) < at for d in scene.dates) or any(opened < p.first < at for p in scene.places)
    return line.low(opened - 1) if set_in and not any(opened < g.first < at for g in scene.groups) else ","


def doer(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """Whom a verb joined on by "and" goes on about: who sees and not who is seen: "Kent and Tyne found two corvettes and followed them"."""
    done = (
        trigger.rule.seen or trigger.rule.subject == "object" or trigger.rule.id in ("sea.attack", "sea.rescue")
    )  # "HMS Kent stopped a boat off Aden, and has since put into Djibouti"
    if not done or trigger.passive or trigger.form not in ("past", "pres", "part") or trigger.chain == 0 or actors.first < trigger.last:
        return actors
    left = [g for g in scene.groups if trigger.reach[0] <= g.first and g.last <= trigger.chain and trigger.chain - g.last <= 1]
    return left[-1] if left else actors


def goes_on_after(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb goes on about who saw others, and not about these: "found the submarine as it passed Harwich and followed her"."""
    line = scene.line
    if trigger.rule.object != "escort" or trigger.passive or line.low(trigger.chain - 1) not in ("and", "then"):
        return False
    return line.low(trigger.last) in OBJECTS and any(line.low(n) in ("as", "when", "while") for n in range(trigger.reach[0] - 8, trigger.chain))


def _subject_elsewhere(scene: Scene, trigger: Trigger, before: Group | None, right: list[Group], discourse: Discourse) -> Group | None:
    """The subject where no vessels stand before the trigger in its clause: an owner's, those behind it, those of the clause before."""
    rule = trigger.rule
    if owner := _possessor(scene, trigger, right, discourse):
        return owner
    if rule.subject == "both" and right:
        return right[0] if rule.nominal and scene.line.low(trigger.last - 1) == "of" else joined(right)
    if before:
        return before
    if rule.copula and right and right[0].first - trigger.last <= 3 and any(p.last <= trigger.chain for p in scene.places):
        return joined(right)  # "In the Mediterranean at the moment are the cruisers A and B"
    if rule.copula:
        opens = trigger.form in ("part", "ing") and opens_sentence(scene.line, trigger)
        return (fronted_subject(scene, trigger) or _behind_comma(scene, trigger, discourse)) if opens else None  # "Having been in Haifa, …"
    earlier = [g for g in scene.groups if g.last <= trigger.chain]
    if earlier:
        return _whole_subject(scene, trigger, earlier, discourse)
    if rule.id == "depart.behind" and scene.line.low(0) == "with" and (gone := _left_it_behind(scene, trigger)):
        return gone
    if _leads(scene, trigger) and (fronted := fronted_subject(scene, trigger) or _behind_phrase(scene, trigger) or done_by(scene, trigger)):
        return fronted
    if _leads(scene, trigger) and (behind := behind_colon(scene, trigger)):
        return behind  # "En route to the Mediterranean: six landing ships"
    return _opens_row(scene, trigger, discourse) or _unspoken(scene, trigger, discourse)


def _left_it_behind(scene: Scene, trigger: Trigger) -> Group | None:
    """Who has a place behind them: "With Jakarta behind them since Monday, the destroyers …", "With the Aegean behind them the landing ships …"."""
    line = scene.line
    group = next((g for g in scene.groups if g.first >= trigger.last), None)
    at = before_phrase(line, group.first) if group else 0
    if group is None or any(f.first >= trigger.last and f.last <= group.first for f in line.found("trigger")):
        return None
    return group if line.text(at) == "," or at == trigger.last - 1 or any(line.at_offset(d.end - 1) == at for d in scene.dates) else None


_ROW_JOINTS, _ROW_OPENERS = frozenset([",", "and", "then"]), frozenset(["she", "they", "it"])
_NO_ROW = frozenset(["who", "which", "that", "where", "when", "while", "as", "said", "says", "because", "although", "if", ";", ":"])


def _opens_row(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The pronoun that opens a row of verbs of which no rule knows the first: "It carried out some tasks, called at Algiers and left for Oran"."""
    line = scene.line
    if trigger.form not in ("past", "pres") or line.low(trigger.chain - 1) not in _ROW_JOINTS or _ROW_OPENERS.isdisjoint(line.words):
        return None
    if line.low(0) not in _ROW_OPENERS or line.low(1) in ("is", "was", "will", "would", "has", "had") or trigger.chain <= 2:
        return None
    between = line.lows[1 : trigger.chain]
    if not _NO_ROW.isdisjoint(between) or not _ROW_OPENERS.isdisjoint(between):
        return None
    vessels = discourse.fleet.pronoun(line.low(0))
    return Group(0, 1, vessels, tuple(line.span(0, 1) for _ in vessels)) if vessels else None


def _before_aside(scene: Scene, trigger: Trigger) -> Group | None:
    """The vessels of which an aside tells that closes right before a verb: "USS Ross, which has joined the French group, is in Limassol"."""
    owner, line = _told_in_aside(scene, trigger.chain), scene.line
    if owner and line.text(owner.last) == "," and before_phrase(line, owner.first) > 0:
        return _told_in_aside(scene, owner.last + 1, end=trigger.chain) or owner  # "A, another ship that replaced B, after her refit, left"
    return owner


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
                or (end is None and (_participle(line, n) or _some_time_after(line, n) or _by_another(scene, n, chain)))
            )
        ),
        None,
    )
    if opened is None or any(line.text(n) == ";" for n in range(opened, end or chain)):
        return None
    return next((g for g in scene.groups if g.last in (opened - 1, opened - 2) and line.text(opened - 2) in (",", ")", line.text(g.last - 1))), None)


def _led_relative(line: Line, at: int) -> bool:
    """Whether a relative clause opens behind a preposition or a number: "from which she took fuel", "two of which had left"."""
    return line.low(at + 1) in ("which", "whom", "whose") or (line.low(at + 1) == "of" and line.low(at + 2) in ("which", "whom", "them"))


def _with_asides(scene: Scene, trigger: Trigger, owner: Group) -> Group:
    """A subject with those told in an aside to be in its company: "HMS Kent, accompanied by HMS Tyne, left on Monday"."""
    line = scene.line
    beside = [g for g in scene.groups if owner.last < g.first and g.last <= trigger.chain and _beside(line, g)]
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
    return any(line.low(n) in ("that", "which", "whom", "who", "whose") and line.text(n - 1) != "," for n in range(at + 2, at + 7))


def _participle(line: Line, at: int) -> bool:
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


def _in_apposition(line: Line, first: int, last: int) -> bool:
    """Whether only what explains the vessel told last stands in front of "that": "relieves HMS Diamond, a sister ship that has been …"."""
    opened = line.text(first) == "," and line.low(first + 1) in ("a", "an", "the", "her", "its", "their", "another")
    if not opened or last - first > _APPOSITION_TOKENS:
        return False
    return all(line.text(n).isalnum() or line.text(n) in ("-", "'", "’") for n in range(first + 1, last))


def _last_alone(group: Group) -> Group:
    """The vessel that a group names last: of whom "which is" speaks."""
    return Group(group.first, group.last, group.vessels[-1:], group.spans[-1:])


def _copula_between(line: Line, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether a form of "be" or "have" links words to the vessels behind: "Gone from Tartus are A and B", "Sailed from Kiel have A and B"."""
    links = [line.low(before_phrase(line, g.first)) for g in right[: 1 if trigger.rule.object else 2]]
    inverted = trigger.chain == 0 and trigger.form in ("past", "part") and links[:1] in (["have"], ["has"], ["had"])
    return inverted or not line.doc.lexicon.sets["be"].isdisjoint(links)


_THEIR_PEOPLE = frozenset(["captain", "commander", "skipper", "master", "owner", "owners", "helicopter", "helicopters", "families", "relatives"])


def _possessor(scene: Scene, trigger: Trigger, right: Sequence[Group], discourse: Discourse) -> Group | None:
    """Whose passage, visit or departure a noun tells of: "Her northbound passage of the straits began …"."""
    line = scene.line
    for at in range(trigger.last - 1, max(trigger.chain - 4, -1), -1):
        if trigger.form == "state" and line.low(at) in ("her", "its", "their"):
            if not _THEIR_PEOPLE.isdisjoint(line.lows[at + 1 : trigger.chain]):
                return None  # "Her former captain is on the way to Malta"
            close = bool(right) and any(p.last == right[0].first for p in scene.places)  # "On her way to the Baltic HMS Kent passed …"
            if right and trigger.chain <= 1 and len(right) == 1 and (close or not is_agent(line, right[0])):
                return right[0]  # "On her way to Malta the frigate X met …"
            vessels = discourse.fleet.pronoun(_OWNERS[line.low(at)])
            span = line.span(at, at + 1)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None
    return None


def _her_own(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whose act a noun with "her" in front of it, which opens a sentence, tells: "Her call at Malta was the first of a frigate since 2010"."""
    line, at = scene.line, trigger.first - 1
    if not trigger.rule.nominal or at != 0 or line.low(at) not in _OWNERS or not trigger.rule.id.startswith("noun."):
        return None
    vessels = discourse.fleet.pronoun(_OWNERS[line.low(at)])
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


def _theirs_who_act(line: Line, trigger: Trigger, before: Group) -> bool:
    """Whether a way is that of those who act in front of it: "The frigates refuelled at Rota on their way to Malta"."""
    if trigger.form != "state" or before.last > trigger.chain or line.text(trigger.chain - 1) in (";", ":"):
        return False
    several = len(before.vessels) > 1 or before.vessels[0].plural
    return any(low == "their" if several else low in ("her", "its") for low in line.lows[trigger.first : trigger.last])


def _other_subject(line: Line, first: int, chain: int) -> bool:
    """Whether a clause between a vessel and a verb has another subject: "five frigates, announced while the minister was in Bali"."""
    opens = line.doc.lexicon.sets["opens_clause"]
    if opens.isdisjoint(line.lows[first : chain - 1] if chain else ()):
        return False
    at = next((n for n in range(chain - 2, first - 1, -1) if line.low(n) in opens), None)
    if at is None or any(not line.text(n).isalnum() for n in range(at + 1, chain)) or chain - at > 8:
        return False
    opener = line.low(at + 1)
    return opener in ("the", "a", "an", "his", "their") and not any(line.starting("place", n) for n in range(at + 1, chain))


def _of_another(scene: Scene, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether an act told by a noun is somebody else's: "After a visit of the minister to Valletta the frigate Kent left"."""
    line, at = scene.line, trigger.last
    if any(before_phrase(line, g.first) == at - 1 for g in right) or any(p.first <= at + 1 < p.last + 1 for p in scene.places):
        return False
    behind, sets = line.lows[at : at + 4], line.doc.lexicon.sets
    return not all(sets[people].isdisjoint(behind) for people in ("people", "offices", "titles"))


def _linked(line: Line, group: Group) -> bool:
    """Whether a word in front of vessels makes them no subject: "with her visit to Odesa and an exercise with the frigate X behind her"."""
    before = before_phrase(line, group.first)
    return line.low(before) != "of" and (line.ending("preposition", before + 1) is not None or line.low(before) in ("by", "with", "and"))


def _behind_phrase(scene: Scene, trigger: Trigger) -> Group | None:
    """The subject right behind a phrase that opens a sentence and that no comma closes: "On leaving Toulon the carrier was joined by …"."""
    line = scene.line
    group = next((g for g in scene.groups if g.first >= trigger.last), None)
    if group is None or trigger.form not in ("ing", "state") or trigger.rule.object or "," in line.lows[trigger.last : group.first]:
        return None
    before = before_phrase(line, group.first)
    closed = trigger.last - trigger.first > 1 and before == trigger.last - 1 and line.low(before) not in line.doc.lexicon.function
    closed = closed or any(trigger.last - 2 <= p.first and p.last - 1 == before for p in scene.places)
    closed = closed or any(trigger.last <= line.at_offset(d.start) and line.at_offset(d.end - 1) == before for d in scene.dates)
    behind = line.low(group.last)
    goes_on = behind.isalpha() and line.starting("preposition", group.last) is None and behind not in ("and", "or", "s")
    return group if closed and goes_on and opens_sentence(line, trigger) else None


def _leads(scene: Scene, trigger: Trigger) -> bool:
    """Whether nothing but places, dates and little words stands before a trigger: "Tied up at Sasebo is the carrier …"."""
    return PRONOUNS.isdisjoint(scene.line.lows[: trigger.chain]) and not any(g.first < trigger.first for g in scene.groups)


def _object_of_other(line: Line, left: Sequence[Group], before: Group, word: str) -> bool:
    """Whether the vessels nearest to a verb are what an earlier verb of its row is done with: "A met B in the Red Sea, called at C and left"."""
    in_row = word == "," and "," not in line.lows[before.last : left[-1].first]  # but "A, shadowed by B, entered C"
    if not (word == "and" or in_row) or before.last > left[-1].first:
        return False
    opener = next((n for n in range(left[-1].first - 1, max(left[-1].first - 6, before.last), -1) if line.low(n) in CLAUSE_OPENERS), None)
    return opener is None  # in "until HMS Scimitar drew up and shadowed her" it is a subject


def _whole_subject(scene: Scene, trigger: Trigger, left: Sequence[Group], discourse: Discourse) -> Group:
    """The subject among the vessels left of a verb, with those told as in its company there."""
    line = scene.line
    if all(is_agent(line, g) for g in left):
        left = [g for g in scene.groups if g.last <= trigger.chain] or left
        if len(left) > 1 and _crew_opens(line, left[0]):
            return left[0]  # "Sailors from USS Boxer, assigned to the Nimitz group, and the 13th Marine Expeditionary Unit arrived"
    group = _with_pronoun(scene, _not_agent(line, left), discourse)
    both = not _EVERY.isdisjoint(line.lows[trigger.chain : trigger.first])
    if both and len(group.vessels) == 1 and len(left) > 1:
        return joined(left[-2:])
    beside = [g for g in left if g.first > group.first and _beside(line, g)]
    if listed := _before_relative(scene, group):
        return joined([listed, group])
    return joined([group, *beside]) if beside else group


_CREW_OF = frozenset(["from", "of", "aboard", "to"])


def _crew_opens(line: Line, group: Group) -> bool:
    """Whether a sentence opens with a ship's crew."""
    at = before_phrase(line, group.first)
    people = line.doc.lexicon.sets["people"] | line.doc.lexicon.sets["crews"]
    return line.low(at) in _CREW_OF and at <= _CREW_TOKENS // 2 and not people.isdisjoint(line.lows[:at])


def _who_goes_to_watch(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Who goes to watch others, with those that they join: "HMS Tyne joined HMS Kent to track the tug", "worked with HMS Kent to track it"."""
    line, goes = scene.line, scene.line.doc.lexicon.sets["goes_to_watch"]
    if goes.isdisjoint(line.words):
        return None
    ahead = [g for g in scene.groups if g.last <= trigger.chain]
    at = next((n for n in range(trigger.chain - 1, ahead[0].last - 1, -1) if line.low(n) in goes), None) if ahead else None
    going = [g for g in ahead if at is not None and g.last <= at]
    met = [g for g in ahead if at is not None and g.first > at and line.low(before_phrase(line, g.first)) in ("with", "joined", "and", "alongside")]
    return joined([_whole_subject(scene, trigger, going, discourse), *met]) if going and met else None


def _before_relative(scene: Scene, group: Group) -> Group | None:
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


def _beside(line: Line, group: Group) -> bool:
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


def _not_agent(line: Line, left: Sequence[Group]) -> Group:
    for group in reversed(left):
        if not is_agent(line, group) and not _is_purpose(line, group):
            return group
    return left[-1]


def _is_purpose(line: Line, group: Group) -> bool:
    """Whether vessels are what somebody is to do something to: "is there to track Russian ships"."""
    verb = line.low(group.first - 1)
    return line.low(group.first - 2) == "to" and verb.isalpha() and verb not in ("the", "a", "join")


def _with_pronoun(scene: Scene, group: Group, discourse: Discourse) -> Group:
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


def _owned_aside(line: Line, last: int) -> set[int]:
    """The tokens of an aside in front of a verb that says what a port is to ships: "Malta, her next stop, was reached on Friday"."""
    if line.text(last - 1) != ",":
        return set()
    first = next((n for n in range(last - 2, max(last - _ASIDE_TOKENS // 4, 0), -1) if line.text(n) == ","), None)
    return set(range(first, last)) if first is not None and line.low(first + 1) in _OWN else set()


_SUCH_CALLS = frozenset(["previous", "earlier", "other", "unofficial", "official", "subsequent", "recent", "further", "additional"])


def _unspoken(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The vessel of the sentences before, for a telegraph style that leaves it out: "Passed the Suez Canal on April 16"."""
    line = scene.line
    covered = {n for m in (*scene.places,) for n in range(m.first, m.last)} | _owned_aside(line, trigger.chain)
    for at in range(trigger.chain):
        word = line.low(at)
        if (
            at in covered
            or word in line.doc.lexicon.sets["lead_in"]
            or (trigger.rule.id == "arrive.made" and word in _SUCH_CALLS)
            or not word.isalpha()
            or any(d.start <= line.starts[at] < d.end for d in scene.dates)
        ):
            continue
        return None
    if trigger.form in ("base", "pres", "ing") and not scene.dates:
        return None
    vessels = discourse.keeper or discourse.fleet.subject
    if not vessels:
        return None
    span = line.span(trigger.first, trigger.last)
    return Group(trigger.first, trigger.first, vessels, tuple(span for _ in vessels))
