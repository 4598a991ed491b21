"""Bytes to text: byte-order mark, declared encoding, UTF-8, then a detected code page with a warning."""

from __future__ import annotations

import codecs
import re

from tracker.errors import InputError, Undecodable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes, newlines as "\\n" and without byte-order mark, and warnings. Raises Undecodable for what is no text."""
    if not data.strip():
        raise InputError(f"{name}: it is empty")
    text, warnings = _text(data, name, declared)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or len(_CONTROL.findall(text[:20000])) > 0.02 * min(len(text), 20000):
        raise Undecodable(f"{name}: this is binary data, not text")
    if not text.strip():
        raise InputError(f"{name}: it is empty")
    return text, warnings


def _text(data: bytes, name: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError:
                raise Undecodable(f"{name}: it starts as {encoding} and breaks off or is damaged") from None
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    return _detected(data, name)


def _detected(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if b"\x00" in data[:4096]:
        raise Undecodable(f"{name}: this is binary data, not text")
    from charset_normalizer import from_bytes  # only a file that is not UTF-8 needs it

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise Undecodable(f"{name}: no encoding fits; save it as UTF-8")
    try:
        return data.decode(best.encoding), (f"read as {best.encoding}, which was guessed",)
    except UnicodeDecodeError:
        raise Undecodable(f"{name}: no encoding fits; save it as UTF-8") from None
