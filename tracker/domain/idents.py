"""Identifiers that vessels carry: IMO numbers, MMSI, hull numbers."""

from __future__ import annotations

import re


def is_imo(number: str) -> bool:
    """Seven digits of which the last is the check digit (IMO resolution A.1117(30): digits times 7 to 2, last digit of the sum)."""
    if not re.fullmatch(r"\d{7}", number):
        return False
    return sum(int(d) * w for d, w in zip(number, range(7, 1, -1), strict=False)) % 10 == int(number[6])


def is_mmsi(number: str) -> bool:
    """Nine digits that begin with a ship's country code, 2 to 7 (ITU-R M.585); there is no check digit."""
    return bool(re.fullmatch(r"[2-7]\d{8}", number))


def fold_hull(hull: str) -> str:
    """A hull number for comparison: capitals, digits, no separators ("CVN 72", "CVN-72" and "cvn72" are one)."""
    return re.sub(r"[^0-9A-ZА-Я]", "", hull.upper())
