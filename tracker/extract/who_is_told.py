"""Stage 4, of whom a sentence tells: its mentions, each new, told before or no ship at all, and the groups that they make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tracker.domain.kinds import VesselType
from tracker.extract.corefer import GENERIC, SURFACE, Vessel, may_be
from tracker.extract.groups import attends, before_phrase, fronts_others, group_mentions, opens_phrase
from tracker.extract.line import Line
from tracker.extract.members import NAMES_AS
from tracker.extract.mention import VesselMention
from tracker.extract.named_later import name_defined
from tracker.extract.rest import counts_times
from tracker.extract.scene import Discourse, Group
from tracker.gazetteer.lexicon import flat


def groups_of(line: Line, number: int, mentions: list[VesselMention], discourse: Discourse) -> tuple[list[VesselMention], list[Group]]:
    """The mentions whose vessels are known, and the groups that they make."""
    auxiliaries = line.doc.lexicon.sets["auxiliaries"]
    if "as" in line.words and len(discourse.fleet.subject) > 1 and not NAMES_AS.isdisjoint(line.words):
        mentions = [m for m, behind in zip(mentions, [*mentions[1:], None], strict=False) if not (behind and _is_said_to_be(line, m, behind))]
    if "of" in line.words and "same" in line.words:
        mentions = _same_group_of(line, mentions)
    for mention in mentions:
        pointed = mention.det == "definite" or (mention.det == "epithet" and (mention.count or 0) > 1)  # "saw the two past the cape"
        mention.acted_on = pointed and (line.ending("trigger", mention.first) is not None or _behind_company(line, mention, mentions))
        mention.relieved = mention.acted_on and (
            line.low(mention.first - 1) in _RELIEVES or line.lows[mention.first - 2 : mention.first] == _OVER_FROM
        )
        the = not mention.name and line.low(mention.first) == "the"
        new = the and (_ranks_one(line, mention, mentions) or _of_her_class(line, mention) or _named_by_clause(line, mention, mentions))
        if new or (mention.group and not mention.name and _is_newcomers(line, mention, mentions, discourse)):
            mention.det = "a"
        if mention.det == "count" and _quoted_again(line, mention, number, discourse):
            mention.det = "definite"
        if the and not new and not (mention.plural or mention.group) and mention.det == "definite":
            mention.number = _RANK_OF.get(line.low(mention.first + 1), "")
        if not (mention.name or mention.group or the) and mention.det in ("a", "count"):
            mention.number = next((low for low in line.lows[mention.first : mention.last] if low in _YET_ANOTHER), "")
        mention.other = mention.det == "definite" and not (mention.name or mention.plural) and "other" in line.lows[mention.first : mention.last]
        if mention.group and mention.det == "a":
            mention.other = not _ANEW.isdisjoint(line.lows[mention.first : mention.last])  # "A second group was off Crete"
        if mention.det in ("count", "several") and not mention.name:
            mention.other = _watch_them(line, mention)
        mention.hers = pointed and ((the and _done_to_by_her(line, mention)) or _is_beside(line, mention, mentions))
        mention.sort = _sort_of(line, mention)
        if pointed and the and (other := _joined_to(line, mention, mentions)):
            mention.beside = other.type
        mention.acts = mention.group and (line.low(mention.last) in auxiliaries or line.starting("trigger", mention.last) is not None)
    known = [(m, found) for m, found in _resolved(line, number, mentions, discourse) if found]
    for mention, found in known:
        if mention.name and line.low(mention.first) == "the" and not _NAMES_HER.isdisjoint(line.lows[mention.first + 2 : mention.last - 1]):
            name_defined(discourse.fleet, found[0], number)
    if not _STEADS.isdisjoint(line.words):
        known = [(m, found) for m, found in known if not _is_replaced(line, m)]
    if line.low(0) == "of" and len(known) > 1 and _is_divided(line, known[0][0], known[1][0]):
        known = known[1:]
    mentions = [m for m, _ in known]
    return mentions, group_mentions(line, mentions, [found for _, found in known], discourse.fleet)


_YET_ANOTHER = frozenset(["another", "second", "third", "fourth"])
_RANK_OF = {"first": "1", "second": "2", "third": "3"}
_WATCHES = ("shadow", "monitor", "track", "follow", "escort", "watch", "trail", "tail", "intercept", "observ", "expel", "pursu", "chas")
_WATCH_TOKENS, _HER = 8, frozenset(["her", "it", "them"])


def _watch_them(line: Line, mention: VesselMention) -> bool:
    """Whether ships are told to watch those told before, and are no such: "Four patrol boats were sent to shadow them"."""
    if line.words.isdisjoint(_HER):
        return False
    them = next((n for n in range(mention.last, min(mention.last + _WATCH_TOKENS, line.size)) if line.low(n) in _HER), None)
    return them is not None and line.low(them - 1).startswith(_WATCHES)


_RELIEVES, _OVER_FROM = frozenset(["relieved", "relieve", "relieves", "relieving"]), ["over", "from"]


def _behind_company(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether "the" ship is another than those told in front of her as with her: "Accompanied by the corvette X, the frigate left"."""
    if line.low(mention.first) != "the" or line.text(mention.first - 1) != ",":
        return False
    before = next((m for m in reversed(mentions) if m.last < mention.first), None)
    if before is None:
        return False
    if before.last < mention.first - 1:  # "With the corvette X astern, the frigate left"
        begins = opens_phrase(line, before_phrase(line, before.first))
        return begins and mention.first - before.last <= _ATTENDS_TOKENS and attends(line, before.first, before.last)
    return bool(fronts_others(line, before.first, before.last))


_ATTENDS_TOKENS = 5


def _is_beside(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether "and" joins a ship to one of another type right in front of her: "the destroyer and the frigate" are two."""
    if mention.plural or mention.name or line.low(before_phrase(line, mention.first)) not in ("and", ","):
        return False
    at = before_phrase(line, mention.first)
    at -= line.low(at - 1) == "," and line.low(at) == "and"
    before = next((m for m in mentions if m.last == at), None)
    return before is not None and not before.plural and before.type not in (None, mention.type, *GENERIC) and mention.type not in GENERIC


def _joined_to(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> VesselMention | None:
    """The one of another type that "and" joins to a ship told by hers alone: "the destroyer and the frigate"."""
    if "and" not in line.words or mention.plural or mention.type in (None, *GENERIC):
        return None
    at, front = mention.last, before_phrase(line, mention.first)
    other = next(
        (m for m in mentions if (m.last == front and line.low(front) == "and") or (before_phrase(line, m.first) == at and line.low(at) == "and")),
        None,
    )
    alone = other is not None and not (other.name or other.plural) and other.det == "definite" and other.type not in (None, mention.type, *GENERIC)
    return other if alone else None


def _resolved(line: Line, number: int, mentions: list[VesselMention], discourse: Discourse) -> Iterator[tuple[VesselMention, tuple[Vessel, ...]]]:
    """The mentions of a sentence with the vessels they stand for; what a ship is only told to be adds to what is known of her."""
    fleet, before = discourse.fleet, None
    for mention in mentions:
        if before is not None and mention.det == "a" and _says_what(line, before[0], mention):
            fleet.describe(before[1][0], mention)
            continue
        if before is None and mention.det == "a" and (she := _she_is(line, mention, discourse)):
            fleet.describe(she, mention)
            continue
        before = (mention, fleet.resolve(mention, number))
        yield before
        before = before if before[1] else None


def _says_what(line: Line, named: VesselMention, mention: VesselMention) -> bool:
    """Whether a phrase only says what the ship named right in front of it is: "HMS Kent is a Type 23 frigate"."""
    if not named.name or named.group or mention.plural or mention.group or mention.name or line.low(mention.first) not in ("a", "an"):
        return False
    between = [low for low in line.lows[named.last : mention.first] if low not in _ALSO]
    return between in (["is"], ["was"]) and line.low(named.first - 1) not in _WITH_HER


def _she_is(line: Line, mention: VesselMention, discourse: Discourse) -> Vessel | None:
    """The ship of which a sentence that opens with a pronoun only says what she is: "She is a Type 23 frigate"."""
    if line.lows[: mention.first] not in _SHE_IS or mention.name or mention.plural or mention.group or mention.country:
        return None
    vessels = discourse.fleet.pronoun(line.low(0))
    return vessels[0] if len(vessels) == 1 and vessels[0].name and line.low(mention.last) not in ("that", "which", "who") else None


_SHE_IS = (["she", "is"], ["she", "was"], ["it", "is"])
_ALSO = frozenset(["also", "itself", "herself", "actually"])
_WITH_HER = frozenset(["with", "by", "and", "of"])


def _of_her_class(line: Line, mention: VesselMention) -> bool:
    """Whether a ship is told by her rank in her class, and so none told before: "The first frigate of the class left on Monday"."""
    ranked = not mention.plural and not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[mention.first : mention.last])
    of = next((n for n in range(mention.first, mention.last + 1) if line.low(n) == "of"), None)
    return ranked and of is not None and mention.first == 0 and line.low(of + 2) in _CLASSES and line.low(of + 1) in ("the", "her", "its", "this")


_CLASSES = frozenset(["class", "type", "series", "kind", "design"])
_ANEW = frozenset(["another", "second", "third", "fourth", "other", "further", "new", "different", "separate"])


def _quoted_again(line: Line, mention: VesselMention, number: int, discourse: Discourse) -> bool:
    """Whether a quotation opens with as many ships as were named right before it: "The frigates A and B are on their way. "Two frigates passed …"."""
    told = discourse.fleet.subject
    if mention.name or mention.count != len(told) or len(told) < 2 or line.doc.text[max(mention.start - 1, 0)] not in ('"', "“"):
        return False
    like = Vessel(None, mention.count, mention.type, country=mention.country)
    return all(v.name and v.last_sentence == number - 1 and v.type == mention.type and may_be(like, v) for v in told)


def _is_said_to_be(line: Line, mention: VesselMention, behind: VesselMention) -> bool:
    """Whether ships told before are only told to be those named behind them: "identified the target vessels as the tanker A and the bulker B"."""
    several = mention.plural and mention.det == "definite" and not mention.name and behind.name
    return bool(several) and line.low(mention.last) == "as" and behind.first - mention.last <= 2 and line.low(mention.first - 1) in NAMES_AS


_WHOLE_TOKENS = 3


def _is_divided(line: Line, whole: VesselMention, part: VesselMention) -> bool:
    """Whether a sentence opens with the ships of which it tells one or some: "Of the three ships, one frigate was off Jeju"."""
    several = whole.plural or (whole.count or 1) > 1 or whole.group
    opens = several and not whole.name and whole.first <= _WHOLE_TOKENS and line.text(whole.last) == ","
    return opens and before_phrase(line, part.first) <= whole.last


def _same_group_of(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """The mentions, those of a group told before with whose ships it is as one: "the same group of Russian ships"."""
    for group, ships in pairwise(mentions):
        of = group.group and not group.name and line.low(group.last) == "of" and ships.first == group.last + 1
        if of and line.low(group.first + 1) == "same" and ships.det == "bare" and ships.plural and not ships.name:
            group.country, group.last, group.end = ships.country, ships.last, ships.end
            return [m for m in mentions if m is not ships]
    return mentions


def _is_newcomers(line: Line, mention: VesselMention, mentions: list[VesselMention], discourse: Discourse) -> bool:
    """Whether a group is that of a ship named right before it, of whom nothing was told yet: "USS Wasp, its amphibious ready group and …"."""
    if not mention.group or line.low(mention.first) not in ("its", "her"):
        return False
    owner = next((m for m in mentions if m.name and 0 < mention.first - m.last <= 2), None)
    told = {flat(v.name) for v in discourse.fleet.vessels if v.name}
    return owner is not None and owner.name is not None and not any(name.endswith(flat(owner.name)) for name in told)


def _named_by_clause(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether a clause tells which ship is meant that is named behind it, and none told before: "The ship that she relieves, the Akebono, …"."""
    if mention.plural or mention.group or line.low(mention.first) != "the" or line.low(mention.last) not in ("that", "which", "whom"):
        return False
    named = next((m for m in mentions if m.name and m.first > mention.last and line.text(before_phrase(line, m.first)) == ","), None)
    return named is not None and line.text(named.last) == "," and "," not in line.lows[mention.last : before_phrase(line, named.first)]


_NAMES_HER = frozenset([",", "(", "–", "—", "named", "called", "identified"])
_SHE, _AUXILIARIES = frozenset(["she", "it"]), frozenset(["has", "had", "is", "was", "will", "to", "would", "been", "be"])
_TO_ANOTHER = ("reliev", "replac", "succeed", "escort", "shadow", "follow", "accompan", "tow", "refuel", "support", "monitor")
_HERS_TOKENS = 4


def _done_to_by_her(line: Line, mention: VesselMention) -> bool:
    """Whether a ship is told as the one whom the ship spoken of relieves or escorts: "the ship she replaced", "the tanker that it had towed"."""
    at = mention.last + (line.low(mention.last) in ("that", "which", "whom"))
    if line.low(at) not in _SHE or line.low(mention.first) != "the":
        return False
    verb = next((n for n in range(at + 1, at + _HERS_TOKENS) if line.low(n) not in _AUXILIARIES), at)
    return line.low(verb).startswith(_TO_ANOTHER)


_PLAIN = frozenset(["ship", "vessel", "boat", "craft", "unit", "lifeboat", "workboat", "launch", "dinghy", "skiff", "speedboat", "drydock", "liner"])


def _sort_of(line: Line, mention: VesselMention) -> str | None:
    """What kind of plain vessel a mention's words tell: of "the fishing boat X" the first, none of "the vessel"."""
    if mention.plural and mention.type in GENERIC and "surface" in line.lows[mention.first : mention.last]:
        return SURFACE  # "the two surface ships" are no submarines
    if mention.type is not VesselType.VESSEL:
        return None
    found = next((f for f in line.found("type") if mention.first <= f.first and f.last <= mention.last and f.data[0] is VesselType.VESSEL), None)
    if found is None or line.low(found.first) in _PLAIN:
        return None
    if mention.plural:
        one = line.low(found.last - 1).removesuffix("s")
        return one if one in _NO_MAN_OF_WAR else None
    word = line.low(found.last - 1)
    fishes = line.low(found.first) == "fishing" or "trawler" in line.lows[found.first : found.last]
    return "trawler" if fishes else word if word not in _PLAIN else line.low(found.first)


_NO_MAN_OF_WAR = frozenset(["dhow", "trawler", "yacht", "junk", "sailboat", "barge", "skiff"])
_RANKS_TOKENS = 12


def _ranks_one(line: Line, mention: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether a ship told by her rank is named behind, and so none told before: "The last carrier to dock in Manila was USS Abraham Lincoln"."""
    if line.low(mention.first) != "the" or line.low(mention.last) != "to":
        return False
    if line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[mention.first : mention.last]):
        return False
    be = line.doc.lexicon.sets["be"]
    return any(m.name and 0 < m.first - mention.last <= _RANKS_TOKENS and not be.isdisjoint(line.lows[m.first - 2 : m.first]) for m in mentions)


_NEWEST, _SERIES_TOKENS = frozenset(["latest", "newest", "last", "first"]), 5


_WITHOUT = frozenset(["by", "with", "under"])
_PARTS_PLAYED = frozenset(["consort", "consorts", "escort", "escorts", "companion", "companions"])


def is_no_ship(line: Line, mention: VesselMention) -> bool:
    """Whether words for a ship mean none in particular, or her people: "No other ship of the Navy is based there", "the ship's company"."""
    if mention.name:
        return False
    of = mention.first - 1
    if (
        "series" in line.words
        and line.low(of) == "of"
        and line.low(of - 1) == "series"
        and not _NEWEST.isdisjoint(line.lows[max(of - _SERIES_TOKENS, 0) : of])
    ):
        return True  # "CCG 5901, the latest in a series of Chinese ships"
    if line.low(mention.last - 1) in _PARTS_PLAYED and line.low(of) in ("for", "as") and mention.det != "definite" and not mention.country:
        return True  # "HMAS Brisbane, with HMAS Stalwart for a consort, left"
    if line.low(of) == "by" and mention.det == "a" and not _NEVER.isdisjoint(line.lows[max(of - _NEVER_TOKENS, 0) : of]):
        return True  # "Mombasa, never before visited by a Nigerian warship"
    if line.low(mention.first) == "no" and line.low(of) in _WITHOUT and line.low(mention.first + 1) not in ("fewer", "less"):
        return True  # "is accompanied by no warship", "left Malta with no escort"
    owns = line.text(mention.last) in ("'", "’")
    own = owns and line.low(mention.last + 2 * (line.low(mention.last + 1) == "s")) == "company"
    if owns and mention.group and line.text(mention.first - 1) == "," and _names_type(line, mention.last):
        return True  # "USS Sacramento, the group's support ship, arrived"
    return (
        own
        or (line.low(mention.first) == "no" and line.low(mention.first + 1) in ("other", "more") and line.low(mention.first + 2) != "than")
        or counts_times(line, mention.first, asides=True)
    )


_TYPE_TOKENS, _NEVER_TOKENS, _NEVER = 7, 6, frozenset(["never", "hitherto", "previously", "ever"])


def _names_type(line: Line, at: int) -> bool:
    """Whether a type of ship, and a comma, stand a few words behind a token."""
    found = next((f for n in range(at, at + _TYPE_TOKENS) if (f := line.starting("type", n))), None)
    return found is not None and line.text(found.last) == ","


_STEADS = frozenset(["place", "lieu", "instead", "stead"])


def _is_replaced(line: Line, mention: VesselMention) -> bool:
    """Whether vessels are only told as those that others stand in for: "In place of the frigate, the corvette X is on guard"."""
    at = before_phrase(line, mention.first)
    return line.low(at) == "of" and line.low(at - 1) in _STEADS and line.low(at - 2) not in ("the", "her", "its", "take")
