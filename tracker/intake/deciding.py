"""One decision of a person: one transaction, one row of the history; and undoing it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from tracker.analysis.merge import merge
from tracker.domain.when import utc_now
from tracker.errors import NothingFound, StoreError, UsageError
from tracker.intake.known import gazetteer_of
from tracker.resolve.decided import standing
from tracker.settings import sqlite_path
from tracker.store import decisions, migrate, versions
from tracker.store.decisions import Record
from tracker.store.engine import session
from tracker.store.forming import form
from tracker.store.ledger import Change, Ledger, held, holds, make, row_of
from tracker.store.repository import Merge
from tracker.store.revision import check_revision
from tracker.store.tables import DocumentRow, ReviewRow

_DERIVED = frozenset({"claim", "read_claim", "event", "event_alias"})


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why."""

    who: str
    why: str | None = None

    @classmethod
    def of(cls, who: str | None, why: str | None) -> By:
        """By a name, else by that of the user."""
        return cls((who or "").strip() or _user(), (why or "").strip() or None)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine without an entry for the user
        return "unknown"


@dataclass(frozen=True, slots=True)
class Done:
    """What a decision did: its number in the history, and one line that tells it."""

    number: int
    told: str


def merging(work: Session) -> Merge:
    """How claims become events here."""
    return partial(merge, tree=gazetteer_of(work).places.tree)


@contextmanager
def deciding(url: str) -> Iterator[Ledger]:
    """A transaction whose changes are remembered. Raises NoStore, OlderStore, NewerStore, StoreError."""
    check_revision(migrate.revision(url), str(sqlite_path(url) or "the store"))
    with session(url) as work:
        yield Ledger(work)


def write_down(ledger: Ledger, by: By, action: str, kind: str, target: str, told: str) -> Done:
    """Add the decision to the history. Raises UsageError where it changed nothing."""
    if not ledger.changes():
        raise UsageError(f"nothing to change: {told} stands already")
    return Done(decisions.write_down(ledger, Record(by.who, action, kind, target, by.why), utc_now()), told)


def bring_up_to_date(ledger: Ledger, ids: Iterator[str] | list[str]) -> None:
    """Apply every decision to some claims, and to the events of their vessels."""
    reads = decisions.as_read(ledger.work, ids)
    decisions.rewrite(ledger, standing(reads, decisions.about(ledger.work, reads)), merging(ledger.work))


def undo(url: str, count: int, by: By) -> list[Done]:
    """Undo the latest decisions that stand, the latest first, in one transaction. Raises NothingFound where there is none, StoreError for one
    on which something else rests by now."""
    check_revision(migrate.revision(url), str(sqlite_path(url) or "the store"))
    with session(url) as work:
        rows = decisions.standing_history(work, count)
        if not rows:
            raise NothingFound("nothing to undo; `tracker history` lists what was decided")
        return [_undo(work, row, by) for row in rows]


def _undo(work: Session, row: ReviewRow, by: By) -> Done:
    ledger = Ledger(work)
    back = [change.reversed() for change in decisions.changes_of(row)]
    if holds(work, decisions.changes_of(row)) and not decisions.in_use(work, back):
        make(ledger, back)
        _settle_versions(ledger, back)
        _apply_to_later(ledger, back)
    else:
        _undo_among_others(ledger, row, back)
    form(ledger, decisions.vessels_of(work, back), merging(work))
    work.expire_all()
    told = f"{row.action} of {row.target_kind} {row.target_id}"
    number = decisions.write_down(ledger, Record(by.who, "undo", "review", str(row.id), by.why), utc_now())
    return Done(number, f"undid {row.id}: {told}")


def _settle_versions(ledger: Ledger, back: list[Change]) -> None:
    """A decision about a document is gone: of the versions of its page, those that came in since have their say."""
    for change in back:
        if change.table == "decision" and change.key[0] == versions.DOCUMENT:
            row = row_of(ledger.work, DocumentRow, (change.key[1],))
            if row and row["address"]:
                versions.settle(ledger, row["address"])


def _apply_to_later(ledger: Ledger, back: list[Change]) -> None:
    """Documents that came in since may tell of what the decision was about, or have replaced what told of it: bring claims to what stands."""
    concerned = {*decisions.changed_claims(ledger.work, back), *(change.key[0] for change in back if change.table == "claim")}
    reads = decisions.as_read(ledger.work, [number for number in sorted(concerned) if decisions.is_known(ledger.work, number)])
    stands = standing(reads, decisions.about(ledger.work, reads))
    if stale := [(read, told) for read, told in stands if not decisions.is_told_so(ledger.work, read, told)]:
        decisions.rewrite(ledger, stale, merging(ledger.work))


def _undo_among_others(ledger: Ledger, row: ReviewRow, back: list[Change]) -> None:
    """Documents came in since: take the decision back, then work out anew what every claim that decisions touch is worth."""
    concerned = decisions.changed_claims(ledger.work, back) | {change.key[0] for change in back if change.table in ("claim", "read_claim")}
    reads = {read.id: read for read in decisions.as_read(ledger.work, [number for number in concerned if decisions.is_known(ledger.work, number)])}
    base = [change for change in back if change.table not in _DERIVED and not _is_term(change)]
    comes, goes = [c for c in base if c.after is not None], [c for c in base if c.after is None]
    others = [c.reversed() for c in held(ledger.work, [c.reversed() for c in comes])]
    make(ledger, others + [c for c in goes if c.table == "decision"])
    _settle_versions(ledger, back)
    added = {change.key[0] for change in back if row.action == "add" and change.table == "claim"}
    known = decisions.about(ledger.work, list(reads.values()))
    stands = [(read, () if read.id in added else told) for read, told in standing(reads.values(), known)]
    decisions.rewrite(ledger, stands, merging(ledger.work))
    decisions.forget_read(ledger, added)
    rest = [c.reversed() for c in held(ledger.work, [c.reversed() for c in goes if c.table != "decision"])]
    if told := decisions.in_use(ledger.work, rest):
        raise StoreError(f"{row.id} ({row.action}) can't be undone: {told}")
    make(ledger, rest)


def _is_term(change: Change) -> bool:
    """Whether a change only tells how long a version of a document stands, which follows from the versions there are."""
    return change.table == "document" and change.before is not None and change.after is not None
