"""A desk's own lists: what is read from then on knows their vessels and places; each goes in whole or not at all and can be undone."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tracker.intake.deciding import By, undo
from tracker.intake.known import gazetteer_at
from tracker.intake.own_lists import ListOptions, ListSummary, import_places, import_vessels
from tracker.store import decisions
from tracker.store.engine import session
from tracker.store.tables import ReviewRow

BY = By("Ann", "our coast")
VESSELS = """Ship;Type;Class;Pennant;Country;Home port;Other names
Zorka Prva;Patrol Ship;Zorka;P901;hr;Split;ZT-1|Zorka I
Yelnya;oiler;Altay;;RU;;
"""
PLACES = """name,kind,lat,lon,country,parent
Inner Zorka,anchorage,,,HR,Zorka Roads
Zorka Roads,anchorage,43.2,16.1,HR,Croatia
Tartus,naval_base,34.9,35.9,SY,
"""
TEXT = "Zorka Prva left Zorka Roads on 3 December 2024."


def vessels(url: str, text: str = VESSELS, *, dry_run: bool = False) -> ListSummary:
    return import_vessels(text.encode(), "fleet.csv", ListOptions(dry_run=dry_run), url, BY)


def places(url: str, text: str = PLACES) -> ListSummary:
    return import_places(text.encode(), "places.csv", ListOptions(), url, BY)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tracker.db'}"


def test_a_listed_vessel_is_known_by_every_name(url: str) -> None:
    summary = vessels(url)
    assert (summary.new, summary.known, summary.failures) == (["hr/zorka-prva"], ["ru/yelnya"], [])
    known = gazetteer_at(url).vessels
    assert {v.key for name in ("ZT-1", "zorka i", "Zorka Prva") for v in known.named(name)} == {"hr/zorka-prva"}
    entry = known.entries["hr/zorka-prva"]
    assert (entry.type, entry.class_name, entry.hull, entry.country, entry.home_port) == ("patrol_ship", "Zorka", "P901", "HR", "split")


def test_a_listed_place_has_a_position_only_where_the_row_gives_one(url: str) -> None:
    assert places(url).known == ["tartus"]
    known = gazetteer_at(url).places
    roads, inner = known.entries["zorka-roads"], known.entries["inner-zorka"]
    assert (roads.latitude, roads.longitude, roads.water) == (43.2, 16.1, "adriatic-sea")
    assert (inner.latitude, inner.longitude, inner.parent, inner.water) == (None, None, "zorka-roads", None)
    assert known.tree.inside("inner-zorka", "mediterranean-sea")


def test_reports_are_read_with_the_lists(run, take, store: Path) -> None:
    take(TEXT)
    assert "Zorka Roads" not in run("events", "list", "--format", "csv")[1]
    places(f"sqlite:///{store}")
    vessels(f"sqlite:///{store}")
    assert run("ingest", "--again")[0] == 0
    rows = list(csv.DictReader(run("events", "list", "--format", "csv")[1].splitlines()))
    assert [(row["vessel_key"], row["kind"], row["origin_key"], row["start"]) for row in rows] == [
        ("hr/zorka-prva", "departure", "zorka-roads", "2024-12-03")
    ]


def test_what_was_told_of_an_unlisted_vessel_goes_to_the_listed_one(run, take, store: Path) -> None:
    take("The Croatian patrol ship Zorka Prva left Split on 3 December 2024.")
    assert "hr/zorka-prva-unlisted" in run("events", "list", "--format", "csv")[1]
    vessels(f"sqlite:///{store}")
    told = run("events", "list", "--format", "csv")[1]
    assert "hr/zorka-prva," in told and "unlisted" not in told
    assert run("undo")[0] == 0
    assert "hr/zorka-prva-unlisted" in run("events", "list", "--format", "csv")[1]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";frigate;;;HR;;", "name is empty"),
        ("Nova Zorka;;;;HR;;", "type is empty"),
        ("Nova Zorka;spaceship;;;HR;;", "spaceship"),
        ("Nova Zorka;frigate;;;Croatia;;", "no two-letter country code"),
        ("Nova Zorka;frigate;;;HR;Nowhere Port;", "no place"),
        ("Nova Zorka;frigate;;", "4 cells where the header has 7"),
    ],
)
def test_one_wrong_row_keeps_the_whole_list_out(url: str, row: str, why: str) -> None:
    summary = vessels(url, f"{VESSELS}{row}\n")
    assert [(where, why in told) for where, told in summary.failures] == [("fleet.csv: row 4", True)]
    assert summary.done is None and "hr/zorka-prva" not in gazetteer_at(url).vessels.entries


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Far Roads,anchorage,95,1,HR,", "not within"),
        ("Far Roads,anchorage,43,,HR,", "lat without lon"),
        ("Far Roads,nook,,,HR,", "nook"),
        ("Far Roads,anchorage,,,HR,Nowhere", "no place 'Nowhere'"),
        ("zorka roads,anchorage,,,HR,", "stands in this list already"),
    ],
)
def test_one_wrong_place_keeps_the_whole_list_out(url: str, row: str, why: str) -> None:
    summary = places(url, f"{PLACES}{row}\n")
    assert [(where, why in told) for where, told in summary.failures] == [("places.csv: row 5", True)]
    assert "zorka-roads" not in gazetteer_at(url).places.entries


def test_a_namesake_gets_a_key_of_its_own_and_the_same_vessel_none(url: str) -> None:
    first = "name,type,country,hull\nNova Zorka,frigate,HR,F11\n"
    assert vessels(url, first).new == ["hr/nova-zorka"]
    again = vessels(url, first + "Nova Zorka,frigate,HR,F12\nNova Zorka,frigate,IT,\n")
    assert (again.new, again.known) == (["hr/nova-zorka-f12", "it/nova-zorka"], ["hr/nova-zorka"])


def test_an_imo_number_is_one_vessels(url: str) -> None:
    assert vessels(url, "name,type,imo\nNova Zorka,tug,9074729\n").new == ["xx/nova-zorka"]
    assert "is xx/nova-zorka's" in vessels(url, "name,type,imo\nStara Zorka,tug,9074729\n").failures[0][1]


def test_places_in_each_other_are_refused(run, tmp_path: Path, store: Path) -> None:
    file = tmp_path / "ring.csv"
    file.write_text("name,kind,parent\nZorka One,port,Zorka Two\nZorka Two,port,Zorka One\n", encoding="utf-8")
    code, _, told = run("import", "places", file)
    assert code == 1 and "lie in each other" in told


def test_a_list_is_undone_whole_unless_something_rests_on_it(url: str) -> None:
    before = gazetteer_at(url).vessels.entries.keys()
    places(url)
    vessels(url, VESSELS.replace("Split", "Inner Zorka"))
    assert len(undo(url, 1, BY)) == 1
    assert gazetteer_at(url).vessels.entries.keys() == before
    vessels(url, VESSELS.replace("Split", "Inner Zorka"))
    with session(url) as work:
        places_back = [change.reversed() for change in decisions.changes_of(work.get_one(ReviewRow, 1))]
        assert decisions.in_use(work, places_back) == "hr/zorka-prva has its home port there"
    assert len(undo(url, 9, BY)) == 2
    assert "zorka-roads" not in gazetteer_at(url).places.entries


def test_the_command(run, tmp_path: Path, store: Path) -> None:
    file = tmp_path / "fleet.csv"
    file.write_text(VESSELS.replace("Other names", "Remarks"), encoding="utf-8")
    code, out, told = run("import", "register", file, "--dry-run")
    assert (code, out.strip()) == (0, "1 vessel new, 1 known already") and "dry run" in told and "column Remarks" in told
    assert not store.exists()
    code, out, told = run("import", "register", file, "--map", "Remarks=aliases", "--format", "json")
    assert (code, json.loads(out)) == (0, {"new": ["hr/zorka-prva"], "known": ["ru/yelnya"], "failed": 0}) and "tracker undo" in told
    assert "ZT-1" in run("vessels", "show", "ZT-1")[1]
    assert "register" in run("history")[1]
    code, _, told = run("import", "places", tmp_path / "none.csv")
    assert code == 1 and "there is no such file" in told


def test_the_whole_store_comes_over_with_its_lists(run, tmp_path: Path, store: Path) -> None:
    places(f"sqlite:///{store}")
    vessels(f"sqlite:///{store}")
    whole = tmp_path / "all.jsonl"
    assert run("export", "all", "-o", whole)[0] == 0
    copy = tmp_path / "copy.db"
    assert run("import", "store", whole, "--db", copy)[0] == 0
    assert gazetteer_at(f"sqlite:///{copy}").vessels.entries.keys() == gazetteer_at(f"sqlite:///{store}").vessels.entries.keys()
    assert "zorka-roads" in gazetteer_at(f"sqlite:///{copy}").places.entries
