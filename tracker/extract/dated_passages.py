"""Stage 6, passages told as a list of ships, each with its day: "Earlier transits were made by HMS A on 3 May, HMS B on 7 May and …"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import EventKind
from tracker.domain.when import Interval
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger
from tracker.extract.when import year_before

_PASSAGES = frozenset(["transits", "passages", "transit", "passage", "crossings", "voyages"])
_OPENS = frozenset(["by", ":", "were", "included"])
_NOUN_TOKENS, _FEWEST, _GAP_TOKENS = 14, 2, 6


def dated_passages(scene: Scene, discourse: Discourse) -> list[Told]:
    """The passages of a sentence that tells each of its ships with her day, behind a noun for all of them."""
    line = scene.line
    if len(scene.dates) < _FEWEST or line.words.isdisjoint(_PASSAGES) or len(scene.groups) < _FEWEST:
        return []
    noun = next((n for n in range(min(_NOUN_TOKENS, line.size)) if line.low(n) in _PASSAGES), None)
    opened = next((n for n in range(noun + 1, line.size) if line.low(n) in _OPENS and _leads_ship(scene, n)), None) if noun is not None else None
    place = _passage(scene, discourse)
    if noun is None or opened is None or place is None:
        return []
    pairs = list(_pairs(scene, opened))
    if len(pairs) < _FEWEST:
        return []
    rule = line.doc.lexicon.rules["transit.pass"]
    trigger = Trigger(rule, "past", noun, noun + 1, noun, False, (0, line.size))
    told = []
    for group, day in pairs:
        taken = stance_of(line, trigger, group)
        for interval in _days(line, day):
            event = tell(scene, trigger, group.vessels, group.spans, EventKind.TRANSIT, {"place": place}, taken, discourse)
            event.interval, event.sources["date"] = interval, ("clause", (day.start, day.end))
            told.append(event)
    return told


def _days(line: Line, day: DateMention) -> Iterator[Interval]:
    """The days of a mention, each in the past: "on 3 May and 7 June" tells two."""
    told, published = day.interval, line.doc.published
    if told is None or told.start is None or told.end is None:
        return
    ends = [told.start, told.end] if told.start != told.end and " and " in line.doc.low[day.start : day.end] else [told.start]
    if len(ends) == 1 and told.start != told.end:
        yield told
        return
    for end in ends:
        yield Interval.day(end if published is None or end <= published else year_before(end))


def _leads_ship(scene: Scene, at: int) -> bool:
    return any(0 <= g.first - at - 1 <= 1 for g in scene.groups)


def _passage(scene: Scene, discourse: Discourse) -> PlaceMention | None:
    """The passage that a sentence names, else the one told before."""
    return next((p for p in scene.places if p.entry and p.is_passage), None) or discourse.places.get("passage")


def _pairs(scene: Scene, first: int) -> Iterator[tuple[Group, DateMention]]:
    """Each ship with each day told right behind her: "HMS Kent on 3 May and 7 May"."""
    line = scene.line
    groups = [g for g in scene.groups if g.first > first and g.vessels[0].name]
    for number, group in enumerate(groups):
        end = groups[number + 1].first if number + 1 < len(groups) else line.size
        at = group.last
        for day in sorted(scene.dates, key=lambda d: d.start):
            begin = line.at_offset(day.start)
            if not at <= begin < end or day.interval is None:
                continue
            if begin - at > _GAP_TOKENS or not set(line.lows[at:begin]) <= {"on", "and", ",", "(", ")", "again"}:
                break
            yield group, day
            at = line.at_offset(day.end - 1) + 1
