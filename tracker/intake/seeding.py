"""A new store, with the register and the gazetteer in it."""

from __future__ import annotations

from tracker.gazetteer.index import load_gazetteer
from tracker.store import migrate, repository
from tracker.store.engine import session
from tracker.store.revision import check_revision


def ensure_store(url: str) -> bool:
    """Make and fill the store where there is none; returns whether it did. Raises OlderStore and NewerStore for one of another revision.

    Several processes may do so at once: each step is a transaction that does nothing where another process has done it.
    """
    made = not migrate.exists(url)
    if made:
        migrate.make(url)
    check_revision(migrate.revision(url), url)
    if made or _is_empty(url):
        reseed(url)
    return made


def _is_empty(url: str) -> bool:
    """Whether nobody has filled the store yet."""
    with session(url) as work:
        return not repository.has_vessels(work)


def make_store(url: str) -> None:
    """Make a store and fill it. Raises StoreError where one stands."""
    migrate.init(url)
    reseed(url)


def reseed(url: str) -> None:
    """Put what the seeds have and the store lacks into the store; nothing is changed or taken away."""
    gazetteer = load_gazetteer()
    with session(url) as work:
        repository.seed(work, gazetteer.places.entries.values(), gazetteer.vessels.entries.values())
