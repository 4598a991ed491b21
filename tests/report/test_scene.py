from __future__ import annotations

import pytest

from tracker.report.scene import scene

YELNYA = {"type": "oiler"}


def seen(frames, *rows):
    return scene(frames.events(*rows), frames.places(), frames.areas())


@pytest.mark.parametrize(
    ("kind", "slots", "where"),
    [
        ("in_port", {"place": "Tartus"}, "tartus"),
        ("at_sea", {"place": "Tartus"}, "tartus"),
        ("departure", {"origin": "Tartus", "destination": "Baltiysk"}, "tartus"),
        ("arrival", {"destination": "Tartus", "origin": "Baltiysk"}, "tartus"),
        ("transit", {"place": "Strait of Gibraltar", "destination": "Tartus"}, "strait-of-gibraltar"),
        ("underway", {"destination": "Tartus"}, None),
        ("underway", {"destination": "Tartus", "origin": "Baltiysk"}, None),
        ("departure", {"destination": "Tartus"}, None),
        ("at_sea", {}, None),
    ],
)
def test_where_an_event_puts_a_vessel(frames, kind, slots, where):
    found = seen(frames, frames.event("Yelnya", kind, **slots))
    assert [site.key for site in found.points] == ([where] if where else [])
    assert found.placeless == (() if where else ("Yelnya",))


@pytest.mark.parametrize("modality", ["planned", "negated"])
def test_what_is_planned_or_denied_gives_no_point(frames, modality):
    found = seen(frames, frames.event("Yelnya", "in_port", place="Tartus", modality=modality))
    assert found.points == () and found.moves == []
    assert (found.planned, found.denied) == ((1, 0) if modality == "planned" else (0, 1))


@pytest.mark.parametrize(
    ("place", "room"),
    [
        ("Tartus", "points"),
        ("Strait of Gibraltar", "points"),
        ("Mediterranean Sea", "areas"),
        ("Syrian coast", "outside"),
        ("East China Sea", "outside"),
        ("Atlantis", "outside"),
    ],
)
def test_an_area_is_never_a_point(frames, place, room):
    found = seen(frames, frames.event("Yelnya", "at_sea", place=place))
    rooms = {name: [site.name for site in getattr(found, name)] for name in ("points", "areas", "outside")}
    assert rooms == {"points": [], "areas": [], "outside": []} | {room: [place]}
    assert all(site.latitude is None for site in (*found.areas, *found.outside))


@pytest.mark.parametrize(("radius", "room"), [(130.0, "outside"), (5.0, "points"), (None, "points")])
def test_a_large_island_is_no_point(frames, radius, room):
    places = frames.places(frames.place("Crete", "island", 35.2, 24.9, radius_km=radius))
    found = scene(frames.events(frames.event("Yelnya", "at_sea", place="Crete")), places, {})
    assert [site.name for site in getattr(found, room)] == ["Crete"]


def test_a_place_the_gazetteer_does_not_know_is_named_beside_the_map(frames):
    found = seen(frames, frames.event("Yelnya", "in_port", place="Port Nowhere", place_key=None) | {"place_key": None})
    assert [(site.name, len(site.entries)) for site in found.outside] == [("Port Nowhere", 1)]


def test_a_vessel_is_shown_where_it_was_last_told_and_faintly_where_it_was_before(frames):
    found = seen(
        frames, frames.event("Yelnya", "in_port", "2024-12-01", place="Tartus"), frames.event("Yelnya", "in_port", "2024-12-09", place="Baltiysk")
    )
    assert {site.key: [entry.latest for entry in site.entries] for site in found.points} == {"tartus": [False], "baltiysk": [True]}
    assert [bool(site.present) for site in found.points] == [True, False]  # baltiysk, tartus


def test_the_departed_are_not_counted_among_those_present(frames):
    found = seen(frames, frames.event("Yelnya", "departure", origin="Tartus"), frames.event("Kildin", "in_port", place="Tartus"))
    (tartus,) = found.points
    assert [move.vessel for move in tartus.present] == ["Kildin"]
    assert len(tartus.entries) == 2


def legs(found):
    return [(leg.origin, leg.destination, "told" if leg.told else "order", leg.planned, len(leg.moves)) for leg in found.legs]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("departure", "2024-12-02", {"origin": "Tartus", "destination": "Baltiysk"})], [("tartus", "baltiysk", "told", False, 1)]),
        ([("underway", "2024-12-02", {"origin": "Tartus", "destination": "Baltiysk"})], [("tartus", "baltiysk", "told", False, 1)]),
        (
            [("departure", "2024-12-02", {"origin": "Tartus"}), ("arrival", "2024-12-20", {"destination": "Baltiysk"})],
            [("tartus", "baltiysk", "order", False, 1)],
        ),
        (
            [("departure", "2024-12-02", {"origin": "Tartus", "destination": "Baltiysk"}), ("arrival", "2024-12-20", {"destination": "Baltiysk"})],
            [("tartus", "baltiysk", "told", False, 1)],
        ),
        (
            [
                ("in_port", "2024-12-02", {"place": "Tartus"}),
                ("at_sea", "2024-12-05", {"place": "Mediterranean Sea"}),
                ("in_port", "2024-12-20", {"place": "Baltiysk"}),
            ],
            [],
        ),
        ([("departure", "2024-12-02", {"origin": "Tartus", "destination": "Mediterranean Sea"})], []),
        ([("departure", "2024-12-02", {"origin": "Tartus", "destination": "Atlantis"})], []),
        ([("in_port", "2024-12-02", {"place": "Tartus"}), ("in_port", "..2024-12-20", {"place": "Baltiysk"})], []),
        ([("in_port", "2024-12-02..2024-12-09", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Baltiysk"})], []),
        ([("in_port", "2024-12-02", {"place": "Tartus"}), ("in_port", "2024-12-05", {"place": "Tartus"})], []),
        (
            [("departure", "2024-12-02", {"origin": "Tartus", "destination": "Baltiysk", "modality": "planned"})],
            [("tartus", "baltiysk", "told", True, 1)],
        ),
        ([("departure", "2024-12-02", {"origin": "Tartus", "destination": "Baltiysk", "modality": "negated"})], []),
        ([("in_port", "2024-12-02", {"place": "Tartus"}), ("arrival", "2024-12-20", {"destination": "Baltiysk", "modality": "planned"})], []),
    ],
    ids=[
        "one event",
        "under way",
        "two reports",
        "told once",
        "a sea between",
        "to a sea",
        "to nowhere",
        "undated",
        "order unsure",
        "no move",
        "planned",
        "denied",
        "planned after",
    ],
)
def test_legs_are_drawn_only_where_both_ends_are_told(frames, rows, expected):
    assert legs(seen(frames, *(frames.event("Yelnya", kind, days, **slots) for kind, days, slots in rows))) == expected


def test_two_vessels_on_one_leg_are_one_leg(frames):
    rows = [
        frames.event(name, "departure", day, origin="Tartus", destination="Baltiysk")
        for name, day in (("Sparta", "2024-12-02"), ("Kildin", "2024-12-05"))
    ]
    assert legs(seen(frames, *rows)) == [("tartus", "baltiysk", "told", False, 2)]


def test_legs_never_join_two_vessels(frames):
    found = seen(
        frames, frames.event("Sparta", "in_port", "2024-12-02", place="Tartus"), frames.event("Kildin", "in_port", "2024-12-05", place="Baltiysk")
    )
    assert found.legs == ()
