"""What a document's vessels and events become in the store."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import document
from tracker.domain.kinds import EventKind, Modality, Precision, VesselType
from tracker.domain.records import ExtractedEvent, ExtractedVessel, Extraction
from tracker.domain.when import Interval
from tracker.resolve.identity import page_of, resolve, unnamed_label

TEXT = "Yelnya left Tartus. Two frigates left too."
YELNYA = ExtractedVessel("v1", "Yelnya", 1, VesselType.OILER, country="RU", register="ru/yelnya", mentions=("Yelnya",), mention_spans=((0, 6),))
FRIGATES = ExtractedVessel("v2", None, 2, VesselType.FRIGATE, mentions=("Two frigates",), mention_spans=((20, 32),))
NOVA = ExtractedVessel("v3", "Nova Zarya", 1, VesselType.TUG, country="RU")
SILENT = ExtractedVessel("v4", None, 3, VesselType.TUG, mention_spans=((1, 2),))


def left(*vessels: str, interval: Interval | None = None, modality: Modality = Modality.ASSERTED) -> ExtractedEvent:
    return ExtractedEvent(
        vessels,
        EventKind.DEPARTURE,
        interval or Interval.open_until(None),
        modality,
        TEXT[:19],
        (0, 19),
        "depart.leave",
        origin="Tartus",
        origin_key="tartus",
    )


def test_register_vessels_keep_their_key_and_new_ones_are_marked() -> None:
    found = resolve(Extraction((YELNYA, FRIGATES, NOVA, SILENT), (left("v1", "v2"),)), document(TEXT), "wire-a")
    assert found.known == {"ru/yelnya"}
    records = {r.label: r.key for r in found.new}
    assert set(records) == {"2 × frigate, unnamed", "Nova Zarya"}  # one that does nothing and has no name is not kept
    assert records["Nova Zarya"] == "ru/nova-zarya-unlisted"
    assert records["2 × frigate, unnamed"].startswith("unnamed/")


def test_a_claim_for_each_vessel_and_one_act() -> None:
    found = resolve(Extraction((YELNYA, FRIGATES), (left("v1", "v2"),)), document(TEXT), "wire-a")
    assert len(found.claims) == 2
    assert len({c.act for c in found.claims}) == 1
    assert len({c.id for c in found.claims}) == 2
    assert all(TEXT[c.quote_start : c.quote_end] == c.quote for c in found.claims)
    again = resolve(Extraction((FRIGATES, YELNYA), (left("v2", "v1"),)), document(TEXT), "wire-a")
    assert {c.id for c in again.claims} == {c.id for c in found.claims}


INTERVALS = [
    (Interval.open_until(None), "../2024-12-12", Precision.OPEN),
    (Interval.day(date(2024, 12, 2)), "2024-12-02", Precision.DAY),
    (Interval.month(2024, 12), "2024-12-01/2024-12-12", Precision.RANGE),  # what is told as past can't lie ahead of the telling
]


@pytest.mark.parametrize(("told", "edtf", "precision"), INTERVALS)
def test_what_is_known_of_the_date(told: Interval, edtf: str, precision: Precision) -> None:
    (claim,) = resolve(Extraction((YELNYA,), (left("v1", interval=told),)), document(TEXT, published="2024-12-12"), "wire-a").claims
    assert (claim.interval.edtf(), claim.interval.precision) == (edtf, precision)


def test_a_plan_keeps_its_days_ahead() -> None:
    event = left("v1", interval=Interval.month(2024, 12), modality=Modality.PLANNED)
    (claim,) = resolve(Extraction((YELNYA,), (event,)), document(TEXT, published="2024-12-12"), "wire-a").claims
    assert claim.interval == Interval.month(2024, 12)


def test_without_a_publication_date_nothing_is_known_of_an_undated_claim() -> None:
    (claim,) = resolve(Extraction((YELNYA,), (left("v1"),)), document(TEXT, published=None), "wire-a").claims
    assert (claim.interval.start, claim.interval.end) == (None, None)


@pytest.mark.parametrize(("count", "label"), [(1, "submarine, unnamed"), (2, "2 × submarine, unnamed"), (None, "submarines, unnamed")])
def test_labels(count: int | None, label: str) -> None:
    assert unnamed_label(count, VesselType.SUBMARINE) == label


def test_pages() -> None:
    assert [page_of(offset, (0, 100, 200)) for offset in (0, 99, 100, 250)] == [1, 1, 2, 3]
    assert page_of(5, ()) is None
