"""A report that says more than its claims is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report import scenes
from tracker.analysis.fleet import Certainty
from tracker.domain.kinds import Modality
from tracker.errors import TrackerError
from tracker.report.facts import MovementFacts
from tracker.report.lint import faults, refuse


def _firmer(facts: MovementFacts) -> MovementFacts:
    points = tuple(replace(p, text=p.text.replace("reportedly ", "")) for p in facts.key_points)
    return replace(facts, key_points=points)


def _unsourced(facts: MovementFacts) -> MovementFacts:
    return replace(facts, key_points=(replace(facts.key_points[0], refs=()), *facts.key_points[1:]))


def _bare_line(facts: MovementFacts) -> MovementFacts:
    day = facts.days[0]
    return replace(facts, days=(replace(day, lines=(replace(day.lines[0], refs=()), *day.lines[1:])), *facts.days[1:]))


def _too_many(facts: MovementFacts) -> MovementFacts:
    rows = tuple(replace(r, vessels=r.vessels[:-1], events=r.events[:-1]) if r.key == "start" else r for r in facts.strength.rows)
    return replace(facts, strength=replace(facts.strength, rows=rows))


def _hedged_presence(facts: MovementFacts) -> MovementFacts:
    row = next(r for r in facts.composition if r.standing.event)
    event = replace(row.standing.event, modality=Modality.POSSIBLE)
    wrong = replace(row, standing=replace(row.standing, certainty=Certainty.PRESENT, event=event))
    return replace(facts, composition=(wrong, *facts.composition))


WRONG = [
    (_firmer, "is firmer than"),
    (_unsourced, "no claim stands behind"),
    (_bare_line, "has no source"),
    (_too_many, "does not add up"),
    (_hedged_presence, "is called present by what is only possible"),
]


@pytest.mark.parametrize(("spoil", "words"), WRONG, ids=[spoil.__name__ for spoil, _ in WRONG])
def test_what_is_wrong_is_found_and_refused(spoil, words: str) -> None:
    spoiled = spoil(scenes.tartus_facts())
    assert any(words in fault for fault in faults(spoiled))
    with pytest.raises(TrackerError, match="was not written"):
        refuse(spoiled)


def test_a_sound_report_passes() -> None:
    facts = scenes.tartus_facts()
    assert list(faults(facts)) == []
    assert refuse(facts) is facts
