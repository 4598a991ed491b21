"""What the commands about counts share: rows as records, the vessels of a fleet as ships, and both side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tracker.cli import asked, knowledge
from tracker.cli.show import aged
from tracker.domain.kinds import PORT_KINDS, EventKind, Modality, PlaceKind, VesselType
from tracker.domain.phrases import told_count, told_modality, told_place

if TYPE_CHECKING:
    from tracker.analysis.counts import Placed, Reconciled, Ship
    from tracker.analysis.scope import Scope
    from tracker.store.queries import EventFilter
    from tracker.store.reader import Reader

Row = dict[str, Any]


def rows_of(reader: Reader, f: EventFilter) -> list[Row]:
    """The counts of a filter; with `known_on`, those of documents published (where unpublished: first ingested) by then."""
    rows = reader.counts(f)
    return [row for row in rows if f.known_on is None or knowledge.known_since(row) <= f.known_on]


def bearing_rows(reader: Reader, f: EventFilter, scope: Scope) -> list[Row]:
    """The counts of exactly an area; with a country, those of it and those that tell none."""
    rows = rows_of(reader, replace(f, country=None, area=scope.key))
    return [row for row in rows if not f.country or row["country"] in (f.country, None)]


def ships_of(fleet: asked.Fleet) -> list[Ship]:
    """The vessels of a fleet as counts ask of them."""
    from tracker.analysis.counts import Ship
    from tracker.analysis.fleet import history_of

    return [
        Ship(
            key=key,
            name=row["vessel_name"],
            type=VesselType(row["type"]),
            history=history_of(events),
            country=row["country"],
            class_name=row["class"],
            project=row["project"],
            least=row["count"] or 1,
            document=row["document_id"],
        )
        for key, events in fleet.told.items()
        for row in (fleet.vessel(key),)
    ]


@dataclass(frozen=True)
class Compared:
    """A count, its row, and what we can name of it."""

    row: Row
    found: Reconciled


def compared(rows: Iterable[Row], fleet: asked.Fleet, scope: Scope, on: date) -> list[Compared]:
    """The counts of an area that bear on a day beside the vessels that our events put there, the latest first, each part behind its whole."""
    from tracker.analysis.counts import bearing, day_of, exclusions, reconcile
    from tracker.gazetteer.counts import load_counts
    from tracker.store.counts import as_strength

    by_id = {row["count_id"]: row for row in rows}
    claims = bearing(map(as_strength, by_id.values()), scope, on)
    ships, whole = ships_of(fleet), load_counts().whole
    others = exclusions(claims, whole)
    found = [(one, reconcile(one, ships, scope, day_of(one, on) or on, whole)) for one in claims]
    return [Compared(by_id[one.id], replace(made, others=others.get(one.id, ()))) for one, made in found]


def beside(reader: Reader, f: EventFilter, scope: Scope, on: date) -> list[Compared]:
    """The counts of an area that bear on a day beside the vessels that we can name there, read as far back as a count may be old."""
    from tracker.analysis.whereabouts import horizons

    rows = bearing_rows(reader, f, scope)
    if not rows:
        return []
    fleet = asked.fleet_on(reader, f, scope, on - timedelta(days=max(horizons().values())), on)
    fleet.fetch_vessels()
    return compared(rows, fleet, scope, on)


def counted_words(row: Row) -> str:
    """What a count is of: "7 Russian ships", "at least 12 PLAN ships", "4 Kalibr carriers"."""
    return f"{told_count(row['count'], row['count_most'], row['bound'])} {row['subset'] or row['what']}"


def _where(row: Row) -> str:
    kind = EventKind.IN_PORT if row["place_kind"] in PORT_KINDS else EventKind.AT_SEA
    return told_place(kind, row["place"], None, None, row["place_kind"] or PlaceKind.SEA)


def named_words(one: Compared) -> str:
    """How many of a count we can name, and what is left: "we can name 5 of 7, perhaps 1 more"."""
    found, row = one.found, one.row
    if not found.named and not found.perhaps and not row["count"]:
        return "we name none there either"
    if not row["count"] or len(found.named) > (row["count_most"] or row["count"]):
        told = f"we name {len(found.named)} there"
    else:
        told = f"we can name {len(found.named)} of {told_count(row['count'], row['count_most'], row['bound'])}"
    return told + (f", perhaps {len(found.perhaps)} more" if found.perhaps else "")


def verdict_words(one: Compared) -> str:
    """What doesn't go together, empty where nothing is wrong: "contradiction: 3 named vessels of the kind were there that day"."""
    from tracker.analysis.counts import Verdict

    found = one.found
    parts = [f"{found.verdict}: {found.why}"] if found.verdict is not Verdict.FITS else []
    if found.others:
        parts.append(f"excluded by {', '.join(found.others)}")
    return "; ".join(parts)


def named_vessels(placed: Iterable[Placed]) -> list[str]:
    """Vessels with a mark on those that are not surely there."""
    from tracker.analysis.fleet import Certainty

    return [
        f"{one.ship.name}{'' if one.standing.certainty is Certainty.PRESENT else f' ({one.standing.certainty.value})'}"
        for one in placed
        if one.ship.name
    ]


def told_lines(found: Iterable[Compared], on: date) -> Iterator[str]:
    """The counts that bear on a day, a line each: "told for 13 Jun 2024: 7 Russian ships · we can name 5 of 7 · Wire A [F6], age 3 d"."""
    for one in found:
        row = one.row
        when = f"{row['when']}" if row["end"] == on else f"{row['when']}, {max(0, (on - one.found.on).days)} d before"
        hedge = "" if row["modality"] == Modality.ASSERTED else f" · {told_modality(row['modality'], row['hedge'])}"
        wrong = verdict_words(one)
        part = "  of these, " if row["part_of"] else ""
        yield (
            f"{part}told ({when}): {counted_words(row)} {_where(row)}{hedge} · {named_words(one)}"
            f"{f' · {wrong}' if wrong else ''} · {row['source']} [{row['grade']}{row['credibility']}], age {aged(row)}"
        )
