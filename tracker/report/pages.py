"""Pages of a book by Typst: PDF (tagged, PDF/A and PDF/UA) and a picture of one page that can be posted as it is.

Data goes in as JSON, so a name can't become markup. Fonts are the packaged ones only: the same book gives the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import matplotlib as mpl
import typst
from matplotlib.ft2font import FT2Font

from tracker.errors import TrackerError
from tracker.report.blocks import Book, as_data, cleaned, texts
from tracker.resources import resource

POST_WIDTH_PX = 1600
_POINTS_WIDE = 800
_STANDARDS = ["a-3a", "ua-1"]  # PDF/A-3 may hold the evidence as an attached file


class Paper(StrEnum):
    """Size of a page, by Typst's names."""

    A4 = "a4"
    LETTER = "us-letter"


def pdf(book: Book, pictures: Mapping[str, str], paper: Paper = Paper.A4, evidence: bytes = b"") -> bytes:
    """A drawable book as a tagged PDF; `pictures` are SVG texts by name, `evidence` becomes an attached file."""
    more = {"paper": paper.value, "evidence": evidence.decode()}
    return _compile("movements.typ", book, pictures, more, format="pdf", pdf_standards=_STANDARDS)


def png(book: Book, pictures: Mapping[str, str]) -> bytes:
    """A drawable book on one page as a PNG, 1600 pixels wide."""
    return _compile("post.typ", book, pictures, {}, format="png", ppi=72 * POST_WIDTH_PX / _POINTS_WIDE)


def drawable(book: Book) -> tuple[Book, int]:
    """The book with a hollow box for each letter that the packaged fonts lack (Chinese, Korean, emoji), and how many those are."""
    missing: list[int] = []
    return cleaned(book, letters(), missing), len(missing)


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
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return frozenset(FT2Font(str(folder / "DejaVuSans.ttf")).get_charmap()) & frozenset(FT2Font(str(folder / "DejaVuSans-Bold.ttf")).get_charmap())


def _compile(template: str, book: Book, pictures: Mapping[str, str], more: Mapping[str, str], **options: Any) -> bytes:
    inputs = {
        "data": json.dumps(as_data(book), ensure_ascii=False),
        "pictures": json.dumps(dict(pictures), ensure_ascii=False),
        **more,
        **_nature(book),
    }
    fonts = [str(Path(mpl.get_data_path()) / "fonts" / "ttf")]
    try:
        made: bytes = typst.compile(
            str(resource("reports", "templates", template)),
            root=str(resource("reports", "templates")),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
            timestamp=book.stamp,
            **options,
        )
    except typst.TypstError as error:
        raise TrackerError(f"the page could not be set: {error.message}") from error
    return made
