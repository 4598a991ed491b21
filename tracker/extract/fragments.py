"""Stage 6, fragments of notes on a port: "1x Ropucha at the northern pier, 1x tug", "Ivan Khurs not present", "Sparta II gone"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance, stance
from tracker.extract.noted_port import note_on
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Noted, Scene, Told

_LEAD_TOKENS, _MOST_TOKENS, _STATE_TOKENS = 7, 45, 4
_LEADS = frozenset(["still", "also", "now", "only", "just", "inside", "alongside", "there", "here", "plus", "again", "and", "the", "at", "in", "on"])
_LEFT = frozenset(["gone", "left", "departed", "sailed"])


def read_fragment(scene: Scene, discourse: Discourse) -> list[Told]:
    """What a line without a verb tells under the head of a note on a port: its ships lie there, are absent, or are gone."""
    line, noted = scene.line, note_on(scene.line, discourse)
    if noted is None or not scene.groups or not _is_fragment(scene, noted):
        return []
    told = list[Told]()
    for number, group in enumerate(groups := _told_apart(scene)):
        end = groups[number + 1].first if number + 1 < len(groups) else line.size
        end = next((n for n in range(group.last, end) if line.text(n) in (",", ";")), end)
        kind, taken = _state(line, group, end)
        if taken is None or is_answered(line) or not all(v.name or v.count for v in group.vessels):
            continue
        span = (line.sentence.start, line.sentence.end)
        event = Told(group.vessels, group.spans, kind, "note.fragment", taken, span, scene.number, line.sentence.block)
        event.places = {MAIN_SLOT[kind]: noted.place}
        event.sources = {MAIN_SLOT[kind]: ("heading", noted.span), "trigger": ("heading", noted.span)}
        own = next((d for d in scene.dates if d.interval), None)
        if own is not None and own.interval:
            event.interval, event.sources["date"] = own.interval, ("clause", (own.start, own.end))
        elif noted.interval and kind is EventKind.IN_PORT:
            event.interval, event.sources["date"] = noted.interval, ("heading", noted.span)
        told.append(event)
    return told


def _told_apart(scene: Scene) -> list[Group]:
    """The ships of a fragment one by one; one named in brackets stands for the one she is taken for: "one frigate (must be Kasatonov)"."""
    line, brackets, apart = scene.line, _in_brackets(scene.line), list[Group]()
    for group in scene.groups:
        for vessel, span in zip(group.vessels, group.spans, strict=True):
            first, last = line.at_start(span[0]), line.at_offset(span[1] - 1) + 1
            one = Group(first, last, (vessel,), (span,))
            before = apart[-1] if apart else None
            if before and vessel.name and not before.vessels[0].name and before.vessels[0].count == 1 and _is_taken_for(line, before, first):
                apart[-1] = one
            elif first not in brackets:
                apart.append(one)
    return apart


def _is_taken_for(line: Line, group: Group, at: int) -> bool:
    """Whether the brackets or the dash right behind a ship open with whom she is taken for."""
    dashed = line.text(group.last) in ("–", "—", "-", ",") and not _GUESSES.isdisjoint(line.lows[group.last : at])
    return (line.text(group.last) == "(" or dashed) and at - group.last <= _STATE_TOKENS + 1


def _is_fragment(scene: Scene, noted: Noted) -> bool:
    """Whether a sentence has no verb, tells of no other place, and opens with its ships or with the part of the port where they are."""
    line, first = scene.line, scene.groups[0].first
    if line.size > _MOST_TOKENS or has_verb(line):
        return False
    if any(p.entry and p.name != noted.place.name and not _is_inside(line, p, noted) for p in scene.places):
        return False
    lead = [n for n in range(first) if not _is_of_head(scene, n, noted)]
    if len(lead) > _LEAD_TOKENS:
        return False
    marked = any(line.text(n) in (":", "–", "—", "-", ")", "•") for n in lead)
    return marked or all(line.low(n) in _LEADS or not line.text(n).isalpha() for n in lead)


def has_verb(line: Line, until: int | None = None) -> bool:
    """Whether a verb stands in a line outside brackets, in front of a token where one is given; "gone" and the berths of a port are none."""
    sets, brackets = line.doc.lexicon.sets, _in_brackets(line)
    if any(n not in brackets and line.low(n) not in _NO_VERBS for n in line.where(sets["auxiliaries"])):
        return True
    for found in line.found("trigger"):
        if until is not None and found.first >= until:
            continue
        loose = found.first in brackets or line.low(found.first) in _LEFT or line.low(found.first) in sets["port_parts"]
        if not loose and any(form in _VERB_FORMS for _, form in found.data):
            return True
    return False


_VERB_FORMS = frozenset(["past", "pres", "part", "ing"])
_NO_VERBS = frozenset(["not", "n't", "no", "to"])


def _in_brackets(line: Line) -> frozenset[int]:
    """The tokens that stand in brackets."""
    inside, depth = set[int](), 0
    for n in range(line.size) if "(" in line.words else ():
        depth += line.text(n) == "("
        if depth:
            inside.add(n)
        depth -= depth > 0 and line.text(n) == ")"
    return frozenset(inside)


def _is_of_head(scene: Scene, at: int, noted: Noted) -> bool:
    """Whether a token belongs to the port or the day at the head of the note itself: "Fokino (Abrek Bay), 8 Oct. Varyag at the main pier"."""
    start = scene.line.starts[at]
    return any(p.start <= start < p.end for p in scene.places) or any(d.start <= start < d.end for d in scene.dates)


def _is_inside(line: Line, place: PlaceMention, noted: Noted) -> bool:
    """Whether a place lies in the port that the note is about."""
    entry, port = place.entry, noted.place.entry
    return entry is not None and port is not None and line.doc.gazetteer.places.tree.inside(entry.key, port.key)


def _state(line: Line, group: Group, end: int) -> tuple[EventKind, Stance | None]:
    """What the words right behind ships say of them: not there, gone, or nothing else, and so there."""
    behind: Sequence[str] = line.lows[group.last : min(end, group.last + _STATE_TOKENS)]
    behind = behind[next((n for n, low in enumerate(behind) if low not in _SMALL), len(behind)) :]
    words, sets = " ".join(behind), line.doc.lexicon.sets
    if behind[:1] and behind[0] in _LEFT:
        return EventKind.DEPARTURE, Stance(Modality.ASSERTED)
    if any(words.startswith(phrase) for phrase in sets["not_there"]) or line.low(group.first) == "no":
        return EventKind.IN_PORT, Stance(Modality.NEGATED, words)
    begin = next((n + 1 for n in range(group.first - 1, -1, -1) if line.text(n) in (",", ";", ":", ")", ".")), 0)
    if not _GUESSES.isdisjoint(line.lows[max(group.first - _STATE_TOKENS, begin) : group.first]):
        return EventKind.IN_PORT, Stance(Modality.POSSIBLE, line.low(group.first - 1))
    hedged = any(begin <= h.first < end for h in line.found("hedge"))
    own = stance(line, group.first, group.first, group.first, (0, line.size)) if hedged else Stance(Modality.ASSERTED)
    asked = line.text(group.last) == "?" or "?" in line.texts[group.last : end]
    if own.modality is Modality.PLANNED:
        return EventKind.IN_PORT, None
    return EventKind.IN_PORT, Stance(Modality.POSSIBLE, "?") if asked and own.modality is Modality.ASSERTED else own


def is_answered(line: Line) -> bool:
    """Whether a question is denied by the next sentence: "Pier 7: Bataan? No, she is deployed"."""
    return line.text(line.size - 1) == "?" and line.doc.low.startswith(_DENIALS, line.sentence.end)


_GUESSES = frozenset(["must", "has", "likely", "probably", "possibly", "presumably", "maybe", "perhaps", "poss", "prob", "likeliest"])
_DENIALS = (" no,", " no.", " no ", " nope", " i doubt", " doubt", " i don")
_SMALL = frozenset([",", "–", "—", "-", "still", "now", "already", "is", "also", "(", ")", "both", "again"])
