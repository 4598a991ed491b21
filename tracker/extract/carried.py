"""Stage 7, what an event takes from the one told before it: the day of a passage that is watched, the day to which an hour belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from tracker.domain.kinds import MAIN_SLOT, WATER_KINDS, EventKind, Modality, Precision, Role
from tracker.domain.when import Interval
from tracker.extract.dates import DateMention
from tracker.extract.had_before import had_done
from tracker.extract.line import Line, holds
from tracker.extract.place_mention import PlaceMention
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Observed, Scene, Told
from tracker.extract.verbs import Trigger
from tracker.extract.where import port_meant

_SENTENCES, _EVENTS = 3, 12
_WATCHED = frozenset([EventKind.TRANSIT, EventKind.AT_SEA, EventKind.DEPARTURE, EventKind.ARRIVAL])
_LASTING = frozenset([EventKind.AT_SEA, EventKind.IN_PORT, EventKind.ESCORT, EventKind.UNDERWAY])
_PASSAGES = frozenset([EventKind.TRANSIT, EventKind.UNDERWAY, EventKind.AT_SEA])
_HOUR = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-3])(?::[0-5]\d|\.[0-5]\d(?= ?(?:[ap]\.?m|hours|hrs|h\b|utc|local)))|\b\d{1,2} ?[ap]\.?m\b"
    r"|\b(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs|hours|utc|gmt|local|z|lt|h)\b"
)
_AT_HOUR = re.compile(
    r"\b(?:at (?:about )?(?:[01]\d|2[0-3])|by 0\d)[0-5]\d\b(?=[:,.-]| (?:she|it|they|the|he|we|a|an|on|in|off|from|all|with|and|local)\b)"
)
_NUMBER = re.compile(r"\d+")
_ENTRY = re.compile(
    r"(?:[01]\d|2[0-3])[0-5]\d\b(?=\s*[:-]|, "
    r"| (?:all|both|she|it|they|the|a|an|two|three|four|hms|uss|rfa|rfs|ins|tcg|hdms|frigate|destroyer|tug|sub)\b)"
)


_EARLY = re.compile(r"\b[1-5](?:[:.]\d\d)? ?a\.?m\b|\b0[0-5]:?[0-5]\d\b|\b(?:before|at|by) dawn\b|\bin the (?:small|early) hours\b")
_LATE = re.compile(
    r"\b(?:afternoon|evening|night|nightfall|dusk|sunset|midnight)\b|\d ?p\.?m\b|\b(?:1[5-9]|2[0-3]):?[0-5]\d ?(?:hrs|hours|utc|local|h\b)"
)
_LEGS = frozenset(["westward", "eastward", "northward", "southward", "down", "up", "far"])
_STILL = frozenset(["has", "have", "will", "is", "are"])
_LONGEST = timedelta(days=7)


def with_the_watched(line: Line, events: list[Told], discourse: Discourse) -> None:
    """Give a watch the day of the passage that it watches: "passed the Bosphorus on Friday. A cutter escorted her in the strait"."""
    whole = line.holds(line.doc.lexicon.sets["whole_way"])
    past = line.words.isdisjoint(_STILL)
    for event in events:
        if event.kind is not EventKind.ESCORT or event.stance.modality is Modality.PLANNED:
            continue
        if event.interval is not None and (event.main is not None or not whole):
            continue
        watched = _watched_before(event, discourse, whole=whole, past=past)
        if watched is None or (had_done(line.doc, watched) and "had" not in line.words):
            continue
        if event.main is None and watched.main and (whole or not line.words.isdisjoint(_LEGS)):
            event.places["place"], event.sources["place"] = watched.main, ("sentence before", watched.sources.get("place", ("", None))[1])
        if event.interval is None:
            event.interval, event.sources["date"] = watched.interval, ("sentence before", watched.sources.get("date", ("", None))[1])


def lain_before(scene: Scene, events: list[Told]) -> None:
    """Give a stay whose length is told the days up to the departure beside it: "Having spent four days in Lisbon, she left on Monday"."""
    days = next((d.days for d in scene.dates if d.kind == "stay" and 1 < d.days <= _LONGEST_STAY), None)
    stay = next((e for e in events if e.kind is EventKind.IN_PORT and e.interval is None), None)
    left = next((e for e in events if e.kind is EventKind.DEPARTURE and e.interval and e.interval.start == e.interval.end), None)
    if not days or stay is None or left is None or not set(stay.vessels) & set(left.vessels) or stay.stance.modality is not left.stance.modality:
        return
    if left.interval and left.interval.start and (left.main is None or stay.main is None or left.main.name == stay.main.name):
        stay.interval = Interval(left.interval.start - timedelta(days=days - 1), left.interval.start, Precision.RANGE)
        stay.sources["date"] = left.sources.get("date", ("sentence", None))


def stay_to_come(events: list[Told]) -> None:
    """Make a stay as much a plan as the arrival for it, from its day on: "is to dock in Lisbon on Friday for a visit of four days"."""
    for stay in events:
        if stay.rule != "noun.visit" or stay.kind is not EventKind.IN_PORT or stay.stance.modality is not Modality.ASSERTED:
            continue
        came = next((e for e in events if e.kind is EventKind.ARRIVAL and e.span == stay.span and set(e.vessels) == set(stay.vessels)), None)
        if came is None or came.stance.modality not in (Modality.PLANNED, Modality.POSSIBLE) or not (came.main and stay.main):
            continue
        if came.main.name != stay.main.name:
            continue
        stay.stance, begin, told = came.stance, came.interval and came.interval.start, stay.interval
        if begin and came.interval and came.interval.end == begin and told and told.start and told.end:
            stay.interval = Interval(begin, begin + (told.end - told.start), Precision.RANGE)


def told_in_halves(events: list[Told]) -> None:
    """Give a movement the day with which its sentence tells it again: "Cork saw off HMS Tyne, which cast off at noon on Friday"."""
    for event in events:
        if event.interval is not None or event.main is None or event.kind not in (EventKind.DEPARTURE, EventKind.ARRIVAL):
            continue
        again = next((e for e in events if e.kind is event.kind and e.interval and e.main is None and set(e.vessels) == set(event.vessels)), None)
        if again and again.span == event.span and again.stance.modality is event.stance.modality:
            event.interval, event.sources["date"] = again.interval, again.sources.get("date", ("sentence", None))


_PORT_SENTENCES = 2


def where_missed(scene: Scene, events: list[Told], discourse: Discourse) -> None:
    """Give ships that came in or never came the port of which the text speaks: "Belfast has visitors. The corvette X did not come"."""
    for event in events:
        if event.kind is not EventKind.ARRIVAL or event.main is not None or "origin" in event.places:
            continue
        port = port_meant(scene.line, discourse, scene.number) if scene.number - discourse.port_told <= _PORT_SENTENCES else None
        if port is not None and port.is_port:
            event.places["destination"], event.sources["destination"] = port, ("document", (port.start, port.end))


_MEANWHILE = frozenset(["as", "while"])
_WATERS = frozenset({EventKind.AT_SEA, EventKind.ARRIVAL, EventKind.TRANSIT})


def where_seen_off(scene: Scene, events: list[Told], places: Sequence[PlaceMention]) -> None:
    """Give a watch the waters told behind what those watched were about: "shadowed a task group returning from Syria in UK waters"."""
    line = scene.line
    for event in events:
        if event.kind is not EventKind.ESCORT or event.places:
            continue
        at = _trigger_at(line, event)
        taken = {p.first for e in events for p in e.places.values()}
        wet = [p for p in places if p.first > at and p.first not in taken and (p.how == "off" or (p.how in ("in", "through") and _is_wet(p)))]
        moves = [f for f in line.found("trigger") if wet and at < f.first < wet[0].first]
        about = [form for f in moves for _, form in f.data]
        if (
            len(wet) == 1
            and moves
            and about
            and set(about) <= {"ing", "noun"}
            and {",", ";", "that", "which", "who"}.isdisjoint(line.lows[at : wet[0].first])
        ):
            event.places["place"], event.sources["place"] = wet[0], ("clause", (wet[0].start, wet[0].end))


def _is_wet(place: PlaceMention) -> bool:
    return place.is_passage or (place.entry is not None and place.entry.kind in WATER_KINDS)


def where_watched(line: Line, events: list[Told]) -> None:
    """Give a watch the waters that the clause behind it tells: "shadowed the frigate X as she worked in the Irish Sea"."""
    for event in events if not _MEANWHILE.isdisjoint(line.words) else ():
        if event.kind is not EventKind.ESCORT or event.main is not None:
            continue
        escorted = {v for v, role in event.roles if role is Role.ESCORTED}
        at = _trigger_at(line, event)
        for other in events:
            then, main = _trigger_at(line, other), other.main
            wet = main is not None and (main.how == "off" or _is_wet(main))
            if other.kind not in _WATERS or not wet or main is None or not set(other.vessels) <= escorted or other.span != event.span:
                continue
            if at < then and not _MEANWHILE.isdisjoint(line.lows[at:then]) and other.stance.modality is event.stance.modality:
                event.places["place"] = main
                event.sources["place"] = other.sources.get(MAIN_SLOT[other.kind], ("clause", (main.start, main.end)))
                break


def _trigger_at(line: Line, event: Told) -> int:
    """The token at which the words of movement of an event begin."""
    span = event.sources.get("trigger", ("", None))[1]
    return line.at_start(span[0]) if span else line.size


def where_supplied(events: list[Told]) -> None:
    """Give a replenishment the place and day of the way on which it was made: "On her way up the Red Sea in June she was refuelled by X"."""
    for event in events:
        if event.kind is not EventKind.REPLENISHMENT or event.places:
            continue
        way = next(
            (e for e in events if e.kind is EventKind.AT_SEA and e.main and e.span == event.span and set(e.vessels) & set(event.vessels)), None
        )
        if way and way.stance.modality is event.stance.modality:
            event.places["place"], event.sources["place"] = way.places["place"], way.sources["place"]
            if event.interval is None and way.interval:
                event.interval, event.sources["date"] = way.interval, way.sources.get("date", ("sentence", None))


def _watched_before(event: Told, discourse: Discourse, *, whole: bool, past: bool) -> Told | None:
    """The movement that a watch belongs to: of the same place, the passage told right before, or what it is told to have watched the whole way."""
    escorted = {v for v, role in event.roles if role is Role.ESCORTED} or set(event.vessels)
    for before in reversed(discourse.told[-_EVENTS:]):
        if event.sentence - before.sentence > _SENTENCES - 1:
            return None
        if before is event or before.kind not in _WATCHED or not escorted & set(before.vessels) or not _is_short(before.interval):
            continue
        if before.stance.modality in (Modality.PLANNED, Modality.NEGATED):
            continue
        if event.main is None:
            passage = past and before.kind is EventKind.TRANSIT and event.sentence - before.sentence == 1
            return before if passage or (whole and before.kind in _PASSAGES) else None
        if any(event.main.name == p.name or event.main.name.endswith(f" of {p.name}") for p in before.places.values()):
            return before  # of the same place, or "the Bay of Cádiz" and Cádiz
    return None


def _is_short(interval: Interval | None) -> bool:
    return bool(interval and interval.start and interval.end and interval.end - interval.start <= _LONGEST)


def by_clock(scene: Scene, trigger: Trigger, discourse: Discourse) -> Interval | None:
    """The day to which an hour belongs: the one told last: "came in on Friday. At 3 a.m. she left"."""
    line = scene.line
    if (trigger.form == "pres" and trigger.rule.copula) or not _tells_hour(line):
        return None  # "She is in Lisbon; visitors are welcome from 10:00"
    last = next((e for e in reversed(discourse.told[-_EVENTS:]) if e.interval and e.interval.start == e.interval.end), None)
    told = [(e.sentence, e.interval) for e in (last,) if e and scene.number - e.sentence <= _SENTENCES]
    day = told[0][1] if told else discourse.day if scene.number - discourse.day_told <= 1 else None
    if day and day.end and last and told and _past_midnight(line, last):
        return Interval.day(day.end + timedelta(days=1))
    return _through_night(line, trigger, day) if day else None


def hour_of_day(scene: Scene, trigger: Trigger, mention: DateMention) -> Interval | None:
    """The day told for a departure, where what follows in its sentence has an hour: "left Cork on 3 December and reached Brest at midnight"."""
    line, begin = scene.line, mention.end
    same_day = line.starts[trigger.first] > begin and _hour_within(line, begin, line.sentence.end)
    return mention.interval if same_day else None


_LONGEST_STAY = 15


def how_long(scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse) -> Interval | None:
    """A stay whose length is told, up to the day told before where it was over then: "came home on Friday. She had lain in Brest for two days"."""
    line = scene.line
    spans = [d for d in scene.dates if d.kind == "duration" and 0 < d.days <= _LONGEST_STAY] if kind in _LASTING else []
    told = spans[0].start if spans else 0
    last = next((e for e in reversed(discourse.told[-_EVENTS:]) if e.interval and e.interval.start == e.interval.end), None)
    if not spans or last is None or scene.number - last.sentence > 1 or not last.interval or not last.interval.start:
        return None
    day, length = last.interval.start, timedelta(days=spans[0].days)
    if "had" in line.lows[max(trigger.chain - 1, 0) : trigger.first]:
        return Interval(day - length, day, Precision.RANGE)
    if trigger.form in ("past", "part") and line.words.isdisjoint(_STILL) and (told > line.starts[trigger.first] or line.low(0) == "for"):
        return Interval(day, day + length, Precision.RANGE)
    return None


_OBSERVED_SENTENCES = 3
_CAME_OUT = frozenset(["came", "appeared", "published", "released", "posted", "surfaced", "emerged", "issued", "shared", "circulated"])
_SINCE_THEN = frozenset(["has", "have", "since", "now", "had", "will"])


def note_observed(scene: Scene, discourse: Discourse) -> None:
    """Remember the day of a picture or a count: "A satellite caught Severomorsk on 27 May", "As of 8 May four ships are on duty"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    everywhere = line.holds(sets["counted_as_of"])
    if not everywhere and (line.words.isdisjoint(sets["observations"]) or not line.words.isdisjoint(_CAME_OUT)):
        return
    days = [d for d in scene.dates if d.interval and d.interval.start == d.interval.end and not dates_the_saying(line, d)]
    if len(days) == 1 and days[0].interval and (line.doc.published is None or (days[0].interval.end or line.doc.published) <= line.doc.published):
        places = frozenset([p.name for p in scene.places if p.entry])
        discourse.observed = Observed(days[0].interval, scene.number, line.sentence.block, places, everywhere)


_PICTURED_SENTENCES = 2


def where_pictured(scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The one place of the picture told just before, where ships are seen without a place: "Imagery shows Tartus. Two tugs can be made out"."""
    seen, line = discourse.observed, scene.line
    if seen is None or len(seen.places) != 1 or line.sentence.block != seen.block or event.stance.modality is Modality.NEGATED:
        return None
    if not 0 < scene.number - seen.sentence <= _PICTURED_SENTENCES or any(p.entry for p in scene.places):
        return None
    known = discourse.places.get("any")
    return known if known and known.name in seen.places else None


def as_observed(scene: Scene, event: Told, discourse: Discourse) -> None:
    """Give what lies or cruises somewhere the day of the picture or count told before: "The pass of 27 May was clear. A frigate lay at the mole"."""
    seen, line = discourse.observed, scene.line
    if seen is None or event.interval or event.kind not in (EventKind.AT_SEA, EventKind.IN_PORT) or event.stance.modality is Modality.PLANNED:
        return
    if not 0 < scene.number - seen.sentence <= _OBSERVED_SENTENCES or not _SINCE_THEN.isdisjoint(line.words):
        return
    if not seen.everywhere and line.sentence.block != seen.block:
        return
    if any(d.interval for d in scene.dates) or not (seen.everywhere or event.main is None or event.main.name in seen.places):
        return
    event.interval, event.sources["date"] = seen.interval, ("sentence before", None)


def then_left(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """Give a departure the day on which its ships were told to be there: "met in the Gulf of Aden on 8 June. The frigate X then left the Gulf"."""
    if event.kind is not EventKind.DEPARTURE or event.interval or event.main is None or "then" not in scene.line.lows[trigger.chain : trigger.first]:
        return
    last = discourse.told[-1] if discourse.told else None
    if last is None or scene.number - last.sentence > 2 or last.kind not in (EventKind.AT_SEA, EventKind.DEPARTURE, EventKind.ESCORT):
        return
    here = last.main is None or last.main.name == event.main.name
    if here and last.interval and last.interval.start == last.interval.end and event.stance.modality is last.stance.modality:
        event.interval, event.sources["date"] = last.interval, ("sentence before", last.sources.get("date", ("", None))[1])


def _past_midnight(line: Line, last: Told) -> bool:
    """Whether an early hour follows on a late one: "came in on Friday evening. At about 3 a.m. she left"."""
    return bool(_EARLY.search(line.doc.low, line.sentence.start, line.sentence.end)) and bool(
        _LATE.search(line.doc.low, last.span[0], line.sentence.start)
    )


_CLOCK_DIGITS = 4


def _tells_hour(line: Line) -> bool:
    """Whether a sentence tells the hour or the time of day of what it tells, and no day."""
    return _hour_within(line, line.sentence.start, line.sentence.end)


def _hour_within(line: Line, start: int, end: int) -> bool:
    """Whether an hour or a time of day stands in a part of a sentence."""
    low = line.doc.low
    if line.numerals and (_ENTRY.match(low, start, end) or any(_HOUR.match(low, n.start(), end) for n in _NUMBER.finditer(low, start, end))):
        return True
    if any(len(line.lows[at]) == _CLOCK_DIGITS for at in line.numerals) and _AT_HOUR.search(low, start, end):
        return True
    times = line.doc.lexicon.sets["times_of_day"]
    return line.holds(times) and (start == line.sentence.start or holds(line.lows[line.at_offset(start) :], times))


def _through_night(line: Line, trigger: Trigger, day: Interval) -> Interval:
    """The two days of a night: "tailed the ship through the night"."""
    if day.end and trigger.rule.kind in _LASTING and line.holds(line.doc.lexicon.sets["nights"]):
        return Interval(day.start, day.end + timedelta(days=1), Precision.RANGE)
    return day
