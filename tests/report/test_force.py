"""Activity, composition and the calendar of a strait: what is counted where, and what is written on the pictures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.report import scenes
from tracker.domain import columns
from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.report.activity import bins_of, draw_activity
from tracker.report.composition import draw_composition
from tracker.report.movements import movements
from tracker.report.straits import draw_straits, marks_of
from tracker.report.style import save

AS_OF = datetime(2024, 12, 31, 23, 59, tzinfo=UTC)


def events(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{name: row.get(name) for name in columns.EVENTS} for row in rows], columns=list(columns.EVENTS))


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def period(first: date, last: date) -> Interval:
    return Interval(first, last, Precision.RANGE)


MOVES = [
    scenes.event("e1", "ru/yelnya", "departure", "2024-12-02", origin="Tartus"),
    scenes.event("e2", "unnamed/frigates", "departure", "2024-12-02", "2024-12-10", modality="reported", origin="Tartus"),
    scenes.event("e3", "ru/sparta", "arrival", "2024-12-20", destination="Tartus"),
    scenes.event("e4", "ru/sparta", "arrival", None, "2024-12-14", destination="Tartus"),
    scenes.event("e5", "ru/sparta", "arrival", "2024-12-12", modality="planned", destination="Tartus"),
]


def test_a_move_stands_in_the_week_of_its_last_day_and_counts_its_vessels() -> None:
    dated = [m for m in movements(events(*MOVES)) if not m.undated and m.known]
    bins, unit = bins_of(dated, period(date(2024, 12, 1), date(2024, 12, 31)), {"e2": 2})
    assert unit == "week"
    assert [b.first.isoformat() for b in bins] == ["2024-11-25", "2024-12-02", "2024-12-09", "2024-12-16", "2024-12-23", "2024-12-30"]
    assert [dict(b.left) for b in bins] == [{}, {("oiler, tanker", False): 1}, {("surface combatant", True): 2}, {}, {}, {}]
    assert [sum(b.came.values()) for b in bins] == [0, 0, 0, 1, 0, 0]


UNITS = [(date(2024, 12, 1), date(2024, 12, 14), "day", 14), (date(2024, 1, 1), date(2024, 12, 31), "month", 12)]


@pytest.mark.parametrize(("first", "last", "unit", "number"), UNITS)
def test_short_periods_have_days_and_long_ones_months(first: date, last: date, unit: str, number: int) -> None:
    bins, told = bins_of([], period(first, last), {})
    assert (told, len(bins)) == (unit, number)
    assert all(one.last < other.first for one, other in pairwise(bins))


def test_the_activity_tells_what_it_left_out() -> None:
    figure = draw_activity(events(*MOVES), as_of=AS_OF, period=period(date(2024, 12, 1), date(2024, 12, 31)), title="Activity: Tartus")
    told = words(figure)
    assert any("1 undated event left out" in text for text in told)
    assert any("3 events" in text and "as of 31 Dec 2024" in text for text in told)
    assert "DEMO" in told
    with pytest.raises(NothingFound):
        draw_activity(events(*MOVES[3:]), as_of=AS_OF, period=period(date(2024, 12, 1), date(2024, 12, 31)), title="Nothing")


def force(vessel: str, certainty: str, **more: Any) -> dict[str, Any]:
    row = {"vessel_key": f"ru/{vessel}", "vessel": vessel, "type": "frigate", "class": "Gorshkov", "hull": "454", "country": "RU", "gap_days": 3}
    told = {"certainty": certainty, "place": "in Tartus", "modality": "asserted", "published": date(2024, 12, 6), "source": "Demo Wire A"}
    return dict.fromkeys(columns.FLEET) | row | told | {"document_id": "d1", "demo": True} | more


def test_the_force_names_each_vessel_and_counts_the_sure_ones() -> None:
    rows = [
        force("Admiral Golovko", "present", gap_days=0),
        force("Kasatonov", "last seen"),
        force("2 × frigate, unnamed", "probably", vessel_key="unnamed/1"),
    ]
    told = words(draw_composition(pd.DataFrame(rows), on=date(2024, 12, 5), as_of=AS_OF, title="Force: Tartus"))
    assert {"Admiral Golovko", "Kasatonov", "2 × frigate, unnamed", "Surface combatant", "DEMO"} <= set(told)
    assert any("On 5 Dec 2024" in text and "1 present, 1 last seen, 1 unnamed record, which may be the same ships" in text for text in told)
    assert "in Tartus · that day" in told
    assert any("1 report of 1 source" in text for text in told)
    with pytest.raises(NothingFound):
        draw_composition(pd.DataFrame(rows[:0]), on=date(2024, 12, 5), as_of=AS_OF, title="Nobody")


def test_a_long_name_of_a_sort_takes_two_lines_and_loses_no_word() -> None:
    rows = [force("missile boats, unnamed", "present", type="missile_boat", vessel_key="unnamed/1")]
    told = words(draw_composition(pd.DataFrame(rows), on=date(2024, 12, 5), as_of=AS_OF, title="Force: Latakia"))
    assert "Patrol, missile or mine craft" in " ".join(told)


def passage(vessel: str, first: str, last: str | None = None, **more: Any) -> dict[str, Any]:
    days = {"start": date.fromisoformat(first), "end": date.fromisoformat(last or first)}
    row = {"vessel": vessel, "towards": "Black Sea", "modality": "asserted", "published": date(2024, 12, 30), "source": "Demo Wire A", "demo": False}
    return dict.fromkeys(columns.TRANSITS) | row | days | {"document_id": "d1"} | more


def test_passages_stand_in_their_months_and_never_on_each_other() -> None:
    rows = [
        passage("Yelnya", "2024-11-28", "2024-12-03"),
        passage("Kildin", "2024-12-02"),
        passage("Sparta", "2024-12-20"),
        passage("Old", "2023-12-02"),
    ]
    assert [(m.label, m.first, m.last, m.level) for m in marks_of(rows, 2024, 11)] == [("Yelnya", 28, 30, 0)]
    assert [(m.label, m.first, m.last, m.level) for m in marks_of(rows, 2024, 12)] == [
        ("Yelnya", 1, 3, 0),
        ("Kildin", 2, 2, 1),
        ("Sparta", 20, 20, 0),
    ]


def test_the_calendar_of_a_strait() -> None:
    rows = pd.DataFrame([passage("Yelnya", "2024-12-02"), passage("Kildin", "2024-12-05", towards=None, modality="reported")])
    told = words(draw_straits(rows, year=2024, as_of=AS_OF, title="Bosphorus: passages of 2024"))
    assert {"Yelnya", "Kildin", "towards Black Sea", "way not told", "Dec"} <= set(told)
    with pytest.raises(NothingFound):
        draw_straits(rows, year=2020, as_of=AS_OF, title="Nothing")


@pytest.mark.parametrize("name", ["$x^2$ <b>&", "Адмирал Касатонов", "Ναυάρχος", "دلفين", "V" * 300, "山东舰"])
def test_names_of_any_kind_are_drawn(tmp_path, name: str) -> None:
    one = draw_composition(pd.DataFrame([force(name, "present")]), on=date(2024, 12, 5), as_of=AS_OF, title=name, theme="dark")
    two = draw_straits(pd.DataFrame([passage(name, "2024-12-31")]), year=2024, as_of=AS_OF, title=name)
    for number, figure in enumerate((one, two)):
        written = save(figure, tmp_path / f"{number}.png")
        again = save(figure, tmp_path / f"{number}-again.png")
        assert written.read_bytes() == again.read_bytes()


def test_the_key_of_a_calendar_explains_what_is_drawn_and_nothing_else() -> None:
    def key(*rows: dict[str, Any], as_of: datetime = AS_OF) -> set[str]:
        told = set(words(draw_straits(pd.DataFrame(rows), year=2024, as_of=as_of, title="Bosphorus")))
        return told & {"way not told", "reported or possible", "after the as-of day"}

    assert key(passage("Yelnya", "2024-11-28")) == set()
    assert key(passage("Yelnya", "2024-11-28", towards=None), passage("Kildin", "2024-11-28", modality="reported")) == {
        "way not told",
        "reported or possible",
    }
    assert key(passage("Yelnya", "2024-11-28"), as_of=datetime(2024, 12, 1, 23, 59, tzinfo=UTC)) == {"after the as-of day"}
