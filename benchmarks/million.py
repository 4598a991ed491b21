"""`python -m benchmarks.million`: the questions that must be quick over a million events, with the plans by which the store answers them."""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.__main__ import best_s, process_s, say
from tracker.analysis.whereabouts import Answer, where
from tracker.domain.when import Interval
from tracker.intake.seeding import make_store
from tracker.settings import sqlite_path
from tracker.store import queries
from tracker.store.queries import EventFilter
from tracker.store.reader import Reader, open_reader

FIRST, DAYS = date(2020, 1, 1), 1825
SLOT = {"departure": "origin", "arrival": "destination", "underway": "destination"}
KINDS = ("departure", "arrival", "in_port", "at_sea", "transit", "underway")
MODALITIES = ("asserted",) * 6 + ("reported",) * 2 + ("possible", "planned", "negated")
SPANS = (0,) * 7 + (2, 6, 29)  # days: seven in ten events are of one day
UNDATED = 0.1


def build(path: Path, events: int, vessels: int) -> str:
    """A store of so many events, in the order in which reports come, written without SQLAlchemy: indexes are made when the rows are in."""
    url = f"sqlite:///{path}"
    make_store(url)
    with closing(sqlite3.connect(sqlite_path(url) or "")) as store, store:
        store.execute("PRAGMA foreign_keys = OFF")
        keys = [row[0] for row in store.execute("SELECT key FROM vessel ORDER BY key LIMIT ?", (vessels,))]
        ports = store.execute("SELECT key, name FROM place WHERE kind IN ('port', 'naval_base') ORDER BY key").fetchall()
        indexes = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('event', 'claim') AND sql > ''").fetchall()
        for name, _ in indexes:
            store.execute(f"DROP INDEX {name}")
        store.execute("INSERT INTO source (key, name, reliability) VALUES ('bench', 'Bench', 'F')")
        store.execute(
            "INSERT INTO document (id, source_key, published, ingested_at, media_type, demo, text, page_starts, warnings)"
            " VALUES ('bench', 'bench', '2025-01-01', '2025-01-01 00:00:00', 'text/plain', 0, 'It moved.', '[]', '[]')"
        )
        rows = list(_rows(events, keys, ports))
        merged = ", lead_claim_id, claim_count, root_count, status, first_published, last_published"
        for table, more in (("event", merged), ("claim", ", event_id, act_id, document_id, rule")):
            also = "quote, quote_start, quote_end," if table == "claim" else ""
            values = "'It moved.', 0, 9," if table == "claim" else ""
            last = ":id, 1, 1, 'open', :end, :end" if table == "event" else ":id, :id, 'bench', 'bench'"
            store.executemany(
                f"INSERT INTO {table} ({also} id, vessel_key, kind, place, origin, destination, place_key, origin_key, destination_key,"
                f" start_day, end_day, precision, edtf, modality, credibility{more}) VALUES ({values} :id, :vessel, :kind, :place, :origin,"
                f" :destination, :place_key, :origin_key, :destination_key, :start, :end, :precision, :edtf, :modality, 6, {last})",
                rows,
            )
        for _, sql in indexes:
            store.execute(sql)
        store.execute("ANALYZE")
    return url


def _rows(events: int, keys: list[str], ports: list[tuple[str, str]]) -> Iterator[dict[str, str | None]]:
    rng = random.Random(7)
    for number in range(events):
        kind, (key, name) = rng.choice(KINDS), rng.choice(ports)
        start = FIRST + timedelta(days=number * DAYS // events)
        told = Interval.day(start) if rng.random() > UNDATED else Interval.open_until(start)
        if told.start and (span := rng.choice(SPANS)):
            told = Interval(start, start + timedelta(days=span), told.precision.RANGE)
        slot = SLOT.get(kind, "place")
        yield {
            "id": f"{rng.getrandbits(64):016x}",
            "vessel": rng.choice(keys),
            "kind": kind,
            "modality": rng.choice(MODALITIES),
            "start": str(told.start) if told.start else None,
            "end": str(told.end),
            "precision": told.precision.value,
            "edtf": told.edtf(),
            **{column: None for one in ("place", "origin", "destination") for column in (one, f"{one}_key")},
            slot: name,
            f"{slot}_key": key,
        }


def plan(reader: Reader, what: str, query: queries.Query) -> None:
    """Print how SQLite answers a query."""
    sql, parameters = query
    print(f"\n{what}")
    for row in reader._rows(f"EXPLAIN QUERY PLAN {sql}", parameters):
        print(f"  {row['detail']}")


def measure(url: str) -> None:
    days = {
        "the last day": FIRST + timedelta(days=DAYS),
        "the middle": FIRST + timedelta(days=DAYS // 2),
        "the first month": FIRST + timedelta(days=30),
    }
    with open_reader(url, datetime(2025, 1, 1, 12, tzinfo=UTC)) as reader:
        key = reader.vessels(EventFilter())[0]["vessel_key"]
        for what, day in days.items():
            known = whereabouts(reader, day)
            took = best_s(partial(whereabouts, reader, day), 9)
            say(f"whereabouts of {len(known):,} vessels on a day, {what}", f"{took * 1000:.0f} ms", "", "<= 100 ms")
        history = EventFilter(vessels=(key,))
        say(
            f"one vessel's history, {len(reader.events(history))} events",
            f"{best_s(lambda: reader.events(history), 9) * 1000:.1f} ms",
            "",
            "<= 10 ms",
        )
        around = queries.around(EventFilter(), first=days["the middle"], last=days["the middle"] + timedelta(days=7), placed=False, after=True)
        for name, query in zip(("before", "after", "lasting through", "in between"), around, strict=True):
            plan(reader, f"whereabouts of all vessels in a week: the events {name}", query)
        plan(reader, "one vessel's history", queries.events(history))


def whereabouts(reader: Reader, day: date) -> dict[str, Answer]:
    """Vessel key -> where it was on a day, of all vessels."""
    return {key: where(events, day) for key, events in reader.around(day, day).items()}


def commands(url: str) -> None:
    """The questions about fleets as a person asks them: whole processes, start-up included."""
    tracker, env = str(Path(sys.executable).parent / "tracker"), {"TRACKER_DB": url}
    for words in (
        ["fleet", "at", "Mediterranean Sea", "--on", "2024-12-05"],
        ["fleet", "diff", "Mediterranean Sea", "--from", "2024-11-30", "--to", "2024-12-15"],
        ["fleet", "unseen", "--days", "20", "--on", "2024-12-15"],
        ["where", "Yelnya", "--on", "2024-12-05"],
    ):
        took = process_s([tracker, *words, "--as-of", "2025-01-01", "--format", "jsonl"], env, 3)
        say(f"tracker {' '.join(words)}"[:58], f"{took:.2f} s")


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        url = build(Path(folder) / "million.db", events, 5000)
        measure(url)
        commands(url)


if __name__ == "__main__":
    main()
