"""The one place that opens the store for writing; whatever only SQLite can do stays in this file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError, OperationalError
from sqlmodel import Session

from tracker.errors import StoreError
from tracker.settings import sqlite_path

BUSY_TIMEOUT_MS = 60_000


@lru_cache(maxsize=8)
def connect(url: str) -> Engine:
    """An engine for a URL. SQLite: write-ahead log, foreign keys on, writers wait for each other. Raises StoreError for a URL that makes no sense."""
    path = sqlite_path(url)
    if path is not None and path.is_dir():
        raise StoreError(f"{path} is a folder; give a file, as in --db {path}/tracker.db")
    try:
        engine = create_engine(
            url, **({"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}} if url.startswith("sqlite") else {"pool_pre_ping": True})
        )
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f'"{_safe(url)}" is no database URL ({_first_line(error)}); use a file, sqlite:///FILE or postgresql+psycopg://HOST/NAME'
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_immediate` does
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    """Take the write lock at once: two writers then wait for each other instead of failing half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def session(url: str) -> Iterator[Session]:
    """A session whose work is in the store whole or not at all. Raises StoreError in one line for whatever the database says."""
    with guarded(url), Session(connect(url), expire_on_commit=False) as work, work.begin():
        yield work


def settle(url: str) -> None:
    """Move what a SQLite store's write-ahead log holds into its file, as far as nobody is reading it: a copy of the file alone then has it."""
    if sqlite_path(url) is not None:
        with guarded(url), closing(connect(url).raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def guarded(url: str) -> Iterator[None]:
    """Turn a database's errors into a StoreError of one line."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise StoreError(f"{_safe(url)}: {_told(error)}") from None


def _told(error: DBAPIError) -> str:
    text = _first_line(error.orig or error)
    if "locked" in text:
        return "another process has been writing for a minute; try again"
    if "not a database" in text or "malformed" in text:
        return f"this is no tracker store, or it is damaged ({text}); restore a backup or name another file with --db"
    if "unable to open" in text:
        return "can't be opened; check the folder and its permissions"
    return text


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0]


def _safe(url: str) -> str:
    """A URL without its password."""
    path = sqlite_path(url)
    if path is not None:
        return str(path)
    head, at, tail = url.rpartition("@")
    return f"{head.rsplit(':', 1)[0]}:…@{tail}" if at and head.count(":") > 1 else url


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite store while others may write to it (SQLite's online backup), and check the copy. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{source}: no backup made: {error}") from None
    if verdict != "ok":
        raise StoreError(f"{target}: the copy is not sound: {verdict}")


def integrity(work: Session) -> list[str]:
    """What SQLite itself finds wrong with the file; nothing for other databases."""
    connection = work.connection()
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    return found + [f"{row[0]} row {row[1]} points at no {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
