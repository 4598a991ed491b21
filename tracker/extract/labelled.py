"""Stage 6, labels: ships in front of a colon and where they are behind it, without a verb: "Yuncheng and Weishanhu: 60 nm east of Lanyu"."""

from __future__ import annotations

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality
from tracker.extract.fragments import has_verb, is_answered
from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_HULL_TOKENS, _MOST_TOKENS, _MOST_PLACES, _FRONT_TOKENS = 9, 40, 3, 12
_MARKS = frozenset([":", "–", "—"])
_ON = frozenset([",", ";", "now", "then", "and", "later", "underway", "operating", "patrolling", "still"])
_AREAS = frozenset(["opareas", "oparea", "areas", "area"])


def read_label(scene: Scene, discourse: Discourse) -> list[Told]:
    """Where a line says that the ships are that its label names, one event for each of its places."""
    line, mark = scene.line, _mark(scene)
    if mark is None or "next" in line.words or line.size > _MOST_TOKENS or is_answered(line) or not line.doc.lexicon.habit.isdisjoint(line.words):
        return []
    groups = [g for g in scene.groups if g.last <= mark]
    if not all(v.name or v.count for g in groups for v in g.vessels):
        return []
    beside = [g for g in scene.groups if g.first > mark and line.low(before_phrase(line, g.first)) == "with" and not are_rivals(groups[0], g)]
    who, told = joined([*groups, *beside]), list[Told]()  # "Carl Vinson: Busan since Sunday, with the cruiser Princeton"
    if (way := _way(scene, mark)) and not has_verb(line):
        return [_labelled(scene, discourse, who, EventKind.UNDERWAY, way, (mark, line.size))]
    for place in [p for p in scene.places if p.entry and p.first > mark][:_MOST_PLACES]:
        if has_verb(line, place.first) or any(mark < g.first < place.first for g in scene.groups):
            return told
        kind = _kind(line, place, mark)
        if kind is None:
            return told
        end = line.size if not has_verb(line) else next((n for n in range(place.last, line.size) if line.text(n) in (",", ";", ".")), line.size)
        told.append(_labelled(scene, discourse, who, kind, {MAIN_SLOT[kind]: place}, (mark, end)))
    return told


def with_label(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """What a line tells with where its label says that its ships are: "ROKS Sejong: Busan, sails for Jeju on Friday"."""
    if scene.line.words.isdisjoint(_MARKS) or not scene.groups:
        return told
    label = next(iter(read_label(scene, discourse)), None)
    if label is None or label.main is None:
        return told
    left = [e for e in told if e.rule != "rest.where" or e.main is None or e.main.name != label.main.name]  # "Severn: off the Lizard, waiting for X"
    return left if any(label.main.name == p.name for e in left for p in e.places.values()) else [label, *left]


def _labelled(scene: Scene, discourse: Discourse, who: Group, kind: EventKind, slots: dict[str, PlaceMention], clause: tuple[int, int]) -> Told:
    """The event of a label."""
    line, at = scene.line, slots[MAIN_SLOT[kind]].first
    comma = next((n for n in range(slots[MAIN_SLOT[kind]].last, clause[1]) if line.text(n) in (",", ";")), clause[1])
    hedged = any(clause[0] <= h.first < comma for h in line.found("hedge"))
    taken = stance(line, at, at, at, clause) if hedged else Stance(Modality.ASSERTED)
    if "?" in line.texts[clause[0] : clause[1] + 1] and taken.modality is Modality.ASSERTED:
        taken = Stance(Modality.POSSIBLE, "?")
    trigger = Trigger(line.doc.lexicon.rules["note.label"], "state", clause[0], at, clause[0], False, clause)
    return tell(scene, trigger, who.vessels, who.spans, kind, slots, taken, discourse)


def _mark(scene: Scene) -> int | None:
    """The mark behind the ships that open a line, and the hull number or type in brackets behind them."""
    line = scene.line
    mark = next((n for n in range(scene.groups[0].last, min(line.size, _FRONT_TOKENS + _HULL_TOKENS)) if _is_mark(line, n)), None)
    last = next((g.last for g in reversed(scene.groups) if mark is not None and g.last <= mark), 0)
    if mark is None or scene.groups[0].first > _FRONT_TOKENS or not scene.places:
        return None
    if line.text(last) == "(":
        last = next((n + 1 for n in range(last, min(last + _HULL_TOKENS, line.size)) if line.text(n) == ")"), last)
    led = all(_is_small(line, n) for n in range(scene.groups[0].first))
    return mark if led and last == mark else None


def _is_mark(line: Line, at: int) -> bool:
    """Whether a token is a colon, or a dash between spaces."""
    return line.text(at) in _MARKS or (line.text(at) == "-" and line.starts[at] > line.ends[at - 1])


def _is_small(line: Line, at: int) -> bool:
    """Whether a token may stand in front of the ships of a label: a mark, a class, the letters of a hull."""
    low = line.low(at)
    return not low.isalpha() or line.text(at).isupper() or line.starting("class", at) is not None or low in _LEADS


_LEADS = frozenset(["type", "project", "the", "still", "and", "class"])


def _way(scene: Scene, mark: int) -> dict[str, PlaceMention] | None:
    """From where to where a label says that its ships go: "RFA Tidesurge: from Portland to Plymouth"."""
    behind = [p for p in scene.places if p.entry and p.first > mark]
    if len(behind) == 2 and behind[0].slot == "origin" and behind[1].slot == "destination" and behind[0].first <= mark + 2:
        return {"origin": behind[0], "destination": behind[1]}
    return None


def _kind(line: Line, place: PlaceMention, mark: int) -> EventKind | None:
    """What ships do at a place of a label: lie in a port, are off a coast or at sea."""
    entry = place.entry
    if entry is None or place.owned or place.guess:
        return None
    if line.low(place.last) in _AREAS:
        return EventKind.AT_SEA  # "CVN 70 Vinson: SOCAL opareas"
    if place.is_passage and place.how in (None, "through") and not line.doc.lexicon.sets["bound_ways"].isdisjoint(line.words):
        return EventKind.TRANSIT  # "Baltic Leader: Bosphorus, northbound"
    if place.how is None and (place.first == mark + 1 or line.low(place.first - 1) in _ON):
        return EventKind.IN_PORT if place.is_port else EventKind.AT_SEA if entry.kind in WATER_KINDS else None
    return kind_of(place)
