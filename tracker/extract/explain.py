"""Why an event was read: its rule, its words, and what filled each slot."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import TYPE_PLURALS
from tracker.domain.phrases import told_count
from tracker.domain.records import ExtractedStrength, ExtractedVessel, Extraction


def explained(extraction: Extraction, text: str) -> Iterator[str]:
    """Lines for people: each event with its sentence, rule, vessels and slots, each slot with the words that filled it and their offsets."""
    vessels = {v.id: v for v in extraction.vessels}
    for number, event in enumerate(extraction.events, 1):
        hedge = f" (“{event.hedge}”)" if event.hedge else ""
        yield f"{number}. {event.kind} · {event.modality}{hedge} · rule {event.rule} · characters {event.span[0]}–{event.span[1]}"
        yield f"   “{' '.join(event.evidence.split())}”"
        for number_of, (start, end) in event.vessel_spans:
            yield f"   vessel       {called(vessels[number_of])} ← “{text[start:end]}” {start}–{end}"
        for slot in ("place", "origin", "destination"):
            if value := getattr(event, slot):
                yield f"   {slot:12} {value}{_source(event.slots, slot, text)}"
        yield f"   date         {event.interval.told()}{_source(event.slots, 'date', text)}"
        yield f"   fired by    {_source(event.slots, 'trigger', text)}"
        if event.confidence is not None:
            yield f"   confidence   {event.confidence:.2f}"
    for strength in extraction.strengths:
        yield from _counted(strength, text)
    for vessel in extraction.vessels:
        yield f"{vessel.id}: {called(vessel)} · {vessel.type} · register {vessel.register or 'none'} · mentions {_quoted(vessel.mentions)}"


def _counted(one: ExtractedStrength, text: str) -> Iterator[str]:
    hedge = f" (“{one.hedge}”)" if one.hedge else ""
    part = f" · part of {one.part_of}" if one.part_of else ""
    start, end = one.count_span
    yield f"{one.id}. count · {one.modality}{hedge} · rule {one.rule}{part} · characters {one.span[0]}–{one.span[1]}"
    yield f"   “{' '.join(one.evidence.split())}”"
    yield f"   count        {told_count(one.count, one.count_most, one.bound)} {one.subset or one.what} ← “{text[start:end]}” {start}–{end}"
    yield f"   place        {one.place}{_source(one.slots, 'place', text)}"
    yield f"   date         {one.interval.told()}{_source(one.slots, 'date', text)}"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def called(vessel: ExtractedVessel) -> str:
    """A vessel's name, or what it is."""
    if vessel.name:
        return vessel.name
    if vessel.count is None:
        return f"{TYPE_PLURALS[vessel.type]}, unnamed"
    return f"{vessel.count} × {vessel.type.replace('_', ' ')}, unnamed"


def _source(slots: tuple[tuple[str, str, tuple[int, int] | None], ...], wanted: str, text: str) -> str:
    for slot, where, span in slots:
        if slot == wanted:
            return f" ← {where}: “{text[span[0] : span[1]]}” {span[0]}–{span[1]}" if span else f" ← {where}"
    return ""
