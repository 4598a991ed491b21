"""A PDF to running text, with the offset at which each page starts."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from tracker.errors import InputError
from tracker.intake.facts import Facts

MAX_PAGES = 2000
_END = re.compile(r"[.!?:;\"”)]\s*$")


def read_pdf(data: bytes, name: str) -> tuple[str, tuple[int, ...], Facts]:
    """The text of a PDF with its lines joined to paragraphs, the offset of each page, and its facts.

    A PDF's creation date is no publication date and is not taken for one. Raises InputError for a broken, locked or image-only file.
    """
    pages = _pages(data, name)
    running = _running_lines(pages)
    text, starts, facts = "", [], _facts(data)
    for page in pages:
        body = _joined([line for line in page if line and line not in running and not line.isdecimal()])
        if text and body:
            text += " " if not _END.search(text) and body[:1].islower() else "\n\n"
        starts.append(len(text))
        text += body
    if not text.strip():
        raise InputError(f"{name}: the PDF holds no text, only images; read it with OCR first")
    return text, tuple(starts), facts


def _pages(data: bytes, name: str) -> list[list[str]]:
    import pypdf  # only a PDF needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about broken files are ours to tell
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: the PDF is locked with a password")
        if len(reader.pages) > MAX_PAGES:
            raise InputError(f"{name}: the PDF has {len(reader.pages)} pages, over {MAX_PAGES}")
        return [[" ".join(line.split()) for line in page.extract_text().split("\n")] for page in reader.pages]
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  pypdf fails on broken files in ways beyond counting
        raise InputError(f"{name}: the PDF is broken ({type(error).__name__})") from None


def _running_lines(pages: list[list[str]]) -> frozenset[str]:
    """Lines that stand first or last on several pages: running heads and feet."""
    edges = Counter(line for page in pages if (kept := [x for x in page if x]) for line in {kept[0], kept[-1]})
    return frozenset(line for line, count in edges.items() if count > 1 and count >= 0.5 * len(pages))


def _joined(lines: list[str]) -> str:
    """Lines joined to paragraphs: a line goes on unless it ended a sentence well before the margin or the next looks like a new start."""
    width = max((len(line) for line in lines), default=0)
    out = ""
    for number, line in enumerate(lines):
        if not out:
            out = line
            continue
        before = lines[number - 1]
        if before.endswith("-") and line[:1].islower():
            out = out + line if _is_compound(before) else out[:-1] + line
        elif before.endswith("-") and line[:1].isupper():
            out += line
        elif (
            len(before) < 0.6 * width
            or (_END.search(before) and len(before) < 0.85 * width)
            or (number == 1 and not _END.search(before) and len(before) < 0.8 * width)
        ):
            out += "\n\n" + line
        else:
            out += " " + line
    return out


def _is_compound(before: str) -> bool:
    """Whether a hyphen at the end of a line belongs to the word ("mid-", "guided-", "Gorshkov-")."""
    word = before.rsplit(None, 1)[-1][:-1].lower()
    return (
        word
        in ("mid", "guided", "anti", "non", "multi", "self", "ex", "well", "long", "short", "north", "south", "east", "west", "re", "pre", "post")
        or before.rsplit(None, 1)[-1][:1].isupper()
    )


def _facts(data: bytes) -> Facts:
    import pypdf

    try:
        info = pypdf.PdfReader(io.BytesIO(data)).metadata
        title = str(info.title).strip() if info and info.title else None
        author = str(info.author).strip() if info and info.author else None
    except Exception:  # noqa: BLE001  the text was read; facts are a bonus
        return Facts()
    return Facts(title=title or None, author=author or None)
