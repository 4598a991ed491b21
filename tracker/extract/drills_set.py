"""Stage 6, exercises told before the ships that take part: "India and France exercised off Goa on Monday. INS Kora and Forbin took part"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Scene, SetDrill, Told
from tracker.extract.verbs import Trigger

_SENTENCES = 2
_DRILLS = frozenset(
    ["exercise", "exercises", "exercised", "exercising", "passex", "drill", "drills", "drilled", "manoeuvres", "maneuvers", "wargames"]
)
_HOW = frozenset(["in", "off", "at"])
_GOES_ON = frozenset(["for", "from", "too", "also", "alongside", "together", "with", "as", "this", "on"])


def note_drill(scene: Scene, told: Sequence[Told], discourse: Discourse) -> None:
    """Remember where and when a sentence sets an exercise of which it tells no ships."""
    line = scene.line
    if told or scene.groups or _DRILLS.isdisjoint(line.words):
        return
    waters = [p for p in scene.places if p.entry and p.how in _HOW and (p.entry.kind in WATER_KINDS or p.how == "off")]
    days = [d for d in scene.dates if d.interval]
    if waters and len(days) <= 1 and len({p.name for p in waters}) == 1:
        span = (days[0].start, days[0].end) if days else None
        discourse.drill = SetDrill(waters[0], days[0].interval if days else None, span, scene.number, line.sentence.block)


def takes_part_there(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> bool:
    """Give ships that are told to take part the place and day of the exercise set before; False where none was, or the words tell another."""
    drill = discourse.drill
    if drill is None or event.stance.modality is Modality.NEGATED or not 0 < scene.number - drill.sentence <= _SENTENCES:
        return False
    if any(p.entry is None or p.entry.kind is not PlaceKind.COUNTRY for p in scene.places):
        return False
    if trigger.rule.id == "sea.partook" and not _ends(scene.line, trigger.last):
        return False
    if not all(v.name or v.count for v in event.vessels):
        return False
    event.kind = EventKind.AT_SEA
    event.places, event.sources["place"] = {"place": drill.place}, ("sentence before", (drill.place.start, drill.place.end))
    if event.interval is None and drill.interval is not None:
        event.interval, event.sources["date"] = drill.interval, ("sentence before", drill.span)
    return True


def _ends(line: Line, at: int) -> bool:
    """Whether nothing behind a verb of taking part says in what: "took part.", "took part for India", "took part in it"."""
    if line.low(at) == "in":
        return line.low(at + 1) in ("it", "them", "this", "these") and not line.text(at + 2).isalpha()
    return not line.text(at).isalpha() or line.low(at) in _GOES_ON
