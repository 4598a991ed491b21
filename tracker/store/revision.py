"""The revision of the store that this version of tracker reads and writes; light, so that lists can check it without SQLAlchemy."""

from __future__ import annotations

from tracker.errors import NewerStore, OlderStore, StoreError

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every revision, oldest first; a test holds this against `db/migrations/versions`."""
HEAD = REVISIONS[-1]


def check_revision(found: str | None, where: str) -> None:
    """Raise OlderStore, NewerStore or StoreError unless a store's revision is the one this version speaks."""
    if found == HEAD:
        return
    if found is None:
        raise StoreError(f"{where} is no tracker store; make one with `tracker db init`, or name another with --db")
    if found in REVISIONS:
        raise OlderStore(f"{where} was made by an earlier version of tracker (revision {found}, now {HEAD}); run `tracker db upgrade`")
    raise NewerStore(f"{where} was made by a later version of tracker (revision {found}, this one knows {HEAD}); update tracker")
