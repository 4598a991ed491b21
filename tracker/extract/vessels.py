"""Stage 2, vessels: names and unnamed ones put together, each with what the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.domain.kinds import PlaceKind, VesselType
from tracker.domain.names import fold
from tracker.domain.records import changed
from tracker.extract.appositions import without_appositions
from tracker.extract.articleless import is_told_bare, watched_ships
from tracker.extract.classes_behind import with_classes
from tracker.extract.flags import FLAG_WORDS, with_flag
from tracker.extract.heads import find_heads
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention
from tracker.extract.names import find_names, named_behind_hull, with_pennant
from tracker.extract.names_behind import GENERIC, as_hers, name_before, names_behind, owner_behind
from tracker.extract.names_in_front import unknown_in_front
from tracker.extract.names_listed import names_listed
from tracker.extract.numbers import parts
from tracker.extract.of_lands import of_lands
from tracker.extract.pennants import numbered_ships
from tracker.extract.plausible import PLACE_SIGNS, QUOTES
from tracker.extract.signs import signed_names
from tracker.extract.unknown import (
    acting_beside,
    acting_names,
    listed_among,
    listed_before,
    listed_beside,
    named_after_count,
    named_beside,
    numbered_names,
    of_nations,
    quoted_names,
    unknown_before,
    unknown_names,
    with_hull_letters,
)

_LISTED_TOKENS = 5
"""No more tokens than these part two names of one list."""
_NUMBER_NAMED = re.compile(r"[ -]\d{3,5}$")


def find_vessels(line: Line, confirmed: frozenset[str]) -> list[VesselMention]:
    """The vessel mentions of a sentence, in order. `confirmed`: folded names that a sign elsewhere in the text shows to be vessels'."""
    names = find_names(line, confirmed)
    for found in _found_by_signs(line):
        beside = [o for o in names if o.first < found.last and found.first < o.last]
        if all(o.weak or (o.first == found.first and o.last < found.last and not o.hull) for o in beside):
            names = [*(o for o in names if o not in beside), found]
    if types := [f for f in line.found("type") if f.last - f.first > 2]:
        names = [
            m for m in names if not (m.weak and any(f.first <= m.first and m.last < f.last for f in types))
        ]  # "Arctic and offshore patrol vessel"
    heads = find_heads(line, [m for m in names if not m.weak])
    if not heads and not names and not with_hull_letters(line, []):
        return list(parts(line, []))
    names = [changed(m, signed=True, weak=False) if m.weak and _apposed(line, m, heads) else m for m in names]
    merged = [m for m in _merge(line, heads, names) if m.signed or not m.weak]
    if weak := [m for m in names if m.weak]:
        open_ = [m for m in weak if m not in merged]
        merged.extend(m for m in open_ if _listed(line, m, merged, confirmed=fold(m.name or "") in confirmed))
        open_ = [m for m in open_ if m not in merged]
        merged.extend(changed(m, signed=True) for m in open_ if _told_to_be(line, m, merged))
        merged.extend(changed(m, signed=True) for m in open_ if _heads_entry(line, m, merged))
        merged.extend(changed(m, signed=True, type=m.type) for m in _counted_names(line, merged, weak))
    merged = [named_behind_hull(line, m) if m.name else with_pennant(line, m) for m in merged]
    if hulled := [m for m in merged if m.hull]:
        merged = [m for m in merged if not any(o is not m and o.last == m.last and o.first < m.first and o.name == m.name for o in hulled)]
    if numbered := _numbered_behind(line, merged):
        merged = [*(m for m in merged if all(m.first != o.first or m.last != o.last for o in numbered)), *numbered]
    _add_unknown(line, merged)
    kept = [m for m in merged if m.name or not any(o is not m and o.first <= m.first and m.last <= o.last for o in merged)]
    kept.extend(list(parts(line, sorted(kept, key=lambda m: m.start))))
    kept = [_told_by_pennant(line, m) for m in kept] if line.numerals else kept
    kept = [_sent_by(line, m) for m in kept] if not line.words.isdisjoint(_SENDS) else kept
    kept = [with_flag(line, m) for m in kept] if "(" in line.words or not line.words.isdisjoint(FLAG_WORDS) else kept
    kept = _former_marked(line, kept)
    if "class" in line.words:
        kept = with_classes(line, sorted(kept, key=lambda m: m.start))
    if not _REST.isdisjoint(line.words):
        kept = [_rest_of_named(line, m) for m in kept]
    return sorted(kept, key=lambda m: m.start)


def _found_by_signs(line: Line) -> list[VesselMention]:
    """The names that words beside them show to be ships', each kind looked for only where there are such words."""
    found, words = list[VesselMention](), line.words
    if "class" in words or "flagged" in words or not words.isdisjoint(line.doc.lexicon.sets["owned_by"]):
        found.extend(unknown_names(line))
    if not QUOTES.isdisjoint(words):
        found.extend(quoted_names(line))
    if line.numerals:
        found.extend(numbered_names(line))
    if "trigger" in line.kinds:
        found.extend(acting_names(line))
    found.extend(signed_names(line))
    if "and" in words or "&" in words:
        found.extend(names_listed(line))
    return found


def _add_unknown(line: Line, found: list[VesselMention]) -> None:
    """Add the unknown names that stand beside ships or in a list with them, each kind looked for only where there are such words."""
    words = line.words
    if not _NAMED.isdisjoint(words):
        found.extend(named_after_count(line, found))
    if "and" in words:
        found.extend(named_beside(line, found))
        found.extend(acting_beside(line, found) if "trigger" in line.kinds else ())
    if "the" in words and found:
        found.extend(listed_beside(line, found))
        found.extend(of_nations(line, found) if "nation" in line.kinds else ())
    if "place" in line.kinds:
        found.extend(of_lands(line, found))
    if len(found) > 1:
        found.extend(listed_among(line, found))
    if not words.isdisjoint(line.doc.lexicon.sets["hull_types"]):
        found.extend(with_hull_letters(line, found))


_NAMED, _REST = frozenset(["named", "called"]), frozenset(["rest", "remainder"])
_SENDS = frozenset(["sent", "sends", "sailed", "sails", "deployed", "deploys", "dispatched", "dispatches"])
_SENDERS_HELPERS = frozenset(["has", "have", "had", "also", "again", "already", "reportedly", "recently", "navy"])
_NEVER_SENT = frozenset([VesselType.VESSEL, VesselType.TANKER, VesselType.CARGO_SHIP, VesselType.TUG, None])


def _sent_by(line: Line, mention: VesselMention) -> VesselMention:
    """Warships of the land that sends them: "Canada sailed a warship through the Taiwan Strait", "Japan has sent two destroyers"."""
    if mention.name or mention.country or mention.type in _NEVER_SENT or line.low(mention.first - 1) not in _SENDS:
        return mention
    at = mention.first - 1
    while line.low(at - 1) in _SENDERS_HELPERS:
        at -= 1
    sender = line.ending("place", at)
    lands = [line.doc.gazetteer.places.entries[key] for key in sender.data] if sender and isinstance(sender.data, tuple) else []
    country = next((land.country for land in lands if land.kind is PlaceKind.COUNTRY), None)
    return changed(mention, country=country) if country else mention


_PENNANT = re.compile(r"([A-Z]{1,4})-?\d{3,5}")


def _told_by_pennant(line: Line, mention: VesselMention) -> VesselMention:
    """A ship of which a text tells nothing but the pennant number, which is no name: "the cutter PP-10069"."""
    pennant = _PENNANT.fullmatch(mention.name or "")
    if not pennant or mention.keys or mention.hull or pennant[1].lower() not in line.doc.lexicon.sets["pennant_letters"]:
        return mention
    return changed(mention, name=None, hull=mention.name, det="name")


def _rest_of_named(line: Line, mention: VesselMention) -> VesselMention:
    """The ships that a group has beside its lead: "sailed with the rest of the Kearsarge Amphibious Ready Group"."""
    of = mention.first - 1 - (line.low(mention.first - 1) == "the")
    if not (mention.name and mention.group) or line.low(of) != "of" or line.low(of - 1) not in ("rest", "remainder"):
        return mention
    first = of - 1 - (line.low(of - 2) == "the")
    start = line.starts[first]
    country = mention.country or (next(iter(mention.flags)) if len(mention.flags) == 1 else None)
    return changed(
        mention, start=start, first=first, name=None, keys=(), country=country, plural=True, count=None, det="several", type=VesselType.WARSHIP
    )


def _numbered_behind(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """The ships told by their numbers alone behind one whose name ends in its number: "China Coast Guard 14603, 14608 and 14513"."""
    found: list[VesselMention] = []
    for mention in mentions:
        if mention.name and _NUMBER_NAMED.search(mention.name) and line.low(mention.last) in (",", "and"):
            at = mention.last + 1 + (line.low(mention.last + 1) == "and")
            country = mention.country or (next(iter(mention.flags)) if len(mention.flags) == 1 else None)
            like = VesselMention(0, 0, 0, 0, type=mention.type, country=country or None, class_name=mention.class_name, det="name")
            found.extend(numbered_ships(line, at, like))
    return found


def _former_marked(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Mentions with the names marked that ships bore before: "the Cherkasy, formerly HMS Grimsby", "served for years as HMS A and HMS B"."""
    bore, served = line.doc.lexicon.sets["bore_before"], line.doc.lexicon.sets["former_life"]
    if line.words.isdisjoint(bore) and (line.words.isdisjoint(served) or "as" not in line.words):
        return mentions
    marked: list[VesselMention] = []
    for mention in sorted(mentions, key=lambda m: m.start):
        word, before = line.low(mention.first - 1), marked[-1] if marked else None
        near = before is not None and mention.first - before.last <= 4
        listed = near and before is not None and before.det == "former" and word in ("and", ",")
        at = mention.first - 1 - (word == "the")
        renamed = near and line.low(at) in bore and line.text(at - 1) in (",", "(")  # "the Cherkasy, once the Grimsby"
        lived = (
            word == "as"
            and line.text(mention.last) not in ("'", "’")
            and not served.isdisjoint(line.lows[max(mention.first - 12, 0) : mention.first])
        )
        marked.append(changed(mention, det="former") if mention.name and (renamed or lived or listed) else mention)
    return marked


def _only_nations(line: Line, first: int, last: int) -> bool:
    """Whether between two names stand only list marks, and the nation that owns the second: "and Canada's Calgary"."""
    owned = {n for f in (*line.found("nation"), *line.found("place")) for n in range(f.first, f.last)}
    return all(line.low(n) in (",", "and", "&", "the", "'", "’", "s") or n in owned for n in range(first, last))


def _listed(line: Line, weak: VesselMention, others: list[VesselMention], *, confirmed: bool) -> bool:
    """Whether a name that may be a place's stands in a list of vessels: "Minsk and the submarine X", "X (108), Zhanjiang and Y"."""
    if any(f.first <= weak.first and f.last > weak.last for f in line.found("place")):
        return False  # "the Fehmarn Belt"
    opens = line.low(weak.first - 1) == "of" and _leads_list(line, weak.first)
    if (line.low(weak.first - 1) in PLACE_SIGNS and not opens) or any(o.first <= weak.first < o.last for o in others):
        return False
    for other in others:
        first, last = (other.last, weak.first) if other.last <= weak.first else (weak.last, other.first)
        if not 0 < last - first <= _LISTED_TOKENS:
            continue
        gap = [line.low(n) for n in range(first, last)]
        if gap in ([","], ["and"], [",", "and"], [",", "the"], ["and", "the"], [",", "and", "the"]) and _beside_unnamed(line, weak, other):
            return True
        joined = _only_nations(line, first, last) and ("and" in gap or "&" in gap or confirmed or ("," in gap and opens) or _apart(line, weak, gap))
        free = opens or line.low(min(other.first, weak.first) - 1) not in PLACE_SIGNS
        if joined and other.name and (other.signed or not other.weak) and free:
            return True
    return False


def _leads_list(line: Line, at: int) -> bool:
    """Whether "of" in front of a token leads to the list of a group's ships: "the convoy of A, B and C", "consisting of A and B"."""
    return line.ending("group", at - 1) is not None or line.ends_with(at, line.doc.lexicon.sets["members"] - {"of"})


def _apart(line: Line, weak: VesselMention, gap: list[str]) -> bool:
    """Whether a comma and an article set a name beside another's: "the Minsk, the frigate X", but not "Bound for the Arctic, the icebreaker X"."""
    return "," in gap and line.low(weak.first - 1) == "the" and line.low(weak.first - 2) not in PLACE_SIGNS


def _apposed(line: Line, name: VesselMention, mentions: list[VesselMention]) -> bool:
    """Whether a name that may be a place's too is told between commas behind a ship of its type: "another tanker, the Kola, entered"."""
    if line.low(name.first - 1) != "the" or line.text(name.first - 2) != "," or line.text(name.last) not in (",", ".", ";"):
        return False
    ship = next((m for m in mentions if m.last == name.first - 2 and not m.name and not m.plural and not m.group), None)
    oiler = ship is not None and ship.type is VesselType.TANKER and VesselType.OILER in name.kinds
    return ship is not None and (oiler or ship.type in GENERIC or ship.type in name.kinds)


def _beside_unnamed(line: Line, weak: VesselMention, other: VesselMention) -> bool:
    """Whether "the" and a name stand in a list beside ships without a name: "the Delhi and three oilers"."""
    article = line.low(weak.first - 1) == "the" and line.low(weak.first - 2) not in PLACE_SIGNS
    shore = line.low(other.first - 1) in PLACE_SIGNS or other.group or other.det == "bare"
    return article and not other.name and not shore and weak.name is not None and len(weak.name) >= _SHORTEST_LISTED


_SHORTEST_LISTED = 5
_IS, _IT = frozenset(["is", "was"]), frozenset(["it", "she", "this"])
_LINK_TOKENS = 5


def _told_to_be(line: Line, weak: VesselMention, others: list[VesselMention]) -> bool:
    """Whether a name that may be a town's is what a ship told before is said to be: "the boat is the Novorossiysk", "It was the Minsk, …"."""
    if _IS.isdisjoint(line.words) and "as" not in line.words and "be" not in line.words:
        return False
    article = line.low(weak.first - 1) == "the"
    link = _link_of(line, weak.first - article)
    if link is None or line.low(weak.last) in line.doc.lexicon.sets["not_a_place_after"]:
        return False
    if any(o.last == link and not o.name and not o.plural and not o.group and o.det == "definite" for o in others):
        return True
    closed = line.text(weak.last) in (".", ",", ";", "")
    return closed and article and line.low(link - 1) in _IT and (link == 1 or not line.text(link - 2).isalpha())


def _link_of(line: Line, end: int) -> int | None:
    """Where the words begin that say, right before a token, what something is: "is", "was identified as", "turned out to be"."""
    if line.low(end - 1) in _IS:
        return end - 1
    told = line.doc.lexicon.sets["identified_as"]
    at = next((end - size for size in range(_LINK_TOKENS, 0, -1) if " ".join(line.lows[max(end - size, 0) : end]) in told), None)
    while at is not None and at > 0 and (line.low(at - 1) in line.doc.lexicon.sets["auxiliaries"] or line.low(at - 1) in ("later", "since", "also")):
        at -= 1
    return at


_NO_MEMBERS = frozenset(["ports", "port", "cities", "stops", "calls", "harbours", "harbors", "countries", "places", "islands", "states"])


def _counted_names(line: Line, mentions: list[VesselMention], weak: list[VesselMention]) -> list[VesselMention]:
    """Names that may be places', in a list of as many as a group counts: "the trio of Arlington, Kearsarge and San Antonio"."""
    counted = [m for m in mentions if not m.name and m.plural and (m.count or 0) > 1]
    named = sorted({m.first: m for m in (*(m for m in mentions if m.name), *weak)}.values(), key=lambda m: m.first) if counted else []
    runs: list[list[VesselMention]] = []
    for name in named:
        between = line.lows[runs[-1][-1].last : name.first] if runs else []
        if between and set(between) <= _LIST_GAPS:
            runs[-1].append(name)
        else:
            runs.append([name])
    for run in runs:
        first = run[0].first - (line.low(run[0].first - 1) == "the")
        if any(g.last <= first and g.count == len(run) and _leads_members(line, g.last, first) for g in counted):
            return [m for m in run if m not in mentions and m.kinds]
    return []


_LIST_GAPS = frozenset([",", "and", "the", "&"])


def _leads_members(line: Line, first: int, last: int) -> bool:
    """Whether words between a group and names say that these are in it: "of", "made up of", a comma, a colon further behind."""
    words = " ".join(line.lows[first:last])
    if words in line.doc.lexicon.sets["members"] or words in (",", "(", "–", "—"):
        return True
    if line.text(last - 1) in (",", "(", "–", "—") and last - first <= _OWNER_TOKENS:
        return all(line.text(n)[:1].isupper() or line.low(n) in _OWNERS for n in range(first, last - 1))  # "of the Navy's Eastern Fleet, A and B"
    return line.text(last - 1) == ":" and line.low(last - 2) not in _NO_MEMBERS


_OWNER_TOKENS = 9
_OWNERS = frozenset(["'", "’", "s", "of", "the", "from"])


def _heads_entry(line: Line, weak: VesselMention, others: list[VesselMention]) -> bool:
    """Whether a name that may be a place's opens an entry on a ship: "Makin Island: The amphibious ship sailed on Monday"."""
    if weak.first > 0 or line.text(weak.last) not in (":", "–", "—") or line.doc.blocks[line.sentence.block].start != line.sentence.start:
        return False
    told = next((o for o in sorted(others, key=lambda m: m.first) if o.first > weak.last), None)
    return told is not None and not told.name and told.det == "definite" and not told.plural and not told.group


def _merge(line: Line, heads: list[VesselMention], names: list[VesselMention]) -> list[VesselMention]:
    """Names take the attributes of the heads beside them; a head with an unknown name behind it becomes a name."""
    out: list[VesselMention] = []
    left = {m.first: m for m in names}
    used: set[int] = set()
    for head in heads:
        named = list(names_behind(line, head, left))
        if len(named) == 1 and head.plural and (head.count or 0) > 1 and line.low(named[0].last) in _ONE_OF_THEM:
            named = []  # "Three ships, HMS Kent among them, left"
        if named:
            out.extend(named)
            used.update(m.last for m in named)
            continue
        before = name_before(line, head, names)
        if before and not (before.signed or before.hull) and (longer := unknown_before(line, head)) and longer.first < before.first:
            for name in [m for m in left.values() if longer.first <= m.first and m.last <= longer.last]:
                left.pop(name.first)
            before = longer  # "Ocean Rose, a Greek tanker" is not the Rose
        if before:
            left[before.first] = as_hers(line, left.get(before.first, before), head)
            continue
        if (listed := listed_before(line, head)) and not any(o.first < listed[-1].last and listed[0].first < o.last for o in out):
            left.update({m.first: as_hers(line, m, head) for m in listed})
            continue
        if (unknown := unknown_before(line, head)) and not any(o.first < unknown.last and unknown.first < o.last for o in out):
            left[unknown.first] = as_hers(line, unknown, head)
            continue
        if (unknown := unknown_in_front(line, head, names)) and not any(o.first < unknown.last and unknown.first < o.last for o in out):
            left[unknown.first] = as_hers(line, unknown, head)
            continue
        owner = owner_behind(line, head)
        out.append(changed(head, country=owner) if owner and not head.country else head)
    out.extend(m for m in left.values() if m.last not in used and not any(o.first <= m.first and m.last <= o.last and o.name for o in out))
    out = [m for m in out if m.name or m.det != "such"]
    return without_appositions(line, _without_bare(line, sorted(out, key=lambda m: m.first)))


_ONE_OF_THEM = frozenset(["among", "in", "at", "included", "leading", "ahead", "first", "last", "with"])


def _without_bare(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Mentions without those that mean no ships in particular, a bare "ships"; in "Chinese destroyers, frigates and tankers" all are Chinese."""
    kept: list[VesselMention] = []
    for number, mention in enumerate(mentions):
        if mention.name or mention.det != "bare" or mention.country or mention.class_name or _owned(line, mention) or _of_two_nations(line, mention):
            kept.append(mention)
        elif (watched := watched_ships(line, mention)) is not None:
            kept.append(watched)
        elif is_told_bare(line, mention):
            kept.append(changed(mention, det="definite"))
        elif kept and mention.plural and not mention.group and _goes_on_list(line, kept[-1], mention):
            kept.append(changed(mention, country=kept[-1].country))
        elif kept and _others_too(line, kept[-1], mention):
            kept.append(changed(mention, country=kept[-1].country, det="several"))
        elif kept and _shares_article(line, kept[-1], mention, mentions[number + 1 :]):
            kept.append(changed(mention, country=kept[-1].country, det=kept[-1].det, count=1))
    return kept


def _others_too(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a list of named ships ends in "and other warships"."""
    other = mention.first if line.low(mention.first) == "other" else mention.first - 1
    listed = before.name and line.low(other) == "other" and line.low(other - 1) == "and" and line.lows[before.last : other - 1] in ([], [","])
    return bool(listed) and mention.plural and not mention.group and mention.type in (*GENERIC, before.type)


def _shares_article(line: Line, before: VesselMention, mention: VesselMention, behind: Sequence[VesselMention]) -> bool:
    """Whether a ship shares the article of one of another type: "a Chinese destroyer and supply ship", "a cruiser, frigate and tanker"."""
    one = not (before.name or before.plural or before.group or mention.plural or mention.group) and before.det in ("a", "definite")
    known = {before.type, mention.type}
    apart = len(known) > 1 and None not in known and known.isdisjoint(GENERIC) and before.type is not VesselType.TUG
    joint = line.lows[before.last : mention.first]
    if joint == [","]:  # no aside on the first: a list that goes on
        onward = bool(behind) and line.lows[mention.last : behind[0].first] in (["and"], [","], [",", "and"]) and not behind[0].name
        return one and apart and onward and behind[0].type not in (mention.type, before.type)
    return one and apart and joint in (["and"], [",", "and"])


def _of_two_nations(line: Line, mention: VesselMention) -> bool:
    """Whether a bare plural tells of two nations' ships: "Russian and Chinese warships"."""
    if not mention.plural or mention.group or "and" not in line.lows[mention.first : mention.last]:
        return False
    one = line.starting("nation", mention.first)
    return one is not None and line.low(one.last) == "and" and line.starting("nation", one.last + 1) is not None


def _goes_on_list(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a bare plural goes on a list of a nation's ships."""
    joint = line.lows[before.last : mention.first]
    return before.plural and before.det == "bare" and bool(before.country) and not before.name and joint in ([","], ["and"], [",", "and"], ["or"])


def _owned(line: Line, mention: VesselMention) -> bool:
    """Whether a phrase ends in whose the ships are: "ships of her strike group"."""
    return mention.plural and any(line.low(n) == "of" for n in range(mention.first, mention.last))
