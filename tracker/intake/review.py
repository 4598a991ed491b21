"""What people decide about claims: accept, reject, edit, add. Each is one transaction and one row of the history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.domain.decisions import Decisions
from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision
from tracker.domain.records import Claim, DocumentText
from tracker.domain.when import Interval, utc_now
from tracker.errors import NothingFound, UsageError
from tracker.intake.deciding import By, Done, bring_up_to_date, deciding, merging, write_down
from tracker.resolve.decided import edited
from tracker.store import claims as rows
from tracker.store import decisions
from tracker.store.repository import source_key

SLOTS = ("place", "origin", "destination")
ADDED_RULE = "analyst"
"""The rule of a claim that a person added."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, as an edit puts it; both None to leave the slot open."""

    name: str | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changes of a claim; None leaves it as it is. `place` goes to the slot that the kind is chiefly about."""

    kind: EventKind | None = None
    interval: Interval | None = None
    place: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    modality: Modality | None = None


def accept(url: str, target: str, by: By, *, alone: bool = False) -> Done:
    """Accept an event's claims, or with `alone` the one claim of this id; a rejected claim stands again. Raises NothingFound, UsageError."""
    with deciding(url) as ledger:
        ids = _targets(ledger.work, target, alone=alone)
        for number in ids:
            decisions.decide(ledger, decisions.CLAIM, number, "accept", {})
        reads = [_read(ledger.work, number) for number in ids]
        for number in ids:
            decisions.withdraw(ledger, decisions.CLAIM, number, "reject")
        bring_up_to_date(ledger, reads)
        return write_down(ledger, by, "accept", *_target(target, ids), f"accepted {_counted(ids)}")


def reject(url: str, target: str, by: By, *, alone: bool = False) -> Done:
    """Reject an event's claims, or with `alone` the one claim of this id: they make no events, now or when the document is read again."""
    with deciding(url) as ledger:
        ids = _targets(ledger.work, target, alone=alone)
        reads = [_read(ledger.work, number) for number in ids]
        for number, read in zip(ids, reads, strict=True):
            decisions.decide(ledger, decisions.CLAIM, number, "reject", {"read": read})
            decisions.withdraw(ledger, decisions.CLAIM, number, "accept")
        bring_up_to_date(ledger, reads)
        return write_down(ledger, by, "reject", *_target(target, ids), f"rejected {_counted(ids)}")


def edit(url: str, target: str, change: Edit, by: By, *, alone: bool = False) -> Done:
    """Change what an event's claims tell, or with `alone` the one claim of this id; the quote stays. Raises NothingFound, UsageError."""
    with deciding(url) as ledger:
        ids = _targets(ledger.work, target, alone=alone)
        for number in ids:
            before = decisions.decision(ledger.work, decisions.CLAIM, number, "edit")
            claim = _standing(ledger.work, number)
            values = _values(claim, change)
            decisions.decide(ledger, decisions.CLAIM, number, "edit", {"values": {**(before["values"] if before else {}), **values}})
        bring_up_to_date(ledger, ids)
        return write_down(ledger, by, "edit", *_target(target, ids), f"edited {_counted(ids)}")


def _read(work: Session, number: str) -> str:
    return decisions.as_read(work, [number])[0].id


def _target(target: str, ids: list[str]) -> tuple[str, str]:
    return ("claim", ids[0]) if len(ids) == 1 else ("event", min(ids))


def _counted(ids: list[str]) -> str:
    return f"claim {ids[0]}" if len(ids) == 1 else f"{len(ids)} claims of event {min(ids)}"


def _targets(work: Session, prefix: str, *, alone: bool) -> list[str]:
    """The ids of the claims that a person means: those of the event of this id, the one claim, or a rejected one."""
    if not prefix.isalnum():
        raise NothingFound(f'no event "{prefix}"; ids are in the lists: tracker events list')
    events = [] if alone else rows.event_ids(work, prefix)
    if len(events) == 1:
        return rows.of_event(work, events[0])
    found = events or rows.claim_ids(work, prefix) or decisions.rejected(work, prefix)
    if not found:
        raise NothingFound(f'no {"claim" if alone else "event"} "{prefix}"; ids are in the lists: tracker events list, tracker events show')
    if len(found) > 1:
        raise NothingFound(f'{len(found)} begin with "{prefix}": {", ".join(found[:5])}{", …" if len(found) > 5 else ""}')
    return found


def _standing(work: Session, number: str) -> Claim:
    """The claim as it stands, with the edits that were made."""
    found = rows.claim(work, number)
    if found is None:
        raise UsageError(f"claim {number} is rejected; accept it first")
    return found


def _values(claim: Claim, change: Edit) -> dict[str, Any]:
    """The fields that an edit gives a claim, as JSON values. Raises UsageError for one that its document can't tell."""
    values: dict[str, Any] = {}
    kind = change.kind or claim.kind
    if kind != claim.kind:
        values |= {"kind": kind.value} | _main_slot_moved(claim, kind)
    for slot, place in (*_slots(change, kind), ("origin", change.origin), ("destination", change.destination)):
        if place is not None:
            values |= {slot: place.name, f"{slot}_key": place.key}
    modality = change.modality or claim.modality
    if change.modality is not None:
        values |= {"modality": modality.value} | ({"hedge": None} if modality is Modality.ASSERTED else {})
    if change.interval is not None:
        values |= interval_values(tellable(change.interval, claim.published, modality))
    if not values:
        raise UsageError("nothing to edit: give --kind, --date, --place, --origin, --destination or --modality")
    _check(edited(claim, values))
    return values


def _slots(change: Edit, kind: EventKind) -> list[tuple[str, Place | None]]:
    return [(MAIN_SLOT[kind], change.place)]


def _main_slot_moved(claim: Claim, kind: EventKind) -> dict[str, Any]:
    """What an event is chiefly about goes to the slot of its new kind, where that is open: what was no arrival at Tartus left Tartus."""
    old, new = MAIN_SLOT[claim.kind], MAIN_SLOT[kind]
    if old == new or getattr(claim, new) or not getattr(claim, old):
        return {}
    return {new: getattr(claim, old), f"{new}_key": getattr(claim, f"{old}_key"), old: None, f"{old}_key": None}


def _check(claim: Claim) -> None:
    if claim.origin_key and claim.origin_key == claim.destination_key:
        raise UsageError(f"origin and destination are both {claim.origin}")


def interval_values(interval: Interval) -> dict[str, Any]:
    """An interval as JSON values."""
    start, end = (day.isoformat() if day else None for day in (interval.start, interval.end))
    return {"start": start, "end": end, "precision": interval.precision.value}


def tellable(interval: Interval, published: date | None, modality: Modality) -> Interval:
    """An interval as a document of a day can tell it: what is told as past ends with its telling. Raises UsageError for what lies after it."""
    if interval.start is None and interval.end is None:
        return Interval.open_until(published)
    if published is None or modality in (Modality.PLANNED, Modality.NEGATED):
        return interval
    if interval.start and interval.start > published:
        raise UsageError(f"the report is of {published} and can't tell what happened on {interval.start}; --modality planned tells a plan")
    if interval.end is None or interval.end > published:
        return Interval(interval.start, published, Precision.DAY if interval.start == published else Precision.RANGE)
    return interval


@dataclass(frozen=True, slots=True)
class Added:
    """A claim that a person makes: what happened, and the words that say so."""

    vessels: tuple[str, ...]  # keys
    kind: EventKind
    quote: str
    interval: Interval
    modality: Modality = Modality.REPORTED
    places: Mapping[str, Place] | None = None  # slot -> place


def add(url: str, told: Added, by: By) -> Done:
    """Add a person's own claim: source "analyst NAME", quote the words given, published today. Raises UsageError."""
    if not told.quote.strip():
        raise UsageError("--quote is empty: an event needs the words that tell it")
    with deciding(url) as ledger:
        claims = _own_claims(told, by.who)
        document = _note(told.quote, by.who, utc_now().date())
        rows.ensure_document(ledger, document, utc_now())
        known = {claim.id for claim in claims if rows.claim(ledger.work, claim.id)}
        if known:
            raise UsageError(f"that stands already: claim {', '.join(sorted(known))}")
        decided = decisions.about(ledger.work, claims)
        for claim in claims:
            decisions.decide(ledger, decisions.CLAIM, claim.id, "accept", {})
        decisions.rewrite(ledger, _as_given(claims, decided), merging(ledger.work))
        return write_down(ledger, by, "add", *_target("", sorted(c.id for c in claims)), f"added claim {', '.join(sorted(c.id for c in claims))}")


def _as_given(claims: Iterable[Claim], decided: Decisions) -> list[tuple[Claim, tuple[Claim, ...]]]:
    """Each claim of a person about the vessel that its key stands for by now."""
    final = (replace(claim, vessel=decided.final(claim.vessel)) for claim in claims)
    return [(claim, (claim,)) for claim in final]


def _note(quote: str, who: str, today: date) -> DocumentText:
    """A person's words as a document: the words, then who wrote them down and when."""
    text = f"{quote}\n\n{who}, {today}\n"
    return DocumentText(
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        media_type="text/plain",
        title="Analyst's note",
        source=f"analyst {who}",
        published=today,
        published_from="option",
    )


def _own_claims(told: Added, who: str) -> list[Claim]:
    today = utc_now().date()
    document = _note(told.quote, who, today)
    interval = tellable(told.interval, today, told.modality)
    act = _hash(document.sha256, told.kind, interval.edtf(), *((s, p.name) for s, p in sorted((told.places or {}).items())))
    given = (told.places or {}).items()
    values: dict[str, Any] = {slot: place.name for slot, place in given} | {f"{slot}_key": place.key for slot, place in given}
    return [edited(_bare_claim(document, told, interval, act, vessel), values) for vessel in dict.fromkeys(told.vessels)]


def _bare_claim(document: DocumentText, told: Added, interval: Interval, act: str, vessel: str) -> Claim:
    return Claim(
        id=_hash(act, vessel),
        document=document.sha256,
        vessel=vessel,
        kind=told.kind,
        interval=interval,
        modality=told.modality,
        quote=told.quote,
        quote_start=0,
        quote_end=len(told.quote),
        rule=ADDED_RULE,
        act=act,
        published=document.published,
        source=source_key(document.source or ""),
    )


def _hash(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
