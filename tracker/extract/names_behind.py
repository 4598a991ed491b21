"""Stage 2, vessels: the names that stand behind or in front of a word for a ship and are hers."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.kinds import NEAR_TYPES, PlaceKind, VesselType
from tracker.domain.names import fold
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, capital_run, is_capital, is_pennant
from tracker.extract.names import civil, named_mention, with_hull
from tracker.extract.phrases import behind_home
from tracker.extract.plausible import PLACE_SIGNS, QUOTES
from tracker.extract.unknown import hull_run, in_quotes, is_known

_LEADLESS = frozenset({"flotilla", "squadron", "detachment"})
"""Groups that are named for a place, not for their lead."""
GENERIC = frozenset({VesselType.WARSHIP, VesselType.VESSEL})
_DASHED_TOKENS = 16


def closed_by_dash(line: Line, at: int) -> bool:
    """Whether a dash closes what a dash opened: "the Yantar—a vessel known for mapping cables—was off Wick"."""
    return any(line.text(n) in ("–", "—") for n in range(at, min(at + _DASHED_TOKENS, line.size)))


FLAGGED = frozenset(["flagged", "owned", "registered", "operated"])


def _is_register_of(head: VesselMention, name: VesselMention | None) -> bool:
    """Whether the register knows a named ship for one of the type told right before her."""
    if name is None or not name.keys or not name.kinds or head.type is None:
        return False
    return head.type in name.kinds or any(frozenset((head.type, kind)) in NEAR_TYPES for kind in name.kinds)


def names_behind(line: Line, head: VesselMention, known: dict[int, VesselMention]) -> Iterator[VesselMention]:
    """The names right behind a head: one after a singular, a list after a plural."""
    if line.low(head.last - 1) == "missiles":
        return  # "one carrier of cruise missiles “Kalibr”"
    if head.det in ("a", "count") and line.low(head.first - 1) == "and" and (others := _counted_before(line, head)):
        named = list(_named_behind(line, head, known))
        if named and _names_in_row(line, named[0], known) == (head.count or 1) + others:
            return  # "a destroyer and two frigates, A, B and C": the three names are those of all
        yield from named
    else:
        yield from _named_behind(line, head, known)


def _counted_before(line: Line, head: VesselMention) -> int:
    """How many other ships, told by their types alone, the list in front of a head tells: "a tanker, two tugs and a frigate"."""
    count, at = 0, head.first - 1
    while one := line.ending("type", at):
        number = line.ending("number", one.first)
        if not number and line.low(one.first - 1) not in ("a", "an"):
            break
        count, at = count + (number.data if number else 1), (number.first if number else one.first - 1) - 1
        if line.text(at) != ",":
            break
    return count


def _names_in_row(line: Line, first: VesselMention, known: dict[int, VesselMention]) -> int:
    """How many names stand in one list from a first one on, with commas and "and" between them."""
    count, at = 1, _list_mark(line, first.last)
    while (mention := known.get(at)) and mention.name:
        count, at = count + 1, _list_mark(line, mention.last)
    return count


def _named_behind(line: Line, head: VesselMention, known: dict[int, VesselMention]) -> Iterator[VesselMention]:
    """The same, whatever is told in front of the head."""
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
        taken = as_hers(line, mention, head)
        if first:
            taken.start, taken.first = head.start, head.first
        elif mark > at:
            taken.start, taken.first = line.starts[at], at
        if mark > at and not taken.hull and line.text(mark - 1 - (line.text(mark - 1) in (")", "-")))[-1:].isdecimal():
            taken.hull = line.told(at, mark).strip("() -")
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
        sort = len(inside) == 1 and line.starting("type", at + 1) is not None  # "large landing ship (BDK) Azov"
        behind = close + 1 if close and letters and (sort or inside[0] not in line.doc.lexicon.prefixes) else at  # "Indian Naval Ship (INS) Sumedha"
    elif signed := _pennant_and_sign(line, at):
        return signed
    else:
        apart = len(line.text(at)) == 1 and line.text(at).isupper() and line.text(at + 1).isdecimal() and len(line.text(at + 1)) > 1
        behind = at + 1 + apart if apart or (is_pennant(line.text(at)) and capital_run(line, at) > at + 1) else at
        dash = line.text(at + 1) == "-" and behind == at and (is_pennant(line.text(at)) or (line.text(at).isdecimal() and len(line.text(at)) > 1))
        behind = at + 2 if dash else behind  # "frigate 015-Tran Hung Dao"
    opens = behind > at and behind < line.size and is_capital(line.text(behind + (line.text(behind) in QUOTES)))
    of_class = (kind := line.starting("class", behind)) and "class" in (line.low(kind.last), line.low(kind.last + 1), line.low(kind.last - 1))
    return behind if opens and not of_class and not line.begins(_NO_NAME, behind) else at


def _pennant_and_sign(line: Line, at: int) -> int:
    """The token behind a pennant number that a name with its prefix follows: "frigate F-497 TCG Göksu"; zero where there is none."""
    if not (len(line.text(at)) < _PENNANT_TEXT and line.text(at)[:1].isupper() and line.text(at).isupper()):
        return 0
    apart = 2 * (line.text(at + 1) == "-" and line.text(at + 2).isdecimal())
    behind = at + 1 + apart
    return behind if line.text(behind - 1)[-1:].isdecimal() and (sign := line.starting("prefix", behind)) and is_capital(line.text(sign.last)) else 0


_PENNANT_TEXT = 8
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
    if line.text(begin + 1) == "-" and line.low(begin + 2) in FLAGGED and line.starting("place", begin):
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
    if not first and line.low(last + 1) == "s" and line.starting("place", begin) is not None:
        return None  # "the minehunters A and B, Romania's C"
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
    if first and begin == head.last and owner_behind(line, head):
        return None  # "the only carrier China possesses"
    if first and begin == head.last and _is_builder(line, last, plural=head.plural):
        return None  # "the fifth destroyer Ingalls has built", "two of the ships Austal has delivered"
    last += _is_series_number(line, last)
    last += last - begin == 1 and len(line.text(begin)) == 1 and line.text(last).isdecimal()  # "the fast attack craft P 434"
    name = line.told(begin, last)
    if not first and name.lower().endswith("-class"):
        return None  # "the boats A and B, and the Pansio-class minelayer C"
    return with_hull(line, named_mention(line, begin, last, name, signed=True))


def _is_builder(line: Line, last: int, *, plural: bool) -> bool:
    """Whether the words behind a name say that it made the ships told in front of it."""
    made = last + (line.low(last) in line.doc.lexicon.sets["have"])
    return line.low(made) in _MADE or (plural and made > last and line.low(made) in ("delivered", "completed", "launched"))


_MADE = frozenset(["built", "builds", "designed"])


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


_HEADLINE_VERBS = frozenset(
    ["completes", "begins", "starts", "wraps", "concludes", "finishes", "ends", "conducts", "participates", "holds", "takes", "continues", "performs"]
)


def _tells_act(line: Line, at: int) -> bool:
    """Whether a word of a headline that begins every word with a capital tells an act or how it was done, and is part of no name."""
    low, act = line.low(at), line.starting("trigger", at)
    acts = act is not None and any(form in ("pres", "past", "ing") for _, form in act.data)
    return acts or low in _HEADLINE_VERBS or low in line.doc.lexicon.sets["adverbs"] or low in line.doc.lexicon.sets["auxiliaries"]


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


def owner_behind(line: Line, head: VesselMention) -> str | None:
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
    place = line.starting("place", at)
    town = article and place is not None and _is_town(line, at, place.data)  # "a third tanker, the Khatanga": no town has an article
    strange = strange or bool(place and place.last >= last and not town)  # "the Pacific Voyager" is no ocean
    goes_on = line.low(last + 1) in ("which", "that", "has", "had", "was", "is", "will") or numbered or line.starting("trigger", last + 1)
    listed = comma == head.last and not is_known(line, at) and _in_list_of_sorts(line, head, last)
    closed = line.text(last) in (",", ".") and not is_capital(line.text(last + 1))
    return at < last <= at + 5 and not strange and closed and bool(article or goes_on or listed)


def _is_town(line: Line, at: int, keys: object) -> bool:
    """Whether a name of the gazetteer is that of a port alone, which never stands with an article."""
    entries = [line.doc.gazetteer.places.entries[key] for key in keys] if isinstance(keys, tuple) else []
    return (
        bool(entries)
        and all(e.kind in (PlaceKind.PORT, PlaceKind.NAVAL_BASE) for e in entries)
        and line.low(at) not in line.doc.lexicon.sets["with_article"]
    )


def _in_list_of_sorts(line: Line, head: VesselMention, last: int) -> bool:
    """Whether each ship of a list is told by what she is and then by her name: "a landing ship, Minsk, and a merchantman, Kaspara"."""
    if line.low(head.first) not in _ONE:
        return False
    behind = last + 1 + (line.low(last + 1) == "and")
    if line.text(last) == "," and line.low(behind) in _ONE and any(line.starting("type", n) for n in range(behind + 1, behind + _SORT_TOKENS)):
        return True
    joint = head.first - 1
    joint -= line.low(joint) == "and"
    return line.text(joint) == "," and is_capital(line.text(joint - 1)) and line.text(last) in (",", ".")


_ONE, _SORT_TOKENS = frozenset(["a", "an", "the"]), 4


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


def name_before(line: Line, head: VesselMention, names: list[VesselMention]) -> VesselMention | None:
    """The name that a head without name speaks of: "Yelnya, a fleet oiler, …", "the Yelnya oiler", "the Shandong strike group"."""
    for name in names:
        if head.group and _owns_group(line, name, head):
            return name  # "USS Nimitz's carrier strike group", "The Shandong's carrier group"
        if head.group and head.word in _LEADLESS and not name.signed:
            continue  # "the Kola Flotilla"
        if name.first == head.first and name.last < head.last and head.det == "bare" and not head.plural and not head.group:
            return name  # "Vasily Bykov patrol ship left", a ship of a class that bears her name
        if name.last == head.first and line.low(name.first - 1) in ("a", "an") and not name.signed:
            continue  # "a New Hampshire sailboat"
        if name.last == head.first and line.low(head.first) in ("the", "a", "an", "these") and (head.plural or (name.weak and not head.name)):
            continue  # "On reaching Guam the three ships refuelled"
        if name.last == head.first or (name.last + 1 == head.first and line.text(name.last) in QUOTES):
            return name
        comma = line.text(name.last) in (",", "(") or (line.text(name.last) in QUOTES and line.text(name.last + 1) == ",")
        comma = comma or (line.text(name.last) in ("–", "—") and head.det in ("a", "definite") and closed_by_dash(line, head.last))
        if comma and 0 < head.first - name.last <= 2 and not head.plural and head.count in (1, None):
            if head.country and name.name and head.country not in ((name.country,) if name.country else name.flags or (head.country,)):
                continue  # "Under the eyes of HMS Tyne, a Russian frigate passed the strait"
            if head.first - name.last == 2 and line.low(head.first) == "the" and line.starting("trigger", name.last + 1) is not None:
                continue  # "Two destroyers, the Kaga and the Shiranui, shadowed the boat"
            closed = line.text(head.last) in (",", ".", ")", ";", "") or line.low(head.last) in ("of", "that", "which", "who", "with", "from")
            if name.weak and line.low(name.first - 1) in PLACE_SIGNS:
                continue
            if head.det == "a" and is_next_of_list(line, name, head):
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


def is_next_of_list(line: Line, name: VesselMention, head: VesselMention) -> bool:
    """Whether a ship behind a name's comma is the next of a list, as the register shows: "the corvette Metel (323), a tug and a tanker left"."""
    if head.type in (None, *GENERIC):
        return False
    told = line.ending("type", name.first)
    apart = told is not None and told.data[0] is not head.type and told.data[0] not in GENERIC  # "the frigate A, a destroyer and a tug"
    if not apart and (not name.kinds or head.type in name.kinds):
        return False
    if head.class_name and name.classes and fold(head.class_name) not in name.classes:
        return True  # "the range ship Marshal Krylov (331), a Dubna-class oiler, …"
    and_ = head.last + (line.text(head.last) == "," and line.low(head.last + 1) == "and")
    opened = line.low(and_ + 1) in _NEXT or line.starting("number", and_ + 1) is not None
    listed = (line.low(and_) == "and" and opened) or (line.text(head.last) == "," and _goes_on_in_list(line, head.last + 1))
    listed = listed or (line.low(head.first - 1) == "and" and line.text(head.first - 2) == ",")  # "the oiler A, the B, and a submarine"
    return listed and (apart or not any(frozenset((kind, head.type)) in NEAR_TYPES or kind in GENERIC for kind in name.kinds))


_NEXT = frozenset(["a", "an", "another", "the", "several", "some"])
_NEXT_TOKENS = 6


def _goes_on_in_list(line: Line, at: int) -> bool:
    """Whether ships with an article or a number begin at a token: "…, a submarine, three landing ships and a tug"."""
    if line.low(at) not in _NEXT and line.starting("number", at) is None:
        return False
    ship = next((n for n in range(at + 1, at + _NEXT_TOKENS) if line.starting("type", n) or line.starting("vessel", n)), None)
    return ship is not None and all(line.text(n).isalpha() for n in range(at + 1, ship))


_FOR_PASSENGERS = frozenset(["cruise", "liner", "liners", "ferry", "ferries", "yacht"])


def as_hers(line: Line, name: VesselMention, head: VesselMention) -> VesselMention:
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
