"""The bars of deployments: as long as the reports say, and open where they do not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tests.report import scenes
from tracker.errors import NothingFound
from tracker.report.deployment_bars import MOST, draw_deployments, ends_of
from tracker.report.facts import movement_facts
from tracker.report.lanes import Axis
from tracker.report.layout import movement_book
from tracker.report.style import svg
from tracker.report.told import read_events
from tracker.report.voyages import AwayRow, days_told

ON, AS_OF = date(2024, 12, 20), datetime(2024, 12, 20, 12, tzinfo=UTC)


def away(since: str, until: str | None = None, last: str = "2024-12-10", *, left: bool = True, vessel: str = "Yelnya") -> AwayRow:
    """A vessel that left home between two days, or was first told of elsewhere, and was last told of on a day."""
    ship = scenes.SHIPS["ru/yelnya"] | {"vessel": vessel}
    rows = [scenes.event("s", "ru/yelnya", "departure", since, until, ship=ship), scenes.event("t", "ru/yelnya", "at_sea", last, ship=ship)]
    first, latest = sorted(read_events(rows), key=lambda event: event.id)
    least = (ON - (first.end or ON)).days
    return AwayRow(latest, first, "Baltiysk", least, (ON - (first.start or ON)).days if left else None)


DAYS = [
    (away("2024-12-01"), "19"),
    (away("2024-12-01", "2024-12-03"), "17–19"),
    (away("2024-12-01", left=False), "≥ 19"),
]


@pytest.mark.parametrize(("row", "told"), DAYS, ids=[told for _, told in DAYS])
def test_how_long_is_told_as_exactly_as_it_is_known(row: AwayRow, told: str) -> None:
    assert days_told(row) == told
    figure = draw_deployments([row], [], on=ON, as_of=AS_OF, title="Away")
    assert f"{told} d" in [text.get_text() for text in figure.findobj(Text)]


ENDS = [
    (away("2024-12-11", last="2024-12-15"), (0.0, 0.0, 5.0, 10.0)),
    (away("2024-12-11", "2024-12-13", "2024-12-13"), (0.0, 2.0, 3.0, 10.0)),
    (away("2024-12-11", last="2024-12-20"), (0.0, 0.0, 10.0, 10.0)),
]


@pytest.mark.parametrize(("row", "ends"), ENDS)
def test_a_bar_ends_with_the_last_report(row: AwayRow, ends: tuple[float, ...]) -> None:
    assert ends_of(row, Axis(date(2024, 12, 11), ON, 10.0)) == pytest.approx(ends)


def test_what_nobody_tells_is_not_filled() -> None:
    figure = draw_deployments([away("2024-12-01", last="2024-12-02")], [], on=ON, as_of=AS_OF, title="Away")
    told = [patch for patch in figure.findobj(Rectangle) if patch.get_gid() == "told"]
    assert [round(patch.get_width() / (figure.get_figwidth() - 2.9), 2) for patch in told] == [0.10]  # two of the axis's twenty days


def test_many_are_cut_to_the_longest_and_none_is_an_answer_too() -> None:
    rows = [away("2024-12-01", vessel=f"Ship {number}") for number in range(MOST + 3)]
    words = [text.get_text() for text in draw_deployments(rows, [], on=ON, as_of=AS_OF, title="Away").findobj(Text)]
    assert f"the {MOST} longest of {MOST + 3}" in words
    assert sum(word.startswith("Ship ") for word in words) == MOST
    with pytest.raises(NothingFound):
        draw_deployments([], [], on=ON, as_of=AS_OF, title="Away")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_same_bars_give_the_same_bytes_in_either_theme(theme: str) -> None:
    drawn = [svg(draw_deployments([away("2024-12-01")], [], on=ON, as_of=AS_OF, title="Away", theme=theme), "Away", words=True) for _ in "ab"]
    assert drawn[0] == drawn[1]
    assert ">Yelnya<" in drawn[0]


def test_the_picture_stands_in_the_section_of_deployments() -> None:
    facts = movement_facts(scenes.tartus_events(), scenes.tartus_claims(), scenes.request())
    with_bars, without = (movement_book(facts, pictures).section("deployments") for pictures in (("deployments",), ()))
    assert len(with_bars) == len(without) + 1
