"""From a number or a sentence of a report to the words behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.errors import NothingFound
from tracker.report.evidence import Evidence
from tracker.report.told import Row

FIRST = ("key-points", "last-known", "changes", "strength")
"""The sections that are explained where nothing in particular is asked: what is read first, and what is counted."""
EVERYTHING = "all"
_NUMBER = re.compile(r"\[?(\d{1,6})\]?")
_LEAST_OF_ID = 4  # characters


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement with the events behind it, and the claims behind each of these."""

    id: str
    text: str
    events: tuple[tuple[Row, tuple[Row, ...]], ...]

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a claim, with the columns of `columns.EXPLAINED`; an event without a claim in the report has one with none."""
        for event, claims in self.events:
            for claim in claims or ({},):
                told = {"statement_id": self.id, "text": self.text, "event_id": event["event_id"], "told": event["told"]}
                yield {**claim, **told}


def reasons(evidence: Evidence, what: str | None = None) -> list[Reason]:
    """What is asked of a report: a statement's id, a section, a source's number, an id of an event or a claim or its beginning, "all".

    Nothing asked is the key points and what is counted. Raises NothingFound that says what there is to ask for.
    """
    if what is None:
        return [_reason(evidence, row) for row in evidence.statements if row["section"] in FIRST]
    if what == EVERYTHING:
        return [_reason(evidence, row) for row in evidence.statements]
    found = [_reason(evidence, row) for row in evidence.statements if what in (row["statement_id"], row["section"])]
    found = found or list(_by_number(evidence, what)) or list(_by_id(evidence, what))
    if not found:
        raise NothingFound(f'nothing in this report is called "{what}"; ask for a section ({", ".join(sections(evidence))}), a source ([1]) or an id')
    return found


def sections(evidence: Evidence) -> dict[str, int]:
    """The sections that hold statements, with how many each."""
    counts: dict[str, int] = {}
    for row in evidence.statements:
        counts[row["section"]] = counts.get(row["section"], 0) + 1
    return counts


def _reason(evidence: Evidence, statement: Row) -> Reason:
    return Reason(statement["statement_id"], statement["text"], _behind(evidence, statement["events"]))


def _behind(evidence: Evidence, ids: Iterable[str]) -> tuple[tuple[Row, tuple[Row, ...]], ...]:
    events, claims = {row["event_id"]: row for row in evidence.events}, {row["claim_id"]: row for row in evidence.claims}
    return tuple((events[key], tuple(claims[one] for one in events[key]["claim_ids"] if one in claims)) for key in ids if key in events)


def _by_number(evidence: Evidence, what: str) -> Iterator[Reason]:
    number = _NUMBER.fullmatch(what)
    for source in evidence.sources if number else ():
        if number and source["n"] == int(number[1]):
            used = [row for row in evidence.claims if row["n"] == source["n"]]
            text = ", ".join(str(part) for part in (source["source"], source["title"], source["published"]) if part)
            yield Reason(f"[{source['n']}]", text, _only(evidence, used))


def _by_id(evidence: Evidence, what: str) -> Iterator[Reason]:
    if len(what) < _LEAST_OF_ID:
        return
    for event in evidence.events:
        if event["event_id"].startswith(what):
            yield Reason(event["event_id"], event["told"], _behind(evidence, [event["event_id"]]))
    for claim in evidence.claims:
        if claim["claim_id"].startswith(what):
            [pair] = _only(evidence, [claim])
            yield Reason(claim["claim_id"], pair[0]["told"], (pair,))


def _only(evidence: Evidence, claims: Sequence[Row]) -> tuple[tuple[Row, tuple[Row, ...]], ...]:
    """The events of some claims, with these claims alone."""
    events = {row["event_id"]: row for row in evidence.events}
    by_event: dict[str, list[Row]] = {}
    for claim in claims:
        by_event.setdefault(claim["event_id"], []).append(claim)
    return tuple((events[key], tuple(those)) for key, those in by_event.items() if key in events)
