from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tracker.domain.kinds import Modality, Precision
from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.report.lanes import Axis, gaps_between, plan
from tracker.report.movements import movements
from tracker.report.timeline import axis_for, draw_timeline, draw_timelines, ticks_of

DECEMBER = Interval.month(2024, 12)
ALL = Interval(None, None, Precision.OPEN)
AXIS = Axis(date(2024, 12, 1), date(2024, 12, 31), 31.0)  # an inch a day


def drawn(frames, *rows, period=DECEMBER, as_of=None, **more):
    return draw_timeline(frames.events(*rows), as_of=as_of or frames.as_of, period=period, title="A title", **more)


def lanes_of(figure):
    return next(axes for axes in figure.axes if axes.get_gid() == "lanes")


def bars(figure):
    return {patch.get_gid(): patch for patch in lanes_of(figure).findobj(Rectangle) if str(patch.get_gid()).startswith("event ")}


def words(figure, gid):
    return [text.get_text() for text in figure.findobj(Text) if text.get_gid() == gid]


def boxes(figure, *gids):
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in figure.findobj(Text) if text.get_gid() in gids and text.get_text()]


def overlapping(found):
    return [
        (a, b)
        for (a, one), (b, other) in combinations(found, 2)
        if one.x0 < other.x1 - 0.5 and other.x0 < one.x1 - 0.5 and one.y0 < other.y1 - 0.5 and other.y0 < one.y1 - 0.5
    ]


def test_a_lane_a_vessel_with_its_name(frames):
    figure = drawn(frames, *frames.tartus(), period=Interval(date(2024, 11, 30), date(2024, 12, 31), Precision.RANGE))
    names = words(figure, "vessel")
    assert len(names) == len(set(names)) == 11
    assert "2 × frigate, unnamed" in names and "Yelnya" in names
    assert "oiler · Altay · RU" in words(figure, "vessel-type")


@pytest.mark.parametrize(
    ("days", "left", "right"),
    [
        ("2024-12-02", 1, 2),
        ("2024-12-01", 0, 1),
        ("2024-12-31", 30, 31),
        ("2024-12-02..2024-12-05", 1, 5),
        ("2024-12", 0, 31),
        ("2024-11-20..2024-12-03", 0, 3),
        ("2024-12-30..2025-01-09", 29, 31),
        ("2024-11-01..2025-02-01", 0, 31),
    ],
)
def test_a_bar_covers_its_whole_interval_and_no_more(frames, days, left, right):
    figure = drawn(frames, frames.event("Yelnya", "in_port", days, place="Tartus"))
    (bar,) = bars(figure).values()
    day = lanes_of(figure).get_xlim()[1] / 31
    assert bar.get_x() == pytest.approx(left * day)
    assert bar.get_x() + bar.get_width() == pytest.approx(right * day)


@pytest.mark.parametrize("days", ["2024-11-30", "2025-01-01", "2024-10-01..2024-11-30", "..2024-11-30"])
def test_what_lies_beside_the_period_is_not_drawn(frames, days):
    with pytest.raises(NothingFound, match="Dec 2024"):
        drawn(frames, frames.event("Yelnya", "in_port", days, place="Tartus"))
    assert not draw_timelines(frames.events(frames.event("Yelnya", "in_port", days)), as_of=frames.as_of, period=DECEMBER, title="Yelnya")


def test_no_events_at_all(frames):
    with pytest.raises(NothingFound):
        drawn(frames, period=ALL)


@pytest.mark.parametrize(
    ("modality", "hatch", "line"),
    [
        ("asserted", None, "solid"),
        ("reported", "////", "solid"),
        ("possible", "....", "solid"),
        ("planned", None, "dashed"),
        ("negated", None, "solid"),
    ],
)
def test_firmness_is_seen(frames, modality, hatch, line):
    figure = drawn(frames, frames.event("Yelnya", "in_port", "2024-12-02..2024-12-05", place="Tartus", modality=modality))
    (bar,) = bars(figure).values()
    assert bar.get_hatch() == hatch
    assert (bar.get_linestyle() not in ("solid", "-")) == (line == "dashed")
    crosses = [one for one in lanes_of(figure).findobj(LineCollection) if len(one.get_segments()) == 2 and not one.get_gid()]
    assert bool(crosses) == (modality == "negated")
    named = {"asserted": "told as fact", "negated": "denied"}.get(modality, modality)
    assert named in words(figure, "legend")


def test_the_unknown_is_drawn_as_unknown_and_only_between_known_events(frames):
    figure = drawn(
        frames,
        frames.event("Yelnya", "in_port", "2024-12-02", place="Tartus"),
        frames.event("Yelnya", "in_port", "2024-12-20", place="Tartus"),
        frames.event("Yelnya", "in_port", "2024-12-28", place="Tartus", modality="planned"),
    )
    (gap,) = [one for one in lanes_of(figure).findobj(LineCollection) if str(one.get_gid()).startswith("unknown")]
    ((start, end),) = gap.get_segments()
    day = lanes_of(figure).get_xlim()[1] / 31
    assert start[0] / day == pytest.approx(2, abs=0.2) and end[0] / day == pytest.approx(19, abs=0.2)
    assert "unknown: nothing told" in words(figure, "legend")


@pytest.mark.parametrize(
    ("rows", "gaps"),
    [
        (["2024-12-02", "2024-12-03"], []),
        (["2024-12-02", "2024-12-05"], [(2, 4)]),
        (["2024-12-02..2024-12-09", "2024-12-04", "2024-12-12"], [(9, 11)]),
        (["2024-11-02", "2024-12-05"], [(0, 4)]),
        (["2024-12-30", "2025-01-05"], [(30, 31)]),
        (["2024-11-02", "2025-01-05"], [(0, 31)]),
        (["2024-11-02", "2024-11-20"], []),
        (["2024-12"], []),
    ],
)
def test_gaps(frames, rows, gaps):
    moves = movements(frames.events(*(frames.event("Yelnya", "in_port", days) for days in rows)))
    assert list(gaps_between(moves, AXIS)) == gaps


def test_an_undated_claim_is_open_to_the_left_and_stands_at_its_publication(frames):
    figure = drawn(frames, frames.event("Kildin", "at_sea", "..2024-12-12", place="Syrian coast"))
    assert bars(figure) == {}
    assert words(figure, "label") == ["by 12 Dec: Syrian coast"]
    assert words(figure, "age") == ["≥ 19 d"]
    (arrow,) = [one for one in lanes_of(figure).findobj(LineCollection) if str(one.get_gid()).startswith("event")]
    day = lanes_of(figure).get_xlim()[1] / 31
    assert arrow.get_segments()[0][-1][0] == pytest.approx(12 * day)


@pytest.mark.parametrize(
    ("kind", "slots", "label"),
    [
        ("in_port", {"place": "Tartus"}, "Tartus"),
        ("departure", {"origin": "Tartus"}, "Tartus →"),
        ("departure", {"origin": "Tartus", "destination": "Baltiysk"}, "Tartus → Baltiysk"),
        ("departure", {}, "place not told"),
        ("arrival", {"destination": "Tartus"}, "→ Tartus"),
        ("arrival", {"place": "Tartus"}, "Tartus"),
        ("underway", {"destination": "Tartus"}, "→ Tartus"),
        ("underway", {"origin": "Tartus"}, "Tartus →"),
        ("transit", {"place": "Strait of Gibraltar"}, "Strait of Gibraltar"),
        ("transit", {"origin": "Tartus", "destination": "Baltiysk"}, "Tartus → Baltiysk"),
        ("at_sea", {}, "place not told"),
    ],
)
def test_the_words_above_a_bar(frames, kind, slots, label):
    assert words(drawn(frames, frames.event("Yelnya", kind, **slots)), "label") == [label]


def crowd(frames, vessels, events, days=60):
    places = ("Tartus", "Naval Station Norfolk", "Strait of Gibraltar", "Souda Bay", "Saint Petersburg")
    firm = tuple(Modality)
    return [
        frames.event(
            f"Vessel {v:03}",
            ("in_port", "at_sea", "transit", "departure")[(v + e) % 4],
            str(date(2024, 11, 1) + timedelta(days=e * 7 * (v % 3 + 1) % days)),
            place=places[(v * 3 + e) % 5],
            modality=firm[(v + e) % 5],
        )
        for v in range(vessels)
        for e in range(events)
    ]


@pytest.mark.parametrize(("vessels", "events"), [(1, 1), (6, 40), (30, 6)])
def test_no_label_covers_another(frames, vessels, events):
    figure = drawn(frames, *crowd(frames, vessels, events), period=Interval(date(2024, 11, 1), date(2024, 12, 31), Precision.RANGE))
    assert overlapping(boxes(figure, "label", "vessel", "vessel-type", "age", "last", "title", "subtitle", "note", "credit", "legend")) == []


def test_every_word_stays_on_the_page(frames):
    figure = drawn(frames, *crowd(frames, 12, 8), *frames.tartus(), period=Interval(date(2024, 11, 1), date(2024, 12, 31), Precision.RANGE))
    for text, box in boxes(figure, "label", "vessel", "vessel-type", "age", "last", "title", "subtitle", "note", "legend"):
        assert box.x0 >= 0 and box.x1 <= 1200 and box.y0 >= 0 and box.y1 <= figure.get_figheight() * 100, text


def test_the_legend_stands_below_the_lanes(frames):
    figure = drawn(frames, *frames.tartus())
    bottom = lanes_of(figure).get_position().y0 * figure.get_figheight() * 100
    assert max(box.y1 for _, box in boxes(figure, "legend")) < bottom


def test_two_hundred_vessels_make_pages(frames):
    events = frames.events(*crowd(frames, 200, 2))
    figures = draw_timelines(events, as_of=frames.as_of, period=ALL, title="Many")
    pages = len(figures)
    names = [name for figure in figures for name in words(figure, "vessel")]
    assert len(names) == len(set(names)) == 200
    assert max(len(words(figure, "vessel")) for figure in figures) <= 60
    assert f"page 2 of {pages}" in words(figures[1], "subtitle")[0]
    with pytest.raises(NothingFound, match=f"{pages} pages"):
        draw_timeline(events, as_of=frames.as_of, period=ALL, title="Many", page=pages + 1)


def test_no_page_is_left_to_a_single_lane(frames):
    events = frames.events(*crowd(frames, 16, 2))
    height = sum(lanes_of(figure).get_ylim()[0] for figure in draw_timelines(events, as_of=frames.as_of, period=ALL, title="All"))
    first, last = draw_timelines(events, as_of=frames.as_of, period=ALL, title="Two", page_in=height - 0.05)
    assert len(words(first, "vessel")) + len(words(last, "vessel")) == 16
    assert len(words(last, "vessel")) > 4


def test_what_an_unnamed_vessel_is_stays_whole_on_a_narrow_page(frames):
    figure = drawn(frames, frames.event("2 × auxiliary, unnamed", "in_port", "2024-12-05", place="Tartus"), width_in=6.77)
    assert words(figure, "vessel") == ["2 × auxiliary"]


def test_the_title_states_period_and_as_of(frames):
    figure = drawn(frames, *frames.tartus(), as_of=datetime(2024, 12, 8, 6, tzinfo=UTC))
    assert words(figure, "title") == ["A title"]
    assert words(figure, "subtitle")[0].startswith("Period: Dec 2024 · as of 8 Dec 2024, 06:00 UTC · ")
    assert words(figure, "demo") == ["DEMO"]
    assert "GSHHG" not in "".join(words(figure, "credit"))


@pytest.mark.parametrize(("as_of", "shown"), [(datetime(2024, 12, 8, tzinfo=UTC), True), (datetime(2026, 1, 1, tzinfo=UTC), False)])
def test_the_clock_is_a_line_where_it_lies_in_the_period(frames, as_of, shown):
    figure = drawn(frames, *frames.tartus(), as_of=as_of)
    assert any(line.get_gid() == "as-of" for line in figure.findobj(Line2D)) == shown
    assert ("as of" in words(figure, "legend")) == shown


@pytest.mark.parametrize(
    ("as_of", "age"),
    [
        (datetime(2024, 12, 12, tzinfo=UTC), "10 d"),
        (datetime(2024, 12, 2, 23, 59, tzinfo=UTC), "0 d"),
        (datetime(2024, 12, 1, tzinfo=UTC), "later than as-of"),
    ],
)
def test_nothing_old_is_shown_as_current(frames, as_of, age):
    assert words(drawn(frames, frames.event("Yelnya", "departure", origin="Tartus"), as_of=as_of), "age") == [age]


def test_a_vessel_of_which_only_a_denial_is_told_has_no_last_day(frames):
    assert words(drawn(frames, frames.event("Yelnya", "in_port", modality="negated")), "age") == ["nothing known"]


@pytest.mark.parametrize("name", ["Ельня", "Έλλη", "طرطوس", "$x_1^2$", "a\\b{c}", "遼寧", "x" * 200])
def test_names_in_any_script_are_drawn_as_they_are(frames, name):
    figure = drawn(frames, frames.event(name, "in_port", place=name, vessel_key="xx/one"))
    FigureCanvasAgg(figure).draw()
    (shown,) = words(figure, "vessel")
    assert shown in (name, "[Liaoning]") or (shown.endswith("…") and name.startswith(shown[:-1]))


@pytest.mark.parametrize(
    ("period", "moves", "first", "last"),
    [
        (Interval.day(date(2024, 12, 2)), ["2024-12-02"], date(2024, 11, 29), date(2024, 12, 5)),
        (ALL, ["2024-12-02", "2024-12-30"], date(2024, 12, 2), date(2024, 12, 30)),
        (Interval(date(2024, 12, 1), None, Precision.RANGE), ["2024-12-20"], date(2024, 12, 1), date(2024, 12, 20)),
        (Interval(None, date(2024, 12, 24), Precision.RANGE), ["2024-12-01"], date(2024, 12, 1), date(2024, 12, 24)),
    ],
)
def test_open_and_short_periods_get_an_axis(frames, period, moves, first, last):
    axis = axis_for(movements(frames.events(*(frames.event("Yelnya", "in_port", days) for days in moves))), frames.as_of, period)
    assert (axis.first, axis.last) == (first, last)


@pytest.mark.parametrize("days", [7, 31, 60, 119, 200, 366, 1000, 4000, 20000])
def test_ticks_suit_any_period(days):
    first = date(1990, 1, 1)
    axis = Axis(first, first + timedelta(days=days - 1), 8.0)
    ticks = ticks_of(axis)
    assert 3 <= len(ticks) <= 30
    assert all(0 <= x <= 8.0 for x, _ in ticks)
    assert min((b - a for (a, _), (b, _) in pairwise(ticks)), default=1) > 0.2


def test_levels_are_bounded_and_bars_keep_to_them(frames):
    moves = movements(frames.events(*(frames.event("Yelnya", "in_port", "2024-12-02", place=f"Place {n}", event_id=f"e{n}") for n in range(9))))
    lane = plan(moves, AXIS, most_levels=3)
    assert len(lane.bars) == 9 and lane.levels == 3
    assert lane.left_out == sum(not bar.label for bar in lane.bars) > 0


def test_words_that_still_stand_are_not_said_again(frames):
    moves = movements(frames.events(*(frames.event("Yelnya", "in_port", f"2024-12-{day:02}", place="Naval Station Norfolk") for day in range(2, 9))))
    narrow = Axis(date(2024, 12, 1), date(2024, 12, 31), 4.0)
    lane = plan(moves, narrow)
    assert lane.levels == 1 and lane.left_out == 0
    assert [bar.label for bar in lane.bars][:2] == ["Naval Station Norfolk", ""]


@pytest.mark.parametrize("width", [6.77, 8.2, 10, 16])
def test_another_width_keeps_words_apart_and_on_the_page(frames, width):
    figure = drawn(frames, *crowd(frames, 10, 8), width_in=width, period=Interval(date(2024, 11, 1), date(2024, 12, 31), Precision.RANGE))
    found = boxes(figure, "label", "vessel", "vessel-type", "age", "last", "title", "subtitle", "note", "credit", "legend")
    assert overlapping(found) == []
    assert all(box.x0 >= 0 and box.x1 <= width * 100 for _, box in found)
    renderer = FigureCanvasAgg(figure).get_renderer()
    ticks = [(tick.get_text(), tick.get_window_extent(renderer)) for tick in lanes_of(figure).get_xticklabels()]
    assert overlapping([(text, box) for text, box in ticks if "20" in text]) == []


def test_a_lower_page_holds_fewer_lanes(frames):
    events, asked = frames.events(*crowd(frames, 30, 3)), {"as_of": frames.as_of, "period": ALL}
    assert len(draw_timelines(events, title="Low", page_in=4, **asked)) > len(draw_timelines(events, title="High", **asked)) == 1
    assert draw_timeline(events, title="Low", page_in=4, **asked).get_figheight() < 6.5


def test_the_dark_theme_is_dark(frames):
    figure = drawn(frames, *frames.tartus(), theme="dark")
    assert sum(figure.get_facecolor()[:3]) < 0.5


@pytest.mark.parametrize(("of_area", "told"), [(False, "last told, age"), (True, "last told there, age")])
def test_the_age_in_the_margin_of_an_area_says_that_it_is_of_there(frames, of_area, told):
    assert words(drawn(frames, *frames.tartus(), of_area=of_area), "column") == [told]
