"""The same events, roots and grades whatever the order of the reports, and however they come together."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.builders import TREE, claim, document, make_store, put
from tracker.analysis.merge import merge
from tracker.domain.records import DocumentText, Event
from tracker.domain.when import utc_now
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.intake.options import ReadOptions
from tracker.intake.reading import expand, read_document
from tracker.intake.seeding import make_store as make_whole_store
from tracker.resolve.identity import Resolved, resolve
from tracker.resources import resource
from tracker.store import repository
from tracker.store.engine import copy_sqlite, session

DEV = Path(__file__).parent.parent / "corpus" / "dev"
ORDERS = 5  # fifty were run by hand; these few keep the suite quick
Read = tuple[DocumentText, Resolved]


def tartus_documents() -> Iterator[DocumentText]:
    for name in expand([str(resource("seeds", "demo"))]):
        yield from (found for found in read_document(name, ReadOptions()) if isinstance(found, DocumentText))
    for file in sorted(DEV.glob("*.json")):
        told = json.loads(file.read_text(encoding="utf-8"))["document"]
        if "tartus" in told["text"].lower():
            yield document(told["text"], published=told["published"], source=told.get("source") or file.stem, url=told.get("url"))


@pytest.fixture(scope="module")
def read(gazetteer: Gazetteer) -> list[Read]:
    """The demo reports and the annotated documents that name Tartus, read once."""
    return [
        (found, resolve(extract(found.text, found.published, gazetteer), found, repository.source_key(found.source or "")))
        for found in tartus_documents()
    ]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "tracker.db"
    make_whole_store(f"sqlite:///{path}")
    return path


def stored(path: Path, read: list[Read], gazetteer: Gazetteer) -> str:
    """The events, their claims, roots and grades after documents were stored in this order, as text."""
    url = f"sqlite:///{path}"
    for found, resolved in read:
        with session(url) as work:
            repository.store_document(
                work,
                found,
                new=resolved.new,
                known=resolved.known,
                claims=resolved.claims,
                merge=partial(merge, tree=gazetteer.places.tree),
                ingested_at=utc_now(),
                language="en",
                warnings=(),
            )
    return dumped(url)


def dumped(url: str) -> str:
    with session(url) as work:
        tables = ("SELECT * FROM event ORDER BY id", "SELECT * FROM claim ORDER BY id", "SELECT key, reliability FROM source ORDER BY key")
        return "\n".join(str(tuple(row)) for query in tables for row in work.connection().execute(text(query)))


def test_the_tartus_reports_in_any_order(read: list[Read], seeded: Path, gazetteer: Gazetteer, tmp_path: Path) -> None:
    rng, found = random.Random(50), set()
    for number in range(ORDERS):
        path = tmp_path / f"{number}.db"
        copy_sqlite(seeded, path)
        found.add(stored(path, rng.sample(read, len(read)), gazetteer))
    assert len(read) >= 19
    assert len(found) == 1
    at_once = merge([c for _, resolved in read for c in resolved.claims], gazetteer.places.tree)
    (text_,) = found
    assert all(event.id in text_ for event in at_once)
    assert any(event.roots > 1 and event.credibility < 6 for event in at_once)


claims = st.builds(
    lambda number, kind, day, length, place, modality, marks: claim(
        f"c{number:03}",
        kind,
        first=f"2024-12-{day:02}" if length >= 0 else None,
        last=f"2024-12-{min(28, day + max(0, length)):02}",
        modality=modality,
        marks=marks,
        quote=f"words of {number}",
        **({} if place is None else {"origin": place} if kind == "departure" else {"place": place}),
    ),
    st.integers(0, 99),
    st.sampled_from(["departure", "departure", "in_port"]),
    st.integers(1, 14),
    st.sampled_from([0, 0, 2, 3, 4, 5, -1]),  # days beyond the first; -1 is undated
    st.sampled_from([None, "tartus", "tartus", "syria", "baltiysk"]),
    st.sampled_from(["asserted", "asserted", "reported", "possible", "planned", "negated"]),
    st.sampled_from([(), ("by s0",), ("by s1", "by s2")]),
)


@contextmanager
def empty_store() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        copy_sqlite(EMPTY[0], Path(folder) / "tracker.db")
        yield f"sqlite:///{folder}/tracker.db"


EMPTY: list[Path] = []


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("empty") / "tracker.db"
    make_store(f"sqlite:///{path}")
    EMPTY.append(path)
    yield
    EMPTY.clear()


def in_batches(some: list, cuts: list[int]) -> list[list]:
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < len(some)}), len(some)]
    return [some[begin:end] for begin, end in pairwise(edges) if begin < end]


def events_in(url: str) -> list[tuple]:
    with session(url) as work:
        columns = "id, start_day, end_day, origin_key, place_key, modality, lead_claim_id, claim_count, root_count, credibility"
        return [tuple(row) for row in work.connection().execute(text(f"SELECT {columns} FROM event ORDER BY id"))]


def as_row(event: Event) -> tuple:
    days = tuple(day.isoformat() if day else None for day in (event.interval.start, event.interval.end))
    places = (event.origin_key, event.place_key)
    return (event.id, *days, *places, event.modality.value, event.lead, len(event.claims), event.roots, event.credibility)


@pytest.mark.usefixtures("empty")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(claims, min_size=2, max_size=14, unique_by=lambda c: c.id), st.lists(st.integers(1, 13), max_size=6), st.randoms(use_true_random=False)
)
def test_any_order_and_any_batches_give_the_events_of_all_claims_at_once(some, cuts: list[int], rng: random.Random) -> None:
    rng.shuffle(some)
    with empty_store() as url:
        fitted = []
        for number, batch in enumerate(in_batches(some, cuts)):
            day, source = f"2024-12-{20 + number}", f"S{number % 3}"
            doc = document("\n".join([f"Document {number}.", *(c.quote for c in batch)]), published=day, source=source)
            whole = [replace(c, document=doc.sha256, source=source.lower(), published=doc.published) for c in batch]
            put(url, doc, *whole)
            fitted += whole
        at_once = merge(fitted, TREE)
        assert events_in(url) == [as_row(event) for event in at_once]
        with session(url) as work:
            homes = dict(work.connection().execute(text("SELECT id, event_id FROM claim")).all())
            grades = dict(work.connection().execute(text("SELECT id, credibility FROM claim")).all())
        assert homes == {c: event.id for event in at_once for c in event.claims}
        assert grades == {c: event.credibility for event in at_once for c in event.claims}


def test_what_a_claim_changes_far_from_its_own_days_is_made_anew(tmp_path: Path) -> None:
    """Two ranges share a day and are one event, until a day at the far end of the first takes it away from the second."""
    url = make_store(f"sqlite:///{tmp_path}/tracker.db")
    spans = {
        "a": ("2024-12-02", "2024-12-05"),
        "b": ("2024-12-05", "2024-12-09"),
        "c": ("2024-12-09", "2024-12-14"),
        "d": ("2024-12-02", "2024-12-02"),
    }
    for name, (first, last) in spans.items():
        put(
            url,
            document(f"Document {name}.", source=f"Paper {name}"),
            claim(name, first=first, last=last, origin="tartus", quote=f"Document {name}."),
        )
    with session(url) as work:
        assert work.connection().execute(text("SELECT id, event_id FROM claim ORDER BY id")).all() == [("a", "a"), ("b", "b"), ("c", "b"), ("d", "a")]
