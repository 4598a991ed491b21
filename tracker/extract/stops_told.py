"""Stage 6, the stops of a voyage told by a noun: "Her last stop before home is to be Lisbon", "Rota was their first foreign port"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_STOPS = frozenset(["stop", "call", "port", "stopover", "halt", "landfall"])
_HERS = {"her": "she", "its": "it", "their": "they"}
_MARKS = ("'", "’")
_FRONT_TOKENS, _BEHIND_TOKENS, _PLACE_TOKENS, _ASIDE_TOKENS, _OWNER_TOKENS = 5, 9, 2, 12, 2
_POSSIBLE = frozenset(["may", "might", "could", "likely", "probably", "possibly", "perhaps"])
_PLANNED = frozenset(["will", "should", "would", "shall", "to"])
_PAST = frozenset(["was", "were", "been", "had"])
_OPENS = frozenset([";", ":", "that", "which", "who", "where"])
_LANDS_THERE = frozenset(["in", None])


def stops_told(scene: Scene, discourse: Discourse) -> list[Told]:
    """The arrivals that a sentence tells by a noun for a stop, a form of "be" and a place, in either order."""
    line = scene.line
    if _STOPS.isdisjoint(line.words) or line.doc.lexicon.sets["be"].isdisjoint(line.words):
        return []
    for first, last in _nouns(line):
        for place, chain, end in _told_behind(scene, last), _told_in_front(scene, first):
            who = _whose(scene, discourse, first, last) if place else None
            if place and who and who.vessels:
                return [_arrival(scene, discourse, who, place, (chain, end))]
    return []


_NEXT = (
    (("is", "to", "follow"), True),
    (("are", "to", "follow"), True),
    (("will", "follow"), True),
    (("should", "follow"), True),
    (("would", "follow"), True),
    (("to", "follow"), True),
    (("follows",), True),
    (("comes", "next"), True),
    (("is", "next"), True),
    (("will", "be", "next"), True),
    (("followed",), False),
    (("had", "followed"), False),
    (("came", "next"), False),
    (("was", "next"), False),
)
"""How a text says that a port comes behind the one told before, and whether that is still to come."""
_CALLED = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT, EventKind.DEPARTURE})


def port_follows(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """The call at a port that follows on the one told before: "called at Lisbon on 3 December. Cadiz followed on the 9th"."""
    line = scene.line
    if line.words.isdisjoint(_FOLLOW_WORDS):
        return []
    last = told[-1] if told else next((e for e in reversed(discourse.told[-1:]) if scene.number - e.sentence == 1), None)
    if last is None or last.kind not in _CALLED or last.main is None or last.stance.modality is Modality.NEGATED:
        return []
    for place in scene.places:
        words = next(((w, ahead) for w, ahead in _NEXT if line.lows[place.last : place.last + len(w)] == list(w)), None)
        opens = place.first <= 1 or line.low(place.first - 1) in (";", ",", "and", "with") or line.low(place.first - 2) in (";", "and", "with")
        if words is None or not opens or not place.is_port or place.how is not None or any(e.main and e.main.name == place.name for e in told):
            continue
        if any(place.first < g.first <= place.last + len(words[0]) + 1 for g in scene.groups):
            continue  # "HMS Kent left Malta. Malta follows the ship"
        chain, end = place.last, place.last + len(words[0])
        if words[0] == ("to", "follow") and not any(d.start >= place.end for d in scene.dates):
            continue  # "with Pearl Harbor to follow" names no stop of its own
        planned = words[1] and (last.stance.modality is Modality.PLANNED or words[0][0] != "follows" or last.interval is not None)
        rule = line.doc.lexicon.rules["arrive.stop" if planned else "arrive.stopped"]
        trigger = Trigger(rule, "state", chain, end, chain, False, (place.first, line.size))
        taken = Stance(Modality.PLANNED) if planned else Stance(last.stance.modality)
        slots = {MAIN_SLOT[EventKind.ARRIVAL]: place}
        return [tell(scene, trigger, last.vessels, last.spans, EventKind.ARRIVAL, slots, taken, discourse)]
    return []


_FOLLOW_WORDS = frozenset(["follow", "follows", "followed", "next"])


def _nouns(line: Line) -> Iterator[tuple[int, int]]:
    """The noun phrases that rank a stop among others, from their determiner on: "her last stop", "the first port of call"."""
    ranks = line.doc.lexicon.sets["ranks"] | {"final", "previous", "main", "major", "sole"}
    for at in line.where(_STOPS):
        last = at + 1 + 2 * (line.lows[at + 1 : at + 3] == ["of", "call"])
        for first in range(at - 1, max(at - 1 - _FRONT_TOKENS, -1), -1):
            low = line.low(first)
            if low in _HERS or low == "the" or (low == "s" and line.text(first - 1) in _MARKS):
                if not ranks.isdisjoint(line.lows[first:at]):
                    yield first, last
                break
            if low in line.doc.lexicon.function and low not in ("and", "of"):
                break


def _chain(line: Line, at: int) -> int:
    """The token behind the auxiliaries that begin at a token and hold a form of "be"; the token itself where they don't."""
    sets, end = line.doc.lexicon.sets, at
    while line.low(end) in sets["auxiliaries"] or line.low(end) in sets["adverbs"] or line.low(end) in _POSSIBLE or line.low(end) == "well":
        end += 1
    return end if not sets["be"].isdisjoint(line.lows[at:end]) else at


def _told_behind(scene: Scene, last: int) -> tuple[PlaceMention | None, int, int]:
    """The place that "be" joins to a noun in front of it, and the tokens of "be": "Her last stop before home is to be Lisbon"."""
    line = scene.line
    of = next((g for g in scene.groups if line.low(last) in ("of", "for") and 0 < g.first - last <= _OWNER_TOKENS), None)
    last = of.last if of else last  # "The first stop of the corvette X was Recife"
    for at in range(last, min(last + _BEHIND_TOKENS, line.size)):
        opens = line.low(at) in _OPENS and line.low(at - 1) not in ("after", "before")
        if opens or line.starting("type", at):
            break
        if (end := _chain(line, at)) > at:
            place = next((p for p in scene.places if p.entry and p.how in _LANDS_THERE and 0 <= p.first - end <= _PLACE_TOKENS), None)
            return (place, at, end) if place and line.low(end) != "not" else (None, 0, 0)
    return None, 0, 0


def _told_in_front(scene: Scene, first: int) -> tuple[PlaceMention | None, int, int]:
    """The place at the head of a clause that "be" joins to a noun behind it, and the tokens of "be": "Rota was their first foreign port"."""
    line = scene.line
    for place in scene.places:
        if not place.entry or place.how not in _LANDS_THERE or place.first > 1 or place.last >= first:
            continue
        at = place.last
        if line.text(at) == "," or line.low(at) == "in":
            at = next((n + 1 for n in range(at + 1, min(at + _ASIDE_TOKENS, first)) if line.text(n) == "," and _chain(line, n + 1) > n + 1), at)
        if (end := _chain(line, at)) > at and first - end in (0, 1):
            return place, at, end
    return None, 0, 0


def _whose(scene: Scene, discourse: Discourse, first: int, last: int) -> Group | None:
    """Whose stop a noun tells: by its pronoun or owner, by "of" or "for" and ships behind it, else whom the text speaks of."""
    line, span = scene.line, scene.line.span(first, first + 1)
    if line.low(first) in _HERS:
        vessels = discourse.fleet.pronoun(_HERS[line.low(first)])
        return Group(first, first + 1, vessels, tuple(span for _ in vessels))
    if line.low(first) == "s":
        return next((g for g in scene.groups if g.last == first - 1), None)
    behind = next((g for g in scene.groups if 0 < g.first - last <= 2 and line.low(last) in ("of", "for")), None)
    vessels = discourse.fleet.subject if line.low(last - 1) != "port" else ()
    return behind or (Group(first, first + 1, vessels, tuple(span for _ in vessels)) if not scene.groups else None)


def _arrival(scene: Scene, discourse: Discourse, who: Group, place: PlaceMention, be: tuple[int, int]) -> Told:
    """The arrival at a stop, as firmly told as its form of "be": is to come, was, may be."""
    line, words = scene.line, scene.line.lows[be[0] : be[1]]
    past = not _PAST.isdisjoint(words) and _PLANNED.isdisjoint(words)
    rule = line.doc.lexicon.rules["arrive.stopped" if past else "arrive.stop"]
    trigger = Trigger(rule, "state", be[0], be[1], be[0], False, (0, line.size))
    taken = stance_of(line, trigger, None if line.low(who.first - 1) in ("of", "for") else who)
    if not _POSSIBLE.isdisjoint(words):
        taken = Stance(Modality.POSSIBLE, line.told(*be))
    return tell(scene, trigger, who.vessels, who.spans, EventKind.ARRIVAL, {MAIN_SLOT[EventKind.ARRIVAL]: place}, taken, discourse)
