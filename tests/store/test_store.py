"""The store: made, filled, upgraded, refused, checked, saved; and whole whatever happens."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from tests.builders import PLACES, VESSELS, claim, document, make_store, put
from tracker.domain.kinds import VesselType
from tracker.domain.records import VesselRecord
from tracker.domain.when import utc_now
from tracker.errors import NewerStore, NoStore, OlderStore, StoreError
from tracker.resources import resource
from tracker.store import migrate, repository
from tracker.store.engine import connect, session
from tracker.store.queries import EventFilter
from tracker.store.reader import open_reader
from tracker.store.revision import HEAD, REVISIONS


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/tracker.db"


def rows(url: str, query: str) -> list[tuple]:
    with session(url) as work:
        return [tuple(row) for row in work.connection().execute(text(query))]


def test_the_migrations_make_what_the_table_classes_say(url: str) -> None:
    migrate.init(url)
    found = inspect(connect(url))
    for table in SQLModel.metadata.tables.values():
        columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
        assert columns == {c.name: c.nullable for c in table.columns}, table.name
        indexes = rows(url, f"SELECT name FROM sqlite_master WHERE type = 'index' AND sql > '' AND tbl_name = '{table.name}'")
        assert {name for (name,) in indexes} == {i.name for i in table.indexes}, table.name


def test_the_revisions_named_in_code_are_those_in_the_folder() -> None:
    files = sorted(p.name.split("_")[0] for p in resource("db", "migrations", "versions").glob("0*.py"))
    assert list(REVISIONS) == files


def as_stored(url: str, tables: Iterable[str]) -> dict[str, list[dict]]:
    with session(url) as work:
        return {t: [dict(row) for row in work.connection().execute(text(f"SELECT * FROM {t} ORDER BY 1")).mappings()] for t in tables}


def older_copy(url: str, old: str, revision: str) -> None:
    """A store of an earlier revision with what its tables can hold of another."""
    migrate.init(old, to=revision)
    with session(old) as work:
        repository.seed(work, PLACES, VESSELS)
        for table, stored in as_stored(url, ("source", "document", "claim", "event")).items():
            names = [c["name"] for c in inspect(work.connection()).get_columns(table)]
            insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
            for row in stored:
                work.connection().execute(text(insert), row)


def test_an_older_store_is_refused_then_upgraded_without_loss(url: str, tmp_path: Path) -> None:
    make_store(f"sqlite:///{tmp_path}/newest.db")
    put(f"sqlite:///{tmp_path}/newest.db", document("Yelnya left Tartus."), claim("c1", origin="tartus"))
    older_copy(f"sqlite:///{tmp_path}/newest.db", url, "0001")
    before = as_stored(url, ("vessel", "place", "document", "claim", "event"))
    with pytest.raises(OlderStore, match="tracker db upgrade"):
        open_reader(url, utc_now())
    assert migrate.upgrade(url) == ("0001", HEAD)
    after = as_stored(url, before)
    assert before == {t: [{name: row[name] for name in before[t][0]} for row in after[t]] for t in before}
    assert rows(url, "SELECT vessel, at_place FROM v_events") == [("Yelnya", "Tartus")]


def test_an_upgrade_tells_documents_the_address_of_their_page(url: str, tmp_path: Path) -> None:
    make_store(f"sqlite:///{tmp_path}/newest.db")
    put(f"sqlite:///{tmp_path}/newest.db", document("Yelnya left Tartus.", url="https://www.wire.example/1/"), claim("c1", origin="tartus"))
    put(f"sqlite:///{tmp_path}/newest.db", document("Yelnya sailed.", url="https://www.wire.example/"), claim("c2", origin="tartus"))
    older_copy(f"sqlite:///{tmp_path}/newest.db", url, "0005")
    migrate.upgrade(url)
    assert rows(url, "SELECT address FROM document ORDER BY address") == [(None,), ("wire.example/1",)]


def test_a_newer_store_is_refused_in_one_line(url: str) -> None:
    make_store(url)
    with session(url) as work:
        work.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for ask in (lambda: open_reader(url, utc_now()), lambda: migrate.upgrade(url), lambda: migrate.check(url)):
        with pytest.raises(NewerStore, match="later version") as error:
            ask()
        assert "\n" not in str(error.value)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="tracker demo"):
        open_reader(f"sqlite:///{tmp_path}/nothing.db", utc_now())
    (tmp_path / "text.db").write_text("this is text, and long enough not to be empty" * 50)
    with pytest.raises(StoreError, match="no tracker store"):
        open_reader(f"sqlite:///{tmp_path}/text.db", utc_now())
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(StoreError, match="no tracker store"):
        open_reader(f"sqlite:///{tmp_path}/other.db", utc_now())
    with pytest.raises(StoreError, match="is a folder"):
        connect(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreError, match="no database URL"):
        connect("nonsense://x")


def test_init_never_overwrites(url: str) -> None:
    make_store(url)
    with pytest.raises(StoreError, match="already"):
        migrate.init(url)


def test_seeding_twice_changes_nothing(url: str) -> None:
    make_store(url)
    before = rows(url, "SELECT * FROM vessel ORDER BY 1")
    with session(url) as work:
        repository.seed(work, PLACES, VESSELS)
    assert rows(url, "SELECT * FROM vessel ORDER BY 1") == before
    assert rows(url, "SELECT alias FROM vessel_alias WHERE vessel_key = 'ru/yelnya' ORDER BY 1") == [("Yelnya",), ("Ельня",)]


def test_a_document_is_stored_whole_or_not_at_all(url: str) -> None:
    make_store(url)
    with pytest.raises(StoreError):
        put(url, document("Yelnya left Tartus."), claim("c1", vessel="no/such-vessel"))
    assert rows(url, "SELECT count(*) FROM document") == [(0,)]
    assert rows(url, "SELECT count(*) FROM source") == [(0,)]


def test_claims_of_two_documents_meet_in_one_event_and_old_ids_still_lead_there(url: str) -> None:
    make_store(url)
    put(url, document("Yelnya left Tartus."), claim("c5", origin="tartus"))
    stored = put(url, document("Yelnya sailed on 2 December.", source="Wire B"), claim("c2"))
    assert stored.events_new == 0
    assert rows(url, "SELECT id, claim_count, root_count FROM event") == [("c2", 2, 2)]
    assert rows(url, "SELECT old_id, event_id FROM event_alias") == [("c5", "c2")]
    with open_reader(url, utc_now()) as reader:
        assert reader.event_ids("c5") == ["c2"]
    assert all(result == "ok" for _, result in migrate.check(url))


def test_the_order_of_documents_does_not_matter(tmp_path: Path) -> None:
    documents = [
        (document("A", published="2024-12-03"), claim("c3", origin="tartus")),
        (document("B", source="B", published="2024-12-04"), claim("c1", first="2024-12-01", last="2024-12-03")),
        (document("C", source="C", published="2024-12-05"), claim("c2", modality="negated", origin="tartus")),
    ]
    seen = []
    for number, order in enumerate([(0, 1, 2), (2, 1, 0), (1, 0, 2)]):
        url = make_store(f"sqlite:///{tmp_path}/{number}.db")
        for n in order:
            put(url, *documents[n])
        seen.append(rows(url, "SELECT * FROM event ORDER BY id"))
    assert seen[0] == seen[1] == seen[2]


@pytest.mark.parametrize("seed", range(6))
def test_documents_one_by_one_make_the_events_of_all_at_once(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    told = []
    for number in range(25):
        first = date(2024, 12, 1) + timedelta(days=rng.randrange(25))
        last = first + timedelta(days=rng.choice((0, 0, 1, 4)))
        dated = {"first": str(first), "last": str(last)} if number % 5 else {"first": None, "last": "2025-02-01"}
        vessel, modality = rng.choice(("ru/yelnya", "ru/kildin")), rng.choice(("asserted", "planned"))
        slots = rng.choice(({"origin": "tartus"}, {}))
        told.append(claim(f"c{number:02}", vessel=vessel, modality=modality, **dated, **slots))
    rng.shuffle(told)
    url = make_store(f"sqlite:///{tmp_path}/tracker.db")
    for number, one in enumerate(told):
        put(url, document(f"Report {number}.", published="2025-02-01"), one)
    again = make_store(f"sqlite:///{tmp_path}/again.db")
    put(again, document("Report.", published="2025-02-01"), *told)
    of_events = "SELECT id, vessel_key, start_day, end_day, origin_key, modality, claim_count FROM event ORDER BY id"
    of_claims = "SELECT id, event_id FROM claim ORDER BY id"
    assert rows(url, of_events) == rows(again, of_events)
    assert rows(url, of_claims) == rows(again, of_claims)
    assert all(result == "ok" for _, result in migrate.check(url))


def test_new_vessels_are_added_once(url: str) -> None:
    make_store(url)
    fresh = (VesselRecord("xx/nova-unlisted", "Nova", "Nova", 1, VesselType.TUG),)
    assert put(url, document("one"), claim("c1", vessel="xx/nova-unlisted"), new=fresh).vessels_new == 1
    assert put(url, document("two"), claim("c2", vessel="xx/nova-unlisted", first="2024-12-08"), new=fresh).vessels_new == 0


def test_views_give_no_coordinates_to_an_area(url: str) -> None:
    make_store(url)
    put(url, document("At sea."), claim("c1", "at_sea", place="mediterranean-sea"), claim("c2", "in_port", place="tartus", vessel="ru/kildin"))
    assert rows(url, "SELECT vessel, latitude FROM v_events ORDER BY vessel") == [("Kildin", 34.9), ("Yelnya", None)]
    assert len(rows(url, "SELECT * FROM v_last_known")) == 2


def test_plans_and_denials_are_not_the_last_known_place(url: str) -> None:
    make_store(url)
    put(url, document("x"), claim("c1", origin="tartus"), claim("c2", "arrival", first="2024-12-20", modality="planned", destination="baltiysk"))
    (row,) = reader_rows(url)
    assert (row["last_place"], row["last_kind"], row["events"]) == ("left Tartus", "departure", 2)


def reader_rows(url: str) -> list[dict]:
    with open_reader(url, utc_now()) as reader:
        return reader.vessels(EventFilter())


def test_check_finds_a_quote_that_was_never_written(url: str) -> None:
    make_store(url)
    put(url, document("Yelnya left Tartus."), claim("c1", origin="tartus"))
    with session(url) as work:
        work.connection().execute(text("UPDATE claim SET quote = 'Yelnya sank.'"))
    assert dict(migrate.check(url))["claims whose quote is not in its document at its place"] == "1"


def test_a_backup_is_a_store_of_its_own(url: str, tmp_path: Path) -> None:
    make_store(url)
    put(url, document("Yelnya left Tartus."), claim("c1", origin="tartus"))
    target = tmp_path / "saved.db"
    migrate.backup(url, target)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("saved")) == ["saved.db"]
    assert rows(f"sqlite:///{target}", "SELECT count(*) FROM event") == [(1,)]
    with pytest.raises(StoreError, match="--force"):
        migrate.backup(url, target)
    migrate.backup(url, target, force=True)


def test_a_backup_to_where_nothing_can_be_written_is_one_line(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_store(url)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StoreError, match=r"saved\.db: Read-only"):
        migrate.backup(url, tmp_path / "saved.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(StoreError):
        migrate.init(f"sqlite:///{tmp_path}/sub/tracker.db")


def test_filters(url: str) -> None:
    make_store(url)
    put(
        url,
        document("x"),
        claim("c1", origin="tartus"),
        claim("c2", "in_port", first="2024-12-09", place="baltiysk", vessel="ru/kildin", modality="reported"),
    )
    with open_reader(url, utc_now()) as reader:

        def ids(**f: object) -> list[str]:
            return [row["event_id"] for row in reader.events(EventFilter(**f))]  # type: ignore[arg-type]

        assert ids() == ["c1", "c2"]
        assert ids(area="mediterranean-sea") == ["c1"]
        assert ids(area="syria") == ["c1"]
        assert ids(since=date(2024, 12, 3)) == ["c2"]
        assert ids(until=date(2024, 12, 3)) == ["c1"]
        assert ids(modality="reported") == ["c2"]
        assert ids(vessels=("ru/kildin",)) == ["c2"]
        assert ids(type="oiler") == ["c1"]
        assert ids(class_name="altay") == ["c1"]
        assert ids(country="US") == []
        assert ids(known_on=date(2024, 12, 2)) == []
        assert ids(source="wire-a") == ["c1", "c2"]
        assert ids(named=False) == []
