"""Making, upgrading, checking and saving a store; Alembic runs the steps in `db/migrations`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from tracker.errors import NoStore, StoreError
from tracker.resources import resource
from tracker.settings import sqlite_path
from tracker.store.engine import connect, copy_sqlite, guarded, integrity, session
from tracker.store.revision import HEAD, REVISIONS, check_revision


def exists(url: str) -> bool:
    """Whether there is a store at a URL (of whatever revision)."""
    path = sqlite_path(url)
    if path is not None and (not path.exists() or path.stat().st_size == 0):
        return False
    with guarded(url), connect(url).connect() as connection:
        return inspect(connection).has_table("alembic_version")


def revision(url: str) -> str | None:
    """The revision of the store at a URL, None where there is no store. Raises NoStore for a missing file."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        raise NoStore(f"no store at {path}; try `tracker demo` or `tracker ingest FILE`")
    with guarded(url), connect(url).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def init(url: str, to: str = HEAD) -> None:
    """Make an empty store. Raises StoreError where one stands already, or the folder can't be made."""
    if exists(url):
        raise StoreError(f"there is a store at {sqlite_path(url) or 'that URL'} already; `tracker db upgrade` brings it up to date")
    make(url, to)


def make(url: str, to: str = HEAD) -> None:
    """Make an empty store; nothing is done where another process was quicker. Raises StoreError where the folder can't be made."""
    path = sqlite_path(url)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path.parent}: {error.strerror}") from None
    with _steps(url) as config:
        command.upgrade(config, to)


def upgrade(url: str) -> tuple[str, str]:
    """Bring a store to this version's revision without losing anything; returns the revision before and after. Raises NewerStore, NoStore."""
    before = revision(url)
    if before not in REVISIONS:
        check_revision(before, str(sqlite_path(url) or "the store"))
    with _steps(url) as config:
        command.upgrade(config, HEAD)
    return str(before), HEAD


@contextlib.contextmanager
def _steps(url: str) -> Iterator[Config]:
    """Alembic's configuration over one connection, whose transaction holds every step."""
    with guarded(url), connect(url).begin() as connection:
        yield _config(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource("db", "migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def backup(url: str, target: Path, *, force: bool = False) -> None:
    """Save a SQLite store to a file while it may be in use. Raises StoreError where the file stands already or the store is no SQLite file."""
    source = sqlite_path(url)
    if source is None:
        raise StoreError("only a SQLite store is saved this way; use pg_dump for PostgreSQL")
    check_revision(revision(url), str(source))
    if target.exists() and not force:
        raise StoreError(f"{target} exists; name another file or give --force")
    if not target.parent.is_dir():
        raise StoreError(f"{target.parent} is no folder")
    partial = target.with_name(f"{target.name}.part")
    try:
        partial.unlink(missing_ok=True)
        copy_sqlite(source, partial)
        partial.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from None


CHECKS = {
    "claims whose quote is not in its document at its place": """SELECT count(*) FROM claim c
      JOIN document d ON d.id = c.document_id WHERE substr(d.text, c.quote_start + 1, c.quote_end - c.quote_start) <> c.quote""",
    "claims without an event": "SELECT count(*) FROM claim c LEFT JOIN event e ON e.id = c.event_id WHERE e.id IS NULL",
    "events without a claim": "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.event_id = e.id)",
    "events that end before they start": "SELECT count(*) FROM event WHERE start_day > end_day",
    "undated claims with another precision than open": "SELECT count(*) FROM claim WHERE start_day IS NULL AND precision <> 'open'",
    "counts whose quote is not in its document at its place": """SELECT count(*) FROM strength_claim s
      JOIN document d ON d.id = s.document_id WHERE substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) <> s.quote""",
    "parts of a count that is not there": """SELECT count(*) FROM strength_claim s
      LEFT JOIN strength_claim w ON w.id = s.part_of AND w.document_id = s.document_id WHERE s.part_of IS NOT NULL AND w.id IS NULL""",
    "claims of documents that were replaced or withdrawn": """SELECT count(*) FROM claim c JOIN document d ON d.id = c.document_id
      WHERE d.replaced_by IS NOT NULL OR EXISTS (SELECT 1 FROM decision x
        WHERE x.target_kind = 'document' AND x.action = 'withdraw' AND x.target_id = d.id)""",
    "old event ids that lead nowhere": "SELECT count(*) FROM event_alias a LEFT JOIN event e ON e.id = a.event_id WHERE e.id IS NULL",
}
"""What `tracker db check` counts; each should be 0."""


def check(url: str) -> list[tuple[str, str]]:
    """Each check with "ok" or what is wrong. Raises NoStore, OlderStore, NewerStore."""
    check_revision(revision(url), str(sqlite_path(url) or "the store"))
    with session(url) as work:
        found = integrity(work)
        rows = [("the file itself", "ok" if not found else "; ".join(found[:5]))]
        for name, query in CHECKS.items():
            count = work.connection().execute(text(query)).scalar()
            rows.append((name, "ok" if not count else str(count)))
    return rows
