"""Stage 6, who: the vessels that do what a trigger tells."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.agents import agent, agent_pronoun, behind_colon, done_by, done_to, named_behind
from tracker.extract.beside_verb import EVERY, is_leader, is_purpose, whole_subject
from tracker.extract.crews import CREWS, OWNERS, her_crew, holds_crew, whose_task
from tracker.extract.forms import RELATIVE, saw_her
from tracker.extract.fronted_subject import fronted_subject, opens_sentence
from tracker.extract.groups import CLAUSE_OPENERS, before_phrase, joined
from tracker.extract.in_doing import in_doing
from tracker.extract.joined import OBJECTS
from tracker.extract.line import Line
from tracker.extract.main_clause import goes_on, heads, of_own_clause
from tracker.extract.over_asides import with_both_sides
from tracker.extract.passengers import carrier_of
from tracker.extract.pronouns import is_agent, object_pronoun, pronoun_of
from tracker.extract.relatives import LEADS_OTHERS, OWNED_TOKENS, all_of_which, head_of_relative, of_which, own_noun, told_by_relative
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.ships_log import kept_by
from tracker.extract.still_about import still_about
from tracker.extract.told_aside import before_aside, in_apposition, is_participle, last_alone, over_time_aside, owned_aside, with_asides, with_pronoun
from tracker.extract.verbs import Trigger, is_bare_absolute
from tracker.extract.who_behind import Answer, behind_comma, behind_verb, place_aside, upon_her, who_behind


def subject_of(scene: Scene, trigger: Trigger, before: Group | None, discourse: Discourse) -> Group | None:
    """The vessels that do what a trigger tells; `before` is the subject of the clause before. None where there are none."""
    found = _all_but(scene, trigger, discourse) or _subject_of(scene, trigger, before, discourse)
    if found and discourse.keeper and _with_keeper(scene, trigger, found, discourse):
        own = tuple(scene.line.span(trigger.first, trigger.last) for _ in discourse.keeper)
        found = joined([Group(trigger.first, trigger.first, discourse.keeper, own), found])
    if found and found is not before and _only_spoken_of(scene.line, found, trigger):
        return None
    return _without_excepted(scene, with_both_sides(scene, trigger, found)) if found else None


def _with_keeper(scene: Scene, trigger: Trigger, found: Group, discourse: Discourse) -> bool:
    """Whether an entry of a log tells by a noun what its ship did with others: "19 November - Transit of Suez Canal, in convoy with two tankers"."""
    beside = trigger.form == "state" and found.first >= trigger.last and set(discourse.keeper).isdisjoint(found.vessels)
    return beside and scene.line.low(before_phrase(scene.line, found.first)) == "with" and not any(g.last <= trigger.first for g in scene.groups)


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


def _subject_of(scene: Scene, trigger: Trigger, before: Group | None, discourse: Discourse) -> Group | None:
    """The vessels that do what a verb tells; `before` are those of the verb in front of it."""
    left, right = _sides(scene, trigger)
    if trigger.rule.id == "sea.after" and (both := _after_time_with(scene, trigger, before, right)):
        return both
    told = (
        _in_set_phrase(scene, trigger, discourse)
        or _by_its_rule(scene, trigger, left, right, discourse)
        or who_behind(scene, trigger, before, left, right, discourse)
        or _who_is_seen(scene, trigger, left, right, discourse)
    )
    return told[0] if told else _left_of(scene, trigger, before, left, right, discourse)


def _sides(scene: Scene, trigger: Trigger) -> tuple[list[Group], list[Group]]:
    """The vessels within the reach of a verb, in front of it and behind it."""
    begin, chain = trigger.reach[0], trigger.chain
    left = [g for g in scene.groups if g.last <= trigger.first and (g.first >= begin or (g.last == chain and _told_over(scene.line, g, begin)))]
    right = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    if right and left and (aside := place_aside(scene, trigger)) is not None:
        left = [g for g in left if g.first < aside]  # "Into Rota, home of the squadron, came the destroyer X"
    if left and left[-1].first == trigger.chain and scene.line.low(trigger.chain) in EVERY:
        left = left[-1:]  # "HMS Kent came in on Monday, HMS Tyne a day later; both are in Malta"
    if left and left[-1].first >= trigger.chain and left[0].first < trigger.chain:
        left = [g for g in left if g.first < trigger.chain]  # "HMS Kent was among the ships to leave"
    if len(left) > 1 and "not" in scene.line.words:
        left = [g for g in left if not _set_apart(scene.line, g)] or left  # "A and B, and not C, left"
    return left, right


def _told_over(line: Line, group: Group, begin: int) -> bool:
    """Whether an aside of "which" with a verb of its own parts a ship from hers: "HMS Kent, which had a refit in May, is in Rota"."""
    return "which" in line.lows[group.first : begin]


def _set_apart(line: Line, group: Group) -> bool:
    """Whether vessels are told not to be those meant: "HMS Kent and HMS Tyne, and not HMS Mersey, had sailed", "HMS Kent but not HMS Tyne left"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "not" and (line.low(at - 1) == "but" or (line.low(at - 1) in ("and", ",") and line.text(group.last) == ","))


def _in_set_phrase(scene: Scene, trigger: Trigger, discourse: Discourse) -> Answer | None:
    """Who acts in a phrase that has the ships in a place of its own: "X, where the frigates A and B lie, is her next port"."""
    line, rule = scene.line, trigger.rule
    aims = trigger.form == "state" and "where" in line.lows[: trigger.chain] and rule.kind in (EventKind.ARRIVAL, EventKind.UNDERWAY)
    if aims and (owner := _possessor(scene, trigger, [], discourse)):
        return (owner,)  # "Valparaíso, where the frigates A and B lie, is her next port"
    if (
        line.low(0) == "among"
        and line.low(1) == "those"
        and (line.low(2) in RELATIVE or trigger.first == 2)
        and (among := _among_those(scene, trigger))
    ):
        return (among,)
    if (trigger.passive or trigger.form in ("past", "part")) and (spared := _absolute(scene, trigger, discourse)) is not None:
        return (spared,)
    if line.low(trigger.first) == "it" and (whom := next((g for g in scene.groups if line.low(before_phrase(line, g.first)) == "for"), None)):
        return (whom,)  # "For the Patagonia, once the others had gone, it was off to Puerto Belgrano"
    if rule.id == "depart.deploy" and not trigger.passive and (sent := _whom_they_sent(scene, trigger)):
        return (sent,)  # "France has sent the frigate X out of Brest"
    if trigger.form == "state" and not _HERS.isdisjoint(line.words) and (watched := _watched_on_way(scene, trigger)):
        return (watched,)
    if trigger.form == "ing" and (doing := in_doing(scene, trigger)):
        return (doing,)  # "took over from HMS Kent in patrolling the Gulf"
    if "spent" in line.words and (spent := _time_spent(scene, trigger, discourse)):
        return (spent,)
    if rule.nominal and line.low(trigger.first - 2) in _AROUND and (of_next := _who_goes_on(scene, trigger, discourse)):
        return (of_next,)  # "relieved HMS Argyll, and after a stop in Phuket she went home"
    if rule.denies and (whom := next((g for g in scene.groups if g.last == trigger.chain and line.low(before_phrase(line, g.first)) == "of"), None)):
        return (whom,)  # "The destroyers are off Guam; of the oiler nothing has been seen since Sunday"
    if rule.id == "depart.behind" and (near := [g for g in scene.groups if g.last <= trigger.first and not is_agent(line, g)]):
        return (near[-1],)  # "…, the day on which INS Shardul put Port Louis astern"
    return None


_AROUND, _SHE = frozenset(["after", "before", "following"]), frozenset(["she", "they", "it"])


def _who_goes_on(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The subject of the sentence, where "she" goes on behind the place of a call: "met the tanker X, and after a call at Oran she left"."""
    line, place = scene.line, next((p for p in scene.places if trigger.last <= p.first <= trigger.last + 1), None)
    if place is None or line.low(place.last + (line.text(place.last) == ",")) not in _SHE:
        return None
    at = place.last + (line.text(place.last) == ",")
    ahead = [g for g in scene.groups if g.last <= trigger.first]
    if len(ahead) > 1:
        return ahead[0]
    if not ahead or _SHE.isdisjoint(line.lows[: ahead[0].first]):
        return None  # "HMS Kent left, and after a call at Oran she …" is hers anyway
    vessels = discourse.fleet.pronoun(line.low(at))
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


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
    if rule.id == "arrive.welcome" and any(scene.line.low(before_phrase(scene.line, g.first)) == "by" for g in right[:1]):
        return (left[-1] if left else None,)  # "entered Sydney, greeted by HMAS Canberra"
    if rule.subject in ("after", "object", "inverted"):
        return (behind_verb(scene, trigger, left, right, discourse),)
    if acting := agent(scene, trigger, right) or agent_pronoun(scene, trigger, right, discourse):
        return (acting,)
    if rule.object == "escort" and trigger.form == "base" and (going := _who_goes_to_watch(scene, trigger, discourse)):
        return (going,)
    if rule.object in ("escort", "supply") and (undergoing := done_to(scene, trigger, right)):
        return (undergoing,)
    return None


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
    return (with_pronoun(scene, joined(right), discourse) if right else object_pronoun(scene, trigger, discourse),)


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
    if trigger.rule.kind is EventKind.IN_PORT and (lying := _now_aside(scene, trigger)) and line.low(before_phrase(line, lying.first)) in _PARTED:
        return lying  # "is loitering off Malta, and the corvette X, moored in Tartus, …"
    if line.text(trigger.chain - 1) == "(" and trigger.form in ("state", "part", "ing") and (last := _bracketed(scene, trigger.chain - 1)):
        return last
    if word == "," and trigger.rule.object == "escort" and (own := _own_escort(scene, trigger)):
        return own
    if word in ("they", "both") and (behind := behind_colon(scene, trigger)):
        return behind  # "they came in one after another: A, then B"
    if word in ("which", "who") and (told := _told_before(scene, trigger.chain - 1)):
        return told
    stands = trigger.form != "ing" and (trigger.form != "state" or line.low(trigger.chain) in line.doc.lexicon.sets["be"])
    if word == "," and stands and (owner := before_aside(scene, trigger)):
        return with_asides(scene, trigger, owner)
    if stands and (head := head_of_relative(scene, trigger) or told_by_relative(scene, trigger)):
        return head
    if left and left[-1].last == trigger.chain and left[-1].first < trigger.reach[0]:
        return left[-1]  # "is in Rota; HMS Kent, which had a refit in May, is in Plymouth"
    if before and word in _GOES_ON:
        in_row = word if trigger.form != "state" or word != "," else ""
        if word == "and" and (own := of_own_clause(scene, trigger, before)):
            return own
        nearer = left and before.last <= left[-1].last
        while_ing = word in ("while", "after", "before") and trigger.form == "ing"
        if not nearer or while_ing or _object_of_other(line, left, before, in_row):
            return before
    return _in_front(scene, trigger, before, left, right, word, discourse)


_OPENS_CLAUSE = frozenset(["as", "while", "when", "after", "before"])


def _own_escort(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom an aside tells to be escorted in a clause of her own: "HMS Kent watched as the tanker X, escorted by the corvette Y, passed"."""
    line, comma = scene.line, trigger.chain - 1
    own = next((g for g in scene.groups if g.last == comma), None) if line.low(trigger.last) == "by" and trigger.form in ("past", "part") else None
    return own if own and line.low(before_phrase(line, own.first)) in _OPENS_CLAUSE else None


_PARTED = frozenset(["and", "nor", "but", "while"])
_AT_PRESENT = frozenset(["now", "currently", "presently"])


def _now_aside(scene: Scene, trigger: Trigger) -> Group | None:
    """Whom an aside tells the whereabouts of: "relieved the cutter X, currently moored in Mayport", "under the flagship Y, now in Antwerp"."""
    line, comma = scene.line, trigger.chain - 1
    if line.text(comma) not in (",", "(") or trigger.form not in ("part", "past", "state", "ing"):
        return None
    return next((g for g in scene.groups if g.last == comma), None)


def _bracketed(scene: Scene, at: int) -> Group | None:
    """The last of a list, of whom alone a bracket behind it tells: "HNLMS Tromp, FGS Magdeburg and FNS Pori (still at sea)"."""
    group = next((g for g in scene.groups if g.last == at), None)
    if group is None or len(group.vessels) < 2 or any(v.count != 1 for v in group.vessels):
        return None
    return Group(group.first, group.last, group.vessels[-1:], group.spans[-1:])


_AND_ASIDE_TOKENS = 18


def and_aside(line: Line, chain: int) -> bool:
    """Whether a participle's aside behind "and" closes right in front of a verb: "left Malta and, joined by two tugs, headed for Suez"."""
    if line.text(chain - 1) != ",":
        return False
    opened = next((n for n in range(chain - 2, max(chain - _AND_ASIDE_TOKENS, 0), -1) if line.text(n) == ","), None)
    if opened is None or line.low(opened - 1) not in ("and", "but", "then") or line.text(opened - 2) == ",":
        return False
    return is_participle(line, opened + 1) or line.low(opened + 1) == "without"


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
    if not CREWS.keys().isdisjoint(line.lows[at + 1 : at + 3]) and line.text(at - 1) == ",":
        owner = next((g for g in scene.groups if g.last == at - 1), None)
        return (last_alone(owner),) if owner else None  # "took over from the cutter B, whose crew thereupon left for Virginia"
    at_home = noun in _BERTHS and trigger.rule.copula  # "the carrier X, whose own pier is in Bremerton"
    other = at_home or noun in sets["beside_her_alone"] | sets["people"] | sets["offices"] | sets["hers_and_not_she"]
    return (None,) if other and "," not in line.lows[at : trigger.chain] else None


_WHOSE_TOKENS = 9
_BERTHS = frozenset(["pier", "berth", "home", "port", "homeport", "base", "quay", "moorings"])


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
        return behind_comma(scene, trigger, discourse)
    if not trigger.passive:
        return None
    place = next((p for p in scene.places if p.last == trigger.chain and p.how is None), None)
    if place is None or "by" in line.lows[trigger.last :]:
        return None
    opens = place.first - 1 - (line.low(place.first - 1) == "the")
    if line.low(trigger.chain) != "having" and not (opens == 0 and line.low(opens) in _BEFORE_MAIN):
        return None
    return next((g for g in scene.groups if g.first >= trigger.last and line.text(before_phrase(line, g.first)) == ","), None)


_MADE_TOKENS = 7


def _makes_them(line: Line, group: Group, trigger: Trigger) -> bool:
    """Whether a relative clause tells who makes calls: "was joined by HMS Kent, which will make stops in Oran and Malta"."""
    at = group.last + (line.text(group.last) == ",")
    return line.low(at) in ("which", "who") and 0 < trigger.chain - at <= _MADE_TOKENS and "," not in line.lows[at : trigger.chain]


_BEFORE_MAIN = frozenset(["before", "after", "once", "when", "as", "until", "since"])


def _in_front(
    scene: Scene, trigger: Trigger, before: Group | None, left: list[Group], right: list[Group], word: str, discourse: Discourse
) -> Group | None:
    """The subject in front of a verb that `word` joins to it: a pronoun, whom an aside or a relative clause speaks of, the vessels told last."""
    line = scene.line
    if before and left and trigger.rule.nominal and before.last <= left[-1].first and upon_her(scene, trigger, left):
        return before
    if not left and (crewed := (carrier_of(scene, trigger, right) if right else None) or her_crew(scene, trigger, word, discourse)):
        return crewed
    if left and (over := _over_others(line, trigger, before, left, word)):
        return over
    if trigger.form == "base" and saw_her(line, trigger.chain) and (seen := discourse.fleet.pronoun(line.low(trigger.chain - 1))):
        at = trigger.chain - 1
        return Group(at, at + 1, seen, tuple(line.span(at, at + 1) for _ in seen))
    if pronoun := pronoun_of(scene, trigger, left, discourse):
        return pronoun
    if word in line.doc.lexicon.sets["people"] and not (
        left and (left[-1].last >= trigger.chain or _beside_ships(line, left[-1].last, trigger.chain))
    ):
        return None  # "40 Sailors went ashore"
    if not left and word in line.doc.lexicon.sets["tasks"] and (owner := whose_task(scene, trigger, discourse)):
        return owner
    if word in ("that", "who", "which") and line.low(trigger.chain - 2) in line.doc.lexicon.sets["crews"]:
        return None  # "relieving the party that spent the winter there"
    if own_noun(scene, trigger) or (word == "who" and not (left and left[-1].last >= trigger.chain - 2)):
        return None
    if trigger.form == "ing" and (told := _of_participle(scene, trigger, left)) is not None:
        return told[0]
    if len(left) > 1 and trigger.form in ("ing", "state") and (head := _over_relative(scene, trigger, left)):
        return head
    if left and line.text(trigger.chain - 1) == "," and (owner := before_aside(scene, trigger)):
        return with_asides(scene, trigger, owner)
    if before and trigger.form == "state" and len(left) == 1 and _right_behind_with(line, left[0], trigger.chain):
        return joined([before, *left])  # "HMS Kent is off Malta with her escorts, on the way to Japan"
    if left and (named := named_behind(scene, trigger, left, right)):
        return named
    if left and word in ("which", "who", "that") and all(line.text(n) in (",", ")") for n in range(left[-1].last, trigger.chain - 1)):
        cleft = line.low(0) == "it" and line.low(1) in line.doc.lexicon.sets["be"] and before_phrase(line, left[-1].first) == 1
        return last_alone(left[-1]) if line.low(trigger.chain) in ("is", "was", "has") and not cleft else left[-1]
    if left and trigger.rule.nominal and _makes_them(line, left[-1], trigger):
        return last_alone(left[-1])
    alone = trigger.rule.copula or len(left[-1].vessels) == 1 if left else False
    if alone and word in ("which", "that", "who") and in_apposition(line, left[-1].last, trigger.chain - 1):
        return last_alone(left[-1])
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
        return whole_subject(scene, trigger, left, discourse)
    return _subject_elsewhere(scene, trigger, before, right, discourse)


def _over_others(line: Line, trigger: Trigger, before: Group | None, left: list[Group], word: str) -> Group | None:
    """Who acts over the ships nearest to a verb: "collided with X while underway", "left and, after meeting X, headed for Rota"."""
    if word == "while" and _with_them(line, trigger, left):
        return left[0]
    if word == "," and len(left) > 1 and _excepted_aside(line, left[-2], left[-1], trigger):
        return left[-2]
    return before if before and over_time_aside(line, trigger) else None


def _excepted_aside(line: Line, whole: Group, one: Group, trigger: Trigger) -> bool:
    """Whether an aside between ships and their verb only says who is not with them: "The group, without the tanker Kama, called at Brest"."""
    if line.words.isdisjoint(_EXCEPTS) or line.text(whole.last) != "," or one.last != trigger.chain - 1:
        return False
    front = before_phrase(line, one.first) + 1
    return whole.last + 1 < front <= one.first and line.ends_with(front, line.doc.lexicon.sets["excepting"])


def _with_them(line: Line, trigger: Trigger, left: list[Group]) -> bool:
    """Whether the ships in front of "while" are only those with whom something was done: "collided with the tanker X while underway"."""
    return len(left) > 1 and trigger.form in ("state", "ing") and line.low(before_phrase(line, left[-1].first)) in ("with", "by")


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
    if holds_crew(line, before_phrase(line, left[-1].first)):
        return (left[-1],)  # "to replace the crew aboard the destroyer X operating in the Gulf of Aden"
    if is_purpose(line, left[-1]):
        return (left[-1] if all(v.name or v.count for v in left[-1].vessels) else None,)  # "is there to track Russian ships passing the strait"
    return None


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


def _seen_in_headline(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether a headline leaves out the "was" of a ship that is seen: "Russian frigate spotted in the Channel, a tug in tow"."""
    bare = trigger.form == "past" and trigger.chain == trigger.first and not trigger.passive and group.last == trigger.chain
    return bare and any(f.first == trigger.last and f.data[0] in ("in", "off") for f in line.found("preposition"))


_BESIDE_TOKENS = 8


def _beside_ships(line: Line, last: int, chain: int) -> bool:
    """Whether "and" joins aircraft or people to the ships in front of it: "Three frigates and two aircraft combed the Baltic"."""
    return line.low(last) in ("and", "with") and chain - last <= _BESIDE_TOKENS and "," not in line.lows[last:chain]


def _of_others(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships in general, told right before a participle, are who does it: "is there to track ships passing the strait"."""
    kind = scene.line.ending("type", trigger.chain)
    if kind is None or not kind.data[1]:
        return False
    return not any(g.first < trigger.chain <= g.last for g in scene.groups) and not any(g.first <= kind.first < g.last for g in scene.groups)


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


def _after_time_with(scene: Scene, trigger: Trigger, before: Group | None, right: list[Group]) -> Group | None:
    """The subject together with those in whose company it spent a time: "came to Toulon after exercises with HMS Argyll in the Baltic"."""
    line = scene.line
    if not right or line.low(before_phrase(line, right[0].first)) not in ("with", "alongside"):
        return None
    subject = before or next((g for g in reversed(scene.groups) if g.last <= trigger.chain), None)
    return None if subject is None or set(subject.vessels) & set(right[0].vessels) else joined([subject, *right])


def _until_verb(line: Line, right: list[Group]) -> list[Group]:
    """The ships behind a copula up to those that a verb of their own tells of: "Off Crete is HMS Kent, and HMS Argyll left on Monday"."""
    sets = line.doc.lexicon.sets
    own = (g for g in right[1:] if line.low(g.last) in sets["auxiliaries"] or line.starting("trigger", g.last) is not None)
    first = next(own, None)
    return right[: right.index(first)] if first else right


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
        return joined(_until_verb(scene.line, right))  # "In the Mediterranean at the moment are the cruisers A and B"
    if rule.copula:
        opens = trigger.form in ("part", "ing") and opens_sentence(scene.line, trigger)
        return (fronted_subject(scene, trigger) or behind_comma(scene, trigger, discourse)) if opens else None  # "Having been in Haifa, …"
    earlier = [g for g in scene.groups if g.last <= trigger.chain]
    if earlier:
        return whole_subject(scene, trigger, earlier, discourse)
    if rule.id == "depart.behind" and scene.line.low(0) == "with" and (gone := _left_it_behind(scene, trigger)):
        return gone
    if is_leader(scene, trigger) and (fronted := fronted_subject(scene, trigger) or _behind_phrase(scene, trigger) or done_by(scene, trigger)):
        return fronted
    if is_leader(scene, trigger) and (behind := behind_colon(scene, trigger)):
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
    if line.low(0) not in _ROW_OPENERS or line.low(1) in ("is", "was", "will", "would") or trigger.chain <= 2:
        return None
    if line.low(1) in ("has", "had", "have") and not any(low.endswith(("ed", "en")) for low in line.lows[2:4]):
        return None  # "It has a crew of 200", but "She has completed her patrol and put into Malta"
    between = line.lows[1 : trigger.chain]
    if not _NO_ROW.isdisjoint(between) or not _ROW_OPENERS.isdisjoint(between):
        return None
    vessels = discourse.fleet.pronoun(line.low(0))
    return Group(0, 1, vessels, tuple(line.span(0, 1) for _ in vessels)) if vessels else None


_OF_SHIPS = frozenset(
    ["arrival", "return", "visit", "call", "stop", "homecoming", "escort", "escorts", "sister", "ship", "ships", "consort", "consorts"]
)
_THEIR_PEOPLE = frozenset(["captain", "commander", "skipper", "master", "owner", "owners", "helicopter", "helicopters", "families", "relatives"])


def _possessor(scene: Scene, trigger: Trigger, right: Sequence[Group], discourse: Discourse) -> Group | None:
    """Whose passage, visit or departure a noun tells of: "Her northbound passage of the straits began …"."""
    line = scene.line
    for at in range(trigger.last - 1, max(trigger.chain - 4, -1), -1):
        if trigger.form == "state" and line.low(at) in ("her", "its", "their"):
            if not _THEIR_PEOPLE.isdisjoint(line.lows[at + 1 : trigger.chain]):
                return None  # "Her former captain is on the way to Malta"
            if trigger.rule.id == "arrive.expected" and not _OF_SHIPS.intersection(line.lows[at + 1 : trigger.chain]):
                return None  # "Her first child is due in March"
            close = bool(right) and any(p.last == right[0].first for p in scene.places)  # "On her way to the Baltic HMS Kent passed …"
            if right and trigger.chain <= 1 and len(right) == 1 and (close or not is_agent(line, right[0])):
                return right[0]  # "On her way to Malta the frigate X met …"
            vessels = discourse.fleet.pronoun(OWNERS[line.low(at)])
            span = line.span(at, at + 1)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None
    return None


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


def _object_of_other(line: Line, left: Sequence[Group], before: Group, word: str) -> bool:
    """Whether the vessels nearest to a verb are what an earlier verb of its row is done with: "A met B in the Red Sea, called at C and left"."""
    in_row = word == "," and "," not in line.lows[before.last : left[-1].first]  # but "A, shadowed by B, entered C"
    if not (word == "and" or in_row) or before.last > left[-1].first or ";" in line.lows[before.last : left[-1].first]:
        return False  # "A lies in Rota; a tanker, the B, left Gibraltar on Tuesday"
    opener = next((n for n in range(left[-1].first - 1, max(left[-1].first - 6, before.last), -1) if line.low(n) in CLAUSE_OPENERS), None)
    return opener is None  # in "until HMS Scimitar drew up and shadowed her" it is a subject


def _who_goes_to_watch(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Who goes to watch others, with those that they join: "HMS Tyne joined HMS Kent to track the tug", "worked with HMS Kent to track it"."""
    line, goes = scene.line, scene.line.doc.lexicon.sets["goes_to_watch"]
    if goes.isdisjoint(line.words):
        return None
    ahead = [g for g in scene.groups if g.last <= trigger.chain]
    at = next((n for n in range(trigger.chain - 1, ahead[0].last - 1, -1) if line.low(n) in goes), None) if ahead else None
    going = [g for g in ahead if at is not None and g.last <= at]
    met = [g for g in ahead if at is not None and g.first > at and line.low(before_phrase(line, g.first)) in ("with", "joined", "and", "alongside")]
    return joined([whole_subject(scene, trigger, going, discourse), *met]) if going and met else None


_SUCH_CALLS = frozenset(["previous", "earlier", "other", "unofficial", "official", "subsequent", "recent", "further", "additional"])


def _theirs_is_told(line: Line, at: int) -> bool:
    """Whether a sentence tells behind a comma of something of theirs, and no ship: "Out in the Gulf of Aden, …, her helicopters were sent off"."""
    owners, owned = ("her", "its", "their"), line.doc.lexicon.sets["owned_by_her"] | _THEIR_PEOPLE
    return any(line.text(n - 1) == "," and line.low(n) in owners and line.low(n + 1) in owned for n in range(at, line.size))


def _unspoken(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """The vessel of the sentences before, for a telegraph style that leaves it out: "Passed the Suez Canal on April 16"."""
    line = scene.line
    covered = {n for m in (*scene.places,) for n in range(m.first, m.last)} | owned_aside(line, trigger.chain)
    for at in range(trigger.chain):
        word = line.low(at)
        if (
            at in covered
            or word in line.doc.lexicon.sets["lead_in"]
            or (discourse.company and word in line.doc.lexicon.sets["all_of_them"])
            or (trigger.rule.id == "arrive.made" and word in _SUCH_CALLS)
            or not word.isalpha()
            or any(d.start <= line.starts[at] < d.end for d in scene.dates)
        ):
            continue
        return None
    if trigger.form in ("base", "pres", "ing") and not scene.dates:
        return None
    vessels = kept_by(line, discourse) or discourse.fleet.subject
    if not vessels or (trigger.form == "state" and _theirs_is_told(line, trigger.last)):
        return None
    span = line.span(trigger.first, trigger.last)
    return Group(trigger.first, trigger.first, vessels, tuple(span for _ in vessels))
