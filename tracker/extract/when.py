"""Stage 6, when: which date of the sentence, or of what stands above it, is the event's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.carried import by_clock, hour_of_day, how_long
from tracker.extract.counted_days import counts_to_doing, resolved, told_before
from tracker.extract.dates import DateMention
from tracker.extract.day_by_tense import (
    WILL,
    by_tense,
    day_ahead,
    on_or_after,
    opened_since,
    part_of_month,
    since_of_other,
    since_till,
    span_since,
    that_month,
    that_week,
)
from tracker.extract.day_near import ACTS, HAVE, OUTSIDE, STAYS, distance_of, in_perfect, is_now, lies_behind, sets_out
from tracker.extract.day_of import of_stay_before
from tracker.extract.line import Line, holds
from tracker.extract.modality import Stance
from tracker.extract.others_day import is_of_departure
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.things_day import since_act
from tracker.extract.verbs import Trigger

_SOON = timedelta(days=30)
"""What goes on ("is bound for", "southbound") is told with a day of last year rather than with one that lies further ahead."""


_SEEN_TOKENS = 6


def set_ahead(scene: Scene, trigger: Trigger, event: Told, source: tuple[str, tuple[int, int] | None] | None) -> None:
    """What is told as past in a year left open was a year ago; whatever else lies ahead is a plan, however firmly it is told."""
    span, published = source[1] if source else None, scene.line.doc.published
    year_told = span is not None and re.search(r"(?:19|20)\d\d", scene.line.doc.text[span[0] : span[1]])
    far = trigger.form in ("ing", "state") and bool(
        event.interval and event.interval.start and published and event.interval.start - published > _SOON
    )
    saw = trigger.form == "base" and "saw" in scene.line.lows[max(trigger.chain - _SEEN_TOKENS, 0) : trigger.chain]  # "April saw her exercise"
    told_as_past = trigger.form in ("past", "part") or far or saw or _came_about(scene.line, trigger)
    past = told_as_past and event.stance.modality is not Modality.PLANNED
    past = past and WILL.isdisjoint(scene.line.lows[trigger.chain : trigger.first])  # "will not put to sea before Monday"
    if past and span and (_no_year(scene.line, span) or _points_back(scene, span)):
        event.interval = None
        event.sources.pop("date", None)
    elif past and span and not year_told and event.interval and event.interval.start and event.interval.end:
        event.interval = replace(event.interval, start=year_before(event.interval.start), end=year_before(event.interval.end))
    elif event.stance.modality is Modality.ASSERTED or (
        event.stance.modality is Modality.REPORTED and trigger.form in ("pres", "base", "ing", "state")
    ):
        event.stance = Stance(Modality.PLANNED)


def _points_back(scene: Scene, span: tuple[int, int]) -> bool:
    """Whether words for a time only point at one told before, which for what is past was no day ahead: "All four sailed on the same day"."""
    return any((d.start, d.end) == span and d.kind in _POINTS for d in scene.dates)


_POINTS = frozenset(["carry", "next_day", "day_before", "offset"])


def _no_year(line: Line, span: tuple[int, int]) -> bool:
    """Whether words for a time are of no year that could be left open: a weekday, "next week"."""
    words = line.lows[line.at_start(span[0]) : line.at_start(span[1])]
    lexicon = line.doc.lexicon
    return not any(w[:1].isdecimal() or w in lexicon.months or w in lexicon.seasons for w in words) and bool(
        {"next", "coming"}.intersection(words) or not lexicon.weekdays.keys().isdisjoint(words)
    )


def set_back(line: Line, told: list[Told]) -> None:
    """Days of a list that would lie ahead, where its verb told what was done: "visited Malta on Feb. 4, Toulon on Feb. 9", read in December."""
    published = line.doc.published
    late = [e for e in told if published and e.interval and e.interval.start and e.interval.end and e.interval.start > published]
    for event in late:
        span, trigger = event.sources.get("date", ("", None))[1], event.sources.get("trigger")
        if (
            span is None
            or trigger is None
            or event.stance.hedge
            or _no_year(line, span)
            or re.search(r"(?:19|20)\d\d", line.doc.text[span[0] : span[1]])
        ):
            continue
        first = next((e for e in told if e not in late and e.kind is event.kind and e.sources.get("trigger") == trigger and e.interval), event)
        over = first is event or (first.interval and first.interval.end and published and first.interval.end < published)
        if over and first.stance.modality is not Modality.PLANNED and event.interval and event.interval.start and event.interval.end:
            begin, until = year_before(event.interval.start), year_before(event.interval.end)
            event.interval, event.stance = replace(event.interval, start=begin, end=until), first.stance


_CAME_TOKENS = 10
_CAME = frozenset(["came", "come", "followed", "was", "were"])
_TO_COME = frozenset(["will", "to", "be", "due", "expected", "planned", "scheduled", "set", "would", "is", "are"])


def _came_about(line: Line, trigger: Trigger) -> bool:
    """Whether a verb in the past tense says when an act told by a noun came about: "The departure of HMCS Montreal had come in January"."""
    if not trigger.rule.nominal and trigger.rule.id != "rest.where":
        return False
    words = line.lows if trigger.rule.id == "rest.where" else line.lows[max(trigger.chain - _CAME_TOKENS, 0) : trigger.last + _CAME_TOKENS]
    past = not _CAME.isdisjoint(words) or (
        trigger.rule.id == "rest.where" and any(form == "past" for f in line.found("trigger") for _, form in f.data if line.low(f.first) != "read")
    )
    return past and _TO_COME.isdisjoint(words)


def year_before(day: date) -> date:
    """The same day a year before."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def set_next_year(line: Line, event: Told) -> None:
    """A day of a year left open that lies far back, for what is to come: "will survey until Christmas before returning in February"."""
    span, published, told = event.sources.get("date", ("", None))[1], line.doc.published, event.interval
    if span is None or published is None or told is None or not (told.start and told.end) or published - told.end < _SOON:
        return
    words = line.lows[line.at_start(span[0]) : line.at_start(span[1])]
    if line.doc.lexicon.months.keys().isdisjoint(words) or re.search(r"(?:19|20)\d\d", line.doc.text[span[0] : span[1]]):
        return
    start, end = (day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day) for day in (told.start, told.end))
    event.interval = replace(told, start=start, end=end)


def when_told(
    scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse, *, planned: bool = False
) -> tuple[Interval | None, tuple[str, tuple[int, int] | None] | None]:
    """The date of an event: of its clause, else of its sentence, else of the heading above."""
    fitting = [
        (distance, d)
        for d in scene.dates
        if (distance := distance_of(scene, trigger, d, planned=planned)) is not None
        and not _only_how_long(scene, d, kind, discourse)
        and not _day_of_another(scene, d, kind, discourse)
    ]
    if fitting:
        distance, mention = _narrowest(min(fitting, key=lambda pair: pair[0]), fitting)
        if is_of_departure(scene, trigger, mention, kind, discourse):
            then = hour_of_day(scene, trigger, mention)
            return then, ("sentence", (mention.start, mention.end)) if then else None
        interval = _settled(scene, trigger, kind, discourse, mention, planned=planned)
        if interval is None and mention.kind in ("season", "relative", "ever_since"):
            return None, None
        if kind is EventKind.DEPARTURE and interval and interval.end and of_stay_before(scene.line, trigger, mention):
            interval = Interval.day(interval.end)  # "was in Lisbon from 6 to 10 December and sailed for Brest"
        return interval, ("clause" if distance < OUTSIDE else "sentence", (mention.start, mention.end))
    block, dated = discourse.block_date or (-1, None)
    if so_long := how_long(scene, trigger, kind, discourse):
        return so_long, ("sentence before", None)
    if "had" in scene.line.lows[trigger.chain : trigger.first] and scene.line.low(0) != "by":
        return None, None  # "14 January: … She had called at Constanta": before the day of the entry
    if lies_behind(scene.line, trigger, 0):
        return None, None  # "14 January: With her visit to Odesa behind her she left"
    listed, opened = discourse.list_date or (-1, None)
    for heading in (
        dated if block == scene.line.sentence.block else None,
        opened if listed == scene.line.sentence.block else None,
        discourse.heading_date,
    ):
        if heading and heading.interval:
            return heading.interval, ("heading", (heading.start, heading.end))
    if planned and (today := _later_today(scene, discourse)):
        return today, ("sentence", None)
    if hour := by_clock(scene, trigger, discourse):
        return hour, ("sentence before", None)
    if said := _when_said(scene, trigger, kind, planned=planned):
        return said.interval, ("sentence", (said.start, said.end))
    return None, None


_COME, _GONE = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT}), frozenset({EventKind.DEPARTURE})


def _day_of_another(scene: Scene, mention: DateMention, kind: EventKind, discourse: Discourse) -> bool:
    """Whether "the same day" is that of another ship's movement which the text hasn't told: "sailed the same day as HMS Trent"."""
    line, behind = scene.line, scene.line.at_offset(mention.end - 1) + 1
    if mention.kind != "carry" or line.low(behind) not in ("as", "that", "on") or "same" not in line.lows[behind - 2 : behind]:
        return False
    if line.low(behind) == "that" and line.low(line.at_offset(mention.start) - 1) in ("was", "on") and "it" in line.lows[: behind - 2]:
        return False  # "It was that same day that HMS Kent left"
    group = next((g for g in scene.groups if behind < g.first <= behind + _AS_TOKENS), None)
    if group is None:
        return False
    last = discourse.told[-1] if discourse.told else None
    return not (last and last.kind is kind and set(last.vessels) & set(group.vessels))


_AS_TOKENS = 4


def _only_how_long(scene: Scene, mention: DateMention, kind: EventKind, discourse: Discourse) -> bool:
    """Whether "after four days" counts from no day that is told: only a call that is told last, or a departure before an arrival, begins it."""
    if mention.kind != "offset" or not scene.line.doc.low.startswith("after ", mention.start):
        return False
    last = discourse.told[-1] if discourse.told else None
    begun = last and ((kind in _GONE and last.kind in _COME) or (kind in _COME and last.kind in _GONE))
    block, _ = discourse.block_date or (-1, None)
    if not begun or last is None or scene.number - last.sentence > 1 or discourse.heading_date or block == scene.line.sentence.block:
        return True
    return any(d.start > mention.end or (d.interval and last.sentence != scene.number) for d in scene.dates)


def _later_today(scene: Scene, discourse: Discourse) -> Interval | None:
    """The day of the report, for which a plan tells only the hour: "should be in Sevastopol before midnight"."""
    published = scene.line.doc.published
    if published is None or scene.dates or not scene.line.holds(scene.line.doc.lexicon.sets["times_ahead"]):
        return None
    last = discourse.told[-1] if discourse.told else None
    ahead = last and last.interval and last.interval.end and last.interval.end > published and scene.number - last.sentence <= 1
    return None if ahead else Interval.day(published)


def _narrowest(nearest: tuple[int, DateMention], fitting: list[tuple[int, DateMention]]) -> tuple[int, DateMention]:
    """The nearest time, or the day of the same clause within it: "Earlier this year she called at Malta for the first time on 3 March"."""
    whole = nearest[1].interval
    if whole is None or whole.start is None or whole.end is None or (whole.end - whole.start).days < _LONG_DAYS:
        return nearest
    month = whole.precision is Precision.MONTH
    finer = [(n, d) for n, d in fitting if d.interval and (d.interval.start == d.interval.end or (month and d.interval.precision is Precision.RANGE))]
    if len(finer) != 1 and not (month and nearest[1].end <= finer[0][1].start if finer else False):
        return nearest
    for distance, mention in finer:
        day = mention.interval.start if mention.interval else None
        if distance < OUTSIDE and day and any(whole.start <= told <= whole.end for told in (day, year_before(day))):
            return distance, mention
    return nearest


_LONG_DAYS = 27
_GOING_ON = frozenset({EventKind.IN_PORT, EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.ESCORT, EventKind.REPLENISHMENT})


def _when_said(scene: Scene, trigger: Trigger, kind: EventKind, *, planned: bool) -> DateMention | None:
    """The day on which somebody tells what goes on: "four ships, he said yesterday, were out in the Black Sea"."""
    line = scene.line
    lasting = trigger.form in ("ing", "state", "pres") or trigger.rule.copula
    if planned or kind not in _GOING_ON or not lasting or in_perfect(line, trigger):
        return None
    said = next((d for d in scene.dates if d.interval and dates_the_saying(line, d)), None)
    return None if said is None or is_now(line, said) or _was_then(line, trigger, line.at_offset(said.start)) else said


def _was_then(line: Line, trigger: Trigger, said: int) -> bool:
    """Whether a state only tells what ships did when something happened: "A cutter on patrol off Malta met a tug, the navy said on Monday"."""
    if trigger.form not in ("ing", "state") or trigger.chain != trigger.first or line.low(trigger.chain - 1) in ("which", "that", "who", ","):
        return False
    verb = next((f for f in line.found("trigger") if trigger.last <= f.first < said), None)
    if verb is None or "," in line.lows[trigger.last : verb.first] or "," not in line.lows[verb.last : said]:
        return False
    return any(form == "past" and not rule.copula for rule, form in verb.data)


_TO_COME_NOW = frozenset(["is", "are", "will"])


def _settled(scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse, mention: DateMention, *, planned: bool) -> Interval | None:
    """The interval that a mention gives an event: a plan's lies ahead, a stay lasts."""
    line, published, before = scene.line, scene.line.doc.published, told_before(scene, mention, discourse)
    if since_act(line, trigger, mention, line.at_offset(mention.start)):
        return span_since(mention.interval, published) if kind in STAYS and in_perfect(line, trigger) else None
    if mention.kind == "ever_since" and line.doc.low.startswith("since", mention.start) and not in_perfect(line, trigger):
        return None
    if before is None and counts_to_doing(line, mention):
        return None  # "passed Malta two days before reaching Toulon": nobody tells when that was
    if mention.kind == "began" and before is None and sets_out(line, trigger, mention):
        return discourse.day if discourse.interval == discourse.day else None  # the day of the departure told before
    if mention.bare and "since" in line.words and opened_since(line, trigger, mention):
        return None
    if mention.kind == "ever_since" and kind is EventKind.IN_PORT and _calls_in_turn(scene, trigger):
        return None
    interval = _looked_back(line, mention, discourse, before, planned=planned)
    if mention.kind == "month_part" and planned and not _TO_COME_NOW.isdisjoint(line.lows[trigger.chain : trigger.first]):
        interval = mention.interval  # "at sea since July, is to leave at the end of the month"
    then = mention.kind == "ever_since"  # "since then she has been to Lisbon and Porto" dates neither call
    calls = kind is EventKind.ARRIVAL and in_perfect(line, trigger) and not then  # "has been to Lisbon and Porto since March"
    if mention.bare and since_of_other(line, trigger, mention, kind):
        return None
    if kind in (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT) and (mention.bare or mention.kind == "ever_since") and not calls:
        return day_ahead(line, mention, published) if planned else mention.bare  # "away since 13 June, when they left"
    if kind is EventKind.IN_PORT and (stay := _stay(scene, trigger)):
        interval = _stayed(line, interval, timedelta(days=stay.days - 1), until=_is_until(line, mention))
    if mention.bare and not in_perfect(line, trigger) and "when" in line.lows[line.at_offset(mention.end) : trigger.first][:3]:
        return mention.bare  # "has not been seen since Sunday, when a satellite caught her off Brittany"
    if mention.bare and "had" in line.lows[trigger.chain : trigger.first] and kind in STAYS and discourse.told:
        interval = since_till(mention.bare, interval, discourse)
    gone = (
        trigger.chain > scene.opening and "there" in line.lows[trigger.reach[0] : trigger.chain] and kind not in (EventKind.IN_PORT, EventKind.AT_SEA)
    )
    if gone and interval and interval.start != interval.end and line.at_offset(mention.start) < scene.opening:
        return None  # "From 3 to 7 December she was in Da Nang, and from there she went on to Manila"
    if planned and mention.kind == "absolute" and _of_captions_year(line, interval, discourse):
        return interval
    if discourse.keeper and kind in STAYS and mention.kind == "absolute" and (ends := _until_in_entry(line, mention, interval, discourse)):
        return ends
    told = by_tense(scene, trigger, kind, mention, interval, planned=planned)
    return _after_plan(scene, trigger, discourse, mention, told) if planned and mention.kind == "weekday" else told


def _until_in_entry(line: Line, mention: DateMention, interval: Interval | None, discourse: Discourse) -> Interval | None:
    """The stay that an entry of a ship's log ends: "1 February – Souda Bay. Alongside until the 6th"."""
    block, opened = discourse.block_date or (-1, None)
    day = mention.bare or interval
    begun = opened.interval.start if opened and opened.interval and block == line.sentence.block else None
    if begun is None or day is None or day.end is None or line.low(line.at_start(mention.start)) not in ("until", "till"):
        return None
    ends = begun.replace(day=day.end.day) if day.end.day >= begun.day else None
    return Interval(begun, ends, Precision.RANGE) if ends else None


def _after_plan(scene: Scene, trigger: Trigger, discourse: Discourse, mention: DateMention, told: Interval | None) -> Interval | None:
    """The weekday behind a plan told just before: "was to enter Durban on Tuesday. … The ship would depart on Saturday"."""
    if told is None or told.start is None or "would" not in scene.line.lows[trigger.chain : trigger.first] or not discourse.told:
        return told
    last = discourse.told[-1]
    ahead = last.interval.end if last.interval and last.stance.modality is Modality.PLANNED and scene.number - last.sentence <= 1 else None
    published = scene.line.doc.published
    return on_or_after(told, ahead) if ahead and published and ahead >= published > told.start else told


def _of_captions_year(line: Line, interval: Interval | None, discourse: Discourse) -> bool:
    """Whether a plan's day follows one told with its year in the same paragraph: "GUAM (Feb. 16, 2018) … On Feb. 21 she is due to sail"."""
    if discourse.year_told is None or interval is None or discourse.year_told[1] != line.sentence.block:
        return False
    told, ahead = discourse.year_told[2].end, interval.start
    return told is not None and ahead is not None and told <= ahead and told.year == ahead.year


def _calls_in_turn(scene: Scene, trigger: Trigger) -> bool:
    """Whether ships have been in one port and another: "has been in Lisbon and Porto since" dates neither stay."""
    ports = [p for p in scene.places if p.is_port and trigger.last <= p.first < trigger.reach[1]]
    return any(scene.line.low(b.first - 1) in ("and", ",") for b in ports[1:])


def _looked_back(line: Line, mention: DateMention, discourse: Discourse, before: Interval | None, *, planned: bool) -> Interval | None:
    """The interval of a mention, where "that month" or "that week" narrows or widens the one told before."""
    part = _THAT_MONTH.search(line.doc.low, max(mention.start - _PART_CHARS, 0), mention.end) if mention.kind == "carry" else None
    interval = resolved(mention, discourse, before)
    if part:
        return part_of_month(part, interval, line.doc.published, planned=planned)
    if mention.kind == "carry" and interval and line.doc.low.endswith("month", mention.start, mention.end):
        return that_month(line, mention, interval)
    if mention.kind == "carry" and interval and line.doc.low.endswith("week", mention.start, mention.end):
        return that_week(line, mention, interval)
    return interval


_PART_CHARS = 18
_THAT_MONTH = re.compile(r"\b(early|mid|late|the (?:start|beginning|middle|end) of)[ -]+(?:in )?(that|the same|the) month$")


def _stay(scene: Scene, trigger: Trigger) -> DateMention | None:
    """How long a stay lasts, told beside its day: "berthed in Manila on 12 March for a call of five days"."""
    lows, begin = scene.line.lows, trigger.reach[0]
    end = next((n for n in range(trigger.last, len(lows)) if lows[n] in ("and", ";", "but", "before", "after", "which", "who", "whom")), len(lows))
    return next((d for d in scene.dates if d.kind in ("stay", "duration") and d.days > 1 and begin <= scene.line.at_offset(d.start) < end), None)


def _is_until(line: Line, mention: DateMention) -> bool:
    """Whether a day is the last of something: "a call of three days until Friday"."""
    return line.doc.low.startswith(_TILL, mention.start) or line.doc.low.endswith(_TILL, 0, mention.start)


_TILL = ("until ", "till ")


def _stayed(line: Line, day: Interval | None, length: timedelta, *, until: bool) -> Interval | None:
    """A stay of which one day and the length are told."""
    if day is None or day.start is None or day.start != day.end:
        return day
    back = until or not line.doc.lexicon.sets["stay_ends"].isdisjoint(line.words)
    return Interval(day.start - length, day.start, Precision.RANGE) if back else Interval(day.start, day.start + length, Precision.RANGE)


def carry_over(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """ "also", "likewise": the date and the main place of the same movement told just before."""
    last = discourse.last.get(event.kind)
    before, (begin, end) = discourse.told[-1] if discourse.told else None, trigger.reach
    too = holds(scene.line.lows[begin : end + 1], scene.line.doc.lexicon.too) or scene.line.lows[end : end + 2] == ["as", "well"]
    if too and trigger.rule.seen and trigger.passive and before and before.kind is EventKind.IN_PORT and not event.places:
        last, event.kind = before, EventKind.IN_PORT  # "The tug could be made out there as well"
    if last is None or scene.number - last.sentence > 2:
        return
    if not too and not _is_another(scene.line, event):
        return
    if event.kind is EventKind.IN_PORT and before and before.kind is EventKind.ARRIVAL and not before.earlier and before.main is not last.main:
        return  # "was in Lisbon in May. She called at Durban in June. HMS Kent is also in port"
    slot = MAIN_SLOT[event.kind]
    if slot not in event.places and slot in last.places:
        event.places[slot] = last.places[slot]
        event.sources[slot] = ("sentence before", last.sources.get(slot, ("", None))[1])
    if (
        too
        and (event.kind in ACTS or event.kind is EventKind.ESCORT or trigger.rule.seen)
        and event.interval is None
        and last.interval is not None
        and (slot not in event.places or event.places[slot].name == (last.main.name if last.main else None))
    ):
        event.interval = last.interval
        event.sources["date"] = ("sentence before", last.sources.get("date", ("", None))[1])


def _is_another(line: Line, event: Told) -> bool:
    """Whether an event is told of one more ship than the last: "and now another pair has gone out"."""
    return "another" in line.words and any(line.low(line.at_offset(start)) == "another" for start, _ in event.spans)


def since_then(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """The time since the movement told before: "sailed on 9 August and has since been patrolling off Lebanon"."""
    line, published, last = scene.line, scene.line.doc.published, discourse.told[-1] if discourse.told else None
    if event.interval or published is None or last is None or "since" not in line.lows[trigger.chain : trigger.first]:
        return
    lasting = event.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and not HAVE.isdisjoint(line.lows[trigger.chain : trigger.first])
    begun = last.interval.end if last.interval else None
    if lasting and begun and begun <= published and scene.number == last.sentence and set(event.vessels) & set(last.vessels):
        event.interval = Interval(begun, published, Precision.RANGE)
        event.sources["date"] = ("sentence", last.sources.get("date", ("", None))[1])
