"""What the versions of a document tell differently, claim by claim."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import claim
from tracker.analysis.comparison import What, compare
from tracker.domain.kinds import Role
from tracker.domain.records import Claim

LEFT = claim("a", origin="tartus", quote="Yelnya left Tartus on Monday.")


def as_of_version(told: Claim, **values: object) -> Claim:
    """The same claim as another text tells it."""
    return replace(told, id=f"{told.id}2", document="other", **values)  # type: ignore[arg-type]


CASES: list[tuple[str, list[Claim], list[Claim], list[tuple[str, str]]]] = [
    ("nothing changed", [LEFT], [as_of_version(LEFT)], [("same", "")]),
    ("another day", [LEFT], [claim("b", first="2024-12-04", origin="tartus")], [("changed", "date: 2 Dec 2024 -> 4 Dec 2024")]),
    ("firmer", [claim("a", modality="possible", origin="tartus")], [claim("b", origin="tartus")], [("changed", "modality: possible -> asserted")]),
    ("the place is new", [claim("a")], [claim("b", origin="tartus")], [("changed", "origin: None -> Tartus")]),
    ("another part in it", [LEFT], [as_of_version(LEFT, role=Role.ESCORT)], [("changed", "role: None -> escort")]),
    ("other days and another place are another movement", [LEFT], [claim("b", first="2024-12-20", origin="baltiysk")], [("gone", ""), ("new", "")]),
    ("another vessel", [LEFT], [claim("b", vessel="ru/kildin", origin="tartus")], [("gone", ""), ("new", "")]),
    ("another kind", [LEFT], [claim("b", "arrival", destination="tartus")], [("gone", ""), ("new", "")]),
    ("undated ones are known by their publication", [claim("a", first=None, last="2024-12-03", origin="tartus")],
     [claim("b", first=None, last="2024-12-08", origin="tartus")], [("same", "")]),
    ("an unnamed vessel is found by its words", [replace(LEFT, vessel="unnamed/1", mention="Two frigates")],
     [as_of_version(LEFT, vessel="unnamed/2", mention="two frigates")], [("same", "")]),
    ("each claim has one other", [LEFT, claim("c", first="2024-12-09", origin="tartus")], [claim("d", first="2024-12-09", origin="tartus")],
     [("gone", ""), ("same", "")]),
]  # fmt: skip


def told(old: list[Claim], new: list[Claim]) -> list[tuple[str, str]]:
    return [(one.what.value, "; ".join(f"{slot}: {before} -> {after}" for slot, before, after in one.slots)) for one in compare(old, new)]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_became_of_each_claim(old: list[Claim], new: list[Claim], expected: list[tuple[str, str]]) -> None:
    assert told(old, new) == expected


some = st.lists(
    st.builds(
        lambda n, kind, day, place: claim(f"c{n}", kind, first=f"2024-12-0{day}", quote=f"words {n}", **({"place": place} if place else {})),
        st.integers(0, 99),
        st.sampled_from(["in_port", "at_sea"]),
        st.integers(1, 5),
        st.sampled_from([None, "tartus", "baltiysk"]),
    ),
    max_size=5,
    unique_by=lambda c: c.id,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow, not wrong
@given(some, some)
def test_every_claim_has_its_place_whatever_the_order(old: list[Claim], new: list[Claim]) -> None:
    new = [replace(c, id=f"{c.id}n") for c in new]
    found = compare(old, new)
    assert sorted(one.old.id for one in found if one.old) == sorted(c.id for c in old)
    assert sorted(one.new.id for one in found if one.new) == sorted(c.id for c in new)
    assert all(one.slots == () for one in found if one.what is not What.CHANGED)
    assert compare(reversed(old), reversed(new)) == found
    assert all(one.what is What.SAME for one in compare(old, old))
