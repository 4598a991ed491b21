"""`tracker export`: the rows of the lists in other programs' formats, the whole store and back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.builders import claim, document, make_store, put
from tests.export.hostile import HOSTILE
from tracker.cli.exports import FORMATS, FileFormat, What
from tracker.domain.kinds import VesselType
from tracker.domain.records import VesselRecord
from tracker.export.separated import unguarded
from tracker.store.engine import copy_sqlite

AS_OF = ("--as-of", "2024-12-20")
UNNAMED = VesselRecord("unnamed/0123", "2 × frigate, unnamed", None, 2, VesselType.FRIGATE, country="RU")
READABLE = [(what, how) for what, formats in FORMATS.items() for how in formats if how is not FileFormat.PARQUET]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Firm and hedged, dated and undated, planned and denied, at points and in seas, by two sources, one of whose documents makes no claim."""
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    url = make_store(f"sqlite:///{path}")
    put(
        url,
        document("Yelnya left Tartus. Two frigates are at sea.", title="First", url="https://example.org/1"),
        claim("aaaa1", origin="tartus", quote="Yelnya left Tartus."),
        replace(claim("bbbb2", "at_sea", vessel=UNNAMED.key, modality="reported", place="mediterranean-sea", quote="at sea."), hedge="are said"),
        new=(UNNAMED,),
    )
    put(
        url,
        document("- Kildin is in Baltiysk. Yelnya will come. She isn't in Tartus.", published="2024-12-10", source="Wire B"),
        claim("cccc3", "in_port", first=None, last="2024-12-10", vessel="ru/kildin", place="baltiysk", quote="- Kildin is in Baltiysk."),
        claim("dddd4", "arrival", first="2024-12-30", modality="planned", destination="baltiysk", quote="Yelnya will come."),
        claim("eeee5", "in_port", first="2024-12-09", modality="negated", place="tartus", quote="She isn't in Tartus."),
        claim("ffff6", "underway", first="2024-12-05", destination="baltiysk", quote="Yelnya will come."),
    )
    put(url, document("Nothing moved.", source="Wire C", published="2024-12-11"))
    return path


@pytest.fixture
def filled(store: Path, template: Path) -> Path:
    """A copy of the template, which plain commands use."""
    store.parent.mkdir(parents=True)
    copy_sqlite(template, store)
    return store


def objects(run, *words: str) -> list[dict]:
    code, out, err = run("export", *words, "--format", "jsonl", *AS_OF)
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(("what", "how"), READABLE)
def test_every_format_twice_gives_the_same_bytes(run, filled: Path, tmp_path: Path, what: What, how: FileFormat) -> None:
    code, out, err = run("export", what, "--format", how, *AS_OF)
    assert (code, bool(out)) == (0, True), err
    target = tmp_path / "out"
    assert run("export", what, "--format", how, *AS_OF, "-o", str(target))[:2] == (0, f"{target}\n")
    assert target.read_bytes() == out.encode()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["out"]


@pytest.mark.parametrize(
    ("words", "lists"),
    [
        (("events",), ("events", "list")),
        (("vessels",), ("vessels", "list")),
        (("vessels", "--register"), ("vessels", "list", "--register")),
        (("places",), ("places", "list")),
        (("places", "--whole"), ("places", "list", "--all")),
        (("sources",), ("sources", "list")),
        (("documents",), ("sources", "documents")),
        (("events", "--area", "Mediterranean Sea"), ("events", "list", "--area", "Mediterranean Sea")),
        (("events", "--known-on", "2024-12-04"), ("events", "list", "--known-on", "2024-12-04")),
        (("vessels", "--known-on", "2024-12-04"), ("vessels", "list", "--known-on", "2024-12-04")),
    ],
    ids=lambda words: " ".join(words),
)
def test_an_export_is_the_list(run, filled: Path, words: tuple[str, ...], lists: tuple[str, ...]) -> None:
    assert objects(run, *words) == [json.loads(line) for line in run(*lists, "--format", "jsonl", *AS_OF)[1].splitlines()]


@pytest.mark.parametrize(
    ("filters", "claims", "sources", "documents"),
    [
        ((), ["aaaa1", "bbbb2", "cccc3", "dddd4", "eeee5", "ffff6"], ["Wire A", "Wire B", "Wire C"], 3),
        (("--vessel", "Yelnya"), ["aaaa1", "dddd4", "eeee5", "ffff6"], ["Wire A", "Wire B"], 2),
        (("--source", "Wire A"), ["aaaa1", "bbbb2"], ["Wire A"], 1),
        (("--modality", "reported"), ["bbbb2"], ["Wire A"], 1),
        (("--known-on", "2024-12-10"), ["aaaa1", "bbbb2", "cccc3", "dddd4", "eeee5", "ffff6"], ["Wire A", "Wire B"], 2),
        (("--known-on", "2024-12-05"), ["aaaa1", "bbbb2"], ["Wire A"], 1),
    ],
)
def test_what_stands_behind_the_events_that_fit(run, filled: Path, filters: tuple, claims: list, sources: list, documents: int) -> None:
    assert sorted(row["claim_id"] for row in objects(run, "claims", *filters)) == claims
    told = objects(run, "sources", *filters)
    assert [row["source"] for row in told] == sources
    assert sum(row["claims"] for row in told) == len(claims)
    assert len(objects(run, "documents", *filters)) == documents == sum(row["documents"] for row in told)


def test_places_are_counted_by_the_events_that_fit(run, filled: Path) -> None:
    assert {row["place_key"]: row["events"] for row in objects(run, "places", "--vessel", "Kildin")} == {"baltiysk": 1}
    assert {row["place_key"] for row in objects(run, "places", "--area", "Mediterranean Sea")} == {"mediterranean-sea", "tartus"}


def test_ids_of_claims_are_those_of_the_events_known_then(run, filled: Path) -> None:
    url = f"sqlite:///{filled}"
    put(url, document("She left.", published="2024-12-12", source="Wire D"), claim("aaaa0", origin="tartus", quote="She left."))
    assert {row["event_id"] for row in objects(run, "claims", "--vessel", "Yelnya", "--kind", "departure")} == {"aaaa0"}
    assert {row["event_id"] for row in objects(run, "claims", "--kind", "departure", "--known-on", "2024-12-05")} == {"aaaa1"}


def features(run, what: str) -> dict[str, dict]:
    return {feature["id"]: feature for feature in json.loads(run("export", what, "--format", "geojson", *AS_OF)[1])["features"]}


def test_a_map_has_a_point_only_where_somebody_told_one(run, filled: Path) -> None:
    found = {number: (f["geometry"] or {}).get("type") for number, f in features(run, "events").items()}
    assert found == {"aaaa1": "Point", "bbbb2": "Polygon", "cccc3": "Point", "dddd4": None, "eeee5": None, "ffff6": None}
    assert features(run, "events")["aaaa1"]["geometry"]["coordinates"] == [35.87, 34.9]


def test_what_a_feature_says(run, filled: Path) -> None:
    told = features(run, "events")["bbbb2"]["properties"]
    for name, value in {
        "vessel_key": UNNAMED.key,
        "kind": "at_sea",
        "place": "Mediterranean-Sea",
        "start": "2024-12-02",
        "end": "2024-12-02",
        "precision": "day",
        "modality": "reported",
        "hedge": "are said",
        "quote": "at sea.",
        "source": "Wire A",
        "age_days": 18,
        "as_of": "2024-12-20T23:59:59Z",
        "geometry_is": "outline",
        "radius_km": None,
    }.items():
        assert told[name] == value, name
    assert features(run, "events")["aaaa1"]["properties"]["radius_km"] == 8


def test_vessels_and_places_on_a_map(run, filled: Path) -> None:
    vessels = features(run, "vessels")
    assert vessels["ru/kildin"]["geometry"]["type"] == "Point"
    assert vessels["ru/yelnya"]["geometry"] is None  # last told under way: where it is heading is not where it is
    assert vessels["ru/kildin"]["properties"]["certainty"] == "probably"
    places = features(run, "places")
    assert {key: f["properties"]["geometry_is"] for key, f in places.items()} == {
        "baltiysk": "point",
        "mediterranean-sea": "outline",
        "syria": None,
        "tartus": "point",
    }


def test_kml_tells_plans_and_denials_as_such(run, filled: Path) -> None:
    root = ElementTree.fromstring(run("export", "events", "--format", "kml", *AS_OF)[1])
    names = [name.text for name in root.iter("{http://www.opengis.net/kml/2.2}name")]
    assert "Yelnya: to arrive at Baltiysk" in names
    assert "Yelnya: not in Tartus" in names


def test_a_csv_opens_without_formulas_and_reads_back(run, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "events", *AS_OF)[1], newline="")))
    (bullet,) = [row["quote"] for row in rows if row["event_id"] == "cccc3"]
    assert bullet == "'- Kildin is in Baltiysk."
    assert unguarded(bullet) == "- Kildin is in Baltiysk."
    assert "\n- Kildin" not in run("export", "events", *AS_OF)[1]
    assert ",- Kildin is in Baltiysk." in run("export", "events", "--exact", *AS_OF)[1]


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        (("events", "-o", "a.geojson"), '{"type": "FeatureCollection"'),
        (("events", "-o", "a.KML"), "<?xml"),
        (("events", "-o", "a.ndjson"), '{"event_id"'),
        (("documents", "-o", "a.bib"), "@misc{"),
        (("documents", "-o", "a.csl"), "["),
        (("events", "-o", "a.txt"), "event_id,"),
        (("events", "-o", "a.csv", "--format", "tsv"), "event_id\t"),
        (("all", "-o", "a.txt"), '{"record": "tracker store"'),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_the_suffix_says_the_format(run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple, starts: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", *words)[0] == 0
    assert (tmp_path / words[2]).read_text(encoding="utf-8").startswith(starts)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("events", "--format", "bibtex"), "csv, tsv, json, jsonl, parquet, geojson, kml"),
        (("sources", "--format", "geojson"), "bibtex, csl"),
        (("documents", "-o", "a.kml"), "documents can't be written as kml"),
        (("all", "--format", "csv"), "use --format jsonl"),
        (("all", "--vessel", "Yelnya"), "takes no filter (vessel)"),
        (("events", "--since", "soon"), "is no date"),
        (("events", "-o", "/no/such/folder/a.csv"), "there is no folder"),
        (("ships",), "'ships' is not one of"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_what_makes_no_sense_is_told_with_what_would(run, filled: Path, words: tuple[str, ...], told: str) -> None:
    code, out, err = run("export", *words)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("what", [what for what in What if what is not What.ALL])
def test_an_empty_store_has_nothing_to_export(run, store: Path, tmp_path: Path, what: What) -> None:
    make_store(f"sqlite:///{store.parent.parent}/empty.db")
    code, _, err = run("export", what, "-o", str(tmp_path / "out.csv"), "--db", str(store.parent.parent / "empty.db"))
    assert code == 3
    assert err.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_no_store(run, store: Path) -> None:
    for what in ("events", "all"):
        code, _, err = run("export", what)
        assert code == 3
        assert "no store" in err


@pytest.mark.parametrize("how", ["csv", "tsv", "json", "jsonl", "geojson", "kml"])
@pytest.mark.parametrize("name", [name for name in HOSTILE.values() if "\x07" not in name])
def test_hostile_names_in_every_format(run, store: Path, how: str, name: str) -> None:
    store.parent.mkdir(parents=True)
    url = make_store(f"sqlite:///{store}")
    vessel = VesselRecord("xx/hostile", name, name, 1, VesselType.TUG)
    put(url, document(f"{name} moved.", source=name, title=name), claim("aaaa1", vessel="xx/hostile", origin="tartus", quote=name), new=(vessel,))
    code, out, _ = run("export", "events", "--format", how, *AS_OF)
    assert code == 0
    if how == "csv":
        (row,) = csv.DictReader(io.StringIO(out, newline=""))
        assert unguarded(row["vessel"]).replace("\r\n", "\n") == name.replace("\r\n", "\n")
    if how in ("json", "jsonl"):
        told = json.loads(out)
        assert (told[0] if how == "json" else told)["vessel"] == name
    if how == "tsv":
        assert out.count("\n") == 2
    if how == "kml":
        ElementTree.fromstring(out)


def test_the_whole_store_comes_back_byte_for_byte(run, filled: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert run("export", "all", "-o", str(first))[0] == 0
    assert run("import", "store", str(first), "--db", str(tmp_path / "copy.db"))[0] == 0
    assert run("export", "all", "-o", str(second), "--db", str(tmp_path / "copy.db"))[0] == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("db", "check", "--db", str(tmp_path / "copy.db"))[0] == 0
    lists = [run("events", "list", *AS_OF, "--db", str(db))[1] for db in (filled, tmp_path / "copy.db")]
    assert lists[0] == lists[1]


def test_a_store_in_use_is_not_filled(run, filled: Path, tmp_path: Path) -> None:
    run("export", "all", "-o", str(tmp_path / "all.jsonl"))
    code, _, err = run("import", "store", str(tmp_path / "all.jsonl"))
    assert code == 1
    assert "empty store" in err
    assert run("import", "store", str(tmp_path / "nothing.jsonl"))[0] == 1
