"""Where a vessel was on a day, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.analysis.whereabouts import LAST_SEEN, PRESENT, PROBABLY, UNKNOWN, horizons, where


@dataclass(frozen=True)
class E:
    kind: str
    start: date | None
    end: date | None
    modality: str = "asserted"
    precision: str = "day"
    spot: str | None = None


def d(day: int) -> date:
    return date(2024, 12, day)


HISTORY = [E("in_port", d(1), d(1)), E("departure", d(2), d(2)), E("arrival", d(20), d(20), "planned"), E("at_sea", d(9), d(9), "reported")]
CASES = [
    (1, PRESENT, 0, 1),
    (2, PROBABLY, 1, 3),
    (5, PROBABLY, 1, 3),
    (8, LAST_SEEN, 1, 3),
    (9, PROBABLY, 3, None),
    (14, PROBABLY, 3, None),
    (15, LAST_SEEN, 3, None),
    (25, LAST_SEEN, 3, None),
]


@pytest.mark.parametrize(("day", "certainty", "event", "after"), CASES)
def test_a_history(day: int, certainty: str, event: int, after: int | None) -> None:
    answer = where(HISTORY, d(day))
    assert (answer.certainty, answer.event) == (certainty, event)
    assert answer.after == (after if after is None or HISTORY[after].modality != "planned" else None)


def test_before_the_first_report_nothing_is_known() -> None:
    assert where(HISTORY[1:2], d(1)).certainty == UNKNOWN
    assert where([], d(1)).event is None


def test_plans_and_denials_never_make_presence() -> None:
    assert where([E("arrival", d(1), d(1), "planned"), E("in_port", d(1), d(1), "negated")], d(3)).certainty == UNKNOWN


def test_an_undated_claim_counts_from_the_day_it_was_published() -> None:
    history = [E("in_port", None, d(10))]
    assert where(history, d(9)).certainty == UNKNOWN
    assert where(history, d(10)).certainty == PROBABLY


def test_on_one_day_a_departure_is_behind_a_stay() -> None:
    history = [E("departure", d(2), d(2)), E("in_port", d(2), d(2))]
    assert where(history[::-1], d(3)).event == 1


def test_the_horizons_are_data() -> None:
    assert horizons()["in_port"] == 14
    assert horizons()["at_sea"] == 5
    assert horizons()["underway"] == horizons()["transit"] == 2
