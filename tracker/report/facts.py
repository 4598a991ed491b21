"""What a movement report says, as data: from rows of events and claims to a frozen value that every kind of page prints alike.

Nothing here is worded more firmly than the claims behind it, and every statement carries the numbers of its sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.analysis.fleet import Certainty
from tracker.analysis.scope import Scope
from tracker.analysis.sea import Passages, Sea
from tracker.domain.kinds import EventKind, Modality, VesselType
from tracker.domain.tree import PlaceTree
from tracker.domain.when import Interval
from tracker.report import sentences
from tracker.report.contradictions import Contradiction, contradictions
from tracker.report.corrections import Correction
from tracker.report.counts import CountLine, count_lines
from tracker.report.strength import Standing, Strength, standing, strength
from tracker.report.told import Row, ToldClaim, ToldEvent, read_claims, read_events
from tracker.report.voyages import Voyages, voyages

MOST_KEY_POINTS = 8
_NEWS = {
    EventKind.DEPARTURE: 0,
    EventKind.ARRIVAL: 0,
    EventKind.TRANSIT: 1,
    EventKind.UNDERWAY: 2,
    EventKind.REPLENISHMENT: 2,
    EventKind.ESCORT: 2,
    EventKind.AT_SEA: 3,
    EventKind.IN_PORT: 3,
}
_TYPE_ORDER = {kind.value: rank for rank, kind in enumerate(VesselType)}


@dataclass(frozen=True, slots=True)
class Request:
    """What a report is asked for. `horizons`: days after which a last sighting no longer counts, by kind of event."""

    scope: Scope
    period: Interval
    as_of: datetime
    horizons: Mapping[EventKind, int]
    version: str
    title: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    country_name: str | None = None
    sea: Sea = field(default_factory=lambda: Sea(PlaceTree.of(()), {}, Passages((), (), {})))
    straits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # passage -> the two waters that it joins
    homes: Mapping[str, str] = field(default_factory=dict)  # vessel key -> key of its home port
    names: Mapping[str, str] = field(default_factory=dict)  # place key -> name
    within: Mapping[str, Scope] = field(default_factory=dict)  # places of which counts are told -> their scopes

    @property
    def scopes(self) -> Mapping[str, Scope]:
        """The scopes at hand, by the key of their place."""
        return {**self.within, self.scope.key: self.scope} if self.scope.key else self.within


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and the numbers of the sources behind it; `hedged` when it is told less firmly than as a fact."""

    text: str
    refs: tuple[int, ...]
    events: tuple[str, ...] = ()  # ids
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the report."""

    title: str
    area: str
    country: str | None
    period: Interval
    as_of: datetime
    cut_off: date | None  # the newest publication among the documents used
    version: str
    state: str  # "reviewed" where people accepted every event that the report rests on, else a draft
    demo: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the report rests on."""

    events: int
    reviewed: int  # of the events
    vessels: int  # named
    groups: int  # records of unnamed vessels
    documents: int
    sources: int


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """A vessel of the report and where it was last told to be by the end of the period."""

    vessel_key: str
    vessel: str
    named: bool
    type: str
    class_name: str | None
    hull: str | None
    country: str | None
    standing: Standing
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One line of the daily events: the same happening of one or more vessels."""

    events: tuple[ToldEvent, ...]
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The events of a day, or the undated ones that were known by then."""

    day: date
    undated: bool
    lines: tuple[DayEvent, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a source, as written, with its place in it and the grade of its claims."""

    text: str
    page: int | None
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A numbered document with what the report took from it."""

    number: int
    document_id: str
    outlet: str
    title: str | None
    published: date | None
    retrieved: date | None
    url: str | None
    archive_url: str | None
    grades: tuple[str, ...]
    quotes: tuple[Quote, ...]
    days: tuple[date, ...]  # days of the dated lines that rest on it
    demo: bool


@dataclass(frozen=True, slots=True)
class MovementFacts:
    """Everything a movement report says."""

    head: Head
    counts: Counts
    key_points: tuple[Statement, ...]
    strength: Strength
    composition: tuple[CompositionRow, ...]
    days: tuple[Day, ...]
    planned: tuple[DayEvent, ...]
    denied: tuple[DayEvent, ...]
    voyages: Voyages
    contradictions: tuple[Contradiction, ...]
    sources: tuple[SourceEntry, ...]
    horizons: Mapping[EventKind, int]
    on: date  # the day for which the end of the period is answered
    told: frozenset[str]  # ids of the events in the area and the period
    lasting: Mapping[str, ToldEvent]  # every event of the vessels of the report, by id
    refs: Mapping[str, tuple[int, ...]]  # event or count id -> numbers of its sources
    told_counts: tuple[CountLine, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not self.counts.events

    def refs_of(self, events: Iterable[ToldEvent | None]) -> tuple[int, ...]:
        """The source numbers behind some events, each once, in order."""
        return tuple(sorted({n for event in events if event for n in self.refs.get(event.id, ())}))


def movement_facts(
    event_rows: Iterable[Row], claim_rows: Iterable[Row], request: Request, also: frozenset[str] = frozenset(), count_rows: Iterable[Row] = ()
) -> MovementFacts:
    """The facts of a report.

    `event_rows` (keys of `columns.EVENTS`) hold the whole history, up to the end of the period, of the vessels asked about: what lies before
    the period tells who was there at its start. `claim_rows` (keys of `columns.CLAIMS`) hold at least the claims of those events. `also` are ids
    of events outside the area or the period whose sources are to be numbered as well. `count_rows` (keys of `columns.COUNTS`) are those of the area.
    """
    history = [event for event in read_events(event_rows) if _known_by(event, request.period.end)]
    told = [event for event in history if request.scope.touches(event) and in_period(event, request.period)]
    histories = _histories(history, {event.vessel_key for event in told}, request)
    table = strength(histories, request.scope, request.period.start, last_day(request))
    rows = [_composition_row(events, request) for events in histories.values()]
    every = read_claims(claim_rows)
    around = _voyages(histories, told, every, request)
    used = {e.id for e in told} | {e.id for row in table.rows for e in row.events} | {row.standing.event.id for row in rows if row.standing.event}
    told_counts = count_lines(count_rows, _by_vessel(history), request.scopes, request.period, request.country)
    used |= {event for line in told_counts for event in line.events}
    used |= also | {e.id for row in around.away for e in (row.last, row.since)} | {row.last.id for row in around.silent}
    claims = [*(claim for claim in every if claim.event_id in used), *(line.told for line in told_counts)]
    numbers = number_documents(claims)
    refs = _references(claims, numbers)
    happened = [event for event in told if event.happened]
    days = _days(happened, refs, request.period)
    return MovementFacts(
        head=_head(request, claims, told, _state([event for event in history if event.id in used])),
        counts=_count(told, claims),
        key_points=_key_points(told, refs),
        strength=table,
        composition=tuple(sorted((_with_refs(row, refs) for row in rows), key=_composition_order)),
        days=days,
        planned=_lines([e for e in told if e.modality is Modality.PLANNED], refs),
        denied=_lines([e for e in told if e.modality is Modality.NEGATED], refs),
        voyages=around,
        contradictions=contradictions(told, request.sea, request.names),
        sources=_sources(claims, numbers, days),
        horizons=request.horizons,
        on=last_day(request),
        told=frozenset(e.id for e in told),
        lasting={e.id: e for events in histories.values() for e in events},
        refs=refs,
        told_counts=told_counts,
    )


def _voyages(histories: Mapping[str, Sequence[ToldEvent]], told: Sequence[ToldEvent], claims: Sequence[ToldClaim], request: Request) -> Voyages:
    there = {event.id for events in histories.values() for event in events if request.scope.touches(event)}
    reported = {claim.published for claim in claims if claim.published and claim.event_id in there}
    return voyages(histories, told, last_day(request), request.sea, request.straits, request.homes, request.names, reported)


def in_period(event: ToldEvent, period: Interval) -> bool:
    """Whether an event may have happened in the period; an undated one counts by the day from which it is known."""
    interval = event.interval
    if event.undated and interval.end:
        interval = Interval.day(interval.end)
    return interval.overlaps(period)


def _known_by(event: ToldEvent, until: date | None) -> bool:
    first = event.interval.start or event.interval.end
    return until is None or first is None or first <= until


def last_day(request: Request) -> date:
    """The day for which the end of the period is answered: never later than the clock."""
    end, today = request.period.end, request.as_of.date()
    return today if end is None else min(end, today)


def _histories(history: Sequence[ToldEvent], told_of: set[str], request: Request) -> dict[str, list[ToldEvent]]:
    """The events of each vessel that the report tells of, or that was in the area when the period began."""
    start = request.period.start
    return {
        key: events
        for key, events in _by_vessel(history).items()
        if key in told_of or (start and request.scope.key and standing(events, request.scope, start).certainty.counts)
    }


def _by_vessel(history: Sequence[ToldEvent]) -> dict[str, list[ToldEvent]]:
    by_vessel: dict[str, list[ToldEvent]] = {}
    for event in history:
        by_vessel.setdefault(event.vessel_key, []).append(event)
    return by_vessel


def _composition_row(events: Sequence[ToldEvent], request: Request) -> CompositionRow:
    last, now = events[-1], standing(events, request.scope, last_day(request))
    return CompositionRow(last.vessel_key, last.vessel, last.named, last.type, last.class_name, last.hull, last.country, now, ())


def _with_refs(row: CompositionRow, refs: Mapping[str, tuple[int, ...]]) -> CompositionRow:
    found = refs.get(row.standing.event.id, ()) if row.standing.event else ()
    return CompositionRow(row.vessel_key, row.vessel, row.named, row.type, row.class_name, row.hull, row.country, row.standing, found)


def _composition_order(row: CompositionRow) -> tuple[bool, int, str, str]:
    return not row.named, _TYPE_ORDER.get(row.type, 99), row.vessel.casefold(), row.vessel_key


def number_documents(claims: Iterable[ToldClaim]) -> dict[str, int]:
    """Numbers for documents: by publication day, those without a day last, then by outlet and id. The same store gives the same numbers."""
    first = {claim.document_id: claim for claim in claims}
    ordered = sorted(first.values(), key=lambda c: (c.published or date.max, c.source, c.document_id))
    return {claim.document_id: number for number, claim in enumerate(ordered, 1)}


def _references(claims: Iterable[ToldClaim], numbers: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for claim in claims:
        found.setdefault(claim.event_id, set()).add(numbers[claim.document_id])
    return {event: tuple(sorted(those)) for event, those in found.items()}


def _head(request: Request, claims: Sequence[ToldClaim], told: Sequence[ToldEvent], state: str) -> Head:
    published = [claim.published for claim in claims if claim.published]
    country = request.country_name or request.country
    who = f", {country}" if country else ""
    return Head(
        title=request.title or f"Naval movements: {request.scope.name}{who}",
        area=request.scope.name,
        country=country,
        period=request.period,
        as_of=request.as_of,
        cut_off=max(published, default=None),
        version=request.version,
        state=state,
        demo=any(claim.demo for claim in claims) or any(event.demo for event in told),
    )


def _state(used: Collection[ToldEvent]) -> str:
    """How far people have looked at the events that a report rests on."""
    if used and all(event.reviewed for event in used):
        return "reviewed"
    return "draft, partly reviewed" if any(event.reviewed for event in used) else "draft, not reviewed"


def _count(told: Sequence[ToldEvent], claims: Sequence[ToldClaim]) -> Counts:
    return Counts(
        events=len(told),
        reviewed=sum(e.reviewed for e in told),
        vessels=len({e.vessel_key for e in told if e.named}),
        groups=len({e.vessel_key for e in told if not e.named}),
        documents=len({c.document_id for c in claims}),
        sources=len({c.source for c in claims}),
    )


def _grouped(events: Iterable[ToldEvent]) -> list[list[ToldEvent]]:
    """Events that differ in the vessel only, together; in order of their first."""
    groups: dict[tuple[object, ...], list[ToldEvent]] = {}
    for event in events:
        groups.setdefault(sentences.alike(event), []).append(event)
    return list(groups.values())


def _refs(events: Iterable[ToldEvent], refs: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({n for event in events for n in refs.get(event.id, ())}))


def _key_points(told: Sequence[ToldEvent], refs: Mapping[str, tuple[int, ...]]) -> tuple[Statement, ...]:
    """The movements that matter most: comings and goings first, more witnesses before fewer; printed in order of time."""
    groups = sorted(_grouped(_newsworthy(told)), key=_weight)[:MOST_KEY_POINTS]
    chosen = sorted(groups, key=lambda group: group[0].order)
    return tuple(
        Statement(sentences.sentence(group, _witnesses(group)), _refs(group, refs), tuple(e.id for e in group), group[0].hedged) for group in chosen
    )


def _newsworthy(told: Sequence[ToldEvent]) -> list[ToldEvent]:
    """All but the older of a vessel's sightings at one place, which tell the same story."""
    latest = {(e.vessel_key, e.kind, e.place_key or e.place, e.modality): e for e in told}
    return [e for e in told if _NEWS[e.kind] < 3 or latest[e.vessel_key, e.kind, e.place_key or e.place, e.modality] is e]


def _weight(group: Sequence[ToldEvent]) -> tuple[object, ...]:
    first = group[0]
    hedged = {Modality.ASSERTED: 0, Modality.REPORTED: 1, Modality.NEGATED: 1, Modality.POSSIBLE: 2, Modality.PLANNED: 2}[first.modality]
    return (_NEWS[first.kind] + hedged + first.undated, not first.named, -max(e.roots for e in group), -len(group), first.order)


def _witnesses(group: Sequence[ToldEvent]) -> str:
    roots = min(event.roots for event in group)
    return f", told by {sentences.number(roots)} independent sources" if roots > 1 else ""


def _days(happened: Sequence[ToldEvent], refs: Mapping[str, tuple[int, ...]], period: Interval) -> tuple[Day, ...]:
    """Lines under the day on which they began, or the first day of the period for what began before; undated ones last."""
    found: dict[tuple[bool, date], list[ToldEvent]] = {}
    for event in happened:
        day = event.interval.start or event.interval.end
        if day is not None:
            first = max(day, period.start) if period.start else day
            found.setdefault((event.undated, first), []).append(event)
    return tuple(Day(day, undated, _lines(found[undated, day], refs)) for undated, day in sorted(found))


def _lines(events: Sequence[ToldEvent], refs: Mapping[str, tuple[int, ...]]) -> tuple[DayEvent, ...]:
    return tuple(DayEvent(tuple(group), _refs(group, refs)) for group in _grouped(events))


def _sources(claims: Sequence[ToldClaim], numbers: Mapping[str, int], days: Sequence[Day]) -> tuple[SourceEntry, ...]:
    by_document: dict[str, list[ToldClaim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    used: dict[int, set[date]] = {}
    for day in days:
        for number in (n for line in day.lines for n in line.refs if not day.undated):
            used.setdefault(number, set()).add(day.day)
    return tuple(_source(number, by_document[document], tuple(sorted(used.get(number, ())))) for document, number in numbers.items())


def _source(number: int, claims: Sequence[ToldClaim], days: tuple[date, ...]) -> SourceEntry:
    first = claims[0]
    return SourceEntry(
        number,
        first.document_id,
        first.source,
        first.title,
        first.published,
        first.retrieved,
        first.url,
        first.archive_url,
        tuple(sorted({claim.grade for claim in claims})),
        _quotes(claims),
        days,
        any(claim.demo for claim in claims),
    )


def _quotes(claims: Sequence[ToldClaim]) -> tuple[Quote, ...]:
    """The sentences quoted, each once, in the order of the text."""
    by_text: dict[str, list[ToldClaim]] = {}
    for claim in claims:
        by_text.setdefault(" ".join(claim.quote.split()), []).append(claim)
    return tuple(Quote(text, those[0].page, tuple(sorted({claim.grade for claim in those}))) for text, those in by_text.items())


CERTAINTY_WORDS: dict[Certainty, str] = {
    Certainty.PRESENT: "present",
    Certainty.PROBABLY: "probably",
    Certainty.LAST_SEEN: "last seen",
    Certainty.UNCLEAR: "unclear",
    Certainty.GONE: "elsewhere",
    Certainty.UNKNOWN: "unknown",
}
