"""A value as text, the same in every format."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any


def as_text(value: Any) -> str:
    """A value for a cell: ISO dates, UTC times with "Z", "" for None, "yes"/"no" for truth values."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return "|".join(map(str, value))
    return str(value)
