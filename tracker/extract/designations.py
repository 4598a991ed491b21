"""Stage 2, designations: what stands for a class right in front of a type: "a K31 corvette", "two F-310 frigates", "a MEKO 500 frigate"."""

from __future__ import annotations

import re

from tracker.extract.line import Line

_DESIGNATION = re.compile(  # "K31", "F-310"; "MEKO 500", "Sa'ar 7"; "Sonya-M"
    r"(?<![\w.,/-])(?:[A-Z]{1,3}-?\d{2,4}[A-Z]{0,3}"
    r"|[A-Z][\w'’]{1,11}[ -](?:[A-Z]-?)?\d{1,4}(?:\.\d)?[A-Z]{0,3}"
    r"|[A-Z][a-z]{2,11}-(?:[A-Z]|[IVX]{2,3}))$"
)
_LONGEST = 24
_NEVER = frozenset(
    ["type", "project", "pier", "batch", "flight", "block", "phase", "mod", "mark", "mk", "group", "unit", "ctf", "tf", "snmg", "berth"]
)
_KINDS = frozenset(["group", "nation", "navy", "number", "prefix", "place"])


def designation_before(line: Line, at: int) -> tuple[int, str] | None:
    """The first token and the words of a designation that ends right before a type, behind "a", a number or a nation: "two F-310 frigates"."""
    last = line.text(at - 1)
    if at < 2 or not (last[-1:].isdecimal() or last.isupper()) or line.starting("type", at) is None:
        return None
    end = line.ends[at - 1]
    match = _DESIGNATION.search(line.doc.text, max(end - _LONGEST, line.sentence.start), end)
    first = line.at_offset(match.start()) if match else 0
    if match and (number := line.starting("number", first)) and number.last < at:
        first = number.last  # "two F-310 frigates"
    if match is None or first < 1 or line.low(first) in line.doc.lexicon.months or line.low(first).rstrip("0123456789") in _NEVER:
        return None
    if line.begins(_KINDS, first) or not _is_counted(line, first):
        return None
    return first, line.told(first, at)


def _is_counted(line: Line, first: int) -> bool:
    """Whether "a", "another", a number, or either with a nation stands in front of a token."""
    nation = line.ending("nation", first)
    at = nation.first if nation else first
    return line.low(at - 1) in ("a", "an", "another") or line.ending("number", at) is not None
