"""Stage 6, where: which place fills which slot, and what kind of movement it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import MAIN_SLOT, PORT_KINDS, WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.records import changed
from tracker.extract.by_adjective import ZONE_NAME, land_of
from tracker.extract.corefer import Vessel
from tracker.extract.had_before import port_left
from tracker.extract.length_of_stay import tells_length
from tracker.extract.line import Line
from tracker.extract.place_mention import SHALLOWS, PlaceMention
from tracker.extract.port_of_land import land_told, port_of_land
from tracker.extract.scene import Discourse, Scene, Told
from tracker.extract.slots import ABOUT_TOKENS, CLOSE_TOKENS, LAND_KINDS, NEAR_TOKENS
from tracker.extract.verbs import Trigger

_RECALLED, _RECALLED_SENTENCES = 20, 4
"""So many events and sentences back lies the journey that an arrival without a place ends."""


def _narrowest(line: Line, earlier: Sequence[PlaceMention]) -> PlaceMention:
    """The place told last, or the port in front of it that it only says the land of: "entered Jubail in Saudi Arabia and stayed there"."""
    last, tree = earlier[-1], line.doc.gazetteer.places.tree
    if len(earlier) < 2 or last.entry is None or last.entry.kind not in LAND_KINDS or last.first - earlier[-2].last > _LAND_TOKENS:
        return last
    port = earlier[-2]
    return port if port.is_port and port.entry and tree.inside(port.entry.key, last.entry.key) else last


_LAND_TOKENS = 3


def told_before(scene: Scene, place: PlaceMention, discourse: Discourse) -> PlaceMention | None:
    """The place a mention stands for, when it points back; None when nothing was told that it could mean."""
    if not place.anaphor:
        return place
    if (here := discourse.places.get("here")) and place.name.lower().split()[-1] == "here":
        return _stands_for(place, here)
    if code := land_told(scene.line, place):
        port = port_of_land(scene, place, discourse, code)
        return _stands_for(place, port) if port else None
    islands = scene.line.doc.lexicon.sets["island_lands"] if place.anaphor == "island" else frozenset()
    means = [p for p in scene.places if p.last <= place.first and p.entry and (_can_mean(place.anaphor, p) or p.name.lower() in islands)]
    means = [p for p in means if "coming" not in scene.line.lows[max(p.first - 3, 0) : p.first]]  # "The ship, coming from Rio, arrived in the city"
    if place.anaphor == "port" and place.how in ("to", "toward", "into"):
        means = [p for p in means if not _was_left(scene.line, p)]  # "left Oslo on Monday bound for the naval base"
    earlier = [p for p in means if not _acts(p)]
    if place.name.lower() == "there" and "already" in (scene.line.low(place.first - 1), scene.line.low(place.last)):
        earlier = [p for p in earlier if not _was_left(scene.line, p)]  # "which left Norfolk on Friday, is already there"
    if place.name.lower() in _AREAS and place.how in (None, "from"):
        earlier = [p for p in earlier if p.how not in ("to", "toward")]  # "on her way to Montevideo, had left the area"
    if place.name.lower() == "here":
        earlier = [p for p in earlier if p.how != "from"]  # "came in from Haifa; she was last here in March"
    if place.name.lower().endswith(("water", "waters")):
        earlier = [p for p in earlier if p.entry and p.entry.kind in WATER_KINDS]
        known = earlier[-1] if earlier else discourse.places.get("water")
        port = discourse.places.get("port") if known is None and place.name.lower() == "the same waters" else None
        if port and port.entry:
            return changed(_stands_for(place, port), how="off")  # "sailed from Tartus on Friday. HMS Kent is in the same waters"
        return _stands_for(place, known) if known else None
    word = place.name.lower().split()[-1].rstrip("s")
    if place.anaphor == "island" and word in SHALLOWS:
        earlier = [p for p in earlier if p.entry and p.entry.name.lower().endswith(word)]
        known = earlier[-1] if earlier else discourse.places.get(word) or discourse.places.get("shallow") or discourse.places.get("island")
    elif place.anaphor == "passage" and word in ("canal", "channel"):
        earlier = [p for p in earlier if p.entry and p.entry.kind.value == word]
        known = earlier[-1] if earlier else discourse.places.get(word)
    elif place.anaphor == "gulf":
        known = _gulf_meant(scene.line, place, earlier[-1] if earlier else discourse.places.get("gulf"))
    elif place.name.lower() == "here" and not earlier and any(e.places.get("origin") is discourse.places.get("any") for e in discourse.told[-2:]):
        known = port_meant(scene.line, discourse, scene.number) or discourse.places.get("any")  # "came in from Haifa. She was last here in May"
    elif place.anaphor == "port" and not earlier and not _ends_voyage(scene.line, discourse):
        known = port_meant(scene.line, discourse, scene.number)
    else:
        known = _narrowest(scene.line, earlier) if earlier else discourse.places.get(place.anaphor)
        awaited = "already" in (scene.line.low(place.first - 1), scene.line.low(place.last))  # "headed for Jeddah. The destroyer X is already there"
        known = known if earlier or awaited or place.name.lower() not in _THERE else _at_rest(scene, discourse, known)
        if known and place.name.lower() == "the region" and place.how is None and not earlier and _is_narrow(known):
            known = discourse.places.get("water")  # "is in Diego Garcia. The carrier is to leave the region"
        if known and known.how == "from" and not earlier and place.name.lower() in _AREAS and place.how == "in":
            known = discourse.places.get("water")  # "was seen in the Clyde. She had slipped out of Gadzhiyevo. HMS Kent stays in the area"
    if place.anaphor == "island" and word == "island" and place.name.lower().endswith("islands") and not (known and known.name.endswith("Islands")):
        known = discourse.places.get("islands", known)
    if known is None and place.name.lower() == "the zone":
        told = discourse.places.get("any")
        known = discourse.places.get("water") if told and told.is_port else told
    if known is None and place.anaphor == "island":
        known = _island_of(scene.line, discourse) or (_island_told(scene.line, place) if place.name.lower().endswith("island") else None)
    return _stands_for(place, known) if known else None


def _is_narrow(place: PlaceMention) -> bool:
    """Whether a place is a port or an island, and no region."""
    return place.is_port or place.how == "from" or (place.entry is not None and place.entry.kind is PlaceKind.ISLAND)


_AT_REST = frozenset({EventKind.AT_SEA, EventKind.IN_PORT, EventKind.ARRIVAL, EventKind.REPLENISHMENT})
_REST_SENTENCES, _THERE = 2, frozenset(["there", "the area", "the same area", "the region"])


def _at_rest(scene: Scene, discourse: Discourse, known: PlaceMention | None) -> PlaceMention | None:
    """The place told last, or where ships were just told to be if that is only where they came from or go: "was off Crete, a week out of Brest"."""
    if known is None:
        return known
    near = [e for e in discourse.told[-_EVENTS:] if scene.number - e.sentence <= _REST_SENTENCES and e.kind in _AT_REST and e.main]
    before = any(e.earlier and e.main and e.main.name == known.name for e in near)  # "She had visited Lisbon. HMS Kent is there too"
    if known.how not in ("from", "toward", "to") and not before:
        return known
    near = [e for e in near if not e.earlier]
    near = [e for e in near if e.stance.modality in (Modality.ASSERTED, Modality.REPORTED)]
    if not near or any(e.main and e.main.name == known.name for e in near) or (known.how != "from" and _leads_there(scene.line)):
        return known
    return near[-1].main


def _leads_there(line: Line) -> bool:
    """Whether a sentence tells an arrival or a way."""
    kinds = (EventKind.ARRIVAL, EventKind.UNDERWAY)
    return any(rule.kind in kinds for found in line.found("trigger") for rule, _ in found.data)


def _was_left(line: Line, place: PlaceMention) -> bool:
    """Whether a place is told as one that ships left."""
    verb = line.ending("trigger", place.first) or line.ending("trigger", place.first - 1)
    return place.how == "from" or (verb is not None and any(rule.kind is EventKind.DEPARTURE for rule, _ in verb.data))


def _island_of(line: Line, discourse: Discourse) -> PlaceMention | None:
    """The island country of the port told last, or of the report: "docked at Colombo on Friday. The ship leaves the island on Monday"."""
    port = discourse.places.get("port") or discourse.places.get("here")
    land = land_of(line, port.entry.country) if port and port.entry and port.entry.country else None
    if port is None or land is None or land.name.lower() not in line.doc.lexicon.sets["island_lands"]:
        return None
    return changed(port, name=land.name, entry=land)


def _island_told(line: Line, place: PlaceMention) -> PlaceMention | None:
    """The one island country that the text has told so far, if only by its ministry: "Taiwan said eight warships were around the island"."""
    told = line.doc.low[: place.start]
    lands = [land for land in line.doc.lexicon.sets["island_lands"] if land in told and re.search(rf"\b{land}\b", told)]
    found = line.doc.gazetteer.places.named(lands[0].title()) if len(lands) == 1 else ()
    return changed(place, name=found[0].name, entry=found[0], anaphor=None) if found else None


def _gulf_meant(line: Line, place: PlaceMention, known: PlaceMention | None) -> PlaceMention | None:
    """The gulf that "the Gulf" is: the one told before, else the Persian Gulf: "left the Gulf on Monday"."""
    if (known and known.name.lower() not in line.doc.lexicon.sets["not_the_gulf"]) or place.name.islower():
        return known
    found = line.doc.gazetteer.places.named("Persian Gulf")
    return changed(place, name=found[0].name, entry=found[0], anaphor=None) if found else known


def _acts(place: PlaceMention) -> bool:
    """Whether a country is told as one who does something: "Denmark sent a frigate to the area"."""
    return place.how is None and place.entry is not None and place.entry.kind is PlaceKind.COUNTRY and place.first <= 1


_AREAS = frozenset(["the region", "the area", "the same area"])


def _stands_for(place: PlaceMention, known: PlaceMention) -> PlaceMention:
    off = known.how == "off" and known.start != place.start and 0 < place.first - known.last <= NEAR_TOKENS and known.end < place.start
    how = place.how or (("off" if off else "in") if place.name.lower() in ("there", "here") else None)
    if how == "in" and (known.is_port or known.how == "off") and place.name.lower() in _AREAS:
        how = "off"  # "called at Busan. Several submarines operate in the region"
    return changed(place, name=known.name, entry=known.entry, how=how, slot=place.slot or ("place" if how in ("in", "off") else None))


def _can_mean(anaphor: str, place: PlaceMention) -> bool:
    if anaphor == "zone":
        return place.name.endswith(ZONE_NAME)
    if anaphor == "gulf":
        return place.entry is not None and place.entry.kind is PlaceKind.GULF
    if anaphor == "island":
        return place.entry is not None and place.entry.kind is PlaceKind.ISLAND
    if anaphor == "land":
        return place.entry is not None and place.entry.kind in LAND_KINDS
    return anaphor == "any" or (place.is_port if anaphor == "port" else place.is_passage)


_UNTOLD = frozenset(["unknown", "undisclosed"])
_OWN_LAND, _LAND_TOKENS = frozenset(["country", "homeland", "motherland"]), 3


def _says_elsewhere(scene: Scene, trigger: Trigger, event: Told, *, home: bool) -> bool:
    """Whether a clause tells by words of its own that its place is none the text told before."""
    if event.kind is EventKind.ARRIVAL and event.stance.modality is Modality.NEGATED and "origin" in event.places:
        return True  # "never returned from the Gulf of Aden"
    line = scene.line
    words = line.doc.lexicon.sets["elsewhere"].intersection(line.lows[trigger.first : trigger.reach[1]])
    if event.kind is EventKind.DEPARTURE:
        words -= _UNTOLD  # "has since sailed for an undisclosed destination": from the port told before
    if words - _HOME or (words and not home):
        return True
    if event.kind is EventKind.ARRIVAL and not _OWN_LAND.isdisjoint(line.lows[trigger.last : trigger.last + _LAND_TOKENS]):
        return True  # "is expected to return to the country on 7 April": not to the port where she lies
    berth = line.doc.lexicon.sets["port_parts"] | {"mole"}
    if any(p.guess and trigger.first <= p.first < trigger.reach[1] and line.low(p.last - 1) not in berth for p in scene.places):
        return True  # the clause names a place, though none that is known
    if any(p.anaphor == "zone" and trigger.first <= p.first < trigger.reach[1] for p in scene.places):
        return True  # "was still 20 miles inside the zone": in no port
    if event.kind is EventKind.ARRIVAL and any(p.anaphor == "passage" and trigger.last <= p.first < trigger.reach[1] for p in scene.places):
        return True  # "arrived in the strategic waterway on Tuesday"
    returns = "back" in line.lows[trigger.first : trigger.last] or trigger.rule.id.startswith("arrive.return")
    # "Cole arrived at Malta. She had come back from Asia in July": before what the text told
    return event.kind is EventKind.ARRIVAL and returns and "had" in line.lows[trigger.chain : trigger.first]


_COMING = frozenset([",", "coming", "arriving", "fresh", "straight", "direct", "in"])


def _comes_from(line: Line, place: PlaceMention) -> bool:
    """Whether a place only says where a ship comes from: "The destroyer X, from Oslo, moored on Wednesday"."""
    opens = place.how == "from" and line.low(0) == "from" and place.first <= 2  # "From Portsmouth the frigate X is due in on Wednesday"
    return opens or (line.low(place.first - 1) == "from" and line.low(place.first - 2) in _COMING)


_STAY_TOKENS = 5


def _left_behind(scene: Scene, trigger: Trigger, event: Told) -> PlaceMention | None:
    """The port that ships left "after" a stay: "left Jakarta for Zhoushan on Friday after a week in port"."""
    if event.kind is not EventKind.IN_PORT or "after" not in scene.line.lows[max(trigger.first - _STAY_TOKENS, 0) : trigger.first]:
        return None
    return next((p for p in scene.places if p.entry and p.last <= trigger.first and _was_left(scene.line, p)), None)


def set_known_port(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> None:
    """Where a vessel leaves from or lies when its clause does not say: the port where the text had it last, or that it spoke of just before."""
    line, slot = scene.line, MAIN_SLOT[event.kind]
    if (port := _port_as_told(scene, trigger, event, discourse)) is not None:
        event.places[slot], event.sources[slot] = port, ("document", (port.start, port.end))
        return
    first = event.vessels[0]
    back_home = event.kind is EventKind.ARRIVAL and trigger.rule.id.startswith("arrive.return") and _set_out_from(first, discourse)
    if _says_elsewhere(scene, trigger, event, home=bool(back_home)):
        if discourse.watch and discourse.watch.is_port and event.kind is EventKind.DEPARTURE and not discourse.lying.get(first):
            event.places[slot] = discourse.watch  # "sailed for the area of the exercise", in a port's log
            event.sources[slot] = ("heading", (discourse.watch.start, discourse.watch.end))
        return
    known = discourse.lying.get(first) or (discourse.lying.get(first.formerly) if first.formerly else None)
    if known is None and event.kind is EventKind.DEPARTURE and len(event.vessels) > 1:
        known = discourse.lies_at(first)  # "SNMG2 moored in Piraeus. In port are the frigates A and B. … The group leaves on 23 April"
    if event.kind is EventKind.ARRIVAL and known and "been" in line.words and _had_been(line, known, trigger):
        known = None
    if event.kind is EventKind.IN_PORT and event.stance.modality is Modality.ASSERTED:
        known = discourse.lies.get(first) or known  # "is due back in Rio in October. The ship, berthed at Pier 3, is open to visitors"
    back = "back" in line.lows[trigger.first : trigger.last] and event.stance.modality is not Modality.PLANNED
    comes_back = trigger.rule.id.startswith("arrive.return") or back
    if event.kind is EventKind.ARRIVAL and comes_back:
        known = _home_of(first, discourse) or known or _back_where(first, scene, event, discourse)
    if event.kind is EventKind.DEPARTURE and known is None:
        known = _where_come_to(scene, event, discourse)
        known = _sea_left(first, scene.number, discourse) if known is None and line.low(trigger.last) == "it" else known
    came_in = event.kind is EventKind.ARRIVAL and "origin" in event.places  # "in from Malta", told in a port's log
    if known is None and discourse.watch and discourse.watch.is_port and (came_in or event.kind is EventKind.DEPARTURE):
        known = discourse.watch
    if event.kind is EventKind.DEPARTURE and known is None:
        return
    if event.kind is EventKind.IN_PORT or (event.kind is EventKind.ARRIVAL and known is None):
        known = _port_here(scene, trigger, event, discourse, known)
    if event.kind is EventKind.ARRIVAL and line.low(trigger.last - 1) == "there":
        known = next((p for p in reversed(scene.places) if p.entry and p.last <= trigger.first), None)
        known = known or _at_rest(scene, discourse, discourse.places.get("any"))  # "is due back there"
    elif event.kind is EventKind.ARRIVAL and "back" in line.lows[trigger.first : trigger.last] and event.stance.modality is Modality.PLANNED:
        home = "in" not in line.lows[trigger.first : trigger.last + 1] and _set_out_from(first, discourse)
        known = _home_of(first, discourse) if home else None  # none in "sailed to Japan in May. She is expected back in July"
    elif event.kind is EventKind.ARRIVAL and not comes_back:
        known = _bound_for(first, scene.number, discourse, known)
    if event.kind is EventKind.ARRIVAL and known and event.stance.modality is Modality.ASSERTED and _only_others_go(first, known, discourse):
        known = None  # "INS Sahyadri goes to Fremantle next. HMAS Dechaineux slipped in on Saturday"
    if event.kind is EventKind.ARRIVAL and known and first.seen_in == scene.number and not any(p.name == known.name for p in scene.places):
        known = _harbour(known, discourse)
    if event.kind in _COMES_OR_LIES and discourse.watch and discourse.watch.is_port and not discourse.keeper:
        known = discourse.watch  # "1400 USS Cole arrived, Z berth", in a port's log
    if event.kind is EventKind.ARRIVAL and known and (left := event.places.get("origin")) and left.name == known.name:
        known = discourse.lies.get(first)  # "The ship, coming from Rio, arrived in the city", where she was told to be moored
        known = known if known and known.name != left.name else None
    elsewhere = (
        event.kind is EventKind.ARRIVAL and known and (_is_there_now(event, known, discourse) or _off_which_others_are(event, known, discourse))
    )
    if known and (in_its_land(known, event) or elsewhere):
        known = None
    if known and known.entry:
        event.places[slot] = known
        event.sources[slot] = ("heading" if known is discourse.watch else "document", (known.start, known.end))


def _port_here(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse, known: PlaceMention | None) -> PlaceMention | None:
    """The port in front of a verb, where a vessel lies as far as is `known`, or the one that the text means."""
    line, first = scene.line, event.vessels[0]
    front = (p for p in reversed(scene.places) if p.entry and p.is_port and p.last <= trigger.first)
    front = (p for p in front if not (_comes_from(line, p) or _is_home_of(line, p) or _had_been(line, p, trigger)))
    if trigger.rule.id == "stay.behind":
        front = (p for p in list(front) if p.how not in ("to", "toward", "into"))  # "left for Sydney on Friday; the oiler stayed behind"
    here = _left_behind(scene, trigger, event) or next(front, None)
    lain = known if event.kind is EventKind.IN_PORT else None  # sooner where she lies than the port told last
    told = max((e.sentence for e in discourse.told[-_RECALLED:] if first in e.vessels and e.main is lain), default=-9) if lain else -9
    near = scene.number - discourse.port_told <= 2 or scene.number - told <= 1
    arrives = event.kind is EventKind.ARRIVAL
    known = here or ((lain or port_meant(line, discourse, scene.number, arrives=arrives)) if near else None)
    bound = [e.places.get("destination") for e in discourse.told[-_EVENTS:] if e.kind is EventKind.UNDERWAY and first in e.vessels]
    if not lain and line.low(trigger.last - 1) in _HELD_UP and (here is None or here.how in ("from", "to", "toward")):
        known = None  # "She lay in Malta. A tanker sailing from Primorsk was detained on Friday"
    if event.kind is EventKind.IN_PORT and not here and not lain and known and any(p and p.name == known.name for p in bound):
        known = None  # "was heading for Ust-Luga. The tanker was detained after …"
    anchors = known and not here and not lain and line.low(trigger.first).startswith("anchor")
    return None if anchors and known and _only_others_left(first, known, discourse) else known


def _only_others_left(vessel: Vessel, port: PlaceMention, discourse: Discourse) -> bool:
    """Whether a port was only told as left by others: "Two tugs from Cherbourg went out to help her. She anchored on Tuesday"."""
    there = [e for e in discourse.told[-_EVENTS:] if any(p.name == port.name for p in e.places.values())]
    return bool(there) and all(e.kind is EventKind.DEPARTURE and vessel not in e.vessels for e in there)


def _is_there_now(event: Told, port: PlaceMention, discourse: Discourse) -> bool:
    """Whether ships are told to return, where they are at the port already: "put into Rota on Friday and is due to return on Sunday"."""
    if event.stance.modality is not Modality.PLANNED or not event.rule.startswith("arrive.return"):
        return False
    last = next((e for e in reversed(discourse.told[-_EVENTS:]) if set(e.vessels) & set(event.vessels)), None)
    came = last is not None and last.kind in _COMES_OR_LIES and last.stance.modality in (Modality.ASSERTED, Modality.REPORTED)
    return came and last is not None and last.main is not None and last.main.name == port.name


def _off_which_others_are(event: Told, port: PlaceMention, discourse: Discourse) -> bool:
    """Whether a port was told only for the waters off it, and not of these ships: "ran aground off Cape Town. The tug X arrived in the afternoon"."""
    if port.how != "off":
        return False
    return not any(e.main and e.main.name == port.name and set(e.vessels) & set(event.vessels) for e in discourse.told[-_RECALLED:])


def _port_as_told(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port that the words themselves point to: the home that is written, the quay that is crowded, the port that they "had" come to and left."""
    found = _home_written(scene.line, trigger, event, discourse) or _crowded(scene, trigger, event)
    if found is None and not trigger.rule.id.startswith("arrive.return"):
        found = port_left(trigger, event, scene.line, discourse)
    return found


def _had_been(line: Line, port: PlaceMention, trigger: Trigger) -> bool:
    """Whether ships that come in only "had been" in a port before, by the same sentence: "Argus, which had been in Falmouth, came in on Monday"."""
    before = line.lows[max(port.first - _BEEN_TOKENS, 0) : port.first]
    told = port.last <= trigger.first and line.span(port.first, port.last) == (port.start, port.end)
    return told and "had" in before and "been" in before and trigger.rule.kind is EventKind.ARRIVAL


_BEEN_TOKENS = 5


def _is_home_of(line: Line, port: PlaceMention) -> bool:
    """Whether a port is only told as where somebody is based: "a spokesman for the fleet based at Yokosuka said the ship was on a port call"."""
    return not _BASED.isdisjoint(line.lows[max(port.first - 3, 0) : port.first])


_BASED = frozenset(["based", "homeported", "headquartered", "stationed"])
_HELD_UP = frozenset(["detained", "arrested", "seized", "impounded"])


def in_its_land(port: PlaceMention, event: Told) -> bool:
    """Whether a port lies where ships leave for: "reached Malé … before its ship left for the Maldives"."""
    to = event.places.get("destination") if event.kind is EventKind.DEPARTURE else None
    return bool(to and to.entry and port.entry and to.entry.kind is PlaceKind.COUNTRY and to.entry.country == port.entry.country)


def _where_come_to(scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """Where the same ships were just told to have come, which they leave."""
    came = next((e for e in reversed(discourse.told[-3:]) if e.kind is EventKind.ARRIVAL and _same_ships(e, event) and e.main), None)
    to_come = came is not None and came.stance.modality is Modality.PLANNED and event.stance.modality is Modality.ASSERTED
    if came is not None and came.stance.modality is Modality.NEGATED:
        return None  # "did not call at Muscat but sailed directly to Goa"
    near = came is not None and scene.number - came.sentence <= 1 + 2 * ("gone" in scene.line.words)
    return came.main if came and near and not to_come else None  # "will return to Durban on Friday. In July they sailed to Pemba"


_HOME = frozenset(["homeport", "home", "home-port"])


def _home_written(line: Line, trigger: Trigger, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port of a dateline, where a ship came home: "SEATTLE – The cutter Healy returned to its homeport on Friday"."""
    here = discourse.places.get("here")
    comes = event.kind is EventKind.ARRIVAL and trigger.rule.id.startswith("arrive.return")
    goes = event.kind is EventKind.DEPARTURE and not event.places.get("origin")  # "WILHELMSHAVEN – The frigate X will leave her home port on Friday"
    if here is None or not here.is_port or not (comes or goes):
        return None
    return here if not _HOME.isdisjoint(line.lows[trigger.first : trigger.reach[1] if comes else trigger.last + _OWN_TOKENS]) else None


_OWN_TOKENS = 3


_MEANWHILE = frozenset(["as", "when", "while"])


def _crowded(scene: Scene, trigger: Trigger, event: Told) -> PlaceMention | None:
    """The port where something went on as ships came home: "Hundreds crowded the quay at Norfolk on Friday as the destroyer X came home"."""
    line = scene.line
    if event.kind is not EventKind.ARRIVAL or not trigger.rule.id.startswith("arrive.return") or _MEANWHILE.isdisjoint(line.words):
        return None
    joint = next((n for n in range(trigger.chain - 1, 0, -1) if line.low(n) in _MEANWHILE), None)
    if joint is None:
        return None
    return next((p for p in scene.places if p.entry and p.is_port and p.how in ("in", None) and p.last <= joint), None)


def _back_where(vessel: Vessel, scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """Where a vessel was just told to lie that came back: "is alongside at Durban. She returned on Friday from a patrol"."""
    last = discourse.told[-1] if discourse.told else None
    lies = last is not None and last.kind is EventKind.IN_PORT and vessel in last.vessels and scene.number - last.sentence == 1
    firm = last is not None and last.stance.modality in (Modality.ASSERTED, Modality.REPORTED) and last.interval is None
    return last.main if last and lies and firm and event.stance.modality is not Modality.PLANNED else None


def _sea_left(vessel: Vessel, number: int, discourse: Discourse) -> PlaceMention | None:
    """The sea where a vessel was just told to be, which she then left: "was in the Black Sea on the 6th. She left it on the 9th"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.kind is not EventKind.AT_SEA or vessel not in last.vessels or number - last.sentence > 1:
        return None
    return last.main if last.main and last.main.how == "in" else None


def _home_of(vessel: Vessel, discourse: Discourse) -> PlaceMention | None:
    """The port from which the text had a vessel leave last."""
    left = next((e.main for e in reversed(discourse.told) if e.kind is EventKind.DEPARTURE and vessel in e.vessels and e.main), None)
    return left if left and left.is_port else None


def _set_out_from(vessel: Vessel, discourse: Discourse) -> bool:
    """Whether all that the text tells of a vessel begins with her departure from the port that it had her leave last: that is her home."""
    hers = [e for e in discourse.told[-_RECALLED:] if vessel in e.vessels and e.kind is not EventKind.ESCORT]
    left = [e for e in hers if e.kind is EventKind.DEPARTURE]
    if len(left) != 1 or not left[0].main or not left[0].main.is_port or left[0].stance.modality not in (Modality.ASSERTED, Modality.REPORTED):
        return False
    begun = left[0].interval.start if left[0].interval else None
    if hers[0] is left[0]:
        return True
    return bool(begun and all(e is left[0] or (e.interval and e.interval.start and e.interval.start >= begun) for e in hers))


_PORT_SENTENCES = 2


def port_meant(line: Line, discourse: Discourse, number: int, *, arrives: bool = False) -> PlaceMention | None:
    """The port that "in harbour" means: where the text's ships are, sooner than where they came from or are going to, which it may have told last."""
    last = discourse.places.get("port")
    recent = [
        e for e in discourse.told[-_EVENTS:] if number - e.sentence <= _PORT_SENTENCES and last and any(_at_port(line, p) for p in e.places.values())
    ]
    lies = [e.main for e in recent if e.kind in _COMES_OR_LIES and e.stance.modality not in (Modality.PLANNED, Modality.NEGATED) and e.main]
    lies = [e.main for e in recent if not e.earlier and e.main in lies] or lies  # "arrived in Durban. She had visited Lisbon"
    quitted = {e.main.name for e in recent if e.kind is EventKind.DEPARTURE and e.main and e.stance.modality is not Modality.PLANNED}
    lies = [p for p in lies if p.name not in quitted] or lies  # "arrived in Durban. She had come from Lisbon, where she spent three days"
    if last is None or not recent or any(p.name == last.name for p in lies) or _came_off(discourse, last, number):
        return last
    if last.how not in ("off", "from" if arrives else "") and not any(p.name == last.name for e in recent for p in e.places.values()):
        return last  # it is told with none of their movements
    left = [e.main for e in recent if e.kind is EventKind.DEPARTURE and e.main and _at_port(line, e.main)]
    return next(reversed([p for p in lies or left if _at_port(line, p)]), last)


def _came_off(discourse: Discourse, port: PlaceMention, number: int) -> bool:
    """Whether ships were just told to come off a port: "arrived off Tartus in January. They have been at anchor off the port since"."""
    near = [e for e in discourse.told[-_EVENTS:] if e.kind is EventKind.ARRIVAL and number - e.sentence <= _PORT_SENTENCES]
    return port.how == "off" and any(e.main and e.main.name == port.name for e in near)


def _ends_voyage(line: Line, discourse: Discourse) -> bool:
    """Whether a sentence tells an arrival where ships told before are bound: "left Cork for Brest. She entered the port on Friday"."""
    if not any(rule.kind is EventKind.ARRIVAL for found in line.found("trigger") for rule, _ in found.data):
        return False
    last, bound = discourse.places.get("port"), [e.places.get("destination") for e in discourse.told[-_EVENTS:] if e.kind in _BOUND]
    return any(p and last and p.name == last.name for p in bound)


def _at_port(line: Line, place: PlaceMention) -> bool:
    return place.how != "off" and (place.is_port or place.name.lower() in line.doc.lexicon.sets["port_lands"])


_EVENTS, _PORT_SENTENCES = 6, 2
_COMES_OR_LIES = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT})
_BOUND = frozenset({EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.TRANSIT})


def _same_ships(one: Told, other: Told) -> bool:
    """Whether two events are told of the same vessels, of which one may tell them as a group."""
    left, right = ({m for v in e.vessels for m in (v.members if not v.name and v.members else (v,))} for e in (one, other))
    before, then = one.interval, other.interval
    sooner = bool(before and then and before.start and then.end and then.end < before.start)  # "returned on Friday. She had set sail in May"
    return left == right and not sooner


def _bound_for(vessel: Vessel, sentence: int, discourse: Discourse, known: PlaceMention | None) -> PlaceMention | None:
    """Where a vessel arrives that was told just before to be bound somewhere: there, and never where it has just left."""
    moves = (EventKind.DEPARTURE, EventKind.UNDERWAY, EventKind.TRANSIT)
    last = next((e for e in reversed(discourse.told[-_RECALLED:]) if vessel in e.vessels and e.kind in moves), None)
    if last is None or sentence - last.sentence > _RECALLED_SENTENCES:
        return known
    bound, left = last.places.get("destination"), last.places.get("origin")
    gone = known is not None and left is not None and known.name == left.name and last.stance.modality is not Modality.PLANNED
    return bound or (None if gone else known)


def _only_others_go(vessel: Vessel, port: PlaceMention, discourse: Discourse) -> bool:
    """Whether the text has a port only as one where other ships are bound."""
    there = [e for e in discourse.told[-_RECALLED:] if any(p.name == port.name for p in e.places.values())]
    return bool(there) and all(
        vessel not in e.vessels
        and e.main
        and e.kind in (EventKind.UNDERWAY, EventKind.ARRIVAL, EventKind.IN_PORT)
        and (e.kind is EventKind.UNDERWAY or e.stance.modality is Modality.PLANNED)
        for e in there
    )


def _harbour(port: PlaceMention, discourse: Discourse) -> PlaceMention | None:
    """The port of which a text speaks, for a new ship that comes in, where the one told last is only where others go: "left Malta for Rota"."""
    late = discourse.told[-_RECALLED:]
    there = [e for e in late if any(p.name == port.name for p in e.places.values())]
    if not there and port.how == "toward":  # the last of several: "left on Monday, A for Malta and B for Rota"
        there = to = [e for e in late if e.sentence == discourse.port_told and e.kind is EventKind.DEPARTURE]
    else:
        to = [e for e in there if e.kind is EventKind.DEPARTURE and (bound := e.places.get("destination")) and bound.name == port.name]
    come = [e for e in there if e.kind is EventKind.DEPARTURE and e.rule == "depart.out-of" and e.main and e.main.name == port.name]
    if not there or (len(to) != len(there) and len(come) != len(there)):
        return port
    lies = [e.main for e in late if e.kind in _COMES_OR_LIES and e.main and e.main.is_port and e.stance.modality is not Modality.NEGATED]
    return next((e.main for e in reversed(to) if e.main and e.main.is_port), lies[-1] if lies else None if to else port)


_STAYS_ON = frozenset(["until", "till", "for", "through", "there", "here", "another"])
"""What follows "stays" or "remains" where the port is left unsaid."""


def stay_known(scene: Scene, trigger: Trigger, event: Told, discourse: Discourse) -> bool:
    """Whether "stays" or "remains" speaks of the port where the text has the vessels already; fills it in."""
    known = discourse.lying.get(event.vessels[0])
    if known and known.how == "off" and not known.is_port:
        known = discourse.lies.get(event.vessels[0]) or known  # "had trained near the island of Lies before coming in. They stay over the weekend"
    known = known or _left_by_others(scene, event, discourse) or _stays_there_too(scene, event, discourse)
    behind = trigger.rule.id == "stay.behind"
    stays = behind or scene.line.low(trigger.first).startswith(("stay", "remain"))
    dated = event.interval is not None and event.sources.get("date", ("", None))[0] == "clause"
    if known is None or not stays or not (dated or behind or scene.line.low(trigger.last) in _STAYS_ON or tells_length(scene, trigger)):
        return False
    event.kind = EventKind.IN_PORT
    event.places["place"] = known
    event.sources["place"] = ("document", (known.start, known.end))
    return True


_UNTIL = frozenset(["until", "till"])


def _stays_there_too(scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port of which a text speaks, of a ship first told to stay until some day: "Durban has visitors. … The corvette X remains until Friday"."""
    fresh = all(v.seen_in == scene.number for v in event.vessels) and not _UNTIL.isdisjoint(scene.line.words)
    if not fresh or len(scene.groups) > 1 or scene.number - discourse.port_told > _PORT_SENTENCES:
        return None
    port = port_meant(scene.line, discourse, scene.number)
    return port if port is not None and port.is_port else None


def _left_by_others(scene: Scene, event: Told, discourse: Discourse) -> PlaceMention | None:
    """The port that others were just told to leave: "HMS Kent left Gibraltar on Monday. HMS Lancaster stayed behind"."""
    last = discourse.told[-1] if discourse.told else None
    if last is None or last.kind is not EventKind.DEPARTURE or last.main is None or not last.main.is_port or scene.number - last.sentence > 1:
        return None
    come_on = any(e.kind in _COMES_OR_LIES and e.sentence == last.sentence and set(e.vessels) & set(last.vessels) for e in discourse.told[-_EVENTS:])
    return None if come_on or set(event.vessels) & set(last.vessels) else last.main  # "docked in Valletta after leaving Bari" leaves nobody in Bari


def host_of(line: Line, trigger: Trigger, before: Sequence[PlaceMention], *, passages: bool = False) -> PlaceMention | None:
    """The place that is the subject of a verb of hosting: "Sasebo, for its part, has the carrier in port"; straits too with `passages`."""
    about = next((p for p in before if _told_about(line, p.last, trigger.chain)), None)
    for place in [about] if about else reversed([p for p in before if p.first < trigger.chain]):
        welcomed = (
            trigger.rule.id == "arrive.welcome" and place.how == "in" and trigger.chain - place.last <= 2 and place.is_port
        )  # "a crowd at Den Helder welcomed"
        opens = welcomed or place.first == 0 or (place.first <= CLOSE_TOKENS and line.low(place.first - 2) in line.doc.lexicon.sets["facilities"])
        near = trigger.chain - place.last <= 8 or _told_about(line, place.last, trigger.chain)
        if place.entry and place.how in (None, "in") and near and (place.how is None or opens):  # "The yard at Kiel has"
            land = place.name.lower() in line.doc.lexicon.sets["port_lands"] or trigger.rule.id == "depart.point"
            dry = place.is_port or (passages and place.is_passage) or place.entry.kind in (PlaceKind.ISLAND, PlaceKind.BAY) or land
            return place if dry or place.entry.kind in WATER_KINDS else None
    return None


def _told_about(line: Line, first: int, last: int) -> bool:
    """Whether only an aside about a place parts it from its verb: "Salalah, a port in the south of the Sultanate of Oman, saw the ship put out"."""
    aside = line.text(first) == "," == line.text(last - 1) and first + 1 < last <= first + ABOUT_TOKENS
    return (
        aside
        and line.low(first + 1) in ("a", "an", "the", "its", "one", "home", "on", "in", "which", "where")
        and "," not in line.lows[first + 1 : last - 1]
    )


_UP_TO = frozenset(["to", "and", "until", "-", "–"])


_LONGEST_BASED = 200
"""Days; whoever was based somewhere for longer had a home there."""


def has_needed(needs: str, event: Told) -> bool:
    """Whether what a rule needs was found."""
    if needs in ("main", "cargo"):
        return event.main is not None
    if needs == "drill":
        return False  # its place is that of the exercise told before
    if needs == "passage":
        return event.main is not None and (event.kind is not EventKind.TRANSIT or event.main.entry is None or event.main.entry.kind not in PORT_KINDS)
    if needs == "destination":
        port = event.kind is EventKind.TRANSIT and event.main is not None and event.main.entry is not None and event.main.entry.kind in PORT_KINDS
        return "destination" in event.places or (event.kind is not EventKind.UNDERWAY and not port)
    if needs == "place":
        return event.main is not None
    if needs == "port":
        return event.main is not None and event.main.entry is not None and event.main.entry.kind in PORT_KINDS
    if needs == "span":
        since, until = (event.interval.start, event.interval.end) if event.interval else (None, None)
        return event.main is not None and since is not None and until is not None and 0 < (until - since).days < _LONGEST_BASED
    if needs == "through":
        return "place" in event.places and event.places["place"].how == "through" and len(event.vessels) > 1
    if needs in ("direct", "behind"):
        return event.main is not None and event.main.how is None
    if needs in ("place_or_date", "begun"):
        return bool(event.places) or event.interval is not None
    return True


_ONE_OF_TOKENS = 9


def _counts_there(line: Line, at: int, place: int) -> bool:
    """Whether "one of" so many ships leads straight to a place: "one of six Russian ships in the Barents Sea"."""
    kind = next((k for n in range(at + 3, min(at + _ONE_OF_TOKENS, place)) if (k := line.starting("type", n))), None)
    number = any(f.first in (at + 2, at + 3) for f in line.found("number")) or line.low(at + 2).isdecimal() or line.low(at + 2) in ("several", "many")
    front = line.ending("preposition", place) or line.ending("preposition", place - 1)
    return kind is not None and number and front is not None and kind.last == front.first


_TIME_OPENS = frozenset(
    ["until", "till", "for", "from", "since", "on", "by", "now", "again", "today", "still", "tonight", "yesterday", "this", "last"]
)


def _tells_time_only(line: Line, at: int) -> bool:
    """Whether nothing but a time follows a verb: "There the carrier will be until 29 July", "In Rota she was on Monday"."""
    behind = at + 1 + (line.low(at + 1) in ("the", "late", "early", "another"))
    timed = line.low(behind)[:1].isdecimal() or line.low(behind) in line.doc.lexicon.months or line.low(behind) in line.doc.lexicon.weekdays
    return line.low(at) in _TIME_OPENS and (timed or line.low(at) in ("now", "today", "still", "tonight", "yesterday"))


_SO_TO = frozenset(["due", "set", "scheduled", "expected", "likely", "ready", "about", "slated", "supposed"])


def _is_to_do(line: Line, first: int, last: int) -> bool:
    """Whether "is" or "was" only says that something is due to be done: "is due to decommission in the UK"."""
    for at in range(first, min(last, line.size) - 1):
        if line.low(at) in _SO_TO and line.low(at + 1) == "to" and at + 2 < last:
            return line.text(at + 2).islower() and line.low(at + 2) not in ("be", "the")
    return False


def is_bare_copula(line: Line, trigger: Trigger, event: Told, near: Sequence[PlaceMention] = ()) -> bool:
    """Whether "is", "stayed" or "remains" stands right before its place ("was south of Crete"), or a word of place and time only."""
    main = event.main
    if main is None:
        return False
    if main.last <= trigger.first and "where" in line.lows[main.last : trigger.first]:
        return line.low(trigger.last) not in line.doc.lexicon.sets["static"]  # "the Mediterranean is where she has been", but not "is based"
    if main.first < trigger.last:
        if main.first <= 2 and trigger.last - trigger.chain <= 4 and _tells_time_only(line, trigger.last):
            return True  # "There the carrier will be until 29 July"
        if line.low(trigger.last) == "present" and main.first <= 3:
            return True  # "In Singapore she was present from 1 to 5 May"
        behind = bool(event.spans) and event.spans[0][0] >= line.span(trigger.first, trigger.last)[1]
        return behind and line.low(trigger.first) != "being"  # the place stands in front, the vessels behind; not "ties are being drawn by"
    first = min((p.first for p in near if p.entry and p.how == "in" and trigger.last <= p.first), default=main.first)
    first = (
        main.first if first > main.first or ":" in line.lows[first : main.first] else first
    )  # "was in the North Sea on Tuesday, 60 miles east of Aberdeen"
    between = line.lows[trigger.last : first]
    if main.how == "through" and between:
        return False  # "Her own entry was made by way of Gibraltar"
    if _is_to_do(line, trigger.last, first):
        return False  # "is due to decommission in the Clyde next month"
    if between[:1] and between[0].endswith("ing") and "," in between:
        return False  # "the survey that it was making, officials in Manila said"
    if line.low(trigger.chain - 1) == "it" and line.low(main.last) == "that":
        return False  # "since it was there that the exercise was to begin"
    if not (line.doc.lexicon.sets["static"].isdisjoint(between) and line.doc.lexicon.sets["done_ashore"].isdisjoint(between)):
        return False  # "was sunk in April", "built in", "was unveiled in Severomorsk"
    if line.lows[trigger.last : trigger.last + 2] == ["one", "of"] and _counts_there(line, trigger.last, first):
        return True  # "is one of six ships in the Barents Sea"
    return first - trigger.last <= 9 and not any(
        line.low(n) in ("a", "an", "part", "one", "capable", "home", "responsible", "able") for n in range(trigger.last, min(trigger.last + 2, first))
    )
