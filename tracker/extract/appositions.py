"""Stage 2, vessels: words that only say more of a ship told beside them, and so are no ship of their own."""

from __future__ import annotations

from itertools import pairwise

from tracker.domain.kinds import NEAR_TYPES, VesselType
from tracker.domain.names import fold
from tracker.domain.records import changed
from tracker.extract.heads import is_superlative
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, is_capital
from tracker.extract.names_behind import FLAGGED, GENERIC, closed_by_dash, is_next_of_list
from tracker.extract.plausible import PLACE_SIGNS, QUOTES


def _is_taken_for(line: Line, before: VesselMention, weak: VesselMention) -> bool:
    """Whether words say that a vessel is thought to be the one that a name tells, and no place: "a submarine, believed to be the Kolpino, …"."""
    return weak.first - before.last > 1 and line.low(weak.first - 1) not in PLACE_SIGNS and (not weak.kinds or before.type in weak.kinds)


def without_appositions(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
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
    if before and _classes_them(line, before, mention):
        kept[-1] = changed(before, class_name=before.class_name or mention.class_name, attributes=(*before.attributes, (mention.start, mention.end)))
        return True
    if before and before.plural and mention.det == "part" and mention.first - before.last == 1 and line.text(before.last) == ",":
        kept[-1] = changed(before, attributes=(*before.attributes, (mention.start, mention.end)))
        return True  # "the vessels, one of them armed with a gun, …"
    if (
        before
        and not mention.name
        and mention.det == "a"
        and mention.first - before.last == 1
        and (line.text(before.last) == "," or (line.text(before.last) in ("–", "—") and closed_by_dash(line, mention.last)))
        and (mention.type in GENERIC or mention.type == before.type or (before.type in GENERIC and line.text(mention.last) == ","))
        and (before.count or 1) == 1
        and not before.plural
        and not is_next_of_list(line, before, mention)
    ):
        kept[-1] = changed(
            before,
            attributes=(*before.attributes, (mention.start, mention.end)),
            type=mention.type if before.type in GENERIC else before.type,
            class_name=before.class_name or mention.class_name,
            country=before.country or mention.country,
            project=before.project or mention.project,
        )
        return True
    return False


def _classes_them(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether words between commas only tell the class of the ships counted before: "Two corvettes of the fleet, Buyan-M class ships, passed"."""
    if not (mention.class_name and mention.plural and before.plural and (before.count or 0) > 1) or mention.name or before.name or mention.count:
        return False
    between = line.text(before.last) == "," and mention.first - before.last == 1 and line.text(mention.last) in (",", ".")
    return between and line.low(mention.last + 1) not in ("and", "or") and (mention.type in GENERIC or mention.type == before.type)


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
    if described and described is before and (comma := _phrase_ends(line, before, mention)):
        described = changed(before, last=comma)
    if before and described and (_is_named_by(line, described, mention) or _opens_with_what(line, before, mention)):
        kept[-1] = changed(
            mention,
            first=before.first,
            attributes=(*mention.attributes, (before.start, before.end)),
            country=mention.country or before.country,
            type=mention.type if before.type in GENERIC else mention.type or before.type,
            class_name=mention.class_name or before.class_name,
            signed=mention.signed or _is_taken_for(line, before, mention),
        )
        return True  # "the country's newest warship, the frigate X, …"
    return False


_LEADS_PHRASE = frozenset(["on", "in", "of", "from", "at", "during", "for"])
_PHRASE_TOKENS = 6


def _phrase_ends(line: Line, before: VesselMention, mention: VesselMention) -> int:
    """The comma behind a phrase that says where or whose the ship named then is: "Her consort on the station, the patrol boat X"; else 0."""
    comma = mention.first - 1 - (line.low(mention.first - 1) == "the")
    told = line.lows[before.last : comma]
    if before.det not in ("definite", "consort") or line.text(comma) != "," or not 2 <= len(told) <= _PHRASE_TOKENS or told[0] not in _LEADS_PHRASE:
        return 0
    acts = any(before.last <= f.first < comma for f in line.found("trigger"))
    return 0 if acts or not _MARKS.isdisjoint(told) else comma


_MADE = frozenset(["built", "commissioned", "launched", "based", "homeported", "named", "designed", "delivered", "operated", "assigned", "stationed"])
_MADE_TOKENS = 10


def _opens_with_what(line: Line, before: VesselMention, mention: VesselMention) -> bool:
    """Whether a sentence opens with what its ship is and how she was made: "A barque built in 1982, the Eagle left on Friday"."""
    comma = mention.first - 1 - (line.low(mention.first - 1) == "the")
    told = line.lows[before.last : comma]
    if before.first > 0 or line.text(comma) != "," or not told or told[0] not in _MADE or len(told) > _MADE_TOKENS or not _MARKS.isdisjoint(told):
        return False
    one = not before.name and not before.plural and not before.group and before.det in ("a", "definite", "bare")
    fits = before.type in (None, mention.type, *GENERIC) or mention.type in (None, *GENERIC) or before.type in mention.kinds
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
    return not any(kind is None or kind in GENERIC for kind in known) and before.type is not mention.type and frozenset(known) not in NEAR_TYPES


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
    sizes = [low for n, low in enumerate(gap, before.last) if n > before.last and n not in whose and low not in FLAGGED]
    apart = bool(gap) and (told in line.doc.lexicon.sets["takes_it_for"] or all(_only_sizes(line, low) for low in sizes))
    oiler = before.type is VesselType.TANKER and VesselType.OILER in mention.kinds  # "another Navy tanker, the Kola, …"
    fits = (
        oiler
        or before.type == mention.type
        or before.type in GENERIC
        or (mention.type in (None, *GENERIC) and (not mention.kinds or before.type in mention.kinds))
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
    return before.det == "definite" and before.type in GENERIC and line.lows[before.last : mention.first] == ["the"] and prefixed


def _of_class(line: Line, name: VesselMention, mention: VesselMention) -> bool:
    """Whether the register has a named vessel in the class that a later phrase tells: "where X is going, a Ropucha class landing vessel that …"."""
    entries = (line.doc.gazetteer.vessels.entries[key] for key in name.keys)
    return not mention.name and any(fold(entry.class_name or "") == fold(mention.class_name or "") for entry in entries)
