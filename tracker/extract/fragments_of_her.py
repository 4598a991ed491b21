"""Stage 6, fragments of posts about the ship told just before: "Now south of Crete", "Before that 35 nm off Vardø", "Back to Olenya Guba?"."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality
from tracker.extract.fragments import has_verb
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_MOST_TOKENS, _LEAD_TOKENS = 24, 7
_OPENS = frozenset(
    ["now", "currently", "today", "yesterday", "earlier", "later", "before", "that", "then", "still", "again", "back", "off", "in", "at", "near",
     "around", "south", "north", "east", "west", "this", "last", "since", "on", "by", "and", "morning", "evening", "night", "afternoon", "tonight",
     "nm", "km", "miles", "some", "about", "just", "position", "there", "the", "of", "to", "maybe", "perhaps", "possibly", "probably", "likely",
     "both", "presently"]
)  # fmt: skip
_BACK = frozenset(["back", "home", "off", "on"])


def read_of_her(scene: Scene, discourse: Discourse) -> list[Told]:
    """What a fragment without a ship and a verb tells of the ship of the sentence before it: where she is, was, or may be going."""
    line, vessels = scene.line, discourse.fleet.subject
    place = next((p for p in scene.places if p.entry), None)
    if place is None or not vessels or scene.groups or not _is_about_her(scene, place, discourse):
        return []
    going = place.how in ("to", "toward", "into")
    kind = EventKind.UNDERWAY if going and not _BACK.isdisjoint(line.lows[: place.first]) else kind_of(place)
    if place.how is None:
        kind = EventKind.IN_PORT if place.is_port else EventKind.AT_SEA if place.entry and place.entry.kind in WATER_KINDS else None
    if kind is None or (kind is EventKind.TRANSIT and not place.is_passage):
        return []
    taken = stance(line, place.first, place.first, place.first, (0, line.size))
    asked = line.text(line.size - 1) == "?"
    if going and not asked and taken.modality is Modality.ASSERTED and line.low(0) == "back":
        kind = EventKind.ARRIVAL
    taken = Stance(Modality.POSSIBLE, "?") if asked and taken.modality is Modality.ASSERTED else taken
    span = line.span(0, place.last)
    trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", 0, place.first, 0, False, (0, line.size))
    event = tell(scene, trigger, vessels, tuple(span for _ in vessels), kind, {MAIN_SLOT[kind]: place}, taken, discourse)
    event.rule = "note.of-her"
    for vessel in vessels:
        vessel.last_sentence = scene.number
    return [event]


def _is_about_her(scene: Scene, place: PlaceMention, discourse: Discourse) -> bool:
    """Whether a sentence behind one about a ship, in the same paragraph, is nothing but where she is."""
    line = scene.line
    block = line.doc.blocks[line.sentence.block]
    if line.sentence.start == block.start or line.size > _MOST_TOKENS or not 0 < scene.number - _last_told(discourse) <= 1:
        return False
    if place.how is None and place.first == 0 and line.doc.text[: line.sentence.start].rstrip()[-1:] == "?":
        return place.last >= line.size - 1  # "Lady R? Novorossiysk."
    opens = line.lows[0] in _OPENS or line.texts[0].isdecimal()
    if place.first > _LEAD_TOKENS or place.how is None or not opens or has_verb(line, place.first):
        return False
    return all(_is_small(scene, n) for n in range(place.first))


def _is_small(scene: Scene, at: int) -> bool:
    """Whether a token in front of a place is a word of time or of distance, or a mark."""
    low, start = scene.line.lows[at], scene.line.starts[at]
    return low in _OPENS or not low.isalpha() or any(d.start <= start < d.end for d in scene.dates)


def _last_told(discourse: Discourse) -> int:
    """The number of the sentence that named a ship last."""
    return max((v.last_sentence for v in discourse.fleet.subject), default=-9)
