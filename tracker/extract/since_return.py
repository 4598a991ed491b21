"""Stage 6, since when a ship lies somewhere, where that is her coming: "has been in Rota since her return on 2 November" tells an arrival too."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_SINCE, _OWN = frozenset(["since"]), frozenset(["her", "its", "their"])
_COMING = frozenset(["return", "arrival", "homecoming", "entry", "docking", "berthing"])
_DAY_TOKENS = 9


def come_since(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """The arrival from which a sentence counts a stay in port, on the day that is told with it."""
    line = scene.line
    if "since" not in line.words or _COMING.isdisjoint(line.words) or not scene.dates:
        return []
    at = next((n for n in line.where(_SINCE) if _is_hers(line, n)), None)
    if at is None:
        return []
    stay = next((e for e in reversed(told) if e.kind is EventKind.IN_PORT and e.main), None)
    day = next((d for d in scene.dates if at < line.at_offset(d.start) <= at + _DAY_TOKENS), None)
    firm = stay is not None and stay.stance.modality in (Modality.ASSERTED, Modality.REPORTED)
    if stay is None or day is None or not firm or any(e.kind is EventKind.ARRIVAL and set(e.vessels) & set(stay.vessels) for e in told):
        return []
    trigger = Trigger(line.doc.lexicon.rules["shape.arrival"], "state", at + 1, at + 3, at + 1, False, (at, line.size))
    place = stay.main
    slots = {"destination": place} if place else {}
    event = tell(scene, trigger, stay.vessels, stay.spans, EventKind.ARRIVAL, slots, Stance(stay.stance.modality, stay.stance.hedge), discourse)
    event.interval = day.bare or day.interval
    event.sources["destination"] = stay.sources.get("place", ("clause", None))
    event.sources["date"] = ("clause", (day.start, day.end))
    return [event]


def _is_hers(line: Line, at: int) -> bool:
    """Whether "since" counts from a coming of the ships': "since their return", "since her arrival from Crete"."""
    return line.low(at + 1) in _OWN and line.low(at + 2) in _COMING
