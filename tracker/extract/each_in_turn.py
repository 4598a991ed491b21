"""Stage 7, several ships of one sentence, each with her own day or place: "on Monday and Wednesday respectively", "by A on Monday and by B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Role
from tracker.domain.when import Interval
from tracker.extract.dates import DateMention
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Group, Scene, Told, replace_told

_EACH = frozenset(["respectively", "respective", "turn", "apart", "order"])
_SIGNS = frozenset(["in turn", "in that order", "days apart", "day apart", "hours apart", "weeks apart", "week apart"])
_JOINT, _LEADS = frozenset(["and", ",", "then", ";", "or"]), frozenset(["on", "by", "in", ",", "early", "late"])
_NEAR = 3


def each_in_turn(scene: Scene, told: list[Told]) -> None:
    """Give each ship of a list her own day or place, where a sentence tells as many of these as ships."""
    if len(scene.dates) > 1 and len(scene.groups) > 1:
        _split_by_days(scene, told)
        _add_those_dated(scene, told)
    if len(scene.dates) == 1 and told:
        for event in list(told):
            _replace(told, event, _one_dated_aside(scene, event))
    if len(scene.dates) > 1 and told:
        _without_dated_summary(scene, told)
    if len(scene.places) > 1 and told:
        if len(scene.groups) > 1:
            _places_ahead(scene, told)
            _each_to_her_place(scene, told)
        _without_summary(scene, told)
        if not (_OTHER.isdisjoint(scene.line.words) or _ONE.isdisjoint(scene.line.words)):
            _one_here_other_there(scene, told)
    if not _EACH.isdisjoint(scene.line.words) and _says_each(scene.line):
        for event in list(told):
            placed = _at_their_places(scene, event) if "respectively" in scene.line.words else []
            _replace(told, event, _on_their_days(scene, event) or placed)


def _one_dated_aside(scene: Scene, event: Told) -> list[Told]:
    """The event of the ships behind a day in commas on that day, and of those in front without it: "HMS Kent and, from Thursday, HMS Argyll"."""
    line, day = scene.line, event.sources.get("date", ("", None))[1]
    if event.interval is None or day is None or event.roles or len(event.vessels) < _PAIR:
        return []
    ahead = sum(span[1] <= day[0] for span in event.spans)
    behind = [span for span in event.spans if span[0] >= day[1]]
    closed = line.text(line.at_offset(day[1] - 1) + 1) == "," and behind and line.at_start(behind[0][0]) - line.at_offset(day[1] - 1) <= _NEAR
    if not closed or not ahead or ahead + len(behind) != len(event.vessels) or line.low(line.at_start(event.spans[ahead - 1][1] + 1)) != "and":
        return []
    first, then = replace_told(event, event.kind), replace_told(event, event.kind)
    first.vessels, first.spans, then.vessels, then.spans = event.vessels[:ahead], event.spans[:ahead], event.vessels[ahead:], event.spans[ahead:]
    first.places, then.places, first.interval = dict(event.places), dict(event.places), None
    first.sources.pop("date")
    return [first, then]


_PAIR = 2


def _says_each(line: Line) -> bool:
    """Whether a sentence says that several things go one by one with as many others."""
    if "respectively" in line.words or "respective" in line.words:
        return True
    return line.holds(_SIGNS)


def _replace(told: list[Told], event: Told, parts: list[Told]) -> None:
    """Put the parts of an event in its place."""
    if parts:
        at = next(n for n, e in enumerate(told) if e is event)
        told[at : at + 1] = parts


def _one_by_one(event: Told) -> bool:
    """Whether an event is of several ships that are told one by one, and of no list that goes on with others."""
    return len(event.vessels) > 1 and all(v.count == 1 for v in event.vessels) and not event.roles


def _run(line: Line, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether things, told by their tokens, stand one behind the other with no more than "and", a comma or a preposition between."""
    for (_, end), (begin, _) in pairwise(spans):
        between = line.lows[end:begin]
        if not between or len(between) > _NEAR or not all(low in _JOINT or low in ("on", "the", "in") for low in between):
            return False
    return True


def _on_their_days(scene: Scene, event: Told) -> list[Told]:
    """The event of each of some ships on her own day: "entered Souda Bay on Monday and Wednesday respectively"."""
    line = scene.line
    if not _one_by_one(event) or event.interval is None:
        return []
    used = event.sources.get("date", ("", None))[1]
    days, spans = _days(line, scene.dates, len(event.vessels))
    if used is None or not days or not any(begin <= used[0] < end or used == (begin, end) for begin, end in spans):
        return []
    return [_part(event, n, interval=day, span=span) for n, (day, span) in enumerate(zip(days, spans, strict=True))]


def _days(line: Line, dates: Sequence[DateMention], many: int) -> tuple[list[Interval], list[tuple[int, int]]]:
    """So many days told in a row, with where they stand; none where there are more or fewer."""
    told = sorted((d for d in dates if d.interval and d.interval.start), key=lambda d: d.start)
    single = [(d.interval, d) for d in told if d.interval and d.interval.start == d.interval.end]
    spans = [(line.at_offset(d.start), line.at_offset(d.end - 1) + 1) for _, d in single]
    if len(single) == many and _run(line, spans):
        return [day for day, _ in single], [(d.start, d.end) for _, d in single]
    pair = [d for d in told if " and " in line.doc.low[d.start : d.end]]
    if len(pair) != 1 or many != len(single) + 2 or not pair[0].interval or not pair[0].interval.start or not pair[0].interval.end:
        return [], []
    last = (line.at_offset(pair[0].start), line.at_offset(pair[0].end - 1) + 1)
    if all(end <= last[0] for _, end in spans) and _run(line, [*spans, last]):  # "on 2 May, 17 June and 16 July, respectively"
        both, span = [Interval.day(pair[0].interval.start), Interval.day(pair[0].interval.end)], (pair[0].start, pair[0].end)
        return [*(day for day, _ in single), *both], [*((d.start, d.end) for _, d in single), span, span]
    return [], []


def _at_their_places(scene: Scene, event: Told) -> list[Told]:
    """The event of each of some ships at her own place: "In Toulon and Brest respectively lie the frigates A and B"."""
    slot = MAIN_SLOT[event.kind]
    slot = "destination" if slot not in event.places and "destination" in event.places else slot
    main = event.places.get(slot)
    if not _one_by_one(event) or main is None:
        return []
    places = [p for p in scene.places if p.entry]
    many = len(event.vessels)
    for first in range(len(places) - many + 1):
        run = places[first : first + many]
        if any(p.start == main.start for p in run) and _run(scene.line, [(p.first, p.last) for p in run]) and _alone(scene.line, places, first, many):
            return [_part(event, n, place=(slot, place)) for n, place in enumerate(run)]
    return []


def _alone(line: Line, places: Sequence[PlaceMention], first: int, many: int) -> bool:
    """Whether a run of places goes on with no further one."""
    behind = places[first + many : first + many + 1]
    return not behind or not _run(line, [(places[first + many - 1].first, places[first + many - 1].last), (behind[0].first, behind[0].last)])


def _part(
    event: Told,
    number: int,
    *,
    interval: Interval | None = None,
    span: tuple[int, int] | None = None,
    place: tuple[str, PlaceMention] | None = None,
) -> Told:
    """An event of the one ship of a list that stands at a number of it, with a day or a place of her own."""
    part = replace_told(event, event.kind)
    part.vessels, part.spans, part.places = (event.vessels[number],), (event.spans[number],), dict(event.places)
    part.sources = dict(event.sources)
    if interval:
        part.interval, part.sources["date"] = interval, ("clause", span)
    if place:
        slot, mention = place
        part.places[slot], part.sources[slot] = mention, ("clause", (mention.start, mention.end))
    return part


# --- ships with a day right beside each


def _beside(scene: Scene, group: Group, *, behind: bool) -> DateMention | None:
    """The one day told right behind vessels, or the month, or the day right in front of them with no more than "by" between."""
    line = scene.line
    for day in scene.dates:
        if day.interval is None or (day.interval.start != day.interval.end and not (behind and day.kind == "absolute")):
            continue
        begin, end = line.at_offset(day.start), line.at_offset(day.end - 1) + 1
        between = line.lows[group.last : begin] if behind else line.lows[end : group.first]
        near = begin >= group.last if behind else end <= group.first
        if near and len(between) <= _NEAR and all(low in _LEADS or low in ("the", "a") for low in between):
            return day
    return None


def _split_by_days(scene: Scene, told: list[Told]) -> None:
    """Part an event of ships that each have a day behind them: "Busan had the destroyer A in on Monday and the destroyer B on Wednesday"."""
    for event, role in [(e, r) for e in told for r in dict.fromkeys(r for _, r in e.roles) or (None,)]:
        one_side = event.vessels if role is None else tuple(v for v, r in event.roles if r is role)
        vessels = tuple(m for v in one_side for m in (v.members or (v,)))  # "The following have called: A in May, B in June"
        groups = [g for g in scene.groups if set(g.vessels) < set(vessels)]
        if len(groups) < 2 or event.interval is None or len([v for g in groups for v in g.vessels]) != len(vessels):
            continue
        days = [_beside(scene, g, behind=True) for g in groups]
        if role is not None and not all(days):
            days = [_beside(scene, g, behind=False) for g in groups]  # "was escorted on Monday by A and on Tuesday by B"
        if not all(days) or len({d.start for d in days if d}) != len(groups) or event not in told:
            continue
        parts = []
        for group, day in zip(groups, days, strict=True):
            part = _of_group(event, group, role)
            part.interval, part.sources = day.interval if day else None, {**event.sources, "date": ("clause", (day.start, day.end) if day else None)}
            parts.append(part)
        _replace(told, event, parts)


def _of_group(event: Told, group: Group, role: Role | None) -> Told:
    """An event told of a group instead of those who do it, or of one side where it has two: "Tidespring refuelled A on Monday, B on Tuesday"."""
    part, spans = replace_told(event, event.kind), dict(zip(event.vessels, event.spans, strict=True))
    stay = tuple(v for v, r in event.roles if r is not role)
    own = dict(zip(group.vessels, group.spans, strict=True))
    part.vessels = (*stay, *group.vessels)
    part.spans, part.places = tuple(spans.get(v) or own[v] for v in part.vessels), dict(event.places)
    if role is not None:
        part.roles = (*((v, r) for v, r in event.roles if r is not role), *((v, role) for v in group.vessels))
    return part


def _add_those_dated(scene: Scene, told: list[Told]) -> None:
    """Add ships with a day in front of them where others of the list have theirs: "passed on Monday by A and on Friday by B"."""
    line = scene.line
    known = {v for e in told for v in e.vessels}
    dated = [(g, day) for g in scene.groups if (day := _beside(scene, g, behind=False))]
    for (one, day), (other, next_day) in pairwise(dated):
        first, second = (one, other) if set(one.vessels) <= known else (other, one)
        own = day if first is one else next_day
        event, role = next(((e, r) for e in told if e.interval == own.interval for r in _side(e, first)), (None, None))
        parted = line.lows[one.last : line.at_offset(next_day.start)]
        if event is None or not known.isdisjoint(second.vessels) or not (parted and set(parted) <= _JOINT | _LEADS and parted[0] in _JOINT):
            continue
        if line.low(before_phrase(line, one.first)) == "by" and line.low(before_phrase(line, other.first)) != "by":
            continue
        added = _of_group(event, second, role)
        when = next_day if first is one else day
        added.interval, added.sources = when.interval, {**event.sources, "date": ("clause", (when.start, when.end))}
        told.append(added)
        known.update(second.vessels)


def _side(event: Told, group: Group) -> Iterator[Role | None]:
    """The side of an event that a group is, None where it has no sides."""
    if not event.roles and set(event.vessels) == set(group.vessels):
        yield None
    yield from (role for role in {r for _, r in event.roles} if {v for v, r in event.roles if r is role} == set(group.vessels))


# --- the one here, the other there

_ONE, _OTHER = frozenset(["one", "former", "first"]), frozenset(["other", "latter", "second"])
_LEADS_TO, _LIES_AT = frozenset(["for", "to", "towards", "toward"]), frozenset(["in", "at", "off", "near"])


def _one_here_other_there(scene: Scene, told: list[Told]) -> None:
    """Give each of two ships her own place: "A and B have left, the one for Toulon, the other for Malta"."""
    line = scene.line
    pair = [p for p in scene.places if p.entry and _whose_place(line, p)]
    if len(pair) != 2 or _whose_place(line, pair[0]) not in _ONE or _whose_place(line, pair[1]) not in _OTHER:
        return
    leads = {line.low(p.first - 1 - (line.low(p.first - 1) == "the")) for p in pair}
    for event in list(told):
        stays = event.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and leads <= _LIES_AT
        if len(event.vessels) != 2 or not _one_by_one(event) or not (stays or leads <= _LEADS_TO):
            continue
        parts = [_part(event, n, place=("place" if stays else "destination", place)) for n, place in enumerate(pair)]
        for part, place in zip(parts, pair, strict=True):
            part.kind = _kind_there(part, place) if stays else part.kind
            if part.kind is EventKind.DEPARTURE and "origin" not in part.places and part.interval is None:
                part.kind = EventKind.UNDERWAY
        _replace(told, event, parts)
        return


def _kind_there(event: Told, place: PlaceMention) -> EventKind:
    """Whether a ship of a list is in port or at sea at her own place."""
    if place.how == "off" or (place.entry and place.entry.kind in WATER_KINDS):
        return EventKind.AT_SEA
    return EventKind.IN_PORT if place.is_port else event.kind


def _whose_place(line: Line, place: PlaceMention) -> str:
    """The word in front of a place's preposition: "one" in "the one for Toulon"."""
    at = place.first - 1 - (line.low(place.first - 1) == "the")
    return line.low(at - 1) if line.low(at) in _LEADS_TO | _LIES_AT and line.low(at - 2) == "the" else ""


def _each_to_her_place(scene: Scene, told: list[Told]) -> None:
    """Part a movement of ships that are each told again with a place: "have gone each her own way, the destroyer to Oran, the tanker to Bari"."""
    line = scene.line
    for event in list(told):
        if not _one_by_one(event) or event.kind not in (EventKind.UNDERWAY, EventKind.DEPARTURE, EventKind.ARRIVAL):
            continue
        pairs = [
            (g, p)
            for g in scene.groups
            for p in scene.places
            if p.entry
            and set(g.vessels) < set(event.vessels)
            and line.low(g.last) in _LEADS_TO
            and 1 <= p.first - g.last <= 1 + (line.low(p.first - 1) == "the")
        ]
        own = [v for g, _ in pairs for v in g.vessels]
        if len(pairs) < 2 or len(own) != len(event.vessels) or set(own) != set(event.vessels):
            continue
        parts = []
        for group, place in pairs:
            part = replace_told(event, event.kind)
            part.vessels, part.spans, part.sources = group.vessels, group.spans, dict(event.sources)
            part.places = {**event.places, "destination": place}
            part.sources["destination"] = ("clause", (place.start, place.end))
            parts.append(part)
        _replace(told, event, parts)


# --- all of them, and then each


def _without_dated_summary(scene: Scene, told: list[Told]) -> None:
    """Drop what is told of some ships together where each is named with her own day: "Both have sailed from Oran, A on Monday, B on Friday"."""
    for event in list(told):
        count = sum(v.count or 0 for v in event.vessels)
        if len(event.vessels) != 1 or event.vessels[0].name or count < 2 or event.interval is None:
            continue
        own = [e for e in told if e is not event and e.kind is event.kind and e.span == event.span and all(v.name for v in e.vessels) and e.interval]
        named = {v for e in own for v in e.vessels}
        days = {e.interval for e in own}
        if len(named) == count and len(days) > 1 and event.interval in days and all(_main(e) in ("", _main(event)) for e in own):
            told[:] = [e for e in told if e is not event]


def _without_summary(scene: Scene, told: list[Told]) -> None:
    """Drop what is told of some ships together where each is named with her own place: "Both are in harbour, A at Malta and B at Toulon"."""
    for event in list(told):
        count = sum(v.count or 0 for v in event.vessels)
        if len(event.vessels) != 1 or event.vessels[0].name or count < 2 or event.main is None:
            continue
        at = scene.line.at_start(event.spans[0][0])
        own = [e for e in told if e is not event and e.kind is event.kind and e.main and all(v.name for v in e.vessels) and e.span == event.span]
        own = [e for e in own if scene.line.at_start(e.spans[0][0]) > at and e.main and e.main.first > scene.line.at_start(e.spans[0][0])]
        places = {e.main.name for e in own if e.main}
        if sum(len(e.vessels) for e in own) == count and len(places) == len(own) > 1 and event.main.name in places:
            told[:] = [e for e in told if e is not event]


# --- each place in front of its ship


_BETWEEN = frozenset(["lie", "lies", "lay", "are", "is", "was", "were", "came", "come", "went", "sailed", "where", "the", "a", "on", "there"])
_PAIR_TOKENS, _OPENING_TOKENS = 5, 3


def _places_ahead(scene: Scene, told: list[Told]) -> None:
    """Give ships the place in front of each: "In Malta the frigate A, in Oran the corvette B and in Bari the tug C are waiting"."""
    pairs = _pairs_ahead(scene)
    if len(pairs) < 2:
        return
    spoken = {v for _, g in pairs for v in g.vessels}
    first = next((e for e in told if not e.roles and set(e.vessels) <= spoken and _main(e) in {p.name for p, _ in pairs}), None)
    if first is None:
        return
    rest = [
        e for e in told if e is not first and not (set(e.vessels) <= spoken and e.kind in (first.kind, *_STAYS) and first.kind in (e.kind, *_STAYS))
    ]
    parts = []
    for place, group in pairs:
        kind = _kind_there(first, place) if first.kind in _STAYS else first.kind
        part = replace_told(first, kind)
        part.vessels, part.spans, part.sources = group.vessels, group.spans, dict(first.sources)
        part.places = {MAIN_SLOT[kind]: place}
        part.sources[MAIN_SLOT[kind]] = ("clause", (place.start, place.end))
        parts.append(part)
    at = next(n for n, e in enumerate(told) if e is first)
    told[:] = [e for e in told[:at] if e in rest] + parts + [e for e in told[at:] if e in rest]


_STAYS = (EventKind.AT_SEA, EventKind.IN_PORT)


def _main(event: Told) -> str:
    """The name of the place of an event, "" without one."""
    return event.main.name if event.main else ""


def _pairs_ahead(scene: Scene) -> list[tuple[PlaceMention, Group]]:
    """Places each with the ships right behind it, from the opening of the sentence on, one behind the other and led alike."""
    line, pairs = scene.line, list[tuple[PlaceMention, Group]]()
    for place in scene.places:
        group = next((g for g in scene.groups if g.first >= place.last), None)
        at = place.first - (line.low(place.first - 1) == "the")
        led = line.ending("preposition", at)
        begin = led.first if led else at
        if place.entry is None or group is None or not _joins_pair(scene, place, group):
            break
        if not pairs and begin > _OPENING_TOKENS:
            break
        if pairs and (place.how != pairs[0][0].how or not _next_pair(line, pairs[-1][1].last, begin)):
            break
        pairs.append((place, group))
    alike = all(place.how for place, _ in pairs) or all("where" in line.lows[place.last : group.first] for place, group in pairs)
    return pairs if alike else []


def _next_pair(line: Line, last: int, begin: int) -> bool:
    """Whether a pair goes on behind another: a comma or "and", with a verb and its complement of the last clause at most in front."""
    between = line.lows[last:begin]
    joint = next((n for n, low in enumerate(between) if low in (",", ";", "and", "while")), None)
    if joint is None or joint > 2 or not set(between[joint:]) <= {",", ";", "and", "while"}:
        return False
    return all(low in ("is", "are", "lies", "lie", "lying", "was", "were", "in") for low in between[:joint])


def _joins_pair(scene: Scene, place: PlaceMention, group: Group) -> bool:
    """Whether nothing but a day or a verb of lying or coming stands between a place and the ships behind it."""
    line = scene.line
    dated = {n for d in scene.dates for n in range(line.at_start(d.start), line.at_offset(d.end - 1) + 1)}
    between = [n for n in range(place.last, before_phrase(line, group.first) + 1) if n not in dated]
    return len(between) <= _PAIR_TOKENS and all(line.low(n) in _BETWEEN for n in between)
