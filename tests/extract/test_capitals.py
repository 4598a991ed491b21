"""A text all in capitals is read as one that isn't, and never more firmly; its quotes stay in capitals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tracker.domain.kinds import EventKind, Modality
from tracker.domain.records import Extraction
from tracker.evaluate.gold import read_gold
from tracker.extract.capitals import in_small_letters
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import load_lexicon

PUBLISHED = date(2024, 12, 15)
DEV = Path(__file__).parent.parent / "corpus/dev"
FIRMEST = [*Modality]


@pytest.mark.parametrize(
    "text",
    [
        "The frigate HMS Diamond left Portsmouth Naval Base on 3 May 2024. She may call at Gibraltar in May, the Royal Navy said.",
        "The guided-missile destroyer USS Arleigh Burke (DDG-51) passed the Strait of Hormuz, NATO reported, and is to stay in the Gulf of Oman.",
        "Two Russian warships, the frigate Admiral Gorshkov and the tanker Kama, were reportedly seen off Syria on Monday.",
    ],
)
def test_a_text_of_capitals_is_written_as_a_sentence(text: str, gazetteer: Gazetteer) -> None:
    assert in_small_letters(text.upper(), gazetteer, load_lexicon()) == text


@pytest.mark.parametrize(
    "text", ["", "USS KENT", "HMS KENT LEFT TARTUS", "The frigate HMS KENT, the USS NIMITZ and the RFA TIDESPRING left on Monday, 3 December."]
)
def test_other_texts_stay_as_they_are(text: str, gazetteer: Gazetteer) -> None:
    assert in_small_letters(text, gazetteer, load_lexicon()) is text


def test_a_signal_is_read_and_quoted_in_its_capitals(gazetteer: Gazetteer) -> None:
    text = "RUSSIAN FRIGATE ADMIRAL GRIGOROVICH REPORTEDLY LEFT TARTUS ON 3 DECEMBER 2024.\n"
    text += "THE FRIGATE HMS  DEFENDER MAY HAVE FOLLOWED HER INTO THE BLACK SEA."
    found = extract(text, PUBLISHED, gazetteer)
    assert [vessel.name for vessel in found.vessels] == ["Admiral Grigorovich", "Defender"]
    left = next(e for e in found.events if e.kind is EventKind.DEPARTURE)
    assert (left.origin, left.interval.start, left.modality) == ("Tartus", date(2024, 12, 3), Modality.REPORTED)
    assert all(event.evidence == text[event.span[0] : event.span[1]] for event in found.events)
    assert not any(e.modality is Modality.ASSERTED for e in found.events if found.vessels[1].id in e.vessels)


def test_the_development_documents_are_told_no_firmer_in_capitals(gazetteer: Gazetteer) -> None:
    pairs = firmer = 0
    for gold in read_gold(DEV):
        if len(gold.text.upper()) != len(gold.text):
            continue
        plain, other = told(gold.text, gold.published, gazetteer), told(gold.text.upper(), gold.published, gazetteer)
        both = plain.keys() & other.keys()
        pairs += len(both)
        firmer += sum(FIRMEST.index(other[one]) < FIRMEST.index(plain[one]) for one in both)
    assert pairs > 80
    assert firmer <= 0.05 * pairs


def told(text: str, published: date | None, gazetteer: Gazetteer) -> dict[tuple[EventKind, tuple[int, int]], Modality]:
    found: Extraction = extract(text, published, gazetteer)
    return {(event.kind, event.span): event.modality for event in found.events}
