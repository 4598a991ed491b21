"""Stage 7, an event put together: its vessels, kind, places, date and stance, each slot with where it came from."""

from __future__ import annotations

import re
from datetime import timedelta

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.carried import as_observed, then_left
from tracker.extract.corefer import Vessel
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.scene_day import of_scene
from tracker.extract.verbs import Trigger
from tracker.extract.when import carry_over, set_ahead, since_then, when_told
from tracker.extract.where import set_known_port

RECALLED = 40
"""So many events told last are looked at for what a sentence goes on about."""
_STAYS = frozenset([EventKind.AT_SEA, EventKind.IN_PORT, EventKind.REPLENISHMENT])
"""Whoever lies or cruises somewhere has one place: "is moored in Poti with Drazki from Bulgaria"."""


def without_slots(event: Told, *slots: str) -> None:
    """Empty some slots of an event."""
    for slot in slots:
        event.places.pop(slot, None)
        event.sources.pop(slot, None)


_LONGEST_CALL = timedelta(days=30)
_FIRST_AND_LAST = re.compile(
    r"(?:from |between )?(?:the )?\d{1,2}(?:st|nd|rd|th)?\b.*?\d|(?:from |between )[a-z]+\.? \d.*?\d|[a-z]+\.? \d{1,2} ?- ?\d"
)


def spans_stay(scene: Scene, span: tuple[int, int] | None, interval: Interval) -> bool:
    """Whether the first and the last day of a call are told: "put in at Guam from 28 to 31 July" tells a stay."""
    if span is None or interval.start is None or interval.end is None or not timedelta(0) < interval.end - interval.start < _LONGEST_CALL:
        return False
    told = _FIRST_AND_LAST.match(scene.line.doc.low, *span)
    return interval.precision is Precision.RANGE and told is not None and " or " not in scene.line.doc.low[slice(*span)]


_COMES = ("arriv", "reach", "return", "enter", "came", "got", "put")


def _came_between(scene: Scene, trigger: Trigger, span: tuple[int, int] | None) -> bool:
    """Whether two days only bound the one on which ships came: "arrived in Rota between 28 and 31 July" tells no stay."""
    bounds = span is not None and "between" in scene.line.lows[max(scene.line.at_offset(span[0]) - 1, 0) : scene.line.at_offset(span[0]) + 1]
    return bounds and scene.line.low(trigger.first).startswith(_COMES)


def as_stay(event: Told) -> None:
    """Make a stay in port of an arrival."""
    port = event.places.get("destination")
    if port is None or port.entry is None or port.how == "off" or port.is_passage or port.entry.kind in WATER_KINDS:
        return
    event.kind, event.places = EventKind.IN_PORT, {"place": port}
    event.sources["place"] = event.sources.pop("destination")


_ONWARD = frozenset({EventKind.UNDERWAY, EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT})


def _goes_on_then(scene: Scene, event: Told, discourse: Discourse) -> bool:
    """Whether ships go on from where they are only to come: "is due in Lisbon on Friday. From Lisbon she goes on to Cadiz"."""
    last = discourse.told[-1] if discourse.told else None
    if event.kind not in _ONWARD or last is None or scene.number - last.sentence > 1 or not set(event.vessels) <= set(last.vessels):
        return False
    return last.stance.modality is Modality.PLANNED or _stays_first(scene, last)


_THEN = frozenset(["then", "next", "afterwards", "afterward", "thereafter", "subsequently", "once", "after", "when", "upon", "on", "from", "later"])


def _stays_first(scene: Scene, last: Told) -> bool:
    """Whether ships that lie somewhere, now or until a day to come, are told what they do then: "is in Malta until Friday. She then sails on"."""
    published = scene.line.doc.published
    if last.kind not in _STAYS or last.stance.modality is Modality.NEGATED or published is None:
        return False
    end = last.interval.end if last.interval else None
    if end and end > published:
        return True
    return (end is None or end == published) and not _THEN.isdisjoint(scene.line.lows[:_OPENS_THEN])


_OPENS_THEN = 3


_COUNTED_ON, _NOW = frozenset(["expected", "due", "scheduled", "planned", "set", "slated", "going"]), frozenset(["is", "are"])


def _is_not_due(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is denied still lies ahead: "is not expected in Colombo on Friday"."""
    words = scene.line.lows[trigger.chain : trigger.last]
    return not _COUNTED_ON.isdisjoint(words) and not _NOW.isdisjoint(words)


def tell(
    scene: Scene,
    trigger: Trigger,
    vessels: tuple[Vessel, ...],
    spans: tuple[tuple[int, int], ...],
    kind: EventKind,
    slots: dict[str, PlaceMention],
    taken: Stance,
    discourse: Discourse,
) -> Told:
    """The event of a trigger: vessels, kind, places and stance as given, its date and what else the clause, the heading or the text before tells."""
    event = Told(
        vessels,
        spans,
        kind,
        trigger.rule.id,
        taken,
        (scene.line.sentence.start, scene.line.sentence.end),
        scene.number,
        scene.line.sentence.block,
        slots,
    )
    event.sources = {slot: ("clause", (p.start, p.end)) for slot, p in slots.items()}
    if kind is EventKind.ARRIVAL and "origin" in slots and event.main and slots["origin"].name == event.main.name:
        without_slots(event, "origin")  # "called at Malta, and from there …"
    if kind in _STAYS and "place" in slots:
        without_slots(event, "origin", "destination")
    event.sources["trigger"] = ("clause", scene.line.span(trigger.first, trigger.last))
    ahead = taken.modality is Modality.PLANNED or (
        taken.modality is Modality.POSSIBLE and trigger.form == "base" and "have" not in scene.line.lows[trigger.chain : trigger.first]
    )  # "could leave as early as Monday"
    ahead = ahead or (taken.modality is Modality.NEGATED and _is_not_due(scene, trigger))
    interval, source = when_told(scene, trigger, kind, discourse, planned=ahead)
    event.interval = interval
    if source:
        event.sources["date"] = source
    if (
        kind is EventKind.ARRIVAL
        and source
        and source[0] != "heading"
        and interval
        and not (ahead or trigger.rule.light or trigger.rule.nominal)
        and spans_stay(scene, source[1], interval)
        and not _came_between(scene, trigger, source[1])
    ):
        as_stay(event)
    carry_over(scene, trigger, event, discourse)
    since_then(scene, trigger, event, discourse)
    then_left(scene, trigger, event, discourse)
    published = scene.line.doc.published
    if published and event.interval and event.interval.start and event.interval.start > published:
        set_ahead(scene, trigger, event, source)
    if event.main is None and kind is EventKind.IN_PORT:
        set_known_port(scene, trigger, event, discourse)
    if event.stance.modality is Modality.ASSERTED and trigger.form == "pres" and _goes_on_then(scene, event, discourse):
        event.stance = Stance(Modality.PLANNED)
    as_observed(scene, event, discourse)
    of_scene(scene, trigger, event, discourse)
    _set_heading_place(trigger, event, discourse)
    return event


def _set_heading_place(trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """Give what lies or cruises somewhere the place of the heading above it."""
    placed = trigger.rule.id.endswith(".state") or trigger.rule.id in ("sea.operate", "sea.act")
    ours = not discourse.captioned or set(event.vessels) <= set(discourse.captioned)
    if event.main is None and discourse.heading_place and event.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and placed and ours:
        event.places["place"] = discourse.heading_place
        event.sources["place"] = ("heading", (discourse.heading_place.start, discourse.heading_place.end))
