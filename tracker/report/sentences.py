"""Events in words, never firmer than they were told: who, what, where, when, and the word that hedges it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import TYPE_PLURALS, EventKind, Modality, Precision, VesselType
from tracker.domain.when import Interval
from tracker.report.told import ToldEvent

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

MODALITY_WORDS: dict[Modality, str] = {
    Modality.ASSERTED: "told as fact",
    Modality.REPORTED: "reported",
    Modality.POSSIBLE: "possible",
    Modality.PLANNED: "planned",
    Modality.NEGATED: "denied",
}
"""How an event was told, in a table."""

_PAST: dict[EventKind, str] = {
    EventKind.DEPARTURE: "left",
    EventKind.ARRIVAL: "arrived",
    EventKind.TRANSIT: "passed",
    EventKind.IN_PORT: "was in port",
    EventKind.AT_SEA: "was at sea",
    EventKind.UNDERWAY: "was under way",
    EventKind.REPLENISHMENT: "took part in a replenishment",
    EventKind.ESCORT: "took part in an escort",
}
_INFINITIVE: dict[EventKind, str] = {
    EventKind.DEPARTURE: "leave",
    EventKind.ARRIVAL: "arrive",
    EventKind.TRANSIT: "pass",
    EventKind.IN_PORT: "be in port",
    EventKind.AT_SEA: "be at sea",
    EventKind.UNDERWAY: "be under way",
    EventKind.REPLENISHMENT: "take part in a replenishment",
    EventKind.ESCORT: "take part in an escort",
}
_WITHOUT_PLACE = {EventKind.DEPARTURE: "port", EventKind.TRANSIT: "a strait"}
_BARE = "no place told"
_ADVERBS = {Modality.REPORTED: "reportedly", Modality.POSSIBLE: "possibly"}
_WATER = re.compile(r"\b(Sea|Ocean|Gulf|Bay of|Strait|Straits|Channel|Passage|Basin)\b|^(Skagerrak|Kattegat|Bosphorus|Dardanelles)$")
_WITH_ARTICLE = re.compile(
    r"\b(Sea|Ocean|Strait|Straits|Channel|Canal|Gulf|Passage|Basin|Islands|Bosphorus|Dardanelles|Skagerrak|Kattegat)$"
    r"|^(Strait|Gulf|Bay|Sea|Port|Coast|Bight) of (?!Spain)"
)


def act(event: ToldEvent, *, plural: bool = False) -> str:
    """What the vessel did, with the adverb or verb that its modality asks for: "reportedly left Tartus for Kaliningrad"."""
    where = _where(event)
    if event.modality is Modality.PLANNED:
        return f"{'were' if plural else 'was'} expected to {_INFINITIVE[event.kind]}{where}"
    if event.modality is Modality.NEGATED:
        return _denied(event, where, plural=plural)
    past, adverb = _PAST[event.kind], _ADVERBS.get(event.modality, "")
    if past.startswith("was "):
        words = ("were" if plural else "was", adverb, past.removeprefix("was "))
    else:
        words = (adverb, past, "")
    return " ".join(word for word in words if word) + where


def called(place: str) -> str:
    """A place's name inside a sentence: "Tartus", "the Mediterranean Sea", "the Strait of Gibraltar"."""
    return f"the {place}" if _WITH_ARTICLE.search(place) else place


def _denied(event: ToldEvent, where: str, *, plural: bool) -> str:
    was = "were" if plural else "was"
    if event.kind is EventKind.AT_SEA:
        return f"{was} not seen{_at_sea_place(event)}"
    if event.kind in (EventKind.IN_PORT, EventKind.UNDERWAY):
        return f"{was} not {_INFINITIVE[event.kind].removeprefix('be ')}{where}"
    return f"did not {_INFINITIVE[event.kind]}{where}"


def _at_sea_place(event: ToldEvent) -> str:
    if not event.place:
        return ""
    return f" {'in' if _WATER.search(event.place) else 'off'} {called(event.place)}"


def _where(event: ToldEvent) -> str:
    place, origin, destination = (called(name) if name else None for name in (event.place, event.origin, event.destination))
    towards = f" for {destination}" if destination else ""
    coming = f" from {origin}" if origin else ""
    near = f" ({place})" if place and place not in (origin, destination) else ""
    match event.kind:
        case EventKind.DEPARTURE:
            return f" {origin or place or _WITHOUT_PLACE[event.kind]}{towards}{near if origin else ''}"
        case EventKind.ARRIVAL:
            return (f" at {destination or place}" if destination or place else f" ({_BARE})") + coming + (near if destination else "")
        case EventKind.TRANSIT:
            return f" {place or _WITHOUT_PLACE[event.kind]}{coming}{f' towards {destination}' if destination else ''}"
        case EventKind.UNDERWAY:
            return coming + (f" to {destination}" if destination else "") + _at_sea_place(event)
        case EventKind.IN_PORT:
            return f" at {place}" if place else f" ({_BARE})"
        case _:
            return _at_sea_place(event) + coming + (f" on the way to {destination}" if destination else "")


def when(interval: Interval) -> str:
    """The days of an event in a sentence: "on 2 Dec 2024", "between 30 Nov and 2 Dec 2024", "in Dec 2024", "by 15 Dec 2024 (undated)"."""
    if interval.start is None:
        return interval.told() if interval.end else "at a time not told"
    if interval.end is None or interval.precision in (Precision.MONTH, Precision.YEAR):
        return interval.told() if interval.end is None else f"in {interval.told()}"
    if interval.start == interval.end:
        return f"on {interval.told()}"
    first, last = interval.start, interval.end
    if (first.year, first.month) == (last.year, last.month):
        told = str(first.day)
    else:
        told = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"between {told} and {last.day} {last:%b %Y}"


def told_undated(interval: Interval) -> str:
    """The days of a plan or a denial without a date, which must not read as its deadline: "(undated, told by 14 Dec 2024)"."""
    return f"(undated, told {interval.told().removesuffix(' (undated)')})" if interval.end else "(undated)"


def type_words(type_name: str, count: int | None = 1) -> str:
    """A type for people: "landing ship", "frigates"."""
    if count == 1 or type_name not in set(VesselType):
        return type_name.replace("_", " ")
    return TYPE_PLURALS[VesselType(type_name)]


def subject(event: ToldEvent) -> str:
    """Who: "Yelnya", or "two unnamed frigates", "an unnamed submarine", "an untold number of frigates, unnamed"."""
    if event.named:
        return event.vessel
    kind = type_words(event.type, event.count)
    kind = f"{event.class_name}-class {kind}" if event.class_name else kind
    if event.count is None:
        return f"an untold number of {kind}, unnamed"
    return f"an unnamed {kind}" if event.count == 1 else f"{number(event.count)} unnamed {kind}"


def number(count: int) -> str:
    """A count in a sentence: words to twelve, then figures."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def counted(count: int, word: str, plural: str | None = None) -> str:
    """A count with its noun: "1 event", "3 events"."""
    return f"{count:,} {word if count == 1 else plural or word + 's'}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def sentence(events: Sequence[ToldEvent], more: str = "") -> str:
    """One sentence for events that differ in the vessel only; the words that hedge or attribute them stand in it as their texts have them."""
    first = events[0]
    several = len(events) > 1 or (not first.named and first.count != 1)
    days = when(first.interval) if first.happened or not first.undated else told_undated(first.interval)
    text = f"{_subjects(events)} {act(first, plural=several)} {days}"
    return f"{text[0].upper()}{text[1:]}{_hedges(events, text)}{more}."


def _subjects(events: Sequence[ToldEvent]) -> str:
    """The vessels of a sentence, those of one class and type together: "Stout and Bulkeley (destroyers, Arleigh Burke class)"."""
    sisters: dict[tuple[str, str | None, str], list[ToldEvent]] = {}
    for event in events:
        sisters.setdefault((event.type, event.class_name, "" if event.named else event.vessel_key), []).append(event)
    return listed([_sisters(group) for group in sisters.values()])


def _sisters(group: Sequence[ToldEvent]) -> str:
    if not group[0].named:
        return subject(group[0])
    return f"{listed([event.vessel for event in group])} ({described(group[0], len(group))})"


def described(event: ToldEvent, count: int = 1) -> str:
    """Type and class of a named vessel, or of several of a kind: "oiler, Altay class", "frigates"."""
    return type_words(event.type, count) + (f", {event.class_name} class" if event.class_name else "")


def _hedges(events: Sequence[ToldEvent], text: str) -> str:
    """The words of the texts that hedge, in quotation marks, unless the sentence already says them."""
    words = sorted({event.hedge for event in events if event.hedge and event.hedge.casefold() not in text.casefold()})
    return f" ({', '.join(f'“{word}”' for word in words)})" if words else ""


def alike(event: ToldEvent) -> tuple[object, ...]:
    """Events with the same value here can stand in one sentence: all but the vessel is the same."""
    interval = event.interval
    return (
        event.kind,
        event.modality,
        event.place,
        event.origin,
        event.destination,
        interval.start,
        interval.end,
        interval.precision,
        (event.hedge or "").lower(),
    )
