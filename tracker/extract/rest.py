"""Stage 6, what no verb of the lexicon tells: a vessel and a place joined by a preposition alone, or by a verb that no rule knows."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import WATER_KINDS, EventKind, PlaceKind
from tracker.extract.careers import is_museum, since_long_ago, tells_career, tells_in_general
from tracker.extract.clauses import dates_only
from tracker.extract.crews import holds_crew
from tracker.extract.day_of import aside_since
from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Found, Line
from tracker.extract.mention import NOBODY
from tracker.extract.no_act import in_condition
from tracker.extract.owned import is_thing_of, owns_subject, tells_rate
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.ships_log import kept_by
from tracker.extract.sides import are_rivals
from tracker.extract.verbs import Trigger
from tracker.extract.where import told_before

_PRONOUNS = frozenset(["she", "they", "it"])
_SHOWN = frozenset(["them", "her"])
_FURTHEST_TOKENS = 22
"""No more tokens than these lie between a vessel and a place that nothing but a preposition joins."""


WIDE_KM = 110
"""A country narrower than that is told for its port: "1 Feb – Djibouti until the 4th"."""
_CUTS = frozenset([";", ":", "—"])
_NO_DRY_LAND = frozenset(["shoal", "shoals", "reef", "reefs", "bank", "atoll", "cays"])


def rest_of(scene: Scene, discourse: Discourse, told: list[Told]) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """Vessels and places that stand together and that no event of the sentence holds yet: who, where, what it makes, and between which tokens."""
    if (
        not scene.places
        or _of_a_career(scene.line)
        or scene.line.doc.is_obituary
        or tells_career(scene.line)
        or (not _MOORED.isdisjoint(scene.line.words) and since_long_ago(scene.line, 0))
        or (not scene.dates and tells_in_general(scene.line))
        or scene.line.holds(_OUGHT)
        or scene.line.holds(scene.line.doc.lexicon.sets["no_whereabouts"])
        or scene.line.low(0) == "nothing"
        or _counts_calls(scene.line)
        or scene.line.lows[:2] == ["while", "there"]
    ):
        return []
    if "time" in scene.line.words and any(counts_times(scene.line, n) for n in scene.line.where(_ANY)):
        return []
    used: set[object] = {span[0] for event in told for span in event.spans} | {v for event in told for v in event.vessels}
    taken = {p.start for event in told for p in event.places.values()}
    found = []
    troubles = scene.line.doc.lexicon.sets["troubles"]
    for group in (*scene.groups, *_pronouns(scene, discourse)):
        if used and (any(v in used for v in group.vessels) or any(s[0] in used for s in group.spans)):
            continue
        if (named := _who_is_it(scene, group)) is not group and (named is None or any(v in used for v in named.vessels)):
            continue
        group = named
        if (
            not _particular(scene, group)
            or _is_launched(scene.line, group)
            or _was_hit(scene.line, group)
            or _is_awaited(scene.line, group)
            or _ranked_to_be(scene.line, group)
        ):
            continue
        if is_thing_of(scene.line, group) or tells_rate(scene.line, group) or (group.first <= 1 and owns_subject(scene.line, group)):
            continue
        place = _place_of(scene, group, discourse, taken)
        if place and (_could_be_there(scene.line, group, place) or _on_condition(scene.line, group, place)):
            continue
        if place and not scene.line.words.isdisjoint(troubles) and of_trouble(scene.line, place):
            continue
        if place and place.last <= group.first and _will_take_part(scene.line, group):
            continue
        kind = place and (
            kind_of(place) or _in_its_port(scene.line, place, group) or _headline_move(scene, group, place, told) or _moved(scene.line, group, place)
        )
        if place and kind and group.first <= 12 and scene.line.low(0) == "with" and scene.line.low(1) in ("him", "her", "it", "them"):
            group = _and_whom(scene, group, discourse)
        if place and kind:
            group = _with_partner(scene, _with_whom_in_front(scene, group, used))
        if kind is EventKind.IN_PORT and is_museum(scene, group):
            continue
        done = _done_at(scene.line, group)
        first = min(group.first, place.first) - 4 if place and done is None else done or 0
        if place and kind and not is_static(scene, first, max(group.last, place.last) + 2):
            found.append((group, place, kind, _between(scene, group, place)))
    return found


_MOORED = frozenset(["moored", "berthed", "docked", "anchored", "preserved", "laid"])
_OUGHT = frozenset(
    ["there should", "there must", "there ought", "should always", "should never", "every time a", "every time an", "each time a", "each time an"]
)
_PEOPLE, _SERVED = (
    frozenset(["he", "who", "captain", "commander", "admiral", "lieutenant"]),
    frozenset(["served", "serving", "serves", "acted", "appointed", "posted", "promoted", "enlisted"]),
)


_CONDITIONAL = frozenset(["if", "unless", "against"])


def _on_condition(line: Line, group: Group, place: PlaceMention) -> bool:
    """Whether ships and a place are only what something depends on: "If HMS Kent calls at Rota, the quay will be closed"."""
    conditional = line.low(0) in ("should", "had", "before", "until", "in", "provided") or not line.words.isdisjoint(_CONDITIONAL)
    return conditional and in_condition(line, min(group.first, place.first), max(group.last, place.last))


def _of_a_career(line: Line) -> bool:
    """Whether a sentence lists where somebody served: "He served in HMS Belfast off Korea, in HMS Eagle at Suez and as first lieutenant of …"."""
    return not _SERVED.isdisjoint(line.lows[:_CAREER_TOKENS]) and not _PEOPLE.isdisjoint(line.lows[:_CAREER_TOKENS])


_CAREER_TOKENS = 8
_PART_TOKENS = 7
_TAKE_PART = frozenset(["participate", "part"])


def _will_take_part(line: Line, group: Group) -> bool:
    """Whether ships are told to take part in something one day, where that is told in front: "At Vladivostok they will take part in exercises"."""
    if line.words.isdisjoint(_TAKE_PART):
        return False
    behind = range(group.last, group.last + _PART_TOKENS)
    plans = any(h.first in behind and h.data.modality == "planned" for h in line.found("hedge"))
    return plans and not _TAKE_PART.isdisjoint(line.lows[group.last : group.last + _PART_TOKENS])


_SEEN_SO = frozenset(["seen", "found", "visited", "viewed", "watched", "spotted", "toured"])
_IN_GENERAL = frozenset(["is", "can", "has", "needs", "costs", "must", "would", "may"])


def _could_be_there(line: Line, group: Group, place: PlaceMention) -> bool:
    """Whether it is only told that ships could be somewhere, or what any ship there is like: "can be in Malta in a day", "A ship off Odesa is …"."""
    if line.low(group.last) == "can" and line.low(group.last + 1) == "be" and line.low(group.last + 2) not in _SEEN_SO:
        return True
    any_ship = group.first <= 1 and line.low(0) in ("a", "an") and not group.vessels[0].name and not group.vessels[0].country
    return any_ship and group.last <= place.first <= group.last + 3 and line.low(place.last + (line.low(place.last) == "sea")) in _IN_GENERAL


def _who_is_it(scene: Scene, group: Group) -> Group | None:
    """Who is told to be what an unnamed ship is: "HNLMS Holland was last active as a station ship in the Caribbean"; None for a pronoun."""
    line, lead = scene.line, before_phrase(scene.line, group.first)
    if line.low(group.first) not in ("a", "an", "the") or len(group.vessels) > 1 or group.vessels[0].name or lead < 1:
        return group
    if line.low(lead) in line.doc.lexicon.sets["be"] and (line.low(lead - 1) in _PRONOUNS or _said_of_her(scene, lead)):
        return None
    if line.low(lead) != "as" or line.low(lead - 1) in ("such", "well", "same"):
        return group
    return next((g for g in reversed(scene.groups) if g.last < lead and g.vessels[0].name and len(g.vessels) == 1), group)


def _said_of_her(scene: Scene, be: int) -> bool:
    """Whether what stands behind a form of "be" is what a ship is, told behind a clause of hers: "X, which had waited in Rota, is an old boat"."""
    line = scene.line
    return line.text(be - 1) == "," and any(line.text(g.last) == "," and line.low(g.last + 1) == "which" for g in scene.groups if g.last < be)


def _ranked_to_be(line: Line, group: Group) -> bool:
    """Whether a ship is only told by her rank: "the last carrier to be berthed at Busan"."""
    if line.low(group.last) == "to" and line.low(group.last + 1) in ("replace", "succeed"):
        return True  # "wants a nuclear ship to replace her in Yokosuka"
    ranked = not group.vessels[0].name and not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[group.first : group.last])
    return ranked and line.lows[group.last : group.last + 2] == ["to", "be"]


def of_trouble(line: Line, place: PlaceMention) -> bool:
    """Whether a place is only where something befalls others: "against piracy in the Gulf of Guinea", "the response to attacks in the Red Sea"."""
    led = line.ending("preposition", place.first) or line.ending("preposition", place.first - 1)
    return led is not None and line.low(led.first - 1) in line.doc.lexicon.sets["troubles"]


def _was_hit(line: Line, group: Group) -> bool:
    """Whether a ship is only told as the one that another ran into: "after her collision with a tanker off Singapore"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "with" and line.low(at - 1) in ("collision", "collisions")


_AWAITED = frozenset(["waited", "waits", "waiting", "wait", "searched", "searches", "searching", "looked", "looking"])
_AWAITED_TOKENS = 9


def _is_awaited(line: Line, group: Group) -> bool:
    """Whether a ship is only told as the one for whom another waits or looks: "waited off Ushant on Tuesday for the corvette Boikiy"."""
    at = before_phrase(line, group.first)
    return line.low(at) == "for" and not _AWAITED.isdisjoint(line.words) and not _AWAITED.isdisjoint(line.lows[max(at - _AWAITED_TOKENS, 0) : at])


def _is_launched(line: Line, group: Group) -> bool:
    """Whether a ship is only launched: "A fourth Mogami-class frigate took to the water", "USS Kidd is to launch in Marinette"."""
    if "launch" in line.words and any(
        line.low(n) == "launch" and line.low(n - 1) == "to" and line.low(n + 1) in _AT for n in range(group.last, line.size)
    ):
        return True
    if "launch" in line.lows[group.last : group.last + 3]:
        return True  # "the Kidd's launch", "a video of the Kidd (LCS 7) side launch"
    words = line.doc.lexicon.sets["launched_so"]
    return line.low(group.first - 1) == "future" or (not group.vessels[0].name and line.holds(words))


_AT = frozenset(["in", "at", "from", "on", "next", "later"])


def _counts_calls(line: Line) -> bool:
    """Whether a sentence only counts the calls of the ship told before: "It is her third call at Busan this year"."""
    return line.low(0) in ("it", "this", "that", "these") and line.low(1) in ("is", "was") and not _CALLS.isdisjoint(line.lows[2:7])


_CALLS = frozenset(["call", "visit", "stop", "stopover", "calls"])
_BESIDE = frozenset(["with", "alongside", "beside"])


def _with_whom_in_front(scene: Scene, group: Group, used: set[object]) -> Group:
    """Vessels with the one that a verb which no rule knows tells to be with them: "HMS Kent played host with USS Cole in the Red Sea"."""
    line, at = scene.line, before_phrase(scene.line, group.first)
    before = [g for g in scene.groups if g.last <= at]
    if line.low(at) not in _BESIDE or len(before) != 1 or before[0].first > _OPENING_TOKENS or used & set(before[0].vessels):
        return group
    front, between = before[0], line.lows[before[0].last : at]
    sets = line.doc.lexicon.sets
    if line.text(front.last) in ("'", "’") or not between or not (sets["not_company"] - _MEETINGS).isdisjoint(between):
        return group
    return joined([front, group]) if sets["stops"].isdisjoint(between) and _particular(scene, front) else group


def _with_partner(scene: Scene, group: Group) -> Group:
    """Vessels with those that they are told to have for a partner: "In the Ionian Sea the frigate A had the tanker B for a partner"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    for other in scene.groups:
        has = other.first > group.last and line.low(before_phrase(line, other.first)) in sets["have"]
        if has and line.ends_with(min(other.last + _PARTNER_TOKENS, line.size), sets["partners"]) and _particular(scene, other):
            return joined([group, other])
        if other.first > group.last and _done_with(line, group, other) and _particular(scene, other):
            return joined([group, other])
    return group


_LONGEST_ACT = 7


def _done_with(line: Line, group: Group, other: Group) -> bool:
    """Whether ships do with others what a verb tells that no rule knows: "In the Aegean Sea the frigate A hunted a submarine with B"."""
    at, sets = before_phrase(line, other.first), line.doc.lexicon.sets
    between = line.lows[group.last : at]
    if line.low(at) not in _BESIDE or not 0 < len(between) <= _LONGEST_ACT or are_rivals(group, other):
        return False
    return line.text(group.last).islower() and (sets["not_company"] - _MEETINGS).isdisjoint(between) and sets["stops"].isdisjoint(between)


_PARTNER_TOKENS = 3
_MEETINGS = frozenset(["rendezvous", "encounter"])


def asides_of(scene: Scene, told: list[Told]) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """Where an aside says that a vessel is now, of which the sentence tells something else: "KD Terengganu, now in Kuching, is to …"."""
    line = scene.line
    found: list[tuple[Group, PlaceMention, EventKind, Trigger]] = []
    if not told or not scene.places:
        return found
    if opening := _opens_aside(scene, told):
        found.append(opening)
    found.extend(_there_since(scene, told))
    if line.words.isdisjoint(line.doc.lexicon.sets["now"]):
        return found
    for group in scene.groups:
        at = group.last + 1
        if line.text(group.last) != "," or line.low(at) not in line.doc.lexicon.sets["now"]:
            continue
        close = next((n for n in range(at, min(at + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), line.size)
        inside = [p for p in scene.places if at < p.first < close and p.entry and p.slot == "place"]
        place = next(iter(inside), None) if not any(at <= f.first < close and _is_act(f) for f in line.found("trigger")) else None
        kind = place and kind_of_aside(line, place)
        stays = [e for e in told if e.kind is not EventKind.DEPARTURE]  # "now in Rota, will sail on Monday" has told the port alone
        known = any(e.main and place and e.main.name == place.name and set(e.vessels) & set(group.vessels) for e in stays)
        ends = place is not None and place.last < line.size and _ends_aside(line, place.last)
        if place and kind and not known and ends and not is_static(scene, group.last, place.last):
            found.append((group, place, kind, Trigger(line.doc.lexicon.rules["rest.where"], "state", at, place.first, at, False, (at, place.last))))
    return found or _now_there(scene, told)


def kind_of_aside(line: Line, place: PlaceMention) -> EventKind | None:
    """What an aside makes of a place, where a land told for its port is a stay: "currently in Guam"."""
    if place.how == "in" and place.name.lower() in line.doc.lexicon.sets["port_lands"]:
        return EventKind.IN_PORT
    return kind_of(place)


def _ends_aside(line: Line, at: int) -> bool:
    """Whether only words for what of a place is meant stand between a token and the end of an aside: "in Havana harbour,"."""
    sets = line.doc.lexicon.sets
    while line.low(at) in sets["port_parts"] or line.low(at) in _AREA_WORDS:
        at += 1
    return line.text(at) in (",", ")")


_QUARTERS = ("east", "west", "north", "south", "eastern", "western", "northern", "southern")
_AREA_WORDS = frozenset(
    ["area", "region", "island", "islands", "city", "ranges", "range", "'", "’", "s", "coast", "shore", "waters", "territorial", *_QUARTERS]
)
_ENDS_NOW = frozenset([".", ",", ";", "", ")"])


def _now_there(scene: Scene, told: list[Told]) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """Where the ships of the act told last are now, behind it and without a verb: "passed the strait on 25 November, now south of Crete"."""
    line, last = scene.line, told[-1]
    at = next((n for n in range(line.size - 1, 0, -1) if line.low(n) in line.doc.lexicon.sets["now"] and line.text(n - 1) in (",", ";")), None)
    place = next((p for p in scene.places if at is not None and 0 < p.first - at <= _NOW_TOKENS and p.entry and p.slot == "place"), None)
    kind = kind_of(place) if place else None
    acted = last.sources.get("trigger", ("", None))[1]
    if at is None or place is None or kind is None or acted is None or acted[1] > line.starts[at] or line.text(place.last) not in _ENDS_NOW:
        return []
    if line.text(place.last) == "," and any(f.first > place.last for f in line.found("trigger")):
        return []  # "…, now in Rota, is to sail on Monday"
    if any(e.main and e.main.name == place.name for e in told) or is_static(scene, at, place.last) or any(at < g.first for g in scene.groups):
        return []
    group = Group(at, at, last.vessels, last.spans)
    return [(group, place, kind, Trigger(line.doc.lexicon.rules["rest.where"], "state", at, place.first, at, False, (at, place.last)))]


_NOW_TOKENS = 8


def _there_since(scene: Scene, told: list[Told]) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """Where an aside says that a vessel has been since a day: "HMS Kent, in Toulon since Friday, is to sail for Malta"."""
    line = scene.line
    found: list[tuple[Group, PlaceMention, EventKind, Trigger]] = []
    for mention in scene.dates if "since" in line.words else ():
        begin, close = aside_since(line, mention) or (0, 0)
        ahead = (p for p in scene.places if p.entry and p.slot == "place" and close)
        place = next((p for p in ahead if 0 < p.first - begin <= 2 + (p.how == "off") + (line.low(p.first - 1) == "the")), None)
        group = next((g for g in scene.groups if g.last == begin), None)
        kind = kind_of(place) if place else None
        if group is None or place is None or kind is None or not any(set(e.vessels) & set(group.vessels) for e in told):
            continue
        if not any(e.kind is kind and e.main and e.main.name == place.name and set(e.vessels) & set(group.vessels) for e in told):
            trigger = Trigger(line.doc.lexicon.rules["rest.where"], "state", begin + 1, place.first, begin + 1, False, (begin + 1, close))
            found.append((group, place, kind, trigger))
    return found


_RANK_TOKENS = 4
_RANKED_MOVES = {"into": EventKind.ARRIVAL, "from": EventKind.DEPARTURE, "through": EventKind.TRANSIT}


def ranked_of(scene: Scene, discourse: Discourse, told: list[Told]) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """Who is told to be the first, last or only ship into, out of or through a place: "The cutters were the first ships into the Port of Guam"."""
    line, sets = scene.line, scene.line.doc.lexicon.sets
    if told or line.words.isdisjoint(sets["be"]) or line.words.isdisjoint(sets["ranks"]):
        return []
    for place in (p for p in scene.places if p.entry and p.how in _RANKED_MOVES):
        led = line.ending("preposition", place.first) or line.ending("preposition", place.first - 1)
        noun = line.ending("type", led.first) if led and line.low(led.first) in ("into", "in", "out", "through") else None
        rank = next((n for n in range(noun.first - 1, noun.first - 1 - _RANK_TOKENS, -1) if line.low(n) in sets["ranks"]), None) if noun else None
        be = rank - 1 - (line.low(rank - 1) in ("the", "her", "their")) if rank else -1
        if led is None or rank is None or line.low(be) not in sets["be"]:
            continue
        kind = EventKind.TRANSIT if place.is_passage else _RANKED_MOVES[place.how or ""]
        group = next((g for g in scene.groups if g.last == be and _particular(scene, g)), None) or _told_by_pronoun(scene, be - 1, discourse)
        if group and (kind is not EventKind.TRANSIT or place.is_passage):
            return [(group, place, kind, Trigger(line.doc.lexicon.rules["rest.where"], "state", be, led.last, be, False, (0, line.size)))]
    return []


def _told_by_pronoun(scene: Scene, at: int, discourse: Discourse) -> Group | None:
    """The vessels that a pronoun at a token stands for."""
    vessels = discourse.fleet.pronoun(scene.line.low(at)) if scene.line.low(at) in _PRONOUNS else ()
    span = scene.line.span(at, at + 1) if vessels else (0, 0)
    return Group(at, at + 1, vessels, tuple(span for _ in vessels)) if vessels else None


_ASIDE_TOKENS, _OPENING_TOKENS = 16, 4


def _opens_aside(scene: Scene, told: list[Told]) -> tuple[Group, PlaceMention, EventKind, Trigger] | None:
    """Where ships are now, told in front of what they do: "In the Baltic at present as part of an operation, the frigate X called at Gdynia"."""
    line = scene.line
    reach = _ASIDE_TOKENS if line.low(0) in line.doc.lexicon.sets["now"] else _OPENING_TOKENS  # "Now 30 miles off the coast of Oman, the tug …"
    place = next((p for p in scene.places if p.entry and p.slot == "place" and p.first <= reach), None)
    kind = kind_of(place) if place else None
    comma = next((n for n in range(place.last, min(place.last + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None) if place else None
    if place is None or kind is None or comma is None or not _holds_now(line, comma):
        return None
    group = next((g for g in scene.groups if comma < g.first), None)
    if group is None or before_phrase(line, group.first) != comma or any(f.first < comma for f in line.found("trigger") if _is_act(f)):
        return None
    known = any(e.main and e.main.name == place.name and set(e.vessels) & set(group.vessels) for e in told)
    if known or not any(set(e.vessels) & set(group.vessels) for e in told) or is_static(scene, 0, comma):
        return None
    return group, place, kind, Trigger(line.doc.lexicon.rules["rest.where"], "state", place.last, comma, place.last, False, (0, comma))


def _holds_now(line: Line, last: int) -> bool:
    """Whether words up to a token say that something is so now."""
    return not line.doc.lexicon.sets["now"].isdisjoint(line.lows[:last]) or any(
        f" {words} " in f" {' '.join(line.lows[:last])} " for words in line.doc.lexicon.sets["at_present"]
    )


def _is_act(found: Found) -> bool:
    return any(form in ("past", "part", "pres", "ing", "base") for _, form in found.data)


def _and_whom(scene: Scene, group: Group, discourse: Discourse) -> Group:
    """Vessels with the one that they are told to be with: "With her in the Mediterranean go A and B"."""
    line = scene.line
    vessels = tuple(v for v in discourse.fleet.pronoun("they" if line.low(1) == "them" else "she") if v not in group.vessels)
    return Group(group.first, group.last, (*vessels, *group.vessels), (*((line.span(1, 2)) for _ in vessels), *group.spans))


def _pronouns(scene: Scene, discourse: Discourse) -> list[Group]:
    """The pronoun that opens the sentence or a clause of it, as the vessels it stands for."""
    line = scene.line
    for at in line.where(_SHOWN):
        if line.low(at - 1) in line.doc.lexicon.sets["shows"] and line.starting("preposition", at + 1) and not scene.groups:
            vessels = discourse.fleet.pronoun({"her": "she"}.get(line.low(at), line.low(at)))
            return [Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels))] if vessels else []
    for at in line.where(_OWN):
        if line.low(at - 1) in _DECK_LINKS and not _DECKS.isdisjoint(line.lows[at + 1 : at + 3]) and not scene.groups:
            vessels = discourse.fleet.pronoun(_OWNERS[line.low(at)])  # "fighters practised takeoffs from her deck in the Yellow Sea"
            return [Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels))] if vessels else []
        if (at == 0 or line.low(at - 1) in (",", "and", ";", "where") or _ends_day(scene, at)) and not _WHO_IS_HERS.isdisjoint(
            line.lows[at + 1 : at + 4]
        ):
            vessels = discourse.fleet.pronoun(_OWNERS[line.low(at)])
            return [Group(at, at + 1, vessels, tuple(line.span(at, at + 1) for _ in vessels))] if vessels else []
    if line.words.isdisjoint(_PRONOUNS):
        return []
    for at in [at for at, low in enumerate(line.lows[:12]) if low in _PRONOUNS]:
        dashed = line.low(at - 1) in _DASHES and _ends_day(scene, at - 1)  # "22 Aug – they pass south of Malta"
        if at == 0 or dashed or line.low(at - 1) in (",", "and", "but", "then", "there", ";", "that", "when", "while", "where"):
            if _says(line, at):
                continue
            vessels = discourse.fleet.pronoun(line.low(at))
            span = (line.starts[at], line.ends[at])
            return [Group(at, at + 1, vessels, tuple(span for _ in vessels))] if vessels else []
    return []


_DASHES = frozenset(["–", "—", "-", ":"])
_OWNERS = {"her": "she", "its": "it", "their": "they"}
_OWN = frozenset(_OWNERS)
_DECKS = frozenset(["deck", "decks", "bridge", "hangar", "rails"])
_WHO_IS_HERS = frozenset(
    ["box", "patrol", "station", "crew", "crews", "sailors", "team", "teams", "marines", "helicopter", "helicopters", "boats", "divers", "commandos"]
)


def _ends_day(scene: Scene, at: int) -> bool:
    """Whether a day that opens a sentence ends right in front of a token: "In February her boarding teams …"."""
    line = scene.line
    return any(line.at_offset(d.start) <= 2 and line.at_offset(d.end - 1) + 1 in (at, at - 1) for d in scene.dates)


def _says(line: Line, at: int) -> bool:
    """Whether a pronoun is who says something, and no vessel: "Research in Maldivian waters was out of the question, it said"."""
    if line.low(at) != "it":
        return False
    impersonal = line.low(at + 1) in ("is", "was") and line.low(at + 2) in line.doc.lexicon.sets["it_is_said"]  # "it is understood"
    return impersonal or any(h.first == at + 1 and h.data.id == "says" for h in line.found("hedge"))


def entry_of(scene: Scene, discourse: Discourse) -> list[tuple[Group, PlaceMention, EventKind, Trigger]]:
    """An entry of a log that names a place and no verb: "26 Feb – Suez Canal, southbound, both ships", "Abeam Çanakkale 1030"."""
    line = scene.line
    place = next((p for p in scene.places if p.entry), None)
    if place is None or is_static(scene, 0, line.size) or not _opens(scene, place, kept=bool(discourse.keeper)):
        return []
    if place.how is None and line.low(place.last) in line.doc.lexicon.sets["be"]:
        return []  # "The Black Sea is rough this week" tells of the sea
    kind = kind_of(place) or _kind_of_entry(place, kept=bool(discourse.keeper)) or (_kept_at(line, place) if discourse.keeper else None)
    groups = _of_entry(scene, place, discourse)
    if not kind or not groups:
        return []
    several = len(groups) > 1 or len(discourse.keeper) > 1
    if several and discourse.keeper and kind is EventKind.AT_SEA and not line.doc.lexicon.sets["supplies_at_sea"].isdisjoint(line.words):
        return [(joined(groups), place, EventKind.REPLENISHMENT, _between(scene, groups[0], place))]  # "UNREP from X, South China Sea"
    return [(group, place, kind, _between(scene, groups[0], place)) for group in groups]


def _of_entry(scene: Scene, place: PlaceMention, discourse: Discourse) -> list[Group]:
    """Whom an entry without a verb tells of: those in front of the place, else the ship whose log it is, with whoever is told to be with her."""
    line = scene.line
    named = [g for g in scene.groups if _particular(scene, g) or (discourse.keeper and line.low(before_phrase(line, g.first)) in _BESIDE_HER)]
    beside = [g for g in scene.groups if (g.first > place.last and line.low(g.first - 1) in ("with", "and", ",")) or _is_beside(scene, g)]
    if named and (not discourse.keeper or any(g.first < place.first and g not in beside for g in named)):
        return named
    vessels, span = kept_by(line, discourse) or discourse.fleet.subject, line.span(0, 1)
    if not vessels or (scene.groups and not discourse.keeper):
        return named
    own = Group(0, 0, vessels, tuple(span for _ in vessels))
    return [own, *(g for g in (*beside, *(n for n in named if n not in beside)) if not set(g.vessels) & set(vessels))]


_BESIDE_HER = frozenset(["with", "from", "company"])


def _is_beside(scene: Scene, group: Group) -> bool:
    """Whether an entry of a ship's log tells of others that she met: "PASSEX with the frigate X", "UNREP from X", "X joined up"."""
    return scene.line.low(before_phrase(scene.line, group.first)) in _BESIDE_HER or scene.line.low(group.last) == "joined"


def _opens(scene: Scene, place: PlaceMention, *, kept: bool) -> bool:
    """Whether nothing but dates, times, vessels and little words, and in a ship's log the words for what she did, stand in front of a place."""
    line, allowed = scene.line, scene.line.doc.lexicon.sets["lead_in"]
    if kept and line.text(place.first - 1) == "," and place.last >= line.size - 1 and not line.found("trigger"):
        return True  # "1 October: Group complete again, East China Sea."
    for n in range(place.first):
        start, low = line.starts[n], line.lows[n]
        dated = any(d.start <= start < d.end for d in scene.dates)
        named = any(g.first <= n < g.last for g in scene.groups)
        acts = kept and (low in line.doc.lexicon.sets["log_acts"] or line.texts[n][:1].isupper() or line.starting("nation", n) is not None)
        if not (dated or named or acts or low in allowed or low.isdecimal() or line.ending("preposition", n + 1)):
            return False
    return True


def _kind_of_entry(place: PlaceMention, *, kept: bool) -> EventKind | None:
    """What an entry makes of its place; a port is a stay in the log of a ship alone (`kept`): in that of a strait or port it may be the watcher's."""
    entry = place.entry
    if entry is None or place.how not in (None, "through", "in"):
        return None
    if place.is_passage:
        return EventKind.TRANSIT
    if place.is_port or (entry.kind is PlaceKind.COUNTRY and (entry.radius_km or WIDE_KM) < WIDE_KM):
        return EventKind.IN_PORT if kept else None
    return EventKind.AT_SEA if entry.kind in WATER_KINDS else None


def _kept_at(line: Line, place: PlaceMention) -> EventKind | None:
    """What an entry of a ship's log makes of a training area or of an island told for its port: "inport Guam", "Hawaii Operating Area"."""
    if place.how is not None or place.entry is None:
        return None
    if not _IN_PORT_WORDS.isdisjoint(line.words) and place.name.lower() in line.doc.lexicon.sets["port_lands"]:
        return EventKind.IN_PORT
    return EventKind.AT_SEA if not _AREAS.isdisjoint(line.lows[place.first : place.last + 1]) else None


_IN_PORT_WORDS = frozenset(["inport", "port", "pierside", "pier", "alongside", "berth", "berthed", "docked", "moored"])
_AREAS = frozenset(["area", "areas", "oparea", "opareas", "range", "ranges"])


def is_static(scene: Scene, first: int, last: int) -> bool:
    """Whether a stretch of the sentence speaks of what ships are, were or cost rather than of where they go: building, basing, war, history."""
    line = scene.line
    words = [w for n, w in enumerate(line.lows[max(first, 0) : max(last, 0)], max(first, 0)) if w not in _OF_SHIPS or not _names_kind(scene, n)]
    if "built" in words and "(" in line.words:
        words = [
            w for n, w in enumerate(words, max(first, 0)) if w != "built" or line.text(n - 1) != "("
        ]  # "the tanker Kola (built 2012) is held in Rota"
    if not line.doc.lexicon.sets["made"].isdisjoint(line.words):
        return True
    if any(one == "home" and other in ("base", "port", "of", "ported", "-") for one, other in pairwise(line.lows[max(first, 0) : max(last, 0) + 1])):
        return True
    sets = line.doc.lexicon.sets
    return not (sets["static"].isdisjoint(words) and sets["done_ashore"].isdisjoint(words) and line.doc.lexicon.habit.isdisjoint(words))


def _of_class(scene: Scene, at: int) -> bool:
    """Whether "class" at a token only says what the ships told there are: "three Kilo-class submarines", "the Nimitz-class USS Carl Vinson"."""
    return scene.line.starting("prefix", at + 1) is not None or any(g.first < at < g.last for g in scene.groups)


_OF_SHIPS = frozenset(["class", "attack", "attacks", "strike", "strikes", "raid", "assault"])


def _names_kind(scene: Scene, at: int) -> bool:
    """Whether a word only says of what kind ships are: "the Arleigh Burke-class destroyers", "the attack submarine", "the carrier strike group"."""
    line = scene.line
    if line.low(at) == "class":
        return _of_class(scene, at) or (line.text(at - 1) == "-" and bool(line.starting("type", at + 1)))
    return bool(line.starting("type", at + 1) or line.starting("group", at + 1)) or _done_to_her(scene, at)


_DONE_TO = frozenset(["on", "against", "of"])


def _done_to_her(scene: Scene, at: int) -> bool:
    """Whether a noun at a token tells what was done to a ship."""
    return scene.line.low(at + 1) in _DONE_TO and any(_done_at(scene.line, g) == at for g in scene.groups)


def _done_at(line: Line, group: Group) -> int | None:
    """Where a noun tells what was done to ships, and so that they were there: "an attack on the tanker X in the Gulf of Aden"."""
    at = before_phrase(line, group.first)
    return at - 1 if line.low(at) in _DONE_TO and line.low(at - 1) in line.doc.lexicon.sets["done_to_ships"] else None


_TIME_TOKENS = 10


def how_often(line: Line, actors: Group) -> bool:
    """Whether a sentence only counts how often ships of a kind did something: "It is the fourth time that a Chinese ship has been seen there"."""
    for vessel in actors.vessels:
        if vessel.name:
            return False
    bare = all(v.plural and v.count is None for v in actors.vessels) and line.starting("nation", actors.first) is not None
    return counts_times(line, actors.first, several=bare)


_ANY = frozenset(["a", "an", "any"])
_COUNTED = frozenset(["visit", "call", "stop", "arrival", "transit", "passage", "deployment", "appearance"])
_MAKES_IT = frozenset(["making", "makes", "made"])
_MARKS_IT = frozenset(["is", "was", "marks", "marked", "marking", "be", "been"])


def counts_times(line: Line, first: int, *, several: bool = False, asides: bool = False) -> bool:
    """Whether a mention that begins at a token is of any ship that did something so often: "the first time in 30 years that a frigate called"."""
    if line.low(first) not in _ANY and not several:
        return False
    if line.low(first - 1) in ("by", "of", "for"):
        return _of_an_act_counted(line, first - 1)
    if "time" not in line.words:
        return False
    at = next((n for n in range(first - 1, max(first - _TIME_TOKENS, 1), -1) if line.low(n) == "time"), None)
    if at is None or line.low(at - 2) != "the":
        return False
    made = line.low(at - 3) in ("it", "this") and line.low(at - 4) in _MAKES_IT  # "making it the first time a British warship has done so"
    aside = asides and at == first - 1 and line.text(at - 3) in (",", "–", "—") and line.low(at - 1) in line.doc.lexicon.sets["ranks"]
    if not (made or aside or line.low(at - 3) in _MARKS_IT | {"s"}):
        return False
    near = line.low(first - 1) in ("that", "time") or line.low(first - 2) in ("this", "that", "time")
    return near and {",", ";"}.isdisjoint(line.lows[at:first])


_COUNTED_TOKENS = 8


def _of_an_act_counted(line: Line, by: int) -> bool:
    """Whether a preposition tells whose act is counted: "It was the first visit to Haifa by", "berthed in Haifa, the first call by"."""
    acts = (n for n in range(by - 1, max(by - _COUNTED_TOKENS, 0), -1) if line.low(n) in _COUNTED)
    at = next(acts, None)
    if at is None or not {",", ";", "and"}.isdisjoint(line.lows[at:by]):
        return False
    ranks = line.doc.lexicon.sets["ranks"]
    rank = next((n for n in range(at - 1, max(at - 5, 0), -1) if line.low(n) in ranks), None)
    if rank is None:
        return False
    aside = line.low(rank - 1) in ("the", "only") and line.text(rank - 2 - (line.low(rank - 2) == "only")) == ","
    return aside or not _MARKS_IT.isdisjoint(line.lows[max(at - 7, 0) : at])


def _particular(scene: Scene, group: Group) -> bool:
    before = scene.line.low(group.first - 1)
    if (
        scene.line.lows[group.last : group.last + 2] == ["on", "order"]
        or how_often(scene.line, group)
        or (group.vessels[0].word == NOBODY and "had" in scene.line.words and not since_lately(scene.line))
    ):
        return False  # "no British frigate had called at Toulon for years"
    if _is_honoured(scene.line, group) or _could_hold(scene.line, group):
        return False
    be = scene.line.low(group.last) in scene.line.doc.lexicon.sets["be"] and scene.line.low(group.last + 1) == "not"
    if be and scene.line.starting("preposition", group.last + 2) is None:
        return False  # "In Shanghai the frigate was not welcome"
    owns = scene.line.text(group.last) in ("'", "’")
    if owns and scene.line.low(group.last + 2) in scene.line.doc.lexicon.sets["not_where_she_is"]:
        return False  # "took the frigate's place off Crete"
    if owns and not (scene.line.doc.lexicon.sets["offices"] | scene.line.doc.lexicon.sets["people"]).isdisjoint(
        scene.line.lows[group.last + 2 : group.last + _OWNED_TOKENS]
    ):
        return False  # "HMS Kent's former captain arrived in London"
    asked = before_phrase(scene.line, group.first)
    if scene.line.low(asked) == "for" and not scene.line.doc.lexicon.sets["asked_for"].isdisjoint(scene.line.lows[max(asked - 2, 0) : asked]):
        return False  # "Parliament asked for a second frigate in the Red Sea"
    told = all(v.name or v.count or v.members or v.partial for v in group.vessels) or _there_is_no(scene.line, group)
    told = told or (
        bool(group.vessels[0].name) and all(v.name or v.count or v.plural for v in group.vessels)
    )  # "A, five landing ships and some tugs"
    told = told or _are_there(scene, group)
    if "replace" in scene.line.lows[max(group.first - 4, 0) : group.first] or scene.line.low(before_phrase(scene.line, group.first)) in _NOT_THERE:
        return False  # "plans to base four submarines in Perth", "who commanded the destroyer X in the Gulf", "wants a frigate in the strait"
    if told and group.first <= _CREW_OPENS and holds_crew(scene.line, group.first - 1):
        return True  # "The crew of USS Mason rescued two sailors in the Red Sea"
    if told and before in _DECK_LINKS and _on_deck(scene.line, group):
        return True
    done = _done_at(scene.line, group) is not None
    return told and (done or before not in scene.line.doc.lexicon.sets["agents"] - {"behind", "on"})  # "the seizure of the tanker X off Fujairah"


_CREW_OPENS = 4


def _are_there(scene: Scene, group: Group) -> bool:
    """Whether ships of a nation, though nobody counts them, are told to be somewhere: "Off Crete were several Russian warships"."""
    line, be = scene.line, before_phrase(scene.line, group.first)
    ships = len(group.vessels) == 1 and group.vessels[0].plural and group.vessels[0].country and not group.vessels[0].group
    if not ships or line.low(be) not in _ARE_THERE:
        return False
    return line.low(be - 1) == "there" or any(p.first <= _OPENING_TOKENS and p.last <= be and p.how in ("in", "off") for p in scene.places)


_ARE_THERE = frozenset(["are", "were"])


_HONOURED = frozenset(
    ["tribute", "memorial", "monument", "memory", "cemetery", "graves", "commemorate", "commemorated", "commemorating", "wreath", "wreaths"]
)
_HOLDS = frozenset(["take", "handle", "accommodate", "hold", "receive", "berth", "service", "house", "dock"])


def _is_honoured(line: Line, group: Group) -> bool:
    """Whether a ship is only told as one that is remembered: "pay tribute to the crew of the cruiser X near Penang"."""
    return not _HONOURED.isdisjoint(line.words) and not _HONOURED.isdisjoint(line.lows[: group.first])


def _could_hold(line: Line, group: Group) -> bool:
    """Whether any ship is only told as what a port has room for: "the only port in the Mediterranean able to take an aircraft carrier"."""
    at = before_phrase(line, group.first)
    return line.low(group.first) in ("a", "an", "two", "any") and line.low(at) in _HOLDS and line.low(at - 1) in ("to", "can", "could")


_NOT_THERE = frozenset(
    [
        "replace",
        "replaces",
        "replacing",
        "commission",
        "christen",
        "base",
        "basing",
        "stationing",
        "homeport",
        "commanded",
        "commanding",
        "captained",
        "skippered",
        "lost",
        "loses",
        "want",
        "wants",
        "wanted",
        "need",
        "needs",
        "mark",
        "marks",
        "marked",
        "marking",
    ]
)


def _there_is_no(line: Line, group: Group) -> bool:
    """Whether a sentence tells that no such ships are there: "There are no Russian ships in the Sea of Azov"."""
    sets, at = line.doc.lexicon.sets, group.first - 1
    while at > 1 and (line.low(at) in sets["adverbs"] or line.low(at) in sets["now"]):
        at -= 1  # "there are currently no …"
    return line.low(at) in sets["be"] and line.low(group.first) == "no" and line.low(at - 1) == "there"


def since_lately(line: Line) -> bool:
    """Whether a sentence tells since what day something is so, and not since what year or act: "since October", but not "since 2018"."""
    lexicon = line.doc.lexicon
    return any(line.low(n + 1) in lexicon.months or line.low(n + 1) in lexicon.weekdays for n in line.where(_SINCE))


_SINCE = frozenset(["since"])
_OWNED_TOKENS = 5
_DECK_LINKS = frozenset(["aboard", "from", "on", "of", "onto"])


def _on_deck(line: Line, group: Group) -> bool:
    """Whether somebody or something is told to be on a ship: "an F-35B takes off from HMS X off Iceland", "sailors aboard USS Y in the Red Sea"."""
    if line.low(group.first - 1) == "aboard":
        return not any(line.low(n).startswith(("serv", "enlist", "train")) for n in range(max(group.first - 5, 0), group.first))
    return not line.doc.lexicon.sets["deck_acts"].isdisjoint(line.lows[max(group.first - 4, 0) : group.first - 1])


_AMONG = frozenset(["among", "amongst"])
_PORTS = frozenset(["ports", "harbours", "harbors", "shipyards"])


def _place_of(scene: Scene, group: Group, discourse: Discourse, taken: set[int]) -> PlaceMention | None:
    """The place within "six ships in the Red Sea, among them X", else the nearest one behind a vessel in its stretch of the sentence, or in front."""
    line = scene.line
    since = _since_which(line, group)
    behind = [p for p in scene.places if 0 <= p.first - group.last <= _FURTHEST_TOKENS and _open(scene, since, p.first)]
    if since > group.last:
        behind = [p for p in behind if "," not in line.lows[since : p.first]]
    front = [p for p in scene.places if 0 <= group.first - p.last <= 12 and _open(scene, p.last, group.first) and not _met(line, p.last, group)]
    within = [p for p in scene.places if group.first < p.first and p.last < group.last and line.low(p.last + (line.low(p.last) == ",")) in _AMONG]
    for place in (*within, *behind, *reversed(front)):
        if line.low(place.first - 1) == "between" and place.entry and place.entry.kind not in WATER_KINDS and not place.is_passage:
            continue  # "Between Fremantle and Mumbai she will have no port to rest in"
        if line.low(place.last) in _PORTS:
            continue  # "carried mail between Black Sea ports", "known in Baltic ports"
        if place.how == "from" and place.first - group.last == 1 and place.entry and place.entry.kind is PlaceKind.COUNTRY:
            continue  # "Seven warships from Romania, Turkey and Ukraine took part in a drill in the Black Sea"
        known = told_before(scene, place, discourse)
        if known and known.entry and place.start not in taken and known.slot and line.low(known.last) not in ("'", "’", "-"):
            return known
    return None


def _since_which(line: Line, group: Group) -> int:
    """Where what is told of ships begins behind them: at the verb of a clause of theirs, "HMS Kent, which rode out the gale in Rota"."""
    verb, sets = group.last + 2, line.doc.lexicon.sets
    if line.text(group.last) != "," or line.low(group.last + 1) not in ("which", "who") or not line.text(verb).isalpha():
        return group.last
    if line.low(verb) in sets["have"] and line.low(verb + 1).endswith("ed"):
        verb += 1  # "HMS Kent, which had hosted visitors in Rota"
    idle = line.low(verb) in sets["be"] or line.low(verb) in sets["have"] or line.low(verb) in line.doc.lexicon.function or line.low(verb) in _IDLE
    return group.last if idle else verb


_IDLE = frozenset(
    ["carries", "carry", "carried", "belongs", "belonged", "costs", "cost", "looks", "resembles", "replaces", "replaced", "bears", "bore"]
)


def _open(scene: Scene, first: int, last: int) -> bool:
    """Whether nothing between two tokens cuts them apart: a stop, another vessel, a word of movement that told something else."""
    line = scene.line
    if any(first <= g.first < last for g in scene.groups):
        return False
    between = line.lows[first:last]
    if not _CUTS.isdisjoint(between):
        return False
    if any(first <= h.first < last and h.data.id == "says" and line.low(h.last) in ("a", "an") for h in line.found("hedge")):
        return False  # "lacks a modern sonar, said an officer in Halifax"
    stops = line.doc.lexicon.sets["stops"]
    return stops.isdisjoint(between) or all(line.low(n) == "since" and dates_only(line, n, last) for n in range(first, last) if line.low(n) in stops)


def _met(line: Line, first: int, group: Group) -> bool:
    """Whether people come to a place to see a ship: "turned out at Mayport to meet the destroyer"."""
    return "to" in line.lows[first : group.first] and not line.doc.lexicon.sets["meets"].isdisjoint(line.lows[first : group.first])


def kind_of(place: PlaceMention) -> EventKind | None:
    """What a preposition and the kind of place make when nothing else tells."""
    entry = place.entry
    if entry is None:
        return None
    if place.how == "off":
        return EventKind.AT_SEA
    if place.how == "in":
        if entry.kind in WATER_KINDS:
            return EventKind.AT_SEA
        if entry.kind is PlaceKind.ISLAND and not _NO_DRY_LAND.isdisjoint(entry.name.lower().split()):
            return EventKind.AT_SEA  # "15 of them at Whitsun Reef"
        return EventKind.IN_PORT if place.is_port else EventKind.AT_SEA if place.is_passage else None
    if place.how == "through" and place.is_passage:
        return EventKind.TRANSIT
    return None


def _in_its_port(line: Line, place: PlaceMention, group: Group) -> EventKind | None:
    """A stay where ships are told to be in a small land whose port bears its name: "In Malta were A and B", "there are two frigates in Djibouti"."""
    if place.how != "in" or place.name.lower() not in line.doc.lexicon.sets["port_lands"]:
        return None
    be = line.doc.lexicon.sets["be"]
    opens = place.last <= _OPENING_TOKENS and any(line.low(n) in be for n in range(place.last, min(place.last + _DAY_TOKENS, group.first)))
    there = any(line.low(n + 1) in be for n in line.where(_THERE))
    return EventKind.IN_PORT if opens or there else None


_DAY_TOKENS, _THERE = 4, frozenset(["there"])
_INTO, _OUT_OF = frozenset(["into"]), frozenset(["out", "away", "clear"])
_AWAY = frozenset(["off", "away", "out", "on"])
_LED_IN = frozenset([":", "–", "—", ")", "-", ".", "", ";"])


def _headline_move(scene: Scene, group: Group, place: PlaceMention, told: list[Told]) -> EventKind | None:
    """What a sentence without a verb tells by a preposition alone: "USS Cole out of Souda Bay at dawn", "HMS Kent into Portsmouth"."""
    line = scene.line
    if told or group.last > place.first or line.text(group.first - 1) not in _LED_IN:
        return None
    if any(form != "noun" for found in line.found("trigger") for _, form in found.data):
        return None
    slips = line.doc.lexicon.sets["adverbs"] | {"back"}
    at = next((n for n in range(group.last, place.first) if line.low(n) not in slips), place.first)
    if place.first - at > 3 or line.low(place.last) in ("'", "’"):
        return None
    if place.how == "into" and line.low(at) in _INTO:
        return EventKind.TRANSIT if place.is_passage else EventKind.ARRIVAL
    if line.low(at) in _AWAY and line.low(at + 1) in ("to", "for", "toward", "towards") and place.slot == "destination":
        return EventKind.UNDERWAY  # "HMS Kent off to the Gulf"
    return EventKind.DEPARTURE if place.how == "from" and line.low(at) in _OUT_OF else None


_WAY_WORDS = frozenset(["her", "its", "their", "way", "back", "up", "down", "over", "across", "round", "around"])


def _moved(line: Line, group: Group, place: PlaceMention) -> EventKind | None:
    """What a verb that no rule knows tells by its preposition: "The frigate wormed into Souda Bay", "HMS Kent thundered out of Gibraltar"."""
    sets = line.doc.lexicon.sets
    at = group.last
    while line.low(at) in sets["adverbs"] or line.low(at) in sets["have"]:
        at += 1
    verb = line.low(at)
    if not (verb.endswith("ed") or verb in sets["odd_moves"]) or verb in sets["no_moves"] or line.starting("trigger", at):
        return None
    at += 1
    while line.low(at) in sets["adverbs"] or line.low(at) in _WAY_WORDS or line.low(at).endswith("ly"):
        at += 1
    links = " ".join(line.lows[at : place.first - (line.low(place.first - 1) == "the")])
    if links == "into" and place.how == "into":
        return EventKind.TRANSIT if place.is_passage else EventKind.ARRIVAL
    return EventKind.DEPARTURE if links in ("out of", "away from", "clear of") and place.how == "from" else None


def _between(scene: Scene, group: Group, place: PlaceMention) -> Trigger:
    """The words between a vessel and a place, in the part of a trigger."""
    line = scene.line
    first, last = (group.last, place.first) if group.last <= place.first else (place.last, group.first)
    cuts = (*line.doc.lexicon.sets["opens_clause"], ";", "although", "but")
    begin = next((n for n in range(min(group.first, place.first) - 1, -1, -1) if line.low(n) in cuts), 0)
    end = next((n for n in range(max(group.last, place.last), line.size) if line.low(n) in cuts), line.size)
    return Trigger(line.doc.lexicon.rules["rest.where"], "state", first, max(first, last), first, False, (begin, end))
