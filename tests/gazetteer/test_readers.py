"""The readers of seeds are strict: each broken row is refused with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.domain.kinds import PlaceKind, VesselType
from tracker.errors import SeedError
from tracker.gazetteer.lexicon import inflect, load_lexicon
from tracker.gazetteer.mappings import read_mapping
from tracker.gazetteer.places import read_places
from tracker.gazetteer.spelling import load_spelling
from tracker.gazetteer.vessels import read_shared_names, read_vessels
from tracker.resources import resource

VESSEL = (
    "name,native_name,aliases,prefix,hull_number,type,designator,class_name,project,country,operator,fleet,home_port,"
    "commissioned,ended,status,imo,mmsi"
)
PLACE = "name,kind,country,lat,lon,radius_km,parent,gate,unlocode,aliases,water,waters"


def vessel(**cells: str) -> str:
    cells = {"name": "Yelnya", "type": "oiler", "country": "RU", **cells}
    return ",".join(cells.get(name, "") for name in VESSEL.split(","))


def place(**cells: str) -> str:
    cells = {"name": "Tartus", "kind": "port", "country": "SY", "lat": "34.9", "lon": "35.87", **cells}
    return ",".join(cells.get(name, "") for name in PLACE.split(","))


BAD_VESSELS = [
    (vessel(type="boat"), "type: 'boat' is not one of"),
    (vessel(type=""), "type is empty"),
    (vessel(name=""), "name is empty"),
    (vessel(country="RUS"), "no two-letter"),
    (vessel(country="ru"), "no two-letter"),
    (vessel(status="afloat"), "status: 'afloat'"),
    (vessel(commissioned="soon"), "is no number"),
    (vessel(commissioned="3000"), "not within"),
    (vessel(imo="9074728"), "wrong check digit"),
    (vessel(mmsi="123"), "no ship's MMSI"),
    (vessel(commissioned="2000", ended="1990"), "before it was commissioned"),
    (vessel(aliases="a||b"), "empty item"),
    (vessel(hull_number=" 12"), "spaces around"),
    (vessel() + ",extra", "cells where the header has"),
    ('"open', "places|vessels|unexpected"),
]


@pytest.mark.parametrize(("line", "why"), BAD_VESSELS)
def test_broken_vessels(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "vessels-xx.csv"
    file.write_text(f"{VESSEL}\n{vessel(name='Kildin')}\n{line}\n")
    with pytest.raises(SeedError, match=why if "|" in why else None) as error:
        read_vessels([file])
    assert "vessels-xx.csv" in str(error.value)
    if "|" not in why:
        assert why in str(error.value)
        assert ":3:" in str(error.value)


BAD_PLACES = [
    (place(kind="town"), "kind: 'town'"),
    (place(lat="95"), "not within"),
    (place(lon=""), "lat without lon"),
    (place(gate="here"), "is not"),
    (place(gate="95 1;2 2"), "out of range"),
    (place(unlocode="S1TTS"), "five letters"),
    (place(parent="Nowhere"), "parent: no place 'Nowhere'"),
    (place(water="Nowhere"), "water: no place"),
    (place(waters="Nowhere"), "waters: no place"),
    (place(name="Latakia"), "stands on"),
]


@pytest.mark.parametrize(("line", "why"), BAD_PLACES)
def test_broken_places(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "places.csv"
    file.write_text(f"{PLACE}\n{place(name='Latakia')}\n{line}\n")
    with pytest.raises(SeedError) as error:
        read_places(file)
    assert why in str(error.value)
    assert ":3:" in str(error.value)


def test_an_unknown_or_missing_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vessels-a.csv").write_text(f"{VESSEL},colour\n{vessel()},grey\n")
    with pytest.raises(SeedError, match="unknown columns colour"):
        read_vessels([tmp_path / "vessels-a.csv"])
    (tmp_path / "vessels-b.csv").write_text("name,type\nYelnya,oiler\n")
    with pytest.raises(SeedError, match="no column"):
        read_vessels([tmp_path / "vessels-b.csv"])
    with pytest.raises(SeedError, match=r"missing\.csv"):
        read_vessels([tmp_path / "missing.csv"])


def test_of_namesakes_the_first_commissioned_keeps_the_plain_key_in_any_order(tmp_path: Path) -> None:
    rows = [
        vessel(commissioned="1968", project="160"),
        vessel(type="mine_warfare_ship", project="1265"),
        vessel(type="tug", commissioned="1990", hull_number="MB-1"),
    ]
    for number, order in enumerate(([0, 1, 2], [2, 1, 0])):
        file = tmp_path / f"vessels-{number}.csv"
        file.write_text("\n".join([VESSEL, *(rows[n] for n in order)]) + "\n")
        keys = {v.type: v.key for v in read_vessels([file])}
        assert keys == {VesselType.OILER: "ru/yelnya", VesselType.MINE_WARFARE_SHIP: "ru/yelnya-1265", VesselType.TUG: "ru/yelnya-mb-1"}


def test_vessels_that_nothing_tells_apart_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "vessels-xx.csv"
    file.write_text("\n".join([VESSEL, vessel(), vessel(), vessel()]) + "\n")
    with pytest.raises(SeedError, match="can't be told from"):
        read_vessels([file])


def test_places_whose_names_fold_alike_get_two_keys(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("\n".join([PLACE, place(name="Fårö", kind="island", country="SE"), place(name="Faro", country="PT")]) + "\n")
    assert {p.key: p.kind for p in read_places(file)} == {"faro-se": PlaceKind.ISLAND, "faro": PlaceKind.PORT}


def test_a_shared_name_must_lead_to_a_vessel(tmp_path: Path) -> None:
    (tmp_path / "vessels-xx.csv").write_text(f"{VESSEL}\n{vessel()}\n")
    vessels = read_vessels([tmp_path / "vessels-xx.csv"])
    (tmp_path / "shared.csv").write_text("name,country,key,reason\nYelnya,RU,ru/elnya,because\n")
    with pytest.raises(SeedError, match="no vessel ru/elnya"):
        read_shared_names(tmp_path / "shared.csv", vessels)


def test_a_key_that_stands_twice_is_refused_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("sets:\n  berths: [pier]\n  seers: [camera]\n  berths: [quay]\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"words\.yaml: berths stands twice .*line 4"):
        read_mapping(path)


def test_a_broken_lexicon_is_named(tmp_path: Path) -> None:
    (tmp_path / "verbs.yaml").write_text("verbs: [")
    with pytest.raises(SeedError, match=r"verbs\.yaml"):
        load_lexicon(tmp_path)


def test_a_word_that_yaml_takes_for_a_truth_value_is_refused(tmp_path: Path) -> None:
    for path in resource("seeds", "lexicon").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace("sets:\n", "sets:\n  said_yes: [true, aye]\n", 1) if path.stem == "words" else text, encoding="utf-8"
        )
    with pytest.raises(SeedError, match=r"said_yes: True is no word; put it in quotes"):
        load_lexicon(tmp_path)


@pytest.mark.parametrize("text", ["Nato\n", "the\nTHE\n", "two words\n", "k9\n"])
def test_a_spelling_that_tells_no_case_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "spelling.txt").write_text(f"# words\n{text}", encoding="utf-8")
    with pytest.raises(SeedError, match=r"spelling\.txt: line \d"):
        load_spelling(tmp_path / "spelling.txt")


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("leave", {"leave", "leaves", "left", "leaving"}),
        ("put to sea", {"put to sea", "puts to sea", "putting to sea"}),
        ("sail", {"sail", "sails", "sailed", "sailing"}),
        ("enter", {"enter", "enters", "entered", "entering"}),
        ("arrive", {"arrive", "arrives", "arrived", "arriving"}),
        ("pay a visit", {"pay a visit", "pays a visit", "paid a visit", "paying a visit"}),
    ],
)
def test_verbs_are_inflected(lemma: str, forms: set[str]) -> None:
    import yaml

    irregular = yaml.safe_load(resource("seeds", "lexicon", "irregular.yaml").read_text())
    assert {form for form, _ in inflect(lemma, irregular)} == forms
