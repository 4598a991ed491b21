"""Stage 4, coreference: which vessel of the document a mention stands for."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice

from tracker.domain.idents import fold_hull
from tracker.domain.kinds import NEAR_TYPES, VesselType
from tracker.domain.names import fold
from tracker.domain.records import VesselEntry, changed
from tracker.extract.craft import named_pair
from tracker.extract.mention import CROWD, VesselMention
from tracker.extract.numbered_later import now_numbered
from tracker.gazetteer.index import Gazetteer
from tracker.gazetteer.lexicon import flat
from tracker.gazetteer.vessels import pick

GENERIC = frozenset({VesselType.WARSHIP, VesselType.VESSEL})
_VAGUE = {VesselType.VESSEL: 0, VesselType.WARSHIP: 0, VesselType.AUXILIARY: 1}
"""Types that say less than the others; what says more takes their place."""
_REMEMBERED = 100
"""So many vessels and groups told last are kept in mind; a name is known for good."""
CAPTION_SENTENCES = 1
NEAR_SENTENCES = 6
"""A definite phrase looks back no further than so many sentences for what it stands for, unless its type says more than "ship"."""


_ORDINALS = ("st", "nd", "rd", "th")
FEW = 6
"""So many groups told last are looked at for "the other two"."""
_COUNTED = 6
_LISTED = 12
"""The ships of a group with a named lead are among so many groups told last."""
"""Two groups that a number adds up are among so many told last."""
TURN_SENTENCES, IN_TURN = 3, 8
"""Fewer vessels than these, counted in one sentence, may be named one by one in so many sentences behind it."""
LONG_TURN, IN_LONG_TURN, HARDLY_BY_CHANCE = 6, 30, 3
"""More than a few may be named in more sentences: that as many are named as were counted is hardly chance."""
SURFACE = "surface"
"""The sort of ships that are no submarines."""
_ALIKE = 3
"""No more ships than these are told apart by their rank alone."""
_PAIR_SENTENCES = 2
"""So long after "the former" her pair is the one of which "the latter" is told."""
_LATE_SENTENCES = 4
"""So far back "the other two" may have been told where no group holds them."""
_GREAT = frozenset({VesselType.AIRCRAFT_CARRIER, VesselType.AMPHIBIOUS_ASSAULT_SHIP})
_LEAD_OTHERS = _GREAT | {VesselType.CRUISER}
_SUPPLY = frozenset({VesselType.AUXILIARY, VesselType.TANKER})
_CONSORTS = frozenset(["escorts", "consorts", "companions"])
_WATCHING = frozenset(
    ["escort", "escorts", "shadow", "shadows", "shadower", "shadowers", "pursuer", "pursuers", "minder", "minders", "watcher", "watchers"]
)
_VISIT_SENTENCES = 10
"""Visitors are looked for in so many sentences: a report of a visit speaks of them throughout."""


@dataclass(eq=False, slots=True)
class Vessel:
    """A vessel of the document while it is being read; identity is the object."""

    name: str | None
    count: int | None
    type: VesselType | None
    plural: bool = False
    group: bool = False
    class_name: str | None = None
    project: str | None = None
    hull: str | None = None
    country: str | None = None
    keys: tuple[str, ...] = ()
    mentions: list[tuple[int, int]] = field(default_factory=list)
    last_sentence: int = 0
    seen_in: int = 0  # the sentence of its first mention
    word: str | None = None  # of a group: "task force"
    number: str = ""  # of a group: "44th"; of a ship told as one more: "another"
    members: tuple[Vessel, ...] = ()  # of a group whose list the text gives: "the CSG, made up of …"
    owner: str | None = None  # the navy or fleet that the first mention names
    formerly: Vessel | None = None  # as which it was told before it was named
    words: list[str] = field(default_factory=list)  # of its name, folded
    flags: frozenset[str] = frozenset()
    kinds: frozenset[VesselType] = frozenset()  # the types that the register has under its name
    classes: frozenset[str] = frozenset()  # the classes and projects that the register has under its name, folded
    sorts: frozenset[str] = frozenset()  # what kinds of plain vessel it was told to be: "trawler", "yacht"
    partial: bool = False  # some of a group told before
    one_of: bool = False  # one of a group, and the text doesn't say which: "one of the frigates"
    whole: Vessel | None = None  # that group, where the text only counted it
    alone: bool = False  # told by itself somewhere, and not only in a list
    said: dict[tuple[str, str], int] = field(default_factory=dict)  # (slot, value) that a mention by name tells -> where, first

    def says(self, mention: VesselMention) -> None:
        """Take over what a further mention tells; what is told first stays."""
        if mention.name:
            self._note(mention)
        if mention.sort:
            self.sorts |= {mention.sort}
        if mention.type and (self.type is None or _VAGUE.get(mention.type, 2) > _VAGUE.get(self.type, 2)):
            self.type = mention.type
        if self.name and mention.name and len(mention.name) > len(self.name) and not self.keys and mention.keys:
            self.name, self.keys, self.classes = mention.name, mention.keys, mention.classes  # a headline's short name
            self.flags, self.kinds = mention.flags, mention.kinds
        self.class_name = self.class_name or mention.class_name
        self.project = self.project or mention.project
        self.hull = self.hull or mention.hull
        self.country = self.country or mention.country

    def _note(self, mention: VesselMention) -> None:
        kind = mention.type if mention.type not in GENERIC else None
        told = (("type", kind), ("class", mention.class_name), ("project", mention.project), ("hull", mention.hull), ("country", mention.country))
        for slot, value in told:
            if value:
                self.said.setdefault((slot, str(value)), mention.start)


OF_CARRIERS = ("strike group", "carrier group", "csg", "battle group")


@dataclass(eq=False)
class Fleet:
    """The vessels told so far in a document, and who was spoken of last."""

    vessels: list[Vessel] = field(default_factory=list)
    recent: deque[Vessel] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))  # those told last: what a phrase can point back to
    _names: dict[str, Vessel] = field(default_factory=dict)
    subject: tuple[Vessel, ...] = ()  # of the last clause
    focus: list[tuple[Vessel, ...]] = field(default_factory=list)  # groups told together, in order
    here: list[Vessel] = field(default_factory=list)  # told so far in the sentence that is read
    reading: int = -1  # its number
    number: int = -1  # that of the sentence that is read, be ships told in it or not
    leads: list[Vessel] = field(default_factory=list)  # vessels told as heads of their group: "the Bonhomme Richard Strike Group"
    joined: Vessel | None = None  # whom a pronoun stood for that a list joined to others: "she and the tanker A"
    as_one: tuple[Vessel, ...] = ()  # those told last by a word such as "group", which "it" can stand for
    watchers: set[Vessel] = field(default_factory=set)  # those so far told only to watch or escort others
    apart: set[Vessel] = field(default_factory=set)  # those first told as others than the ones before them, "A and B shadowed them"
    opens_block: bool = False  # whether the sentence that is read is the first of its paragraph
    home: str | None = None  # the land of the first port told: whose ships are no visitors
    hero: str = ""  # the name, folded, that the text tells oftenest: whom it is about
    bands: dict[str, tuple[Vessel, ...]] = field(default_factory=dict)  # word of a group ("csg") -> its members, when the text lists them
    pair: tuple[int, tuple[Vessel, ...]] = (-9, ())  # of whom "the former" was told, and in which sentence
    before: tuple[int, list[Vessel]] = (-9, [])  # the last sentence in front of this one that tells of ships, and these

    def resolve(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """The vessels that a mention stands for: known ones where it points back, else a new one."""
        if sentence != self.reading:
            if self.here:
                self.before = (self.reading, self.here)
            self.reading, self.here = sentence, []
        found = self._known(mention, sentence)
        if not found and (
            mention.det == "epithet" or mention.word in ("latter", "former") or (mention.det == "consort" and mention.type is VesselType.VESSEL)
        ):
            return ()
        if not found and mention.word in ("other", "rank") and not self._counted_just_before(sentence):
            return ()
        if not found and mention.word == "further" and not self._told_just_before(sentence, several=mention.plural or mention.country is not None):
            return ()
        if mention.det == "part" and mention.word == "one" and not self._counted_just_before(sentence):
            return ()
        if not found:
            if mention.det == "rest" and mention.group:
                mention = changed(mention, det="several", word=mention.noun)  # "the rest of the squadron", of which nobody was told
            found = (self._new(mention),)
            found[0].seen_in = sentence
            if mention.det in ("more", "some", "rest", "part"):
                found[0].partial, found[0].one_of = True, mention.det == "part"
                self._like_the_last(found[0], mention)
                found[0].whole = self._counted_whole(found[0]) if mention.det != "more" else None
        if len(found) > 1 or found[0].members:
            found = tuple(dict.fromkeys([member for vessel in found for member in (vessel.members or (vessel,))]))
        if mention.group:
            self.as_one = found
        if mention.group and mention.name:
            self.leads.extend(found)
        if len(found) == 1:
            found[0].says(mention)
            found[0].mentions.append((mention.start, mention.end))
            found[0].mentions.extend(mention.attributes)
        for vessel in found:
            vessel.last_sentence = sentence
        self.here.extend(found)
        return found

    def describe(self, vessel: Vessel, mention: VesselMention) -> None:
        """Add to what is known of a ship what she is told to be: "HMS Kent is a Type 23 frigate"."""
        vessel.says(mention)
        vessel.mentions.append((mention.start, mention.end))

    def _told_just_before(self, sentence: int, *, several: bool) -> bool:
        """Whether a ship was told in this sentence or the one before it, an unnamed one for "another": "a further three" may be beside any."""
        return any((v.name or not v.members) and sentence - v.last_sentence <= 1 for v in self.recent if several or not v.name)

    def _counted_just_before(self, sentence: int) -> bool:
        """Whether unnamed ships were counted shortly before, so that "one" may be one of them: "Two destroyers left. One was seen off Okinawa"."""
        late = (v for v in self.recent if not v.name and not v.members and sentence - v.last_sentence <= 2)
        return any(v.one_of or 1 < (v.count or 0) < IN_TURN for v in late)

    def note(self, vessels: Sequence[Vessel]) -> None:
        """Remember vessels that were told together."""
        if vessels:
            self.focus.append(tuple(vessels))
            del self.focus[:-_REMEMBERED]

    def _groups(self, least: int = 1) -> list[tuple[Vessel, ...]]:
        """The groups told together, the last first; those that only watched others come at the end."""
        groups = [g for g in reversed(self.focus) if len(g) >= least]
        return sorted(groups, key=lambda g: (self.watchers.issuperset(g), g[0].partial and g != self.subject))

    def is_hero(self, vessel: Vessel) -> bool:
        """Whether a vessel is the one that the text is about."""
        return bool(self.hero and vessel.name) and flat(vessel.name or "") == self.hero

    def pronoun(self, word: str) -> tuple[Vessel, ...]:
        """Who "she", "it" or "they" is: the last subject that fits in number, else the last vessels told."""
        several = word in ("they", "them", "their", "both")
        if self.opens_block and not several and not self.here and (hero := [v for v in self.recent if self.is_hero(v)]):
            one_of_it = self.subject == self.as_one and hero[0] in self.as_one and word in ("it", "its")  # "the detachment, made up of A and B"
            return self.as_one if one_of_it else (hero[0],)
        if word == "they" and (all_of_them := self._gone_with()):
            return all_of_them
        for group in (self.subject, *sorted(self.focus[:-5:-1], key=lambda g: bool(g) and g[0].partial)):
            if group and several == (len(group) > 1 or group[0].plural or (group[0].count or 2) > 1):
                return group
            if group and not several and group == self.as_one and word in ("it", "its"):
                return group
            if not several and self.joined in group and group is self.subject:
                return (self.joined,)
        if not several and len(self.subject) > 1 and set(self.subject[1:]) <= set(next((v.members for v in self.recent if v.word == "consorts"), ())):
            return self.subject[:1]  # "The carrier A and her escorts, B and C, …. She …"
        if not several and (one := self._only_named()):
            return (one,)
        if several:
            two = self._told_apart() or self._two_apart(self.number)  # "HMS Kent shadowed the Boikiy. They …"
            return two or self._one_by_one(self.number, _PAIR_SENTENCES)
        return self.subject if word == "it" and self.subject and self.subject[0].country else ()

    def _gone_with(self) -> tuple[Vessel, ...]:
        """All who went where the last subject's ships are told to have gone with others of their side: "A and B left Rota with C. They …"."""
        count = len(self.subject)
        if count < 2:
            return ()
        last = next((g for g in self.focus[:-FEW:-1] if len(g) > count and g[:count] == self.subject), ())
        alike = all(v.name and v.count == 1 and v not in self.watchers and not of_others(last[0], v) for v in last)
        return last if alike and len({v.last_sentence for v in last}) == 1 else ()

    def _told_apart(self) -> tuple[Vessel, ...]:
        """Two or three ships of one side that the sentence before told each by itself: "First came the submarine A, with the tug B in attendance"."""
        earlier = [v for v in self.recent if v.last_sentence < self.number]
        last = max((v.last_sentence for v in earlier), default=-1)
        told = [v for v in earlier if v.last_sentence == last]
        single = all(v.count == 1 and not v.group for v in told) and len({v.country for v in told}) == 1
        return tuple(told) if last == self.number - 1 and single and 2 <= len(told) <= 3 and self.watchers.isdisjoint(told) else ()

    def _one_by_one(self, sentence: int, near: int, mention: VesselMention | None = None) -> tuple[Vessel, ...]:
        """The only two ships told lately, each in a sentence of its own: "A tug left Oran. A second tug was off Malta. Both vessels …"."""
        late = [v for v in self.recent if 0 < sentence - v.last_sentence <= near and v not in self.watchers]
        if len(late) != 2 or not all(v.count == 1 and not (v.plural or v.group or v.members) for v in late):
            return ()
        return tuple(late) if all(_fits(v, mention) if mention else not v.name for v in late) else ()

    def _only_named(self) -> Vessel | None:
        """The one ship that the subject names beside others: "nine warships, among them the minehunter Skalvis, are in Kiel. She …"."""
        named = [v for v in self.subject if v.name and not v.group]
        return named[0] if len(named) == 1 < len(self.subject) else None

    def other_than(self, actors: Sequence[Vessel], span: tuple[int, int], sentence: int) -> Vessel:
        """The one vessel told last that isn't among some, else a new one that the words at a span tell of."""
        late = [v for v in self.recent if v not in actors and v.count == 1 and 0 < sentence - v.last_sentence <= NEAR_SENTENCES]
        if late:
            return max(late, key=lambda v: (v.last_sentence, v.mentions[-1][0] if v.mentions else 0))
        new = Vessel(None, 1, VesselType.VESSEL, mentions=[span], last_sentence=sentence, seen_in=sentence)
        self.vessels.append(new)
        self.recent.append(new)
        return new

    def _known(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        if mention.name:
            vessel = self._by_name(mention)
            return (mention.group and vessel and self._led_by(vessel)) or ((vessel,) if vessel else ())
        if mention.hull and (mention.det == "name" or mention.hull.isdecimal()):
            same = next((v for v in reversed(self.recent) if _has_number(v, mention.hull)), None)
            if same or mention.det in ("name", "a"):
                return (same,) if same and not _clash(same, mention.country, None) else ()
        if mention.foreign and mention.det in ("definite", "epithet") and self.home:
            return self._guests(mention, sentence)
        if mention.det == "definite":
            return self._told_consorts(mention) or self._pointed_at(mention, sentence)
        if mention.det in ("part", "more", "some"):
            return ()
        if mention.det == "consort" and (named := self._told_consorts(mention)):
            return named
        if mention.det == "consort" and (beside := self._consort(mention, sentence)):
            return beside
        if mention.det == "rest":
            return self._rest(mention, sentence)
        if mention.noun == "flagship":
            return self._flagship(sentence)
        if mention.det == "epithet":
            found = self._of_a_nation(mention, sentence) or self._pointed_at(mention, sentence) or self._crew_of(mention, sentence)
            whole = self._band_of_nation(found, mention.country) if found and mention.plural and mention.country and mention.count is None else ()
            return whole or found
        if mention.count and (mention.noun or "").startswith("consort") and (beside := self._beside_her(mention.count)):
            return beside
        known = (v for v in self.recent if not v.name and not v.partial and not (mention.det == "consort" and v.group))  # "her escorts" are no group
        same = next((v for v in known if _same_phrase(v, mention) and (v.number == mention.number or mention.group)), None)
        if same and mention.country and any(_clash(v, mention.country, None) for v in same.members):
            same = None  # "two warships, the A and the B …": "two Danish warships" are others
        if same and (mention.other or (mention.word == CROWD and same.country and not mention.country)):
            same = None  # "Russian ships left Sevastopol. A number of vessels are there"
        return (same,) if same and (mention.plural or mention.country or mention.class_name) else ()

    def _guests(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Who "the visitors" or "the foreign ships" are: those told just before, but none of the land where they lie."""
        late = (v for v in self.recent if v.name and v not in self.watchers and sentence - v.last_sentence <= _VISIT_SENTENCES)
        nations = ((v, (v.country,) if v.country else v.flags) for v in late)
        abroad = tuple(v for v, flags in nations if flags and self.home not in flags and _fits(v, mention))
        if mention.plural or mention.count is None:
            if len(abroad) > 1 and mention.count in (None, len(abroad)):
                return abroad
        elif len(abroad) == 1:
            return abroad
        found = self._pointed_at(mention, sentence)
        return () if any(self.home == v.country for v in found) else found

    def _led_by(self, lead: Vessel) -> tuple[Vessel, ...]:
        """The ships told together with the one that gives their group its name: "the Truman group", once its ships were listed."""
        for group in reversed(self.focus[-_LISTED:]):
            if len(group) > 1 and lead in (group[0], group[-1]) and not any(of_others(lead, v) for v in group):
                return group
        return ()

    def _beside_her(self, count: int) -> tuple[Vessel, ...]:
        """So many named ships as were told with the one spoken of: "she and her two consorts"."""
        for group in reversed(self.focus[-FEW:]):
            left = tuple(v for v in group if v not in self.subject and v not in self.here)
            if len(left) == count < len(group) and all(v.name for v in left):
                return left
        nations = {c for v in self.subject for c in ((v.country,) if v.country else v.flags)}
        kin = tuple(v for v in self.recent if v.name and v not in self.subject and (v.country in nations if v.country else v.flags & nations))
        return kin if len(kin) == count else ()

    def _told_consorts(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """Whom the text named as a ship's escorts: "the carrier A and her escorts, B and C, left. The escorts …"."""
        if not mention.plural or mention.noun not in _CONSORTS:
            return ()
        named = next((v.members for v in reversed(self.recent) if v.word == "consorts" and v.members), ())
        if named:
            return named if mention.count in (None, len(named)) else ()
        spoken = self.here[-1:] or list(self.subject)
        for group in reversed(self.focus[-FEW:]):
            lead = self._lead(group, spoken)
            left = tuple(v for v in group if v is not lead)
            if lead and _are_told(left) and mention.count in (None, sum(v.count or 1 for v in left)):
                return left
        return ()

    def _lead(self, group: Sequence[Vessel], spoken: Sequence[Vessel]) -> Vessel | None:
        """The one of a group whose escorts the others are: who is spoken of alone, gives the group its name, or is its only great ship."""
        one = [v for v in group if v in self.leads] or [v for v in group if v.type in _GREAT] or (list(spoken) if len(spoken) == 1 else [])
        return one[0] if len(one) == 1 and one[0] in group and len(group) > 1 else None

    def _consort(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Who was told together with the one spoken of: "The tanker went back to Toulon; her consort stayed out"."""
        spoken = self.here[-1:] or list(self.subject)
        if mention.noun in _WATCHING and (behind := self._watching(mention, sentence, spoken)):
            return behind
        for group in reversed(self.focus[-FEW:]):
            left = tuple(v for v in group if v not in spoken)
            one = len(spoken) == 1 and len(left) == len(group) - 1
            if mention.count and sum(v.count or 1 for v in left) != mention.count:
                continue  # "She and her two consorts", where three were told with her
            if one and left and all(v.name for v in left) and mention.plural == (len(left) > 1):
                return left
            if one and mention.plural and _are_told(left):
                return left  # "The carrier A and two frigates came in. Her escorts left on Friday"
        late = [v for v in self.recent if v not in spoken and v.name and v not in self.watchers]
        if mention.plural and len(spoken) == 1:
            late = [v for v in late if v.flags & spoken[0].flags and (v.country or spoken[0].country) == (spoken[0].country or v.country)]
            return tuple(late) if len(late) == mention.count else ()
        late = [v for v in late if 0 < sentence - v.last_sentence <= 2]
        return tuple(late) if len(late) == 1 and not mention.plural else ()

    def _watching(self, mention: VesselMention, sentence: int, spoken: Sequence[Vessel]) -> tuple[Vessel, ...]:
        """Who was told to escort or watch the one spoken of: "HMS Tyne shadowed the tanker to Malta. Her shadow then …"."""
        late = tuple(v for v in self.recent if v in self.watchers and sentence - v.last_sentence <= TURN_SENTENCES)
        late = tuple(v for v in late if v not in spoken) or late
        if len(late) > 1 and not mention.plural and mention.noun in ("escort", "escorts") and spoken:
            kin = tuple(v for v in late if not of_others(v, spoken[0]) and (v.country or v.flags))
            late = kin if len(kin) == 1 else late  # who of them goes with her, and who shadows her
        return late if late and (len(late) > 1 or late[0].plural) == mention.plural and mention.count in (None, len(late)) else ()

    def _watching_ones(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Who was told to watch others, by what they do: "HMS Kent shadowed the frigate X. The shadowing frigate put into Brest"."""
        if not self.watchers:
            return ()
        late = [v for v in self.recent if (v in self.watchers) is mention.watching and _fits(v, mention)]
        late = [v for v in late if (v.name or mention.watching) and sentence - v.last_sentence <= TURN_SENTENCES]
        late = [v for v in late if mention.country in (None, v.country, *v.flags)] if mention.country else late
        if mention.plural:
            return tuple(late) if len(late) > 1 and mention.count in (None, len(late)) else ()
        return (_told_last(late, sentence),) if late else ()

    def _like_the_last(self, vessel: Vessel, mention: VesselMention) -> None:
        """Give a number without a noun the nation and type of the ships told last: "two more were seen"."""
        further = mention.word == "further"
        whole = next((v for v in self.here if v.plural and not v.name), None)  # "three warships were seen, two of them off Crete"
        if whole and whole.count and not whole.partial and vessel.count is None:
            vessel.count = whole.count - sum(v.count or 0 for v in self.here if v.partial and v is not whole) or None  # "…, the others off Taisho"
        near = next((v for v in reversed(self.here) if not v.name and v is not vessel), None) if further else None
        known = (whole,) if whole else (near,) if near else next((g for g in reversed(self.focus) if g), None)
        if vessel.count is None and mention.det == "rest" and mention.word == "others":
            vessel.count = self._left_over(vessel)
        if known:
            vessel.country = mention.country or known[0].country
            if mention.type in GENERIC or mention.type is None:
                vessel.type = known[0].type
            if mention.number == "half" and (known[0].count or 1) % 2 == 0:
                vessel.count = (known[0].count or 0) // 2

    def _counted_whole(self, part: Vessel) -> Vessel | None:
        """The ships counted last of which some are told: "Three frigates were in Rota. One of them put to sea"."""
        late = (v for v in reversed(self.recent) if v is not part and v.plural and not (v.name or v.partial or v.group or v.members))
        whole = next(late, None)
        fits = whole is not None and whole.type in (part.type, *GENERIC) and (whole.count is None or whole.count > (part.count or 1))
        return whole if fits else None

    def _left_over(self, rest: Vessel) -> int | None:
        """How many "the others" are: of the last ships that were counted, those of whom the text has not told what they did since."""
        late = [v for v in list(self.recent)[-_COUNTED:] if v is not rest and not v.name and not v.group]
        whole = next((v for v in reversed(late) if v.plural and v.count and not v.partial), None)
        told = [v.count for v in late if v.partial and whole and v.seen_in >= whole.seen_in]
        left = whole.count - told[0] if whole and whole.count and len(told) == 1 and told[0] else 0
        return left if left > 1 else None

    def _rest(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """ "the former", "the latter": the first or the last of the vessels told together."""
        if mention.word == "rank":
            return self._by_rank(int(mention.number), mention.count or 1, sentence)
        if mention.word == "others":
            return self._others_left(mention, sentence)
        pair = next((g for g in reversed(self.focus) if len(g) > 1), ())
        two = self._two_apart(sentence)
        if mention.word == "other":
            alone = self.here[-1:] if len(self.here) == 1 or (self.here and self.here[-1] in (*pair, *two)) else self.subject
            pair = pair if set(alone) & set(pair) else two
            left = tuple(v for v in pair if v not in alone)
            return left if len(pair) == 2 and len(left) == 1 else ()
        pair = self.pair[1] if self.pair[0] == sentence else two if two and not self.here else _in_order(pair)
        if mention.word == "latter" and self.here and not (pair and self.here == [pair[0]]):
            several = bool(self.here[2:]) and self.here[-1] is self.here[0]
            return (self.here[1 if several else -1],)  # "A and B parted; the former is heading for Malta, the latter for Toulon"
        if not pair:
            return (self.here[0],) if mention.word == "former" and len(self.here) > 1 else ()
        if mention.word == "former":
            self.pair = (sentence, pair)
            return (pair[0],)
        if 0 < sentence - self.pair[0] <= _PAIR_SENTENCES and len(self.pair[1]) > 1:
            return (self.pair[1][-1],)  # "… The former lies beside the flagship C. The latter …"
        last = None if self.here else self._named_after(pair, sentence)
        return (last,) if last else (pair[-1],)

    def _others_left(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Those of a group whom the sentence, or else its subject, has not told: "The frigate left for Oran, the others for Bari"."""
        groups = list(reversed(self.focus[-(_LISTED if mention.count or mention.group else FEW) :]))
        if mention.group:  # "the rest of the group" is that of the whole, and not of those of whom the last sentence told
            groups.sort(key=len, reverse=True)
        for group in groups:
            here = _behind_all(self.here, group)
            told = here if here and set(here) < set(group) else (*self.subject, *here)
            left = tuple(v for v in group if v not in told and _fits(v, mention))
            as_many = len(left) == mention.count if mention.count else len(left) > (0 if mention.group else 1)
            mixed = bool(left) and any(of_others(left[0], v) for v in group)
            if as_many and len(group) > len(left) and not mixed and all(v.name or v.hull for v in group):
                return left
            if beside := _counted_beside(group, mention):
                return beside
        late = [v for v in self.recent if v not in self.here and v.name and sentence - v.last_sentence <= _LATE_SENTENCES]
        late = [v for v in late if v not in self.subject or len(late) == mention.count]
        late.sort(key=lambda v: v.last_sentence)
        return tuple(late[-mention.count :]) if mention.count and len(late) >= mention.count else ()

    def _named_after(self, pair: Sequence[Vessel], sentence: int) -> Vessel | None:
        """The ship that the sentence before named behind two others: "A and B came in, with the frigate C as third. The latter …"."""
        late = [v for v in self.recent if v.name and v.last_sentence == sentence - 1 and v.mentions]
        last = max(late, key=lambda v: v.mentions[-1][0], default=None)
        return last if last is not None and last not in pair and set(pair) <= set(late) else None

    def _two_apart(self, sentence: int) -> tuple[Vessel, ...]:
        """The only two ships of the sentence before, told one by one: "Ledbury replaces Grimsby in Bahrain. The latter left"."""
        number, told = (self.reading, self.here) if self.reading < sentence and self.here else self.before
        two = tuple(dict.fromkeys(v for v in told if v.name))
        return two if len(two) == 2 and sentence - number == 1 and not any(v.group for v in two) else ()

    def _by_rank(self, order: int, count: int, sentence: int) -> tuple[Vessel, ...]:
        """The first, second or last of the named vessels told together last; -1 is the last."""
        here = tuple(dict.fromkeys(self.here))
        for group in (here, *reversed(self.focus[-FEW:]), self._two_apart(sentence)):
            near = any(sentence - v.last_sentence <= TURN_SENTENCES for v in group)
            if len(group) > 1 and near and all(v.name for v in group) and order <= len(group):
                left = [v for v in group if v not in here]
                if order == len(group) > 2 and len(left) == 1 == count:
                    return (left[0],)  # "HMS Kent and HMS Tyne put into Malta; the third headed for Oran"
                begin = len(group) - count if order < 0 else order - 1
                told = group if group is here else _in_order(group)
                return told[begin : begin + count] if begin >= 0 and begin + count <= len(group) > count else ()
        return ()

    def put_members(self) -> None:
        """Let the members stand for a group wherever it was spoken of, and be of its nation where nothing tells theirs."""
        for whole in self.recent:
            for member in whole.members if whole.country else ():
                member.country = member.country or (None if member.flags else whole.country)
        self.focus = [tuple(dict.fromkeys(m for v in g for m in (v.members or (v,)))) for g in self.focus]
        self.subject = tuple(dict.fromkeys(m for v in self.subject for m in (v.members or (v,))))

    def _by_name(self, mention: VesselMention) -> Vessel | None:
        folded = fold(mention.name or "")
        if known_one := self._names.get(folded):
            return known_one
        words, key = folded.split(), mention.keys[0] if len(mention.keys) == 1 else None
        for vessel in self.recent if mention.hull or key is not None else ():
            if not vessel.name:
                if mention.hull and mention.hull == vessel.hull and words[-1] == mention.hull and vessel.country in (None, mention.country):
                    return vessel  # "CCG vessel 5901 … CCG-5901"
                continue
            if mention.hull and vessel.hull and fold_hull(mention.hull) == fold_hull(vessel.hull) and words[0] in vessel.words:
                return vessel
            if key is not None and key in vessel.keys:
                return vessel
        alike = (v for v in reversed(self.recent) if v.words and v.words[-1:] == words[-1:])
        return next((v for v in alike if _short_form(v.words, words)), None) or self._spelled_otherwise(mention, folded)

    def _spelled_otherwise(self, mention: VesselMention, folded: str) -> Vessel | None:
        """The ship whose Russian name was written in other letters before: "the tug Nikolai Muru … the Nikolay Muru"."""
        written = _in_plain_letters(folded)
        alike = (v for v in reversed(self.recent) if v.name and len(written) >= _TELLING_LETTERS and _in_plain_letters(fold(v.name)) == written)
        return next((v for v in alike if not (mention.country and _clash(v, mention.country, None))), None)

    def _pointed_at(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        if mention.group and mention.number:
            same = next((v for v in reversed(self.recent) if v.word == mention.word and v.number == mention.number), None)
            known = self.bands.get(mention.numbered) or ((same.members or (same,)) if same else self._of_number(mention))
            return known or now_numbered(mention, self.vessels, self.focus, self.watchers, sentence)
        if mention.relieved and mention.count and mention.count > 1 and (watching := self._watching(mention, sentence, self.here)):
            return watching  # "HMS Kent and HMS Argyll shadowed the tug. HMS Tyne took over from the two"
        if mention.watching is not None and (watching := self._watching_ones(mention, sentence)):
            return watching
        if mention.group:
            return self._group_pointed_at(mention, sentence)
        if mention.plural or (mention.count or 1) > 1:
            return self._just_of_type(self._several(mention, sentence), mention)
        return self._one_pointed_at(mention, sentence)

    def _just_of_type(self, found: tuple[Vessel, ...], mention: VesselMention) -> tuple[Vessel, ...]:
        """The ships told to be just what a phrase says, and none of a near type: "The destroyer A and the frigates B and C … The frigates"."""
        if mention.type not in _FIGHTING or not any(v.type in _FIGHTING and v.type is not mention.type for v in found):
            return found
        just = tuple(v for v in self.recent if v.name and v.type is mention.type and not of_others(v, found[0]))
        return just if len(just) > 1 and mention.count in (None, len(just)) else found

    def _of_number(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """The group told by another word with the same number: "the 27th naval escort task force … The 27th task group"."""
        if not mention.number.endswith(_ORDINALS):
            return ()
        bands = {vessels for key, vessels in self.bands.items() if key.startswith(f"{mention.number} ") and _same_owner(vessels, mention)}
        told = [v for v in reversed(self.recent) if v.group and v.number == mention.number and _same_owner((v,), mention)]
        return bands.pop() if len(bands) == 1 else (told[0].members or (told[0],)) if told and not bands else ()

    def _group_pointed_at(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Who a group told as known is: by its word, its number or as the company told last."""
        if mention.word in self.bands and _same_owner(self.bands[mention.word], mention):
            return self._grown(self.bands[mention.word]) or self.bands[mention.word]
        same = next((v for v in reversed(self.recent) if v.word == mention.word and _same_owner((v,), mention)), None)
        if same:
            return same.members or (same.name and self._led_by(same)) or (same,)
        several = (g for g in self._groups() if len(g) > 1 or g[0].group or (g[0].plural and not (g[0].partial and g[0].count == 1)))
        fitting_groups = [g for g in several if _counts(g, mention) and _same_owner(g, mention)]
        exact = [g for g in fitting_groups if mention.count and sum(v.count or 0 for v in g) == mention.count]
        fitting_groups = exact or fitting_groups
        fitting_groups = [g for g in fitting_groups if not self._with_watchers(g)] or fitting_groups
        told = next((g for g in fitting_groups if not set(g) & set(self.here)), next(iter(fitting_groups), ()))
        if mention.acts and mention.count == len(self.here) and all(v.name and v.count == 1 for v in self.here):
            told = tuple(self.here)  # "The tugs A and B then got the job, and the pair left Oran"
        if not told and mention.acts and len(self.here) > 1 and all(v.name for v in self.here):
            acting = tuple(dict.fromkeys(self.here))
            return acting[-mention.count :] if mention.count else acting  # "A left with B and C, and by evening the group was off Jeju"
        if told and not mention.count and len(told) > 1 and self.here and all(of_others(v, told[0]) for v in self.here):
            told = self._all_watched(told, sentence) or told
        if told and mention.count and not mention.country and self.watchers.issuperset(told):
            told = self._latest(mention, sentence) or told
        told = self._whole_band(told, mention) or told
        last = told or self._latest(mention, sentence) or self._added_up(mention, sentence) or ((self.leads[-1],) if self.leads else ())
        return last or self._carrier_of(mention)

    def _all_watched(self, told: tuple[Vessel, ...], sentence: int) -> tuple[Vessel, ...]:
        """The group watched of whom some were told last: "The tanker and the tug are bound for Kola. HMS Kent is still with the group"."""
        wider = (g for g in reversed(self.focus[-_LISTED:]) if set(told) < set(g) and all(v.name for v in g))
        near = (g for g in wider if all(sentence - v.last_sentence <= NEAR_SENTENCES for v in g))
        return next((g for g in near if not any(of_others(g[0], v) for v in g)), ())

    def _with_watchers(self, group: tuple[Vessel, ...]) -> bool:
        """Whether some of a group were only told to watch its others, of whom a text speaks as "the group"."""
        watching = [v for v in group if v in self.watchers]
        return 0 < len(watching) < len(group) and all(of_others(watching[0], v) for v in group if v not in self.watchers)

    def _whole_band(self, told: tuple[Vessel, ...], mention: VesselMention) -> tuple[Vessel, ...]:
        """All of the one group whose members a text lists, where it told last what some did: "The frigates went to Oran, the tug to Bari"."""
        if mention.count or mention.country or not told:
            return ()
        bands = {v.members for v in self.recent if v.group and not v.name and len(v.members) > 1} | {b for b in self.bands.values() if len(b) > 1}
        if len(bands) != 1:
            return ()
        band = next(iter(bands))
        own = {v for v in told if v in band or not any(of_others(v, m) for m in band)}  # "the pair will meet the Spanish frigate X. The group …"
        if own.isdisjoint(band) or own.issuperset(band) or any(v.group for v in band):
            return ()
        if own < set(band):
            return band
        grown = (g for g in reversed(self.focus[-_LISTED:]) if own.union(band) == set(g))  # who joined them goes with them: "The three …"
        return next(grown, ())

    def _carrier_of(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """The one carrier of which a text speaks, for her group: "The carrier Nimitz left San Diego. The strike group …"."""
        if mention.country or mention.count or not (mention.word or "").endswith(OF_CARRIERS):
            return ()
        carriers = [v for v in self.recent if v.name and v.type is VesselType.AIRCRAFT_CARRIER]
        return (carriers[0],) if len(carriers) == 1 else ()

    def _grown(self, lead: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
        """All of a group of whom at first only the lead was told: "A group led by the destroyer A … The A and the tanker B … The group …"."""
        if len(lead) != 1 or not lead[0].name:
            return ()
        wider = (g for g in reversed(self.focus[-FEW:]) if lead[0] in g and len(g) > 1 and all(v.name for v in g))
        return next((g for g in wider if not any(of_others(lead[0], v) for v in g)), ())

    def _added_up(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """The ships of the sentence before that together are as many as "trio" says: "A warship escorted two tankers. … the trio"."""
        late = [v for v in self.recent if v.last_sentence == sentence - 1 and v not in self.here and not v.members]
        for told in ([v for v in late if v not in self.watchers], late):  # "Two tankers escorted by a frigate passed. The three ships …"
            fits = len(told) > 1 and all(v.count and not v.group and _fits(v, mention) and not of_others(v, told[0]) for v in told)
            if mention.count and fits and sum(v.count or 0 for v in told) == mention.count:
                return tuple(told)
        return ()

    def _one_pointed_at(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Which one ship a phrase such as "the frigate" stands for."""
        if mention.beside and (one := self._of_pair(mention)):
            return one
        fitting = [v for v in self.recent if not v.plural and v.count == 1 and _fits(v, mention)]
        if mention.number.isdecimal() and (ranked := self._ranked(int(mention.number), fitting, sentence)):
            return ranked
        recent = [v for v in fitting if mention.type not in GENERIC or sentence - v.last_sentence <= NEAR_SENTENCES]
        if mention.other:
            spoken = self.here[-1:] or list(self.subject)
            if len(spoken) == 1 and (beside := self._told_beside_her(spoken[0], recent)):
                return beside
            if mention.type in GENERIC and (beside := next((b for g in reversed(self.focus[-FEW:]) if (b := _counted_beside(g, mention))), ())):
                return beside
            last = [_told_last(recent, sentence)] if recent and not set(spoken) & set(recent) else []
            recent = [v for v in recent if v not in spoken and v not in last]  # "One freighter lay off Sines; … The other freighter …"
        if mention.det == "epithet" and not mention.country:
            recent = [v for v in recent if v not in self.watchers] or recent  # "HMS Kent shadowed the Yantar. The intruder …"
        if mention.hers:
            recent = [v for v in recent if v not in (self.here[:1] or self.subject)]
        if mention.country:
            recent = [v for v in recent if v.country == mention.country or mention.country in v.flags] or recent
        if kind := mention.class_name or mention.project:
            recent = [v for v in recent if fold(kind) in (fold(v.class_name or ""), fold(v.project or ""))] or _by_register(recent, fold(kind))
        if mention.sort:
            recent = _of_sort(recent, mention.sort)
        if mention.noun == "boat" and mention.type in GENERIC:
            recent = [v for v in recent if v.type is VesselType.SUBMARINE] or recent
        return self._chosen(mention, sentence, recent)

    def _ranked(self, order: int, fitting: Sequence[Vessel], sentence: int) -> tuple[Vessel, ...]:
        """The first or second of the ships alike that the text told one after the other: "A tug left. Another tug came in. The first tug …"."""
        late = [v for v in fitting if sentence - v.last_sentence <= NEAR_SENTENCES and v not in self.watchers]
        return (late[order - 1],) if max(2, order) <= len(late) <= _ALIKE else ()

    def _of_pair(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """The one of her type among ships told together of whom one is of the other's: "the frigate and the tanker", but no third frigate."""
        for group in self._groups(2)[:FEW]:
            mine = tuple(v for v in group if v.type is mention.type)
            if len(mine) == 1 and mine[0].count == 1 and _fits(mine[0], mention) and sum(v.type is mention.beside for v in group) == 1:
                return mine
        return ()

    def _told_beside_her(self, spoken: Vessel, fitting: Sequence[Vessel]) -> tuple[Vessel, ...]:
        """Of ships told together with the one spoken of the one that fits: "A and B left Malta. A sailed to Rota; the other frigate …"."""
        for group in reversed(self.focus[-FEW:]):
            left = tuple(v for v in group if v is not spoken and v in fitting)
            if spoken in group and left:
                return left if len(left) == 1 else ()
        return ()

    def _chosen(self, mention: VesselMention, sentence: int, recent: list[Vessel]) -> tuple[Vessel, ...]:
        """Which one of the ships that fit a phrase it stands for: whom the text is about, whom it speaks of, or who was told last."""
        spoken_of = len(self.subject) == 1 and self.subject[0] in recent
        if mention.acted_on and (others := [v for v in recent if v not in self.here]):
            recent = others  # "HMS Duncan shadowed the British ship"
            spoken_of = len(self.subject) == 1 and self.subject[0] in recent
        here = [v for v in self.here if v in recent and v.name]
        hero = [v for v in recent if self.is_hero(v)] if self.opens_block and not here and mention.det == "definite" else []
        if hero and not self._other_of_type(hero[0], recent, mention):
            return (hero[0],)  # a paragraph goes back to whom the text is about
        if spoken_of and mention.type in GENERIC:
            only = here if len(set(self.here)) == 1 and self.subject[0] not in here and mention.det == "definite" else []
            return tuple(only[-1:]) or self._watched_hero(recent, sentence) or self.subject
        same_type = [v for v in recent if v.type == mention.type or _by_kind(v, mention)] if mention.type not in GENERIC else []
        unknown = here and here[-1].type is None and not here[-1].kinds
        if here and (not same_type or unknown or here[-1].type in (mention.type, *GENERIC) or mention.type in here[-1].kinds):
            return (here[-1],)  # "The frigate went to Plymouth; the destroyer …" is not the frigate
        apart = spoken_of and mention.type not in GENERIC and self.subject[0].type not in (None, mention.type, *GENERIC)
        open_hero = apart and any(self.is_hero(v) and v.type in (None, *GENERIC) for v in recent)  # "the bulk carrier" is no support vessel
        late = [v for v in same_type if v.name and sentence - v.last_sentence <= TURN_SENTENCES]
        told_by_kind = spoken_of and self.subject[0].type in (None, *GENERIC) and self.subject[0].kinds and self.subject[0] not in same_type
        if told_by_kind and late:
            return (_told_last(late, sentence),)  # "HMS Mersey took over from HMS Kent. The frigate …"
        told_so = [v for v in late if v.type is mention.type]
        if apart and told_so and not open_hero:
            return (_told_last(told_so, sentence),)  # "The frigate A put into Malta. The destroyer B left Rota. The frigate …"
        just_so = [v for v in same_type if not v.name and v.type is mention.type and sentence - v.last_sentence <= TURN_SENTENCES]
        watching = spoken_of and self.watchers.issuperset(self.subject)
        if just_so and (apart or watching):
            return (_told_last(just_so, sentence),)  # "A destroyer and a frigate passed. The destroyer X tracked them. The frigate …"
        if spoken_of and not open_hero and self.subject[0].name and sentence - self.subject[0].last_sentence <= 1:
            return self.subject
        alike = [v for v in recent if v.name and v.type == mention.type] if mention.type not in GENERIC else []
        alike = alike or [v for v in recent if v.name and _by_kind(v, mention)]
        unnamed = [v for v in same_type if not v.name and v.type is mention.type and sentence - v.last_sentence <= TURN_SENTENCES]
        named = alike or unnamed or [v for v in recent if v.name] or recent
        named = [v for v in named if self.is_hero(v)] or named
        return (_told_last(named, sentence),) if named else ()

    def _other_of_type(self, hero: Vessel, recent: Sequence[Vessel], mention: VesselMention) -> bool:
        """Whether another ship was told to be just what a phrase says, and whom the text is about to be something else: "the corvette"."""
        if mention.type in GENERIC or hero.type in (mention.type, VesselType.OILER, *_SUPPLY):
            return False
        if hero.type in (None, *GENERIC) and (not hero.kinds or mention.type in hero.kinds or not hero.kinds.isdisjoint(GENERIC)):
            return False
        return any(v.name and v.type is mention.type for v in recent)

    def _watched_hero(self, recent: Sequence[Vessel], sentence: int) -> tuple[Vessel, ...]:
        """Whom the text is about, told just before to be watched by the one spoken of: "HMS Kent shadowed the Yantar. The vessel …"."""
        if not self.watchers.issuperset(self.subject) or self.here:
            return ()
        return tuple(v for v in recent if self.is_hero(v) and v not in self.subject and sentence - v.last_sentence <= 1)[:1]

    def _flagship(self, sentence: int) -> tuple[Vessel, ...]:
        """Who "the flagship" is: the one that leads the group told last."""
        for group in reversed(self.focus[-_LISTED:]):
            great = [v for v in group if v.name and (v.type in _LEAD_OTHERS or (v.type in (None, *GENERIC) and not v.kinds.isdisjoint(_LEAD_OTHERS)))]
            lead = great[0] if len(great) == 1 else self._lead(group, self.subject)
            if lead and lead.name and any(sentence - v.last_sentence <= NEAR_SENTENCES for v in group):
                return (lead,)
        if self.leads and self.leads[-1].name:
            return (self.leads[-1],)
        if largest := self._largest(sentence):
            return (largest,)
        great = [v for v in self.subject if v.name and v.type in _GREAT]
        return tuple(great) if len(great) == len(self.subject) == 1 else ()  # "The carrier X left Toulon. The flagship will call …"

    def _largest(self, sentence: int) -> Vessel | None:
        """The only one of its size in front of a group of named warships: "The destroyer A with the frigates B and C left. The flagship …"."""
        for group in reversed(self.focus[-FEW:]):
            sizes = [_SIZES.get(v.type or next(iter(v.kinds), VesselType.WARSHIP), 0) for v in group]
            near = all(v.name and sentence - v.last_sentence <= TURN_SENTENCES for v in group)
            if near and len(group) > 1 and sizes[0] and sizes[0] > max(sizes[1:]):
                return group[0]
        return None

    def _of_a_nation(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Who "the British" or "the Chinese" are, one ship or several: those told last who fit."""
        if mention.count is not None or mention.plural or not mention.country:
            return ()
        groups = (self.subject, *self._groups())
        late = [g for g in groups if g and all(sentence - v.last_sentence <= TURN_SENTENCES for v in g)]
        wholes = [g for g in late if all((v.name or v.plural or v.hull) and _fits(v, mention) for v in g)]
        parts = [tuple(v for v in g if (v.name or v.plural or v.hull) and mention.country in ((v.country,) if v.country else v.flags)) for g in late]
        sure = next((g for g, part in zip(late, parts, strict=True) if g in wholes and part), ())
        if len(sure) == 1:  # "Three destroyers passed, and one of them turned back. HMS Tyne watched the Chinese"
            sure = next((g for g, part in zip(late, parts, strict=True) if sure[0] in g and g == part and len(g) > 1), sure)
        if sure and (whole := self._band_of_nation(sure, mention.country)):
            return whole
        return sure or next((part for part in parts if part), ()) or next(iter(wholes), ())

    def _band_of_nation(self, told: tuple[Vessel, ...], country: str) -> tuple[Vessel, ...]:
        """The ships of a nation's group of which some were told last: "The Spaniards leave in May", where two of the four put in at Cadiz."""
        return next((v.members for v in self.recent if set(told) < set(v.members) and _is_band_of(v, country)), ())

    def _all_of_nation(self, part: tuple[Vessel, ...], mention: VesselMention) -> tuple[Vessel, ...]:
        """A nation's ships told together of whom a mixed group has some: "A (with B, C and D) met E. D refuelled C and E. The Indians …"."""
        if not mention.country or mention.count is not None or mention.type not in GENERIC:
            return ()
        wider = (g for g in reversed(self.focus[-_LISTED:]) if set(part) <= set(g) and all(v.name for v in g))
        return next((g for g in wider if all(mention.country in ((v.country,) if v.country else v.flags) for v in g)), ())

    def _crew_of(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """The one ship of a nation told just before, by her people: "The frigate Navarra found the tug off Ceuta. The Spaniards stayed with her"."""
        if not mention.plural or not mention.country or mention.count is not None:
            return ()
        late = [v for v in self.recent if v.name and v not in self.here and sentence - v.last_sentence <= _PAIR_SENTENCES]
        kin = tuple(v for v in late if mention.country == (v.country or "".join(v.flags)))
        return kin if len(kin) == 1 else ()

    def _of_its_nation(self, mention: VesselMention, others: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
        """The ships that are of a nation for sure, where others of whom no nation is known were told since: "Two boats watched the Chinese ships"."""
        if mention.country is None or mention.count is not None or mention.type not in GENERIC or any(v.country or v.flags for v in others):
            return ()
        several = (g for g in (self.subject, *self._groups()) if g and (len(g) > 1 or g[0].plural))
        return next((g for g in several if all(v.country == mention.country and _fits(v, mention) for v in g)), ())

    def _latest(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """So many of the named vessels as were told last: "the pair" after a tug and a submarine of two sentences."""
        late = [v for v in self.recent if v.name and v not in self.watchers and sentence - v.last_sentence <= NEAR_SENTENCES]
        count = mention.count
        apart = [v for v in late if v not in self.here] if mention.acted_on else []
        late = apart if count and len(apart) >= count else late
        if count and len(late) < count:  # "The tug is escorting the submarine. The pair left Tartus on Monday"
            just = [v for v in self.recent if v.name and v not in self.here and sentence - v.last_sentence <= 1]
            late = just if len(just) == count else late
        if not count or len(late) < count:
            return ()
        return tuple(sorted(sorted(late, key=lambda v: v.last_sentence)[-count:], key=self.recent.index))

    def _whom_these_meet(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """Ships of other navies to whom those of the sentence do something: "A and B met the tug C and the tanker D. A and B watched the two"."""
        if not self.here:
            return ()
        apart = (g for g in reversed(self.focus[-FEW:]) if len(g) > 1 and not set(g) & set(self.here) and _counts(g, mention))
        told = next(apart, ())
        fits = all(v.count == 1 and _fits(v, mention) and all(of_others(v, one) for one in self.here) for v in told)
        return told if fits and not self.watchers.issuperset(told) else ()

    def _several(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        if mention.acted_on and mention.type in GENERIC and not mention.country and (met := self._whom_these_meet(mention)):
            return met
        here = tuple(dict.fromkeys(v for v in self.here if _fits(v, mention)))
        if not (mention.word or mention.noun or mention.count or mention.country) and mention.type in GENERIC and sum(bool(v.name) for v in here) > 1:
            return here  # "The submarines A and B came home, each escorted by a tug"
        if mention.count and sum(v.count or 0 for v in here) == mention.count and len(here) > 1 and all(v.count for v in here):
            return here
        if mention.acted_on and len(here) - 1 == mention.count and len(here) > 2 and all(v.count == 1 and v.name for v in here):
            return here[:-1]  # "A had left with B, said the navy, whose patrol ship C saw the two past the cape"
        if mention.type not in (None, *GENERIC) and not (mention.count or mention.acted_on) and sum(bool(v.name) for v in here) > 1:
            return here  # "The tugs A and B got the job: the tugs left Oran"
        band = next((v for v in reversed(self.here) if v.group and not v.name), None)
        if band and mention.type in GENERIC and mention.count is None and not mention.country:
            return band.members or (band,)  # "the 93rd flotilla is at sea; these ships are in the Red Sea"
        counted = [v for v in here if v.plural and v.count == mention.count and not v.group]
        if mention.word is None and mention.noun is None and len(counted) == 1:
            return (counted[0],)  # "tried to slip two submarines past the Alliance, but a frigate was waiting for both of them"
        if mention.count == 2 and mention.type in GENERIC and not mention.acted_on and (both := self._she_and_another(mention, sentence)):
            return both
        if part := self._part_of(self.subject, mention):
            return part
        if mention.type in GENERIC and mention.count is None and len(self.subject) > 1 and all(_fits(v, mention) for v in self.subject):
            whole = self._watched_before(mention, sentence) or self._whole_of(mention) or self.subject
            return self._of_its_nation(mention, whole) or whole  # "The two trained with some Greek ships. The ships left on Friday."
        if mention.count == 2 and mention.type in GENERIC and not mention.country and (pair := named_pair(self.focus, self.recent, self.subject)):
            return pair
        for group in self._groups():
            if part := self._part_of(group, mention):
                return self._all_of_nation(part, mention) or part
            total = sum(v.count or 0 for v in group)
            if (len(group) > 1 or group[0].plural) and all(_fits(v, mention) for v in group) and (mention.count in (None, total)):
                if mention.country and self._of_others_too(group[0], mention.country):
                    continue
                others = self._latest(mention, sentence) if mention.type in GENERIC and self.watchers.issuperset(group) else ()
                if mention.country and any(_clash(v, mention.country, None) for v in others):
                    return group
                return others or self._of_its_nation(mention, group) or group
        if together := self._both_groups(mention):
            return together
        as_many = (v for v in reversed(self.recent) if not v.name and not v.members and v.count == mention.count and _fits(v, mention))
        if mention.count and (told := next((v for v in as_many if sentence - v.last_sentence <= TURN_SENTENCES), None)):
            return (told,)  # "The carrier and five warships are off Taiwan. The five …"
        loose = next(
            (v for v in reversed(self.recent) if v.plural and not v.name and not v.group and v.type in GENERIC and may_be(v, _as_told(mention))),
            None,
        )
        if loose and mention.type not in GENERIC and mention.count in (None, loose.count) and sentence - loose.last_sentence <= 4:
            loose.type = mention.type
            return (loose,)
        return self._several_apart(mention, sentence)

    def _several_apart(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """The ships told one by one that a phrase for several stands for, where no group told before does."""
        fitting = [v for v in self.recent if _fits(v, mention) and v.count == 1 and v.name]
        apart = [v for v in fitting if v not in self.here] if mention.acted_on else []
        fitting = apart if mention.count and len(apart) >= mention.count else fitting  # "HMS Duncan shadowed both ships"
        if mention.type in GENERIC:
            fitting = [v for v in fitting if mention.count and sentence - v.last_sentence <= 4]
            acting = [v for v in fitting if v not in self.watchers]
            fitting = acting if mention.count and len(acting) >= mention.count else fitting
            if mention.count and len(fitting) > mention.count > 1:
                fitting = sorted(sorted(fitting, key=lambda v: v.last_sentence)[-mention.count :], key=self.recent.index)
        if mention.count and len(fitting) > mention.count > 1 and mention.type not in GENERIC:
            fitting = sorted(sorted(fitting, key=lambda v: v.last_sentence)[-mention.count :], key=self.recent.index)
        if len(fitting) > 1 and mention.count in (None, len(fitting)):
            return tuple(fitting)
        late = [v for v in self.recent if not v.plural and v.count == 1 and 0 < sentence - v.last_sentence <= 2]
        if mention.type in GENERIC and mention.count == 2 and len(late) == 2 and any(v.name for v in late):
            return tuple(late)  # "the cruiser … with a frigate. Both had been seen …"
        if mention.type in GENERIC and mention.det == "definite" and not (mention.count or mention.country or mention.acted_on):
            near = [v for v in self.recent if v.last_sentence < sentence <= v.last_sentence + _PAIR_SENTENCES and (v.name or v.plural)]
            others = tuple(v for v in near if v not in self.watchers and v not in self.here)
            told = len(others) > 2 and all(v.name and v.count == 1 for v in others)  # "A came on Monday, B on Tuesday. C docked, too. The ships …"
            return self._two_apart(sentence) or (others if told else ())  # "HMS Kent shadowed the Boikiy. The ships …"
        named = tuple(v for v in self.recent if v.name and _fits(v, mention))
        if mention.count == len(named) > 1:
            return named
        return (mention.count == 2 and self._one_by_one(sentence, TURN_SENTENCES, mention)) or self._added_up(mention, sentence)

    def _watched_before(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """Those of whom the text told before who watched them: "Three frigates passed. The destroyers A and B shadowed them. The ships …"."""
        if mention.det != "definite" or mention.country or self.here or not self.watchers.issuperset(self.subject):
            return ()
        first = min(v.seen_in for v in self.subject)
        groups = (g for g in self._groups() if (len(g) > 1 or g[0].plural) and self.watchers.isdisjoint(g))
        whole = next(groups, ())
        told = all(v.seen_in < first and sentence - v.last_sentence <= _PAIR_SENTENCES and _fits(v, mention) for v in whole)
        return whole if told and not _same_land(whole[:1], self.subject) else ()

    def _whole_of(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """All the ships told together of whom the last clause told some: "A, B and C left. A and B trained. The ships …" means the three."""
        if mention.det != "definite" or mention.acted_on:
            return ()
        wider = (g for g in reversed(self.focus[-_LISTED:]) if set(self.subject) < set(g) and all(v.name and _fits(v, mention) for v in g))
        return next((g for g in wider if not any(of_others(g[0], v) for v in g)), ())

    def _part_of(self, group: tuple[Vessel, ...], mention: VesselMention) -> tuple[Vessel, ...]:
        """Those of a group that a phrase picks out, but all of it where it was told by that very word: "Three warships … The warships …"."""
        part = _part_of(group, mention)
        if part and mention.type is VesselType.WARSHIP and not mention.country:
            whole = set(group)
            if any(v.type is VesselType.WARSHIP and not v.group and whole == set(v.members) for v in self.recent if v.members):
                return group
        return part

    def _she_and_another(self, mention: VesselMention, sentence: int) -> tuple[Vessel, ...]:
        """The ship spoken of and the one that the sentence names beside her: "The exercise with the frigate X, after which both ships returned"."""
        met = tuple(dict.fromkeys(v for v in self.here if v.name))
        if len(met) != 1 or len(self.here) > 1 or len(self.subject) != 1 or not self.subject[0].name or met[0] is self.subject[0]:
            return ()
        return (self.subject[0], met[0]) if met[0].seen_in == sentence and not mention.country else ()

    def _of_others_too(self, counted: Vessel, country: str) -> bool:
        """Whether ships of another nation were named since some were counted, among whom "the Chinese ships" are then only a part."""
        if counted.name or counted.country or (counted.count or 0) <= HARDLY_BY_CHANCE:
            return False
        return any(v.name and v.seen_in > counted.seen_in and v not in self.watchers and _clash(v, country, None) for v in self.recent)

    def _both_groups(self, mention: VesselMention) -> tuple[Vessel, ...]:
        """The last two groups that together are as many as a number says: "all ten", after five of one navy and five of another."""
        if not mention.count or mention.count < 3:
            return ()
        groups = [g for g in self._groups() if len(g) > 1 and all(v.name and _fits(v, mention) for v in g)][:4]
        for number, group in enumerate(groups):
            for other in groups[number + 1 :]:
                if len(group) + len(other) == mention.count and set(group).isdisjoint(other):
                    return (*other, *group)
        late = list(islice(reversed(self.recent), _COUNTED))[::-1]
        counted = [v for v in late if not v.name and not v.members and (v.count or 0) > 1 and _fits(v, mention)]
        pairs = ((one, other) for n, one in enumerate(counted) for other in counted[n + 1 :])
        return next(((a, b) for a, b in pairs if (a.count or 0) + (b.count or 0) == mention.count and not mention.country), ())

    def _new(self, mention: VesselMention) -> Vessel:
        unnamed = not mention.name
        vessel = Vessel(
            mention.name,
            mention.count,
            mention.type,
            mention.plural and unnamed and not (mention.count == 1 and mention.det == "part"),
            mention.group and unnamed,
            keys=mention.keys,
            flags=mention.flags,
            kinds=mention.kinds,
            classes=mention.classes,
            owner=mention.owner,
            word=mention.word,
            number=mention.number,
        )
        self.vessels.append(vessel)
        self.recent.append(vessel)
        if vessel.name:
            folded = fold(vessel.name)
            vessel.words = folded.split()
            self._names.setdefault(folded, vessel)
        return vessel


def _same_land(some: Sequence[Vessel], others: Sequence[Vessel]) -> bool:
    """Whether ships are known to be of the land of others: escorts are of their convoy, shadows are not."""
    return any(v.country is not None and v.country == other.country for v in some for other in others)


def _is_band_of(band: Vessel, country: str) -> bool:
    """Whether a group is of a nation, or all of its ships may be."""
    return band.country == country or all(country in ((v.country,) if v.country else v.flags or (country,)) for v in band.members)


def _in_order(group: tuple[Vessel, ...]) -> tuple[Vessel, ...]:
    """Two ships in the order of the text, whatever the order was of an act that brought them together: "A is in Kiel. B joined her. The latter …"."""
    if len(group) != 2 or not all(v.mentions for v in group):
        return group
    together = group[0].last_sentence == group[1].last_sentence
    return tuple(sorted(group, key=lambda v: v.mentions[-1 if together else 0][0]))


def _told_last(vessels: list[Vessel], sentence: int) -> Vessel:
    """The vessel told last, but not one of a list of its like when another was told by itself: "sailed with the frigates A and B. The frigate …"."""
    last = max(vessels, key=lambda v: (v.last_sentence, v.mentions[-1][0] if v.mentions else 0))
    if last.alone or sum(v.last_sentence == last.last_sentence and not v.alone for v in vessels) < 2:
        return last
    alone = [v for v in vessels if v.alone and sentence - v.last_sentence <= NEAR_SENTENCES]
    return max(alone, key=lambda v: v.last_sentence) if alone else last


def _by_register(vessels: list[Vessel], class_name: str) -> list[Vessel]:
    """Of some vessels those that the register has in a class, else those of which it knows no class; all where that leaves none."""
    known = [v for v in vessels if class_name in v.classes]
    return known or [v for v in vessels if not v.classes] or vessels


def _of_sort(vessels: list[Vessel], sort: str) -> list[Vessel]:
    """Of some vessels those told to be trawlers, yachts or the like, else those of which nothing is known: "the trawler" is no frigate."""
    alike = [v for v in vessels if sort in v.sorts]
    return alike or [v for v in vessels if not v.sorts and v.type in (None, VesselType.VESSEL) and not v.kinds]


def _same_owner(group: tuple[Vessel, ...], mention: VesselMention) -> bool:
    """Whether a group may be the one meant: "the Baltic Fleet group" is not the Northern Fleet's."""
    if mention.country and any(v.name and _clash(v, mention.country, None) for v in group):
        return False  # "the same group of Russian ships" are no French ones, nor those who watched some
    if mention.country and all(_clash(v, mention.country, None) for v in group):
        return False
    if not mention.owner:
        return True
    return all(v.owner in (None, mention.owner) for v in group) and any(v.name or v.owner == mention.owner for v in group)


_NO_WARSHIPS = frozenset(
    {
        VesselType.OILER, VesselType.TANKER, VesselType.AUXILIARY, VesselType.TUG, VesselType.RESCUE_SHIP, VesselType.CARGO_SHIP,
        VesselType.RESEARCH_SHIP, VesselType.HOSPITAL_SHIP, VesselType.ICEBREAKER,
    }
)  # fmt: skip


def _part_of(group: tuple[Vessel, ...], mention: VesselMention) -> tuple[Vessel, ...]:
    """Those of a group that a phrase picks out by their type or nation: "A and the frigates B and C left. The frigates …"."""
    part = group
    if mention.type not in GENERIC and mention.type is not None:
        part = tuple(v for v in part if v.type is mention.type)
    elif (mention.noun or "").startswith("warship"):
        part = tuple(v for v in part if v.type not in _NO_WARSHIPS and not (v.type is None and v.kinds and v.kinds <= _NO_WARSHIPS))
    if mention.sort == SURFACE:
        part = tuple(v for v in part if not _dives(v))
    if mention.country:
        part = tuple(v for v in part if mention.country in ((v.country,) if v.country else v.flags) or not (v.country or v.flags))
    if not part or len(part) == len(group) or not all(_fits(v, mention) for v in part):
        return ()
    total = sum(v.count or 0 for v in part)
    return part if (len(part) > 1 or part[0].plural) and mention.count in (None, total) else ()


def _by_kind(vessel: Vessel, mention: VesselMention) -> bool:
    """Whether the register alone knows a vessel to be of the type that a phrase tells."""
    return mention.type in vessel.kinds and (vessel.type is None or vessel.type in GENERIC)


def _as_told(mention: VesselMention) -> Vessel:
    return Vessel(None, mention.count, mention.type, country=mention.country, class_name=mention.class_name)


def of_others(one: Vessel, other: Vessel) -> bool:
    """Whether two vessels are told, or known by their names, to be of different nations."""
    mine, theirs = (frozenset([v.country]) if v.country else v.flags for v in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _counts(group: tuple[Vessel, ...], mention: VesselMention) -> bool:
    """Whether a group holds as many as a word such as "trio" says, where both are known."""
    total = sum(v.count or 0 for v in group)
    return mention.count is None or total in (0, mention.count)


def are_no_warships(vessel: Vessel, named: Vessel) -> bool:
    """Whether ships counted were told to be dhows or the like, and a named one is a warship: "Two dhows …. The frigate A and the destroyer B …"."""
    types = {named.type} if named.type else named.kinds
    return bool(vessel.sorts) and vessel.plural and bool(types) and types <= {*_FIGHTING, VesselType.WARSHIP}


def may_be(vessel: Vessel, named: Vessel) -> bool:
    """Whether a named vessel can be one of those that were only counted or told by their type before."""
    if _clash(named, vessel.country, vessel.class_name):
        return False
    if are_no_warships(vessel, named):
        return False
    if vessel.type in GENERIC or vessel.type is None or (vessel.type is VesselType.AUXILIARY and vessel.plural and named.type in _NO_WARSHIPS):
        return True
    if named.type is None or named.type in GENERIC:
        return not named.kinds or any(kind in GENERIC or _alike(kind, vessel.type) for kind in named.kinds)
    if vessel.type is VesselType.CARGO_SHIP and vessel.plural and named.type is VesselType.TANKER:
        return True  # "three merchant ships … the tanker A, the container ship B and the bulker C"
    return _alike(vessel.type, named.type)


def _clash(vessel: Vessel, country: str | None, class_name: str | None) -> bool:
    """Whether a nation or class that the text tells can't be the vessel's."""
    if country and (country != vessel.country if vessel.country else vessel.flags and country not in vessel.flags):
        return True
    return bool(class_name and vessel.class_name and fold(class_name) != fold(vessel.class_name))


def surely(vessel: Vessel, named: Vessel) -> bool:
    """Whether one vessel told by its type is the one named later: both of one nation, and the type or class fits."""
    same_nation = vessel.country is not None and (vessel.country == named.country or (named.country is None and vessel.country in named.flags))
    told = {vessel.type, named.type}
    other = len(told) == 2 and told <= _FIGHTING  # "a Russian cruiser" is not "the Russian destroyer X"
    return same_nation and not (vessel.plural or vessel.one_of) and not other and (named.type is not None or bool(named.flags))


_SIZES = {VesselType.CRUISER: 4, VesselType.DESTROYER: 3, VesselType.FRIGATE: 2, VesselType.CORVETTE: 1}
_FIGHTING = frozenset({VesselType.CRUISER, VesselType.DESTROYER, VesselType.FRIGATE, VesselType.CORVETTE})


def _short_form(known: list[str], words: list[str]) -> bool:
    """Whether one name is the other's last word or words: "Grigorovich" for "Admiral Grigorovich", "Kasatonov" for the full title."""
    short, long = (known, words) if len(known) < len(words) else (words, known)
    return len(short) < len(long) and short == long[-len(short) :] and len(short[-1]) > 3


_TELLING_LETTERS = 7
_LETTERS = (("kh", "h"), ("ks", "x"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i"), ("ii", "i"), ("shch", "sch"))


@lru_cache(maxsize=4096)
def _in_plain_letters(name: str) -> str:
    """A name with the letters that Russian is written in in several ways as one: "Yevgeniy", "Evgeny"."""
    for letters, plain in _LETTERS:
        name = name.replace(letters, plain)
    return re.sub(r"\bie", "e", name)


def _same_phrase(vessel: Vessel, mention: VesselMention) -> bool:
    return (
        vessel.count == mention.count
        and vessel.type == mention.type
        and vessel.plural == mention.plural
        and (vessel.country == mention.country or not mention.country or not vessel.country)
        and (vessel.class_name or "").lower() in ("", (mention.class_name or "").lower() or (vessel.class_name or "").lower())
    )


def _dives(vessel: Vessel) -> bool:
    """Whether a vessel is a submarine, by the text or by the register."""
    return vessel.type is VesselType.SUBMARINE or (vessel.type in (None, *GENERIC) and vessel.kinds == {VesselType.SUBMARINE})


_OF_COAST_GUARD = frozenset({VesselType.ICEBREAKER, VesselType.RESCUE_SHIP, VesselType.TRAINING_SHIP, VesselType.RESEARCH_SHIP})
_SHIPS_OF_LINE = frozenset({VesselType.PATROL_SHIP, VesselType.CORVETTE, VesselType.FRIGATE})


def _fits(vessel: Vessel, mention: VesselMention) -> bool:
    """Whether a definite phrase can stand for a vessel."""
    if _clash(vessel, mention.country, mention.class_name) or (mention.sort == SURFACE and _dives(vessel)):
        return False
    if mention.hull and vessel.hull and fold_hull(mention.hull) != fold_hull(vessel.hull):
        return False  # "the destroyer 117 and the frigate 542"
    if mention.type is VesselType.WARSHIP and not mention.plural and vessel.type in _NO_WARSHIPS and (mention.noun or "").startswith("warship"):
        return False
    if mention.type in GENERIC or mention.type is None:
        return True
    if mention.type is VesselType.PATROL_SHIP and mention.noun in ("vessel", "ship", "cutter") and vessel.type in _OF_COAST_GUARD:
        return True  # "the Coast Guard vessel" for an icebreaker
    if vessel.type is None and vessel.name and vessel.kinds and vessel.kinds | {mention.type} <= _SHIPS_OF_LINE and mention.country in vessel.flags:
        return True  # "the Philippine Navy's newest frigate" for what the register has as a patrol ship
    if len(vessel.kinds) == 1 and mention.type in vessel.kinds:
        return True  # "the icebreaker" for a cutter that is one
    if vessel.type is None or vessel.type in GENERIC:
        return bool(vessel.name) and (not vessel.kinds or any(kind in GENERIC or _alike(kind, mention.type) for kind in vessel.kinds))
    return _alike(vessel.type, mention.type)


def _counted_beside(group: Sequence[Vessel], mention: VesselMention) -> tuple[Vessel, ...]:
    """The ships counted as the others of a named one: "HMS Kent and two other ships left. The other two …"."""
    left = tuple(v for v in group if not v.name)
    one = len(left) == 1 == len(group) - 1 and not (left[0].group or left[0].partial)
    return left if one and left[0].count == mention.count and (left[0].plural or mention.count == 1) else ()


def _are_told(vessels: Sequence[Vessel]) -> bool:
    """Whether vessels are several that a text names, or counts by their type."""
    several = len(vessels) > 1 or (bool(vessels) and vessels[0].plural)
    return several and all(v.name or (v.count and v.type not in GENERIC) for v in vessels)


def _behind_all(told: list[Vessel], group: tuple[Vessel, ...]) -> list[Vessel]:
    """What a sentence tells behind a group as a whole, or all of it: "Of the three ships only HMS Kent came in; the others …"."""
    whole = next((n for n in range(len(group), len(told)) if set(told[:n]) >= set(group)), 0)
    return told[whole:]


def _alike(one: VesselType, other: VesselType) -> bool:
    return one is other or frozenset((one, other)) in NEAR_TYPES or (one in _SUPPLY and other in _SUPPLY)  # "the supply ship" is the tanker


def _has_number(vessel: Vessel, hull: str) -> bool:
    """Whether a number is the one on a vessel's side, or her name ends in it: "China Coast Guard 5402"."""
    if vessel.hull and hull.isdecimal() and len(hull) > 1 and vessel.hull.endswith(hull) and not vessel.hull[-len(hull) - 1 : -len(hull)].isdecimal():
        return True  # "HMCS Regina (FFH 334) left Guam. Frigate 334 …"
    return fold_hull(vessel.hull) == fold_hull(hull) if vessel.hull else len(vessel.words) > 1 and vessel.words[-1] == hull


_LETTERED = re.compile(r"([A-Z]{2,4})-?\d+", re.I)


def _other_hull(vessel: Vessel, entry: VesselEntry) -> bool:
    """Whether a hull number with a type's letters is not the row's: "Lafayette (FFG-65)" is not the frigate of another navy."""
    return bool(
        vessel.hull and _LETTERED.fullmatch(vessel.hull) and not vessel.country and fold_hull(vessel.hull) != fold_hull(entry.hull or vessel.hull)
    )


def identify(vessel: Vessel, gazetteer: Gazetteer, countries: Iterable[str], published: date | None) -> VesselEntry | None:
    """The row of the register that a named vessel is, or None where there is none or it stays open.

    `countries`: the countries whose navies the document speaks of, for a vessel of which it tells no country itself.
    """
    entries = [gazetteer.vessels.entries[key] for key in vessel.keys] or list(gazetteer.vessels.named(vessel.name or ""))
    if not entries:
        return None
    found = pick(
        entries, country=vessel.country, type=vessel.type, hull=vessel.hull, class_name=vessel.class_name, project=vessel.project, on=published
    )
    if found is None and not vessel.country:
        of_these = [entry for entry in entries if entry.country in set(countries)]
        found = pick(of_these, type=vessel.type, hull=vessel.hull, class_name=vessel.class_name, project=vessel.project, on=published)
    if found and _other_hull(vessel, found):
        return None
    preferred = gazetteer.vessels.preferred.get(fold(vessel.name or ""))
    if found is None and preferred:
        entry = gazetteer.vessels.entries[preferred]
        fits = (vessel.type is None or vessel.type in GENERIC or vessel.type == entry.type) and vessel.country in (None, entry.country)
        return entry if fits and not vessel.hull else None
    return found
