"""Stage 6, acts with two sides: who escorts whom, who supplies whom, who meets whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, PlaceKind, Role, VesselType
from tracker.domain.records import changed
from tracker.extract.act import Act
from tracker.extract.acts_by_noun import is_theirs
from tracker.extract.agents import shared_agent
from tracker.extract.corefer import Vessel
from tracker.extract.groups import attends, before_phrase, finite, joined, parted_at, without_waiting
from tracker.extract.joined import OBJECTS, goes_along
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.other_they import other_they
from tracker.extract.place_mention import PlaceMention
from tracker.extract.pronouns import object_pronoun, other_side
from tracker.extract.relieved import also_watched, relievers
from tracker.extract.scene import Discourse, Group, Scene, Told, replace_told
from tracker.extract.sides import are_rivals, are_strangers, is_watched_by, of_other_nations
from tracker.extract.slots import is_dry
from tracker.extract.supplied_too import supplied_too
from tracker.extract.telling import tell, without_slots
from tracker.extract.verbs import Trigger
from tracker.extract.where import has_needed

_LEADS_ON = 4
_STORES_TOKENS, _TASK_TOKENS = 12, 5
_NEAR = 4
_TRACED = {"into": EventKind.ARRIVAL, "from": EventKind.DEPARTURE, "through": EventKind.TRANSIT}
"""Who takes over a watch takes over one that was told no more sentences before."""
_ROLES = {"escort": (Role.ESCORT, Role.ESCORTED), "supply": (Role.SUPPLIER, Role.RECEIVER)}


def with_object(act: Act, actors: Group | None) -> list[Told]:
    """An act with two sides: who escorts whom, who supplies whom."""
    scene, trigger, discourse = act.scene, act.trigger, act.discourse
    if trigger.rule.needs == "handed":
        return _handed(scene, trigger, actors, act.slots, act.taken, discourse)
    if trigger.rule.id in ("supply.passed", "supply.handed"):
        return _passed_across(scene, trigger, act.kind, act.slots, act.taken, discourse)
    if trigger.rule.object == "supply" and actors is None and (both := _supplied_by(scene, trigger)):
        return _of_supply(scene, trigger, both, act.kind, act.slots, act.taken, discourse)
    if trigger.rule.object == "escort" and not trigger.passive and scene.line.low(trigger.last) in scene.line.doc.lexicon.sets["tracked_things"]:
        return []  # "a ship that tracks spacecraft, the Yuan Wang 5, lay at Hambantota"
    if trigger.rule.object == "escort" and scene.line.low(trigger.first) == "follow" and _is_to_come(scene.line, trigger):
        return []  # "Having left the tug to follow, the icebreakers reached Murmansk"
    if trigger.rule.id == "sea.relieve" and trigger.form not in ("past", "part") and not _relieved_there(act):
        return []
    if (relieved := _relieves_watch(act, actors)) is not None:
        return relieved
    act.taken = _as_tasked(act)
    actors = _who_took_over(act, actors) or _whose_way(scene, trigger, discourse)
    found = _fell_to(scene, trigger) or _sides(scene, trigger, actors)
    if found is None:
        return []
    actors, right = found
    if trigger.rule.object == "supply" and len(right) > 1 and "with" in scene.line.words:
        right = [g for g in right if not attends(scene.line, g.first, g.last)] or right  # "was refuelled by the tanker X, with HMS Kent looking on"
    if trigger.rule.object == "escort" and not right and (by := shared_agent(scene.line, trigger, scene.groups)):
        right = [by]
    over = relievers(act)
    right = without_waiting(scene.line, [g for g in right if g not in over])
    actors = other_they(scene, trigger, actors, right, discourse) or actors
    if lifted := _lifted_out(scene, trigger, actors, right):
        right = [lifted]
    helpers = _lent_help(act, actors, right)
    if helpers:
        right = [g for g in right if g not in helpers]
    subject, other = _object_of(act, actors, right)
    if helpers and subject:
        subject = joined([subject, *helpers])
    if charge := _charge(scene, trigger, right):
        other = charge
    elif trigger.rule.again and (other is None or trigger.rule.needs == "watch"):
        seen = _rival_seen(act, actors) if trigger.rule.needs == "watch" else None
        if trigger.rule.needs == "watch" and not seen and not _takes_watch(act):
            return _takes_place(act, actors)
        other = seen or _watched_before(act, actors)
    if other is None and actors and not _is_handed(trigger):
        other = _watched_passing(scene, trigger, actors, discourse) or _supplied_from(scene, trigger, actors)
    subject, other = supplied_too(act, actors, *_turned(act, right, subject, other))
    if _comes_behind(scene.line, trigger, subject, other):
        return []
    if trigger.rule.id == "escort.goes" and not (subject and other and are_strangers(subject, other)):
        return []  # "went with the tanker to Gibraltar": who sails in company
    subject = _with_helpers(act, subject, other)
    if (along := _keeps_company(act, subject, other)) is not None:
        return along
    told = _of_both(act, actors, right, subject, other or _owned_object(act, subject))
    return [*told, *also_watched(act, told, over)] if over else told


def _relieves_watch(act: Act, actors: Group | None) -> list[Told] | None:
    """Whom a ship watches that relieves who watched them: "HMS Kent shadowed the tug. HMS Tyne relieved her off Brest". None where nobody watched."""
    line, trigger, last = act.scene.line, act.trigger, act.discourse.last.get(EventKind.ESCORT)
    if trigger.rule.id != "sea.relieve" or trigger.passive or last is None or actors is None:
        return None
    watchers = {v for v, role in last.roles if role is Role.ESCORT}
    named = next((g for g in act.scene.groups if before_phrase(line, g.first) <= trigger.last <= g.first), None)
    relieved = watchers.issuperset(named.vessels) if named else line.low(trigger.last) in ("her", "it", "them")
    watched = _escorted_before(act.scene, actors, act.discourse)
    if not relieved or watched is None or not watchers.isdisjoint(actors.vessels):
        return None
    over = changed(act, trigger=changed(trigger, rule=line.doc.lexicon.rules["escort.over"]), kind=EventKind.ESCORT)
    return _of_both(over, actors, [], actors, watched)


_OVER = frozenset(["relieved", "replaced", "succeeded"])


def _who_took_over(act: Act, actors: Group | None) -> Group | None:
    """Who escorts since they took over, where the verb's subject is whom they relieved: "took over from USS Mason as escort of the carrier X"."""
    line, trigger = act.scene.line, act.trigger
    if actors is None or trigger.rule.id != "escort.attends" or line.low(trigger.first) != "as":
        return actors
    front = before_phrase(line, actors.first)
    over = line.low(front) in _OVER or line.lows[front - 1 : front + 1] == ["over", "from"]
    earlier = next((g for g in reversed(act.scene.groups) if g.last <= front), None) if over else None
    return earlier or actors


def _relieved_there(act: Act) -> bool:
    """Whether a relief to come has its place right behind the ship relieved: "will relieve HMS Clyde off the Falklands in January"."""
    line, relieved = act.scene.line, next((g for g in act.scene.groups if g.first >= act.trigger.last), None)
    place = act.slots.get("place")
    return relieved is not None and place is not None and place.first > relieved.last and "," not in line.lows[act.trigger.last : place.first]


def _is_to_come(line: Line, trigger: Trigger) -> bool:
    """Whether ships are told to come later, and to watch nobody: "the tug to follow, they left", "HMS Kent will follow her there"."""
    if trigger.form == "base" and line.low(trigger.last) in OBJECTS and line.low(trigger.last + 1) in ("there", "thither"):
        return True
    ends = not line.text(trigger.last).isalpha() or line.low(trigger.last) in ("later", "on")
    return ends and trigger.form == "base" and line.low(trigger.first - 1) == "to" and line.low(trigger.first - 2) not in ("had", "was", "were", "is")


_TASKED_TOKENS = 9


def _as_tasked(act: Act) -> Stance:
    """How surely a watch is told that ships were given: "was tasked to find and shadow the tug" tells what she did, and no plan."""
    line, taken = act.scene.line, act.taken
    if act.trigger.rule.object != "escort" or taken.modality is not Modality.PLANNED or taken.hedge is None or taken.hedge.lower() != "tasked to":
        return taken
    at = next((n for n in range(act.trigger.first, max(act.trigger.first - _TASKED_TOKENS, 0), -1) if line.low(n) == "tasked"), 0)
    return changed(taken, modality=Modality.ASSERTED, hedge=None) if line.low(at - 1) in ("was", "were", "been") else taken


_HELPED = frozenset(["helped", "assisted", "aided", "supported", "relieved", "backed", "joined"])


def _with_helpers(act: Act, subject: Group | None, other: Group | None) -> Group | None:
    """Who watches with those that help: "HMS Tyne shadowed the corvette, helped by HMS Mersey"."""
    line = act.scene.line
    if subject is None or other is None or act.trigger.rule.object != "escort" or (_HELPED.isdisjoint(line.words) and _DID.isdisjoint(line.words)):
        return subject
    told = {*subject.vessels, *other.vessels}
    apart = [g for g in act.scene.groups if told.isdisjoint(g.vessels) and all(v.name or v.count for v in g.vessels)]
    helpers = [g for g in apart if _helps(line, g) or (_did_so(line, g) and not are_rivals(subject, g))]
    return joined([subject, *helpers]) if helpers else subject


def _lent_help(act: Act, actors: Group | None, right: list[Group]) -> list[Group]:
    """Who watches at the side of those that act, told beside whom they watch: "tracked the frigate X with the help of HMS Tyne"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.object != "escort" or trigger.passive or actors is None or not right or right[0].first > trigger.last + _OBJECT_TOKENS:
        return []
    told, sets = {*actors.vessels, *right[0].vessels}, line.doc.lexicon.sets
    helpers = [
        g
        for g in act.scene.groups
        if told.isdisjoint(g.vessels)
        and (g.last < actors.first or g.first >= right[0].last)
        and line.ends_with(before_phrase(line, g.first) + 1, sets["with_help_of"])
    ]
    along = [g for g in right[1:] if g not in helpers and line.ends_with(before_phrase(line, g.first) + 1, sets["along_with"])]
    return helpers + [g for g in along if is_watched_by(right[0], g) and not of_other_nations(actors, g) and told.isdisjoint(g.vessels)]


_DID = frozenset(["did", "does", "had", "has"])


def _did_so(line: Line, group: Group) -> bool:
    """Whether ships are told to have done the same: "shadowed the corvette, as did the frigate X off Brest"."""
    at = before_phrase(line, group.first)
    return line.low(at) in _DID and line.low(at - 1) in ("as", "so") and line.text(at - 2) in (",", "and", ";")


_OBJECT_TOKENS = 8


def _helps(line: Line, group: Group) -> bool:
    """Whether vessels stand behind "helped by" or "backed up by", a word such as "this time" between these left out."""
    by = before_phrase(line, group.first)
    if line.low(by) != "by" or line.text(by - 1) == ",":
        return False
    at = next((n for n in range(by - 1, max(by - 4, -1), -1) if line.low(n) in _HELPED), None)
    return at is not None and line.text(at - 1) in (",", "(") and line.low(at) not in ("joined", "relieved")


def _keeps_company(act: Act, subject: Group | None, other: Group | None) -> list[Told] | None:
    """What ships do that go with another of no other nation: "… left Malta. The tanker X keeps her company". None where they watch her."""
    line, trigger, last = act.scene.line, act.trigger, act.discourse.told[-1] if act.discourse.told else None
    told = trigger.rule.light and line.low(trigger.last - 1) == "company" and line.low(trigger.first).startswith(("keep", "kept"))
    if not told or subject is None or other is None or last is None or trigger.passive or are_strangers(subject, other):
        return None
    near = act.scene.number - last.sentence <= 1 and last.kind is not EventKind.ESCORT and set(other.vessels) <= set(last.vessels)
    if not near or set(subject.vessels) & set(last.vessels) or not all(v.name or v.count for v in subject.vessels):
        return None
    absolute = trigger.form == "ing" and last.sentence == act.scene.number  # "lay off Crete, the tugs X and Y keeping her company"
    if not absolute and any(p.entry and p.how in ("through", "in", "off") for p in act.scene.places):
        return None  # "Through the Gulf of Aden an Italian warship kept her company"
    event = replace_told(last, last.kind)
    event.vessels, event.spans, event.places, event.rule = subject.vessels, subject.spans, dict(last.places), "company.kept"
    event.span, event.sentence, event.block = (line.sentence.start, line.sentence.end), act.scene.number, line.sentence.block
    act.discourse.fleet.note((*other.vessels, *subject.vessels))
    return [event]


def _is_handed(trigger: Trigger) -> bool:
    """Whether a watch is told to pass to the vessels behind the words: "the job of escort fell to A and B"."""
    return trigger.rule.again and trigger.rule.subject == "after"


def _object_of(act: Act, actors: Group | None, right: list[Group]) -> tuple[Group | None, Group | None]:
    """Who acts, and to whom it is done: the vessels behind the verb, a pronoun's, an owner's."""
    scene, trigger, subject = act.scene, act.trigger, actors
    other = joined(right) if right else None if _is_handed(trigger) else object_pronoun(scene, trigger, act.discourse, actors)
    if subject and other and not right and set(subject.vessels) == set(other.vessels):
        before = next((g for g in reversed(scene.groups) if g.last <= trigger.chain and set(g.vessels).isdisjoint(other.vessels)), None)
        if before and subject.last == trigger.chain:
            other = Group(other.first, other.last, before.vessels, before.spans)  # "X loitered there, and Y stuck to her"
        elif before:
            subject = before
            act.slots = {slot: p for slot, p in act.slots.items() if p.first >= trigger.chain}  # "picked her up off Crete and stayed with her"
    if other is None and trigger.form == "state":
        other = _owner_in(scene, trigger, act.discourse, actors)
    if other and actors and right and _is_itself(trigger, actors, other):
        other = _another(scene, right[0], actors, act.discourse)
    return subject, other


def _charge(scene: Scene, trigger: Trigger, right: list[Group]) -> Group | None:
    """The merchant ships that are taken over from whoever escorted them: "took over the two tankers from the Guangzhou"."""
    if trigger.rule.id != "escort.over" or not right or before_phrase(scene.line, right[0].first) != trigger.last - 1:
        return None
    return right[0] if all(v.type in _MERCHANT or v.word == "convoy" for v in right[0].vessels) else None


_MERCHANT = frozenset({VesselType.CARGO_SHIP, VesselType.TANKER})


def _takes_watch(act: Act) -> bool:
    """Whether a watch is taken over here, from somebody who watched: not "It took over from the Saviz", who watched nobody."""
    scene, trigger = act.scene, act.trigger
    at = trigger.last - (scene.line.low(trigger.last - 1) == "from")
    relieved = next((g for g in scene.groups if g.first > at and scene.line.low(at) == "from"), None)
    return (at < trigger.last or _ends_there(scene, trigger)) and not (relieved and act.discourse.fleet.watchers.isdisjoint(relieved.vessels))


def _rival_seen(act: Act, actors: Group | None) -> Group | None:
    """Whom ships watch that take over from others: "The Russian tug X was seen off Brest. HMS Kent took over from the French frigate Y"."""
    line, at = act.scene.line, act.trigger.last - 1
    relieved = next((g for g in act.scene.groups if g.first > at and before_phrase(line, g.first) == at), None) if line.low(at) == "from" else None
    seen = _seen_before(act.scene, actors, act.discourse) if relieved and not act.discourse.fleet.watchers else None
    return seen if seen and actors and relieved and are_rivals(actors, seen) and are_rivals(relieved, seen) else None


def _takes_place(act: Act, actors: Group | None) -> list[Told]:
    """Where those are who take over from others, who watched nobody: "The tanker Vyazma took over from the tanker Kola off Tartus"."""
    place = act.slots.get("place")
    if actors is None or place is None or act.scene.line.low(act.trigger.last - 1) != "from":
        return []
    kind = EventKind.IN_PORT if place.is_port and place.how == "in" else EventKind.AT_SEA
    return [tell(act.scene, act.trigger, actors.vessels, actors.spans, kind, {"place": place}, act.taken, act.discourse)]


def _watched_before(act: Act, actors: Group | None) -> Group | None:
    """Who was escorted or seen before, where a watch goes on: "HMS Tyne took over the watch"."""
    scene, trigger, discourse = act.scene, act.trigger, act.discourse
    told_before_it = _is_handed(trigger) or trigger.rule.needs == "watch"
    shared = trigger.form == "state" and _is_handed(trigger)  # "As they passed Dover, the job of escort was shared by A and B"
    other = (_told_here(scene, actors, discourse) or _just_told(scene, actors, discourse)) if shared else None
    other = other or _escorted_before(scene, actors, discourse) or (_whom_over(act) if _is_handed(trigger) else None)
    return other or (None if told_before_it and not shared else _seen_before(scene, actors, discourse))


def _turned(act: Act, right: list[Group], subject: Group | None, other: Group | None) -> tuple[Group | None, Group | None]:
    """The two sides, each in its part: of a passive the vessels in front are those to whom it is done."""
    scene, trigger = act.scene, act.trigger
    if trigger.rule.id == "escort.kept" and (kept := _kept_by(scene, trigger, right, act.discourse)):
        subject, other = kept
    over = _taken_over_by(scene.line, trigger, [g for g in scene.groups if g.first >= trigger.last])
    if not _is_handed(trigger) and not over and (trigger.passive or trigger.rule.reversed or _done_by_right(scene.line, trigger, right)):
        subject, other = other, subject
    return (other, subject) if _has_for_company(scene.line, trigger) else (subject, other)


def _owned_object(act: Act, subject: Group | None) -> Group | None:
    """Whom something belongs to that a passive is told of: "Her tanks were filled by X", "Their every move is followed by X"."""
    scene, trigger = act.scene, act.trigger
    if not trigger.passive:
        return None
    if trigger.rule.object == "supply":
        return _whose(scene, trigger, act.discourse, _TANKS)
    if trigger.rule.object == "escort" and subject:
        return _whose(scene, trigger, act.discourse, scene.line.doc.lexicon.sets["owned_by_her"])
    return None


def _of_both(act: Act, actors: Group | None, right: list[Group], subject: Group | None, other: Group | None) -> list[Told]:
    """What both sides did, or what the one that is told did alone."""
    scene, trigger, slots, taken, discourse, near = act.scene, act.trigger, act.slots, act.taken, act.discourse, act.near
    vessels = dict.fromkeys((*(subject.vessels if subject else ()), *(other.vessels if other else ())))
    if other is None and trigger.form == "ing" and scene.line.low(trigger.chain - 1) == "for":
        return []  # "will dock in Djibouti for refuelling"
    if other is None and actors and _stocks_up(scene.line, trigger, slots):
        off = EventKind.AT_SEA if scene.line.low(trigger.first).startswith("bunker") else EventKind.REPLENISHMENT  # "took on fuel off Malta"
        kind = off if slots["place"].how == "off" else EventKind.IN_PORT
        return [tell(scene, trigger, actors.vessels, actors.spans, kind, slots, taken, discourse)]
    joins = other is None and trigger.rule.id == "sea.meet" and scene.line.low(trigger.first).startswith("join")
    if joins and "place" in slots and slots["place"].last <= trigger.first:
        return []  # "passed the Taiwan Strait on Tuesday as she joined the effort to enforce sanctions"
    ashore = subject is None and scene.line.low(trigger.chain - 1) in scene.line.doc.lexicon.sets["ashore"]
    if ashore or _tells_one_side(scene, trigger, subject, other, slots):
        return _traced(scene, trigger, subject or other, near, taken, discourse) if subject is None or other is None else []
    spans = {v: s for g in (other, subject) if g for v, s in zip(g.vessels, g.spans, strict=True)}  # who acts is told by her own words
    if subject and other and _joined_in_that(act, (*subject.vessels, *other.vessels)):
        return []
    if subject and other and _meets_to_watch(scene, trigger, subject, other, discourse):
        act.kind = EventKind.ESCORT
    if subject and other and (there := _only_together(act, subject, other)) is not None:
        return there
    if subject and not trigger.passive and (followed := _follows_out(scene.line, trigger, near)):
        return [tell(scene, trigger, subject.vessels, subject.spans, EventKind.DEPARTURE, {"origin": followed}, taken, discourse)]
    if subject and other and not trigger.passive and (led := _follows_along(scene.line, trigger, near)):
        return [tell(scene, trigger, tuple(vessels), tuple(spans[v] for v in vessels), led[0], led[1], taken, discourse)]
    event = tell(scene, trigger, tuple(vessels), tuple(spans[v] for v in vessels), act.kind, slots, taken, discourse)
    if act.kind is EventKind.ESCORT and event.main is None and other and not right and not any(p.how == "into" for p in near[:1]):
        _where_she_is(scene, trigger, subject, other, event, discourse)
    if trigger.rule.id == "sea.meet" and event.main is None and other and subject:
        _where_they_are(scene, trigger, (subject, other), event, discourse)
    return _with_roles(scene, trigger, event, subject, other, near)


def _joined_in_that(act: Act, vessels: tuple[Vessel, ...]) -> bool:
    """Whether "joined by" only tells who did the same as those in front: "The frigates A and B put in at Malta, joined by the tanker C"."""
    line, trigger, last = act.scene.line, act.trigger, act.discourse.told[-1] if act.discourse.told else None
    by = line.low(trigger.first) == "joined" and line.low(trigger.last) == "by" and line.text(trigger.chain - 1) == ","
    return by and last is not None and last.sentence == act.scene.number and last.kind in _MOVED and set(vessels) <= set(last.vessels)


def _only_together(act: Act, subject: Group, other: Group) -> list[Told] | None:
    """Where ships of one side are that are only told to be with others: "off Crete the two cargo ships had company: the frigates A and B"."""
    line, trigger, place = act.scene.line, act.trigger, act.slots.get("place")
    if trigger.rule.id != "escort.shadow":
        return None
    company = "company" in line.lows[trigger.first : trigger.last] and place is not None and not of_other_nations(subject, other)
    beside = line.low(trigger.first).startswith("accompan") and not are_rivals(subject, other)
    if beside and place is None:
        return [] if trigger.passive and line.low(trigger.chain) in ("is", "are") and _of_one_navy(subject, other) else None
    inside = place is not None and "in" in line.lows[place.first - 2 : place.first]
    if place is None or place.entry is None or place.is_port or not (company or (beside and inside)):
        return None
    kind = EventKind.IN_PORT if place.how == "in" and place.entry.kind is PlaceKind.COUNTRY else EventKind.AT_SEA
    both = joined([subject, other])
    return [tell(act.scene, trigger, both.vessels, both.spans, kind, {"place": place}, act.taken, act.discourse)]


_JOINT = ("exercis", "drill", "train", "manoeuvr", "maneuver", "passex", "talk", "trial")
_MEETS = frozenset(["met", "meet", "meets", "meeting", "fell", "rendezvoused"])


def _meets_to_watch(scene: Scene, trigger: Trigger, subject: Group, other: Group, discourse: Discourse) -> bool:
    """Whether a ship meets one of a navy that hers watches, to watch her: "fell in with the Russian corvette X off Ushant and stayed with her"."""
    line = scene.line
    meets = trigger.rule.id == "sea.meet" and line.low(trigger.first) in _MEETS and not trigger.passive
    if not meets or not is_watched_by(other, subject) or any(word.startswith(_JOINT) for word in line.words):
        return False
    last = discourse.last.get(EventKind.ESCORT)
    watched = last is not None and scene.number - last.sentence <= _WATCH_SENTENCES
    return watched or any(f.first >= trigger.last and any(rule.object == "escort" for rule, _ in f.data) for f in line.found("trigger"))


_WATCH_SENTENCES = 9


def _passed_across(
    scene: Scene, trigger: Trigger, kind: EventKind, slots: dict[str, PlaceMention], taken: Stance, discourse: Discourse
) -> list[Told]:
    """Who is given stores, told by these, and by whom: "fuel and provisions were passed across to the frigate X by the tanker Y"."""
    line = scene.line
    if line.doc.lexicon.sets["ship_stores"].isdisjoint(line.lows[max(trigger.chain - _STORES_TOKENS, 0) : trigger.chain]):
        return []
    right = [part for g in scene.groups if trigger.last <= g.first < trigger.reach[1] for part in parted_at(line, g, ("by", "from", "to"))]
    given = next((g for g in right if line.low(before_phrase(line, g.first)) in ("to", "into", "aboard")), None)
    given = given or object_pronoun(scene, trigger, discourse)
    giver = next((g for g in right if line.low(before_phrase(line, g.first)) in ("by", "from")), None)
    if given is None or giver is None or set(given.vessels) & set(giver.vessels):
        return []
    both = joined([giver, given])
    event = tell(scene, trigger, both.vessels, both.spans, kind, slots, taken, discourse)
    event.roles = (*((v, Role.SUPPLIER) for v in giver.vessels), *((v, Role.RECEIVER) for v in given.vessels))
    return [event]


_SUPPLY_TOKENS = 30


def _supplied_by(scene: Scene, trigger: Trigger) -> Group | None:
    """Who took part in a replenishment that a noun tells: "A replenishment at sea with the oiler X was carried out by the frigate Y"."""
    line = scene.line
    if (
        trigger.form != "state"
        or trigger.chain > 2
        or line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.last : trigger.last + _SUPPLY_TOKENS])
    ):
        return None
    told = [part for g in scene.groups if g.first >= trigger.last for part in parted_at(line, g, ("by", "from", "to"))]
    told = [g for g in told if line.low(before_phrase(line, g.first)) in ("with", "by", "between", "from", "of")]
    both = joined(told) if told else None
    return both if both and len(both.vessels) > 1 else None


def _of_supply(
    scene: Scene, trigger: Trigger, both: Group, kind: EventKind, slots: dict[str, PlaceMention], taken: Stance, discourse: Discourse
) -> list[Told]:
    """The replenishment of several ships, the place told behind them."""
    place = slots.get("place") or next((p for p in scene.places if p.entry and p.slot == "place" and p.first >= trigger.last), None)
    wide = changed(trigger, reach=(trigger.reach[0], scene.line.size))
    return [tell(scene, wide, both.vessels, both.spans, kind, {"place": place} if place else {}, taken, discourse)]


def _fell_to(scene: Scene, trigger: Trigger) -> tuple[Group, list[Group]] | None:
    """Who does what a gerund tells, named by whom the task falls to: "Shadowing the corvettes in the Channel fell to HMS Mersey"."""
    line = scene.line
    if trigger.form != "ing" or trigger.rule.object != "escort" or trigger.chain > _TASK_TOKENS:
        return None
    opened = trigger.chain <= 1 or (line.low(trigger.chain - 1) == "of" and line.low(trigger.chain - 2) in line.doc.lexicon.sets["tasks"])
    last = next((g for g in scene.groups if g.first > trigger.last and line.low(before_phrase(line, g.first)) in ("to", "by", "for")), None)
    own = next(
        (g for g in scene.groups if g.first > trigger.last and line.low(g.first - 1) in line.doc.lexicon.sets["be"] and is_theirs(line, g)), None
    )
    if opened and last is None and own:
        return own, [g for g in scene.groups if trigger.last <= g.first < own.first]  # "Keeping an eye on X was HMS Kent's job"
    if not opened or last is None:
        return None
    begin = before_phrase(line, last.first)
    falls = any(line.opens(n, line.doc.lexicon.sets["falls_to"]) for n in range(max(begin - 4, trigger.last), begin + 1))
    return (last, [g for g in scene.groups if trigger.last <= g.first < begin]) if falls else None


def _lifted_out(scene: Scene, trigger: Trigger, actors: Group | None, right: Sequence[Group]) -> Group | None:
    """Whom "it was … that" lifts out of a clause, or a relative pronoun stands for: "It was X that Y shadowed", "X, which Y shadowed"."""
    line = scene.line
    if right or actors is None or line.low(actors.first) == "another":
        return None
    that = before_phrase(line, actors.first)
    if line.low(that) not in ("that", "which", "whom"):
        return None
    led = line.low(that - 1) in ("by", "from", "with")  # "RFA Y, from which she took on fuel", "HMS Tyne, by which the corvette was shadowed"
    end = that - led - (line.text(that - led - 1) == ",")
    group = next((g for g in scene.groups if g.last == end and set(g.vessels).isdisjoint(actors.vessels)), None)
    if group is None or (trigger.passive and not led and line.low(before_phrase(line, group.first)) != "by"):
        return None
    return group


_FOLLOWS = frozenset(["as", "while", "when"])


def _watched_passing(scene: Scene, trigger: Trigger, actors: Group, discourse: Discourse) -> Group | None:
    """Whom those watch that are told to follow and no more: "HMS Tyne followed as X passed", "X passed as HMS Tyne watched", "HMS Tyne followed"."""
    line = scene.line
    if trigger.rule.id not in ("escort.shadow", "escort.again") or trigger.passive or trigger.form not in ("past", "pres", "part"):
        return None
    begin = next((line.at_offset(d.end - 1) + 1 for d in scene.dates if line.at_offset(d.start) - trigger.last in (0, 1)), trigger.last)
    if line.low(begin) in _FOLLOWS:  # "HMS Tyne watched on Monday as …"
        return next((g for g in scene.groups if before_phrase(line, g.first) == begin and set(g.vessels).isdisjoint(actors.vessels)), None)
    ends = not line.text(trigger.last).isalpha() or line.opens(trigger.last, line.doc.lexicon.sets["at_distance"])
    before = _seen_before(scene, actors, discourse) if ends else None
    return before if before and of_other_nations(actors, before) else None


def _supplied_from(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """From whom ships are told to have taken fuel, further behind or in front: "replenished on Monday from RFA X", "From X she took fuel"."""
    line = scene.line
    if (
        trigger.rule.id not in ("supply.refuel", "supply.take", "supply.from")
        or trigger.passive
        or trigger.form not in ("past", "pres", "part", "base", "ing")
    ):
        return None
    behind = (g for g in scene.groups if trigger.last <= g.first < trigger.reach[1] and line.low(before_phrase(line, g.first)) == "from")
    return next(behind, None) or _supplier_in_front(scene, trigger, actors)


_BESIDE_SUPPLIER = frozenset(["from", "alongside", "with", "beside"])


def _supplier_in_front(scene: Scene, trigger: Trigger, actors: Group) -> Group | None:
    """The oilers that open a clause, from which others take fuel: "From the oiler X the frigate Y took on fuel", "Alongside X were A and B"."""
    line = scene.line
    for group in scene.groups:
        at = before_phrase(line, group.first)
        if group.last <= trigger.chain and line.low(at) in _BESIDE_SUPPLIER and set(group.vessels).isdisjoint(actors.vessels):
            opens = at == 0 or line.text(at - 1) in (",", ";") or line.low(at - 1) in ("and", "that", "was")
            if opens and (line.low(at) == "from" or all(v.type in _SUPPLY or v.kinds & _SUPPLY for v in group.vessels)):
                return group
    return None


_SUPPLY = frozenset({VesselType.OILER, VesselType.TANKER, VesselType.AUXILIARY})


_WAY_TOKENS = 5


def _whose_way(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whose way is watched, where nothing else says who is: "Her progress was watched by HMS Tyne"."""
    line = scene.line
    if not trigger.passive or trigger.rule.object != "escort" or trigger.chain > _WAY_TOKENS:
        return None
    for at in range(trigger.chain - 1, -1, -1):
        if line.low(at) in ("her", "its", "their") and not line.doc.lexicon.sets["owned_by_her"].isdisjoint(line.lows[at + 1 : trigger.chain]):
            vessels = discourse.fleet.pronoun({"her": "she", "its": "it"}.get(line.low(at), "they"))
            span = line.span(at, at + 1)
            return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None
    return None


def _traced(scene: Scene, trigger: Trigger, group: Group | None, near: Sequence[PlaceMention], taken: Stance, discourse: Discourse) -> list[Told]:
    """Where ships go that somebody ashore follows there: "By AIS we followed three of them into Subi Reef", "tracked her out of Tartus"."""
    place = next((p for p in near if p.how in _TRACED), None)
    kind = _TRACED.get(place.how or "") if place and place.entry else None
    if kind is None or place is None or group is None or scene.line.low(trigger.first) not in scene.line.doc.lexicon.sets["traces"]:
        return []
    if place.how == "from" and scene.line.low(place.first - 2 - (scene.line.low(place.first - 1) == "the")) not in ("out", "away"):
        return []
    kind = EventKind.TRANSIT if place.is_passage and kind is EventKind.ARRIVAL else kind
    slot = MAIN_SLOT[kind]
    return [tell(scene, trigger, group.vessels, group.spans, kind, {slot: place}, taken, discourse)]


def _kept_by(scene: Scene, trigger: Trigger, right: Sequence[Group], discourse: Discourse) -> tuple[Group, Group | None] | None:
    """Who keeps watch and on whom: "Watch was kept on both by the destroyer A and the missile boat B"."""
    line = scene.line
    first = next((n for n, g in enumerate(right) if line.low(before_phrase(line, g.first)) == "by"), None)
    if first is None:
        return None
    watched = joined(right[:first]) if first else object_pronoun(scene, trigger, discourse)
    return joined(right[first:]), watched


_TANKS = frozenset(["tanks", "bunkers", "tank", "stores", "larders"])


def _whose(scene: Scene, trigger: Trigger, discourse: Discourse, things: Collection[str]) -> Group | None:
    """Whose thing a passive speaks of: "Her tanks were topped up, in turn, by the oilers A and B"."""
    line = scene.line
    at = next((n for n in range(trigger.chain - 1, max(trigger.chain - 3, 0), -1) if line.low(n) in things), None)
    if at is None:
        owner = next((g for g in scene.groups if trigger.chain - g.last <= 1 and g.last <= trigger.chain), None)
        of = before_phrase(line, owner.first) if owner else 0
        return (
            owner if owner and line.low(of) == "of" and line.low(of - 1) in things else None
        )  # "The tanks of the frigates A and B were filled by X"
    own = next((n for n in (at - 1, at - 2) if line.low(n) in ("her", "its", "their")), None)
    if own is None:
        return None
    vessels, span = discourse.fleet.pronoun("they" if line.low(own) == "their" else "she"), line.span(own, at)
    return Group(own, at, vessels, tuple(span for _ in vessels)) if vessels else None


_HANDED_TOKENS = 16


def _handed(scene: Scene, trigger: Trigger, actors: Group | None, slots: dict[str, PlaceMention], taken: Stance, discourse: Discourse) -> list[Told]:
    """The escort by whom ships were handed over to: "handed the Russian over to the frigate Bretagne", "will hand over the Boikiy to HMS Tyne"."""
    line, parted = scene.line, ("over", "on", "off")
    end = min(trigger.last + _HANDED_TOKENS, line.size)
    over = line.low(trigger.last) in parted
    to = next((n for n in range(trigger.last + 1, end) if line.low(n) == "to" and (over or line.low(n - 1) in parted)), None)
    taker = next((g for g in scene.groups if to is not None and (before_phrase(line, g.first) == to or _told_by_nation(line, to, g))), None)
    if to is None or taker is None:
        return []
    handed = next((g for g in scene.groups if trigger.last <= g.first and g.last <= to), None) or _escorted_before(scene, actors or taker, discourse)
    vessels = tuple(v for v in handed.vessels if v not in taker.vessels) if handed else ()
    if not vessels or handed is None:
        return []
    spans = (*taker.spans, *handed.spans[: len(vessels)])
    event = tell(
        scene, trigger, (*taker.vessels, *vessels), spans, EventKind.ESCORT, {s: p for s, p in slots.items() if s == "place"}, taken, discourse
    )
    event.roles = (*((v, Role.ESCORT) for v in taker.vessels), *((v, Role.ESCORTED) for v in vessels))
    return [event]


def _told_by_nation(line: Line, to: int, group: Group) -> bool:
    """Whether ships only say who of a nation it is that stands behind "to": "handed the two over to a Norwegian, the cutter X"."""
    nation = line.starting("nation", to + 2) if line.low(to + 1) in ("a", "an", "the") else None
    return nation is not None and line.text(nation.last) == "," and before_phrase(line, group.first) == nation.last


_NEXT_CLAUSE = frozenset(["and", "while", "but", "when", "before", "until", "as", "because", "since", "though", "although", "whereas"])


def _opens_next(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether vessels behind a comma are the subject of the next clause: "left to watch the fishing fleet, the Bouchard is due back"."""
    comma = _before_day(line, before_phrase(line, group.first))
    behind = group.last + (line.low(group.last) in line.doc.lexicon.sets["adverbs"] or line.low(group.last) == "then")
    if line.low(comma) in _NEXT_CLAUSE and comma > trigger.last and group.last < line.size and finite(line, behind):
        return True  # "shadowed the tug off Malta, and HMS Kent returned to Plymouth"
    if line.text(comma) != "," or comma - trigger.last < 1 or not line.text(comma - 1).isalpha():
        return False
    auxiliary = line.low(group.last) in line.doc.lexicon.sets["be"] or line.low(group.last) in line.doc.lexicon.sets["have"]
    return auxiliary and "," not in line.lows[trigger.last : comma] and len(group.vessels) == 1


def _of_next_verb(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether "and" opens what others did, for nobody is told in front of it: "HMS Tyne followed on Monday and the tanker X on Tuesday"."""
    at = before_phrase(line, group.first)
    return trigger.rule.object == "escort" and line.low(at) == "and" and at > trigger.last and line.low(trigger.last) in ("on", "in", "at", "later")


def _before_day(line: Line, at: int) -> int:
    """The token in front of a day that opens a clause: "two frigates followed, and on Wednesday the Tianlangxing went the other way"."""
    day = at if line.low(at) in line.doc.lexicon.weekdays else None
    if day is None:
        return at
    return day - 1 - (line.low(day - 1) in ("on", "by"))


def _sides(scene: Scene, trigger: Trigger, actors: Group | None) -> tuple[Group | None, list[Group]] | None:
    """Who acts, and the vessels behind the verb to whom it is done; None where the words tell no such act."""
    begin = trigger.last - 1 if trigger.rule.again else trigger.first  # "HMS Tyne provided the escort"
    right = [g for g in scene.groups if begin < g.first < trigger.reach[1] and not _opens_next(scene.line, trigger, g)]
    if trigger.rule.id == "escort.under" and not scene.line.doc.lexicon.sets["titles"].isdisjoint(scene.line.lows[trigger.last : trigger.last + 2]):
        return None  # "in the charge of Rear Admiral X"
    if trigger.rule.reversed and trigger.chain <= 1 and right and (led := _behind_its_comma(scene, right[0])):
        actors, right = led, right[:1]
    if _taken_over_by(scene.line, trigger, right):
        return right[0], []
    inverted = _named_last(scene, trigger) if right else None
    if inverted and (actors is None or set(inverted.vessels) <= set(actors.vessels)):
        actors, right = inverted, [g for g in right if g.last < inverted.first]
    if actors and right and actors in right[1:]:
        right = [g for g in right if g.last < actors.first]  # "Escorted into Valletta by the cutter X was the tanker Y"
    if right and _of_next_verb(scene.line, trigger, right[0]):
        right = []
    own = before_phrase(scene.line, right[0].first) < trigger.last and not trigger.rule.again if right else False
    of_noun = (
        (trigger.rule.light or trigger.rule.again) and right and before_phrase(scene.line, right[0].first) == trigger.last
    )  # "carried out the monitoring of the tug X"
    direct = right and trigger.form != "state" and before_phrase(scene.line, right[0].first) == trigger.last - 1  # "tasked with shadowing the tug X"
    if trigger.rule.id == "escort.act" and not (of_noun or (direct and scene.line.low(trigger.last - 1).endswith("ing"))):
        return None  # "carried out surveillance of the zone in the company of the tug X"
    if (
        right
        and trigger.form != "state"
        and not (own or of_noun or _of_her_way(scene.line, trigger, right[0]))
        and line_preposition(scene.line, right[0].first)
    ):
        right = []
    if right and trigger.rule.object == "escort" and not trigger.rule.light and scene.line.low(before_phrase(scene.line, right[0].first)) == "with":
        right = [] if scene.line.low(trigger.last - 1) != "with" else right  # "followed a day later with X" follows nobody
    if trigger.rule.object == "escort" and right and scene.line.low(trigger.first + 1) == "over":
        right = [g for g in right if scene.line.low(before_phrase(scene.line, g.first)) != "from"]  # "took over from HMS Clyde"
    if trigger.rule.again and trigger.rule.subject == "after":
        right = []  # those behind the verb are who watches now
    them = trigger.rule.object == "escort" and not trigger.passive and scene.line.low(trigger.last) in OBJECTS
    if them and right and attends(scene.line, right[0].first, right[0].last):  # "is following them, with the tanker X not far behind"
        actors = joined([actors, right[0]]) if actors and goes_along(scene.line, right[0], actors) else actors
        right = []
    return actors, right


def _tells_one_side(scene: Scene, trigger: Trigger, subject: Group | None, other: Group | None, slots: dict[str, PlaceMention]) -> bool:
    """Whether an act lacks its second side, and is none of those that may do without."""
    vessels = {*(subject.vessels if subject else ()), *(other.vessels if other else ())}
    if other and subject is None and _was_supplied(trigger, other, slots):
        return False
    alone = _supplied_alone(scene.line, trigger, subject, slots) or _acts_at_sea(scene.line, trigger, subject, slots)
    if subject and other and trigger.rule.object == "meet" and scene.line.low(trigger.first).startswith("rejoin"):
        return len(vessels) < 2  # "HMS Kent rejoined the group", which is told with her
    return (
        (not other and not (trigger.rule.object == "supply" and len(vessels) > 1) and not alone)
        or (trigger.rule.object in ("supply", "meet") and (len(vessels) < 2 or subject is None) and not alone)
        or (other is not None and len(vessels) == len(other.vessels) and not _has_watcher(scene.line, trigger))
    )


def _with_roles(scene: Scene, trigger: Trigger, event: Told, subject: Group | None, other: Group | None, near: Sequence[PlaceMention]) -> list[Told]:
    """An act with who did it and to whom it was done, with the passage and the further legs of who is escorted."""
    spans = dict(zip(event.vessels, event.spans, strict=True))
    watches = event.kind is EventKind.ESCORT
    if trigger.rule.object == "meet" and not watches and not _supplies(scene.line, trigger):
        return [event] if event.main else []
    if trigger.rule.object == "meet" and not watches:
        event.kind = EventKind.REPLENISHMENT
    active, passive = _ROLES["escort" if watches else "supply"]
    event.roles = (
        *((v, active) for v in (subject.vessels if subject else ())),
        *((v, passive) for v in (other.vessels if other else ()) if not subject or v not in subject.vessels),
    )
    event.places.pop("via", None)
    if event.kind is EventKind.ESCORT:
        without_slots(event, "origin")  # "… and a P-3C out of Naha": where the plane comes from
    if trigger.rule.needs == "through" and not has_needed("through", event):
        return _seen_out(scene, trigger, event, other, near)
    if event.kind is EventKind.ESCORT and event.main is None and near and near[0].how == "from" and _led_out(scene.line, near[0]):
        return _seen_out(scene, trigger, event, other, near[:1]) or [event]
    if watches and other and (led := event.places.get("destination")) is not None and led.is_port and led.how == "into":
        return _seen_in(scene, trigger, event, subject, other, led)
    through = event.places.get("place")
    if event.kind is EventKind.ESCORT and through and through.is_passage and through.how == "through":
        passing = replace_told(event, EventKind.TRANSIT)
        passing.vessels = other.vessels if other else ()
        if subject and other and _takes_along(scene.line, trigger, subject, other):
            passing.vessels = event.vessels
        passing.spans = tuple(spans[v] for v in passing.vessels)
        passing.places = {"place": through, **({"destination": event.places["destination"]} if "destination" in event.places else {})}
        return [_at_its_end(event), passing, *_further_legs(event, passing, near)]
    return [_at_its_end(event), *_further_legs(event, None, near)]


def _seen_in(scene: Scene, trigger: Trigger, event: Told, subject: Group | None, other: Group, port: PlaceMention) -> list[Told]:
    """An escort into a port, with the arrival of who was escorted, and of her own navy's escort: "escorted the submarine into Vladivostok"."""
    moved = replace_told(event, EventKind.ARRIVAL)
    both = joined([subject, other]) if subject and _takes_along(scene.line, trigger, subject, other) else other
    moved.vessels, moved.spans, moved.places, moved.roles = both.vessels, both.spans, {"destination": port}, ()
    event.places = {"place": port}
    event.sources["place"] = event.sources.pop("destination", ("clause", (port.start, port.end)))
    return [event, moved]


_LEADS = ("tow", "escort", "shepherd", "babysit", "conduct", "convoy", "guid", "lead", "led", "see", "saw", "protect")


def _takes_along(line: Line, trigger: Trigger, subject: Group, other: Group) -> bool:
    """Whether a warship takes her own through a passage, and so passes it herself: "shepherded two tankers up the Channel", no watcher of theirs."""
    leads = line.low(trigger.first).startswith(_LEADS) and not trigger.passive and all(v.name or v.count for v in subject.vessels)
    return leads and not of_other_nations(subject, other)


def _seen_out(scene: Scene, trigger: Trigger, event: Told, other: Group | None, near: Sequence[PlaceMention]) -> list[Told]:
    """Who sees another out of waters or into port, and who is seen: "saw the tanker out of the Channel", "walked her into Falmouth"."""
    place = next((p for p in near if p.entry and p.how in ("from", "into")), None)
    if place is None or other is None or place.first - other.last > _NEAR:
        return []
    left = place.how == "from"
    moved = replace_told(event, EventKind.DEPARTURE if left else EventKind.ARRIVAL)
    moved.vessels, moved.spans = other.vessels, other.spans
    moved.places, moved.roles = {"origin" if left else "destination": place}, ()
    event.places = {"place": place}
    event.sources["place"] = ("clause", (place.start, place.end))
    return [event, moved]


def _led_out(line: Line, place: PlaceMention) -> bool:
    """Whether "out of" stands in front of a place: "escorted it out of the Irish Exclusive Economic Zone"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return line.low(at) == "of" and line.low(at - 1) == "out"


def _at_its_end(event: Told) -> Told:
    """An escort has one place: the water that it is told to lead to where it has no other: "followed her as far as the Bay of Biscay"."""
    end = event.places.get("destination") if event.kind is EventKind.ESCORT else None
    wet = end and end.entry and (end.is_passage or end.entry.kind in WATER_KINDS)
    if end and wet and "place" not in event.places:
        event.places["place"], event.sources["place"] = end, event.sources.get("destination", ("clause", (end.start, end.end)))
    if end and "place" in event.places:
        event.places.pop("destination")
        event.sources.pop("destination", None)
    return event


def _has_for_company(line: Line, trigger: Trigger) -> bool:
    """Whether who stands in front is the one watched: "the corvettes had a patrol ship for company", "had HMS Tyne as her shadow"."""
    sets = line.doc.lexicon.sets
    return bool(trigger.rule.light) and line.low(trigger.first) in sets["have"] and line.low(trigger.last - 1) in sets["for_company"]


def _ends_there(scene: Scene, trigger: Trigger) -> bool:
    """Whether no object follows a verb: "took over off Crete", and not "took over the merchants"."""
    line, at = scene.line, trigger.last
    return (
        not line.text(at).isalpha() or bool(line.starting("preposition", at)) or line.low(at) in line.doc.lexicon.sets["alone"] | {"as", "from", "by"}
    )


def _behind_its_comma(scene: Scene, watcher: Group) -> Group | None:
    """Who is told of behind the phrase that opens a sentence: "Under the eyes of the cutter A, the trawler B made for Malta"."""
    line = scene.line
    behind = (g for g in scene.groups if g.first > watcher.last)
    return next(
        (g for g in behind if line.text(at := before_phrase(line, g.first)) == "," or (at == watcher.last - 1 and _with_article(line, g))), None
    )


def _with_article(line: Line, group: Group) -> bool:
    """Whether vessels stand with their article, and so begin what is told: "In tow of two tugs the old frigate A left Salamis"."""
    return line.low(before_phrase(line, group.first) + 1) in ("the", "a", "an", "two", "three")


def _named_last(scene: Scene, trigger: Trigger) -> Group | None:
    """Who does what a participle opens a sentence with, named behind a form of "be": "Trailing the ships through the Channel was HMS Somerset"."""
    line = scene.line
    sent = trigger.form == "base" and trigger.chain <= 3 and line.low(0) in line.doc.lexicon.sets["was_sent"]
    if trigger.form not in ("ing", "state", "base") or (trigger.chain > 1 and not sent):
        return None
    return next((g for g in scene.groups if g.first > trigger.last and line.low(before_phrase(line, g.first)) in line.doc.lexicon.sets["be"]), None)


def _taken_over_by(line: Line, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether a passive tells who takes over a watch: "At the Skaw the escort was taken over by HNoMS Otto Sverdrup"."""
    return trigger.rule.again and trigger.passive and bool(right) and line.low(before_phrase(line, right[0].first)) == "by"


def _done_by_right(line: Line, trigger: Trigger, right: Sequence[Group]) -> bool:
    """Whether a participle without "be" tells who watches whom: "passed the strait, watched by two patrol boats"."""
    return bool(right) and trigger.form in ("past", "part") and line.low(before_phrase(line, right[0].first)) == "by"


def _where_she_is(scene: Scene, trigger: Trigger, subject: Group | None, other: Group, event: Told, discourse: Discourse) -> None:
    """Give an escort the place where the sentence has just told the other to be: "X loitered off Crete, and the tug Y stayed with her"."""
    last = discourse.told[-1] if discourse.told else None
    main = last.main if last else None
    if last is None or main is None or last.sentence != scene.number or set(last.vessels) != set(other.vessels) or subject is None:
        return
    if (
        last.kind in (EventKind.AT_SEA, EventKind.TRANSIT)
        and main.last <= subject.first
        and subject.last == trigger.chain
        and event.stance.modality is last.stance.modality
    ):
        event.places["place"] = main
        event.sources["place"] = last.sources.get("place", ("clause", (main.start, main.end)))


_JOINS = ("join", "rejoin", "met", "meet")


def _whom_over(act: Act) -> Group | None:
    """Whom a pronoun within the verb hands over: "Two frigates passed. HMS Tyne handed them over to the frigate Aconit"."""
    line, trigger = act.scene.line, act.trigger
    at = next((n for n in range(trigger.first + 1, trigger.last) if line.low(n) in ("them", "her", "it")), None)
    if at is None:
        return None
    vessels = act.discourse.fleet.pronoun({"her": "she"}.get(line.low(at), line.low(at)))
    if not vessels or any(set(vessels) & set(g.vessels) for g in act.scene.groups if g.first >= trigger.last):
        return None
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels))


def _where_they_are(scene: Scene, trigger: Trigger, sides: Sequence[Group], event: Told, discourse: Discourse) -> None:
    """Give who joins others the water where these were just told to be: "A and B are in the Red Sea. C is due to join them on Friday"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.kind is not EventKind.AT_SEA or scene.number - last.sentence != 1 or not scene.line.low(trigger.first).startswith(_JOINS):
        return
    there = any(set(group.vessels) <= set(last.vessels) for group in sides)
    if there and last.main and last.stance.modality is not Modality.NEGATED:
        event.places["place"], event.sources["place"] = last.main, ("sentence before", last.sources.get("place", ("", None))[1])


def _comes_behind(line: Line, trigger: Trigger, behind: Group | None, ahead: Group | None) -> bool:
    """Whether those that follow are of one company with those ahead: "the carrier led, followed by two frigates", "Kent follows Argyll out there"."""
    if line.low(trigger.first) == "follows" and ahead and behind and _of_one_navy(ahead, behind):
        return True
    if line.low(trigger.first) != "followed" or line.low(trigger.last) != "by" or trigger.passive or not behind:
        return False
    return ahead is None or not are_strangers(ahead, behind)


def _of_one_navy(one: Group, other: Group) -> bool:
    """Whether all ships of two groups are known to be one nation's."""
    nations = {c for v in (*one.vessels, *other.vessels) for c in ((v.country,) if v.country else v.flags or (None,))}
    return len(nations) == 1 and None not in nations


def _follows_out(line: Line, trigger: Trigger, near: Sequence[PlaceMention]) -> PlaceMention | None:
    """The port out of which ships follow others, and so leave: "were to follow them out of Kiel"."""
    if trigger.rule.object != "escort" or not line.low(trigger.first).startswith("follow") or not near:
        return None
    return (
        near[0]
        if near[0].is_port and near[0].how == "from" and line.low(near[0].first - 1 - (line.low(near[0].first - 1) == "the")) == "of"
        else None
    )


_SEAWARD_TOKENS = 14


def _follows_along(line: Line, trigger: Trigger, near: Sequence[PlaceMention]) -> tuple[EventKind, dict[str, PlaceMention]] | None:
    """What ships do with those that they follow: "followed the carrier into Toulon", "followed her down the bay and out to sea"."""
    if trigger.rule.object != "escort" or line.low(trigger.first) not in ("followed", "follows", "following"):
        return None
    port = next((p for p in near if p.is_port and p.how == "into"), None)
    if port and "distance" not in line.words:
        return EventKind.ARRIVAL, {"destination": port}
    behind = line.lows[trigger.last : trigger.last + _SEAWARD_TOKENS]
    if any(behind[n : n + 3] == ["out", "to", "sea"] for n in range(len(behind))):
        left = next((p for p in near if p.is_port), None)
        return EventKind.DEPARTURE, {"origin": left} if left else {}
    return None


def _is_itself(trigger: Trigger, actors: Group, other: Group) -> bool:
    """Whether "the ship" that is watched was taken for the one that watches."""
    return trigger.rule.object == "escort" and not trigger.passive and not trigger.rule.reversed and actors.vessels == other.vessels


def _another(scene: Scene, told: Group, actors: Group, discourse: Discourse) -> Group | None:
    """The vessel told last that isn't among the actors, or a new one: "HMS Portland has been shadowing the vessel"."""
    if scene.line.low(told.first) != "the":
        return None
    before = other_side(actors, discourse)
    vessels = before or (discourse.fleet.other_than(actors.vessels, told.spans[0], scene.number),)
    return Group(told.first, told.last, vessels, tuple(told.spans[0] for _ in vessels))


def _further_legs(event: Told, passing: Told | None, near: Sequence[PlaceMention]) -> list[Told]:
    """The further legs of an escort: "tailed her past Gibraltar, on through the Channel and into the North Sea"."""
    main, more = event.places.get("place"), []
    if event.kind is not EventKind.ESCORT or main is None:
        return []
    for place in near:
        if (
            place.start == main.start
            or place.how not in ("through", "in", "into")
            or place.entry is None
            or place.is_port
            or place.entry.kind is PlaceKind.COUNTRY
        ):
            continue
        leg = replace_told(event, EventKind.ESCORT)
        leg.places, leg.roles = {"place": place}, event.roles
        more.append(leg)
        if place.is_passage and place.how == "through":
            through = replace_told(event, EventKind.TRANSIT)
            escorted = [(v, s) for v, s in zip(event.vessels, event.spans, strict=True) if (v, Role.ESCORTED) in event.roles]
            through.vessels, through.spans = tuple(v for v, _ in escorted), tuple(s for _, s in escorted)
            led = next((p for p in near if p.how == "into" and 0 < p.first - place.last <= _LEADS_ON), None)
            through.places = {"place": place, **({"destination": led} if led else {})}
            more.append(through)
    return more


def _owner_in(scene: Scene, trigger: Trigger, discourse: Discourse, actors: Group | None) -> Group | None:
    """Whose heels, wake or tail the words speak of: "has two ships on their heels"."""
    line = scene.line
    for at in range(trigger.first, trigger.last):
        if line.low(at) in ("her", "its", "their"):
            several = line.low(at) == "their"
            before = [g for g in scene.groups if actors and g.last <= actors.first and several == (len(g.vessels) > 1 or g.vessels[0].plural)]
            vessels = before[-1].vessels if before else discourse.fleet.pronoun("they" if several else "she")
            left = tuple(v for v in vessels if actors is None or v not in actors.vessels)
            span = line.span(at, at + 1)
            return Group(at, at + 1, left, tuple(span for _ in left)) if left else None
    return None


def _escorted_before(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Whom the last escort told was about: "HMS Mersey took up the watch off the Isle of Wight"."""
    last = discourse.last.get(EventKind.ESCORT)
    if actors is None or last is None or scene.number - last.sentence > _NEAR:
        return None
    vessels = tuple(v for v, role in last.roles if role is Role.ESCORTED and v not in actors.vessels)
    return Group(actors.last, actors.last, vessels, tuple(actors.spans[0] for _ in vessels)) if vessels else None


def _seen_before(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Whom the sentence before was about, where no escort was told yet: "… entered the strait. JS Onami gathered intelligence"."""
    last = discourse.told[-1] if discourse.told else None
    if actors is None or last is None or scene.number - last.sentence > 2 or set(actors.vessels) & set(last.vessels):
        return None
    return Group(actors.last, actors.last, last.vessels, tuple(actors.spans[0] for _ in last.vessels))


_MOVED = frozenset([EventKind.TRANSIT, EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.UNDERWAY])


def _just_told(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Others whose way the sentence before told, after an older watch: "Next came the corvette X, westbound. Close watch fell to the same ship"."""
    last = discourse.told[-1] if discourse.told else None
    fresh = last is not None and last.kind in _MOVED and scene.number - last.sentence == 1
    return _seen_before(scene, actors, discourse) if fresh else None


def _told_here(scene: Scene, actors: Group | None, discourse: Discourse) -> Group | None:
    """Of whom the sentence has told so far, and no other: those that are watched."""
    last = discourse.told[-1] if discourse.told else None
    if actors is None or last is None or last.sentence != scene.number or set(actors.vessels) & set(last.vessels):
        return None
    return Group(actors.last, actors.last, last.vessels, tuple(actors.spans[0] for _ in last.vessels))


def _supplied_alone(line: Line, trigger: Trigger, subject: Group | None, slots: dict[str, PlaceMention]) -> bool:
    """Whether who supplies is left unsaid: "takes on stores at sea", "carried out a RAS in the North Sea"."""
    if trigger.rule.object != "supply" or subject is None:
        return False
    if trigger.rule.id in ("supply.act", "supply.take") and _is_wet(slots.get("place")):
        return True
    if "underway" in line.lows[trigger.first : trigger.last]:
        return True  # "during an underway replenishment"
    return any(line.low(n) == "at" and line.low(n + 1 + (line.text(n + 1) == "-")) == "sea" for n in range(trigger.first, trigger.reach[1]))


def _is_wet(place: PlaceMention | None) -> bool:
    """Whether a place is a sea, or off a coast or port."""
    return place is not None and place.entry is not None and (place.entry.kind in WATER_KINDS or place.how == "off")


def _was_supplied(trigger: Trigger, other: Group, slots: dict[str, PlaceMention]) -> bool:
    """Whether ships are told to have been supplied in some water, by whom is left open: "was refuelled twice in the Ionian Sea"."""
    wet = _is_wet(slots.get("place"))
    return trigger.rule.id == "supply.refuel" and trigger.passive and wet and other.last <= trigger.chain and all(v.name for v in other.vessels)


def _stocks_up(line: Line, trigger: Trigger, slots: dict[str, PlaceMention]) -> bool:
    """Whether a ship is told to take on fuel or stores in a port: "In Guam, she will refuel"."""
    place = slots.get("place")
    return trigger.rule.object == "supply" and not trigger.rule.reversed and place is not None and (place.is_port or is_dry(line, place))


def _acts_at_sea(line: Line, trigger: Trigger, subject: Group | None, slots: dict[str, PlaceMention]) -> bool:
    """Whether what is done with others, whom the text leaves open, tells where the subject is: "drilled with submarines in the Barents Sea"."""
    stem = line.low(trigger.first).removesuffix("ing")
    doing = any(stem.startswith(verb) for verb in line.doc.lexicon.sets["joint_acts"])
    return trigger.rule.object == "meet" and subject is not None and doing and "place" in slots


def _supplies(line: Line, trigger: Trigger) -> bool:
    ships = {n for f in line.found("type") for n in range(f.first, f.last)}  # a "replenishment ship" supplies nobody by her name
    return any(line.low(n) in line.doc.lexicon.sets["supplies"] for n in range(trigger.last, trigger.reach[1]) if n not in ships)


def line_preposition(line: Line, first: int) -> bool:
    """Whether vessels stand behind a preposition that makes them no object: "is to follow for the carrier"."""
    return line.low(before_phrase(line, first)) in ("for", "from", "of", "to", "in")


def _of_her_way(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether what is watched is told by what it does: "monitored the passage of the frigate X", "followed the movements of two tankers"."""
    at = before_phrase(line, group.first)
    doings = line.doc.lexicon.sets["owned_by_her"]
    return trigger.rule.object == "escort" and line.low(at) == "of" and line.low(at - 1) in doings and at - 1 - trigger.last <= _NEAR


def _has_watcher(line: Line, trigger: Trigger) -> bool:
    """Whether a navy or armed force stands in the clause of an escort whose other side is no vessel: "the Swedish Navy escorted …"."""
    begin, end = trigger.reach
    forces = any(begin <= f.first < end for kind in ("navy", "nation") for f in line.found(kind))
    return forces or any(line.low(n) in line.doc.lexicon.sets["forces"] for n in range(begin, end))
