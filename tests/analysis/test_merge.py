"""Claims that tell one movement become one event, whatever their order."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.merge_cases import CASES, Case
from tests.builders import TREE, claim, days
from tracker.analysis.merge import merge
from tracker.domain.kinds import Modality

ONE, TWO = 1, 2
PAIRS = [
    ("the same day and place", claim("a", origin="tartus"), claim("b", origin="tartus", source="wire-b"), ONE),
    ("a day inside a range", claim("a", origin="tartus"), claim("b", first="2024-12-01", last="2024-12-03", origin="tartus"), ONE),
    ("days apart", claim("a", origin="tartus"), claim("b", first="2024-12-09", origin="tartus"), TWO),
    ("a port inside its country", claim("a", origin="tartus"), claim("b", origin="syria"), ONE),
    ("two ports", claim("a", origin="tartus"), claim("b", origin="baltiysk"), TWO),
    ("one leaves the place open", claim("a", origin="tartus"), claim("b"), ONE),
    ("two kinds", claim("a", origin="tartus"), claim("b", "in_port", place="tartus"), TWO),
    ("two vessels", claim("a", origin="tartus"), claim("b", vessel="ru/kildin", origin="tartus"), TWO),
    ("a denial stays apart", claim("a", origin="tartus"), claim("b", modality="negated", origin="tartus"), TWO),
    ("a plan stays apart", claim("a", origin="tartus"), claim("b", modality="planned", origin="tartus"), TWO),
    ("hearsay joins what is asserted", claim("a", origin="tartus"), claim("b", modality="reported", origin="tartus"), ONE),
    ("undated stays apart from dated", claim("a", origin="tartus"), claim("b", first=None, last="2024-12-03", origin="tartus"), TWO),
    (
        "undated joins undated of the same place",
        claim("a", first=None, last="2024-12-03", origin="tartus"),
        claim("b", first=None, last="2024-12-05", origin="tartus"),
        ONE,
    ),
    (
        "undated of an open place stays apart",
        claim("a", first=None, last="2024-12-03", origin="tartus"),
        claim("b", first=None, last="2024-12-05"),
        TWO,
    ),
    ("two destinations", claim("a", origin="tartus", destination="baltiysk"), claim("b", origin="tartus", destination="syria"), TWO),
]


@pytest.mark.parametrize(("what", "one", "other", "events"), PAIRS, ids=[p[0] for p in PAIRS])
def test_a_pair(what: str, one, other, events: int) -> None:
    assert len(merge([one, other], TREE)) == events
    assert merge([one, other], TREE) == merge([other, one], TREE)


def test_the_narrower_slot_wins_and_the_least_id_names_the_event() -> None:
    (event,) = merge([claim("b", first="2024-12-01", last="2024-12-03", origin="syria"), claim("a", origin="tartus", source="wire-b")], TREE)
    assert (event.id, event.origin_key, event.interval, event.claims, event.roots) == ("a", "tartus", days("2024-12-02"), ("a", "b"), 2)


def test_no_event_is_firmer_than_the_claim_that_gives_its_date() -> None:
    (event,) = merge([claim("a", first="2024-12-01", last="2024-12-03", origin="tartus"), claim("b", modality="possible", origin="tartus")], TREE)
    assert event.modality is Modality.ASSERTED
    assert event.interval == days("2024-12-01", "2024-12-03")


def test_copies_are_one_root() -> None:
    (event,) = merge(
        [
            claim("a", origin="tartus", quote="It left."),
            claim("b", origin="tartus", source="wire-b", quote="It left!"),
            claim("c", origin="tartus", source="wire-a", published="2024-12-04", quote="Gone."),
        ],
        TREE,
    )
    assert event.roots == 1


def test_a_chain_of_overlaps_does_not_become_one_event() -> None:
    chain = [claim(f"c{n}", first=f"2024-12-{n:02}", last=f"2024-12-{n + 1:02}", origin="tartus") for n in range(1, 9)]
    for event in merge(chain, TREE):
        held = [c for c in chain if c.id in event.claims]
        assert max(c.interval.start for c in held) <= min(c.interval.end for c in held)


def together(events: str) -> set[frozenset[str]]:
    """The pairs of claims that stand in one event."""
    return {frozenset(pair) for event in events.split() for pair in combinations(event, 2)}


@pytest.mark.parametrize("case", CASES, ids=[c.what for c in CASES])
def test_a_judged_case(case: Case) -> None:
    made = merge(case.claims, TREE)
    assert " ".join(sorted("".join(event.claims) for event in made)) == (case.made or case.events)
    (first,) = (event for event in made if case.claims[0].id in event.claims)
    assert case.roots in (None, first.roots)
    assert case.credibility in (None, first.credibility)
    for order in permutations(case.claims):
        assert merge(order, TREE) == made


def test_no_wrong_merge_and_hardly_one_missed_in_the_judged_cases() -> None:
    right = made = both = 0
    for case in CASES:
        judged, found = together(case.events), together(" ".join("".join(event.claims) for event in merge(case.claims, TREE)))
        right, made, both = right + len(judged), made + len(found), both + len(judged & found)
    assert len(CASES) >= 60
    assert both == made
    assert both / right >= 0.95


claims = st.builds(
    lambda number, day, length, origin, modality: claim(
        f"c{number:03}", first=f"2024-12-{day:02}", last=f"2024-12-{min(28, day + length):02}", modality=modality, **origin
    ),
    st.integers(0, 999),
    st.integers(1, 20),
    st.integers(0, 5),
    st.sampled_from([{}, {"origin": "tartus"}, {"origin": "syria"}, {"origin": "baltiysk"}]),
    st.sampled_from(["asserted", "reported", "possible", "planned", "negated"]),
)


@given(st.lists(claims, max_size=12, unique_by=lambda c: c.id), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_events_and_every_claim_is_in_one(some, rng: random.Random) -> None:
    events = merge(some, TREE)
    shuffled = list(some)
    rng.shuffle(shuffled)
    assert merge(shuffled, TREE) == events
    assert sorted(c for e in events for c in e.claims) == sorted(c.id for c in some)
