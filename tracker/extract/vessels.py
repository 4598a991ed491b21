"""Stage 2, vessels: names and unnamed ones put together, each with what the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tracker.domain.kinds import NEAR_TYPES, PlaceKind, VesselType
from tracker.domain.names import fold
from tracker.domain.records import changed
from tracker.extract.articleless import is_told_bare
from tracker.extract.heads import find_heads, is_superlative
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, capital_run, is_capital, is_pennant
from tracker.extract.names import civil, find_names, named_behind_hull, named_mention, with_hull, with_pennant
from tracker.extract.names_listed import names_listed
from tracker.extract.numbers import parts
from tracker.extract.of_lands import of_lands
from tracker.extract.pennants import numbered_ships
from tracker.extract.phrases import behind_home
from tracker.extract.plausible import PLACE_SIGNS, QUOTES
from tracker.extract.signs import signed_names
from tracker.extract.unknown import (
    acting_names,
    hull_run,
    in_quotes,
    listed_among,
    listed_before,
    listed_beside,
    named_after_count,
    named_beside,
    numbered_names,
    of_nations,
    quoted_names,
    unknown_before,
    unknown_in_front,
    unknown_names,
    with_hull_letters,
)

_LISTED_TOKENS = 5
"""No more tokens than these part two names of one list."""
_LEADLESS = frozenset({"flotilla", "squadron", "detachment"})
"""Groups that are named for a place, not for their lead."""
_NUMBER_NAMED = re.compile(r"[ -]\d{3,5}$")
_GENERIC = frozenset({VesselType.WARSHIP, VesselType.VESSEL})


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
    kept = _former_marked(line, kept)
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
    return ship is not None and (oiler or ship.type in _GENERIC or ship.type in name.kinds)


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


def _is_taken_for(line: Line, before: VesselMention, weak: VesselMention) -> bool:
    """Whether words say that a vessel is thought to be the one that a name tells, and no place: "a submarine, believed to be the Kolpino, …"."""
    return weak.first - before.last > 1 and line.low(weak.first - 1) not in PLACE_SIGNS and (not weak.kinds or before.type in weak.kinds)


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
        named = list(_names_behind(line, head, left))
        if len(named) == 1 and head.plural and (head.count or 0) > 1 and line.low(named[0].last) in _ONE_OF_THEM:
            named = []  # "Three ships, HMS Kent among them, left"
        if named:
            out.extend(named)
            used.update(m.last for m in named)
            continue
        before = _name_before(line, head, names)
        if before and not (before.signed or before.hull) and (longer := unknown_before(line, head)) and longer.first < before.first:
            for name in [m for m in left.values() if longer.first <= m.first and m.last <= longer.last]:
                left.pop(name.first)
            before = longer  # "Ocean Rose, a Greek tanker" is not the Rose
        if before:
            left[before.first] = _take(line, left.get(before.first, before), head)
            continue
        if (listed := listed_before(line, head)) and not any(o.first < listed[-1].last and listed[0].first < o.last for o in out):
            left.update({m.first: _take(line, m, head) for m in listed})
            continue
        if (unknown := unknown_before(line, head)) and not any(o.first < unknown.last and unknown.first < o.last for o in out):
            left[unknown.first] = _take(line, unknown, head)
            continue
        if (unknown := unknown_in_front(line, head, names)) and not any(o.first < unknown.last and unknown.first < o.last for o in out):
            left[unknown.first] = _take(line, unknown, head)
            continue
        owner = _owner_behind(line, head)
        out.append(changed(head, country=owner) if owner and not head.country else head)
    out.extend(m for m in left.values() if m.last not in used and not any(o.first <= m.first and m.last <= o.last and o.name for o in out))
    out = [m for m in out if m.name or m.det != "such"]
    return _without_appositions(line, _without_bare(line, sorted(out, key=lambda m: m.first)))


_ONE_OF_THEM = frozenset(["among", "in", "at", "included", "leading", "ahead", "first", "last", "with"])


def _without_bare(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Mentions without those that mean no ships in particular, a bare "ships"; in "Chinese destroyers, frigates and tankers" all are Chinese."""
    kept: list[VesselMention] = []
    for mention in mentions:
        if mention.name or mention.det != "bare" or mention.country or mention.class_name or _owned(line, mention) or _of_two_nations(line, mention):
            kept.append(mention)
        elif is_told_bare(line, mention):
            kept.append(changed(mention, det="definite"))
        elif kept and mention.plural and not mention.group and _goes_on_list(line, kept[-1], mention):
            kept.append(changed(mention, country=kept[-1].country))
        elif kept and _others_too(line, kept[-1], mention):
            kept.append(changed(mention, country=kept[-1].country, det="several"))
        elif kept and _shares_article(line, kept[-1], mention):
            kept.append(changed(mention, country=kept[-1].country, det="a", count=1))
    return kept


def _others_too(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a list of named ships ends in "and other warships"."""
    other = mention.first if line.low(mention.first) == "other" else mention.first - 1
    listed = before.name and line.low(other) == "other" and line.low(other - 1) == "and" and line.lows[before.last : other - 1] in ([], [","])
    return bool(listed) and mention.plural and not mention.group and mention.type in (*_GENERIC, before.type)


def _shares_article(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a ship shares the article of one of another type: "a Chinese destroyer and supply ship"."""
    one = not (before.name or before.plural or before.group or mention.plural or mention.group) and before.det == "a"
    known = {before.type, mention.type}
    apart = len(known) > 1 and None not in known and known.isdisjoint(_GENERIC) and before.type is not VesselType.TUG
    return one and apart and line.lows[before.last : mention.first] == ["and"]


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


def _without_appositions(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unnamed mentions that only explain the one before them are taken into it: "the submarine, a boat used for training, …"."""
    kept: list[VesselMention] = []
    for mention in mentions:
        if kept and (_of_its_band(kept[-1], mention) or _band_of_ships(kept[-1], mention)):
            kept[-1] = changed(kept[-1], last=mention.last, end=mention.end)  # "four ships of the Indian Navy's First Training Squadron"
            continue
        if kept and _is_predicate(line, kept[-1], mention):
            kept[-1] = changed(kept[-1], attributes=(*kept[-1].attributes, (mention.start, mention.end)))
            continue  # "INS Tabar was the first Indian warship to call at Kiel"
        if not kept or not (_explains(line, kept, mention) or _names(line, kept, mention) or _goes_on_about(line, kept, mention)):
            kept.append(mention)
    return kept


def _is_predicate(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether an unnamed mention says right behind "was the" what the ship named in front of it is."""
    one = bool(before.name) and not before.plural and not mention.name and not mention.plural and not mention.group and mention.det == "definite"
    between = line.lows[before.last : mention.first]
    return (
        one and len(between) == 1 and between[0] in _BECAME and not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[mention.first : mention.last])
    )


_BECAME = frozenset(["is", "was", "became", "becomes", "remains"])


def _of_its_band(before: VesselMention, mention: VesselMention) -> bool:
    """Whether a group only tells whose the ships are that were counted just before it."""
    counted = before.plural and not before.name and not before.group and (before.count or 0) > 1
    return counted and mention.group and not mention.name and before.first < mention.first < before.last < mention.last


def _band_of_ships(before: VesselMention, mention: VesselMention) -> bool:
    """Whether ships only tell of what a group told right before consists: "a detachment of Baltic Fleet ships"."""
    ships = mention.plural and not mention.name and not mention.group and mention.count is None
    return before.group and not before.name and ships and before.first < mention.first < before.last < mention.last


def _explains(line: Line, kept: list[VesselMention], mention: VesselMention) -> bool:
    """Take into the last mention one that says right behind a comma what it is: "the submarine, a boat used for training"."""
    before = kept[-1] if kept else None
    if _counts_them(line, kept, mention):
        for number in range(len(kept) - (mention.count or 0), len(kept)):
            one = kept[number]
            kept[number] = changed(one, type=one.type or mention.type, attributes=(*one.attributes, (mention.start, mention.end)))
        return True  # "USS McFaul and USS Gonzalez, two destroyers, …"
    if before and before.plural and mention.det == "part" and mention.first - before.last == 1 and line.text(before.last) == ",":
        kept[-1] = changed(before, attributes=(*before.attributes, (mention.start, mention.end)))
        return True  # "the vessels, one of them armed with a gun, …"
    if (
        before
        and not mention.name
        and mention.det == "a"
        and mention.first - before.last == 1
        and (line.text(before.last) == "," or (line.text(before.last) in ("–", "—") and _closed_by_dash(line, mention.last)))
        and (mention.type in _GENERIC or mention.type == before.type or (before.type in _GENERIC and line.text(mention.last) == ","))
        and (before.count or 1) == 1
        and not before.plural
        and not _is_next_of_list(line, before, mention)
    ):
        kept[-1] = changed(
            before,
            attributes=(*before.attributes, (mention.start, mention.end)),
            type=mention.type if before.type in _GENERIC else before.type,
            class_name=before.class_name or mention.class_name,
            country=before.country or mention.country,
            project=before.project or mention.project,
        )
        return True
    return False


_DASHED_TOKENS = 16


def _closed_by_dash(line: Line, at: int) -> bool:
    """Whether a dash closes what a dash opened: "the Yantar—a vessel known for mapping cables—was off Wick"."""
    return any(line.text(n) in ("–", "—") for n in range(at, min(at + _DASHED_TOKENS, line.size)))


def _counts_them(line: Line, kept: list[VesselMention], mention: VesselMention) -> bool:
    """Whether a number and type between commas only say what the ships named right before are: "the Bayern and the Hessen, two frigates, …"."""
    count = mention.count or 0
    if mention.name or mention.group or not mention.plural or mention.det != "count" or not 1 < count <= len(kept) or mention.country:
        return False
    if line.text(mention.first - 1) != "," or line.text(mention.last) not in (",", ".", ")") or line.low(mention.last + 1) in ("and", "or"):
        return False
    named = kept[-count:]
    listed = all(set(line.lows[a.last : b.first]) <= {",", "and", "the"} for a, b in pairwise(named))
    return (
        listed
        and all(m.name and not m.plural for m in named)
        and named[-1].last == mention.first - 1
        and "and" in line.lows[named[0].last : mention.first]
    )


def _names(line: Line, kept: list[VesselMention], mention: VesselMention) -> bool:
    """Take the last mention into one that names it: "the country's newest warship, the frigate X"."""
    before = kept[-1] if kept else None
    if before and len(kept) > 1 and kept[-2].plural and mention.name and _is_its_group(line, kept[-2], before) and line.text(before.last) == ",":
        kept.pop()  # "two frigates of the group, HMS Kent and HMS Richmond"
        before = kept[-1] = changed(kept[-1], last=before.last, end=before.end)
    described = before
    if before and len(kept) > 1 and _is_its_group(line, kept[-2], before) and _is_named_by(line, changed(kept[-2], last=before.last), mention):
        kept.pop()
        before = kept[-1]
        described = changed(before, last=mention.first - 1)
    if before and described and (_is_named_by(line, described, mention) or _opens_with_what(line, before, mention)):
        kept[-1] = changed(
            mention,
            first=before.first,
            attributes=(*mention.attributes, (before.start, before.end)),
            country=mention.country or before.country,
            type=mention.type if before.type in _GENERIC else mention.type or before.type,
            class_name=mention.class_name or before.class_name,
            signed=mention.signed or _is_taken_for(line, before, mention),
        )
        return True  # "the country's newest warship, the frigate X, …"
    return False


_MADE = frozenset(["built", "commissioned", "launched", "based", "homeported", "named", "designed", "delivered", "operated", "assigned", "stationed"])
_MADE_TOKENS = 10


def _opens_with_what(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a sentence opens with what its ship is and how she was made: "A barque built in 1982, the Eagle left on Friday"."""
    comma = mention.first - 1 - (line.low(mention.first - 1) == "the")
    told = line.lows[before.last : comma]
    if before.first > 0 or line.text(comma) != "," or not told or told[0] not in _MADE or len(told) > _MADE_TOKENS or not _MARKS.isdisjoint(told):
        return False
    one = not before.name and not before.plural and not before.group and before.det in ("a", "definite", "bare")
    fits = before.type in (None, mention.type, *_GENERIC) or mention.type in (None, *_GENERIC) or before.type in mention.kinds
    return one and fits and bool(mention.name) and not mention.plural and not mention.group


_MARKS = frozenset([",", ";", "and", "who", "which", "that"])


def _goes_on_about(line: Line, kept: list[VesselMention], mention: VesselMention) -> bool:
    """Take into a named mention what is told of it further behind: its rank, its class, a second description."""
    before = kept[-1] if kept else None
    if before and before.name and before.attributes and mention.det == "a" and not mention.name and line.low(mention.first - 1) in ("and", "or"):
        gap = range(before.last, mention.first)
        closed = any(line.text(n) == "," for n in range(mention.last, mention.last + 9))
        if len(gap) <= 24 and closed and sum(line.text(n) == "," for n in gap) <= 1 and not _and_another(line, before, mention):
            kept[-1] = changed(before, attributes=(*before.attributes, (mention.start, mention.end)))
            return True
    if before and before.name and not mention.name and not mention.plural and is_superlative(line, mention.first, mention.last):
        between = line.lows[before.last : mention.first]
        if between[:1] == [","] and len(between) <= 6 and any(line.text(n) == "," for n in range(mention.last, mention.last + 6)):
            kept[-1] = changed(before, attributes=(*before.attributes, (mention.start, mention.end)), type=before.type or mention.type)
            return True  # "CCG 5901, at 12,000 tons the biggest ship of its kind, …"
    if mention.det != "a" or not mention.class_name or line.text(mention.first - 1) != ",":
        return False
    named = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].name), None)
    if named is not None and _of_class(line, kept[named], mention):
        kept[named] = changed(kept[named], attributes=(*kept[named].attributes, (mention.start, mention.end)), class_name=mention.class_name)
        return True
    return False


def _and_another(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether "and" right behind a name and its type brings a ship of another type: "the Boris Butoma tanker and a tug, left Vladivostok"."""
    if mention.first - before.last != 1 or "," in line.texts[before.first : before.last]:
        return False
    known = (before.type, mention.type)
    return not any(kind is None or kind in _GENERIC for kind in known) and before.type is not mention.type and frozenset(known) not in NEAR_TYPES


_FLAGGED = frozenset(["flagged", "owned", "registered", "operated"])


def _only_sizes(line: Line, low: str) -> bool:
    """Whether a word between a comma and a name only tells its size: "its largest ship, the 97-meter BRP Teresa Magbanua"."""
    return low in ("the", "-", ",") or low in QUOTES or low.isdecimal() or low in line.doc.lexicon.sets["measures"]


def _is_its_group(line: Line, ship: VesselMention, group: VesselMention) -> bool:
    """Whether a group is only told as the one that a ship is of: "the third ship of the group, USS Mesa Verde"."""
    return group.group and not group.name and ship.first < group.first and line.lows[ship.last : group.first] in (["of"], ["in"], ["from"])


def _is_named_by(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a mention names the one vessel that the words before its comma describe."""
    opens = before.first == 0 and before.det == "bare" and line.low(mention.first - 1) == "the"  # "Russian Navy vessel, the Viktor Leonov, has …"
    one = before.det == "count" and before.count == 1
    bare = before.det == "bare" and mention.signed and mention.first == before.last + 1 and before.country in (None, mention.country)
    described = not before.name and not before.plural and not before.group and (before.det in ("definite", "a", "consort") or opens or one or bare)
    if not described or not mention.name or mention.plural:
        return False
    dashed = line.text(before.last) in ("-", "–", "—") and line.text(mention.last) in ("-", "–", "—")  # "another submarine – the Krasnodar – left"
    if line.low(before.last) not in (",", "(") and not dashed:
        return _is_this(line, before, mention)
    gap = [line.low(n) for n in range(before.last, mention.first)]
    told = " ".join(low for low in gap[1:] if low not in ("the", "be", "as"))  # "a submarine, thought to be HMS Artful, …"
    whose = {n for f in line.found("nation") for n in range(f.first, f.last)}  # "a second freighter, the Mongolian-flagged Bao Shun, …"
    sizes = [low for n, low in enumerate(gap, before.last) if n > before.last and n not in whose and low not in _FLAGGED]
    apart = bool(gap) and (told in line.doc.lexicon.sets["takes_it_for"] or all(_only_sizes(line, low) for low in sizes))
    oiler = before.type is VesselType.TANKER and VesselType.OILER in mention.kinds  # "another Navy tanker, the Kola, …"
    fits = (
        oiler
        or before.type == mention.type
        or before.type in _GENERIC
        or (mention.type in (None, *_GENERIC) and (not mention.kinds or before.type in mention.kinds))
    )
    bracketed = line.text(before.last) == "(" and line.text(mention.last) == ")"
    fits = fits or (mention.signed and before.det == "definite" and line.low(mention.last + 1) in _SINGULAR and line.text(mention.last) == ",")
    near = mention.type is None and any(frozenset((before.type, kind)) in NEAR_TYPES for kind in mention.kinds)
    fits = fits or near  # a corvette told as a frigate, a research ship as a spy ship
    end = mention.last + (line.text(mention.last) in QUOTES)
    goes_on = line.low(end + 1) == "and" and line.low(end + 2) in ("she", "it", "her", "its") and before.count == 1
    closed = line.text(end) in (",", ".", ";", ")", "", "that", "which", "who") and (line.low(end + 1) not in ("and", "or") or goes_on)
    closed = closed or bracketed or bare or _acts_at_once(line, before, mention)  # bare: "US Navy destroyer, USS Chung-Hoon, and …"
    closed = closed or (before.first == 0 and line.low(end) in _SINGULAR)  # "Another ship, the tanker Vyazma is in the Channel"
    only = line.low(before.first) == "the" and "only" in line.lows[before.first : before.last]  # "The Navy's only carrier, X and the cruiser Y, …"
    closed = closed or (only and line.low(end) == "and")
    if before.det == "a" and not bracketed and is_capital(line.text(mention.last + 1)):
        return False  # "a frigate, HMS Kent, HMS Duncan and …" is a list
    return apart and fits and (closed or bracketed or dashed)


_OPENING_TOKENS = 6
_SINGULAR = frozenset(["has", "is", "was"])


def _acts_at_once(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a sentence opens with what its ship is, and no comma parts her name from her verb: "The cutter, FS Le Malin called at Nice"."""
    opening = before.det == "definite" or (before.det == "a" and before.first == 0)  # "A frigate of the Royal Navy, HMS Kent arrived"
    if not opening or not mention.signed or line.text(before.last) != "," or before.first > _OPENING_TOKENS:
        return False
    end = mention.last + (line.text(mention.last) in QUOTES)
    low, lexicon = line.low(end), line.doc.lexicon
    told = low in lexicon.sets["auxiliaries"] or low not in lexicon.function or line.starting("trigger", end) is not None
    verb = line.text(end).islower() and told and not line.starting("preposition", end)
    opens = all(line.low(n) not in line.doc.lexicon.sets["stops"] and not line.starting("trigger", n) for n in range(before.first))
    return verb and opens and line.low(before.first - 1) not in ("of", "with", "by", "for", "from", "to", "than")


def _is_this(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether only an article stands between what a ship is and her name with a prefix: "the navy ship the LÉ Samuel Beckett"."""
    prefixed = line.starting("prefix", mention.first) is not None and mention.signed
    return before.det == "definite" and before.type in _GENERIC and line.lows[before.last : mention.first] == ["the"] and prefixed


def _of_class(line: Line, name: VesselMention, mention: VesselMention) -> bool:
    """Whether the register has a named vessel in the class that a later phrase tells: "where X is going, a Ropucha class landing vessel that …"."""
    entries = (line.doc.gazetteer.vessels.entries[key] for key in name.keys)
    return not mention.name and any(fold(entry.class_name or "") == fold(mention.class_name or "") for entry in entries)


def _is_register_of(head: VesselMention, name: VesselMention | None) -> bool:
    """Whether the register knows a named ship for one of the type told right before her."""
    if name is None or not name.keys or not name.kinds or head.type is None:
        return False
    return head.type in name.kinds or any(frozenset((head.type, kind)) in NEAR_TYPES for kind in name.kinds)


def _names_behind(line: Line, head: VesselMention, known: dict[int, VesselMention]) -> Iterator[VesselMention]:
    """The names right behind a head: one after a singular, a list after a plural."""
    at, first, homed = head.last, True, False
    while at < line.size:
        mark = at if head.group else _mark_behind(line, at)
        begin = mark if mark > at else _name_begins(line, head, known, at, first=first)
        mention = known.get(begin)
        if mention and mention.name and not mention.hull and (run := hull_run(line, begin)) > mention.last and _is_longer(line, head, mention, run):
            mention = None  # "the tanker Chios Lion" is not the Chios
        mention = mention or _unknown_behind(line, head, begin, first=first, known=begin in known, homed=homed)
        if mention is None:
            return
        if head.group and mention.first == head.last and not head.plural:
            return
        taken = _take(line, mention, head)
        if first:
            taken.start, taken.first = head.start, head.first
        elif mark > at:
            taken.start, taken.first = line.starts[at], at
        if mark > at and not taken.hull and line.text(mark - 1 - (line.text(mark - 1) == ")"))[-1:].isdecimal():
            taken.hull = line.told(at, mark).strip("() ")
        at, first = _behind_alias(line, mention.last + (line.text(mention.last) in QUOTES)), False
        if at > taken.last + 1:
            taken.last = at  # "the tanker Selva (also known as Nostos) and …"
        yield taken
        if not head.plural:
            return
        home = behind_home(line, at) if head.plural else at
        homed = home > at
        at = _list_mark(line, home)
        if at < 0 or (homed and line.begins(_WHOSE, at)):
            return


_WHOSE = frozenset(["nation", "navy", "prefix", "type"])


def _mark_behind(line: Line, at: int) -> int:
    """The token behind the letters or pennant number between type and name: "patrol vessel (OPV) Yodi", "frigate F 221 Regele Ferdinand"."""
    if line.text(at) == "(":
        close = next((n for n in range(at + 2, min(at + _MARK_TOKENS, line.size)) if line.text(n) == ")"), None)
        inside = line.texts[at + 1 : close] if close else []
        letters = bool(inside) and inside[0].isupper() and all(t.isupper() or t.isdecimal() or t == "-" for t in inside)
        behind = close + 1 if close and letters and inside[0] not in line.doc.lexicon.prefixes else at  # "Indian Naval Ship (INS) Sumedha"
    else:
        apart = len(line.text(at)) == 1 and line.text(at).isupper() and line.text(at + 1).isdecimal() and len(line.text(at + 1)) > 1
        behind = at + 1 + apart if apart or (is_pennant(line.text(at)) and capital_run(line, at) > at + 1) else at
        dash = line.text(at + 1) == "-" and behind == at and (is_pennant(line.text(at)) or (line.text(at).isdecimal() and len(line.text(at)) > 1))
        behind = at + 2 if dash else behind  # "frigate 015-Tran Hung Dao"
    opens = behind > at and behind < line.size and is_capital(line.text(behind + (line.text(behind) in QUOTES)))
    of_class = (kind := line.starting("class", behind)) and "class" in (line.low(kind.last), line.low(kind.last + 1), line.low(kind.last - 1))
    return behind if opens and not of_class and not line.begins(_NO_NAME, behind) else at


_MARK_TOKENS = 6
_NO_NAME = frozenset(["nation", "navy", "type", "group"])


def _name_begins(line: Line, head: VesselMention, known: dict[int, VesselMention], at: int, *, first: bool) -> int:
    """Where the name begins that stands at a token, behind the article, quote or aside that brings it."""
    begin = at
    of_it = (
        head.group and line.low(head.first - 1) in ("of", "from") and line.text(begin) in (",", ":")
    )  # "the third ship of the group, USS Mesa Verde"
    told = not of_it and first and line.text(begin) in (",", ":") and known.get(begin + 1) and _told_between(line, head, known[begin + 1])
    told = told and not _says_of_other(line, head, known)
    if line.text(begin) in QUOTES or told or (first and head.plural and _as_many_names(line, head)):
        begin = begin + 1 if line.text(begin) in QUOTES or told else _behind_owner(line, begin) + 1
        begin += line.low(begin) == "the" or (line.text(begin) in QUOTES and line.text(begin - 1) not in QUOTES)
    elif first and not head.plural and not head.group and line.text(begin) == "the" and _numbered_name(line, begin + 1):
        begin += 1  # "The Chinese research ship the Xiang Yang Hong 3 …"
    elif first and line.low(head.last) in _CALLING and _is_called(line, head):
        begin += 1 + (line.low(begin + 1) == "the") + (line.text(begin + 1) in QUOTES)
    elif first and line.low(begin) == "the" and line.starting("prefix", begin + 1) and (after := known.get(begin + 1)) and after.signed:
        begin += 1  # "guided-missile destroyer the USS Higgins"
    elif first and line.low(begin) == "the" and not head.plural and not head.group and _is_register_of(head, known.get(begin + 1)):
        begin += 1  # "Russian frigate the Admiral Gorshkov"
    elif first and (line.text(head.last) in _OPENS_ASIDE or line.low(head.last) in _OWNED_BY) and _named_aside(line, head):
        begin = _aside_name(line, _behind_owner(line, begin))
    begin += line.text(begin) == "The" and is_capital(line.text(begin + 1))  # "the corvette The Boiky"
    if first and not head.plural and (navy := line.starting("navy", begin)) and navy.last in known:
        begin = navy.last  # "the tanker Royal Fleet Auxiliary Gold Rover"
    begin += line.text(begin) == "Le" and not known.get(begin) and (begin + 1) in known  # "the frigate Le Floréal"
    if line.text(begin + 1) == "-" and line.low(begin + 2) in _FLAGGED and line.starting("place", begin):
        begin += 3  # "a freighter, the Panama-flagged Bao Yun, …"
    return begin


def _unknown_behind(line: Line, head: VesselMention, begin: int, *, first: bool, known: bool, homed: bool = False) -> VesselMention | None:
    """A name behind a head that no register knows, if the words there can be one."""
    low = line.low(begin)
    if (low in ("type", "project") and line.low(begin + 1)[:1].isdecimal()) or (
        low in line.doc.lexicon.modifiers and line.starting("type", begin + 1)
    ):
        return None  # "the destroyers A and B, the Type 054A frigate C", "A and Large Sea Tanker B"
    ok = (
        is_capital(line.text(begin))
        and low not in line.doc.lexicon.months
        and low not in line.doc.lexicon.weekdays
        and (low not in line.doc.lexicon.function or in_quotes(line, begin))
        and (not (nation := line.starting("nation", begin)) or _opens_name(line, nation.last))
    )
    last = _without_credit(line, begin, hull_run(line, begin)) if ok else begin
    if homed:  # "the destroyers Chokai of Japan and Gwanggaeto of South Korea"
        last = next((n for n in range(begin + 1, last) if line.low(n) == "of" and behind_home(line, n) >= last), last)
    if last - begin > 1 and line.doc.blocks[line.sentence.block].kind == "heading":
        end = next((n for n in range(begin, last) if _tells_act(line, n)), last)  # "Chinese Ship Finally Exits From Natuna Waters"
        last = end if end == last or (end > begin and line.doc.text.find(line.told(begin, end), line.sentence.end) >= 0) else begin
    if last == begin or (line.low(last) in ("class", "-") and line.low(last + 1) in ("class", "")):
        return None
    if (navy := line.starting("navy", begin)) is not None and line.starting("type", navy.last) is not None:
        return None  # "the Navy Ships Saif and Nasr and PMSA Ship Kashmir"
    if (head.group and not known) or _of_a_service(line, begin) or low in _BANDS:
        return None  # "Submarine Group 7" is no submarine
    if line.low(last - 1) in line.doc.lexicon.sets["services"] or line.low(last - 1) in line.doc.lexicon.sets["ends_no_name"]:
        return None  # "two of the four Royal Australian Navy (RAN) ships", "her Frigate Systems Upgrade"
    if last - begin == 1 and begin == head.last and line.low(begin) in line.doc.lexicon.sets["facility_words"]:
        return None  # "the Cruise Ship Terminal"
    if last - begin == 1 and line.text(begin) in line.doc.lexicon.prefixes:
        return None  # "the training ships JS Kashima and JS shimakaze"
    if last - begin == 1 and line.starting("trigger", begin):
        return None  # "Ships Underway: Deployed 52"
    if first and begin == head.last and _is_officer_of(line, head, begin):
        return None  # "the Commanding Officer of the ship Deputy Inspector General R. Dasila"
    if _opens_phrase(line, begin, last):
        return None  # "the Ships A, B and Large Sea Tanker C", "the ships A and B and the Project 11711 landing ship C"
    if last - begin == 1 and low in line.doc.lexicon.sets["titles"]:
        return None  # a title alone is no name
    if first and last - begin > 1 and line.low(last - 1) in line.doc.lexicon.sets["facility_words"]:
        return None  # "Devonport's Frigate Support Centre"
    if first and begin == head.last and _is_headline_verb(line, begin, plural=head.plural):
        return None
    if first and begin == head.last and _owner_behind(line, head):
        return None  # "the only carrier China possesses"
    last += _is_series_number(line, last)
    last += last - begin == 1 and len(line.text(begin)) == 1 and line.text(last).isdecimal()  # "the fast attack craft P 434"
    name = line.told(begin, last)
    if not first and name.lower().endswith("-class"):
        return None  # "the boats A and B, and the Pansio-class minelayer C"
    return with_hull(line, named_mention(line, begin, last, name, signed=True))


def _is_officer_of(line: Line, head: VesselMention, at: int) -> bool:
    """Whether a rank and a name behind a ship are those of the officer told in front of it: "the captain of the ship Commandant Anil Rawat"."""
    sets, first = line.doc.lexicon.sets, head.first - (line.low(head.first - 1) == "the")
    ranked = line.low(at) in sets["titles"] or line.low(at) == "commandant"
    return ranked and line.low(first - 1) == "of" and (line.low(first - 2) in sets["offices"] or line.low(first - 2) in sets["titles"])


def _without_credit(line: Line, first: int, last: int) -> int:
    """The end of a run without the two names of who took a picture: "Corvette Stoikiy Ivan Petrov/TASS"."""
    credit = line.text(last) == "/" and line.text(last + 1)[:1].isupper() and line.size - last <= _CREDIT_TOKENS
    return max(first, last - 2) if credit and last - first > 1 else last


_CREDIT_TOKENS = 6
_ALIAS = frozenset(["ex", "formerly", "previously", "aka", "renamed", "former", "originally"])
_ALIAS_TOKENS = 14


def _behind_alias(line: Line, at: int) -> int:
    """The token behind the brackets that tell a ship's other name: "Selva (also known as Nostos)", "Sierra (ex Prospekt)"; else the given one."""
    if line.text(at) != "(":
        return at
    known = line.lows[at + 1 : at + 4] in (["also", "known", "as"], ["also", "called", "the"]) or line.lows[at + 1 : at + 3] == ["known", "as"]
    close = next((n for n in range(at + 2, min(at + _ALIAS_TOKENS, line.size)) if line.text(n) == ")"), None)
    return close + 1 if close and (known or line.low(at + 1) in _ALIAS) else at


def _opens_phrase(line: Line, first: int, last: int) -> bool:
    """Whether capitalised words are no name but lead to a type or to a project's number."""
    if line.low(first) in ("project", "type") and line.low(first + 1)[:1].isdecimal():
        return True
    modifiers = line.doc.lexicon.modifiers
    return all(line.low(n) in modifiers for n in range(first, last)) and line.starting("type", last) is not None


def _tells_act(line: Line, at: int) -> bool:
    """Whether a word of a headline that begins every word with a capital tells an act or how it was done, and is part of no name."""
    low, act = line.low(at), line.starting("trigger", at)
    acts = act is not None and any(form in ("pres", "past", "ing") for _, form in act.data)
    return acts or low in line.doc.lexicon.sets["adverbs"] or low in line.doc.lexicon.sets["auxiliaries"]


_CAPITALISED, _SHORTEST_HEADLINE = 0.7, 4


def _is_headline_verb(line: Line, at: int, *, plural: bool) -> bool:
    """Whether a capitalised word behind a type is the verb of a headline, and no name: "Russian Warship Enters English Channel"."""
    found = line.starting("trigger", at)
    if found is None or not any(form in ("pres", "past", "part") or (plural and form == "base") for _, form in found.data):
        return False
    words = [text for text in line.texts if text.isalpha()]
    return len(words) >= _SHORTEST_HEADLINE and sum(text[0].isupper() for text in words) >= _CAPITALISED * len(words)


_BANDS = frozenset(
    ["amphibious", "expeditionary", "task", "naval", "strike", "repair", "group", "squadron", "division", "command", "flotilla", "force", "forces"]
)
_OWNS = frozenset(["possesses", "owns", "has", "operates", "ever", "possessed", "owned", "had", "operated"])


def _owner_behind(line: Line, head: VesselMention) -> str | None:
    """The country behind a head whose ship is told, and no name: "the largest warship Iran owns", "the warship from Russia"."""
    at = head.last
    hailing = line.low(at) == "from" and line.low(at - 1) in _HAIL and (head.first == 0 or head.det in ("definite", "a", "count"))
    land = line.starting("place", at + hailing)
    if land is None or not (hailing or line.low(land.last) in _OWNS):
        return None
    entry = line.doc.gazetteer.places.entries[land.data[0]]
    return entry.country if entry.kind is PlaceKind.COUNTRY else None


_HAIL = frozenset(
    [
        "warship",
        "warships",
        "frigate",
        "frigates",
        "destroyer",
        "destroyers",
        "corvette",
        "corvettes",
        "visitor",
        "visitors",
        "submarine",
        "ships",
        "vessels",
    ]
)
"""Words for ships behind which "from" and a country tell whose they are."""
_OTHER_KINDS = frozenset(["type", "group", "nation", "navy", "place", "prefix", "class", "vessel"])
_OTHER_THAN_NAMES = _OTHER_KINDS | {"number"}
_OTHER_OR_VERB = _OTHER_THAN_NAMES | {"trigger"}
_OF_SHIPS = frozenset(["navy", "type", "group"])


_SERVICE_TOKENS = 3


def _of_a_service(line: Line, at: int) -> bool:
    """Whether a service and a word for ships stand at a token, which are no name: "the destroyers A and B and the Coast Guard cutter C"."""
    services = line.doc.lexicon.sets["services"]
    return any(line.low(n) in services and line.starting("type", n + 1) for n in range(at, at + _SERVICE_TOKENS))


def _opens_name(line: Line, at: int) -> bool:
    """Whether a nation's adjective is the first word of a ship's name: "the tanker British Respect", and not "the frigate, British HMS Kent"."""
    strange = line.begins(_OTHER_KINDS, at)
    plain = line.low(at) not in line.doc.lexicon.sets["titles"] and line.low(at) not in line.doc.lexicon.sets["no_place"]
    return is_capital(line.text(at)) and line.text(at)[1:].islower() and not strange and plain and not is_capital(line.text(at + 1))


def _is_longer(line: Line, head: VesselMention, mention: VesselMention, last: int) -> bool:
    """Whether capitalised words behind a name of the register go on with it, and are nothing else."""
    if (mention.name or "").isupper():
        return False  # a headline in capitals
    other = _OTHER_OR_VERB - _NAMES_TOO if head.type in _MERCHANTS else _OTHER_OR_VERB  # "the tanker Eagle Sequoia"
    return all(line.ends[n - 1] + 1 == line.starts[n] and not line.begins(other, n) for n in range(mention.last, last))


_MERCHANTS = frozenset([VesselType.TANKER, VesselType.CARGO_SHIP])
_NAMES_TOO = frozenset(["vessel", "class", "place"])
"""What words of a merchant ship's name may be too."""


def _is_series_number(line: Line, at: int) -> bool:
    """Whether a number of one or two digits ends a name: "Xiang Yang Hong 33"."""
    low = line.low(at)
    goes_on = line.low(at + 1) in line.doc.lexicon.sets["units"] or line.low(at + 1) in line.doc.lexicon.months
    return low.isdecimal() and len(low) <= 2 and not goes_on and line.text(at + 1) not in (":", "%", "-", "/")


def _numbered_name(line: Line, at: int) -> bool:
    """Whether a run of capitalised words that ends in a number of a series stands at a token, and no word for ships behind it."""
    last = capital_run(line, at) if is_capital(line.text(at)) else at
    return last - at > 1 and _is_series_number(line, last) and not line.starting("type", last + 1) and not line.begins(_OTHER_KINDS, at)


def _is_called(line: Line, head: VesselMention) -> bool:
    """Whether words behind a ship say what she is called: "a tanker named Niovi", "another vessel called “Advantage Sweet”"."""
    at = head.last
    if head.plural or head.group:
        return False
    at += 1 + (line.low(at + 1) == "the")
    quoted = line.text(at) in QUOTES
    town = line.starting("place", at) is not None and line.low(head.last) == "called"  # "the carrier called Malta home"
    return is_capital(line.text(at + quoted)) and (quoted or not town)


_CALLING = frozenset(["named", "called", "dubbed"])
_DASHES = frozenset(["—", "–", "-"])
_OPENS_ASIDE = _DASHES | {","}


def _named_aside(line: Line, head: VesselMention) -> bool:
    """Whether ", the" and a name between commas stand behind a head: "the Chinese ship, the Xiang Yang Hong 33, …"."""
    if head.plural or head.group or head.det not in ("a", "definite"):
        return False
    if (dash := line.text(head.last)) in _DASHES:
        end = capital_run(line, head.last + 1) if is_capital(line.text(head.last + 1)) else 0
        return end > 0 and line.text(end) == dash  # "Russia's landing ship — Azov — entered the port"
    comma = _behind_owner(line, head.last)  # "A patrol boat of the islands, the Arquipélago, …"
    if line.text(comma) != "," or (comma > head.last and line.low(comma + 1) != "the"):
        return False
    at = _aside_name(line, comma)
    article = at > comma + 1
    last = capital_run(line, at)
    numbered = _is_series_number(line, last)
    last += numbered
    strange = line.begins(_OF_SHIPS, at) or line.low(at) in line.doc.lexicon.sets["titles"]
    strange = strange or bool((nation := line.starting("nation", at)) and not _opens_name(line, nation.last))
    strange = strange or bool((place := line.starting("place", at)) and place.last >= last)  # "the Pacific Voyager" is no ocean
    goes_on = line.low(last + 1) in ("which", "that", "has", "had", "was", "is", "will") or numbered or line.starting("trigger", last + 1)
    return at < last <= at + 5 and not strange and line.text(last) in (",", ".") and not is_capital(line.text(last + 1)) and bool(article or goes_on)


_CALLED = (("known", "as"), ("identified", "as"), ("named",), ("called",))


def _aside_name(line: Line, comma: int) -> int:
    """The token behind a comma, an article and what tells a name: "the ship, the Xiang Yang Hong 33, …", "the tanker, known as the Kiwala, …"."""
    at = comma + 1
    at += next((len(words) for words in _CALLED if tuple(line.lows[at : at + len(words)]) == words), 0)
    return at + (line.low(at) == "the")


def _as_many_names(line: Line, head: VesselMention) -> bool:
    """Whether a comma and as many names as the head counts stand behind it: "two tankers, Selva and Sierra, …"."""
    if not head.plural or not head.count or head.group:
        return False
    mark = _behind_owner(line, head.last) if head.count > 1 else head.last
    if line.text(mark) not in (",", ":", "(", "-", "–", "—", ";"):
        return False
    if line.text(mark) == ";" and line.text(mark + 1) not in QUOTES:
        return False
    at, names = mark + 1, 0
    end = at
    while 0 < at < line.size and names < head.count:
        at += (line.low(at) == "the") + (line.text(at) in QUOTES)
        town = line.starting("place", at) and not line.starting("vessel", at)
        strange = line.starting("nation", at) or town or line.low(at) in line.doc.lexicon.months
        last = capital_run(line, at) if is_capital(line.text(at)) and not strange else at
        if last == at:
            return False
        last += line.text(last).isdecimal() and len(line.text(last)) < 3 and line.low(last + 1) in _ENDS_NUMBERED  # "the Kilektor 1 and …"
        last += line.text(last) in QUOTES
        last = _behind_hull(line, last)
        names, end, at = names + 1, last, _list_mark(line, last)
    closed = line.text(end) in (",", ".", ")", ";", "", "-", "–", "—") or line.low(end) in line.doc.lexicon.sets["auxiliaries"]
    return names == head.count and closed


_WHOSE_TOKENS = 5
_OWNED_BY = frozenset(["of", "from", "belonging", "owned", "chartered", "operated", "run", "hired", "leased", "crewed", "manned"])


def _behind_owner(line: Line, at: int) -> int:
    """The comma behind whose ships are counted, in small letters: "four vessels of the fisheries bureau, A, B, C and D"; else the given token."""
    if line.low(at) not in _OWNED_BY:
        return at
    comma = next((n for n in range(at + 2, at + 2 + _WHOSE_TOKENS) if line.text(n) == ","), at)
    plain = all(line.text(n).isalpha() and line.text(n).islower() and line.low(n) not in ("which", "whom", "that") for n in range(at, comma))
    return comma if plain and "the" in line.lows[at:comma] else at


_ENDS_NUMBERED = frozenset([",", "and", ".", ")", "–", "—"])


def _behind_hull(line: Line, at: int) -> int:
    """The token behind a hull number in brackets: "two frigates, Koni (335) and Beskytteren (F340), left"."""
    return at + 3 if line.text(at) == "(" and line.text(at + 2) == ")" and line.text(at + 1)[-1:].isdecimal() else at


def _told_between(line: Line, head: VesselMention, name: VesselMention) -> bool:
    """Whether a comma between a head and a name joins them: "the frigates, A and B, …", "a second cargo ship, Sparta, has …"."""
    return head.plural or (head.det in ("a", "definite") and line.text(name.last) in (",", ".", ")", ""))


def _says_of_other(line: Line, head: VesselMention, known: dict[int, VesselMention]) -> bool:
    """Whether a head between two names says what the one in front of it is: "HMS Kent (F78), a frigate, USS Cole (DDG 67), a destroyer, and …"."""
    if head.det != "a" or line.text(head.first - 1) != "," or line.text(head.last) != ",":
        return False
    before = next((m for m in known.values() if m.last == head.first - 1 and m.name), None)
    behind = known.get(head.last + 1)
    if before is None or behind is None or not (behind.hull or behind.signed):
        return False
    return not before.kinds or head.type in before.kinds or head.type not in behind.kinds


def _list_mark(line: Line, at: int) -> int:
    """The token behind a mark of a list (", ", " and ", ", and the "), or -1."""
    begin = at
    while line.low(at) in (",", "and", "&", "or"):
        at += 1
    if at == begin:
        return -1
    at += line.low(at) == "the" and is_capital(line.text(at + 1))
    return at if is_capital(line.text(at)) or line.text(at) in QUOTES else -1


def _name_before(line: Line, head: VesselMention, names: list[VesselMention]) -> VesselMention | None:
    """The name that a head without name speaks of: "Yelnya, a fleet oiler, …", "the Yelnya oiler", "the Shandong strike group"."""
    for name in names:
        if head.group and _owns_group(line, name, head):
            return name  # "USS Nimitz's carrier strike group", "The Shandong's carrier group"
        if head.group and head.word in _LEADLESS and not name.signed:
            continue  # "the Kola Flotilla"
        if name.last == head.first and line.low(name.first - 1) in ("a", "an") and not name.signed:
            continue  # "a New Hampshire sailboat"
        if name.last == head.first and line.low(head.first) in ("the", "a", "an", "these") and (head.plural or (name.weak and not head.name)):
            continue  # "On reaching Guam the three ships refuelled"
        if name.last == head.first or (name.last + 1 == head.first and line.text(name.last) in QUOTES):
            return name
        comma = line.text(name.last) in (",", "(") or (line.text(name.last) in QUOTES and line.text(name.last + 1) == ",")
        comma = comma or (line.text(name.last) in ("–", "—") and head.det in ("a", "definite") and _closed_by_dash(line, head.last))
        if comma and 0 < head.first - name.last <= 2 and not head.plural and head.count in (1, None):
            if head.country and name.name and head.country not in ((name.country,) if name.country else name.flags or (head.country,)):
                continue  # "Under the eyes of HMS Tyne, a Russian frigate passed the strait"
            if head.first - name.last == 2 and line.low(head.first) == "the" and line.starting("trigger", name.last + 1) is not None:
                continue  # "Two destroyers, the Kaga and the Shiranui, shadowed the boat"
            closed = line.text(head.last) in (",", ".", ")", ";", "") or line.low(head.last) in ("of", "that", "which", "who", "with", "from")
            if name.weak and line.low(name.first - 1) in PLACE_SIGNS:
                continue
            if head.det == "a" and _is_next_of_list(line, name, head):
                continue
            if head.det == "a" or (head.det == "definite" and closed) or (head.det == "bare" and closed):
                return name
    return None


def _owns_group(line: Line, name: VesselMention, head: VesselMention) -> bool:
    """Whether a group is told as that of the ship whose name, in the possessive, stands right in front of its words or opens them."""
    owned = name.last + 1 + (line.low(name.last + 1) == "s")
    if line.text(name.last) not in ("'", "’") or not (head.first <= owned < head.last):
        return False
    if name.weak and not name.signed and line.low(name.first - 1) != "the":
        return False  # "America's strike groups"
    return head.first in (owned, name.first) or (head.first == name.first - 1 and line.low(head.first) == "the")


def _is_next_of_list(line: Line, name: VesselMention, head: VesselMention) -> bool:
    """Whether a ship behind a name's comma is the next of a list, as the register shows: "the corvette Metel (323), a tug and a tanker left"."""
    if head.type in (None, *_GENERIC):
        return False
    told = line.ending("type", name.first)
    apart = told is not None and told.data[0] is not head.type and told.data[0] not in _GENERIC  # "the frigate A, a destroyer and a tug"
    if not apart and (not name.kinds or head.type in name.kinds):
        return False
    if head.class_name and name.classes and fold(head.class_name) not in name.classes:
        return True  # "the range ship Marshal Krylov (331), a Dubna-class oiler, …"
    and_ = head.last + (line.text(head.last) == "," and line.low(head.last + 1) == "and")
    opened = line.low(and_ + 1) in _NEXT or line.starting("number", and_ + 1) is not None
    listed = (line.low(and_) == "and" and opened) or (line.text(head.last) == "," and _goes_on_in_list(line, head.last + 1))
    listed = listed or (line.low(head.first - 1) == "and" and line.text(head.first - 2) == ",")  # "the oiler A, the B, and a submarine"
    return listed and (apart or not any(frozenset((kind, head.type)) in NEAR_TYPES or kind in _GENERIC for kind in name.kinds))


_NEXT = frozenset(["a", "an", "another", "the", "several", "some"])
_NEXT_TOKENS = 6


def _goes_on_in_list(line: Line, at: int) -> bool:
    """Whether ships with an article or a number begin at a token: "…, a submarine, three landing ships and a tug"."""
    if line.low(at) not in _NEXT and line.starting("number", at) is None:
        return False
    ship = next((n for n in range(at + 1, at + _NEXT_TOKENS) if line.starting("type", n) or line.starting("vessel", n)), None)
    return ship is not None and all(line.text(n).isalpha() for n in range(at + 1, ship))


_FOR_PASSENGERS = frozenset(["cruise", "liner", "liners", "ferry", "ferries", "yacht"])


def _take(line: Line, name: VesselMention, head: VesselMention) -> VesselMention:
    """A name with a head's attributes."""
    lead = head.group
    close = head.first <= name.last or (lead and _owns_group(line, name, head))
    if name.keys and not _FOR_PASSENGERS.isdisjoint(line.lows[head.first : head.last]):
        name = changed(name, keys=civil(line, name.keys), kinds=frozenset(), flags=frozenset(), classes=frozenset())
    return changed(
        name,
        signed=True,
        type=name.type if lead else head.type or name.type,
        class_name=name.class_name or head.class_name,
        project=name.project or head.project,
        country=head.country if head.country in name.flags and name.country not in name.flags else name.country or head.country,
        attributes=(*name.attributes, (head.start, head.end)) if head.start > name.start else name.attributes,
        word=head.word if lead else name.word,
        end=max(name.end, head.end) if close else name.end,
        last=max(name.last, head.last) if close else name.last,
        group=lead or name.group,
    )
