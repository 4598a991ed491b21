"""The whole store as JSON lines and back, so that it can be moved, kept in version control, and read without us.

The first line names the form and the revision, the last one counts the others, so that a file that broke off is seen. Between them is a
line a row: `record` is its table, the rest its columns without those that are null. Tables come in an order in which each stands behind
those it points at, rows in that of their keys, so that the same store gives the same bytes. Numbers that only count rows (`review.id`) are
left out: they are given anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby, islice
from typing import Any, BinaryIO

from sqlalchemy import JSON, Column, Integer, Table, func, insert, select, text
from sqlmodel import Session, SQLModel

from tracker.domain.kinds import Bound, EventKind, Modality, PlaceKind, Precision, Role, VesselType
from tracker.errors import InputError, StoreError
from tracker.settings import sqlite_path
from tracker.store import migrate, tables  # noqa: F401  (tables fills the metadata)
from tracker.store.engine import session
from tracker.store.revision import HEAD, REVISIONS, check_revision

FORM, END = "tracker store", "end"
_AT_ONCE = 5_000  # rows
_EMPTY = ("source", "document", "claim", "event", "position", "review")
"""Tables without a row in a store that is new; the register and the gazetteer may be in it."""

_TOLD: tuple[tuple[str, type[StrEnum]], ...] = (("kind", EventKind), ("modality", Modality), ("precision", Precision))
_CLOSED: dict[tuple[str, str], type[StrEnum]] = {
    ("place", "kind"): PlaceKind,
    ("vessel", "type"): VesselType,
    ("claim", "role"): Role,
    ("strength_claim", "bound"): Bound,
    ("strength_claim", "modality"): Modality,
    ("strength_claim", "precision"): Precision,
    ("strength_claim", "type"): VesselType,
    **{(table, column): words for table in ("claim", "event") for column, words in _TOLD},
}
"""Columns whose values are a closed set: the tables themselves don't check them."""
_ALSO: dict[type, tuple[type, ...]] = {float: (int,), list: (dict,)}
_LARGEST = 2**31 - 1

Record = dict[str, Any]


def dump(url: str, stream: BinaryIO) -> int:
    """Write every record of a store, as it stands at one moment; returns how many. Raises NoStore, OlderStore, NewerStore."""
    check_revision(migrate.revision(url), str(sqlite_path(url) or "the store"))
    count = 0
    with session(url) as work:
        work.connection(execution_options={"isolation_level": "SERIALIZABLE"})  # every table as of one moment
        stream.write(_line({"record": FORM, "revision": HEAD}))
        for table in _tables():
            for row in _rows(work, table):
                stream.write(_line(row))
                count += 1
        stream.write(_line({"record": END, "records": count}))
    return count


def _tables() -> list[Table]:
    return list(SQLModel.metadata.sorted_tables)


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if not _counts_rows(column)]


def _counts_rows(column: Column[Any]) -> bool:
    return column.primary_key and isinstance(column.type, Integer)


def _rows(work: Session, table: Table) -> Iterator[Record]:
    columns = _columns(table)
    found = work.connection().execution_options(yield_per=_AT_ONCE).execute(select(*columns).order_by(*table.primary_key.columns))
    rows = ({column.name: _plain(value) for column, value in zip(columns, row, strict=True) if value is not None} for row in found)
    links = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    for row in _targets_first(list(rows), links) if links else _in_order(rows, table):
        yield {"record": table.name, **row}


def _in_order(rows: Iterable[Record], table: Table) -> Iterable[Record]:
    """Rows by their keys; text by its code points, whatever language the database sorts by."""
    names = [column.name for column in table.primary_key.columns if not _counts_rows(column)]
    return sorted(rows, key=lambda row: tuple(row[name] for name in names)) if names else rows


def _targets_first(rows: Sequence[Record], links: Sequence[str]) -> list[Record]:
    """Rows of a table that points at itself, by key, each behind those it points at."""
    by_key = {row["key"]: row for row in rows}
    order: dict[str, Record] = {}
    for key in sorted(by_key):
        path = [key]
        while path:
            up = next((by_key[path[-1]][link] for link in sorted(links) if by_key[path[-1]].get(link, path[-1]) not in (*order, *path)), None)
            if up is None:
                order.setdefault(path[-1], by_key[path[-1]])
                path.pop()
            else:
                path.append(up)
    return list(order.values())


def _plain(value: Any) -> Any:
    """A value as JSON has it; times in UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _line(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def restore(lines: Callable[[], Iterable[bytes]], name: str, url: str) -> int:
    """Fill an empty store with a dump, whole or not at all; returns how many records.

    `lines` gives the dump's lines and is asked twice: everything is checked before anything is written. Raises InputError with the line
    that is wrong, StoreError where the store isn't empty or the records don't hold together.
    """
    for _ in _records(lines(), name):
        pass
    check_revision(migrate.revision(url), str(sqlite_path(url) or "the store"))
    count = 0
    with session(url) as work:
        _make_room(work, url)
        for table, group in groupby(_records(lines(), name), key=lambda pair: pair[0]):
            columns = [column.name for column in _columns(table)]
            rows = ({column: row.get(column) for column in columns} for _, row in group)
            while batch := list(islice(rows, _AT_ONCE)):
                work.connection().execute(insert(table), batch)
                count += len(batch)
        _check(work, name)
    return count


def _make_room(work: Session, url: str) -> None:
    """Take the register and the gazetteer out of a new store: the dump brings its own. Raises StoreError for a store in use."""
    by_name = {table.name: table for table in _tables()}
    for name in _EMPTY:
        if work.connection().execute(select(func.count()).select_from(by_name[name])).scalar():
            raise StoreError(f"{sqlite_path(url) or 'the store'} holds {name}s already; a dump goes into an empty store: name a new file with --db")
    work.connection().execute(by_name["place"].update().values(parent_key=None, water_key=None))
    for table in reversed(_tables()):
        work.connection().execute(table.delete())


def _check(work: Session, name: str) -> None:
    for what, query in migrate.CHECKS.items():
        if count := work.connection().execute(text(query)).scalar():
            raise StoreError(f"{name}: nothing was taken in: {count} {what}")


def _records(lines: Iterable[bytes], name: str) -> Iterator[tuple[Table, Record]]:
    """Each record with its table. Raises InputError with the number of a line that is none."""
    by_name, number, ended = {table.name: table for table in _tables()}, 0, False
    for number, line in enumerate(lines, 1):
        record = _read(line, f"{name}:{number}")
        what = record.pop("record", None)
        if ended:
            raise InputError(f"{name}:{number}: something stands behind the end")
        if what == END and number > 1:
            ended = record.get("records") == number - 2
            continue
        if number == 1:
            if what != FORM:
                raise InputError(f"{name}:1: this is no dump of a store; `tracker export all` makes one")
            if record.get("revision") not in REVISIONS:  # an older one is fine as long as its columns are
                check_revision(record.get("revision"), name)
            continue
        if what not in by_name:
            raise InputError(f"{name}:{number}: no record {what!r}")
        yield by_name[what], _checked(record, by_name[what], f"{name}:{number}")
    if not ended:
        raise InputError(f"{name}: it breaks off after {number} lines, or lines are missing")


def _read(line: bytes, where: str) -> Record:
    try:
        record = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise InputError(f"{where}: the line is no JSON") from None
    if not isinstance(record, dict):
        raise InputError(f"{where}: the line is no object")
    return record


def _no_number(word: str) -> None:
    raise ValueError(word)


def _checked(record: Record, table: Table, where: str) -> Record:
    """A record with values of the types that its table wants."""
    columns = {column.name: column for column in _columns(table)}
    if unknown := record.keys() - columns.keys():
        raise InputError(f"{where}: {table.name} has no {', '.join(sorted(unknown))}")
    if missing := [column.name for column in columns.values() if not column.nullable and record.get(column.name) is None]:
        raise InputError(f"{where}: {', '.join(missing)} missing")
    return {name: _typed(value, columns[name], f"{where}: {name}") for name, value in record.items()}


def _wanted(column: Column[Any]) -> type:
    inner = getattr(column.type, "impl_instance", column.type)  # SQLModel wraps text and times
    return list if isinstance(inner, JSON) else inner.python_type


def _typed(value: Any, column: Column[Any], where: str) -> Any:
    wanted = _wanted(column)
    if value is None:
        return None
    try:
        if wanted in (date, datetime):
            return wanted.fromisoformat(value)
        if isinstance(value, str):
            value.encode()  # half a character can be written in JSON, and nowhere else
    except (TypeError, ValueError):
        raise InputError(f"{where}: {value!r} is no {wanted.__name__}") from None
    if type(value) not in (wanted, *_ALSO.get(wanted, ())) or (wanted is int and abs(value) > _LARGEST):
        raise InputError(f"{where}: {value!r} is no {wanted.__name__}")
    if (words := _CLOSED.get((column.table.name, column.name))) and value not in set(words):
        raise InputError(f"{where}: {value!r} is not one of {', '.join(words)}")
    return value
