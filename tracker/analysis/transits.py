"""Passages through a strait: by whom, which way, how long after the last one, and the days that the Montreux Convention counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.analysis.sea import Sea
from tracker.analysis.told import Told, happened, spot
from tracker.domain.kinds import EventKind

TOLD, INFERRED = "told", "inferred"


@dataclass(frozen=True, slots=True)
class Passage:
    """One told passage. `towards` is the water it led to; `how` says whether the report tells that or the places before and after do."""

    vessel: str  # key
    event: Told
    towards: str | None = None
    how: str | None = None
    since_last: int | None = None  # days since the vessel's passage before
    days_inside: int | None = None  # for a sea with a limit of days: from this entry to the next exit, or to the day asked about
    still_inside: bool = False


def passages(histories: Mapping[str, Sequence[Told]], strait: frozenset[str], waters: tuple[str, str] | None, sea: Sea) -> list[Passage]:
    """The passages of a strait (the keys of it and of what lies in it), in order of time. `waters`: the two that it joins."""
    found, ends = [], _Ends(waters, sea.sides(strait, waters), sea) if waters else None
    for vessel, events in histories.items():
        dated = sorted((e for e in events if happened(e) and e.start and e.end), key=lambda e: (e.end or date.max, e.start or date.max, e.id))
        last: Passage | None = None
        for at, event in enumerate(dated):
            if event.kind == EventKind.TRANSIT and event.place_key in strait:
                last = _passage(vessel, event, dated[:at], dated[at + 1 :], ends, last)
                found.append(last)
    return sorted(found, key=lambda p: (p.event.start or date.max, p.event.end or date.max, p.vessel))


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two waters that a strait joins, and for each the closed waters that lie on its side alone."""

    waters: tuple[str, str]
    beyond: tuple[frozenset[str], frozenset[str]]
    sea: Sea

    def side(self, key: str | None) -> str | None:
        """On which side of the strait a place lies: in the water there, or in one that can only be reached that way."""
        if key is None:
            return None
        for water in self.waters:
            if self.sea.tree.inside(key, water):
                return water
        mine = self.sea.water(key)
        return next((water for water, there in zip(self.waters, self.beyond, strict=True) if mine in there), None)

    def other(self, side: str | None) -> str | None:
        return None if side is None else self.waters[1] if side == self.waters[0] else self.waters[0]


def _passage(vessel: str, event: Told, before: Sequence[Told], after: Sequence[Told], ends: _Ends | None, last: Passage | None) -> Passage:
    towards, how = _direction(event, before, after, ends) if ends else (None, None)
    gap = (event.end - last.event.end).days if last and event.end and last.event.end else None
    return Passage(vessel, event, towards, how, gap)


def _direction(event: Told, before: Sequence[Told], after: Sequence[Told], ends: _Ends) -> tuple[str | None, str | None]:
    told = ends.side(event.destination_key) or ends.other(ends.side(event.origin_key))
    if told:
        return told, TOLD
    later = next((side for e in after if (side := ends.side(spot(e)))), None)
    earlier = next((side for e in reversed(before) if (side := ends.side(spot(e)))), None)
    if later and earlier and later != earlier:
        return later, INFERRED
    return (None, None)


def with_stays(found: Sequence[Passage], inner: str, on: date) -> list[Passage]:
    """The passages with the days spent in the water `inner` after each entry: to the exit, or to a day for who is still in."""
    done = []
    for at, passage in enumerate(found):
        if passage.towards != inner or passage.event.start is None:
            done.append(passage)
            continue
        out = next((p for p in found[at + 1 :] if p.vessel == passage.vessel and p.towards not in (None, inner)), None)
        until = out.event.end if out and out.event.end else on
        done.append(replace(passage, days_inside=max(0, (until - passage.event.start).days), still_inside=out is None))
    return done
