"""Who repeats whom counts once."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TREE, claim
from tracker.analysis.merge import merge
from tracker.analysis.roots import RUN, WINDOW, count_roots, fingerprints

ORIGINAL = (
    "MOSCOW, December 3 - The Russian fleet oiler Yelnya sailed from Tartus on 2 December with her deck lights off and two tugs alongside, "
    "people who live above the harbour told the agency by telephone."
)
TEXTS = [
    ("the same", ORIGINAL, True),
    ("other spellings and another date style", ORIGINAL.replace("Yelnya", "Elnya").replace("2 December", "Dec. 2").replace("MOSCOW", "Moscow"), True),
    ("the half of it in a story of its own", f"Our reporter writes: {ORIGINAL[80:]} We could not confirm it.", True),
    ("told anew", "Yelnya is gone from Tartus: pictures taken from a hill on Monday show an empty pier where the oiler had lain for a month.", False),
    ("the trade's common phrase", "The oiler left the port on Monday with two tugs alongside.", False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("what", "text", "copied"), TEXTS, ids=[t[0] for t in TEXTS])
def test_a_copy_is_known_by_its_runs_of_words(what: str, text: str, copied: bool) -> None:
    assert bool(fingerprints(ORIGINAL) & fingerprints(text)) is copied


words = st.lists(st.text("abcdefgh", min_size=1, max_size=5), min_size=RUN + WINDOW - 1, max_size=20)


@given(words, words, words)
def test_no_shared_run_that_is_long_enough_is_missed(shared: list[str], before: list[str], behind: list[str]) -> None:
    assert fingerprints(" ".join([*before, *shared])) & fingerprints(" ".join([*shared, *behind]))


def test_two_documents_without_a_source_are_two_roots_and_one_document_is_one() -> None:
    two = [claim("a", source=None, document="d"), claim("b", source=None, document="e")]
    assert count_roots(two) == 2
    assert count_roots([two[0], claim("c", source=None, document="d")]) == 1


told = st.builds(
    lambda number, source, marks, day, modality: claim(
        f"c{number:03}", first=f"2024-12-{day:02}", origin="tartus", source=f"s{source}", marks=tuple(f"by s{m}" for m in marks), modality=modality
    ),
    st.integers(0, 999),
    st.integers(0, 6),
    st.lists(st.integers(0, 9), max_size=2),
    st.integers(1, 3),
    st.sampled_from(["asserted", "reported", "possible", "negated"]),
)


@given(st.lists(told, max_size=12, unique_by=lambda c: c.id), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_roots(some, rng: random.Random) -> None:
    shuffled = list(some)
    rng.shuffle(shuffled)
    assert count_roots(shuffled) == count_roots(some)


@given(st.lists(told, min_size=1, max_size=10, unique_by=lambda c: c.id), st.data())
def test_a_copy_never_raises_a_grade(some, data: st.DataObject) -> None:
    """Better is a lesser figure, and 6 stands apart: neither confirmed nor contradicted."""
    one = data.draw(st.sampled_from(some))
    with_copy = [*some, replace(one, id="x", marks=(*one.marks, f"by {one.source}"), source="copyist")]
    grade = {event.vessel + c: event.credibility for event in merge(some, TREE) for c in event.claims}
    for event in merge(with_copy, TREE):
        for number in event.claims:
            if number != "x":
                assert event.credibility == grade[event.vessel + number]
