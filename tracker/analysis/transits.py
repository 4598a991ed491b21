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
    found = []
    for vessel, events in histories.items():
        dated = sorted((e for e in events if happened(e) and e.start and e.end), key=lambda e: (e.end or date.max, e.start or date.max, e.id))
        last: Passage | None = None
        for at, event in enumerate(dated):
            if event.kind == EventKind.TRANSIT and event.place_key in strait:
                last = _passage(vessel, event, dated[:at], dated[at + 1 :], waters, sea, last)
                found.append(last)
    return sorted(found, key=lambda p: (p.event.start or date.max, p.event.end or date.max, p.vessel))


def _passage(
    vessel: str, event: Told, before: Sequence[Told], after: Sequence[Told], waters: tuple[str, str] | None, sea: Sea, last: Passage | None
) -> Passage:
    towards, how = _direction(event, before, after, waters, sea) if waters else (None, None)
    gap = (event.end - last.event.end).days if last and event.end and last.event.end else None
    return Passage(vessel, event, towards, how, gap)


def _direction(event: Told, before: Sequence[Told], after: Sequence[Told], waters: tuple[str, str], sea: Sea) -> tuple[str | None, str | None]:
    told = _side(event.destination_key, waters, sea) or _other(_side(event.origin_key, waters, sea), waters)
    if told:
        return told, TOLD
    later = next((side for e in after if (side := _side(spot(e), waters, sea))), None)
    earlier = next((side for e in reversed(before) if (side := _side(spot(e), waters, sea))), None)
    if later and earlier and later != earlier:
        return later, INFERRED
    return (None, None)


def _side(key: str | None, waters: tuple[str, str], sea: Sea) -> str | None:
    """On which side of the strait a place lies, by its waters or by the closed sea that it is in."""
    if key is None:
        return None
    for water in waters:
        if sea.tree.inside(key, water):
            return water
    closed = [sea.water(water) for water in waters]
    mine = sea.water(key)
    return next((water for water, sealed in zip(waters, closed, strict=True) if mine and sealed == mine and closed[0] != closed[1]), None)


def _other(side: str | None, waters: tuple[str, str]) -> str | None:
    return None if side is None else waters[1] if side == waters[0] else waters[0]


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
