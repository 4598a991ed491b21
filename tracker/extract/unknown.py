"""Stage 2, names that no register has: behind a class or a flag, in front of an apposition that says what they are, with a hull's letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, capital_run, is_capital, is_pennant, leads_hull
from tracker.extract.names import named_mention, with_hull
from tracker.extract.phrases import class_before
from tracker.extract.plausible import QUOTES, acts

_HYPHENS = ("-", "‐", "–")
LONGEST, SHORTEST, _SERIES_DIGITS = 4, 4, 3
_BEFORE_NAME = frozenset(["and", ",", "the", "with", "by", ";"])


def hull_run(line: Line, at: int) -> int:
    """The end of a run of capitalised words from a token on, with a number that letters and a hyphen lead in: "SB-123", "GS-31 Chusovoy"."""
    last = capital_run(line, at)
    if last > at + 1 and line.text(last - 1) == "No" and line.text(last) == "." and line.low(last + 1).isdecimal():
        last += 2  # "Hsun Hu No. 8"
    short = last - at == 1 and line.text(at).isupper() and len(line.text(at)) <= 4
    if short and line.text(last) == "-" and line.low(last + 1).isdecimal() and line.ends[last] == line.starts[last + 1] == line.ends[last - 1] + 1:
        last += 2
        if last < line.size and is_capital(line.text(last)) and not is_known(line, last):
            last = capital_run(line, last)
    elif last > at and _hyphened_number(line, last):
        last += 2
    return last


def _hyphened_number(line: Line, at: int) -> bool:
    """Whether a hyphen and a little number right behind a name go on with it: "the tanker Reem-5"."""
    if line.text(at) != "-" or not line.low(at + 1).isdecimal() or len(line.low(at + 1)) >= _SERIES_DIGITS:
        return False
    closed = line.text(at + 2) not in ("-", "/", ".") or line.starts[at + 2] > line.ends[at + 1]
    return closed and line.ends[at] == line.starts[at + 1] == line.ends[at - 1] + 1


_KNOWN_KINDS = frozenset(["place", "nation", "navy", "type", "group", "prefix", "class", "number", "trigger"])
_STRANGE_KINDS = _KNOWN_KINDS - {"place", "class"}


def is_known(line: Line, at: int) -> bool:
    """Whether a token begins what is known to be something else: a place, a nation, a navy, a month, a weekday, a type, a prefix."""
    low, lexicon = line.low(at), line.doc.lexicon
    if (
        low in lexicon.months
        or low in lexicon.weekdays
        or (low in lexicon.function and not in_quotes(line, at))
        or low in lexicon.definite
        or low in lexicon.sets["titles"]
    ):
        return True
    return line.begins(_KNOWN_KINDS, at)


_QUOTED_TOKENS = 4


def in_quotes(line: Line, at: int) -> bool:
    """Whether a little word opens a name of several words in quotes: "the destroyer “HE FEI”"."""
    if line.text(at - 1) not in QUOTES or not is_capital(line.text(at + 1)):
        return False
    closed = next((n for n in range(at + 2, at + _QUOTED_TOKENS + 1) if line.text(n) in QUOTES), None)
    return closed is not None and all(is_capital(line.text(n)) for n in range(at, closed))


_NEVER_FLAGGED = frozenset(["nation", "navy", "type", "group", "prefix", "number"])
_SERIES = frozenset(["batch", "flight", "block"])
_RATES = frozenset(["1st", "2nd", "3rd", "first", "second", "third"])


def unknown_names(line: Line) -> Iterator[VesselMention]:
    """Names behind a class or a flag: "the Akula-class Vepr", "the Liberia-flagged Eagle Star", "the Chinese-owned Yi Peng 3 left …"."""
    owned = line.doc.lexicon.sets["owned_by"]
    for at, low in enumerate(line.lows):
        if (low not in ("class", "flagged") and low not in owned) or line.text(at - 1) not in (
            *_HYPHENS,
            line.text(at - 1) if low == "class" else "",
        ):
            continue
        first = at + 1
        if first >= line.size or not is_capital(line.text(first)) or line.low(at - 1) in _RATES:
            continue  # "Crewman 2nd Class Jordan Hunter"
        if line.text(at - 1) == "(" and line.low(at) == "class":
            continue  # "the frigate Sharm el-Sheikh (class Perry)"
        last = hull_run(line, first)
        place = line.starting("place", first)
        under_flag = low == "flagged" and not line.begins(_NEVER_FLAGGED, first)
        if is_known(line, first) and not (place and place.last < last) and not under_flag:
            continue
        last += low != "class" and line.low(last).isdecimal() and len(line.low(last)) < 3
        if low in owned and not (goes_as_ships_do(line, last) or _befell_ship(line, last)):
            continue
        if first < last <= first + LONGEST and not line.starting("type", last) and line.low(first) not in _SERIES:
            told = class_before(line, first) if low == "class" else None
            named = named_mention(line, first, last, line.told(first, last), signed=True)
            yield changed(named, class_name=told[1]) if told else named


_BEFELL, _BEFELL_TOKENS = frozenset(["hijacked", "seized", "boarded", "captured", "torpedoed", "off", "aground"]), 7


def _befell_ship(line: Line, at: int) -> bool:
    """Whether what is told behind a name befalls hardly anything but ships: "the Greek-owned Maran Centaurus was hijacked"."""
    words = line.lows[at + 1 : at + _BEFELL_TOKENS]
    return line.low(at) in ("was", "is", "has", "had") and not _BEFELL.isdisjoint(words[: words.index(",")] if "," in words else words)


def unknown_before(line: Line, head: VesselMention) -> VesselMention | None:
    """The unknown name that an apposition explains: "the Niovi, a Panama-flagged vessel that …", "GS-31 Chusovoy, an Alpinist-class ship"."""
    comma = head.first - 1
    if head.det not in ("a", "definite") or head.plural or head.group or line.text(comma) not in (",", "(") or comma < 1:
        return None
    if head.det == "definite" and not _says_what_she_is(line, head):
        return None
    comma, hull = _before_hull(line, comma)
    closed = line.text(head.last) in (",", ".", ")", ";", "", "[") or line.low(head.last) in line.doc.lexicon.sets["goes_on_about"]
    first = begin_of_run(line, comma)
    if first == comma or comma - first > LONGEST:
        return None
    before = line.low(first - 1)
    if comma - first == 1 and is_pennant(line.text(first)):
        return None  # "HMS Medway, P223, the offshore patrol vessel which …"
    if hull:
        return with_hull(line, named_mention(line, first, comma, line.told(first, comma), signed=True))
    marked = (before == "the" and comma - first > 1) or line.text(comma - 1).isdecimal()  # "the Samho Jewelry, a tanker in the hands of pirates"
    if not closed and (not marked or line.low(head.last) == "or"):
        return None
    sets = line.doc.lexicon.sets
    if before in sets["titles"] or before in sets["where_no_ship"] or before in ("in", "at", "from", "to", "off", "near", "by", "mr", "mrs"):
        return None
    opens = first == 0 and comma - first == 1 and not any(ch.isdecimal() for ch in line.told(first, comma)) and not _may_open(line, head)
    if opens or any(line.low(n) in sets["titles"] or line.low(n) in sets["forenames"] for n in range(first, comma)):
        return None
    return named_mention(line, first, comma, line.told(first, comma), signed=True)


def _says_what_she_is(line: Line, head: VesselMention) -> bool:
    """Whether "the", a type and a stop behind a comma say what the name in front is: "Atair, the survey ship, left"."""
    if line.low(head.first) != "the" and line.low(head.first - 1) != "the":
        return False
    if line.text(head.last) == ",":
        return True
    return line.low(head.last) in ("which", "that") and line.text(head.last - 1).isalpha()


_OPENERS = ("ly", "while", "wards")


def _may_open(line: Line, head: VesselMention) -> bool:
    """Whether one word may open a sentence as a ship's name that an aside explains: "Atair, the survey ship, left", not "Meanwhile, the ship …"."""
    word = line.low(0)
    if line.text(head.last) != "," or len(word) < SHORTEST or word.endswith(_OPENERS):
        return False
    return word not in line.doc.lexicon.sets["openers"] and word not in line.doc.lexicon.sets["adverbs"] and may_be_ship(line, 0, 1)


def _before_hull(line: Line, at: int) -> tuple[int, bool]:
    """The token behind a name whose hull number stands in brackets in front of a comma: "Regele Ferdinand (F221), a frigate"."""
    if line.text(at) == "," and line.text(at - 1) == ")" and line.text(at - 3) == "(" and line.text(at - 2)[-1:].isdecimal() and at > _HULL_TOKENS:
        return at - _HULL_TOKENS, True
    return at, False


_HULL_TOKENS = 3


def _begins_with_known(line: Line, at: int) -> bool:
    """Whether a place's or a class's word opens a longer name: "and Arctic Tern, a tanker"."""
    alone = any(f.last == at + 1 for kind in ("place", "class") if (f := line.starting(kind, at)))
    return alone and not line.begins(_STRANGE_KINDS, at) and line.low(at - 1) in _BEFORE_NAME and line.ends[at] + 1 == line.starts[at + 1]


def listed_before(line: Line, head: VesselMention) -> list[VesselMention]:
    """The names of a list that an apposition counts: "Gladiator and Hercules, two tugs hired by …", "Alnic and Chios, both tankers, …"."""
    if not head.plural or line.text(head.first - 1) != ",":
        return []
    count = head.count or (2 if line.low(head.first) == "the" and line.text(head.last) in (",", ".", "that", "which") else 0)
    if not 1 < count <= LONGEST:
        return []
    names, last = list[VesselMention](), head.first - 1
    for _ in range(count):
        first = begin_of_run(line, last)
        if first == last or last - first > LONGEST:
            return []
        names.insert(0, named_mention(line, first, last, line.told(first, last), signed=True))
        last = first - 1
        joint = line.low(last) in ("and", ",")
        last -= joint and line.text(last - 1) == ","
        if not joint and len(names) < count:
            return []
    return [] if line.low(names[0].first - 1) in (*line.doc.lexicon.sets["where_no_ship"], *line.doc.lexicon.sets["titles"], "and") else names


_NAMING = frozenset(["named", "names", "called", "identified", "known"])


def named_beside(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unknown names that a list joins to a ship's in the same way: "named the vessels as the Lahav and the Yafo"."""
    found: list[VesselMention] = []
    for mention in mentions:
        article = line.low(mention.first - 1) == "the" or line.low(mention.first) == "the"
        at = mention.last + 1 + article
        if (
            not mention.name
            or not (mention.signed or mention.keys)
            or mention.attributes
            or line.low(mention.last) != "and"
            or line.low(at - 1) not in ("and", "the")
        ):
            continue
        plain = not article and line.starting("prefix", mention.first) is not None and line.starting("trigger", at + 1) is not None
        if not (article and line.low(at - 1) == "the") and line.words.isdisjoint(_NAMING) and not plain:
            continue  # "SLNS Sagara and Ranmuthu set sail"
        town = article and (place := line.starting("place", at)) and place.last == at + 1  # no town is "the Yafo"
        last = hull_run(line, at) if is_capital(line.text(at)) and (town or not is_known(line, at)) else at
        closed = (
            line.text(last) in (",", ".", ";", ")", "") or line.low(last) in line.doc.lexicon.sets["auxiliaries"] or line.starting("trigger", last)
        )
        acted = article and line.low(last).endswith("ed") and line.text(last).islower()  # "the Yafo and the Lahav raised concern"
        if (
            at < last <= at + LONGEST
            and (closed or acted)
            and (town or may_be_ship(line, at, last))
            and not any(o.first < last and at < o.last for o in mentions)
        ):
            found.append(named_mention(line, at, last, line.told(at, last), signed=True))
    return found


def acting_beside(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """The unknown name that "and" joins to a ship of the register as the subject of a verb: "Umka and Bakhtemir left Murmansk"."""
    found: list[VesselMention] = []
    for mention in mentions:
        if not mention.name or not mention.keys or mention.attributes:
            continue
        before, behind = mention.first - 1, mention.last + 1
        first = begin_of_run(line, before) if line.low(before) == "and" else before
        last = hull_run(line, behind) if line.low(mention.last) == "and" and is_capital(line.text(behind)) else behind
        if first < before and _opens_clause(line, first) and _acts_behind(line, mention.last):
            begin, end = first, before
        elif behind < last and _opens_clause(line, mention.first) and not is_known(line, behind) and _acts_behind(line, last):
            begin, end = behind, last
        else:
            continue
        fits = end - begin <= LONGEST and may_be_ship(line, begin, end) and not line.starting("vessel", begin)
        if fits and not any(o.first < end and begin < o.last for o in (*mentions, *found)):
            found.append(named_mention(line, begin, end, line.told(begin, end), signed=True))
    return found


def _opens_clause(line: Line, at: int) -> bool:
    """Whether a sentence or a part of it begins at a token."""
    return at == 0 or line.text(at - 1) in (",", ";", ":") or line.low(at - 1) in ("when", "while", "where", "that", "as", "before", "after")


def _acts_behind(line: Line, at: int) -> bool:
    """Whether a verb of movement stands at a token, helpers before it, or behind an aside: "A and B, the two that were known, had left"."""
    if line.text(at) == ",":
        at = next((n + 1 for n in range(at + 1, min(at + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), at)
    for _ in range(_VERB_TOKENS):
        at += line.low(at) in line.doc.lexicon.sets["auxiliaries"] or line.low(at) in line.doc.lexicon.sets["adverbs"]
    verb = line.starting("trigger", at)
    return verb is not None and line.text(at).islower() and any(form in ("past", "pres", "base", "part", "ing") for _, form in verb.data)


_ASIDE_TOKENS = 12


def named_after_count(line: Line, mentions: Sequence[VesselMention]) -> list[VesselMention]:
    """The names behind "named" and a number of ships, as many as these, be they known or not: "three ships named Kama, Lahav and Yafo"."""
    for head in mentions:
        at = head.last + (line.text(head.last) == ",")
        if head.name or not head.plural or not 1 < (head.count or 0) <= _LIST_NAMES or line.low(at) not in ("named", "called"):
            continue
        names, first = list[VesselMention](), at + 1
        while is_capital(line.text(first)):
            last = hull_run(line, first)
            names.append(named_mention(line, first, last, line.told(first, last), signed=True))
            first = last + (line.text(last) == ",")
            first += line.low(first) == "and"
            if first == last:
                break
        if len(names) == head.count:
            return [n for n in names if not any(m.first < n.last and n.first < m.last for m in mentions)]
    return []


_LIST_NAMES = 12


def listed_beside(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unknown names of a list in which each has its article: "the Hai Yang Di Zhi 12, the Tan Suo 1 and the Shen Kuo are survey ships"."""
    found: list[VesselMention] = []
    if line.words.isdisjoint((",", "and")):
        return found
    if not (line.found("type") or any(m.name and (m.keys or line.low(m.first) == "the") for m in mentions)):
        return found
    for mention in mentions:
        opens = mention.first - (line.low(mention.first) != "the")
        if not mention.name or not (mention.signed or mention.keys) or line.low(opens) != "the":
            continue
        last = opens
        for _ in range(_LIST_NAMES):  # to the left
            last -= (line.low(last - 1) == "and") + (line.text(last - 1 - (line.low(last - 1) == "and")) == ",")
            first = _begin_of_numbered(line, last)
            if (
                line.text(last) not in (",", "and")
                or line.low(first - 1) != "the"
                or first == last
                or not _is_new(line, first, last, [*mentions, *found])
            ):
                break
            found.append(named_mention(line, first, last, line.told(first, last), signed=True))
            last = first - 1
    return found


def of_nations(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unknown names told by their nation beside a ship's: "with the Japanese Ariake, the Omani Khassab and the American John Paul Jones"."""
    found: list[VesselMention] = []
    if not any(m.name for m in mentions):
        return found
    for nation in line.found("nation"):
        first, joint = nation.last, line.low(nation.first - 2)
        if line.low(nation.first - 1) != "the" or not is_capital(line.text(first)) or is_known(line, first):
            continue
        last = hull_run(line, first)
        beside = [
            m for m in (*mentions, *found) if m.name and (m.last in (nation.first - 2, nation.first - 3) or 0 < m.first - last <= _BESIDE_TOKENS)
        ]
        listed = beside and (joint in ("and", ",") or line.low(last) in ("and", ","))
        along = joint in ("with", "by") and line.text(last) in (",", ".", ";") and not line.words.isdisjoint(_GO_ALONG)
        if not (listed or along) or last - first > LONGEST or line.text(last)[:1].isalpha() == (line.low(last) not in _BEHIND_NAME):
            continue
        if _is_new(line, first, last, [*mentions, *found]):
            found.append(changed(named_mention(line, first, last, line.told(first, last), signed=True), country=str(nation.data)))
    return found


_BESIDE_TOKENS = 4
_GO_ALONG = frozenset(
    [
        "exercised",
        "drilled",
        "trained",
        "sailed",
        "accompanied",
        "escorted",
        "shadowed",
        "followed",
        "company",
        "passex",
        "met",
        "watched",
        "relieved",
    ]
)
_BEHIND_NAME = frozenset(["and", "in", "at", "off", "on", "near", "from", "were", "was", "are", "is", "have", "has", "had", "took", "joined"])


_PARTS_LIST = frozenset([",", "and", "&", ";", "the"])
NAMED_FOR = frozenset(["admiral", "marshal", "general", "prince", "princess", "king", "queen", "saint"])


def listed_among(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unknown names of a list with ships known by name on either side: "the Oslyabya, Admiral Nevelskov and Peresvet"."""
    found: list[VesselMention] = []
    named = sorted([m for m in mentions if m.name and (m.signed or m.keys)], key=lambda m: m.first)
    for one, other in pairwise(named):
        first = one.last
        while first < other.first and line.low(first) in _PARTS_LIST and first - one.last < _MARKS:
            first += 1
        if first == one.last or first >= other.first or line.text(one.last) == ";" or not is_capital(line.text(first)):
            continue
        last = hull_run(line, first)
        marks = line.lows[last : other.first]
        free = not any(m.first < last and first < m.last for m in mentions)
        listed = marks[:1] and marks[0] in _PARTS_LIST and (set(marks) <= _PARTS_LIST or marks[-1] == "class")
        if first < last <= first + LONGEST and listed and free and _may_be_listed(line, first, last):
            found.append(named_mention(line, first, last, line.told(first, last), signed=True))
    return found


_MARKS = 3


def _may_be_listed(line: Line, first: int, last: int) -> bool:
    """Whether a run between two ships of a list may be a ship's name, which may begin with a title: "Admiral Nevelskov"."""
    first += line.low(first) in NAMED_FOR and last - first > 1
    return may_be_ship(line, first, last) and not line.starting("vessel", first)


def _begin_of_numbered(line: Line, last: int) -> int:
    """The first token of the run of unknown capitalised words, with a number at its end, that ends at a token."""
    number = line.text(last - 1).isdecimal() and len(line.text(last - 1)) <= _SERIES_DIGITS
    end = last - number - (number and line.text(last - 2) in _HYPHENS)
    first = begin_of_run(line, end)
    return first if 0 < end - first <= LONGEST else last


def _is_new(line: Line, first: int, last: int, mentions: list[VesselMention]) -> bool:
    """Whether a run is nobody's yet and may be a ship's name."""
    free = not any(o.first < last and first < o.last for o in mentions)
    return free and (line.text(last - 1).isdecimal() or may_be_ship(line, first, last))


def with_hull_letters(line: Line, mentions: list[VesselMention]) -> list[VesselMention]:
    """Unknown names with a hull number in brackets or between commas: "Chesapeake (FFG-64), Lafayette (FFG-65)", "Ranger, CV-61, left"."""
    letters = line.doc.lexicon.sets["hull_types"]
    found: list[VesselMention] = []
    if letters.isdisjoint(line.words):
        return found
    for at in line.where(letters):
        if (behind := _behind_hull(line, at)) and not any(o.first < behind.last and behind.first < o.last for o in mentions):
            found.append(behind)
            continue
        if (line.text(at - 1), line.text(at + 3)) not in (("(", ")"), (",", ",")) or not leads_hull(line, at) or not is_capital(line.text(at - 2)):
            continue
        first = at - 2
        while first > 0 and is_capital(line.text(first - 1)) and at - 1 - first < LONGEST and not line.begins(_STRANGE_KINDS, first - 1):
            first -= 1
        first += line.low(first) == "the"
        if first < at - 1 and not any(o.first < at - 1 and first < o.last for o in mentions) and not line.begins(_STRANGE_KINDS, first):
            found.append(with_hull(line, named_mention(line, first, at - 1, line.told(first, at - 1), signed=True)))
    return found


def _behind_hull(line: Line, at: int) -> VesselMention | None:
    """A name of the register behind its hull number: "SSN-767 Hampton came in"."""
    if not leads_hull(line, at) or line.text(at - 1) in ("(", ","):
        return None
    known = line.starting("vessel", at + 3)
    if known is None or line.starts[known.first] - line.ends[at + 2] != 1 or is_capital(line.text(known.last)):
        return None
    named = named_mention(line, known.first, known.last, line.told(known.first, known.last), keys=known.data, signed=True)
    return changed(named, hull=line.told(at, at + 3))


def quoted_names(line: Line) -> Iterator[VesselMention]:
    """Names in quotes that do what ships do: "The 'Yi Peng 3' passed the Great Belt"."""
    for at in [n for n, text in enumerate(line.texts[:-2]) if text in QUOTES]:
        if not is_capital(line.text(at + 1)):
            continue
        last = hull_run(line, at + 1)
        last += line.low(last).isdecimal()
        if line.low(last + 1) in line.doc.lexicon.sets["be"] and line.low(last + 2) in _HELD:
            continue  # "'Milan' was held at Port Blair"
        short = at + 1 < last <= at + 1 + LONGEST and line.text(last) in QUOTES
        if short and not is_known(line, at + 1) and line.low(last + 1) not in line.doc.lexicon.sets["human_moves"] and acts(line, at, last + 1):
            yield named_mention(line, at + 1, last, line.told(at + 1, last), signed=True)


def numbered_names(line: Line) -> Iterator[VesselMention]:
    """Names that end in a number and do what ships do: "the Hong Tai 58 left Kaohsiung", "the Shunxing-39 was off Keelung"."""
    for at in line.numerals:
        number = line.text(at)
        if not 1 < at < line.size - 1 or not number.isdecimal() or len(number) > _SERIES_DIGITS:
            continue
        if line.text(at + 1).isupper() or line.low(at + 1) in line.doc.lexicon.sets["units"]:
            continue
        end = at - (line.text(at - 1) in _HYPHENS)
        first = end
        while first > 0 and end - first < LONGEST and is_capital(line.text(first - 1)) and line.text(first - 1)[1:].islower():
            first -= 1
        first += line.low(first) == "the"
        if end - first > 1 and _has_sisters(line, first, end, at + 1):
            yield named_mention(line, first, at + 1, line.told(first, at + 1), signed=True)
            continue
        if first == end or line.low(first - 1) != "the" or is_known(line, first) or line.doc.lexicon.sets["makers"] & set(line.lows[first:end]):
            continue
        if any(len(line.text(n)) < SHORTEST and end - first == 1 for n in range(first, end)):
            continue  # "the Su-35"
        behind = line.low(at + 1)
        if (behind == "left" or behind not in line.doc.lexicon.sets["human_moves"]) and acts(line, first, at + 1):
            yield named_mention(line, first, at + 1, line.told(first, at + 1), signed=True)


_SISTERS = range(1, 30)


def _has_sisters(line: Line, first: int, end: int, last: int) -> bool:
    """Whether ships bear the words of a name with other numbers: those of "Hai Yang Di Zhi 4" with 8, 9 and 10."""
    vessels, words = line.doc.gazetteer.vessels, line.told(first, end)
    return not vessels.named(line.told(first, last)) and any(vessels.named(f"{words} {number}") for number in _SISTERS)


_HELD = frozenset(["held", "conducted", "organised", "organized", "hosted", "celebrated", "launched", "concluded"])
_THE = frozenset(["the"])
_LINES = frozenset(["MSC", "CSL", "OOCL", "CMA", "ZIM", "NYK", "APL", "COSCO", "ONE", "MOL", "YM", "HMM"])
"""Owners with whose letters the names of their ships begin."""


def acting_names(line: Line) -> Iterator[VesselMention]:
    """Names that do what hardly anything but a ship does: "The Fitburg left Saint Petersburg", "Yi Peng 3 weighed anchor"."""
    fleet = _LINES.isdisjoint(line.texts)
    if fleet and "the" not in line.words and not any(low.isdecimal() for low in line.lows[1:5]):
        return
    for at in () if fleet else [n for n, text in enumerate(line.texts) if text in _LINES and n < line.size - 1]:
        last = hull_run(line, at + 1)  # "MSC Sariska arrived in Halifax"
        if at + 1 < last <= at + 1 + LONGEST and not line.begins(_STRANGE_KINDS - {"nation"}, at + 1) and goes_as_ships_do(line, last):
            yield named_mention(line, at, last, line.told(at, last), signed=True)
    for at in dict.fromkeys((0, *line.where(_THE))):
        low = line.lows[at]
        first = at + (low == "the")
        if not is_capital(line.text(first)) or line.text(first).isupper() or is_known(line, first) or line.starting("vessel", first):
            continue
        if line.low(first) in line.doc.lexicon.sets["epithets"] or line.low(first) in line.doc.lexicon.another:
            continue  # "The Unit arrived in Arica", "Another 13 were there"
        if (line.low(at - 1) == "of" and is_capital(line.text(at - 2))) or (line.low(first) == "type" and line.low(first + 1)[:1].isdecimal()):
            continue  # "the Jewel of the Seas", "The Type 45 sailed from Portsmouth"
        last = hull_run(line, first)
        if line.lows[last : last + 2] == ["of", "the"] and is_capital(line.text(last + 2)) and line.starting("place", last + 2) is None:
            last = hull_run(line, last + 2)
        numbered = line.low(last).isdecimal() and len(line.low(last)) < 3
        last += numbered
        if last - first > LONGEST or (low != "the" and not numbered) or not may_be_ship(line, first, last):
            continue
        if goes_as_ships_do(line, last):
            yield named_mention(line, first, last, line.told(first, last), signed=True)


def may_be_ship(line: Line, first: int, last: int) -> bool:
    """Whether no word of a run tells people, a service, an aircraft, an office or several of a kind: "The Houthis", "The Royal Marines"."""
    sets, words = line.doc.lexicon.sets, set(line.lows[first:last])
    kinds = (sets["no_place"], sets["people"], sets["titles"], sets["with_article"], sets["services"], sets["no_ship"], sets["aircraft"])
    other = any(not words.isdisjoint(kind) for kind in kinds)
    many = line.text(last - 1).endswith("s") and not line.text(last - 1).endswith(("ss", "us", "as", "os")) and last - first == 1
    known = any(is_known(line, n) for n in range(first, last) if is_capital(line.text(n)))
    return not other and not many and not known and (last - first > 1 or len(line.text(first)) > 3)


_VERB_TOKENS = 4


def goes_as_ships_do(line: Line, at: int) -> bool:
    """Whether a verb that ships do stands at a token, or one of moving and a water or port right behind it."""
    sets = line.doc.lexicon.sets
    if line.text(at) == "," and line.opens(at + 1, sets["way_asides"]):
        return True  # "The Aegean Pearl, on her way from Novorossiysk to Trieste, …"
    for _ in range(_VERB_TOKENS):
        if line.low(at) in sets["auxiliaries"] or line.low(at) in sets["adverbs"]:
            at += 1
    if line.opens(at, sets["only_ships"]):
        return True
    if not line.opens(at, sets["ships_move"]):
        return False
    entries = line.doc.gazetteer.places.entries
    near = next((f for f in line.found("place") if 0 < f.first - at <= _VERB_TOKENS), None)
    return near is not None and entries[near.data[0]].kind.value in sets["wet_kinds"]


def begin_of_run(line: Line, last: int) -> int:
    """The first token of the run of unknown capitalised words that ends at a token."""
    first = last
    while first > 0:
        text = line.text(first - 1)
        number = text.isdecimal() and line.text(first - 2) == "-" and line.text(first - 3).isupper()
        if number:
            first -= 3
        elif is_capital(text) and not is_known(line, first - 1) and not any(f.first <= first - 1 < f.last for f in line.found("place")):
            first -= 1
        elif first < last and is_capital(text) and _begins_with_known(line, first - 1):
            return first - 1
        else:
            break
    return first
