"""Tiny builders that make a scene in a line."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from functools import partial

from tracker.analysis.merge import merge
from tracker.domain.kinds import Bound, EventKind, Modality, PlaceKind, Precision, VesselType
from tracker.domain.records import Claim, DocumentText, PlaceEntry, StrengthClaim, VesselEntry, VesselRecord
from tracker.domain.tree import PlaceTree
from tracker.domain.when import Interval
from tracker.store import migrate, repository
from tracker.store.engine import session

TREE = PlaceTree.of(
    [
        ("tartus", "syria", "levantine-sea"),
        ("syria", None, None),
        ("levantine-sea", "mediterranean-sea", None),
        ("mediterranean-sea", None, None),
        ("baltiysk", "russia", "baltic-sea"),
        ("baltic-sea", None, None),
        ("russia", None, None),
    ]
)


def days(first: str | None, last: str | None = None) -> Interval:
    """An interval from ISO text; no first day makes an undated one, known by the last."""
    if first is None:
        return Interval.open_until(date.fromisoformat(last) if last else None)
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return Interval(start, end, Precision.DAY if start == end else Precision.RANGE)


def claim(
    number: str,
    kind: str = "departure",
    first: str | None = "2024-12-02",
    last: str | None = None,
    *,
    vessel: str = "ru/yelnya",
    modality: str = "asserted",
    published: str = "2024-12-03",
    source: str = "wire-a",
    quote: str | None = None,
    document: str | None = None,
    marks: tuple[str, ...] = (),
    **places: str,
) -> Claim:
    """A claim; places by key, as in origin="tartus"."""
    quote = quote or f"words of {number}"
    return Claim(
        id=number,
        document=document or f"doc-{source}-{published}",
        vessel=vessel,
        kind=EventKind(kind),
        interval=days(first, last),
        modality=Modality(modality),
        quote=quote,
        quote_start=0,
        quote_end=len(quote),
        rule="test",
        act=f"act-{number}",
        published=date.fromisoformat(published),
        source=source,
        marks=marks,
        **{slot: key.title() for slot, key in places.items()},
        **{f"{slot}_key": key for slot, key in places.items()},
    )


def strength(
    number: str,
    count: int,
    first: str | None = "2024-12-01",
    last: str | None = None,
    *,
    place: str = "tartus",
    bound: str = "exactly",
    what: str = "ships",
    kind: str = "vessel",
    rule: str = "there",
    modality: str = "asserted",
    quote: str | None = None,
    **more: object,
) -> StrengthClaim:
    """A count; `put` makes its document and quote fit."""
    quote = quote or f"words of {number}"
    return StrengthClaim(
        id=number,
        document="",
        place=place.title(),
        place_key=place,
        count=count,
        bound=Bound(bound),
        what=what,
        type=VesselType(kind),
        interval=days(first, last),
        modality=Modality(modality),
        quote=quote,
        quote_start=0,
        quote_end=len(quote),
        count_start=0,
        count_end=len(quote),
        rule=f"count.{rule}",
        **more,
    )


def document(text: str, *, published: str | None = "2024-12-03", source: str = "Wire A", **more: object) -> DocumentText:
    """A document with this text."""
    return DocumentText(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        source=source,
        published=date.fromisoformat(published) if published else None,
        **more,
    )


PLACES = [
    PlaceEntry("mediterranean-sea", "Mediterranean Sea", PlaceKind.SEA, latitude=35.0, longitude=18.0),
    PlaceEntry("syria", "Syria", PlaceKind.COUNTRY, country="SY", latitude=35.0, longitude=38.0),
    PlaceEntry(
        "tartus",
        "Tartus",
        PlaceKind.NAVAL_BASE,
        country="SY",
        latitude=34.9,
        longitude=35.87,
        radius_km=8,
        parent="syria",
        water="mediterranean-sea",
        aliases=("Tartous",),
    ),
    PlaceEntry("baltiysk", "Baltiysk", PlaceKind.NAVAL_BASE, country="RU", latitude=54.64, longitude=19.9, radius_km=8),
]
VESSELS = [
    VesselEntry("ru/yelnya", "Yelnya", VesselType.OILER, native_name="Ельня", class_name="Altay", project="160", country="RU", home_port="baltiysk"),
    VesselEntry("ru/kildin", "Kildin", VesselType.INTELLIGENCE_SHIP, country="RU", hull="SSV-512"),
]


def make_store(url: str) -> str:
    """A small store: four places, two vessels of the register, no document."""
    migrate.init(url)
    with session(url) as work:
        repository.seed(work, PLACES, VESSELS)
    return url


def put(
    url: str, doc: DocumentText, *claims: Claim, new: tuple[VesselRecord, ...] = (), strengths: tuple[StrengthClaim, ...] = ()
) -> repository.Stored:
    """Store a document with these claims and counts, whose document ids and quotes are made to fit it."""
    from dataclasses import replace

    def quoted(words: str) -> tuple[str, int]:
        return (words, doc.text.find(words)) if words in doc.text else (doc.text, 0)

    counts = []
    for one in strengths:
        quote, at = quoted(one.quote)
        spans = {"quote_start": at, "quote_end": at + len(quote), "count_start": at, "count_end": at + len(quote)}
        counts.append(replace(one, document=doc.sha256, quote=quote, **spans))
    fitted = []
    for c in claims:
        quote, at = quoted(c.quote)
        fitted.append(
            replace(
                c,
                document=doc.sha256,
                quote=quote,
                quote_start=at,
                quote_end=at + len(quote),
                published=doc.published,
                source=repository.source_key(doc.source or ""),
            )
        )
    with session(url) as work:
        return repository.store_document(
            work,
            doc,
            new=new,
            known={c.vessel for c in fitted},
            claims=fitted,
            merge=partial(merge, tree=TREE),
            ingested_at=datetime(2024, 12, 20, tzinfo=UTC),
            language="en",
            warnings=(),
            strengths=counts,
        )
