"""Which vessel of an extraction is which vessel of the annotation, and whether places and dates are the same."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from tracker.domain.records import PlaceEntry

Row = Mapping[str, Any]
P = TypeVar("P", bound=tuple[Any, ...])

MAIN_PLACE = {"departure": "origin", "arrival": "destination", "underway": "destination"}
GOING_ON = frozenset({"in_port", "at_sea", "underway", "escort"})
_LONGEST_MENTION_WORDS = 12
_PREFIX = re.compile(
    r"^(the|a|an|uss|usns|uscgc|usgc|hms|rfs|rfa|hmas|hmcs|hmnzs|ins|js|jds|roks|pns|fs|its|tcg|hnlms|hdms|hnoms|hs|esps|fgs|orp|nrp|"
    r"bns|irins|iris|kri|brp|kd|rss|plans|cns|bdk|mv|mt|ss)\s+",
    re.I,
)
# fmt: off
_TITLES = frozenset((
    "the", "a", "an", "of", "and", "admiral", "general", "marshal", "captain", "kapitan", "vice", "rear", "ivan", "alexander", "aleksandr",
    "alexandr", "mikhail", "vladimir", "nikolai", "nikolay", "sergei", "sergey", "yuri", "yury", "vasily", "george", "georgy", "pyotr", "fleet",
    "naval", "navy", "ship", "ships", "vessel", "vessels", "warship", "warships", "boat", "boats", "frigate", "frigates", "destroyer",
    "destroyers", "cruiser", "corvette", "corvettes", "submarine", "submarines", "oiler", "tanker", "tankers", "landing", "amphibious",
    "carrier", "strike", "group", "task", "force", "patrol", "coast", "guard", "russian", "chinese", "american", "british", "french",
    "japanese", "indian", "iranian", "turkish", "italian", "spanish", "german", "norwegian", "russia", "china", "us", "uk", "two", "three",
    "four", "five", "six", "seven", "other", "new", "first", "second", "her", "his", "its", "their", "class", "san", "santa", "saint", "uss",
    "hms", "ins", "rfs", "new", "south", "north", "east", "west",
))
# fmt: on
_PLACE_WORDS = re.compile(r"^(port|harbou?r|bay|naval base|naval station|coast|waters|off|near|gulf|straits?) (of |at )?(?=\w)")


@lru_cache(maxsize=100_000)
def norm(name: str | None) -> str:
    """A name for comparison: without accents, quotes, case, prefixes and punctuation."""
    if not name:
        return ""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    text = re.sub(r"[^\w]+", " ", re.sub(r"[\"'“”‘’«»`´ʼ]", "", text)).strip()
    before = None
    while before != text:
        before, text = text, _PREFIX.sub("", text)
    return text


def words(name: str | None) -> frozenset[str]:
    """The words of a name, as `norm` leaves them."""
    return frozenset(norm(name).split())


def in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard index of two sets of words."""
    return len(one & other) / len(one | other) if one | other else 0.0


class PlaceNames:
    """Names and aliases of places under one key."""

    def __init__(self, entries: Iterable[PlaceEntry]) -> None:
        self._keys: dict[str, str] = {}
        for entry in entries:
            for alias in (entry.name, *entry.aliases):
                self._keys.setdefault(norm(alias), norm(entry.name))

    def _fold(self, name: str) -> str | None:
        known = self._keys.get(norm(name))
        return known or self._keys.get(_PLACE_WORDS.sub("", norm(name)))

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two names mean one place; two missing names do."""
        if not one or not other:
            return not one and not other
        if norm(one) == norm(other):
            return True
        first, second = self._fold(one), self._fold(other)
        if first or second:
            return first == second
        return in_common(words(one), words(other)) >= 0.5


def main_place(event: Row) -> str | None:
    """The place an event is chiefly about."""
    slot = MAIN_PLACE.get(event["kind"], "place")
    return event.get(slot) or (event.get("place") if slot != "place" else None)


def span_of(event: Row) -> tuple[int, int] | None:
    """First and last day of an event as ordinals, or None where it has no date."""
    days = [date.fromisoformat(event[end]).toordinal() for end in ("start", "end") if event.get(end)]
    return (days[0], days[-1]) if days else None


def same_dates(gold: Row, found: Row, published: date | None) -> bool:
    """Whether the dates agree by half; of what goes on now, no date and the publication day are one."""
    one, other = span_of(gold), span_of(found)
    if one is None:
        today = published.toordinal() if published else None
        return other is None or (gold["kind"] in GOING_ON and today is not None and other == (today, today))
    if other is None:
        return False
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return shared > 0 and shared / (max(one[1], other[1]) - min(one[0], other[0]) + 1) >= 0.5


def one_to_one(pairs: Sequence[P]) -> list[P]:
    """Pairs (score, left, right, …) by falling score, each left and each right once."""
    left, right, kept = set(), set(), []
    for pair in sorted(pairs, key=lambda p: tuple(-x for x in (p[0] if isinstance(p[0], tuple) else (p[0],)))):
        if pair[1] not in left and pair[2] not in right:
            left.add(pair[1])
            right.add(pair[2])
            kept.append(pair)
    return kept


def match_vessels(gold: Sequence[Row], found: Sequence[Row], text: str) -> dict[str, str]:
    """Gold vessel id -> found vessel id. A mention that several found vessels claim says nothing of any of them."""
    claimed: dict[str, set[str]] = defaultdict(set)
    for vessel in found:
        for mention in vessel["mentions"]:
            claimed[norm(mention)].add(vessel["id"])
    flat = re.sub(r"\s+", " ", text)
    pairs = []
    for other in found:
        own = [m for m in other["mentions"] if len(claimed[norm(m)]) == 1 and _counts(m, flat)]
        for vessel in gold:
            if bool(vessel.get("name")) != bool(other.get("name")):
                continue
            score = _named(vessel, other, own) if vessel.get("name") else _unnamed(vessel, other, own)
            if score:
                hull = vessel.get("hull") and norm(vessel["hull"]) == norm(other.get("hull"))
                pairs.append((score + (2 if hull else 0), vessel["id"], other["id"]))
    pairs.sort(key=lambda p: (_index(gold, p[1]), _index(found, p[2])))
    return {vessel: other for _, vessel, other in one_to_one(pairs)}


def _index(rows: Sequence[Row], wanted: str) -> int:
    return next(n for n, row in enumerate(rows) if row["id"] == wanted)


def _counts(mention: str, flat: str) -> bool:
    return re.sub(r"\s+", " ", mention) in flat and len(mention.split()) <= _LONGEST_MENTION_WORDS


def _named(gold: Row, found: Row, own: Sequence[str]) -> float:
    name, told = norm(gold["name"]), norm(found.get("name"))
    names = ({name} | {norm(m) for m in gold.get("mentions") or ()}) - {""}
    mentions = {norm(m) for m in own} - {""}
    if told and told == name:
        return 4.0
    if name in mentions:
        return 3.0
    if told in names:
        return 2.5
    distinctive = {w for w in words(gold["name"]) - _TITLES if len(w) >= 3 or any(c.isdigit() for c in w)}
    if any(name == " ".join(w for w in m.split() if w in name.split()) for m in mentions):
        return 2.0
    if distinctive and any(distinctive <= set(m.split()) for m in mentions):
        return 1.5
    return 1.0 if distinctive & words(found.get("name")) and names & mentions else 0.0


def _unnamed(gold: Row, found: Row, own: Sequence[str]) -> float:
    best = max((in_common(words(a), words(b)) for a in gold.get("mentions") or () for b in own), default=0.0)
    if best < 0.5:
        return 0.0
    return best + (0.5 if gold.get("count") == found.get("count") else 0.0) + (0.25 if gold.get("type") == found.get("type") else 0.0)
