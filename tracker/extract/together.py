"""Stage 6, ships that exercise together: what a text tells of two or more without saying where."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import WATER_KINDS, EventKind
from tracker.domain.records import changed
from tracker.extract.act import Act
from tracker.extract.drills_set import takes_part_there
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_MEET = frozenset(["met", "meet", "meets"])
_PRONOUNS = frozenset(["her", "it", "them", "him", "each", "one"])
_EXERCISES = frozenset(["passex", "exercise", "exercises", "exercising", "exercised", "drill", "drills", "drilled", "manoeuvres", "maneuvers"])
_RULES = frozenset(["sea.act", "sea.operate", "sea.partakes"])
_PARTAKES = frozenset(["sea.partook", "sea.partakes"])
_OPENING_TOKENS, _LATELY, _ASIDE_TOKENS = 5, 6, 4
_ASIDES = frozenset(["(", ")", "”", "’", '"'])
_SAILING = frozenset(["departure", "sailing", "leaving", "departing", "departed", "left", "sailed"])
_OPENERS = frozenset(["on", "upon", "at", "as", "when", "while", "after", "during", "following", "before", "prior"])


def exercises_together(act: Act, event: Told) -> list[Told]:
    """An exercise of a ship with others that is told without a place: "On her departure, INS Delhi held a passage exercise with SLNS Sagara"."""
    line, trigger = act.scene.line, act.trigger
    if trigger.rule.id in _PARTAKES and takes_part_there(act.scene, trigger, event, act.discourse):
        return [event]
    if trigger.rule.id not in _RULES or len(event.vessels) < 2:
        return []
    if trigger.rule.id == "sea.partakes" or _points_back(line, trigger):
        return _where_it_was(act, event)
    if _EXERCISES.isdisjoint(line.lows[trigger.first : trigger.last]):
        return []
    partners = [g for g in act.scene.groups if g.first >= trigger.last and set(g.vessels) <= set(event.vessels)]
    named = any(v.name for g in partners for v in g.vessels)
    if not all(v.name or v.count for v in event.vessels) or not named or event.places:
        return []
    far = _ASIDE_TOKENS if line.text(trigger.last) in _ASIDES or line.lows[trigger.last : trigger.last + 2] == ["at", "sea"] else 0
    if "with" not in line.lows[trigger.first : trigger.last + 1 + far]:
        return []  # "Communications were what the ships drilled"
    event.kind = EventKind.AT_SEA
    if left := _leaving(line, event, act.discourse) or _deployed(act, event):
        off, then = left
        event.places, event.sources["place"] = {"place": changed(off, how="off")}, ("sentence before", (off.start, off.end))
        if then.kind is EventKind.DEPARTURE and event.interval is None and then.interval is not None:
            event.interval, event.sources["date"] = then.interval, then.sources.get("date", ("sentence before", None))
    return [event]


def meet_each_other(act: Act, actors: Group | None) -> list[Told]:
    """Several ships that meet, of whom no other is told whom they met: "A left on Monday, and the two met off Crete", "will meet at Souda Bay"."""
    line, trigger, place = act.scene.line, act.trigger, act.slots.get("place")
    if trigger.rule.id != "sea.meet" or line.low(trigger.first) not in _MEET or trigger.last - trigger.first != 1 or trigger.passive:
        return []
    if actors is None or len(actors.vessels) < 2 or place is None or place.how not in ("off", "in", "at") or place.first < trigger.last:
        return []
    far = 2 if _MILES.isdisjoint(line.lows[trigger.last : place.first]) else _MEASURE_TOKENS  # "met some 40 miles west of Crete"
    if (
        place.first - trigger.last > far
        or line.low(trigger.last) in _PRONOUNS
        or any(trigger.last <= g.first < place.first for g in act.scene.groups)
    ):
        return []  # "met the tug X off Malta", "met her there"
    kind = EventKind.IN_PORT if place.is_port and place.how != "off" else EventKind.AT_SEA
    return [tell(act.scene, trigger, actors.vessels, actors.spans, kind, {"place": place}, act.taken, act.discourse)]


_MILES, _MEASURE_TOKENS = frozenset(["miles", "mile", "nm", "km", "kilometres", "kilometers"]), 8
_ENDS = frozenset(["end", "completion", "conclusion", "close", "culmination"])
_CALLS = frozenset(["call", "visit", "stay", "stopover"])
_CALL_TOKENS = 9


def leaves_port_behind(line: Line, event: Told, trigger: Trigger) -> None:
    """Take the port from an exercise that follows on a call: "At the end of the port call, PNS Saif held a passage exercise with SLNS Sagara"."""
    if trigger.rule.id not in _RULES or event.main is None or line.low(0) not in _OPENERS or len(event.vessels) < 2:
        return
    comma = next((n for n in range(_CALL_TOKENS) if line.text(n) == ","), 0)
    ended = not _ENDS.isdisjoint(line.lows[:comma]) and not _CALLS.isdisjoint(line.lows[:comma])
    if ended and event.main.last <= comma:
        event.places.clear()
        event.sources.pop("place", None)


_POINTS_BACK_TOKENS = 4


def _points_back(line: Line, trigger: Trigger) -> bool:
    """Whether an exercise is one told before: "Both frigates took part in the exercise", "The drill was carried out by A and B"."""
    if trigger.rule.id == "sea.act" and trigger.carries:
        return line.low(0) in ("the", "this") and not _EXERCISES.isdisjoint(line.lows[1:_POINTS_BACK_TOKENS])
    behind = line.lows[trigger.first : trigger.last + _POINTS_BACK_TOKENS]
    return any(a in ("the", "this") and b in _EXERCISES for a, b in pairwise(behind)) and "in" in behind


def _where_it_was(act: Act, event: Told) -> list[Told]:
    """Those who take part in an exercise that the sentence before told, at its place."""
    scene, discourse = act.scene, act.discourse
    if event.places or not all(v.name for v in event.vessels):
        return []
    drill = next((e for e in reversed(discourse.told[-_LATELY:]) if e.rule in _RULES and e.main and scene.number - e.sentence <= 1), None)
    if drill is not None and drill.kind is EventKind.AT_SEA and drill.main is not None:
        event.kind, event.places, event.interval = EventKind.AT_SEA, {"place": drill.main}, event.interval or drill.interval
        event.sources["place"] = ("sentence before", (drill.main.start, drill.main.end))
        return [event]
    told, area = discourse.area or (-_LATELY, None)
    if area is None or scene.number - told > 2 or area.entry is None or area.entry.kind not in WATER_KINDS:
        return []
    event.kind = EventKind.AT_SEA
    event.places, event.sources["place"] = {"place": area}, ("sentence before", (area.start, area.end))
    if event.interval is None and discourse.day and discourse.day_told == told:
        event.interval, event.sources["date"] = discourse.day, ("sentence before", None)
    return [event]


def _deployed(act: Act, event: Told) -> tuple[PlaceMention, Told] | None:
    """Where a ship was told to be deployed: "is deployed in the Gulf of Guinea. As part of the deployment, she exercised with X"."""
    line = act.scene.line
    if line.lows[:3] != ["as", "part", "of"] or "deployment" not in line.lows[3:_OPENING_TOKENS]:
        return None
    for told in reversed(act.discourse.told[-_LATELY:]):
        if told.kind is EventKind.AT_SEA and told.main and act.scene.number - told.sentence <= 2 and not set(event.vessels).isdisjoint(told.vessels):
            return told.main, told
    return None


def _leaving(line: Line, event: Told, discourse: Discourse) -> tuple[PlaceMention, Told] | None:
    """The port that a ship was told to leave before, and that act, where a sentence opens with her departure."""
    if line.low(0) not in _OPENERS or _SAILING.isdisjoint(line.lows[:_OPENING_TOKENS]):
        return None
    for told in reversed(discourse.told[-_LATELY:]):
        port = told.places.get("origin")
        fits = told.kind is EventKind.DEPARTURE and not set(event.vessels).isdisjoint(told.vessels)
        if fits and port and port.entry and port.entry.kind not in WATER_KINDS:
            return port, told
    return None
