"""The questions about fleets, asked of a small history in which the right answers are plain."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import PLACES, VESSELS, claim, document, put
from tracker.domain import columns
from tracker.domain.kinds import PlaceKind, VesselType
from tracker.domain.records import PlaceEntry, VesselEntry, VesselRecord
from tracker.store import migrate, repository
from tracker.store.engine import copy_sqlite, session

AS_OF = ("--as-of", "2024-12-20")
MORE_PLACES = [
    PlaceEntry("black-sea", "Black Sea", PlaceKind.SEA, latitude=43.0, longitude=34.0),
    PlaceEntry("sea-of-marmara", "Sea of Marmara", PlaceKind.SEA, latitude=40.7, longitude=28.1),
    PlaceEntry("bosphorus", "Bosphorus", PlaceKind.STRAIT, latitude=41.1, longitude=29.1, waters=("black-sea", "sea-of-marmara")),
    PlaceEntry("odesa", "Odesa", PlaceKind.PORT, country="UA", latitude=46.5, longitude=30.75, water="black-sea"),
    PlaceEntry("strait-of-gibraltar", "Strait of Gibraltar", PlaceKind.STRAIT, latitude=36.0, longitude=-5.5),
    PlaceEntry("oresund", "Øresund", PlaceKind.STRAIT, latitude=55.8, longitude=12.7),
    PlaceEntry("baltic-sea", "Baltic Sea", PlaceKind.SEA, latitude=57.0, longitude=20.0),
    PlaceEntry("kaliningrad", "Kaliningrad", PlaceKind.PORT, country="RU", latitude=54.7, longitude=20.5, water="baltic-sea"),
]
MORE_VESSELS = [VesselEntry("us/porter", "Porter", VesselType.DESTROYER, country="US", hull="DDG-78", class_name="Arleigh Burke")]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Yelnya in Tartus until 2 Dec; Kildin there until 9 Dec, in Kaliningrad on 10 Dec by another; Porter in and out of the Black Sea."""
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    url = f"sqlite:///{path}"
    migrate.init(url)
    with session(url) as work:
        repository.seed(work, [*PLACES, *MORE_PLACES], [*VESSELS, *MORE_VESSELS])
    unnamed = VesselRecord("unnamed/0123", "2 × frigate, unnamed", None, 2, VesselType.FRIGATE, country="RU")
    put(
        url,
        document("Yelnya and Kildin lay in Tartus. Two frigates too.", published="2024-12-01"),
        claim("aaaa1", "in_port", "2024-12-01", place="tartus"),
        claim("aaaa2", "in_port", "2024-12-01", "2024-12-09", vessel="ru/kildin", place="tartus"),
        claim("aaaa3", "in_port", "2024-12-01", vessel="unnamed/0123", place="tartus"),
        claim("aaaa4", "arrival", "2024-11-30", destination="tartus"),
        claim("aaaa5", "arrival", "2024-11-30", vessel="ru/kildin", destination="tartus"),
        new=(unnamed,),
    )
    put(url, document("Yelnya left Tartus.", published="2024-12-03"), claim("bbbb1", "departure", "2024-12-02", origin="tartus"))
    put(
        url,
        document("Kildin is in Kaliningrad.", published="2024-12-11", source="Wire B"),
        claim("cccc1", "in_port", "2024-12-10", vessel="ru/kildin", place="kaliningrad", source="wire-b"),
    )
    put(
        url,
        document("Porter came and went.", published="2024-12-12"),
        claim("dddd1", "transit", "2024-11-01", vessel="us/porter", place="bosphorus", destination="black-sea"),
        claim("dddd2", "in_port", "2024-11-05", vessel="us/porter", place="odesa"),
        claim("dddd3", "transit", "2024-11-20", vessel="us/porter", place="bosphorus", origin="black-sea"),
        claim("dddd4", "transit", "2024-12-12", vessel="us/porter", place="bosphorus", destination="black-sea"),
    )
    return path


@pytest.fixture
def filled(store: Path, template: Path) -> Path:
    """A copy of the template, which plain commands use."""
    store.parent.mkdir(parents=True)
    copy_sqlite(template, store)
    return store


def rows(run: Any, *words: str) -> list[dict[str, Any]]:
    code, out, _ = run(*words, "--format", "json", *AS_OF)
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


AT = [
    ("Tartus", "2024-12-01", {"Yelnya": "present", "Kildin": "present", "2 × frigate, unnamed": "present"}),
    ("Tartus", "2024-12-05", {"Kildin": "present", "2 × frigate, unnamed": "probably"}),
    ("Mediterranean Sea", "2024-12-05", {"Yelnya": "probably", "Kildin": "present", "2 × frigate, unnamed": "probably"}),
    ("Mediterranean Sea", "2024-12-19", {"Yelnya": "last seen", "2 × frigate, unnamed": "last seen"}),
    ("Black Sea", "2024-12-13", {"Porter": "probably"}),
    ("Black Sea", "2024-11-10", {"Porter": "present"}),  # in Odesa before, told to have left the sea after
]


@pytest.mark.parametrize(("area", "day", "expected"), AT)
def test_who_was_there(run, filled: Path, area: str, day: str, expected: dict[str, str]) -> None:
    found = rows(run, "fleet", "at", area, "--on", day)
    assert {row["vessel"]: row["certainty"] for row in found} == expected
    assert all(list(row) == list(columns.FLEET) and row["event_id"] and row["quote"] and row["as_of"] for row in found)
    assert all(row["age_days"] >= row["gap_days"] for row in found)


def test_what_was_known_then(run, filled: Path) -> None:
    later, then = (rows(run, "fleet", "at", "Tartus", "--on", "2024-12-02", "--known-on", day) for day in ("2024-12-03", "2024-12-02"))
    assert "Yelnya" in {row["vessel"] for row in then}
    assert "Yelnya" not in {row["vessel"] for row in later}


def test_who_is_counted_is_told(run, filled: Path) -> None:
    code, out, err = run("fleet", "at", "Tartus", "--on", "2024-12-01", *AS_OF)
    assert code == 0
    assert "Tartus on 1 Dec 2024: 2 present" in err
    assert "unnamed besides: 2 or more in 1 record" in err
    assert "as of 2024-12-20 23:59 UTC" in err
    assert out.splitlines()[1].startswith("present")


def test_who_was_last_seen_long_ago_is_counted_apart(run, filled: Path) -> None:
    code, _, err = run("fleet", "at", "Mediterranean Sea", "--on", "2024-12-19", "--last-seen-days", "17", *AS_OF)
    assert code == 0
    assert "1 more last seen there over 17 days before" in err


def test_what_changed(run, filled: Path) -> None:
    found = rows(run, "fleet", "diff", "Tartus", "--from", "2024-12-01", "--to", "2024-12-05")
    assert {row["vessel"]: row["change"] for row in found} == {"Yelnya": "out", "Kildin": "unchanged"}
    assert [row["vessel"] for row in rows(run, "fleet", "diff", "Tartus", "--from", "2024-12-01", "--to", "2024-12-05", "--changed")] == ["Yelnya"]
    code, _, err = run("fleet", "diff", "Tartus", "--from", "2024-12-01", "--to", "2024-12-05", *AS_OF)
    assert code == 0
    assert "2 on 1 Dec 2024 − 1 left = 1 on 5 Dec 2024" in err
    assert all(row["change"] == "unchanged" for row in rows(run, "fleet", "diff", "Tartus", "--from", "2024-12-01", "--to", "2024-12-01"))


def test_who_came_into_a_sea(run, filled: Path) -> None:
    [came] = rows(run, "fleet", "diff", "Black Sea", "--from", "2024-12-05", "--to", "2024-12-13")
    assert (came["vessel"], came["change"], came["event_id"]) == ("Porter", "in", "dddd4")


def test_who_was_not_seen(run, filled: Path) -> None:
    [silent] = rows(run, "fleet", "unseen", "--days", "15", "--on", "2024-12-20")
    assert (silent["vessel"], silent["unseen_days"], silent["water"]) == ("Yelnya", 18, "Mediterranean Sea")
    assert silent["watched_days"] == 1  # 3 Dec: what was published on the 1st is no later than the last event
    assert run("fleet", "unseen", "--days", "100", *AS_OF)[0] == 3
    assert run("fleet", "unseen", "--days", "15", "--area", "Black Sea", "--on", "2024-12-20", *AS_OF)[0] == 3


def test_the_days_watched_are_told_with_their_water() -> None:
    from tests.analysis.history import ev
    from tracker.analysis.silence import Silence
    from tracker.cli.fleet.conduct import watched

    silence = Silence("ru/yelnya", ev("departure", 2), 18, 1)
    assert watched(silence, "Mediterranean Sea") == "1 of 18 d\nMediterranean Sea"
    assert watched(silence, None) == "no single water"  # told of inland, or on a canal between two


def test_how_long_away(run, filled: Path) -> None:
    [away] = rows(run, "fleet", "deployments", "--on", "2024-12-05", "--area", "Mediterranean Sea")
    assert (away["vessel"], away["home_port"], away["days_least"], away["days_most"]) == ("Yelnya", "Baltiysk", 5, None)
    assert away["days_in_area"] == 6


def test_what_does_not_fit(run, filled: Path) -> None:
    [clash] = rows(run, "fleet", "conflicts")
    assert (clash["vessel"], clash["what"], clash["hours"]) == ("Kildin", "impossible leg", 48)
    assert clash["needed_kn"] > 60
    assert {clash["first_event_id"], clash["second_event_id"]} == {"aaaa2", "cccc1"}


def test_who_passed_and_what_montreux_counts(run, filled: Path) -> None:
    found = rows(run, "fleet", "transits", "Bosphorus", "--year", "2024")
    assert [row["towards"] for row in found] == ["Black Sea", "Sea of Marmara", "Black Sea"]
    assert [row["since_last_days"] for row in found] == [None, 19, 22]
    assert [(row["days_inside"], row["days_limit"], row["still_inside"]) for row in found] == [(19, 21, False), (None, None, None), (8, 21, True)]
    assert run("fleet", "transits", "Bosphorus", "--year", "2023", *AS_OF)[0] == 3


def test_who_moves_together(run, filled: Path) -> None:
    [group] = rows(run, "fleet", "groups", "--least", "1")
    assert (group["vessels"], group["times"], group["first"], group["events"]) == ("Kildin; Yelnya", 1, "2024-11-30", "aaaa4 aaaa5")


def test_vessels_of_which_not_every_two_moved_together_are_told_as_a_chain() -> None:
    from tracker.analysis.groups import groups
    from tracker.domain.told import ToldRow

    def seen(vessel: str, place: str, day: int) -> ToldRow:
        on = date(2024, 12, day)
        return ToldRow(vessel, f"{vessel}{day}", "at_sea", "asserted", on, on, "day", place, None, None, placed=True)

    met = {"kildin": [seen("kildin", "tartus", 1)], "submarine": [seen("submarine", "tartus", 1), seen("submarine", "gibraltar", 9)]}
    assert [one.chained for one in groups(met, 1)] == [False]
    [chain] = groups({**met, "tug": [seen("tug", "gibraltar", 9)]}, 1)
    assert (chain.vessels, chain.chained) == (("kildin", "submarine", "tug"), True)


def test_what_changed_leaves_out_those_of_which_nothing_was_told_for_long(run, filled: Path) -> None:
    words = ("fleet", "diff", "Mediterranean Sea", "--from", "2025-05-01", "--to", "2025-06-01", "--as-of", "2025-06-01")
    code, _, err = run(*words)  # Yelnya left Tartus 150 days before
    assert (code, "--last-seen-days N lists them" in err) == (3, True)
    code, out, err = run(*words, "--last-seen-days", "150")
    assert code == 0, err
    assert "uncertain" in out


WRONG = [
    (("fleet", "at", "Atlantis"), 3, "no place"),
    (("fleet", "at", "Baltic Sea", "--on", "2024-11-01"), 3, "no report by 1 Nov 2024"),
    (("fleet", "at", "Tartus", "--on", "2024-13-40"), 2, "is no date"),
    (("fleet", "diff", "Tartus", "--from", "2024-12-05", "--to", "2024-12-01"), 2, "is after"),
    (("fleet", "transits", "Tartus"), 2, "no strait"),
    (("fleet", "groups", "--least", "9"), 3, "no vessels were told of together 9 times"),
    (("where", "Yelnya", "--on", "2024-12-01", "--since", "2024-12"), 2, "use one of them"),
]


@pytest.mark.parametrize(("words", "code", "line"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_question_costs_a_line(run, filled: Path, words: tuple[str, ...], code: int, line: str) -> None:
    got, out, err = run(*words, *AS_OF)
    assert (got, out) == (code, "")
    assert line in err
    assert err.count("\n") == 1


def test_without_a_store(run, store: Path) -> None:
    for words in (("at", "Tartus"), ("diff", "Tartus", "--from", "2024-12-01"), ("unseen",), ("deployments",), ("conflicts",), ("groups",)):
        code, out, err = run("fleet", *words)
        assert (code, out) == (3, "")
        assert "no store" in err


@pytest.mark.parametrize("how", ["csv", "tsv", "jsonl", "md", "table"])
def test_every_format(run, filled: Path, how: str) -> None:
    for words in (("fleet", "at", "Tartus", "--on", "2024-12-01"), ("fleet", "conflicts"), ("where", "Yelnya", "--since", "2024-12-01")):
        code, out, _ = run(*words, "--format", how, *AS_OF)
        assert code == 0
        assert out.strip()


def test_a_lane(run, filled: Path) -> None:
    found = rows(run, "where", "Yelnya", "--since", "2024-11-29", "--until", "2024-12-10")
    assert [(row["first"], row["state"], row["certainty"], row["place"]) for row in found] == [
        ("2024-11-29", "unknown", "unknown", None),
        ("2024-11-30", "in_port", "probably", "Tartus"),
        ("2024-12-01", "in_port", "present", "Tartus"),
        ("2024-12-02", "at_sea", "probably", None),
        ("2024-12-08", "unknown", "unknown", None),
    ]
    assert found[2]["ended"] == found[3]["began"] == "2 Dec 2024"


def test_where_tells_the_silence_around(run, filled: Path) -> None:
    [answer] = rows(run, "where", "Yelnya", "--on", "2024-12-15")
    assert (answer["certainty"], answer["silent_from"], answer["silent_until"]) == ("last seen", "2024-12-03", "2024-12-15")
    _, out, _ = run("where", "Yelnya", "--on", "2024-12-15", *AS_OF)
    assert "it could be anywhere" in out


EVERYTHING = ("--known-on", "2030-01-01")  # answered from whole histories
ALIKE = [
    *[
        ("fleet", "at", area, "--on", f"2024-12-{day:02}")
        for area in ("Mediterranean Sea", "Tartus", "Black Sea")
        for day in (1, 2, 6, 9, 10, 12, 19)
    ],
    *[("fleet", "diff", area, "--from", "2024-11-20", "--to", f"2024-12-{day:02}") for area in ("Tartus", "Black Sea") for day in (1, 3, 13)],
    *[("fleet", "unseen", "--days", "1", "--on", f"2024-12-{day:02}") for day in (3, 8, 19)],
    ("fleet", "unseen", "--days", "2", "--on", "2024-12-19", "--area", "Mediterranean Sea"),
]


@pytest.mark.parametrize("words", ALIKE, ids=" ".join)
def test_a_few_events_tell_what_whole_histories_tell(run, filled: Path, words: tuple[str, ...]) -> None:
    few, whole = (run(*words, *more, "--format", "json", *AS_OF) for more in ((), EVERYTHING))
    assert few[0] == whole[0]
    assert few[1] == whole[1]


@pytest.mark.parametrize(
    "words",
    [
        ("fleet", "unseen", "--days", "5"),
        ("fleet", "deployments"),
        ("fleet", "conflicts"),
        ("fleet", "transits", "Bosphorus"),
        ("where", "Yelnya", "--since", "2024-11"),
    ],
    ids=" ".join,
)
def test_names_and_positions_are_had_without_counting_the_events_of_every_place(run, filled: Path, monkeypatch, words: tuple[str, ...]) -> None:
    from tracker.store.reader import Reader

    def counted(*_: object) -> None:
        pytest.fail("over a million events this takes seconds")

    monkeypatch.setattr(Reader, "places", counted)
    assert run(*words, *AS_OF)[0] in (0, 3)
