"""Rows of the store as a report reads them: events and claims with typed dates, kinds and modalities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.domain.kinds import EventKind, Modality, Precision, ReviewStatus
from tracker.domain.when import Interval

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as a report prints it; made from a row with the keys of `columns.EVENTS`."""

    id: str
    vessel_key: str
    vessel: str  # the name, or "2 × frigate, unnamed"
    named: bool
    count: int | None
    type: str
    kind: EventKind
    interval: Interval
    modality: Modality
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = None
    place: str | None = None
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = None
    origin_key: str | None = None
    destination_key: str | None = None
    hedge: str | None = None
    roots: int = 1  # independent origins of its claims
    document_id: str | None = None
    demo: bool = False
    reviewed: bool = False  # people accepted all its claims

    @property
    def start(self) -> date | None:
        """Its first day, None where undated."""
        return self.interval.start

    @property
    def end(self) -> date | None:
        """Its last day; of an undated one the day by which it was known."""
        return self.interval.end

    @property
    def precision(self) -> str:
        """How exactly its interval is told."""
        return self.interval.precision

    @property
    def placed(self) -> bool:
        """Whether any place is told, one that the gazetteer doesn't have included."""
        return bool(self.place or self.origin or self.destination)

    @property
    def undated(self) -> bool:
        """Whether its text gives no date; its interval then ends on the day it was published."""
        return self.interval.start is None

    @property
    def happened(self) -> bool:
        """Whether it is told as something that was, however weakly: neither planned nor denied."""
        return self.modality not in (Modality.PLANNED, Modality.NEGATED)

    @property
    def hedged(self) -> bool:
        """Whether it is told less firmly than as a fact; a denial may be quite firm."""
        return self.modality in (Modality.REPORTED, Modality.POSSIBLE, Modality.PLANNED)

    @property
    def order(self) -> tuple[date, date, str, str]:
        """Sorts events by their days, then by vessel, then by id."""
        end = self.interval.end or date.max
        return self.interval.start or end, end, self.vessel, self.id


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim as a report prints it; made from a row with the keys of `columns.CLAIMS`."""

    id: str
    event_id: str
    document_id: str
    source: str
    grade: str  # reliability and credibility, as in "F6"
    quote: str
    quote_start: int
    title: str | None = None
    url: str | None = None
    archive_url: str | None = None
    published: date | None = None
    retrieved: date | None = None
    page: int | None = None
    demo: bool = False


def read_events(rows: Iterable[Row]) -> list[ToldEvent]:
    """Rows of events, in the order of their days; the same for rows of a store and for records of a frame."""
    return sorted((_event(row) for row in rows), key=lambda e: e.order)


def read_claims(rows: Iterable[Row]) -> list[ToldClaim]:
    """Rows of claims, by document and place in it."""
    return sorted((claim_row(row) for row in rows), key=lambda c: (c.document_id, c.quote_start, c.id))


def as_day(value: object) -> date | None:
    """A day from a date, a time, ISO text or an empty cell of a frame."""
    if value is None or value != value:  # NaN and NaT are not equal to themselves
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if str(value) else None


def _text(value: object) -> str | None:
    return None if value is None or value != value or value == "" else str(value)


def _number(value: Any) -> int | None:
    return None if value is None or value != value or value == "" else int(value)


def _event(row: Row) -> ToldEvent:
    text = {
        name: _text(row.get(name))
        for name in (
            "project",
            "hull",
            "country",
            "place",
            "origin",
            "destination",
            "place_key",
            "origin_key",
            "destination_key",
            "hedge",
            "document_id",
        )
    }
    key = str(row["vessel_key"])
    return ToldEvent(
        id=str(row["event_id"]),
        vessel_key=key,
        vessel=_text(row["vessel"]) or key,
        named=not key.startswith("unnamed/"),
        count=_number(row.get("count")),
        type=_text(row.get("type")) or "vessel",
        kind=EventKind(row["kind"]),
        interval=Interval(as_day(row.get("start")), as_day(row.get("end")), Precision(row["precision"])),
        modality=Modality(row["modality"]),
        class_name=_text(row.get("class")),
        roots=_number(row.get("roots")) or 1,
        demo=bool(_number(row.get("demo"))),
        reviewed=row.get("status") == ReviewStatus.ACCEPTED,
        **text,
    )


def claim_row(row: Row) -> ToldClaim:
    """One row of a claim."""
    reliability = (_text(row.get("source_grade")) or "F")[0]
    return ToldClaim(
        id=str(row["claim_id"]),
        event_id=str(row["event_id"]),
        document_id=str(row["document_id"]),
        source=_text(row.get("source")) or "unknown source",
        grade=f"{reliability}{_number(row.get('credibility')) or 6}",
        quote=str(row["quote"]),
        quote_start=_number(row.get("quote_start")) or 0,
        title=_text(row.get("title")),
        url=_text(row.get("url")),
        archive_url=_text(row.get("archive_url")),
        published=as_day(row.get("published")),
        retrieved=as_day(row.get("retrieved_at")),
        page=_number(row.get("page")),
        demo=bool(_number(row.get("demo"))),
    )
