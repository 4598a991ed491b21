"""What `tracker export` writes: the rows of each kind of thing that a filter of events asks for, and where they stand on the globe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tracker.cli import knowledge
from tracker.domain.kinds import Modality
from tracker.domain.when import age_days

if TYPE_CHECKING:
    from tracker.domain.records import Area
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """The things behind the events that fit a filter; with `whole`, vessels and places without any event as well."""

    reader: Reader
    f: EventFilter
    whole: bool = False

    @property
    def _filtered(self) -> bool:
        """Whether the filter asks for anything else than the day of knowledge."""
        return replace(self.f, known_on=None) != type(self.f)()

    @cached_property
    def events(self) -> list[Row]:
        """Rows of `columns.EVENTS`, oldest first."""
        return knowledge.events(self.reader, self.f)

    @cached_property
    def vessels(self) -> list[Row]:
        """Rows of `columns.VESSELS`."""
        rows = knowledge.vessels(self.reader, self.f, register=self.whole)
        for row in rows:
            row["certainty"] = knowledge.sureness(row, self.reader.as_of.date())
        return rows

    @cached_property
    def claims(self) -> list[Row]:
        """Rows of `columns.CLAIMS` behind the events that fit; where a source is asked for, only those of that source."""
        rows = knowledge.claims(self.reader, self.events if self.f.known_on else (), self.f.known_on)
        if self._filtered and not self.f.known_on:
            wanted = {event["event_id"] for event in self.events}
            rows = [row for row in rows if row["event_id"] in wanted]
        return [row for row in rows if self.f.source in (None, row["source_key"])]

    @cached_property
    def documents(self) -> list[Row]:
        """Rows of `columns.DOCUMENTS`: those with a claim that fits, or all where nothing is filtered; `claims` counts those that fit."""
        counts = _grouped(self.claims, "document_id")
        return [
            row | {"claims": len(counts.get(row["document_id"], ()))}
            for row in self.reader.documents()
            if (row["document_id"] in counts or not self._filtered) and (not self.f.known_on or knowledge.known_since(row) <= self.f.known_on)
        ]

    @cached_property
    def sources(self) -> list[Row]:
        """Rows of `columns.SOURCES`, all counts and days those of what fits."""
        documents, claims = _grouped(self.documents, "source_key"), _grouped(self.claims, "source_key")
        rows = [row for row in self.reader.sources() if row["source_key"] in documents]
        for row in rows:
            told = claims.get(row["source_key"], [])
            days = [document["published"] for document in documents[row["source_key"]] if document["published"]]
            row["documents"], row["claims"] = len(documents[row["source_key"]]), len(told)
            row["events"] = len({claim["event_id"] for claim in told})
            row["first_published"], row["last_published"] = min(days, default=None), max(days, default=None)
            row["age_days"] = age_days(row["last_published"], self.reader.as_of)
        return rows

    @cached_property
    def places(self) -> list[Row]:
        """Rows of `columns.PLACES`: those that the events that fit name, or that hold such a place; inside the area where one is asked for."""
        tree, area = self.reader.tree(), self.f.area
        rows = (row for row in self.reader.places(_links(self.events)) if row["events"] or self.whole)
        return [row for row in rows if not area or tree.inside(row["place_key"], area)]

    def rows(self, what: str) -> list[Row]:
        """The rows of one kind of thing."""
        found: list[Row] = getattr(self, what)
        return found


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _links(events: Iterable[Row]) -> list[Row]:
    """The places that events name, as `Reader.places` counts them."""
    return [
        {f"{slot}_key": row[f"{slot}_key"] for slot in knowledge.SLOTS}
        | {"events": 1, "end": None if row["modality"] in (Modality.PLANNED, Modality.NEGATED) else row["end"]}
        for row in events
    ]


PLACED = ("radius_km", "geometry_is")
"""The columns that `located` adds: how far off the point may be, and what the geometry is (point, outline, or nothing)."""


def located(what: str, rows: Sequence[Row], places: Sequence[Row], areas: dict[str, Area]) -> list[Row]:
    """Rows with `geometry`, PLACED, and the `headline`, `start` and `end` of what a map viewer shows."""
    from tracker.export.geometry import geometry_of

    by_key = {place["place_key"]: place for place in places}
    key_of, told = _SHOWN[what]
    found = []
    for row in rows:
        place = by_key.get(key_of(row) or "")
        geometry = geometry_of(place, areas) if place else None
        is_point = geometry is not None and geometry["type"] == "Point"
        placed = {
            "geometry": geometry,
            "geometry_is": "point" if is_point else "outline" if geometry else None,
            "radius_km": place["radius_km"] if place and is_point else None,
        }
        found.append(row | placed | told(row))
    return found


def _told_event(row: Row) -> Row:
    from tracker.domain.phrases import told_act

    act = told_act(row["kind"], row["place"], row["origin"], row["destination"], row["modality"], row["main_kind"])
    return {"headline": f"{row['vessel']}: {act}"}


def _told_vessel(row: Row) -> Row:
    last = f"{row['last_place']} ({row['certainty']})" if row["last_kind"] else "no event"
    return {"headline": f"{row['vessel']}: {last}"} | {name: row[f"last_{name}"] for name in ("start", "end", "kind", "modality", "hedge")}


def _event_key(row: Row) -> str | None:
    from tracker.export.geometry import at_place

    return at_place(row)


def _vessel_key(row: Row) -> str | None:
    return _event_key({"kind": row["last_kind"], "modality": row["last_modality"], "main_key": row["last_place_key"]}) if row["last_kind"] else None


_SHOWN: dict[str, tuple[Callable[[Row], str | None], Callable[[Row], Row]]] = {
    "events": (_event_key, _told_event),
    "claims": (_event_key, _told_event),
    "vessels": (_vessel_key, _told_vessel),
    "places": (lambda row: row["place_key"], lambda row: {"headline": row["place"]}),
}
"""Kind of thing -> the place it is at, and what a viewer shows of it."""
