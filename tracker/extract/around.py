"""Stage 6, places: those around a word of movement that may be its own."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from tracker.domain.kinds import WATER_KINDS, EventKind, PlaceKind
from tracker.domain.records import changed
from tracker.extract.fronted import cleft_place, fronted_place
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.quiet import CLOSE_TOKENS
from tracker.extract.scene import Discourse, Group, Scene
from tracker.extract.stations import passage_it
from tracker.extract.telling import RECALLED
from tracker.extract.verbs import PAYS, Trigger
from tracker.extract.where import told_before

PARTS = frozenset(["and", "but", ";", "then", "before", "after", "while", "when", "is", "was", "are", "were"])


def _where_they_were(scene: Scene, place: PlaceMention, actors: Group | None, discourse: Discourse) -> PlaceMention:
    """The place that "there" means of ships: the one just told of them, sooner than the one told last: "A left Malta … B …. A had been there"."""
    line = scene.line
    if actors is None or line.low(place.first) != "there" or any(p.entry and p.last <= place.first for p in scene.places):
        return place
    last = next((e for e in reversed(discourse.told[-RECALLED:]) if set(e.vessels) == set(actors.vessels) and e.main), None)
    if last is None or last.main is None or scene.number - last.sentence > 2 or last.main.entry is None:
        return place
    return changed(place, name=last.main.name, entry=last.main.entry)


def _where_they_went(scene: Scene, place: PlaceMention, actors: Group, discourse: Discourse) -> PlaceMention:
    """The place that "there" means of ships that were just told to have left for one: "A and B had left for the Caribbean. Both are still there"."""
    line = scene.line
    if line.low(place.first) != "there" or any(p.entry and p.last <= place.first for p in scene.places):
        return place
    last = next((e for e in reversed(discourse.told[-RECALLED:]) if set(e.vessels) == set(actors.vessels)), None)
    bound = last.places.get("destination") if last and scene.number - last.sentence == 1 and last.kind is EventKind.DEPARTURE else None
    return changed(place, name=bound.name, entry=bound.entry) if bound and bound.entry else place


_PRONOUNS = frozenset(["she", "it", "they"])


def _in_front_of_her(scene: Scene, trigger: Trigger) -> PlaceMention | None:
    """The place that stands in front of its verb's pronoun: "Djibouti she reached on Monday"."""
    if trigger.passive or trigger.rule.direct is None or scene.line.low(trigger.chain - 1) not in _PRONOUNS:
        return None
    return next((p for p in scene.places if p.entry and p.how is None and p.last == trigger.chain - 1), None)


def _own_places(scene: Scene) -> Sequence[PlaceMention]:
    """The places of a sentence that don't only say which another is: the same for every word of movement in it."""
    if scene.own is None:
        line = scene.line
        scene.own = [p for n, p in enumerate(scene.places) if not any(_explains(line, p, o) for o in scene.places[max(n - 2, 0) : n])]
    return scene.own


def _may_be_meant(place: PlaceMention, trigger: Trigger, told: AbstractSet[str | None] | None, right: Sequence[PlaceMention | None]) -> bool:
    """Whether a place that nobody listed may be where a movement leads: no known one is told with the same preposition (`told`)."""
    if told is not None and place.how not in told and (place.how or place.first == trigger.last or not told):
        return True
    return place.how == "off" and not any(o and not o.guess for o in right)


_AFTER = frozenset(["after", "following", "since"])
_TO_PORTS = frozenset([EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.IN_PORT, EventKind.UNDERWAY])


_HOWS_ASKED = {EventKind.DEPARTURE: ("from", "origin"), EventKind.UNDERWAY: ("to", "destination")}
_WHERE_TOKENS = 9


def _is_where(scene: Scene, trigger: Trigger) -> PlaceMention | None:
    """The place that is told to be where ships came from or go to: "Rota is where she came from, and Cadiz is where she was going"."""
    line, kind = scene.line, trigger.rule.kind
    if "where" not in line.words or kind not in _HOWS_ASKED or line.text(trigger.last) not in (",", ";", ".", ""):
        return None
    if kind is EventKind.DEPARTURE and line.low(trigger.last - 1) != "from":
        return None
    at = next((n for n in range(trigger.chain, max(trigger.chain - _WHERE_TOKENS, 1), -1) if line.low(n) == "where"), 0)
    place = next((p for p in scene.places if p.entry and p.last == at - 1 and line.low(at - 1) in ("is", "was")), None)
    how, slot = _HOWS_ASKED[kind]
    return changed(place, how=how, slot=slot) if place else None


def places_around(scene: Scene, trigger: Trigger, actors: Group | None, discourse: Discourse) -> tuple[list[PlaceMention], list[PlaceMention]]:
    """The places behind a trigger and those in front of it that belong to its act."""
    line, rule = scene.line, trigger.rule
    places, begin = _own_places(scene), _begins_behind(line, trigger)
    right = [told_before(scene, p, discourse) for p in places if begin <= p.first < trigger.reach[1]]
    left = [told_before(scene, p, discourse) for p in places if trigger.reach[0] <= p.first < trigger.chain]
    told = {p.how for p in (*right, *left) if p and not p.guess} if rule.kind in _TO_PORTS else None
    if rule.copula and "had" in line.lows[trigger.chain : trigger.first]:
        right = [_where_they_were(scene, p, actors, discourse) if p and p.anaphor == "any" else p for p in right]
    elif rule.copula and actors is not None and "there" in line.lows[trigger.last : trigger.reach[1]]:
        right = [_where_they_went(scene, p, actors, discourse) if p and p.anaphor == "any" else p for p in right]
    near = [p for p in right if p and (not p.guess or _may_be_meant(p, trigger, told, right))]
    before = [
        p
        for p in left
        if p
        and (not p.guess or (p.first <= 1 and p.how and _may_be_meant(p, trigger, told, right)))
        and not _elsewhere_told(line, p, trigger)
        and not _of_clause_before(scene, p, trigger)
        and not (p.how and _yet_to_come(line, p, trigger))
    ]
    if rule.id == "sea.after" and not {"there", "here"} & line.words:
        before = [p for p in before if p.first <= CLOSE_TOKENS]  # "arrived in Brest after an exercise from 20 to 28 February"
    if rule.again and rule.subject == "after" and rule.id != "escort.falls":
        before = [p for p in before if p.first <= CLOSE_TOKENS and (trigger.passive or p.last == trigger.chain)]  # where the one before it watched
    if rule.plans and rule.kind is EventKind.ARRIVAL and not _RETURNS.isdisjoint(line.lows[trigger.first : trigger.last]):
        before = [p for p in before if p.how not in ("to", "toward", "into")]  # "went to Malta and is due back on Friday": not in Malta
    if rule.id == "inport.load":
        before = [p for p in before if p.first <= CLOSE_TOKENS]  # "In Wilhelmshaven the frigate is taking on provisions"
    if rule.id == "inport.state" and line.low(trigger.last - 1) in ("port", "harbour", "harbor"):
        before = [
            p for p in before if not (p.entry and p.entry.kind in WATER_KINDS and not p.is_port)
        ]  # "its drills in the Adriatic over, is in port"
    if trigger.form == "ing" and rule.kind is EventKind.AT_SEA and line.low(trigger.chain - 1) in _AFTER and trigger.chain > 1:
        before = []  # "returned to Lumut after taking part in drills with Japan": where they were over
    if rule.object == "escort" and _goes_after_seen(line, trigger):
        before = []  # "spotted the tanker off Ushant and shadowed her": where she was spotted
    near = [
        p for p in near if not _is_of_part(scene, trigger, actors, p) and (line.low(p.last), line.low(p.last + 1)) != ("having", "been")
    ]  # "…, Malta having been her last port"
    near = [p for p in near if p is near[0] or not _of_others(scene, near[0], p)]
    if rule.kind is EventKind.TRANSIT and (kept := passage_it(scene, trigger, discourse, near)):
        near = [kept, *near]
    near = [p for p in near if p.how is not None or line.low(p.last) not in _PRONOUNS]  # "…, and Djibouti she reached on Monday"
    if (asked := _is_where(scene, trigger)) is not None:
        near, before = [asked], []
    near = [p for p in near if not (_only_whose(line, p) or _based_behind(line, p) or _is_partner(line, p) or _made_ready_for(line, trigger, p))]
    if not near and (place := fronted_place(scene, trigger) or cleft_place(scene, trigger) or _in_front_of_her(scene, trigger)):
        near = [place]
    if (listed := _ports_counted(scene, trigger)) and all(p.first >= listed[0].first or _is_wide(p) for p in near):
        near = listed
    return near, before


_RETURNS = frozenset(["back", "home"])
_COMING = frozenset(
    ["arrival", "arriving", "visit", "visiting", "call", "calling", "return", "returning", "reaching", "docking", "entering", "departure"]
)
_AHEAD_TOKENS = 9


def _yet_to_come(line: Line, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether a place in front of a comma is where ships came only later: "Before arriving in Lisbon, HMS Kent exercised with the submarine X"."""
    if line.words.isdisjoint(_COMING) or trigger.chain - place.last < 2 or "," not in line.lows[place.last : trigger.chain]:
        return False
    begin = max(place.first - _AHEAD_TOKENS, 0)
    words = line.lows[begin : place.first]
    at = next((n for n in range(len(words) - 1, -1, -1) if words[n] in _COMING), None)
    if at is None or "," in words[at:]:
        return False
    front = words[:at]
    return "before" in front[-3:] or any(front[n : n + 2] in (["prior", "to"], ["ahead", "of"]) for n in range(len(front)))


_COUNTED_PORTS = frozenset(["ports", "countries", "nations", "stops", "calls", "cities", "islands", "visits", "locations"])
_COUNTED_WAYS = frozenset(["chokepoints", "points", "straits", "canals", "waterways", "passages", "transits", "channels", "lanes"])
_SPANS = frozenset(["to", "at", "during", "in", "on", "throughout", "over", "along", "across", "around", "off", "of"])
_OPENS_LIST = frozenset([":", "including", "like", "such", "among", "namely"])
_COUNTED_TOKENS, _SPAN_TOKENS = 7, 12


def _is_wide(place: PlaceMention) -> bool:
    """Whether a place is a sea or a region, in which ports may lie: "visited ports in the Mediterranean, including Rota and Souda Bay"."""
    return place.entry is not None and (place.entry.kind in WATER_KINDS or place.entry.kind is PlaceKind.REGION)


def _ports_counted(scene: Scene, trigger: Trigger) -> list[PlaceMention]:
    """The ports or passages that a sentence only counts before it lists them: "called at three ports during the patrol: A, B and C"."""
    line, passing = scene.line, trigger.rule.kind is EventKind.TRANSIT
    words = _COUNTED_WAYS if passing else _COUNTED_PORTS
    if trigger.rule.kind not in (EventKind.ARRIVAL, EventKind.TRANSIT) or words.isdisjoint(line.words):
        return []
    counted = range(trigger.chain, min(trigger.last + _COUNTED_TOKENS, line.size))
    begun = next((n for n in counted if line.low(n) in words), None)
    if begun is None:
        return []
    at = max(
        n for n in counted if n == begun or (line.low(n) in words and _OPENS_LIST.isdisjoint(line.lows[begun:n]))
    )  # "calls in several countries"
    named = line.low(at + 1) == "," and any(p.first == at + 2 for p in scene.places)  # "a visit to two countries, India and Japan"
    span = range(at + 1, min(at + _SPAN_TOKENS, line.size))
    mark = at + 1 if named else next((n for n in span if line.low(n) in _OPENS_LIST), None)
    if mark is None and line.low(at + 1) in _SPANS:  # "seven ports during the tour, Darwin, Guam and …"
        mark = next((n for n in span if line.text(n) == ","), None)
    if mark is None or (mark > at + 2 and line.low(at + 1) not in _SPANS):
        return []
    mark += line.lows[mark : mark + 2] in (["such", "as"], ["among", "them"])
    listed = [p for p in scene.places if p.entry and p.first > mark]
    if not listed or listed[0].first - (line.low(listed[0].first - 1) == "the") - mark > 1 or listed[0].how is not None:
        return []
    how, slot = ("through", "via") if passing else ("in", "place")
    return [changed(listed[0], how=how, slot=slot), *listed[1:]]


_SIGNALS = frozenset(["signal", "message", "warning", "signals", "messages", "warnings"])
_SIGNAL_TOKENS = 5


def _only_whose(line: Line, place: PlaceMention) -> bool:
    """Whether a land only says whose ships are: "brought the destroyer together with ships from New Zealand"."""
    if place.how == "from" and line.low(place.first - 1) == "from" and line.low(place.first - 2) in line.doc.lexicon.sets["people"]:
        return True  # "was sent to evacuate 600 people from Sudan"
    if place.how == "from" and line.low(place.first - 1) == "from" and line.low(place.first - 2) in line.doc.lexicon.sets["sent_by_lands"]:
        return True  # "passed the strait, drawing a protest from China"
    if place.how == "to" and not _SIGNALS.isdisjoint(line.lows[max(place.first - _SIGNAL_TOKENS, 0) : place.first - 1]):
        return True  # "a deployment aimed at sending a signal of strength to Iran"
    if place.how != "from" or place.entry is None or place.entry.kind is not PlaceKind.COUNTRY or line.low(place.first - 1) != "from":
        return False
    kind = line.ending("type", place.first - 1)
    return kind is not None and line.low(kind.first - 1) in ("with", "and", ",", "by", "alongside", "against") and bool(kind.data[1])


_OFFICES = frozenset(
    ["cell", "centre", "center", "headquarters", "office", "staff", "agency", "authority", "company", "institute", "team", "task", "corps"]
)
_BASED = frozenset(["based", "homeported", "home-ported", "headquartered"])
_UNITS = frozenset(["fleet", "squadron", "command", "group", "wing", "unit", ",", "force"])


def _based_behind(line: Line, place: PlaceMention) -> bool:
    """Whether a place only says where a ship in front of it is based: "is to join HMS Argyll, a frigate based in Portsmouth"."""
    if _BASED.isdisjoint(line.words) or place.how != "in":
        return False
    at = next((n for n in range(place.first - 1, max(place.first - _BASED_TOKENS, 0), -1) if line.low(n) in _BASED), None)
    if at is not None and line.low(at - 1) in _UNITS:
        return True  # "will deploy with the 6th Fleet, headquartered in Naples"
    kind = line.ending("type", at) if at is not None else None
    if at is not None and kind is None and line.low(at - 1) in _OFFICES:
        return True  # "is working with the Coordination Cell based in Yokosuka"
    return kind is not None and line.low(before_phrase(line, kind.first)) in (",", "(")


_BASED_TOKENS, _PARTNER_TOKENS, _READY_TOKENS = 4, 8, 8
_READY = frozenset(["prepare", "prepares", "preparing", "preparation", "preparations", "ready", "readiness"])


def _is_partner(line: Line, place: PlaceMention) -> bool:
    """Whether a country is told as one with whom ships train: "conducted maritime training with Bulgaria and Georgia"."""
    if place.entry is None or place.entry.kind is not PlaceKind.COUNTRY or "with" not in line.words:
        return False
    if line.low(place.first - 1) == "including" and "with" in line.lows[max(place.first - _PARTNER_TOKENS, 0) : place.first - 1]:
        return True  # "is working with partner nations including Malta"
    if place.how is not None:
        return False
    at = place.first - 1
    while place.first - at < _PARTNER_TOKENS and (line.low(at) in ("and", ",", "the") or line.ending("place", at + 1)):
        at -= 1
    return line.low(at) == "with"


def _made_ready_for(line: Line, trigger: Trigger, place: PlaceMention) -> bool:
    """Whether a place is that of what ships are only made ready for: "drills that prepare her for operations in the Western Pacific"."""
    if place.how != "in" or _READY.isdisjoint(line.words):
        return False
    behind = line.lows[max(trigger.last, place.first - _READY_TOKENS - 4) : place.first]
    at = next((n for n, low in enumerate(behind) if low in _READY), None)
    return at is not None and "for" in behind[at:]


def _goes_after_seen(line: Line, trigger: Trigger) -> bool:
    """Whether "and" joins a verb to one of seeing: "spotted the tanker off Ushant and shadowed her to the Channel"."""
    if line.low(trigger.chain - 1) != "and" or trigger.reach[0] == 0:
        return False
    return any(f.last == trigger.reach[0] and any(rule.seen for rule, _ in f.data) for f in line.found("trigger"))


def _is_of_part(scene: Scene, trigger: Trigger, actors: Group | None, place: PlaceMention) -> bool:
    """Whether a place is told of some of the ships alone: "four warships were seen in the strait, two of them south of Crete"."""
    if actors is None or trigger.rule.object or trigger.rule.subject == "after":
        return False
    of = next((g for g in scene.groups if trigger.last < g.first and 0 <= place.first - g.last <= 3 and g.vessels[0].partial), None)
    return of is not None and not set(of.vessels) & set(actors.vessels) and scene.line.low(of.first - 1) in (",", ":", ";", "–", "—", "(", "with")


def _of_others(scene: Scene, first: PlaceMention, place: PlaceMention) -> bool:
    """Whether a place is told of other ships by a clause that leaves its verb out: "is in Malta and HMS Lancaster in Gibraltar"."""
    line = scene.line
    group = next((g for g in scene.groups if first.last <= g.first and g.last <= place.first and place.first - g.last <= _GAP_TOKENS), None)
    led = before_phrase(line, group.first) if group else -1
    with_own = line.low(led) == "with" and line.text(led - 1) == ","  # "is in Rota, with HMS Tyne off Malta"
    if group is None or not (with_own or line.low(led) in ("and", ",", ";", "while", "but")):
        return False
    return all(line.low(n) == "the" or line.ending("preposition", n + 1) for n in range(group.last, place.first))


_GAP_TOKENS = 3


def _explains(line: Line, place: PlaceMention, before: PlaceMention) -> bool:
    """Whether a place only says which the one before it is: "near Ushant, the island off the tip of Brittany"."""
    at = before.last
    if line.text(at) != "," or line.low(at + 1) not in ("the", "a", "an") or not 0 < place.first - at <= 10:
        return False
    if place.anaphor:
        return place.first <= at + 2
    if before.is_port and _in_list(line, place) and "between" not in line.lows[at : place.first]:
        return False  # one of a list: "called at Albany, the naval base at Durban and Walvis Bay"
    between = line.lows[at + 2 : place.first]
    told = any(line.low(n) != "near" and line.starting("trigger", n) for n in range(at + 2, place.first))
    return not told and "," not in between and not line.doc.lexicon.sets["kinds_of_place"].isdisjoint(between)


def _in_list(line: Line, place: PlaceMention) -> bool:
    """Whether "and" joins a place to the one in front or behind."""
    behind = place.last + 1 + (line.low(place.last + 1) == "the")
    return line.low(place.first - 1) == "and" or (line.low(place.last) == "and" and line.starting("place", behind) is not None)


PARTS = frozenset(["while", "whereas", "but", ";", "although"])


_YARDS = frozenset(["shipyard", "yard"])


def _elsewhere_told(line: Line, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether a place in front of a verb is another clause's, or only where a ship is based: "…, homeported in Rota, is on patrol"."""
    front = line.lows[max(place.first - 3, 0) : place.first]
    based = not line.doc.lexicon.sets["static"].isdisjoint(
        w for w in front if not (trigger.rule.host and w in _YARDS)
    )  # "The shipyard at Kiel has her"
    deployed = (
        "deployed" in front and "forward" in line.lows[max(place.first - 6, 0) : place.first]
    )  # "The carrier forward deployed to Japan is at sea"
    return based or deployed or not PARTS.isdisjoint(line.lows[place.last : trigger.chain])


def _begins_behind(line: Line, trigger: Trigger) -> int:
    """The first token behind a trigger's verb: "conducted a routine Taiwan Strait transit" and "paid Malta a visit" hold their place."""
    inside = trigger.rule.kind is EventKind.TRANSIT or (trigger.rule.id == "arrive.call" and line.low(trigger.first) in PAYS)
    return trigger.first + 1 if trigger.rule.light and inside else trigger.last


def _of_clause_before(scene: Scene, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether "and" with a new subject parts a place from a verb: "was refuelled off Crete, and both ships are working with the Italians"."""
    if trigger.reach[0] == 0 or place.first < trigger.reach[0]:
        return False
    between = [g for g in scene.groups if place.last <= g.first and g.last <= trigger.chain]
    return any(scene.line.low(before_phrase(scene.line, g.first)) == "and" and trigger.chain - g.last <= CLOSE_TOKENS for g in between)
