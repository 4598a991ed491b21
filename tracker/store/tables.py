"""The tables. Names are public: other tools read the file. Table classes do not validate; what enters was checked at the door (records, seeds).

Days are DATE columns (`start_day`, `end_day`), times are UTC. Keys that people see are text and never depend on the order of arrival.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


HAPPENED = "modality NOT IN ('planned', 'negated')"
"""What makes an event presence; the queries say it in the same words, or their index is not used."""

LASTING = f"end_day > start_day AND {HAPPENED}"
LASTS_DAYS = "julianday(end_day) - julianday(start_day)"
"""How many days after it begins an event ends, in SQLite."""
_WHEREABOUTS = ("kind", "id", "modality", "precision", "place_key", "origin_key", "destination_key")
"""What else of an event tells where its vessel was: with it in the index no row is looked up."""


def where(condition: str) -> dict[str, Any]:
    """The rows that an index holds, for either database."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class PlaceRow(SQLModel, table=True):
    """A place of the gazetteer; `parent_key` and `water_key` make the tree, `waters` names the two waters that a strait joins ("a|b")."""

    __tablename__ = "place"
    key: str = Field(primary_key=True)
    name: str
    kind: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    parent_key: str | None = Field(default=None, foreign_key="place.key", index=True)
    water_key: str | None = Field(default=None, foreign_key="place.key", index=True)
    waters: str | None = None
    unlocode: str | None = None


class PlaceAlias(SQLModel, table=True):
    """A name of a place, as written and folded."""

    __tablename__ = "place_alias"
    place_key: str = Field(primary_key=True, foreign_key="place.key")
    alias: str = Field(primary_key=True)
    folded: str = Field(index=True)


class VesselRow(SQLModel, table=True):
    """A vessel; `name` is null for an unnamed one, `label` is what people read ("2 × frigate, unnamed")."""

    __tablename__ = "vessel"
    key: str = Field(primary_key=True)
    name: str | None = None
    label: str
    count: int | None = None
    type: str
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = Field(default=None, index=True)
    native_name: str | None = None
    prefix: str | None = None
    operator: str | None = None
    fleet: str | None = None
    home_port_key: str | None = Field(default=None, foreign_key="place.key")
    commissioned: int | None = None
    ended: int | None = None
    status: str | None = None
    imo: str | None = None
    mmsi: str | None = None
    in_register: bool = False


class VesselAlias(SQLModel, table=True):
    """A name of a vessel, as written and folded; its own name is among them. With `since` or `until` it was hers from or to that day only."""

    __tablename__ = "vessel_alias"
    vessel_key: str = Field(primary_key=True, foreign_key="vessel.key")
    alias: str = Field(primary_key=True)
    folded: str = Field(index=True)
    since: date | None = None
    until: date | None = None


class SourceRow(SQLModel, table=True):
    """Who speaks; reliability A to F, F until someone grades it."""

    __tablename__ = "source"
    key: str = Field(primary_key=True)
    name: str
    reliability: str = "F"
    note: str | None = None


class DocumentRow(SQLModel, table=True):
    """One text of a source, as it was read; `id` is its SHA-256."""

    __tablename__ = "document"
    id: str = Field(primary_key=True)
    source_key: str = Field(foreign_key="source.key", index=True)
    title: str | None = None
    author: str | None = None
    url: str | None = None
    archive_url: str | None = None
    path: str | None = None
    published: date | None = Field(default=None, index=True)
    published_from: str | None = None
    retrieved_at: datetime | None = None
    ingested_at: datetime
    media_type: str
    language: str | None = None
    based_on: str | None = None
    demo: bool = False
    address: str | None = Field(default=None, index=True)  # of its page: documents that share it are versions of one (`domain.versions`)
    known_from: date | None = None  # where its publication, or the day it was read, doesn't say it
    replaced_by: str | None = None  # the next version; its claims make no events then
    replaced_on: date | None = None
    text: str = Field(sa_column=Column(Text, nullable=False))
    page_starts: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    warnings: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class EventRow(SQLModel, table=True):
    """A movement of one vessel, merged from the claims that agree; `id` is the least claim id in it."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_end", "end_day", "id"),
        Index("ix_event_happened", "vessel_key", "end_day", "start_day", *_WHEREABOUTS, **where(HAPPENED)),
        Index("ix_event_starts", "vessel_key", "start_day", "end_day", *_WHEREABOUTS, **where(HAPPENED)),
        Index("ix_event_lasting", "end_day", "start_day", "vessel_key", *_WHEREABOUTS, **where(LASTING)),
        Index("ix_event_days", text(LASTS_DAYS), **where(LASTING)).ddl_if(dialect="sqlite"),
    )
    id: str = Field(primary_key=True)
    vessel_key: str = Field(foreign_key="vessel.key", index=True)
    kind: str
    place: str | None = None
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = Field(default=None, foreign_key="place.key", index=True)
    origin_key: str | None = Field(default=None, foreign_key="place.key", index=True)
    destination_key: str | None = Field(default=None, foreign_key="place.key", index=True)
    start_day: date | None = None
    end_day: date | None = None
    precision: str
    edtf: str | None = None
    modality: str
    hedge: str | None = None
    credibility: int = 6
    claim_count: int = 1
    root_count: int = 1
    lead_claim_id: str = Field(foreign_key="claim.id", index=True)
    first_published: date | None = None
    last_published: date | None = None
    status: str = "open"


class ClaimRow(SQLModel, table=True):
    """What one document says of one vessel's movement; `document.text[quote_start:quote_end]` is `quote`."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_vessel_kind", "vessel_key", "kind", "end_day", "start_day"),)
    id: str = Field(primary_key=True)
    document_id: str = Field(foreign_key="document.id", index=True)
    vessel_key: str = Field(foreign_key="vessel.key")
    event_id: str = Field(index=True)  # no foreign key: an event points at its leading claim, and both are written together
    act_id: str = Field(index=True)
    kind: str
    place: str | None = None
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = Field(default=None, foreign_key="place.key")
    origin_key: str | None = Field(default=None, foreign_key="place.key")
    destination_key: str | None = Field(default=None, foreign_key="place.key")
    start_day: date | None = None
    end_day: date | None = None
    precision: str
    edtf: str | None = None
    modality: str
    hedge: str | None = None
    role: str | None = None
    mention: str | None = None
    quote: str = Field(sa_column=Column(Text, nullable=False))
    quote_start: int
    quote_end: int
    page: int | None = None
    rule: str
    confidence: float | None = None
    credibility: int = 6
    marks: str | None = Field(default=None, sa_column=Column(Text))  # signs of its origin, a line each


class StrengthRow(SQLModel, table=True):
    """How many vessels one document says were in an area; `document.text[quote_start:quote_end]` is `quote`, and the number stands in it."""

    __tablename__ = "strength_claim"
    __table_args__ = (Index("ix_strength_claim_place_day", "place_key", "end_day"),)
    id: str = Field(primary_key=True)
    document_id: str = Field(foreign_key="document.id", index=True)
    place: str
    place_key: str | None = Field(default=None, foreign_key="place.key")
    start_day: date | None = None
    end_day: date | None = None
    precision: str
    edtf: str | None = None
    count: int
    count_most: int | None = None
    bound: str
    what: str
    type: str
    class_name: str | None = None
    country: str | None = None
    subset: str | None = None
    part_of: str | None = None  # id of another of its document; no foreign key, for they are written together
    modality: str
    hedge: str | None = None
    quote: str = Field(sa_column=Column(Text, nullable=False))
    quote_start: int
    quote_end: int
    count_start: int
    count_end: int
    page: int | None = None
    rule: str


class SaidRow(SQLModel, table=True):
    """What a document says of a vessel itself, right or wrong: `slot` is type, class, project, hull or country. No record is made of it."""

    __tablename__ = "said"
    document_id: str = Field(primary_key=True, foreign_key="document.id")
    vessel_key: str = Field(primary_key=True, index=True)  # as it was read; no foreign key: a vessel that was merged away may be gone
    slot: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    quote: str = Field(sa_column=Column(Text, nullable=False))
    quote_start: int
    quote_end: int


class EventAlias(SQLModel, table=True):
    """An id that an event bore before a merge gave it a lesser one."""

    __tablename__ = "event_alias"
    old_id: str = Field(primary_key=True)
    event_id: str = Field(index=True)


class PositionRow(SQLModel, table=True):
    """An AIS position; degrees WGS 84, knots, degrees true."""

    __tablename__ = "position"
    mmsi: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    vessel_key: str | None = Field(default=None, foreign_key="vessel.key", index=True)
    latitude: float
    longitude: float
    speed_kn: float | None = None
    course_deg: float | None = None
    source_key: str | None = Field(default=None, foreign_key="source.key")


class ReviewRow(SQLModel, table=True):
    """Who changed what, when and why; `before` and `after` hold the values."""

    __tablename__ = "review"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    action: str
    target_kind: str
    target_id: str = Field(index=True)
    why: str | None = None
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class DecisionRow(SQLModel, table=True):
    """What people decided, as ingest applies it.

    About a claim: `reject`, `accept`, `edit`, `move`; a vessel: `merge`, `identify`, `edit`, `alias`; a document: `withdraw`, `keep`.
    """

    __tablename__ = "decision"
    target_kind: str = Field(primary_key=True)  # claim, vessel, document
    target_id: str = Field(primary_key=True)
    action: str = Field(primary_key=True)
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ReportRow(SQLModel, table=True):
    """A report that was made: from what, and which events and claims are in it. `id` is the beginning of the SHA-256 of its bytes."""

    __tablename__ = "report"
    id: str = Field(primary_key=True)
    kind: str
    title: str
    file: str
    made_at: datetime
    as_of: datetime
    known_on: date | None = None
    options: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    events: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    claims: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ReadClaimRow(SQLModel, table=True):
    """A claim as it was read, kept where a decision or a later version of its document changed it or took it away.

    `told` are the ids of the claims that stand for it.
    """

    __tablename__ = "read_claim"
    id: str = Field(primary_key=True)
    document_id: str = Field(foreign_key="document.id", index=True)
    vessel_key: str = Field(index=True)  # no foreign key: a vessel that was merged away may be gone
    claim: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    told: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
