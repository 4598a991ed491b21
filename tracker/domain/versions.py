"""Versions of one document: which text of a page stands, from which day each is known, and from which day another took its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from urllib.parse import urlsplit

_COUNTING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid", "igshid")
"""Beginnings of parameters that only count clicks."""


def page_address(url: str | None) -> str | None:
    """A URL without what differs between links to one page (scheme, "www.", a trailing slash, parameters that count clicks).

    Stricter than the sign of a shared address (`resolve.origins`): two pages taken for one would silence what one of them tells. None for
    what is no address of a single page, such as the front page of a site.
    """
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    kept = "&".join(sorted(part for part in parts.query.split("&") if part and not part.lower().startswith(_COUNTING)))
    path = parts.path.rstrip("/")
    if not parts.netloc or not (path or kept):
        return None
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{path}{'?' if kept else ''}{kept}{fragment}"


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a page. `seen`: when it was fetched, else when it was read in; `kept`: a person said that it stands beside the others."""

    id: str
    published: date | None
    seen: datetime
    kept: bool = False

    @property
    def day(self) -> date:
        """The day that orders versions: the publication, else the day on which it was seen."""
        return self.published or self.seen.date()


@dataclass(frozen=True, slots=True)
class Term:
    """How long a version stands. `known_from`: None where its publication (else its reading) says it; the rest None for one that stands."""

    known_from: date | None = None
    replaced_by: str | None = None
    replaced_on: date | None = None


def ordered(versions: Iterable[Version]) -> list[Version]:
    """Versions in order of their days; of one day in the order in which they were seen."""
    return sorted(versions, key=lambda v: (v.day, _utc(v.seen), v.id))


def terms(versions: Iterable[Version]) -> dict[str, Term]:
    """The term of each version by id, the same in whatever order they come.

    The one published last stands; of one day the one seen last. It is known from its publication; where the version before it bears the
    same day, that day says nothing of the change, and it is known from the day on which it was seen.
    """
    chain = ordered(versions)
    late = {after.id: max(after.seen.date(), after.day) for before, after in pairwise(chain) if before.day == after.day}
    found: dict[str, Term] = {}
    for number, version in enumerate(chain):
        later = chain[number + 1 :]
        known = late.get(version.id)
        if not later or version.kept:
            found[version.id] = Term(known)
        else:
            found[version.id] = Term(known, later[0].id, min(late.get(v.id, v.day) for v in later))
    return found


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
