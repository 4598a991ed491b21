"""The list of the reports that were made. Light: a report is made without what writes documents, and from a store that can only be read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tracker.errors import StoreError
from tracker.settings import sqlite_path

_PATIENCE_S = 2.0  # a report doesn't wait long for those who write
_JSON = ("options", "events", "claims")


@dataclass(frozen=True, slots=True)
class Made:
    """A row of the table `report`. Times in UTC; `events` and `claims` are ids."""

    id: str
    kind: str
    title: str
    file: str
    made_at: datetime
    as_of: datetime
    known_on: date | None
    options: Mapping[str, Any]
    events: tuple[str, ...]
    claims: tuple[str, ...]


def keep(url: str, made: Made) -> bool:
    """Write a report into the list, where it isn't in it; False where the store can't be written to."""
    path = sqlite_path(url)
    if path is None:
        return _keep_elsewhere(url, made)
    row: dict[str, Any] = {name: json.dumps(value) if name in _JSON else value for name, value in asdict(made).items()}
    row |= {name: row[name].replace(tzinfo=None).isoformat(" ", "microseconds") for name in ("made_at", "as_of")}
    row["known_on"] = made.known_on.isoformat() if made.known_on else None
    names = list(row)
    insert = f"INSERT INTO report ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)}) ON CONFLICT (id) DO NOTHING"
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_S)) as store, store:
            store.execute(insert, row)
    except sqlite3.OperationalError:  # read only, or somebody has been writing all the time
        return False
    return True


def _keep_elsewhere(url: str, made: Made) -> bool:
    from tracker.store.engine import session
    from tracker.store.tables import ReportRow

    try:
        with session(url) as work:
            if work.get(ReportRow, made.id) is None:
                work.add(ReportRow(**asdict(made) | {"events": list(made.events), "claims": list(made.claims)}))
    except StoreError:
        return False
    return True
