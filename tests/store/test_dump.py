"""The whole store as JSON lines and back: nothing lost, nothing half, and a wrong line is named."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from tests.builders import claim, document, make_store, put, strength
from tracker.domain.kinds import VesselType
from tracker.domain.records import VesselRecord
from tracker.errors import NewerStore, TrackerError
from tracker.intake.documents import ingest
from tracker.intake.options import ReadOptions
from tracker.intake.seeding import ensure_store
from tracker.resources import resource
from tracker.store import migrate
from tracker.store.dump import dump, restore
from tracker.store.engine import session
from tracker.store.tables import DecisionRow, PositionRow, ReadClaimRow, ReportRow, ReviewRow, SaidRow

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "dev"


def dumped(url: str) -> bytes:
    stream = io.BytesIO()
    dump(url, stream)
    return stream.getvalue()


def put_back(data: bytes, url: str) -> int:
    return restore(lambda: io.BytesIO(data), "dump.jsonl", url)


def small(path: Path) -> str:
    """A store with something in every table."""
    url = make_store(f"sqlite:///{path}")
    nova = VesselRecord("xx/nova-unlisted", "Nova", "Nova", 1, VesselType.TUG)
    odd = document(
        "Yelnya left Tartus.\u2028\x07 Nova too.", page_starts=(0, 5), warnings=("odd",), retrieved_at=datetime(2024, 12, 4, 6, 30, tzinfo=UTC)
    )
    put(url, odd, replace(claim("c5", origin="tartus"), confidence=0.1 + 0.2), claim("c9", vessel=nova.key), new=(nova,))
    counts = (strength("s1", 7, bound="at_least", subset="Kalibr carriers"), strength("s2", 4, first=None, last="2024-12-03", part_of="s1"))
    put(url, document("Yelnya sailed.", source="Wire B"), claim("c2"), strengths=counts)  # c5 becomes an alias of c2
    with session(url) as work:
        work.connection().execute(
            insert(ReviewRow.__table__),
            [
                {
                    "id": 7,
                    "at": datetime(2024, 12, 5, tzinfo=UTC),
                    "who": "me",
                    "action": "accept",
                    "target_kind": "event",
                    "target_id": "c2",
                    "after": {"a": [1]},
                }
            ],
        )
        work.connection().execute(
            insert(PositionRow.__table__),
            [{"mmsi": "273000000", "at": datetime(2024, 12, 5, 1, 2, 3, tzinfo=UTC), "latitude": 35.1, "longitude": 36, "source_key": "wire-a"}],
        )
        work.connection().execute(insert(DecisionRow.__table__), [{"target_kind": "claim", "target_id": "c9", "action": "accept", "value": {}}])
        cruiser = {"document_id": odd.sha256, "vessel_key": "ru/yelnya", "slot": "type", "value": "cruiser"}
        work.connection().execute(insert(SaidRow.__table__), [cruiser | {"quote": "Yelnya", "quote_start": 0, "quote_end": 6}])
        at = datetime(2024, 12, 6, 7, 8, 9, tzinfo=UTC)
        made = {"id": "f0", "kind": "movements", "title": "Brief", "file": "b.pdf", "made_at": at, "as_of": at}
        work.connection().execute(insert(ReportRow.__table__), [made | {"options": {"area": "Tartus"}, "events": ["c2"], "claims": ["c2", "c5"]}])
        read = {"id": "c9", "document_id": odd.sha256, "vessel_key": nova.key, "claim": {"kind": "departure"}, "told": ["c9"]}
        work.connection().execute(insert(ReadClaimRow.__table__), [read])
    return url


def test_every_table_is_in_it(tmp_path: Path) -> None:
    kinds = {json.loads(line)["record"] for line in dumped(small(tmp_path / "a.db")).splitlines()}
    from sqlmodel import SQLModel

    assert kinds == {"tracker store", "end", *SQLModel.metadata.tables}


def test_a_store_comes_back_byte_for_byte(tmp_path: Path) -> None:
    data = dumped(small(tmp_path / "a.db"))
    migrate.init(f"sqlite:///{tmp_path}/b.db")
    assert put_back(data, f"sqlite:///{tmp_path}/b.db") == data.count(b"\n") - 2
    assert dumped(f"sqlite:///{tmp_path}/b.db") == data
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{tmp_path}/b.db"))


def test_the_order_in_which_documents_came_does_not_show(tmp_path: Path) -> None:
    one, other = make_store(f"sqlite:///{tmp_path}/a.db"), make_store(f"sqlite:///{tmp_path}/b.db")
    documents = [(document("A"), claim("c3")), (document("B", source="Wire B", published="2024-12-09"), claim("c7", first="2024-12-08"))]
    for url, order in ((one, documents), (other, documents[::-1])):
        for told in order:
            put(url, *told)
    assert dumped(one) == dumped(other)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo reports and the development corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    url = f"sqlite:///{folder}/a.db"
    ingest([str(resource("seeds", "demo"))], ReadOptions(demo=True), url)
    for file in sorted(CORPUS.glob("*.json")):
        (folder / f"{file.stem}.txt").write_text(json.loads(file.read_text(encoding="utf-8"))["document"]["text"], encoding="utf-8")
    ingest([str(path) for path in sorted(folder.glob("*.txt"))], ReadOptions(), url)
    return url


def test_the_demo_and_the_corpus_come_back_byte_for_byte(corpus: str, tmp_path: Path) -> None:
    data, copy = dumped(corpus), f"sqlite:///{tmp_path}/b.db"
    ensure_store(copy)  # the register that stands there gives way to the dump's
    put_back(data, copy)
    assert dumped(copy) == data
    assert all(result == "ok" for _, result in migrate.check(copy))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(texts, texts, st.sampled_from(["asserted", "planned", "negated"])), max_size=4, unique_by=lambda pair: pair[0]))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str, str]]) -> None:
    folder = tmp_path_factory.mktemp("words")
    url, copy = make_store(f"sqlite:///{folder}/a.db"), f"sqlite:///{folder}/b.db"
    for number, (words, source, modality) in enumerate(told):
        put(url, document(words, source=source, title=words[::-1]), claim(f"c{number}", modality=modality, quote=words))
    migrate.init(copy)
    put_back(dumped(url), copy)
    assert dumped(copy) == dumped(url)


def changed(data: bytes, record: str, /, **changes: object) -> bytes:
    """A dump with the first record of a kind changed; a value of `...` is taken out."""
    lines = data.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if json.loads(line)["record"] == record)
    told = {name: value for name, value in (json.loads(lines[at]) | changes).items() if value is not ...}
    lines[at] = json.dumps(told).encode() + b"\n"
    return b"".join(lines)


WRONG = [
    ("claim", {"kind": "flight"}, "is not one of departure"),
    ("claim", {"quote_start": "0"}, "'0' is no int"),
    ("claim", {"quote_start": True}, "is no int"),
    ("claim", {"quote_start": 10**30}, "is no int"),
    ("claim", {"quote": "never written"}, "quote is not in its document"),
    ("claim", {"document_id": "nowhere"}, "FOREIGN KEY"),
    ("claim", {"id": ...}, "id missing"),
    ("claim", {"wings": 2}, "claim has no wings"),
    ("claim", {"record": "flight"}, "no record 'flight'"),
    ("event", {"start_day": "2024-13-01"}, "is no date"),
    ("event", {"start_day": 20241201}, "is no date"),
    ("event", {"start_day": "2024-12-31"}, "end before they start"),
    ("document", {"ingested_at": "yesterday"}, "is no datetime"),
    ("document", {"text": "\ud800"}, "is no str"),
    ("document", {"page_starts": "0"}, "is no list"),
    ("strength_claim", {"bound": "roughly"}, "is not one of exactly"),
    ("strength_claim", {"count": "7"}, "'7' is no int"),
    ("strength_claim", {"quote": "never written"}, "quote is not in its document"),
    ("strength_claim", {"part_of": "s9"}, "parts of a count that is not there"),
    ("place", {"latitude": float("nan")}, "no JSON"),
    ("place", {"kind": "moon"}, "is not one of naval_base"),
    ("vessel", {"type": "kite"}, "is not one of aircraft_carrier"),
    ("tracker store", {"record": "other"}, "no dump of a store"),
]


@pytest.mark.parametrize(("record", "changes", "told"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_line_is_told_and_nothing_is_written(tmp_path: Path, record: str, changes: dict, told: str) -> None:
    data, copy = dumped(small(tmp_path / "a.db")), make_store(f"sqlite:///{tmp_path}/b.db")
    before = dumped(copy)
    with pytest.raises(TrackerError, match=told) as error:
        put_back(changed(data, record, **changes), copy)
    assert "\n" not in str(error.value)
    assert dumped(copy) == before


def test_a_dump_of_a_later_version(tmp_path: Path) -> None:
    data = dumped(small(tmp_path / "a.db"))
    with pytest.raises(NewerStore, match="later version"):
        put_back(changed(data, "tracker store", revision="9999"), make_store(f"sqlite:///{tmp_path}/b.db"))


def test_a_dump_of_an_earlier_version_whose_columns_still_fit(tmp_path: Path) -> None:
    data, copy = dumped(small(tmp_path / "a.db")), make_store(f"sqlite:///{tmp_path}/b.db")
    put_back(changed(data, "tracker store", revision="0001"), copy)
    assert dumped(copy) == data


@pytest.mark.parametrize("data", [b"", b"\n", b"not json\n", b"[]\n", b"\xff\xfe\n", b"[" * 100_000 + b"\n"])
def test_what_is_no_dump(tmp_path: Path, data: bytes) -> None:
    copy = make_store(f"sqlite:///{tmp_path}/b.db")
    with pytest.raises(TrackerError):
        put_back(data, copy)


def test_a_dump_that_broke_off(tmp_path: Path) -> None:
    lines = dumped(small(tmp_path / "a.db")).splitlines(keepends=True)
    copy = make_store(f"sqlite:///{tmp_path}/b.db")
    for broken in (lines[:-1], [*lines[:5], *lines[6:]], [*lines, lines[-2]], [*lines[:-2], lines[-2][:20]]):
        with pytest.raises(TrackerError):
            put_back(b"".join(broken), copy)


def test_a_store_in_use_stays_as_it_is(tmp_path: Path) -> None:
    url = small(tmp_path / "a.db")
    with pytest.raises(TrackerError, match="empty store"):
        put_back(dumped(url), url)
    with session(url) as work:
        assert work.connection().execute(text("SELECT count(*) FROM event")).scalar() == 2
