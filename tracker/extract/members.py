"""Stage 4, who a group is: ships that the text around lists, names or leads as those it only counted."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import EventKind
from tracker.extract.by_type import by_type, put_names
from tracker.extract.corefer import GENERIC, OF_CARRIERS, Vessel
from tracker.extract.groups import before_phrase
from tracker.extract.line import Line
from tracker.extract.named_later import identify_as, identify_each
from tracker.extract.scene import Discourse, Group
from tracker.extract.sides import of_other_nations

NAMES_AS = frozenset(["identified", "identifies", "named", "names", "listed", "lists", "gave", "gives"])
_NAMED_TOKENS = 6
_IDENTIFIES = frozenset(["as", "be", "names", "name"])
_AS_TOKENS = 5


def _identified_as(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the vessels that those told before them are said to be: "A frigate left, believed to be HMS Kent", "It turned out to be X"."""
    told = line.doc.lexicon.sets["identified_as"]
    for at, group in enumerate(groups):
        end = before_phrase(line, group.first) + 1
        as_ = any(" ".join(line.lows[max(end - size, 0) : end]) in told for size in range(1, _AS_TOKENS + 1))
        as_ = as_ or (line.low(end - 1) == "as" and not NAMES_AS.isdisjoint(line.lows[max(end - _NAMED_TOKENS, 0) : end - 1]))
        beside = at > 0 and " ".join(line.lows[groups[at - 1].last : end]) in told  # "A ship believed to be the Boikiy left Rota"
        ends = beside or line.text(group.last) in (".", ",", ";", ":", ")", "", "(", "–", "—")
        if not as_ or not ends or not all(v.name for v in group.vessels):
            continue
        if at and len(groups[at - 1].vessels) > 1:
            identify_each(discourse.fleet, groups[at - 1].vessels, group.vessels)
            continue
        if at == 0 and len(discourse.fleet.subject) > 1:
            identify_each(discourse.fleet, discourse.fleet.subject, group.vessels)  # "A frigate and a tug left. They were identified as A and B"
            continue
        before = [g.vessels[0] for g in groups[:at] if len(g.vessels) == 1]
        before = before[-1:] or (list(discourse.fleet.subject) if at == 0 and len(discourse.fleet.subject) == 1 else [])
        if not before and len(group.vessels) > 1:  # "A and B escorted two tankers. Officials identified the ships as C and D"
            counted = [v for v in discourse.fleet.recent if v.count == len(group.vessels) and not (v.name or v.members or v.group)]
            near = [v for v in counted if 0 < number - v.last_sentence <= _PART_SENTENCES]
            before = near if len(near) == 1 else []
        if before:
            identify_as(discourse.fleet, before[0], group.vessels, number)


_ARE = frozenset(["were", "are"])


def _typed_as(line: Line, groups: list[Group], discourse: Discourse) -> None:
    """Ships told by types are those counted before whom they add up to: "The six were identified as two destroyers, three frigates and a tug"."""
    if line.words.isdisjoint(_ARE):
        return
    for before, group in pairwise(groups):
        link = [low for low in line.lows[before.last : before_phrase(line, group.first) + 1] if low not in ("later", "also")]
        told = link in (["were"], ["are"]) or (link[:1] in (["were"], ["are"]) and " ".join(link[-2:]) in line.doc.lexicon.sets["identified_as"])
        whole = before.vessels[0]
        if told and len(before.vessels) == 1 and not whole.members and whole not in group.vessels and _types_add_up(whole, [*group.vessels]):
            whole.members = group.vessels
            for vessel in group.vessels:
                vessel.country = vessel.country or whole.country
            discourse.fleet.put_members()


_IT_IS = (["she"], ["it"], ["this"], ["that"], ["her", "name"], ["its", "name"])
_SAID_TOKENS = 9


def identified(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take vessels that a sentence says others are for these: "A frigate left Malta. It was HMS Kent", "The ship that left Malta was HMS Kent"."""
    if not line.words.isdisjoint(_IDENTIFIES):
        _identified_as(line, number, groups, discourse)
    if len(groups) > 1:
        _typed_as(line, groups, discourse)
    is_ = line.doc.lexicon.sets["be"]
    if is_.isdisjoint(line.words):
        return
    named = next((g for g in groups if all(v.name for v in g.vessels) and line.low(before_phrase(line, g.first)) in is_), None)
    be = before_phrase(line, named.first) if named else -1
    if named is None or line.text(named.last) not in (".", ",", ";", ":", "", "(", "–", "—"):
        return  # "It was HMS Kent that left", "She is HMS Kent's relief"
    first = groups[0]
    if first is named:
        said = line.low(be - 1) in ("it", "she") and be <= _SAID_TOKENS and "," not in line.lows[:be]  # "A tracker says it is the X"
        told = discourse.fleet.subject if line.lows[:be] in _IT_IS or said else ()
    else:
        between = line.lows[first.last : be]
        seen = line.starting("trigger", first.last)
        part = seen is not None and any(form in ("part", "ing") for _, form in seen.data)  # "The ship seen off Malta on Monday is HMS Kent"
        tells = not between or between == ["in", "question"] or between[0] in ("that", "which", "who") or part
        opens = first.first <= 1 or line.text(first.first - 1) in (":", ";")  # "You cannot miss her: the destroyer that lies there is the X"
        told = first.vessels if tells and opens and line.low(first.first) == "the" else ()
        near = next((g for g in groups if g.last == be and g is not first), None)
        if near and len(named.vessels) > 1 and near.vessels[0].plural and line.low(near.first) in ("the", "these", "both"):
            told = near.vessels  # "Photographs suggest that the ships were the A, B and C"
    if len(told) == 1:
        identify_as(discourse.fleet, told[0], named.vessels, number)


def listed_behind(line: Line, groups: list[Group]) -> None:
    """Take the vessels named behind a colon for those only counted in front of it: "four ships will call: the frigates A and B, the tanker C"."""
    colon = line.lows.index(":") if ":" in line.words else _names_all(line, groups)
    if not colon:
        return
    counted = next((g for g in groups if g.last <= colon and len(g.vessels) == 1 and not g.vessels[0].name), None)
    if counted is None:
        _typed_then_named(groups, colon)
        return
    named = [v for g in groups if g.first > colon for v in g.vessels]
    if _types_add_up(counted.vessels[0], named, least=3 if line.text(colon) == ":" else 2):
        counted.vessels[0].members = tuple(named)  # "Six vessels passed the strait: three corvettes, two minesweepers and a tug"
        for vessel in named:
            vessel.country = vessel.country or counted.vessels[0].country
        counted.spans = tuple(s for g in groups if g.first > colon for s in g.spans)
        counted.vessels = tuple(named)
        return
    rest = not _REST.isdisjoint(line.lows[counted.first : counted.last])
    if line.text(colon) == ":" and _mixed_add_up(line, counted.vessels[0], [g for g in groups if g.first > colon], rest=rest):
        counted.vessels[0].members = tuple(named)  # "On Sunday the other four were seen: the corvette X, a tug and two minesweepers, Y among them"
        counted.spans = tuple(s for g in groups if g.first > colon for s in g.spans)
        counted.vessels = tuple(named)
        return
    if rest:
        listed = [g for g in groups if g.first > colon and all(v.name for v in g.vessels)]
        others = any(v is not counted.vessels[0] for g in groups if g.first > colon and g not in listed for v in g.vessels)
        if listed and not others:  # "Six ships are in Oslo. HMS Kent came on Friday. The remaining ships came on Saturday: A, B and C"
            counted.spans, counted.vessels = tuple(s for g in listed for s in g.spans), tuple(v for g in listed for v in g.vessels)
            return
    band = counted.vessels[0].group and all(g.first > colon for g in groups if g is not counted)
    loose = (counted.vessels[0].count is None and counted.vessels[0].plural) or band
    if len(named) > 1 and (loose or counted.vessels[0].count == len(named)) and all(v.name for v in named) and not counted.vessels[0].members:
        counted.vessels[0].members = tuple(named)


def _typed_then_named(groups: list[Group], colon: int) -> None:
    """Give ships told by their types the names behind a colon: "A frigate and a tug came in on Monday: HMS Kent and SD Tempest"."""
    ahead, behind = ([g for g in groups if (g.first > colon) == late] for late in (False, True))
    taken = by_type(ahead[-1].vessels, behind[0].vessels) if ahead and len(behind) == 1 else None
    if taken and all(not v.name for v in ahead[-1].vessels):
        put_names(taken, typed=True)
        ahead[-1].vessels, ahead[-1].spans = behind[0].vessels, behind[0].spans


_REST = frozenset(["remaining", "other", "others", "rest"])


def named_behind(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ship named right behind a colon for the one told by her type before it: "A submarine called at Busan: the Columbus moored"."""
    if ":" not in line.words or len(groups) < _PAIR:
        return
    colon = line.lows.index(":")
    told = next((g for g in reversed(groups) if g.last <= colon), None)
    named = next((g for g in groups if g.first > colon), None)
    if told is None or named is None or not 1 <= named.first - colon <= _BEHIND_COLON or len(told.vessels) != 1 or len(named.vessels) != 1:
        return
    if named.vessels[0].name and told.vessels[0].count == 1 and not told.vessels[0].plural and line.low(told.first) in ("a", "an", "another"):
        identify_as(discourse.fleet, told.vessels[0], named.vessels, number)


_GOES = frozenset([EventKind.DEPARTURE, EventKind.ARRIVAL])


def sails_with(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ships with which a group not told before left or came for the group: "The squadron left Kiel on 3 May with the frigates A and B"."""
    if "with" not in line.words:
        return
    band, ships = groups[0], groups[1]
    whole = band.vessels[0]
    if len(groups) != _PAIR or len(band.vessels) > 1 or not whole.group or whole.name or whole.members or whole.seen_in < number or whole.count:
        return
    fresh = len(ships.vessels) > 1 and all(v.name and v.seen_in == number for v in ships.vessels)
    if not fresh or line.low(before_phrase(line, ships.first)) != "with" or of_other_nations(band, ships) or (whole.word or "").endswith(OF_CARRIERS):
        return
    if any(band.last <= f.first < ships.first and any(rule.kind in _GOES for rule, _ in f.data) for f in line.found("trigger")):
        whole.members = discourse.fleet.as_one = ships.vessels
        band.vessels, band.spans = ships.vessels, tuple(band.spans[0] for _ in ships.vessels)
        discourse.fleet.put_members()


_PAIR, _BEHIND_COLON = 2, 2


def _ends_list(line: Line, at: int) -> bool:
    """Whether a sentence ends at a token, or only says behind a comma what the last ship of a list is: "… and NRP Sines, a patrol vessel of …"."""
    if line.text(at) in (".", ""):
        return True
    explained = line.text(at) == "," and line.low(at + 1) in ("a", "an") and line.starting("type", at + 2) is not None
    return explained and line.doc.lexicon.sets["auxiliaries"].isdisjoint(line.lows[at:])


def _types_add_up(counted: Vessel, listed: list[Vessel], *, least: int = 3) -> bool:
    """Whether ships listed by their types are as many as were counted, so that these are they."""
    typed = len(listed) > 1 and all(v.type is not None and v.type not in GENERIC for v in listed)
    plain = counted.type in GENERIC and not counted.group and (counted.count or 0) >= least
    return typed and plain and all(v.name is None for v in listed) and sum(v.count or 0 for v in listed) == counted.count


def _mixed_add_up(line: Line, counted: Vessel, listed: list[Group], *, rest: bool) -> bool:
    """Whether ships listed some by name and some by type are as many as were counted; one named as "among them" is counted with these."""
    own = [v for g in listed if line.low(g.last) not in ("among", "included") for v in g.vessels]
    plain = (rest or counted.type in GENERIC) and not counted.group and not counted.name
    mixed = len({bool(v.name) for v in own}) > 1
    return plain and mixed and all(v.count for v in own) and sum(v.count or 0 for v in own) == counted.count


def _types_told(line: Line, counted: Group, listed: list[Group]) -> bool:
    """Whether a clause ends in the types of the ships it counts: "Three ships were seen off Okinawa, a destroyer and two frigates, he said"."""
    end, comma = listed[-1].last, before_phrase(line, listed[0].first)
    ends = line.text(end) in (".", "") or (line.text(end) == "," and line.low(end + 1) not in _GOES_ON_LIST)
    return ends and len(listed) == 1 and line.text(comma) == "," and _types_add_up(counted.vessels[0], [*listed[0].vessels], least=2)


_GOES_ON_LIST = frozenset(["and", "which", "who", "while", "but", "whose", "both", "a", "an", "two", "three"])


def _names_all(line: Line, groups: list[Group]) -> int | None:
    """The comma behind which a sentence ends in the names of as many ships as it counts: "is the goal of two ships that left Kiel, A and B"."""
    counted = next((g for g in groups if len(g.vessels) == 1 and not g.vessels[0].name and (g.vessels[0].count or 0) > 1), None)
    named = [g for g in groups if counted and g.first >= counted.last]
    if counted and named and _types_told(line, counted, named):
        return before_phrase(line, named[0].first)
    if counted is None or not named or not _ends_list(line, named[-1].last) or sum(len(g.vessels) for g in named) != counted.vessels[0].count:
        return None
    comma = before_phrase(line, named[0].first)
    listed = all(line.low(n) in (",", "and", "the") for a, b in pairwise(named) for n in range(a.last, b.first))
    return comma if line.text(comma) == "," and listed and all(v.name for g in named for v in g.vessels) else None


_PART_SENTENCES = 3
_OPENS_PART = frozenset(["the", "its", "their"])


def says_who(line: Line, number: int, groups: list[Group], discourse: Discourse) -> bool:
    """Take the vessels that a sentence lists for the group told before: "SNMG2 left … It consists of the flagship A and the frigates B and C"."""
    opens, sets = line.low(0), line.doc.lexicon.sets
    part = 1 + (line.starting("nation", 1) is not None)
    pointed = opens in sets["points_at_group"] or (opens in _OPENS_PART and line.low(part) in sets["taking_part"])
    fronted = line.opens(0, sets["members_front"])
    listed_so = ":" in line.texts and not sets["participants"].isdisjoint(line.lows[:_LISTS_TOKENS]) and _behind_colon(line, groups)
    if not pointed and not fronted and not listed_so:
        return False
    first = next((g for g in groups if any(v.name for v in g.vessels)), None)
    named = [v for g in groups for v in g.vessels if v.name]
    inverted = first is not None and fronted and line.low(before_phrase(line, first.first)) in sets["be"]
    if not inverted and not pointed and not listed_so:
        return False
    if inverted and first and not pointed and any(f.last <= first.first for f in line.found("place")):
        return False  # "Among the ships in Limassol are A and B" tells where they are
    if first is None and pointed:
        first = groups[0] if groups else None
    if first is None or (len(named) < 2 and not _mixed(groups, first)):
        return False
    small = line.doc.lexicon.sets["little_in_lists"]
    words = " ".join(w for w in line.lows[1 + (opens in _OPENS_PART) * part : before_phrase(line, first.first) + 1] if w not in small and w.isalpha())
    led = words in sets["says_lead"] and not _TELLS_MORE.isdisjoint(line.words)
    if (not inverted and not led and not listed_so and words not in sets["says_members"]) or (words in ("are", "were") and opens == "it"):
        return False
    some = words in ("include", "includes", "included")
    listed = [v for g in groups if g.first >= first.first for v in g.vessels]
    named = listed if not some and _mixed(groups, first) else named
    bands = [v for v in discourse.fleet.recent if is_band(v, named, number) and (v.group or not some)]
    if not bands and sum(v.count or 0 for v in listed) > len(named):  # "Those ten ships included the corvettes A and B, a tug and a tanker …"
        named = listed
    bands = bands or [v for v in discourse.fleet.recent if v.count and is_band(v, listed, number) and v.count == sum(o.count or 0 for o in listed)]
    for band in bands:
        if band.last_sentence == max(v.last_sentence for v in bands):
            band.members = tuple(dict.fromkeys(named))
    if bands:
        discourse.fleet.put_members()
        discourse.fleet.note(tuple(dict.fromkeys(named)))
        discourse.fleet.subject = tuple(dict.fromkeys(named))
    return bool(bands)


_LISTS_TOKENS = 5


def _behind_colon(line: Line, groups: list[Group]) -> bool:
    """Whether the ships of a sentence stand behind its colon: "Taking part are: the frigates A and B"."""
    return bool(groups) and line.text(before_phrase(line, groups[0].first)) == ":"


_TELLS_MORE = frozenset(["includes", "comprises", "numbers", "consists"])
"""Behind the lead of a group they list the others: "It is led by the frigate A and includes B and C"."""


def _mixed(groups: list[Group], first: Group) -> bool:
    """Whether a list has ships without a name in it, each of them counted."""
    listed = [v for g in groups if g.first >= first.first for v in g.vessels]
    counted = all(v.name or (v.count and v.type not in GENERIC and not v.group) for v in listed)
    return counted and len(listed) > 1 and any(not v.name for v in listed)


_LEAD_SENTENCES = 2


def joins_lead(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ships that a group led by one "also includes" as going with her: "A group led by the cruiser X left. It also includes the tug Y"."""
    fleet, band = discourse.fleet, next((f for f in line.found("group") if f.first <= 2), None) if line.low(0) == "the" else None
    at = next((n for n in line.where(ALSO_HAS) if line.low(n - 1) in ("also", ",") or n <= _LEAD_SENTENCES + 1), None)
    led = led_before(number, discourse) if at is not None and groups and (band or line.low(0) == "it") else None
    if at is None or led is None:
        return
    lead, listed, named = led[1], groups[-1], [v for g in groups for v in g.vessels]
    if lead in named or not all(v.name for v in named) or of_other_nations(Group(0, 0, (lead,), ((0, 0),)), listed):
        return
    within = band is not None and len(groups) == 1 and listed.first <= band.last
    if not (within or listed.first > at):
        return
    whole = tuple(dict.fromkeys((lead, *named)))
    for word, told in fleet.bands.items():
        if told == tuple(named):
            fleet.bands[word] = whole
    if within:
        listed.vessels, listed.spans = whole, (listed.spans[0], *listed.spans)
    for vessel in fleet.recent:
        if vessel is led[0] or vessel.members == tuple(named):
            vessel.members = whole
    fleet.subject = fleet.as_one = whole
    fleet.put_members()
    fleet.note(whole)


def led_before(number: int, discourse: Discourse) -> tuple[Vessel, Vessel] | None:
    """The group told just before by the one ship that leads it, and that ship: "A group led by the cruiser X left"."""
    subject = discourse.fleet.subject
    lead = subject[0] if len(subject) == 1 and subject[0].name and subject[0].mentions else None
    if lead is None or not 0 < number - lead.last_sentence <= _LEAD_SENTENCES:
        return None
    band = next((v for v in reversed(discourse.fleet.recent) if v.group and not v.name and v.members == (lead,) and v.mentions), None)
    return (band, lead) if band else None


ALSO_HAS = frozenset(["includes", "included", "include", "comprises", "comprised", "has"])


def flies_flag(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Let a ship go where her group goes: "The flotilla, whose flagship is the destroyer X, came home", "…, to which the destroyer Y belongs"."""
    lead, here = _member_of(line, groups)
    if lead is None:
        return
    bands = [here.vessels[0]] if here else [v for v in discourse.fleet.recent if v.group and is_band(v, [*lead.vessels], number)]
    band = max(bands, key=lambda v: v.last_sentence, default=None)
    if band is None or band.name or band.members or not band.group:
        return
    band.members = (band, *lead.vessels)
    discourse.fleet.put_members()
    if here:
        here.vessels, here.spans = band.members, (here.spans[0], *lead.spans)
    elif set(discourse.fleet.subject) <= set(band.members):
        discourse.fleet.subject = band.members


def _member_of(line: Line, groups: list[Group]) -> tuple[Group | None, Group | None]:
    """The ship that a sentence tells to lead a group or to belong to it, and the group where the same sentence tells that: else the one before."""
    if line.words.isdisjoint(MEMBERSHIP):
        return None, None
    for lead in groups:
        at = before_phrase(line, lead.first)
        led = line.low(at - 1) == "flagship" and line.low(at) in line.doc.lexicon.sets["be"] and line.low(at - 2) in ("whose", "its")
        belongs = line.low(at) == "which" and line.low(at - 1) == "to" and line.low(lead.last) in MEMBERSHIP
        if not (led or belongs) or len(lead.vessels) != 1 or not lead.vessels[0].name:
            continue
        begin = at - 2 if led else at - 1
        here = next((g for g in groups if g.last in (begin, begin - 1) and g is not lead), None)
        within = belongs or line.low(at - 2) == "whose"
        return (lead, here) if here or not within else (None, None)
    return None, None


MEMBERSHIP = frozenset(["flagship", "belongs", "belonged"])


def is_band(vessel: Vessel, named: list[Vessel], number: int) -> bool:
    """Whether an unnamed group told just before may be the one that some vessels make up."""
    fits = not vessel.name and not vessel.members and (vessel.group or vessel.plural) and number - vessel.last_sentence <= _PART_SENTENCES
    counted = vessel.group or vessel.count in (None, sum(v.count or 0 for v in named))
    return fits and counted and vessel not in named and (not vessel.country or any(v.country in (None, vessel.country) for v in named))
