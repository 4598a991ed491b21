"""Stage 6, exercises told by a noun that "followed" or "came next" what was told before: "There followed drills off Crete with HMS Kent"."""

from __future__ import annotations

from collections.abc import Collection

from tracker.domain.kinds import EventKind
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger

_CAME = frozenset(["followed", "came", "come", "comes", "follow", "follows", "ensued"])
_POINTERS = frozenset(["this", "that", "these", "which", "it"])
_AUXILIARIES = frozenset(["will", "are", "is", "to", "had", "should"])
_CLOSES = frozenset(["followed", "ensued", "came", "will", "are", "is"])
_ARTICLES = frozenset(["a", "an", "some", "further", "more", "joint", "two", "three", "another", "several", "the"])
_HOW = frozenset(["in", "off", "near", "around", "round", "north of", "south of", "east of", "west of"])
_BEFORE_DAY = frozenset(
    ["(", "on", "in", "from", "between", "late", "early", "the", "followed", "came", "then", "next", "will", "follow", "during", "last"]
)
_INTERLUDE_TOKENS, _NOUN_TOKENS, _PARTNER_TOKENS = 8, 9, 8


def drills_came(scene: Scene, discourse: Discourse) -> tuple[list[Told], tuple[int, int]]:
    """The exercises that a sentence tells to have followed on what was told before, one for each place, and the tokens that tell of them."""
    line, nothing = scene.line, (0, 0)
    drills = line.doc.lexicon.sets["spells_at_sea"] | {"spell"}
    if line.words.isdisjoint(_CAME) or line.words.isdisjoint(drills) or not scene.places:
        return [], nothing
    noun = _noun(line, drills)
    hers = _whose(scene, discourse, noun) if noun is not None else None
    if noun is None or hers is None:
        return [], nothing
    partners = [g for g in scene.groups if g.first > noun and not are_rivals(hers, g) and all(v.name or v.count for v in g.vessels)]
    told, end, (chain, verb) = list[Told](), noun + 1, _verb(line, noun)
    for place in _waters(scene, noun):
        trigger = Trigger(line.doc.lexicon.rules["sea.operate"], "past", verb, verb + 1, chain, False, (0, place.last))
        joined = next((g for g in partners if _joins(line, g, noun, place)), None)
        who = _with(hers, joined) if joined else hers
        event = tell(scene, trigger, who.vessels, who.spans, EventKind.AT_SEA, {"place": place}, stance_of(line, trigger, hers), discourse)
        _date(scene, event, place, end if told else 0)
        told.append(event)
        end = max(place.last, joined.last if joined else 0)
    return told, (0, end) if told else nothing


def _noun(line: Line, drills: frozenset[str]) -> int | None:
    """The noun for an exercise that opens a sentence as what followed, or that is told to have followed."""
    opened = _behind_opener(line)
    if opened is not None:
        return next((n for n in range(opened, min(opened + _NOUN_TOKENS, line.size)) if line.low(n) in drills), None)
    if line.low(0) not in _ARTICLES and line.low(0) not in drills:
        return None
    noun = next((n for n in range(min(_NOUN_TOKENS, line.size)) if line.low(n) in drills), None)
    closing = line.doc.lexicon.sets["came_next_behind"]
    closed = noun is not None and any(_phrase(line, n, closing) for n in line.where(_CLOSES) if n > noun)
    return noun if closed else None


def _behind_opener(line: Line) -> int | None:
    """The token behind the words by which a sentence says that something followed: "There followed, in April,", "This was followed by"."""
    if line.low(0) in _POINTERS:
        by = _phrase(line, 1, line.doc.lexicon.sets["followed_by"])
        return 1 + by if by else None
    at = _phrase(line, 0, line.doc.lexicon.sets["came_next_in_front"])
    if not at:
        return None
    while line.low(at) in _AUXILIARIES:
        at += 1
    if line.low(at) not in _CAME:
        return None
    if line.text(at + 1) != ",":
        return at + 1
    return next((n + 1 for n in range(at + 2, min(at + 2 + _INTERLUDE_TOKENS, line.size)) if line.text(n) == ","), None)


def _phrase(line: Line, at: int, phrases: Collection[str]) -> int:
    """How many words from a token on are one of some phrases, the longest; 0 for none."""
    return next((size for size in range(_PHRASE_WORDS, 0, -1) if " ".join(line.lows[at : at + size]) in phrases), 0)


_PHRASE_WORDS = 5


def _whose(scene: Scene, discourse: Discourse, noun: int) -> Group | None:
    """Whose exercise it was: of the ships behind "for", else of those that the text speaks of."""
    line = scene.line
    told = next((g for g in scene.groups if g.first > noun and line.low(before_phrase(line, g.first)) in ("for", "by")), None)
    if told and line.starting("trigger", before_phrase(line, told.first) - 1) is None:
        return told
    vessels, span = discourse.fleet.subject, line.span(noun, noun + 1)
    return Group(noun, noun + 1, vessels, tuple(span for _ in vessels)) if vessels else None


def _waters(scene: Scene, noun: int) -> list[PlaceMention]:
    """The waters behind a noun where an exercise was, as far as no verb or new clause stands in between."""
    line, found, end = scene.line, list[PlaceMention](), noun + 1
    for place in scene.places:
        if place.first < end:
            continue
        between = range(end, place.first)
        verb = any(form in ("past", "pres") for n in between for f in line.found("trigger") if f.first == n for _, form in f.data)
        if verb or any(line.text(n) == ";" or line.low(n) in ("where", "which", "before", "while", "when") for n in between):
            break
        if place.entry is None or place.how not in _HOW or (place.how == "in" and place.is_port):
            break
        found.append(place)
        end = place.last
    return found


def _joins(line: Line, group: Group, noun: int, place: PlaceMention) -> bool:
    """Whether ships took part in the exercise at a place: told with the noun, or right behind the place."""
    led = line.low(before_phrase(line, group.first)) in ("with", "alongside")
    return led and (noun < group.first < place.first or 0 <= before_phrase(line, group.first) - place.last <= _PARTNER_TOKENS)


def _verb(line: Line, noun: int) -> tuple[int, int]:
    """The verb by which an exercise is told to follow, and the first of its auxiliaries: in front of its noun, or behind it."""
    chain = verb = min(line.where(_CAME), key=lambda at: abs(at - noun))
    while chain and line.low(chain - 1) in _AUXILIARIES:
        chain -= 1
    return chain, verb


def _with(hers: Group, joined: Group) -> Group:
    vessels = tuple(dict.fromkeys((*hers.vessels, *joined.vessels)))
    return Group(hers.first, hers.last, vessels, (*hers.spans, *joined.spans)[: len(vessels)])


def _date(scene: Scene, event: Told, place: PlaceMention, begin: int) -> None:
    """Give an exercise the day told right behind its place, else the one in front of it."""
    line = scene.line
    days = [d for d in scene.dates if d.interval]
    behind = next(
        (d for d in days if set(line.lows[place.last : line.at_offset(d.start)]) <= _BEFORE_DAY and line.at_offset(d.start) >= place.last), None
    )
    day = behind or next((d for d in reversed(days) if begin <= line.at_offset(d.start) < place.first), None)
    if day and event.sources.get("date", ("", None))[1] == (day.start, day.end):
        return
    event.interval = day.interval if day else None
    event.sources.pop("date", None)
    if day:
        event.sources["date"] = ("clause", (day.start, day.end))
