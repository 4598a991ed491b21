"""The table of counts told: with sources, beside whom we can name, and with what contradicts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.report import scenes
from tracker.report.blocks import Group, Line, Table
from tracker.report.counts import MOST_COUNTS, count_blocks, count_clashes
from tracker.report.facts import MovementFacts, movement_facts
from tracker.report.layout import movement_book
from tracker.report.lint import faults
from tracker.report.markdown import markdown

ON = date(2024, 12, 20)


def row(number: str, count: int, day: str | None = "2024-12-01", **more: Any) -> dict[str, Any]:
    """A row of `columns.COUNTS`, of Tartus on 1 December 2024 as document doc-n told it."""
    end = more.pop("end", day)
    return {
        "count_id": number,
        "document_id": f"doc-{number}",
        "place": "Tartus",
        "place_key": "tartus",
        "count": count,
        "count_most": None,
        "bound": "exactly",
        "what": "Russian ships",
        "type": "vessel",
        "class": None,
        "country": "RU",
        "subset": None,
        "part_of": None,
        "start": date.fromisoformat(day) if day else None,
        "end": date.fromisoformat(end),
        "precision": "day" if day else "open",
        "modality": "asserted",
        "hedge": None,
        "source": "Navy B",
        "grade": "F",
        "source_grade": "F",
        "credibility": 6,
        "title": None,
        "url": None,
        "archive_url": None,
        "published": date(2024, 12, 3),
        "retrieved_at": None,
        "quote": f"words of {number}",
        "quote_start": 0,
        "quote_end": 9,
        "count_start": 0,
        "count_end": 9,
        "page": None,
        "rule": "count.there",
        "demo": False,
    } | more


def facts(*rows: dict[str, Any], **more: Any) -> MovementFacts:
    return movement_facts(scenes.tartus_events(), scenes.tartus_claims(), scenes.request(scenes.TARTUS, **more), count_rows=rows)


def table(found: MovementFacts) -> list[tuple[Line, ...]]:
    blocks = list(count_blocks(found.told_counts, found.refs, ON))
    return [cells for block in blocks if isinstance(block, Table) for group in block.groups for cells in group.rows]


def test_without_counts_there_is_no_table() -> None:
    assert not list(count_blocks((), {}, ON))
    assert "counts-told" not in [block.anchor for block in movement_book(facts()).blocks if hasattr(block, "anchor")]


def test_a_line_tells_day_number_area_names_age_and_sources() -> None:
    found = facts(
        row("a", 9),
        row("b", 2, part_of="a", subset="Kalibr carriers"),
        row("c", 12, None, end="2024-12-03", bound="at_least", modality="reported", hedge="said"),
    )
    whole, part, undated = table(found)
    assert [cell.text for cell in whole][:3] == ["1 Dec 2024", "9 Russian ships", "Tartus"]
    assert whole[4].text == "19 d"
    assert whole[1].refs
    assert {entry.number for entry in found.sources if entry.outlet == "Navy B"} == {n for cells in (whole, part, undated) for n in cells[1].refs}
    assert part[1].text == "of these, 2 Kalibr carriers"
    assert (undated[0].text, undated[1].text, undated[1].hedged, undated[4].text) == (
        "by 3 Dec 2024 (undated)",
        "at least 12 Russian ships",
        True,
        "≥ 17 d",
    )
    assert "reported (“said”)" in undated[1].note
    assert not list(faults(found))


def test_names_come_with_the_sources_that_put_them_there() -> None:
    (cells,) = table(facts(row("a", 9)))
    names, refs = cells[3].text, cells[3].refs
    assert names.split(": ")[0].isdigit()
    assert int(names.split(": ")[0]) == len(names.split(": ")[1].split(", "))
    assert refs


def test_more_names_than_the_count_is_a_contradiction() -> None:
    found = facts(row("a", 0, rule="count.none"), row("b", 5), row("c", 6))
    rows = count_clashes(found.told_counts, found.refs)
    assert [cells[0].strong for cells in rows].count("Tartus: more ships named than counted") == 1
    assert [cells[0].strong for cells in rows].count("Tartus: two counts of one day") == 3  # each pair once
    assert all(side.refs for cells in rows for side in cells[1:])
    text = markdown(movement_book(found))
    assert "none found between the reports" not in text
    assert "None found. Looked for" not in text
    assert [group for block in movement_book(found).blocks if isinstance(block, Table) for group in block.groups if group.title == "Counts"]


def test_only_the_area_the_period_and_the_country() -> None:
    inside = row("a", 9)
    other, early, foreign, untold = (
        row("b", 9, place="Crete", place_key="crete"),
        row("c", 9, "2024-10-01"),
        row("d", 9, country="US"),
        row("e", 9, country=None),
    )
    found = facts(inside, other, early, foreign, untold, country="RU")
    assert [line.claim.id for line in found.told_counts] == ["a", "b", "e"]
    assert [line.found is not None for line in found.told_counts] == [True, False, True]  # Crete is no Tartus: told, not compared


def test_a_count_of_a_place_inside_the_area_is_set_beside_those_who_were_at_that_place() -> None:
    asked = scenes.request(scenes.MEDITERRANEAN, within={"tartus": scenes.TARTUS})
    found = movement_facts(scenes.tartus_events(), scenes.tartus_claims(), asked, count_rows=[row("a", 9)])
    alone = facts(row("a", 9))
    assert found.told_counts[0].found is not None
    assert alone.told_counts[0].found is not None
    assert [one.ship.key for one in found.told_counts[0].found.named] == [one.ship.key for one in alone.told_counts[0].found.named]


def test_a_vessel_that_is_not_surely_there_is_told_with_how_sure_that_is() -> None:
    story = facts(row("a", 9, what="ships", country=None), row("b", 9, "2024-12-09"), row("c", 9, "2024-12-12"))
    lines = [line.found for line in story.told_counts if line.found]
    for cells, one in zip(table(story), lines, strict=True):
        sure = {placed.ship.name: placed.standing.certainty.value for placed in one.perhaps}
        assert all((name if word == "present" else f"{name} ({word})") in cells[3].note for name, word in sure.items())
    assert any(one.perhaps for one in lines)


def test_a_count_without_a_source_is_refused() -> None:
    found = facts(row("a", 9))
    assert any("has no source" in fault for fault in faults(replace(found, refs={})))


def test_many_counts_are_cut_and_said_so() -> None:
    found = facts(*(row(f"n{number:03}", number) for number in range(MOST_COUNTS + 5)))
    blocks = list(count_blocks(found.told_counts, found.refs, ON))
    (told,) = [block for block in blocks if isinstance(block, Table)]
    assert [len(group.rows) for group in told.groups] == [MOST_COUNTS]
    assert isinstance(told.groups[0], Group)
    assert "5 older counts are left out" in markdown(movement_book(found))


def test_hostile_words_stay_words() -> None:
    bad = '<script>alert(1)</script> | #set page() "quoted" \u202e'
    text = markdown(movement_book(facts(row("a", 9, what=bad, source=bad, quote=bad, place=bad))))
    assert "<script>" not in text.replace("\\<script>", "").replace("&lt;script>", "")
