"""What a report says beyond its days: passages of straits, how long vessels are away from home, and who was not told of. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.analysis.deployments import deployments
from tracker.analysis.sea import Sea
from tracker.analysis.silence import unseen
from tracker.analysis.transits import INFERRED, passages
from tracker.domain.kinds import EventKind
from tracker.report.told import ToldEvent

UNSEEN_DAYS = 20
"""A vessel of the report not told of for longer stands under "Not seen"."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage of a strait. `towards` is the name of a water, None where neither the report nor the places around it tell."""

    event: ToldEvent
    towards: str | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class AwayRow:
    """A vessel away from its home port. `most` is None where its departure isn't on record: then it is away at least so long."""

    last: ToldEvent
    since: ToldEvent
    home: str
    least: int
    most: int | None


def days_told(row: AwayRow) -> str:
    """How long a vessel has been away: "22", "170–172", "≥ 15" where the day on which it left is not on record."""
    if row.most is None:
        return f"≥ {row.least}"
    return str(row.least) if row.least == row.most else f"{row.least}–{row.most}"


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A vessel not told of. `watched`: on how many of the days since then a report told of the area at all."""

    last: ToldEvent
    days: int
    watched: int


@dataclass(frozen=True, slots=True)
class Voyages:
    """The three together."""

    passages: tuple[PassageRow, ...] = ()
    away: tuple[AwayRow, ...] = ()
    silent: tuple[SilentRow, ...] = ()


def voyages(
    histories: Mapping[str, Sequence[ToldEvent]],
    told: Iterable[ToldEvent],
    on: date,
    sea: Sea,
    straits: Mapping[str, tuple[str, ...]],
    homes: Mapping[str, str],
    names: Mapping[str, str],
    reported: Collection[date],
) -> Voyages:
    """The voyages of the vessels of a report, as of a day.

    `histories`: the events of each vessel; `told`: those of the area and the period; `straits`: passage -> the two waters that it joins;
    `homes`: vessel -> home port; `names`: place -> name; `reported`: the days on which some report told of the area.
    """
    named = {key: events for key, events in histories.items() if events and events[0].named}
    return Voyages(
        tuple(_passages(named, told, sea, straits, names)),
        tuple(
            AwayRow(one.last, one.since, names.get(one.home, one.home), one.least, one.most)
            for one in deployments(named, homes, on, sea.tree)
            if isinstance(one.last, ToldEvent) and isinstance(one.since, ToldEvent)
        ),
        tuple(
            SilentRow(one.last, one.days, one.watched)
            for one in unseen(named, on, UNSEEN_DAYS, dict.fromkeys(named, reported))
            if isinstance(one.last, ToldEvent)
        ),
    )


def _passages(
    histories: Mapping[str, Sequence[ToldEvent]],
    told: Iterable[ToldEvent],
    sea: Sea,
    straits: Mapping[str, tuple[str, ...]],
    names: Mapping[str, str],
) -> Iterable[PassageRow]:
    for event in told:
        if event.kind is not EventKind.TRANSIT or not event.place_key or not event.happened:
            continue
        joins = straits.get(event.place_key, ())
        history = histories.get(event.vessel_key, [event])
        found = passages({event.vessel_key: history}, frozenset({event.place_key}), (joins[0], joins[1]) if len(joins) == 2 else None, sea)
        mine = next((one for one in found if one.event.id == event.id), None)
        yield PassageRow(event, names.get(mine.towards or "") if mine else None, bool(mine and mine.how == INFERRED))
