"""What was known by a day: events merged anew from the claims published by then, so that nothing learnt later slips in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.domain.kinds import MAIN_SLOT, EventKind, ReviewStatus
from tracker.domain.told import ClaimBrief, ToldRow

if TYPE_CHECKING:
    from tracker.domain.records import Event
    from tracker.domain.tree import PlaceTree
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]
SLOTS = ("place", "origin", "destination")


def events(reader: Reader, f: EventFilter, near: Collection[str] | None = None) -> list[Row]:
    """The rows that `Reader.events` gives; with `known_on`, as they would have been on that day.

    `near`: keys of places; with `known_on`, vessels of which no claim names one of them are left out, which saves working them out.
    """
    if f.known_on is None:
        return reader.events(f)
    tree = reader.tree()
    picky = any((f.kind, f.modality, f.area, f.source, f.since))
    claims = _bearing(reader, f, f.known_on, tree) if picky else _claims(reader, f, f.known_on, near)
    return [row for row in _merged(reader, claims, tree) if _fits(row, f, tree)]


def known_events(reader: Reader, f: EventFilter, known_on: date, near: Collection[str] | None = None) -> list[Row]:
    """Every event of the vessels of a filter, from the claims published (where unpublished: first ingested) by a day; oldest first.

    Of the versions of a document the one counts that stood on that day. With `near` only of vessels of which some claim names one of these
    places, by key.
    """
    return _merged(reader, _claims(reader, f, known_on, near), reader.tree())


def _merged(reader: Reader, claims: Iterable[Row], tree: PlaceTree) -> list[Row]:
    """The rows of the events that some claims make, oldest first."""
    from tracker.analysis.merge import merge
    from tracker.cli.claims import as_claim

    rows = {row["claim_id"]: row for row in claims}
    kinds = {row["main_key"]: row["main_kind"] for row in rows.values()}
    merged = [_row(event, rows, kinds, reader) for event in merge([as_claim(row) for row in rows.values()], tree)]
    return sorted(merged, key=lambda row: (row["end"] or date.max, row["start"] or date.min, row["vessel"], row["event_id"]))


def vessels(reader: Reader, f: EventFilter, *, register: bool) -> list[Row]:
    """The rows that `Reader.vessels` gives; with `known_on`, as they would have been on that day."""
    from tracker.analysis.whereabouts import latest

    if f.known_on is None:
        return reader.vessels(f, register=register)
    tree, by_vessel = reader.tree(), dict[str, list[Row]]()
    near = tree.within(f.area) | {f.area} if f.area and not register else None
    for row in known_events(reader, f, f.known_on, near):
        by_vessel.setdefault(row["vessel_key"], []).append(row)
    rows = []
    for row in reader.vessels(_about_vessels(f), register=True):
        known = by_vessel.get(row["vessel_key"], [])
        if any(_fits(event, f, tree) for event in known) or (register and not _about_events(f)):
            number = latest([ToldRow.of(event) for event in known], reader.as_of.date())
            rows.append(row | {"events": len(known)} | _last(None if number is None else known[number]))
    return rows


def sureness(row: Row, today: date) -> str | None:
    """The `certainty` of a vessel's row: how sure its last event makes one of where it is; None for a vessel without events."""
    from tracker.analysis.whereabouts import UNKNOWN, certainty

    if not row["last_kind"]:
        return UNKNOWN if row["events"] else None
    return certainty(row["last_kind"], row["last_modality"], row["last_start"], row["last_end"], today, row["last_precision"])


def claims(reader: Reader, events: Iterable[Row], known_on: date | None) -> list[Row]:
    """The rows that `Reader.claims` gives; with `known_on` those behind events that `known_events` gave, each in the event that it was in then."""
    from tracker.cli.former import former_claims

    if known_on is None:
        return reader.claims()
    home = {number: event["event_id"] for event in events for number in event["claim_ids"]}
    known = _known(reader, reader.claims(), former_claims(reader, known_on), known_on)
    return [row | {"event_id": home[row["claim_id"]]} for row in known if row["claim_id"] in home]


def _claims(reader: Reader, f: EventFilter, known_on: date, near: Collection[str] | None) -> list[Row]:
    """The claims of the vessels that a filter asks for, as they stood on a day; with `near` of those of which some claim names such a place."""
    asked = replace(_about_vessels(f), known_on=known_on)
    standing, former = reader.known_claims(asked, near), _former(reader, f, known_on)
    if near is not None and former:
        named = {row["vessel_key"] for row in former if any(row[f"{slot}_key"] in near for slot in SLOTS)}
        there = {row["vessel_key"] for row in standing}
        if more := named - there:
            standing = [*standing, *reader.known_claims(replace(asked, vessels=tuple(sorted(more))))]
        former = [row for row in former if row["vessel_key"] in named | there]
    return _known(reader, standing, former, known_on)


def _bearing(reader: Reader, f: EventFilter, known_on: date, tree: PlaceTree) -> list[Row]:
    """Of the claims that `_claims` gives those of which the events that fit a filter can be made: in a large archive one in twenty."""
    from tracker.analysis.bearing import bearing

    asked, inside = replace(_about_vessels(f), known_on=known_on, kind=f.kind), tree.within(f.area) | {f.area} if f.area else None
    briefs, former = reader.claim_briefs(asked, inside), {row["claim_id"]: row for row in _former(reader, f, known_on)}
    if former:  # what stands of their vessels may be told of other places alone
        theirs = tuple(sorted({row["vessel_key"] for row in former.values()}))
        briefs += [*reader.claim_briefs(replace(asked, vessels=theirs)), *map(ClaimBrief.of, former.values())]
    wanted = bearing({brief.id: brief for brief in briefs}.values(), list(_wants(f, inside)))
    return _known(reader, reader.claims_of(wanted - former.keys()), [former[number] for number in wanted & former.keys()], known_on)


def _wants(f: EventFilter, inside: Collection[str] | None) -> Iterator[Callable[[ClaimBrief], bool]]:
    """What `_fits` asks of an event, as far as a claim of it has to have it too."""
    if inside is not None:
        yield lambda c: c.place_key in inside or c.origin_key in inside or c.destination_key in inside
    if f.modality:
        yield lambda c: c.modality == f.modality
    if f.source:
        yield lambda c: c.source_key == f.source
    if since := f.since:
        yield lambda c: c.end is not None and c.end >= since
    if until := f.until:
        yield lambda c: (begin := c.start or c.end) is not None and begin <= until


def _former(reader: Reader, f: EventFilter, known_on: date) -> list[Row]:
    """The claims of a filter's vessels whose documents stood on a day and don't now."""
    from tracker.cli.former import former_claims

    former = former_claims(reader, known_on)
    fits = {row["vessel_key"] for row in reader.vessels(_about_vessels(f), register=True)} if former else ()
    return [row for row in former if row["vessel_key"] in fits]


def _known(reader: Reader, standing: Iterable[Row], former: Iterable[Row], known_on: date) -> list[Row]:
    """Of the claims that stand those that were known on a day, and those of documents that stood then and don't now."""
    rows = [row for row in (*standing, *former) if known_since(row) <= known_on]
    return [reader.timed(row) for row in sorted(rows, key=lambda row: (row["published"] or date.max, row["quote_start"], row["claim_id"]))]


def _about_vessels(f: EventFilter) -> EventFilter:
    """The part of a filter that concerns the vessel."""
    return replace(f, kind=None, modality=None, area=None, source=None, since=None, until=None, status=None, known_on=None)


def _about_events(f: EventFilter) -> bool:
    return any((f.kind, f.modality, f.area, f.source, f.since, f.until, f.status))


def known_since(row: Row) -> date:
    """The day from which a document, or a claim of it, is known: its publication, where unpublished the day it was first ingested.

    For a later version that bears the publication of an earlier one, the day on which it was seen (`domain.versions`).
    """
    since: date = row["known_from"] or row["published"] or row["ingested_at"].date()
    return since


def _row(event: Event, claims: dict[str, Row], kinds: dict[str | None, str | None], reader: Reader) -> Row:
    """The row of an event that was merged anew, about its leading claim as `Reader.events` has it."""
    from tracker.domain.when import age_days

    places = {slot: getattr(event, slot) for slot in SLOTS} | {f"{slot}_key": getattr(event, f"{slot}_key") for slot in SLOTS}
    main_key = places[f"{MAIN_SLOT[EventKind(event.kind)]}_key"]
    return {
        **claims[event.lead],
        **places,
        "event_id": event.id,
        "start": event.interval.start,
        "end": event.interval.end,
        "precision": event.interval.precision.value,
        "edtf": event.interval.edtf(),
        "when": event.interval.told(),
        "modality": event.modality.value,
        "hedge": event.hedge,
        "credibility": event.credibility,
        "claims": len(event.claims),
        "claim_ids": event.claims,
        "roots": event.roots,
        "first_published": event.first_published,
        "last_published": event.last_published,
        "age_days": age_days(event.interval.end, reader.as_of),
        "main_key": main_key,
        "main_kind": kinds.get(main_key),
        "status": ReviewStatus.of([claims[number]["decided"] is not None for number in event.claims]).value,
        "sources": {claims[number]["source_key"] for number in event.claims},
    }


def _fits(row: Row, f: EventFilter, tree: PlaceTree) -> bool:
    """Whether an event fits the part of a filter that concerns events."""
    begin = row["start"] or row["end"]
    return (
        f.kind in (None, row["kind"])
        and f.modality in (None, row["modality"])
        and f.status in (None, row["status"])
        and (f.source is None or f.source in row["sources"])
        and (f.since is None or (row["end"] is not None and row["end"] >= f.since))
        and (f.until is None or (begin is not None and begin <= f.until))
        and (f.area is None or any(row[f"{slot}_key"] and tree.inside(row[f"{slot}_key"], f.area) for slot in SLOTS))
    )


def _last(event: Row | None) -> Row:
    """The `last_*` columns of a vessel from its latest event."""
    from tracker.domain.phrases import told_place

    names = ("kind", "modality", "hedge", "start", "end", "precision", "when")
    if event is None:
        return {f"last_{name}": None for name in names} | {"last_place": None, "last_place_key": None, "age_days": None}
    place = told_place(event["kind"], event["place"], event["origin"], event["destination"], event["main_kind"])
    return {f"last_{name}": event[name] for name in names} | {
        "last_place": place,
        "last_place_key": event["main_key"],
        "age_days": event["age_days"],
    }
