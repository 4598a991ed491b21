"""Stage 6, itineraries without verbs: a ship's places, each with its day: "HMS Kent: Rota 1-3 Dec; Limassol 11 Dec", "USS Cole, Split, 3 May"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.domain.kinds import MAIN_SLOT, EventKind, Modality, PlaceKind
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.modality import Stance
from tracker.extract.place_mention import PlaceMention
from tracker.extract.rest import kind_of
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.stances import stance_of
from tracker.extract.telling import tell
from tracker.extract.until import ends_span
from tracker.extract.verbs import Trigger

_PROGRAMMES = frozenset(["programme", "program", "schedule", "itinerary", "calendar", "route"])
_FORESEES = frozenset([":", "foresees", "foresaw", "includes", "included", "lists", "listed", "shows", "showed", "has", "had", "gives", "names"])
_CALLS = frozenset(["call", "calls", "visit", "visits", "stop", "stops", "arrivals", "arrival", "arrives", "arriving"])
_OPENING_TOKENS, _FRONT_TOKENS = 8, 14
_HERS = {"her": "she", "its": "it", "their": "they"}

Item = Group | PlaceMention | DateMention


def itinerary(scene: Scene, discourse: Discourse) -> list[Told]:
    """The stays and calls of a sentence that holds nothing but ships, places and their days, each in its turn."""
    if not scene.dates or not any(p.entry for p in scene.places):
        return []
    opened = _opening(scene, discourse)
    if opened is None:
        return []
    who, first = opened
    stations = list(_stations(scene, who, first))
    if stations:
        discourse.voyage = (scene.line.sentence.block, scene.number, stations[-1][0])
    return [station_told(scene, discourse, ship, place, day) for ship, place, day in stations]


def _opening(scene: Scene, discourse: Discourse) -> tuple[Group | None, int] | None:
    """Whose itinerary it is, where one ship's, and the token where its stations begin; None where a sentence is none."""
    line = scene.line
    front = line.lows[:_FRONT_TOKENS]
    begin = None if _FORESEES.isdisjoint(front) else next(n for n, low in enumerate(front) if low in _FORESEES)
    programme = begin is not None and not _PROGRAMMES.isdisjoint(line.lows[:begin])
    if begin is not None and programme:
        owner = next((g for g in scene.groups if g.last <= begin), None) or _hers(scene, discourse, begin)
        return (owner, begin + 1) if owner and _only_stations(scene, begin + 1) else None
    colon = begin is not None and line.text(begin) == ":" and not any(g.first <= begin for g in scene.groups) and begin <= _OPENING_TOKENS
    first = next((g for g in scene.groups), None)
    goes_on = discourse.voyage and discourse.voyage[:2] == (line.sentence.block, scene.number - 1)
    if first is None and discourse.voyage and goes_on:  # "Rota 1-3 Dec; Souda Bay 7-9 Dec"
        return (discourse.voyage[2], 0) if _only_stations(scene, 0) else None
    if first is None or not (first.first <= 2 or (colon and begin is not None and first.first - begin <= 2)):
        return None
    if not all(v.name for v in first.vessels) or line.text(first.last) not in (",", ":", "–", "—", "-", "("):
        return None
    return (None, first.first) if _only_stations(scene, first.first) else None


def _hers(scene: Scene, discourse: Discourse, last: int) -> Group | None:
    """Whose a programme is that no ship stands in front of: hers, or that of whom the text speaks."""
    line = scene.line
    at = next((n for n in range(last) if line.low(n) in _HERS), None)
    vessels = discourse.fleet.pronoun(_HERS[line.low(at)]) if at is not None else discourse.fleet.subject
    span = line.span(at or 0, (at or 0) + 1)
    return Group(0, 1, vessels, tuple(span for _ in vessels)) if vessels else None


def _items(scene: Scene, first: int) -> list[tuple[int, int, Item]]:
    """The ships, places and days of a sentence from a token on, in their order, without lands that only say where a place lies."""
    line, items = scene.line, list[tuple[int, int, Item]]()
    items += [(g.first, g.last, g) for g in scene.groups if g.first >= first]
    items += [(p.first, p.last, p) for p in scene.places if p.entry and p.first >= first]
    items += [(line.at_offset(d.start), line.at_offset(d.end - 1) + 1, d) for d in scene.dates if line.at_offset(d.start) >= first]
    return sorted(items, key=lambda item: item[0])


_SMALL = frozenset(
    [
        ",",
        ";",
        ":",
        "(",
        ")",
        ".",
        "–",
        "—",
        "-",
        "and",
        "then",
        "the",
        "in",
        "at",
        "on",
        "from",
        "to",
        "until",
        "later",
        "finally",
        "also",
        "subsequently",
        "afterwards",
        "/",
    ]
)


def _only_stations(scene: Scene, first: int) -> bool:
    """Whether nothing but ships, places, days and little words stand in a sentence from a token on."""
    line = scene.line
    held = {n for a, b, _ in _items(scene, first) for n in range(a, b)}
    held |= {n for f in line.found("place") for n in range(f.first, f.last)}
    hulls = {n for g in scene.groups for n in range(g.last, line.size) if _in_brackets(line, g.last, n)}
    return all(n in held or n in hulls or line.low(n) in _SMALL or line.ending("type", n + 1) for n in range(first, line.size))


def _in_brackets(line: Line, first: int, at: int) -> bool:
    """Whether a token stands in the brackets that open at another: a hull number."""
    return line.text(first) == "(" and at <= first + 5 and ")" not in line.lows[first:at]


def _stations(scene: Scene, who: Group | None, first: int) -> Iterator[tuple[Group, PlaceMention, DateMention]]:
    """Each place of an itinerary with its ships and its day, which stands behind it or in front of it."""
    items = _items(scene, first)
    leads = _days_lead([item for _, _, item in items])
    ship, place, day = who, None, None
    for _, _, item in items:
        if isinstance(item, Group):
            ship, place, day = item, None, None
        elif isinstance(item, PlaceMention):
            land = item.entry is not None and item.entry.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)
            if land and scene.line.text(item.first - 1) == "(" and scene.line.text(item.last) == ")":
                continue  # "the minehunters ENS Sakala (Estonia) and BNS Lobelia (Belgium)"
            place = place if land and place else item
            if leads and ship and day:
                yield ship, place, day
                place = day = None
        else:
            day = item
            if not leads and ship and place:
                yield ship, place, day
                place = day = None


def _days_lead(items: Sequence[Item]) -> bool:
    """Whether the days of an itinerary stand in front of their places: "3 Dec Rota, 7 Dec Souda Bay"."""
    return next((isinstance(item, DateMention) for item in items if not isinstance(item, Group)), False)


def station_told(scene: Scene, discourse: Discourse, ship: Group, place: PlaceMention, day: DateMention) -> Told:
    """What ships do at a place of their itinerary: stay some days, call, pass, or are at sea there."""
    line = scene.line
    span = day.interval is not None and day.interval.start != day.interval.end
    if place.is_port and place.how != "off":
        kind = EventKind.ARRIVAL if not span and not _CALLS.isdisjoint(line.words) else EventKind.IN_PORT
    else:
        kind = kind_of(place) or (EventKind.TRANSIT if place.is_passage else EventKind.AT_SEA)
    trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", place.first, place.last, place.first, False, (place.first, place.last))
    taken, published = stance_of(line, trigger, ship), line.doc.published
    ahead = day.interval is not None and published is not None and day.interval.start is not None and day.interval.start > published
    if ahead and taken.modality in (Modality.ASSERTED, Modality.REPORTED):
        taken = Stance(Modality.PLANNED)
        kind = EventKind.ARRIVAL if kind is EventKind.IN_PORT and not span else kind
    event = tell(scene, trigger, ship.vessels, ship.spans, kind, {MAIN_SLOT[kind]: place}, taken, discourse)
    until = day.kind == "weekday" and ends_span(line.doc.low, day.start) and event.interval is not None  # "HMS Kent – in Goa until Tuesday"
    if day.interval is not None and not until:
        event.interval, event.sources["date"] = day.interval, ("clause", (day.start, day.end))
    return event
