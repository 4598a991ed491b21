"""Stage 7, where others are: the port that a text's ships lie in, not one that it only says more about them with, and who leaves it too."""

from __future__ import annotations

from datetime import timedelta

from tracker.domain.kinds import EventKind, Modality
from tracker.extract.corefer import Vessel
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals
from tracker.extract.where import in_its_land, port_meant

_EVENTS, _MADE_TOKENS, _SENTENCES = 6, 5, 2
_FIRM = frozenset([Modality.ASSERTED, Modality.REPORTED])
_AT_PORT = frozenset([EventKind.IN_PORT, EventKind.ARRIVAL])
_LONGEST, _SOME_DAYS = timedelta(days=14), timedelta(days=3)
_APART = frozenset(["another", "elsewhere"])
_BEGUN = frozenset(["had", "having", "deployment", "mission", "voyage", "cruise", "tour", "patrol", "passage"])


def only_describes(line: Line, place: PlaceMention) -> bool:
    """Whether a port only says where a ship was made or whose office speaks of her: "Built in Rotterdam, she is", "the embassy in Pretoria said"."""
    if place.how not in ("in", "from"):
        return False
    sets = line.doc.lexicon.sets
    if line.low(place.first - 2) in sets["speaks_there"]:
        return True
    for at in range(place.first - 1, max(place.first - _MADE_TOKENS - 1, -1), -1):
        if line.low(at) in sets["made_there"] or line.lows[at : at + 2] == ["before", "that"]:
            return True  # "before that she was in Lisbon"
        if line.text(at) in (",", ";"):
            return False
    return False


def is_aside(line: Line, place: PlaceMention, discourse: Discourse, number: int) -> bool:
    """Whether a port only describes a ship, and another one was told just before that is meant by "there" and "in port"."""
    return place.is_port and number - discourse.port_told <= _SENTENCES and only_describes(line, place)


def note_port(line: Line, place: PlaceMention, discourse: Discourse, number: int) -> None:
    """Remember the port told last, unless another was told just before and this one only describes a ship."""
    if not is_aside(line, place, discourse, number):
        discourse.places["port"], discourse.port_told = place, number


def told_back(event: Told, vessel: Vessel, discourse: Discourse) -> bool:
    """Whether an event lies before what was told of a vessel: "arrived in Durban. She had come from Lisbon, where she spent three days"."""
    lies, main = discourse.lies.get(vessel), event.main
    if lies is None or main is None or not main.is_port or main.name == lies.name or event.stance.modality not in _FIRM:
        return False
    if event.kind is EventKind.DEPARTURE:
        stay = next(
            (e for e in reversed(discourse.told[:-1]) if vessel in e.vessels and e.kind in _AT_PORT and e.main and e.main.name == lies.name), None
        )
        then, left = stay.interval if stay else None, event.interval
        return not (then and left and then.start and left.start and left.start > then.start)
    if event.kind not in _AT_PORT:
        return False
    left_it = [e for e in discourse.told[-_EVENTS:] if e.kind is EventKind.DEPARTURE and e.sentence == event.sentence and vessel in e.vessels]
    return any(e.main and e.main.name == main.name for e in left_it) or _was_earlier(event, vessel, lies, discourse)


_MONTH = timedelta(days=20)


def _was_earlier(event: Told, vessel: Vessel, lies: PlaceMention, discourse: Discourse) -> bool:
    """Whether a stay or call is told as one before that where a vessel lies: by its day, by "had", or by a day where that has none."""
    if event.earlier:
        return True
    stay = next(
        (e for e in reversed(discourse.told[:-1]) if vessel in e.vessels and e.kind in _AT_PORT and e.main and e.main.name == lies.name), None
    )
    then, now = event.interval, stay.interval if stay else None
    if then is None or then.end is None or stay is None or stay.sentence >= event.sentence:
        return False
    begun = now.start if now and now.start else discourse.published
    return begun is not None and begun - then.end > (timedelta(0) if now else _MONTH)


def where_others_lie(scene: Scene, told: list[Told], discourse: Discourse) -> None:
    """Give a departure without a place the port where others were just told to be: "put into Malta on Friday. HMS Kent sailed on Saturday"."""
    for event in told:
        if event.kind is not EventKind.DEPARTURE or event.main is not None or event.stance.modality is Modality.NEGATED:
            continue
        if (port := _port_of_others(scene, event, discourse)) is not None:
            event.places["origin"], event.sources["origin"] = port, ("sentence before", (port.start, port.end))


def _port_of_others(scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port where the sentence before has other ships, about the day of a departure."""
    at = event.sources.get("trigger", ("", None))[1]
    line = scene.line
    if (
        at is None
        or not _APART.isdisjoint(line.lows)
        or any(low in _BEGUN for low in line.lows[max(line.at_start(at[0]) - 3, 0) : line.at_offset(at[1] - 1) + 1])
    ):
        return None  # "The deployment began on June 17", "having sailed in January"
    meant, to = port_meant(line, discourse, scene.number), event.places.get("destination")
    if meant is None or meant.how == "off" or in_its_land(meant, event) or (to and to.name == meant.name):
        return None
    far = _SENTENCES + 1 if event.interval else 1
    near = [e for e in discourse.told[-_EVENTS:] if 0 < scene.number - e.sentence <= far and e.kind in _AT_PORT and e.stance.modality in _FIRM]
    lay = next((e for e in reversed(near) if e.main and e.main.name == meant.name), None)
    if lay is None or are_rivals(Group(0, 0, lay.vessels, ()), Group(0, 0, event.vessels, ())):
        return None  # "HMS Kent put into Malta on Friday. The Russian frigate sailed on"
    return meant if _about_then(line, event, lay) else None


_BEFORE_THEM = frozenset(["earlier", "before", "ahead"])


def _about_then(line: Line, event: Told, lay: Told) -> bool:
    """Whether nothing tells that a departure was long before or after others were there."""
    left, then = event.interval, lay.interval
    if left is None or not (left.start and left.end):
        return left is None
    if then and then.start and left.end < then.start and not line.words.isdisjoint(_BEFORE_THEM):
        return False  # "moored at Malta on Thursday. HMS Kent sailed a week earlier"
    about = then.start if then and then.start else line.doc.published
    return left.end - left.start <= _SOME_DAYS and (about is None or abs(left.start - about) <= _LONGEST)
