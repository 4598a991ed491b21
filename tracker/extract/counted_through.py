"""Stage 6, passages counted by where they led, under the strait: "to the Sea of Azov - 14 vessels", "to the Black Sea: 11 vessels"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

TO = frozenset(["to", "towards", "toward", "into"])
"""The words that open such a line."""
_MARKS, _LATELY = frozenset(["-", "–", "—", ":"]), 4


def _strait(scene: Scene, discourse: Discourse) -> PlaceMention | None:
    """The strait that the line above was of, else the one told last."""
    above = (e for e in reversed(discourse.told[-_LATELY:]) if e.kind is EventKind.TRANSIT and "destination" in e.places and e.main)
    last = next(above, None)
    return last.main if last and scene.number - last.sentence <= 1 else discourse.places.get("passage")


def counted_through(scene: Scene, discourse: Discourse) -> list[Told]:
    """The passage that a line tells of so many ships: where it led in front of a dash, the strait in the sentence before."""
    line, strait = scene.line, _strait(scene, discourse)
    if strait is None or not scene.places or not scene.groups or line.low(0) not in TO:
        return []
    there, ships = scene.places[0], scene.groups[0]
    number = line.texts[ships.first]
    counted = len(ships.vessels) == 1 and not ships.vessels[0].name and bool(ships.vessels[0].count)
    counted = counted and (not number.isdecimal() or int(number) == ships.vessels[0].count)  # not "14 vessels, of them 4 vessels went on"
    if not counted or there.entry is None or ships.first < there.last or line.text(there.last) not in _MARKS or ships.first - there.last > 1:
        return []
    trigger = Trigger(line.doc.lexicon.rules["transit.state"], "state", there.last, there.last + 1, there.last, False, (0, line.size))
    taken: Stance = stance(line, 0, 0, 0, (0, ships.first))
    return [tell(scene, trigger, ships.vessels, ships.spans, EventKind.TRANSIT, {"place": strait, "destination": there}, taken, discourse)]
