"""Told counts beside named vessels, in small histories in which the right answer is plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.history import BLACK_SEA, MEDITERRANEAN, TARTUS, d, ev
from tracker.analysis.counts import Member, Ship, Verdict, bearing, day_of, exclude, exclusions, least, member, most, reconcile, subsets
from tracker.analysis.fleet import history_of
from tracker.domain.kinds import Bound, Modality, Precision, VesselType
from tracker.domain.records import StrengthClaim
from tracker.domain.when import Interval
from tracker.gazetteer.index import Gazetteer

WHOLE = ("count.there", "count.only", "count.none", "count.hold")


def told(
    count: int,
    bound: str = "exactly",
    *,
    first: int | None = 10,
    last: int | None = None,
    to: int | None = None,
    kind: str = "vessel",
    country: str | None = "RU",
    rule: str = "there",
    modality: str = "asserted",
    place: str = "mediterranean-sea",
    number: str = "c1",
    **more: object,
) -> StrengthClaim:
    """A count of December 2024; no first day makes an undated one, known by the last."""
    end = first if last is None else last
    start = None if first is None else d(first)
    interval = Interval(start, d(end or 10), Precision.OPEN if start is None else Precision.DAY if first == end else Precision.RANGE)
    return StrengthClaim(
        id=number,
        document="doc",
        place=place,
        place_key=place,
        count=count,
        bound=Bound(bound),
        count_most=to,
        what="ships",
        type=VesselType(kind),
        interval=interval,
        modality=Modality(modality),
        quote="q",
        quote_start=0,
        quote_end=1,
        count_start=0,
        count_end=1,
        rule=f"count.{rule}",
        country=country,
        **more,
    )


def ship(name: str | None, *events: object, kind: str = "frigate", country: str | None = "RU", **more: object) -> Ship:
    return Ship(f"ru/{name}" if name else "unnamed/1", name, VesselType(kind), history_of(events), country, **more)  # type: ignore[arg-type]


def there(name: str, day: int = 10, **more: object) -> Ship:
    return ship(name, ev("in_port", day, at="tartus"), **more)


def names(placed: tuple) -> list[str]:
    return [one.ship.name for one in placed]


def test_five_of_seven_can_be_named() -> None:
    fleet = [there(name) for name in "ABCDE"] + [ship("Gone", ev("in_port", 10, at="sevastopol")), there("Foreign", country="US")]
    found = reconcile(told(7), fleet, MEDITERRANEAN, d(10), WHOLE)
    assert names(found.named) == list("ABCDE")
    assert (found.verdict, found.why) == (Verdict.FITS, "")


CASES = [
    # count, vessels surely there, vessels probably there, verdict
    (told(2), 3, 0, Verdict.CLASH),
    (told(0, rule="none"), 1, 0, Verdict.CLASH),
    (told(2, "at_most"), 3, 0, Verdict.CLASH),
    (told(2, "between", to=3), 4, 0, Verdict.CLASH),
    (told(2, modality="reported"), 3, 0, Verdict.CLASH),
    (told(3), 3, 0, Verdict.FITS),
    (told(2, "between", to=3), 3, 0, Verdict.FITS),
    (told(2, "at_least"), 3, 0, Verdict.FITS),
    (told(2, "about"), 3, 0, Verdict.FITS),
    (told(9), 1, 0, Verdict.FITS),
    (told(2), 1, 2, Verdict.APART),
    (told(2, rule="seen"), 3, 0, Verdict.APART),
    (told(2, rule="stay"), 3, 0, Verdict.APART),
    (told(2, first=None, last=10), 3, 0, Verdict.APART),
    (told(2, first=1, last=10), 3, 0, Verdict.APART),
    (told(2, modality="possible"), 3, 0, Verdict.APART),
    (told(2, modality="negated"), 3, 0, Verdict.UNCOMPARED),
]


@pytest.mark.parametrize(("claim", "sure", "likely", "verdict"), CASES)
def test_only_what_can_not_be_is_a_contradiction(claim: StrengthClaim, sure: int, likely: int, verdict: Verdict) -> None:
    fleet = [there(f"S{n}") for n in range(sure)] + [there(f"P{n}", 7) for n in range(likely)]
    found = reconcile(claim, fleet, MEDITERRANEAN, d(10), WHOLE)
    assert found.verdict is verdict
    assert bool(found.why) is (verdict is not Verdict.FITS)
    if verdict is not Verdict.UNCOMPARED:
        assert len(found.named) == sure + likely


MEMBERS = [
    (told(1), {"kind": "frigate"}, Member.YES),
    (told(1), {"kind": "oiler"}, Member.YES),
    (told(1), {"kind": "submarine"}, Member.PERHAPS),
    (told(1), {"kind": "cargo_ship"}, Member.PERHAPS),
    (told(1), {"country": "US"}, Member.NO),
    (told(1), {"country": None}, Member.PERHAPS),
    (told(1, country=None), {}, Member.PERHAPS),
    (told(1, kind="warship"), {"kind": "oiler"}, Member.PERHAPS),
    (told(1, kind="warship"), {"kind": "submarine"}, Member.YES),
    (told(1, kind="warship"), {"kind": "tanker"}, Member.NO),
    (told(1, kind="frigate"), {"kind": "corvette"}, Member.NO),
    (told(1, kind="frigate"), {"kind": "warship"}, Member.PERHAPS),
    (told(1, kind="submarine", class_name="Kilo"), {"kind": "submarine", "class_name": "kilo"}, Member.YES),
    (told(1, kind="submarine", class_name="Kilo"), {"kind": "submarine"}, Member.PERHAPS),
    (told(1, kind="submarine", class_name="Kilo"), {"kind": "submarine", "class_name": "Yasen"}, Member.NO),
    (told(1, subset="Kalibr carriers"), {"project": "22350"}, Member.YES),
    (told(1, subset="Kalibr carriers"), {"class_name": "Buyan-M", "kind": "corvette"}, Member.YES),
    (told(1, subset="Kalibr carriers"), {"project": "1135"}, Member.NO),
    (told(1, subset="Kalibr carriers"), {}, Member.PERHAPS),
    (told(1, subset="surface ships"), {"kind": "submarine"}, Member.NO),
    (told(1, subset="surface ships"), {"kind": "frigate"}, Member.YES),
    (told(1, subset="coast guard vessels"), {"kind": "destroyer"}, Member.NO),
    (told(1, subset="coast guard vessels"), {"kind": "patrol_ship"}, Member.PERHAPS),
    (told(1, subset="NATO ships"), {}, Member.PERHAPS),
]


@pytest.mark.parametrize(("claim", "facts", "belongs"), MEMBERS)
def test_who_is_counted(claim: StrengthClaim, facts: dict, belongs: Member) -> None:
    assert member(there("A", **facts), claim) is belongs


def test_those_perhaps_meant_are_told_apart_and_never_make_a_contradiction() -> None:
    fleet = [
        there("Frigate"),
        there("Boat", kind="submarine"),
        ship("Probably", ev("departure", 8, origin="tartus"), ev("at_sea", 9, at="mediterranean-sea")),
    ]
    found = reconcile(told(1), fleet, MEDITERRANEAN, d(10), WHOLE)
    assert (names(found.named), names(found.perhaps)) == (["Frigate", "Probably"], ["Boat"])
    assert found.verdict is Verdict.APART


def test_records_without_a_name_are_counted_beside() -> None:
    fleet = [
        there("A"),
        ship(None, ev("in_port", 10, at="tartus"), least=2, document="other"),
        ship(None, ev("in_port", 10, at="tartus"), least=7, document="doc"),
    ]
    found = reconcile(told(2), fleet, MEDITERRANEAN, d(10), WHOLE)
    assert (names(found.named), found.unnamed, found.verdict) == (["A"], 2, Verdict.FITS)  # the seven are the count's own


def test_a_count_is_looked_at_on_its_own_day() -> None:
    assert day_of(told(7), d(12)) == d(10)
    assert day_of(told(7), d(9)) is None
    assert day_of(told(7, first=1, last=20), d(12)) == d(12)
    assert day_of(told(7, first=None, last=10), d(12)) == d(10)


def test_a_count_bears_on_a_day_as_long_as_a_sighting() -> None:
    old, undated, recent = told(1, first=4, number="a"), told(2, first=None, last=9, number="b"), told(3, first=10, number="c")
    elsewhere = told(4, place="black-sea", number="d")
    assert [one.id for one in bearing([old, undated, recent, elsewhere], MEDITERRANEAN, d(10))] == ["c", "b"]
    assert [one.id for one in bearing([old, elsewhere], BLACK_SEA, d(12))] == ["d"]
    assert [one.id for one in bearing([told(1, first=1, place="tartus")], TARTUS, d(14))] == ["c1"]  # in port a sighting lasts longer


PAIRS = [
    (told(7), told(8), True),
    (told(7), told(7), False),
    (told(7), told(8, first=11), False),
    (told(7), told(8, first=None, last=10), False),
    (told(7), told(9, "at_least"), True),
    (told(7), told(5, "at_least"), False),
    (told(7), told(6, "about"), False),
    (told(7), told(6, "at_most"), True),
    (told(7), told(5, "between", to=8), False),
    (told(7), told(8, country="US"), False),
    (told(7), told(8, kind="frigate"), False),
    (told(7), told(8, modality="possible"), False),
    (told(7, subset="Kalibr carriers"), told(8, subset="Kalibr carriers", kind="warship"), True),
]


@pytest.mark.parametrize(("one", "other", "excluded"), PAIRS)
def test_counts_that_exclude_each_other(one: StrengthClaim, other: StrengthClaim, excluded: bool) -> None:
    assert exclude(one, other) is excluded
    assert exclude(other, one) is excluded


def test_two_sightings_exclude_nothing() -> None:
    from dataclasses import replace

    one, other, third = told(7, number="a"), told(8, number="b"), told(9, number="c", rule="seen")
    assert exclusions([one, other, third], WHOLE) == {"a": ("b",), "b": ("a",)}
    assert exclusions([replace(one, rule="count.seen"), third], WHOLE) == {}


@given(count=st.integers(0, 9), bound=st.sampled_from(list(Bound)), sure=st.integers(0, 6), likely=st.integers(0, 6))
def test_a_contradiction_needs_more_sure_ships_than_the_number_allows(count: int, bound: Bound, sure: int, likely: int) -> None:
    claim = told(count, bound, to=count + 2 if bound is Bound.BETWEEN else None)
    fleet = [there(f"S{n}") for n in range(sure)] + [there(f"P{n}", 7) for n in range(likely)]
    found = reconcile(claim, fleet, MEDITERRANEAN, d(10), WHOLE)
    limit = most(claim)
    assert (found.verdict is Verdict.CLASH) is (limit is not None and sure > limit)
    assert not exclude(claim, claim)
    assert (least(claim) or 0) <= (limit if limit is not None else count)


def test_the_sets_that_members_are_known_of_are_sets_that_are_read(gazetteer: Gazetteer) -> None:
    from tracker.domain.names import fold
    from tracker.gazetteer.counts import load_counts

    assert subsets().keys() <= {subset.name for subset in load_counts().subsets}
    known = subsets()["Kalibr carriers"]
    register = [entry for entry in gazetteer.vessels.entries.values() if entry.country == "RU"]
    assert sum(fold(entry.project or "") in known["projects"] for entry in register) > 20
