"""Stage 6, when: which date of the sentence, or of what stands above it, is the event's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.carried import by_clock, hour_of_day, how_long
from tracker.extract.date_patterns import exact_day, in_part, month_beside
from tracker.extract.dates import DateMention, is_history
from tracker.extract.day_of import aside_before, aside_since, is_of_verb_before, is_of_verb_behind, of_stay_before
from tracker.extract.forms import SEES
from tracker.extract.line import Line, holds
from tracker.extract.modality import Stance
from tracker.extract.others_day import is_of_departure
from tracker.extract.saying import dates_the_saying, day_of_saying, said_on
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.things_day import is_of_thing, since_act
from tracker.extract.verbs import Trigger

_SOON = timedelta(days=30)
"""What goes on ("is bound for", "southbound") is told with a day of last year rather than with one that lies further ahead."""


def set_ahead(scene: Scene, trigger: Trigger, event: Told, source: tuple[str, tuple[int, int] | None] | None) -> None:
    """What is told as past in a year left open was a year ago; whatever else lies ahead is a plan, however firmly it is told."""
    span, published = source[1] if source else None, scene.line.doc.published
    year_told = span is not None and re.search(r"(?:19|20)\d\d", scene.line.doc.text[span[0] : span[1]])
    far = trigger.form in ("ing", "state") and bool(
        event.interval and event.interval.start and published and event.interval.start - published > _SOON
    )
    past = (trigger.form in ("past", "part") or far or _came_about(scene.line, trigger)) and event.stance.modality is not Modality.PLANNED
    past = past and _WILL.isdisjoint(scene.line.lows[trigger.chain : trigger.first])  # "will not put to sea before Monday"
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


def when_told(
    scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse, *, planned: bool = False
) -> tuple[Interval | None, tuple[str, tuple[int, int] | None] | None]:
    """The date of an event: of its clause, else of its sentence, else of the heading above."""
    fitting = [
        (distance, d)
        for d in scene.dates
        if (distance := _distance(scene, trigger, d, planned=planned)) is not None
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
        return interval, ("clause" if distance < _OUTSIDE else "sentence", (mention.start, mention.end))
    block, dated = discourse.block_date or (-1, None)
    if so_long := how_long(scene, trigger, kind, discourse):
        return so_long, ("sentence before", None)
    if "had" in scene.line.lows[trigger.chain : trigger.first] and scene.line.low(0) != "by":
        return None, None  # "14 January: … She had called at Constanta": before the day of the entry
    if _lies_behind(scene.line, trigger, 0):
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
        if distance < _OUTSIDE and day and any(whole.start <= told <= whole.end for told in (day, year_before(day))):
            return distance, mention
    return nearest


_LONG_DAYS = 27
_GOING_ON = frozenset({EventKind.IN_PORT, EventKind.AT_SEA, EventKind.UNDERWAY, EventKind.ESCORT, EventKind.REPLENISHMENT})


def _when_said(scene: Scene, trigger: Trigger, kind: EventKind, *, planned: bool) -> DateMention | None:
    """The day on which somebody tells what goes on: "four ships, he said yesterday, were out in the Black Sea"."""
    line = scene.line
    lasting = trigger.form in ("ing", "state", "pres") or trigger.rule.copula
    if planned or kind not in _GOING_ON or not lasting or _perfect(line, trigger):
        return None
    said = next((d for d in scene.dates if d.interval and dates_the_saying(line, d)), None)
    return None if said is None or _is_now(line, said) else said


_OUTSIDE = 25
"""How much further off a day is that stands outside of a verb's clause."""


_WHERE_TOKENS = 12


def _in_where(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in a clause of "where" that a comma closes right in front of the verb: "Rota, where she lay in May, saw her in June"."""
    opened = next((n for n in range(at - 1, max(at - _WHERE_TOKENS, 0), -1) if line.low(n) == "where" and line.text(n - 1) == ","), None)
    closed = opened is not None and next((n for n in range(at + 1, trigger.chain) if line.text(n) == ","), None)
    return closed is not None and closed is not False and closed == trigger.chain - 1


def _distance(scene: Scene, trigger: Trigger, mention: DateMention, *, planned: bool) -> int | None:
    """How far off a day stands from a verb, None where it is another's."""
    line, at = scene.line, scene.line.at_offset(mention.start)
    aside = aside_before(line, at)
    if trigger.last < at and (_did_so(line, trigger, at) or _came_then(scene, trigger, at)):
        return at - trigger.last
    if trigger.last < at and (_so_since(line, trigger, at) or _ran(line, trigger, at) or (planned and _to_do(line, at))):
        return at - trigger.last
    if since_act(line, trigger, mention, at):
        return abs(at - trigger.last)
    if _tells_no_day(scene, trigger, mention, planned=planned) or (not planned and trigger.last < at and _of_purpose(line, trigger, mention, at)):
        return None
    if is_of_thing(line, trigger, mention, at) or _lies_behind(line, trigger, at) or _of_relative(line, trigger, at):
        return None
    if at < trigger.chain and _closes_clause(scene, trigger, mention):
        return None
    if mention.bare and (stay := aside_since(line, mention)) and trigger.chain >= stay[1]:
        return None  # "HMS Kent, in Toulon since Friday, is to sail for Malta"
    if (
        is_of_verb_before(scene, trigger, mention, at)
        if at < trigger.first
        else (at >= trigger.last and is_of_verb_behind(line, trigger, mention, at))
    ):
        return None
    if at >= trigger.last and _of_next_place(scene, trigger, mention, at):
        return None
    if at < trigger.first and trigger.rule.copula and line.low(trigger.last) == "last":
        return None  # "That day HMCS Vancouver came in; she was last in Hawaii"
    if at < trigger.chain and "where" in line.words and _in_where(line, trigger, at):
        return None  # "Yokosuka, where it all began on 28 June, will have them home in November"
    if aside and aside[0] < trigger.first < aside[1]:
        return None  # "reached Toulon, where she is based, on Friday"
    inside = trigger.reach[0] <= at < trigger.reach[1] or bool(aside and trigger.last <= aside[0] <= trigger.reach[1])
    if not inside and at >= scene.opening and not (at < trigger.first and mention.kind == "carry") and not _in_while(line, trigger, at):
        return None  # "left on 1 December and entered the North Sea": the day is the first verb's alone
    if at < trigger.first and _set_in(line, trigger, mention, at):
        return 1
    distance = (trigger.first - at if at < trigger.first else at - trigger.last) + (0 if inside else _OUTSIDE)
    if at < trigger.first and trigger.reach[0] > 0:
        distance += 15  # it stands behind another verb
    if at <= 2 and line.text(line.at_offset(mention.end - 1) + 1) in _DASHES:
        return distance + _OUTSIDE  # "June 4, 2019 – The ships arrived in Sydney on the morning of June 3": a report's day comes last
    return min(distance, 4) if at <= 2 and _opens_for(scene, trigger, mention) else distance


_DASHES = frozenset(["–", "—", "-", "--"])


def _closes_clause(scene: Scene, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a day ends the clause before a verb that has one of its own: "began her transit on Monday and passed the Sound on Friday"."""
    line, last = scene.line, scene.line.at_offset(mention.end - 1)
    if line.low(trigger.chain - 1) != "and" or last != trigger.chain - 2 or scene.line.at_offset(mention.start) <= 1:
        return False
    return any(d.interval and trigger.last <= line.at_offset(d.start) < trigger.reach[1] for d in scene.dates)


_RELATIVE_TOKENS = 14
_NOW_TOLD = frozenset(["has", "have", "is", "are", "will"])


def _of_relative(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a relative clause in front of its verb: "a ship that was in a stand-off last year has returned to Cyprus"."""
    if at >= trigger.chain or line.low(trigger.chain) not in _NOW_TOLD:
        return False
    opened = next((n for n in range(at - 1, max(at - _RELATIVE_TOKENS, 0), -1) if line.low(n) in ("that", "which", "who")), None)
    if opened is None or line.low(opened + 1) not in line.doc.lexicon.sets["auxiliaries"] or line.low(opened - 1) in ("said", "says", "so", "is"):
        return False
    return not {",", ";", "and", "but", ":"} & set(line.lows[opened : trigger.chain]) and any(g.last == opened for g in line.found("type"))


_BEHIND_TOKENS = 14


def _lies_behind(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a stay is told as over by the day of what follows: "With her visit to Odesa behind her she left on Monday"."""
    if "behind" not in line.words or not trigger.rule.nominal or trigger.rule.kind not in _STAYS:
        return False
    last = min(trigger.last + _BEHIND_TOKENS, line.size - 1)
    behind = next((n for n in range(trigger.last, last) if line.low(n) == "behind" and line.low(n + 1) in ("her", "it", "them")), None)
    return behind is not None and not trigger.last <= at < behind


def _set_in(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is set in between commas right in front of its verb: "has been to Oran and, in mid-September, passed the strait"."""
    if line.text(trigger.chain - 1) != "," or line.at_offset(mention.end - 1) != trigger.chain - 2:
        return False
    return any(line.text(n) == "," and line.low(n - 1) in ("and", "then", "but") for n in (at - 1, at - 2))


def _of_next_place(scene: Scene, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is that of a further place behind it: "From 1 to 3 May she lay in Cork, from 5 to 7 May in Brest"."""
    line, behind = scene.line, scene.line.at_offset(mention.end - 1) + 1
    comma = at - 1 - (line.low(at - 1) in ("on", "in", "by", "from"))
    if line.text(comma) not in (",", "and", ";") or comma < trigger.last:
        return False
    opened = any(scene.line.at_offset(d.end) <= trigger.chain and d.interval and trigger.reach[0] <= line.at_offset(d.start) for d in scene.dates)
    if not opened:
        return False
    if any(p.how in ("in", "off") and 1 <= p.first - behind <= 3 and p.start >= mention.end for p in scene.places):
        return True
    return any(p.entry and 0 <= p.first - behind <= 2 and line.low(p.last) in _ENDS_STOP for p in scene.places)


_ENDS_STOP = frozenset(["", ".", ",", ";", "and"])


_AHEAD_OF = frozenset(["for", "ahead", "before", "prior", "pending"])


def _of_purpose(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day ahead is that of what a stay is for: "is in Toulon ahead of an exercise on 15 March"."""
    published, day = line.doc.published, mention.interval
    past = trigger.form in ("past", "part") and not mention.bare  # "left Brest for an exercise in April"
    if (
        not (trigger.rule.copula or trigger.form == "state" or past)
        or not (published and day and day.start and day.start > published)
        or _AHEAD_OF.isdisjoint(line.lows[trigger.last : at])
    ):
        return False
    opened = next((n for n in range(at - 1, trigger.last - 1, -1) if line.low(n) in _AHEAD_OF and not _no_purpose(line, n)), at)
    return at - opened > 2 and "until" not in line.lows[opened:at] and any(low in ("on", "in", "from", "that") for low in line.lows[opened:at])


def _no_purpose(line: Line, at: int) -> bool:
    """Whether "for" opens no purpose: "docked for the first time", "left for Plymouth on 2 March"."""
    return line.low(at) == "for" and (line.low(at + 3) == "time" or line.starting("place", at + 1 + (line.low(at + 1) == "the")) is not None)


_SO, _SINCE_TOKENS = frozenset(["been", "done", "lain"]), 16


def _so_since(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a clause only says since when a stay lasts: "is in dock at Devonport, and has been since June"."""
    if not (trigger.form in ("pres", "state") or trigger.rule.copula) or "since" not in line.words or _SO.isdisjoint(line.words):
        return False
    last = at - (line.low(at) != "since")
    verb = last - 1 - (line.low(last - 1) in ("there", "here", "so"))
    joined = line.low(verb - 2) in ("and", "she", "it", "they")
    return line.low(last) == "since" and line.low(verb) in _SO and line.low(verb - 1) in _HAVE and joined and 0 < verb - trigger.last < _SINCE_TOKENS


def _to_do(line: Line, at: int) -> bool:
    """Whether a day is that of a plan told before: "for the two to come out, which they are expected to do on Monday"."""
    return line.lows[at - 3 : at - 1] == ["to", "do"] and "which" in line.lows[max(at - _RAN_TOKENS - 2, 0) : at]


def _ran(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a clause of "which" tells when a stay was: "ended a visit to Manila, which had run from 3 to 6 December"."""
    if trigger.rule.kind not in _STAYS or not (trigger.rule.nominal or trigger.rule.light) or "which" not in line.words:
        return False
    which = next((n for n in range(at - 1, max(at - _RAN_TOKENS, trigger.last) - 1, -1) if line.low(n) == "which"), None)
    if which is None or which - trigger.last > _SINCE_TOKENS:
        return False
    return line.doc.lexicon.sets["ran"].issuperset(line.lows[which + 1 : at])


_CAME_THEN = frozenset(["came", "come", "comes", "followed", "happened", "occurred", "fell", "falls", "place"])
_CAME_THEN_TOKENS = 3


def _came_then(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether a day says when an act told by a noun came about: "The departure of HMS Kent from Tartus came ten days ago"."""
    line = scene.line
    came = next((n for n in range(at - 1, max(at - 1 - _CAME_THEN_TOKENS, trigger.last - 1), -1) if line.low(n) in _CAME_THEN), None)
    if came is None or not trigger.rule.nominal or trigger.rule.kind not in _ACTS:
        return False
    return not any(trigger.last <= f.first and f.last <= came for f in line.found("trigger")) and not any(came < g.first < at for g in scene.groups)


def _did_so(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is told of an act by "did": "until it had left the zone, which it did on 2 September"."""
    did = at - 1 - (line.low(at - 1) in ("on", "in"))
    if line.low(did) != "did" or line.low(did - 1) not in ("it", "she", "they", "he") or line.low(did - 2) not in ("which", "as", "and"):
        return False
    return not any(trigger.last <= f.first < did for f in line.found("trigger"))


_RAN_TOKENS = 7
_BEGAN_TOKENS = 3


def _tells_no_day(scene: Scene, trigger: Trigger, mention: DateMention, *, planned: bool) -> bool:
    """Whether words of time tell no day of the verb's at all: "officials said on Tuesday", "a call of five days"."""
    line, kind = scene.line, mention.kind
    if kind == "stay" or (kind == "duration" and not _perfect(line, trigger)) or (kind == "ahead" and not planned):
        return True
    if kind == "began" and line.at_offset(mention.start) <= 1 and len(scene.dates) == 1 and not _sets_out(line, trigger, mention):
        return False  # "Two days after her departure from Cork she reached Brest": counted from the day told before
    if kind == "began":
        return not 0 <= trigger.first - line.at_offset(mention.end) <= _BEGAN_TOKENS
    if _attributive(line, trigger, mention):
        return True
    if kind == "relative" and line.low(line.at_offset(mention.start) - 1) == "time" and any(d.kind in ("absolute", "weekday") for d in scene.dates):
        return True  # "for the second time this year, docked on Friday"
    if planned and mention.bare and "since" in (line.low(line.at_offset(mention.start)), line.low(line.at_offset(mention.start) - 1)):
        return True  # "in Lisbon since Friday, will sail on Monday"
    if planned and kind == "relative" and line.doc.low[mention.start : mention.end] in _AT_PRESENT:
        return True  # "is now waiting for them to come out", "now in Kuching, is to take her place"
    if kind == "relative" and not planned and line.doc.low[mention.start : mention.end].endswith(_WEEKS_END):
        return True  # "By the end of the week only one was left": of which week nobody says
    before = trigger.form == "past" and not trigger.passive and line.at_offset(mention.start) < trigger.chain
    if kind == "relative" and before and line.doc.low[mention.start : mention.end] in _AT_PRESENT:
        return True  # "The frigate Kent, currently on a long voyage, called at Malta"
    if kind == "relative" and mention.end - mention.start <= 9 and _is_now(line, mention) and _dated_otherwise(scene, trigger, mention):
        return True
    return dates_the_saying(line, mention)


def _sets_out(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a verb is the one from which a time is counted: "leaving" of "two days after leaving Cork she reached Brest"."""
    return trigger.first - line.at_offset(mention.end) <= _BEGAN_TOKENS and (trigger.form == "ing" or trigger.rule.nominal)


_WILL = frozenset(["will", "won"])
_WEEKS_END = ("the end of the week", "the end of this week", "by the weekend", "before the weekend")
_AT_PRESENT = frozenset(["now", "currently", "presently"])
_DETERMINERS = frozenset(["the", "a", "an", "its", "her", "their", "his"])


def _attributive(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a day only says which thing is told: "The September 2022 visitor has gone to Bremerton", "left after the May 5 collision"."""
    first, last = line.at_start(mention.start), line.at_offset(mention.end - 1) + 1
    if mention.kind != "absolute" or line.low(first - 1) not in _DETERMINERS or trigger.first <= last < trigger.last:
        return False
    noun = line.text(last)
    if noun in _DETERMINERS or " of " in line.doc.low[mention.start : mention.end]:
        return False  # "In the first days of November the landing ship Azov left Tartus"
    plain = noun.isalpha() and noun.islower() and noun not in line.doc.lexicon.function and noun not in line.doc.lexicon.sets["spans_of_time"]
    other = noun in line.doc.lexicon.sets["auxiliaries"] or noun in line.doc.lexicon.sets["adverbs"] or line.starting("preposition", last)
    return plain and not other and not any(form != "noun" for f in line.found("trigger") if f.first == last for _, form in f.data)


_STAYS = frozenset({EventKind.IN_PORT, EventKind.AT_SEA, EventKind.ESCORT})


def _settled(scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse, mention: DateMention, *, planned: bool) -> Interval | None:
    """The interval that a mention gives an event: a plan's lies ahead, a stay lasts."""
    line, published, before = scene.line, scene.line.doc.published, _before(scene, mention, discourse)
    if since_act(line, trigger, mention, line.at_offset(mention.start)):
        return _since(mention.interval, published) if kind in _STAYS and _perfect(line, trigger) else None
    if mention.kind == "ever_since" and line.doc.low.startswith("since", mention.start) and not _perfect(line, trigger):
        return None
    if mention.kind == "began" and before is None and _sets_out(line, trigger, mention):
        return discourse.day if discourse.interval == discourse.day else None  # the day of the departure told before
    if mention.bare and "since" in line.words and _opened_since(line, trigger, mention):
        return None
    if mention.kind == "ever_since" and kind is EventKind.IN_PORT and _calls_in_turn(scene, trigger):
        return None
    interval = _looked_back(line, mention, discourse, before, planned=planned)
    then = mention.kind == "ever_since"  # "since then she has been to Lisbon and Porto" dates neither call
    calls = kind is EventKind.ARRIVAL and _perfect(line, trigger) and not then  # "has been to Lisbon and Porto since March"
    if mention.bare and _since_of_other(line, trigger, mention, kind):
        return None
    if kind in (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT) and (mention.bare or mention.kind == "ever_since") and not calls:
        return _day_ahead(line, mention, published) if planned else mention.bare  # "away since 13 June, when they left"
    if kind is EventKind.IN_PORT and (stay := _stay(scene, trigger)):
        interval = _stayed(line, interval, timedelta(days=stay.days - 1))
    if mention.bare and not _perfect(line, trigger) and "when" in line.lows[line.at_offset(mention.end) : trigger.first][:3]:
        return mention.bare  # "has not been seen since Sunday, when a satellite caught her off Brittany"
    if mention.bare and "had" in line.lows[trigger.chain : trigger.first] and kind in _STAYS and discourse.told:
        interval = _since_till(mention.bare, interval, discourse)
    gone = (
        trigger.chain > scene.opening and "there" in line.lows[trigger.reach[0] : trigger.chain] and kind not in (EventKind.IN_PORT, EventKind.AT_SEA)
    )
    if gone and interval and interval.start != interval.end and line.at_offset(mention.start) < scene.opening:
        return None  # "From 3 to 7 December she was in Da Nang, and from there she went on to Manila"
    if planned and mention.kind == "absolute" and _of_captions_year(line, interval, discourse):
        return interval
    return _by_tense(scene, trigger, kind, mention, interval, planned=planned)


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
        return _part_of_month(part, interval, line.doc.published, planned=planned)
    if mention.kind == "carry" and interval and line.doc.low.endswith("month", mention.start, mention.end):
        return _that_month(line, mention, interval)
    if mention.kind == "carry" and interval and line.doc.low.endswith("week", mention.start, mention.end):
        return _that_week(line, mention, interval)
    return interval


def _by_tense(scene: Scene, trigger: Trigger, kind: EventKind, mention: DateMention, interval: Interval | None, *, planned: bool) -> Interval | None:
    """The interval on the side of publication that the verb's tense tells: a plan's weekday lies ahead, what was done lies behind."""
    line, published = scene.line, scene.line.doc.published
    alone = mention.kind == "absolute" and _DAY_ALONE.fullmatch(line.doc.low, mention.start, mention.end) is not None
    past = any(line.low(n) in ("had", "was", "were", "would") for n in range(trigger.chain, trigger.first))
    simple = trigger.form in ("pres", "base") and not trigger.rule.seen and _is_simple(line, trigger)
    now = trigger.form == "ing" and not {"is", "are"}.isdisjoint(line.lows[trigger.chain : trigger.first])  # "is lying at Piraeus until Monday"
    stays = (trigger.form == "pres" and trigger.rule.copula) or (trigger.form == "base" and trigger.chain == trigger.first and kind in _STAYS)
    lasting = (stays or now) and line.doc.low.endswith(("until ", "till "), 0, mention.start)
    ahead = planned or not _WILL.isdisjoint(line.lows[trigger.chain : trigger.first])  # "will not put to sea before Monday"
    if not ahead and mention.kind == "weekday" and (lasts := _lasts_on(line, trigger, mention, interval)):
        return lasts
    if not past and mention.kind == "weekday" and (ahead or ((simple or lasting) and not _among_past(scene))):
        interval = on_or_after(interval, published)
        if interval and kind in (EventKind.IN_PORT, EventKind.AT_SEA) and line.doc.low.endswith(("until ", "till "), 0, mention.start):
            interval = _from_publication(interval, published)
    if not ahead and mention.kind == "weekday" and not line.doc.low.startswith(("next", "coming"), mention.start):
        interval = _told_by_then(scene, interval)
    if past and planned and mention.kind == "weekday" and (said := day_of_saying(scene, trigger)):
        interval = on_or_after(interval, said.start)
    if planned and not past and line.doc.low.endswith("weekend", mention.start, mention.end) and not line.doc.low.startswith("last", mention.start):
        interval = on_or_after(interval, published)  # "is due at the weekend": the one to come
    if (
        not ahead
        and not (simple and trigger.form == "pres")
        and interval
        and published
        and interval.start
        and interval.start > published
        and line.doc.low.endswith("weekend", mention.start, mention.end)
    ):
        interval = _week_before(interval)  # "left the Red Sea this weekend", told on a Monday
    if planned and not past and mention.kind in ("absolute", "season"):
        interval = _next_of_number(interval, published) if alone else _next_of_year(line, mention, interval, lasts=kind in _STAYS)
    elif simple and alone and not past:
        interval = _nearest_of_number(interval, published)
    if kind in _STAYS and not planned and mention.kind == "relative" and published and _perfect(line, trigger):
        interval = _until_now(interval, published)
    if not planned and (kind in _STAYS or not simple) and _lies_ahead(interval, published) and _is_vague(line, mention):
        return None  # "sits in Portsmouth being made ready for a cruise in the autumn"
    return interval


_ENDS = frozenset(["lasts", "last", "ends", "end", "runs", "run", "continues", "continue", "extends", "extend", "until", "till"])


def _lasts_on(line: Line, trigger: Trigger, mention: DateMention, interval: Interval | None) -> Interval | None:
    """A stay told by a noun that goes on until a weekday to come: "The stay in Malta is to last until Friday"."""
    published, between = line.doc.published, line.lows[trigger.last : line.at_offset(mention.start) + 1]
    if trigger.rule.kind not in _STAYS or not trigger.rule.nominal or published is None or _ENDS.isdisjoint(between):
        return None
    goes_on = {"lasts", "ends", "runs", "continues", "extends", "will"}
    if goes_on.isdisjoint(between) and not any(pair in (("is", "to"), ("are", "to"), ("due", "to")) for pair in pairwise(between)):
        return None
    until = on_or_after(mention.bare or interval, published)
    return Interval(published, until.end, Precision.RANGE) if until and until.end and until.end > published else None


def _week_before(interval: Interval) -> Interval:
    week = timedelta(days=7)
    return replace(interval, start=interval.start and interval.start - week, end=interval.end and interval.end - week)


def _told_by_then(scene: Scene, interval: Interval | None) -> Interval | None:
    """A weekday, a week back where it would lie behind the day on which it was told: "said on Tuesday that she had left on Wednesday"."""
    said = said_on(scene) if interval and interval.start == interval.end and len(scene.dates) > 1 else None
    if said and said.start and interval and interval.start and timedelta(0) < interval.start - said.start < timedelta(days=7):
        return Interval.day(interval.start - timedelta(days=7))
    return interval


_ACTS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT})
_NONE = frozenset(["no", "not", "never"])


def _since_of_other(line: Line, trigger: Trigger, mention: DateMention, kind: EventKind) -> bool:
    """Whether "since" tells how long something else has been so: "passed the strait, closed to tankers since May", "No ship had called since May"."""
    at = line.at_offset(mention.start)
    if "since" not in (line.low(at), line.low(at - 1)) or kind not in _ACTS:
        return False
    if "when" in line.lows[at : trigger.first]:
        return line.low(0) in _NONE  # but "had been away since 13 June, when they left"
    perfect = not _HAVE.isdisjoint(line.lows[trigger.chain : trigger.first]) or not _HAVE.isdisjoint(line.lows[trigger.last : trigger.reach[1]])
    return trigger.form == "past" and not trigger.rule.nominal and not trigger.rule.host and not perfect


def _since(begun: Interval | None, published: date | None) -> Interval | None:
    """The time from a day to the day of the report."""
    if begun is None or begun.start is None or published is None or begun.start > published:
        return None
    return Interval(begun.start, published, Precision.RANGE)


def _that_month(line: Line, mention: DateMention, last: Interval) -> Interval | None:
    """The month of a day told before, or what was left of it: "reached Piraeus on 3 October. Later that month she sailed"."""
    if last.start is None or last.start != last.end:
        return last
    month = Interval.month(last.start.year, last.start.month)
    later = line.doc.low.startswith("later", mention.start) or line.doc.low.endswith("later ", 0, mention.start)
    return Interval(last.start, month.end, Precision.RANGE) if later and month.end else month


def _that_week(line: Line, mention: DateMention, last: Interval) -> Interval | None:
    """The week of a day told before, or what was left of it: "reached Piraeus on Monday. Later that week she sailed"."""
    if last.start is None or last.start != last.end:
        return last
    monday = last.start - timedelta(days=last.start.weekday())
    later = line.doc.low.startswith("later", mention.start) or line.doc.low.endswith("later ", 0, mention.start)
    return Interval(last.start if later else monday, monday + timedelta(days=6), Precision.RANGE)


def _opened_since(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a time is that of an aside in front of what goes on: "Out of Bremerton since 27 April, the carrier is working up off California"."""
    last = line.at_offset(mention.end - 1)
    front = line.low(0) != "since" and last < trigger.chain and line.text(last + 1) == ","
    return front and trigger.form in ("ing", "pres") and not _perfect(line, trigger) and line.low(trigger.chain) in ("is", "are")


def _since_till(begun: Interval, until_now: Interval | None, discourse: Discourse) -> Interval | None:
    """A time that was over on the day told last: "reached Tartus on 10 December. She had been waiting off Limassol since the 2nd"."""
    past = [e.interval for e in discourse.told[-3:] if e.interval and e.stance.modality is not Modality.PLANNED]
    last = next((i for i in reversed(past) if i.start == i.end), None)
    if last and last.end and begun.start and begun.start <= last.end:
        return Interval(begun.start, last.end, Precision.RANGE)
    return until_now


def _until_now(interval: Interval | None, published: date) -> Interval | None:
    """A time that goes on, up to the day of the report: "has been at work in the North Sea this month"."""
    if interval and interval.start and interval.end and interval.start <= published < interval.end:
        return Interval(interval.start, published, Precision.RANGE)
    return interval


_PART_CHARS = 18
_THAT_MONTH = re.compile(r"\b(early|mid|late|the (?:start|beginning|middle|end) of)[ -]+(?:in )?(that|the same|the) month$")


def _part_of_month(part: re.Match[str], last: Interval | None, published: date | None, *, planned: bool) -> Interval | None:
    """A part of the month told before, or of that of the report where none was: "passed the strait at the end of the month"."""
    if part[2] == "the" and (last is None or planned):
        last = month_beside(0, published)
        found = in_part(last, part[1]) if last else None
        ahead = not planned and found and found.start and published and found.start > published
        last = month_beside(-1, published) if ahead else last
    return in_part(Interval.month(last.start.year, last.start.month), part[1]) if last and last.start else None


def _opens_for(scene: Scene, trigger: Trigger, mention: DateMention) -> bool:
    """Whether the day that opens a sentence is a verb's: its first verb's, where no other day stands between."""
    if trigger.chain != scene.opening or mention.interval is None or mention.interval.precision is not Precision.DAY:
        return False
    return not any(mention.end <= d.start < scene.line.starts[trigger.first] for d in scene.dates)


def _stay(scene: Scene, trigger: Trigger) -> DateMention | None:
    """How long a stay lasts, told beside its day: "berthed in Manila on 12 March for a call of five days"."""
    lows, begin = scene.line.lows, trigger.reach[0]
    end = next((n for n in range(trigger.last, len(lows)) if lows[n] in ("and", ";", "but", "before", "after", "which", "who", "whom")), len(lows))
    return next((d for d in scene.dates if d.kind in ("stay", "duration") and d.days > 1 and begin <= scene.line.at_offset(d.start) < end), None)


def _stayed(line: Line, day: Interval | None, length: timedelta) -> Interval | None:
    """A stay of which one day and the length are told."""
    if day is None or day.start is None or day.start != day.end:
        return day
    back = not line.doc.lexicon.sets["stay_ends"].isdisjoint(line.words)
    return Interval(day.start - length, day.start, Precision.RANGE) if back else Interval(day.start, day.start + length, Precision.RANGE)


def _in_while(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a date stands in a clause of "when" or "while" right behind the trigger's own: "lay there when the raid came on 13 September"."""
    if line.low(trigger.reach[1]) == "while" and any(trigger.reach[1] < f.first < at for f in line.found("trigger")):
        return False  # "remains at Lisbon, while HMS Tyne put to sea on Friday"
    return at >= trigger.reach[1] and line.low(trigger.reach[1]) in ("when", "while", "as") and at - trigger.reach[1] <= 14


def _dated_otherwise(scene: Scene, trigger: Trigger, now: DateMention) -> bool:
    """Whether a day of the clause, or of the sentence where "now" isn't in the clause either, tells the time better than "now"."""
    inside = [d for d in scene.dates if trigger.reach[0] <= scene.line.at_offset(d.start) < trigger.reach[1]]
    line, told = scene.line, inside if now in inside else scene.dates
    if now in inside and any(d.kind == "duration" and d.interval for d in inside) and _perfect(line, trigger):
        return True  # "has now been in Cork for two weeks"
    days = [d for d in told if d.kind == "absolute"]
    apart = [g for g in scene.groups if g.first >= trigger.last and line.starts[g.first] >= now.end]
    days = [d for d in days if not any(g.first < line.at_offset(d.start) for g in apart)]  # "leaves Malta today and HMS Tyne on 20 December"
    if now in inside:  # "called at Malta on 3 December and is now …", but not "8 March – Sailed, group now three"
        days = [d for d in days if scene.line.at_offset(d.start) >= trigger.chain or scene.line.at_offset(d.start) <= 1]
    return bool(days)


def _is_now(line: Line, mention: DateMention) -> bool:
    """Whether a word such as "now" says less of the time than the date beside it."""
    return line.doc.low[mention.start : mention.end] in line.doc.lexicon.sets["now"]


def on_or_after(interval: Interval | None, published: date | None) -> Interval | None:
    """A bare weekday of a plan: the nearest on or after publication."""
    if interval and interval.start and published and interval.start < published and (published - interval.start).days < 7:
        if interval.end and interval.end > published and interval.start + timedelta(days=7) <= interval.end:
            return replace(interval, start=interval.start + timedelta(days=7))  # "between Thursday and next Tuesday"
        if interval.end and interval.end > interval.start:
            return replace(interval, start=interval.start + timedelta(days=7), end=interval.end + timedelta(days=7))
        return Interval.day(interval.start + timedelta(days=7))
    if interval and published and _from_weekday(interval, published) and interval.start and interval.end:
        return replace(interval, start=interval.start + timedelta(days=14), end=interval.end + timedelta(days=14))
    return interval


def _from_weekday(interval: Interval, published: date) -> bool:
    """Whether days from one weekday to another were read as those of the week before last: "from Friday to Monday", told on a Sunday."""
    start, end = interval.start, interval.end
    return bool(start and end and timedelta(0) < end - start < timedelta(days=7) and end < published and (published - start).days < 14)


_DAY_ALONE = re.compile(r"\w+ the [0-3]?\d(?:st|nd|rd|th)")


def _is_simple(line: Line, trigger: Trigger) -> bool:
    """Whether a verb stands in the simple present: "arrives in Busan on Friday" and "the frigates leave on Friday" lie ahead."""
    plural = trigger.form == "base" and _of_several(line, trigger)
    front = line.lows[max(trigger.chain - _FRONT_TOKENS, 0) : trigger.chain] if plural else []
    if line.low(0) in line.doc.lexicon.weekdays and line.low(1) == "sees":
        return True  # "Friday sees the frigates leave"
    if not (SEES | _DID).isdisjoint(front) or _had_do(line, trigger):
        return False  # "Sunday saw the frigates leave", "Not until Friday did the frigates sail"
    return (
        (trigger.form == "pres" or plural)
        and not trigger.rule.copula
        and not any(line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in range(trigger.chain, trigger.first))
    )


def _of_several(line: Line, trigger: Trigger) -> bool:
    """Whether a bare verb is what several ships do: "the frigates leave", "all of them leave", "arrived on Monday and leave on Friday"."""
    before = line.low(trigger.chain - 1)
    if trigger.chain != trigger.first and not all(line.low(n) in ("both", "all", "each", "then") for n in range(trigger.chain, trigger.first)):
        return False
    if before == "them":
        return line.low(trigger.chain - 2) == "of"
    if before == "and":
        return _AFTER_HELP.isdisjoint(line.lows[max(trigger.chain - _FRONT_TOKENS, 0) : trigger.chain])
    return before not in _NO_SUBJECT


_AFTER_HELP = frozenset(["to", "will", "would", "may", "might", "could", "can", "should", "must", "saw", "sees", "seen", "see", "did"])


def _had_do(line: Line, trigger: Trigger) -> bool:
    """Whether a host or a day is told to have had ships do something: "The canal had the carrier pass on Friday", "Friday had her leave"."""
    had = next((n for n in range(trigger.chain - 1, max(trigger.chain - _FRONT_TOKENS, 0), -1) if line.low(n) == "had"), None)
    if trigger.form != "base" or had is None:
        return False
    day, lexicon = line.low(had - 1), line.doc.lexicon
    dated = day in lexicon.weekdays or day in lexicon.months or day.isdecimal() or day in _PARTS_OF_DAY
    return dated or line.ending("place", had) is not None


_PARTS_OF_DAY = frozenset(["morning", "afternoon", "evening", "night", "weekend", "week", "month"])
_FRONT_TOKENS, _DID = 24, frozenset(["did", "does", "do", "until"])
_NO_SUBJECT = frozenset(["to", "them", "her", "it", "and", "not", "then"])


def _among_past(scene: Scene) -> bool:
    """Whether the entry of a log or a headline tells past days in the present tense."""
    published = scene.line.doc.published
    return any(d.kind == "absolute" and not (d.interval and d.interval.start and published and d.interval.start > published) for d in scene.dates)


def _next_of_number(interval: Interval | None, published: date | None) -> Interval | None:
    """A day without a month, of a plan: the next of its number."""
    if interval is None or interval.start is None or published is None or interval.start >= published:
        return interval
    month = interval.start.year * 12 + interval.start.month
    if published.year * 12 + published.month - 1 > month:
        month = published.year * 12 + published.month - (interval.start.day >= published.day)
    try:
        return Interval.day(date(month // 12, month % 12 + 1, interval.start.day))
    except ValueError:
        return interval


def _is_vague(line: Line, mention: DateMention) -> bool:
    """Whether a mention tells a season or a year by a word: "in the autumn", "next year"."""
    words = line.lows[line.at_start(mention.start) : line.at_start(mention.end)]
    return "year" in words or not line.doc.lexicon.seasons.keys().isdisjoint(words)


def _lies_ahead(interval: Interval | None, published: date | None) -> bool:
    """Whether more than a day or two lies wholly ahead: a month, a season, next year."""
    return bool(interval and interval.start and published and interval.start > published and interval.start != interval.end)


def _nearest_of_number(interval: Interval | None, published: date | None) -> Interval | None:
    """A day without a month, of the simple present: the one of its number that lies nearest, "leaves the Canaries on the 18th"."""
    following = _next_of_number(interval, published)
    if interval is None or interval.end is None or following is None or following.start is None or published is None:
        return interval
    return following if following.start - published < published - interval.end else interval


_JUST_NOW = timedelta(days=20)
"""A plan whose day lies no further back than this was one for a day now gone, and not for the next year."""


def _next_of_year(line: Line, mention: DateMention, interval: Interval | None, *, lasts: bool) -> Interval | None:
    """A day or month without a year, of a plan: the next one, "is due home in May"; up to "until", the time from publication on."""
    published = line.doc.published
    if interval is None or interval.start is None or interval.end is None or published is None:
        return interval
    if published - interval.end > _JUST_NOW and not _YEAR_TOLD.search(line.doc.low, mention.start, mention.end):
        interval = replace(interval, start=_year_after(interval.start), end=_year_after(interval.end))
        if lasts and line.doc.low.endswith(("until ", "till ", "through "), 0, mention.start):
            interval = _from_publication(interval, published)
    return interval


def _from_publication(interval: Interval, published: date | None) -> Interval:
    """What lasts "until" a day: from publication to it. A day that lies before publication (a story of another year) stays as it was told."""
    if interval.end is None or published is None or interval.end < published:
        return interval
    return Interval(published, interval.end, Precision.RANGE)


def _day_ahead(line: Line, mention: DateMention, published: date | None) -> Interval | None:
    """The day behind "until" of what is planned for then: "is not due to sail again until July"."""
    day = mention.bare
    if day is None or day.start is None or day.end is None or published is None:
        return day
    if mention.kind == "weekday":
        return on_or_after(day, published)
    past = published - day.end > _JUST_NOW and not _YEAR_TOLD.search(line.doc.low, mention.start, mention.end)
    return replace(day, start=_year_after(day.start), end=_year_after(day.end)) if past else day


_YEAR_TOLD = re.compile(r"(?:19|20)\d\d|year")


def _year_after(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)


_HAVE = frozenset(["has", "have", "'ve"])


def _perfect(line: Line, trigger: Trigger) -> bool:
    """Whether the clause tells what has gone on until now: only then does "for a week" end today."""
    return not _HAVE.isdisjoint(line.lows[max(trigger.reach[0], trigger.chain - 6) : trigger.first])


def _before(scene: Scene, mention: DateMention, discourse: Discourse) -> Interval | None:
    """The date told before another in its sentence, as it was settled there: "is due on the 20th, and will leave three days later"."""
    last = next((d for d in reversed(scene.dates) if d.end <= mention.start and d.interval), None)
    if last is None and (mention.kind == "day_before" or (mention.kind == "offset" and mention.days < 0)):
        return _of_main_day(scene, mention)
    if last is None:
        return None
    here = (e for e in reversed(discourse.told[-5:]) if e.sentence == scene.number)
    settled = next((e.interval for e in here if e.sources.get("date", ("", None))[1] == (last.start, last.end)), None)
    return settled or last.bare or last.interval


_NEAR_DAYS = timedelta(days=60)


_WEEKDAYS_THEN = frozenset(["weekday_then", "weekday_that", "weekday_before", "weekday_in", "weekday_after"])


def _weekday_from(mention: DateMention, last: Interval | None) -> Interval | None:
    """The weekday behind or in front of the day told before: "sailed on 3 March and came in the following Monday"."""
    plain = mention.interval.start if mention.interval else None
    if last is None or last.start is None or last.end is None or plain is None:
        return mention.interval
    if mention.kind in ("weekday_in", "weekday_after") and last.end - last.start < _NEAR_DAYS:
        monday = last.start - timedelta(days=last.start.weekday() - 7 * (mention.kind == "weekday_after"))
        return Interval.day(monday + timedelta(days=plain.weekday()))  # "on Friday of that week"
    if last.end - last.start == timedelta(days=6) and mention.kind == "weekday_that":
        return Interval.day(last.start + timedelta(days=(plain.weekday() - last.start.weekday()) % 7))  # "in the week of 2 May … on the Monday"
    if last.start != last.end or abs(plain - last.end) > _NO_NEWS:
        return mention.interval
    step = (plain.weekday() - last.end.weekday()) % 7
    if mention.kind == "weekday_before":
        return Interval.day(last.end - timedelta(days=(7 - step) if step else 7))
    return Interval.day(last.end + timedelta(days=step or (0 if mention.kind == "weekday_that" else 7)))


_NO_NEWS = timedelta(days=500)


def _of_main_day(scene: Scene, mention: DateMention) -> Interval | None:
    """The day told behind an aside that looks back from it: "HMS Tyne, which had left Cork the day before, reached Brest on 6 March"."""
    line, at = scene.line, scene.line.at_offset(mention.start)
    closed = next((n for n in range(line.at_offset(mention.end - 1) + 1, line.size) if line.text(n) == ","), None)
    opened = not _ASIDE_OPENS.isdisjoint(line.lows[max(at - _ASIDE_TOKENS, 0) : at])
    then = next((d for d in scene.dates if d.start >= mention.end and d.interval and d.kind in ("absolute", "weekday")), None)
    return then.interval if opened and closed is not None and then and closed < line.at_offset(then.start) else None


_ASIDE_OPENS, _ASIDE_TOKENS = frozenset(["which", "who", "having", "after"]), 14


def _span_then(mention: DateMention, last: Interval | None) -> Interval | None:
    """The week or month behind that of the day told before, or a part of its month: "sailed on 3 March. The following week she called at Oran"."""
    day = last.end if last and last.start and last.end and last.end - last.start < _NEAR_DAYS else None
    if mention.kind == "week_then":
        monday = day - timedelta(days=day.weekday() - 7 * mention.days) if day else None
        return Interval(monday, monday + timedelta(days=6), Precision.RANGE) if monday else None
    if mention.kind == "month_then":
        index = day.year * 12 + day.month - 1 + mention.days if day else 0
        return Interval.month(index // 12, index % 12 + 1) if day else None
    if mention.kind == "weekend_then":
        return _weekend_from(mention.days, last) if day else None
    part = mention.interval
    if day is None or part is None or part.start is None or part.end is None or not timedelta(0) < part.start - day < _LATELY:
        return part
    whole = Interval.month(day.year, day.month)
    if whole.end is None:
        return part
    first = day.replace(day=part.start.day)
    return Interval(first, whole.end if part.start.day > 20 else day.replace(day=part.end.day), Precision.PART_OF_MONTH)


def _weekend_from(following: int, last: Interval | None) -> Interval | None:
    """The weekend of the week of the day told last, or the one behind it."""
    day = last.start if last else None
    if day is None:
        return None
    saturday = day + timedelta(days=5 - day.weekday() + (7 if following > 0 and day.weekday() > 4 else -7 if following < 0 else 0))
    return Interval(saturday, saturday + timedelta(days=1), Precision.RANGE)


_LATELY = timedelta(days=62)


def resolved(mention: DateMention, discourse: Discourse, before: Interval | None = None) -> Interval | None:
    """The interval of a mention, with "that day" and "three days later" resolved against the date told before."""
    if mention.kind == "carry":
        last, day = before or discourse.interval, discourse.day
        if last and last.end and mention.which:
            return Interval.day(last.end)  # "stay from 2 to 6 December, on which day they leave"
        later = last and last.end and day and day.start and last.start != last.end and day.start > last.end
        return day if later and mention.days else last  # "earlier in the day" is never "in June"
    if mention.kind == "ever_since":
        last, until = before or discourse.interval, discourse.published
        begun = (
            (last.end if last.precision is Precision.RANGE else last.start) if last else None
        )  # "called at Cork from 9 to 12 December. Since then …"
        return Interval(begun, until, Precision.RANGE) if begun and until and begun <= until else None
    if mention.kind == "following":
        last = before or discourse.interval
        end = last.end if last and last.start == last.end else None
        return Interval(end + timedelta(days=1), end + timedelta(days=mention.days), Precision.RANGE) if end else None
    if mention.kind == "month_named":
        return _month_then(mention.days, before or discourse.interval)
    if mention.kind == "month_part" and (past := _part_gone(mention, before or discourse.interval, discourse.published)):
        return past
    if mention.kind in ("week_then", "month_then", "weekend_then", "month_part"):
        return _span_then(mention, before or discourse.interval)
    if mention.kind == "day_then":
        return _day_then(mention.days, before or discourse.interval)
    if mention.kind == "month_off":
        return _months_from(mention.days, before or discourse.interval)
    if mention.kind == "began":
        if before is None:
            told = discourse.interval.end if discourse.interval and discourse.interval.start == discourse.interval.end else None
            return Interval.day(told + timedelta(days=mention.days)) if told else None
        return Interval.day(before.end - timedelta(days=mention.days)) if before.end and before.start == before.end else None
    if mention.kind in _WEEKDAYS_THEN:
        return _weekday_from(mention, before or discourse.interval)
    if mention.kind in ("next_day", "day_before", "offset"):
        last = before or discourse.interval
        step = timedelta(days=mention.days or (1 if mention.kind == "next_day" else -1))
        if last and last.start and last.end and last.precision is Precision.PART_OF_MONTH:
            return Interval(last.start + step, last.end + step, Precision.RANGE)  # "left in early July. Nine days later she reached the strait"
        return Interval.day(last.end + step) if last and last.end else None
    return mention.interval


def _part_gone(mention: DateMention, last: Interval | None, published: date | None) -> Interval | None:
    """A part of the month told before, where that of the report's month is still to come: "left on 6 May. At the end of the month she was home"."""
    part, day = mention.interval, last.start if last else None
    if not (part and part.start and part.end and published and day) or part.end < published or day > published or not last:
        return None
    month = Interval.month(day.year, day.month)
    name = "early" if part.start.day == 1 else "mid" if part.start.day == _MID else "late"
    return in_part(month, name) if month.end and month.end < published else None


_MID = 11


def _day_then(number: int, last: Interval | None) -> Interval | None:
    """The day of a number in the month behind that of the day told before: "left on 6 May and came in on the 2nd of the following month"."""
    day = last.end if last else None
    return exact_day(day.year + day.month // 12, day.month % 12 + 1, number) if day else None


def _months_from(number: int, last: Interval | None) -> Interval | None:
    """The month so many months from the one told before: "left in May. Two months later she was back"."""
    day = last.start if last else None
    if day is None or last is None or last.end is None or last.end - day > _LATELY:
        return None
    index = day.year * 12 + day.month - 1 + number
    return Interval.month(index // 12, index % 12 + 1)


def _month_then(number: int, last: Interval | None) -> Interval | None:
    """The month of a number behind a day: "the following April"."""
    return Interval.month(last.end.year + (number <= last.end.month), number) if last and last.end else None


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
        and (event.kind in _ACTS or event.kind is EventKind.ESCORT or trigger.rule.seen)
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
    lasting = event.kind in (EventKind.AT_SEA, EventKind.IN_PORT) and not _HAVE.isdisjoint(line.lows[trigger.chain : trigger.first])
    begun = last.interval.end if last.interval else None
    if lasting and begun and begun <= published and scene.number == last.sentence and set(event.vessels) & set(last.vessels):
        event.interval = Interval(begun, published, Precision.RANGE)
        event.sources["date"] = ("sentence", last.sources.get("date", ("", None))[1])


def is_old(event: Told, line: Line) -> bool:
    """Whether an event is told as history."""
    return is_history(event.interval, line.doc.published)
