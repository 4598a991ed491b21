"""`tracker fleet unseen | deployments | groups`: who was not told of, who is long away, who moves together."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import asked
from tracker.cli.filters import AreaOption, ClassOption, CountryOption, KnownOnOption, SinceOption, TypeOption, UntilOption, event_filter
from tracker.cli.fleet.app import OnOption, Row, answer, app, asked_day, complete, days
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock, opened
from tracker.cli.show import arranged, day, told_clock
from tracker.domain import columns
from tracker.domain.told import ToldRow
from tracker.domain.when import age_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tracker.analysis.deployments import Deployment
    from tracker.analysis.groups import Group
    from tracker.analysis.scope import Scope
    from tracker.analysis.sea import Sea
    from tracker.analysis.silence import Silence
    from tracker.analysis.told import Told
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

_UNSEEN_WIDE = (
    ("unseen", "unseen_told"),
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("class", "class"),
    ("cc", "country"),
    ("last known", "place"),
    ("when", "when"),
    ("told", "told"),
    ("water", "water"),
    ("days watched", "watched_days"),
    ("source", "source"),
    ("id", "event_id"),
)
_UNSEEN_NARROW = (("unseen", "unseen_told"), ("vessel", "who"), ("last known", "where_and_when"), ("days watched", "watched_told"))
_AWAY_WIDE = (
    ("away", "away"),
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("cc", "country"),
    ("home", "home_port"),
    ("since", "since_when"),
    ("in area", "days_in_area"),
    ("last known", "place"),
    ("when", "when"),
    ("age", "age"),
    ("told", "told"),
    ("id", "event_id"),
)
_AWAY_NARROW = (("away", "away"), ("vessel", "who"), ("home", "home_port"), ("last known", "where_and_when"), ("age", "age"))
_GROUPS = (("group", "group"), ("vessels", "told_vessels"), ("times together", "times"), ("days", "told_days"), ("age", "told_age"))


@app.command("unseen", epilog="Example: tracker fleet unseen --days 20 --country RU --area 'Mediterranean Sea'")
def unseen_(
    least: Annotated[int, typer.Option("--days", min=0, metavar="N", help="Not told of for more than so many days.")] = 20,
    area: AreaOption = None,
    on: OnOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Which named vessels no report has told of for days, where they were last, and on how many of those days their waters were reported on.

    A silence over waters that nobody reports on says little: compare the days watched with the days unseen.
    """
    from tracker.analysis.silence import unseen

    now = clock(as_of)
    today = asked_day(on, now)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, named=True, known_on=known_on)
        chosen, scope = asked.latest(store, f, today), asked.scope(store, area) if area else None
        silent = [one for one in unseen(chosen.told, today, least, {}) if scope is None or scope.touches(one.last)]
        waters = _waters(store, silent)
        reports = _reports(store, f, silent, waters, today)
        chosen.fetch(one.last.id for one in silent)
        names, told = store.place_names(), told_clock(store, f.known_on)
    silent = unseen({one.vessel: chosen.told[one.vessel] for one in silent}, today, least, reports)
    rows = [_silent(one, chosen, waters, names, today) for one in silent]
    answer(
        arranged(rows, sort, limit, columns.UNSEEN),
        format.value,
        columns.UNSEEN,
        wide=_UNSEEN_WIDE,
        narrow=_UNSEEN_NARROW,
        clock=told,
        note="vessels",
        nothing=f"no vessel that fits was last told of more than {least} days before {day(today)}; try a smaller --days",
    )


def _waters(store: Reader, silent: Iterable[Silence]) -> dict[str, str | None]:
    """Vessel key -> key of the water where it was last."""
    from tracker.analysis.told import spot

    sea = asked.sea(store)
    spots = {one.vessel: spot(one.last) for one in silent}
    waters = {where: _reported_water(where, sea) for where in spots.values() if where}
    return {vessel: waters.get(where or "") for vessel, where in spots.items()}


def _reported_water(key: str, sea: Sea) -> str | None:
    """The closed water of a place, or the least of its oceans' parts that are told of by name: the key of a water, None inland."""
    from tracker.analysis.sea import OCEAN

    water = sea.water(key)
    if water != OCEAN:
        return water
    oceans = sorted(up for up in {key, *sea.tree.ancestors(key)} if up.endswith("-ocean"))
    return max(oceans, key=lambda up: (len(sea.tree.ancestors(up)), up), default=None)


def _reports(store: Reader, f: EventFilter, silent: Collection[Silence], waters: Mapping[str, str | None], on: date) -> Mapping[str, set[date]]:
    """For each silent vessel the days on which a report told of its water: the publication of the first and the last report of each event there."""
    since = min((one.last.end for one in silent if one.last.end), default=on)
    told = _reported(store, f.known_on, on) if f.known_on else store.reported(since, on)
    tree, watched = store.tree(), {water: set[date]() for water in waters.values() if water}
    for key, days_told in told.items():
        for water in watched.keys() & (tree.ancestors(key) | {key}):
            watched[water] |= days_told
    return {vessel: watched[water] for vessel, water in waters.items() if water}


def _reported(store: Reader, known_on: date, until: date) -> Mapping[str, set[date]]:
    """What `Reader.reported` gives, as it was known on a day."""
    from tracker.store.queries import EventFilter

    found: dict[str, set[date]] = {}
    for row in asked.fleet(store, EventFilter(known_on=known_on), until=until).rows.values():
        for slot in ("place_key", "origin_key", "destination_key"):
            if row[slot]:
                found.setdefault(row[slot], set()).update(day for day in (row["first_published"], row["last_published"]) if day)
    return found


def watched(one: Silence, water: str | None) -> str:
    """On how many of the days of a silence some report told of the water, for people."""
    return f"{one.watched} of {one.days} d\n{water}" if water else "no single water"


def _silent(one: Silence, fleet: asked.Fleet, waters: Mapping[str, str | None], names: Mapping[str, str], on: date) -> Row:
    row, water = fleet.rows[one.last.id], waters[one.vessel]
    at_least = "≥ " if row["start"] is None else ""
    return complete(
        asked.identity(row)
        | asked.evidence(row)
        | {"on": on, "unseen_days": one.days, "unseen_told": f"{at_least}{days(one.days)}", "as_of": row["as_of"]}
        | {"water": names.get(water or ""), "watched_days": one.watched if water else None, "watched_told": watched(one, names.get(water or ""))}
    )


@app.command("deployments", epilog="Example: tracker fleet deployments --country RU --area 'Mediterranean Sea' --on 2024-12-15")
def deployments_(
    area: AreaOption = None,
    on: OnOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """How long vessels have been away from their home ports: since the departure on record, else at least since the first report elsewhere.

    With --area: only those told of there since they left, with the days on which they were present or probably present.
    """
    from tracker.analysis.deployments import deployments

    now = clock(as_of)
    today = asked_day(on, now)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, named=True, known_on=known_on)
        fleet, scope = asked.fleet(store, f, until=today), asked.scope(store, area) if area else None
        names, told = store.place_names(), told_clock(store, f.known_on)
        away = deployments(fleet.told, store.home_ports(), today, store.tree())
        found = [one for one in away if scope is None or _was_there(one, fleet, scope)]
        fleet.fetch(event.id for one in found for event in (one.last, one.since))
    rows = [_away(one, fleet, names, scope, today) for one in found]
    answer(
        arranged(rows, sort, limit, columns.DEPLOYMENTS),
        format.value,
        columns.DEPLOYMENTS,
        wide=_AWAY_WIDE,
        narrow=_AWAY_NARROW,
        clock=told,
        note="vessels away from home",
        nothing=f"no vessel with a known home port is told to be away on {day(today)}; drop a filter",
    )


def _was_there(one: Deployment, fleet: asked.Fleet, scope: Scope) -> bool:
    from tracker.analysis.told import happened

    begun = one.since.start or date.min
    return any(happened(e) and scope.touches(e) and e.end is not None and e.end >= begun for e in fleet.told[one.vessel])


def _away(one: Deployment, fleet: asked.Fleet, names: Mapping[str, str], scope: Scope | None, on: date) -> Row:
    row, since = fleet.rows[one.last.id], fleet.rows[one.since.id]
    length = f"≥ {days(one.least)}" if one.most is None else days(one.least) if one.most == one.least else f"{one.least}–{one.most} days"
    return complete(
        asked.identity(row)
        | asked.evidence(row)
        | {
            "home_port": names.get(one.home, one.home),
            "on": on,
            "days_least": one.least,
            "days_most": one.most,
            "away": length,
            "as_of": row["as_of"],
        }
        | {"days_in_area": _days_there(fleet.told[one.vessel], scope, one.since, on) if scope else None}
        | {"since_when": since["when"] if one.most is not None else f"first told of away {since['when']}", "since_event_id": one.since.id}
    )


def _days_there(events: list[ToldRow], scope: Scope, since: Told, on: date) -> int:
    """On how many days since the departure the vessel was present or probably present in an area."""
    from tracker.analysis.fleet import history_of, standing

    history, first = history_of(events), (since.start or on).toordinal()
    return sum(standing(history, scope, date.fromordinal(number)).certainty.counts for number in range(first, on.toordinal() + 1))


@app.command("groups", epilog="Example: tracker fleet groups --area 'Mediterranean Sea' --since 2024-11 --least 1")
def groups_(
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="Told together at least so often.")] = 2,
    area: AreaOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Which named vessels move together: told of one movement, at one place, on one day, more than once."""
    from tracker.analysis.groups import groups
    from tracker.cli import knowledge

    now = clock(as_of)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, area=area, since=since, until=until, named=True, known_on=known_on)
        events, told = {row["event_id"]: row for row in knowledge.events(store, f)}, told_clock(store, f.known_on)
    histories: dict[str, list[Told]] = {}
    for row in events.values():
        histories.setdefault(row["vessel_key"], []).append(ToldRow.of(row))
    labels = {row["vessel_key"]: row["vessel"] for row in events.values()}
    rows = [_group(number, one, labels, now) for number, one in enumerate(groups(histories, least), 1)]
    answer(
        arranged(rows, sort, limit, columns.GROUPS),
        format.value,
        columns.GROUPS,
        wide=_GROUPS,
        narrow=_GROUPS,
        clock=told,
        note="groups",
        nothing=f"no vessels were told of together {least} times; try --least 1, or drop a filter",
    )


def _group(number: int, one: Group, labels: Mapping[str, str], now: datetime) -> Row:
    from tracker.domain.kinds import Precision
    from tracker.domain.when import Interval, told_age

    names = sorted(labels[key] for key in one.vessels)
    age = age_days(one.last, now)
    return {
        "group": number,
        "size": len(names),
        "vessels": "; ".join(names),
        "vessel_keys": "; ".join(one.vessels),
        "times": one.times,
        "first": one.first,
        "last": one.last,
        "age_days": age,
        "as_of": now,
        "events": " ".join(one.events),
        "chained": one.chained,
        "told_vessels": ", ".join(names) + ("\nnot all together: each with another of them" if one.chained else ""),
        "told_days": Interval(one.first, one.last, Precision.RANGE).told(),
        "told_age": "ahead" if one.last > now.date() else told_age(age),
    }
