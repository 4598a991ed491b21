"""Claims that tell one movement become one event. Pure, and the same whatever order the claims come in.

The rules:

1. Claims of one vessel and one kind may be one movement. A denial joins only denials, a plan only plans, an undated claim only undated ones.
2. All claims of an event agree with each other: about a day, and about the places (`analysis.agreement`).
3. The narrowest claim speaks first. A claim that fits several events, which don't fit each other, joins none of them, except one that tells
   exactly the same: "in January" can't be known to mean one of two departures in January.
4. Of claims that agree, the narrower place and the narrower date win, taken from the firmest claims alone: no event is firmer than a claim behind it.
5. The event is as firm as its firmest claim and carries that claim's hedge.
6. Copies are one root (`analysis.roots`), and only independent roots raise the credibility (`analysis.grading`).

Claims whose days don't touch, not even through others, never bear on each other: a store may merge what a new document touches and leave the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol, TypeVar

from tracker.analysis.agreement import SLOTS, agree, days, denies, excludes, place_of, same_places
from tracker.analysis.grading import credibility, is_firm
from tracker.analysis.roots import count_roots
from tracker.domain.kinds import FIRMNESS, Modality
from tracker.domain.records import Claim, Event, changed
from tracker.domain.tree import PlaceTree
from tracker.domain.when import Interval

Cluster = list[Claim]


class _Read(Protocol):
    """What was read in a document: a claim, or as much of one as tells whether it matters."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def document(self) -> str:
        """The id of its document."""


Read = TypeVar("Read", bound=_Read)


def merge(claims: Iterable[Claim], tree: PlaceTree) -> list[Event]:
    """The events behind some claims, ordered by id. Every claim ends up in exactly one event."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.vessel, claim.kind].append(claim)
    events = [event for group in groups.values() for part in touching(group, days) for event in _events(part, tree)]
    return sorted(events, key=lambda event: event.id)


def touching(claims: Sequence[Read], days_of: Callable[[Read], tuple[date, date] | None]) -> Iterator[list[Read]]:
    """The claims of one vessel and kind in parts whose days touch, directly or through others; those that nothing dates, by document.

    Every event is made of claims of one part alone, and graded by them.
    """
    dated = sorted(((reach, claim.id, claim) for claim in claims if (reach := days_of(claim))), key=lambda row: row[:2])
    part: list[Read] = []
    until = date.min
    for (first, last), _, claim in dated:
        if part and first > until:
            yield part
            part = []
        part.append(claim)
        until = max(until, last)
    if part:
        yield part
    undated: dict[str, list[Read]] = defaultdict(list)
    for claim in claims:
        if days_of(claim) is None:
            undated[claim.document].append(claim)
    yield from undated.values()


def _events(claims: Sequence[Claim], tree: PlaceTree) -> list[Event]:
    families: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        families[_family(claim.modality), claim.interval.start is None].append(claim)
    clusters = [cluster for family in families.values() for cluster in _clusters(family, tree)]
    return list(_graded([(_event(cluster, tree), cluster) for cluster in clusters], tree))


def _family(modality: Modality) -> str:
    return modality.value if modality in (Modality.NEGATED, Modality.PLANNED) else "told"


def _clusters(family: Sequence[Claim], tree: PlaceTree) -> list[Cluster]:
    """Each claim, the narrowest first, joins the event all of whose claims agree with it, by rule 3."""
    clusters: list[Cluster] = []
    for claim in sorted(family, key=_canonical):
        fitting = [cluster for cluster in clusters if all(agree(claim, other, tree) for other in cluster)]
        if len(fitting) > 1:
            fitting = [cluster for cluster in fitting if cluster[0].interval == claim.interval and same_places(cluster[0], claim)]
        if fitting:
            fitting[0].append(claim)
        else:
            clusters.append([claim])
    return clusters


def _canonical(claim: Claim) -> tuple[int, date, int, str]:
    told = sum(getattr(claim, slot) is not None for slot in SLOTS)
    return _days(claim.interval), claim.interval.start or claim.interval.end or date.min, -told, claim.id


def _days(interval: Interval) -> int:
    return (interval.end - interval.start).days if interval.start and interval.end else 10**6


def _event(cluster: Sequence[Claim], tree: PlaceTree) -> Event:
    firmness = max(FIRMNESS[c.modality] for c in cluster)
    firmest = [c for c in cluster if FIRMNESS[c.modality] == firmness]
    lead = min(firmest, key=lambda c: (c.published or date.max, c.id))
    narrowest = min(firmest, key=_canonical)
    slots = {slot: _narrowest_place(firmest, slot, tree) for slot in SLOTS}
    published = [c.published for c in cluster if c.published]
    interval = narrowest.interval
    if interval.start is None:
        interval = Interval.open_until(min((c.interval.end for c in cluster if c.interval.end), default=None))
    return Event(
        id=min(c.id for c in cluster),
        vessel=lead.vessel,
        kind=lead.kind,
        interval=interval,
        modality=lead.modality,
        hedge=lead.hedge,
        claims=tuple(sorted(c.id for c in cluster)),
        lead=lead.id,
        roots=count_roots(cluster),
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        **{slot: getattr(claim, slot) for slot, claim in slots.items() if claim},
        **{f"{slot}_key": getattr(claim, f"{slot}_key") for slot, claim in slots.items() if claim},
    )


def _narrowest_place(claims: Sequence[Claim], slot: str, tree: PlaceTree) -> Claim | None:
    told = [c for c in claims if place_of(c, slot)]
    return min(told, key=lambda c: (-len(tree.ancestors(place_of(c, slot) or "")), c.published or date.max, c.id), default=None)


def _graded(found: Sequence[tuple[Event, Cluster]], tree: PlaceTree) -> Iterator[Event]:
    """The events of one vessel and kind with their credibility, each seen beside the others."""
    denials = [(event, claims) for event, claims in found if event.modality is Modality.NEGATED]
    told = [(event, claims) for event, claims in found if event.modality in (Modality.ASSERTED, Modality.REPORTED, Modality.POSSIBLE)]
    by_day: dict[tuple[date | None, date | None], list[tuple[Event, Cluster]]] = defaultdict(list)
    for event, claims in told:
        by_day[event.interval.start, event.interval.end].append((event, claims))
    for event, claims in found:
        if event.modality is Modality.NEGATED:
            against = [c for other, theirs in told if denies(event, other, tree) for c in theirs]
        elif event.modality is Modality.PLANNED:
            against = []
        else:
            against = [c for other, theirs in denials if denies(other, event, tree) for c in theirs]
            same_days = by_day[event.interval.start, event.interval.end]
            against += [c for other, theirs in same_days if excludes(event, other, tree) for c in theirs]
        grade = credibility(event, claims, [c for c in against if is_firm(c)])
        yield event if grade == event.credibility else changed(event, credibility=grade)
