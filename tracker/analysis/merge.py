"""Claims that tell one movement become one event. Pure, and the same whatever order the claims come in.

The rules:

1. Claims of one vessel and one kind may be one movement. A denial joins only denials, a plan only plans.
2. Their intervals share a day, and so do those of all claims of the event. An undated claim joins only undated ones that tell the same places.
3. Their places agree: slot by slot they are equal, or one lies inside the other, or one of the two leaves it open.
4. Of claims that agree, the narrower place and the narrower date win, taken from the firmest claims alone: no event is firmer than a claim behind it.
5. The event is as firm as its firmest claim and carries that claim's hedge; its credibility is the best of its claims.
6. Copies are one root: the same source, or the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.domain.kinds import FIRMNESS, Modality
from tracker.domain.names import fold
from tracker.domain.records import Claim, Event
from tracker.domain.tree import PlaceTree
from tracker.domain.when import Interval

SLOTS = ("place", "origin", "destination")


def merge(claims: Iterable[Claim], tree: PlaceTree) -> list[Event]:
    """The events behind some claims, ordered by id. Every claim ends up in exactly one event."""
    families: dict[tuple[str, str, str, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        families[claim.vessel, claim.kind, _family(claim.modality), claim.interval.start is None].append(claim)
    events = [_event(cluster, tree) for family in families.values() for cluster in _clusters(family, tree)]
    return sorted(events, key=lambda event: event.id)


def _family(modality: Modality) -> str:
    return modality.value if modality in (Modality.NEGATED, Modality.PLANNED) else "told"


def _clusters(family: Sequence[Claim], tree: PlaceTree) -> list[list[Claim]]:
    """Each claim, the narrowest first, joins the first event all of whose claims agree with it."""
    clusters: list[list[Claim]] = []
    shared: list[tuple[date, date]] = []  # the days that all claims of a cluster share
    for claim in sorted(family, key=_canonical):
        first, last = claim.interval.start or date.min, claim.interval.end if claim.interval.start and claim.interval.end else date.max
        for number, (begin, end) in enumerate(shared):
            if max(first, begin) <= min(last, end) and all(agree(claim, other, tree) for other in clusters[number]):
                clusters[number].append(claim)
                shared[number] = max(first, begin), min(last, end)
                break
        else:
            clusters.append([claim])
            shared.append((first, last))
    return clusters


def _canonical(claim: Claim) -> tuple[int, date, int, str]:
    told = sum(getattr(claim, slot) is not None for slot in SLOTS)
    return _days(claim.interval), claim.interval.start or date.min, -told, claim.id


def _days(interval: Interval) -> int:
    return (interval.end - interval.start).days if interval.start and interval.end else 10**6


def agree(one: Claim, other: Claim, tree: PlaceTree) -> bool:
    """Whether two claims of one vessel, kind and family can tell one movement."""
    if one.interval.start is None or other.interval.start is None:
        return (one.interval.start is None) == (other.interval.start is None) and all(_place(one, s) == _place(other, s) for s in SLOTS)
    return one.interval.overlaps(other.interval) and all(_compatible(one, other, slot, tree) for slot in SLOTS)


def _place(claim: Claim, slot: str) -> str | None:
    key = getattr(claim, f"{slot}_key")
    name = getattr(claim, slot)
    return key or (f"?{fold(name)}" if name else None)


def _compatible(one: Claim, other: Claim, slot: str, tree: PlaceTree) -> bool:
    a, b = _place(one, slot), _place(other, slot)
    return a is None or b is None or a == b or tree.inside(a, b) or tree.inside(b, a)


def _event(cluster: Sequence[Claim], tree: PlaceTree) -> Event:
    firmness = max(FIRMNESS[c.modality] for c in cluster)
    firmest = [c for c in cluster if FIRMNESS[c.modality] == firmness]
    lead = min(firmest, key=lambda c: (c.published or date.max, c.id))
    narrowest = min(firmest, key=_canonical)
    slots = {slot: _narrowest_place(firmest, slot, tree) for slot in SLOTS}
    published = [c.published for c in cluster if c.published]
    interval = narrowest.interval
    if interval.start is None and published:
        interval = Interval.open_until(min(c.interval.end for c in cluster if c.interval.end))
    return Event(
        id=min(c.id for c in cluster),
        vessel=lead.vessel,
        kind=lead.kind,
        interval=interval,
        modality=lead.modality,
        hedge=lead.hedge,
        claims=tuple(sorted(c.id for c in cluster)),
        lead=lead.id,
        credibility=min(c.credibility for c in cluster),
        roots=count_roots(cluster),
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        **{slot: getattr(claim, slot) for slot, claim in slots.items() if claim},
        **{f"{slot}_key": getattr(claim, f"{slot}_key") for slot, claim in slots.items() if claim},
    )


def _narrowest_place(claims: Sequence[Claim], slot: str, tree: PlaceTree) -> Claim | None:
    told = [c for c in claims if _place(c, slot)]
    return min(told, key=lambda c: (-len(tree.ancestors(_place(c, slot) or "")), c.published or date.max, c.id), default=None)


def count_roots(claims: Sequence[Claim]) -> int:
    """The number of independent origins: claims of one source, or in the same words, are one."""
    parent = list(range(len(claims)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    seen: dict[str, int] = {}
    for number, claim in enumerate(claims):
        for mark in (f"source {claim.source or claim.document}", f"words {fold(claim.quote)}"):
            if mark in seen:
                parent[root(number)] = root(seen[mark])
            else:
                seen[mark] = number
    return len({root(number) for number in range(len(claims))})
