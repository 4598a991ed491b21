"""Builders of small histories for the questions: `ev("departure", "2 Dec", "tartus")` is a told event of December 2024."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from tracker.analysis.scope import Scope
from tracker.analysis.sea import Sea, read_passages
from tracker.domain.kinds import MAIN_SLOT, EventKind, PlaceKind
from tracker.domain.tree import PlaceTree

TREE = PlaceTree.of(
    [
        ("mediterranean-sea", None, None),
        ("levantine-sea", "mediterranean-sea", None),
        ("aegean-sea", "mediterranean-sea", None),
        ("tartus", "syria", "levantine-sea"),
        ("souda-bay", None, "mediterranean-sea"),
        ("syria", None, None),
        ("novorossiysk", "russia", "black-sea"),
        ("sevastopol", None, "black-sea"),
        ("black-sea", None, None),
        ("turkish-straits", None, None),
        ("bosphorus", "turkish-straits", None),
        ("baltiysk", "russia", "baltic-sea"),
        ("russia", None, None),
        ("baltic-sea", None, None),
        ("strait-of-gibraltar", "mediterranean-sea", None),
        ("oresund", None, None),
        ("brest", None, "atlantic-ocean"),
        ("atlantic-ocean", None, None),
        ("suez-canal", None, None),
        ("red-sea", None, None),
        ("bab-el-mandeb", None, None),
    ]
)
POINTS = {
    "tartus": (34.9, 35.87),
    "souda-bay": (35.49, 24.14),
    "novorossiysk": (44.7, 37.8),
    "sevastopol": (44.62, 33.53),
    "baltiysk": (54.65, 19.9),
    "brest": (48.38, -4.5),
    "strait-of-gibraltar": (35.96, -5.55),
    "bosphorus": (41.12, 29.08),
    "oresund": (55.8, 12.75),
    "suez-canal": (30.55, 32.32),
    "bab-el-mandeb": (12.58, 43.33),
}
SEA = Sea(TREE, POINTS, read_passages())
BORDERS = {"strait-of-gibraltar": ("mediterranean-sea", "atlantic-ocean"), "bosphorus": ("black-sea", "turkish-straits")}


def area(key: str, kind: PlaceKind = PlaceKind.SEA) -> Scope:
    """The scope of a place of the small tree."""
    return Scope(key, key, kind, TREE.within(key) | {key}, TREE.ancestors(key), BORDERS)


MEDITERRANEAN, BLACK_SEA = area("mediterranean-sea"), area("black-sea")
TARTUS = area("tartus", PlaceKind.NAVAL_BASE)

_numbers = count()


@dataclass(frozen=True)
class Ev:
    """A told event."""

    id: str
    kind: str
    start: date | None
    end: date | None
    modality: str = "asserted"
    precision: str = "day"
    place_key: str | None = None
    origin_key: str | None = None
    destination_key: str | None = None
    placed: bool = True


def d(day: int) -> date:
    """A day of December 2024; days up to 0 are of November, days from 32 on of January."""
    return date.fromordinal(date(2024, 12, 1).toordinal() + day - 1)


def ev(
    kind: str,
    first: int | None,
    last: int | None = None,
    at: str | None = None,
    *,
    modality: str = "asserted",
    precision: str | None = None,
    origin: str | None = None,
    to: str | None = None,
) -> Ev:
    """An event of December 2024; `at` is the place it is chiefly about; no first day makes an undated one, known by the last."""
    end = first if last is None else last
    slots = {"origin_key": origin, "destination_key": to}
    if at:
        slots[f"{MAIN_SLOT[EventKind(kind)]}_key"] = at
    told = precision or ("open" if first is None else "day" if first == end else "range")
    start = None if first is None else d(first)
    placed = any(slots.values())
    return Ev(f"e{next(_numbers):04d}", kind, start, d(end) if end is not None else None, modality, told, placed=placed, **slots)
