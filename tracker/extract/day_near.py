"""Stage 6, when: how far a day stands from a verb, and which days are none of the verb's."""

from __future__ import annotations

from tracker.domain.kinds import EventKind, Precision
from tracker.extract.dates import DateMention
from tracker.extract.day_of import aside_before, aside_since, is_of_verb_before, is_of_verb_behind
from tracker.extract.line import Line
from tracker.extract.saying import dates_the_saying
from tracker.extract.scene import Scene
from tracker.extract.things_day import is_of_thing, since_act
from tracker.extract.verbs import Trigger

OUTSIDE = 25
"""How much further off a day is that stands outside of a verb's clause."""
_WHERE_TOKENS = 12


def _in_where(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day stands in a clause of "where" that a comma closes right in front of the verb: "Rota, where she lay in May, saw her in June"."""
    opened = next((n for n in range(at - 1, max(at - _WHERE_TOKENS, 0), -1) if line.low(n) == "where" and line.text(n - 1) == ","), None)
    closed = opened is not None and next((n for n in range(at + 1, trigger.chain) if line.text(n) == ","), None)
    return closed is not None and closed is not False and closed == trigger.chain - 1


def distance_of(scene: Scene, trigger: Trigger, mention: DateMention, *, planned: bool) -> int | None:
    """How far off a day stands from a verb, None where it is another's."""
    line, at = scene.line, scene.line.at_offset(mention.start)
    aside = aside_before(line, at)
    if trigger.last < at and (_did_so(line, trigger, at) or _came_then(scene, trigger, at)):
        return at - trigger.last
    if trigger.last < at and (_so_since(line, trigger, at) or _ran(line, trigger, at) or (planned and _to_do(line, at))):
        return at - trigger.last
    if since_act(line, trigger, mention, at):
        return abs(at - trigger.last)
    if _tells_no_day(scene, trigger, mention, planned=planned) or (not planned and trigger.last < at and _of_purpose(line, trigger, mention, at)):
        return None
    if is_of_thing(line, trigger, mention, at) or lies_behind(line, trigger, at) or _of_relative(line, trigger, at):
        return None
    if at < trigger.chain and _closes_clause(scene, trigger, mention):
        return None
    if mention.bare and (stay := aside_since(line, mention)) and trigger.chain >= stay[1]:
        return None  # "HMS Kent, in Toulon since Friday, is to sail for Malta"
    if (
        is_of_verb_before(scene, trigger, mention, at)
        if at < trigger.first
        else (at >= trigger.last and is_of_verb_behind(line, trigger, mention, at))
    ):
        return None
    if at >= trigger.last and _of_next_place(scene, trigger, mention, at):
        return None
    if at < trigger.first and trigger.rule.copula and line.low(trigger.last) == "last":
        return None  # "That day HMCS Vancouver came in; she was last in Hawaii"
    if at < trigger.chain and "where" in line.words and _in_where(line, trigger, at):
        return None  # "Yokosuka, where it all began on 28 June, will have them home in November"
    if aside and aside[0] < trigger.first < aside[1]:
        return None  # "reached Toulon, where she is based, on Friday"
    inside = trigger.reach[0] <= at < trigger.reach[1] or bool(aside and trigger.last <= aside[0] <= trigger.reach[1])
    if not inside and at >= scene.opening and not (at < trigger.first and mention.kind == "carry") and not _in_while(line, trigger, at):
        return None  # "left on 1 December and entered the North Sea": the day is the first verb's alone
    if at < trigger.first and _set_in(line, trigger, mention, at):
        return 1
    distance = (trigger.first - at if at < trigger.first else at - trigger.last) + (0 if inside else OUTSIDE)
    if at < trigger.first and trigger.reach[0] > 0:
        distance += 15  # it stands behind another verb
    if at <= 2 and line.text(line.at_offset(mention.end - 1) + 1) in _DASHES:
        return distance + OUTSIDE  # "June 4, 2019 – The ships arrived in Sydney on the morning of June 3": a report's day comes last
    return min(distance, 4) if at <= 2 and _opens_for(scene, trigger, mention) else distance


_DASHES = frozenset(["–", "—", "-", "--"])


def _closes_clause(scene: Scene, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a day ends the clause before a verb that has one of its own: "began her transit on Monday and passed the Sound on Friday"."""
    line, last = scene.line, scene.line.at_offset(mention.end - 1)
    if line.low(trigger.chain - 1) != "and" or last != trigger.chain - 2 or scene.line.at_offset(mention.start) <= 1:
        return False
    return any(d.interval and trigger.last <= line.at_offset(d.start) < trigger.reach[1] for d in scene.dates)


_RELATIVE_TOKENS = 14
_NOW_TOLD = frozenset(["has", "have", "is", "are", "will"])


def _of_relative(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a relative clause in front of its verb: "a ship that was in a stand-off last year has returned to Cyprus"."""
    if at >= trigger.chain or line.low(trigger.chain) not in _NOW_TOLD:
        return False
    opened = next((n for n in range(at - 1, max(at - _RELATIVE_TOKENS, 0), -1) if line.low(n) in ("that", "which", "who")), None)
    if opened is None or line.low(opened + 1) not in line.doc.lexicon.sets["auxiliaries"] or line.low(opened - 1) in ("said", "says", "so", "is"):
        return False
    return not {",", ";", "and", "but", ":"} & set(line.lows[opened : trigger.chain]) and any(g.last == opened for g in line.found("type"))


_BEHIND_TOKENS = 14


def lies_behind(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a stay is told as over by the day of what follows: "With her visit to Odesa behind her she left on Monday"."""
    if "behind" not in line.words or not trigger.rule.nominal or trigger.rule.kind not in STAYS:
        return False
    last = min(trigger.last + _BEHIND_TOKENS, line.size - 1)
    behind = next((n for n in range(trigger.last, last) if line.low(n) == "behind" and line.low(n + 1) in ("her", "it", "them")), None)
    return behind is not None and not trigger.last <= at < behind


def _set_in(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is set in between commas right in front of its verb: "has been to Oran and, in mid-September, passed the strait"."""
    if line.text(trigger.chain - 1) != "," or line.at_offset(mention.end - 1) != trigger.chain - 2:
        return False
    return any(line.text(n) == "," and line.low(n - 1) in ("and", "then", "but") for n in (at - 1, at - 2))


def _of_next_place(scene: Scene, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is that of a further place behind it: "From 1 to 3 May she lay in Cork, from 5 to 7 May in Brest"."""
    line, behind = scene.line, scene.line.at_offset(mention.end - 1) + 1
    comma = at - 1 - (line.low(at - 1) in ("on", "in", "by", "from"))
    if line.text(comma) not in (",", "and", ";") or comma < trigger.last:
        return False
    opened = any(scene.line.at_offset(d.end) <= trigger.chain and d.interval and trigger.reach[0] <= line.at_offset(d.start) for d in scene.dates)
    if not opened:
        return False
    if any(p.how in ("in", "off") and 1 <= p.first - behind <= 3 and p.start >= mention.end for p in scene.places):
        return True
    return any(p.entry and 0 <= p.first - behind <= 2 and line.low(p.last) in _ENDS_STOP for p in scene.places)


_ENDS_STOP = frozenset(["", ".", ",", ";", "and"])
_AHEAD_OF = frozenset(["for", "ahead", "before", "prior", "pending"])


def _of_purpose(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day ahead is that of what a stay is for: "is in Toulon ahead of an exercise on 15 March"."""
    published, day = line.doc.published, mention.interval
    past = trigger.form in ("past", "part") and not mention.bare  # "left Brest for an exercise in April"
    if (
        not (trigger.rule.copula or trigger.form == "state" or past)
        or not (published and day and day.start and day.start > published)
        or _AHEAD_OF.isdisjoint(line.lows[trigger.last : at])
    ):
        return False
    opened = next((n for n in range(at - 1, trigger.last - 1, -1) if line.low(n) in _AHEAD_OF and not _no_purpose(line, n)), at)
    return at - opened > 2 and "until" not in line.lows[opened:at] and any(low in ("on", "in", "from", "that") for low in line.lows[opened:at])


def _no_purpose(line: Line, at: int) -> bool:
    """Whether "for" opens no purpose: "docked for the first time", "left for Plymouth on 2 March"."""
    return line.low(at) == "for" and (line.low(at + 3) == "time" or line.starting("place", at + 1 + (line.low(at + 1) == "the")) is not None)


_SO, _SINCE_TOKENS = frozenset(["been", "done", "lain"]), 16


def _so_since(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a clause only says since when a stay lasts: "is in dock at Devonport, and has been since June"."""
    if not (trigger.form in ("pres", "state") or trigger.rule.copula) or "since" not in line.words or _SO.isdisjoint(line.words):
        return False
    last = at - (line.low(at) != "since")
    verb = last - 1 - (line.low(last - 1) in ("there", "here", "so"))
    joined = line.low(verb - 2) in ("and", "she", "it", "they")
    return line.low(last) == "since" and line.low(verb) in _SO and line.low(verb - 1) in HAVE and joined and 0 < verb - trigger.last < _SINCE_TOKENS


def _to_do(line: Line, at: int) -> bool:
    """Whether a day is that of a plan told before: "for the two to come out, which they are expected to do on Monday"."""
    return line.lows[at - 3 : at - 1] == ["to", "do"] and "which" in line.lows[max(at - _RAN_TOKENS - 2, 0) : at]


def _ran(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a clause of "which" tells when a stay was: "ended a visit to Manila, which had run from 3 to 6 December"."""
    if trigger.rule.kind not in STAYS or not (trigger.rule.nominal or trigger.rule.light) or "which" not in line.words:
        return False
    which = next((n for n in range(at - 1, max(at - _RAN_TOKENS, trigger.last) - 1, -1) if line.low(n) == "which"), None)
    if which is None or which - trigger.last > _SINCE_TOKENS:
        return False
    return line.doc.lexicon.sets["ran"].issuperset(line.lows[which + 1 : at])


_CAME_THEN = frozenset(["came", "come", "comes", "followed", "happened", "occurred", "fell", "falls", "place"])
_CAME_THEN_TOKENS = 3


def _came_then(scene: Scene, trigger: Trigger, at: int) -> bool:
    """Whether a day says when an act told by a noun came about: "The departure of HMS Kent from Tartus came ten days ago"."""
    line = scene.line
    came = next((n for n in range(at - 1, max(at - 1 - _CAME_THEN_TOKENS, trigger.last - 1), -1) if line.low(n) in _CAME_THEN), None)
    if came is None or not trigger.rule.nominal or trigger.rule.kind not in ACTS:
        return False
    return not any(trigger.last <= f.first and f.last <= came for f in line.found("trigger")) and not any(came < g.first < at for g in scene.groups)


def _did_so(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is told of an act by "did": "until it had left the zone, which it did on 2 September"."""
    did = at - 1 - (line.low(at - 1) in ("on", "in"))
    if line.low(did) != "did" or line.low(did - 1) not in ("it", "she", "they", "he") or line.low(did - 2) not in ("which", "as", "and"):
        return False
    return not any(trigger.last <= f.first < did for f in line.found("trigger"))


_RAN_TOKENS = 7
_BEGAN_TOKENS = 3


def _tells_no_day(scene: Scene, trigger: Trigger, mention: DateMention, *, planned: bool) -> bool:
    """Whether words of time tell no day of the verb's at all: "officials said on Tuesday", "a call of five days"."""
    line, kind = scene.line, mention.kind
    if kind == "stay" or (kind == "duration" and not in_perfect(line, trigger)) or (kind == "ahead" and not planned):
        return True
    if kind == "began" and line.at_offset(mention.start) <= 1 and len(scene.dates) == 1 and not sets_out(line, trigger, mention):
        return False  # "Two days after her departure from Cork she reached Brest": counted from the day told before
    if kind == "began":
        return not 0 <= trigger.first - line.at_offset(mention.end) <= _BEGAN_TOKENS
    if _attributive(line, trigger, mention):
        return True
    if kind == "relative" and line.low(line.at_offset(mention.start) - 1) == "time" and any(d.kind in ("absolute", "weekday") for d in scene.dates):
        return True  # "for the second time this year, docked on Friday"
    if planned and mention.bare and "since" in (line.low(line.at_offset(mention.start)), line.low(line.at_offset(mention.start) - 1)):
        return True  # "in Lisbon since Friday, will sail on Monday"
    if planned and kind == "relative" and line.doc.low[mention.start : mention.end] in _AT_PRESENT:
        return True  # "is now waiting for them to come out", "now in Kuching, is to take her place"
    if kind == "relative" and not planned and line.doc.low[mention.start : mention.end].endswith(_WEEKS_END):
        return True  # "By the end of the week only one was left": of which week nobody says
    before = trigger.form == "past" and not trigger.passive and line.at_offset(mention.start) < trigger.chain
    if kind == "relative" and before and line.doc.low[mention.start : mention.end] in _AT_PRESENT:
        return True  # "The frigate Kent, currently on a long voyage, called at Malta"
    if kind == "relative" and mention.end - mention.start <= 9 and is_now(line, mention) and _dated_otherwise(scene, trigger, mention):
        return True
    return dates_the_saying(line, mention)


def sets_out(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a verb is the one from which a time is counted: "leaving" of "two days after leaving Cork she reached Brest"."""
    return trigger.first - line.at_offset(mention.end) <= _BEGAN_TOKENS and (trigger.form == "ing" or trigger.rule.nominal)


_WEEKS_END = ("the end of the week", "the end of this week", "by the weekend", "before the weekend")
_AT_PRESENT = frozenset(["now", "currently", "presently"])
_DETERMINERS = frozenset(["the", "a", "an", "its", "her", "their", "his"])


def _attributive(line: Line, trigger: Trigger, mention: DateMention) -> bool:
    """Whether a day only says which thing is told: "The September 2022 visitor has gone to Bremerton", "left after the May 5 collision"."""
    first, last = line.at_start(mention.start), line.at_offset(mention.end - 1) + 1
    if mention.kind != "absolute" or line.low(first - 1) not in _DETERMINERS or trigger.first <= last < trigger.last:
        return False
    noun = line.text(last)
    if noun in _DETERMINERS or " of " in line.doc.low[mention.start : mention.end]:
        return False  # "In the first days of November the landing ship Azov left Tartus"
    plain = noun.isalpha() and noun.islower() and noun not in line.doc.lexicon.function and noun not in line.doc.lexicon.sets["spans_of_time"]
    other = noun in line.doc.lexicon.sets["auxiliaries"] or noun in line.doc.lexicon.sets["adverbs"] or line.starting("preposition", last)
    return plain and not other and not any(form != "noun" for f in line.found("trigger") if f.first == last for _, form in f.data)


STAYS = frozenset({EventKind.IN_PORT, EventKind.AT_SEA, EventKind.ESCORT})
ACTS = frozenset({EventKind.DEPARTURE, EventKind.ARRIVAL, EventKind.TRANSIT})


def _opens_for(scene: Scene, trigger: Trigger, mention: DateMention) -> bool:
    """Whether the day that opens a sentence is a verb's: its first verb's, where no other day stands between."""
    if trigger.chain != scene.opening or mention.interval is None or mention.interval.precision is not Precision.DAY:
        return False
    return not any(mention.end <= d.start < scene.line.starts[trigger.first] for d in scene.dates)


def _in_while(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a date stands in a clause of "when" or "while" right behind the trigger's own: "lay there when the raid came on 13 September"."""
    if line.low(trigger.reach[1]) == "while" and any(trigger.reach[1] < f.first < at for f in line.found("trigger")):
        return False  # "remains at Lisbon, while HMS Tyne put to sea on Friday"
    if line.low(trigger.reach[1] + 1) in _AS_FORESEEN and any(trigger.reach[1] < f.first < at for f in line.found("trigger")):
        return False  # "called at Malta as planned, but sailed on to Goa, where she arrived on 23 November"
    return at >= trigger.reach[1] and line.low(trigger.reach[1]) in ("when", "while", "as") and at - trigger.reach[1] <= 14


_AS_FORESEEN = frozenset(["planned", "scheduled", "expected", "announced", "intended", "part", "well", "usual", "reported"])


def _dated_otherwise(scene: Scene, trigger: Trigger, now: DateMention) -> bool:
    """Whether a day of the clause, or of the sentence where "now" isn't in the clause either, tells the time better than "now"."""
    inside = [d for d in scene.dates if trigger.reach[0] <= scene.line.at_offset(d.start) < trigger.reach[1]]
    line, told = scene.line, inside if now in inside else scene.dates
    if now in inside and any(d.kind == "duration" and d.interval for d in inside) and in_perfect(line, trigger):
        return True  # "has now been in Cork for two weeks"
    days = [d for d in told if d.kind == "absolute"]
    apart = [g for g in scene.groups if g.first >= trigger.last and line.starts[g.first] >= now.end]
    days = [d for d in days if not any(g.first < line.at_offset(d.start) for g in apart)]  # "leaves Malta today and HMS Tyne on 20 December"
    if now in inside:  # "called at Malta on 3 December and is now …", but not "8 March – Sailed, group now three"
        days = [d for d in days if scene.line.at_offset(d.start) >= trigger.chain or scene.line.at_offset(d.start) <= 1]
    return bool(days)


def is_now(line: Line, mention: DateMention) -> bool:
    """Whether a word such as "now" says less of the time than the date beside it."""
    return line.doc.low[mention.start : mention.end] in line.doc.lexicon.sets["now"]


HAVE = frozenset(["has", "have", "'ve"])


def in_perfect(line: Line, trigger: Trigger) -> bool:
    """Whether the clause tells what has gone on until now: only then does "for a week" end today."""
    return not HAVE.isdisjoint(line.lows[max(trigger.reach[0], trigger.chain - 6) : trigger.first])
