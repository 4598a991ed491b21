"""Families of phrases written in one."""

from __future__ import annotations

import pytest

from tracker.errors import SeedError
from tracker.gazetteer.spread import spread

FAMILIES = {"own": ["her", "its"], "days": ["a day", "two days"]}


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("leave", ["leave"]),
        ("come|pull off", ["come off", "pull off"]),
        ("weigh <own> anchor", ["weigh her anchor", "weigh its anchor"]),
        ("make |all speed", ["make speed", "make all speed"]),
        ("be <days> from|out_of", ["be a day from", "be a day out of", "be two days from", "be two days out of"]),
        ("quit the|<own> quay", ["quit the quay", "quit her quay", "quit its quay"]),
    ],
)
def test_a_phrase_stands_for_several(phrase: str, told: list[str]) -> None:
    assert list(spread(phrase, FAMILIES)) == told


def test_a_family_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(SeedError, match="<hers>"):
        list(spread("weigh <hers> anchor", FAMILIES))
