"""The events that are asked for are the same from the claims that can bear on them as from all."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_merge import claims
from tests.builders import TREE, claim
from tracker.analysis.bearing import bearing
from tracker.analysis.merge import merge
from tracker.domain.records import Claim, Event
from tracker.domain.told import ClaimBrief

DAY = date(2024, 12, 4)


def brief(one: Claim) -> ClaimBrief:
    told = (one.interval.start, one.interval.end, one.published, one.source or "")
    return ClaimBrief(one.id, one.document, one.vessel, one.kind, one.modality, *told, one.place_key, one.origin_key, one.destination_key)


def told_of_tartus(told: ClaimBrief | Event) -> bool:
    return "tartus" in (told.place_key, told.origin_key, told.destination_key)


def test_what_is_told_elsewhere_or_at_another_time_is_left_out() -> None:
    told = [
        claim("a", origin="tartus"),
        claim("b", first="2024-12-01", last="2024-12-03", origin="syria"),  # may be the same departure
        claim("c", first="2024-11-01", origin="baltiysk"),
        claim("d", "in_port", place="syria"),
        claim("e", vessel="ru/kildin", origin="syria"),
    ]
    assert bearing(map(brief, told), [told_of_tartus]) == {"a", "b"}
    assert bearing(map(brief, told), []) == {"a", "b", "c", "d", "e"}


@given(st.lists(claims, max_size=12, unique_by=lambda c: c.id))
def test_the_events_asked_for_are_the_same_as_from_all_claims(some: list[Claim]) -> None:
    wanted = bearing(map(brief, some), [told_of_tartus, lambda c: c.end is not None and c.end >= DAY])

    def asked(events: list[Event]) -> list[Event]:
        return [event for event in events if told_of_tartus(event) and event.interval.end and event.interval.end >= DAY]

    assert asked(merge([one for one in some if one.id in wanted], TREE)) == asked(merge(some, TREE))
