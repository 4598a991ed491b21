"""Stage 6, days: which days belong to a thing that is told beside a movement: "after the attack of 3 March", "under an agreement signed in May"."""

from __future__ import annotations

from tracker.domain.kinds import EventKind
from tracker.extract.dates import DateMention
from tracker.extract.line import Line
from tracker.extract.verbs import Trigger

_BEFORE_DAY = frozenset(["on", "in", "for", "since", "from", "by", "at", "during", "until", "early", "late", "the"])
_OPENS_THING = frozenset(["a", "an", "the", "its", "her", "their", "his", "with", "under", "for", "after", "by", "despite", "of", "before"])
_AFTER = frozenset(["after", "following", "before"])
_DID = frozenset(["did", "had", "does", "has", "was", "were", "done", "been"])
_THING_TOKENS, _AS_TOKENS, _SINCE_TOKENS = 5, 7, 14
_HAVE = frozenset(["has", "have", "'ve", "had"])


def is_of_thing(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day says which thing is told, or when that came about, and not when a verb's act did."""
    if mention.kind not in ("carry", "offset") and _of_noun(line, trigger, at):
        return True  # but "A couple of hours later she was off Cyprus"
    if at >= trigger.last and trigger.rule.id == "sea.meet" and "for" in line.lows[trigger.last : at]:
        return False  # "met the corvette for an exercise off Lemnos on 17 April": on that day they met
    if at >= trigger.last:
        ahead = is_ahead_of(line, trigger, mention, at) or _bound_for(line, trigger, at) or to_attend(line, trigger.last, at)
        return (
            ahead
            or is_of_event(line, mention, at, trigger.last, trigger.rule.kind)
            or _of_participle(line, trigger, at)
            or _of_comparison(line, trigger, at)
        )
    return (
        _closes_spell(line, trigger, at)
        or _done_in_front(line, mention, at)
        or _in_opening_phrase(line, trigger, mention, at)
        or _of_begun(line, at)
        or _only_after(line, trigger, at)
    )


_ATTENDS = frozenset(["take", "participate", "attend", "join", "mark", "celebrate", "observe", "watch"])
_ATTEND_TOKENS = 16


def to_attend(line: Line, begin: int, at: int) -> bool:
    """Whether a day is that of the event which ships came or left for: "docked in Kochi to take part in an exercise on 18 December"."""
    if line.low(at - 1) not in ("on", "from", "in", "between") and line.low(at) not in ("from", "between"):
        return False
    noun = at - 1 - (line.low(at) not in ("from", "between"))
    if line.low(noun) not in _EVENTS or noun <= begin:
        return False
    to = next((n for n in range(noun, max(noun - _ATTEND_TOKENS, begin - 1), -1) if line.low(n) == "to" and line.low(n + 1) in _ATTENDS), None)
    return to is not None and not any(line.low(n) in (",", "and", "which") for n in range(to + 4, noun))


_EVENTS = frozenset(
    [
        "review",
        "exercise",
        "exercises",
        "drill",
        "drills",
        "parade",
        "ceremony",
        "celebrations",
        "talks",
        "manoeuvres",
        "maneuvers",
        "training",
        "games",
    ]
)
_FEASTS = _EVENTS | {"anniversary", "commemoration", "commemorations", "festival", "regatta", "day", "week", "visit", "summit", "conference"}
_EVENT_TOKENS = 9


def _bound_for(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of the event for which ships head somewhere: "will proceed to Jeju for the fleet review on 9 October"."""
    sailing = trigger.rule.id == "depart.sail" and trigger.form == "ing"  # "before sailing to Zhanjiang for an exercise on …"
    if not (trigger.rule.kind is EventKind.UNDERWAY or sailing) or line.low(at - 1) not in ("on", "from", "in"):
        return False
    purpose = next((n for n in range(at - 2, max(at - _EVENT_TOKENS, trigger.last - 1), -1) if line.low(n) == "for"), None)
    return purpose is not None and line.low(at - 2) in _EVENTS


_AT_PORT = frozenset({EventKind.ARRIVAL, EventKind.IN_PORT})
_PURPOSE = frozenset(["for", "ahead", "before", "join", "attend", "part", "to", "at"])


def is_of_event(line: Line, mention: DateMention, at: int, begin: int, kind: EventKind) -> bool:
    """Whether a day is that of an event for which ships move, told behind a verb: "crossed the Sound to join the parade in Kronstadt on 28 July"."""
    at += line.low(at) in ("from", "between")  # a range of days holds its own word
    if line.words.isdisjoint(_FEASTS) or mention.kind != "absolute" or line.low(at - 1) not in ("on", "from", "between"):
        return False
    place = line.ending("place", at - 1)
    noun = place.first - 2 - (line.low(place.first - 1) == "the") if place else at - 2
    if line.low(noun) not in _FEASTS or noun <= begin or kind in _AT_PORT or (place is None and kind is not EventKind.TRANSIT):
        return False
    return not _PURPOSE.isdisjoint(line.lows[max(noun - _EVENT_TOKENS, begin) : noun])


def _is_plain_noun(line: Line, at: int) -> bool:
    """Whether a token may be a noun that is no time, no port and no helping word."""
    word, lexicon = line.text(at), line.doc.lexicon
    if not (word.isalpha() and word.islower() and len(word) > 2) or word in lexicon.function or word in lexicon.numbers:
        return False
    return not any(word in lexicon.sets[name] for name in ("times_told", "spans_of_time", "auxiliaries", "adverbs", "port_parts"))


def _of_noun(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether "of" hangs a day on a noun: "after the earthquake of 3 March", but not "on the evening of 3 March"."""
    if line.low(at - 1) != "of" or trigger.first <= at - 2 < trigger.last:
        return False
    return _is_plain_noun(line, at - 2) and line.low(at - 2) not in line.doc.lexicon.sets["pictures"]


def _of_participle(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of a participle behind a noun: "under an agreement signed on 3 March", "for talks scheduled for Friday"."""
    verb = at - 1
    while verb > trigger.last and line.low(verb) in _BEFORE_DAY:
        verb -= 1
    word = line.low(verb)
    if word in _BEGINS and line.low(verb - 1) == "to" and line.low(verb - 2) in _TO_COME and verb > trigger.last + 2:
        return True  # "for an exercise due to begin on 20 December"
    if verb <= trigger.last + 1 or not (word.endswith("ed") or word in line.doc.lexicon.sets["done_to"]) or word in line.doc.lexicon.function:
        return False
    if any(f.first <= verb < f.last for f in line.found("trigger")) or not _is_plain_noun(line, verb - 1):
        return False
    front = range(verb - 2, max(verb - 2 - _THING_TOKENS, trigger.last - 1), -1)
    return any(line.low(n) in _OPENS_THING for n in front)


_BEGINS, _TO_COME = frozenset(["begin", "start", "open", "end", "finish"]), frozenset(["due", "scheduled", "set", "expected", "planned"])


def _of_comparison(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day is that of something to which a movement is likened: "called at Kiel, as she had in 2023", "unlike in January"."""
    if line.words.isdisjoint(("as", "unlike", "than")):
        return False
    before = at - 1 - (line.low(at - 1) in _BEFORE_DAY)
    if line.low(before) == "than" and line.low(before - 1) in ("later", "earlier", "sooner") and line.low(before - 2) in ("no", "not"):
        return False  # "will arrive no later than Friday"
    if line.low(before) in ("unlike", "than") or (line.low(before) == "as" and line.low(before - 1) in ("just", "exactly", "much")):
        return True
    like = next((n for n in range(before, max(before - _AS_TOKENS, trigger.last - 1), -1) if line.low(n) == "as"), None)
    return like is not None and line.low(before) in _DID and line.low(like - 1) in (",", "just", "exactly", "much")


_ENDING = frozenset(["ending", "completing", "concluding", "finishing", "rounding", "wrapping", "winding", "closing", "capping"])
_SPELLS, _SPELL_TOKENS = frozenset(["deployment", "patrol", "mission", "tour", "cruise", "duty", "operations", "exercises"]), 4


def _closes_spell(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a day in front is that of the return that ends a time at sea: "came home on Friday, ending a mission in the Red Sea"."""
    if trigger.rule.kind is not EventKind.AT_SEA or trigger.form != "ing" or trigger.chain != trigger.first:
        return False
    if line.low(trigger.first) in _ENDING:
        return True
    spent = line.lows[max(trigger.first - _SPELL_TOKENS, at) : trigger.first]  # "returns on Friday from deployment supporting operations in …"
    return "from" in spent and spent[-1] in _SPELLS


_UNDER = frozenset(["with", "under", "thanks", "following"])


def _done_in_front(line: Line, mention: DateMention, at: int) -> bool:
    """Whether a day is that of a participle in the phrase that opens a sentence: "Under a contract signed on 3 March, she left"."""
    if line.low(0) not in _UNDER or line.text(line.at_offset(mention.end - 1) + 1) != ",":
        return False
    verb = at - 1
    while verb > 1 and line.low(verb) in _BEFORE_DAY:
        verb -= 1
    done = line.low(verb).endswith("ed") or line.low(verb) in line.doc.lexicon.sets["done_to"]
    return done and _is_plain_noun(line, verb - 1) and not any(f.first <= verb < f.last for f in line.found("trigger"))


def _in_opening_phrase(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day closes the phrase of another thing, which opens a sentence: "Following the attack on Haifa on 3 March, she left"."""
    opened = 0 if line.low(0) in _AFTER else 1 if line.low(1) in _AFTER and line.low(0) in line.doc.lexicon.sets["times_told"] else None
    behind = line.at_offset(mention.end - 1) + 1
    if opened is None or line.text(behind) != "," or trigger.chain <= behind or at - opened < 3:
        return False
    if line.low(opened + 1) in line.doc.lexicon.sets["hours_named"] or line.low(opened + 1).isdigit():
        return False  # "Shortly before noon on Tuesday, she left"
    if "," in line.lows[opened:at] and line.low(opened + 1) in ("that", "this", "then"):
        return False  # "Before that, from 4 to 16 June, she was off Gotland"
    return not any(opened < f.first < at for f in line.found("trigger"))


def _only_after(line: Line, trigger: Trigger, at: int) -> bool:
    """Whether a sentence opens with the day after which something lasted: "After 3 May the frigate worked in the Ionian Sea"."""
    return line.low(0) == "after" and at <= 2 and trigger.rule.kind in _LASTING and trigger.chain > at


_LASTING = frozenset({EventKind.AT_SEA, EventKind.IN_PORT, EventKind.ESCORT, EventKind.UNDERWAY})
_NOUN_FRONT = frozenset(["the", "a", "an", "this", "that", "its"])
_AHEAD = (("ahead", "of"), ("prior", "to"), ("before",))


def is_ahead_of(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether a day is that of what a movement comes before: "entered Haifa ahead of talks on Friday", but not "ahead of schedule on Friday"."""
    if line.words.isdisjoint(("ahead", "prior", "before")) or mention.kind not in ("absolute", "weekday") or line.low(at - 1) not in ("on", "in"):
        return False
    for words in _AHEAD:
        for n in range(trigger.last if trigger.last < at else 1, at - 1 - len(words)):
            if tuple(line.lows[n : n + len(words)]) == words and _is_plain_noun(line, at - 2) and line.low(at - 2) not in ("schedule", "plan"):
                behind = n + len(words)
                verbs = [f for f in line.found("trigger") if line.low(f.first - 1) not in _NOUN_FRONT]  # "before the start of the drill on 3 May"
                return not any(behind <= f.first < at for f in (*verbs, *line.found("vessel"))) and "," not in line.lows[n:at]
    return False


_BEGAN = frozenset(["began", "begun", "started", "opened", "ended", "starts", "begins", "opens", "ends", "finished", "lasted", "ran", "runs"])


def _of_begun(line: Line, at: int) -> bool:
    """Whether a day in front tells when another thing began: "During a patrol that began on 3 March she called at Oran"."""
    verb = at - 1
    while verb > 0 and (line.low(verb) in _BEFORE_DAY or line.low(verb) in ("through", "to", "till")):
        verb -= 1
    if line.low(verb) in _LASTS and line.low(verb - 1) in (
        "will",
        "to",
        "would",
    ):  # "In the drills that began on Monday and will run through Friday, …"
        clause = line.lows[max(verb - _LASTS_TOKENS, 0) : verb]
        return "," not in clause and not {"that", "which"}.isdisjoint(clause)
    return line.low(verb) in _BEGAN and not {"that", "which"}.isdisjoint(line.lows[max(verb - 3, 0) : verb])


_LASTS, _LASTS_TOKENS = frozenset(["run", "last", "end", "continue", "conclude", "finish", "begin", "start"]), 12


def since_act(line: Line, trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Whether "since" brings the act of a day from which a stay lasts: "has been at sea since leaving Brest on 3 March"."""
    ever = "first" in line.words or "last" in line.words  # "For the first time since the visit of HMS Kent in 1954, a frigate sailed through"
    stays = ever or trigger.rule.nominal or not line.words.isdisjoint(_HAVE)
    if "since" not in line.words or mention.bare or mention.interval is None or not stays:
        return False
    far = _SINCE_TOKENS + 4 * trigger.rule.nominal  # "her first visit to Odesa since the admission of the frigate to the navy in 2018"
    since = next((n for n in range(at - 1, max(at - far, -1), -1) if line.low(n) == "since"), None)
    if since is None or at - since < 2 or line.low(since - 1) in _HAVE or not {",", ";", "and"}.isdisjoint(line.lows[since:at]):
        return False
    opens = since == 0 or line.lows[:since] == ["for", "the", "first", "time"]
    return trigger.last <= since or (opens and trigger.chain > line.at_offset(mention.end - 1))
