"""Stage 8, groups told by their leader alone where the text lists them elsewhere: "A unit headed by A left … the unit, made up of A and B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.corefer import Fleet, Vessel
from tracker.extract.line import Text
from tracker.extract.scene import Told

_LED = re.compile(r"\b(?:led|headed|commanded|spearheaded) by (?:the |a |an |its |their )?(?:[\w'’-]+ ){0,5}$")
_LETTERS = 90


def grow_led_groups(doc: Text, fleet: Fleet, told: Sequence[Told]) -> None:
    """Let all of a group do what the text told of it by the ship that leads it."""
    wholes = {v.members for v in fleet.vessels if not v.name and v.group and len(v.members) > 1 and all(m.name for m in v.members)}
    for lead in {v for whole in wholes for v in whole}:
        fits = [whole for whole in wholes if lead in whole]
        if len(fits) != 1:
            continue
        for event in told:
            if event.vessels == (lead,) and not event.roles and _by_group(doc, event.spans[0], lead):
                event.vessels = fits[0]
                event.spans = tuple(event.spans[0] for _ in fits[0])


def _by_group(doc: Text, span: tuple[int, int], lead: Vessel) -> bool:
    """Whether a mention of a ship tells her group: "the task unit", or her name behind "headed by"."""
    phrase = doc.low[span[0] : span[1]]
    if _LED.search(doc.low[max(span[0] - _LETTERS, 0) : span[0]]) or _LED.search(phrase[: phrase.rfind(" ") + 1]):
        return True
    words = set(re.findall(r"[a-z]+", phrase))
    return not words.isdisjoint(_GROUPS) and (lead.name or "").lower() not in phrase


_GROUPS = frozenset(
    ["group", "detachment", "squadron", "flotilla", "force", "taskforce", "formation", "unit", "convoy", "fleet", "ships", "warships"]
)
