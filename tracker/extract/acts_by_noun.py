"""Stage 6, acts with two sides that a noun tells: whose escort fell to whom, whose refuelling was by whom, who met whom in a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.domain.kinds import EventKind, Role, VesselType
from tracker.domain.records import changed
from tracker.extract.groups import before_phrase, joined, parted_at
from tracker.extract.heads import gets_escort
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals, are_strangers, of_other_nations
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Rule

_HERS = {"her": "she", "its": "it", "their": "they"}
_MARKS = ("'", "’")
_ROLES = {"escort": (Role.ESCORT, Role.ESCORTED), "supply": (Role.SUPPLIER, Role.RECEIVER)}
_ADJECTIVES, _FRONT_TOKENS, _OPENING = 3, 4, 1


def acts_by_noun(scene: Scene, discourse: Discourse) -> tuple[list[Told], tuple[int, int]]:
    """The acts with two sides that nouns of a sentence tell, and the tokens that tell them: "The shadowing of the corvette X fell to HMS Tyne"."""
    if stores := _stores(scene):
        return _tell(scene, discourse, scene.line.doc.lexicon.rules["supply.noun"], stores[0], stores[1:]), (stores[0], scene.line.size)
    for rule, at, last in _nouns(scene) if scene.groups else ():
        if rule.object == "escort":
            sides = _at_heels(scene, discourse, at) or _watch(scene, discourse, at, last) or _has_escort(scene, at)
        else:
            sides = _joint(scene, discourse, at, last)
        if sides and not set(sides[0].vessels) & set(sides[1].vessels):
            both = [g for g in sides if g.vessels]
            first, end = min(at, *(g.first for g in both)), max(at + 1, *(g.last for g in both))
            return _tell(scene, discourse, rule, at, sides), (first, end)
    return [], (0, 0)


_STORES_TOKENS, _GOES_ACROSS = 6, frozenset(["came", "come", "comes", "went", "goes", "gone", "was", "were", "passed", "crossed", "flowed"])


def _stores(scene: Scene) -> tuple[int, Group, Group] | None:
    """What stores a sentence opens with, from whom they come and for whom: "Fuel for A and B came from X", "Ten tons of stores went from X to A"."""
    line = scene.line
    if len(scene.groups) < 2 or line.doc.lexicon.sets["ship_stores"].isdisjoint(line.lows[:_STORES_TOKENS]):
        return None
    at = next(n for n in range(_STORES_TOKENS) if line.low(n) in line.doc.lexicon.sets["ship_stores"])
    parts = [part for g in scene.groups for part in parted_at(line, g, ("from", "to", "by"), last=True)]
    giver = next((g for g in parts if g.first > at and line.low(before_phrase(line, g.first)) in ("from", "by")), None)
    given = next((g for g in parts if g.first > at and line.low(before_phrase(line, g.first)) in ("for", "to")), None)
    if giver is None or given is None or not all(v.type in _SUPPLIERS or v.kinds & _SUPPLIERS for v in giver.vessels):
        return None
    return (at, giver, given) if not _GOES_ACROSS.isdisjoint(line.lows[at : max(giver.first, given.first)]) else None


def _nouns(scene: Scene) -> Iterator[tuple[Rule, int, int]]:
    """The nouns of a sentence that tell such an act: their rule and tokens."""
    line, sets, rules = scene.line, scene.line.doc.lexicon.sets, scene.line.doc.lexicon.rules
    nouns = (("watch.noun", sets["watch_nouns"]), ("supply.noun", sets["supply_nouns"]), ("meeting.noun", sets["meeting_nouns"]))
    for rule, words in nouns:
        for at in line.where(words):
            last = at + 1 + 2 * (line.lows[at + 1 : at + 3] == ["at", "sea"])
            yield rules[rule], at, last


def _tell(scene: Scene, discourse: Discourse, rule: Rule, at: int, sides: Sequence[Group]) -> list[Told]:
    """The event of a noun with both its sides, who acts first; where nobody is told to, that side is empty."""
    actor, other = sides
    trigger = Trigger(rule, "state", at, at + 1, at, False, (0, scene.line.size))
    both = joined([g for g in sides if g.vessels])
    place = _where(scene, min(at, both.first))
    if place is None and rule.kind is EventKind.AT_SEA:
        return []
    slots = {"place": place} if place else _brought_to(scene, at)
    verb = _verb(scene.line, at, actor)
    trigger = changed(trigger, chain=verb, first=verb, last=verb + 1)
    taken = stance_of(scene.line, trigger, actor if actor.vessels else other)
    kind = EventKind.IN_PORT if place and place.is_port and place.how == "in" and rule.kind is EventKind.AT_SEA else rule.kind
    event = tell(scene, trigger, both.vessels, both.spans, kind, slots, taken, discourse)
    if roles := _ROLES.get(rule.object or ""):
        event.roles = (*((v, roles[0]) for v in actor.vessels), *((v, roles[1]) for v in other.vessels))
    return [event]


def _verb(line: Line, at: int, actor: Group) -> int:
    """The token of the verb of a noun, whose auxiliaries say how firmly the act is told: right behind who does it, or behind the noun."""
    doing = _does(line, actor) if actor.vessels and actor.last <= at else None
    if doing is not None:
        return doing
    return next((n for n in range(at + 1, line.size) if line.low(n) in line.doc.lexicon.sets["be"] or line.starting("trigger", n)), at)


def _where(scene: Scene, first: int) -> PlaceMention | None:
    """The place of such an act: the first one that a preposition leads to, behind its words or in front of them."""
    fitting = [p for p in scene.places if p.entry and p.how in ("in", "off", "through", None) and not p.guess]
    led = [p for p in fitting if p.how or scene.line.ending("preposition", p.first) or scene.line.ending("preposition", p.first - 1)]
    behind = [p for p in led if p.first > first]
    return next(iter(behind or led), None)


def _brought_to(scene: Scene, at: int) -> dict[str, PlaceMention]:
    """Where an escort ends: "carried out the escort of the tanker X to Mogadishu"."""
    if not scene.line.low(at).startswith("escort"):
        return {}
    there = next((p for p in scene.places if p.entry and p.how == "to" and p.first > at and not p.guess), None)
    return {"destination": there} if there else {}


def _owner(scene: Scene, discourse: Discourse, at: int) -> Group | None:
    """Whose a noun is: "her escort", "the corvettes' escort", "HMS Kent's next refuelling"."""
    line = scene.line
    for begin in range(at, max(at - _ADJECTIVES, 0), -1):
        word, mark = line.low(begin - 1), begin - 1 - (line.low(begin - 1) == "s")
        if word in _HERS:
            vessels = discourse.fleet.pronoun(_HERS[word])
            span = line.span(begin - 1, begin)
            return Group(begin - 1, begin, vessels, tuple(span for _ in vessels)) if vessels else None
        if line.text(mark) in _MARKS:
            return next((g for g in scene.groups if g.last == mark), None)
        if not word.isalpha() or word in line.doc.lexicon.function:
            return None
    return None


def _others(scene: Scene, at: int) -> list[Group]:
    """The vessels of a sentence without a mention that a noun only stands in: "the escort" itself."""
    return [g for g in scene.groups if not g.first <= at < g.last]


def _of(scene: Scene, last: int) -> Group | None:
    """The vessels that a noun's own preposition brings: "the escort of X", "the watch on X", "escort for X", "an escort mission for X"."""
    last += scene.line.low(last) in _ERRANDS
    if scene.line.low(last) not in ("of", "for", "on", "over", "to"):
        return None
    return next((g for g in _others(scene, last - 1) if before_phrase(scene.line, g.first) == last), None)


_ERRANDS = frozenset(["mission", "missions", "task", "tasks", "operation", "operations", "duty", "duties", "job", "run"])


def _watch(scene: Scene, discourse: Discourse, at: int, last: int) -> tuple[Group, Group] | None:
    """Who watches and who is watched, told by a noun: "X's escort was Y", "the shadowing of X fell to Y", "Y's escort of X"."""
    line, of, owner = scene.line, _of(scene, last), _owner(scene, discourse, at)
    attends = line.low(at) == "attendance" and line.low(at + 1) in ("on", "upon")  # a rule of its own
    crew = line.low(at) == "company" and line.low(at - 1 - (line.low(at - 1) == "s")) in _MARKS and line.low(at - 3) in ("ship", "ships", "boat")
    eyes = line.low(at) in ("eye", "eyes") and (at > _OPENING or line.low(at + 1) != "on")
    if attends or crew or eyes or line.low(at - 1) in ("under", "to", "will", "would", "without", "no"):
        return None
    if any(g.first <= at < g.last and len(g.vessels) > 1 and all(v.name for v in g.vessels) for g in scene.groups):
        return None  # "Her escorts were watched by HMS Tyne": they are ships told before
    watched = of or owner or _given(scene, at) or _told_before(scene, discourse, at)
    if watched is None:
        return None
    actor = _done_by(scene, at, watched) or (_is_named(scene, at, watched) if line.low(at) in line.doc.lexicon.sets["watchers"] else None)
    actor = actor or _doer(scene, at, watched) or _in_front(scene, at, watched)
    if actor is None and of:
        actor = owner or _keeper(scene, discourse, at)
    if actor and line.low(at).startswith("companion") and not are_strangers(watched, actor):
        return None  # "Her companions are the tanker A and the frigate B"
    if actor and line.low(at) == "company" and line.low(at - 2) == "in" and not are_rivals(watched, actor):
        return None  # "… put into Colombo, and in her company were the frigate A and the tanker B"
    if watched.first == watched.last == at and (actor is None or not are_strangers(watched, actor)):
        return None  # of the sentence before
    return (actor, watched) if actor else None


def _keeper(scene: Scene, discourse: Discourse, at: int) -> Group | None:
    """The ship whose log a text is, where a noun opens an entry: "16 November - Escort of the tanker X to Mogadishu"."""
    line = scene.line
    opens = all(not line.text(n).isalpha() or any(d.start <= line.starts[n] < d.end for d in scene.dates) for n in range(at))
    return Group(at, at, discourse.keeper, tuple(line.span(at, at + 1) for _ in discourse.keeper)) if opens and discourse.keeper else None


def _given(scene: Scene, at: int) -> Group | None:
    """Who is given an escort, told between verb and noun: "HMS Kent gave the tanker X an escort"."""
    line = scene.line
    group = next((g for g in scene.groups if g.last == at - 1 and line.low(at - 1) in ("a", "an")), None)
    return group if group and line.low(before_phrase(line, group.first)) in line.doc.lexicon.sets["gives_escort"] else None


def _has_escort(scene: Scene, at: int) -> tuple[Group, Group] | None:
    """Who is told to have an escort, of which no ship is told: "X had a Royal Navy escort", "X was given an escort". The first side is empty."""
    verb = gets_escort(scene.line, at)
    group = next((g for g in reversed(scene.groups) if verb is not None and g.last <= verb), None)
    if group is None or verb is None or verb - group.last > _HAS_TOKENS or any(_acts(scene.line, n) for n in range(group.last, verb)):
        return None
    return Group(at, at + 1, (), ()), group


def _acts(line: Line, at: int) -> bool:
    """Whether a verb other than "be" stands at a token."""
    return line.starting("trigger", at) is not None and line.low(at) not in line.doc.lexicon.sets["be"]


_HAS_TOKENS = 3


def _told_before(scene: Scene, discourse: Discourse, at: int) -> Group | None:
    """Whom the sentence before was about, where a noun opens a sentence and says of nobody whose it is: "The escort was HMS Tyne"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.sentence != scene.number - 1 or at > _OPENING or scene.line.low(at - 1) not in ("the", "an", "a", "in", ""):
        return None
    return Group(at, at, last.vessels, last.spans)


def _done_by(scene: Scene, at: int, watched: Group) -> Group | None:
    """Who does what a noun tells: "by X", "fell to X", "was the job of X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    for group in _others(scene, at):
        if group.first <= max(at, watched.first) or set(group.vessels) & set(watched.vessels):
            continue
        begin = before_phrase(line, group.first)
        word = line.low(begin)
        if word == "by" and not _RELIEVED.isdisjoint(line.lows[max(begin - 5, at) : begin]):
            continue  # "Their guardian, HMS Tyne, was relieved by HMS Mersey"
        if word == "by" or (
            word in ("to", "of", "for") and any(line.opens(n, sets["falls_to"]) for n in range(max(begin - _FALLS_TOKENS, at), begin + 1))
        ):
            return group
        if word in ("of", "for") and line.low(begin - 1) in sets["tasks"] and line.low(begin - 3) in sets["be"]:
            return group
        if word in sets["be"] and is_theirs(line, group):
            return group
    return None


def is_theirs(line: Line, group: Group) -> bool:
    """Whether a task is told to be that of vessels: "The watch on X was HMS Kent's", "… was HMS Kent's job"."""
    end = group.last + 1 + (line.low(group.last + 1) == "s")
    if line.text(group.last) not in _MARKS:
        return False
    return line.low(end) in line.doc.lexicon.sets["tasks"] or not line.text(end).isalpha() or line.starting("preposition", end) is not None


_FALLS_TOKENS = 9
"""The words of "passed from the patrol ship HMS Mersey to"."""
_FALLS = frozenset(["fell", "falls", "fallen", "fall"])
_FRONT_OPENS, _VERB_TOKENS = ("to", "upon", "on"), 12


def _in_front(scene: Scene, at: int, watched: Group) -> Group | None:
    """Who does what a noun behind tells: "To HMS Tyne fell the watch on X", "Shared between A and B was the shadowing of X"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    group = next((g for g in reversed(_others(scene, at)) if g.last <= at), None)
    if group is None or watched.first < at or set(group.vessels) & set(watched.vessels) or at - group.last > _VERB_TOKENS:
        return None
    begin, between = before_phrase(line, group.first), line.lows[group.last : at]
    if line.low(begin) in _FRONT_OPENS and begin <= _FRONT_TOKENS and not _FALLS.isdisjoint(between):
        return group
    opens = begin + 1 <= _FRONT_TOKENS and line.ends_with(begin + 1, sets["task_held"])
    return group if opens and not sets["be"].isdisjoint(between) and "the" in between else None


_RELIEVED = frozenset(["relieved", "replaced", "succeeded"])
_HAVE = frozenset(["has", "have", "had", "will", "would", "also", "then", "is", "was", "were", "are", "been", "be", "to", "did", "does", "do", "not"])
_DOING_TOKENS = 5


def _doer(scene: Scene, at: int, watched: Group) -> Group | None:
    """Who does what a noun tells, by a verb that says no more: "X carried out the escort of Y", "X provided Y with an escort"."""
    line = scene.line
    for group in _others(scene, at):
        verb = _does(line, group)
        if verb is None or set(group.vessels) & set(watched.vessels):
            continue
        between = watched.last if verb < watched.first < at else verb
        acts = (line.starting("trigger", n) for n in range(between + 1, at))
        if at - between <= _DOING_TOKENS and not any(act and act.last <= at for act in acts):
            return group
    return None


def _does(line: Line, group: Group) -> int | None:
    """The verb behind a group that says no more than that it does something: "X will carry out …"."""
    verb = group.last
    while line.low(verb) in _HAVE:
        verb += 1
    return verb if line.opens(verb, line.doc.lexicon.sets["does_watch"]) else None


def _is_named(scene: Scene, at: int, watched: Group) -> Group | None:
    """Who is told to be an escort: "Her escort was X", "X served as her escort"."""
    line, be = scene.line, scene.line.doc.lexicon.sets["be"]
    for group in _others(scene, at):
        if set(group.vessels) & set(watched.vessels):
            continue
        begin = before_phrase(line, group.first)
        if group.first > max(at, watched.last - 1) and line.low(begin) in be:
            return group
        front = min(at, watched.first) - 1
        front -= line.low(front) in ("the", "a", "an")
        if group.last <= front and (
            (line.low(front) in be and front == group.last) or (line.low(front) == "as" and line.opens(front - 1, line.doc.lexicon.sets["serves_as"]))
        ):
            return group
    return None


def _at_heels(scene: Scene, discourse: Discourse, at: int) -> tuple[Group, Group] | None:
    """Who is at whose heels: "On the heels of X came Y", "On her heels was Y", "Y was on X's tail"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if line.low(at) not in sets["heels"]:
        return None
    owner = _owner(scene, discourse, at)
    ahead = owner or _of(scene, at + 1)
    if ahead is None:
        return None
    for group in _others(scene, at):
        begin = before_phrase(line, group.first)
        turned = (
            group.first > max(at, ahead.first) and line.low(begin) in sets["company_verbs"] | sets["be"] and min(at, ahead.first) <= _FRONT_TOKENS
        )
        front = before_phrase(line, ahead.first) if owner and owner.last > owner.first + 1 else at
        behind = group.last < front and owner and line.low(front) in ("on", "at") and line.low(front - 1) in sets["be"]
        if (turned or behind) and of_other_nations(ahead, group):
            return group, ahead
    return None


def _joint(scene: Scene, discourse: Discourse, at: int, last: int) -> tuple[Group, Group] | None:
    """The two sides of a meeting or refuelling that a noun tells: "a RAS between X and Y", "the refuelling of X by Y", "was held by X and Y"."""
    line = scene.line
    of = _of(scene, last)
    if of and (work := _done_by(scene, at, of)) and line.low(before_phrase(line, work.first)) != "by":
        return work, of  # "The refuelling of A and B was the work of X"
    groups = [part for g in _others(scene, at) for part in parted_at(line, g, _PARTS, last=True)]
    for number, group in enumerate(groups):
        word = line.low(before_phrase(line, group.first))
        if group.first < at or word not in ("between", "by", "of", "for", "with"):
            continue
        ends = ("by", "with", "from", "and") if word in ("between", "by", "with") else ("by", "with", "from")
        other = next((g for g in groups[number + 1 :] if line.low(before_phrase(line, g.first)) in ends or _in_shape(line, g)), None)
        begin = before_phrase(line, group.first)
        if word in ("of", "for") and other and (begin == last or any(p.last == begin for p in scene.places)):
            return other, group  # "the refuelling of X by Y"
        if word in ("between", "by") and other and line.low(before_phrase(line, other.first)) in ("and", "with"):
            return _supplier_first(group, other)
        if word == "by" and (owner := _owner(scene, discourse, at)):
            return group, owner
    owner = _owner(scene, discourse, at)
    by = _done_by(scene, at, owner) if owner else None
    return (by, owner) if by and owner else None


def _in_shape(line: Line, group: Group) -> bool:
    """Whether vessels are told as what something comes in: "Relief for A came off Oman in the shape of B"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "of" and line.low(at - 1) in ("shape", "form", "person", "guise")


_PARTS = frozenset(["and", "by", "with", "from"])
"""Between the two sides of an act: "between A and B", "of A by B"."""
_SUPPLIERS = frozenset({VesselType.OILER, VesselType.TANKER, VesselType.AUXILIARY})


def _supplier_first(one: Group, other: Group) -> tuple[Group, Group]:
    """Of two sides the one of oilers first."""
    return (other, one) if any(v.type in _SUPPLIERS or v.kinds & _SUPPLIERS for v in other.vessels) else (one, other)
