"""Stage 4, who a group is whose leader is told behind it: "A squadron left Toulon. The frigate A leads it, and the tug B is her companion"."""

from __future__ import annotations

from tracker.extract.groups import before_phrase
from tracker.extract.led_in import leads_somewhere
from tracker.extract.line import Line
from tracker.extract.members import is_band, led_before
from tracker.extract.scene import Discourse, Group
from tracker.extract.sides import are_rivals

LEADS = frozenset(
    [
        "leads",
        "heads",
        "leading",
        "heading",
        "led",
        "headed",
        "head",
        "lead",
        "flagship",
        "front",
        "van",
        "command",
        "commands",
        "escorts",
        "consorts",
    ]
)
WITH_HER = frozenset(["her", "it", "she"])
_OF_GROUP = frozenset(["it", "them", "its", "their", "this", "that", "the"])
_WITHIN = 6


def led_by(line: Line, number: int, groups: list[Group], discourse: Discourse) -> bool:
    """Take a leader, and those told with her as her company, for the group told just before."""
    if len(groups) > 1 and _leads_here(line, groups, discourse):
        return True
    lead = next((g for g in groups if all(v.name for v in g.vessels) and _is_leader(line, g)), None)
    if lead is None:
        return _with_escorts(line, number, groups, discourse)
    they = line.low(0) in ("they", "these", "their") or "them" in line.words
    loose = (v for v in discourse.fleet.recent if (v.group or (v.plural and they)) and not v.partial and v.seen_in < number)
    bands = [v for v in loose if is_band(v, [*lead.vessels], number)]
    if not bands:
        return False
    band = max(bands, key=lambda v: v.last_sentence)
    others = [g for g in groups if g.first > lead.last and _goes_along(line, g) and not are_rivals(lead, g)]
    named = dict.fromkeys((*lead.vessels, *(v for g in others for v in g.vessels if v.name or v.count)))
    band.members = tuple(named) if len(named) > 1 else (band, *named)
    discourse.fleet.put_members()
    discourse.fleet.note(band.members)
    return True


def _leads_here(line: Line, groups: list[Group], discourse: Discourse) -> bool:
    """Take a ship for the group that she is told to lead, and no more of it: "The cruiser X leads a detachment of the fleet"."""
    lead, band = groups[0], groups[1]
    whole, at = band.vessels[0], before_phrase(line, band.first)
    told = line.low(band.first) != "the" or bool(whole.number)
    leads = told and line.low(at) in _LEADING and at - lead.last <= 1 and not leads_somewhere(line, at)
    if not leads or len(lead.vessels) > 1 or not lead.vessels[0].name or not whole.group or whole.name or whole.members:
        return False
    whole.members, discourse.fleet.subject = lead.vessels, lead.vessels
    discourse.fleet.put_members()
    return True


_LEADING = frozenset(["leads", "heads", "leading", "heading"])


def with_lead(line: Line, number: int, groups: list[Group], discourse: Discourse) -> None:
    """Take the ships told to be with the one that leads a group for it, too: "The cruiser X leads a detachment. With her are the tugs Y and Z"."""
    fleet, found = discourse.fleet, led_before(number, discourse)
    at, listed = before_phrase(line, groups[0].first), groups[0]
    words = [low for low in line.lows[: at + 1] if low != "also"]
    with_her = " ".join(words) in line.doc.lexicon.sets["with_her_are"] and all(v.name or v.count for v in listed.vessels)
    if found is None or not with_her or found[1] in listed.vessels or are_rivals(Group(0, 0, found[1:], ()), listed):
        return
    found[0].members = fleet.subject = fleet.as_one = (found[1], *listed.vessels)
    fleet.put_members()
    fleet.note(found[0].members)


def _with_escorts(line: Line, number: int, groups: list[Group], discourse: Discourse) -> bool:
    """Take a ship told with her escorts for the group told just before: "The carrier group is in the Red Sea. The A and her escorts, B and C, …"."""
    for group in groups:
        at = next((n for n in range(group.first, group.last) if line.low(n) in _ESCORTS and line.low(n - 1) in ("her", "its")), None)
        if at is None or len(group.vessels) < _WHOSE or not group.vessels[0].name:
            continue
        bands = [v for v in discourse.fleet.recent if v.group and not v.partial and v.seen_in < number and is_band(v, [*group.vessels], number)]
        if bands:
            bands[-1].members = group.vessels
            discourse.fleet.put_members()
            return True
    return False


_ESCORTS = frozenset(["escorts", "consorts"])


def _is_leader(line: Line, group: Group) -> bool:
    """Whether a ship is told to lead them: "the cruiser X leads it", "X is its flagship", "at its head is X", "it is led by X"."""
    be, front = line.doc.lexicon.sets["be"], before_phrase(line, group.first)
    return _leads(line, group.last, be) if len(group.vessels) == 1 and _leads(line, group.last, be) else _is_led_by(line, front, be)


def _leads(line: Line, at: int, be: frozenset[str]) -> bool:
    """Whether words behind a ship say that she leads them: "leads it", "is its flagship", "is in the lead"."""
    behind = at + (line.low(at) in be)
    if line.low(at) in ("leads", "heads", "led", "headed", "commands") and (means_group(line, at + 1) or "flagship" in line.lows[:_WHOSE]):
        return True  # "The cruiser Varyag leads it", "The flagship ITS Rimini leads the minehunters A and B"
    if behind > at and line.low(behind) in ("its", "their") and line.low(behind + 1) in ("flagship", "leader"):
        return True  # "INS Delhi is its flagship"
    return behind > at and " ".join(line.lows[behind : behind + 3]) in ("in the lead", "in the van", "in command of", "at its head", "at their head")


def _is_led_by(line: Line, front: int, be: frozenset[str]) -> bool:
    """Whether words in front of a ship say that she leads them: "it is led by X", "its flagship is X", "at its head sails X"."""
    if line.low(front) == "by" and line.low(front - 1) in ("led", "headed", "commanded") and line.low(front - 2) in be:
        return means_group(line, 0)  # "It is led by the cruiser X"
    if line.low(front) not in be and line.low(front) not in _MOVES:
        return False
    phrase = line.lows[max(front - _WITHIN, 0) : front]
    at_head = phrase[:1] in (["at"], ["in"]) and not LEADS.isdisjoint(phrase) and not _OF_GROUP.isdisjoint(phrase)
    return at_head or (len(phrase) == _WHOSE and phrase[0] in ("its", "their", "the") and phrase[1] in ("flagship", "leader"))


_WHOSE = 2
_MOVES = frozenset(["sails", "sailed", "goes", "went", "steams", "steamed", "comes", "came"])


def means_group(line: Line, at: int) -> bool:
    """Whether words stand for the group told before: "it", "them", "the detachment"."""
    if line.low(at) in ("it", "them", "they"):
        return True
    return line.low(at) in ("the", "this") and line.low(at + 1) in line.doc.lexicon.sets["group_words"]


def _goes_along(line: Line, group: Group) -> bool:
    """Whether the clause of ships tells them to be with their leader: "and the frigate X is her only companion", "with X under her command"."""
    first, last = group.first, group.last
    while first > 0 and line.text(first - 1) not in (";", ":"):
        first -= 1
    while last < line.size and line.text(last) not in (";", ":", "."):
        last += 1
    words = line.lows[first:last]
    if words[:2] == ["the", "flagship"] and not {"leads", "led", "heads"}.isdisjoint(words):
        return True
    sets = line.doc.lexicon.sets
    return not sets["goes_with_leader"].isdisjoint(words) and sets["goes_not_along"].isdisjoint(words)
