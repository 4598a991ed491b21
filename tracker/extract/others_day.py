"""Stage 6, when: which days told in front of a verb are another verb's."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.dates import DateMention
from tracker.extract.line import Line, holds, may_hold
from tracker.extract.saying import opens_saying
from tracker.extract.scene import Discourse, Scene
from tracker.extract.stances import left_for_call
from tracker.extract.things_day import is_ahead_of
from tracker.extract.verbs import Trigger

_RELATIVE = frozenset(["who", "which", "that", "whose"])
_NOW = frozenset(["is", "are", "has", "have", "'s", "will"])
_JOINS = frozenset(["and", "but", "while", "whereas", ",", ";"])
_RELATIVE_TOKENS = 14


def is_of_others(scene: Scene, trigger: Trigger, mention: DateMention, at: int, last: int) -> bool:
    """Whether a day of tokens at..last, told in front of a verb, is told with a verb before it."""
    line = scene.line
    return (
        _goes_on_now(line, trigger, mention, at, last)
        or _in_restrictive(line, trigger, at, last)
        or _of_relative_behind(line, trigger, at, last)
        or opens_saying(scene, trigger, at)
        or _of_phrase_before(scene, trigger, at, last)
        or _soon_after(line, trigger, at, last)
        or _in_reduced(line, trigger, at, last)
        or _then_or_since(line, trigger, at, last)
        or _after_which(line, trigger, at, last)
        or _reacts(line, trigger, at, last)
        or _in_brackets(line, trigger, at, last)
        or is_ahead_of(line, trigger, mention, at)
        or _of_leave(line, trigger, at, last)
        or left_for_call(line, trigger)
    )


_LEAVE = frozenset(["permission", "request", "requested", "clearance", "approval", "approved", "authorised", "authorized", "granted", "consent"])
_LEAVE_TOKENS = 7


def _of_leave(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day is that of a request or leave for an act: "requested permission on Monday for the frigate to dock at Kochi"."""
    if trigger.form != "base" or _LEAVE.isdisjoint(line.words) or "to" not in line.lows[max(trigger.chain - 1, last) : trigger.first]:
        return False
    between = line.lows[last + 1 : trigger.chain + 1]
    begin = max(at - _LEAVE_TOKENS, 0)
    told = not _LEAVE.isdisjoint(line.lows[begin:at])
    return told and ("for" in between or "allowing" in between or between[:1] == ["to"])


def _then_or_since(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether "then" or "since" parts a verb from the day in front: "fired a missile on 3 March and then put into Oran", "has since gone to Kiel"."""
    if "since" in line.lows[trigger.chain : trigger.first]:
        return True
    if "then" not in line.lows[max(trigger.chain - 1, 0) : trigger.first]:
        return False
    between = line.lows[last + 1 : trigger.chain]
    until = line.low(at - 1) in ("until", "till")  # "will stay until Saturday, then sail"
    return ";" in between or (at > 2 and not until and not _JOINS.isdisjoint(between) and line.text(at - 2) != ",")


def _after_which(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a verb follows on the act of a day: "fired on 3 March, after which she put into Oran", "fired on 3 March before putting into Oran"."""
    if at > 2 and trigger.form == "ing" and line.low(trigger.chain - 1) in ("before", "after") and line.low(at - 1) not in ("until", "till"):
        return True
    return "which" in line.words and any(line.low(n) in ("after", "following") and line.low(n + 1) == "which" for n in range(last + 1, trigger.chain))


def _reacts(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day is that of what somebody did about a movement: "Norway protested on Tuesday after the tanker had passed the strait"."""
    if line.words.isdisjoint(_ABOUT):
        return False
    opened = next((n for n in range(trigger.chain - 1, last, -1) if line.low(n) in _ABOUT), None)
    if opened is None or trigger.reach[0] > 0 or line.text(opened - 1) == ",":
        return False
    return any(line.low(n).endswith("ed") and line.text(n).islower() for n in range(1, opened) if not at <= n <= last)


_ABOUT = frozenset(["after", "over", "because"])


def _in_brackets(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day stands with other words in brackets in front of a verb: "HMS Kent (seen here in 2019) is moored in Lisbon"."""
    if "(" not in line.words:
        return False
    opened = next((n for n in range(at - 1, -1, -1) if line.text(n) in ("(", ")")), None)
    closed = next((n for n in range(last + 1, trigger.chain) if line.text(n) in ("(", ")")), None)
    if opened is None or closed is None or line.text(opened) != "(" or line.text(closed) != ")":
        return False
    return any(line.text(n).islower() and line.low(n) not in _DAY_LEADS for n in range(opened + 1, at))


_DAY_LEADS = frozenset(["on", "in", "the", "of", "since", "from", "early", "late", "mid"])


def _in_reduced(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day stands in an aside of a participle: "crossed to Réunion, reached on 22 May, and worked off Mayotte"."""
    if line.text(last + 1) != "," or line.low(last + 2) not in ("and", "but", "then") or trigger.chain < last + 2:
        return False
    opened = next((n for n in range(at - 1, max(at - 5, 0), -1) if line.text(n) == ","), None)
    return opened is not None and line.low(opened + 1).endswith(("ed", "en"))


_SUBJECT_TOKENS = 7


def is_of_main_verb(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a verb stands in a phrase that opens the sentence, and a day behind its main verb: "After calling at Malta, she left on Monday"."""
    if not line.low(trigger.first).endswith("ing") or trigger.chain > 2 or line.low(0) not in _PHRASE_OPENS:
        return False
    comma = next((n for n in range(trigger.last, at) if line.text(n) == ","), None)
    if comma is None:
        return False
    if any(comma < f.first and f.last <= at for f in line.found("trigger")):
        return True
    named = next((f for kind in ("vessel", "type", "prefix") for f in line.found(kind) if comma < f.first <= comma + _SUBJECT_TOKENS), None)
    return named is not None and any(line.low(n).endswith("ed") and line.text(n).islower() for n in range(named.last, at))


def _verb_before(line: Line, at: int) -> bool:
    return any(f.last <= at for f in line.found("trigger"))


def _other_verb_before(line: Line, at: int) -> bool:
    """Whether a verb that tells no movement stands in front of a day: "switched off her transponder on Monday and is in the Baltic"."""
    finite = line.doc.lexicon.sets["finite"]
    return any(line.low(n) in finite or (line.low(n).endswith("ed") and line.text(n).islower()) for n in range(1, at))


def _past_between(line: Line, last: int, trigger: Trigger) -> bool:
    """Whether a verb of the past stands between a day and a verb: "On Tuesday she reached Kiel, and she will spend the week there"."""
    forms = ("past", "part")
    return any(last < f.first and f.last <= trigger.chain and any(form in forms for _, form in f.data) for f in line.found("trigger"))


def _goes_on_now(line: Line, trigger: Trigger, mention: DateMention, at: int, last: int) -> bool:
    """Whether a past day stands with a verb of the past, and what is or has been follows: "left Aden on Monday and is still at sea"."""
    if mention.kind not in ("absolute", "weekday"):
        return False
    be = trigger.form == "pres" and trigger.rule.copula
    still = line.low(trigger.first) == "still" and line.low(trigger.first - 1) in ("is", "are")
    goes_on = line.low(trigger.chain) in _NOW and (trigger.form != "base" or line.low(trigger.chain) == "will")  # but "are due to leave on that day"
    if not (be or still or goes_on) or _JOINS.isdisjoint(line.lows[last + 1 : trigger.chain + 1]):
        return False
    led = next((n for n in range(at - 1, 0, -1) if line.low(n) not in _DAY_OPENS), 0)
    on_her_way = line.low(0) in ("on", "during") and line.low(1) in _WAYS_OPEN and line.text(led) == ","
    if on_her_way and not _past_between(line, last, trigger):
        return False  # "On her way back, on 3 February, she will call at Lisbon"
    return _verb_before(line, at) or _past_between(line, last, trigger) or _other_verb_before(line, at)


_WAYS_OPEN = frozenset(["her", "its", "their", "the"])


def is_now_of_next(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether "now" is told with a verb that "and" joins: "have left the Tasman Sea and are now sailing west"."""
    now = line.low(at) in line.doc.lexicon.sets["now"] or line.doc.low[mention.start : mention.end] in line.doc.lexicon.sets["at_present"]
    if mention.kind != "relative" or not now or trigger.form == "state":
        return False
    joint = next((n for n in range(at - 1, trigger.last - 1, -1) if line.low(n) in ("and", "but", "while")), None)
    return joint is not None and at - joint <= 3 and line.low(at - 1) in line.doc.lexicon.sets["be"] | {"has", "have"}


def _in_restrictive(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day closes a relative clause on the subject: "the two that sailed from Sasebo last week have entered the Sea of Japan"."""
    if _RELATIVE.isdisjoint(line.words) or not 0 < trigger.chain - last <= 2 or line.low(trigger.chain) in _RELATIVE:
        return False
    opened = next((n for n in range(at - 1, max(at - _RELATIVE_TOKENS, 0), -1) if line.low(n) in _RELATIVE or line.low(n) in ("and", ",")), None)
    if opened is None or line.low(opened) not in _RELATIVE or opened < 1:
        return False
    return not _DAY_OPENS.issuperset(line.lows[opened + 1 : at])  # but "HMS Kent, which on 3 December called at Malta"


_DAY_OPENS = frozenset(["on", "in", "at", "by", "early", "late", "mid", "the", "end", "of", "about", "around", "-", "beginning", "start"])


def _of_relative_behind(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a verb stands in a relative clause behind a day: "moored at Kerch on the 3rd, which came over from Sevastopol"."""
    if _RELATIVE.isdisjoint(line.words) or not _verb_before(line, at):
        return False
    if "had" in line.lows[max(trigger.chain - 1, 0) : trigger.first] and any(
        line.low(n) in ("which", "who") and line.text(n - 1) == "," for n in range(last + 1, trigger.chain)
    ):
        return True  # "was found at Reykjavik on 1 July with HMS Tyne, which a fire had kept in Cork"
    if trigger.rule.kind not in (EventKind.ARRIVAL, EventKind.DEPARTURE):
        return False
    if any(line.low(n) == "which" and line.low(n - 1) in ("of", "during") for n in range(last + 1, trigger.chain)):
        return True  # "returned in late June from a voyage in the course of which she called at Hamburg"
    return line.text(last + 1) == "," and line.low(last + 2) in ("which", "who") and last + 2 < trigger.chain


_PHRASE_OPENS = frozenset(["after", "before", "having", "since", "on", "upon"])


def _of_phrase_before(scene: Scene, trigger: Trigger, at: int, last: int) -> bool:
    """Whether a day closes a phrase that opens the sentence: "After leaving Toulon on 4 December the group went to Brest"."""
    line = scene.line
    if line.low(0) not in _PHRASE_OPENS or trigger.chain <= last:
        return False
    led = any(f.first <= 2 and f.last <= at and line.low(f.first).endswith("ing") for f in line.found("trigger"))
    return led and any(0 < g.first - last <= 3 and g.last <= trigger.first for g in scene.groups)


def _soon_after(line: Line, trigger: Trigger, at: int, last: int) -> bool:
    """Whether some time lies between a day and a verb: "was off Brest on 3 December, and soon after that she was seen in the Channel"."""
    passes = line.doc.lexicon.sets["time_passes"]
    return may_hold(line.words, passes) and holds(line.lows[last + 1 : trigger.first], passes)


def is_of_departure(scene: Scene, trigger: Trigger, mention: DateMention, kind: EventKind, discourse: Discourse) -> bool:
    """Whether a day behind a departure is not that of what follows: "left Gibraltar on 3 December, and called at Ceuta and Malaga"."""
    before = discourse.told[-1] if discourse.told else None
    one_day = mention.interval is not None and mention.interval.start == mention.interval.end  # "leaves next week and calls at Tonga"
    works = kind is EventKind.AT_SEA and trigger.form == "past" and not trigger.passive  # "left on 3 May and patrolled off Oman"
    goes_on = kind is EventKind.ARRIVAL or works
    if not one_day or before is None or before.sentence != scene.number or before.kind is not EventKind.DEPARTURE or not goes_on:
        return False
    at = before.sources.get("trigger", ("", None))[1]
    return before.sources.get("date", ("", None))[1] == (mention.start, mention.end) and at is not None and at[1] <= mention.start
