"""Where the files are that ship with tracker: the same answer in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def checkout() -> Path | None:
    """The root of the working copy this package runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "seeds").is_dir() else None


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, as in `resource("seeds", "places.csv")`; first part is seeds, db or reports."""
    return (checkout() or _PACKAGE / "_data").joinpath(*parts)
