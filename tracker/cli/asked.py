"""What the questions about fleets are asked of: histories of vessels, the area, the sea. Read from the store once a command."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli import knowledge
from tracker.domain.kinds import PlaceKind
from tracker.domain.phrases import told_act
from tracker.domain.told import ToldRow

if TYPE_CHECKING:
    from tracker.analysis.scope import Scope
    from tracker.analysis.sea import Sea
    from tracker.domain.tree import PlaceTree
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]


@dataclass(frozen=True)
class Fleet:
    """The events of vessels: what the questions read, by vessel key, and the rows by event id as far as they were fetched."""

    told: Mapping[str, list[ToldRow]]
    rows: dict[str, Row]
    reader: Reader

    def fetch(self, ids: Iterable[str | None]) -> None:
        """Read the rows of some events that are not here yet; in one go, which is what makes it quick."""
        self.rows.update(self.reader.events_of(number for number in ids if number and number not in self.rows))

    def fetch_vessels(self) -> None:
        """Read the first event of every vessel, which is what `vessel` looks at."""
        self.fetch(events[0].id for events in self.told.values())

    def vessel(self, key: str) -> Row:
        """What the store says of a vessel, from its first event, which must have been fetched."""
        return self.rows[self.told[key][0].id]


def fleet(reader: Reader, f: EventFilter, *, until: date | None = None, near: Collection[str] | None = None) -> Fleet:
    """The whole histories of the vessels of a filter, up to a day; what the filter asks of events is for the question to look at.

    Rows are fetched of what is shown, but where it is asked what was known: those come with the answer.
    `near`: keys of places; where it is asked what was known, vessels of which no claim names one of them may be left out.
    """
    if f.known_on is None:
        return Fleet(reader.histories(f, until), {}, reader)
    wanted = replace(f, kind=None, modality=None, area=None, source=None, since=None, status=None, until=until)
    rows = {row["event_id"]: row for row in knowledge.events(reader, wanted, near)}
    told: dict[str, list[ToldRow]] = {}
    for row in rows.values():
        told.setdefault(row["vessel_key"], []).append(ToldRow.of(row))
    return Fleet(told, rows, reader)


def fleet_on(reader: Reader, f: EventFilter, scope: Scope, first: date, last: date | None = None) -> Fleet:
    """As much of the histories of vessels as tells who was in a scope on some days, and what changed between them.

    The same answers as from `fleet`, without reading what was long before or after; what was known by a day is worked out from whole histories.
    """
    if f.known_on:
        return fleet(reader, f, near=_bearing(scope))
    last = last or first
    told = reader.around(first, last, f, placed=True)
    unclear = [key for key, events in told.items() if _unclear(events, scope, {first, last})]
    for event in reader.touching(unclear, scope.inside):
        told[event.vessel_key].insert(0, event)  # whether it was ever told of there decides for those that can't be told
    return Fleet(told, {}, reader)


def _bearing(scope: Scope) -> frozenset[str]:
    """The places of which an event may say that a vessel is in a scope: those in it, and the straits on its border."""
    return scope.inside | {key for key, waters in scope.borders.items() if any(map(scope.holds, waters))}


def _unclear(events: list[ToldRow], scope: Scope, days: Iterable[date]) -> bool:
    from tracker.analysis.fleet import Certainty, stood

    if any(scope.touches(event) for event in events):
        return False
    return any(stood(events, scope, day).certainty is Certainty.UNCLEAR for day in days)


def latest(reader: Reader, f: EventFilter, on: date) -> Fleet:
    """As much of the histories of vessels as tells which event was the latest that had begun by a day."""
    return fleet(reader, f, until=on) if f.known_on else Fleet(reader.around(on, on, f, after=False), {}, reader)


def scope(reader: Reader, area: str, tree: PlaceTree | None = None) -> Scope:
    """The place or area of a name; `tree`: what `Reader.tree` gives, where it is at hand. Raises NothingFound."""
    from tracker.analysis.scope import scope_of

    found, kinds = reader.find_place(area), {row["key"]: PlaceKind(row["kind"]) for row in reader.place_kinds()}
    borders = {row["key"]: tuple(row["waters"].split("|")) for row in reader.straits()}
    return scope_of(found["name"], found["key"], kinds, tree or reader.tree(), borders)


def sea(reader: Reader, tree: PlaceTree | None = None) -> Sea:
    """The waters, the passages and the positions of the places; `tree`: what `Reader.tree` gives, where it is at hand."""
    from tracker.analysis.sea import Sea, read_passages

    return Sea(tree or reader.tree(), reader.positions(), read_passages())


def identity(row: Row) -> Row:
    """The columns that say which vessel."""
    return {name: row[name] for name in ("vessel_key", "vessel", "count", "type", "class", "hull", "country")}


def evidence(row: Row) -> Row:
    """The columns that say by what event something is known, and by whose words."""
    same = (
        "event_id",
        "kind",
        "modality",
        "hedge",
        "when",
        "start",
        "end",
        "age_days",
        "source",
        "published",
        "quote",
        "demo",
        "grade",
        "credibility",
        "document_id",
        "status",
    )
    place = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row["main_kind"])
    return {name: row[name] for name in same} | {"place": place, "place_key": row["main_key"], "page": row.get("page")}
