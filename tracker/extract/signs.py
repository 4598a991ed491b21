"""Stage 2, names that no register has, by what stands around them: "aboard the X", "the crew of the X", "X (F222)", "the Royal Navy's X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.domain.kinds import PlaceKind
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, is_capital, leads_hull
from tracker.extract.names import named_mention, with_hull
from tracker.extract.plausible import QUOTES, RANKED, acts, told_by_rank
from tracker.extract.unknown import goes_as_ships_do, hull_run, is_known, may_be_ship

_LONGEST = 4
_OWNS = frozenset(["'", "’"])
_SHIPS = ("ship", "vessel", "boat", "tanker", "frigate", "destroyer", "carrier", "submarine", "navy", "fleet")
_PENNANT = re.compile(r"(?:[A-Z]{1,4}-?)\d{1,4}|[1-9]\d\d")
_ABOARD, _SISTER, _PAREN, _THE = frozenset(["aboard", "board"]), frozenset(["sister", "sisters"]), frozenset(["("]), frozenset(["the"])
_OF = frozenset(["of", "from"])
_OFFICES = frozenset(
    ["zone", "district", "department", "headquarters", "board", "area", "region", "defence", "defense", "security", "sector", "wing", "authority"]
)


def signed_names(line: Line) -> Iterator[VesselMention]:
    """Unknown names that a sign beside them shows to be a ship's, in a text about ships."""
    if line.size < 3 or not any(map(line.doc.says, _SHIPS)):
        return
    words = line.words
    if not words.isdisjoint(_ABOARD):
        yield from _aboard(line)
    if not words.isdisjoint(line.doc.lexicon.sets["ship_people"]) and "the" in words:
        yield from _of_crew(line)
    if not words.isdisjoint(line.doc.lexicon.sets["seizes"]) and "the" in words:
        yield from _seized(line)
    if "(" in words:
        yield from _with_pennant(line)
    if line.found("navy"):
        yield from _of_navy(line)
    if line.found("nation") or ("s" in words and line.found("place")):
        yield from _of_nation(line)
        yield from _watched_of_nation(line)
    if not words.isdisjoint(_SISTER):
        yield from _sister(line)
    if "," in words and not words.isdisjoint(RANKED):
        yield from _nth(line)
    if "the" in words and not words.isdisjoint(_LEADS_LIST):
        yield from _listed(line)
    if not QUOTES.isdisjoint(words) and (line.found("type") or line.found("vessel")):
        yield from _quoted(line)


def _named(line: Line, first: int, *, alone: bool = True) -> VesselMention | None:
    """The unknown name that begins at a token; `alone`: no further noun may stand behind it, as in "the Kursk nuclear plant"."""
    last = _end_of_name(line, first)
    if last == first or (alone and not _ends_there(line, last)):
        return None
    return named_mention(line, first, last, line.told(first, last), signed=True)


def _end_of_name(line: Line, first: int) -> int:
    """The end of a run of capitalised words that may be a ship's name; `first` where none begins."""
    if first >= line.size or not is_capital(line.text(first)) or is_known(line, first) or line.starting("vessel", first):
        return first
    if line.low(first) in ("type", "project") and line.low(first + 1)[:1].isdecimal():
        return first  # "the Royal Navy's Type 45"
    last = hull_run(line, first)
    numbered = line.low(last).isdecimal() and len(line.low(last)) < 3
    fits = first < last <= first + _LONGEST and may_be_ship(line, first, last)
    sets = line.doc.lexicon.sets
    words = set(line.lows[first:last])
    if not words.isdisjoint(sets["facility_words"] | sets["ends_no_name"] | _OFFICES) or _PENNANT.fullmatch(line.text(last - 1)):
        return first
    person = any(line.low(n) in sets["forenames"] for n in range(first, min(last, first + 1)))
    return last + numbered if fits and not person else first


def _ends_there(line: Line, last: int) -> bool:
    """Whether no noun goes on from a name: a stop, a little word, a verb or nothing stands behind it."""
    text, low = line.text(last), line.low(last)
    if not text[:1].isalpha():
        return not text[:1].isdecimal() and text not in ("-", "‐")
    return low in line.doc.lexicon.function or low in line.doc.lexicon.sets["auxiliaries"] or line.starting("trigger", last) is not None


def _aboard(line: Line) -> Iterator[VesselMention]:
    """ "Aboard the X, which left Toulon", "on board the X"."""
    for at in line.where(_ABOARD):
        if line.low(at + 1) == "the" and (line.low(at) == "aboard" or line.low(at - 1) == "on") and (found := _named(line, at + 2)):
            yield found


def _of_crew(line: Line) -> Iterator[VesselMention]:
    """ "The captain of the X said", "the X's crew"."""
    people = line.doc.lexicon.sets["ship_people"]
    for at in line.where(_THE):
        if line.low(at - 1) in _OF and line.low(at - 2) in people and (found := _named(line, at + 1)):
            yield found
            continue
        last = _end_of_name(line, at + 1)
        if last == at + 1 or line.text(last) not in _OWNS or line.low(last + 1) != "s":
            continue
        if not people.isdisjoint((line.low(last + 2), line.low(last + 3) if line.text(last + 2).isalpha() else "")):
            yield named_mention(line, at + 1, last, line.told(at + 1, last), signed=True)


def _seized(line: Line) -> Iterator[VesselMention]:
    """ "Iran seized the X in the Gulf of Oman"."""
    for at in line.where(line.doc.lexicon.sets["seizes"]):
        if line.low(at + 1) == "the" and (found := _named(line, at + 2)):
            yield found


def _with_pennant(line: Line) -> Iterator[VesselMention]:
    """ "X (F222), a frigate", "X (626) slipped through the strait", "X (IMO 9268710)"."""
    for at in line.where(_PAREN):
        imo = line.low(at + 1) == "imo" and line.text(at + 2).isdecimal()
        lettered = leads_hull(line, at + 1)  # "(SSV-208)"
        close = at + 4 if lettered else at + 3 if imo else at + 2
        stops = line.text(close) in ((")", ",") if imo else (")",))
        if not stops or not (imo or lettered or _PENNANT.fullmatch(line.text(at + 1))) or at == 0:
            continue
        first = _begin_of_name(line, at)
        if first == at or not (imo or not line.text(at + 1).isdecimal() or _is_among_ships(line, first, close + 1)):
            continue
        mention = named_mention(line, first, at, line.told(first, at), signed=True)
        yield mention if imo else with_hull(line, mention)


def _is_among_ships(line: Line, first: int, at: int) -> bool:
    """Whether a sentence tells, behind a name with a number, what ships do, or tells types of ships at all."""
    return goes_as_ships_do(line, at) or bool(line.found("type")) or acts(line, first, at)


def _begin_of_name(line: Line, end: int) -> int:
    """Where the unknown name begins that ends at a token; `end` where none does."""
    first = end
    while first > 0 and end - first < _LONGEST and is_capital(line.text(first - 1)) and not is_known(line, first - 1):
        first -= 1
    first += line.low(first) == "the"
    while first < end and _end_of_name(line, first) != end:
        first += 1
    return first


def _of_navy(line: Line) -> Iterator[VesselMention]:
    """ "The Royal Navy's X left Plymouth", "the X of the Maritime Self-Defense Force cast off"."""
    for found in line.found("navy"):
        at = found.last + 2
        if line.text(found.last) in _OWNS and line.low(found.last + 1) == "s":
            at += line.low(at) == "the"
            last = _end_of_name(line, at)
            if last > at and (goes_as_ships_do(line, last) or line.text(last) in (",", "(") or line.low(last) == "and"):
                yield named_mention(line, at, last, line.told(at, last), signed=True)
            continue
        of = found.first - 1 - (line.low(found.first - 1) == "the")
        if line.low(of) == "of":
            first = _begin_of_name(line, of)
            if first < of and line.low(first - 1) == "the":
                yield named_mention(line, first, of, line.told(first, of), signed=True)


def _of_nation(line: Line) -> Iterator[VesselMention]:
    """ "Russia's X passed Dover": with what only ships do behind it, for "Russia's Ivanov arrived" too."""
    sets = line.doc.lexicon.sets
    for first, at in _lands_own(line):
        last = _end_of_name(line, at)
        end = last
        while end - last < 2 and (line.low(end) in sets["auxiliaries"] or line.low(end) in sets["adverbs"]):
            end += 1
        passes = line.low(end) in ("passed", "transited", "passes", "transits") and _place_behind(line, end + 1)
        if last > at and (line.opens(end, sets["only_ships"]) or passes or _beside_another(line, first, last)):
            yield named_mention(line, at, last, line.told(at, last), signed=True)


def _lands_own(line: Line) -> Iterator[tuple[int, int]]:
    """Where a land's possessive begins, and the token behind it: "Russia's", "Samoa's"."""
    for found in line.found("nation"):
        if line.text(found.last - 2) in _OWNS:
            yield found.first, found.last
    for found in line.found("place"):
        owns = line.text(found.last) in _OWNS and line.low(found.last + 1) == "s"
        if owns and line.doc.gazetteer.places.entries[found.data[0]].kind is PlaceKind.COUNTRY:
            yield found.first, found.last + 2


def _watched_of_nation(line: Line) -> Iterator[VesselMention]:
    """ "HMS Kent shadowed the Russian X through the Channel": whom a ship watches is one too."""
    for found in line.found("nation"):
        verb = line.ending("trigger", found.first - 1) if line.low(found.first - 1) == "the" else None
        if verb and any(rule.object == "escort" for rule, _ in verb.data) and (name := _named(line, found.last)):
            yield name


def _place_behind(line: Line, at: int) -> bool:
    """Whether a place stands at a token, "through" and "the" left out."""
    at += line.low(at) == "through"
    return line.starting("place", at + (line.low(at) == "the")) is not None


def _beside_another(line: Line, first: int, last: int) -> bool:
    """Whether a nation's ship stands in front of "and" and this one: "Canada's HMCS Regina and Italy's X, left"."""
    if line.low(first - 1) != "and" or not _ends_there(line, last):
        return False
    other = next((f for f in line.found("nation") if f.last < first and line.text(f.last - 2) in _OWNS), None)
    return other is not None and any(line.starting(kind, other.last) for kind in ("prefix", "vessel", "type")) and first - other.last <= _LONGEST


def _nth(line: Line) -> Iterator[VesselMention]:
    """ "The third, X, left Toulon on Tuesday", "one, the X, was taken to Malta"."""
    for at in line.where(RANKED):
        begin = at + 2 + (line.low(at + 2) == "the")
        if line.text(at + 1) != ",":
            continue
        last = _end_of_name(line, begin)
        goes = goes_as_ships_do(line, last + 1) or line.low(last + 1) in line.doc.lexicon.sets["have"] | line.doc.lexicon.sets["be"]
        if last > begin and goes and told_by_rank(line, begin, last):
            yield named_mention(line, begin, last, line.told(begin, last), signed=True)


def _sister(line: Line) -> Iterator[VesselMention]:
    """ "Her sister X is in the Red Sea", "its sister ship, the X, left"."""
    for at in line.where(_SISTER):
        if line.low(at - 1) not in ("her", "its", "their", "his", "s", "the"):
            continue
        begin = at + 1 + (line.low(at + 1) in ("ship", "ships", "vessel", "boat", "submarine"))
        begin += line.text(begin) == ","
        begin += line.low(begin) == "the"
        if found := _named(line, begin):
            yield found
        and_ = at - 2
        first = _begin_of_name(line, and_)
        if line.low(and_) == "and" and first < and_ and line.low(first - 1) == "the" and line.low(at - 1) in ("her", "its"):
            yield named_mention(line, first, and_, line.told(first, and_), signed=True)  # "The X and her sister ship, the Y, left"


_LEADS_LIST = frozenset(["including", "include", "includes", "included", "were", "are", "namely", "as"])
_IDENTIFIED = frozenset(["identified", "named", "known", "confirmed", "recognised", "recognized", "listed"])


def _listed(line: Line) -> Iterator[VesselMention]:
    """ "Ships including the X and the Y left", "among the ships in port are the X and the Y", "she was identified as the X"."""
    for at in line.where(_LEADS_LIST):
        told = _identifies(line, at) if line.low(at) == "as" else _tells_ships(line, at) or _stands_beside(line, at)
        if line.low(at + 1) != "the" or not told:
            continue
        begin, run = at + 2, list[VesselMention]()
        while (last := _end_of_name(line, begin)) > begin and _ends_there(line, last):
            run.append(named_mention(line, begin, last, line.told(begin, last), signed=True))
            begin = last + (line.text(last) == ",")
            begin += line.low(begin) == "and"
            begin += line.low(begin) == "the"
            if begin == last or line.low(begin - 1) != "the":
                break
        if run and (len(run) > 1 or line.low(at) == "as"):
            yield from run


_IDENTIFIED_TOKENS = 5


def _identifies(line: Line, at: int) -> bool:
    """Whether "as" stands behind "identified", or behind that and some ships: "identified the two tankers as the X and the Y"."""
    if line.low(at - 1) in _IDENTIFIED:
        return True
    ships = line.low(at - 1) in ("them", "her", "it") or any(f.last == at for f in line.found("type"))
    return ships and not _IDENTIFIED.isdisjoint(line.lows[max(at - _IDENTIFIED_TOKENS, 0) : at])


_BESIDE_HER = frozenset(["behind", "ahead", "astern", "with", "alongside", "beside", "following", "tucked", "close", "abeam", "around", "near"])


def _stands_beside(line: Line, at: int) -> bool:
    """Whether a sentence opens with where ships are beside another, and "were" stands at a token: "Behind her were the Selva and the Sierra"."""
    front = line.low(at - 1) in ("her", "them", "it", "him") or line.ending("vessel", at) is not None
    return front and line.low(at) in ("were", "are") and not _BESIDE_HER.isdisjoint(line.lows[:at]) and at <= _FRONT_TOKENS


_FRONT_TOKENS = 7


def _tells_ships(line: Line, at: int) -> bool:
    """Whether ships, several of them, stand in front of a token."""
    return any(f.last <= at and line.low(f.last - 1).endswith("s") for f in line.found("type"))


def _quoted(line: Line) -> Iterator[VesselMention]:
    """ "The 'X' guard ship", a quoted name in front of what it is."""
    for at in range(line.size - 2):
        if line.text(at) not in QUOTES or not is_capital(line.text(at + 1)):
            continue
        last = _end_of_name(line, at + 1)
        ship = line.starting("type", last + 1)
        if last > at + 1 and line.text(last) in QUOTES and ship is not None and not line.text(ship.last)[:1].isupper():
            yield named_mention(line, at + 1, last, line.told(at + 1, last), signed=True)
