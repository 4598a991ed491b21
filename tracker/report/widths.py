"""How wide a line of text is, from the advances of its letters: each letter is looked up once, not once a text."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from matplotlib.ft2font import FT2Font, Glyph, Kerning, LoadFlags

from tracker.report.fonts import SANS, letters_of

_UNITS = 100  # points of the size at which letters are measured
_SIMPLE = 0x0590
"""Letters before this (Latin, Greek, Cyrillic) stand one after another; beyond it begin Hebrew and Arabic, whose letters join and turn."""
_SIGNS = frozenset("–—‘’“”…·•→←↗↘≥≤−×≈")


def plain_width(text: str, points: float, *, bold: bool) -> float | None:
    """The width in inches of text in the packaged font; None where its letters are not simply set one after another."""
    letters = letters_of(SANS[1 if bold else 0])
    if not all(((ord(c) < _SIMPLE and not 0x0300 <= ord(c) <= 0x036F) or c in _SIGNS) and ord(c) in letters for c in text):
        return None
    width = sum(_advance(c, bold) for c in text) + sum(_kerning(one, after, bold) for one, after in pairwise(text))
    return width / _UNITS * points / 72


def plain_extent(text: str, points: float, *, bold: bool) -> tuple[float, float, float] | None:
    """Width, height and depth below the baseline of the ink of text, in points; None as for `plain_width`."""
    width = plain_width(text, points, bold=bold)
    if width is None or not text:
        return None
    tops, bottoms = zip(*(_reach(letter, bold) for letter in set(text)), strict=True)
    top, bottom = max(tops), min(bottoms)
    return width * 72, (top - bottom) * points / _UNITS, -bottom * points / _UNITS


def line_height(points: float) -> tuple[float, float, float]:
    """How far a line of the packaged font reaches above and below its baseline, and the gap to the next, in points."""
    return tuple(share * points for share in _line())  # type: ignore[return-value]  # three in, three out


@cache
def _line() -> tuple[float, float, float]:
    face = _face(False)
    metrics, head = face.get_sfnt_table("OS/2"), face.get_sfnt_table("head")
    if metrics is None or head is None:
        raise ValueError(f"{SANS[0].name} is no whole font")
    units = head["unitsPerEm"]
    return metrics["sTypoAscender"] / units, -metrics["sTypoDescender"] / units, metrics["sTypoLineGap"] / units


@cache
def _reach(letter: str, bold: bool) -> tuple[float, float]:  # noqa: FBT001
    """The top and the bottom of a letter's ink, in the units above."""
    _, bottom, _, top = _glyph(letter, bold).bbox
    return top / 64, bottom / 64  # 26.6 fixed point


@cache
def _face(bold: bool) -> FT2Font:  # noqa: FBT001  a cached function has no keywords to spare
    face = FT2Font(str(SANS[1 if bold else 0]))
    face.set_size(_UNITS, 72)
    return face


def _glyph(letter: str, bold: bool) -> Glyph:  # noqa: FBT001  as its callers
    """A letter of a face; one that FreeType refuses is asked of the file anew: once in many thousand tests a face gave an error."""
    try:
        return _face(bold).load_char(ord(letter), LoadFlags.NO_HINTING)
    except RuntimeError:
        _face.cache_clear()
        return _face(bold).load_char(ord(letter), LoadFlags.NO_HINTING)


@cache
def _advance(letter: str, bold: bool) -> float:  # noqa: FBT001
    return float(_glyph(letter, bold).linearHoriAdvance) / 65536  # 16.16 fixed point


@lru_cache(maxsize=16384)
def _kerning(one: str, after: str, bold: bool) -> float:  # noqa: FBT001
    face = _face(bold)
    return float(face.get_kerning(face.get_char_index(ord(one)), face.get_char_index(ord(after)), Kerning.UNFITTED)) / 64  # 26.6 fixed point
