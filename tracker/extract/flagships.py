"""Stage 6, flagships: who of those told together is told to lead them, of whom "the flagship" and "her escorts" speak later."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.corefer import Fleet, Vessel
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention

_FLAGSHIP = frozenset(["flagship"])
_ARTICLES = frozenset(["the", "its", "their", "her", "as", "a"])
_LINKS_TOKENS = 4


def note_flagship(line: Line, mentions: Sequence[VesselMention], resolved: Sequence[tuple[Vessel, ...]], fleet: Fleet) -> None:
    """Keep whom a sentence tells to be a flagship: "the flagship Cavour", "Cavour, flagship of the group", "with the cruiser X as flagship"."""
    for at in line.where(_FLAGSHIP):
        for mention, vessels in zip(mentions, resolved, strict=True):
            if len(vessels) == 1 and vessels[0].name and mention.name and _is_flagship(line, at, mention) and vessels[0] not in fleet.leads:
                fleet.leads.append(vessels[0])


def _is_flagship(line: Line, at: int, mention: VesselMention) -> bool:
    """Whether the word at a token is told of a ship."""
    if mention.first <= at < mention.last or at == mention.first - 1:
        return True
    if at < mention.first:
        between = set(line.lows[at + 1 : mention.first])
        return mention.first - at <= _LINKS_TOKENS and bool(between) and between <= line.doc.lexicon.sets["be"] | {"the", ",", ":"}
    between = set(line.lows[mention.last : at])
    return at - mention.last <= _LINKS_TOKENS and between <= line.doc.lexicon.sets["be"] | _ARTICLES | {",", "(", "serving", "acting"}
