"""Stage 6, turned sentences: what a sentence tells by its shape where no word of movement does, "Behind her since Monday are the waters of Crete"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, PlaceKind, Role
from tracker.domain.records import changed
from tracker.extract.between_places import end_of_land, ends_station
from tracker.extract.dates import DateMention
from tracker.extract.day_by_tense import on_or_after
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.slots import passage_meant
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger
from tracker.gazetteer.shapes import Part, Shape

_GAP_TOKENS = {"..": 4, "....": 11}
_BEFORE_PLACE = frozenset(
    ["the", "a", "waters", "of", "off", "port", "ports", "harbour", "harbor", "naval", "base", "coast", "around", "near", "in", "at", "nearby", "to",
     "into", "from", "for", "through", "city", "island", "islands", "roads", "quays", "quay", "piers", "anchorage", "berth", "berths", "on",
     "approaches", "entrance", "mouth", "coastline", "shores", "roadstead", "outer", "inner", "eastern", "western", "northern", "southern", "al",
     "ad", "el"]
)  # fmt: skip
_PLACE_TOKENS, _DAY_TOKENS, _HULL_TOKENS, _OPENING_TOKENS, _PHRASE_TOKENS = 5, 3, 8, 7, 16
_BEFORE_DAY = frozenset(
    ["on", "in", "since", "by", "at", "from", "the", "late", "early", "until", "for", "during", "over", "around", "this", "as", "of", "before"]
)
_SHE = {"she": "she", "it": "it", "they": "they", "her": "she", "him": "she", "them": "they", "both": "they"}
_HERS = {"her": "she", "its": "it", "their": "they", "hers": "she", "theirs": "they"}
_OPENS = frozenset([",", ";", ":", "–", "—", "(", "and", "but", "while", "that", "then", "where", "now", "“", '"', "so", "yet", "-"])
_CLOSES = frozenset([",", ";", ":", "–", "—", ")", ".", "", "and", "but", "while", "!", "?", "”", '"', "-"])
_STOPS = frozenset([";", ":", ".", "“", '"'])
_KINDS: dict[str, tuple[EventKind, EventKind | None, EventKind | None]] = {
    "stay": (EventKind.IN_PORT, EventKind.AT_SEA, EventKind.AT_SEA),
    "come": (EventKind.ARRIVAL, EventKind.ARRIVAL, EventKind.TRANSIT),
    "go": (EventKind.UNDERWAY, EventKind.UNDERWAY, EventKind.UNDERWAY),
    "leave": (EventKind.DEPARTURE, EventKind.DEPARTURE, EventKind.TRANSIT),
    "pass": (EventKind.ARRIVAL, EventKind.TRANSIT, EventKind.TRANSIT),
    "work": (EventKind.AT_SEA, EventKind.AT_SEA, EventKind.AT_SEA),
    "meet": (EventKind.AT_SEA, EventKind.AT_SEA, EventKind.AT_SEA),
    "lie": (EventKind.IN_PORT, None, None),
    "call": (EventKind.ARRIVAL, None, EventKind.TRANSIT),
}
"""What an act is at a port, at another place, in a strait or canal."""


_SIDED = frozenset([EventKind.ESCORT, EventKind.REPLENISHMENT])
_MOVES = frozenset([EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT])
_AHEAD = frozenset(["will", "should", "would", "ought", "to"])
_AHEAD_FIRMLY = frozenset(["will", "should", "would", "ought"])
_NEXT = frozenset(["next", "then", "later", "afterwards", "after"])
_PERHAPS = frozenset(["may", "might", "could", "likely", "probably", "possibly", "perhaps", "probable", "possible"])


@dataclass(slots=True)
class _Match:
    """What stands in the slots of a shape as far as it is read: who, where, when, and the tokens of its first word."""

    ships: dict[str, Group] = field(default_factory=dict)
    places: dict[str, PlaceMention] = field(default_factory=dict)
    listed: list[PlaceMention] = field(default_factory=list)
    day: DateMention | None = None
    days: dict[int, DateMention] = field(default_factory=dict)  # of the places of a list: the day told with each, by the place's start
    word: tuple[int, int] | None = None
    words: list[int] = field(default_factory=list)
    lists: bool = False  # whether several places may stand where the shape has one


def read_shapes(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """The events that a sentence tells by the shapes of `shapes.yaml`, without those told of the same vessels already."""
    more = list[Told]()
    for shape in _candidates(scene):
        for start in _starts(scene, shape.parts):
            match = _Match(lists=shape.kind not in _OF_ONE_PLACE)
            end = _matches(scene, discourse, shape.parts, 0, start, match)
            if end is None:
                continue
            for place in match.listed or (None,):
                if place:
                    match.places |= {"PLACE": place}
                    match.day = match.days.get(place.start) or match.day if len(match.listed) == 1 else match.days.get(place.start)
                event = _event(scene, discourse, shape, match, (start, end), [*told, *more])
                if event and not any(
                    _same(event, e, listed=bool(match.listed), left=shape.id == _LEFT) and _filled(e, event) for e in (*told, *more)
                ):
                    more.append(event)
            break
    return more


_LEFT = "left-in-turn"
_OF_ONE_PLACE = frozenset(["escort", "replenishment", "meet", "too", "another", "go", "underway"])


def holds_shape(scene: Scene) -> bool:
    """Whether a sentence may have one of the shapes."""
    return bool(scene.places) and bool(_candidates(scene))


def _candidates(scene: Scene) -> list[Shape]:
    """The shapes that a sentence may have, without those in which a place must stand where it holds none."""
    found = scene.ahead.shapes if scene.ahead else shapes_of(scene.line)
    return [shape for shape in found if not shape.placed] if found and not scene.places else found


def shapes_of(line: Line) -> list[Shape]:
    """The shapes of which a sentence holds a word for every part that must stand there, in the order of the file."""
    by_sign, words = line.doc.lexicon.shapes, line.words
    found = {}
    for sign in words & by_sign.keys():
        for shape in by_sign[sign]:
            for some in shape.others:
                if some.isdisjoint(words):
                    break
            else:
                found[shape.number] = shape
    return [found[number] for number in sorted(found)] if found else []


def _starts(scene: Scene, parts: Sequence[Part]) -> Iterable[int]:
    """The tokens at which a shape may begin by its first part, and by the one behind it where the first only opens a clause."""
    line, part = scene.line, parts[0]
    if part.slot in _EDGES:
        opens = [0, *[at + 1 for at in line.where(_OPENS) if at + 1 < line.size]] if part.slot == "^" else [0]
        then = range(line.size) if parts[1].optional else _starts(scene, parts[1:])
        return opens if isinstance(then, range) else [at for at in opens if at in then]
    if part.optional and part.slot not in ("SHIP", "OTHER"):
        return range(line.size)
    if part.words:
        return line.where(part.opening.keys())
    if part.slot in ("SHIP", "OTHER", "HERS"):
        told = {n for g in scene.groups for n in (g.first, before_phrase(line, g.first) + 1)}
        return sorted(told.union(line.where(_PRONOUNS if part.slot != "HERS" else _OWNERS)))
    if part.slot in ("PLACE", "PLACES", "FROM", "TO"):
        behind = parts[1].opening if len(parts) > 1 and part.slot != "PLACES" and not parts[1].optional else None
        places = [p for p in scene.places if line.low(_behind_place(scene, p)) in behind] if behind else scene.places
        return sorted({at for place in places for at in _before_place(line, place)})
    return range(line.size)


def _before_place(line: Line, place: PlaceMention) -> Iterator[int]:
    """The tokens at which a place may be told: its first one, and those of its article and of what it is of."""
    at = place.first
    yield at
    while at > place.first - _PLACE_TOKENS and line.low(at - 1) in _BEFORE_PLACE:
        at -= 1
        yield at


_PRONOUNS = frozenset(_SHE)
_OWNERS = _PRONOUNS | frozenset(_HERS)


_WAYS = {EventKind.DEPARTURE, EventKind.ARRIVAL}


def _same(event: Told, other: Told, *, listed: bool, left: bool) -> bool:
    """Whether another event tells the same of one of the vessels; one of a list is not that which a verb tells without a place."""
    if set(event.vessels).isdisjoint(other.vessels) or (event.kind in _SIDED) != (other.kind in _SIDED):
        return False
    here, there = event.main, other.main
    to_lie = event.kind is EventKind.IN_PORT and event.stance.modality is Modality.PLANNED
    if (event.kind is EventKind.ARRIVAL or to_lie) and other.kind is EventKind.UNDERWAY:
        return False  # "is on passage to Fremantle, where June 5 should find her", "…, where a refit awaits her"
    if event.sources.get(MAIN_SLOT[event.kind], ("",))[0] == "document":
        return event.kind is other.kind  # "left Anguilla on Wednesday; on Friday she was back"
    planned = Modality.PLANNED in (event.stance.modality, other.stance.modality) and event.stance.modality is not other.stance.modality
    if planned and {event.kind, other.kind} == _WAYS:
        return False  # "Yokosuka, where it all began on 28 June, will have them home in November"
    if planned and event.kind is EventKind.IN_PORT and other.kind is EventKind.DEPARTURE:
        return False  # "In Lisbon since Monday, she sails for home on Friday"
    if left and other.kind in _STOPPED:
        return False  # "came to Rio de Janeiro, which was left behind on Friday"
    if listed and there is None:
        return False  # "came home from a voyage that took in Lisbon and Toulon"
    if event.kind is EventKind.UNDERWAY and other.kind is EventKind.ARRIVAL and here and there:
        return here.name == there.name  # "Manama is the next destination of INS Tir, which is to be there on 12 October"
    return here.start == there.start if here and there else event.kind is other.kind


def _filled(told: Told, event: Told) -> bool:
    """Give an event told already the slots that it lacks: "The journey to Bergen was begun by the minehunter X"."""
    came = told.kind in (EventKind.ARRIVAL, EventKind.UNDERWAY) and event.kind is EventKind.IN_PORT and told.vessels == event.vessels
    if came and event.interval and told.interval is None and told.stance.modality is event.stance.modality:
        told.kind, told.places, told.interval, told.sources = event.kind, event.places, event.interval, event.sources
        return True  # "had gone to Hambantota, whose berth 3 was hers from 16 to 22 August"
    if told.kind is event.kind and told.vessels == event.vessels:
        for slot in event.places.keys() - told.places.keys():
            told.places[slot], told.sources[slot] = event.places[slot], event.sources[slot]
    return True


def _matches(scene: Scene, discourse: Discourse, parts: tuple[Part, ...], number: int, at: int, match: _Match) -> int | None:
    """The token behind a shape whose part `number` is read at a token; None where it doesn't fit."""
    if number == len(parts):
        return at
    part, line = parts[number], scene.line
    if part.slot in _GAP_TOKENS:
        for end in _ends_of_gap(line, part, parts[number + 1 :], at):
            if (last := _matches(scene, discourse, parts, number + 1, end, match)) is not None:
                return last
        return None
    if part.slot in _EDGES or (part.opening and line.low(at) not in part.opening):
        passed = part.optional or (part.slot in _EDGES and _is_edge(line, part.slot, at))
        return _matches(scene, discourse, parts, number + 1, at, match) if passed else None
    before = (dict(match.ships), dict(match.places), match.day, match.word, [*match.words])
    tail = all(p.optional or p.slot in _GAP_TOKENS for p in parts[number + 1 : number + 2])
    for end in _ends(scene, discourse, part, at, match, tail=tail):
        if (last := _matches(scene, discourse, parts, number + 1, end, match)) is not None:
            return last
        match.ships, match.places, match.day, match.word, match.words = dict(before[0]), dict(before[1]), before[2], before[3], [*before[4]]
    return _matches(scene, discourse, parts, number + 1, at, match) if part.optional else None


_EDGES = frozenset(["^", "^^", "$"])


def _is_edge(line: Line, slot: str, at: int) -> bool:
    """Whether a clause opens or closes at a token, or the sentence opens there."""
    if slot == "$":
        return line.low(at) in _CLOSES
    return at == 0 or (slot == "^" and line.low(at - 1) in _OPENS)


def _ends_of_gap(line: Line, part: Part, behind: Sequence[Part], at: int) -> Iterator[int]:
    """The tokens at which a gap may end that begins at a token: those with the words that must stand behind it, if words must."""
    words: AbstractSet[str] = behind[0].opening.keys() if behind and not behind[0].optional else frozenset()
    window = line.lows[at : at + _GAP_TOKENS[part.slot] + 1]
    if words and words.isdisjoint(window):
        return
    for end, low in enumerate(window, at):
        if not words or low in words:
            yield end
        if low in _STOPS:
            return
    if not words and at + len(window) == line.size <= at + _GAP_TOKENS[part.slot]:
        yield line.size


def _ends(scene: Scene, discourse: Discourse, part: Part, at: int, match: _Match, *, tail: bool) -> Iterator[int]:
    """The tokens behind what a part may be at a token; what stands there is kept in the match. `tail`: nothing need stand behind it."""
    line, slot = scene.line, part.slot
    if slot in ("SHIP", "OTHER", "HERS", "THE"):
        against = match.ships.get("SHIP" if slot == "OTHER" else "OTHER")
        found = _ships(scene, discourse, at, against) if slot in ("SHIP", "OTHER") else _owner(scene, discourse, at)
        if found:
            match.ships["OTHER" if slot == "OTHER" else "SHIP"] = found[0]
            yield found[1]
        elif slot == "THE":
            yield at + (line.low(at) in ("the", "a", "an", "this", "that", "another"))
    elif slot == "PLACES":
        match.listed, match.days, end = _listed(scene, at)
        if match.listed:
            yield end
    elif slot in ("PLACE", "FROM", "TO"):
        if slot == "PLACE" and match.lists and not match.listed:
            match.listed, match.days, end = _listed(scene, at)
            if len(match.listed) > 1 and (not tail or ends_station(scene, end) or any(before_phrase(line, g.first) + 1 == end for g in scene.groups)):
                yield end  # "behind her lie Lisbon, Rota and Toulon"
            match.listed, match.days = [], {}
        if place := _place(scene, at):
            match.places[slot] = place
            yield _behind_place(scene, place)
    elif slot == "DAY":
        if day := _day(scene, at):
            match.day = day
            yield line.at_offset(day.end - 1) + 1
    else:
        for words in part.opening.get(line.low(at), ()):
            if tuple(line.lows[at : at + len(words)]) == words:
                match.word = match.word or (at, at + len(words))
                match.words.extend(range(at, at + len(words)))
                yield at + len(words)


def _ships(scene: Scene, discourse: Discourse, at: int, other: Group | None = None) -> tuple[Group, int] | None:
    """The vessels told at a token, by name, count or pronoun, which are not the other party, and the token behind them and their hull number."""
    line = scene.line
    if (word := _SHE.get(line.low(at))) and not any(g.first == at for g in scene.groups):  # not in "her sister ship HMS Tyne"
        return _meant(scene, discourse, word, at, other)
    group = next((g for g in scene.groups if at in (g.first, before_phrase(line, g.first) + 1)), None)
    if group is None or not all(v.name or v.count or v.group or v.plural for v in group.vessels):
        return None
    end = group.last
    if line.text(end) == "(":
        end = next((n + 1 for n in range(end, min(end + _HULL_TOKENS, line.size)) if line.text(n) == ")"), end)
    return group, end


def _meant(scene: Scene, discourse: Discourse, word: str, at: int, other: Group | None = None) -> tuple[Group, int] | None:
    """Who a pronoun is: the first vessels of the sentence in front of it that fit in number, else whom the text speaks of."""
    line, several = scene.line, word == "they"
    others = other.vessels if other else ()
    here = (
        g
        for g in scene.groups
        if g.last <= at and g.vessels != others and several == (len(g.vessels) > 1 or g.vessels[0].plural or (g.vessels[0].count or 2) > 1)
    )
    first = next(here, None) or _told_behind(scene, at, several=several)
    vessels, span = first.vessels if first else discourse.fleet.pronoun(word), line.span(at, at + 1)
    return (Group(at, at + 1, vessels, tuple(span for _ in vessels)), at + 1) if vessels else None


def _told_behind(scene: Scene, at: int, *, several: bool) -> Group | None:
    """Whom a pronoun in a phrase that opens a sentence means: the first vessels behind the comma that ends it."""
    line, first = scene.line, next(iter(scene.groups), None)
    if first is None or first.first <= at or several != (len(first.vessels) > 1 or first.vessels[0].plural or (first.vessels[0].count or 2) > 1):
        return None
    return first if line.text(before_phrase(line, first.first)) == "," and at < before_phrase(line, first.first) <= _PHRASE_TOKENS else None


def _owner(scene: Scene, discourse: Discourse, at: int) -> tuple[Group, int] | None:
    """Whose something is, at a token: "her", "the frigate's"."""
    line = scene.line
    if word := _HERS.get(line.low(at)):
        return _meant(scene, discourse, word, at)
    found = _ships(scene, discourse, at)
    if found and line.text(found[1]) in ("'", "’"):
        return found[0], found[1] + 1 + (line.low(found[1] + 1) == "s")
    return None


def _place(scene: Scene, at: int) -> PlaceMention | None:
    """The place told at a token, behind no more than an article and what it is of: "the waters off Crete", "the port of Rota"."""
    place = next((p for p in scene.places if _is_told(p) and 0 <= p.first - at <= _PLACE_TOKENS), None)
    return place if place and _BEFORE_PLACE.issuperset(scene.line.lows[at : place.first]) else None


def _is_told(place: PlaceMention) -> bool:
    """Whether a place is told by a name, be it one that the gazetteer doesn't have."""
    return place.entry is not None or not (place.guess or place.anaphor)


_LIST_JOINTS = frozenset([",", ";", "and", "then", "finally", "also", "later", "lastly", "last", "eventually", "or", "plus", "both", "first"])
_DAY_JOINTS = frozenset([",", "("])


def _listed(scene: Scene, at: int) -> tuple[list[PlaceMention], dict[int, DateMention], int]:
    """The places that a list tells from a token on, the days told with them, and the token behind: "Lisbon, on 3 May, Rota and, on 9 May, Toulon"."""
    line, found, days, end = scene.line, list[PlaceMention](), dict[int, DateMention](), at
    while True:
        ahead = _day(scene, at) if found and line.text(at - 1) == "," and line.low(at - 2) in _LIST_JOINTS else None
        start = line.at_offset(ahead.end - 1) + 1 if ahead else at
        start += ahead is not None and line.text(start) == ","
        place = _place(scene, start)
        if place is None:
            return found, days, end
        found.append(place)
        end = _behind_place(scene, place)
        behind = None if ahead else _day(scene, end + (line.text(end) in _DAY_JOINTS))
        if behind:
            end = line.at_offset(behind.end - 1) + 1
            end += line.text(end) == ")"
        if day := ahead or behind:
            days[place.start] = day
        at = end
        while line.low(at) in _LIST_JOINTS:
            at += 1
        at += 2 * (line.lows[at : at + 2] == ["followed", "by"])
        if at == end:
            return found, days, end


def _behind_place(scene: Scene, place: PlaceMention) -> int:
    """The token behind a place and the land told behind it: "Subic Bay, Zambales,"."""
    line, end = scene.line, place.last
    land = next((p for p in scene.places if p.first == end + 1 and line.text(end) in (",", "(") and _is_land(p)), None)
    inner = end + 1 + (line.low(end + 1) == "the")
    if land is None and line.low(end) == "in" and (within := end_of_land(line, inner)):
        return within  # "Al Duqm in Oman", "Victoria in British Columbia", "Victoria in the Seychelles"
    closed = line.text(land.last) if land else ""
    if land and closed in (",", ")"):
        return land.last + 1
    return end


_LANDS = frozenset([PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND])


def _is_land(place: PlaceMention) -> bool:
    """Whether a place may only say where another lies."""
    return place.entry is None or place.entry.kind in _LANDS


_HOUR = re.compile(
    r"(?:(?:at|around|about|at about|at around) \d{1,2}(?:[:.]?\d\d)?|\d{1,2}:\d\d)"
    r"(?: ?[ap]\.?m\.?| hours| hrs)?(?: (?:[A-Z]\w+|local) time)? (?=on\b|[A-Z]|\d)"
)


def _day(scene: Scene, at: int) -> DateMention | None:
    """The day told at a token, behind no more than its preposition."""
    line = scene.line
    if at < line.size and (hour := _HOUR.match(line.doc.text, line.starts[at], line.sentence.end)):
        at = line.at_start(hour.end())
    first = at - (line.low(at - 1) == "since")  # "since the 10th" is read with its word
    day = next((d for d in scene.dates if 0 <= line.at_offset(d.start) - first <= _DAY_TOKENS), None)
    return day if day and _BEFORE_DAY.issuperset(line.lows[at : line.at_offset(day.start)]) else None


def _event(scene: Scene, discourse: Discourse, shape: Shape, match: _Match, tokens: tuple[int, int], told: list[Told]) -> Told | None:
    """What a shape tells of its vessels, or of those that the text speaks of where it holds none."""
    line = scene.line
    other = match.ships.get("OTHER")
    ships = match.ships.get("SHIP") or _spoken_of(scene, discourse, tokens, other)
    if ships is None or match.word is None or (other and not set(other.vessels).isdisjoint(ships.vessels)):
        return None
    passed = shape.kind == "pass" or ("behind" in shape.id and discourse.lies.keys().isdisjoint(ships.vessels))
    if passed and "PLACE" in match.places:  # "Gibraltar should be behind them tomorrow"
        match.places["PLACE"] = passage_meant(line, match.places["PLACE"])
    place = match.places.get("PLACE") or match.places.get("TO") or match.places.get("FROM")
    if shape.kind in ("too", "with"):
        return _too(scene, discourse, ships, match, tokens, told, shape)
    if shape.kind == "another":
        return _another(scene, discourse, shape, match, tokens, told)
    kind = _kind(shape, place)
    if (
        kind is EventKind.AT_SEA
        and shape.kind == "stay"
        and place
        and place.how == "in"
        and place.name.lower() in line.doc.lexicon.sets["port_lands"]
    ):
        kind = EventKind.IN_PORT  # "the destroyer USS Ross, currently in Guam"
    if kind is None:
        return None
    slots = {slot: match.places[name] for name, slot in (("FROM", "origin"), ("TO", "destination")) if name in match.places}
    if "PLACE" in match.places:
        slots[MAIN_SLOT[kind]] = match.places["PLACE"]
    rule = changed(line.doc.lexicon.rules[f"shape.{kind.value}"], plans=shape.plans, denies=shape.denies)
    trigger = Trigger(rule, "state", match.word[0], tokens[1], tokens[0], False, tokens)
    taken = _stance(line, match, shape) or stance_of(line, trigger, ships)
    if taken.modality is Modality.PLANNED and not shape.plans and _AHEAD_FIRMLY.isdisjoint(line.lows[n] for n in match.words):
        own = {line.low(n) for n in match.words}
        taken = Stance(Modality.ASSERTED) if own.issuperset((taken.hedge or "").lower().split()) else taken  # "is where to find her"
    vessels, spans = ships.vessels, ships.spans
    if other and (kind in _SIDED or shape.kind == "meet"):
        vessels, spans = (*ships.vessels, *other.vessels), (*ships.spans, *other.spans)
    event = tell(scene, trigger, vessels, spans, kind, slots, taken, discourse)
    if other and kind in _SIDED:
        sides = (Role.ESCORTED, Role.ESCORT) if kind is EventKind.ESCORT else (Role.RECEIVER, Role.SUPPLIER)
        event.roles = (*((v, sides[0]) for v in ships.vessels), *((v, sides[1]) for v in other.vessels))
    _dated(scene, event, match, tokens)
    if kind is EventKind.ARRIVAL and event.main is None:
        _back_there(scene, event, discourse, told)
        _at_berth(scene, event, discourse, match)
    if shape.id in _ENDS_STAY and event.main is None:
        _out_of_there(event, discourse, told)
    if event.main is None and kind in (EventKind.IN_PORT, EventKind.AT_SEA):
        return None
    ahead = event.interval.start if event.interval else None
    if ahead and discourse.published and ahead > discourse.published and event.stance.modality is Modality.ASSERTED:
        event.stance = Stance(Modality.PLANNED)
    return event


_BACK = frozenset(["back", "home"])


def _back_there(scene: Scene, event: Told, discourse: Discourse, told: list[Told]) -> None:
    """Give a return without a place the port that its ships left before: "left Anguilla on Wednesday; on Friday she was back"."""
    if _BACK.isdisjoint(scene.line.words):
        return
    earlier = [e for e in (*discourse.told[-_RECALLED:], *told) if e.kind is EventKind.DEPARTURE and e.main and set(event.vessels) <= set(e.vessels)]
    if earlier and earlier[-1].main and not earlier[-1].main.is_passage:
        event.places["destination"] = earlier[-1].main
        event.sources["destination"] = ("document", (earlier[-1].main.start, earlier[-1].main.end))


def _at_berth(scene: Scene, event: Told, discourse: Discourse, match: _Match) -> None:
    """Give an arrival at a pier the port that the text told just before: "Rota filled up on Monday. Pier 4 received the destroyer X"."""
    port = discourse.places.get("port")
    if port is None or event.main or scene.number - discourse.port_told > 1:
        return
    if any(scene.line.low(n) in scene.line.doc.lexicon.sets["berth_words"] or scene.line.low(n) == "berth" for n in match.words):
        event.places["destination"], event.sources["destination"] = port, ("document", (port.start, port.end))


_ENDS_STAY = frozenset(["days-there-ended", "visit-ends"])


def _out_of_there(event: Told, discourse: Discourse, told: list[Told]) -> None:
    """Give a departure without a place the port where its ships were just told to be: "called at Callao, and three days there ended on Friday"."""
    last = next((e for e in (*reversed(told), *reversed(discourse.told[-_RECALLED:])) if set(event.vessels) <= set(e.vessels)), None)
    if last and last.kind in _STOPPED and last.main and last.stance.modality in (Modality.ASSERTED, Modality.REPORTED):
        event.places["origin"], event.sources["origin"] = last.main, ("document", (last.main.start, last.main.end))


_RECALLED = 12


def _dated(scene: Scene, event: Told, match: _Match, tokens: tuple[int, int]) -> None:
    """Give an event the day of its shape, or that beside it where none was found."""
    if match.days and event.main:
        _dated_in_list(event, match)
        return
    source = event.sources.get("date", ("", None))[1] if event.interval else None
    opens = match.words[-1] if len(match.listed) > 1 and match.words else tokens[0]  # "began on 3 May and has taken in Lisbon and Rota"
    inside = source is not None and scene.line.starts[opens] <= source[0] < scene.line.ends[tokens[1] - 1]
    day = (None if inside else match.day) or (None if event.interval else _day_beside(scene, tokens))
    if day and day.interval:
        coming = day.kind == "weekday" and event.stance.modality is Modality.PLANNED  # "her course will be set for Luanda on Saturday"
        event.interval = on_or_after(day.interval, scene.line.doc.published) if coming else day.interval
        event.sources["date"] = ("clause", (day.start, day.end))
    elif len(match.listed) > 1 and event.interval and not inside:
        event.interval = None  # "came home on Friday from a cruise that took in Lisbon and Toulon"
        event.sources.pop("date", None)
    elif not inside and source and not _NEXT.isdisjoint(scene.line.lows[tokens[0] : tokens[1] + 1]):
        event.interval = None  # "On 28 July she lay at Haifa, and exercises off Crete came next"
        event.sources.pop("date", None)
    if day and day.bare and event.kind in _MOVES:
        event.interval = day.bare  # "Out of Bremerton since April 27"


_MONTH = timedelta(days=9)


def _dated_in_list(event: Told, match: _Match) -> None:
    """Give an event the day that a list tells with its place; a month or so told behind a list goes for all of it."""
    place = event.main
    day = match.days.get(place.start) if place else None
    last = match.days.get(match.listed[-1].start)
    if day is None and last and len(match.days) == 1 and last.interval and last.interval.start and last.interval.end:
        day = last if last.interval.end - last.interval.start >= _MONTH else None
    event.interval = day.interval if day else None
    event.sources.pop("date", None)
    if day and day.interval:
        event.sources["date"] = ("clause", (day.start, day.end))


def _day_beside(scene: Scene, tokens: tuple[int, int]) -> DateMention | None:
    """The day right behind the tokens of a shape, or right in front of them."""
    line, (first, last) = scene.line, tokens
    if behind := _day(scene, last + (line.text(last) == ",")):
        return behind
    opens = line.text(first - 1) == "," and first - _OPENING_TOKENS <= 0
    return next((d for d in scene.dates if line.at_offset(d.end - 1) == first - 1 - opens), None)


def _stance(line: Line, match: _Match, shape: Shape) -> Stance | None:
    """How surely the own words of a shape tell it, where they say so."""
    perhaps = next((n for n in match.words if line.low(n) in _PERHAPS), None)
    if perhaps is not None:
        return Stance(Modality.POSSIBLE, line.text(perhaps))
    ahead = next((n for n in match.words if line.low(n) in _AHEAD and not shape.denies), None)
    return Stance(Modality.PLANNED, line.text(ahead)) if ahead is not None and shape.plans else None


def _spoken_of(scene: Scene, discourse: Discourse, tokens: tuple[int, int], other: Group | None) -> Group | None:
    """Whom the text speaks of, where the sentence names no others than one in front of the shape."""
    groups = scene.groups
    if groups and ";" in scene.line.words:  # "Turku is on the cards for Monday; that port has had the Croix du Sud since Tuesday"
        ends = next((at for at in scene.line.where(_SEMICOLON) if at >= tokens[1] - 1), scene.line.size)
        groups = [g for g in groups if g.first < ends]
    if groups and not (other and len(groups) == 1):
        ahead = len(groups) == 1 and groups[0].last <= tokens[0]
        comma = scene.line.low(before_phrase(scene.line, groups[0].first)) in (",", "that")
        behind = groups[0].first >= tokens[1] and comma and tokens[0] <= _OPENING_TOKENS
        around = len(groups) == 1 and groups[0].first <= tokens[0] and tokens[1] <= groups[0].last
        if ahead and discourse.fleet.subject and _in_whose_company(scene.line, groups[0].last):
            return _with_subject(scene, groups[0], discourse)
        return groups[0] if ahead or behind or around else None  # around: "The group in the Baltic comprises A and B"
    vessels, span = discourse.fleet.subject, scene.line.span(tokens[0], tokens[0] + 1)
    return Group(tokens[0], tokens[0] + 1, vessels, tuple(span for _ in vessels)) if vessels else None


_SEMICOLON = frozenset([";"])


def _in_whose_company(line: Line, at: int) -> bool:
    """Whether what follows was done in the company of ships that end at a token: "met the frigate X, in whose company the crossing is made"."""
    at += line.text(at) == ","
    return line.lows[at : at + 3] == ["in", "whose", "company"]


def _with_subject(scene: Scene, group: Group, discourse: Discourse) -> Group:
    """Ships together with those of whom the text speaks."""
    subject = [v for v in discourse.fleet.subject if v not in group.vessels]
    span = scene.line.span(group.first, group.first + 1)
    return Group(group.first, group.last, (*subject, *group.vessels), (*(span for _ in subject), *group.spans))


def _too(scene: Scene, discourse: Discourse, ships: Group, match: _Match, tokens: tuple[int, int], told: list[Told], shape: Shape) -> Told | None:
    """What ships do that others were told to do just before: "Close behind came the landing ship Kaliningrad"."""
    kinds, plans = _MOVES if shape.kind == "too" else frozenset(EventKind) - _SIDED, shape.plans
    beside = discourse.beside if discourse.beside and discourse.beside.sentence == scene.number - 1 else None
    moves = [
        e
        for e in told or [*discourse.told[-1:], *((beside,) if beside else ())]
        if e.kind in kinds and not (shape.kind == "with" and _apart(e, ships))
    ]
    line, last = scene.line, next((e for e in reversed(moves) if e.main), None)
    band = "turn" in scene.line.words and all(v.group and not v.name for v in ships.vessels)  # "it was the turn of a second group": of its foes
    opens = line.text(tokens[1]) == ":" and line.low(tokens[1] - 1) == "turn"  # "it was the tanker's turn: the tanker Kama sailed for Brest"
    if last is None or band or opens or scene.number - last.sentence > 1 or not set(ships.vessels).isdisjoint(last.vessels):
        return None
    rule = line.doc.lexicon.rules[f"shape.{last.kind.value}"]
    trigger = Trigger(rule, "state", tokens[0], tokens[1], tokens[0], False, tokens)
    stance = Stance(Modality.PLANNED, "to") if plans else Stance(Modality.NEGATED, "not") if shape.denies else last.stance
    event = tell(scene, trigger, ships.vessels, ships.spans, last.kind, dict(last.places), stance, discourse)
    own = next((p for p in scene.places if p.entry and p.how in ("off", "in") and 1 < p.first - tokens[1] <= _ASIDE_TOKENS), None)
    if own and last.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and line.text(tokens[1]) == ",":
        event.places[MAIN_SLOT[last.kind]] = own  # "on Sunday it was the turn of the trawler X, rammed off Half Moon Shoal"
    event.places = {**last.places, **event.places}
    for slot, (_, span) in last.sources.items():
        if slot in event.places:
            event.sources[slot] = ("sentence before" if scene.number > last.sentence else "clause", span)
    if match.day and match.day.interval:
        coming = plans and match.day.kind == "weekday"
        event.interval = on_or_after(match.day.interval, line.doc.published) if coming else match.day.interval
        event.sources["date"] = ("clause", (match.day.start, match.day.end))
    elif event.interval is None and last.interval:
        event.interval, event.sources["date"] = last.interval, ("sentence before", last.sources.get("date", ("", None))[1])
    return event


def _apart(event: Told, ships: Group) -> bool:
    """Whether ships that are with those told of watch them, or are only denied or planned to do what is told."""
    return event.stance.modality is Modality.NEGATED or are_rivals(Group(0, 0, event.vessels, event.spans), ships)


_ASIDE_TOKENS = 5
_STOPPED = frozenset([EventKind.ARRIVAL, EventKind.IN_PORT])
_PAST = frozenset(["was", "were", "followed", "came", "had", "been"])


def _another(scene: Scene, discourse: Discourse, shape: Shape, match: _Match, tokens: tuple[int, int], told: list[Told]) -> Told | None:
    """A further stop of ships of which one was told just before: "Her first stop was Rota; Malta was the second", "Durban follows on Friday"."""
    line, last = scene.line, next((e for e in reversed(told or discourse.told[-1:]) if e.kind in (*_STOPPED, EventKind.DEPARTURE)), None)
    place = match.places.get("PLACE")
    if last is None or place is None or scene.number - last.sentence > 1 or (scene.groups and not told):
        return None
    kind = EventKind.TRANSIT if place.is_passage else EventKind.ARRIVAL
    past = not _PAST.isdisjoint(line.lows[n] for n in match.words) and _AHEAD_FIRMLY.isdisjoint(line.lows[n] for n in match.words)
    if (
        not past
        and last.kind is EventKind.DEPARTURE
        and last.stance.modality is not Modality.PLANNED
        and _AHEAD.isdisjoint(line.lows[n] for n in match.words)
    ):
        past = False
    rule = changed(line.doc.lexicon.rules[f"shape.{kind.value}"], plans=not past)
    trigger = Trigger(rule, "state", match.word[0] if match.word else tokens[0], tokens[1], tokens[0], False, tokens)
    elliptic = match.word is not None and _is_bare(line, match) and last.kind is not EventKind.DEPARTURE
    taken = last.stance if elliptic else Stance(Modality.ASSERTED) if past else Stance(Modality.PLANNED)
    event = tell(scene, trigger, last.vessels, last.spans, kind, {MAIN_SLOT[kind]: place}, taken, discourse)
    day = match.day or (_day(scene, tokens[1] + 1) if line.text(tokens[1]) == "," else None)
    event.interval = day.interval if day else None
    event.sources.pop("date", None)
    if day and day.interval:
        event.sources["date"] = ("clause", (day.start, day.end))
    return event


def _is_bare(line: Line, match: _Match) -> bool:
    """Whether a further stop is told without a verb, and so as firmly as the one before: "Rota came first, Malta after that"."""
    return not any(line.low(n) in _STOP_VERBS for n in match.words)


_STOP_VERBS = frozenset(["is", "are", "was", "were", "be", "been", "comes", "come", "came", "follows", "follow", "followed", "being"])


def _kind(shape: Shape, place: PlaceMention | None) -> EventKind | None:
    """The kind of event that a shape tells at a place; None where it tells none there."""
    if shape.kind not in _KINDS:
        return EventKind(shape.kind)
    port, other, passage = _KINDS[shape.kind]
    if place is None:
        return other
    return passage if place.is_passage else port if place.is_port and place.how != "off" else other
