"""Whatever the text: no error, quotes that stand in it, and work that grows with its length and not faster.

Work is counted in calls, not in seconds, so that a slow machine changes nothing.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.records import Extraction
from tracker.errors import InputError, UsageError
from tracker.evaluate.gold import read_gold
from tracker.extract.line import Text
from tracker.extract.pipeline import extract
from tracker.extract.text import blocks, sentences
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon

PUBLISHED = date(2024, 12, 15)
WORDS = [
    "the frigate",
    "HMS Kent",
    "Yelnya",
    "two destroyers",
    "the pair",
    "she",
    "they",
    "left",
    "arrived",
    "was seen",
    "escorted",
    "refuelled",
    "Tartus",
    "the Strait of Dover",
    "off",
    "in",
    "into",
    "through",
    "between",
    "on 3 December",
    "yesterday",
    "reportedly",
    "not",
    "and",
    ",",
    ";",
    ".",
    ":",
    "\n",
    "(",
    ")",
    '"',
    "“",
    "USS",
    "Project 636.3",
    "Kilo-class",
    "No",
    "with",
    "where",
    "-",
    "—",
    "1/2",
    "3.",
    "Ельня",
    "İstanbul",
    "山東",
    "بانياس",
    "e\u0301",
    "\u200b",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\x00",
    "\x1b[31m",
]
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=60).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map(lambda words: " ".join(words).upper()),
)
FIXTURES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


PIECE, SENTENCE = re.compile(r"\w+|\s+|[^\w\s]"), re.compile(r"(?<=[.!?])\s+|\n+")
SLIPS = [
    *WORDS,
    "or",
    "both",
    "three",
    "the",
    "which",
    "to",
    "until",
    "through",
    "be",
    "17:30",
    "2019-05-01",
    "March",
    "2023",
    "%",
    "(EEZ",
    "'s",
    "•",
    "\n\n",
]


@cache
def told_sentences() -> list[list[str]]:
    """The sentences of the development documents, each in its words, gaps and marks."""
    told = [sentence for gold in read_gold(Path(__file__).parent.parent / "corpus/dev") for sentence in SENTENCE.split(gold.text)]
    return [PIECE.findall(sentence) for sentence in told if 10 < len(sentence) < 600]


def mangled(random: Random) -> str:
    """Sentences as people write them, with words struck out, put in, swapped and cut, or the end of another sentence behind them."""
    told = []
    for _ in range(random.randint(6, 24)):
        pieces = list(random.choice(told_sentences()))
        for _ in range(random.randint(0, 5)):
            at = random.randrange(len(pieces) + 1)
            match random.choice(("strike", "put in", "put in", "splice", "cut", "swap")):
                case "strike":
                    del pieces[at : at + random.randint(1, 4)]
                case "put in":
                    pieces[at:at] = [random.choice(SLIPS), " "]
                case "splice":
                    other = random.choice(told_sentences())
                    pieces[at:] = other[random.randrange(len(other)) :]
                case "cut":
                    del pieces[at:]
                case _:
                    pieces[at : at + 3] = reversed(pieces[at : at + 3])
        told.append("".join(pieces))
    return random.choice(("\n", "\n\n", " ")).join(told)


def calls(text: str, gazetteer: Gazetteer) -> int:
    """How many calls reading a text takes."""
    counted = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(text, PUBLISHED, gazetteer)
    finally:
        sys.setprofile(None)
    return counted


@FIXTURES
@given(text=TEXTS)
def test_any_text_is_read(text: str, gazetteer: Gazetteer) -> None:
    stands_in_the_text(extract(text, PUBLISHED, gazetteer), text)


@FIXTURES
@given(random=st.randoms(use_true_random=False))
def test_mangled_sentences_are_read(random: Random, gazetteer: Gazetteer) -> None:
    text = mangled(random)
    stands_in_the_text(extract(text, PUBLISHED, gazetteer), text)


@pytest.mark.parametrize(
    "text",
    [
        "2019-05-01..2019-05-04 The Burke-class destroyer will remain until September.",
        "The survey ship worked in the Irish Economic Zone (EEZ",
        "HMS Kent, exercise be conducted",
        "The two tankers,",
        "The frigate will lie at Chittagong until Tuesday. the frigate end of 97 days in",
    ],
)
def test_a_text_that_once_broke_is_read(text: str, gazetteer: Gazetteer) -> None:
    stands_in_the_text(extract(text, PUBLISHED, gazetteer), text)


@pytest.mark.parametrize("published", [date(1, 1, 1), date(1849, 12, 31), date(2101, 1, 1), date(9999, 12, 31)])
def test_a_day_of_publication_that_cannot_be_is_refused(published: date, gazetteer: Gazetteer) -> None:
    with pytest.raises(UsageError, match="no year of a report"):
        extract("HMS Kent left Tartus yesterday.", published, gazetteer)


def test_rules_that_break_are_told_as_a_fault_of_the_input() -> None:
    with pytest.raises(InputError, match="a fault of tracker"):
        extract("HMS Kent left Tartus yesterday.", PUBLISHED, Gazetteer(vessels=None, places=None))  # type: ignore[arg-type]  # broken on purpose


def stands_in_the_text(found: Extraction, text: str) -> None:
    ids = {vessel.id for vessel in found.vessels}
    for event in found.events:
        assert text[event.span[0] : event.span[1]] == event.evidence
        assert event.vessels
        assert set(event.vessels) <= ids
        assert not event.interval.start or not event.interval.end or event.interval.start <= event.interval.end


@FIXTURES
@given(fragment=st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map(" ".join))
def test_work_grows_with_the_text_and_no_faster(fragment: str, gazetteer: Gazetteer) -> None:
    # enough to fill what reading remembers, which is bounded, and to cut the text, which has no sentences, wherever it can be cut
    once = f"{fragment} " * 240
    extract(once, PUBLISHED, gazetteer)  # what is built once is built
    few, many = calls(once, gazetteer), calls(once * 3, gazetteer)
    assert many <= 3.85 * few + 20_000  # three times the text, at most three to the power of 1.23 times the calls


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        "a.b.",
        "(",
        "()",
        "[",
        '"',
        "left ",
        "THE FRIGATE LEFT TARTUS. ",
        "left left left from from Tartus ",
        "HMS Kent, HMS Lancaster and ",
        "frigates A, B and C and ",
        "between Okinawa and ",
        "1 2 3 4 5 ",
        "3 December 4 December ",
        "Tartus\n",
        "The frigate Nova Zarya left Tartus.\n",
        "She left. ",
        "Ельня вышла из Тартуса. ",
        "İstanbul'dan ",
        "\u0000\u0001",
        "two ships ",
        "the pair of the three of them ",
        "said, ",
        "HMS Kent is moored in London near Belfast. The museum of the town. ",
        "In Rota:\n- HMS Kent\n- HMS Argyll\n\n",
        "a:\n",
        "HMS Kent stays in Malta until noon on Friday. ",
        "HMS Kent was in Malta on 3, 4 and 5 December. ",
    ],
)
def test_a_unit_repeated_is_read_in_step_with_its_length(unit: str, gazetteer: Gazetteer) -> None:
    short = unit * (20_000 // len(unit))
    extract(short[:2000], PUBLISHED, gazetteer)
    assert calls(short * 5, gazetteer) <= 8 * calls(short, gazetteer) + 20_000


def test_a_megabyte_without_a_space(gazetteer: Gazetteer) -> None:
    assert not extract("x" * 1_000_000, PUBLISHED, gazetteer).events


def test_many_different_vessels_are_read_in_step(gazetteer: Gazetteer) -> None:
    def text(count: int) -> str:
        letters = "bcdfghjklmnp"
        names = (f"{letters[n // 144 % 12]}a{letters[n // 12 % 12]}o{letters[n % 12]}i".title() for n in range(count))
        return " ".join(f"The frigate HMS {name} left Tartus on 3 December." for name in names)

    extract(text(10), PUBLISHED, gazetteer)
    assert calls(text(1200), gazetteer) <= 6 * calls(text(300), gazetteer)


def test_a_sentence_without_an_end_is_cut_between_its_clauses() -> None:
    text = "HMS Kent left Tartus on Monday, and the tug Argos with her, " * 60
    pieces = [text[found.start : found.end] for found in sentences(text, blocks(text))]
    assert "".join(f"{piece} " for piece in pieces).split() == text.split()
    assert max(map(len, pieces)) <= 500
    assert all(piece.endswith(",") for piece in pieces)


def test_a_word_is_common_however_many_were_asked_for(gazetteer: Gazetteer) -> None:
    text = "The wolf and the wolves met Wolf's seawolf; gorky-town, fury_two and the otter's den."
    asked = ["wolf", "Wolf", "seawolf", "olf", "gorky", "fury", "otter", "den", "lion", "é", "to"]
    one, many = (Text(text, PUBLISHED, gazetteer, load_lexicon()) for _ in range(2))
    for number in range(200):
        many.is_common(f"word{number}")
    assert [one.is_common(word) for word in asked] == [many.is_common(word) for word in asked]
    assert [word for word in asked if one.is_common(word)] == ["wolf", "seawolf", "gorky", "otter", "den"]
