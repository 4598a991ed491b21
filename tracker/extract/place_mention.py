"""Stage 2, what a place mention is: a name or a word for a place, and how the text leads to it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.kinds import PASSAGE_KINDS, PORT_KINDS
from tracker.domain.records import PlaceEntry

SHALLOWS = frozenset(["shoal", "reef", "atoll", "bank"])
"""The last words of what a text goes on to call "the shoal" or "the reef"."""


@dataclass(slots=True)  # not frozen, for speed
class PlaceMention:
    """Words that name a place. `entry` is None for one that the gazetteer doesn't have; `how` is the class of the preposition before it."""

    start: int
    end: int
    first: int
    last: int
    name: str
    entry: PlaceEntry | None
    how: str | None = None
    slot: str | None = None
    anaphor: str | None = None  # port, passage, zone or any: stands for a place told before
    owned: bool = False  # another place in front of it says whose it is: "Mozambique's port of Maputo"
    guess: bool = False  # nothing but its capital and the preposition speak for its being a place

    @property
    def is_port(self) -> bool:
        """Whether it is a port, base, shipyard or anchorage."""
        return self.entry is not None and self.entry.kind in PORT_KINDS

    @property
    def is_passage(self) -> bool:
        """Whether it is a strait, canal or channel."""
        return self.entry is not None and self.entry.kind in PASSAGE_KINDS
