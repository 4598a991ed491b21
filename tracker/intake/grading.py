"""The use case of grading a source: a person's judgement, kept with who gave it, when and why."""

from __future__ import annotations

import getpass

from tracker.domain.grades import RELIABILITY
from tracker.domain.when import utc_now
from tracker.errors import UsageError
from tracker.store import repository
from tracker.store.engine import session


def grade_source(url: str, key: str, grade: str, *, why: str, who: str | None = None) -> str:
    """Give a source of the store a reliability, A to F, and return the one it had. `who` is the user's name where none is given.

    The credibility of its claims stays as it is: the two grades are kept apart. Raises UsageError for another letter or an empty reason,
    NothingFound for a source that isn't there, StoreError for the store's own troubles.
    """
    if grade not in RELIABILITY:
        raise UsageError(f'"{grade}" is no grade of a source; there are {", ".join(f"{sign} ({told})" for sign, told in RELIABILITY.items())}')
    if not why.strip():
        raise UsageError("--why is empty; a grade needs its reason")
    with session(url) as work:
        return repository.grade_source(work, key, grade, who=who or user_name(), why=why.strip(), at=utc_now())


def user_name() -> str:
    """The name of whoever runs the command, "unknown" where the system has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
