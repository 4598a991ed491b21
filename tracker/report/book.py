"""A report to a file: facts and figures in, PDF, PNG, HTML or Markdown out, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import TrackerError, UsageError
from tracker.report import pages
from tracker.report.blocks import Book
from tracker.report.carried import into_html, into_markdown, into_png
from tracker.report.facts import MovementFacts
from tracker.report.fonts import Font
from tracker.report.html import html
from tracker.report.latin import told_replaced
from tracker.report.layout import movement_book, movement_post
from tracker.report.markdown import markdown
from tracker.report.pages import Paper

SUFFIXES = (".pdf", ".png", ".html", ".md")


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written, and what its reader should be told."""

    path: Path
    warnings: tuple[str, ...] = ()


def report_suffix(path: Path) -> str:
    """The suffix that says how a report is written. Raises UsageError for one that isn't known."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f'"{path.name}": a report is written as {", ".join(SUFFIXES)}, chosen by the suffix')
    return suffix


def write_report(facts: MovementFacts, figures: Mapping[str, str], path: Path, *, paper: Paper = Paper.A4, evidence: bytes = b"") -> Written:
    """Write a movement report by the suffix of `path`; `figures` are SVG texts named "map", "timeline" or "timeline-1", …; any may be missing.

    The same facts and figures give the same bytes. Raises UsageError for another suffix.
    """
    book = movement_post(facts, figures) if report_suffix(path) == ".png" else movement_book(facts, figures)
    return write_book(book, figures, path, paper=paper, evidence=evidence)


def write_book(
    book: Book, figures: Mapping[str, str], path: Path, *, paper: Paper = Paper.A4, evidence: bytes = b"", font: Font | None = None
) -> Written:
    """Write the pages of any report by the suffix of `path`, with the evidence that they are to carry. As `write_report`."""
    suffix = report_suffix(path)
    if suffix in (".html", ".md"):  # the reader's own fonts draw them
        text = html(book, figures) if suffix == ".html" else markdown(book)
        into = into_html if suffix == ".html" else into_markdown
        _put(path, (into(text, evidence) if evidence else text).encode())
        return Written(path)
    book, replaced = pages.drawable(book, font)
    if suffix == ".pdf":
        _put(path, pages.pdf(book, figures, paper, evidence, font))
    else:
        picture = pages.png(book, figures, font)
        _put(path, into_png(picture, evidence) if evidence else picture)
    return Written(path, told_replaced(path.name, replaced))


def _put(path: Path, data: bytes) -> None:
    """Write beside the target and move it into place, so that a half-written report is never seen. Raises TrackerError where the system refuses."""
    draft = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise TrackerError(f"{path}: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
