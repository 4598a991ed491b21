"""Stage 6, pronouns: whom "she", "them" and the like stand for beside a word of movement."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import EventKind, Role
from tracker.extract.corefer import Vessel
from tracker.extract.groups import attends, before_phrase, fronts_others
from tracker.extract.in_passing import is_in_passing
from tracker.extract.line import Line
from tracker.extract.main_clause import goes_on, heads, until_when
from tracker.extract.other_they import taken_for_joined
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.sides import are_rivals
from tracker.extract.still_about import before_she_left
from tracker.extract.verbs import Trigger

PRONOUNS = frozenset(["it", "she", "they", "he"])
ALL_PRONOUNS = PRONOUNS | {"them", "her", "him"}


_THESE = frozenset(["all", "these", "both", "each"])
_OWN_TANKS = frozenset(["tanks", "tank", "bunkers"])
_OWNERS = {"hers": "her", "theirs": "them"}
_ABOARD = frozenset(
    ["crew", "crews", "survivors", "sailors", "seafarers", "migrants", "passengers", "marines", "troops", "fishermen", "people", "men", "rescued"]
)


def object_pronoun(scene: Scene, trigger: Trigger, discourse: Discourse, actors: Group | None = None) -> Group | None:
    """The vessel that a pronoun behind a verb stands for: "put her south of Cyprus", "shadowed them"."""
    line = scene.line
    every = line.low(trigger.last) in ("all", "both", "each") and line.low(trigger.last + 1) == "of"  # "expects all of them"
    people = trigger.rule.id.startswith("carry") and not _ABOARD.isdisjoint(line.lows[: trigger.chain])
    for at in range(trigger.first + 1, min(trigger.last + 2 + every, line.size)):
        if people and line.low(at) == "them":
            continue  # "The crew was taken aboard the tanker X, which brought them to Djibouti"
        if line.low(at + 1) in _OWN_TANKS and line.low(at) in ("her", "its", "their"):
            continue  # "filled her tanks from the oiler X"
        theirs = line.low(at) in ("her", "its", "their") and line.low(at + 1) in line.doc.lexicon.sets["owned_by_her"]
        owns = trigger.rule.id == "host.hers" and line.low(at) in _OWNERS
        if (theirs and trigger.rule.object == "escort") or owns or (line.low(at) in ("her", "it", "them", "him", "both") and not theirs):
            near = next((g for g in reversed(scene.groups) if g.last < trigger.chain and len(g.vessels) == 1), None)
            she = "she" if line.low(at) == "her" else ""
            again = (
                near is not None and (she in line.lows[: near.first] or _was_object(scene, near, at, trigger)) and bool(discourse.fleet.pronoun(she))
            )
            if actors is None and near and not again and line.low(at) in ("her", "it", "him", "hers"):
                return near  # but not "she lies near the tug, and nobody has seen her"
            word = {"its": "it", "their": "them", **_OWNERS}.get(line.low(at), line.low(at))
            other = other_side(actors, discourse)
            beside = None if other else _told_beside(scene, trigger, actors, several=word in ("them", "both"))
            if beside and (word != "it" or _is_object(line, beside, trigger)):
                return beside
            vessels = other or _told_in_front(scene, at, discourse.fleet.pronoun(word), discourse)
            told = trigger.rule.object == "meet" or (actors is not None and _alone_with_her(scene, trigger, actors))
            if actors and told and set(vessels) <= set(actors.vessels) and word not in ("them", "both"):
                vessels = _one_besides(actors, discourse)  # "she caught up with it": somebody else
            if actors and trigger.rule.object == "escort" and len(vessels) > 1:
                vessels = _without_friends(actors, vessels if other else _rather_watched(actors, vessels, discourse))
            span = line.span(at, at + 1)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None
    return None


def _was_object(scene: Scene, near: Group, at: int, trigger: Trigger) -> bool:
    """Whether ships did something with "her" already before a further verb with her: "The patrol ship X stopped her and led her there"."""
    line, word = scene.line, scene.line.low(at)
    if word not in line.lows[near.last : trigger.chain]:
        return False
    if line.low(trigger.chain - 1) in _ANDS:
        return True
    others = any(g.last == trigger.chain for g in scene.groups)  # "HMS Kent found her, and the tug X towed her to Brest"
    return others and any(line.low(n) == word and line.ending("trigger", n) is not None for n in range(near.last + 1, trigger.chain))


_ANDS = frozenset(["and", "then", "later", "before", "after"])


def _told_in_front(scene: Scene, at: int, vessels: tuple[Vessel, ...], discourse: Discourse) -> tuple[Vessel, ...]:
    """Whom "them" means, and none told behind it: "She trailed them to the Channel, where HMS Kent and HMS Tyne were waiting"."""
    if len(vessels) < 2 or not any(g.first > at and set(vessels) <= set(g.vessels) for g in scene.groups):
        return vessels
    here = {v for g in scene.groups for v in g.vessels}
    return next((g for g in reversed(discourse.fleet.focus[-_FEW:]) if (len(g) > 1 or g[0].plural) and not here & set(g)), vessels)


_FEW = 6


def _rather_watched(actors: Group, vessels: tuple[Vessel, ...], discourse: Discourse) -> tuple[Vessel, ...]:
    """Whom others watched, where these are taken for them who now watch on: "They left them off Brest, where HMS Kent picked them up"."""
    last = discourse.last.get(EventKind.ESCORT)
    roles = dict(last.roles) if last else {}
    if not all(roles.get(v) is Role.ESCORT for v in vessels) or are_rivals(actors, Group(0, 0, vessels, ())):
        return vessels
    watched = tuple(v for v, role in roles.items() if role is Role.ESCORTED)
    return watched if watched and are_rivals(actors, Group(0, 0, watched, ())) else vessels


def _without_friends(actors: Group, vessels: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """Those of some ships who are not of the nation of who watches them, where some are of another: "met the X off Attu. HMS Kent followed them"."""
    mine = {c for v in actors.vessels for c in ((v.country,) if v.country else v.flags)}
    others = tuple(v for v in vessels if mine.isdisjoint((v.country,) if v.country else v.flags))
    return others if any(are_rivals(actors, Group(0, 0, (v,), ())) for v in others) else vessels


def _is_object(line: Line, group: Group, trigger: Trigger) -> bool:
    """Whether ships stand behind a verb that "and" goes on from: "located the submarine off Dover, and shadowed it"."""
    at = before_phrase(line, group.first)
    return line.low(trigger.chain - 1) == "and" and any(f.last == at + 1 and any(rule.seen for rule, _ in f.data) for f in line.found("trigger"))


def _alone_with_her(scene: Scene, trigger: Trigger, actors: Group) -> bool:
    """Whether no other ship of the sentence can be the one that is escorted: "For two days the destroyer had trailed her"."""
    if trigger.rule.object != "escort" or scene.line.low(actors.first) in ALL_PRONOUNS:
        return False
    return all(g.last > trigger.chain or set(g.vessels) & set(actors.vessels) for g in scene.groups)


def _one_besides(actors: Group, discourse: Discourse) -> tuple[Vessel, ...]:
    """The one vessel told last that is not among the actors."""
    single = (g for g in reversed(discourse.fleet.focus[-4:]) if len(g) == 1 and not g[0].plural and g[0] not in actors.vessels)
    return next(single, ())


def _told_beside(scene: Scene, trigger: Trigger, actors: Group | None, *, several: bool) -> Group | None:
    """The vessels of the sentence that a pronoun means beside who acts: "A loitered off Malta until B drew up and shadowed her"."""
    if actors is None:
        return None
    others = [g for g in scene.groups if g.last <= trigger.chain and not set(g.vessels) & set(actors.vessels) and not is_agent(scene.line, g)]
    others = [g for g in others if scene.line.low(g.last + 1) != "s" and not any(v.partial for v in g.vessels)]  # "Sabre's sister"
    return next((g for g in reversed(others) if several == (len(g.vessels) > 1 or g.vessels[0].plural)), None)


def other_side(actors: Group | None, discourse: Discourse) -> tuple[Vessel, ...]:
    """Of the last escort told, the vessels that are not the actors: whom "she" keeps following."""
    last = discourse.last.get(EventKind.ESCORT)
    if actors is None or last is None or not set(actors.vessels) & set(last.vessels):
        return ()
    return tuple(v for v in last.vessels if v not in actors.vessels)


def is_agent(line: Line, group: Group) -> bool:
    """Whether vessels are told only as those by whom or near whom something is done."""
    at = before_phrase(line, group.first)
    if attends(line, group.first, group.last):
        return True
    said = line.low(at) in line.doc.lexicon.sets["be"] and line.low(group.first) in ("a", "an") and not group.vessels[0].name
    if line.low(at) in line.doc.lexicon.sets["agents"]:
        return not _ends_escort(line, at)
    return said and not _is_hers(line, at)


def _ends_escort(line: Line, at: int) -> bool:
    """Whether a preposition is the end of an active verb of watching: "kept watch on the tanker X on its way through the strait"."""
    verb = line.ending("trigger", at + 1)
    return verb is not None and verb.last - verb.first > 1 and any(rule.object == "escort" and not rule.reversed for rule, _ in verb.data)


_HERS_TOKENS = 8


def _is_hers(line: Line, be: int) -> bool:
    """Whether "is" says who a thing or ship of another's is: "HMS Kent's first catch was a dhow", "Her escort was a corvette"."""
    first = max(be - _HERS_TOKENS, 0)
    return any(
        line.low(n) in ("s", "her", "its", "their") and n + 1 < be and (line.low(n) != "s" or line.text(n - 1) in ("'", "’"))
        for n in range(first, be)
    )


def pronoun_of(scene: Scene, trigger: Trigger, left: Sequence[Group], discourse: Discourse) -> Group | None:
    """The vessels that a pronoun in front of a verb stands for: "she sailed", "both of them left", "kept her from sailing"."""
    line = scene.line
    if ALL_PRONOUNS.isdisjoint(line.words) and line.low(0) not in _THESE:
        return None
    ends, begin = trigger.chain, trigger.reach[0]
    if trigger.rule.needs == "behind":  # "they put Bandar Abbas behind them"
        begin, ends = 0, next((p.first - (line.low(p.first - 1) == "the") for p in scene.places if p.last == trigger.chain), ends)
    for at in range(ends - 1, max(begin - 1, ends - 4), -1):
        objects = _acts_as_object(line, trigger, at)
        if line.text(at - 1) == "," and line.text(at + 2) == ",":
            continue  # ", she stressed,"
        if at == 0 and line.low(0) in _THESE and line.low(1) in line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]:
            vessels = discourse.fleet.pronoun("they")  # "All are in Malta", "These have left"
            return Group(0, 1, vessels, tuple(line.span(0, 1) for _ in vessels)) if len(vessels) > 1 else None
        if _speaks_of_none(line, at):
            continue
        if trigger.rule.object == "escort" and not trigger.passive and _speaks_of_its_own(scene, at):
            return None  # "The Royal Navy said it had shadowed the frigate": the navy did
        if line.low(at) in PRONOUNS and _means_another(scene, at, discourse):
            continue
        if (line.low(at) in PRONOUNS or objects) and (not left or left[-1].last <= at):
            inside = [g for g in scene.groups if g.last <= at and not _beside_her(line, g, at, discourse)]
            several = line.low(at) in ("they", "them")
            if discourse.fleet.pronoun(line.low(at)):
                inside = [g for g in inside if not is_in_passing(line, g)]
            if (again := _said_before(line, at)) is not None:
                inside = [g for g in inside if g.last <= again]  # "No sooner had she sighted HMS Kent than she put about"
            fitting = [
                g
                for g in inside
                if several == (len(g.vessels) > 1 or g.vessels[0].plural) or (not several and (_is_band(g) or _told_as_one(line, g, at)))
            ]
            fitting = [g for g in fitting if not _is_what_she_is(line, g)] or fitting
            if she := discourse.fleet.pronoun(line.low(at)):
                alike = [g for g in fitting if line.low(before_phrase(line, g.first)) == "like" and g.last in (at, at - 1)]
                if alike and len(she) == 1 and she[0] not in alike[-1].vessels:
                    vessels = (*she, *alike[-1].vessels)  # "like the destroyer X she was in Malta"
                    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels))
                fitting = [g for g in fitting if line.low(before_phrase(line, g.first)) not in _LIKE]
            if not objects and len(fitting) > 1 and goes_on(line, fitting[-1].last, at):
                fitting = heads(line, fitting) or fitting  # "left Malta with the tanker X; on Tuesday she was off Crete"
            elif not objects and len(fitting) > 1 and _goes_on_below(line, fitting[-2], fitting[-1], at):
                fitting = fitting[:-1]
            near = next((g for g in reversed(fitting) if not (_done_by_it(line, g) or _is_theirs(line, g))), None)
            if near is None and fitting and (PRONOUNS.isdisjoint(line.lows[: fitting[-1].first]) or not discourse.fleet.pronoun(line.low(at))):
                near = fitting[-1]
            if near is None and several and line.low(at) == "they" and (two := _two_together(line, inside, at) or taken_for_joined(line, inside, at)):
                return Group(at, at + 1, two, tuple(line.span(at, at + 1) for _ in two))
            ahead = None if near else _told_ahead(scene, at, several=several)
            vessels = near.vessels if near else ahead.vessels if ahead else discourse.fleet.pronoun(line.low(at))
            if not several and (watched := _first_watched(line, inside, at)):
                vessels = watched
            vessels = _brought_there(scene, trigger, at, discourse) or vessels
            if not vessels or (line.low(at) == "it" and line.low(at + 1) in ("'", "’", "was", "is") and not near and not vessels):
                return None
            span = line.span(at, at + 1)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels))
    return None


def _acts_as_object(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "them" or "her" tells who acts: "both of them left", "kept her from sailing", "saw them off Malta"."""
    if line.low(at) == "them" and line.low(at - 1) == "of" and line.low(at - 2) in ("all", "both", "each", "none", "neither"):
        return True
    behind = trigger.chain - 1 - (trigger.form == "ing" and line.low(trigger.chain - 1) == "from")
    return line.low(at) in ("them", "her", "him") and at == behind and trigger.form in ("state", "ing")


_LIES = frozenset({EventKind.IN_PORT, EventKind.AT_SEA})


def _brought_there(scene: Scene, trigger: Trigger, at: int, discourse: Discourse) -> tuple[Vessel, ...]:
    """Who lies where others brought her: "HMS Kent escorted her to Dover, where she is still at anchor" speaks of her who was escorted."""
    line = scene.line
    if line.low(at - 1) != "where" or trigger.rule.kind not in _LIES or trigger.rule.object:
        return ()
    her = next((n for n in range(at - 2, 0, -1) if line.low(n) in ("her", "it", "them") and line.ending("trigger", n)), None)
    span = line.span(her, her + 1) if her else None
    events = (e for e in discourse.told[-_SENTENCE_EVENTS:] if span and e.sentence == scene.number and span in e.spans)
    return next((tuple(v for v, s in zip(e.vessels, e.spans, strict=False) if s == span) for e in events), ())


_SENTENCE_EVENTS = 4


def _goes_on_below(line: Line, subject: Group, other: Group, at: int) -> bool:
    """Whether a clause below goes on about who did something with the ships nearest to it: "refuelled from the tanker X before she …"."""
    if until_when(line, other.last, at):
        return True
    return line.low(at - 1) in ("before", "after") and before_she_left(line, subject, other, at)


def _told_as_one(line: Line, group: Group, at: int) -> bool:
    """Whether ships are told by a word for their group, which "it" takes up: "stayed with the group until it had left the strait"."""
    return line.low(at) == "it" and any(f.last == group.last and f.first >= group.first for f in line.found("group"))


_SAYS = frozenset(["said", "says", "announced", "confirmed", "reported", "stated", "added", "that"])
_SPEAKERS = frozenset(
    ["navy", "ministry", "military", "guard", "command", "department", "forces", "force", "army", "headquarters", "staff", "government"]
)
_SPEAKER_TOKENS = 9


def _speaks_of_its_own(scene: Scene, at: int) -> bool:
    """Whether "it" is a navy or a ministry that says what it did itself: "China's military said on Monday that it had followed the destroyer"."""
    line = scene.line
    if line.low(at) not in ("it", "they") or line.low(at - 1) not in _SAYS or any(g.first < at for g in scene.groups):
        return False
    front = line.lows[max(at - _SPEAKER_TOKENS, 0) : at]
    return not _SPEAKERS.isdisjoint(front) and not (_SAYS - {"that"}).isdisjoint(front)


def _speaks_of_none(line: Line, at: int) -> bool:
    """Whether "it" stands for no vessel: "It was on her way out that …", "Out of the Black Sea, after 9 days of it, is USS Carney"."""
    if line.low(at) != "it":
        return False
    if "turn" in line.words and line.lows[at + 1 : at + 6].count("the") and "turn" in line.lows[at + 2 : at + 6]:
        return True  # "it had been the turn of three ships to be seen there"
    return (line.low(at + 1) in ("was", "is") and "that" in line.lows[at:]) or (line.low(at - 1) in _LED and line.low(at + 1) == ",")


def _means_another(scene: Scene, at: int, discourse: Discourse) -> bool:
    """Whether a pronoun stands for a person or an aircraft told of just before: "The minister praised the crew. She left Malta on Monday"."""
    line, sets, word = scene.line, scene.line.doc.lexicon.sets, scene.line.low(at)
    words, before = line.words_before(), line.doc.number_of(line.sentence) - 1
    if word == "he":
        persons = sets["titles"] | sets["offices"] | sets["person_verbs"]
        return not persons.isdisjoint(line.lows[:at]) or (not persons.isdisjoint(words) and not _tells_ship(line, before, discourse))
    others = _STATESMEN if word == "she" else _AIRCRAFT if word == "it" else frozenset[str]()
    if at > _OPENING_TOKENS or before < 0 or others.isdisjoint(words):
        return False
    sentence = line.doc.sentences[before]
    opening = line.doc.low[sentence.start : sentence.end].split()[:_OPENING_TOKENS]
    return not others.isdisjoint(opening) and not _tells_ship(line, before, discourse)


def _tells_ship(line: Line, number: int, discourse: Discourse) -> bool:
    """Whether a sentence of the text, by its number there, tells of any ship."""
    sentence = line.doc.sentences[number]
    return any(sentence.start <= v.mentions[-1][0] < sentence.end for v in discourse.fleet.recent if v.mentions)


_STATESMEN = frozenset(["minister", "ambassador", "president", "governor", "mayor", "queen", "princess", "chancellor", "spokeswoman"])
_AIRCRAFT = frozenset(
    ["aircraft", "helicopter", "plane", "jet", "drone", "airplane", "seahawk", "poseidon", "p-8", "p-8a", "p-3c", "bomber", "airship"]
)
_OPENING_TOKENS = 4


def _said_before(line: Line, at: int) -> int | None:
    """The token of the same pronoun in front of one, in the same sentence, where it stands for a ship: not "It was here that …"."""
    word = line.low(at)
    found = next((n for n in range(at) if line.low(n) == word), None) if word in PRONOUNS else None
    return None if found is None or (word == "it" and line.low(found + 1) in ("is", "was", "took")) else found


_TOGETHER = frozenset(
    ["led", "leads", "joined", "met", "accompanied", "guided", "piloted", "towed", "followed", "shadowed", "escorted", "leading", "towing"]
)


def _two_together(line: Line, inside: Sequence[Group], at: int) -> tuple[Vessel, ...]:
    """The two ships, one of which does something with the other, that "they" behind "as" stands for: "A led B as they left the harbour"."""
    if len(inside) != 2 or line.low(at - 1) not in ("as", "while", "when", "before", "until", "after") or inside[1].last != at - 1:
        return ()
    between = line.lows[inside[0].last : inside[1].first]
    one, other = inside[0].vessels, inside[1].vessels
    fits = len(one) == len(other) == 1 and not _TOGETHER.isdisjoint(between) and set(one).isdisjoint(other)
    return (*one, *other) if fits and not (one[0].plural or other[0].plural) else ()


_OPENS_CLAUSE = frozenset(["as", "while", "when", "before", "after", "once", "though", "although", "since", "until", "because", "if"])


def _told_ahead(scene: Scene, at: int, *, several: bool) -> Group | None:
    """The ship of a main clause whose pronoun stands in the clause in front, where the text told none before: "As she left Rio, the frigate X …"."""
    line = scene.line
    on_way = line.low(0) == "on" and "way" in line.lows[1:4]  # "On the way back from Europe, where she had put into Cadiz, the frigate X …"
    if not on_way and (at != 1 or line.low(0) not in _OPENS_CLAUSE):
        return None
    group = next((g for g in scene.groups if g.first > at and line.text(before_phrase(line, g.first)) == ","), None)
    fits = group is not None and several == (len(group.vessels) > 1 or group.vessels[0].plural)
    fits = fits and group is scene.groups[0]
    return group if fits and group and (on_way or all(v.seen_in == scene.number for v in group.vessels)) else None


def _is_what_she_is(line: Line, group: Group) -> bool:
    """Whether a phrase only says what a ship is: "Minsk is a Ropucha-class ship from 1984, and it left Kaliningrad in October"."""
    be = line.lows[group.first - 1] if group.first else ""
    return be in ("is", "was") and line.low(group.first) in ("a", "an") and len(group.vessels) == 1 and not group.vessels[0].name


def _first_watched(line: Line, inside: Sequence[Group], at: int) -> tuple[Vessel, ...]:
    """The first of the ships right in front of "as it", another ship before them: "Kent monitored the submarine A and her tug B as it passed"."""
    if inside and _done_by_it(line, inside[-1]):
        return ()
    if line.low(at - 1) != "as" or len(inside) < 2 or inside[-1].last != at - 1 or len(inside[-1].vessels) < 2 or not inside[-1].vessels[0].name:
        return ()
    return inside[-1].vessels[:1]


def _is_band(group: Group) -> bool:
    """Whether vessels are told by a word for all of them, of which "it" speaks too: "escorted the squadron as it passed"."""
    return len(group.vessels) == 1 and group.vessels[0].group and not group.vessels[0].name


def _beside_her(line: Line, group: Group, at: int, discourse: Discourse) -> bool:
    """Whether vessels in front of a pronoun only go along with whom it means: "With the tug X close by, she was seen off Crete"."""
    beside = attends(line, group.first, group.last) and "," in line.lows[group.last : at]
    beside = beside or (group.last == at and line.low(0) == "with" and before_phrase(line, group.first) == 0)  # "With HMAS Canberra she sailed"
    beside = beside or (group.last == at - 1 and bool(fronts_others(line, group.first, group.last)))  # "In company with the tanker X, she left"
    return beside and bool(discourse.fleet.pronoun(line.low(at)))


_LED = frozenset(["of", "for", "with", "from", "to", "in", "on", "at", "behind", "after", "before", "by"])
_LIKE = frozenset(["like", "unlike", "than"])
_PARTS = frozenset(["part", "parts", "members", "member", "units", "unit", "flagship"])


def _is_theirs(line: Line, group: Group) -> bool:
    """Whether a group is only told as the one that others are of: "two minehunters, both part of SNMCMG2, are in port; they sail today"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "of" and line.low(at - 1) in _PARTS


def _done_by_it(line: Line, group: Group) -> bool:
    """Whether vessels only do what a passive tells: in "the tanker was watched by HMS Kent as it passed" the tanker passes."""
    at = before_phrase(line, group.first)
    if line.low(at) == "by":
        return True
    watch = line.ending("trigger", at + 1)  # "came under the watch of HMS Kent as it crossed the bay"
    return watch is not None and any(rule.object == "escort" and rule.reversed for rule, _ in watch.data)
