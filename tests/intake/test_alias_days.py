"""A name that was used again: the older ship's before, the newer one's after, and no one's where the days don't tell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_versions import whole
from tracker.domain.decisions import Decisions, NameSpan
from tracker.store import migrate

OLD, NEW, UNLISTED = "ru/staraya-unlisted", "ru/novaya-unlisted", "ru/zarya-vostoka-unlisted"
BEFORE, AFTER, BETWEEN = "2012-12-02", "2019-12-02", "2016-06-02"


def told(day: str) -> str:
    when = date.fromisoformat(day)
    return f"The Russian frigate Zarya Vostoka left Tartus on {when.day} {when:%B %Y}."


def bearers(run) -> dict[str, str]:
    code, out, _ = run("events", "list", "--format", "json")
    return {row["start"]: row["vessel_key"] for row in json.loads(out)} if code == 0 else {}


@pytest.fixture
def ships(run, store: Path) -> None:
    assert run("db", "init")[0] == 0
    for name in ("Staraya", "Novaya"):
        assert run("vessels", "add", name, "--type", "frigate", "--country", "RU")[0] == 0


def name_both(run) -> None:
    assert run("vessels", "alias", "add", OLD, "Zarya Vostoka", "--until", "2015")[0] == 0
    assert run("vessels", "alias", "add", NEW, "Zarya Vostoka", "--since", "2017-05")[0] == 0


@pytest.mark.usefixtures("ships")
@pytest.mark.parametrize("first", ["the reports", "the names"])
def test_each_ship_has_the_name_in_her_years(run, store: Path, take, first: str) -> None:
    if first == "the names":
        name_both(run)
    for day in (BEFORE, AFTER, BETWEEN):
        take(told(day), str(date.fromisoformat(day).replace(day=5)))
    if first == "the reports":
        assert set(bearers(run).values()) == {UNLISTED}
        name_both(run)
    assert bearers(run) == {BEFORE: OLD, AFTER: NEW, BETWEEN: UNLISTED}
    assert all(result == "ok" for _, result in migrate.check(f"sqlite:///{store}"))
    assert "also called  Zarya Vostoka (to 2015-12-31)" in run("vessels", "show", OLD)[1]
    assert "also called  Zarya Vostoka (from 2017-05-01)" in run("vessels", "show", NEW)[1]
    for day, key in ((BEFORE, OLD), (AFTER, NEW)):
        (answer,) = (row for row in json.loads(run("where", "Zarya Vostoka", "--on", day, "--format", "json")[1]) if row["vessel_key"] != UNLISTED)
        assert answer["vessel_key"] == key


@pytest.mark.usefixtures("ships")
def test_undoing_gives_the_name_back(run, store: Path, take) -> None:
    take(told(BEFORE), "2012-12-05")
    before = whole(f"sqlite:///{store}")
    name_both(run)
    take(told(AFTER), "2019-12-05")
    assert bearers(run) == {BEFORE: OLD, AFTER: NEW}
    assert run("undo", "2")[0] == 0
    assert bearers(run) == {BEFORE: UNLISTED, AFTER: UNLISTED}
    found = whole(f"sqlite:///{store}")
    assert all(found[name] == before[name] for name in ("vessel", "vessel_alias", "decision", "read_claim"))


@pytest.mark.usefixtures("ships")
def test_a_name_that_the_register_has_for_a_ship_of_other_years(run, take) -> None:
    """The register's Vice-Admiral Kulakov serves since 1981: she can't be meant in 1974, and nobody else in 2024."""
    words = ("vessels", "alias", "add", OLD, "Vice-Admiral Kulakov")
    code, _, err = run(*words, "--since", "1990")
    assert (code, "in those years" in err) == (2, True)
    assert run(*words, "--until", "1975")[0] == 0
    take("The Russian destroyer Vice-Admiral Kulakov left Tartus on 2 December 1974.", "1974-12-05")
    take("The Russian destroyer Vice-Admiral Kulakov left Tartus on 2 December 2024.", "2024-12-05")
    assert bearers(run) == {"1974-12-02": OLD, "2024-12-02": "ru/vice-admiral-kulakov"}


REFUSED = [
    (("vessels", "alias", "add", OLD, "Zarya", "--since", "2016", "--until", "2015"), 2, "is after"),
    (("vessels", "alias", "add", OLD, "Staraya", "--since", "2016"), 2, "at all times"),
    (("vessels", "alias", "add", NEW, "Zarya Vostoka", "--since", "2015-06"), 2, f"is the name of {OLD}"),
]


@pytest.mark.usefixtures("ships")
@pytest.mark.parametrize(("words", "code", "why"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_what_makes_no_sense_is_refused_in_one_line(run, store: Path, words: tuple[str, ...], code: int, why: str) -> None:
    name_both(run)
    before = whole(f"sqlite:///{store}")
    found, _, err = run(*words)
    assert (found, why in err) == (code, True), err
    assert whole(f"sqlite:///{store}") == before


days = st.dates(date(2010, 1, 1), date(2020, 1, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow, not wrong
@given(days, days, days, days)
def test_a_name_is_hers_only_on_days_that_lie_in_her_span_alone(one: date, other: date, first: date, last: date) -> None:
    middle, end = sorted((one, other))
    begin, until = sorted((first, last))
    spans = Decisions(named={"k": (NameSpan("a", None, middle), NameSpan("b", end, None))})
    fits = [key for key, inside in (("a", until <= middle), ("b", begin >= end)) if inside]
    assert spans.bearer("k", begin, until) == (fits[0] if len(fits) == 1 else "k")
    assert Decisions().bearer("k", begin, until) == "k"
    assert spans.bearer("k", None, None) == "k"
