"""`tracker fleet at | diff`: who is in an area on a day, and what changed between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import asked, tallies
from tracker.cli.filters import ClassOption, CountryOption, KnownOnOption, NamedOption, TypeOption, event_filter
from tracker.cli.fleet.app import AreaArgument, OnOption, Row, answer, app, asked_day, complete
from tracker.cli.options import AsOfOption, DbOption, Format, FormatOption, LimitOption, SortOption, clock, opened
from tracker.cli.show import arranged, counted, day, tell, told_clock
from tracker.domain import columns
from tracker.domain.kinds import VesselType
from tracker.domain.told import LAST_SEEN_DAYS
from tracker.domain.when import parse_day
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.analysis.fleet import Difference
    from tracker.analysis.scope import Scope

_TYPES = {kind.value: rank for rank, kind in enumerate(VesselType)}
_AT_WIDE = (
    ("certainty", "certainty"),
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("class", "class"),
    ("hull", "hull"),
    ("cc", "country"),
    ("last known", "place"),
    ("when", "when"),
    ("days before", "gap_days"),
    ("age", "age"),
    ("told", "told"),
    ("source", "source"),
    ("id", "event_id"),
)
_AT_NARROW = (("certainty", "certainty"), ("vessel", "who"), ("last known", "where_and_when"), ("age", "age"))
_DIFF_WIDE = (
    ("change", "change"),
    ("vessel", "vessel"),
    ("type", "type_told"),
    ("class", "class"),
    ("cc", "country"),
    ("at first", "first_certainty"),
    ("at last", "last_certainty"),
    ("by", "place"),
    ("when", "when"),
    ("age", "age"),
    ("told", "told"),
    ("source", "source"),
    ("id", "event_id"),
)
_DIFF_NARROW = (("change", "change"), ("vessel", "who"), ("by", "where_and_when"), ("age", "age"))


@app.command("at", epilog="Example: tracker fleet at 'Mediterranean Sea' --on 2024-12-05 --country RU")
def at(
    area: AreaArgument,
    on: OnOption = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    named: NamedOption = None,
    last_seen: Annotated[
        int, typer.Option("--last-seen-days", min=0, metavar="N", help="List vessels last seen there up to so many days before.")
    ] = LAST_SEEN_DAYS,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """Who was in a place or area on a day: present, probably present, unclear, last seen there; by what report, and how old it is."""
    now = clock(as_of)
    today = asked_day(on, now)
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, named=named, known_on=known_on)
        scope = asked.scope(store, area)
        rows, older = there(asked.fleet_on(store, f, scope, today), scope, today, last_seen)
        counted = tallies.beside(store, f, scope, today) if format is Format.TABLE and not (type or class_name or named is not None) else []
        told = told_clock(store, f.known_on)
    for row in rows:
        complete(row)
    if format is Format.TABLE and rows:
        tell(_summary(rows, older, scope.name, today, last_seen))
    for line in tallies.told_lines(counted, today):
        tell(line)
    answer(
        arranged(rows, sort, limit, columns.FLEET),
        format.value,
        columns.FLEET,
        wide=_AT_WIDE,
        narrow=_AT_NARROW,
        clock=told,
        note="vessels or groups",
        nothing=f"no report by {day(today)} puts a vessel in {scope.name}; try a wider area or another --on",
    )


def there(fleet: asked.Fleet, scope: Scope, on: date, last_seen: int) -> tuple[list[Row], int]:
    """The rows of who may be there on a day, the surest first, and how many were last seen there longer ago than `last_seen` days."""
    from tracker.analysis.fleet import Certainty, stood
    from tracker.analysis.told import happened

    order = {Certainty.PRESENT: 0, Certainty.PROBABLY: 1, Certainty.UNCLEAR: 2, Certainty.LAST_SEEN: 3}
    found, older = [], 0
    for events in fleet.told.values():
        one = stood(events, scope, on)
        if one.event is None or one.event.end is None or one.certainty not in order:
            continue
        if one.certainty is Certainty.UNCLEAR and not any(happened(e) and scope.touches(e) for e in events):
            continue
        gap = max(0, (on - one.event.end).days)
        if one.certainty.counts or gap <= last_seen:
            found.append((one.event.id, one.certainty, gap))
        else:
            older += 1
    fleet.fetch(number for number, _, _ in found)
    rows = [_standing(fleet.rows[number]) | {"on": on, "certainty": sure.value, "gap_days": gap} for number, sure, gap in found]
    rows.sort(key=lambda r: (order[Certainty(r["certainty"])], r["vessel_key"].startswith("unnamed/"), *_by_type(r)))
    return rows, older


def _standing(row: Row) -> Row:
    return asked.identity(row) | asked.evidence(row) | {"as_of": row["as_of"]}


def _by_type(row: Row) -> tuple[int, str, str]:
    """The order of vessels of one standing."""
    return _TYPES.get(row["type"], 99), row["vessel"], row["vessel_key"]


def _summary(rows: list[Row], older: int, area: str, on: date, last_seen: int) -> str:
    """The answer in a line: "Tartus on 5 Dec 2024: 3 present, 4 probably · unnamed besides: at least 5 in 2 reports …"."""
    named = Counter(row["certainty"] for row in rows if not row["vessel_key"].startswith("unnamed/"))
    parts = [f"{named[sure]} {sure}" for sure in ("present", "probably", "unclear", "last seen") if named[sure]]
    line = f"{area} on {day(on)}: {', '.join(parts) or 'no vessel that has a name'}"
    unnamed = [row for row in rows if row["vessel_key"].startswith("unnamed/") and row["certainty"] in ("present", "probably")]
    if unnamed:
        least = sum(row["count"] or 1 for row in unnamed)
        line += f" · unnamed besides: {least} or more in {counted(len(unnamed), 'records')}, which may be the same ships, or the named ones"
    return line + (f" · {older} more last seen there over {last_seen} days before" if older else "")


@app.command("diff", epilog="Example: tracker fleet diff 'Mediterranean Sea' --from 2024-11-30 --to 2024-12-15")
def diff(
    area: AreaArgument,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")],
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day (default: as-of).")] = None,
    country: CountryOption = None,
    type: TypeOption = None,
    class_name: ClassOption = None,
    changed: Annotated[bool, typer.Option("--changed", help="Leave out the vessels that stayed.")] = False,
    last_seen: Annotated[
        int, typer.Option("--last-seen-days", min=0, metavar="N", help="Of vessels that can't be told, those last told of so many days before.")
    ] = LAST_SEEN_DAYS,
    known_on: KnownOnOption = None,
    format: FormatOption = Format.TABLE,
    sort: SortOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    db: DbOption = None,
) -> None:
    """What changed in an area between two days: who came, left, stayed, or can't be told; named vessels only.

    Unnamed ones told on two days may be the same ships, so they are not compared.
    """
    from tracker.analysis.fleet import difference, faded, history_of

    now = clock(as_of)
    since, until = parse_day(first, now), asked_day(last, now)
    if since > until:
        raise UsageError(f"--from {since} is after --to {until}")
    with opened(db, now) as store:
        f = event_filter(store, now, country=country, type=type, class_name=class_name, named=True, known_on=known_on)
        scope = asked.scope(store, area)
        fleet = asked.fleet_on(store, f, scope, since, until)
        every = difference({key: history_of(events) for key, events in fleet.told.items()}, scope, since, until)
        found = [one for one in every if not faded(one, since, last_seen)]
        fleet.fetch(number for one in found for number in (one.by.id if one.by else None, fleet.told[one.vessel][0].id))
        told = told_clock(store, f.known_on)
    rows = [complete(row) for row in _changes(found, fleet, since, until) if not (changed and row["change"] == "unchanged")]
    if format is Format.TABLE and found:
        older = f" · {len(every) - len(found)} more last told of over {last_seen} days before" if len(every) > len(found) else ""
        tell(_equation(found, scope.name, since, until) + older)
    answer(
        arranged(rows, sort, limit, columns.DIFFERENCE),
        format.value,
        columns.DIFFERENCE,
        wide=_DIFF_WIDE,
        narrow=_DIFF_NARROW,
        clock=told,
        note="vessels",
        nothing=f"of {scope.name} only vessels last told of over {last_seen} days before can't be told; --last-seen-days N lists them"
        if every and not found
        else f"nothing is told of {scope.name} on these days, or nothing changed; try other days, or leave out --changed",
    )


def _changes(found: Iterable[Difference], fleet: asked.Fleet, since: date, until: date) -> list[Row]:
    from tracker.analysis.fleet import Change

    order = {change: rank for rank, change in enumerate((Change.CAME, Change.SEEN, Change.LEFT, Change.LOST, Change.STAYED, Change.UNCERTAIN))}
    rows = []
    for one in sorted(found, key=lambda d: (order[d.change], *_by_type(fleet.vessel(d.vessel)))):
        row = fleet.rows[one.by.id] if one.by else None
        rows.append(
            asked.identity(fleet.vessel(one.vessel))
            | {"change": one.change.value, "as_of": fleet.vessel(one.vessel)["as_of"]}
            | {"first_on": since, "first_certainty": one.first.certainty.value, "first_event_id": one.first.event and one.first.event.id}
            | {"last_on": until, "last_certainty": one.last.certainty.value, "last_event_id": one.last.event and one.last.event.id}
            | (asked.evidence(row) if row else {})
        )
    return rows


def _equation(found: Iterable[Difference], area: str, since: date, until: date) -> str:
    """ "Tartus: 5 on 30 Nov + 1 came + 2 seen − 3 left − 1 not told of since = 4 on 15 Dec; 2 uncertain"."""
    from tracker.analysis.fleet import Change

    count = Counter(one.change for one in found)
    start = count[Change.STAYED] + count[Change.LEFT] + count[Change.LOST]
    end = count[Change.STAYED] + count[Change.CAME] + count[Change.SEEN]
    words = (
        (Change.CAME, "+", "came"),
        (Change.SEEN, "+", "seen, coming not told"),
        (Change.LEFT, "−", "left"),
        (Change.LOST, "−", "not told of since"),
    )
    steps = "".join(f" {sign} {count[change]} {word}" for change, sign, word in words if count[change])
    doubt = f" · {count[Change.UNCERTAIN]} uncertain, not counted" if count[Change.UNCERTAIN] else ""
    return f"{area}, named vessels: {start} on {day(since)}{steps} = {end} on {day(until)}{doubt}"
