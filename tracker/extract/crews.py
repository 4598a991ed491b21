"""Stage 6, who: ships whose crew does what she does, and whose task a verb tells."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.corefer import Vessel
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.verbs import Trigger


def holds_crew(line: Line, at: int) -> bool:
    """Whether a token joins a ship to her people: "the crew of the destroyer X", "troops aboard the X"."""
    return line.low(at) == "aboard" or (line.low(at) == "of" and line.low(at - 1) in _CREW_WORDS)


OWNERS = {"her": "she", "its": "it", "their": "they"}
CREWS = {"crew": "she", "crews": "they", "sailors": "she", "seamen": "she"}
_CREW_KINDS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.ESCORT})
_CREW_WORDS = frozenset(["crew", "crewmembers"])


def her_crew(scene: Scene, trigger: Trigger, word: str, discourse: Discourse) -> Group | None:
    """The ship whose crew is told to do what she does: "The crew passed the Panama Canal on their way home", "they departed Alameda in May"."""
    line, at = scene.line, trigger.chain - 1
    theirs = word == "they" and not discourse.fleet.pronoun("they") and _tells_of_crew(line, at)
    if (people := _sailors_of(line, trigger.chain)) is not None:
        at, word = people, line.low(people)
    crew = word in CREWS and at <= _CREW_TOKENS and (line.low(at - 1) in _WHOSE or (word in _SAILORS and line.text(at - 1)[:1].isupper()))
    if (
        not (theirs or crew)
        or trigger.passive
        or (trigger.rule.kind not in _CREW_KINDS and trigger.rule.id != "inport.unload")
        or trigger.form not in ("past", "pres", "part", "base")
    ):
        return None
    vessels = discourse.fleet.pronoun("she" if theirs else CREWS[word])
    if len(vessels) == 1 and not vessels[0].name and (named := _last_named(discourse)):
        vessels = (named,)  # "The crew intercepted a Russian ship. The crew operated off Attu"
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


def _sailors_of(line: Line, end: int) -> int | None:
    """The sailors of a fleet that end in front of a token: "the sailors of the Northern Fleet performed tasks in the Gulf of Guinea"."""
    if line.words.isdisjoint(_SAILORS) or (fleet := line.ending("navy", end)) is None:
        return None
    of = fleet.first - 1 - (line.low(fleet.first - 1) == "the")
    return of - 1 if line.low(of) == "of" and line.low(of - 1) in _SAILORS else None


_SAILORS, _WHOSE = frozenset(["sailors", "seamen"]), frozenset(["the", "her", "its", "their"])


def _tells_of_crew(line: Line, at: int) -> bool:
    """Whether a crew is told in front of a token, or in the sentence before."""
    return not (_CREW_WORDS.isdisjoint(line.lows[:at]) and _CREW_WORDS.isdisjoint(line.words_before()))


def _last_named(discourse: Discourse) -> Vessel | None:
    """The ship told last by her name alone."""
    return next((e.vessels[0] for e in reversed(discourse.told) if len(e.vessels) == 1 and e.vessels[0].name), None)


_CREW_TOKENS = 12


def whose_task(scene: Scene, trigger: Trigger, discourse: Discourse) -> Group | None:
    """Whose task a verb behind "is to" tells: "Her task was to patrol between Malta and Crete"."""
    line, at = scene.line, trigger.chain - 2
    if "to" not in line.lows[trigger.chain : trigger.first] or line.low(at) not in OWNERS:
        return None
    vessels = discourse.fleet.pronoun(OWNERS[line.low(at)])
    return Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels)) if vessels else None


_CREW_OF = frozenset(["from", "of", "aboard", "to"])


def crew_opens(line: Line, group: Group) -> bool:
    """Whether a sentence opens with a ship's crew."""
    at = before_phrase(line, group.first)
    people = line.doc.lexicon.sets["people"] | line.doc.lexicon.sets["crews"]
    return line.low(at) in _CREW_OF and at <= _CREW_TOKENS // 2 and not people.isdisjoint(line.lows[:at])
