from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import combinations
from math import cos, radians

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from matplotlib.text import Text

from tracker.domain.kinds import Precision
from tracker.domain.records import Area
from tracker.domain.when import Interval
from tracker.errors import NothingFound
from tracker.report.coasts import Extent
from tracker.report.maps import _without_name, draw_map
from tracker.report.style import SUFFIXES, save
from tracker.report.view import extent_of, fitted

DECEMBER = Interval.month(2024, 12)
ALL = Interval(None, None, Precision.OPEN)


def drawn(frames, *rows, places=None, areas=None, period=ALL, **more):
    more = {"as_of": frames.as_of, "title": "A title"} | more
    return draw_map(
        frames.events(*rows), frames.places() if places is None else places, frames.areas() if areas is None else areas, period=period, **more
    )


def axes_of(figure):
    return next(axes for axes in figure.axes if axes.get_gid() == "map")


def points(figure):
    """Where the symbols of places stand, in degrees."""
    axes = axes_of(figure)
    FigureCanvasAgg(figure)
    back = axes.transData.inverted()
    found = {}
    for line in figure.findobj(Line2D):
        if str(line.get_gid()).startswith("point "):
            found[line.get_gid().removeprefix("point ")] = tuple(back.transform(line.get_transform().transform(line.get_xydata()[0])))
    return found


def words(figure, gid):
    return [text.get_text() for text in figure.findobj(Text) if text.get_gid() == gid]


def every_word(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def legs(figure):
    return [line for line in figure.findobj(Line2D) if str(line.get_gid()).startswith("leg ")]


def test_points_stand_where_the_gazetteer_has_them(frames):
    found = points(drawn(frames, *frames.tartus()))
    assert found["tartus"] == pytest.approx((35.86, 34.91), abs=0.01)
    assert found["strait-of-gibraltar"] == pytest.approx((-5.6, 35.96), abs=0.01)
    assert set(found) == {"tartus", "strait-of-gibraltar", "miyako-strait", "naval-station-norfolk", "baltiysk"}


@pytest.mark.parametrize(("radius", "circles"), [(None, 0), (1.0, 0), (60.0, 1)])
def test_a_place_known_only_roughly_has_a_circle_as_wide_as_its_error(frames, radius, circles):
    places = frames.places(frames.place("Tartus", "port", 34.9, 35.9, radius_km=radius))
    figure = drawn(frames, frames.event("ru/yelnya", "in_port", "2024-12-01", place="Tartus"), places=places)
    found = [one for one in figure.findobj(Circle) if str(one.get_gid()).startswith("error ")]
    assert len(found) == circles
    assert ("within the circle" in every_word(figure)) == bool(circles)
    axes = axes_of(figure)
    assert all(
        one.radius == pytest.approx(60 / 111.2 * axes.bbox.height / 100 / (axes.get_ylim()[1] - axes.get_ylim()[0]), rel=0.01) for one in found
    )


def test_an_area_is_shaded_from_its_outline_and_named_with_its_count(frames):
    figure = drawn(frames, *frames.tartus())
    (shade, *_) = [patch for patch in figure.findobj(Polygon) if patch.get_gid() == "area mediterranean-sea"]
    assert len(shade.get_xy()) == 21 and shade.get_alpha() < 0.3
    assert shade.get_zorder() < min(land.get_zorder() for land in axes_of(figure).collections if land.get_gid() == "land")
    assert "Mediterranean Sea · 1" in words(figure, "place")
    assert "mediterranean-sea" not in points(figure)


def test_what_has_no_outline_or_place_is_told_below_the_map(frames):
    figure = drawn(frames, *frames.tartus())
    below = " ".join(words(figure, "margin"))
    assert "Syrian coast (1: Kildin)" in below and "East China Sea (1: Nanjing)" in below
    assert "No place told: Sparta." in below
    assert "1 planned event, 1 denied event" in below


@pytest.mark.parametrize("slots", [{}, {"place": "Syrian coast"}, {"place": "Mediterranean Sea"}, {"place": "Atlantis", "place_key": "atlantis"}])
def test_a_vessel_without_a_known_place_gets_no_point(frames, slots):
    figure = drawn(frames, frames.event("Yelnya", "at_sea", **slots), frames.event("Kildin", "in_port", place="Tartus"))
    assert set(points(figure)) == {"tartus"}


@pytest.mark.parametrize(
    "rows", [[], [("at_sea", {})], [("underway", {"destination": "Tartus"})], [("in_port", {"place": "Tartus", "modality": "negated"})]]
)
def test_nothing_to_place_is_nothing_found(frames, rows):
    with pytest.raises(NothingFound):
        drawn(frames, *(frames.event("Yelnya", kind, **slots) for kind, slots in rows))


def test_only_an_area_without_an_outline_still_makes_a_map(frames):
    figure = drawn(frames, frames.event("Kildin", "at_sea", place="Syrian coast"))
    assert points(figure) == {}
    assert "Syrian coast (1: Kildin)" in " ".join(words(figure, "margin"))


def test_hedged_is_hollow_and_older_is_fainter(frames):
    rows = [
        frames.event("Kildin", "in_port", "2024-12-30", place="Tartus"),
        frames.event("Sparta", "in_port", "2024-12-30", place="Baltiysk", modality="reported"),
        frames.event("Yelnya", "in_port", "2024-11-01", place="Souda Bay"),
    ]
    symbols = {line.get_gid(): line for line in drawn(frames, *rows).findobj(Line2D) if str(line.get_gid()).startswith("point ")}
    paper = "#FFFFFF"
    assert symbols["point baltiysk"].get_markerfacecolor() == paper != symbols["point tartus"].get_markerfacecolor()
    assert symbols["point souda-bay"].get_alpha() == pytest.approx(0.4)
    assert symbols["point tartus"].get_alpha() > 0.9


@pytest.mark.parametrize(
    ("type_", "marker"),
    [
        ("aircraft_carrier", "s"),
        ("frigate", "^"),
        ("submarine", "v"),
        ("oiler", "P"),
        ("landing_ship", "D"),
        ("intelligence_ship", "*"),
        ("vessel", "o"),
    ],
)
def test_symbols_by_type(frames, type_, marker):
    figure = drawn(frames, frames.event("Yelnya", "in_port", place="Tartus", type=type_))
    assert [line.get_marker() for line in figure.findobj(Line2D) if line.get_gid() == "point tartus"] == [marker]


def test_legs_are_dashed_dated_and_never_called_tracks(frames):
    figure = drawn(frames, *(row for row in frames.tartus() if row["country"] == "RU"))
    assert {line.get_gid() for line in legs(figure)} == {"leg baltiysk tartus", "leg tartus strait-of-gibraltar"}
    assert all(line.is_dashed() for line in legs(figure))
    assert "Novorossiysk, 30 Nov–20 Dec" in words(figure, "leg label") and "Sparta II, Dec" in words(figure, "leg label")
    assert {"order of reports, not track", "from–to as told, no track"} <= set(words(figure, "legend"))


def test_without_legs_the_legend_has_none(frames):
    assert "track" not in " ".join(words(drawn(frames, frames.event("Yelnya", "in_port", place="Tartus")), "legend"))


def test_a_stated_destination_far_away_does_not_stretch_the_map(frames):
    places = frames.places(*frames.gazetteer(), frames.place("Vladivostok", "port", 43.1, 131.9))
    figure = drawn(frames, frames.event("Sparta", "departure", origin="Baltiysk", destination="Vladivostok"), places=places)
    assert axes_of(figure).get_xlim()[1] < 60
    assert legs(figure) == [] and "for Vladivostok" in every_word(figure)
    assert "1 leg off the map" in " ".join(words(figure, "margin"))


def test_the_date_line_is_crossed_the_short_way(frames):
    places = frames.places(frames.place("Yokosuka", "naval_base", 35.29, 139.66), frames.place("San Diego", "naval_base", 32.68, -117.13))
    rows = [
        frames.event("Nimitz", "departure", "2024-12-02", origin="Yokosuka", destination="San Diego"),
        frames.event("Nimitz", "arrival", "2024-12-20", destination="San Diego"),
    ]
    figure = drawn(frames, *rows, places=places)
    west, east = axes_of(figure).get_xlim()
    assert 100 < west < 139.66 and 242.87 < east < 290
    assert points(figure)["san-diego"][0] == pytest.approx(242.87, abs=0.05)
    assert len(legs(figure)) == 1
    assert "180°" in [tick.get_text() for tick in axes_of(figure).get_xticklabels()]


def boxes(figure):
    renderer = FigureCanvasAgg(figure).get_renderer()
    cards = [(patch.get_gid(), patch.get_window_extent(renderer)) for patch in figure.findobj(FancyBboxPatch)]
    return cards + [
        (text.get_text(), text.get_window_extent(renderer)) for text in figure.findobj(Text) if text.get_gid() in ("leg label", "surroundings")
    ]


def crowd(frames, number, vessels, seed=3):
    random.seed(seed)
    spots = [frames.place(f"Harbour {n:02}", "port", random.uniform(30, 46), random.uniform(-6, 36)) for n in range(number)]
    rows = [
        frames.event(
            f"Vessel {n:03}",
            ("in_port", "at_sea", "arrival")[n % 3],
            f"2024-12-{n % 28 + 1:02}",
            type=("frigate", "submarine", "oiler")[n % 3],
            **{("destination" if n % 3 == 2 else "place"): random.choice(spots)["place"]},
        )
        for n in range(vessels)
    ]
    return frames.places(*spots), rows


@pytest.mark.parametrize(("number", "vessels"), [(1, 1), (8, 20), (25, 60), (50, 200)])
def test_no_card_or_label_covers_another_and_all_stay_on_the_map(frames, number, vessels):
    places, rows = crowd(frames, number, vessels)
    figure = drawn(frames, *rows, places=places)
    found = boxes(figure)
    hits = [
        (a, b)
        for (a, one), (b, other) in combinations(found, 2)
        if one.x0 < other.x1 - 1 and other.x0 < one.x1 - 1 and one.y0 < other.y1 - 1 and other.y0 < one.y1 - 1
    ]
    assert hits == []
    frame = axes_of(figure).get_window_extent()
    assert all(box.x0 >= frame.x0 - 1 and box.x1 <= frame.x1 + 1 and box.y0 >= frame.y0 - 1 and box.y1 <= frame.y1 + 1 for _, box in found)
    named = len(words(figure, "place"))
    assert named >= min(number, len(points(figure))) * 0.8


def test_places_without_room_for_a_name_are_named_below_as_whole_words_or_counted():
    names = [f"Harbour {n:02}" for n in range(60)]
    line = _without_name(names, 8)
    assert line.startswith("Marked without a name, for want of room: Harbour 00, Harbour 01, ")
    shown = line.count("Harbour")
    assert line.endswith(f"Harbour {shown - 1:02} and {60 - shown} more.")
    assert _without_name(["A", "B"], 8).endswith(": A, B.")
    assert _without_name(names, 1).endswith(": 60 places.")


def test_a_line_of_names_is_found_without_measuring_hundreds_that_are_far_too_long(monkeypatch):
    from tracker.report import maps

    measured: list[str] = []

    def width(text: str, points: float) -> float:
        measured.append(text)
        return len(text) / 12

    monkeypatch.setattr(maps, "text_width", width)
    assert _without_name([f"Harbour {n:04}" for n in range(1200)], 8).endswith(" more.")
    assert len(measured) < 20
    assert _without_name(["A long name of a harbour", "B", "C"], 6).endswith(": A long name of a harbour, B, C.")  # nothing more is shorter


@pytest.mark.parametrize("width", [6.77, 8.2, 16])
def test_another_width_keeps_everything_apart_and_on_the_page(frames, width):
    figure = drawn(frames, *frames.tartus(), width_in=width)
    assert not [
        1
        for (_, one), (_, other) in combinations(boxes(figure), 2)
        if one.x0 < other.x1 - 1 and other.x0 < one.x1 - 1 and one.y0 < other.y1 - 1 and other.y0 < one.y1 - 1
    ]
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = [
        text.get_window_extent(renderer) for text in figure.findobj(Text) if text.get_gid() in ("note", "credit", "margin", "legend", "subtitle")
    ]
    assert all(box.x0 >= 0 and box.x1 <= width * 100 for box in found)
    assert not [1 for one, other in combinations(found, 2) if one.overlaps(other)]


def test_cards_hold_what_they_say(frames):
    figure = drawn(frames, *frames.tartus())
    renderer = FigureCanvasAgg(figure).get_renderer()
    cards = [patch.get_window_extent(renderer) for patch in figure.findobj(FancyBboxPatch)]
    for text in figure.findobj(Text):
        if text.get_zorder() == 9:
            box = text.get_window_extent(renderer)
            assert any(card.x0 <= box.x0 and box.x1 <= card.x1 + 1 and card.y0 - 1 <= box.y0 and box.y1 <= card.y1 + 1 for card in cards), (
                text.get_text()
            )


def test_every_map_credits_its_coast_and_states_period_and_as_of(frames):
    figure = drawn(frames, *frames.tartus(), period=DECEMBER, as_of=datetime(2024, 12, 27, 12, tzinfo=UTC))
    assert "GSHHG" in words(figure, "credit")[0]
    assert words(figure, "subtitle")[0].startswith("Period: Dec 2024 · as of 27 Dec 2024, 12:00 UTC")
    assert words(figure, "demo") == ["DEMO"]
    assert any(" nm at " in text for text in words(figure, "scale"))


def test_words_round_the_map_do_not_cover_it(frames):
    figure = drawn(frames, *frames.tartus())
    renderer, frame = FigureCanvasAgg(figure).get_renderer(), axes_of(figure).get_window_extent()
    for text in figure.findobj(Text):
        if text.get_gid() in ("legend", "margin", "note", "credit"):
            assert text.get_window_extent(renderer).y1 < frame.y0
        elif text.get_gid() in ("title", "subtitle"):
            assert text.get_window_extent(renderer).y0 > frame.y1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_map_gives_the_same_bytes(frames, tmp_path, suffix):
    files = [save(drawn(frames, *frames.tartus()), tmp_path / f"{name}{suffix}") for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("name", ["Ельня", "Έλλη", "طرطوس", "$x_1$", "遼寧"])
def test_names_in_any_script(frames, name):
    places = frames.places(frames.place("Tartus", "naval_base", 34.91, 35.86) | {"place": name})
    figure = drawn(frames, frames.event(name, "in_port", place="Tartus", vessel_key="xx/one"), places=places)
    FigureCanvasAgg(figure).draw()
    assert name.replace("遼寧", "[Liaoning]") in every_word(figure)


def test_an_explicit_extent_is_kept_and_what_lies_beyond_is_told(frames):
    figure = drawn(frames, *frames.tartus(), extent=Extent(20, 40, 30, 40))
    assert set(points(figure)) == {"tartus"}
    assert "Beyond this map: Baltiysk (1: Sparta II)" in " ".join(words(figure, "margin"))


def test_an_outline_across_the_date_line_is_shaded_once_on_each_map(frames):
    ring = tuple((lon, lat) for lon, lat in ((160, 52), (170, 60), (182, 66), (190, 64), (200, 58), (195, 53), (180, 50), (170, 51)))
    places = frames.places(frames.place("Bering Sea", "sea"))
    figure = drawn(frames, frames.event("Varyag", "at_sea", place="Bering Sea"), places=places, areas={"bering-sea": Area("bering-sea", (ring,))})
    assert len([patch for patch in figure.findobj(Polygon) if patch.get_gid() == "area bering-sea"]) == 1
    assert words(figure, "place") == ["Bering Sea · 1"]
    west, east = axes_of(figure).get_xlim()
    assert (west + east) / 2 % 360 == pytest.approx(180, abs=3)


@pytest.mark.parametrize(
    ("positions", "inside"),
    [
        ([(34.9, 35.9)], (34.9, 35.9)),
        ([(36.95, -76.3), (34.9, 35.9)], (36, -20)),
        ([(35.3, 139.7), (32.7, -117.1)], (34, -170)),
        ([(69.1, 33.4), (-54.8, -68.3)], (0, 0)),
        ([(60, 10), (-30, 130), (0, -120)], (0, 0)),
        ([], (0, 0)),
    ],
)
def test_extents_hold_everything_with_a_margin_and_fit_the_page(positions, inside):
    extent, height = fitted(extent_of(positions), 11.16)
    assert all(extent.holds(lat, lon) for lat, lon in [*positions, inside])
    assert 5.2 < height < 7.4
    assert extent.width <= 360.001 and extent.south >= -90 and extent.north <= 90


def test_a_degree_of_longitude_is_as_wide_as_at_the_middle_latitude(frames):
    figure = drawn(frames, frames.event("Yelnya", "in_port", place="Baltiysk"))
    axes = axes_of(figure)
    (west, east), (south, north), box = axes.get_xlim(), axes.get_ylim(), axes.get_window_extent()
    assert (box.width / (east - west)) / (box.height / (north - south)) == pytest.approx(cos(radians((south + north) / 2)), rel=0.02)
