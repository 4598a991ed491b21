"""Fonts made on the spot: each letter a full block, as TrueType or with the outlines of PostScript (CFF)."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

_EM, _HIGH = 1000, 700


def block_font(path: Path, letters: str, family: str = "Test Blocks") -> Path:
    """A font that draws some letters; with CFF outlines where the file ends in .otf."""
    names = {ord(letter): f"u{ord(letter):04X}" for letter in letters}
    order, outlined = [".notdef", *names.values()], path.suffix == ".otf"
    font = FontBuilder(_EM, isTTF=not outlined)
    font.setupGlyphOrder(order)
    font.setupCharacterMap(names)
    if outlined:
        font.setupCFF(family.replace(" ", ""), {"FullName": family}, {name: _block(T2CharStringPen(_EM, None)).getCharString() for name in order}, {})
    else:
        font.setupGlyf({name: _block(TTGlyphPen(None)).glyph() for name in order})
    font.setupHorizontalMetrics(dict.fromkeys(order, (_EM, 100)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "fullName": family, "psName": family.replace(" ", "")})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    font.setupPost()
    font.save(path)
    return path


def _block(pen):  # any pen
    pen.moveTo((100, 0))
    for corner in ((100, _HIGH), (900, _HIGH), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen
