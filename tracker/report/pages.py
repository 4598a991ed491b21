"""Pages of a book by Typst: PDF (tagged, PDF/A and PDF/UA) and a picture of one page that can be posted as it is.

Data goes in as JSON, so a name can't become markup. Fonts are the packaged ones, and one that is asked for: the same book gives
the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import bidirectional

import typst

from tracker.errors import TrackerError
from tracker.report.blocks import Book, as_data, cleaned, texts
from tracker.report.fonts import SANS, Font, gathered, letters_of
from tracker.report.latin import Latin
from tracker.resources import resource

POST_WIDTH_PX = 1600
_POINTS_WIDE = 800
_STANDARDS = ["a-3a", "ua-1"]  # PDF/A-3 may hold the evidence as an attached file


class Paper(StrEnum):
    """Size of a page, by Typst's names."""

    A4 = "a4"
    LETTER = "us-letter"


def pdf(book: Book, pictures: Mapping[str, str], paper: Paper = Paper.A4, evidence: bytes = b"", font: Font | None = None) -> bytes:
    """A drawable book as a tagged PDF; `pictures` are SVG texts by name, `evidence` becomes an attached file, `font` has what the packaged lack."""
    more = {"paper": paper.value, "evidence": evidence.decode()}
    return _compile("movements.typ", book, pictures, more, font, format="pdf", pdf_standards=_STANDARDS)


def png(book: Book, pictures: Mapping[str, str], font: Font | None = None) -> bytes:
    """A drawable book on one page as a PNG, 1600 pixels wide."""
    return _compile("post.typ", book, pictures, {}, font, format="png", ppi=72 * POST_WIDTH_PX / _POINTS_WIDE)


def drawable(book: Book, font: Font | None = None) -> tuple[Book, dict[str, str]]:
    """The book with what the fonts can't draw (Chinese, Korean, …) told in Latin letters, and what was replaced by what."""
    latin = Latin(letters() | font.letters if font else letters())
    return cleaned(book, latin.told), latin.replaced


def _nature(book: Book) -> dict[str, str]:
    """What the templates want to know of a book as a whole: the letters of its longest word, and whether any runs from right to left."""
    longest, mixed = 0, False
    for text in texts(book):
        if len(text) > longest:
            longest = max(longest, *map(len, text.split()), 0)
        mixed = mixed or (not text.isascii() and any(bidirectional(c) in ("R", "AL") for c in text))
    return {"longest": str(longest), "mixed": "yes" if mixed else "no"}


@cache
def letters() -> frozenset[int]:
    """Code points that the packaged fonts can draw, in text and in bold."""
    return letters_of(SANS[0]) & letters_of(SANS[1])


def _compile(template: str, book: Book, pictures: Mapping[str, str], more: Mapping[str, str], font: Font | None, **options: Any) -> bytes:
    inputs = {
        "data": json.dumps(as_data(book), ensure_ascii=False),
        "pictures": json.dumps(dict(pictures), ensure_ascii=False),
        "font": font.family if font else "",
        **more,
        **_nature(book),
    }
    with TemporaryDirectory() as folder:
        gathered(Path(folder), font)
        try:
            made: bytes = typst.compile(
                str(resource("reports", "templates", template)),
                root=str(resource("reports", "templates")),
                font_paths=[folder],
                ignore_system_fonts=True,
                sys_inputs=inputs,
                timestamp=book.stamp,
                **options,
            )
        except typst.TypstError as error:
            raise TrackerError(f"the page could not be set: {error.message}") from error
    return made
