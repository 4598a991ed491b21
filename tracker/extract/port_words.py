"""Stage 6, the words that tell a movement alone in the log of a port: "in", "out", "to sea", "back on her buoy", "still on 8 wharf"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.line import Line
from tracker.extract.scene import Scene

_IN = frozenset(["in", "inside", "inbound", "inward", "home", "back"])
_OUT = frozenset(["out", "outbound", "outward", "away", "off", "gone"])
_BERTHED = frozenset(["on", "at", "in", "alongside", "by"])
_CAME = frozenset(["called", "entered", "arrived"])
_LEFT = frozenset(["left", "sailed", "departed", "slipped", "weighed"])
DUE = frozenset(["due", "expected", "awaited", "promised", "scheduled", "eta"])
"""What is told with a day by one of these is still to come."""
ACTS = _IN | _OUT | DUE | _CAME | _LEFT | _BERTHED | {"here", "sea", "to", "visitor", "guest", "o", "i", "followed", "for", "towards", "through"}
"""Words of which a sentence must hold one to tell an act by a word alone."""
LASTS = frozenset(["still", "already", "yet", "remains", "remain"])
"""What is told with one of these goes on, and happened before."""
HOURS = frozenset(
    ["noon", "midnight", "dawn", "dusk", "daybreak", "hrs", "hours", "h", "local", "am", "pm", "morning", "afternoon", "evening", "forenoon"]
)
_CLOSES = frozenset(["", ".", ",", ";", ":", "–", "—", ")", "and", "but", "!"])
_GOES_ON = frozenset(
    ["from", "ex", "past", "through", "up", "down", "again", "early", "late", "alone", "together", "with", "behind", "under", "after", "before",
     "just", "around", "about", "shortly", "yesterday", "today", "tonight", "this", "last", "by", "during", "light", "empty", "as", "once", "on",
     "for", "since", "soon", "one", "same"]
)  # fmt: skip
_AT_TIME = frozenset(
    ["noon", "midnight", "dawn", "dusk", "daybreak", "last", "first", "half", "about", "sunrise", "sunset", "high", "lunchtime", "tea", "the"]
)
_OF_DAY = frozenset(["morning", "night", "evening", "afternoon", "forenoon", "small", "early", "late", "dark", "middle", "rain", "fog"])
_PARTS = frozenset(["dock", "drydock", "refit", "harbour", "harbor", "port", "shed", "hand", "basin", "maintenance", "layup"])
_ANCHORAGES = frozenset(["bay", "roads", "anchorage", "roadstead", "buoys"])
_GATES = frozenset(["entrance", "gate", "gates", "heads", "narrows", "boom", "breakwater", "gap", "piers"])
_WAYS = frozenset(["to", "towards", "west", "east", "south", "north", "westbound", "eastbound"])


def kind_at(scene: Scene, at: int) -> tuple[EventKind, int] | None:
    """What a word tells that stands alone, and where it ends: "in", "out again", "to sea", "alongside", "on 8 wharf"; None for others."""
    line, low = scene.line, scene.line.lows[at]
    if low == "to":
        return (EventKind.DEPARTURE, at + 2) if line.low(at + 1) == "sea" and line.low(at + 2) not in ("trials", "bed") else None
    if low in ("o", "i"):  # "o/b 0900", "i/b 1410"
        written = line.text(at + 1) == "/" and line.low(at + 2) == "b"
        return (EventKind.DEPARTURE if low == "o" else EventKind.ARRIVAL, at + 3) if written else None
    if low in ("for", "towards"):  # "HMS Kent for Rosyth"
        leads = any(g.last == at for g in scene.groups) and any(p.first == at + 1 and p.entry for p in scene.places)
        return (EventKind.DEPARTURE, at + 1) if leads else None
    if low == "through":  # "came through the entrance at 0640"
        enters = line.low(at - 1) in ("came", "comes", "in") and line.low(at + 1) == "the" and line.low(at + 2) in _GATES
        return (EventKind.ARRIVAL, at + 3) if enters else None
    if low in ("visitor", "guest"):
        return (EventKind.IN_PORT, at + 1) if line.low(at + 1) in _CLOSES else None
    if low in _BERTHED and (berth := _berth_behind(line, at)):
        return EventKind.IN_PORT, berth
    if low == "here":
        return (EventKind.IN_PORT, at + 1) if LASTS & set(line.lows[max(at - 2, 0) : at]) else None
    if low == "alongside":
        return (EventKind.IN_PORT, at + 1) if _stands_alone(scene, at + 1) else None
    if low == "back" and (told := _back(scene, at)):
        return told if told[1] > at else None
    if low in DUE:
        return (EventKind.ARRIVAL, at + 1) if _is_dated(scene, at + 1) else None
    if low in _CAME and _stands_alone(scene, at + 1):
        return EventKind.ARRIVAL, at + 1
    if low in _LEFT and _stands_alone(scene, at + 1):
        return EventKind.DEPARTURE, at + 1
    if low in _IN and _stands_alone(scene, at + 1):
        return EventKind.ARRIVAL, at + 1
    if low == "out" and line.lows[at + 1 : at + 3] in (["in", "the"], ["at", "the"]) and line.low(at + 3) in _ANCHORAGES:
        return EventKind.IN_PORT, at + 4  # "out in the Bay for bunkers"
    if low in _OUT and line.low(at + 1) == "from":
        return None  # "moved away from the coast"
    if low in _OUT and (line.low(at + 1) in _WAYS or _stands_alone(scene, at + 1)):
        return EventKind.DEPARTURE, at + 1
    return None


def _back(scene: Scene, at: int) -> tuple[EventKind, int] | None:
    """What "back" tells with the words behind it: "back in", "back on her buoy"; "back to sea" is a departure, "back to Kiel" a verb's."""
    line = scene.line
    if line.low(at + 1) == "to":
        return EventKind.DEPARTURE, at + 3 if line.low(at + 2) == "sea" else at
    if line.low(at + 1) in ("in", "home", "alongside") and _stands_alone(scene, at + 2):
        return EventKind.ARRIVAL, at + 2
    berth = _berth_behind(line, at + 1) if line.low(at + 1) in _BERTHED else None
    return (EventKind.ARRIVAL, berth) if berth else None


def _stands_alone(scene: Scene, at: int) -> bool:
    """Whether what stands at a token leaves the word in front of it alone: the end of a clause, a time, "from Augusta", "past the mole"."""
    line, low = scene.line, scene.line.low(at)
    if low in _CLOSES or low in _GOES_ON or low.isdecimal() or low in HOURS:
        return True
    if low in ("at", "in"):
        hour = low == "in" and line.low(at + 1) == "the" and line.low(at + 2) in _OF_DAY
        return line.low(at + 1).isdecimal() or hour or line.low(at + 1) in (_AT_TIME if low == "at" else ("company", "line"))
    return any(d.start <= line.starts[at] < d.end for d in scene.dates) if at < line.size else True


def _is_dated(scene: Scene, at: int) -> bool:
    """Whether a day or the way in and a day stand at a token: "due Thursday", "expected in on the 9th"."""
    line = scene.line
    at += line.low(at) in ("in", "back", "home")
    at += line.low(at) in ("on", "by", "for")
    at += line.low(at) == "the"
    return at < line.size and any(d.start <= line.starts[at] < d.end for d in scene.dates)


_BERTH_TOKENS = 5


def _berth_behind(line: Line, at: int) -> int | None:
    """Where a berth ends that a preposition leads to: "on 8 wharf", "at Yoshikura pier", "in dry dock"; None without one."""
    berths = line.doc.lexicon.sets["berths_of_log"] if line.lows[at] != "in" else _PARTS
    if line.low(at - 1) == "still" and line.low(at + 1) == "the" and line.text(at + 2)[:1].isupper():
        return at + 3  # "still on the Western Arm"
    for n in range(at + 1, min(at + _BERTH_TOKENS, line.size)):
        if line.lows[n] in berths:
            return n + 1 + (line.low(n + 1).isdecimal())
        if line.lows[n] in _CLOSES or line.lows[n] in ("for", "to", "from", "with"):
            return None
    return None
