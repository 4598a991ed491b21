"""A place lies inside an area by parent or by water, and by nothing else."""

from __future__ import annotations

from tracker.domain.tree import PlaceTree

TREE = PlaceTree.of(
    [
        ("tartus", "syria", "levantine-sea"),
        ("levantine-sea", "eastern-mediterranean", None),
        ("eastern-mediterranean", "mediterranean-sea", None),
        ("mediterranean-sea", None, None),
        ("sevastopol", "crimea", "black-sea"),
        ("black-sea", None, None),
        ("syria", None, None),
        ("one", "two", None),
        ("two", "one", None),
    ]
)


def test_inside_by_parent_and_by_water() -> None:
    assert TREE.inside("tartus", "syria")
    assert TREE.inside("tartus", "mediterranean-sea")
    assert not TREE.inside("sevastopol", "mediterranean-sea")


def test_a_place_is_inside_itself_and_unknown_places_are_nowhere() -> None:
    assert TREE.inside("tartus", "tartus")
    assert not TREE.inside("atlantis", "mediterranean-sea")


def test_a_circle_ends() -> None:
    assert TREE.ancestors("one") == {"two"}


def test_within() -> None:
    assert TREE.within("eastern-mediterranean") == {"eastern-mediterranean", "levantine-sea", "tartus"}
