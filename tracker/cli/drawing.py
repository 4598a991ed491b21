"""Matplotlib made ready for a command in three quarters of the time that its import takes by itself."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_SOLID = "mpl_toolkits.mplot3d"


def matplotlib_ready() -> None:
    """Import matplotlib without what no picture of ours has: drawing in three dimensions, and a help text written for each class of artists.

    For commands only: a program that imports tracker may want both, and gets matplotlib as it is.
    """
    if "matplotlib.figure" in sys.modules:
        return
    artist = vars(importlib.import_module("matplotlib.artist"))
    written, artist["kwdoc"] = artist["kwdoc"], lambda _: ""
    try:
        with _without(_SOLID):
            importlib.import_module("matplotlib.figure")
    finally:
        artist["kwdoc"] = written


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Let a module be taken for one that isn't installed, of which matplotlib warns and does without it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # that is how the import system is told
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Unable to import Axes3D")
            yield
    finally:
        del sys.modules[name]
