"""Whatever people decide, undoing all of it gives the store back as it was, row for row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import SQLModel

from tests.builders import claim, document, make_store, put
from tracker.domain.kinds import EventKind, Modality, VesselType
from tracker.domain.records import VesselRecord
from tracker.domain.when import Interval
from tracker.errors import NothingFound, UsageError
from tracker.intake import identity, review
from tracker.intake import versions as documents
from tracker.intake.deciding import By, bring_up_to_date, undo
from tracker.store import migrate, versions
from tracker.store.engine import connect, session
from tracker.store.ledger import Ledger
from tracker.store.tables import ClaimRow, DocumentRow, ReviewRow, VesselRow

BY = By("Ann", "a reason")
NAMED = [("ru/nova-unlisted", "Nova"), ("ru/novaya-unlisted", "Novaya"), ("us/nova-unlisted", "Nova")]
UNNAMED = [("unnamed/0001", 2), ("unnamed/0002", 1)]


def records() -> tuple[VesselRecord, ...]:
    named = [VesselRecord(key, name, name, 1, VesselType.FRIGATE, country=key[:2].upper()) for key, name in NAMED]
    unnamed = [VesselRecord(key, f"{n} × frigate, unnamed", None, n, VesselType.FRIGATE, country="RU") for key, n in UNNAMED]
    return (*named, *unnamed)


def scene(url: str) -> str:
    """Three documents on seven vessels, two of them versions of one page, with events of one claim and of several."""
    make_store(url)
    keys = [*(key for key, _ in NAMED), *(key for key, _ in UNNAMED), "ru/yelnya", "ru/kildin"]
    for number, day in enumerate(("2024-12-03", "2024-12-05", "2024-12-09")):
        claims = [
            claim(f"{number}{n}a{n * 7 + number}", first="2024-12-02", vessel=key, origin="tartus", published=day) for n, key in enumerate(keys)
        ] + [
            claim(f"{number}{n}b{n * 5 + number}", "in_port", first=f"2024-12-0{number + 1}", vessel=key, place="tartus", published=day)
            for n, key in enumerate(keys[::2])
        ]
        page = "wire.example/1" if number else None
        put(url, document(f"Report {number}.", published=day, source=f"Wire {number}", address=page), *claims, new=records())
    with session(url) as work:
        versions.settle(Ledger(work), "wire.example/1")
        bring_up_to_date(Ledger(work), versions.claims_of(work, versions.of_page(work, "wire.example/1")))
    return url


def tables(url: str) -> dict[str, list[tuple]]:
    """Every table but the history, in order."""
    with connect(url).connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
            if table.name != ReviewRow.__tablename__
        }


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    url = scene(f"sqlite:///{path}")
    with session(url) as work:
        work.connection()
    connect(url).dispose()
    return path


def some(url: str, column: object, number: int) -> str:
    """One of the values that a column holds."""
    with session(url) as work:
        values = sorted(work.scalars(select(column)))  # type: ignore[call-overload]
    if not values:  # everything is withdrawn: the step has nothing to work on
        raise NothingFound("an empty column")
    return values[number % len(values)]


def vessel(url: str, number: int) -> str:
    """One of the vessels of the scene that are left."""
    with session(url) as work:
        keys = sorted(work.scalars(select(VesselRow.key)))
    return keys[number % len(keys)]


Step = Callable[[str, int, int], object]
STEPS: dict[str, Step] = {
    "accept": lambda url, a, b: review.accept(url, some(url, ClaimRow.event_id, a), BY),
    "accept one": lambda url, a, b: review.accept(url, some(url, ClaimRow.id, a), BY, alone=True),
    "reject": lambda url, a, b: review.reject(url, some(url, ClaimRow.event_id, a), BY),
    "reject one": lambda url, a, b: review.reject(url, some(url, ClaimRow.id, a), BY, alone=True),
    "edit kind": lambda url, a, b: review.edit(url, some(url, ClaimRow.event_id, a), review.Edit(kind=list(EventKind)[b % 8]), BY),
    "edit date": lambda url, a, b: review.edit(
        url, some(url, ClaimRow.id, a), review.Edit(interval=Interval.day(date(2024, 12, 1 + b % 4))), BY, alone=True
    ),
    "edit place": lambda url, a, b: review.edit(
        url, some(url, ClaimRow.id, a), review.Edit(place=review.Place("Baltiysk", "baltiysk") if b % 2 else review.Place(None, None)), BY
    ),
    "edit modality": lambda url, a, b: review.edit(url, some(url, ClaimRow.event_id, a), review.Edit(modality=list(Modality)[b % 5]), BY),
    "add": lambda url, a, b: review.add(
        url, review.Added((vessel(url, a),), EventKind.IN_PORT, f"words {b % 3}", Interval.day(date(2024, 12, 2)), Modality.REPORTED), BY
    ),
    "edit vessel": lambda url, a, b: identity.edit(url, vessel(url, a), {"hull": str(b), "type": "tug"}, BY),
    "add vessel": lambda url, a, b: identity.add(url, f"Ship {b % 3}", VesselType.TUG, {"country": "RU"}, BY),
    "merge": lambda url, a, b: identity.merge(url, vessel(url, a), vessel(url, b), BY),
    "split": lambda url, a, b: identity.split(url, some(url, ClaimRow.vessel_key, a), [some(url, ClaimRow.id, b)], f"Half {b % 2}", BY),
    "alias": lambda url, a, b: identity.add_alias(url, vessel(url, a), ("Nova", "Novaja", "Ship 1")[b % 3], BY),
    "dated alias": lambda url, a, b: identity.add_alias(
        url, vessel(url, a), ("Nova", "Novaya", "Ship 1")[b % 3], BY, date(2024, 12, 1 + b % 2) if b % 5 else None, date(2024, 12, 2 + b % 4)
    ),
    "withdraw": lambda url, a, b: documents.withdraw(url, some(url, DocumentRow.id, a), BY),
    "restore": lambda url, a, b: documents.restore(url, some(url, DocumentRow.id, a), BY),
    "identify": lambda url, a, b: identity.identify(url, UNNAMED[a % 2][0], [vessel(url, b), vessel(url, b // 7)], BY),
}


@example(steps=[*(("withdraw", number, 0) for number in range(3)), ("reject one", 0, 0), ("accept", 0, 0), ("split", 0, 0)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=7))
def test_undoing_everything_gives_the_store_back(template: Path, tmp_path: Path, steps: list[tuple[str, int, int]]) -> None:
    path = Path(tempfile.mkdtemp(dir=tmp_path)) / "tracker.db"  # one folder a history: a failed one leaves its journal beside the store
    shutil.copy(template, path)
    url = f"sqlite:///{path}"
    before, done = tables(url), 0
    for name, a, b in steps:
        standing = tables(url)
        try:
            STEPS[name](url, a, b)
            done += 1
            assert tables(url) != standing
        except (UsageError, NothingFound):
            assert tables(url) == standing, "a refused decision leaves the store as it was"
        assert [result for _, result in migrate.check(url) if result != "ok"] == []
    if done:
        assert len(undo(url, done + 5, BY)) == done
    assert tables(url) == before
    connect(url).dispose()
    shutil.rmtree(path.parent)
