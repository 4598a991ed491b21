"""Stage 6, rosters: where an entry has its ship that opens with her name: "Queen Elizabeth – Rosyth, dry dock"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.domain.kinds import MAIN_SLOT, EventKind, PlaceKind
from tracker.domain.records import changed
from tracker.domain.when import Interval
from tracker.extract.calendar_days import exact_day
from tracker.extract.groups import joined
from tracker.extract.itinerary import station_told
from tracker.extract.line import Line
from tracker.extract.log_entries import beside_verbs, log_entry, told_first
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.verbs import Trigger


def _entry_of(scene: Scene) -> tuple[Group, int] | None:
    """The ships that open an entry of a roster and the mark behind them."""
    line = scene.line
    own = [g for g in scene.groups if g.first <= 1]
    if not own or not any(line.sentence.start <= start < line.starts[own[0].last - 1] + 1 for start in line.doc.roster):
        return None
    mark = next((n for n in range(own[0].last, line.size) if line.text(n) in ("–", "—", "-", ":")), None)
    if mark is None:
        return None
    return joined([g for g in scene.groups if g.last <= mark]), mark


def note_entry(scene: Scene, discourse: Discourse) -> None:
    """Keep in mind whose entry it is, for what stands behind it on its line."""
    if opened := _entry_of(scene):
        discourse.voyage = (scene.line.sentence.block, scene.number, opened[0])


def roster_entry(scene: Scene, discourse: Discourse, told: list[Told]) -> list[Told]:
    """Where an entry of a roster has its ships: the place right behind the mark, "Queen Elizabeth – Rosyth, dry dock"."""
    opened = _entry_of(scene)
    if opened is None:
        return []
    who, mark = opened
    line = scene.line
    discourse.fleet.subject = who.vessels
    place = _place_told(scene, mark)
    if place is None or any(e.main and e.main.name == place.name for e in told) or line.low(place.last) in _NOT_THERE_YET:
        return []
    kind = _kind_at(place)
    if kind is None:
        return []
    beside = [g for g in scene.groups if g.first > place.last and _goes_along(line, place, g)]
    who = joined([who, *beside])
    trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", place.first, place.last, place.first, False, (mark, _end_of(line, place)))
    return [tell(scene, trigger, who.vessels, who.spans, kind, {MAIN_SLOT[kind]: place}, stance_of(line, trigger, who), discourse)]


def _place_told(scene: Scene, mark: int) -> PlaceMention | None:
    """The place where an entry has its ship: right behind the mark, or behind words without a movement: "Trieste – sea trials, Gulf of La Spezia"."""
    line = scene.line
    first = next((p for p in scene.places if p.entry and p.first > mark), None)
    if first is None or first.first == mark + 1 or (line.low(mark + 1) in _LEADS and first.first <= mark + 3):
        return first
    acts = any(mark < f.first < first.first and form not in ("noun", "state") for f in line.found("trigger") for _, form in f.data)
    there = first.slot in (None, "place") and (line.text(first.first - 1) == "," or first.how in ("in", "off"))
    between = range(mark, first.first)
    stops = {";", "."} | line.doc.lexicon.sets["struck_out"]
    return first if there and not acts and first.first - mark <= _BEHIND_TOKENS and stops.isdisjoint(line.lows[n] for n in between) else None


def _goes_on(scene: Scene, discourse: Discourse) -> list[Told]:
    """A further place of the ship of an entry, with its day: "Gdynia 12-15 June with the frigate Blas de Lezo"."""
    line = scene.line
    block, _, who = discourse.voyage or (-1, -1, None)
    place = next((p for p in scene.places if p.first == 0 and p.is_port), None)
    day = next((d for d in scene.dates if place and 0 <= line.at_offset(d.start) - place.last <= 1), None)
    beside = [g for g in scene.groups if place and g.first > place.last]
    if place is None or day is None or who is None or block != line.sentence.block or line.found("trigger"):
        return []
    if any("with" not in line.lows[place.last : g.first] for g in beside):
        return []
    group = Group(0, 1, who.vessels, tuple(line.span(0, 1) for _ in who.vessels))
    published = line.doc.published
    if day.number and published and day.interval and (ahead := _next_day(published, day.number)):
        day = replace(day, interval=ahead)  # "Abidjan on the 17th"
    return [station_told(scene, discourse, joined([group, *beside]), place, day)]


def _next_day(published: date, number: int) -> Interval | None:
    """The next day of a number: a roster tells where ships are and go, not where they were."""
    month = published.month + (number < published.day)
    return exact_day(published.year + (month > _MONTHS), (month - 1) % _MONTHS + 1, number)


_MONTHS = 12


_LEADS = frozenset(["in", "at", "off", "near"])
_BEHIND_TOKENS = 8


def _goes_along(line: Line, place: PlaceMention, group: Group) -> bool:
    """Whether others are told to be with the ship of an entry: "Busan since Sunday, with the cruiser Princeton"."""
    between = line.lows[place.last : group.first]
    acts = any(place.last <= f.first < group.first and form not in ("noun", "state") for f in line.found("trigger") for _, form in f.data)
    return "with" in between and ";" not in between and not acts


_SEA_AREAS = ("capes", "area", "range", "approaches")
_NOT_THERE_YET = frozenset(["next", "bound", "based", "to", "later", "then"])


def _kind_at(place: PlaceMention) -> EventKind | None:
    """What the place of an entry makes: a stay in port, or at sea."""
    kind = kind_of(changed(place, how=place.how if place.how == "off" else "in"))
    if place.entry and place.entry.kind is PlaceKind.REGION and place.name.lower().endswith(_SEA_AREAS):
        return EventKind.AT_SEA  # "workups, Virginia Capes"
    return EventKind.TRANSIT if place.is_passage else kind


def _end_of(line: Line, place: PlaceMention) -> int:
    """Where what is told of the place ends."""
    return next((n for n in range(place.last, line.size) if line.text(n) in (".", ";")), line.size)


def told_before(scene: Scene, discourse: Discourse) -> list[Told]:
    """What an entry of a ship's log tells by its shape, whatever its words; of a roster's whose it is is kept in mind."""
    if scene.line.doc.roster:
        note_entry(scene, discourse)
        if more := _goes_on(scene, discourse):
            return more
    if not discourse.keeper:
        return []
    found = told_first(scene, discourse) if scene.places else []
    return found or ([] if scene.ahead and scene.ahead.triggers else log_entry(scene, discourse))


def told_beside(scene: Scene, told: list[Told], discourse: Discourse) -> list[Told]:
    """What an entry of a ship's log or of a roster tells beside what was read of it."""
    if discourse.keeper:
        told = beside_verbs(scene, discourse, told) if told else log_entry(scene, discourse)
    return [*roster_entry(scene, discourse, told), *told] if scene.line.doc.roster else told
