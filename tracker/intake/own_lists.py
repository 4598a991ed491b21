"""A desk's own register and gazetteer: a list of vessels or of places, put beside the shipped ones in one store.

What is read from then on knows them as it knows the shipped ones; `tracker ingest --again` reads what the store has once more.
A list goes in whole or not at all, as one decision that can be undone. What the register or gazetteer has already stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.domain.decisions import unlisted_key
from tracker.domain.idents import fold_hull
from tracker.domain.kinds import PlaceKind
from tracker.domain.names import fold, slug
from tracker.domain.records import PlaceEntry, VesselEntry
from tracker.errors import SeedError, UsageError
from tracker.gazetteer.areas import Waters, read_areas
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.places import PlaceIndex, place_of
from tracker.gazetteer.rows import Row
from tracker.gazetteer.vessels import VesselIndex, plain_key, vessel_of
from tracker.gazetteer.waters import CLAIMED_NAMES, NO_WATER_KINDS
from tracker.intake.deciding import By, Done, deciding, write_down
from tracker.intake.identity import lead
from tracker.intake.known import IMPORTED, gazetteer_at
from tracker.intake.seeding import ensure_store
from tracker.intake.sheet import columns_of, fields_of, read_records, words
from tracker.resources import resource
from tracker.store import decisions
from tracker.store.ledger import Ledger, row_of
from tracker.store.repository import place_aliases, place_row, vessel_aliases, vessel_row
from tracker.store.tables import PlaceAlias, PlaceRow, VesselAlias, VesselRow

_LISTS = frozenset({"aliases", "waters"})
_WORDS = frozenset({"type", "kind", "status"})


@dataclass(slots=True)
class ListSummary:
    """What a list held: keys that are new, keys that were known, (where, why) of wrong rows, warnings, and the decision that took it in."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: Done | None = None


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How a list is read: `mapping` column -> field, where its name doesn't say it; `dry_run` checks and writes nothing."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False


def import_vessels(data: bytes, name: str, options: ListOptions, url: str, by: By) -> ListSummary:
    """Put a list of vessels into the store at a URL, made where there is none. A row needs a name and a type.

    Where a row is wrong it is among the failures and nothing is written. Raises InputError and UsageError for the file as a whole, StoreError.
    """
    summary = ListSummary()
    rows = _rows(data, name, options.mapping, "register", summary)
    fresh = _fresh_vessels(rows, gazetteer_at(url), summary)
    if fresh and not summary.failures and not options.dry_run:
        ensure_store(url)
        with deciding(url) as ledger:
            ledger.insert_all(VesselRow, [vessel_row(vessel) for vessel in fresh])
            ledger.insert_all(VesselAlias, [{"since": None, "until": None} | alias for vessel in fresh for alias in vessel_aliases(vessel)])
            _take_over(ledger, fresh)
            summary.done = _written(ledger, by, "register", data, name, f"{len(fresh)} vessel{'s' * (len(fresh) != 1)}")
    return summary


def import_places(data: bytes, name: str, options: ListOptions, url: str, by: By) -> ListSummary:
    """Put a list of places into the store at a URL, made where there is none. A row needs a name and a kind; a place without a position gets none.

    The water of a place with a position is read off the outlines where the row doesn't say it. Errors as for `import_vessels`.
    """
    summary = ListSummary()
    rows = _rows(data, name, options.mapping, "gazetteer", summary)
    fresh = _fresh_places(rows, gazetteer_at(url), summary)
    if fresh and not summary.failures and not options.dry_run:
        ensure_store(url)
        with deciding(url) as ledger:
            ledger.insert_all(PlaceRow, [place_row(place) for place in fresh])
            ledger.insert_all(PlaceAlias, [alias for place in fresh for alias in place_aliases(place)])
            summary.done = _written(ledger, by, "gazetteer", data, name, f"{len(fresh)} place{'s' * (len(fresh) != 1)}")
    return summary


def _written(ledger: Ledger, by: By, kind: str, data: bytes, name: str, told: str) -> Done:
    return write_down(ledger, by, IMPORTED, kind, hashlib.sha256(data).hexdigest()[:16], f"{told} of {name} put into the {kind}")


def _rows(data: bytes, name: str, mapping: Mapping[str, str], kind: str, summary: ListSummary) -> list[Row]:
    """The rows of a file under the names of our fields; every field that a file lacks is empty."""
    known: Mapping[str, Sequence[str]] = words()[kind]
    records = read_records(data, name)
    columns = columns_of(records)
    fields = fields_of(columns, mapping, name, known)
    if "name" not in fields.values():
        raise UsageError(f"{name}: no column is called name; say which is, with --map COLUMN=name")
    for column in columns:
        if column and column not in fields:
            summary.warnings.append(f"{name}: column {column} is not known and was left out; --map '{column}=FIELD' says what it is")
    rows = []
    for number, cells in records:
        where = f"{name}: row {number}"
        if isinstance(cells, str):
            summary.failures.append((where, cells))
            continue
        told = {fields[column]: _plain(fields[column], cell) for column, cell in cells.items() if column in fields}
        if any(told.values()):
            rows.append(Row({**dict.fromkeys((*known, *_UNASKED[kind]), ""), **told}, where))
    return rows


_UNASKED = {"register": (), "gazetteer": ("gate",)}


def _plain(name: str, cell: str) -> str:
    """A cell as the reader of seeds wants it: "Landing Ship" is landing_ship, "Alpha; Bravo" is Alpha|Bravo, "ru" is RU."""
    if name in _LISTS:
        return "|".join(item.strip() for item in cell.replace(";", "|").split("|") if item.strip())
    text = " ".join(cell.split())
    if name in _WORDS:
        return text.lower().replace(" ", "_").replace("-", "_")
    return text.upper() if name in ("country", "unlocode") else text


def _each(rows: Iterable[Row], read: Callable[[Row], None], summary: ListSummary) -> None:
    """Read every row; what is wrong with one doesn't keep the others from being looked at."""
    for row in rows:
        try:
            read(row)
        except SeedError as error:
            summary.failures.append((row.where, str(error).removeprefix(f"{row.where}: ")))


# --- vessels


def _fresh_vessels(rows: Iterable[Row], gazetteer: Gazetteer, summary: ListSummary) -> list[VesselEntry]:
    """The vessels of a list that the register lacks, each with its key."""
    list_ = _VesselList(gazetteer, summary, {v.imo: v.key for v in gazetteer.vessels.entries.values() if v.imo})
    _each(rows, list_.read, summary)
    return list(list_.fresh.values())


@dataclass(slots=True)
class _VesselList:
    """A list of vessels as it is read, row by row."""

    gazetteer: Gazetteer
    summary: ListSummary
    by_imo: dict[str, str]
    fresh: dict[str, VesselEntry] = field(default_factory=dict)
    namesakes: dict[str, list[VesselEntry]] = field(default_factory=dict)  # key without a mark -> those of the register and of the list

    def read(self, row: Row) -> None:
        """Take a vessel for one that is known, or give it a key."""
        vessel, register = vessel_of(row), self.gazetteer.vessels
        if vessel.home_port is not None:
            vessel = replace(vessel, home_port=_port(row, vessel.home_port, self.gazetteer.places))
        plain = plain_key(vessel)
        others = self.namesakes.setdefault(plain, [v for v in register.named(vessel.name) if v.country == vessel.country])
        same = next((v for v in others if _may_be(v, vessel)), None)
        owner = self.by_imo.get(vessel.imo or "")
        if owner and owner != (same and same.key):
            row.fail(f"IMO {vessel.imo} is {owner}'s; a further name is given by `tracker vessels alias`")
        if same:
            self.summary.known.append(same.key)
            return
        vessel = replace(vessel, key=_key(row, plain, vessel, register, self.fresh))
        others.append(vessel)
        self.fresh[vessel.key] = vessel
        if vessel.imo:
            self.by_imo[vessel.imo] = vessel.key
        self.summary.new.append(vessel.key)


def _may_be(known: VesselEntry, vessel: VesselEntry) -> bool:
    """Whether no sign that both have tells two vessels of one name and country apart."""
    signs: tuple[tuple[str | None, str | None], ...] = (
        (fold_hull(known.hull or ""), fold_hull(vessel.hull or "")),
        (fold(known.project or ""), fold(vessel.project or "")),
        (fold(known.class_name or ""), fold(vessel.class_name or "")),
        (known.imo, vessel.imo),
    )
    return all(not one or not other or one == other for one, other in signs)


def _key(row: Row, plain: str, vessel: VesselEntry, register: VesselIndex, fresh: Mapping[str, Any]) -> str:
    marks = [slug(mark) for mark in (vessel.project, vessel.hull, vessel.class_name, vessel.type) if mark]
    keys = (plain, *(f"{plain}-{mark}" for mark in marks if mark), f"{plain}-{'-'.join(marks)}")
    return next((key for key in keys if key not in register.entries and key not in fresh), None) or row.fail(
        f"{vessel.name} can't be told from its namesakes: give project, hull or class"
    )


def _port(row: Row, key: str, places: PlaceIndex) -> str:
    found = places.entries.get(key) or next(iter(places.named(key.replace("-", " "))), None)
    return found.key if found else row.fail(f"home_port: no place {key!r} in the gazetteer; `tracker import places` adds one")


def _take_over(ledger: Ledger, fresh: Iterable[VesselEntry]) -> None:
    """What documents told of a vessel of the name, while the register lacked it, is told of the listed one."""
    for vessel in fresh:
        for name in dict.fromkeys((vessel.name, *vessel.aliases)):
            key = unlisted_key(vessel.country, slug(name))
            there = slug(name) and row_of(ledger.work, VesselRow, (key,)) is not None
            if there and not decisions.decision(ledger.work, decisions.VESSEL, key, "merge"):
                lead(ledger, key, vessel.key)


# --- places


def _fresh_places(rows: Iterable[Row], gazetteer: Gazetteer, summary: ListSummary) -> list[PlaceEntry]:
    """The places of a list that the gazetteer lacks, each with its key, parents as keys and before what lies in them."""
    list_ = _PlaceList(gazetteer, summary)
    _each(rows, list_.read, summary)
    _each(list_.places, list_.settle, summary)
    summary.new.extend(place.key for place in list_.fresh)
    return _upper_first(list_.fresh)


@dataclass(slots=True)
class _PlaceList:
    """A list of places as it is read: first every row by itself, then what each says of others."""

    gazetteer: Gazetteer
    summary: ListSummary
    keys: dict[str, str] = field(default_factory=dict)  # folded name -> key
    places: dict[Row, PlaceEntry] = field(default_factory=dict)
    fresh: list[PlaceEntry] = field(default_factory=list)
    waters: Waters = field(default_factory=lambda: Waters.of(read_areas(resource("seeds", "areas.geojson"))))

    def read(self, row: Row) -> None:
        """Take a place for one that is known, or give it a key."""
        place, there = place_of(row), self.gazetteer.places
        known = next((p for p in there.named(place.name) if p.kind == place.kind or p.country == place.country), None)
        if known:
            self.summary.known.append(known.key)
            return
        name = fold(place.name)
        if name in self.keys:
            row.fail(f"{place.name} stands in this list already")
        key = slug(place.name) or row.fail(f"{place.name!r} is no name")
        key = key if key not in there.entries else f"{key}-{(place.country or place.kind).lower()}"
        if key in there.entries:
            row.fail(f"{place.name} is in the gazetteer as another place; give it a name of its own")
        self.keys[name], self.places[row] = key, place

    def settle(self, row: Row) -> None:
        """Put keys for the names of what a place lies in."""
        place = self.places[row]
        self.fresh.append(
            replace(
                place,
                key=self.keys[fold(place.name)],
                parent=self._key_of(row, "parent", place.parent) if place.parent else None,
                water=self._key_of(row, "water", place.water) if place.water else _water(place, self.waters),
                waters=tuple(self._key_of(row, "waters", name) for name in place.waters),
            )
        )

    def _key_of(self, row: Row, column: str, name: str) -> str:
        found = self.keys.get(fold(name)) or next((p.key for p in self.gazetteer.places.named(name)), None)
        return found or row.fail(f"{column}: no place {name!r} in the list or the gazetteer")


def _water(place: PlaceEntry, waters: Waters) -> str | None:
    """The smallest water whose outline holds a place, where its kind lies on one."""
    if place.latitude is None or place.longitude is None or place.kind in NO_WATER_KINDS | {PlaceKind.OCEAN}:
        return None
    return next((key for key in waters.at(place.latitude, place.longitude) if key not in CLAIMED_NAMES), None)


def _upper_first(places: Sequence[PlaceEntry]) -> list[PlaceEntry]:
    """The places in an order in which each stands behind those it points at. Raises SeedError for two that lie in each other."""
    left, order = {place.key: place for place in places}, list[PlaceEntry]()
    while left:
        ready = [p for p in left.values() if not {p.parent, p.water} & (left.keys() - {p.key})]
        if not ready or any(p.key in (p.parent, p.water) for p in ready):
            raise SeedError(f"{', '.join(sorted(left))}: places that lie in each other or in themselves")
        order += ready
        for place in ready:
            del left[place.key]
    return order
