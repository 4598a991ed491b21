"""From rows to statements: sentences no firmer than their claims, the strength table, contradictions, sources."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.report import scenes
from tracker.analysis.fleet import Certainty
from tracker.analysis.scope import Scope, Side, side
from tracker.report import sentences
from tracker.report.blocks import texts
from tracker.report.facts import MovementFacts, movement_facts
from tracker.report.layout import movement_book
from tracker.report.told import read_events

SENTENCES = [
    ({"kind": "departure", "start": "2024-12-02", "origin": "Tartus"}, "Yelnya (oiler, Altay class) left Tartus on 2 Dec 2024."),
    (
        {"kind": "departure", "start": "2024-12-02", "origin": "Tartus", "destination": "Baltic Sea"},
        "Yelnya (oiler, Altay class) left Tartus for the Baltic Sea on 2 Dec 2024.",
    ),
    ({"kind": "departure", "start": "2024-12-02"}, "Yelnya (oiler, Altay class) left port on 2 Dec 2024."),
    (
        {"kind": "departure", "start": "2024-12-02", "origin": "Tartus", "modality": "reported", "hedge": "an official said"},
        "Yelnya (oiler, Altay class) reportedly left Tartus on 2 Dec 2024 (“an official said”).",
    ),
    (
        {"kind": "departure", "start": "2024-12-02", "origin": "Tartus", "modality": "reported", "hedge": "reportedly"},
        "Yelnya (oiler, Altay class) reportedly left Tartus on 2 Dec 2024.",
    ),
    (
        {"kind": "in_port", "start": "2024-12-02", "place": "Tartus", "modality": "possible", "hedge": "likely"},
        "Yelnya (oiler, Altay class) was possibly in port at Tartus on 2 Dec 2024 (“likely”).",
    ),
    (
        {"kind": "arrival", "start": None, "end": "2024-12-14", "destination": "Tartus", "modality": "planned"},
        "Yelnya (oiler, Altay class) was expected to arrive at Tartus (undated, told by 14 Dec 2024).",
    ),
    (
        {"kind": "arrival", "start": None, "end": "2024-12-14", "destination": "Tartus"},
        "Yelnya (oiler, Altay class) arrived at Tartus by 14 Dec 2024 (undated).",
    ),
    (
        {"kind": "in_port", "start": "2024-12-05", "place": "Tartus", "modality": "negated"},
        "Yelnya (oiler, Altay class) was not in port at Tartus on 5 Dec 2024.",
    ),
    (
        {"kind": "departure", "start": "2024-12-05", "origin": "Tartus", "modality": "negated"},
        "Yelnya (oiler, Altay class) did not leave Tartus on 5 Dec 2024.",
    ),
    ({"kind": "at_sea", "start": "2024-12-05", "modality": "negated"}, "Yelnya (oiler, Altay class) was not seen on 5 Dec 2024."),
    (
        {"kind": "at_sea", "start": "2024-11-30", "end": "2024-12-02", "place": "Mediterranean Sea"},
        "Yelnya (oiler, Altay class) was at sea in the Mediterranean Sea between 30 Nov and 2 Dec 2024.",
    ),
    (
        {"kind": "at_sea", "start": "2024-12-01", "end": "2024-12-31", "precision": "month", "place": "Tartus"},
        "Yelnya (oiler, Altay class) was at sea off Tartus in Dec 2024.",
    ),
    (
        {"kind": "transit", "start": "2024-12-05", "place": "Strait of Gibraltar"},
        "Yelnya (oiler, Altay class) passed the Strait of Gibraltar on 5 Dec 2024.",
    ),
    (
        {"kind": "underway", "start": "2024-12-05", "destination": "Tartus", "modality": "possible", "hedge": "probably"},
        "Yelnya (oiler, Altay class) was possibly under way to Tartus on 5 Dec 2024 (“probably”).",
    ),
]


@pytest.mark.parametrize(("told", "expected"), SENTENCES, ids=[expected[:70] for _, expected in SENTENCES])
def test_a_sentence_says_what_was_told_and_no_more(told: dict[str, Any], expected: str) -> None:
    [event] = read_events([scenes.event("e", "ru/yelnya", **told)])
    assert sentences.sentence([event]) == expected


def test_vessels_of_one_class_stand_together_and_unnamed_ones_are_counted() -> None:
    told = {"kind": "in_port", "start": "2024-12-05", "place": "Tartus"}
    names = ["ru/admiral-gorshkov", "ru/admiral-golovko", "unnamed/frigates", "unnamed/submarine"]
    events = read_events([scenes.event(key, key, **told) for key in names])
    sentence = sentences.sentence(events)
    assert "Admiral Golovko and Admiral Gorshkov (frigates, Admiral Gorshkov class)" in sentence
    assert "two unnamed frigates" in sentence
    assert "n unnamed submarine" in sentence
    assert " were in port at Tartus" in sentence


def test_an_untold_number_is_not_one() -> None:
    ship = scenes.SHIPS["unnamed/frigates"] | {"count": None}
    [event] = read_events([scenes.event("e", "unnamed/x", "departure", "2024-12-02", origin="Tartus", ship=ship)])
    assert sentences.sentence([event]) == "An untold number of frigates, unnamed left Tartus on 2 Dec 2024."


def test_every_key_point_has_a_source_and_keeps_the_hedge() -> None:
    facts = scenes.tartus_facts()
    told = {event["event_id"]: event for event in scenes.tartus_events()}
    assert facts.key_points
    for point in facts.key_points:
        assert point.refs, point.text
        for modality in (told[event]["modality"] for event in point.events):
            word = {"reported": "reportedly", "possible": "possibly", "planned": "expected", "negated": " not ", "asserted": ""}[modality]
            assert word in point.text
            assert point.hedged == (modality in ("reported", "possible", "planned"))


def test_the_head_tells_the_clock_and_the_newest_report_used() -> None:
    head = scenes.tartus_facts().head
    assert head.as_of == scenes.AS_OF
    assert head.cut_off == date(2024, 12, 14)
    assert head.state == "draft, not reviewed"
    assert head.demo
    assert head.title == "Naval movements: Mediterranean Sea, Russia"


def _counts(facts: MovementFacts) -> dict[str, int]:
    return {row.key: row.count for row in facts.strength.rows}


def test_the_strength_table_adds_up() -> None:
    counts = _counts(scenes.tartus_facts())
    assert counts["start"] == 3  # seen in port on the first day
    assert counts["start"] + counts["in"] + counts["seen"] - counts["out"] - counts["lost"] == counts["end"]


def test_a_departure_leaves_the_port_but_not_the_sea() -> None:
    at_port, at_sea = _counts(scenes.tartus_facts(scope=scenes.TARTUS)), _counts(scenes.tartus_facts())
    assert at_port["out"] == 1  # Yelnya
    assert at_sea["out"] == 0


@pytest.mark.parametrize(("more", "words"), [({"scope": scenes.WORLD}, "No area"), ({"period": "..2024-12-15"}, "no beginning")])
def test_a_strength_that_can_not_be_told_says_why(more: dict[str, Any], words: str) -> None:
    strength = scenes.tartus_facts(**more).strength
    assert not strength.rows
    assert words in (strength.why_not or "")


SIDES = [
    ("departure", {"origin": "Tartus"}, scenes.MEDITERRANEAN, Side.IN),
    ("departure", {"origin": "Tartus"}, scenes.TARTUS, Side.OUT),
    ("departure", {"origin": "Mediterranean Sea"}, scenes.MEDITERRANEAN, Side.OUT),
    ("arrival", {"destination": "Tartus"}, scenes.MEDITERRANEAN, Side.IN),
    ("arrival", {"destination": "Baltiysk"}, scenes.MEDITERRANEAN, Side.OUT),
    ("transit", {"place": "Strait of Gibraltar"}, scenes.MEDITERRANEAN, Side.UNCLEAR),
    ("transit", {"place": "Strait of Gibraltar", "destination": "Mediterranean Sea"}, scenes.MEDITERRANEAN, Side.IN),
    ("transit", {"place": "Strait of Gibraltar", "destination": "North Atlantic Ocean"}, scenes.MEDITERRANEAN, Side.OUT),
    ("at_sea", {"place": "Mediterranean Sea"}, scenes.TARTUS, Side.UNCLEAR),
    ("underway", {"destination": "Tartus"}, scenes.MEDITERRANEAN, Side.UNCLEAR),
]


@pytest.mark.parametrize(("kind", "places", "scope", "expected"), SIDES)
def test_on_which_side_an_event_leaves_its_vessel(kind: str, places: dict[str, str], scope: Scope, expected: Side) -> None:
    [event] = read_events([scenes.event("e", "ru/yelnya", kind, "2024-12-02", **places)])
    assert side(event, scope) is expected


def test_nothing_old_is_shown_as_present() -> None:
    certainty = {row.vessel: row.standing.certainty for row in scenes.tartus_facts().composition}
    assert certainty["Admiral Golovko"] is Certainty.LAST_SEEN
    assert certainty["Novorossiysk"] is Certainty.PROBABLY  # hedged: no better, however fresh
    assert certainty["Sparta"] is Certainty.UNCLEAR  # a heading is no position


def test_days_hold_what_happened_and_the_undated_stand_apart() -> None:
    facts = scenes.tartus_facts()
    assert [(day.day.isoformat(), day.undated) for day in facts.days] == [
        ("2024-11-30", False), ("2024-12-02", False), ("2024-12-05", False), ("2024-12-09", False), ("2024-12-14", True)]  # fmt: skip
    assert [line.events[0].vessel for line in facts.planned] == ["Sparta"]
    assert [line.events[0].vessel for line in facts.denied] == ["Yelnya"]


def test_sources_are_numbered_by_day_and_quote_each_sentence_once() -> None:
    sources = scenes.tartus_facts().sources
    assert [s.number for s in sources] == [1, 2, 3, 4, 5, 6]
    assert [s.published for s in sources] == sorted(s.published for s in sources if s.published)
    assert [len(s.quotes) for s in sources] == [2, 2, 1, 2, 1, 2]
    assert sources[0].grades == ("F6",)
    assert sources[2].grades == ("F2",)
    assert sources[1].days == (date(2024, 12, 2),)


def test_the_order_of_the_rows_does_not_matter() -> None:
    turned = movement_facts(scenes.tartus_events()[::-1], scenes.tartus_claims()[::-1], scenes.request())
    assert turned == scenes.tartus_facts()


CLASHES = [
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Baltiysk"})], 1),
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-06", {"place": "Baltiysk"})], 1),  # 3,700 nm in two days
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-06", {"place": "Souda Bay"})], 0),
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Syria"})], 0),  # one inside the other
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Tartus", "modality": "negated"})], 1),
    ([("departure", "2024-12-02", {"origin": "Tartus"}), ("departure", "2024-12-02", {"origin": "Tartus", "modality": "negated"})], 1),
    ([("in_port", "2024-12-01", {"place": "Tartus"}), ("departure", "2024-12-02", {"origin": "Tartus"})], 0),
    ([("at_sea", "2024-12-05", {"place": "Tartus"}), ("at_sea", "2024-12-05", {"modality": "negated"})], 0),  # not seen by one, seen by another
    ([("in_port", "2024-12-05", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Baltiysk", "modality": "planned"})], 0),
]


@pytest.mark.parametrize(("told", "expected"), CLASHES)
def test_contradictions_are_told_apart_from_sequences(told: list[tuple[str, str, dict[str, Any]]], expected: int) -> None:
    rows = [scenes.event(f"e{n}", "ru/yelnya", kind, day, **more) for n, (kind, day, more) in enumerate(told)]
    facts = movement_facts(rows, [], scenes.request(scenes.WORLD))
    assert sum(not one.missing for one in facts.contradictions) == expected


def test_a_passage_that_nobody_told_of_stands_apart() -> None:
    rows = [
        scenes.event("e1", "ru/yelnya", "in_port", "2024-12-01", place="Tartus"),
        scenes.event("e2", "ru/yelnya", "in_port", "2024-12-15", place="Baltiysk"),
    ]
    [missing] = movement_facts(rows, [], scenes.request(scenes.WORLD)).contradictions
    assert missing.missing
    assert missing.what == "Yelnya: no passage told of Strait of Gibraltar, nor of danish-straits or kiel-canal or white-sea-baltic-canal"


def test_passages_deployments_and_silences() -> None:
    rows = [
        scenes.event("e1", "ru/yelnya", "departure", "2024-10-01", "2024-10-03", origin="Baltiysk"),
        scenes.event("e2", "ru/yelnya", "transit", "2024-12-01", place="Strait of Gibraltar", destination="North Atlantic Ocean"),
        scenes.event("e3", "ru/sparta", "in_port", "2024-12-01", place="Tartus"),
        scenes.event("e4", "ru/admiral-golovko", "in_port", "2024-11-30", place="Tartus"),
    ]
    claims = [scenes.claim("c1", "e3", "d2", "Sparta is in Tartus."), scenes.claim("c2", "e4", "d5", "Admiral Golovko was in Tartus.")]
    found = movement_facts(rows, claims, scenes.request(scenes.WORLD, "2024-11-30..2024-12-20")).voyages
    assert [(row.event.id, row.towards, row.inferred) for row in found.passages] == [("e2", "North Atlantic Ocean", False)]
    assert [(row.last.id, row.home, row.least, row.most) for row in found.away] == [("e2", "Baltiysk", 78, 80)]
    later = scenes.request(scenes.MEDITERRANEAN, "2024-11-30..2024-12-25", as_of=datetime(2024, 12, 25, tzinfo=UTC))
    silent = movement_facts(rows, claims, later).voyages.silent
    assert [(row.last.id, row.days, row.watched) for row in silent] == [("e4", 25, 2), ("e3", 24, 2)]


def test_an_event_is_in_the_period_when_it_may_have_happened_in_it() -> None:
    rows = [scenes.event("e1", "ru/yelnya", "in_port", "2024-11-01", "2024-12-01", place="Tartus"),
            scenes.event("e2", "ru/yelnya", "in_port", "2024-11-20", place="Tartus"),
            scenes.event("e3", "ru/yelnya", "in_port", None, "2024-12-03", place="Tartus"),
            scenes.event("e4", "ru/yelnya", "in_port", "2024-12-16", place="Tartus")]  # fmt: skip
    assert movement_facts(rows, [], scenes.request()).told == {"e1", "e3"}


def test_an_empty_history_is_an_empty_report() -> None:
    facts = movement_facts([], [], scenes.request())
    assert facts.empty
    assert facts.head.cut_off is None
    assert not facts.key_points


STATES = [
    ((), "draft, not reviewed", 0, "was not reviewed by a person"),
    (("e04", "e07"), "draft, partly reviewed", 2, "was reviewed by a person in part"),
    (None, "reviewed", 11, "a person accepted each claim behind it"),
]


@pytest.mark.parametrize(("accepted", "state", "number", "words"), STATES, ids=[state for _, state, _, _ in STATES])
def test_the_head_tells_how_far_people_looked(accepted: tuple[str, ...] | None, state: str, number: int, words: str) -> None:
    rows = [row | {"status": "accepted" if accepted is None or row["event_id"] in accepted else "open"} for row in scenes.tartus_events()]
    facts = movement_facts(rows, scenes.tartus_claims(), scenes.request())
    assert (facts.head.state, facts.counts.reviewed) == (state, number)
    book = movement_book(facts, ())
    assert dict(book.facts)["State"] == (f"{state}: {number} of 11 events" if number else state)
    assert any(words in text for text in texts(book))


def test_an_event_that_is_accepted_in_part_is_not_reviewed() -> None:
    rows = [row | {"status": "partly accepted"} for row in scenes.tartus_events()]
    assert movement_facts(rows, scenes.tartus_claims(), scenes.request()).counts.reviewed == 0
