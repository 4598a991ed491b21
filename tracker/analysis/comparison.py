"""What two versions of a document tell differently: claims gone, new, and changed slot by slot. Pure, whatever the order of the claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.names import fold
from tracker.domain.records import Claim

_SLOTS = ("place", "origin", "destination")
_UNNAMED = "unnamed/"


class What(StrEnum):
    """What became of a claim from one version to the next."""

    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim of the one version and of the other that tell the same movement, or one without the other. `slots`: (slot, before, after)."""

    what: What
    old: Claim | None
    new: Claim | None
    slots: tuple[tuple[str, str | None, str | None], ...] = ()


def compare(old: Iterable[Claim], new: Iterable[Claim]) -> list[Difference]:
    """The differences in the order of the texts: what the old version told, then what only the new one tells."""
    groups: dict[tuple[str, str], tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for side, claims in enumerate((old, new)):
        for claim in claims:
            groups[_who(claim), claim.kind][side].append(claim)
    found = [one for before, after in groups.values() for one in _paired(before, after)]
    return sorted(found, key=_order)


def _who(claim: Claim) -> str:
    """The vessel, so that it is found again in another text: an unnamed record has a key in its document only."""
    return fold(claim.mention or "") if claim.vessel.startswith(_UNNAMED) else claim.vessel


def _paired(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[Difference]:
    """The claims of one vessel and kind, those that are most alike together; what has nothing in common stays apart."""
    ranked = sorted(((-_likeness(a, b), a.quote_start, a.id, b.quote_start, b.id, a, b) for a in old for b in new), key=lambda row: row[:5])
    left_old, left_new = {c.id: c for c in old}, {c.id: c for c in new}
    for rank, *_, before, after in ranked:
        if rank < 0 and before.id in left_old and after.id in left_new:
            del left_old[before.id], left_new[after.id]
            slots = tuple(_different(before, after))
            yield Difference(What.CHANGED if slots else What.SAME, before, after, slots)
    yield from (Difference(What.GONE, claim, None) for claim in left_old.values())
    yield from (Difference(What.NEW, None, claim) for claim in left_new.values())


def words(claim: Claim) -> str:
    """The words of a claim, however its document spaces them."""
    return " ".join(claim.quote.split())


def _likeness(one: Claim, other: Claim) -> int:
    """How much two claims of one vessel and kind have in common; 0 where they are two movements."""
    places = sum(2 for slot in _SLOTS if getattr(one, slot) and getattr(one, slot) == getattr(other, slot))
    same_days = 3 if one.interval == other.interval else 1 if _share_days(one, other) else 0
    same_words = 4 if words(one) == words(other) else 0
    common = same_words + places + same_days
    return common + (common > 0 and one.modality is other.modality)


def _share_days(one: Claim, other: Claim) -> bool:
    return one.interval.start is not None and other.interval.start is not None and one.interval.overlaps(other.interval)


def _different(one: Claim, other: Claim) -> Iterator[tuple[str, str | None, str | None]]:
    pairs = [(slot, getattr(one, slot), getattr(other, slot)) for slot in (*_SLOTS, "hedge", "role")]
    pairs += [("modality", one.modality.value, other.modality.value)]
    if not (one.interval.start is None and other.interval.start is None):  # undated ones are known by their publication, which differs
        pairs.insert(0, ("date", one.interval.told(), other.interval.told()))
    yield from ((slot, before and str(before), after and str(after)) for slot, before, after in pairs if before != after)


def _order(one: Difference) -> tuple[bool, int, str, str]:
    claim = one.old or one.new
    assert claim is not None  # a difference has a side
    return one.old is None, claim.quote_start, claim.vessel, claim.id
