"""`tracker fleet conflicts | transits`: what does not fit together, and who passed a strait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import asked
from tracker.cli.filters import AreaOption, ClassOption, CountryOption, KnownOnOption, SinceOption, TypeOption, UntilOption, event_filter, period
from tracker.cli.fleet.app import Row, answer, app, complete, days
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock, opened
from tracker.cli.show import aged, arranged, told_clock
from tracker.domain import columns
from tracker.domain.kinds import PASSAGE_KINDS, PlaceKind, VesselType
from tracker.domain.phrases import told_act, told_modality, told_type
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.analysis.conflicts import Conflict
    from tracker.analysis.scope import Scope
    from tracker.analysis.sea import Sea
    from tracker.analysis.transits import Passage
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

NO_WARSHIPS = frozenset({VesselType.CARGO_SHIP, VesselType.TANKER, VesselType.ICEBREAKER, VesselType.RESEARCH_SHIP, VesselType.VESSEL})
_CONFLICTS_WIDE = (
    ("what", "what"),
    ("vessel", "vessel"),
    ("cc", "country"),
    ("one report", "first_told"),
    ("another", "second_told"),
    ("would need", "need"),
    ("age", "age"),
    ("ids", "ids"),
)
_CONFLICTS_NARROW = (("what", "what_and_who"), ("one report", "first_told"), ("another", "second_told"))
_TRANSITS_WIDE = (
    ("when", "when"),
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("cc", "country"),
    ("passed", "strait"),
    ("towards", "way"),
    ("since last", "since_told"),
    ("days inside", "inside_told"),
    ("age", "age"),
    ("told", "told"),
    ("source", "source"),
    ("id", "event_id"),
)
_TRANSITS_NARROW = (("when", "when"), ("vessel", "who"), ("towards", "way"), ("inside", "inside_told"), ("age", "age"), ("told", "told"))


@app.command("conflicts", epilog="Example: tracker fleet conflicts --country RU --since 2024-12")
def conflicts_(
    area: AreaOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    missing: Annotated[bool, typer.Option("--missing/--no-missing", help="List passages that nobody told of as well.")] = True,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Reports of one vessel that can't both be true, legs that no such ship could make, and straits that it must have passed unseen.

    Legs are measured by sea, at least: great circles over the straits between. Reports that fit one after the other are not listed.
    """
    from tracker.analysis.conflicts import What, conflicts

    now = clock(as_of)
    first, last = period(since, until, now)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, named=True, known_on=known_on)
        fleet, sea, scope = asked.fleet(store, f), asked.sea(store), asked.scope(store, area) if area else None
        names, told = store.place_names(), told_clock(store, f.known_on)
        fleet.fetch_vessels()
        found = [one for key, events in fleet.told.items() for one in conflicts(events, sea, fleet.vessel(key)["type"])]
        kept = [one for one in found if (missing or one.what is not What.MISSING) and _asked(one, scope, first, last)]
        fleet.fetch(event.id for one in kept for event in (one.first, one.second))
    rows = [
        _conflict(one, fleet, sea, names) for one in sorted(kept, key=lambda c: (list(What).index(c.what), c.first.start or date.min, c.first.id))
    ]
    answer(
        arranged(rows, sort, limit, columns.CONFLICTS),
        format.value,
        columns.CONFLICTS,
        wide=_CONFLICTS_WIDE,
        narrow=_CONFLICTS_NARROW,
        clock=told,
        note="conflicts",
        nothing="no reports that fit the filters contradict each other",
    )


def _asked(one: Conflict, scope: Scope | None, first: date | None, last: date | None) -> bool:
    begins, ends = one.first.start or date.min, one.second.end or date.max
    return (scope is None or scope.touches(one.first) or scope.touches(one.second)) and (not first or ends >= first) and (not last or begins <= last)


def _conflict(one: Conflict, fleet: asked.Fleet, sea: Sea, names: Mapping[str, str]) -> Row:
    first, second = fleet.rows[one.first.id], fleet.rows[one.second.id]
    straits = "; ".join(sea.straits(link.joins, names) for link in one.links)
    need = f"{one.needed_kn:.0f} kn over {one.least_nm:,.0f} nm in {one.hours} h" if one.needed_kn and one.what == "impossible leg" else straits
    row: Row = {name: first[name] for name in ("vessel_key", "vessel", "type", "class", "country")} | {"what": one.what.value}
    for name, side in (("first", first), ("second", second)):
        told = told_act(side["kind"], side["place"], side["origin"], side["destination"], side["modality"], side["main_kind"])
        row |= {f"{name}_when": side["when"], f"{name}_place": told, f"{name}_modality": side["modality"], f"{name}_event_id": side["event_id"]}
        row |= {f"{name}_source": side["source"], f"{name}_quote": side["quote"]}
        row[f"{name}_told"] = f"{side['when']} · {told} · {told_modality(side['modality'], side['hedge'])}\n{side['source']} · {side['event_id']}"
    who = " · ".join(filter(None, (told_type(row["type"]), row["country"])))
    return row | {
        "least_nm": None if one.least_nm is None else round(one.least_nm),
        "hours": one.hours,
        "needed_kn": None if one.needed_kn is None else round(one.needed_kn, 1),
        "passages": straits,
        "age_days": second["age_days"],
        "as_of": second["as_of"],
        "age": aged(second),
        "need": need,
        "ids": f"{first['event_id']}\n{second['event_id']}",
        "what_and_who": "\n".join(filter(None, (one.what.value, row["vessel"], who, need))),
    }


@app.command("transits", epilog="Example: tracker fleet transits 'Strait of Gibraltar' --year 2024 --country RU")
def transits_(
    strait: Annotated[str, typer.Argument(metavar="STRAIT", help="A strait, canal or channel.")],
    year: Annotated[int | None, typer.Option("--year", min=1900, max=2200, help="Only the passages of this year.")] = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Who passed a strait, when, which way, and how many days after its last passage.

    For the Turkish Straits also the days in the Black Sea of warships that are not of a Black Sea state: the Montreux Convention allows 21.
    """
    now = clock(as_of)
    first, last = period(since or (str(year) if year else None), until or (str(year) if year else None), now)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, known_on=known_on)
        name, rows = transit_rows(store, strait, f, first, last, now)
        told = told_clock(store, f.known_on)
    answer(
        arranged(rows, sort, limit, columns.TRANSITS),
        format.value,
        columns.TRANSITS,
        wide=_TRANSITS_WIDE,
        narrow=_TRANSITS_NARROW,
        clock=told,
        note="passages",
        nothing=f"no dated passage of {name} is told that fits; drop a filter",
    )


def transit_rows(store: Reader, strait: str, f: EventFilter, first: date | None, last: date | None, now: datetime) -> tuple[str, list[Row]]:
    """The name of a strait and the rows of its passages in a period. Raises NothingFound, and UsageError for what is no passage."""
    from tracker.analysis.transits import passages, with_stays

    found = store.find_place(strait)
    if PlaceKind(found["kind"]) not in PASSAGE_KINDS:
        raise UsageError(f"{found['name']} is a {found['kind'].replace('_', ' ')}, no strait, canal or channel; try Bosphorus or Suez Canal")
    key, fleet, sea = found["key"], asked.fleet(store, f), asked.sea(store)
    joins = next((tuple(row["waters"].split("|")) for row in store.straits() if row["key"] == key), ())
    names, limits = store.place_names(), sea.passages.montreux
    bound = key in limits["passages"]
    told = passages(fleet.told, sea.tree.within(key) | {key}, (joins[0], joins[1]) if len(joins) == 2 else None, sea)
    if bound:
        told = with_stays(told, limits["sea"], now.date())
    kept = [one for one in told if (not first or (one.event.end or date.max) >= first) and (not last or (one.event.start or date.min) <= last)]
    fleet.fetch(one.event.id for one in kept)
    return found["name"], [_transit(one, fleet, names, limits if bound else {}) for one in kept]


def _transit(one: Passage, fleet: asked.Fleet, names: Mapping[str, str], limits: Mapping[str, Any]) -> Row:
    row = fleet.rows[one.event.id]
    counts = bool(limits) and _bound(row, limits["riparian"]) and one.days_inside is not None
    inside = f"{days(one.days_inside)}{' so far' if one.still_inside else ''} of {limits['days']}" if counts else ""
    towards = names.get(one.towards or "")
    return complete(
        asked.identity(row)
        | asked.evidence(row)
        | {"strait": row["place"], "towards": towards, "direction": one.how, "since_last_days": one.since_last, "as_of": row["as_of"]}
        | {"days_inside": one.days_inside if counts else None, "days_limit": limits["days"] if counts else None}
        | {"still_inside": one.still_inside if counts else None}
        | {"way": f"{towards} (by the reports around)" if one.how == "inferred" else towards or "not told"}
        | {"since_told": days(one.since_last), "inside_told": inside}
    )


def _bound(row: Row, riparian: Sequence[str]) -> bool:
    """Whether a limit of days holds for a vessel: a warship or naval auxiliary of a state known not to lie on that sea."""
    return row["country"] is not None and row["country"] not in riparian and row["type"] not in NO_WARSHIPS
