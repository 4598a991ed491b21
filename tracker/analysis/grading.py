"""The credibility of what is told, 1 to 6, by the rules below and by nothing else. Pure, and the same whatever order the claims come in.

The figure of the Admiralty system (as in NATO's AJP-2.1; the words in `domain.grades`), kept apart from the letter of the source: whoever says it,
a claim stands at 6, can't be judged, until an independent root (`analysis.roots`) bears on it.

1. A claim confirms its event if it says that the thing happened (asserted or reported; a plan or denial counts in its own family), names a place in
   the slot that the event is chiefly about, if the event does, and gives its date within a week or as narrowly as the event has it.
2. A firm claim of the same vessel and kind contradicts the event if it denies it, or is denied by it, or puts the vessel on the same single day
   at a place that no water and no country share with the event's.
3. Roots are counted once a side. A root on both sides, such as a correction, stands on the side that it told last; where it told both on one
   day, against.
4. Nothing against: three roots or more, 1, confirmed by other independent sources (the plural is the scale's); two roots, 2, probably true;
   one, however often copied, 6.
5. Something against: more roots for than against, 3, possibly true; as many, 4, doubtful; fewer, 5, improbable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.analysis.agreement import days, place_of
from tracker.analysis.roots import root_numbers
from tracker.domain.kinds import MAIN_SLOT, Modality
from tracker.domain.records import Claim, Event

CONFIRMS_DAYS = 7
"""The most days that a confirming claim may leave open."""


def credibility(event: Event, claims: Sequence[Claim], against: Sequence[Claim]) -> int:
    """The figure of an event, from its claims and the claims that contradict it."""
    if len(claims) == 1 and not against:
        return 6  # one root at the most
    sides = _last_told(claims, against, {claim.id for claim in claims if confirms(claim, event)})
    roots_for = sum(last_for > last_against for last_for, last_against in sides)
    roots_against = sum(last_for <= last_against for last_for, last_against in sides)
    if roots_against:
        return 3 if roots_for > roots_against else 4 if roots_for == roots_against else 5
    return 1 if roots_for >= 3 else 2 if roots_for == 2 else 6


def confirms(claim: Claim, event: Event) -> bool:
    """Whether a claim of an event says as much as rule 1 asks for."""
    slot = MAIN_SLOT[event.kind]
    if claim.modality is Modality.POSSIBLE or (place_of(event, slot) and not place_of(claim, slot)):
        return False
    told, wanted = days(claim), days(event)
    if claim.interval.start is None or told is None or wanted is None:
        return True  # undated claims are of events without a date
    return (told[1] - told[0]).days < CONFIRMS_DAYS or told[1] - told[0] <= wanted[1] - wanted[0]


def is_firm(claim: Claim) -> bool:
    """Whether a claim can stand against another: told or denied as a fact, by whomever."""
    return claim.modality in (Modality.ASSERTED, Modality.REPORTED, Modality.NEGATED)


def _last_told(claims: Sequence[Claim], against: Sequence[Claim], confirming: Iterable[str]) -> list[tuple[date, date]]:
    """For each root that counts: the day after which it no longer confirmed, and no longer contradicted; the least day where it never did."""
    both = [*claims, *against]
    sides: dict[int, list[date]] = {}
    for number, claim, opposed in zip(root_numbers(both), both, [False] * len(claims) + [True] * len(against), strict=True):
        if opposed or claim.id in confirming:
            told = sides.setdefault(number, [date.min, date.min])
            told[opposed] = max(told[opposed], claim.published or _SOME_DAY)
    return [(told[0], told[1]) for told in sides.values()]


_SOME_DAY = date.min.replace(year=2)  # of a document without a date: told, but before all that is dated
