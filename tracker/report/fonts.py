"""Which letters a font has, and one font more than the packaged ones where somebody asks for it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from tracker.errors import InputError

PACKAGED = Path(mpl.get_data_path()) / "fonts" / "ttf"
"""The folder of the fonts that come with matplotlib: DejaVu draws Latin, Greek, Cyrillic, Arabic and Hebrew letters."""


SANS = tuple(PACKAGED / f"DejaVuSans{style}.ttf" for style in ("", "-Bold", "-Oblique", "-BoldOblique"))


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: the family that it belongs to, and the code points that it draws."""

    path: Path
    family: str
    letters: frozenset[int]


def read_font(path: Path) -> Font:
    """The font in a TrueType or OpenType file. Raises InputError."""
    try:
        return Font(path.resolve(), FT2Font(str(path)).family_name, letters_of(path))
    except (OSError, RuntimeError):
        raise InputError(f"{path}: no font that can be read; give a .ttf, .otf or .ttc file") from None


@cache
def letters_of(path: Path) -> frozenset[int]:
    """The code points that a font file draws."""
    return frozenset(FT2Font(str(path)).get_charmap())


def gathered(folder: Path, font: Font | None) -> None:
    """Put the fonts of a page into an empty folder: any other one, such as matplotlib's font of last resort, would be drawn for want of a letter."""
    for path in (*SANS, *([font.path] if font else ())):
        try:
            (folder / path.name).symlink_to(path)
        except OSError:  # not every system lets everyone make links
            shutil.copyfile(path, folder / path.name)


_USED: ContextVar[Font | None] = ContextVar("font", default=None)


def used() -> Font | None:
    """The font that pictures may use beside the packaged ones."""
    return _USED.get()


@contextmanager
def using(font: Font | None) -> Iterator[None]:
    """Let pictures use a font beside the packaged ones while the block runs."""
    if font:
        from matplotlib.font_manager import fontManager

        fontManager.addfont(font.path)
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # that it has no bold face is no news
    before = _USED.set(font)
    try:
        yield
    finally:
        _USED.reset(before)
