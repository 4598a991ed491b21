"""The reading side of the store. SQLite is read through the standard library, which starts many times faster; others through SQLAlchemy."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from tracker.collector import uncollected
from tracker.domain.idents import fold_hull
from tracker.domain.kinds import AREA_KINDS, Precision
from tracker.domain.names import fold
from tracker.domain.phrases import told_count, told_place
from tracker.domain.told import ClaimBrief, ToldRow
from tracker.domain.tree import PlaceTree
from tracker.domain.when import Interval, age_days
from tracker.errors import NoStore, NothingFound, StoreError
from tracker.settings import sqlite_path
from tracker.store import counts, queries
from tracker.store.queries import EventFilter
from tracker.store.revision import check_revision

Row = dict[str, Any]
_DAYS = frozenset({"start", "end", "published", "first_published", "last_published", "last_start", "last_end"}) | {
    "known_from",
    "replaced_on",
    "known_on",
    "since",
    "until",
}
_TIMES = frozenset({"retrieved_at", "ingested_at", "at", "made_at", "of_time"})
_SHORTEST_ID = 4  # characters
_AT_ONCE = 500  # values in one IN


class Connection(Protocol):
    """Anything that runs a SELECT."""

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a SELECT as dicts."""

    def values(self, sql: str, parameters: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
        """The rows of a SELECT without the names of their columns."""

    def longest_days(self) -> int | None:
        """In how many days the longest event ends after it begins, where the database keeps that at hand."""

    def close(self) -> None:
        """Let the store go."""


class _Sqlite:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = self._open("mode=ro")
        try:
            self._connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error:  # a folder that can't be written to holds no write-ahead log either
            self._connection = self._open("mode=ro&immutable=1")
        self._connection.execute("PRAGMA busy_timeout = 30000")
        self._connection.execute("PRAGMA mmap_size = 1073741824")  # bytes: a large file is read in place, a third faster than by copies

    def _open(self, how: str) -> sqlite3.Connection:
        name = str(self._path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        try:
            return sqlite3.connect(f"file:{name}?{how}", uri=True)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from None

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        try:
            with closing(self._connection.execute(sql, dict(parameters))) as cursor:
                names = [column[0] for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in cursor]
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from None

    def values(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        try:
            with closing(self._connection.execute(sql, dict(parameters))) as cursor:
                yield from cursor  # one at a time: thousands of rows at once cost the collector of garbage a fifth of the answer
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: {error}") from None

    def longest_days(self) -> int | None:
        return int(next(iter(self.values(queries.LONGEST, {})), (0,))[0])

    def close(self) -> None:
        self._connection.close()


class _Other:
    def __init__(self, url: str) -> None:
        from tracker.store.engine import connect, guarded  # SQLAlchemy, for URLs that need it

        self._url, self._guarded = url, guarded
        with guarded(url):
            self._connection = connect(url).connect()

    def rows(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        from sqlalchemy import text

        with self._guarded(self._url):
            return [dict(row) for row in self._connection.execute(text(sql), dict(parameters)).mappings()]

    def values(self, sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in self.rows(sql, parameters)]

    def longest_days(self) -> None:
        return None

    def close(self) -> None:
        self._connection.close()


class Reader:
    """Questions to the store, answered as rows with the columns of `domain.columns`. Ages count to `as_of` (UTC)."""

    def __init__(self, connection: Connection, as_of: datetime) -> None:
        self._connection = connection
        self.as_of = as_of

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        rows = self._connection.rows(sql, parameters or {})
        columns = rows[0].keys() if rows else ()
        days, times = [name for name in columns if name in _DAYS], [name for name in columns if name in _TIMES]
        for row in rows:
            for name in days:
                if isinstance(row[name], str):
                    row[name] = date.fromisoformat(row[name])
            for name in times:
                row[name] = _utc(row[name])
            if "demo" in row:
                row["demo"] = bool(row["demo"])
        return rows

    def events(self, f: EventFilter) -> list[Row]:
        """Rows of `columns.EVENTS`, oldest first; besides them `grade`, `main_kind` and `main_key` of the main place, and `vessel_name`."""
        return [self.timed(row) for row in self._rows(*queries.events(f))]

    def claims(self, *, event: str | None = None, vessel: str | None = None, document: str | None = None) -> list[Row]:
        """Rows of `columns.CLAIMS`, besides them `source_key` and the keys of the places."""
        return [self.timed(row) for row in self._rows(*queries.claims(event=event, vessel=vessel, document=document))]

    def silent_claims(self) -> list[Row]:
        """The claims of documents that a version replaced or that were withdrawn, each as it was read.

        Columns: those of `claims` that concern the document; `read`, the row of the claim, days as text; `until`, the first day on which the
        document no longer stood, and `known_from`, its first where its publication doesn't say it.
        """
        rows = self._rows(queries.SILENT_CLAIMS)
        for row in rows:
            row["read"], withdrawn = _json(row["read"]), _json(row.pop("withdrawn"))
            ends = (row.pop("replaced_on"), withdrawn and date.fromisoformat(withdrawn["on"]))
            row["until"] = min(day for day in ends if day)
        return rows

    def decisions(self) -> list[tuple[str, str, str, Row]]:
        """What people decided: kind and id of what it is about, action, value."""
        return [(row["target_kind"], row["target_id"], row["action"], _json(row["value"])) for row in self._rows(queries.DECISIONS)]

    def vessel_identities(self) -> dict[str, Row]:
        """Who the vessels are, by key, in the columns of `claims`."""
        return {row.pop("key"): row for row in self._rows(queries.VESSEL_IDENTITIES)}

    def known_claims(self, f: EventFilter, places: Collection[str] | None = None) -> list[Row]:
        """The rows that `claims` gives, of documents published by `f.known_on` or without a date, of the vessels of a filter.

        With `places` (keys) only of vessels of which some claim names one of them.
        """
        return [self.timed(row) for row in self._rows(*queries.known_claims(f, places))]

    def claim_briefs(self, f: EventFilter, places: Collection[str] | None = None) -> list[ClaimBrief]:
        """As much of the claims that `known_claims` gives as tells whether they matter; of a filter its kind counts too.

        With `places` (keys) only of vessels and kinds of which some claim names one of them.
        """
        days = _Days()
        rows = self._connection.values(*queries.claim_briefs(f, places))
        return [ClaimBrief._make((*row[:5], days[row[5]], days[row[6]], days[row[7]], *row[8:])) for row in rows]

    def claims_of(self, ids: Iterable[str]) -> list[Row]:
        """The rows that `claims` gives, of some claims by id, in no order."""
        wanted = sorted(set(ids))
        parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
        return [self.timed(row) for part in parts for row in self._rows(*queries.claims_of(part))]

    def unreviewed(self, f: EventFilter) -> list[Row]:
        """The rows that `claims` gives, of the events of a filter, without those that someone accepted or edited."""
        return [self.timed(row) for row in self._rows(*queries.unreviewed(f))]

    def timed(self, row: Row) -> Row:
        """The row of an event or a claim with `when`, `age_days` and `as_of`."""
        row["when"] = Interval(row["start"], row["end"], Precision(row["precision"])).told()
        row["age_days"], row["as_of"] = age_days(row["end"], self.as_of), self.as_of
        return row

    def vessels(self, f: EventFilter, *, register: bool = False) -> list[Row]:
        """Rows of `columns.VESSELS` by name; `last_*` tell what had begun by as-of. `certainty` is left out: `analysis.whereabouts` adds it."""
        rows = self._rows(*queries.vessels(f, register=register, by=self.as_of.date()))
        for row in rows:
            kind = row["last_kind"]
            row["last_place"] = told_place(kind, row["place"], row["origin"], row["destination"], row["main_kind"]) if kind else None
            row["last_when"] = Interval(row["last_start"], row["last_end"], Precision(row["last_precision"])).told() if kind else None
            row["age_days"], row["as_of"] = age_days(row["last_end"], self.as_of), self.as_of
        return rows

    def around(self, first: date, last: date, f: EventFilter | None = None, *, placed: bool = False, after: bool = True) -> dict[str, list[ToldRow]]:
        """Vessel key -> as much of its history as tells where it was on any day from `first` to `last`, in the order of `events`.

        `analysis.whereabouts` answers for these days the same as from the whole history: of `placed` events only, or of all. Without `after`
        the first event after the last day is left out. Plans and denials are, too. Of `f` only what concerns the vessel counts.
        """
        longest = self._connection.longest_days()
        queries_ = queries.around(f or EventFilter(), first=first, last=last, placed=placed, after=after, longest=longest)
        histories: defaultdict[str, list[ToldRow]] = defaultdict(list)
        with uncollected():
            for query in queries_:
                for told in _told(self._connection.values(*query)):
                    histories[told[0]].append(told)
        for events in histories.values():
            if len(events) > 1:
                events.sort(key=_in_order)
        return dict(histories)

    def histories(self, f: EventFilter, until: date | None = None) -> dict[str, list[ToldRow]]:
        """Vessel key -> its whole history, of what had begun by a day, in the order of `events`. Of `f` only what concerns the vessel counts."""
        histories: defaultdict[str, list[ToldRow]] = defaultdict(list)
        with uncollected():
            for told in _told(self._connection.values(*queries.histories(f, until))):
                histories[told[0]].append(told)
        for events in histories.values():
            events.sort(key=_in_order)
        return dict(histories)

    def touching(self, vessels: Sequence[str], places: Collection[str]) -> list[ToldRow]:
        """Of each of some vessels one event that is neither planned nor denied and names one of some places, where there is one."""
        parts = (vessels[start : start + _AT_ONCE] for start in range(0, len(vessels), _AT_ONCE))
        return [told for part in parts for told in _told(self._connection.values(*queries.touching(part, places)))]

    def events_of(self, ids: Iterable[str]) -> dict[str, Row]:
        """The rows that `events` gives, of some events, by id."""
        wanted = sorted(set(ids))
        parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
        return {row["event_id"]: self.timed(row) for part in parts for row in self._rows(*queries.events_of(part))}

    def reported(self, since: date, until: date) -> dict[str, set[date]]:
        """Place key -> the days on which an event there was first or last reported: of events that had begun by `until`, told of after `since`."""
        found: dict[str, set[Any]] = {}
        for *places, first, last in self._connection.values(queries.REPORTED, {"since": since.isoformat(), "until": until.isoformat()}):
            for key in places:
                if key is not None:
                    days = found.setdefault(key, set())
                    days.add(first)
                    days.add(last)
        day_of = _Days()
        return {key: {day for told in days if (day := day_of[told])} for key, days in found.items()}

    def counts(self, f: EventFilter) -> list[Row]:
        """Rows of `columns.COUNTS`, oldest first, of the documents that stand (with `known_on`, stood then).

        Besides them `source_key`, `grade`, `credibility`, `place_kind` and when the document came.
        """
        rows = [self.timed(row) for row in self._rows(*counts.counts(f))]
        stand = [row for row in rows if (until := _stood_until(row)) is None or (f.known_on is not None and f.known_on < until)]
        for row in stand:
            row["told"] = told_count(row["count"], row["count_most"], row["bound"])
        return stand

    def places(self, told: Iterable[Row] | None = None) -> list[Row]:
        """Rows of `columns.PLACES`: events counted with those of the places inside. An area has no coordinates here, its centre is no position.

        `told`: what to count, rows of the keys of the places that one or some `events` name, and their `end` (None for plans and denials);
        default: every event.
        """
        tree, latest, counts = self.tree(), dict[str, date](), Counter[str]()
        for row in self._rows(queries.EVENT_PLACES) if told is None else told:
            named = {key for slot in ("place_key", "origin_key", "destination_key") if (key := row[slot])}
            for key in named.union(*map(tree.ancestors, named)):
                counts[key] += row["events"]
                if row["end"] and (key not in latest or row["end"] > latest[key]):
                    latest[key] = row["end"]
        rows = self._rows(queries.PLACES)
        for row in rows:
            row["events"], row["last_end"] = counts[row["place_key"]], latest.get(row["place_key"])
            row["age_days"], row["as_of"] = age_days(row["last_end"], self.as_of), self.as_of
            if row["kind"] in AREA_KINDS:
                row["latitude"] = row["longitude"] = None
        return rows

    def tree(self) -> PlaceTree:
        """What lies inside what."""
        return PlaceTree.of((row["key"], row["parent_key"], row["water_key"]) for row in self._rows(queries.PLACE_LINKS))

    def straits(self) -> list[Row]:
        """The passages: `key`, and `waters`, the keys of the two waters that each joins, with a bar between."""
        return self._rows(queries.STRAITS)

    def place_kinds(self) -> list[Row]:
        """The `key` and `kind` of every place."""
        return self._rows(queries.PLACE_KINDS)

    def place_names(self) -> dict[str, str]:
        """Place key -> name."""
        return {row["key"]: row["name"] for row in self._rows(queries.PLACE_POINTS)}

    def positions(self) -> dict[str, tuple[float, float]]:
        """Place key -> latitude and longitude, of places that are points: the centre of an area is no position."""
        rows = self._rows(queries.PLACE_POINTS)
        return {row["key"]: (row["latitude"], row["longitude"]) for row in rows if row["latitude"] is not None and row["kind"] not in AREA_KINDS}

    def home_ports(self) -> dict[str, str]:
        """Vessel key -> key of its home port, where that is known."""
        return {row["key"]: row["home_port_key"] for row in self._rows(queries.HOME_PORTS)}

    def sources(self) -> list[Row]:
        """Rows of `columns.SOURCES`, by name."""
        rows = self._rows(queries.SOURCES)
        for row in rows:
            row["age_days"], row["as_of"] = age_days(row["last_published"], self.as_of), self.as_of
        return rows

    def documents(self) -> list[Row]:
        """Rows of `columns.DOCUMENTS`, oldest first, besides them `author`, `language`, `source_key`, `address` and `based_on`."""
        return [_with_state(row) for row in self._rows(queries.DOCUMENTS)]

    def find_document(self, name: str) -> Row:
        """The document of an id (its first characters do), a URL or the address of a page: of versions the last. Raises NothingFound."""
        from tracker.domain.versions import page_address

        prefix = f"{name}%" if len(name) >= _SHORTEST_ID and name.isalnum() else ""
        asked = {"prefix": prefix, "url": name, "address": page_address(name) or name}
        found = [_with_state(row) for row in self._rows(queries.DOCUMENTS_NAMED, asked)]
        if not found:
            raise NothingFound(f'no document "{name}"; `tracker sources documents` lists them with their ids')
        if len({row["address"] or row["document_id"] for row in found}) > 1:
            raise NothingFound(f'{len(found)} documents begin with "{name}": {", ".join(row["document_id"][:12] for row in found[:5])}')
        return found[0] if len(found) == 1 else self.versions(found[0]["document_id"])[-1]

    def versions(self, document: str) -> list[Row]:
        """The versions of a document's page, as `documents` gives them, in the order of `domain.versions`; of most the one."""
        from tracker.domain.versions import Version, ordered

        rows = {row["document_id"]: _with_state(row) for row in self._rows(queries.VERSIONS, {"id": document})}
        versions = (Version(number, row["published"], row["retrieved_at"] or row["ingested_at"]) for number, row in rows.items())
        return [rows[version.id] for version in ordered(versions)]

    def changed_documents(self) -> list[str]:
        """The ids of the documents that another version of their page replaced, or that were withdrawn."""
        return [row["id"] for row in self._rows(queries.CHANGED_DOCUMENTS)]

    def said(self) -> list[Row]:
        """What documents that stand say of vessels themselves, oldest first: `vessel_key` as it was read, `slot`, `said`, `quote`, the document."""
        return self._rows(queries.SAID)

    def read_claims(self, document: str) -> list[Row]:
        """The claims of a document as they were read, where decisions or versions changed that: `id`, `read` (the row, days as text), `told`."""
        rows = self._rows(queries.READ_CLAIMS, {"id": document})
        return [row | {"read": _json(row["read"]), "told": _json(row["told"])} for row in rows]

    def reports(self) -> list[Row]:
        """Rows of `columns.REPORTS`, the oldest first, with `events` and `claims` as lists of ids and without `stale`."""
        rows = self._rows(queries.REPORTS)
        return [row | {name: _json(row[name]) for name in ("options", "events", "claims")} for row in rows]

    def document_text(self, document: str) -> str:
        """The text of a document as it was read."""
        return str(self._rows(queries.DOCUMENT_TEXT, {"id": document})[0]["text"])

    def cut_off(self, known_on: date | None = None) -> date | None:
        """The newest publication date in the store, or the newest up to a day."""
        rows = self._rows(queries.CUT_OFF_BY, {"known_on": known_on.isoformat()}) if known_on else self._rows(queries.CUT_OFF)
        return next((row["published"] for row in rows), None)

    def holds_documents(self) -> bool:
        """Whether any document is in the store."""
        return bool(self._rows(queries.ANY_DOCUMENT))

    def foreign_documents(self) -> int:
        """How many documents are no demo reports."""
        return int(self._rows(queries.FOREIGN_DOCUMENTS)[0]["count"])

    def event_ids(self, prefix: str) -> list[str]:
        """The ids of events that begin so, former ids included."""
        if not prefix.isalnum():  # % and _ mean something else to the store
            return []
        return sorted(row["id"] for row in self._rows(queries.EVENT_IDS, {"prefix": f"{prefix}%"}))

    def silent_home(self, prefix: str) -> str | None:
        """The document behind a claim whose id begins so, where it was replaced or withdrawn."""
        rows = self._rows(queries.SILENT_HOME, {"prefix": f"{prefix}%"}) if prefix.isalnum() else []
        return str(rows[0]["document_id"]) if rows else None

    def find_vessels(self, name: str, on: date | None = None) -> list[Row]:
        """The vessels of a name, key or hull number, those with most events first; of a name those that bore it on a day, where some did.

        Raises NothingFound with what was perhaps meant.
        """
        found = self._redirected(name) or self._rows(queries.VESSEL_BY_KEY, {"key": name})
        if not found and on:
            found = self._rows(queries.VESSEL_BY_NAME_ON, {"folded": fold(name), "day": on.isoformat()})
        found = found or self._rows(queries.VESSEL_BY_NAME, {"folded": fold(name)})
        if not found and any(c.isdigit() for c in name):
            found = self._rows(queries.VESSEL_BY_HULL, {"hull": fold_hull(name)})
        if not found:
            raise NothingFound(f'no vessel "{name}"{_meant(name, (row["alias"] for row in self._rows(queries.VESSEL_NAMES)))}')
        acting = [row for row in found if row["events"]]
        return acting or found

    def _redirected(self, key: str) -> list[Row]:
        """The vessels that one of this key was merged into or identified as; none where it is itself."""
        found: list[Row] = []
        for row in self._rows(queries.REDIRECT, {"key": key}) if "/" in key else ():
            value = _json(row["value"])
            for onward in [value["to"]] if isinstance(value["to"], str) else value["to"]:
                found += self._redirected(onward) or self._rows(queries.VESSEL_BY_KEY, {"key": onward})
        return found

    def history(self) -> list[Row]:
        """Rows of `columns.HISTORY`, the latest first; `before` and `after` with them, as lists of (table, key, values)."""
        rows = self._rows(queries.HISTORY)
        undone = {row["target_id"] for row in rows if row["action"] == "undo"}
        for row in rows:
            for side in ("before", "after"):
                told = _json(row[side])
                row[side] = (told or {}).get("rows", [])
            row["undone"] = str(row["review_id"]) in undone
        return rows

    def find_place(self, name: str) -> Row:
        """The place of a name or key. Raises NothingFound with what was perhaps meant."""
        found = self._rows(queries.PLACE_RECORD, {"key": name})
        if found:
            return found[0]
        named = self._rows(queries.PLACE_BY_NAME, {"folded": fold(name)})
        if not named:
            raise NothingFound(f'no place "{name}"{_meant(name, (row["alias"] for row in self._rows(queries.PLACE_NAMES)))}')
        return self._rows(queries.PLACE_RECORD, {"key": named[0]["key"]})[0]

    def find_source(self, name: str) -> str:
        """The key of a source by its name or key. Raises NothingFound with what was perhaps meant."""
        sources = self._rows(queries.SOURCE_NAMES)
        for row in sources:
            if name == row["key"] or fold(name) == fold(row["name"]):
                return str(row["key"])
        raise NothingFound(f'no source "{name}"{_meant(name, (row["name"] for row in sources))}')

    def find_class(self, name: str) -> str:
        """A class as the store writes it. Raises NothingFound with what was perhaps meant."""
        classes = [str(row["name"]) for row in self._rows(queries.CLASS_NAMES)]
        found = next((known for known in classes if fold(known) == fold(name)), None)
        if found is None:
            raise NothingFound(f'no class "{name}"{_meant(name, classes)}')
        return found

    def vessel_record(self, key: str) -> Row:
        """Everything the store keeps of a vessel, its aliases under `aliases`, and since when until when under `alias_days`, where that is known."""
        record = self._rows(queries.VESSEL_RECORD, {"key": key})[0]
        aliases = self._rows(queries.VESSEL_ALIASES, {"key": key})
        record["aliases"] = [row["alias"] for row in aliases]
        record["alias_days"] = {row["alias"]: (row["since"], row["until"]) for row in aliases if row["since"] or row["until"]}
        return record

    def place_aliases(self, key: str) -> list[str]:
        """The names of a place."""
        return [row["alias"] for row in self._rows(queries.PLACE_ALIASES, {"key": key})]


class _Days(dict[Any, date | None]):
    """The days of the store, which SQLite keeps as text: the same few come again and again, and each is read once."""

    def __missing__(self, told: str | date | None) -> date | None:
        day = self[told] = date.fromisoformat(told) if isinstance(told, str) else told
        return day


def _told(rows: Iterable[tuple[Any, ...]]) -> Iterator[ToldRow]:
    """The events behind the rows of `queries.around` and `queries.touching`."""
    days, make = _Days(), partial(tuple.__new__, ToldRow)  # as `ToldRow._make` does, which is a call in Python for each of thousands
    for vessel, number, kind, modality, start, end, precision, place, origin, destination, placed in rows:
        yield make((vessel, number, kind, modality, days[start], days[end], precision, place, origin, destination, placed == 1))


def _in_order(told: ToldRow) -> tuple[date, date, str]:
    """The order of `Reader.events` among the events of one vessel."""
    return told.end or date.max, told.start or date.min, told.id


def _with_state(row: Row) -> Row:
    """The row of a document with whether it stands, and since when until when."""
    row["known_from"] = row["known_from"] or row["published"] or row["ingested_at"].date()
    row["state"] = "withdrawn" if row["withdrawn"] else "replaced" if row["replaced_by"] else "current"
    row["until"] = _stood_until(row)
    return row


def _stood_until(row: Row) -> date | None:
    """The first day on which a document no longer stood, taken from the columns that tell it; None while it stands."""
    withdrawn = _json(row.pop("withdrawn"))
    ends = (row.pop("replaced_on"), withdrawn and date.fromisoformat(withdrawn["on"]))
    return min((day for day in ends if day), default=None)


def _json(value: Any) -> Any:
    """A JSON column, which SQLite gives as text."""
    return json.loads(value) if isinstance(value, str) else value


def _utc(time: str | datetime | None) -> datetime | None:
    """A time of the store, which keeps UTC and doesn't say so."""
    if isinstance(time, str):
        time = datetime.fromisoformat(time)
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time


def _meant(name: str, names: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process  # only a typing error needs it

    found = process.extract(name, list(dict.fromkeys(names)), scorer=fuzz.WRatio, processor=fold, limit=3, score_cutoff=80)
    return f"; did you mean {', '.join(alias for alias, _, _ in found)}?" if found else ""


def open_reader(url: str, as_of: datetime) -> Reader:
    """A reader of the store at a URL. Raises NoStore, OlderStore, NewerStore or StoreError, each with one line that says what would work."""
    path = sqlite_path(url)
    if path is not None and not (path.is_file() and path.stat().st_size):
        raise NoStore(f"no store at {path}; try `tracker demo` or `tracker ingest FILE`")
    connection: Connection = _Sqlite(path) if path is not None else _Other(url)
    try:
        revision = connection.rows(queries.REVISION, {})[0]["version_num"]
    except StoreError as error:
        connection.close()
        if "no such table" in str(error) or "does not exist" in str(error):
            check_revision(None, str(path or "the database"))
        raise StoreError(
            f"{path or 'the database'}: this is no tracker store, or it is damaged; restore a backup or name another with --db"
        ) from None
    check_revision(revision, str(path or "the store"))
    return Reader(connection, as_of)
