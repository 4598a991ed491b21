"""What only the layout of a text put in changes nothing that is read in it, and quotes stay those of the text as it was given."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path

import pytest

from tracker.evaluate.gold import read_gold
from tracker.extract.pipeline import extract
from tracker.extract.spacing import even
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)
DEV = Path(__file__).parent.parent / "corpus/dev"
TOLD = (
    "The Russian Navy's large landing ship Aleksandr Shabalin left the Syrian port of Tartus on 2 December, and passed through the Strait of "
    "Gibraltar on 9 December.\nThe frigate HMS Zorvath of the Royal Navy, which had put to sea from Portsmouth Naval Base the day before, is to call "
    "at Port Borvany. Two Udaloy-class destroyers were reportedly seen in the Sea of Okhotsk."
)


def what_is_told(text: str, gazetteer: Gazetteer) -> list[tuple[object, ...]]:
    """The events, with the words of their quotes but not the space between them."""
    found = extract(text, PUBLISHED, gazetteer)
    names = {vessel.id: vessel.name or (vessel.count, vessel.type) for vessel in found.vessels}
    for event in found.events:
        assert text[event.span[0] : event.span[1]] == event.evidence
        assert all(text[a:b].split() for _, _, span in event.slots if span for a, b in [span])
    for vessel in found.vessels:
        assert [text[a:b] for a, b in vessel.mention_spans] == [*vessel.mentions]
    return [
        ([names[v] for v in e.vessels], e.kind, e.place, e.origin, e.destination, e.interval, e.modality, e.evidence.split()) for e in found.events
    ]


def wrapped(text: str, width: int, between: str = "\n\n") -> str:
    return between.join(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
def test_a_wrapped_text_is_read_as_one_that_is_not(width: int, gazetteer: Gazetteer) -> None:
    plain = what_is_told(TOLD, gazetteer)
    assert len(plain) >= 4
    assert what_is_told(wrapped(TOLD, width), gazetteer) == plain


@pytest.mark.parametrize("gap", ["  ", "   ", "\t", " \t ", "\r "])
def test_gaps_between_words_are_no_matter(gap: str, gazetteer: Gazetteer) -> None:
    assert what_is_told(TOLD.replace(" ", gap), gazetteer) == what_is_told(TOLD, gazetteer)


def test_the_development_documents_lose_next_to_nothing_by_being_wrapped(gazetteer: Gazetteer) -> None:
    told = kept = 0
    for gold in read_gold(DEV):
        plain, other = extract(gold.text, gold.published, gazetteer), extract(wrapped(gold.text, 72), gold.published, gazetteer)
        one, two = ({(e.kind, " ".join(e.evidence.split()), e.interval) for e in found.events} for found in (plain, other))
        told, kept = told + len(one), kept + len(one & two)
    assert told > 100
    assert kept >= 0.97 * told


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "One line.",
        "",
        "Yelnya – Tartus\nKama – Algiers\nSB-739 – Ceuta\nAkademik Pashin – at sea, heading for the Strait of Gibraltar\n",
        "- The frigate HMS Kent left Portsmouth on Monday\n- The frigate HMS Lancaster is in Gibraltar since Friday\n- RFA Tidespring sails\n",
        "1. HMS Kent, Portsmouth, since 3 December 2024\n2. HMS Lancaster, Gibraltar, since 5 December\n3. RFA Tidespring, at sea\n4. HMS Tyne\n",
        ("The frigate left Tartus on Monday and nobody saw her go. " * 6 + "\n") * 8,
    ],
)
def test_lines_of_their_own_stay_lines(text: str) -> None:
    assert even(text) is None


def test_what_stands_between_two_stretches_is_found_again() -> None:
    text = "The  frigate\tKent \t left   Tartus."
    read = even(text)
    assert read
    assert read.text == "The frigate Kent left Tartus."
    for word in read.text.rstrip(".").split():
        at = read.text.index(word)
        start, end = read.back((at, at + len(word)))
        assert text[start:end] == word


def test_a_compound_broken_at_its_hyphen_is_whole_again() -> None:
    text = wrapped("The guided-missile destroyer left Tartus on Monday; " * 6, 60).replace("guided-missile", "guided-\nmissile", 1)
    read = even(text)
    assert read
    assert "guided-missile" in read.text


@pytest.mark.parametrize("unit", [" ", "\t", "x \t", "wrapped words in a line of sixty characters that end right he\n", "a\n", " \n"])
def test_gaps_without_end_take_no_time_without_end(unit: str) -> None:
    assert even(unit * 200_000) is None or unit.strip()
