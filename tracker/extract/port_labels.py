"""Stage 6, ships behind a label in the log of a port: "Gone: HMS Kent", "Due next week: HMS Tyne", "In view: A and B", "Outer anchorage: C"."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.corefer import Vessel
from tracker.extract.modality import Stance
from tracker.extract.port_places import places_at_port
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sections import title_above
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_LABEL_TOKENS = 7
_ALONE = frozenset(["in", "out", "home", "back", "here", "present"])
"""Labels that stand alone in front of their colon."""


def labelled(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """Ships that stand behind a label: "Gone: the frigate Kent, on Monday, for Jakarta", "Due next week: HMS Tyne Monday"."""
    line, watch = scene.line, discourse.watch
    colon = next((n for n in range(1, min(_LABEL_TOKENS, line.size)) if line.text(n) == ":"), None)
    if colon is None or watch is None or not scene.groups or not colon < scene.groups[0].first <= colon + _LEAD_TOKENS:
        return []
    label = _label_of(scene, colon)
    if label is None:
        return []
    kind, taken = label
    done, found = {v for e in told if e.kind is kind for v in e.vessels}, []
    groups = [left for g in scene.groups if (left := _ships_of(g, done))]
    for number, group in enumerate(groups):
        end = groups[number + 1].first if number + 1 < len(groups) else line.size
        trigger = Trigger(line.doc.lexicon.rules[f"log.{kind.value}"], "state", group.first, group.last, group.first, False, (group.first, end))
        slots = places_at_port(scene, kind, (group.first, group.last, end), watch)
        if not _stands_bare(scene, group.last):
            break
        if slots is None:
            continue
        stance = Stance(taken, line.told(0, colon)) if taken is not Modality.ASSERTED else stance_of(line, trigger, group)
        event = tell(scene, trigger, group.vessels, group.spans, kind, slots, stance, discourse)
        event.sources[MAIN_SLOT[kind]] = ("heading", (watch.start, watch.end))
        event.sources["trigger"] = ("clause", line.span(0, colon))
        found.append(event)
    return found


_OPENING_TOKENS = 5


def under_title(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """An entry under "In" or "Out" that tells more than its ships: "07/03 USNS Supply, Pier 2, fuel and stores", "together, for exercises"."""
    line, watch = scene.line, discourse.watch
    title = title_above(line.doc, discourse.titles, line.sentence.block)
    first = scene.groups[0]
    opens = line.sentence.start - line.doc.blocks[line.sentence.block].start <= 1 and first.first <= _OPENING_TOKENS
    prose = line.text(line.size - 1) == "." and bool(told)
    if (
        title is None
        or watch is None
        or not opens
        or prose
        or ":" in line.lows[: first.first]
        or title[1] not in (EventKind.ARRIVAL, EventKind.DEPARTURE)
    ):
        return []
    kind, heading = title[1], line.doc.blocks[title[0]]
    owned = line.text(first.last) in ("'", "’")  # "USS Gerald R. Ford's oiler USNS John Lewis on the 12th"
    group = scene.groups[1] if owned and len(scene.groups) > 1 else first
    if any(e.kind is kind and set(e.vessels) & set(group.vessels) for e in told) or not all(v.name or v.count for v in group.vessels):
        return []
    trigger = Trigger(line.doc.lexicon.rules[f"log.{kind.value}"], "state", group.first, group.last, group.first, False, (0, line.size))
    slots = places_at_port(scene, kind, (group.first, group.last, line.size), watch)
    if slots is None:
        return []
    words = line.doc.text[heading.start : heading.end]
    stance = Stance(Modality.PLANNED, words) if title[2] else stance_of(line, trigger, group)
    event = tell(scene, trigger, group.vessels, group.spans, kind, slots, stance, discourse)
    event.sources[MAIN_SLOT[kind]] = ("heading", (watch.start, watch.end))
    event.sources["trigger"] = ("heading", (heading.start, heading.end))
    return [event]


def _labels(sets: Mapping[str, frozenset[str]]) -> tuple[tuple[EventKind, frozenset[str], Modality], ...]:
    """What the labels of a port's log tell, and how firmly."""
    return (
        (EventKind.DEPARTURE, sets["label_departures"], Modality.ASSERTED),
        (EventKind.ARRIVAL, sets["label_arrivals"], Modality.ASSERTED),
        (EventKind.ARRIVAL, sets["label_expected"], Modality.PLANNED),
        (EventKind.ARRIVAL, sets["label_called_off"], Modality.NEGATED),
        (EventKind.IN_PORT, sets["label_in_port"], Modality.ASSERTED),
    )


def _label_of(scene: Scene, colon: int) -> tuple[EventKind, Modality] | None:
    """What the words in front of a colon tell of the ships behind it, where no verb tells it: "Gone", "Not coming", "In the inner harbour"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    label = " ".join(line.lows[:colon])
    fits = [(len(p), k, m) for k, told, m in _labels(sets) for p in told if label == p or (p not in _ALONE and label.startswith(f"{p} "))]
    _, kind, taken = max(fits, default=(0, None, Modality.ASSERTED), key=itemgetter(0))
    if kind is None and not sets["port_parts"].isdisjoint(line.lows[:colon]) and all(p.entry is None for p in scene.places if p.first < colon):
        kind = EventKind.IN_PORT  # "Outer anchorage: the corvette Kent"
    besides = ("noun", "state", "ing") if kind is EventKind.IN_PORT else ("noun", "state")
    if kind is None or (taken is not Modality.NEGATED and _has_verb(scene, colon, besides)):
        return None
    return kind, taken


_LEAD_TOKENS = 6


_BEHIND_SHIP = frozenset(
    ["and", "on", "at", "for", "from", "with", "in", "some", "early", "late", "to", "about", "again", "home", "back", "nearest", "off"]
)


def _stands_bare(scene: Scene, at: int) -> bool:
    """Whether nothing tells more of ships behind a label than where and when: not "Still to come: Scimitar and Sabre pay off before long"."""
    line, low = scene.line, scene.line.low(at)
    return (
        not low.isalpha()
        or low in _BEHIND_SHIP
        or line.starting("type", at) is not None
        or any(d.start <= line.starts[at] < d.end for d in scene.dates)
    )


def _ships_of(group: Group, done: set[Vessel]) -> Group | None:
    """Those of a group that are told by name or number, without those of whom the sentence told the same already."""
    kept = [(v, s) for v, s in zip(group.vessels, group.spans, strict=True) if (v.name or v.count) and v not in done]
    return Group(group.first, group.last, tuple(v for v, _ in kept), tuple(s for _, s in kept)) if kept else None


def _has_verb(scene: Scene, at: int, besides: tuple[str, ...]) -> bool:
    """Whether a verb of movement stands right behind a label, which then tells it."""
    line = scene.line
    end = next((n for n in range(at + 1, line.size) if line.text(n) in (",", ";")), line.size)
    return scene.ahead is not None and any(at < t.first < end and t.form not in besides for t in scene.ahead.triggers)
