"""Stage 6, groups: the vessels of a sentence that are told together, as a list or as a number and its names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from tracker.domain.kinds import NEAR_TYPES, VesselType
from tracker.domain.names import fold
from tracker.extract.by_type import named_in_list, put_names
from tracker.extract.commanders import behind_commander
from tracker.extract.corefer import GENERIC, Fleet, Vessel, may_be
from tracker.extract.flagships import note_flagship
from tracker.extract.line import Line, holds
from tracker.extract.mention import VesselMention
from tracker.extract.phrases import behind_home, escorts, measure_left
from tracker.extract.scene import Group
from tracker.extract.sides import MERCHANTS, WATCHED_FLEETS
from tracker.extract.spelled_apart import named_apart

CLAUSE_OPENERS = frozenset(["before", "after", "when", "because", "until", "although", "though"])
_LEADING = CLAUSE_OPENERS | {"once", "while", "as", "since"}
_LONG_LIST = 7
"""Whoever is named for more ships than these is all of them, or only some."""
_FEW_MEMBERS = 3
_SOME_OF = frozenset(["including", "included", "include", "includes", "among"])
"""They tell some of a group, not all of it."""


def group_mentions(line: Line, mentions: Sequence[VesselMention], resolved: Sequence[tuple[Vessel, ...]], fleet: Fleet) -> list[Group]:
    """Mentions that only list marks part, as groups."""
    listing = _Listing(line, fleet, _begins_behind_phrase(line, mentions))
    for number, (mention, vessels) in enumerate(zip(mentions, resolved, strict=True)):
        listing.take(mention, vessels, mentions[number - 1] if number else None, number)
    if "flagship" in line.words:
        note_flagship(line, mentions, resolved, fleet)
    ends = listing.ends
    groups = [Group(g.first, ends.get(g.first, g.last), g.vessels, g.spans) for g in listing.groups] if ends else listing.groups
    groups = _with_late_members(line, [_members_alone(line, group) if len(group.vessels) > 1 else group for group in groups])
    groups = [_with_the_rest(fleet, group, *listing.partly[group.first]) if group.first in listing.partly else group for group in groups]
    apart = None if listing.begins is None else mentions[listing.begins].first
    return _named_behind_clause(line, _spelled_out_once(line, _counted_at_end(line, groups), apart), fleet)


def _with_the_rest(fleet: Fleet, group: Group, whole: Vessel, span: tuple[int, int]) -> Group:
    """A group of which a list tells only some, with these: "the ten-ship flotilla, which included the destroyers A and B, passed …"."""
    named = tuple(v for v in group.vessels if v is not whole)
    told = sum(v.count or 1 for v in named)
    if whole.count in (None, 1):
        whole.members = named if whole.members and all(v.name for v in named) else whole.members
        return group  # "The fleet, including the destroyer A and the tanker B, …"
    if not whole.group and told == whole.count:
        whole.members = named  # "Those ships included the corvettes A and B, a tug and a tanker": all four
        return group
    if not whole.group and told < (whole.count or 0) and not any(v.name for v in named):
        whole.members = ()  # "six vessels, including three submarines, …"
        return Group(group.first, group.last, (whole,), (span,))
    if told >= (whole.count or 0) or (whole.group and not all(v.name for v in named)):
        return group
    spans = tuple(s for v, s in zip(group.vessels, group.spans, strict=True) if v in named and v.name)
    named = tuple(v for v in named if v.name)
    whole.members = (whole, *named)
    if not whole.group:
        return Group(group.first, group.last, whole.members, (span, *spans))
    for word in (whole.word or "", f"{whole.number} {whole.word}"):
        fleet.bands[word] = whole.members
    fleet.as_one = whole.members
    return Group(group.first, group.last, whole.members, (span, *spans))


@dataclass(slots=True)
class _Listing:
    """The groups of a sentence as far as its mentions are read."""

    line: Line
    fleet: Fleet
    begins: int | None  # the mention that opens a list anew behind a phrase
    groups: list[Group] = field(default_factory=list)
    band: VesselMention | None = None  # the group whose list is being read
    whole: Vessel | None = None  # the vessel that stands for it
    partly: dict[int, tuple[Vessel, tuple[int, int]]] = field(
        default_factory=dict
    )  # the counted groups of which only some are told: "of ten, among them A"
    ends: dict[int, int] = field(default_factory=dict)  # where those end whose list stands behind their verb: "Three ships left Kiel, among them A"

    def take(self, mention: VesselMention, vessels: tuple[Vessel, ...], last: VesselMention | None, number: int) -> None:
        """Read one more mention; `last` is the one in front of it."""
        if not self.groups or last is None:
            self._add(mention, vessels)
        elif self.groups[-1].first == last.first and _names_part(self.line, last.last, mention.first) and mention.name:
            owner = self.groups.pop()
            self.groups.append(Group(owner.first, mention.last, vessels, _spans_of(mention, vessels)))
            self.band = self.whole = None
        elif mention.name and last.plural and not last.name and _among_them(self.line, self.groups[-1], mention):
            self.groups.pop()
            self._add(mention, vessels)
        elif self._is_list_of(self.groups[-1], last, mention):
            self._define(self.groups[-1], last, mention, vessels)
            return
        elif self._is_told_again(self.groups[-1], last, mention, vessels):
            return
        elif last.det in ("consort", "rest") and self._names_consorts(self.groups[-1], last, mention):
            before, told = self.groups.pop(), (last.start, last.end)
            kept = [(v, s) for v, s in zip(before.vessels, before.spans, strict=True) if s != told]
            spans = (*(s for _, s in kept), *_spans_of(mention, vessels))
            self.groups.append(Group(before.first, mention.last, (*(v for v, _ in kept), *vessels), spans))
        elif number != self.begins and not self._counts_anew(self.groups[-1], mention) and self._goes_on(self.groups[-1], last, mention):
            self._join(self.groups[-1], mention, vessels)
        else:
            self._add(mention, vessels)
        if self.band is not None:
            self._note_band(self.band)

    def _is_list_of(self, before: Group, last: VesselMention, mention: VesselMention) -> bool:
        """Whether a mention opens the list of the group in front of it: "three ships: A", "the Shandong group, with A"."""
        several = last.group or (before.vessels[-1].plural and self.line.low(before.last) != "of")
        leads = self.line.lows[mention.last : mention.last + 3] in (["in", "the", "lead"], ["at", "the", "head"], ["in", "the", "van"])
        return bool(several and not leads and _defines(self.line, before.last, mention.first))

    def _says_whose_consort(self, before: Group, last: VesselMention, mention: VesselMention) -> bool:
        """Whether an aside only says what a ship is to another: "the corvette A, their escort from the Baltic, stayed in the Atlantic"."""
        if mention.plural or mention.name or not last.name or last.plural or before.last != mention.first - 1:
            return False
        line, at = self.line, mention.last
        close = next((n for n in range(at, min(at + _ONLY_TOKENS, line.size)) if line.text(n) == ","), None)
        return line.text(before.last) == "," and close is not None and line.low(close + 1) not in ("and", "or") and "and" not in line.lows[at:close]

    def _names_consorts(self, before: Group, last: VesselMention, mention: VesselMention) -> bool:
        """Whether names say who a ship's other escorts are: "Her other escorts, the destroyers A and B, stopped in Rota"."""
        if not last.plural or last.name or not mention.name or not all(v.name for v in before.vessels):
            return False
        between = self.line.lows[last.last : mention.first]
        return before.last == last.last and between in ([], ["the"], [","], [",", "the"], ["–"], ["–", "the"], ["—"], ["—", "the"])

    def _define(self, before: Group, last: VesselMention, mention: VesselMention, vessels: tuple[Vessel, ...]) -> None:
        """Let a list stand for the group that it defines, or beside it where it tells some of it only."""
        spans, stands_for = _spans_of(mention, vessels), before.vessels[-1]
        whole_told = _is_whole(self.line, last, before.last)
        lead = fold(last.name or "")  # of "the Shandong group", of which now a list is told
        kept = [(v, s) for v, s in zip(before.vessels, before.spans, strict=True) if v.name and v not in vessels and not whole_told]
        kept = [(v, s) for v, s in kept if fold(v.name or "") == lead] if lead and last.group else kept
        self.groups[-1] = Group(before.first, mention.last, (*(v for v, _ in kept), *vessels), (*(s for _, s in kept), *spans))
        led = _led_by(self.line, before, mention)
        partly = led or not _SOME_OF.isdisjoint(self.line.lows[before.last : mention.first])
        told = ("past", "pres") if partly else ("past", "ing")  # "Three ships are in Kiel, among them A", "The group heading for Kiel consists of A"
        if not led and any(before.last <= f.first < mention.first and f.data[0][1] in told for f in self.line.found("trigger")):
            self.ends[before.first] = before.last
        if before.first in self.ends and partly and (stands_for.count or 0) > len(vessels):
            self.groups[-1] = Group(before.first, mention.last, (*before.vessels, *vessels), (*before.spans, *spans))
            return  # "Four ships left Kiel, among them A": the others too
        if led and stands_for.count is None:
            self.groups[-1] = Group(before.first, mention.last, (*before.vessels, *vessels), (*before.spans, *spans))
            return  # "Chinese warships led by the carrier A passed the strait"
        some = stands_for.count in (None, 1) or (stands_for.count or 0) > (_FEW_MEMBERS if stands_for.group else 1)
        if partly and some and not stands_for.name and stands_for not in vessels:
            self.partly[before.first] = (stands_for, before.spans[-1])
        others = partly and last.det == "bare" and stands_for.seen_in < stands_for.last_sentence  # "Russian warships", told before of others
        each = len(before.vessels) > 1 and not any(v.name for v in before.vessels)  # "A frigate and a tug left. The group consists of A and B"
        others = others or each
        if not stands_for.name and not others and not (stands_for.plural and (stands_for.count or 0) > _LONG_LIST):
            stands_for.members = self.groups[-1].vessels
        self.whole = None if stands_for.name or others or (partly and stands_for.count) else stands_for
        self.band = last

    def _is_told_again(self, before: Group, last: VesselMention, mention: VesselMention, vessels: tuple[Vessel, ...]) -> bool:
        """Whether a mention only says what the group in front of it makes up, belongs to or is, which is kept: "A and B, both frigates"."""
        several = mention.group and len(before.vessels) > 1
        if several and (_makes_up(self.line, before.last, mention.first) or _composed_of(self.line, before, mention)):
            land = vessels[0].country
            if not vessels[0].name and not any(land and v.country and v.country != land for v in before.vessels):
                vessels[0].members = before.vessels  # but "shadowed Russian submarines. The German frigate X and Y, which make up the group, …"
            self._set_band(mention, before.vessels)
            self.groups[-1] = Group(before.first, mention.last, before.vessels, before.spans)
            return True
        if mention.plural and _are_only(self.line, before, mention):
            as_many = vessels[0].count in (None, len(before.vessels))  # "Ten submarines are at sea. … A and B, the only boats of the class, …"
            if as_many and not vessels[0].name and vessels[0] not in before.vessels:
                vessels[0].members = before.vessels
            return True
        if mention.det == "consort" and self._says_whose_consort(before, last, mention):
            return True  # "HMS Kent, her escort since Gibraltar, left"
        of_its = before.vessels[-1].plural and not before.vessels[-1].name and self.line.low(before.last) == "of"
        if mention.group and len(vessels) == 1 and (of_its or not vessels[0].name) and _belongs(self.line, before.last, mention.first):
            whole = vessels[0]
            if len(before.vessels) > 1 and not whole.name and not whole.members and all(v.name for v in before.vessels):
                whole.members = before.vessels  # "The frigates A and B are part of the squadron"
            return True  # "the destroyer X belongs to the 33rd escort task force and left …"
        if mention.name and _is_one_of(self.line, last, mention.first) and before.last == last.last:
            self.groups[-1] = Group(before.first, mention.last, vessels, _spans_of(mention, vessels))
            return True
        if mention.det != "part" or not before.vessels[-1].name or not _says_one_of(self.line, before.last, mention):
            return False  # "A, one of the newest frigates, left"
        dash = next((n for n in range(mention.last, mention.last + _DASHED_TOKENS) if self.line.text(n) == self.line.text(before.last)), None)
        closed = next((n for n in range(mention.last, mention.last + 3) if self.line.text(n) not in _CLOSES_ASIDE), mention.last)
        if dash and closed == mention.last and self.line.text(before.last) != ",":
            closed = dash + 1 + (self.line.text(dash + 1) == self.line.text(dash))  # a dash may be written "--"
        if closed > mention.last and self.line.low(closed) == "and":  # "A, one of the newest frigates, and the tanker B left"
            self.groups[-1] = Group(before.first, closed, before.vessels, before.spans)
        return True

    def _counts_anew(self, before: Group, mention: VesselMention) -> bool:
        """Whether a mention counts or picks ships anew, and goes on with no list: "Of the four frigates, two are in"."""
        return (
            (mention.det in ("some", "part") and self.line.low(before.first - 1) == "of")
            or (mention.det == "epithet" and not (mention.country and self.line.low(mention.first - 1) == "and"))
            or (mention.det == "rest" and not _and_the_rest(self.line, before, mention))
            or (mention.det == "part" and not _holds_type(self.line, mention))
            or (mention.det == "definite" and _is_bare_number(self.line, mention) and not _and_they(self.line, before, mention))
        )

    def _goes_on(self, before: Group, last: VesselMention, mention: VesselMention) -> bool:
        """Whether only list marks, or words that go on with the list of a group, part a mention from the group in front of it."""
        if self.band is not None and _lists_on(self.line, before.last, mention.first):
            return True
        if mention.name and _with_others(self.line, before.last, mention.first):
            return True
        if _helps_her(self.line, before, mention) or _next_of_semicolons(self.line, before, mention):
            return True
        if _is_of_band(self.line, before) or _is_whose(self.line, before, mention):
            return False
        begin = before.last + (self.line.low(before.last) in _SELVES)  # "Nimitz herself, with the destroyers A and B, had left"
        if self.line.low(mention.last) in ("having", "being") and set(self.line.lows[before.last : mention.first]) <= {",", "the"}:
            return False  # "HMS Kent, the tanker X having been left off Ceuta, went on alone"
        if _subject_behind_phrase(self.line, before, mention) or _from_elsewhere(self.line, before, mention):
            return False
        if attends(self.line, mention.first, mention.last) or not _only_lists(self.line, last, begin, mention.first):
            return False
        return not _opens_clause(self.line, before, mention)

    def _join(self, before: Group, mention: VesselMention, vessels: tuple[Vessel, ...]) -> None:
        fresh = [(v, s) for v, s in zip(vessels, _spans_of(mention, vessels), strict=True) if v not in before.vessels]
        self.groups[-1] = Group(before.first, mention.last, (*before.vessels, *(v for v, _ in fresh)), (*before.spans, *(s for _, s in fresh)))

    def _add(self, mention: VesselMention, vessels: tuple[Vessel, ...]) -> None:
        self.groups.append(Group(mention.first, mention.last, vessels, _spans_of(mention, vessels)))
        self.band = self.whole = None

    def _note_band(self, band: VesselMention) -> None:
        """Remember whom the group whose list is read holds so far."""
        self._set_band(band, self.groups[-1].vessels)
        named = tuple(v for v in self.groups[-1].vessels if v is not self.whole)
        if self.whole and ((self.whole.count or 0) <= _LONG_LIST or len(named) == self.whole.count):
            self.whole.members = named

    def _set_band(self, band: VesselMention, vessels: tuple[Vessel, ...]) -> None:
        self.fleet.bands[band.word or ""] = self.fleet.bands[band.numbered] = self.fleet.as_one = vessels
        for led in (v for v in self.fleet.recent if v.group and not v.name and 0 < len(v.members) < len(vessels)):
            if led.members == vessels[: len(led.members)]:  # "A unit headed by the cruiser A left. … the unit, made up of A and B"
                led.members = vessels


def _among_them(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether a fronted phrase only says of how many ships one is of whom the sentence tells: "Among the three, the destroyer X is in"."""
    opens = line.low(before_phrase(line, before.first)) == "among" and before_phrase(line, before.first) == 0
    return opens and line.text(before.last) == "," and before_phrase(line, mention.first) == before.last


def _is_of_band(line: Line, before: Group) -> bool:
    """Whether an aside only says of which group a ship is: "HMS Kent, the oldest ship of the squadron, and HMS Argyll left"."""
    band, at = before.vessels[-1], before_phrase(line, before.first)
    return len(before.vessels) == 1 and band.group and not band.name and line.low(at) == "of" and line.text(before.last) == "," and at > 1


def _is_whose(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether an aside only says whose successor or sister a ship is: "HMS Kent, HMS Argyll's relief, left"."""
    owned = line.text(mention.last) in ("'", "’") and line.low(mention.last + 1) == "s" and line.text(mention.last + 2).islower()
    return owned and bool(mention.name) and line.text(before.last) == "," and before_phrase(line, mention.first) == before.last


_WITH = (["along", "with"], ["together", "with"], ["as", "well"], ["in", "company"])
_OTHER_TOKENS = 9


def _with_others(line: Line, first: int, last: int) -> bool:
    """Whether a ship is one of others told beside the one in front: "HMS Kent, along with other assets including HMS Tyne, left"."""
    words = line.lows[first + (line.text(first) == ",") : last]
    if len(words) > _OTHER_TOKENS or words[:2] not in _WITH or words[-1:] not in (["including"], ["as"]):
        return False
    return "other" in words and "," not in words[:-2]


_SELVES = frozenset(["herself", "itself", "themselves"])


def _lists_on(line: Line, first: int, last: int) -> bool:
    """Whether the words between two ships of a group open more of its list: "The group is led by the frigate A and includes B and C"."""
    words = " ".join(low for low in line.lows[first:last] if low not in (",", "the", "a", "an"))
    if words in line.doc.lexicon.sets["list_goes_on"]:
        return True
    if ":" not in line.lows[first:last]:
        return False
    typed = {n for f in line.found("type") for n in range(f.first, f.last)}  # "…, as well as auxiliary vessels: the tanker C"
    marks = line.doc.lexicon.sets["list_marks"]
    return all(line.low(n) in marks or line.low(n) == ":" or n in typed or line.low(n) in line.doc.lexicon.modifiers for n in range(first, last))


def _are_only(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether "the only" ships of a sort say what those named in front of them are: "A and B, the only Sierra-class boats still in service, …"."""
    if mention.name or len(before.vessels) < 2 or not all(v.name for v in before.vessels):
        return False
    only = line.low(mention.first) == "the" and line.low(mention.first + 1) in ("only", "last", "first", "two", "three", "four", "latest", "newest")
    closed = "," in line.lows[mention.last : mention.last + _ONLY_TOKENS]
    return only and closed and mention.count in (None, len(before.vessels)) and set(line.lows[before.last : mention.first]) in _COMMA


_ONLY_TOKENS = 8
_COMMA = ({","}, {",", '"'}, {",", "”"})
_PARTS_OF = frozenset(["escort", "flagship"])


def _names_part(line: Line, first: int, last: int) -> bool:
    """Whether words between a group and a name say which of its ships is meant: "the task group's escort, Severomorsk"."""
    words = line.lows[first:last]
    return words[:1] in (["'"], ["’"]) and words[1:] == ["s"] and line.low(last) in _PARTS_OF


def _led_by(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether several ships counted are told with the one that leads them: "five warships led by a destroyer"."""
    counted = before.vessels[-1]
    several = (counted.count or 0) > 1 or (counted.plural and counted.count is None)
    if counted.group or counted.name or not several or len(before.vessels) != 1 or mention.count != 1:
        return False
    words = [w for w in line.lows[before.last : mention.first] if w not in (",", "the", "a", "an")]
    return words[:2] in (["led", "by"], ["headed", "by"]) and len(words) <= 4


_TELLS_WHICH = frozenset(["that", "which", "who", "whose", "closest", "nearest", "now", "currently"])
_LEADS_RELATIVE = frozenset(["with", "to", "from", "by", "for", "in", "of", "aboard"])


def _named_behind_clause(line: Line, groups: list[Group], fleet: Fleet) -> list[Group]:
    """The groups, a ship told by a relative clause under the name behind it: "The frigate that relieved HMS Kent, HMS Tyne, is back in Malta"."""
    head, last = (groups[0], groups[-1]) if len(groups) > 1 else (None, None)
    if head is None or last is None or not _says_which_one(line, head) or line.text(last.last) != "," or not finite(line, last.last + 1):
        return groups
    named, span = last.vessels[-1], last.spans[-1]
    if not named.name or not may_be(head.vessels[0], named) or line.text(before_phrase(line, line.at_start(span[0]))) != ",":
        return groups
    if "," in line.lows[head.last : before_phrase(line, line.at_start(span[0]))]:
        return groups
    head.vessels[0].members, named.formerly = (named,), head.vessels[0]
    fleet.put_members()
    end = line.at_offset(last.spans[-2][1] - 1) + 1 if len(last.vessels) > 1 else last.first
    rest = [Group(last.first, end, last.vessels[:-1], last.spans[:-1])] if len(last.vessels) > 1 else []
    return [Group(head.first, head.last, (named,), (span,)), *groups[1:-1], *rest]


def _says_which_one(line: Line, head: Group) -> bool:
    """Whether a clause tells which ship is meant that stands without a name in front of it: "The tanker that fuelled them"."""
    one = head.vessels[0]
    if len(head.vessels) > 1 or one.name or one.plural or one.count != 1 or one.members or one.group:
        return False
    at = head.last
    if line.low(at) == "in" and line.low(at + 1).isdecimal() and line.text(at + 2) == ",":
        return True  # "A container ship in 2016, the Atlantic Voyager, found herself …"
    return line.low(at) in _TELLS_WHICH or (line.low(at) in _LEADS_RELATIVE and line.low(at + 1) in ("which", "whom"))


_SAYS = frozenset(["said", "says", "say", "saying", "reported", "reports", "confirmed", "announced", "added", "noted"])


def _opens_clause(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether "and" opens a clause whose subject a mention is, and no list goes on: "HMS Kent left with HMS Tyne, and HMS Sabre is in Malta"."""
    at = before_phrase(line, mention.first)
    if line.low(at) not in _OPENS_NEXT or before.first < _FEWEST_IN_FRONT:
        return False
    verb = mention.last + (line.low(mention.last) in line.doc.lexicon.sets["adverbs"])
    one, parted = _is_one(line, mention, verb), line.text(at - 1) == ","
    ahead = before_phrase(line, before.first)
    listed = "and" in line.lows[before.first : at - 1] or ("," in line.lows[before.first : at - 1] and not parted)
    objects = _acts_on(line, ahead) and _acts_on(line, verb)  # "resupplied HMS Kent and HMS Tyne resupplied HMS Sabre"
    if not (one or parted or listed or objects) or not finite(line, verb) or (not one and "," in line.lows[before.first : at - 1]):
        return False
    if ahead < _FEWEST_IN_FRONT - 1 or not line.text(ahead).isalpha() or line.low(ahead) == "and" or line.low(ahead) in _SAYS:
        return False  # "The navy said the frigates A and B and the tug C passed"
    front = line.lows[: before.first]
    return _SUBORDINATE.isdisjoint(front) and any(finite(line, n) for n in range(ahead + 1)) and "," not in front[-_NEAR_COMMA:]


def _acts_on(line: Line, at: int) -> bool:
    """Whether a verb in the past stands at a token that is done to ships: escorted, supplied, met."""
    verb = line.starting("trigger", at)
    return verb is not None and any(form == "past" and rule.object for rule, form in verb.data)


_FEWEST_SEMICOLONS = 2


def _next_of_semicolons(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether a named ship is the next of a list that semicolons part: "the ships were the A; the B and C; and the D"."""
    if ";" not in line.words or not mention.name or not before.vessels[-1].name or line.lows.count(";") < _FEWEST_SEMICOLONS:
        return False
    between = line.lows[before.last : before_phrase(line, mention.first) + 1]
    if line.low(before.last) in ("of", "from") and ";" in between:
        between = between[between.index(";") :]  # "TCG Gokova of Turkey; FS Auvergne of France; and …"
    heads = not any(finite(line, n) for n in range(before_phrase(line, before.first) + 1))  # "A; B; and C left Malta"
    return between in ([";"], [";", "and"]) and (heads or not finite(line, mention.last))


_HELP_TOKENS = 6


def _helps_her(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether a clause opens with who helps the ship behind its comma: "With HMS Tyne to help her, HMS Kent followed the corvette"."""
    at = before_phrase(line, before.first)
    if line.low(at) != "with" or not (at == 0 or line.low(at - 1) in ("and", ",", ";", "but")):
        return False
    theirs = frozenset([mention.country]) if mention.country else mention.flags
    mine = frozenset(c for v in before.vessels for c in ((v.country,) if v.country else v.flags))
    if mine and theirs and mine.isdisjoint(theirs):
        return False  # "With HMS Tyne for company, the Russian corvette X passed the strait"
    between = [low for low in line.lows[before.last : before_phrase(line, mention.first) + 1] if low != ","]
    return 0 < len(between) <= _HELP_TOKENS and " ".join(between) in line.doc.lexicon.sets["helps_her"]


def _is_one(line: Line, mention: VesselMention, at: int) -> bool:
    """Whether a verb behind one ship is told of one alone: "HMS Sabre is"."""
    return mention.count == 1 and not mention.plural and line.low(at) in _OF_ONE


def finite(line: Line, at: int) -> bool:
    """Whether a verb with a subject of its own stands at a token."""
    verb = line.starting("trigger", at)
    return line.low(at) in _OF_ANY or (verb is not None and any(form in ("past", "pres", "base") for _, form in verb.data))


_FEWEST_IN_FRONT = 2
_NEAR_COMMA = 1
_OPENS_NEXT = frozenset(["and", "while", "but"])
_OF_ONE = frozenset(["is", "was", "has"])
_OF_ANY = _OF_ONE | {"are", "were", "have", "had", "will", "would"}
_SUBORDINATE = frozenset(
    ["that", "which", "who", "when", "while", "as", "after", "before", "where", "if", "because", "until", "once", "since", "both"]
)
_OPENS_ASIDE = frozenset([",", "–", "—", "-", "--"])
_CLOSES_ASIDE = _OPENS_ASIDE | {")"}


def _spans_of(mention: VesselMention, vessels: Sequence[Vessel]) -> tuple[tuple[int, int], ...]:
    return ((mention.start, mention.end),) * len(vessels)


def _counted_at_end(line: Line, groups: list[Group]) -> list[Group]:
    """The groups, a number in front and its names at the end of the sentence as one."""
    if len(groups) > 1 and (at := _listed_at_end(line, groups)) is not None:
        whole = joined_at(groups[at], groups[-1])
        whole.vessels[0].members = whole.vessels[1:]
        for vessel in whole.vessels[1:]:
            vessel.country = vessel.country or whole.vessels[0].country
        return [*groups[:at], Group(groups[at].first, groups[at].last, whole.vessels[1:], whole.spans[1:]), *groups[at + 1 : -1]]
    if len(groups) > 2 and groups[0].vessels[0].plural and (apart := _named_one_by_one(line, groups)):
        return apart
    if len(groups) < 2 or not _named_at_end(line, groups[0], groups[-1]):
        return groups
    whole = joined_at(groups[0], groups[-1])
    whole.vessels[0].members = whole.vessels[1:]
    return [Group(whole.first, whole.last, whole.vessels[1:], whole.spans[1:]), *groups[1:-1]]


def _named_one_by_one(line: Line, groups: list[Group]) -> list[Group]:
    """The ships that a sentence counts first and names one by one at its end, as one group in the number's place."""
    before = [before_phrase(line, g.first) for g in groups]
    if not named_apart(line, groups, before, [n for n in range(groups[0].last, line.size) if finite(line, n)]):
        return []
    named = joined(groups[1:])
    groups[0].vessels[0].members = named.vessels
    return [Group(groups[0].first, groups[0].last, named.vessels, named.spans), *groups[1:]]


def _spelled_out_once(line: Line, groups: list[Group], apart: int | None) -> list[Group]:
    """The groups, those that the next one spells out left to it; the one that begins at `apart` spells out nothing."""
    groups = list(groups)
    for number in range(len(groups) - 1, 0, -1):
        if groups[number].first != apart and _spelled_out(line, groups[number - 1], groups[number]):
            groups[number - 1].vessels[0].members = groups[number].vessels
            groups[number - 1 : number + 1] = [groups[number]]
    return groups


def _is_one_of(line: Line, part: VesselMention, first: int) -> bool:
    """Whether a name behind a comma only says who one of several is: "One of these, the tanker Kama, …"."""
    one = part.det == "part" and part.count == 1 and not part.name and line.low(part.first) == "one" and line.low(part.first + 1) == "of"
    return one and line.lows[part.last : before_phrase(line, first) + 1] in ([","], ["("], [":"], ["–"], ["—"])


def _says_one_of(line: Line, last: int, mention: VesselMention) -> bool:
    """Whether "one of" some ships between commas only says what the ship named in front of it is."""
    one = mention.count == 1 and mention.first - last in (1, 2)
    if not one or not _OPENS_ASIDE.issuperset(line.texts[last : mention.first]) or not _holds_type(line, mention):
        return False
    of_its = line.low(mention.last) in ("of", "in") and line.low(mention.last + 1) in ("the", "her", "its", "their")  # "ships of the fleet"
    ends = {",", ".", ")"} if line.text(last) == "," else _CLOSES_ASIDE - {","}
    if line.text(last) in ("-", "--", "–", "—") and any(line.text(n) == line.text(last) for n in range(mention.last, mention.last + _DASHED_TOKENS)):
        return True  # "the frigate A -- one of the most advanced warships of her navy -- and the tanker B"
    close = next((n for n in range(mention.last, mention.last + 1 + of_its * _OF_ITS_TOKENS) if line.text(n) in ends), None)
    return close is not None and not any(line.starting("trigger", n) for n in range(mention.last, close))


_OF_ITS_TOKENS = 6
_DASHED_TOKENS = 9


def _begins_behind_phrase(line: Line, mentions: Sequence[VesselMention]) -> int | None:
    """The number of the mention with which a clause begins behind the phrase of a verb that opens its sentence.

    "Escorted by the frigate A, the tanker B and the tug C left Tartus": the second. "Accompanied by A, B left" tells of both: None.
    """
    sets, opener = line.doc.lexicon.sets, line.low(0)
    if _compared_with(line, mentions):
        for_all = len(mentions) > 1 and _type_for_all(line, mentions[0])
        return None if for_all and not _holds_type(line, mentions[1]) else 1
    opens = opener in sets["opens_verb_phrase"] or opener.endswith(("ed", "ing")) or opener in _LEADING
    timed = len(mentions) > 1 and not opens and _some_time_after(line, mentions)
    opens = opens or timed
    if len(mentions) < 2 or not opens or (opener in sets["opens_company"] and not _other_flags(mentions[0], mentions[1])):
        return None
    assigned = opener in sets["assigned"] and line.low(1) in ("to", "of")  # "Assigned to the 23rd taskforce, the frigates A and B …"
    if opener != "unlike" and not assigned and not timed and not any(f.last <= mentions[0].first for f in line.found("trigger")):
        return None
    if opener in ("led", "headed", "commanded") and "," in line.lows[: mentions[0].first]:
        return None  # "Led by Admiral Iwasaki, the Japanese ships A, B and C left"
    ahead = before_phrase(line, mentions[0].first)
    if ahead > 0 and line.text(ahead) == ",":
        return None  # "Prior to their call in Malta, A, B and C visited Bari": the phrase is over
    begins, end = None, mentions[0].last
    for number in range(1, len(mentions)):
        gap = line.lows[end : before_phrase(line, mentions[number].first) + 1]
        if gap not in ([","], ["and"], [",", "and"]):
            break
        begins, end = (number if gap == [","] else begins), mentions[number].last
    if begins is not None and _type_for_all(line, mentions[0]) and not _holds_type(line, mentions[begins]):
        return None  # "After a drill off Gotland the frigates A, B and C left"
    aside = timed and line.text(end) == ","  # "Half an hour behind A, the frigates B and C, coming from Oran, passed Malta"
    return begins if aside or _verb_at(line, end) else None


def _some_time_after(line: Line, mentions: Sequence[VesselMention]) -> bool:
    """Whether a sentence opens with how long after other ships its subject does something: "A week after A and B, the frigate C left"."""
    at = before_phrase(line, mentions[0].first)
    led = 0 < at <= _TIME_TOKENS and line.low(at) in ("after", "before", "behind")
    return led and not line.doc.lexicon.sets["opens_time"].isdisjoint(line.lows[:at])


_TIME_TOKENS = 5


def _type_for_all(line: Line, mention: VesselMention) -> bool:
    """Whether one named ship stands behind a type in the plural, and so begins a list: "the frigates A"."""
    types = (line.starting("type", n) for n in range(mention.first, mention.last)) if mention.name else ()
    return any(found is not None and line.low(found.last - 1).endswith("s") and found.last < mention.last for found in types)


def _compared_with(line: Line, mentions: Sequence[VesselMention]) -> bool:
    """Whether a phrase that opens a sentence only says what its subject is beside another: "Larger than HMS Albion, INS Jalashwa docked …"."""
    if len(mentions) < 2 or line.text(mentions[0].last) != ",":
        return False
    at, sets = before_phrase(line, mentions[0].first), line.doc.lexicon.sets
    if at < (line.low(0) != "between") or line.low(at) not in sets["beside_another"] or not sets["opens_company"].isdisjoint(line.lows[: at + 1]):
        return False
    comma = before_phrase(line, mentions[1].first)
    dated = line.text(comma) == "," and any(low.isdecimal() or low in line.doc.lexicon.weekdays for low in line.lows[mentions[0].last : comma])
    if (comma != mentions[0].last and not (dated and comma - mentions[0].last <= _DATED_TOKENS)) or "," in line.lows[:at]:
        return False
    return _verb_at(line, mentions[1].last)


_DATED_TOKENS = 5


def _verb_at(line: Line, at: int) -> bool:
    """Whether a verb, or a word that may stand in front of one, stands at a token."""
    sets, low = line.doc.lexicon.sets, line.low(at)
    return low in sets["auxiliaries"] or low in sets["adverbs"] or low in sets["chain"] or line.starting("trigger", at) is not None


def _other_flags(one: VesselMention, other: VesselMention) -> bool:
    """Whether two mentions are told, or known by their names, to be of different nations, of which one watches the other."""
    mine, theirs = (frozenset([m.country]) if m.country else m.flags for m in (one, other))
    allied = WATCHED_FLEETS.isdisjoint(mine | theirs) and MERCHANTS.isdisjoint((one.type, other.type))
    return bool(mine and theirs) and mine.isdisjoint(theirs) and not allied


def _listed_at_end(line: Line, groups: list[Group]) -> int | None:
    """The number of the group that a list behind a colon spells out: "Four ships were in Kiel: two frigates, the A and a tanker"."""
    listed = groups[-1]
    mark = line.text(before_phrase(line, listed.first))
    if len(listed.vessels) < 2 or mark not in (":", "(") or line.low(listed.last) not in (".", "", ";", ")"):
        return None
    counts = [v.count for v in listed.vessels]
    total = sum(count or 0 for count in counts)
    fits = (n for n in range(len(groups) - 2, -1, -1) if len(v := groups[n].vessels) == 1 and not v[0].name and v[0].count == total)
    at = next(fits, None) if None not in counts and total > 1 else None
    return at if at is not None and groups[at].last < before_phrase(line, listed.first) else None


def _named_at_end(line: Line, one: Group, other: Group) -> bool:
    """Whether a sentence ends in the names of the ships that it opens with: "Two frigates keep close to her, HMS Kent and HMS Tyne"."""
    counted = one.vessels[0]
    if len(one.vessels) != 1 or counted.name or counted.count != len(other.vessels) or counted.count < 2 or one.first > 3:
        return False
    goes_on = line.text(other.last) == "," and line.low(other.last + 1) not in _GOES_ON
    ends = (line.low(other.last) in (".", "") or goes_on) and line.text(before_phrase(line, other.first)) == ","
    return ends and all(
        v.name and may_be(counted, v) and (v.type is counted.type or v.type is None or counted.type in GENERIC) for v in other.vessels
    )


_GOES_ON = frozenset(["and", "which", "who", "while", "but", "whose", "both", "were", "was", "are", "have", "had"])


def _is_whole(line: Line, mention: VesselMention, last: int) -> bool:
    """Whether a sentence tells all of whom a group is, whoever it was taken for: "The task group is made up of the cruiser A and the tanker B"."""
    stated = line.low(last) in ("consists", "consisted", "comprises", "comprised", "is", "was") and line.low(last + 1) not in ("led", "headed")
    return stated and mention.group and not mention.name and line.low(mention.first) == "the"


def _makes_up(line: Line, first: int, last: int) -> bool:
    """Whether vessels are said to be the group named behind them: "the frigate A and the tanker B make up the 86th flotilla"."""
    words = " ".join(w for w in line.lows[first:last] if w not in ("the", "together", "now", ",", "which"))
    return words in line.doc.lexicon.sets["makes_up"]


def _composed_of(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether a sentence opens with whom the group behind a list is made up of: "Composed of the frigates A and B, the flotilla left Zhanjiang"."""
    opening = line.lows[: before_phrase(line, before.first) + 1]
    behind = [w for w in line.lows[before.last : mention.first] if w != "the"]
    return " ".join(opening) in line.doc.lexicon.sets["members"] and behind == [","] and mention.det == "definite"


def _belongs(line: Line, first: int, last: int) -> bool:
    """Whether vessels are only said to be of the group named behind them."""
    words = " ".join(w for w in line.lows[first:last] if w not in ("the", "a", "now", "also") and not _NUMBERED.fullmatch(w))
    return words in line.doc.lexicon.sets["belongs_to"]


_NUMBERED = re.compile(r"\d{1,3}(?:st|nd|rd|th)")  # "of the 29th Chinese escort taskforce"


def _spelled_out(line: Line, one: Group, other: Group) -> bool:
    """Whether a group of names only says who the vessels counted just before are: "two frigates of the host navy, A and B"."""
    counted = one.vessels[0]
    if len(one.vessels) != 1 or counted.name or counted.count != len(other.vessels) or counted.count < 2 or not all(v.name for v in other.vessels):
        return False
    gap = range(one.last, other.first)
    return (
        len(gap) <= 8
        and line.low(before_phrase(line, other.first)) in (",", ":", "(", "—", "–", "namely")
        and not any((verb := line.starting("trigger", n)) and any(form != "noun" for _, form in verb.data) for n in gap)
    )


def _holds_type(line: Line, mention: VesselMention) -> bool:
    """Whether a mention tells a type: "one of the largest destroyers", which explains a name, and not "one of them"."""
    return any(f.first >= mention.first and f.last <= mention.last for f in line.found("type"))


def _and_they(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether a number right behind "and" goes on a list: "Late on Sunday the carrier and the five left"."""
    joined_on = line.low(before.last) == "and" and mention.first - before.last == 1 + (line.low(mention.first - 1) == "the")
    return joined_on and len(before.vessels) == 1 and bool(before.vessels[0].name)


def _and_the_rest(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether "and" joins the others of a group to one who acts with them: "INS Mysore and the other two ships have left Tunis"."""
    joined = before.last == mention.first - 1 and line.low(before.last) == "and" and len(before.vessels) == 1
    return joined and (line.low(mention.last) in line.doc.lexicon.sets["auxiliaries"] or line.starting("trigger", mention.last) is not None)


def _is_bare_number(line: Line, mention: VesselMention) -> bool:
    """Whether a mention is a number without a noun: "…, and the three steamed on"."""
    return mention.count is not None and not any(
        f.first >= mention.first and f.last <= mention.last for f in (*line.found("type"), *line.found("group"))
    )


def _only_lists(line: Line, before: VesselMention, first: int, last: int) -> bool:
    """Whether nothing but marks of a list, and what explains the vessel told last, stands between two mentions."""
    if line.low(first) in ("'", "’") and line.low(first + 1) == "s" and last - first <= 3:
        return False  # "took in HMS Prince of Wales's escort HMS Richmond"
    if first == last and line.low(last) in ("the", "a", "an"):
        return False  # "After the departure of the cruiser A the frigate B …"
    if " ".join(low for low in line.lows[first:last] if low not in _SMALL) in line.doc.lexicon.sets["led_between"]:
        return True  # "The corvettes A and B, led by the frigate C, left"
    first = _behind_side(line, behind_commander(line, first))
    marks, explained, other = line.doc.lexicon.sets["list_marks"], before.attributes, 0
    last = _before_epithet(line, first, last)
    first = _behind_class(line, behind_home(line, first))
    aside = _aside(line, first, last)
    adverbs = () if line.words.isdisjoint(_LATER) else range(first, last)
    later = [n for n in adverbs if line.low(n) in _LATER and line.text(n - 1) == "," == line.text(n + 1)]  # "A and, later, B"
    later += _after_a_while(line, first, last) + _guessed_next(line, first, last)
    for n in range(first, last):
        if n in aside or n in later or any(a <= line.starts[n] < b for a, b in explained):
            continue
        other += not line.text(n) == "-" == line.text(n - 1)  # "--" is one mark
        if n == first and line.lows[n] == "by":
            return False  # "Watch was kept on the tanker A by HMS B"
        if line.lows[n] == "another" and line.low(n - 1) == "and" and line.text(n + 1) == ",":
            continue  # "the corvette A and another, B, left"
        if _NTH.issuperset((line.lows[n], line.low(n + (line.lows[n] == "a")))) and "," in line.lows[n : n + 3]:
            continue  # "A, B and a third, C, left"
        if (line.lows[n] in _IN_TURN and line.low(n - 1) in _JOINTS) or (line.lows[n] == "but" and line.low(n + 1) in ("also", "even")):
            continue  # "First A, then B and finally C left", "not only A but also B"
        if line.lows[n] == ";" and n > first and any(b == line.ends[n - 1] for _, b in explained):
            continue  # "A, a frigate; and B, a tanker"
        if line.lows[n] == ";" and n == first and line.text(n + 1)[:1].isupper():
            continue  # "In Toulon: Forbin (D620); Provence (D652)", which is no end of a sentence there
        if line.lows[n] not in marks or (line.lows[n] in ("accompanied", "supported") and line.low(n + 1) != "by"):
            return False
    return other <= 5


_SMALL = frozenset([",", "the", "a", "an"])
_LATER = frozenset(["later", "afterwards", "subsequently", "lately", "latterly"])
_IN_TURN = frozenset(["then", "finally", "lastly", "last", "next", "afterwards", "later", "eventually", "secondly", "thirdly"]) | frozenset(
    ["possibly", "probably", "perhaps", "presumably", "reportedly", "apparently", "allegedly", "maybe", "likely"]
)
_NTH = frozenset(["a", "second", "third", "fourth", "fifth", "sixth"])
_JOINTS = frozenset(["and", ",", ";"])
_BEFORE_NEXT = frozenset(["and", ",", "with", "as", "plus", "&", ";", "then", "finally", "lastly", "next"])
_LONGEST_WHILE = 7


def _after_a_while(line: Line, first: int, last: int) -> list[int]:
    """The words in commas between two ships of a list that tell how long after the first the next came: "A and, two days later, B and C"."""
    if line.low(first) != "and" or line.text(first + 1) != ",":
        return []
    close = next((n for n in range(first + 2, min(first + _LONGEST_WHILE, last)) if line.text(n) == ","), None)
    if close is None:
        return []
    lexicon, words = line.doc.lexicon, line.lows[first + 2 : close]
    day = any(w in lexicon.weekdays or w in lexicon.months for w in words) and words[0] in _LEADS_DAY  # "A and, from Thursday, B"
    return list(range(first + 2, close)) if day or words[-1] in _AFTERWARDS else []


def _guessed_next(line: Line, first: int, last: int) -> list[int]:
    """The words in front of a further ship of a list that say that she is only taken for it: "A and what appears to be the tanker B"."""
    if "what" not in line.words or line.low(first) not in ("and", "with") or line.low(first + 1) != "what":
        return []
    guess = line.starting("hedge", first + 1)
    return list(range(first + 1, min(guess.last, last))) if guess else []


_LEADS_DAY = frozenset(["on", "from", "since", "by", "until", "after", "in", "as"])
_AFTERWARDS = frozenset(["later", "after", "afterwards", "behind", "astern", "before", "earlier", "recently", "now", "lately"])
_CLASS_TOKENS = 7


def _behind_class(line: Line, first: int) -> int:
    """The token behind the class or sort in brackets behind a name: "the corvette A (class Gowind), …", "A and B (frigates), C"."""
    if line.text(first) != "(":
        return first
    close = next((n for n in range(first + 1, min(first + _CLASS_TOKENS, line.size)) if line.text(n) == ")"), None)
    if close is None:
        return first
    if close - first == len("()") and line.low(first + 1) in ("flagship", "lead", "leader"):
        return close + 1  # "HMS Duncan (flagship), TCG Gediz"
    if line.low(first + 1) == "project" and line.text(first + 2)[:1].isdigit():
        return close + 1  # "the Severomorsk (Project 1155) and the landing ship X"
    sort = line.ending("type", close) if line.low(close - 1).endswith("s") and line.text(close - 1).islower() else None
    sorts = sort is not None and all(line.low(n) in line.doc.lexicon.modifiers or line.text(n) == "-" for n in range(first + 1, sort.first))
    return close + 1 if sorts or "class" in (line.low(first + 1), line.low(close - 1)) else first


_SIDE_TOKENS = 4


def _behind_side(line: Line, first: int) -> int:
    """The token behind the side of a picture on which a ship is: "USS Cole, left, and USS Mason", "the frigate X (right) and the tanker Y"."""
    closes = {",": ",", "(": ")"}.get(line.text(first))
    close = next((n for n in range(first + 2, first + _SIDE_TOKENS + 1) if line.text(n) == closes), None) if closes else None
    short = closes == ")" and close is not None and line.low(close - 1) in ("l", "r", "c")  # "JS Murasame (L) and JS Izumo (R)"
    if close is None or not (short or line.low(close - 1) in line.doc.lexicon.sets["picture_sides"]):
        return first
    return close if closes == "," else close + 1


def _aside(line: Line, first: int, last: int) -> range:
    """The tokens of a short aside between commas behind a name: "the carrier, flagship of the navy, and the frigate"."""
    mark = line.text(first)
    if mark not in (",", "–", "—"):
        return range(0)
    close = next((n for n in range(first + 1, min(first + 16, last)) if line.text(n) == mark), None)
    able = line.low(first + 1) == "which" and line.low(first + 2) in (
        "can",
        "carries",
        "carry",
    )  # "the frigate, which can carry missiles, and the tanker"
    ranked = line.low(first + 1) == "the" and line.low(first + 2) in line.doc.lexicon.sets["ranks"]  # ", the first to sail round the world, and"
    acts = (n for n in range(first + 1, close or 0) if _acts_at(line, n) and not (ranked and line.low(n - 1) == "to"))
    if close is None or close - first < 3 or (not able and next(acts, None) is not None):
        return range(0)
    return range(first + 1, close)


def _acts_at(line: Line, at: int) -> bool:
    """Whether a word of movement begins at a token, and not only how a boat runs: "a Kilo-class submarine running on the surface"."""
    surface = line.doc.lexicon.sets["on_surface"]
    if any(f.first < at < f.last for f in line.found("type")):
        return False  # "a landing helicopter dock"
    return line.starting("trigger", at) is not None and not line.opens(at, surface) and not line.opens(at + 1, surface)


def _before_epithet(line: Line, first: int, last: int) -> int:
    """The end of the list mark in "and her far bigger companion X": what explains a name in front of it does not part the list."""
    own = before_phrase(line, last) + 1
    if own < last and line.low(own - 1) in _BEFORE_NEXT and own > first:
        return own  # "and Canada's HMCS X", "plus the Canadian X", "then Spain's X"
    named = line.text(last - 1) == "," and line.low(last - 2) in line.doc.lexicon.sets["beside_her"]  # "and her consort, the tanker X"
    for n in range(last - 1 - named, max(first, last - 6), -1):
        word = line.low(n)
        if word in ("her", "his", "its", "their", "sister") and line.low(n - 1) in ("and", ",", "with"):
            return n
        if not word.isalpha() or word in line.doc.lexicon.function:
            return last
    return last


def before_phrase(line: Line, first: int) -> int:
    """The number of the token in front of a phrase, its determiners, adjectives and nations left out."""
    if first not in line.fronts:
        at = _before_phrase(line, first)
        line.fronts[first] = at if line.text(at) != "," else _before_aside(line, at)
    return line.fronts[first]


_LONGEST_ASIDE, _FIRST_BE = 8, 2


def _before_aside(line: Line, comma: int) -> int:
    """The form of "be" that an aside between commas parts from what it leads to: "Sent to Malta were, on Saturday, the tugs A and B"."""
    opened = next((n for n in range(comma - 1, max(comma - _LONGEST_ASIDE - 2, 0), -1) if line.text(n) == ","), 0)
    if opened <= _FIRST_BE or opened == comma - 1 or line.low(opened - 1) not in line.doc.lexicon.sets["comes_last"]:
        return comma
    inside = range(opened + 1, comma)
    plain = not any(line.starting(kind, n) for n in inside for kind in ("type", "vessel", "trigger", "prefix"))
    return opened - 1 if plain and not any(line.low(n) in line.doc.lexicon.sets["auxiliaries"] for n in inside) else comma


def _before_phrase(line: Line, first: int) -> int:
    at = first
    if line.low(first) in ("the", "a", "an"):
        each = line.low(first - 1) == "of" and line.low(first - 2) in _EACH_OF  # "refuelled each of the frigates A and B"
        return first - 3 if each else first - 1  # nothing else of the phrase stands in front of its article
    for _ in range(4):
        nation = line.ending("nation", at) or line.ending("navy", at) or (line.ending("place", at - 2) if line.low(at - 1) == "s" else None)
        if nation:
            at = nation.first
        elif line.low(at - 2) in ("type", "project") and line.low(at - 1)[:1].isdecimal():
            at -= 2  # "the Type 052D Urumqi"
        elif line.low(at - 1) in ("class", "type") and (front := _before_class(line, at - 1)) is not None:
            at = front  # "the Akula-class Vepr"
        elif line.text(at - 2) == "-" and line.low(at - 1).endswith("ed") and at > _HYPHENED:
            at -= _HYPHENED  # "the Aegis-equipped"
        elif line.numerals and (front := measure_left(line, at)) is not None:
            at = front  # "the 4,500-ton Hansando"
        elif line.low(at - 1) == "s" and line.text(at - 2) in ("'", "’"):
            at -= 2  # "the Coast Guard's"
            while at > 0 and first - at < 7 and line.text(at - 1)[:1].isupper():
                at -= 1
        elif escorts(line, at - 1):
            break
        elif line.low(at - 1) == "her" and line.starting("prefix", at) is not None:
            break  # "…, and with her HMS Argyll"
        elif line.low(at - 1) in _DETERMINERS or line.low(at - 1) in line.doc.lexicon.modifiers:
            at -= 1
        else:
            break
    if line.low(at - 1) == "of" and line.low(at - 2) in _QUANTITIES:
        return at - 3 - (line.low(at - 3) in ("a", "the"))  # "shadowed a number of Russian vessels"
    return at - 1


_DETERMINERS = frozenset(["the", "a", "an", "its", "her", "their", "his", "our", "’", "'", "s"])
_HYPHENED = 3
"""So many tokens has an adjective with a hyphen."""
_EACH_OF = frozenset(["each", "all", "both"])
_QUANTITIES = frozenset(["number", "handful", "series", "couple", "dozens", "scores"])


def _before_class(line: Line, at: int) -> int | None:
    """The first token of a class whose word stands at a token: "Akula-class", "Luyang III class"."""
    last = first = at - (line.text(at - 1) in ("-", "‐", "–"))
    while first > 0 and last - first < 3 and line.text(first - 1)[:1].isupper():
        first -= 1
    return first if first < last else None


def _counted_then_named(group: Group) -> Group:
    """A list in which "two landing ships, A and B" stand among others, without the number that the names spell out."""
    pairs = list(zip(group.vessels, group.spans, strict=True))
    for number, (vessel, _) in enumerate(pairs):
        named = [v for v, _ in pairs[number + 1 : number + 1 + (vessel.count or 0)]]
        if _of_other_types(vessel, named):
            continue  # "two frigates, the oiler A, the tug B and a submarine"
        if not vessel.name and (vessel.count or 0) > 1 and len(named) == vessel.count and all(v.name for v in named) and len(pairs) > len(named) + 1:
            vessel.members = tuple(named)
            kept = [pair for n, pair in enumerate(pairs) if n != number]
            return _counted_then_named(Group(group.first, group.last, tuple(v for v, _ in kept), tuple(s for _, s in kept)))
    return group


def _of_other_types(counted: Vessel, named: Sequence[Vessel]) -> bool:
    """Whether none of some ships can be of those counted in front of them: "two landing ships, the oiler A and the tug B"."""
    known = [v.type for v in named if v.type is not None and v.type not in GENERIC]
    if counted.type is None or counted.type in GENERIC or counted.type is VesselType.AUXILIARY:
        return False
    return bool(known) and all(kind is not counted.type and frozenset((kind, counted.type)) not in NEAR_TYPES for kind in known)


def _without_apposition(line: Line, group: Group) -> Group:
    """A list without the number that closes it and only says what those named are: "Sparta and Sparta II, two Russian cargo ships, left"."""
    named, counted = group.vessels[:-1], group.vessels[-1]
    if counted.name or len(named) < 2 or not all(v.name for v in named) or counted.count not in (None, len(named)):
        return group
    begin, end = group.spans[-1]
    text = line.doc.text
    opened = text[:begin].rstrip()[-1:] in (",", "(", "–", "—")
    set_off = opened and counted.count == len(named) and text[end : end + 2].strip()[:1] in (",", ")", "–", "—", ".")
    if not set_off and not (opened and _explains_pair(line, group)):
        return group
    for vessel in named:
        vessel.type, vessel.country = vessel.type or counted.type, vessel.country or counted.country
    counted.members = named
    return Group(group.first, group.last, named, group.spans[:-1])


def _explains_pair(line: Line, group: Group) -> bool:
    """Whether ships behind a list that "and" has closed only say what those in it are: "A and B, two corvettes that left", "A and B, ships of …"."""
    counted, (begin, end) = group.vessels[-1], group.spans[-1]
    first, behind = line.at_start(begin), line.at_offset(end - 1) + 1
    closed = "and" in line.lows[line.at_offset(group.spans[-3][1] - 1) + 1 : line.at_start(group.spans[-2][0])]
    bare = counted.count is None and counted.plural and not counted.group and line.low(first) not in line.doc.lexicon.definite
    bare = bare and line.low(first) not in line.doc.lexicon.several and "of" in line.lows[first:behind]
    return closed and (bare or counted.count == len(group.vessels) - 1) and line.low(behind) not in ("and", "or", "as", "with", "together", "plus")


def _consorts_named(line: Line, group: Group) -> Group:
    """A list that names those whom "her escorts" means right behind it: "the carrier A and her escorts, the frigates B and C"."""
    pairs = list(zip(group.vessels, group.spans, strict=True))
    for number, (vessel, span) in enumerate(pairs[1:], 1):
        named = group.vessels[number + 1 :]
        hers = vessel.plural and vessel.count in (None, len(named)) and line.low(line.at_offset(span[0])) in ("her", "its", "their")
        marked = line.doc.text[span[1] : span[1] + 1] in (",", ":", "(")
        if hers and marked and named and not vessel.name and all(v.name for v in named):
            vessel.members, vessel.word = named, "consorts"
            kept = [pair for n, pair in enumerate(pairs) if n != number]
            return Group(group.first, group.last, tuple(v for v, _ in kept), tuple(s for _, s in kept))
    return group


def _with_late_members(line: Line, groups: list[Group]) -> list[Group]:
    """Groups with those that a clause names only later: "Three warships passed the strait, including the frigate A"."""
    if len(groups) < 2:
        return groups
    kept: list[Group] = []
    for group in groups:
        words = line.doc.lexicon.sets["late_members"]
        before = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].vessels[0].plural and not kept[n].vessels[0].name), None)
        if (
            before is not None
            and kept[before].last < group.first - 1
            and (line.low(before_phrase(line, group.first)) in words or line.lows[group.last : group.last + 2] == ["among", "them"])
        ):
            kept[before] = _members_alone(line, joined_at(kept[before], group))
        else:
            kept.append(group)
    return kept


def joined_at(one: Group, other: Group) -> Group:
    """Both groups' vessels at the first one's place."""
    both = joined([one, other])
    return Group(one.first, one.last, both.vessels, both.spans)


def _spelled_by_type(line: Line, group: Group) -> bool:
    """Whether a list of types only says what the ships counted first are: "three warships, a destroyer and two frigates"."""
    first, rest = group.vessels[0], group.vessels[1:]
    at = line.at_offset(group.spans[0][1] - 1) + 1
    mark = line.text(at + (line.low(at) in _BESIDE))  # "has three warships alongside, a destroyer and two frigates"
    typed = all(v.name or v.type not in GENERIC for v in rest) and first.type in GENERIC
    if first.count is None and first.plural and not first.group and line.low(group.first) == "the":
        marked = mark in (":", "(", "–", "—", "-") or (mark == line.text(group.last) == ",")
        return typed and len(rest) > 1 and marked and not any(v.name for v in rest)  # "the ships (two frigates and an oiler)"
    return typed and len(rest) > 1 and mark in (",", ":", "(", "–", "—", "-") and sum(v.count or 0 for v in rest) == first.count


_BESIDE = frozenset(["alongside", "there", "here", "inport", "moored", "berthed", "present", "afloat", "underway"])


def _told_by_type(line: Line, group: Group) -> Group | None:
    """Ships named before, without the types that only say what they are: "The three ships, a destroyer, a frigate and a tanker, left"."""
    named = [v for v, span in zip(group.vessels, group.spans, strict=True) if span == group.spans[0]]
    rest = group.vessels[len(named) :]
    mark = line.doc.text[group.spans[0][1] : group.spans[0][1] + 1]
    same = len(named) > 1 and all(v.name for v in named) and mark in (",", "(") and not any(v.name for v in rest)
    if not same or sum(v.count or 0 for v in rest) != len(named):
        return None
    return Group(group.first, group.last, tuple(named), group.spans[: len(named)])


def _one_named(line: Line, group: Group) -> Group:
    """A list without the one that closes it and that a name explains: "the destroyer A and an Indian one, INS B"."""
    pairs, text = list(zip(group.vessels, group.spans, strict=True)), line.doc.text
    for (one, span), (named, behind) in pairwise(pairs):
        if one.name or one.plural or one.count != 1 or not named.name or text[span[1] : behind[0]].strip() not in (",", ", the", "–", "—"):
            continue
        if not text[: span[0]].rstrip().endswith(" and") or len(pairs) < _FEWEST_WITH_ONE or not may_be(one, named):
            continue
        one.members, named.country, named.type = (named,), named.country or one.country, named.type or one.type
        pairs = [p for p in pairs if p[0] is not one]
    if len(pairs) == len(group.vessels):
        return group
    return Group(group.first, group.last, tuple(v for v, _ in pairs), tuple(s for _, s in pairs))


_FEWEST_WITH_ONE = 3


def _members_alone(line: Line, group: Group) -> Group:
    """A list whose first names how many and the rest who: "two warships, the frigate A and the tanker B" are two."""
    if len(group.vessels) == 1:
        return group
    if twice := named_in_list(line.doc.text, group.vessels, group.spans):
        put_names(twice[1], typed=True)
        return Group(group.first, group.last, group.vessels[twice[0] :], group.spans[twice[0] :])
    group = _without_apposition(line, _consorts_named(line, _counted_then_named(_one_named(line, group))))
    if len(group.vessels) == 1:
        return group
    first, rest = group.vessels[0], group.vessels[1:]
    if told := _told_by_type(line, group):
        return told
    if not first.name and _spelled_by_type(line, group):
        for vessel in rest:
            vessel.country = vessel.country or first.country
        first.members = rest
        return Group(group.first, group.last, rest, group.spans[1:])
    if first.plural and first.count is None and line.low(group.first) in ("her", "its", "their") and _marks_off(line, group):
        first.members = rest
        return Group(group.first, group.last, rest, group.spans[1:])
    closed = line.doc.text[group.spans[0][1] : group.spans[0][1] + 2].strip()[:1] in ("(", ":") or line.text(group.last) in (",", "–", "—")
    as_one = first.group or (first.plural and first.count is None and line.low(group.first) == "the")
    if as_one and len(group.vessels) > 2 and closed and (_marks_off(line, group) or _in_brackets(line, group)):
        first.members = rest  # "The task group (A, B and C) left Kiel"
        return Group(group.first, group.last, rest, group.spans[1:])
    if first.plural and first.count is None and not first.group and line.low(group.first) == "the" and _are_these(line, group):
        first.members = rest
        return Group(group.first, group.last, rest, group.spans[1:])
    if first.name or first.count is None or first.count != len(rest) or len(rest) < 2 or not all(v.name for v in rest):
        return group
    if _of_other_types(first, rest):
        return group
    first.members = rest
    return Group(group.first, group.last, rest, group.spans[1:])


def _are_these(line: Line, group: Group) -> bool:
    """Whether names of the same type say who "the" ships of a type are: "the destroyers accompanying it, A and B"."""
    between = line.doc.text[group.spans[0][1] : group.spans[1][0]]
    named = all(v.name and (v.type is group.vessels[0].type or v.type is None) for v in group.vessels[1:])
    return (
        named
        and len(group.vessels) > 2
        and group.vessels[0].type not in GENERIC
        and between.strip()[-1:] in (",", ":", "(")
        and " and " not in between
    )


def _marks_off(line: Line, group: Group) -> bool:
    """Whether only names stand behind the comma of a list's first: "her escorts, the destroyers A and B"."""
    mark = line.doc.text[group.spans[0][1] : group.spans[0][1] + 1]
    return mark in (",", ":", "(") and all(v.name for v in group.vessels[1:]) and not group.vessels[0].name


def _in_brackets(line: Line, group: Group) -> bool:
    """Whether the names of a group stand in brackets behind it."""
    opens = line.doc.text[group.spans[0][1] : group.spans[0][1] + 2].strip()[:1] == "("
    return opens and all(v.name or v.count for v in group.vessels[1:]) and not group.vessels[0].name


_SHORT_TOKENS = 5


def _defines(line: Line, first: int, last: int) -> bool:
    """Whether the words between a group and a list tell who is in it: "the CSG, made up of …"."""
    if line.text(first) == "(" and (close := next((n for n in range(first + 2, min(first + _SHORT_TOKENS, last)) if line.text(n) == ")"), None)):
        first = close + 1  # "the First Training Squadron (1TS), comprising A and B"
    members, between = line.doc.lexicon.sets["members"], line.lows[first:last]
    if between[:1] == [","] and last - first <= _ASIDE_TOKENS and "," in between[1:]:
        behind = [low for low in between[len(between) - 1 - between[::-1].index(",") + 1 :] if low not in _NOW]
        if behind and behind[0] in _SAYS_OF_WHOM and " ".join(behind).removesuffix(" the") in members | {"is composed of", "is comprised of"}:
            return True  # "the squadron, headed by its commander, is composed of A and B"
    words = " ".join(between)
    if last - first <= (_OF_NAVY if line.low(first) in ("of", "from") else _BY_WORDS) and holds(between, _of_several_words(members)):
        return True  # "has the group in port, that is the carrier A and the frigate B"
    if words in ("-", "–", "—", "- the", "– the", "— the", "--", "-- the", "- -", "- - the"):
        return True  # "The ships - the corvette A and the tug B - arrived"
    told = words.removesuffix(" the").removesuffix(" flagship").removesuffix(" the").split()
    if told and told[-1] in line.doc.lexicon.sets["lists_members"]:
        return True  # "The group, led by the flotilla's commander, also comprises the tug A"
    bare = words.strip(", :(")
    if bare.startswith("as well as"):
        return False  # "four landing ships as well as a submarine"
    return bare in members or (last - first <= 6 and bare.startswith(_as_openings(members)))


_ASIDE_TOKENS = 20
_NOW = frozenset(["currently", "now", "presently", "also", "at", "present", "today"])
_SAYS_OF_WHOM = frozenset(["is", "was", "consists", "consisted", "comprises", "comprised", "includes"])
_BY_WORDS, _OF_NAVY = 9, 13
"""So many tokens may part a group from its list, more where they tell whose it is: "a group of ships of Russia's Pacific Fleet, led by the …"."""


@cache
def _as_openings(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in phrases)


@cache
def _of_several_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase for phrase in phrases if " " in phrase)


def joined(groups: Sequence[Group]) -> Group:
    """Groups as one, each vessel with the span of its first mention."""
    vessels: dict[Vessel, tuple[int, int]] = {}
    for group in groups:
        for vessel, span in zip(group.vessels, group.spans, strict=True):
            vessels.setdefault(vessel, span)
    return Group(groups[0].first, groups[-1].last, tuple(vessels), tuple(vessels.values()))


def fronts_others(line: Line, first: int, last: int) -> str:
    """How ships are told in front of whom they are with, or who did something to them: "In company with X, she left", "Having met X, …"."""
    if line.text(last) != ",":
        return ""
    at = before_phrase(line, first) + 1
    if at > 1 and line.low(at - 1).endswith("ing") and line.low(at - 2) in _OPENS_DOING and opens_phrase(line, at - 2):
        return "doing"  # "After meeting the tanker X, she left"
    if line.low(at - 2) == "having" and opens_phrase(line, at - 2):
        return "doing"
    told = line.doc.lexicon.sets["fronts_company"]
    size = next((size for size in (4, 3, 2, 1) if size <= at and " ".join(line.lows[at - size : at]) in told), 0)
    return line.low(at - size) if size and opens_phrase(line, at - size) else ""


def _from_elsewhere(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether each of two ships came from a port of her own, as one before them did: "A sailed from Malta, B from Rota and C from Cadiz"."""
    return line.low(before.last) == "from" == line.low(mention.last) and "from" in line.lows[: before.first]


def _subject_behind_phrase(line: Line, before: Group, mention: VesselMention) -> bool:
    """Whether the subject stands behind a phrase with others, and goes on no list with them: "On Monday, escorted by X, the frigate Y left"."""
    if line.text(before.last) != "," or before_phrase(line, mention.first) != before.last:
        return False
    return fronts_others(line, before.first, before.last) in WATCHED_FRONT and _verb_at(line, mention.last)


WATCHED_FRONT = frozenset(["doing", "escorted", "shadowed", "trailed", "tailed", "tracked", "watched", "guarded", "under", "towed"])
_OPENS_DOING = frozenset(["after", "before", "while", "by", "following", "upon", "on", "prior", "since", "without"])


def opens_phrase(line: Line, at: int) -> bool:
    """Whether a phrase begins at a token: the sentence's first, or one behind a mark."""
    return at == 0 or line.text(at - 1) in (",", "–", "—", ";", ":") or (at == 1 and line.low(0) in ("then", "later", "and", "but", "now"))


def attends(line: Line, first: int, last: int) -> bool:
    """Whether vessels are told beside others: "with the tanker X in company", "with the frigate Y as guard"."""
    return "with" in line.words and line.low(before_phrase(line, first)) == "with" and line.opens(last, line.doc.lexicon.sets["in_attendance"])


def waits_elsewhere(line: Line, group: Group) -> bool:
    """Whether "with" only tells where others are meanwhile: "left on Monday, with HMS Tyne still in Portland"."""
    return line.low(group.last) in line.doc.lexicon.sets["waits_elsewhere"] and line.low(before_phrase(line, group.first)) == "with"


def without_waiting(line: Line, groups: Sequence[Group]) -> list[Group]:
    """Groups without those who are only told to be elsewhere meanwhile: "by HMS Lancaster, with the frigate Leopold I waiting off Ostend"."""
    if "with" not in line.words or line.words.isdisjoint(line.doc.lexicon.sets["waits_elsewhere"]):
        return list(groups)
    waits = line.doc.lexicon.sets["waits_elsewhere"]
    near = [parted_at(line, g, ("with",), last=True)[0] if line.low(g.last) in waits else g for g in groups]
    return [g for g in near if not waits_elsewhere(line, g)]


def parted_at(line: Line, group: Group, words: Collection[str], *, last: bool = False) -> list[Group]:
    """A group in two at the first (or last) of some words between its vessels: "to the frigate A by the tanker B"; whole where none stands there."""
    inside = [n for n in range(group.first + last, group.last) if line.low(n) in words]
    if not inside:
        return [group]
    cut = inside[-1] if last else inside[0]
    pairs = list(zip(group.vessels, group.spans, strict=True))
    front, behind = [p for p in pairs if p[1][1] <= line.starts[cut]], [p for p in pairs if p[1][0] > line.starts[cut]]
    halves = ((group.first, cut, front), (cut + 1, group.last, behind))
    return [Group(begin, end, tuple(v for v, _ in some), tuple(s for _, s in some)) for begin, end, some in halves if some]
