"""Stage 6, where a place opens the sentence and its verb stands further behind: "Out of Toulon the carrier had slipped", "Home to Malta came X"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.domain.kinds import EventKind
from tracker.extract.line import Found, Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Scene
from tracker.extract.verbs import Trigger
from tracker.gazetteer.lexicon import Rule

_MOVES = frozenset([EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT, EventKind.UNDERWAY])
_HOWS = frozenset(["into", "from", "through", "to", "toward", "home"])
_PHRASE_TOKENS = 5
_LEADS_TO = frozenset(["to", "into", "in", "at"])


def fronted_place(scene: Scene, trigger: Trigger) -> PlaceMention | None:
    """The place that opens a sentence in front of its first verb and goes with it: "Into Valletta the frigate had slipped"."""
    rule = trigger.rule
    if rule.kind not in _MOVES or rule.object or rule.nominal or trigger.chain != scene.opening or trigger.passive or trigger.form == "state":
        return None
    place = next((p for p in scene.places if p.entry), None)
    if place and place.first <= 1 and place.how is None and rule.direct and _subject_between(scene, trigger, place):
        return place if "," not in scene.line.lows[: trigger.chain] else None  # "Lumut she had left on May 30"
    if place is None or place.how not in _HOWS or place.last > trigger.chain or place.first > _PHRASE_TOKENS:
        return None
    led = _led_by(scene.line, place)
    if "since" in scene.line.lows[place.last : trigger.chain]:
        return None  # "Away from Brest since 13 November, the frigate returned"
    return place if led is not None and led.first <= 1 else None


def cleft_place(scene: Scene, trigger: Trigger) -> PlaceMention | None:
    """The place that "it is … that" lifts out of a clause as its object: "It was Malta that she left", "Malta it was that the frigate reached"."""
    line, rule = scene.line, trigger.rule
    if rule.direct is None or "it" not in line.words or "that" not in line.words:
        return None
    that = next((n for n in range(trigger.chain - 1, trigger.reach[0], -1) if line.low(n) in ("that", "which")), None)
    if that is None or trigger.chain - that > _CLEFT_TOKENS:
        return None
    before = (p for p in scene.places if p.how is None and p.entry and (p.last == that or line.lows[p.last : that] in _IT_IS))
    place = next(before, None)
    if place is None or place.last < that:
        return place
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return place if line.lows[at - 1 : at + 1] in _IT_IS else None


_CLEFT_TOKENS = 12
_IT_IS = (["it", "is"], ["it", "was"])


def lifted_out(
    line: Line, trigger: Trigger, kind: EventKind, places: Sequence[PlaceMention], slots: Mapping[str, Sequence[tuple[str, frozenset[EventKind]]]]
) -> tuple[str, PlaceMention] | None:
    """The place that "it is" lifts out from behind a preposition, and its slot: "It was Malta that she called at", "It was Oran she put into"."""
    at = trigger.last if line.low(trigger.last) in slots else trigger.last - 1
    if at == trigger.first or line.low(at) not in slots or any(0 < p.first - at <= _ARTICLE_TOKENS for p in places):
        return None
    lifted = (p for p in places if p.entry and p.how is None and p.last <= trigger.chain)
    place = next((p for p in lifted if line.lows[(n := p.first - (line.low(p.first - 1) == "the")) - 2 : n] in _IT_IS), None)
    slot = next((s for s, kinds in slots[line.low(at)] if kind in kinds), None)
    return (slot, place) if slot and place else None


_ARTICLE_TOKENS = 2


def _led_by(line: Line, place: PlaceMention) -> Found | None:
    """The preposition right in front of a place and its article."""
    return line.ending("preposition", place.first) or line.ending("preposition", place.first - 1)


def fronted_rule(scene: Scene, trigger: Trigger) -> Rule | None:
    """The rule of a verb with the preposition that opens its sentence: of "Into Valletta the frigate had slipped" that of "slip into"."""
    line = scene.line
    if related := _by_which(line, trigger):
        return related
    if (place := fronted_place(scene, trigger)) is None or not _subject_between(scene, trigger, place):
        return None
    if _has_place(trigger, scene) and place.how == "through":
        return None  # "Through the Strait of Gibraltar she entered the Mediterranean"
    if place.how == "from" and trigger.last - trigger.first > 1 and line.low(trigger.last - 1) in _LEADS_TO:
        return None  # "From Gibraltar she came to Souda Bay"
    if place.how == "from" and trigger.rule.id == "arrive.return":
        return None  # "From Tartus the landing ship has returned to Sevastopol"
    led = _led_by(line, place)
    way = line.low(trigger.last - 1) == "way" and line.low(trigger.last) in ("back", "home")  # "To Malta she made her way back"
    said = line.lows[trigger.first : trigger.last + 1] if way else line.lows[trigger.first : trigger.first + 1]
    verb = f"{' '.join(said)} {' '.join(line.lows[led.first : led.last])}" if led else ""
    known = line.doc.lexicon.triggers.get(verb, ())
    return next((r for r, form in known if form == trigger.form and not r.object and not r.passive), None)


_DAY_LEADS = frozenset(["on", "by", "in", "at", "the", "late", "early", "before", "last"])


def parted_rule(scene: Scene, trigger: Trigger) -> Rule | None:
    """The rule of a verb that its day parts from its preposition: of "The frigate came on Friday to Split" that of "come to"."""
    line, at = scene.line, trigger.last
    if trigger.passive or trigger.last - trigger.first > 1:
        return None
    while at - trigger.last < _LEAD_TOKENS and line.low(at) in _DAY_LEADS and not any(line.at_offset(d.start) == at for d in scene.dates):
        at += 1
    day = next((d for d in scene.dates if line.at_offset(d.start) == at), None)
    led = line.starting("preposition", line.at_offset(day.end - 1) + 1) if day else None
    if led is None or not any(p.entry and 0 <= p.first - led.last <= 1 for p in scene.places):
        return None
    known = line.doc.lexicon.triggers.get(f"{line.low(trigger.first)} {' '.join(line.lows[led.first : led.last])}", ())
    return next((r for r, form in known if form == trigger.form and not r.object and not r.passive), None)


_LEAD_TOKENS = 3
_WHICH_TOKENS = 8


def _by_which(line: Line, trigger: Trigger) -> Rule | None:
    """The rule of a verb with the preposition of its relative clause: of "Oran, into which she came on Friday" that of "come into"."""
    if "which" not in line.words or trigger.last - trigger.first > 1 or trigger.passive or trigger.form == "state":
        return None
    at = next((n for n in range(trigger.chain - 2, max(trigger.chain - _WHICH_TOKENS, 0), -1) if line.low(n) == "which"), None)
    led = line.ending("preposition", at) if at is not None else None
    place = led and line.ending("place", led.first - (line.text(led.first - 1) == ","))
    if at is None or led is None or place is None or any(at < f.first < trigger.chain for f in line.found("trigger")):
        return None
    known = line.doc.lexicon.triggers.get(f"{line.low(trigger.first)} {' '.join(line.lows[led.first : led.last])}", ())
    return next((r for r, form in known if form == trigger.form and not r.object and not r.passive), None)


def _has_place(trigger: Trigger, scene: Scene) -> bool:
    """Whether a verb has its own place right behind it."""
    return trigger.rule.direct is not None and any(p.entry and p.how is None and 0 <= p.first - trigger.last <= 1 for p in scene.places)


def _subject_between(scene: Scene, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether a verb's subject stands between the place that opens its sentence and itself."""
    pronoun = any(scene.line.low(n) in ("she", "it", "they") for n in range(place.last, trigger.chain))
    return pronoun or any(place.last <= g.first and g.last <= trigger.chain for g in scene.groups)
