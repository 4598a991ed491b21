"""An analyst's spreadsheet in the store: what a row becomes, what is wrong with one, all or none, and never twice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.export.hostile import HOSTILE
from tracker.domain.when import utc_now
from tracker.intake.events import SheetOptions, import_events
from tracker.intake.seeding import make_store
from tracker.store import migrate
from tracker.store.engine import copy_sqlite
from tracker.store.queries import EventFilter
from tracker.store.reader import Reader, open_reader

DESK = SheetOptions(source="Fleet desk")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/tracker.db"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store with the register in it, made once."""
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    make_store(f"sqlite:///{path}")
    return path


@pytest.fixture
def ready(url: str, template: Path) -> str:
    """A store that is there already."""
    copy_sqlite(template, Path(url.removeprefix("sqlite:///")))
    return url


def line(**cells: object) -> str:
    return json.dumps({"vessel": "Admiral Grigorovich", "kind": "in_port", "source": "Wire A"} | cells)


def taken(url: str, *lines: str, options: SheetOptions = DESK) -> list[dict]:
    summary, _ = import_events("\n".join(lines).encode(), "a.jsonl", options, url)
    assert summary.failures == []
    return read(url).events(EventFilter())


def read(url: str) -> Reader:
    return open_reader(url, utc_now())


MEANT = [
    ({"kind": "left", "from": "Tartus"}, {"kind": "departure", "origin": "Tartus", "origin_key": "tartus"}),
    ({"kind": "left", "place": "Tartus"}, {"kind": "departure", "origin": "Tartus", "place": None}),
    ({"kind": "Arrived", "place": "tartous"}, {"kind": "arrival", "destination": "Tartus", "destination_key": "tartus", "place": None}),
    ({"place": "Port Nowhere"}, {"place": "Port Nowhere", "place_key": None}),
    ({"date": "2024-12-02"}, {"edtf": "2024-12-02", "precision": "day"}),
    ({"date": "2024-12-02T06:30Z"}, {"edtf": "2024-12-02", "precision": "day"}),
    ({"date": "2024-12"}, {"edtf": "2024-12", "precision": "month"}),
    ({"date": "2024-11-30/2024-12-02"}, {"edtf": "2024-11-30/2024-12-02", "precision": "range"}),
    ({"date": "2024-12-01/2024-12-10", "precision": "part_of_month"}, {"precision": "part_of_month"}),
    ({"date": "2024-12", "precision": "day"}, {"edtf": "2024-12", "precision": "month"}),  # no month becomes a day
    ({"start": "2024-12-02", "end": "2024-12-04"}, {"edtf": "2024-12-02/2024-12-04", "precision": "range"}),
    ({"start": "2024-12-02"}, {"edtf": "2024-12-02", "precision": "day"}),
    ({"end": "2024-12"}, {"start": date(2024, 12, 1), "end": date(2024, 12, 31)}),
    ({"published": "2024-12-05"}, {"edtf": "../2024-12-05", "precision": "open"}),
    ({}, {"start": None, "end": None, "precision": "open"}),
    ({}, {"modality": "reported", "rule": "import.unquoted"}),
    ({"certainty": "Confirmed", "quote": "She lay in Tartus."}, {"modality": "asserted", "rule": "import.quoted", "quote": "She lay in Tartus."}),
    ({"certainty": "unconfirmed", "hedge": "may"}, {"modality": "possible", "hedge": "may"}),
    ({"source": None}, {"source": "Fleet desk"}),
    ({"title": "T", "url": "https://example.org/1"}, {"title": "T", "url": "https://example.org/1"}),
    ({"demo": "yes"}, {"demo": True}),
    ({}, {"vessel_key": "ru/admiral-grigorovich", "demo": False}),
    ({"vessel": "USS Porter (DDG 78)"}, {"vessel_key": "us/porter"}),
    ({"vessel": None, "vessel_key": "ru/yelnya"}, {"vessel": "Yelnya"}),
    ({"vessel": "Yelnya", "type": "tanker", "country": "Russian"}, {"vessel_key": "ru/yelnya"}),
    ({"vessel": "Nova Zembla", "type": "Tug", "country": "Norway"}, {"vessel_key": "no/nova-zembla-unlisted", "type": "tug", "country": "NO"}),
    ({"vessel": None, "type": "frigate", "count": 2}, {"vessel": "2 × frigate, unnamed", "count": 2}),
    ({"vessel": "submarine, unnamed", "type": "submarine", "count": 1}, {"vessel": "submarine, unnamed", "count": 1}),
]


@pytest.mark.parametrize(("cells", "told"), MEANT, ids=lambda cells: " ".join(map(str, cells.items())))
def test_what_a_row_becomes(ready: str, cells: dict, told: dict) -> None:
    (event,) = taken(ready, line(**cells))
    assert {name: event[name] for name in told} == told


WRONG = [
    ({"vessel": None}, "no vessel"),
    ({"vessel": "..."}, "is no name"),
    ({"vessel": None, "vessel_key": "ru/nobody"}, 'the register has no "ru/nobody"'),
    ({"kind": None}, "no kind of event"),
    ({"kind": "flew"}, 'kind: "flew" is not one of departure, '),
    ({"date": "02/12/2024"}, 'date: "02/12/2024" is no date; use 2024-12-02'),
    ({"date": "2024-02-30"}, "is no date"),
    ({"date": "2024-12-02/.."}, "is no date"),
    ({"start": "2024-12-04", "end": "2024-12-02"}, "before it starts"),
    ({"published": "Monday"}, 'published: "Monday" is no date'),
    ({"modality": "perhaps not"}, 'modality: "perhaps not" is not one of asserted'),
    ({"precision": "hour"}, 'precision: "hour" is not one of day'),
    ({"type": "kite"}, 'type: "kite" is no vessel type'),
    ({"country": "Atlantis"}, 'country: "Atlantis" is no country'),
    ({"type": "frigate", "vessel": None, "count": "many"}, 'count: "many" is no number'),
    ({"role": "captain"}, 'role: "captain" is not one of escort'),
]


@pytest.mark.parametrize(("cells", "told"), WRONG, ids=lambda cells: str(cells))
def test_what_is_wrong_with_a_row(url: str, cells: dict, told: str) -> None:
    summary, _ = import_events(f"{line()}\n{line(**cells)}\n".encode(), "a.jsonl", DESK, url)
    ((where, why),) = summary.failures
    assert where == "a.jsonl: row 2"
    assert told in why
    assert "\n" not in why
    assert (summary.documents, Path(url.removeprefix("sqlite:///")).exists()) == (0, False)


def test_a_row_needs_a_source(url: str) -> None:
    summary, _ = import_events(line(source="").encode(), "a.jsonl", SheetOptions(), url)
    assert summary.failures == [("a.jsonl: row 1", "no source; fill its cell, or give --source NAME for all rows")]


def test_wrong_rows_can_be_left_out(url: str) -> None:
    data = f"{line()}\n{line(kind='flew')}\nno json\n".encode()
    summary, _ = import_events(data, "a.jsonl", SheetOptions(skip_bad=True), url)
    assert (summary.documents, summary.events, [where for where, _ in summary.failures]) == (1, 1, ["a.jsonl: row 2", "a.jsonl: row 3"])


def test_a_dry_run_writes_nothing(url: str) -> None:
    summary, unquoted = import_events(line().encode(), "a.jsonl", SheetOptions(dry_run=True), url)
    assert (summary.failures, summary.documents, unquoted) == ([], 0, 1)
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_no_row_is_taken_in_twice_whatever_the_order(url: str) -> None:
    lines = [line(date="2024-12-02"), line(date="2024-12-05"), line(date="2024-12-02")]
    first, _ = import_events("\n".join(lines).encode(), "a.jsonl", DESK, url)
    again, _ = import_events("\n".join(reversed(lines)).encode(), "b.jsonl", DESK, url)
    assert (first.documents, first.duplicates, again.documents, again.duplicates) == (2, 1, 0, 3)
    assert len(read(url).events(EventFilter())) == 2


def test_a_row_without_a_quote_quotes_itself(url: str) -> None:
    (event,) = taken(url, line(date="2024-12-02", place="Tartus"))
    told = read(url).document_text(event["document_id"])
    assert told == "vessel: Admiral Grigorovich\nkind: in_port\nsource: Wire A\ndate: 2024-12-02\nplace: Tartus"
    assert event["quote"] == told
    (claim,) = read(url).claims()
    assert claim["mention"] == "Admiral Grigorovich"


def test_rows_join_the_events_that_are_there(url: str) -> None:
    rows = taken(url, line(date="2024-12-02", place="Tartus"), line(date="2024-12", place="Syria", source="Wire B"))
    assert [(row["claims"], row["roots"], row["edtf"]) for row in rows] == [(2, 2, "2024-12-02")]


@pytest.mark.parametrize("name", [name for name in HOSTILE.values() if "\x07" not in name])
def test_hostile_cells(ready: str, name: str) -> None:
    (event,) = taken(ready, line(vessel=f"Ship {name}", place=name, source=name, title=name, quote=name, hedge=name))
    assert (event["place"], event["title"], event["quote"]) == (name, name, name)
    assert all(result == "ok" for _, result in migrate.check(ready))
