"""Stage 6, which of its meanings a word of movement has in its sentence."""

from __future__ import annotations

from tracker.domain.kinds import VesselType
from tracker.extract.fronted import fronted_rule, parted_rule
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.quiet import CLOSE_TOKENS, ends_call
from tracker.extract.scene import Group, Scene
from tracker.extract.sides import are_rivals
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Rule


def meanings(scene: Scene, trigger: Trigger) -> list[Rule]:
    """What a word may mean, likeliest first: who tracks a ship with a ship escorts her."""
    rules = [trigger.rule, *trigger.others]
    turned = fronted_rule(scene, trigger) if trigger.chain == scene.opening or "which" in scene.line.words else None
    if turned or (turned := parted_rule(scene, trigger) if trigger.rule.id == "move.front" else None):
        return [turned, *rules]  # "Into Valletta the frigate had slipped"
    if trigger.rule.id == "move.front" and _are_gone(scene.line, trigger):
        return [scene.line.doc.lexicon.rules["depart.gone"]]
    if trigger.rule.id == "stay.behind" and _takes_vessel(scene, trigger):
        return [scene.line.doc.lexicon.rules["escort.shadow"]]  # "stayed behind the Russian corvettes until Dover"
    if trigger.rule.id == "depart.leave" and _leaves_ships_at_sea(scene, trigger):
        return [scene.line.doc.lexicon.rules["way.head"]]
    if trigger.rule.id in ("depart.out-of", "arrive.reach") and _is_signal(scene, trigger):
        return [scene.line.doc.lexicon.rules["sea.operate"]]  # "her signal came from the Bay of Biscay": where she is
    if trigger.rule.id == "transit.pass" and _leaves_port(scene, trigger):
        return [scene.line.doc.lexicon.rules["depart.clear"]]
    if trigger.rule.id == "sea.state" and _deploys_on(scene, trigger):
        return sorted(rules, key=lambda r: r.id != "depart.deployed")  # "The frigate deployed on 11 April to the Mediterranean"
    if (
        trigger.rule.id == "sea.state"
        and scene.line.low(trigger.first) in _STOPS
        and trigger.chain == trigger.first
        and _takes_vessel(scene, trigger)
    ):
        return [scene.line.doc.lexicon.rules["sea.attack"], *rules]  # "stopped the tanker X off Natal"
    if trigger.rule.id == "noun.call" and ends_call(scene, trigger):
        return [scene.line.doc.lexicon.rules["noun.stay"]]  # "have wrapped up a call at Visakhapatnam"
    if trigger.rule.id in ("see.spot", "escort.see") and _is_farewell(scene, trigger):
        return [scene.line.doc.lexicon.rules["depart.phrase"]]  # "was seen off by families in Plymouth on Monday"
    over = scene.line.low(trigger.first + 1) == "over"
    if trigger.rule.id == "escort.handed" and (over or scene.line.low(trigger.first) == "relieved"):
        return [*rules, scene.line.doc.lexicon.rules["sea.relieve"]]  # of no watch told before: both are where one relieves the other
    if trigger.others and (meeting := _goes_alongside(scene, trigger)):
        return [meeting]
    if trigger.others and scene.line.low(trigger.first) in _INTERCEPTS and _intercepts_rival(scene, trigger):
        return sorted(rules, key=lambda r: r.id != "escort.shadow")  # "intercepted the Russian corvette X off Ushant"
    if trigger.others and not trigger.passive and any(r.subject == "object" for r in trigger.others) and _takes_vessel(scene, trigger):
        return sorted(rules, key=lambda r: r.subject != "object")  # "Denmark sent the frigate X to the area"
    if not trigger.others or not trigger.rule.seen or trigger.form not in ("past", "part", "pres"):
        return rules
    left = any(trigger.reach[0] <= g.first and g.last <= trigger.chain for g in scene.groups)
    behind = [g for g in scene.groups if trigger.last <= g.first < trigger.reach[1]]
    links = {scene.line.low(before_phrase(scene.line, g.first)) for g in behind}
    aside = "by" in links and scene.line.low(trigger.last) == "by" and trigger.chain == trigger.first  # "arrived in Oran, tracked by USS Cole"
    watched = "by" in links if trigger.passive else aside or (left and any(_right_behind(scene.line, trigger, g) for g in behind[:1]))
    return sorted(rules, key=lambda r: r.object != "escort") if watched else rules


_MERCHANTS = frozenset({VesselType.CARGO_SHIP, VesselType.TANKER})
_INTERCEPTS = frozenset(["intercepted", "intercept", "intercepts", "intercepting"])


def _intercepts_rival(scene: Scene, trigger: Trigger) -> bool:
    """Whether a ship intercepts a warship of a navy that hers watches, which she then watches: "HMS Kent intercepted the corvette Boikiy"."""
    near = [g for g in scene.groups if trigger.reach[0] <= g.first < trigger.reach[1]]
    left, right = [g for g in near if g.last <= trigger.chain], [g for g in near if g.first >= trigger.last]
    if not left or not right or any(v.type in _MERCHANTS for g in (left[-1], right[0]) for v in g.vessels):
        return False
    return are_rivals(left[-1], right[0])


_ENDS = frozenset([".", "", ",", ";", "by", "when"])


def _are_gone(line: Line, trigger: Trigger) -> bool:
    """Whether ships are told to have gone, and not where: "By Wednesday both had gone"."""
    return line.low(trigger.last - 1) == "gone" and line.low(trigger.last) in _ENDS and "had" in line.lows[trigger.chain : trigger.first]


_TO_SHIPS = frozenset(["them", "her"])


def _leaves_ships_at_sea(scene: Scene, trigger: Trigger) -> bool:
    """Whether what a ship leaves are others, at sea, where she was then: "left the group off Lisbon"."""
    line = scene.line
    if trigger.passive or trigger.form not in ("past", "part", "pres"):
        return False
    ships = next((g.last for g in scene.groups if before_phrase(line, g.first) == trigger.last - 1), None)
    ships = trigger.last + 1 if ships is None and line.low(trigger.last) in _TO_SHIPS else ships
    return any(p.first <= (ships or -9) + 2 and p.first >= (ships or 0) and p.how == "off" for p in scene.places) if ships else False


_CLEARS = frozenset(["clear", "clears", "cleared", "clearing"])


def _leaves_port(scene: Scene, trigger: Trigger) -> bool:
    """Whether what a ship clears is a port, its bay or a land's waters, which she leaves, and no strait: "cleared Djibouti", "Fijian waters"."""
    line = scene.line
    if line.low(trigger.first) not in _CLEARS or trigger.passive:
        return False
    place = next((p for p in scene.places if p.entry and 0 <= p.first - trigger.last <= 1), None)
    return (
        place is not None and not place.is_passage and (place.is_port or line.low(place.last - 1) in ("bay", "harbour", "harbor", "roads", "waters"))
    )


_OFF_SO = frozenset(["by", "on", "from", "at", "in", "with", ",", ".", "yesterday", "today", "last", "this"])


def _is_farewell(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships are told to have been seen off, and not off some place: "had been seen off on 18 May", "was seen off by families"."""
    line = scene.line
    off = trigger.passive and line.low(trigger.last - 1) == "seen" and line.low(trigger.last) == "off"
    return off and line.low(trigger.last + 1) in _OFF_SO and line.starting("place", trigger.last + 1) is None


_STOPS = frozenset(["stopped", "halted", "detained", "inspected", "stop", "stops"])


def _deploys_on(scene: Scene, trigger: Trigger) -> bool:
    """Whether "deployed" is a verb with its day behind it, and no state."""
    line = scene.line
    if line.low(trigger.first) != "deployed" or trigger.last - trigger.first != 1 or not line.doc.lexicon.sets["be"].isdisjoint(line.words):
        return False
    start = line.starts[trigger.last] if trigger.last < line.size else -1
    day = line.starts[trigger.last + 1] if line.low(trigger.last) in ("on", "in") and trigger.last + 1 < line.size else start
    return any(d.start in (start, day) and d.interval for d in scene.dates)


def _right_behind(line: Line, trigger: Trigger, group: Group) -> bool:
    """Whether nothing but what belongs to their phrase parts ships from a verb: "tracked three Russian warships"."""
    return group.first == trigger.last or before_phrase(line, group.first) == trigger.last - 1


def _goes_alongside(scene: Scene, trigger: Trigger) -> Rule | None:
    """The rule of meeting, where what a ship comes alongside is another ship and no quay: "came alongside USNS Kanawha"."""
    if scene.line.low(trigger.last - 1) != "alongside":
        return None
    another = next((g for g in scene.groups if trigger.last <= g.first and before_phrase(scene.line, g.first) == trigger.last - 1), None)
    if another is None:
        return None
    ours = next((g for g in reversed(scene.groups) if g.last <= trigger.chain), None)
    side = "escort" if ours and are_rivals(ours, another) else "meet"  # "sailed alongside the Russian tug X" to watch her
    return next((rule for rule in trigger.others if rule.object == side), None)


def _takes_vessel(scene: Scene, trigger: Trigger) -> bool:
    """Whether vessels stand right behind a verb as its object."""
    return any(before_phrase(scene.line, g.first) == trigger.last - 1 for g in scene.groups if g.first >= trigger.last)


def _is_signal(scene: Scene, trigger: Trigger) -> bool:
    """Whether what comes from somewhere is a ship's signal and not the ship: "the last signal of the tanker X came from …"."""
    line = scene.line
    at = next((n for n in range(trigger.chain - 1, trigger.reach[0] - 1, -1) if line.low(n) in line.doc.lexicon.sets["signals"]), None)
    related = not {"which", "who", "that"}.isdisjoint(line.lows[at : trigger.chain]) if at is not None else True
    return at is not None and not related and (line.low(at + 1) in ("of", "from") or trigger.chain - at <= CLOSE_TOKENS)
