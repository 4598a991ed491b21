"""Stage 2, what only describes a ship: an aside right behind her that tells no act belongs to her, "HMS Kent, built in 1998, left Rota"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.records import changed
from tracker.extract.dates import DateMention
from tracker.extract.groups import before_phrase, joined
from tracker.extract.line import Line
from tracker.extract.place_mention import PlaceMention
from tracker.extract.scene import Group

_ASIDE_TOKENS, _UNIT_TOKENS = 14, 7
_CLOSES = {",": frozenset([","]), "(": frozenset([")"]), "–": frozenset(["–"]), "—": frozenset(["—"])}


def described(line: Line, groups: Sequence[Group], places: Sequence[PlaceMention]) -> list[Group]:
    """The groups, each as far as what only describes its ships reaches."""
    widened = [_widened(line, group, groups, places) for group in groups]
    inside = {n for n, g in enumerate(groups) if any(w.first < g.first and g.last < w.last for w in widened)}
    if inside:  # "HMCS Regina, the first ship to visit Cuba since HMCS Iroquois in 1976, sailed": Iroquois acts nowhere
        kept = [n for n in range(len(groups)) if n not in inside]
        return _listed([widened[n] for n in kept], [groups[n] for n in kept], line)
    return _listed(widened, groups, line)


def _listed(widened: list[Group], groups: Sequence[Group], line: Line) -> list[Group]:
    """The groups, those joined that only a description parted: "HMS Kent of the 3rd Surface Division and HMS Tyne left Rota"."""
    found = list[Group]()
    for number, (group, wide) in enumerate(zip(groups, widened, strict=True)):
        before = found[-1] if found else None
        lead = before_phrase(line, group.first)
        apart = before is not None and before.last == lead and lead > groups[number - 1].last
        if before and apart and line.low(lead) == "and" and group.vessels[0].name and set(group.vessels).isdisjoint(before.vessels):
            found[-1] = joined([before, wide])
        else:
            found.append(wide)
    return found


def without_described(line: Line, groups: Sequence[Group], dates: Sequence[DateMention]) -> list[DateMention]:
    """The days that don't stand within what describes a ship: "HMS Kent, built in 1998, left Rota"."""
    spans = [(line.at_offset(g.spans[-1][1]), g.last) for g in groups]
    sets = line.doc.lexicon.sets
    spans = [
        (a, z) for a, z in spans if line.text(z - 1) in _ENDS and line.low(a + 1) in sets["describes"] and line.low(a + 1) not in sets["by_the_way"]
    ]
    return [d for d in dates if not any(first < line.at_offset(d.start) < last - 1 for first, last in spans)] if spans else [*dates]


_ENDS = frozenset([",", ")", "–", "—"])


def _widened(line: Line, group: Group, groups: Sequence[Group], places: Sequence[PlaceMention]) -> Group:
    if "since" in line.words and group.vessels[0].name and (end := _behind_rank(line, group, groups)):
        return changed(group, last=end)
    if not group.vessels[0].name or (line.low(group.last) not in _GOES_ON and line.text(group.last) not in _CLOSES):
        return group
    last = _behind_unit(line, _behind_apposition(line, group))
    end = _behind_aside(line, last, groups, places)
    return group if end == group.last else changed(group, last=end)


def _behind_apposition(line: Line, group: Group) -> int:
    """The token behind an apposition of which only the first words are the ship's mention: "HMS Kent, a ship of 4,000 tons, left Rota"."""
    at = group.last
    if line.low(at) not in _GOES_ON or "," not in line.lows[line.at_offset(group.spans[-1][0]) : at]:
        return at
    end = next((n for n in range(at + 1, min(at + _ASIDE_TOKENS, line.size)) if line.text(n) == ","), None)
    if end is None or line.low(end + 1) in ("and", "or") or _acts(line, at, end):
        return at
    return end + 1


_GOES_ON = frozenset(["of", "that", "which", "with", "built", "from", "armed", "commanded", "launched", "commissioned"])


def _behind_unit(line: Line, at: int) -> int:
    """The token behind the fleet or navy whose ship somebody is told to be: "KD Jebat of the Royal Malaysian Navy"."""
    if line.low(at) == "with" and (line.low(at + 1).isdecimal() or line.low(at + 1) in ("a", "some", "about", "her", "its")):
        aboard = next(
            (n for n in range(at + 2, at + _UNIT_TOKENS) if line.low(n) in ("aboard", "embarked") or line.lows[n : n + 2] == ["on", "board"]), None
        )
        return at if aboard is None else aboard + 1 + (line.low(aboard) == "on")
    if line.low(at) != "of":
        return at
    for end in range(at + 2, min(at + _UNIT_TOKENS, line.size)):
        if line.low(end) in line.doc.lexicon.sets["units_of_ships"]:
            return end + 1
        if not (line.text(end)[:1].isupper() or line.text(end)[:1].isdecimal() or line.low(end) in ("the", "-", "'", "s")):
            return at
    return at


def _behind_aside(line: Line, at: int, groups: Sequence[Group], places: Sequence[PlaceMention]) -> int:
    """The token behind an aside that only describes: "HMS Kent, commanded by Captain Smith, left Rota"."""
    closes = _CLOSES.get(line.text(at))
    if closes is None:
        return at
    end = next((n for n in range(at + 2, min(at + _ASIDE_TOKENS, line.size)) if line.text(n) in closes), None)
    listed = line.low(end + 1) in ("and", "or", ",") if end is not None else False
    listed = listed and not any(g.first - 4 <= (end or 0) + 1 < g.first for g in groups)  # "…, built in 1998, and HMS Tyne"
    if end is None or listed or not _describes(line, at + 1, end):
        return at
    inside = range(at + 1, end)
    if any(g.first in inside for g in groups) or any(p.first in inside for p in places):
        return at
    return end + 1


_RANKS = frozenset(["first", "second", "third", "fourth", "last", "latest", "only", "largest", "biggest", "newest"])
_RANKED_TOKENS = 30


def _behind_rank(line: Line, group: Group, groups: Sequence[Group]) -> int | None:
    """The token behind an aside that says since when a ship is the first: "HMCS Regina, the first to visit Cuba since HMCS Iroquois in 1976, …"."""
    at = next((n for n in range(group.first, group.last + 1) if line.text(n) in _CLOSES), None)
    if at is None or line.low(at + 1) not in ("the", "its", "her", "a") or _RANKS.isdisjoint(line.lows[at + 2 : at + 4]):
        return None
    closes = _CLOSES[line.text(at)]
    end = next(
        (n for n in range(at + 4, min(at + _RANKED_TOKENS, line.size)) if line.text(n) in closes and line.low(n + 1) not in ("and", "or")), None
    )
    if end is None or "since" not in line.lows[at:end]:
        return None
    others = [g for g in groups if at < g.first < end]
    return end + 1 if all(line.low(before_phrase(line, g.first)) in ("since", "for", "of") for g in others) else None


def _describes(line: Line, first: int, last: int) -> bool:
    """Whether some words tell what a ship is, has or was made, and no act of hers."""
    sets, low, mark = line.doc.lexicon.sets, line.low(first), line.text(first - 1)
    if low in ("which", "that", "who"):
        return line.low(first + 1) in sets["describing_verbs"] and not _acts(line, first + 2, last)
    if low in sets["describes"] or mark != ",":
        return not _acts(line, first, last)
    return low in sets["by_the_way"] and not _acts(line, first + 1, last)


_NOUN_BEHIND = frozenset(["on", "the", "a", "an", "her", "its", "their", "of", "lead", "in", "to", "as"])


def _acts(line: Line, first: int, last: int) -> bool:
    """Whether a word of movement stands among some words."""
    be = line.doc.lexicon.sets["be"]
    return any(line.starting("trigger", n) is not None and line.low(n) not in be and line.low(n - 1) not in _NOUN_BEHIND for n in range(first, last))
