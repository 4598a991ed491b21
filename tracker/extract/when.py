"""Stage 6, when: which date of the sentence, or of what stands above it, is the event's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, Precision
from tracker.domain.when import Interval
from tracker.extract.clauses import Trigger
from tracker.extract.dates import DateMention, is_history
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.who import before_phrase

_SOON = timedelta(days=30)
"""What goes on ("is bound for", "southbound") is told with a day of last year rather than with one that lies further ahead."""


def set_ahead(scene: Scene, trigger: Trigger, event: Told, source: tuple[str, tuple[int, int] | None] | None) -> None:
    """What is told as past in a year left open was a year ago; whatever else lies ahead is a plan, however firmly it is told."""
    span, published = source[1] if source else None, scene.line.doc.published
    year_told = span is not None and re.search(r"(?:19|20)\d\d", scene.line.doc.text[span[0] : span[1]])
    far = trigger.form in ("ing", "state") and bool(
        event.interval and event.interval.start and published and event.interval.start - published > _SOON
    )
    past = (trigger.form in ("past", "part") or far) and event.stance.modality is not Modality.PLANNED
    if past and not year_told and event.interval and event.interval.start and event.interval.end:
        event.interval = replace(event.interval, start=_year_before(event.interval.start), end=_year_before(event.interval.end))
    elif event.stance.modality is Modality.ASSERTED or (
        event.stance.modality is Modality.REPORTED and trigger.form in ("pres", "base", "ing", "state")
    ):
        event.stance = Stance(Modality.PLANNED)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def when_told(
    scene: Scene, trigger: Trigger, kind: EventKind, discourse: Discourse, *, planned: bool = False
) -> tuple[Interval | None, tuple[str, tuple[int, int] | None] | None]:
    """The date of an event: of its clause, else of its sentence, else of the heading above."""
    line = scene.line
    best: tuple[int, DateMention] | None = None
    for mention in scene.dates:
        if _dates_the_saying(line, mention):
            continue
        if mention.kind == "relative" and mention.end - mention.start <= 9 and _is_now(line, mention) and _dated_otherwise(scene, trigger, mention):
            continue
        if mention.kind == "duration" and not _perfect(line, trigger):
            continue
        at = line.at_offset(mention.start)
        if (
            at < trigger.first
            and trigger.reach[0] > 0
            and any(line.low(n) in ("before", "after") for n in range(max(at, trigger.chain - 2), trigger.chain))
        ):
            continue  # "anchored on 1 October before sailing on": the day is the other verb's
        if at < trigger.chain and (_shut_off(line, trigger, mention) or _in_relative(line, trigger, at) or _in_static_aside(line, trigger, at)):
            continue
        if at < trigger.chain and ((trigger.reach[0] > 0 and _coordinated(scene, trigger, at)) or _is_later(line, trigger, at)):
            continue  # "left Den Helder in March and is on her way to Hawaii": the day is the other verb's
        if at < trigger.first and _in_aside(line, trigger, at):
            continue  # "HMS X, which left Malta on 3 December, arrived …": the day is the aside's
        if at >= trigger.last and (_opens_next(line, trigger, at) or _in_next_clause(line, trigger, at)):
            continue
        inside = trigger.reach[0] <= at < trigger.reach[1]
        if not inside and at >= scene.opening and not (at < trigger.first and mention.kind == "carry") and not _in_while(line, trigger, at):
            continue  # "left on 1 December and entered the North Sea": the day is the first verb's alone
        distance = (trigger.first - at if at < trigger.first else at - trigger.last) + (0 if inside else 25)
        if at < trigger.first and trigger.reach[0] > 0:
            distance += 15  # it stands behind another verb
        if best is None or distance < best[0]:
            best = (distance, mention)
    if best:
        mention = best[1]
        interval = resolved(mention, discourse, _before(scene, mention))
        calls = kind is EventKind.ARRIVAL and _perfect(line, trigger)  # "has been to Lisbon and Porto since March"
        if mention.bare and kind in (EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT) and not calls:
            interval = mention.bare  # "away since 13 June, when they left"
        past = any(line.low(n) in ("had", "was", "were") for n in range(trigger.chain, trigger.first))
        ahead = planned or (trigger.form in ("pres", "base") and _is_simple(line, trigger) and not _among_past(scene))
        if ahead and mention.kind == "weekday" and not past:
            interval = _on_or_after(interval, line.doc.published)
            if interval and kind in (EventKind.IN_PORT, EventKind.AT_SEA) and line.doc.low.endswith(("until ", "till "), 0, mention.start):
                interval = Interval(line.doc.published, interval.end, Precision.RANGE)
        if planned and not past and line.doc.low.endswith("weekend", mention.start, mention.end) and line.low(at) != "last":
            interval = _on_or_after(interval, line.doc.published)  # "is due at the weekend": the one to come
        if planned and mention.kind == "absolute" and not past and _DAY_ALONE.fullmatch(line.doc.low, mention.start, mention.end):
            interval = _next_of_number(interval, line.doc.published)
        elif planned and mention.kind == "absolute" and not past and best[0] < 25 and not _YEAR.search(line.doc.low, mention.start, mention.end):
            interval = _year_on(interval, line.doc.published)
        return interval, ("clause" if best[0] < 25 else "sentence", (mention.start, mention.end))
    block, dated = discourse.block_date or (-1, None)
    for heading in (dated if block == line.sentence.block else None, discourse.heading_date):
        if heading and heading.interval:
            return heading.interval, ("heading", (heading.start, heading.end))
    return None, None


_OPENERS = frozenset(["before", "after", "when", "while", "until", "because", "although", "though", "whereas"])


def _in_static_aside(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day tells when a ship was built or commissioned, in an aside: "Kursk, the corvette launched last year, is in …"."""
    begin = next((n for n in range(at - 1, max(at - 8, -1), -1) if line.text(n) == ","), None)
    end = next((n for n in range(at + 1, min(at + 5, trigger.chain)) if line.text(n) == ","), None)
    return begin is not None and end is not None and not line.doc.lexicon.sets["static"].isdisjoint(line.lows[begin:at])


def _shut_off(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a clause opens between a day and a verb: "came in on Monday, hours before the carrier is due to call"."""
    at = line.at_offset(mention.start)
    inside = trigger.reach[0] > 0 and at >= trigger.reach[0]
    if inside and line.low(0) in ("since", "after", "before", "following", "having", "despite") and "," in line.lows[at : trigger.chain]:
        return True  # "Since her departure from Brest in early March, the Dixmude has crossed …"
    if ";" in line.lows[at : trigger.chain]:
        return True
    if not inside or _OPENERS.isdisjoint(line.words):
        return False
    opener = next((n for n in range(at + 1, trigger.chain) if line.low(n) in _OPENERS), None)
    if opener is not None and _meanwhile(line, trigger, opener):
        return False
    of_that_day = (
        opener is not None and line.low(opener) == "when" and opener - line.at_offset(mention.end) <= 2
    )  # "since Saturday, when she first …"
    return opener is not None and not of_that_day


def _meanwhile(line: Line, trigger: Trigger, opener: int) -> bool:
    """Whether a clause tells what its subject was doing then: "was boarded on Monday while she was sailing off Aden"."""
    doing = trigger.form in ("ing", "state") and not {"was", "were"}.isdisjoint(line.lows[trigger.chain : trigger.first])
    return doing and line.low(opener) in ("while", "when") and line.low(opener + 1) in ("it", "she", "they") and opener + 2 >= trigger.chain


def _in_relative(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in an aside of "which" or "who": "Kirch, which she relieved last week, is back in …"."""
    opened = next((n for n in range(at - 1, max(at - 14, 0), -1) if line.low(n) in ("which", "who", "whom", "whose") or line.text(n) == ","), None)
    if opened is None or line.text(opened) == "," or line.text(opened - 1) != ",":
        return False
    return any(line.text(n) == "," for n in range(at + 1, trigger.chain))


_LATER = frozenset(["later", "afterwards", "afterward", "subsequently", "eventually"])


def _is_later(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "and later" parts a verb from the day of the verb before: "was off Hawaii in July and later called at Busan"."""
    if _LATER.isdisjoint(line.lows[max(trigger.chain - 1, 0) : trigger.first]):
        return False
    joint = next((n for n in range(trigger.first - 1, max(trigger.first - 5, 0), -1) if line.low(n) in ("and", "but", ",")), None)
    return joint is not None and at < joint and any(f.first < joint for f in line.found("trigger"))


def _coordinated(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether an "and" or "but" parts a verb of another tense from the day, which stands behind the verb before."""
    line = scene.line
    if trigger.reach[0] > 0 and at >= trigger.reach[0] and _new_subject(scene, trigger, at):
        return True
    if line.text(trigger.chain - 1) == "," and any(line.text(n) == "," and line.low(n - 1) in ("and", "then", "but") for n in range(at - 3, at)):
        return False  # "…, and, in May, transited the canal": the day is set in before its verb
    helped = any(line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in range(trigger.chain, trigger.first))
    bare = trigger.form == "past" and not helped  # "concluded a visit on 10 December and sailed": one day for both
    return (
        at >= trigger.reach[0]
        and ((line.low(trigger.chain - 1) in ("and", "but", "then") and not bare) or (bare and line.text(trigger.chain - 1) == ","))
        and at < trigger.chain - 1
    )


def _new_subject(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether "and" brings a new subject between a day and a verb: "pulled into Sydney on Friday and USS Green Bay is in Brisbane"."""
    groups = [g for g in scene.groups if at < g.first and g.last <= trigger.chain and trigger.chain - g.last <= 3]
    return any(scene.line.low(before_phrase(scene.line, g.first)) in ("and", "but", "while", "whereas") for g in groups)


def _in_aside(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in an aside with a verb of its own between the subject and the verb."""
    begin = trigger.reach[0] - 1
    opened = next((n + 1 for n in range(begin - 1, max(begin - 6, 0), -1) if line.low(n) == ","), None)
    if opened is None or not begin < at or line.low(trigger.chain - 1) != "," or "," in line.lows[begin:at]:
        return False
    return line.low(opened) in ("which", "who", "last", "first", "having", "once") or line.low(opened).endswith(("ed", "ing", "en"))


def _in_while(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a date stands in a clause of "when" or "while" right behind the trigger's own: "lay there when the raid came on 13 September"."""
    return at >= trigger.reach[1] and line.low(trigger.reach[1]) in ("when", "while", "as") and at - trigger.reach[1] <= 14


_DATE_TOKENS = 5


def _opens_next(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a date opens the clause behind a trigger's own: "came into Singapore, and on July 24 A reached …"."""
    before = at - 1 if line.low(at - 1) in ("on", "in", "by", "at", "from") else at
    joint = before - 2 if line.text(before - 1) == "," and trigger.reach[1] - at <= _DATE_TOKENS else before - 1
    return line.low(joint) == "and" and trigger.reach[1] < line.size and before - trigger.last > 1


_JOINS = frozenset(["and", "but", "while", "though", "although", "whereas"])
_CLAUSE_TOKENS = 9


def _in_next_clause(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a new clause with a verb of its own stands between a verb and a day: "is in Rota, and her captain was relieved in November"."""
    finite = line.doc.lexicon.sets["finite"]
    if finite.isdisjoint(line.lows[trigger.last : at]):
        return False
    joint = next((n for n in range(at - 1, trigger.last, -1) if line.low(n) in _JOINS), None)
    if joint is None:
        return False
    verb = next((n for n in range(joint + 2, min(joint + _CLAUSE_TOKENS, at)) if line.low(n) in finite), None)
    return verb is not None and not any(line.text(n) == "," or line.low(n) in ("which", "that", "who") for n in range(joint + 1, verb))


def _dated_otherwise(scene: Scene, trigger: Trigger, now: DateMention) -> bool:
    """Whether a day of the clause, or of the sentence where "now" isn't in the clause either, tells the time better than "now"."""
    inside = [d for d in scene.dates if trigger.reach[0] <= scene.line.at_offset(d.start) < trigger.reach[1]]
    days = [d for d in (inside if now in inside else scene.dates) if d.kind == "absolute"]
    if now in inside:  # "called at Malta on 3 December and is now …", but not "8 March – Sailed, group now three"
        days = [d for d in days if scene.line.at_offset(d.start) >= trigger.chain or scene.line.at_offset(d.start) <= 1]
    return bool(days)


def _is_now(line: Line, mention: DateMention) -> bool:
    """Whether a word such as "now" says less of the time than the date beside it."""
    return line.doc.low[mention.start : mention.end] in line.doc.lexicon.sets["now"]


def _on_or_after(interval: Interval | None, published: date | None) -> Interval | None:
    """A bare weekday of a plan: the nearest on or after publication."""
    if interval and interval.start and published and interval.start < published and (published - interval.start).days < 7:
        if interval.end and interval.end > interval.start:
            return replace(interval, start=interval.start + timedelta(days=7), end=interval.end + timedelta(days=7))
        return Interval.day(interval.start + timedelta(days=7))
    return interval


_DAY_ALONE = re.compile(r"\w+ the [0-3]?\d(?:st|nd|rd|th)")


def _is_simple(line: Line, trigger: Trigger) -> bool:
    """Whether a verb stands in the simple present: "arrives in Busan on Friday" lies ahead."""
    return (
        trigger.form == "pres"
        and not trigger.rule.copula
        and not any(line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in range(trigger.chain, trigger.first))
    )


def _among_past(scene: Scene) -> bool:
    """Whether the entry of a log or a headline tells past days in the present tense."""
    published = scene.line.doc.published
    return any(d.kind == "absolute" and not (d.interval and d.interval.start and published and d.interval.start > published) for d in scene.dates)


_YEAR = re.compile(r"(?:19|20)\d\d|year")


def _year_on(interval: Interval | None, published: date | None) -> Interval | None:
    """A day of a plan, its year left open, that would lie months back: in January "should be home on 31 July" is of this year."""
    if interval is None or interval.start is None or interval.end is None or published is None or (published - interval.end).days <= 90:
        return interval
    start, end = (day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day) for day in (interval.start, interval.end))
    return replace(interval, start=start, end=end)


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


_HAVE = frozenset(["has", "have", "'ve"])


def _perfect(line: Line, trigger: Trigger) -> bool:
    """Whether the clause tells what has gone on until now: only then does "for a week" end today."""
    return not _HAVE.isdisjoint(line.lows[max(trigger.reach[0], trigger.chain - 6) : trigger.first])


def _dates_the_saying(line: Line, mention: DateMention) -> bool:
    """Whether a date tells when something was said and not when it happened: "officials said on Tuesday"."""
    at = line.at_offset(mention.start)
    while at > 0 and line.low(at - 1) in line.doc.lexicon.sets["said_on"]:
        at -= 1
    return any(h.last == at and h.data.id == "says" for h in line.found("hedge"))


def _before(scene: Scene, mention: DateMention) -> Interval | None:
    return next((d.bare or d.interval for d in reversed(scene.dates) if d.end <= mention.start and d.interval), None)


def resolved(mention: DateMention, discourse: Discourse, before: Interval | None = None) -> Interval | None:
    """The interval of a mention, with "that day" and "three days later" resolved against the date told before."""
    if mention.kind == "carry":
        return before or discourse.interval
    if mention.kind in ("next_day", "day_before", "offset"):
        last = before or discourse.interval
        step = timedelta(days=mention.days or (1 if mention.kind == "next_day" else -1))
        return Interval.day(last.end + step) if last and last.end else None
    return mention.interval


def carry_over(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """ "also", "likewise": the date and the main place of the same movement told just before."""
    last = discourse.last.get(event.kind)
    if last is None or scene.number - last.sentence > 2:
        return
    too = not scene.line.doc.lexicon.too.isdisjoint(scene.line.lows[trigger.reach[0] : trigger.reach[1] + 1])
    if not too and not _is_another(scene.line, event):
        return
    slot = MAIN_SLOT[event.kind]
    if slot not in event.places and slot in last.places:
        event.places[slot] = last.places[slot]
        event.sources[slot] = ("sentence before", last.sources.get(slot, ("", None))[1])
    if (
        too
        and event.interval is None
        and last.interval is not None
        and (slot not in event.places or event.places[slot].name == (last.main.name if last.main else None))
    ):
        event.interval = last.interval
        event.sources["date"] = ("sentence before", last.sources.get("date", ("", None))[1])


def _is_another(line: Line, event: Told) -> bool:
    """Whether an event is told of one more ship than the last: "and now another pair has gone out"."""
    return "another" in line.words and any(line.low(line.at_offset(start)) == "another" for start, _ in event.spans)


def is_old(event: Told, line: Line) -> bool:
    """Whether an event is told as history."""
    return is_history(event.interval, line.doc.published)
