"""Stage 6, replenishments told by coming alongside: "The tanker A was off Oman. On Monday HMS Kent came alongside to take on fuel"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Role, VesselType
from tracker.extract.act import Act
from tracker.extract.scene import Told

_SUPPLIERS = frozenset({VesselType.OILER, VesselType.TANKER, VesselType.AUXILIARY})
_FILLS = frozenset(["refuel", "refuelling", "refueling", "replenish", "replenishing", "bunker", "top", "fill", "filled"])
_FUEL_TOKENS, _AT_SEA = 7, frozenset({EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.REPLENISHMENT, EventKind.DEPARTURE})


def filled_alongside(act: Act, event: Told) -> None:
    """Make a replenishment of coming alongside for fuel, where no port is told and the text has just told of a supply ship at sea."""
    line, trigger, fleet = act.scene.line, act.trigger, act.discourse.fleet
    if trigger.rule.id != "arrive.berth" or event.places or "alongside" not in line.lows[trigger.first : trigger.last]:
        return
    words = line.lows[trigger.last : trigger.last + _FUEL_TOKENS]
    stores = line.doc.lexicon.sets["ship_stores"].intersection(words) and not {"for", "on", "receive", "up"}.isdisjoint(words)
    giver = next((v for v in (*fleet.subject, *reversed(fleet.recent)) if v not in event.vessels and v.count == 1), None)
    if not stores and _FILLS.isdisjoint(words):
        return
    if giver is None or not (giver.type in _SUPPLIERS or giver.kinds & _SUPPLIERS):
        return
    last = next((e for e in reversed(act.discourse.told) if giver in e.vessels), None)
    if event.sentence - giver.last_sentence > 1 or (last is not None and last.kind not in _AT_SEA):
        return
    event.kind, taken = EventKind.REPLENISHMENT, event.vessels
    event.roles = ((giver, Role.SUPPLIER), *((v, Role.RECEIVER) for v in taken))
    span = giver.mentions[-1] if giver.mentions else event.spans[0]
    event.vessels, event.spans = (*taken, giver), (*event.spans, span)
    if last is not None and last.main is not None and last.kind in (EventKind.AT_SEA, EventKind.REPLENISHMENT):
        event.places, event.sources["place"] = {"place": last.main}, ("sentence before", (last.main.start, last.main.end))
