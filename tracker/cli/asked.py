"""What the questions about fleets are asked of: histories of vessels, the area, the sea. Read from the store once a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli import knowledge
from tracker.cli.knowledge import ToldRow
from tracker.domain.kinds import PlaceKind
from tracker.domain.phrases import told_act

if TYPE_CHECKING:
    from tracker.analysis.scope import Scope
    from tracker.analysis.sea import Sea
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]


@dataclass(frozen=True)
class Fleet:
    """The events of vessels: the rows by event id, and what the questions read, by vessel key."""

    rows: Mapping[str, Row]
    told: Mapping[str, list[ToldRow]]

    def vessel(self, key: str) -> Row:
        """What the store says of a vessel, from its first event."""
        return self.rows[self.told[key][0].id]

    def named(self, key: str) -> bool:
        """Whether the vessel has a name."""
        return self.vessel(key)["vessel_name"] is not None


def fleet(reader: Reader, f: EventFilter, *, until: date | None = None) -> Fleet:
    """The whole histories of the vessels of a filter, up to a day; what the filter asks of events is for the question to look at."""
    wanted = replace(f, kind=None, modality=None, area=None, source=None, since=None, until=until)
    rows = {row["event_id"]: row for row in knowledge.events(reader, wanted)}
    told: dict[str, list[ToldRow]] = {}
    for row in rows.values():
        told.setdefault(row["vessel_key"], []).append(ToldRow(row))
    return Fleet(rows, told)


def scope(reader: Reader, area: str) -> Scope:
    """The place or area of a name. Raises NothingFound."""
    from tracker.analysis.scope import scope_of

    found, kinds = reader.find_place(area), {row["key"]: PlaceKind(row["kind"]) for row in reader.place_kinds()}
    borders = {row["key"]: tuple(row["waters"].split("|")) for row in reader.straits()}
    return scope_of(found["name"], found["key"], kinds, reader.tree(), borders)


def sea(reader: Reader, places: Sequence[Row] | None = None) -> Sea:
    """The waters, the passages and the positions of the places; `places`: the rows that `Reader.places` gives, where they are at hand."""
    from tracker.analysis.sea import Sea, read_passages

    points = {
        row["place_key"]: (row["latitude"], row["longitude"])
        for row in (reader.places() if places is None else places)
        if row["latitude"] is not None
    }
    return Sea(reader.tree(), points, read_passages())


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
    )
    place = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row["main_kind"])
    return {name: row[name] for name in same} | {"place": place, "place_key": row["main_key"], "page": row.get("page")}
