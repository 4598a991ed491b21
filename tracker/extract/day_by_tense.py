"""Stage 6, when: what a verb's tense makes of a day without a year or a month: the next one, the last one, a span until now."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from tracker.domain.kinds import EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.calendar_days import in_part, month_beside
from tracker.extract.dates import DateMention
from tracker.extract.day_near import ACTS, HAVE, STAYS, in_perfect
from tracker.extract.forms import SEES
from tracker.extract.line import Line
from tracker.extract.saying import day_of_saying, said_on
from tracker.extract.scene import Discourse, Scene
from tracker.extract.until import ends_span
from tracker.extract.verbs import Trigger

WILL = frozenset(["will", "won"])


def by_tense(scene: Scene, trigger: Trigger, kind: EventKind, mention: DateMention, interval: Interval | None, *, planned: bool) -> Interval | None:
    """The interval on the side of publication that the verb's tense tells: a plan's weekday lies ahead, what was done lies behind."""
    line, published = scene.line, scene.line.doc.published
    alone = mention.kind == "absolute" and (mention.number > 0 or _DAY_ALONE.fullmatch(line.doc.low, mention.start, mention.end) is not None)
    past = any(line.low(n) in ("had", "was", "were", "would") for n in range(trigger.chain, trigger.first))
    simple = trigger.form in ("pres", "base") and not trigger.rule.seen and _is_simple(line, trigger)
    now = trigger.form == "ing" and not {"is", "are"}.isdisjoint(line.lows[trigger.chain : trigger.first])  # "is lying at Piraeus until Monday"
    stays = (trigger.form == "pres" and trigger.rule.copula) or (trigger.form == "base" and trigger.chain == trigger.first and kind in STAYS)
    stays = stays or (trigger.rule.id == "rest.where" and not any(form == "past" for f in line.found("trigger") for _, form in f.data))
    lasting = (stays or now) and ends_span(line.doc.low, mention.start)
    lasting = lasting or (_rests(line, trigger, kind) and ends_span(line.doc.low, mention.start, through=True))
    late = _first_by_then(line, trigger, mention)
    interval = (mention.bare or interval) if late else interval  # "will not be in Malta until Friday": on Friday she will
    ahead = planned or not WILL.isdisjoint(line.lows[trigger.chain : trigger.first])  # "will not put to sea before Monday"
    if not ahead and mention.kind == "weekday" and (lasts := _lasts_on(line, trigger, mention, interval)):
        return lasts
    at = line.at_offset(mention.start)
    since = "since" in (line.low(at), line.low(at - 1))  # "lies off Crete since Tuesday"
    if not past and mention.kind == "weekday" and (ahead or ((simple or lasting) and not since and not _among_past(scene))):
        interval = on_or_after(interval, published)
        if interval and not late and kind in STAYS and ends_span(line.doc.low, mention.start, through=True):
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
        and not now  # "is returning to San Diego this weekend"
        and interval
        and published
        and interval.start
        and interval.start > published
        and line.doc.low.endswith("weekend", mention.start, mention.end)
    ):
        interval = _week_before(interval)  # "left the Red Sea this weekend", told on a Monday
    begin = line.at_start(mention.start)
    tilled = line.low(begin) in _TILL or (mention.number > 0 and not _TILL.isdisjoint(line.lows[max(begin - 2, 0) : begin]))
    till = alone and kind in STAYS and tilled
    if till and not past and (ahead or stays or now or trigger.form == "state"):
        interval = _until_number(interval, published)
    elif planned and not past and mention.kind in ("absolute", "season") and not _for_what_was_done(line, trigger, mention):
        numbered = alone or _DAYS_ALONE.fullmatch(line.doc.low, mention.start, mention.end) is not None
        interval = _next_of_number(interval, published) if numbered else next_of_year(line, mention, interval, lasts=kind in STAYS)
    elif simple and alone and not past:
        interval = _nearest_of_number(interval, published)
    if kind in STAYS and not planned and mention.kind == "relative" and published and in_perfect(line, trigger):
        interval = _until_now(interval, published)
    if not planned and (kind in STAYS or not simple) and _lies_ahead(interval, published) and _is_vague(line, mention):
        return None  # "sits in Portsmouth being made ready for a cruise in the autumn"
    return interval


def _rests(line: Line, trigger: Trigger, kind: EventKind) -> bool:
    """Whether a ship is told to lie somewhere now: "is moored in Malta until Sunday", "is open to visitors through Sunday"."""
    words = line.lows[trigger.chain : trigger.last]
    told_now = not {"is", "are"}.isdisjoint(words) and _PERFECT.isdisjoint(words)
    return kind in STAYS and told_now and trigger.form in ("past", "part", "state", "pres", "base")


_PERFECT = frozenset(["been", "had", "was", "were"])


def _for_what_was_done(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a plan is what for something was done, on the day that this has: "visited the Black Sea in August to call at Varna"."""
    day = line.at_offset(mention.start)
    to = next((n for n in range(trigger.first, max(day, trigger.chain - _PURPOSE_TOKENS), -1) if line.low(n) == "to"), None)
    if to is None or not _FORESEEN.isdisjoint(line.lows[:to]):
        return False
    done = [f for f in line.found("trigger") if f.first < day and any(form == "past" and not rule.nominal for rule, form in f.data)]
    return bool(done) and "to" not in line.lows[done[-1].last - 1 : day]


_PURPOSE_TOKENS = 8
_FORESEEN = WILL | frozenset(
    ["is", "are", "due", "planned", "plans", "scheduled", "expected", "set", "slated", "said", "says", "announced", "decided", "agreed"]
)
_ENDS = frozenset(["lasts", "last", "ends", "end", "runs", "run", "continues", "continue", "extends", "extend", "until", "till"])


def _first_by_then(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether "not … until" makes a day the first of what a verb tells: "will not be in Malta until Friday"."""
    denied = not {"not", "n't"}.isdisjoint(line.lows[trigger.chain : trigger.last])
    return (
        denied
        and not trigger.rule.id.startswith(("stay.", "shape."))
        and trigger.first < line.at_offset(mention.start)
        and ends_span(line.doc.low, mention.start)
    )


def _lasts_on(line: Line, trigger: Trigger, mention: DateMention, interval: Interval | None) -> Interval | None:
    """A stay told by a noun that goes on until a weekday to come: "The stay in Malta is to last until Friday"."""
    published, between = line.doc.published, line.lows[trigger.last : line.at_offset(mention.start) + 1]
    if trigger.rule.kind not in STAYS or not trigger.rule.nominal or published is None or _ENDS.isdisjoint(between):
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


_NONE = frozenset(["no", "not", "never"])


def since_of_other(line: Line, trigger: Trigger, mention: DateMention, kind: EventKind) -> bool:
    """Whether "since" tells how long something else has been so: "passed the strait, closed to tankers since May", "No ship had called since May"."""
    at = line.at_offset(mention.start)
    if "since" not in (line.low(at), line.low(at - 1)) or kind not in ACTS:
        return False
    if "when" in line.lows[at : trigger.first]:
        return line.low(0) in _NONE  # but "had been away since 13 June, when they left"
    perfect = not HAVE.isdisjoint(line.lows[trigger.chain : trigger.first]) or not HAVE.isdisjoint(line.lows[trigger.last : trigger.reach[1]])
    return trigger.form == "past" and not trigger.rule.nominal and not trigger.rule.host and not perfect


def span_since(begun: Interval | None, published: date | None) -> Interval | None:
    """The time from a day to the day of the report."""
    if begun is None or begun.start is None or published is None or begun.start > published:
        return None
    return Interval(begun.start, published, Precision.RANGE)


def that_month(line: Line, mention: DateMention, last: Interval) -> Interval | None:
    """The month of a day told before, or what was left of it: "reached Piraeus on 3 October. Later that month she sailed"."""
    if last.start is None or last.start != last.end:
        return last
    month = Interval.month(last.start.year, last.start.month)
    later = line.doc.low.startswith("later", mention.start) or line.doc.low.endswith("later ", 0, mention.start)
    return Interval(last.start, month.end, Precision.RANGE) if later and month.end else month


def that_week(line: Line, mention: DateMention, last: Interval) -> Interval | None:
    """The week of a day told before, or what was left of it: "reached Piraeus on Monday. Later that week she sailed"."""
    if last.start is None or last.start != last.end:
        return last
    monday = last.start - timedelta(days=last.start.weekday())
    later = line.doc.low.startswith("later", mention.start) or line.doc.low.endswith("later ", 0, mention.start)
    return Interval(last.start if later else monday, monday + timedelta(days=6), Precision.RANGE)


def opened_since(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a time is that of an aside in front of what goes on: "Out of Bremerton since 27 April, the carrier is working up off California"."""
    last = line.at_offset(mention.end - 1)
    front = line.low(0) != "since" and last < trigger.chain and line.text(last + 1) == ","
    return front and trigger.form in ("ing", "pres") and not in_perfect(line, trigger) and line.low(trigger.chain) in ("is", "are")


def since_till(begun: Interval, until_now: Interval | None, discourse: Discourse) -> Interval | None:
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


def part_of_month(part: re.Match[str], last: Interval | None, published: date | None, *, planned: bool) -> Interval | None:
    """A part of the month told before, or of that of the report where none was: "passed the strait at the end of the month"."""
    if part[2] == "the" and (last is None or planned):
        last = month_beside(0, published)
        found = in_part(last, part[1]) if last else None
        ahead = not planned and found and found.start and published and found.start > published
        last = month_beside(-1, published) if ahead else last
    return in_part(Interval.month(last.start.year, last.start.month), part[1]) if last and last.start else None


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
_DAYS_ALONE = re.compile(r"(?:from|between) (?:the )?[0-3]?\d(?:st|nd|rd|th)\s*(?:-|to|until|till|through|and)\s*(?:the )?[0-3]?\d(?:st|nd|rd|th)")
_TILL = frozenset(["until", "till"])


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
    """A day without a month, of a plan: the next of its number; of days from one to another those whose last lies ahead."""
    if interval is None or interval.start is None or interval.end is None or published is None or interval.end >= published:
        return interval
    month = interval.end.year * 12 + interval.end.month
    if published.year * 12 + published.month - 1 > month:
        month = published.year * 12 + published.month - (interval.end.day >= published.day)
    months = month - (interval.end.year * 12 + interval.end.month - 1)
    start, end = (_months_after(day, months) for day in (interval.start, interval.end))
    return replace(interval, start=start, end=end) if start and end else interval


def _months_after(day: date, months: int) -> date | None:
    """The day of the same number so many months later."""
    month = day.year * 12 + day.month - 1 + months
    try:
        return date(month // 12, month % 12 + 1, day.day)
    except ValueError:
        return None


def _until_number(interval: Interval | None, published: date | None) -> Interval | None:
    """From publication to the next day of a number: "is in Malta until the 17th"."""
    until = _next_of_number(interval, published)
    return _from_publication(until, published) if until else until


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


def next_of_year(line: Line, mention: DateMention, interval: Interval | None, *, lasts: bool) -> Interval | None:
    """A day or month without a year, of a plan: the next one, "is due home in May"; up to "until", the time from publication on."""
    published = line.doc.published
    if interval is None or interval.start is None or interval.end is None or published is None:
        return interval
    if published - interval.end > _JUST_NOW and not _YEAR_TOLD.search(line.doc.low, mention.start, mention.end):
        interval = replace(interval, start=_year_after(interval.start), end=_year_after(interval.end))
        if lasts and ends_span(line.doc.low, mention.start, through=True):
            interval = _from_publication(interval, published)
    return interval


def year_behind(line: Line, mention: DateMention, interval: Interval | None, earlier: Interval | None) -> Interval | None:
    """A day of a plan without a year, in the year of the one told before: "will pass Malta on 2 July and Crete on 4 July"."""
    if interval is None or earlier is None or interval.start is None or interval.end is None or earlier.start is None:
        return interval
    behind = interval.end < earlier.start and not _YEAR_TOLD.search(line.doc.low, mention.start, mention.end)
    return replace(interval, start=_year_after(interval.start), end=_year_after(interval.end)) if behind else interval


def _from_publication(interval: Interval, published: date | None) -> Interval:
    """What lasts "until" a day: from publication to it. A day that lies before publication (a story of another year) stays as it was told."""
    if interval.end is None or published is None or interval.end < published:
        return interval
    return Interval(published, interval.end, Precision.RANGE)


def day_ahead(line: Line, mention: DateMention, published: date | None) -> Interval | None:
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
