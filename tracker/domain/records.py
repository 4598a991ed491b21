"""Frozen records that rooms hand each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from tracker.domain.kinds import Bound, EventKind, Modality, PlaceKind, Role, Status, VesselType
from tracker.domain.when import Interval

R = TypeVar("R")


def changed(record: R, **values: Any) -> R:
    """A copy of a record with other values in some of its fields; in a third of the time that `dataclasses.replace` takes."""
    kind = type(record)
    places, read = _fields_of(kind)  # type: ignore[arg-type]  # a class is hashable
    row = [*read(record)]
    for name, value in values.items():
        row[places[name]] = value
    return kind(*row)


@cache
def _fields_of(kind: type) -> tuple[dict[str, int], Callable[[Any], Any]]:
    """Where the fields of a record stand, by name, and what reads them all."""
    names = [f.name for f in fields(kind)]
    return {name: at for at, name in enumerate(names)}, attrgetter(*names)


class _Row:
    """A record of which thousands are kept in a file: read back by one call with its values, not by setting one field after the other."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), _fields_of(type(self))[1](self)  # type: ignore[arg-type]  # a class is hashable


@dataclass(frozen=True, slots=True)
class VesselEntry(_Row):
    """A row of the register (`seeds/vessels-*.csv`)."""

    key: str  # cc/name-slug, with project or hull appended where it would collide
    name: str
    type: VesselType
    native_name: str | None = None
    aliases: tuple[str, ...] = ()
    prefix: str | None = None
    hull: str | None = None
    designator: str | None = None
    class_name: str | None = None
    project: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    operator: str | None = None
    fleet: str | None = None
    home_port: str | None = None  # key of a place
    commissioned: int | None = None  # year
    ended: int | None = None  # last year of service, where known
    status: Status | None = None
    imo: str | None = None
    mmsi: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntry(_Row):
    """A row of the gazetteer (`seeds/places.csv`)."""

    key: str  # slug of the name
    name: str
    kind: PlaceKind
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None  # uncertainty, never membership
    parent: str | None = None  # key
    water: str | None = None  # key of the most specific water it lies on
    waters: tuple[str, ...] = ()  # keys of the two waters a strait, canal or channel joins
    gate: tuple[tuple[float, float], tuple[float, float]] | None = None  # (lat, lon) of the two ends
    unlocode: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """The outline of a water (`seeds/areas.geojson`): rings of (lon, lat), coarse, drawn by the project."""

    key: str  # key of the place
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a named vessel itself, in the sentence of this span: of its type, class, project, hull or country."""

    slot: str
    value: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ExtractedVessel:
    """A vessel as one document tells of it."""

    id: str  # "v1" …, within the document
    name: str | None
    count: int | None
    type: VesselType
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = None
    register: str | None = None  # key of the register
    mentions: tuple[str, ...] = ()
    mention_spans: tuple[tuple[int, int], ...] = ()  # of `mentions`, in code points
    said: tuple[Said, ...] = ()  # each slot's values where they are told first, right or wrong; the fields above are what is held to be right


@dataclass(frozen=True, slots=True)
class ExtractedEvent:
    """A movement as one document tells of it; `text[span[0]:span[1]] == evidence`."""

    vessels: tuple[str, ...]  # ids of ExtractedVessel
    kind: EventKind
    interval: Interval  # start and end None where the text gives no date
    modality: Modality
    evidence: str
    span: tuple[int, int]
    rule: str  # id of the rule in the lexicon
    place: str | None = None  # place names as the gazetteer writes them, or as the text does
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = None  # key in the gazetteer, None for a place it doesn't have
    origin_key: str | None = None
    destination_key: str | None = None
    hedge: str | None = None  # the word that hedges or attributes
    confidence: float | None = None
    roles: tuple[tuple[str, Role], ...] = ()  # vessel id -> role
    slots: tuple[tuple[str, str, tuple[int, int] | None], ...] = ()  # (slot, where it came from, span of its words)
    vessel_spans: tuple[tuple[str, tuple[int, int]], ...] = ()  # vessel id -> the mention that takes part


@dataclass(frozen=True, slots=True)
class ExtractedStrength:
    """How many vessels one document says are in an area; `text[span[0]:span[1]] == evidence`."""

    id: str  # "s1" …, within the document
    place: str
    place_key: str | None
    count: int
    bound: Bound
    what: str  # the words for what is counted, as the text has them
    type: VesselType
    interval: Interval  # of the day it holds for; start and end None where the text gives no date
    modality: Modality
    evidence: str
    span: tuple[int, int]
    count_span: tuple[int, int]  # of the number with what is counted
    rule: str
    count_most: int | None = None  # the greater number of a range
    country: str | None = None
    class_name: str | None = None
    subset: str | None = None  # a set that neither type nor country tells: "Kalibr carriers"
    part_of: str | None = None  # id of the count that it is a part of
    hedge: str | None = None
    slots: tuple[tuple[str, str, tuple[int, int] | None], ...] = ()  # as those of an event


@dataclass(frozen=True, slots=True)
class Extraction:
    """What `extract` reads in one text."""

    vessels: tuple[ExtractedVessel, ...] = ()
    events: tuple[ExtractedEvent, ...] = ()
    warnings: tuple[str, ...] = ()
    language: str | None = None
    strengths: tuple[ExtractedStrength, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One text of a source, as it was read, before extraction."""

    text: str  # NFC is not applied: quotes are offsets into exactly this, newlines "\n", no byte-order mark
    sha256: str  # of the text in UTF-8
    media_type: str  # text/plain, text/markdown, text/html, application/pdf, application/jsonl
    path: str | None = None
    url: str | None = None
    address: str | None = None  # of the page, for what is the whole text of one: another text of it is another version
    archive_url: str | None = None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: date | None = None
    published_from: str | None = None  # option, front matter, html metadata, post, pdf metadata
    retrieved_at: datetime | None = None
    based_on: str | None = None
    demo: bool = False  # a demo report of the project, from an invented source
    page_starts: tuple[int, ...] = ()  # for PDF: offset at which each page starts
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of one vessel's movement."""

    id: str  # hash of document, kind, vessel span and evidence span
    document: str  # sha256
    vessel: str  # key
    kind: EventKind
    interval: Interval  # undated: no start, publication day as its end
    modality: Modality
    quote: str
    quote_start: int
    quote_end: int
    rule: str
    act: str  # id of the act whose vessels were told together
    place: str | None = None  # names; the keys below are None for a place outside the gazetteer
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = None
    origin_key: str | None = None
    destination_key: str | None = None
    hedge: str | None = None
    role: Role | None = None
    mention: str | None = None  # the vessel as the text writes it
    page: int | None = None  # 1-based, for PDF
    credibility: int = 6  # Admiralty 1 to 6; 6 = can't be judged
    confidence: float | None = None
    published: date | None = None  # of its document
    source: str | None = None  # key of its document's source
    marks: tuple[str, ...] = ()  # signs of its origin, by which copies are known: `analysis.roots`


@dataclass(frozen=True, slots=True)
class StrengthClaim:
    """What one document says of how many vessels were in an area on a day. It is no movement and makes no event."""

    id: str  # hash of document, place, span of the count and of the sentence
    document: str  # sha256
    place: str
    place_key: str | None
    count: int
    bound: Bound
    what: str
    type: VesselType
    interval: Interval  # undated: no start, publication day as its end
    modality: Modality
    quote: str
    quote_start: int
    quote_end: int
    count_start: int  # where the number stands with what is counted
    count_end: int
    rule: str
    count_most: int | None = None
    country: str | None = None
    class_name: str | None = None
    subset: str | None = None
    part_of: str | None = None  # id of another of the document
    hedge: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class VesselRecord:
    """A vessel as the store keeps it."""

    key: str
    label: str  # the name, or "2 × frigate, unnamed"
    name: str | None
    count: int | None
    type: VesselType
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A movement of one vessel, merged from the claims that agree."""

    id: str  # the least claim id in it
    vessel: str
    kind: EventKind
    interval: Interval
    modality: Modality
    claims: tuple[str, ...]
    lead: str  # the claim that is quoted first: the firmest, then the earliest published, then the least id
    place: str | None = None
    origin: str | None = None
    destination: str | None = None
    place_key: str | None = None
    origin_key: str | None = None
    destination_key: str | None = None
    hedge: str | None = None
    credibility: int = 6
    roots: int = 1  # independent origins of its claims
    first_published: date | None = None
    last_published: date | None = None


@dataclass(slots=True)
class IngestSummary:
    """What an ingest did, counted."""

    documents: int = 0
    duplicates: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)  # (input, why)
    vessels_new: int = 0
    vessels_known: int = 0
    events: int = 0
    claims: int = 0
    counts: int = 0
    warnings: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)  # documents that are another text of a page, and what came of it
    near: list[str] = field(default_factory=list)  # names that the register doesn't have, each with those that it nearly is
