"""A table of sentences and the events they tell."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.cases import CASES
from tracker.domain.kinds import TYPE_PLURALS
from tracker.domain.records import ExtractedVessel, Extraction
from tracker.extract.pipeline import extract
from tracker.gazetteer.index import Gazetteer

PUBLISHED = date(2024, 12, 15)


def called(vessel: ExtractedVessel) -> str:
    if vessel.name:
        return vessel.name
    return TYPE_PLURALS[vessel.type] if vessel.count is None else f"{vessel.count} {vessel.type}"


def told(extraction: Extraction) -> list[str]:
    vessels = {v.id: v for v in extraction.vessels}
    return [
        " | ".join(
            [
                ", ".join(called(vessels[v]) for v in e.vessels),
                e.kind,
                e.place or "-",
                e.origin or "-",
                e.destination or "-",
                e.interval.edtf() or "-",
                e.modality,
            ]
        )
        for e in extraction.events
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence(case: dict, gazetteer: Gazetteer) -> None:
    assert told(extract(case["text"], PUBLISHED, gazetteer)) == case["events"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_every_quote_stands_in_the_text(case: dict, gazetteer: Gazetteer) -> None:
    text = case["text"]
    found = extract(text, PUBLISHED, gazetteer)
    for event in found.events:
        assert text[event.span[0] : event.span[1]] == event.evidence
        for _, (start, end) in event.vessel_spans:
            assert text[start:end].strip()
    for vessel in found.vessels:
        assert all(text[a:b] in vessel.mentions for a, b in vessel.mention_spans)


def test_every_kind_and_modality_is_in_the_table() -> None:
    from tracker.domain.kinds import EventKind, Modality

    rows = [row.split(" | ") for case in CASES for row in case["events"]]
    assert {row[1] for row in rows} == set(EventKind)
    assert {row[6] for row in rows} == set(Modality)


def test_without_a_publication_date_relative_dates_stay_open(gazetteer: Gazetteer) -> None:
    found = extract("The Russian oiler Yelnya left Tartus yesterday. The frigate HMS Kent left Malta on 3 May 2023.", None, gazetteer)
    assert [e.interval.edtf() for e in found.events] == [None, "2023-05-03"]
    assert any("no publication date" in warning for warning in found.warnings)


def test_a_weekday_that_does_not_fit_its_date_is_warned_of(gazetteer: Gazetteer) -> None:
    found = extract("The Russian oiler Yelnya left Tartus on Tuesday, December 2.", PUBLISHED, gazetteer)
    assert found.events[0].interval.edtf() == "2024-12-02"
    assert any("do not agree" in warning for warning in found.warnings)
