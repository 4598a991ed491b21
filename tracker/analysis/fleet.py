"""Which vessels were in an area on a day, and what changed between two days. Pure, from told events only.

**Present**: the last event known by the day puts the vessel inside and holds through it, or it came (or was seen) before and left after.
**Probably**: the last event puts it inside and is younger than its kind's horizon. **Last seen**: older. **Unclear**: the last event does not
say on which side of the border it is. **Gone**: the last event puts it elsewhere. Hedged events give no better than probably.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.analysis import whereabouts
from tracker.analysis.scope import Scope, Side, crosses, side, side_before
from tracker.analysis.told import MOVES, Told, firm, happened
from tracker.analysis.whereabouts import History, horizons
from tracker.domain.kinds import Modality

DAY = timedelta(days=1)


class Certainty(StrEnum):
    """How sure it is that a vessel is in the scope on a day."""

    PRESENT = "present"
    PROBABLY = "probably"
    LAST_SEEN = "last seen"  # too long ago to count
    UNCLEAR = "unclear"  # the last report does not say on which side it is
    GONE = "gone"
    UNKNOWN = "unknown"  # nothing told by that day

    @property
    def counts(self) -> bool:
        """Whether a vessel of this certainty is counted as there."""
        return self in (Certainty.PRESENT, Certainty.PROBABLY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one vessel on one day, the event that says so, and the first one after."""

    certainty: Certainty
    event: Told | None = None
    after: Told | None = None


def history_of(events: Sequence[Told]) -> History:
    """The events of one vessel that tell a place: the others say nothing of which side of a border it is on."""
    return History([event for event in events if event.placed])


def standing(history: History, scope: Scope, on: date) -> Standing:
    """What the history of one vessel, made by `history_of`, tells of a day."""
    answer = history.where(on)
    before = None if answer.event is None else history.events[answer.event]
    return stand(before, None if answer.after is None else history.events[answer.after], scope, on)


def stood(events: Sequence[Told], scope: Scope, on: date) -> Standing:
    """What the events of one vessel tell of a day; `standing` answers for many days."""
    placed = [event for event in events if event.placed]
    answer = whereabouts.where(placed, on)
    return stand(None if answer.event is None else placed[answer.event], None if answer.after is None else placed[answer.after], scope, on)


def stand(before: Told | None, after: Told | None, scope: Scope, on: date) -> Standing:
    """What the last event known by a day, and the first after it, tell of that day."""
    if before is None:
        return Standing(Certainty.UNKNOWN, None, after)
    where, sure = side(before, scope), whereabouts.judge(before, after, on)
    if sure == whereabouts.UNCLEAR:  # the move may have happened by then or not
        where, sure = (where if where is side_before(before, scope) else Side.UNCLEAR), _by_age(before, on)
    if where is Side.UNCLEAR:
        return Standing(Certainty.UNCLEAR, before, after)
    if where is Side.OUT:
        hedged = before.modality == Modality.POSSIBLE  # "possibly bound for Libya" takes no one out of Tartus
        return Standing(Certainty.UNCLEAR if hedged else Certainty.GONE, before, after)
    if after is not None and firm(before) and _left_from(after, scope):
        return Standing(Certainty.PRESENT, before, after)
    return Standing(Certainty(sure), before, after)


def _by_age(event: Told, on: date) -> str:
    young = event.end is not None and (on - event.end).days <= horizons().get(event.kind, 0)
    return whereabouts.PROBABLY if young else whereabouts.LAST_SEEN


def _left_from(event: Told, scope: Scope) -> bool:
    """Whether an event tells as a fact that its vessel left the scope from inside."""
    return firm(event) and event.kind in MOVES and side_before(event, scope) is Side.IN and side(event, scope) is Side.OUT


@dataclass(frozen=True, slots=True)
class Stay:
    """Days on which a vessel counts as in the scope, with one certainty, and the events that say so."""

    first: date
    last: date
    certainty: Certainty
    events: tuple[Told, ...]


def stays(history: History, scope: Scope, first: date, last: date) -> list[Stay]:
    """The days from `first` to `last` on which a vessel is present or probably present, neighbours of one certainty together."""
    cuts = [first, *(day for day in history.days_of_change() if first < day <= last)]
    found: list[Stay] = []
    for begin, after in zip(cuts, [*cuts[1:], last + DAY], strict=True):
        one = standing(history, scope, begin)
        if one.event is None or not one.certainty.counts:
            continue
        before = found[-1] if found else None
        if before and before.last + DAY == begin and before.certainty is one.certainty:
            events = before.events if one.event in before.events else (*before.events, one.event)
            found[-1] = Stay(before.first, after - DAY, one.certainty, events)
        else:
            found.append(Stay(begin, after - DAY, one.certainty, (one.event,)))
    return found


class Change(StrEnum):
    """What became of a vessel between two days, seen from an area."""

    STAYED = "unchanged"
    CAME = "in"  # told to have come in
    SEEN = "seen"  # there at the end and not at the start, its coming is not told
    LEFT = "out"  # told to have left, or seen elsewhere
    LOST = "lost"  # there at the start and not told of since: too old to count
    UNCERTAIN = "uncertain"  # not counted at either end


SIGNS = {Change.CAME: 1, Change.SEEN: 1, Change.LEFT: -1, Change.LOST: -1}
"""What a change adds to the count at the end."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One vessel's change between two days, and the events that tell it: at the first day, of the change, at the last day."""

    vessel: str  # key
    change: Change
    first: Standing
    last: Standing
    by: Told | None = None


def difference(histories: Mapping[str, History], scope: Scope, since: date, until: date) -> list[Difference]:
    """What changed from one day to another, vessel by vessel; those never told of in the scope are left out.

    The count of those that count at the end is the count at the start, plus those that came or were seen, minus those that left or were lost.
    """
    found = []
    for vessel, history in histories.items():
        first, last = standing(history, scope, since), standing(history, scope, until)
        change = changed(history.events, scope, since, until, first, last)
        if change is not None:
            found.append(Difference(vessel, change[0], first, last, change[1]))
    return found


def faded(one: Difference, since: date, days: int) -> bool:
    """Whether a vessel can't be told of on either day and was last told of more than so many days before the first: that says little of them."""
    event = one.last.event
    return one.change is Change.UNCERTAIN and event is not None and event.end is not None and (since - event.end).days > days


def changed(events: Sequence[Told], scope: Scope, since: date, until: date, first: Standing, last: Standing) -> tuple[Change, Told | None] | None:
    """What became of one vessel, and the event that tells it; None where it has nothing to do with the scope."""
    if first.certainty.counts and last.certainty.counts:
        return Change.STAYED, last.event
    if last.certainty.counts:
        came = _coming(events, scope, since, until)
        return (Change.CAME if came else Change.SEEN), came or last.event
    if first.certainty.counts:
        return (Change.LEFT if last.certainty is Certainty.GONE else Change.LOST), last.event
    if _doubtful(first, events, scope) or _doubtful(last, events, scope):
        return Change.UNCERTAIN, last.event
    return None


def _coming(events: Iterable[Told], scope: Scope, since: date, until: date) -> Told | None:
    """The last move into the scope between two days, the second of them included."""
    came = [e for e in events if happened(e) and e.kind in MOVES and side(e, scope) is Side.IN and crosses(e, scope) and _within(e, since, until)]
    return max(came, key=lambda e: (e.end or date.min, e.id), default=None)


def _within(event: Told, since: date, until: date) -> bool:
    return event.end is not None and since <= event.end and (event.start or event.end) <= until


def _doubtful(one: Standing, events: Sequence[Told], scope: Scope) -> bool:
    if one.certainty is Certainty.LAST_SEEN:
        return True
    return one.certainty is Certainty.UNCLEAR and any(happened(e) and scope.touches(e) for e in events)
