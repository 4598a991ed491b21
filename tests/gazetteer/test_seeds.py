"""The data itself: what would be wrong in any register or gazetteer, looked for in ours."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from tracker.domain.idents import fold_hull
from tracker.domain.kinds import AREA_KINDS, Status
from tracker.domain.names import fold
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon
from tracker.gazetteer.vessels import pick
from tracker.resources import resource

PREFIX_COUNTRY = {
    "USS": {"US"},
    "USNS": {"US"},
    "USCGC": {"US"},
    "HMS": {"GB", "SE", "SA"},
    "RFA": {"GB"},
    "RFS": {"RU"},
    "JS": {"JP"},
    "CNS": {"CN"},
    "HMAS": {"AU"},
    "HMCS": {"CA"},
    "ROKS": {"KR"},
    "INS": {"IN", "IL"},
    "TCG": {"TR"},
    "ORP": {"PL"},
    "BRP": {"PH"},
}


def test_there_is_a_world_of_them(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.vessels.entries) > 4500
    assert len(gazetteer.places.entries) > 2900


def test_prefixes_go_with_countries(gazetteer: Gazetteer) -> None:
    wrong = [v.key for v in gazetteer.vessels.entries.values() if v.prefix in PREFIX_COUNTRY and v.country not in PREFIX_COUNTRY[v.prefix]]
    assert wrong == []


def test_no_identifier_is_given_to_two_vessels(gazetteer: Gazetteer) -> None:
    for column in ("imo", "mmsi"):
        found = Counter(value for v in gazetteer.vessels.entries.values() if (value := getattr(v, column)))
        assert [value for value, count in found.items() if count > 1] == []


def test_no_row_is_given_twice(gazetteer: Gazetteer) -> None:
    rows = Counter(
        (v.country, fold(v.name), v.type, v.class_name, fold_hull(v.hull or ""), v.commissioned) for v in gazetteer.vessels.entries.values()
    )
    assert [row for row, count in rows.items() if count > 1] == []


def test_shared_names_are_decided_by_the_rules_or_by_an_exception(gazetteer: Gazetteer) -> None:
    """Country, type and hull or class, as a careful text gives them, must lead to the one vessel; what is left is counted and may not grow."""
    vessels = gazetteer.vessels
    by_name = defaultdict(list)
    for v in vessels.entries.values():
        for name in {fold(n) for n in (v.name, *v.aliases)}:
            by_name[name].append(v)
    shared = {name: group for name, group in by_name.items() if len(group) > 1}
    open_ones = [
        v.key
        for name, group in shared.items()
        for v in group
        if pick(group, country=v.country, type=v.type, hull=v.hull, class_name=v.class_name, project=v.project) is not v
        and vessels.preferred.get(name) != v.key
    ]
    assert len(shared) > 150
    assert open_ones == []


@pytest.mark.parametrize(
    ("name", "country", "year", "class_name"),
    [
        ("Nanjing", "CN", 2024, "Luyang III"),
        ("Zhanjiang", "CN", 2025, "Luyang III"),
        ("Sydney", "AU", 2024, "Hobart"),
        ("Moskva", "RU", 2016, "Slava"),
    ],
)
def test_the_era_tells_namesakes_apart(gazetteer: Gazetteer, name: str, country: str, year: int, class_name: str) -> None:
    found = pick(gazetteer.vessels.named(name), country=country, on=date(year, 6, 1))
    assert found is not None
    assert found.class_name == class_name


def test_the_two_yelnyas(gazetteer: Gazetteer) -> None:
    two = gazetteer.vessels.named("Yelnya")
    assert {v.key for v in two} == {"ru/yelnya", "ru/yelnya-1265"}
    assert pick(two, type=two[0].type).key == "ru/yelnya"  # type: ignore[union-attr]  # a None fails the test
    assert pick(two) is None
    assert gazetteer.vessels.preferred["yelnya"] == "ru/yelnya"


def test_no_alias_repeats_its_own_name(gazetteer: Gazetteer) -> None:
    for kind in (gazetteer.vessels.entries, gazetteer.places.entries):
        assert [e.key for e in kind.values() if e.name in e.aliases or len(set(e.aliases)) < len(e.aliases)] == []


def test_service_ends_after_it_began(gazetteer: Gazetteer) -> None:
    for v in gazetteer.vessels.entries.values():
        if v.ended:
            assert v.status in (Status.DECOMMISSIONED, Status.LOST), v.key


def test_points_have_a_radius_and_a_country_or_a_water(gazetteer: Gazetteer) -> None:
    for p in gazetteer.places.entries.values():
        if p.kind not in AREA_KINDS:
            assert p.latitude is not None, p.key
            assert p.radius_km, p.key


def test_unlocodes_belong_to_the_country(gazetteer: Gazetteer) -> None:
    wrong = [p.key for p in gazetteer.places.entries.values() if p.unlocode and p.country and p.unlocode[:2] != p.country]
    assert [key for key in wrong if gazetteer.places.entries[key].country not in ("GG", "JE", "IM")] == []


def test_parents_make_no_circle(gazetteer: Gazetteer) -> None:
    places = gazetteer.places
    assert [key for key, p in places.entries.items() if any(up == key or key in places.tree.ancestors(up) for up in (p.parent, p.water) if up)] == []


def test_a_place_name_is_one_place(gazetteer: Gazetteer) -> None:
    own = Counter(p.name for p in gazetteer.places.entries.values())
    assert [name for name, count in own.items() if count > 1] == []


def test_the_lexicon_has_no_rule_twice_and_every_place_it_names() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.rules) > 20
    assert all(len({rule.id for rule, _ in entries}) == len({(rule.id) for rule, _ in entries}) for entries in lexicon.triggers.values())


def test_waters_between_two_shores_are_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    assert [name for name, *_ in load_lexicon().between if not gazetteer.places.named(name)] == []


@pytest.mark.parametrize("name", ["Ельня", "YELNYA", "El'nya", "elnia"])
def test_any_spelling_leads_to_the_vessel(gazetteer: Gazetteer, name: str) -> None:
    assert "ru/yelnya" in {v.key for v in gazetteer.vessels.named(name)}


def test_did_you_mean(gazetteer: Gazetteer) -> None:
    assert "Tartus" in gazetteer.places.suggest("Tartuss")
    assert any("Gorshkov" in name for name in gazetteer.vessels.suggest("Admiral Gorshkow"))


def test_every_set_of_words_is_used_and_every_set_used_is_there() -> None:
    import re
    from pathlib import Path

    import tracker.extract

    code = "".join(path.read_text(encoding="utf-8") for path in Path(tracker.extract.__file__).parent.glob("*.py"))
    rows = resource("seeds", "lexicon", "quiet.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r'sets\["(\w+)"\]', code)) | set(re.findall(r'"@(\w+)"', rows)) == set(load_lexicon().sets)
