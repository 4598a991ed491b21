"""Places inside places: a frozen value that answers "does this lie inside that?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """Ancestors by `parent` and by `water`; a radius is uncertainty and never membership."""

    _up: dict[str, tuple[str, ...]]
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, links: Iterable[tuple[str, str | None, str | None]]) -> PlaceTree:
        """From (place key, parent key or None, water key or None)."""
        return cls({key: tuple(up for up in (parent, water) if up) for key, parent, water in links})

    def ancestors(self, key: str) -> frozenset[str]:
        """Every place that holds this one, itself not among them; a circle is no harm."""
        if key not in self._ancestors:
            seen: set[str] = set()
            todo = list(self._up.get(key, ()))
            while todo:
                up = todo.pop()
                if up not in seen:
                    seen.add(up)
                    todo.extend(self._up.get(up, ()))
            self._ancestors[key] = frozenset(seen - {key})
        return self._ancestors[key]

    def inside(self, key: str, area: str) -> bool:
        """Whether a place is the area or lies inside it."""
        return key == area or area in self.ancestors(key)

    def within(self, area: str) -> frozenset[str]:
        """Every place that is the area or lies inside it."""
        return frozenset(key for key in self._up if self.inside(key, area))
