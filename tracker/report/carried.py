"""The evidence inside a report's own file: an attachment of a PDF, a chunk of a PNG, a script element of HTML, a comment of Markdown.

A reader of the file sees nothing of it; `tracker report explain FILE` does. Programs that save a file anew may drop it.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import InputError
from tracker.report.evidence import Evidence, read_evidence

ATTACHED = "evidence.json"
"""The name of a PDF's attachment."""
MOST_BYTES = 200_000_000
"""No evidence is larger than this; a file that says so is no report."""
_KEYWORD = b"tracker-evidence"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HTML = re.compile(r'<script type="application/json" id="tracker-evidence">(.*?)</script>', re.S)
_MARKDOWN = re.compile(r"^<!-- tracker-evidence ([A-Za-z0-9+/=]+) -->$", re.M)


def into_png(picture: bytes, evidence: bytes) -> bytes:
    """The picture with a compressed text chunk before its end (PNG specification, 11.3.3.4)."""
    head = _KEYWORD + b"\0" + b"\1\0" + b"\0" + b"\0"  # compressed by deflate; no language, no translated keyword
    body = b"iTXt" + head + zlib.compress(evidence, 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:-12] + chunk + picture[-12:]


def into_html(page: str, evidence: bytes) -> str:
    """The page with the record as data: no mark in it can end the element."""
    text = evidence.decode().strip().replace("<", "\\u003c")
    before, end, after = page.rpartition("</body>")
    return f'{before}<script type="application/json" id="tracker-evidence">{text}</script>\n{end}{after}'


def into_markdown(text: str, evidence: bytes) -> str:
    """The text with a comment of one line at its end."""
    return f"{text}\n<!-- tracker-evidence {base64.b64encode(zlib.compress(evidence, 9)).decode()} -->\n"


def evidence_in(path: Path) -> Evidence:
    """The evidence that a report's file carries, or that stands in an annex. Raises InputError where there is none."""
    path = path / "report.json" if path.is_dir() else path
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    found = _found(data, path)
    if found is None:
        raise InputError(f"{path.name} carries no evidence: it is no report of this program, or another program saved it anew; look into its annex")
    return read_evidence(found, path.name)


def _found(data: bytes, path: Path) -> bytes | None:
    if data.startswith(b"%PDF-"):
        return _in_pdf(data, path.name)
    if data.startswith(_SIGNATURE):
        return next(_in_png(data), None)
    if path.suffix.lower() == ".json":
        return data
    text = data.decode("utf-8", errors="replace")
    if found := _HTML.search(text):
        return found[1].encode()
    if found := _MARKDOWN.search(text):
        return _inflated(_unfolded(found[1], path.name), path.name)
    return None


def _in_pdf(data: bytes, name: str) -> bytes | None:
    import pypdf  # only a PDF needs it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints about broken files are ours to tell
    try:
        attached = pypdf.PdfReader(io.BytesIO(data)).attachments.get(ATTACHED)
    except Exception as error:  # noqa: BLE001  pypdf fails on broken files in ways beyond counting
        raise InputError(f"{name}: the PDF is broken ({type(error).__name__})") from None
    return attached[0] if attached else None


def _in_png(data: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind == b"iTXt" and body.startswith(_KEYWORD + b"\0\1\0\0\0"):
            yield _inflated(body[len(_KEYWORD) + 5 :], "the picture")
        at += 12 + size


def _unfolded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        raise InputError(f"{name}: its evidence is damaged") from None


def _inflated(data: bytes, name: str) -> bytes:
    try:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(data, MOST_BYTES)
    except zlib.error:
        raise InputError(f"{name}: its evidence is damaged") from None
    if not unpacking.eof:
        raise InputError(f"{name}: its evidence is damaged or too large")
    return found
