"""What people decided about claims and vessels, as ingest and review apply it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A vessel that bore a name from one day to another; None where that end is open."""

    to: str  # key
    since: date | None
    until: date | None

    def holds(self, first: date, last: date) -> bool:
        """Whether days lie wholly in it."""
        return (self.since is None or self.since <= first) and (self.until is None or last <= self.until)

    def overlaps(self, other: NameSpan) -> bool:
        """Whether the two share a day."""
        apart = (self.until and other.since and self.until < other.since) or (other.until and self.since and other.until < self.since)
        return not apart


@dataclass(frozen=True)
class Decisions:
    """Decisions by what they are about. Ids are of claims, keys of vessels."""

    silent: frozenset[str] = frozenset()  # documents that were replaced or withdrawn: none of their claims tells anything
    rejected: frozenset[str] = frozenset()  # ids: they tell nothing
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # id -> fields of the claim as JSON values: kind, place, place_key, start, …
    moved: Mapping[str, str] = field(default_factory=dict)  # id -> the vessel that it tells of
    merged: Mapping[str, str] = field(default_factory=dict)  # key -> the vessel that it is
    identified: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # key of an unnamed record -> the vessels that it is

    vessel_edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # key -> columns of the vessel as a person put them
    named: Mapping[str, tuple[NameSpan, ...]] = field(default_factory=dict)  # key read for a name -> who bore that name when

    def bearer(self, key: str, first: date | None, last: date | None) -> str:
        """The vessel that bore the name behind a key on some days: the key itself where nobody said so, or the days lie in no one's span alone."""
        first, last = first or last, last or first
        found = {span.to for span in self.named.get(key, ()) if first and last and span.holds(first, last)}
        return found.pop() if len(found) == 1 else key

    def final(self, key: str) -> str:
        """The vessel that a key stands for after all merges."""
        seen = {key}
        while (onward := self.merged.get(key)) and onward not in seen:
            key = onward
            seen.add(key)
        return key


def gathered(rows: Iterable[tuple[str, str, str, Mapping[str, Any]]], silent: frozenset[str] = frozenset()) -> Decisions:
    """Decisions from rows of the store: kind and id of what each is about, action, value."""
    found: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for kind, target, action, value in rows:
        found.setdefault((kind, action), {})[target] = value

    def of(kind: str, action: str, name: str) -> dict[str, Any]:
        return {target: value[name] for target, value in found.get((kind, action), {}).items()}

    return Decisions(
        silent=silent,
        rejected=frozenset(found.get(("claim", "reject"), {})),
        edits=of("claim", "edit", "values"),
        moved=of("claim", "move", "to"),
        merged=of("vessel", "merge", "to"),
        identified={target: tuple(to) for target, to in of("vessel", "identify", "to").items()},
        vessel_edits=of("vessel", "edit", "values"),
        named={target: tuple(map(name_span, spans)) for target, spans in of("vessel", "alias", "spans").items()},
    )


def name_span(value: Mapping[str, str | None]) -> NameSpan:
    """A span from JSON values."""
    since, until = (date.fromisoformat(day) if (day := value[end]) else None for end in ("since", "until"))
    return NameSpan(str(value["to"]), since, until)


def told_id(claim: str, vessel: str) -> str:
    """The id of the claim that stands for one vessel, where what was read of an unnamed record is told of several."""
    return hashlib.sha256(f"{claim}\x1f{vessel}".encode()).hexdigest()[:16]


def unlisted_key(country: str | None, slug: str) -> str:
    """The key of a vessel that the register doesn't have."""
    return f"{(country or 'xx').lower()}/{slug}-unlisted"
