"""Stage 5, clauses: which words of movement fire in a sentence, in what voice, and how far each reaches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tracker.domain.kinds import EventKind
from tracker.domain.records import changed
from tracker.extract.forms import HER, RELATIVE, chain_start
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention
from tracker.extract.place_mention import PlaceMention
from tracker.extract.place_phrase import behind_state
from tracker.extract.plausible import QUOTES
from tracker.extract.spans import longest_first
from tracker.extract.unspoken import is_quieted
from tracker.extract.verbs import Trigger, trigger_of
from tracker.gazetteer.lexicon import Lexicon


def find_triggers(line: Line, vessels: Sequence[VesselMention], places: Sequence[PlaceMention]) -> list[Trigger]:
    """The triggers of a sentence, in order, of each chain of verbs the last ("was seen leaving" is leaving)."""
    found = [*line.found("trigger"), *_dated_nouns(line)]
    if not found:
        return []
    off = {
        n
        for h in line.found("hedge")
        if h.data.id == "called-off" and (h.last - h.first > 3 or line.low(h.first) in _PUTS)
        for n in range(h.first, h.last)
    }  # "was struck off the programme", "was put off"
    taken = off | {n for m in vessels for n in range(m.first, m.last)} | {n for p in places if p.entry for n in range(p.first, p.last)}
    candidates = [f for f in found if taken.isdisjoint(range(f.first, f.last))]
    if not line.doc.lexicon.sets["facility_words"].isdisjoint(line.words):
        candidates = [f for f in candidates if not _in_name(line, f)]
    if "off" in line.words:
        candidates = [f for f in candidates if not _off_place(line, f, places)]
    if "in" in line.words:
        candidates = [f for f in candidates if f.last - f.first != _PAIR or not _in_waters(line, f)]
    if not QUOTES.isdisjoint(line.words):
        candidates = [f for f in candidates if not _in_title(line, f)]
    if "from" in line.words:
        candidates = [f for f in candidates if not _from_voyage(line, f)]
    if "return" in line.words:
        candidates = [f for f in candidates if not _is_verb_return(line, f)]
    if not _OWN_PORTS.isdisjoint(line.words):
        candidates = [f for f in candidates if not _only_whose_port(line, f, candidates)]
    if "sat" in line.words:
        candidates = [f for f in candidates if not f.first or line.text(f.first) != "Sat"]  # "ETA Severomorsk Sat"
    if "place" in line.words:
        candidates = [f for f in candidates if line.low(f.last) != "place" or f.last - f.first > 1]  # "is thought to have taken place"
    if "back" in line.words or "home" in line.words:
        candidates = [f for f in candidates if f.data[0][0].id != "arrive.back-alone" or _dated_behind(line, f.last)]
    if "located" in line.words:
        candidates = [f for f in candidates if not _locates_place(line, f, places)]
    if "stopped" in line.words:
        candidates = [f for f in candidates if not _was_stopped(line, f)]
    if "by" in line.words:
        candidates = [f for f in candidates if not _ends_in_agent(line, f, vessels)]
    fired = [
        t
        for f in longest_first(candidates)
        if (t := trigger_of(line, f, vessels) or (_noun_inside(line, f, candidates, vessels) if f.last - f.first >= _PAIR else None))
        and (t.rule.needs not in _NEEDS_PLACE or _has_place(line, t, places))
    ]
    fired = _each_verb_once(fired)
    if not _ALL_OF_THEM.isdisjoint(line.words):
        fired = [_behind_subject(t, vessels) for t in fired]
    wide = [t for t in fired if t.last - t.first > 1]
    fired = [t for t in fired if not _is_link(line, t, vessels, places)]
    fired = [t for t in fired if not any(o.first <= t.first and t.last < o.last for o in wide)] if wide and len(fired) > 1 else fired
    if not fired:
        return fired
    fired = _without_spending(line, _without_cleft(line, _last_of_chains(line, fired, vessels)), places)
    if len(fired) > 1 and _leads_in(fired[0], fired[1], vessels):
        fired = fired[1:]  # "Westward through the strait have gone A and B"
    opened = _opened_by_place(line, vessels)
    ends = sorted({*line.where(_may_end(line.doc.lexicon)), *opened})
    return _turned_round(line, [_with_reach(line, fired, number, opened, ends) for number in range(len(fired))], vessels)


_ALL_OF_THEM = frozenset(["both", "all"])


def _behind_subject(trigger: Trigger, vessels: Sequence[VesselMention]) -> Trigger:
    """A trigger whose chain begins behind "both" or "all" where this is the subject: "HMS Kent was joined by HMS Tyne, and both sailed to Brest"."""
    subject = next((m for m in vessels if trigger.chain == m.first and trigger.first - 1 <= m.last <= trigger.first), None)
    return changed(trigger, chain=subject.last) if subject else trigger


_OWN_PORTS, _WHOSE = frozenset(["port", "base"]), frozenset(["its", "her", "their"])


def _only_whose_port(line: Line, found: Found, candidates: Sequence[Found]) -> bool:
    """Whether "at her home port" only says whose the port of the verb in front is: "called at her home port of Groton", "is due in its base"."""
    at = found.first
    if line.low(at) not in ("in", "at") or line.low(at + 1) not in _WHOSE or line.low(found.last - 1) not in _OWN_PORTS:
        return False
    return any(o.first < at and at <= o.last <= at + 1 and not any(rule.copula for rule, _ in o.data) for o in candidates)


_PAIR, _NEEDS_PLACE = 2, frozenset(["behind", "port", "direct"])
_VOYAGE_TOKENS = 6
_RETURNS = frozenset(["return", "returns", "returned", "returning"])
_VOYAGES = frozenset(["cruise", "deployment", "patrol", "tour", "mission", "voyage", "trip", "expedition", "exercise", "exercises"])


def _from_voyage(line: Line, found: Found) -> bool:
    """Whether "returned from" tells the voyage that a ship comes back from, and no place that she leaves: "returned from a Far East cruise"."""
    if line.low(found.first) not in _RETURNS or line.low(found.last - 1) != "from" or found.last - found.first != 2:
        return False
    end = next((n for n in range(found.last, min(found.last + _VOYAGE_TOKENS, line.size)) if line.low(n) in _VOYAGES), None)
    return (
        end is not None
        and all(line.text(n).isalnum() or line.text(n) == "-" for n in range(found.last, end))
        and not any(line.ending("preposition", n) for n in range(found.last + 1, end + 1))
    )


_TITLE_TOKENS = 6


def _in_title(line: Line, found: Found) -> bool:
    """Whether a capitalised word stands in a title in quotes: "on her maiden transit, “America Visits the Americas”"."""
    if found.first == 0 or not line.text(found.first)[:1].isupper() or line.text(found.first).isupper():
        return False
    opened = next((n for n in range(found.first - 1, max(found.first - _TITLE_TOKENS, -1), -1) if line.text(n) in QUOTES), None)
    closed = next((n for n in range(found.last, min(found.last + _TITLE_TOKENS, line.size)) if line.text(n) in QUOTES), None)
    return opened is not None and closed is not None and opened < found.first - 1 and line.text(found.first - 1)[:1].isupper()


_BEFORE_RETURN = frozenset(["then", "will", "would", "shall", "should", "may", "might", "could", "can", "must"])


def _is_verb_return(line: Line, found: Found) -> bool:
    """Whether "return to" is a verb behind a helping one, and no noun: "will return to Plymouth"."""
    return line.low(found.first) == "return" and line.low(found.first - 1) in _BEFORE_RETURN and any(rule.nominal for rule, _ in found.data)


_DATED_NOUN_TOKENS, _DATED_PHRASE_TOKENS = 5, 3


def _is_of_day(line: Line, at: int) -> bool:
    """Whether a token is a part of a day: "on", "late", "Friday", "3", "May"."""
    lexicon, low = line.doc.lexicon, line.low(at)
    return low in lexicon.sets["day_words"] or low[:1].isdecimal() or low in lexicon.months or low in lexicon.weekdays


def _dated_nouns(line: Line) -> list[Found]:
    """Nouns of an act with a day between them and their preposition: "the return on Monday of the frigate", "her arrival yesterday in Riga"."""
    lexicon = line.doc.lexicon
    found: list[Found] = []
    for first in line.where(lexicon.sets["act_nouns"]):
        at = first + 1
        while at - first <= _DATED_NOUN_TOKENS and _is_of_day(line, at):
            at += 1
        if not first + 1 < at < line.size:
            continue
        for begin in range(max(first - _DATED_PHRASE_TOKENS, 0), first + 1):
            if rules := lexicon.triggers.get(" ".join((*line.lows[begin : first + 1], line.low(at)))):
                found.append(Found(begin, at + 1, line.starts[begin], line.ends[at], rules))
                break
    return found


def _turned_round(line: Line, fired: list[Trigger], vessels: Sequence[VesselMention]) -> list[Trigger]:
    """A state told in front of a copula that names its ships behind it reaches these: "South of Malta, on a course for Tartus, is the tanker X"."""
    if len(fired) != 2 or not vessels or line.text(fired[1].chain - 1) != ",":
        return fired
    state, copula = fired
    if not copula.rule.copula or state.form not in ("state", "ing") or not state.chain or copula.chain != copula.first:
        return fired
    named = min(m.first for m in vessels)
    if 0 <= named - copula.last <= _TURNED_TOKENS:
        state.reach, copula.reach = (0, copula.reach[1]), (0, copula.reach[1])
    return fired


_TURNED_TOKENS = 4
_PUTS = frozenset(["put", "puts", "putting"])


def _in_name(line: Line, found: Found) -> bool:
    """Whether a word of movement is part of a facility's name: "the Naval Operating Base", "Joint Training Centre"."""
    if found.last - found.first > 1 or not line.low(found.first).endswith("ing") or not line.text(found.first)[:1].isupper():
        return False
    return found.first > 0 and line.text(found.last)[:1].isupper() and line.low(found.last) in line.doc.lexicon.sets["facility_words"]


def _leads_in(state: Trigger, verb: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a way that opens a sentence is told of whom the next verb names behind it: "Westward through the strait have gone A and B"."""
    inverted = any(rule.subject == "inverted" for rule in (verb.rule, *verb.others))
    opens = state.form == "state" and state.chain == 0 and (state.rule.kind is EventKind.TRANSIT or state.rule.id == "depart.bound-from")
    return opens and inverted and any(0 <= m.first - verb.last <= 1 for m in vessels) and not any(m.first < verb.chain for m in vessels)


def _off_place(line: Line, found: Found, places: Sequence[PlaceMention]) -> bool:
    """Whether the "off" of a verb belongs to the place behind it: "was seen off Bornholm" bids nobody farewell."""
    if line.low(found.last - 1) != "off" or found.data[0][0].id != "depart.farewell":
        return False
    return any(p.how == "off" and 0 <= p.first - found.last <= 4 for p in places)


def _in_waters(line: Line, found: Found) -> bool:
    """Whether the "in" of "sailed in" belongs to what is behind it: "sailed in the contiguous zone", "sailed in January" came into no port."""
    if line.low(found.last - 1) != "in" or not line.low(found.first).startswith(("sail", "steam")):
        return False
    behind, lexicon = line.low(found.last), line.doc.lexicon
    if behind in lexicon.months or behind in lexicon.seasons or behind[:2] in ("19", "20") or behind in ("early", "mid", "late"):
        return True
    wet = ("waters", "international", "open", "disputed", "nearby", "rough", "heavy", "its", "their")
    return behind in ("the", "a", "an", "company", "formation", "convoy", *wet) or any(line.starting(k, found.last) for k in ("nation", "place"))


def _locates_place(line: Line, found: Found, places: Sequence[PlaceMention]) -> bool:
    """Whether "located" says where a place lies, and no ship: "passed the Tsugaru Strait, located between Honshu and Hokkaido, on Monday"."""
    return line.low(found.first) == "located" and line.text(found.first - 1) == "," and any(p.last == found.first - 1 for p in places)


_DATED_BEHIND = frozenset(["yesterday", "today", "tonight", "day", "week", "month", "morning", "evening", "night", "earlier", "later", "weekend"])


def _dated_behind(line: Line, last: int) -> bool:
    """Whether a time stands right behind words: "were back the day before", and not "is back in service"."""
    lexicon = line.doc.lexicon
    return any(low in _DATED_BEHIND or low in lexicon.weekdays or low in lexicon.months or low.isdecimal() for low in line.lows[last : last + 3])


_AGENT_TOKENS = 4


def _ends_in_agent(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether the "by" of a verb tells who did it: "Malta was left by two frigates" is no "left by the western entrance"."""
    by = found.last - 1
    passing = found.data[0][0].kind is EventKind.TRANSIT and found.last - found.first > 1
    if line.low(by) != "by" or not passing or not any(0 <= m.first - found.last <= _AGENT_TOKENS for m in vessels):
        return False
    return not line.doc.lexicon.sets["be"].isdisjoint(line.lows[chain_start(line, found.first) : found.first])


def _each_verb_once(fired: list[Trigger]) -> list[Trigger]:
    """Triggers in order, a verb that carries a noun in front of it without what it means alone: of "A drill was held off Crete" no "was held"."""
    carrying = {t.first for t in fired if t.carries}
    if not carrying:
        return fired
    return sorted((t for t in fired if t.carries or carrying.isdisjoint(range(t.first, t.last))), key=lambda t: t.first)


_SEARCHED = frozenset(["searched", "boarded", "inspected", "seized", "detained", "checked"])


def _was_stopped(line: Line, found: Found) -> bool:
    """Whether a ship is told to be stopped, which is no stop she makes: "was stopped in the Gulf of Finland"."""
    if line.low(found.first) == "stopped" and line.low(found.first + 1) == "and" and line.low(found.first + 2) in _SEARCHED:
        return True  # "stopped and searched five vessels"
    if line.low(found.first) != "stopped" or found.last - found.first == 1:
        return False
    return line.low(found.first - 1 - (line.low(found.first - 1) in line.doc.lexicon.sets["adverbs"])) in line.doc.lexicon.sets["be"]


def _noun_inside(line: Line, found: Found, candidates: Sequence[Found], vessels: Sequence[VesselMention]) -> Trigger | None:
    """What a verb and a noun tell where a longer phrase that begins with the noun tells nothing: "took 300 tonnes of fuel from the tender X"."""
    passed = any(rule.id == "supply.passed" for rule, _ in found.data)  # "was brought to Limassol" passes nothing to a ship
    shorter = (o for o in candidates if o.first == found.first and o.last < found.last)
    shorter = (o for o in shorter if passed or any(form == "noun" for _, form in o.data))
    return next((t for o in shorter if (t := trigger_of(line, o, vessels)) and (passed or t.rule.light)), None)


_RELATIVE_RUNS = frozenset(["run", "ran", "runs", "running", "continue", "continued", "from", "until", "till", "for", "between", "to", "through"])


def _runs(line: Line, trigger: Trigger) -> bool:
    """Whether a clause of "which" tells when something was: "which ran from the 3rd to the 6th", "which had run until Friday"."""
    if not _RELATIVE_RUNS.issuperset((line.low(trigger.first), line.low(trigger.last))):
        return False
    behind = trigger.last + 1 + (line.low(trigger.last + 1) == "the")
    dated = line.low(behind)[:1].isdecimal() or line.low(behind) in line.doc.lexicon.months or line.low(behind) in line.doc.lexicon.weekdays
    return dated and any(line.low(n) in ("which", "that") for n in range(trigger.chain - 1, max(trigger.chain - 3, -1), -1))


def _is_link(line: Line, trigger: Trigger, vessels: Sequence[VesselMention], places: Sequence[PlaceMention]) -> bool:
    """Whether a word of movement only links: "in May following a refit", "sailed alongside USS X", "images captured on Monday"."""
    word, bare = line.low(trigger.first), trigger.chain == trigger.first
    if is_quieted(line.doc.lexicon.quiet["link"], line, trigger, vessels, places):
        return True
    if trigger.rule.id == "arrive.home":
        return trigger.first > 1 or line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.last :])  # "Home at Rota today is the destroyer X"
    if bare and (trigger.rule.id == "sea.state" or trigger.form == "ing") and _on_surface(line, trigger, vessels):
        return True
    if trigger.rule.id in ("way.head", "transit.pass") and _runs(line, trigger):
        return True  # "a visit to Manila, which had run from 3 to 6 December"
    if word in ("let", "lets", "letting") and trigger.rule.id == "carry.active" and trigger.last - trigger.first == 1:
        let = next((m.last for m in vessels if 0 <= m.first - trigger.last <= 1), trigger.last + (line.low(trigger.last) in HER))
        return not line.starting("preposition", let)  # "would not let the pair pass the strait"
    if word in ("put", "puts") and line.low(trigger.first + 1) == "it" and not line.low(trigger.first + 2).isalpha():
        return True  # "as one stoker put it"
    supplies = line.doc.lexicon.sets["supplies"]
    if trigger.rule.object == "supply" and bare and word in supplies and line.low(trigger.first - 1) in ("and", ",", "or"):
        of_list = not supplies.isdisjoint(line.lows[max(trigger.first - 4, 0) : trigger.first - 1])
        return of_list or line.low(trigger.last) == "both"  # "fuel and provisions", "with water and fuel both short"
    return False


def _on_surface(line: Line, trigger: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether words only tell what kind of movement a ship can make: "a submarine cruising on the surface", "a vessel operating at sea"."""
    surface = line.doc.lexicon.sets["on_surface"]
    if trigger.rule.id == "sea.state" and line.low(trigger.first - 1).endswith("ing") and line.opens(trigger.first, surface):
        return line.ending("type", trigger.first - 1) is not None
    if trigger.form == "ing" and line.opens(trigger.last, surface):
        return any(m.last == trigger.first for m in vessels) or line.ending("type", trigger.first) is not None
    return False


def _without_cleft(line: Line, fired: list[Trigger]) -> list[Trigger]:
    """Without the copula of "It was off Ushant that …", "It was through Suez that …", which tells nothing itself."""
    opens = line.lows[0] == "it" and fired[0].first <= 1
    opens = opens or (line.low(fired[0].first - 1) == "it" and fired[0].chain == fired[0].first)
    if len(fired) > 1 and opens and line.low(fired[0].first) in ("was", "is") and (fired[0].rule.copula or fired[0].rule.id == "transit.state"):
        cut = any(line.low(n) in ("that", "when", "where") for n in range(2, fired[1].first))
        return fired[1:] if cut else fired
    return fired


_WHERE = frozenset(["where", "which"])


def _without_spending(line: Line, fired: list[Trigger], places: Sequence[PlaceMention]) -> list[Trigger]:
    """Without a "spent" that tells no place itself: "spent Christmas at sea in the Ionian Sea"."""
    ahead = [*fired[1:], None]
    return [
        t
        for t, then in zip(fired, ahead, strict=True)
        if t.rule.id != "stay.spend"
        or not _WHERE.isdisjoint(line.lows[: t.chain])
        or any(t.last <= p.first and (then is None or p.first < then.first) for p in places)
    ]


def _only_the_port(line: Line, first: int, last: int) -> bool:
    """Whether words in front of a port only say what it is: "called on Her Majesty's Naval Base Portsmouth", "on the naval base at Jeddah"."""
    return last - first < _PORT_TOKENS and _PORT_WORDS.issuperset(line.lows[first:last])


_PORT_TOKENS = 7
_PORT_WORDS = frozenset(["the", "at", "of", "port", "city", "naval", "navy", "base", "'", "’", "s", "her", "his", "majesty", "royal", "main"])
_PORT_WORDS |= {"southern", "northern", "eastern", "western", "station"}


def _has_place(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> bool:
    """Whether a place stands right beside a trigger that tells nothing without one: "made Manila", "due Toulon", "put Malta astern"."""
    if trigger.rule.needs == "behind":
        return any(p.last in (trigger.first, trigger.chain) for p in places)
    if trigger.rule.needs == "port":
        return any(trigger.last <= p.first and _only_the_port(line, trigger.last, p.first) for p in places)
    return any(0 <= p.first - trigger.last <= (line.low(trigger.last) == "the") for p in places)


_LINKS = frozenset(["in", "of", "with", "from", "for"])


def _gives_way(line: Line, copula: Trigger, kept: list[Trigger], vessels: Sequence[VesselMention]) -> bool:
    """Whether a copula only links another trigger to its vessel: "is in port", "tied up at Sasebo is the carrier"."""
    if any(
        o is not copula
        and not o.rule.copula
        and 0 <= o.first - copula.last <= 3
        and not _heads_from_place(line, copula, o)
        and not _goes_on(line, copula, o)
        for o in kept
    ):
        return True
    before = [o for o in kept if o.last <= copula.first and not o.rule.copula]
    if len(before) == 1 and before[0].chain == 0 and before[0].form in ("past", "part") and any(0 <= m.first - copula.last <= 1 for m in vessels):
        return True  # "Escorted into Valletta by the cutter X was the tanker Y"
    linked = (
        _LINKS if before and before[-1].chain == 0 and before[-1].form == "state" else frozenset()
    )  # "On course for Malta, and a place in the group, is the frigate X"
    named = any(before and before[-1].last <= m.first and m.last <= copula.first and line.low(m.first - 1) not in linked for m in vessels)
    aside = bool(before) and not RELATIVE.isdisjoint(line.lows[max(before[-1].chain - 4, 0) : before[-1].chain])
    aside = aside or (bool(before) and line.text(copula.chain - 1) == "," and _in_relative(line, before[-1].chain))
    aside = aside or (bool(before) and line.text(before[-1].chain - 1) == "," == line.text(copula.chain - 1))  # "X, bound for Toulon, was off …"
    aside = aside or (bool(before) and line.text(copula.chain - 1) == "," and _in_time_after(line, before[-1].chain))
    aside = aside or (bool(before) and before[-1].rule.needs == "behind" and copula.chain - before[-1].last == 1)  # "X, with Crete behind her, is …"
    joined = line.low(copula.chain - 1) in ("she", "it", "they", "he", "and", "but") or line.low(copula.chain) == "then"
    joined = joined or (
        line.low(copula.chain) == "having" and "last" not in line.lows[copula.chain : copula.first]
    )  # "left Malta on Monday, having been in the Ionian Sea"
    joined = joined or (bool(before) and _in_series(line, before[-1], copula, kept))
    joined = joined or (copula.form == "ing" and line.low(copula.chain - 1) in ("after", "before"))
    return bool(before) and not named and not aside and not joined and not _joined_by_day(line, before[-1].last, copula.chain)


def _in_series(line: Line, before: Trigger, copula: Trigger, kept: list[Trigger]) -> bool:
    """Whether a copula stands in a series of acts: "left Rota on Friday, was in the Ionian Sea on Sunday and reached Malta on Monday"."""
    if line.text(copula.chain - 1) != "," or before.form != "past" or before.passive or copula.form != "past":
        return False
    behind = next((o for o in kept if o.first >= copula.last), None)
    return behind is not None and line.low(behind.chain - 1) == "and" and behind.form == "past"


def _goes_on(line: Line, copula: Trigger, other: Trigger) -> bool:
    """Whether a verb behind a place tells what ships do then: "is in Rota and leaves on Friday", "stayed in Malta before returning home"."""
    joint = line.low(other.chain - 1)
    there = joint == "and" and ((other.form in ("past", "pres", "base") and not other.passive) or line.low(other.first) == "return")
    there = there or (joint in _THEN and other.form == "ing")
    return there and any(copula.last <= f.first and f.last < other.chain for f in line.found("place"))


_THEN = frozenset(["before", "after"])


def _heads_from_place(line: Line, copula: Trigger, other: Trigger) -> bool:
    """Whether a place stands between a copula and where its ships head: "was off Crete heading for Tartus" tells both."""
    heads = other.form == "ing" and other.chain == other.first and other.rule.id in ("way.head", "depart.sail", "depart.steam")
    heads = heads or (other.form == "state" and other.rule.id in ("way.state", "way.between"))
    return heads and any(copula.last < f.first and f.last <= other.first for f in line.found("place"))


_RELATIVE_TOKENS = 10


def _in_relative(line: Line, chain: int) -> bool:
    """Whether a verb stands further behind in an aside of "which": "HMS Kent, which at the end of November had left Malta, is off Crete"."""
    comma = next((n for n in range(chain - 1, max(chain - _RELATIVE_TOKENS, 0), -1) if line.text(n) == ","), None)
    return comma is not None and not RELATIVE.isdisjoint(line.lows[comma + 1 : comma + 4])


_AFTER_TOKENS = 7


def _in_time_after(line: Line, chain: int) -> bool:
    """Whether a verb stands in an aside of time behind a comma: "HMS Kent, two months after leaving Key West, is in Honolulu"."""
    if line.low(chain - 1) not in ("after", "before", "since"):
        return False
    begin = max(chain - _AFTER_TOKENS, 1)
    comma = next((n for n in range(chain - 2, begin - 1, -1) if line.text(n) == ","), None)
    return comma is not None and all(line.text(n).isalnum() for n in range(comma + 1, chain - 1))


_DAY_TOKENS = 20


def _joined_by_day(line: Line, first: int, last: int) -> bool:
    """Whether "and" with a day goes on to a copula: "called at Malta on Monday and by Friday was off Crete", "and on Jan 28, he said, was …"."""
    joint = next((n for n in range(last - 1, max(first, last - _DAY_TOKENS) - 1, -1) if line.low(n) in ("and", "but")), None)
    if joint is None:
        return False
    lexicon = line.doc.lexicon
    timed = any(low.isdecimal() or low in lexicon.months or low in lexicon.weekdays for low in line.lows[joint + 1 : last])
    closed = line.text(joint + 1) == "," and line.text(last - 1) == ","
    later = "later" in line.lows[last - 1 : last + 1]  # "left on Friday and two days later was off Crete"
    return closed or later or (timed and not any(joint < f.first < last for f in line.found("trigger")))


def _last_of_chains(line: Line, fired: list[Trigger], vessels: Sequence[VesselMention]) -> list[Trigger]:
    """Of triggers that belong to one chain of verbs, the last; a copula gives way to any other near it."""
    kept: list[Trigger] = []
    for trigger in fired:
        if (
            kept
            and kept[-1].rule.object
            and trigger.rule.id == "sea.state"
            and trigger.chain == trigger.first
            and (trigger.first == kept[-1].last or any(0 <= trigger.first - m.last <= 1 for m in vessels))
            and line.low(trigger.first - 1) != "while"  # "refuelled X while under way in the Red Sea"
        ):
            continue  # "joined up with X at sea": where they met
        if kept and kept[-1].rule.host and trigger.chain <= kept[-1].first < kept[-1].last <= trigger.first:
            kept.pop()  # "had come": no host has anything
        if kept and kept[-1].first == trigger.first and trigger.rule.id == "depart.bade":
            kept.pop()  # "waved the frigate goodbye"
        if kept and _says_how(line, kept[-1], trigger, vessels):
            continue
        if kept and kept[-1].rule.denies and trigger.rule.id == "sea.state" and kept[-1].last == trigger.first:
            continue  # "Nothing has been seen at sea of the frigate"
        dropped = trigger.passive and line.low(trigger.first) in line.doc.lexicon.sets["noun_denied"]  # "The visit of X was abandoned"
        if kept and _is_noun(line, kept[-1]) and (trigger.rule.plans or trigger.rule.copula or dropped or _happens(line, trigger)):
            continue  # "the arrival of X at Malta is expected on …"
        if kept and (trigger.rule.nominal or trigger.rule.id == "transit.state") and _brings_act(line, kept[-1], trigger):
            trigger.chain = kept.pop().chain  # "April 28 brought the arrival of the frigate X"
        if kept and trigger.rule.copula and (_links_aim(line, kept[-1], trigger, vessels) or _names_doer(line, kept[-1], trigger, vessels)):
            continue
        if kept and trigger.rule.copula and kept[-1].rule.id == "supply.take" and kept[-1].form == "state" and kept[-1].last == trigger.first:
            continue  # "A replenishment at sea was carried out by A and B"
        if kept and trigger.first < kept[-1].last and trigger.last > kept[-1].last and trigger.first >= kept[-1].first:
            kept.pop()  # "take part in a drill" is more than "take part in"
        if kept and _seen_by(line, kept[-1], trigger, vessels):
            trigger.chain = kept.pop().chain
        while (
            kept
            and kept[-1].last >= trigger.chain
            and kept[-1].last <= trigger.first
            and not _list_between(line, kept[-1], trigger)
            and not _is_finite(line, kept[-1])
            and trigger.rule.id != "sea.after"
        ):
            trigger.chain = min(trigger.chain, kept.pop().chain)
        kept.append(trigger)
    for unseen, behind in list(pairwise(kept)) if len(kept) > 1 and any(t.rule.id == "see.unseen" for t in kept) else ():
        joined = "," in line.lows[unseen.last : behind.first]
        if unseen.rule.id == "see.unseen" and behind.passive and not joined and (behind.rule.seen or any(r.seen for r in behind.others)):
            kept.remove(unseen)  # "No sign of her is to be seen in Tartus"
    return [t for t in kept if not (t.rule.copula and _gives_way(line, t, kept, vessels))]


def _is_noun(line: Line, trigger: Trigger) -> bool:
    """Whether a word of movement is a noun that another verb dates: "the arrival of", "the passage of"."""
    return trigger.rule.nominal or (trigger.rule.kind is EventKind.TRANSIT and trigger.form == "state" and line.low(trigger.last - 1) == "of")


_HAPPENS = frozenset(["follow", "came", "comes", "come", "followed", "follows", "took", "ran", "runs", "lasted", "lasts", "extended", "extends"])


def _happens(line: Line, trigger: Trigger) -> bool:
    """Whether a verb only tells when an act told by a noun took place: "Her return to Malta came on Monday", "… followed in May"."""
    if line.low(trigger.first) not in _HAPPENS or trigger.last - trigger.first > 2:
        return False
    behind = trigger.first + 1 + (line.low(trigger.first + 1) in ("place", "about"))
    lexicon = line.doc.lexicon
    if line.low(behind) in ("from", "until", "till", "to", "between", "as"):
        behind += 1 + (line.low(behind + 1) in ("the", "early", "late"))  # "ran from 1 to 5 March", "came as early as 3 March"
        word = line.low(behind)
        return (
            word[:1].isdecimal() or word in lexicon.weekdays or word in lexicon.months or (word == "as" and line.low(behind - 1) in ("early", "late"))
        )
    return line.low(behind) in (
        "on",
        "in",
        "at",
        "just",
        "only",
        "last",
        "late",
        "early",
        "yesterday",
        "a",
        "two",
        "three",
        "after",
        "",
        ".",
        "next",
        "later",
    ) or (line.low(behind) in lexicon.weekdays)


def _brings_act(line: Line, verb: Trigger, act: Trigger) -> bool:
    """Whether a verb only brings the noun that tells an act: "April 28 brought the arrival of …", "Wednesday saw the passage of …"."""
    if verb.last - verb.first > 1 or line.low(verb.first) not in line.doc.lexicon.sets["brings_act"]:
        return False
    return verb.last <= act.first <= verb.last + 2 and line.low(act.first - 1) in ("the", "her", "its", "their", "brought", "saw", "first", "safe")


_MOVING = frozenset([EventKind.UNDERWAY, EventKind.ARRIVAL, EventKind.DEPARTURE, EventKind.TRANSIT])


def _links_aim(line: Line, aim: Trigger, copula: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a copula only links where ships go: "her next stop was Malta", "her destination is thought to be Tartus", "the destination of X is"."""
    if aim.rule.id == "way.state":
        return aim.last == copula.first or (line.low(aim.first) == "destination" and aim.last >= copula.chain)
    return aim.rule.id == "way.aim" and any(aim.last <= m.first and copula.chain - m.last <= 1 for m in vessels)


_NAMED_TOKENS = 4


def _names_doer(line: Line, act: Trigger, copula: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a copula right behind what somebody was first to do only says who it was: "The first ship to arrive was HMS Kent"."""
    ranked = line.low(act.first - 1) == "to" and act.last == copula.chain and not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[: act.first])
    return ranked and any(0 <= m.first - copula.last <= _NAMED_TOKENS for m in vessels)


def _says_how(line: Line, before: Trigger, state: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a state only says how ships move or since when they have: "was heading for Gibraltar on the surface", "arrived still in May"."""
    if state.rule.id != "sea.state" or state.chain != state.first or before.rule.kind not in _MOVING or before.form == "state":
        return False
    between = line.lows[before.last : state.first]
    return all(word.isalpha() and word not in ("and", "but") for word in between) and not any(before.last <= m.first < state.first for m in vessels)


_BY_TOKENS = 6


def _seen_by(line: Line, seen: Trigger, act: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether only who saw it parts a passive of seeing from what ships were seen to do: "were filmed by the Guard passing the strait"."""
    if not (seen.passive and seen.rule.seen and act.form == "ing" and act.chain == act.first and line.low(seen.last) == "by"):
        return False
    between = line.lows[seen.last : act.first]
    return len(between) <= _BY_TOKENS and "," not in between and "and" not in between and not any(seen.last <= m.first < act.first for m in vessels)


def _is_finite(line: Line, one: Trigger) -> bool:
    """Whether a verb in the present closes a relative clause in front of another's helpers: "A radar that no longer works is reported"."""
    return one.form in ("pres", "base") and line.low(one.chain - 1) in ("that", "which", "who") and line.low(one.last) in line.doc.lexicon.sets["be"]


_LIST_MARKS = frozenset(["and", ",", "or", "but", ";"])


def _list_between(line: Line, one: Trigger, other: Trigger) -> bool:
    return not _LIST_MARKS.isdisjoint(line.lows[one.last : other.first])


@lru_cache(maxsize=4)
def _may_end(lexicon: Lexicon) -> frozenset[str]:
    """The words at which a trigger's reach may end."""
    return lexicon.sets["stops"] | {";", ","}


def _with_reach(line: Line, fired: list[Trigger], number: int, opened: list[int], ends: list[int]) -> Trigger:
    """A trigger with its reach. `opened`: the tokens that join clauses which a place opens; `ends`: all tokens at which a reach may end."""
    trigger = fired[number]
    stays = trigger.rule.copula or trigger.rule.id.startswith(("sea.", "inport."))
    end = fired[number + 1].chain if number + 1 < len(fired) else line.size
    stops = line.doc.lexicon.sets["stops"]
    for at in ends[bisect_left(ends, trigger.last) :]:
        if at >= end:
            break
        word = line.lows[at]
        if (
            (word == ";" and not _parts_places(line, at))
            or (word == "," and line.low(at + 1) in ("they", "it", "she") and line.text(at + 3) != ",")
            or (word == "," and _goes_on_dated(line, at))
            or (
                word in stops
                and not dates_only(line, at, end)
                and not _that_day(line, at)
                and not _compares(line, at)
                and not (word == "but" and _to_another_place(line, at))
                and not (word == "as" and trigger.rule.object == "meet")  # "relieved HMS Argyll as guard ship in the Gulf"
                and not (word == "once" and line.low(at + 1) in ("again", "more"))
                and not (word == "as" and line.low(at - 1) == "known")
                and not (word in _ENDS_VOYAGE and _day_closes(line, at))
                and not (trigger.form == "state" and trigger.chain <= 1 and _after_so_long(line, at))
            )
            or (stays and at in opened)
        ):
            end = at
            break
    begin = 0
    if number:
        begin = max([at for at in opened if fired[number - 1].last <= at < trigger.chain], default=0) if opened else 0
        begin = max(begin, next((t.last for t in reversed(fired[:number]) if not t.rule.copula or _ends_before(line, t, trigger)), 0))
    trigger.reach = (begin, end)
    return trigger


_JOINS_CLAUSES = frozenset(["and", "but", ";"])


def _ends_before(line: Line, copula: Trigger, trigger: Trigger) -> bool:
    """Whether the clause of a copula, with its place, ends in front of a verb in the past: "was in Haifa on Sunday and left on Monday"."""
    between = line.lows[copula.last : trigger.chain]
    joined = trigger.form in ("past", "pres") and not _JOINS_CLAUSES.isdisjoint(between)
    joined = joined or line.low(trigger.chain) == "having" or (trigger.form == "ing" and line.low(trigger.chain - 1) == "after")
    finite = joined and copula.form in ("past", "pres")
    return finite and any(copula.last <= f.first and f.last <= trigger.chain for f in line.found("place"))


_DATED_TOKENS = 9
_LEADS_DAY = frozenset(
    ["on", "in", "by", "at", "the", "late", "early", "that", "next", "following", "day", "evening", "morning", "night", "a", "later", "first"]
) | frozenset(["second", "last", "half", "week", "days", "of", "end", "middle", "beginning", "start", "only"])


def _goes_on_dated(line: Line, comma: int) -> bool:
    """Whether a day and a pronoun open a clause of their own: "left Malta on Friday, and on the 30th she began work"."""
    joined = line.low(comma + 1) in ("and", "but")
    if not (joined or line.low(comma + 1) in ("on", "by")) or _SHE.isdisjoint(line.words):
        return False
    at, lexicon = comma + 2, line.doc.lexicon
    while at < comma + _DATED_TOKENS and (
        line.low(at) in _LEADS_DAY or line.low(at)[:1].isdecimal() or line.low(at) in lexicon.months or line.low(at) in lexicon.weekdays
    ):
        at += 1
    return at > comma + 2 and line.low(at) in _SHE


_JOINS = frozenset(["and", "but", "while"])
_SHE = frozenset(["she", "it", "they"])


def _opened_by_place(line: Line, vessels: Sequence[VesselMention]) -> list[int]:
    """The tokens that join a clause which a place opens: "is off Norway, and in the Black Sea the corvette X …"."""
    found: list[int] = []
    if _JOINS.isdisjoint(line.words):
        return found
    pronouns = line.where(_SHE) if "place" in line.kinds else []
    for first in (*(m.first for m in vessels), *pronouns):
        place = line.ending("place", first)
        article = place is not None and line.low(place.first - 1) == "the"
        how = line.ending("preposition", place.first - article) if place else None
        if how and line.low(how.first - 1) in _JOINS:
            found.append(how.first - 1)
    return found


def _parts_places(line: Line, at: int) -> bool:
    """Whether a semicolon only parts the ports of a list: "called at Constanta, Romania; Varna, Bulgaria; and Golcuk, Turkey"."""
    begin = at + 1 + (line.low(at + 1) == "and")
    place = line.starting("place", begin)
    ends = [at, *(n for n in range(at - 4, at - 1) if behind_state(line, n) == at)]  # "Cleveland, Ohio; Halifax, Nova Scotia; and …"
    before = next((f for n in ends if (f := line.ending("place", n))), None)
    return before is not None and place is not None and line.low(place.last) in (",", ";", "", ".", "and")


_TELLS_DAY = frozenset(["that", "which", "began", "begun", "started", "ended", "beginning", "starting", "and", ",", "when", "where"])
_VOYAGE_TOKENS = 7


def _voyage_between(line: Line, at: int, on: int) -> bool:
    """Whether nothing but a voyage of some length, and where it was, stands between two tokens."""
    spans, behind = line.doc.lexicon.sets["voyage_spans"], line.lows[at + 1 : on]
    length = any(low in _LENGTHS or low.endswith(("-month", "-day", "-week")) for low in behind[:_VOYAGE_TOKENS])
    span = next((n for n, low in enumerate(behind[:_VOYAGE_TOKENS]) if low in spans), None)
    return length and span is not None and _TELLS_DAY.isdisjoint(behind[span:])


_LENGTHS = frozenset(["month", "day", "week", "months", "days", "weeks", "year"])
_ENDS_VOYAGE = frozenset(["after", "following", "while", "during"])


def _day_closes(line: Line, at: int) -> bool:
    """Whether a day behind a comma closes the sentence, and so is the verb's: "returned to Toulon following a 92-day patrol, Dec. 3"."""
    lexicon = line.doc.lexicon
    comma = next((n for n in range(line.size - 1, at, -1) if line.text(n) == "," and not line.low(n + 1)[:1].isdecimal()), None)
    on = next((n for n in range(line.size - 1, at, -1) if line.low(n) == "on"), None)
    if on is not None and _voyage_between(line, at, on):
        comma = on  # "returned to Toulon after a seven-month deployment to the Gulf on Dec. 3"
    if comma is None or (line.low(comma + 1) not in lexicon.months and line.low(comma + 1) not in lexicon.weekdays):
        return False
    return all(
        low in lexicon.months or low in lexicon.weekdays or low[:1].isdecimal() or not low.isalpha() for low in line.lows[comma + 1 :]
    ) and not any(f.first > at for f in line.found("vessel"))


_NOT_TOKENS = 7


def _to_another_place(line: Line, at: int) -> bool:
    """Whether "but" only sets a place against one that is denied: "sailed not for Malta but for Rota"."""
    how = line.starting("preposition", at + 1)
    place = how and line.starting("place", how.last + (line.low(how.last) == "the"))
    return place is not None and "not" in line.lows[max(at - _NOT_TOKENS, 0) : at]


def _compares(line: Line, at: int) -> bool:
    """Whether an "as" opens no clause: "was followed as far as Gibraltar by …", "left as early as Monday", "sailed as a group to Guam"."""
    if line.low(at) == "as" and line.low(at + 1 + (line.low(at + 1) in ("a", "one", "an"))) in _AS_ONE and line.low(at + 2) != "of":
        return True
    if line.low(at) == "after" and line.low(at - 1) == "one":
        return True  # "leave one after the other on Thursday"
    return line.low(at) == "as" and "as" in (line.low(at + 2), line.low(at - 2))


_AS_ONE = frozenset(["group", "unit", "pair", "trio", "squadron", "force", "convoy", "formation", "one"])


def _that_day(line: Line, at: int) -> bool:
    """Whether a word only tells a day or points at a place or at ships: "that evening", "the day before, off Crete", "that port"."""
    word, spans = line.low(at), line.doc.lexicon.sets["spans_of_time"]
    if word == "that" and line.starting("anaphor", at + 1 + (line.low(at + 1) == "same")):
        verb = line.ending("trigger", at)
        return verb is not None and any(rule.direct for rule, _ in verb.data)  # "left that port on Monday"
    if word == "that" and (line.starting("type", at + 1) or line.starting("group", at + 1)):
        watch = line.ending("trigger", at)
        return watch is not None and any(rule.object for rule, _ in watch.data)  # "is shadowing that group"
    if word == "that" and line.low(at - 1) in _COUNTS_FROM:
        return _says_no_more(line, at + 1)  # "two days after that", "having worked before that in the Kara Sea"
    if word in ("that", "following"):
        day = line.low(at + 1) in spans or (word == "that" and line.low(at + 1) in line.doc.lexicon.weekdays)
        return day and (word == "that" or line.low(at - 1) == "the")
    if word not in _COUNTS_FROM:
        return False
    counted = line.low(at - 1) in spans or line.low(at - 1) in _DAYS
    points = line.low(at + 1) in _POINTS
    return (counted or points or word == "before") and _says_no_more(line, at + 1 + points)


_COUNTS_FROM, _POINTS = frozenset(["before", "after"]), frozenset(["that", "this"])


def _says_no_more(line: Line, at: int) -> bool:
    """Whether no clause begins at a token: the sentence, its part, or a place follows."""
    return not line.text(at).isalnum() or line.starting("preposition", at) is not None


_SO_LONG_TOKENS = 4


def _after_so_long(line: Line, at: int) -> bool:
    """Whether "after" only tells how long something was: "Home in Halifax again after six months is HMCS Toronto"."""
    behind = line.lows[at + 1 : at + 1 + _SO_LONG_TOKENS]
    counted = line.starting("number", at + 1) is not None or line.low(at + 1) in ("a", "several", "some", "many") or line.low(at + 1).isdecimal()
    return line.low(at) == "after" and counted and not line.doc.lexicon.sets["voyage_spans"].isdisjoint(behind)


_DAY_WORDS = frozenset(["early", "late", "yesterday", "last", "of"])


def dates_only(line: Line, at: int, end: int) -> bool:
    """Whether "since", "until" or "after" only brings a date."""
    nearby, lexicon = line.lows[at + 1 : min(at + 4, end)], line.doc.lexicon
    return (
        line.low(at) in ("since", "until", "after", "before", "as")
        and (
            line.starting("relative", at + 1) is not None
            or line.starting("carry", at) is not None  # "before the day was out"
            or line.starting("relative", at) is not None  # "before the month is out"
            or (line.low(at) == "since" and not line.low(at + 1 + (line.low(at + 1) == "then")).isalnum())  # "has not been seen since (then)"
            or any(w[:1].isdecimal() or w in lexicon.months or w in lexicon.weekdays or w in _DAY_WORDS for w in nearby)
            or line.low(at + 1) in lexicon.sets["hours_named"]  # "shortly before noon today"
            or (line.low(at) == "after" and _so_many_days(line, at))
        )
    )


_DAYS, _CLOSES_DAYS = frozenset(["days", "weeks", "nights", "months", "hours"]), frozenset(["", ".", ",", ";", "there", "in"])


def _so_many_days(line: Line, at: int) -> bool:
    """Whether a word only tells how long it took: "left again after four days", "sailed after two weeks in port"."""
    days = at + 2 + (line.low(at + 1) in ("only", "just", "another"))
    if line.low(days) not in _DAYS or line.low(days + 1) not in _CLOSES_DAYS:
        return False
    return line.low(days + 1) != "in" or line.low(days + 2) in ("port", "harbour", "harbor")
