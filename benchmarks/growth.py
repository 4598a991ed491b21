"""`python -m benchmarks.growth [DOCUMENTS…]`: what one more document costs in a store of 1,000, 10,000 and 100,000, straight through store_document.

Two worlds: `spread`, in which time goes on as documents come in, three claims each, a hundredth of the vessels in a third of them; and `hot`, in
which every document tells of one and the same vessel. Processor time of this process, for the last documents stored at each size; what counts
is how it grows.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from tracker.analysis.merge import merge
from tracker.domain.kinds import EventKind, Modality, Precision
from tracker.domain.records import Claim, DocumentText
from tracker.domain.when import Interval
from tracker.gazetteer.index import load_gazetteer
from tracker.intake.seeding import make_store
from tracker.store import repository
from tracker.store.engine import connect, session

SIZES = (1_000, 10_000, 100_000)
LAST = 300  # documents timed at each size
BEGIN = date(1990, 1, 1)
BATCH = 200
PER_DAY = 10  # documents published a day
KINDS = (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.IN_PORT, EventKind.AT_SEA)
SLOT = {EventKind.DEPARTURE: "origin", EventKind.ARRIVAL: "destination"}
MODALITIES = (*[Modality.ASSERTED] * 6, Modality.REPORTED, Modality.POSSIBLE, Modality.NEGATED)


def told(number: int, keys: list[str], places: list[str], *, hot: bool) -> tuple[DocumentText, list[Claim]]:
    """A document of some day with three claims about the week before it."""
    rng = random.Random(number)
    body = f"Document {number}. {'It moved. ' * 40}"
    published = BEGIN + timedelta(days=number // (1 if hot else PER_DAY))
    document = DocumentText(body, sha256(body.encode()).hexdigest(), "text/plain", source=f"Paper {number % 50}", published=published)
    claims = [claim(document, n, rng, keys[0] if hot else drawn(rng, keys), rng.choice(places)) for n in range(3)]
    return document, claims


def drawn(rng: random.Random, keys: list[str]) -> str:
    few = keys[: len(keys) // 100]
    return rng.choice(few if rng.random() < 1 / 3 else keys)


def claim(document: DocumentText, number: int, rng: random.Random, vessel: str, place: str) -> Claim:
    kind, modality = rng.choice(KINDS), rng.choice(MODALITIES)
    assert document.published
    start = document.published - timedelta(days=rng.randrange(7))
    days = rng.choice((0, 0, 0, 0, 1, 3))
    dated = rng.random() < 0.9
    interval = (
        Interval(start, start + timedelta(days=days), Precision.RANGE if days else Precision.DAY)
        if dated
        else Interval.open_until(document.published)
    )
    slot = SLOT.get(kind, "place")
    return Claim(
        id=sha256(f"{document.sha256} {number}".encode()).hexdigest()[:16],
        document=document.sha256,
        vessel=vessel,
        kind=kind,
        interval=interval,
        modality=modality,
        quote="It moved.",
        quote_start=0,
        quote_end=9,
        rule="bench",
        act=f"{document.sha256[:12]}{number}",
        published=document.published,
        source=f"paper-{document.source}",
        marks=tuple(f"run {rng.randrange(10**9):09}" for _ in range(20)),
        **{slot: place, f"{slot}_key": place},
    )


def grown(url: str, sizes: tuple[int, ...], *, hot: bool) -> Iterator[tuple[int, float, float]]:
    """At each size: documents in the store, the median time of one more and that of the slowest in a hundred, in milliseconds of the processor."""
    gazetteer = load_gazetteer()
    keys, places = sorted(gazetteer.vessels.entries)[:4000], ["tartus", "baltiysk", "severomorsk", "sevastopol", "latakia", "souda-bay"]
    run = partial(merge, tree=gazetteer.places.tree)
    number = 0
    for size in sizes:
        while number < size - LAST:  # many in one transaction, which costs less and stores the same
            batch = range(number, min(number + BATCH, size - LAST))
            with session(url) as work:
                for one in batch:
                    store(work, *told(one, keys, places, hot=hot), run)
            number = batch.stop
        times = []
        for one in range(number, size):
            made = told(one, keys, places, hot=hot)
            begin = time.process_time()
            with session(url) as work:
                store(work, *made, run)
            times.append((time.process_time() - begin) * 1000)
        number = size
        yield size, statistics.median(times), statistics.quantiles(times, n=100)[98]


def store(work: Session, document: DocumentText, claims: list[Claim], run: repository.Merge) -> None:
    repository.store_document(
        work,
        document,
        new=(),
        known={c.vessel for c in claims},
        claims=claims,
        merge=run,
        ingested_at=datetime(2025, 1, 1, tzinfo=UTC),
        language="en",
        warnings=(),
    )


def growth(folder: Path, sizes: tuple[int, ...] = SIZES) -> None:
    for name in ("spread", "hot"):
        url = f"sqlite:///{folder}/{name}.db"
        make_store(url)
        first = None
        for size, median, slow in grown(url, sizes, hot=name == "hot"):
            first = first or median
            print(
                f"one more document, {name}, {size:>7,} in the store {median:8.2f} ms {slow:8.2f} ms at p99 {median / first:6.2f} x the first",
                flush=True,
            )
        with session(url) as work:
            counts = [work.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("claim", "event")]
        print(f"{name}: {counts[0]:,} claims in {counts[1]:,} events", flush=True)
        connect(url).dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        growth(Path(temporary), tuple(map(int, sys.argv[1:])) or SIZES)
