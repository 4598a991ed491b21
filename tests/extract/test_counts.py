"""A table of sentences and the counts they tell; and, whatever the text, counts whose words stand in it and that change no event."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.kinds import Bound, Modality
from tracker.domain.records import ExtractedStrength, Extraction
from tracker.extract.contract import as_json
from tracker.extract.explain import explained
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

CASES = yaml.safe_load((Path(__file__).parent / "counts.yaml").read_text(encoding="utf-8"))
PUBLISHED = date(2024, 12, 15)


def told(s: ExtractedStrength) -> str:
    number = f"{s.count}-{s.count_most}" if s.count_most is not None else str(s.count)
    place, when, rule = s.place, s.interval.edtf() or "-", s.rule.removeprefix("count.")
    return " | ".join([f"{number} {s.bound}", s.what, s.type, s.country or "-", s.subset or "-", place, when, s.modality, rule, s.part_of or "-"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence(case: dict, gazetteer: Gazetteer) -> None:
    assert [told(one) for one in extract(case["text"], PUBLISHED, gazetteer).strengths] == case["strengths"]


def test_the_table_is_wide_enough() -> None:
    lines = [line.split(" | ") for case in CASES for line in case["strengths"]]
    assert {line[0].split()[1] for line in lines} == set(Bound)
    assert {line[7] for line in lines} == {Modality.ASSERTED, Modality.REPORTED, Modality.POSSIBLE, Modality.NEGATED}  # a plan is no count
    assert {line[8] for line in lines} == {"there", "hold", "stay", "seen", "duty", "change", "label", "part", "only", "none"}
    assert sum(not case["strengths"] for case in CASES) >= 20


def holds_together(found: Extraction, text: str) -> None:
    ids = {one.id for one in found.strengths}
    for one in found.strengths:
        assert text[slice(*one.span)] == one.evidence
        assert one.span[0] <= one.count_span[0] < one.count_span[1] <= one.span[1]
        assert one.count >= 0
        assert (one.count_most is not None) == (one.bound is Bound.BETWEEN)
        assert one.count_most is None or one.count < one.count_most
        assert one.part_of is None or one.part_of in ids - {one.id}
        assert one.modality is not Modality.PLANNED
        assert all(text[slice(*span)] for _, _, span in one.slots if span)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_every_count_quotes_its_words(case: dict, gazetteer: Gazetteer) -> None:
    holds_together(extract(case["text"], PUBLISHED, gazetteer), case["text"])


def test_the_day_comes_from_the_text(gazetteer: Gazetteer) -> None:
    undated = extract("There are seven Russian ships in the Black Sea.", PUBLISHED, gazetteer).strengths[0]
    assert (undated.interval.start, undated.interval.end) == (None, None)
    headed = extract("December 9\n\nThere are seven Russian ships in the Black Sea.\n\nDecember 10\n\nThere are six.", PUBLISHED, gazetteer)
    assert [(one.count, one.interval.edtf()) for one in headed.strengths] == [(7, "2024-12-09")]
    without = extract("Yesterday there were seven Russian ships in the Black Sea, the navy said.", None, gazetteer).strengths[0]
    assert without.interval.edtf() is None


def test_what_lies_ahead_or_long_ago_is_no_count(gazetteer: Gazetteer) -> None:
    for text in (
        "On 20 December there are seven ships in the Black Sea.",
        "In 2009 there were seven ships in the Black Sea.",
        "Next week there will be seven ships in the Black Sea.",
    ):
        assert not extract(text, PUBLISHED, gazetteer).strengths, text


def test_an_area_that_nobody_listed_has_no_key(gazetteer: Gazetteer) -> None:
    (one,) = extract("There are two warships in the Gorvan Sea.", PUBLISHED, gazetteer).strengths
    assert (one.place, one.place_key) == ("Gorvan Sea", None)


def test_a_count_told_twice_is_one(gazetteer: Gazetteer) -> None:
    text = "There are seven Russian ships in the Black Sea. "
    text += f"{text}The navy says that there are eight Russian ships in the Black Sea."
    assert [one.count for one in extract(text, PUBLISHED, gazetteer).strengths] == [7, 8]


def test_the_contract_has_them(gazetteer: Gazetteer, tmp_path: Path) -> None:
    from tests.builders import document

    text = "On 9 December there were nine Russian ships in the Black Sea, two of them Kalibr carriers."
    found = extract(text, PUBLISHED, gazetteer)
    whole, part = as_json(found, document(text))["strengths"]
    assert (whole["id"], whole["count"], whole["place"], whole["start"], whole["country"]) == ("s1", 9, "Black Sea", "2024-12-09", "RU")
    assert (part["part_of"], part["subset"], part["bound"]) == ("s1", "Kalibr carriers", "exactly")
    lines = "\n".join(explained(found, text))
    assert "s1. count · asserted · rule count.there" in lines
    assert "count        2 Kalibr carriers ← “two of them Kalibr carriers”" in lines


WORDS = [
    *[
        "seven",
        "7",
        "no",
        "not a single",
        "any",
        "at least",
        "up to",
        "between 5 and",
        "a dozen",
        "or more",
        "1,200",
        "12",
        "one of them",
        "four of the",
        "two of which",
    ],
    *["ships", "Russian ships", "Kalibr carriers", "PLAN vessels", "frigates", "aircraft", "the number of", "naval units", "Kilos"],
    *["there are", "has", "were", "are operating", "detected", "remain", "fell to", "including", "with", "is", "left", "on combat duty", "will be"],
    *[
        "in the Black Sea",
        "around Taiwan",
        "in Tartus",
        "there",
        "Mediterranean:",
        "in",
        "the Red Sea",
        "off Crete",
        "and",
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "–",
        "-",
        "\n",
        "?",
    ],
    *["on 3 December", "yesterday", "As of", "reportedly", "said", "if", "Ельня", "e\u0301", "\u200b", "\x00", "İ", "2024", "99999999999999999999"],
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_text_is_read(text: str, gazetteer: Gazetteer) -> None:
    holds_together(extract(text, PUBLISHED, gazetteer), text)


@pytest.mark.parametrize(
    "unit",
    [
        "seven ships ",
        "two of them ",
        "there are seven ships in the Black Sea and two in the Red Sea ",
        "7 of the 9 ships in the Black Sea, ",
        "Black Sea: 7 ships (2 Kalibr carriers)\n",
        "at least at least at least ",
        "between 5 and 7 or more ",
        "including two frigates, ",
        "on 3 December the frigate ",
    ],
)
def test_a_unit_repeated_is_read_in_step_with_its_length(unit: str, gazetteer: Gazetteer) -> None:
    from tests.extract.test_hostile import calls

    short = unit * (12_000 // len(unit))
    extract(short[:2000], PUBLISHED, gazetteer)
    assert calls(short * 5, gazetteer) <= 8 * calls(short, gazetteer) + 20_000
