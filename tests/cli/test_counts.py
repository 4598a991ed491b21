"""`tracker counts` and the counts under `fleet at`, asked of a small store in which the right answers are plain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import claim, document, make_store, put, strength
from tracker.domain import columns

AS_OF = ("--as-of", "2024-12-20")


@pytest.fixture
def filled(store: Path) -> Path:
    """Yelnya and Kildin in Tartus on 2 December; counts of 3, of at least 9, of none, of 1 last month, and one that says not whose."""
    store.parent.mkdir(parents=True)
    url = make_store(f"sqlite:///{store}")
    put(
        url,
        document("Yelnya and Kildin are in Tartus.", published="2024-12-03"),
        claim("aaaa1", "in_port", "2024-12-02", place="tartus"),
        claim("aaaa2", "in_port", "2024-12-02", vessel="ru/kildin", place="tartus"),
    )
    put(
        url,
        document("There are 3 Russian ships in Tartus, one a frigate. None are in Baltiysk.", published="2024-12-03", source="Navy B"),
        strengths=(
            strength("s1", 3, "2024-12-02", country="RU", quote="There are 3 Russian ships in Tartus, one a frigate."),
            strength(
                "s2",
                1,
                "2024-12-02",
                country="RU",
                kind="frigate",
                part_of="s1",
                rule="part",
                quote="There are 3 Russian ships in Tartus, one a frigate.",
            ),
            strength("s3", 0, None, "2024-12-03", place="baltiysk", country="RU", rule="none", quote="None are in Baltiysk."),
        ),
    )
    put(
        url,
        document("Only one ship is in Tartus.", published="2024-12-09", source="Wire C"),
        strengths=(
            strength("s4", 1, "2024-12-02", country="RU", rule="only"),
            strength("s5", 9, "2024-12-02", bound="at_least", rule="seen", modality="possible", hedge="may"),
            strength("s6", 5, "2024-11-01", country="RU"),
        ),
    )
    return store


def rows(run: Any, *words: str) -> list[dict[str, Any]]:
    code, out, _ = run(*words, "--format", "json", *AS_OF)
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)
    return found


FILTERS = [
    ((), ["s6", "s1", "s2", "s4", "s5", "s3"]),
    (("--area", "Tartus"), ["s6", "s1", "s2", "s4", "s5"]),
    (("--area", "Mediterranean Sea", "--since", "2024-12-01"), ["s1", "s2", "s4", "s5"]),
    (("--country", "ru"), ["s6", "s1", "s2", "s4", "s3"]),
    (("--on", "2024-12-02"), ["s1", "s2", "s4", "s5"]),
    (("--on", "2024-12-03"), ["s3"]),
    (("--until", "2024-11-30"), ["s6"]),
    (("--known-on", "2024-12-05"), ["s1", "s2", "s3"]),
    (("--source", "Wire C"), ["s6", "s4", "s5"]),
    (("--sort", "-count", "--limit", "2"), ["s5", "s6"]),
]


@pytest.mark.parametrize(("words", "expected"), FILTERS)
def test_list(run, filled: Path, words: tuple[str, ...], expected: list[str]) -> None:
    found = rows(run, "counts", "list", *words)
    assert [row["count_id"] for row in found] == expected
    assert all(list(row) == list(columns.COUNTS) and row["quote"] and row["as_of"] and row["age_days"] is not None for row in found)


def test_the_list_tells_age_source_and_words(run, filled: Path) -> None:
    code, out, err = run("counts", "list", "--country", "RU", *AS_OF)
    assert code == 0
    assert "by 3 Dec 2024 (undated)" in out
    assert "≥ 17 d" in out
    assert "Navy B [F6]" in out
    assert "1 more count does not tell whose they are" in err
    assert "as of 2024-12-20 23:59 UTC" in err
    assert "grades: F can't be judged (source); 6 can't be judged (claim)" in err


def test_compare(run, filled: Path) -> None:
    found = {row["count_id"]: row for row in rows(run, "counts", "compare", "Tartus", "--on", "2024-12-05")}
    assert set(found) == {"s1", "s2", "s4", "s5"}  # s6 is too old
    assert all(list(row) == list(columns.COMPARED) for row in found.values())
    three, frigate, one, nine = (found[number] for number in ("s1", "s2", "s4", "s5"))
    assert (three["named"], three["vessels"], three["verdict"]) == (2, "Kildin, Yelnya", "fits")
    assert (three["compared_on"], three["gap_days"], three["age_days"]) == ("2024-12-02", 3, 18)
    assert (frigate["named"], frigate["verdict"]) == (0, "fits")
    assert (one["named"], one["verdict"]) == (2, "contradiction")
    assert one["why"] == "2 named vessels of the kind were there that day; excluded by s1"
    assert three["why"] == "excluded by s4"
    assert (nine["named"], nine["perhaps"], nine["vessels_perhaps"], nine["verdict"]) == (0, 2, "Kildin, Yelnya", "fits")
    assert set(three["event_ids"].split()) == {"aaaa1", "aaaa2"}


def test_what_is_known_later_is_left_out(run, filled: Path) -> None:
    found = rows(run, "counts", "compare", "Tartus", "--on", "2024-12-05", "--known-on", "2024-12-04")
    assert [row["count_id"] for row in found] == ["s1", "s2"]


def test_compare_reads_as_a_table(run, filled: Path) -> None:
    code, out, err = run("counts", "compare", "Tartus", "--on", "2024-12-02", "--country", "RU", *AS_OF)
    assert code == 0
    assert "we can name 2 of 3" in out
    assert "contradiction: 2 named vessels of the kind were there that day" in out
    assert "4 counts" in err


def test_fleet_at_tells_the_counts(run, filled: Path) -> None:
    code, out, err = run("fleet", "at", "Tartus", "--on", "2024-12-02", "--country", "RU", *AS_OF)
    assert code == 0
    assert "ships" not in out  # rows of vessels alone on stdout
    assert "told (2 Dec 2024): 3 ships in Tartus · we can name 2 of 3 · excluded by s4 · Navy B [F6], age 18 d" in err
    assert "  of these, told (2 Dec 2024): 1 ships" in err
    assert "at least 9 ships in Tartus · possible (“may”) · we can name 0 of at least 9, perhaps 2 more" in err
    assert "told (" not in run("fleet", "at", "Tartus", "--on", "2024-12-02", "--type", "oiler", *AS_OF)[2]
    assert "3 d before" in run("fleet", "at", "Tartus", "--on", "2024-12-05", *AS_OF)[2]


def test_a_count_is_told_where_no_vessel_is_known(run, filled: Path) -> None:
    code, _, err = run("fleet", "at", "Baltiysk", "--on", "2024-12-03", *AS_OF)
    assert code == 3
    assert "0 ships" in err
    assert "we name none there either" in err


WRONG = [
    (("counts", "list", "--on", "2024-12"), 2),
    (("counts", "list", "--area", "Tartuss"), 3),
    (("counts", "list", "--since", "2030-01-01"), 3),
    (("counts", "list", "--country", "RUS"), 2),
    (("counts", "list", "--sort", "nonsense"), 2),
    (("counts", "compare", "Tartus", "--on", "2023-01-01"), 3),
    (("counts", "compare"), 2),
]


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_a_wrong_question_costs_a_line(run, filled: Path, words: tuple[str, ...], code: int) -> None:
    got, out, err = run(*words)
    assert (got, out) == (code, "")
    assert err


def test_no_store(run, store: Path) -> None:
    assert run("counts", "list")[0] == 3


@pytest.mark.parametrize("how", ["csv", "tsv", "jsonl", "md"])
def test_every_format(run, filled: Path, how: str) -> None:
    for words in (("counts", "list"), ("counts", "compare", "Tartus", "--on", "2024-12-02")):
        code, out, _ = run(*words, "--format", how, *AS_OF)
        assert (code, bool(out)) == (0, True)
