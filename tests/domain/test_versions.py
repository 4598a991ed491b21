"""Which text of a page stands on which day, whatever the order in which they came."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.versions import Term, Version, page_address, terms

ADDRESSES = [
    ("https://www.wire.example/a/", "wire.example/a"),
    ("http://Wire.example/a?utm_source=x&fbclid=1", "wire.example/a"),
    ("https://wire.example/a?page=2", "wire.example/a?page=2"),
    ("https://wire.example/?p=12&a=1", "wire.example?a=1&p=12"),
    ("https://wire.example/a#post-3", "wire.example/a#post-3"),
    ("https://wire.example/", None),
    ("wire.example/a", None),
    ("https://[broken/a", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "page"), ADDRESSES)
def test_the_address_of_a_page(url: str | None, page: str | None) -> None:
    assert page_address(url) == page


def version(name: str, published: str | None, seen: str, *, kept: bool = False) -> Version:
    return Version(name, date.fromisoformat(published) if published else None, datetime.fromisoformat(seen).replace(tzinfo=UTC), kept)


def day(text: str) -> date:
    return date.fromisoformat(text)


CASES = [
    ("one alone stands", [version("a", "2024-12-03", "2024-12-20")], {"a": Term()}),
    (
        "the later publication replaces the earlier one from its day on",
        [version("a", "2024-12-03", "2024-12-20"), version("b", "2024-12-05", "2024-12-19")],
        {"a": Term(None, "b", day("2024-12-05")), "b": Term()},
    ),
    (
        "of one day the one seen later, known from when it was seen: its publication says nothing of the change",
        [version("a", "2024-12-03", "2024-12-04"), version("b", "2024-12-03", "2024-12-20")],
        {"a": Term(None, "b", day("2024-12-20")), "b": Term(day("2024-12-20"))},
    ),
    (
        "one without a publication is of the day on which it was seen",
        [version("a", None, "2024-12-04"), version("b", "2024-12-03", "2024-12-20")],
        {"a": Term(), "b": Term(None, "a", day("2024-12-04"))},
    ),
    (
        "a later publication may be known before an earlier change was seen",
        [version("a", "2024-12-03", "2024-12-04"), version("b", "2024-12-03", "2024-12-20"), version("c", "2024-12-05", "2024-12-25")],
        {"a": Term(None, "b", day("2024-12-05")), "b": Term(day("2024-12-20"), "c", day("2024-12-05")), "c": Term()},
    ),
    (
        "one that people keep stands beside the others",
        [version("a", "2024-12-03", "2024-12-20", kept=True), version("b", "2024-12-05", "2024-12-20")],
        {"a": Term(), "b": Term()},
    ),
]


@pytest.mark.parametrize(("versions", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_how_long_each_version_stands(versions: list[Version], expected: dict[str, Term]) -> None:
    assert terms(versions) == expected
    assert terms(reversed(versions)) == expected


any_version = st.builds(
    Version,
    st.text("abcdef", min_size=1, max_size=3),
    st.none() | st.dates(date(2024, 12, 1), date(2024, 12, 6)),
    st.datetimes(datetime(2024, 12, 1), datetime(2024, 12, 9), timezones=st.just(UTC)),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow, not wrong
@given(st.lists(any_version, min_size=1, max_size=6, unique_by=lambda v: v.id), st.data())
def test_on_every_day_at_most_one_version_stands_and_today_exactly_one(versions: list[Version], data: st.DataObject) -> None:
    found = terms(data.draw(st.permutations(versions)))
    assert found == terms(versions)
    days = {v.id: (found[v.id].known_from or v.day, found[v.id].replaced_on) for v in versions}
    for number in range(1, 12):
        on = date(2024, 12, number)
        assert sum(first <= on and (last is None or on < last) for first, last in days.values()) <= 1
    assert [v.id for v in versions if found[v.id].replaced_by is None] == [v.id for v in versions if found[v.id].replaced_on is None]
    assert sum(term.replaced_by is None for term in found.values()) == 1
