"""Stage 6, when: days that count from one told before: "that day", "two days later", "the following week"."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.domain.kinds import Precision
from tracker.domain.when import Interval
from tracker.extract.calendar_days import exact_day, in_part
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.scene import Discourse, Scene, Told


def told_before(scene: Scene, mention: DateMention, discourse: Discourse) -> Interval | None:
    """The date told before another in its sentence, as it was settled there: "is due on the 20th, and will leave three days later"."""
    here = [e for e in reversed(discourse.told[-5:]) if e.sentence == scene.number]
    if counts_to_doing(scene.line, mention):
        return _day_of_doing(scene, mention)
    counted = next((d for d in reversed(scene.dates) if d.end <= mention.start and (d.interval or d.kind in _COUNTED)), None)
    if counted and not counted.interval and (then := _settled_here(here, counted)):
        return then  # "HMS Kent left a week later and HMS Tyne a day after that"
    last = next((d for d in reversed(scene.dates) if d.end <= mention.start and d.interval), None)
    if last is None and (mention.kind == "day_before" or (mention.kind == "offset" and mention.days < 0)):
        return _of_main_day(scene, mention)
    if last is None:
        return None
    return _settled_here(here, last) or last.bare or last.interval


_COUNTED = frozenset(["offset", "next_day"])


def _settled_here(here: list[Told], day: DateMention) -> Interval | None:
    """What a day of the sentence was settled to be for an event told so far."""
    return next((e.interval for e in here if e.sources.get("date", ("", None))[1] == (day.start, day.end)), None)


def counts_to_doing(line: Line, mention: DateMention) -> bool:
    """Whether days count back from an act told behind them: "entered the Red Sea two days before reaching Suez on 7 December"."""
    behind = line.at_offset(mention.end - 1) + 1
    return mention.kind == "offset" and mention.days < 0 and line.low(behind - 1) == "before" and line.low(behind).endswith("ing")


def _day_of_doing(scene: Scene, mention: DateMention) -> Interval | None:
    """The day told with the act from which days count back, if one is: "two days before reaching Suez on 7 December"."""
    at = scene.line.at_offset(mention.end - 1) + 1
    then = next((d for d in scene.dates if d.start >= mention.end and d.interval and d.kind in ("absolute", "weekday")), None)
    last = scene.line.at_offset(then.start) if then else at
    plain = last - at <= _DOING_TOKENS and not {",", ";", "and", "but"} & set(scene.line.lows[at:last])
    return then.interval if then and plain else None


_DOING_TOKENS = 10

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
