"""Stage 6, further clauses: what a ship told to move did elsewhere, by a verb that no rule knows: "left Rota and lost power off Malta"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import is_static, kind_of, of_trouble
from tracker.extract.scene import Group, Scene, Told
from tracker.extract.verbs import Trigger

Found = tuple[Group, PlaceMention, EventKind, Trigger]

_LONGEST = 12
"""No verb stands further from its place."""
_LEADS = frozenset(["and", "but", "then", "before", "after", "having", ","])
_SHE = frozenset(["she", "they"])
_JOINS = _LEADS | _SHE
_OPENS_HERS = frozenset([";", "and", "but", ",", "then", "where", "which"])
_CUTS = frozenset(
    [",", ";", ":", "—", "–", "(", ")", "and", "or", "but", "which", "who", "that", "where", "when", "while", "as", "if", "before", "after", "for"]
)
_SLIPS = frozenset(["has", "had", "have", "also", "then"])


def further_clauses(scene: Scene, told: list[Told]) -> list[Found]:
    """The whereabouts that such clauses tell of the ships of which alone the sentence tells something: who, where, what it makes, and the clause."""
    line = scene.line
    if not told or not scene.places or line.words.isdisjoint(_JOINS):
        return []
    ships = set(told[0].vessels)
    if any(set(e.vessels) != ships or e.kind is EventKind.ESCORT for e in told) or any(not set(g.vessels) <= ships for g in scene.groups):
        return []
    taken = {p.start for event in told for p in event.places.values()}
    acted = [line.at_start(e.sources["trigger"][1][0]) for e in told if e.sources.get("trigger") and e.sources["trigger"][1]]
    found: list[Found] = []
    for place in scene.places:
        kind = _kind(line, place) if place.entry and place.slot == "place" and place.start not in taken else None
        verb = _verb_of(scene, place, kind) if kind else None
        if (
            kind is None
            or verb is None
            or (not any(at < verb for at in acted) and not kind_of(place))
            or any(verb <= at < place.first for at in acted)
            or of_trouble(line, place)
            or is_static(scene, verb, place.last + 2)
        ):
            continue
        if any(e.main and e.main.name == place.name and e.kind is kind for e in told):
            continue
        end = next((n for n in range(place.last, line.size) if line.low(n) in _CUTS and not _goes_on(line, n)), line.size)
        if any(place.last <= at < end for at in acted):
            continue  # "The frigate Kent moored in Rota left on Friday"
        group = Group(verb, verb, told[0].vessels, told[0].spans)
        found.append(
            (group, place, kind, Trigger(line.doc.lexicon.rules["rest.where"], "state", verb, place.first, verb, False, (_begin(line, verb), end)))
        )
    return found


def _kind(line: Line, place: PlaceMention) -> EventKind | None:
    """What the place makes of it: a stay in a port, or in a small land told for it, or being at sea."""
    port = place.how == "in" and place.name.lower() in line.doc.lexicon.sets["port_lands"]
    return EventKind.IN_PORT if port else kind_of(place)


def _goes_on(line: Line, at: int) -> bool:
    """Whether a comma only parts a place from its land or its day: "off Bari, Italy, on Monday"."""
    return line.text(at) == "," and (line.text(at + 1)[:1].isupper() or line.starting("preposition", at + 1) is not None)


def _verb_of(scene: Scene, place: PlaceMention, kind: EventKind) -> int | None:
    """Where the verb stands that no rule knows and whose clause holds a place, if nothing else is told between them."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    for at in range(place.first - 1, max(place.first - _LONGEST, 0), -1):
        if line.low(at) in _CUTS:
            return None
        if any(p.first <= at < p.last for p in scene.places) or line.text(at)[:1].isupper():
            return None
        lead = at - 1
        while (
            line.low(lead) in sets["adverbs"] or line.low(lead) in _SLIPS or (kind is EventKind.AT_SEA and line.low(lead) in ("was", "were", "been"))
        ):
            lead -= 1
        if _is_led(line, at, lead) or (kind is EventKind.AT_SEA and any(g.last == lead + 1 for g in scene.groups) and _is_past(line, at)):
            return at if line.low(at) not in sets["no_stay"] else None
    return None


def _is_led(line: Line, verb: int, lead: int) -> bool:
    """Whether a word is the verb of a further clause by its form and what leads to it: "and hosted", "before hosting", "; she then hosted"."""
    word, by, past = line.low(verb), line.low(lead), _is_past(line, verb)
    if by in _SHE:
        return past and (line.low(lead - 1) in _OPENS_HERS or _opens_clause(line, lead))
    if by in ("before", "after"):
        return word.endswith("ing")
    if by == ",":
        return word.endswith("ing") or (past and "and" in line.lows[verb:])
    return past and by in _LEADS


def _is_past(line: Line, at: int) -> bool:
    """Whether a word may be a verb in the past."""
    return line.low(at).endswith("ed") or line.low(at) in line.doc.lexicon.sets["plain_pasts"]


def _begin(line: Line, verb: int) -> int:
    """Where the clause of a verb begins: behind the stop in front of its subject and day, "; two days later she hosted", else at the verb."""
    stops = range(verb - 1, max(verb - _CLAUSE_TOKENS - 2, 0), -1)
    return next((n + 1 for n in stops if line.text(n) in (";", ",")), verb) if line.low(verb - 1) in _SHE else verb


_CLAUSE_TOKENS = 6


def _opens_clause(line: Line, at: int) -> bool:
    """Whether no more than a time stands between a stop and a pronoun: "; two days later she", ", and on 3 December they"."""
    return any(line.text(n) in (";", ",") for n in range(at - 1, max(at - _CLAUSE_TOKENS, 0), -1))
