"""Stage 5, clauses: which words of movement fire in a sentence, in what voice, and how far each reaches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tracker.domain.kinds import EventKind
from tracker.domain.records import changed
from tracker.extract.line import Found, Line
from tracker.extract.mention import VesselMention
from tracker.extract.places import PlaceMention
from tracker.extract.spans import longest_first
from tracker.gazetteer.lexicon import Lexicon, Rule


@dataclass(slots=True)  # not frozen, for speed
class Trigger:
    """A word of movement that fires: its rule, its tokens, its voice, and the tokens it reaches to the right and left."""

    rule: Rule
    form: str
    first: int
    last: int
    chain: int  # first token of its auxiliaries
    passive: bool
    reach: tuple[int, int]
    others: tuple[Rule, ...] = ()  # further rules that the same word may mean, tried when the first tells nothing
    carries: bool = False  # the verb of a noun that stands in front of it: "A drill was held"


def find_triggers(line: Line, vessels: Sequence[VesselMention], places: Sequence[PlaceMention]) -> list[Trigger]:
    """The triggers of a sentence, in order, of each chain of verbs the last ("was seen leaving" is leaving)."""
    found = line.found("trigger")
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
    if "off" in line.words:
        candidates = [f for f in candidates if not _off_place(line, f, places)]
    if "in" in line.words:
        candidates = [f for f in candidates if not _in_waters(line, f)]
    if "place" in line.words:
        candidates = [f for f in candidates if line.low(f.last) != "place" or f.last - f.first > 1]  # "is thought to have taken place"
    if "stopped" in line.words:
        candidates = [f for f in candidates if not _was_stopped(line, f)]
    if "by" in line.words:
        candidates = [f for f in candidates if not _ends_in_agent(line, f, vessels)]
    fired = [
        t
        for f in longest_first(candidates)
        if (t := _fire(line, f, vessels) or _noun_inside(line, f, candidates, vessels)) and _has_place(line, t, places)
    ]
    fired = _each_verb_once(fired)
    wide = [t for t in fired if t.last - t.first > 1]
    fired = [t for t in fired if not _is_link(line, t, vessels) and not any(o.first <= t.first and t.last < o.last for o in wide)]
    if not fired:
        return fired
    fired = _without_spending(line, _without_cleft(line, _last_of_chains(line, fired, vessels)), places)
    if len(fired) > 1 and _leads_in(fired[0], fired[1], vessels):
        fired = fired[1:]  # "Westward through the strait have gone A and B"
    opened = _opened_by_place(line, vessels)
    ends = sorted({*line.where(_may_end(line.doc.lexicon)), *opened})
    return [_with_reach(line, fired, number, opened, ends) for number in range(len(fired))]


_PUTS = frozenset(["put", "puts", "putting"])


def _leads_in(state: Trigger, verb: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a way that opens a sentence is told of whom the next verb names behind it: "Westward through the strait have gone A and B"."""
    inverted = any(rule.subject == "inverted" for rule in (verb.rule, *verb.others))
    opens = state.form == "state" and state.chain == 0 and state.rule.kind is EventKind.TRANSIT
    return opens and inverted and any(0 <= m.first - verb.last <= 1 for m in vessels) and not any(m.first < verb.chain for m in vessels)


def _off_place(line: Line, found: Found, places: Sequence[PlaceMention]) -> bool:
    """Whether the "off" of a verb belongs to the place behind it: "was seen off Bornholm" bids nobody farewell."""
    if line.low(found.last - 1) != "off" or found.data[0][0].id != "depart.farewell":
        return False
    return any(p.how == "off" and 0 <= p.first - found.last <= 4 for p in places)


def _in_waters(line: Line, found: Found) -> bool:
    """Whether the "in" of "sailed in" belongs to what is behind it: "sailed in the contiguous zone", "sailed in January" came into no port."""
    if found.last - found.first != 2 or line.low(found.last - 1) != "in" or not line.low(found.first).startswith(("sail", "steam")):
        return False
    behind, lexicon = line.low(found.last), line.doc.lexicon
    if behind in lexicon.months or behind in lexicon.seasons or behind[:2] in ("19", "20") or behind in ("early", "mid", "late"):
        return True
    return behind in ("the", "a", "an", "company", "formation", "convoy") or any(line.starting(k, found.last) for k in ("nation", "place"))


_AGENT_TOKENS = 4


def _ends_in_agent(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether the "by" of a verb tells who did it: "Malta was left by two frigates" is no "left by the western entrance"."""
    by = found.last - 1
    passing = found.data[0][0].kind is EventKind.TRANSIT and found.last - found.first > 1
    if line.low(by) != "by" or not passing or not any(0 <= m.first - found.last <= _AGENT_TOKENS for m in vessels):
        return False
    return not line.doc.lexicon.sets["be"].isdisjoint(line.lows[_chain_start(line, found.first) : found.first])


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
    if found.last - found.first < 2:
        return None
    passed = any(rule.id == "supply.passed" for rule, _ in found.data)  # "was brought to Limassol" passes nothing to a ship
    shorter = (o for o in candidates if o.first == found.first and o.last < found.last)
    shorter = (o for o in shorter if passed or any(form == "noun" for _, form in o.data))
    return next((t for o in shorter if (t := _fire(line, o, vessels)) and (passed or t.rule.light)), None)


@dataclass(frozen=True, slots=True)
class _Senses:
    """What a word of movement may mean, sorted by its forms once and for all."""

    nouns: tuple[Rule, ...]
    only_nouns: bool
    active: dict[str, Rule]  # form -> rule
    passive: dict[str, Rule]  # the same behind a form of "be"
    others: tuple[Rule, ...]  # empty where no form has two rules


@lru_cache(maxsize=8192)
def _senses(data: tuple[tuple[Rule, str], ...]) -> _Senses:
    nouns = tuple(rule for rule, form in data if form == "noun")
    verbs = [(rule, form) for rule, form in reversed(data) if form != "noun" and not (nouns and form == "state")]
    forms = [form for _, form in data]
    return _Senses(
        nouns,
        all(form in ("noun", "state") for form in forms),
        {form: rule for rule, form in verbs if not rule.passive},
        {form: rule for rule, form in verbs},
        tuple(rule for rule, form in data if forms.count(form) > 1),
    )


def _fire(line: Line, found: Found, vessels: Sequence[VesselMention]) -> Trigger | None:
    senses = _senses(found.data)
    if senses.nouns:
        carried = [t for rule in senses.nouns if (t := _carried(line, found, rule, vessels) or _carried_behind(line, found, rule, vessels))]
        if not carried and _is_owned_stay(line, found, vessels):
            return Trigger(line.doc.lexicon.rules["noun.stay"], "state", found.first, found.last, found.first, False, (found.last, found.last))
        if not carried and senses.nouns[0].id == "sea.patrol":
            return Trigger(line.doc.lexicon.rules["noun.voyage"], "state", found.first, found.last, found.first, False, (found.last, found.last))
        if carried or senses.only_nouns:
            return changed(carried[0], others=tuple([t.rule for t in carried[1:]])) if len(carried) > 1 else next(iter(carried), None)
    if line.low(found.first) == "near" and found.last - found.first == 1:
        return None  # a preposition
    if line.low(found.first) == "left" and found.last - found.first == 1 and _is_side(line, found.first):
        return None  # "USS Cole, left, delivers fuel"
    if found.first == 0 and found.last == 1 and line.low(0) == "left" and _stay_left(line):
        return Trigger(line.doc.lexicon.rules["see.sighting"], "state", 0, 1, 0, False, (1, 1))
    if line.low(found.first) in ("'", "’") and line.low(found.first - 1) not in line.doc.lexicon.sets["short_is"]:
        return None  # a possessive and no "is"
    chain = _chain_start(line, found.first)
    words = set(line.lows[chain : found.first])
    passive = not words.isdisjoint(line.doc.lexicon.sets["be"]) and not _to_have(line, chain, found.first)
    if passive and _of_the_last(line, chain, vessels):
        return None  # "The last frigate to be moored at Tartus, X, …"
    passive = passive or (any(rule.passive for rule, _ in found.data) and _shares_passive(line, chain, found.last))
    forms = senses.passive if passive else senses.active
    joined = line.text(found.first - 1) == "-" and line.ends[found.first - 1] == line.starts[found.first]
    if not forms or (joined and ("state" not in forms or line.low(found.first) == "deployed")):
        return None  # "Chinese-run" runs nowhere
    form = _form(line, found, forms, words, vessels)
    if form is None or (form in ("base", "pres", "past", "part") and line.low(found.first - 1) == "no"):
        return None  # "needs no run back to Buenos Aires"
    rule = forms[form]
    if rule.id == "supply.passed" and line.low(found.last - 1) in ("to", "into") and not _ship_behind(line, found.last, vessels):
        return None
    if rule.host and line.low(found.first) in line.doc.lexicon.sets["have"] and (_is_perfect(line, found) or _turned_round(line)):
        return None
    if form in ("past", "part") and not passive and "part" in forms and "past" in forms and words & line.doc.lexicon.sets["have"]:
        rule = forms["part"]
    others = senses.others and tuple([r for r, f in found.data if f == form and r is not rule and (not r.passive or passive)])
    if form in ("past", "pres", "part") and (ranked := _among_start(line, chain)) < chain:
        chain = ranked
    if form == "base" and "only" in words and "to" in words and words.isdisjoint(line.doc.lexicon.sets["be"]):
        form = "past"  # "left Ream in January only to return within days": they did
    elif form == "base" and (ranked := min(_rank_start(line, chain), _among_start(line, chain))) < chain:
        chain = ranked
        form, passive = "past" if _PRESENT.isdisjoint(line.lows[chain : chain + 3]) else "base", False
    return Trigger(rule, form, found.first, found.last, chain, passive and form in ("past", "part"), (found.last, found.last), others)


def _of_the_last(line: Line, chain: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a passive behind "to be" only says which ship is meant: "The last frigate to be moored at Tartus, the Grigorovich, left"."""
    if line.low(chain) != "to" or line.low(chain + 1) != "be":
        return False
    told = next((m for m in vessels if m.last == chain and not m.name), None)
    if told is None or line.low(told.first - 1) in line.doc.lexicon.sets["be"] or line.low(told.first - 1) in _BECAME:
        return False
    return not line.doc.lexicon.sets["ranks"].isdisjoint(line.lows[max(told.first - 1, 0) : told.last])


def _ship_behind(line: Line, at: int, vessels: Sequence[VesselMention]) -> bool:
    return line.low(at) in ("her", "him", "them", "it") or any(0 <= m.first - at <= 1 for m in vessels)


_SHARED_PASSIVE = 24
_LED = frozenset(["to", "into", "from", "through", "back", "home", "off", "out", "in"])


def _shares_passive(line: Line, chain: int, last: int) -> bool:
    """Whether "and" joins a participle to a passive in front of it: "was boarded off Oman by commandos and taken to Mumbai"."""
    if line.low(chain - 1) not in ("and", "then") or line.low(last) not in _LED:
        return False
    be = line.doc.lexicon.sets["be"]
    at = next((n for n in range(chain - 2, max(chain - _SHARED_PASSIVE, 0), -1) if line.low(n) in be or line.low(n) in (";", "which", "who")), None)
    if at is None or line.low(at) not in be:
        return False
    return any(f.first in (at + 1, at + 2) and any(form == "part" for _, form in f.data) for f in line.found("trigger"))


_OWNER_TOKENS = 5


def _is_owned_stay(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a noun without a verb is the visit of a ship: "HMS Kent's visit to Gibraltar began on Monday", "A visit to Malta by HMS Kent"."""
    sets = line.doc.lexicon.sets
    if line.low(found.last - 1) not in sets["stays"] or line.low(found.last) not in ("to", "in", "at") or found.first > _OWNER_TOKENS * 2:
        return False
    if not any(0 <= f.first - found.last - 1 <= _OWNER_TOKENS for f in line.found("place")):
        return False
    owned = any(
        line.low(m.last) in ("'", "’") and m.last < found.first <= m.last + 2 + _OWNER_TOKENS
        for m in vessels
        if line.low(m.last + 1) == "s" or line.text(m.last - 1).endswith("s")
    )
    return owned or any(line.low(m.first - 1) == "by" and 0 < m.first - found.last <= 2 * _OWNER_TOKENS for m in vessels)


def _to_have(line: Line, chain: int, first: int) -> bool:
    """Whether "have" is the last of a verb's helpers, which are no passive then: "was to have visited Punta Arenas"."""
    helpers = [low for low in line.lows[chain:first] if low in line.doc.lexicon.sets["be"] or low == "have"]
    return len(helpers) > 1 and helpers[-1] == "have"


def _is_perfect(line: Line, found: Found) -> bool:
    """Whether "has" only helps another verb: "Toulon has invited the frigate Aconit"."""
    behind = line.low(found.last + (line.low(found.last) in line.doc.lexicon.sets["adverbs"]))
    return behind.endswith("ed") or behind in ("been", "taken", "given", "sent", "become", "seen", "made", "sold", "built", "told", "asked", "long")


def _turned_round(line: Line) -> bool:
    """Whether a participle opens the sentence whose helper stands further behind: "Sailed from Kiel on Monday have two frigates"."""
    return any(f.first == 0 and any(form == "part" for _, form in f.data) for f in line.found("trigger"))


_BECAME = frozenset(["become", "became", "becoming", "becomes"])
_PRESENT = frozenset(["is", "are", "be", "become", "becomes", "will"])
_RANK_TOKENS = 7


def _rank_start(line: Line, to: int) -> int:
    """The first token of "was the first American warship to" in front of a verb, else the given one: who is the first to do something does it."""
    ranks = line.doc.lexicon.sets["ranks"]
    to += line.low(to) in ranks and line.low(to + 1) == "to"
    if line.low(to) != "to" or ranks.isdisjoint(line.lows[max(to - _RANK_TOKENS, 0) : to]):
        return to
    at = next(n for n in range(to - 1, -1, -1) if line.low(n) in ranks)
    own = line.low(at - 1) in ("the", "her", "its", "only", "very")
    at -= 1 + own + (line.low(at - 2) == "the")
    if line.low(at) not in _BECAME and line.low(at) not in line.doc.lexicon.sets["be"]:
        return to
    whole = all(line.text(n).isalpha() or line.text(n) in ("-", "'", "’") for n in range(at, to))
    return _chain_start(line, at) if whole else to


_AMONG_TOKENS = 7


def _among_start(line: Line, to: int) -> int:
    """The first token of "was among the ships that" or "was one of those to" in front of a verb, else the given one: who is among them does it."""
    joint = to if line.low(to) == "to" else to - 1
    if line.low(joint) not in ("to", "that", "which"):
        return to
    for at in range(joint - 1, max(joint - _AMONG_TOKENS, 0), -1):
        among = line.low(at) == "among" or (line.low(at) == "one" and line.low(at + 1) == "of")
        if among and line.low(at - 1) in line.doc.lexicon.sets["be"]:
            return _chain_start(line, at)
        if not line.text(at).isalnum() or (line.low(at) in _RELATIVE and at < joint):
            return to
    return to


_RELATIVE_RUNS = frozenset(["run", "ran", "runs", "running", "continue", "continued", "from", "until", "till", "for", "between", "to", "through"])


def _runs(line: Line, trigger: Trigger) -> bool:
    """Whether a clause of "which" tells when something was: "which ran from the 3rd to the 6th", "which had run until Friday"."""
    if not _RELATIVE_RUNS.issuperset((line.low(trigger.first), line.low(trigger.last))):
        return False
    behind = trigger.last + 1 + (line.low(trigger.last + 1) == "the")
    dated = line.low(behind)[:1].isdigit() or line.low(behind) in line.doc.lexicon.months or line.low(behind) in line.doc.lexicon.weekdays
    return dated and any(line.low(n) in ("which", "that") for n in range(trigger.chain - 1, max(trigger.chain - 3, -1), -1))


_SHARED_TOKENS = 4
_CHASED = frozenset([",", ".", ";", "by", "and", ""])


def _is_link(line: Line, trigger: Trigger, vessels: Sequence[VesselMention]) -> bool:
    """Whether a word of movement only links: "in May following a refit", "sailed alongside USS X", "images captured on Monday"."""
    word, bare = line.low(trigger.first), trigger.chain == trigger.first
    if word == "following" and bare and trigger.form == "ing":
        near = any(0 <= m.first - trigger.last <= 2 for m in vessels)
        return not near and line.low(trigger.last) not in ("her", "it", "them", "him")
    if trigger.rule.id == "arrive.home":
        return trigger.first > 1 or line.doc.lexicon.sets["be"].isdisjoint(line.lows[trigger.last :])  # "Home at Rota today is the destroyer X"
    if trigger.rule.id == "see.unseen" and line.low(trigger.last) in ("that", "on", "whether", "when"):
        return True  # "There was no sign that the carrier had left", "no word on when she will"
    if (
        trigger.rule.id == "sea.state"
        and bare
        and line.low(trigger.first - 1).endswith("ing")
        and line.opens(word_at := trigger.first, line.doc.lexicon.sets["on_surface"])
    ):
        return line.ending("type", word_at - 1) is not None
    if trigger.form == "ing" and bare and line.opens(trigger.last, line.doc.lexicon.sets["on_surface"]):
        return any(m.last == trigger.first for m in vessels) or line.ending("type", trigger.first) is not None
    if trigger.rule.id == "sea.relieve":
        return trigger.passive or not any(0 <= m.first - trigger.last <= 1 for m in vessels)  # "that Rhön relieved in April"
    if (
        trigger.rule.id in ("way.head", "transit.pass")
        and _RELATIVE_RUNS.issuperset((line.low(trigger.first), line.low(trigger.last)))
        and _runs(line, trigger)
    ):
        return True  # "a visit to Manila, which had run from 3 to 6 December"
    if word in ("let", "lets", "letting") and trigger.rule.id == "carry.active" and trigger.last - trigger.first == 1:
        let = next((m.last for m in vessels if 0 <= m.first - trigger.last <= 1), trigger.last + (line.low(trigger.last) in _HER))
        return not line.starting("preposition", let)  # "would not let the pair pass the strait"
    if word == "followed" and bare and line.low(trigger.first - 1) in ("that", "which"):
        return line.low(trigger.first - 2) in line.doc.lexicon.sets["times_followed"]  # "in the days that followed"
    if word == "carried" and line.low(trigger.last) in ("out", "on") and trigger.last - trigger.first == 1:
        return True  # "was carried out off Guam"
    if word == "out" and line.low(trigger.first - 1) in ("turn", "turned", "turns", "turning"):
        return True  # "Crowds turned out in Portsmouth to greet the frigate"
    if word in ("put", "puts") and line.low(trigger.first + 1) == "it" and not line.low(trigger.first + 2).isalpha():
        return True  # "as one stoker put it"
    if trigger.rule.object == "supply" and bare and word in line.doc.lexicon.sets["supplies"] and line.low(trigger.first - 1) in ("and", ",", "or"):
        of_list = not line.doc.lexicon.sets["supplies"].isdisjoint(line.lows[max(trigger.first - 4, 0) : trigger.first - 1])
        return of_list or line.low(trigger.last) == "both"  # "fuel and provisions", "with water and fuel both short"
    if word == "seen" and line.low(trigger.last) == "off" and line.low(trigger.last + 1) in _CHASED:
        return True  # "had to be seen off"
    if word.startswith("serv") and line.low(trigger.last) in ("aboard", "on", "in") and any(0 <= m.first - trigger.last <= 2 for m in vessels):
        return True  # "he served aboard HMS X in the Gulf"
    if trigger.rule.needs == "handed":
        return not {"over", "on"} & set(line.lows[trigger.last : trigger.last + 2 * _SHARED_TOKENS])
    if word == "alongside" and trigger.last - trigger.first == 1:
        return any(m.first == trigger.last for m in vessels)
    pictured = word in line.doc.lexicon.sets["picture_verbs"] and bare and trigger.rule.seen
    return pictured and not line.doc.lexicon.sets["pictures"].isdisjoint(line.lows[max(trigger.first - 2, 0) : trigger.first])


def _without_cleft(line: Line, fired: list[Trigger]) -> list[Trigger]:
    """Without the copula of "It was off Ushant that …", which tells nothing itself."""
    opens = line.lows[0] == "it" and fired[0].first <= 1
    opens = opens or (line.low(fired[0].first - 1) == "it" and fired[0].chain == fired[0].first)
    if len(fired) > 1 and opens and line.low(fired[0].first) in ("was", "is") and fired[0].rule.copula:
        cut = any(line.low(n) in ("that", "when", "where") for n in range(2, fired[1].first))
        return fired[1:] if cut else fired
    return fired


def _without_spending(line: Line, fired: list[Trigger], places: Sequence[PlaceMention]) -> list[Trigger]:
    """Without a "spent" that tells no place itself: "spent Christmas at sea in the Ionian Sea"."""
    ahead = [*fired[1:], None]
    return [
        t
        for t, then in zip(fired, ahead, strict=True)
        if t.rule.id != "stay.spend"
        or "where" in line.lows[: t.chain]
        or any(t.last <= p.first and (then is None or p.first < then.first) for p in places)
    ]


def _has_place(line: Line, trigger: Trigger, places: Sequence[PlaceMention]) -> bool:
    """Whether a place stands right beside a trigger that tells nothing without one: "made Manila", "due Toulon", "put Malta astern"."""
    if trigger.rule.needs == "behind":
        return any(p.last in (trigger.first, trigger.chain) for p in places)
    return trigger.rule.needs != "direct" or any(0 <= p.first - trigger.last <= (line.low(trigger.last) == "the") for p in places)


def _in_list(line: Line, vessels: Sequence[VesselMention]) -> set[int]:
    """The tokens of vessels and of what joins them: "had HMS Tyne and the tug X for company"."""
    covered = {n for m in vessels for n in range(m.first, m.last)}
    ordered = sorted(vessels, key=lambda m: m.first)
    for before, then in pairwise(ordered):
        gap = range(before.last, then.first)
        if len(gap) <= _LISTED and all(line.low(n) in (",", "and", "the", "a") for n in gap):
            covered.update(gap)
    return covered


_LISTED = 3


def _carried(line: Line, found: Found, rule: Rule, vessels: Sequence[VesselMention]) -> Trigger | None:
    """The trigger that a noun makes with the verb that carries it: "made a brief port call", "are to hold a passage exercise"."""
    if line.words.isdisjoint(_light_ends(rule)) or (rule.id == "supply.pass" and not _passes_to(line, found, vessels)):
        return None
    covered = _in_list(line, vessels) if rule.object in ("escort", "supply") else set()  # "had the trio in sight"
    for last in range(found.first, max(found.first - 7 - len(covered), 0), -1):
        if last in covered and last - 1 in covered:
            continue
        if (
            last < found.first
            and not (rule.object == "supply" and line.low(last) == "of" and line.low(last - 1) in line.doc.lexicon.sets["quantities"])
            and last not in covered
            and (
                line.low(last) in line.doc.lexicon.sets["between_verb_and_noun"]
                or (rule.kind is not EventKind.TRANSIT and line.starting("place", last) and not _is_paid(line, last))
                or any(m.first <= last < m.last for m in vessels)
            )
        ):
            return None
        for size in (3, 2, 1):
            first = last - size
            tag = rule.light.get(" ".join(line.lows[first:last])) if first >= 0 else None
            if tag is None:
                continue
            chain = _chain_start(line, first)
            words = set(line.lows[chain:first])
            if tag == "base" and not words and not any(m.last == first for m in vessels) and line.low(first - 1) != "and":
                return None
            if tag == "base" and "to" in words and not words & line.doc.lexicon.sets["governs_infinitive"]:
                return None
            return Trigger(rule, tag, first, found.last, chain, False, (found.last, found.last))
    return None


_BEHIND_TOKENS = 14
_OPENS_CLAUSE = frozenset(
    ["", ",", "and", "but", "that", "when", "where", "while", "after", "before", "as", ":", ";", "–", "—", "“", '"', "(", "which"]
)


def _carried_behind(line: Line, found: Found, rule: Rule, vessels: Sequence[VesselMention]) -> Trigger | None:
    """The trigger that a verb in the passive makes with the noun it carries: "Missiles were fired by X", "An exercise off Crete was held by X"."""
    be = line.doc.lexicon.sets["be"]
    if rule.id == "supply.pass" or be.isdisjoint(line.words) or line.words.isdisjoint(_light_ends(rule)) or not _is_subject(line, found.first):
        return None
    end = min(found.last + _BEHIND_TOKENS, line.size)
    at = next((n for n in range(found.last, end) if line.low(n) in be or not (line.text(n).isalnum() or line.low(n) in ("-", "'", "’"))), None)
    if at is None or line.low(at) not in be:
        return None
    between = [m for m in vessels if found.last <= m.first < at]
    if any(line.low(_front(line, m.first)) not in ("by", "of", "with", "for") for m in between):
        return None
    first = at + 1
    while line.low(first) in be or line.low(first) in line.doc.lexicon.sets["adverbs"]:
        first += 1
    for size in (3, 2, 1):
        tag = rule.light.get(" ".join(line.lows[first : first + size]))
        if tag in ("part", "past"):
            chain = _chain_start(line, at)
            return Trigger(rule, "part", first, first + size, chain, True, (first + size, first + size), carries=True)
    return None


def _front(line: Line, first: int) -> int:
    """The token in front of a phrase without its article."""
    return first - 1 - (line.low(first - 1) in ("the", "a", "an"))


_PHRASE_TOKENS = 6


def _is_subject(line: Line, first: int) -> bool:
    """Whether the noun phrase that ends in a noun opens its clause, or has an article and no preposition in front of it."""
    at, small = first - 1, line.doc.lexicon
    while first - at <= _PHRASE_TOKENS and (
        line.low(at) in small.modifiers or "-" in line.lows[max(at - 1, 0) : at + 2] or line.ending("nation", at + 1)
    ):
        at -= 1
    if line.low(at) in ("a", "an", "the", "her", "its", "their", "another", "two", "three", "several", "some"):
        return not line.ending("preposition", at) and line.low(at - 1) not in ("of", "with", "by", "for", "during", "after", "before", "into")
    return line.low(at) in _OPENS_CLAUSE or line.low(at).isdigit()


def _passes_to(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a ship stands behind what is passed to her: "passed 300 tonnes of fuel to the frigate X"."""
    return line.low(found.last) == "to" and any(0 <= m.first - found.last - 1 <= 1 for m in vessels)


PAYS = frozenset(["pay", "pays", "paid", "paying"])


def _is_paid(line: Line, at: int) -> bool:
    """Whether a place stands behind a form of "pay": "paid Malta a visit", "has paid the port of Colombo a call"."""
    at -= 1
    while line.low(at) in ("the", "of") or line.low(at) in line.doc.lexicon.sets["facilities"]:
        at -= 1
    return line.low(at) in PAYS


@lru_cache(maxsize=1024)
def _light_ends(rule: Rule) -> frozenset[str]:
    """The last words of the verbs that carry a rule's nouns."""
    return frozenset(verb.split()[-1] for verb in rule.light)


_RANKED = frozenset(["first", "last"])


def _chain_start(line: Line, at: int) -> int:
    """The first token of the auxiliaries and adverbs before a verb."""
    first, links = at, _links(line.doc.lexicon)
    for _ in range(9):
        word = line.low(first - 1)
        if word == "may" and line.text(first - 1) == "May" and first > 1:
            break  # the month
        if word in _RANKED and line.low(first - 2) == "the":
            break  # "The first left on Monday"
        manner = (
            word.endswith("ly") and len(word) > 4 and line.text(first - 1).islower() and line.low(first - 2) in line.doc.lexicon.sets["auxiliaries"]
        )
        if (first and (word in links or manner)) or (word in ("'", "’") and line.low(first) in ("s", "re", "ll", "d", "ve")):
            first -= 1
        else:
            break
    return first


@lru_cache(maxsize=4)
def _links(lexicon: Lexicon) -> frozenset[str]:
    """The words that can stand in a chain of verbs in front of its last."""
    return lexicon.sets["auxiliaries"] | lexicon.sets["adverbs"] | lexicon.sets["chain"]


def _form(line: Line, found: Found, forms: dict[str, Rule], words: set[str], vessels: Sequence[VesselMention]) -> str | None:
    """Which form the verb has here, or None where it is a noun, an adjective or a purpose."""
    if "state" in forms:
        goes_on = line.low(found.first - 1) == "and" and _after_modal(line, found.first - 1)
        return "base" if "base" in forms and (goes_on or _in_list_of_acts(line, found) or _asked_of(line, found, vessels)) else "state"
    before = line.low(found.first - 1)
    if line.low(found.first) == "gone" and not words & (line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]):
        return None
    if "ing" in forms:
        noun = (
            (before == "of" and line.low(found.first - 2) in _LENGTHS)
            or before in ("the", "a", "an")
            or before in line.doc.lexicon.sets["courses"]
            or _is_training(line, found, words, vessels)
        )
        return None if noun else "ing"
    if "past" in forms or "part" in forms:
        alone = found.last - found.first == 1
        left = (alone and line.low(found.last) in ("of", "side", "wing", "hand")) or (
            line.low(found.last) == "behind" and line.low(found.last + 1) != "by" and not _by_ships(line, found, vessels)
        )
        left = left or (line.low(found.first) == "left" and line.low(found.last) in line.doc.lexicon.sets["left_so"])  # "left unanswered"
        if before == "to" and "base" in forms and not left:
            return _base(line, found, forms, words, vessels)  # "is to put to sea", "is due to set out"
        if before in ("the", "a", "an", "its", "her", "his", "their", "to") or left:
            return None
        if "past" in forms and not words & (line.doc.lexicon.sets["be"] | line.doc.lexicon.sets["have"]):
            return "past"
        return "part" if "part" in forms else "past"
    if "base" in forms and ("pres" not in forms or words & _MODALS or "to" in words):
        return _base(line, found, forms, words, vessels)  # "Jakarta will have the frigate X"
    return "pres" if "pres" in forms and _has_subject(line, found, vessels) else None


_SIDED, _CLOSED = frozenset([",", "(", "at", "far", "top", "bottom", "upper", "lower"]), frozenset([",", ")"])


def _is_side(line: Line, at: int) -> bool:
    """Whether "left" tells where in a picture a ship is: "USS Cole (DDG 67), at left, fuels …"."""
    return line.low(at - 1) in _SIDED and line.text(at + 1) in _CLOSED and (line.text(at - 1) != "," or line.text(at + 1) == ",")


_STAYED_TOKENS = 9


def _stay_left(line: Line) -> bool:
    """Whether a sentence opens with who stayed somewhere: "Left in Tartus were four ships"."""
    behind = line.lows[2:_STAYED_TOKENS]
    return line.low(1) in ("in", "at", "off") and not line.doc.lexicon.sets["be"].isdisjoint(behind)


def _by_ships(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether what is left behind was left by ships: "Souda Bay was left behind on Monday by the frigate"."""
    return any(m.first > found.last and line.low(_front(line, m.first)) == "by" for m in vessels)


_LENGTHS = frozenset(["days", "weeks", "months", "years", "hours", "miles", "day", "week", "month"])
"""Of these a verb in -ing is a noun: "103 days of sailing"."""


def _base(line: Line, found: Found, forms: dict[str, Rule], words: set[str], vessels: Sequence[VesselMention]) -> str | None:
    if line.low(found.first) == "leave" and line.low(found.first - 1) in line.doc.lexicon.sets["granted"]:
        return None  # "did not get leave"
    if words & {"will", "would", "may", "might", "could", "can", "ca", "wo", "should", "must", "shall", "did", "does", "do"}:
        return "base"
    if "to" in words and "only" in words and words.isdisjoint(line.doc.lexicon.sets["be"]):
        return "base"  # "left Ream in January only to return within days"
    if "to" in words and _chain_start(line, found.first) == 0:
        return "base"  # "To sail from Pearl Harbor today: …"
    if "to" in words and _ranks_first(line, _chain_start(line, found.first), vessels):
        return "base"
    if "to" in words and any(rule.object == "escort" for rule in forms.values()) and _sent_to(line, found, vessels):
        return "base"
    if "to" in words and any(rule.id == "carry.send" for rule, _ in found.data) and _made_to(line, found.first):
        return "base"
    if "to" in words and (expected_of(line, found.first, vessels) or let_to(line, found.first, vessels)):
        return "base"
    if "to" in words and (
        min(_rank_start(line, chain := _chain_start(line, found.first)), _among_start(line, chain)) < chain or _goes_on_with_to(line, chain)
    ):
        return "base"
    if "to" in words:
        return "base" if words & line.doc.lexicon.sets["governs_infinitive"] else None
    if (
        line.ending("place", found.first)
        and any(rule.host for rule, _ in found.data)
        and not _SEES.isdisjoint(line.lows[max(found.first - 8, 0) : found.first])
    ):
        return "base"  # "Sunday saw the port of Colombo welcome the frigate X"
    joint = found.first - 1
    while line.low(joint) in _THEN:
        joint -= 1
    if (line.low(joint) == "and" or (joint < found.first - 1 and line.low(joint) == ",")) and _after_modal(line, joint):
        return "base"
    if _in_list_of_acts(line, found) or _asked_of(line, found, vessels):
        return "base"
    at = found.first - 1
    while line.low(at) in line.doc.lexicon.sets["adverbs"] and line.low(at) != "both":
        at -= 1
    if line.low(at) in ("they", "both") and (at == 0 or line.low(at - 1) not in line.doc.lexicon.sets["auxiliaries"]):
        return "base"  # "there they anchor", "both pass north"
    if _seen_acting(line, found, vessels) or saw_her(line, found.first):
        return "base"
    aside = line.low(found.first - 1) == "," and any(m.plural and 0 < found.first - m.last <= 8 and line.low(m.last) == "," for m in vessels)
    return (
        "base"
        if aside
        or any(
            m.last == found.first or (0 < found.first - m.last <= 3 and line.low(m.last) in line.doc.lexicon.sets["adverbs"])
            for m in vessels
            if m.plural or m.name
        )
        else None
    )


_BEFORE_VERB = frozenset(
    ["", ",", "and", "or", "while", "after", "before", "now", "currently", "still", "spotted", "seen", "also", "(", "–", "—", "by", "from"]
)


def _is_training(line: Line, found: Found, words: set[str], vessels: Sequence[VesselMention]) -> bool:
    """Whether "training" is a noun with words of its own before it: "for a week of anti-submarine training"."""
    if line.low(found.first) != "training" or found.last - found.first > 1 or words & line.doc.lexicon.sets["be"]:
        return False
    return line.low(found.first - 1) not in _BEFORE_VERB and not any(m.last == found.first for m in vessels)


def _ranks_first(line: Line, to: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a sentence opens with who was the first or last to do something, named behind "was": "Last to leave Malta was X"."""
    opens = 0 < to <= 4 and (
        line.low(to - 1) in line.doc.lexicon.sets["ranks"] | line.doc.lexicon.sets["was_sent"]
        or line.low(to - 1) in ("those", "ships", "vessels", "warships")
    )
    be = line.doc.lexicon.sets["be"]
    return opens and not any(m.first < to for m in vessels) and any(m.first > to and line.low(m.first - 1) in be for m in vessels)


_SEES = frozenset(["saw", "see", "sees", "seen", "watched"])
_SEEN_TOKENS = 24


_HER_TOO = frozenset(["her", "it", "them"])
_SAW = frozenset(["saw", "sees", "see", "seen", "watched", "watch", "watches"])


def saw_her(line: Line, at: int) -> bool:
    """Whether a verb at a token tells what ships told before were seen to do: "The next day saw her enter Valletta"."""
    gone = line.low(at) == "go" and line.starting("preposition", at + 1) is None  # "Guam saw her go"
    return line.low(at - 1) in _HER_TOO and line.low(at - 2) in _SAW and not gone and line.low(at + 1) != "on"


def _seen_acting(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether an aside parts a verb from the ship that is seen to do it: "Monday saw the Yantar, a spy ship, pass the strait"."""
    if line.text(found.first - 1) != "," or _SEES.isdisjoint(line.words):
        return False
    asides = [m for m in vessels if m.last < found.first - 1 or line.text(m.first - 1) == ","]  # "saw the replacement, the Behshad, leave"
    seen = (m for m in asides if m.last < found.first and found.first - m.last <= _SEEN_TOKENS and line.text(m.last) == ",")
    return any(not _SEES.isdisjoint(line.lows[max(m.first - 5, 0) : m.first]) for m in seen)


_THEN = frozenset(["then", "finally", "later", "subsequently", "afterwards", "next"])
_MODALS = frozenset(["will", "wo", "ca", "would", "may", "might", "could", "can", "should", "must", "shall"])


def _after_modal(line: Line, at: int) -> bool:
    """Whether an "and" goes on with what "will" or "may" governs: "will sail through the straits and enter Piraeus"."""
    before = line.lows[max(at - 25, 0) : at]
    to = any(a in ("is", "are") and b == "to" for a, b in pairwise(before)) or _after_infinitive(line, at)
    return (to or not _MODALS.isdisjoint(before)) and ";" not in before and ":" not in before


_ACTS_TOKENS = 16
_ASKING = frozenset(["when", "why", "where", "how", "what", "which", "did", "will", "would"])


def _in_list_of_acts(line: Line, found: Found) -> bool:
    """Whether a verb is one of a list that "will" or "is due to" governs: "is due to call at Malta, pass the Suez Canal and reach Djibouti"."""
    if line.text(found.first - 1) != "," or not _after_modal(line, found.first - 1):
        return False
    last = next((n for n in range(found.last, min(found.last + _ACTS_TOKENS, line.size)) if line.low(n) == "and"), None)
    if last is None:
        return False
    return any(f.first in (last + 1, last + 2) and any(form == "base" for _, form in f.data) for f in line.found("trigger"))


def _asked_of(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether a helper stands in front of the subject: "Only then did the tanker start for Fujairah", "Not until Friday will she sail"."""
    told = next((m for m in vessels if m.last == found.first), None)
    first = told.first if told else found.first - (line.low(found.first - 1) in ("it", "she", "they"))
    asks = line.text(line.size - 1) == "?" or line.low(0) in _ASKING
    return 1 < first < found.first and line.low(first - 1) in ("did", "will", "would") and not asks


def _goes_on_with_to(line: Line, at: int) -> bool:
    """Whether "and to" goes on with a plan: "is expected to pass Gibraltar on Friday and to reach Toulon", "expects her to pass and to reach"."""
    if line.low(at - 1) != "and":
        return False
    expects = line.doc.lexicon.sets["expects"]
    before = line.lows[max(at - 25, 0) : at - 1]
    return _after_modal(line, at - 1) or ("to" in before and ";" not in before and not expects.isdisjoint(before))


def expected_of(line: Line, at: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether somebody counts on ships to do what a verb tells: "expects the frigate to reach Busan", "plans for the two to leave"."""
    to = next((n for n in range(at - 1, max(at - 4, -1), -1) if line.low(n) == "to"), None)
    told = next((m for m in vessels if m.last == to), None)
    while told and line.low(told.first - 1) in ("and", ","):  # "plans call for the frigates Kent and Tyne to leave"
        before = next((m for m in vessels if 0 < told.first - m.last <= 2), None)
        if before is None:
            break
        told = before
    return told is not None and any(line.low(n) in line.doc.lexicon.sets["expects_of"] for n in range(max(told.first - 2, 0), told.first))


def _after_infinitive(line: Line, at: int) -> bool:
    """Whether an "and" goes on with what "is due to" or "plans to" governs: "is due to leave Rota tomorrow and enter Cadiz"."""
    begin = max(at - 25, 1)
    to = next((n for n in range(at - 1, begin - 1, -1) if line.low(n) == "to" and line.starting("trigger", n + 1)), None)
    return to is not None and line.low(to - 1) in line.doc.lexicon.sets["governs_infinitive"]


_MADE_TOKENS = 8


def _made_to(line: Line, at: int) -> bool:
    """Whether something is told to have made somebody do what a verb tells: "prompting the coast guard to send BRP Cabra there"."""
    before = line.lows[max(at - _MADE_TOKENS, 0) : at]
    return not line.doc.lexicon.sets["made_to"].isdisjoint(before) and "," not in before[-4:]


def _sent_to(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    """Whether ships are told to be sent for what a verb tells: "sent four vessels to shadow them"."""
    sets, to = line.doc.lexicon.sets, found.first - 1
    sent = next((m for m in vessels if m.last == to), None)
    if sent is None:  # "was dispatched to monitor the X", "has been called on to escort her"
        verb = to - 1 - (line.low(to - 1) in sets["sent_particles"])
        return line.low(verb) in sets["was_sent"] and not sets["be"].isdisjoint(line.lows[max(verb - 3, 0) : verb])
    return any(line.low(n) in sets["sends"] for n in range(max(sent.first - 3, 0), sent.first))


def let_to(line: Line, first: int, vessels: Sequence[VesselMention]) -> bool:
    """Whether a verb behind "to" tells what ships are let or told to do: "has cleared the ship to dock", "permission for her to enter"."""
    let = next((m for m in vessels if m.last == first - 1), None)
    if let is None or line.low(first - 1) != "to":
        return False
    return any(line.low(n) in line.doc.lexicon.sets["lets"] for n in range(max(let.first - 4, 0), let.first))


_SUBJECTS = frozenset(
    ["it", "she", "he", "they", "both", "which", "that", "who", "and", ",", "now", "also", "then", "still", ")", "vessel", "ship", "", ":", "–", "—"]
)
"""A verb in the present tense may stand behind these."""


_HER = frozenset(["her", "it", "them"])


def _has_subject(line: Line, found: Found, vessels: Sequence[VesselMention]) -> bool:
    before = line.low(found.first - 1)
    if before in _BEFORE_NOUN:
        return False  # "left Cork for exercises with the navy of Spain"
    if line.low(found.first - 2) == "what" and before.isalpha():
        return False  # "watched what they were about"
    if before in _SUBJECTS or before in line.doc.lexicon.sets["adverbs"]:
        return True
    own = line.low(found.first - 1) in line.doc.lexicon.sets["port_parts"] and line.low(found.first - 2) == "s"  # "Suva's wharf has"
    if any(rule.id == "see.reveals" for rule, _ in found.data) and not line.doc.lexicon.sets["pictures"].isdisjoint(line.lows[: found.first]):
        return True  # "Imagery from Monday reveals two frigates"
    hosted = any(rule.host for rule, _ in found.data) and (own or line.ending("place", found.first) is not None)
    brought = any(rule.subject == "object" for rule, _ in found.data) and before.isalpha() and before not in line.doc.lexicon.function
    if brought and (line.low(found.last) in _HER or any(0 <= m.first - found.last <= 1 for m in vessels)):
        return True  # "A long overhaul holds the frigate in Wilhelmshaven"
    return hosted or any(0 <= found.first - m.last <= 3 or _related(line, m, found) for m in vessels)


_RELATIVE = frozenset(["that", "which", "who", "whom", "whose"])
_RELATED_TOKENS = 24
_BEFORE_NOUN = frozenset(["for", "of", "from", "during", "by", "without", "the", "joint", "annual"])


def _related(line: Line, vessel: VesselMention, verb: Found) -> bool:
    """Whether a clause that speaks of a vessel parts it from a copula: "The frigate that caused so much alarm is now off Cyprus"."""
    at = vessel.last + (line.text(vessel.last) == ",")
    if line.low(at) not in _RELATIVE or not any(rule.copula for rule, _ in verb.data):
        return False
    return at + 1 < verb.first <= at + _RELATED_TOKENS and not {";", ":"} & set(line.lows[at : verb.first])


_LINKS = frozenset(["in", "of", "with", "from", "for"])


def _gives_way(line: Line, copula: Trigger, kept: list[Trigger], vessels: Sequence[VesselMention]) -> bool:
    """Whether a copula only links another trigger to its vessel: "is in port", "tied up at Sasebo is the carrier"."""
    if any(o is not copula and not o.rule.copula and 0 <= o.first - copula.last <= 3 for o in kept):
        return True
    before = [o for o in kept if o.last <= copula.first and not o.rule.copula]
    if len(before) == 1 and before[0].chain == 0 and before[0].form in ("past", "part") and any(0 <= m.first - copula.last <= 1 for m in vessels):
        return True  # "Escorted into Valletta by the cutter X was the tanker Y"
    linked = (
        _LINKS if before and before[-1].chain == 0 and before[-1].form == "state" else frozenset()
    )  # "On course for Malta, and a place in the group, is the frigate X"
    named = any(before and before[-1].last <= m.first and m.last <= copula.first and line.low(m.first - 1) not in linked for m in vessels)
    aside = bool(before) and not _RELATIVE.isdisjoint(line.lows[max(before[-1].chain - 4, 0) : before[-1].chain])
    aside = aside or (bool(before) and line.text(before[-1].chain - 1) == "," == line.text(copula.chain - 1))  # "X, bound for Toulon, was off …"
    joined = line.low(copula.chain - 1) in ("she", "it", "they", "he", "and", "but")
    return bool(before) and not named and not aside and not joined and not _joined_by_day(line, before[-1].last, copula.chain)


_DAY_TOKENS = 20


def _joined_by_day(line: Line, first: int, last: int) -> bool:
    """Whether "and" with a day goes on to a copula: "called at Malta on Monday and by Friday was off Crete", "and on Jan 28, he said, was …"."""
    joint = next((n for n in range(last - 1, max(first, last - _DAY_TOKENS) - 1, -1) if line.low(n) in ("and", "but")), None)
    if joint is None:
        return False
    lexicon = line.doc.lexicon
    timed = any(low.isdigit() or low in lexicon.months or low in lexicon.weekdays for low in line.lows[joint + 1 : last])
    closed = line.text(joint + 1) == "," and line.text(last - 1) == ","
    return closed or (timed and not any(joint < f.first < last for f in line.found("trigger")))


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
        ):
            continue  # "joined up with X at sea": where they met
        if kept and kept[-1].rule.host and trigger.chain <= kept[-1].first < kept[-1].last <= trigger.first:
            kept.pop()  # "had come": no host has anything
        if kept and _says_how(line, kept[-1], trigger, vessels):
            continue
        if kept and kept[-1].rule.denies and trigger.rule.id == "sea.state" and kept[-1].last == trigger.first:
            continue  # "Nothing has been seen at sea of the frigate"
        dropped = trigger.passive and line.low(trigger.first) in line.doc.lexicon.sets["noun_denied"]  # "The visit of X was abandoned"
        if kept and _is_noun(line, kept[-1]) and (trigger.rule.plans or trigger.rule.copula or dropped or _happens(line, trigger)):
            continue  # "the arrival of X at Malta is expected on …"
        if kept and (trigger.rule.nominal or trigger.rule.id == "transit.state") and _brings_act(line, kept[-1], trigger):
            trigger.chain = kept.pop().chain  # "April 28 brought the arrival of the frigate X"
        if kept and trigger.rule.copula and _links_aim(line, kept[-1], trigger, vessels):
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
    for unseen, behind in list(pairwise(kept)) if any(t.rule.id == "see.unseen" for t in kept) else ():
        joined = "," in line.lows[unseen.last : behind.first]
        if unseen.rule.id == "see.unseen" and behind.passive and not joined and (behind.rule.seen or any(r.seen for r in behind.others)):
            kept.remove(unseen)  # "No sign of her is to be seen in Tartus"
    return [t for t in kept if not (t.rule.copula and _gives_way(line, t, kept, vessels))]


def _is_noun(line: Line, trigger: Trigger) -> bool:
    """Whether a word of movement is a noun that another verb dates: "the arrival of", "the passage of"."""
    return trigger.rule.nominal or (trigger.rule.kind is EventKind.TRANSIT and trigger.form == "state" and line.low(trigger.last - 1) == "of")


_HAPPENS = frozenset(["came", "comes", "come", "followed", "follows", "took", "ran", "runs", "lasted", "lasts", "extended", "extends"])


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
            word[:1].isdigit() or word in lexicon.weekdays or word in lexicon.months or (word == "as" and line.low(behind - 1) in ("early", "late"))
        )
    return line.low(behind) in ("on", "in", "at", "just", "only", "last", "late", "early", "yesterday", "a", "two", "three", "after", "") or (
        line.low(behind) in lexicon.weekdays
    )


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
            word == ";"
            or (word == "," and line.low(at + 1) in ("they", "it", "she") and line.text(at + 3) != ",")
            or (word == "," and _goes_on_dated(line, at))
            or (word in stops and not dates_only(line, at, end) and not _that_day(line, at) and not _compares(line, at))
            or (stays and at in opened)
        ):
            end = at
            break
    begin = max([at for at in opened if number and fired[number - 1].last <= at < trigger.chain], default=0)
    begin = max(begin, next((t.last for t in reversed(fired[:number]) if not t.rule.copula), 0))
    trigger.reach = (begin, end)
    return trigger


_DATED_TOKENS = 7
_LEADS_DAY = frozenset(
    ["on", "in", "by", "at", "the", "late", "early", "that", "next", "following", "day", "evening", "morning", "night", "a", "later"]
)


def _goes_on_dated(line: Line, comma: int) -> bool:
    """Whether "and", a day and a pronoun open a clause of their own: "left Malta on Friday, and on the 30th she began work off Galle"."""
    if line.low(comma + 1) not in ("and", "but") or _SHE.isdisjoint(line.words):
        return False
    at, lexicon = comma + 2, line.doc.lexicon
    while at < comma + _DATED_TOKENS and (
        line.low(at) in _LEADS_DAY or line.low(at)[:1].isdigit() or line.low(at) in lexicon.months or line.low(at) in lexicon.weekdays
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


def _compares(line: Line, at: int) -> bool:
    """Whether an "as" is one of two that only compare: "was followed as far as Gibraltar by …", "left as early as Monday"."""
    return line.low(at) == "as" and "as" in (line.low(at + 2), line.low(at - 2))


def _that_day(line: Line, at: int) -> bool:
    """Whether a word only tells a day: "that evening", "the following morning", "the day before, off Crete"."""
    word, spans = line.low(at), line.doc.lexicon.sets["spans_of_time"]
    if word in ("that", "following"):
        return line.low(at + 1) in spans and (word == "that" or line.low(at - 1) == "the")
    ends = not line.text(at + 1).isalnum() or line.starting("preposition", at + 1) is not None
    return word in ("before", "after") and line.low(at - 1) in spans and ends


_DAY_WORDS = frozenset(["early", "late", "yesterday", "last", "of"])


def dates_only(line: Line, at: int, end: int) -> bool:
    """Whether "since", "until" or "after" only brings a date."""
    nearby, lexicon = line.lows[at + 1 : min(at + 4, end)], line.doc.lexicon
    return line.low(at) in ("since", "until", "after", "before", "as") and (
        line.starting("relative", at + 1) is not None
        or line.starting("relative", at) is not None  # "before the month is out"
        or (line.low(at) == "since" and not line.low(at + 1).isalnum())  # "has not been seen since"
        or any(w.isdigit() or w in lexicon.months or w in lexicon.weekdays or w in _DAY_WORDS for w in nearby)
    )
