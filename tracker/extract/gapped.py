"""Stage 6, the same of a further place, its verb left unsaid: "Malta had her in May, Oran in June", "May found her in Malta, June off Oran"."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality
from tracker.domain.when import Interval
from tracker.extract.counted_days import resolved
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Discourse, Scene, Told, replace_told
from tracker.extract.stations import in_its_turn

_KINDS = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT, EventKind.AT_SEA, EventKind.TRANSIT, EventKind.DEPARTURE})
_STAYS = frozenset({EventKind.IN_PORT, EventKind.AT_SEA})
_OPENS, _CLOSES = frozenset([",", ";", "and"]), frozenset([",", ";", ".", "", "and"])
_SMALL = frozenset(["the", "on", "in", "by", "for", "from", "and", "then", "finally", "at", "off"])
_SPANS = frozenset(["day", "days", "night", "nights", "week", "weeks"])
_GAP_TOKENS = 4


def gapped(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """What a sentence goes on to tell of further places, each with its day, where the place or the day stands in front of the one verb."""
    line, more = scene.line, list[Told]()
    if not told or len(scene.places) < 2 or line.words.isdisjoint(_OPENS):
        return more
    for model in list(told):
        verb = _verb(line, model)
        if model.kind not in _KINDS or model.main is None or model.roles or verb is None or not _in_front(scene, model, verb):
            continue
        last = max(model.main.last, verb)
        for place in scene.places:
            if place.first < last or place.entry is None or any(p.start == place.start for e in (*told, *more) for p in e.places.values()):
                continue
            day = _gap(scene, place, model, last)
            if day is None:
                continue
            more.append(_again(scene, model, place, day, discourse))
            last = place.last
    return more


def _verb(line: Line, event: Told) -> int | None:
    """The token behind the word that tells an event."""
    span = event.sources.get("trigger", ("", None))[1]
    return line.at_offset(span[1] - 1) + 1 if span else None


def _in_front(scene: Scene, model: Told, verb: int) -> bool:
    """Whether the place of an event, or its day, stands in front of its verb."""
    day = model.sources.get("date", ("", None))[1]
    return model.main is not None and (model.main.last < verb or (day is not None and scene.line.at_offset(day[0]) < verb - 1))


def _gap(scene: Scene, place: PlaceMention, model: Told, last: int) -> DateMention | int | None:
    """The day or the span told right beside a place in a clause that holds nothing else; None where it holds more."""
    line = scene.line
    opens = next((n for n in range(place.first - 1, max(place.first - 1 - 2 * _GAP_TOKENS, last - 1), -1) if line.low(n) in _OPENS), None)
    if opens is None:
        return None
    opens -= line.low(opens) == "and" and line.text(opens - 1) in (",", ";")
    end = next((n for n in range(place.last, min(place.last + 2 * _GAP_TOKENS, line.size + 1)) if line.low(n) in _CLOSES), None)
    if end is None or not _goes_on(scene, end):
        return None
    inside = [n for n in range(opens + 1, end) if not place.first <= n < place.last]
    day = next((d for d in scene.dates if line.at_offset(d.start) in inside and line.at_offset(d.end - 1) <= end), None)
    told = range(line.at_offset(day.start), line.at_offset(day.end - 1) + 1) if day else range(0)
    rest = [line.low(n) for n in inside if n not in told and line.low(n) not in _SMALL and line.text(n) != ","]
    ahead = day is not None and line.at_offset(day.start) < place.first
    place_first = model.main is not None and model.main.last < (_verb(line, model) or 0)
    if day is not None and not rest and ahead != place_first:
        return day
    number = len(rest) in (1, 2) and (rest[0] in line.doc.lexicon.numbers or rest[0].isdecimal()) and set(rest[1:]) <= _SPANS
    return 0 if day is None and number and place_first else None


_GOES_ON = frozenset(["and", "where", "before", "which", "but", "as", "while", "then"])


def _goes_on(scene: Scene, end: int) -> bool:
    """Whether a clause ends at a mark, or another one of its sort begins there: no noun of its own stands behind the comma."""
    line = scene.line
    if line.text(end) != ",":
        return True
    at = end + 1 + (line.low(end + 1) in ("the", "on", "in"))
    opens = any(p.first == at for p in scene.places) or any(line.at_offset(d.start) in (at, end + 1) for d in scene.dates)
    return opens or line.low(end + 1) in _GOES_ON


def _again(scene: Scene, model: Told, place: PlaceMention, day: DateMention | int, discourse: Discourse) -> Told:
    """An event of the same ships at a further place and on its own day."""
    kind = model.kind
    if kind is EventKind.TRANSIT and not place.is_passage:
        kind = EventKind.ARRIVAL if place.is_port else EventKind.AT_SEA
    if kind in _STAYS:
        there = kind_of(place)
        kind = there if there in _STAYS else EventKind.IN_PORT if place.is_port and place.how is None else kind
    event = replace_told(model, kind)
    event.places, event.interval = {MAIN_SLOT[kind]: place}, None
    event.sources = {"trigger": model.sources["trigger"], MAIN_SLOT[kind]: ("clause", (place.start, place.end))}
    if isinstance(day, DateMention) and scene.line.low(scene.line.at_offset(day.start) - 1) != "for":
        told_on = in_its_turn(scene.line, model, resolved(day, discourse, model.interval), day, model.interval)
        event.interval, event.sources["date"] = _next_year(told_on, model), ("clause", (day.start, day.end))
    begin, published = event.interval.start if event.interval else None, scene.line.doc.published
    if begin and published and begin > published and event.stance.modality is Modality.ASSERTED:
        event.stance = Stance(Modality.PLANNED)
    return event


def _next_year(interval: Interval | None, model: Told) -> Interval | None:
    """A month of the year behind that of the plan before it: "Suez will see her in November, Baltimore in February"."""
    first, last = (interval.start, interval.end) if interval else (None, None)
    if first is None or last is None or model.interval is None or model.interval.start is None or model.stance.modality is not Modality.PLANNED:
        return interval
    month = first.day == 1 and (last + timedelta(days=1)).day == 1
    return Interval.month(first.year + 1, first.month) if month and first < model.interval.start else interval
