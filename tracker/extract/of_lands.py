"""Stage 2, ships that a list tells by their name and their land: "Drazki from Bulgaria, Romania's Regele Ferdinand and Yavuz (Turkey)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.kinds import PlaceKind
from tracker.domain.records import changed
from tracker.extract.line import Line
from tracker.extract.mention import VesselMention, is_capital
from tracker.extract.names import named_mention
from tracker.extract.plausible import PLACE_SIGNS, is_person
from tracker.extract.unknown import hull_run

_LONGEST, _SHORTEST = 4, 4
_LEADS, _MARKS = frozenset(["from", "of", "("]), frozenset([",", "and", "&", ";", "as", "plus"])
_NEVER = frozenset(["nation", "navy", "type", "group", "prefix", "number", "trigger"])
_WHERE, _GAP = frozenset(["at", "in", "to", "off", "near"]), 5


@dataclass(frozen=True, slots=True)
class _Item:
    """A run of capitalised words with its land: the run's tokens and those of both."""

    first: int
    last: int
    begin: int
    end: int
    country: str
    bracketed: bool


def of_lands(line: Line, mentions: Sequence[VesselMention]) -> list[VesselMention]:
    """The names that stand with their land in a list of ships, though no register has them or towns are called so."""
    if "and" not in line.words and "," not in line.words:
        return []
    items = [i for i in _items(line) if not any(m.first < i.last and i.first < m.last for m in mentions)]
    told = [(m.first, m.last) for m in mentions if m.name]
    told += [(i.first, i.last) for i in items if _is_known_ship(line, i) and any(o is not i and _next_to(line, i, o.first, o.last) for o in items)]
    found: list[_Item] = []
    while more := [i for i in items if i not in found and any((i.first, i.last) == t or _next_to(line, i, *t) for t in told)]:
        found += more
        told += [(i.first, i.last) for i in more]
    return [changed(named_mention(line, i.first, i.last, line.told(i.first, i.last), signed=True), country=i.country) for i in found]


def _items(line: Line) -> list[_Item]:
    """The runs of capitalised words of a sentence that stand with a land, as ships of it may."""
    items: list[_Item] = []
    entries = line.doc.gazetteer.places.entries
    for land in line.found("place"):
        country = next((entries[key].country for key in land.data if entries[key].kind is PlaceKind.COUNTRY), None)
        if country is None:
            continue
        at = land.first - 1 - (line.low(land.first - 1) == "the")
        bracketed = line.text(at) == "("
        if line.low(at) in _LEADS and (not bracketed or line.text(land.last) == ")"):
            first = _begin(line, at)
            item = _Item(first, at, first, land.last + bracketed, country, bracketed)
            if line.low(at) == "of" and not _is_known_ship(line, item):
                continue  # "West of Cyprus"
        elif line.low(land.last + 1) == "s" and line.text(land.last) in ("'", "’"):
            first = land.last + 2
            last = hull_run(line, first) if is_capital(line.text(first)) else first
            item = _Item(first, last, land.first, last, country, False)
            if line.low(last) == "of" or (_is_aside(line, item) and not _is_known_ship(line, item)):
                continue  # "the Cuauhtémoc, Mexico's Knight of the Seas, …"
        else:
            continue
        if item.first < item.last <= item.first + _LONGEST and _may_be(line, item):
            items.append(item)
    return items


def _is_aside(line: Line, item: _Item) -> bool:
    """Whether a run stands between commas of which the second ends no item of a list: "HMS Kent, Britain's Pride, has left"."""
    behind = line.text(item.end + 1)
    return line.text(item.begin - 1) == "," == line.text(item.last) and behind.islower() and behind not in ("the", "and", "a")


def _begin(line: Line, last: int) -> int:
    """The first token of the run of capitalised words that ends at a token."""
    first, towns = last, {f.last for f in line.found("place")}
    while first > 0 and last - first < _LONGEST and is_capital(line.text(first - 1)) and not line.begins(_NEVER, first - 1):
        if line.low(first - 1) in line.doc.lexicon.function or (first < last and first in towns):
            break  # "In the Aegean Sea Teruzuki from Japan …"
        hyphened = line.text(first - 2) == "-" and is_capital(line.text(first - 3)) and line.starts[first - 1] - line.ends[first - 3] == 1
        first -= 3 if hyphened else 1
    return first


def _may_be(line: Line, item: _Item) -> bool:
    """Whether a run may be a ship's name: no person, no office, no service, no port of that land."""
    sets, words = line.doc.lexicon.sets, frozenset(line.lows[item.first : item.last])
    kinds = (sets["no_place"], sets["people"], sets["titles"], sets["services"], sets["no_ship"], sets["aircraft"], sets["forenames"])
    if any(not words.isdisjoint(kind) for kind in kinds) or line.begins(_NEVER, item.first) or is_person(line, item.first, item.last):
        return False
    low = line.low(item.first)
    if low in line.doc.lexicon.months or low in line.doc.lexicon.weekdays or len(line.told(item.first, item.last)) < _SHORTEST:
        return False
    port = line.starting("place", item.first)
    if port is None or port.last < item.last:
        return True
    before = line.low(item.begin - 1)
    sign = before in PLACE_SIGNS and not (before == "of" and line.low(item.begin - 2) == "company")  # "in the company of Gemlik from Turkey"
    return not sign and not line.starting("place", item.last) and (not item.bracketed or _is_known_ship(line, item, towns=True))


def _is_known_ship(line: Line, item: _Item, *, towns: bool = False) -> bool:
    """Whether a ship of that land is called so, and no town unless `towns`."""
    name = line.told(item.first, item.last)
    town = not towns and line.starting("place", item.first) is not None
    return not town and any(v.country == item.country for v in line.doc.gazetteer.vessels.named(name))


def _next_to(line: Line, item: _Item, first: int, last: int) -> bool:
    """Whether marks of a list part an item from a ship at some tokens, and no more than what tells of its sort or land."""
    if last <= item.begin:
        between, mark = range(last, item.begin), item.begin - 1 - (line.low(item.begin - 1) == "the")
    elif item.end <= first:
        between, mark = range(item.end, first), item.end
    else:
        return False
    if len(between) > _GAP or line.low(mark) not in _MARKS:
        return False
    verbs = (line.text(n).isalpha() and line.starting("trigger", n) is not None for n in between)
    return not any(verbs) and frozenset(line.lows[between.start : between.stop]).isdisjoint(_WHERE)
