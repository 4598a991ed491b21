"""Stage 2, classes told behind ships: "the gunboat Ruvu (Tavira class)", "A and B, both of the Tavira class", "X, the third of the Y class"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_NAME = r"((?:[A-Z][\w'’.]*|[A-Z]\w+-[A-Z]\w*)(?: (?:di |de |da |del |van |von )?[A-Z][\w'’]*){0,3})[ -][Cc]lass\b"
_BEHIND = re.compile(
    r"(?:\s*\((?:of the |the )?|,? (?:both |all |all three |(?:which|that) (?:is|are|belongs?) |(?:an?|the|is|are|belongs|is an?)"
    r"(?: \w+){0,3} )?(?:of|in|from|to) (?:the )?)" + _NAME
)
_CHARS = 96
_MARKS = frozenset([",", "and", "the", "&"])


def with_classes(line: Line, mentions: Sequence[VesselMention]) -> list[VesselMention]:
    """The named ships, each with the class that the words right behind her tell; "both" and "all" tell that of those in front of her, too."""
    found = list(mentions)
    for number, mention in enumerate(found):
        if not mention.name or mention.class_name or mention.group:
            continue
        end = min(mention.end + _CHARS, line.sentence.end)
        match = _BEHIND.match(line.doc.text, mention.end, end)
        if match is None:
            continue
        found[number] = changed(mention, class_name=match[1])
        if " both " in match[0] or " all " in match[0]:
            _tell_those_in_front(line, found, number, match[1])
    return found


def _tell_those_in_front(line: Line, found: list[VesselMention], number: int, class_name: str) -> None:
    """Give the class to the ships listed right in front of one."""
    for at in range(number - 1, -1, -1):
        between = line.lows[found[at].last : found[at + 1].first]
        if not found[at].name or found[at].class_name or not set(between) <= _MARKS:
            return
        found[at] = changed(found[at], class_name=class_name)
