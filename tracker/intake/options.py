"""What a caller may say about inputs that the inputs don't say themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Facts that win over what a file says of itself, and the limits of reading."""

    published: date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    archive_url: str | None = None
    max_bytes: int = 5 * MEBIBYTE
    allow_private: bool = False
    timeout_s: float = 20.0
    demo: bool = False
