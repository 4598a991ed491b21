"""Stage 4, what a sentence leaves for those behind it: who went together, its places and its days."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tracker.domain.kinds import WATER_KINDS, EventKind, Modality, PlaceKind
from tracker.domain.tree import PlaceTree
from tracker.extract.by_adjective import ZONE_NAME
from tracker.extract.dates import DateMention
from tracker.extract.drills_set import note_drill
from tracker.extract.groups import before_phrase
from tracker.extract.in_passing import is_in_passing
from tracker.extract.line import Line, Text
from tracker.extract.listing import read_listing
from tracker.extract.logs import opens_with_one
from tracker.extract.members import identified, listed_behind, named_behind, sails_with
from tracker.extract.named_later import name_by_types, name_hero, name_lead, name_members, name_subject
from tracker.extract.place_mention import SHALLOWS, PlaceMention
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Discourse, Group, Scene, Told
from tracker.extract.sides import are_rivals, of_other_nations
from tracker.extract.slots import LAND_KINDS
from tracker.extract.strengths.reader import note_area
from tracker.extract.where_with import is_aside, note_port


def note_groups(doc: Text, line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Keep who is told together, and give unnamed vessels told before the names that stand here."""
    if not groups:
        read_listing(line, groups, discourse)
        return
    for group in groups:
        if len(group.vessels) == 1:
            group.vessels[0].alone = True
    if len(groups) > 1:
        listed_behind(line, groups)
        named_behind(line, number, groups, discourse)
        sails_with(line, number, groups, discourse)
    read_listing(line, groups, discourse)
    if opens_with_one(groups):
        name_lead(discourse.fleet, groups[0].vessels[0], number)
        name_hero(discourse.fleet, groups[0].vessels[0], number)
    beside = [g for g in groups if _beside_them(line, g, groups)] if not line.words.isdisjoint(_THEM) else []
    if fresh := [v for g in groups if g not in beside for v in g.vessels if v.name and v.seen_in == number and v.formerly is None]:
        name_by_types(discourse.fleet, fresh, number)
    for group in groups:
        if (group is not groups[0] or line.low(0) in _PRONOUNS) and _lies_by(line, group):
            discourse.fleet.apart.update(v for v in group.vessels if v.seen_in == number)
    for group in groups:
        if line.low(before_phrase(line, group.first)) in ("by", "with", "against", "near", "alongside") or _of_another(line, group):
            continue
        if group in beside:
            discourse.fleet.apart.update(v for v in group.vessels if v.seen_in == number)
        else:
            name_members(discourse.fleet, group.vessels, number)
    these = line.low(0) in _THESE and line.low(1) in ("are", "were") and before_phrase(line, groups[0].first) <= 1
    one_by_one = _one_by_one(line)
    if these or one_by_one:
        name_subject(discourse.fleet, [v for g in groups if these or g.first > 1 for v in g.vessels], number)
    identified(line, number, groups, discourse)
    heading = doc.blocks[line.sentence.block].kind == "heading"
    for group in groups:
        if discourse.fleet.subject and is_in_passing(line, group):
            continue
        if line.low(group.first) != "no" and (not heading or any(v.name for v in group.vessels)):
            discourse.fleet.note(group.vessels)  # a headline's "two ships" are told again below it
    if len(groups) > 1:
        _together_noted(line, groups, discourse)
    elif line.low(0) in _SHE and "by" in line.words:
        _hers_noted(line, groups[0], discourse)
    if line.low(0) in ("her", "its"):
        _escort_noted(line, groups, discourse)


def _lies_by(line: Line, group: Group) -> bool:
    """Whether ships are only told to lie where others berthed, and are none of those counted before: "which moored near the Kenyan ships X and Y"."""
    at = before_phrase(line, group.first)
    return line.low(at) in ("near", "beside") or (line.low(at) == "to" and line.low(at - 1) in ("next", "close"))


def _one_by_one(line: Line) -> bool:
    """Whether a sentence says of each of some ships what she is: "One was the frigate A, the other a tug"."""
    return line.low(0) == "one" and line.low(1) in ("is", "was") and not _THE_OTHERS.isdisjoint(line.words)


_THE_OTHERS = frozenset(["other", "second", "another"])
_VISITS = frozenset(["visit", "visits", "call", "calls", "stop", "stay", "docking", "stopover", "departure", "arrival"])


def _of_another(line: Line, group: Group) -> bool:
    """Whether ships are told as others than those told before: "Another Dutch ship, HMS Evertsen", "soon after a visit from USS Florida"."""
    at = before_phrase(line, group.first)
    return line.low(group.first) == "another" or (line.low(at) in ("of", "from", "by") and line.low(at - 1) in _VISITS and "after" in line.words)


_THEM = frozenset(["them", "her", "it", "him"])
_ON = frozenset(["on", "after", "between", "towards", "toward", "upon", "past", "over"])


def _beside_them(line: Line, group: Group, groups: list[Group]) -> bool:
    """Whether a sentence speaks of ships told before as of others than it names: "HMS Kent shadowed it", "A and B are watching the two ships"."""
    several = len(group.vessels)
    between = line.doc.lexicon.sets["adverbs"] | line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]
    for at in line.where(_THEM):
        if at < group.last or any(group.last <= g.first < at for g in groups):
            continue
        watch = line.ending("trigger", at)
        watches = (
            watch is not None and any(rule.object == "escort" for rule, _ in watch.data) and between.issuperset(line.lows[group.last : watch.first])
        )
        if watches and line.low(at + 1) not in line.doc.lexicon.sets["owned_by_her"]:
            return True
        with_them = line.low(at) == "them" and line.low(at - 1) == "with" and line.low(at - 2) in line.doc.lexicon.sets["be"] and at - 2 == group.last
        if with_them:
            return True  # "two ships of her group are off Cyprus. USS Bulkeley and USS Cole are with them"
        if several > 1 and line.low(at) == "them" and (line.low(at - 1) in _ON or _does_to(line, group.last, at, between)):
            return True
    return False


def _does_to(line: Line, last: int, at: int, between: Set[str]) -> bool:
    """Whether a group does something to "them" by the one word between: "A and B kept them in sight", "A and B then challenged them"."""
    words = [low for low in line.lows[last:at] if low not in between]
    return len(words) == 1 and words[0].isalpha() and words[0] not in ("and", "or", "to", "with", "saw")


def alike_noted(told: Told, discourse: Discourse, number: int) -> None:
    """Remember as one company ships of which two sentences tell the same: "A left Malta on Monday. B followed on Tuesday. Both …"."""
    before = next((e for e in reversed(discourse.told) if e is not told), None)
    if before is None or number - before.sentence != 1 or told.kind is not before.kind or before.kind not in _MOVES:
        return
    both = (*before.vessels, *told.vessels)
    if are_rivals(Group(0, 0, before.vessels, ()), Group(0, 0, told.vessels, ())):
        return  # "The Severomorsk passed the Skaw. HMS Kent came home to Rosyth"
    if len(set(both)) == len(both) and not told.roles and all(v.name and v.count == 1 for v in both):
        discourse.fleet.note(both)


_MOVES = frozenset({EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT})


def welcomed_at(line: Line, number: int, places: list[PlaceMention], discourse: Discourse) -> None:
    """Give ships that came home the port whose quay is crowded in the next sentence: "She got home on Friday. Families packed the piers at Rota"."""
    last = discourse.told[-1] if discourse.told else None
    port = next((p for p in places if p.entry and p.is_port and p.how in ("in", None)), None)
    if last is None or port is None or last.kind is not EventKind.ARRIVAL or last.main or number - last.sentence != 1:
        return
    if line.words.isdisjoint(line.doc.lexicon.sets["crowds"]) or line.words.isdisjoint(line.doc.lexicon.sets["port_parts"]):
        return
    last.places["destination"], last.sources["destination"] = port, ("sentence behind", (port.start, port.end))


_THESE = frozenset(["they", "these", "those"])


def _together_noted(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Remember as one company what a sentence tells as together: "A, B and C … together with D"."""
    if line.words.isdisjoint(("with", "by")):
        return
    beside = [
        g
        for g in groups
        if line.low(g.first - 1) == "with"
        and (line.low(g.first - 2) in ("together", "along", "company", "") or line.low(g.last + (line.low(g.last) == "in")) == "company")
    ]
    beside = beside or [g for g in groups if _attended_by(line, g, groups)]
    named = [g for g in groups if g not in beside and any(v.name for v in g.vessels)]
    if beside and named:
        owner = next((g for g in named if g.last in (beside[0].first - 1, beside[0].first - 2)), named[0])
        discourse.fleet.note(tuple(dict.fromkeys(v for g in (owner, *beside) for v in g.vessels)))


def _escort_noted(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Remember a ship with those who are told to make up her escort: "Her escort is made up of the frigates A and B. The group …"."""
    subject = discourse.fleet.subject
    if line.low(1) not in line.doc.lexicon.sets["consorts"] or len(subject) != 1 or not groups:
        return
    named = groups[-1]
    makes_up = not _MAKES_UP.isdisjoint(line.lows[2 : named.first + 1])
    if makes_up and all(v.name for v in named.vessels) and subject[0] not in named.vessels:
        discourse.fleet.note((*subject, *named.vessels))


_SHE = frozenset(["she", "it"])
_PRONOUNS = _SHE | {"they", "these", "both"}


def _hers_noted(line: Line, group: Group, discourse: Discourse) -> None:
    """Remember a ship with those who are told to be with her: "She is accompanied by the tanker A and the tug B. The ships …"."""
    by, subject = before_phrase(line, group.first), discourse.fleet.subject
    told = line.low(by) == "by" and line.low(by - 1) in line.doc.lexicon.sets["attended"] and line.low(by - 2) in line.doc.lexicon.sets["be"]
    if told and len(subject) == 1 and subject[0] not in group.vessels and not of_other_nations(Group(0, 0, subject, ()), group):
        discourse.fleet.note((*subject, *group.vessels))


_MAKES_UP = frozenset(["made", "consists", "consisted", "comprises", "comprised", "includes", "included"])


def _attended_by(line: Line, group: Group, groups: list[Group]) -> bool:
    """Whether vessels are told right behind another of their nation as those that go with her: "the carrier X, escorted by A and B, left"."""
    by = before_phrase(line, group.first)
    if line.low(by) != "by" or line.low(by - 1) not in line.doc.lexicon.sets["attended"]:
        return False
    owner = next((g for g in groups if g.last in (by - 1, by - 2)), None)
    before = [g for g in groups if g.last < by]
    if owner is None and len(before) == 1 and (line.text(by - 2) == "," or line.low(by - 2) in ("is", "are", "was", "were", "being")):
        owner = before[0]  # "The carrier left Toulon, escorted by A and B. The group …"
    return owner is not None and not of_other_nations(owner, group)


def _holds_one(place: PlaceMention, before: Sequence[PlaceMention], tree: PlaceTree) -> bool:
    """Whether a place only says where one told before it in the sentence lies: "there" is then the narrower one."""
    return any(p.entry and place.entry and p.is_port and tree.inside(p.entry.key, place.entry.key) for p in before)


_COUNTED = frozenset(
    ["next_day", "day_before", "offset", "day_then", "weekday_then", "weekday_that", "weekday_before", "weekday_in", "weekday_after"]
)


def note_counted(dates: list[DateMention], told: list[Told], discourse: Discourse, number: int) -> None:
    """Remember a day that was counted from one told before: "The next day she passed Ushant. That evening she was off Brest."."""
    main = any(d.interval for d in dates)  # "Having left Cork two days earlier, she reached Brest on 6 March. The next day …"
    spans = {(d.start, d.end) for d in dates if d.kind in _COUNTED and not (main and (d.kind == "day_before" or d.days < 0))}
    ahead = (dates[-1].start, dates[-1].end) if dates and dates[-1].kind == "weekday" else None
    for event in told:
        if event.interval and (span := event.sources.get("date", ("", None))[1]) is not None:
            planned = event.stance.modality is Modality.PLANNED and event.interval.start == event.interval.end
            if span in spans or (span == ahead and planned):  # "leaves on Thursday. HMS Tyne sails a day later": the Thursday to come
                discourse.note_date(event.interval, number)


def _only_left(port: PlaceMention, places: Sequence[PlaceMention]) -> bool:
    """Whether a port is only told as left, for another one where ships are now: "docked in Valletta after leaving Bari"."""
    return port.slot == "origin" and any(p.is_port and p.slot == "place" for p in places)


def _had_left(line: Line, port: PlaceMention, discourse: Discourse, number: int) -> bool:
    """Whether ships only "had left" a port, where the text told of another just before: "… sailed from Malta. HMS Tyne had left Rota on Monday"."""
    if "had" not in line.words or "port" not in discourse.places or not (port.slot == "origin" or line.low(port.first - 1) == "left"):
        return False
    return number - discourse.port_told <= _RECALLED and "had" in line.lows[max(port.first - _HAD_TOKENS, 0) : port.first]


_HAD_TOKENS = 6


def _says_whose(line: Line, place: PlaceMention) -> bool:
    """Whether a port only says where a ship is at home: "The San Diego destroyer USS Sterett"."""
    return line.starting("type", place.last) is not None and line.low(place.first - 1) in ("the", "a", "an", "two", "three")


_RECALLED = 2
"""A day on which somebody only said something takes the place of none that was told so few sentences before."""


def remember(scene: Scene, told: list[Told], discourse: Discourse) -> None:
    """Keep the places and days of a sentence: what "there", "the port" and "that day" mean in those behind it."""
    note_drill(scene, told, discourse)
    line, places, dates, number = scene.line, scene.places, scene.dates, scene.number
    tree, islands = line.doc.gazetteer.places.tree, line.doc.lexicon.sets["island_lands"]
    note_area(number, places, discourse)
    for at, place in enumerate(places):
        if place.entry:
            if (not at or not _holds_one(place, places[:at], tree)) and not is_aside(line, place, discourse, number):
                discourse.places["any"] = place
            if place.entry.kind in LAND_KINDS:
                discourse.places["land"] = place
            if place.is_port and not (place.how is None and _says_whose(line, place)) and not _only_left(place, places):
                discourse.fleet.home = discourse.fleet.home or place.entry.country
                if _had_left(line, place, discourse, number):
                    discourse.port_told = number  # the port told before goes on to be meant
                else:
                    note_port(line, place, discourse, number)
            if place.entry.kind in WATER_KINDS:
                discourse.places["water"] = place
            if place.is_passage:
                discourse.places["passage"] = discourse.places[place.entry.kind.value] = place
            if place.entry.kind is PlaceKind.GULF:
                discourse.places["gulf"] = place
            if place.name.endswith(ZONE_NAME):
                discourse.places["zone"] = place
            if place.entry.kind is PlaceKind.ISLAND or place.name.lower() in islands:
                discourse.places["island"] = place
                if place.name.endswith("Islands"):
                    discourse.places["islands"] = place
            if (sort := place.entry.name.rpartition(" ")[2].lower()) in SHALLOWS:
                discourse.places[sort] = discourse.places["shallow"] = place
    several = sum(1 for d in dates if d.interval) > 1
    for mention in dates:
        if mention.warning:
            discourse.warnings.append(mention.warning)
        only_said = dates_the_saying(line, mention) and (several or (not told and number - discourse.interval_told <= _RECALLED))
        how_often = mention.kind == "ahead" and not told  # "It was the second such visit in a week"
        if mention.interval and not (mention.bare and _looks_back(line)) and not only_said and not how_often:
            discourse.note_date(mention.bare or mention.interval, number)
        elif mention.kind in ("relative", "weekday", "absolute"):
            discourse.warnings.append("a relative date stays open: the document has no publication date")


def _looks_back(line: Line) -> bool:
    """Whether "since" looks back from the day told before, which goes on: "Since 7 May she had been moored there"."""
    return "since" in line.words and any(line.low(n - 1) not in ("has", "have") for n in line.where(_HAD))


_HAD = frozenset(["had"])


def lie_with_the_rest(groups: list[Group], discourse: Discourse) -> None:
    """Let some of the ships that the text only counted lie where all of them do: "Three frigates were in Rota. One of them put to sea"."""
    for vessel in (v for g in groups for v in g.vessels if v.whole is not None):
        for kept in (discourse.lying, discourse.lies):
            if vessel.whole in kept and vessel not in kept:
                kept[vessel] = kept[vessel.whole]
        vessel.whole = None
