"""Stage 6, company: who goes along with the vessels that a verb is told of."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import EventKind, VesselType
from tracker.extract.groups import WATCHED_FRONT, attends, before_phrase, fronts_others, joined, waits_elsewhere
from tracker.extract.line import Line
from tracker.extract.pronouns import is_agent
from tracker.extract.scene import Group, Scene
from tracker.extract.sides import are_friends, are_rivals, are_strangers
from tracker.extract.verbs import Trigger

OBJECTS = frozenset(["her", "it", "him", "them"])


def with_companions(scene: Scene, trigger: Trigger, actors: Group) -> Group:
    """The actors with those told behind the verb as in their company: "left Tartus together with the tug X"."""
    line = scene.line
    if not scene.groups or (len(scene.groups) == 1 and scene.groups[0].first == actors.first < trigger.last):
        return actors  # there are no others
    company = [g for g in scene.groups if trigger.last <= g.first and _in_company(line, g, trigger, actors) and not _pursues(line, g, actors)]
    company = [g for g in company if not _follows_later(scene, g) and not _of_later_verb(scene, trigger, g)]
    company = [g for g in company if "having" not in line.lows[trigger.last : g.first]]  # "entered it, having earlier formed a flotilla with X"
    company = [g for g in company if ("and", ",") not in pairwise(line.lows[trigger.last : g.first])]  # "left Malta and, joined by X, headed for …"
    if trigger.rule.id == "sea.state" and line.low(trigger.last) in ("with", "alongside"):  # "is deployed with HMCS Winnipeg to the Philippine Sea"
        beside = [g for g in scene.groups if before_phrase(line, g.first) == trigger.last and all(v.name or v.count for v in g.vessels)]
        company += [g for g in beside if g not in company and not are_rivals(actors, g)]
    before = [
        g
        for g in scene.groups
        if g.last <= actors.first
        and (not attends(line, g.first, g.last) or goes_along(line, g, actors))
        and line.low(g.first - 1) == "with"
        and (
            line.low(g.first - 2) in ("together", "along", "company", "")
            or (line.low(0) == "it" and g.first <= _CLEFT_TOKENS)
            or (line.low(g.first - 2) in ("and", ",") and goes_along(line, g, actors))
        )
        and not (line.low(g.first - 2) == "" and _lies_idle(line, g.last) and not goes_along(line, g, actors))
    ]
    before += [
        g
        for g in scene.groups
        if actors.last <= g.first and g.last <= trigger.chain and attends(line, g.first, g.last) and goes_along(line, g, actors)
    ]
    before += [g for g in scene.groups if actors.last <= g.first and g.last <= trigger.chain and _led_by_her(line, g) and are_friends(actors, g)]
    before += [g for g in scene.groups[:1] if g.first == 0 and g.last < actors.first and goes_along(line, g, actors)]  # "Two frigates astern, she …"
    before += [g for g in scene.groups if g.last == actors.first - 1 and g not in before and _fronts_friends(line, g, actors)]
    if (with_which := _with_which(scene, trigger, actors)) is not None:
        before = [with_which]
    if not before and not trigger.rule.object and (ahead := _followed_by_these(scene, trigger, actors)):
        before = [ahead]
    if trigger.rule.kind in _MOVES and not before:
        before = [g for g in scene.groups if g.last <= actors.first and _leads_on(line, g) and not are_rivals(actors, g)][:1]
    company = [_without_band(line, g) for g in company]
    return joined([actors, *before, *company]) if company or before else actors


def _fronts_friends(line: Line, group: Group, actors: Group) -> bool:
    """Whether a phrase in front of who acts tells who is with her, and watches nobody: "Accompanied by the tanker X, she left"."""
    told = fronts_others(line, group.first, group.last)
    return bool(told) and told not in WATCHED_FRONT and all(v.name or v.count for v in group.vessels) and not are_rivals(actors, group)


def _led_by_her(line: Line, group: Group) -> bool:
    """Whether an aside tells whom a ship leads: "HMS Kent, at the head of the frigates A and B, left"."""
    at = before_phrase(line, group.first) + 1
    leads = line.doc.lexicon.sets["leads_these"]
    opens = next((at - size for size in (3, 2, 1) if " ".join(line.lows[max(at - size, 0) : at]) in leads), 0)
    opens -= line.low(opens - 1) in ("at", "in")
    return opens > 0 and line.text(opens - 1) in (",", "(", "–", "—") and line.text(group.last) in (",", ")", "–", "—")


def _with_which(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """The head of a relative clause that tells of it with others: "A, with which B had left", "A, which with B had left"."""
    line, at = scene.line, before_phrase(scene.line, actors.first)
    two = (line.low(at - 1), line.low(at))
    if two not in _WITH_WHICH or trigger.chain != actors.last or trigger.rule.object:
        return None
    end = at - 1 - (line.text(at - 2) == ",")
    head = next((g for g in scene.groups if g.last == end), None)
    return head if head is not None and not are_rivals(head, actors) else None


_WITH_WHICH = frozenset([("with", "which"), ("with", "whom"), ("which", "with"), ("who", "with")])


def _followed_by_these(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """Who stands in front of those told in an aside to be with them: "The tanker A, and behind her the tanker B, passed the strait"."""
    line, at = scene.line, before_phrase(scene.line, actors.first) + 1
    if line.text(actors.last) != "," or trigger.chain - actors.last > _HELPER_TOKENS:
        return None
    for group in reversed(scene.groups):
        if group.last < at and at - group.last <= _ASIDE_TOKENS and line.text(group.last) == ",":
            return group if side_of(line, group.last, actors, at) and not are_rivals(group, actors) else None
    return None


_ASIDE_TOKENS = 8


def _goes_behind(group: Group, actors: Group) -> bool:
    """Whether those ahead of ships are friends told by their names: "slipped from Toulon behind Surcouf"."""
    return all(v.name for v in group.vessels) and are_friends(actors, group)


def _leads_on(line: Line, group: Group) -> bool:
    """Whether ships in front of a sentence lead those told of: "Behind the tug A the submarine B passed", "In the train of A there came B"."""
    at = before_phrase(line, group.first)
    cleft = 2 * (line.low(0) == "it" and line.low(1) in ("was", "is"))  # "It was in the wake of the icebreaker A that B passed the strait"
    opens = at <= _OPENING_TOKENS + cleft and " ".join(line.lows[cleft : at + 1]) in line.doc.lexicon.sets["led_by"]
    return opens and all(v.name or v.count for v in group.vessels)


_OPENING_TOKENS = 7


def _of_later_verb(scene: Scene, trigger: Trigger, group: Group) -> bool:
    """Whether a ship with a verb of her own stands between a verb and those in company: "After A had passed, B was seen in company with C"."""
    line, end = scene.line, trigger.reach[1]
    if group.first < end:
        return False
    verbs = [
        f.first
        for f in line.found("trigger")
        if end <= f.first and group.first - f.last > _HELPER_TOKENS and any(form in ("past", "pres", "part") for _, form in f.data)
    ]
    others = (g for g in scene.groups if trigger.last <= g.first and g.last <= group.first and g is not group)
    return any(g.last <= at <= g.last + _HELPER_TOKENS for g in others for at in verbs)


_HELPER_TOKENS = 2
_CLEFT_TOKENS = 4


def _lies_idle(line: Line, at: int) -> bool:
    """Whether a phrase with "with" only says where another ship is meanwhile: "With HMS Lancaster in dock, HMS Kent left"."""
    return line.starting("preposition", at) is not None and line.low(at + 1) not in ("company", "attendance", "support", "tow")


def _follows_later(scene: Scene, group: Group) -> bool:
    """Whether vessels did the same on a day of their own: "HMS Kent left on Monday, followed by Lancaster on Tuesday"."""
    line, at = scene.line, before_phrase(scene.line, group.first)
    if line.low(at) != "by" or line.low(at - 1) != "followed":
        return False
    days = [line.at_offset(d.start) for d in scene.dates if d.interval or d.kind == "offset"]
    return any(n < at for n in days) and any(0 <= n - group.last <= 1 for n in days)


def with_those_too(scene: Scene, trigger: Trigger, actors: Group) -> Group:
    """The actors with those of whom "as will" or "as did" says the same: "will join the carrier, as will RFA Fort Victoria"."""
    line = scene.line
    too = [
        g
        for g in scene.groups
        if g.first >= trigger.last and (at := before_phrase(line, g.first)) > 0 and line.low(at) in _SAME and line.low(at - 1) in ("as", "so")
    ]
    return joined([actors, *too]) if too else actors


def with_tower(scene: Scene, trigger: Trigger, actors: Group) -> Group:
    """What is towed with who tows it: "The tug X took the corvette Y in tow from Beirut"."""
    line = scene.line
    sets = line.doc.lexicon.sets
    if trigger.rule.id != "carry.active" or sets["tows"].isdisjoint(line.lows[trigger.first : actors.last + 2]):
        return actors
    left = next((g for g in reversed(scene.groups) if g.last <= trigger.chain), None)
    fits = left is not None and trigger.chain - left.last <= 1 and all(v.name or v.count for v in left.vessels)
    return joined([left, actors]) if left and fits and not is_agent(line, left) else actors


_SAME = frozenset(["will", "did", "does", "do", "has", "have", "is", "are", "would"])


def _pursues(line: Line, group: Group, actors: Group) -> bool:
    """Whether who follows is no companion but of another navy: "the Russian frigate passed the Channel, followed by HMS Tyne"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "by" and line.low(at - 1) == "followed" and are_strangers(actors, group)


def _is_cargo(line: Line, group: Group) -> bool:
    """Whether vessels are carried: "with seven speedboats lashed to her deck"."""
    behind = line.lows[group.last : group.last + 7]
    return any(line.opens(group.last + n, line.doc.lexicon.sets["carried"]) for n, w in enumerate(behind) if "," not in behind[:n])


_TENDERS = frozenset({VesselType.TUG, VesselType.TANKER, VesselType.OILER, VesselType.AUXILIARY})


def goes_along(line: Line, group: Group, actors: Group) -> bool:
    """Whether vessels told astern of others are of their nation or a friend's, and go with them: "entered Malta with RFA Tidespring astern"."""
    if line.low(group.last) == "in" and line.low(group.last + 1) == "tow":
        return True  # "passed the strait with the submarine X in tow"
    theirs = {c for v in group.vessels for c in ((v.country,) if v.country else v.flags)}
    plain = (v.type in _TENDERS or not (v.name or v.type is VesselType.PATROL_SHIP) for v in group.vessels)
    own = not theirs and all(plain)  # of no nation that is known
    return (own or are_friends(actors, group)) and line.opens(group.last, line.doc.lexicon.sets["goes_along"])


_YET_TO_COME = frozenset(["due", "expected", "scheduled", "slated", "anticipated"])
_THERE, _COMES_LATER = frozenset(["in", "at", "off"]), frozenset(["follow", "come", "sail", "leave", "join", "arrive"])


def _in_company(line: Line, group: Group, trigger: Trigger, actors: Group) -> bool:
    """Whether vessels behind a verb did the same: "together with the tug X", "as did X", "accompanied by X"."""
    at = before_phrase(line, group.first) + 1
    words = tuple(line.low(n) for n in range(max(trigger.last, at - 3), at))
    two, last = words[-2:], words[-1] if words else ""
    if two in (("tow", "by"), ("tow", "of"), ("tow", "from")) and trigger.rule.kind in _MOVES and not trigger.rule.object:
        return True  # "left Tartus under tow by the tug X"
    if two == (",", "with") and line.low(group.last) == "following" and line.low(group.last + 1) == "on":
        return False  # "came in on Friday, with the tanker X following on Saturday"
    if line.opens(group.last, line.doc.lexicon.sets["in_attendance"]) or _is_cargo(line, group):
        along = trigger.rule.kind in _MOVES or (trigger.rule.kind in _STAYS and not trigger.rule.nominal)
        return along and last in ("with", "and", ",") and goes_along(line, group, actors)
    if group.vessels[0].partial and not group.vessels[0].name and line.starting("preposition", group.last):
        return False  # "are in the Black Sea, with one more in the Sea of Azov"
    if two == (",", "with") and line.low(group.last) == "to" and line.low(group.last + 1) in _COMES_LATER:
        return False  # "left on Friday, with the tanker X to follow on Monday"
    if last == "with" and waits_elsewhere(line, group):
        return False  # "left Plymouth on Monday, with HMS Tyne still in Portland"
    if last == "with" and line.low(group.last) in _YET_TO_COME and line.low(group.last + 1) not in ("by", "and"):
        return False  # "is alongside in Bridgetown, with HMS Trent due later this week"
    if two == (",", "with") and _lies_elsewhere(line, group.last):
        return False  # "docked in Lisbon on Monday, with HMS Argyll in Cadiz", "is in Rota, with HMS Tyne in refit in Kiel"
    if len(words) > 2 and words[-3] == "with" and words[-2] in ("them", "her", "it", "him") and words[-1] in line.doc.lexicon.sets["company_verbs"]:
        return True  # "…, and with them goes the ship X"
    goes = group.last + (line.low(group.last) in ("along", "together"))
    if last in ("and", ",") and line.low(goes) == "with" and line.low(goes + 1) in OBJECTS and not line.text(goes + 2).isalpha():
        return not _verb_between(line, trigger.last, at)  # "came in on Monday, and the tug X with her"
    if _listed_behind(line, trigger, group, at):
        return True  # "left on Monday, as well as X"
    if last in ("and", ",") and _goes_with_her(line, group.last) and not are_rivals(actors, group):
        return not _verb_between(line, trigger.last, at)  # "left on Monday, and the tug X went with her"
    if line.low(trigger.last - 1) == "with" and at == trigger.last and not trigger.rule.object:
        return True  # "exercised with X", with the place in front
    if tuple(words[:2]) in _BEHIND_HER and words[2:] and words[2] in line.doc.lexicon.sets["company_verbs"] and trigger.rule.kind in _MOVES:
        return True  # "passed the strait; behind her came the tanker X"
    if trigger.rule.kind in _GOES_OR_IS and group.first - trigger.last <= _BESIDE_TOKENS and _goes_beside(line, trigger, group, at, actors):
        return True  # "left Malta, and in her wake came the tanker X"
    if two in _BEHIND_HER and trigger.rule.kind in _MOVES:
        return line.low(at - 3) in ("and", ",", "then", "with", "–", ";")  # "was the first to cast off, and after her the frigate X"
    if last == "behind" and trigger.rule.kind in _MOVES and (all(v.type is VesselType.TUG for v in group.vessels) or _goes_behind(group, actors)):
        return True  # "left for Aliaga behind two tugs"
    if two in _IN_LINE and trigger.rule.kind in _MOVES and group.first < trigger.reach[1]:
        return all(v.name or v.count for v in group.vessels) and not are_rivals(actors, group)  # "passed the strait ahead of the submarine X"
    if two in _BY_OTHERS and are_rivals(actors, group) and not line.doc.lexicon.sets["be"].isdisjoint(line.lows[max(at - 5, trigger.last) : at - 2]):
        return False  # "the submarine Kolpino left Tartus, and was accompanied by a Royal Navy ship in the Channel"
    if two in _BY_OTHERS and trigger.last <= actors.first and line.low(at - 3) in line.doc.lexicon.sets["be"]:
        return False  # "En route to Oslo, HMS Kent was followed by the frigate X"
    if last == "by" and "where" in line.lows[trigger.last : at - 2] and line.low(at - 3) in line.doc.lexicon.sets["be"]:
        return _befell(trigger, group)  # "the ships sheltered in the bay, where HMS Severn was joined by others"
    if two == ("joined", "by") and line.low(at - 3) in line.doc.lexicon.sets["be"] and line.low(at - 4) in _NEXT_CLAUSE:
        return False  # "left Malta on Monday and was joined by HMS Tyne off Crete"
    if group.first < trigger.reach[1] and _beside(line, group, trigger, at, two):
        return True
    if last in ("with", "alongside") and group.first < trigger.reach[1]:
        return False
    return two in _DID_TOO or (two in (("together", "with"), ("along", "with")) and not _verb_between(line, trigger.last, at))


_CLOSES = frozenset([".", ",", ";", "", ")"])


def _in_band(line: Line, group: Group, at: int) -> bool:
    """Whether ships are told of a group that others are part of: "left on Monday, part of a group with the frigates A and B"."""
    part = line.low(at - 1) == "of" and line.low(at - 2) in _PART and line.text(at - 3) == ","
    return part and group.vessels[0].group and not group.vessels[0].name and len(group.vessels) > 1


def _without_band(line: Line, group: Group) -> Group:
    """The ships of a group whose word stands in front of them, without that word's own mention."""
    if not _in_band(line, group, before_phrase(line, group.first) + 1):
        return group
    return Group(group.first, group.last, group.vessels[1:], group.spans[1:])


_PART = frozenset(["part", "member", "flagship"])


def _listed_behind(line: Line, trigger: Trigger, group: Group, at: int) -> bool:
    """Whether a list goes on behind what its ships did: "left on Monday, as well as the tug X", "…, plus the tug X"."""
    if trigger.rule.object or not all(v.name or v.group for v in group.vessels) or line.text(group.last) not in _CLOSES:
        return False
    if _in_band(line, group, at):
        return not _verb_between(line, trigger.last, at)
    well = (line.low(at - 3), line.low(at - 2), line.low(at - 1)) == ("as", "well", "as")
    opens = at - (3 if well else 1)
    listed = well or line.low(at - 1) in ("plus", "alongside")
    return listed and opens > trigger.last and line.text(opens - 1) == "," and not _verb_between(line, trigger.last, at)


_BESIDE_TOKENS, _HERS = 24, frozenset(["her", "its", "their", "his"])
_NEXT_CLAUSE = frozenset([",", ";", "and", "–", "-", ":", "("])
_AT_SIDE, _IN_TRAIN = frozenset(["heels", "side", "stern", "tail"]), frozenset(["in", "at", "on"])


def _goes_with_her(line: Line, at: int) -> bool:
    """Whether a clause says from a token on that ships went with those told before it, and no more: "and the tug X went with her"."""
    if line.low(at) not in line.doc.lexicon.sets["company_verbs"] or line.low(at + 1) not in ("with", "along"):
        return False
    end = at + 2 + (line.low(at + 1) == "along" and line.low(at + 2) == "with")
    if line.low(at + 1) == "along" and end == at + 2:
        return not line.text(end).isalpha()  # "and the tug X went along"
    return line.low(end) in OBJECTS and not line.text(end + 1).isalpha()


def _goes_beside(line: Line, trigger: Trigger, group: Group, at: int, actors: Group) -> bool:
    """Whether a clause of its own tells who moved with those who act: ", and with her the tanker X", ", in her wake X", ", X in her train"."""
    side = side_of(line, trigger.last, group, at)
    return bool(side) and not (are_strangers if side in _AT_SIDE or side == "wake" else are_rivals)(actors, group)


def side_of(line: Line, first: int, group: Group, at: int) -> str:
    """The word that tells in a clause of its own, behind token `first`, how vessels stand to those told before: "wake", "her"; "" for none."""
    if not all(v.name or v.count for v in group.vessels):
        return ""
    beside = line.doc.lexicon.sets["beside_words"] | _AT_SIDE
    behind = [line.low(n) for n in range(group.last, group.last + 3)]
    if line.text(at - 1) in (",", ";") and behind[0] in _IN_TRAIN and behind[1] in _HERS and behind[2] in beside:
        return "" if _verb_between(line, first, at) else behind[2]
    end = at - (line.low(at - 1) in line.doc.lexicon.sets["company_verbs"])
    one, two, three = line.low(end - 1), line.low(end - 2), line.low(end - 3)
    size = 0
    if one in OBJECTS:
        size = 2 if two in ("with", "behind", "alongside") else 3 * ((three, two) == ("astern", "of"))
    elif one in beside and two in _HERS and three in _IN_TRAIN:
        size = 3
    opens = end - size
    if not size or opens <= first or line.text(opens - 1) not in _NEXT_CLAUSE or _verb_between(line, first, opens):
        return ""
    return one


_IN_LINE = frozenset([("ahead", "of"), ("astern", "of"), ("head", "of")])
_BEHIND_HER = frozenset([("after", "her"), ("after", "it"), ("after", "them"), ("behind", "her"), ("behind", "it")])
_BY_OTHERS = (("accompanied", "by"), ("followed", "by"), ("joined", "by"))
_AS_OTHERS = (("as", verb) for verb in ("did", "had", "was", "were", "is", "are", "has", "have", "will", "does", "could", "would", "may"))
_SO_OTHERS = (("so", verb) for verb in ("did", "had", "was", "were", "is", "are", "has", "have", "will", "does"))
_DID_TOO = frozenset([("escort", "of"), ("company", "of"), *_BY_OTHERS, *_AS_OTHERS, *_SO_OTHERS])
"""The two words in front of vessels that did the same."""


def _befell(trigger: Trigger, group: Group) -> bool:
    """Whether something was done to ships by others, who were there too: "was rammed by the cutter X off Y"."""
    return trigger.passive and trigger.rule.id == "sea.befell" and group.first < trigger.reach[1]


def _beside(line: Line, group: Group, trigger: Trigger, at: int, two: tuple[str, ...]) -> bool:
    """Whether vessels within the reach of a verb are told to be or to go beside those who act: `two` are the words in front of them."""
    last = two[-1] if two else ""
    if two == (",", "with") and _goes_alone(line, group):
        return False
    if two == ("company", "of") or (last == "by" and _befell(trigger, group)):
        return True
    if last == "with" and trigger.rule.id in ("sea.act", "sea.operate"):
        return True  # "practised manoeuvres with X"
    if last == "alongside" and trigger.form != "state":
        return True  # "sailed through the strait alongside USS X"
    if (last == "with" or line.ends_with(at, line.doc.lexicon.sets["lies_beside"])) and _stays_with(line, trigger, at, group):
        return True  # "was off Iceland with the frigate X", "is moored at Malta next to the frigate X"
    if last not in ("with", "alongside"):
        return False
    rest = any(line.low(n) in ("rest", "escorts", "consorts") for n in range(group.first, group.last))
    together = len(two) == 2 and two[0] in ("together", "along", "company", ",", "port", "sea")
    return rest or together or _moves_with(line, trigger, at, particular=_in_particular(line, group))


_LIES = frozenset(
    [
        "alongside",
        "moored",
        "berthed",
        "docked",
        "anchored",
        "pierside",
        "at",
        "in",
        "refit",
        "repair",
        "maintenance",
        "dock",
        "dry",
        "anchor",
        "still",
    ]
)
_LIES_TOKENS = 4


def _lies_elsewhere(line: Line, at: int) -> bool:
    """Whether words of lying or going lead to a place of its own right behind vessels: "in Cadiz", "alongside in Colombo", "on her way to Riga"."""
    if line.low(at) in ("on", "bound", "heading", "headed") and line.starting("trigger", at) is not None:
        return True
    for n in range(at, at + _LIES_TOKENS):
        if line.low(n) in _THERE and line.starting("place", n + 1 + (line.low(n + 1) == "the")):
            return True
        if line.low(n) not in _LIES:
            return False
    return False


def _goes_alone(line: Line, group: Group) -> bool:
    """Whether vessels behind "with" have a movement of their own: "docked in Cork on Monday, with the frigate X arriving at Cobh soon after"."""
    verb = line.starting("trigger", group.last)
    if verb is None or not any(form == "ing" and rule.kind in _MOVES and not rule.object for rule, form in verb.data):
        return False
    return any(verb.last <= p.first < verb.last + _ALONE_TOKENS for p in line.found("place"))


_ALONE_TOKENS = 4


_MOVES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY})
_GOES_OR_IS = _MOVES | {EventKind.AT_SEA, EventKind.IN_PORT}
_STAYS = frozenset({EventKind.AT_SEA, EventKind.IN_PORT})


def _in_particular(line: Line, group: Group) -> bool:
    """Whether vessels are named or counted, or told as some of a navy's: "ships of nine other navies", but not "the frigates"."""
    return all(v.name or v.count for v in group.vessels) or (
        group.vessels[0].plural and line.low(group.first) not in ("the", "these", "those", "other")
    )


def _moves_with(line: Line, trigger: Trigger, at: int, *, particular: bool) -> bool:
    """Whether "with" behind a movement brings who moved along: "arrived off Cyprus at the weekend with the destroyers A and B"."""
    between = line.lows[trigger.last : at - 1]
    other = any(a in ("to", "for") and not _place_at(line, trigger.last + n + 1) for n, a in enumerate(between))
    other = other or (trigger.form == "ing" and not {"will", "would"}.isdisjoint(between))  # "After leaving Kiel, A will form a group with B"
    return trigger.rule.kind in _MOVES and particular and not trigger.rule.object and not other and "after" not in between


def _place_at(line: Line, at: int) -> bool:
    """Whether a place, with its article, begins at a token."""
    return line.starting("place", at + (line.low(at) == "the")) is not None


def _stays_with(line: Line, trigger: Trigger, at: int, group: Group) -> bool:
    """Whether "with" behind a place tells who was there too: "was in the Adriatic on 3 December with the destroyer USS Carney"."""
    rule = trigger.rule
    if rule.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or rule.object or not _in_particular(line, group):
        return False
    between = line.lows[trigger.last : at - 1]
    seen = rule.seen and trigger.passive  # "was seen with the tanker X off Crete"
    spends = rule.id == "inport.spend"  # "spent two days with the frigate X off Crete"
    return (bool(between) or seen or spends) and line.doc.lexicon.sets["not_company"].isdisjoint(between)


def _verb_between(line: Line, first: int, last: int) -> bool:
    """Whether a verb of movement stands among tokens first..last-1."""
    return any(
        f.first >= first and f.last <= last and any(form in ("past", "part", "pres", "ing") for _, form in f.data) for f in line.found("trigger")
    )
